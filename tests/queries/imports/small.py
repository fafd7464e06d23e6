"""Small imports in small surroundings: real files, a real build, and few numbers."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from queries.imports.run import Importer, Progress
from queries.imports.store import Imported, Store
from queries.imports.surroundings import Surroundings
from queries.sources import facts
from queries.sources.incoming import Batch, Finding, IncomingCells, Provenance
from queries.warehouse.content import Content
from queries.warehouse.imported import import_rows, imported_documents, source_rows

PASSIVE = "passive_ressourceforloeb"
PUBLISHED = "beu-spm-554-berigtigelse"
DAY = dt.date(2020, 1, 31)


class Small(Surroundings):
    """The published table and the imported documents, without the audit of all that is made up."""

    def __init__(self, base: Content) -> None:
        self.base = base

    def content(self, imports: Sequence[Imported]) -> Content:
        tables = self.base.tables
        kept = tables["observation"].filter(pl.col("source_id") == PUBLISHED)
        cells = pl.concat([kept, imported_documents(imports)], how="vertical_relaxed")
        source = tables["source"]
        mine = pl.DataFrame(source_rows(imports, {}), source.schema)
        used = pl.col("indicator_id").is_in(cells["indicator_id"].unique().to_list())
        made = {
            "source": pl.concat([source, mine]),
            "import": import_rows(imports, cells),
            "indicator": tables["indicator"].filter(used),
            "observation": cells,
            "protection": tables["protection"].clear(),
            "alternative": tables["alternative"].clear(),
        }
        tables = {name: made.get(name, frame) for name, frame in tables.items()}
        return replace(self.base, tables=tables, inputs_hash=self.inputs_hash(imports))

    def inputs_hash(self, imports: Sequence[Imported]) -> str:
        told = [(one.import_id, one.imported_at, one.manifest["sha256"]) for one in imports]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def map_codes(self) -> None:
        return None

    def published(self, imports: Sequence[Imported]) -> pl.DataFrame:
        return self.content(imports).tables["observation"]


def importer(folder: Path, base: Content, progress: Progress = lambda _s, _f: None) -> Importer:
    return Importer(
        store=Store(folder / "import"),
        target=folder / "atlas.duckdb",
        around=Small(base),
        progress=progress,
    )


def batch(
    period: str = "2018M01",
    *,
    first: int = 100,
    missing: Sequence[str] = (),
    findings: Sequence[Finding] = (),
    recorded_at: dt.date = DAY,
    is_published: bool = True,
    **about: Any,
) -> Batch:
    """A document of one month: kommune number n (from 0) has `first` + n of 1000 people."""
    kommuner = facts.areas().filter(pl.col("level") == "kommune")["area_id"].sort().to_list()
    rows = [
        {
            "indicator_id": PASSIVE,
            "area_id": area,
            "period": period,
            "breakdown": "alle",
            "status": "shown",
            "numerator": first + number,
            "denominator_low": 1000,
            "denominator_high": 1000,
            "share_pct": None,
            "share_decimals": None,
            "note": "",
            "source_row": number + 1,
        }
        for number, area in enumerate(kommuner)
        if area not in missing
    ]
    given = {
        "kind": "published" if is_published else "file",
        "publisher": "Styrelsen",
        "title": f"Tabel for {period}",
        "document_id": f"dokument {period}",
        "retrieved_on": recorded_at,
        "licence": "Offentligt dokument",
        "published_on": recorded_at,
    }
    return Batch(
        cells=pl.DataFrame(rows, IncomingCells.create_empty().schema),
        provenance=Provenance(**(given | about)),
        recorded_at=recorded_at,
        is_published=is_published,
        findings=tuple(findings),
    )


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def numbers(target: Path) -> dict[tuple[str, dt.date], int]:
    """The sum of all kommuner by period and day, of what was imported."""
    sql = (
        "SELECT period, recorded_at, sum(numerator)::INT FROM observation"
        f" WHERE source_id <> '{PUBLISHED}' AND area_id LIKE '0%' GROUP BY ALL"
    )
    return {(period, day): total for period, day, total in ask(target, sql)}


def total(first: int) -> int:
    """The sum of a batch that begins with `first`."""
    return sum(range(first, first + 98))


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, byte by byte; locks hold nothing."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("lock")
    }
