"""Pages on their side, for tables that are too wide for upright ones."""

from __future__ import annotations

import copy

from pages.samraad.documents.word.xml import Element, q, w

_TURNED = (("top", "left"), ("right", "top"), ("bottom", "right"), ("left", "bottom"))


def ending(section: Element) -> Element:
    """Return a small paragraph that ends a section set up as another one.

    How the other begins (its first page, its first number) is the part's before it from now on.
    """
    setup = copy.deepcopy(section)
    for tag in ("type", "titlePg"):
        for found in section.findall(q(f"w:{tag}")):
            section.remove(found)
    for found in section.findall(q("w:pgNumType")):
        found.attrib.pop(q("w:start"), None)
    small = w("rPr", w("sz", val=2), w("szCs", val=2))
    spacing = w("spacing", before=0, after=0, line=20, lineRule="exact")
    return w("p", w("pPr", spacing, small, setup))


def on_its_side(section: Element) -> Element:
    """Return the setup of a section with its pages turned, their text as wide as it was high."""
    turned = copy.deepcopy(section)
    size, margins = turned.find(q("w:pgSz")), turned.find(q("w:pgMar"))
    wide, high = size.get(q("w:w")), size.get(q("w:h"))
    size.set(q("w:w"), high)
    size.set(q("w:h"), wide)
    size.set(q("w:orient"), "landscape")
    if margins is not None:
        given = {side: margins.get(q(f"w:{side}")) for side, _ in _TURNED}
        for side, other in _TURNED:
            if (value := given[other]) is not None:
                margins.set(q(f"w:{side}"), value.removeprefix("-"))
    for found in turned.findall(q("w:cols")):
        turned.remove(found)
    return turned
