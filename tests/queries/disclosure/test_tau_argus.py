"""Cost and safety beside τ-ARGUS (pytauargus 0.6), the statistical offices' own program.

Its optimal method solves the same problem for one table: the least cost of further cells so that
every small number keeps its protection levels. There the cost must be the same. It does not look
at what is told of the further cells, at what the person behind a 1 can compute, or at other
tables with the same totals: here ours must be safe where its result is not.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pytest

from queries.disclosure import audit, protect
from queries.disclosure.publication import Cell, Criterion, Publication, total
from tests.oracles import disclosure as oracle
from tests.oracles import tau_argus
from tests.oracles.tau_argus import TOTAL, with_totals

try:
    import pytauargus.engine  # noqa: F401
except ImportError as reason:  # pragma: no cover
    pytest.skip(f"pytauargus has no engine for this platform: {reason}", allow_module_level=True)

UNDER = 3
Key = tuple[str, str]


def table_of(rows: Sequence[Sequence[int]], mark: str = "c") -> dict[Key, int]:
    """Return a table with its totals: rows r0, r1 ..., columns c0, c1 ..."""
    return with_totals(
        {
            (f"r{row}", f"{mark}{column}"): value
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
        }
    )


def small(table: Mapping[Key, int]) -> set[Key]:
    return {key for key, value in table.items() if value < UNDER}


def name(key: Key) -> str:
    return "/".join(key)


def names(keys: Collection[Key]) -> set[str]:
    return {name(key) for key in keys}


def published(*tables: Mapping[Key, int], further_are_free: bool = False) -> Publication:
    """Return tables with all that is small hidden; cells with one name are one cell.

    `further_are_free`: what is hidden further may be told, as long as it cannot be computed, as in
    τ-ARGUS. Then no number of theirs counts as small.
    """
    cells: dict[str, Cell] = {}
    relations = {}
    for table in tables:
        rows = list(dict.fromkeys(row for row, _ in table))
        columns = list(dict.fromkeys(column for _, column in table))
        for key, value in table.items():
            secret = value < UNDER
            cells[name(key)] = Cell(
                name(key),
                value,
                hidden=secret,
                secret=secret,
                weight=value,
                threshold=UNDER if secret or not further_are_free else 0,
            )
        for row in rows:
            parts = [f"{row}/{column}" for column in columns if column != TOTAL]
            relations[row, columns[0]] = total(f"{row}/{TOTAL}", parts, f"række {row}")
        for column in columns:
            parts = [f"{row}/{column}" for row in rows if row != TOTAL]
            relations[column, ""] = total(f"{TOTAL}/{column}", parts, f"søjle {column}")
    return Publication(tuple(cells.values()), tuple(relations.values()))


def theirs(table: Mapping[Key, int], folder: Path, *, high: int = UNDER - 1) -> tau_argus.Protected:
    """Protect with τ-ARGUS: every small number from 0 to `high`, costs as large as the numbers."""
    levels = {key: (table[key], max(0, high - table[key])) for key in small(table)}
    return tau_argus.protect(table, levels, table, folder)


def test_the_cost_is_that_of_the_statistical_offices_optimal_method(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for seed in range(60):
        chance = random.Random(seed)
        rows, columns = chance.choice(((3, 3), (3, 4), (4, 5), (5, 6)))
        numbers = (1, 1, 2, 3, 4, 5, 6, 8, 9, 12, 15, 20, 30)
        table = table_of([[chance.choice(numbers) for _ in range(columns)] for _ in range(rows)])
        criterion, high = (Criterion.RULE, 2) if seed % 2 else (Criterion.STRICT, 3)
        their = theirs(table, tmp_path, high=high)
        their_cost = sum(table[key] for key in their.further)
        one = published(table, further_are_free=True)
        our = protect.protect(one, criterion, insiders=False, gap=0.0)
        assert oracle.valid(our.publication, criterion, insiders=False), seed
        assert oracle.valid(
            oracle.with_hidden(one, names(their.further)), criterion, insiders=False
        ), seed
        assert our.optimal, seed
        assert our.cost == their_cost, seed
        seen["tables"] += 1
        seen["with further cells"] += their_cost > 0
    assert seen["tables"] == 60
    assert seen["with further cells"] > 40


def test_its_audit_and_ours_find_the_same_intervals_where_all_cells_start_at_zero(
    tmp_path: Path,
) -> None:
    table = table_of([[6, 6, 1], [4, 9, 8], [6, 4, 8]])
    their = theirs(table, tmp_path)
    one = oracle.with_hidden(published(table), names(their.further))
    intervals = oracle.intervals(one)
    assert {name(key): between for key, between in their.intervals.items()} == intervals


def test_a_zero_costs_it_more_than_it_must(tmp_path: Path) -> None:
    # 0 2 30 30 | 3 6 12 8 | 8 1 12 9: the rectangle of r0, r1 and c0, c1 keeps 0 to 2 for all
    # three, with two further cells (3 and 6) and 8 beside the 1.
    table = table_of([[0, 2, 30, 30], [3, 6, 12, 8], [8, 1, 12, 9]])
    their = theirs(table, tmp_path)
    our = protect.protect(
        published(table, further_are_free=True), Criterion.RULE, insiders=False, gap=0.0
    )
    assert our.cost == 3 + 6 + 8
    assert oracle.valid(our.publication, Criterion.RULE, insiders=False)
    assert sum(table[key] for key in their.further) == 30 + 8 + 9


def test_it_believes_that_no_number_is_below_the_smallest_that_is_there(tmp_path: Path) -> None:
    # Fischetti and Salazar's example: the least is 8, so its reader takes 8 for the least possible
    # and the cheapest rectangle (8, 17, 12) is no protection to it.
    table = table_of([[20, 50, 10], [8, 19, 22], [17, 32, 12]])
    levels = {("r1", "c2"): (5, 7)}
    as_it_is = tau_argus.protect(table, levels, table, tmp_path, from_zero=False)
    from_zero = tau_argus.protect(table, levels, table, tmp_path)
    assert sum(table[key] for key in from_zero.further) == 8 + 17 + 12
    assert sum(table[key] for key in as_it_is.further) == 45 + 44 + 19 + 17 + 32


def test_it_tells_how_large_the_further_cells_are(tmp_path: Path) -> None:
    table = table_of([[6, 6, 1], [4, 9, 8], [6, 4, 8]])
    their = theirs(table, tmp_path)
    left = oracle.with_hidden(published(table), names(their.further))
    # The 8 is hidden for the 1 above it. To a reader it could be small, but not all of 0 to 2.
    assert oracle.broken(left, Criterion.RULE) == {"r2/c2": "narrowed"}
    report = audit.audit(left, Criterion.RULE)
    assert {one.name: one.verdict for one in report.findings} == {"r2/c2": "narrowed"}

    our = protect.protect(published(table), Criterion.RULE, insiders=False)
    assert oracle.valid(our.publication, Criterion.RULE, insiders=False)
    assert not audit.audit(our.publication, Criterion.RULE, insiders=False).findings


@pytest.mark.parametrize(
    "rows",
    [((3, 12, 9), (2, 5, 12), (8, 12, 1)), ((1, 1, 1), (5, 2, 4), (4, 12, 3))],
    ids=["two in a rectangle", "three in a row"],
)
def test_it_lets_the_person_behind_a_one_compute_another_small_number(
    rows: Sequence[Sequence[int]], tmp_path: Path
) -> None:
    table = table_of(rows)
    their = theirs(table, tmp_path)
    left = oracle.with_hidden(published(table), names(their.further))
    told = oracle.told_in_truth(left)
    assert told & names(small(table))
    report = audit.audit(left, Criterion.EXACT)
    assert not report.findings
    assert report.insiders == len(oracle.insiders(left)) > 0
    assert not report.protected

    our = protect.protect(published(table), Criterion.RULE, insiders=True)
    assert oracle.valid(our.publication, Criterion.RULE, insiders=True)
    assert audit.audit(our.publication, Criterion.RULE).protected


def test_it_protects_tables_one_by_one_and_their_common_totals_open_them(tmp_path: Path) -> None:
    # The same kommuner by one breakdown and by another: each table hides what it must alone, but
    # the totals that the second hides are printed in the first.
    first = table_of([[1, 4, 5], [9, 1, 12], [6, 2, 1]])
    second = table_of([[8, 2], [12, 10], [1, 8]], mark="d")
    alone = [small(table) | theirs(table, tmp_path).further for table in (first, second)]
    for table, hidden in zip((first, second), alone, strict=True):
        one = published(table)
        assert not set(oracle.broken(oracle.with_hidden(one, names(hidden)), Criterion.RULE)) & (
            names(small(table))
        )
    common = set(first) & set(second)
    printed = {key for key in common if any(key not in hidden for hidden in alone)}
    hidden = (alone[0] | alone[1]) - printed
    both = oracle.with_hidden(published(first, second), names(hidden))
    assert oracle.broken(both, Criterion.RULE) == {"r0/d1": "narrowed"}
    report = audit.audit(both, Criterion.RULE, insiders=False)
    [finding] = report.findings
    assert (finding.name, finding.verdict) == ("r0/d1", "narrowed")

    for insiders in (False, True):
        our = protect.protect(published(first, second), Criterion.RULE, insiders=insiders)
        assert oracle.valid(our.publication, Criterion.RULE, insiders=insiders)
        assert not our.exposed
