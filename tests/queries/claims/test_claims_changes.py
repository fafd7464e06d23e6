"""Changes between two published periods: judged where both are said and shown, else not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from queries import Atlas, Claim, Verdict, check_claims
from queries.claims import check
from queries.claims.evidence import Cell, Evidence, evidence

INDICATOR = "passive_ressourceforloeb"
HOLDS, WRONG, UNKNOWN = (
    Verdict.HOLDS_WITH_CAVEAT,
    Verdict.DOES_NOT_HOLD,
    Verdict.CANNOT_BE_CHECKED,
)
BOTH = "fra juni 2017 til juni 2018"
Check = Callable[[str], Claim]


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


@pytest.fixture
def only(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Check a draft of one claim, with a later month beside the published one.

    In it Holbæk has 90 of 200 (117, 52 pct. before), Dragør 7 of 20 (hidden before), and Lejre's
    number is hidden (23 before).
    """
    known = evidence(atlas)
    old = known.cells[INDICATOR, "2017M06"]
    new: dict[str, Cell] = {key: replace(cell, period="2018M06") for key, cell in old.items()}

    def shown(code: str, count: int, whole: int) -> None:
        share = Fraction(round(Fraction(100 * count, whole)))
        new[code] = replace(
            new[code], status="shown", numerator=count, low=whole, high=whole, share=share
        )

    shown("0316", 90, 200)
    shown("0155", 7, 20)
    new["0350"] = replace(
        new["0350"], status="suppressed", numerator=None, low=None, high=None, share=None
    )

    def later(_: Atlas) -> Evidence:
        cells = {(INDICATOR, "2017M06"): old, (INDICATOR, "2018M06"): new}
        periods = {**known.periods, INDICATOR: ["2018M06", "2017M06"]}
        return replace(known, cells=cells, periods=periods)

    monkeypatch.setattr(check, "evidence", later)

    def one(text: str) -> Claim:
        (claim,) = check_claims(atlas, text).claims
        return claim

    return one


@pytest.mark.parametrize(
    ("text", "verdict", "how"),
    [
        (
            f"Andelen af passive i ressourceforløb i Holbæk er faldet med 7 procentpoint {BOTH}.",
            HOLDS,
            "45 − 52 = −7 procentpoint",
        ),
        (
            f"Andelen af passive i ressourceforløb i Holbæk er faldet med 9 procentpoint {BOTH}.",
            WRONG,
            "45 − 52 = −7 procentpoint",
        ),
        (
            f"Andelen af passive i ressourceforløb i Holbæk er steget med 7 procentpoint {BOTH}.",
            WRONG,
            "45 − 52 = −7 procentpoint",
        ),
        (
            f"Andelen af passive i ressourceforløb i Holbæk er faldet med 7 pct. {BOTH}.",
            WRONG,
            "45 − 52 = −7 procentpoint",
        ),
        (
            f"Antallet af passive i ressourceforløb i Holbæk er faldet med 27 borgere {BOTH}.",
            HOLDS,
            "90 − 117 = −27",
        ),
        (
            f"Antallet af passive i ressourceforløb i Holbæk er faldet med 17 borgere {BOTH}.",
            WRONG,
            "90 − 117 = −27",
        ),
        (
            "Antallet af passive i ressourceforløb i Holbæk er faldet siden juni 2017.",
            HOLDS,
            "90 − 117 = −27",
        ),
        (
            "Antallet af passive i ressourceforløb i Holbæk er steget siden juni 2017.",
            WRONG,
            "90 − 117 = −27",
        ),
    ],
)
def test_a_change_is_the_difference_of_two_published_numbers(
    only: Check, text: str, verdict: Verdict, how: str
) -> None:
    claim = only(text)
    assert (claim.verdict, claim.finding.arithmetic) == (verdict, how)
    assert "juni 2017: Holbæk: 117 af 223–227 borgere, 52 pct." in claim.finding.number


def test_percent_for_percentage_points_is_mended(only: Check) -> None:
    said = f"Andelen af passive i ressourceforløb i Holbæk er faldet med 7 pct. {BOTH}."
    assert only(said).finding.corrected == said.replace("7 pct.", "7 procentpoint")


def test_a_wrong_amount_is_mended(only: Check) -> None:
    said = f"Antallet af passive i ressourceforløb i Holbæk er faldet med 17 borgere {BOTH}."
    assert only(said).finding.corrected == said.replace("17 borgere", "27 borgere")


@pytest.mark.parametrize("name", ["Dragør", "Lejre"])
@pytest.mark.parametrize("guess", [0, 1, 5, 6, 20, 21, 23])
def test_a_change_from_or_to_a_hidden_number_is_never_answered(
    only: Check, name: str, guess: int
) -> None:
    told = {
        (
            claim.verdict,
            claim.finding.explanation,
            claim.finding.arithmetic,
            claim.finding.corrected,
        )
        for way in ("steget", "faldet")
        for claim in [
            only(
                f"Antallet af passive i ressourceforløb i {name} er {way} med {guess} borgere "
                f"{BOTH}."
            )
        ]
    }
    ((verdict, text, arithmetic, corrected),) = told
    assert verdict is UNKNOWN
    assert f"Tallet for {name} er skjult i kilden" in text
    assert str(guess) not in text.replace("under 3", "")
    assert (arithmetic, corrected) == ("", "")


def test_the_two_periods_must_be_said(only: Check) -> None:
    claim = only("Antallet af passive i ressourceforløb i Holbæk er faldet med 27 borgere.")
    assert claim.verdict is UNKNOWN
    assert claim.finding.suggestion == (
        "Skriv begge perioder. Der er offentliggjort tal for juni 2017 og juni 2018."
    )


def test_with_one_published_period_there_is_no_change_to_check(atlas: Atlas) -> None:
    text = "Antallet af passive i ressourceforløb i Holbæk er faldet med 27 borgere siden 2016."
    (claim,) = check_claims(atlas, text).claims
    assert claim.verdict is UNKNOWN
    assert claim.finding.explanation.startswith("En udvikling kræver to offentliggjorte perioder")
