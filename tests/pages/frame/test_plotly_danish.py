"""The toolbar's settings; its words are in the bundle's dictionary."""

from __future__ import annotations

from pages.frame import bundle
from pages.frame.plotly_danish import PLOTLY_CONFIG


def test_no_picture_without_title_and_source_and_no_logo() -> None:
    assert PLOTLY_CONFIG["displaylogo"] is False
    assert "toImage" in PLOTLY_CONFIG["modeBarButtonsToRemove"]
    assert {"zoom2d", "pan2d", "lasso2d"} <= set(PLOTLY_CONFIG["modeBarButtonsToRemove"])


def test_plotlys_default_locale_is_danish() -> None:
    [locale] = [f.danish for f in bundle.fragments() if f.danish.startswith("name:`en`")]
    for part in (
        '"Download plot as a PNG":`Hent som billede`',
        "`januar`,`februar`,`marts`",
        "decimal:`,`,thousands:`.`",
        "date:`%d.%m.%Y`",
    ):
        assert part in locale
