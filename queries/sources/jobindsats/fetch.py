"""Fetch what is new of one table at Jobindsats: whole and checked, or not at all.

Tried against a stand-in of the documented endpoints only, never against the live service: what
the service really calls its columns and errors is not known. Everything is therefore found by
label through the table's metadata, and what is not found is told.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from queries.sources.catalogue import Entry, KnownSeries
from queries.sources.http import Body, Client
from queries.sources.incoming import Batch, Finding, ImportRefusedError, Provenance, incoming
from queries.sources.jobindsats.answer import read_answer
from queries.sources.jobindsats.asked import Asked
from queries.sources.jobindsats.cells import read_cells
from queries.sources.jobindsats.checks import findings
from queries.sources.jobindsats.columns import find_columns
from queries.sources.jobindsats.faults import listed, refuse
from queries.sources.jobindsats.found import Found
from queries.sources.jobindsats.metadata import fetch_metadata
from queries.sources.jobindsats.section import JobindsatsSection
from queries.sources.jobindsats.store import Aside
from queries.sources.jobindsats.tables import TableInfo, table_info
from queries.sources.kommune_names import KommuneNames

LATEST_AGAIN = 14
"""So many of the latest periods are fetched again each time, to catch what was revised."""
AT_A_TIME = 12
"""Periods per call."""

Progress = Callable[[str, float], None]


def fetch_table(
    entry: Entry[JobindsatsSection],
    client: Client,
    known: KnownSeries | None = None,
    progress: Progress | None = None,
    *,
    form: str = "json",
    folder: Path | None = None,
    today: dt.date | None = None,
) -> Batch | None:
    """Return what is new since `known`, or None when the table was not renewed since.

    A `known` without periods (an indicator was added to the entry) is as good as none.
    The periods that `known` lacks and the latest `LATEST_AGAIN` are fetched. An interrupted fetch
    goes on where it was. `progress` gets a Danish text and a share from 0 to 1. `folder` is where
    answers are kept meanwhile. Raises SourceUnavailableError when the service cannot be asked,
    ImportRefusedError when its answer is not what metadata and catalogue say.
    """
    tell = progress or (lambda _text, _share: None)
    section, table = entry.section, entry.table
    if not section.indicators:
        raise refuse(
            table,
            "not_mapped",
            "tabellens mål er ikke tilknyttet en indikator i kataloget.",
            do="Hent tabellens metadata, og skriv målenes navne i kataloget.",
        )
    tell(f"Spørger efter opdateringer af {table}", 0.0)
    info = table_info(client, table)
    if known and known.periods and known.updated_on and info.updated_on <= known.updated_on:
        return None
    names = KommuneNames.from_csv()
    metadata = fetch_metadata(client, table, section.hierarchy, section.period_type, names)
    held = known.periods if known else frozenset()
    wanted = [
        period
        for place, period in enumerate(metadata.periods)
        if period not in held or place >= len(metadata.periods) - LATEST_AGAIN
    ]
    fetch = _Fetch(
        Asked(section, metadata, names), client, Aside.open(table, info.updated_on, folder), form
    )
    try:
        fetch.ask(wanted, tell)
        if len(fetch.bodies) > 1 and table_info(client, table).updated_on != info.updated_on:
            raise refuse(
                table,
                "renewed_meanwhile",
                "tabellen blev opdateret, mens den blev hentet.",
                do="Hent den igen.",
            )
        batch = fetch.batch(entry, info, held, today or dt.date.today())
    except ImportRefusedError:
        fetch.aside.clear()
        raise
    fetch.aside.clear()
    tell(f"{table} er hentet", 1.0)
    return batch


@dataclass
class _Fetch:
    """One table while it is fetched."""

    asked: Asked
    client: Client
    aside: Aside
    form: str
    found: Found = field(default_factory=Found)
    bodies: list[Body] = field(default_factory=list)

    def ask(self, wanted: Sequence[str], tell: Progress) -> None:
        """Ask for the periods in parts; each is checked whole before it is kept aside."""
        table = self.asked.table
        for start in range(0, len(wanted), AT_A_TIME):
            part = wanted[start : start + AT_A_TIME]
            tell(f"Henter {table}: {part[0]} til {part[-1]}", (start + 1) / (len(wanted) + 1))
            selectors = self._selectors(part)
            question = f"{self.client.base} {sorted(selectors.items())}"
            kept = self.aside.read(question)
            what = f"tabel {table}, {part[0]} til {part[-1]}"
            body = kept or self.client.get(f"data/{table}", selectors, what=what)
            answer = read_answer(body, table)
            layout = find_columns(answer, self.asked)
            read_cells(answer, layout, self.asked, part, self.found)
            if kept is None:
                self.aside.keep(question, body)
            self.bodies.append(body)

    def _selectors(self, periods: Sequence[str]) -> dict[str, str]:
        """All measures, these periods, all areas, and the total of every other dimension."""
        metadata, section = self.asked.metadata, self.asked.section
        return {
            "mgroup.*": "*",
            f"period.{section.period_type}": ",".join(periods),
            f"hierarchy.{metadata.hierarchy}": "*",
            **{f"hierarchy.{other}": "/" for other in metadata.totals},
            "format": self.form,
        }

    def batch(
        self, entry: Entry[JobindsatsSection], info: TableInfo, held: frozenset[str], today: dt.date
    ) -> Batch:
        """Return all that was read, with its provenance and findings."""
        told = findings(self.found, self.asked)
        if gone := sorted(held - set(self.asked.metadata.periods)):
            text = f"Tabel {entry.table}: {len(gone)} perioder, atlasset har, findes ikke mere der."
            told.append(
                Finding("note", "periods_gone", f"{text} De bliver stående.", value=gone[0])
            )
        rows = pl.DataFrame(self.found.rows, infer_schema_length=None)
        cells = incoming(rows, told, what=f"Jobindsats, tabel {entry.table},")
        roles = entry.section.indicators
        labels = [label for one in roles for label in (one.numerator, one.share) if label]
        address = self.bodies[0].address.partition("?")[0]
        periods = cells["period"].unique().sort()
        provenance = Provenance(
            kind="api",
            publisher=entry.publisher,
            title=f"{info.name} ({entry.table})",
            document_id=entry.table,
            retrieved_on=today,
            licence=entry.licence,
            published_on=info.updated_on,
            published_note="den dag, tjenesten opgiver som seneste opdatering",
            sha256=_digest(self.bodies),
            note=f"Hentet fra {address}: {listed(labels)}, {periods[0]} til {periods[-1]}.",
            series=entry.series,
            updated_on=info.updated_on,
            next_on=info.next_on,
        )
        return Batch(cells, provenance, info.updated_on, is_published=True, findings=tuple(told))


def _digest(bodies: Sequence[Body]) -> str:
    """The hash of the one body, or of the hashes of all, a line each."""
    if len(bodies) == 1:
        return bodies[0].sha256
    lines = "".join(f"{body.sha256}\n" for body in bodies)
    return hashlib.sha256(lines.encode()).hexdigest()
