"""What the data owner allows to be told instead of hidden numbers: read and checked here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from queries.disclosure.alternatives import least_base
from queries.disclosure.publication import Criterion
from queries.indicators.faults import DefinitionError, check_keys


@dataclass(frozen=True)
class CoarserGroup:
    """Breakdowns next to each other that may be told as one: its id, Danish title and members."""

    group_id: str
    title: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Alternatives:
    """What may be told instead of hidden numbers, where it keeps them all the same.

    `combined_areas`: the sum of neighbouring kommuner that are all hidden. `coarser_groups`: the
    sum of breakdowns that are all hidden in an area. `round_to`: the number to the nearest multiple
    of that base; 0 where it is not allowed.
    """

    combined_areas: bool = False
    coarser_groups: tuple[CoarserGroup, ...] = ()
    round_to: int = 0


def parse_alternatives(
    where: str,
    given: Mapping[str, Any],
    breakdowns: Sequence[str],
    *,
    threshold: int,
    zeros_are_shown: bool,
) -> Alternatives:
    """Read the section [disclosure.alternatives]; `breakdowns` are those that add up, in order.

    Raises DefinitionError for an unknown key, a group that is not of breakdowns next to each other,
    and a base so small that a printed 0 would tell more than a hidden number may.
    """
    data = dict(given)
    data["coarser_groups"] = tuple(
        _group(f"{where}.coarser_groups.{name}", name, group, breakdowns)
        for name, group in data.get("coarser_groups", {}).items()
    )
    check_keys(where, data, Alternatives, optional=tuple(Alternatives.__dataclass_fields__))
    found = Alternatives(**data)
    least = least_base(Criterion.STRICT, threshold, zeros_are_shown=zeros_are_shown)
    if found.round_to and (type(found.round_to) is not int or found.round_to < least):
        raise DefinitionError(f"{where}: round_to must be a whole number of at least {least}")
    if type(found.combined_areas) is not bool:
        raise DefinitionError(f"{where}: combined_areas must be true or false")
    return found


def _group(
    where: str, group_id: str, given: Mapping[str, Any], breakdowns: Sequence[str]
) -> CoarserGroup:
    data = {"group_id": group_id} | dict(given)
    check_keys(where, data, CoarserGroup)
    members = tuple(data["of"])
    runs = [tuple(breakdowns[at : at + len(members)]) for at in range(len(breakdowns))]
    if len(members) < 2 or members not in runs or len(members) == len(breakdowns):
        raise DefinitionError(
            f"{where}: a coarser group is of some breakdowns that add up, next to each other"
        )
    if group_id in breakdowns:
        raise DefinitionError(f"{where}: the id is that of a breakdown")
    return CoarserGroup(group_id, data["title"], members)
