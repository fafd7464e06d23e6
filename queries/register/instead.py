"""What may be told instead of a month's hidden numbers, as rows and as what a reader learns.

Both sides of the gate: with true counts, what could be told; from disclosed rows, what is known.
An indicator's file says what is allowed, see `indicators.alternatives`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import cast

import polars as pl

from queries.cells import WHOLE, exact_share
from queries.disclosure.alternatives import round_to, rounded_bounds
from queries.disclosure.instead import Choice, Instead, kept
from queries.disclosure.nested import nested_in
from queries.disclosure.places import places
from queries.disclosure.publication import Criterion, Publication, Relation
from queries.disclosure.together import Count, Month, Series, is_small
from queries.indicators.definition import Indicator
from queries.sources import facts

AND = "+"
"""Between the codes of kommuner that are told together."""
Row = tuple[str, str, str, int, int | None]
"""breakdown, area_id, status, number and people (None where they are not told)."""


# What could be told


def told_instead(
    month: Month,
    publication: Publication,
    indicators: Sequence[Indicator],
    criterion: Criterion,
) -> dict[str, list[Row]]:
    """Return the rows told instead of a month's hidden numbers, by indicator.

    `month` has the true counts and `publication` what is hidden of them. Where nothing may be told,
    the indicator is missing.
    """
    keys = {series.key for series in month.series}
    choices: list[Choice] = []
    for indicator in indicators:
        allowed = indicator.disclosure.alternatives
        maker = _Maker(month, publication, indicator, whole_key(indicator, keys))
        if allowed.combined_areas:
            choices += maker.combined()
        if allowed.coarser_groups:
            choices += maker.coarser()
        if allowed.round_to:
            choices += maker.rounded(allowed.round_to)
    found: dict[str, list[Row]] = {}
    for one in kept(publication, choices, criterion, nested_in(month)) if choices else ():
        indicator_id, *row = one.name
        found.setdefault(str(indicator_id), []).append(cast(Row, tuple(row)))
    return found


class _Maker:
    """The choices of one indicator in one month."""

    def __init__(
        self, month: Month, publication: Publication, indicator: Indicator, whole: str
    ) -> None:
        self.month, self.hidden, self.indicator = month, publication.hidden, indicator
        self.by_key = {series.key: series for series in month.series}
        self.whole = self.by_key[whole]
        self.rule = indicator.disclosure

    def _is_hidden(self, area: str, series: Series | None = None) -> bool:
        series = series or self.whole
        return area in series.counts and f"n/{series.key}/{area}" in self.hidden

    def _blocks(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield areas that kommuner and jobcentre lie in, with these."""
        for parent, parts in self.month.tree.items():
            if parent != facts.LAND and not parts[0].startswith("DK"):
                yield parent, parts

    def _hidden_kommuner(self, parts: Sequence[str]) -> Iterator[str]:
        """Yield the hidden kommuner of some areas, through jobcentre that are hidden too."""
        for part in parts:
            if self._is_hidden(part):
                inside = self.month.tree.get(part)
                yield from [part] if inside is None else self._hidden_kommuner(inside)

    # Kommuner together

    def combined(self) -> Iterator[Choice]:
        """Yield groups of hidden neighbours, where their sum with all hidden ones is known."""
        for parent, inside in self._blocks():
            known = parent in self.whole.counts and not self._is_hidden(parent)
            parts = sorted(self._hidden_kommuner(inside))
            if len(parts) < 2 or not known or not self._may_tell(parts):
                continue
            small = neighbouring(parts, self._may_tell)
            ways = [small, [tuple(parts)]] if len(small) > 1 else [[tuple(parts)]]
            yield [tuple(self._together(group) for group in way) for way in ways]

    def _may_tell(self, parts: Sequence[str]) -> bool:
        """Whether the sum of areas is no small number, and neither of two tells the other's."""
        if len(parts) < 2:
            return False
        counts = [self.whole.counts[part] for part in parts]
        sums = [sum(numbers) for numbers in zip(*map(_both, counts), strict=True)]
        if any(number < self.rule.threshold for number in sums):
            return False
        if len(parts) > 2:
            return True
        kinds = zip(*map(_both, counts), strict=True)
        return not any(all(is_small(number, self.rule) for number in both) for both in kinds)

    def _together(self, parts: Sequence[str]) -> Instead:
        counts = [self.whole.counts[part] for part in parts]
        area = AND.join(sorted(parts))
        number = sum(count.numerator or 0 for count in counts)
        people = sum(count.people or 0 for count in counts)
        return self._instead((WHOLE, area, "combined", number, people))

    # Breakdowns together

    def coarser(self) -> Iterator[Choice]:
        """Yield, area by area, groups of breakdowns that are all hidden there."""
        one = self.indicator.indicator_id
        for area, count in self.whole.counts.items():
            if area not in places().names or area == facts.LAND or f"p/{area}" in self.hidden:
                continue
            found: list[tuple[frozenset[str], Instead]] = []
            for group in self.rule.alternatives.coarser_groups:
                series = [self.by_key.get(f"{one}|{member}") for member in group.of]
                hidden = [s for s in series if s and self._is_hidden(area, s)]
                if count.people is None or len(hidden) < len(group.of):
                    continue
                number = sum(s.counts[area].numerator or 0 for s in hidden)
                if self.rule.threshold <= number <= count.people - self.rule.threshold:
                    row = (group.group_id, area, "coarser", number, count.people)
                    found.append((frozenset(group.of), self._instead(row)))
            if ways := _apart(found):
                yield ways

    # Roughly

    def rounded(self, base: int) -> Iterator[Choice]:
        """Yield the hidden areas of each landsdel or shared jobcenter, rounded."""
        for _, parts in self._blocks():
            hidden = filter(self._is_hidden, parts)
            numbers = [(part, self.whole.counts[part].numerator or 0) for part in hidden]
            rows: list[Row] = [
                (WHOLE, area, "rounded", round_to(number, base), None) for area, number in numbers
            ]
            if rows:
                yield [tuple(map(self._instead, rows))]

    def _instead(self, row: Row) -> Instead:
        learned = tuple(learn(self.indicator, self.whole.key, row))
        return Instead((self.indicator.indicator_id, *row), learned)


def _both(count: Count) -> tuple[int, int]:
    number, people = count.numerator or 0, count.people or 0
    return number, people - number


def _apart(found: Sequence[tuple[frozenset[str], Instead]]) -> list[tuple[Instead, ...]]:
    """Return the ways to tell of groups that do not overlap, the one with most groups first."""
    ways = [
        some
        for size in range(len(found), 0, -1)
        for some in combinations(found, size)
        if all(not one & other for (one, _), (other, _) in combinations(some, 2))
    ]
    return [tuple(one for _, one in some) for some in ways]


def neighbouring(
    areas: Sequence[str], fine: Callable[[Sequence[str]], bool]
) -> list[tuple[str, ...]]:
    """Return areas in groups of neighbours that are each `fine`, as small as they come.

    In the order of `areas`: each takes a neighbour until its group is fine; those left over join
    the last group. All of them together must be fine.
    """
    left, groups = list(areas), list[tuple[str, ...]]()
    while left:
        group = [left.pop(0)]
        while left and not fine(group):
            near = [other for other in left if _touch([other], group)]
            group.append(near[0] if near else left[0])
            left.remove(group[-1])
        groups.append(tuple(group))
    while len(groups) > 1 and not fine(groups[-1]):
        rest = groups.pop()
        touching = (n for n, group in enumerate(groups) if _touch(group, rest))
        at = next(touching, len(groups) - 1)
        groups[at] += rest
    return [tuple(sorted(group)) for group in groups]


def _touch(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one of some kommuner is a neighbour of one of the others."""
    return any((one, other) in _neighbours() for one in some for other in others)


@lru_cache(maxsize=1)
def _neighbours() -> frozenset[tuple[str, str]]:
    pairs = facts.read_facts("neighbours").rows()
    return frozenset({*pairs, *((b, a) for a, b in pairs)})


# What a reader learns


def whole_key(indicator: Indicator, keys: Collection[str]) -> str:
    """Return the key of the series that is the whole indicator, of those that a month has.

    Where breakdowns divide the people, that is the one which is the indicator itself.
    """
    own = f"{indicator.indicator_id}|{WHOLE}"
    whole = indicator.register.itself if indicator.register else None
    return f"{indicator.indicator_id}|{whole.breakdown_id}" if own not in keys and whole else own


def learn(indicator: Indicator, whole: str, row: Row) -> Iterator[Relation]:
    """Yield what every reader knows by a row; `whole` is the key of the indicator's own series."""
    breakdown, area, status, number, people = row
    title = f"{name_of(indicator, breakdown, area, status)} er oplyst ({indicator.title})"
    if status == "rounded":
        low, high = rounded_bounds(number, indicator.disclosure.alternatives.round_to)
        yield Relation(((f"n/{whole}/{area}", 1),), low, high, title)
    elif status == "coarser":
        members = _group(indicator, breakdown)
        terms = ((f"n/{indicator.indicator_id}|{member}/{area}", 1) for member in members)
        yield Relation(tuple(terms), number, number, title)
        if people is not None:
            yield Relation(((f"p/{area}", 1),), people, people, f"{title}, alle")
    else:
        parts = area.split(AND)
        yield Relation(tuple((f"n/{whole}/{part}", 1) for part in parts), number, number, title)
        if people is not None:
            terms = ((f"r/{whole}/{part}", 1) for part in parts)
            yield Relation(tuple(terms), people - number, people - number, f"{title}, de øvrige")


def name_of(indicator: Indicator, breakdown: str, area: str, status: str) -> str:
    """Return in Danish what a row tells of: 'Dragør og Tårnby tilsammen'."""
    names = places().names
    if status == "combined":
        parts = sorted(names[part] for part in area.split(AND))
        return f"{', '.join(parts[:-1])} og {parts[-1]} tilsammen"
    if status == "coarser":
        groups = indicator.disclosure.alternatives.coarser_groups
        title = next((group.title for group in groups if group.group_id == breakdown), breakdown)
        return f"{names[area]}: {title.lower()}"
    base = indicator.disclosure.alternatives.round_to
    return f"{names[area]}, afrundet til nærmeste {base}"


def described(rows: pl.DataFrame, indicator: Indicator, area_id: str | None = None) -> pl.DataFrame:
    """Return rows of table `alternative` with words, by period, kind and title.

    With `area_id` only those of that area (a jobcenter that is one kommune is told by it).

    Columns: those given, `told` (combined: kommuner together; coarser: breakdowns together;
    rounded), and for area_id and numerator: area_ids (those it tells of), title (Danish), low and
    high (people; the same but for rounded ones, which have no denominator and share_pct).
    """
    base = indicator.disclosure.alternatives.round_to
    if area_id is not None:
        area = places().same.get(area_id, area_id)
        rows = rows.filter(pl.col("area_id").str.split(AND).list.contains(area))
    told = rows.select("breakdown", "area_id", "told", "numerator").rows()
    spans = [rounded_bounds(n, base) if kind == "rounded" else (n, n) for _, _, kind, n in told]
    return (
        rows.with_columns(
            area_ids=pl.col("area_id").str.split(AND),
            title=pl.Series([name_of(indicator, *row[:3]) for row in told], dtype=pl.String),
            low=pl.Series([low for low, _ in spans], dtype=pl.Int64),
            high=pl.Series([high for _, high in spans], dtype=pl.Int64),
        )
        .drop("area_id", "numerator")
        .sort("period", "told", "title", "breakdown", "source_id")
    )


def _group(indicator: Indicator, group_id: str) -> tuple[str, ...]:
    groups = indicator.disclosure.alternatives.coarser_groups
    return next((group.of for group in groups if group.group_id == group_id), ())


def rows_of(cells: pl.DataFrame) -> list[Row]:
    """Return rows of CELL_SCHEMA of one indicator and month as `learn` takes them."""
    columns = ("breakdown", "area_id", "status", "numerator", "denominator_low")
    return cells.select(columns).rows()


def as_cells(indicator: Indicator, period: str, rows: Sequence[Row]) -> pl.DataFrame:
    """Return rows of an indicator and month as a frame, with columns of CELL_SCHEMA."""
    decimals = indicator.format.share_decimals
    return pl.DataFrame(
        [
            {
                "indicator_id": indicator.indicator_id,
                "breakdown": breakdown,
                "area_id": area,
                "period": period,
                "status": status,
                "numerator": number,
                "denominator_low": people,
                "denominator_high": people,
                "share_decimals": None if people is None else decimals,
                "origin": "source",
                "note": "",
            }
            for breakdown, area, status, number, people in rows
        ],
        schema_overrides={"denominator_low": pl.Int64, "denominator_high": pl.Int64}
        | {"share_decimals": pl.Int8},
    ).with_columns(share_pct=exact_share())
