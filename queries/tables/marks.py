"""Read marks and blanks of a layout in another way than they look."""

from __future__ import annotations

from dataclasses import replace

from queries.tables.layout import Layout


def with_zeros(layout: Layout, ids: frozenset[str]) -> Layout:
    """Return the layout with these hidden cells read as printed zeros."""
    rows = tuple(
        tuple(
            replace(cell, status="zero", value=0)
            if cell.id in ids and cell.kind in {"count", "change"}
            else replace(cell, status="share", share="0")
            if cell.id in ids
            else cell
            for cell in row
        )
        for row in layout.table.rows
    )
    return replace(
        layout,
        table=replace(layout.table, rows=rows),
        bounds={name: bound for name, bound in layout.bounds.items() if name not in ids},
    )


def with_hidden_blanks(layout: Layout, ids: frozenset[str]) -> Layout:
    """Return the layout with these empty cells read as hidden numbers."""
    rows = tuple(
        tuple(replace(cell, status="hidden") if cell.id in ids else cell for cell in row)
        for row in layout.table.rows
    )
    bounds: dict[str, tuple[int, int | None]] = dict.fromkeys(ids, (0, None))
    table = replace(layout.table, rows=rows)
    return replace(layout, table=table, bounds=layout.bounds | bounds)
