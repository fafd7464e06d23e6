"""What reading one file gives: what to show of it, and what to import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from queries.errors import UserError
from queries.imports import told
from queries.imports.told import About, Inspection
from queries.sources.incoming import Batch, Finding, Provenance

UNDATED = {
    True: "Dagen for offentliggørelsen er ikke oplyst",
    False: "Ikke offentliggjort: dataejerens eget udtræk",
}


@dataclass(frozen=True, eq=False)
class Reading:
    """One file as it was read with the data owner's answers so far.

    `batches` is empty as long as something is wrong or unanswered; `is_run`: a register's file of
    cells, which the store reads itself. `mapping` is how a sheet was read, to be kept under
    `fingerprint`.
    """

    inspection: Inspection
    findings: tuple[Finding, ...] = ()
    batches: tuple[Batch, ...] = ()
    is_run: bool = False
    fingerprint: str = ""
    mapping: Mapping[str, Any] = field(default_factory=dict)


def about_of(request: Mapping[str, Any]) -> About:
    """Return what the data owner has said of the source."""
    return About(**dict(request.get("about") or {}))


def provenance(said: About, sha256: str) -> Provenance:
    """Return what was said as the provenance of a batch read today.

    Raises UserError for a day that is none.
    """
    published = day(said.published_on)
    return Provenance(
        kind="published" if said.is_published else "file",
        publisher=said.publisher.strip() or "Ikke oplyst",
        title=said.title.strip() or "Uden titel",
        document_id=said.document_id.strip() or "Uden nummer",
        retrieved_on=dt.date.today(),
        licence=said.licence.strip() or "Ikke oplyst",
        published_on=published,
        published_note="" if published else UNDATED[bool(said.is_published)],
        sha256=sha256,
        corrects=said.corrects or None,
    )


def day(text: str) -> dt.date | None:
    """Return a written day, see `told.day`; None for ''. Raises UserError for anything else."""
    found = told.day(text)
    if found is None and text.strip():
        raise UserError(
            f"»{text[:20]}« er ikke en dag. Skriv dagen, hvor tallene er offentliggjort, som "
            "27-09-2017 eller 2017-09-27."
        )
    return found
