"""What of exact counts is hidden: all that is told of the same people in a month, as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from queries.cells import WHOLE
from queries.disclosure.audit import holds
from queries.disclosure.known_people import people_known
from queries.disclosure.nested import nested_in
from queries.disclosure.places import UNKNOWN, places
from queries.disclosure.protect import Protection, protect
from queries.disclosure.publication import Criterion, Publication
from queries.disclosure.together import (
    Count,
    Month,
    Series,
    is_small,
    of_other_people,
    people_alone,
    publication,
    series_of,
)
from queries.disclosure.vintages import with_earlier
from queries.indicators.definition import Indicator, Register
from queries.register.instead import Row, told_instead
from queries.sources.facts import LAND

SECONDS = 600.0
"""How long the search for less to hide may take: long enough that the gap ends it everywhere."""
GAP, ROUGH_GAP = 0.02, 1.0
"""How far from the proven least the loss may be. Several series over the same people take the first
choice, cleaned of what is not needed: a proof can take minutes, and an end that depends on the
clock would make no two runs alike."""


@dataclass(frozen=True)
class Exact:
    """The true numbers of one indicator and month: by breakdown and area, (numerator, people).

    Areas that the matter does not concern are left out; those without a known kommune are there
    as UNKNOWN. `elsewhere` says of areas that another source has published whether it shows them.
    `totals` says whether regions and landsdele are published, `role` how its people are those of
    the others, see `Register.role`.
    """

    indicator: Indicator
    numbers: Mapping[str, Mapping[str, tuple[int, int]]]
    elsewhere: Mapping[str, bool]
    totals: bool = True
    role: str = "people"


@dataclass(frozen=True)
class Hidden:
    """What is hidden of one indicator and month: the areas, by breakdown that is published.

    `zeros` says that its zeros are hidden as other numbers are. `instead` is what is told instead
    of hidden numbers, see `instead.Row`.
    """

    areas: Mapping[str, frozenset[str]]
    zeros: bool = False
    instead: tuple[Row, ...] = ()


ROUNDS = 5
"""How often the choice is mended for what a reader is not told."""


def hidden_areas(
    exact: Sequence[Exact],
    *,
    period: str = "",
    criterion: Criterion = Criterion.STRICT,
    earlier: Sequence[Publication] = (),
) -> dict[str, Hidden]:
    """Return what to hide of indicators over the same people, by indicator.

    An indicator is missing where its month cannot be published: its country's number is small, or
    would give others away even with every area hidden. A breakdown is missing where its country's
    number is small; all of them where they divide the people, or cannot be kept. Where hidden
    numbers of an indicator that shows zeros cannot be kept otherwise, its zeros are hidden too.
    `earlier` are publications of the same month that readers have already.
    """
    shown = {one.indicator.indicator_id: told for one in exact if (told := _may_show(one))}
    # Classes of a few people each can hardly be kept while a reader knows that none of them is 0.
    zeros = {name for name, told in shown.items() if len(told) > 1}
    while shown:
        month = month_of(exact, shown, zeros, period)
        if other := _strangers(month):
            del shown[other]
            continue
        core = replace(month, series=month.own, rest=(), rest_is=False, among=())
        core, found = _protected(core, criterion, earlier)
        if found.exposed:
            _give_way(core, found, exact, shown, zeros)
            continue
        if month.apart:
            both = _with_apart(month, core, found.publication.hidden, criterion, earlier)
            if both is None:  # what is told of other people would narrow this
                for one in month.apart:
                    del shown[one.key.partition("|")[0]]
            else:
                core, found = month, both
        known = {one.indicator.indicator_id: one.indicator for one in exact}
        more = _instead(core, found.publication, [known[name] for name in shown], criterion)
        return {
            name: replace(
                _of(core, found, known[name], shown[name]), instead=tuple(more.get(name, ()))
            )
            for name in shown
        }
    return {}


def _with_apart(
    month: Month,
    core: Month,
    hidden: frozenset[str],
    criterion: Criterion,
    earlier: Sequence[Publication],
) -> Protection | None:
    """Return what is hidden with series of other people too; None where that cannot be kept.

    What is `hidden` of the month's own people stays as it is. The others hide where these people
    are hidden, and what they must for their own sake; then all of it is judged together.
    """
    untold = _untold(core, hidden)
    found = None
    for one in month.apart:
        counts = {
            area: replace(count, hidden=count.hidden or (area in untold and area != LAND))
            for area, count in one.counts.items()
        }
        alone = Month(one.title, (replace(one, counts=counts),), month.tree)
        _, found = _protected(alone, criterion, earlier)
        if found.exposed:
            return None
        hidden |= found.publication.hidden
    series = tuple(
        replace(
            one,
            counts={
                area: replace(count, hidden=f"n/{one.key}/{area}" in hidden)
                for area, count in one.counts.items()
            },
        )
        for one in month.series
    )
    read = replace(month, series=series, people_hidden=core.people_hidden)
    if not read.alone:
        read = replace(read, people_hidden=_untold(read, hidden))
    whole = _hiding(with_earlier(publication(read), earlier), hidden)
    if found is None or not holds(whole, criterion, nested_in(month)):
        return None
    return replace(found, publication=whole)


def _may_show(exact: Exact) -> tuple[str, ...]:
    """Return the breakdowns whose country may be shown, WHOLE first; none where it may not."""
    indicator = exact.indicator
    register = _register(indicator)
    names = [WHOLE, *(part.breakdown_id for part in register.breakdowns if not part.levels)]
    told = []
    for name in names:
        numerator, people = exact.numbers[name][LAND]
        if not any(is_small(n, indicator.disclosure) for n in (numerator, people - numerator)):
            told.append(name)
    if WHOLE not in told:
        return ()
    if register.breakdowns_add_up and len(told) < len(names):
        return (WHOLE,)
    return tuple(told)


def month_of(
    exact: Sequence[Exact],
    shown: Mapping[str, tuple[str, ...]],
    zeros: set[str],
    period: str = "",
) -> Month:
    """Return the model of what is published together: `shown` breakdowns by indicator.

    `zeros` are the indicators whose zeros may be hidden as other numbers are.
    """
    series: list[Series] = []
    divide: list[str] = []
    within: list[tuple[str, str]] = []
    mine = [one for one in exact if one.indicator.indicator_id in shown]
    for one in mine:
        indicator, register = one.indicator, _register(one.indicator)
        told = shown[indicator.indicator_id]
        adding_up = register.breakdowns_add_up and len(told) > 1
        whole = register.itself
        for breakdown in told:
            if adding_up and breakdown == WHOLE:
                continue  # the same numbers as the breakdown that it is
            key = f"{indicator.indicator_id}|{breakdown}"
            if adding_up:
                divide.append(key)
            series.append(
                Series(
                    key=key,
                    title=series_title(indicator, breakdown),
                    rule=indicator.disclosure,
                    counts=_counts(one, breakdown),
                    zeros_hide=indicator.indicator_id in zeros,
                    importance=3 if breakdown in (WHOLE, whole and whole.breakdown_id) else 1,
                )
            )
        if register.within in shown:
            within.append((f"{indicator.indicator_id}|{WHOLE}", f"{register.within}|{WHOLE}"))
    other = of_other_people({one.indicator.indicator_id: one.role for one in mine})
    titles = " og ".join(dict.fromkeys(one.indicator.title for one in mine))
    return Month(
        title=f"{titles}, {period}" if period else titles,
        series=tuple(series),
        tree=places().children if mine[0].totals else places().without_totals(),
        divide=tuple(divide),
        within=tuple(within),
        rest=tuple(f"{name}|{WHOLE}" for name, role in other.items() if role != "among"),
        rest_is="rest_is" in other.values(),
        among=tuple(f"{name}|{WHOLE}" for name, role in other.items() if role == "among"),
    )


def _strangers(month: Month) -> str:
    """Return an indicator that does not hold the people it should, in some kommune; '' for none.

    A person with records in two kommuner at once may count in one here and in the other there. Then
    no reader could rely on what the build relies on, and the indicator is left out.
    """
    for series in month.apart:
        for area, count in series.counts.items():
            people = month.people(area) or 0
            if area in month.tree or area == UNKNOWN or count.people is None:
                continue
            left = count.people - (count.numerator or 0)
            if series.key in month.among:
                holds = count.people <= people
            else:
                holds = left == people if month.rest_is else left >= people
            if not holds:
                return series.key.partition("|")[0]
    return ""


def series_title(indicator: Indicator, breakdown: str) -> str:
    """Return the Danish name of an indicator's breakdown, as reports write it."""
    if breakdown == WHOLE:
        return indicator.title
    return f"{indicator.title}, {indicator.breakdowns[breakdown].lower()}"


def _register(indicator: Indicator) -> Register:
    if indicator.register is None:
        raise ValueError(f"{indicator.indicator_id} is not counted from a register")
    return indicator.register


def _counts(exact: Exact, breakdown: str) -> dict[str, Count]:
    found = {}
    for area, (numerator, people) in exact.numbers[breakdown].items():
        if area in places().same:
            continue  # told by its kommune
        there = exact.elsewhere.get(area)
        found[area] = Count(
            numerator,
            people,
            # What is public already hides nothing, and what was hidden there is hidden here.
            hidden=there is False and area != LAND,
            fixed=there is True or area == LAND,
        )
    return found


def _protected(
    month: Month, criterion: Criterion, earlier: Sequence[Publication]
) -> tuple[Month, Protection]:
    gap = GAP if month.alone else ROUGH_GAP
    if month.alone:
        whole = with_earlier(publication(month), earlier)
        return month, protect(whole, criterion, seconds=SECONDS, gap=gap)
    people = with_earlier(people_alone(month), earlier, only="p/")
    if people.hidden or any(cell.secret for cell in people.cells):
        few = protect(people, criterion, seconds=SECONDS, gap=GAP)
        away = {name.partition("/")[2] for name in few.publication.hidden}
        month = replace(month, people_hidden=frozenset(away))
    rough = with_earlier(publication(month, rough=True), earlier)
    found = protect(rough, criterion, seconds=SECONDS, gap=gap)
    for _ in range(ROUNDS):
        if found.exposed:
            return month, found
        # What a reader is not told of people is hidden too, and may hide less than it seems.
        read = replace(month, people_hidden=_untold(month, found.publication.hidden))
        whole = with_earlier(publication(read), earlier)
        whole = _hiding(whole, found.publication.hidden)
        if holds(whole, criterion, nested_in(month)):
            return month, replace(found, publication=whole)
        found = protect(whole, criterion, seconds=SECONDS, gap=gap)
    return month, replace(found, exposed=found.exposed or tuple(sorted(found.publication.hidden)))


def _instead(
    month: Month, kept: Publication, indicators: Sequence[Indicator], criterion: Criterion
) -> dict[str, list[Row]]:
    """Return what is told instead of hidden numbers; nothing beside a table that others publish."""
    if places().children != month.tree:
        return {}
    return told_instead(month, kept, indicators, criterion)


def _untold(month: Month, hidden: frozenset[str]) -> frozenset[str]:
    """Return the areas whose people nobody is told, since nothing of theirs is shown."""
    series = tuple(
        replace(
            one,
            counts={
                area: replace(count, people=None) if f"n/{one.key}/{area}" in hidden else count
                for area, count in one.counts.items()
            },
        )
        for one in month.series
    )
    read = people_known(replace(month, series=series))
    areas = {area for one in month.own for area in one.counts} - {LAND}
    return month.people_hidden | {area for area in areas if read.people(area) is None}


def _hiding(whole: Publication, hidden: frozenset[str]) -> Publication:
    """Return the publication with these numbers hidden, and rests with their numbers."""
    cells = (
        replace(cell, hidden=not cell.fixed) if _with_numerator(cell.name) in hidden else cell
        for cell in whole.cells
    )
    return replace(whole, cells=tuple(cells))


def _with_numerator(name: str) -> str:
    """Return the name of the numerator that a rest is hidden with; other names as they are."""
    return f"n{name[1:]}" if name.startswith("r/") else name


def _give_way(
    month: Month,
    found: Protection,
    exact: Sequence[Exact],
    shown: dict[str, tuple[str, ...]],
    zeros: set[str],
) -> None:
    """Give up the least that lets the rest be kept: shown zeros, then a breakdown, then a month."""
    keys = series_of(found.exposed) or {series.key for series in month.series}
    concerned = sorted({key.partition("|")[0] for key in keys})
    for part, whole in month.within:  # what is told of the part is told of the whole
        if whole in keys:
            concerned.append(part.partition("|")[0])
    rules = {series.key.partition("|")[0]: series.rule for series in month.series}
    closed = [name for name in concerned if rules[name].zeros_are_shown and name not in zeros]
    if closed and not month.alone:
        zeros |= set(closed)
        return
    concerned = sorted({key.partition("|")[0] for key in keys})
    divided = [name for name in concerned if len(shown[name]) > 1]
    if divided:
        shown[divided[0]] = (WHOLE,)
        return
    country = {
        one.indicator.indicator_id: one.numbers[WHOLE][LAND][0]
        for one in exact
        if one.indicator.indicator_id in concerned
    }
    del shown[min(concerned, key=lambda name: (country[name], name))]


def _of(month: Month, found: Protection, indicator: Indicator, told: tuple[str, ...]) -> Hidden:
    hidden: dict[str, frozenset[str]] = {}
    mine = [one for one in month.series if one.key.startswith(f"{indicator.indicator_id}|")]
    for series in mine:
        prefix = f"n/{series.key}/"
        cells = (cell for cell in found.publication.hidden if cell.startswith(prefix))
        away = {cell.removeprefix(prefix) for cell in cells}
        # What others have published takes no part, but a small number is not printed again.
        away |= {
            area
            for area, count in series.counts.items()
            if area != LAND and count.fixed and _any_small(count, series)
        }
        away |= {same for same, kommune in places().same.items() if kommune in away}
        hidden[series.key.partition("|")[2]] = frozenset(away - {UNKNOWN})
    if WHOLE in told and WHOLE not in hidden and (whole := _register(indicator).itself):
        hidden[WHOLE] = hidden[whole.breakdown_id]
    return Hidden(hidden, zeros=any(one.zeros_hide for one in mine))


def _any_small(count: Count, series: Series) -> bool:
    numerator, people = count.numerator or 0, count.people or 0
    return any(is_small(number, series.rule) for number in (numerator, people - numerator))
