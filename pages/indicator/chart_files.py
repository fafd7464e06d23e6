"""Links to the charts of a part as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pages.frame.evidence import download_links
from pages.indicator.scene import Scene


def chart_files(now: Scene, figures: Mapping[str, str], indicator_id: str = "") -> str:
    """Return links to the view's charts; `figures` are names of `exports.charts` with titles.

    `indicator_id` is another indicator than the page's own.
    """
    parameters = replace(now.view, within=now.around).parameters(default_period="")
    parameters.pop("sortering", None)
    links = "".join(
        download_links(
            f"{indicator_id or now.indicator.indicator_id}_{name}",
            parameters,
            {kind: f"{title} som {kind.upper()}" for kind in ("svg", "png")},
            made_up=now.made_up,
        )
        for name, title in figures.items()
    )
    return f"<nav class='hent' aria-label='Hent figurerne her'><ul>{links}</ul></nav>"
