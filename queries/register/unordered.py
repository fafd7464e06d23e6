"""A register in any order: cleaned and packed as it is read, thrown into parts, counted by part.

The parts lie on disk, each small enough to hold; a person's rows all come to the same part.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from queries.register.chunk import Activities, PackedSpells, Spells
from queries.register.counting import Counts, clean_activities, clean_spells, count
from queries.register.frames import activities_of, spells_of
from queries.register.kernel.scatter import part_order, person_order
from queries.register.ordered import BATCH_ROWS
from queries.register.plan import Plan
from queries.register.reading.files import Folder
from queries.register.reading.formats import BENEFITS, BENEFITS_WIDE, MENTORS, OFFERS
from queries.register.reading.stream import Stream
from queries.register.reading.wide import wide_chunks
from queries.register.state import NOT_THROWN, Position, State

PART_ROWS = 2_000_000
MOST_PARTS = 512
NO_EXAMPLE = -(1 << 60)
"""Rows before the first, where the file's own row is not known: such rows are no examples."""
_SPELL = np.dtype([("person", "<i8"), ("keys", "<i8")])
_ACTIVITY = np.dtype(
    [("person", "<i8"), ("starts", "<i4"), ("ends", "<i4"), ("kind", "i1")], align=False
)
KINDS = {"spells": _SPELL, "offers": _ACTIVITY, "mentors": _ACTIVITY}


class Advanced(Protocol):
    """Told how many rows were just worked through, and whether the state may be saved now."""

    def __call__(self, rows: int, *, saveable: bool) -> None:
        """Hear it."""


def count_unordered(
    folder: Folder,
    plan: Plan,
    state: State,
    work: Path,
    *,
    rows: int,
    advanced: Advanced,
    batch_rows: int = BATCH_ROWS,
) -> None:
    """Count a register of about `rows` benefit rows into the state, with parts in `work`.

    The state is a fresh one, or one with `position.part` counted of the parts that lie in `work`.
    `advanced` is called with the number of rows that have been thrown or counted since the last
    call, when the state may be saved: after all are thrown, and after each part.
    """
    parts = min(max(-(-rows // PART_ROWS), 1), MOST_PARTS)
    if state.position.part == NOT_THROWN:
        _throw(folder, plan, state, work, parts, advanced, batch_rows)
        state.position = Position(part=0)
        advanced(0, saveable=True)
    for part in range(state.position.part, parts):
        counted = _count_part(work, part, plan, state)
        state.position = Position(part=part + 1)
        advanced(counted, saveable=True)
    for name in KINDS:
        for part in range(parts):
            _path(work, name, part).unlink(missing_ok=True)


def _throw(  # noqa: PLR0917  # private, called once
    folder: Folder,
    plan: Plan,
    state: State,
    work: Path,
    parts: int,
    advanced: Advanced,
    batch_rows: int,
) -> None:
    """Read everything once, cleaned and counted by rule, into parts by person."""
    with _Parts(work, parts) as files:
        for spells in _spells(folder, plan, state.counts, batch_rows):
            files.throw("spells", _table(_SPELL, spells))
            advanced(len(spells.person), saveable=False)
        for form, tally in ((OFFERS, state.counts.offers), (MENTORS, state.counts.mentors)):
            stream = Stream(folder[form.stem], 0, batch_rows, ordered=False)
            while (more := stream.batch()) is not None:
                activities = activities_of(more.frame, plan, more.first_row)
                clean_activities(activities, plan, tally)
                files.throw(form.stem, _table(_ACTIVITY, activities))
                advanced(len(activities.person), saveable=False)


def _count_part(work: Path, part: int, plan: Plan, state: State) -> int:
    """Count one part into the state and return its rows."""
    rows = _sorted(work, "spells", part, _SPELL)
    spells = PackedSpells(rows["person"], rows["keys"], NO_EXAMPLE)
    offers, mentors = (_activities(work, name, part) for name in ("offers", "mentors"))
    count(spells, offers, mentors, plan, state.counts)
    state.project.keep(*state.project.within(spells, offers))
    return len(spells.person) + len(offers.person) + len(mentors.person)


def _activities(work: Path, name: str, part: int) -> Activities:
    rows = _sorted(work, name, part, _ACTIVITY)
    return Activities(rows["person"], rows["kind"], rows["starts"], rows["ends"], NO_EXAMPLE)


def _spells(folder: Folder, plan: Plan, counts: Counts, batch_rows: int) -> Iterator[PackedSpells]:
    if folder.has(BENEFITS_WIDE):
        for wide in wide_chunks(folder, plan):
            mine = Counts.none(plan)
            packed = clean_spells(wide.spells, plan, mine)
            mine.spells.move_rows(wide.row_of, wide.spells.first_row)
            counts.add(mine)
            yield packed
        return
    stream = Stream(folder[BENEFITS.stem], 0, batch_rows, ordered=False)
    while (more := stream.batch()) is not None:
        yield clean_spells(spells_of(more.frame, plan, more.first_row), plan, counts)


def _table(kind: np.dtype[np.void], rows: PackedSpells | Activities | Spells) -> NDArray[np.void]:
    table = np.empty(len(rows.person), kind)
    for name in kind.names or ():
        table[name] = getattr(rows, name)
    return table


def _path(work: Path, name: str, part: int) -> Path:
    return work / f"{name}-{part}.part"


class _Parts:
    """The open files of all parts."""

    def __init__(self, work: Path, parts: int) -> None:
        self._work, self._parts = work, parts
        self._files: dict[str, list[BinaryIO]] = {}

    def __enter__(self) -> _Parts:
        for name in KINDS:
            self._files[name] = [
                _path(self._work, name, part).open("wb") for part in range(self._parts)
            ]
        return self

    def __exit__(self, *_: object) -> None:
        for files in self._files.values():
            for file in files:
                file.close()

    def throw(self, name: str, table: NDArray[np.void]) -> None:
        """Write each row to the part of its person."""
        order, begins = part_order(np.ascontiguousarray(table["person"]), self._parts)
        table = table[order]
        for file, begin, end in zip(self._files[name], begins, begins[1:], strict=False):
            file.write(table[begin:end].data)


def _sorted(work: Path, name: str, part: int, kind: np.dtype[np.void]) -> dict[str, NDArray[Any]]:
    table = np.fromfile(_path(work, name, part), kind)
    order = person_order(np.ascontiguousarray(table["person"]))
    return {column: np.ascontiguousarray(table[column][order]) for column in kind.names or ()}
