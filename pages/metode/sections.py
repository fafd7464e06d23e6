"""Sections of a long page as HTML: headings with anchors, contents, folded parts and tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Section:
    """One part of the page: its anchor, title and HTML."""

    anchor: str
    title: str
    body: str


def contents(sections: Sequence[Section]) -> str:
    """Return the list of contents: a link per section."""
    links = "".join(
        f'<li><a href="#{one.anchor}" target="_self">{escape(one.title)}</a></li>'
        for one in sections
    )
    return (
        '<nav class="indhold" aria-labelledby="indhold"><h2 id="indhold">Indhold</h2>'
        f"<ol>{links}</ol></nav>"
    )


def drawn(section: Section) -> str:
    """Return a section with its heading and the way back to the contents."""
    return (
        f'<section class="afsnit" id="{section.anchor}"><h2>{escape(section.title)}</h2>'
        f'{section.body}<p class="op"><a href="#indhold" target="_self">Til indhold</a></p>'
        "</section>"
    )


def folded(title: str, body: str, *, anchor: str = "", kind: str = "") -> str:
    """Return a part that a reader unfolds; on paper it is open, and a link to `anchor` opens it."""
    name = f' id="{escape(anchor)}"' if anchor else ""
    classes = f"fold {kind}".strip()
    head = f"<summary>{escape(title)}</summary>"
    return f'<details class="{classes}"{name}>{head}{body}</details>'


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Collection[int] = (),
) -> str:
    """Return a table that scrolls by itself; cells are HTML, the first of a row its heading.

    `numbers` are the columns that stand to the right.
    """
    kinds = [" class='tal'" if n in numbers else "" for n in range(len(heads))]
    top = "".join(
        f"<th scope='col'{kind}>{escape(head)}</th>"
        for head, kind in zip(heads, kinds, strict=True)
    )
    body = "".join(
        f"<tr><th scope='row'>{row[0]}</th>"
        + "".join(f"<td{kind}>{cell}</td>" for cell, kind in zip(row[1:], kinds[1:], strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="rul" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def terms(pairs: Iterable[tuple[str, str]]) -> str:
    """Return labels and texts as a description list."""
    inner = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in pairs)
    return f"<dl>{inner}</dl>"


def downloads(stem: str, label: str, verb: str = "Hent") -> str:
    """Return links to the file `stem` across indicators in every format, as HTML."""
    items = "".join(
        f'<li><a href="/data/{stem}.{kind}" download>{verb} {name}</a></li>'
        for kind, name in (("json", "JSON"), ("csv", "CSV"), ("xlsx", "Excel"))
    )
    return f'<nav class="hent" aria-label="{label}"><ul>{items}</ul></nav>'
