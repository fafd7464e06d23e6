"""A figure in a document: a picture at 300 dots per inch, and the drawing itself where it can be.

Word draws the drawing where it finds one. It has not our fonts, so letters are shapes in it; and it
is not known to draw hatches and clipped lines, by which hidden numbers are told from others: a
drawing with those is given as a picture alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from pages.figures.outlined import outlined
from pages.figures.png import svg_to_png_apart
from pages.samraad.documents.word.template import stories
from pages.samraad.documents.word.xml import Element, R, one_line, w

DOTS_PER_INCH = 300
EMU_PER_TWIP = 635
TWIPS_PER_INCH = 1440
CAPTIONED, HEADED = 2600, 4300
"""Twips that a page has left beside a figure: for its caption, or for its chapter's head too."""
READABLE = 0.7
"""A drawing is made for a page's width; its letters are too small at less of it than this."""
SMALLEST = 0.6
"""A whole drawing may be so small to stand right below its sentence."""
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_INLINE = """<wp:inline xmlns:wp="{d}/wordprocessingDrawing" xmlns:a="{d}/main" xmlns:r="{r}"
 distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>
<wp:docPr id="{id}" name="Figur {id}" descr={alt} title={title}/>
<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>
<a:graphic><a:graphicData uri="{d}/picture"><pic:pic xmlns:pic="{d}/picture">
<pic:nvPicPr><pic:cNvPr id="{id}" name="figur_{n}.png" descr={alt}/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{png}">{vector}</a:blip>
<a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>
</wp:inline>"""

_VECTOR = """<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip
 xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{svg}"/></a:ext>
</a:extLst>"""


@dataclass
class Drawings:
    """The figures of a document, each with an id that nothing else in it has."""

    document: Document
    width: int
    height: int
    """What the text of a page takes, in twips."""

    def __post_init__(self) -> None:
        ids = [
            int(found.get("id", "0"))
            for story in stories(self.document)
            for found in story.iter(f"{{{_DRAWING}/wordprocessingDrawing}}docPr")
            if found.get("id", "0").isdigit()
        ]
        self._id = max(ids, default=0)
        self._count = 0

    @property
    def tallest(self) -> float:
        """How many times as high as wide a drawing may be, to be read below its heading."""
        return (self.height - HEADED) / (READABLE * self.width)

    def add(
        self,
        svg: str,
        alt: str,
        title: str,
        *,
        cut: bool = False,
        taken: tuple[int, ...] = (HEADED,),
    ) -> Element:
        """Return the run of a figure as large as the page allows; its files join the package.

        One that was `cut` out of another is given as a picture alone. `taken` is what else should
        stand on its page, in twips, or must.
        """
        self._id += 1
        self._count += 1
        wide, high = placed(svg, self.width, self.height, taken)
        dots = round(wide / TWIPS_PER_INCH * DOTS_PER_INCH)
        picture = svg_to_png_apart(svg, width=dots)
        inline = _INLINE.format(
            d=_DRAWING,
            r=R,
            cx=wide * EMU_PER_TWIP,
            cy=high * EMU_PER_TWIP,
            id=self._id,
            n=self._count,
            alt=quoteattr(one_line(alt)),
            title=quoteattr(one_line(title)),
            png=self._part("png", "image/png", picture),
            vector="" if cut else self._vector(svg),
        )
        return w("r", w("drawing", etree.fromstring(inline.replace("\n", ""))))

    def _vector(self, svg: str) -> str:
        if "url(#" in svg:
            return ""
        drawn = outlined(svg)
        if "<text" in drawn:
            return ""
        return _VECTOR.format(svg=self._part("svg", "image/svg+xml", drawn.encode()))

    def _part(self, ending: str, kind: str, body: bytes) -> str:
        package = self.document.part.package
        name = package.next_partname(f"/word/media/samraad%d.{ending}")
        part = Part(PackURI(name), kind, body, package)
        return str(self.document.part.relate_to(part, _IMAGE))


def placed(
    svg: str, width: int, height: int, taken: tuple[int, ...] = (HEADED,)
) -> tuple[int, int]:
    """Return a figure's size on a page: below its heading and sentence, if it is readable there.

    It follows them at `SMALLEST` of the size that it has on a page of its own, or more. The first
    of `taken` that leaves it so large is left for other things.
    """
    alone = fitted(svg, width, max(height - CAPTIONED, height // 2))
    for room in taken:
        below = fitted(svg, width, max(height - max(room, HEADED), height // 3))
        if below[0] >= SMALLEST * alone[0]:
            return below
    return alone


def fitted(svg: str, width: int, height: int) -> tuple[int, int]:
    """Return the largest size with the drawing's own proportions that fits, in whole units."""
    wide, high = proportions(svg)
    scale = min(width / wide, height / high)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def proportions(svg: str) -> tuple[float, float]:
    """Return width and height of a drawing in its own units; raises ValueError without a box."""
    found = re.search(r'viewBox="([-\d.eE, ]+)"', svg)
    if found is None:
        raise ValueError("the drawing has no viewBox")
    _, _, wide, high = (float(number) for number in re.split("[ ,]+", found[1].strip()))
    return wide, high
