"""Which column is which: the measures by their labels, period and area by their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from queries.sources.jobindsats.answer import Answer
from queries.sources.jobindsats.asked import Asked
from queries.sources.jobindsats.faults import listed, refuse
from queries.sources.jobindsats.labels import find_label, normal, read_value
from queries.sources.jobindsats.metadata import Metadata, area_code, is_unknown_area
from queries.sources.jobindsats.section import PERIOD_TYPES, JobindsatsSection

_MOST = 0.8


@dataclass(frozen=True)
class Layout:
    """The places of the columns; `measures` by the label that the catalogue gives them.

    `unknown` are columns of numbers that neither catalogue nor metadata know.
    """

    period: int
    area: int
    measures: Mapping[str, int]
    unknown: tuple[str, ...]


def find_columns(answer: Answer, asked: Asked) -> Layout:
    """Return where everything stands; ImportRefusedError names what was not found.

    A measure must be in the metadata and in the answer under the same label. Period and area are
    the columns whose values are periods and areas, whatever they are called.
    """
    section, metadata, names = asked.section, asked.metadata, asked.names
    table = metadata.table
    measures = {
        label: _measure(label, answer, metadata)
        for label in dict.fromkeys(_wanted(section, metadata))
    }
    if len(set(measures.values())) != len(measures):
        raise refuse(table, "column_twice", "to mål peger på den samme kolonne.")
    others = [
        place
        for place, label in enumerate(answer.columns)
        if place not in measures.values() and not find_label(label, metadata.measures)
    ]
    form = re.compile(PERIOD_TYPES[section.period_type])
    known = {normal(name) for name in metadata.areas}

    def is_area(value: str) -> bool:
        return (
            normal(value) in known or is_unknown_area(value) or area_code(value, names) is not None
        )

    period = _by_values(answer, others, lambda text: bool(form.fullmatch(text)), table, "periode")
    area = _by_values(answer, others, is_area, table, "område")
    rest = [place for place in others if place not in (period, area)]
    unknown = tuple(
        answer.columns[place] for place in rest if not _is_total(answer, place, metadata, table)
    )
    return Layout(period, area, measures, unknown)


def _wanted(section: JobindsatsSection, metadata: Metadata) -> Iterable[str]:
    """The labels that must be there, and those of `not_above` that the metadata have."""
    for roles in section.indicators:
        yield from filter(None, (roles.numerator, roles.share))
    for pair in section.not_above:
        yield from (label for label in pair if find_label(label, metadata.measures))


def _measure(label: str, answer: Answer, metadata: Metadata) -> int:
    table = metadata.table
    in_metadata = find_label(label, metadata.measures)
    if len(in_metadata) != 1:
        text = (
            f"målet »{label}« findes ikke i tabellens metadata. Metadata har: "
            f"{listed(metadata.measures)}."
            if not in_metadata
            else f"metadata har flere mål, der kan være »{label}«: {listed(metadata.measures)}."
        )
        raise refuse(table, "measure_not_found", text, column=label)
    own = metadata.measures[in_metadata[0]]
    places = find_label(own, answer.columns)
    if len(places) != 1:
        text = (
            f"kolonnen »{own}« blev ikke fundet. Svaret har kolonnerne: {listed(answer.columns)}."
            if not places
            else f"svaret har flere kolonner, der kan være »{own}«: {listed(answer.columns)}."
        )
        raise refuse(table, "column_not_found", text, column=own)
    return places[0]


def _by_values(
    answer: Answer, places: list[int], fits: Callable[[str], bool], table: str, what: str
) -> int:
    """The only column that most values of fit."""
    found = []
    for place in places:
        values = [row[place] for row in answer.rows]
        fitting = sum(isinstance(value, str) and fits(value.strip()) for value in values)
        if fitting >= _MOST * len(values):
            found.append(place)
    if len(found) != 1:
        text = (
            f"ingen kolonne har værdier, der er {what}r. "
            if not found
            else f"flere kolonner har værdier, der er {what}r. "
        )
        text += f"Svaret har kolonnerne: {listed(answer.columns)}."
        raise refuse(table, "column_not_found", text, column=what)
    return found[0]


def _is_total(answer: Answer, place: int, metadata: Metadata, table: str) -> bool:
    """Whether a further column only says that the rows are totals; refuse one that divides them.

    False for a column of numbers: a measure that nobody knows.
    """
    values = {str(row[place]) for row in answer.rows}
    names = {normal(name) for total in metadata.totals.values() for name in total if name}
    if len(values) == 1 and normal(next(iter(values))) in names:
        return True
    if all(read_value(row[place]).kind != "unreadable" for row in answer.rows):
        return False
    text = (
        f"kolonnen »{answer.columns[place]}« deler rækkerne op på en måde, som metadata ikke "
        f"kender som en total (værdier: {listed(sorted(values), 5)})."
    )
    raise refuse(table, "column_unknown", text, column=answer.columns[place])
