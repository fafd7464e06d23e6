"""The Word document as LibreOffice shows it, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pages.language import danish, synthetic
from pages.samraad.documents import word
from pages.samraad.model import Briefing
from tests import office
from tests.pages.samraad.documents import briefings


def shown(make: Callable[[], Briefing], folder: Path) -> list[str]:
    return office.texts(office.to_pdf(word.write(make()), "docx", folder))


def test_the_real_folder_is_a_document_of_a_few_pages(tmp_path: Path) -> None:
    pages = shown(briefings.real, tmp_path)
    assert 5 <= len(pages) <= 9
    assert "Passive borgere i ressourceforløb" in pages[0]
    assert "Indhold Udkast til svar Grundlag for svaret" in pages[0]
    assert pages[1].startswith("Passive borgere i ressourceforløb BEU alm. del")
    assert "Udkast til svar Tak for spørgsmålet." in pages[1]
    for number, page in enumerate(pages, 1):
        assert f"Side {number} af {len(pages)}" in page
    whole = " ".join(pages)
    for name, count, share, hidden in briefings.published():
        told = "skjult" if hidden else danish.number(count or 0)
        assert f"{name} {told} {share} pct." in whole.replace("\N{NO-BREAK SPACE}", " ")
    assert "Fanø udeladt af kilden udeladt af kilden" in whole
    # The head of the long table is on each of its pages.
    long = [page for page in pages if len(re.findall(r" \d+ pct\.", page)) > 30]
    assert len(long) >= 2
    assert all("Kommune Antal, personer Andel" in page for page in long)
    assert "1 Kilde: Beskæftigelsesministeren, BEU alm. del" in whole


def test_made_up_numbers_say_so_on_every_page(tmp_path: Path) -> None:
    pages = shown(briefings.mixed, tmp_path)
    assert len(pages) >= 5
    assert all(synthetic.WARNING in page for page in pages)
    whole = " ".join(pages)
    assert "Figur 3. SYNTETISKE TAL: Tid i gruppe 2." in whole
    assert "Tabel 3. SYNTETISKE TAL: Tid i gruppe 2." in whole


@pytest.mark.parametrize(
    "make", [briefings.hostile, briefings.empty], ids=lambda make: make.__name__
)
def test_awkward_folders_open_too(make: Callable[[], Briefing], tmp_path: Path) -> None:
    pages = shown(make, tmp_path)
    assert "Materiale til samråd".casefold() in pages[0].casefold()
    assert "Error" not in " ".join(pages)


def test_a_tall_figure_follows_its_sentence_on_the_same_page(tmp_path: Path) -> None:
    briefing = briefings.real()
    chapter = briefing.chapters[0]
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 1000"><g/></svg>'
    made = replace(
        chapter,
        entry=replace(chapter.entry, heading="Kortet", comment="En bemærkning. " * 12),
        content=replace(chapter.content, svg=svg, table=None, sentence="Sætningen. " * 20),
    )
    body = word.write(replace(briefing, chapters=(made,)))
    pages = office.texts(office.to_pdf(body, "docx", tmp_path))
    (page,) = [page for page in pages if "Sætningen." in page]
    assert "Figur 1." in page
    assert "En bemærkning." in page
