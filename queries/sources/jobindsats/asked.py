"""What a table is asked for and read by."""

from __future__ import annotations

from dataclasses import dataclass

from queries.sources.jobindsats.metadata import Metadata
from queries.sources.jobindsats.section import JobindsatsSection
from queries.sources.kommune_names import KommuneNames


@dataclass(frozen=True)
class Asked:
    """The catalogue's section of a table, its metadata, and the names of the kommuner."""

    section: JobindsatsSection
    metadata: Metadata
    names: KommuneNames

    @property
    def table(self) -> str:
        """The id of the table."""
        return self.metadata.table
