"""The numbers that an item says: what two data versions are compared by, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pages.language import sentences

NUMBERS = (
    "status",
    "numerator",
    "denominator_low",
    "denominator_high",
    "share_pct",
    "share_decimals",
)


@dataclass(frozen=True)
class Fact:
    """One number of an item: what it is of (`key`), the same in words, and its source.

    `numbers` are status and values; `told` says them as the screen does.
    """

    key: tuple[str, ...]
    name: str
    told: str
    numbers: tuple[Any, ...]
    source_id: str


def of_cells(indicator_id: str, cells: pl.DataFrame) -> tuple[Fact, ...]:
    """Return the façade's cells as facts."""
    return tuple(of_cell(indicator_id, cell) for cell in cells.iter_rows(named=True))


def of_cell(indicator_id: str, cell: Mapping[str, Any]) -> Fact:
    """Return one cell of the façade as a fact."""
    return Fact(
        key=(indicator_id, cell["area_id"], cell["period"], cell["breakdown"]),
        name=cell["name"],
        told=sentences.value(cell),
        numbers=tuple(cell[name] for name in NUMBERS),
        source_id=cell["source_id"],
    )


def fingerprint(found: Sequence[Fact]) -> str:
    """Return 16 hex digits of all values, statuses and sources' ids; of no text and no version."""
    plain = sorted((fact.key, _plain(fact.numbers), fact.source_id) for fact in found)
    body = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _plain(numbers: Iterable[Any]) -> list[str]:
    return [f"{one:.6g}" if isinstance(one, float) else str(one) for one in numbers]
