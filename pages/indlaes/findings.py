"""What was found in a file: errors, warnings and notes with their places, and what is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.components.save_files import File, save_files
from pages.indlaes import given
from pages.indlaes.access import only_owner
from pages.language import danish
from pages.tabeltjek.understood import spoken
from queries import importing

LEVELS = {"error": "Fejl", "warning": "Advarsel", "note": "Oplysning"}
MANY = {"error": "fejl", "warning": "advarsler", "note": "oplysninger"}
ONE = {"error": "fejl", "warning": "advarsel", "note": "oplysning"}
MARKS = {"error": "✕", "warning": "!", "note": "i"}
MOST_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_READ = "Rapporten kommer, når spørgsmålene ovenfor er besvaret."
ACCEPT = "Jeg har set på det, og tallene skal indlæses alligevel:"


def draw(inspection: importing.Inspection) -> None:
    """Draw the report: how much was found, all of it, the refused rows, and what to accept."""
    with st.container(key="indlaes_rapport"):
        found = table(inspection.findings) if inspection.findings else ""
        unread = not (inspection.findings or inspection.series)
        lead = NOT_READ if unread else summary(inspection.findings)
        st.html(f"<h2>Rapport</h2><p>{lead}</p>{found}")
        if inspection.refused:
            files = [
                File("Hent som CSV", "afvist.csv", "text/csv", inspection.refused),
                File("Hent som Excel", "afvist.xlsx", XLSX, inspection.refused_xlsx),
            ]
            st.html(
                "<p>De rækker, der ikke kan bruges, kan hentes med begrundelser, rettes og gives "
                "igen.</p>"
            )
            save_files(
                [one for one in files if one.content], title="Afviste rækker", key="indlaes_afvist"
            )
        accept(inspection.of_level("warning"))


def summary(found: Sequence[importing.Told]) -> str:
    """Return how many errors, warnings and notes there are, in words."""
    if not found:
        return "Der er ikke fundet noget, der ser forkert ud."
    parts = []
    for level in LEVELS:
        count = sum(one.level == level for one in found)
        if count:
            parts.append(f"{danish.number(count)} {ONE[level] if count == 1 else MANY[level]}")
    return f"Fundet: {danish.listing(parts)}."


def by_code(found: Sequence[importing.Told]) -> dict[str, list[importing.Told]]:
    """Return findings by what they are accepted by."""
    groups: dict[str, list[importing.Told]] = {}
    for one in found:
        groups.setdefault(one.code, []).append(one)
    return groups


def accepted() -> frozenset[str]:
    """Return the codes of the warnings that are accepted."""
    return given.recall("godtaget") or frozenset()


def missing(found: Sequence[importing.Told]) -> int:
    """Return how many kinds of warnings are not accepted yet."""
    return len({one.code for one in found if one.level == "warning"} - accepted())


def table(found: Sequence[importing.Told]) -> str:
    """Return findings as an HTML table, the most serious first."""
    order = list(LEVELS)
    known = sorted(found, key=lambda one: order.index(one.level) if one.level in order else 9)
    rows = "".join(
        f'<tr class="{escape(one.level)}"><th scope="row"><span aria-hidden="true">'
        f"{MARKS.get(one.level, '')}</span> {LEVELS.get(one.level, escape(one.level))}</th>"
        f"<td>{escape(one.text)}</td><td>{escape(one.where)}</td><td>{escape(one.value)}</td></tr>"
        for one in known[:MOST_SHOWN]
    )
    more = len(known) - MOST_SHOWN
    rest = f'<p class="note">Og {danish.number(more)} til.</p>' if more > 0 else ""
    return (
        '<div class="rul fundliste" tabindex="0" role="region" aria-label="Det, der er fundet">'
        "<table><caption>Det, der er fundet</caption><thead><tr><th scope='col'>Slags</th>"
        "<th scope='col'>Hvad</th><th scope='col'>Hvor</th><th scope='col'>Der stod</th></tr>"
        f"</thead><tbody>{rows}</tbody></table></div>{rest}"
    )


def accept(warnings: Sequence[importing.Told]) -> None:
    """Draw a checkbox for each kind of warning."""
    for code, found in by_code(warnings).items():
        _accept(code, found)


def _accept(code: str, found: list[importing.Told]) -> None:
    key = given.widget(f"godtag_{code}")
    st.session_state[key] = code in accepted()
    more = f" (og {danish.number(len(found) - 1)} til af samme slags)" if len(found) > 1 else ""
    st.checkbox(
        f"{ACCEPT} {spoken(found[0].text)}{more}", key=key, on_change=_accepted, args=(code, key)
    )


@only_owner
def _accepted(code: str, key: str) -> None:
    now = accepted()
    given.remember("godtaget", now | {code} if st.session_state.get(key) else now - {code})
