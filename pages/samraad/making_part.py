"""The part 'Lav dokumenter': a click, a progress bar, and a file that goes to this reader alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from pages.components.folder import Documents
from pages.components.save_files import File, save_files
from pages.frame.filters import kommune_options
from pages.samraad import folder, making, writers
from pages.samraad.addresses import host_of
from pages.samraad.documents.short import MOST
from pages.samraad.making import Job, Question
from pages.samraad.model import Folder
from queries import Atlas

TEXT, JOB, MADE, TEMPLATE, CODES, ALL = (
    "samraad_tekst",
    "samraad_job",
    "samraad_lavet",
    "samraad_skabelon",
    "samraad_kommuner",
    "samraad_alle",
)
SHORT = "samraad_kort"
SHORT_HELP = (
    f"Tabeller over {MOST} rækker får kun den markerede række med naboer og begge ender, og siger, "
    "hvor mange rækker der ikke er vist. Excel har dem alle."
)
EVERY = 0.7
"""Seconds between looks at a document on its way."""
MOST_TEMPLATE = 10
"""Megabytes."""
OF_FOLDER = ("word", "pdf", "powerpoint", "excel")
LEAD = (
    "Word, PDF og PowerPoint har spørgsmål, svar og hver post med overskrift, kommentar, figur, "
    "kilde og dataversion. Excel har posternes tal og kilder. Alt kan rettes videre i programmerne."
)
NOTE_LEAD = (
    "Én side pr. kommune med dens tal på alle mål, ved siden af landet og de sammenlignelige. "
    "Notaterne laves af de nyeste tal og kræver ingen mappe."
)


@dataclass(frozen=True)
class Made:
    """A finished document: what was asked for, its files, and what was left out of them."""

    question: Question
    files: tuple[tuple[str, bytes], ...]
    told: tuple[str, ...]

    @property
    def what(self) -> str:
        """Its kind."""
        return self.question.what

    @property
    def text(self) -> str:
        """The folder that it was made of."""
        return self.question.folder


def documents() -> Documents:
    """Return what the folder's editor offers to make; a press there comes to `asked`."""
    offered = [
        (what, writers.DOCUMENTS[what].label) for what in OF_FOLDER if writers.is_there(what)
    ]
    return Documents(offered, LEAD, waits=_running() is not None)


def asked(told: Mapping[str, Any]) -> None:
    """Begin the document that was asked for, of the folder's text as it was at the press."""
    what, text = told.get("w"), told.get("t")
    if what in OF_FOLDER and isinstance(text, str) and len(text) <= folder.MOST_BYTES:
        given = st.session_state.get(TEMPLATE) if what == "word" else None
        template = given.getvalue() if given is not None else b""
        short = bool(st.session_state.get(SHORT))
        _begin(Question(what, text, template, host=host_of(st.context.url), short=short))


def draw(atlas: Atlas) -> None:
    """Draw what is on its way and what is finished, the template, and the notes on kommuner."""
    with st.container(key="samraad_dokumenter"):
        with st.container(key="samraad_status"):
            if _running() is not None:
                _live()
            else:
                _ended()
        st.checkbox("Kort udgave af Word og PDF", key=SHORT, help=SHORT_HELP)
        if writers.is_there("word"):
            _template()
        if writers.is_there("note"):
            _notes(atlas)


def _begin(question: Question) -> None:
    if _running() is None:
        st.session_state[JOB] = making.begin(question)


def _template() -> None:
    with st.expander("Brug ministeriets egen Word-skabelon"):
        st.file_uploader(
            f"Skabelon (DOCX, højst {MOST_TEMPLATE} MB)",
            type=["docx"],
            key=TEMPLATE,
            max_upload_size=MOST_TEMPLATE,
            help="Dokumentet får skabelonens typografier, sidehoved og sidefod. Skabelonen gemmes "
            "ikke.",
        )


def _notes(atlas: Atlas) -> None:
    st.html(f'<h3>Kommunenotater</h3><p class="note">{NOTE_LEAD}</p>')
    names = kommune_options(atlas.areas())
    every = bool(st.session_state.get(ALL))
    with st.container(horizontal=True, vertical_alignment="bottom", key="samraad_notater"):
        chosen = st.multiselect(
            "Kommuner",
            list(names),
            format_func=lambda code: names.get(code, code),
            key=CODES,
            placeholder="Vælg kommuner",
            disabled=every,
        )
        st.checkbox(f"Alle {len(names)}", key=ALL)
        codes = tuple(names) if every else tuple(chosen)
        label = "kommunenotat" if len(codes) == 1 else "kommunenotater"
        st.button(
            f"Lav {label}",
            key="samraad_lav_note",
            disabled=_running() is not None or not codes,
            on_click=_begin,
            args=(Question("note", codes=codes),),
        )


def _running() -> Job | None:
    """Return this session's document on its way, having taken in what is finished."""
    job: Job | None = st.session_state.get(JOB)
    if job is None or not job.over:
        return job
    if job.state == "done":
        made = Made(job.question, tuple(job.files), tuple(job.told))
        st.session_state[MADE] = {**st.session_state.get(MADE, {}), made.what: made}
        st.session_state[JOB] = None
    return None


@st.fragment(run_every=EVERY)
def _live() -> None:
    job: Job | None = st.session_state.get(JOB)
    if job is None or job.over:
        st.rerun()
    label = writers.DOCUMENTS[job.question.what].label
    waits = job.state == "waits"
    told = "venter på, at et andet dokument bliver færdigt" if waits else "laves"
    st.progress(job.fraction, text=f"{label} {told} …")
    st.button("Afbryd", key="samraad_afbryd", on_click=job.stop)


def _ended() -> None:
    job: Job | None = st.session_state.get(JOB)
    if job is not None and job.error:
        st.error(job.error)
    made: dict[str, Made] = st.session_state.get(MADE, {})
    for line in dict.fromkeys(line for one in made.values() for line in one.told):
        st.warning(line)
    if not made:
        return
    now = _without_prints(st.session_state.get(TEXT, ""))
    if any(_without_prints(one.text) != now for one in made.values() if one.what != "note"):
        st.html('<p class="note">Mappen er ændret, siden et af dokumenterne blev lavet.</p>')
    save_files(
        [_file(one, *file) for one in made.values() for file in one.files],
        title="Hent dokumenterne",
        key="samraad_filer",
    )


def _without_prints(text: str) -> Folder:
    """Return a folder as its reader made it: fingerprints are put in when it is looked up."""
    read = folder.read(text).folder if text else Folder()
    return replace(read, entries=tuple(replace(one, fingerprint="") for one in read.entries))


def _file(one: Made, name: str, content: bytes) -> File:
    document = writers.DOCUMENTS[one.what]
    media_type = writers.ZIP if name.endswith(".zip") else document.media_type
    size = max(1, round(len(content) / 1000))
    shown = f"{size} kB" if size < 1000 else f"{size / 1000:.1f} MB".replace(".", ",")
    return File(f"Hent {document.label}: {name} ({shown})", name, media_type, content)
