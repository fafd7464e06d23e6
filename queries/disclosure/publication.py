"""What is published together: cells, what binds them, and how well the hidden ones must be kept.

One model for everything that can be set up as sums: levels of areas, breakdowns, complements, the
same cell under two names or in two versions, rounded shares, months. `attack` asks what a reader
can compute from it, `protect` chooses what to hide, `audit` judges. Pure: no files, no frames of
one source's shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property


class Criterion(Enum):
    """How well a hidden cell must be kept, see `demand`."""

    EXACT = "exact"
    RULE = "rule"
    STRICT = "strict"

    def demand(self, threshold: int, *, zeros_are_shown: bool) -> tuple[int, int] | None:
        """Return the smallest and largest value that must stay possible; None for EXACT.

        RULE keeps every value that the primary rule hides, so that calculation adds nothing to
        'fewer than `threshold`'. STRICT keeps `threshold` too: what can be added up from hidden
        cells is then itself never a small count.
        """
        if self is Criterion.EXACT:
            return None
        lowest = 1 if zeros_are_shown else 0
        return lowest, threshold if self is Criterion.STRICT else threshold - 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, hidden or shown.

    `value` is the true number, None where whoever asks does not know it (then it is hidden).
    `low` and `high` are what every reader knows beforehand of a hidden number (high None: nothing).
    `hidden` says that it is not printed now; `secret` that it is small by the primary rule, so that
    it must be hidden and kept to the criterion. A cell that may not be hidden (`fixed`: national
    totals, what is published already) is shown whatever it gives away. Cells of one `group` are
    hidden together or not at all (empty: alone). `weight` is the loss of hiding it.
    `threshold` and `zeros_are_shown` are its primary rule. A `free` one is no small number as every
    reader knows, and nothing is asked of it: it may even be known.
    """

    name: str
    value: int | None
    low: int = 0
    high: int | None = None
    hidden: bool = False
    secret: bool = False
    fixed: bool = False
    group: str = ""
    weight: int = 1
    threshold: int = 3
    zeros_are_shown: bool = False
    free: bool = False

    def __post_init__(self) -> None:
        if self.value is None and not self.hidden:
            raise ValueError(f"{self.name}: a shown cell needs its value")
        if self.fixed and self.hidden:
            raise ValueError(f"{self.name}: a fixed cell cannot be hidden")
        if self.value is not None and (
            self.value < self.low or (self.high is not None and self.value > self.high)
        ):
            raise ValueError(f"{self.name}: the value lies outside what is known of it")


@dataclass(frozen=True, slots=True)
class Relation:
    """What every reader knows: low <= sum of factor x cell <= high (None: no bound).

    Whole factors, each cell once. `title` says it in Danish for a civil servant, without numbers:
    'Region Nordjylland er summen af sine kommuner'.
    """

    terms: tuple[tuple[str, int], ...]
    low: int | None = 0
    high: int | None = 0
    title: str = ""


def total(whole: str, parts: Iterable[str], title: str = "") -> Relation:
    """Return the relation 'the whole is the sum of its parts'."""
    return Relation((*((part, 1) for part in parts), (whole, -1)), 0, 0, title)


def at_most(part: str, whole: str, title: str = "") -> Relation:
    """Return the relation 'the part is at most the whole'."""
    return Relation(((whole, 1), (part, -1)), 0, None, title)


def equal(one: str, other: str, title: str = "") -> Relation:
    """Return the relation 'two cells are the same number'."""
    return Relation(((one, 1), (other, -1)), 0, 0, title)


@dataclass(frozen=True)
class Publication:
    """Cells and relations that one reader can hold together.

    A relation may name cells by any name in `cells`; others are an error (ValueError). `follows`
    holds pairs of groups (one, other): where one is hidden the other must be. `title` is Danish.
    """

    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...]
    follows: tuple[tuple[str, str], ...] = ()
    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Danish names of cells for reports: 'Samsø, juni 2017'; the cell's own name where missing."""

    def __post_init__(self) -> None:
        if len(self.by_name) != len(self.cells):
            raise ValueError("two cells have one name")
        for relation in self.relations:
            for name, _ in relation.terms:
                if name not in self.by_name:
                    raise ValueError(f"no cell is named {name}")

    @cached_property
    def by_name(self) -> dict[str, Cell]:
        """The cells by name."""
        return {cell.name: cell for cell in self.cells}

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The names of the cells that are not printed."""
        return frozenset(cell.name for cell in self.cells if cell.hidden)

    def group_of(self, name: str) -> str:
        """Return the group a cell is hidden with."""
        return self.by_name[name].group or name

    def title_of(self, name: str) -> str:
        """Return a cell's Danish name."""
        return self.titles.get(name, name)
