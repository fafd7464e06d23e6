"""The tables by kommune of a document, each with what it can be imported as."""

from __future__ import annotations

from dataclasses import dataclass

from queries.errors import UserError
from queries.indicators.definition import load_indicators
from queries.sources.documents.boundary import document_lines
from queries.sources.documents.model import DocumentText
from queries.sources.documents.suggest import Suggestion, is_clear, suggestions
from queries.sources.incoming import Finding
from queries.sources.kommune_names import KommuneNames
from queries.sources.ministerial_answer import AnswerTable, read_answer


@dataclass(frozen=True, eq=False)
class FoundTable:
    """A table that was read in full.

    number: its place in the document, from 1, whatever its caption says. place: where its caption
    stands, Danish. suggestions: indicators it may be, the likeliest first; the first is proposed
    where `question` is ''. missing: kommunekoder of kommuner that the table does not have and the
    document does not name as left out. threshold: hidden counts are below it, None where
    neither the notes nor the marks ('<3') say.
    """

    number: int
    place: str
    table: AnswerTable
    suggestions: tuple[Suggestion, ...]
    question: str
    missing: tuple[str, ...]
    threshold: int | None

    @property
    def proposed(self) -> str:
        """The indicator that the caption tells of, or '' where the data owner must say."""
        return self.suggestions[0].indicator_id if not self.question else ""


@dataclass(frozen=True, eq=False)
class FoundTables:
    """A document's tables, and what was remarked while its text was read."""

    form: str
    tables: tuple[FoundTable, ...]
    remarks: tuple[Finding, ...]
    says_it_corrects: bool


def answer_tables(content: bytes, name: str = "") -> FoundTables:
    """Return the tables of a document: PDF, Word, web page or text.

    `name` is what messages call the document. Raises DocumentError when its text cannot be had
    and AnswerError when a table cannot be read in full; both are UserErrors.
    """
    return tables_in(document_lines(content, name), name)


def tables_in(text: DocumentText, name: str = "") -> FoundTables:
    """Return the tables in the text of a document; AnswerError as `answer_tables`."""
    names = KommuneNames.from_csv()
    plain = text.form == "tekst"
    read = read_answer(
        text.text,
        document=name or "Dokumentet",
        names=names,
        places=() if plain else text.places,
    )
    found = tuple(
        _found(number, table, text.places[table.line - 1])
        for number, table in enumerate(read.tables, start=1)
    )
    corrects = any(
        word in line.casefold()
        for line in text.lines
        for word in ("berigtigelse", "berigtiget", "korrigeret svar", "revideret svar")
    )
    return FoundTables(text.form, found, text.remarks, corrects)


def _found(number: int, table: AnswerTable, place: str) -> FoundTable:
    likely = suggestions(table.caption)
    question = "" if is_clear(likely) else _question(table)
    missing = tuple(code for code in table.left_out if code not in table.left_out_named)
    below = table.hidden_below
    return FoundTable(number, place, table, tuple(likely), question, missing, below)


def _question(table: AnswerTable) -> str:
    return (
        f"Hvilken indikator er tabellen »{table.caption[:160]}«? Teksten afgør det ikke; vælg "
        "indikatoren, eller spring tabellen over."
    )


def check_indicator(indicator_id: str, breakdown: str) -> None:
    """Raise UserError for an indicator that does not exist or a breakdown it does not have."""
    indicators = load_indicators()
    if indicator_id not in indicators:
        raise UserError(
            f"Indikatoren »{indicator_id}« findes ikke. Vælg en af: {', '.join(indicators)}."
        )
    allowed = ["alle", *indicators[indicator_id].breakdowns]
    if breakdown not in allowed:
        raise UserError(
            f"Indikatoren »{indicator_id}« har ikke opdelingen »{breakdown}«. Vælg en af: "
            f"{', '.join(allowed)}."
        )
