"""Guessing at the checker reveals nothing: whatever is guessed, it says the same."""

from __future__ import annotations

import re

import pytest

from queries import Atlas, Claim, Verdict, check_claims
from queries.claims.evidence import evidence

GUESSES = [*range(401), 2553, 2781, 2790]
HIDDEN = [
    "I juni 2017 var {} borgere i ressourceforløb i Dragør passive.",
    "Fanø havde {} passive borgere i ressourceforløb i juni 2017.",
    "Læsøs andel af passive i ressourceforløb er {} pct.",
    "I Dragør var {} ud af 6 borgere i ressourceforløb passive.",
    "Der er {} borgere i ressourceforløb med mindst 1 års anciennitet i Dragør.",
    "Dragør og Tårnby har tilsammen {} passive i ressourceforløb.",
    "Holbæk har {} flere passive i ressourceforløb end Silkeborg.",
    "Region Sjælland har {} passive i ressourceforløb.",
    "På Fyn er {} pct. af borgerne i ressourceforløb passive.",
    "I resten af landet er der {} passive borgere i ressourceforløb.",
    "Uden for København er der {} passive borgere i ressourceforløb.",
    "De fire kommuner med skjulte tal har {} passive i ressourceforløb.",
    "De viste kommuner har tilsammen {} passive i ressourceforløb.",
    "92 kommuner har tilsammen {} passive borgere i ressourceforløb.",
    "De øvrige kommuner har {} passive i ressourceforløb.",
    "I {} kommuner er der under 3 passive borgere i ressourceforløb.",
    "Jobcenter Esbjerg/Fanø har {} passive borgere i ressourceforløb.",
    "Randers ligger nr. {} målt på andelen af passive i ressourceforløb.",
    "Alle kommuner har over {} pct. passive i ressourceforløb.",
]


def told(claim: Claim) -> dict[str, object]:
    """All that a claim says but the echo of what was written."""
    rest, reading = vars(claim.finding), vars(claim.reading)
    own = {key: reading[key] for key in ("subject", "measure", "area", "period", "reading_id")}
    kept = [one for one in claim.readings if one.reading_id]
    return {**rest, **own, "verdict": claim.verdict, "question": claim.question, "of": len(kept)}


@pytest.mark.parametrize("text", HIDDEN)
def test_the_answer_is_the_same_for_every_number(atlas: Atlas, text: str) -> None:
    first = None
    for guess in GUESSES:
        found = [told(claim) for claim in check_claims(atlas, text.format(guess)).claims]
        assert {one["verdict"] for one in found} == {Verdict.CANNOT_BE_CHECKED}, guess
        assert not any(one["corrected"] or one["newer"] for one in found)
        first = first or found
        assert found == first, guess


@pytest.mark.parametrize("word", ["godt", "knap", "ca.", "mere end", "mindst", "højst", "under"])
def test_no_hedge_opens_a_hidden_number(atlas: Atlas, word: str) -> None:
    for guess in range(6):
        text = f"I Allerød er {word} {guess} borgere i ressourceforløb passive."
        (claim,) = check_claims(atlas, text).claims
        assert claim.verdict is Verdict.CANNOT_BE_CHECKED
        assert claim.finding.number == "Allerød: andelen er trykt som 10 pct., antallet er skjult"


def test_a_printed_share_answers_as_printed_and_no_further(atlas: Atlas) -> None:
    verdicts = {}
    for guess in ("16", "17", "18", "16,7", "17,4", "hver sjette"):
        share = guess if guess.startswith("hver") else f"{guess} pct."
        text = f"I Dragør var andelen af passive i ressourceforløb {share} i juni 2017."
        (claim,) = check_claims(atlas, text).claims
        verdicts[guess] = claim.verdict
    hidden = Verdict.CANNOT_BE_CHECKED
    assert verdicts == {
        "16": Verdict.DOES_NOT_HOLD,
        "17": Verdict.HOLDS,
        "18": Verdict.DOES_NOT_HOLD,
        "16,7": hidden,
        "17,4": hidden,
        "hver sjette": hidden,
    }


def test_what_is_hidden_is_not_even_known_here(atlas: Atlas) -> None:
    known = evidence(atlas)
    hidden = [one for rows in known.cells.values() for one in rows.values() if not one.is_shown]
    assert len({one.area_id for one in hidden if not one.area_id.startswith("J")}) == 6
    assert {(one.numerator, one.low, one.high) for one in hidden} == {(None, None, None)}


def test_made_up_numbers_are_not_known_here(atlas: Atlas) -> None:
    known = evidence(atlas)
    assert {period for _, period in known.cells} == {"2017M06"}
    sources = {one.source_id for rows in known.cells.values() for one in rows.values()}
    assert {known.sources[one].kind for one in sources} == {"published"}


@pytest.mark.parametrize(
    "text",
    [
        "I Holbæk var {} pct. af kontanthjælpsmodtagerne i gruppe 2 uden aktivt tilbud.",
        "I Holbæk var {} personer i indsatsgruppen i virksomhedspraktik.",
        "{} kontanthjælpsmodtagere var passive i juni 2017.",
        "Andelen af passive i ressourceforløb er steget med {} procentpoint.",
        "I juni 2019 var {} borgere i ressourceforløb i Køge passive.",
    ],
)
def test_made_up_numbers_are_no_evidence(atlas: Atlas, text: str) -> None:
    for guess in (1, 7, 50, 60, 99):
        (claim,) = check_claims(atlas, text.format(guess)).claims
        assert claim.verdict is Verdict.CANNOT_BE_CHECKED
        assert re.search("opdigtede", claim.finding.explanation)
