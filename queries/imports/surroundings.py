"""What an import is made in: all other numbers, and how the warehouse is made of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

import polars as pl

from queries.errors import UserError
from queries.imports.store import Imported
from queries.indicators.definition import load_indicators
from queries.register.cell_file import METADATA_KEY
from queries.sources import facts
from queries.warehouse.content import (
    SYNTHETIC_REGISTER,
    Content,
    full_content,
    inputs_hash,
    own_files,
    own_runs,
    published_cells,
)
from queries.warehouse.documents import told_by_others
from queries.warehouse.imported import imported_documents, told_before
from queries.warehouse.map_codes import map_codes


class Surroundings:
    """What the repository ships and what this machine has beside the imports."""

    def content(self, imports: Sequence[Imported]) -> Content:
        """Return what the warehouse holds with these imports, gate and audit passed."""
        return full_content(imports=imports)

    def inputs_hash(self, imports: Sequence[Imported]) -> str:
        """Return the hash of all that decides the content with these imports."""
        return inputs_hash(imports=imports)

    def map_codes(self) -> dict[str, set[str]] | None:
        """Return the area ids of the served map by level."""
        return map_codes()

    def source_ids(self, imports: Sequence[Imported]) -> set[str]:
        """Return the ids of all sources that there are with these imports."""
        files = [path for path in (SYNTHETIC_REGISTER, *own_files()) if path.exists()]
        shipped = facts.read_facts("sources")["source_id"].to_list()
        return {*shipped, *map(_source_id, files), *(one.source_id for one in imports)}

    def check_apart(self, source_id: str) -> None:
        """Refuse a run that is in the warehouse already, by its file in the folder `register`."""
        for path in own_files():
            if _source_id(path) == source_id:
                raise UserError(
                    f"Kørslen {source_id} er allerede med i datalageret, fordi {path} ligger i "
                    "mappen til kørsler. Intet er importeret. Flyt filen ud af mappen, og importér "
                    "den derfra, hvis den skal kunne fortrydes."
                )

    def published(self, imports: Sequence[Imported]) -> pl.DataFrame:
        """Return what others have published, all their tables together, with CELL_SCHEMA."""
        return told_by_others(pl.concat([published_cells(), imported_documents(imports)]))

    def earlier(
        self, imports: Sequence[Imported], indicators: Collection[str]
    ) -> list[pl.DataFrame]:
        """Return the cells of runs that may be over the same people, the oldest first."""
        wanted = pl.col("indicator_id").is_in(_told_with(indicators))
        told = [cells.filter(wanted) for cells in told_before(own_runs(imports))]
        return [cells for cells in told if cells.height]


def _told_with(indicators: Collection[str]) -> list[str]:
    """Return these indicators and those that are told of the same people."""
    known = load_indicators()
    people = {
        name: (one.register.told_with if one.register else "") or name
        for name, one in known.items()
    }
    mine = {people[name] for name in indicators}
    return [name for name, group in people.items() if group in mine]


def _source_id(path: Path) -> str:
    return str(json.loads(pl.read_parquet_metadata(path)[METADATA_KEY])["source_id"])
