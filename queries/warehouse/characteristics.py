"""What kommuner are likened by when peers are found: where they lie, how large, how many people."""

from __future__ import annotations

import polars as pl

from queries.sources import facts

DAGI = "dagi-kommuner-2014"
PEOPLE = "ressourceforloeb_people"
PEOPLE_FROM = ("passive_ressourceforloeb", "2017M06")
KINDS = {
    "area_km2": ("Areal", "km²", "Kommunens landareal"),
    "centroid_lon": (
        "Tyngdepunktets længdegrad",
        "grader øst",
        "Længdegraden af kommunens tyngdepunkt i WGS84",
    ),
    "centroid_lat": (
        "Tyngdepunktets breddegrad",
        "grader nord",
        "Breddegraden af kommunens tyngdepunkt i WGS84",
    ),
    PEOPLE: (
        "Borgere i ressourceforløb",
        "personer",
        "Borgere med mindst 1 års anciennitet i ressourceforløb i juni 2017. Tallet er ikke "
        "offentliggjort; det er midten af det interval, som antal og afrundet andel efterlader. "
        "Hvor kilden skjuler eller udelader kommunen, er der intet tal",
    ),
    f"{PEOPLE}_per_km2": (
        "Borgere i ressourceforløb pr. km²",
        "personer pr. km²",
        "Borgere med mindst 1 års anciennitet i ressourceforløb i juni 2017 (midten af "
        "intervallet) divideret med kommunens landareal",
    ),
}
"""Title, unit and definition by id."""


def kinds() -> pl.DataFrame:
    """Return table `characteristic`."""
    columns = ["characteristic_id", "title", "unit", "definition"]
    return pl.DataFrame([(key, *texts) for key, texts in KINDS.items()], columns, orient="row")


def values(published: pl.DataFrame) -> pl.DataFrame:
    """Return table `area_characteristic` from the shipped facts and disclosed, published cells."""
    shipped = facts.read_facts("characteristics").select(
        area_id="kommunekode",
        area_km2=pl.col("areal_km2").cast(pl.Float64),
        centroid_lon=pl.col("lon").cast(pl.Float64),
        centroid_lat=pl.col("lat").cast(pl.Float64),
    )
    measured = shipped.unpivot(
        index="area_id", variable_name="characteristic_id", value_name="low"
    ).with_columns(high="low", source_id=pl.lit(DAGI))
    people = _people(published, shipped["area_id"])
    per_km2 = people.join(shipped, on="area_id").with_columns(
        pl.col("low", "high") / pl.col("area_km2"),
        characteristic_id=pl.lit(f"{PEOPLE}_per_km2"),
    )
    return (
        pl.concat([measured, *(part.select(measured.columns) for part in (people, per_km2))])
        .with_columns(value=(pl.col("low") + pl.col("high")) / 2)
        .select("area_id", "characteristic_id", "value", "low", "high", "source_id")
        .sort("characteristic_id", "area_id")
    )


def _people(published: pl.DataFrame, kommuner: pl.Series) -> pl.DataFrame:
    """Return the denominators of the published table, of kommuner that it shows."""
    indicator_id, period = PEOPLE_FROM
    return published.filter(
        pl.col("indicator_id") == indicator_id,
        pl.col("period") == period,
        pl.col("status") == "shown",
        pl.col("denominator_low").is_not_null(),
        pl.col("area_id").is_in(kommuner.implode()),
    ).select(
        "area_id",
        "source_id",
        characteristic_id=pl.lit(PEOPLE),
        low=pl.col("denominator_low").cast(pl.Float64),
        high=pl.col("denominator_high").cast(pl.Float64),
    )
