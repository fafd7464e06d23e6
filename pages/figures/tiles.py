"""The equal-area map as a small drawing without script, for pages that only need a glance at it.

HTML and not SVG, because `st.html` lets no SVG through; its look is in
`pages/frame/assets/tiles.css`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from html import escape
from itertools import groupby

import geodata
from geodata import Area, Tiles
from pages.figures.legend import MapCell
from pages.figures.palette import CLASS_FILLS, STATUS_LABELS


def tile_map_html(
    cells: Sequence[MapCell],
    *,
    selected: str | None,
    title: str,
    description: str,
    badge: str | None,
    highlight: Collection[str] = (),
) -> str:
    """Return the equal-area map of `cells` (kommuner or jobcentre) as HTML for `st.html`.

    `title` and `description` (the sentence of the figure) name it for screen readers, as one image;
    each tile says its area and value to a pointer. `badge` ('SYNTETISKE TAL') stands on it.
    `highlight` are ids that get a ring, `selected` one with a thicker ring. Areas without a cell
    are dimmed. It fills the width it is given and follows the theme; 98 kommuner are under 12 kB.
    """
    asset = geodata.load_map()
    level = "jobcenter" if any(cell.area_id.startswith("J") for cell in cells) else "kommune"
    _, _, wide, high = asset.tiles.view_box
    said = ". ".join(part.rstrip(".") for part in (title, badge, description) if part)
    mark = f'<b class="skilt">{escape(badge)}</b>' if badge else ""
    drawn = "".join(_groups(asset.levels[level], cells, asset.tiles, selected, highlight))
    return (
        f'<div class="fliser" role="img" aria-label="{escape(said)}." '
        f'style="aspect-ratio:{wide:g}/{high:g}">{mark}{drawn}</div>'
    )


def _groups(
    areas: Sequence[Area],
    cells: Sequence[MapCell],
    tiles: Tiles,
    selected: str | None,
    highlight: Collection[str],
) -> Iterator[str]:
    """Yield a group per look, so that what its tiles share is written once."""
    by_id = {cell.area_id: cell for cell in cells}

    def look(area: Area) -> str:
        return str(by_id[area.id].fill) if area.id in by_id else "outside"

    for fill, group in groupby(sorted(areas, key=look), key=look):
        colour = f' style="--farve:{CLASS_FILLS[int(fill)]}"' if fill.isdecimal() else ""
        inside = "".join(
            _tile(area, by_id.get(area.id), tiles, _ring(area.id, selected, highlight))
            for area in group
        )
        yield f'<span class="flise-{fill}"{colour}>{inside}</span>'


def _ring(area_id: str, selected: str | None, highlight: Collection[str]) -> str:
    if area_id == selected:
        return ' class="valgt"'
    return ' class="med"' if area_id in highlight else ""


def _tile(area: Area, cell: MapCell | None, tiles: Tiles, ring: str) -> str:
    _, _, wide, high = tiles.view_box
    left, top = area.tile[0] - tiles.width / 2, area.tile[1] - tiles.side
    title = f' title="{escape(f"{cell.name}: {cell.value_text}")}"' if cell else ""
    place = f"left:{left / wide:.2%};top:{top / high:.2%}"
    return f'<i{ring} style="{place}"{title}></i>'


def status_words(cells: Sequence[MapCell]) -> str:
    """Return what the greys and hatches of `cells` mean, for the caption: '3 skjult (diskretion)'.

    Empty where every cell has a class.
    """
    counts = {
        status: sum(cell.fill == status for cell in cells)
        for status in STATUS_LABELS
        if status != "outside"
    }
    return ", ".join(f"{n} {STATUS_LABELS[s].lower()}" for s, n in counts.items() if n)
