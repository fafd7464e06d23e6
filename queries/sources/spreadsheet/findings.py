"""What is found while a sheet is read: all of it, with its place, and within bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import polars as pl

from queries.sources.incoming import Finding, Level
from queries.sources.spreadsheet.book import QUOTED, Sheet, letters

MOST_ALIKE = 40
"""How many findings of one kind are told one by one."""
MOST = 200
"""How many are told in all."""
_ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(eq=False)
class Findings:
    """Collects findings of one sheet; what is beyond the bounds is counted and said."""

    sheet: Sheet
    _found: list[Finding] = field(default_factory=list)
    _more: Counter[tuple[Level, str]] = field(default_factory=Counter)
    _alike: Counter[tuple[Level, str]] = field(default_factory=Counter)

    def add(
        self,
        level: Level,
        code: str,
        text: str,
        *,
        row: int | None = None,
        at: int | None = None,
        value: str = "",
    ) -> None:
        """Add one; `row` is as a spreadsheet numbers it, `at` the column from 0."""
        self._alike[level, code] += 1
        if self._alike[level, code] > MOST_ALIKE:
            self._more[level, code] += 1
            return
        column = "" if at is None else letters(at)
        self._found.append(Finding(level, code, text, self.sheet.name, row, column, value[:QUOTED]))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings as they are."""
        self._found += findings

    def rows(
        self,
        level: Level,
        code: str,
        frame: pl.DataFrame,
        text: Callable[[dict[str, object]], str],
        *,
        at: str = "",
        value: str = "",
    ) -> None:
        """Add one per row of a frame with `row`; `at` and `value` name columns of it."""
        room = max(0, MOST_ALIKE - self._alike[level, code])
        for each in frame.head(room).iter_rows(named=True):
            place = each.get(at)
            shown = each.get(value)
            self.add(
                level,
                code,
                text(each),
                row=int(each["row"]) if each["row"] is not None else None,
                at=None if place is None else int(place),
                value="" if shown is None else str(shown),
            )
        if frame.height > room:
            self._alike[level, code] += frame.height - room
            self._more[level, code] += frame.height - room

    @property
    def has_errors(self) -> bool:
        """Whether anything stops the import."""
        return any(finding.level == "error" for finding in self._found)

    def all(self) -> tuple[Finding, ...]:
        """Return all, errors first, in the order of the rows; the last says how many more."""
        places = {id(finding): at for at, finding in enumerate(self._found)}
        ordered = sorted(
            self._found,
            key=lambda each: (
                _ORDER[each.level],
                each.row is None,
                each.row or 0,
                places[id(each)],
            ),
        )
        told = ordered[:MOST]
        more = self._more.copy()
        more.update((finding.level, finding.code) for finding in ordered[MOST:])
        for (level, code), count in sorted(more.items(), key=lambda each: _ORDER[each[0][0]]):
            example = next((each.text for each in ordered if each.code == code), "")
            text = f"… og {thousands(count)} flere af samme slags som: {example}"
            told.append(Finding(level, code, text, self.sheet.name))
        return tuple(told)


def thousands(number: int) -> str:
    """Return a whole number as it is written in Danish."""
    return f"{number:,}".replace(",", ".")


def listed(names: Iterable[str], most: int = 20) -> str:
    """Return names as a Danish list, cut off with a count."""
    names = list(names)
    if len(names) > most:
        return f"{', '.join(names[:most])} og {len(names) - most} flere"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} og {names[-1]}"
