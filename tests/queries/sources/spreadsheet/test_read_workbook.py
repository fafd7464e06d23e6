"""From the bytes of a workbook to cells: merging, number formats, dates, hidden rows, errors."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from queries.sources.incoming import ImportRefusedError
from queries.sources.spreadsheet.opening import open_book
from tests.queries.sources.spreadsheet.layouts import (
    PASSIVE,
    asked,
    lines,
    read,
    told,
    understood,
)


def _book(
    rows: list[list[object]],
    change: Callable[[Worksheet], None] = lambda sheet: None,
    title: str = "Ark1",
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_merged_title_headings_names_and_notes() -> None:
    def merge(sheet: Worksheet) -> None:
        for cells in ("A1:E1", "B3:C3", "D3:E3", "A3:A4", "A9:E9"):
            sheet.merge_cells(cells)

    content = _book(
        [
            [f"{PASSIVE} fordelt på kommuner"],
            [],
            ["Kommune", "Juni 2017", None, "Juli 2017"],
            [None, "Antal", "Andel", "Antal", "Andel"],
            ["Holbæk", 12, 25, 13, 26],
            ["Dragør", ".", None, ".", 17],
            ["Roskilde", 7, 13, 9, 15],
            ["I alt", 22, 21, 24, 20],
            ["Kilde: DREAM og jobindsats.dk"],
        ],
        merge,
    )
    batch = read(open_book(content))

    assert told(batch.cells) == lines(
        """
        000 2017M06 22/103-107 21%
        000 2017M07 24/118-123 20%
        0155 2017M06 suppressed
        0155 2017M07 suppressed 17%
        0265 2017M06 7/52-56 13%
        0265 2017M07 9/59-62 15%
        0316 2017M06 12/48 25%
        0316 2017M07 13/50 26%
        """
    )


def test_names_merged_down_over_their_months() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A3:A4")
        sheet.merge_cells("A5:A6")

    content = _book(
        [
            [PASSIVE],
            ["Kommune", "Måned", "Tæller", "Nævner"],
            ["Holbæk", dt.date(2017, 5, 1), 12, 48],
            [None, dt.date(2017, 6, 1), 13, 50],
            ["Roskilde", dt.date(2017, 5, 1), 7, 54],
            [None, dt.date(2017, 6, 1), 8, 55],
        ],
        merge,
    )
    batch = read(open_book(content))

    assert told(batch.cells) == lines(
        "0316 2017M05 12/48\n0316 2017M06 13/50\n0265 2017M05 7/54\n0265 2017M06 8/55"
    )
    assert all(each.code == "missing_areas" for each in batch.findings)


def test_shares_formatted_as_percent_need_no_question() -> None:
    def style(sheet: Worksheet) -> None:
        for row in range(3, 6):
            sheet.cell(row, 3).number_format = "0.0%"

    content = _book(
        [
            [f"{PASSIVE}, juni 2017"],
            ["Kommune", "Antal", "Andel"],
            ["Holbæk", 12, 0.25],
            ["Roskilde", 7, 0.125],
            ["Faxe", 3, 1],
        ],
        style,
    )
    book = open_book(content)

    assert asked(understood(book)) == set()
    assert told(read(book).cells) == lines(
        "0316 2017M06 12/48 25.0%\n0265 2017M06 7/56 12.5%\n0320 2017M06 3/3 100.0%"
    )


def test_unrounded_shares_are_kept_with_four_decimals() -> None:
    def style(sheet: Worksheet) -> None:
        for row in range(3, 5):
            sheet.cell(row, 3).number_format = "0%"

    content = _book(
        [
            [f"{PASSIVE}, juni 2017"],
            ["Kommune", "Antal", "Andel"],
            ["Holbæk", 12, 12 / 49],
            ["Roskilde", 7, 7 / 54],
        ],
        style,
    )
    assert told(read(open_book(content)).cells) == lines(
        "0316 2017M06 12/49 24.4898%\n0265 2017M06 7/54 12.9630%"
    )


def test_months_as_dates_in_the_headings() -> None:
    content = _book(
        [
            [PASSIVE],
            ["Kommune", dt.date(2017, 5, 1), dt.date(2017, 6, 1)],
            ["Holbæk", 12, 13],
            ["Roskilde", 7, 8],
        ]
    )
    assert told(read(open_book(content)).cells) == lines(
        "0316 2017M05 12/?\n0316 2017M06 13/?\n0265 2017M05 7/?\n0265 2017M06 8/?"
    )


def test_numbers_that_are_text_among_numbers() -> None:
    content = _book(
        [
            [f"{PASSIVE}, juni 2017"],
            ["Kommune", "Tæller", "Nævner"],
            ["København", "1.234", "12.345"],
            ["Holbæk", 12, 48],
            ["Roskilde", "7", 54],
        ]
    )
    assert told(read(open_book(content)).cells) == lines(
        "0101 2017M06 1234/12345\n0316 2017M06 12/48\n0265 2017M06 7/54"
    )


def test_the_period_may_stand_on_the_tab() -> None:
    content = _book(
        [[PASSIVE], ["Kommune", "Antal"], ["Holbæk", 12], ["Roskilde", 7]], title="Juni 2017"
    )
    book = open_book(content)

    assert asked(understood(book)) == set()
    assert told(read(book).cells) == lines("0316 2017M06 12/?\n0265 2017M06 7/?")


def test_hidden_rows_are_read_and_asked_about() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[4].hidden = True

    content = _book(
        [[f"{PASSIVE}, juni 2017"], ["Kommune", "Antal"], ["Holbæk", 12], ["Roskilde", 7]], hide
    )
    batch = read(open_book(content))

    assert told(batch.cells) == lines("0316 2017M06 12/?\n0265 2017M06 7/?")
    found = [each for each in batch.findings if each.code == "hidden_rows"]
    assert [(each.level, each.row) for each in found] == [("warning", 4)]


def test_a_formula_without_a_value_is_an_error_with_its_place() -> None:
    content = _book(
        [
            [f"{PASSIVE}, juni 2017"],
            ["Kommune", "Antal"],
            ["Holbæk", 12],
            ["Faxe", "=3+4"],
            ["Roskilde", 7],
        ]
    )
    with pytest.raises(ImportRefusedError) as error:
        read(open_book(content))

    errors = [(e.code, e.row, e.column) for e in error.value.findings if e.level == "error"]
    assert errors == [("formula_without_value", 4, "B")]


def test_the_sheet_with_the_areas_is_read_and_the_others_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Læs mig"
    book.active.append(["Dette ark forklarer tallene"])
    for name, rows in (("Resumé", [["Holbæk", 1]]), ("Data", [["Holbæk", 12], ["Roskilde", 7]])):
        sheet = book.create_sheet(name)
        sheet.append([f"{PASSIVE}, juni 2017"])
        sheet.append(["Kommune", "Antal"])
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    proposal = understood(open_book(out.getvalue()))

    assert proposal.mapping.sheet == "Data"
    assert [each.code for each in proposal.findings] == ["other_sheets"]
    assert "»Resumé«" in proposal.findings[0].text
