"""What a run shall compute, and the numbers by which its compiled loops know codes and places."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from queries.errors import UserError
from queries.register.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    Month,
    Tables,
    day_number,
    month_range,
    tables,
    week_of,
)
from queries.register.choices import Choices
from queries.register.kernel.cleaning import UNLISTED
from queries.register.kernel.settings import Settings, settings
from queries.register.mapping import OFFERS, CodeList
from queries.sources import facts

UNKNOWN_KOMMUNE = "uoplyst"
LARGEST_CODE = 1 << 16


def all_kommuner() -> tuple[str, ...]:
    """Return the four-digit codes of all kommuner, sorted."""
    return tuple(sorted(facts.read_facts("kommuner")["kommunekode"]))


@dataclass(frozen=True)
class Plan:
    """The question: which months, by which choices, read on which day.

    `as_of` is the day up to which the register is known; nothing after it counts.
    """

    code_list: CodeList
    choices: Choices
    first: Month
    last: Month
    as_of: dt.date
    kommuner: tuple[str, ...]

    def __post_init__(self) -> None:
        month_range(self.first, self.last)
        if not FIRST_YEAR < self.as_of.year < LAST_YEAR:
            raise UserError(
                f"Opgørelsesdagen {self.as_of} skal ligge mellem {FIRST_YEAR + 1} og "
                f"{LAST_YEAR - 1}."
            )
        if self.last.first_day > self.as_of:
            raise UserError(
                f"Perioden slutter {self.last}, men registret er kun kendt til {self.as_of}. "
                "Vælg en tidligere sidste måned (--months FRA TIL) eller en senere opgørelsesdag "
                "(--as-of DATO)."
            )

    @cached_property
    def months(self) -> list[Month]:
        """The months, in order."""
        return month_range(self.first, self.last)

    @cached_property
    def tables(self) -> Tables:
        """The calendar of the run."""
        return tables(self.months, self.choices)

    @cached_property
    def settings(self) -> Settings:
        """The choices as the loops take them."""
        return settings(
            self.choices,
            benefits=len(self.code_list.benefits),
            kommuner=len(self.places),
            months=len(self.months),
        )

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Kommuner in the order of the loops; the last is for those that are not known."""
        return (*self.kommuner, UNKNOWN_KOMMUNE)

    @property
    def as_of_week(self) -> int:
        """The number of the week that contains `as_of`."""
        return week_of(self.as_of)

    @property
    def as_of_day(self) -> int:
        """The number of the day `as_of`."""
        return day_number(self.as_of)

    @cached_property
    def kommune_places(self) -> NDArray[np.int8]:
        """Place of each kommune by its code as a number; the last for every other number."""
        table = np.full(1001, len(self.kommuner), np.int8)
        for place, code in enumerate(self.kommuner):
            table[int(code)] = place
        return table

    @cached_property
    def code_numbers(self) -> dict[str, int]:
        """A number for each benefit code: itself where it is a number, else a large one."""
        codes = [code for codes in self.code_list.benefits.values() for code in codes]
        return {code: _number(code, place) for place, code in enumerate(codes)}

    @cached_property
    def code_tables(self) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
        """Benefit and place in the list by code number; the last for every other number."""
        size = max([*self.code_numbers.values(), 0]) + 2
        benefits = np.full(size, len(self.code_list.benefits), np.int8)
        places = np.zeros(size, np.int16)
        meaning = self.code_list.numbered(self.code_list.benefits)
        for place, (code, number) in enumerate(self.code_numbers.items()):
            benefits[number], places[number] = meaning[code], place
        return benefits, places

    @cached_property
    def offer_kinds(self) -> dict[str, int]:
        """Kind of each offer type; a type that is not here is UNLISTED."""
        found = self.code_list.offers
        return {code: kind for kind, name in enumerate(OFFERS) for code in found.get(name, ())}

    def kind_of(self, offer_type: str | None) -> int:
        """Return the kind of one offer type."""
        return self.offer_kinds.get((offer_type or "").strip(), UNLISTED)


def _number(code: str, place: int) -> int:
    if code.isascii() and code.isdecimal() and str(int(code)) == code and int(code) < LARGEST_CODE:
        return int(code)
    return LARGEST_CODE + place
