"""Påstandstjek: what the page shows of a draft, and that a draft leaves nothing behind."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame.data import atlas
from pages.samraad import claims_view, paastandstjek
from queries import HEDGES, Verdict, check_claims
from tests.pages.running import run, text

MODULE = "samraad.paastandstjek"
WRONG_AND_RIGHT = (
    "I juni 2017 var 2.790 borgere passive i ressourceforløb. I Holbæk var det 54 pct."
)
TWO_WRONG = "I Holbæk var 118 borgere passive i ressourceforløb, svarende til 54 pct."
PLAIN = "Tak for et godt samråd <b>i går</b> & på gensyn."


def checked(draft: str) -> AppTest:
    page = run(MODULE)
    page.text_area(key=paastandstjek.TEXT).input(draft)
    return page.button(key="paastand_tjek").click().run()


def test_the_draft_is_marked_and_each_claim_is_told_with_number_and_source() -> None:
    said = text(checked(WRONG_AND_RIGHT))
    assert "2 påstande i 2 sætninger er tjekket." in said
    assert "1: holder" in said
    assert "2: holder ikke" in said
    assert "Holbæk: 117 af 223–227 borgere, 52 pct." in said
    assert "BEU alm. del, berigtigelse af svar på spm. 554 (berigtiget svar)" in said
    assert "Rettet sætning I Holbæk var det 52 pct." in said
    mended = WRONG_AND_RIGHT.replace("54", "52")
    assert f"Kun det forkerte er skiftet ud. Læs det igennem. {mended}" in said


def test_a_draft_without_claims_says_what_the_atlas_knows() -> None:
    said = text(checked(PLAIN))
    assert claims_view.NOTHING in said
    assert "Udkastet med rettelser" not in said


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ("Skatten er 25 pct. i Holbæk.", "1 sætning har tal, som atlasset ikke kender: Den er"),
        (
            "Skatten er 25 pct. i Holbæk. Momsen er 25 pct. i Odense.",
            "2 sætninger har tal, som atlasset ikke kender: De er",
        ),
    ],
)
def test_sentences_that_are_not_read_are_counted(draft: str, told: str) -> None:
    assert told in text(checked(f"{draft} {WRONG_AND_RIGHT}"))


def test_a_suggestion_ends_once() -> None:
    said = text(checked(f"{WRONG_AND_RIGHT} I 2019 var der 3.000 passive i Holbæk."))
    assert "Brug tallet for juni 2017: Holbæk: 117 af 223–227 borgere, 52 pct. Kilde" in said


def test_nothing_of_a_draft_is_taken_for_markup() -> None:
    draft = f"{PLAIN} {WRONG_AND_RIGHT}"
    marked = claims_view.marked_draft(draft, check_claims(atlas(), draft))
    assert "&lt;b&gt;i går&lt;/b&gt; &amp; på gensyn." in marked
    assert "<b>" not in marked
    shown = re.sub(r"<sup>.*?</sup>", "", marked)
    assert re.sub(r"<[^>]+>", "", shown) == draft.replace("&", "&amp;").replace(
        "<", "&lt;"
    ).replace(">", "&gt;")


def test_a_changed_draft_says_that_the_verdicts_are_of_another() -> None:
    page = checked(WRONG_AND_RIGHT)
    assert not page.info
    page.text_area(key=paastandstjek.TEXT).input("Noget andet.").run()
    assert [one.value for one in page.info] == [
        "Udkastet er ændret, siden det blev tjekket. Tryk »Tjek udkastet« igen."
    ]


def test_a_draft_is_checked_once_while_nothing_of_it_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []

    def counted(*given: object, **more: object) -> object:
        seen.append(str(given[1]))
        return check_claims(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(paastandstjek, "check_claims", counted)
    page = checked(WRONG_AND_RIGHT)
    page.run()
    page.text_area(key=paastandstjek.TEXT).input("Noget andet.").run()
    assert seen == [WRONG_AND_RIGHT]
    page.button(key="paastand_tjek").click().run()
    assert seen == [WRONG_AND_RIGHT, "Noget andet."]


def test_clearing_leaves_nothing() -> None:
    page = checked(WRONG_AND_RIGHT)
    page.button(key="paastand_ryd").click().run()
    assert page.text_area(key=paastandstjek.TEXT).value == ""
    assert "er tjekket" not in text(page)
    assert "2.790" not in str(page.session_state)


def test_a_sentence_with_two_faults_is_not_mended_by_half() -> None:
    report = check_claims(atlas(), TWO_WRONG)
    assert report.count(Verdict.DOES_NOT_HOLD) == 2
    assert claims_view.corrected(TWO_WRONG, report.claims) == TWO_WRONG
    assert claims_view.left_alone(report.claims) == 2


@pytest.mark.parametrize("hedge", HEDGES, ids=lambda one: one.hedge_id)
def test_every_rule_of_a_hedge_is_on_the_page(hedge: object) -> None:
    said = text(run(MODULE))
    assert getattr(hedge, "rule") in said  # noqa: B009
    assert ", ".join(getattr(hedge, "words")) in said  # noqa: B009


def test_a_question_is_answered_on_the_page_and_can_be_asked_again() -> None:
    draft = "52 pct. er passive."
    (claim,) = check_claims(atlas(), draft).claims
    assert claim.verdict is Verdict.AMBIGUOUS
    page = checked(draft)
    chosen, seen = claim.readings[0].reading_id, []
    while page.radio or page.selectbox:
        field = page.radio[0] if page.radio else page.selectbox[0]
        seen.append(field.label)
        field.set_value(claim.readings[0].reading_id).run()
        (claim,) = check_claims(atlas(), draft, {claim.claim_id: chosen}).claims
        chosen = claim.readings[0].reading_id
    assert len(seen) == len(set(seen)) > 0
    assert claim.verdict is not Verdict.AMBIGUOUS
    assert f"1: {claim.verdict.title}" in text(page)
    page.button(key="paastand_igen_p1").click().run()
    assert [field.label for field in [*page.radio, *page.selectbox]] == seen[:1]
