"""The part 'Statistik': what each method answers, how it is computed, and where it is from."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from pages.metode.sections import Section, folded


@dataclass(frozen=True)
class Method:
    """One method: the question it answers, how it is used here, and where it is described.

    `reference` is in the language of its journal, and empty for what needs none.
    """

    title: str
    question: str
    how: str
    reference: str = ""


METHODS = (
    Method(
        "Interval om en andel (Wilson)",
        "Hvor meget kan andelen være præget af tilfældigheder?",
        "Wilsons interval med 95 pct. sikkerhed, uden kontinuitetskorrektion. Er nævneren ikke "
        "offentliggjort, kendes den som et interval; så går det fra den højeste nævners nedre "
        "grænse til den laveste nævners øvre.",
        "E.B. Wilson: Probable Inference, the Law of Succession, and Statistical Inference. "
        "Journal of the American Statistical Association 22 (1927), 209–212.",
    ),
    Method(
        "Tragtdiagram",
        "Hvilke områder ligger længere fra landet, end deres størrelse kan forklare?",
        "Eksakte binomiale grænser ved 95 og 99,8 pct. Et område ligger uden for, når et resultat "
        "så langt fra landets har højst 2,5 (0,1) pct. sandsynlighed. Hvor nævneren er et "
        "interval, skal alle nævnere give det samme svar; ellers står der »ikke til at skelne fra "
        "landet«. Landets tal indeholder området selv.",
        "D.J. Spiegelhalter: Funnel plots for comparing institutional performance. Statistics in "
        "Medicine 24 (2005), 1185–1202.",
    ),
    Method(
        "Mange sammenligninger på én gang",
        "Hvor mange af dem, der skiller sig ud, gør det ved et tilfælde?",
        "Ser man på 98 kommuner, ville omkring hver tyvende skille sig ud ved 95 pct., selv om "
        "alle var ens. Derfor vises også, hvem der står tilbage, når højst 5 pct. af de udpegede "
        "må ventes at være falske (Benjamini og Hochberg).",
        "Y. Benjamini og Y. Hochberg: Controlling the False Discovery Rate. Journal of the Royal "
        "Statistical Society B 57 (1995), 289–300.",
    ),
    Method(
        "Rang som et spænd",
        "Hvilke pladser i rækken lader tallene stå åbne?",
        "To områder skilles kun, hvor en test af deres andele (med kontinuitetskorrektion, de "
        "ugunstigste nævnere og Holms korrektion for områdets sammenligninger med alle andre) "
        "skiller dem. Den bedste plads er 1 plus dem, der sikkert ligger over; den dårligste er "
        "antallet minus dem, der sikkert ligger under. Hvert spænd holder med 95 pct. sikkerhed, "
        "som for en læser, der spørger til ét område; alle spænd holder ikke nødvendigvis på én "
        "gang.",
        "M. Mogstad, J.P. Romano, A.M. Shaikh og D. Wilhelm: Inference for Ranks. Review of "
        "Economic Studies 91 (2024). S. Holm: A Simple Sequentially Rejective Multiple Test "
        "Procedure. Scandinavian Journal of Statistics 6 (1979), 65–70.",
    ),
    Method(
        "Spredning ud over det tilfældige",
        "Er områderne mere forskellige, end tilfældighed gør dem?",
        "Middelværdien af de kvadrerede z-scorer, hvor de 10 pct. yderste i hver ende er trukket "
        "ind: omkring 1, hvor tilfældighed forklarer spredningen. Regnes kun for 10 områder eller "
        "flere.",
        "D.J. Spiegelhalter: Funnel plots for comparing institutional performance. Statistics in "
        "Medicine 24 (2005), appendix A.2.1.",
    ),
    Method(
        "Udvikling (trend)",
        "Er serien stigende eller faldende, eller kan det være tilfældigt?",
        "Mann-Kendalls test, ændret efter Hamed og Rao, fordi måneder hænger sammen. En retning "
        "vises kun ved højst 5 pct. risiko og mindst 24 måneder. Hældningen er Theil og Sens, i "
        "procentpoint om året. Måneder uden tal fyldes ikke ud.",
        "K.H. Hamed og A.R. Rao: A modified Mann-Kendall trend test for autocorrelated data. "
        "Journal of Hydrology 204 (1998), 182–196. P.K. Sen: Estimates of the Regression "
        "Coefficient Based on Kendall's Tau. Journal of the American Statistical Association 63 "
        "(1968), 1379–1389.",
    ),
    Method(
        "Afstand til landet i procentpoint og i borgere",
        "Hvor mange borgere færre ville bringe området på landets niveau?",
        "Det færreste hele antal borgere, der bringer området til eller forbi målet, for alle "
        "nævnere og alle de andele, landets afrunding lader stå åbne. Derfor kan svaret være et "
        "interval.",
    ),
    Method(
        "Potentiale",
        "Hvor mange borgere ville det flytte, hvis alle på den forkerte side kom til målet?",
        "Summen af afstandene for de områder, der har tal. Målet er landets andel eller den andel, "
        "som den bedste fjerdedel af områderne når. Det er et regnestykke og ikke en forudsigelse: "
        "kommunerne har forskellige borgere.",
    ),
    Method(
        "Summer",
        "Hvad er andelen for flere områder under ét?",
        "Tællere og nævnere lægges sammen, og andelen regnes ud igen; et gennemsnit af andele "
        "bruges aldrig. Områder uden tal er ikke med, og det står der.",
    ),
    Method(
        "Kommuner, der ligner (sammenlignelige)",
        "Hvem er det rimeligt at sammenligne med?",
        "Samme region, samme landsdel, nærmest i størrelse, nærmest på valgte kendetegn eller en "
        "egen gruppe. Afstanden er euklidisk; hvert kendetegn måles i sin standardafvigelse (af "
        "logaritmen, hvor fordelingen er skæv) og ganges med den vægt, læseren vælger. "
        "Kommuner, der mangler et kendetegn, er ikke med.",
    ),
)


def section() -> Section:
    """Return every method as HTML."""
    items = "".join(
        folded(
            one.title,
            f"<p><em>{escape(one.question)}</em></p><p>{escape(one.how)}</p>"
            + (f'<p class="note" lang="en">{escape(one.reference)}</p>' if one.reference else ""),
        )
        for one in METHODS
    )
    return Section(
        "statistik",
        "Statistiske metoder",
        "<p>Metoderne siger, hvad tilfældighed alene kan gøre. De siger ikke, hvad årsagen er, og "
        f"borgerne regnes som uafhængige af hinanden.</p>{items}",
    )
