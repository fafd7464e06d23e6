"""Speaker notes: all that the speaker must be able to say when asked."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.slide import Slide

from pages.samraad.documents.powerpoint.shapes import write
from pages.samraad.documents.sources import long, paragraphs, unique
from pages.samraad.model import Chapter, Chart

REFERENCE = (
    "Linjen for {0} er tegnet oven på diagrammet og flytter sig ikke, hvis tallene rettes i det."
)


def of_chapter(chapter: Chapter, *further: str) -> list[str]:
    """Return the notes of an entry, from its sentence to its permanent address."""
    content = chapter.content
    drawn_over = _drawn_over(content.chart) if content.item.kind != "kort" else ""
    told = [
        chapter.heading,
        content.label if content.made_up else "",
        content.sentence,
        f"Kommentar: {chapter.entry.comment}" if chapter.entry.comment else "",
        f"Status: {content.standing.text}" if content.standing.text else "",
        f"Nu: {content.standing.now}" if content.standing.now else "",
        *further,
        *(f"Bemærk: {note}" for note in content.notes if note),
        REFERENCE.format(drawn_over) if drawn_over else "",
        *(f"{term}: {text}" for term, text in content.definition),
        *(f"Kilde: {long(source)}" for source in unique(content.sources)),
        f"Henvisning: {content.citation}" if content.citation else "",
        f"Fast adresse: {content.address}" if content.address else "",
        f"Dataversion: {content.version}",
    ]
    return [text for text in told if text]


def _drawn_over(chart: Chart | None) -> str:
    """Return the names of the lines that are not the chart's own, '' where there are none."""
    if chart is None or chart.points:
        return ""
    marks = chart.bins.marks if chart.bins else (chart.reference,)
    return " og ".join(mark[0] for mark in marks if mark)


def add_notes(slide: Slide, texts: Sequence[str]) -> None:
    """Write the notes of a slide, a paragraph each."""
    lines = [line for text in texts for line in paragraphs(text)]
    frame = slide.notes_slide.notes_text_frame
    if frame is not None and lines:
        write(frame, lines)
