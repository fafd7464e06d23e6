"""Which source speaks where several do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

STANDING = {"published": 0, "api": 1, "file": 1, "register": 2, "synthetic": 3}
"""Published numbers win over counted ones, and those over made-up ones; a file of numbers that
nobody has published stands as a register."""
MADE_UP = pl.col("kind") == "synthetic"
ORDER = ["standing", "undated", "recorded_at", "depth", "sequence", "source_id"]
DESCENDING = [False, False, True, True, True, False]
"""The source that speaks comes first: what was recorded last wins, a correction over what it
corrects, then what was imported last. What others have published and put no day on is recorded the
day it was read, which says nothing of its age: it never wins over what has a day. It does over
what it corrects or renews, for a family has a day as soon as one of it has."""
_LEFT_OUT = pl.col("status").is_in(["left_out", "not_collected"])
NOT_ABOUT = pl.col("of_others") & (pl.col("status") == "not_collected")
"""A table of some kommuner says nothing of the others, whatever it corrects."""
_OWN = ["standing", "undated", "depth", "sequence", "series", "corrects", "family"]
_OWN += ["of_others", "dated"]


def voices(sources: pl.DataFrame) -> pl.DataFrame:
    """Return `sources` with standing, depth (of corrections below it), family and undated.

    `sources` has source_id, kind, corrects, series, sequence (rises with imports; 0 for others),
    of_others (published by others) and dated (its publisher says from when it is). A correction
    stands where what it corrects stands, so that it is not hidden behind it. A family are sources
    that correct one another or are of one series.
    """
    own = {
        source_id: STANDING["register" if kind == "file" and not of_others else kind]
        for source_id, kind, of_others in sources.select(
            "source_id", "kind", "of_others"
        ).iter_rows()
    }
    corrects = dict(sources.select("source_id", "corrects").iter_rows())
    standing, depth = [], []
    for source_id in own:
        chain: list[str] = []
        one: str | None = source_id
        while one is not None and one in own and one not in chain:
            chain.append(one)
            one = corrects[one]
        standing.append(min(own[member] for member in chain))
        depth.append(len(chain) - 1)
    return sources.with_columns(
        standing=pl.Series(standing, dtype=pl.Int8),
        depth=pl.Series(depth, dtype=pl.Int16),
        family=pl.Series(_families(sources), dtype=pl.String),
    ).with_columns(undated=~pl.col("dated").any().over("family"))


def _families(sources: pl.DataFrame) -> list[str]:
    family = {source_id: source_id for source_id in sources["source_id"]}

    def root(one: str) -> str:
        while family[one] != one:
            one = family[one]
        return one

    first_of: dict[str, str] = {}
    told = sources.select("source_id", "corrects", "series")
    for source_id, corrects, series in told.iter_rows():
        others = [corrects] if corrects in family else []
        others += [first_of.setdefault(series, source_id)] if series else []
        for other in others:
            family[root(source_id)] = root(other)
    return [root(one) for one in family]


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


def newest(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Return one row per `key` and family of what `known` returns: what stands now."""
    rows = rows.sort(NOT_ABOUT, *ORDER, descending=[False, *DESCENDING])
    return rows.unique([*key, "family"], keep="first", maintain_order=True)


def best(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Return one row per `key` of what `known` returns: that of the source that speaks.

    Where a real source speaks in a period, none that is made up does, for any area: a made-up
    country would stand beside real kommuner. What a source leaves out another may tell, but not an
    earlier vintage of the same: it has been withdrawn.
    """
    if rows["source_id"].n_unique() > 1:
        rows = rows.filter(~(MADE_UP & (~MADE_UP).any().over("period")))
        rows = newest(rows, key).sort(_LEFT_OUT, *ORDER, descending=[False, *DESCENDING])
        rows = rows.unique(key, keep="first", maintain_order=True)
    return without_voices(rows)
