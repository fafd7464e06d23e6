"""The programmes in words: money, kommuner and people with the hedges of their documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

from pages.figures.timeline import Moment, Programme
from pages.frame import evidence
from pages.frame.links import link
from pages.frame.statements import HEDGE_WORDS
from pages.language import danish
from queries import Atlas, Source

SAME_MONEY = (
    "Midlerne i initiativpakken er fra puljen Bedre Ressourceforløb og skal ikke lægges til."
)
ALSO_ABOUT = {"flere_skal_med": ("gruppe_2", "virksomhedspraktik")}
"""Subjects of statements that are about a programme and do not carry its name."""

STANDS_AMONG = {"flere_skal_med_2_pilot": ("F14",)}
"""Statements about a programme that stand among those of another."""


def amount(row: Mapping[str, Any]) -> str:
    """Return the money in mio. kr., or an empty text."""
    value = row["amount_mio_kr"]
    return "" if value is None else danish.number(value, 0 if value == int(value) else 1)


def people(row: Mapping[str, Any]) -> str:
    """Return the number of people with its hedge, or an empty text."""
    if row["people"] is None:
        return ""
    return HEDGE_WORDS.get(row["people_hedge"], "") + danish.number(row["people"])


def facts(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return period, money, kommuner and people; what is not told is left out."""
    told = [
        row["period_text"],
        f"{amount(row)} mio. kr." if amount(row) else "",
        f"{row['kommuner']} kommuner" if row["kommuner"] else "",
        f"{people(row)} borgere" if people(row) else "",
    ]
    return tuple(part for part in told if part)


def bars(rows: pl.DataFrame) -> list[Programme]:
    """Return the façade's programmes as the timeline draws them."""
    return [
        Programme(row["initiative_id"], row["title"], row["starts_on"], row["ends_on"], facts(row))
        for row in rows.iter_rows(named=True)
    ]


def moments(atlas: Atlas) -> list[Moment]:
    """Return the months for which there are published counts of what the programmes are about."""
    counted = atlas.statements().filter(
        pl.col("subject").is_in(["passive_ressourceforloeb", "gruppe_2", "virksomhedspraktik"]),
        pl.col("period").is_not_null(),
    )
    return [
        Moment(_middle(period), f"opgjort<br>{_short(period)}")
        for period in sorted(counted["period"].unique())
    ]


def _short(month: str) -> str:
    """Return a month as briefly as Danish has it: 'juni 2017', 'dec. 2018'."""
    name, year = danish.period(month).split()
    return f"{name if len(name) < 5 else f'{name[:3]}.'} {year}"


def _middle(month: str) -> dt.date:
    return dt.date(int(month[:4]), int(month[5:]), 15)


def table(rows: pl.DataFrame, sources: Mapping[str, Source], selected: str | None) -> str:
    """Return the same programmes as a table, each title a link that chooses it."""
    body = "".join(
        f"<tr{' class=valgt' if row['initiative_id'] == selected else ''}><th scope='row'>"
        + link(row["title"], "initiativer", initiativ=row["initiative_id"])
        + f"</th><td>{escape(row['period_text'])}</td>"
        f"<td class='tal'>{amount(row) or '–'}</td><td class='tal'>{row['kommuner'] or '–'}</td>"
        f"<td class='tal'>{len(row['members']) or '–'}</td>"
        f"<td class='tal'>{people(row) or '–'}</td>"
        f"<td>{escape(evidence.reference(sources[row['source_id']]))}</td></tr>"
        for row in rows.iter_rows(named=True)
    )
    numbers = ("Mio. kr.", "Kommuner", "Heraf navngivet", "Borgere")
    heads = ("Initiativ", "Periode", *numbers, "Kilde")
    columns = "".join(
        f"<th scope='col'{' class=tal' if head in numbers else ''}>{head}</th>" for head in heads
    )
    return (
        '<div class="rul" tabindex="0" role="region" aria-label="Initiativer som tabel"><table>'
        f"<caption>Satspuljeinitiativer i dokumenterne. {SAME_MONEY} – betyder, at dokumentet "
        f"ikke oplyser det.</caption><thead><tr>{columns}</tr></thead><tbody>{body}</tbody>"
        "</table></div>"
    )


def statements_of(rows: pl.DataFrame, initiative_id: str) -> pl.DataFrame:
    """Return the published statements about one programme, in the documents' order."""
    subjects = (initiative_id, *ALSO_ABOUT.get(initiative_id, ()))
    own = pl.col("subject").is_in(subjects)
    return rows.filter(own | pl.col("statement_id").is_in(STANDS_AMONG.get(initiative_id, ())))


def documents_of(
    row: Mapping[str, Any], told: pl.DataFrame, sources: Mapping[str, Source]
) -> list[Source]:
    """Return the documents behind a programme: its own first, then those of its statements."""
    used = [row["source_id"], *told["source_id"].unique(maintain_order=True)]
    return [sources[source_id] for source_id in dict.fromkeys(used)]
