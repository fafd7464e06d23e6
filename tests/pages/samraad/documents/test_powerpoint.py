"""The slides read back: native charts and tables with the contents' numbers, notes and labels."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from pages.figures.palette import CLASS_FILLS
from pages.language import synthetic
from pages.samraad.documents import powerpoint
from pages.samraad.documents.powerpoint import slides as slides_module
from pages.samraad.documents.powerpoint.design import TABLE
from pages.samraad.documents.powerpoint.selection import GAP, MOST_BARS
from pages.samraad.documents.powerpoint.slides import IN_THE_NOTES
from pages.samraad.documents.powerpoint.tables import parts_of
from pages.samraad.model import Briefing, Cell, Chapter, Chart, Column, Series, Table
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
DASHED = "{http://schemas.openxmlformats.org/drawingml/2006/main}prstDash"


@pytest.fixture(autouse=True)
def pictures_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each figure once and here, not in a process for each."""
    monkeypatch.setattr(slides_module, "svg_to_png_apart", picture)


def sample(name: str) -> Briefing:
    made: Briefing = getattr(briefings, name)()
    return made


def read(body: bytes) -> Any:
    return Presentation(io.BytesIO(body))


def slides_of(body: bytes) -> list[Any]:
    return list(read(body).slides)


def titled(slides: list[Any], title: str) -> Any:
    return next(slide for slide in slides if slide.shapes.title.text_frame.text == title)


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def tables(slide: Any) -> list[Any]:
    return [shape.table for shape in slide.shapes if shape.has_table]


def text_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def notes_of(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def many_bars(count: int = 92, marked: int | None = 40) -> Briefing:
    """A briefing with one chart of many kommuner, the tenth and eleventh without a number."""
    chapter = briefings.real().chapters[2]
    names = tuple(f"Kommune {n:02}" for n in range(1, count + 1))
    values = tuple(None if n in (9, 10) else float(count - n) for n in range(count))
    chart = Chart(
        "bars",
        names,
        (Series("Andel passive", values),),
        "Andel passive, pct.",
        marked=None if marked is None else names[marked],
        reference=("Hele landet", 21.0),
    )
    content = replace(chapter.content, chart=chart, table=None)
    return Briefing(briefings.real().folder, (Chapter(chapter.entry, content),), "v")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_package_is_sound(name: str) -> None:
    body = powerpoint.write(sample(name))
    assert problems(body) == []
    for path, root in xml_parts(body).items():
        if re.fullmatch(r"ppt/(slides|slideLayouts|slideMasters|notesSlides)/[^/]+\.xml", path):
            ids = Counter(e.get("id") for e in root.iter("{*}cNvPr"))
            assert max(ids.values()) == 1, path


@pytest.mark.parametrize("name", SAMPLES)
def test_the_slides_are_broad_with_titles_of_their_own_in_reading_order(name: str) -> None:
    deck = read(powerpoint.write(sample(name)))
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(titles)
    assert len({title.casefold() for title in titles}) == len(titles)
    assert titles[-1] == "Kilder"
    for slide in deck.slides:
        assert slide.shapes[0] == slide.shapes.title
        assert slide.shapes[-1].name == "Sidetal"
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + 1000
            assert shape.top + shape.height <= deck.slide_height + 1000


@pytest.mark.parametrize("name", SAMPLES)
def test_every_run_is_danish(name: str) -> None:
    for path, root in xml_parts(powerpoint.write(sample(name))).items():
        if not re.match(r"ppt/(slides|notesSlides|slideLayouts|charts|slideMasters)/[^_]", path):
            continue
        for run in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r"):
            properties = run.find("{*}rPr")
            assert properties is not None
            assert properties.get("lang") == "da-DK", path


def test_bars_are_native_with_the_own_area_marked_and_a_reference_line() -> None:
    briefing = briefings.real()
    chart = briefing.chapters[2].content.chart
    assert chart
    body = powerpoint.write(briefing)
    slide = next(slide for slide in slides_of(body) if charts(slide))
    made = charts(slide)[0]
    plot = made.plots[0]
    assert tuple(plot.categories) == chart.categories
    assert tuple(plot.series[0].values) == chart.series[0].values
    assert plot.data_labels.number_format == '0" pct."'
    marked = plot.series[0].points[chart.categories.index("Holbæk")]
    assert str(marked.format.fill.fore_color.rgb) == "B63A4B"
    assert str(plot.series[0].format.fill.fore_color.rgb) != "B63A4B"
    assert "Hele\xa0landet:\xa021\xa0pct." in text_of(slide)
    line = next(shape for shape in slide.shapes if shape.name == "Referencelinje")
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    layout = {
        e.tag.rsplit("}", 1)[1]: float(e.get("val"))
        for e in made._chartSpace.chart.plotArea[0][0]
        if e.tag[-1] in "xywh"
    }
    most = made.value_axis.maximum_scale
    expected = frame.left + frame.width * (layout["x"] + layout["w"] * 21 / most)
    assert line.left == pytest.approx(expected, abs=2000)


def test_the_workbook_behind_a_chart_has_its_numbers_and_no_formulas() -> None:
    briefing = many_bars(5, 1)
    chapter = briefing.chapters[0]
    assert chapter.content.chart
    evil = replace(
        chapter.content.chart,
        categories=("=1+1", "+2", "-3", "@x", "Holbæk"),
        series=(Series('=HYPERLINK("x")', (1.0, 2.5, None, 0.0, 4.0), made_up=True),),
    )
    content = replace(chapter.content, chart=evil, made_up=True)
    body = powerpoint.write(replace(briefing, chapters=(Chapter(chapter.entry, content),)))
    inside = next(data for name, data in members(body).items() if name.endswith(".xlsx"))
    assert problems(inside) == []
    rows = list(openpyxl.load_workbook(io.BytesIO(inside)).active.iter_rows())
    assert [row[1].value for row in rows[1:]] == [1, 2.5, None, 0, 4]
    assert [row[0].value for row in rows[1:3]] == ["=1+1", "+2"]
    assert rows[0][1].value == '=HYPERLINK("x") (syntetisk)'
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}


def test_lines_have_holes_and_made_up_ones_are_dashed() -> None:
    briefing = briefings.mixed()
    chart = briefing.chapters[2].content.chart
    assert chart
    slide = titled(slides_of(powerpoint.write(briefing)), "Udviklingen i ordinære timer")
    made = charts(slide)[0]
    for series, known in zip(made.plots[0].series, chart.series, strict=True):
        assert tuple(series.values) == known.values
        assert series.name == f"{known.name} (syntetisk)"
        assert [e.get("val") for e in series._element.iter(DASHED)][:1] == ["dash"]
    assert made._chartSpace.chart.find("{*}dispBlanksAs").get("val") == "gap"
    assert "Hul i en linje: skjult." in text_of(slide)


def test_published_lines_are_not_dashed() -> None:
    briefing = briefings.mixed()
    chapter = briefing.chapters[2]
    chart = chapter.content.chart
    assert chart
    real = replace(chart, series=tuple(replace(s, made_up=False) for s in chart.series))
    sources = (briefings.LETTER,)
    content = replace(chapter.content, chart=real, made_up=False, sources=sources)
    body = powerpoint.write(replace(briefing, chapters=(Chapter(chapter.entry, content),)))
    slide = titled(slides_of(body), "Udviklingen i ordinære timer")
    assert not list(charts(slide)[0]._chartSpace.iter(DASHED))
    assert synthetic.BADGE not in str([text_of(slide) for slide in slides_of(body)])


def test_stacked_bars_say_which_have_no_number() -> None:
    briefing = briefings.mixed()
    chart = briefing.chapters[3].content.chart
    assert chart
    slide = titled(slides_of(powerpoint.write(briefing)), "Tid i gruppe 2")
    made = charts(slide)[0].plots[0]
    assert [tuple(series.values) for series in made.series] == [s.values for s in chart.series]
    assert made.overlap == 100
    assert "Jobcenter Vesthimmerland (ikke opgjort)" in text_of(slide)
    assert made.series[0].data_labels.number_format == '0.0" pct."'


def test_of_many_bars_the_marked_one_its_neighbours_and_both_ends_are_shown() -> None:
    slide = next(s for s in slides_of(powerpoint.write(many_bars())) if charts(s))
    plot = charts(slide)[0].plots[0]
    names = list(plot.categories)
    shown = [name for name in names if name != GAP]
    assert len(shown) == MOST_BARS
    assert names.count(GAP) == 2
    assert shown == [
        *(f"Kommune {n:02}" for n in (1, 2, 3, 4)),
        *(f"Kommune {n:02}" for n in range(38, 45)),
        *(f"Kommune {n:02}" for n in (89, 90, 91, 92)),
    ]
    assert dict(zip(names, plot.series[0].values, strict=True))["Kommune 41"] == 52
    told = text_of(slide)
    assert "Diagrammet viser 15 af 92: de 4 højeste og de 4 laveste samt Kommune 41" in told
    assert "2 er uden tal" in told
    assert "Alle 92 står i Excel-udgaven" in told


def test_a_marked_area_without_a_number_is_shown_as_such() -> None:
    slide = next(s for s in slides_of(powerpoint.write(many_bars(92, 9))) if charts(s))
    plot = charts(slide)[0].plots[0]
    assert list(plot.categories)[-1] == "Kommune 10 (intet tal)"
    assert plot.series[0].values[-1] is None
    assert "samt Kommune 10, som er uden tal" in text_of(slide)


def test_a_long_table_says_what_it_leaves_out_and_a_short_one_is_whole() -> None:
    briefing = briefings.real()
    slide = titled(slides_of(powerpoint.write(briefing)), "Alle kommuner, juni 2017")
    made = tables(slide)[0]
    rows = [[cell.text_frame.text for cell in row.cells] for row in made.rows]
    assert rows[0] == ["Kommune", "Antal (personer)", "Andel (pct.)"]
    assert ["Holbæk", "117", "52\xa0pct."] in rows
    assert rows[-1] == ["Læsø", "udeladt af kilden", "udeladt af kilden"]
    whole = [row for row in rows[1:] if row[0] != GAP]
    assert f"Viser {len(whole)} af 98 rækker" in text_of(slide)
    assert f"De øvrige {98 - len(whole)} står i Excel-udgaven" in text_of(slide)
    hidden = next(row for row in made.rows if row.cells[0].text_frame.text == "Randers")
    run = hidden.cells[1].text_frame.paragraphs[0].runs[0]
    assert (run.text, run.font.italic) == ("skjult", True)


def test_a_table_of_two_slides_goes_on_where_it_stopped() -> None:
    briefing = briefings.real()
    chapter = briefing.chapters[1]
    table = chapter.content.table
    assert table
    part = replace(table, rows=table.rows[:25])
    content = replace(chapter.content, table=part)
    body = powerpoint.write(replace(briefing, chapters=(Chapter(chapter.entry, content),)))
    with_tables = [slide for slide in slides_of(body) if tables(slide)]
    assert len(with_tables) == 3
    names = [
        row.cells[0].text_frame.text
        for slide in with_tables
        for row in list(tables(slide)[0].rows)[1:]
    ]
    assert names == [row[0].text for row in part.rows]
    titles = [slide.shapes.title.text_frame.text for slide in with_tables]
    assert titles[0] == "Alle kommuner, juni 2017"
    assert titles[1].replace("\xa0", " ") == "Alle kommuner, juni 2017 (fortsat, 2 af 3)"
    assert "Tabellen fortsætter på næste slide" in text_of(with_tables[0])


def test_every_figure_says_in_words_what_it_shows() -> None:
    for name in ("real", "mixed"):
        briefing = sample(name)
        slides = slides_of(powerpoint.write(briefing))
        described = []
        for slide in slides:
            for shape in slide.shapes:
                if shape.shape_type is not None and (
                    shape.has_chart or shape.has_table or shape.shape_type == 13
                ):
                    alt = shape._element.xpath(".//p:cNvPr")[0].get("descr")
                    assert alt
                    described.append(alt)
        for chapter in briefing.chapters:
            if chapter.content.alt:
                assert any(alt.endswith(chapter.content.alt) for alt in described)


def test_a_map_is_a_picture_sharp_in_print() -> None:
    slide = slides_of(powerpoint.write(briefings.real()))[2]
    picture = next(shape for shape in slide.shapes if shape.shape_type == 13)
    wide, _ = picture.image.size
    assert wide / (picture.width / 914400) >= 299


def test_notes_have_all_that_may_be_asked() -> None:
    briefing = briefings.mixed()
    slides = slides_of(powerpoint.write(briefing))
    for chapter in briefing.chapters:
        content = chapter.content
        notes = notes_of(titled(slides, chapter.heading))
        wanted = [content.sentence, content.address, content.version, content.standing.text]
        wanted += [chapter.entry.comment, content.citation, *content.notes]
        wanted += [text for _, text in content.definition]
        wanted += [source.document_id for source in content.sources]
        wanted += [source.title for source in content.sources]
        for text in wanted:
            assert text in notes


def test_made_up_numbers_are_marked_on_slide_chart_and_alternative_text() -> None:
    briefing = briefings.mixed()
    body = powerpoint.write(briefing)
    slides = slides_of(body)
    for chapter in briefing.chapters:
        slide = titled(slides, chapter.heading)
        made_up = chapter.content.made_up
        assert (synthetic.WARNING in text_of(slide).split("\n")) == made_up
        assert (synthetic.BADGE in notes_of(slide)) == made_up
        for chart in charts(slide):
            title = chart.chart_title.text_frame.text
            assert title.startswith(synthetic.BADGE) == made_up
        for shape in slide.shapes:
            if shape.has_chart:
                alt = shape._element.xpath(".//p:cNvPr")[0].get("descr")
                assert alt.startswith(synthetic.BADGE) == made_up
    assert synthetic.WARNING in text_of(slides[0])
    assert synthetic.BADGE not in "".join(
        map(text_of, slides_of(powerpoint.write(briefings.real())))
    )


def test_a_corrected_number_says_so_on_the_slide() -> None:
    slides = slides_of(powerpoint.write(briefings.mixed()))
    slide = titled(slides, "Udviklingen i ordinære timer")
    assert "Bemærk: Tallene er rettet siden: i nyere data er det 12,6 pct." in text_of(slide)


def test_question_answer_and_sources_frame_the_slides() -> None:
    briefing = briefings.real()
    slides = slides_of(powerpoint.write(briefing))
    front = text_of(slides[0])
    assert briefing.folder.title in front
    assert briefing.folder.question in front
    assert briefing.folder.reference in front
    assert f"dataversion {briefing.version}" in front
    assert "Tak for spørgsmålet." in text_of(titled(slides, "Udkast til svar"))
    last = text_of(slides[-1])
    assert last.count("Berigtiget svar på BEU alm. del spm. 554") == 1
    assert "Udateret berigtigelse" in last
    assert "Hentet 22. november 2026" in last


def test_a_long_answer_is_in_the_notes_only() -> None:
    briefing = briefings.real()
    answer = "Et langt afsnit om sagen. " * 300
    body = powerpoint.write(replace(briefing, folder=replace(briefing.folder, answer=answer)))
    slides = slides_of(body)
    assert all(slide.shapes.title.text_frame.text != "Udkast til svar" for slide in slides)
    assert answer.strip() in notes_of(slides[0])
    assert IN_THE_NOTES in text_of(slides[0])


def test_an_answer_of_three_slides_is_shown_whole() -> None:
    answer = " ".join(f"Ord{n}" for n in range(450))
    folder = replace(briefings.real().folder, answer=answer)
    slides = slides_of(powerpoint.write(Briefing(folder, (), "v")))
    told = [slide for slide in slides if "Udkast til svar" in slide.shapes.title.text_frame.text]
    assert 1 < len(told) <= 3
    shown = re.findall(r"Ord\d+", " ".join(map(text_of, told)))
    assert shown == [f"Ord{n}" for n in range(450)]
    assert IN_THE_NOTES not in text_of(slides[0])


@pytest.mark.parametrize("number", range(4))
def test_a_comment_stands_on_the_first_slide_of_its_entry(number: int) -> None:
    chapter = briefings.real().chapters[number]
    named = replace(chapter, entry=replace(chapter.entry, comment="Min egen\nbemærkning."))
    slides = slides_of(powerpoint.write(replace(briefings.real(), chapters=(named,))))
    told = [slide for slide in slides if "Kommentar: Min egen bemærkning." in text_of(slide)]
    assert len(told) == 1
    assert told[0].shapes.title.text_frame.text == chapter.heading


def test_the_longest_time_is_darkest() -> None:
    slide = titled(slides_of(powerpoint.write(briefings.mixed())), "Tid i gruppe 2")
    fills = [str(s.format.fill.fore_color.rgb) for s in charts(slide)[0].plots[0].series]
    assert fills == [colour.lstrip("#").upper() for colour in CLASS_FILLS[::-1][: len(fills)]]


def test_rows_are_shared_alike_over_the_slides_of_a_table() -> None:
    table = Table((Column("A"),), tuple((Cell(f"Række {n}"),) for n in range(15)))
    parts = parts_of(table, TABLE)
    counts = [len(part.rows) for part in parts]
    assert len(counts) == 2
    assert max(counts) - min(counts) <= 1
    assert [row for part in parts for row in part.rows] == list(range(15))


def test_a_long_question_has_slides_and_the_rest_in_the_notes() -> None:
    question = " ".join(f"Ord{n}" for n in range(3000))
    briefing = Briefing(replace(briefings.empty().folder, question=question), (), "v")
    slides = slides_of(powerpoint.write(briefing))
    told = [slide for slide in slides if "Spørgsmålet" in slide.shapes.title.text_frame.text]
    assert len(told) == 3
    shown = re.findall(r"Ord\d+", " ".join(map(text_of, told)))
    assert shown == [f"Ord{n}" for n in range(len(shown))]
    assert "Hele teksten står i noterne" in text_of(told[-1])
    assert question in notes_of(slides[0])


@pytest.mark.parametrize("name", ["mixed", "hostile"])
def test_the_same_bytes_in_any_process(name: str) -> None:
    for other in SAMPLES:
        powerpoint.write(sample(other))
    here = powerpoint.write(sample(name))
    assert here == powerpoint.write(sample(name))
    assert here == in_another_process("powerpoint", name, "7")


def test_slides_hold_no_time_of_their_making() -> None:
    body = powerpoint.write(briefings.mixed())
    core = members(body)["docProps/core.xml"].decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2020-01-01T00:00:00Z"}


def test_progress_is_told_entry_by_entry() -> None:
    told: list[tuple[int, int]] = []
    powerpoint.write(briefings.real(), progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(BRIEFINGS)
def test_any_briefing_becomes_sound_slides(briefing: Briefing) -> None:
    body = powerpoint.write(briefing)
    assert problems(body) == []
    slides = slides_of(body)
    titles = [slide.shapes.title.text_frame.text.casefold() for slide in slides]
    assert len(set(titles)) == len(titles)
    labelled = [slide for slide in slides if synthetic.WARNING in text_of(slide)]
    assert bool(labelled) >= briefing.made_up
    for path, root in xml_parts(body).items():
        if path.startswith("ppt/charts/chart"):
            _assert_known_numbers(root, briefing)


def _assert_known_numbers(root: Any, briefing: Briefing) -> None:
    """No number is drawn that its briefing has not."""
    given = {
        value
        for chapter in briefing.chapters
        for series in (chapter.content.chart.series if chapter.content.chart else ())
        for value in series.values
    }
    for value in root.iterfind(".//{*}val//{*}v"):
        assert isinstance(value, etree._Element)
        assert float(value.text or "nan") in given
