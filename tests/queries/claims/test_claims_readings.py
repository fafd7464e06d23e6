"""What a word must not be read as: places in a row, the active, wishes, parts of the passive."""

from __future__ import annotations

import pytest

from queries import Atlas, Claim, Verdict, check_claims

YES, BUT, NO = Verdict.HOLDS, Verdict.HOLDS_WITH_CAVEAT, Verdict.DOES_NOT_HOLD
CANNOT, ASKED = Verdict.CANNOT_BE_CHECKED, Verdict.AMBIGUOUS
RF = "borgere i ressourceforløb"
SHARE = "andel passive i ressourceforløb"


def told(atlas: Atlas, text: str) -> list[tuple[str, Verdict]]:
    return [(claim.text, claim.verdict) for claim in check_claims(atlas, text).claims]


def only(atlas: Atlas, text: str, choice: str = "") -> Claim:
    (claim,) = check_claims(atlas, text, {"p1": choice} if choice else None).claims
    return claim


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Slagelse har landets 4. højeste antal passive {}.", BUT),  # 237, 191, 117, 93
        ("Slagelse har landets 3. højeste antal passive {}.", NO),
        ("Fredericia er på en 5.-plads over kommuner med den højeste {}.", BUT),
        ("Fredericia ligger på en 5. plads over kommuner med den højeste {}.", BUT),
        ("Fredericia har den 5.-højeste {}.", BUT),
        ("Fredericia har den femte højeste {}.", BUT),
        ("Fredericia har den sjettehøjeste {}.", NO),
        ("Odense har den tolvtehøjeste {}.", NO),
        ("Lemvig har den næstlaveste {}.", NO),
        ("Viborg har den 3. laveste {}.", CANNOT),  # 0, 0, 4, 5, and two without a share
        ("Viborg har den fjerdelaveste {}.", CANNOT),
        ("Viborg har den 7. laveste {}.", NO),
        ("Viborg har nr. 93 over den højeste {}.", BUT),  # of 96 with a printed share
        ("Viborg har nr. 91 over den højeste {}.", NO),  # of the 92 with a shown number
    ],
)
def test_a_place_in_a_row_is_no_count(atlas: Atlas, text: str, verdict: Verdict) -> None:
    claim = only(atlas, text.format(RF if "antal" in text else SHARE))
    assert claim.verdict is verdict
    assert claim.finding.corrected == ""


def test_other_ordinals_are_no_counts(atlas: Atlas) -> None:
    text = "For 3. år i træk er andelen af passive i ressourceforløb 21 pct."
    assert told(atlas, text) == [("21 pct.", BUT)]
    every = f"Hver 3. af {RF} i Svendborg er passiv."
    assert told(atlas, every) == [("Hver 3.", BUT)]  # 34 pct.
    one = "I Halsnæs er to ud af fem passive i ressourceforløb, i Lejre en ud af fem."
    assert told(atlas, one) == [("to ud af fem", BUT), ("en ud af fem", NO)]


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("I fire kommuner er {} over 90 pct.", "I ingen kommuner er {} over 90 pct."),
        ("Fire kommuner har {} over 90 pct.", "Ingen kommuner har {} over 90 pct."),
        ("I fire kommuner er {} over 60 pct.", "I én kommune er {} over 60 pct."),
        ("I 0 kommuner er {} over 60 pct.", "I én kommune er {} over 60 pct."),
        ("I én kommune er {} over 50 pct.", "I 4 kommuner er {} over 50 pct."),
        ("Kun fire kommuner har {} over 90 pct.", ""),
        ("Hele fire kommuner har {} over 60 pct.", ""),
        ("3 ud af 98 kommuner har {} over 90 pct.", ""),
        ("I fire store kommuner er {} over 60 pct.", ""),
    ],
)
def test_a_corrected_number_of_kommuner_is_danish(atlas: Atlas, text: str, corrected: str) -> None:
    what = "andelen af passive i ressourceforløb"
    claim = only(atlas, text.format(what))
    assert (claim.verdict, claim.finding.corrected) == (NO, corrected.format(what))


def test_one_that_is_none_is_not_corrected_to_many(atlas: Atlas) -> None:
    claim = only(atlas, "Der er ingen passiv borger i ressourceforløb i Holbæk.")
    assert (claim.verdict, claim.finding.corrected) == (NO, "")


@pytest.mark.parametrize(
    ("text", "share", "verdict"),
    [
        ("{} pct. af " + RF + " er ikke passive.", 79, BUT),  # 100 − 21
        ("{} pct. af " + RF + " er ikke passive.", 21, NO),
        ("I Holbæk er der {} pct. af " + RF + ", der ikke er passive.", 48, BUT),  # 100 − 52
        ("I Holbæk er der {} pct. af " + RF + ", der ikke er passive.", 52, NO),
        ("I Herning er {} pct. af " + RF + " ikke passive.", 76, BUT),  # 47 of 192–200
        ("I Herning er {} pct. af " + RF + " ikke passive.", 77, NO),
        ("I Holbæk er {} " + RF + " ikke passive.", 108, BUT),  # 223–227 less 117
        ("I Holbæk er {} " + RF + " ikke passive.", 111, NO),
        ("I Kalundborg er {} pct. af " + RF + " aktive, i tilbud eller med mentor.", 70, BUT),
        ("I Kalundborg er {} pct. af " + RF + " aktive, i tilbud eller med mentor.", 30, NO),
    ],
)
def test_those_who_are_not_passive_are_the_rest(
    atlas: Atlas, text: str, share: int, verdict: Verdict
) -> None:
    assert only(atlas, text.format(share)).verdict is verdict


@pytest.mark.parametrize(
    "text", ["I juni 2017 var {} pct. af " + RF + " aktive.", "{} pct. er aktive."]
)
def test_who_the_active_are_is_asked(atlas: Atlas, text: str) -> None:
    path = "emne-aktive+" if text.startswith("{}") else ""
    assert only(atlas, text.format(79)).verdict is ASKED
    assert only(atlas, text.format(21)).verdict is ASKED
    rest = only(atlas, text.format(79), f"{path}aktive-ikke-passive")
    assert (rest.verdict, rest.finding.arithmetic) == (BUT, "100 − 21 = 79 pct.")
    assert only(atlas, text.format(21), f"{path}aktive-ikke-passive").verdict is NO
    for share in (21, 79):
        assert only(atlas, text.format(share), f"{path}aktive-tilbud").verdict is CANNOT


def test_the_active_beside_the_passive_are_not_read_as_passive(atlas: Atlas) -> None:
    for mark in (", mens 79 pct. er aktive.", ", 79 pct. er aktive.", ". 79 pct. er aktive."):
        text = f"21 pct. af {RF} er passive{mark}"
        assert told(atlas, text) == [("21 pct.", BUT), ("79 pct.", ASKED)]
    held = "I gruppe 2 har syv ud af ti skiftet ydelse, så de er ikke passive længere."
    assert told(atlas, held) == [("syv ud af ti", YES)]
    two = "60 pct. af kontanthjælpsmodtagerne i gruppe 2 var passive, 40 pct. var aktive."
    assert told(atlas, two) == [("60 pct.", BUT), ("40 pct.", CANNOT)]
    asked = only(atlas, f"21 pct. af {RF} er ikke aktive.")
    assert (asked.verdict, asked.question) == (ASKED, "Hvem er det, der ikke er aktive?")
    assert only(atlas, f"21 pct. af {RF} er ikke aktive.", "ikke-aktive-passive").verdict is BUT
    assert only(atlas, f"21 pct. af {RF} er ikke aktive.", "ikke-aktive-tilbud").verdict is CANNOT


@pytest.mark.parametrize(
    "text",
    [
        f"Holbæk har flere aktive {RF} end Slagelse.",
        f"Holbæk har flere {RF}, der ikke er passive, end Slagelse.",
        "Holbæk har den højeste andel aktive i ressourceforløb.",
        f"Holbæk og Slagelse har tilsammen 210 {RF}, der ikke er passive.",
        f"I fire kommuner er mere end halvdelen af {RF} aktive.",
        "Andelen af aktive i ressourceforløb er steget med 4 procentpoint.",
        "60 pct. af kontanthjælpsmodtagerne i gruppe 2 var ikke aktive i december 2018.",
    ],
)
def test_the_active_are_not_compared_by_the_passive(atlas: Atlas, text: str) -> None:
    assert only(atlas, text).verdict is CANNOT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ambitionen er høj, og {} kommuner fik tilsagn.", [("24 kommuner", YES)]),
        ("Ambitionerne er høje: {} kommuner har fået tilsagn.", [("24 kommuner", YES)]),
        ("Planen er at få 50 i gang, og i dag er {} pct. af " + RF + " passive.", []),
    ],
)
def test_a_fact_after_a_goal_is_judged(
    atlas: Atlas, text: str, expected: list[tuple[str, Verdict]]
) -> None:
    if expected:
        assert told(atlas, text.format(24)) == expected
        assert only(atlas, text.format(25)).verdict is NO
    else:
        assert [quote for quote, _ in told(atlas, text.format(21))] == ["21 pct."]


@pytest.mark.parametrize(
    "text",
    [
        f"Målet er, at 20 pct. af {RF} er passive, og at 10 pct. er i gruppe 2.",
        f"Målet er, at 20 pct. af {RF} er passive, og 10 pct. er i gruppe 2.",
        f"Vores ambition er klar: Højst 10 pct. af {RF} er passive i 2025.",
        "Målet på 15 pct. passive i ressourceforløb er ikke nået.",
        "Ambitionen er 10 pct. passive i ressourceforløb, og i Holbæk er målet 20 pct.",
        f"Planen er at få 50 passive {RF} i Svendborg i gang.",
        f"Hvis 20 pct. af {RF} var passive, og 30 pct. var syge, måtte vi handle.",
    ],
)
def test_a_goal_that_goes_on_is_no_claim(atlas: Atlas, text: str) -> None:
    assert told(atlas, text) == []


def test_a_goal_and_its_number_in_a_known_month(atlas: Atlas) -> None:
    text = "Vi vil ned på 15 pct., men i juni 2017 var det {} pct."
    assert told(atlas, text.format(21)) == [("21 pct.", ASKED)]
    of = "Passive i ressourceforløb: "
    assert told(atlas, of + text.format(21)) == [("21 pct.", YES)]
    assert told(atlas, of + text.format(22)) == [("22 pct.", NO)]


def test_each_clause_says_for_itself_who_takes_part(atlas: Atlas) -> None:
    text = "{} deltager i Bedre Ressourceforløb, {} ikke."
    assert told(atlas, text.format("Holbæk", "Herning")) == [
        ("Holbæk deltager", YES),
        ("Herning", YES),
    ]
    assert [one for _, one in told(atlas, text.format("Herning", "Holbæk"))] == [NO, NO]
    assert (
        only(atlas, "Hverken Herning eller Odense er med i Bedre Ressourceforløb.").verdict is YES
    )


def test_a_share_of_the_passive_is_not_the_share_of_passive(atlas: Atlas) -> None:
    text = "Af de 2.790 passive i ressourceforløb er {} pct. over 50 år."
    for share in (21, 40):
        assert told(atlas, text.format(share))[-1] == (f"{share} pct.", CANNOT)


def test_the_whole_before_its_part_is_not_the_passive(atlas: Atlas) -> None:
    text = "I Holbæk er der {} i ressourceforløb, og af dem er 52 pct. passive."
    assert told(atlas, text.format(225)) == [("225", BUT), ("52 pct.", BUT)]
    assert told(atlas, text.format(300))[0] == ("300", CANNOT)


def test_what_a_programme_was_to_reach_is_published(atlas: Atlas) -> None:
    text = "Bedre Ressourceforløb rummede 48,8 mio. kr. og skulle nå ca. {} borgere."
    assert told(atlas, text.format("2.700"))[1] == ("ca. 2.700 borgere", YES)
    assert told(atlas, text.format("4.000"))[1] == ("ca. 4.000 borgere", NO)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [("Gladsaxe", "Sorø", YES), ("Holbæk", "Sorø", NO), ("Gladsaxe", "Holbæk", NO)],
)
def test_neither_denies_it_of_each(atlas: Atlas, one: str, other: str, verdict: Verdict) -> None:
    text = f"Hverken {one} eller {other} har over 10 pct. passive i ressourceforløb."
    assert only(atlas, text).verdict is verdict  # 6, 6 and 52 pct.


def test_as_many_is_of_people_and_as_high_of_shares(atlas: Atlas) -> None:
    same = "{} har {} passive i ressourceforløb som {}."
    many, high = "lige så mange", "lige så høj en andel"
    assert only(atlas, same.format("Gribskov", many, "Sønderborg")).verdict is BUT  # 19 and 19
    assert only(atlas, same.format("Gribskov", many, "Vordingborg")).verdict is NO  # 19 and 23
    assert only(atlas, same.format("Gribskov", high, "Vordingborg")).verdict is BUT  # 23 pct.
    assert only(atlas, same.format("Dragør", many, "Sønderborg")).verdict is CANNOT


@pytest.mark.parametrize(("year", "verdict"), [(2021, YES), (2022, NO)])
def test_until_when_a_programme_runs(atlas: Atlas, year: int, verdict: Verdict) -> None:
    text = f"Bedre indsats for borgere i ressourceforløb løber frem til udgangen af {year}."
    assert only(atlas, text).verdict is verdict


def test_a_denied_number_shares_the_unit_of_the_right_one(atlas: Atlas) -> None:
    text = "Ikke {}, men 24 kommuner fik tilsagn til Bedre indsats for borgere i ressourceforløb."
    assert told(atlas, text.format(34)) == [("34", YES), ("24 kommuner", YES)]
    assert told(atlas, text.format(24))[0] == ("24", NO)


@pytest.mark.parametrize("wish", ["Tænk, hvis bare", "Vi lover, at højst"])
def test_what_is_thought_of_or_promised_is_no_claim(atlas: Atlas, wish: str) -> None:
    assert told(atlas, f"{wish} 5 pct. af {RF} er passive.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guldborgsund er den eneste kommune, hvor mere end 60 pct.", [BUT, BUT]),  # 66, then 52
        ("Gladsaxe er den eneste kommune, hvor mere end 60 pct.", [BUT, NO]),
        ("Holbæk er den eneste kommune, hvor mere end 50 pct.", [NO, BUT]),
        ("Kun én kommune, nemlig Skive, oplyser, at mere end 60 pct.", [BUT, NO]),
        ("Dragør er den eneste kommune, hvor mere end 60 pct.", [CANNOT, NO]),  # 17 is printed
    ],
)
def test_the_only_kommune_is_counted_and_held_against_the_limit(
    atlas: Atlas, text: str, expected: list[Verdict]
) -> None:
    found = check_claims(atlas, f"{text} i ressourceforløb er passive.").claims
    assert [one.verdict for one in found] == expected
    assert [one.finding.corrected for one in found] == ["", ""]


@pytest.mark.parametrize(
    ("named", "other", "verdict"),
    [
        ("København og Aalborg", "Holbæk", BUT),  # 237 and 191; 117
        ("København", "Holbæk", NO),
        ("Silkeborg", "Holbæk", CANNOT),
    ],
)
def test_only_those_above(atlas: Atlas, named: str, other: str, verdict: Verdict) -> None:
    text = f"Kun {named} har flere passive {RF} end {other}."
    assert only(atlas, text).verdict is verdict


def test_fewer_than_one_of_few_depends_on_the_hidden(atlas: Atlas) -> None:
    text = f"Kun Skanderborg har færre passive {RF} end Hørsholm."
    assert only(atlas, text).verdict is CANNOT


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("735 ud af 1.468 i ordinære timer var helt afgået til beskæftigelse i {}.", YES),
        ("735 ud af 1.500 i ordinære timer var helt afgået til beskæftigelse i {}.", CANNOT),
        ("88 ud af 98 kommuner deltager i {}.", YES),
        ("88 ud af 96 kommuner deltager i {}.", CANNOT),
        ("80 ud af 98 kommuner deltager i {}.", NO),
    ],
)
def test_the_second_number_is_held_up_too(atlas: Atlas, text: str, verdict: Verdict) -> None:
    where = "december 2018 i Flere skal med" if "timer" in text else "Flere skal med"
    assert only(atlas, text.format(where)).verdict is verdict


@pytest.mark.parametrize(
    ("unit", "verdict"), [("et procentpoint", BUT), ("en procent", NO), ("to procentpoint", NO)]
)
def test_one_point_is_a_figure(atlas: Atlas, unit: str, verdict: Verdict) -> None:
    text = f"Ringsteds andel af passive i ressourceforløb er {unit} lavere end Slagelses."
    assert only(atlas, text).verdict is verdict  # 24 and 25 pct.
    if unit == "en procent":
        assert "er et procentpoint lavere" in only(atlas, text).finding.corrected
