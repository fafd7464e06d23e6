"""Worked examples from the literature, with the answers that are printed there.

Only figures are taken. Sources:
[FS] M. Fischetti and J. J. Salazar, 'Models and algorithms for the 2-dimensional cell suppression
     problem in statistical disclosure control', Mathematical Programming 84 (1999); the example of
     investments by activity and region (also Willenborg and de Waal 2001).
[WP22] Federal Committee on Statistical Methodology, 'Report on Statistical Disclosure Limitation
     Methodology', Statistical Policy Working Paper 22, chapter II: delinquent children by county
     and education of the household head, tables 1 to 4.
[ARGUS] τ-ARGUS user's manual, chapter 2, 'Singletons': the table that explains the problem.
[GAUSS] GaussSuppression, vignette 'Small count frequency table suppression', 'The problem of zeros'
     and 'The problem of singletons'.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import pytest

from queries.disclosure import attack, audit, protect
from queries.disclosure.publication import Cell, Criterion, Publication, Relation, total
from tests.oracles import disclosure as oracle


def table(
    rows: Mapping[str, Sequence[int]], columns: Sequence[str], hidden: Collection[str] = ()
) -> Publication:
    """Return a table with shown, fixed totals; cells are named 'row column'."""
    values = {
        f"{row} {column}": v for row in rows for column, v in zip(columns, rows[row], strict=True)
    }
    sums = {row: [f"{row} {column}" for column in columns] for row in rows}
    sums |= {column: [f"{row} {column}" for row in rows] for column in columns}
    cells = [
        Cell(name, value, hidden=name in hidden, weight=value) for name, value in values.items()
    ]
    cells += [
        Cell(name, sum(values[part] for part in parts), fixed=True) for name, parts in sums.items()
    ]
    return Publication(tuple(cells), tuple(total(whole, sums[whole], whole) for whole in sums))


def both(publication: Publication) -> dict[str, tuple[int, int | None]]:
    """Return the intervals of hidden cells, on which attacker and oracle agree."""
    found = attack.intervals(publication)
    assert found == oracle.intervals(publication)
    return found


INVESTMENTS = {"I": (20, 50, 10), "II": (8, 19, 22), "III": (17, 32, 12)}


def test_fs_the_hidden_investment_lies_between_5_and_30() -> None:
    hidden = ("II A", "II C", "III A", "III C")
    found = both(table(INVESTMENTS, "ABC", hidden))
    assert found["II C"] == (5, 30)
    assert found == {"II A": (0, 25), "II C": (5, 30), "III A": (0, 25), "III C": (4, 29)}


def test_fs_the_single_sensitive_cell_costs_its_cheapest_rectangle() -> None:
    one = table(INVESTMENTS, "ABC", ("II C",))
    our = protect.protect(one, Criterion.EXACT, insiders=False, gap=0.0)
    assert our.further == {"II A", "III A", "III C"}
    assert our.cost == 8 + 17 + 12
    assert our.optimal


CHILDREN = {
    "Alpha": (15, 1, 3, 1),
    "Beta": (20, 10, 10, 15),
    "Gamma": (3, 10, 10, 2),
    "Delta": (12, 14, 7, 2),
}
EDUCATION = ("low", "medium", "high", "very high")
SENSITIVE = {"Alpha medium", "Alpha high", "Alpha very high", "Gamma low", "Gamma very high",
             "Delta very high"}  # fmt: skip


def test_wp22_two_hidden_in_every_row_and_column_are_not_enough() -> None:
    # Table 3: each row and column has two or more hidden, and yet rows Alpha and Beta less columns
    # medium and high leave one cell alone.
    hidden = SENSITIVE | {"Beta medium", "Beta high", "Delta low"}
    one = table(CHILDREN, EDUCATION, hidden)
    for relation in one.relations:
        assert sum(name in hidden for name, _ in relation.terms) != 1
    found = both(one)
    assert found["Alpha very high"] == (1, 1)
    report = audit.audit(one, Criterion.EXACT, insiders=False)
    computable = {finding.name: finding for finding in report.findings}
    assert set(computable) == {name for name, (low, high) in found.items() if low == high}
    # The other four sums leave the same cell alone.
    assert set(computable["Alpha very high"].through) in (
        {"Alpha", "Beta", "medium", "high"},
        {"Gamma", "Delta", "low", "very high"},
    )


def test_wp22_the_protected_table_cannot_be_computed() -> None:
    # Table 4, found by linear programming.
    hidden = SENSITIVE | {"Gamma medium", "Delta low", "Delta high"}
    one = table(CHILDREN, EDUCATION, hidden)
    assert all(low != high for low, high in both(one).values())
    assert not audit.audit(one, Criterion.EXACT, insiders=False).findings
    our = protect.protect(
        table(CHILDREN, EDUCATION, SENSITIVE), Criterion.EXACT, insiders=False, gap=0.0
    )
    assert oracle.valid(our.publication, Criterion.EXACT, insiders=False)
    # No dearer than what the working paper hides.
    assert our.cost <= sum(one.by_name[name].weight for name in hidden - SENSITIVE)


COMPANIES = {"A": (52, 15, 62, 17), "B": (24, 18, 31, 8)}
COLUMNS = ("X1", "X2", "X3", "X4")


def test_argus_a_single_contributor_undoes_a_row_with_two_hidden_cells() -> None:
    # (A, X2) has one contributor and (A, X4) is unsafe; B's cells protect them by their columns.
    one = table(COMPANIES, COLUMNS, ("A X2", "A X4", "B X2", "B X4"))
    assert both(one)["A X4"] == (0, 25)
    assert attack.intervals(one, known={"A X2": 15})["A X4"] == (17, 17)
    assert oracle.told(one, "A X2", 15) == {"A X4", "B X2", "B X4"}
    # A third hidden cell in the row (and in its column) is what the manual asks for.
    third = oracle.with_hidden(one, {"A X1", "B X1"})
    low, high = attack.intervals(third, known={"A X2": 15})["A X4"]
    assert high is not None
    assert low < 17 < high
    assert oracle.intervals(third, known={"A X2": 15})["A X4"] == (low, high)


@pytest.mark.parametrize(("together", "zeros_are_shown", "each"), [(0, False, 0), (2, True, 1)])
def test_gauss_two_hidden_that_are_nothing_together_or_one_each_are_known(
    together: int, zeros_are_shown: bool, each: int
) -> None:
    # Iceland and Portugal are hidden, Spain and the total are not.
    cells = tuple(
        Cell(name, each, low=int(zeros_are_shown), hidden=True, zeros_are_shown=zeros_are_shown)
        for name in ("Iceland", "Portugal")
    )
    one = Publication(
        cells,
        (Relation((("Iceland", 1), ("Portugal", 1)), together, together, "unge uden Spanien"),),
    )
    assert both(one) == {"Iceland": (each, each), "Portugal": (each, each)}
    for criterion in Criterion:
        report = audit.audit(one, criterion)
        assert {finding.verdict for finding in report.findings} == {"computable"}
        assert len(report.findings) == 2
    # With Spain hidden too, neither is.
    spain = Cell("Spain", 5, low=int(zeros_are_shown), hidden=True)
    terms = (("Iceland", 1), ("Portugal", 1), ("Spain", 1))
    three = replace(
        one, cells=(*cells, spain), relations=(Relation(terms, 5 + together, 5 + together, "unge"),)
    )
    assert all(low != high for low, high in both(three).values())
