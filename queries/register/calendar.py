"""Weeks, days and months as small integers, and every calendar choice as a lookup table.

A week is counted from the ISO week of 1 January 1970, a day from 1 January 1970, a month from the
first month asked for. All tables rise with their index, so that a spell of weeks or days always
becomes one unbroken range of months.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from queries.errors import UserError
from queries.register.choices import Choices

Int16 = NDArray[np.int16]
FIRST_YEAR, LAST_YEAR = 1970, 2099
_MONDAY = dt.date(1969, 12, 29).toordinal()
_EPOCH = dt.date(1970, 1, 1).toordinal()
WEEKS = (dt.date(LAST_YEAR, 12, 28).toordinal() - _MONDAY) // 7 + 1
DAYS = dt.date(LAST_YEAR, 12, 31).toordinal() - _EPOCH + 1
NO_WEEK = -1


def week_of(day: dt.date) -> int:
    """Return the number of the ISO week that contains `day`."""
    return (day.toordinal() - _MONDAY) // 7


def day_number(day: dt.date) -> int:
    """Return the days from 1 January 1970 to `day`."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> dt.date:
    """Return the date of a day's number."""
    return dt.date.fromordinal(_EPOCH + number)


def monday(week: int) -> dt.date:
    """Return the Monday of a week."""
    return dt.date.fromordinal(_MONDAY + 7 * week)


def week_code(week: int) -> int:
    """Return a week as files write it: 201701 for week 1 of 2017."""
    year, number, _ = monday(week).isocalendar()
    return 100 * year + number


def week_codes() -> Int16:
    """Return a table from YYYYWW - 197000 to the week's number, NO_WEEK where there is none."""
    table = np.full((LAST_YEAR - FIRST_YEAR + 1) * 100, NO_WEEK, np.int16)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        first = week_of(dt.date(year, 1, 4))
        last = week_of(dt.date(year, 12, 28))
        start = (year - FIRST_YEAR) * 100 + 1
        table[start : start + last - first + 1] = np.arange(first, last + 1)
    return table


@dataclass(frozen=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @property
    def first_day(self) -> dt.date:
        """The month's first day."""
        return dt.date(self.year, self.month, 1)

    @property
    def last_day(self) -> dt.date:
        """The month's last day."""
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def plus(self, months: int) -> Month:
        """Return the month so many months later (earlier where negative)."""
        year, month = divmod(12 * self.year + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year}M{self.month:02d}"


def parse_month(text: str) -> Month:
    """Read a month written as 2017M06; raises UserError for anything else."""
    year, _, number = text.partition("M")
    if not (len(year) == 4 and len(number) == 2 and (year + number).isdecimal()):
        raise UserError(f"En måned skrives som 2017M06, men her stod {text[:20]!r}.")
    if not (FIRST_YEAR < int(year) < LAST_YEAR and 1 <= int(number) <= 12):
        raise UserError(f"Måneden {text!r} findes ikke mellem {FIRST_YEAR + 1} og {LAST_YEAR - 1}.")
    return Month(int(year), int(number))


def month_range(first: Month, last: Month) -> list[Month]:
    """Return the months from first to last, both included; raises UserError if there are none."""
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    if count < 1:
        raise UserError(f"Perioden slutter ({last}), før den begynder ({first}).")
    return [first.plus(step) for step in range(count)]


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month so many months later, or the month's last day."""
    month = Month(day.year, day.month).plus(months)
    return dt.date(month.year, month.month, min(day.day, month.last_day.day))


def week_window(month: Month, choices: Choices) -> tuple[int, int]:
    """Return the first and the last week that belong to a month under the choices."""
    first, last = month.first_day, month.last_day
    if choices.snapshot == "first_day":
        return week_of(first), week_of(first)
    # The week whose Monday/Thursday is the first one not before the month's first day.
    if choices.week_month == "overlap":
        return week_of(first), week_of(last)
    if choices.week_month == "within":
        return week_of(first + dt.timedelta(6)), week_of(last + dt.timedelta(1)) - 1
    within_week = 0 if choices.week_month == "monday" else 3
    return (
        week_of(first + dt.timedelta(6 - within_week)),
        week_of(last - dt.timedelta(within_week)),
    )


def reference_day(month: Month, choices: Choices) -> dt.date:
    """Return the day on which membership of a group is read."""
    return month.last_day if choices.snapshot == "any_week" else month.first_day


def year_before(end: dt.date, choices: Choices) -> dt.date:
    """Return the first day of 'the last year' that ends with `end`.

    Counted from a month's last day, 12 months are whole calendar months: the year that ends with
    28 February 2017 began on 1 March 2016.
    """
    if choices.year_back == "12_months":
        exactly = add_months(end, -12)
        if choices.year_anchor == "month_end":
            exactly = Month(exactly.year, exactly.month).last_day
    else:
        exactly = end - dt.timedelta(364 if choices.year_back == "52_weeks" else 371)
    return exactly + dt.timedelta(choices.year_far_end == "open")


class Tables(NamedTuple):
    """The calendar of one run; months are numbers from 0 to `months` - 1.

    By week: `month_from` is the first month whose window does not end before the week, `month_to`
    the last whose window does not begin after it, `begins_from` the first whose window begins in
    it or later, `ends_to` the last whose window ends in it or earlier. By day: where an activity
    that starts (`blocks_from`) or ends (`blocks_to`) on that day begins and ceases to count, as
    months, or as weeks where the year is counted back from the person's own snapshot week.
    """

    months: int
    week_codes: Int16
    month_from: Int16
    month_to: Int16
    begins_from: Int16
    ends_to: Int16
    blocks_from: Int16
    blocks_to: Int16


def tables(months: list[Month], choices: Choices) -> Tables:
    """Return the lookup tables of a run."""
    windows = [week_window(month, choices) for month in months]
    begins = np.array([begin for begin, _ in windows])
    ends = np.array([end for _, end in windows])
    weeks, days = np.arange(WEEKS), np.arange(DAYS)
    if choices.year_anchor == "snapshot_week":
        sundays = [monday(week) + dt.timedelta(6) for week in range(WEEKS)]
    else:
        sundays = [
            month.last_day if choices.year_anchor == "month_end" else month.first_day
            for month in months
        ]
    year_ends = np.array([day_number(day) for day in sundays])
    year_begins = np.array([day_number(year_before(day, choices)) for day in sundays])
    return Tables(
        months=len(months),
        week_codes=week_codes(),
        month_from=_first_at_least(ends, weeks),
        month_to=_last_at_most(begins, weeks),
        begins_from=_first_at_least(begins, weeks),
        ends_to=_last_at_most(ends, weeks),
        blocks_from=_first_at_least(year_ends, days),
        blocks_to=_last_at_most(year_begins, days),
    )


def _first_at_least(rising: NDArray[np.int64], values: NDArray[np.int64]) -> Int16:
    return np.searchsorted(rising, values, side="left").astype(np.int16)


def _last_at_most(rising: NDArray[np.int64], values: NDArray[np.int64]) -> Int16:
    return (np.searchsorted(rising, values, side="right") - 1).astype(np.int16)
