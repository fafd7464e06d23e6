"""One input read from front to back in parts that end between two persons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from queries.errors import UserError
from queries.register.reading.files import Source
from queries.register.reading.formats import typed


class UnorderedError(Exception):
    """An input is not ordered by person: not a fault, but it must be read another way."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of one input with the format's types; `first_row` is the number of rows before them."""

    frame: pl.DataFrame
    first_row: int

    @property
    def after(self) -> int:
        """The number of rows up to the last one here."""
        return self.first_row + self.frame.height


class Stream:
    """Typed rows in the order of the file, from row `skip` on.

    Raises UserError for a value that cannot be read, UnorderedError when `ordered` is asked for
    and a batch begins with a smaller person than the one before ended with. The order within a
    batch is checked by the one who counts it, while the next is read.
    """

    def __init__(self, source: Source, skip: int, batch_rows: int, *, ordered: bool) -> None:
        self._source = source
        self._ordered = ordered
        self._batches = _batches(source, skip, batch_rows)
        self._read = skip
        self._kept = Rows(typed(_no_rows(source), source.form, source.where), skip)
        self._last: int | None = None
        self._ended = False

    def batch(self) -> Rows | None:
        """Return the next rows as they come, or None after the last."""
        frame = next(self._batches, None)
        if frame is None:
            return None
        rows = Rows(typed(frame, self._source.form, self._source.where, self._read), self._read)
        self._read += frame.height
        if self._ordered and frame.height:
            person = rows.frame["person"]
            if self._last is not None and person[0] < self._last:
                raise UnorderedError(self._source.where)
            self._last = int(person[-1])
        return rows

    def whole_persons(self) -> tuple[Rows, int | None]:
        """Return the next rows up to the last whole person, and who comes next (None: nobody).

        A person's rows are never parted.
        """
        while not self._ended:
            more = self.batch()
            if more is None:
                self._ended = True
                break
            self._keep(more.frame)
            person = self._kept.frame["person"]
            if len(person) == 0:
                continue
            following = int(person[-1])
            cut = int(person.search_sorted(following, side="left"))
            if cut:
                return self._give(cut), following
        return self._give(self._kept.frame.height), None

    def until(self, following: int | None) -> Rows:
        """Return the rows of all persons before `following`, or all that are left."""
        while not self._ended and (
            following is None
            or self._kept.frame.height == 0
            or int(self._kept.frame["person"][-1]) < following
        ):
            more = self.batch()
            if more is None:
                self._ended = True
                break
            self._keep(more.frame)
        if following is None or self._kept.frame.height == 0:
            return self._give(self._kept.frame.height)
        person = self._kept.frame["person"]
        return self._give(int(person.search_sorted(following, side="left")))

    def _keep(self, frame: pl.DataFrame) -> None:
        kept = self._kept
        joined = pl.concat([kept.frame, frame]) if kept.frame.height else frame
        self._kept = Rows(joined, kept.first_row)

    def _give(self, rows: int) -> Rows:
        kept = self._kept
        self._kept = Rows(kept.frame.slice(rows), kept.first_row + rows)
        return Rows(kept.frame.slice(0, rows), kept.first_row)


def _batches(source: Source, skip: int, batch_rows: int) -> Iterator[pl.DataFrame]:
    rows = source.scan().select(list(source.form.columns))
    if skip:
        rows = rows.slice(skip)
    batches = rows.collect_batches(chunk_size=batch_rows, maintain_order=True)
    while True:
        try:
            frame = next(batches)
        except StopIteration:
            return
        except (pl.exceptions.PolarsError, OSError) as error:
            reason = str(error).splitlines()[0]
            raise UserError(f"{source.where} kan ikke læses helt: {reason}") from error
        yield frame


def _no_rows(source: Source) -> pl.DataFrame:
    return pl.DataFrame(schema={name: col.dtype for name, col in source.form.columns.items()})
