"""Made-up imports as the store hands them over: small enough to be worked out by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from queries.disclosure.places import places
from queries.imports.store import CELLS, MANIFEST, Imported
from queries.sources.incoming import incoming
from queries.warehouse.build import build
from queries.warehouse.content import Content
from queries.warehouse.imported import import_rows, imported_documents, source_rows

HOURS = "ordinaere_timer"
JANUARY, FEBRUARY, MARCH = "2024M01", "2024M02", "2024M03"
KOMMUNER = places().kommuner
Told = Mapping[str, int | tuple[int, int] | float | None]
"""Of each area: a count, (count, people), a share, or None where the source hides it."""


def cells(told: Told, *, indicator_id: str = HOURS, period: str = JANUARY) -> pl.DataFrame:
    """What a reader would give: exact counts with people, counts alone, shares alone, or hidden."""
    rows = []
    for area, number in told.items():
        row: dict[str, object] = {"area_id": area, "status": "shown", "note": ""}
        if number is None:
            row |= {"status": "suppressed", "note": "Skjult i kilden"}
        elif isinstance(number, tuple):
            count, people = number
            row |= {"numerator": count, "denominator_low": people, "denominator_high": people}
            row |= {"share_pct": round(100 * count / people, 1), "share_decimals": 1}
        elif isinstance(number, float):
            row |= {"share_pct": number, "share_decimals": 1}
        else:
            row |= {"numerator": number}
        rows.append(row)
    columns = ("numerator", "denominator_low", "denominator_high", "share_pct", "share_decimals")
    frame = pl.DataFrame(rows, infer_schema_length=None)
    missing = [pl.lit(None).alias(name) for name in columns if name not in frame.columns]
    return incoming(
        frame.with_columns(
            *missing,
            indicator_id=pl.lit(indicator_id),
            period=pl.lit(period),
            breakdown=pl.lit("alle"),
            source_row=None,
        )
    )


def imported(
    folder: Path,
    name: str,
    of: pl.DataFrame,
    *,
    kind: str = "api",
    series: str = "",
    day: str = "2024-06-01",
    corrects: str | None = None,
    form: str = "document",
    **about: Any,
) -> Imported:
    """An import as it lies in the store; `name` is its id and that of its source."""
    place = folder / name
    place.mkdir(parents=True)
    of.write_parquet(place / CELLS[form])
    manifest = {
        "import_id": name,
        "form": form,
        "source_id": name,
        "recorded_at": day,
        "provenance": {
            "kind": kind,
            "publisher": "STAR",
            "title": f"Tabel {name}",
            "document_id": name.upper(),
            "retrieved_on": day,
            "licence": "Fri med kildeangivelse",
            "published_on": None,
            "published_note": "Løbende",
            "sha256": None,
            "note": "",
            "series": series,
            "corrects": corrects,
            "updated_on": day,
            "next_on": "2024-07-01",
        }
        | about,
        "counts": {"cells": of.height},
        "sha256": hashlib.sha256((place / CELLS[form]).read_bytes()).hexdigest(),
    }
    (place / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    at = dt.datetime(2024, 6, 2, 12, tzinfo=dt.UTC)
    return Imported(name, form, place, manifest, at)


def warehouse_with(content: Content, ones: Sequence[Imported], path: Path) -> Path:
    """Build, at `path`, what the repository ships and these imports beside it."""
    tables = content.tables
    observation = pl.concat([tables["observation"], imported_documents(ones)])
    mine = pl.DataFrame(source_rows(ones, {}), tables["source"].schema)
    made = {
        "source": pl.concat([tables["source"], mine]),
        "import": import_rows(ones, observation),
        "observation": observation,
    }
    ordered = {name: made.get(name, frame) for name, frame in tables.items()}
    build(replace(content, tables=ordered), path)
    return path


def everywhere(number: int | tuple[int, int] | float, **others: Any) -> dict[str, Any]:
    """The same number in every kommune but some; `others` are written as k0101=…"""
    told: dict[str, Any] = dict.fromkeys(KOMMUNER, number)
    return told | {area.removeprefix("k"): one for area, one in others.items()}
