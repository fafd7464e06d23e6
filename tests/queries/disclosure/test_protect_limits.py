"""`protect` at its limits: no time, no network, nothing that keeps a cell."""

from __future__ import annotations

import pytest

from queries.disclosure import protect as protect_module
from queries.disclosure import solver
from queries.disclosure.audit import audit
from queries.disclosure.protect import protect
from queries.disclosure.publication import Criterion, Publication
from tests.oracles import disclosure as oracle
from tests.oracles.small_publications import publication as drawn
from tests.queries.disclosure.test_protect import STRICT, checked, table


def test_a_solver_without_time_is_never_taken_for_protection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where HiGHS says nothing that counts, what is returned is valid and claims no bound."""

    def stopped(*_: object, **__: object) -> solver.Answer:
        raise solver.SolverError("Time limit reached")

    monkeypatch.setattr(solver.Program, "solve", stopped)
    one = table(10, 6, 5, small=0.2)
    found = protect(one, STRICT)
    monkeypatch.undo()
    assert found.cost > 0
    assert (found.bound, found.gap, found.optimal) == (0.0, 1.0, False)
    assert audit(found.publication, STRICT, insiders=False, counts=False).findings == ()


def test_no_time_leaves_a_valid_choice_that_claims_no_bound() -> None:
    one = table(6, 5, 5, small=0.2)
    found = protect(one, STRICT, seconds=0)
    assert audit(found.publication, STRICT, insiders=False, counts=False).findings == ()
    assert (found.exposed, found.bound, found.optimal) == ((), 0.0, False)


def test_no_time_at_all_hides_everything_that_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protect_module, "_GRACE", 0.0)
    one = table(6, 5, 5, small=0.2)
    found = protect(one, STRICT, seconds=0)
    assert audit(found.publication, STRICT, insiders=False, counts=False).findings == ()
    shown = {cell.name for cell in found.publication.cells if not cell.hidden}
    assert shown == {cell.name for cell in one.cells if cell.fixed}
    assert not found.optimal


def test_the_general_way_finds_what_the_network_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    one = table(5, 4, 2, small=0.25, most=20)
    quick = checked(one, insiders=True)
    monkeypatch.setattr(protect_module, "arcs", lambda _: None)
    general = checked(one, insiders=True)
    assert (general.cost, general.bound) == (quick.cost, quick.bound)


def drafted(seed: int) -> tuple[Publication, Criterion, bool]:
    """A small publication with factors, and how the tests of all of them protect it."""
    return drawn("factors", seed, bounds=False), tuple(Criterion)[seed % 3], seed % 2 == 0


@pytest.mark.parametrize(
    ("seed", "exposed", "insiders"),
    [
        (97, {"x0", "x1", "x3"}, set()),
        (246, {"x1", "x2"}, set()),
        (257, {"x2"}, set()),
        (264, set(), {"x0", "x3"}),
        (268, {"x0"}, {"x1", "x3"}),
    ],
)
def test_what_nothing_keeps_is_said_and_the_search_ends(
    seed: int, exposed: set[str], insiders: set[str]
) -> None:
    one, criterion, people = drafted(seed)
    assert oracle.cheapest(one, criterion, insiders=people) is None
    found = protect(one, criterion, insiders=people)
    assert (set(found.exposed), set(found.insiders)) == (exposed, insiders)
    assert set(oracle.broken(found.publication, criterion)) == exposed


@pytest.mark.parametrize(
    ("seed", "further"), [(82, {"x0", "x1"}), (83, {"x0", "x2"}), (171, {"x2"})]
)
def test_a_choice_that_fractions_miss_is_found(seed: int, further: set[str]) -> None:
    one, criterion, people = drafted(seed)
    found = protect(one, criterion, insiders=people)
    assert set(found.further) == further
    assert (found.exposed, found.insiders) == ((), ())
    assert found.optimal


def test_a_part_that_is_no_network_ends_in_time_and_says_what_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protect_module, "_GRACE", 0.0)
    for seed in (97, 246, 268):
        one, criterion, people = drafted(seed)
        found = protect(one, criterion, insiders=people, seconds=0)
        assert set(oracle.broken(found.publication, criterion)) <= set(found.exposed)
