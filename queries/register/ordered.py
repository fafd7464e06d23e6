"""A register ordered by person: read once from front to back, counted a chunk at a time.

One thread reads while others count; chunks are added up in their order, so that a saved state is
always the exact count of everybody up to a row.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from queries.register.chunk import Activities, Int64, PackedSpells, Spells
from queries.register.counting import Counts, clean_activities, clean_spells, count, fixed
from queries.register.frames import activities_of, spells_of
from queries.register.kernel.passive import SORTED, unsorted_at
from queries.register.plan import Plan
from queries.register.reading.files import Folder
from queries.register.reading.formats import BENEFITS, BENEFITS_WIDE, MENTORS, OFFERS
from queries.register.reading.stream import Rows, Stream, UnorderedError
from queries.register.reading.wide import wide_chunks
from queries.register.state import Position, State

BATCH_ROWS = 500_000
"""More takes more memory and no less time; fewer begin anew with counts that are not at hand."""
WORKERS = 2
_WAITING = WORKERS + 1

Advanced = Callable[[State], None]


@dataclass(frozen=True, eq=False)
class _Chunk:
    """Whole persons as read; `row_of` gives the file's row of a spell where they differ."""

    benefits: Rows | Spells
    offers: Rows
    mentors: Rows
    row_of: Int64 | None
    after: Position


@dataclass(frozen=True, eq=False)
class _Part:
    """What one chunk adds to the state."""

    counts: Counts
    spells: PackedSpells
    offers: Activities
    after: Position


def count_ordered(
    folder: Folder,
    plan: Plan,
    state: State,
    advanced: Advanced,
    batch_rows: int = BATCH_ROWS,
) -> None:
    """Count everything after the state's position into the state.

    `advanced` is called after each chunk. Raises UnorderedError, with the state spoilt, where the
    inputs are not ordered by person, and UserError for a row that cannot be read.
    """
    waiting: deque[Future[_Part]] = deque()
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="taeller") as pool:
        try:
            for chunk in _chunks(folder, plan, state.position, batch_rows):
                waiting.append(pool.submit(_count, chunk, plan, state))
                if len(waiting) == _WAITING:
                    _add(state, waiting.popleft().result(), advanced)
            while waiting:
                _add(state, waiting.popleft().result(), advanced)
        finally:
            for future in waiting:
                future.cancel()


def _add(state: State, part: _Part, advanced: Advanced) -> None:
    state.whole = False
    state.counts.add(part.counts)
    state.project.keep(part.spells, part.offers)
    state.position = part.after
    state.whole = True
    advanced(state)


def _chunks(folder: Folder, plan: Plan, done: Position, batch_rows: int) -> Iterator[_Chunk]:
    offers = Stream(folder[OFFERS.stem], done.offers, batch_rows // 2, ordered=True)
    mentors = Stream(folder[MENTORS.stem], done.mentors, batch_rows // 4, ordered=True)
    wide = folder.has(BENEFITS_WIDE)
    leading = _wide(folder, plan, done) if wide else _long(folder, done, batch_rows)
    for lead in leading:
        more_offers, more_mentors = offers.until(lead.following), mentors.until(lead.following)
        after = Position(lead.after, more_offers.after, more_mentors.after)
        yield _Chunk(lead.spells, more_offers, more_mentors, lead.row_of, after)


@dataclass(frozen=True, eq=False)
class _Lead:
    """The next persons' spells, who comes next (None: nobody), and the rows read by then."""

    spells: Rows | Spells
    row_of: Int64 | None
    following: int | None
    after: int


def _long(folder: Folder, done: Position, batch_rows: int) -> Iterator[_Lead]:
    stream = Stream(folder[BENEFITS.stem], done.spells, batch_rows, ordered=True)
    following: int | None = 0
    while following is not None:
        rows, following = stream.whole_persons()
        yield _Lead(rows, None, following, rows.after)


def _wide(folder: Folder, plan: Plan, done: Position) -> Iterator[_Lead]:
    """One row is one person, so that a slice is whole persons; the next person is not known yet."""
    last: int | None = None
    for part in wide_chunks(folder, plan, done.spells):
        person = part.person
        if unsorted_at(fixed(person)) != SORTED or (last is not None and person[0] <= last):
            raise UnorderedError(BENEFITS_WIDE.stem)
        last = int(person[-1])
        following = None if part.is_last else last + 1
        yield _Lead(part.spells, part.row_of, following, part.after)


def _count(chunk: _Chunk, plan: Plan, state: State) -> _Part:
    counts = Counts.none(plan)
    spells = chunk.benefits
    if isinstance(spells, Rows):
        spells = spells_of(spells.frame, plan, spells.first_row)
    packed = clean_spells(spells, plan, counts)
    offers = activities_of(chunk.offers.frame, plan, chunk.offers.first_row)
    mentors = activities_of(chunk.mentors.frame, plan, chunk.mentors.first_row)
    for part in (packed, offers, mentors):
        if unsorted_at(fixed(part.person)) != SORTED:
            raise UnorderedError
    clean_activities(offers, plan, counts.offers)
    clean_activities(mentors, plan, counts.mentors)
    count(packed, offers, mentors, plan, counts)
    if chunk.row_of is not None:
        counts.spells.move_rows(chunk.row_of, spells.first_row)
    return _Part(counts, *state.project.within(packed, offers), chunk.after)
