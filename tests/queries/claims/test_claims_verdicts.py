"""What comes of claims: verdict, the reason, and the sentence that is offered instead."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from queries import Atlas, Claim, Verdict, check_claims
from queries.claims import check
from queries.claims.evidence import Cell, Evidence, evidence

YES, BUT, NO = Verdict.HOLDS, Verdict.HOLDS_WITH_CAVEAT, Verdict.DOES_NOT_HOLD
NOT, ASK = Verdict.CANNOT_BE_CHECKED, Verdict.AMBIGUOUS
PASSIVE = "borgere i ressourceforløb med mindst 1 års anciennitet"


def only(atlas: Atlas, text: str, choices: dict[str, str] | None = None) -> Claim:
    found = check_claims(atlas, text, choices).claims
    assert len(found) == 1, [claim.text for claim in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # Morsø: 30 of exactly 58 is 51,7 pct.; Holbæk: 117 of 223–227.
        (f"I juni 2017 var knap 52 pct. af {PASSIVE} i Morsø passive.", YES),
        (f"I juni 2017 var godt 52 pct. af {PASSIVE} i Morsø passive.", NO),
        ("I juni 2017 var der 58 " + PASSIVE + " i Morsø.", BUT),
        ("I juni 2017 var der 59 " + PASSIVE + " i Morsø.", NO),
        ("I juni 2017 var der 227 " + PASSIVE + " i Holbæk.", BUT),
        ("I juni 2017 var der 228 " + PASSIVE + " i Holbæk.", NO),
        (f"51,9 pct. af {PASSIVE} i Holbæk var passive i juni 2017.", BUT),
        (f"53 pct. af {PASSIVE} i Holbæk var passive i juni 2017.", NO),
        ("Holbæk, Lejre og Morsø havde tilsammen 170 passive i ressourceforløb i juni 2017.", BUT),
        ("Holbæk, Lejre og Morsø havde tilsammen 171 passive i ressourceforløb i juni 2017.", NO),
        ("København havde flest passive i ressourceforløb i juni 2017.", YES),
        ("Holbæk havde den laveste andel passive i ressourceforløb i juni 2017.", NO),
        ("Skanderborg havde den laveste andel passive i ressourceforløb i juni 2017.", NOT),
        ("Holbæk var nr. 2 efter andelen af passive i ressourceforløb i juni 2017.", BUT),
        ("Holbæk havde over dobbelt så mange passive i ressourceforløb som Fredericia i juni "
            "2017.", NO),
        ("Holbæk havde fem gange så mange passive i ressourceforløb som Lejre i juni 2017.", BUT),
        ("Holbæk deltager i Bedre Ressourceforløb.", YES),
        ("Aarhus deltager i Bedre Ressourceforløb.", NO),
        ("Holbæk deltager i Flere skal med.", NOT),
        ("I Holbæk har 117 ud af 225 i ressourceforløb været passive i juni 2017.", BUT),
        ("52 pct. af de passive i ressourceforløb i juni 2017 bor i Holbæk.", NO),
        ("I 13 kommuner var over 35 pct. af borgerne i ressourceforløb passive i juni 2017.", BUT),
        ("I 14 kommuner var over 35 pct. af borgerne i ressourceforløb passive i juni 2017.", NO),
        ("735 personer i indsatsgruppen var helt afgået til beskæftigelse i december 2018.", YES),
        ("12.800 borgere er i indsatsgruppen i december 2018.", BUT),
        ("12.700 borgere er i indsatsgruppen i december 2018.", NO),
        ("62 mio. kr. er givet i tilsagn til Bedre indsats for borgere i ressourceforløb.", BUT),
        ("Mere end 25.000 borgere har været en del af Flere skal med.", NO),
        ("Knap 8.000 borgere er visiteret til gruppe 2.", NO),
        ("8.000 borgere er visiteret til gruppe 2.", BUT),
        ("I årene 2015-2018 var 2.790 borgere i ressourceforløb passive.", NO),
        ("I 2. kvartal 2017 var 2.790 borgere i ressourceforløb passive.", BUT),
        ("Holbæk har ikke 117 passive i ressourceforløb i juni 2017.", NO),
        ("Holbæk har ikke 118 passive i ressourceforløb i juni 2017.", YES),
        ("2.790 borgere i ressourceforløb har ikke haft en mentor det seneste år.", NO),
        ("Kvinder udgør 21 pct. af de passive i ressourceforløb.", NOT),
        ("Målet er, at højst 10 pct. i ressourceforløb er passive.", None),
        ("Ledigheden i Holbæk er 4 pct.", None),
    ],
)  # fmt: skip
def test_a_verdict(atlas: Atlas, text: str, verdict: Verdict | None) -> None:
    found = [claim.verdict for claim in check_claims(atlas, text).claims]
    assert found == ([] if verdict is None else [verdict])


@pytest.mark.parametrize(
    ("text", "corrected", "reason"),
    [
        (
            "I juni 2017 var knap 40 pct. af borgerne i ressourceforløb i Morsø passive.",
            "I juni 2017 var knap 52 pct. af borgerne i ressourceforløb i Morsø passive.",
            "52 pct.",
        ),
        (
            "I juni 2017 var knap 60 pct. af borgerne i ressourceforløb i Holbæk passive.",
            "I juni 2017 var 52 pct. af borgerne i ressourceforløb i Holbæk passive.",
            "52 pct.",
        ),
        (
            "I Lejre var 117 borgere i ressourceforløb passive i juni 2017.",
            "I Lejre var 23 borgere i ressourceforløb passive i juni 2017.",
            "117 er tallet for Holbæk",
        ),
        (
            "I juni 2018 var 117 borgere i ressourceforløb i Holbæk passive.",
            "I juni 2017 var 117 borgere i ressourceforløb i Holbæk passive.",
            "offentliggjort for juni 2017",
        ),
        (
            "21 pct. af alle borgere i ressourceforløb var passive i juni 2017.",
            "21 pct. af alle borgere i ressourceforløb med mindst 1 års anciennitet var passive "
            "i juni 2017.",
            "ikke af alle i ressourceforløb",
        ),
        (
            "Holbæks andel af passive i ressourceforløb er 31 pct. højere end landsgennemsnittet.",
            "Holbæks andel af passive i ressourceforløb er 31 procentpoint højere end "
            "landsgennemsnittet.",
            "procentpoint",
        ),
        (
            "Aarhus havde flest passive i ressourceforløb i juni 2017.",
            "København havde flest passive i ressourceforløb i juni 2017.",
            "København 237",
        ),
        (
            "Godt 3.500 borgere i ressourceforløb var passive i juni 2017.",
            "Godt 2.700 borgere i ressourceforløb var passive i juni 2017.",
            "2.790",
        ),
        (
            "Flere skal med har fået 250 mio. kr.",
            "Flere skal med har fået 262,5 mio. kr.",
            "262,5 mio. kr.",
        ),
        (
            "Der er visiteret godt 9.500 borgere til gruppe 2.",
            "Der er visiteret godt 8.000 borgere til gruppe 2.",
            "godt 8.000",
        ),
    ],
)  # fmt: skip
def test_only_the_wrong_part_is_replaced(
    atlas: Atlas, text: str, corrected: str, reason: str
) -> None:
    claim = only(atlas, text)
    assert (claim.verdict, claim.finding.corrected) == (NO, corrected)
    assert reason in claim.finding.explanation
    again = {one.verdict for one in check_claims(atlas, corrected).claims}
    assert again <= {YES, BUT}


def test_a_claim_says_where_it_stands_and_where_its_number_comes_from(atlas: Atlas) -> None:
    text = "Tak.\n\nI Holbæk var 117\u00a0borgere i ressource\u00adforløb passive i juni 2017."
    claim = only(atlas, text)
    assert text[claim.start : claim.end] == claim.text == "117\u00a0borgere"
    assert text[claim.sentence_start : claim.sentence_end] == claim.sentence
    assert claim.finding.number == "Holbæk: 117 af 223–227 borgere, 52 pct."
    assert [one.source_id for one in claim.finding.sources] == ["beu-spm-554-berigtigelse"]
    assert claim.reading.area == "Holbæk"
    assert claim.reading.period == "juni 2017"


def test_a_sentence_takes_over_subject_place_and_time(atlas: Atlas) -> None:
    text = (
        "I juni 2017 var 117 borgere i ressourceforløb i Holbæk passive. Det svarer til 52 pct. "
        "I Lejre var det 37 pct."
    )
    found = check_claims(atlas, text).claims
    assert [(one.reading.area, one.reading.period, one.verdict) for one in found] == [
        ("Holbæk", "juni 2017", YES),
        ("Holbæk", "juni 2017", YES),
        ("Lejre", "juni 2017", YES),
    ]
    apart = check_claims(atlas, text.replace(". I Lejre", ".\n\nI Lejre")).claims
    assert [one.verdict for one in apart] == [YES, YES, BUT]
    assert "Læst som passive i ressourceforløb" in apart[2].finding.explanation


def test_a_list_with_henholdsvis_is_shared_out(atlas: Atlas) -> None:
    text = (
        "I Holbæk, Lejre og Morsø var henholdsvis 117, 23 og 30 borgere i ressourceforløb "
        "passive i juni 2017."
    )
    found = check_claims(atlas, text).claims
    assert [(one.reading.area, one.verdict) for one in found] == [
        ("Holbæk", YES),
        ("Lejre", YES),
        ("Morsø", YES),
    ]


def test_what_is_open_is_asked_and_the_choice_is_judged(atlas: Atlas) -> None:
    text = "I december i fjor var 60 pct. af kontanthjælpsmodtagerne i gruppe 2 uden aktivt tilbud."
    claim = only(atlas, text)
    assert claim.verdict is ASK
    assert claim.question == "Hvilken periode er »december i fjor«?"
    assert [one.reading_id for one in claim.readings] == ["periode-2018M12", "periode-anden"]
    chosen = only(atlas, text, {claim.claim_id: "periode-2018M12"})
    assert (chosen.verdict, chosen.chosen) == (YES, "periode-2018M12")
    assert only(atlas, text, {claim.claim_id: "periode-anden"}).verdict is NO
    assert only(atlas, text, {claim.claim_id: "noget andet"}).verdict is ASK


def test_a_kommune_without_a_name_is_asked_for(atlas: Atlas) -> None:
    text = "I vores kommune var 117 borgere i ressourceforløb passive i juni 2017."
    claim = only(atlas, text)
    assert (claim.verdict, len(claim.readings)) == (ASK, 98)
    assert only(atlas, text, {"p1": "kommune-0316"}).verdict is YES
    assert only(atlas, text, {"p1": "kommune-0350"}).verdict is NO
    assert only(atlas, text, {"p1": "kommune-0155"}).verdict is NOT


def test_two_questions_are_asked_one_after_the_other(atlas: Atlas) -> None:
    text = "I vores kommune var 117 borgere passive i juni."
    claim = only(atlas, text)
    path = ""
    for _ in range(4):
        if claim.verdict is not ASK:
            break
        wanted = [
            one.reading_id
            for one in claim.readings
            if one.reading_id.endswith(("-ressourceforloeb", "-2017M06", "-0316"))
        ]
        path = wanted[0]
        claim = only(atlas, text, {"p1": path})
    assert claim.verdict is YES
    assert path == "ydelse-ressourceforloeb+periode-2017M06+kommune-0316"


def test_newer_published_numbers_are_offered(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    known = evidence(atlas)
    old = known.cells["passive_ressourceforloeb", "2017M06"]
    new = dict(old) | {
        "0316": dataclasses.replace(
            old["0316"], period="2018M06", numerator=90, low=200, high=200, share=Fraction(45)
        )
    }

    def newer(_: Atlas) -> Evidence:
        cells: dict[tuple[str, str], dict[str, Cell]] = {
            ("passive_ressourceforloeb", "2017M06"): dict(old),
            ("passive_ressourceforloeb", "2018M06"): new,
        }
        periods = {**known.periods, "passive_ressourceforloeb": ["2018M06", "2017M06"]}
        return dataclasses.replace(known, cells=cells, periods=periods)

    monkeypatch.setattr(check, "evidence", newer)
    claim = only(atlas, "I juni 2017 var 117 borgere i ressourceforløb i Holbæk passive.")
    assert claim.verdict is YES
    assert claim.finding.newer == "I juni 2018 var 90 borgere i ressourceforløb i Holbæk passive."


def test_the_same_draft_gives_the_same_report(atlas: Atlas) -> None:
    text = (
        "I Holbæk var 117 passive i ressourceforløb. Andelen var 52 pct. 88 kommuner er i Flere "
        "skal med."
    )
    assert check_claims(atlas, text) == check_claims(atlas, text)


def test_what_is_not_read_is_listed(atlas: Atlas) -> None:
    text = "Skatten er 25 pct. i Holbæk."
    report = check_claims(atlas, text)
    assert report.claims == ()
    assert [text[start:end] for start, end in report.unread] == [text]


SPEECH = """Det er rigtigt, at for mange borgere i ressourceforløb går passive. I juni 2017 var det
2.790 borgere med mindst et års anciennitet, altså godt hver femte. I Guldborgsund er andelen
66 pct., og i Frederikssund, Holbæk og Morsø er den 52 pct. Til sammenligning er den 14 pct. i
København og 7 pct. i Aarhus.

Vi afsatte 262,5 mio. kr. til Flere skal med. 88 kommuner er med, og mere end 24.000 borgere har
deltaget. Godt 8.000 af dem er visiteret til gruppe 2. Syv ud af ti har skiftet ydelse. Men i
december 2018 var ca. 2.400 stadig på kontanthjælp, og flere end ni ud af ti af dem havde ventet
mere end 9 måneder.

3.000 personer, svarende til 23 pct. af indsatsgruppen, var i virksomhedspraktik eller løntilskud i
december 2018. 1.468 var i ordinære timer. 735 af dem var helt ude i beskæftigelse, det er
halvdelen.

Vi har givet 24 kommuner tilsagn for 61,8 mio. kr. til Bedre indsats for borgere i ressourceforløb.
34 havde søgt. Projektet kører fra december 2019 til december 2021. Ledigheden er 3,5 pct.
"""


def test_a_speech_is_read_from_one_sentence_to_the_next(atlas: Atlas) -> None:
    found = check_claims(atlas, SPEECH).claims
    ids = [claim.finding.statement_id or claim.reading.area for claim in found]
    assert ids == [
        *("P1", "P2", "Guldborgsund", "Frederikssund, Holbæk, Morsø", "København", "Aarhus"),
        *("F1", "F2", "F3", "F4", "F5", "F6", "F7"),
        *("F10", "F10", "F11", "F12", "F12", "S1", "S3", "S2", "S4"),
    ]
    caveats = [claim.text for claim in found if claim.verdict is BUT]
    assert caveats == ["3.000 personer", "halvdelen"]
    assert {claim.verdict for claim in found} == {YES, BUT}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("hver femte", "hver fjerde"),
        ("14 pct.", "41 pct."),
        ("88 kommuner", "98 kommuner"),
        ("Syv ud af ti", "Otte ud af ti"),
        ("735 af dem", "753 af dem"),
        ("34 havde søgt", "24 havde søgt"),
        ("december 2021", "december 2020"),
    ],
)
def test_one_wrong_word_in_a_speech_is_found(atlas: Atlas, right: str, wrong: str) -> None:
    found = check_claims(atlas, SPEECH.replace(right, wrong)).claims
    assert [claim.verdict for claim in found].count(NO) == 1
    assert len(found) == len(check_claims(atlas, SPEECH).claims)
