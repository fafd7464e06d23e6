"""Find which lines hold the differences of two others ('ændring', also below zero)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from queries.tables.bonds import Axis, Bond, Equation, axis, sum_bond
from queries.tables.layout import Layout
from queries.tables.report import TableCell
from queries.tables.sums import TOTAL

_NEAREST = 12  # lines on each side that a line may be the difference of
_SURE = re.compile(
    r"\b(?:ændring|forskel|differen|diff\b|stigning|fald\b|(?:til)?vækst)|\+\s?/\s?[-–−]",
    re.IGNORECASE,
)
PRINTED = frozenset({"shown", "zero"})


@dataclass(frozen=True)
class Change:
    """A line that is `after` minus `before`, along its rows (`down`) or its columns.

    Where nothing in it is below zero and its name and place could be those of a part, it is read as
    counts that are `added` to `before`.
    """

    down: bool
    line: int
    before: int
    after: int
    added: bool = False


def settle_changes(layout: Layout) -> tuple[Layout, list[Change], list[str], list[str]]:
    """Return what each line of changes is the difference of, why some are not judged, and remarks.

    A line that is no such difference is read as counts after all, or, with numbers below zero in
    it, as texts: then the third says so. The fourth says which lines without such numbers are not
    judged as counts of people.
    """
    changes: list[Change] = []
    reasons: list[str] = []
    remarks: list[str] = []
    columns: set[str] = set()  # cells that are of a column of changes
    for down in (False, True):
        along = axis(layout, down=down, bounds={}, default=(0, None))
        lines = _lines(layout, columns, down=down)
        if not down:
            columns = {cell.id for line in lines for cell in _cells(layout, line, down=False)}
        for line in lines:
            own = _cells(layout, line, down=down)
            found, below = _difference(along, line), any((cell.value or 0) < 0 for cell in own)
            sure = found is not None and (below or _is_no_part(along, line, *found))
            if found is not None:
                changes.append(Change(down, line, *found, added=not sure))
            if sure and not below:
                remarks.append(
                    f"{along.noun[0]} '{along.names[line]}' er læst som en ændring, ikke som et "
                    "antal personer: et lille tal i den regnes ikke for småt."
                )
            if below and found is None:
                reasons.append(
                    f"{along.noun[0]} '{along.names[line]}' er en ændring, men det er ikke klart, "
                    "hvilke to antal den er forskellen på; den er ikke undersøgt. Tag dem med, "
                    "eller tag ændringen ud."
                )
                layout = _as(layout, own, "label")
            elif not sure:
                layout = _as(layout, own, "count")
    return layout, changes, reasons, remarks


def _is_no_part(along: Axis, line: int, before: int, after: int) -> bool:
    """Whether a line with nothing below zero is named and placed as a change, not as a part."""
    if any(TOTAL.fullmatch(part) for part in along.parts[after]):
        return False
    last = line > max(before, after)
    return last and (before < after or bool(_SURE.search(along.parts[line][-1])))


def change_bonds(
    axes: tuple[Axis, Axis], changes: list[Change], known: list[Bond]
) -> tuple[list[Bond], list[Bond]]:
    """Return a bond per line of changes: those that are differences, and those that are sums.

    `axes` are the table along its rows and its columns. A sum is left out that is `known`, or that
    may be one the other way.
    """
    bound = {frozenset((each.whole, *each.parts)) for bond in known for each in bond.equations}
    differences, sums = [], []
    for change in changes:
        along = axes[0] if change.down else axes[1]
        if not change.added:
            differences.append(_bond(along, change))
            continue
        parts = [change.before, change.line]
        bond = sum_bond(along, change.after, parts, "tal", said=_said(along, change))
        if not any(frozenset((each.whole, *each.parts)) in bound for each in bond.equations):
            sums.append(bond)
    return differences, sums


def _said(along: Axis, change: Change) -> str:
    return f"'{along.names[change.before]}' plus '{along.names[change.line]}'"


def without_changes(bonds: list[Bond], layout: Layout) -> list[str]:
    """Return why changes between rounded numbers leave it undecided.

    Changes of the printed numbers tell nothing more; others were made of numbers not printed here.
    """
    hidden = {cell.id for row in layout.table.rows for cell in row if cell.status == "hidden"}
    return [
        f"{bond.title}, men er ikke regnet af de afrundede tal. Den er ikke undersøgt."
        for bond in bonds
        if bond.off or any({each.whole, *each.parts} & hidden for each in bond.equations)
    ]


def _lines(layout: Layout, known: set[str], *, down: bool) -> list[int]:
    """Return the lines that hold changes not known; a column of nothing else before the rows."""
    lines = []
    for line in layout.rows if down else layout.columns:
        own = [cell for cell in _cells(layout, line, down=down) if cell.id not in known]
        others = _line(layout, line, down=down)
        if own and (down or not any(each.kind == "count" for each in others)):
            lines.append(line)
    return lines


def _line(layout: Layout, line: int, *, down: bool) -> list[TableCell]:
    at = layout.columns if down else layout.rows
    cells = [layout.cell(line, each) if down else layout.cell(each, line) for each in at]
    return [cell for cell in cells if cell.status != "empty"]


def _cells(layout: Layout, line: int, *, down: bool) -> list[TableCell]:
    return [cell for cell in _line(layout, line, down=down) if cell.kind == "change"]


def _difference(along: Axis, line: int) -> tuple[int, int] | None:
    """Return which two lines it is the difference of: it fits wherever it can be tried."""
    best: tuple[tuple[int, int], tuple[int, int]] | None = None
    for order, (before, after) in enumerate(_pairs(along, line)):
        checks = off = 0
        for at in along.across:
            cells = [along.cell(each, at) for each in (line, before, after)]
            change, one, other = (cell.value for cell in cells)
            if cells[0].kind != "change" or change is None or one is None or other is None:
                continue
            checks += 1
            off += other - one != change
        if not checks or off > checks // 10:
            continue
        score = (off - checks, order)
        if best is None or score < best[0]:
            best = score, (before, after)
    return best[1] if best else None


def _pairs(along: Axis, line: int) -> Iterator[tuple[int, int]]:
    """Yield pairs of lines under the same heading first, the nearest first, in their order."""
    group = along.parts[line][:-1]
    near = sorted(
        along.lines,
        key=lambda each: (along.parts[each][:-1] != group, abs(each - line), each > line),
    )[: 2 * _NEAREST]
    pairs = [(one, other) for one in near for other in near if one != other]
    yield from sorted(pairs, key=lambda pair: pair[0] > pair[1])


def _bond(along: Axis, change: Change) -> Bond:
    one, _, other = along.noun
    names = along.names
    title = (
        f"{one} '{names[change.line]}' er '{names[change.after]}' minus '{names[change.before]}'"
    )
    equations, off = [], []
    for at in along.across:
        cell, before, after = (
            along.cell(each, at) for each in (change.line, change.before, change.after)
        )
        if cell.kind != "change" or cell.value is None:
            continue
        if {before.status, after.status} & {"label", "empty"}:
            continue
        equation = Equation(
            "change",
            after.id,
            (before.id,),
            f"{other} '{along.across_name(at)}': {title[0].lower()}{title[1:]}",
            cell.id,
            share=str(cell.value),
        )
        equations.append(equation)
        if before.value is None or after.value is None:
            continue
        if after.value - before.value != cell.value:
            off.append((equation, None))
    direction = "ned" if along.down else "hen"
    key = f"forskel:{direction}:{change.line}:{change.before}:{change.after}"
    return Bond(key, title, "change", "tal", tuple(equations), tuple(off))


def _as(layout: Layout, cells: list[TableCell], kind: str) -> Layout:
    ids = {cell.id for cell in cells}
    rows = tuple(
        tuple(
            cell
            if cell.id not in ids
            else replace(cell, kind="count")
            if kind == "count"
            else replace(cell, kind="label", status="label", value=None)
            for cell in row
        )
        for row in layout.table.rows
    )
    bounds = layout.bounds
    if kind == "label":
        bounds = {name: bound for name, bound in bounds.items() if name not in ids}
    return replace(layout, table=replace(layout.table, rows=rows), bounds=bounds)
