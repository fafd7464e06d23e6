"""The text of a web page: what a reader of it sees, with its tables row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from queries.sources.documents.blocks import MOST_COLUMNS, Block, Cell, Table, Writer
from queries.sources.documents.model import DocumentError, DocumentText, document_text
from queries.sources.documents.remarks import listed, note, warning
from queries.sources.documents.xml import local, parse_html
from queries.sources.incoming import Finding

_SKIPPED = frozenset(
    {"script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math"}
    | {"select", "option", "textarea", "button", "input", "audio", "video", "canvas"}
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote"}
    | {"figure", "figcaption", "form", "fieldset", "legend", "details", "summary", "hr", "pre"}
    | {"body", "html", "center", "caption", "td", "th", "tr", "thead", "tbody", "tfoot"}
)
_DELETED = frozenset({"del", "s", "strike"})
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MARK = re.compile(r"[\d*†‡a-z]{1,3}[).,]?")
_WHITE = re.compile(r"[ \t\r\n\f]+")


def read_web(text: str) -> DocumentText:
    """Return the text of a web page, or of a part of one; DocumentError for one without text."""
    root = parse_html(text)
    reader = _Reader()
    try:
        if root is not None:
            reader.walk(root)
            reader.flush()
    except RecursionError:
        raise DocumentError(
            "Websiden er bygget i for mange lag og kan ikke læses. Kopiér tabellen og teksten om "
            "den ind i et dokument, og prøv igen."
        ) from None
    if not reader.blocks:
        raise DocumentError(
            "Websiden har ingen tekst. Gem den, når tabellen er at se på skærmen, eller kopiér "
            "tabellen ind i et dokument."
        )
    return document_text(Writer().lines(reader.blocks), "webside", reader.remarks())


@dataclass
class _Reader:
    """Collects blocks; `words` is the paragraph that is being read."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    marks: list[str] = field(default_factory=list)

    def walk(self, element: Any, *, preformatted: bool = False) -> None:
        """Read what stands in an element, not what follows it."""
        name = local(element)
        if not name or name in _SKIPPED:
            return
        if element.get("hidden") is not None or _UNSEEN.search(element.get("style", "")):
            self.seen.add("hidden")
        elif name in _DELETED:
            self.seen.add("deleted")
        elif name == "br":
            self.words.append("\n")
        elif name == "img":
            self.seen.add("picture")
        elif name == "table":
            self.flush()
            for caption in (part for part in element if local(part) == "caption"):
                self.walk(caption)
                self.flush()
            self.blocks.append(self.table(element))
        elif name == "sup" and _MARK.fullmatch("".join(element.itertext()).strip()):
            self.marks.append(f"»{''.join(element.itertext()).strip()}«")
        else:
            self._inside(element, preformatted=preformatted or name == "pre")

    def _inside(self, element: Any, *, preformatted: bool) -> None:
        is_block = local(element) in _BLOCKS
        if is_block:
            self.flush()
        self._say(element.text, preformatted)
        for part in element:
            self.walk(part, preformatted=preformatted)
            self._say(part.tail, preformatted)
        if is_block:
            self.flush()

    def _say(self, text: str | None, preformatted: bool) -> None:
        if text:
            self.words.append(text if preformatted else _WHITE.sub(" ", text))

    def flush(self) -> None:
        """End the paragraph that is being read."""
        text = "".join(self.words)
        self.words = []
        lines = [line.strip(" \t\r\f") for line in text.split("\n")]
        if any(line.strip() for line in lines):
            self.blocks.append("\n".join(lines))

    def table(self, element: Any) -> Table:
        """Return a table with each cell in its column, whatever spans into it from above."""
        table = Table()
        taken: dict[int, int] = {}  # column -> rows it is still taken for
        for row in _rows(element):
            if row.get("hidden") is not None or _UNSEEN.search(row.get("style", "")):
                self.seen.add("hidden")
                continue
            cells: list[Cell] = []
            column = 0
            spanned: dict[int, int] = {}
            for cell in (part for part in row if local(part) in ("td", "th")):
                while taken.get(column):
                    column += 1
                span = _span(cell, "colspan")
                cells.append(Cell(column, span, self._content(cell)))
                spanned |= dict.fromkeys(range(column, column + span), _span(cell, "rowspan") - 1)
                column += span
                if column > MOST_COLUMNS:
                    break
            taken = {at: left - 1 for at, left in taken.items() if left > 1} | {
                at: left for at, left in spanned.items() if left
            }
            table.rows.append(cells)
        return table

    def _content(self, cell: Any) -> list[str | Table]:
        outer = (self.blocks, self.words)
        self.blocks, self.words = [], []
        self.walk(cell)
        self.flush()
        content: list[str | Table] = []
        for block in self.blocks:
            content += [block] if isinstance(block, Table) else block.split("\n")
        self.blocks, self.words = outer
        return content

    def remarks(self) -> Iterator[Finding]:
        """Give what was not read."""
        if "hidden" in self.seen:
            yield note("hidden_text", "Siden har tekst, der ikke vises. Den er ikke læst.")
        if "deleted" in self.seen:
            yield warning("struck_text", "Siden har overstreget tekst. Den er ikke læst.")
        if self.marks:
            yield note(
                "note_marks",
                "Hævede notetegn er ikke læst som en del af tal og navne "
                f"({listed(self.marks)}). Læs noterne på siden.",
            )


def _rows(table: Any) -> Iterator[Any]:
    """Give the rows of a table; its foot stands last, wherever it is written."""
    parts = [part for part in table if local(part) != "tfoot"]
    parts += [part for part in table if local(part) == "tfoot"]
    for part in parts:
        if local(part) == "tr":
            yield part
        elif local(part) in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if local(row) == "tr")


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "")
    return max(1, min(int(text), MOST_COLUMNS)) if re.fullmatch(r"\s*\d{1,5}\s*", text) else 1
