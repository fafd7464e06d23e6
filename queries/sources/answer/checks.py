"""The checks that rows must pass, one by one and beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from queries.sources.answer.cells import has_unit
from queries.sources.answer.model import NONE, Row
from queries.sources.answer.refusal import (
    Refusals,
    danish_integer,
    danish_share,
    shown,
)
from queries.sources.kommune_names import KommuneNames
from queries.sources.rounding import denominator_bounds

CHECK_DOCUMENT = "Sammenlign linjen med dokumentet; et ciffer kan mangle eller være byttet om."


def check_row(row: Row, refusals: Refusals) -> None:
    """Refuse a row (or total) whose count and share cannot both be true."""
    if row.share is None:
        if row.share_status == NONE and row.count is not None and row.count > 0:
            _refuse_none_beside_figure(row, refusals)
        return
    if row.share > 100:
        refusals.refuse(
            row.line,
            f"andelen {danish_share(row.share)} er over 100 pct.",
            found=row.text,
            expected="en andel fra 0 til 100 pct.",
            action="Ret andelen, eller tjek, at kolonnerne ikke er byttet om.",
        )
    if row.count_status == NONE and row.share > 0:
        _refuse_none_beside_figure(row, refusals)
    if row.count is not None and denominator_bounds(row.count, row.share) is None:
        refusals.refuse(
            row.line,
            f"antallet {danish_integer(row.count)} og andelen {danish_share(row.share)} "
            "passer ikke sammen.",
            found=row.text,
            expected="et antal og en andel, som mindst ét helt antal borgere i alt (nævneren) "
            "kan give.",
            action=CHECK_DOCUMENT,
        )


def _refuse_none_beside_figure(row: Row, refusals: Refusals) -> None:
    refusals.refuse(
        row.line,
        "»-« (ingen) står ved siden af et tal over nul.",
        found=row.text,
        expected="»-« i begge kolonner eller sammen med 0, ».« hvis tallet er skjult.",
        action=CHECK_DOCUMENT,
    )


def check_duplicates(rows: Sequence[Row], names: KommuneNames, refusals: Refusals) -> None:
    """Refuse a kommune that stands in the table twice, under any of its names."""
    first: dict[str, Row] = {}
    for row in rows:
        earlier = first.setdefault(row.kommunekode, row)
        if earlier is not row:
            refusals.refuse(
                row.line,
                f"{names.name(row.kommunekode)} står to gange i tabellen "
                f"(første gang {refusals.at(earlier.line)}: »{shown(earlier.text)}«).",
                found=row.text,
                expected="hver kommune højst én gang.",
                action="Ret navnet på den ene række, eller slet den, der ikke står i dokumentet.",
            )


def check_units(rows: Sequence[Row], refusals: Refusals) -> None:
    """Refuse a share without '%' or 'pct.' in a table where the others have it, or the reverse.

    Where one share differs, its end may have been cut off.
    """
    with_share = [row for row in rows if row.share is not None]
    with_unit = [row for row in with_share if has_unit(row.share_cell)]
    without = [row for row in with_share if not has_unit(row.share_cell)]
    odd, even = sorted((with_unit, without), key=len)
    for row in odd[:1]:
        refusals.refuse(
            row.line,
            f"andelen »{row.share_cell}« er skrevet anderledes end de andre.",
            found=row.text,
            expected=f"en andel skrevet som {refusals.at(even[0].line)} (»{even[0].share_cell}«).",
            action="Sammenlign linjen med dokumentet; slutningen kan være klippet af.",
        )
