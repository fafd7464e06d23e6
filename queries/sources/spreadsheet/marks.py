"""What stands in place of numbers in a sheet, and how its numbers are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from queries.sources.spreadsheet.amounts import COUNT, DASH, DECIMAL, FORMS, HIDDEN, TEXT, read_text
from queries.sources.spreadsheet.book import Sheet, quote
from queries.sources.spreadsheet.headers import Region
from queries.sources.spreadsheet.mapping import MARKS, STYLES, Column
from queries.sources.spreadsheet.questions import Decider

_SAYS_ZERO = re.compile(
    r"(?:^|[\s»\"'(])[-–—][»«\"')]*\s*(?:=|:|betyder|angiver|er)?\s*(?:nul\b|ingen\b|0\b)",
    re.I | re.M,
)
_SAYS_HIDDEN = re.compile(
    r"(?:^|[\s»\"'(])[-–—][»«\"')]*\s*(?:=|:|betyder|angiver|er)\s*(?:[^.\n]{0,40}?)"
    r"(?:færre|under \d|mindre end|skjult|diskret|for få|anonym)",
    re.I | re.M,
)
_LEFT_OUT = {"n/a", "na", "i.o.", "u.o.", "ikke oplyst", "uoplyst", "?", "#", "udeladt"}
_NOT_COLLECTED = {
    "ikke opgjort",
    "deltager ikke",
    "ikke relevant",
    "ikke med",
    "i.r.",
    "ej opgjort",
    "irrelevant",
}
_MOST_MARKS = 30


def dash_said(around: str) -> str:
    """Return what the notes say that '-' means: zero, suppressed, or '' where they do not."""
    if _SAYS_HIDDEN.search(around):
        return "suppressed"
    return "zero" if _SAYS_ZERO.search(around) else ""


def dash_and_marks(
    decider: Decider, region: Region, columns: Sequence[int]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return what '-' and each other mark in these columns mean."""
    dashes, found = False, {}
    for at in columns:
        for text in region.body.to_series(at).unique().to_list():
            sort = read_text(text, "danish")[0] if text and not text[0].isdigit() else COUNT
            dashes |= sort == DASH
            folded = text.casefold()
            if sort == HIDDEN or (sort == TEXT and folded in _NOT_COLLECTED | _LEFT_OUT):
                found[folded] = text
    marks = []
    for folded, text in sorted(found.items())[:_MOST_MARKS]:
        proposed = (
            "not_collected"
            if folded in _NOT_COLLECTED
            else "left_out"
            if folded in _LEFT_OUT
            else "suppressed"
        )
        status = decider.decide(
            f"mark:{folded}",
            f"Hvad betyder {quote(text)}?",
            MARKS,
            proposed,
            asked=proposed != "suppressed",
        )
        marks.append((folded, status))
    dash = ""
    if dashes:
        said = dash_said(region.around)
        dash = decider.decide(
            "dash",
            "Hvad betyder »-«?",
            MARKS,
            said or ("zero" if marks else "suppressed"),
            asked=not said,
            help=(
                "Det står i noterne."
                if said
                else "Noterne siger det ikke. Der er andre tegn for skjulte tal, så det er nok nul."
                if marks
                else "Noterne siger det ikke. Det er et skjult tal i nogle kilder og nul i andre."
            ),
        )
    return dash, tuple(marks)


def number_style(
    decider: Decider,
    sheet: Sheet,
    region: Region,
    columns: Sequence[Column],
) -> str:
    """Return how numbers that are text are written; asks where points and commas are mixed."""
    examples: dict[int, tuple[str, Column, int]] = {}
    counts: dict[int, int] = dict.fromkeys(FORMS, 0)
    grouped_counts = 0
    for column in columns:
        if column.role not in {"numerator", "denominator", "share", "value"}:
            continue
        body = region.body.to_series(column.at)
        if sheet.numeric:
            body = body.filter(sheet.text_mask(column.at)[region.first : region.last + 1])
        body = body.filter(body.str.contains(r"[.,]"))
        for text in body.unique().to_list():
            sort, *_, form = read_text(text, "danish")
            if form and sort in {COUNT, DECIMAL, TEXT}:
                counts[form] += 1
                grouped_counts += form == 2 and column.role != "share"
                if form not in examples:
                    row = region.first + int(
                        (region.body.to_series(column.at) == text).arg_max() or 0
                    )
                    examples[form] = (text, column, row)
    danish, english = counts[1] + counts[3], counts[4] + (counts[2] if not counts[3] else 0)
    if not counts[4] and not grouped_counts:
        english = 0  # '12,345' alone is a share with three decimals.
    if not english:
        return decider.decide("numbers", "Hvordan er tal skrevet?", STYLES, "danish")
    proposed = "english" if counts[4] + counts[2] > danish else "danish"
    shown = ", ".join(
        f"{quote(text)} ({column.letter}{sheet.row_number(row)})"
        for text, column, row in examples.values()
    )
    return decider.decide(
        "numbers",
        "Hvordan er tal skrevet?",
        STYLES,
        proposed,
        asked=True,
        help=f"I arket står blandt andet {shown}.",
    )


def mixed_numbers(read: pl.DataFrame) -> list[int]:
    """Return the forms of numbers in a column that cannot be of one way of writing, [] if none."""
    forms = set(read["form"].unique().to_list()) - {0}
    for one, other in ((1, 4), (1, 2), (2, 3), (3, 4)):
        if {one, other} <= forms:
            return [one, other]
    return []
