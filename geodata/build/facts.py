"""What the map must hold: the kommuner, where they belong and their jobcentre."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

KOMMUNER_CSV = Path(__file__).resolve().parents[2] / "queries" / "facts" / "kommuner.csv"


@dataclass(frozen=True)
class Kommune:
    """A kommune as the shipped facts know it."""

    code: str
    name: str
    nuts3: str
    jobcenter: str
    jobcenter_name: str


def read_kommuner(file: Path = KOMMUNER_CSV) -> dict[str, Kommune]:
    """Return {kommunekode: Kommune} in the order of the file."""
    with file.open(encoding="utf-8", newline="") as stream:
        return {
            row["kommunekode"]: Kommune(
                row["kommunekode"],
                row["navn"],
                row["nuts3"],
                row["jobcenterkode"],
                row["jobcenter"],
            )
            for row in csv.DictReader(stream)
        }


def jobcenter_of(kommuner: Mapping[str, Kommune]) -> dict[str, str]:
    """Return {kommunekode: jobcenterkode}."""
    return {code: kommune.jobcenter for code, kommune in kommuner.items()}
