"""Whatever is pasted: never an exception, places that fit, and work that grows as the text does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import Atlas, Report, Verdict, check_claims
from queries.claims.evidence import evidence
from queries.claims.frames import Frame
from queries.claims.text import plain, sentences

ODD = [
    "",
    " ",
    "\n" * 5000,
    "1" * 20000,
    "123 456 " * 2500,
    "1.234" * 4000,
    "to " * 5000,
    "to" * 8000,
    "-\n" * 8000,
    "a-" + " " * 20000,
    "*" * 20000,
    '"' * 20000,
    ". " * 8000,
    "; " * 8000,
    "(" * 20000,
    "hverken " * 3000,
    "ikke aa " * 3000,
    "Holbæk, " * 3000,
    "1. juni 2017 " * 2000,
    "21 pct. " * 3000,
    "højeste " * 3000,
    "end i " * 3000,
    "\x00\ud800\udfff" * 500,
    "😀\u00ad\u200b" * 3000,
    "İ" * 3000,
    "½ ¼ ¾ −5 " * 1000,
    "52 pct. af borgerne i ressourceforløb i Holbæk er passive og " * 300,
    "I år 99999999999999999999999999 var 0/0 pct. 1e9 af 0 passive i ressourceforløb.",
    "0 ud af 0 borgere i ressourceforløb er passive.",
    "Uge 99 2017 var 2 passive i ressourceforløb. 31.13.2017 var 3 passive i ressourceforløb.",
    "I 99. kvartal og 0. januar 2017 var 2017 passive i ressourceforløb i 2017.",
]


def fits(report: Report, text: str) -> bool:
    return all(
        0 <= claim.sentence_start <= claim.start < claim.end <= claim.sentence_end <= len(text)
        and text[claim.start : claim.end] == claim.text
        for claim in report.claims
    )


@pytest.mark.parametrize("text", ODD, ids=[str(at) for at in range(len(ODD))])
def test_an_odd_text_is_checked(atlas: Atlas, text: str) -> None:
    assert fits(check_claims(atlas, text), text)


_WORDS = (
    "Holbæk Dragør Vejen hele landet 117 52 pct. procentpoint knap godt ca. mere end af i og , . : "
    "; - ( ) borgere ressourceforløb passive hverken tilbud mentor gruppe 2 indsatsgruppen Flere "
    "skal med Bedre juni 2017 i fjor kommuner mio. kr. flest laveste nr. over "
    "landsgennemsnittet så mange dobbelt som steget tilsammen henholdsvis "
    "resten af landet ikke hver femte ½ • syv ud ti"
)
WORDS = st.sampled_from([*_WORDS.split(), "\u00a0", "\u00ad", "\n", "-\n", "\n\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_any_words_in_any_order(atlas: Atlas, words: list[str]) -> None:
    text = " ".join(words)
    report = check_claims(atlas, text)
    assert fits(report, text)
    for claim in report.claims:
        assert claim.finding.explanation
        assert claim.readings


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_letters(atlas: Atlas, text: str) -> None:
    assert fits(check_claims(atlas, text), text)


def test_a_longer_text_only_repeats_the_work(atlas: Atlas) -> None:
    """No sentence is longer than the limit, and each is read for itself: the work is linear."""
    known = evidence(atlas).known
    once = "I Holbæk var 117 borgere i ressourceforløb passive. "
    frames = [Frame(one, known) for one in sentences(plain(once * 50))]
    assert len(frames) == 50
    assert len({one.lower for one in frames}) == 1
    assert len(check_claims(atlas, once * 50).claims) == 50


@pytest.mark.parametrize("place", ["Kolind", "Kolind Kommune", "Sverige", "Nørre Snede"])
@pytest.mark.parametrize("figure", ["117 borgere", "21 pct. af borgerne"])
def test_a_place_that_is_no_kommune_is_not_taken_for_the_country(
    atlas: Atlas, place: str, figure: str
) -> None:
    (claim,) = check_claims(atlas, f"I {place} er {figure} i ressourceforløb passive.").claims
    assert claim.verdict is Verdict.AMBIGUOUS
    assert claim.question == f"Hvilken kommune er »{place}«?"
    assert len(claim.readings) == 98


@pytest.mark.parametrize("opening", ["I Danmark er", "På Christiansborg ved alle, at"])
def test_a_name_that_is_no_place_of_the_number_is_no_question(atlas: Atlas, opening: str) -> None:
    text = f"{opening} 2.790 borgere i ressourceforløb passive."
    (claim,) = check_claims(atlas, text).claims
    assert claim.finding.number.startswith("Hele landet: 2.790")
