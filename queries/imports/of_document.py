"""A document with tables: PDF, DOCX or text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from queries.errors import UserError
from queries.imports.reading import Reading


def read(request: Mapping[str, Any], content: bytes) -> Reading:
    """Return what the tables of a document hold; raises UserError where there are none."""
    raise UserError("Dokumenter kan ikke læses endnu.")
