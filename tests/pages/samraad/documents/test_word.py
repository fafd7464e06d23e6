"""The Word document: what it says, with which of Word's own means, and that it is sound."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pytest

from pages.language import danish, synthetic
from pages.samraad.documents import word
from pages.samraad.model import Briefing
from tests.pages.samraad.documents import briefings
from tests.pages.samraad.documents.word_reading import Read, disorder, problems, read, text

ROOT = Path(__file__).parents[4]
SAMPLES: list[Callable[[], Briefing]] = [
    briefings.real,
    briefings.mixed,
    briefings.hostile,
    briefings.empty,
]


@cache
def written(make: Callable[[], Briefing]) -> bytes:
    return word.write(make())


@pytest.fixture
def real() -> Read:
    return read(written(briefings.real))


@pytest.fixture
def mixed() -> Read:
    return read(written(briefings.mixed))


@pytest.mark.parametrize("make", SAMPLES, ids=lambda make: make.__name__)
def test_word_finds_nothing_damaged(make: Callable[[], Briefing]) -> None:
    assert problems(written(make)) == []
    assert disorder(written(make)) == []


def test_the_first_page_says_what_it_is(real: Read) -> None:
    assert real.paragraphs("Title") == ["Passive borgere i ressourceforløb"]
    assert real.paragraphs("Subtitle") == ["BEU alm. del, samrådsspørgsmål CI"]
    assert real.paragraphs("Samraadquestion") == [f"Spørgsmål: {briefings.real().folder.question}"]
    assert real.paragraphs("Samraadfact") == [
        f"Nyeste dataversion: {briefings.VERSION}",
        "Kilderne er hentet: 22. november 2026",
        "Lagt i mappen: 27. november 2026",
    ]


def test_the_answer_is_its_paragraphs(real: Read) -> None:
    answer = briefings.real().folder.answer.split("\n\n")
    assert len(answer) == 3
    assert [t for t in real.paragraphs("Normal") if t] == answer


def test_chapters_are_headings_and_the_contents_say_the_same(real: Read) -> None:
    assert real.paragraphs("Heading1") == [
        "Udkast til svar",
        "Grundlag for svaret",
        "Definitioner",
        "Kilder",
    ]
    chapters = [
        "Passive i ressourceforløb (kort)",
        "Alle kommuner, juni 2017",
        "Passive i ressourceforløb (søjler)",
        "Passive i ressourceforløb (sætning)",
    ]
    assert real.paragraphs("Heading2") == [*chapters, "Sådan henvises til tallene"]
    lines = real.all("//w:sdt//w:p[w:hyperlink]")
    assert [text(line) for line in lines] == [
        "Udkast til svar",
        "Grundlag for svaret",
        *chapters,
        "Definitioner",
        "Kilder",
        "Sådan henvises til tallene",
    ]
    assert real.all("//w:sdt//w:instrText")[0].text.split() == [
        *("TOC", "\\o", '"1-2"', "\\n", "\\h", "\\z", "\\u")
    ]
    for line in lines:
        (anchor,) = line.xpath("w:hyperlink/@w:anchor", namespaces={"w": line.nsmap["w"]})
        (heading,) = real.all(f"//w:p[w:bookmarkStart/@w:name='{anchor}']")
        assert text(heading) == text(line)


def test_word_is_not_made_to_ask(real: Read) -> None:
    settings = real.members["word/settings.xml"]
    assert b"updateFields" not in settings
    assert b"attachedTemplate" not in settings
    assert not [n for n in real.members if n.endswith(".rels") and b"External" in real.members[n]]


def test_all_98_kommuner_stand_in_the_table_as_printed(real: Read) -> None:
    (whole,) = (table for table in real.tables() if len(table) > 20)
    assert whole[0] == ["Kommune", "Antal, personer", "Andel"]
    expected = [
        [name, "skjult" if hidden else danish.number(count or 0), danish.pct(share)]
        for name, count, share, hidden in briefings.published()
    ]
    left_out = [[name, "udeladt af kilden", "udeladt af kilden"] for name in ("Fanø", "Læsø")]
    assert whole[1:] == expected + left_out
    assert ["Holbæk", "117", "52\N{NO-BREAK SPACE}pct."] in whole
    assert sum(row[1] == "skjult" for row in whole) == 4


def test_the_head_is_repeated_and_rows_stay_whole(real: Read) -> None:
    rows = real.all("//w:tbl[1]/w:tr")
    assert len(real.all("//w:tr")) == len(real.all("//w:tr[w:trPr/w:cantSplit]"))
    assert [len(row.findall(f"{{{row.nsmap['w']}}}trPr")) for row in rows] == [1] * len(rows)
    assert len(real.all("//w:tbl")) == len(real.all("//w:tr[w:trPr/w:tblHeader]")) == 2
    assert len(real.all("//w:tbl/w:tr[1]/w:trPr/w:tblHeader")) == 2


def test_numbers_stand_to_the_right_and_names_to_the_left(real: Read) -> None:
    for column, aligned in ((1, set()), (2, {"right"}), (3, {"right"})):
        path = f"//w:tbl/w:tr/w:tc[{column}]/w:p/w:pPr/w:jc/@w:val"
        assert set(real.all(path)) == aligned
    cells, told = real.all("//w:tbl/w:tr/w:tc[2]"), real.all("//w:tbl/w:tr/w:tc[2]//w:jc")
    assert len(cells) == len(told) == 99 + 7


def test_tables_are_within_the_margins(real: Read, mixed: Read) -> None:
    for document in (real, mixed, read(written(briefings.hostile))):
        for table in document.all("//w:tbl"):
            widths = table.xpath("w:tblGrid/w:gridCol/@w:w", namespaces={"w": table.nsmap["w"]})
            assert 2000 < sum(map(int, widths)) <= 11906 - 2 * 1418


def test_hidden_left_out_not_collected_and_zero_look_different(mixed: Read) -> None:
    looks: dict[str, set[tuple[object, ...]]] = {}
    words = ("skjult", "udeladt af kilden", "ikke opgjort", "0,0\N{NO-BREAK SPACE}pct.")
    for cell in mixed.all("//w:tbl//w:tc"):
        if text(cell) in words:
            space = {"w": cell.nsmap["w"]}
            fill = cell.xpath("string(w:tcPr/w:shd/@w:fill)", namespaces=space)
            slanted = bool(cell.xpath(".//w:rPr/w:i", namespaces=space))
            looks.setdefault(text(cell), set()).add((fill, slanted))
    assert looks == {
        "skjult": {("EFEFF0", True)},
        "udeladt af kilden": {("", True)},
        "ikke opgjort": {("FAFAFA", True)},
        "0,0\N{NO-BREAK SPACE}pct.": {("", False)},
    }
    notes = "\n".join(mixed.paragraphs("Samraadnote"))
    assert "Skjult: kilden viser ikke tallet" in notes
    assert "Udeladt af kilden: området står ikke i kilden." in notes
    assert "Ikke opgjort: der findes ikke et tal." in notes


def test_the_readers_own_row_is_bold_and_the_others_are_not(real: Read) -> None:
    bold = real.all("//w:tbl/w:tr[not(w:trPr/w:tblHeader)][.//w:rPr/w:b]")
    assert [text(row.find(f"{{{row.nsmap['w']}}}tc")) for row in bold] == ["Holbæk", "Holbæk"]


def test_captions_are_numbered_by_fields_that_already_show_the_number(mixed: Read) -> None:
    captions = mixed.paragraphs("Caption")
    assert [re.match(r"(Figur|Tabel) \d+\.", c)[0] for c in captions if c] == [  # type: ignore[index]
        "Figur 1.",
        "Tabel 1.",
        "Figur 2.",
        "Tabel 2.",
        "Figur 3.",
        "Tabel 3.",
    ]
    told = [
        " ".join(i.text.split())
        for i in mixed.all("//w:p[w:pPr/w:pStyle/@w:val='Caption']//w:instrText")
    ]
    assert told == [r"SEQ Figur \* ARABIC", r"SEQ Tabel \* ARABIC"] * 3
    assert captions[0] == "Figur 1. Passive i ressourceforløb. Juni 2017 · hele landet."


def test_no_caption_is_left_alone(mixed: Read) -> None:
    """A table's stands above it and is kept with it; a figure is kept with the one below it."""
    for caption in mixed.all("//w:p[w:pPr/w:pStyle/@w:val='Caption']"):
        space = {"w": caption.nsmap["w"]}
        kept = bool(caption.xpath("w:pPr/w:keepNext", namespaces=space))
        before, after = caption.getprevious(), caption.getnext()
        if text(caption).startswith("Tabel"):
            assert kept
            assert after.tag.endswith("}tbl")
            assert len(after.xpath("w:tr[1]//w:keepNext", namespaces=space)) >= 1
        else:
            assert before.xpath("w:pPr/w:keepNext", namespaces=space)
            assert before.xpath(".//w:drawing", namespaces=space)


def test_footnotes_are_words_own_and_name_the_source(mixed: Read) -> None:
    notes = [
        text(note)
        for note in mixed.all("/w:footnotes/w:footnote[not(@w:type)]", "word/footnotes.xml")
    ]
    assert len(notes) == 5
    assert notes[0] == (
        " Kilde: Beskæftigelsesministeren, BEU alm. del, berigtigelse af svar på spm. 554 "
        f"(berigtiget svar). Opgjort juni 2017. Indsatsatlas, dataversion {briefings.VERSION}. "
        "Hentet 22. november 2026."
    )
    assert synthetic.WARNING in notes[2]
    assert "Brev af 7. maj 2019" in notes[4]
    referred = mixed.all("//w:p[.//w:footnoteReference]/w:pPr/w:pStyle/@w:val")
    assert referred == ["Samraadsentence"] * 5
    assert mixed.all("//w:footnote/@w:id", "word/footnotes.xml") == [str(n) for n in range(-1, 6)]
    assert mixed.all("//w:footnotePr/w:footnote/@w:id", "word/settings.xml") == ["-1", "0"]


def test_a_figure_without_a_sentence_has_its_footnote_in_the_caption() -> None:
    briefing = briefings.real()
    silent = replace(briefing.chapters[0].content, sentence="")
    chapter = replace(briefing.chapters[0], content=silent)
    made = read(word.write(replace(briefing, chapters=(chapter,))))
    assert made.all("//w:p[.//w:footnoteReference]/w:pPr/w:pStyle/@w:val") == ["Caption"]


def test_definitions_and_sources_are_listed_once(mixed: Read) -> None:
    assert mixed.paragraphs("Heading3") == [
        "Passive i ressourceforløb",
        "Ordinære timer",
        "Borgere visiteret til gruppe 2",
    ]
    told = mixed.paragraphs("Samraadsource")
    assert [line.split(":")[0] for line in told[:4]] == [
        "Passiv i ressourceforløb",
        "Nævner",
        "Ordinære timer",
        "Gruppe 2",
    ]
    sources = told[4:7]
    assert "Udateret berigtigelse" in sources[0]
    assert "Hentet 22. november 2026." in sources[0]
    assert synthetic.WARNING in sources[1]
    assert "Offentliggjort 7. maj 2019." in sources[2]
    assert len(told) == 4 + 3 + 2


def test_made_up_numbers_are_labelled_everywhere(mixed: Read, real: Read) -> None:
    assert mixed.paragraphs("Title") == ["Flere skal med: ordinære timer og gruppe 2"]
    assert mixed.paragraphs("Samraadkind") == [synthetic.BADGE, "Materiale til samråd"]
    assert real.paragraphs("Samraadkind") == ["Materiale til samråd"]
    warnings = mixed.paragraphs("Samraadwarning")
    assert warnings[0] == (
        f"{synthetic.WARNING}. Det gælder »Udviklingen i ordinære timer« og »Tid i gruppe 2«."
    )
    assert warnings.count(synthetic.WARNING) == 1
    assert warnings.count(f"Delvis {synthetic.WARNING}") == 1
    made_up = [c for c in mixed.paragraphs("Caption") if c[:8] not in ("Figur 1.", "Tabel 1.")]
    assert len(made_up) == 4
    assert all(synthetic.BADGE in caption for caption in made_up)
    tables = mixed.tables()
    assert [table[0] for table in tables[1:]] == [
        [synthetic.WARNING],
        [f"Delvis {synthetic.WARNING}"],
    ]
    assert "SYNTETISK" not in str(tables[0])
    assert [
        text(row) for row in mixed.all("//w:tr[count(w:trPr/w:tblHeader)=1][count(w:tc)=1]")
    ] == [synthetic.WARNING, f"Delvis {synthetic.WARNING}"]
    sentences = mixed.paragraphs("Samraadsentence")
    assert [synthetic.BADGE in s for s in sentences] == [False, False, True, True, False]
    assert sentences[2].startswith("SYNTETISKE TAL: I april 2018")
    # One of its two sources is a letter.
    assert sentences[3].startswith("Delvis SYNTETISKE TAL: I Jobcenter Holbæk")
    for name in ("word/header1.xml", "word/header2.xml"):
        assert synthetic.WARNING in text(mixed.xml(name))
        assert "SYNTETISK" not in text(real.xml(name))
    assert "SYNTETISK" not in real.story()
    assert mixed.members["docProps/core.xml"].decode().count("SYNTETISKE TAL") == 1


def test_a_label_that_a_text_has_already_is_said_once() -> None:
    chapter = briefings.mixed().chapters[2]
    content = replace(
        chapter.content,
        title=f"{synthetic.BADGE}: Timer",
        sentence=f"{synthetic.BADGE}: Det er opdigtet.",
        alt=f"{synthetic.BADGE}: Linje",
        notes=(f"{synthetic.WARNING}.", "Andet"),
    )
    entry = replace(chapter.entry, heading="")
    briefing = replace(
        briefings.mixed(), chapters=(replace(chapter, entry=entry, content=content),)
    )
    made = read(word.write(briefing))
    assert made.paragraphs("Heading2")[0] == "SYNTETISKE TAL: Timer"
    assert made.paragraphs("Samraadwarning")[0] == f"{synthetic.WARNING}. Det gælder »Timer«."
    assert made.paragraphs("Samraadsentence") == ["SYNTETISKE TAL: Det er opdigtet."]
    assert made.paragraphs("Caption")[0].startswith("Figur 1. SYNTETISKE TAL: Timer. 2018")
    assert made.all("//wp:docPr/@descr") == ["SYNTETISKE TAL: Linje"]
    assert [n for n in made.paragraphs("Samraadnote") if n.startswith("Bemærk")] == [
        "Bemærk: Andet"
    ]


def test_newer_data_are_said_first_and_where_they_matter(mixed: Read, real: Read) -> None:
    warnings = mixed.paragraphs("Samraadwarning")
    assert warnings[1] == (
        "Se efter nyere data, før tallene bruges: »Udviklingen i ordinære timer« og »Tid i "
        "gruppe 2«."
    )
    assert (
        "Nyere data: Tallene er rettet siden: i nyere data er det 12,6 pct. Nu: I april 2018 var "
        "12,6\N{NO-BREAK SPACE}pct. i ordinære timer i Jobcenter Holbæk."
    ) in warnings
    assert "Nyere data: Der er kommet tal for januar 2019." in warnings
    assert "Der er nyere data; tallet er det samme." in "\n".join(mixed.paragraphs("Samraadnote"))
    assert real.paragraphs("Samraadwarning") == []


def test_the_language_is_danish_and_properties_tell_no_time(real: Read) -> None:
    (language,) = real.all("//w:docDefaults//w:lang", "word/styles.xml")
    assert language.get(f"{{{language.nsmap['w']}}}val") == "da-DK"
    properties = docx.Document(io.BytesIO(written(briefings.real))).core_properties
    assert properties.title == "Passive borgere i ressourceforløb"
    assert properties.language == "da-DK"
    assert properties.subject == "BEU alm. del, samrådsspørgsmål CI"
    made = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert properties.created == properties.modified == made
    assert properties.author == properties.last_modified_by == "Indsatsatlas"


def test_every_page_has_its_number_and_the_folders_name(real: Read) -> None:
    for name in ("word/footer1.xml", "word/footer2.xml"):
        fields = [told.text.strip() for told in real.all("//w:instrText", name)]
        assert fields == ["PAGE", "NUMPAGES"]
        assert f"dataversion {briefings.VERSION}" in text(real.xml(name))
    head = text(real.xml("word/header1.xml"))
    assert head == "Passive borgere i ressourceforløb\nBEU alm. del, samrådsspørgsmål CI"


def test_texts_of_users_are_only_text() -> None:
    made = read(written(briefings.hostile))
    story = made.story()
    assert '=HYPERLINK("http://example.com";"Klik") +1 -1 @SUM(A1) <b>&amp;</b> ]]>' in story
    assert "{{samraad}}" in story
    assert not re.search("[\x00\x0b\ufffe\u202e]", story)
    told = {" ".join(i.text.split()).split(" ")[0] for i in made.all("//w:instrText")}
    assert told == {"TOC", "SEQ"}
    assert made.all("//w:hyperlink[@r:id]") == []
    names = [row[0] for row in made.tables()[0]]
    assert names[1:6] == [
        "=1+1",
        "+45 70 10 10",
        "-cmd|' /C calc'!A0",
        "@SUM(A1:A9)",
        "Tabulator og linjeskift",
    ]


def test_an_empty_folder_is_a_document_that_says_so() -> None:
    made = read(written(briefings.empty))
    assert made.paragraphs("Title") == ["Samrådsmappe"]
    assert made.paragraphs("Samraadquestion") == ["Spørgsmålet er endnu ikke skrevet ind i mappen."]
    assert made.paragraphs("Samraadnote") == ["Der er endnu ikke skrevet et udkast til svar."]
    assert made.paragraphs("Heading1") == ["Udkast til svar"]


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    word.write(briefings.real(), progress=lambda done, of: told.append((done, of)))
    assert told == [(number, 6) for number in (0, 1, 2, 3, 4, 5, 6)]


def test_the_same_briefing_is_the_same_bytes_in_any_process() -> None:
    assert word.write(briefings.mixed()) == written(briefings.mixed)
    code = (
        "import hashlib; from pages.samraad.documents import word; "
        "from tests.pages.samraad.documents import briefings; "
        "print(hashlib.sha256(word.write(briefings.mixed())).hexdigest())"
    )
    for seed in ("1", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Apia"},
            text=True,
        )
        assert done.stdout.strip() == hashlib.sha256(written(briefings.mixed)).hexdigest()
