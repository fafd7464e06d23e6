"""What the numbers were understood to be bound by: sums and shares, each to be switched off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.language import danish
from pages.tabeltjek import given
from queries import TableReport, Understood

_OFF = "om_fra"
MOST_REASONS = 10
"""Reasons that stand in the verdict's box; what stands there is not said again."""
BASES = {"navn": "læst af navnene", "tal": "fundet i tallene", "valgt": "valgt af dig"}
LEAD = (
    "En læser ved, hvad der er summer. Fjern markeringen ved det, der ikke passer på din tabel: "
    "så regnes der om."
)
NONE = (
    "<p>Der er ikke fundet summer eller andele i tabellen, så kun de trykte tal er efterset. "
    "Kender en læser et tal i alt andre steder fra, så tag det med i tabellen.</p>"
)


def switched_off() -> frozenset[str]:
    """Return the ids that the reader has switched off, for the table of this session."""
    return given.recall(_OFF) or frozenset()


def draw(report: TableReport) -> None:
    """Draw one switch per sum or share, and what does not fit."""
    with st.container(key="forstaaet"):
        lead = f'<p class="note">{LEAD}</p>' if report.understood else NONE
        st.html(f"<h2>Sådan er tabellen forstået</h2>{lead}")
        for one in report.understood:
            key = f"sum_i_tabel_{one.id}"
            st.session_state[key] = one.fits and one.id not in switched_off()
            st.checkbox(
                label(one),
                key=key,
                disabled=not one.fits,
                on_change=_switched,
                args=(one.id, key),
            )


def label(one: Understood) -> str:
    """Return what a switch says, as Markdown in which nothing of the table counts as markup."""
    lines = "1 linje" if one.equations == 1 else f"{danish.number(one.equations)} linjer"
    if one.fits:
        return f"{spoken(one.title)} ({BASES.get(one.basis, one.basis)}, {lines})"
    broken = danish.number(one.broken)
    return f"{spoken(one.title)} (bruges ikke: passer ikke i {broken} af {lines})"


def plain(text: str) -> str:
    r"""Return a text that Markdown shows as it is: '3*4' -> '3\*4'."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~:$^=&])", r"\\\1", text)


_ALIKE = str.maketrans("\\`*_[]<>#~$", "∖'∗‗()‹›♯∼＄")


def spoken(text: str) -> str:
    """Return a text for the label of a checkbox, with no sign that Markdown takes for markup.

    Streamlit gives a label to screen readers as it was written, so nothing can be escaped in it:
    signs are replaced by others that look alike. What was printed stands exactly elsewhere.
    """
    return re.sub(r":(?=\S)", ":\N{HAIR SPACE}", text.translate(_ALIKE))


def _switched(name: str, key: str) -> None:
    off = switched_off()
    given.remember(_OFF, off - {name} if st.session_state.get(key, True) else off | {name})


def problems(report: TableReport) -> str:
    """Return as HTML what does not fit together, and what the reader should know of the reading."""
    said = set(report.summary.reasons[:MOST_REASONS])
    remarks = _remarks([one for one in report.remarks if one not in said])
    texts = [one.text for one in report.problems if one.text not in said]
    if not texts:
        return remarks
    items = "".join(f"<li>{escape(text)}</li>" for text in texts[:10])
    more = len(texts) - 10
    rest = f"<p>Og {danish.number(more)} til.</p>" if more > 0 else ""
    return (
        f'<div class="forbehold"><p><strong>Noget passer ikke sammen</strong></p><ul>{items}</ul>'
        f"{rest}</div>{remarks}"
    )


def _remarks(remarks: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(one)}</li>" for one in remarks)
    return f"<ul>{items}</ul>" if items else ""
