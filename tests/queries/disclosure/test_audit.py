"""The judgement of what is published together, against the definition counted out by hand."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from queries.disclosure.attack import Contradiction
from queries.disclosure.audit import Audit, as_json, audit
from queries.disclosure.publication import (
    Cell,
    Criterion,
    Publication,
    Relation,
    at_most,
    equal,
    total,
)
from tests.queries.disclosure.test_attack import every_solution, hidden, random_publication


def judge(
    publication: Publication, solutions: list[dict[str, int]], name: str, criterion: Criterion
) -> str | None:
    """The definition, word for word, from all solutions."""
    cell = publication.by_name[name]
    values = {solution[name] for solution in solutions}
    if len(values) == 1:
        return "computable"
    demand = criterion.demand(cell.threshold, zeros_are_shown=cell.zeros_are_shown)
    if demand is None or min(values) >= cell.threshold:
        return None
    return None if values >= set(range(demand[0], demand[1] + 1)) else "narrowed"


def telling(publication: Publication, solutions: list[dict[str, int]]) -> set[str]:
    """Hidden cells that, were they 1 or 2, would fix another; equal cells are one."""

    def fixed(among: list[dict[str, int]]) -> set[str]:
        return {n for n in publication.hidden if len({s[n] for s in among}) == 1}

    already = fixed(solutions)
    found = set()
    for name in publication.hidden - already:
        for value in (1, 2):
            among = [s for s in solutions if s[name] == value]
            if among and any(
                other not in already and any(s[other] != s[name] for s in solutions)
                for other in fixed(among)
            ):
                found.add(name)
    return found


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("criterion", Criterion)
def test_the_verdict_is_the_definition(seed: int, criterion: Criterion) -> None:
    source = random.Random(1000 + seed)
    for _ in range(8):
        publication = random_publication(source)
        zeros_are_shown = source.random() < 0.3
        threshold = source.choice([2, 3, 3, 4])
        publication = replace(
            publication,
            cells=tuple(
                replace(cell, threshold=threshold, zeros_are_shown=zeros_are_shown)
                for cell in publication.cells
            ),
        )
        every = every_solution(publication)
        found = audit(publication, criterion)
        verdicts = {name: judge(publication, every, name, criterion) for name in publication.hidden}
        assert {f.name: f.verdict for f in found.findings} == {
            name: verdict for name, verdict in verdicts.items() if verdict
        }, publication
        numbers = {n: len({s[n] for s in every}) for n in publication.hidden}
        assert {f.name: f.possibilities for f in found.findings} == {
            f.name: numbers[f.name] for f in found.findings
        }
        assert found.fewest == (min(numbers.values()) if numbers else None)
        assert found.hidden == len(publication.hidden)
        assert found.insiders == len(telling(publication, every)), publication
        for finding in found.findings:
            needed = Publication(
                publication.cells,
                tuple(r for r in publication.relations if r.title in finding.through),
            )
            fewer = every_solution(needed)
            assert {s[finding.name] for s in fewer} == {s[finding.name] for s in every}
            for title in finding.through:
                rest = tuple(r for r in needed.relations if r.title != title)
                more = every_solution(replace(needed, relations=rest))
                assert {s[finding.name] for s in more} != {s[finding.name] for s in every}


def samsoe(rest: int, whole: int = 9) -> Publication:
    """Two hidden kommuner in a region whose total is shown."""
    cells = (hidden("0741"), hidden("0727"), Cell("0751", whole - rest), Cell("1082", whole))
    return Publication(
        cells,
        (total("1082", ["0741", "0727", "0751"], "Region Midtjylland er summen af sine kommuner"),),
        title="Mentorstøtte, juni 2017",
        titles={"0741": "Samsø, juni 2017", "0727": "Odder"},
    )


def test_nothing_hidden_is_protected() -> None:
    publication = Publication((Cell("a", 1), Cell("t", 1)), (total("t", ["a"]),))
    assert audit(publication, Criterion.STRICT) == Audit("", Criterion.STRICT, 0, (), 0, True, None)


def test_a_cell_that_can_be_computed_is_said_so_with_the_sum_and_without_the_number() -> None:
    found = audit(samsoe(0), Criterion.EXACT)
    assert [f.text for f in found.findings] == [
        "Samsø, juni 2017, kan regnes ud. Det følger af: "
        "Region Midtjylland er summen af sine kommuner.",
        "Odder kan regnes ud. Det følger af: Region Midtjylland er summen af sine kommuner.",
    ]
    assert not found.protected
    assert (found.computable, found.narrowed, found.fewest) == (2, 0, 1)


def test_a_cell_that_can_be_narrowed_is_said_so_with_the_number_of_possibilities() -> None:
    found = audit(samsoe(1), Criterion.RULE)
    assert [(f.verdict, f.possibilities) for f in found.findings] == [("narrowed", 2)] * 2
    assert found.findings[0].text == (
        "Samsø, juni 2017, kan kun være et af 2 tal. Det følger af: "
        "Region Midtjylland er summen af sine kommuner."
    )
    assert audit(samsoe(1), Criterion.EXACT).findings == ()


@pytest.mark.parametrize(
    ("rest", "criterion", "broken"),
    [
        (2, Criterion.RULE, 0),
        (2, Criterion.STRICT, 2),
        (3, Criterion.STRICT, 0),
        (1, Criterion.RULE, 2),
    ],
)
def test_the_demand_at_its_boundaries(rest: int, criterion: Criterion, broken: int) -> None:
    assert len(audit(samsoe(rest), criterion).findings) == broken


def test_a_hidden_large_number_whose_interval_begins_above_nought_but_below_the_threshold() -> None:
    """Hidden for others' sake, but between 1 and 4: a reader cannot tell it from a small one."""
    cells = (hidden("a"), hidden("b", high=3), Cell("t", 4))
    found = audit(Publication(cells, (total("t", ["a", "b"]),)), Criterion.RULE)
    assert [(f.name, f.verdict, f.possibilities) for f in found.findings] == [("a", "narrowed", 4)]


def test_a_hidden_number_that_cannot_be_small_only_has_to_be_unknown() -> None:
    cells = (hidden("a", low=3), hidden("b"), hidden("c"), Cell("t", 9))
    publication = Publication(cells, (total("t", ["a", "b", "c"]),))
    assert audit(publication, Criterion.STRICT).protected


def test_without_an_end_there_is_no_fewest() -> None:
    publication = Publication((hidden("a"), hidden("b")), (at_most("a", "b"),))
    found = audit(publication, Criterion.STRICT)
    assert found.fewest is None
    assert found.protected


def test_a_number_narrowed_from_below_without_an_end_is_said_in_words() -> None:
    cells = (hidden("a"), hidden("b"), Cell("k", 2))
    relations = (Relation((("a", 1), ("k", -1)), 0, None, "Mindst så mange som det viste tal"),)
    (found,) = audit(Publication(cells, relations), Criterion.RULE).findings
    assert (found.name, found.verdict, found.possibilities) == ("a", "narrowed", None)
    assert found.text == (
        "a kan indsnævres, så ikke alle små tal er mulige. "
        "Det følger af: Mindst så mange som det viste tal."
    )


def test_the_one_behind_a_hidden_one_computes_the_other() -> None:
    """Two hidden of three: whoever is behind one knows the other; a third hidden cell helps."""
    found = audit(samsoe(4), Criterion.STRICT)
    assert (found.insiders, found.findings, found.protected) == (2, (), True)
    assert audit(samsoe(4), Criterion.STRICT, insiders=False).insiders is None
    more = samsoe(4)
    cells = tuple(replace(c, hidden=True) if c.name == "0751" else c for c in more.cells)
    assert audit(replace(more, cells=cells), Criterion.STRICT).insiders == 0


@pytest.mark.parametrize(
    ("values", "secret", "protected"),
    [
        ((1, 3), False, True),  # 3 is not small, and hidden for the other's sake
        ((1, 3), True, False),
        ((2, 2), False, False),
        ((0, 4), True, True),  # nobody is behind a 0
    ],
)
def test_a_true_one_or_two_that_tells_another_is_not_protected(
    values: tuple[int, int], secret: bool, protected: bool
) -> None:
    publication = samsoe(4)
    known = dict(zip(("0741", "0727"), values, strict=True))
    cells = tuple(
        replace(c, value=known.get(c.name, c.value), secret=secret and c.hidden)
        for c in publication.cells
    )
    found = audit(replace(publication, cells=cells), Criterion.STRICT)
    assert found.findings == ()
    assert found.protected is protected
    assert audit(replace(publication, cells=cells), Criterion.STRICT, insiders=False).protected


def test_equal_cells_do_not_reveal_each_other() -> None:
    cells = (hidden("a"), hidden("b"), hidden("c"), hidden("j"), Cell("t", 9))
    relations = (total("t", ["a", "b", "c"]), equal("a", "j"))
    found = audit(Publication(cells, relations), Criterion.STRICT)
    assert (found.insiders, found.findings, found.hidden, found.fewest) == (0, (), 4, 10)


def test_a_contradiction_is_no_protection() -> None:
    cells = (hidden("a", high=1), hidden("b", high=1), Cell("t", 3))
    with pytest.raises(Contradiction):
        audit(Publication(cells, (total("t", ["a", "b"]),)), Criterion.EXACT)


def test_counts_can_be_left_out() -> None:
    found = audit(samsoe(1), Criterion.RULE, counts=False)
    assert [f.possibilities for f in found.findings] == [None, None]
    assert found.fewest is None
    assert found.findings[1].text.startswith("Odder kan indsnævres, så ikke alle små tal")


def test_the_report_as_json_is_danish_and_holds_no_hidden_value() -> None:
    cells = tuple(
        replace(c, value=c.value if c.value is not None else v)
        for c, v in zip(samsoe(77, 100).cells, (41, 36, 0, 0), strict=True)
    )
    small = Publication((Cell("a", 1), Cell("t", 1)), (total("t", ["a"]),))
    made = as_json(
        [
            audit(replace(samsoe(77, 100), cells=cells), Criterion.STRICT),
            audit(samsoe(0), Criterion.STRICT),
            audit(small, Criterion.RULE),
        ]
    )
    assert [each["beskyttet"] for each in made["revisioner"]] == [True, False, True]
    assert made["beskyttet"] is False
    assert made["revisioner"][1]["fund"][0] == {
        "celle": "0741",
        "navn": "Samsø, juni 2017",
        "dom": "computable",
        "muligheder": 1,
        "ud_fra": ["Region Midtjylland er summen af sine kommuner"],
        "tekst": "Samsø, juni 2017, kan regnes ud. Det følger af: "
        "Region Midtjylland er summen af sine kommuner.",
    }
    text = json.dumps(made, ensure_ascii=False)
    assert "41" not in text.replace("0741", "")
    assert "36" not in text


def all_can_compute_one() -> Publication:
    """Rolling sums: every reader computes b; the one behind a 1 computes no more than the rest."""
    cells = (hidden("a"), hidden("b"), hidden("c"), hidden("d"), Cell("e", 5))
    relations = (
        Relation((("a", 1), ("c", 1), ("d", 1)), 8, 8, "Første sum"),
        Relation((("a", 1), ("b", 1), ("c", 1), ("d", 1)), 10, 10, "Anden sum"),
    )
    return Publication(cells, relations)


def test_what_everybody_can_compute_is_nothing_that_an_insider_computes() -> None:
    found = audit(all_can_compute_one(), Criterion.EXACT)
    assert ([f.name for f in found.findings], found.insiders) == (["b"], 0)


def test_a_count_of_insiders_that_takes_too_long_is_not_measured_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measured = audit(samsoe(4), Criterion.STRICT)
    monkeypatch.setattr("queries.disclosure.audit.EFFORT", -1)
    found = audit(samsoe(4), Criterion.STRICT)
    assert (measured.insiders, found.insiders, found.protected) == (2, None, True)
    said = as_json([measured, found])["revisioner"]
    assert [each["personer_bag"] for each in said] == [2, None]
    assert said[0]["bemaerkning"] == ""
    assert said[1]["bemaerkning"].endswith("kan regne ud, er ikke målt.")
