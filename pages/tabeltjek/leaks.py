"""The table as a reader sees it, with what it gives away marked and told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape

from pages.language import danish
from pages.language.disclosure import CRITERIA, MARKS, insiders, possibilities
from pages.metode.sections import folded
from pages.tabeltjek.grid import Drawn, grid
from pages.tabeltjek.understood import MOST_REASONS
from queries import CellVerdict, Outcome, Summary, TableCell, TableReport

LEAKS = ("computable", "narrowed", "small_shown")
CLASSES = {
    "computable": "beregnes",
    "narrowed": "indsnaevres",
    "small_shown": "smaatal",
    "protected": "holdt",
    "undecided": "holdt uvist",
}


@dataclass(frozen=True)
class State:
    """How a verdict looks: its class, its symbol, and what is read aloud."""

    kind: str
    symbol: str
    told: str


STATES: dict[Outcome, State] = {
    "safe": State("sikker", "✓", "tabellen er tæt"),
    "leaks": State("usikker", "✕", "tabellen er utæt"),
    "undecided": State("uafgjort", "?", "det er ikke afgjort, om tabellen er tæt"),
}
UNDECIDED = (
    "Ikke afgjort: Der er ikke fundet noget, tabellen røber, men noget i den kunne ikke undersøges."
)
NOT_READ = "Desuden er dette ikke forstået"
CAPTION = "Tabellen, som den er læst"
HINT = '<p class="note kun-skaerm">Tryk på en markeret celle for at se, hvad den røber.</p>'
NEVER = "Her står, hvilke celler en læser kan regne ud eller indsnævre, men aldrig til hvad."
MOST_SHOWN, MOST_TOLD, MOST_NAMED = 10, 100, 12
"""Findings that are told at once, cells that are told of in all and by name in one finding; the
others are marked, and the file holds them."""
_LINE = re.compile(r"^(?:Rækken|Kolonnen) '.*?': (?=(?:rækken|kolonnen|rækkerne|kolonnerne) ')")


def verdict_box(report: TableReport, table: str, asked: str = "") -> str:
    """Return the verdict as HTML; `table` says what was read, `asked` is the criterion chosen."""
    summary = report.summary
    marks = {
        "computable": summary.computable,
        "narrowed": summary.narrowed,
        "small_shown": summary.small_shown,
        _hidden(report): summary.protected,
    }
    numbers = "".join(
        f"<div><dt>{escape(MARKS[name].counted)}</dt><dd>{danish.number(count)}</dd></div>"
        for name, count in marks.items()
    )
    state = STATES[summary.verdict]
    headline = UNDECIDED if summary.verdict == "undecided" else summary.sentence
    told = insiders(summary.insiders)
    return (
        f'<section class="dom {state.kind}" role="status" aria-label="Resultat: {state.told}">'
        f'<p class="manchet"><span class="domstegn" aria-hidden="true">{state.symbol}</span> '
        f"{escape(headline)}</p>{_reasons(summary)}"
        f'<dl class="noegletal">{numbers}</dl>{f"<p>{told}</p>" if told else ""}'
        f'<p class="note">{escape(held_to(report, asked))} {escape(table)}</p></section>'
    )


def _hidden(report: TableReport) -> str:
    """Return how a hidden cell is marked of which nothing was found: no tick without a verdict."""
    return "undecided" if report.summary.verdict == "undecided" else "protected"


def _reasons(summary: Summary) -> str:
    """Return what was not understood of the table, as HTML: why nothing can be promised."""
    if not summary.reasons:
        return ""
    items = "".join(f"<li>{escape(one)}</li>" for one in summary.reasons[:MOST_REASONS])
    if (more := len(summary.reasons) - MOST_REASONS) > 0:
        items += f"<li>Og {danish.number(more)} til.</li>"
    head = "Derfor er det ikke afgjort" if summary.verdict == "undecided" else NOT_READ
    return f"<p><strong>{head}:</strong></p><ul>{items}</ul>"


def held_to(report: TableReport, asked: str = "") -> str:
    """Return what hidden numbers were held to: the criterion by its name, the rule's numbers."""
    why = ""
    if asked not in ("", report.criterion):
        why = f" (ikke »{CRITERIA[asked].title}«: tabellen siger selv, at skjulte tal er små)"
    zeros = "nul må vises" if report.zeros_are_shown else "nul er også et lille tal"
    return (
        f"Undersøgt efter kravet »{CRITERIA[report.criterion].title}«{why}. Et lille tal er færre "
        f"end {report.threshold}, og {zeros}."
    )


def marked_table(report: TableReport) -> str:
    """Return the table with every leaking cell marked; each opens to what it goes through."""
    verdicts = {one.id: one for one in report.verdicts}
    found = any(one.verdict in LEAKS for one in report.verdicts)
    table = report.table

    def draw(cell: TableCell) -> Drawn | None:
        verdict = verdicts.get(cell.id)
        return None if verdict is None else _marked(cell, verdict, _hidden(report))

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
    found = {one.verdict if one.verdict in LEAKS else _hidden(report) for one in report.verdicts}
    met = [name for name in MARKS if name in found]
    items = "".join(f"<li>{_sign(name)} {escape(MARKS[name].meaning)}</li>" for name in met)
    return f'<ul class="maerker" aria-label="Hvad mærkerne betyder">{items}</ul>' if met else ""


def _sign(verdict: str) -> str:
    mark = MARKS[verdict]
    return (
        f'<span class="maerkenoegle {CLASSES[verdict]}"><span aria-hidden="true">{mark.symbol}'
        f"</span> {escape(mark.word)}</span>"
    )


def _marked(cell: TableCell, verdict: CellVerdict, hidden: str) -> Drawn:
    name = verdict.verdict if verdict.verdict in LEAKS else hidden
    mark = MARKS[name]
    inner = (
        f'<span class="trykt">{escape(cell.text.strip()) or "(tom)"}</span> '
        f'<span class="ord-om"><span aria-hidden="true">{mark.symbol}</span> '
        f"{escape(mark.word)}</span>"
    )
    classes = f"maerket {CLASSES[name]}"
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
    """Return every leak in words, as a list; a cell's name leads to it in the table.

    Cells of which the same is told, through the same sum, stand together.
    """
    leaks = [one for one in report.verdicts if one.verdict in LEAKS]
    leaks.sort(key=lambda one: LEAKS.index(one.verdict))
    if not leaks:
        return ""
    groups: dict[CellVerdict, list[CellVerdict]] = {}
    for one in leaks[:MOST_TOLD]:
        groups.setdefault(_of_any(one), []).append(one)
    items = [_item(general, ones) for general, ones in groups.items()]
    rest = ""
    if more := "".join(items[MOST_SHOWN:]):
        hidden = sum(len(ones) for ones in list(groups.values())[MOST_SHOWN:])
        head = f"Vis {danish.number(hidden)} {'celle' if hidden == 1 else 'celler'} mere"
        rest = folded(head, f'<ol start="{MOST_SHOWN + 1}">{more}</ol>')
    if (left := len(leaks) - MOST_TOLD) > 0:
        rest += f"<p>{danish.number(left)} til er markeret i tabellen og står i JSON-filen.</p>"
    return (
        f'<section class="udslip"><h2>Det røber tabellen</h2><p class="note">{NEVER}</p>'
        f"<ol>{''.join(items[:MOST_SHOWN])}</ol>{rest}</section>"
    )


def _of_any(verdict: CellVerdict) -> CellVerdict:
    """Return what is told of a cell without its name and its line: equal for equal findings."""
    text = _without_name(verdict)
    through = tuple(map(_of_any_line, verdict.through))
    for own, general in zip(verdict.through, through, strict=True):
        text = text.replace(own, general)
    return replace(verdict, id="", title="", text=text, through=through)


def _of_any_line(relation: str) -> str:
    """Return what a sum says of every line: "Rækken 'A': kolonnen 'I alt' er ..." -> "Kolonnen"."""
    general = _LINE.sub("", relation, count=1)
    return general[:1].upper() + general[1:]


def _item(general: CellVerdict, ones: list[CellVerdict]) -> str:
    links = [
        f'<a href="#celle-{escape(one.id)}" target="_self">{escape(one.title)}</a>' for one in ones
    ]
    if len(ones) == 1:
        return f"<li>{links[0]} {_sign(ones[0].verdict)}{_told(ones[0])}</li>"
    named = "; ".join(links[:MOST_NAMED])
    more = links[MOST_NAMED:]
    rest = (
        folded(f"Vis {danish.number(len(more))} mere", f"<p>{'; '.join(more)}</p>") if more else ""
    )
    return (
        f"<li>{named} {_sign(general.verdict)}<p>Gælder {danish.number(len(ones))} celler.</p>"
        f"{_told(general)}{rest}</li>"
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
