"""The kommunenotater: all 98 on one page each, with the façade's numbers and their labels."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pages.language import danish, synthetic
from pages.sammenligning.measures import subjects
from pages.sammenligning.place import in_order
from pages.samraad.documents import note
from pages.samraad.documents.note import Notes
from queries import Atlas, UserError, statistics
from tests.pages.conftest import ServeFile
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
KEY = "passive_ressourceforloeb"
HIDDEN = {"0155": "Dragør", "0201": "Allerød"}
LEFT_OUT = {"0563": "Fanø", "0825": "Læsø"}
WORDS = {"suppressed": "skjult", "left_out": "udeladt", "not_collected": "ikke opgjort"}


@pytest.fixture(scope="module")
def notes(atlas: Atlas) -> Notes:
    return note.write(atlas, [code for code, _ in in_order(atlas, atlas.version)])


def of(notes: Notes, code: str) -> bytes:
    (name,) = [one for one in notes if f"_{code}_" in one]
    return notes[name]


@cache
def read(content: bytes) -> str:
    return text_of(content)


def text(notes: Notes, code: str) -> str:
    """The text of a note, read once: a test of all reads 98."""
    return read(of(notes, code))


def close_to(notes: Notes, code: str) -> str:
    return close(text(notes, code))


def row(label: str, cell: dict[str, Any], country: dict[str, Any]) -> str:
    """The beginning of an indicator's row, written independently of the pages."""
    share = people = WORDS.get(cell["status"], "–")
    if cell["share_pct"] is not None:
        share = f"{danish.number(cell['share_pct'], cell['share_decimals'])} pct."
    if cell["status"] == "shown":
        low, high = cell["denominator_low"], cell["denominator_high"]
        base = danish.number(low) if low == high else f"{danish.number(low)}–{danish.number(high)}"
        people = f"{danish.number(cell['numerator'])} af {base}"
    whole = f"{danish.number(country['share_pct'], country['share_decimals'])} pct."
    month = danish.period(cell["period"])
    return close(f"{label} {month} {share} {people} {whole}")


def test_all_98_are_one_page_of_a4_each_with_their_own_name(atlas: Atlas, notes: Notes) -> None:
    every = in_order(atlas, atlas.version)
    assert len(notes) == len(every) == 98
    for (code, name), (file, content) in zip(every, notes.items(), strict=True):
        assert file.startswith(f"kommunenotat_{code}_")
        pages = reader(content).pages
        assert len(pages) == 1, name
        assert round(float(pages[0].mediabox.height)) == 842
        printed = text(notes, code)
        assert f"Kommunenotat {name} Region og landsdel" in printed
        assert f"{name} ({code})" in printed
        assert f"dataversion {atlas.version}" in printed
    assert "kommunenotat_0316_holbaek_SYNTETISK.pdf" in notes
    assert "kommunenotat_0787_thisted_SYNTETISK.pdf" in notes


def test_every_row_of_every_note_has_the_facades_numbers(atlas: Atlas, notes: Notes) -> None:
    found = subjects(atlas, atlas.version)
    cells = {
        key: {cell["area_id"]: cell for cell in atlas.cells(key, one.period).rows(named=True)}
        for key, one in found.items()
    }
    country = {key: atlas.national(key, one.period) for key, one in found.items()}
    for code, name in in_order(atlas, atlas.version):
        printed = close_to(notes, code)
        for key, one in found.items():
            expected = row(one.label, cells[key][code], country[key])
            assert expected in printed, (name, key, expected)


def test_the_key_sentence_is_the_published_number_with_its_verdict_and_places(
    atlas: Atlas, notes: Notes
) -> None:
    printed = text(notes, "0316")
    assert (
        "Holbæk: 117 af ca. 225 borgere, 52 pct. Det er ca. 31 procentpoint over hele landet "
        "(21 pct.) og delt nr. 2–4 af 92 kommuner regnet fra højeste andel."
    ) in printed
    assert "Andelen ligger over landets med mere, end tilfældigheder kan forklare" in printed
    assert "pladsen mellem nr. 1 og 25 af 92 kommuner" in printed
    assert "Andelens usikkerhed (95 pct.): 45–59 pct." in printed
    assert close("over landet +31 pct.point · 69–72 borgere nr. 1–25 af 92") in close(printed)


def test_ranges_of_ranks_are_those_of_the_statistics(atlas: Atlas, notes: Notes) -> None:
    national = atlas.national(KEY, "2017M06")
    judged = statistics.judged(atlas.cells(KEY, "2017M06"), national)
    for cell in judged.rows(named=True):
        if cell["rank_low"] is not None:
            places = f"nr. {cell['rank_low']}–{cell['rank_high']} af 92"
            assert close(places) in close_to(notes, cell["area_id"]), cell["name"]


@pytest.mark.parametrize("code", HIDDEN)
def test_a_hidden_count_has_a_word_and_its_published_share_alone(notes: Notes, code: str) -> None:
    printed = text(notes, code)
    assert f"{HIDDEN[code]}: skjult. Færre end 3 borgere: antallet er skjult i kilden." in printed
    share = {"0155": 17, "0201": 10}[code]
    assert f"Andelen er offentliggjort som {share} pct." in printed
    assert "Andelens usikkerhed" not in printed
    assert f"Passive i ressourceforløb juni 2017 {share} pct. skjult 21 pct. – –" in printed


@pytest.mark.parametrize("code", LEFT_OUT)
def test_a_kommune_that_the_source_leaves_out_is_said_to_be(notes: Notes, code: str) -> None:
    printed = text(notes, code)
    assert f"{LEFT_OUT[code]}: udeladt. Kommunen er ikke med i kildens tabel" in printed
    assert "Passive i ressourceforløb juni 2017 udeladt udeladt 21 pct. – –" in printed


def test_made_up_numbers_stand_under_their_label_and_published_ones_above_it(
    atlas: Atlas, notes: Notes
) -> None:
    found = subjects(atlas, atlas.version)
    for code, _ in in_order(atlas, atlas.version)[::9]:
        printed = text(notes, code)
        assert printed.startswith(f"Indeholder {synthetic.WARNING}")
        real, label, rest = printed.partition(f"{synthetic.WARNING} Der er ikke fundet")
        assert label
        assert "Offentliggjorte tal" in real
        made_up = [one.label for key, one in found.items() if key != KEY]
        assert [one for one in made_up if f"{one} juni 2017" in real] == []
        table, _, _ = rest.partition("Initiativer")
        assert [one for one in made_up if close(one) not in close(table)] == []


def test_only_programmes_that_a_document_names_the_kommune_in(atlas: Atlas, notes: Notes) -> None:
    (row,) = [
        one
        for one in atlas.initiatives().rows(named=True)
        if one["initiative_id"] == "bedre_ressourceforloeb"
    ]
    assert len(row["members"]) == 17
    told = close("Initiativer – Bedre Ressourceforløb (ultimo 2016")
    with_it = {code for code, _ in in_order(atlas, atlas.version) if told in close_to(notes, code)}
    assert with_it == set(row["members"])
    code = next(c for c, _ in in_order(atlas, atlas.version) if c not in with_it)
    assert "Kommunen er ikke nævnt på de deltagerlister, der findes." in text(notes, code)


def test_sources_are_named_with_their_document(notes: Notes) -> None:
    printed = text(notes, "0461")
    assert "BEU alm. del, berigtigelse af svar på spm. 554 (berigtiget svar)" in printed
    assert "Hentet 22. november 2026" in printed


def test_a_note_is_tagged_and_its_drawings_say_what_they_show(notes: Notes) -> None:
    content = of(notes, "0316")
    root = catalog(content)
    assert root["/Lang"] == "da-DK"
    assert root["/MarkInfo"]["/Marked"].value is True
    metadata = reader(content).metadata
    assert metadata is not None
    assert metadata.title == "Kommunenotat: Holbæk"
    found = kinds(content)
    assert (found["H1"], found["Table"], found["TH"], found["Figure"]) == (1, 2, 14, 2)
    alts = [one.alt for one in elements(content) if one.kind == "Figure"]
    assert alts[0].startswith("Danmarkskort: Holbæk er rød")
    assert alts[1].startswith("SYNTETISKE TAL: Passive i ressourceforløb over tid.")
    assert "Holbæk 62" in alts[1]


def test_the_zip_and_the_joined_document_hold_all_of_them(atlas: Atlas, notes: Notes) -> None:
    assert notes.zip_name == "kommunenotater_SYNTETISK.zip"
    assert notes.joined_name == "kommunenotater_SYNTETISK.pdf"
    with zipfile.ZipFile(io.BytesIO(notes.zipped)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == dict(notes)
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    joined = reader(notes.joined)
    names = [name for _, name in in_order(atlas, atlas.version)]
    assert len(joined.pages) == 98
    assert bookmarks(notes.joined) == [(name, page) for page, name in enumerate(names)]
    first = next(iter(notes.values()))
    assert plain(joined.pages[0].extract_text()) == read(first)


def test_the_same_in_another_process_and_whatever_else_is_asked_for(
    warehouse_file: Path, notes: Notes
) -> None:
    code = (
        "import sys; from pathlib import Path; from queries import Atlas; "
        "from pages.samraad.documents import note; "
        f"made = note.write(Atlas(Path({str(warehouse_file)!r})), ['0316', '0155']); "
        "sys.stdout.buffer.write(made['kommunenotat_0316_holbaek_SYNTETISK.pdf'])"
    )
    again = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True
    ).stdout
    assert again == of(notes, "0316")


def test_without_made_up_numbers_nothing_is_labelled(
    published_file: Path, serve_file: ServeFile
) -> None:
    made = note.write(serve_file(published_file), ["0316", "0825"])
    assert list(made) == ["kommunenotat_0316_holbaek.pdf", "kommunenotat_0825_laesoe.pdf"]
    assert (made.zip_name, made.joined_name) == ("kommunenotater.zip", "kommunenotater.pdf")
    printed = text_of(made["kommunenotat_0316_holbaek.pdf"])
    assert "SYNTETISK" not in printed.upper()
    assert "opdigtet" not in printed
    assert "117 af ca. 225 borgere" in printed


def test_progress_counts_every_note_twice_and_the_joined_one(atlas: Atlas) -> None:
    told: list[tuple[int, int]] = []
    note.write(atlas, ["0316", "0563"], lambda done, of: told.append((done, of)))
    assert told == [(1, 5), (2, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize("codes", [["9999"], ["0316", "../etc"]])
def test_an_unknown_kommune_is_named(atlas: Atlas, codes: list[str]) -> None:
    with pytest.raises(UserError, match=rf"{codes[-1]}: koden findes ikke"):
        note.write(atlas, codes)


def test_no_kommune_at_all_is_told(atlas: Atlas) -> None:
    with pytest.raises(UserError, match="Vælg mindst én kommune"):
        note.write(atlas, [])
