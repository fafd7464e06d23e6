"""Properties of the answer reader, held against tables printed and judged independently.

A generated table comes back cell by cell; a damaged text gives a refusal that names its line, or
rows that are right for the damaged text; arbitrary text gives a refusal and nothing worse. The
generator and the slow second reading live in ``tests/oracles/answers.py``. The examples are random
on purpose: a failure prints the blob that replays it.

One file on purpose: all properties share the strategies and the doctored results below.
"""

from __future__ import annotations

import dataclasses
import re
import time
import unicodedata
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from queries.sources.kommune_names import KommuneNames
from queries.sources.ministerial_answer import Answer, AnswerError, AnswerTable, read_answer
from queries.sources.rounding import denominator_interval
from tests.oracles import answers as oracle
from tests.oracles.answers import KOMMUNER, PrintedAnswer, PrintedTable, Style, print_answer

DOCUMENT = "prøve.txt"
NAMES = KommuneNames.from_csv()
REAL = Path(__file__).resolve().parents[4] / "shared" / "seeds" / "002_98f7a85d99b85152.txt"

slow = settings(
    max_examples=150,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
quick = settings(slow, max_examples=400)

styles = st.builds(
    Style,
    rows=st.one_of(st.integers(2, 8), st.integers(2, 98), st.just(98)),
    decimals=st.integers(0, 2),
    percent=st.sampled_from(["%", " %", " pct."]),
    share_first=st.booleans(),
    hidden_below=st.sampled_from([3, 0, 5]),
    dash_for_none=st.booleans(),
    hide_share_too=st.booleans(),
    sorted_by=st.sampled_from(["share", "code", "name", "mixed"]),
    aliases=st.booleans(),
    total=st.booleans(),
    note=st.booleans(),
    source=st.booleans(),
    period=st.sampled_from(["month", "quarter", "week"]),
    half_even=st.booleans(),
    noise=st.booleans(),
)
seeds = st.integers(0, 2**32)
printed_answers = st.builds(
    print_answer,
    st.lists(styles, min_size=1, max_size=2),
    seeds,
    newline=st.sampled_from(["\n", "\n", "\r\n"]),
)
small_styles = st.builds(
    lambda style, rows: dataclasses.replace(style, rows=rows), styles, st.integers(2, 9)
)
small_answers = st.builds(lambda style, seed: print_answer([style], seed), small_styles, seeds)
few_answers = st.builds(print_answer, st.lists(small_styles, min_size=1, max_size=2), seeds)


@pytest.fixture(scope="module")
def real_text() -> str:
    assert REAL.is_file(), f"The answer to spm. 554 is needed for this test: {REAL} is missing"
    return REAL.read_text(encoding="utf-8")


def read(text: str) -> Answer:
    return read_answer(text, document=DOCUMENT, names=NAMES)


def refusal(text: str) -> str:
    with pytest.raises(AnswerError) as caught:
        read(text)
    return str(caught.value)


def named_lines(message: str) -> set[int]:
    return {int(number) for number in re.findall(r"linje (\d+)", message)}


# --- 1. what is printed is read back ------------------------------------------------------------

Cells = tuple[object, ...]


def _value(status: str, value: object) -> Decimal | None:
    """A '-' may be kept as null or as zero: both are None here."""
    return None if status == "none" or value is None else Decimal(str(value))


def cells_read(table: AnswerTable) -> list[Cells]:
    return [
        (
            *(row["order"], row["line"], row["kommunekode"], " ".join(row["printed_name"].split())),
            *(row["count_status"], _value(row["count_status"], row["count"])),
            *(row["share_status"], _value(row["share_status"], row["share_pct"])),
            row["share_decimals"] if row["share_status"] == "shown" else None,
        )
        for row in table.rows.to_dicts()
    ]


def cells_printed(table: PrintedTable) -> list[Cells]:
    return [
        (
            *(order, row.line, row.code, row.name),
            *(row.count.status, row.count.value),
            *(row.share.status, row.share.value, row.share.decimals),
        )
        for order, row in enumerate(table.rows, start=1)
    ]


def total_read(table: AnswerTable) -> Cells | None:
    if table.total is None:
        return None
    total = table.total
    return (total.line, total.count, Decimal(str(total.share_pct)), total.share_decimals)


def total_printed(table: PrintedTable) -> Cells | None:
    if table.total is None:
        return None
    count, share = table.total.count, table.total.share
    return (table.total.line, count.value, share.value, share.decimals)


@given(printed_answers)
@slow
def test_a_printed_table_is_read_back(printed: PrintedAnswer) -> None:
    tables = read(printed.text).tables
    assert [str(table.number) for table in tables] == [str(t.number) for t in printed.tables]
    for got, want in zip(tables, printed.tables, strict=True):
        assert cells_read(got) == cells_printed(want)
        assert total_read(got) == total_printed(want)
        assert got.period == want.period
        assert re.sub(r"^Tabel \d+\. ", "", got.caption) == want.caption
        assert set(got.left_out) == want.left_out
        assert set(got.left_out_named) == want.left_out_named
        assert oracle.squeezed(want.note or "") in oracle.squeezed(" ".join(got.notes))
        source = re.sub(r"^kilde:", "", oracle.squeezed(got.source_note or ""))
        assert source == oracle.squeezed(want.source or "")
    assert oracle.complaints(tables, printed.text) == []


def test_the_published_table_satisfies_the_second_reading(real_text: str) -> None:
    (table,) = read(real_text).tables
    assert oracle.complaints([table], real_text) == []
    assert len(table.rows) == 96
    assert table.period == "2017M06"
    assert total_read(table) == (274, 2790, Decimal(21), 0)
    assert set(table.left_out) == set(table.left_out_named) == {"0563", "0825"}  # Fanø, Læsø
    hidden = table.rows.filter(pl.col("count_status") == "suppressed")
    assert hidden["kommunekode"].to_list() == ["0155", "0201", "0730", "0740"]


@given(seeds, st.sampled_from(["\n", "\r\n"]))
@settings(slow, max_examples=25)
def test_layout_alone_changes_nothing(real_text: str, seed: int, newline: str) -> None:
    rng = Random(seed)
    lines = real_text.split("\n")
    first = lines.index("Guldborgsund 67 66% ")
    last = lines.index("I alt 2.790 21% ")
    table = []
    for line in lines[first:last]:
        gap = rng.choice(([], [], [""], ["  "], oracle.page_break(rng)))
        table += [*gap, rng.choice(("", " ", "\f")) + line.strip() + rng.choice(("", "  "))]
    table = [line for line in table if line.strip(" ") or rng.random() < 0.5]
    changed = newline.join([*lines[:first], *table, *lines[last:]])
    columns = [name for name in read(changed).tables[0].rows.columns if name != "line"]
    expected = read(real_text).tables[0].rows.select(columns)
    assert read(changed).tables[0].rows.select(columns).equals(expected)


WRAPPED = {
    # line as printed → caption as meant: only a hyphen that breaks a word disappears
    "Antal og andel kontant-\nog uddannelseshjælpsmodtagere, juni 2017": (
        "Antal og andel kontant- og uddannelseshjælpsmodtagere, juni 2017"
    ),
    "Antal og andel ydelses-\nmodtagere, juni 2017": "Antal og andel ydelsesmodtagere, juni 2017",
    "Antal og andel borgere i Faaborg-\nMidtfyn mv., juni 2017": (
        "Antal og andel borgere i Faaborg-Midtfyn mv., juni 2017"
    ),
    # a line that could be a page number but is the year
    "Antal og andel borgere, juni\n2017": "Antal og andel borgere, juni 2017",
    "Antal og andel borgere, ju-\nni 2017": "Antal og andel borgere, juni 2017",
}
BODY = "\nAntal Andel\nHolbæk 117 52%\nMorsø 30 52%\nKilde: DREAM"


@pytest.mark.parametrize("printed", WRAPPED)
def test_captions_are_unwrapped(printed: str) -> None:
    (table,) = read(f"Tabel 1. {printed}{BODY}").tables
    assert re.sub(r"^Tabel 1\. ", "", table.caption) == WRAPPED[printed]
    assert table.period == "2017M06"


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("Fanø og Læsø indgår derfor ikke i tabellen.", {"0563", "0825"}),
        ("Mors er med.", set()),  # in the table under its other name: not left out
        (
            "Borgerne følges hele vejen, og en skive af dem på fanøvis.",
            set(),
        ),  # words, not kommuner
        ("Faaborg-\nMidtfyn og Høje\nTåstrup indgår ikke i tabellen.", {"0430", "0169"}),
        ("Frede-\nricia indgår ikke i tabellen.", {"0607"}),
    ],
)
def test_the_note_names_what_is_left_out(note: str, named: set[str]) -> None:
    text = f"Tabel 1. Antal og andel borgere, juni 2017{BODY}".replace(
        "Kilde", f"Anm.: {note}\nKilde"
    )
    (table,) = read(text).tables
    assert set(table.left_out_named) == named


# --- 2. damaged text: a refusal that says where, or the right rows ------------------------------


def judge(text: str) -> None:
    """The reader refuses and says where, or every row is right for the text as it stands."""
    try:
        answer = read(text)
    except AnswerError as error:
        message = str(error)
        lines = named_lines(message)
        assert DOCUMENT in message
        assert all(1 <= line <= len(oracle.physical_lines(text)) for line in lines), message
        assert lines or "tabel" in message.casefold(), message
    else:
        assert oracle.complaints(answer.tables, text) == []


Mutation = Callable[[list[str], int, Random], list[str]]
CHARACTERS = " .,%-–0123456789aøÅ\f\t"
STRAY = (
    *("Holbæk", "117 52%", ".", "-", "%", "I alt", "I alt 5 20%", "Se også bilag 3.", "Holbæk 117"),
    *("* foreløbige tal", "Region Sjælland", "Region Sjælland 12 10%", "Atlantis 3 16%", "52%"),
    *("Anm.: foreløbige tal", "Kilde: DREAM", "Andel Antal", "Tabel 2. Andre tal, maj 2018", "7"),
    *("Christiansø . 0%", "Morsø 30 52%", "Holbæk 11 7 52%", "Uoplyst 4 10%"),
)


def _edit(change: Callable[[str, Random], str]) -> Mutation:
    return lambda lines, i, rng: [*lines[:i], change(lines[i], rng), *lines[i + 1 :]]


def _drop_character(line: str, rng: Random) -> str:
    at = rng.randrange(len(line) + 1)
    return line[:at] + line[at + 1 :]


def _insert_character(line: str, rng: Random) -> str:
    at = rng.randrange(len(line) + 1)
    return line[:at] + rng.choice(CHARACTERS) + line[at:]


def _double_character(line: str, rng: Random) -> str:
    at = rng.randrange(len(line) + 1)
    return line[: at + 1] + line[at:]


def _change_digit(line: str, rng: Random) -> str:
    places = [at for at, character in enumerate(line) if character.isdigit()]
    at = rng.choice(places) if places else 0
    return line[:at] + rng.choice("0123456789") + line[at + 1 :]


def _swap_tokens(line: str, rng: Random) -> str:
    tokens = line.split()
    if len(tokens) < 2:
        return line
    a, b = rng.sample(range(len(tokens)), 2)
    tokens[a], tokens[b] = tokens[b], tokens[a]
    return " ".join(tokens)


def _drop_token(line: str, rng: Random) -> str:
    tokens = line.split()
    if tokens:
        tokens.pop(rng.randrange(len(tokens)))
    return " ".join(tokens)


def _replace_mark(line: str, rng: Random) -> str:
    old, new = rng.choice((". ", ".,", ",.", "% ", "-.", ".-", "- ", ".0"))
    return line.replace(old, new.strip())


def _split_line(line: str, rng: Random) -> str:
    at = rng.randrange(len(line) + 1)
    return line[:at] + rng.choice(("\n", "-\n", "\f", "\r", "\x0b", "\u2028")) + line[at:]


def _swap_lines(lines: list[str], i: int, rng: Random) -> list[str]:
    j = min(len(lines) - 1, i + rng.choice((1, 2, 5)))
    lines = list(lines)
    lines[i], lines[j] = lines[j], lines[i]
    return lines


def _move_line(lines: list[str], i: int, rng: Random) -> list[str]:
    rest = [*lines[:i], *lines[i + 1 :]]
    at = max(0, min(len(rest), i + rng.randint(-9, 9)))
    return [*rest[:at], lines[i], *rest[at:]]


def _duplicate_line(lines: list[str], i: int, rng: Random) -> list[str]:
    at = min(len(lines), i + rng.choice((0, 1, 4)))
    return [*lines[:at], lines[i], *lines[at:]]


def _cut(lines: list[str], i: int, rng: Random) -> list[str]:
    return [*lines[:i], lines[i][: rng.randrange(len(lines[i]) + 1)]]


def _join_lines(lines: list[str], i: int, rng: Random) -> list[str]:
    following = next((j for j in range(i + 1, len(lines)) if lines[j].strip()), i)
    glued = rng.choice(("", " ", "  ")).join(dict.fromkeys((lines[i], lines[following])))
    return [*lines[:i], glued, *lines[following + 1 :]]


MUTATIONS: dict[str, Mutation] = {
    "drop a character": _edit(_drop_character),
    "insert a character": _edit(_insert_character),
    "double a character": _edit(_double_character),
    "change a digit": _edit(_change_digit),
    "swap two words": _edit(_swap_tokens),
    "drop a word": _edit(_drop_token),
    "replace a mark": _edit(_replace_mark),
    "split a line": _edit(_split_line),
    "join two lines": _join_lines,
    "swap two lines": _swap_lines,
    "move a line": _move_line,
    "delete a line": lambda lines, i, rng: [*lines[:i], *lines[i + 1 :]],
    "duplicate a line": _duplicate_line,
    "stray line": lambda lines, i, rng: [*lines[:i], rng.choice(STRAY), *lines[i:]],
    "cut the end off": _cut,
    "cut the start off": lambda lines, i, rng: lines[i:],
    "lose a stretch": lambda lines, i, rng: [*lines[:i], *lines[i + rng.randint(2, 30) :]],
}
mutations = st.lists(st.tuples(st.sampled_from(sorted(MUTATIONS)), seeds), min_size=1, max_size=2)
Mutations = list[tuple[str, int]]


def mutated(text: str, chosen: Mutations, first: int, last: int) -> str:
    """``text`` after each chosen mutation of a line from ``first`` to ``last`` (1-based)."""
    for kind, seed in chosen:
        rng = Random(seed)
        lines = text.split("\n")
        i = min(rng.randint(first - 1, last - 1), len(lines) - 1)
        if not lines[i].strip():  # half of a table's lines can be blank, and say little
            i = max(i - 1, 0)
        text = "\n".join(MUTATIONS[kind](lines, i, rng))
    return text


@given(few_answers, mutations)
@quick
def test_a_mutated_table_is_refused_or_read_right(
    printed: PrintedAnswer, chosen: Mutations
) -> None:
    last = printed.tables[-1].total or printed.tables[-1].rows[-1]
    judge(mutated(printed.text, chosen, printed.tables[0].caption_line, last.line + 3))


@given(mutations)
@quick
def test_the_mutated_document_is_refused_or_read_right(real_text: str, chosen: Mutations) -> None:
    judge(mutated(real_text, chosen, 76, 285))


HARMLESS = ("7", "Andel", "Morsø 30 52%", "Anm", "Kilde", "Tabel", "I alt")
"""Stray lines that a text may well go on after: a page number, a row, the end of a table."""

Damage = Callable[[PrintedTable, list[str], Random], tuple[set[int], str] | None]
"""Changes the lines in place; the lines a refusal may name and a word it must hold."""


def _plain(name: str, count: str, share: str, table: PrintedTable) -> str:
    return " ".join([name, share, count] if table.share_first else [name, count, share])


def _full_row(table: PrintedTable, rng: Random) -> oracle.PrintedRow | None:
    rows = [row for row in table.rows if row.count.status == row.share.status == "shown"]
    return rng.choice(rows) if rows else None


def _share(value: int, row: oracle.PrintedRow) -> str:
    decimals = row.share.decimals or 0
    return oracle.share_text(
        oracle.Cell("shown", Decimal(value).scaleb(0) + Decimal(0).scaleb(-decimals), decimals), "%"
    )


def _twice(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    row = rng.choice(table.rows)
    later = rng.choice([other for other in table.rows if other.line >= row.line])
    lines.insert(later.line, lines[row.line - 1])
    return {row.line, later.line + 1}, row.name


def _misspelt(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    row = rng.choice(table.rows)
    at = rng.randrange(1, len(row.name))
    wrong = row.name[:at] + rng.choice("bcdghkqxz") + row.name[at + 1 :]
    if oracle.name_key(wrong) in oracle.CODE_OF_KEY:
        return None
    lines[row.line - 1] = lines[row.line - 1].replace(row.name, wrong)
    return {row.line}, wrong


def _no_fit(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    row = _full_row(table, rng)
    wrong = rng.randint(1, 100)
    if row is None or row.count.value is None:
        return None
    count = int(row.count.value)
    if oracle.fits_some_denominator(count, Decimal(wrong), row.share.decimals or 0):
        return None
    share = _share(wrong, row)
    lines[row.line - 1] = _plain(row.name, oracle.count_text(row.count), share, table)
    return {row.line}, row.name


def _too_much(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    row = rng.choice(table.rows)
    share = rng.choice(("101%", "152%", "1000%"))
    lines[row.line - 1] = _plain(row.name, oracle.count_text(row.count), share, table)
    return {row.line}, share[:-1]


def _stray(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    at = rng.choice(table.rows[1:]).line
    stray = rng.choice([line for line in STRAY if not line.startswith(HARMLESS)])
    lines.insert(at - 1, stray)
    return set(range(at, len(lines) + 1)), ""


def _swapped(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    row = _full_row(table, rng)
    if row is None:
        return None
    count, share = oracle.count_text(row.count), oracle.share_text(row.share, "%")
    lines[row.line - 1] = _plain(row.name, share, count, table)
    return {row.line}, row.name


def _comma(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    rows = [row for row in table.rows if row.count.status == "suppressed"]
    if not rows:
        return None
    row = rng.choice(rows)
    lines[row.line - 1] = _plain(row.name, ",", oracle.share_text(row.share, "%"), table)
    return {row.line}, row.name


def _one_cell(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    row = rng.choice(table.rows)
    kept = rng.choice((oracle.count_text(row.count), oracle.share_text(row.share, " pct.")))
    lines[row.line - 1] = f"{row.name} {kept}"
    return {row.line}, row.name


def _small_total(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    published = int(sum(row.count.value or 0 for row in table.rows))
    if table.total is None or published == 0:
        return None
    count = oracle.count_text(oracle.Cell("shown", Decimal(rng.randrange(published))))
    # 0 of something is 0 pct., and any other count is all of itself: the pair alone is possible.
    lines[table.total.line - 1] = _plain("I alt", count, "0%" if count == "0" else "100%", table)
    return {table.total.line, table.rows[-1].line}, oracle.count_text(
        oracle.Cell("shown", Decimal(published))
    )


def _half_total(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    if table.total is None:
        return None
    lines[table.total.line - 1] = rng.choice(
        ("I alt", "I alt 12.345", "I alt 21%", "I alt 2.79 21%")
    )
    return {table.total.line}, "I alt"


def _no_period(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    caption = f"Tabel {table.number}. Antal og andel borgere fordelt på kommuner"
    length = table.header_line - table.caption_line - 1
    lines[table.caption_line - 1 : table.header_line - 1] = [caption, *[""] * (length - 1)]
    return set(range(table.caption_line, table.header_line + 1)), "period"


def _no_header(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    lines[table.header_line - 1] = ""
    return set(), ""


def _no_caption(table: PrintedTable, lines: list[str], rng: Random) -> tuple[set[int], str] | None:
    lines[: table.header_line - 1] = ["Svar:", ""]
    return set(), "abel"


DAMAGES: dict[str, Damage] = {
    "a kommune twice": _twice,
    "a misspelt name": _misspelt,
    "a share that fits no denominator": _no_fit,
    "a share above 100": _too_much,
    "a stray line": _stray,
    "two cells swapped": _swapped,
    "a comma for a hidden count": _comma,
    "a cell missing": _one_cell,
    "a total below its rows": _small_total,
    "an unreadable total": _half_total,
    "no period": _no_period,
    "no header": _no_header,
    "no caption": _no_caption,
}


@pytest.mark.parametrize("kind", DAMAGES)
@given(printed=small_answers, seed=seeds)
@settings(slow, max_examples=40)
def test_damage_is_refused_where_it_is(kind: str, printed: PrintedAnswer, seed: int) -> None:
    lines = printed.text.split("\n")
    expected = DAMAGES[kind](printed.tables[0], lines, Random(seed))
    assume(expected is not None)
    assert expected is not None
    where, word = expected
    message = refusal("\n".join(lines))
    assert DOCUMENT in message
    assert not where or named_lines(message) & where, (message, where)
    assert word in message


def test_a_complete_table_must_add_up() -> None:
    # All 98 kommuner, nothing hidden: 98 · 5 of 10, so the total is 490 of 980 and nothing else.
    rows = [f"{names[0]} 5 50%" for names in KOMMUNER.values()]
    head = "Tabel 1. Antal og andel borgere, juni 2017\nAntal Andel\n"
    assert read(head + "\n".join([*rows, "I alt 490 50%"])).tables[0].left_out == ()
    assert named_lines(refusal(head + "\n".join([*rows, "I alt 491 50%"]))) & {101}
    # One row hidden, and the rest may be anything that is not negative.
    hidden = [rows[0].replace("5 50%", ". 50%"), *rows[1:]]
    assert read(head + "\n".join([*hidden, "I alt 486 50%"])).tables[0].total is not None


TABLE = "Tabel 1. Antal og andel borgere, juni 2017\nAntal Andel\nSkive 8 6%\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        # A row that text extraction put behind the table must not vanish into its note or source.
        (TABLE + "I alt 60 21%\nVejen 12 13%\n", {5}),
        (TABLE + "I alt 60 21%\nAnm.: Tallene er\nVejen 12 13%\nforeløbige.\n", {6}),
        (TABLE + "I alt 60 21%\nKilde: DREAM\nVejen 12 13%\n", {6}),
        (TABLE + "I alt 60 21%\nAnm.: Tallene er\nSkive 8 6%\nforeløbige.\n", {6}),
        # A text cut inside a share: '1' was the start of '13%', and '2' of '21%'.
        (TABLE + "Vejen 12 1", {3, 4}),
        (TABLE + "I alt 2.790 2", {4}),
        (TABLE.replace("8 6%\n", "8 6"), {3}),
        # A hyphen alone on a line is a lost cell, not a broken word.
        (TABLE + "-\nI alt 60 21%\n", {4}),
        # More digits than people
        (TABLE + "Vejen 99999999999999999999 13%\n", {4}),
    ],
)
def test_nothing_printed_is_lost_or_bent(text: str, lines: set[int]) -> None:
    assert named_lines(refusal(text)) & lines


def test_an_unknown_name_is_answered_with_known_ones(real_text: str) -> None:
    message = refusal(real_text.replace("Holbæk 117", "Holbek 117"))
    assert named_lines(message) == {88}
    assert "Holbek" in message
    assert "Holbæk" in message


# --- the second reading is itself able to object ------------------------------------------------

DOCTORED = {
    "a row dropped": lambda rows: rows.filter(pl.col("order") != 50),
    "the last row dropped": lambda rows: rows.head(95),
    "a count off by one": lambda rows: rows.with_columns(pl.col("count") + (pl.col("order") == 7)),
    "a hidden count as zero": lambda rows: rows.with_columns(
        pl.col("count").fill_null(0), count_status=pl.lit("shown")
    ),
    "a wrong line": lambda rows: rows.with_columns(pl.col("line") + 1),
    "two codes exchanged": lambda rows: rows.with_columns(
        kommunekode=pl.col("kommunekode").replace({"0376": "0250", "0250": "0376"})
    ),
}


@pytest.mark.parametrize("kind", DOCTORED)
def test_the_second_reading_objects_to(kind: str, real_text: str) -> None:
    (table,) = read(real_text).tables
    doctored = dataclasses.replace(table, rows=DOCTORED[kind](table.rows))
    assert oracle.complaints([doctored], real_text) != []


# --- 3. any text at all -------------------------------------------------------------------------

PIECES = (
    "Tabel 1. |Tabel 2. Antal, uge 52 2016|juni 2017|Antal Andel|Andel Antal|Holbæk|Høje-|Taastrup"
    "|I alt|Anm.:|Kilde:|117|2.790|99999999999999999999|52%|21,4 pct.|0|0%|.|-|,|"
    "%|\n|\n|\n\n|\f|\r| "
    "|\x00|Tabel 1. juni 2017\nAntal Andel\nHolbæk 117 52%\n"
)
table_like = st.lists(st.sampled_from(PIECES.split("|")), max_size=60).map(" ".join)


@given(st.one_of(st.text(), table_like))
@example("")
@example("\ufeff")
@example("Tabel 1. juni 2017\nAntal Andel")
@example("Tabel 0.JULI 2000\nANTAL ANDEL\nHOLBÆK 0 0\nAA0AA0AA0AA0AA0AA 0 0\n")
@example("Tabel 1. juni 2017\nAntal Andel\nHolbæk 0 0%\nBrev\nFaaborg - Midtfyn . .\n")
@settings(quick, deadline=2000)
def test_any_text_is_read_or_refused(text: str) -> None:
    judge(text)


@given(st.data())
@settings(slow, deadline=5000)
def test_any_part_of_the_document_is_read_or_refused(real_text: str, data: st.DataObject) -> None:
    lines = real_text.split("\n")
    a, b = sorted(data.draw(st.tuples(st.integers(0, 300), st.integers(0, 300))))
    part = lines[a:b]
    if data.draw(st.booleans()):
        Random(data.draw(seeds)).shuffle(part)
    judge("\n".join(part))


HEAD = "Tabel 1. Antal og andel borgere, juni 2017\nAntal Andel\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "Holbæk" + " " * 50_000 + "117 52%x",
        HEAD + "a-" * 25_000,
        HEAD + "1" * 50_000,
        HEAD + "1.111" * 10_000 + "%",
        HEAD + "Høje " * 10_000,
        HEAD + "\n" * 50_000 + "x",
        "Tabel 1. " * 10_000,
        "Tabel 1. " + "ju-\n" * 10_000,
        "Tabel 1.\n" * 10_000 + "Antal Andel\n" * 10_000,
        HEAD + "Holbæk 117 52%\n" * 10_000,
        HEAD * 3_000,
        "En linje prosa uden tal.\n" * 100_000,
        HEAD + "Holbæk 117 52%\nAnm.: " + "a-\n" * 16_000 + "Holbæk 117 52%\n",
        HEAD + "Holbæk 117 52%\n" + "7\n" * 30_000 + "Holbæk 117 52%\n",
        HEAD + "Holbæk " + "1" * 50_000 + " 52%\n",
        HEAD + "Holbæk 117 " + "1" * 50_000 + "%\n",
        HEAD + "Holbæk 117 52%\nAnm.: Færre end " + "1" * 50_000 + " borgere skjules.\nVejen . .\n",
    ],
    ids=lambda text: f"{len(text)} characters of {text[-9:]!r}",
)
def test_long_texts_take_no_longer_than_they_should(text: str) -> None:
    start = time.process_time()
    refusal(text)
    assert time.process_time() - start < 5


# --- 4. denominators ----------------------------------------------------------------------------

shares = st.integers(0, 2).flatmap(
    lambda decimals: st.integers(0, 100 * 10**decimals).map(lambda n: Decimal(n).scaleb(-decimals))
)


def _decimals(share: Decimal) -> int:
    return -int(share.as_tuple().exponent)


def _rounds_to(count: int, denominator: int, share: Decimal) -> bool:
    ways = (ROUND_HALF_UP, ROUND_HALF_DOWN)
    return denominator >= max(count, 1) and any(
        oracle.rounded_pct(count, denominator, _decimals(share), way) == share for way in ways
    )


@given(st.integers(1, 60), shares)
@quick
def test_an_interval_holds_exactly_the_denominators_that_fit(count: int, share: Decimal) -> None:
    half = Decimal(5).scaleb(-_decimals(share) - 1)
    assume(share - half > 0)  # below that, every large denominator fits
    # Nothing outside these can round to the share; the margins are part of the claim.
    least = max(1, int(100 * count / (share + half)) - 3)
    beyond = int(100 * count / (share - half)) + 3
    assume(beyond - least < 3_000)
    fitting = [d for d in range(least, beyond) if _rounds_to(count, d, share)]
    if not fitting:
        with pytest.raises(ValueError, match="denominator"):
            denominator_interval(count, share)
        return
    assert denominator_interval(count, share) == (fitting[0], fitting[-1])
    assert fitting == list(range(fitting[0], fitting[-1] + 1))


@given(st.integers(1, 60), st.integers(1, 20_000), st.integers(0, 2))
@quick
def test_the_true_denominator_is_never_excluded(count: int, extra: int, decimals: int) -> None:
    denominator = count + extra - 1
    for way in (ROUND_HALF_UP, ROUND_HALF_DOWN):
        share = oracle.rounded_pct(count, denominator, decimals, way)
        assume(share > 0)
        interval = denominator_interval(count, share)
        assert interval is not None
        low, high = interval
        assert low <= denominator <= high
        assert _rounds_to(count, low, share)
        assert _rounds_to(count, high, share)
        assert not _rounds_to(count, low - 1, share)
        assert not _rounds_to(count, high + 1, share)


@given(st.integers(1, 60), st.integers(0, 2_000), st.integers(0, 2))
@quick
def test_intervals_move_with_count_and_share(count: int, extra: int, decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    share = oracle.rounded_pct(count, count + extra, decimals, ROUND_HALF_UP)
    assume(share >= 2 * step)
    here = denominator_interval(count, share)
    doubled = denominator_interval(2 * count, share)
    assert here is not None
    assert doubled is not None
    assert doubled[0] <= 2 * here[0] <= 2 * here[1] <= doubled[1]
    for more_people, share_below in ((count + 1, share), (count, share - step)):
        try:
            later = denominator_interval(more_people, share_below)
        except ValueError:
            continue
        assert later is not None
        assert later[0] >= here[0]
        assert later[1] >= here[1]


@pytest.mark.parametrize(
    ("count", "share"),
    [
        (1, 51),  # 1 of 2 is 50 pct., and 50,5 is not reached
        (1, 99),  # 1 of 1 is 100 pct., 1 of 2 is 50
        (0, 5),  # nobody is 0 pct. of any number
        (5, 101),  # more than all
    ],
)
def test_impossible_pairs_have_no_denominator(count: int, share: int) -> None:
    with pytest.raises(ValueError, match="denominator"):
        denominator_interval(count, share)


@pytest.mark.parametrize(
    ("count", "share", "bounded"),
    [
        (0, "0", False),  # nobody of any number
        (3, "0", False),  # 3 of 600 or of any larger number is 0 pct.
        (3, "0.00", False),
        (3, "1", True),  # 3 of 200 … 600
        (3, "0.01", True),  # 3 of 20.000 … 60.000
    ],
)
def test_a_share_of_zero_bounds_nothing(count: int, share: str, bounded: bool) -> None:
    assert (denominator_interval(count, Decimal(share)) is not None) == bounded


@pytest.mark.parametrize("share", [21, "21", Decimal(21)])
def test_a_share_may_come_in_any_exact_form(share: int | str | Decimal) -> None:
    assert denominator_interval(2790, share) == (12977, 13609)


def test_twelve_published_rows_have_one_denominator(real_text: str) -> None:
    rows = read(real_text).tables[0].rows.filter(pl.col("count_status") == "shown").to_dicts()
    found = {
        row["printed_name"]: denominator_interval(row["count"], int(row["share_pct"]))
        for row in rows
    }
    assert None not in found.values()
    intervals = {name: interval for name, interval in found.items() if interval}
    single = {name: low for name, (low, high) in intervals.items() if low == high}
    assert single == {
        **{"Morsø": 58, "Nordfyn": 64, "Furesø": 23, "Lemvig": 32, "Hørsholm": 12, "Samsø": 15},
        **{"Vesthimmerland": 32, "Rudersdal": 33, "Egedal": 17, "Langeland": 36},
        **{"Vallensbæk": 14, "Ærø": 19},
    }
    assert sum(low for low, _ in intervals.values()) == 12910
    assert sum(high for _, high in intervals.values()) == 13715


# --- 5. names -----------------------------------------------------------------------------------

ALL_NAMES = [(code, name) for code, names in KOMMUNER.items() for name in names]


def test_every_name_and_alias_has_one_code() -> None:
    assert [(NAMES.code(name), name) for _, name in ALL_NAMES] == ALL_NAMES
    assert [NAMES.name(code) for code in KOMMUNER] == [names[0] for names in KOMMUNER.values()]


def _variant(name: str, rng: Random) -> str:
    name = rng.choice((name, name.replace("aa", "å").replace("Aa", "Å")))
    name = rng.choice((name, name.replace("å", "aa").replace("Å", "Aa")))
    name = rng.choice((name, name.upper(), name.lower(), name.title()))
    name = rng.choice((name, name.replace("-", rng.choice((" ", " - ", "–", "- ")))))
    name = rng.choice((name, name.replace(" ", rng.choice(("  ", "\u00a0", "-", "\n")))))
    name = rng.choice((name, unicodedata.normalize("NFD", name)))
    return rng.choice(("", " ", "\t")) + name + rng.choice(("", "  "))


@given(st.sampled_from(ALL_NAMES), seeds)
@quick
def test_spelling_variants_have_the_same_code(known: tuple[str, str], seed: int) -> None:
    code, name = known
    variant = _variant(name, Random(seed))
    assert NAMES.code(variant) == code, repr(variant)


@given(st.sampled_from(ALL_NAMES), seeds)
@quick
def test_a_misspelling_is_no_kommune_but_has_it_near(known: tuple[str, str], seed: int) -> None:
    code, name = known
    rng = Random(seed)
    wrong = rng.choice((_drop_character, _double_character, _insert_character))(name, rng)
    assume(oracle.name_key(wrong) not in oracle.CODE_OF_KEY)
    assert NAMES.code(wrong) is None
    near = NAMES.nearest(wrong)
    assert 1 <= len(near) <= 3
    assert code in {NAMES.code(candidate) for candidate in near}, (wrong, near)


@given(st.text())
@example("")
@example("I alt")
@example("Region Hovedstaden")
@example("Christiansø")
@example("Høje")
@example("Sjælland")
@example("0101")
@quick
def test_other_text_is_no_kommune(text: str) -> None:
    assume(oracle.name_key(text) not in oracle.CODE_OF_KEY)
    assert NAMES.code(text) is None
    assert all(NAMES.code(near) is not None for near in NAMES.nearest(text))
