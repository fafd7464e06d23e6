"""The template that is used when the ministry gives none: A4, Arial, restrained, made by code."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from lxml import etree

from pages.samraad.documents.packing import repacked
from pages.samraad.documents.word.styles import LANGUAGE, ROLES, Styles
from pages.samraad.documents.word.xml import Element, R, W, field, paragraph, q, run, w

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "styles": "styles",
    "settings": "settings",
    "header1": "header",
    "footer1": "footer",
    "header2": "header",
    "footer2": "footer",
}


@cache
def default_template() -> bytes:
    """Return the default as a .docx, which a ministry can save, change and give back.

    `{{titel}}`, `{{betegnelse}}` and `{{dataversion}}` in it are replaced; the document's content
    comes where the paragraph `{{samraad}}` is.
    """
    root = w("styles", _defaults())
    styles = Styles(root)
    for role in ROLES:
        styles[role]  # adds it
    first_header = [paragraph(styles["header"])]
    parts = {
        "styles": root,
        "settings": _settings(),
        "header1": w("hdr", _ends(styles["header"], [run("{{titel}}")], [run("{{betegnelse}}")])),
        "footer1": w("ftr", _footer(styles)),
        "header2": w("hdr", *first_header),
        "footer2": w("ftr", _footer(styles)),
        "document": _document(styles),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", _content_types())
        archive.writestr("_rels/.rels", _relations({"document": "officeDocument"}, "word/"))
        archive.writestr("word/document.xml", _bytes(parts.pop("document")))
        archive.writestr("word/_rels/document.xml.rels", _relations(PARTS))
        for name, root in parts.items():
            archive.writestr(f"word/{name}.xml", _bytes(root))
    return repacked(out.getvalue())


def page_number(style: str) -> Element:
    """Return a paragraph that says which page of how many it is on."""
    return _ends(style, [], _page())


def _defaults() -> Element:
    font = "Arial"
    letters = w(
        "rPr",
        w("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
        w("sz", val=21),
        w("szCs", val=21),
        w("lang", val=LANGUAGE, eastAsia="en-US", bidi="ar-SA"),
    )
    spaced = w("pPr", w("spacing", after=140, line=283, lineRule="auto"))
    return w("docDefaults", w("rPrDefault", letters), w("pPrDefault", spaced))


def _settings() -> Element:
    compatible = w(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", compatible),
        w("themeFontLang", val=LANGUAGE),
        w("decimalSymbol", val=","),
        w("listSeparator", val=";"),
    )


def _document(styles: Styles) -> Element:
    def reference(tag: str, kind: str, part: str) -> Element:
        made = w(tag, type=kind)
        made.set(q("r:id"), f"rId{[*PARTS].index(part) + 1}")
        return made

    section = w(
        "sectPr",
        reference("headerReference", "default", "header1"),
        reference("footerReference", "default", "footer1"),
        reference("headerReference", "first", "header2"),
        reference("footerReference", "first", "footer2"),
        w("pgSz", w=11906, h=16838),
        w("pgMar", top=1531, right=1418, bottom=1361, left=1418, header=709, footer=624, gutter=0),
        w("titlePg"),
    )
    return w("document", w("body", paragraph(styles["normal"], run("{{samraad}}")), section))


def _footer(styles: Styles) -> Element:
    told = run("Indsatsatlas, dataversion {{dataversion}}")
    return _ends(styles["footer"], [told], _page())


def _page() -> list[Element]:
    return [
        run("Side "),
        *field("PAGE", [run("1")]),
        run(" af "),
        *field("NUMPAGES", [run("1")]),
    ]


def _ends(style: str, left: list[Element], right: list[Element]) -> Element:
    return paragraph(style, *left, w("r", w("tab")), *right)


def _content_types() -> str:
    kinds = {"document": f"{_WORD}.document.main+xml"}
    kinds |= {name: f"{_WORD}.{kind}+xml" for name, kind in PARTS.items()}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(parts: dict[str, str], folder: str = "") -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" '
        f'Target="{folder}{name}.xml"/>'
        for number, (name, kind) in enumerate(parts.items(), 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _bytes(root: Element) -> bytes:
    etree.cleanup_namespaces(root, top_nsmap={"w": W, "r": R})
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
