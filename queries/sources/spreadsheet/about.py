"""Where a sheet comes from, as the data owner says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from queries.sources.incoming import Provenance, SourceKind


@dataclass(frozen=True)
class About:
    """What a sheet cannot say of itself; the fields of `Provenance`.

    `is_published`: others have published the numbers, so they are shown as printed. `series` names
    what newer sheets are vintages of; `corrects` is the source_id of what this one corrects.
    """

    publisher: str
    title: str
    document_id: str
    is_published: bool
    kind: SourceKind = "file"
    published_on: dt.date | None = None
    published_note: str = ""
    retrieved_on: dt.date = field(default_factory=dt.date.today)
    licence: str = ""
    series: str = ""
    corrects: str | None = None
    updated_on: dt.date | None = None
    next_on: dt.date | None = None
    sha256: str | None = None
    note: str = ""
    recorded_at: dt.date | None = None

    @property
    def known_from(self) -> dt.date:
        """The day from which the numbers were known."""
        return self.recorded_at or self.updated_on or self.published_on or self.retrieved_on

    def provenance(self) -> Provenance:
        """Return it as a batch carries it."""
        return Provenance(
            kind=self.kind,
            publisher=self.publisher,
            title=self.title,
            document_id=self.document_id,
            retrieved_on=self.retrieved_on,
            licence=self.licence,
            published_on=self.published_on,
            published_note=self.published_note,
            sha256=self.sha256,
            note=self.note,
            series=self.series,
            corrects=self.corrects,
            updated_on=self.updated_on,
            next_on=self.next_on,
        )
