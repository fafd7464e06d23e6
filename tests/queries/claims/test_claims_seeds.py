"""The five documents in their own words: every statement is found and right, nothing else holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries import Atlas, Report, Verdict, check_claims

DOCUMENTS = {
    "000_b8268008f3485d77.txt": ["S1", "S2", "S1", "S3", "S4"],
    "001_1895720eedace03b.txt": ["B1", "B2", "B3", "B4"],
    "002_98f7a85d99b85152.txt": ["P1", "P2", "P4", "P3"],
    "003_f1eecf6e1182e39f.txt": [
        "F1",
        "F2",
        "",
        "",
        "F3",
        "F4",
        "F5",
        "F6",
        "F7",
        "F8",
        "F9",
        "F10",
        "F10",
        "F11",
        "F11",
        "F12",
        "F12",
        "F13",
        "F14",
    ],
    "004_7b13c20d783508ae.txt": ["I1", "I1", "I3", "I2"],
}
"""The statements of each document in its order; '' for the ends of the project's period, which
stand in the sentence of F2."""


def report(atlas: Atlas, shared: Path, name: str) -> Report:
    return check_claims(atlas, (shared / "seeds" / name).read_text("utf-8"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_statement_is_found_and_holds_and_no_other(
    atlas: Atlas, shared: Path, name: str
) -> None:
    claims = report(atlas, shared, name).claims
    assert [claim.finding.statement_id for claim in claims] == DOCUMENTS[name]
    assert {claim.verdict for claim in claims} == {Verdict.HOLDS}


def test_all_statements_of_the_warehouse_are_in_the_documents(atlas: Atlas) -> None:
    listed = {one for found in DOCUMENTS.values() for one in found} - {""}
    assert listed == set(atlas.statements()["statement_id"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_number_that_is_changed_does_not_hold(atlas: Atlas, shared: Path, name: str) -> None:
    text = (shared / "seeds" / name).read_text("utf-8")
    for claim in reversed(check_claims(atlas, text).claims):
        reading = claim.reading
        if not reading.figure[:1].isdigit():
            continue
        digits = next(one for one in reading.figure.split() if one[0].isdigit())
        at = text.index(digits, claim.start)
        wrong = f"9{digits}"
        changed = text[:at] + wrong + text[at + len(digits) :]
        same = [one for one in check_claims(atlas, changed).claims if one.start == claim.start]
        assert [one.verdict for one in same] == [Verdict.DOES_NOT_HOLD], claim.text
        if same[0].finding.corrected and claim.finding.statement_id not in {"F10", "B2", "S1"}:
            assert digits in same[0].finding.corrected, claim.text
