"""The two forms held against each other: a row that BULK leaves out is only 0 if both agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from queries.sources.statbank.bulk import Reading
from queries.sources.statbank.faults import fault
from queries.sources.statbank.plan import Part

AGAIN = "Svaret er ikke helt, eller tabellen blev opdateret imens. Prøv igen."


@dataclass(frozen=True, eq=False)
class Agreed:
    """Every combination asked for, by (area code, period code); None for a missing number.

    `unclear` are those that BULK leaves out (0 by its rule) and JSON-stat calls missing. They are
    taken as missing: a wrong 0 is worse than no number.
    """

    values: Reading
    unclear: tuple[tuple[str, str], ...]


def agree(part: Part, bulk: Reading, full: Reading, absent: str | None) -> Agreed:
    """Combine the rows of BULK with all combinations of JSON-stat.

    `absent` is what the table says a left-out row means: a number ('0'), else missing. '..' in
    BULK is missing even where JSON-stat writes 0. Raises StatbankError when the two are of
    different numbers, as after a cut answer or an update in between.
    """
    left_out = Decimal(absent) if absent is not None and absent.isdecimal() else None
    values: Reading = {}
    unclear = []
    for area in part.areas:
        for period in part.periods:
            key = (area, period)
            other = full[key]
            value = bulk.get(key, left_out)
            if value != other and not (value is None and other == 0):
                if key in bulk or other is not None:
                    what = f"de to hentede former er ikke enige om område {area} i {period}."
                    raise fault(part.table, what, AGAIN)
                unclear.append(key)
                value = None
            values[key] = value
    return Agreed(values, tuple(unclear))
