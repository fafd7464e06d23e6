"""An import that is killed at any moment: the warehouse is the old or the new one, whole."""

from __future__ import annotations

import inspect
import pickle
import random
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries.imports import files
from queries.imports.store import Imported
from queries.warehouse.build import _version
from queries.warehouse.content import Content
from tests.queries.imports.small import ask, batch, importer, numbers
from tests.queries.imports.victim import Victims

ROOT = Path(__file__).parents[3]
SEED = 6
Order = dict[str, Any]
State = tuple[str, dict[Any, int]]
"""The version of a warehouse, and the sum of every imported period."""


@dataclass(frozen=True)
class Scene:
    """One import is there; `order` is to be carried out, from `before` to `after`."""

    place: Path
    order: Order
    before: State
    after: State
    operations: list[str]
    lines: list[str]

    @property
    def data(self) -> Path:
        return self.place / "data"

    def reset(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self.place / "kept", self.data)


@pytest.fixture(scope="module")
def victims() -> Iterator[Victims]:
    made = Victims()
    yield made
    made.end()


def state(target: Path) -> State:
    """What the file says it is; a mix has a version that its own numbers do not give."""
    ((version,),) = ask(target, "SELECT version FROM build")
    return version, numbers(target)


@pytest.fixture(scope="module", params=["import", "undo"])
def scene(
    request: pytest.FixtureRequest,
    victims: Victims,
    base: Content,
    tmp_path_factory: pytest.TempPathFactory,
) -> Scene:
    place = tmp_path_factory.mktemp("killed")
    (place / "base").write_bytes(pickle.dumps(base))
    data = place / "data"
    made = importer(data, base)
    first = made.import_batches([batch("2018M01", first=100)])
    if request.param == "undo":
        made.import_batches([batch("2018M02", first=200), batch("2018M03", first=300)])
        arguments: list[Any] = list(first.import_ids)
    else:
        arguments = [["2018M02", 200], ["2018M03", 300]]
    shutil.copytree(data, place / "kept")
    # What is watched is what is killed: a copy, whose kept versions are no links to the warehouse.
    shutil.rmtree(data)
    shutil.copytree(place / "kept", data)
    before = state(made.target)
    order = {
        "base": str(place / "base"),
        "folder": str(data),
        "what": request.param,
        "arguments": arguments,
    }
    answer = victims.ask(**order)
    assert answer["ended"] == 0
    after = state(made.target)
    assert before[1] != after[1]
    return Scene(place, order, before, after, answer["seen"], answer["lines"])


def check(scene: Scene, base: Content) -> str:
    """Assert that everything is old or new, and stays so; return which of the two."""
    made = importer(scene.data, base)
    found = state(made.target)
    active = made.store.active()
    new = periods(active) == {period for period, _ in scene.after[1]}
    assert new or periods(active) == {period for period, _ in scene.before[1]}
    meant = _version(made.around.content(active))
    if found[1] == scene.after[1]:  # never ahead of the journal
        assert (new, found[0]) == (True, meant)
    else:
        assert found == scene.before
    assert new or meant == scene.before[0]
    with made.alone():  # what the next import does first
        pass
    kept = {str(event["folder"]) for event in made.store.history() if "folder" in event}
    assert {path.name for path in made.store.batches.iterdir()} == kept
    assert list(made.store.runs()) == []
    assert made.store.active() == active
    if new and found == scene.before:  # the next build makes what the journal says
        assert made.import_batches([]).version == meant
        assert state(made.target) == (meant, scene.after[1])
        assert not list(scene.data.glob("*.new*"))
        return "between"
    return "new" if new else "old"


def periods(active: list[Imported]) -> set[str]:
    return {period for one in active for period in pl.read_parquet(one.cells)["period"]}


def killed(scene: Scene, victims: Victims, base: Content, **moment: float) -> str:
    scene.reset()
    assert victims.ask(**scene.order, **moment)["ended"] == -signal.SIGKILL, moment
    return check(scene, base)


def test_at_every_operation_on_a_file(scene: Scene, victims: Victims, base: Content) -> None:
    every = range(len(scene.operations))
    found = [killed(scene, victims, base, operation=number) for number in every]
    told = dict(zip(scene.operations, found, strict=True))
    assert sorted(found, key=["old", "between", "new"].index) == found, told
    assert set(found) == {"old", "between", "new"}
    assert found[-1] == "new"


def test_what_is_renamed_is_on_the_disk_before_and_after(scene: Scene) -> None:
    """A kill loses nothing that was written; a power cut loses what was not synced."""
    for number, operation in enumerate(scene.operations):
        event, _, name = operation.partition(" ")
        if event != "os.rename" or name.endswith("work/cells.parquet"):
            continue
        assert f"fsync {name}" in scene.operations[:number], operation
        folder = {"batches": "/import/batches", "import": "/import", "versions": "/versions"}.get(
            "batches" if "staging" in name else name.split("/")[1], ""
        )
        assert f"fsync {folder}" in scene.operations[number:], operation


def test_at_every_line_that_writes_a_file(scene: Scene, victims: Victims, base: Content) -> None:
    """Between two operations a file may be there and hold nothing yet."""
    if scene.order["what"] == "undo":
        return  # it writes the same file in the same way
    code, first = inspect.getsourcelines(files.write_private)
    code_after, after = inspect.getsourcelines(files.replace_private)
    writing = {*range(first, first + len(code)), *range(after, after + len(code_after))}
    last = {
        line: number
        for number, line in enumerate(scene.lines)
        if line in {f"files.py:{one}" for one in writing}
    }
    assert len(last) > 8
    found = {line: killed(scene, victims, base, line=number) for line, number in last.items()}
    assert {"old", "between"} <= set(found.values())


def test_at_random_lines_of_our_own(scene: Scene, victims: Victims, base: Content) -> None:
    lines = random.Random(SEED).sample(range(len(scene.lines)), 10)
    found = [killed(scene, victims, base, line=line) for line in sorted(lines)]
    assert found == sorted(found, key=["old", "between", "new"].index)


def test_at_random_times(scene: Scene, victims: Victims, base: Content) -> None:
    chance = random.Random(SEED)
    for _ in range(5):
        scene.reset()
        answer = victims.ask(**scene.order, seconds=chance.uniform(0.05, 0.6))
        found = check(scene, base)
        assert answer["ended"] == -signal.SIGKILL or found == "new"
