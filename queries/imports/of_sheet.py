"""A spreadsheet or a table in text: how its columns are read, and its cells."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from queries.errors import UserError
from queries.imports import compare, refused
from queries.imports.reading import Reading, about_of, provenance
from queries.imports.store import Store
from queries.imports.told import About, Column, Inspection, Question
from queries.indicators.definition import load_indicators
from queries.sources.incoming import Batch, Finding, ImportRefusedError
from queries.sources.spreadsheet import Book, Sheet, open_book
from queries.sources.spreadsheet.about import About as SheetAbout
from queries.sources.spreadsheet.mapping import SheetMapping
from queries.sources.spreadsheet.propose import Proposal, propose
from queries.sources.spreadsheet.read import read_sheet

PUBLISHED = "published"
"""The question of `propose` that is asked with the source and not among the others."""
FREE = ("period", "header_rows", "first_row", "last_row", "excluded")
"""Questions that may be answered freely, beside those about the period of one column."""

NOT_SAID = Finding(
    "note",
    "published_not_said",
    "Filen siger ikke selv, om andre har offentliggjort tallene. Det skal dataejeren sige, før de "
    "kan indlæses.",
)


def read(request: Mapping[str, Any], content: bytes) -> Reading:
    """Return how a sheet is read, and its cells once nothing is left to answer.

    Raises UserError where there is no table to read.
    """
    said = about_of(request)
    book = as_given(open_book(content, str(request.get("name", "")), sheet=_sheet(request)))
    answers = {str(k): str(v) for k, v in dict(request.get("answers") or {}).items()}
    if said.is_published is not None:
        answers[PUBLISHED] = "yes" if said.is_published else "no"
    found = propose(
        book,
        indicators=load_indicators(),
        sheet=book.sheets[0].name if _sheet(request) and len(book.sheets) == 1 else "",
        saved=_saved,
        answers=answers,
    )
    mapping = found.mapping
    about = replace(said, is_published=mapping.is_published)
    findings: tuple[Finding, ...] = (*book.findings, *found.findings)
    batches: tuple[Batch, ...] = ()
    if all(one.key == PUBLISHED for one in found.open):
        try:  # as published, while nobody has said: what is wrong is told from the start
            batch = read_sheet(
                book,
                replace(mapping, is_published=about.is_published is not False),
                _about(about, content),
                known=compare.earlier,
            )
            batches, findings = (batch,), (*found.findings, *batch.findings)
        except ImportRefusedError as error:
            findings = (*book.findings, *found.findings, *error.findings)
    if about.is_published is None:
        findings = (*findings, NOT_SAID)
    findings = tuple(dict.fromkeys(findings))
    refused_csv, refused_xlsx = _refused(book, mapping.sheet, findings)
    told = _told(book, found, about)
    return Reading(
        replace(told, refused=refused_csv, refused_xlsx=refused_xlsx),
        findings,
        tuple(replace(one, findings=findings) for one in batches),
        fingerprint=mapping.fingerprint,
        mapping=mapping.to_json(),
    )


def as_given(book: Book) -> Book:
    """Return a book without the reasons that stand in a file of refused rows."""
    return replace(book, sheets=tuple(_without_reasons(sheet) for sheet in book.sheets))


def _without_reasons(sheet: Sheet) -> Sheet:
    cells = refused.without_reasons(sheet.cells)
    if cells.width == sheet.cells.width:
        return sheet
    two = 2
    return replace(
        sheet,
        cells=cells,
        merged=tuple((a, b - two, c, d - two) for a, b, c, d in sheet.merged if b >= two),
        hidden_columns=tuple((a - two, b - two) for a, b in sheet.hidden_columns if a >= two),
        faults=tuple(
            replace(one, column=one.column - two) for one in sheet.faults if one.column >= two
        ),
        percent={at - two: runs for at, runs in sheet.percent.items() if at >= two},
        texts={at - two: runs for at, runs in sheet.texts.items() if at >= two},
    )


def _sheet(request: Mapping[str, Any]) -> str:
    return str(request.get("sheet") or "")


def _saved(fingerprint: str) -> SheetMapping | None:
    known = Store().mapping(fingerprint)
    try:
        return SheetMapping.from_json(known) if known else None
    except UserError:  # of another edition: asked anew
        return None


def _about(said: About, content: bytes) -> SheetAbout:
    about = provenance(said, hashlib.sha256(content).hexdigest())
    return SheetAbout(
        publisher=about.publisher,
        title=about.title,
        document_id=about.document_id,
        is_published=said.is_published is not False,
        kind=about.kind,
        published_on=about.published_on,
        published_note=about.published_note,
        retrieved_on=about.retrieved_on,
        licence=about.licence,
        corrects=about.corrects,
        sha256=about.sha256,
    )


def _told(book: Book, found: Proposal, about: About) -> Inspection:
    preview, mapping = found.preview, found.mapping
    sheet = next(one for one in book.sheets if one.name == mapping.sheet)
    return Inspection(
        form=book.form,
        remarks=book.remarks,
        sheets=book.sheet_names or tuple(one.name for one in book.sheets),
        sheet=mapping.sheet,
        first_row=preview.first_row,
        preview=preview.rows,
        header_rows=preview.header_rows,
        data_rows=preview.data_rows,
        left_out=preview.left_out,
        rows=sheet.height,
        columns=tuple(
            Column(one.letter, one.heading, one.role, found.keys.get(one.at, ""))
            for one in mapping.columns
        ),
        questions=tuple(
            Question(
                one.key,
                one.title,
                one.choices,
                one.chosen,
                one.help,
                one.asked,
                free=one.key in FREE or one.key.startswith("period:"),
            )
            for one in found.questions
            if one.key != PUBLISHED
        ),
        about=about,
        remembered=found.remembered,
    )


def _refused(book: Book, name: str, findings: tuple[Finding, ...]) -> tuple[bytes, bytes]:
    """Return the rows with what is wrong with them, as CSV and XLSX to mend; b'' where none is."""
    if not any(one.level == "error" and one.row is not None for one in findings):
        return b"", b""
    sheet = next(one for one in book.sheets if one.name == name)
    wrong = [one for one in findings if one.level != "note"]
    given = refused.Given(sheet.cells, sheet.numeric, name)
    small = sheet.height * sheet.width <= refused.MOST_IN_WORKBOOK
    return refused.as_csv(wrong, given), refused.as_xlsx(wrong, given) if small else b""
