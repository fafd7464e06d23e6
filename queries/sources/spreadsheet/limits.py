"""How much one file may hold, and why. Each is checked before or while a file is read, not after.

A workbook costs far more memory than it fills: its parts are compressed, and every cell becomes
objects. A text costs a little more than itself. The limits let through what these users have (a
year of a register, ten million rows) and keep a hostile file within about one minute of one core
and two gigabytes.
"""

from __future__ import annotations

from queries.errors import UserError

TEXT_BYTES = 600_000_000
"""Bytes of a text: ten million rows of a register's extract are about 300 MB."""
WORKBOOK_BYTES = 150_000_000
"""Bytes of a workbook as it lies: the largest sheet that a spreadsheet can hold fills less."""
OLD_WORKBOOK_BYTES = 60_000_000
"""Bytes of an .xls, which is read whole: 65,536 rows of 60 columns fill 55 MB."""
PAGE_BYTES = 60_000_000
"""Bytes of a web page saved as a spreadsheet: markup is ten times its text."""
UNPACKED_BYTES = 300_000_000
"""Bytes that all parts read of a workbook may unpack to; counted as they unpack, for a zip's
directory may lie."""
ENTRIES = 10_000
"""Files in a zip: a workbook has some ten and a few for every sheet."""
ELEMENTS = 8_000_000
"""XML elements in a workbook: two for each cell, and empty cells that are only coloured."""
DEPTH = 60
"""XML elements within each other: a workbook needs about ten."""
SHEETS = 250
"""Sheets in a workbook: one per kommune and month of the year."""
ROWS = 12_000_000
"""Rows in a text; a workbook cannot have more than 1,048,576."""
COLUMNS = 1_000
"""Columns with anything in them: 98 kommuner, or ten years of months in several classes."""
TEXT_CELLS = 100_000_000
"""Rows times columns of a text: each costs 16 bytes, filled or not."""
WORKBOOK_CELLS = 3_000_000
"""Filled cells in a workbook, of all the sheets that are read; each costs some 100 bytes while it
is read and about two microseconds."""
GRID_CELLS = 20_000_000
"""Rows times columns of the sheets of a workbook: two far corners can claim billions."""
CELL_CHARACTERS = 32_767
"""Characters in a cell: what a spreadsheet can hold."""
CHARACTERS = 200_000_000
"""Characters in all cells of a workbook: one long text may be shared by millions of them."""
LINE_BYTES = 2_000_000
"""Bytes in a line of a text: a thousand columns of a few words."""
TOKEN_BYTES = 4_000_000
"""Bytes of one XML tag: a parser reads it anew with every piece until it ends."""
MERGED = 100_000
"""Merged ranges in a sheet."""
MERGED_CELLS = 2_000_000
"""Cells that merged ranges fill in a workbook; ranges that lie over each other claim billions."""
FAULTS = 10_000
"""Cells without a value that are listed; the rest still say so themselves."""
STRINGS = 3_000_000
"""Shared texts and formats in a workbook: no more than cells."""


def thousands(number: int) -> str:
    """Return a number as it is written in Danish."""
    return f"{number:,}".replace(",", ".")


def megabytes(number: int) -> str:
    """Return a number of bytes in MB, in Danish."""
    return f"{thousands(round(number / 1e6))} MB"


def check_bytes(content: bytes, most: int, what: str) -> None:
    """Raise UserError when a file fills more than `most`; `what` is Danish, of the file."""
    if len(content) > most:
        raise UserError(
            f"Filen fylder {megabytes(len(content))}, og {what} må højst fylde {megabytes(most)}. "
            "Del den i mindre filer, eller gem den som CSV, og prøv igen."
        )


def too_large(what: str, most: int, where: str = "") -> UserError:
    """Return the error for more than `most` of something; `what` is Danish, in plural."""
    return UserError(
        f"Filen er for stor: der kan højst læses {thousands(most)} {what}{where}. Er der mange "
        "tomme eller overflødige ark, rækker eller kolonner, så slet dem. Ellers del filen, eller "
        "gem tabellen som CSV, og prøv igen."
    )
