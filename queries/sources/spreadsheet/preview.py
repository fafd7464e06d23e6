"""The first rows of a sheet, and what a mapping takes each of them for."""

from __future__ import annotations

from dataclasses import dataclass

from queries.sources.spreadsheet.area_column import places
from queries.sources.spreadsheet.book import Sheet
from queries.sources.spreadsheet.mapping import SheetMapping

_ROWS = 30
_BEFORE = 6


@dataclass(frozen=True)
class Preview:
    """Rows as texts, the first of them numbered `first_row`, and the numbers of what they are."""

    first_row: int
    rows: tuple[tuple[str, ...], ...]
    header_rows: tuple[int, ...]
    data_rows: tuple[int, ...]
    left_out: tuple[int, ...]


def preview_of(sheet: Sheet, mapping: SheetMapping) -> Preview:
    """Return the rows from just above the headings on."""
    offset = sheet.first_row
    top = min((*mapping.header_rows, mapping.first_row)) - offset
    begin = max(0, top - _BEFORE)
    rows = sheet.cells[begin : begin + _ROWS].rows()
    area = mapping.one("area")
    names = [row[area.at] if area else "" for row in rows]
    found = places(filter(None, names), mapping.level)
    data: list[int] = []
    left_out: list[int] = []
    for at, (row, name) in enumerate(zip(rows, names, strict=True)):
        number = begin + at + offset
        if not any(row) or number in mapping.header_rows:
            continue
        inside = mapping.first_row <= number <= mapping.last_row and number not in mapping.excluded
        read = inside and (
            (name in found and found[name].kind == "area") or (not name and mapping.fill_down)
        )
        (data if read else left_out).append(number)
    return Preview(begin + offset, tuple(rows), mapping.header_rows, tuple(data), tuple(left_out))
