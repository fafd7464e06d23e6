"""A whole register that fits in memory, counted in one go: for small registers and for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from queries.register import frames
from queries.register.chunk import (
    PackedSpells,
    joined_activities,
    joined_spells,
)
from queries.register.counting import Counts, clean_activities, clean_spells, count
from queries.register.plan import Plan
from queries.register.project import (
    HOURS_SCHEMA,
    MEMBER_SCHEMA,
    Project,
    count_members,
    project,
)
from queries.register.result import counts_frame


@dataclass(frozen=True, eq=False)
class Register:
    """The five inputs as frames with the schemas of `frames` and `project`, in any order."""

    benefits: pl.DataFrame
    offers: pl.DataFrame
    mentors: pl.DataFrame
    members: pl.DataFrame
    hours: pl.DataFrame


@dataclass(frozen=True, eq=False)
class Counted:
    """The counts of a run as a frame of COUNT_SCHEMA, and how often each rule was applied."""

    frame: pl.DataFrame
    counts: Counts
    project: Project


def empty(schema: Mapping[str, Any]) -> pl.DataFrame:
    """Return a frame without rows, for an input that a register does not have."""
    return pl.DataFrame(schema=dict(schema))


def count_register(register: Register, plan: Plan) -> Counted:
    """Return the counts of a register; raises BadWeekError as `clean_spells` does."""
    counts = Counts.none(plan)
    packed = clean_spells(frames.spells_of(register.benefits, plan), plan, counts)
    spells = joined_spells([PackedSpells(packed.person, packed.keys)])
    offers = frames.activities_of(register.offers, plan)
    mentors = frames.activities_of(register.mentors, plan)
    clean_activities(offers, plan, counts.offers)
    clean_activities(mentors, plan, counts.mentors)
    offers, mentors = joined_activities([offers]), joined_activities([mentors])
    count(spells, offers, mentors, plan, counts)
    found = project(register.members, register.hours, plan)
    found.keep(*found.within(spells, offers))
    return Counted(counts_frame(counts, count_members(found, plan), plan), counts, found)


def warm_up(plan: Plan) -> None:
    """Count nobody, so that the loops are compiled before anyone is timed or waits for a bar."""
    schemas = (frames.SPELL_SCHEMA, frames.OFFER_SCHEMA, frames.MENTOR_SCHEMA)
    nobody = Register(*(empty(one) for one in (*schemas, MEMBER_SCHEMA, HOURS_SCHEMA)))
    count_register(nobody, plan)
