"""The proposals side by side: what each changes, what that costs, and the files of it."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.components.save_files import File, save_files
from pages.language import danish
from pages.language.disclosure import insiders
from pages.metode.sections import folded
from pages.tabeltjek.grid import Drawn, grid
from queries import Proposal, TableCell, TableReport

NAMES = {"hide": "skjul", "round": "afrund", "merge": "slaa-sammen"}
MOST_LINES = 40
LOST = {
    "hide": "Heraf skjult ud over de små tal",
    "round": "Afrundede antal",
    "merge": "Tal, der går tabt",
}
LEAD = (
    "Hvert forslag er efterprøvet på samme måde som tabellen selv. Det, der er ændret, er markeret "
    "med ramme og med tallet fra før."
)
COUNTS_ONLY = "bevist for antallene; andele og ændringer er ikke talt med"
UNCHANGED = "<p>Tabellen er den samme som den, du har givet, og vises ikke igen.</p>"
WIDTHS = ((6, "smal"), (9, "mellem"))
"""Up to so many columns: three abreast, two abreast; wider tables stand below each other."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(report: TableReport) -> None:
    """Draw the proposals of a report, if it has any."""
    if not report.proposals:
        return
    st.html(f'<h2 class="overskrift">Forslag</h2><p class="note">{LEAD}</p>')
    width = len(report.table.rows[0]) if report.table.rows else 0
    size = next((name for most, name in WIDTHS if width <= most), "bred")
    with st.container(horizontal=True, key=f"forslag_{size}"):
        for number, proposal in enumerate(report.proposals):
            with st.container(key=f"et_forslag_{number}"):
                st.html(told(proposal))
                if proposal.possible:
                    name, title = NAMES[proposal.method], f"Hent: {proposal.title}"
                    save_files(_files(proposal, name), title=title, key=f"f_{name}")


def told(proposal: Proposal) -> str:
    """Return one proposal as HTML: what was done, the numbers on it, and the table."""
    if not proposal.possible:
        why = folded(f"{proposal.title}: ikke muligt her", f"<p>{escape(proposal.sentence)}</p>")
        return f'<section class="forslag umuligt">{why}</section>'
    head = f"<h3>{escape(proposal.title)}</h3><p>{escape(proposal.sentence)}</p>"
    facts = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in _facts(proposal)
    )
    table = _table(proposal) if proposal.differences else UNCHANGED
    notes = "".join(f"<li>{escape(note)}</li>" for note in proposal.notes)
    below = f'<p class="vej">Skal stå under tabellen:</p><ul>{notes}</ul>' if notes else ""
    return f'<section class="forslag">{head}<dl class="fakta">{facts}</dl>{table}{below}</section>'


def _facts(proposal: Proposal) -> list[tuple[str, str]]:
    facts = [("Celler, der ændres", danish.number(len(proposal.differences)))]
    if proposal.cost != len(proposal.differences):
        facts.append((LOST[proposal.method], danish.number(proposal.cost)))
    if proposal.optimal and proposal.bound is None:
        facts.append(("Mindst mulige tab", COUNTS_ONLY))
    elif proposal.optimal:
        facts.append(("Mindst mulige tab", "ja, det er bevist"))
    elif proposal.gap is not None:
        excess = danish.pct(100 * proposal.gap, 1)
        facts.append(("Mindst mulige tab", f"ikke bevist; højst {excess} over det mindste"))
    else:
        facts.append(("Mindst mulige tab", "ikke undersøgt"))
    if proposal.audit is not None:
        told = insiders(proposal.audit.insiders)
        facts.append(("Efterprøvet", f"{proposal.audit.sentence} {told}".rstrip()))
    return facts


def _table(proposal: Proposal) -> str:
    before = {one.id: one.before for one in proposal.differences}

    def draw(cell: TableCell) -> Drawn | None:
        if cell.id not in before:
            return None
        old = escape(before[cell.id].strip()) or "(tom)"
        return Drawn(
            f"<ins>{escape(cell.text.strip()) or '(tom)'}</ins> <small>før {old}</small>", "aendret"
        )

    return grid(
        proposal.rows,
        proposal.header_rows,
        proposal.label_columns,
        caption=f"{proposal.title}: tabellen efter ændringen",
        draw=draw,
        most=MOST_LINES,
    )


def _files(proposal: Proposal, name: str) -> list[File]:
    return [
        File("Hent som CSV", f"tabel_{name}.csv", "text/csv", proposal.as_csv().encode()),
        File("Hent som Excel", f"tabel_{name}.xlsx", XLSX, proposal.as_xlsx()),
    ]
