"""Native tables: a head that every page repeats, rows that stay whole, numbers to the right."""

from __future__ import annotations

from dataclasses import dataclass

from pages.exports.dataset import STATUS_WORDS
from pages.figures.text_metrics import text_width
from pages.language import synthetic
from pages.samraad.documents.word.styles import GREY, INK, RED, Styles
from pages.samraad.documents.word.xml import Element, one_line, paragraph, run, w
from pages.samraad.model import Cell, Column, Content, Table

FULL_SIZE = 18
SMALLEST = 13
"""Half points: tables of many columns get smaller letters, down to this."""
_SIDES = 180  # twips of a cell's two margins, and a little
_TWIPS_PER_HALF_POINT = 10
_SHORT = 16
_NAME = 1300
"""Twips that a column of long texts has at least."""
_WIDER = 1.22
"""How much wider than ours the letters of a document may be (Arial: 1.15)."""
_FILLS = {"suppressed": "EFEFF0", "not_collected": "FAFAFA"}
_MARKED = "FFF3D6"
MEANINGS = {
    "suppressed": "Skjult: kilden viser ikke tallet, fordi det kunne røbe enkeltpersoner.",
    "left_out": "Udeladt af kilden: området står ikke i kilden.",
    "not_collected": "Ikke opgjort: der findes ikke et tal.",
}


@dataclass(frozen=True)
class _Look:
    """How the cells of a table are written: the size of letters, and the width of columns."""

    styles: Styles
    size: int
    widths: tuple[int, ...]
    numeric: tuple[bool, ...]


def is_wide(table: Table, width: int) -> bool:
    """Whether a table's words do not fit in `width` twips with letters that are easy to read."""
    least, _ = _needs(table, FULL_SIZE - 2, width)
    return sum(least) > width


def native(content: Content, table: Table, styles: Styles, width: int, alt: str) -> Element:
    """Return a table within `width` twips, its label above the head where numbers are made up."""
    look = _look(table, styles, width)
    properties = w(
        "tblPr",
        w("tblStyle", val=styles["grid"]),
        w("tblW", w=sum(look.widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, noHBand=0, noVBand=1),
        w("tblCaption", val=one_line(content.title)),
        w("tblDescription", val=one_line(alt)),
    )
    made = w("tbl", properties, w("tblGrid", *(w("gridCol", w=wide) for wide in look.widths)))
    if content.made_up:
        made.append(_label(label_of(content), look))
    made.append(_head(table, look))
    for number, row in enumerate(table.rows):
        # The last rows stay with the line below the table, which must not stand on a page alone.
        last = number >= len(table.rows) - 2
        made.append(_row(row, look, marked=number == table.marked, keep_next=last))
    return made


def label_of(content: Content) -> str:
    """Return what is said of made-up numbers, and that they are some of them where they are."""
    label = one_line(content.label) or synthetic.WARNING
    return label if all(s.is_synthetic for s in content.sources) else f"Delvis {label}"


def meanings(table: Table) -> str:
    """Return what the words for missing numbers in a table mean, '' where it has none."""
    found = {cell.status for row in table.rows for cell in row}
    return " ".join(text for status, text in MEANINGS.items() if status in found)


def cell_text(cell: Cell) -> str:
    """Return what a cell says, numbers and units kept together; one without always says why."""
    text = one_line(cell.text)
    if isinstance(cell.value, int | float) and len(text) < _SHORT:
        text = text.replace(" ", "\N{NO-BREAK SPACE}")
    return text if text or cell.status == "shown" else STATUS_WORDS[cell.status]


def head_text(table: Table, index: int) -> str:
    """Return a column's heading, with its unit where the cells do not say it themselves."""
    column = table.columns[index]
    said = any(column.unit in row[index].text for row in table.rows)
    return one_line(column.name if not column.unit or said else f"{column.name}, {column.unit}")


def _is_number(column: Column, index: int, table: Table) -> bool:
    return bool(column.unit) or any(isinstance(row[index].value, int | float) for row in table.rows)


def _look(table: Table, styles: Styles, width: int) -> _Look:
    numeric = tuple(_is_number(column, n, table) for n, column in enumerate(table.columns))
    size = FULL_SIZE
    while True:
        least, wanted = _needs(table, size, width)
        if sum(least) <= width or size == SMALLEST:
            break
        size -= 1
    return _Look(styles, size, _shared(least, wanted, width), numeric)


def _needs(table: Table, size: int, width: int) -> tuple[list[int], list[int]]:
    """Return what each column needs for its longest word, and for its longest text, in twips.

    A word of more than half the width may break: it must not take the room of the numbers.
    """
    least, wanted = [], []
    for index in range(len(table.columns)):
        texts = [cell_text(row[index]) for row in table.rows]
        head = head_text(table, index)
        words = {word for text in (*texts, head) for word in text.split(" ")}
        longest = min(max((_wide(word, size) for word in words), default=0), width // 2)
        full = max((_wide(text, size) for text in texts), default=0)
        least.append(max(longest, min(full, _NAME)) + _SIDES)
        wanted.append(max(longest, full, min(_wide(head, size), 3 * longest)) + _SIDES)
    return least, wanted


def _wide(text: str, size: int) -> int:
    return round(_WIDER * text_width(text, size * _TWIPS_PER_HALF_POINT, semibold=True))


def _shared(least: list[int], wanted: list[int], width: int) -> tuple[int, ...]:
    """Share a width: every column its need, what is left by what each would like."""
    if sum(wanted) <= width:
        # A table of few columns is easier to read when its numbers are not far from its names.
        spread = min(1.3, width / sum(wanted))
        return tuple(int(want * spread) for want in wanted)
    if sum(least) > width:  # the widest give way
        most = max(least)
        while sum(min(need, most) for need in least) > width:
            most -= 10
        return tuple(min(need, most) for need in least)
    left = width - sum(least)
    more = [want - need for want, need in zip(wanted, least, strict=True)]
    whole = sum(more)
    return tuple(need + int(left * extra / whole) for need, extra in zip(least, more, strict=True))


def _label(text: str, look: _Look) -> Element:
    told = paragraph(
        look.styles["cell"], run(one_line(text), None, w("b"), w("color", val=RED)), keep_next=True
    )
    cell = w(
        "tc",
        w("tcPr", w("tcW", w=sum(look.widths), type="dxa"), w("gridSpan", val=len(look.widths))),
        told,
    )
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), cell)


def _head(table: Table, look: _Look) -> Element:
    cells = []
    for index in range(len(table.columns)):
        letters = (w("b"), w("color", val=INK), *_sized(look))
        told = _told(run(head_text(table, index), None, *letters), look, index)
        told[0].insert(1, w("keepNext"))
        shade = w("shd", val="clear", color="auto", fill="E8ECF2")
        cells.append(w("tc", _cell_properties(look, index, shade, w("vAlign", val="bottom")), told))
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _row(row: tuple[Cell, ...], look: _Look, *, marked: bool, keep_next: bool) -> Element:
    cells = []
    for index, cell in enumerate(row):
        letters = [w("b")] if marked else []
        if cell.status != "shown":
            letters += [w("i"), w("color", val=GREY)]
        told = _told(run(cell_text(cell), None, *letters, *_sized(look)), look, index)
        if keep_next:
            told[0].insert(1, w("keepNext"))
        fill = _FILLS.get(cell.status) or (_MARKED if marked else None)
        shade = w("shd", val="clear", color="auto", fill=fill) if fill else None
        cells.append(w("tc", _cell_properties(look, index, shade), told))
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _told(content: Element, look: _Look, index: int) -> Element:
    made = paragraph(look.styles["cell"], content)
    if look.numeric[index]:
        made[0].append(w("jc", val="right"))
    return made


def _sized(look: _Look) -> tuple[Element, ...]:
    if look.size == FULL_SIZE:
        return ()
    return (w("sz", val=look.size), w("szCs", val=look.size))


def _cell_properties(look: _Look, index: int, *more: Element | None) -> Element:
    return w("tcPr", w("tcW", w=look.widths[index], type="dxa"), *more)
