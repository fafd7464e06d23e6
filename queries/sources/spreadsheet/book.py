"""A spreadsheet as it was opened: texts in a grid, and what a reader must know of them.

`open_book` (opening.py) makes a `Book` of a file's bytes; mapping and reading start from it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from queries.sources.incoming import Finding

Runs = tuple[tuple[int, int], ...]
"""Rows or columns from and to, both from 0 and both included, in order."""
Rect = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0 and all included."""

NO_VALUE = "#UDEN VÆRDI"
"""What stands in a cell whose formula has no stored value: never empty, never a number."""
TRUE, FALSE = "SAND", "FALSK"
MOST_TOLD = 20
"""How many faults of a sheet are told one by one; the rest is counted."""
QUOTED = 40
"""How many characters of a cell a message may quote."""
CUT_OFF = "maybe_cut_off"
"""The code of a doubt that the end of a file is missing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell without a value to read: an error value (`#N/A`) or a formula never computed."""

    row: int
    column: int
    kind: Literal["error_value", "no_value"]
    text: str = ""


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet, or the whole of a text file, as texts.

    `cells` has only String columns, named "0", "1", …; A1 is row 0 of "0". Texts are tidied (one
    plain space for each run of any kind of space, none around); '' is empty, and there are no
    nulls. Empty rows and columns at the end are left out. What is merged is filled in its whole
    range, and `merged` keeps the ranges.

    `numeric`: the sheet is of a workbook. A number is then plain ('1234', '0.215': a point, no
    thousands, at most 15 digits), a date is 'YYYY-MM-DD' (with ' HH:MM:SS' where it has a time), a
    truth is SAND or FALSK. A cell that the workbook holds as text stays as it is written there
    ('1.234' may then be 1234): `text_mask` tells them. Where `numeric` is False all is as written.

    `percent_mask` tells numbers that the workbook shows as pct.: 0.21 there is 21 pct.
    `hidden_rows` and `hidden_columns` are those a reader of the sheet does not see; they are in
    `cells` like others. `faults` are cells without a value; their text is the error value or
    NO_VALUE.
    """

    name: str
    cells: pl.DataFrame
    numeric: bool
    hidden: bool = False
    merged: tuple[Rect, ...] = ()
    hidden_rows: Runs = ()
    hidden_columns: Runs = ()
    faults: tuple[Fault, ...] = ()
    percent: Mapping[int, Runs] = field(default_factory=dict)
    texts: Mapping[int, Runs] = field(default_factory=dict)
    first_row: int = 1

    @property
    def height(self) -> int:
        """How many rows."""
        return self.cells.height

    @property
    def width(self) -> int:
        """How many columns."""
        return self.cells.width

    def cell(self, row: int, column: int) -> str:
        """Return one text; '' outside the sheet."""
        if not (0 <= row < self.height and 0 <= column < self.width):
            return ""
        return str(self.cells.item(row, column))

    def is_percent(self, row: int, column: int) -> bool:
        """Whether the workbook shows the number as pct."""
        return within(self.percent.get(column, ()), row)

    def is_text(self, row: int, column: int) -> bool:
        """Whether the workbook holds the cell as text; always False where not `numeric`."""
        return within(self.texts.get(column, ()), row)

    def percent_mask(self, column: int) -> pl.Series:
        """Return one truth per row: the number is shown as pct."""
        return _mask(self.percent.get(column, ()), self.height)

    def text_mask(self, column: int) -> pl.Series:
        """Return one truth per row: the workbook holds the cell as text."""
        return _mask(self.texts.get(column, ()), self.height)

    def row_number(self, row: int) -> int:
        """Return the number that a spreadsheet shows for a row of `cells`."""
        return row + self.first_row

    def findings(
        self, columns: Collection[int] | None = None, rows: tuple[int, int] | None = None
    ) -> tuple[Finding, ...]:
        """Return the faults in these columns and rows (from, to; all where None) as findings.

        A formula without a value is an error, an error value a warning; the first MOST_TOLD are
        told one by one and the rest as a count of each.
        """
        first, last = rows or (0, self.height)
        asked = [
            fault
            for fault in self.faults
            if first <= fault.row <= last and (columns is None or fault.column in columns)
        ]
        told = [self._finding(fault) for fault in asked[:MOST_TOLD]]
        for kind in ("no_value", "error_value"):
            more = sum(1 for fault in asked[MOST_TOLD:] if fault.kind == kind)
            if more:
                what = "formler uden værdi" if kind == "no_value" else "celler med en fejlværdi"
                told.append(
                    Finding(
                        "error" if kind == "no_value" else "warning",
                        _CODES[kind],
                        f"Der er {more} {what} mere i arket.",
                        sheet=self.name,
                    )
                )
        return tuple(told)

    def _finding(self, fault: Fault) -> Finding:
        place = f"{letters(fault.column)}{self.row_number(fault.row)}"
        if fault.kind == "no_value":
            text = (
                f"Celle {place} har en formel uden en gemt værdi, og formler regnes ikke ud her. "
                "Åbn filen i et regneark, gem den igen, og prøv på ny."
            )
        else:
            text = (
                f"Celle {place} har fejlværdien {quote(fault.text)} i stedet for et tal. Ret "
                "formlen, eller skriv tallet, gem, og prøv igen."
            )
        return Finding(
            "error" if fault.kind == "no_value" else "warning",
            _CODES[fault.kind],
            text,
            sheet=self.name,
            row=self.row_number(fault.row),
            column=letters(fault.column),
            value=fault.text[:QUOTED],
        )


_CODES = {"no_value": "formula_without_value", "error_value": "error_value"}


@dataclass(frozen=True, eq=False)
class Book:
    """What one file holds. `form` and `remarks` are Danish; `findings` concern the whole file.

    `sheets` are those that were read, in the file's order, hidden ones and empty ones included;
    `sheet_names` are all that the file has. Faults of single cells are on the sheets.
    """

    sheets: tuple[Sheet, ...]
    form: str
    remarks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    sheet_names: tuple[str, ...] = ()


def letters(column: int) -> str:
    """Return a column's name in a spreadsheet: 0 is A, 26 is AA."""
    name, left = "", column + 1
    while left:
        left, at = divmod(left - 1, 26)
        name = chr(65 + at) + name
    return name


def quote(text: str) -> str:
    """Return a cell's text as a message may quote it: at most QUOTED printable characters."""
    text = "".join(sign if sign.isprintable() else " " for sign in text[: QUOTED + 1])
    return f"»{text if len(text) <= QUOTED else text[: QUOTED - 1] + '…'}«"


def within(runs: Runs, row: int) -> bool:
    """Whether a row, or column, is in one of the runs."""
    at = bisect_right(runs, (row, 1 << 62)) - 1
    return at >= 0 and runs[at][0] <= row <= runs[at][1]


def _mask(runs: Runs, height: int) -> pl.Series:
    if not runs:
        return pl.repeat(value=False, n=height, dtype=pl.Boolean, eager=True)
    starts = [first for first, _ in runs]
    ends = pl.Series([last for _, last in runs], dtype=pl.Int64)
    rows = pl.int_range(height, eager=True)
    at = pl.Series(starts, dtype=pl.Int64).search_sorted(rows, side="right").cast(pl.Int64) - 1
    within = rows <= ends.gather(at.clip(0))
    return (at >= 0) & within
