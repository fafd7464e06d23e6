"""From the chosen tables of a document to cells that can be imported."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from queries.sources.answer.notes import hiding_threshold
from queries.sources.documents.boundary import document_lines
from queries.sources.documents.tables import FoundTable, FoundTables, check_indicator, tables_in
from queries.sources.incoming import (
    Batch,
    Finding,
    ImportRefusedError,
    IncomingCells,
    Provenance,
    incoming,
)
from queries.sources.kommune_names import KommuneNames
from queries.sources.published_table import PublishedTable, table_cells
from queries.sources.transcribe import table_frame

LICENCE = "Offentligt dokument"
UNDATED = "Dokumentet er ikke dateret"
_UNLIKELY = 0.25


@dataclass(frozen=True)
class Chosen:
    """What one table is: the number it has in the document, and its indicator, None to skip it."""

    number: int
    indicator_id: str | None
    breakdown: str = "alle"


def answer_batches(
    content: bytes,
    name: str = "",
    *,
    about: Sequence[Chosen],
    publisher: str,
    title: str,
    document_id: str,
    published_on: dt.date | None,
    retrieved_on: dt.date,
    corrects: str | None = None,
    known_from: dt.date | None = None,
) -> list[Batch]:
    """Return the chosen tables of a document as one batch of published numbers, none if all skip.

    Every table is in `about`, chosen or skipped. The numbers were known from `known_from`, or the
    day of publishing, or else that of retrieving. Raises ImportRefusedError with everything that
    is wrong, and what `document_lines` and `read_answer` raise.
    """
    found = tables_in(document_lines(content, name), name)
    chosen = _chosen(found, about)
    findings = [*found.remarks, *_findings(found, chosen, corrects)]
    errors = [finding for finding in findings if finding.level == "error"]
    if errors:
        raise ImportRefusedError(errors[0].text, findings)
    if not chosen:
        return []
    recorded_at = known_from or published_on or retrieved_on
    frames = [_cells(table, choice, recorded_at, document_id) for table, choice in chosen]
    sources = dict.fromkeys(table.table.source_note for table, _ in chosen)
    provenance = Provenance(
        kind="published",
        publisher=publisher,
        title=title,
        document_id=document_id,
        retrieved_on=retrieved_on,
        licence=LICENCE,
        published_on=published_on,
        published_note="" if published_on else UNDATED,
        sha256=hashlib.sha256(content).hexdigest(),
        note="; ".join(f"Kilde i dokumentet: {source}" for source in sources if source),
        corrects=corrects,
    )
    cells = incoming(pl.concat(frames), findings, what="Dokumentet")
    return [Batch(cells, provenance, recorded_at, is_published=True, findings=tuple(findings))]


def _chosen(found: FoundTables, about: Sequence[Chosen]) -> list[tuple[FoundTable, Chosen]]:
    """Return the chosen tables; ImportRefusedError unless each is chosen or skipped once."""
    said = [choice.number for choice in about]
    there = [table.number for table in found.tables]
    if sorted(said) != there:
        finding = Finding(
            "error",
            "tables_not_chosen",
            f"Dokumentet har {len(there)} tabeller (nr. {', '.join(map(str, there))}), og der er "
            f"valgt for nr. {', '.join(map(str, sorted(said))) or 'ingen'}. Vælg en indikator for "
            "hver tabel, eller spring den over.",
        )
        raise ImportRefusedError(finding.text, [finding])
    choices = {choice.number: choice for choice in about}
    chosen = [(table, choices[table.number]) for table in found.tables]
    for _, choice in chosen:
        if choice.indicator_id is not None:
            check_indicator(choice.indicator_id, choice.breakdown)
    return [(table, choice) for table, choice in chosen if choice.indicator_id is not None]


def _findings(
    found: FoundTables, chosen: Sequence[tuple[FoundTable, Chosen]], corrects: str | None
) -> Iterator[Finding]:
    names = KommuneNames.from_csv()
    seen: dict[tuple[str | None, str, str], FoundTable] = {}
    for table, choice in chosen:
        key = (choice.indicator_id, choice.breakdown, table.table.period)
        earlier = seen.setdefault(key, table)
        if earlier is not table:
            yield Finding(
                "error",
                "same_table_twice",
                f"Tabellerne nr. {earlier.number} og {table.number} ({table.place}) er valgt til "
                "samme indikator, opdeling og periode. Spring den ene over, eller vælg om.",
            )
        yield from _of_table(table, choice, names)
    skipped = len(found.tables) - len(chosen)
    if skipped:
        yield Finding("note", "tables_skipped", f"{skipped} tabeller er sprunget over.")
    if found.says_it_corrects and corrects is None and chosen:
        yield Finding(
            "warning",
            "says_it_corrects",
            "Dokumentet kalder sig en berigtigelse, men det er ikke angivet, hvad det retter. "
            "Angiv det svar, det retter, så de gamle tal ikke står ved siden af de nye.",
        )


def _of_table(table: FoundTable, choice: Chosen, names: KommuneNames) -> Iterator[Finding]:
    where = f"tabel nr. {table.number} ({table.place})"
    if table.missing:
        missing = [names.name(code) for code in table.missing]
        listed = ", ".join(missing[:10]) + (f" og {len(missing) - 10} til" if missing[10:] else "")
        yield Finding(
            "error",
            "kommuner_missing",
            f"I {where} mangler {len(missing)} kommuner, som dokumentet ikke siger er udeladt: "
            f"{listed}. Alle 98 kommuner skal stå i tabellen eller nævnes i dens note. Sammenlign "
            "med dokumentet: en side eller en række kan være faldet ud.",
        )
    if table.table.total is None:
        yield Finding(
            "note",
            "no_total",
            f"I {where} er der ingen total, som rækkerne kan kontrolleres mod.",
        )
    hidden = table.table.rows.filter(pl.col("count_status") == "suppressed").height
    if hidden and table.threshold is None:
        yield Finding(
            "warning",
            "hiding_unexplained",
            f"I {where} er {hidden} antal skjult, og dokumentet siger ikke, hvor små de er. Tjek "
            "noten under tabellen.",
        )
    likely = {one.indicator_id: one.score for one in table.suggestions}
    own = likely.get(choice.indicator_id or "", 0.0)
    best = table.suggestions[0] if table.suggestions else None
    if best is not None and best.score - own > _UNLIKELY:
        yield Finding(
            "warning",
            "other_indicator_likelier",
            f"I {where} ligner tabelteksten mere »{best.title}« end den valgte indikator. Vælg "
            "den, eller bekræft valget.",
            value=table.table.caption,
        )


def _cells(
    table: FoundTable, choice: Chosen, recorded_at: dt.date, document_id: str
) -> pl.DataFrame:
    """Return the cells of a table in the columns of `IncomingCells`."""
    few = f"færre end {table.threshold} borgere" if table.threshold else ""
    left_out = hiding_threshold(table.table.notes)
    published = PublishedTable(
        indicator_id=str(choice.indicator_id),
        period=table.table.period,
        source_id=document_id,
        recorded_at=recorded_at,
        hidden_note=(f"{few.capitalize()}: antallet" if few else "Antallet")
        + " er skjult i kilden",
        left_out=table.table.left_out,
        left_out_note="Kommunen er ikke med i kildens tabel"
        + (
            f": færre end {left_out} borgere ifølge anmærkningen"
            if left_out
            else ", siger anmærkningen"
        ),
    )
    kommuner = list(KommuneNames.from_csv().codes)
    cells = table_cells(table_frame(table.table), published, kommuner)
    return cells.with_columns(breakdown=pl.lit(choice.breakdown)).select(
        IncomingCells.column_names()
    )
