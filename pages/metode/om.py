"""The page 'Om atlasset': what it is, how to use it, what its marks mean, what it cannot."""

from __future__ import annotations

import streamlit as st

from pages.frame.links import link
from pages.language import synthetic
from queries import Atlas

LEAD = (
    "Indsatsatlas viser, hvad kommuner og jobcentre gør for borgere i ressourceforløb og i "
    "<em>Flere skal med</em>. Hvert tal kan følges tilbage til linjen i det dokument, det kommer "
    "fra."
)
USE = (
    "Ny her? " + '<a href="/?rundvisning=vis" target="_self">Tag rundvisningen</a>.',
    "Vælg en kommune ved at søge, eller ved at klikke på kortet, en søjle eller en række i "
    "tabellen. Den fremhæves og får sin egen sætning.",
    f"{link('Kommuneprofilen', 'kommune')} samler én kommune på én side. "
    f"{link('Sammenlign kommuner', 'sammenlign')} stiller op til ti ved siden af hinanden. "
    f"{link('Initiativer', 'initiativer')} viser satspuljeprojekterne.",
    "Alle valg står i adressen. Kopiér den, og en kollega ser det samme; et delt link siger til, "
    "hvis tallene er ændret siden.",
    "Kortet er ét stoppested for Tab. Piletasterne går fra område til område, Enter vælger.",
    'Tabeller, diagrammer og kort kan hentes som filer; se <a href="/data/" '
    'target="_self">alle data</a>. En side kan indlejres på en anden hjemmeside med '
    "<code>embed=1</code> i adressen, og kilden følger med.",
    "Siden kan udskrives: filtre og menu er ikke med på papiret.",
)
READ = (
    "<strong>Skjult</strong> (skraveret): antallet vises ikke af hensyn til diskretion. Enten er "
    "det færre end 3, eller også ville det sammen med andre tal afsløre et tal, der er. Hvor godt "
    f"det holder, står i rapporten {link('Fortrolighed', 'fortrolighed')}.",
    "<strong>Udeladt</strong> (prikket): kommunen er ikke med i kildens tabel.",
    "<strong>Ikke opgjort</strong> (grå): der findes intet tal.",
    "<strong>0</strong>: der er opgjort nul.",
    "<strong>ca.</strong> foran en nævner: den er regnet baglæns af en afrundet andel og kendes "
    "som et interval.",
    "<strong>Over, under eller ikke til at skelne fra landet</strong>: kun en forskel, der er "
    "større end tilfældigheder kan forklare, siges at være en forskel. En rang er derfor et spænd.",
)
SYNTHETIC = (
    "<strong>Syntetiske tal</strong> er opdigtede, kun til afprøvning, og er altid mærket på "
    "figuren, i teksten og i filen. Hvor de findes, står der hvordan herunder."
)
NO_SYNTHETIC = "Der er ingen syntetiske tal i denne version."
REGISTER = (
    "Atlasset kan tælle op af et register med ydelser, tilbud og løntimer for hver borger. Sådan "
    "et register er ikke offentligt. For at siderne kan vises og afprøves, følger der tal med fra "
    "et <strong>syntetisk register</strong>: opdigtede borgere, valgt så de tal, der er "
    "offentliggjort, kommer ud af det igen. Alt andet i det (andre måneder, kommunernes tal i "
    "Flere skal med, udviklingen over tid) er opdigtet og siger intet om virkeligheden."
)
REGISTER_RULES = (
    "Hvor der er offentliggjorte tal, vises de. Syntetiske tal kommer kun frem, når du selv vælger "
    "en måned, der er mærket med <em>(syntetisk)</em>, eller folder en syntetisk del ud, eller "
    "hvor der ikke findes andet.",
    "De går gennem samme opgørelse og samme diskretion som virkelige registertal ville.",
    f"De må ikke citeres. Mærket <strong>{synthetic.BADGE}</strong> følger med på figurer, i "
    "tekst, i filer og i filnavne.",
)
CANNOT = (
    "Virkelige tal er kun dem, dokumenterne indeholder. For passive i ressourceforløb findes ét "
    "nedslag, juni 2017, og kun kommunetal. Summer for regioner og landsdele vises ikke der, fordi "
    "de sammen med landets tal ville afsløre de skjulte kommuner. For Flere skal med findes kun "
    "tal for hele landet.",
    "Forskelle mellem kommuner siger ikke i sig selv noget om kvaliteten af indsatsen: borgerne er "
    "forskellige, og i små kommuner svinger andelen tilfældigt.",
    "Atlasset viser ingen virkning af et projekt: Der er ingen tal fra før og efter, og deltagerne "
    "er udvalgt. Hvem der deltog, vises kun, hvor et dokument navngiver dem.",
)
ACCESSIBLE = (
    "Siderne er bygget efter WCAG 2.1 AA. Hvad der er afprøvet, hvad der mangler, og hvordan du "
    f"melder en fejl, står i {link('tilgængelighedserklæringen', 'tilgaengelighed')}."
)


def show(atlas: Atlas) -> None:
    """Draw the page; what it says of synthetic numbers depends on whether there are any."""
    there_are = any(source.is_synthetic for source in atlas.sources().values())
    st.title("Om atlasset", anchor=False)
    marks = (*READ, SYNTHETIC if there_are else NO_SYNTHETIC)
    methods = f"<p>Metoder, kilder og ordliste står på {link('Kilder og metode', 'kilder')}.</p>"
    register = f"<p>{REGISTER}</p>{_items(REGISTER_RULES)}"
    st.html(
        f'<div class="erklaering"><p class="manchet">{LEAD}</p>'
        f"<h2>Sådan bruger du det</h2>{_items(USE)}"
        f"<h2>Sådan læser du det</h2>{_items(marks)}{methods}"
        + (f"<h2>Det syntetiske register</h2>{register}" if there_are else "")
        + f"<h2>Det kan atlasset ikke</h2>{_items(CANNOT)}"
        f"<h2>Tilgængelighed</h2><p>{ACCESSIBLE}</p></div>"
    )


def _items(texts: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"
