"""A briefing as a workbook (.xlsx): a sheet per entry with typed numbers, contents and sources."""

from __future__ import annotations

import io
from collections.abc import Callable

import xlsxwriter

from pages.language import synthetic
from pages.samraad.documents.excel.ends import CONTENTS, SOURCES, contents, sources
from pages.samraad.documents.excel.item_sheet import fill_sheet
from pages.samraad.documents.excel.looks import FONT, Looks
from pages.samraad.documents.excel.names import sheet_name
from pages.samraad.documents.headings import told_apart
from pages.samraad.documents.packing import EPOCH, one_line, repacked
from pages.samraad.model import Briefing

__all__ = ["write"]

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(
    briefing: Briefing, progress: Callable[[int, int], None] = lambda done, of: None
) -> bytes:
    """Return the workbook; `progress` is called with entries done and entries in all.

    The same briefing gives the same bytes. No text becomes a formula. Raises CalledProcessError or
    TimeoutExpired when a drawing cannot be painted.
    """
    briefing = told_apart(briefing)
    buffer = io.BytesIO()
    font = dict(FONT)  # xlsxwriter changes it, and the next workbook would not be the same
    book = xlsxwriter.Workbook(buffer, OPTIONS | {"default_format_properties": font})
    folder = briefing.folder
    title = synthetic.marked(one_line(folder.title) or "Samrådsmappe", made_up=briefing.made_up)
    book.set_properties(
        {
            "title": title[:250],
            "subject": one_line(folder.reference)[:250],
            "author": "Indsatsatlas",
            "comments": f"Dataversion {one_line(briefing.version)}",
            "created": EPOCH,
        }
    )
    looks = Looks(book)
    names = [
        sheet_name(
            number,
            chapter.entry.heading or chapter.content.title,
            made_up=chapter.content.made_up,
            kind=chapter.kind_told,
        )
        for number, chapter in enumerate(briefing.chapters, start=1)
    ]
    first = book.add_worksheet(CONTENTS)
    sheets = [book.add_worksheet(name) for name in names]
    contents(first, briefing, names, looks)
    for done, (sheet, chapter) in enumerate(zip(sheets, briefing.chapters, strict=True)):
        progress(done, len(sheets))
        fill_sheet(book, sheet, chapter, looks)
    sources(book.add_worksheet(SOURCES), briefing, looks)
    book.close()
    progress(len(sheets), len(sheets))
    return repacked(buffer.getvalue())
