"""What the cells of a column of numbers say, read once per distinct text."""

from __future__ import annotations

import re
from decimal import Decimal

import polars as pl

from queries.tables.numbers import read_number, tidy

EMPTY, COUNT, DECIMAL, HIDDEN, DASH, TEXT = range(6)
_WHOLE = r"^-?\d{1,15}$"
_POINTED = re.compile(r"-?\d{1,12}\.\d+")
_SPACED = re.compile(r"(?<=\d)['\u00a0\u2009\u202f ](?=\d{3}(?!\d))")
_DIGITS = re.compile(r"\d[\d.,]*\d|\d")
SCHEMA = {
    "sort": pl.UInt8,
    "count": pl.Int64,
    "value": pl.Float64,
    "decimals": pl.Int8,
    "marked": pl.Boolean,
    "form": pl.UInt8,
}
"""`sort` is one of the constants above; `count` a whole number, `value` any number, `decimals` how
many it is written with; `marked` says that a percent sign stood there. `form` tells which sign the
text uses for what, see `FORMS`."""
FORMS = {1: "1.234", 2: "1,234", 3: "12,5", 4: "12.5"}


def read_amounts(column: pl.Series, style: str, plain: pl.Series | None = None) -> pl.DataFrame:
    """Return one row of `SCHEMA` per cell. Linear in cells; each distinct text is read once.

    `style` is how texts are written ('danish' or 'english'); `plain` tells which cells are a
    workbook's own numbers.
    """
    if plain is None or not plain.any():
        return _read(column, style)
    if plain.all():
        return _read(column, "plain")
    own = plain.arg_true()
    others = (~plain).arg_true()
    both = pl.concat([_read(column[own], "plain"), _read(column[others], style)])
    return both[pl.concat([own, others]).arg_sort()]


def _read(column: pl.Series, style: str) -> pl.DataFrame:
    distinct = column.unique()
    read = _read_distinct(distinct, style)
    places = column.cast(pl.Enum(distinct)).to_physical()
    return read[places]


def _read_distinct(texts: pl.Series, style: str) -> pl.DataFrame:
    whole = texts.str.contains(_WHOLE)
    counts = texts.to_frame("text").select(
        pl.when(whole).then(pl.col("text")).cast(pl.Int64, strict=False).alias("count")
    )["count"]
    frame = pl.DataFrame(
        {
            "sort": pl.select(
                pl.when(whole).then(COUNT).otherwise(TEXT).cast(pl.UInt8)
            ).to_series(),
            "count": counts,
            "value": counts.cast(pl.Float64),
            "decimals": pl.select(pl.when(whole).then(0).cast(pl.Int8)).to_series(),
            "marked": pl.repeat(value=False, n=len(texts), eager=True),
            "form": pl.repeat(0, len(texts), dtype=pl.UInt8, eager=True),
        },
        schema=SCHEMA,
    )
    others = (~whole).arg_true()
    if not len(others):
        return frame
    rows = [read_text(text, style) for text in texts[others].to_list()]
    read = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    order = pl.concat([whole.arg_true(), others]).arg_sort()
    return pl.concat([frame.filter(whole), read])[order]


def read_text(text: str, style: str) -> tuple[int, int | None, float | None, int | None, bool, int]:
    """Return what one text says, in the order of `SCHEMA`."""
    bare = tidy(text)
    if style == "plain" and _POINTED.fullmatch(bare):
        return _number(bare, marked=False, form=0)
    bare = _SPACED.sub("", bare)
    number = read_number(bare, english=style == "english")
    if number.sort == "empty":
        return (EMPTY, None, None, None, False, 0)
    if number.sort == "hidden":
        return (DASH if number.dash else HIDDEN, None, None, None, False, 0)
    if number.sort == "count":
        value = number.value or 0
        return (COUNT, value, float(value), 0, False, form_of(bare))
    if number.sort == "text":
        return (TEXT, None, None, None, False, 0)
    return _number(number.percent, marked=number.marked, form=form_of(bare))


def _number(
    written: str, *, marked: bool, form: int
) -> tuple[int, int | None, float | None, int | None, bool, int]:
    exact = Decimal(written)
    decimals = min(len(written.partition(".")[2]), 100)
    whole = int(exact) if exact == int(exact) and not marked else None
    return (DECIMAL, whole, float(exact), decimals, marked, form)


def form_of(text: str) -> int:
    """Return which of `FORMS` a number is written in, 0 where it could be any."""
    match = _DIGITS.search(text)
    digits = match.group() if match else ""
    commas, points = digits.count(","), digits.count(".")
    if commas and points:
        return 3 if digits.rfind(",") > digits.rfind(".") else 4
    for sign, count, grouped, decimal in ((".", points, 1, 4), (",", commas, 2, 3)):
        if count > 1:
            return grouped
        if count:
            before, after = digits.split(sign)
            return (
                grouped if len(after) == 3 and before.strip("0") and len(before) <= 3 else decimal
            )
    return 0
