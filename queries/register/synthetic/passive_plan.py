"""How many are passive in ressourceforløb in June 2017: table 1 of spm. 554, its gaps filled.

Counts that the table hides and all denominators are drawn by the seed among those that fit what
the table says. None of them is known: they are made up, like every person behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from queries.register.synthetic.choosing import draw_with_sum
from queries.register.synthetic.time_axis import Ints
from queries.sources.facts import FOLDER, read_facts
from queries.sources.rounding import denominator_bounds
from queries.sources.transcribe import TOTAL_CODE, read_table_csv

TABLE = FOLDER / "beu_spm_554_tabel_1.csv"
HIDDEN_BELOW = 3  # 'færre end 3': the note's rule for a dot
PEOPLE = (13_200, 13_400)  # with a year in ressourceforløb: 2.790 is 21 pct. of about 13.300
MOST_PEOPLE = 13_500  # where the hidden counts drawn ask for more
_ZERO_SHARE_PEOPLE = (120, 450)  # a rounded share of 0 has no largest denominator: a kommune's size
_LEFT_OUT_PEOPLE = (4, 12)  # two small islands
_SLACK = 40


@dataclass(frozen=True)
class PassivePlan:
    """June 2017 by kommune, in the order of the kommune codes.

    kommuner: all 98 codes as numbers. passive: people with neither offer nor mentor. people: all
    with a year in ressourceforløb.
    """

    kommuner: Ints
    passive: Ints
    people: Ints


@dataclass(frozen=True)
class Cell:
    """A kommune's row: what is printed, None where hidden or left out."""

    kommune: int
    count: int | None
    share_pct: int | None


def rounds_to(count: int, people: int, share_pct: int) -> bool:
    """Return whether the share rounds to `share_pct` by every rule: a half does not occur."""
    doubled = 200 * count  # compare count/people with share ± 0.5 in whole numbers
    return (2 * share_pct - 1) * people < doubled < (2 * share_pct + 1) * people


def denominators(count: int, share_pct: int | None) -> Ints:
    """Return every plausible number of people behind a count and its printed share."""
    if share_pct is None:
        low, high = max(_LEFT_OUT_PEOPLE[0], count + 1), _LEFT_OUT_PEOPLE[1]
        return np.arange(low, high + 1)
    bounds = denominator_bounds(count, share_pct)
    if bounds is None:
        return np.zeros(0, np.int64)
    first, last = bounds
    if last is None:
        first, last = max(first, _ZERO_SHARE_PEOPLE[0]), _ZERO_SHARE_PEOPLE[1]
    fits = [n for n in range(first, last + 1) if rounds_to(count, n, share_pct)]
    return np.array(fits, np.int64)


def cells() -> tuple[list[Cell], int, int]:
    """Return the 98 kommuner in order of code, the printed total and its share in percent."""
    table = {row["kommunekode"]: row for row in read_table_csv(TABLE).iter_rows(named=True)}
    found = []
    for code in sorted(read_facts("kommuner")["kommunekode"].to_list()):
        row = table.get(code, {"count": None, "share_pct": None})
        share = row["share_pct"]
        found.append(Cell(int(code), row["count"], None if share is None else int(share)))
    total = table[TOTAL_CODE]
    return found, int(total["count"]), int(total["share_pct"])


def hidden_solutions(table: list[Cell], total: int) -> list[tuple[int, ...]]:
    """Return every way to fill the hidden cells, in their order, so that the total comes out."""
    hidden = [cell for cell in table if cell.count is None]
    rest = total - sum(cell.count or 0 for cell in table)
    possible = [
        [n for n in range(HIDDEN_BELOW) if len(denominators(n, cell.share_pct))] for cell in hidden
    ]
    return [counts for counts in product(*possible) if sum(counts) == rest]


def draw_passive_plan(rng: np.random.Generator) -> PassivePlan:
    """Draw hidden counts and denominators among those that fit the whole table."""
    table, total, share_pct = cells()
    solutions = hidden_solutions(table, total)
    for solution in rng.permutation(len(solutions)).tolist():
        hidden = iter(solutions[solution])
        counts = [next(hidden) if cell.count is None else cell.count for cell in table]
        choices = [
            denominators(count, cell.share_pct) for count, cell in zip(counts, table, strict=True)
        ]
        people = _draw_people(rng, choices, total, share_pct)
        if people is not None:
            codes = np.array([cell.kommune for cell in table])
            return PassivePlan(codes, np.array(counts), np.array(people))
    raise AssertionError("no denominators fit the table")  # pragma: no cover


def _draw_people(
    rng: np.random.Generator, choices: list[Ints], total: int, share_pct: int
) -> list[int] | None:
    """Draw denominators whose sum is near PEOPLE and gives the national share."""
    least = sum(int(values.min()) for values in choices)
    low = max(PEOPLE[0], least)
    high = min(max(PEOPLE[1], least + _SLACK), MOST_PEOPLE)
    fits = [n for n in range(low, high + 1) if rounds_to(total, n, share_pct)]
    return draw_with_sum(rng, choices, int(rng.choice(fits))) if fits else None
