"""The cells of one sheet of a workbook while it is read, and the frame they become."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import polars as pl

from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import damaged
from queries.sources.spreadsheet.book import NO_VALUE, Fault, Rect, Runs, Sheet, letters, within


class Size:
    """How much a workbook may still hold, over all its sheets."""

    def __init__(self) -> None:
        self.cells = limits.WORKBOOK_CELLS
        self.grid = limits.GRID_CELLS
        self.characters = limits.CHARACTERS
        self.merged = limits.MERGED_CELLS

    def take_grid(self, cells: int) -> None:
        """Count rows times columns."""
        self.grid -= cells
        if self.grid < 0:
            raise limits.too_large(
                "felter (rækker gange kolonner)", limits.GRID_CELLS, " i et regneark"
            )

    def take_characters(self, count: int) -> None:
        """Count characters of cells."""
        self.characters -= count
        if self.characters < 0:
            raise limits.too_large("tegn", limits.CHARACTERS, " i et regneark")

    def take_merged(self, cells: int, characters: int) -> None:
        """Count cells that a merged range fills with a text."""
        self.merged -= cells
        if self.merged < 0:
            raise limits.too_large(
                "celler i flettede områder", limits.MERGED_CELLS, " i et regneark"
            )
        self.take_characters(cells * characters)


class _Column:
    """The filled cells of a column, in the order of rows, and runs of rows that are marked."""

    __slots__ = ("percent", "rows", "texts", "written")

    def __init__(self) -> None:
        self.rows = array("i")
        self.texts: list[str] = []
        self.percent = array("i")
        self.written = array("i")


class Grid:
    """Collects filled cells row by row and, in a row, column by column."""

    def __init__(self, name: str, size: Size) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self._size = size
        self._columns: dict[int, _Column] = {}

    def add(
        self, row: int, column: int, text: str, *, percent: bool = False, written: bool = False
    ) -> None:
        """Add a cell that is not empty; `written` says that the workbook holds it as text."""
        size = self._size
        size.cells -= 1
        if size.cells < 0:
            raise limits.too_large("udfyldte celler", limits.WORKBOOK_CELLS, " i et regneark")
        if len(text) > 12:
            size.take_characters(len(text))
        held = self._columns.get(column)
        if held is None:
            if column >= limits.COLUMNS:
                raise limits.too_large(
                    "kolonner", limits.COLUMNS, f", og celle {letters(column)}{row + 1} er udfyldt"
                )
            held = self._columns[column] = _Column()
        if held.rows and held.rows[-1] >= row:
            raise damaged("rækkerne står ikke i orden")
        held.rows.append(row)
        held.texts.append(text)
        if percent:
            _extend(held.percent, row)
        elif written:
            _extend(held.written, row)

    def fault(self, fault: Fault) -> None:
        """Add a cell without a value; only the first are listed, but each has its text."""
        self.add(fault.row, fault.column, fault.text or NO_VALUE)
        if len(self.faults) < limits.FAULTS:
            self.faults.append(fault)

    def sheet(
        self,
        *,
        hidden: bool = False,
        merged: Iterable[Rect] = (),
        hidden_rows: Runs = (),
        hidden_columns: Runs = (),
        numeric: bool = True,
    ) -> Sheet:
        """Return the sheet, with merged ranges filled; what is beyond its cells is left out."""
        columns = self._columns
        width = max(columns, default=-1) + 1
        height = max((column.rows[-1] for column in columns.values()), default=-1) + 1
        self._size.take_grid(width * height)
        series = {str(at): _series(columns.get(at), height) for at in range(width)}
        cells = pl.DataFrame(series, schema=dict.fromkeys(series, pl.String))
        percent = {at: _runs(column.percent) for at, column in columns.items() if column.percent}
        texts = {at: _runs(column.written) for at, column in columns.items() if column.written}
        rects = _within(merged, height, width)
        if rects:
            cells = self._filled(cells, rects, percent, texts)
        return Sheet(
            self.name,
            cells,
            numeric=numeric,
            hidden=hidden,
            merged=rects,
            hidden_rows=_cut(hidden_rows, height),
            hidden_columns=_cut(hidden_columns, width),
            faults=tuple(self.faults),
            percent=percent,
            texts=texts,
        )

    def _filled(
        self, cells: pl.DataFrame, rects: tuple[Rect, ...], *marks: dict[int, Runs]
    ) -> pl.DataFrame:
        """Fill each range with the text and the marks of its first cell."""
        rows: dict[int, list[int]] = {}
        texts: dict[int, list[str]] = {}
        added: list[dict[int, list[tuple[int, int]]]] = [{} for _ in marks]
        for r0, c0, r1, c1 in rects:
            text = str(cells.item(r0, c0))
            count = r1 - r0 + 1
            self._size.take_merged(count * (c1 - c0 + 1), len(text))
            marked = [within(mark.get(c0, ()), r0) for mark in marks]
            for column in range(c0, c1 + 1):
                rows.setdefault(column, []).extend(range(r0, r1 + 1))
                texts.setdefault(column, []).extend([text] * count)
                for is_marked, more in zip(marked, added, strict=True):
                    if is_marked:
                        more.setdefault(column, []).append((r0, r1))
        for mark, more in zip(marks, added, strict=True):
            for column, runs in more.items():
                mark[column] = _joined([*mark.get(column, ()), *runs])
        return cells.with_columns(
            cells[str(column)].clone().scatter(rows[column], pl.Series(texts[column]))
            for column in rows
        )


def run_of(numbers: Iterable[int]) -> Runs:
    """Return numbers in order as runs."""
    held = array("i")
    for number in numbers:
        _extend(held, number)
    return _runs(held)


def _extend(runs: array[int], row: int) -> None:
    if runs and runs[-1] == row - 1:
        runs[-1] = row
    else:
        runs.extend((row, row))


def _runs(held: array[int]) -> Runs:
    return tuple(zip(held[0::2], held[1::2], strict=True))


def _joined(runs: list[tuple[int, int]]) -> Runs:
    done: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if done and first <= done[-1][1] + 1:
            done[-1] = (done[-1][0], max(done[-1][1], last))
        else:
            done.append((first, last))
    return tuple(done)


def _cut(runs: Runs, end: int) -> Runs:
    return tuple((first, min(last, end - 1)) for first, last in runs if first < end)


def _series(column: _Column | None, height: int) -> pl.Series:
    if column is None:
        return pl.repeat("", height, dtype=pl.String, eager=True)
    if len(column.rows) == height:
        return pl.Series(column.texts, dtype=pl.String)
    empty = pl.repeat("", height, dtype=pl.String, eager=True)
    return empty.scatter(pl.Series(column.rows, dtype=pl.Int32), pl.Series(column.texts))


def _within(merged: Iterable[Rect], height: int, width: int) -> tuple[Rect, ...]:
    """Return the ranges cut to what is filled, without those that are then one cell."""
    cut = (
        (r0, c0, min(r1, height - 1), min(c1, width - 1))
        for r0, c0, r1, c1 in merged
        if r0 < height and c0 < width
    )
    return tuple(rect for rect in cut if rect[0] < rect[2] or rect[1] < rect[3])
