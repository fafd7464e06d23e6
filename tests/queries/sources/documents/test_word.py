"""Word documents: order, merged and nested cells, notes, rejected text, and hostile packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from queries.sources.documents.extract import extract
from queries.sources.documents.model import DocumentError
from queries.sources.documents.tables import tables_in
from tests.queries.sources.documents import render

W = nsdecls("w")


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraphs(*inner: str) -> bytes:
    """A document whose paragraphs hold this XML."""
    document = docx.Document()
    for xml in inner:
        document.element.body.insert_element_before(parse_xml(f"<w:p {W}>{xml}</w:p>"), "w:sectPr")
    return saved(document)


def table_of(*rows: str) -> bytes:
    """A document with one table of this XML between two paragraphs."""
    document = docx.Document()
    document.add_paragraph("Før")
    xml = f"<w:tbl {W}><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
    document.add_paragraph("Efter")
    return saved(document)


def tc(text: str, properties: str = "") -> str:
    body = "".join(f"<w:p><w:r><w:t>{part}</w:t></w:r></w:p>" for part in text.split("|"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{body}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def lines(content: bytes) -> list[str]:
    return [line for line in extract(content).lines if line]


def codes(content: bytes) -> list[tuple[str, str]]:
    return [(remark.level, remark.code) for remark in extract(content).remarks]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_tables_in_order_with_places() -> None:
    text = extract(table_of(tr(tc("Morsø"), tc("30"), tc("52%"))))
    assert text.form == "Word"
    assert [pair for pair in zip(text.lines, text.places, strict=True) if pair[0]] == [
        ("Før", "afsnit 1"),
        ("Morsø 30 52%", "tabel 1, række 1"),
        ("Efter", "afsnit 2"),
    ]
    assert text.lines[-1] == ""


def test_merged_cells() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    assert lines(
        table_of(
            tr(tc("Kommune", start), tc("Juni 2017", wide)),
            tr(tc("Kommune", on), tc("Antal"), tc("Andel")),
            tr(tc("Morsø"), tc("30"), tc("52%")),
        )
    )[1:-1] == ["Kommune Juni 2017", "Antal Andel", "Morsø 30 52%"]


def test_lines_inside_cells() -> None:
    assert lines(table_of(tr(tc("Ringkøbing-|Skjern"), tc("42"), tc("28%"))))[1] == (
        "Ringkøbing-Skjern 42 28%"
    )
    # One row drawn as many: every cell has as many lines, numbers beside names.
    assert lines(table_of(tr(tc("Morsø|Samsø"), tc("30|5"), tc("52%|33%"))))[1:3] == [
        "Morsø 30 52%",
        "Samsø 5 33%",
    ]
    # A table that only lays out the page keeps its lines.
    assert lines(table_of(tr(tc("Kære udvalg|Hermed svar"))))[1:3] == ["Kære udvalg", "Hermed svar"]


def test_numbers_with_spaces_for_thousands() -> None:
    assert lines(table_of(tr(tc("I alt"), tc("2 790"), tc("21 %"))))[1] == "I alt 2.790 21 %"


def test_a_table_inside_a_table() -> None:
    inner = f"<w:tbl><w:tblPr/><w:tblGrid/>{tr(tc('Morsø'), tc('30'), tc('52%'))}</w:tbl>"
    cell = f"<w:tc><w:p><w:r><w:t>Ramme</w:t></w:r></w:p>{inner}<w:p/></w:tc>"
    text = extract(table_of(tr(tc("Venstre"), cell)))
    assert [line for line in text.lines if line] == [
        *("Før", "Venstre", "Ramme", "Morsø 30 52%", "Efter"),
    ]
    assert text.places[text.lines.index("Morsø 30 52%")] == "tabel 2, række 1"


def test_rejected_text_is_left_out_and_new_text_read() -> None:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>99</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="a">{run("30")}</w:ins>'
    moved = f'<w:moveFrom w:id="3" w:author="a">{run("væk")}</w:moveFrom>'
    content = paragraphs(f"{run('Morsø ')}{deleted}{inserted}{moved}")
    assert lines(content) == ["Morsø 30"]
    assert codes(content) == [("warning", "tracked_changes")]
    row = tr(tc("Samsø"), tc("5"), properties='<w:trPr><w:del w:id="4" w:author="a"/></w:trPr>')
    content = table_of(tr(tc("Morsø"), tc("30")), row)
    assert lines(content) == ["Før", "Morsø 30", "Efter"]
    assert codes(content) == [("warning", "tracked_changes")]


def test_hidden_text_is_left_out_and_told() -> None:
    content = paragraphs(run("Morsø 3") + run("1", "<w:vanish/>") + run("0"))
    assert lines(content) == ["Morsø 30"]
    assert codes(content) == [("warning", "hidden_text")]
    assert lines(paragraphs(run("1", '<w:vanish w:val="0"/>'))) == ["1"]


def test_raised_marks_are_no_digits() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    content = paragraphs(run("Morsø 30") + run("2", raised))
    assert lines(content) == ["Morsø 30"]
    assert codes(content) == [("note", "note_marks")]


def test_fields_links_controls_and_signs() -> None:
    field = '<w:fldSimple w:instr="SEQ Tabel">' + run("1") + "</w:fldSimple>"
    code = "<w:r><w:instrText>PAGE 77</w:instrText></w:r>"
    control = f"<w:sdt><w:sdtContent>{run('Ring')}</w:sdtContent></w:sdt>"
    signs = "<w:r><w:noBreakHyphen/><w:t>Skjern</w:t><w:tab/><w:t>42</w:t></w:r>"
    content = paragraphs(run("Tabel ") + field + code + run(". ") + control + signs)
    assert lines(content) == ["Tabel 1. Ring-Skjern\t42"]
    # A sign of a symbol font may be a minus or nothing: it is never passed over.
    assert lines(paragraphs('<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>' + run("3"))) == [
        "\ufffd3"
    ]


def test_a_footnote_stands_under_the_table_it_is_needed_for() -> None:
    content = render.word([render.spm_554()])
    note = f"<w:footnote w:id='7'><w:p>{run('Fanø er udeladt.')}</w:p></w:footnote>"
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"

    def add(name: str, data: bytes) -> bytes:
        if name == "word/document.xml":
            return data.replace(
                b"juni 2017</w:t></w:r>",
                b"juni 2017</w:t></w:r><w:r><w:footnoteReference w:id='7'/></w:r>",
                1,
            )
        if name == "word/_rels/document.xml.rels":
            relation = (
                b'<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxml'
                b'formats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
            )
            return data.replace(b"</Relationships>", relation)
        return data

    content = repacked(content, add, {"word/footnotes.xml": notes.encode()})
    text = extract(content)
    found = [line for line in text.lines if line]
    total = next(at for at, line in enumerate(found) if line.startswith("I alt"))
    assert found[total + 1] == "7) Fanø er udeladt."
    (table,) = tables_in(text).tables
    assert table.table.notes[0] == "7) Fanø er udeladt."
    assert table.missing == ()


def test_headers_and_footers_are_not_read() -> None:
    def change(document: Any) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].text = "Beskæftigelsesministeriet"
        section.footer.paragraphs[0].text = "Side 1"

    text = extract(render.word([render.spm_554()], change=change)).text
    assert "Beskæftigelsesministeriet" not in text
    assert "Side 1" not in text


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('I en boks')}</w:p></w:txbxContent>"
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    drawn = (
        f"<w:r><mc:AlternateContent {names}><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(paragraphs(run("Før boksen") + drawn)) == ["Før boksen", "I en boks"]


def repacked(
    content: bytes,
    change: Callable[[str, bytes], bytes],
    more: dict[str, bytes] | None = None,
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def with_body(xml: bytes) -> bytes:
    """A document whose main part is this."""
    content = saved(docx.Document())
    return repacked(content, lambda name, data: xml if name == "word/document.xml" else data)


DAMAGED = "Word-filen er beskadiget"
ENTITIES = (
    b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY x SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<w:document", id="cut"),
        pytest.param(b"<a/>", id="without a body"),
        pytest.param(ENTITIES + b"<a>&b;&x;</a>", id="entities"),
        pytest.param(b"<a>" * 5000 + b"</a>" * 5000, id="deep"),
        pytest.param("<a>".encode("utf-16"), id="hidden in another encoding"),
    ],
)
def test_hostile_parts(body: bytes) -> None:
    with pytest.raises(DocumentError, match=DAMAGED):
        extract(with_body(body))


def test_a_document_type_is_refused_even_where_the_rest_is_whole() -> None:
    whole = f"<w:document {W}><w:body><w:p>{run('Hej')}</w:p></w:body></w:document>".encode()
    assert lines(with_body(whole)) == ["Hej"]
    with pytest.raises(DocumentError, match=DAMAGED):
        extract(with_body(b'<!DOCTYPE w [<!ENTITY a "b">]>' + whole))


def test_a_bomb_is_left_at_its_limit() -> None:
    content = with_body(b" " * 150_000_000)
    assert len(content) < 1_000_000
    with pytest.raises(DocumentError, match="pakker ud til mere end 100 MB"):
        extract(content)


def test_other_packages_say_what_they_are() -> None:
    def package(name: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            file.writestr(name, b"x")
        return out.getvalue()

    with pytest.raises(DocumentError, match="er et regneark"):
        extract(package("xl/workbook.xml"))
    with pytest.raises(DocumentError, match="i et format, som ikke læses"):
        extract(package("content.xml"))
    with pytest.raises(DocumentError, match=DAMAGED):
        extract(package("word/other.xml"))
    with pytest.raises(DocumentError, match="pakket og beskadiget"):
        extract(saved(docx.Document())[:-100])
