"""The description of a table: its variables, their values, and when it was last updated."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from queries.sources.statbank.faults import fault

TO_DO = "Tjenestens format kan være lavet om; meld fejlen, hvis den bliver ved."


@dataclass(frozen=True)
class Value:
    """One value of a variable: its code and its Danish text."""

    code: str
    text: str


@dataclass(frozen=True)
class Variable:
    """One variable of a table; `is_time` for the one that holds the periods."""

    code: str
    text: str
    is_time: bool
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """A table as /tableinfo describes it; `variables` in the order of the service.

    `absent` is what a row that BULK leaves out means (the field suppressedDataValue, '0' in the
    tables known), None where the service does not say. `updated` is Danish local time.
    """

    table: str
    text: str
    unit: str
    updated: dt.datetime
    is_active: bool
    absent: str | None
    footnote: str
    variables: tuple[Variable, ...]

    @property
    def time(self) -> Variable:
        """The variable with the periods."""
        return next(one for one in self.variables if one.is_time)


def fold(text: str) -> str:
    """Reduce a label to what two spellings of it have in common: case, spaces, composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def read_tableinfo(table: str, found: Any) -> Table:
    """Return the description in `found` (JSON); raises StatbankError when it is not of `table`."""
    if not isinstance(found, Mapping) or _text(found, "id").casefold() != table.casefold():
        raise fault(table, "beskrivelsen af tabellen er ikke af den tabel.", TO_DO)
    try:
        updated = dt.datetime.fromisoformat(_text(found, "updated"))
    except ValueError:
        raise fault(table, "beskrivelsen siger ikke, hvornår den er opdateret.", TO_DO) from None
    given = found.get("variables")
    variables = tuple(_variable(table, one) for one in (given if isinstance(given, list) else ()))
    if sum(one.is_time for one in variables) != 1:
        raise fault(table, "beskrivelsen har ikke netop én tidsvariabel.", TO_DO)
    _unique(table, "variabler", (fold(one.code) for one in variables))
    note, absent = found.get("footnote"), found.get("suppressedDataValue")
    return Table(
        table=_text(found, "id").upper(),
        text=_text(found, "text"),
        unit=_text(found, "unit"),
        updated=updated,
        is_active=found.get("active") is not False,
        absent=absent.strip() if isinstance(absent, str) else None,
        footnote=_text(note, "text") if isinstance(note, Mapping) else "",
        variables=variables,
    )


def _variable(table: str, found: Any) -> Variable:
    given = found.get("values") if isinstance(found, Mapping) else None
    if not isinstance(given, list) or not given or not _text(found, "id"):
        raise fault(table, "beskrivelsen har en variabel uden kode eller værdier.", TO_DO)
    values = tuple(Value(_text(one, "id"), _text(one, "text")) for one in given)
    if not all(one.code for one in values):
        raise fault(table, f"variablen »{_text(found, 'text')}« har en værdi uden kode.", TO_DO)
    _unique(table, f"koder i »{_text(found, 'text')}«", (one.code for one in values))
    is_time = found.get("time") is True
    return Variable(_text(found, "id"), _text(found, "text"), is_time, values)


def _unique(table: str, what: str, codes: Iterable[str]) -> None:
    if twice := sorted(code for code, times in Counter(codes).items() if times > 1):
        raise fault(table, f"beskrivelsen har samme {what} to gange ({twice[0]}).", TO_DO)


def _text(found: Any, key: str) -> str:
    value = found.get(key) if isinstance(found, Mapping) else None
    return value.strip() if isinstance(value, str) else ""
