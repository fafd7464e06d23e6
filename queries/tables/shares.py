"""Find what the shares of a table are shares of, and which lines are part of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from queries.sources.rounding import denominator_bounds, share_bounds
from queries.tables.bonds import Axis, Bond, Equation
from queries.tables.report import TableCell
from queries.tables.sums import OF_WHICH

_NEAREST = 12  # lines on each side that a share may be the share of
UNKNOWN = "nævner@"


@dataclass(frozen=True)
class _Meaning:
    """A share line as part over whole: a line, or one place of the same line (a total row)."""

    part: int
    whole: int | None = None
    total_at: int | None = None


def find_shares(
    axis: Axis, share_lines: Iterable[int], totals: Iterable[int]
) -> tuple[list[Bond], list[str]]:
    """Return a bond per share line that is understood, and the names of those that are not.

    `totals` are the places across that hold totals: a share may be of the column's total.
    """
    bonds, not_understood = [], []
    wholes = tuple(totals)
    for line in share_lines:
        best: tuple[tuple[int, int, int], Bond] | None = None
        for order, meaning in enumerate(_meanings(axis, line, wholes)):
            checks, off = _fit(axis, line, meaning)
            known = meaning.whole is not None or meaning.total_at is not None
            # With a denominator in the table it must fit wherever it can be tried; without one
            # nearly everything fits, so that comes last.
            if off > checks // 10 or (known and (not checks or off)):
                continue
            score = (0 if known else 1, off, order)
            if best is None or score < best[0]:
                best = (score, _bond(axis, line, meaning))
        if best:
            bonds.append(best[1])
        else:
            not_understood.append(axis.names[line])
    return bonds, not_understood


def find_parts(axis: Axis) -> list[Bond]:
    """Return a bond per line that is called 'heraf': it is at most the line it follows."""
    bonds = []
    whole: int | None = None
    for line in axis.lines:
        if not OF_WHICH.match(axis.parts[line][-1]):
            whole = line
        elif whole is not None:
            bonds.append(_part_bond(axis, line, whole))
    return [bond for bond in bonds if bond.equations]


def _part_bond(axis: Axis, line: int, whole: int) -> Bond:
    one, _, other = axis.noun
    title = f"{one} '{axis.names[line]}' er en del af '{axis.names[whole]}'"
    equations, off = [], []
    for at in axis.across:
        part, total = axis.cell(line, at), axis.cell(whole, at)
        if {part.status, total.status} & {"label", "empty"}:
            continue
        equation = Equation(
            "at_most",
            total.id,
            (part.id,),
            f"{other} '{axis.across_name(at)}': {title[0].lower()}{title[1:]}",
            part.id,
        )
        equations.append(equation)
        if part.value is not None and total.value is not None and part.value > total.value:
            off.append((equation, total.value - part.value))
    direction = "ned" if axis.down else "hen"
    return Bond(
        f"heraf:{direction}:{line}:{whole}",
        title,
        "at_most",
        "navn",
        tuple(equations),
        tuple(off),
    )


def equal_bond(axis: Axis, one: int, other: int) -> Bond:
    """Return the bond 'two lines hold the same numbers'."""
    _, many, across = axis.noun
    title = f"{many.capitalize()} '{axis.names[one]}' og '{axis.names[other]}' er ens"
    equations = []
    for at in axis.across:
        a, b = axis.cell(one, at), axis.cell(other, at)
        if {a.status, b.status} & {"label", "empty"}:
            continue
        said = f"{across} '{axis.across_name(at)}': {title[0].lower()}{title[1:]}"
        equations.append(Equation("equal", a.id, (b.id,), said, b.id))
    direction = "ned" if axis.down else "hen"
    return Bond(f"ens:{direction}:{one}:{other}", title, "equal", "tal", tuple(equations))


def _meanings(axis: Axis, line: int, totals: tuple[int, ...]) -> Iterator[_Meaning]:
    """Yield what a share may mean, the nearest lines under the same heading first."""
    group = axis.parts[line][:-1]
    near = sorted(
        axis.lines,
        key=lambda each: (axis.parts[each][:-1] != group, abs(each - line), each > line),
    )[: 2 * _NEAREST]
    for part in near:
        for whole in near:
            if whole != part:
                yield _Meaning(part, whole)
    for part in near:
        for at in totals:
            yield _Meaning(part, None, at)
    # Only the line beside it: any other would fit as well.
    before = [each for each in near if each < line]
    if before or near:
        yield _Meaning((before or near)[0])


def _whole_cell(axis: Axis, meaning: _Meaning, at: int) -> TableCell | None:
    if meaning.whole is not None:
        return axis.cell(meaning.whole, at)
    return None if meaning.total_at is None else axis.cell(meaning.part, meaning.total_at)


def _fit(axis: Axis, line: int, meaning: _Meaning) -> tuple[int, int]:
    """Return in how many places a meaning could be tried, and in how many it does not fit."""
    checks = off = 0
    for at in axis.across:
        share = axis.cell(line, at)
        part = axis.cell(meaning.part, at)
        if share.status != "share" or part.value is None:
            continue
        if meaning.whole is None and meaning.total_at is None:
            checks += 1
            off += not share_fits(part.value, None, share.share)
            continue
        whole = _whole_cell(axis, meaning, at)
        if whole is None or not whole.value:
            continue
        checks += 1
        off += not share_fits(part.value, whole.value, share.share)
        if off > 2 and off > checks // 10:
            break
    return checks, off


def share_fits(part: int, whole: int | None, share: str) -> bool:
    """Whether a printed share may have been rounded from part and whole (None: any whole)."""
    if whole is None:
        return denominator_bounds(part, share) is not None
    low, high = share_bounds(share)
    return part <= whole and low <= Fraction(100 * part, whole) <= high


def _bond(axis: Axis, line: int, meaning: _Meaning) -> Bond:
    one, _, other = axis.noun
    known = meaning.whole is not None or meaning.total_at is not None
    name, part_name = axis.names[line], axis.names[meaning.part]
    if meaning.whole is not None:
        of = f"'{axis.names[meaning.whole]}'"
    elif meaning.total_at is not None:
        of = f"'{axis.across_name(meaning.total_at)}'"
    else:
        of = "et antal, der ikke står i tabellen"
    title = f"{one} '{name}' er '{part_name}' i pct. af {of}"
    equations, off = [], []
    for at in axis.across:
        share, part = axis.cell(line, at), axis.cell(meaning.part, at)
        whole = _whole_cell(axis, meaning, at)
        if share.status != "share" or part.status in {"empty", "label"}:
            continue
        if known and (whole is None or whole.status in {"empty", "label"}):
            continue
        if whole is not None and whole.id == part.id:
            continue  # 100 pct. of itself: nobody is left over.
        equation = Equation(
            "share",
            whole.id if whole else "",
            (part.id,),
            f"{other} '{axis.across_name(at)}': {title[0].lower()}{title[1:]}",
            share.id,
            () if whole else (UNKNOWN + part.id,),
            share.share,
        )
        equations.append(equation)
        if part.value is None or (whole and not whole.value):
            continue
        if not share_fits(part.value, whole.value if whole else None, share.share):
            off.append((equation, None))
    direction = "ned" if axis.down else "hen"
    key = f"andel:{direction}:{line}:{meaning.part}:{meaning.whole}:{meaning.total_at}"
    return Bond(key, title, "share", "tal" if known else "navn", tuple(equations), tuple(off))
