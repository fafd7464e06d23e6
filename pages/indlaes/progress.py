"""The import that is running, and how the last one of this session ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from pages.components.bring_to import bring_to
from pages.indlaes import access, findings, given
from pages.language import danish
from queries import UserError, importing

JOB = "indlaes_job"
PROBLEM = "indlaes_job_fejl"
FETCHED = "indlaes_hentet"
SEEN = "indlaes_job_set"
EVERY = 1.0
"""Seconds between looks at a running job."""
KINDS = {"fortryd": "Fortrydelsen", "hent": "Hentningen"}
REFUSED = (
    "Indlæsningen blev afvist, og intet er ændret. Hvorfor, blev vist, da den sluttede; giv filen "
    "igen for at se det."
)


def begin(name: str) -> None:
    """Follow a job from here on, in this session."""
    st.session_state[JOB] = name


def start(begin_job: Callable[[], str]) -> None:
    """Start a job and follow it; why it cannot start is told when the page is drawn."""
    try:
        begin(begin_job())
    except UserError as error:
        st.session_state[PROBLEM] = str(error)


def is_running() -> bool:
    """Whether a job is running, of this session or of another one."""
    return importing.running() is not None


def draw() -> None:
    """Draw the job of this session, or the one that is running; nothing where there is none."""
    running = importing.running()
    name = running.job if running else st.session_state.get(JOB, "")
    told = importing.job(name) if name else None
    with st.container(key="indlaes_status"):
        if problem := st.session_state.pop(PROBLEM, None):
            st.error(problem)
        if told is None:
            return
        st.session_state[JOB] = told.job
        if told.over:
            _ended(told)
        else:
            _live(told.job)


@st.fragment(run_every=EVERY)
def _live(name: str) -> None:
    told = importing.job(name) if access.is_owner() else None
    if told is None or told.over:
        st.rerun()
    st.html(f'<p role="status"><strong>{escape(sentence(told))}</strong></p>')
    st.html(bar(told))
    st.button(
        "Afbryd",
        key="indlaes_afbryd",
        disabled=told.step == "use",
        on_click=_cancel,
        args=(name,),
    )


def sentence(told: importing.Progress) -> str:
    """Return in one sentence which step is being taken."""
    if told.step in importing.WAITS:
        return f"{_what(told)} {importing.WAITS[told.step]}."
    steps = list(importing.STEPS)
    at = _at(told)
    return f"{_what(told)} er i gang: trin {at + 1} af {len(steps)}, {importing.STEPS[steps[at]]}."


def bar(told: importing.Progress) -> str:
    """Return the steps of a job as HTML, with the one that is being taken."""
    at = _at(told)
    items = "".join(
        f'<li class="{_state(n, at)}"{" aria-current=step" if n == at else ""}>{escape(name)}</li>'
        for n, name in enumerate(importing.STEPS.values())
    )
    percent = round(100 * told.fraction)
    return (
        f'<div class="forloeb"><progress max="100" value="{percent}" '
        f'aria-label="{escape(_what(told))}">{percent} pct.</progress>'
        f'<ol class="trin">{items}</ol><p class="note">{_since(told.began)} '
        "Siden kan lukkes imens; arbejdet fortsætter.</p></div>"
    )


def _at(told: importing.Progress) -> int:
    steps = list(importing.STEPS)
    return steps.index(told.step) if told.step in steps else 0


def _what(told: importing.Progress) -> str:
    return KINDS.get(told.kind, "Indlæsningen")


def _state(number: int, at: int) -> str:
    if number == at:
        return "nu"
    return "klaret" if number < at else "venter"


def _since(began: str) -> str:
    try:
        start = dt.datetime.fromisoformat(began)
    except ValueError:
        return ""
    minutes, seconds = divmod(int((dt.datetime.now(dt.UTC) - start).total_seconds()), 60)
    return (
        f"Begyndt for {minutes} min. {seconds} sek. siden."
        if minutes
        else (f"Begyndt for {seconds} sek. siden.")
    )


@access.only_owner
def _cancel(name: str) -> None:
    importing.cancel(name)


@access.only_owner
def _dismiss() -> None:
    st.session_state.pop(JOB, None)


def _ended(told: importing.Progress) -> None:
    if told.state == "done":
        st.html(result(dict(told.outcome), told.job))
        if notes := _notes(told.outcome):
            st.html(findings.table(notes))
        if st.session_state.get(SEEN) != told.job:
            st.session_state[SEEN] = told.job
            if told.kind not in KINDS:
                given.forget()
    else:
        st.html(
            f'<section class="dom usikker" role="status" data-besked="{escape(told.job)}">'
            f'<p class="manchet">'
            f"{escape(told.message or REFUSED)}</p></section>"
        )
        if told.findings:
            st.html(findings.table(told.findings))
        if told.kind == "hent":
            _again(told.findings)
    st.button("Luk beskeden", key="indlaes_luk", on_click=_dismiss)
    bring_to(told.job, key="indlaes_hen_til")


def _notes(outcome: Mapping[str, Any]) -> list[importing.Told]:
    """Return what was found while it was imported, as the control of what may be shown says it."""
    return [
        importing.Told(str(one["level"]), str(one["code"]), str(one["text"]))
        for one in outcome.get("findings", ())
        if one["level"] == "note" and one["code"] == "month_not_shown"
    ]


def _again(found: Sequence[importing.Told]) -> None:
    """Draw the way to fetch again, where only a yes to warnings was missing."""
    if not st.session_state.get(FETCHED) or any(one.level == "error" for one in found):
        return
    findings.accept([one for one in found if one.level == "warning"])
    st.button(
        "Hent igen",
        type="primary",
        key="indlaes_hent_igen",
        disabled=bool(findings.missing(found)),
        on_click=_fetch_again,
    )


@access.only_owner
def _fetch_again() -> None:
    entries, accept = st.session_state.get(FETCHED, []), sorted(findings.accepted())
    start(lambda: importing.begin_fetch(entries, accept=accept))


def result(outcome: dict[str, Any], job: str) -> str:
    """Return how an import ended, with what changed, as HTML; `job` is its id."""
    status = str(outcome.get("status", ""))
    head = {
        "imported": "Tallene er taget i brug.",
        "unchanged": "Tallene var der i forvejen. Intet er ændret.",
        "undone": "Indlæsningen er fortrudt.",
    }.get(status, "Færdig.")
    counts = [
        ("nye celler", outcome.get("added")),
        ("ændrede celler", outcome.get("changed")),
        ("celler taget tilbage", outcome.get("withdrawn")),
        ("uenigheder med andre kilder", outcome.get("conflicts")),
        ("egne celler skjult af fortrolighedskontrollen", outcome.get("hidden")),
    ]
    numbers = "".join(
        f"<div><dt>{name}</dt><dd>{danish.number(int(value))}</dd></div>"
        for name, value in counts
        if value is not None
    )
    version = escape(str(outcome.get("version") or ""))
    told = f"<p>Dataversion <code>{version}</code> vises nu på alle sider.</p>" if version else ""
    links = (
        '<p><a href="/overblik" target="_self">Se overblikket</a> · '
        '<a href="/kilder" target="_self">Se kilderne</a></p>'
    )
    return (
        f'<section class="dom sikker" role="status" data-besked="{escape(job)}">'
        f'<p class="manchet">{head}</p>'
        f'<dl class="noegletal">{numbers}</dl>{told}{links}</section>'
    )
