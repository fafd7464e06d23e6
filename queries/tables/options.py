"""What a user may choose when a table is checked, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from queries.errors import UserError
from queries.tables.report import CRITERIA, METHODS, Method

HIGHEST_THRESHOLD = 100
NO_TOTALS = "ingen"
TOTALS = ("forste-raekke", "sidste-raekke", "forste-kolonne", "sidste-kolonne", NO_TOTALS)
BASES = (3, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Options:
    """The choices, with their defaults.

    `sheet` by name or number from 1 ('' the first with a table). `criterion` is one of CRITERIA.
    `without` are ids of relations that do not hold (see `report.Understood`). `totals` says which
    outer lines are totals, by the words in TOTALS; 'ingen' that there are none. `hidden_is_small`:
    whether a reader knows that every hidden number is below the threshold (None: as the text around
    the table says).
    `dash_is_zero` (None: as the table looks). `rounded_to` is what the table is rounded to, 1 for
    not (None: as it looks). `proposals` are the methods to try, `base` what is rounded to in one
    (None: the least that the criterion allows). `seconds` is the time for one proposal.
    """

    sheet: str = ""
    criterion: str = "strict"
    threshold: int = 3
    zeros_are_shown: bool = False
    without: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    hidden_is_small: bool | None = None
    dash_is_zero: bool | None = None
    rounded_to: int | None = None
    insiders: bool = True
    proposals: tuple[Method, ...] = METHODS
    base: int | None = None
    seconds: float = 10.0

    def __post_init__(self) -> None:
        if self.criterion not in CRITERIA:
            raise UserError("Kriteriet skal være strengt, regel eller eksakt.")
        if not 1 <= self.threshold <= HIGHEST_THRESHOLD:
            raise UserError(f"Tærsklen skal være et helt tal fra 1 til {HIGHEST_THRESHOLD}.")
        if unknown := set(self.totals) - set(TOTALS):
            raise UserError(f"{len(unknown)} ukendt total. Vælg mellem {', '.join(TOTALS)}.")
        if set(self.proposals) - set(METHODS):
            raise UserError("Forslag kan være at skjule, at afrunde eller at slå sammen.")
        if self.rounded_to is not None and not 1 <= self.rounded_to <= 1000:
            raise UserError("Tabellen kan være afrundet til et tal fra 1 (ikke) til 1000.")
        if self.base is not None and self.base not in BASES:
            raise UserError(f"Der kan afrundes til {', '.join(map(str, BASES))}.")

    @classmethod
    def from_fields(cls, given: dict[str, Any]) -> Options:
        """Return options from plain values, with lists as tuples; TypeError for unknown names."""
        known = {field.name for field in fields(cls)}
        if unknown := set(given) - known:
            raise TypeError(f"unknown options: {sorted(unknown)}")
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in given.items()
        }
        return cls(**plain)
