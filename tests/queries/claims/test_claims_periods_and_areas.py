"""Which time and which places a sentence names."""

from __future__ import annotations

import pytest

from queries import Atlas
from queries.claims.areas import places
from queries.claims.evidence import evidence
from queries.claims.periods import in_words, times


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("i juni 2017 var", "juni 2017"),
        ("pr. 1. juni 2017 er", "juni 2017"),
        ("den 30. august 2017", "august 2017"),
        ("i 2018 var", "2018"),
        ("i 2. kvartal 2018", "2. kvartal 2018"),
        ("i andet kvartal 2018", "2. kvartal 2018"),
        ("ultimo 2016", "december 2016"),
        ("primo 2019", "januar 2019"),
        ("siden sommeren 2015", "juni 2015 – august 2015"),
        ("fra ultimo 2016 til ultimo 2018", "december 2016 – december 2018"),
        ("december 2019 – december 2021", "december 2019 – december 2021"),
        ("i perioden 2016-2019", "2016-2019"),
        ("fra juni til august 2017", "juni 2017 – august 2017"),
        ("01.06.2017", "juni 2017"),
    ],
)
def test_a_time(text: str, words: str) -> None:
    (one,) = times(text)
    assert in_words(one.first, one.last) == words


@pytest.mark.parametrize("text", ["i december i fjor", "sidste år", "i år"])
def test_a_time_that_only_the_writer_can_place(text: str) -> None:
    (one,) = times(text)
    assert one.relative


def test_a_month_without_a_year_and_the_beginning_of_something() -> None:
    assert times("i juni var")[0].yearless
    assert times("siden 2016 er")[0].since
    assert times("2017 borgere") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Holbæks andel", ["0316"]),
        ("Aarhus/Århus Kommune", ["0751", "0751"]),
        ("Holbæk, Lejre og Morsø", ["0316", "0350", "0773"]),
        ("Høje Tåstrup og Ringkøbing - Skjern", ["0169", "0760"]),
        ("Horsens og Randers", ["0615", "0730"]),
        ("Nordfyn har", ["0480"]),
        ("hele landet", ["000"]),
        ("vejen til job", []),
        ("Vejen til job er lang", []),
        ("Jobcenter Holbæk", ["J0316"]),
        ("jobcentret i Ishøj", ["J0187"]),
        ("Region Sjælland", ["1085"]),
        ("Nordsjælland", ["DK013"]),
    ],
)
def test_places(atlas: Atlas, text: str, expected: list[str]) -> None:
    found = places(text, text.lower(), evidence(atlas).known)
    assert [key for one in found for key in one.area_ids] == expected


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("din kommune", "unknown"),
        ("resten af landet", "rest"),
        ("uden for København", "rest"),
        ("på Fyn", "larger"),
        ("landsgennemsnittet", "land"),
    ],
)
def test_places_without_a_kommune(atlas: Atlas, text: str, level: str) -> None:
    assert places(text, text.lower(), evidence(atlas).known)[0].level == level
