"""What a workbook's number, text, truth or error is in a `Sheet`, the same for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from queries.errors import UserError
from queries.sources.incoming import Finding
from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.book import FALSE, NO_VALUE, TRUE, Fault, letters
from queries.sources.spreadsheet.formats import Shown, date_text, plain_number
from queries.sources.spreadsheet.grid import Grid

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""What a sheet of a workbook can hold at all."""
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}
ERRORS |= {42: "#N/A", 43: "#GETTING_DATA"}
MACROS = "Filen har makroer. De er ikke kørt, og kun de gemte værdier i arkene er læst."
LINKS = "Filen henter tal fra andre filer. De er ikke hentet: de værdier, der er gemt, er læst."


@dataclass(frozen=True, slots=True)
class Values:
    """Puts values into a grid. `shown` is what each style shows; dates count from 1900 or 1904."""

    grid: Grid
    shown: Sequence[Shown]
    from_1904: bool

    def number(self, row: int, column: int, value: float, style: int) -> None:
        """Add a number, a share or a date, by its style."""
        if not -1e300 < value < 1e300:  # neither infinite nor no number
            self.error(row, column, "#NUM!")
            return
        shown = self.shown[style] if style < len(self.shown) else "number"
        if shown in {"date", "time", "elapsed"}:
            date = date_text(value, shown, from_1904=self.from_1904)
            self.grid.add(row, column, plain_number(value) if date is None else date)
        else:
            self.grid.add(row, column, plain_number(value), percent=shown == "percent")

    def text(self, row: int, column: int, text: str) -> None:
        """Add a tidied text, if it is not empty."""
        if len(text) > limits.CELL_CHARACTERS:
            raise UserError(
                f"Celle {letters(column)}{row + 1} har flere end "
                f"{limits.thousands(limits.CELL_CHARACTERS)} tegn, og det kan et regneark ikke "
                "have. Filen er beskadiget: åbn den i et regneark, gem den igen, og prøv på ny."
            )
        if text:
            self.grid.add(row, column, text, written=True)

    def truth(self, row: int, column: int, *, value: bool) -> None:
        """Add a truth."""
        self.grid.add(row, column, TRUE if value else FALSE)

    def error(self, row: int, column: int, text: str) -> None:
        """Add an error value."""
        self.grid.fault(Fault(row, column, "error_value", text[:40]))

    def nothing(self, row: int, column: int) -> None:
        """Add a formula without a stored value."""
        self.grid.fault(Fault(row, column, "no_value", NO_VALUE))


def to_be_computed(formulas: int) -> tuple[Finding, ...]:
    """Return the finding for formulas that a file asks to have computed when it is opened."""
    if not formulas:
        return ()
    return (
        Finding(
            "warning",
            "formulas_to_be_computed",
            f"Filen har {limits.thousands(formulas)} celler med formler og beder selv om, at de "
            "regnes ud, når den åbnes: de gemte værdier kan være forældede eller kun være 0. "
            "Åbn filen i et regneark, gem den igen, og prøv på ny.",
        ),
    )
