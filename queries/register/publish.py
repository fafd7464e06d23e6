"""From exact counts to disclosed cells: the gate between the restricted and the published zone."""

from __future__ import annotations

import datetime as dt
import signal
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context

import polars as pl

from queries.cells import CELL_SCHEMA, WHOLE, cells, exact_share
from queries.disclosure.places import UNKNOWN, places
from queries.disclosure.primary import hide_small
from queries.disclosure.publication import Criterion, Publication
from queries.errors import UserError
from queries.indicators.definition import Indicator, load_indicators
from queries.register.cell_checks import people_of
from queries.register.cell_file import read_cells, synthetic_source, write_cells
from queries.register.choices import Choices
from queries.register.instead import as_cells
from queries.register.levels import all_levels
from queries.register.limited import limited_levels
from queries.register.notes import NOBODY, hidden_note
from queries.register.published import publications
from queries.register.suppression import Exact, Hidden, hidden_areas

__all__ = ["disclosed_cells", "read_cells", "synthetic_source", "write_cells"]

MANY, PROCESSES = 12, 2
"""From so many months on, the work is shared between so many processes."""


def disclosed_cells(
    counts: pl.DataFrame,
    *,
    source_id: str,
    recorded_at: dt.date,
    published_elsewhere: pl.DataFrame | None = None,
    indicators: Mapping[str, Indicator] | None = None,
    choices: Mapping[str, object] | None = None,
    criterion: Criterion = Criterion.STRICT,
    earlier: Sequence[pl.DataFrame] = (),
) -> pl.DataFrame:
    """Return what may be shown of a register's exact counts, as cells of CELL_SCHEMA.

    `counts` is the result of a run, see `levels.all_levels`, made with `choices` (else the default
    ones). Every area of every level has a cell in every month that can be published with every
    hidden number kept to `criterion`, see `suppression.hidden_areas`; other months are left out,
    and so are a month's breakdowns where the country's may not be shown (all of them, where they
    add up); those limited to some levels are left out where they would give a small number away.
    An area that the matter does not concern is 'not_collected'; nobody in the denominator is
    otherwise a small number like any other. `published_elsewhere` holds cells that another source
    has published: in those months no land, region or landsdel is given, since a new total would
    narrow what that source hides, no number hides behind one that it shows, and what it hides is
    hidden here. Rows that tell something instead of hidden numbers come where an indicator's file
    allows them, see `queries.cells.INSTEAD`. `earlier` are cells of earlier versions, oldest
    first, which readers have kept. Raises UserError where the counts lack a breakdown that the
    indicator is defined by.
    """
    known = indicators if indicators is not None else load_indicators()
    used = choices if choices is not None else Choices().as_dict()
    together: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in known.values():
        register = indicator.register
        if register and register.measure in counts["measure"]:
            together[register.told_with or indicator.indicator_id].append(indicator)
    asked = [
        month
        for members in together.values()
        for month in _months(members, counts, published_elsewhere, used, earlier)
    ]
    tasks = [(month.exact, month.period, criterion, month.earlier) for month in asked]
    parts = [
        _of_month(exact, month.frames[name], month.concerned[name], hidden[name])
        for month, hidden in zip(asked, _all_hidden(tasks), strict=True)
        for exact in month.exact
        if (name := exact.indicator.indicator_id) in hidden
    ]
    return (
        pl.concat([cells([]), *parts], how="diagonal_relaxed")
        .with_columns(source_id=pl.lit(source_id), recorded_at=pl.lit(recorded_at))
        .select(pl.col(name).cast(kind) for name, kind in CELL_SCHEMA.items())
        .sort("indicator_id", "period", "breakdown", "area_id")
    )


_Task = tuple[Sequence[Exact], str, Criterion, Sequence[Publication]]


def _all_hidden(tasks: Sequence[_Task]) -> Iterable[dict[str, Hidden]]:
    """Return what to hide of every month; many months are shared between processes."""
    if len(tasks) < MANY:
        return [_hidden(task) for task in tasks]
    # Started anew: a copy of a process with threads may hang.
    processes = ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=_ask_parent)
    try:
        return list(processes.map(_hidden, tasks))
    except BrokenProcessPool:  # one was ended from outside: alone it takes longer
        return [_hidden(task) for task in tasks]
    finally:
        processes.shutdown(cancel_futures=True)


def _ask_parent() -> None:
    """Leave it to the process that started this one to answer when it is asked to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _hidden(task: _Task) -> dict[str, Hidden]:
    exact, period, criterion, earlier = task
    return hidden_areas(exact, period=period, criterion=criterion, earlier=earlier)


@dataclass(frozen=True)
class _Month:
    """One month of indicators over the same people; frames and areas by indicator."""

    period: str
    exact: list[Exact]
    frames: dict[str, pl.DataFrame]
    concerned: dict[str, frozenset[str]]
    earlier: list[Publication]


def _months(
    members: Sequence[Indicator],
    counts: pl.DataFrame,
    published: pl.DataFrame | None,
    choices: Mapping[str, object],
    earlier: Sequence[pl.DataFrame],
) -> Iterable[_Month]:
    published = cells([]) if published is None else published
    exact = {one.indicator_id: _exact(one, counts) for one in members}
    concerned = _concerned(members, exact, choices)
    before = [publications(frame, choices) for frame in earlier]
    for period in sorted({period for frame in exact.values() for period in frame["period"]}):
        frames = {
            name: month
            for name, frame in exact.items()
            if not (month := frame.filter(pl.col("period") == period)).is_empty()
        }
        there = published.filter(pl.col("period") == period)
        versions = [
            {id(one): one for name in frames if (one := found.get((name, period)))}
            for found in before
        ]
        yield _Month(
            period=period,
            exact=[
                replace(
                    _numbers(one, frames[one.indicator_id], concerned[one.indicator_id], there),
                    role=one.register.role(choices) if one.register else "people",
                )
                for one in members
                if one.indicator_id in frames
            ],
            frames=frames,
            concerned=concerned,
            earlier=[one for found in versions for one in found.values()],
        )


def _numbers(
    indicator: Indicator, exact: pl.DataFrame, concerned: frozenset[str], published: pl.DataFrame
) -> Exact:
    published = published.filter(pl.col("indicator_id") == indicator.indicator_id)
    totals = published.is_empty()
    inside = pl.col("area_id").is_in([*concerned, UNKNOWN])
    if not totals:
        inside &= pl.col("level").is_in(["kommune", "jobcenter", UNKNOWN, "land"])
    numbers: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    columns = ("breakdown", "area_id", "numerator", "denominator")
    for breakdown, area, numerator, people in exact.filter(inside).select(columns).iter_rows():
        numbers[breakdown][area] = (numerator, people)
    shown = published.select("area_id", pl.col("status") == "shown")
    return Exact(indicator, numbers, dict(shown.iter_rows()), totals)


def _of_month(
    exact: Exact, frame: pl.DataFrame, concerned: frozenset[str], hidden: Hidden
) -> pl.DataFrame:
    indicator = exact.indicator
    told = pl.col("breakdown").is_in(list(hidden.areas))
    if not exact.totals:
        told &= pl.col("level").is_in(["kommune", "jobcenter", UNKNOWN])
    whole = _as_cells(indicator, frame.filter(told), hidden, concerned)
    shown = whole.filter(status="shown", breakdown=WHOLE)["area_id"]
    levels = limited_levels(indicator, frame, frozenset(shown))
    limited = pl.col("breakdown").is_in(list(indicator.limited)) & pl.col("level").is_in(levels)
    parts = _as_cells(indicator, frame.filter(limited), Hidden({}), concerned)
    frames = [whole, parts.select(whole.columns)]
    if hidden.instead:
        frames.append(as_cells(indicator, str(frame["period"][0]), hidden.instead))
    return pl.concat(frames, how="diagonal_relaxed")


def _exact(indicator: Indicator, counts: pl.DataFrame) -> pl.DataFrame:
    """Return the indicator's exact numbers: breakdown, period, area_id, level, small and counts."""
    register = indicator.register
    if register is None:
        raise ValueError(f"{indicator.indicator_id} is not counted from a register")
    wanted = {WHOLE: register.breakdown}
    wanted |= {part.breakdown_id: part.counted_as for part in register.breakdowns}
    mine = counts.filter(pl.col("measure") == register.measure)
    if register.optional and register.breakdown not in mine["breakdown"]:
        mine = mine.clear()
    elif missing := sorted(set(wanted.values()) - set(mine["breakdown"])):
        raise UserError(
            f"Optællingen har ikke {', '.join(missing)} for {indicator.title!r} og kan ikke vises "
            "som den indikator. Kør optællingen med de valg, indikatoren er defineret ved."
        )
    levels = all_levels(mine.filter(pl.col("breakdown").is_in(list(wanted.values()))))
    names = pl.DataFrame({"known_as": list(wanted), "breakdown": list(wanted.values())})
    rule = indicator.disclosure
    numbers = (
        _with_unknown(levels)
        .join(names, on="breakdown")
        .with_columns(
            breakdown="known_as",
            status=pl.lit("shown"),
            note=pl.lit(""),
            denominator_low="denominator",
            denominator_high="denominator",
            share_pct=pl.lit(None, pl.Float64),
            share_decimals=pl.lit(None, pl.Int8),
        )
    )
    small = (hide_small(numbers, rule)["status"] == "suppressed").alias("small")
    return numbers.select(
        "breakdown", "period", "area_id", "level", "numerator", "denominator"
    ).with_columns(small)


def _with_unknown(levels: pl.DataFrame) -> pl.DataFrame:
    """Add the people without a known kommune, where there are any: in the country, nowhere else."""
    series = ["measure", "breakdown", "period"]
    land = pl.when(pl.col("level") == "land").then(1).when(pl.col("level") == "region").then(-1)
    rest = (
        levels.with_columns(sign=land.otherwise(0))
        .group_by(series)
        .agg((pl.col("numerator", "denominator") * pl.col("sign")).sum())
        .filter(pl.col("denominator") > 0)
        .with_columns(area_id=pl.lit(UNKNOWN), level=pl.lit(UNKNOWN))
    )
    return pl.concat([levels, rest.select(levels.columns)])


def _concerned(
    members: Sequence[Indicator], exact: Mapping[str, pl.DataFrame], choices: Mapping[str, object]
) -> dict[str, frozenset[str]]:
    """Return the areas that each indicator concerns; over the same people they are the same."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    people = {}
    for one in members:
        register, frame = one.register, exact[one.indicator_id]
        if not (register and register.participation == "every_kommune"):
            frame = frame.filter(pl.col("denominator") > 0)
        people[one.indicator_id] = key = people_of(one, choices)
        found[key] |= frozenset(frame["area_id"])
    return {name: found[key] for name, key in people.items()}


def _as_cells(
    indicator: Indicator,
    exact: pl.DataFrame,
    to_hide: Hidden,
    concerned: frozenset[str],
) -> pl.DataFrame:
    """Remove the numbers of what is hidden; shares are computed from what is shown."""
    hidden = pl.DataFrame(
        [(name, area, True) for name, areas in to_hide.areas.items() for area in areas],
        schema={"breakdown": pl.String, "area_id": pl.String, "hidden": pl.Boolean},
        orient="row",
    )
    known_empty = ~pl.col("area_id").is_in(list(concerned))
    status = (
        pl.when(known_empty)
        .then(pl.lit("not_collected"))
        .when(pl.col("hidden").fill_null(value=False))
        .then(pl.lit("suppressed"))
        .otherwise(pl.lit("shown"))
    )
    # One note for all that is hidden: which of them are small is nobody's business.
    note = (
        pl.when(pl.col("status") == "suppressed")
        .then(pl.lit(hidden_note(indicator.disclosure, zeros=to_hide.zeros)))
        .when(pl.col("status") == "not_collected")
        .then(pl.lit(NOBODY))
        .otherwise(pl.lit(""))
    )
    shown = pl.col("status") == "shown"
    counted = shown & (pl.col("denominator") > 0)
    return (
        exact.filter(pl.col("area_id") != UNKNOWN)
        .join(hidden, on=["breakdown", "area_id"], how="left")
        .with_columns(status=status)
        .with_columns(
            indicator_id=pl.lit(indicator.indicator_id),
            numerator=pl.when(shown).then("numerator"),
            denominator_low=pl.when(counted).then("denominator"),
            denominator_high=pl.when(counted).then("denominator"),
            share_decimals=pl.when(counted).then(pl.lit(indicator.format.share_decimals)),
            origin=pl.when(pl.col("area_id").is_in(list(places().same)))
            .then(pl.lit("same_area"))
            .otherwise(pl.lit("source")),
            note=note,
        )
        .with_columns(share_pct=exact_share())
        .drop("denominator", "small", "level", "hidden")
    )
