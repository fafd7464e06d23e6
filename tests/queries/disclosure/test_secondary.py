"""Secondary suppression against brute force: nothing hidden can be computed from what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.disclosure.network import Relation, ends
from queries.disclosure.secondary import PROTECT_SCHEMA, protect

LAND = Relation("land", ("nord", "syd"))
NORD = Relation("nord", ("n1", "n2", "n3"))
SYD = Relation("syd", ("s1", "s2"))
TREE = (LAND, NORD, SYD)


def frame(
    counts: Mapping[str, int],
    hidden: Sequence[str],
    *,
    wholes: Mapping[str, int] | None = None,
    rests: Mapping[str, int] | None = None,
    fixed: Sequence[str] = ("land",),
) -> pl.DataFrame:
    """Cells with true counts; `rests` makes the complements, and nobody knows the wholes.

    With `wholes` a reader knows the whole of every cell.
    """
    rows = [
        {
            "cell": cell,
            "count": count,
            "rest": wholes[cell] - count if wholes else (rests or {}).get(cell, 1),
            "whole_known": wholes is not None,
            "hidden": cell in hidden,
            "secret": True,
            "may_hide": cell not in fixed,
            "cost": count,
        }
        for cell, count in counts.items()
    ]
    return pl.DataFrame(rows, schema=PROTECT_SCHEMA)


def hidden_after(cells: pl.DataFrame, relations: Sequence[Relation] = TREE) -> set[str]:
    return set(protect(cells, relations).filter("hidden")["cell"])


def summed(leaves: Mapping[str, int]) -> dict[str, int]:
    counts = dict(leaves)
    counts["nord"] = leaves["n1"] + leaves["n2"] + leaves["n3"]
    counts["syd"] = leaves["s1"] + leaves["s2"]
    counts["land"] = counts["nord"] + counts["syd"]
    return counts


def test_a_lone_hidden_cell_takes_the_smallest_with_it() -> None:
    counts = summed({"n1": 1, "n2": 30, "n3": 20, "s1": 40, "s2": 50})
    assert hidden_after(frame(counts, ["n1"])) == {"n1", "n3"}


def test_two_hidden_cells_protect_each_other() -> None:
    counts = summed({"n1": 1, "n2": 2, "n3": 20, "s1": 40, "s2": 50})
    assert hidden_after(frame(counts, ["n1", "n2"])) == {"n1", "n2"}


def test_two_hidden_zeros_do_not() -> None:
    # Their sum is shown to be 0, and no count is negative.
    counts = summed({"n1": 0, "n2": 0, "n3": 20, "s1": 40, "s2": 50})
    assert hidden_after(frame(counts, ["n1", "n2"])) == {"n1", "n2", "n3"}


def test_nor_do_two_where_everybody_counts() -> None:
    # All 5 and all 7 are in the numerator: the complement is known to be nobody.
    counts = summed({"n1": 5, "n2": 7, "n3": 20, "s1": 40, "s2": 50})
    wholes = summed({"n1": 5, "n2": 7, "n3": 40, "s1": 80, "s2": 90})
    assert hidden_after(frame(counts, ["n1", "n2"], wholes=wholes)) == {"n1", "n2", "n3"}


def test_nor_where_the_wholes_are_hidden_too() -> None:
    # Nord's count and whole are shown, so it is known that nobody is left over in n1 and n2.
    counts = summed({"n1": 5, "n2": 7, "n3": 20, "s1": 40, "s2": 50})
    rests = summed({"n1": 0, "n2": 0, "n3": 20, "s1": 40, "s2": 40})
    assert hidden_after(frame(counts, ["n1", "n2"], rests=rests)) == {"n1", "n2", "n3"}


def test_a_hidden_total_needs_another_total_and_a_part_of_both() -> None:
    counts = summed({"n1": 1, "n2": 1, "n3": 8, "s1": 9, "s2": 50})
    assert hidden_after(frame(counts, ["nord"])) == {"nord", "n1", "syd", "s1"}


def test_an_equal_cell_is_hidden_with_its_twin() -> None:
    relations = (LAND, Relation("nord", ("n1",)), SYD)
    counts = {"n1": 1, "nord": 1, "s1": 30, "s2": 40, "syd": 70, "land": 71}
    assert hidden_after(frame(counts, ["n1"]), relations) == {"n1", "nord", "syd", "s1"}
    assert hidden_after(frame(counts, ["nord"]), relations) == {"n1", "nord", "syd", "s1"}


def test_what_may_not_be_hidden_never_is() -> None:
    counts = summed({"n1": 1, "n2": 30, "n3": 20, "s1": 40, "s2": 50})
    assert hidden_after(frame(counts, ["n1"], fixed=["land", "n3"])) == {"n1", "n2"}


def test_where_nothing_can_cover_everything_is_hidden() -> None:
    counts = {"a": 1, "b": 0, "land": 1}
    cells = frame(counts, ["b"], fixed=["land", "a"])
    assert hidden_after(cells, [Relation("land", ("a", "b"))]) == {"b"}
    cells = frame(counts | {"c": 0, "land": 1}, ["b"])
    assert hidden_after(cells, [Relation("land", ("a", "b", "c"))]) == {"a", "b"}


def test_a_cell_that_nobody_must_protect_protects_others() -> None:
    cells = frame(summed({"n1": 1, "n2": 9, "n3": 9, "s1": 9, "s2": 9}), ["n1", "n2"])
    open_ = cells.with_columns(secret=pl.col("cell") != "n2")
    assert hidden_after(open_) == {"n1", "n2"}


def test_cells_in_no_relation_pass() -> None:
    cells = frame({"alone": 1}, ["alone"])
    assert protect(cells, []).equals(cells)


def test_relations_that_are_no_network_are_refused() -> None:
    with pytest.raises(ValueError, match="n1 stands in 3 relations"):
        ends([NORD, Relation("a", ("n1",)), Relation("b", ("n1",))])
    odd = [Relation("a", ("x", "y")), Relation("b", ("y", "z")), Relation("x", ("z",))]
    with pytest.raises(ValueError, match="no network"):
        ends([*odd, Relation("w", ("b", "a"))])


leaves = st.fixed_dictionaries({name: st.integers(0, 3) for name in ("n1", "n2", "n3", "s1", "s2")})
some_cells = st.sets(st.sampled_from(["n1", "n2", "n3", "s1", "s2", "nord", "syd"]), max_size=4)


@given(leaves, leaves, some_cells, st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_hidden_cell_has_two_possible_values(
    counted: dict[str, int], left: dict[str, int], primary: set[str], known: bool
) -> None:
    counts, rests = summed(counted), summed(left)
    wholes = {cell: count + rests[cell] for cell, count in counts.items()} if known else None
    cells = frame(counts, sorted(primary), wholes=wholes, rests=rests)
    after = protect(cells, TREE)
    hidden = set(after.filter("hidden")["cell"])
    assert primary <= hidden
    assert "land" not in hidden
    assert protect(after, TREE).equals(after)
    if hidden == set(counts) - {"land"}:
        return  # all that may be hidden is: nothing more can be done
    possible = list(solutions(counts, hidden, wholes))
    possible_rests = list(solutions(rests, hidden, wholes))
    for cell in hidden:
        assert not computable(cell, hidden, TREE), (cell, hidden)
        assert len({solution[cell] for solution in possible}) > 1, (cell, hidden)
        assert len({solution[cell] for solution in possible_rests}) > 1, (cell, hidden)


def solutions(
    counts: Mapping[str, int], hidden: set[str], wholes: Mapping[str, int] | None
) -> Iterator[dict[str, int]]:
    """Every assignment of whole, non-negative counts that agrees with all that is shown."""
    names = ["n1", "n2", "n3", "s1", "s2"]

    def fill(number: int, found: dict[str, int]) -> Iterator[dict[str, int]]:
        if number == len(names):
            whole = summed(found)
            shown = all(whole[cell] == counts[cell] for cell in counts if cell not in hidden)
            if shown and all(wholes is None or whole[c] <= wholes[c] for c in whole):
                yield whole
            return
        name = names[number]
        # The land is always shown: nobody can have more than all.
        values = range(counts["land"] + 1) if name in hidden else [counts[name]]
        if wholes is not None:
            values = [value for value in values if value <= wholes[name]]
        for value in values:
            yield from fill(number + 1, found | {name: value})

    return fill(0, {})


def computable(cell: str, hidden: set[str], relations: Sequence[Relation]) -> bool:
    """Whether linear algebra over the rationals gives the cell: is it in the row space?"""
    names = sorted(hidden)
    rows = [[Fraction((name == r.total) - (name in r.parts)) for name in names] for r in relations]
    alone = [Fraction(name == cell) for name in names]
    return rank(rows) == rank([*rows, alone])


def rank(rows: Sequence[Sequence[Any]]) -> int:
    left, found = [list(row) for row in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((r for r in range(found, len(left)) if left[r][column]), None)
        if pivot is None:
            continue
        left[found], left[pivot] = left[pivot], left[found]
        for r in range(found + 1, len(left)):
            factor = left[r][column] / left[found][column]
            left[r] = [a - factor * b for a, b in zip(left[r], left[found], strict=True)]
        found += 1
    return found
