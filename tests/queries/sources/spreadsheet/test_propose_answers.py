from __future__ import annotations

import json
from dataclasses import replace

import pytest

from queries.errors import UserError
from queries.sources.spreadsheet.book import Book
from queries.sources.spreadsheet.mapping import SheetMapping
from queries.sources.spreadsheet.propose import propose
from queries.sources.spreadsheet.read import read_sheet
from tests.queries.sources.spreadsheet.layouts import (
    INDICATORS,
    LAYOUTS,
    PASSIVE,
    PUBLISHED,
    TODAY,
    Layout,
    asked,
    book_of,
    read,
    told,
    understood,
)

WIDE = f"""
{PASSIVE} i juni 2017
Kommune;Antal;Andel;A;B
Holbæk;12;25;100;200
Dragør;-;-;100;300
Roskilde;7;13;100;200
Vejle;9;13;100;400
"""


@pytest.mark.parametrize("layout", LAYOUTS[::4], ids=[layout.name for layout in LAYOUTS[::4]])
def test_a_mapping_survives_json(layout: Layout) -> None:
    mapping = understood(book_of(layout.text), layout.answers).mapping

    assert SheetMapping.from_json(json.loads(json.dumps(mapping.to_json()))) == mapping


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"columns": 3},
        {"sheet": "", "fingerprint": "", "header_rows": [1], "first_row": 2, "last_row": 1,
         "columns": []},
        {"sheet": "", "fingerprint": "", "header_rows": [1], "first_row": 1, "last_row": 1,
         "columns": [{"at": 0, "heading": "", "role": "konge"}]},
    ],
)  # fmt: skip
def test_a_broken_saved_mapping_is_told(broken: dict[str, object]) -> None:
    with pytest.raises(UserError):
        SheetMapping.from_json(broken)


def test_next_months_file_gets_the_saved_mapping_at_once() -> None:
    first = propose(
        book_of(WIDE),
        indicators=INDICATORS,
        answers={
            "dash": "zero",
            "published": "yes",
            "column:1": "numerator",
            "column:3": "ignore",
            "column:4": "ignore",
        },
    )
    assert first.mapping.is_published is True
    next_text = WIDE.replace("juni 2017", "juli 2017").replace("Holbæk;12;25", "Holbæk;13;26")

    proposal = propose(book_of(next_text), indicators=INDICATORS, saved=first.mapping)

    assert proposal.remembered
    assert [each.key for each in proposal.questions if each.asked] == []
    assert proposal.mapping.dash == "zero"
    assert proposal.mapping.is_published is True
    assert proposal.mapping.period == "2017M07"
    assert [each.code for each in proposal.findings] == ["saved_mapping"]
    batch = read_sheet(
        book_of(next_text), proposal.mapping, PUBLISHED, indicators=INDICATORS, today=TODAY
    )
    assert told(batch.cells) == [
        "0155 2017M07 0/? 0%",
        "0265 2017M07 7/52-56 13%",
        "0316 2017M07 13/50 26%",
        "0630 2017M07 9/67-72 13%",
    ]


def test_a_saved_mapping_is_found_by_fingerprint() -> None:
    mapping = understood(book_of(WIDE), {"dash": "left_out"}).mapping
    kept = {mapping.fingerprint: mapping}

    again = propose(book_of(WIDE), indicators=INDICATORS, saved=kept.get)
    other = propose(
        book_of(WIDE.replace("Kommune;", "Område;")), indicators=INDICATORS, saved=kept.get
    )

    assert again.remembered
    assert again.mapping.dash == "left_out"
    assert not other.remembered
    assert other.mapping.dash == "suppressed"


def test_one_more_month_has_the_same_fingerprint() -> None:
    text = f"{PASSIVE}\n;Juni 2017;\nKommune;Antal;Andel\nHolbæk;12;25\nRoskilde;7;13"
    more = (
        f"{PASSIVE}\n;Juni 2017;;Juli 2017;\nKommune;Antal;Andel;Antal;Andel\n"
        "Holbæk;12;25;13;26\nRoskilde;7;13;9;15"
    )
    years = f"{PASSIVE}\n;2018;\n;maj;\nKommune;Antal;Andel\nHolbæk;12;25\nRoskilde;7;13"
    assert understood(book_of(text)).mapping.fingerprint == (
        understood(book_of(more)).mapping.fingerprint
    )
    assert understood(book_of(text)).mapping.fingerprint == (
        understood(book_of(years)).mapping.fingerprint
    )


def test_another_subject_has_another_fingerprint() -> None:
    other = WIDE.replace("ressourceforløb", "jobafklaringsforløb")

    assert understood(book_of(WIDE)).mapping.fingerprint != (
        understood(book_of(other)).mapping.fingerprint
    )


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("indicator", "ledighed", "»ledighed« kan ikke bruges til »Hvad er tallene?«"),
        ("dash", "måske", "Vælg en af: »suppressed«"),
        ("published", "ja", "»yes«"),
        ("period", "for nylig", "»for nylig« kan ikke bruges"),
        ("level", "land", "»kommune«"),
        ("numbers", "fransk", "»danish«"),
        ("column:1", "konge", "Hvad er kolonne B (»Antal«)?"),
        ("column:17", "numerator", "passer ikke til noget i arket"),
        ("column:17", "area", "Arket har 5 kolonner"),
        ("first_row", "40", "ikke en række i arket"),
        ("first_row", "syv", "ikke en række i arket"),
        ("last_row", "2", "ligger efter den sidste"),
        ("header_rows", "to", "ikke rækkenumre"),
        ("excluded", "4-3", "ikke rækker, der kan vælges"),
        ("breakdown:1", "praksis", "Hvilken opdeling er kolonne B?"),
        ("period:1", "i går", "Hvilken periode er kolonne B?"),
        ("scale:2", "10", "Hvordan er andelene i kolonne C skrevet?"),
        ("navn", "x", "passer ikke til noget i arket"),
    ],
)
def test_a_wrong_answer_says_what_can_be_answered(key: str, value: str, said: str) -> None:
    with pytest.raises(UserError) as error:
        understood(book_of(WIDE), {key: value})

    assert said in str(error.value)


def test_every_field_can_be_corrected() -> None:
    text = f"{PASSIVE}\nx;y;z\nHolbæk;48;12\nRoskilde;54;7\nFaxe;60;8"
    answers = {
        "indicator": "passive_kontanthjaelp",
        "period": "1. kvartal 2018",
        "column:1": "denominator",
        "column:2": "numerator",
        "level": "jobcenter",
        "first_row": "3",
        "last_row": "4",
        "header_rows": "2",
    }
    batch = read(book_of(text), answers)

    assert told(batch.cells) == ["J0265 2018Q1 7/54", "J0316 2018Q1 12/48"]
    assert batch.cells["indicator_id"].unique().to_list() == ["passive_kontanthjaelp"]


def test_a_column_can_be_given_a_period_and_a_class() -> None:
    text = "Flere skal med\nKommune;A;B\nHolbæk;12;9\nRoskilde;7;5"
    answers = {
        "indicator": "virksomhedspraktik",
        "column:1": "numerator",
        "column:2": "numerator",
        "period:1": "juni 2018",
        "period:2": "juni 2018",
        "breakdown:2": "praktik",
    }
    assert told(read(book_of(text), answers).cells) == [
        "0265 2018M06 7/?",
        "0265 2018M06 [praktik] 5/?",
        "0316 2018M06 12/?",
        "0316 2018M06 [praktik] 9/?",
    ]


def test_another_column_can_be_the_area() -> None:
    text = f"{PASSIVE} juni 2017\nBopæl;Opholdskommune;Antal\nHolbæk;Vejle;12\nRoskilde;Faxe;7"

    assert told(read(book_of(text)).cells) == ["0265 2017M06 7/?", "0316 2017M06 12/?"]
    assert told(read(book_of(text), {"column:1": "area", "column:0": "ignore"}).cells) == [
        "0320 2017M06 7/?",
        "0630 2017M06 12/?",
    ]


def test_what_the_file_does_not_say_is_asked() -> None:
    proposal = understood(book_of("Kommune;Antal\nHolbæk;12\nRoskilde;7"))

    assert asked(proposal) == {"indicator", "period"}
    assert {each.key for each in proposal.open} == {"indicator", "period", "published"}
    assert proposal.mapping.indicator_id == ""
    indicator = next(each for each in proposal.questions if each.key == "indicator")
    assert len(indicator.choices) == len(INDICATORS)
    assert indicator.help == "Arket siger ikke, hvad tallene er."


def test_an_indicator_that_two_fit_is_asked() -> None:
    proposal = understood(
        book_of("Flere skal med, juni 2018\nKommune;Antal\nHolbæk;12\nRoskilde;7")
    )
    assert "indicator" in asked(proposal)


def test_a_mapping_for_another_file_is_refused() -> None:
    book = book_of(WIDE)
    mapping = understood(book).mapping
    narrow = book_of("Kommune;Antal\nHolbæk;12")

    for given, wrong, said in (
        (narrow, mapping, "arket har 2"),
        (book, replace(mapping, sheet="Ark9"), "intet ark"),
        (book, replace(mapping, indicator_id=""), "ikke en indikator"),
        (book, replace(mapping, columns=mapping.columns[1:]), "præcis én kolonne som område"),
        (book, replace(mapping, last_row=50), "arket har række 1 til 6"),
        (book, replace(mapping, period=""), "hvilken periode kolonne B"),
        (book, replace(mapping, classes=(("a", "praktik"),)), "hører ikke til indikatoren"),
        (book, replace(mapping, columns=mapping.columns[:1]), "Ingen kolonne er læst som antal"),
    ):
        with pytest.raises(UserError) as error:
            read_sheet(given, wrong, PUBLISHED, indicators=INDICATORS)
        assert said in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "a;b\nc;d",
        "Kommune;Navn\nHolbæk;Hansen\nRoskilde;Jensen",
        "Land;Antal\nTyskland;5\nSverige;6",
        "1;2\n3;4",
    ],
)
def test_a_sheet_without_a_table_of_areas_is_told(text: str) -> None:
    with pytest.raises(UserError) as error:
        understood(book_of(text))

    assert (
        "prøv igen" in str(error.value)
        or "Kontrollér" in str(error.value)
        or ("kontrollér" in str(error.value))
    )


def test_an_empty_book_is_told() -> None:
    with pytest.raises(UserError, match="intet i filen at læse"):
        understood(Book((), "tekst"))


def test_the_preview_says_what_each_row_is() -> None:
    preview = understood(book_of(WIDE + "I alt;28;;;\nKilde: STAR\n")).preview

    assert preview.first_row == 1
    assert preview.rows[1] == ("Kommune", "Antal", "Andel", "A", "B")
    assert preview.header_rows == (2,)
    assert preview.data_rows == (3, 4, 5, 6)
    assert preview.left_out == (1, 7, 8)
