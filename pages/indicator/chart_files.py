"""Links to the charts of a part as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pages.frame import mappe
from pages.frame.evidence import download_links
from pages.indicator.scene import Scene
from queries import Atlas


def chart_files(
    atlas: Atlas, now: Scene, figures: Mapping[str, str], indicator_id: str = ""
) -> str:
    """Return links to the view's charts; `figures` are names of `exports.charts` with titles.

    Above them stand the buttons that put them into the samrådsmappe. `indicator_id` is another
    indicator than the page's own.
    """
    parameters = of_view(now)
    put = mappe.row(
        {"indikator": indicator_id or now.indicator.indicator_id} | parameters,
        atlas.version,
        [mappe.Choice(name, title) for name, title in figures.items()],
    )
    links = "".join(
        download_links(
            f"{indicator_id or now.indicator.indicator_id}_{name}",
            parameters,
            {kind: f"{title} som {kind.upper()}" for kind in ("svg", "png")},
            made_up=now.made_up,
        )
        for name, title in figures.items()
    )
    return f"{put}<nav class='hent' aria-label='Hent figurerne her'><ul>{links}</ul></nav>"


def of_view(now: Scene) -> dict[str, str]:
    """Return the parameters that a view's figures have in an address, their order left out."""
    parameters = replace(now.view, within=now.around).parameters(default_period="")
    parameters.pop("sortering", None)
    return parameters
