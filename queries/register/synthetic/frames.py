"""Columns as the frames and types of the register's files."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from queries.register.synthetic import codes
from queries.register.synthetic.columns import People
from queries.register.synthetic.time_axis import (
    AS_OF,
    AS_OF_WEEK,
    Ints,
    month_code,
    week_code,
)
from queries.register.synthetic.unclean import UNLISTED

NAMES = ("benefits", "offers", "mentors", "flere_skal_med", "hours")
UNLISTED_CODE = 9999
UNLISTED_TEXT = "ukendt"
_KNOWN_WEEKS = 2  # an end so soon after the register's last week is written, a later one is null


@dataclass(frozen=True)
class Frames:
    """The frames of a register, each ordered by person and then by time."""

    benefits: pl.DataFrame
    offers: pl.DataFrame
    mentors: pl.DataFrame
    flere_skal_med: pl.DataFrame
    hours: pl.DataFrame

    def items(self) -> list[tuple[str, pl.DataFrame]]:
        """Return each frame with its name, in the order of NAMES."""
        return [(name, getattr(self, name)) for name in NAMES]


def frames(people: People, ids: Ints) -> Frames:
    """Return the frames; ids: the number that each person has in the files."""
    return Frames(
        benefits=_benefits(people, ids),
        offers=_offers(people, ids),
        mentors=_mentors(people, ids),
        flere_skal_med=_records(people, ids),
        hours=_hours(people, ids),
    )


def shifted(frame: pl.DataFrame, by: int) -> pl.DataFrame:
    """Return the frame with every person's number raised."""
    return frame.with_columns(pl.col("person") + by)


def _benefits(people: People, ids: Ints) -> pl.DataFrame:
    rows = people.spells
    order = (rows.kommune, rows.variant, rows.benefit, rows.last, rows.first, ids[rows.person])
    rows = rows.take(np.lexsort(order))
    listed = rows.benefit != UNLISTED
    code = codes.CODES[np.where(listed, rows.benefit, 0), rows.variant]
    first, last = week_code(rows.first), week_code(np.minimum(rows.last, AS_OF_WEEK + 100))
    running = (rows.last > AS_OF_WEEK + _KNOWN_WEEKS) & (rows.first <= AS_OF_WEEK)
    frame = pl.DataFrame(
        {
            "person": ids[rows.person],
            "kommune": rows.kommune.astype(np.int32),
            "benefit": np.where(listed, code, UNLISTED_CODE).astype(np.int32),
            "first_week": first.astype(np.int32),
            "last_week": last.astype(np.int32),
        }
    )
    return _null_where(frame, "last_week", pl.Series(running))


def _offers(people: People, ids: Ints) -> pl.DataFrame:
    rows = people.offers
    rows = rows.take(np.lexsort((rows.kind, rows.ends, rows.starts, ids[rows.person])))
    names = np.array([*codes.OFFER_TYPES, UNLISTED_TEXT])
    kind = names[np.minimum(rows.kind, len(codes.OFFER_TYPES))]
    frame = pl.DataFrame(
        {
            "person": ids[rows.person],
            "offer_type": kind,
            "starts_on": _date(rows.starts),
            "ends_on": _date(rows.ends),
        }
    )
    return _null_where(frame, "ends_on", _runs_on(rows.starts, rows.ends))


def _mentors(people: People, ids: Ints) -> pl.DataFrame:
    rows = people.mentors
    rows = rows.take(np.lexsort((rows.ends, rows.starts, ids[rows.person])))
    frame = pl.DataFrame(
        {
            "person": ids[rows.person],
            "starts_on": _date(rows.starts),
            "ends_on": _date(rows.ends),
        }
    )
    return _null_where(frame, "ends_on", _runs_on(rows.starts, rows.ends))


def _records(people: People, ids: Ints) -> pl.DataFrame:
    rows = people.records
    rows = rows.take(np.lexsort((rows.group, rows.ended, rows.referred, ids[rows.person])))
    names = np.array([*codes.GROUPS.values(), UNLISTED_TEXT])
    return pl.DataFrame(
        {
            "person": ids[rows.person],
            "kommune": rows.kommune.astype(np.int32),
            "group": names[np.minimum(rows.group, len(codes.GROUPS))],
            "referred_on": _date(rows.referred),
            "ended_on": _date(rows.ended),
        }
    )


def _hours(people: People, ids: Ints) -> pl.DataFrame:
    rows = people.hours
    rows = rows.take(np.lexsort((rows.hours, rows.month, ids[rows.person])))
    return pl.DataFrame(
        {
            "person": ids[rows.person],
            "month": month_code(rows.month).astype(np.int32),
            "hours": rows.hours,
        }
    )


def _date(days: Ints) -> pl.Series:
    return pl.Series(days.astype(np.int32)).cast(pl.Date)


def _runs_on(starts: Ints, ends: Ints) -> pl.Series:
    return pl.Series((ends > AS_OF + 7 * _KNOWN_WEEKS) & (starts <= AS_OF))


def _null_where(frame: pl.DataFrame, column: str, where: pl.Series) -> pl.DataFrame:
    return frame.with_columns(pl.when(~where).then(pl.col(column)).alias(column))
