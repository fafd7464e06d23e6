"""Texts no ministry sends on purpose: every row is read or refused, soon, in a readable message."""

from __future__ import annotations

import time

import pytest

from queries.sources.kommune_names import KommuneNames
from tests.queries.sources.answer_texts import (
    EXPECTED,
    NOTE,
    ROWS,
    UNREADABLE,
    changed,
    document,
    printed,
    read_one,
    refusal,
)

WITHOUT_TOTAL = ROWS[: ROWS.index("I alt")]  # lines 5-7
LONG_NUMBER = "1" * 16_000
CUT_NUMBER = "1" * 120 + " …"


@pytest.mark.parametrize(
    "row",
    [
        "Faaborg-Midtfyn . .",
        "Faaborg - Midtfyn . .",
        "Ringkøbing - Skjern . .",
        "Faaborg - Midtfyn 5 .",
    ],
)
def test_a_row_after_prose_is_refused_however_its_hyphen_is_set(
    names: KommuneNames, row: str
) -> None:
    text = document(WITHOUT_TOTAL, below=f"\nDe øvrige er ikke med.\n{row}\n")  # lines 9 and 10
    assert refusal(names, text) == (
        "svar.txt, linje 9: linjen står inde i tabellen (der er flere rækker fra linje 10). "
        f"Fundet: »De øvrige er ikke med.«. {UNREADABLE}"
    )


@pytest.mark.parametrize("row", ["Faaborg - Midtfyn . .", "Ringkøbing - Skjern . ."])
def test_a_row_after_the_total_is_refused_however_its_hyphen_is_set(
    names: KommuneNames, row: str
) -> None:
    message = refusal(names, document(below=NOTE + row + "\n"))
    assert message.startswith("svar.txt, linje 10: linjen ligner en række, men står uden for")
    assert f"Fundet: »{row}«." in message


def test_letters_between_digits_are_no_prose(names: KommuneNames) -> None:
    text = "Tabel 0.JULI 2000\nANTAL ANDEL\nHOLBÆK 0 0\nAA0AA0AA0AA0AA0AA 0 0\n"
    assert refusal(names, text).startswith(
        "svar.txt, linje 4: linjen står inde i tabellen og kan ikke læses som en række. "
        "Fundet: »AA0AA0AA0AA0AA0AA 0 0«."
    )


def test_any_number_of_bare_page_numbers_is_skipped(names: KommuneNames) -> None:
    table = read_one(names, changed("Samsø", "7\n" * 1_000 + "Samsø"))
    assert printed(table) == EXPECTED
    assert table.rows["line"].to_list() == [5, 1006, 1007]


def test_any_number_of_figures_under_a_cut_figure_is_refused(names: KommuneNames) -> None:
    message = refusal(names, changed("30 52%\n", "30 5\n" + "7\n" * 1_000))
    assert message == (
        "svar.txt, linje 6: linjen står inde i tabellen og kan ikke læses som en række. "
        f"Fundet: »7«. {UNREADABLE}"
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("30 52%", f"{LONG_NUMBER} 52%", f"5: antallet »{CUT_NUMBER}« kan ikke læses."),
        ("30 52%", f"30 {LONG_NUMBER}%", f"5: andelen »{CUT_NUMBER}« kan ikke læses."),
        ("40 40%", f"{LONG_NUMBER} 40%", f"8: totalens antal »{CUT_NUMBER}« kan ikke læses."),
        ("30 52%", "1.000.000.000 52%", "5: antallet »1.000.000.000« kan ikke læses."),
    ],
)
def test_a_number_too_long_to_be_one_is_refused(
    names: KommuneNames, old: str, new: str, problem: str
) -> None:
    assert refusal(names, changed(old, new)).startswith(f"svar.txt, linje {problem} Fundet: »")


def test_a_threshold_too_long_to_be_one_says_nothing(names: KommuneNames) -> None:
    note = NOTE.replace("færre end 3", f"færre end {LONG_NUMBER}")
    assert printed(read_one(names, document(below=note))) == EXPECTED


def test_prose_before_the_table_takes_time_by_its_length(names: KommuneNames) -> None:
    prose = "Her svares der på spørgsmålet fra udvalget.\n" * 100_000
    text = f"{prose}\n{document()}"
    start = time.process_time()
    table = read_one(names, text)
    assert time.process_time() - start < 5
    assert printed(table) == EXPECTED
    assert table.rows["line"].to_list() == [100_006, 100_007, 100_008]


def test_a_long_line_is_cut_in_the_message(names: KommuneNames) -> None:
    name = "Xyz" + " abc" * 1_000
    message = refusal(names, changed("Samsø 5 33%", f"{name} 5 33%"))
    cut = f"»Xyz{' abc' * 29} …«"  # 119 characters, and no space before the sign of the cut
    assert message.startswith(f"svar.txt, linje 6: kommunen {cut} er ukendt. Fundet: {cut}. ")


def test_a_line_of_just_the_length_is_not_cut(names: KommuneNames) -> None:
    for length, end in ((120, "x«."), (121, "x …«.")):
        row = "Samsø 5 33% " + "x" * (length - 12)
        assert f"Fundet: »Samsø 5 33% {'x' * 107}{end}" in refusal(
            names, changed("Samsø 5 33%", row)
        )


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u061c", "\u200e", "\u202e", "\u2066", "\ud800"],
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_what_steers_a_terminal_is_not_shown(names: KommuneNames, character: str) -> None:
    message = refusal(names, changed("Samsø 5", f"Sam{character}sø 5"))
    assert message.startswith("svar.txt, linje 6: ")
    assert "Fundet: »Sam\N{REPLACEMENT CHARACTER}sø 5 33%«." in message
    assert character not in message
    assert "navne, der ligner: Samsø, " in message
