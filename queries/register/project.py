"""Flere skal med: the records and hours cleaned, and what is counted of the people in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from queries.register import mapping
from queries.register.calendar import (
    DAYS,
    Month,
    add_months,
    day_number,
    day_of,
    reference_day,
)
from queries.register.choice_values import GroupTime
from queries.register.chunk import (
    Activities,
    Int64,
    PackedSpells,
    joined_activities,
    joined_spells,
)
from queries.register.counting import fixed, rows_of
from queries.register.kernel import project as kernel
from queries.register.kernel.cleaning import NEVER
from queries.register.plan import Plan
from queries.register.rules import EXAMPLES, HOURS, MEMBERS, Tally

GROUPS = {mapping.INDSATSGRUPPE: kernel.INDSATSGRUPPE, mapping.GRUPPE_2: kernel.GRUPPE_2}
MEMBER_SCHEMA = {
    "person": pl.Int64,
    "kommune": pl.Int32,
    "group": pl.String,
    "referred_on": pl.Date,
    "ended_on": pl.Date,
}
HOURS_SCHEMA = {"person": pl.Int64, "month": pl.Int32, "hours": pl.Float64}


@dataclass(eq=False)
class Project:
    """Records and hours after cleaning, and the other rows of the same persons, as they are found.

    `records`: person, group, place, stay, since, until (day numbers), in the order of the loops.
    """

    persons: Int64
    records: pl.DataFrame
    hours: pl.DataFrame
    members: Tally
    hours_tally: Tally
    spells: list[PackedSpells] = field(default_factory=list)
    offers: list[Activities] = field(default_factory=list)

    def within(self, spells: PackedSpells, offers: Activities) -> tuple[PackedSpells, Activities]:
        """Return the rows of persons in the project out of a cleaned chunk, ordered by person."""
        at = rows_of(spells.person, self._within(spells.person))
        mine = PackedSpells(spells.person[at], spells.keys[at])
        at = rows_of(offers.person, self._within(offers.person))
        return mine, Activities(
            offers.person[at], offers.kind[at], offers.starts[at], offers.ends[at]
        )

    def keep(self, spells: PackedSpells, offers: Activities) -> None:
        """Keep rows that `within` found."""
        self.spells.append(spells)
        self.offers.append(offers)

    def _within(self, person: Int64) -> Int64:
        if not len(person) or not len(self.persons):
            return self.persons[:0]
        low = np.searchsorted(self.persons, person[0], side="left")
        high = np.searchsorted(self.persons, person[-1], side="right")
        return self.persons[low:high]


def project(members: pl.DataFrame, hours: pl.DataFrame, plan: Plan) -> Project:
    """Clean records and hours; frames have MEMBER_SCHEMA and HOURS_SCHEMA and no nulls that matter.

    Rules are counted with the rows of the input, from 1.
    """
    tally, hours_tally = Tally(MEMBERS), Tally(HOURS)
    records = _records(members, plan, tally)
    persons = records["person"].unique().sort().to_numpy()
    return Project(persons, records, _hours(hours, plan, hours_tally), tally, hours_tally)


def _drop(frame: pl.DataFrame, rule: str, bad: pl.Expr, tally: Tally) -> pl.DataFrame:
    rows = frame.filter(bad)["row"]
    tally.note(rule, rows.sort().head(EXAMPLES).to_list(), len(rows))
    return frame.filter(~bad)


def _records(members: pl.DataFrame, plan: Plan, tally: Tally) -> pl.DataFrame:
    codes = plan.code_list.groups.items()
    groups = {code: GROUPS[name] for name, listed in codes for code in listed}
    places = {int(code): place for place, code in enumerate(plan.kommuner)}
    nowhere = len(plan.kommuner)
    frame = members.with_row_index("row", offset=1).with_columns(
        pl.col("row").cast(pl.Int64),
        code=pl.col("group").replace_strict(groups, default=-1, return_dtype=pl.Int8),
        place=pl.col("kommune").replace_strict(places, default=nowhere, return_dtype=pl.Int8),
        since=pl.col("referred_on").to_physical().cast(pl.Int64),
        until=pl.col("ended_on").to_physical().cast(pl.Int64).fill_null(int(NEVER)),
    )
    frame = _drop(frame, "ends_before_start", pl.col("until") < pl.col("since"), tally)
    frame = _drop(frame, "future", pl.col("since") > plan.as_of_day, tally)
    frame = _drop(frame, "unlisted_code", pl.col("code") < 0, tally)
    key = ["person", "code", "place", "since", "until"]
    repeated = pl.struct(key).is_first_distinct().not_()
    frame = _drop(frame.sort("row"), "repeated", repeated, tally)
    unknown = frame.filter(pl.col("place") == nowhere)["row"]
    tally.note("unknown_kommune", unknown.head(EXAMPLES).to_list(), len(unknown))
    frame = _stays(frame)
    for rule, flag in (("touching", "continues"), ("two_groups", "other_group")):
        rows = frame.filter(pl.col(flag))["row"].sort()
        tally.note(rule, rows.head(EXAMPLES).to_list(), len(rows))
    # The last record in this order that is in force is the one that counts.
    order = ["person", "since", "until", "place", "code"]
    falling = [False, False, False, True, False]
    return frame.sort(order, descending=falling).select(
        "person", "code", "place", "stay", "since", "until"
    )


def _stays(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `stay`, the first day of records that follow on each other, and two marks for rules."""
    frame = frame.sort("person", "since", "until", "row")
    stay = np.empty(frame.height, np.int64)
    continues, other_group = np.empty(frame.height, np.bool_), np.empty(frame.height, np.bool_)
    person, group, since, until = (
        fixed(frame[name].cast(pl.Int64).to_numpy())
        for name in ("person", "code", "since", "until")
    )
    kernel.find_stays(person, group, since, until, stay, continues, other_group)
    return frame.with_columns(
        stay=pl.Series(stay), continues=pl.Series(continues), other_group=pl.Series(other_group)
    )


def _hours(hours: pl.DataFrame, plan: Plan, tally: Tally) -> pl.DataFrame:
    """Return person and month (from the first asked for) of everyone with more than no hours."""
    frame = hours.with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64))
    latest = 100 * plan.as_of.year + plan.as_of.month
    frame = _drop(frame, "negative", pl.col("hours") < 0, tally)
    frame = _drop(frame, "future", pl.col("month") > latest, tally)
    one = ["person", "month"]
    added = frame.group_by(one).agg(pl.col("hours").sum(), pl.len())
    several = frame.join(added.filter(pl.col("len") > 1), on=one, how="semi")
    rows = several.filter(pl.struct(one).is_first_distinct().not_())["row"].sort()
    tally.note("repeated", rows.head(EXAMPLES).to_list(), len(rows))
    first = 12 * plan.first.year + plan.first.month - 1
    return (
        added.filter(pl.col("hours") > 0)
        .select("person", month=12 * (pl.col("month") // 100) + pl.col("month") % 100 - 1 - first)
        .sort("person", "month")
    )


def series_names(plan: Plan) -> list[tuple[str, str]]:
    """Return measure and breakdown of every series, in the order of the loops."""
    bounds = plan.choices.group_2_boundaries
    classes = [f"under_{bounds[0]}"]
    classes += [f"{low}_til_{high}" for low, high in pairwise(bounds)]
    classes.append(f"over_{bounds[-1]}")
    return [
        *(("gruppe_2_tid", name) for name in classes),
        ("gruppe_2_uden_tilbud", "alle"),
        ("gruppe_2_skiftet_ydelse", "alle"),
        ("virksomhedspraktik", "alle"),
        ("virksomhedspraktik", mapping.PRAKTIK),
        ("virksomhedspraktik", mapping.LOENTILSKUD),
        ("ordinaere_timer", "alle"),
        ("fuld_afgang", "alle"),
    ]


def count_members(found: Project, plan: Plan) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return numerators and denominators, each of shape (series, kommuner, months)."""
    shape = (len(series_names(plan)), len(plan.places), len(plan.months))
    numerators, denominators = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    kernel.count_project(
        _rows(found), plan.tables, project_tables(plan), plan.settings, numerators, denominators
    )
    return numerators, denominators


def _rows(found: Project) -> kernel.Rows:
    spells, offers = joined_spells(found.spells), joined_activities(found.offers)
    records = found.records
    hours = found.hours.filter(pl.col("person").is_in(found.persons))

    def at(person: Int64) -> Int64:
        return np.append(np.searchsorted(person, found.persons), len(person))

    def column(name: str) -> NDArray[np.int64]:
        return fixed(records[name].cast(pl.Int64).to_numpy())

    return kernel.Rows(
        record_at=at(column("person")),
        record_group=column("code"),
        record_kommune=column("place"),
        record_stay=column("stay"),
        record_from=column("since"),
        record_to=column("until"),
        spell_at=at(spells.person),
        spells=fixed(spells.keys),
        offer_at=at(offers.person),
        offer_kind=fixed(offers.kind),
        offer_from=fixed(offers.starts),
        offer_to=fixed(offers.ends),
        hours_at=at(hours["person"].to_numpy()),
        hours=fixed(hours["month"].cast(pl.Int64).to_numpy()),
    )


def project_tables(plan: Plan) -> kernel.ProjectTables:
    """Return the tables and flags that the project's indicators need."""
    choices, months = plan.choices, plan.months
    lasts = [_offer_days(month, plan)[1] for month in months]
    firsts = [_offer_days(month, plan)[0] for month in months]
    days = np.arange(DAYS)
    due = np.stack([_due(n, choices.group_2_time) for n in choices.group_2_boundaries])
    three = set(plan.code_list.benefit_ids(*mapping.THE_THREE))
    kontanthjaelp = set(plan.code_list.benefit_ids(mapping.KONTANTHJAELP))
    benefits = len(plan.code_list.benefits)
    return kernel.ProjectTables(
        days=np.array([day_number(reference_day(month, choices)) for month in months]),
        offers_from=np.searchsorted(lasts, days, side="left").astype(np.int64),
        offers_to=(np.searchsorted(firsts, days, side="right") - 1).astype(np.int64),
        due=due,
        reached_counts=choices.group_2_limit == "at_least",
        benefit_marks=np.array(
            [
                kernel.ANY
                | kernel.LISTED * (b < benefits)
                | kernel.THREE * (b in three)
                | kernel.FIRST_OF_THREE * (b in kontanthjaelp)
                for b in range(benefits + 1)
            ],
            np.int64,
        ),
        offer_marks=np.array(
            [
                kernel.ACTIVE * (name in mapping.ACTIVE_OFFERS)
                | kernel.PRAKTIK * (name == mapping.PRAKTIK)
                | kernel.LOENTILSKUD * (name == mapping.LOENTILSKUD)
                for name in mapping.OFFERS
            ],
            np.int64,
        ),
        ruled_out={
            "all_benefits": kernel.ANY,
            "listed": kernel.LISTED,
            "three": kernel.THREE,
        }[choices.exit_rules_out],
        without_offer_over={
            "all_three": kernel.THREE,
            "kontanthjaelp": kernel.FIRST_OF_THREE,
        }[choices.without_offer_over],
        changed_ever=choices.changed_over == "ever_referred",
        effort_ever=choices.effort_group == "ever",
    )


@lru_cache(maxsize=64)
def _due(months: int, counted_in: GroupTime) -> Int64:
    """Return, for every day, the number of the day so many months later."""
    if counted_in == "days":
        return np.arange(DAYS) + round(months * 365.25 / 12)
    return np.array([day_number(add_months(day_of(day), months)) for day in range(DAYS)])


def _offer_days(month: Month, plan: Plan) -> tuple[int, int]:
    """Return the days of a month on which an offer counts as one in the month."""
    first = day_number(month.first_day)
    if plan.choices.snapshot == "first_day":
        return first, first
    return first, day_number(month.last_day)
