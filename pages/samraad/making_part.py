"""The part 'Lav dokumenter': a click, a progress bar, and a file that goes to this reader alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages.components.save_files import File, save_files
from pages.frame.filters import kommune_options
from pages.samraad import folder, making, writers
from pages.samraad.making import Job, Question
from queries import Atlas

TEXT, JOB, MADE, TEMPLATE, CODES, ALL = (
    "samraad_tekst",
    "samraad_job",
    "samraad_lavet",
    "samraad_skabelon",
    "samraad_kommuner",
    "samraad_alle",
)
EVERY = 0.7
"""Seconds between looks at a document on its way."""
MOST_TEMPLATE = 10
"""Megabytes."""
OF_FOLDER = ("word", "pdf", "powerpoint", "excel")
LEAD = (
    "Alle dokumenter har samme indhold: spørgsmål, svar og hver post med overskrift, kommentar, "
    "tal, kilde og dataversion. De kan rettes i Word, PowerPoint og Excel."
)
NOTE_LEAD = (
    "Én side pr. kommune med dens tal på alle mål, ved siden af landet og de sammenlignelige. "
    "Notaterne laves af de nyeste tal og kræver ingen mappe."
)
EMPTY = "Læg noget i mappen først."


@dataclass(frozen=True)
class Made:
    """A finished document: its kind, its files, what was left out, and the folder it is of."""

    what: str
    files: tuple[tuple[str, bytes], ...]
    told: tuple[str, ...]
    text: str


def draw(atlas: Atlas, text: str) -> None:
    """Draw the part for a folder's text."""
    there = [what for what in OF_FOLDER if writers.is_there(what)]
    if not there and not writers.is_there("note"):
        return
    with st.container(key="samraad_dokumenter"):
        st.html("<h2>Lav dokumenter</h2>")
        _part(atlas, text, tuple(there))


@st.fragment
def _part(atlas: Atlas, text: str, there: tuple[str, ...]) -> None:
    bare = not (text and folder.read(text).folder.entries)
    busy = _running() is not None
    if there:
        st.html(f'<p class="note">{EMPTY if bare else LEAD}</p>')
        with st.container(horizontal=True, key="samraad_slags"):
            for what in there:
                label = writers.DOCUMENTS[what].label
                _button(what, label, partial(_of_folder, what), disabled=bare or busy)
        if "word" in there:
            _template()
    if writers.is_there("note"):
        _notes(atlas, busy=busy)
    with st.container(key="samraad_status"):
        if busy:
            _live()
        else:
            _ended()


def _button(what: str, label: str, question: Callable[[], Question], *, disabled: bool) -> None:
    def begin() -> None:
        if _running() is None:
            st.session_state[JOB] = (
                making.begin(question()),
                st.session_state.get(TEXT, ""),
            )

    st.button(f"Lav {label}", key=f"samraad_lav_{what}", disabled=disabled, on_click=begin)


def _of_folder(what: str) -> Question:
    given = st.session_state.get(TEMPLATE) if what == "word" else None
    template = given.getvalue() if given is not None else b""
    return Question(what, st.session_state.get(TEXT, ""), template)


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


def _notes(atlas: Atlas, *, busy: bool) -> None:
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
        _button("note", label, partial(Question, "note", codes=codes), disabled=busy or not codes)


def _running() -> Job | None:
    """Return this session's document on its way, having taken in what is finished."""
    kept = st.session_state.get(JOB)
    if kept is None:
        return None
    job: Job = kept[0]
    if not job.over:
        return job
    if job.state == "done":
        made = Made(job.question.what, tuple(job.files), tuple(job.told), kept[1])
        st.session_state[MADE] = {**st.session_state.get(MADE, {}), made.what: made}
        st.session_state[JOB] = None
    return None


@st.fragment(run_every=EVERY)
def _live() -> None:
    kept = st.session_state.get(JOB)
    if kept is None or kept[0].over:
        st.rerun()
    job: Job = kept[0]
    label = writers.DOCUMENTS[job.question.what].label
    waits = job.state == "waits"
    told = "venter på, at et andet dokument bliver færdigt" if waits else "laves"
    st.progress(job.fraction, text=f"{label} {told} …")
    st.button("Afbryd", key="samraad_afbryd", on_click=job.stop)


def _ended() -> None:
    text = st.session_state.get(TEXT, "")
    kept = st.session_state.get(JOB)
    if kept is not None and kept[0].error:
        st.error(kept[0].error)
    made: dict[str, Made] = st.session_state.get(MADE, {})
    for one in made.values():
        for line in one.told:
            st.warning(line)
    if not made:
        return
    if any(one.text != text for one in made.values() if one.what != "note"):
        st.html('<p class="note">Mappen er ændret, siden et af dokumenterne blev lavet.</p>')
    save_files(
        [_file(one, *file) for one in made.values() for file in one.files],
        title="Hent dokumenterne",
        key="samraad_filer",
    )


def _file(one: Made, name: str, content: bytes) -> File:
    document = writers.DOCUMENTS[one.what]
    media_type = writers.ZIP if name.endswith(".zip") else document.media_type
    size = max(1, round(len(content) / 1000))
    shown = f"{size} kB" if size < 1000 else f"{size / 1000:.1f} MB".replace(".", ",")
    return File(f"Hent {document.label}: {name} ({shown})", name, media_type, content)
