"""From an opened sheet and a confirmed mapping to a `Batch`, or to all that is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import polars as pl

from queries.errors import UserError
from queries.indicators.definition import Indicator, load_indicators
from queries.sources.incoming import KEY, Batch, Finding, ImportRefusedError, incoming
from queries.sources.spreadsheet import checks, totals
from queries.sources.spreadsheet.about import About
from queries.sources.spreadsheet.book import CUT_OFF, Book, Sheet, quote
from queries.sources.spreadsheet.cells import as_cells, with_parts
from queries.sources.spreadsheet.findings import Findings, thousands
from queries.sources.spreadsheet.headers import said
from queries.sources.spreadsheet.hidden_sizes import with_largest
from queries.sources.spreadsheet.mapping import NUMBERS, SheetMapping, check_parts
from queries.sources.spreadsheet.row_periods import check_periods
from queries.sources.spreadsheet.rows import labelled_rows
from queries.sources.spreadsheet.values import ROLE_KEYS, Reader, Slot, slots

Known = Callable[[str], pl.DataFrame]
"""Gives the cells of an indicator in the warehouse: area_id, period, breakdown, numerator."""
_LABELS = ("row", "kind", "said", "name", "area_id", "period", "breakdown")


def read_sheet(
    book: Book,
    mapping: SheetMapping,
    about: About,
    *,
    indicators: Mapping[str, Indicator] | None = None,
    known: Known | None = None,
    today: dt.date | None = None,
) -> Batch:
    """Return the cells of a sheet with their provenance and all that was found.

    `known` gives the earlier numbers that new ones are held against. Raises UserError for a mapping
    that does not fit the sheet, and ImportRefusedError with all findings where there is an error.
    """
    today = today or dt.date.today()
    indicators = load_indicators() if indicators is None else indicators
    sheet = _sheet(book, mapping)
    _check_fit(sheet, mapping, indicators)
    findings = Findings(sheet)
    findings.extend(book.findings)
    around = _around(sheet, mapping)
    numbers = {column.at for column in mapping.of_role(*NUMBERS)}
    offset = sheet.first_row
    findings.extend(
        sheet.findings(numbers, (mapping.first_row - offset, mapping.last_row - offset))
    )
    rows = labelled_rows(sheet, mapping, findings)
    reader = Reader(sheet, mapping, around, findings)
    table = with_parts(_table(sheet, mapping, rows, reader, findings))
    reader.report_dashes()
    reader.report_forms()
    checks.check_units(around, mapping, findings)
    checks.check_hidden_rows(sheet, mapping, findings)
    check_periods(table, findings, today)
    indicator = indicators[mapping.indicator_id]
    cells = as_cells(table, mapping, about, indicator, findings)
    threshold = indicator.disclosure.threshold
    sized = with_largest(table, around, threshold)
    checks.check_all(sized, cells, mapping, about, findings, threshold=threshold)
    if known is not None and cells.height:
        checks.check_jumps(cells, known(mapping.indicator_id), findings)
    found = _whole(findings.all(), table, mapping)
    if findings.has_errors:
        raise ImportRefusedError(_refusal(found), found)
    if not cells.height:
        raise ImportRefusedError(
            "Der er ingen tal for kommuner eller jobcentre i arket. Kontrollér opsætningen.", found
        )
    return Batch(
        cells=incoming(cells.drop("at", "exact"), found, what="Arket"),
        provenance=about.provenance(),
        recorded_at=about.known_from,
        is_published=about.is_published,
        findings=found,
    )


def _whole(
    found: tuple[Finding, ...], table: pl.DataFrame, mapping: SheetMapping
) -> tuple[Finding, ...]:
    """Return the findings without a doubt that the end of the file is missing, where it is not.

    A file that was cut off ends in the middle of a row. One whose last row of numbers is a total
    that fits is whole, and what stands below is a note.
    """
    if not totals.ends_in_total(table):
        return found
    below = [one for one in found if one.code == CUT_OFF and (one.row or 0) > mapping.last_row]
    return tuple(one for one in found if one not in below)


def _sheet(book: Book, mapping: SheetMapping) -> Sheet:
    found = next((each for each in book.sheets if each.name == mapping.sheet), None)
    if found is None:
        raise UserError(
            f"Filen har intet ark, der hedder {quote(mapping.sheet)}, som opsætningen er lavet "
            "til. Læs filen igen, og vælg arket."
        )
    return found


def _check_fit(sheet: Sheet, mapping: SheetMapping, indicators: Mapping[str, Indicator]) -> None:
    check_parts(mapping)
    if mapping.indicator_id not in indicators:
        what = f"»{mapping.indicator_id}«" if mapping.indicator_id else "Det"
        raise UserError(
            f"{what} er ikke en indikator, der kendes. Vælg, hvad tallene er: "
            f"{', '.join(sorted(indicators))}."
        )
    widest = max((column.at for column in mapping.columns), default=-1)
    if widest >= sheet.width:
        raise UserError(
            f"Opsætningen bruger {widest + 1} kolonner, og arket har {sheet.width}. Læs filen "
            "igen, og ret opsætningen."
        )
    if mapping.last_row > sheet.height + sheet.first_row - 1 or mapping.first_row < sheet.first_row:
        raise UserError(
            f"Opsætningen læser række {mapping.first_row} til {mapping.last_row}, og arket har "
            f"række {sheet.first_row} til {sheet.height + sheet.first_row - 1}. Ret dem."
        )
    if len(mapping.of_role("area")) != 1:
        raise UserError("Vælg præcis én kolonne som område (kommune eller jobcenter).")
    if len(mapping.of_role("period", "year")) > 1:
        raise UserError("Vælg præcis én kolonne som periode; de andre sættes til »læses ikke«.")
    numbers = mapping.of_role(*NUMBERS)
    if len(mapping.of_role("value")) > 0 and len(numbers) > 1:
        raise UserError(
            "En kolonne med »tallet« kan ikke stå sammen med kolonner for tæller, nævner og andel."
        )
    if bool(mapping.of_role("value")) != bool(mapping.of_role("measure")):
        raise UserError(
            "En kolonne med »tallet« kræver en kolonne, der siger, hvad tallet er, og omvendt."
        )
    by_row = bool(mapping.of_role("period", "year"))
    without = [column for column in numbers if not column.period]
    if not by_row and not mapping.period and without:
        raise UserError(
            f"Det er ikke sagt, hvilken periode kolonne {without[0].letter} "
            f"({quote(without[0].heading)}) er. Skriv den som 2017M06 eller juni 2017."
        )
    titles = {"", "-", "*", "alle", *indicators[mapping.indicator_id].breakdowns}
    wrong = [text for text, breakdown in mapping.classes if breakdown not in titles]
    wrong += [column.heading for column in mapping.columns if column.breakdown not in titles]
    if wrong:
        raise UserError(
            f"Opdelingen for {quote(wrong[0])} hører ikke til indikatoren »{mapping.indicator_id}«"
            ". Vælg en af indikatorens egne, »alle«, eller at den ikke læses."
        )


def _around(sheet: Sheet, mapping: SheetMapping) -> str:
    first = min((*mapping.header_rows, mapping.first_row)) - sheet.first_row
    last = mapping.last_row - sheet.first_row
    headings = [column.heading for column in mapping.columns]
    return "\n".join([*said(sheet.cells[:first]), *said(sheet.cells[last + 1 :]), *headings])


def _table(
    sheet: Sheet, mapping: SheetMapping, rows: pl.DataFrame, reader: Reader, findings: Findings
) -> pl.DataFrame:
    """Return one row per area, period and breakdown, with what each measure says.

    Measures are prefixed n_ (count), d_ (denominator) and s_ (share in pct.); one that is missing
    has status 'absent'.
    """
    if mapping.of_role("value"):
        return _by_measure(sheet, mapping, rows, reader, findings)
    parts = []
    for slot in slots(mapping):
        part = _slot(slot, rows, reader)
        if part.height and _is_empty(part) and len(mapping.of_role(*NUMBERS)) > len(slot.columns):
            column = next(iter(slot.columns.values()))
            findings.add(
                "note",
                "empty_column",
                f"Kolonnen {quote(column.heading)} er tom og er ikke læst.",
                at=column.at,
            )
            continue
        parts.append(part)
    if not parts:
        raise UserError("Alle kolonner med tal er tomme. Kontrollér, at det er det rigtige ark.")
    return pl.concat(parts) if len(parts) > 1 else parts[0]


def _is_empty(part: pl.DataFrame) -> bool:
    return bool(
        part.select((pl.col("n_status", "s_status").is_in(["empty", "absent"])).all()).row(0)
        == (True, True)
    )


def _slot(slot: Slot, rows: pl.DataFrame, reader: Reader) -> pl.DataFrame:
    by_row = "period_at" in rows.columns and not slot.period
    first = next(iter(slot.columns.values())).at
    whole = pl.when(pl.col("breakdown") == "").then(pl.lit("alle")).otherwise("breakdown")
    labels = rows.select(
        "row",
        "kind",
        "said",
        "name",
        "area_id",
        pl.lit(slot.period).alias("period") if slot.period else pl.col("period"),
        (pl.lit(slot.breakdown) if slot.breakdown else whole).alias("breakdown"),
        period_at=pl.col("period_at").cast(pl.Int32)
        if by_row
        else pl.lit(first if slot.period else None, pl.Int32),
    )
    parts = [labels]
    for role, key in ROLE_KEYS.items():
        column = slot.columns.get(role)
        parts.append(
            _prefixed(reader.column(column, role, rows), key, column.at)
            if column is not None
            else _absent(rows.height, key)
        )
    return pl.concat(parts, how="horizontal")


def _prefixed(read: pl.DataFrame, key: str, at: int) -> pl.DataFrame:
    return read.select(pl.all().name.prefix(f"{key}_")).with_columns(
        pl.lit(at, pl.Int32).alias(f"{key}_at")
    )


def _absent(height: int, key: str) -> pl.DataFrame:
    return pl.select(
        pl.repeat("absent", height).alias(f"{key}_status"),
        pl.repeat(None, height, dtype=pl.Int64).alias(f"{key}_count"),
        pl.repeat(None, height, dtype=pl.Float64).alias(f"{key}_value"),
        pl.repeat(None, height, dtype=pl.Int8).alias(f"{key}_decimals"),
        pl.repeat(None, height, dtype=pl.String).alias(f"{key}_text"),
        pl.repeat(None, height, dtype=pl.Int32).alias(f"{key}_at"),
    )


def _by_measure(
    sheet: Sheet, mapping: SheetMapping, rows: pl.DataFrame, reader: Reader, findings: Findings
) -> pl.DataFrame:
    """Return the table of a sheet with one number per row, and a column that says which it is."""
    value, measure = mapping.of_role("value")[0], mapping.of_role("measure")[0]
    texts = sheet.cells.to_series(measure.at)[rows["at"]]
    roles = dict(mapping.measures)
    meant = {text: roles.get(text.casefold()) for text in texts.unique().to_list()}
    rows = rows.with_columns(measure=texts).with_columns(
        role=pl.col("measure").replace_strict(meant, default=None, return_dtype=pl.String),
        column=pl.lit(measure.at),
    )
    findings.rows(
        "error",
        "unknown_measure",
        rows.filter(pl.col("role").is_null()).unique("measure", maintain_order=True),
        lambda each: (
            f"Det er ikke sagt, om {quote(str(each['measure']))} er antal, nævner eller andel. "
            "Vælg det, eller at rækkerne ikke læses."
        ),
        at="column",
        value="measure",
    )
    keys = ["kind", "name", "area_id", "period", "breakdown"]
    table: pl.DataFrame | None = None
    for role, key in sorted(ROLE_KEYS.items(), key=lambda each: "nsd".index(each[1])):
        own = rows.filter(pl.col("role") == role)
        if not own.height:
            continue
        read = _prefixed(reader.column(value, role, own), key, value.at)
        part = pl.concat([own.select("row", "said", *keys), read], how="horizontal")
        if table is None:
            table = part
            continue
        twice = part.filter(pl.struct(keys).is_duplicated() & ~pl.struct(keys).is_first_distinct())
        checks.report_duplicates(
            twice.with_columns(first=pl.lit(None, pl.Int32)),
            mapping.of_role("area")[0].at,
            findings,
        )
        table = table.join(
            part.unique(keys, keep="first").drop("row", "said"), on=keys, how="left"
        ).with_columns(pl.col(f"{key}_status").fill_null("empty"))
    if table is None:
        raise UserError("Ingen rækker er antal eller andel. Vælg, hvad hver slags række er.")
    absent = [
        _absent(table.height, key)
        for key in ROLE_KEYS.values()
        if f"{key}_status" not in table.columns
    ]
    table = pl.concat([table, *absent], how="horizontal")
    labels = table.with_columns(
        breakdown=pl.when(pl.col("breakdown") == "").then(pl.lit("alle")).otherwise("breakdown"),
        period_at=pl.lit(None, pl.Int32),
    )
    return labels.select(*_LABELS, "period_at", *(c for c in labels.columns if c[1:2] == "_"))


def _refusal(found: tuple[Finding, ...]) -> str:
    errors = [finding for finding in found if finding.level == "error"]
    first = errors[0]
    more = len(errors) - 1
    where = f" ({first.where})" if first.where else ""
    rest = f" Der er {thousands(more)} fejl mere." if more else ""
    return f"Arket kan ikke indlæses{where}: {first.text}{rest}"


__all__ = ["KEY", "Known", "read_sheet"]
