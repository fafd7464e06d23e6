"""The page 'Samråd' and its documents: what the server says of a folder, and what it keeps."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from pages.components.folder import Documents, folder_message
from pages.samraad import (
    draft_check,
    drawing_route,
    folder,
    make,
    making,
    samraad,
    shown,
    writers,
)
from pages.samraad.addresses import host_of
from pages.samraad.documents.note import Notes
from pages.samraad.making import Question
from pages.samraad.model import Briefing, Entry, Folder, Item
from queries import Atlas, UserError
from tests.pages.conftest import ServeFile
from tests.pages.frame.asgi import ask
from tests.pages.running import components, run, text

NBSP = "\N{NO-BREAK SPACE}"
DAY = dt.date(2026, 11, 27)
PASSIVE = ("indikator", "passive_ressourceforloeb")
SECRET = "Qvistbjerg Ministerium overvejer"


@pytest.fixture(autouse=True)
def _serve_the_warehouse(warehouse_file: Path, serve_file: ServeFile) -> None:
    serve_file(warehouse_file)


def item(kind: str, version: str, *pairs: tuple[str, str]) -> Item:
    return Item(kind, tuple(sorted([PASSIVE, *pairs])), version)


@pytest.fixture
def whole(atlas: Atlas) -> Folder:
    """A folder with a map, a sentence, a made-up one, and one that cannot be had."""
    june, holbaek = ("periode", "2017M06"), ("kommune", "0316")
    wanted = [
        item("kort", atlas.version, june, holbaek),
        item("saetning", atlas.version, june, holbaek),
        item("saetning", atlas.version, ("periode", "2018M11"), holbaek),
        item("saetning", atlas.version, ("periode", "1999M01")),
    ]
    own = Entry(wanted[0], DAY, heading="Vest og øst", comment=SECRET)
    return Folder(
        title="Samråd CI",
        answer=SECRET,
        entries=(own, *(Entry(one, DAY) for one in wanted[1:])),
    )


def test_each_entry_is_told_with_sentence_source_label_and_standing(
    atlas: Atlas, whole: Folder
) -> None:
    drawn, told, made_up, bad = shown.all_shown(atlas, whole.entries)
    assert told["s"].replace(NBSP, " ").startswith("Holbæk: 117 af ca. 225 borgere, 52 pct.")
    assert told["q"] == "Kilde: BEU alm. del, berigtigelse af svar på spm. 554 (berigtiget svar)."
    assert (told["l"], told["v"]) == ("", atlas.version)
    assert told["g"][0] == "current"
    assert "d" not in told
    assert drawn["d"] == (
        "/samraad/tegning.svg?slags=kort&indikator=passive_ressourceforloeb&kommune=0316"
        f"&periode=2017M06&data={atlas.version}"
    )
    assert drawn["b"]
    assert made_up["l"] == "SYNTETISKE TAL: opdigtede, kun til afprøvning"
    assert made_up["s"].startswith("SYNTETISKE TAL: ")
    assert bad["t"] == "Sætning"
    assert "1999M01" in bad["e"]
    assert "s" not in bad


def test_an_entry_that_breaks_takes_nothing_down(
    atlas: Atlas, whole: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_atlas: Atlas, asked: Item, _seen: str) -> object:
        raise ZeroDivisionError(asked.kind)

    shown.looked_up.cache_clear()
    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr("pages.samraad.content.look_up", broken)
        told = shown.all_shown(atlas, whole.entries)
    assert all("fejl i programmet" in one["e"] for one in told)
    assert SECRET not in caplog.text
    assert shown.all_shown(atlas, [folder.Refused("Post 1 kan ikke læses.")]) == [
        {"e": "Post 1 kan ikke læses."}
    ]


def test_a_message_holds_nothing_that_was_typed(atlas: Atlas, whole: Folder) -> None:
    message = folder_message(
        number=3,
        shown=shown.all_shown(atlas, whole.entries),
        problems=(),
        opened=None,
        documents=Documents([("word", "Word")], "x"),
    )
    body = json.dumps(message)
    assert SECRET not in body
    assert "Vest og øst" not in body
    assert len(body) < 1_500 * len(whole.entries)
    assert message["d"] == {"b": [["word", "Word"]], "l": "x", "w": False}


def page(told: str = "", **state: Any) -> AppTest:
    """The page for a folder that the browser told of."""
    test = AppTest.from_string(
        "from pages.frame.data import atlas\nfrom pages.samraad.samraad import show\nshow(atlas())",
        default_timeout=60,
    )
    for name, value in ({"samraad_tekst": told, "samraad_nummer": 7} | state).items():
        test.session_state[name] = value
    test.run()
    assert [error.value for error in test.exception] == []
    return test


def test_the_page_is_drawn_without_a_folder() -> None:
    test = run("samraad.samraad")
    assert test.title[0].value == "Samråd"
    assert "Mappen ligger kun i din browser." in text(test)
    message = components(test)["folder"]
    assert (message["n"], message["c"], message["p"], message["o"]) == (0, [], [], None)
    assert [name for name, _ in message["d"]["b"]] == [
        name for name in ("word", "pdf", "powerpoint", "excel") if writers.is_there(name)
    ]


def test_the_page_tells_of_the_folder_by_its_number(whole: Folder) -> None:
    message = components(page(folder.as_json(whole)))["folder"]
    assert message["n"] == 7
    assert [one["t"] for one in message["c"]][3] == "Sætning"
    assert ["e" in one for one in message["c"]] == [False, False, False, True]


@pytest.mark.parametrize("told", ["{", "[]", '{"format": "indsatsatlas-samraad", "udgave": 9}'])
def test_a_broken_folder_is_said_and_the_page_stands(told: str) -> None:
    test = page(told)
    message = components(test)["folder"]
    assert len(message["p"]) == 1
    assert message["p"][0].endswith(".")
    assert "Mappen ligger kun i din browser." in text(test)


def test_a_file_counts_only_when_it_was_judged(
    whole: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    state: dict[str, Any] = {}
    monkeypatch.setattr("streamlit.session_state", state)
    samraad._file_given({"id": "1", "t": folder.as_json(whole)})
    assert state["samraad_aabnet"] == {"id": "1", "m": folder.as_record(whole)}
    samraad._file_given({"id": "2", "t": '{"format": "x"}'})
    assert set(state["samraad_aabnet"]) == {"id", "e"}
    assert "Filen er ikke en samrådsmappe" in state["samraad_aabnet"]["e"]
    before = dict(state)
    files: list[dict[str, Any]] = [{}, {"id": 7, "t": "x"}, {"id": "x", "t": None}]
    for told in files:
        samraad._file_given(told)
    heard: list[dict[str, Any]] = [{}, {"n": "x", "t": "x"}, {"n": 1, "t": 1}, {"n": None, "t": ""}]
    for told in heard:
        samraad._heard(told)
    assert state == before
    samraad._heard({"n": 12.0, "t": "{}"})
    assert (state["samraad_tekst"], state["samraad_nummer"]) == ("{}", 12)


def test_the_briefing_leaves_out_what_cannot_be_had_and_says_so(
    atlas: Atlas, whole: Folder
) -> None:
    seen: list[tuple[int, int]] = []
    found, left_out = shown.briefing(atlas, whole, lambda done, of: seen.append((done, of)))
    assert found.chapters[0].heading == "Vest og øst"
    assert len(found.chapters) == 3
    assert found.made_up
    assert found.version == atlas.version
    assert len(left_out) == 1
    assert left_out[0].startswith("Post 4 er ikke med: ")
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.fixture
def app(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    monkeypatch.setattr(drawing_route, "atlas", lambda: atlas)
    return Starlette(routes=drawing_route.DRAWING_ROUTES)


def test_a_drawing_carries_its_letters_and_is_kept(
    app: Starlette, atlas: Atlas, whole: Folder
) -> None:
    address = shown.shown(atlas, whole.entries[0])["d"]
    answer = ask(app, address)
    assert answer.status == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    # No shared cache, and not for long: what is hidden one day must be gone everywhere.
    assert answer.headers["cache-control"] == "private, max-age=3600"
    assert answer.body.count(b"@font-face") == 2
    assert b"Holb" in answer.body
    newest = ask(app, address.split("&data=")[0])
    assert newest.status == 200
    assert newest.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("slags=lagkage", 400),
        ("slags=kort", 400),
        ("slags=kort&indikator=x", 400),
        ("slags=saetning&indikator=passive_ressourceforloeb&periode=2017M06", 404),
        ("", 400),
    ],
)
def test_what_is_no_drawing_is_refused(app: Starlette, query: str, status: int) -> None:
    answer = ask(app, f"{shown.DRAWING}?{query}")
    assert answer.status == status
    assert answer.headers["cache-control"] == "no-store"


def answers(asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the process says to a question, line by line."""
    out = io.StringIO()
    make.answer(asked, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_document_is_named_after_folder_and_numbers(
    atlas: Atlas, whole: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    def write(briefing: Briefing, *, progress: Any, template: bytes = b"") -> bytes:
        given.extend([briefing, template])
        progress(1, 2)
        return b"indhold"

    monkeypatch.setattr(make, "Atlas", lambda: atlas)
    monkeypatch.setattr(writers, "writer", lambda _: write)
    asked = json.loads(Question("word", folder.as_json(whole), b"skabelon").as_json())
    *steps, last = answers(asked)
    assert last["files"] == [
        ["samraad_samraad-ci_SYNTETISK.docx", base64.b64encode(b"indhold").decode()]
    ]
    assert len(last["told"]) == 1
    assert given[1] == b"skabelon"
    assert [step["done"] for step in steps] == [100, 200, 300, 400, 700]
    assert {step["of"] for step in steps} == {1000}


def test_entries_that_are_called_the_same_say_their_kind(atlas: Atlas) -> None:
    chosen = (("indikator", "passive_ressourceforloeb"), ("periode", "2017M06"))
    day = dt.date(2026, 11, 27)
    map_, bars, table = (
        Entry(Item(kind, chosen, atlas.version), day) for kind in ("kort", "soejler", "tabel")
    )
    found = shown.all_shown(atlas, [map_, bars, table])
    assert len({one["t"] for one in found}) == 1
    assert [one["n"] for one in found] == [" (kort)", " (søjler)", " (tabel)"]
    own = [replace(map_, heading="Kortet"), replace(bars, heading="  Kortet "), table]
    assert [one["n"] for one in shown.all_shown(atlas, own)] == [" (kort)", " (søjler)", ""]


def test_addresses_in_documents_have_the_readers_host(atlas: Atlas, whole: Folder) -> None:
    bare, _ = shown.briefing(atlas, whole)
    assert {chapter.content.address[:12] for chapter in bare.chapters} == {"/henvisning?"}
    made, _ = shown.briefing(atlas, whole, host="https://atlas.dk:8443")
    for before, after in zip(bare.chapters, made.chapters, strict=True):
        there = f"https://atlas.dk:8443{before.content.address}"
        assert after.content.address == there
        assert after.content.citation.count(there) == before.content.citation.count(
            before.content.address
        )
    assert json.loads(Question("pdf", host="https://atlas.dk").as_json())["host"] == (
        "https://atlas.dk"
    )


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://atlas.dk/samraad?x=1", "https://atlas.dk"),
        ("http://atlas.test:8501/", "http://atlas.test:8501"),
        ("http://[::1]:8501/samraad", "http://[::1]:8501"),
        ("javascript:alert(1)", ""),
        ("https://bruger:kode@atlas.dk/", ""),
        ("http://[x/", ""),
        (None, ""),
    ],
    ids=["name", "port", "six", "script", "user", "broken", "none"],
)
def test_a_host_is_taken_from_the_address_of_the_page(url: str | None, host: str) -> None:
    assert host_of(url) == host


def test_a_document_says_how_many_claims_of_the_draft_do_not_stand(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "Atlas", lambda: atlas)
    monkeypatch.setattr(writers, "writer", lambda _: lambda *_, **__: b"indhold")

    def told(answer: str) -> list[str]:
        asked = json.loads(Question("pdf", folder.as_json(Folder(answer=answer))).as_json())
        last = answers(asked)[-1]
        assert len(last["files"]) == 1
        said: list[str] = last["told"]
        return said

    right = "I juni 2017 var 52 pct. af borgerne i ressourceforløb i Holbæk passive. "
    wrong = "I juni 2017 var 64 pct. af borgerne i ressourceforløb i Holbæk passive. "
    other = "I juni 2017 var 23 pct. af borgerne i ressourceforløb i Holbæk passive. "
    hidden = "I Dragør er 3 borgere passive i ressourceforløb."
    assert told("") == told("Tak for spørgsmålet.") == told(right) == []
    assert told(wrong) == ["Udkastet har 1 påstand, der ikke holder. Se den i Påstandstjek."]
    assert told(right + wrong + other + hidden) == [
        "Udkastet har 2 påstande, der ikke holder, og 1, der ikke kan tjekkes. Se dem i "
        "Påstandstjek."
    ]

    def broken(*_: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(draft_check, "check_claims", broken)
    assert told(wrong) == [draft_check.FAILED]


@pytest.mark.parametrize(
    ("what", "short", "rows"),
    [("word", True, 7), ("pdf", True, 7), ("excel", True, 98), ("word", False, 98)],
    ids=["word", "pdf", "excel", "whole"],
)
def test_word_and_pdf_have_a_short_edition(
    what: str, short: bool, rows: int, atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Briefing] = []

    def write(briefing: Briefing, **_: object) -> bytes:
        given.append(briefing)
        return b"indhold"

    monkeypatch.setattr(make, "Atlas", lambda: atlas)
    monkeypatch.setattr(writers, "writer", lambda _: write)
    chosen = (("indikator", "passive_ressourceforloeb"), ("periode", "2017M06"))
    entry = Entry(Item("tabel", chosen, atlas.version), dt.date(2026, 11, 27))
    told = folder.as_json(Folder(entries=(entry,)))
    answers(json.loads(Question(what, told, short=short).as_json()))
    [briefing] = given
    table = briefing.chapters[0].content.table
    assert table is not None
    assert len(table.rows) == rows


def test_a_failing_document_says_so_and_nothing_of_the_folder(
    atlas: Atlas, whole: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[Exception] = [ValueError(SECRET), UserError("Skabelonen kan ikke bruges.")]

    def write(*_: object, **__: object) -> bytes:
        raise errors.pop(0)

    monkeypatch.setattr(make, "Atlas", lambda: atlas)
    monkeypatch.setattr(writers, "writer", lambda _: write)
    asked = json.loads(Question("pdf", folder.as_json(whole)).as_json())
    told = answers(asked)[-1]["error"]
    assert "ValueError" in told
    assert SECRET not in told
    assert answers(asked)[-1] == {"error": "Skabelonen kan ikke bruges."}


def test_several_notes_come_in_one_archive_and_in_one_pdf(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_: Atlas, codes: list[str], progress: Any) -> Notes:
        progress(1, len(codes))
        files = {f"notat_{code}_SYNTETISK.pdf": code.encode() for code in codes}
        return Notes(files, b"PK", "notater_SYNTETISK.zip", b"%PDF", "notater_SYNTETISK.pdf", "1")

    monkeypatch.setattr(make, "Atlas", lambda: atlas)
    monkeypatch.setattr(writers, "writer", lambda _: write)
    one = answers(json.loads(Question("note", codes=("0316",)).as_json()))[-1]["files"]
    assert [name for name, _ in one] == ["notat_0316_SYNTETISK.pdf"]
    asked = json.loads(Question("note", codes=("0316", "0101")).as_json())
    files = [(name, base64.b64decode(body)) for name, body in answers(asked)[-1]["files"]]
    assert files == [("notater_SYNTETISK.zip", b"PK"), ("notater_SYNTETISK.pdf", b"%PDF")]


def ended(job: making.Job) -> making.Job:
    """The job when it is over."""
    job.wait()
    return job


def test_a_workbook_is_made_in_a_process_of_its_own(whole: Folder, warehouse_file: Path) -> None:
    around = {"INDSATSATLAS_DATA": str(warehouse_file.parent)}
    job = ended(making.begin(Question("excel", folder.as_json(whole)), around))
    assert (job.state, job.error) == ("done", "")
    [(name, content)] = job.files
    assert name == "samraad_samraad-ci_SYNTETISK.xlsx"
    assert len(openpyxl.load_workbook(io.BytesIO(content)).sheetnames) >= 4
    assert job.fraction > 0
    assert SECRET not in repr(job)


def test_a_job_that_is_stopped_or_breaks_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    job = ended(making.begin(Question("lagkage", "{}")))
    assert job.state == "failed"
    assert "KeyError" in job.error
    with monkeypatch.context() as patch:
        patch.setattr("sys.executable", "/bin/false")
        job = ended(making.begin(Question("word", "{}")))
    assert (job.state, job.error) == ("failed", making.ENDED)
    with making._ONE_AT_A_TIME:
        waiting = making.begin(Question("word", "{}"))
        assert waiting.state == "waits"
        waiting.stop()
    assert ended(waiting).state == "stopped"


def test_finished_documents_are_offered_and_what_was_left_out_is_told(whole: Folder) -> None:
    told = folder.as_json(whole)
    job = making.Job(Question("pdf", told), "done", files=[("samraad_x.pdf", b"%PDF")])
    job.told = ["Post 4 er ikke med: x."]
    test = page(told, samraad_job=job)
    [[label, name, media_type, _]] = components(test)["save_files"]["f"]
    assert (label, name) == ("Hent PDF: samraad_x.pdf (1 kB)", "samraad_x.pdf")
    assert media_type == "application/pdf"
    assert [one.value for one in test.warning] == ["Post 4 er ikke med: x."]
    assert "Mappen er ændret" not in text(test)
    changed = folder.as_json(Folder(title="En anden", entries=whole.entries))
    test = page(changed, samraad_job=making.Job(Question("pdf", told), "done", files=job.files))
    assert "Mappen er ændret, siden et af dokumenterne blev lavet." in text(test)
    failed = making.Job(Question("pdf", told), "failed", error="Det gik ikke.")
    assert [one.value for one in page(told, samraad_job=failed).error] == ["Det gik ikke."]
