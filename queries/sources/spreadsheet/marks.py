"""What stands in place of numbers in a sheet, and how its numbers are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from queries.sources.spreadsheet.amounts import COUNT, DASH, DECIMAL, HIDDEN, TEXT, read_text
from queries.sources.spreadsheet.book import Sheet, quote
from queries.sources.spreadsheet.headers import Region
from queries.sources.spreadsheet.mapping import MARKS, NUMBERS, STYLES, Column
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
    examples: dict[int, str] = {}
    counted: set[int] = set()
    for column in columns:
        if column.role not in NUMBERS:
            continue
        body = region.body.to_series(column.at)
        if sheet.numeric:
            body = body.filter(sheet.text_mask(column.at)[region.first : region.last + 1])
        for text in body.filter(body.str.contains(r"[.,]")).unique().sort().to_list():
            sort, *_, form = read_text(text, "danish")
            if form and sort in {COUNT, DECIMAL, TEXT}:
                counted |= {form} if column.role != "share" else set()
                if form not in examples:
                    row = int((region.body.to_series(column.at) == text).arg_max() or 0)
                    place = f"{column.letter}{sheet.row_number(region.first + row)}"
                    examples[form] = f"{quote(text)} ({place})"
    forms = set(examples)
    if counted & {1, 2}:
        proposed = "danish" if 1 in counted else "english"
    else:
        proposed = "english" if 4 in forms and not forms & {1, 3} else "danish"
    mixed = bool(mixed_forms(forms))
    return decider.decide(
        "numbers",
        "Hvordan er tal skrevet?",
        STYLES,
        proposed,
        asked=mixed or proposed == "english",
        help=f"I arket står blandt andet {', '.join(examples.values())}." if examples else "",
    )


def mixed_forms(forms: set[int]) -> list[int]:
    """Return two forms of numbers that cannot be of one way of writing, [] if there are none."""
    for one, other in ((1, 4), (3, 4), (1, 2), (2, 3)):
        if {one, other} <= forms:
            return [one, other]
    return []
