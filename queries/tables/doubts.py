"""Why a table in which nothing was found may still give something away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from queries.tables.bonds import Axis, Bond, Bounds
from queries.tables.layout import Layout
from queries.tables.options import NO_TOTALS, Options
from queries.tables.sums import OF_WHICH, TOTAL

_DATE = re.compile(
    r"\b(?:\d{1,2}\.\s*)?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zæøå]*\.?\s*\d{4}\b"
    r"|\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b(?:i|for|år|ultimo|primo)\s+(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:i ?alt|ialt|total(?:t|en)?|samlet|tilsammen|sammenlagt|sum(?:men)?)\b[^\d;.]{0,30}\d"
    r"|\d(?:[\d.]*\d)?[^\d;.,]{0,30}\b(?:i ?alt|ialt|totalt|tilsammen|sammenlagt)\b",
    re.IGNORECASE,
)
_WIDER = re.compile(r"(?:jobcent(?:er|ret)|region|landsdel)\s", re.IGNORECASE)
NO_SUMS = (
    "Der er ikke fundet nogen sum i tabellen, så der er kun set på de trykte tal hver for sig. "
    "Er en linje en total, så sig hvilken; er ingen det, så sig det."
)


def other_threshold(layout: Layout, bounds: Mapping[str, Bounds], threshold: int) -> Iterator[str]:
    """Yield that the table itself says of its hidden counts that they are below a higher one."""
    highs = [
        bounds[cell.id][1]
        for row in layout.table.rows
        for cell in row
        if cell.kind == "count" and cell.status == "hidden" and cell.id in bounds
    ]
    own = max((high + 1 for high in highs if high is not None), default=0)
    if own > threshold:
        yield (
            f"Tabellen siger selv, at skjulte tal er færre end {own}, men den er undersøgt med "
            f"grænsen {threshold}. Er grænsen {own}, så vælg »Færre end {own}« under »Et lille tal "
            f"er« (i kommandoen: --taerskel {own}); ellers regnes tal fra {threshold} og op ikke "
            "for små."
        )


def tells_total(line: str) -> bool:
    """Return whether a line of text gives a total as a number: 'i alt 45 personer'."""
    return bool(_TOLD.search(_DATE.sub(" ", line)))


def not_fitting(bonds: dict[str, Bond], off: frozenset[str]) -> Iterator[str]:
    """Yield a reason per relation that the printed numbers contradict, unless switched off."""
    for name, bond in bonds.items():
        if bond.off and name not in off:
            places = f"{len(bond.off)} {'sted' if len(bond.off) == 1 else 'steder'}"
            yield f"{bond.title}, men det passer ikke {places} og er ikke brugt dér."


def unexplained(axes: Iterable[Axis], bonds: dict[str, Bond], options: Options) -> Iterator[str]:
    """Yield a reason per line that is named as a total, or an area of others, and sums none up."""
    if NO_TOTALS in options.totals:
        return
    for axis in axes:
        lines = [*axis.lines]
        mixed = any(not _is_named(axis, one) and not _is_wider(axis, one) for one in lines)
        for line in lines:
            named = _is_named(axis, line) or (mixed and _is_wider(axis, line))
            if named and not _is_explained(axis, line, bonds):
                yield (
                    f"{axis.noun[0]} '{axis.names[line]}' hedder som en total, men der er ikke "
                    "fundet tal, som den er summen af."
                )


def unsure(layout: Layout, bonds: dict[str, Bond], options: Options) -> Iterator[str]:
    """Yield what is missing for a table that hides something to be understood."""
    if any(map(tells_total, (*layout.table.above, *layout.table.below))):
        yield (
            "Teksten ved tabellen nævner et tal i alt. Det er ikke regnet med: står det der, kan "
            "en læser trække de viste tal fra."
        )
    if NO_TOTALS not in options.totals and not any(
        bond.kind in {"sum", "hierarchy"} for bond in bonds.values()
    ):
        yield NO_SUMS


def _is_named(axis: Axis, line: int) -> bool:
    parts = axis.parts[line]
    return not OF_WHICH.match(parts[-1]) and any(TOTAL.fullmatch(part) for part in parts)


def _is_wider(axis: Axis, line: int) -> bool:
    """Whether a line is named as an area that other lines may lie in."""
    return bool(_WIDER.match(axis.parts[line][-1]))


def _is_explained(axis: Axis, line: int, bonds: dict[str, Bond]) -> bool:
    """Whether a line is what others are summed to, are part of, or are a share of."""
    own = {axis.cell(line, at).id for at in axis.across}
    return any(
        equation.whole in own
        for bond in bonds.values()
        if bond.is_believed and _goes(bond, axis)
        for equation in bond.equations
    )


def _goes(bond: Bond, axis: Axis) -> bool:
    """Whether a bond adds up this axis' lines; a share of a total place goes the other way."""
    if bond.kind == "share":
        of_place = bond.key.rpartition(":")[2] != "None"
        return of_place != (f":{'ned' if axis.down else 'hen'}:" in bond.key)
    return ("ned" if axis.down else "hen") in bond.key.split(":")[:2]
