"""New numbers: what they are, how they were read, what is wrong, and yes."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from pages.indlaes import (
    about,
    changes,
    fetch,
    findings,
    given,
    machine,
    preview,
    progress,
    questions,
)
from pages.indlaes.access import only_owner
from pages.indlaes.given import Given
from pages.language import danish
from queries import Atlas, importing

PRIVACY = (
    "<strong>Filen gemmes ikke.</strong> Den ligger i serverens hukommelse, mens du har siden "
    "åben. Først når du siger ja til at indlæse, gemmes tallene: offentliggjorte som de er trykt, "
    "egne tal kun efter diskretionering."
)
STEPS = ("Vælg", "Se efter", "Kontrollér", "Indlæs")
SIZE = f"højst {importing.MOST_BYTES // 2**20} MB"
KEPT = "indlaes_slags_valgt"
WAIT = "<p>Når det, der er i gang, er færdigt, kan der indlæses mere.</p>"
REMEMBER = "Husk denne opsætning til næste ark med samme kolonner"


def draw(atlas: Atlas) -> None:
    """Draw the steps, as far as they have come."""
    here = given.current()
    if progress.is_running():
        st.html(steps(3) + WAIT)
        return
    st.html(steps(0 if here is None else 1))
    kind = _kind()
    if kind in fetch.SOURCES:
        fetch.draw(atlas, kind)
        return
    _ask(atlas, kind)
    st.html(f'<p class="note fortroligt">{PRIVACY}</p>')
    if here is None or here.kind != kind:
        return
    st.button("Fjern filen igen", key="indlaes_glem", on_click=given.forget)
    with st.spinner("Filen læses …"):
        seen = look(here)
    with st.container(key="indlaes_laest"):
        preview.draw(seen)
        questions.draw(seen)
    if here.kind != "register":
        about.draw(atlas, here, seen)
    findings.draw(seen)
    changes.draw(atlas, seen)
    _begin(here, seen)


def steps(at: int) -> str:
    """Return the steps of the wizard as HTML, with the one that the reader is at."""
    items = "".join(
        f'<li class="{"nu" if n == at else "klaret" if n < at else "venter"}"'
        f"{' aria-current=step' if n == at else ''}>{name}</li>"
        for n, name in enumerate(STEPS)
    )
    return f'<ol class="trin" aria-label="Trin">{items}</ol>'


def look(here: Given) -> importing.Inspection:
    """Return how the file is read, made anew where an answer is another than before."""
    asked = (here, given.answers(), _that_matters(given.about()))
    kept = given.recall("set")
    if kept is not None and kept[0] == asked:
        found: importing.Inspection = kept[1]
        return found
    answers = given.answers()
    found = importing.inspect(
        here.content,
        here.name,
        here.kind,
        about=given.about(),
        answers=dict(answers.chosen),
        sheet=answers.sheet,
    )
    given.remember("set", (asked, found))
    return found


def _that_matters(said: importing.About | None) -> importing.About | None:
    """Return what was said of the source without the texts, which no reading depends on."""
    if said is None:
        return None
    return replace(said, publisher="", title="", document_id="", licence="")


def _kind() -> str:
    # A field that is not drawn for a while, as during an import, loses its value.
    st.session_state.setdefault(given.KIND, st.session_state.get(KEPT, "fil"))
    chosen: str = st.radio(
        "Hvad vil du indlæse?",
        list(given.KINDS),
        format_func=given.KINDS.__getitem__,
        captions=list(given.EXPLAINED.values()),
        key=given.KIND,
        horizontal=True,
    )
    st.session_state[KEPT] = chosen
    return chosen


def _ask(atlas: Atlas, kind: str) -> None:
    endings = given.ENDINGS[kind]
    names = ", ".join(ending.upper() for ending in endings if ending != "htm")
    with st.container(key="indlaes_giv"):
        if kind == "register":
            _tell_of_runs(atlas)
        st.file_uploader(
            f"Vælg en fil ({names}, {SIZE})",
            type=list(endings),
            key=given.file_key(kind),
            on_change=given.uploaded,
            args=(kind,),
            max_upload_size=importing.MOST_BYTES // 2**20,
        )
        if kind == "svar":
            st.text_area(
                "Eller indsæt svarets tekst",
                key=given.text_key(),
                height=150,
                placeholder="Kopiér tabellen med dens overskrift i dokumentet, og indsæt den her",
            )
            st.button("Læs teksten", key="indlaes_laes", on_click=given.pasted)


def _tell_of_runs(atlas: Atlas) -> None:
    """Say which runs are in use already: those in the folder that every build reads."""
    names = [str(one) for one in machine.overview(atlas).get("register", ())]
    there = (
        f"Med uden at blive indlæst her: {danish.listing([escape(name) for name in names])}, som "
        "ligger i mappen <code>register</code> på serverens maskine. Den læses, hver gang "
        "datalageret bygges."
        if names
        else "Filer i mappen <code>register</code> på serverens maskine er med, hver gang "
        "datalageret bygges; der ligger ingen."
    )
    st.html(
        f"<p>{there} En kørsel, der indlæses her, kan fortrydes. Lav den med "
        "<code>python -m queries register compute</code>.</p>"
    )


def lacks(here: Given, seen: importing.Inspection) -> list[str]:
    """Return in Danish what is missing before the numbers can be imported."""
    missing = []
    errors = len(seen.of_level("error"))
    if errors:
        missing.append(
            "Ret fejlene i rapporten, og giv filen igen, eller vælg andet under »Sådan er filen "
            "læst«."
        )
    unanswered = [one.title for one in seen.questions if one.asked and not one.chosen]
    missing += [f"Svar på: {title}." for title in unanswered]
    if here.kind != "register":
        missing += about.lacks(given.about() or seen.about)
    if findings.missing(seen.findings):
        missing.append("Sæt kryds ved de advarsler, du har set på, eller ret filen.")
    if not missing and not seen.can_import:
        missing.append("Der er ingen tal at indlæse. Vælg andre kolonner eller en anden fil.")
    return missing


def _begin(here: Given, seen: importing.Inspection) -> None:
    missing = lacks(here, seen)
    with st.container(key="indlaes_ja"):
        st.html("<h2>Indlæs</h2>")
        if here.kind == "fil":
            key = given.widget("husk")
            st.checkbox(REMEMBER, key=key)
        if missing:
            items = "".join(f"<li>{escape(one)}</li>" for one in missing)
            st.html(f"<p>Før tallene kan indlæses:</p><ul>{items}</ul>")
        st.button(
            "Indlæs tallene",
            type="primary",
            key="indlaes_begynd",
            disabled=bool(missing),
            on_click=_start,
        )


@only_owner
def _start() -> None:
    here, kept = given.current(), given.recall("set")
    if here is None or kept is None or lacks(here, kept[1]):
        return
    answers = given.answers()
    progress.start(
        lambda: importing.begin_import(
            here.content,
            here.name,
            here.kind,
            about=given.about() or kept[1].about,
            answers=dict(answers.chosen),
            sheet=answers.sheet,
            accept=sorted(findings.accepted()),
            remember=bool(st.session_state.get(given.widget("husk"))),
        )
    )
