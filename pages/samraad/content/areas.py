"""The areas of one month: map, bars, table, sentence, funnel, intervals and distribution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from pages.exports.alternatives import told_instead
from pages.exports.asking import Request, read_request
from pages.exports.charts import CHARTS, charted
from pages.exports.dataset import Dataset, dataset, inside
from pages.exports.definitions import are_exact, caveats, open_choices, terms
from pages.exports.kinds import KINDS as SOURCE_WORDS
from pages.exports.map_drawing import drawn_areas
from pages.exports.map_file import map_document
from pages.figures import area_cells
from pages.figures.map_choices import map_choices
from pages.frame import evidence
from pages.frame.address import selected_area, surroundings
from pages.language import chance, danish, sentences, synthetic
from pages.samraad.content import cells as tables
from pages.samraad.content import chances
from pages.samraad.content.facts import Fact, of_cell, of_cells
from pages.samraad.content.found import Found
from pages.samraad.model import COUNTRY, Chart, Column, Item, Series, Table
from queries import LAND, Atlas, Indicator, UserError, statistics

SUMS = (
    "Jobcentre er lagt sammen af kommuner. Hvor en af kommunerne er skjult eller udeladt i kilden, "
    "er jobcentret skjult, fordi summen ellers ville afsløre tallet."
)


@dataclass(frozen=True, eq=False)
class Areas:
    """An item of one indicator's month, asked of one façade: what every kind below begins with."""

    atlas: Atlas
    item: Item
    request: Request
    data: Dataset
    national: dict[str, Any] | None

    @property
    def indicator(self) -> Indicator:
        """The indicator."""
        return self.data.indicator

    @property
    def decimals(self) -> int:
        """Decimals of a share, as its source prints them."""
        found = self.data.everywhere["share_decimals"].drop_nulls()
        return int(found[0]) if len(found) else self.indicator.format.share_decimals

    @cached_property
    def judged(self) -> pl.DataFrame:
        """Every area of the level beside the country."""
        return statistics.judged(self.data.everywhere, self.national)

    @cached_property
    def cells(self) -> pl.DataFrame:
        """The areas inside the filter, in the order of the screen."""
        asked = self.request.asked
        found = inside(self.data)
        if asked.among:
            found = found.filter(pl.col("area_id").is_in(asked.among))
        if found.is_empty():
            raise UserError("Der er ingen tal for de valgte områder.")
        printed = "published" in found["kind"]
        sort = "andel" if asked.sort == "svaret" and not printed else asked.sort
        return area_cells.in_order(found, sort)

    @cached_property
    def selected(self) -> dict[str, Any] | None:
        """The judged cell of the area that stands out, None where there is none."""
        found = self.judged.filter(area_id=self.request.selected or "")
        return None if found.is_empty() else found.row(0, named=True)

    @property
    def made_up(self) -> bool:
        """Whether any number is synthetic."""
        return "synthetic" in self.data.everywhere["kind"]

    def words(self) -> tuple[str, str]:
        """Return the item's sentence and the one that says what a figure of all areas shows."""
        spread = (
            sentences.spread(self.cells, self.national, self.data.within_name)
            if self.national
            else ""
        )
        if self.selected is not None:
            return self.of_area(self.selected), spread
        return f"{self.of_country()} {spread}".strip(), spread

    def of_area(self, cell: dict[str, Any]) -> str:
        """Return the sentence of one area."""
        part = f"{self.data.breakdown_title}. " if self.data.breakdown_title else ""
        if self.national is None:
            return f"{part}{cell['name']}: {sentences.value(cell)}."
        found = sentences.area(cell, self.national, self.indicator, self.data.everywhere)
        return f"{part}{found}"

    def of_country(self) -> str:
        """Return the sentence of the country, '' where it has no number."""
        if self.national is None:
            return ""
        if self.data.breakdown_title:
            when = danish.period(self.national["period"])
            value = sentences.value(self.national)
            return f"{self.data.heading}, {when}, {self.national['name']}: {value}."
        return sentences.national(self.indicator, self.national)

    def notes(self) -> tuple[str, ...]:
        """Return what must be known of the numbers, the area's own first."""
        told = []
        cell = self.selected
        if cell is not None:
            source = self.atlas.sources()[cell["source_id"]]
            told += [
                chance.of_area(cell, self.judged) if self.national else "",
                told_instead(self.atlas, self.indicator.indicator_id, cell),
                sentences.trace(cell, evidence.reference(source)),
            ]
        told += tables.without_number(self.cells, self.data.level)
        if "sum_of_kommuner" in self.data.everywhere["origin"]:
            told.append(SUMS)
        return tuple(text for text in told if text)

    def found(self, **more: Any) -> Found:
        """Return what all kinds have in common, and `more`."""
        sentence, spread = self.words()
        when = synthetic.period(self.data.period, made_up=self.made_up)
        title = f"{self.data.heading}, {when}"
        used = _sources(self.national, self.cells)
        name = self.indicator.indicator_id
        national = () if self.national is None else (of_cell(name, self.national),)
        usual = Found(
            title=title,
            subtitle=f"{when[:1].upper()}{when[1:]} · {self.data.within_name}",
            sentence=sentence,
            alt=f"{title}. {spread or sentence}",
            source_ids=used,
            facts=(*national, *of_cells(name, self.cells)),
            period=when,
            definition=definition(
                self.data,
                counted=self.made_up
                and bool(self.atlas.periods(self.indicator.indicator_id, "published")),
                printed="published" in self.cells["kind"],
            ),
            notes=self.notes(),
            marked=self.request.selected or "",
            follows=(self.indicator.indicator_id, self.data.period, self.kind),
        )
        return replace(usual, **more)

    @property
    def kind(self) -> str:
        """The kind of the sources."""
        kinds = set(self.cells["kind"])
        return "synthetic" if "synthetic" in kinds else str(min(kinds))

    def table(self, *, judged: bool = False) -> Table:
        """Return the areas as the screen's table has them."""
        rows = self.cells
        if judged:
            order = pl.DataFrame({"area_id": rows["area_id"]}).with_row_index("place")
            rows = order.join(self.judged, on="area_id").sort("place")
        return tables.table_of_areas(
            rows, self.data.level, self.decimals, self.request.selected, judged=judged
        )

    @property
    def what(self) -> str:
        """What the shares are of, in a few words."""
        return self.data.breakdown_title or self.indicator.short_title

    @property
    def reference(self) -> tuple[str, float] | None:
        """The country's share, None where it has none."""
        if self.national is None:
            return None
        return (COUNTRY, float(self.national["share_pct"]))

    def bars(self, cells: pl.DataFrame) -> Chart:
        """Return published shares as bars, in the order given, also where the count is hidden.

        The reader's own area is always there, else with the word for what it has not.
        """
        own = pl.col("area_id") == (self.request.selected or "")
        shown = cells.filter(pl.col("share_pct").is_not_null() | own)
        names = tuple(name.removeprefix("Jobcenter ") for name in shown["name"])
        words = tuple(tables.word(row) for row in shown.iter_rows(named=True))
        by_id = dict(zip(shown["area_id"], names, strict=True))
        values = tuple(shown["share_pct"])
        return Chart(
            form="bars",
            categories=names,
            series=(Series(self.what, values, made_up=self.made_up, words=words),),
            axis_title=f"{self.what}, {self.indicator.unit}",
            decimals=self.decimals,
            marked=by_id.get(self.request.selected or ""),
            reference=self.reference,
        )


def _sources(national: dict[str, Any] | None, cells: pl.DataFrame) -> tuple[str, ...]:
    own = cells["source_id"].unique(maintain_order=True).to_list()
    return tuple(dict.fromkeys([*own, *([national["source_id"]] if national else [])]))


def definition(data: Dataset, *, counted: bool, printed: bool) -> tuple[tuple[str, str], ...]:
    """Return what the indicator means, its caveats and what its source leaves open."""
    said = dict(terms(data.indicator)) | {"Tæller": data.numerator}
    return (
        *said.items(),
        *(
            ("Forbehold", text)
            for text in caveats(data.indicator, counted=counted, exact=are_exact(inside(data)))
        ),
        *(
            ("Det siger kilden ikke", text)
            for text in open_choices(data.indicator, questions=printed)
        ),
    )


def areas(atlas: Atlas, item: Item) -> Areas:
    """Ask the façade for an item's month; raises UserError where there is nothing."""
    request = read_request(atlas, item["indikator"], dict(item.parameters))
    asked, places = request.asked, atlas.areas()
    selected = request.selected or selected_area(places, asked.level, None, asked.within)
    around = surroundings(places, asked.level, asked.within)
    request = Request(replace(asked, within=around), selected)
    return Areas(atlas, item, request, dataset(atlas, request.asked), _national(atlas, request))


def _national(atlas: Atlas, request: Request) -> dict[str, Any] | None:
    asked = request.asked
    try:
        cell = atlas.national(
            asked.indicator_id,
            asked.period,
            breakdown=asked.breakdown,
            source_kind=asked.source_kind,
        )
    except UserError:
        return None
    return cell if cell["share_pct"] is not None else None


def area_map(atlas: Atlas, item: Item) -> Found:
    """Return a map: its drawing, and the shares of its areas, the highest first."""
    now = areas(atlas, item)
    choices = map_choices(dict(item.parameters))
    kind = SOURCE_WORDS.get(item["kilde"])
    broad = now.data.level in ("region", "landsdel")
    outlined = item["kommune"] or None if broad else now.request.selected
    document = map_document(atlas, now.data, outlined, choices, kind, areas=atlas.areas())
    ranked = area_cells.in_order(now.cells, "andel")
    if choices.against is None:
        return now.found(svg=document.svg, chart=now.bars(ranked), table=now.table())
    drawing = document.drawing
    more: dict[str, Any] = {}
    if choices.against != "kommune":
        asked = replace(now.request.asked, period=choices.against)
        other = Areas(atlas, item, replace(now.request, asked=asked), dataset(atlas, asked), None)
        facts = of_cells(now.indicator.indicator_id, other.cells)
        usual = now.found()
        more["facts"] = (*usual.facts, *facts)
        more["source_ids"] = tuple(dict.fromkeys([*usual.source_ids, *_sources(None, other.cells)]))
    told = {cell.area_id: cell.value_text for cell in drawing.cells if cell.fill != "outside"}
    if broad:
        above = drawn_areas(now.cells, atlas.areas(), now.data.level).select("area_id", "above")
        told = {area: told[part] for part, area in above.rows() if part in told}
    inside_rows = [row for row in ranked.iter_rows(named=True) if row["area_id"] in told]
    table = Table(
        columns=(Column(tables.AREA_HEADS[now.data.level]), Column("Forskel")),
        rows=tuple(tables.words(row["name"], told[row["area_id"]]) for row in inside_rows),
    )
    notes = (*([drawing.note] if drawing.note else []), *now.notes())
    alt = f"{drawing.title}."
    return now.found(
        svg=document.svg, table=table, title=drawing.title, alt=alt, notes=notes, **more
    )


def bars(atlas: Atlas, item: Item) -> Found:
    """Return ranked bars."""
    now = areas(atlas, item)
    return now.found(svg=_svg(now, "soejler"), chart=now.bars(now.cells), table=now.table())


def table(atlas: Atlas, item: Item) -> Found:
    """Return the table of a level."""
    now = areas(atlas, item)
    return now.found(table=now.table())


def funnel(atlas: Atlas, item: Item) -> Found:
    """Return the funnel: who can be told from the country."""
    return _judged(atlas, item, "tragt", chances.funnel)


def intervals(atlas: Atlas, item: Item) -> Found:
    """Return the shares with their intervals, the highest first."""
    return _judged(atlas, item, "intervaller", chances.intervals)


def _judged(
    atlas: Atlas, item: Item, figure: str, numbers: Callable[[Areas], Chart | None]
) -> Found:
    now = areas(atlas, item)
    said = chance.counts(
        now.judged.filter(pl.col("area_id").is_in(now.cells["area_id"].implode())),
        now.data.within_name,
    )
    sentence = now.of_area(now.selected) if now.selected else said
    found = now.found(
        svg=_svg(now, figure),
        chart=numbers(now),
        table=now.table(judged=True),
        sentence=sentence,
    )
    return replace(found, alt=f"{found.title}. {said}")


def spread(atlas: Atlas, item: Item) -> Found:
    """Return how the areas' shares are spread."""
    now = areas(atlas, item)
    return now.found(svg=_svg(now, "fordeling"), chart=chances.spread(now), table=now.table())


def _svg(now: Areas, figure: str) -> str:
    if not CHARTS[figure].offered(now.indicator):
        raise UserError(f"{now.indicator.title} har ikke figuren »{CHARTS[figure].label}«.")
    return charted(now.atlas, figure, now.request.asked, now.request.selected)[1]


def sentence(atlas: Atlas, item: Item) -> Found:
    """Return the sentence of one area, or of the country, with their numbers as a small table."""
    now = areas(atlas, item)
    asked = now.request.asked
    cell = now.selected
    if cell is None and (now.request.selected or item["omraade"] not in {"", LAND}):
        raise UserError("Der er ingen tal for det valgte område i den periode.")
    if cell is None:
        if now.national is None:
            raise UserError("Der er ikke et tal for hele landet i den periode.")
        cell = now.national
    rows = [cell] if cell["area_id"] == LAND or now.national is None else [cell, now.national]
    said = now.of_country() if cell["area_id"] == LAND else now.of_area(cell)
    own = () if cell["area_id"] == LAND else now.notes()[:3]
    without = tables.without_number(now.cells, asked.level)
    facts: tuple[Fact, ...] = ()
    for row in rows:
        facts += (of_cell(now.indicator.indicator_id, row),)
    found = now.found(
        sentence=said,
        alt="",
        table=tables.one_row(rows, now.decimals, [row["name"] for row in rows]),
        facts=facts,
        notes=tuple(note for note in own if note not in without),
    )
    where = cell["name"]
    used = tuple(dict.fromkeys(row["source_id"] for row in rows))
    when = synthetic.period(now.data.period, made_up=now.made_up)
    return replace(
        found,
        title=f"{now.data.heading}, {where}, {when}",
        subtitle=f"{when[:1].upper()}{when[1:]} · {where}",
        source_ids=used,
    )


READERS: dict[str, Callable[[Atlas, Item], Found]] = {
    "kort": area_map,
    "soejler": bars,
    "tabel": table,
    "saetning": sentence,
    "tragt": funnel,
    "intervaller": intervals,
    "fordeling": spread,
}
