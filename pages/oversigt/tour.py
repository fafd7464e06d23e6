"""The tour's six steps, and when it is offered."""

from __future__ import annotations

from collections.abc import Mapping

from pages.components.tour import Step, tour_card
from pages.frame.embed import embedded

PARAMETER, SHOWN = "rundvisning", "vis"
STEPS = (
    Step(
        "Velkommen til atlasset",
        "Her er de tal, der er offentliggjort om borgere i ressourceforløb og i Flere skal med. "
        "Hvert tal har dokument, periode og forbehold.",
        ".kortene",
    ),
    Step(
        "Søg efter ét tal",
        "Skriv en kommune, et mål, et ord eller et spørgsmål fra Folketinget, fx »passive Holbæk« "
        "eller »spm 554«.",
        ".st-key-soegelinje",
    ),
    Step(
        "Vælg en kommune",
        "På siderne med kort kan du vælge på kortet, i søjlerne, i tabellen eller ved at søge. "
        "Valget står i adressen, så en kollega ser det samme.",
        "",
        ("Se Holbæk på kortet", "/passive?kommune=0316"),
    ),
    Step(
        "Kend forskel på tallene",
        "Syntetiske tal er opdigtede og kun til afprøvning. De har altid mærket SYNTETISKE TAL. "
        "Skjult, udeladt, ikke opgjort og nul er fire forskellige ting.",
        ".kort:nth-of-type(2) .fliser",
        ("Sådan læser du det", "/om"),
    ),
    Step(
        "Sammenlign ærligt",
        "Sammenligningen viser, hvad der kan være tilfældigt, og hvor mange borgere en forskel "
        "svarer til.",
        ".doere",
        ("Sammenlign kommuner", "/sammenlign"),
    ),
    Step(
        "Tag det med",
        "Alt kan hentes som fil eller udskrives, med kilden på. Ord med prikket streg under er "
        "forklaret. Rundvisningen finder du igen under »Alle offentliggjorte landstal«.",
        ".alle-tal",
    ),
)


def tour(parameters: Mapping[str, str]) -> None:
    """Offer the tour to a first visitor of the front page, and to whoever asks for it.

    Not where the address holds something else: a search, or a page that is embedded elsewhere.
    """
    asked_for = parameters.get(PARAMETER) == SHOWN
    if not embedded() and (asked_for or not list(parameters)):
        tour_card(STEPS, asked_for=asked_for, key="rundvisning")
