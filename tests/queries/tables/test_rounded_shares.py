"""Shares of rounded numbers: as far from the true ones as is said, or not printed."""

from __future__ import annotations

import random

import pytest

from tests.queries.tables.test_check import SHOWN, proposal

SHARES = """\
n;Alle;Heraf med;Pct.
a;9;5;56
b;230;120;52
c;64;31;48
d;7;4;57
I alt;310;160;52
"""


def test_shares_that_rounding_could_bend_are_hidden_and_the_others_say_how_far() -> None:
    """5 of 9 is printed as 5 of 10, 4 of 7 as 5 of 5: 56 pct. would be 50, and 57 be 100.

    c is printed as 30 of 65: it may be 32 of 63 (51 pct.) or 28 of 67 (42), 5 from 46.
    """
    found = proposal(SHARES, "round", criterion="rule")
    assert found.base == 5
    assert [row[1:] for row in found.texts[1:]] == [
        ("10", "5", "."),
        ("230", "120", "52"),
        ("65", "30", "46"),
        ("5", "5", "."),
        ("310", "160", "52"),
    ]
    most = max(100 * 32 / 63 - 46, 46 - 100 * 28 / 67)
    assert 4 < most <= 5
    assert (
        "Andele er regnet af de afrundede antal og kan afvige op til 5 procentpoint fra de rigtige."
        in found.notes
    )
    assert any(note.startswith("2 andele vises ikke: af så små antal") for note in found.notes)
    assert "2 andele vises ikke" in found.sentence
    assert found.audit is not None
    assert found.audit.verdict == "safe"


@pytest.mark.parametrize("seed", range(20))
def test_no_share_of_rounded_numbers_is_further_off_than_said(seed: int) -> None:
    """And which are hidden follows from what is printed: it tells nothing of the true numbers."""
    rng = random.Random(seed)
    wholes = [rng.randint(5, 400) for _ in range(6)]
    parts = [rng.randint(3, max(3, whole - 3)) if whole > 8 else 3 for whole in wholes]
    wholes = [max(whole, part + 3) for whole, part in zip(wholes, parts, strict=True)]
    lines = [
        f"r{i};{whole};{part};{100 * part / whole:.0f}"
        for i, (part, whole) in enumerate(zip(parts, wholes, strict=True))
    ]
    text = "\n".join(["n;Alle;Heraf med;Pct.", *lines])
    found = proposal(text, "round", criterion="rule", base=5)
    if not found.possible:
        return
    said = [note for note in found.notes if "procentpoint fra de rigtige" in note]
    most = int(said[0].split(" op til ")[1].split()[0]) if said else 0
    assert most <= 10
    for row, part, whole in zip(found.texts[1:], parts, wholes, strict=True):
        printed_whole, printed_part = int(row[1]), int(row[2])
        possible = [
            100 * p / w
            for w in range(max(1, printed_whole - 2), printed_whole + 3)
            for p in range(max(0, printed_part - 2), min(w, printed_part + 2) + 1)
        ]
        if row[3] == ".":
            share = 100 * printed_part / printed_whole if printed_whole else 0
            off = max(max(possible) - share, share - min(possible))
            assert printed_part > printed_whole or not printed_whole or off >= 9
        else:
            assert abs(int(row[3]) - 100 * part / whole) <= most
            assert max(abs(int(row[3]) - each) for each in possible) <= most


def test_totals_of_rounded_parts_move_their_shares_further() -> None:
    """128 people rounded by themselves tell that the three zeros are twos: so 120 is printed.

    A reader knows of 118 to 128 of 592 to 608: from 19,4 to 21,6 pct. Two of 98 is furthest off.
    """
    text = (
        "n;Alle;Heraf med;Pct.\na;100;2;2\nb;100;2;2\nc;100;2;2\nd;300;122;41\nI alt;600;128;21\n"
    )
    found = proposal(text, "round", criterion="rule")
    assert "summen af de afrundede dele" in found.sentence
    assert [row[2:] for row in found.texts[1:]] == [*3 * [("0", "0")], ("120", "40"), ("120", "20")]
    assert 2 < 100 * 2 / 98 <= 3
    assert any("kan afvige op til 3 procentpoint" in note for note in found.notes)


def test_shares_of_small_numbers_rounded_to_ten_are_hidden() -> None:
    found = proposal(SHOWN, "round")
    assert found.audit is not None
    assert found.audit.verdict == "safe"
    assert [row[6] for row in found.texts[1:]] == [".", ".", ".", ".", ".", ".", "44"]
    assert found.texts[7][4:6] == ("70", "160")
