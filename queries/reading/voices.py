"""Which source speaks where several do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

STANDING = {"published": 0, "api": 1, "file": 1, "register": 1, "synthetic": 2}
"""Published numbers win over counted ones, and those over made-up ones."""
MADE_UP = pl.col("kind") == "synthetic"
ORDER = ["standing", "recorded_at", "depth", "sequence", "source_id"]
DESCENDING = [False, True, True, True, False]
"""The source that speaks comes first: what was recorded last wins, a correction over what it
corrects, then what was imported last."""
_OWN = ["standing", "depth", "sequence", "series", "corrects"]


def voices(sources: pl.DataFrame) -> pl.DataFrame:
    """Return `sources` with standing and depth (of corrections below it).

    `sources` has source_id, kind, corrects, series and sequence (rises with imports; 0 for others).
    A correction stands where what it corrects stands, so that it is not hidden behind it.
    """
    kind = dict(sources.select("source_id", "kind").iter_rows())
    corrects = dict(sources.select("source_id", "corrects").iter_rows())
    standing, depth = [], []
    for source_id in kind:
        chain: list[str] = []
        one: str | None = source_id
        while one is not None and one in kind and one not in chain:
            chain.append(one)
            one = corrects[one]
        standing.append(min(STANDING[kind[member]] for member in chain))
        depth.append(len(chain) - 1)
    return sources.with_columns(
        standing=pl.Series(standing, dtype=pl.Int8), depth=pl.Series(depth, dtype=pl.Int16)
    )


def known(
    rows: pl.DataFrame, of: pl.DataFrame, kind: str | None = None, as_of: dt.date | None = None
) -> pl.DataFrame:
    """Return the rows that a source of `kind` had told by the day `as_of`, with their voices."""
    rows = rows.join(of, on="source_id")
    if kind is not None:
        rows = rows.filter(pl.col("kind") == kind)
    return rows if as_of is None else rows.filter(pl.col("recorded_at") <= as_of)


def without_voices(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows without what is only for choosing between sources; `kind` stays."""
    return rows.drop(_OWN)


def best(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Return one row per `key` of what `known` returns: that of the source that speaks.

    Where a real source speaks in a period, none that is made up does, for any area: a made-up
    country would stand beside real kommuner.
    """
    if rows["source_id"].n_unique() > 1:
        rows = rows.filter(~(MADE_UP & (~MADE_UP).any().over("period")))
        rows = rows.sort(ORDER, descending=DESCENDING)
        rows = rows.unique(key, keep="first", maintain_order=True)
    return without_voices(rows)
