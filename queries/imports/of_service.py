"""Tables of services with an API: fetched, and imported in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from queries.errors import UserError


def fetch(
    request: Mapping[str, Any], accept: Sequence[str], step: Callable[[str, float], None]
) -> dict[str, Any]:
    """Fetch the entries asked for and import what is new; return the outcome's fields."""
    raise UserError("Der kan ikke hentes endnu.")
