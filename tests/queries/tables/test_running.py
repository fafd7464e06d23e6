"""Running sums and changes: what they give away is found and named, and nothing else is bent."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

import pytest

from queries.tables.check import check
from queries.tables.options import Options
from queries.tables.report import Proposal, TableReport

CUMULATIVE = "Måned;Nye;{}\njan;12;12\nfeb;.;14\nmar;9;23\napr;11;34\nI alt;.;34\n"
CHANGE = "n;2016;2017;{}\nA;120;117;-3\nB;60;.;-43\nC;33;38;5\n"


def report(text: str, **options: Any) -> TableReport:
    return check(text.encode(), Options.from_fields({"proposals": [], **options}))


def proposal(text: str, method: str, **options: Any) -> Proposal:
    (found,) = report(text, proposals=[method], **options).proposals
    return found


def found_out(found: TableReport) -> dict[str, tuple[str, ...]]:
    return {each.id: each.through for each in found.verdicts if each.verdict == "computable"}


@pytest.mark.parametrize("name", ["Kumuleret", "Akkumuleret", "År til dato", "ÅTD", "Nye, kum."])
def test_a_month_that_only_a_running_sum_gives_away(name: str) -> None:
    """14 - 12 people in February; the total of the months is hidden too."""
    found = report(CUMULATIVE.format(name))
    assert found.summary.verdict == "leaks"
    through = f"Rækken 'feb': kolonnen '{name}' er den løbende sum af 'Nye'"
    assert found_out(found)["B3"] == (through,)
    assert report("\n".join(row.rpartition(";")[0] for row in CUMULATIVE.split("\n"))).summary.safe


def test_a_running_sum_without_a_name_is_seen_by_its_numbers() -> None:
    found = report("Måned;p;q\njan;12;12\nfeb;.;14\nmar;9;23\napr;11;34\n")
    assert [each.basis for each in found.understood] == ["tal"]
    assert set(found_out(found)) == {"B3"}
    once = report("Måned;p;q\njan;12;12\nfeb;.;14\nmar;9;23\napr;11;35\n")
    assert once.understood == ()


def test_a_running_sum_starts_anew_with_the_year() -> None:
    """February 2017 is 3 - 1 people though nothing follows on from December."""
    rows = "nov 2016;7;40\ndec 2016;8;48\njan 2017;.;5\nfeb 2017;.;9\nmar 2017;6;15\n"
    found = report(f"Måned;Nye;År til dato\n{rows}")
    assert set(found_out(found)) == {"B4", "B5"}


def test_a_running_sum_per_area_does_not_go_on_from_one_to_the_next() -> None:
    rows = "A;jan;12;12\nA;feb;5;17\nB;jan;.;19\nB;feb;8;27\n"
    found = report(f"Sted;Måned;Nye;Kumuleret\n{rows}")
    assert found_out(found) == {
        "C4": ("Rækken 'B, jan': kolonnen 'Kumuleret' er den løbende sum af 'Nye'",)
    }


def test_running_sums_per_area_are_seen_by_their_numbers() -> None:
    rows = "A;jan;12;12\nA;feb;5;17\nA;mar;4;21\nB;jan;.;9\nB;feb;8;17\n"
    found = report(f"Sted;Måned;p;q\n{rows}")
    assert [each.basis for each in found.understood] == ["tal"]
    assert set(found_out(found)) == {"C5"}


@pytest.mark.parametrize("name", ["Kumuleret", "q"])
def test_newest_first(name: str) -> None:
    found = report(f"Måned;Nye;{name}\napr;8;31\nmar;9;23\nfeb;.;14\njan;12;12\n")
    assert found.problems == ()
    (through,) = found_out(found)["B4"]
    assert through.startswith("Rækken 'feb': ")
    (running,) = found.understood
    assert running.equations == 4


def test_no_month_is_taken_for_the_sum_of_the_next() -> None:
    """12 in January may be all of February and March, but not beside 14 and 23."""
    found = report("n;Nye;Akkumuleret\njan;12;12\nfeb;.;14\nmar;9;23\n")
    assert [each.title for each in found.understood] == [
        "Kolonnen 'Akkumuleret' er den løbende sum af 'Nye'"
    ]
    assert found.problems == ()


def test_a_line_may_run_over_the_columns() -> None:
    found = report("n;jan;feb;mar\nNye;12;.;9\nKumuleret;12;14;23\n")
    assert set(found_out(found)) == {"C2"}


def test_a_running_sum_of_two_columns_together() -> None:
    found = report("n;Mænd;Kvinder;Kumuleret\njan;5;7;12\nfeb;6;.;20\nmar;5;5;30\n")
    assert set(found_out(found)) == {"C3"}


def test_totals_and_areas_still_add_up_beside_running_sums() -> None:
    """Only the sum over areas of the running sums gives B's 27 of February away."""
    rows = "A;jan;12;12\nA;feb;5;17\nB;jan;19;19\nB;feb;.;.\nI alt;jan;31;31\nI alt;feb;.;44\n"
    found = report(f"Sted;Måned;Nye;Kumuleret\n{rows}")
    assert found.problems == ()
    assert {"D5", "C5"} <= set(found_out(found))


def test_quarters_among_months_hold_the_last_of_them() -> None:
    rows = "jan;12;12\nfeb;5;17\nmar;9;26\nDelsum;26;26\napr;.;.\nmaj;7;40\njun;8;48\n"
    found = report(f"n;Nye;Kumuleret\n{rows}Delsum;22;48\nI alt;48;48\n")
    assert found.summary.verdict == "leaks"
    assert found.problems == ()
    assert all(each.broken == 0 for each in found.understood)


def test_a_sum_of_months_called_year_to_date_is_no_running_sum() -> None:
    found = report("Kommune;jan;feb;År til dato\nA;12;7;19\nB;.;9;21\nC;8;9;17\nD;7;5;12\n")
    assert found_out(found) == {
        "B3": ("Rækken 'B': kolonnen 'År til dato' er summen af 'jan' og 'feb'",)
    }


def test_a_total_row_that_does_not_hold_the_last_sum_is_said() -> None:
    found = report("n;Nye;Kumuleret\njan;12;12\nfeb;8;20\nmar;9;29\nI alt;29;61\n")
    assert found.summary.verdict == "undecided"
    assert any("løbende sum" in reason for reason in found.summary.reasons)


def test_hiding_hides_in_the_running_sum_too() -> None:
    """What a reader who subtracts line from line finds is written out here."""
    text = "n;Nye;Kumuleret\njan;12;12\nfeb;2;14\nmar;9;23\napr;11;34\nI alt;34;34\n"
    found = proposal(text, "hide")
    assert found.possible
    assert found.audit is not None
    assert found.audit.safe
    rows = {row[0]: row[1:] for row in found.texts[1:]}
    assert rows["feb"][0] == "."
    assert "." in {rows["jan"][1], rows["feb"][1]}
    assert found.texts[5] == ("I alt", "34", "34")
    merged = proposal(text, "merge")
    assert not merged.possible
    assert "kumulerede tal" in merged.sentence


def test_a_number_that_only_a_change_gives_away() -> None:
    found = report(CHANGE.format("Ændring"))
    assert found.summary.verdict == "leaks"
    assert found_out(found) == {"C3": ("Rækken 'B': kolonnen 'Ændring' er '2017' minus '2016'",)}
    assert set(found_out(report(CHANGE.format("Netto")))) == {"C3"}
    assert set(found_out(report(CHANGE.format("Z")))) == {"C3"}


def test_a_change_that_is_none_can_be_switched_off() -> None:
    found = report(CHANGE.format("Ændring"), without=["F1"])
    assert found.summary.verdict == "undecided"
    assert not found_out(found)


def test_a_dash_for_no_change_tells_that_both_are_the_same() -> None:
    rows = "A;20;.;-\nB;30;28;-2\nC;40;44;4\nD;7;7;-\n"
    found = report(f"n;2016;2017;Ændring\n{rows}'-' betyder nul\n")
    assert set(found_out(found)) == {"C2"}


def test_changes_that_are_hidden_tell_nothing() -> None:
    text = CHANGE.format("Ændring").replace("-43", ".")
    assert not found_out(report(text))


def test_a_change_narrows_what_is_hidden_on_both_sides() -> None:
    """After = before + 5: never below five."""
    found = report("n;Før;Efter;Ændring\nA;20;27;7\nB;.;.;5\nC;30;28;-2\n", totals=["ingen"])
    told = {each.id: each.verdict for each in found.verdicts}
    assert told == {"B3": "protected", "C3": "protected"}
    small = report("n;Før;Efter;Ændring\nA;20;27;7\nB;.;.;2\nC;30;28;-2\n", hidden_is_small=True)
    assert {each.id for each in small.verdicts if each.verdict == "computable"} == {"B3", "C3"}


def test_a_change_that_does_not_fit_is_said() -> None:
    rows = "".join(f"A{n};{10 + n};{20 + n};10\n" for n in range(12))
    found = report(f"n;Før;Efter;Ændring\n{rows}B;30;28;-3\n")
    assert found.summary.verdict == "undecided"
    assert any("forskellen passer ikke" in problem.text for problem in found.problems)


def test_proposals_hide_and_compute_changes_anew() -> None:
    text = "n;2016;2017;Ændring\nA;120;117;-3\nB;60;2;-58\nC;33;38;5\nI alt;213;157;-56\n"
    hidden = proposal(text, "hide")
    assert hidden.audit is not None
    assert hidden.audit.safe
    assert "2 ændringer, der ville røbe et skjult tal" in hidden.sentence
    assert "Færre antal (ændringer ikke talt med) kan ikke gøre det" in hidden.sentence
    for row in hidden.texts[1:]:
        assert row[3] == "." if "." in row[1:3] else int(row[3]) == int(row[2]) - int(row[1])
    rounded = proposal(text, "round")
    assert [row[3] for row in rounded.texts[1:]] == ["0", "-60", "10", "-50"]
    assert "Ændringer er forskellen på de afrundede antal." in rounded.notes
    merged = proposal(text, "merge")
    assert merged.texts[1] == ("A og B", "180", "119", "-61")


def test_changes_are_numbers_in_the_files() -> None:
    text = "n;Før;Efter;Forskel\nA;120;117;-3\nB;60;2;-58\nC;33;38;+5\nI alt;213;157;-56\n"
    found = proposal(text, "round")
    assert "\r\nC;30;40;+10\r\n" in found.as_csv()
    with zipfile.ZipFile(io.BytesIO(found.as_xlsx())) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>-60</v>" in sheet
    again = check(found.as_csv().encode(), Options(proposals=(), criterion="rule"))
    assert again.summary.verdict == "safe"


@pytest.mark.parametrize(
    ("head", "first"),
    [("2016;2017;Stigning", "B"), ("2016;2017;Udvikling", "B"), ("I år;Sidste år;+/-", "C")],
)
def test_a_small_rise_is_no_small_number(head: str, first: str) -> None:
    old, new = (20, 27, 9, 11, 30, 44), first == "B"
    pairs = list(zip(old[::2], old[1::2], strict=True))
    rows = "".join(
        f"r{n};{a if new else b};{b if new else a};{b - a}\n" for n, (a, b) in enumerate(pairs)
    )
    found = report(f"n;{head}\n{rows}")
    assert found.summary.verdict == "safe"
    (remark,) = found.remarks
    assert "er læst som en ændring, ikke som et antal personer" in remark


@pytest.mark.parametrize("head", ["I alt;Andre;Stigning", "Borgere;Andre;Udvikling"])
def test_a_small_part_that_could_be_a_rise_is_a_small_number(head: str) -> None:
    found = report(f"n;{head}\nA;27;20;7\nB;11;9;2\nC;44;30;14\n")
    assert [each.id for each in found.verdicts if each.verdict == "small_shown"] == ["D3"]


def test_a_part_under_a_name_of_changes_adds_up() -> None:
    found = report("n;2017;2016;Udvikling\nA;27;20;7\nB;25;.;15\nC;44;30;14\n", totals=["ingen"])
    assert found_out(found) == {"C3": ("Rækken 'B': kolonnen '2017' er '2016' plus 'Udvikling'",)}


def test_changes_of_rounded_numbers_tell_nothing_more() -> None:
    rows = "A;120;110;-10\nB;60;0;-60\nC;30;40;10\nD;50;90;40\nI alt;260;240;-20\n"
    found = report(f"n;2016;2017;Ændring\n{rows}")
    assert any("afrundet til nærmeste 10" in remark for remark in found.remarks)
    assert found.summary.verdict == "safe"
    other = report(f"n;2016;2017;Ændring\n{rows}".replace("10;-10", "10;-13"))
    assert other.summary.verdict == "undecided"
    hides = "A;120;110;-10\nB;60;.;-60\nC;30;40;10\nD;50;90;40\nE;70;50;-20\n"
    found = report(f"n;2016;2017;Ændring\n{hides}", totals=["ingen"])
    assert found.summary.verdict == "undecided"
    assert any("ikke regnet af de afrundede tal" in each for each in found.summary.reasons)


@pytest.mark.parametrize("name", ["Udvikling", "Ændring i støtte", "Afvigelse"])
def test_counts_under_a_name_of_changes_are_counts(name: str) -> None:
    """Nothing that is no difference of two others is taken out of what is judged."""
    text = "n;{};Andre;I alt\nA;12;9;21\nB;2;7;9\nC;8;6;14\n"
    named, plain = report(text.format(name)), report(text.format("Egne"))
    assert [each.id for each in named.verdicts] == [each.id for each in plain.verdicts] == ["B3"]
    assert named.summary.verdict == plain.summary.verdict == "leaks"
    assert len(named.understood) == len(plain.understood) == 1


@pytest.mark.parametrize("seed", range(20))
def test_tables_without_running_sums_or_changes_have_none(seed: int) -> None:
    rng = random.Random(seed)
    rows = [[rng.choice([0, 1, 3, 8, 20, 55]) for _ in range(4)] for _ in range(6)]
    text = "n;p;q;r;s\n" + "".join(
        f"r{i};{';'.join(map(str, row))}\n" for i, row in enumerate(rows)
    )
    keys = {each.title for each in report(text).understood if "løbende" in each.title}
    assert keys == set()
    assert not any(each.kind == "change" for each in report(text).understood)


def test_averages_of_people_are_counts() -> None:
    found = report("n;Gennemsnitligt antal personer;Andre\nA;20;34\nB;2;40\nC;9;12\n")
    assert [each.id for each in found.verdicts] == ["B3"]
