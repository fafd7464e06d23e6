"""Ministerial answers printed at random, and a slow reading of what a line says.

Two independent halves serve the property tests of the answer reader:

* ``print_answer`` prints tables of known content as running text with the flaws of text taken out
  of a PDF, and remembers on which line each row ended up;
* ``complaints`` takes any text and whatever the reader made of it, tries every way of cutting each
  claimed line into a name and two cells, and lists each point where text and answer disagree.

One file on purpose: the generator and its judge change together, and a reader of one needs the
other at hand.

Nothing here is shared with the reader: names come straight from the CSV, and lines are counted as
an editor counts them, by line feeds alone (form feeds and carriage returns are space).
"""

from __future__ import annotations

import csv
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queries.sources.ministerial_answer import AnswerTable

ROOT = Path(__file__).resolve().parents[2]
MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)

# --- kommuner -----------------------------------------------------------------------------------


def name_key(name: str) -> str:
    """What is left of a name when case, spaces, hyphens and the spelling of å do not count."""
    folded = unicodedata.normalize("NFC", name).casefold().replace("å", "aa")
    return re.sub(r"[\s\-‐‑–]", "", folded)


def _read_kommuner() -> dict[str, tuple[str, ...]]:
    path = ROOT / "queries" / "facts" / "kommuner.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["kommunekode"]: (row["navn"], *filter(None, row["alias"].split("|")))
            for row in csv.DictReader(file)
        }


KOMMUNER: Mapping[str, tuple[str, ...]] = _read_kommuner()
"""Kommunekode → official name, then aliases."""
CODE_OF_KEY: Mapping[str, str] = {
    name_key(name): code for code, names in KOMMUNER.items() for name in names
}

# --- rounding -----------------------------------------------------------------------------------


def rounded_pct(count: int, denominator: int, decimals: int, rounding: str) -> Decimal:
    """``count`` of ``denominator`` in percent, rounded exactly (no float on the way)."""
    scaled = Fraction(100 * count * 10**decimals, denominator)
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    half = Fraction(rest, scaled.denominator) - Fraction(1, 2)
    to_even = rounding == ROUND_HALF_EVEN and whole % 2 == 1
    up = half > 0 or (half == 0 and (rounding == ROUND_HALF_UP or to_even))
    return Decimal(whole + up).scaleb(-decimals)


def fits_some_denominator(count: int, share: Decimal, decimals: int) -> bool:
    """Whether some whole denominator ≥ count gives this share, a half counted either way."""
    half = Fraction(1, 2 * 10**decimals)
    low, high = Fraction(share) - half, Fraction(share) + half
    smallest = max(-(-Fraction(100 * count) // high), count, 1)
    return low <= 0 or smallest <= Fraction(100 * count) // low


# --- printing -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Style:
    """How one table is printed; everything that is not listed here is left to the dice."""

    rows: int = 4
    decimals: int = 0
    percent: str = "%"
    share_first: bool = False
    hidden_below: int = 3
    dash_for_none: bool = False
    hide_share_too: bool = False
    sorted_by: str = "share"
    aliases: bool = False
    total: bool = True
    note: bool = True
    source: bool = True
    period: str = "month"
    half_even: bool = False
    noise: bool = False


@dataclass(frozen=True)
class Cell:
    """One printed cell: ``value`` is None unless the status is 'shown'."""

    status: str
    value: Decimal | None = None
    decimals: int | None = None


@dataclass(frozen=True)
class PrintedRow:
    """A row as it should be read back; ``line`` is 1-based. The total has code ''."""

    code: str
    name: str
    count: Cell
    share: Cell
    line: int = 0


@dataclass(frozen=True)
class PrintedTable:
    """What a reader should make of one printed table."""

    number: int
    caption: str
    period: str
    rows: tuple[PrintedRow, ...]
    total: PrintedRow | None
    note: str | None
    source: str | None
    left_out: frozenset[str]
    left_out_named: frozenset[str]
    share_first: bool
    header_line: int = 0
    caption_line: int = 0


@dataclass(frozen=True)
class PrintedAnswer:
    """A text and the tables printed in it."""

    text: str
    tables: tuple[PrintedTable, ...]


PROSE_BEFORE = (
    "Udvalget har bedt om en oversigt over borgere uden tilbud i de enkelte kommuner.",
    "I alt 2.790 borgere er omfattet, svarende til 21 pct. af alle i målgruppen.",
    "Antal og andel borgere er opgjort pr. 1. maj 2015 og er siden faldet med 4,5 %.",
    "Holbæk har 117 borgere, og det er 52% af kommunens målgruppe.",
    "I Aalborg var tallet 191 (37%) i et tidligere svar, som hermed trækkes tilbage.",
    "Alle tal kan ses i tabel 1.",
    "tabel 1. Det bemærkes, at Odense og Vejle har oplyst egne tal i uge 3 2014.",
    "Tabel 1 viser andelen i hver kommune, mens bilaget rummer de øvrige 12 tal.",
    "- 3 ud af 10 har fået et tilbud -",
)
PROSE_AFTER = (
    "Som det ses af tabel 1, er andelen i Holbæk 52%.",
    "Tabel 1 kan ikke sammenholdes med tidligere svar.",
    "I alt er der tale om 12 kommuner, heraf Skive og Vejen med under 5 pct.",
    "Venlig hilsen",
    "Beskæftigelsesministeren",
)
CAPTIONS = (
    "Antal og andel ydelsesmodtagere uden beskæftigelsesrettede tilbud fordelt på kommuner, {}",
    "Antal og andel borgere med mindst 52 ugers anciennitet i {} opdelt efter bopælskommune",
    "Modtagere uden mentorstøtte det seneste 1 år, kommunefordelt opgørelse, {}.",
)


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def count_text(cell: Cell) -> str:
    """A count with thousands points, or its mark."""
    marks = {"suppressed": ".", "none": "-"}
    return marks[cell.status] if cell.value is None else _thousands(int(cell.value))


def share_text(cell: Cell, percent: str) -> str:
    """A share with its decimal comma and unit, or its mark."""
    marks = {"suppressed": ".", "none": "-"}
    return marks[cell.status] if cell.value is None else str(cell.value).replace(".", ",") + percent


def _period(kind: str, rng: Random) -> tuple[str, str]:
    year = rng.randint(2013, 2029)
    if kind == "month":
        month = rng.randrange(12)
        return f"{year}M{month + 1:02}", f"{MONTHS[month]} {year}"
    if kind == "quarter":
        quarter = rng.randint(1, 4)
        return f"{year}Q{quarter}", f"{quarter}. kvartal {year}"
    week = rng.randint(1, 52)
    return f"{year}W{week:02}", f"uge {week}{rng.choice(['', ','])} {year}"


def _row(code: str, style: Style, rng: Random) -> tuple[PrintedRow, int, int]:
    """A row, with the true count and denominator behind it."""
    denominator = rng.choice((rng.randint(1, 30), rng.randint(1, 700), rng.randint(1, 20_000)))
    count = rng.choice((rng.randint(0, min(6, denominator)), rng.randint(0, denominator)))
    rounding = ROUND_HALF_EVEN if style.half_even else ROUND_HALF_UP
    share = Cell("shown", rounded_pct(count, denominator, style.decimals, rounding), style.decimals)
    if count == 0 and style.dash_for_none:
        counted, share = Cell("none"), Cell("none") if style.hide_share_too else share
    elif count < style.hidden_below:
        counted = Cell("suppressed")
        share = Cell("suppressed") if style.hide_share_too else share
    else:
        counted = Cell("shown", Decimal(count))
    names = KOMMUNER[code]
    name = rng.choice(names) if style.aliases else names[0]
    return PrintedRow(code, name, counted, share), count, denominator


def _sorted(rows: list[PrintedRow], how: str, rng: Random) -> list[PrintedRow]:
    if how == "share":
        return sorted(rows, key=lambda row: (-(row.share.value or Decimal(0)), row.code))
    if how == "mixed":
        return rng.sample(rows, len(rows))
    return sorted(rows, key=lambda row: row.code if how == "code" else row.name)


def _table(number: int, style: Style, rng: Random) -> PrintedTable:
    chosen = rng.sample(sorted(KOMMUNER), style.rows)
    made = {code: _row(code, style, rng) for code in sorted(KOMMUNER)}
    rows = _sorted([made[code][0] for code in chosen], style.sorted_by, rng)
    left_out = frozenset(KOMMUNER) - frozenset(chosen)
    # The left-out kommuner are in the total, as in the published answer.
    count = sum(made[code][1] for code in KOMMUNER)
    denominator = sum(made[code][2] for code in KOMMUNER)
    share = rounded_pct(count, denominator, style.decimals, ROUND_HALF_UP)
    total = PrintedRow(
        "", "I alt", Cell("shown", Decimal(count)), Cell("shown", share, style.decimals)
    )
    named = rng.sample(sorted(left_out), min(len(left_out), rng.randint(0, 3)))
    note = f"Opgørelsen viser borgere, der er registreret mindst {rng.randint(1, 52)} uger."
    if named:
        names = [rng.choice(KOMMUNER[code]) for code in named]
        listed = " og ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        note += f" {listed} indgår derfor ikke i tabellen."
    period, period_text = _period(style.period, rng)
    return PrintedTable(
        number=number,
        caption=rng.choice(CAPTIONS).format(period_text),
        period=period,
        rows=tuple(rows),
        total=total if style.total else None,
        note=note if style.note else None,
        # A table without a total needs something that ends it.
        source="DREAM og egne registreringer" if style.source or not style.total else None,
        left_out=left_out,
        left_out_named=frozenset(named) if style.note else frozenset(),
        share_first=style.share_first,
    )


def wrap(text: str, rng: Random, *, first_words: int = 3) -> list[str]:
    """Break running text into lines, long words sometimes with a hyphen at the line's end."""
    lines, line = [], ""
    for position, word in enumerate(text.split(" ")):
        line = f"{line} {word}" if line else word
        if position < first_words or rng.random() < 0.8:
            continue
        letters = re.fullmatch(r"[a-zæøå]{7,}", word)
        if letters and rng.random() < 0.5:
            cut = rng.randint(3, len(word) - 3)
            lines.append(line[: cut - len(word)] + "-")
            line = word[cut:]
        else:
            lines.append(line)
            line = ""
    return [*lines, line] if line else lines


def page_break(rng: Random) -> list[str]:
    """The lines that a page break leaves in the text of a PDF."""
    number = rng.randint(2, 9)
    mark = rng.choice(("", f"{number}", f"Side {number}", f"Side {number} af 9", f"- {number} -"))
    return ["", mark, rng.choice(("", " ")), rng.choice(("\f", ""))]


def _gap(noise: bool, rng: Random) -> list[str]:
    if not noise:
        return []
    return rng.choices(([], [""], [" ", ""], page_break(rng)), (6, 8, 2, 1))[0]


def _dressed(line: str, noise: bool, rng: Random) -> str:
    if not noise:
        return line
    start = rng.choices(("", " ", "   ", "\f"), (8, 2, 1, 1))[0]
    return start + line + rng.choice(("", " ", "  "))


def _row_text(row: PrintedRow, style: Style, rng: Random) -> str:
    cells = [count_text(row.count), share_text(row.share, style.percent)]
    between = rng.choice((" ", " ", "   ", "\t")) if style.noise else " "
    return between.join([row.name, *(reversed(cells) if style.share_first else cells)])


def _lay_out(table: PrintedTable, style: Style, lines: list[str], rng: Random) -> PrintedTable:
    caption = wrap(f"Tabel {table.number}. {table.caption}", rng)
    caption_line = len(lines) + 1
    lines += [line + rng.choice(("", " ")) for line in caption]
    columns = "Andel Antal" if style.share_first else "Antal Andel"
    header = rng.choice(("", "Kommune ")) + columns
    lines += ["", _dressed(header, style.noise, rng)]
    header_line = len(lines)
    placed = []
    for row in (*table.rows, *filter(None, [table.total])):
        lines += _gap(style.noise, rng)
        lines.append(_dressed(_row_text(row, style, rng), style.noise, rng))
        placed.append(replace(row, line=len(lines)))
    lines += rng.choice(([], [""]))
    if table.note:
        lines += wrap(f"Anm.: {table.note}", rng)
    if table.source:
        lines += [*rng.choice(([], [""])), f"Kilde: {table.source}"]
    lines += ["", ""]
    return replace(
        table,
        rows=tuple(placed[: len(table.rows)]),
        total=placed[-1] if table.total else None,
        caption_line=caption_line,
        header_line=header_line,
    )


def print_answer(styles: Sequence[Style], seed: int, *, newline: str = "\n") -> PrintedAnswer:
    """Print one table per style, with prose around, and say what should be read back."""
    rng = Random(seed)
    lines: list[str] = []
    tables = []
    for number, style in enumerate(styles, start=1):
        lines += rng.choices(PROSE_BEFORE, k=rng.randint(0, 4))
        lines += ["", *wrap(" ".join(rng.choices(PROSE_BEFORE, k=2)), rng), ""]
        tables.append(_lay_out(_table(number, style, rng), style, lines, rng))
    lines += rng.choices(PROSE_AFTER, k=rng.randint(0, 5))
    return PrintedAnswer(newline.join(lines), tuple(tables))


# --- judging ------------------------------------------------------------------------------------


_COUNT = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+|\.|-")
_SHARE = re.compile(r"\d+(?:,\d+)? ?(?:%|pct\.?)?|\.|-")
_NAME = re.compile(r"[^\W\d_](?:[^\d%]*[^\W\d_])?")
_NOISE = re.compile(r"(?:side )?[-–]? ?\d{1,4} ?[-–]?(?: ?(?:af|/) ?\d{1,4})?")
_HEADER = re.compile(r"(.*?)(?:kommuner? )?\b(antal\W+andel|andel\W+antal)")
_CAPTION = re.compile(r"Tabel\b(?:\s(\d+)\b)?")  # a form feed is space too
_TWO_CELLS = re.compile(r"[^\W\d_].*(?:\s(?:\d+(?:[.,]\d+)*|[.,-]) ?(?:%|pct\.?)?){2}")
_UNIT = re.compile(r"\(?(?:%|pct\.?)\)?")  # a header's second line
_BROKEN = re.compile(r"[^\W\d_]-$")
_NOTE = re.compile(r"(?:anm|note|kilde)[^:]{0,20}:")


def physical_lines(text: str) -> list[str]:
    """Lines as an editor numbers them, white space made one space, inner form feeds kept."""
    pages = [[" ".join(part.split()) for part in line.split("\f")] for line in text.split("\n")]
    return ["\f".join(filter(None, parts)) for parts in pages]


@lru_cache(maxsize=50_000)
def readings(line: str, share_first: bool) -> frozenset[tuple[str, str, str]]:
    """Every way to cut a line into a name, a count cell and a share cell: none, one or many."""
    if len(line) > 60:
        return frozenset()
    first, second = (_SHARE, _COUNT) if share_first else (_COUNT, _SHARE)
    found = set()
    for i, j in itertools.combinations(range(1, len(line)), 2):
        if line[j - 1].isdigit() and line[j].isdigit():
            continue  # a cut inside a number
        name, a, b = line[:i].strip(), line[i:j].strip(), line[j:].strip()
        if not {a, b} & {".", "-"} <= set(line.split()):
            continue  # a mark glued to a word or a number is punctuation
        if _NAME.fullmatch(name) and first.fullmatch(a) and second.fullmatch(b):
            found.add((name, b, a) if share_first else (name, a, b))
    return frozenset(found)


def cell(text: str, *, share: bool) -> Cell:
    """A printed cell's status and value."""
    if text in (".", "-"):
        return Cell("suppressed" if text == "." else "none")
    if not share:
        return Cell("shown", Decimal(text.replace(".", "")))
    number = re.sub(r" ?(%|pct\.?)$", "", text)
    return Cell("shown", Decimal(number.replace(",", ".")), len(number.partition(",")[2]))


def squeezed(text: str) -> str:
    """Text without spaces, hyphens and capitals, for comparing what was wrapped."""
    return re.sub(r"[\s\-‐–]", "", text).casefold()


def periods(text: str) -> set[str]:
    """All periods printed in a text, spaces, case and hyphens disregarded."""
    flat = re.sub(r"-\s+", "", text).casefold()
    found = set()
    for index, month in enumerate(MONTHS, start=1):
        short = "|".join(month[:length] for length in range(len(month), 2, -1))
        found |= {f"{y}M{index:02}" for y in re.findall(rf"(?:{short})\s*(\d{{4}})(?!\d)", flat)}
    quarters = re.findall(r"([1-4])\.?\s*kvartal\s*(\d{4})(?!\d)", flat)
    weeks = re.findall(r"uge\s*(\d{1,2})\s*,?\s*(?:i\s)?\s*(\d{4})(?!\d)", flat)
    found |= {f"{year}Q{quarter}" for quarter, year in quarters}
    return found | {f"{year}W{int(week):02}" for week, year in weeks}


def _as_decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _differs(claim: Mapping[str, object], count: Cell, share: Cell) -> Iterator[str]:
    if (claim["count_status"], claim["share_status"]) != (count.status, share.status):
        yield f"statuses {claim['count_status']}, {claim['share_status']}"
    for column, printed in (("count", count), ("share_pct", share)):
        value = _as_decimal(claim[column])
        # Whether '-' is kept as null or as 0 is the reader's choice; '.' is never a number.
        allowed = (None, Decimal(0)) if printed.status == "none" else (printed.value,)
        if value not in allowed:
            yield f"{column} {value}, printed {printed.value}"
    if share.status == "shown" and claim["share_decimals"] != share.decimals:
        yield f"share_decimals {claim['share_decimals']}, printed {share.decimals}"


def _claims(table: AnswerTable) -> list[dict[str, object]]:
    claims = table.rows.to_dicts()
    if table.total is not None:
        total = table.total
        claims.append(
            {
                "line": total.line,
                "kommunekode": "",
                "count": total.count,
                "share_pct": total.share_pct,
                "share_decimals": total.share_decimals,
                "count_status": "shown",
                "share_status": total.share_status,
            }
        )
    return claims


def _following(lines: list[str], line: int) -> int:
    """The next line that is not blank, or 0."""
    return next((n for n in range(line + 1, len(lines) + 1) if lines[n - 1]), 0)


def _ways(lines: list[str], line: int, share_first: bool) -> list[tuple[str, str, str, str]]:
    """The readings of a line, each with its kommunekode ('' for a total, '?' if unknown).

    A line that ends in a hyphen goes on in the next; a form feed inside one may part two rows.
    """
    text = lines[line - 1] if 1 <= line <= len(lines) else ""
    printed = {text.replace("\f", " ")}
    if "\f" in text and not readings(*printed, share_first):
        printed = set(text.split("\f"))
    following = _following(lines, line) if _BROKEN.search(text) else 0
    if following:
        printed = {text[:-1] + lines[following - 1], text + lines[following - 1]}
    ways = set()
    for name, count, share in set().union(*(readings(each, share_first) for each in printed)):
        key = name_key(name)
        ways.add(("" if key == "ialt" else CODE_OF_KEY.get(key, "?"), key, count, share))
    return [way for way in ways if way[0] != "?" or not following]


def _judge_printed(table: AnswerTable, lines: list[str], share_first: bool) -> Iterator[str]:
    with_unit: set[bool] = set()
    for claim in _claims(table):
        line = int(str(claim["line"]))
        ways = _ways(lines, line, share_first)
        same = [way for way in ways if way[0] == claim["kommunekode"]]
        if len(same) != 1 or (len(ways) > 1 and "\f" not in lines[line - 1]):
            yield f"line {line} reads {ways}, claimed {claim}"
            continue
        _, _, count, share = same[0]
        if share not in (".", "-"):
            with_unit.add(not share[-1].isdigit())
        for difference in _differs(claim, cell(count, share=False), cell(share, share=True)):
            yield f"line {line}: {difference}"
    if len(with_unit) > 1:
        # All bare is a way to print shares; some bare means that something was lost.
        yield "some shares have a unit and some have none"


def _judge_sums(table: AnswerTable) -> Iterator[str]:
    rows = table.rows.to_dicts()
    codes = [row["kommunekode"] for row in rows]
    if len(codes) != len(set(codes)):
        yield "a kommune twice"
    if sorted(table.left_out) != sorted(set(KOMMUNER) - set(codes)):
        yield f"left_out {table.left_out}"
    if not set(table.left_out_named) <= set(table.left_out):
        yield f"left_out_named {table.left_out_named} is not left out"
    for claim in _claims(table):
        count, share = _as_decimal(claim["count"]), _as_decimal(claim["share_pct"])
        if share is not None and share > 100:
            yield f"share {share} above 100 on line {claim['line']}"
        decimals = int(str(claim["share_decimals"] or 0))
        shown = claim["count_status"] == claim["share_status"] == "shown"
        if not shown or count is None or share is None:
            continue
        if not fits_some_denominator(int(count), share, decimals):
            yield f"{count} and {share} fit no denominator on line {claim['line']}"
    if table.total is not None and table.total.count is not None:
        published = sum(row["count"] or 0 for row in rows)
        complete = not table.left_out and all(row["count_status"] == "shown" for row in rows)
        total = table.total.count
        if published > total or (complete and published != total):
            yield f"rows sum to {published}, total {total}"


def _judge_region(
    table: AnswerTable, lines: list[str], header: int, claimed: set[int]
) -> Iterator[str]:
    """Nothing readable or unreadable between the header and the table's end was passed over."""
    last = max(claimed)
    end = last
    if table.total is None:
        after = range(last + 1, len(lines) + 1)
        ends = (
            n for n in after if _NOTE.match(lines[n - 1].casefold()) or _CAPTION.match(lines[n - 1])
        )
        end = next(ends, len(lines) + 1) - 1
    for number in range(header + 1, end + 1):
        text = lines[number - 1].casefold()
        if not text or number in claimed or _NOISE.fullmatch(text) or _HEADER.fullmatch(text):
            continue
        if number == _following(lines, header) and _UNIT.fullmatch(text):
            continue
        # Without a total, what follows the last row may be prose.
        if number < last or _TWO_CELLS.fullmatch(text):
            yield f"line {number} {lines[number - 1]!r} inside the table was passed over"


def _judge_caption(table: AnswerTable, lines: list[str], header: int) -> Iterator[str]:
    starts = [n for n in range(1, header) if _CAPTION.match(lines[n - 1])]
    found = [list(_caption_differs(table, lines[start - 1 : header])) for start in starts]
    if [] not in found:
        yield f"caption {table.number!r} {table.caption!r}: {found[-1:] or 'none is printed'}"
    above = " ".join(lines[min(starts, default=header) - 1 : header - 1])
    candidates = periods(table.caption) or periods(" ".join(lines[header:]))
    if table.period not in candidates & periods(above + " ".join(lines[header:])):
        yield f"period {table.period}, printed {candidates}"


def _caption_differs(table: AnswerTable, block: list[str]) -> Iterator[str]:
    number = _CAPTION.match(block[0])
    if number is None or (number.group(1) or "") != str(table.number):
        yield f"number {table.number!r}, printed {block[0]!r}"
    folded = [line.casefold() for line in block]
    without_columns = [*folded[:-1], _HEADER.sub(r"\1", folded[-1]).strip(" ,;:.")]
    # The caption's own first line may end in the words of a header: 'Tabel 1. Antal andel'.
    without_columns = [
        line for at, line in enumerate(without_columns) if not (at and _HEADER.fullmatch(line))
    ]
    without_pages = [line for line in without_columns if not _NOISE.fullmatch(line)]
    # A unit right above the columns is the first line of their header.
    without_units = [line for line in without_pages if not _UNIT.fullmatch(line)]
    kept_lines = (without_columns, without_pages, without_units)
    printed = {squeezed(" ".join(kept)) for kept in kept_lines}
    bare = {re.sub(r"^tabel\d*[.:]?", "", text) for text in printed}
    if squeezed(table.caption) not in printed | bare:
        yield f"printed {' '.join(block)!r}"


def _with_whole_headers(lines: list[str]) -> list[str]:
    """The same lines, with a header that stands on two lines put together on the second."""
    whole = list(lines)
    for number, line in enumerate(lines, 1):
        below = _following(lines, number)
        if below:
            both = f"{line} {lines[below - 1]}"
            alone = _HEADER.fullmatch(line.casefold()) or _HEADER.fullmatch(
                lines[below - 1].casefold()
            )
            if not alone and re.fullmatch(r"(?i)(antal andel|andel antal)", both):
                whole[number - 1], whole[below - 1] = "", both
    return whole


def _dropped_rows(lines: list[str], claimed: set[tuple[int, str]]) -> Iterator[str]:
    starts = [n for n, line in enumerate(lines, 1) if _CAPTION.match(line)]
    for number in range(min(starts, default=1), len(lines) + 1):
        for order in (False, True):
            for way in _ways(lines, number, order):
                if way[0] != "?" and (number, way[0]) not in claimed:
                    yield f"line {number} {lines[number - 1]!r} is a row and was dropped"


def complaints(tables: Sequence[AnswerTable], text: str) -> list[str]:
    """Every point where the tables read and the text they were read from disagree."""
    lines = _with_whole_headers(physical_lines(text))
    found = [] if tables else ["no table and no refusal"]
    all_claimed: set[tuple[int, str]] = set()
    for table in tables:
        row_lines = table.rows["line"].to_list()
        if not row_lines:
            found.append("a table without rows")
            continue
        if table.rows["order"].to_list() != list(range(1, len(row_lines) + 1)):
            found.append("order is not 1, 2, 3 …")
        if row_lines != sorted(row_lines):
            found.append(f"row lines are not increasing: {row_lines}")
        headers = [
            n for n in range(1, min(row_lines)) if _HEADER.fullmatch(lines[n - 1].casefold())
        ]
        if not headers:
            found.append(f"no header above line {min(row_lines)}")
            continue
        claims = {(int(str(claim["line"])), str(claim["kommunekode"])) for claim in _claims(table)}
        claimed = {line for line, _ in claims if 1 <= line <= len(lines)}
        claimed |= {_following(lines, n) for n in claimed if _BROKEN.search(lines[n - 1])}
        share_first = lines[headers[-1] - 1].casefold().endswith("antal")
        found += _judge_printed(table, lines, share_first)
        found += _judge_sums(table)
        found += _judge_region(table, lines, headers[-1], claimed)
        found += _judge_caption(table, lines, headers[-1])
        all_claimed |= claims
    return found + list(_dropped_rows(lines, all_claimed))
