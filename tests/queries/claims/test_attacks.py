"""An attacker of the claim checker: what is guessed of hidden cells and of sums, it never answers.

Each text is checked with numbers that a guesser would try; what is said may not depend on them.
Texts that speak of a part of the country in words the gazetteer lacks may not be read as the whole.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from queries import Atlas, Claim, Verdict, check_claims
from queries.warehouse import content as contents
from queries.warehouse.content import shipped_content
from tests.queries.imports.small import batch, importer

GUESSES = (*range(8), 12, 17, 30, 60, 2770, 2781, 2784, 2790)
HIDDEN = ("Dragør", "Allerød", "Randers", "Silkeborg", "Fanø", "Læsø")

OF_ONE = """
I @ var {} borgere i ressourceforløb passive i juni 2017.
@s antal passive i ressourceforløb er {}.
I @ er der mindst {} passive i ressourceforløb.
I @ er der færre end {} passive i ressourceforløb.
I @ er der ikke {} passive i ressourceforløb.
Det er ikke rigtigt, at @ har {} passive i ressourceforløb.
@ og Holbæk har tilsammen {} passive i ressourceforløb.
Holbæk har {} flere passive i ressourceforløb end @.
@ har {} gange så mange passive i ressourceforløb som Holbæk.
@ ligger nr. {} i antal passive i ressourceforløb.
@ er blandt de {} kommuner med færrest passive i ressourceforløb.
I hele landet uden @ var der {} passive i ressourceforløb i juni 2017.
I hele landet på nær @ var der {} passive i ressourceforløb i juni 2017.
I hele landet er der {} passive i ressourceforløb, når @ ikke er med.
I hele landet er der {} passive i ressourceforløb, @ ikke medregnet.
Trækker man @ fra, er der {} passive i ressourceforløb i hele landet.
Andre kommuner end @ har {} passive i ressourceforløb.
{} pct. af landets passive i ressourceforløb bor i @.
I @ er {} ud af 6 borgere i ressourceforløb passive.
I @ er {} borgere i ressourceforløb med mindst 1 års anciennitet.
I @ har {} borgere i ressourceforløb fået tilbud eller mentor.
I @ er andelen af passive i ressourceforløb {},5 pct.
Gennemsnittet af @ og Holbæk er {} passive i ressourceforløb.
{} kommuner har færre passive i ressourceforløb end @.
@ har passive borgere i ressourceforløb. Antallet er {}.
I @ er hver {}. borger i ressourceforløb passiv.
I @ er {} borgere i ressourceforløb ikke passive.
I @ er {} pct. af borgerne i ressourceforløb ikke passive.
I @ er der {} i ressourceforløb, der ikke er passive.
I @ er {} borgere i ressourceforløb aktive.
I @ er {} pct. af borgerne i ressourceforløb aktive.
I @ er {} pct. af borgerne i ressourceforløb aktive, altså i tilbud eller med mentor.
I @ er {} borgere i ressourceforløb ikke aktive.
@ og Holbæk har tilsammen {} aktive borgere i ressourceforløb.
@ er den eneste kommune med {} passive i ressourceforløb.
Kun én kommune, @, har over {} passive i ressourceforløb.
@ har den {}. laveste andel passive i ressourceforløb.
@ har det {}.-højeste antal passive i ressourceforløb.
@ er på en {}. plads i antal passive i ressourceforløb.
I @ er der {} borgere i ressourceforløb, heraf flere passive.
Målet er højt, og i @ var {} borgere i ressourceforløb passive.
Af de passive i ressourceforløb var {} fra @.
""".strip().splitlines()

OF_PARTS = """
I {} kommuner er der mindst 1 passiv i ressourceforløb.
I {} kommuner er der højst 2 passive i ressourceforløb.
I {} kommuner er der ingen passive i ressourceforløb.
I {} kommuner er andelen af passive i ressourceforløb under 20 pct.
I {} jobcentre er der under 3 passive i ressourceforløb.
{} kommuner har hverken 1 eller 2 passive i ressourceforløb.
94 jobcentre har tilsammen {} passive i ressourceforløb.
Kommunerne har tilsammen {} passive i ressourceforløb.
Kommunen med færrest passive i ressourceforløb har {}.
Det laveste antal passive i ressourceforløb i en kommune er {}.
Den laveste andel af passive i ressourceforløb er {} pct.
Den mindste kommune har {} passive i ressourceforløb.
Medianen er {} passive i ressourceforløb pr. kommune.
De kommuner, hvor tallet er en prik, har {} passive i ressourceforløb.
De 92 viste kommuners tal giver {} passive i ressourceforløb.
Tallene i tabellen summer til {} passive i ressourceforløb.
Der er {} passive i ressourceforløb i tabellens rækker tilsammen.
Der mangler {} passive i ressourceforløb, når man lægger kommunerne sammen.
Forskellen mellem hele landet og de viste kommuner er {} passive i ressourceforløb.
{} passive i ressourceforløb kan ikke henføres til en kommune.
{} passive i ressourceforløb er ikke med i kommunernes tal.
De to øer har {} passive i ressourceforløb.
På Amager er der {} passive i ressourceforløb.
Øst for Storebælt er der {} passive i ressourceforløb.
Jobcenter Tårnby har {} passive i ressourceforløb.
Jobcentret i Esbjerg og Fanø har {} passive i ressourceforløb.
""".strip().splitlines()


def said(claim: Claim) -> str:
    """All that is said of a claim but the echo of what was written."""
    one = claim.finding
    assert not one.corrected
    assert not one.newer
    return "|".join((one.explanation, one.number, one.arithmetic, one.suggestion, claim.question))


@pytest.mark.parametrize("area", [*HIDDEN, ""])
def test_no_guess_is_answered(atlas: Atlas, area: str) -> None:
    for text in [one.replace("@", area) for one in OF_ONE] if area else OF_PARTS:
        told = set()
        for guess in GUESSES:
            claims = check_claims(atlas, text.format(guess)).claims
            assert {one.verdict for one in claims} <= {Verdict.CANNOT_BE_CHECKED}, (text, guess)
            told.add(frozenset(map(said, claims)))
        assert len(told) == 1, text


@pytest.fixture(scope="module")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """A newer month that hides nothing, beside the published one that does."""
    folder = tmp_path_factory.mktemp("two")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contents, "SYNTHETIC_REGISTER", Path("there is none"))
        patch.setenv("INDSATSATLAS_DATA", str(folder))
        into = importer(folder, shipped_content())
        into.import_batches([batch("2018M01", first=100)])
    return Atlas(into.target)


OLDER = [
    "I Dragør var {} borgere i ressourceforløb passive i juni 2017.",
    "I Dragør var 1 ud af {} borgere i ressourceforløb passive i juni 2017.",
    "Region Sjælland havde {} passive i ressourceforløb i juni 2017.",
    "Resten af landet havde {} passive i ressourceforløb i juni 2017.",
    "De viste kommuner havde tilsammen {} passive i ressourceforløb i juni 2017.",
    "I {} kommuner var der under 3 passive i ressourceforløb i juni 2017.",
    "Dragør og Holbæk havde tilsammen {} passive i ressourceforløb i juni 2017.",
    "Dragør lå nr. {} i antal passive i ressourceforløb i juni 2017.",
]


@pytest.mark.parametrize("text", OLDER)
def test_a_newer_month_that_hides_nothing_opens_no_older_one(two_months: Atlas, text: str) -> None:
    told = set()
    for guess in GUESSES:
        for claim in check_claims(two_months, text.format(guess)).claims:
            assert claim.verdict is Verdict.CANNOT_BE_CHECKED, guess
            told.add(said(claim))
    assert len(told) == 1


@pytest.mark.parametrize("guess", [2790, 14_553])
@pytest.mark.parametrize(
    "text",
    [
        "Region Sjælland har {} passive i ressourceforløb i januar 2018.",
        "Resten af landet har {} passive i ressourceforløb i januar 2018.",
        "I Nordjylland er {} borgere i ressourceforløb passive.",
    ],
)
def test_a_part_of_the_country_is_never_read_as_the_whole(
    two_months: Atlas, text: str, guess: int
) -> None:
    (claim,) = check_claims(two_months, text.format(guess)).claims
    assert claim.verdict is Verdict.CANNOT_BE_CHECKED
    assert not claim.finding.number


def test_a_month_that_hides_nothing_is_answered(two_months: Atlas) -> None:
    text = "I Dragør var der {} passive i ressourceforløb i januar 2018."
    verdicts = [check_claims(two_months, text.format(n)).claims[0].verdict for n in (104, 103)]
    assert verdicts == [Verdict.HOLDS, Verdict.DOES_NOT_HOLD]
