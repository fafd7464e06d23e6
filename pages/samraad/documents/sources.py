"""What documents say of sources, units and numbers, in the same words in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pages.language import danish, synthetic
from pages.samraad.documents.packing import plain
from pages.samraad.model import NO_NUMBER, Briefing, Cell, Content, Series
from queries import Source

NO_BREAK = "\N{NO-BREAK SPACE}"
_UNIT = re.compile(r"(pct\.point|procentpoint|pct\.)\s*$")


def all_sources(briefing: Briefing) -> list[Source]:
    """Return every source of a briefing once, in the order they are first used."""
    return unique(source for chapter in briefing.chapters for source in chapter.content.sources)


def unique(sources: Iterable[Source]) -> list[Source]:
    """Return each source once, in order."""
    found: dict[str, Source] = {}
    for source in sources:
        found.setdefault(source.source_id, source)
    return list(found.values())


def source_line(content: Content) -> str:
    """Return the line under a figure: documents, correction, period, day of reading, version."""
    named = "; ".join(short(source) for source in unique(content.sources)) or "ikke angivet"
    period = f" Opgjort {content.period}." if content.period else ""
    return plain(f"Kilde: {named}.{period} Indsatsatlas, dataversion {content.version}.")


def short(source: Source) -> str:
    """Return a source in a few words, saying if it is a correction or made up."""
    status = " (berigtiget svar)" if source.is_correction else ""
    made_up = f" ({synthetic.WARNING})" if source.is_synthetic else ""
    return f"{source.publisher}, {source.document_id}{status}{made_up}"


def long(source: Source) -> str:
    """Return a source as a list of sources has it."""
    parts = [f"{short(source)}: {source.title.rstrip('.')}."]
    if source.published_on:
        parts.append(f"Offentliggjort {danish.date(source.published_on)}.")
    elif source.published_note:
        parts.append(f"{source.published_note.rstrip('.')}.")
    if source.retrieved_on:
        parts.append(f"Hentet {danish.date(source.retrieved_on)}.")
    if source.licence:
        parts.append(f"Vilkår: {source.licence}.")
    return plain(" ".join(parts))


def labelled(text: str, *, made_up: bool) -> str:
    """Return a text with the label of made-up numbers in front, where it has not got it."""
    return text if text.startswith(synthetic.BADGE) else synthetic.marked(text, made_up=made_up)


def unit_of(axis_title: str) -> str:
    """Return 'pct.' or 'pct.point' where an axis counts those, else ''."""
    found = _UNIT.search(axis_title)
    if not found:
        return ""
    return "pct." if found[1] == "pct." else "pct.point"


def number_format(unit: str, decimals: int) -> str:
    """Return how a spreadsheet or chart writes numbers of a unit, in any language's settings."""
    places = "." + "0" * decimals if decimals > 0 else ""
    if unit in ("pct.", "pct.point"):
        return f'0{places}" {unit}"'
    return f"#,##0{places}"


def value_text(value: float, unit: str, decimals: int) -> str:
    """Return a number as the screen says it: '21 pct.', '2.790'."""
    number = danish.number(value, decimals)
    return f"{number}{NO_BREAK}{unit}" if unit in ("pct.", "pct.point") else number


def why_not(content: Content, series: Series, place: int) -> str:
    """Return why a series has no number for the chart's category at a place: 'skjult'."""
    told = series.words[place] if series.words else ""
    category = content.chart.categories[place] if content.chart else ""
    return told or word_of(content, category, series.name)


def without_number(content: Content, category: str) -> str:
    """Return why a category of a chart has no number, in the word of its table: 'skjult'."""
    chart = content.chart
    if chart and category in chart.categories:
        place = chart.categories.index(category)
        for series in chart.series:
            if series.values[place] is None and series.words and series.words[place]:
                return plain(series.words[place])
    words = [cell.text for cell in _row_of(content, category)[1:] if cell.status != "shown"]
    return plain(words[-1]) if words else NO_NUMBER


def word_of(content: Content, category: str, column: str) -> str:
    """Return why a category has no number in a column of its table, as the table has it."""
    heads = [head.name for head in content.table.columns] if content.table else []
    row = _row_of(content, category)
    if column in heads and row and row[heads.index(column)].status != "shown":
        return plain(row[heads.index(column)].text)
    return without_number(content, category)


def _row_of(content: Content, category: str) -> tuple[Cell, ...]:
    rows = content.table.rows if content.table else ()
    return next((row for row in rows if row and row[0].text == category), ())


def paragraphs(text: str) -> Sequence[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in plain(text).split("\n") if line.strip()]
