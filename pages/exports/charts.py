"""Charts as files: the same figures as on the pages, by name, drawn on the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.exports.dataset import Asked, Dataset, dataset, inside
from pages.exports.series import areas_of, series
from pages.figures import area_cells, judged_cells, path_cells, series_cells, stack_cells
from pages.figures.bars import Ink, Reference, ranked_bars
from pages.figures.chart_svg import chart_svg
from pages.figures.distribution import histogram
from pages.figures.flow import flow
from pages.figures.png import svg_to_png_apart
from pages.figures.stacked import stacked_bars
from pages.figures.time_lines import time_lines
from pages.indicator.events import OF_MADE_UP, events, marks
from pages.language import danish, synthetic
from pages.language.sentences import LEVEL_NOUNS
from pages.language.time import event
from queries import LAND, Atlas, Indicator, UserError, statistics

PNG_WIDTH = 1800
MOST_LINES = 8

Draw = Callable[[Atlas, Asked, Dataset, str | None], go.Figure]


@dataclass(frozen=True)
class Chart:
    """A figure that can be had as a file: its title on links, and how it is drawn.

    `note` is said under it. `offered` says which indicators have it. `over_time` says that it
    shows a series and takes no period;
    `sorted` that its order is chosen.
    """

    label: str
    draw: Draw
    note: Callable[[Atlas, Asked, Dataset], str] = lambda *_: ""
    offered: Callable[[Indicator], bool] = lambda _: True
    over_time: bool = False
    sorted: bool = False


def _how(asked: Asked) -> dict[str, Any]:
    return {
        "breakdown": asked.breakdown,
        "source_kind": asked.source_kind,
        "as_of": asked.as_of,
    }


def _axis(data: Dataset) -> str:
    what = data.breakdown_title or data.indicator.short_title
    return f"{what}, {data.indicator.unit}"


def _badge(data: Dataset) -> str | None:
    return synthetic.BADGE if data.synthetic else None


def _bars(atlas: Atlas, asked: Asked, data: Dataset, selected: str | None) -> go.Figure:
    cells = inside(data)
    if asked.among:
        cells = cells.filter(pl.col("area_id").is_in(asked.among))
    if cells.is_empty():
        raise UserError("Der er ingen tal for de valgte områder.")
    national = atlas.national(asked.indicator_id, asked.period, **_how(asked))
    printed = "published" in cells["kind"]
    sort = "andel" if asked.sort == "svaret" and not printed else asked.sort
    share = danish.pct(national["share_pct"], national["share_decimals"])
    return ranked_bars(
        area_cells.bars(
            area_cells.in_order(cells, sort), data.indicator, counts=asked.sort == "antal"
        ),
        axis_title=_axis(data),
        reference=Reference(national["share_pct"], f"Hele landet {share}"),
        selected=selected,
        badge=_badge(data),
        ink=Ink(),
    )


def _lines(atlas: Atlas, asked: Asked, data: Dataset, __: str | None) -> go.Figure:
    months = series_cells.monthly(data.everywhere)
    if months["area_id"].n_unique() > MOST_LINES:
        raise UserError(
            f"Et diagram viser højst {MOST_LINES} områder over tid. Vælg en kommune, "
            f"fx kommune=0316, eller hent dem som tabel: /data/{asked.indicator_id}_serie.csv."
        )
    return time_lines(
        series_cells.lines(months, trends=_trends(months)),
        axis_title=_axis(data),
        badge=synthetic.BADGE if months["made_up"].any() else None,
        ink=Ink(),
        events=marks(_events(atlas, data)),
    )


def _trends(months: pl.DataFrame) -> dict[tuple[str, str], str]:
    """Return each line's direction, where a test supports one, in words: the font has no arrows."""
    found = series_cells.trends(months)
    return {key: f", {one.direction}" for key, one in found.items() if one and one.direction}


def _events(atlas: Atlas, data: Dataset) -> tuple[dict[str, Any], ...]:
    subjects = {data.indicator.indicator_id, data.indicator.family}
    areas = {area.removeprefix("J") for area in data.rows["omraadekode"].unique()} - {LAND}
    return events(atlas, atlas.version, frozenset(subjects), frozenset(areas))


def _told(atlas: Atlas, _: Asked, data: Dataset) -> str:
    """Return the events by the numbers that they have on the lines."""
    found = _events(atlas, data)
    if not found:
        return ""
    listed = " ".join(f"{n}: {event(row)}" for n, row in enumerate(found, 1))
    warning = f" {OF_MADE_UP}" if data.synthetic else ""
    return f"Hændelser: {listed} Sammenfald i tid er ikke årsag.{warning}"


def _funnel(atlas: Atlas, asked: Asked, data: Dataset, selected: str | None) -> go.Figure:
    return judged_cells.funnel(*_judged(atlas, asked, data), **_marked(data, selected))


def _intervals(atlas: Atlas, asked: Asked, data: Dataset, selected: str | None) -> go.Figure:
    return judged_cells.intervals(*_judged(atlas, asked, data), **_marked(data, selected))


def _judged(
    atlas: Atlas, asked: Asked, data: Dataset
) -> tuple[pl.DataFrame, dict[str, Any], Indicator]:
    national = atlas.national(asked.indicator_id, asked.period, **_how(asked))
    return statistics.judged(data.everywhere, national), national, data.indicator


def _marked(data: Dataset, selected: str | None) -> dict[str, Any]:
    inside_ids = set(data.rows["omraadekode"])
    return {"inside": inside_ids, "selected": selected, "badge": _badge(data), "ink": Ink()}


def parts(indicator: Indicator) -> list[str]:
    """Return the parts that an indicator's people fall into, the longest time first."""
    return [name for name in reversed(indicator.breakdowns) if name.startswith("tid_")]


def _stacked(atlas: Atlas, asked: Asked, data: Dataset, selected: str | None) -> go.Figure:
    names = parts(data.indicator)
    if not names:
        raise UserError(f"{data.indicator.title} er ikke delt op i tid, så intet kan stables.")
    where = (asked.indicator_id, asked.period, asked.level, asked.within)
    cells = [atlas.cells(*where, **{**_how(asked), "breakdown": name}) for name in names]
    rows = stack_cells.in_order(stack_cells.joined(cells))
    return stacked_bars(
        [stack_cells.stack(row) for row in rows if row[0]["status"] != "not_collected"],
        part_names=[data.indicator.breakdowns[name] for name in names],
        axis_title="Andel af borgere, pct.",
        label_title="Over 9 mdr.",
        selected=selected,
        badge=_badge(data),
        ink=Ink(),
        key_above=False,
    )


def _spread(atlas: Atlas, asked: Asked, data: Dataset, selected: str | None) -> go.Figure:
    cells = inside(data)
    national = atlas.national(asked.indicator_id, asked.period, **_how(asked))
    share = danish.pct(national["share_pct"], national["share_decimals"])
    own = data.everywhere.filter(area_id=selected or "").drop_nulls("share_pct")
    chosen = [(row["name"].removeprefix("Jobcenter "), row["share_pct"]) for row in own.to_dicts()]
    return histogram(
        cells["share_pct"].drop_nulls().to_list(),
        national=national["share_pct"],
        national_label=f"Hele landet {share}",
        chosen=chosen[0] if chosen else None,
        axis_title=_axis(data),
        count_title=f"Antal {LEVEL_NOUNS[data.level][1]}",
        badge=_badge(data),
        ink=Ink(),
    )


def _path(atlas: Atlas, asked: Asked, data: Dataset, selected: str | None) -> go.Figure:
    cells = []
    area = selected or (asked.within if asked.level in ("region", "landsdel") else LAND)
    level = "land" if area == LAND else asked.level
    for name in path_cells.INDICATORS:
        found = atlas.cells(name, asked.period, level, source_kind=asked.source_kind)
        cells += found.filter(area_id=area).to_dicts()
    if len(cells) != len(path_cells.INDICATORS):
        raise UserError("Der er ikke tal for alle tre trin i den måned.")
    made_up = any(cell["kind"] == "synthetic" for cell in cells)
    return flow(
        path_cells.path_steps(cells),
        axis_title=f"{cells[0]['name']}: andel af indsatsgruppen, pct.",
        badge=synthetic.BADGE if made_up else None,
        ink=Ink(),
    )


def _beside(*_: object) -> str:
    return (
        "Båndet viser, hvad der er en del af hvad. Praktik og løntilskud (prikket) overlapper de "
        "andre. Alle er øjebliksbilleder af en måned, ikke personer på vej fra trin til trin."
    )


CHARTS: dict[str, Chart] = {
    "soejler": Chart("Søjler", _bars, sorted=True),
    "tragt": Chart("Tragt", _funnel),
    "intervaller": Chart("Intervaller", _intervals),
    "stablet": Chart("Tid, stablet", _stacked, offered=lambda indicator: bool(parts(indicator))),
    "fordeling": Chart("Fordeling", _spread),
    "forloeb": Chart(
        "Vejen til job",
        _path,
        note=_beside,
        offered=lambda indicator: indicator.indicator_id == path_cells.INDICATORS[0],
    ),
    "serie": Chart("Udvikling over tid", _lines, note=_told, over_time=True),
}
"""Every chart by its name in the address: `/data/<indicator>_<name>.svg` and `.png`."""


def charted(atlas: Atlas, name: str, asked: Asked, selected: str | None) -> tuple[Dataset, str]:
    """Return a chart's numbers and its drawing as SVG, both of one data version.

    `selected` is an area of the level. Raises UserError as the façade does, and where the chart
    cannot show what is asked for.
    """
    chart = CHARTS[name]
    while True:
        if chart.over_time:
            data = series(atlas, asked, areas_of(atlas, asked.level, asked.within, selected))
        else:
            data = dataset(atlas, asked)
        if chart.over_time:  # a table has what is superseded too; a line does not show it
            months = series_cells.monthly(data.everywhere)
            shown = series_cells.used_sources(months, atlas.sources())
            data = replace(data, sources=shown or data.sources)
        figure = chart.draw(atlas, asked, data, selected)
        if atlas.version == data.version:
            among = bool(asked.among)
            return data, _document(figure, data, chart.note(atlas, asked, data), among=among)


def _document(figure: go.Figure, data: Dataset, note: str, *, among: bool = False) -> str:
    where = f"udvalgte {LEVEL_NOUNS[data.level][1]}" if among else data.within_name
    when = data.when
    if data.synthetic:
        whole = all(source.is_synthetic for source in data.sources)
        when += " (syntetisk)" if whole else " (delvis syntetisk)"
    return chart_svg(
        figure,
        title=data.heading,
        subtitle=f"{when[:1].upper()}{when[1:]} · {where}",
        note=note,
        source=source_line(data),
        badge=_badge(data),
    )


def source_line(data: Dataset) -> str:
    """Return source, correction, licence and data version, as they stand on a picture."""
    warning = f"{synthetic.WARNING}. " if data.synthetic else ""
    documents = "; ".join(f"{s.publisher}, {s.document_id}" for s in data.sources)
    status = "Berigtiget svar. " if any(s.is_correction for s in data.sources) else ""
    licences = ". ".join(dict.fromkeys(s.licence for s in data.sources))
    return (
        f"{warning}Kilde: {documents}. {status}Vilkår: {licences}. Indsatsatlas, dataversion "
        f"{data.version}."
    )


def as_png(svg: str) -> bytes:
    """Return a drawing as a PNG of 1800 pixels' width, made in a process of its own."""
    return svg_to_png_apart(svg, width=PNG_WIDTH)
