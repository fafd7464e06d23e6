"""A register in any order: cleaned and packed as it is read, thrown into parts, counted by part.

The parts lie on disk, each small enough to hold; a person's rows all come to the same part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

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
from queries.register.state import State

PART_ROWS = 2_000_000
MOST_PARTS = 512
NO_EXAMPLE = -(1 << 60)
"""Rows before the first, where the file's own row is not known: such rows are no examples."""
_SPELL = np.dtype([("person", "<i8"), ("keys", "<i8")])
_ACTIVITY = np.dtype(
    [("person", "<i8"), ("starts", "<i4"), ("ends", "<i4"), ("kind", "i1")], align=False
)
Read = Callable[[int], None]


def count_unordered(
    folder: Folder,
    plan: Plan,
    state: State,
    work: Path,
    *,
    rows: int,
    read: Read,
    batch_rows: int = BATCH_ROWS,
) -> None:
    """Count a register of about `rows` benefit rows into a fresh state, with parts in `work`.

    `read` is called with the number of rows that have been read and counted since the last call.
    """
    parts = min(max(-(-rows // PART_ROWS), 1), MOST_PARTS)
    names = {"spells": _SPELL, "offers": _ACTIVITY, "mentors": _ACTIVITY}
    try:
        with _Parts(work, names, parts) as files:
            for spells in _spells(folder, plan, state.counts, batch_rows):
                files.throw("spells", _table(_SPELL, spells))
                read(len(spells.person))
            for form, tally in (
                (OFFERS, state.counts.offers),
                (MENTORS, state.counts.mentors),
            ):
                stream = Stream(folder[form.stem], 0, batch_rows, ordered=False)
                while (more := stream.batch()) is not None:
                    activities = activities_of(more.frame, plan, more.first_row)
                    clean_activities(activities, plan, tally)
                    files.throw(form.stem, _table(_ACTIVITY, activities))
                    read(len(activities.person))
        for part in range(parts):
            read(_count_part(work, part, plan, state))
    finally:
        for name in names:
            for part in range(parts):
                _path(work, name, part).unlink(missing_ok=True)


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

    def __init__(self, work: Path, names: dict[str, np.dtype[np.void]], parts: int) -> None:
        self._work, self._names, self._parts = work, names, parts
        self._files: dict[str, list[BinaryIO]] = {}

    def __enter__(self) -> _Parts:
        for name in self._names:
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
