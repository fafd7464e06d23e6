"""What a number is of where the text says it earlier: carried on, asked about, never dropped."""

from __future__ import annotations

import pytest

from queries import Atlas, Verdict, check_claims

YES, BUT, NO = Verdict.HOLDS, Verdict.HOLDS_WITH_CAVEAT, Verdict.DOES_NOT_HOLD
CANNOT, ASKED = Verdict.CANNOT_BE_CHECKED, Verdict.AMBIGUOUS
READ = "Læst som passive i ressourceforløb, som teksten handler om."

RF = "I juni 2017 var 2.790 borgere i ressourceforløb passive.\n\nJeg vil nævne nogle kommuner. "
FSM = "Så til Flere skal med, som 88 kommuner deltager i. "


def last(atlas: Atlas, text: str, choice: str = "") -> tuple[str, Verdict, str]:
    claims = check_claims(atlas, text).claims
    if choice:
        claims = check_claims(atlas, text, {claims[-1].claim_id: choice}).claims
    return claims[-1].text, claims[-1].verdict, claims[-1].finding.explanation


@pytest.mark.parametrize(
    ("sentence", "quote", "verdict"),
    [
        ("I Holbæk er det 117 borgere.", "117 borgere", BUT),
        ("I Holbæk er det 119 borgere.", "119 borgere", NO),
        ("I Holbæk 117.", "117", BUT),
        ("I Holbæk 171.", "171", NO),
        ("Holbæk ligger på 52 pct.", "52 pct.", BUT),
        ("Holbæk ligger på 25 pct.", "25 pct.", NO),
        ("I Holbæk er det mere end halvdelen.", "mere end halvdelen", BUT),
        ("I København er det mere end halvdelen.", "mere end halvdelen", NO),
        ("Tallet er 21 pct.", "21 pct.", BUT),
        ("Andelen er 12 pct.", "12 pct.", NO),
        ("I hele landet drejer det sig om 2.790.", "2.790", BUT),
        ("I hele landet drejer det sig om 2.970.", "2.970", NO),
        ("Frederikssund og Morsø følger efter med 52 pct.", "52 pct.", BUT),
        ("Slagelse har færre end Holbæk.", "Slagelse har færre end Holbæk", BUT),
        ("Slagelse har flere end Holbæk.", "Slagelse har flere end Holbæk", NO),
    ],
)
def test_a_topic_is_carried_over_sentences_and_paragraphs(
    atlas: Atlas, sentence: str, quote: str, verdict: Verdict
) -> None:
    said, judged, why = last(atlas, RF + sentence)
    assert (said, judged) == (quote, verdict)
    assert READ in why


def test_the_next_sentence_of_a_paragraph_needs_no_caveat_for_its_subject(atlas: Atlas) -> None:
    text = "I juni 2017 var 117 borgere i ressourceforløb i Holbæk passive. I Lejre var det 23."
    assert last(atlas, text)[:2] == ("23", YES)


def test_each_number_that_follows_one_that_was_carried_says_so_too(atlas: Atlas) -> None:
    claims = check_claims(atlas, f"{RF}I Holbæk er det 117 borgere. I Lejre 23.").claims
    assert [(one.verdict, READ in one.finding.explanation) for one in claims[1:]] == [
        (BUT, True),
        (BUT, True),
    ]


@pytest.mark.parametrize("zero", ["ikke en eneste", "1 borger", "2 borgere", "99 borgere"])
@pytest.mark.parametrize("before", ["I Holbæk er andelen 52 pct., men i", "I"])
def test_a_hidden_number_stays_hidden_where_the_subject_is_carried(
    atlas: Atlas, before: str, zero: str
) -> None:
    _, verdict, why = last(atlas, f"{RF}{before} Randers er der {zero}.")
    same = last(atlas, f"{RF}{before} Randers er der 50 borgere.")[2]
    assert (verdict, why) == (CANNOT, same)


@pytest.mark.parametrize("words", ["Randers har ingen.", "Randers har færrest.", "Randers har 2."])
def test_a_hidden_number_in_few_words_is_found_and_kept(atlas: Atlas, words: str) -> None:
    assert last(atlas, RF + words)[1:] == last(atlas, f"{RF}I Randers er det 9 borgere.")[1:]


def test_none_of_nothing_is_no_number(atlas: Atlas) -> None:
    assert len(check_claims(atlas, f"{RF}Hvorfor det er sådan, ved ingen.").claims) == 1


def test_a_topic_is_kept_through_many_others(atlas: Atlas) -> None:
    others = (
        f"{FSM}I indsatsgruppen har 23 pct. været i praktik. 11 pct. har fået ordinære timer, og "
        "6 pct. har fået job.\n\nBedre Ressourceforløb omfattede 16 kommuner.\n\n"
        "Bedre indsats for borgere i ressourceforløb gav 24 kommuner tilsagn.\n\n"
    )
    text = f"{RF}{others}I Slagelse er det 97 borgere."
    claim = check_claims(atlas, text).claims[-1]
    assert [one.reading_id for one in claim.readings][:1] == ["emne-ressourceforloeb-passive"]
    assert last(atlas, text, "emne-ressourceforloeb-passive")[1] is NO
    assert last(atlas, f"{RF}{others}I Randers er det 97 borgere.")[1] is CANNOT


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("I {} kommuner er det over halvdelen.", NO),
        ("{} kommuner har over halvdelen.", ASKED),
        ("{} kommuner har under 10 passive.", CANNOT),
        ("{} kommuner har mere end 2 passive.", NO),
    ],
)
def test_kommuner_are_counted_by_the_topic(atlas: Atlas, text: str, verdict: Verdict) -> None:
    assert {last(atlas, RF + text.format(n))[1] for n in (20, 30, 40)} == {verdict}


@pytest.mark.parametrize(("number", "verdict"), [(24, YES), (34, NO)])
def test_those_who_got_are_not_those_who_applied(
    atlas: Atlas, number: int, verdict: Verdict
) -> None:
    text = f"Nu om Bedre indsats for borgere i ressourceforløb. 34 kommuner søgte, og {number} fik."
    assert last(atlas, text)[1] is verdict


def test_a_hidden_number_is_not_asked_about_where_two_topics_are_possible(atlas: Atlas) -> None:
    assert {last(atlas, f"{RF}{FSM}I Randers er det {n} borgere.")[1:] for n in (1, 2, 300)} == {
        last(atlas, f"{RF}I Randers er det 5 borgere.")[1:]
    }


@pytest.mark.parametrize(
    ("choice", "verdict"),
    [
        ("", ASKED),
        ("emne-ressourceforloeb-passive", NO),
        ("emne-flere_skal_med", CANNOT),
        ("emne-andet", CANNOT),
    ],
)
def test_two_topics_are_asked_about(atlas: Atlas, choice: str, verdict: Verdict) -> None:
    assert last(atlas, f"{RF}{FSM}I Slagelse er det 97 borgere.", choice)[1] is verdict


@pytest.mark.parametrize(
    "sentence",
    [
        "Vi mødte i går 30 borgere på trappen.",
        "Man hører ofte om 40 pct. rundt omkring.",
        "Skolerne manglede 12 mio. kr. i budgettet.",
        "Jeg har talt med 14 kommuner om sagen.",
    ],
)
def test_a_number_with_a_unit_is_asked_about_and_not_dropped(atlas: Atlas, sentence: str) -> None:
    report = check_claims(atlas, RF + sentence)
    assert report.unread == ()
    assert report.claims[-1].verdict is ASKED
    assert report.claims[-1].readings[-1].reading_id == "emne-andet" or "mio" in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Ledigheden er 4 pct.",
        "Huslejen steg 6 pct.",
        "Her er 12 pct. af lærerne syge.",
        "Der er 300 sygedagpengemodtagere på listen.",
        "Vi holdt møder med de fem kommuner.",
        "Se § 12, stk. 3, i loven og bilag 311.",
        "Mødet er den 12. maj 2018.",
        "Holbæk 117 52%",
    ],
)
def test_a_number_that_says_what_it_is_of_is_left_alone(atlas: Atlas, sentence: str) -> None:
    assert len(check_claims(atlas, RF + sentence).claims) == 1


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Nu om indsatsgruppen.\n\n6 pct. har fået job.", BUT),
        ("Nu om indsatsgruppen.\n\n11 pct. har fået job.", NO),
        ("Kun 6 pct. af indsatsgruppen har fået arbejde.", BUT),
        ("Hele 16 pct. af indsatsgruppen er kommet i job.", NO),
        (f"{FSM}\n\nDet har kostet 262,5 mio. kr.", ASKED),
        (f"{FSM}\n\nRegeringen har afsat 262,5 mio. kr.", BUT),
        (f"{FSM}\n\nRegeringen har afsat 226,5 mio. kr.", NO),
        ("Bedre Ressourceforløb nåede 2.700 borgere.", BUT),
        ("Bedre Ressourceforløb nåede 3.700 borgere.", NO),
        ("24 kommuner har fået tilsagn.", YES),
        ("42 kommuner har fået tilsagn.", NO),
        ("Der er givet tilsagn om 61,8 mio. kr.", YES),
        ("34 kommuner søgte.", YES),
        ("43 kommuner søgte.", NO),
        ("Så til borgere i ressourceforløb. Hver femte borger er passiv.", BUT),
        ("Så til borgere i ressourceforløb. Hver tredje borger er passiv.", NO),
        ("Hver femte borger er passiv.", ASKED),
        ("Næsten 25.000 borgere har været med i Flere skal med.", BUT),
        ("Ca. 24.800 borgere har været med i Flere skal med.", BUT),
        ("Næsten 26.000 borgere har været med i Flere skal med.", BUT),
        ("Næsten 29.000 borgere har været med i Flere skal med.", NO),
        ("Knap 24.000 borgere har været med i Flere skal med.", NO),
    ],
)
def test_what_the_text_itself_answers_is_not_asked(
    atlas: Atlas, text: str, verdict: Verdict
) -> None:
    assert last(atlas, text)[1] is verdict


def test_an_expected_number_is_not_a_reached_one(atlas: Atlas) -> None:
    reached = last(atlas, "Bedre Ressourceforløb nåede ca. 2.700 borgere.")
    assert (reached[1], "forventedes" in reached[2]) == (BUT, True)
    text = "Bedre Ressourceforløb forventes at omfatte ca. 2.700 borgere."
    assert last(atlas, text)[1] is YES


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        (
            "Hver fjerde borger i ressourceforløb er passiv.",
            "21 pct. af borgerne i ressourceforløb er passive.",
        ),
        (
            "I Holbæk er hver fjerde person i ressourceforløb passiv.",
            "I Holbæk er 52 pct. af personerne i ressourceforløb passive.",
        ),
        (
            "Af borgerne i ressourceforløb er de passive hver fjerde.",
            "Af borgerne i ressourceforløb er de passive 21 pct.",
        ),
        ("Hver fjerde borger i ressourceforløb er passiv og har mistet sin tro.", ""),
    ],
)
def test_a_corrected_sentence_is_good_danish(atlas: Atlas, text: str, corrected: str) -> None:
    (claim,) = check_claims(atlas, text).claims
    assert (claim.verdict, claim.finding.corrected) == (NO, corrected)
    assert claim.finding.suggestion


def test_the_arithmetic_is_a_sentence(atlas: Atlas) -> None:
    def how(text: str) -> str:
        return check_claims(atlas, text).claims[0].finding.arithmetic

    told = how("2.790 borgere i ressourceforløb var passive i juni 2017.")
    assert told == "Udkastet siger 2.790 borgere; datalageret har 2.790."
    assert how("88 kommuner deltager i Flere skal med.") == (
        "Udkastet siger 88 kommuner; kilden siger 88 kommuner."
    )
    assert how("22 pct. af borgerne i ressourceforløb er passive.") == (
        "Udkastet siger 22 pct.; datalageret har 21 pct."
    )


@pytest.mark.parametrize("where", ["Randers", "Region Sjælland", "Læsø"])
def test_the_advice_does_not_say_that_a_number_is_under_3(atlas: Atlas, where: str) -> None:
    found = check_claims(atlas, f"I {where} er 40 borgere i ressourceforløb passive.").claims[0]
    assert (found.verdict, "under 3" in found.finding.suggestion) == (CANNOT, False)
    assert ("udeladt" in found.finding.explanation) is (where == "Læsø")
