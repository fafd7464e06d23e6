"""The part 'Kilder': every source, what corrects what, and every published statement."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from pages.exports.dataset import source_lines
from pages.frame import evidence, statements
from pages.language import danish, synthetic
from pages.metode.choices import chosen_otherwise
from pages.metode.sections import Section, folded, table, terms
from queries import Atlas, Source

HEDGES = {
    "exact": "præcist",
    "rounded": "afrundet",
    "about": "omtrent",
    "a_little_over": "lidt over",
    "more_than": "mere end",
    "at_least": "mindst",
}


def sections(atlas: Atlas) -> list[Section]:
    """Return the sections on sources, corrections and statements."""
    sources = atlas.sources()
    return [
        Section("kilder", "Dokumenter og kørsler", "".join(cards(sources))),
        Section("berigtigelser", "Berigtigelser", corrections(sources)),
        Section("udsagn", "Udsagn i dokumenterne", all_statements(atlas, sources)),
    ]


def cards(sources: Mapping[str, Source]) -> list[str]:
    """Return every source as a folded part, under its document's name."""
    return [
        folded(
            f"{source.title} ({source.document_id})",
            _about(source, sources),
            anchor=f"kilde-{source.source_id}",
            kind="kilde",
        )
        for source in sources.values()
    ]


def card(source: Source, sources: Mapping[str, Source]) -> str:
    """Return one source as HTML, with what it corrects or what corrects it."""
    about = _about(source, sources)
    return f'<section class="kilde"><h3>{escape(source.title)}</h3>{about}</section>'


def _about(source: Source, sources: Mapping[str, Source]) -> str:
    lines = source_lines(source)
    if source.corrects:
        lines.append(("Berigtiger", sources[source.corrects].document_id))
    if source.corrected_by:
        lines.append(("Berigtiget af", sources[source.corrected_by].document_id))
    lines.append(("Licens", source.licence))
    if source.choices:
        lines.append(("Valg", chosen_otherwise(source.choices)))
    if source.sha256:
        lines.append(("SHA-256", source.sha256))
    if source.note:
        lines.append(("Bemærk", source.note))
    mark = f'<p class="syntetisk">{synthetic.WARNING}.</p>' if source.is_synthetic else ""
    return mark + terms(lines)


def corrections(sources: Mapping[str, Source]) -> str:
    """Return every document that corrects another, with both dates."""
    pairs = [(sources[source.corrects], source) for source in sources.values() if source.corrects]
    if not pairs:
        return "<p>Ingen af dokumenterne berigtiger et andet.</p>"
    rows = [
        [escape(old.document_id), _published(old), escape(new.document_id), _published(new)]
        for old, new in pairs
    ]
    return (
        "<p>En berigtigelse føjes til; den overskriver aldrig. Hvor et tal er berigtiget, viser "
        "atlasset det berigtigede og siger det.</p>"
        + table(
            "Dokumenter, der er berigtiget",
            ["Oprindeligt dokument", "Offentliggjort", "Berigtiget af", "Offentliggjort"],
            rows,
        )
    )


def _published(source: Source) -> str:
    told = danish.date(source.published_on) if source.published_on else source.published_note
    return escape(told)


def all_statements(atlas: Atlas, sources: Mapping[str, Source]) -> str:
    """Return every statement with its number, figure, hedge, period and document."""
    rows = [
        [
            escape(row["statement_id"]),
            escape(row["text"]),
            escape(statements.figure(row)),
            escape(row["hedge_word"] or HEDGES[row["hedge"]]),
            escape(danish.period(row["period"])) if row["period"] else "–",
            escape(evidence.reference(sources[row["source_id"]])),
        ]
        for row in atlas.statements().iter_rows(named=True)
    ]
    heads = ["Nr.", "Udsagn i vores ord", "Tal", "Forbehold i teksten", "Periode", "Dokument"]
    return (
        f"<p>{len(rows)} udsagn er skrevet af efter dokumenterne, i vores egne ord og med "
        "dokumentets eget forbehold.</p>"
        + folded("Vis alle udsagn", table("Alle udsagn i dokumenterne", heads, rows))
    )
