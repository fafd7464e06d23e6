"""Flere skal med, person by person: who is in which group on each month's day, and what of it.

Few people are in the project, so this looks at every person and month; what a person's rows say
of a month is marked once per row.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from queries.register.calendar import Tables
from queries.register.kernel.cleaning import NEVER
from queries.register.kernel.packing import Array, benefit_of, compiled, first_of, last_of
from queries.register.kernel.person import gather_spells, untangled
from queries.register.kernel.settings import Settings

ANY, LISTED, THREE, FIRST_OF_THREE = 1, 2, 4, 8
ACTIVE, PRAKTIK, LOENTILSKUD, HOURS = 16, 32, 64, 128
INDSATSGRUPPE, GRUPPE_2 = 0, 1
LONG_AGO = -(1 << 40)


class Rows(NamedTuple):
    """The rows of the persons in the project; `*_at[i]:*_at[i + 1]` are those of person i.

    `record_*`: group, kommune (place), first day of the stay and of the record, last day (NEVER for
    none), ordered so that the last one in force counts. Days and weeks are numbers, `hours` months.
    """

    record_at: Array
    record_group: Array
    record_kommune: Array
    record_stay: Array
    record_from: Array
    record_to: Array
    spell_at: Array
    spells: Array
    offer_at: Array
    offer_kind: Array
    offer_from: Array
    offer_to: Array
    hours_at: Array
    hours: Array


class ProjectTables(NamedTuple):
    """What the indicators of the project need beside the calendar.

    `days[m]`: the day on which month m reads the groups. `offers_from`, `offers_to`: by day, the
    first and last month whose days an offer touches. `due[b]`: by day of referral, the day on which
    boundary b is reached. `benefit_marks`: by benefit (the last for unlisted ones), `offer_marks`
    by kind of offer: the marks they set on a month.
    """

    days: Array
    offers_from: Array
    offers_to: Array
    due: Array
    reached_counts: bool
    benefit_marks: Array
    offer_marks: Array
    ruled_out: int
    without_offer_over: int
    changed_ever: bool
    effort_ever: bool


@compiled
def find_stays(
    person: Array,
    group: Array,
    since: Array,
    until: Array,
    stay: Array,
    continues: Array,
    other_group: Array,
) -> None:
    """Follow the records of each person, ordered by person and first day.

    Write to `stay` the first day of the records of one group that overlap or touch, to `continues`
    whether a record follows on an earlier one, and to `other_group` whether it begins a stay while
    another record is in force.
    """
    reach = np.empty(2, np.int64)  # of each group, the latest last day so far
    begun = np.zeros(2, np.int64)
    for i in range(len(person)):
        if i == 0 or person[i] != person[i - 1]:
            reach[:] = LONG_AGO
        mine = group[i]
        continues[i] = since[i] <= reach[mine] + 1
        other_group[i] = (since[i] <= max(reach[0], reach[1])) & (not continues[i])
        if not continues[i]:
            begun[mine] = since[i]
        stay[i] = begun[mine]
        reach[mine] = max(reach[mine], until[i])


@compiled
def count_project(
    rows: Rows,
    tables: Tables,
    project: ProjectTables,
    settings: Settings,
    numerators: Array,
    denominators: Array,
) -> None:
    """Add every person to `numerators` and `denominators`, shape (series, kommuner, months).

    Series in order: one per class of time in gruppe 2, without offer, changed benefit, praktik or
    løntilskud, praktik, løntilskud, ordinary hours, full exit.
    """
    classes = len(project.due) + 1
    marks = np.empty(tables.months, np.int64)
    unused = np.zeros((64, 8), np.int64)
    for person in range(len(rows.record_at) - 1):
        _mark(person, rows, tables, project, settings, marks, unused)
        begin, end = rows.record_at[person], rows.record_at[person + 1]
        for month in range(tables.months):
            day = project.days[month]
            owner = ever_2 = ever_effort = -1
            for i in range(begin, end):
                if rows.record_from[i] > day:
                    continue
                if rows.record_to[i] >= day:
                    owner = i
                if rows.record_group[i] == GRUPPE_2:
                    ever_2 = i
                else:
                    ever_effort = i
            mark = marks[month]
            in_2 = owner >= 0 and rows.record_group[owner] == GRUPPE_2
            if in_2 and mark & THREE:
                kommune = rows.record_kommune[owner]
                reached = 0
                for b in range(classes - 1):
                    due = project.due[b, max(rows.record_stay[owner], 0)]
                    reached += day > due or (project.reached_counts and day == due)
                numerators[reached, kommune, month] += 1
                for c in range(classes):
                    denominators[c, kommune, month] += 1
                if mark & project.without_offer_over:
                    denominators[classes, kommune, month] += 1
                    numerators[classes, kommune, month] += not mark & ACTIVE
            who = ever_2 if project.changed_ever else (owner if in_2 else -1)
            if who >= 0:
                kommune = rows.record_kommune[who]
                denominators[classes + 1, kommune, month] += 1
                numerators[classes + 1, kommune, month] += not mark & THREE
            who = ever_effort if project.effort_ever else (owner if not in_2 else -1)
            if who >= 0:
                kommune = rows.record_kommune[who]
                for s in range(5):
                    denominators[classes + 2 + s, kommune, month] += 1
                hits = (
                    mark & (PRAKTIK | LOENTILSKUD) != 0,
                    mark & PRAKTIK != 0,
                    mark & LOENTILSKUD != 0,
                    mark & HOURS != 0,
                    mark & HOURS != 0 and not mark & project.ruled_out,
                )
                for s in range(5):
                    numerators[classes + 2 + s, kommune, month] += hits[s]


@compiled
def _mark(
    person: int,
    rows: Rows,
    tables: Tables,
    project: ProjectTables,
    settings: Settings,
    marks: Array,
    unused: Array,
) -> None:
    """Set the marks of one person's months."""
    marks[:] = 0
    begin, end = rows.spell_at[person], rows.spell_at[person + 1]
    spells = np.empty(end - begin + 1, np.int64)
    count, overlap = gather_spells(
        rows.spells, begin, end, settings, spells, unused[:, 0], unused, 0
    )
    if overlap:
        spells = untangled(spells, count, settings)
        count = len(spells)
    for i in range(count):
        benefit = min(benefit_of(spells[i]), settings.benefits)
        first = tables.month_from[first_of(spells[i])]
        for month in range(first, tables.month_to[last_of(spells[i])] + 1):
            marks[month] |= project.benefit_marks[benefit]
    highest = len(project.offers_from) - 1
    for i in range(rows.offer_at[person], rows.offer_at[person + 1]):
        if rows.offer_from[i] == NEVER or rows.offer_to[i] < 0:
            continue
        first = project.offers_from[max(0, min(rows.offer_from[i], highest))]
        for month in range(first, project.offers_to[min(rows.offer_to[i], highest)] + 1):
            marks[month] |= project.offer_marks[rows.offer_kind[i]]
    for i in range(rows.hours_at[person], rows.hours_at[person + 1]):
        if 0 <= rows.hours[i] < tables.months:
            marks[rows.hours[i]] |= HOURS
