"""The periods of the rows of a sheet, and whether they can be right."""

from __future__ import annotations

import datetime as dt

import polars as pl

from queries.sources.spreadsheet.book import quote
from queries.sources.spreadsheet.findings import Findings, listed
from queries.sources.spreadsheet.labels import part_kind
from queries.sources.spreadsheet.mapping import SheetMapping
from queries.sources.spreadsheet.periods import (
    in_words,
    is_day,
    is_short,
    numbered_part,
    read_period,
    short_codes,
)

FIRST_YEAR = 2000


def with_periods(
    frame: pl.DataFrame, cells: pl.DataFrame, mapping: SheetMapping, first: int, findings: Findings
) -> pl.DataFrame:
    """Add `period`, and what it was read from; rows without one are errors and left out."""
    column, year, part = mapping.one("period"), mapping.one("year"), mapping.one("part")
    single = column or year
    if single is None:
        return frame.with_columns(period=pl.lit(mapping.period))
    at = frame["at"] - first
    texts = cells.to_series(single.at)[at].alias("text")
    keys = texts.to_frame().with_columns(half=cells.to_series(part.at)[at] if part else pl.lit(""))
    if mapping.fill_down:
        keys = keys.with_columns(
            pl.when(pl.col(name) != "").then(name).forward_fill().fill_null("").alias(name)
            for name in keys.columns
        )
    kind = part_kind(part.heading) if part else ""
    pairs = keys.unique()
    codes = [text for text in pairs["text"].unique().to_list() if text]
    if not all(is_short(text) for text in codes):
        codes = [text for text in codes if not read_period(text)]
    short = short_codes(codes, mapping.short_codes) if mapping.short_codes and codes else None
    found = [
        (text, half, _period(text, half, kind, short or {}, joined=part is not None))
        for text, half in pairs.iter_rows()
    ]
    known = pl.DataFrame(
        found, schema={"text": pl.String, "half": pl.String, "period": pl.String}, orient="row"
    )
    read = keys.join(known, on=["text", "half"], how="left", maintain_order="left")
    frame = frame.with_columns(
        period=read["period"],
        period_text=pl.concat_str(read["half"], read["text"], separator=" ").str.strip_chars(),
        period_at=pl.lit(single.at),
    )
    findings.rows(
        "error",
        "unknown_period",
        frame.filter(pl.col("period").is_null()),
        lambda each: (
            f"{quote(str(each['period_text']))} er ikke en periode. Skriv den som 2017M06, juni "
            "2017, 1. kvartal 2017, uge 52 2016 eller 2017."
            if each["period_text"]
            else "Rækken har tal, men ingen periode. Skriv den som 2017M06 eller juni 2017."
        ),
        at="period_at",
        value="period_text",
    )
    days = [text for text in pairs["text"].to_list() if is_day(text)]
    if days:
        findings.rows(
            "warning",
            "period_is_a_day",
            frame.filter(pl.col("period_text").is_in(days)).unique(
                "period_text", maintain_order=True
            ),
            lambda each: (
                f"{quote(str(each['period_text']))} er en dag midt i en måned. Den er læst som "
                "hele måneden; kontrollér, at det er den, tallene er fra."
            ),
            at="period_at",
            value="period_text",
        )
    return frame.filter(pl.col("period").is_not_null())


def _period(text: str, half: str, kind: str, short: dict[str, str], *, joined: bool) -> str | None:
    if text in short:
        return short[text]
    whole = read_period(text)
    if not joined:
        return whole
    if half and (both := read_period(half)):
        return both if whole is None or both.startswith(whole[:4]) else None
    piece = numbered_part(half, kind) if half else None
    if piece is None or whole is None or len(whole) != 4:
        return None
    return piece.of(int(whole))


def check_periods(cells: pl.DataFrame, findings: Findings, today: dt.date) -> None:
    """Report years outside a sane range, periods to come, and kinds of periods that are mixed.

    `cells` has `row`, `period` and `period_at` (the column that says it).
    """
    found = (
        cells.group_by("period").agg(pl.col("row").min(), pl.col("period_at").first()).sort("row")
    )
    kinds: dict[str, str] = {}
    for period, row, at in found.select("period", "row", "period_at").iter_rows():
        year = int(period[:4])
        kinds.setdefault(period[4:5], period)
        if not FIRST_YEAR <= year <= today.year + 1:
            findings.add(
                "error",
                "year_out_of_range",
                f"Perioden {in_words(period)} ligger uden for {FIRST_YEAR} til {today.year + 1}. "
                "Ret årstallet.",
                row=row,
                at=at,
                value=period,
            )
        elif _begins(period) > today:
            findings.add(
                "warning",
                "period_to_come",
                f"Perioden {in_words(period)} er ikke begyndt endnu. Kontrollér årstallet, eller "
                "bekræft, at tallene er en fremskrivning.",
                row=row,
                at=at,
                value=period,
            )
    if len(kinds) > 1:
        findings.add(
            "warning",
            "mixed_periods",
            f"Arket har perioder af forskellig længde ({listed(map(in_words, kinds.values()))}). "
            "Kontrollér, at den længere ikke er en sum, og udelad den, hvis den er.",
        )


def _begins(period: str) -> dt.date:
    year, kind, number = int(period[:4]), period[4:5], int(period[5:] or 1)
    if kind == "W":
        return dt.date.fromisocalendar(year, number, 1)
    month = {"M": number, "Q": 3 * number - 2}.get(kind, 1)
    return dt.date(year, month, 1)
