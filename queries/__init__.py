"""Everything about numbers. Pages import this façade and nothing below it."""

from __future__ import annotations

from queries.atlas import LAND, LEVELS, Atlas, Level, Source, SourceKind
from queries.errors import UserError, WarehouseUnavailableError
from queries.indicators.definition import Indicator

__all__ = [
    "LAND",
    "LEVELS",
    "Atlas",
    "Indicator",
    "Level",
    "Source",
    "SourceKind",
    "UserError",
    "WarehouseUnavailableError",
]
