"""A small warehouse with a history: made-up months, vintages, an answer and its correction."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from queries import Atlas
from queries.indicators.definition import load_indicators
from queries.register.choices import Choices
from queries.register.publish import disclosed_cells, synthetic_source, write_cells
from queries.warehouse import content
from queries.warehouse.build import build
from tests.queries.register.made_counts import made_counts
from tests.queries.warehouse.made_imports import (
    FEBRUARY,
    HOURS,
    JANUARY,
    MARCH,
    cells,
    everywhere,
    imported,
)

CHOICES = Choices().as_dict()
GROWTH = "kontanthjaelp_aktiveringsgrad"


def built(folder: Path) -> Atlas:
    """January to March made up; two vintages of a series, an answer and its correction.

    The series has January without a country and February with one; the answer and its correction
    are of three and two kommuner. A further indicator has shares alone.
    """
    source = synthetic_source(seed=1, recorded_at=dt.date(2024, 1, 2), choices=CHOICES)
    made_up = disclosed_cells(
        made_counts((JANUARY, FEBRUARY, MARCH)).filter(pl.col("measure") == HOURS),
        source_id=source["source_id"],
        recorded_at=source["recorded_at"],
        indicators={HOURS: load_indicators()[HOURS]},
    )
    write_cells(made_up, folder / "synthetic.parquet", source=source)
    first = pl.concat(
        [
            cells(everywhere((40, 160), k0316=None)),
            cells(everywhere((50, 160)) | {"000": (4900, 15680)}, period=FEBRUARY),
        ]
    )
    second = pl.concat(
        [
            cells(everywhere((40, 160), k0316=(12, 160))),
            cells(everywhere((50, 160)) | {"000": (4900, 15680)}, period=FEBRUARY),
        ]
    )
    answer = cells({"0101": (41, 160), "0147": (40, 160), "0316": (12, 160)})
    corrected = cells({"0101": (40, 160), "0147": (44, 160)})
    listed = [
        imported(folder, "v1", first, series="api:x", day="2024-06-01"),
        imported(folder, "v2", second, series="api:x", day="2024-07-01"),
        imported(folder, "udtraek", answer, kind="file", day="2024-06-15"),
        imported(folder, "rettet", corrected, kind="file", day="2024-07-15", corrects="udtraek"),
        imported(folder, "andel", cells(everywhere(14.5) | {"000": 14.4}, indicator_id=GROWTH)),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INDSATSATLAS_DATA", str(folder))
        patch.setattr(content, "SYNTHETIC_REGISTER", folder / "synthetic.parquet")
        build(content.full_content(listed), folder / "atlas.duckdb")
    return Atlas(folder / "atlas.duckdb")
