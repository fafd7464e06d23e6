"""From an opened sheet to a proposal of how it is read, with a question for all that is unsure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from queries.errors import UserError
from queries.indicators.definition import Indicator
from queries.sources.incoming import Finding
from queries.sources.spreadsheet.area_column import level_of
from queries.sources.spreadsheet.book import Book, quote
from queries.sources.spreadsheet.choose import choose_sheet
from queries.sources.spreadsheet.classes import Pairs, row_classes
from queries.sources.spreadsheet.context import Context
from queries.sources.spreadsheet.labels import label_role, text_role
from queries.sources.spreadsheet.mapping import (
    LEVELS,
    NUMBERS,
    ROLES,
    Column,
    SheetMapping,
    check_parts,
)
from queries.sources.spreadsheet.marks import dash_and_marks, number_style
from queries.sources.spreadsheet.measures import is_numeric, measure_of
from queries.sources.spreadsheet.number_columns import NumberColumns, decided_column
from queries.sources.spreadsheet.preview import Preview, preview_of
from queries.sources.spreadsheet.questions import Question
from queries.sources.spreadsheet.whole import (
    codes_in_rows,
    fills_down,
    indicator_of,
    period_of,
    published,
    saved_answers,
)

Saved = SheetMapping | Callable[[str], SheetMapping | None]
"""A mapping of an earlier file, or what finds one by fingerprint."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """How a sheet would be read.

    `questions` are all decisions, those with `asked` are for the data owner to look at.
    `remembered` says that the layout was known, so the choices are those of last time. `keys` gives
    the key of the question about each column that has one, by place.
    """

    mapping: SheetMapping
    questions: tuple[Question, ...]
    preview: Preview
    findings: tuple[Finding, ...]
    remembered: bool
    keys: Mapping[int, str]

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that must be answered before anything can be read."""
        return tuple(each for each in self.questions if each.asked and not each.chosen)


def propose(
    book: Book,
    *,
    indicators: Mapping[str, Indicator],
    sheet: str = "",
    saved: Saved | None = None,
    answers: Mapping[str, str] | None = None,
) -> Proposal:
    """Propose how a sheet is read.

    `sheet` names it, '' takes the visible one with the most areas. `saved` is the mapping of an
    earlier file, or finds one by fingerprint; it is used where the fingerprint is the same.
    `answers` are the data owner's, by key of a question; the rest is proposed in their light.
    Raises UserError where there is no table to read, and for an answer that cannot be.
    """
    chosen, findings = choose_sheet(book, sheet)
    context = Context(chosen, dict(answers or {}), indicators)
    known = saved(context.fingerprint) if callable(saved) else saved
    remembered = known is not None and known.fingerprint == context.fingerprint
    if known is not None and remembered:
        context.decider.saved = saved_answers(context, known)
    mapping = _mapping(context)
    check_parts(mapping)
    context.decider.check_used()
    if remembered:
        findings.append(
            Finding(
                "note", "saved_mapping", "Arket er læst med den opsætning, der blev gemt sidst."
            )
        )
    return Proposal(
        mapping=mapping,
        questions=tuple(context.decider.questions),
        preview=preview_of(chosen, mapping),
        findings=tuple(findings),
        remembered=remembered,
        keys=context.keys,
    )


def _mapping(context: Context) -> SheetMapping:
    """Decide all parts, in the order that one depends on another."""
    region, offset = context.region, context.sheet.first_row
    for key, title, rows in (
        ("header_rows", "Rækker med overskrifter", region.headers),
        ("first_row", "Første række med tal", (region.first,)),
        ("last_row", "Sidste række med tal", (region.last,)),
    ):
        context.decider.rows(key, title, tuple(row + offset for row in rows))
    excluded = context.decider.rows("excluded", "Rækker, der ikke læses", ())
    labels, numbers = _sorted_columns(context)
    if not numbers:
        raise UserError(
            "Der er ingen kolonner med tal i tabellen. Kontrollér, at det er det rigtige ark, "
            "og at kolonnerne er adskilt rigtigt."
        )
    indicator_id = indicator_of(context, labels)
    indicator = context.indicators.get(indicator_id)
    columns, classes, measures = _columns(context, labels, numbers, indicator)
    used = [column.at for column in columns if column.role in NUMBERS]
    style = number_style(context.decider, context.sheet, region, columns)
    dash, marks = dash_and_marks(context.decider, region, used)
    area = context.headings[region.area].text
    names = [text for text in region.body.to_series(region.area).unique().to_list() if text]
    level = context.decider.decide(
        "level",
        "Hvad er rækkerne?",
        LEVELS,
        level_of(names, area),
        help=f"Overskriften er {quote(area)}.",
    )
    return SheetMapping(
        sheet=context.sheet.name,
        fingerprint=context.fingerprint,
        header_rows=tuple(row + offset for row in region.headers),
        first_row=region.first + offset,
        last_row=region.last + offset,
        columns=tuple(sorted(columns, key=lambda column: column.at)),
        indicator_id=indicator_id,
        period=period_of(context, columns),
        level=level,
        numbers=style,
        dash=dash,
        marks=marks,
        classes=classes,
        measures=measures,
        excluded=excluded,
        fill_down=fills_down(context, columns),
        short_codes=codes_in_rows(context, columns),
        is_published=published(context),
    )


def _sorted_columns(context: Context) -> tuple[dict[int, str], dict[int, pl.DataFrame]]:
    """Return the roles of columns that are no numbers, and what the columns of numbers say."""
    area = context.region.area
    labels = {
        at: label_role(context.region, at, heading.rest)
        for at, heading in enumerate(context.headings)
        if at != area
    }
    years = "year" in labels.values()
    numbers: dict[int, pl.DataFrame] = {}
    for at, role in list(labels.items()):
        if role == "part?" and years:
            labels[at] = "part"
        elif role in {"", "numbers", "part?"}:
            read = context.amounts(at)
            if is_numeric(read):
                numbers[at] = read
                del labels[at]
            else:
                labels[at] = "ignore" if role == "numbers" else ""
    labels[area] = "area"
    if "part" not in labels.values():
        labels |= {at: "period" for at, role in labels.items() if role == "year"}
    return _with_texts(context, _once_each(labels), several=len(numbers) > 1), numbers


def _once_each(labels: dict[int, str]) -> dict[int, str]:
    """Leave out a second column of what there can be one of."""
    seen: set[str] = set()
    found = {}
    for at, role in sorted(labels.items()):
        single = role in {"period", "year", "part", "area_code"}
        found[at] = "ignore" if single and role in seen else role
        seen.add(role)
    return found


def _with_texts(context: Context, labels: dict[int, str], *, several: bool) -> dict[int, str]:
    """Give columns of texts a role; one says what the number is only where there is one number."""
    repeated = _is_repeated(context, labels)
    found = {at: role or text_role(context.region, at, repeated) for at, role in labels.items()}
    measures = [at for at, role in found.items() if role == "measure"]
    if several or len(measures) > 1:
        found |= dict.fromkeys(measures, "ignore")
    return found


def _is_repeated(context: Context, labels: Mapping[int, str]) -> bool:
    """Whether an area stands more than once for one period."""
    keys = [at for at, role in labels.items() if role in {"area", "period", "year", "part"}]
    body = context.region.body.select(pl.nth(keys).name.prefix("k")).head(50_000)
    body = body.filter(pl.nth(keys.index(context.region.area)) != "")
    return body.n_unique() < body.height


def _columns(
    context: Context,
    labels: dict[int, str],
    numbers: dict[int, pl.DataFrame],
    indicator: Indicator | None,
) -> tuple[list[Column], Pairs, Pairs]:
    """Return all columns, what their classes mean, and what the measures in rows mean."""
    found = [decided_column(context, at, role) for at, role in labels.items()]
    roles = {column.role for column in found}
    answered = {value for key, value in context.answers.items() if key.startswith("column:")}
    classes: Pairs = ()
    if "measure" in roles and len(numbers) == 1:
        found += [decided_column(context, at, "value") for at in numbers]
    else:
        judged = NumberColumns(context, numbers, indicator)
        found += judged.columns(by_row=bool((roles | answered) & {"period", "year"}))
        classes = judged.meant
    classes += row_classes(context.decider, context.region, found, indicator)
    return found, classes, _measures(context, found)


def _measures(context: Context, columns: list[Column]) -> Pairs:
    """Return what each text in the column of measures is."""
    column = next((column for column in columns if column.role == "measure"), None)
    if column is None:
        return ()
    found = []
    roles = {role: ROLES[role] for role in ("numerator", "denominator", "share", "ignore")}
    texts = sorted(filter(None, context.region.body.to_series(column.at).unique().to_list()))
    for text in texts:
        role = context.decider.decide(
            f"measure:{text}", f"Hvad er {quote(text)}?", roles, measure_of(text) or "ignore"
        )
        found.append((text.casefold(), role))
    return tuple(found)
