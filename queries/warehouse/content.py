"""What the warehouse shall hold: every table as a frame, disclosed, before anything is written."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from queries.disclosure.primary import already_published
from queries.indicators.definition import files as indicator_files
from queries.indicators.definition import load_indicators
from queries.sources import facts
from queries.sources.published_table import PublishedTable, table_cells
from queries.sources.transcribe import read_table_csv
from queries.warehouse.jobcentres import jobcentre_cells

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
PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Content:
    """The tables of schema.sql by name, in the order their keys allow, and a hash of the inputs."""

    tables: dict[str, pl.DataFrame]
    inputs_hash: str


def inputs_hash() -> str:
    """Return the SHA-256 over all that decides the content: facts, indicators, schema, code."""
    digest = hashlib.sha256()
    inputs = [*PACKAGE.glob("facts/*"), *indicator_files(), *PACKAGE.rglob("*.sql")]
    for path in sorted([*inputs, *PACKAGE.rglob("*.py")]):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def shipped_content() -> Content:
    """Return the content made from what the repository ships."""
    areas, parents = facts.areas(), facts.area_parents()
    return Content(
        tables={
            "area": areas,
            "area_parent": parents,
            "source": _sources(),
            "indicator": _indicators(),
            "observation": observations(areas, parents),
            "statement": facts.read_facts("statements").with_columns(
                pl.col("hedge_word").fill_null("")
            ),
            "initiative": facts.read_facts("initiatives"),
            "initiative_kommune": facts.read_facts("initiative_kommuner").rename(
                {"kommunekode": "area_id"}
            ),
        },
        inputs_hash=inputs_hash(),
    )


def observations(areas: pl.DataFrame, parents: pl.DataFrame) -> pl.DataFrame:
    """Return all disclosed cells, at every level."""
    kommuner = areas.filter(pl.col("level") == "kommune")
    published = already_published(
        table_cells(read_table_csv(ANSWER_TABLE), SPM_554, kommuner["area_id"].to_list())
    )
    members = parents.filter(pl.col("parent_id").str.starts_with("J")).join(
        kommuner.select("area_id", "name"), on="area_id"
    )
    jobcentres = jobcentre_cells(published.filter(pl.col("area_id") != facts.LAND), members)
    return pl.concat([published, jobcentres]).sort("indicator_id", "period", "breakdown", "area_id")


def _indicators() -> pl.DataFrame:
    files = {path.stem: path.read_bytes() for path in indicator_files()}
    return pl.DataFrame(
        {
            "indicator_id": indicator.indicator_id,
            "title": indicator.title,
            "unit": indicator.unit,
            "sha256": hashlib.sha256(files[indicator.indicator_id]).hexdigest(),
        }
        for indicator in load_indicators().values()
    )


def _sources() -> pl.DataFrame:
    texts = ("published_note", "note")
    # A corrected source stands before the one that refers to it, as the foreign key wants.
    return (
        facts.read_facts("sources")
        .drop("document_file")
        .with_columns(pl.col(name).fill_null("") for name in texts)
        .sort(pl.col("corrects").is_not_null(), "source_id")
    )
