"""A reader's table as HTML: its headings, its names, and cells with a mark where they need one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from queries import TableCell

MOST_LINES = 400
"""A longer table shows only the lines that matter; its file has them all."""
WHOLE = 30
"""Up to so many lines a table stands in its full height; a longer one scrolls, and says so."""


@dataclass(frozen=True)
class Drawn:
    """How one cell of the body is drawn: its content as HTML, its classes and its id."""

    html: str
    classes: str = ""
    anchor: str = ""


def grid(
    rows: Sequence[Sequence[TableCell]],
    header_rows: int,
    label_columns: int,
    *,
    caption: str,
    draw: Callable[[TableCell], Drawn | None],
    most: int = MOST_LINES,
) -> str:
    """Return the table; `draw` says how a cell of the body looks, None for as it is printed.

    Of one with more than `most` lines only those with a drawn cell are shown; the caption says so.
    """
    head, body = rows[:header_rows], rows[header_rows:]
    drawn = [[draw(cell) for cell in row[label_columns:]] for row in body]
    shown = range(len(body))
    if len(body) > most:
        shown = [n for n in shown if any(drawn[n])] or list(range(most))  # type: ignore[assignment]
        caption += f". Kun {len(shown)} af {len(body)} linjer vises her"
    tall = len(shown) > WHOLE
    hint = (
        f'<p class="note kun-skaerm">Rul i tabellen for at se alle {len(shown)} linjer.</p>'
        if tall
        else ""
    )
    top = "".join(f"<tr>{''.join(_heading(cell) for cell in row)}</tr>" for row in head)
    lines = "".join(
        "<tr>"
        + "".join(_name(cell) for cell in body[n][:label_columns])
        + "".join(
            _cell(cell, own) for cell, own in zip(body[n][label_columns:], drawn[n], strict=True)
        )
        + "</tr>"
        for n in shown
    )
    return (
        f'{hint}<div class="rul brugertabel{" lang" if tall else ""}" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead>{top}</thead><tbody>{lines}</tbody></table>"
        "</div>"
    )


def _heading(cell: TableCell) -> str:
    text = cell.text.strip()
    return f"<th scope='col'>{escape(text)}</th>" if text else "<td></td>"


def _name(cell: TableCell) -> str:
    text = cell.text.strip()
    return f"<th scope='row'>{escape(text)}</th>" if text else "<td></td>"


def _cell(cell: TableCell, drawn: Drawn | None) -> str:
    if drawn is None:
        return f"<td class='tal'>{escape(cell.text)}</td>"
    anchor = f' id="{escape(drawn.anchor)}"' if drawn.anchor else ""
    return f'<td class="tal {drawn.classes}"{anchor}>{drawn.html}</td>'
