"""Reads the tables by kommune out of the text of a minister's answer to the Folketing.

The stages, each in its own module of `queries.sources.answer`: lines (numbered, cleaned), header
and caption (where a table is, the order of its columns, its period), body (rows and total), notes,
checks (arithmetic), and the frame. What cannot be read in full is refused with one Danish message.
"""

from __future__ import annotations

from collections.abc import Sequence

from queries.sources.answer.header import next_header
from queries.sources.answer.leftovers import refuse_leftovers, refuse_no_table
from queries.sources.answer.lines import split_lines
from queries.sources.answer.model import ROWS_SCHEMA, Answer, AnswerTable, AnswerTotal
from queries.sources.answer.order import check_order, says_sorted_by_share
from queries.sources.answer.refusal import AnswerError, Refusals
from queries.sources.answer.table import ReadTable, read_table
from queries.sources.kommune_names import KommuneNames

__all__ = ["ROWS_SCHEMA", "Answer", "AnswerError", "AnswerTable", "AnswerTotal", "read_answer"]


def read_answer(
    text: str, *, document: str, names: KommuneNames, places: Sequence[str] = ()
) -> Answer:
    """Read all tables by kommune in the text of an answer.

    `document` is what error messages call the text (its file or question), `places` what they
    call its lines, where they are no lines of the document. Raises AnswerError
    when there is no table, or when anything in or around a table cannot be read or does not add
    up; then nothing is returned.
    """
    refusals = Refusals(document, places)
    lines = split_lines(text)
    if not any(line.text for line in lines):
        refusals.refuse(
            1,
            "teksten er tom.",
            found="0 tegn",
            expected="teksten af et ministersvar med mindst én tabel fordelt på kommuner.",
            action="Tjek, at det er den rigtige fil, og at den ikke kun rummer et billede.",
        )
    tables: list[ReadTable] = []
    read_until = 0
    while header := next_header(lines, read_until):
        read = read_table(lines, read_until, header, names, refusals)
        refuse_leftovers(lines[read_until : read.first], names, refusals)
        refuse_leftovers(lines[read.rows_end : read.end], names, refusals)
        tables.append(read)
        read_until = read.end
    refuse_leftovers(lines[read_until:], names, refusals)
    if not tables:
        refuse_no_table(lines, refusals)
    # With several tables there is no telling which of them the text says is sorted.
    if len(tables) == 1 and says_sorted_by_share(lines):
        check_order(tables[0].rows, refusals)
    return Answer(document, tuple(read.table for read in tables))
