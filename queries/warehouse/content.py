"""What the warehouse shall hold: every table as a frame, disclosed, before anything is written."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from queries.cells import is_instead
from queries.disclosure.primary import already_published
from queries.errors import UserError
from queries.indicators.definition import files as indicator_files
from queries.indicators.definition import load_indicators
from queries.register.cell_file import RunSource, read_cells
from queries.sources import facts
from queries.sources.published_table import PublishedTable, table_cells
from queries.sources.transcribe import read_table_csv
from queries.warehouse import characteristics
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
RUN_TEXTS = {
    "synthetic": ("Indsatsatlas", "Opdigtede tal, ikke offentliggjort", "Fri: opdigtede tal"),
    "register": ("Dataejeren", "Dataejerens egen kørsel, ikke offentliggjort", "Ikke oplyst"),
}
"""Publisher, published_note and licence of a run's cells, by kind."""


@dataclass(frozen=True)
class Content:
    """The tables of schema.sql by name, in the order their keys allow, and a hash of the inputs."""

    tables: dict[str, pl.DataFrame]
    inputs_hash: str


def own_files() -> list[Path]:
    """Return the data owner's files of disclosed cells: `register` in the data folder."""
    return sorted((data_folder() / "register").glob("*.parquet"))


def inputs_hash(own: Sequence[Path] | None = None) -> str:
    """Return the SHA-256 over all that decides the content: facts, indicators, schema, code.

    `own` are the data owner's files, those of `own_files` where it is None.
    """
    digest = hashlib.sha256()
    inputs = [*PACKAGE.glob("facts/*"), *indicator_files(), *PACKAGE.rglob("*.sql")]
    for path in sorted([*inputs, *PACKAGE.rglob("*.py")]):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    for path in own_files() if own is None else own:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def shipped_content() -> Content:
    """Return the content made from what the repository ships, and nothing of this machine."""
    return _content([])


def full_content() -> Content:
    """Return what the repository ships and the data owner's own cells beside it.

    Raises UserError for a file of the data owner's that cannot be used.
    """
    return _content(own_files())


def _content(own: list[Path]) -> Content:
    areas, parents = facts.areas(), facts.area_parents()
    runs = [path for path in (SYNTHETIC_REGISTER, *own) if path.exists()]
    counted = [(path, *read_cells(path)) for path in runs]
    own_synthetic = any(
        source.kind == "synthetic" for path, _, source in counted if path != SYNTHETIC_REGISTER
    )
    if own_synthetic:  # made-up numbers of one's own take the place of the shipped ones
        counted = [entry for entry in counted if entry[0] != SYNTHETIC_REGISTER]
    for path, _, source in counted:
        if path == SYNTHETIC_REGISTER and source.kind != "synthetic":
            raise ValueError(f"what is shipped in {path.name} is not synthetic")
    published = published_cells(areas, parents)
    found = protection(
        published,
        [Run(path.name, frame, one, path == SYNTHETIC_REGISTER) for path, frame, one in counted],
    )
    told = pl.concat([published, *(frame for _, frame, _ in counted)])
    cells = told.filter(~is_instead())
    return Content(
        tables={
            "area": areas,
            "area_parent": parents,
            "source": _sources([(path, source) for path, _, source in counted]),
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
            "area_characteristic": characteristics.values(published),
        },
        inputs_hash=inputs_hash(own),
    )


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
            "sha256": hashlib.sha256(files[indicator.indicator_id]).hexdigest(),
        }
        for indicator in load_indicators().values()
        if indicator.indicator_id in with_numbers
    )


def _sources(runs: list[tuple[Path, RunSource]]) -> pl.DataFrame:
    texts = ("published_note", "note")
    # A corrected source stands before the one that refers to it, as the foreign key wants.
    documents = (
        facts.read_facts("sources")
        .drop("document_file")
        .with_columns(pl.col(name).fill_null("") for name in texts)
        .sort(pl.col("corrects").is_not_null(), "source_id")
        .with_columns(choices=pl.lit(None, pl.String))
    )
    frame = pl.concat([documents, *(_run_source(*run, documents.schema) for run in runs)])
    if doubled := frame.filter(pl.col("source_id").is_duplicated())["source_id"].to_list():
        raise UserError(
            f"To kilder hedder {doubled[0]!r}. Fjern den ene fil i {data_folder() / 'register'}, "
            "eller lav den igen med en anden kilde-id."
        )
    return frame


def _run_source(path: Path, source: RunSource, schema: pl.Schema) -> pl.DataFrame:
    publisher, published_note, licence = RUN_TEXTS[source.kind]
    row = {
        "source_id": source.source_id,
        "kind": source.kind,
        "publisher": publisher,
        "title": source.title,
        "document_id": source.document_id,
        "published_note": published_note,
        "retrieved_on": source.recorded_at.isoformat(),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "licence": licence,
        "note": "",
        "choices": json.dumps(source.choices, ensure_ascii=False, sort_keys=True),
    }
    return pl.DataFrame([row], schema=schema)
