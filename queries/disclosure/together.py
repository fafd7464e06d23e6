"""From the atlas' numbers to a Publication: all that is told of the same people in one month.

Used by both sides of the gate: with true counts, to choose what to hide; with disclosed cells only,
to audit. A number is people in the numerator out of all people in an area, so the rest, those
outside the numerator, is a cell too. Names of cells: 'n/<series>/<area>' (numerator),
'r/<series>/<area>' (rest), 'p/<area>' (all people, where several series are shares of them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isqrt

from queries.disclosure.places import UNKNOWN, places
from queries.disclosure.publication import Cell, Publication, Relation, at_most, equal, total
from queries.indicators.definition import DisclosureRule
from queries.sources.facts import LAND


@dataclass(frozen=True, slots=True)
class Count:
    """One area's number: people in the numerator, and all people.

    `numerator` and `people` are None where whoever asks does not know them. `hidden` says that it
    is not printed, `fixed` that it is public whatever we do.
    """

    numerator: int | None
    people: int | None
    hidden: bool = False
    fixed: bool = False


@dataclass(frozen=True)
class Series:
    """One indicator and breakdown in a month, by area; areas without a count have nobody.

    `key` names it, `title` is Danish. With `zeros_hide` its zeros may be hidden as other numbers
    are; else a reader knows that a hidden number is at least 1 where the rule shows zeros.
    `importance` multiplies the loss of hiding its numbers.
    """

    key: str
    title: str
    rule: DisclosureRule
    counts: Mapping[str, Count]
    zeros_hide: bool = False
    importance: int = 1


@dataclass(frozen=True)
class Month:
    """What is published together: series over the same people in one month.

    `divide` are keys of series that divide the people between them; `within` holds pairs (part,
    whole) of series where everyone in the part is in the whole; `overlap` triples (one, two, whole)
    where everyone in the whole is in one or both; `same` pairs that are one number. `tree` leads
    from areas to the areas they are the sum of. `people_hidden` are the areas in which nothing of
    any series is shown, so that even how many people there are is hidden.

    Other series are of other people, whose number is hidden with theirs: all people of the month
    are outside the numerator of those in `rest` (with `rest_is` they are all of those outside), and
    all people of those in `among` are people of the month.
    """

    title: str
    series: tuple[Series, ...]
    tree: Mapping[str, tuple[str, ...]]
    divide: tuple[str, ...] = ()
    within: tuple[tuple[str, str], ...] = ()
    overlap: tuple[tuple[str, str, str], ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    people_hidden: frozenset[str] = field(default=frozenset())
    rest: tuple[str, ...] = ()
    rest_is: bool = False
    among: tuple[str, ...] = ()

    @property
    def own(self) -> tuple[Series, ...]:
        """The series that are shares of the month's people."""
        return tuple(one for one in self.series if one.key not in (*self.rest, *self.among))

    @property
    def apart(self) -> tuple[Series, ...]:
        """The series that are shares of other people."""
        return tuple(one for one in self.series if one.key in (*self.rest, *self.among))

    @property
    def alone(self) -> bool:
        """Whether one series is all that is told of these people."""
        return len(self.own) == 1

    def people(self, area: str) -> int | None:
        """Return how many people an area has; None where it is not known."""
        known = (one.counts[area].people for one in self.own if area in one.counts)
        return next((people for people in known if people is not None), None)


def of_other_people(roles: Mapping[str, str]) -> dict[str, str]:
    """Return which indicators of a month are of other people than the month's own, by their role.

    See `Register.role`; where none has the people themselves, those next to them are the month's.
    """
    own = next((role for role in ("people", "among", "rest") if role in roles.values()), "rest_is")
    return {name: role for name, role in roles.items() if role != own}


def is_small(people: int, rule: DisclosureRule) -> bool:
    """Return whether the primary rule hides a number of people."""
    return people < rule.threshold and (people > 0 or not rule.zeros_are_shown)


def publication(month: Month, *, rough: bool = False) -> Publication:
    """Return the cells and relations of a month.

    Where one series is alone, its people are hidden with its number, and numerator and rest bind
    nothing between them. Else the people of an area are known unless they are in `people_hidden`.
    People without a known kommune are a cell of their own where they are few, else a surplus of
    the country. A `rough` one leaves out rests of hidden people, which make it no network, and
    series of other people: good for a first choice of what to hide, not to judge it.
    """
    maker = _Maker(month, rough=rough)
    return Publication(
        cells=tuple(maker.cells()),
        relations=tuple(maker.relations()),
        title=month.title,
        titles=maker.titles,
    )


def people_alone(month: Month) -> Publication:
    """Return the numbers of people, and series of other people that bind them.

    That is what must hide before any series of the month's people is looked at.
    An area whose people are few is secret; where `people_hidden` is given, they are hidden. So are
    those who are no more than two small numbers together.
    """
    maker = _Maker(month)
    return Publication(
        cells=(*maker.people_cells(choose=True), *maker.cells_apart()),
        relations=(*maker.people_relations(), *maker.relations_apart()),
        title=month.title,
        titles=maker.titles,
    )


class _Maker:
    def __init__(self, month: Month, *, rough: bool = False) -> None:
        self.month, self.rough = month, rough
        told = {area for one in month.series for area in one.counts}
        everyone = [area for area in (LAND, *places().names) if area in told]
        self.areas = tuple(dict.fromkeys(everyone))
        mine = {area for one in month.own for area in one.counts}
        self.peopled = tuple(area for area in self.areas if area in mine)
        self.weights = {area: 10 + isqrt(100 * (month.people(area) or 0)) for area in self.areas}
        self.titles: dict[str, str] = {}

    # Cells

    def cells(self) -> Iterator[Cell]:
        yield from self._pairs(self.month.own)
        if not self.month.alone:
            yield from self.people_cells(choose=False)
        if not self.rough:
            yield from self.cells_apart()

    def cells_apart(self) -> Iterator[Cell]:
        """Yield the numbers and rests of series of other people."""
        yield from self._pairs(self.month.apart)

    def _pairs(self, several: Iterable[Series]) -> Iterator[Cell]:
        for series in several:
            for area in self.areas:
                if area in series.counts and self._is_cell(series, area):
                    yield from self._pair(series, area)

    def _is_cell(self, series: Series, area: str) -> bool:
        return area != UNKNOWN or bool(self._few_unknown(series))

    def _few_unknown(self, series: Series) -> bool:
        """Whether those without a known kommune are so few that a surplus would tell of them."""
        count = series.counts.get(UNKNOWN)
        if count is None or not count.people:
            return False
        small = (count.numerator or 0, count.people - (count.numerator or 0), count.people)
        return any(0 < number < series.rule.threshold for number in small)

    def _pair(self, series: Series, area: str) -> Iterator[Cell]:
        count, rule = series.counts[area], series.rule
        mine = series in self.month.own
        people = count.people
        if people is None and mine:
            people = self.month.people(area)
        told_apart = mine and not self.month.alone  # people may be known beside a hidden number
        known_people = told_apart and people is not None and not self._people_hide(area)
        rest = None
        if count.numerator is not None and people is not None:
            rest = people - count.numerator
        both = [number for number in (count.numerator, rest) if number is not None]
        small = any(is_small(number, rule) for number in both)
        nobody = known_people and rule.zeros_are_shown and not series.zeros_hide
        fixed = count.fixed or area == LAND or (not count.hidden and nobody and 0 in both)
        low = 1 if nobody and not fixed else 0
        group = f"{series.key}/{area}"
        hidden = (count.hidden or (mine and self._people_hide(area))) and not fixed
        hidden = hidden or (area == UNKNOWN and not fixed)
        where = f"{places().names[area]}: {series.title}"
        kinds = (("n", count.numerator), ("r", rest))
        for kind, value in kinds if not mine or self._has_rest(area) else kinds[:1]:
            free = kind == "r" and series.key in self.month.rest and self._are_many(series, area)
            name = f"{kind}/{group}"
            self.titles[name] = where if kind == "n" else f"{where}, de øvrige"
            yield Cell(
                name,
                value,
                low=low,
                high=people if known_people else None,
                hidden=hidden or value is None,
                secret=not fixed
                and not free
                and value is not None
                and (small and is_small(value, rule)),
                fixed=fixed and value is not None,
                group=group,
                weight=series.importance * self.weights[area] if kind == "n" else 0,
                threshold=rule.threshold,
                zeros_are_shown=rule.zeros_are_shown
                and told_apart
                and (known_people or value is None),
                free=free,
            )

    def _are_many(self, series: Series, area: str) -> bool:
        """Whether the month's people of an area, all in the rest, are known to be no few."""
        people = None if self._people_hide(area) else self.month.people(area)
        if self.month.alone:  # then they are known where the number is shown
            count = self.month.own[0].counts.get(area)
            people = count.people if count and not count.hidden else None
        return area != UNKNOWN and people is not None and people >= series.rule.threshold

    def _has_rest(self, area: str) -> bool:
        return self.month.alone or not (self.rough and self._people_hide(area))

    def _people_hide(self, area: str) -> bool:
        return area in self.month.people_hidden

    def people_cells(self, *, choose: bool) -> Iterator[Cell]:
        """Yield the people of every area; with `choose` those that are few still are to be hid."""
        rules = [series.rule for series in self.month.own]
        strictest = max(rules, key=lambda rule: (rule.threshold, not rule.zeros_are_shown))
        zeros = all(rule.zeros_are_shown for rule in rules)
        for area in self.peopled:
            people = self.month.people(area)
            if area == UNKNOWN and not any(map(self._few_unknown, self.month.own)):
                continue
            name = f"p/{area}"
            self.titles[name] = f"{places().names[area]}: alle, som tallene er en del af"
            few = people is not None and any(is_small(people, rule) for rule in rules)
            few = few and (area != UNKNOWN or people != 0)
            # Of so few, one or two who know of themselves could tell how many the others are.
            told = people is not None and 0 < people <= 2 * (strictest.threshold - 1)
            hidden = people is None or self._people_hide(area) or (choose and (few or told))
            hidden = hidden and area != LAND
            yield Cell(
                name,
                people,
                hidden=hidden,
                secret=hidden and few,
                fixed=not hidden and (area == LAND or not choose),
                weight=self.weights[area],
                threshold=strictest.threshold,
                zeros_are_shown=zeros,
            )

    # Relations

    def relations(self) -> Iterator[Relation]:
        month = self.month
        for series in month.own:
            for kind in ("n", "r") if month.alone else ("n",):
                yield from self._sums(f"{kind}/{series.key}/", series, kind)
        if not self.rough:
            yield from self.relations_apart()
        if month.alone:
            return
        yield from self.people_relations()
        for series in month.own:
            for area in self.areas:
                there = area in series.counts and self._is_cell(series, area)
                if there and self._has_rest(area):
                    group = f"{series.key}/{area}"
                    yield total(
                        f"p/{area}",
                        (f"n/{group}", f"r/{group}"),
                        f"{places().names[area]}: antallet og de øvrige er tilsammen alle",
                    )
        yield from self._bounds()

    def relations_apart(self) -> Iterator[Relation]:
        """Yield the sums of series of other people, and how the month's people are among them."""
        month = self.month
        for series in month.apart:
            for kind in ("n", "r"):
                yield from self._sums(f"{kind}/{series.key}/", series, kind)
            for area in self.peopled:
                if area in month.tree or area == UNKNOWN or area not in series.counts:
                    continue
                if month.alone:
                    mine = [f"{kind}/{month.own[0].key}/{area}" for kind in "nr"]
                else:
                    mine = [f"p/{area}"]
                other = [f"{kind}/{series.key}/{area}" for kind in "nr"]
                name, sign = places().names[area], 1
                title = f"{name}: de samme borgere er med i {series.title}, de øvrige"
                if series.key in month.rest:
                    other = other[1:]
                else:
                    sign, title = -1, f"{name}: alle i {series.title} er blandt de samme borgere"
                terms = (*((cell, sign) for cell in other), *((cell, -sign) for cell in mine))
                both = series.key in month.rest and month.rest_is
                yield Relation(terms, 0, 0 if both else None, title)

    def _bounds(self) -> Iterator[Relation]:
        by_key = {series.key: series for series in self.month.series}
        for area in self.areas:
            name = places().names[area]

            def cell(key: str, area: str = area) -> str | None:
                series = by_key[key]
                there = area in series.counts and self._is_cell(series, area)
                return f"n/{key}/{area}" if there else None

            # What holds in the smallest areas holds in their sums.
            smallest = area not in self.month.tree
            parts = [cell(key) for key in self.month.divide] if smallest else []
            if parts and all(parts):
                title = f"{name}: opdelingen giver tilsammen alle"
                yield total(f"p/{area}", [part for part in parts if part], title)
            # A reader of disclosed cells has no such cell of those without a known kommune.
            for part, whole in self.month.within if smallest and area != UNKNOWN else ():
                if (one := cell(part)) and (other := cell(whole)):
                    title = f"{name}: {by_key[part].title} er en del af {by_key[whole].title}"
                    yield at_most(one, other, title)
            for key, twin in self.month.same:
                if (one := cell(key)) and (other := cell(twin)):
                    yield equal(one, other, f"{name}: {by_key[key].title} er vist to gange")
            for first, second, whole in self.month.overlap:
                one, two, other = cell(first), cell(second), cell(whole)
                if one and two and other:
                    title = f"{name}: to slags, som nogle er i begge af, er tilsammen alle"
                    yield at_most(one, other, title)
                    yield at_most(two, other, title)
                    yield Relation(((one, 1), (two, 1), (other, -1)), 0, None, title)

    def people_relations(self) -> Iterator[Relation]:
        """Yield that the people of an area are those of its parts."""
        told = [series for series in self.month.own if series.counts]
        yield from self._sums("p/", told[0], "p")

    def _sums(self, prefix: str, series: Series, kind: str) -> Iterator[Relation]:
        here = set(self.peopled) if kind == "p" else set(series.counts)
        told = self.peopled if kind == "p" or series in self.month.own else tuple(series.counts)
        what = "alle" if kind == "p" else series.title + (", de øvrige" if kind == "r" else "")
        few = self._few_unknown(series)
        if kind == "p":
            few = any(map(self._few_unknown, self.month.own))
        for whole, tree_parts in self.month.tree.items():
            parts = tuple(part for part in tree_parts if part in told)
            if whole not in here or not here.issuperset(parts):
                continue  # not told at both levels
            title = f"{places().sentence(whole, tree_parts)} ({what})"
            names = [f"{prefix}{part}" for part in parts]
            if whole != LAND:
                yield total(f"{prefix}{whole}", names, title)
            elif few:
                yield total(f"{prefix}{LAND}", [*names, f"{prefix}{UNKNOWN}"], title)
            else:  # those without a known kommune are what is left over
                terms = ((f"{prefix}{LAND}", 1), *((name, -1) for name in names))
                surplus = kind != "p" and series in self.month.own
                yield Relation(terms, 0, self._surplus(parts) if surplus else None, title)

    def _surplus(self, parts: Iterable[str]) -> int | None:
        """Return how many people are left over in the country, where a reader knows of them all."""
        if self.month.alone or any(self._people_hide(part) for part in parts):
            return None
        known = [self.month.people(area) for area in (LAND, *parts)]
        there = [people for people in known if people is not None]
        return there[0] - sum(there[1:]) if len(there) == len(known) else None


def series_of(cells: Iterable[str]) -> set[str]:
    """Return the keys of the series that cells belong to; people belong to none."""
    return {name.split("/")[1] for name in cells if name[0] in "nr"}
