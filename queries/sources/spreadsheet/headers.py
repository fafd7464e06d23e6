"""Where the table of a sheet lies: headings, body, and what is said above and below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from queries.errors import UserError
from queries.sources.spreadsheet.amounts import COUNT, DASH, DECIMAL, HIDDEN, read_text
from queries.sources.spreadsheet.area_column import Place, places
from queries.sources.spreadsheet.periods import read_period, short_codes
from queries.tables.numbers import tidy

_MOST_HEADINGS = 4
_LONGEST_HEADING = 90
_SAMPLE = 400
_DISTINCT = 4000
_LOOKED_AT = 50_000
_LETTER = re.compile(r"[^\W\d_]")
NUMERIC = {COUNT, DECIMAL, HIDDEN, DASH}


@dataclass(frozen=True, eq=False)
class Region:
    """Where the table lies in a sheet; rows and columns from 0, `last` included.

    `cells` are the sheet's without what merging repeats sideways; `headings` are the heading texts
    of each column from the top; `around` is what is said above and below the table.
    """

    cells: pl.DataFrame
    area: int
    headers: tuple[int, ...]
    first: int
    last: int
    headings: tuple[tuple[str, ...], ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    others: tuple[int, ...] = field(default=())

    @property
    def body(self) -> pl.DataFrame:
        """The rows of the table."""
        return self.cells[self.first : self.last + 1]

    @property
    def around(self) -> str:
        """All that is said outside the table, as one text."""
        return "\n".join((*self.above, *self.below))


def find_region(
    cells: pl.DataFrame,
    merged: tuple[tuple[int, int, int, int], ...] = (),
    *,
    header_rows: tuple[int, ...] | None = None,
    first: int | None = None,
    last: int | None = None,
    area: int | None = None,
) -> Region:
    """Find the table; what is given (rows from 0) is taken as it is.

    Raises UserError where no column holds areas beside numbers.
    """
    plain = unmerged(cells, merged)
    found = area_columns(plain)
    column = area if area is not None else (found[0] if found else None)
    if column is None:
        raise UserError(
            "Der er ingen kolonne med kommuner eller jobcentre i arket. Hver kommune skal stå i en "
            "række for sig, med navn (Holbæk) eller kode (0316). Vælg et andet ark, eller sæt "
            "navnene i en kolonne, og prøv igen."
        )
    top = _first_row(plain, column) if first is None else first
    if top is None:
        raise UserError(
            "Der står ingen tal ud for kommunerne i arket. Vælg et andet ark, eller kontrollér, at "
            "kolonnerne er adskilt rigtigt."
        )
    end = _last_row(plain, column, top) if last is None else last
    headers = (
        _header_rows(plain, cells, merged, column, top) if header_rows is None else header_rows
    )
    upper = min(headers) if headers else top
    return Region(
        cells=plain,
        area=column,
        headers=headers,
        first=top,
        last=end,
        headings=_headings(cells, merged, headers, column),
        above=said(plain[:upper]),
        below=said(plain[end + 1 : end + 200]),
        others=tuple(at for at in found if at != column),
    )


def area_columns(cells: pl.DataFrame) -> list[int]:
    """Return the columns that hold areas, the best first: the most areas, names before codes."""
    scores = []
    step = max(1, cells.height // _LOOKED_AT)
    for at, name in enumerate(cells.columns):
        # Rows all through the sheet: it may be sorted by area.
        distinct = cells[name].gather_every(step).unique().to_list()
        texts = [text for text in distinct if text and len(text) <= 60][:_DISTINCT]
        named = [text for text in texts if _LETTER.search(text)]
        found = places(named)
        areas = {place.area_id for place in found.values() if place.kind == "area"} - {"000"}
        numbers = [text for text in texts if text not in found]
        codes = {place.area_id for place in places(numbers).values() if place.kind == "area"} - {
            "000"
        }
        only_codes = len(codes) >= 0.9 * len(numbers) and len(codes) > 1
        if areas:
            scores.append((-len(areas), 0, at))
        elif only_codes and _says_area(cells, name, len(codes)):
            scores.append((-len(codes), 1, at))
    scores.sort()
    # A column of codes that has a few areas more than the names does not come first.
    named_first = sorted(
        scores, key=lambda each: (each[1] if each[0] > -150 else 0, each[0], each[2])
    )
    return [at for _, _, at in named_first]


def _says_area(cells: pl.DataFrame, name: str, codes: int) -> bool:
    """Whether a column of numbers says that it is of codes, or is nothing else."""
    top = " ".join(text for text in cells[name].head(60).to_list() if _LETTER.search(text))
    if re.search(r"kommune|område|kode|komnr|jobcenter|\bkom\b", top, re.IGNORECASE):
        return True
    filled = cells[name].head(2000).to_list()
    return bool(filled) and codes >= 20 and any(text.startswith("0") for text in filled)


def unmerged(cells: pl.DataFrame, merged: tuple[tuple[int, int, int, int], ...]) -> pl.DataFrame:
    """Return the cells without what merging repeats sideways; downwards it stays."""
    blank: dict[int, set[int]] = {}
    for r0, c0, r1, c1 in merged:
        for column in range(c0 + 1, min(c1, cells.width - 1) + 1):
            blank.setdefault(column, set()).update(range(r0, min(r1, cells.height - 1) + 1))
    if not blank:
        return cells
    return cells.with_columns(
        cells.to_series(column).clone().scatter(sorted(rows), "").alias(cells.columns[column])
        for column, rows in blank.items()
    )


def _known(cells: pl.DataFrame, column: int) -> dict[str, Place]:
    texts = [text for text in cells.to_series(column).unique().to_list() if text]
    return {text: place for text, place in places(texts).items() if place.kind in {"area", "total"}}


def _first_row(cells: pl.DataFrame, column: int) -> int | None:
    known = _known(cells, column)
    rows = cells.to_series(column).is_in(list(known)).arg_true().to_list()
    first: int | None = next((r for r in rows if _numbers(cells, r, column)), None)
    if first is None:
        return None
    while first > 0 and _is_data(cells, first - 1, column):
        first -= 1
    return first


def _numbers(cells: pl.DataFrame, row: int, column: int) -> list[str]:
    """Return the texts of a row that are numbers or stand for one, outside the areas' column."""
    texts = [text for at, text in enumerate(cells.row(row)) if at != column and text]
    return [text for text in texts if read_text(text, "danish")[0] in NUMERIC]


def _is_data(cells: pl.DataFrame, row: int, column: int) -> bool:
    """Whether a row above the first known area is one of the table, with a name nobody knows."""
    texts = cells.row(row)
    numbers = _numbers(cells, row, column)
    filled = [text for at, text in enumerate(texts) if at != column and text]
    if not texts[column] or not numbers or 2 * len(numbers) < len(filled):
        return False
    if (
        all(read_period(text) for text in numbers)
        or short_codes(numbers, "W")
        or read_text(texts[column], "danish")[0] in NUMERIC
    ):
        return False
    return not _is_numbering(numbers)


def _is_numbering(numbers: list[str]) -> bool:
    whole = [int(text) for text in numbers if text.isdecimal()]
    return len(whole) == len(numbers) and whole == list(range(whole[0], whole[0] + len(whole)))


def _last_row(cells: pl.DataFrame, column: int, first: int) -> int:
    known = _known(cells, column)
    name = cells.columns[column]
    others = [each for each in cells.columns if each != name]
    filled = (
        pl.any_horizontal(pl.col(each) != "" for each in others) if others else pl.lit(value=False)
    )
    short = pl.col(name).str.len_chars() <= 60
    rows = cells.select((pl.col(name).is_in(list(known)) | (filled & short)).alias("in"))["in"]
    last: int = max(int(rows.arg_true().max() or first), first)  # type: ignore[arg-type]
    while last > first and cells[last, column] not in known and not _numbers(cells, last, column):
        last -= 1
    return last


def _header_rows(
    plain: pl.DataFrame,
    cells: pl.DataFrame,
    merged: tuple[tuple[int, int, int, int], ...],
    column: int,
    first: int,
) -> tuple[int, ...]:
    row = first - 1
    # Empty rows, and a region's name alone, may stand between the headings and the first area.
    while row >= 0 and first - row <= 5 and not any(_beside(plain, row, column)):
        row -= 1
    found: list[int] = []
    while row >= 0 and len(found) < _MOST_HEADINGS and _is_header(plain, row, column):
        found.append(row)
        row -= 1
    return tuple(reversed(found))


def _beside(plain: pl.DataFrame, row: int, column: int) -> list[str]:
    return [text for at, text in enumerate(plain.row(row)) if at != column]


def _is_header(plain: pl.DataFrame, row: int, column: int) -> bool:
    texts = plain.row(row)
    filled = [at for at, text in enumerate(texts) if text]
    if not filled or len(texts[column]) > _LONGEST_HEADING:
        return False
    return len(filled) > 1 or filled[0] > column


def _headings(
    cells: pl.DataFrame,
    merged: tuple[tuple[int, int, int, int], ...],
    headers: tuple[int, ...],
    column: int,
) -> tuple[tuple[str, ...], ...]:
    parts: list[list[str]] = [[] for _ in range(cells.width)]
    for row in headers:
        texts = [tidy(text) for text in cells.row(row)]
        sideways = any(r0 <= row <= r1 and c1 > c0 for r0, c0, r1, c1 in merged)
        carried = ""
        for at, text in enumerate(texts):
            if row != headers[-1] and not sideways:
                carried = text or carried
                parts[at].append(text or ("" if at <= column else carried))
            else:
                parts[at].append(text)
    return tuple(tuple(dict.fromkeys(filter(None, part))) for part in parts)


def said(rows: pl.DataFrame) -> tuple[str, ...]:
    """Return the filled rows as texts."""
    texts = (
        " ".join(dict.fromkeys(filter(None, map(tidy, row)))) for row in rows.head(_SAMPLE).rows()
    )
    return tuple(text for text in texts if text)
