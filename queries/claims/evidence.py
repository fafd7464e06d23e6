"""What claims are checked against: published statements and published cells, and nothing else.

A made-up number is never evidence: of the synthetic register only the periods are known here, so
that a claim can be told that nothing else is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from weakref import WeakKeyDictionary

from queries.atlas import LAND, Atlas, SourceKind
from queries.claims.areas import Gazetteer, gazetteer
from queries.claims.hedges import Bounds, rounded
from queries.records import Source

KINDS: tuple[SourceKind, ...] = ("published", "api")
"""Sources that others have published; registers, own files and made-up numbers are none."""


@dataclass(frozen=True)
class Cell:
    """A published cell. One that is not shown has no numerator; its share may be printed."""

    area_id: str
    name: str
    period: str
    status: str
    numerator: int | None
    low: int | None
    high: int | None
    share: Fraction | None
    decimals: int
    source_id: str

    @property
    def is_shown(self) -> bool:
        """Whether the source shows the number of people."""
        return self.status == "shown" and self.numerator is not None

    @property
    def share_bounds(self) -> Bounds | None:
        """What the share can be: of the counts where they are known, else of its rounding."""
        if self.share is None:
            return None
        if self.is_shown and self.numerator is not None and self.low and self.high:
            return Bounds.of(
                Fraction(100 * self.numerator, self.high), Fraction(100 * self.numerator, self.low)
            )
        return rounded(self.share, self.decimals)


@dataclass(frozen=True)
class Statement:
    """A published statement, see table `statement`."""

    statement_id: str
    subject: str
    text: str
    value: Fraction | None
    unit: str
    hedge: str
    hedge_word: str
    period: str
    source_id: str
    count: int | None
    count_hedge: str


@dataclass(frozen=True, eq=False)
class Evidence:
    """All that is published, of one data version."""

    version: str
    statements: Mapping[str, Statement]
    sources: Mapping[str, Source]
    initiatives: Mapping[str, Mapping[str, Any]]
    known: Gazetteer
    cells: Mapping[tuple[str, str], Mapping[str, Cell]]
    periods: Mapping[str, Sequence[str]]
    """The published periods of an indicator, newest first."""
    made_up: frozenset[str]
    """The indicators for which there are made-up numbers."""
    titles: Mapping[str, str]

    def cell(self, indicator_id: str, period: str, area_id: str) -> Cell | None:
        """Return one published cell, or None."""
        return self.cells.get((indicator_id, period), {}).get(area_id)

    def kommuner(self, indicator_id: str, period: str) -> list[Cell]:
        """Return the cells of all kommuner."""
        rows = self.cells.get((indicator_id, period), {})
        return [cell for key, cell in rows.items() if key in self.known.jobcentre]


_made: WeakKeyDictionary[Atlas, Evidence] = WeakKeyDictionary()


def evidence(atlas: Atlas) -> Evidence:
    """Return what is published, read once per data version."""
    made = _made.get(atlas)
    if made is None or made.version != atlas.version:
        made = _read(atlas)
        _made[atlas] = made
    return made


def _read(atlas: Atlas) -> Evidence:
    cells: dict[tuple[str, str], dict[str, Cell]] = {}
    periods: dict[str, list[str]] = {}
    made_up: set[str] = set()
    for indicator_id in atlas.indicators:
        found: dict[str, None] = {}
        for kind in reversed(KINDS):
            for period in atlas.periods(indicator_id, kind):
                found[period] = None
                rows = cells.setdefault((indicator_id, period), {})
                for level in ("land", "kommune", "jobcenter"):
                    frame = atlas.cells(indicator_id, period, level, source_kind=kind)
                    rows |= {row["area_id"]: _cell(row) for row in frame.iter_rows(named=True)}
        periods[indicator_id] = sorted(found, reverse=True)
        if atlas.periods(indicator_id, "synthetic"):
            made_up.add(indicator_id)
    return Evidence(
        version=atlas.version,
        statements={
            row["statement_id"]: _statement(row) for row in atlas.statements().iter_rows(named=True)
        },
        sources=atlas.sources(),
        initiatives={
            row["initiative_id"]: row for row in atlas.initiatives().iter_rows(named=True)
        },
        known=_gazetteer(atlas),
        cells=cells,
        periods=periods,
        made_up=frozenset(made_up),
        titles={key: one.title for key, one in atlas.indicators.items()},
    )


def _cell(row: Mapping[str, Any]) -> Cell:
    share = row["share_pct"]
    shown = row["status"] == "shown"
    return Cell(
        area_id=row["area_id"],
        name=row["name"],
        period=row["period"],
        status=row["status"],
        numerator=row["numerator"] if shown else None,
        low=row["denominator_low"] if shown else None,
        high=row["denominator_high"] if shown else None,
        share=None if share is None else Fraction(str(share)),
        decimals=row["share_decimals"] or 0,
        source_id=row["source_id"],
    )


def _statement(row: Mapping[str, Any]) -> Statement:
    value = row["value"]
    return Statement(
        statement_id=row["statement_id"],
        subject=row["subject"] or "",
        text=row["text"],
        value=None if value is None else Fraction(str(value)),
        unit=row["unit"],
        hedge=row["hedge"],
        hedge_word=row["hedge_word"],
        period=row["period"] or "",
        source_id=row["source_id"],
        count=row["count"],
        count_hedge=row["count_hedge"] or "",
    )


def _gazetteer(atlas: Atlas) -> Gazetteer:
    columns = ("area_id", "level", "name", "aliases", "jobcenter_id")
    rows = atlas.areas().select(columns).rows()
    kommuner = [
        (key, name, list(also or ()), office)
        for key, level, name, also, office in rows
        if level == "kommune"
    ]
    larger = [(key, name) for key, level, name, _, _ in rows if level in {"region", "landsdel"}]
    jobcentre = {key: name for key, level, name, _, _ in rows if level == "jobcenter"}
    return gazetteer(kommuner, larger, jobcentre | {LAND: "Hele landet"})
