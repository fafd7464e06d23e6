"""The short edition: long tables are cut to what matters, and say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.samraad.documents import pdf, word
from pages.samraad.documents.short import NOTE, shortened
from pages.samraad.model import Briefing, Cell, Column, Table
from tests.pages.samraad.documents import briefings, word_reading
from tests.pages.samraad.documents.pdf_reading import text_of


def long(count: int, marked: int | None = None) -> Briefing:
    """A briefing with one table of numbered rows."""
    real = briefings.real()
    first = next(c for c in real.chapters if c.content.table is not None)
    rows = tuple((Cell(f"Område {n}"), Cell(str(n), n)) for n in range(count))
    table = Table((Column("Område"), Column("Borgere", "borgere")), rows, marked)
    content = replace(first.content, table=table, svg=None, chart=None, notes=("Før.",))
    return replace(real, chapters=(replace(first, content=content),))


def rows(briefing: Briefing) -> list[str]:
    table = briefing.chapters[0].content.table
    assert table is not None
    assert {len(row) for row in table.rows} == {2}
    return [row[0].text.removeprefix("Område ") for row in table.rows]


GAP = "… {} rækker ikke vist"


@pytest.mark.parametrize(
    ("count", "marked", "told"),
    [
        (98, None, ["0", "1", "2", GAP.format(92), "95", "96", "97"]),
        (
            98,
            40,
            [*"012", GAP.format(36), *["39", "40", "41"], GAP.format(53), "95", "96", "97"],
        ),
        (98, 0, ["0", "1", "2", GAP.format(92), "95", "96", "97"]),
        (98, 97, ["0", "1", "2", GAP.format(92), "95", "96", "97"]),
        (98, 5, [*"0123456", GAP.format(88), "95", "96", "97"]),
        (12, None, [str(n) for n in range(12)]),
    ],
    ids=["ends", "marked", "first", "last", "gap_of_one", "short"],
)
def test_ends_and_the_marked_row_stay(count: int, marked: int | None, told: list[str]) -> None:
    made = shortened(long(count, marked))
    assert rows(made) == told
    content = made.chapters[0].content
    table = content.table
    assert table is not None
    assert (table.marked is None) == (marked is None)
    if table.marked is not None:
        assert table.rows[table.marked][0].text == f"Område {marked}"
    left = count - sum(not text.startswith("…") for text in told)
    assert content.notes == (("Før.", NOTE.format(left, count)) if left else ("Før.",))
    assert shortened(made) == made


def test_word_and_pdf_are_written_short() -> None:
    made = shortened(long(98, 40))
    told = NOTE.format(89, 98)
    assert told in word_reading.read(word.write(made)).story()
    said = text_of(pdf.write(made))
    assert "Område 40" in said
    assert "Område 50" not in said
