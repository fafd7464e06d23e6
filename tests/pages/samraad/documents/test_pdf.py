"""The PDF of a briefing: what it says, how it is tagged, and that it is the same every time."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pages.samraad.documents import pdf
from pages.samraad.documents.pdf import typeset as process
from pages.samraad.documents.pdf.typeset import typeset
from pages.samraad.documents.pdf.writing import TEMPLATE, day
from pages.samraad.model import Briefing
from queries import UserError
from tests.pages.samraad.documents import briefings
from tests.pages.samraad.documents.pdf_reading import (
    bookmarks,
    catalog,
    close,
    elements,
    kinds,
    plain,
    reader,
    text_of,
)

ROOT = Path(__file__).parents[4]
A4 = (595.276, 841.89)


@cache
def written(name: str) -> bytes:
    return pdf.write(briefing(name))


def briefing(name: str) -> Briefing:
    made: Briefing = getattr(briefings, name)()
    return made


def test_every_cell_of_every_table_is_printed_in_its_row() -> None:
    printed = close(text_of(written("mixed")))
    for chapter in briefing("mixed").chapters:
        if chapter.content.table:
            for row in chapter.content.table.rows:
                assert close("".join(cell.text for cell in row)) in printed, row


def test_it_says_all_that_the_briefing_says() -> None:
    for name in ("real", "mixed"):
        made = briefing(name)
        printed = close(text_of(written(name)))
        folder = made.folder
        told = [folder.title, folder.reference, *folder.question.splitlines()]
        told += folder.answer.splitlines()
        for chapter in made.chapters:
            content = chapter.content
            told += [chapter.heading, content.sentence, content.subtitle, content.standing.text]
            told += [chapter.entry.comment, content.standing.now, content.version, content.period]
            told += [*content.notes, content.address]
            told += [part for pair in content.definition for part in pair]
            told += [text for s in content.sources for text in (s.document_id, s.publisher)]
        missing = [text for text in told if close(text) not in printed]
        assert missing == []


def test_contents_name_every_chapter_with_the_page_that_it_begins_on() -> None:
    content = written("mixed")
    pages = [plain(page.extract_text()) for page in reader(content).pages]
    numbered = [one for one in bookmarks(content) if one[0][0].isdigit()]
    assert [title for title, _ in numbered] == [
        f"{number}. {chapter.heading}"
        for number, chapter in enumerate(briefing("mixed").chapters, 1)
    ]
    for title, at in numbered:
        assert at is not None
        listed = pages[0].split(title, 1)[1]
        assert listed.replace(".", " ").split()[0] == str(at + 1)
        assert title in pages[at]


def test_it_is_tagged_and_says_its_title_and_language() -> None:
    content = written("mixed")
    read = reader(content)
    root = catalog(content)
    assert root["/Lang"] == "da-DK"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert read.metadata is not None
    assert read.metadata.title == "Flere skal med: ordinære timer og gruppe 2"
    found = kinds(content)
    chapters = briefing("mixed").chapters
    tables = [c.content.table for c in chapters if c.content.table]
    figures = [c for c in chapters if c.content.svg]
    assert found["Title"] == 1
    assert found["TOC"] == 1
    assert found["Figure"] == len(figures) == 3
    assert found["Table"] == len(tables) + 1  # and the one of how the entries stand
    assert found["TH"] == sum(len(table.columns) for table in tables) + 4
    assert found["Caption"] == len(tables) + len(figures)
    assert found["Note"] == sum(len(c.content.sources) for c in chapters)
    packet = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert "<pdfaid:part>2</pdfaid:part>" in packet
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet


def test_figures_say_in_words_what_they_show_and_header_cells_head_columns() -> None:
    found = elements(written("mixed"))
    alts = [one.alt for one in found if one.kind == "Figure"]
    contents = [c.content for c in briefing("mixed").chapters if c.content.svg]
    assert alts == [("SYNTETISKE TAL: " if c.made_up else "") + c.alt for c in contents]
    heads = [one for one in found if one.kind == "TH"]
    assert {str(one.attributes["/Scope"]) for one in heads} == {"/Column"}


def test_made_up_numbers_are_labelled_on_every_page_and_where_they_stand() -> None:
    pages = [plain(page.extract_text()) for page in reader(written("mixed")).pages]
    assert all("SYNTETISKE TAL: opdigtede, kun til afprøvning" in page for page in pages)
    assert "Tal i afsnittene 3 og 4 er opdigtede" in pages[0]
    printed = text_of(written("mixed"))
    assert "Figur 2. SYNTETISKE TAL: Ordinære timer" in printed
    assert "Tabel 2. SYNTETISKE TAL: Ordinære timer" in printed
    assert "Tabel 1. Passive i ressourceforløb" in printed
    assert "SYNTETISK" not in text_of(written("real")).upper()


def test_each_page_is_a4_with_its_number_of_how_many() -> None:
    read = reader(written("real"))
    for number, page in enumerate(read.pages, 1):
        size = (float(page.mediabox.width), float(page.mediabox.height))
        assert size == pytest.approx(A4, abs=0.01)
        assert f"Side {number} af {len(read.pages)}" in plain(page.extract_text())


def test_a_table_repeats_its_header_on_each_page() -> None:
    pages = [plain(page.extract_text()) for page in reader(written("real")).pages]
    with_rows = [page for page in pages if "Læsø udeladt af kilden" in page or "Odder 13" in page]
    assert len(with_rows) == 2
    assert all("Kommune Antal Andel" in page for page in with_rows)


def test_a_wide_table_lies_on_its_side() -> None:
    made = briefing("real")
    chapter = made.chapters[1]
    table = chapter.content.table
    assert table is not None
    wide = replace(
        table,
        columns=table.columns * 6,
        rows=tuple(row * 6 for row in table.rows[:4]),
    )
    chapter = replace(chapter, content=replace(chapter.content, table=wide))
    read = reader(pdf.write(replace(made, chapters=(chapter,))))
    sizes = {round(float(page.mediabox.width)) for page in read.pages}
    assert sizes == {595, 842}


def test_hostile_texts_are_printed_as_they_are_typed() -> None:
    printed = text_of(written("hostile"))
    assert "$x^2$ #let a = 1 \\\\server" in printed
    assert '=HYPERLINK("http://example.com";"Klik")' in close(printed)
    assert "]]> {{samraad}}" in printed
    assert close("Uafbrudt" + "langtord" * 20) in close(printed)


def test_a_footnote_is_on_the_page_of_its_chapter() -> None:
    content = written("mixed")
    pages = [plain(page.extract_text()) for page in reader(content).pages]
    numbered = [one for one in bookmarks(content) if one[0][0].isdigit()]
    note = 0
    for (_, at), chapter in zip(numbered, briefing("mixed").chapters, strict=True):
        assert at is not None
        for source in chapter.content.sources:
            note += 1
            assert f"{note} {source.publisher}" in pages[at].replace(
                f"{note}{source.publisher}", (f"{note} {source.publisher}")
            )


MARKUP = (
    '#eval("1+1") #{1+1} = ikke en overskrift *fed* _skrå_ `kode` $x$ @kilde <mærke> // kommentar '
    '/* a */ -- --- ~ \\u{41} #sys.inputs #read("/etc/passwd") \'enkelt\' "dobbelt"'
)


def test_the_notes_of_a_figure_and_the_contents_are_not_left_alone() -> None:
    one = briefing("real").chapters[0]
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 980"><rect width="9"/></svg>'
    content = replace(
        one.content, svg=svg, table=None, notes=tuple(f"Note {n}. " * 12 for n in range(6))
    )
    chapter = replace(
        one, entry=replace(one.entry, heading="Kortet", comment="Bemærket. " * 30), content=content
    )
    answer = "\n".join(["Et afsnit om sagen, der fylder en linje eller mere på siden."] * 34)
    folder = replace(briefing("real").folder, answer=answer)
    made = pdf.write(Briefing(folder, (chapter,) * 8, "v"))
    pages = [page.extract_text() for page in reader(made).pages]
    (contents,) = [n for n, page in enumerate(pages) if "Indhold" in page]
    assert pages[contents].count("Kortet") >= 8
    after = pages[contents + 1]
    assert "Note 0" in after
    assert "Note 5" in after


def test_markup_in_every_text_stays_text() -> None:
    made = briefing("real")
    chapter = made.chapters[0]
    content = replace(chapter.content, title=MARKUP, sentence=MARKUP, notes=(MARKUP,), alt=MARKUP)
    entry = replace(chapter.entry, heading=MARKUP, comment=MARKUP)
    folder = replace(made.folder, title=MARKUP, question=MARKUP, answer=MARKUP, reference=MARKUP)
    done = pdf.write(Briefing(folder, (replace(chapter, entry=entry, content=content),), "v"))
    assert close(text_of(done)).count(close(MARKUP)) >= 8
    assert [one.alt for one in elements(done) if one.kind == "Figure"] == [MARKUP]
    assert kinds(done)["H1"] == kinds(written("real"))["H1"] - 3


def test_letters_that_the_font_lacks_are_named_in_danish() -> None:
    made = briefing("empty")
    text = "Tal 😀 og 你 og שלום, å skrevet med ring: a\u030a, ligatur ﬁ, \u202eomvendt"
    done = pdf.write(replace(made, folder=replace(made.folder, question=text)))
    printed = text_of(done)
    assert "Tal ¤ og ¤ og ¤¤¤¤, å skrevet med ring: å, ligatur fi, omvendt" in printed
    assert "Dokumentets skrift mangler nogle tegn." in printed
    assert "U+1F600 GRINNING FACE (1 gang)" in printed
    assert "U+4F60 CJK UNIFIED IDEOGRAPH-4F60 (1 gang)" in printed
    assert "Et tegn, der ikke kan ses, er udeladt." in printed


def test_danish_letters_and_signs_are_set_and_nothing_is_said_of_them() -> None:
    text = "æøå ÆØÅ é ü – — ≥ ≤ “citat” ‘a’ »gåseøjne« … 21 pct. ½ × − € •"
    made = briefing("empty")
    printed = text_of(pdf.write(replace(made, folder=replace(made.folder, answer=text))))
    assert plain(text) in printed
    assert "Dokumentets skrift mangler" not in printed


def test_an_empty_folder_is_a_document_too() -> None:
    content = written("empty")
    assert len(reader(content).pages) == 1
    assert "Samrådsmappe" in text_of(content)
    assert day(briefing("empty")) == dt.date(2020, 1, 1)


def test_the_same_briefing_gives_the_same_bytes_in_any_process() -> None:
    again = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pages.samraad.documents import pdf; "
            "from tests.pages.samraad.documents import briefings; "
            "sys.stdout.buffer.write(pdf.write(briefings.mixed()))",
        ],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    assert again == written("mixed")
    read = reader(again)
    assert read.metadata is not None
    assert read.metadata.creation_date == dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)


def test_another_word_gives_other_bytes() -> None:
    made = briefing("empty")
    assert pdf.write(replace(made, folder=replace(made.folder, title="En"))) != pdf.write(
        replace(made, folder=replace(made.folder, title="To"))
    )


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    pdf.write(briefing("real"), progress=lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {of for _, of in told} == {len(told)}


def test_what_takes_too_long_is_stopped_and_told_in_danish() -> None:
    with pytest.raises(UserError, match=r"ikke færdig inden for 0\.01 sekunder"):
        typeset(TEMPLATE, [{}], dt.date(2026, 11, 27), seconds=0.01)


def test_what_cannot_be_set_is_told_in_danish_without_the_text() -> None:
    with pytest.raises(UserError) as raised:
        typeset(TEMPLATE, [{"title": "hemmeligt"}], dt.date(2026, 11, 27))
    assert str(raised.value) == process.FAILED
    assert raised.value.__cause__ is None


def test_what_takes_too_much_memory_is_told_in_danish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "WORKER", "tests.pages.samraad.documents.starved")
    with pytest.raises(UserError) as raised:
        pdf.write(briefing("mixed"))
    assert str(raised.value) == process.TOO_BIG
