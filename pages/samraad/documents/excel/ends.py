"""The first sheet, 'Indhold', and the last, 'Kilder'."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pages.language import synthetic
from pages.samraad.documents.excel.looks import DATE, Looks
from pages.samraad.documents.excel.names import cell_text, print_text
from pages.samraad.documents.packing import one_line, plain
from pages.samraad.documents.powerpoint.fitting import line_count
from pages.samraad.documents.sources import all_sources
from pages.samraad.model import Briefing
from queries import Source

CHARACTER = 7 / 96
"""The width of a character of the sheets' font, in inches."""

CONTENTS, SOURCES = "Indhold", "Kilder"
ITEM_HEADS = (
    ("Nr.", 12),
    ("Post", 44),
    ("Periode", 17),
    ("Tal", 15),
    ("Dataversion", 27),
    ("Status", 36),
    ("Kommentar", 32),
)

SOURCE_HEADS = (
    ("Udgiver", 22),
    ("Titel", 42),
    ("Dokument", 28),
    ("Offentliggjort", 15),
    ("Bemærkning", 26),
    ("Hentet", 12),
    ("Vilkår", 14),
    ("Berigtigelse", 20),
    ("Slags", 14),
    ("SHA-256", 24),
)


def contents(sheet: Worksheet, briefing: Briefing, names: Sequence[str], looks: Looks) -> None:
    """Fill the first sheet: what was asked, and a line with a link for each entry."""
    folder = briefing.folder
    title = one_line(folder.title) or "Samrådsmappe"
    row, last = 0, len(ITEM_HEADS) - 1
    if briefing.made_up:
        some = not all(chapter.content.made_up for chapter in briefing.chapters)
        told = synthetic.WARNING + (". De poster, det gælder, er mærket." if some else ".")
        sheet.merge_range(row, 0, row, last, "", looks.warning)
        sheet.write_string(row, 0, told, looks.warning)
        row += 1
    sheet.merge_range(row, 0, row, last, "", looks.title)
    sheet.write_string(row, 0, cell_text(title), looks.title)
    sheet.set_row(row, 20 * min(6, line_count(title, 14, 13)))
    row += 1
    for term, text in (
        ("Sag", folder.reference),
        ("Spørgsmål", folder.question),
        ("Data", f"Indsatsatlas, dataversion {briefing.version}"),
    ):
        if known := cell_text(text.strip()):
            sheet.write_string(row, 0, term, looks.of(bold=True))
            sheet.merge_range(row, 1, row, last, "", looks.text)
            sheet.write_string(row, 1, known, looks.text)
            lines = line_count(known, 10, 12)
            sheet.set_row(row, min(400, 13.5 * lines + 2))
            row += 1
    row += 1
    _heads(sheet, row, ITEM_HEADS, looks)
    first = row
    for number, (chapter, name) in enumerate(zip(briefing.chapters, names, strict=True), start=1):
        row += 1
        content = chapter.content
        target = name.replace("'", "''")
        heading = one_line(chapter.heading)
        sheet.write_number(row, 0, number, looks.of(num_format="0", align="left"))
        sheet.write_url(
            row, 1, f"internal:'{target}'!A1", looks.link, cell_text(heading)[:250] or name
        )
        made_up = "syntetiske" if content.made_up else "offentliggjorte"
        if not content.made_up and not all(s.of_others for s in content.sources):
            made_up = "egne"
        texts = (content.period, made_up, content.version, content.standing.text)
        lines = line_count(heading[:250], 10, ITEM_HEADS[1][1] * CHARACTER)
        for column, text in enumerate((*texts, chapter.entry.comment), start=2):
            sheet.write_string(row, column, cell_text(text), looks.text)
            lines = max(lines, line_count(plain(text), 10, ITEM_HEADS[column][1] * CHARACTER))
        sheet.set_row(row, min(400, 13.5 * lines + 2))
    sheet.freeze_panes(first + 1, 0)
    sheet.repeat_rows(first)
    if briefing.chapters:
        sheet.autofilter(first, 0, row, last)
    _page(sheet, briefing, title)


def sources(sheet: Worksheet, briefing: Briefing, looks: Looks) -> None:
    """Fill the last sheet: every source, with all that is known of it."""
    known = all_sources(briefing)
    _heads(sheet, 0, SOURCE_HEADS, looks)
    for row, source in enumerate(known, start=1):
        for column, value in enumerate(_facts(source)):
            if isinstance(value, dt.date) and value.year >= 1900:
                moment = dt.datetime.combine(value, dt.time())
                look = looks.of(num_format=DATE, align="left")
                sheet.write_datetime(row, column, moment, look)
            else:
                sheet.write_string(row, column, cell_text(str(value)), looks.text)
    if not known:
        sheet.write_string(1, 0, "Mappen har ingen kilder.", looks.of())
    else:
        sheet.autofilter(0, 0, len(known), len(SOURCE_HEADS) - 1)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _page(sheet, briefing, SOURCES)


def _facts(source: Source) -> tuple[str | dt.date, ...]:
    correction = f"Berigtiger {source.corrects}" if source.corrects else ""
    if source.corrected_by:
        correction = f"{correction}; rettet af {source.corrected_by}".lstrip("; ")
    kind = synthetic.BADGE if source.is_synthetic else KIND_WORDS.get(source.kind, source.kind)
    return (
        source.publisher,
        source.title,
        source.document_id,
        source.published_on or "ikke dateret",
        source.published_note,
        source.retrieved_on or "ikke oplyst",
        source.licence,
        correction or "nej",
        kind,
        source.sha256 or "ikke oplyst",
    )


KIND_WORDS = {
    "published": "offentliggjort",
    "api": "tjeneste",
    "file": "fil",
    "register": "register",
}


def _heads(sheet: Worksheet, row: int, heads: Sequence[tuple[str, int]], looks: Looks) -> None:
    for column, (name, width) in enumerate(heads):
        sheet.write_string(row, column, name, looks.head)
        sheet.set_column(column, column, width)


def _page(sheet: Any, briefing: Briefing, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    mark = f"&R&B{synthetic.BADGE}" if briefing.made_up else ""
    sheet.set_header(f"&L{print_text(title)}{mark}")
    sheet.set_footer(
        f"&LIndsatsatlas, dataversion {print_text(briefing.version, 60)}&RSide &P af &N"
    )
    sheet.hide_gridlines(2)
