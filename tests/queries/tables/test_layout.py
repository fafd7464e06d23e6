"""What of a table is headings, and what is a row of hidden numbers."""

from __future__ import annotations

import pytest

from queries.tables.check import check
from queries.tables.options import Options

NO_PROPOSALS = Options.from_fields({"proposals": []})


@pytest.mark.parametrize("mark", ["<3", "< 3", "Færre end 3", "under 3", "<5", "1-2"])
@pytest.mark.parametrize("heads", ["Mænd;Kvinder", "2017;2018"])
def test_a_first_row_of_hidden_marks_is_no_heading(mark: str, heads: str) -> None:
    text = f"Kommune;{heads}\nDragør;{mark};{mark}\nTårnby;15;40\nHvidovre;22;62\nI alt;38;103\n"
    table = check(text.encode(), NO_PROPOSALS)
    assert table.table.header_rows == 1
    assert {cell.id: cell.status for cell in table.table.rows[1]} == {
        "A2": "label",
        "B2": "hidden",
        "C2": "hidden",
    }
    assert table.summary.verdict == "leaks"


def test_classes_in_a_second_line_are_still_headings() -> None:
    for line in (";<3;3-5", "Måneder;<3;3-5", "Kommune;0-3;over 3"):
        text = f"Gruppe 2;;\n{line}\nTårnby;15;40\nHvidovre;22;62\n"
        table = check(text.encode(), NO_PROPOSALS)
        assert (table.table.header_rows, len(table.table.rows)) == (1, 3), line


def test_a_row_of_a_mark_and_a_word_is_no_heading_either() -> None:
    text = "Kommune;Mænd;Kvinder\nDragør;<3;ikke oplyst\nTårnby;15;40\nI alt;17;42\n"
    assert check(text.encode(), NO_PROPOSALS).table.header_rows == 1


def test_no_proposal_is_offered_where_a_column_cannot_be_judged() -> None:
    text = "Kommune;Borgere;Gennemsnit\nDragør;<3;8\nTårnby;15;7\nIshøj;12;5\nI alt;29;6,4\n"
    report = check(text.encode(), Options.from_fields({}))
    assert len(report.proposals) == 3
    assert [(one.possible, one.rows) for one in report.proposals] == [(False, ())] * 3
    assert any("Gennemsnit" in one.sentence for one in report.proposals)
