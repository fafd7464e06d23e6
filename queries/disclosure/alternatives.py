"""Other ways than hiding: rounding to a base, and merging cells into coarser ones.

Each gives a publication that can be audited like any other. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from queries.disclosure.publication import Cell, Criterion, Publication, Relation


def round_to(value: int, base: int) -> int:
    """Return the multiple of `base` nearest to a count; a half goes up."""
    return (2 * value + base) // (2 * base) * base


def rounded_bounds(printed: int, base: int) -> tuple[int, int]:
    """Return the smallest and largest count that `round_to` gives `printed`."""
    return max(0, printed - base // 2), printed + (base - 1) // 2


def least_base(criterion: Criterion, threshold: int, *, zeros_are_shown: bool) -> int:
    """Return the least base of 3, 5, 10, 20, ... whose printed 0 keeps the criterion's demand.

    Every number of the demand must be rounded to 0, so that a printed 0 tells no more.
    """
    demand = criterion.demand(threshold, zeros_are_shown=zeros_are_shown)
    highest = 0 if demand is None else demand[1]
    base, scale = 3, 1
    while rounded_bounds(0, base)[1] < highest:
        steps = [step * scale for step in (3, 5, 10, 20, 50, 100)]
        larger = [step for step in steps if step > base]
        base, scale = (larger[0], scale) if larger else (200 * scale, 100 * scale)
    return base


def rounded(publication: Publication, base: int, exact: Collection[str] = ()) -> Publication:
    """Return the publication with every shown cell but those in `exact` printed rounded.

    A reader knows each only to what rounds to the printed number, so it is a hidden cell with
    bounds; relations hold between the true numbers. Totals are rounded on their own.
    """

    def as_printed(cell: Cell) -> Cell:
        if cell.hidden or cell.value is None or cell.name in exact:
            return cell
        low, high = rounded_bounds(round_to(cell.value, base), base)
        return replace(cell, hidden=True, fixed=False, low=low, high=high)

    return replace(publication, cells=tuple(map(as_printed, publication.cells)))


def merged(publication: Publication, groups: Mapping[str, tuple[str, ...]]) -> Publication:
    """Return the publication with the cells of each group as one: their sum, by a new name.

    The new cell is shown where the value of all its members is known and it is not small, and not
    fixed. Relations that hold all members with one factor hold the new cell instead; relations
    that hold only some are left out: what they said is no longer printed. ValueError where a
    member is in two groups.
    """
    group_of = {member: name for name, members in groups.items() for member in members}
    if len(group_of) != sum(map(len, groups.values())):
        raise ValueError("a cell is in two groups")
    cells = [cell for cell in publication.cells if cell.name not in group_of]
    for name, members in groups.items():
        cells.append(_together(name, [publication.by_name[member] for member in members]))
    kept = [_with_groups(each, group_of, groups) for each in publication.relations]
    return Publication(
        tuple(cells),
        tuple(relation for relation in kept if relation is not None and relation.terms),
        title=publication.title,
        titles={**publication.titles},
    )


def _together(name: str, members: list[Cell]) -> Cell:
    first = members[0]
    values = [cell.value for cell in members]
    highs = [cell.high for cell in members]
    value = None if None in values else sum(each or 0 for each in values)
    small = (
        value is not None and value < first.threshold and not (value == 0 and first.zeros_are_shown)
    )
    return Cell(
        name,
        value,
        low=sum(cell.low for cell in members),
        high=None if None in highs else sum(each or 0 for each in highs),
        hidden=value is None or small,
        secret=value is None or small,
        weight=sum(cell.weight for cell in members),
        threshold=first.threshold,
        zeros_are_shown=first.zeros_are_shown,
    )


def _with_groups(
    relation: Relation, group_of: Mapping[str, str], groups: Mapping[str, tuple[str, ...]]
) -> Relation | None:
    factors = dict(relation.terms)
    terms: dict[str, int] = {}
    for name, factor in relation.terms:
        group = group_of.get(name)
        if group is None:
            terms[name] = factor
        elif any(factors.get(member) != factor for member in groups[group]):
            return None
        else:
            terms[group] = factor
    return replace(relation, terms=tuple(terms.items()))
