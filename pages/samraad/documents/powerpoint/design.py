"""The design of the slides: 16:9, white, one accent colour, and five layouts of our own.

Everything stands in master, layouts and theme, so that a reader can change it there for all slides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.util import Inches, Length

from pages.figures.palette import CLASS_FILLS, DIVERGING_FILLS, TEXT, TONES

FONT = "Arial"
"""On every machine that shows slides; LibreOffice has one of the same widths."""

LANGUAGE = "da-DK"
ACCENT = CLASS_FILLS[3]
QUIET = TONES["grey"].hex()
"""Bars that are not the reader's own."""

MUTED = TONES["muted"].hex()
LINE = TONES["ground"].hex()
COLOURS = (ACCENT, TEXT, DIVERGING_FILLS[0], DIVERGING_FILLS[6], "#0c5a44", MUTED)
"""Colours of lines, in order; the first is the reader's own."""

TITLE, SENTENCE, SOURCE, LABEL, CAPTION, NUMBER = 0, 13, 14, 15, 16, 12
"""Numbers of the places on a slide."""

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NS = f'xmlns:a="{_A}" xmlns:p="{_P}"'


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    x: float
    y: float
    width: float
    height: float

    def emu(self) -> tuple[Length, Length, Length, Length]:
        """Return left, top, width and height as the file has them."""
        left, top, width, height = self.x, self.y, self.width, self.height
        return Inches(left), Inches(top), Inches(width), Inches(height)


WIDE = Box(0.6, 0.66, 12.13, 0.9)
PLACES: dict[str, dict[int, Box]] = {
    "Forside": {
        TITLE: Box(0.9, 1.35, 11.5, 1.5),
        LABEL: Box(0.35, 0, 12.98, 0.42),
        CAPTION: Box(0.9, 2.95, 11.5, 0.5),
        SENTENCE: Box(0.9, 3.65, 11.5, 2.6),
        SOURCE: Box(0.9, 6.5, 10.9, 0.6),
        NUMBER: Box(12.03, 6.85, 0.7, 0.35),
    },
    "Figur": {
        TITLE: WIDE,
        LABEL: Box(0, 0, 13.333, 0.42),
        SENTENCE: Box(0.6, 1.65, 3.85, 4.6),
        CAPTION: Box(4.7, 5.9, 8.03, 0.55),
        SOURCE: Box(0.6, 6.58, 11.3, 0.82),
        NUMBER: Box(12.03, 6.95, 0.7, 0.35),
    },
    "Kort": {
        TITLE: Box(0.6, 0.66, 6.6, 1.45),
        LABEL: Box(0, 0, 13.333, 0.42),
        SENTENCE: Box(0.6, 2.3, 6.6, 3.9),
        SOURCE: Box(0.6, 6.2, 6.6, 1.0),
        NUMBER: Box(12.03, 6.95, 0.7, 0.35),
    },
    "Tabel": {
        TITLE: WIDE,
        LABEL: Box(0, 0, 13.333, 0.42),
        SENTENCE: Box(0.6, 1.58, 12.13, 0.7),
        CAPTION: Box(0.6, 6.12, 12.13, 0.36),
        SOURCE: Box(0.6, 6.58, 11.3, 0.82),
        NUMBER: Box(12.03, 6.95, 0.7, 0.35),
    },
    "Tekst": {
        TITLE: WIDE,
        LABEL: Box(0, 0, 13.333, 0.42),
        SENTENCE: Box(0.6, 1.75, 12.13, 4.65),
        SOURCE: Box(0.6, 6.58, 11.3, 0.82),
        NUMBER: Box(12.03, 6.95, 0.7, 0.35),
    },
}
"""Where everything stands, by layout."""

FIGURE = Box(4.7, 1.6, 8.03, 4.25)
"""Where charts and broad drawings stand."""

TALL = Box(7.5, 0.5, 5.3, 6.45)
"""Where maps and other tall drawings stand."""

TABLE = Box(0.6, 2.35, 12.13, 3.72)

NAMES = {
    TITLE: "Titel",
    SENTENCE: "Tekst",
    SOURCE: "Kilde",
    LABEL: "Mærke",
    CAPTION: "Undertekst",
    NUMBER: "Sidetal",
}
_SIZES = {TITLE: 28, SENTENCE: 20, SOURCE: 12, LABEL: 14, CAPTION: 14, NUMBER: 12}


def ink(colour: str) -> RGBColor:
    """Return a colour of the palette as the file has it."""
    value = int(colour.removeprefix("#"), 16)
    colour_of: Any = RGBColor  # untyped in python-pptx
    made: RGBColor = colour_of(value >> 16, value >> 8 & 255, value & 255)
    return made


def new_deck() -> Deck:
    """Return an empty presentation in this design."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    layouts = list(deck.slide_layouts)
    for layout in layouts[len(PLACES) :]:
        deck.slide_layouts.remove(layout)
    for properties in deck.element.iter(f"{{{_A}}}defRPr"):
        properties.set("lang", LANGUAGE)
    _theme(deck)
    _master(deck)
    for layout, (name, places) in zip(deck.slide_layouts, PLACES.items(), strict=True):
        _layout(layout._element, name, places)
    return deck


def _theme(deck: Deck) -> None:
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    theme.set("name", "Indsatsatlas")
    colours = {"dk2": TEXT, "lt2": LINE, "hlink": DIVERGING_FILLS[0], "folHlink": MUTED}
    colours |= {f"accent{number}": colour for number, colour in enumerate(COLOURS, start=1)}
    scheme = theme.find(f".//{{{_A}}}clrScheme")
    scheme.set("name", "Indsatsatlas")
    for colour in scheme:
        name = etree.QName(colour).localname
        if name in ("dk1", "lt1", *colours):
            value = {"dk1": TEXT, "lt1": "#ffffff"}.get(name) or colours[name]
            colour.clear()
            etree.SubElement(colour, f"{{{_A}}}srgbClr", val=value.lstrip("#").upper())
    fonts = theme.find(f".//{{{_A}}}fontScheme")
    fonts.set("name", "Indsatsatlas")
    for latin in fonts.iterfind(f".//{{{_A}}}latin"):
        latin.set("typeface", FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _master(deck: Deck) -> None:
    master = deck.slide_master._element
    _emptied(master)
    tree = master.cSld.spTree
    tree.append(_bar(2, Box(0.6, 0.52, 0.9, 0.06)))
    tree.append(_place(3, TITLE, "title", PLACES["Tekst"][TITLE], "t"))
    tree.append(_place(4, 1, "body", PLACES["Tekst"][SENTENCE], "t", size=20))
    tree.append(_place(5, NUMBER, "sldNum", PLACES["Tekst"][NUMBER], "b"))
    styles = master.find(f"{{{_P}}}txStyles")
    title = "".join(_level(1, 28, bold=True))
    body = "".join(_level(level, 20) for level in range(1, 6))
    master.replace(
        styles,
        parse_xml(
            f"<p:txStyles {_NS}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}"
            "</p:bodyStyle><p:otherStyle/></p:txStyles>"
        ),
    )


def _layout(layout: etree._Element, name: str, places: dict[int, Box]) -> None:
    _emptied(layout)
    layout.cSld.set("name", name)
    for key in ("type", "preserve"):
        layout.attrib.pop(key, None)
    layout.set("userDrawn", "1")
    tree = layout.cSld.spTree
    front = name == "Forside"
    if front:
        layout.set("showMasterSp", "0")
        tree.append(_bar(20, Box(0, 0, 0.35, 7.5)))
    for number, (idx, box) in enumerate(places.items(), start=2):
        kind = {TITLE: "ctrTitle" if front else "title", NUMBER: "sldNum"}.get(idx, "body")
        anchor = "b" if idx == NUMBER or (front and idx == TITLE) else "t"
        anchor = "ctr" if idx == LABEL else anchor
        size = 40 if front and idx == TITLE else 20 if front and idx == CAPTION else None
        tree.append(_place(number, idx, kind, box, anchor, size=size))


def _emptied(sheet: etree._Element) -> None:
    tree = sheet.cSld.spTree
    for child in list(tree)[2:]:
        tree.remove(child)


def _bar(number: int, box: Box) -> etree._Element:
    """Return a filled strip in the accent colour, which readers of the screen pass over."""
    return parse_xml(
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name="Streg"/><p:cNvSpPr/><p:nvPr '
        f'userDrawn="1"/></p:nvSpPr><p:spPr>{_xfrm(box)}<a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/>'
        "</a:ln></p:spPr></p:sp>"
    )


def _place(
    number: int, idx: int, kind: str, box: Box, anchor: str, *, size: int | None = None
) -> etree._Element:
    size = size or _SIZES.get(idx, 20)
    where = "" if idx == TITLE else f' idx="{idx}"'
    quarter = ' sz="quarter"' if kind in ("body", "sldNum") and idx != 1 else ""
    name = quoteattr(NAMES.get(idx, "Tekst"))
    colour = {SOURCE: "tx2", LABEL: "bg1", NUMBER: "tx2"}.get(idx, "tx1")
    bold = idx in (TITLE, LABEL)
    style = _level(1, size, bold=bold, colour=colour, right=kind == "sldNum")
    words = NAMES.get(idx, "Tekst")
    left = Inches(0.6) if idx == LABEL else 0
    fill = '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>' if idx == LABEL else ""
    text = (
        f'<a:fld id="{{00000000-1234-1234-1234-123412341234}}" type="slidenum"><a:rPr '
        f'lang="{LANGUAGE}"/><a:t>‹nr.›</a:t></a:fld>'
        if kind == "sldNum"
        else f'<a:r><a:rPr lang="{LANGUAGE}"/><a:t>{words}</a:t></a:r>'
    )
    return parse_xml(
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name={name}/><p:cNvSpPr><a:spLocks '
        f'noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{quarter}{where}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{_xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</p:spPr>'
        f'<p:txBody><a:bodyPr lIns="{left}" tIns="0" rIns="0" bIns="0" anchor="{anchor}">'
        f"<a:normAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _level(
    level: int, size: int, *, bold: bool = False, colour: str = "tx1", right: bool = False
) -> str:
    return (
        f'<a:lvl{level}pPr marL="0" indent="0" algn="{"r" if right else "l"}"><a:spcBef><a:spcPts '
        f'val="0"/></a:spcBef><a:buNone/><a:defRPr lang="{LANGUAGE}" sz="{size * 100}" '
        f'b="{int(bold)}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:latin '
        f'typeface="+mn-lt"/></a:defRPr></a:lvl{level}pPr>'
    )


def _xfrm(box: Box) -> str:
    left, top, width, height = box.emu()
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
