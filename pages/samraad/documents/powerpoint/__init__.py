"""A briefing as slides (.pptx): charts and tables that can be edited, and notes for the speaker."""

from __future__ import annotations

import io
from collections.abc import Callable

from pages.samraad.documents.headings import told_apart
from pages.samraad.documents.packing import EPOCH, plain, repacked
from pages.samraad.documents.powerpoint import slides
from pages.samraad.documents.powerpoint.design import LANGUAGE, new_deck
from pages.samraad.documents.powerpoint.shapes import Titles, in_danish, in_reading_order
from pages.samraad.model import Briefing

__all__ = ["write"]


def write(
    briefing: Briefing, progress: Callable[[int, int], None] = lambda done, of: None
) -> bytes:
    """Return the presentation; `progress` is called with entries done and entries in all.

    The same briefing gives the same bytes. Raises CalledProcessError or TimeoutExpired when a
    drawing cannot be painted.
    """
    briefing = told_apart(briefing)
    deck = new_deck()
    about = deck.core_properties
    about.title = plain(briefing.folder.title)[:255] or "Samrådsmappe"
    about.subject = plain(briefing.folder.reference)[:255]
    about.author = about.last_modified_by = "Indsatsatlas"
    about.keywords = "syntetiske tal" if briefing.made_up else ""
    about.comments = f"Dataversion {briefing.version}"
    about.language = LANGUAGE
    about.created = about.modified = EPOCH
    about.revision = 1
    titles = Titles()
    slides.front(deck, briefing, titles)
    for done, chapter in enumerate(briefing.chapters):
        progress(done, len(briefing.chapters))
        slides.entry(deck, chapter, titles)
    slides.sources(deck, briefing, titles)
    for slide in deck.slides:
        in_reading_order(slide)
        in_danish(slide)
    buffer = io.BytesIO()
    deck.save(buffer)
    progress(len(briefing.chapters), len(briefing.chapters))
    return repacked(buffer.getvalue())
