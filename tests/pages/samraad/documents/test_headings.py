"""What is called the same in a folder says what kind it is, and the same in every document."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pptx
import pytest

from pages.samraad.documents import excel, pdf, powerpoint, word
from pages.samraad.documents.excel.names import sheet_name
from pages.samraad.documents.headings import kinds_told, told_apart
from pages.samraad.documents.once import SEE, tables_once
from pages.samraad.model import Briefing
from tests.pages.samraad.documents import briefings, word_reading
from tests.pages.samraad.documents.pdf_reading import text_of


def alike() -> Briefing:
    """Map, bars and table of one indicator, all of one title."""
    real = briefings.real()
    first = next(c for c in real.chapters if c.content.table and c.content.svg)
    kinds = ("kort", "soejler", "tabel")
    return replace(
        real,
        chapters=tuple(
            replace(
                first,
                entry=replace(first.entry, heading=""),
                content=replace(
                    first.content,
                    item=replace(first.content.item, kind=kind),
                    title="Passive",
                    svg=None if kind == "tabel" else first.content.svg,
                ),
            )
            for kind in kinds
        ),
    )


TOLD = ["Passive (kort)", "Passive (søjler)", "Passive (tabel)"]


def test_only_what_is_called_the_same_is_told_apart() -> None:
    named = [("A", "kort"), ("B", "kort"), ("A", "soejler"), ("A", "kort"), ("C", "ukendt")]
    assert kinds_told(named) == [" (kort)", "", " (søjler)", " (kort 2)", ""]
    assert kinds_told([]) == []


def test_headings_are_told_apart_once() -> None:
    once = told_apart(alike())
    assert [chapter.heading for chapter in once.chapters] == TOLD
    assert told_apart(once) == once
    kept = told_apart(briefings.mixed())
    assert len({chapter.heading for chapter in kept.chapters}) == len(kept.chapters)


def test_a_figure_refers_to_the_one_heading_that_has_the_table() -> None:
    made = tables_once(alike())
    assert [c.content.table is not None for c in made.chapters] == [False, False, True]
    assert made.chapters[0].content.notes[-1] == SEE.format("Passive (tabel)")


def test_a_sheet_keeps_its_kind_however_long_its_heading() -> None:
    assert sheet_name(1, "Passive i ressourceforløb og mere", made_up=False, kind=" (kort)") == (
        "1 Passive i ressourceforlø kort"
    )
    assert sheet_name(2, "Passive", made_up=True, kind="") == "2 SYNTETISK Passive"


@pytest.mark.parametrize("form", ["word", "pdf", "powerpoint", "excel"])
def test_every_document_says_the_kinds(form: str) -> None:
    writers: dict[str, Any] = {"word": word, "pdf": pdf, "powerpoint": powerpoint, "excel": excel}
    body = writers[form].write(alike())
    if form == "word":
        said = word_reading.read(body).story()
    elif form == "pdf":
        said = text_of(body)
    elif form == "powerpoint":
        deck = pptx.Presentation(io.BytesIO(body))
        said = " ".join(
            s.text_frame.text for p in deck.slides for s in p.shapes if s.has_text_frame
        )
    else:
        book = openpyxl.load_workbook(io.BytesIO(body))
        said = " ".join(str(c.value) for sheet in book for row in sheet for c in row)
    for heading in TOLD:
        assert heading in said


@pytest.mark.parametrize(
    ("subtitle", "told"),
    [
        ("Juni 2017 · Hele landet", "Juni 2017 · Hele landet"),
        ("Hele landet", "Hele landet · juni 2017"),
        ("", "juni 2017"),
    ],
    ids=["said", "not_said", "none"],
)
def test_a_sheet_says_its_period_once(subtitle: str, told: str) -> None:
    (chapter, *_), real = alike().chapters, briefings.real()
    content = replace(chapter.content, subtitle=subtitle, period="juni 2017", svg=None)
    body = excel.write(replace(real, chapters=(replace(chapter, content=content),)))
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[1]
    assert sheet.cell(3, 1).value == told
