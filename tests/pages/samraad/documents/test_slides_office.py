"""Slides and sheets as LibreOffice shows them: all texts there, none over another or outside."""

from __future__ import annotations

import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pages.language import synthetic
from pages.samraad.documents import excel, powerpoint
from pages.samraad.model import Briefing
from tests import office
from tests.pages.samraad.documents import briefings
from tests.pages.samraad.documents.test_powerpoint import many_bars

MOST_COVERED = 0.3
"""Of a word: letters' boxes are higher than the letters, and touch."""

Word = tuple[str, float, float, float, float]


def words_of(pdf: Path) -> list[list[Word]]:
    """The words of each page with left, top, right and bottom."""
    program = Path(office.program("PDFTOPPM", "pdftoppm")).with_name("pdftotext")
    told = subprocess.run(
        [str(program), "-bbox", str(pdf), "-"], check=True, capture_output=True, timeout=60
    ).stdout
    root = etree.fromstring(told, etree.XMLParser(recover=True))
    return [[_word(word) for word in page.iter("{*}word")] for page in root.iter("{*}page")]


def _word(word: Any) -> Word:
    left, top, right, bottom = (float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax"))
    return word.text or "", left, top, right, bottom


def covered(one: Word, other: Word) -> float:
    wide = min(one[3], other[3]) - max(one[1], other[1])
    high = min(one[4], other[4]) - max(one[2], other[2])
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / min((w[3] - w[1]) * (w[4] - w[2]) for w in (one, other))


@pytest.mark.parametrize("briefing", [briefings.real(), briefings.mixed(), many_bars()])
def test_no_text_on_a_slide_covers_another_or_runs_out_of_it(
    briefing: Briefing, tmp_path: Path
) -> None:
    pdf = office.to_pdf(powerpoint.write(briefing), "pptx", tmp_path)
    pages = words_of(pdf)
    assert len(pages) >= 3
    for number, words in enumerate(pages, start=1):
        over = [(a[0], b[0]) for a, b in combinations(words, 2) if covered(a, b) > MOST_COVERED]
        assert over == [], number
        for _, left, top, right, bottom in words:
            assert min(left, top) >= 0
            assert right <= 960.5
            assert bottom <= 540.5


def test_slides_say_all_that_they_should(tmp_path: Path) -> None:
    briefing = briefings.mixed()
    pages = office.texts(office.to_pdf(powerpoint.write(briefing), "pptx", tmp_path))
    whole = " ".join(pages).replace("\N{NO-BREAK SPACE}", " ")
    for chapter in briefing.chapters:
        assert chapter.heading in whole
        assert chapter.content.sentence.replace("\N{NO-BREAK SPACE}", " ") in whole
    assert "Vesthimmerland (ikke opgjort)" in whole
    assert "Hul i en linje: skjult." in whole
    labelled = [page for page in pages if page.count(synthetic.BADGE) >= 2]
    assert len(labelled) >= 3


def test_sheets_say_all_that_they_should(tmp_path: Path) -> None:
    briefing = briefings.mixed()
    pages = office.texts(office.to_pdf(excel.write(briefing), "xlsx", tmp_path))
    whole = " ".join(pages).replace("\N{NO-BREAK SPACE}", " ")
    assert briefing.folder.question in whole
    for name, count, share, hidden in briefings.published():
        told = "skjult" if hidden else f"{count}"
        assert f"{name} {told} {share} pct." in whole
    assert "Fanø udeladt af kilden udeladt af kilden" in whole
    assert "marts 2018 skjult" in whole
    assert "#REF" not in whole
    assert "Err:" not in whole
    made_up = [page for page in pages if "Udviklingen i ordinære timer" in page]
    assert len(made_up) >= 2
    assert all(synthetic.BADGE in page for page in made_up)


def test_what_looks_like_a_formula_is_shown_as_it_is_written(tmp_path: Path) -> None:
    pages = office.texts(office.to_pdf(excel.write(briefings.hostile()), "xlsx", tmp_path))
    whole = " ".join(pages)
    for text in ("=1+1", "+45 70 10 10", "@SUM(A1:A9)"):
        assert text in whole
