"""The calendar: when new numbers are expected, month by month, and what is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from pages.indlaes import machine
from pages.indlaes.dates import told_date
from pages.language import danish
from queries import MONTHS, Atlas

LEAD = (
    "<p>Hvornår der ventes nye tal i de tabeller, der kan hentes. Dagen er oplyst af kilden, hvor "
    "den gør det; ellers er den anslået ud fra, hvor tit tabellen fornyes.</p>"
)
NONE = "<p>Der er ingen tabeller i kataloget, der er knyttet til en indikator.</p>"
BASIS = {"publisher": "oplyst af kilden", "frequency": "anslået", "unknown": "ikke hentet endnu"}
UNDATED = "Uden dag"


def draw(atlas: Atlas) -> None:
    """Draw the publication dates that are known."""
    days = machine.overview(atlas).get("calendar", ())
    st.html(f"<h2>Kalender</h2>{by_month(days)}")


def by_month(days: Sequence[Mapping[str, Any]]) -> str:
    """Return the expected days as HTML, under their months; those without a day stand last."""
    if not days:
        return NONE
    late = sum(bool(one["overdue"]) for one in days)
    word = "tabel er forsinket" if late == 1 else "tabeller er forsinket"
    lead = f"<p><strong>{danish.number(late)} {word}.</strong></p>" if late else ""
    months: dict[str, list[str]] = {}
    for one in days:
        months.setdefault(_month(one["on"]), []).append(_item(one))
    parts = "".join(
        f"<section><h3>{month}</h3><ul>{''.join(items)}</ul></section>"
        for month, items in months.items()
    )
    return f'{LEAD}{lead}<div class="kalender">{parts}</div>'


def _month(day: str | None) -> str:
    if day is None:
        return UNDATED
    found = dt.date.fromisoformat(day)
    return f"{MONTHS[found.month - 1]} {found.year}"


def _item(one: Mapping[str, Any]) -> str:
    title = f"{escape(one['title'])} <small>({escape(one['source'])})</small>"
    basis = BASIS.get(one["basis"], "")
    if one["on"] is None:
        return f"<li>{title}: {basis}</li>"
    word = "skulle være kommet" if one["overdue"] else "forventes"
    kind = ' class="forsinket"' if one["overdue"] else ""
    since = f", nu tal fra {told_date(one['updated_on'])}" if one["updated_on"] else ""
    return (
        f"<li>{title}: <strong{kind}>{word} {told_date(one['on'])}</strong> ({basis}{since})</li>"
    )
