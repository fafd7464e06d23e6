"""Broken files of every format: a `Book` or one `UserError`, soon, and nothing else ever.

EXAMPLES in the environment runs more (`FUZZ_EXAMPLES=5000`).
"""

from __future__ import annotations

import os
import random
import time
import warnings

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries.errors import UserError
from queries.sources.spreadsheet import Book, open_book
from queries.sources.spreadsheet.book import MOST_TOLD
from tests.queries.sources.spreadsheet.opened_files import (
    Row,
    ods,
    ods_content,
    unzipped,
    xls,
    xlsb,
    xlsx,
    zipped,
)

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
SECONDS = 20.0
ROWS: list[Row] = [["Kommune", "Antal", "Andel"], ["Ærø", 12, 0.215], ["Læsø", "1.234", -3]]
WEB = (
    "<html><head><meta charset=utf-8><style>td{x}</style></head><body><table><tr><th colspan=2>"
    "Kommune<th>Antal</tr><tr><td rowspan=2>Ærø<td>1<td>2</tr><tr><td>3<td>4&nbsp;%</tr></table>"
)
TEXT = 'Kommune;Antal;Andel\nÆrø;12;0,5\n"Lyngby;Tårbæk";"1.234";3\n'
SEEDS = {
    "xlsx": xlsx(ROWS, lambda sheet: sheet.merge_cells("A1:B1")),
    "xls": xls(ROWS, lambda sheet: sheet.write_merge(4, 5, 0, 1, "x" * 300)),
    "ods": ods(ROWS),
    "flat": ods_content("<table:table><table:table-row/></table:table>")
    .replace("document-content", "document")
    .encode(),
    "xlsb": xlsb(ROWS),
    "web": (WEB + "</body></html>").encode(),
    "utf-8": TEXT.encode(),
    "cp1252": TEXT.encode("cp1252"),
    "utf-16": TEXT.encode("utf-16"),
    "tab": TEXT.replace(";", "\t").encode("mac_roman"),
}
ZIPPED = ("xlsx", "ods", "xlsb")


def opened(content: bytes, name: str = "") -> None:
    """Open, and hold what comes to what is promised of it."""
    start = time.monotonic()
    book: Book | None = None
    said = ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # zipfile warns of names that stand twice
            book = open_book(content, name)
    except UserError as error:
        said = str(error)
    assert time.monotonic() - start < SECONDS
    if book is None:
        assert 20 < len(said) < 500
        assert said[0].isupper()
        assert said.isprintable()
        return
    assert book.form
    for sheet in book.sheets:
        assert sheet.cells.columns == [str(at) for at in range(sheet.width)]
        assert set(sheet.cells.dtypes) <= {pl.String}
        assert not any(sheet.cells[name].null_count() for name in sheet.cells.columns)
        assert len(sheet.findings()) <= MOST_TOLD + 2
        for column in range(sheet.width):
            assert len(sheet.percent_mask(column)) == len(sheet.text_mask(column)) == sheet.height


def mutated(content: bytes, seed: int) -> bytes:
    """Flip, cut, repeat, swap or insert, one to four times."""
    chance = random.Random(seed)
    body = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        if not body:
            break
        at, length = chance.randrange(len(body)), chance.choice((1, 1, 2, 4, 8, 64, 512))
        kind = chance.randrange(6)
        if kind == 0:
            body[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del body[at : at + length]
        elif kind == 2:
            body[at:at] = body[at : at + length] * chance.choice((1, 2, 50))
        elif kind == 3:
            body[at : at + length] = chance.randbytes(min(length, len(body) - at))
        elif kind == 4:
            body[at : at + length] = chance.choice((b"\xff", b"\0", b"<", b'"', b"9")) * length
        elif chance.random() < 0.3:
            del body[at:]
    return bytes(body)


fuzzed = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@fuzzed
@given(st.binary(max_size=2_000))
def test_random_bytes(content: bytes) -> None:
    opened(content)


@fuzzed
@given(st.sampled_from(sorted(SEEDS)), st.binary(max_size=400))
def test_random_bytes_after_a_true_beginning(kind: str, content: bytes) -> None:
    opened(SEEDS[kind][:64] + content, f"tal.{kind}")


@fuzzed
@given(st.text(alphabet='<>/="& \n;,\t|ætrdhcolspan0123456789', max_size=300))
def test_random_texts(text: str) -> None:
    opened(text.encode())
    opened(f"<table>{text}</table>".encode())


@pytest.mark.parametrize("kind", sorted(SEEDS))
@fuzzed
@given(seed=st.integers(0, 2**32))
def test_mutated_files(kind: str, seed: int) -> None:
    opened(mutated(SEEDS[kind], seed))


@pytest.mark.parametrize("kind", ZIPPED)
@fuzzed
@given(seed=st.integers(0, 2**32))
def test_mutated_parts_in_a_whole_archive(kind: str, seed: int) -> None:
    chance = random.Random(seed)
    parts = unzipped(SEEDS[kind])
    part = chance.choice(sorted(parts))
    parts[part] = mutated(parts[part], seed)
    if chance.random() < 0.1:
        del parts[chance.choice(sorted(parts))]
    opened(zipped(dict(parts)))


@pytest.mark.parametrize("kind", sorted(SEEDS))
def test_a_file_cut_anywhere_is_whole_or_refused(kind: str) -> None:
    content = SEEDS[kind]
    for end in range(0, len(content), max(1, len(content) // (2 * EXAMPLES))):
        opened(content[:end])
    if kind in {"xlsx", "ods", "xlsb", "xls", "web"}:
        with pytest.raises(UserError):
            open_book(content[: len(content) * 2 // 3])
