"""Tables that look safe until one looks closer: none of them is called so."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from queries.tables.check import check
from queries.tables.doubts import tells_total
from queries.tables.options import Options
from queries.tables.report import TableReport


def report(text: str, **options: Any) -> TableReport:
    return check(text.encode(), Options.from_fields({"proposals": [], **options}))


def totals(name: str) -> str:
    return f"Distrikt;Borgere;Andre\nNord;20;30\nSyd;22;12\nVest;.;.\n{name};44;43\n"


LEAKS = {
    "averages between names and counts": (
        "Kommune;Gns. alder;Antal\nFanø;34,5;.\nLæsø;41,2;7\nSamsø;40,0;11\nI alt;38,1;20\n"
    ),
    "subtotals": (
        "n;Borgere;Andre\nA;20;30\nB;.;12\nDelsum;22;42\n"
        "C;11;30\nD;15;12\nDelsum;26;42\nTotal;48;84\n"
    ),
    "both sexes": "n;Køn;Antal\nA;Mænd;20\nA;Kvinder;.\nA;Begge køn;22\nB;Mænd;9\nB;Kvinder;15\n",
    "a difference in three rows": (
        "n;Borgere;Med tilbud;Uden tilbud\nA;20;12;8\nB;22;20;.\nC;30;15;15\n"
    ),
    "a quarter": "n;jan;feb;mar;1. kvt.\nA;10;11;12;33\nB;10;.;12;24\nC;10;9;12;31\n",
    "a change": "n;2016;2017;Ændring\nA;120;117;-3\nB;60;.;-43\nC;33;38;5\n",
    "a change with a sign": "n;Før;Efter;Forskel\nA;20;27;+7\nB;22;.;+13\nC;30;28;−2\n",
    "a line of changes": "n;Mænd;Kvinder\n2016;20;27\n2017;.;25\nÆndring;-18;-2\n",
    "running sums": "n;Nye;Akkumuleret\njan;12;12\nfeb;.;14\nmar;9;23\n",
    "tables side by side": (
        "n;Mænd;Kvinder;;n;Borgere\nA;20;31;;A;51\nB;.;44;;B;45\nC;.;12;;C;14\n"
    ),
    "a region with its only two kommuner": (
        "n;Borgere\nRegion Hovedstaden;22\nKøbenhavn;20\nBornholm;.\n"
    ),
    "English thousands": "n;Men;Women;Total\nA;1,234;1,000;2,234\nB;.;1,500;1,502\n",
    "whole numbers with a decimal": "n;Borgere;Andre\nA;2,0;30\nB;22,0;44\nC;10,0;12\n",
    **{
        f"total called {name!r}": totals(name)
        for name in ("Samtlige", "Hele kommunen", "Kommunen", "Tot.", "Σ", "", "I alle kommuner")
    },
    **{
        f"the mark {mark} beside a total": f"n;p;q;I alt\nA;20;31;51\nB;{mark};44;46\nC;12;14;26\n"
        for mark in ("(2)", "(3)", "<3*", "u. 3", "diskr.", "få", "fortroligt", "ca. 2", "zz")
    },
}


@pytest.mark.parametrize("case", LEAKS)
def test_what_a_person_would_see_is_found(case: str) -> None:
    assert report(LEAKS[case]).summary.verdict == "leaks"


UNDECIDED = {
    "a share against a sum": (
        "n;Borgere;Andel\nA;20;50\nB;.;90\nC;31;60\nI alt;52;80\nD;9;\n",
        "",
    ),
    "a change of what is not there": (
        "n;2017;Ændring\nA;117;-3\nB;60;5\n",
        "ikke klart, hvilke to",
    ),
    "running sums of what is not there": (
        "Måned;Kumuleret\njan;12\nfeb;14\nmar;23\n",
        "ser ud til at være kumuleret",
    ),
    "averages in whole numbers": ("n;Antal;Gns. alder\nA;20;34\nB;22;41\n", "'Gns. alder' er et"),
    "a line of averages": ("n;Antal;Andre\nA;20;34\nB;22;40\nGennemsnit;21;37\n", "'Gennemsnit'"),
    "a total in a note": ("n;p;q\nA;20;31\nB;.;44\nNote: I alt 45 borgere.;;\n", "i alt"),
    "'2 stk.'": ("n;Borgere;Andre\nA;2 stk.;30\nB;22 stk.;44\n", "læst som tekst"),
    "'2 (4 pct.)'": ("n;Borgere;Andre\nA;20 (9 pct.);3\nB;2 (4 pct.);5\n", "læst som tekst"),
    "a total that is a little off": ("n;Antal\nA;20\nB;.\nC;31\nI alt;50\n", "passer ikke"),
    "a whole beside its part": ("n;Alle;Passive\nA;20;19\nB;22;12\n", "hedder som en total"),
    "counts that look like years": ("n;p;q\nA;1995;2001\nB;.;2010\nI alt;1997;4011\n", ""),
    **{
        f"the mark {mark}": (f"n;p;q\nA;20;31\nB;{mark};44\nC;12;14\n", said)
        for mark, said in {
            "(2)": "1 celle kunne ikke læses",
            "ca. 2": "1 celle kunne ikke læses",
            "zz": "1 celle kunne ikke læses",
            "<3*": "nogen sum",
            "u. 3": "nogen sum",
            "få": "nogen sum",
            "fortroligt": "nogen sum",
        }.items()
    },
}


@pytest.mark.parametrize("case", UNDECIDED)
def test_what_cannot_be_told_is_undecided(case: str) -> None:
    text, said = UNDECIDED[case]
    summary = report(text).summary
    assert summary.verdict == "undecided"
    assert any(said.casefold() in reason.casefold() for reason in summary.reasons)


def test_a_sum_stands_when_a_share_contradicts_it() -> None:
    """The share says 4 pct., the sum leaves two people; only the share is dropped."""
    found = report("n;Borgere;Pct.\nA;20;38\nB;.;4\nC;31;60\nI alt;53;100\n")
    assert {each.id: each.verdict for each in found.verdicts}["B3"] == "computable"
    assert found.summary.reasons


def test_zeros_may_be_hidden_though_the_rule_shows_them() -> None:
    text = "n;Antal;Andre\nA;<3;17\nB;12;20\nC;20;31\nD;<3;9\nI alt;33;77\n"
    found = report(text, zeros_are_shown=True, criterion="rule")
    assert found.summary.verdict == "leaks"
    assert any("skjulte nuller" in reason for reason in found.summary.reasons)


def test_a_hundred_per_cent_of_itself_leaves_nobody_over() -> None:
    text = "n;Antal;Pct.\nA;412;18,0\nB;1.288;56,4\nC;536;23,5\nD;47;2,1\nI alt;2.283;100,0\n"
    assert report(text).summary.verdict == "safe"


def test_a_possible_total_is_named_so_and_can_be_switched_off() -> None:
    text = "n;Med;Uden\nA;20;30\nB;22;.\nC;42;41\n"
    (found,) = report(text).understood
    assert (found.title, found.basis) == ("Rækken 'C' kan være summen af 'A' og 'B'", "muligt")
    assert report(text, without=["S1"]).summary.verdict == "safe"


def test_a_possible_total_gives_way_to_a_share() -> None:
    """If a were b + c in both columns, c would be 10 of 30 and not half of it."""
    found = report("n;p;q;Pct. af q\na;40;90;44\nb;30;60;50\nc;.;.;50\n")
    assert [problem.cell for problem in found.problems] == ["B2"]
    (one,) = [each for each in found.verdicts if each.id == "B4"]
    assert any("i pct. af 'q'" in title for title in one.through)


def test_a_kommune_is_no_possible_total() -> None:
    found = report("n;Antal\nAarhus;40\nHolbæk;.\nLæsø;20\nKøbenhavn;900\n")
    assert (found.understood, found.summary.verdict) == ((), "undecided")


def test_a_comment_in_the_workbook_is_not_passed_over() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for r, row in enumerate((["n", "Antal"], ["A", 20], ["B", 12], ["C", 31])):
        sheet.write_row(r, 0, row)
    sheet.write_comment(2, 1, "12 borgere")
    book.close()
    found = check(out.getvalue(), Options(proposals=()))
    assert found.summary.verdict == "undecided"
    assert "kommentarer" in found.summary.reasons[0]


def test_the_criterion_that_was_used_is_told() -> None:
    found = report("n;Antal\nA;20\nB;<3\nC;31\n")
    assert found.criterion == "rule"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Borgere uden tilbud, i alt 45 personer", True),
        ("Der er 45 borgere i alt", True),
        ("Samlet 1.234", True),
        ("Personer i alt, juni 2017", False),
        ("Totaler er rundet hver for sig", False),
        ("Antal er afrundet til nærmeste 10; totaler er rundet hver for sig", False),
    ],
)
def test_a_text_that_names_a_total(line: str, told: bool) -> None:
    assert tells_total(line) == told


def test_an_area_above_its_kommuner_that_sums_nothing_up_leaves_it_undecided() -> None:
    text = (
        "Område;Borgere;Andre\nJobcenter Tårnby;22;50\nTårnby Kommune;20;.\nDragør Kommune;.;30\n"
        "Køge Kommune;30;.\nGreve Kommune;.;9\nI alt;90;120\n"
    )
    found = report(text)
    assert found.summary.verdict == "undecided"
    assert any("'Jobcenter Tårnby'" in reason for reason in found.summary.reasons)
    alone = "Jobcenter;Borgere\nJobcenter Køge;20\nJobcenter Greve;31\nI alt;51\n"
    assert report(alone).summary.verdict == "safe"
