"""What is decided of a sheet as a whole: indicator, period, and whether it is published."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from queries.sources.spreadsheet.context import Context
from queries.sources.spreadsheet.mapping import NUMBERS, Column, SheetMapping
from queries.sources.spreadsheet.measures import score_indicators
from queries.sources.spreadsheet.periods import find_periods, is_short, read_period, short_codes
from queries.tables.columns import YEARS

_SURE_SCORE, _SURE_MARGIN, _LEAST_SCORE = 0.9, 0.3, 0.35


def indicator_of(context: Context, labels: Mapping[int, str]) -> str:
    """Return the indicator the numbers are of, '' where the sheet does not say."""
    constant = [
        str(values[0])
        for at, role in labels.items()
        if role in {"ignore", "breakdown"}
        and len(values := [v for v in context.region.body.to_series(at).unique().head(3) if v]) == 1
    ]
    headings = dict.fromkeys(heading.text for heading in context.headings)
    around = [*context.region.above, *context.region.below, context.sheet.name]
    said = "\n".join([*around, *constant, *headings])
    scored = score_indicators(said, context.indicators)
    best = scored[0] if scored else None
    next_score = scored[1].score if len(scored) > 1 else 0.0
    sure = (
        best is not None and best.score >= _SURE_SCORE and best.score - next_score >= _SURE_MARGIN
    )
    choices = {each.indicator_id: context.indicators[each.indicator_id].title for each in scored}
    words = ", ".join(best.words) if best else ""
    why = f"Arket nævner: {words}." if words else "Arket siger ikke, hvad tallene er."
    proposed = best.indicator_id if best and best.score >= 0.35 else ""
    return context.decider.decide(
        "indicator", "Hvad er tallene?", choices, proposed, asked=not sure, help=why
    )


def period_of(context: Context, columns: list[Column]) -> str:
    """Return the period of the whole sheet, '' where its rows or headings say."""
    numbers = [column for column in columns if column.role in NUMBERS]
    by_row = any(column.role in {"period", "year"} for column in columns)
    if by_row or all(column.period for column in numbers):
        return ""
    own = {column.period for column in numbers if column.period}
    texts = [context.sheet.name, *context.region.above]
    named = list(dict.fromkeys(code for text in texts for code in find_periods(text)[0]))
    later = [code for text in context.region.below for code in find_periods(text)[0]]
    exact = [code for code in named if len(code) > 4] or named
    offered = {code: code for code in dict.fromkeys([*exact, *sorted(own), *later])}
    proposed = exact[0] if exact else (min(own) if len(own) == 1 else "")
    why = (
        "Perioden står over tabellen eller i arkets navn."
        if len(exact) == 1
        else "Arket siger ikke entydigt, hvilken periode tallene er fra."
    )
    return context.decider.decide(
        "period",
        "Hvilken periode er tallene fra?",
        offered,
        proposed,
        asked=len(exact) != 1,
        help=why,
        read=read_period,
    )


def codes_in_rows(context: Context, columns: list[Column]) -> str:
    """Return whether '1701' in the column of periods is a month or a week, '' for neither."""
    column = next((column for column in columns if column.role == "period"), None)
    if column is None:
        return ""
    texts = context.region.body.to_series(column.at).unique().to_list()
    texts = sorted(filter(None, texts))
    if not all(is_short(text) for text in texts) or all(map(_is_year, texts)):
        texts = [text for text in texts if not read_period(text)]
    months, weeks = short_codes(texts, "M"), short_codes(texts, "W")
    if not texts or (months is None and weeks is None):
        return ""
    if months and weeks:
        return context.kind_of_codes(texts[0])
    return "M" if months else "W"


def fills_down(context: Context, columns: list[Column]) -> bool:
    """Whether a name stands only in the first of several rows of an area."""
    keys = [c.at for c in columns if c.role in {"period", "year", "part", "breakdown", "measure"}]
    if not keys:
        return False
    body = context.region.body
    blank = body.to_series(context.region.area) == ""
    filled = body.select(pl.any_horizontal(pl.nth(keys) != "")).to_series()
    return bool((blank & filled).any())


def published(context: Context) -> bool | None:
    """Return whether others have published the numbers; None as long as nobody has said."""
    said = context.decider.decide(
        "published",
        "Er tallene offentliggjort?",
        {
            "yes": "ja, af andre: de vises, som de står",
            "no": "nej: de går gennem fortrolighedskontrollen",
        },
        "",
        asked=True,
        help="Filen selv kan ikke sige det.",
    )
    return {"yes": True, "no": False}.get(said)


def saved_answers(context: Context, known: SheetMapping) -> dict[str, str]:
    """Return what was chosen last time, as answers to the questions about this sheet."""
    answers = {
        "indicator": known.indicator_id,
        "level": known.level,
        "numbers": known.numbers,
        "dash": known.dash,
        "published": {True: "yes", False: "no", None: ""}[known.is_published],
    }
    answers |= {f"mark:{mark}": status for mark, status in known.marks}
    answers |= {f"class:{text}": breakdown or "-" for text, breakdown in known.classes}
    by_key = {column.key: column for column in known.columns if column.key}
    for at, heading in enumerate(context.headings):
        if column := by_key.get(heading.key):
            answers[f"column:{at}"] = column.role
            answers[f"scale:{at}"] = str(column.scale)
    return answers


def _is_year(text: str) -> bool:
    return text.isdecimal() and int(text) in YEARS
