"""A series: the country and one area, month by month, as lines and as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from pages.exports.asking import Request, read_request
from pages.exports.charts import CHARTS, charted
from pages.exports.dataset import Dataset
from pages.exports.series import areas_of, series
from pages.figures import series_cells
from pages.language import danish
from pages.language.time import over_time as said_over_time
from pages.language.time import tests as trend_tests
from pages.language.time import trends as trend_sentence
from pages.samraad.content import cells as tables
from pages.samraad.content.areas import definition
from pages.samraad.content.facts import Fact, of_cell
from pages.samraad.content.found import Found
from pages.samraad.model import Cell, Chart, Column, Item, Series, Table
from queries import LAND, Atlas


def lines(atlas: Atlas, item: Item) -> Found:
    """Return the series as a drawing, with its numbers by month."""
    request, data = _asked(atlas, item)
    _, svg = charted(atlas, "serie", request.asked, request.selected)
    return _found(atlas, request, data, svg=svg, chart=_chart(data, request.selected))


def table(atlas: Atlas, item: Item) -> Found:
    """Return the series as a table alone."""
    request, data = _asked(atlas, item)
    return _found(atlas, request, data, svg=None, chart=None)


def _asked(atlas: Atlas, item: Item) -> tuple[Request, Dataset]:
    request = read_request(atlas, item["indikator"], dict(item.parameters), over_time=True)
    asked = request.asked
    return request, series(
        atlas, asked, areas_of(atlas, asked.level, asked.within, request.selected)
    )


def _found(
    atlas: Atlas, request: Request, data: Dataset, *, svg: str | None, chart: Chart | None
) -> Found:
    indicator = data.indicator
    months = series_cells.monthly(data.everywhere)
    names = dict(months.select("area_id", "name").unique().rows())
    trends = [(names[area], word, one) for (area, word), one in series_cells.trends(months).items()]
    said = f"{said_over_time(months)} {trend_sentence(trends)}".strip()
    title = f"{data.heading} over tid"
    made_up = data.synthetic
    whole = all(source.is_synthetic for source in data.sources)
    mark = (" (syntetisk)" if whole else " (delvis syntetisk)") if made_up else ""
    when = f"{data.when}{mark}"
    events = CHARTS["serie"].note(atlas, request.asked, data) if svg else ""
    printed = "published" in data.everywhere["kind"]
    newest = data.everywhere.filter(pl.col("kind") != "synthetic")["period"].max()
    return Found(
        title=title,
        subtitle=f"{when[:1].upper()}{when[1:]} · {data.within_name}",
        sentence=said,
        alt=danish.shortened(f"{title}. {said}", 600),
        source_ids=tuple(source.source_id for source in data.sources),
        facts=_facts(indicator.indicator_id, months),
        period=when,
        table=_table(months, request.selected),
        chart=chart,
        svg=svg,
        definition=definition(data, counted=made_up and printed, printed=printed and not made_up),
        notes=tuple(text for text in (trend_tests(trends), events) if text),
        marked=request.selected or "",
        follows=(indicator.indicator_id, str(newest), "") if newest else None,
    )


def _facts(indicator_id: str, months: pl.DataFrame) -> tuple[Fact, ...]:
    """Return what lines and table say as facts; numbers of several words may be of one month."""
    rows = months.iter_rows(named=True)
    found = [(of_cell(indicator_id, row), row["word"]) for row in rows]
    return tuple(replace(fact, key=(*fact.key, word)) for fact, word in found)


def _chart(data: Dataset, selected: str | None) -> Chart:
    months = series_cells.monthly(data.everywhere)
    drawn = series_cells.lines(months)
    cells = {
        (row["name"].removeprefix("Jobcenter "), row["word"], row["period"]): row
        for row in months.iter_rows(named=True)
    }
    last = max(_months(line.start) + len(line.values) - 1 for line in drawn)
    first = min(_months(line.start) for line in drawn)
    every = [f"{n // 12}M{n % 12 + 1:02}" for n in range(first, last + 1)]
    found = []
    for line in drawn:
        before = _months(line.start) - first
        after = len(every) - before - len(line.values)
        values = (*([None] * before), *line.values, *([None] * after))
        words = tuple(
            tables.word(cells.get((line.name, line.word, month))) if value is None else ""
            for month, value in zip(every, values, strict=True)
        )
        name = f"{line.name} ({line.word})"
        found.append(Series(name, values, made_up=line.made_up, words=words))
    own_name = dict(months.select("area_id", "name").rows()).get(selected or "", "")
    own = [
        (line.made_up, one.name)
        for one, line in zip(found, drawn, strict=True)
        if line.name == own_name.removeprefix("Jobcenter ")
    ]
    what = data.breakdown_title or data.indicator.short_title
    return Chart(
        form="lines",
        categories=tuple(danish.period(month) for month in every),
        series=tuple(found),
        axis_title=f"{what}, {data.indicator.unit}",
        decimals=max((line.decimals for line in drawn), default=0),
        marked=min(own)[1] if own else None,
    )


def _months(code: str) -> int:
    return int(code[:4]) * 12 + int(code[5:]) - 1


def _table(months: pl.DataFrame, selected: str | None) -> Table:
    names = dict(months.select("area_id", "name").unique(maintain_order=True).rows())
    known = sorted(names, key=lambda area: (area != LAND, area != selected, names[area]))
    decimals = max(months["share_decimals"].drop_nulls().to_list(), default=0)
    by_key = {
        (row["period"], row["word"], row["area_id"]): row for row in months.iter_rows(named=True)
    }
    several = len(known) > 1
    heads = [
        Column(f"{head}, {names[area]}" if several else head, unit, places)
        for area in known
        for head, unit, places in (
            ("Antal", tables.PEOPLE, 0),
            ("Andel", tables.PERCENT, decimals),
            ("Nævner", tables.PEOPLE, 0),
        )
    ]
    rows = []
    for period, word, _ in series_cells.table(months, known):
        cells: tuple[Cell, ...] = ()
        for area in known:
            row = by_key.get((period, word, area))
            cells += tables.numbers(row) if row else (Cell("–"),) * 3
        rows.append((*tables.words(danish.period(period), _word(word)), *cells))
    return Table((Column("Måned"), Column("Slags"), *heads), tuple(rows))


def _word(word: str) -> str:
    return "SYNTETISK" if word == series_cells.WORDS["synthetic"] else word


READERS: dict[str, Callable[[Atlas, Item], Found]] = {"serie": lines, "serietabel": table}
