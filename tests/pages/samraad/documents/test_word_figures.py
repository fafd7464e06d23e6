"""Figures and tables of the Word document: as large as the page allows, and never torn."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest

from pages.language import synthetic
from pages.samraad.documents import word
from pages.samraad.model import Briefing, Cell, Chapter, Column, Table
from tests.pages.samraad.documents import briefings
from tests.pages.samraad.documents.word_reading import Read, problems, read, text

WIDTH, HEIGHT = 11906 - 2 * 1418, 16838 - 1531 - 1361


@pytest.fixture
def mixed() -> Read:
    return read(word.write(briefings.mixed()))


def one(number: int, **changes: object) -> Briefing:
    """The real folder with one chapter alone, its content changed."""
    briefing = briefings.real()
    chapter = briefing.chapters[number]
    content = replace(chapter.content, **changes)  # type: ignore[arg-type]
    return replace(briefing, chapters=(Chapter(chapter.entry, content),))


def test_figures_have_words_and_are_sharp_at_their_size(mixed: Read) -> None:
    drawings = mixed.all("//wp:docPr")
    contents = [c.content for c in briefings.mixed().chapters if c.content.svg]
    assert [d.get("descr") for d in drawings] == [
        synthetic.marked(c.alt, made_up=c.made_up) for c in contents
    ]
    assert drawings[1].get("descr").startswith("SYNTETISKE TAL: Linje")
    relations = mixed.relations("word/document.xml")
    for extent, picture in zip(
        mixed.all("//wp:inline/wp:extent"), mixed.all("//a:blip"), strict=True
    ):
        wide, high = int(extent.get("cx")), int(extent.get("cy"))
        embed = picture.get(f"{{{picture.nsmap['r']}}}embed")
        png = mixed.members[f"word/{relations[embed][1]}"]
        dots, rows = struct.unpack(">II", png[16:24])
        assert dots / (wide / 914400) == pytest.approx(300, abs=1)
        assert rows / dots == pytest.approx(high / wide, abs=0.002)
        assert wide <= (11906 - 2 * 1418) * 635


def test_the_drawing_itself_is_there_without_fonts(mixed: Read) -> None:
    relations = mixed.relations("word/document.xml")
    ids = mixed.all("//a:blip//asvg:svgBlip/@r:embed")
    assert len(ids) == 3
    for relation_id in ids:
        svg = mixed.members[f"word/{relations[relation_id][1]}"]
        assert svg.startswith(b"<svg")
        assert b"<path" in svg
        assert b"<text" not in svg


def test_a_hatched_drawing_is_a_picture_alone() -> None:
    plain = briefings.real().chapters[0].content.svg
    assert plain
    pattern = '<defs><pattern id="p"/></defs><rect fill="url(#p)" width="1" height="1"/></svg>'
    made = read(word.write(one(0, svg=plain.replace("</svg>", pattern))))
    assert len(made.all("//a:blip")) == 1
    assert made.all("//asvg:svgBlip") == []
    assert not [name for name in made.members if name.endswith(".svg")]


@pytest.mark.parametrize(
    ("box", "most"),
    [
        pytest.param("900 450", (WIDTH, WIDTH / 2), id="flat"),
        # Below their heading and sentence.
        pytest.param("900 1172", ((HEIGHT - 4300) * 900 / 1172, HEIGHT - 4300), id="map"),
        pytest.param("900 2700", ((HEIGHT - 4300) / 3, HEIGHT - 4300), id="tall"),
    ],
)
def test_a_drawing_is_as_large_as_its_page_allows(box: str, most: tuple[float, float]) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box}"></svg>'
    (extent,) = read(word.write(one(0, svg=svg))).all("//wp:inline/wp:extent")
    size = int(extent.get("cx")) / 635, int(extent.get("cy")) / 635
    assert size[0] / size[1] == pytest.approx(most[0] / most[1], rel=0.001)
    assert 0.75 * most[0] <= size[0] <= most[0] + 1
    if box == "900 450":
        assert size[0] == pytest.approx(WIDTH, abs=1)


def test_a_table_of_many_kommuner_gets_pages_on_their_side() -> None:
    names = ("Ringkøbing-Skjern", "Faaborg-Midtfyn", "Vesthimmerland", "Lyngby-Taarbæk") * 3
    cells = tuple(Cell(f"{10 + n},5 pct.", 10 + n + 0.5) for n in range(len(names)))
    table = Table(
        (Column("Indikator"), *(Column(name, "pct.", 1) for name in names)),
        ((Cell("Andel af borgere uden tilbud og uden mentor"), *cells),) * 5,
    )
    body = word.write(one(1, table=table))
    assert problems(body) == []
    made = read(body)
    sizes = made.all("//w:sectPr/w:pgSz")
    names_of = [{key.rsplit("}", 1)[1]: value for key, value in s.attrib.items()} for s in sizes]
    upright = {"w": "11906", "h": "16838"}
    on_its_side = {"w": "16838", "h": "11906", "orient": "landscape"}
    assert names_of == [upright, on_its_side, upright]
    assert [len(s.findall(f"{{{s.nsmap['w']}}}titlePg")) for s in made.all("//w:sectPr")] == [
        1,
        0,
        0,
    ]
    turned, caption = made.all("//w:tbl")[0], made.paragraphs("Caption")
    assert len(made.all("//w:tbl/preceding::w:sectPr")) == 1
    widths = [int(wide) for wide in made.all("//w:tbl/w:tblGrid/w:gridCol/@w:w")]
    assert WIDTH < sum(widths) <= HEIGHT
    assert len(caption) == 1
    assert (
        text(turned.findall(f"{{{turned.nsmap['w']}}}tr")[1]).count("\N{NO-BREAK SPACE}pct.") == 12
    )


def test_the_line_below_a_table_stays_with_its_last_rows(mixed: Read) -> None:
    for table in mixed.all("//w:tbl"):
        rows = table.findall(f"{{{table.nsmap['w']}}}tr")
        kept = [bool(row.findall(f".//{{{table.nsmap['w']}}}keepNext")) for row in rows]
        assert kept[-2:] == [True, True]
        assert not any(kept[3:-2])
