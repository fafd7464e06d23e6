"""Fetch one table of the catalogue as a batch, when it has been updated since last time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl

from queries.sources.catalogue import Entry, KnownSeries
from queries.sources.incoming import Batch, Finding, Provenance
from queries.sources.kommune_names import KommuneNames
from queries.sources.statbank.agreement import agree
from queries.sources.statbank.cells import cells
from queries.sources.statbank.client import StatbankClient
from queries.sources.statbank.faults import fault
from queries.sources.statbank.periods import period_of
from queries.sources.statbank.plan import Plan, plan
from queries.sources.statbank.section import StatbankSection
from queries.sources.statbank.tableinfo import Table, fold

Progress = Callable[[str, float], None]


def fetch_table(
    entry: Entry[StatbankSection],
    client: StatbankClient,
    known: KnownSeries | None = None,
    progress: Progress | None = None,
    *,
    names: KommuneNames | None = None,
    today: dt.date | None = None,
) -> Batch | None:
    """Fetch all indicators of `entry`, or return None when there is nothing newer than `known`.

    Nothing is newer when the publisher has not updated the table since and all its periods are
    known; a table that was updated today is fetched again, since a correction may follow the same
    day. All periods are fetched: the publisher revises old ones. `progress` is told in Danish what
    goes on and how far it is (0 to 1). Raises UserError (StatbankError, SourceUnavailableError,
    ImportRefusedError) when the service, the table or the numbers are not as expected; then there
    is no batch, never a part of one.
    """
    tell = progress or (lambda _what, _share: None)
    now = today or dt.date.today()
    tell(f"Spørger, om tabel {entry.table} er opdateret", 0.0)
    table = client.tableinfo(entry.table)
    plans = _plans(entry.section, table, names or KommuneNames.from_csv())
    if known is not None and _is_known(table, plans[0], known, now):
        return None
    frames: list[pl.DataFrame] = []
    findings: list[Finding] = []
    for number, (measure, asked) in enumerate(zip(entry.section.indicators, plans, strict=True)):
        done = number / len(plans)
        tell(f"Henter tabel {entry.table}", done)
        bulk = client.bulk(asked.whole)
        tell(f"Efterprøver tabel {entry.table}", done + 0.5 / len(plans))
        agreed = agree(asked.whole, bulk, client.full(asked.whole), table.absent)
        frame, found = cells(asked, agreed, measure.indicator_id)
        frames.append(frame)
        findings += [one for one in found if one not in findings]
    tell(f"Tabel {entry.table} er læst", 1.0)
    return Batch(
        cells=pl.concat(frames),
        provenance=_provenance(entry, table, now),
        recorded_at=table.updated.date(),
        is_published=True,
        findings=tuple(findings),
    )


def _plans(section: StatbankSection, table: Table, names: KommuneNames) -> list[Plan]:
    if fold(table.unit) != fold(section.unit):
        what = f"tallene er nu i enheden »{table.unit}« og ikke »{section.unit}«."
        raise fault(table.table, what, "Ret kataloget, hvis tallene stadig er de rigtige.")
    first = period_of(section.first_period) or ""
    return [plan(table, one.select, names, first) for one in section.indicators]


def _is_known(table: Table, asked: Plan, known: KnownSeries, today: dt.date) -> bool:
    updated = table.updated.date()
    if known.updated_on is None or known.updated_on < updated or updated == today:
        return False
    return set(asked.periods.values()) <= known.periods


def _provenance(entry: Entry[StatbankSection], table: Table, today: dt.date) -> Provenance:
    note = f"{table.text}. Hentet i to former (BULK og JSON-stat), der stemmer overens."
    return Provenance(
        kind="api",
        publisher=entry.publisher,
        title=entry.title,
        document_id=f"Statistikbanken, tabel {table.table}",
        retrieved_on=today,
        licence=entry.licence,
        published_on=table.updated.date(),
        note=" ".join(f"{note} {table.footnote}".split()),
        series=entry.series,
        updated_on=table.updated.date(),
    )
