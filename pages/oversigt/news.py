"""What is new or corrected: corrections first, then changed numbers, then the newest documents."""

from __future__ import annotations

from html import escape

import polars as pl

from pages.frame.links import link
from pages.language import danish
from queries import Atlas, Source

NEWEST_DOCUMENTS = 2


def news(atlas: Atlas) -> str:
    """Return the part as HTML; each item leads to where more is told."""
    sources = atlas.sources()
    items = [*_corrections(sources), *_changes(atlas), *_documents(sources)]
    return '<section class="nyt"><h2>Nyt og rettet</h2><ul>' + "".join(items) + "</ul></section>"


def _corrections(sources: dict[str, Source]) -> list[str]:
    pairs = [(one, sources[one.corrects]) for one in sources.values() if one.corrects]
    return [
        f"<li><strong>Rettet:</strong> {_to(source)} erstatter {escape(wrong.document_id)}"
        f"{_published(wrong)}. Atlasset viser de rettede tal.</li>"
        for source, wrong in pairs
    ]


def _changes(atlas: Atlas) -> list[str]:
    """Return what differs from the data version before this one, or when this one was built."""
    built = atlas.built()
    known = atlas.versions()
    now = f"Dataversion <code>{escape(built.version)}</code> fra {danish.date(built.built_at)}"
    more = link("Se versionerne", "kilder") + "."
    if known.height < 2:
        return [f"<li><strong>Data:</strong> {now} er den første her. {more}</li>"]
    changed = atlas.changes(known["version"][1])
    told = "" if changed is None else _told(changed)
    return [f"<li><strong>Data:</strong> {now}. {told} {more}</li>"]


def _told(changed: pl.DataFrame) -> str:
    if changed.is_empty():
        return "Ingen tal er ændret siden den forrige."
    made_up_rows = pl.col("kind") == "synthetic"
    real, made_up = _counted(changed.filter(~made_up_rows)), _counted(changed.filter(made_up_rows))
    parts = [*real, *([f"{danish.listing(made_up)} (syntetiske)"] if made_up else [])]
    return f"Tal siden den forrige: {danish.listing(parts)}."


def _counted(changed: pl.DataFrame) -> list[str]:
    words = (("added", "nye"), ("changed", "ændrede"), ("withdrawn", "fjernede"))
    sums = [(int(changed[column].sum()), word) for column, word in words]
    return [f"{danish.number(count)} {word}" for count, word in sums if count]


def _documents(sources: dict[str, Source]) -> list[str]:
    dated = [one for one in sources.values() if one.kind == "published" and one.published_on]
    newest = sorted(dated, key=lambda one: str(one.published_on), reverse=True)
    shown = "; ".join(map(_to, newest[:NEWEST_DOCUMENTS]))
    return [f"<li><strong>Nyeste dokumenter:</strong> {shown}.</li>"] if shown else []


def _to(source: Source) -> str:
    there = f"/kilder#kilde-{source.source_id}"
    return f'<a href="{escape(there)}" target="_self">{escape(source.document_id)}</a>'


def _published(source: Source) -> str:
    return f" fra {danish.date(source.published_on)}" if source.published_on else ""
