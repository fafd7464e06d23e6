"""A ministry's own template: what of it is kept, what is added to it, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from pages.language import synthetic
from pages.samraad.documents import word
from pages.samraad.documents.word import template as templates
from pages.samraad.model import Briefing
from queries import UserError
from tests.pages.samraad.documents import briefings
from tests.pages.samraad.documents.word_reading import Read, problems, read, text

FIRST = (
    f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p><w:r>'
    '<w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="1">'
    '<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote><w:footnote w:id="7"><w:p><w:r>'
    "<w:t>Ministeriets egen note</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def sound(template: bytes, briefing: Briefing | None = None) -> Read:
    """The document on a template, once nothing is found wrong with it."""
    made = word.write(briefing or briefings.mixed(), template)
    assert problems(made) == []
    return read(made)


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(archive: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """An archive with its members changed; a member that becomes None is gone."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = change(name, old.read(name))
            if body is not None:
                new.writestr(name, body)
    return out.getvalue()


def replaced(archive: bytes, old: str, new: str) -> bytes:
    return changed(archive, lambda _, body: body.replace(old.encode(), new.encode()))


def ministry(body: str = "Vores standardtekst") -> docx.document.Document:
    """A template as a ministry may have: header, footer with page number, wide margins, a body."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(40)
    section.header.paragraphs[0].text = "Beskæftigelsesministeriet"
    number = section.footer.paragraphs[0]
    number._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "/>'))
    document.add_paragraph(body)
    return document


def test_the_default_can_be_taken_changed_and_given_back() -> None:
    default = word.default_template()
    assert word.write(briefings.real(), default) == word.write(briefings.real())
    own = sound(replaced(default, "Arial", "Georgia"), briefings.real())
    assert b"Georgia" in own.members["word/styles.xml"]


def test_headers_footers_and_page_are_the_templates_and_its_text_is_gone() -> None:
    made = sound(saved(ministry()), briefings.real())
    assert "Vores standardtekst" not in made.story()
    assert made.paragraphs("Title") == ["Passive borgere i ressourceforløb"]
    (size,) = made.all("//w:sectPr/w:pgSz")
    assert size.get(qn("w:w")) == str(round(297 / 25.4 * 1440))
    headers = [name for name in made.members if re.match(r"word/header\d*\.xml", name)]
    assert [text(made.xml(name)) for name in headers] == ["Beskæftigelsesministeriet"]
    (footer,) = (name for name in made.members if re.match(r"word/footer\d*\.xml", name))
    assert made.all("//w:instrText", footer) == []  # it had a page number of its own
    limit = (297 - 80) / 25.4 * 914400
    assert all(int(x) <= limit + 1000 for x in made.all("//wp:inline/wp:extent/@cx"))
    assert int(max(made.all("//wp:inline/wp:extent/@cy"), key=int)) < 210 / 25.4 * 914400


def test_a_picture_of_the_body_that_is_gone_is_not_carried_along() -> None:
    document = ministry()
    png = read(word.write(briefings.real())).members["word/media/samraad1.png"]
    document.add_picture(io.BytesIO(png))
    template = saved(document)
    assert "word/media/image1.png" in read(template).members
    made = sound(template)
    assert "word/media/image1.png" not in made.members
    assert "docProps/thumbnail.jpeg" not in made.members


def test_a_template_without_page_numbers_gets_them() -> None:
    made = sound(saved(docx.Document()), briefings.real())
    (footer,) = (name for name in made.members if re.match(r"word/footer\d*\.xml", name))
    assert [told.text.strip() for told in made.all("//w:instrText", footer)] == ["PAGE", "NUMPAGES"]


def test_danish_style_names_are_found_by_what_they_are() -> None:
    default = word.default_template()
    for english, danish in (("Heading1", "Overskrift1"), ("Caption", "Billedtekst")):
        default = replaced(default, f'"{english}"', f'"{danish}"')
    made = sound(default)
    assert "Udkast til svar" in made.paragraphs("Overskrift1")
    assert made.paragraphs("Heading1") == made.paragraphs("Caption") == []
    assert len(made.paragraphs("Billedtekst")) == 6
    names = made.all("//w:style/w:name/@w:val", "word/styles.xml")
    assert len(names) == len(set(names))


def test_styles_of_other_programs_are_found_by_their_danish_name() -> None:
    default = replaced(word.default_template(), 'w:val="heading 1"', 'w:val="Overskrift 1"')
    default = replaced(default, '"Heading1"', '"P17"')
    assert "Udkast til svar" in sound(default).paragraphs("P17")


def test_styles_that_are_missing_are_added_and_taken_ids_are_left_alone() -> None:
    def bare(name: str, body: bytes) -> bytes:
        if name != "word/styles.xml":
            return body
        other = (
            b'<w:style w:type="character" w:styleId="Heading1"><w:name w:val="Noget andet"/>'
            b"</w:style></w:styles>"
        )
        without = re.sub(rb"<w:style .*?</w:style>|<w:docDefaults>.*?</w:docDefaults>", b"", body)
        return without.replace(b"</w:styles>", other)

    body = word.write(briefings.mixed(), changed(word.default_template(), bare))
    # The footers of the template name a style that it has not.
    assert problems(body) == ["pStyle Footer is no paragraph style"]
    made = read(body)
    headings = made.all("//w:style[w:name/@w:val='heading 1']/@w:styleId", "word/styles.xml")
    assert len(headings) == 1
    assert headings != ["Heading1"]
    assert "Udkast til svar" in made.paragraphs(headings[0])
    assert made.all("//w:docDefaults//w:lang/@w:val", "word/styles.xml") == ["da-DK"]


def test_a_template_in_another_language_becomes_danish() -> None:
    document = docx.Document()
    assert b"en-US" in read(saved(document)).members["word/styles.xml"]
    made = sound(saved(document))
    assert made.all("//w:docDefaults//w:lang/@w:val", "word/styles.xml") == ["da-DK"]


def test_the_content_comes_where_the_marker_is() -> None:
    document = ministry("Forsidetekst")
    marker = document.add_paragraph("{{sam")
    marker.add_run("raad}}")
    document.add_paragraph("Bagsidetekst")
    made = sound(saved(document), briefings.real())
    lines = made.story().split("\n")
    assert lines[0] == "Forsidetekst"
    assert lines[-1] == "Bagsidetekst"
    assert "{{samraad}}" not in lines
    assert lines[1] == "Materiale til samråd"
    assert lines[-2].startswith("Beskæftigelsesministeren: Berigtiget svar")


def test_a_marker_that_ends_a_section_keeps_the_section() -> None:
    document = ministry("Forsidetekst")
    marker = document.add_paragraph("{{samraad}}")
    section = parse_xml(
        f'<w:sectPr {nsdecls("w")}><w:pgSz w:w="9000" w:h="12000"/>'
        '<w:pgMar w:left="500" w:right="500" w:top="500" w:bottom="500"/></w:sectPr>'
    )
    marker._p.get_or_add_pPr().append(section)
    document.add_paragraph("Bagsidetekst")
    made = sound(saved(document), briefings.real())
    assert len(made.all("//w:sectPr")) == 2
    assert max(int(x) for x in made.all("//wp:inline/wp:extent/@cx")) == 8000 * 635


def test_places_are_filled_however_word_has_split_them() -> None:
    document = ministry("{{titel}} ({{betegnelse}})")
    split = document.add_paragraph("Data: {{data")
    split.add_run("version").bold = True
    split.add_run("}}!")
    document.add_paragraph("{{samraad}}")
    made = sound(saved(document), briefings.real())
    lines = made.story().split("\n")
    assert lines[0] == "Passive borgere i ressourceforløb (BEU alm. del, samrådsspørgsmål CI)"
    assert lines[1] == f"Data: {briefings.VERSION}!"
    assert made.paragraphs("Title") == []  # the template writes it


def test_footnotes_of_the_template_are_kept_where_something_refers_to_them() -> None:
    def with_footnotes(*, marked: bool) -> bytes:
        document = ministry("Se noten")
        reference = f'<w:r {nsdecls("w")}><w:footnoteReference w:id="7"/></w:r>'
        document.paragraphs[0]._p.append(parse_xml(reference))
        if marked:
            document.add_paragraph("{{samraad}}")
        part = Part(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            FIRST.encode(),
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        return saved(document)

    ids = "//w:footnote/@w:id"
    kept = sound(with_footnotes(marked=True))
    assert kept.all(ids, "word/footnotes.xml") == ["0", "1", "7", "8", "9", "10", "11", "12"]
    assert b"Ministeriets egen note" in kept.members["word/footnotes.xml"]
    gone = sound(with_footnotes(marked=False))
    assert gone.all(ids, "word/footnotes.xml") == ["0", "1", "2", "3", "4", "5", "6"]
    assert b"Ministeriets egen note" not in gone.members["word/footnotes.xml"]


def test_captions_count_on_from_the_templates_own() -> None:
    document = ministry()
    own = f'<w:fldSimple {nsdecls("w")} w:instr=" SEQ Figur \\* ARABIC "/>'
    document.add_paragraph("Figur ")._p.append(parse_xml(own))
    document.add_paragraph("{{samraad}}")
    captions = sound(saved(document)).paragraphs("Caption")
    assert [caption.split(".")[0] for caption in captions[:2]] == ["Figur 2", "Tabel 1"]


def test_the_label_of_made_up_numbers_is_in_every_header() -> None:
    document = ministry()
    document.sections[0].different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    document.add_section()
    document.sections[1].header.is_linked_to_previous = False
    document.add_paragraph("{{samraad}}")
    made = sound(saved(document))
    kinds = made.all("//w:headerReference/@w:type")
    assert sorted(kinds) == ["default", "default", "even", "first"]
    relations = made.relations("word/document.xml")
    for relation_id in made.all("//w:headerReference/@r:id"):
        header = made.xml(f"word/{relations[relation_id][1]}")
        assert text(header).count(synthetic.WARNING) == 1


def test_settings_that_make_word_ask_or_fetch_are_gone() -> None:
    document = ministry()
    settings = document.settings.element
    settings.insert(0, parse_xml(f"<w:updateFields {nsdecls('w')}/>"))
    settings.insert(0, parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="rId1"/>'))
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" TargetMode="External" Target="http://x.dk/a.dotm" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'attachedTemplate"/></Relationships>'
    )
    out = io.BytesIO(saved(document))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/_rels/settings.xml.rels", rels)
    made = sound(out.getvalue())
    assert b"updateFields" not in made.members["word/settings.xml"]
    assert not [name for name, body in made.members.items() if b"x.dk" in body]


def test_a_dotx_is_a_template_too() -> None:
    main = "wordprocessingml.{}.main+xml"
    dotx = replaced(saved(ministry()), main.format("document"), main.format("template"))
    made = sound(dotx)
    assert main.format("document").encode() in made.members["[Content_Types].xml"]
    assert main.format("template").encode() not in made.members["[Content_Types].xml"]


def macros(archive: bytes) -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return replaced(archive, main, "application/vnd.ms-word.document.macroEnabled.main+xml")


def hidden_macros(archive: bytes) -> bytes:
    out = io.BytesIO(archive)
    with zipfile.ZipFile(out, "a") as new:
        new.writestr("word/vbaProject.bin", b"macro")
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        pytest.param(macros, "har makroer", id="docm"),
        pytest.param(hidden_macros, "har makroer", id="hidden_macros"),
        pytest.param(lambda _: b"", "kan ikke læses", id="empty"),
        pytest.param(lambda _: b"Hej minister", "kan ikke læses", id="text"),
        pytest.param(lambda body: body[: len(body) // 2], "kan ikke læses", id="half"),
        pytest.param(lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "adgangskode", id="doc"),
        pytest.param(
            lambda body: changed(
                body, lambda name, old: b"<w:document" if name == "word/document.xml" else old
            ),
            "kan ikke læses",
            id="bad_xml",
        ),
        pytest.param(
            lambda body: changed(
                body, lambda name, old: None if name == "word/document.xml" else old
            ),
            "kan ikke læses",
            id="no_document",
        ),
        pytest.param(
            lambda body: replaced(body, "wordprocessingml.document", "spreadsheetml.sheet"),
            "kan ikke læses",
            id="xlsx",
        ),
    ],
)
def test_what_is_no_template_is_refused_in_danish(
    spoil: Callable[[bytes], bytes], told: str
) -> None:
    with pytest.raises(UserError, match=told) as error:
        word.write(briefings.real(), spoil(word.default_template()))
    assert "Word-dokument (*.docx)" in str(error.value)


def test_a_template_that_grows_when_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "MOST_UNPACKED", 5_000)
    with pytest.raises(UserError, match="når den pakkes ud"):
        word.write(briefings.real(), word.default_template())
    monkeypatch.setattr(templates, "MOST_BYTES", 1_000)
    with pytest.raises(UserError, match="højst fylde"):
        word.write(briefings.real(), word.default_template())
