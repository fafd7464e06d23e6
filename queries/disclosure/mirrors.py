"""Numbers that mirror each other: where the whole is known, one tells the other.

A number and its rest, both hidden beside a shown whole, are one unknown. Taken as one, what stands
between areas is a network again, and a problem half as large.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from queries.disclosure.problem import Problem, Wish


@dataclass(frozen=True)
class _Pair:
    kept: int
    gone: int
    row: int


def folded(problem: Problem) -> Problem:
    """Return the problem with every mirror that stands in no other row taken into its original.

    A mirror is of the same group, and its row has only the two, with equal factors. Its wishes
    become wishes of the original in the opposite direction.
    """
    pairs = _pairs(problem)
    if not pairs:
        return problem
    gone = {pair.gone: pair.kept for pair in pairs}
    rows_gone = {pair.row for pair in pairs}
    kept = [variable for variable in range(len(problem.names)) if variable not in gone]
    place = {variable: number for number, variable in enumerate(kept)}
    mirrors: dict[int, list[int]] = defaultdict(list)
    for pair in pairs:
        mirrors[pair.kept].append(pair.gone)
    found = Problem(
        groups=[[place[v] for v in inside if v in place] for inside in problem.groups],
        group_names=problem.group_names,
        cost=problem.cost,
        must=problem.must,
        may=problem.may,
        follows=problem.follows,
        after=problem.after,
        rows=[
            [(place[variable], factor) for variable, factor in row]
            for number, row in enumerate(problem.rows)
            if number not in rows_gone
        ],
    )
    for variable in kept:
        _take(found, problem, variable, mirrors[variable], place)
    return found


def _pairs(problem: Problem) -> list[_Pair]:
    stands: dict[int, int] = {}
    for row in problem.rows:
        for variable, _ in row:
            stands[variable] = stands.get(variable, 0) + 1
    found: list[_Pair] = []
    kept: set[int] = set()
    gone: set[int] = set()
    for number, row in enumerate(problem.rows):
        if len(row) != 2 or row[0][1] != row[1][1]:
            continue
        (one, _), (other, _) = row
        if problem.group[one] != problem.group[other] or problem.group[one] < 0:
            continue
        if stands[other] != 1 or other in kept:
            one, other = other, one
        if stands[other] == 1 and other not in kept and one not in gone:
            kept.add(one)
            gone.add(other)
            found.append(_Pair(one, other, number))
    return found


def _take(
    found: Problem, problem: Problem, variable: int, mirrors: Iterable[int], place: dict[int, int]
) -> None:
    both = [(variable, 1), *((mirror, -1) for mirror in mirrors)]
    here = place[variable]
    up, down = problem.up[variable], problem.down[variable]
    for mirror in mirrors:
        up, down = min(up, problem.down[mirror]), min(down, problem.up[mirror])
    found.names.append(tuple(name for one, _ in both for name in problem.names[one]))
    found.value.append(problem.value[variable])
    found.up.append(up)
    found.down.append(down)
    found.group.append(problem.group[variable])
    found.known.append(any(problem.known[one] for one, _ in both))
    found.small.append(any(problem.small[one] for one, _ in both))
    wishes: dict[tuple[Wish, ...], None] = {}
    falls: dict[tuple[Wish, Wish], None] = {}
    for one, sign in both:
        for turns in problem.wishes[one]:
            wishes[_sorted(_moved(wish, here, sign) for wish in turns)] = None
        for least, most in problem.falls[one]:
            falls[_moved(least, here, sign), _moved(most, here, sign)] = None
    if len(wishes) > 1:  # any move at all is asked for by every other wish
        wishes.pop((Wish(here, 1, 1), Wish(here, -1, 1)), None)
    found.wishes.append([list(turns) for turns in wishes])
    found.falls.append(list(falls))


def _moved(wish: Wish, variable: int, sign: int) -> Wish:
    return Wish(variable, sign * wish.sign, wish.amount)


def _sorted(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    return tuple(sorted(wishes, key=lambda wish: -wish.sign))
