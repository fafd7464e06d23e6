"""All that adds up in a table: sums at each place, running sums, and both across one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from queries.tables.bonds import Axis, Bond, sum_bond
from queries.tables.running import Running, find_running, not_over_time
from queries.tables.sums import find_sums

_TIME = re.compile(
    r"\b(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)|kvartal|\bkvt?\.|\buge\b|måned"
    r"|\b(?:19|20)\d\d\b|\b[mku]\d{1,2}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Added:
    """The sums of rows, of columns, and those that run; `reasons` say which are not understood."""

    rows: list[Bond]
    columns: list[Bond]
    running: list[Bond]
    reasons: list[str]


def find_added(
    down: Axis,
    along: Axis,
    *,
    chosen: tuple[tuple[int, ...], tuple[int, ...]],
    left_out: str,
    guess: bool,
    rounded: int,
) -> Added:
    """Return the sums of a table; `chosen` are the rows and columns that the user calls totals.

    `left_out` and `guess` as for `find_sums`; the numbers are rounded to `rounded` (1: not).
    """

    def sums(axis: Axis, own: Sequence[Running], crossing: Sequence[Running]) -> list[Bond]:
        runs, places = {each.line for each in own}, {each.line for each in crossing}
        plain = replace(axis, across=tuple(at for at in axis.across if at not in places))
        found = find_sums(
            replace(plain, lines=tuple(each for each in axis.lines if each not in runs)),
            chosen=chosen[0] if axis.down else chosen[1],
            left_out=left_out,
            guess=guess and not crossing,
        )
        if len(runs) > 1:
            lines = tuple(each for each in axis.lines if each in runs)
            found += find_sums(replace(plain, lines=lines), left_out=left_out, guess=False)
        return [_with_running(bond, axis, crossing) for bond in found]

    rows, columns = sums(down, (), ()), sums(along, (), ())
    run_rows, odd_rows = find_running(down, _parts(columns), _explained(rows), rounded)
    run_columns, odd_columns = find_running(along, _parts(rows), _explained(columns), rounded)
    if run_rows or run_columns:
        rows, columns = sums(down, run_rows, run_columns), sums(along, run_columns, run_rows)
    return Added(
        rows,
        columns,
        [each.bond for each in (*run_rows, *run_columns)],
        [*_unclear(down, odd_rows), *_unclear(along, odd_columns)],
    )


def _with_running(bond: Bond, axis: Axis, crossing: Sequence[Running]) -> Bond:
    """Return a sum with what it says of the running sums across, where it is not over time."""
    if not crossing or any(each.unseen for each in bond.equations):
        return bond
    lines = tuple(each.line for each in crossing)
    whole, parts = _line(bond), list(_summed(bond))
    more = sum_bond(replace(axis, across=lines), whole, parts, bond.basis, kind=bond.kind)
    (more,) = not_over_time([more], crossing) or [replace(more, equations=(), off=())]
    return replace(bond, equations=bond.equations + more.equations, off=bond.off + more.off)


def _explained(bonds: list[Bond]) -> set[int]:
    """Return the lines that are sums of others at each place: no running sums."""
    return {_line(bond) for bond in bonds if bond.basis != "muligt" and not bond.off}


def _parts(bonds: list[Bond]) -> dict[int, tuple[int, ...]]:
    """Return the lines that are sums, with the lines at the bottom that they add up."""
    sums = {_line(bond): _summed(bond) for bond in bonds if bond.basis != "muligt"}

    def bottom(line: int, above: tuple[int, ...] = ()) -> tuple[int, ...]:
        if line not in sums or line in above:
            return (line,)
        return tuple(end for part in sums[line] for end in bottom(part, (*above, line)))

    return {line: bottom(line) for line in sums}


def _line(bond: Bond) -> int:
    return int(bond.key.split(":")[1])


def _summed(bond: Bond) -> tuple[int, ...]:
    return tuple(map(int, bond.key.split(":")[2].split(",")))


def _unclear(axis: Axis, names: list[str]) -> list[str]:
    """Return why running sums of numbers that do not stand in the table leave it undecided."""
    times = sum(bool(_TIME.search(axis.across_name(at))) for at in axis.across)
    if 2 * times < len(axis.across):
        return []
    one, _, other = axis.noun
    return [
        f"{one} '{name}' ser ud til at være kumuleret, men det er ikke klart, hvilke tal den "
        f"lægger sammen. Hvad der kan regnes ud fra den ene {other.lower()[:-2]} til den "
        "næste, er ikke undersøgt: tag de enkelte tal med, eller tag den ud."
        for name in names
    ]
