"""What was chosen is attacked at the end, and a solver that gives up protects nothing."""

from __future__ import annotations

from typing import Any

import pytest

from queries.disclosure.attack import Attack, intervals
from queries.disclosure.protect import protect
from queries.disclosure.publication import Cell, Criterion, Publication, Relation, total
from queries.disclosure.solver import SolverError
from queries.disclosure.verification import Verifier

NAMES = {"a", "b", "c"}


def row(*, hidden: bool = True) -> Publication:
    """Return three parts of 1, 20 and 30 and their sum; the first two hidden."""
    parts = (Cell("a", 1, hidden=hidden, secret=True), Cell("b", 20, hidden=hidden), Cell("c", 30))
    return Publication((*parts, Cell("sum", 51, fixed=True)), (total("sum", ["a", "b", "c"]),))


def test_two_hidden_cells_are_kept() -> None:
    whole = row()
    assert Verifier(whole, Criterion.STRICT).exposed(Attack(whole), NAMES) == set()


@pytest.mark.parametrize("question", ["varies", "bounds", "possible"])
def test_a_solver_that_gives_up_never_counts_as_protection(
    monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    def gives_up(*_: Any) -> None:
        raise SolverError("Time limit reached")

    whole = row()
    attack = Attack(whole)
    monkeypatch.setattr(attack, question, gives_up)
    assert Verifier(whole, Criterion.STRICT).exposed(attack, NAMES) == {"a", "b"}


def test_what_only_whole_numbers_give_away_is_seen_at_the_end() -> None:
    # x = 2 y + 2 z can only be even: halves would reach 1, whole people cannot.
    cells = (Cell("x", 2, secret=True), Cell("y", 1, secret=True), Cell("z", 0, secret=True))
    bond = Relation((("y", 2), ("z", 2), ("x", -1)), 0, 0, "x er det dobbelte")
    found = protect(Publication(cells, (bond,)), Criterion.RULE, insiders=False)
    assert "x" in found.exposed


def test_a_protected_row_keeps_its_small_number_open() -> None:
    found = protect(row(hidden=False), Criterion.STRICT)
    assert found.further == {"a", "b"}
    assert intervals(found.publication)["a"] == (0, 21)


@pytest.mark.parametrize(("criterion", "exposed"), [("rule", set()), ("strict", {"a", "b"})])
def test_a_sum_of_two_is_enough_for_the_rule_and_not_for_strict(
    criterion: str, exposed: set[str]
) -> None:
    parts = [Cell(name, 1, hidden=True, secret=True) for name in "ab"]
    whole = Publication((*parts, Cell("sum", 2)), (total("sum", ["a", "b"]),))
    assert Verifier(whole, Criterion(criterion)).exposed(Attack(whole), {"a", "b"}) == exposed
