"""A version of a table as a publication: its cells, what binds them, and what a reader knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from queries.disclosure.alternatives import rounded_bounds
from queries.disclosure.primary import small
from queries.disclosure.publication import Cell, Publication, Relation, at_most, equal, total
from queries.sources.rounding import as_decimal, decimals_of, denominator_bounds
from queries.tables.bonds import Bounds, Equation
from queries.tables.changes import PRINTED
from queries.tables.options import Options
from queries.tables.report import Grid, TableCell
from queries.tables.understand import Understanding

REST = "rest@"
SUM_OF_WHOLES = " (også nævnerne)"
"""What the title of a sum ends with when it is of the denominators of its shares."""


@dataclass(frozen=True)
class Version:
    """A table as it is or as it could be.

    `equations` bind its cells by id. `bounds` is what is known beforehand of hidden cells,
    `default` of numbers that are no part of the table. `true` holds the numbers behind hidden cells
    where they are known (to us, not to a reader). `spread` holds what a reader knows of a cell that
    is printed rounded. `titles` are the names of cells. `reasons` say what is not understood of
    the table (Danish); `unsure` are those that matter only where something is hidden.
    """

    rows: Grid
    header_rows: int
    label_columns: int
    above: tuple[str, ...]
    notes: tuple[str, ...]
    equations: tuple[Equation, ...]
    bounds: Mapping[str, Bounds]
    default: Bounds
    titles: Mapping[str, str]
    true: Mapping[str, int] = field(default_factory=dict)
    spread: Mapping[str, Bounds] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    @property
    def cells(self) -> dict[str, TableCell]:
        """The cells by id."""
        return {cell.id: cell for row in self.rows for cell in row}

    def value(self, cell: TableCell) -> int | None:
        """Return the number behind a cell, None where nobody here knows it."""
        return self.true.get(cell.id, cell.value)


def original(understanding: Understanding) -> Version:
    """Return the table as it was read."""
    layout = understanding.layout
    table = layout.table
    titles = {
        layout.cell(r, c).id: f"{layout.row_names[r].strip()}, {layout.column_names[c]}"
        for r in layout.rows
        for c in layout.columns
    }
    return Version(
        rows=table.rows,
        header_rows=table.header_rows,
        label_columns=table.label_columns,
        above=table.above,
        notes=table.below,
        equations=tuple(understanding.equations),
        bounds=understanding.bounds,
        default=understanding.default,
        titles=titles,
        spread=_spread(understanding) if understanding.is_rounded else {},
        reasons=understanding.reasons,
        unsure=understanding.unsure,
    )


def _spread(understanding: Understanding) -> dict[str, Bounds]:
    """Return what a reader knows of each number of a table that is rounded already."""
    return {
        cell.id: rounded_bounds(cell.value, understanding.rounded_to)
        for row in understanding.layout.table.rows
        for cell in row
        if cell.kind == "count" and cell.value is not None
    }


@dataclass(frozen=True)
class Model:
    """A version as a publication, and which of its cells are judged.

    `judged` are the hidden cells that stand in the table or are left out of it, and the rests that
    a shown whole gives away. `of` names the table's cell that a judged one is about.
    """

    publication: Publication
    judged: frozenset[str]
    of: Mapping[str, str]


def model(version: Version, options: Options) -> Model:
    """Return what a reader of one version holds in their hands."""
    return _Maker(version, options).made()


class _Maker:
    def __init__(self, version: Version, options: Options) -> None:
        self.version, self.options = version, options
        self.table = version.cells
        self.cells: dict[str, Cell] = {}
        self.relations: list[Relation] = []
        self.titles = dict(version.titles)
        self.of: dict[str, str] = {}

    def made(self) -> Model:
        for cell in self.table.values():
            if cell.kind == "count" and cell.status in {"shown", "zero", "hidden"}:
                self._count(cell)
        for equation in self.version.equations:
            if all(name in self.cells for name in (*equation.parts, equation.whole) if name):
                self._equation(equation)
        self._sums_of_unknown_wholes()
        publication = Publication(
            tuple(self.cells.values()), tuple(self.relations), titles=self.titles
        )
        return Model(publication, frozenset(self.of), self.of)

    def _count(self, cell: TableCell) -> None:
        version = self.version
        spread = version.spread.get(cell.id)
        hidden = cell.status == "hidden"
        value = version.value(cell)
        low, high = spread or (version.bounds.get(cell.id, (0, None)) if hidden else (0, None))
        if cell.id in version.spread and cell.id not in version.true:
            value = None  # A printed multiple is not the number.
        self._add(
            cell.id,
            value,
            (low, high),
            hidden=hidden or spread is not None,
            secret=value is None or self.is_small(value),
        )
        if hidden or spread is not None:
            self.of[cell.id] = cell.id

    def is_small(self, value: int) -> bool:
        return small(
            value,
            threshold=self.options.threshold,
            zeros_are_shown=self.options.zeros_are_shown,
        )

    def _add(
        self,
        name: str,
        value: int | None,
        bounds: Bounds,
        *,
        hidden: bool,
        secret: bool = False,
    ) -> None:
        low, high = bounds
        if value is not None and (value < low or (high is not None and value > high)):
            value = None  # The mark says something else: then only what a reader sees counts.
        self.cells[name] = Cell(
            name,
            value,
            low=low,
            high=high,
            hidden=hidden or value is None,
            secret=secret,
            threshold=self.options.threshold,
            zeros_are_shown=self.options.zeros_are_shown,
        )

    def _equation(self, equation: Equation) -> None:
        if equation.kind == "sum":
            for name in equation.unseen:
                if name not in self.cells:
                    self._add(name, None, self.version.default, hidden=True, secret=True)
                    self.of[name] = name
                    self.titles[name] = "En linje, der er udeladt af tabellen"
            parts = (*equation.parts, *equation.unseen)
            self.relations.append(total(equation.whole, parts, equation.title))
        elif equation.kind == "equal":
            self.relations.append(equal(equation.whole, equation.parts[0], equation.title))
        elif equation.kind == "at_most":
            self._part_of_whole(equation)
        elif equation.kind == "share" and self.table[equation.cell].status == "share":
            self._share(equation)
        elif equation.kind == "change" and self.table[equation.cell].status in PRINTED:
            before, after = equation.parts[0], equation.whole
            over = int(equation.share)
            self.relations.append(Relation(((after, 1), (before, -1)), over, over, equation.title))

    def _share(self, equation: Equation) -> None:
        part, whole = equation.parts[0], equation.whole
        if whole:
            self._part_of_whole(equation)
        else:
            whole = equation.unseen[0]
            low, high = 1, None
            if (value := self.cells[part].value) is not None and not self.cells[part].hidden:
                low, high = denominator_bounds(value, equation.share) or (1, None)
            if whole not in self.cells:
                self._add(whole, None, (low, high), hidden=True)
                self.titles[whole] = f"Nævneren for {self.titles[part]}"
            self.relations.append(at_most(part, whole, equation.title))
        if self.cells[part].hidden or self.cells[whole].hidden:
            self.relations.extend(share_relations(part, whole, equation.share, equation.title))

    def _part_of_whole(self, equation: Equation) -> None:
        """Say that a part is at most its whole; where both are known, so is the rest."""
        part, whole = equation.parts[0], equation.whole
        rest = f"{REST}{part}@{whole}"
        if not self.cells[part].hidden or self.cells[part].high is not None or rest in self.cells:
            self.relations.append(at_most(part, whole, equation.title))
            return
        known = self.cells[part].value, self.cells[whole].value
        value = None if None in known else (known[1] or 0) - (known[0] or 0)
        secret = value is None or self.is_small(value)
        self._add(rest, value, (0, None), hidden=True, secret=secret)
        self.of[rest] = part
        self.titles[rest] = f"{self.titles[whole]} uden {self.titles[part]}"
        self.relations.append(total(whole, (part, rest), equation.title))

    def _sums_of_unknown_wholes(self) -> None:
        """Denominators that are not printed add up as their counts do."""
        unknown = {
            equation.parts[0]: equation.unseen[0]
            for equation in self.version.equations
            if equation.kind == "share" and equation.unseen and equation.unseen[0] in self.cells
        }
        for equation in self.version.equations:
            if equation.kind != "sum" or equation.unseen or equation.whole not in unknown:
                continue
            if all(part in unknown for part in equation.parts):
                parts = [unknown[part] for part in equation.parts]
                title = equation.title + SUM_OF_WHOLES
                self.relations.append(total(unknown[equation.whole], parts, title))


def share_relations(part: str, whole: str, share: str, title: str) -> tuple[Relation, ...]:
    """Return what a printed share says of part and whole: it lies within half a unit.

    Whole factors: with d decimals and S the digits, 2S-1 <= 200 * 10^d * part / whole <= 2S+1.
    """
    percent = as_decimal(share)
    scale = 10 ** decimals_of(percent)
    digits = int(percent * scale)
    factor = 200 * scale
    return (
        Relation(((part, factor), (whole, 1 - 2 * digits)), 0, None, title),
        Relation(((part, factor), (whole, -1 - 2 * digits)), None, 0, title),
    )
