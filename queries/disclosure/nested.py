"""Whose persons are among whose: what is no news to those who know a number of their own."""

from __future__ import annotations

from collections.abc import Callable

from queries.disclosure.together import Month


def nested_in(month: Month) -> Callable[[str, str], bool]:
    """Return what says of two cells of a month that the persons of one are among the other's.

    Names as in `together`: numbers and rests are among all people, whoever is in one class is in
    the rest of another, a part is within its whole, and an area within those above it.
    """
    divide = set(month.divide)
    above = {part: whole for whole, parts in month.tree.items() for part in parts}

    def lies_in(area: str, there: str) -> bool:
        while area != there:
            if area not in above:
                return False
            area = above[area]
        return True

    def within(part: str, whole: str) -> bool:
        kind, _, rest = part.partition("/")
        other, _, more = whole.partition("/")
        key, _, area = rest.rpartition("/")
        beside, _, there = more.rpartition("/")
        if not lies_in(area, there):
            return False
        if (kind, key) == (other, beside):
            return True
        if other == "p":
            return kind in "nr" and key not in month.rest
        if kind == "p":
            return other == "r" and beside in month.rest
        if (kind, other) == ("n", "r"):
            return key != beside and {key, beside} <= divide
        part_of = (key, beside) if kind == "n" else (beside, key)
        return kind == other and part_of in month.within

    return lambda one, other: within(one, other) or within(other, one)
