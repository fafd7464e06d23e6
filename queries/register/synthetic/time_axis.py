"""Days, weeks and months as whole numbers, for arrays: how the generator counts time.

A day is counted from 1 January 1970, a week from the ISO week of that day, a month from January
1970. NEVER is a day after everything.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

YEAR_DAYS = 365.25
NEVER = 10**6


def day(year: int, month: int, number: int) -> int:
    """Return the number of a date."""
    return dt.date(year, month, number).toordinal() - dt.date(1970, 1, 1).toordinal()


def week_of(days: Ints) -> Ints:
    """Return the ISO week that contains each day."""
    return (days + 3) // 7


def week(year: int, month: int, number: int) -> int:
    """Return the ISO week that contains a date."""
    return (day(year, month, number) + 3) // 7


def monday(weeks: Ints) -> Ints:
    """Return the first day of each week."""
    return 7 * weeks - 3


def week_code(weeks: Ints) -> Ints:
    """Return weeks as files write them: 201701 for week 1 of 2017."""
    thursday = monday(weeks) + 3
    years = _as_dates(thursday).astype("datetime64[Y]")
    first = years.astype("datetime64[D]").astype(np.int64)
    return (years.astype(np.int64) + 1970) * 100 + (thursday - first) // 7 + 1


def month_of(days: Ints) -> Ints:
    """Return the month that contains each day."""
    return _as_dates(days).astype("datetime64[M]").astype(np.int64)


def month_end(days: Ints) -> Ints:
    """Return the last day of the month that contains each day."""
    next_month = (month_of(days) + 1).astype("datetime64[M]")
    return next_month.astype("datetime64[D]").astype(np.int64) - 1


def month_code(months: Ints) -> Ints:
    """Return months as files write them: 201706."""
    return (1970 + months // 12) * 100 + months % 12 + 1


def _as_dates(days: Ints) -> NDArray[np.datetime64]:
    return days.astype("datetime64[D]")


AS_OF = day(2019, 12, 31)
AS_OF_WEEK = week(2019, 12, 31)
PROJECT_START = day(2017, 8, 1)
PROJECT_END = day(2019, 8, 31)
JUNE_2017 = (day(2017, 6, 1), day(2017, 6, 30))
DECEMBER_2018 = (day(2018, 12, 1), day(2018, 12, 31))
JUNE_2017_WEEKS = (week(2017, 6, 1), week(2017, 6, 30))
DECEMBER_2018_WEEKS = (week(2018, 12, 1), week(2018, 12, 31))
