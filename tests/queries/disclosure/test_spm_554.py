"""What the published table of spm. 554 gives away: exactly this much, and no more.

From the shipped file: 92 counts are printed, four kommuner have a dot for a count under 3, two are
left out, and the total is printed. The total and the shares beside the dots leave 40 ways for the
six hidden counts, whoever counts them.
"""

from __future__ import annotations

import csv
import itertools
from dataclasses import replace
from pathlib import Path

import queries
from queries.disclosure import attack
from queries.disclosure.publication import Cell, Publication, Relation, at_most, total
from queries.disclosure.system import Contradiction
from tests.oracles import disclosure as oracle

PRINTED = Path(queries.__file__).parent / "facts" / "beu_spm_554_tabel_1.csv"
LEFT_OUT = ("left out 1", "left out 2")
"""Two of the 98 kommuner stand in no row; their counts are in the total."""
UNDER = 3
TOTAL = 2790
LARGEST_GROUP = 5000
"""More than any kommune's group; what is tried where nothing bounds it."""


def rows() -> list[dict[str, str]]:
    with PRINTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def dotted() -> dict[str, int]:
    """The kommuner with a dot, and the share that is printed beside it."""
    return {
        row["kommunekode"]: int(row["share_pct"])
        for row in rows()
        if row["count_status"] == "suppressed"
    }


def counts() -> Publication:
    """The counts, the six that are hidden (0, 1 or 2 each) and the total."""
    cells = [
        Cell(row["kommunekode"], int(row["count"]), fixed=True)
        if row["count_status"] == "shown"
        else Cell(row["kommunekode"], None, high=UNDER - 1, hidden=True, secret=True)
        for row in rows()
    ]
    cells += [Cell(name, None, high=UNDER - 1, hidden=True, secret=True) for name in LEFT_OUT]
    parts = [cell.name for cell in cells if cell.name != "000"]
    return Publication(tuple(cells), (total("000", parts, "Hele landet er sine kommuner"),))


def share_of(count: str, group: str, share: int) -> tuple[Relation, ...]:
    """What a share in whole pct. says of a count and its group."""
    return (
        at_most(count, group, f"{count}: antallet er en del af gruppen"),
        Relation(((count, 200), (group, -(2 * share - 1))), 0, None, f"{count}: andelen, nedad"),
        Relation(((group, 2 * share + 1), (count, -200)), 0, None, f"{count}: andelen, opad"),
    )


def with_shares() -> Publication:
    """The counts, and every printed share as what it says of a count and its hidden group."""
    one = counts()
    cells, relations = list(one.cells), list(one.relations)
    for row in rows():
        code = row["kommunekode"]
        cells.append(Cell(f"{code} group", None, low=1, hidden=True))
        relations += share_of(code, f"{code} group", int(row["share_pct"]))
    return Publication(tuple(cells), tuple(relations))


def fits(count: int, group: int, share: int) -> bool:
    """Say whether a count of a group is printed as this share (halves up or down)."""
    return count <= group and abs(200 * count - 2 * share * group) <= group


def test_the_file_is_the_table_as_it_was_printed() -> None:
    statuses = [row["count_status"] for row in rows()]
    assert statuses.count("shown") == 93
    assert statuses.count("suppressed") == 4
    published = {cell.name: cell.value for cell in counts().cells if not cell.hidden}
    assert published["000"] == TOTAL
    assert sum(value or 0 for value in published.values()) - TOTAL == 2781
    assert len(counts().hidden) == 6


def test_six_hidden_counts_have_fifty_solutions_by_their_sum_and_forty_with_the_shares() -> None:
    hidden = sorted(counts().hidden)
    tried = [
        dict(zip(hidden, way, strict=True))
        for way in itertools.product(range(UNDER), repeat=6)
        if sum(way) == TOTAL - 2781
    ]
    assert len(tried) == 50
    assert oracle.number_of_solutions(counts(), at_most=1000) == 50
    assert attack.solutions(counts(), at_most=1000) == 50

    # A share above 0 pct. says that the count is not 0: each way must have a group for each share.
    with_groups = [
        way
        for way in tried
        if all(
            any(fits(way[code], group, share) for group in range(1, LARGEST_GROUP))
            for code, share in dotted().items()
        )
    ]
    assert len(with_groups) == 40
    # The attacker finds the same 40 of the 50 when it is given every share of the table.
    whole = with_shares()
    for way in tried:
        *most, last = hidden
        try:
            possible = attack.possible(whole, last, way[last], known={n: way[n] for n in most})
        except Contradiction:
            possible = False
        assert possible == (way in with_groups)


def test_the_attacker_counts_forty_where_the_shares_are_what_is_known_of_the_counts() -> None:
    known = {code: 1 for code, share in dotted().items() if share > 0}
    assert len(known) == 2
    one = counts()
    cells = tuple(replace(cell, low=known.get(cell.name, cell.low)) for cell in one.cells)
    one = replace(one, cells=cells)
    assert attack.solutions(one, at_most=1000) == 40
    assert attack.solutions(one, at_most=40) == 40
    assert attack.solutions(one, at_most=39) is None
    assert oracle.number_of_solutions(one, at_most=1000) == 40


def test_a_share_beside_a_dot_leaves_two_possibilities_for_count_and_group() -> None:
    [code] = [code for code, share in dotted().items() if share == 17]
    one = Publication(
        (
            Cell("count", None, high=UNDER - 1, hidden=True),
            Cell("group", None, low=1, hidden=True),
        ),
        share_of("count", "group", dotted()[code]),
    )
    assert attack.solutions(one, at_most=100) == 2
    assert list(oracle.solutions(one)) == [{"count": 1, "group": 6}, {"count": 2, "group": 12}]
    pairs = [
        (count, group)
        for count in range(UNDER)
        for group in range(1, LARGEST_GROUP)
        if fits(count, group, 17)
    ]
    assert pairs == [(1, 6), (2, 12)]
    # In the whole table, with the total and all other shares, it is the same two.
    whole = with_shares()
    assert attack.intervals(whole, cells=[code, f"{code} group"]) == {
        code: (1, 2),
        f"{code} group": (6, 12),
    }
    assert [g for g in range(6, 13) if attack.possible(whole, f"{code} group", g)] == [6, 12]


def test_the_attacker_finds_the_groups_that_the_printed_shares_give_away() -> None:
    whole = with_shares()
    groups = [f"{row['kommunekode']} group" for row in rows() if row["count_status"] == "shown"]
    found = attack.intervals(whole, cells=groups)
    for row in rows():
        if row["count_status"] != "shown":
            continue
        tried = [
            group
            for group in range(1, 20_000)
            if fits(int(row["count"]), group, int(row["share_pct"]))
        ]
        assert found[f"{row['kommunekode']} group"] == (tried[0], tried[-1])
    # A handful of kommuner have a group of exactly one possible size.
    assert sum(low == high for low, high in found.values()) == 12
    assert found["000 group"] == (12_977, 13_609)
