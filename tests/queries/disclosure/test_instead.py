"""What is told instead of hidden numbers keeps them all, judged by who tries every number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from queries.disclosure import instead
from queries.disclosure.alternatives import round_to, rounded_bounds
from queries.disclosure.instead import Choice, Instead, kept, with_told
from queries.disclosure.publication import Cell, Criterion, Publication, Relation, total
from queries.disclosure.solver import SolverError
from tests.oracles import disclosure as oracle

STRICT, RULE, EXACT = Criterion.STRICT, Criterion.RULE, Criterion.EXACT
Way = tuple[Instead, ...]


def table(hidden: Mapping[str, int], shown: int = 20, mark: str = "") -> Publication:
    """Return a shown total of hidden cells and one that is shown."""
    cells = [
        Cell(mark + name, value, hidden=True, secret=value < 3) for name, value in hidden.items()
    ]
    cells.append(Cell(f"{mark}rest", shown))
    parts = [cell.name for cell in cells]
    cells.append(Cell(f"{mark}all", shown + sum(hidden.values()), fixed=True))
    return Publication(tuple(cells), (total(f"{mark}all", parts, f"{mark}all"),))


def both(one: Publication, other: Publication) -> Publication:
    return Publication((*one.cells, *other.cells), (*one.relations, *other.relations))


def value(publication: Publication, name: str) -> int:
    found = publication.by_name[name].value
    assert found is not None
    return found


def summed(publication: Publication, *names: str) -> Instead:
    number = sum(value(publication, name) for name in names)
    terms = tuple((name, 1) for name in names)
    return Instead(("sum", *names), (Relation(terms, number, number, "+".join(names)),))


def rounded(publication: Publication, name: str, base: int) -> Instead:
    low, high = rounded_bounds(round_to(value(publication, name), base), base)
    return Instead(("rounded", name), (Relation(((name, 1),), low, high, name),))


def names(told: Sequence[Instead]) -> list[str]:
    return ["+".join(map(str, one.name[1:])) for one in told]


FIVE = table({"a": 2, "b": 9, "c": 1, "d": 7, "e": 1})


def test_what_keeps_everything_is_told() -> None:
    way = (summed(FIVE, "a", "b"), summed(FIVE, "c", "d", "e"))
    assert oracle.valid(with_told(FIVE, way), STRICT, insiders=True)
    assert kept(FIVE, [[way]], STRICT) == way


def test_the_way_that_tells_most_is_told_and_not_the_next() -> None:
    most, less = (
        (summed(FIVE, "a", "b"), summed(FIVE, "c", "d", "e")),
        (summed(FIVE, *"abcde"),),
    )
    assert kept(FIVE, [[most, less]], STRICT) == most
    assert kept(FIVE, [[less, most]], STRICT) == less


def test_where_a_sum_gives_away_the_next_is_told() -> None:
    # Two of them are 2 together: neither can be 3, which the strict criterion asks for.
    too_much = (summed(FIVE, "c", "e"), summed(FIVE, "a", "b", "d"))
    less = (summed(FIVE, "a", "c", "e"), summed(FIVE, "b", "d"))
    assert kept(FIVE, [[too_much, less]], STRICT) == less
    assert kept(FIVE, [[too_much]], STRICT) == ()


def test_after_the_last_way_nothing_is_told() -> None:
    alone = [(summed(FIVE, name),) for name in "abcde"]
    assert kept(FIVE, [alone], STRICT) == ()
    assert kept(FIVE, [alone], EXACT) == ()


def test_the_criterion_decides() -> None:
    four = table({"a": 1, "b": 1, "c": 1, "d": 30, "e": 9})
    way = (summed(four, "a", "b", "c"),)
    assert kept(four, [[way]], STRICT) == way  # 3, 0 and 0 are possible
    three = table({"a": 1, "b": 1, "c": 0, "d": 30, "e": 9})
    way = (summed(three, "a", "b", "c"),)
    assert kept(three, [[way]], STRICT) == ()  # none can be 3
    assert kept(three, [[way]], RULE) == way


def test_one_or_two_persons_are_not_told_of_each_other() -> None:
    """The one behind 1 would compute the other's 2, though any of 0 to 3 is possible."""
    pair = table({"a": 1, "b": 2, "c": 8, "d": 9})
    way = (summed(pair, "a", "b"), summed(pair, "c", "d"))
    whole = with_told(pair, way)
    assert oracle.valid(whole, STRICT, insiders=False)
    assert not oracle.valid(whole, STRICT, insiders=True)
    less = (summed(pair, "a", "b", "c", "d"),)
    assert kept(pair, [[way, less]], STRICT) == less
    # Who computes a large number learns of nobody.
    large = (summed(pair, "a", "c"), summed(pair, "b", "d"))
    assert kept(pair, [[large, less]], STRICT) == large


def test_only_the_choice_that_gives_away_falls_back() -> None:
    one, other = table({"a": 2, "b": 9, "c": 8}, mark="x "), table({"a": 1, "b": 1, "c": 9})
    whole = both(one, other)
    fine = [(summed(whole, "x b", "x c", "x a"),)]
    faulty = [(summed(whole, "a", "b"),), (summed(whole, "a", "b", "c"),)]
    assert names(kept(whole, [fine, faulty], STRICT)) == ["x b+x c+x a", "a+b+c"]
    assert names(kept(whole, [faulty, fine], STRICT)) == ["a+b+c", "x b+x c+x a"]
    assert names(kept(whole, [fine, faulty[:1]], STRICT)) == ["x b+x c+x a"]


def test_a_choice_that_gives_away_the_cell_next_to_it_falls_back() -> None:
    # The three are known together: what is told of two of them tells the third.
    three = table({"a": 9, "b": 8, "c": 2})
    apart = table({"a": 4, "b": 5}, mark="x ")
    whole = both(three, apart)
    choices: list[Choice] = [[(summed(whole, "x a", "x b"),)], [(summed(whole, "a", "b"),)]]
    assert "c" not in choices[1][0][0].cells
    assert names(kept(whole, choices, STRICT)) == ["x a+x b"]


def test_nothing_is_told_where_the_numbers_are_not_kept_anyhow() -> None:
    alone = table({"a": 2})
    assert kept(alone, [[(rounded(alone, "a", 10),)]], STRICT) == ()
    assert kept(FIVE, [], STRICT) == ()
    assert kept(FIVE, [[], [()]], STRICT) == ()


@pytest.mark.parametrize(("number", "told"), [(4, False), (5, False), (8, True), (9, True)])
def test_a_rounded_number_beside_a_known_sum(number: int, told: bool) -> None:
    """Together with 1 it is known: 9 is printed as 10, 5 to 14, and leaves 0 to 5 for the other."""
    pair = table({"a": 1, "b": number})
    way = (rounded(pair, "a", 10), rounded(pair, "b", 10))
    # 8 leaves 0 to 4, with 0 to 3 among them; 5 leaves 0 and 1; 4 leaves none of the ends.
    assert oracle.valid(with_told(pair, way), STRICT, insiders=True) is told
    assert kept(pair, [[way]], STRICT) == (way if told else ())


def test_nothing_is_told_where_it_cannot_be_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    way = (summed(FIVE, "a", "b"), summed(FIVE, "c", "d", "e"))
    assert kept(FIVE, [[way]], STRICT) == way

    def gives_up(*_: object) -> bool:
        raise SolverError("given up")

    with monkeypatch.context() as patch:
        patch.setattr(instead, "Attack", gives_up)
        assert kept(FIVE, [[way]], STRICT) == ()
    monkeypatch.setattr(instead, "is_held", gives_up)
    assert kept(FIVE, [[way]], STRICT) == ()


def test_a_free_cell_may_be_known() -> None:
    two = table({"a": 5, "b": 9, "c": 2, "d": 8})
    free = replace(
        two,
        cells=tuple(replace(cell, free=cell.name in {"a", "b"}) for cell in two.cells),
    )
    way = (summed(free, "a"), summed(free, "c", "d"))
    assert kept(free, [[way]], STRICT) == way
    assert kept(two, [[way]], STRICT) == ()


def test_what_is_told_is_of_the_cells_it_names() -> None:
    one = Instead(("n",), (Relation((("a", 1), ("b", 1)), 3, 3), Relation((("c", 1),), 1, 2)))
    assert one.cells == {"a", "b", "c"}
    assert with_told(table({"a": 1, "b": 2, "c": 1}), [one]).relations[-2:] == one.learned


# --- random ones --------------------------------------------------------------------------------

SMALL = st.sampled_from((0, 1, 1, 2, 2, 3, 4, 5, 7, 9))


def held(publication: Publication, criterion: Criterion) -> bool:
    """Say whether it is kept, with one's own number, seen to be another's, no news."""
    return oracle.valid(publication, criterion, insiders=True)


@st.composite
def tables(draw: st.DrawFn) -> Publication:
    """One or two totals of hidden cells, of which some are known to be at least 1."""
    zeros_are_shown = draw(st.booleans())
    found = Publication((), ())
    marks = draw(st.sampled_from((("",), ("", "x "))))
    for mark in marks:
        numbers = draw(st.lists(SMALL, min_size=2, max_size=3 if len(marks) > 1 else 4))
        if zeros_are_shown:
            numbers = [max(1, number) for number in numbers]
        made = table(dict(zip("abcde", numbers, strict=False)), shown=4, mark=mark)
        low = int(zeros_are_shown)
        cells = (
            replace(cell, low=low, zeros_are_shown=zeros_are_shown) if cell.hidden else cell
            for cell in made.cells
        )
        found = both(found, replace(made, cells=tuple(cells)))
    return found


def ways(publication: Publication) -> st.SearchStrategy[list[Way]]:
    hidden = sorted(publication.hidden)
    sums = st.sets(st.sampled_from(hidden), min_size=2).map(
        lambda some: summed(publication, *sorted(some))
    )
    near = st.tuples(st.sampled_from(hidden), st.sampled_from((3, 5, 10))).map(
        lambda pair: rounded(publication, *pair)
    )
    one = st.one_of(sums, sums, near)
    return st.lists(st.lists(one, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3)


@settings(max_examples=80, deadline=None)
@given(data=st.data(), criterion=st.sampled_from((STRICT, STRICT, RULE, EXACT)))
def test_the_first_way_that_holds_is_told(data: st.DataObject, criterion: Criterion) -> None:
    made = data.draw(tables())
    choice = data.draw(ways(made))
    holds = (way for way in choice if held(with_told(made, way), criterion))
    expected = next(holds, ())
    event("told" if expected else "nothing")
    assert kept(made, [choice], criterion) == expected


@settings(max_examples=80, deadline=None)
@given(data=st.data(), criterion=st.sampled_from((STRICT, STRICT, RULE)))
def test_what_is_told_never_exposes(data: st.DataObject, criterion: Criterion) -> None:
    made = data.draw(tables())
    assume(held(made, criterion))
    choices = data.draw(st.lists(ways(made), min_size=2, max_size=3))
    told = kept(made, choices, criterion)
    most = tuple(one for choice in choices for one in choice[0])
    event("told" if told else "nothing")
    if told:
        assert held(with_told(made, told), criterion)
    assert any(told == tuple(one for way in some for one in way) for some in selections(choices))
    if held(with_told(made, most), criterion):
        assert told == most


def selections(choices: Sequence[Choice]) -> list[tuple[Way, ...]]:
    """Return every selection of one way, or none, of each choice."""
    found: list[tuple[Way, ...]] = [()]
    for choice in choices:
        found = [(*some, way) for some in found for way in (*choice, ())]
    return found


def test_numbers_that_are_always_equal_are_other_persons_unless_these_are_nested() -> None:
    """Whoever sees that c is xa learns from a 2 of their own of the other two."""
    one, other = table({"a": 1, "b": 2, "c": 2}), table({"a": 2, "b": 2, "c": 1}, mark="x")
    made = both(one, other)
    across = (summed(made, "a", "b", "xa"),)
    assert not oracle.valid(with_told(made, across), RULE, insiders=True)
    assert kept(made, [[across]], RULE) == ()
    assert kept(made, [[across]], RULE, lambda a, b: {a, b} == {"c", "xb"}) == ()
    assert kept(made, [[across]], RULE, lambda a, b: {a, b} == {"c", "xa"}) == across
