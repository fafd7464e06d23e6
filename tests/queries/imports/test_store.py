"""The store: a journal that is damaged, and imports that are, are never passed over."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from queries import UserError
from queries.imports.journal import read_events, write_events
from queries.imports.run import Importer
from queries.imports.store import Store, active_imports
from queries.warehouse.content import Content
from tests.queries.imports.small import batch, everything, importer


@pytest.fixture
def into(data: Path, base: Content) -> Importer:
    """Two imports of which the first is undone."""
    made = importer(data, base)
    first = made.import_batches([batch("2018M01"), batch("2018M02")])
    made.undo(first.import_ids[0])
    return made


def edited(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path], Any]:
    def damage(folder: Path) -> None:
        path = folder / "journal.json"
        stored = json.loads(path.read_bytes())
        change(stored)
        path.write_text(json.dumps(stored), "utf-8")

    return damage


def resealed(change: Callable[[list[Any]], Any]) -> Callable[[Path], Any]:
    """A journal whose sum fits, but whose events do not."""

    def damage(folder: Path) -> None:
        events = list(read_events(folder))
        change(events)
        write_events(folder, events)

    return damage


def batch_file(name: str) -> Callable[[Path], Path]:
    def of(folder: Path) -> Path:
        (import_id,) = [one.import_id for one in Store(folder).active()]
        return folder / "batches" / import_id / name

    return of


def flipped(folder: Path) -> None:
    path = batch_file("cells.parquet")(folder)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES: dict[str, tuple[Callable[[Path], Any], str]] = {
    "truncated": (
        lambda folder: (folder / "journal.json").write_bytes(
            (folder / "journal.json").read_bytes()[:-20]
        ),
        "beskadiget",
    ),
    "empty": (lambda folder: (folder / "journal.json").write_bytes(b""), "beskadiget"),
    "missing": (lambda folder: (folder / "journal.json").unlink(), "mangler, men der ligger"),
    "a list": (lambda folder: (folder / "journal.json").write_text("[]"), "anden form"),
    "another form": (edited(lambda stored: stored.update(form=2)), "anden form"),
    "an event cut": (edited(lambda stored: stored["events"].pop()), "ændret eller afkortet"),
    "no events": (edited(lambda stored: stored.update(events={})), "ændret eller afkortet"),
    "an edited event": (
        edited(lambda stored: stored["events"][0].update(at="2020-01-01T00:00:00+00:00")),
        "ændret eller afkortet",
    ),
    "undone twice": (resealed(lambda events: events.append(events[-1])), "passer ikke sammen"),
    "imported twice": (resealed(lambda events: events.append(events[1])), "passer ikke sammen"),
    "an unknown event": (
        resealed(lambda events: events.append({**events[0], "event": "x"})),
        "passer ikke sammen",
    ),
    "no time zone": (
        resealed(lambda events: events.append({**events[-1], "at": "2020-01-01"})),
        "passer ikke sammen",
    ),
    "an older journal": (
        resealed(lambda events: events.__delitem__(slice(1, None))),
        "er ikke med i journalen",
    ),
    "no folder": (
        lambda folder: shutil.rmtree(batch_file("x")(folder).parent),
        "mangler eller kan ikke læses",
    ),
    "no cells": (lambda folder: batch_file("cells.parquet")(folder).unlink(), "mangler filen"),
    "one bit": (flipped, "har fået ændret filen cells.parquet"),
    "another manifest": (
        lambda folder: batch_file("import.json")(folder).write_text("{}"),
        "har en anden import.json",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_damaged_is_said_and_nothing_is_built_or_forgotten(
    name: str, into: Importer, data: Path
) -> None:
    damage, told = DAMAGES[name]
    damage(into.store.folder)
    before = everything(data)
    for ask in (
        active_imports,
        lambda: into.import_batches([batch("2018M03")]),
        lambda: into.undo("x"),
    ):
        with pytest.raises(UserError, match=told) as refused:
            ask()
        assert "Læg journal.json tilbage fra en sikkerhedskopi" in str(refused.value)
        assert str(into.store.folder) in str(refused.value)
    assert everything(data) == before


def test_there_is_nothing_where_nothing_was_imported(data: Path) -> None:
    store = Store()
    assert (store.active(), store.history(), store.refused()) == ([], [], [])
    assert store.mapping("0" * 16) is None
    assert list(data.iterdir()) == []


def test_an_undone_import_may_be_gone(into: Importer) -> None:
    undone = into.store.history()[-1]["import_id"]
    shutil.rmtree(into.store.batches / undone)
    assert [one.manifest["provenance"]["title"] for one in into.store.active()] == [
        "Tabel for 2018M02"
    ]


def test_mappings_are_kept_by_fingerprint(data: Path) -> None:
    store = Store()
    store.keep_mapping("ab" * 8, {"sheet": "Ark1", "columns": {"2": "numerator"}})
    store.keep_mapping("cd" * 8, {"sheet": "Ark2"})
    store.keep_mapping("ab" * 8, {"sheet": "Årstal"})
    assert store.mapping("ab" * 8) == {"sheet": "Årstal"}
    assert store.mapping("cd" * 8) == {"sheet": "Ark2"}
    (data / "import" / "mappings" / ("cd" * 8 + ".json")).write_bytes(b"{")
    assert store.mapping("cd" * 8) is None
    for wrong in ("../../x", "", "AB" * 8, "ab/cd" * 4):
        with pytest.raises(ValueError, match="not a fingerprint"):
            store.keep_mapping(wrong, {})
