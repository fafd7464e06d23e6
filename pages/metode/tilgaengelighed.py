"""The page 'Tilgængelighed': what the law asks a public body to tell of its website."""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
from html import escape

import streamlit as st

from pages.language import danish
from queries import Atlas

LOG = logging.getLogger(__name__)
CONTACT = "INDSATSATLAS_KONTAKT"
"""Set by the organisation that runs the atlas: how to reach it, in writing and by telephone."""

ASSESSED_ON = dt.date(2026, 11, 26)
"""The day the automatic tests behind the statement were run on every page."""

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

NOT_MET = (
    "Enkelte søjler, punkter og linjer i diagrammerne kan ikke nås med tastaturet, og de værdier, "
    "der vises, når musen peger, kan ikke frem på anden måde i diagrammet (WCAG 2.1.1). De samme "
    "tal står i en tabel ved siden af diagrammet, og den kan nås.",
    "Diagrammerne har en beskrivelse for skærmlæsere, men den gengiver ikke hvert tal "
    "(WCAG 1.1.1). Tallene står i tabellen.",
)
NOT_KNOWN = (
    "Atlasset er ikke afprøvet med skærmlæser af en, der bruger skærmlæser.",
    "Atlasset er kun afprøvet i Chromium, ikke i Firefox, Safari eller med talestyring.",
    "De automatiske prøver finder kun en del af de fejl, der kan være. Ingen uden for holdet bag "
    "atlasset har vurderet det.",
    "Filer i CSV, Excel, SVG og PNG er ikke vurderet for sig.",
)
DONE = (
    "axe-core (WCAG 2.1, niveau A og AA) på siderne i Chromium, i lyst og mørkt tema, ved 1400 og "
    "320 pixels bredde",
    "prøver, der bruger kortet, tabellen og filtrene med tastaturet",
    "prøver for, at siderne ikke skal rulles sidelæns ved 320 pixels bredde",
)


def show(_atlas: Atlas) -> None:
    """Draw the statement."""
    st.title("Tilgængelighedserklæring", anchor=False)
    contact = os.environ.get(CONTACT, "")
    if not contact.strip():
        LOG.warning("The accessibility statement has no contact: set %s", CONTACT)
    st.html(statement(contact))


def statement(contact: str) -> str:
    """Return the statement as HTML; `contact` is what the organisation says of how to reach it."""
    return (
        '<div class="erklaering">'
        '<p class="manchet">Erklæringen gælder Indsatsatlas og følger lov om tilgængelighed af '
        "offentlige organers websteder og mobilapplikationer (lov nr. 692 af 8. juni 2018).</p>"
        "<h2>Overholdelsesstatus</h2>"
        "<p>Webstedet <strong>overholder delvist</strong> den harmoniserede europæiske standard "
        "EN 301 549 (WCAG 2.1, niveau A og AA): de fleste krav er overholdt, og undtagelserne står "
        "herunder.</p>"
        f"<h2>Ikke-tilgængeligt indhold</h2><h3>Manglende overholdelse</h3>{_items(NOT_MET)}"
        "<h3>Uforholdsmæssig stor byrde</h3><p>Intet indhold er undtaget af den grund.</p>"
        "<h3>Indhold uden for loven</h3><p>Intet indhold er undtaget af den grund.</p>"
        f"<h3>Det ved vi ikke</h3>{_items(NOT_KNOWN)}"
        "<h2>Sådan er erklæringen lavet</h2>"
        f"<p>Vurderet {danish.date(ASSESSED_ON)} ved selvevaluering med automatiske prøver:</p>"
        f"{_items(DONE)}"
        f"<h2>Meld en fejl, eller bed om en anden form</h2>{_report(contact)}"
        "<h2>Håndhævelse</h2>"
        "<p>Digitaliseringsstyrelsen fører tilsyn med loven. Skriv først til den, der driver "
        "atlasset. Får du ikke svar inden for 10 arbejdsdage, eller er du ikke tilfreds med "
        "svaret, kan du henvende dig til Digitaliseringsstyrelsen. Hvordan står på "
        '<a href="https://digst.dk/digital-inklusion/webtilgaengelighed/" target="_blank" '
        'rel="noopener noreferrer">digst.dk under webtilgængelighed</a> (åbner i en ny fane).</p>'
        "</div>"
    )


def _report(contact: str) -> str:
    """Return how to reach the organisation, or plainly that nobody has filled it in."""
    told = contact.strip()
    if not told:
        return (
            '<p class="mangler"><strong>Kontakt er ikke oplyst.</strong> Den organisation, der '
            "driver denne udgave af atlasset, har ikke oplyst, hvordan den kan kontaktes skrift"
            "ligt og telefonisk. Skriv eller ring til organisationen på den måde, du plejer, og "
            "nævn adressen øverst i browseren. Indtil en kontakt står her, er erklæringen ikke "
            "fuldstændig efter loven.</p>"
        )
    shown = escape(told)
    linked = MAIL.sub(lambda found: f'<a href="mailto:{found[0]}">{found[0]}</a>', shown)
    return (
        f"<p>{linked}</p><p>Skriv, hvilken side det gælder (kopiér adressen), og hvad der ikke "
        "virkede. Skriv ikke personnumre eller helbredsoplysninger.</p>"
    )


def _items(texts: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"
