"""The people that a reader computes though nothing of theirs is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from queries.disclosure.attack import Attack, Contradiction
from queries.disclosure.together import Count, Month, people_alone


def people_known(month: Month) -> Month:
    """Return the month with the people that a reader computes though no share is shown there.

    They are no small number, or the audit shall find them: then they stay hidden.
    """
    if month.alone:
        return month
    alone = people_alone(month)
    if not alone.hidden:
        return month
    try:
        attack = Attack(alone)
        found = {name: attack.interval(name) for name in alone.hidden if name.startswith("p/")}
    except Contradiction:
        return month
    threshold = max(series.rule.threshold for series in month.own)
    known = {
        name.partition("/")[2]: low
        for name, (low, high) in found.items()
        if low == high and low >= threshold
    }
    series = tuple(
        replace(one, counts=dict(_with_people(one.counts, known))) if one in month.own else one
        for one in month.series
    )
    return replace(month, series=series)


def _with_people(
    counts: Mapping[str, Count], known: Mapping[str, int]
) -> Iterable[tuple[str, Count]]:
    for area, count in counts.items():
        yield area, replace(count, people=known[area]) if area in known else count
