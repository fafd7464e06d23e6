"""Whether two computations counted the same, cell by cell."""

from __future__ import annotations

import polars as pl

CELL = ("measure", "breakdown", "period", "kommune")
SHOWN = 10


def repeated(counts: pl.DataFrame, copies: int) -> pl.DataFrame:
    """Return the counts of a register that repeats the counted one so many times."""
    return counts.with_columns(pl.col("numerator", "denominator") * copies)


def differences(expected: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Return the cells that differ; `found_*` or the expected numbers are null where one has none.

    Both frames have the columns of COUNT_SCHEMA. A cell that stands twice differs.
    """
    both = _once(expected).join(
        _once(found).rename(lambda name: name if name in CELL else f"found_{name}"),
        on=CELL,
        how="full",
        coalesce=True,
    )
    same = (
        pl.col("numerator").eq_missing(pl.col("found_numerator"))
        & pl.col("denominator").eq_missing(pl.col("found_denominator"))
        & (pl.col("rows") == 1)
        & (pl.col("found_rows") == 1)
    )
    return both.filter(~same.fill_null(value=False)).sort(CELL)


def lines(different: pl.DataFrame, who: str) -> list[str]:
    """Say in Danish what differs between the fast computation and `who`, if anything does."""
    if different.is_empty():
        return []
    number = different.height
    cells = "1 celle er forskellig" if number == 1 else f"{number} celler er forskellige"
    text = [f"UENIGHED med {who}: {cells}. De første:"]
    for row in different.head(SHOWN).iter_rows(named=True):
        cell = ", ".join(str(row[name]) for name in CELL)
        expected = _share(row["numerator"], row["denominator"])
        found = _share(row["found_numerator"], row["found_denominator"])
        text.append(f"  {cell}: {who} {expected}, denne {found}")
    return text


def _once(counts: pl.DataFrame) -> pl.DataFrame:
    return counts.group_by(CELL).agg(
        pl.col("numerator").first(), pl.col("denominator").first(), pl.len().alias("rows")
    )


def _share(numerator: int | None, denominator: int | None) -> str:
    return "intet" if denominator is None else f"{numerator} af {denominator}"
