"""XML and HTML read without what they can do to a machine."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from queries.sources.documents.model import DocumentError

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parse_xml(content: bytes, damaged: str) -> Any:
    """Return the root of an XML part; DocumentError(`damaged`) for one that is not well-formed.

    A document type is refused: it can name files and other machines, and grow without end.
    """
    if _DOCTYPE.search(content) or b"\0" in content[:200]:
        raise DocumentError(damaged)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        raise DocumentError(damaged) from None
    if root is None:
        raise DocumentError(damaged)
    return root


def parse_html(text: str) -> Any:
    """Return the root of a web page, or None for one without any element."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    content = re.sub(r"^\s*<\?xml[^>]*>", "", text).encode("utf-8", "replace")
    try:
        return html.document_fromstring(content.replace(b"\0", b" "), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def local(element: Any) -> str:
    """Return the name of an element without its namespace, '' for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """Return an attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Any, *path: str) -> Any:
    """Return the first element below by a path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((part for part in element if local(part) == name), None)
    return element
