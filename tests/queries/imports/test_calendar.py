"""When sources are expected to have new numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from queries.imports.calendar import Loaded, expected, months_later
from queries.sources.catalogue import load_catalogue

TODAY = dt.date(2026, 9, 21)
Y60A02, Y60J01 = "jobindsats:y60a02", "jobindsats:y60j01"


def test_the_day_that_the_source_names_wins_and_what_is_never_fetched_stands_last() -> None:
    entries = load_catalogue()
    loaded = {
        Y60A02: Loaded(dt.date(2026, 8, 22), dt.date(2026, 9, 20)),
        Y60J01: Loaded(dt.date(2026, 8, 31), None),
    }
    found = expected(entries.values(), loaded, TODAY)
    assert [(one.series, one.on, one.basis, one.overdue) for one in found[:2]] == [
        (Y60A02, dt.date(2026, 9, 20), "publisher", True),
        (Y60J01, dt.date(2026, 9, 30), "frequency", False),
    ]
    assert {(one.on, one.basis, one.overdue) for one in found[2:]} == {(None, "unknown", False)}
    mapped = {entry.series for entry in entries.values() if entry.indicator_ids}
    assert {one.series for one in found} == mapped
    assert "jobindsats:y11a02" not in mapped, "its measures are not known"


@pytest.mark.parametrize(("today", "late"), [(20, False), (21, True)])
def test_the_day_itself_is_not_late(today: int, late: bool) -> None:
    entry = load_catalogue()["jobindsats_y60a02"]
    loaded = {Y60A02: Loaded(dt.date(2026, 8, 22), dt.date(2026, 9, 20))}
    (found,) = expected([entry], loaded, dt.date(2026, 9, today))
    assert found.overdue is late


def test_a_frequency_that_says_nothing_gives_no_day() -> None:
    entry = replace(load_catalogue()["jobindsats_y60a02"], frequency="Uregelmæssigt")
    (found,) = expected([entry], {Y60A02: Loaded(dt.date(2026, 8, 22), None)}, TODAY)
    assert (found.on, found.basis, found.updated_on) == (None, "unknown", dt.date(2026, 8, 22))
    assert found.as_dict()["updated_on"] == "2026-08-22"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-15", 3, "2027-02-15"),
        ("2026-12-31", 12, "2027-12-31"),
    ],
)
def test_months_later(day: str, months: int, later: str) -> None:
    assert months_later(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(later)
