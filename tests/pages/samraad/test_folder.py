"""A folder as text: what is written is read again, and nothing else is taken for one."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.samraad import folder
from pages.samraad.folder import Refused
from pages.samraad.model import Entry, Folder, Item
from queries import UserError

VERSION = "3f199959a6bc"
MAP = Item("kort", (("indikator", "passive_ressourceforloeb"), ("periode", "2017M06")), VERSION)
SENTENCE = Item("saetning", (("indikator", "gruppe_2_uden_tilbud"), ("kommune", "0316")), VERSION)
DAY = dt.date(2026, 11, 27)

lines = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), max_size=40
)
paragraphs = st.lists(lines, max_size=4).map("\n".join)
items = st.builds(
    lambda kind, period, kommune, version: Item(
        kind,
        tuple(
            pair
            for pair in (
                ("indikator", "passive_ressourceforloeb"),
                ("kommune", kommune),
                ("periode", period),
            )
            if pair[1]
        ),
        version,
    ),
    st.sampled_from(["kort", "soejler", "tragt", "tabel", "saetning"]),
    st.sampled_from(["", "2017M06", "2018M12"]),
    st.sampled_from(["", "0316", "0101"]),
    st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
)
entries = st.builds(
    Entry,
    item=items,
    added_on=st.dates(),
    heading=lines,
    comment=paragraphs,
    fingerprint=st.from_regex(r"[0-9a-f]{0,16}", fullmatch=True),
)
folders = st.builds(
    Folder,
    title=lines,
    reference=lines,
    question=paragraphs,
    answer=paragraphs,
    entries=st.lists(entries, max_size=5).map(tuple),
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=10) | st.sampled_from(folder.OWN), inner, max_size=4)
    ),
    max_leaves=12,
)


def record(*own: Entry, **texts: str) -> dict[str, Any]:
    """A folder as JSON has it, with entries of its own."""
    return folder.as_record(Folder(**texts, entries=own or (Entry(MAP, DAY),)))


def refusal(given: object) -> str:
    """Why a folder is refused."""
    with pytest.raises(UserError) as caught:
        folder.parse(json.dumps(given))
    return str(caught.value)


@given(folders)
def test_what_is_written_is_read_again(whole: Folder) -> None:
    text = folder.as_json(whole)
    assert folder.parse(text) == whole
    assert folder.parse(b"\xef\xbb\xbf" + text.encode()) == whole
    reading = folder.read(text)
    assert (reading.folder, reading.slots, reading.problems) == (whole, whole.entries, ())


@given(values | st.binary(max_size=80) | st.text(max_size=80))
def test_garbage_is_refused_in_danish_and_never_more(garbage: object) -> None:
    text = garbage if isinstance(garbage, (bytes, str)) else json.dumps(garbage)
    with pytest.raises(UserError, match="Filen er ikke en samrådsmappe"):
        folder.parse(text)
    reading = folder.read(text)
    assert reading.folder == Folder()
    assert len(reading.problems) == 1


@given(folders, st.data())
def test_a_folder_with_one_thing_wrong_is_a_folder_or_refused(
    whole: Folder, data: st.DataObject
) -> None:
    given_record = json.loads(folder.as_json(whole))
    places = [given_record, *given_record["poster"]]
    places += [entry["parametre"] for entry in given_record["poster"]]
    place = data.draw(st.sampled_from(places))
    name = data.draw(st.sampled_from([*sorted(place), "ukendt"]))
    place[name] = data.draw(values)
    text = json.dumps(given_record)
    reading = folder.read(text)
    for slot in reading.slots:
        assert isinstance(slot, (Entry, Refused))
    if reading.problems or any(isinstance(slot, Refused) for slot in reading.slots):
        with pytest.raises(UserError, match=r"^[A-ZÆØÅ].*\w"):
            folder.parse(text)
        return
    read = folder.parse(text)
    assert folder.parse(folder.as_json(read)) == read
    assert reading.folder == read


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda one: one.update(format="x"), "Filen er ikke en samrådsmappe"),
        (lambda one: one.update(udgave=2), "Mappen er af en anden udgave end 1"),
        (lambda one: one.update(udgave=True), "Mappen er af en anden udgave end 1"),
        (
            lambda one: one.update(fremmed=1),
            "Mappen indeholder noget, siden ikke kender (»fremmed«)",
        ),
        (
            lambda one: one.update(titel="x" * 201),
            "titlen er på 201 tegn, men må højst være på 200",
        ),
        (lambda one: one.update(svar=7), "svaret (»svar«) skal være en tekst"),
        (lambda one: one.update(poster={}), "Mappens poster (»poster«) skal være en liste"),
        (lambda one: one.update(poster=one["poster"] * 101), "101 poster, men må højst have 100"),
        (lambda one: one["poster"].append("x"), "Post 2 kan ikke læses"),
        (lambda one: one["poster"][0].update(html="x"), "Post 1 indeholder noget"),
        (lambda one: one["poster"][0].update(slags="lagkage"), "Post 1: Ukendt slags: 'lagkage'"),
        (lambda one: one["poster"][0].update(slags=[]), "Post 1 mangler slags"),
        (lambda one: one["poster"][0].update(data="nyeste"), "Post 1: Ukendt dataversion"),
        (lambda one: one["poster"][0].update(lagt_i="27. november"), "ÅÅÅÅ-MM-DD"),
        (lambda one: one["poster"][0].update(lagt_i="2026-13-01"), "ÅÅÅÅ-MM-DD"),
        (lambda one: one["poster"][0].update(fingeraftryk="<b>"), "fingeraftryk"),
        (lambda one: one["poster"][0].update(kommentar="x" * 5001), "kommentaren er på 5001 tegn"),
        (lambda one: one["poster"][0].update(parametre=[]), "Post 1 har ikke læselige parametre"),
        (lambda one: one["poster"][0]["parametre"].update(kommune=316), "(»kommune«)"),
        (lambda one: one["poster"][0]["parametre"].update(kommune="0\n"), "(»kommune«)"),
        (lambda one: one["poster"][0]["parametre"].update({"<b>": "x"}), "(ikke et ord)"),
        (
            lambda one: one["poster"][0]["parametre"].update(id="F6"),
            "Post 1: Ukendt parameter: 'id'",
        ),
    ],
)
def test_what_is_wrong_is_said_and_where(
    change: Callable[[dict[str, Any]], object], told: str
) -> None:
    given_record = record()
    change(given_record)
    assert told in refusal(given_record)


def test_a_large_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(UserError, match="Mappen fylder 201 kB, men må højst fylde 200 kB"):
        folder.parse("[" * 201_000)
    with pytest.raises(UserError, match="Filen er ikke en samrådsmappe"):
        folder.parse("[" * 199_000)
    limit = record(answer="x" * 60_000)
    assert folder.parse(json.dumps(limit)).answer == "x" * 60_000


def test_one_bad_entry_hides_no_other() -> None:
    given_record = record(Entry(MAP, DAY), Entry(SENTENCE, DAY), title="Samråd")
    given_record["poster"].insert(1, {"slags": "lagkage", "data": VERSION, "parametre": {}})
    given_record["svar"] = ["x"]
    reading = folder.read(json.dumps(given_record))
    assert reading.folder.title == "Samråd"
    assert reading.folder.entries == (Entry(MAP, DAY), Entry(SENTENCE, DAY))
    assert [isinstance(slot, Refused) for slot in reading.slots] == [False, True, False]
    assert "Post 2: Ukendt slags: 'lagkage'" in str(reading.slots[1])
    assert reading.problems == ("Mappen: svaret (»svar«) skal være en tekst.",)


def test_texts_are_plain_and_hold_what_a_document_can() -> None:
    html = "<script>alert(1)</script> & <b>fed</b>"
    given_record = record(titel := Entry(MAP, DAY, heading="a\tb\nc", comment="a\r\nb\x0bc\u2028d"))
    given_record["svar"] = html + "\x00\x1b\ud800\ufffe"
    given_record["titel"] = "en\nto"
    read = folder.parse(json.dumps(given_record))
    assert titel.heading != read.entries[0].heading
    assert read.answer == html
    assert read.title == "en to"
    assert read.entries[0].heading == "a b c"
    assert read.entries[0].comment == "a\nb\nc\nd"


def test_the_same_pairs_are_the_same_item() -> None:
    given_record = record()
    given_record["poster"][0]["parametre"] = {
        "periode": "2017M06",
        "niveau": "",
        "indikator": "passive_ressourceforloeb",
    }
    assert folder.parse(json.dumps(given_record)).entries[0].item == MAP


@pytest.mark.parametrize(
    ("title", "made_up", "name"),
    [
        ("Samråd CI: børn & ærø", False, "samraad_samraad-ci-boern-aeroe.docx"),
        ("../../etc/passwd", True, "samraad_etc-passwd_SYNTETISK.docx"),
        ("", False, "samraad_mappe.docx"),
        ("中文", False, "samraad_mappe.docx"),
        ("x" * 300, False, f"samraad_{'x' * 60}.docx"),
    ],
)
def test_a_file_is_named_after_the_folder(title: str, *, made_up: bool, name: str) -> None:
    found = folder.file_name(Folder(title=title), "docx", made_up=made_up)
    assert found == name
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", found)
