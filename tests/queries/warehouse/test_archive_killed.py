"""Builds killed or out of room while versions are kept, trimmed or cleared of what is hidden."""

from __future__ import annotations

import inspect
import os
import pickle
import random
import shutil
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from queries import Atlas
from queries.warehouse import archive, build
from queries.warehouse.content import Content
from queries.warehouse.history import HISTORY
from tests.queries.imports.small import batch, importer
from tests.queries.imports.victim import Order, Victims
from tests.queries.warehouse.test_archive import MONTH, base, hidden
from tests.queries.warehouse.test_archive_attacks import cell

__all__ = ["base"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills by signal, and forks")
ROOT = Path(__file__).parents[3]
SEED = 7
EVERY = 6
"""Operations from one kill to the next: all of them take a minute."""
SHOWN, NOW_HIDDEN = ("shown", 850), ("suppressed", None)
VICTIM = "tests.queries.warehouse.archive_victim"


def rows(path: Path) -> dict[str, object] | None:
    """What a file holds, beside when it was built and its history."""
    found = archive._rows(path)
    return found and {table: one for table, one in found.items() if table not in HISTORY}


@dataclass(frozen=True)
class Scene:
    """Three versions: `oldest`, `first` and the one in force, `old`; `new` hides a cell of them.

    Three files may be kept, so the oldest goes when the new one comes.
    """

    place: Path
    victims: Victims
    oldest: str
    first: str
    old: str
    new: str
    whole: dict[str, list[Any]]
    usual: Order

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def target(self) -> Path:
        return self.data / "atlas.duckdb"

    def reset(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self.place / "before", self.data)

    def build(self, content: str = "new", **wrong: Any) -> Order:
        return self.victims.ask(
            folder=str(self.data), content=str(self.place / content), most=3, **wrong
        )

    def path(self, version: str) -> Path:
        return archive.folder_of(self.target) / f"{version}.duckdb"


@pytest.fixture(scope="module")
def victims() -> Iterator[Victims]:
    made = Victims(VICTIM)
    yield made
    made.end()


@pytest.fixture(scope="module")
def scene(victims: Victims, base: Content, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    place = tmp_path_factory.mktemp("archive_killed")
    data = place / "data"
    data.mkdir()
    into = importer(data, base)
    oldest = into.import_batches([batch("2017M12", first=850)]).version
    first = into.import_batches([batch(MONTH, first=850)]).version
    old = into.import_batches([batch("2018M02", first=850)]).version
    content = into.around.content(into.store.active())
    for area in ("0101", "J0101"):
        content = hidden(content, area)
    (place / "new").write_bytes(pickle.dumps(content))
    (place / "other").write_bytes(pickle.dumps(hidden(content, "0316")))
    shutil.rmtree(data / "import")
    # Copies, so that each file can be told from the others, in the order they were kept.
    for number, version in enumerate((oldest, first, old)):
        os.utime(archive.folder_of(into.target) / f"{version}.duckdb", (number + 1, number + 1))
    shutil.copytree(data, place / "before")
    scene = Scene(place, victims, oldest, first, old, "", {}, {})
    whole = {version: [rows(scene.path(version))] for version in (oldest, first, old)}
    usual = scene.build()
    assert (usual["ended"], usual["error"]) == (0, "")
    new = Atlas(scene.target).version
    for version in (first, old):
        whole[version].append(rows(scene.path(version)))
        assert whole[version][0] != whole[version][1]
    whole[new] = [rows(scene.target)]
    made = Scene(place, victims, oldest, first, old, new, whole, usual)
    assert set(archive.kept(made.target)) == {first, old, new}
    return made


def check(scene: Scene, *, spared: tuple[str, ...] = ()) -> str:
    """Assert that all is old or new, and mended by the next build; return which of the two.

    `spared` are versions that may be given up: their own files could not be written.
    """
    in_force = Atlas(scene.target).version
    assert in_force in {scene.old, scene.new}
    assert rows(scene.target) in scene.whole[in_force]
    kept = archive.kept(scene.target)
    for version in kept:
        assert archive._version(scene.path(version)) == version
        assert rows(scene.path(version)) in scene.whole[version]
    atlas = Atlas(scene.target)
    if in_force == scene.old:
        assert {scene.oldest, scene.first, scene.old} <= set(kept)
        assert cell(atlas.at(scene.first)) == cell(atlas) == SHOWN
    else:
        assert {scene.first, scene.old} <= {*kept, *spared}
        for version in (scene.first, scene.old):  # hidden, or not yet readable
            earlier = atlas.at(version)
            assert earlier is None or cell(earlier) == NOW_HIDDEN
    assert scene.build()["error"] == ""
    left = {path.name for path in scene.data.rglob("*")} - {f"{one}.duckdb" for one in spared}
    names = {"atlas.duckdb", "atlas.duckdb.lock", "versions", f"{scene.new}.duckdb"}
    assert left == names | {f"{one}.duckdb" for one in {scene.first, scene.old} - {*spared}} | (
        left & {f"{scene.oldest}.duckdb"} if spared else set()
    )
    for version in archive.kept(scene.target):
        with duckdb.connect(str(scene.path(version)), read_only=True) as connection:
            found = connection.execute(
                "SELECT count(*) FROM observation WHERE numerator = 850 AND period = ?", [MONTH]
            ).fetchone()
        assert found == (0,), version
        assert Atlas(scene.target).at(version) is not None
    return "new" if in_force == scene.new else "old"


def test_killed_at_operations_on_files(scene: Scene) -> None:
    told = {}
    for number, operation in list(enumerate(scene.usual["seen"]))[::EVERY]:
        scene.reset()
        assert scene.build(operation=number)["ended"] == -signal.SIGKILL
        told[f"{number} {operation}"] = check(scene)
    found = list(told.values())
    assert found == sorted(found, reverse=True), told
    assert set(found) == {"old", "new"}


def test_killed_at_lines_of_the_archive(scene: Scene) -> None:
    """Also where DuckDB is what writes; what is written anew is drawn more often than the rest."""
    code, first = inspect.getsourcelines(archive._written_anew)
    lines = scene.usual["lines"]
    anew = {f"archive.py:{first + number}" for number in range(len(code))}
    ours = [number for number, line in enumerate(lines) if line.startswith("archive.py:")]
    chance = random.Random(SEED)
    chosen = chance.sample([one for one in ours if lines[one] in anew], 2) + chance.sample(ours, 1)
    for number in sorted(chosen):
        scene.reset()
        assert scene.build(line=number)["ended"] == -signal.SIGKILL
        check(scene)


def test_no_room_at_operations_on_files(scene: Scene) -> None:
    seen = scene.usual["seen"]
    removed = next(n for n, one in enumerate(seen) if one.startswith("os.remove /atlas.duckdb."))
    for number in {removed, *random.Random(SEED).sample(range(len(seen)), 4)}:
        operation = seen[number]
        scene.reset()
        answer = scene.build(fails=number)
        assert answer["ended"] == 0, operation
        spared = tuple(one for one in (scene.first, scene.old) if f"{one}.duckdb" in operation)
        found = check(scene, spared=spared)
        assert (found == "old") == ("Det gamle datalager er uændret" in answer["error"]), operation


@pytest.mark.parametrize("room", [0, 20_000])
@pytest.mark.parametrize("after", [False, True])
def test_no_room_for_the_database(scene: Scene, room: int, *, after: bool) -> None:
    scene.reset()
    answer = scene.build(room=room, after=after)
    assert answer["ended"] == 0
    if not after:
        assert "Det gamle datalager er uændret" in answer["error"]
        assert check(scene) == "old"
        return
    assert answer["error"] == ""
    # Neither could be written without the cell, so both are gone rather than kept with it.
    assert set(archive.kept(scene.target)) <= {scene.oldest, scene.new}
    assert Atlas(scene.target).version == scene.new


def test_two_at_once_lose_no_version(scene: Scene) -> None:
    scene.reset()
    second = Victims(VICTIM)
    answers: list[Order] = []
    around = {"folder": str(scene.data), "most": 9}

    def other() -> None:
        answers.append(second.ask(content=str(scene.place / "other"), **around))

    thread = threading.Thread(target=other)
    thread.start()
    answers.append(scene.victims.ask(content=str(scene.place / "new"), **around))
    thread.join()
    second.end()
    assert [answer["error"] for answer in answers] == ["", ""]
    kept = set(archive.kept(scene.target))
    assert len(kept) == 5
    assert {scene.oldest, scene.first, scene.old, scene.new, Atlas(scene.target).version} <= kept
    assert not list(scene.data.rglob("*.new*"))


def test_a_reader_of_an_old_version_never_sees_what_was_hidden_meanwhile(scene: Scene) -> None:
    scene.reset()
    atlas = Atlas(scene.target)
    assert cell(atlas.at(scene.first)) == SHOWN
    seen: list[tuple[str, Any, str]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            before = atlas.version
            earlier = atlas.at(scene.first)
            seen.append((before, earlier and cell(earlier), atlas.version))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    assert scene.build()["error"] == ""
    done.set()
    for reader in readers:
        reader.join()
    assert cell(atlas.at(scene.first)) == NOW_HIDDEN
    for before, value, after in seen:
        if before == scene.new:
            assert value in {None, NOW_HIDDEN}
        elif after == scene.old:
            assert value == SHOWN
    assert len(seen) > 2
    build.keep_in_force(scene.target)
    assert scene.first in archive.kept(scene.target)
