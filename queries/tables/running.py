"""Find running sums: lines that add another up from place to place ('kumuleret')."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from queries.sources.kommune_names import fold
from queries.tables.bonds import Axis, Bond, Equation
from queries.tables.report import TableCell

RUNNING = re.compile(
    r"kumuler|\b[aå]kk\.|\bkum\.|\bår[ -]til[ -]dato|\b(?:åtd|ytd)\b"
    r"|\bsiden (?:årets start|årets begyndelse|nytår|årsskiftet)\b",
    re.IGNORECASE,
)
_NEAREST = 12  # lines on each side that a line may add up
_MOST_SEARCHED = 200  # lines among which those without a name are looked for
_FEWEST_CHECKS = 3
_SMALLEST_SUM = 20  # people: fewer add up by chance


@dataclass(frozen=True)
class Running:
    """One line that is a running sum. `runs` are the cells of it that follow one another, by id."""

    line: int
    bond: Bond
    runs: tuple[frozenset[str], ...]


@dataclass
class _Tried:
    """One way in which a line may be a running sum, with how many of its numbers show it."""

    exact: int = 0
    follows: int = 0
    largest: int = 0
    equations: list[tuple[TableCell, list[TableCell], int]] = field(default_factory=list)
    runs: list[list[int]] = field(default_factory=list)


def find_running(
    axis: Axis, totals: dict[int, tuple[int, ...]], explained: set[int], rounded: int = 1
) -> tuple[list[Running], list[str]]:
    """Return the running sums along one axis, and the names of lines that are only called so.

    `totals` are the places across that are sums of other places, `explained` the lines that are
    sums of others at each place. Numbers that are `rounded` fit as far as that lets them.
    """
    places = [at for at in axis.across if at not in totals]
    named = [each for each in axis.lines if RUNNING.search(", ".join(axis.parts[each]))]
    wanted = axis.lines if len(axis.lines) <= _MOST_SEARCHED else named
    found, unclear = [], []
    for line in wanted:
        if line in explained:
            continue
        others = [each for each in axis.lines if each != line and each not in named]
        best: tuple[tuple[int, int], _Tried, tuple[int, ...]] | None = None
        ways = [(way, parts) for way in _ways(axis, places) for parts in _parts(axis, line, others)]
        for order, (way, parts) in enumerate(ways):
            tried = _try(axis, line, parts, way, restarts=line in named, rounded=rounded)
            if tried is None or not _is_enough(tried, named=line in named):
                continue
            score = (-tried.exact, order)
            if best is None or score < best[0]:
                best = score, tried, parts
        if best:
            found.append(_running(axis, line, best[2], best[1], totals, named=line in named))
        elif line in named:
            unclear.append(axis.names[line])
    return found, unclear


def _is_enough(tried: _Tried, *, named: bool) -> bool:
    if named:
        return bool(tried.equations) and tried.exact > 0
    return (
        tried.exact >= _FEWEST_CHECKS
        and tried.follows >= _FEWEST_CHECKS - 1
        and tried.largest >= _SMALLEST_SUM
    )


def _parts(axis: Axis, line: int, others: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield what may be added up: one line, the nearest first, or all others together."""
    near = sorted(others, key=lambda each: (abs(each - line), each > line))[: 2 * _NEAREST]
    yield from ((each,) for each in near)
    if 1 < len(others) <= _NEAREST:
        yield tuple(others)


def _ways(axis: Axis, places: list[int]) -> Iterator[list[list[int]]]:
    """Yield the orders in which places may follow one another: by group, all, and backwards."""
    names = axis.layout.column_parts if axis.down else axis.layout.row_parts
    width = min((len(names[at]) for at in places), default=1)
    grouped: list[list[list[int]]] = []
    for own in range(width) if width > 1 else ():
        groups: dict[tuple[str, ...], list[int]] = {}
        for at in places:
            rest = tuple(fold(part) for i, part in enumerate(names[at]) if i != own)
            groups.setdefault(rest, []).append(at)
        if 1 < len(groups) < len(places):
            grouped.append(list(groups.values()))
    for way in (*grouped, [places]):
        yield way
        yield [group[::-1] for group in way]


def _try(
    axis: Axis,
    line: int,
    parts: tuple[int, ...],
    way: list[list[int]],
    *,
    restarts: bool,
    rounded: int,
) -> _Tried | None:
    """Return how a line runs, None where a number contradicts it.

    The first of a run may hold more than its own place: what came before the table.
    """
    tried = _Tried()
    for group in way:
        before: TableCell | None = None
        since: list[TableCell] = []
        tried.runs.append([])
        for at in group:
            total = axis.cell(line, at)
            here = [axis.cell(part, at) for part in parts]
            if total.status == "label" or any(cell.status == "label" for cell in here):
                return None
            here = [cell for cell in here if cell.status != "empty"]
            since += here
            if total.status == "empty":
                continue
            cells = [*([before] if before else []), *since]
            fit = _fit(axis, total, cells, rounded)
            if fit == "broken" and before and restarts and len(since) == len(here):
                fit, cells = _fit(axis, total, here, rounded), here
                tried.runs.append([])
            elif fit == "broken" and before:
                return None
            if fit in {"exact", "open"}:
                tried.equations.append((total, cells, at))
                if fit == "exact" and any(cell.value for cell in since):
                    tried.exact += 1
                    tried.follows += before in cells
            elif fit == "broken" and tried.runs[-1]:
                return None
            tried.runs[-1].append(at)
            tried.largest = max(tried.largest, total.value or 0)
            before, since = total, []
    return tried


def _fit(axis: Axis, total: TableCell, cells: list[TableCell], rounded: int) -> str:
    if not cells:
        return "none"
    fit, over = axis.fit(total, cells)
    if fit == "broken" and total.value is not None and 2 * abs(over) <= rounded * (len(cells) + 1):
        return "exact" if rounded > 1 else "broken"
    return fit


def _running(
    axis: Axis,
    line: int,
    parts: tuple[int, ...],
    tried: _Tried,
    totals: dict[int, tuple[int, ...]],
    *,
    named: bool,
) -> Running:
    one, _, other = axis.noun
    names = [f"'{axis.names[part]}'" for part in parts]
    of = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"
    title = f"{one} '{axis.names[line]}' er den løbende sum af {of}"
    said = f"{title[0].lower()}{title[1:]}"
    equations = [
        Equation(
            "sum",
            total.id,
            tuple(cell.id for cell in cells),
            f"{other} '{axis.across_name(at)}': {said}",
            total.id,
        )
        for total, cells, at in tried.equations
    ]
    off: list[tuple[Equation, int | None]] = []
    runs = [{axis.cell(line, at).id for at in run} for run in tried.runs]
    for at, last, run in _ends(tried.runs, totals):
        runs[run].add(axis.cell(line, at).id)
        total, end = axis.cell(line, at), axis.cell(line, last)
        if total.status in {"empty", "label"}:
            continue
        equation = Equation(
            "sum", total.id, (end.id,), f"{other} '{axis.across_name(at)}': {said}", total.id
        )
        equations.append(equation)
        fit, over = axis.fit(total, [end])
        if fit == "broken":
            off.append((equation, over))
    direction = "ned" if axis.down else "hen"
    key = f"loebende:{direction}:{line}:{','.join(map(str, parts))}"
    basis = "navn" if named else "tal"
    bond = Bond(key, title, "sum", basis, tuple(equations), tuple(off))
    return Running(line, bond, tuple(map(frozenset, runs)))


def _ends(
    runs: Sequence[Sequence[int]], totals: dict[int, tuple[int, ...]]
) -> Iterator[tuple[int, int, int]]:
    """Yield the places that are totals of places of one run, the last of those, and the run."""
    for at, parts in totals.items():
        for number, run in enumerate(runs):
            inside = [each for each in run if each in parts]
            if len(inside) > 1 and len(inside) == len(set(parts)):
                yield at, inside[-1], number


def not_over_time(bonds: list[Bond], running: Sequence[Running]) -> list[Bond]:
    """Return the sums without those that add up a running sum at several of its places."""
    place = {
        name: (each.line, n) for each in running for n, run in enumerate(each.runs) for name in run
    }

    def stands(equation: Equation) -> bool:
        runs = [place[part] for part in equation.parts if part in place]
        return len(runs) == len(set(runs))

    kept = []
    for bond in bonds:
        equations = tuple(each for each in bond.equations if stands(each))
        if equations:
            off = tuple(each for each in bond.off if stands(each[0]))
            kept.append(replace(bond, equations=equations, off=off))
    return kept
