"""What stands outside the tables: running text only, or the document is refused."""

from __future__ import annotations

from collections.abc import Sequence

from queries.sources.answer.caption import begins_caption, caption_number
from queries.sources.answer.header import looks_like_header, unknown_words
from queries.sources.answer.lines import Line
from queries.sources.answer.refusal import Refusals, danish_list, shown
from queries.sources.answer.rows import seems_row
from queries.sources.kommune_names import KommuneNames

_HEADER_FORMS = "»Antal Andel«, »Andel (pct.) Antal personer« eller »Kommune Antal Pct.«"


def refuse_leftovers(lines: Sequence[Line], names: KommuneNames, refusals: Refusals) -> None:
    """Refuse rows and captions among `lines`, which belong to no table that was read."""
    for index, line in enumerate(lines):
        if seems_row(line.text, names):
            refusals.refuse(
                line.number,
                "linjen ligner en række, men står uden for de tabeller, der kan læses."
                + _header_problem(lines[:index], refusals),
                found=line.text,
                expected="alle rækker under en tabeltekst og en kolonneoverskrift som "
                f"{_HEADER_FORMS}, og ingen efter totalen.",
                action="Ret kolonneoverskriften, eller flyt eller slet linjen.",
            )
        if _is_orphan_caption(lines, index):
            refusals.refuse(
                line.number,
                f"tabel {shown(caption_number(line.text))} har ingen kolonneoverskrift, der kan "
                "læses." + _header_problem(lines[index:], refusals),
                found=line.text,
                expected=f"en kolonneoverskrift under tabelteksten som {_HEADER_FORMS}.",
                action="Ret kolonneoverskriften, eller slet tabellen, hvis den ikke skal læses.",
            )


def refuse_no_table(lines: Sequence[Line], refusals: Refusals) -> None:
    """Refuse a text without any table."""
    first = next(line.text for line in lines if line.text)
    refusals.refuse(
        f"1–{lines[-1].number}",
        "der er ingen tabel fordelt på kommuner i teksten." + _header_problem(lines, refusals),
        found=first,
        expected="en tabeltekst (»Tabel 1. …, juni 2017«), en kolonneoverskrift som "
        f"{_HEADER_FORMS} og en række for hver kommune.",
        action="Tjek, at det er det rigtige dokument, og at tabellen ikke er et billede.",
    )


def _header_problem(lines: Sequence[Line], refusals: Refusals) -> str:
    """Say which line seems meant as a header and why it is not one, if there is such a line."""
    for line in reversed(lines):
        if looks_like_header(line.text):
            unknown = [f"»{shown(word)}«" for word in unknown_words(line.text)]
            why = f"ukendt: {danish_list(unknown)}" if unknown else "kolonnerne er ikke entydige"
            return f" Kolonneoverskriften {refusals.at(line.number)} kan ikke bruges ({why})."
    return ""


def _is_orphan_caption(lines: Sequence[Line], index: int) -> bool:
    """Tell a numbered caption from a sentence that happens to break before 'Tabel 1.'."""
    line = lines[index]
    stands_alone = index == 0 or not lines[index - 1].text or line.starts_page
    return stands_alone and begins_caption(line.text) and caption_number(line.text) != ""
