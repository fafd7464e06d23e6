"""Which breakdown of the indicator the classes of a sheet are, in rows or in headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from queries.indicators.definition import Indicator
from queries.sources.spreadsheet.book import quote
from queries.sources.spreadsheet.headers import Region
from queries.sources.spreadsheet.mapping import EVERY, WHOLE, Column
from queries.sources.spreadsheet.measures import class_key, match_class, without_measure
from queries.sources.spreadsheet.questions import Decider

LEFT_OUT = "-"
"""The answer that a class is not read."""
Pairs = tuple[tuple[str, str], ...]


def row_classes(
    decider: Decider, region: Region, columns: Sequence[Column], indicator: Indicator | None
) -> Pairs:
    """Return what each text in the columns of classes is; raises UserError for a wrong answer."""
    pairs: dict[str, str] = {}
    for column in columns:
        if column.role != "breakdown":
            continue
        texts = sorted(filter(None, region.body.to_series(column.at).unique().to_list()))
        for text in texts:
            if text.casefold() not in pairs:
                pairs[text.casefold()] = _decided(decider, text, indicator, alone=len(texts) == 1)
    return tuple(pairs.items())


def column_classes(
    decider: Decider, rests: Mapping[int, str], indicator: Indicator | None
) -> tuple[dict[int, str], Pairs]:
    """Return the breakdown of each column whose heading names a class, and what the texts mean.

    Headings are of classes where at least one names a breakdown of the indicator.
    """
    names = {at: without_measure(rest) for at, rest in rests.items()}
    matched = {name: match_class(name, indicator) for name in dict.fromkeys(names.values())}
    if not any(found not in {None, WHOLE} for found in matched.values()):
        return {}, ()
    pairs = {
        name: _decided(decider, name, indicator, alone=False) if name and class_key(name) else WHOLE
        for name in matched
    }
    adds_up = bool(indicator and indicator.register and indicator.register.breakdowns_add_up)
    classes: dict[int, str] = {}
    for at, name in names.items():
        classes[at] = pairs[name] or LEFT_OUT
        if pairs[name] == WHOLE and adds_up:
            classes[at] = EVERY  # All classes together are their common denominator.
    return classes, tuple((name, found) for name, found in pairs.items() if name)


def _decided(decider: Decider, text: str, indicator: Indicator | None, *, alone: bool) -> str:
    found = match_class(text, indicator)
    titles = {WHOLE: "alle (uden opdeling)", LEFT_OUT: "læses ikke"}
    if indicator is not None:
        titles |= indicator.breakdowns
    if alone and found is None:
        found = WHOLE
    chosen = decider.decide(
        f"class:{text.casefold()}",
        f"Hvilken opdeling er {quote(text)}?",
        titles,
        found if found is not None else LEFT_OUT,
        asked=found is None,
        help="" if found is not None else "Indikatoren har ingen opdeling med det navn.",
    )
    return "" if chosen == LEFT_OUT else chosen
