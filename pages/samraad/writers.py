"""The documents that a folder can become: what each is called, and who writes it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any


@dataclass(frozen=True)
class Document:
    """One kind of document: its label, the ending of its file, and the module that writes it."""

    label: str
    extension: str
    media_type: str
    module: str


OFFICE = "application/vnd.openxmlformats-officedocument."
ZIP = "application/zip"
DOCUMENTS: Mapping[str, Document] = {
    "word": Document(
        "Word", "docx", f"{OFFICE}wordprocessingml.document", "pages.samraad.documents.word"
    ),
    "pdf": Document("PDF", "pdf", "application/pdf", "pages.samraad.documents.pdf"),
    "powerpoint": Document(
        "PowerPoint",
        "pptx",
        f"{OFFICE}presentationml.presentation",
        "pages.samraad.documents.powerpoint",
    ),
    "excel": Document(
        "Excel", "xlsx", f"{OFFICE}spreadsheetml.sheet", "pages.samraad.documents.excel"
    ),
    "note": Document("Kommunenotater", "pdf", "application/pdf", "pages.samraad.documents.note"),
}


@cache
def is_there(what: str) -> bool:
    """Whether the writer of a document is part of this atlas; it is not imported here."""
    found = find_spec(DOCUMENTS[what].module)
    return found is not None and found.origin is not None


def writer(what: str) -> Callable[..., Any]:
    """Return the function that writes a document."""
    found: Callable[..., Any] = importlib.import_module(DOCUMENTS[what].module).write
    return found
