"""A spreadsheet or CSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from queries.errors import UserError
from queries.imports.reading import Reading


def read(request: Mapping[str, Any], content: bytes) -> Reading:
    """Return what a sheet holds; raises UserError where there are none."""
    raise UserError("Regneark kan ikke læses endnu.")
