"""The styles a document needs, found in the template whatever Word's language, or added to it.

A style is known by what it is for (its role). Built-in ones have English names inside the file
('heading 1') and ids in Word's own language ('Overskrift1').
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pages.samraad.documents.word.xml import Element, W, q, w

INK = "1B2A41"
GREY = "595959"
RED = "A3001B"
LANGUAGE = "da-DK"


@dataclass(frozen=True)
class Style:
    """A style as it is when the template has none: its names, and what is in `w:style`."""

    name: str
    style_id: str
    danish: str = ""
    """Its name in a Danish Word, as other programs write it."""
    kind: str = "paragraph"
    based_on: str | None = "normal"
    following: str | None = "normal"
    body: str = ""
    """Paragraph and run properties, as XML."""


def _heading(level: int, size: int, before: int) -> Style:
    return Style(
        f"heading {level}",
        f"Heading{level}",
        f"Overskrift {level}",
        body=f'<w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>'
        f'<w:suppressAutoHyphens/><w:spacing w:before="{before}" w:after="100" w:line="264" '
        f'w:lineRule="auto"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:color w:val="{INK}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        "</w:rPr>",
    )


def _own(role: str, name: str, properties: str, letters: str = "") -> tuple[str, Style]:
    body = f"<w:qFormat/><w:pPr>{properties}</w:pPr>"
    return role, Style(name, f"Samraad{role}", following=None, body=body + _letters(letters))


def _letters(properties: str) -> str:
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def _spacing(before: int, after: int, line: int = 264) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


_GREY = f'<w:color w:val="{GREY}"/>'
_TOC = "<w:uiPriority w:val='39'/><w:pPr>{}<w:spacing w:before='{}' w:after='40'/>{}</w:pPr>"
_EDGE = (
    '<w:pBdr><w:left w:val="single" w:sz="{}" w:space="8" w:color="{}"/></w:pBdr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'
)

ROLES: dict[str, Style] = {
    "normal": Style("Normal", "Normal", "Normal", based_on=None, following=None),
    "letters": Style(
        "Default Paragraph Font", "DefaultParagraphFont", kind="character", based_on=None
    ),
    "table": Style("Normal Table", "TableNormal", kind="table", based_on=None),
    "title": Style(
        "Title",
        "Title",
        "Titel",
        body=f"<w:qFormat/><w:pPr><w:keepNext/>{_spacing(60, 120, 240)}</w:pPr>"
        f'<w:rPr><w:b/><w:color w:val="{INK}"/>{_size(52)}</w:rPr>',
    ),
    "subtitle": Style(
        "Subtitle",
        "Subtitle",
        "Undertitel",
        body=f"<w:qFormat/><w:pPr>{_spacing(0, 200)}</w:pPr><w:rPr>{_GREY}{_size(26)}</w:rPr>",
    ),
    "heading_1": _heading(1, 34, 480),
    "heading_2": _heading(2, 26, 440),
    "heading_3": _heading(3, 21, 280),
    "caption": Style(
        "caption",
        "Caption",
        "Billedtekst",
        body=f"<w:qFormat/><w:pPr><w:keepLines/>{_spacing(80, 120, 252)}</w:pPr>"
        f'<w:rPr><w:b/><w:color w:val="{INK}"/>{_size(18)}</w:rPr>',
    ),
    "toc_heading": Style(
        "TOC Heading",
        "TOCHeading",
        "Overskrift til indholdsfortegnelse",
        body=f"<w:pPr><w:keepNext/>{_spacing(360, 80)}</w:pPr>"
        f'<w:rPr><w:b/><w:color w:val="{INK}"/>{_size(26)}</w:rPr>',
    ),
    "toc_1": Style(
        "toc 1", "TOC1", "Indholdsfortegnelse 1", body=_TOC.format("", 80, "")
    ),
    "toc_2": Style(
        "toc 2",
        "TOC2",
        "Indholdsfortegnelse 2",
        body=_TOC.format("", 0, "<w:ind w:left='340'/>"),
    ),
    "footnote": Style(
        "footnote text",
        "FootnoteText",
        "Fodnotetekst",
        following=None,
        body=f"<w:pPr>{_spacing(0, 20, 240)}</w:pPr><w:rPr>{_size(17)}</w:rPr>",
    ),
    "footnote_mark": Style(
        "footnote reference",
        "FootnoteReference",
        "Fodnotehenvisning",
        kind="character",
        based_on="letters",
        following=None,
        body='<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    ),
    "header": Style(
        "header",
        "Header",
        "Sidehoved",
        following=None,
        body='<w:pPr><w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>'
        f"{_spacing(0, 0, 240)}</w:pPr><w:rPr>{_GREY}{_size(16)}</w:rPr>",
    ),
    "footer": Style(
        "footer",
        "Footer",
        "Sidefod",
        following=None,
        body='<w:pPr><w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>'
        f"{_spacing(0, 0, 240)}</w:pPr><w:rPr>{_GREY}{_size(16)}</w:rPr>",
    ),
    **dict(
        [
            _own("kind", "Samråd art", _spacing(0, 0), f"<w:b/><w:caps/>{_GREY}{_size(18)}"),
            _own("fact", "Samråd oplysning", _spacing(0, 40), _size(19)),
            _own("question", "Samråd spørgsmål", _EDGE.format(24, INK, "F2F4F7")
                 + _spacing(0, 0, 276) + '<w:ind w:left="227" w:right="113"/>', _size(22)),
            _own("under", "Samråd undertitel", f"<w:keepNext/>{_spacing(0, 120)}",
                 f"{_GREY}{_size(19)}"),
            _own("sentence", "Samråd sætning", _spacing(0, 140, 276), _size(23)),
            _own("comment", "Samråd kommentar", _EDGE.format(12, "8A9BB4", "FFFFFF")
                 + _spacing(60, 140) + '<w:ind w:left="227"/>', "<w:i/>"),
            _own("figure", "Samråd figur", f"<w:keepNext/>{_spacing(160, 40, 240)}"
                 '<w:jc w:val="center"/>'),
            _own("cell", "Samråd tabeltekst", _spacing(20, 20, 240), _size(18)),
            _own("note", "Samråd note", f"<w:keepLines/>{_spacing(40, 40, 252)}",
                 f"{_GREY}{_size(17)}"),
            _own("warning", "Samråd advarsel", "<w:keepLines/>" + _EDGE.format(24, RED, "FBECEE")
                 + _spacing(120, 120) + '<w:ind w:left="227" w:right="113"/>',
                 f'<w:b/><w:color w:val="{RED}"/>{_size(19)}'),
            _own("source", "Samråd kilde", f"<w:keepLines/>{_spacing(0, 120)}"
                 '<w:ind w:left="340" w:hanging="340"/>', _size(19)),
        ]
    ),
    "grid": Style(
        "Samråd tabel",
        "Samraadgrid",
        kind="table",
        based_on="table",
        following=None,
        body='<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" '
        f'w:color="{INK}"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>'
        '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9CFD8"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        '</w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>'
        '</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="E8ECF2"/></w:tcPr>'
        "</w:tblStylePr>",
    ),
}  # fmt: skip


class Styles:
    """The ids of a template's styles by role; a style that it has not is added when asked for."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._ids: dict[str, str] = {}
        self._speak_danish()

    def __getitem__(self, role: str) -> str:
        """Return the id of the style for a role."""
        if role not in self._ids:
            style = ROLES[role]
            found = self._found(style)
            self._ids[role] = found if found is not None else self._added(style)
        return self._ids[role]

    def _found(self, style: Style) -> str | None:
        mine = [s for s in self._root.iter(q("w:style")) if s.get(q("w:type")) == style.kind]
        wanted = (
            lambda s: _name(s) == style.name.casefold(),
            lambda s: bool(style.danish) and _name(s) == style.danish.casefold(),
            lambda s: (
                bool(style.danish)
                and s.get(q("w:styleId"), "").casefold() == style.danish.replace(" ", "").casefold()
            ),
        )
        for is_it in wanted:
            if found := [s for s in mine if is_it(s)]:
                return str(found[0].get(q("w:styleId")))
        return None

    def _added(self, style: Style) -> str:
        taken = {s.get(q("w:styleId")) for s in self._root.iter(q("w:style"))}
        style_id = style.style_id
        while style_id in taken:
            style_id += "x"
        based = self[style.based_on] if style.based_on else None
        following = self[style.following] if style.following else None
        made = w(
            "style",
            w("name", val=style.name),
            w("basedOn", val=based) if based else None,
            w("next", val=following) if following and style.kind == "paragraph" else None,
            type=style.kind,
            styleId=style_id,
            default=1 if not style.based_on else None,
            customStyle=1 if style.name.startswith("Samråd") else None,
        )
        made.extend(list(etree.fromstring(f'<x xmlns:w="{W}">{style.body}</x>')))
        self._root.append(made)
        return style_id

    def _speak_danish(self) -> None:
        """Tag the text that a template's styles do not tag otherwise as Danish."""
        defaults = self._root.find(q("w:docDefaults"))
        if defaults is None:
            defaults = w("docDefaults")
            self._root.insert(0, defaults)
        letters = _within(_within(defaults, "rPrDefault", first=True), "rPr")
        plain_text = [
            s.find(q("w:rPr"))
            for s in self._root.iter(q("w:style"))
            if s.get(q("w:default")) in ("1", "true") and s.get(q("w:type")) == "paragraph"
        ]
        language = letters.find(q("w:lang"))
        if language is None:
            language = w("lang", eastAsia="en-US", bidi="ar-SA")
            # The few properties that come after the language in the schema.
            after = [letters.find(q(f"w:{tag}")) for tag in ("eastAsianLayout", "specVanish")]
            place = next((found for found in after if found is not None), None)
            letters.append(language) if place is None else place.addprevious(language)
        own = [p.find(q("w:lang")) for p in plain_text if p is not None]
        for tagged in (language, *(found for found in own if found is not None)):
            tagged.set(q("w:val"), LANGUAGE)


def _name(style: Element) -> str:
    name = style.find(q("w:name"))
    return "" if name is None else str(name.get(q("w:val"), "")).casefold()


def _within(parent: Element, tag: str, *, first: bool = False) -> Element:
    """Return a child, made where there is none."""
    found = parent.find(q(f"w:{tag}"))
    if found is None:
        found = w(tag)
        parent.insert(0, found) if first else parent.append(found)
    return found
