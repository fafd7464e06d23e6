from __future__ import annotations

import unicodedata

import pytest

from queries.sources.kommune_names import KommuneNames


def test_all_98_official_names_and_their_aliases(names: KommuneNames) -> None:
    assert len(names.codes) == 98
    for code in names.codes:
        assert [names.code(variant) for variant in names.variants[code]] == [code] * len(
            names.variants[code]
        )
        assert names.name(code) == names.variants[code][0]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Holbæk", "0316"),
        ("holbæk", "0316"),
        ("HOLBÆK", "0316"),
        ("Holbæk Kommune", "0316"),
        ("Holbæk kommune", "0316"),
        ("  Holbæk ", "0316"),
        (unicodedata.normalize("NFD", "Tårnby"), "0185"),
        ("Århus", "0751"),
        ("Aarhus", "0751"),
        ("Ålborg", "0851"),
        ("Åbenrå", "0580"),
        ("Høje Tåstrup", "0169"),
        ("Høje-Taastrup", "0169"),
        ("Høje‑Taastrup", "0169"),  # non-breaking hyphen
        ("Faaborg - Midtfyn", "0430"),
        ("Ringkøbing–Skjern", "0760"),  # en dash
        ("Ringkøbing\u00ad-Skjern", "0760"),  # soft hyphen before the hyphen
        ("Nordfyn", "0480"),
        ("Vesthimmerland", "0820"),
        ("Bornholms Regionskommune", "0400"),
        ("Københavns Kommune", "0101"),  # a genitive that the facts list
    ],
)
def test_tolerated_spellings(names: KommuneNames, name: str, code: str) -> None:
    assert names.code(name) == code


@pytest.mark.parametrize(
    "name",
    [
        *("Holbæks", "Holbæks Kommune", "Holbek", "Kommune", "", " ", "Jylland", "Christiansø"),
        *("I alt", "Ringkøbing", "Skjern", "HøjeTaastrup", "Holbæk Kommune Kommune"),
    ],
)
def test_what_is_no_name(names: KommuneNames, name: str) -> None:
    assert names.code(name) is None


def test_nearest_are_official_names(names: KommuneNames) -> None:
    assert names.nearest("Holbek", 1) == ["Holbæk"]
    assert names.nearest("Århuus")[0] == "Aarhus"  # near an alias, named officially
    assert len(names.nearest("xyz", 5)) == 5


def test_likeness_of_a_known_name_is_whole(names: KommuneNames) -> None:
    assert names.likeness("Århus") == 1
    assert names.likeness("Venlig hilsen") < 0.75


def test_parts_of_names(names: KommuneNames) -> None:
    assert [names.has_part(text) for text in ("Skjern", "Ringkøbing-", "TAARBÆK")] == [True] * 3
    assert [names.has_part(text) for text in ("Venlig hilsen", "Bilag", "al", "")] == [False] * 4


def test_an_unknown_code_is_a_programming_error(names: KommuneNames) -> None:
    with pytest.raises(KeyError):
        names.name("9999")


def test_two_kommuner_of_one_name_are_refused() -> None:
    rows = [
        {"kommunekode": "0001", "navn": "Aaby", "alias": ""},
        {"kommunekode": "0002", "navn": "Byen", "alias": "Midtby|Åby Kommune"},  # 'Aaby' again
    ]
    with pytest.raises(ValueError, match="'Åby Kommune' names both 0001 and 0002"):
        KommuneNames.from_rows(rows)
