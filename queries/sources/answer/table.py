"""One table: its caption, period, rows, total and notes, read and checked together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from queries.sources.answer.body import Body, BodyReader
from queries.sources.answer.caption import Caption, begins_caption, caption_above
from queries.sources.answer.checks import check_duplicates, check_row, check_units
from queries.sources.answer.header import Header, next_header
from queries.sources.answer.lines import Line
from queries.sources.answer.model import (
    SUPPRESSED,
    AnswerTable,
    AnswerTotal,
    Row,
    rows_frame,
)
from queries.sources.answer.notes import hiding_threshold, named_in, read_notes
from queries.sources.answer.period import periods_in
from queries.sources.answer.refusal import Refusals, shown
from queries.sources.answer.rows import RowReader, seems_row
from queries.sources.answer.whole import Whole
from queries.sources.kommune_names import KommuneNames
from queries.sources.rounding import decimals_of

_PERIOD_FORMS = "»juni 2017«, »1. juni 2017«, »4. kvartal 2018« eller »uge 52 2016«"


@dataclass(frozen=True)
class ReadTable:
    """A table, its rows as printed, and where it is.

    `first` is the index of its caption, `rows_end` that of the line after its rows and total,
    `end` that of the line after its notes.
    """

    table: AnswerTable
    rows: tuple[Row, ...]
    first: int
    rows_end: int
    end: int


def read_table(
    lines: Sequence[Line], start: int, header: Header, names: KommuneNames, refusals: Refusals
) -> ReadTable:
    """Read the table under `header`, whose caption stands at or after index `start`."""
    caption = _caption(lines, start, header, names, refusals)
    period = _period(caption, lines, refusals)
    body = BodyReader(lines, RowReader(header, names, refusals)).read()
    if not body.rows:
        refusals.refuse(
            header.line,
            "tabellen har ingen rækker.",
            found=header.text,
            expected="mindst én række med kommune, antal og andel under kolonneoverskriften.",
            action="Tjek, at hele tabellen er med i teksten.",
        )
    notes = read_notes(lines, body.end, _next_table(lines, body.end))
    present = {row.kommunekode for row in body.rows}
    left_out = tuple(sorted(code for code in names.codes if code not in present))
    left_out_named = tuple(named_in(notes.paragraphs, left_out, names))
    threshold = hiding_threshold(notes.paragraphs)
    _check_rows(body, names, refusals)
    if body.total is not None:
        Whole(
            rows=body.rows,
            total=body.total,
            threshold=threshold,
            left_out=left_out,
            explained=not left_out or bool(left_out_named),
            refusals=refusals,
        ).check()
    table = AnswerTable(
        number=caption.number,
        caption=caption.text,
        period=period,
        rows=rows_frame(body.rows),
        total=_total(body.total),
        notes=notes.paragraphs,
        source_note=notes.source,
        left_out=left_out,
        left_out_named=left_out_named,
        columns=header.columns,
        line=lines[caption.first].number,
        hidden_below=_hidden_below(body.rows, threshold),
    )
    return ReadTable(table, body.rows, caption.first, body.end, notes.end)


def _caption(
    lines: Sequence[Line], start: int, header: Header, names: KommuneNames, refusals: Refusals
) -> Caption:
    caption = caption_above(lines, start, header.first)
    if caption is None:
        refusals.refuse(
            header.line,
            "der er ingen tabeltekst over kolonneoverskriften.",
            found=header.text,
            expected="en tabeltekst som »Tabel 1. … fordelt på kommuner, juni 2017«.",
            action="Tag linjerne over tabellen med.",
        )
    for line in lines[caption.first : header.first]:
        if seems_row(line.text, names):
            refusals.refuse(
                line.number,
                "linjen ligner en række, men står over tabellens kolonneoverskrift.",
                found=line.text,
                expected=f"rækker under kolonneoverskriften {refusals.at(header.line)} "
                f"(»{shown(header.text)}«).",
                action="Flyt linjen ned under kolonneoverskriften, eller giv dens egen tabel en.",
            )
    return caption


def _period(caption: Caption, lines: Sequence[Line], refusals: Refusals) -> str:
    periods = periods_in(caption.text)
    if len(periods) != 1:
        several = "tabelteksten nævner flere perioder."
        refusals.refuse(
            lines[caption.first].number,
            several if periods else "tabelteksten siger ikke, hvilken periode tallene gælder.",
            found=caption.text,
            expected=f"præcis én periode, skrevet som {_PERIOD_FORMS}.",
            action="Skriv perioden i tabelteksten, som den fremgår af dokumentet.",
        )
    return periods[0]


def _check_rows(body: Body, names: KommuneNames, refusals: Refusals) -> None:
    check_duplicates(body.rows, names, refusals)
    check_units(body.rows if body.total is None else (*body.rows, body.total), refusals)
    for row in body.rows:
        check_row(row, refusals)
    if body.total is not None:
        check_row(body.total, refusals)


def _hidden_below(rows: Sequence[Row], threshold: int | None) -> int | None:
    """Return what all hidden counts are below: the largest of the marks and the notes' number.

    None when a count is hidden by a mark without a number, and the notes say none either.
    """
    hidden = [row.hidden_below or threshold for row in rows if row.count_status == SUPPRESSED]
    if None in hidden:
        return None
    return max((below for below in hidden if below), default=threshold)


def _total(row: Row | None) -> AnswerTotal | None:
    if row is None or row.count is None:
        return None
    share = row.share
    return AnswerTotal(
        count=row.count,
        share_pct=None if share is None else float(share),
        share_decimals=0 if share is None else decimals_of(share),
        line=row.line,
        share_status=row.share_status,
    )


def _next_table(lines: Sequence[Line], start: int) -> int:
    """Return the index of the next caption or header, or of the end of the text."""
    header = next_header(lines, start)
    stop = len(lines) if header is None else header.first
    captions = (index for index in range(start, stop) if begins_caption(lines[index].text))
    return next(captions, stop)
