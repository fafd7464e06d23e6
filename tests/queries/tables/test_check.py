"""What is said of whole tables, and that what is proposed is safe."""

from __future__ import annotations

import contextlib
import random
from typing import Any

import pytest

from queries.disclosure.attack import intervals
from queries.disclosure.publication import Cell, Publication, total
from queries.errors import UserError
from queries.tables.check import check
from queries.tables.examples import examples
from queries.tables.options import Options
from queries.tables.report import Proposal, TableReport
from tests.queries.tables.files import xlsx

EXAMPLES = {each.key: each.text for each in examples()}
SHOWN = EXAMPLES["opdigtet-alle-tal"]


def report(text: str, **options: Any) -> TableReport:
    return check(text.encode(), Options.from_fields(options))


def proposal(text: str, method: str, **options: Any) -> Proposal:
    (found,) = report(text, proposals=[method], **options).proposals
    return found


def verdicts(found: TableReport) -> dict[str, str]:
    return {each.id: each.verdict for each in found.verdicts}


def test_the_made_up_table_gives_its_hidden_numbers_away() -> None:
    found = report(EXAMPLES["opdigtet"])
    assert verdicts(found) == {"B4": "computable", "C5": "computable", "D6": "computable"}
    assert found.summary.sentence == "Tabellen røber for meget: 3 skjulte tal kan regnes ud."
    first = found.verdict("B4")
    assert first is not None
    assert (first.title, first.possibilities) == ("Slagelse, Under 3 mdr.", 1)
    assert len(first.through) == 1
    assert "2" not in first.text.replace("3 mdr.", "").replace("3-6", "").replace("6-9", "")


def test_the_published_table_narrows_two_kommuner() -> None:
    found = report(EXAMPLES["spm-554"], criterion="rule")
    names = {each.title: (each.verdict, each.possibilities) for each in found.verdicts}
    assert names == {
        "Dragør, Antal": ("narrowed", 2),
        "Allerød, Antal": ("narrowed", 2),
        "Randers, Antal": ("protected", None),
        "Silkeborg, Antal": ("protected", None),
    }
    hide = found.proposals[0]
    assert [each.title for each in hide.differences] == [
        "Dragør, Andel, pct.",
        "Allerød, Andel, pct.",
    ]


def test_without_the_sum_a_leak_is_gone() -> None:
    found = report(EXAMPLES["opdigtet"], without=["S1", "S2"], proposals=[])
    assert set(verdicts(found).values()) == {"protected"}
    assert found.summary.safe


@pytest.mark.parametrize(
    ("threshold", "zeros", "small"),
    [(3, False, 6), (3, True, 5), (1, False, 1), (2, False, 4), (5, False, 8)],
)
def test_small_numbers_that_are_shown(threshold: int, zeros: bool, small: int) -> None:
    found = report(SHOWN, threshold=threshold, zeros_are_shown=zeros, proposals=[])
    assert found.summary.small_shown == small


def test_a_rest_that_a_whole_gives_away_is_small_and_shown() -> None:
    found = report("n;Antal;Heraf uden tilbud\na;12;10\nb;30;20\nc;40;30\n", proposals=[])
    assert verdicts(found) == {"C2": "small_shown"}
    assert "resten" in found.verdicts[0].text


def test_a_share_gives_a_small_rest_away_where_the_whole_is_not_printed() -> None:
    found = report("n;Antal;Pct.\na;5;83\nb;30;40\nc;40;50\n", proposals=[])
    assert verdicts(found) == {"B2": "small_shown"}


def test_shares_of_unknown_wholes_add_up_too() -> None:
    """24 = 10 + 8 + 6 people, and 17 pct. of 6 is one."""
    text = "n;Antal;Pct.\na;5;50\nb;6;75\nc;.;17\nI alt;12;50\n"
    assert verdicts(report(text, proposals=[]))["B4"] == "computable"


def test_numbers_that_cannot_hold_together_are_a_problem_and_no_crash() -> None:
    found = report("n;x;y;I alt\na;<3;<3;9\nb;4;5;9\nI alt;5;6;18\n", proposals=[])
    assert found.problems
    assert not found.summary.safe or found.problems[0].text


def test_hiding_hides_the_small_and_few_more() -> None:
    found = proposal(SHOWN, "hide")
    assert found.possible
    assert found.audit is not None
    assert found.audit.safe
    assert found.optimal
    assert found.cost == found.bound
    assert len(found.differences) == 6 + found.cost
    assert {each.after for each in found.differences} == {"."}
    assert found.texts[7] == ("Hele landet", "34", "31", "29", "70", "164", "43")
    assert "siger ikke, om tallet er lille" in found.notes[-1]


@pytest.mark.parametrize("order", [(50, 5), (5, 50)])
def test_of_equally_few_numbers_those_with_fewest_people_are_hidden(order: tuple[int, int]) -> None:
    """Hiding 5 or 50 beside the 2 is one number either way."""
    found = proposal(f"n;Antal\na;2\nb;{order[0]}\nc;{order[1]}\nI alt;57\n", "hide")
    assert {each.before for each in found.differences} == {"2", "5"}
    assert found.optimal
    assert found.cost == found.bound == 1
    assert found.sentence.endswith("Færre tal kan ikke gøre det med de øverste totaler vist.")


def test_fewest_people_never_cost_a_number_more() -> None:
    """One number of 900 against three of 4, 5 and 6: the proof is of numbers."""
    rows = "a;2;900;902\nb;40;50;90\nc;60;70;130\nI alt;102;1020;1122\n"
    found = proposal(f"n;p;q;I alt\n{rows}", "hide")
    assert found.cost == found.bound == 3
    hidden = {each.id for each in found.differences}
    assert hidden == {"B2", "C2", "B3", "C3"}


def test_what_is_proven_is_said_of_counts_where_shares_are_hidden_too() -> None:
    found = proposal(SHOWN, "hide")
    assert found.bound is not None
    assert "Færre tal kan ikke gøre det med de øverste totaler vist." in found.sentence
    text = "n;Antal;Heraf med;Pct.\na;30;2;7\nb;40;20;50\nc;50;15;30\nI alt;120;37;31\n"
    shares = proposal(text, "hide")
    assert shares.bound is None
    assert "Færre antal (andele ikke talt med) kan ikke gøre det" in shares.sentence


def test_one_mark_for_all_that_is_hidden_and_no_note_that_says_more() -> None:
    text = "n;x;y;I alt\na;<3;8;9\nb;4;5;9\nc;7;9;16\nI alt;12;22;34\nFærre end 3 er skjult\n"
    found = proposal(text, "hide")
    hidden = {cell.text for row in found.rows for cell in row if cell.status == "hidden"}
    assert hidden == {"."}
    assert not any("3" in note for note in found.notes)


def test_rounding_rounds_far_enough_for_the_criterion() -> None:
    assert proposal(SHOWN, "round").base == 10
    found = proposal(SHOWN, "round", criterion="rule")
    assert found.base == 5
    assert found.possible
    assert found.texts[2][:6] == ("Slagelse", "0", "10", "10", "10", "30")
    narrow = proposal(SHOWN, "round", base=5)
    assert (narrow.possible, narrow.rows) == (False, ())


def test_merging_leaves_no_small_number() -> None:
    found = proposal(SHOWN, "merge")
    assert found.texts[0] == (
        "Kommune",
        "Under 3 mdr., 3-6 mdr. og 6-9 mdr.",
        "Over 9 mdr.",
        "I alt",
        "Over 9 mdr., pct.",
    )
    assert found.texts[5] == ("Dragør", "4", "5", "9", "56")
    assert found.cost == 16


def test_kommuner_are_merged_with_those_they_share_a_jobcenter_with() -> None:
    text = "Kommune;x;y\nTårnby;30;40\nSorø;50;9\nDragør;1;5\nRingsted;8;7\nI alt;89;61\n"
    found = proposal(text, "merge")
    assert [row[0] for row in found.texts] == [
        "Kommune",
        "Tårnby og Dragør",
        "Sorø",
        "Ringsted",
        "I alt",
    ]
    assert found.texts[1] == ("Tårnby og Dragør", "31", "45")
    assert found.differences[0].before == "Tårnby + Dragør"


def test_hidden_numbers_cannot_be_merged() -> None:
    found = proposal(EXAMPLES["opdigtet"], "merge")
    assert (found.possible, found.rows, found.audit) == (False, (), None)
    assert "skjulte tal" in found.sentence


@pytest.mark.parametrize("seed", range(30))
def test_proposals_for_random_tables_are_safe_and_true(seed: int) -> None:
    """Against intervals of a model that is written out here."""
    rng = random.Random(seed)
    height, width = rng.randint(2, 5), rng.randint(2, 4)
    values = [[rng.choice([0, 1, 2, 3, 5, 8, 13, 30]) for _ in range(width)] for _ in range(height)]
    rows = [[*row, sum(row)] for row in values]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    names = [f"Gruppe {chr(65 + i)}" for i in range(height)] + ["I alt"]
    head = ";".join(["n", *(f"Klasse {chr(65 + i)}" for i in range(width)), "I alt"])
    body = [";".join([name, *map(str, row)]) for name, row in zip(names, rows, strict=True)]
    found = proposal("\n".join([head, *body]), "hide")
    if not found.possible:
        return
    printed = [row[1:] for row in found.texts[1:]]
    cells, relations = [], []
    for r, row in enumerate(printed):
        for c, text in enumerate(row):
            hidden = text == "."
            assert hidden or text == str(rows[r][c])
            cells.append(Cell(f"{r},{c}", None if hidden else rows[r][c], hidden=hidden))
        relations.append(total(f"{r},{width}", [f"{r},{c}" for c in range(width)]))
    relations += [
        total(f"{height},{c}", [f"{r},{c}" for r in range(height)]) for c in range(width + 1)
    ]
    for low, high in intervals(Publication(tuple(cells), tuple(relations))).values():
        assert high is None or high > low
        assert low >= 3 or (low == 0 and (high is None or high >= 3))
    assert not any(0 <= int(text) < 3 for row in printed for text in row if text != ".")


ROUNDED = """\
n;Mænd;Kvinder;I alt
a;10;20;30
b;0;10;10
c;40;10;40
I alt;50;40;90
"""


def test_a_rounded_table_is_read_as_one() -> None:
    found = report(ROUNDED)
    assert found.problems == ()
    assert any("afrundet til nærmeste 10" in remark for remark in found.remarks)
    assert found.summary.sentence == "Ingen små tal kan regnes ud eller indsnævres af de afrundede."
    assert not any(each.possible for each in found.proposals)


def test_a_small_table_is_rounded_where_its_note_says_so() -> None:
    """As our own proposal does: read back, its zeros are no small numbers."""
    text = "n;Antal\na;0\nb;20\nc;30\nI alt;50\n"
    assert report(text).summary.verdict == "leaks"
    assert report(f"{text}Antal er afrundet til nærmeste 10.\n").summary.verdict == "safe"
    other = text.replace("c;30", "c;31").replace("50", "51")
    assert report(f"{other}Antal er afrundet til nærmeste 10.\n").summary.verdict == "leaks"


def test_rounding_that_tells_is_found() -> None:
    """0 + 0 printed as 10 is 5 to 8: neither is nobody."""
    text = ROUNDED.replace("b;0;10;10", "b;0;0;10").replace("50;40;90", "50;30;80")
    found = report(text)
    assert {"B3", "C3"} <= {each.id for each in found.verdicts if each.verdict == "narrowed"}


def test_a_table_is_rounded_or_not_as_the_user_says() -> None:
    found = report(ROUNDED, rounded_to=1, proposals=[])
    assert verdicts(found)["B3"] == "small_shown"
    assert len(found.problems) == 2


def test_a_large_table_is_judged_without_proposals() -> None:
    rows = "".join(f"Navn {i} x;{7 + i};{9 + i}\n" for i in range(3100))
    found = report(f"n;Mænd;Kvinder\n{rows}")
    assert found.summary.safe
    assert not any(each.possible for each in found.proposals)
    assert "6.000 tal" in found.proposals[0].sentence


UNDECIDED = {
    "no sum": ("n;x;y\na;20;31\nb;.;44\n", "ikke fundet nogen sum"),
    "a named total that fits nothing": (
        "n;x;y\na;20;30\nb;9;12\nI alt;28;42\nKilde;.;.\n",
        "passer ikke",
    ),
    "two tables": ("n;p;q\na;20;31\nb;22;44\n\nn;p;q\na;51;7\n", "2 tabeller"),
    "a column of averages": ("n;Antal;Alder\na;20;34,5\nb;22;41,2\n", "'Alder'"),
    "a total in the title": (
        "Borgere, i alt 47 personer;;\nn;x;y\na;20;31\nb;.;44\nI alt;.;75\n",
        "nævner et tal i alt",
    ),
}


@pytest.mark.parametrize("case", UNDECIDED)
def test_what_is_not_understood_is_not_called_safe(case: str) -> None:
    text, said = UNDECIDED[case]
    summary = report(text, proposals=[]).summary
    assert (summary.verdict, summary.safe) == ("undecided", False)
    assert summary.sentence.startswith("Ikke afgjort: ")
    assert any(said in reason for reason in summary.reasons)


def test_the_user_may_say_that_there_are_no_totals() -> None:
    found = report("n;x;y\na;20;31\nb;.;44\n", totals=["ingen"], proposals=[])
    assert found.summary.safe


def test_other_sheets_leave_it_undecided_but_not_the_proposal() -> None:
    rows: list[list[object]] = [["n", "Antal"], ["a", 20], ["b", 22], ["I alt", 42]]
    found = check(xlsx({"Ark1": rows, "Ark2": rows}), Options(proposals=("hide",)))
    assert found.summary.verdict == "undecided"
    assert "et ark mere" in found.summary.reasons[-1]
    assert found.proposals[0].audit is not None
    assert found.proposals[0].audit.safe


def test_a_report_goes_through_json_unchanged() -> None:
    for text in EXAMPLES.values():
        found = report(text)
        assert TableReport.from_json(found.as_json()) == found


@pytest.mark.parametrize("seed", range(40))
def test_nonsense_is_reported_or_refused_in_danish(seed: int) -> None:
    words = ["Holbæk", "I alt", "heraf", "Andel", "pct.", "2017", "12", "3", "0", "1.234", ".", "-"]
    words += ["<3", "12,5", "40 %", "", "x", "7", "1-2"]
    rng = random.Random(seed)
    text = "\n".join(
        ";".join(rng.choice(words) for _ in range(rng.randint(2, 6)))
        for _ in range(rng.randint(2, 7))
    )
    with contextlib.suppress(UserError):
        found = report(text, totals=["sidste-raekke"])
        assert found.summary.sentence.endswith(".")


def test_shares_that_grow_without_end_are_said_not_to_hold() -> None:
    found = report(
        ";7;100;I alt;.;40 %;40 %\nx;pct.;0;Hele landet;99;x;0\n"
        "I alt;-;Region Sjælland;100;.;  Slagelse;3"
    )
    assert any("kan ikke gælde på én gang" in problem.text for problem in found.problems)


@pytest.mark.parametrize(
    "text",
    [
        "n;p;q;I alt\na;<5;8;11\nb;<5;5;9\nc;7;9;16\nI alt;14;22;36\n",
        "n;p;q;I alt\na;.;8;11\nb;.;5;9\nc;7;9;16\nI alt;14;22;36\nFærre end 5 er skjult\n",
        "n;p;q;I alt\na;1-4;8;11\nb;1-4;5;9\nc;7;9;16\nI alt;14;22;36\n",
    ],
)
def test_a_table_that_says_another_threshold_is_told_so(text: str) -> None:
    (said,) = [each for each in report(text).remarks if "siger selv" in each]
    assert "færre end 5, men den er undersøgt med grænsen 3" in said
    assert "»Færre end 5« under »Et lille tal er« (i kommandoen: --taerskel 5)" in said
    for threshold in (5, 7):
        remarks = report(text, threshold=threshold).remarks
        assert not any("siger selv, at skjulte tal er færre" in each for each in remarks)


def test_a_table_that_says_nothing_of_its_threshold_is_told_nothing() -> None:
    for text in EXAMPLES.values():
        assert not any("siger selv, at skjulte" in each for each in report(text).remarks)
