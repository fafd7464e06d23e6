"""What a template of others fetches, runs or carries along: a document made on it has none of it.

Word fetches a linked picture, object or text when the document is opened, from wherever the
template says: that tells who reads it, and on Windows may hand over their sign-in.
"""

from __future__ import annotations

import re

from docx.document import Document
from lxml import etree

from pages.samraad.documents.word.xml import q
from queries import UserError

ADVICE = "Fjern det fra skabelonen, eller indsæt det i den i stedet for at linke, og prøv igen."
_FETCHED = ("/image", "/media", "/video", "/audio")
_RUN = ("/oleObject", "/aFChunk", "/subDocument", "/control", "/activeXControl", "/frame")
_FIELDS = re.compile(
    r"(?<!\w)(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|RD)(?!\w)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"[^"]*"')
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def check_reach(document: Document) -> None:
    """Raise UserError, in Danish, where a template fetches or runs something when it is opened."""
    package = document.part.package
    relations = [*package.rels.values()]
    for part in package.iter_parts():
        relations += part.rels.values()
        if part.content_type.endswith("+xml") and (name := _field(part.blob)):
            raise UserError(
                f"Skabelonen har et felt, der henter noget fra andre steder ({name.upper()}), og "
                f"det kan et samrådsdokument ikke have. {ADVICE}"
            )
    for relation in relations:
        kind = relation.reltype
        if kind.endswith(_RUN):
            raise UserError(
                "Skabelonen har et indsat eller linket objekt (fx et regneark, et underdokument "
                f"eller en knap), og det kan et samrådsdokument ikke have. {ADVICE}"
            )
        if relation.is_external and not kind.endswith("/hyperlink"):
            what = "et billede" if kind.endswith(_FETCHED) else "noget"
            raise UserError(
                f"Skabelonen henter {what} fra et andet sted, når den åbnes, og det kan et "
                f"samrådsdokument ikke have. {ADVICE}"
            )


def _field(blob: bytes) -> str:
    """Return the name of a field that fetches, '' where there is none."""
    if b"instr" not in blob:
        return ""
    root = etree.fromstring(blob, _PARSER)
    told = "".join(one.text or "" for one in root.iter(q("w:instrText")))
    told += " ".join(["", *(one.get(q("w:instr"), "") for one in root.iter(q("w:fldSimple")))])
    found = _FIELDS.search(_QUOTED.sub('""', told))
    return found.group() if found else ""
