"""Tables rendered as people send them: PDF, Word and web page, in many forms."""

from __future__ import annotations

import csv
import html
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from fpdf import FPDF
from fpdf.fonts import FontFace

from tests.oracles.answers import PrintedTable, count_text, share_text

ROOT = Path(__file__).resolve().parents[4]
SHIPPED = ROOT / "queries" / "facts" / "beu_spm_554_tabel_1.csv"
NOTE = (
    "Anm.: Opgørelsen gælder juni 2017. I kommuner med færre end 3 borgere er antal borgere "
    "erstattet med '.' af hensyn til diskretion. Fanø og Læsø indgår derfor ikke i tabellen."
)
CAPTION = (
    "Tabel 1. Antal og andel ressourceforløbsmodtagere, der hverken har fået en aktiv indsats "
    "eller haft mentor, fordelt på kommuner, juni 2017"
)


@dataclass(frozen=True)
class Sheet:
    """What is printed: heading and rows of three cells each, with text above and below."""

    caption: str
    heading: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    below: tuple[str, ...] = ()


def spm_554() -> Sheet:
    """The content of the shipped table, in words of our own."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = tuple(
            (
                row["printed_name"],
                "." if row["count_status"] == "suppressed" else _points(row["count"]),
                f"{row['share_pct']}%",
            )
            for row in csv.DictReader(file)
        )
    return Sheet(CAPTION, ("Kommune", "Antal", "Andel"), rows, (NOTE, "Kilde: DREAM"))


def of_printed(table: PrintedTable, percent: str) -> Sheet:
    """A generated table as it stands on paper."""
    first, second = ("Andel", "Antal") if table.share_first else ("Antal", "Andel")
    rows = []
    for row in (*table.rows, *filter(None, [table.total])):
        cells = [count_text(row.count), share_text(row.share, percent)]
        rows.append((row.name, *(reversed(cells) if table.share_first else cells)))
    below = [f"Anm.: {table.note}"] if table.note else []
    below += [f"Kilde: {table.source}"] if table.source else []
    caption = f"Tabel {table.number}. {table.caption}"
    return Sheet(caption, ("Kommune", first, second), tuple(rows), tuple(below))


def _points(number: str) -> str:
    return f"{int(number):,}".replace(",", ".")


# --- PDF ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Print:
    """How a PDF is laid out.

    blocks: that many blocks of rows side by side. letters: every letter is drawn on its own.
    padded: name and numbers are one string with spaces between. lines: cells in frames.
    """

    font: str = "helvetica"
    size: float = 10
    leading: float = 1.35
    landscape: bool = False
    turned: bool = False
    blocks: int = 1
    right: bool = True
    letters: bool = False
    padded: bool = False
    lines: bool = False
    running: bool = True
    heading_again: bool = True
    compress: bool = True


class _Page(FPDF):
    def __init__(self, form: Print) -> None:
        super().__init__(orientation="landscape" if form.landscape else "portrait", unit="pt")
        self.form = form
        self.set_compression(form.compress)
        self.set_margins(60, 50)
        self.set_auto_page_break(True, margin=60)
        self.set_font(form.font, size=form.size)

    def header(self) -> None:
        if self.form.running:
            self.set_font(self.form.font, size=8)
            self.cell(0, 10, "Beskæftigelsesministeriet", align="R")
            self.ln(24)
            self.set_font(self.form.font, size=self.form.size)

    def footer(self) -> None:
        if self.form.running:
            self.set_y(-40)
            self.set_font(self.form.font, size=8)
            self.cell(0, 10, f"J.nr. 17/1234    Side {self.page_no()} af {{nb}}", align="C")
            self.set_font(self.form.font, size=self.form.size)

    def write_at(self, x: float, y: float, text: str) -> None:
        if not self.form.letters:
            self.text(x, y, text)
            return
        for letter in text:
            self.text(x, y, letter)
            x += self.get_string_width(letter)


def pdf(sheets: Sequence[Sheet], form: Print = Print(), intro: str = "") -> bytes:
    """Render tables one after the other."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        page = _Page(form)
        page.add_page()
        if intro:
            page.multi_cell(0, form.size * form.leading, intro)
        for sheet in sheets:
            _sheet(page, sheet, form)
        content = bytes(page.output())
    return _turned(content) if form.turned else content


def _sheet(page: _Page, sheet: Sheet, form: Print) -> None:
    height = form.size * form.leading
    page.ln(height)
    page.multi_cell(0, height, sheet.caption)
    page.ln(height)
    if form.lines:
        _framed(page, sheet, form)
    else:
        _loose(page, sheet, form)
    page.ln(height)
    for text in sheet.below:
        page.multi_cell(0, height, text)
        page.ln(height)


def _framed(page: _Page, sheet: Sheet, form: Print) -> None:
    plain = FontFace(emphasis="")
    with page.table(
        width=300,
        align="LEFT",
        col_widths=(160, 70, 70),
        text_align=("LEFT", "RIGHT", "RIGHT"),
        line_height=form.size * form.leading,
        headings_style=plain,
        repeat_headings=1 if form.heading_again else 0,
    ) as table:
        for cells in (sheet.heading, *sheet.rows):
            row = table.row()
            for cell in cells:
                row.cell(cell)


def _loose(page: _Page, sheet: Sheet, form: Print) -> None:
    """Rows without frames; in blocks side by side every page is filled block by block."""
    height = form.size * form.leading
    rows = list(sheet.rows)
    first = True
    while rows:
        room = int((page.page_break_trigger - page.get_y()) / height) - 2
        if room < 3:
            page.add_page()
            continue
        per_block = min(room, -(-len(rows) // form.blocks))
        taken, rows = rows[: per_block * form.blocks], rows[per_block * form.blocks :]
        top = page.get_y()
        width = (page.w - 120) / form.blocks
        for block in range(form.blocks):
            part = taken[block * per_block : (block + 1) * per_block]
            y = top
            if part and (first or form.heading_again):
                _row(page, sheet.heading, 60 + block * width, y, form)
                y += height
            for row in part:
                _row(page, row, 60 + block * width, y, form)
                y += height
        first = False
        page.set_y(top + (per_block + 1) * height)
        if rows:
            page.add_page()


def _row(page: _Page, row: tuple[str, str, str], x: float, y: float, form: Print) -> None:
    baseline = y + form.size
    if form.padded:
        page.write_at(x, baseline, f"{row[0]:<26}{row[1]:>8}{row[2]:>10}")
        return
    page.write_at(x, baseline, row[0])
    for edge, cell in zip((x + 17 * form.size, x + 23 * form.size), row[1:], strict=True):
        shift = page.get_string_width(cell) if form.right else 3 * form.size
        page.write_at(edge - shift, baseline, cell)


def _turned(content: bytes) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        page.rotate(90)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# --- Word ---------------------------------------------------------------------------------------


def word(sheets: Sequence[Sheet], *, blocks: int = 1, change: Any = None) -> bytes:
    """Render tables as native tables; `change` is called with the document before it is saved."""
    document = docx.Document()
    document.add_paragraph("Ministeriet har opgjort følgende.")
    for sheet in sheets:
        document.add_paragraph(sheet.caption)
        grid = side_by_side(sheet, blocks)
        table = document.add_table(rows=0, cols=3 * blocks)
        for cells in grid:
            row = table.add_row()
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        for text in sheet.below:
            document.add_paragraph(text)
    if change is not None:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def side_by_side(sheet: Sheet, blocks: int) -> list[list[str]]:
    """Heading and rows of a sheet as a grid of blocks, the first filled first."""
    height = -(-len(sheet.rows) // blocks)
    grid = [list(sheet.heading) * blocks]
    for at in range(height):
        cells: list[str] = []
        for block in range(blocks):
            index = block * height + at
            cells += sheet.rows[index] if index < len(sheet.rows) else ("", "", "")
        grid.append(cells)
    return grid


# --- web page -----------------------------------------------------------------------------------


def web(sheets: Sequence[Sheet], *, blocks: int = 1, caption_inside: bool = False) -> bytes:
    """Render tables as a web page."""
    parts = ["<!DOCTYPE html><html lang='da'><head><meta charset='utf-8'><title>Svar</title>"]
    parts.append("<style>td { color: red }</style></head><body><nav>Forside</nav>")
    for sheet in sheets:
        caption = html.escape(sheet.caption)
        parts.append("" if caption_inside else f"<h2>{caption}</h2>")
        parts.append("<table>" + (f"<caption>{caption}</caption>" if caption_inside else ""))
        for number, cells in enumerate(side_by_side(sheet, blocks)):
            tag = "td" if number else "th"
            row = "".join(f"<{tag}> {html.escape(cell)}\n </{tag}>" for cell in cells)
            parts.append(f"<tr>{row}</tr>")
        parts.append("</table>")
        parts += [f"<p>{html.escape(text)}</p>" for text in sheet.below]
    return "".join([*parts, "</body></html>"]).encode()


def text(sheets: Sequence[Sheet]) -> str:
    """Render tables as text pasted from a web page: cells with tabs between."""
    lines: list[str] = []
    for sheet in sheets:
        lines += [sheet.caption, ""]
        lines += ["\t".join(row) for row in (sheet.heading, *sheet.rows)]
        lines += ["", *sheet.below, ""]
    return "\n".join(lines)
