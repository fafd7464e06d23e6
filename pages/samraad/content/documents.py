"""What the documents say beside the tables: statements, programmes, and which documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pages.exports.tables import of_programmes, of_sources
from pages.frame import evidence, statements
from pages.initiativer.programmes import people
from pages.language import danish
from pages.samraad.content import cells as tables
from pages.samraad.content.facts import Fact
from pages.samraad.content.found import Found
from pages.samraad.model import Cell, Column, Item, Table
from queries import Atlas, UserError

HEADS = ("Udsagn", "Tal", "Periode", "Kilde")


def statement(atlas: Atlas, item: Item) -> Found:
    """Return one published statement with its hedge."""
    rows = atlas.statements().filter(statement_id=item["id"])
    if rows.is_empty():
        raise UserError(f"Ukendt udsagn: {item['id'][:20]!r}. Udsagnene står på Kilder og metode.")
    row = rows.row(0, named=True)
    period = danish.period(row["period"]) if row["period"] else ""
    beside = f" ({_figure(row)})" if _figure(row) != statements.figure(row) else ""
    source = atlas.sources()[row["source_id"]]
    return Found(
        title=row["text"],
        subtitle=f"{period[:1].upper()}{period[1:]} · Hele landet" if period else "Hele landet",
        sentence=f"{row['text']}{statements.when(row)}: {statements.figure(row)}{beside}.",
        alt="",
        source_ids=(row["source_id"],),
        facts=(_fact(row),),
        period=period,
        table=_table(atlas, [row]),
        notes=(f"Udsagnet er gengivet med vores ord efter {evidence.reference(source)}.",),
    )


def all_statements(atlas: Atlas, _: Item) -> Found:
    """Return every published statement."""
    rows = atlas.statements().to_dicts()
    return Found(
        title="Offentliggjorte udsagn",
        subtitle="Hele landet",
        sentence=f"Dokumenterne har {len(rows)} offentliggjorte udsagn om hele landet.",
        alt="",
        source_ids=tuple(dict.fromkeys(row["source_id"] for row in rows)),
        facts=tuple(_fact(row) for row in rows),
        table=_table(atlas, rows),
    )


def _fact(row: dict[str, Any]) -> Fact:
    return Fact(
        key=("udsagn", row["statement_id"]),
        name=row["text"],
        told=statements.figure(row),
        numbers=(row["value"], row["unit"], row["hedge"], row["count"], row["count_hedge"]),
        source_id=row["source_id"],
    )


def _figure(row: dict[str, Any]) -> str:
    """Return a figure beside which its number stands: 'mere end 90 pct.' for 'ni ud af ti'."""
    return statements.figure({**row, "hedge_word": ""} if row["value"] is not None else row)


def _table(atlas: Atlas, rows: list[dict[str, Any]]) -> Table:
    sources = atlas.sources()
    return Table(
        columns=tuple(Column(head) for head in HEADS),
        rows=tuple(
            (
                *tables.words(row["text"]),
                Cell(_figure(row), row["value"]),
                *tables.words(
                    danish.period(row["period"]) if row["period"] else "–",
                    evidence.reference(sources[row["source_id"]]),
                ),
            )
            for row in rows
        ),
    )


def programmes(atlas: Atlas, _: Item) -> Found:
    """Return the satspulje programmes."""
    found = of_programmes(atlas)
    heads = {
        "titel": "Initiativ",
        "periode_i_kilden": "Periode",
        "mio_kr": "Beløb",
        "kommuner": "Kommuner",
        "borgere": "Borgere",
        "kommunenavne": "Nævnte kommuner",
        "kilde": "Kilde",
    }
    rows = atlas.initiatives()
    table = tables.of_frame(found.rows, heads, {"mio_kr": "mio. kr.", "borgere": tables.PEOPLE})
    return Found(
        title=found.title,
        subtitle="Hele landet",
        sentence=f"Dokumenterne nævner {found.rows.height} satspuljeinitiativer.",
        alt="",
        source_ids=tuple(source.source_id for source in found.sources),
        facts=tuple(
            Fact(
                key=("initiativ", row["initiative_id"]),
                name=row["title"],
                told=f"{row['kommuner'] or 'et ukendt antal'} kommuner",
                numbers=(
                    row["amount_mio_kr"],
                    row["kommuner"],
                    row["people"],
                    row["people_hedge"],
                    *row["members"],
                ),
                source_id=row["source_id"],
            )
            for row in rows.iter_rows(named=True)
        ),
        table=_hedged(table, list(heads).index("borgere"), rows.to_dicts()),
        notes=tuple(f"{label}: {text}." for label, text in found.notes),
    )


def _hedged(table: Table, column: int, programmes: list[dict[str, Any]]) -> Table:
    """Return the table with the numbers of people as the documents hedge them."""
    rows = tuple(
        (
            *row[:column],
            replace(row[column], text=people(one) or row[column].text),
            *row[column + 1 :],
        )
        for row, one in zip(table.rows, programmes, strict=True)
    )
    return replace(table, rows=rows)


def sources(atlas: Atlas, _: Item) -> Found:
    """Return the list of sources; a made-up one says so."""
    found = of_sources(atlas)
    known = atlas.sources()
    return Found(
        title="Kilder",
        subtitle="Alle kilder i atlasset",
        sentence=f"Atlasset har {len(known)} kilder.",
        alt="",
        source_ids=tuple(key for key, one in known.items() if not one.is_synthetic),
        facts=tuple(
            Fact(
                key=("kilde", one.source_id),
                name=one.document_id,
                told=one.title,
                numbers=(one.corrects, one.sha256),
                source_id=one.source_id,
            )
            for one in known.values()
        ),
        table=tables.of_frame(
            found.rows,
            {
                "udgiver": "Udgiver",
                "titel": "Titel",
                "dokument": "Dokument",
                "offentliggjort": "Offentliggjort",
                "berigtiger": "Berigtiger",
                "vilkaar": "Vilkår",
            },
            {},
        ),
    )


READERS: dict[str, Callable[[Atlas, Item], Found]] = {
    "udsagn": statement,
    "udsagnstabel": all_statements,
    "initiativer": programmes,
    "kilder": sources,
}
