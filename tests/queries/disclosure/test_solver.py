"""Only what the solver vouches for counts."""

from __future__ import annotations

import math
import random

import highspy
import pytest
from highspy._core import _Highs

from queries.disclosure import part, solver
from queries.disclosure.audit import audit
from queries.disclosure.publication import Cell, Criterion, Publication, total
from queries.disclosure.solver import Program, SolverError, Status


def two(**kind: bool) -> Program:
    program = Program([0, 0], [None, None], [-1, -1], **kind)
    program.add_row([(0, 2), (1, 1)], None, 4)
    program.add_row([(0, 1), (1, 2)], None, 4)
    return program


def test_a_linear_program_with_its_duals() -> None:
    answer = two().solve()
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(-8 / 3)
    assert answer.values.tolist() == pytest.approx([4 / 3, 4 / 3])
    assert answer.column_duals.tolist() == pytest.approx([0, 0])
    program = two()
    program.bound(0, 0, 0)
    held = program.solve()
    assert held.values.tolist() == pytest.approx([0, 2])
    assert held.column_duals.tolist() == pytest.approx([-1 / 2, 0])


def test_an_integer_program_and_a_point_to_start_from() -> None:
    program = two(whole=True)
    program.start([1, 1])
    answer = program.solve()
    assert (answer.status, answer.objective, answer.bound) == (Status.OPTIMAL, -2, -2)
    assert len(answer.column_duals) == 0


def test_bounds_costs_and_rows_change_between_solves() -> None:
    program = two()
    program.cost([1, 0])
    program.bound(0, 1, None)
    assert program.solve().objective == pytest.approx(1)
    program.bound_row(0, None, 1)
    assert program.solve().status is Status.INFEASIBLE
    program.bound_row(0, None, 4)
    program.add_row([(0, 1), (1, -1)], 0, 0)
    program.cost([0, -1])
    assert program.solve().objective == pytest.approx(-4 / 3)


@pytest.mark.parametrize("whole", [False, True])
def test_no_end_and_no_point_are_told_apart(whole: bool) -> None:
    free = Program([0, 0], [None, None], [-1, 0], whole=whole)
    free.add_row([(0, 1), (1, -1)], 0, 0)
    assert free.solve().status is Status.UNBOUNDED
    none = Program([0, 0], [9, 9], [-1, 0], whole=whole)
    none.add_row([(0, 1), (1, 1)], 19, None)
    assert none.solve().status is Status.INFEASIBLE


def hard(source: random.Random) -> Program:
    program = Program([0] * 60, [9] * 60, [source.random() for _ in range(60)], whole=True)
    for _ in range(20):
        terms = [(column, source.randint(11, 99)) for column in range(60)]
        program.add_row(terms, 7001, 7002)
    return program


def test_a_solve_that_ran_out_of_time_is_no_answer() -> None:
    program = hard(random.Random(1))
    with pytest.raises(SolverError, match="Time limit"):
        program.solve(seconds=0.0)
    answer = program.solve(seconds=0.0, may_stop=True)
    assert answer.status is Status.STOPPED
    assert answer.objective is None
    linear = Program([0] * 3, [None] * 3, [-1, -1, -1])
    for first in range(3):
        linear.add_row([(first, 2), ((first + 1) % 3, 1)], 1, 4)
    with pytest.raises(SolverError):
        linear.solve(seconds=0.0)


@pytest.mark.parametrize(
    "status",
    [
        "kNotset",
        "kSolveError",
        "kTimeLimit",
        "kIterationLimit",
        "kUnknown",
        "kSolutionLimit",
        "kInterrupt",
        "kMemoryLimit",
        "kObjectiveBound",
        "kObjectiveTarget",
        "kUnboundedOrInfeasible",
    ],
)
def test_every_other_status_is_no_answer(status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = getattr(highspy.HighsModelStatus, status)
    program = two()
    monkeypatch.setattr(_Highs, "getModelStatus", lambda _: wrong)
    with pytest.raises(SolverError):
        program.solve()


def test_an_optimum_without_a_point_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    program = two()
    monkeypatch.setattr(_Highs, "getSolution", lambda _: highspy.HighsSolution())
    with pytest.raises(SolverError, match="without a point"):
        program.solve()


def table(cells: int) -> Publication:
    """A square of hidden cells with shown margins."""
    source = random.Random(cells)
    values = {(i, j): source.randint(0, 9) for i in range(cells) for j in range(cells)}
    listed = [Cell(f"{i}.{j}", v, hidden=True) for (i, j), v in values.items()]
    relations = []
    for i in range(cells):
        row, column = [(i, j) for j in range(cells)], [(j, i) for j in range(cells)]
        for name, members in ((f"r{i}", row), (f"k{i}", column)):
            listed.append(Cell(name, sum(values[m] for m in members)))
            relations.append(total(name, [f"{a}.{b}" for a, b in members]))
    return Publication(tuple(listed), tuple(relations))


def test_an_audit_whose_solver_gave_up_is_no_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert audit(table(6), Criterion.RULE).protected
    monkeypatch.setattr(part, "SECONDS", 0.0)
    with pytest.raises(SolverError):
        audit(table(6), Criterion.RULE)


def test_there_is_one_thread_and_no_output(capfd: pytest.CaptureFixture[str]) -> None:
    program = two(whole=True)
    program.solve()
    assert program._solver.getOptionValue("threads")[1] == 1
    assert program._solver.getOptionValue("parallel")[1] == "off"
    assert math.isinf(solver.INFINITY)
    assert capfd.readouterr() == ("", "")


def test_a_solver_that_lost_its_way_starts_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [highspy.HighsModelStatus.kUnknown, highspy.HighsModelStatus.kSolveError]
    really = _Highs.getModelStatus
    monkeypatch.setattr(_Highs, "getModelStatus", lambda s: told.pop() if told else really(s))
    program = two()
    answer = program.solve()
    assert (answer.status, told) == (Status.OPTIMAL, [])
    assert answer.objective == pytest.approx(-8 / 3)
    assert program._solver.getOptionValue("presolve")[1] == "off"
