"""The table as a reader sees it, with what it gives away marked and told."""

from __future__ import annotations

import re
from html import escape

from pages.language import danish
from pages.language.disclosure import MARKS, possibilities
from pages.metode.sections import folded
from pages.tabeltjek.grid import Drawn, grid
from queries import CellVerdict, TableCell, TableReport

LEAKS = ("computable", "narrowed", "small_shown")
CLASSES = {
    "computable": "beregnes",
    "narrowed": "indsnaevres",
    "small_shown": "smaatal",
    "protected": "holdt",
}
CAPTION = "Tabellen, som den er læst"
HINT = '<p class="note kun-skaerm">Tryk på en markeret celle for at se, hvad den røber.</p>'
MOST_SHOWN, MOST_TOLD = 10, 100
"""Leaks that are told at once, and in all; the others are marked, and the file holds them."""


def verdict_box(report: TableReport, table: str) -> str:
    """Return the verdict as HTML; `table` says what was read."""
    summary = report.summary
    marks = {
        "computable": summary.computable,
        "narrowed": summary.narrowed,
        "small_shown": summary.small_shown,
        "protected": summary.protected,
    }
    numbers = "".join(
        f"<div><dt>{escape(MARKS[name].counted)}</dt><dd>{danish.number(count)}</dd></div>"
        for name, count in marks.items()
    )
    state, symbol = ("tæt", "✓") if summary.safe else ("utæt", "✕")
    return (
        f'<section class="dom {"sikker" if summary.safe else "usikker"}" role="status" '
        f'aria-label="Resultat: tabellen er {state}">'
        f'<p class="manchet"><span class="domstegn" aria-hidden="true">{symbol}</span> '
        f"{escape(summary.sentence)}</p>"
        f'<dl class="noegletal">{numbers}</dl>{_insiders(summary.insiders)}'
        f'<p class="note">{escape(table)}</p></section>'
    )


def _insiders(count: int | None) -> str:
    if not count:
        return ""
    cells = "Ét skjult tal ville" if count == 1 else f"{danish.number(count)} skjulte tal ville"
    return (
        f"<p>{cells}, hvis der kun står en eller to personer bag, lade dem regne et andet skjult "
        "tal ud: De kender deres eget.</p>"
    )


def marked_table(report: TableReport) -> str:
    """Return the table with every leaking cell marked; each opens to what it goes through."""
    verdicts = {one.id: one for one in report.verdicts}
    found = any(one.verdict in LEAKS for one in report.verdicts)
    table = report.table

    def draw(cell: TableCell) -> Drawn | None:
        verdict = verdicts.get(cell.id)
        return None if verdict is None else _marked(cell, verdict)

    above = "".join(f"<p><strong>{escape(line)}</strong></p>" for line in table.above)
    return (
        above
        + (HINT if found else "")
        + grid(
            table.rows,
            table.header_rows,
            table.label_columns,
            caption=CAPTION,
            draw=draw,
        )
    )


def key(report: TableReport) -> str:
    """Return what the marks mean: those that are met."""
    met = [name for name in MARKS if any(one.verdict == name for one in report.verdicts)]
    items = "".join(f"<li>{_sign(name)} {escape(MARKS[name].meaning)}</li>" for name in met)
    return f'<ul class="maerker" aria-label="Hvad mærkerne betyder">{items}</ul>' if met else ""


def _sign(verdict: str) -> str:
    mark = MARKS[verdict]
    return (
        f'<span class="maerkenoegle {CLASSES[verdict]}"><span aria-hidden="true">{mark.symbol}'
        f"</span> {escape(mark.word)}</span>"
    )


def _marked(cell: TableCell, verdict: CellVerdict) -> Drawn:
    mark = MARKS[verdict.verdict]
    inner = (
        f'<span class="trykt">{escape(cell.text.strip()) or "(tom)"}</span> '
        f'<span class="ord-om"><span aria-hidden="true">{mark.symbol}</span> '
        f"{escape(mark.word)}</span>"
    )
    classes = f"maerket {CLASSES[verdict.verdict]}"
    if verdict.verdict not in LEAKS:
        return Drawn(inner, classes, f"celle-{cell.id}")
    box = f"om-{cell.id}"
    return Drawn(
        f'<button type="button" popovertarget="{box}">{inner}</button>'
        f'<div popover id="{box}" class="boble"><p><strong>{escape(verdict.title)}</strong></p>'
        f"{_told(verdict)}</div>",
        classes,
        f"celle-{cell.id}",
    )


def told_leaks(report: TableReport) -> str:
    """Return every leak in words, as a list; a cell's name leads to it in the table."""
    leaks = [one for one in report.verdicts if one.verdict in LEAKS]
    leaks.sort(key=lambda one: LEAKS.index(one.verdict))
    if not leaks:
        return ""
    items = [
        f'<li><a href="#celle-{escape(one.id)}" target="_self">{escape(one.title)}</a> '
        f"{_sign(one.verdict)}{_told(one)}</li>"
        for one in leaks[:MOST_TOLD]
    ]
    rest = ""
    if more := "".join(items[MOST_SHOWN:]):
        head = f"Vis {danish.number(len(items) - MOST_SHOWN)} celler mere"
        rest = folded(head, f'<ol start="{MOST_SHOWN + 1}">{more}</ol>')
    if (left := len(leaks) - MOST_TOLD) > 0:
        rest += f"<p>{danish.number(left)} til er markeret i tabellen og står i JSON-filen.</p>"
    return (
        '<section class="udslip"><h2>Det røber tabellen</h2>'
        f"<ol>{''.join(items[:MOST_SHOWN])}</ol>{rest}</section>"
    )


def _told(verdict: CellVerdict) -> str:
    """Return what a reader finds out, how many numbers are left, and through which sums."""
    count = possibilities(verdict.possibilities) if verdict.verdict == "narrowed" else ""
    known = re.search(rf"\b{verdict.possibilities}\b", verdict.text)
    left = f" Tilbage er {count}." if count and not known else ""
    way = ""
    if all(title in verdict.text for title in verdict.through):
        pass  # said already
    elif len(verdict.through) == 1:
        way = f'<p class="vej">Gennem: {escape(verdict.through[0])}</p>'
    elif verdict.through:
        steps = "".join(f"<li>{escape(title)}</li>" for title in verdict.through)
        way = f'<p class="vej">Gennem:</p><ul>{steps}</ul>'
    return f"<p>{escape(_without_name(verdict))}{left}</p>{way}"


def _without_name(verdict: CellVerdict) -> str:
    """Return what is said of a cell whose name stands before it."""
    rest = verdict.text.removeprefix(verdict.title)
    if rest == verdict.text:
        return rest
    rest = rest.lstrip(",: ")
    return rest[:1].upper() + rest[1:]
