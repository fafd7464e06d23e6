"""When each source of the catalogue is expected to have new numbers, and which are overdue."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from queries.sources.catalogue import Entry

Basis = Literal["publisher", "frequency", "unknown"]
MONTHS = {"månedligt": 1, "kvartalsvist": 3, "halvårligt": 6, "årligt": 12}
"""Months between two renewals by `Entry.frequency`, casefolded."""
BASIS = {
    "publisher": "oplyst af kilden",
    "frequency": "anslået ud fra, hvor tit kilden fornyes",
    "unknown": "ikke hentet endnu",
}


@dataclass(frozen=True)
class Loaded:
    """What is loaded of a series: the day of its numbers, and the next day its source has named."""

    updated_on: dt.date | None
    next_on: dt.date | None


@dataclass(frozen=True)
class Expected:
    """When a table is expected to be renewed; `on` is None where nothing is known.

    `basis` says how it is known, `overdue` that the day has passed and nothing newer is loaded.
    """

    on: dt.date | None
    entry_id: str
    series: str
    source: str
    title: str
    updated_on: dt.date | None
    basis: Basis
    overdue: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as JSON can hold them: dates as ISO texts."""
        return {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in asdict(self).items()
        }


def expected(
    entries: Iterable[Entry[Any]], loaded: Mapping[str, Loaded], today: dt.date
) -> list[Expected]:
    """Return when each mapped table of the catalogue is expected, the earliest first.

    `loaded` is by series. Tables that feed no indicator yet are left out; those never fetched
    stand last.
    """
    found = [
        _one(entry, loaded.get(entry.series), today) for entry in entries if entry.indicator_ids
    ]
    return sorted(found, key=lambda one: (one.on is None, one.on or today, one.entry_id))


def _one(entry: Entry[Any], loaded: Loaded | None, today: dt.date) -> Expected:
    updated = loaded.updated_on if loaded else None
    on, basis = _next(entry.frequency, loaded)
    return Expected(
        on=on,
        entry_id=entry.entry_id,
        series=entry.series,
        source=entry.publisher,
        title=entry.title,
        updated_on=updated,
        basis=basis,
        overdue=on is not None and on < today,
    )


def _next(frequency: str, loaded: Loaded | None) -> tuple[dt.date | None, Basis]:
    if loaded is None:
        return None, "unknown"
    if loaded.next_on is not None:
        return loaded.next_on, "publisher"
    months = MONTHS.get(frequency.casefold())
    if loaded.updated_on is None or months is None:
        return None, "unknown"
    return months_later(loaded.updated_on, months), "frequency"


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
