"""Exact numbers that nobody has published: what may be shown of them, and nothing else is kept."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from queries.cells import WHOLE
from queries.errors import UserError
from queries.indicators.definition import load_indicators
from queries.register.cell_checks import MONTH
from queries.register.cell_file import RunSource
from queries.register.choices import Choices
from queries.register.levels import UNKNOWN_KOMMUNE, all_levels
from queries.register.publish import disclosed_cells
from queries.register.result import COUNT_SCHEMA
from queries.sources import facts
from queries.sources.incoming import Batch, Finding, ImportRefusedError
from queries.sources.spreadsheet.periods import in_words

WANTED = (
    "Tal, som ikke er offentliggjort, skal være præcise: antal og nævner for hver kommune, så "
    "atlasset selv kan afgøre, hvad der må vises"
)


def disclosed(
    batch: Batch,
    cells: pl.DataFrame,
    source: RunSource,
    published: pl.DataFrame,
    earlier: Sequence[pl.DataFrame],
) -> tuple[pl.DataFrame, list[Finding]]:
    """Return what may be shown of an unpublished batch, as cells of CELL_SCHEMA, and notes.

    The notes say which months cannot be shown at all.

    `cells` are the batch's, checked; `published` and `earlier` are as `disclosed_cells` wants
    them. Raises ImportRefusedError where the batch is not exact, hides something itself, lacks a
    kommune, or where no month of it can be shown.
    """
    if faults := [*_faults(cells)]:
        raise ImportRefusedError(faults[0].text, (*batch.findings, *faults))
    counts = _counts(cells)
    if faults := [*_sums(cells, counts)]:
        raise ImportRefusedError(faults[0].text, (*batch.findings, *faults))
    known = load_indicators()
    asked = {name: known[name] for name in sorted(set(cells["indicator_id"]))}
    try:
        shown = disclosed_cells(
            counts,
            source_id=source.source_id,
            recorded_at=source.recorded_at,
            published_elsewhere=published,
            indicators=asked,
            # Nobody says how they were counted: as the indicator is defined.
            choices=Choices().as_dict(),
            earlier=earlier,
        )
    except UserError as error:
        raise _refused(batch, "not_whole", str(error)) from error
    if shown.is_empty():
        raise _refused(
            batch,
            "nothing_may_be_shown",
            "Intet i kilden kan vises, uden at et skjult tal kan regnes ud. Intet er importeret. "
            "Giv flere kommuner eller en opdeling med større tal.",
        )
    month = ["indicator_id", "period"]
    absent = cells.select(month).unique().join(shown, on=month, how="anti").sort(month)
    notes = [
        Finding(
            "note",
            "month_not_shown",
            f"»{asked[indicator_id].title}«, {in_words(period)}, kan ikke vises, uden at et skjult "
            "tal kan regnes ud. Måneden er ikke importeret; resten er.",
        )
        for indicator_id, period in absent.iter_rows()
    ]
    return shown, notes


def _faults(cells: pl.DataFrame) -> list[Finding]:
    found = []
    known = load_indicators()
    for indicator_id in sorted(set(cells["indicator_id"])):
        if known[indicator_id].register is None:
            found.append(
                Finding(
                    "error",
                    "only_published",
                    f"»{known[indicator_id].title}« findes kun som tal, andre har offentliggjort. "
                    "Angiv, hvor tallene er offentliggjort, eller vælg en anden indikator.",
                )
            )
    if months := sorted({p for p in cells["period"] if not MONTH.fullmatch(p)}):
        text = f"{WANTED}. Perioden {months[0]} er ikke en måned; skriv den som 2018M01."
        found.append(Finding("error", "not_monthly", text, value=months[0]))
    kommuner = _kommuner(cells)
    hidden = kommuner.filter(pl.col("status").is_in(["suppressed", "left_out"]))
    if hidden.height:
        found.append(_at(hidden, "hidden_unpublished", "har intet antal", "Udfyld det"))
    exact = (pl.col("denominator_low") == pl.col("denominator_high")).fill_null(value=False)
    inexact = kommuner.filter(pl.col("status") == "shown", ~exact | pl.col("numerator").is_null())
    if inexact.height:
        found.append(
            _at(inexact, "inexact_unpublished", "mangler antal eller nævner", "Udfyld dem")
        )
    series = kommuner.select("indicator_id", "period", "breakdown").unique()
    every = series.join(_every_kommune(), how="cross")
    key = ["indicator_id", "period", "breakdown", "area_id"]
    absent = every.join(kommuner, on=key, how="anti").sort(key)
    if kommuner.is_empty():
        text = f"{WANTED}. Kilden har ingen kommuner. Brug en kilde, der er fordelt på kommuner."
        found.append(Finding("error", "no_kommuner", text))
    elif absent.height:
        what = "mangler i kilden"
        found.append(_at(absent, "kommune_missing", what, "Tilføj den; ingen borgere skrives 0"))
    return found


def _names() -> pl.DataFrame:
    """Return what each indicator's breakdowns are called where a register is counted."""
    rows = [
        (name, breakdown, register.measure, counted_as)
        for name, one in load_indicators().items()
        if (register := one.register)
        for breakdown, counted_as in (
            (WHOLE, register.breakdown),
            *((part.breakdown_id, part.counted_as) for part in register.breakdowns),
        )
    ]
    columns = ["indicator_id", "breakdown", "measure", "counted_as"]
    return pl.DataFrame(rows, dict.fromkeys(columns, pl.String), orient="row")


def _counts(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the batch as what a register run counts; nobody is left out, as there."""
    kommuner = _kommuner(cells).filter(pl.col("status") == "shown")
    counted = kommuner.join(_names(), on=["indicator_id", "breakdown"]).select(
        "measure",
        "period",
        "numerator",
        breakdown="counted_as",
        kommune="area_id",
        denominator="denominator_low",
    )
    # A breakdown that is the whole indicator under another name is counted once.
    counted = counted.select(COUNT_SCHEMA.names()).unique().cast(COUNT_SCHEMA)
    unknown = _without_kommune(cells, counted)
    return pl.concat([counted, unknown]).sort("measure", "breakdown", "period", "kommune")


def _without_kommune(cells: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """Return the people that the source's country has beyond its kommuner, where it has more."""
    series = ["measure", "breakdown", "period"]
    land = (
        cells.filter(pl.col("area_id") == facts.LAND, pl.col("status") == "shown")
        .join(_names(), on=["indicator_id", "breakdown"])
        .select(
            "measure", "period", "numerator", breakdown="counted_as", denominator="denominator_low"
        )
        .drop_nulls()
        .unique(series)
    )
    summed = counted.group_by(series).agg(
        have=pl.col("numerator").sum(), people=pl.col("denominator").sum()
    )
    return (
        land.join(summed, on=series)
        .with_columns(
            numerator=pl.col("numerator") - pl.col("have"),
            denominator=pl.col("denominator") - pl.col("people"),
            kommune=pl.lit(UNKNOWN_KOMMUNE),
        )
        .filter(pl.col("denominator") > 0, pl.col("numerator").is_between(0, pl.col("denominator")))
        .select(COUNT_SCHEMA.names())
        .cast(COUNT_SCHEMA)
    )


def _sums(cells: pl.DataFrame, counts: pl.DataFrame) -> list[Finding]:
    """Return where a total in the source is not the sum of its kommuner."""
    levels = all_levels(counts).select(
        "measure", "period", "area_id", counted_as="breakdown", n="numerator", d="denominator"
    )
    totals = cells.filter(
        ~pl.col("area_id").is_in(_every_kommune()["area_id"].to_list()),
        pl.col("status") == "shown",
    )
    wrong = (
        totals.join(_names(), on=["indicator_id", "breakdown"])
        .join(levels, on=["measure", "counted_as", "period", "area_id"])
        .filter(
            (pl.col("numerator") != pl.col("n")).fill_null(value=False)
            | (pl.col("denominator_low") > pl.col("d")).fill_null(value=False)
            | (pl.col("denominator_high") < pl.col("d")).fill_null(value=False)
        )
        .sort("indicator_id", "period", "breakdown", "area_id")
    )
    if wrong.is_empty():
        return []
    return [
        _at(wrong, "total_differs", "er ikke summen af kommunerne", "Ret summen eller kommunerne")
    ]


def _at(rows: pl.DataFrame, code: str, what: str, mend: str) -> Finding:
    """Return one finding of several rows: the first is named, the others are counted."""
    first = rows.row(0, named=True)
    areas = dict(facts.areas().select("area_id", "name").iter_rows())
    place = f"{areas.get(first['area_id'], first['area_id'])}, {in_words(first['period'])}"
    more = f" og {rows.height - 1} andre" if rows.height > 1 else ""
    return Finding(
        "error",
        code,
        f"{WANTED}. {place}{more} {what}. {mend}, og prøv igen.",
        row=first.get("source_row"),
    )


def _kommuner(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.join(_every_kommune(), on="area_id", how="semi")


def _every_kommune() -> pl.DataFrame:
    return facts.areas().filter(pl.col("level") == "kommune").select("area_id")


def _refused(batch: Batch, code: str, text: str) -> ImportRefusedError:
    return ImportRefusedError(text, (*batch.findings, Finding("error", code, text)))
