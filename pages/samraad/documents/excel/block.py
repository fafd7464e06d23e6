"""Where a chart's numbers stand: to the right of it, on the sheet of its entry."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pages.samraad.documents.excel.looks import Looks


@dataclass(frozen=True)
class Block:
    """A sheet, how its cells look, and the cell of the block's own head, counted from 0."""

    book: Workbook
    sheet: Worksheet
    looks: Looks
    top: int
    left: int
