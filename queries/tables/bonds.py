"""What binds the cells of one table: lines that are sums of others, shares, parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from queries.tables.layout import Layout
from queries.tables.report import RelationKind, TableCell

Bounds = tuple[int, int | None]


@dataclass(frozen=True)
class Equation:
    """One equation: a cell and those it is made of, by id.

    kind sum: the whole is the sum of the parts (and of `unseen` cells that are no part of the
    table); equal: the same number; at_most: each part is at most the whole; share: `share` percent
    is the part of the whole (whole '' where the table does not hold it); change: the whole less the
    part is the number printed in `cell`. `cell` is where a fault in
    it is shown. `title` is Danish, without numbers.
    """

    kind: str
    whole: str
    parts: tuple[str, ...]
    title: str
    cell: str
    unseen: tuple[str, ...] = ()
    share: str = ""


@dataclass(frozen=True)
class Bond:
    """One thing that is understood of the table, with an equation per line it says it of.

    `key` names it among all of the table's, whatever the options are. `off` are the equations that
    the printed numbers contradict, with the difference in people (None: no number of people).
    """

    key: str
    title: str
    kind: RelationKind
    basis: str
    equations: tuple[Equation, ...]
    off: tuple[tuple[Equation, int | None], ...] = ()

    @property
    def is_believed(self) -> bool:
        """Whether most of the numbers agree, so that those that do are used."""
        return 2 * len(self.off) < len(self.equations)


@dataclass(frozen=True)
class Axis:
    """The table seen along its rows or its columns: `lines` are added up, `across` counted over."""

    layout: Layout
    down: bool
    lines: tuple[int, ...]
    across: tuple[int, ...]
    bounds: dict[str, Bounds]
    default: Bounds
    names: dict[int, str] = field(default_factory=dict)
    parts: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def cell(self, line: int, at: int) -> TableCell:
        """Return the cell of one line."""
        return self.layout.cell(line, at) if self.down else self.layout.cell(at, line)

    def across_name(self, at: int) -> str:
        """Return the name of one place across."""
        return (self.layout.column_names if self.down else self.layout.row_names)[at]

    @property
    def noun(self) -> tuple[str, str, str]:
        """'Rækken', 'rækkerne', 'Kolonnen' (the other way)."""
        if self.down:
            return "Rækken", "rækkerne", "Kolonnen"
        return "Kolonnen", "kolonnerne", "Rækken"

    def remainder(
        self, whole: int, parts: Iterable[int], at: int, unseen: int = 0
    ) -> tuple[str, int]:
        """Return how one equation fits: 'exact', 'open', 'broken' or 'none', and what is over."""
        return self.fit(self.cell(whole, at), [self.cell(part, at) for part in parts], unseen)

    def fit(self, total: TableCell, cells: list[TableCell], unseen: int = 0) -> tuple[str, int]:
        """Return the same for any cell as the sum of any others."""
        if total.status in {"empty", "label"} or any(each.status == "label" for each in cells):
            return "none", 0
        if all(each.status == "empty" for each in cells):
            return "none", 0
        known = sum(each.value or 0 for each in cells)
        hidden = [self.bound(each) for each in cells if each.status == "hidden"]
        hidden += [self.default] * unseen
        least = known + sum(low for low, _ in hidden)
        most = (
            None
            if any(high is None for _, high in hidden)
            else known + sum(high or 0 for _, high in hidden)
        )
        if total.value is None:
            low, high = self.bound(total)
            fits = (most is None or most >= low) and (high is None or least <= high)
            return ("open" if fits else "broken"), 0
        if total.value < least or (most is not None and total.value > most):
            return "broken", total.value - known
        return ("open" if hidden else "exact"), total.value - known

    def bound(self, cell: TableCell) -> Bounds:
        """Return what is known beforehand of a hidden cell."""
        return self.bounds.get(cell.id, self.default)


def axis(layout: Layout, *, down: bool, bounds: dict[str, Bounds], default: Bounds) -> Axis:
    """Return the table along its rows (`down`) or its columns; only lines that hold counts."""
    is_count: Callable[[int, int], bool] = lambda r, c: (  # noqa: E731
        layout.cell(r, c).kind == "count" and layout.cell(r, c).status != "empty"
    )
    rows = tuple(r for r in layout.rows if any(is_count(r, c) for c in layout.columns))
    columns = tuple(c for c in layout.columns if any(is_count(r, c) for r in layout.rows))
    return Axis(
        layout,
        down,
        rows if down else columns,
        columns if down else rows,
        bounds,
        default,
        layout.row_names if down else layout.column_names,
        layout.row_parts if down else layout.column_parts,
    )


def sum_bond(
    axis: Axis,
    whole: int,
    parts: list[int],
    basis: str,
    *,
    kind: RelationKind = "sum",
    missing: Iterable[str] = (),
    said: str = "",
    verb: str = "er",
) -> Bond:
    """Return the bond 'this line is the sum of those', with what does not fit."""
    one, many, other = axis.noun
    unseen = tuple(missing)
    title = f"{one} '{axis.names[whole]}' {verb} " + (said or _sum_of(axis, parts, many))
    equations: list[Equation] = []
    off: list[tuple[Equation, int | None]] = []
    for at in axis.across:
        fit, over = axis.remainder(whole, parts, at, len(unseen))
        if fit == "none":
            continue
        total = axis.cell(whole, at)
        cells = [axis.cell(part, at) for part in parts]
        equation = Equation(
            "sum",
            total.id,
            tuple(each.id for each in cells if each.status != "empty"),
            f"{other} '{axis.across_name(at)}': {title[0].lower()}{title[1:]}",
            total.id,
            tuple(f"{area}@{total.id}" for area in unseen),
        )
        equations.append(equation)
        if fit == "broken":
            off.append((equation, over))
    direction = "ned" if axis.down else "hen"
    key = f"{direction}:{whole}:{','.join(map(str, parts))}"
    return Bond(key, title, kind, basis, tuple(equations), tuple(off))


def _sum_of(axis: Axis, parts: list[int], many: str) -> str:
    if len(parts) == 1:
        return f"det samme som '{axis.names[parts[0]]}'"
    if len(parts) <= 6:
        names = [f"'{axis.names[part]}'" for part in parts]
        return f"summen af {', '.join(names[:-1])} og {names[-1]}"
    noun = many.removesuffix("ne")
    first, last = axis.names[parts[0]], axis.names[parts[-1]]
    return f"summen af de {len(parts)} {noun} fra '{first}' til '{last}'"
