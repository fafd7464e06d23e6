"""Breakdowns that overlap, published at the upper levels only, whole levels at a time.

A person may have both kinds, so that kind one <= all <= kind one + kind two: at a level with hidden
cells, these would narrow them. At a level whose own numbers of all are shown they narrow nothing
below. Take any numbers of the areas below that fit what else is shown: the persons who are counted
can be labelled one, two or both as it pleases, as long as each area of the level gets its sums, and
nothing else that is published depends on the label. So the only numbers that the kinds can tell are
those of the level itself: with only one, only the other, and both.
"""

from __future__ import annotations

import polars as pl

from queries.cells import WHOLE
from queries.disclosure.primary import is_small
from queries.indicators.definition import Indicator
from queries.register.levels import UNKNOWN_KOMMUNE as UNKNOWN


def limited_levels(indicator: Indicator, exact: pl.DataFrame, shown: frozenset[str]) -> list[str]:
    """Return the levels, from above, at which the limited breakdowns of a month may be shown.

    `exact` has the month's breakdown, area_id, level, numerator, denominator (people) and small;
    `shown` are the areas whose number of all is shown. A level is shown as a whole, or neither it
    nor those below: each of its areas must be shown, and neither a kind, nor what is outside it,
    nor a number that follows from the kinds be small. Persons without a known kommune follow from
    the country and the regions.
    """
    kinds = indicator.limited
    if not kinds:
        return []
    one, two = kinds
    per_area = exact.pivot("breakdown", index=["area_id", "level"], values=["numerator", "small"])
    if not {f"numerator_{kind}" for kind in (WHOLE, one, two)} <= set(per_area.columns):
        return []
    both, only_one, only_two = (
        pl.col(f"numerator_{one}") + pl.col(f"numerator_{two}") - pl.col(f"numerator_{WHOLE}"),
        pl.col(f"numerator_{WHOLE}") - pl.col(f"numerator_{two}"),
        pl.col(f"numerator_{WHOLE}") - pl.col(f"numerator_{one}"),
    )
    told = pl.any_horizontal(
        pl.col(f"small_{one}"),
        pl.col(f"small_{two}"),
        *(is_small(people, indicator.disclosure) for people in (both, only_one, only_two)),
    )
    follows = pl.col("area_id") == UNKNOWN
    checked = per_area.with_columns(ok=~told & (follows | pl.col("area_id").is_in(list(shown))))
    found: list[str] = []
    for level in kinds[one]:
        wanted = checked.filter(pl.col("level").is_in([level, UNKNOWN] if found else [level]))
        if wanted.is_empty() or not wanted["ok"].fill_null(value=False).all():
            break
        found.append(level)
    return found
