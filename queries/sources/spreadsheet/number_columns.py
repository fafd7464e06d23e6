"""The columns of a sheet: which are labels, which are numbers, and what each number is."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from queries.indicators.definition import Indicator
from queries.sources.spreadsheet.book import letters, quote
from queries.sources.spreadsheet.classes import column_classes
from queries.sources.spreadsheet.context import Context
from queries.sources.spreadsheet.labels import Heading
from queries.sources.spreadsheet.mapping import EVERY, ROLES, Column
from queries.sources.spreadsheet.measures import Amounts, Role, roles_of
from queries.sources.spreadsheet.periods import read_period


def decided_column(
    context: Context, at: int, role: str, *, asked: bool = False, why: str = ""
) -> Column:
    """Return a column with the role that was decided for it."""
    heading = context.headings[at]
    key = f"column:{at}"
    context.keys[at] = key
    named = f" ({quote(heading.text)})" if heading.text else ""
    chosen = context.decider.decide(
        key, f"Hvad er kolonne {letters(at)}{named}?", ROLES, role, asked=asked, help=why
    )
    return Column(at, heading.text, chosen, key=heading.key)


class NumberColumns:
    """Decides what columns of numbers are; one question for those alike but for the period."""

    def __init__(
        self, context: Context, numbers: dict[int, pl.DataFrame], indicator: Indicator | None
    ) -> None:
        self.context, self.numbers = context, numbers
        self.classes, self.meant = column_classes(
            context.decider, {at: context.headings[at].rest for at in numbers}, indicator
        )
        self._fits_as_fraction = False
        self._kinds = self._told_apart()

    def columns(self, *, by_row: bool) -> list[Column]:
        """Return the columns; `by_row` says that rows tell the period."""
        numbers, classes = self.numbers, self.classes
        roles = self._roles()
        first_of: dict[tuple[str, str], int] = {}
        found: list[Column] = []
        for at in numbers:
            heading = self.context.headings[at]
            same = (self._kinds[at], classes.get(at, ""))
            first = first_of.setdefault(same, at)
            if first == at:
                role = roles[at]
                column = decided_column(
                    self.context, at, role.role, asked=not role.sure, why=role.why
                )
            else:
                self.context.keys[at] = f"column:{first}"
                column = Column(
                    at, heading.text, next(c.role for c in found if c.at == first), key=heading.key
                )
                if f"column:{at}" in self.context.answers:
                    column = decided_column(self.context, at, column.role)
            period = "" if by_row and not self._varies() else heading.period
            period = self._own_period(at, period, heading)
            scale = self._scale(at, numbers[at], column.role, first)
            found.append(
                Column(
                    at, heading.text, column.role, period, self._own_class(at), scale, heading.key
                )
            )
        return self._shared_denominators(found)

    def _told_apart(self) -> dict[int, str]:
        """Return the heading of each column without periods; the same twice gets a number."""
        seen: dict[tuple[str, str, str], int] = {}
        kinds = {}
        for at in self.numbers:
            heading = self.context.headings[at]
            same = (heading.period, self.classes.get(at, ""), heading.key)
            seen[same] = seen.get(same, 0) + 1
            kinds[at] = heading.key if seen[same] == 1 else f"{heading.key} #{seen[same]}"
        return kinds

    def _varies(self) -> bool:
        return len({self.context.headings[at].period for at in self.numbers}) > 1

    def _own_period(self, at: int, period: str, heading: Heading) -> str:
        key = f"period:{at}"
        if key not in self.context.answers and not heading.wrong:
            return period
        return self.context.decider.decide(
            key,
            f"Hvilken periode er kolonne {letters(at)}?",
            {},
            period,
            asked=bool(heading.wrong),
            help=f"Overskriften nævner flere perioder: {heading.wrong}." if heading.wrong else "",
            read=read_period,
        )

    def _own_class(self, at: int) -> str:
        key = f"breakdown:{at}"
        if key not in self.context.answers:
            return self.classes.get(at, "")
        known = {"*": "alle opdelinger", "alle": "alle (uden opdeling)"}
        for indicator in self.context.indicators.values():
            known |= indicator.breakdowns
        return self.context.decider.decide(
            key, f"Hvilken opdeling er kolonne {letters(at)}?", known, self.classes.get(at, "alle")
        )

    def _scale(self, at: int, read: pl.DataFrame, role: str, first: int) -> int:
        if role not in {"share", "value"}:
            return 1
        fraction = role == "share" and self.context.is_fraction(at, read)
        key = f"scale:{at}"
        formatted = bool(self.context.sheet.percent_mask(at).any())
        if (
            not fraction
            and key not in self.context.answers
            and key not in self.context.decider.saved
        ):
            return 1
        if at != first and key not in self.context.answers:
            return 100 if fraction else 1
        chosen = self.context.decider.decide(
            key,
            f"Hvordan er andelene i kolonne {letters(at)} skrevet?",
            {"1": "i procent (21)", "100": "som brøk (0,21 for 21 pct.)"},
            "100" if fraction else "1",
            asked=fraction and not formatted and not self._fits_as_fraction,
            help="Alle tal ligger fra 0 til 1." if fraction else "",
        )
        return int(chosen)

    _fits_as_fraction = False

    def _roles(self) -> dict[int, Role]:
        """Return a role per column, judged where all kinds of columns stand side by side."""
        numbers, classes = self.numbers, self.classes
        groups: dict[tuple[str, str], dict[str, int]] = {}
        for at in numbers:
            heading = self.context.headings[at]
            group = groups.setdefault((heading.period, classes.get(at, "")), {})
            group[self._kinds[at]] = at
        judged: dict[tuple[str, str], Role] = {}
        for (_, part), group in sorted(groups.items(), key=lambda each: -len(each[1])):
            if all((key, part) in judged for key in group):
                continue
            sample = [
                Amounts(key.casefold(), numbers[at], self.context.is_fraction(at, numbers[at]))
                for key, at in group.items()
            ]
            roles = roles_of(sample)
            if any(
                r.role == "share" and r.sure and s.fraction
                for r, s in zip(roles, sample, strict=True)
            ):
                self._fits_as_fraction = sum(r.role == "denominator" and r.sure for r in roles) > 0
            for key, role in zip(group, roles, strict=True):
                judged.setdefault((key, part), role)
        found = {}
        for (_, part), group in groups.items():
            for key, at in group.items():
                role = judged[key, part]
                known = part == EVERY and role.role == "denominator"
                found[at] = replace(role, sure=True) if known else role
        return found

    def _shared_denominators(self, columns: list[Column]) -> list[Column]:
        """Give a denominator that stands once beside several classes to all of them."""
        classes = {column.breakdown for column in columns if column.role == "numerator"}
        wholes = {column.breakdown for column in columns if column.role == "denominator"}
        if len(classes) < 2 or len(wholes) != 1 or EVERY in wholes:
            return columns
        return [
            replace(column, breakdown=EVERY) if column.role == "denominator" else column
            for column in columns
        ]
