"""What the columns of a table hold: names, counts, changes, shares, or what is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from queries.sources.kommune_names import KommuneNames
from queries.tables.numbers import Number, without_decimals

SHARE_WORDS = re.compile(r"%|\bpct\b|\bprocent|\bandel", re.IGNORECASE)
CHANGE_WORDS = re.compile(
    r"\b(?:ændring\w*|forskel\w*|differencen?|diff|udvikling\w*|stigning\w*|fald|(?:til)?vækst"
    r"|afvigelse\w*|netto\w*)\b|\+\s?/\s?[-–−]",
    re.IGNORECASE,
)
AVERAGE_WORDS = re.compile(
    r"gennemsnit|\bgns\b|\bsnit\b|\bmedian|\bmiddel(?:værdi|tal)", re.IGNORECASE
)
_AVERAGE_PEOPLE = re.compile(
    r"(?:gennemsnitlig\w*|gns\.?) (?:antal )?(?:fuldtids|helårs)?"
    r"(?:person|borger|modtager|ledige|deltager)",
    re.IGNORECASE,
)
_COUNT_WORDS = re.compile(r"\bantal\b|\bpersoner\b|\bborgere\b", re.IGNORECASE)
_CODES = re.compile(
    r"(?:kommune)?(?:kode|nr\.?|nummer)|id|år|aar|måned|periode|kvartal|uge|rang|nuts ?3",
    re.IGNORECASE,
)
YEARS = range(1990, 2050)
_UNREAD = re.compile(r"\D{0,4}\d")
_SPANS = re.compile(r"(?:år|mdr|måned|uge|dag|time|kvartal|kv\.|kr\.|\b[a-z]\d)|\d\s*[-–+]", re.I)
NUMERIC = {"count", "share", "decimal"}


@dataclass
class Found:
    """Where the parts of the table lie, as indices into the lines."""

    header: int
    body: int
    end: int
    numbers: list[list[Number]]
    more_tables: bool = False
    remarks: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def read_columns(
    plain: list[list[str]], found: Found, *, workbook: bool
) -> tuple[list[bool], dict[int, str], int]:
    """Return which columns hold no numbers that are read, what the others hold, how many lead.

    What a column holds: count, change (a difference of counts), share or fraction. Only texts and
    codes lead, never other numbers. Lines of changes or averages say nothing of their columns.
    """
    other = _other_lines(plain, found)
    codes = frozenset(KommuneNames.from_csv().codes)
    labels: list[bool] = []
    names: list[bool] = []
    kinds: dict[int, str] = {}
    lowest = [plain[found.body - 1][c] if found.body else "" for c in range(len(plain[0]))]
    headings = [heading_of(part, c) for c, part in enumerate(headings_of(plain, found))]
    for c in range(len(plain[0])):
        if not SHARE_WORDS.search(headings[c]) and not workbook:
            _without_decimals(found, c)
        cells = [found.numbers[r][c] for r in range(found.body, found.end + 1) if r not in other]
        filled = [each for each in cells if each.sort != "empty"]
        texts = sum(each.sort == "text" for each in filled)
        before = all(names)
        label = 2 * texts >= len(filled) or (
            before and _is_code(lowest[c], [each.percent for each in filled], codes, first=c == 0)
        )
        kind = "label" if label else _kind(lowest[c], headings[c], filled, workbook=workbook)
        if not label and kind == "label":
            found.reasons.append(_not_judged(headings[c], lowest[c]))
        if label and c and _holds_numbers(found, plain, c, leading=before):
            found.reasons.append(
                f"Kolonnen '{headings[c]}' er læst som tekst, men der står tal i den, som ikke er "
                "undersøgt."
            )
        labels.append(kind == "label")
        names.append(label)
        kinds[c] = kind
    return labels, kinds, _leading(names)


def is_average(name: str) -> bool:
    """Return whether a line is called an average of something else than a number of people."""
    return bool(AVERAGE_WORDS.search(name)) and not _AVERAGE_PEOPLE.search(name)


def averages(name: str, noun: str = "Kolonnen") -> str:
    """Return why a line of averages leaves it undecided, and what to do."""
    return (
        f"{noun} '{name}' er et gennemsnit eller en median og kan ikke bedømmes: sammen med et "
        "antal kan det røbe, hvad der gælder for få personer. Tag det ud af tabellen, eller vis "
        "det kun for store grupper."
    )


def _not_judged(heading: str, lowest: str) -> str:
    if is_average(lowest or heading):
        return averages(heading)
    return (
        f"Kolonnen '{heading}' er hverken antal eller andele og er ikke undersøgt. Tag den ud, "
        "hvis den kan røbe noget om de andre."
    )


def _other_lines(plain: list[list[str]], found: Found) -> frozenset[int]:
    """Return the lines named as changes or averages, where they are the fewest."""
    rows = range(found.body, found.end + 1)
    named = frozenset(
        r
        for r in rows
        if any(
            number.sort == "text" and (CHANGE_WORDS.search(text) or is_average(text))
            for text, number in zip(plain[r], found.numbers[r], strict=True)
        )
    )
    return named if 2 * len(named) < len(rows) else frozenset()


def _without_decimals(found: Found, column: int) -> None:
    """Read a column of '2,0' as counts, where no number in it has other decimals."""
    rows = range(found.body, found.end + 1)
    read = {
        r: without_decimals(found.numbers[r][column])
        for r in rows
        if found.numbers[r][column].sort in NUMERIC
    }
    for r, number in read.items():
        if number is not None and None not in read.values():
            found.numbers[r][column] = number


def _holds_numbers(found: Found, plain: list[list[str]], column: int, *, leading: bool) -> bool:
    """Whether a column of texts holds numbers that are no names: '2 stk.', '20 (44 pct.)'."""
    rows = range(found.body, found.end + 1)
    numbers = [found.numbers[r][column] for r in rows]
    if all(each.sort != "text" for each in numbers if each.sort != "empty"):
        return False  # A column of codes.
    if any(each.sort in NUMERIC and each.value not in YEARS for each in numbers):
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
    if first and len(whole) == len(values) > 1 and all(int(value) in YEARS for value in whole):
        return True
    if len(whole) < 3 or len(whole) < 0.9 * len(values):
        return False
    known = sum(value.zfill(4) in codes for value in whole)
    if len(set(whole)) == len(whole) and known > 0.9 * len(whole):
        return True
    steps = {int(b) - int(a) for a, b in pairwise(whole)}
    years = all(int(value) in YEARS for value in whole)
    return years or (first and steps == {1} and int(whole[0]) in {0, 1})


def _kind(lowest: str, heading: str, filled: list[Number], *, workbook: bool) -> str:
    """Return what a column of numbers holds; 'label' where that is not judged."""
    numeric = [each for each in filled if each.sort in NUMERIC]
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
    if any(each.sort != "count" for each in numeric) or is_average(lowest or heading):
        return "label"
    below = any((each.value or 0) < 0 for each in numeric)
    return "change" if below or CHANGE_WORDS.search(lowest) else "count"


def _leading(labels: list[bool]) -> int:
    return next((at for at, label in enumerate(labels) if not label), len(labels))


def headings_of(plain: list[list[str]], found: Found) -> list[tuple[str, ...]]:
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


def heading_of(parts: tuple[str, ...], column: int) -> str:
    """Return the heading lines of a column as one name."""
    return ", ".join(dict.fromkeys(filter(None, parts))) or f"Kolonne {letters(column)}"


def letters(column: int) -> str:
    """Return a column's letters in a spreadsheet: 0 is A, 26 is AA."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
