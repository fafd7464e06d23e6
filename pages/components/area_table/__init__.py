"""The table of areas on screen: a real table that sorts, and whose rows can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from pages.components.browser_modules import loader
from pages.components.packing import joined

__all__ = ["Column", "Row", "area_table"]

RowStatus = Literal["shown", "suppressed", "left_out", "not_collected"]
_STATUS_CODES = {"shown": "-", "suppressed": "s", "left_out": "l", "not_collected": "n"}

_component = st.components.v2.component(
    "area_table",
    html='<div data-root style="min-height:20rem"></div>',
    js=loader("table.js"),
)


@dataclass(frozen=True)
class Column:
    """A column: its heading, alignment ('right' means numbers, also for sorting), explanation."""

    label: str
    align: Literal["left", "right"] = "left"
    help: str | None = None


@dataclass(frozen=True)
class Row:
    """One area: its id and one Danish text per column, the name first ('skjult' where hidden)."""

    area_id: str
    cells: tuple[str, ...]
    status: RowStatus = "shown"


def area_table(
    *,
    columns: Sequence[Column],
    rows: Sequence[Row],
    selected: str | None,
    caption: str,
    sort: tuple[int, bool] | None,
    key: str,
    on_select: Callable[[str], None],
) -> None:
    """Show `rows` as an HTML table inside its own scroll area.

    `sort` is (column index, descending), or None for the order given; the reader may sort by any
    column afterwards, in Danish order and without asking the server. Numbers are read from the
    texts of right-aligned columns ('2.790', '20,7 pct.'); a text without a number stands last.
    `on_select` is called with the area id of the row chosen, before the script runs again.
    """
    _component(
        key=key,
        data=table_message(
            columns=columns, rows=rows, selected=selected, caption=caption, sort=sort
        ),
        on_select_change=lambda: on_select(st.session_state[key].select or ""),
    )


def table_message(
    *,
    columns: Sequence[Column],
    rows: Sequence[Row],
    selected: str | None,
    caption: str,
    sort: tuple[int, bool] | None,
) -> dict[str, object]:
    """What goes to the browser at every change: one string per column, under 6 kB for 98 × 4."""
    for row in rows:
        if len(row.cells) != len(columns):
            raise ValueError(f"{row.area_id}: {len(row.cells)} cells in {len(columns)} columns")
    return {
        "c": [[column.label, column.align[0], column.help or ""] for column in columns],
        "i": joined([row.area_id for row in rows], " "),
        "r": [joined([row.cells[c] for row in rows], "|") for c in range(len(columns))],
        "f": "".join(_STATUS_CODES[row.status] for row in rows),
        "s": selected,
        "t": caption,
        "o": list(sort) if sort else None,
    }
