"""The attacker, the audit and the protection against an oracle that tries every whole number.

Thousands of small random publications of every shape the atlas publishes. Nothing here is
approximate: intervals, possibilities, numbers of solutions and verdicts must be equal.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from queries.disclosure import attack, audit, protect
from queries.disclosure.publication import Criterion, Publication
from tests.oracles import disclosure as oracle
from tests.oracles.small_publications import KINDS, publication

ATTACKED = 125
"""Publications per kind whose intervals are compared."""
JUDGED = 20
"""Publications per kind that are audited under each criterion."""
PROTECTED = 30
"""Publications per kind that are protected."""
TRIED = 8
"""Groups that may still be hidden, at most, where every set of them is tried."""
FEW = {"shares", "factors"}
"""Kinds with few cells, of which fewer examples say anything."""


def drawn(kind: str, count: int, *, first: int = 0) -> Iterator[tuple[int, Publication]]:
    """Give publications with little, some and much hidden."""
    for seed in range(first, first + count):
        yield seed, publication(kind, seed, hide_more=(0.1, 0.3, 0.6, 0.9)[seed % 4])


def check_attack(kind: str, seed: int, one: Publication) -> int:
    """Compare all that `attack` says of one publication; return how many cells that was."""
    chance = random.Random(seed)
    expected = oracle.intervals(one)
    assert attack.intervals(one) == expected, (kind, seed)
    names = sorted(one.hidden)
    if not names:
        return 0
    reader = oracle.Reader(one)
    for name in chance.sample(names, min(2, len(names))):
        low, high = expected[name]
        for value in range(low - 1, (low + 4 if high is None else min(high, low + 9)) + 2):
            expect = value >= 0 and reader.some(name, value, value)
            assert attack.possible(one, name, value) == expect, (kind, seed, name, value)
    # One cell more is known: the person behind it, or a number published elsewhere.
    told = chance.choice(names)
    true = one.by_name[told].value
    assert true is not None
    known = {told: true}
    expected = oracle.intervals(one, known=known)
    assert attack.intervals(one, known=known) == expected, (kind, seed, known)
    other = chance.choice(names)
    low, _ = expected[other]
    for value in (low - 1, low, low + 1):
        expect = value >= 0 and oracle.Reader(one, known=known).some(other, value, value)
        assert attack.possible(one, other, value, known=known) == expect, (kind, seed, other, value)
    some = chance.sample(names, min(2, len(names)))
    assert attack.intervals(one, cells=some) == {name: reader.interval(name) for name in some}
    return len(names)


def check_solutions(kind: str, seed: int, one: Publication) -> int | None:
    """Compare the number of solutions, with the bound on both sides of it."""
    expected = oracle.number_of_solutions(one, at_most=40)
    assert attack.solutions(one, at_most=40) == expected, (kind, seed)
    if expected is not None and expected > 1:
        assert attack.solutions(one, at_most=expected) == expected, (kind, seed)
        assert attack.solutions(one, at_most=expected - 1) is None, (kind, seed)
    return expected


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_reader_can_find_is_what_enumeration_finds(kind: str) -> None:
    cells = [check_attack(kind, seed, one) for seed, one in drawn(kind, ATTACKED)]
    assert len(cells) == ATTACKED
    assert sum(cells) > (250 if kind in FEW else 550)


@pytest.mark.parametrize("kind", KINDS)
def test_whole_solutions_are_counted_exactly(kind: str) -> None:
    found = [check_solutions(kind, seed, one) for seed, one in drawn(kind, ATTACKED, first=20_000)]
    assert len(found) == ATTACKED
    assert sum(number is not None and number > 1 for number in found) > 15


def check_audit(kind: str, seed: int, one: Publication, criterion: Criterion) -> Counter[str]:
    """Compare one audit with the oracle's verdicts; return how many there were of each."""
    at = (kind, seed, criterion)
    report = audit.audit(one, criterion)
    reader = oracle.Reader(one)
    expected = oracle.broken(one, criterion)
    assert {finding.name: finding.verdict for finding in report.findings} == expected, at
    told = {name for name in oracle.told_in_truth(one) if oracle.worth_telling(one.by_name[name])}
    kept = not expected and not told
    assert report.protected == kept, at
    assert report.hidden == len(one.hidden), at
    for finding in report.findings:
        assert finding.possibilities == reader.possibilities(finding.name), (*at, finding.name)
        # The relations it names give the cell away as much, and without one of them they do not.
        named = set(finding.through)
        assert named <= {relation.title for relation in one.relations}, (*at, finding.name)
        left = _left(reader, finding.name)
        assert _left(_reader_of(one, named), finding.name) == left, (*at, finding.name, named)
        for title in named:
            without = _left(_reader_of(one, named - {title}), finding.name)
            assert without != left, (*at, finding.name, named, title)
    assert report.insiders == len(oracle.insiders(one)), at
    finite = [number for name in one.hidden if (number := reader.possibilities(name)) is not None]
    assert report.fewest == min(finite, default=None), at
    return Counter(expected.values()) + Counter(
        insiders=report.insiders, hidden=len(one.hidden), broken=len(expected)
    )


def _reader_of(one: Publication, titles: set[str]) -> oracle.Reader:
    """Return a reader who knows only the relations with these titles."""
    fewer = replace(one, relations=tuple(r for r in one.relations if r.title in titles))
    return oracle.Reader(fewer, box=oracle.box_of(one))


def _left(reader: oracle.Reader, name: str) -> tuple[object, ...]:
    """Return what is left for a cell: its interval, how many values of it, and the small ones."""
    small = [value for value in range(6) if reader.some(name, value, value)]
    return (*reader.interval(name), reader.possibilities(name), small)


@pytest.mark.parametrize("criterion", Criterion)
@pytest.mark.parametrize("kind", KINDS)
def test_the_audit_finds_exactly_the_cells_that_are_not_kept(
    kind: str, criterion: Criterion
) -> None:
    seen: Counter[str] = Counter()
    for seed, one in drawn(kind, JUDGED, first=1000):
        seen += check_audit(kind, seed, one, criterion)
    assert seen["computable"] > 5
    assert seen["hidden"] - seen["broken"] > (4 if kind in FEW else 30)
    if criterion is not Criterion.EXACT:
        assert seen["narrowed"] > 2


def check_protection(kind: str, seed: int, *, tried: int = TRIED) -> tuple[str, int, int]:
    """Protect one publication; return what came of it, its cost and the least cost.

    The least cost is 0 where it was not looked for.
    """
    one = publication(kind, seed, bounds=False)
    criterion = tuple(Criterion)[seed % 3]
    insiders = seed % 2 == 0
    at = (kind, seed, criterion, insiders)
    result = protect.protect(one, criterion, insiders=insiders)
    free = {one.group_of(cell.name) for cell in one.cells if not cell.hidden and not cell.fixed}
    looked = len(free) <= tried
    best = oracle.cheapest(one, criterion, insiders=insiders) if looked else None
    if looked and best is None:
        assert result.exposed or result.insiders, at
        return "impossible", 0, 0
    if result.exposed or result.insiders:
        assert best is None, (at, result.exposed, result.insiders, best)
        return "exposed", 0, 0
    assert result.further == result.publication.hidden - one.hidden, at
    assert oracle.with_hidden(one, result.further) == result.publication, at
    assert oracle.may_be_hidden(one, result.further), at
    assert oracle.broken(result.publication, criterion) == {}, at
    assert oracle.valid(result.publication, criterion, insiders=insiders), at
    cost = oracle.cost_of(one, result.further)
    assert result.cost == cost, at
    assert result.bound <= cost + 1e-6, at
    if best is None:
        return "valid", cost, 0
    assert result.bound <= best[0] + 1e-6, (at, result.bound, best)
    assert cost >= best[0], (at, "the oracle missed something cheaper", result.further, best)
    assert cost == best[0], (at, sorted(result.further), cost, best)
    return "optimal", cost, best[0]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_protected_is_kept_and_costs_no_more_than_it_must(kind: str) -> None:
    seen: Counter[str] = Counter()
    for seed in range(PROTECTED):
        came, cost, _ = check_protection(kind, seed)
        seen[came] += 1
        seen["with further cells"] += cost > 0
    assert seen["with further cells"] > (3 if kind in FEW else 12)
    assert seen["optimal"] > 9
