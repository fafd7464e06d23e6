"""From cells to the steps of the path to a job: one reading for page and file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.figures.flow import Step
from pages.language import danish
from pages.language.sentences import value

Cell = Mapping[str, Any]
GROUP, PRACTICE, HOURS, JOB = (
    "Indsatsgruppen",
    "Praktik eller løntilskud",
    "Ordinære timer",
    "Helt i job",
)
INDICATORS = ("virksomhedspraktik", "ordinaere_timer", "fuld_afgang")
"""Of praktik, hours and job."""


def path_steps(cells: Sequence[Cell]) -> list[Step]:
    """Return the steps of one area: the group, praktik beside it, hours in it, and job in these."""
    bases = {c["denominator_low"] for c in cells if c["status"] == "shown"}
    people = danish.number(bases.pop()) if len(bases) == 1 else ""
    group = Step(GROUP, 100.0, f"{people} borgere" if people else "antallet er skjult")
    names = (PRACTICE, HOURS, JOB)
    parts = [
        Step(name, _share(cell), label(cell), beside=name == PRACTICE)
        for name, cell in zip(names, cells, strict=True)
    ]
    return [group, *parts]


def _share(cell: Cell) -> float | None:
    return cell["share_pct"] if cell["status"] == "shown" else None


def label(cell: Cell) -> str:
    """Return a cell's count and share: '212 (6 pct.)', or why there are none."""
    if cell["status"] != "shown" or cell["share_pct"] is None:
        return value(cell)
    share = danish.pct(cell["share_pct"], cell["share_decimals"])
    return f"{danish.number(cell['numerator'])} ({share})"
