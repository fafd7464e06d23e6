"""Totals beside hidden numbers: a warning where no hidden numbers explain them, else none."""

from __future__ import annotations

import random

import pytest

from queries.sources.incoming import Finding
from queries.sources.kommune_names import KommuneNames
from queries.sources.spreadsheet.periods import in_words
from tests.queries.sources.spreadsheet.layouts import PASSIVE, book_of, read

NAMES = KommuneNames.from_csv()
HIDDEN = {"Dragør": 1, "Fanø": 2, "Læsø": 2}
SHOWN = {
    NAMES.name(code): 10 + at
    for at, code in enumerate(NAMES.codes)
    if NAMES.name(code) not in HIDDEN
}
SUM = sum(SHOWN.values())
ASSUMES = "her er de regnet for at være under 3"


def _found(total: int, mark: str, notes: str = "") -> list[Finding]:
    """Return the warnings of totals of 98 kommuner, three of them hidden by a mark."""
    rows = [f"{name};{count}" for name, count in SHOWN.items()]
    rows += [f"{name};{mark}" for name in HIDDEN]
    text = "\n".join(
        [f"{PASSIVE} april 2017", "Kommune;Antal", *rows, f"Hele landet;{total}", notes]
    )
    batch = read(book_of(text))
    return [each for each in batch.findings if each.code == "total_mismatch"]


def test_a_total_that_marks_cannot_explain_says_by_how_much_and_where() -> None:
    (found,) = _found(SUM + 6 + 105, "<3")

    assert (found.level, found.row, found.column) == ("warning", 101, "B")
    assert found.value == str(SUM + 111)
    assert found.text == (
        f"»Hele landet« har for april 2017 antal {SUM + 111:,}, og det er mindst 105 mere, end de "
        "viste og de skjulte tal i rækkerne under kan give tilsammen. Kontrollér summen, eller "
        "bekræft, at kilden skriver den sådan."
    ).replace(f"{SUM + 111:,}", f"{SUM + 111:,}".replace(",", "."))


@pytest.mark.parametrize(
    ("mark", "most"),
    [
        ("<3", 2),
        ("<5", 4),
        ("≤3", 3),
        ("under 5", 4),
        ("færre end 3", 2),
        ("1-4", 4),
        ("højst 2", 2),
    ],
)
def test_a_mark_that_says_a_number_bounds_the_total_by_it(mark: str, most: int) -> None:
    assert _found(SUM, mark) == []
    assert _found(SUM + 3 * most, mark) == []
    (over,) = _found(SUM + 3 * most + 1, mark)
    (under,) = _found(SUM - 1, mark)

    assert "mindst 1 mere" in over.text
    assert "regnet for" not in over.text
    assert "alene i det, der vises: mindst 1 for mange." in under.text


@pytest.mark.parametrize("mark", [".", "..", "*", "x", "skjult"])
def test_a_plain_mark_is_held_to_the_threshold_of_the_indicator_and_says_so(mark: str) -> None:
    assert _found(SUM + 6, mark) == []
    (found,) = _found(SUM + 7, mark)

    assert "mindst 1 mere" in found.text
    assert ASSUMES in found.text


@pytest.mark.parametrize(
    ("notes", "most"),
    [
        ("Anm.: '.' betyder færre end 3 personer.", 2),
        ('Anm.: "." = under 5 borgere', 4),
        (". Færre end 5", 4),
        ("Tal under 10 er skjult.", 9),
        ("Skjult, hvis der er 4 eller færre personer", 4),
        ("Skjult, hvis der er fem eller færre personer", 5),
        ("'.' er 1-4 personer", 4),
        ("'.' betyder færre end 3 personer; '..' betyder færre end 5 personer", 4),
    ],
)
def test_notes_say_how_large_a_plain_mark_can_be(notes: str, most: int) -> None:
    assert _found(SUM + 3 * most, ".", notes) == []
    (found,) = _found(SUM + 3 * most + 1, ".", notes)

    assert "mindst 1 mere" in found.text
    assert "regnet for" not in found.text


@pytest.mark.parametrize(
    ("mark", "notes"),
    [
        (".", "'.' betyder, at tallet ikke er meddelt"),
        (".", "'.' = ikke opgjort af kommunen"),
        (".", "Færre end 3 er skjult; desuden er enkelte andre tal skjult."),
        (".", "Skjult af hensyn til diskretion, også sekundært"),
        ("<3", "»<3« står også, hvor tallet ellers kunne regnes ud"),
    ],
)
def test_nothing_is_said_where_the_sheet_tells_that_larger_numbers_hide(
    mark: str, notes: str
) -> None:
    assert _found(SUM + 500, mark, notes) == []
    assert len(_found(SUM - 1, mark, notes)) == 1


@pytest.mark.parametrize(
    "notes",
    [
        "Kilde: DREAM, 2017",
        "Borgere under 30 år, under 6 måneder i forløb",
        "Små tal er skjult af hensyn til diskretion.",
        "'.' betyder for få personer",
        "'..' betyder ikke oplyst",
    ],
)
def test_notes_without_a_size_leave_the_threshold(notes: str) -> None:
    assert _found(SUM + 6, ".", notes) == []
    assert ASSUMES in _found(SUM + 7, ".", notes)[0].text


def test_an_empty_cell_or_a_missing_kommune_can_be_any_number() -> None:
    assert _found(SUM + 500, "") == []
    rows = "\n".join(f"{name};{count}" for name, count in list(SHOWN.items())[1:])
    text = f"{PASSIVE} april 2017\nKommune;Antal\n{rows}\nLæsø;<3\nHele landet;{SUM + 500}"
    found = read(book_of(text)).findings

    assert "total_mismatch" not in [each.code for each in found]


def test_a_denominator_that_is_hidden_with_its_count_can_be_any_number() -> None:
    rows = "\n".join(f"{name};{count};{2 * count}" for name, count in SHOWN.items())
    hidden = "\n".join(f"{name};<3;<3" for name in HIDDEN)
    head = f"{PASSIVE} april 2017\nKommune;Tæller;Nævner\n{rows}"
    total = f"Hele landet;{SUM + 6};{2 * SUM + 90}"

    assert [f.code for f in read(book_of(f"{head}\n{hidden}\n{total}")).findings] == []
    shown = "\n".join(f"{name};<3;20" for name in HIDDEN)
    (found,) = read(book_of(f"{head}\n{shown}\n{total}")).findings
    assert (found.code, found.column) == ("total_mismatch", "C")
    assert f"rækkerne under giver {2 * SUM + 60:,}: 30 for få.".replace(",", ".") in found.text


def test_i_alt_between_the_rows_is_checked_beside_hidden_numbers_too() -> None:
    text = f"""
{PASSIVE} juni 2017
Kommune;Antal
Holbæk;12
Kalundborg;<3
I alt;15
Roskilde;7
Faxe;<3
I alt;9
Greve;8
Solrød;<3
I alt;7
I alt;30
"""
    found = [each for each in read(book_of(text)).findings if each.code == "total_mismatch"]

    assert [(each.row, each.value) for each in found] == [(5, "15"), (11, "7")]
    assert found[0].text.startswith("»I alt« er 15, og det er mindst 1 mere, end de viste og de")
    assert found[1].text == (
        "»I alt« er 7, men rækkerne over den giver 8 alene i det, der vises: mindst 1 for mange."
    )


def test_true_totals_never_give_a_warning_and_texts_do_not_depend_on_what_hides() -> None:
    chance = random.Random(5)
    for _ in range(10):
        true = [chance.randint(0, 2) for _ in HIDDEN]
        for mark in ("<3", "."):
            assert _found(SUM + sum(true), mark) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2026M04", "april 2026"),
        ("2018Q4", "4. kvartal 2018"),
        ("2017W05", "uge 5 2017"),
        ("2017", "2017"),
        ("", ""),
    ],
)
def test_periods_in_words(code: str, words: str) -> None:
    assert in_words(code) == words
