"""The facts the repository ships: areas, documents, statements, initiatives, events, as frames."""

from __future__ import annotations

from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent.parent / "facts"
AREAS_VALID_FROM = "2007-01-01"  # the municipal reform; jobcentres opened the same day
JOBCENTRES_VALID_TO = "2026-01-01"  # from 2026 kommuner may close them
LAND = "000"


def read_facts(name: str) -> pl.DataFrame:
    """Return a shipped CSV with every column as text; empty cells are null."""
    return pl.read_csv(FOLDER / f"{name}.csv", infer_schema=False)


def areas() -> pl.DataFrame:
    """Return all areas: area_id, level, name, aliases (list), valid_from, valid_to, basis.

    One land, 5 regions, 11 landsdele, 98 kommuner and 94 jobcentre, valid dates as ISO text.
    """
    kommuner = read_facts("kommuner")
    none = pl.lit([], dtype=pl.List(pl.String))
    frames = [
        pl.DataFrame({"area_id": LAND, "name": "Hele landet"}).with_columns(
            level=pl.lit("land"), aliases=none, basis=pl.lit("officiel")
        ),
        _distinct(kommuner, "regionkode", "region", "region"),
        _distinct(kommuner, "nuts3", "landsdel", "landsdel"),
        kommuner.select(
            area_id="kommunekode",
            name="navn",
            level=pl.lit("kommune"),
            aliases=pl.col("alias").str.split("|").fill_null(none),
            basis=pl.lit("officiel"),
        ),
        _distinct(kommuner, "jobcenterkode", "jobcenter", "jobcenter", basis="jobcenter_grundlag"),
    ]
    return pl.concat(frames, how="diagonal").select(
        "area_id",
        "level",
        "name",
        "aliases",
        valid_from=pl.lit(AREAS_VALID_FROM),
        valid_to=pl.when(pl.col("level") == "jobcenter").then(pl.lit(JOBCENTRES_VALID_TO)),
        basis="basis",
    )


def area_parents() -> pl.DataFrame:
    """Return who belongs to whom: area_id, parent_id."""
    kommuner = read_facts("kommuner")
    steps = [
        ("kommunekode", "nuts3"),
        ("nuts3", "regionkode"),
        ("kommunekode", "jobcenterkode"),
        ("jobcenterkode", "nuts3"),
    ]
    links = [kommuner.select(area_id=a, parent_id=b) for a, b in steps]
    to_land = kommuner.select(area_id="regionkode", parent_id=pl.lit(LAND))
    return pl.concat([*links, to_land]).unique(maintain_order=True)


def events() -> pl.DataFrame:
    """Return the known events of table `annotation`; `subjects` is a list, dates are ISO text."""
    return read_facts("annotations").with_columns(
        pl.col("date_note").fill_null(""), pl.col("subjects").str.split("|")
    )


def _distinct(
    kommuner: pl.DataFrame, code: str, name: str, level: str, basis: str | None = None
) -> pl.DataFrame:
    return kommuner.select(
        area_id=code,
        name=name,
        level=pl.lit(level),
        aliases=pl.lit([], dtype=pl.List(pl.String)),
        basis=pl.col(basis) if basis else pl.lit("officiel"),
    ).unique(maintain_order=True)
