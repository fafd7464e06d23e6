"""Workbooks of every format: values, pct., dates, merged and hidden cells, formulas and errors."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
import python_calamine
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from queries.errors import UserError
from queries.sources.spreadsheet import open_book
from queries.sources.spreadsheet.book import MOST_TOLD, NO_VALUE, letters, quote
from queries.sources.spreadsheet.formats import date_text, plain_number, shown_as
from tests.queries.sources.spreadsheet.opened_files import (
    Row,
    ods,
    ods_cell,
    ods_content,
    raw_ods,
    raw_xlsx,
    unzipped,
    xls,
    xlsb,
    xlsx,
    zipped,
)

ROWS: list[Row] = [["Kommune", "Antal", "Andel"], ["Ærø", 12, 0.215], [None, "1.234", -3]]
TEXTS = [("Kommune", "Antal", "Andel"), ("Ærø", "12", "0.215"), ("", "1.234", "-3")]


@pytest.mark.parametrize(("make", "form"), [(xlsx, "XLSX"), (xls, "XLS"), (ods, "ODS")])
def test_every_format_gives_the_same(make: Callable[[list[Row]], bytes], form: str) -> None:
    book = open_book(make(ROWS))
    sheet = book.sheets[0]
    assert book.form == f"regneark ({form})"
    assert (book.remarks, book.findings) == ((), ())
    assert sheet.cells.rows() == TEXTS
    assert sheet.numeric
    assert [sheet.is_text(2, column) for column in range(3)] == [False, True, False]
    assert sheet.text_mask(1).to_list() == [True, False, True]
    assert not sheet.percent


def test_xlsb_is_read_record_by_record_as_others_read_it() -> None:
    content = xlsb([["Kommune", "Antal", "x"], ["Ærø", 3, 0.21], ["Faxe", "x!", True]])
    sheet = open_book(xlsb([["a", "b"], ["Ærø", 3, 0.21], ["x!", True]], percent=((1, 2),))).sheets[
        0
    ]
    assert sheet.cells.rows() == [("a", "b", "b"), ("Ærø", "3", "0.21"), ("#N/A", "SAND", "")]
    assert (sheet.merged, sheet.hidden_rows) == (((0, 1, 0, 2),), ((2, 2),))
    assert sheet.percent == {2: ((1, 1),)}
    assert [fault.kind for fault in sheet.faults] == ["error_value"]
    assert open_book(xlsb(ROWS, state=2)).sheets[0].hidden
    assert open_book(content).form == "regneark (XLSB)"
    plain: list[Row] = [["Kommune", "Antal"], ["Ærø", 3], ["Læsø", 4.5]]
    theirs = python_calamine.load_workbook(io.BytesIO(xlsb(plain))).get_sheet_by_index(0)
    assert theirs.to_python() == [["Kommune", "Antal"], ["Ærø", 3.0], ["Læsø", 4.5]]
    assert open_book(xlsb(plain)).sheets[0].cells.rows()[1:] == [("Ærø", "3"), ("Læsø", "4.5")]


def test_pct_is_told_from_a_plain_number() -> None:
    def percent(sheet: Worksheet) -> None:
        for row, code in ((2, "0%"), (3, '0.0" %"'), (4, "0.0\\%"), (5, "[Red]0.0%;-0%")):
            sheet.cell(row, 2, 0.21).number_format = code

    sheet = open_book(xlsx([["a", "b"]], percent)).sheets[0]
    assert sheet.cells["1"].to_list() == ["b", "0.21", "0.21", "0.21", "0.21"]
    assert sheet.percent_mask(1).to_list() == [False, True, False, False, True]
    assert sheet.is_percent(4, 1)
    assert not sheet.is_percent(4, 0)
    style = xlwt.easyxf(num_format_str="0.0%")
    old = open_book(xls([["a", "b"]], lambda s: s.write(1, 1, 0.5, style))).sheets[0]
    assert old.percent == {1: ((1, 1),)}
    cell = '<table:table-cell office:value-type="percentage" office:value="0.21"/>'
    content = raw_ods(f"<table:table><table:table-row>{cell}</table:table-row></table:table>")
    assert open_book(content).sheets[0].percent == {0: ((0, 0),)}


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("yyyy-mm-dd", "date"),
        ("mmm-yy", "date"),
        ("[$-406]d. mmmm yyyy;@", "date"),
        ("dd/mm/yy hh:mm", "date"),
        ("hh:mm:ss", "time"),
        ("[h]:mm", "elapsed"),
        ("0.00E+00", "number"),
        ('#,##0" dage"', "number"),
        ("#,##0.00\\ _k_r", "number"),
        ("[Red]#,##0;[Blue]-0", "number"),
        ('"md." 0', "number"),
        ("General", "number"),
        ("0.0 %", "percent"),
        ("@", "number"),
    ],
)
def test_what_a_format_shows(code: str, shown: str) -> None:
    assert shown_as(200, code) == shown


@pytest.mark.parametrize(
    ("value", "from_1904", "text"),
    [
        (43_466, False, "2019-01-01"),
        (43_466.5, False, "2019-01-01 12:00:00"),
        (1, False, "1900-01-01"),
        (59, False, "1900-02-28"),
        (60, False, None),
        (61, False, "1900-03-01"),
        (0.25, False, "06:00:00"),
        (0, True, "1904-01-01"),
        (42_004, True, "2019-01-01"),
        (-1, False, None),
        (2_958_466, False, None),
        (43_466.999999, False, "2019-01-02"),
    ],
)
def test_days_are_counted_from_1900_or_1904(
    value: float, from_1904: bool, text: str | None
) -> None:
    assert date_text(value, "date", from_1904=from_1904) == text


@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_of_a_workbook_are_iso_in_both_ways_of_counting(from_1904: bool) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": from_1904})
    sheet = book.add_worksheet()
    sheet.write_datetime(0, 0, dt.datetime(2019, 6, 30), book.add_format({"num_format": "d/m/yy"}))
    sheet.write_datetime(0, 1, dt.datetime(2019, 6, 30, 8, 5), book.add_format({"num_format": 22}))
    book.close()
    assert open_book(out.getvalue()).sheets[0].cells.rows() == [
        ("2019-06-30", "2019-06-30 08:05:00")
    ]


def test_dates_of_old_and_open_formats_are_iso() -> None:
    style = xlwt.easyxf(num_format_str="dd-mm-yyyy")
    old = xls([["a"]], lambda sheet: sheet.write(0, 1, dt.date(2019, 6, 30), style))
    assert open_book(old).sheets[0].cell(0, 1) == "2019-06-30"
    moments = (
        "".join(
            f'<table:table-cell office:value-type="{kind}" office:{kind}-value="{value}"/>'
            for kind, value in (("date", "2019-06-30"), ("date", "2019-06-30T08:05:00"))
        )
        + '<table:table-cell office:value-type="time" office:time-value="PT08H05M00S"/>'
    )
    body = f"<table:table><table:table-row>{moments}</table:table-row></table:table>"
    assert open_book(raw_ods(body)).sheets[0].cells.rows() == [
        ("2019-06-30", "2019-06-30 08:05:00", "08:05:00")
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
        (1234567890123456.0, "1234567890123460"),
        (1e21, "1000000000000000000000"),
        (33.333333333333336, "33.3333333333333"),
    ],
)
def test_a_number_is_plain_to_fifteen_digits(value: float, text: str) -> None:
    assert plain_number(value) == text


def test_merged_cells_are_filled_in_their_whole_range_with_their_marks() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0%"
        for place in ("A1:C1", "B2:B4", "A6:H9"):
            sheet.merge_cells(place)

    rows: list[Row] = [["Titel"], ["a", 0.5, 1], ["b", None, 2], ["c", None, 3]]
    sheet = open_book(xlsx(rows, merge)).sheets[0]
    assert sheet.cells.rows() == [
        ("Titel", "Titel", "Titel"),
        ("a", "0.5", "1"),
        ("b", "0.5", "2"),
        ("c", "0.5", "3"),
    ]
    assert sheet.merged == ((0, 0, 0, 2), (1, 1, 3, 1))
    assert sheet.percent_mask(1).to_list() == [False, True, True, True]
    assert sheet.text_mask(2).to_list() == [True, False, False, False]


def test_merged_cells_of_old_and_open_formats() -> None:
    def merge(sheet: xlwt.Worksheet) -> None:
        sheet.write_merge(1, 2, 0, 1, "x")
        sheet.write(2, 2, 5)

    old = open_book(xls([["a", "b", "c"]], merge)).sheets[0]
    assert old.cells.rows() == [("a", "b", "c"), ("x", "x", ""), ("x", "x", "5")]
    cell = ods_cell("x", ' table:number-columns-spanned="2" table:number-rows-spanned="2"')
    row = f"<table:table-row>{cell}<table:covered-table-cell/>{ods_cell('y')}</table:table-row>"
    covered = f"<table:covered-table-cell/>{ods_cell(None)}{ods_cell('z')}"
    under = f"<table:table-row>{covered}</table:table-row>"
    opened = open_book(raw_ods(f"<table:table>{row}{under}</table:table>")).sheets[0]
    assert opened.cells.rows() == [("x", "x", "y"), ("x", "x", "z")]


def test_what_is_hidden_is_read_and_told() -> None:
    def hide(sheet: Worksheet) -> None:
        for row in (2, 3, 9):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["B"].hidden = True
        more = sheet.parent.create_sheet("Skjult")
        more["A1"] = "x"
        more.sheet_state = "veryHidden"

    book = open_book(xlsx([["a", "b"], ["c", 1], ["d", 2], ["e", 3]], hide))
    sheet = book.sheets[0]
    assert (sheet.hidden_rows, sheet.hidden_columns) == (((1, 2),), ((1, 1),))
    assert sheet.cells["0"].to_list() == ["a", "c", "d", "e"]
    assert [each.hidden for each in book.sheets] == [False, True]

    def hide_old(sheet: xlwt.Worksheet) -> None:
        sheet.row(1).hidden = True
        sheet.col(1).hidden = True

    old = open_book(xls([["a", "b"], ["c", "d"], ["e"]], hide_old)).sheets[0]
    assert (old.hidden_rows, old.hidden_columns) == (((1, 1),), ((1, 1),))
    style = (
        '<style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    tables = (
        '<table:table table:style-name="ta2"><table:table-column table:visibility="collapse"/>'
        f'<table:table-row table:visibility="filter" table:number-rows-repeated="2">{ods_cell("x")}'
        f"</table:table-row><table:table-row>{ods_cell('y')}</table:table-row></table:table>"
    )
    opened = open_book(raw_ods(tables, style)).sheets[0]
    assert (opened.hidden, opened.hidden_rows, opened.hidden_columns) == (
        True,
        ((0, 1),),
        ((0, 0),),
    )
    assert opened.cells["0"].to_list() == ["x", "x", "y"]


def test_of_a_formula_the_stored_value_is_read_and_its_lack_is_an_error() -> None:
    cells = (
        '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1*9</f></c>'
        '<c r="C1"><f>A1</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c>'
        '<c r="E1" t="str"><f>A1</f><v>Ærø</v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="G1" t="b"><f>A1=2</f><v>1</v></c></row></sheetData>'
    )
    sheet = open_book(raw_xlsx(cells)).sheets[0]
    assert sheet.cells.rows() == [("2", NO_VALUE, NO_VALUE, "", "Ærø", "#DIV/0!", "SAND")]
    found = sheet.findings()
    assert [(each.level, each.code, each.row, each.column) for each in found] == [
        ("error", "formula_without_value", 1, "B"),
        ("error", "formula_without_value", 1, "C"),
        ("warning", "error_value", 1, "F"),
    ]
    assert "Celle B1 har en formel uden en gemt værdi" in found[0].text
    assert [each.column for each in sheet.findings(columns={5})] == ["F"]
    assert sheet.findings(rows=(1, 9)) == ()


def test_formulas_that_a_program_never_computed_are_asked_about() -> None:
    def formula(sheet: Worksheet) -> None:
        sheet["A2"] = "=SUM(A1:A1)"

    assert open_book(xlsx([[1]], formula)).sheets[0].faults[0].kind == "no_value"
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [1, 2])
    sheet.write_formula(1, 0, "=A1+B1")  # the library writes 0 and asks for a computation
    book.close()
    opened = open_book(out.getvalue())
    assert opened.sheets[0].cell(1, 0) == "0"
    assert [each.code for each in opened.findings] == ["formulas_to_be_computed"]
    assert "1 celler med formler" in opened.findings[0].text
    old = open_book(xls([["a", 1]], lambda s: s.write(1, 0, xlwt.Formula("B1+1"))))
    assert [each.code for each in old.findings] == ["formulas_without_text"]
    cells = '<table:table-cell table:formula="of:=1+1"/>' + (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    body = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    faults = open_book(raw_ods(body)).sheets[0].faults
    assert [(fault.kind, fault.text) for fault in faults] == [
        ("no_value", NO_VALUE),
        ("error_value", "#DIV/0!"),
    ]


def test_many_faults_are_counted_and_none_is_lost() -> None:
    row = "".join(f'<c r="{letters(at)}1" t="e"><v>#N/A</v></c>' for at in range(50))
    found = (
        open_book(raw_xlsx(f'<sheetData><row r="1">{row}</row></sheetData>')).sheets[0].findings()
    )
    assert len(found) == MOST_TOLD + 1
    assert found[-1].text == "Der er 30 celler med en fejlværdi mere i arket."


def test_texts_in_parts_with_phonetics_escapes_and_prefixes() -> None:
    strings = (
        "<si><r><t>Høje</t></r><r><t xml:space='preserve'>-Taastrup </t></r>"
        "<rPh><t>HO</t></rPh></si><si><t>a_x000D_b_x0041_</t></si><si/>"
    )
    cells = (
        '<x:sheetData xmlns:x="u"><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c>'
        '<x:c t="s"><x:v>2</x:v></x:c><x:c t="inlineStr"><x:is><x:r><x:t>in</x:t></x:r><x:r>'
        "<x:t>line</x:t></x:r></x:is></x:c></x:row></x:sheetData>"
    )
    sheet = open_book(raw_xlsx(cells, strings=strings)).sheets[0]
    assert sheet.cells.rows() == [("Høje-Taastrup", "a bA", "", "inline")]


def test_repeated_cells_and_rows_of_open_document() -> None:
    number = ods_cell(3, ' table:number-columns-repeated="2"')
    note = "<office:annotation><text:p>kommentar</text:p></office:annotation>"
    noted = f'<table:table-cell office:value-type="string">{note}<text:p>a<text:s/>b</text:p>'
    tables = (
        f'<table:table><table:table-row table:number-rows-repeated="2">{ods_cell("a")}'
        f"{ods_cell(None, ' table:number-columns-repeated=' + chr(34) + '2' + chr(34))}{number}"
        '</table:table-row><table:table-row table:number-rows-repeated="3"/>'
        f"<table:table-row>{noted}"
        "<text:p>c</text:p></table:table-cell><table:table-cell "
        'table:number-columns-repeated="16000"/></table:table-row><table:table-row '
        'table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>'
    )
    assert open_book(raw_ods(tables)).sheets[0].cells.rows() == [
        ("a", "", "", "3", "3"),
        ("a", "", "", "3", "3"),
        *[("", "", "", "", "")] * 3,
        ("a b c", "", "", "", ""),
    ]


def test_a_flat_open_document_is_read() -> None:
    content = ods_content(
        f"<table:table><table:table-row>{ods_cell('Ærø')}{ods_cell(3)}"
        "</table:table-row></table:table>"
    )
    flat = content.replace("document-content", "document").encode()
    assert open_book(flat).sheets[0].cells.rows() == [("Ærø", "3")]


def two_sheets() -> bytes:
    def add(sheet: Worksheet) -> None:
        sheet.parent.create_sheet("Tal")["A1"] = 7

    return xlsx([["a"]], add)


@pytest.mark.parametrize("wanted", ["Tal", "2"])
def test_one_sheet_may_be_asked_for(wanted: str) -> None:
    book = open_book(two_sheets(), sheet=wanted)
    assert [sheet.name for sheet in book.sheets] == ["Tal"]
    assert book.sheets[0].cells.rows() == [("7",)]
    assert book.sheet_names == ("Sheet", "Tal")


@pytest.mark.parametrize("wanted", ["3", "0", "tal", "²"])
def test_a_sheet_that_is_not_there_is_refused(wanted: str) -> None:
    with pytest.raises(UserError, match="Det har »Sheet«, »Tal«"):
        open_book(two_sheets(), sheet=wanted)
    with pytest.raises(UserError, match="kun vælges i et regneark"):
        open_book(b"a;b\n", sheet=wanted)


def test_macros_and_links_are_told_and_a_wrong_name_is_told() -> None:
    parts = unzipped(xlsx([["a", 1]]))
    more = {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"}
    remarks = open_book(zipped({**parts, **more}), "tal.xlsm").remarks
    assert [remark[:17] for remark in remarks] == ["Filen har makroer", "Filen henter tal "]
    for name, said in (
        ("tal.csv", ("Filen er læst som regneark (XLSX), selv om den hedder .csv.",)),
        ("tal.XLSX", ()),
        ("tal", ()),
        ("tal.2019", ("Filen er læst som regneark (XLSX).",)),
    ):
        assert open_book(xlsx([["a", 1]]), name).remarks == said
    text = open_book(b"a;b\n1;2\n", "tal.xlsx")
    assert text.remarks[0].startswith("Filen er læst som tekst med semikolon, utf-8, selv om")


VALUE = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 4)),
    st.text(alphabet="aæø 1.,%=&<>\"'", max_size=6).filter(lambda text: text[:1] != "="),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(VALUE, min_size=1, max_size=4), min_size=1, max_size=5))
def test_three_formats_agree_with_each_other_and_with_calamine(table: list[Row]) -> None:
    books = [open_book(make(table)).sheets[0] for make in (xlsx, xls)]
    assert books[0].cells.equals(books[1].cells)
    theirs = python_calamine.load_workbook(io.BytesIO(xlsx(table))).get_sheet_by_index(0)
    for r, row in enumerate(theirs.to_python(skip_empty_area=False)):
        for c, value in enumerate(row):
            ours = books[0].cell(r, c)
            if isinstance(value, str):
                assert ours == " ".join(value.split())
            else:
                assert isinstance(value, float | int)
                assert float(ours) == pytest.approx(value, rel=1e-14)


def test_a_message_quotes_forty_characters_at_most() -> None:
    assert len(quote("x" * 100)) == 42
    assert [letters(at) for at in (0, 25, 26, 701, 702, 16_383)] == [
        *("A", "Z", "AA", "ZZ", "AAA", "XFD"),
    ]


def test_openpyxl_reads_what_we_read_of_a_larger_sheet() -> None:
    rows: list[Row] = [[f"Kommune {at % 98}", at, at / 7, at % 2 == 0] for at in range(300)]
    content = xlsx(rows)
    theirs = openpyxl.load_workbook(io.BytesIO(content)).active
    ours = open_book(content).sheets[0].cells.rows()
    assert len(ours) == theirs.max_row == 300
    for mine, row in zip(ours, theirs.iter_rows(values_only=True), strict=True):
        assert mine == (
            row[0],
            str(row[1]),
            plain_number(float(row[2])),
            "SAND" if row[3] else "FALSK",
        )
