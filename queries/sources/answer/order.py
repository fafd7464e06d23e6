"""The order of the rows, where the document says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from queries.sources.answer.lines import Line, join_lines
from queries.sources.answer.model import Row
from queries.sources.answer.refusal import Refusals, shown

_SORTED_BY_SHARE = re.compile(r"sorteret (?:\w+ )?efter andel", re.IGNORECASE)


def says_sorted_by_share(lines: Iterable[Line]) -> bool:
    """Tell whether a text says that its table is sorted by share."""
    return _SORTED_BY_SHARE.search(join_lines(line.text for line in lines)) is not None


def check_order(rows: Sequence[Row], refusals: Refusals) -> None:
    """Refuse a row whose share breaks the order, rising or falling, that all should follow.

    This sees a changed figure in a share that still fits its count.
    """
    shares = [(row, row.share) for row in rows if row.share is not None]
    pairs = list(pairwise(shares))
    rises = [pair for pair in pairs if pair[0][1] < pair[1][1]]
    falls = [pair for pair in pairs if pair[0][1] > pair[1][1]]
    breaks = min(rises, falls, key=len)
    for (above, _), (row, _) in breaks[:1]:
        refusals.refuse(
            row.line,
            f"andelen bryder rækkefølgen efter {refusals.place(above.line)} "
            f"(»{shown(above.text)}«).",
            found=row.text,
            expected="rækker efter andelens størrelse, da dokumentet siger, at tabellen er "
            "sorteret efter den.",
            action="Sammenlign begge linjer med dokumentet; et ciffer kan mangle eller være "
            "byttet om.",
        )
