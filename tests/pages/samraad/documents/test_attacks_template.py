"""Templates that fetch, run or carry something along: none of it comes into a document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

import docx
import pytest

from pages.samraad.documents.word.template import MARKER, opened
from queries import UserError

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
BODY, BODY_RELATIONS, SETTINGS = (
    *("word/document.xml", "word/_rels/document.xml.rels", "word/settings.xml"),
)
HEADER, HEADER_RELATIONS = "word/header1.xml", "word/_rels/header1.xml.rels"
Edit = Callable[[str], str]


def template(edits: Mapping[str, Edit], more: Mapping[str, str] | None = None) -> bytes:
    document = docx.Document()
    document.add_paragraph(MARKER)
    document.sections[0].header.paragraphs[0].text = "HOVED"
    plain, made = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            edit = edits.get(name)
            new.writestr(name, edit(content.decode()) if edit else content)
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return made.getvalue()


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> str:
    return f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def related(kind: str, target: str = "http://evil.example/x") -> Edit:
    return lambda text: text.replace(
        "</Relationships>", f"{relation(kind, target)}</Relationships>"
    )


def relations(kind: str, target: str = "http://evil.example/x") -> str:
    return f'<Relationships xmlns="{PACKAGE}">{relation(kind, target)}</Relationships>'


def field(said: str, into: str = "w:hdr") -> Edit:
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in said.split("|"))
    paragraph = f'<w:p xmlns:w="{WORD}">{pieces}</w:p>'
    return lambda text: re.sub(
        f"(<{into}[^>]*>)", lambda found: found.group() + paragraph, text, count=1
    )


EVIL = {
    "picture": template({BODY_RELATIONS: related("image")}),
    "picture-of-a-header": template({}, {HEADER_RELATIONS: relations("image", "//evil/s/x.png")}),
    "object": template({BODY_RELATIONS: related("oleObject")}),
    "chunk": template({BODY_RELATIONS: related("aFChunk")}),
    "subdocument": template({BODY_RELATIONS: related("subDocument")}),
    "frame": template({}, {"word/_rels/webSettings.xml.rels": relations("frame")}),
    "package": template({"_rels/.rels": related("customXml")}),
    "text": template({HEADER: field('INCLUDETEXT "http://evil.example/x"')}),
    "split": template({HEADER: field('DDE|AUTO c:\\\\windows "x"')}),
    "small-letters": template({BODY: field("includepicture x", "w:body")}),
}


@pytest.mark.parametrize("name", sorted(EVIL))
def test_a_template_that_fetches_or_runs_something_is_refused(name: str) -> None:
    with pytest.raises(UserError, match=r"^Skabelonen (?:henter|har et) .* prøv igen\.$"):
        opened(EVIL[name], {})


def saved(content: bytes) -> bytes:
    out = io.BytesIO()
    opened(content, {}).document.save(out)
    with zipfile.ZipFile(out) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("kind", ["attachedTemplate", "mailMergeSource"])
def test_what_settings_fetch_is_left_out(kind: str) -> None:
    made = template({}, {"word/_rels/settings.xml.rels": relations(kind)})
    assert b"evil.example" not in saved(made)


def test_links_and_usual_fields_stay() -> None:
    made = template(
        {HEADER: field('MACROBUTTON Ingen "Link til DDE og IMPORT" PAGE STYLEREF "Link"')},
        {HEADER_RELATIONS: relations("hyperlink", "https://bm.dk/")},
    )
    told = saved(made)
    assert b"https://bm.dk/" in told
    assert b"MACROBUTTON" in told


def test_an_entity_of_another_file_is_not_read() -> None:
    def entity(text: str) -> str:
        declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        return re.sub(r"\?>", f"?>{declared}", text, count=1).replace("HOVED", "&e;")

    assert b"root:" not in saved(template({HEADER: entity}))
