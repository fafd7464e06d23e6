"""From the rows of a sheet to rows with area, period and breakdown, and what is left out."""

from __future__ import annotations

import polars as pl

from queries.sources.spreadsheet.area_column import (
    level_in_atlas,
    nearest,
    official,
    places,
)
from queries.sources.spreadsheet.book import Sheet, quote
from queries.sources.spreadsheet.findings import Findings
from queries.sources.spreadsheet.headers import unmerged
from queries.sources.spreadsheet.mapping import NUMBERS, WHOLE, SheetMapping
from queries.sources.spreadsheet.measures import match_class
from queries.sources.spreadsheet.row_periods import with_periods
from queries.tables.areas import LAND

OWN = ("kommune", "jobcenter")
"""The levels whose rows become cells; others are totals."""


def labelled_rows(sheet: Sheet, mapping: SheetMapping, findings: Findings) -> pl.DataFrame:
    """Return the rows that hold numbers of areas or totals.

    Columns: `at` (row of the sheet from 0), `row` (as a spreadsheet numbers it), `name`, `kind`
    (own, land, whole, other), `area_id`, `period` ('' where a column says), `breakdown`.
    Rows that are left out are noted, those that cannot be read are errors.
    """
    first, last = mapping.first_row - sheet.first_row, mapping.last_row - sheet.first_row
    cells = unmerged(sheet.cells, sheet.merged)[first : last + 1]
    area = mapping.of_role("area")[0]
    numbers = [column.at for column in mapping.of_role(*NUMBERS)]
    frame = cells.select(
        at=pl.int_range(first, first + pl.len(), dtype=pl.Int32),
        name=pl.nth(area.at),
        has=pl.any_horizontal(pl.nth(numbers) != ""),
    ).with_columns(row=pl.col("at") + sheet.first_row)
    frame = frame.filter(~pl.col("row").is_in(mapping.excluded))
    if mapping.fill_down:
        frame = frame.with_columns(
            pl.when(pl.col("name") != "").then("name").forward_fill().fill_null("").alias("name")
        )
    frame = _with_places(frame, cells, mapping, first)
    frame = _without_others(frame, area.heading, area.at, findings)
    frame = with_periods(frame, cells, mapping, first, findings)
    return _with_classes(frame, cells, mapping, first, findings)


def _with_places(
    frame: pl.DataFrame, cells: pl.DataFrame, mapping: SheetMapping, first: int
) -> pl.DataFrame:
    texts = frame["name"].unique()
    found = places(filter(None, texts.to_list()), mapping.level)
    known = pl.DataFrame(
        [(text, place.kind, place.area_id) for text, place in found.items()],
        schema={"name": pl.String, "kind": pl.String, "area_id": pl.String},
        orient="row",
    )
    frame = frame.join(known, on="name", how="left", maintain_order="left").with_columns(
        pl.col("kind").fill_null("empty"), pl.col("area_id").fill_null("")
    )
    code = mapping.one("area_code")
    if code is None:
        return frame.with_columns(code_text=pl.lit(""), code_id=pl.lit(""))
    at = frame["at"] - first
    codes = cells.to_series(code.at)[at]
    of_code = places(filter(None, codes.unique().to_list()), mapping.level)
    ids = {text: place.area_id for text, place in of_code.items()}
    return frame.with_columns(
        code_text=codes,
        code_id=codes.replace_strict(ids, default="", return_dtype=pl.String)
        if ids
        else pl.lit(""),
    )


def _without_others(frame: pl.DataFrame, heading: str, at: int, findings: Findings) -> pl.DataFrame:
    """Return the rows of areas and totals, and say what the others are."""
    frame = frame.with_columns(column=pl.lit(at))
    unknown = pl.col("kind").is_in(["unknown", "code", "empty"])
    by_code = frame.filter(unknown & (pl.col("code_id") != "") & pl.col("has"))
    findings.rows(
        "warning",
        "area_by_code",
        by_code.filter(pl.col("name") != ""),
        lambda each: (
            f"{quote(str(each['name']))} kendes ikke, men koden er "
            f"{official(str(each['code_id']))}s. Rækken er læst efter koden; "
            "ret navnet, hvis den er en anden kommunes."
        ),
        at="column",
        value="name",
    )
    frame = frame.with_columns(
        kind=pl.when(unknown & (pl.col("code_id") != "")).then(pl.lit("area")).otherwise("kind"),
        area_id=pl.when(unknown & (pl.col("code_id") != "")).then("code_id").otherwise("area_id"),
    )
    clash = (
        (pl.col("kind") == "area")
        & (pl.col("code_id") != "")
        & (pl.col("code_id") != pl.col("area_id"))
        & pl.col("has")
    )
    findings.rows(
        "error",
        "area_code_mismatch",
        frame.filter(clash),
        lambda each: (
            f"Navnet {quote(str(each['name']))} og koden {quote(str(each['code_text']))} er to "
            f"forskellige områder ({official(str(each['area_id']))} og "
            f"{official(str(each['code_id']))}). Ret det, der er forkert."
        ),
        at="column",
        value="name",
    )
    return _sorted_out(frame, heading, findings)


def _sorted_out(frame: pl.DataFrame, heading: str, findings: Findings) -> pl.DataFrame:
    ids = frame["area_id"].unique().to_list()
    levels = {area: level_in_atlas(area) for area in ids if area}
    level = pl.col("area_id").replace_strict(levels, default="", return_dtype=pl.String)
    frame = frame.with_columns(level=level if levels else pl.lit(""))
    repeated = pl.col("name").str.to_lowercase() == heading.rsplit(", ", maxsplit=1)[-1].casefold()
    own = (pl.col("kind") == "area") & pl.col("level").is_in(OWN)
    has = pl.col("has")
    named = pl.col("name") != ""
    findings.rows(
        "note",
        "row_left_out",
        frame.filter(((~has & ~own) | repeated) & named),
        lambda each: f"Rækken {quote(str(each['name']))} har ingen tal og er ikke læst.",
        value="name",
    )
    rest = frame.filter((has | own) & ~repeated)
    findings.rows(
        "error",
        "row_without_area",
        rest.filter(pl.col("kind") == "empty"),
        lambda _: (
            "Rækken har tal, men intet navn. Skriv, hvilken kommune den er, eller udelad rækken, "
            "hvis den er en sum."
        ),
        at="column",
    )
    findings.rows(
        "error",
        "unknown_area",
        rest.filter(pl.col("kind").is_in(["unknown", "code"])),
        lambda each: (
            f"{quote(str(each['name']))} er ikke en kommune, et jobcenter eller en kendt sum. "
            f"Mente du {_or(nearest(str(each['name'])))}? Ret navnet, eller udelad rækken."
        ),
        at="column",
        value="name",
    )
    findings.rows(
        "error",
        "area_code_mismatch",
        rest.filter(pl.col("kind") == "mismatch"),
        lambda each: (
            f"Koden og navnet i {quote(str(each['name']))} er ikke samme kommune. Ret det, der er "
            "forkert."
        ),
        at="column",
        value="name",
    )
    findings.rows(
        "note",
        "row_left_out",
        rest.filter(pl.col("kind").is_in(["average", "subtotal"])),
        lambda each: f"Rækken {quote(str(each['name']))} er en mellemregning og er ikke læst.",
        value="name",
    )
    findings.rows(
        "note",
        "row_outside",
        rest.filter(pl.col("kind") == "other").unique("name", maintain_order=True),
        lambda each: (
            f"Rækken {quote(str(each['name']))} hører ikke til nogen kommune. Den er ikke læst, "
            "men regnet med, hvor summer er kontrolleret."
        ),
        value="name",
    )
    whole = pl.col("level").is_in(["region", "landsdel"])
    findings.rows(
        "note",
        "row_is_total",
        rest.filter(whole).unique("name", maintain_order=True),
        lambda each: (
            f"Rækken {quote(str(each['name']))} er en sum. Den er brugt til kontrol og bliver ikke "
            "vist."
        ),
        value="name",
    )
    kind = (
        pl.when(own)
        .then(pl.lit("own"))
        .when(pl.col("area_id") == LAND)
        .then(pl.lit("land"))
        .when(whole)
        .then(pl.lit("whole"))
        .otherwise(pl.lit("other"))
    )
    kept = rest.filter(pl.col("kind").is_in(["area", "total", "other"]))
    return kept.with_columns(said=pl.col("kind"), kind=kind)


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} eller {names[-1]}" if len(names) > 1 else "".join(names)


def _with_classes(
    frame: pl.DataFrame, cells: pl.DataFrame, mapping: SheetMapping, first: int, findings: Findings
) -> pl.DataFrame:
    columns = mapping.of_role("breakdown")
    frame = frame.with_columns(breakdown=pl.lit(""))
    known = dict(mapping.classes)
    for column in columns:
        texts = cells.to_series(column.at)[frame["at"] - first]
        meant = {
            text: known.get(text.casefold(), WHOLE if match_class(text, None) else None)
            for text in texts.unique().to_list()
        }
        read = pl.DataFrame(
            list(meant.items()), schema={"class": pl.String, "as": pl.String}, orient="row"
        )
        joined = (
            texts.alias("class")
            .to_frame()
            .join(read, on="class", how="left", maintain_order="left")
        )
        frame = frame.with_columns(
            class_text=joined["class"], class_as=joined["as"], class_at=pl.lit(column.at)
        )
        findings.rows(
            "error",
            "unknown_class",
            frame.filter(pl.col("class_as").is_null()).unique("class_text", maintain_order=True),
            lambda each: (
                f"{quote(str(each['class_text']))} er ikke en opdeling, der er sagt noget om. "
                "Vælg, hvad den er, eller at den ikke læses."
            ),
            at="class_at",
            value="class_text",
        )
        skipped = frame.filter(pl.col("class_as") == "").group_by("class_text").len("n")
        for text, count in skipped.sort("class_text").iter_rows():
            findings.add(
                "note",
                "class_left_out",
                f"{count} rækker med {quote(text)} er ikke læst.",
                at=column.at,
                value=text,
            )
        frame = frame.filter(pl.col("class_as").is_not_null() & (pl.col("class_as") != ""))
        own = pl.col("class_as") != WHOLE
        clash = frame.filter(own & (pl.col("breakdown") != ""))
        if clash.height:
            findings.add(
                "note",
                "class_left_out",
                f"{clash.height} rækker har to opdelinger på én gang og er ikke læst.",
                at=column.at,
            )
        frame = frame.filter(~(own & (pl.col("breakdown") != ""))).with_columns(
            breakdown=pl.when(own).then("class_as").otherwise("breakdown")
        )
    return frame.with_columns(
        breakdown=pl.when(pl.col("breakdown") == "").then(pl.lit(WHOLE)).otherwise("breakdown")
        if columns
        else pl.lit("")
    )
