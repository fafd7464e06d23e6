"""From lines of texts to a table: headings, names, body, and what each cell is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from queries.errors import UserError
from queries.sources.kommune_names import KommuneNames
from queries.tables.numbers import Number, looks_english, read_number, tidy, without_decimals
from queries.tables.read import Lines
from queries.tables.report import Kind, ReadTable, TableCell

SHARE_WORDS = re.compile(r"%|\bpct\b|\bprocent|\bandel", re.IGNORECASE)
_COUNT_WORDS = re.compile(r"\bantal\b|\bpersoner\b|\bborgere\b", re.IGNORECASE)
_CODES = re.compile(
    r"(?:kommune)?(?:kode|nr\.?|nummer)|id|år|aar|måned|periode|kvartal|uge|rang|nuts ?3",
    re.IGNORECASE,
)
_YEARS = range(1990, 2050)
_UNREAD = re.compile(r"\D{0,4}\d")
_SPANS = re.compile(r"(?:år|mdr|måned|uge|dag|time|kvartal|kv\.|kr\.|\b[a-z]\d)|\d\s*[-–+]", re.I)
_NUMERIC = {"count", "share", "decimal"}
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


@dataclass
class _Found:
    """Where the parts of the table lie, as indices into the lines."""

    header: int
    body: int
    end: int
    numbers: list[list[Number]]
    more_tables: bool = False
    remarks: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def lay_out(lines: Lines) -> Layout:
    """Find the table in the lines; raises UserError where there is none."""
    texts = lines.lines
    plain = [[tidy(text) for text in row] for row in texts]
    english = looks_english([text for row in plain for text in row])
    numbers = [[read_number(text, english=english) for text in row] for row in plain]
    found = _find(plain, numbers)
    labels, kinds, leading = _columns(plain, found, workbook=lines.workbook)
    rows = range(found.body, found.end + 1)
    columns = tuple(at for at, label in enumerate(labels) if not label)
    if not columns:
        raise UserError(
            "Der er ingen tal i tabellen, kun tekst. Kontrollér, at kolonnerne er adskilt rigtigt."
        )
    row_parts = _row_parts(plain, rows, leading)
    row_names = {r: ", ".join(filter(None, parts)) for r, parts in row_parts.items()}
    parts = _headings(plain, found)
    names = {at: _heading(parts[at], at) for at in columns}
    bounds: dict[str, tuple[int, int | None]] = {}
    dashes: set[str] = set()
    odd: list[str] = []
    grid = []
    for r in range(found.header, found.end + 1):
        line = []
        for c, text in enumerate(texts[r]):
            address = f"{letters(c)}{r + 1}"
            if r < found.body or labels[c]:
                line.append(TableCell(address, text, "label" if text else "empty", "label"))
                continue
            kind = "share" if SHARE_WORDS.search(row_names[r]) else kinds[c]
            cell = _cell(address, text, numbers[r][c], kind, fraction=kinds[c] == "fraction")
            if cell.status == "hidden":
                number = numbers[r][c]
                bounds[address] = (number.low, number.high)
                if number.dash:
                    dashes.add(address)
            elif cell.status == "label":
                # Whatever it says, a number may be hidden behind it.
                odd.append(address)
                cell = replace(cell, status="hidden", kind="count" if kind == "count" else "share")
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


def letters(column: int) -> str:
    """Return a column's letters in a spreadsheet: 0 is A, 26 is AA."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _find(plain: list[list[str]], numbers: list[list[Number]]) -> _Found:
    blocks = _blocks(plain, numbers)
    if not blocks:
        raise UserError(
            "Der er ingen linjer med tal i tabellen. Kontrollér, at det er det rigtige ark, og at "
            "kolonnerne er adskilt af semikolon, komma eller tabulator."
        )
    sizes = [
        sum(each.sort in _NUMERIC for r in range(first, last + 1) for each in numbers[r])
        for first, last in blocks
    ]
    first, last = blocks[sizes.index(max(sizes))]
    body = first
    while body < last and _is_heading(plain, numbers, body, last):
        body += 1
    header = first
    while header > 0 and _filled(plain[header - 1]) > 0 and _is_wide(plain[header - 1]):
        header -= 1
    found = _Found(header, body, last, numbers)
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
    return any(sort in _NUMERIC or sort == "hidden" for sort in filled[1:]) and (
        filled[0] != "hidden" or any(sort in _NUMERIC for sort in filled[1:])
    )


def _is_heading(plain: list[list[str]], numbers: list[list[Number]], row: int, last: int) -> bool:
    """Whether a line of numbers is one of headings: years, ranges, or nothing in its first cell."""
    here = numbers[row]
    data = [each for each in here[1:] if each.sort != "empty"]
    if all(each.sort == "count" and each.value in _YEARS for each in data):
        return True
    if all(each.sort in {"hidden", "text"} for each in data) and any(
        each.sort == "text" or each.high is not None for each in data
    ):
        # Classes such as '0-3' over columns of numbers, not a line of hidden cells.
        return any(each.sort in _NUMERIC for each in numbers[row + 1][1:])
    below = [plain[r][0] for r in range(row + 1, last + 1)]
    return not plain[row][0] and sum(map(bool, below)) > len(below) / 2 and len(below) > 1


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _is_wide(row: Sequence[str]) -> bool:
    return any(row[1:])


def _leading(labels: list[bool]) -> int:
    return next((at for at, label in enumerate(labels) if not label), len(labels))


def _columns(
    plain: list[list[str]], found: _Found, *, workbook: bool
) -> tuple[list[bool], dict[int, str], int]:
    """Return which columns hold no numbers that are read, what the others hold, how many lead.

    What a column holds: count, share or fraction. Only texts and codes lead, never other numbers.
    """
    codes = frozenset(KommuneNames.from_csv().codes)
    labels: list[bool] = []
    names: list[bool] = []
    kinds: dict[int, str] = {}
    lowest = [plain[found.body - 1][c] if found.body else "" for c in range(len(plain[0]))]
    headings = [_heading(part, c) for c, part in enumerate(_headings(plain, found))]
    for c in range(len(plain[0])):
        cells = [found.numbers[r][c] for r in range(found.body, found.end + 1)]
        if not SHARE_WORDS.search(headings[c]) and not workbook:
            _without_decimals(found, c)
            cells = [found.numbers[r][c] for r in range(found.body, found.end + 1)]
        filled = [each for each in cells if each.sort != "empty"]
        texts = sum(each.sort == "text" for each in filled)
        before = all(names)
        label = 2 * texts >= len(filled) or (
            before and _is_code(lowest[c], [each.percent for each in filled], codes, first=c == 0)
        )
        kind = "label" if label else _kind(lowest[c], headings[c], filled, workbook=workbook)
        if not label and kind == "label":
            found.reasons.append(
                f"Kolonnen '{headings[c]}' er hverken antal eller andele og er ikke undersøgt."
            )
        if label and c and _holds_numbers(found, plain, c, leading=before):
            found.reasons.append(
                f"Kolonnen '{headings[c]}' er læst som tekst, men der står tal i den, som ikke er "
                "undersøgt."
            )
        labels.append(kind == "label")
        names.append(label)
        kinds[c] = kind
    return labels, kinds, _leading(names)


def _without_decimals(found: _Found, column: int) -> None:
    """Read a column of '2,0' as counts, where no number in it has other decimals."""
    rows = range(found.body, found.end + 1)
    read = {
        r: without_decimals(found.numbers[r][column])
        for r in rows
        if found.numbers[r][column].sort in _NUMERIC
    }
    for r, number in read.items():
        if number is not None and None not in read.values():
            found.numbers[r][column] = number


def _holds_numbers(found: _Found, plain: list[list[str]], column: int, *, leading: bool) -> bool:
    """Whether a column of texts holds numbers that are no names: '2 stk.', '20 (44 pct.)'."""
    rows = range(found.body, found.end + 1)
    numbers = [found.numbers[r][column] for r in rows]
    if all(each.sort != "text" for each in numbers if each.sort != "empty"):
        return False  # A column of codes.
    if any(each.sort in _NUMERIC and each.value not in _YEARS for each in numbers):
        return True
    texts = [plain[r][column] for r in rows if plain[r][column]]
    if not leading:
        return any(map(str.isdecimal, "".join(texts)))
    told = sum(bool(_UNREAD.match(text)) and not _SPANS.search(text) for text in texts)
    return 2 * told >= len(texts) > 0


def _is_code(heading: str, values: list[str], codes: frozenset[str], *, first: bool) -> bool:
    """Whether a column of numbers names its lines: codes of kommuner, years, 1, 2, 3, ..."""
    if _CODES.fullmatch(heading.strip(". ")):
        return True
    whole = [value for value in values if value.isdecimal()]
    if len(whole) < 3 or len(whole) < 0.9 * len(values):
        return False
    known = sum(value.zfill(4) in codes for value in whole)
    if len(set(whole)) == len(whole) and known > 0.9 * len(whole):
        return True
    steps = {int(b) - int(a) for a, b in pairwise(whole)}
    years = all(int(value) in _YEARS for value in whole)
    return years or (first and steps == {1} and int(whole[0]) in {0, 1})


def _kind(lowest: str, heading: str, filled: list[Number], *, workbook: bool) -> str:
    """Return what a column of numbers holds; 'label' where it is neither counts nor shares."""
    numeric = [each for each in filled if each.sort in _NUMERIC]
    decimals = [Decimal(each.percent) for each in numeric if each.percent]
    fractions = (
        workbook
        and any(each.sort == "decimal" for each in numeric)
        and all(0 <= each <= 1 for each in decimals)
    )
    marked = any(each.marked for each in numeric)
    word = SHARE_WORDS.search(lowest) or (
        SHARE_WORDS.search(heading) and not _COUNT_WORDS.search(lowest)
    )
    if not marked and fractions:
        return "fraction"
    if (marked or word) and all(0 <= each <= 100 for each in decimals):
        return "share"
    if any(each.sort != "count" or (each.value or 0) < 0 for each in numeric):
        return "label"
    return "count"


def _cell(address: str, text: str, number: Number, kind: str, *, fraction: bool) -> TableCell:
    shown: Kind = "count" if kind == "count" else "share"
    if number.sort == "empty":
        return TableCell(address, text, "empty", shown)
    if number.sort == "hidden":
        return TableCell(address, text, "hidden", shown)
    if number.sort == "text" or number.percent.startswith("-"):
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
    return TableCell(address, text, "shown" if number.value else "zero", "count", number.value)


def _headings(plain: list[list[str]], found: _Found) -> list[tuple[str, ...]]:
    """Return the heading lines of each column, upper ones carried to the right, '' where none."""
    width = len(plain[0])
    parts: list[list[str]] = [[] for _ in range(width)]
    for r in range(found.header, found.body):
        carried = ""
        for c in range(width):
            here = plain[r][c]
            if r < found.body - 1:
                carried = here or carried
                here = carried
            parts[c].append(here)
    return [tuple(part) for part in parts]


def _heading(parts: tuple[str, ...], column: int) -> str:
    return ", ".join(dict.fromkeys(filter(None, parts))) or f"Kolonne {letters(column)}"


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
    return text.isdecimal() and int(text) not in _YEARS


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
