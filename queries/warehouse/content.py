"""What the warehouse shall hold: every table as a frame, disclosed, before anything is written."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from queries.cells import is_instead
from queries.disclosure.primary import already_published
from queries.errors import UserError
from queries.imports.store import MANIFEST, active_imports
from queries.indicators.definition import files as indicator_files
from queries.indicators.definition import load_indicators
from queries.register.cell_file import RunSource, read_cells
from queries.sources import facts
from queries.sources.published_table import PublishedTable, table_cells
from queries.sources.transcribe import read_table_csv
from queries.warehouse import characteristics
from queries.warehouse.imported import (
    RUN_TEXTS,
    Import,
    import_rows,
    imported_documents,
    imported_runs,
    source_rows,
)
from queries.warehouse.jobcentres import jobcentre_cells
from queries.warehouse.paths import data_folder
from queries.warehouse.protection import protection
from queries.warehouse.versions import Run

SPM_554 = PublishedTable(
    indicator_id="passive_ressourceforloeb",
    period="2017M06",
    source_id="beu-spm-554-berigtigelse",
    # The correction is undated; the answer it corrects was given that day, so it is no older.
    recorded_at=dt.date(2017, 9, 27),
    hidden_note="Færre end 3 borgere: antallet er skjult i kilden",
    left_out=("0563", "0825"),
    left_out_note="Kommunen er ikke med i kildens tabel: færre end 3 borgere ifølge anmærkningen",
)
ANSWER_TABLE = facts.FOLDER / "beu_spm_554_tabel_1.csv"
SYNTHETIC_REGISTER = facts.FOLDER / "synthetic_register.parquet"
PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Content:
    """The tables of schema.sql by name, in the order their keys allow, and a hash of the inputs."""

    tables: dict[str, pl.DataFrame]
    inputs_hash: str


def own_files() -> list[Path]:
    """Return the data owner's files of disclosed cells: `register` in the data folder."""
    return sorted((data_folder() / "register").glob("*.parquet"))


def inputs_hash(own: Sequence[Path] | None = None, imports: Sequence[Import] | None = None) -> str:
    """Return the SHA-256 over all that decides the content: facts, indicators, schema, code.

    `own` are the data owner's files, those of `own_files` where it is None; `imports` what the data
    owner has imported, what `active_imports` gives where it is None.
    """
    digest = hashlib.sha256()
    inputs = [*PACKAGE.glob("facts/*"), *indicator_files(), *PACKAGE.rglob("*.sql")]
    for path in sorted([*inputs, *PACKAGE.rglob("*.py")]):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    for path in own_files() if own is None else own:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for one in active_imports() if imports is None else imports:
        digest.update(f"{one.import_id} {one.imported_at}\0".encode())
        for path in (one.folder / MANIFEST, one.cells):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def shipped_content() -> Content:
    """Return the content made from what the repository ships, and nothing of this machine."""
    return _content([], [])


def full_content(imports: Sequence[Import] | None = None) -> Content:
    """Return what the repository ships, the data owner's own cells and imports beside it.

    `imports` are those to take for active, what `active_imports` gives where it is None. Raises
    UserError for a file or an import of the data owner's that cannot be used.
    """
    return _content(own_files(), list(active_imports() if imports is None else imports))


def _content(own: list[Path], imports: list[Import]) -> Content:
    areas, parents = facts.areas(), facts.area_parents()
    runs = _runs(own, imports)
    shipped = published_cells(areas, parents)
    imported = imported_documents(imports)
    sources = _sources(runs, imports)
    kinds = dict(sources.select("source_id", "kind").iter_rows())
    found = protection(shipped, [run for _, run in runs], imported=imported, kinds=kinds)
    told = pl.concat([shipped, imported, *(run.cells for _, run in runs)])
    cells = told.filter(~is_instead())
    return Content(
        tables={
            "area": areas,
            "area_parent": parents,
            "source": sources,
            "import": import_rows(imports, cells),
            "indicator": _indicators(set(cells["indicator_id"])),
            "observation": cells.sort(
                "indicator_id", "period", "breakdown", "area_id", "source_id"
            ),
            "alternative": _alternatives(told),
            "protection": found,
            "statement": facts.read_facts("statements").with_columns(
                pl.col("hedge_word").fill_null("")
            ),
            "initiative": facts.read_facts("initiatives"),
            "initiative_kommune": facts.read_facts("initiative_kommuner").rename(
                {"kommunekode": "area_id"}
            ),
            "annotation": facts.events(),
            "characteristic": characteristics.kinds(),
            "area_characteristic": characteristics.values(shipped),
        },
        inputs_hash=inputs_hash(own, imports),
    )


def own_runs(imports: Sequence[Import]) -> list[Run]:
    """Return the runs that stand beside what is shipped: the data owner's files and imports."""
    return [run for path, run in _runs(own_files(), list(imports)) if path != SYNTHETIC_REGISTER]


def _runs(own: list[Path], imports: list[Import]) -> list[tuple[Path | None, Run]]:
    """Return every run, with its file where it is not imported."""
    found: list[tuple[Path | None, Run]] = []
    for path in (SYNTHETIC_REGISTER, *own):
        if path.exists():
            found.append((path, Run(path.name, *read_cells(path), path == SYNTHETIC_REGISTER)))
            if found[-1][1].shipped and found[-1][1].source.kind != "synthetic":
                raise ValueError(f"what is shipped in {path.name} is not synthetic")
    found += [(None, run) for run in imported_runs(imports)]
    if any(run.source.kind == "synthetic" and not run.shipped for _, run in found):
        # Made-up numbers of one's own take the place of the shipped ones.
        found = [entry for entry in found if not entry[1].shipped]
    return found


def _alternatives(told: pl.DataFrame) -> pl.DataFrame:
    """Return table `alternative`: the rows that tell something instead of hidden numbers."""
    rows = told.filter(is_instead()).rename({"denominator_low": "denominator"})
    beside = ("denominator_high", "origin", "note", "source_row", "source_line")
    return rows.drop(beside).sort(
        "indicator_id", "period", "status", "breakdown", "area_id", "source_id"
    )


def published_cells(
    areas: pl.DataFrame | None = None, parents: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return the disclosed cells of published documents, at every level they allow.

    A register's own cells must not narrow what these hide: see `publish.disclosed_cells`.
    """
    areas = facts.areas() if areas is None else areas
    parents = facts.area_parents() if parents is None else parents
    kommuner = areas.filter(pl.col("level") == "kommune")
    published = already_published(
        table_cells(read_table_csv(ANSWER_TABLE), SPM_554, kommuner["area_id"].to_list())
    )
    members = parents.filter(pl.col("parent_id").str.starts_with("J")).join(
        kommuner.select("area_id", "name"), on="area_id"
    )
    jobcentres = jobcentre_cells(published.filter(pl.col("area_id") != facts.LAND), members)
    return pl.concat([published, jobcentres]).sort("indicator_id", "period", "breakdown", "area_id")


def _indicators(with_numbers: set[str]) -> pl.DataFrame:
    """Return the indicators that there are numbers for; the others are not offered to anyone."""
    files = {path.stem: path.read_bytes() for path in indicator_files()}
    return pl.DataFrame(
        {
            "indicator_id": indicator.indicator_id,
            "title": indicator.title,
            "unit": indicator.unit,
            "form": indicator.form,
            "sha256": hashlib.sha256(files[indicator.indicator_id]).hexdigest(),
        }
        for indicator in load_indicators().values()
        if indicator.indicator_id in with_numbers
    )


def _sources(runs: Sequence[tuple[Path | None, Run]], imports: Sequence[Import]) -> pl.DataFrame:
    texts = ("published_note", "note")
    documents = (
        facts.read_facts("sources")
        .drop("document_file")
        .with_columns(pl.col(name).fill_null("") for name in texts)
        .with_columns(
            choices=pl.lit(None, pl.String), series=pl.lit(""), import_id=pl.lit(None, pl.String)
        )
    )
    imported = {run.source.source_id: run.source for path, run in runs if path is None}
    rows = [
        *documents.sort("source_id").iter_rows(named=True),
        *(_run_source(path, run.source) for path, run in runs if path is not None),
        *source_rows(imports, imported),
    ]
    frame = pl.DataFrame(_corrected_first(rows), documents.schema)
    if doubled := frame.filter(pl.col("source_id").is_duplicated())["source_id"].to_list():
        raise UserError(
            f"To kilder hedder {doubled[0]!r}. Fjern den ene fil i {data_folder() / 'register'} "
            "eller fortryd den ene import, eller lav den igen med en anden kilde-id."
        )
    return frame


def _corrected_first(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return sources so that each stands after the one it corrects, as the foreign key wants.

    One that corrects a source that is not there (any more) corrects nothing.
    """
    corrects: dict[str, str | None] = {row["source_id"]: row["corrects"] for row in rows}

    def depth(source_id: str) -> int:
        seen, above = {source_id}, corrects[source_id]
        while above is not None and above in corrects and above not in seen:
            seen.add(above)
            above = corrects[above]
        return len(seen)

    ordered = sorted(rows, key=lambda row: depth(row["source_id"]))
    known: set[str] = set()
    for row in ordered:
        if row["corrects"] not in known:
            row["corrects"] = None
        known.add(row["source_id"])
    return ordered


def _run_source(path: Path, source: RunSource) -> dict[str, Any]:
    publisher, published_note, licence = RUN_TEXTS[source.kind]
    return {
        "source_id": source.source_id,
        "kind": source.kind,
        "publisher": publisher,
        "title": source.title,
        "document_id": source.document_id,
        "published_on": None,
        "published_note": published_note,
        "retrieved_on": source.recorded_at.isoformat(),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "licence": licence,
        "corrects": None,
        "note": "",
        "choices": json.dumps(source.choices, ensure_ascii=False, sort_keys=True),
        "series": "",
        "import_id": None,
    }
