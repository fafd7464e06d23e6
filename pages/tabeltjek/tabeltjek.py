"""The page 'Tabeltjek': what a table of one's own gives away, and how it could be sent safely.

The table is the reader's and stays so: see `given`. Choices stand in the address, content never.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components.save_files import File, save_files
from pages.frame import confidential
from pages.language import danish, synthetic
from pages.tabeltjek import given, leaks, proposals, settings, understood
from pages.tabeltjek.given import Given
from pages.tabeltjek.settings import Settings
from queries import Atlas, TableReport, check_table

T = TypeVar("T")
LEAD = (
    "Skal du sende en tabel, hvor små tal er skjult? Se først, om de kan regnes ud af summer, "
    "andele og resten af tabellen, og få et forslag, der holder."
)
PRIVACY = (
    "<strong>Intet gemmes.</strong> Tabellen ligger i serverens hukommelse, mens du har siden "
    "åben, og slettes, få minutter efter at du har lukket den. Den skrives ikke på disk, ikke i "
    "logfiler og ikke i adressen, og ingen andre kan se den. Må den ikke forlade din maskine, så "
    "kør atlasset der, eller brug kommandoen <code>python -m queries tabeltjek FIL</code>."
)
FAILED = (
    "Tabellen kunne ikke undersøges på grund af en fejl i programmet. Prøv med et mindre udsnit, "
    "eller gem tabellen som CSV. Hvis fejlen bliver ved, så oplys hændelsesnummer **{}** til den, "
    "der driver løsningen. Intet af tabellen står i loggen."
)
INTERNAL = (
    "Rapporten indeholder alle tal, som de var, før noget blev skjult. Send den ikke sammen med "
    "tabellen: det, der kan sendes, er filerne under forslagene."
)
ANOTHER = "Ret tabellen, eller giv en anden"
SHEET = "ark_i_tabel"
WAYS = {
    "indsat": "Indsat tabel",
    "fil": "Fil",
    "opdigtet": "Opdigtet eksempel",
    "offentliggjort": "Offentliggjort tabel",
}
MADE_UP = f'<p class="syntetisk">{synthetic.WARNING}.</p>'


def show(_atlas: Atlas) -> None:
    """Draw the ways to give a table, and what was found out about the one that is given.

    The ways stand in one place of Streamlit's tree, whatever stands above and below: a field that
    is drawn in another place is made anew, and loses the file that is on its way.
    """
    st.title("Tabeltjek", anchor=False)
    above, ways, below = st.container(), st.container(), st.container()
    here, report = given.current(), None
    if here is not None:
        with above:
            chosen, problems = settings.read()
            for problem in problems:
                st.warning(problem)
            with st.spinner("Tabellen undersøges …"):
                report = guarded(lambda: answer(here, chosen))
    with ways:
        _ways(opened=report is None)
    if here is None or report is None:
        above.html(f'<p class="manchet">{LEAD}</p>')
    else:
        found = report
        guarded(lambda: _draw(here, chosen, found, above, below))
    below.html(f'<p class="note fortroligt">{PRIVACY}</p>')


def guarded(make: Callable[[], T]) -> T | None:
    """Return what `make` makes, see `confidential.guarded`."""
    return confidential.guarded(make, FAILED, "a table was checked")


def _ways(*, opened: bool) -> None:
    """Draw the ways to give a table: all there is without one, else folded away below the verdict.

    They are one expander in both cases; without a verdict it has no heading (`tabeltjek.css`).
    """
    with st.container(key="giv_tabel"), st.expander(ANOTHER, expanded=opened):
        given.draw()


def _draw(
    here: Given,
    chosen: Settings,
    report: TableReport,
    above: DeltaGenerator,
    below: DeltaGenerator,
) -> None:
    mark = MADE_UP if here.way == "opdigtet" else ""
    with above:
        st.html(mark + leaks.verdict_box(report, _read(here, report), chosen.criterion))
        with st.container(horizontal=True, key="tabeltjek_vaerktoej"):
            st.button("Fjern tabellen", on_click=given.forget, key="tabeltjek_glem")
    with below:
        settings.draw(chosen)
        _sheets(report)
        found = f"<div>{leaks.marked_table(report)}</div>{leaks.told_leaks(report)}"
        read = f"{understood.problems(report)}{leaks.key(report)}"
        st.html(f'{read}<div class="tabelfund">{found}</div>')
        understood.draw(report)
        proposals.draw(report)
        _own_report(report)


def _own_report(report: TableReport) -> None:
    """Draw the whole report as a file, below what may be handed on: it holds every number."""
    st.html(f'<h2 class="overskrift">Til dig selv</h2><p class="note">{INTERNAL}</p>')
    audit = File(
        "Hent rapport til eget brug (indeholder de oprindelige tal)",
        "tabeltjek_rapport_INTERN.json",
        "application/json",
        report.as_json().encode(),
    )
    save_files([audit], title="Rapport til eget brug", key="f_rapport")


def answer(here: Given, chosen: Settings) -> TableReport:
    """Return the report, made anew where the table or a choice is another than before."""
    sheet = given.recall("om_ark") or ""
    asked = (here, chosen, sheet, understood.switched_off())
    kept = given.recall("om_svar")
    if kept is not None and kept[0] == asked:
        found: TableReport = kept[1]
        return found
    report = check_table(
        here.octets,
        sheet=sheet,
        threshold=chosen.threshold,
        zeros_are_shown=chosen.zeros_are_shown,
        criterion=chosen.criterion,
        hidden_is_small=chosen.hidden_is_small,
        without=tuple(sorted(asked[3])),
    )
    given.remember("om_svar", (asked, report))
    return report


def _sheets(report: TableReport) -> None:
    """Draw the choice of a sheet where a workbook has several; it is content, so no address."""
    sheets = report.table.sheets
    if len(sheets) < 2:
        return
    st.session_state[SHEET] = report.table.sheet

    def chosen() -> None:
        given.remember("om_ark", st.session_state.get(SHEET, ""))
        given.remember("om_fra", frozenset())

    st.selectbox("Ark", sheets, key=SHEET, on_change=chosen)


def _read(here: Given, report: TableReport) -> str:
    """Return in one line what was read."""
    table = report.table
    lines, width = len(table.rows) - table.header_rows, 0
    if table.rows:
        width = len(table.rows[0]) - table.label_columns
    down = f"{danish.number(lines)} {'linje' if lines == 1 else 'linjer'}"
    across = f"{danish.number(width)} {'kolonne' if width == 1 else 'kolonner'}"
    return f"{WAYS[here.way]} læst som {table.form}: {down} og {across} med tal."
