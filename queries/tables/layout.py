"""From lines of texts to a table: headings, names, body, and what each cell is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from queries.errors import UserError
from queries.tables.areas import areas
from queries.tables.columns import (
    CHANGE_WORDS,
    NUMERIC,
    SHARE_WORDS,
    YEARS,
    Found,
    averages,
    heading_of,
    headings_of,
    is_average,
    letters,
    read_columns,
)
from queries.tables.numbers import Number, looks_english, read_number, tidy
from queries.tables.read import Lines
from queries.tables.report import Kind, ReadTable, TableCell

_MOST_DECIMALS = 4  # of a percentage that a workbook holds unrounded


@dataclass(frozen=True)
class Layout:
    """A table with the names of its lines.

    `rows` and `columns` are the body's places in `table.rows`; `row_names`, `column_names` and
    `indents` go by the same places. `bounds` holds what a mark says of a hidden cell, by id.
    `dashes` are the ids of the cells where a dash stands. Remarks are Danish; so are `reasons`,
    what could not be read of the table, and `file_reasons`, what
    a proposal does not take over: cells that are hidden in it, and the rest of the file.
    """

    table: ReadTable
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    row_names: dict[int, str]
    column_names: dict[int, str]
    row_parts: dict[int, tuple[str, ...]]
    column_parts: dict[int, tuple[str, ...]]
    indents: dict[int, int]
    bounds: dict[str, tuple[int, int | None]]
    dashes: frozenset[str]
    remarks: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    file_reasons: tuple[str, ...] = ()

    def cell(self, row: int, column: int) -> TableCell:
        """Return the cell at a place of the grid."""
        return self.table.rows[row][column]


def lay_out(lines: Lines) -> Layout:
    """Find the table in the lines; raises UserError where there is none."""
    texts = lines.lines
    plain = [[tidy(text) for text in row] for row in texts]
    english = looks_english([text for row in plain for text in row])
    numbers = [[read_number(text, english=english) for text in row] for row in plain]
    found = _find(plain, numbers)
    labels, kinds, leading = read_columns(plain, found, workbook=lines.workbook)
    rows = range(found.body, found.end + 1)
    columns = tuple(at for at, label in enumerate(labels) if not label)
    if not columns:
        raise UserError(
            "Der er ingen tal i tabellen, kun tekst. Kontrollér, at kolonnerne er adskilt rigtigt."
        )
    row_parts = _row_parts(plain, rows, leading)
    row_names = {r: ", ".join(filter(None, parts)) for r, parts in row_parts.items()}
    parts = headings_of(plain, found)
    names = {at: heading_of(parts[at], at) for at in columns}
    bounds: dict[str, tuple[int, int | None]] = {}
    dashes: set[str] = set()
    odd: list[str] = []
    grid = []
    for r in range(found.header, found.end + 1):
        line = []
        name = row_parts[r][-1] if r in row_parts else ""
        if average := is_average(name):
            found.reasons.append(averages(row_names[r], "Rækken"))
        for c, text in enumerate(texts[r]):
            address = f"{letters(c)}{r + 1}"
            if r < found.body or labels[c]:
                line.append(TableCell(address, text, "label" if text else "empty", "label"))
                continue
            if average:
                line.append(TableCell(address, text, "label" if text else "empty", "label"))
                continue
            kind = _kind_in(row_names[r], name, kinds[c])
            cell = _cell(address, text, numbers[r][c], kind, fraction=kinds[c] == "fraction")
            if cell.status == "hidden":
                number = numbers[r][c]
                bounds[address] = (number.low, number.high)
                if number.dash:
                    dashes.add(address)
            elif cell.status == "label":
                # Whatever it says, a number may be hidden behind it.
                odd.append(address)
                cell = replace(cell, status="hidden", kind=_shown(kind))
                bounds[address] = (0, None)
            line.append(cell)
        grid.append(tuple(line))
    unread = (
        f"{len(odd)} {'celle' if len(odd) == 1 else 'celler'} kunne ikke læses og er regnet som "
        f"skjulte tal: {_listed(odd)}.",
    )
    if any(kinds[at] == "fraction" for at in columns):
        found.remarks.append(
            "Andelene står i regnearket med alle decimaler, også hvis de vises afrundet. Den, der "
            "får filen, kan læse dem; derfor er de undersøgt uafrundet (med 4 decimaler)."
        )
    shift = found.header
    outline = _is_outline(plain, rows, leading)
    table = ReadTable(
        rows=tuple(grid),
        header_rows=found.body - found.header,
        label_columns=leading,
        above=_joined(plain[:shift]),
        below=_joined(plain[found.end + 1 :]),
        sheet=lines.sheet,
        sheets=lines.sheets,
        form=lines.form,
    )
    return Layout(
        table=table,
        rows=tuple(r - shift for r in rows),
        columns=columns,
        row_names={r - shift: row_names[r] for r in rows},
        column_names=names,
        row_parts={r - shift: row_parts[r] for r in rows},
        column_parts={at: parts[at] or (names[at],) for at in columns},
        indents={r - shift: _indent(texts[r][:leading], outline=outline) for r in rows},
        bounds=bounds,
        dashes=frozenset(dashes),
        remarks=tuple(found.remarks),
        reasons=tuple(found.reasons),
        file_reasons=(*(unread if odd else ()), *lines.remarks),
    )


def _find(plain: list[list[str]], numbers: list[list[Number]]) -> Found:
    blocks = _blocks(plain, numbers)
    if not blocks:
        raise UserError(
            "Der er ingen linjer med tal i tabellen. Kontrollér, at det er det rigtige ark, og at "
            "kolonnerne er adskilt af semikolon, komma eller tabulator."
        )
    sizes = [
        sum(each.sort in NUMERIC for r in range(first, last + 1) for each in numbers[r])
        for first, last in blocks
    ]
    first, last = blocks[sizes.index(max(sizes))]
    body = first
    while body < last and _is_heading(plain, numbers, body, last):
        body += 1
    header = first
    while header > 0 and _filled(plain[header - 1]) > 0 and _is_wide(plain[header - 1]):
        header -= 1
    found = Found(header, body, last, numbers)
    if len(blocks) > 1:
        found.reasons.append(
            f"Der er {len(blocks)} tabeller over hinanden. Kun den største er undersøgt (linje "
            f"{header + 1} til {last + 1}); hvad der kan regnes ud på tværs af dem, er det ikke."
        )
    return found


def _blocks(plain: list[list[str]], numbers: list[list[Number]]) -> list[tuple[int, int]]:
    """Return the first and last line of each run of lines with numbers."""
    blocks: list[tuple[int, int]] = []
    blank = headed = False
    for r, row in enumerate(numbers):
        if _has_numbers(row):
            if blocks and not headed:
                blocks[-1] = (blocks[-1][0], r)
            else:
                blocks.append((r, r))
            blank = headed = False
        elif not _filled(plain[r]):
            blank = True
        elif blank and _filled(plain[r]) > 1:
            headed = True
    return blocks


def _has_numbers(row: list[Number]) -> bool:
    """Whether a number or mark stands right of the first text of the line."""
    filled = [each.sort for each in row if each.sort != "empty"]
    return any(sort in NUMERIC or sort == "hidden" for sort in filled[1:]) and (
        filled[0] != "hidden" or any(sort in NUMERIC for sort in filled[1:])
    )


def _is_heading(plain: list[list[str]], numbers: list[list[Number]], row: int, last: int) -> bool:
    """Whether a line of numbers is one of headings: years, ranges, or nothing in its first cell."""
    here = numbers[row]
    data = [each for each in here[1:] if each.sort != "empty"]
    if all(each.sort == "count" and each.value in YEARS for each in data):
        return True
    if _is_years_and_more(data, numbers[row + 1][1:]):
        return True
    if all(each.sort in {"hidden", "text"} for each in data) and any(
        each.sort == "text" or each.high is not None for each in data
    ):
        # Classes such as '0-3' over columns of numbers, not a line of hidden cells.
        if plain[row][0] and _is_of_marks(plain, numbers, row):
            return False
        return any(each.sort in NUMERIC for each in numbers[row + 1][1:])
    below = [plain[r][0] for r in range(row + 1, last + 1)]
    return not plain[row][0] and sum(map(bool, below)) > len(below) / 2 and len(below) > 1


def _is_of_marks(plain: list[list[str]], numbers: list[list[Number]], row: int) -> bool:
    """Whether a line that could be of classes is one of hidden numbers: 'Dragør; <3; <3'.

    It is where it is an area's, where two marks would be one heading, and where the line above has
    a heading for each of them.
    """
    filled = [at for at, text in enumerate(plain[row]) if at and text]
    marks = [plain[row][at] for at in filled if numbers[row][at].sort == "hidden"]
    if not marks:
        return False
    if len(set(marks)) < len(marks) or areas().find([plain[row][0]]):
        return True
    above = numbers[row - 1] if row else []
    return bool(above) and all(
        at < len(above)
        and (above[at].sort == "text" or (above[at].sort == "count" and above[at].value in YEARS))
        for at in filled
    )


def _is_years_and_more(data: list[Number], below: list[Number]) -> bool:
    """Whether a line says '2016, 2017, Ændring' above numbers."""
    years = [each.value for each in data if each.sort == "count" and each.value in YEARS]
    texts = [each for each in data if each.sort == "text"]
    return (
        len(set(years)) > 1
        and len(years) + len(texts) == len(data) == len(below)
        and data[0].sort == "count"
        and all(each.sort in NUMERIC or each.sort == "hidden" for each in below)
    )


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _is_wide(row: Sequence[str]) -> bool:
    return any(row[1:])


def _kind_in(row: str, name: str, kind: str) -> str:
    """Return what a cell holds: as its column, unless its row is of shares or changes."""
    if SHARE_WORDS.search(row):
        return "share"
    return "change" if kind == "count" and CHANGE_WORDS.search(name) else kind


def _shown(kind: str) -> Kind:
    return "count" if kind == "count" else "change" if kind == "change" else "share"


def _cell(address: str, text: str, number: Number, kind: str, *, fraction: bool) -> TableCell:
    shown = _shown(kind)
    if number.sort == "empty":
        return TableCell(address, text, "empty", shown)
    if number.sort == "hidden":
        return TableCell(address, text, "hidden", shown)
    if number.sort == "text" or (number.percent.startswith("-") and shown != "change"):
        return TableCell(address, text, "label", "label")
    if number.marked or shown == "share":
        percent = number.percent
        if fraction:
            exact = round(Decimal(percent) * 100, _MOST_DECIMALS).normalize()
            percent = f"{exact:f}"
            text = percent.replace(".", ",") + " pct."
        return TableCell(address, text, "share", "share", share=percent)
    if number.sort == "decimal":
        return TableCell(address, text, "label", "label")
    return TableCell(address, text, "shown" if number.value else "zero", shown, number.value)


def _row_parts(plain: list[list[str]], rows: range, leading: int) -> dict[int, tuple[str, ...]]:
    """Return the names of each line, the first carried down; codes beside a name are left out."""
    names: dict[int, tuple[str, ...]] = {}
    columns = [[plain[r][c] for r in rows if plain[r][c]] for c in range(leading)]
    named = [c for c in range(leading) if not all(map(_is_bare_code, columns[c]))]
    above = [""] * leading
    outline = _is_outline(plain, rows, leading)
    for r in rows:
        here = plain[r][:leading]
        if outline:
            names[r] = (", ".join(filter(None, here)) or f"Linje {r + 1}",)
            continue
        if leading > 1 and not here[0] and any(here):
            here = [above[0], *here[1:]]
        above = here
        kept = tuple(here[c] for c in named)
        names[r] = kept if any(kept) else (", ".join(filter(None, here)) or f"Linje {r + 1}",)
    return names


def _is_bare_code(text: str) -> bool:
    return text.isdecimal() and int(text) not in YEARS


def _is_outline(plain: list[list[str]], rows: range, leading: int) -> bool:
    """Whether each line has one name, in the column of its depth."""
    return leading > 1 and all(_filled(plain[r][:leading]) <= 1 for r in rows)


def _indent(texts: Sequence[str], *, outline: bool) -> int:
    first = next((at for at, text in enumerate(texts) if text), 0) if outline else 0
    return 4 * first + len(texts[first]) - len(texts[first].lstrip()) if texts else 0


def _joined(rows: list[list[str]]) -> tuple[str, ...]:
    return tuple(" ".join(filter(None, row)) for row in rows if any(row))


def _listed(ids: list[str]) -> str:
    return ", ".join(ids[:8]) + (" og flere" if len(ids) > 8 else "")
