"""The page 'Om atlasset': what it is, how to use it, what its marks mean, accessibility."""

from __future__ import annotations

import streamlit as st

from queries import Atlas

TEXT = """
Indsatsatlas viser, hvad kommuner og jobcentre gør for borgere i ressourceforløb og i
*Flere skal med*. Hvert tal kan følges tilbage til linjen i det dokument, det kommer fra.

#### Sådan bruger du det
- Vælg en kommune ved at søge, eller ved at klikke på kortet, en søjle eller en række i tabellen.
  Den fremhæves alle steder og får sin egen sætning.
- [Kommuneprofilen](/kommune) samler én kommune på én side. [Sammenlign kommuner](/sammenlign)
  stiller op til ti ved siden af hinanden. [Initiativer](/initiativer) viser satspuljeprojekterne.
- Alle valg står i adressen. Kopiér den, og en kollega ser det samme.
- Kortet er ét stoppested for Tab. Piletasterne går fra område til område, Enter vælger.
- Tallene kan hentes som CSV, Excel og JSON, kortet som SVG og PNG. En side kan indlejres på en
  anden hjemmeside med `embed=1` i adressen; kilden følger med.
- Siden kan udskrives: filtre og menu er ikke med på papiret.

#### Sådan læser du det
- **Skjult** (skraveret): antallet vises ikke af hensyn til diskretion. Enten er det færre end 3,
  eller også ville det sammen med andre tal afsløre et tal, der er.
- **Udeladt** (prikket): kommunen er ikke med i kildens tabel.
- **Ikke opgjort** (grå): der findes intet tal.
- **0**: der er opgjort nul.
- **ca.** foran en nævner: den er regnet baglæns af en afrundet andel og kendes som et interval.
- **Over, under eller ikke til at skelne fra landet**: kun en forskel, der er større end
  tilfældigheder kan forklare, siges at være en forskel. En rang er derfor et spænd.
- **Syntetiske tal** er opdigtede, kun til afprøvning, og er altid mærket på figuren, i teksten og
  i filen. {synthetic}

Metoder, kilder og ordliste står på siden [Kilder og metode](/kilder).

#### Det kan atlasset ikke
- Virkelige tal er kun dem, dokumenterne indeholder. For passive i ressourceforløb findes ét
  nedslag, juni 2017, og kun kommunetal. Summer for regioner og landsdele vises ikke der, fordi de
  sammen med landets tal ville afsløre de skjulte kommuner. For Flere skal med findes kun tal for
  hele landet.
- Forskelle mellem kommuner siger ikke i sig selv noget om kvaliteten af indsatsen: borgerne er
  forskellige, og i små kommuner svinger andelen tilfældigt.
- Atlasset viser ingen virkning af et projekt: Der er ingen tal fra før og efter, og deltagerne er
  udvalgt. Hvem der deltog, vises kun, hvor et dokument navngiver dem.

#### Tilgængelighed
Siderne er bygget efter WCAG 2.1 AA. Hvad der er afprøvet, hvad der mangler, og hvordan du melder
en fejl, står i [tilgængelighedserklæringen](/tilgaengelighed).
"""


WITHOUT = "Der er ingen syntetiske tal i denne version."
WITH = """

#### Det syntetiske register
Atlasset kan tælle op af et register med ydelser, tilbud og løntimer for hver borger. Sådan et
register er ikke offentligt. For at siderne kan vises og afprøves, følger der tal med fra et
**syntetisk register**: opdigtede borgere, valgt så de tal, der er offentliggjort, kommer ud af
det igen. Alt andet i det (andre måneder, kommunernes tal i Flere skal med, udviklingen
over tid) er opdigtet og siger intet om virkeligheden.

- Hvor der er offentliggjorte tal, vises de. Syntetiske tal kommer kun frem, når du selv
  vælger en måned, der er mærket med *(syntetisk)*, eller folder en syntetisk del ud, eller hvor
  der ikke findes andet.
- De går gennem samme opgørelse og samme diskretion som virkelige registertal ville.
- De må ikke citeres. Mærket **SYNTETISKE TAL** følger med på figurer, i tekst, i filer og i
  filnavne.
"""


def show(atlas: Atlas) -> None:
    """Draw the page; what it says of synthetic numbers depends on whether there are any."""
    there_are = any(source.is_synthetic for source in atlas.sources().values())
    st.title("Om atlasset", anchor=False)
    kept = "Hvor de findes, står der hvordan herunder." if there_are else WITHOUT
    head, tail = TEXT.format(synthetic=kept).split("#### Det kan atlasset ikke")
    more = WITH.strip() + "\n\n" if there_are else ""
    st.markdown(f"{head}{more}#### Det kan atlasset ikke{tail}")
