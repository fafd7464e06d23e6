"""Read back what a page sends to the browser: texts in blocks, tables, charts and components."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from streamlit.testing.v1 import AppTest

INLINE = {"a", "b", "strong", "span", "button", "code", "em", "use", "br", "dd", "i", "abbr", "sup"}
INLINE |= {"small"}
HEADINGS = {"h1", "h2", "h3", "h4", "summary"}
SILENT = {"style", "script", "path", "template"}
ATTRIBUTES = ("aria-label", "title", "alt", "placeholder")
WIDGETS = ("selectbox", "multiselect", "number_input", "text_input")


def flat(text: str) -> str:
    """A text as it is read: plain spaces, one at a time."""
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " ")).strip()


@dataclass(frozen=True)
class Block:
    """One piece of text, with the heading over it and the caption of the table it is in."""

    text: str
    heading: str = ""


@dataclass
class Table:
    """A table; `heads` has one entry per column, group heads in front of their parts."""

    heading: str
    caption: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class _Heads:
    rows: list[list[tuple[str, int, int]]] = field(default_factory=list)

    def columns(self) -> list[str]:
        """Unfold column and row spans to one text per column."""
        grid: list[list[str]] = [[] for _ in self.rows]
        for n, row in enumerate(self.rows):
            for text, wide, high in row:
                for _ in range(wide):
                    for m in range(n, min(n + high, len(grid))):
                        grid[m].append(text)
        if len(grid) < 2:
            return grid[0] if grid else []
        # A later row lacks what spans down from above; columns are matched from the left.
        return [flat(f"{a} {b}") if a != b else a for a, b in zip(grid[0], grid[1], strict=False)]


class Html(HTMLParser):
    """Text blocks, attributes and tables of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.titles: list[str] = []
        self.heading = ""
        self._text: list[str] = []
        self._silent = 0
        self._in_put = False
        self._heads = _Heads()
        self._table: Table | None = None
        self._cell: tuple[int, int] | None = None
        self._in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in SILENT:
            self._silent += tag != "path"
            return
        # The folder's buttons repeat, cut short, what they stand beside.
        self._in_put = self._in_put or "data-mappe" in given
        if tag not in INLINE or tag == "dt":
            self._flush()
        elif tag in ("small", "br", "dd", "span", "i", "b"):
            self._text.append(" ")
        for name in ATTRIBUTES if "data-mappe" not in given else ():
            if given.get(name):
                self.titles.append(flat(given[name]))
        if tag == "table":
            self._table, self._heads = Table(self.heading), _Heads()
        elif tag == "tr" and self._table is not None:
            (self._heads.rows if self._in_head else self._table.rows).append([])
        elif tag in ("td", "th"):
            self._cell = int(given.get("colspan", 1)), int(given.get("rowspan", 1))
        elif tag == "thead":
            self._in_head = True

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent -= tag != "path"
            return
        if tag == "button":
            self._in_put = False
        if self._table is not None and tag in ("td", "th"):
            text, self._text = flat("".join(self._text)), []
            if self._in_head:
                self._heads.rows[-1].append((text, *(self._cell or (1, 1))))
            else:
                self._table.rows[-1].append(text)
            return
        if tag == "caption" and self._table is not None:
            self._table.caption, self._text = flat("".join(self._text)), []
            self.blocks.append(Block(self._table.caption, self.heading))
        elif tag == "thead":
            self._in_head = False
        elif tag == "table" and self._table is not None:
            self._table.heads = self._heads.columns()
            self.tables.append(self._table)
            self._table = None
        if tag in HEADINGS:
            self.heading = flat("".join(self._text)) or self.heading
        if tag not in INLINE and tag != "dt":
            self._flush()

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._in_put:
            self._text.append(data)

    def _flush(self) -> None:
        if self._table is not None and self._cell is not None and not self._in_head:
            self._text.append(" ")
        text = flat("".join(self._text))
        if text and self._table is None:
            self.blocks.append(Block(text, self.heading))
            self._text = []


@dataclass
class Seen:
    """All that one view sent: `sent` names the kinds of elements met."""

    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    charts: list[dict[str, Any]] = field(default_factory=list)
    components: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)


def seen(test: AppTest) -> Seen:
    """Read a page that has run."""
    found = Seen()
    heading = ""
    for element in test.main:
        proto = getattr(element, "proto", None)
        if proto is None:
            continue
        found.sent.add(element.type)
        if element.type in ("html", "markdown", "title", "caption", "warning"):
            body = str(getattr(proto, "body", ""))
            page = Html()
            page.heading = heading
            page.feed(body)
            page._flush()
            heading = page.heading
            found.blocks += page.blocks
            found.tables += page.tables
            found.titles += page.titles
            found.figures += re.findall(r"<figure class=.lille.*?</figure>", body, re.DOTALL)
            found.labels += re.findall(r'class="fliser"[^>]*aria-label="([^"]*)"', body)
        elif element.type == "plotly_chart":
            chart = json.loads(proto.spec)
            found.charts.append(chart | {"alt": flat(proto.alt)})
        elif element.type == "bidi_component":
            found.components.append((proto.component_name, json.loads(proto.json)))
        else:
            found.blocks += [Block(flat(text), heading) for text in _labels(element, proto)]
    return found


def _labels(element: Any, proto: Any) -> Iterator[str]:
    for name in ("label", "help", "placeholder", "raw_value"):
        if text := str(getattr(proto, name, "") or ""):
            yield text
    if element.type in WIDGETS:
        yield from map(str, getattr(proto, "options", ()))
