"""What a clause reaches: wishes, denials, asides, idioms, references back, one of two."""

from __future__ import annotations

import pytest

from queries import Atlas, Claim, Verdict, check_claims

YES, BUT, NO = Verdict.HOLDS, Verdict.HOLDS_WITH_CAVEAT, Verdict.DOES_NOT_HOLD
CANNOT, ASKED = Verdict.CANNOT_BE_CHECKED, Verdict.AMBIGUOUS


def told(atlas: Atlas, text: str) -> list[tuple[str, Verdict]]:
    return [(claim.text, claim.verdict) for claim in check_claims(atlas, text).claims]


def only(atlas: Atlas, text: str, choice: str = "") -> Claim:
    (claim,) = check_claims(atlas, text, {"p1": choice} if choice else None).claims
    return claim


RF = "borgere i ressourceforløb"
HELD = f"21 pct. af {RF} er passive"


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        (f"Jeg vil gerne understrege, at {HELD}.", "21 pct.", BUT),
        (f"Her skal jeg ikke lægge skjul på, at {HELD}.", "21 pct.", BUT),
        (f"Skal jeg være ærlig, er 21 pct. af {RF} passive.", "21 pct.", BUT),
        (f"Hvorfor skal jeg lade være usagt, men {HELD}.", "21 pct.", BUT),
        (f"Vi vil gerne ned på 10 pct., men {HELD}.", "21 pct.", BUT),
        (f"Det er en misforståelse, at det går godt, for {HELD}.", "21 pct.", BUT),
        (f"Kommunerne burde have reageret, da {HELD}.", "21 pct.", BUT),
        (f"Jeg håber på enighed, nu hvor {HELD}.", "21 pct.", BUT),
        (f"Man skal have i tankerne, at {HELD}.", "21 pct.", BUT),
        (f"Hvis man ser på Holbæk, er 52 pct. af {RF} passive.", "52 pct.", BUT),
        (f"Det ville være forkert at sige, at {HELD}.", "21 pct.", NO),
        (f"Det er en misforståelse, at {HELD}.", "21 pct.", NO),
        (f"Det er ikke rigtigt, at der, for hele landet, er 2.790 passive {RF}.", "2.790", NO),
    ],
)
def test_a_wish_or_denial_ends_with_its_clause(
    atlas: Atlas, text: str, quote: str, verdict: Verdict
) -> None:
    ((found, judged),) = told(atlas, text)
    assert (found.startswith(quote), judged) == (True, verdict)


@pytest.mark.parametrize(
    "text",
    [
        f"Fremover vil jeg se mindst 20 pct. færre passive {RF}.",
        f"Målet er højst 10 pct., men mindst 5 pct. passive {RF}.",
        f"Jeg vil gerne sige, at målet er 10 pct. passive {RF}.",
        f"Vi skal have klart færre end 10 pct. passive {RF}.",
        f"Inden 2025 skal vi kunne sige, at kun 10 pct. af {RF} er passive.",
        f"Hvis 20 pct. af {RF} er passive, men 30 pct. er syge, må vi handle.",
    ],
)
def test_a_goal_is_no_claim(atlas: Atlas, text: str) -> None:
    assert told(atlas, text) == []


@pytest.mark.parametrize(
    ("how", "number", "verdict"),
    [
        ("Tager man Næstved og Vordingborg under ét, er der {} passive", 77, BUT),
        ("Tager man Næstved og Vordingborg under ét, er der {} passive", 78, NO),
        ("Lægges Næstved og Vordingborg sammen, er der {} passive", 77, BUT),
        ("Næstved har sammen med Vordingborg {} passive", 77, BUT),
        ("Næstved har sammen med Vordingborg {} passive", 54, NO),
        ("Tager man Randers og Silkeborg under ét, er der {} passive", 3, CANNOT),
        ("Aalborg og Læsø har under ét {} passive", 192, CANNOT),
        ("På Fyn, men ikke i Odense, er der {} passive", 67, CANNOT),
    ],
)
def test_kommuner_under_one_are_summed(
    atlas: Atlas, how: str, number: int, verdict: Verdict
) -> None:
    text = f"{how.format(number)} {RF}."
    assert only(atlas, text).verdict is verdict


def test_one_number_of_two_kommuner_is_asked_about(atlas: Atlas) -> None:
    text = f"I Næstved og Vordingborg er der 77 passive {RF}."
    asked = only(atlas, text)
    assert (asked.verdict, asked.question) == (
        ASKED,
        "Er tallet for dem tilsammen eller for hver?",
    )
    assert [one.reading_id for one in asked.readings] == ["tal-sum", "tal-hver"]
    assert only(atlas, text, "tal-sum").verdict is BUT
    assert only(atlas, text, "tal-hver").verdict is NO
    assert only(atlas, f"I Næstved og Vordingborg er der hver 77 passive {RF}.").verdict is NO


def test_one_of_two_places_is_asked_about(atlas: Atlas) -> None:
    text = f"I Vesthimmerland eller Himmerland er 31 pct. af {RF} passive."
    assert only(atlas, text).verdict is ASKED
    assert only(atlas, text, "sted-1").verdict is BUT
    assert only(atlas, text, "sted-2").verdict is CANNOT
    for guess in (1, 2, 31):
        hidden = f"I Dragør eller Himmerland er {guess} {RF} passive."
        assert only(atlas, hidden).verdict is CANNOT


def test_an_aside_about_something_else_is_no_change(atlas: Atlas) -> None:
    text = f"Tårnby, som lever af lufthavnens vækst, har 22 pct. passive {RF}."
    assert told(atlas, text) == [("22 pct.", BUT)]
    own = f"Andelen af passive {RF}, der er faldet markant, er et problem."
    assert told(atlas, own) == [("faldet", CANNOT)]


@pytest.mark.parametrize(("number", "verdict"), [("fem", YES), ("ti", NO)])
def test_years_in_the_benefit_system_are_a_figure(
    atlas: Atlas, number: str, verdict: Verdict
) -> None:
    text = (
        f"Målgruppen for Flere skal med har været i kontanthjælpssystemet i mere end {number} år."
    )
    assert told(atlas, text) == [(f"mere end {number} år", verdict)]


@pytest.mark.parametrize(("number", "verdict"), [("tre", YES), ("fire", NO)])
def test_the_package_is_the_one_that_was_named(atlas: Atlas, number: str, verdict: Verdict) -> None:
    text = f"I marts 2017 kom en initiativpakke. Pakken bestod af {number} tiltag."
    assert told(atlas, text) == [(f"{number} tiltag", verdict)]
    other = f"Bedre Ressourceforløb blev udvidet. Pakken bestod af {number} tiltag."
    assert told(atlas, other) == []
    later = "Bedre Ressourceforløb blev udvidet. Siden kostede pakken i finansloven 300 mio. kr."
    assert told(atlas, later) == []


@pytest.mark.parametrize(("share", "verdict"), [(21, NO), (3, CANNOT)])
def test_a_share_of_another_whole_is_not_the_published_one(
    atlas: Atlas, share: int, verdict: Verdict
) -> None:
    text = f"{share} pct. af alle på offentlig forsørgelse er passive i ressourceforløb."
    assert only(atlas, text).verdict is verdict


def test_a_share_set_equal_to_hidden_people_is_refused(atlas: Atlas) -> None:
    for people in (1, 2, 3):
        text = f"De 17 pct. i Dragør svarer til {people} ud af 12 {RF}."
        assert {verdict for _, verdict in told(atlas, text)} == {CANNOT}
    shown = f"De 52 pct. i Holbæk svarer til 117 ud af 225 {RF}."
    assert told(atlas, shown) == [("52 pct.", BUT), ("117 ud af 225", BUT)]
