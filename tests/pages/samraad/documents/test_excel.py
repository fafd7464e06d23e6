"""The workbook read back with another library: every number typed, no text a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from pages.language import synthetic
from pages.samraad.documents import excel
from pages.samraad.documents.excel import item_sheet
from pages.samraad.documents.excel.item_sheet import HEAD
from pages.samraad.model import Briefing, Cell, Chapter, Column, Table
from tests.pages.samraad.documents import briefings
from tests.pages.samraad.documents.package_reading import (
    in_another_process,
    members,
    picture,
    problems,
    xml_parts,
)
from tests.pages.samraad.documents.random_briefings import BRIEFINGS

SAMPLES = ("real", "mixed", "hostile", "empty")
FORMULAS = ("=", "+", "-", "@")


@pytest.fixture(autouse=True)
def pictures_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each figure once and here, not in a process for each."""
    monkeypatch.setattr(item_sheet, "svg_to_png_apart", picture)


def sample(name: str) -> Briefing:
    made: Briefing = getattr(briefings, name)()
    return made


def read(body: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(body))


def cells(book: Any) -> Iterator[Any]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from row


def sheets(briefing: Briefing, book: Any) -> list[tuple[Chapter, Any]]:
    assert book.sheetnames[0] == "Indhold"
    assert book.sheetnames[-1] == "Kilder"
    return list(zip(briefing.chapters, book.worksheets[1:-1], strict=True))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_package_is_sound(name: str) -> None:
    assert problems(excel.write(sample(name))) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_no_text_is_a_formula(name: str) -> None:
    body = excel.write(sample(name))
    assert {cell.data_type for cell in cells(read(body))} <= {"s", "n", "d"}
    for path, root in xml_parts(body).items():
        if "worksheets/sheet" in path:
            assert not root.findall(".//{*}sheetData//{*}f")
    told = [cell.value for cell in cells(read(body)) if cell.data_type == "s"]
    if name == "hostile":
        assert "=1+1" in told
        assert "@SUM(A1:A9)" in told
        assert any(text.startswith("=overskrift") for text in told)


def assert_same_numbers(table: Table, sheet: Any) -> None:
    for place, row in enumerate(table.rows, start=HEAD + 2):
        for column, (cell, known) in enumerate(zip(row, table.columns, strict=True), start=1):
            got = sheet.cell(place, column)
            if cell.status != "shown":
                assert got.value == cell.text
                assert got.font.i
                assert got.fill.patternType != "none"
            elif isinstance(cell.value, int | float):
                assert got.data_type == "n"
                assert got.value == cell.value
                if known.unit == "pct.":
                    decimals = "." + "0" * known.decimals if known.decimals else ""
                    assert got.number_format == f'0{decimals}" pct."'
                else:
                    assert got.number_format == "#,##0"
                    assert isinstance(got.value, int)
            elif got.data_type == "s":
                assert got.value.split() == _clean(cell.text).split()


def _clean(text: str) -> str:
    return re.sub(
        "[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]", "", text
    )


@pytest.mark.parametrize("name", ["real", "mixed", "hostile"])
def test_each_number_is_the_contents_own(name: str) -> None:
    briefing = sample(name)
    found = 0
    for chapter, sheet in sheets(briefing, read(excel.write(briefing))):
        if chapter.content.table:
            assert_same_numbers(chapter.content.table, sheet)
            found += 1
    assert found >= 2


def test_the_published_table_is_there_to_the_last_kommune() -> None:
    sheet = read(excel.write(briefings.real())).worksheets[2]
    rows = {row[0]: row[1:3] for row in sheet.iter_rows(HEAD + 2, HEAD + 99, 1, 3, True)}
    assert rows["Holbæk"] == (117, 52)
    assert rows["Guldborgsund"] == (67, 66)
    assert rows["Randers"] == ("skjult", 0)
    assert rows["Læsø"] == ("udeladt af kilden", "udeladt af kilden")
    assert len(rows) == 98
    assert sheet.freeze_panes == f"B{HEAD + 2}"
    assert sheet.auto_filter.ref == f"A{HEAD + 1}:C{HEAD + 99}"
    assert sheet.print_title_rows == f"${HEAD + 1}:${HEAD + 1}"
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.oddFooter.right.text == "Side &P af &N"


def test_hidden_left_out_and_not_collected_look_different() -> None:
    hostile = read(excel.write(briefings.hostile())).worksheets[1]
    looks = [hostile.cell(HEAD + 2 + row, 2) for row in (2, 3, 4)]
    assert [cell.value for cell in looks] == ["skjult", "udeladt af kilden", "ikke opgjort"]
    assert len({cell.fill.patternType for cell in looks}) == 3
    zero = hostile.cell(HEAD + 2 + 1, 2)
    assert (zero.value, zero.fill.patternType) == (0, None)


def test_the_first_sheet_links_to_every_other() -> None:
    briefing = briefings.mixed()
    book = read(excel.write(briefing))
    first = book.worksheets[0]
    linked = [cell for row in first.iter_rows() for cell in row if cell.hyperlink]
    links = {cell.hyperlink.location: cell.value for cell in linked}
    told = [cell.value for cell in cells(book) if cell.parent is first and cell.value is not None]
    assert first["A2"].value == briefing.folder.title
    assert briefing.folder.question in told
    assert briefing.folder.reference in told
    assert f"Indsatsatlas, dataversion {briefing.version}" in told
    for chapter, sheet in sheets(briefing, book):
        assert links[f"'{sheet.title}'!A1"].endswith(chapter.heading)
    assert len(links) == len(briefing.chapters)


def test_made_up_numbers_are_marked_on_sheet_tab_title_chart_and_page() -> None:
    briefing = briefings.mixed()
    body = excel.write(briefing)
    book = read(body)
    for chapter, sheet in sheets(briefing, book):
        made_up = chapter.content.made_up
        assert (sheet["A1"].value == synthetic.WARNING) == made_up
        assert sheet["A2" if made_up else "A1"].value == chapter.heading
        assert (sheet.sheet_properties.tabColor is not None) == made_up
        assert ("SYNTETISK" in sheet.title) == made_up
        assert (synthetic.BADGE in (sheet.oddHeader.right.text or "")) == made_up
        for chart in sheet._charts:
            title = "".join(r.t for p in chart.title.tx.rich.p for r in p.r or [])
            assert title.startswith(synthetic.BADGE)
    assert synthetic.BADGE in book.properties.title
    assert book["Indhold"]["A1"].value.startswith(synthetic.WARNING)
    assert book["Indhold"]["A2"].value == briefing.folder.title
    doubled = f"{synthetic.BADGE}: {synthetic.BADGE}"
    chapter = briefing.chapters[2]
    content = replace(chapter.content, title=f"{synthetic.BADGE}: A", alt=f"{synthetic.BADGE}: B")
    named = replace(chapter, entry=replace(chapter.entry, heading=""), content=content)
    for member in members(excel.write(replace(briefing, chapters=(named,)))).values():
        assert doubled.encode() not in member
    plain = read(excel.write(briefings.real()))
    assert synthetic.BADGE not in str([cell.value for cell in cells(plain)])


def test_charts_draw_the_contents_numbers_and_say_what_they_show() -> None:
    briefing = briefings.mixed()
    body = excel.write(briefing)
    drawn = 0
    for chapter, sheet in sheets(briefing, read(body)):
        chart = chapter.content.chart
        for made in sheet._charts if chart else ():
            assert chart
            for series, known in zip(made.series, chart.series, strict=True):
                assert _values(sheet, series.val.numRef.f) == list(known.values)
                names = _values(sheet, series.cat.strRef.f)
                for name, category in zip(names, chart.categories, strict=True):
                    assert name.startswith(category)
                line = series.graphicalProperties.ln
                if chart.form == "lines":
                    assert (line.prstDash == "dash") == known.made_up
            drawn += 1
    assert drawn == 2
    alts = [
        e.get("descr")
        for path, root in xml_parts(body).items()
        if "drawings/drawing" in path
        for e in root.iter("{*}cNvPr")
    ]
    assert len(alts) == 3
    assert all(alts)
    assert any("marts er skjult" in alt for alt in alts)


def _values(sheet: Any, reference: str) -> list[Any]:
    area = reference.rsplit("!", 1)[1].replace("$", "")
    return [cell.value for row in sheet[area] for cell in row]


def test_a_value_that_bars_are_held_against_is_a_bar_in_its_place() -> None:
    book = read(excel.write(briefings.real()))
    sheet = book.worksheets[3]
    made = sheet._charts[0]
    names = _values(sheet, made.series[0].cat.strRef.f)
    assert names[-1] == "Hele landet"
    assert _values(sheet, made.series[0].val.numRef.f)[-1] == 21
    fills = {p.idx: p.graphicalProperties.solidFill.srgbClr for p in made.series[0].dPt}
    assert fills == {names.index("Holbæk"): "B63A4B", names.index("Hele landet"): "1B1F24"}


def test_months_and_days_are_dates() -> None:
    book = read(excel.write(briefings.mixed()))
    months = [book.worksheets[3].cell(row, 1) for row in range(HEAD + 2, HEAD + 6)]
    assert [cell.value for cell in months] == [dt.datetime(2018, m, 1) for m in (1, 2, 3, 4)]
    assert months[0].number_format == "[$-406]mmmm yyyy"
    sources = book.worksheets[-1]
    heads = [cell.value for cell in sources[1]]
    letter = {head: sources.cell(4, n + 1) for n, head in enumerate(heads)}
    assert letter["Dokument"].value == "Brev af 7. maj 2019"
    assert letter["Offentliggjort"].value == dt.datetime(2019, 5, 7)
    assert letter["Hentet"].value == dt.datetime(2026, 11, 22)
    assert letter["SHA-256"].value == "f1eecf6e1182e39f"
    answer = {head: sources.cell(2, n + 1).value for n, head in enumerate(heads)}
    assert answer["Berigtigelse"] == "Berigtiger beu-spm-554-oprindelig"
    assert answer["Offentliggjort"] == "ikke dateret"
    assert answer["Vilkår"] == "Offentligt dokument"


def test_definition_caveats_comment_and_address_stand_on_the_sheet() -> None:
    briefing = briefings.real()
    for chapter, sheet in sheets(briefing, read(excel.write(briefing))):
        told = {cell.value for row in sheet.iter_rows() for cell in row}
        content = chapter.content
        wanted = {content.sentence, content.address, content.version, content.standing.text}
        wanted |= {text for _, text in content.definition} | set(content.notes)
        wanted |= {chapter.entry.comment} - {""}
        assert wanted <= told


@pytest.mark.parametrize("name", ["mixed", "hostile"])
def test_the_same_bytes_in_any_process(name: str) -> None:
    for other in SAMPLES:  # what was written before leaves nothing behind
        excel.write(sample(other))
    here = excel.write(sample(name))
    assert here == excel.write(sample(name))
    assert here == in_another_process("excel", name, "7")


def test_progress_is_told_entry_by_entry() -> None:
    told: list[tuple[int, int]] = []
    excel.write(briefings.real(), progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(BRIEFINGS)
def test_any_briefing_becomes_a_sound_workbook(briefing: Briefing) -> None:
    body = excel.write(briefing)
    assert problems(body) == []
    book = read(body)
    assert {cell.data_type for cell in cells(book)} <= {"s", "n", "d"}
    names = [name.casefold() for name in book.sheetnames]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    for chapter, sheet in sheets(briefing, book):
        if chapter.content.table:
            assert_same_numbers_loosely(chapter.content.table, sheet)
        assert (synthetic.BADGE in str(sheet["A1"].value)) >= chapter.content.made_up


def assert_same_numbers_loosely(table: Table, sheet: Any) -> None:
    for place, row in enumerate(table.rows, start=HEAD + 2):
        for column, cell in enumerate(row, start=1):
            got = sheet.cell(place, column)
            if cell.status != "shown":
                assert got.value == cell.text
            elif isinstance(cell.value, int | float):
                assert got.value == pytest.approx(cell.value, rel=1e-14)
                assert got.data_type == "n"


def test_a_workbook_holds_no_time_of_its_making() -> None:
    core = members(excel.write(briefings.real()))["docProps/core.xml"].decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2020-01-01T00:00:00Z"}


def test_a_hedged_number_is_typed_beside_its_hedge() -> None:
    chapter = briefings.real().chapters[0]
    table = Table(
        (Column("Udsagn"), Column("Tal"), Column("Borgere", "personer")),
        (
            (Cell("A", "A"), Cell("mere end 90\xa0pct.", 90), Cell("ca. 2.700", 2700)),
            (Cell("B", "B"), Cell("48,8\xa0mio. kr.", 48.8), Cell("17", 17)),
            (Cell("C", "C"), Cell("5\xa0år", 5), Cell("skjult", None, "suppressed")),
        ),
    )
    content = replace(chapter.content, table=table, chart=None, svg=None)
    briefing = replace(briefings.real(), chapters=(replace(chapter, content=content),))
    sheet = read(excel.write(briefing)).worksheets[1]
    rows = [
        [cell.value or None for cell in row] for row in sheet.iter_rows(HEAD + 1, HEAD + 4, 1, 5)
    ]
    assert rows[0] == ["Udsagn", "Forbehold", "Tal", "Forbehold", "Borgere (personer)"]
    assert rows[1] == ["A", "mere end", 90, "ca.", 2700]
    assert rows[2] == ["B", None, 48.8, None, 17]
    assert rows[3] == ["C", None, 5, None, "skjult"]
    formats = [sheet.cell(row, 3).number_format for row in range(HEAD + 2, HEAD + 5)]
    assert formats == ['#,##0" pct."', '#,##0.0" mio. kr."', '#,##0" år"']


@pytest.mark.parametrize("name", ["real", "mixed"])
def test_what_is_printed_is_the_table_and_its_texts(name: str) -> None:
    briefing = sample(name)
    for chapter, sheet in sheets(briefing, read(excel.write(briefing))):
        width = len(chapter.content.table.columns) if chapter.content.table else 0
        area = sheet.print_area.split("!")[-1]
        _, _, last_column, last_row = openpyxl.utils.range_boundaries(area)
        printed = [cell for row in sheet[area] for cell in row]
        assert last_column >= width
        assert sheet.cell(last_row, 2).value
        assert len({cell.row for cell in printed if cell.value}) >= last_row - 1
        for drawn in (*sheet._charts, *sheet._images):
            assert drawn.anchor._from.col >= last_column


def test_a_row_of_long_texts_is_as_tall_as_they_are() -> None:
    chapter = briefings.real().chapters[0]
    long = "Et langt udsagn, som står på flere linjer i sin celle. " * 3
    table = Table((Column("A"), Column("B")), ((Cell(long), Cell("b")), (Cell("a"), Cell("b"))))
    content = replace(chapter.content, table=table, chart=None, svg=None)
    made = excel.write(replace(briefings.real(), chapters=(replace(chapter, content=content),)))
    sheet = read(made).worksheets[1]
    assert sheet.row_dimensions[HEAD + 2].height > 4 * 13.5
    assert sheet.row_dimensions[HEAD + 3].height is None
