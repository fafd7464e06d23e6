"""What an entry of the catalogue says of a table at Statistikbanken: its section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from queries.indicators.faults import DefinitionError, check_keys
from queries.sources.statbank.periods import period_of


@dataclass(frozen=True)
class Measure:
    """The values of a table that make one indicator, a count.

    `select` names one value by its text, for every variable but area and time, by its text: codes
    are found in the table's own description when it is fetched.
    """

    indicator_id: str
    select: Mapping[str, str]


@dataclass(frozen=True)
class StatbankSection:
    """How a table is asked for: the unit it must have, and what it gives.

    `first_period` is the first code of Tid that is fetched, '' for all that the table has.
    """

    unit: str
    indicators: tuple[Measure, ...]
    first_period: str = ""

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """The indicators that the table feeds."""
        return tuple(one.indicator_id for one in self.indicators)


def parse_statbank(where: str, data: dict[str, Any]) -> StatbankSection:
    """Read a section; raises DefinitionError for a missing, empty or unknown key.

    `totals` of the section are values chosen for all its indicators.
    """
    given = dict(data)
    totals = given.pop("totals", {})
    check_keys(where, given, StatbankSection, optional=("first_period",))
    measures = []
    for item in given["indicators"]:
        check_keys(where, item, Measure)
        chosen = dict(totals) | dict(item["select"])
        if not all(isinstance(text, str) and text for text in chosen.values()):
            raise DefinitionError(f"{where}: select maps the text of a variable to that of a value")
        measures.append(Measure(item["indicator_id"], chosen))
    ids = [one.indicator_id for one in measures]
    if len(ids) != len(set(ids)):
        raise DefinitionError(f"{where}: an indicator twice")
    first = given.get("first_period", "")
    if first and period_of(first) is None:
        raise DefinitionError(f"{where}: first_period {first!r} is not a code of Tid")
    return StatbankSection(given["unit"], tuple(measures), first)
