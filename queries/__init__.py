"""Everything about numbers. Pages import this façade and nothing below it."""

from __future__ import annotations

from queries import statistics
from queries.atlas import LAND, LEVELS, Atlas, Level, SourceKind
from queries.claims import (
    HEDGES,
    Claim,
    Finding,
    Hedge,
    Reading,
    Report,
    Verdict,
    check_claims,
)
from queries.errors import UserError, WarehouseUnavailableError
from queries.imports import boundary as importing
from queries.indicators.definition import Indicator
from queries.month_names import MONTHS
from queries.records import Source
from queries.register.choices import CHOICES as REGISTER_CHOICES
from queries.register.choices import Choice, Choices
from queries.tables.boundary import check_table
from queries.tables.examples import examples as table_examples
from queries.tables.report import (
    CellVerdict,
    Outcome,
    Proposal,
    Summary,
    TableCell,
    TableReport,
    Understood,
)

REGISTER_DEFAULTS = Choices().as_dict()
"""The value of every choice in REGISTER_CHOICES that the numbers are made with."""

__all__ = [
    "HEDGES",
    "LAND",
    "LEVELS",
    "MONTHS",
    "REGISTER_CHOICES",
    "REGISTER_DEFAULTS",
    "Atlas",
    "CellVerdict",
    "Choice",
    "Claim",
    "Finding",
    "Hedge",
    "Indicator",
    "Level",
    "Outcome",
    "Proposal",
    "Reading",
    "Report",
    "Source",
    "SourceKind",
    "Summary",
    "TableCell",
    "TableReport",
    "Understood",
    "UserError",
    "Verdict",
    "WarehouseUnavailableError",
    "check_claims",
    "check_table",
    "importing",
    "statistics",
    "table_examples",
]
