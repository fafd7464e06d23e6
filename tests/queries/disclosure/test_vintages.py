"""An earlier version beside a new one, a quarter beside its months, rolling sums."""

from __future__ import annotations

import pytest

from queries.disclosure.attack import intervals
from queries.disclosure.audit import audit
from queries.disclosure.protect import protect
from queries.disclosure.publication import Cell, Criterion, Publication, total
from queries.disclosure.vintages import quarter, rolling, with_earlier

SUM = total("all", ("a", "b", "c"), "Summen")


def version(hidden: str, /, **values: int | None) -> Publication:
    cells = [
        Cell(name, value, hidden=name in hidden.split(), fixed=name == "all")
        for name, value in values.items()
    ]
    return Publication(tuple(cells), (SUM,))


def read(hidden: str, /, **values: int | None) -> Publication:
    """As a reader holds it: hidden numbers without their values."""
    known = {name: None if name in hidden.split() else value for name, value in values.items()}
    return version(hidden, **known)


def test_another_choice_of_what_to_hide_gives_both_away() -> None:
    first = read("a b", all=60, a=2, b=28, c=30)
    second = read("a c", all=60, a=2, b=28, c=30)
    for one in (first, second):
        assert audit(one, Criterion.STRICT).protected
    together = with_earlier(second, [first], choosing=False)
    assert intervals(together, cells=["a"]) == {"a": (2, 2)}


def test_what_was_hidden_stays_hidden_and_what_was_shown_hides_nothing() -> None:
    earlier = read("a b", all=60, a=2, b=28, c=30)
    now = version("", all=60, a=2, b=28, c=30)
    made = with_earlier(now, [earlier])
    assert made.hidden == {"a", "b"}
    assert made.by_name["c"].fixed
    assert protect(made, Criterion.STRICT).further == frozenset()


def test_a_correction_of_a_shown_number_leaves_the_hidden_ones_kept() -> None:
    earlier = read("a b", all=60, a=2, b=28, c=30)
    corrected = version("", all=65, a=2, b=28, c=35)
    made = with_earlier(corrected, [earlier])
    found = protect(made, Criterion.STRICT)
    assert found.publication.hidden >= {"a", "b"}
    assert not found.exposed
    assert audit(found.publication, Criterion.STRICT, insiders=False).protected
    assert made.by_name["tidligere0/c"].value == 30


def test_a_corrected_hidden_number_is_a_cell_of_its_own() -> None:
    earlier = read("a b", all=60, a=2, b=28, c=30)
    corrected = version("a b", all=75, a=17, b=28, c=30)
    made = with_earlier(corrected, [earlier])
    assert {"tidligere0/a", "tidligere0/b"} <= made.hidden
    # The old sum binds the old cells only, the new sum the new ones.
    bound = [{name for name, _ in relation.terms} for relation in made.relations]
    assert bound == [
        {"a", "b", "c", "all"},
        {"tidligere0/a", "tidligere0/b", "c", "tidligere0/all"},
    ]


def test_a_number_shown_before_and_hidden_now_has_changed() -> None:
    earlier = read("", all=60, a=22, b=8, c=30)
    now = read("a b", all=40, a=2, b=8, c=30)
    made = with_earlier(now, [earlier], choosing=False)
    assert made.by_name["tidligere0/a"].value == 22
    assert intervals(made, cells=["a"]) == {"a": (0, 10)}


def test_a_quarter_and_its_months() -> None:
    cells = [Cell(name, None, hidden=True) for name in ("m1", "m3")]
    cells += [Cell("m2", 10), Cell("q", 14)]
    made = Publication(tuple(cells), (quarter("q", ("m1", "m2", "m3")),))
    assert intervals(made) == {"m1": (0, 4), "m3": (0, 4)}
    with pytest.raises(ValueError, match="three months"):
        quarter("q", ("m1", "m2"))


def test_rolling_sums_tell_what_came_in_and_what_fell_out() -> None:
    months = {number: f"m{number}" for number in range(1, 6)}
    sums = {4: "r4", 5: "r5"}
    relations = rolling(sums, months, 4)
    assert [len(relation.terms) for relation in relations] == [5, 5]
    hidden = [Cell(name, None, hidden=True) for name in months.values() if name != "m1"]
    made = Publication((*hidden, Cell("m1", 9), Cell("r4", 20), Cell("r5", 13)), relations)
    # 13 - 20 = what came in - the 9 that fell out
    assert intervals(made, cells=["m5", "m2"]) == {"m5": (2, 2), "m2": (0, 11)}
    with pytest.raises(ValueError, match="lacks the parts"):
        rolling({3: "r3"}, months, 4)
