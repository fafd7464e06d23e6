"""How a sheet is read: where the table lies, and what each column and mark in it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from queries.errors import UserError
from queries.sources.spreadsheet.book import letters

ROLES = {
    "area": "område (kommune eller jobcenter)",
    "area_code": "områdets kode",
    "period": "periode",
    "year": "årstal",
    "part": "måned, kvartal eller uge",
    "breakdown": "opdeling",
    "measure": "hvad tallet er (antal, nævner eller andel)",
    "value": "tallet",
    "numerator": "tæller (antal personer)",
    "denominator": "nævner (alle personer)",
    "share": "andel i pct.",
    "ignore": "læses ikke",
}
"""What a column may be, with the Danish name of it."""
NUMBERS = ("numerator", "denominator", "share", "value")
LABELS = ("area", "area_code", "period", "year", "part", "breakdown", "measure")
MARKS = {
    "suppressed": "skjult af hensyn til personerne",
    "zero": "nul",
    "left_out": "oplyses ikke",
    "not_collected": "ikke opgjort for området",
}
"""What a mark may mean that stands in place of a number."""
STYLES = {"danish": "dansk: 1.234,5", "english": "engelsk: 1,234.5"}
"""How numbers are written as text; a workbook's own numbers need no style."""
LEVELS = {"kommune": "kommuner", "jobcenter": "jobcentre"}
EVERY = "*"
"""The breakdown of a column that holds for all of them, as a denominator they share."""
WHOLE = "alle"


@dataclass(frozen=True)
class Column:
    """A column that is read or passed over.

    `at` is its place from 0 and `heading` what stands above it. `period` and `breakdown` are those
    the heading names; '' leaves them to the row, or to the whole sheet. `scale` is 100 where a
    share is written as a fraction (0,21 for 21 pct.). `key` is the heading without periods.
    """

    at: int
    heading: str
    role: str
    period: str = ""
    breakdown: str = ""
    scale: int = 1
    key: str = ""

    @property
    def letter(self) -> str:
        """The column's letters in a spreadsheet."""
        return letters(self.at)


@dataclass(frozen=True)
class SheetMapping:
    """A sheet's layout and what it means; rows are numbered from 1 as a spreadsheet does.

    `fingerprint` is of the headings without the periods in them: next month's file has the same.
    `period` is that of the whole sheet, '' where rows or headings say. `marks` and `classes` are
    pairs: a text (casefolded), and what it means (a status; a breakdown or '' to leave it out).
    `measures` likewise says which texts are which number. `dash` is '' as long as nobody has said.
    `short_codes` says what '1701' is in a column of periods: M (month) or W (week). `excluded` are
    rows that the data owner leaves out. `fill_down` says that an area's name stands only in the
    first of its rows.
    """

    sheet: str
    fingerprint: str
    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    indicator_id: str = ""
    period: str = ""
    level: str = "kommune"
    numbers: str = "danish"
    dash: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    classes: tuple[tuple[str, str], ...] = ()
    measures: tuple[tuple[str, str], ...] = ()
    excluded: tuple[int, ...] = ()
    fill_down: bool = False
    short_codes: str = ""
    is_published: bool | None = None

    def of_role(self, *roles: str) -> tuple[Column, ...]:
        """Return the columns of some roles, in order."""
        return tuple(column for column in self.columns if column.role in roles)

    def one(self, role: str) -> Column | None:
        """Return the first column of a role, None where there is none."""
        return next(iter(self.of_role(role)), None)

    def to_json(self) -> dict[str, Any]:
        """Return the mapping as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> SheetMapping:
        """Return a mapping from its JSON; raises UserError when it is none."""
        try:
            known = {field.name: given[field.name] for field in fields(cls) if field.name in given}
            known["columns"] = tuple(Column(**one) for one in known["columns"])
            for name in ("marks", "classes", "measures"):
                known[name] = tuple((str(a), str(b)) for a, b in known.get(name, ()))
            for name in ("header_rows", "excluded"):
                known[name] = tuple(int(row) for row in known.get(name, ()))
            mapping = cls(**known)
            check_parts(mapping)
        except (KeyError, TypeError, ValueError) as fault:
            raise UserError(
                "Den gemte opsætning kan ikke læses: den er ødelagt eller fra en anden udgave. "
                "Læs filen uden den, og gem opsætningen igen."
            ) from fault
        return mapping


def check_parts(mapping: SheetMapping) -> None:
    """Raise UserError for a part that no sheet can have, whatever stands in it."""
    for column in mapping.columns:
        place = f"kolonne {column.letter}"
        one_of(column.role, ROLES, f"rollen for {place}")
        if column.scale not in {1, 100}:
            raise UserError(f"Skalaen for {place} er {column.scale}; den skal være 1 eller 100.")
    one_of(mapping.level, LEVELS, "områdernes art")
    one_of(mapping.numbers, STYLES, "talformen")
    if mapping.dash:
        one_of(mapping.dash, MARKS, "betydningen af »-«")
    for mark, status in mapping.marks:
        one_of(status, MARKS, f"betydningen af »{mark}«")
    if not 1 <= mapping.first_row <= mapping.last_row:
        raise UserError(
            f"Tabellens første række er {mapping.first_row} og den sidste {mapping.last_row}. "
            "Den første skal være mindst 1 og højst den sidste. Ret dem."
        )


def one_of(value: str, choices: Mapping[str, str], what: str) -> None:
    """Raise UserError unless `value` is one of `choices`."""
    if value not in choices:
        offered = ", ".join(f"»{key}« ({label})" for key, label in choices.items())
        raise UserError(f"»{value}« kan ikke være {what}. Vælg en af: {offered}.")
