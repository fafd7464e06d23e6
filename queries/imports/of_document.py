"""A document with tables: PDF, Word, web page or text, each table chosen or passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from queries.cells import WHOLE
from queries.imports.reading import Reading, about_of, day
from queries.imports.told import About, Column, Inspection, Question
from queries.indicators.definition import load_indicators
from queries.sources.documents import Chosen, FoundTable, answer_batches, answer_tables
from queries.sources.incoming import Batch, Finding, ImportRefusedError

SKIP = "-"
MOST_SHOWN = 20
HEADS = ("Kommune", "Antal", "Andel i pct.")
ROLES = ("area", "numerator", "share")
HIDDEN = {"suppressed": ".", "none": "-"}
LICENCE = "Offentligt dokument"


def read(request: Mapping[str, Any], content: bytes) -> Reading:
    """Return the tables of a document, each with the question what it is.

    Raises UserError where the document or one of its tables cannot be read in full.
    """
    said = about_of(request)
    answers = {str(k): str(v) for k, v in dict(request.get("answers") or {}).items()}
    found = answer_tables(content)
    questions = tuple(q for table in found.tables for q in _questions(table, answers))
    chosen = {one.key: one.chosen for one in questions}
    findings: tuple[Finding, ...] = tuple(found.remarks)
    batches: list[Batch] = []
    if found.tables and all(one.chosen for one in questions):
        try:
            batches = _batches(content, said, found.tables, chosen)
            findings = batches[0].findings if batches else findings
        except ImportRefusedError as error:
            findings = error.findings
    if not found.tables:
        findings = (*findings, _no_tables())
    names = tuple(_name(table) for table in found.tables)
    shown = next(
        (t for t in found.tables if _name(t) == request.get("sheet")),
        found.tables[0] if found.tables else None,
    )
    about = replace(said, is_published=True, licence=said.licence or LICENCE)
    told = Inspection(
        form=f"{_form(found.form)} med {_count(len(found.tables))}",
        remarks=tuple(f"{_name(table)}: {table.table.caption[:300]}" for table in found.tables),
        sheets=names,
        questions=questions,
        about=about,
    )
    if shown is not None:
        told = _with_preview(told, shown)
    return Reading(told, findings, tuple(batches))


def _batches(
    content: bytes, said: About, tables: tuple[FoundTable, ...], chosen: Mapping[str, str]
) -> list[Batch]:
    about = [
        Chosen(
            table.number,
            None if (one := chosen[f"tabel:{table.number}"]) == SKIP else one,
            chosen.get(f"opdeling:{table.number}", WHOLE),
        )
        for table in tables
    ]
    return answer_batches(
        content,
        about=about,
        publisher=said.publisher,
        title=said.title,
        document_id=said.document_id,
        published_on=day(said.published_on),
        retrieved_on=dt.date.today(),
        corrects=said.corrects or None,
    )


def _questions(table: FoundTable, answers: Mapping[str, str]) -> Iterator[Question]:
    known = load_indicators()
    likely = [one.indicator_id for one in table.suggestions]
    names = [*likely, *(name for name in known if name not in likely)]
    choices = {name: known[name].title for name in names if name in known}
    choices[SKIP] = "Spring tabellen over"
    key = f"tabel:{table.number}"
    given = answers.get(key, "")
    chosen = given if given in choices else table.proposed
    yield Question(
        key,
        f"Hvad er {_name(table)}?",
        tuple(choices.items()),
        chosen,
        help=table.question or "Foreslået ud fra tabellens overskrift.",
        asked=bool(table.question) and not given,
    )
    if chosen in known and known[chosen].breakdowns:
        parts = {WHOLE: "i alt, uden opdeling", **known[chosen].breakdowns}
        key = f"opdeling:{table.number}"
        given = answers.get(key, "")
        yield Question(
            key,
            f"Hvilken opdeling har {_name(table)}?",
            tuple(parts.items()),
            given if given in parts else WHOLE,
        )


def _with_preview(told: Inspection, shown: FoundTable) -> Inspection:
    rows = shown.table.rows
    columns = ("count", "share_pct")
    texts = [
        (
            str(row["printed_name"]),
            *(_text(row[name], row[f"{name.split('_')[0]}_status"]) for name in columns),
        )
        for row in rows.head(MOST_SHOWN).iter_rows(named=True)
    ]
    return replace(
        told,
        sheet=_name(shown),
        preview=(HEADS, *texts),
        header_rows=(1,),
        data_rows=tuple(range(2, len(texts) + 2)),
        rows=rows.height + 1,
        columns=tuple(
            Column("ABC"[n], head, role, "")
            for n, (head, role) in enumerate(zip(HEADS, ROLES, strict=True))
        ),
    )


def _text(number: float | None, status: str) -> str:
    if number is None:
        return HIDDEN.get(status, "")
    return f"{number:g}".replace(".", ",")


def _name(table: FoundTable) -> str:
    return f"tabel {table.number} ({table.place})"


def _form(form: str) -> str:
    return {"webside": "En webside", "tekst": "En tekst"}.get(form, f"Et dokument ({form})")


def _count(tables: int) -> str:
    return "1 tabel med kommuner" if tables == 1 else f"{tables} tabeller med kommuner"


def _no_tables() -> Finding:
    return Finding(
        "error",
        "no_tables",
        "Der er ingen tabel med kommuner i dokumentet. Er tabellen et billede, så skriv den af i "
        "et regneark, og indlæs det.",
    )
