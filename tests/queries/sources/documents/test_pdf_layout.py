"""What pages do to a table: breaks, columns, headers, marks, pictures, locks."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod
from pypdf import PdfReader, PdfWriter

from queries.sources.documents.extract import extract
from queries.sources.documents.model import DocumentError, DocumentText
from queries.sources.documents.pdf.runs import PageReader
from queries.sources.documents.tables import tables_in
from tests.queries.sources.documents.test_hostile_files import CATALOG, PAGE, PAGES, pdf_of, stream


def page(draw: Callable[[FPDF], None], *, pages: int = 1, size: float = 10) -> bytes:
    """A PDF drawn by hand; points from the upper left corner."""
    pdf = FPDF(unit="pt")
    pdf.set_font("helvetica", size=size)
    for _ in range(pages):
        pdf.add_page()
        draw(pdf)
    return bytes(pdf.output())


def texts(*placed: tuple[float, float, str]) -> Callable[[FPDF], None]:
    def draw(pdf: FPDF) -> None:
        for x, y, text in placed:
            pdf.text(x, y, text)

    return draw


def lines(content: bytes) -> list[str]:
    return [line.strip("\f") for line in extract(content).lines if line]


def codes(text: DocumentText) -> list[tuple[str, str]]:
    return [(remark.level, remark.code) for remark in text.remarks]


ROW = (50, 100, "Morsø"), (200, 100, "30"), (260, 100, "52%")


def test_places_are_pages_and_lines() -> None:
    def draw(pdf: FPDF) -> None:
        texts((50, 80, f"Øverst på {'ab'[pdf.page_no() - 1]}"), *ROW)(pdf)

    text = extract(page(draw, pages=2))
    assert text.form == "PDF"
    assert [(line, place) for line, place in zip(text.lines, text.places, strict=True) if line] == [
        ("Øverst på a", "side 1, linje 1"),
        ("Morsø 30 52%", "side 1, linje 2"),
        ("\fØverst på b", "side 2, linje 1"),
        ("Morsø 30 52%", "side 2, linje 2"),
    ]


def test_the_order_on_the_page_counts_and_not_the_order_drawn() -> None:
    drawn = texts((260, 140, "33%"), ROW[2], (50, 140, "Samsø"), ROW[0], (200, 140, "5"), ROW[1])
    assert lines(page(drawn)) == ["Morsø 30 52%", "Samsø 5 33%"]


def test_letters_a_little_up_and_down_stand_on_one_line() -> None:
    assert lines(page(texts((50, 100, "Morsø"), (200, 102, "30"), (260, 98.5, "52%")))) == [
        "Morsø 30 52%"
    ]


def test_words_drawn_twice_to_be_bold_are_read_once() -> None:
    drawn = texts(*ROW, *((x + 0.3, y, text) for x, y, text in ROW))
    assert lines(page(drawn)) == ["Morsø 30 52%"]
    # Two equal letters beside each other are two.
    assert lines(page(texts((50, 100, "l"), (52.4, 100, "l")))) == ["ll"]


def test_blocks_side_by_side_are_read_one_after_the_other() -> None:
    rows = [("Morsø", "30", "52%"), ("Samsø", "5", "33%"), ("Dragør", ".", "17%")]
    drawn = [
        (x + shift, 100 + 14 * at, cell)
        for at, row in enumerate(rows)
        for shift, cells in ((0, row), (250, (row[0] + " B", *row[1:])))
        for x, cell in zip((50, 150, 200), cells, strict=True)
    ]
    left = [" ".join(row) for row in rows]
    right = [f"{name} B {count} {share}" for name, count, share in rows]
    assert lines(page(texts(*drawn))) == left + right
    # A short note below the left block ends both: it is no line between the blocks.
    short = (50, 150, "Kilde: DREAM")
    assert lines(page(texts(*drawn, short))) == [*left, *right, short[2]]
    under = [one for one in drawn if one[0] < 300 or one[1] < 110]
    more = (300, 150, "Ærø B"), (400, 150, "3"), (450, 150, "16%")
    assert lines(page(texts(*under, short, *more)))[-1] == "Kilde: DREAM Ærø B 3 16%"
    # The right block may be the shorter, and a note below crosses both.
    shorter = [one for one in drawn if not (one[0] >= 300 and one[1] > 125)]
    note = (50, 160, "Anm.: Opgørelsen gælder juni 2017 for alle kommuner i hele landet.")
    assert lines(page(texts(*shorter, note))) == [*left, *right[:2], note[2]]


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    left = [f"Den venstre spalte har en lang linje nummer {name}" for name in "abcde"]
    right = [f"Den højre spalte har en anden linje nummer {name}" for name in "abcde"]
    drawn = [(40.0, 100 + 14.0 * at, text) for at, text in enumerate(left)]
    drawn += [(310.0, 100 + 14.0 * at, text) for at, text in enumerate(right)]
    assert lines(page(texts(*drawn))) == left + right


def test_a_column_of_remarks_is_no_second_block() -> None:
    drawn = []
    for at, name in enumerate(("Morsø", "Samsø", "Dragør", "Ærø")):
        y = 100 + 14 * at
        drawn += [(50, y, name), (150, y, "30"), (200, y, "52%"), (300, y, "foreløbig")]
    assert lines(page(texts(*drawn)))[0] == "Morsø 30 52% foreløbig"


def test_two_columns_of_names_stay_beside_each_other() -> None:
    drawn = []
    for at, name in enumerate(("Morsø", "Samsø", "Thisted", "Struer")):
        y = 100 + 14 * at
        drawn += [(50, y, name), (150, y, "Midtjylland"), (300, y, "30"), (350, y, "52%")]
    assert lines(page(texts(*drawn)))[1] == "Samsø Midtjylland 30 52%"


def test_names_cut_in_a_narrow_column_are_set_whole() -> None:
    drawn = texts(
        *((50, 100, "Ringkøbing-"), (50, 112, "Skjern"), (200, 100, "42"), (260, 100, "28%")),
        *((50, 140, "Frederiks-"), (50, 152, "sund"), (200, 146, "45"), (260, 146, "52%")),
        *((50, 180, "Faaborg-"), (50, 192, "Midtfyn"), (200, 192, "41"), (260, 192, "14%")),
    )
    assert lines(
        page(texts((50, 100, "Bornholms"), (200, 100, "17"), (50, 112, "Regionskommune")))
    ) == ["Bornholms Regionskommune 17"]
    # Two kommuner, the first without a number: no name of one.
    assert lines(page(texts((50, 100, "Samsø"), (200, 100, "17"), (50, 112, "Morsø")))) == [
        *("Samsø 17", "Morsø"),
    ]
    assert lines(page(drawn)) == [
        "Ringkøbing-Skjern 42 28%",
        "Frederikssund 45 52%",
        "Faaborg-",
        "Midtfyn 41 14%",  # the reader of rows knows this form
    ]


def test_headers_footers_and_page_numbers_go() -> None:
    pdf = FPDF(unit="pt")
    pdf.set_font("helvetica", size=10)
    for number in (1, 2, 3):
        pdf.add_page()
        pdf.text(50, 40, "Beskæftigelsesministeriet")
        pdf.text(50, 100, "Kommune")
        pdf.text(200, 100, "Antal")
        pdf.text(260, 100, "Andel")
        pdf.text(50, 120, f"Række {'abc'[number - 1]}")
        pdf.text(200, 120, "30")
        pdf.text(50, 800, f"J.nr. 17/1234, side {number} af 3")
        pdf.text(300, 815, str(number))
    assert lines(bytes(pdf.output())) == [
        *("Kommune Antal Andel", "Række a 30"),
        *("Kommune Antal Andel", "Række b 30"),
        *("Kommune Antal Andel", "Række c 30"),
    ]


def test_equal_rows_at_the_edges_of_pages_are_no_headers() -> None:
    """Two tables with the same first row at the same height: neither loses it."""
    assert lines(page(texts(*ROW), pages=2)) == ["Morsø 30 52%"] * 2


def test_a_footer_that_stands_once_is_kept() -> None:
    assert lines(page(texts(*ROW, (50, 800, "Fortrolig")))) == ["Morsø 30 52%", "Fortrolig"]


def test_small_raised_marks_are_no_digits() -> None:
    def draw(pdf: FPDF) -> None:
        texts(*ROW)(pdf)
        pdf.set_font("helvetica", size=6)
        pdf.text(200 + 11.2, 96, "2")  # right after the 30
        pdf.set_font("helvetica", size=10)

    text = extract(page(draw))
    assert [line for line in text.lines if line] == ["Morsø 30 52%"]
    assert codes(text) == [("note", "note_marks")]
    assert "side 1: »2«" in text.remarks[0].text


def test_text_on_the_other_way_across_is_left_out_and_told() -> None:
    def draw(pdf: FPDF) -> None:
        texts(*ROW)(pdf)
        with pdf.rotation(45, 300, 400):
            pdf.text(300, 400, "UDKAST")

    text = extract(page(draw))
    assert [line for line in text.lines if line] == ["Morsø 30 52%"]
    assert codes(text) == [("note", "turned_text")]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_table_drawn_on_its_side_is_read(angle: int) -> None:
    def draw(pdf: FPDF) -> None:
        with pdf.rotation(angle, 300, 400):
            texts(*((x + 150, y + 300, t) for x, y, t in ROW), (200, 420, "Samsø"))(pdf)

    assert lines(page(draw)) == ["Morsø 30 52%", "Samsø"]


def test_text_outside_the_page_is_left_out_and_told() -> None:
    text = extract(page(texts(*ROW, (2000, 100, "99"))))
    assert [line for line in text.lines if line] == ["Morsø 30 52%"]
    assert codes(text) == [("warning", "outside_page")]


def test_invisible_text_of_a_scan_is_read_and_told() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text_mode = "INVISIBLE"
        texts(*ROW)(pdf)

    text = extract(page(draw))
    assert [line for line in text.lines if line] == ["Morsø 30 52%"]
    assert codes(text) == [("warning", "invisible_text")]


def picture(pdf: FPDF) -> None:
    from PIL import Image

    pdf.image(Image.new("L", (40, 40), 200), x=50, y=50)


def test_a_scan_is_told_to_be_one() -> None:
    with pytest.raises(DocumentError, match=r"2 sider\) er scannet: siderne er billeder uden"):
        extract(page(picture, pages=2))
    with pytest.raises(DocumentError, match=r"1 side\) har ingen tekst"):
        extract(page(lambda pdf: None))


def test_a_page_that_is_a_picture_is_told_of() -> None:
    pdf = FPDF(unit="pt")
    pdf.set_font("helvetica", size=10)
    pdf.add_page()
    texts(*ROW)(pdf)
    pdf.add_page()
    picture(pdf)
    text = extract(bytes(pdf.output()))
    assert codes(text) == [("warning", "page_is_picture")]
    assert text.remarks[0].text.startswith("Side 2 er billeder")


def encrypted(user: str) -> bytes:
    pdf = FPDF(unit="pt")
    pdf.set_encryption(
        "ejer",
        user or None,
        encryption_method=EncryptionMethod.RC4,
        permissions=AccessPermission.none(),
    )
    pdf.set_font("helvetica", size=10)
    pdf.add_page()
    texts(*ROW)(pdf)
    return bytes(pdf.output())


def test_a_locked_file_is_told_to_be_locked() -> None:
    with pytest.raises(DocumentError, match="låst med en adgangskode"):
        extract(encrypted("hemmelig"))
    # Locked against changing only: anyone can read it.
    assert lines(encrypted("")) == ["Morsø 30 52%"]


def test_too_many_pages() -> None:
    writer = PdfWriter()
    for _ in range(1001):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    assert len(PdfReader(io.BytesIO(out.getvalue())).pages) == 1001
    with pytest.raises(DocumentError, match="1001 sider; der læses højst 1000"):
        extract(out.getvalue())


def test_a_form_drawn_on_the_page_is_read() -> None:
    """As letterheads and pages put into pages are."""
    source = PdfReader(io.BytesIO(page(texts(*ROW)))).pages[0]
    writer = PdfWriter()
    target = writer.add_blank_page(source.mediabox.width, source.mediabox.height)
    target.merge_page(source)
    out = io.BytesIO()
    writer.write(out)
    assert lines(out.getvalue()) == ["Morsø 30 52%"]


def test_ligatures_and_thousands() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(50, 100, "I alt")
        pdf.text(200, 100, "2\u00a0790")
        pdf.text(260, 100, "21 %")

    assert lines(page(draw)) == ["I alt 2.790 21 %"]


def test_word_spacing_moves_what_follows() -> None:
    """Stretched spaces bring the next column close to the words before it, not apart."""
    stretched = stream(b"BT /F 10 Tf 60 Tw 50 700 Td (A B) Tj 0 Tw (C) Tj ET")
    content = pdf_of(CATALOG, PAGES, PAGE, stretched)
    assert extract(content).lines[0] == "A BC"
    piece, *_, last = PageReader(PdfReader(io.BytesIO(content)).pages[0]).read()
    assert last.x0 - piece.x0 == pytest.approx(10 * (0.667 + 0.278 + 0.667) + 60, abs=0.1)


def test_columns_that_stand_close_are_never_one_number() -> None:
    assert lines(page(texts((50, 100, "Morsø"), (200, 100, "30"), (216, 100, "520")))) == [
        "Morsø 30 520"
    ]


def test_a_refusal_says_the_page() -> None:
    drawn = texts(
        (50, 60, "Tabel 1. Antal og andel borgere fordelt på kommuner, juni 2017"),
        *((50, 90, "Kommune"), (200, 90, "Antal"), (260, 90, "Andel")),
        *((50, 110, "Morsø"), (200, 110, "30"), (260, 110, "52%")),
        *((50, 130, "Samsø"), (200, 130, "5"), (260, 130, "133%")),
        (50, 160, "Kilde: DREAM"),
    )
    with pytest.raises(Exception, match=r"svar.pdf, side 1, linje 4: andelen 133 pct. er over"):
        tables_in(extract(page(drawn)), "svar.pdf")
