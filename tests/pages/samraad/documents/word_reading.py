"""A Word document read back without the code that wrote it: parts, texts, and what must hold."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
NAMES = {"w": W, "r": R, "a": A, "wp": WP, "asvg": SVG}

# The order that the schema demands of what we write; Word refuses some that are out of it.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps color spacing sz szCs u shd vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "trPr": "cantSplit trHeight tblHeader",
    "style": "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr "
    "tblPr tblStylePr",
    "settings": "zoom trackRevisions defaultTabStop evenAndOddHeaders characterSpacingControl "
    "footnotePr endnotePr compat themeFontLang decimalSymbol listSeparator",
}


@dataclass(frozen=True)
class Read:
    """The members of a document by name."""

    members: dict[str, bytes]

    def xml(self, name: str) -> Any:
        return etree.fromstring(self.members[name])

    @property
    def document(self) -> Any:
        return self.xml("word/document.xml")

    def all(self, path: str, name: str = "word/document.xml") -> list[Any]:
        return list(self.xml(name).xpath(path, namespaces=NAMES))

    def paragraphs(self, style: str) -> list[str]:
        """The texts of the paragraphs of a style, by its id."""
        return [text(p) for p in self.all(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")]

    def tables(self) -> list[list[list[str]]]:
        return [
            [
                [text(cell) for cell in row.findall(f"{{{W}}}tc")]
                for row in table.findall(f"{{{W}}}tr")
            ]
            for table in self.all("//w:tbl")
        ]

    def story(self) -> str:
        """All text of the body, a line for each paragraph."""
        return "\n".join(text(p) for p in self.all("//w:p"))

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Type, target and whether it is outside, by id, of a part's relations."""
        folder, name = part.rsplit("/", 1)
        rels = f"{folder}/_rels/{name}.rels"
        if rels not in self.members:
            return {}
        return {
            r.get("Id"): (r.get("Type"), r.get("Target"), r.get("TargetMode") == "External")
            for r in self.xml(rels)
        }


def read(body: bytes) -> Read:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return Read({name: archive.read(name) for name in names})


def text(element: Any) -> str:
    """What a reader sees of an element: without the instructions of fields."""
    out = []
    for found in element.iter(f"{{{W}}}t", f"{{{W}}}br", f"{{{W}}}tab"):
        out.append(found.text or "" if found.tag == f"{{{W}}}t" else "\n")
    return "".join(out)


def problems(body: bytes) -> list[str]:
    """Everything that would make Word say that a document is damaged, as far as is known."""
    found = []
    package = read(body)
    parts = [name for name in package.members if not name.endswith(".rels")]
    parsed = {
        name: etree.fromstring(content)
        for name, content in package.members.items()
        if name.endswith((".xml", ".rels", ".svg"))
    }
    types = parsed["[Content_Types].xml"]
    overrides = {t.get("PartName"): t.get("ContentType") for t in types if t.get("PartName")}
    defaults = {t.get("Extension"): t.get("ContentType") for t in types if t.get("Extension")}
    found += [f"no content type: {p}" for p in parts if not (
        p == "[Content_Types].xml" or f"/{p}" in overrides or p.rsplit(".", 1)[-1] in defaults
    )]  # fmt: skip
    found += [f"a type of nothing: {p}" for p in overrides if p.removeprefix("/") not in parts]
    for name, root in parsed.items():
        if not name.endswith(".rels"):
            continue
        ids = [r.get("Id") for r in root]
        found += [f"{name}: {i} twice" for i, count in Counter(ids).items() if count > 1]
        base = dirname(dirname(name))
        for relation in root:
            target = relation.get("Target")
            place = target.removeprefix("/") if target[0] == "/" else normpath(join(base, target))
            if relation.get("TargetMode") != "External" and place not in parts:
                found.append(f"{name}: {target} is not there")
    for name in parts:
        if name.startswith("word/") and name in parsed and not name.endswith(".svg"):
            known = package.relations(name)
            used = {
                value
                for element in parsed[name].iter()
                for key, value in element.attrib.items()
                if key.startswith(f"{{{R}}}")
            }
            found += [f"{name}: {i} is no relation" for i in used if i not in known]
    stories = [n for n in parts if re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", n)]
    found += _ids(package, stories)
    found += _fields(package, [*stories, *(n for n in parts if "footnotes" in n)])
    found += _styles(package, stories)
    return found


def disorder(body: bytes) -> list[str]:
    """What is out of the schema's order, or not in `ORDERS`, in a document on our own template."""
    found = []
    for name, content in read(body).members.items():
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        for element in etree.fromstring(content).iter(*(f"{{{W}}}{tag}" for tag in ORDERS)):
            tag = etree.QName(element).localname
            order = ORDERS[tag].split()
            children = [etree.QName(child).localname for child in element]
            if strange := [child for child in children if child not in order]:
                found.append(f"{name}: {tag} has {strange}")
            elif children != sorted(children, key=order.index):
                found.append(f"{name}: {tag} has {children}")
    return found


def _ids(package: Read, stories: list[str]) -> list[str]:
    found = []
    drawings = Counter(i for n in stories for i in package.all("//wp:docPr/@id", n))
    found += [f"drawing {i} twice" for i, count in drawings.items() if count > 1]
    starts = Counter(package.all("//w:bookmarkStart/@w:id"))
    names = Counter(package.all("//w:bookmarkStart/@w:name"))
    found += [f"bookmark {i} twice" for i, count in (starts + names).items() if count > 1]
    if set(starts) != set(package.all("//w:bookmarkEnd/@w:id")):
        found.append("a bookmark without an end")
    found += [
        f"a link to nothing: {a}" for a in package.all("//w:hyperlink/@w:anchor") if a not in names
    ]
    referred = package.all("//w:footnoteReference/@w:id")
    notes = [n for n in package.members if re.fullmatch(r"word/footnotes\d*\.xml", n)]
    ids = Counter(i for n in notes for i in package.all("/w:footnotes/w:footnote/@w:id", n))
    found += [f"footnote {i} twice" for i, count in ids.items() if count > 1]
    found += [f"no footnote {i}" for i in referred if i not in ids]
    special = {
        i
        for n in notes
        for i in package.all("//w:footnote[@w:type and @w:type!='normal']/@w:id", n)
    }
    found += [f"nobody refers to footnote {i}" for i in set(ids) - special - set(referred)]
    return found


def _fields(package: Read, names: list[str]) -> list[str]:
    found = []
    for name in names:
        depth = 0
        for kind in package.all("//w:fldChar/@w:fldCharType", name):
            depth += {"begin": 1, "separate": 0, "end": -1}[kind]
            if depth < 0:
                found.append(f"{name}: a field ends before it begins")
        if depth:
            found.append(f"{name}: a field without an end")
    return found


def _styles(package: Read, stories: list[str]) -> list[str]:
    kinds = {
        s.get(f"{{{W}}}styleId"): s.get(f"{{{W}}}type")
        for s in package.all("//w:style", "word/styles.xml")
    }
    found = []
    for tag, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
        used = {i for n in stories for i in package.all(f"//w:{tag}/@w:val", n)}
        found += [f"{tag} {i} is no {kind} style" for i in used if kinds.get(i) != kind]
    for tag in ("basedOn", "next", "link"):
        used = set(package.all(f"//w:style/w:{tag}/@w:val", "word/styles.xml"))
        found += [f"{tag} {i} is no style" for i in used if i not in kinds]
    for table in package.all("//w:tbl"):
        columns = len(table.findall(f"{{{W}}}tblGrid/{{{W}}}gridCol"))
        for row in table.findall(f"{{{W}}}tr"):
            spans = [
                int((c.xpath("w:tcPr/w:gridSpan/@w:val", namespaces=NAMES) or ["1"])[0])
                for c in row.findall(f"{{{W}}}tc")
            ]
            if sum(spans) != columns:
                found.append("a row with other columns than its table")
    return found
