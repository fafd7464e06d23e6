"""Tables that others have published: what they hide, and that no run may tell more of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import polars as pl

from queries.cells import WHOLE
from queries.disclosure.places import places
from queries.disclosure.publication import Cell, Publication, Relation, total
from queries.errors import UserError
from queries.indicators.definition import Indicator, load_indicators
from queries.sources import facts
from queries.warehouse.versions import Run

Sums = Literal["exact", "at_most", "none"]
"""What is known of a source's sums: they are exact; an area may hold more than its kommuner, as
people without a known one; or neither, as where numbers are rounded or people count in several.
"""


def document(
    cells: pl.DataFrame,
    *,
    sums: Sums = "exact",
    below_threshold: bool = True,
    indicator: Indicator | None = None,
) -> Publication:
    """Return a published table of one indicator and month: kommuner, totals, and what it hides.

    A hidden number is below the rule's threshold, where the document says so, and at least 1 where
    a share above 0 pct. is printed beside it. What has a share only is no part of any sum.
    `indicator` is that of the table, where whoever asks has it at hand.
    """
    if indicator is None:
        indicator = load_indicators()[cells["indicator_id"][0]]
    period = cells["period"][0]
    threshold = indicator.disclosure.threshold
    made, titles = [], {}
    prefix = f"n/{indicator.indicator_id}|{WHOLE}/"
    told = {row["area_id"]: row for row in cells.iter_rows(named=True)}
    kommuner = [area for area in places().kommuner if area in told]
    above = [area for area in _totals(cells) if told[area]["numerator"] is not None]
    for area in [*above, *kommuner]:
        status, numerator, share = (
            told[area][name] for name in ("status", "numerator", "share_pct")
        )
        name, shown = prefix + area, status == "shown"
        if (shown and numerator is None) or status == "not_collected":
            continue
        titles[name] = f"{places().names[area]}: {indicator.title}"
        small = below_threshold and not shown
        made.append(
            Cell(
                name,
                numerator,
                low=0 if shown or not share else 1,
                high=threshold - 1 if small else None,
                hidden=not shown,
                threshold=threshold,
                zeros_are_shown=indicator.disclosure.zeros_are_shown,
            )
        )
    relations = () if sums == "none" else _relations(prefix, above, set(titles), sums)
    title = title_of(indicator, period)
    return Publication(tuple(made), tuple(relations), title=title, titles=titles)


def title_of(indicator: Indicator, period: str) -> str:
    """Return what a published table is called in an audit."""
    return f"{indicator.title}, {period}"


def _totals(cells: pl.DataFrame) -> list[str]:
    """Return the areas above the kommuner that the source itself tells of."""
    upper = [area for area in places().children if not area.startswith("J")]
    there = set(cells["area_id"])
    return [area for area in upper if area in there]


def _leaves(area: str) -> list[str]:
    parts = places().children.get(area)
    return [area] if parts is None else [one for part in parts for one in _leaves(part)]


def _relations(
    prefix: str, above: Sequence[str], known: set[str], sums: Sums
) -> Iterator[Relation]:
    for area in above:
        parts = [prefix + one for one in _leaves(area)]
        if not known.issuperset(parts):
            continue
        name = "Hele landet" if area == facts.LAND else places().names[area]
        if sums == "exact":
            yield total(prefix + area, parts, f"{name} er summen af sine kommuner")
        else:
            yield Relation(
                (*((part, -1) for part in parts), (prefix + area, 1)),
                0,
                None,
                f"{name} er mindst summen af sine kommuner",
            )


def sums_of(cells: pl.DataFrame) -> Sums:
    """Return what can be true of the sums of a source's cells of one indicator, all its months.

    Where a single total is below what its kommuner have at least, the numbers are rounded or
    people count in several places, and no sum says anything; where one is above although all are
    shown, there are people without a known kommune.
    """
    found: Sums = "exact"
    for area in _totals(cells):
        number = pl.col("numerator")
        at_least = number.fill_null((pl.col("share_pct").fill_null(0) > 0).cast(pl.Int64))
        parts = cells.filter(pl.col("area_id").is_in(_leaves(area)))
        summed = parts.group_by("period", "breakdown").agg(
            at_least.sum().alias("sum"), open=number.is_null().sum()
        )
        here = cells.filter(pl.col("area_id") == area).select("period", "breakdown", whole=number)
        both = here.join(summed, on=["period", "breakdown"]).drop_nulls("whole")
        if both.filter(pl.col("whole") < pl.col("sum")).height:
            return "none"
        if both.filter(pl.col("open") == 0, pl.col("whole") > pl.col("sum")).height:
            found = "at_most"
    return found


def documents(published: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the cells of each published table: one source, indicator, period and breakdown."""
    by = ["source_id", "indicator_id", "period", "breakdown"]
    for _, cells in sorted(published.partition_by(by, as_dict=True).items()):
        yield cells


def hidden_kommuner(published: pl.DataFrame) -> pl.DataFrame:
    """Return what published tables hide of kommuner: indicator_id, period, area_id.

    Left out is as good as hidden. What any of the tables shows is not hidden.
    """
    key = ["indicator_id", "period"]
    kommuner = published.filter(
        pl.col("area_id").is_in(places().kommuner), pl.col("breakdown") == WHOLE
    )
    hidden = kommuner.filter(pl.col("status").is_in(["suppressed", "left_out"]))
    shown = kommuner.filter(pl.col("status") == "shown")
    columns = [*key, "area_id"]
    return hidden.select(columns).unique().join(shown, on=columns, how="anti").sort(columns)


def told_by_others(published: pl.DataFrame) -> pl.DataFrame:
    """Return what all published tables together tell of the areas, for `disclosed_cells`.

    One cell of breakdown 'alle' per indicator, period and area: shown where any table shows it;
    hidden where one hides it. Areas that no table tells of, or hides as `hidden_kommuner` has it,
    have none.
    """
    key = ["indicator_id", "period", "area_id"]
    whole = published.filter(pl.col("breakdown") == WHOLE)
    hidden = hidden_kommuner(whole).with_columns(kept=pl.lit(value=True))
    kommune = pl.col("area_id").is_in(places().kommuner)
    shown = pl.col("status") == "shown"
    told = whole.join(hidden, on=key, how="left").filter(
        shown | pl.col("kept") | (~kommune & (pl.col("status") == "suppressed"))
    )
    return (
        told.sort(*key, ~shown, descending=False)
        .unique(key, keep="first", maintain_order=True)
        .drop("kept")
    )


def check_published(
    published: pl.DataFrame, runs: Sequence[Run], imported: pl.DataFrame | None = None
) -> None:
    """Refuse a run that tells of what a published document hides.

    No number of its own for what is hidden there, for a jobcenter in which that lies, or for any
    area above the kommuner: each of them narrows what the document hides, whether or not the two
    have counted alike. Made-up numbers say nothing of what `imported` documents hide, but those
    that are shipped are made to fit what is `published` with them. Raises UserError.
    """
    everything = published if imported is None else pl.concat([published, imported])
    hidden = {
        made_up: _by_month(hidden_kommuner(published if made_up else everything))
        for made_up in {run.is_synthetic for run in runs}
    }
    for run in runs:
        for (indicator_id, period), kommuner in hidden[run.is_synthetic].items():
            here = (pl.col("indicator_id") == indicator_id) & (pl.col("period") == period)
            if run.cells.filter(here & _tells(kommuner)).height:
                title = load_indicators()[indicator_id].title
                raise UserError(
                    f"{run.name} viser tal for {title}, {period}, som indsnævrer, hvad "
                    "den offentliggjorte tabel skjuler: der må intet stå om det skjulte og om "
                    "landet, regioner og landsdele. Lav filen igen med atlassets optælling, eller "
                    "fjern den."
                )


def _by_month(hidden: pl.DataFrame) -> Mapping[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for indicator_id, period, area in hidden.iter_rows():
        found.setdefault((indicator_id, period), set()).add(area)
    return found


def _tells(kommuner: set[str]) -> pl.Expr:
    """Return whether a cell tells of one of these kommuner, or of an area above all of them."""
    above = {area for area in places().children if not area.startswith("J")}
    jobcentres = {
        area for area, parts in places().children.items() if kommuner.intersection(parts)
    } | {area for area, kommune in places().same.items() if kommune in kommuner}
    shown = pl.col("status") == "shown"
    return (shown & pl.col("area_id").is_in([*kommuner, *jobcentres])) | (
        pl.col("area_id").is_in(list(above))
    )
