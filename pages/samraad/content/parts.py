"""An indicator's parts: the time that people have waited, stacked, and the path to a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pages.exports.charts import CHARTS, charted, parts
from pages.figures import path_cells, stack_cells
from pages.language import danish, synthetic
from pages.samraad.content import cells as tables
from pages.samraad.content.areas import areas
from pages.samraad.content.facts import of_cell
from pages.samraad.content.found import Found
from pages.samraad.model import Cell, Chart, Column, Item, Series, Table
from queries import LAND, Atlas, UserError


def stacked(atlas: Atlas, item: Item) -> Found:
    """Return each area's people by time, as parts of the whole."""
    now = areas(atlas, item)
    names = parts(now.indicator)
    asked, selected = now.request.asked, now.request.selected
    _, svg = charted(atlas, "stablet", asked, selected)
    where = (asked.indicator_id, asked.period, asked.level, asked.within)
    found = [atlas.cells(*where, breakdown=name, source_kind=asked.source_kind) for name in names]
    rows = [
        row
        for row in stack_cells.in_order(stack_cells.joined(found))
        if row[0]["status"] != "not_collected"
    ]
    stacks = [stack_cells.stack(row) for row in rows]
    # As on the drawing; the reader's own area is there also where all of it is hidden.
    drawn = [
        (stack, row)
        for stack, row in zip(stacks, rows, strict=True)
        if stack.area_id == selected or any(part is not None for part in stack.parts)
    ]
    partly = [stack for stack in stacks if None in stack.parts]
    plain_names = [row[0]["name"].removeprefix("Jobcenter ") for _, row in drawn]
    titles = [now.indicator.breakdowns[name] for name in names]
    table = Table(
        columns=(
            Column(tables.AREA_HEADS[asked.level]),
            Column("Borgere i alt", tables.PEOPLE),
            *(Column(title) for title in titles),
        ),
        rows=tuple(
            (
                Cell(row[0]["name"], row[0]["name"]),
                *(
                    _part(text, status)
                    for text, status in zip(
                        stack_cells.table_texts(row),
                        ("shown", *(cell["status"] for cell in row)),
                        strict=True,
                    )
                ),
            )
            for row in rows
        ),
        marked=next((n for n, row in enumerate(rows) if row[0]["area_id"] == selected), None),
    )
    chart = Chart(
        form="stacked",
        categories=tuple(plain_names),
        series=tuple(
            Series(
                title,
                tuple(stack.parts[n] for stack, _ in drawn),
                made_up=now.made_up,
                words=tuple(_why(stack.parts[n], row[n]) for stack, row in drawn),
            )
            for n, title in enumerate(titles)
        ),
        axis_title="Andel af borgere, pct.",
        marked=next(
            (
                name
                for name, (stack, _) in zip(plain_names, drawn, strict=True)
                if stack.area_id == selected
            ),
            None,
        ),
    )
    name = now.indicator.indicator_id
    facts = tuple(of_cell(name, cell) for row in rows for cell in row)
    said = now.found()
    title = f"{said.title}: borgerne efter tid"
    return replace(
        said,
        title=title,
        svg=svg,
        chart=chart,
        table=table,
        facts=(*said.facts, *facts),
        alt=f"{title}. {_hidden(len(partly))}".strip(),
    )


def _why(part: float | None, cell: Mapping[str, Any]) -> str:
    """Return the word for a part that is not drawn: also one that would give another away."""
    return "" if part is not None else tables.word(cell) or "vises ikke"


def _part(text: str, status: str) -> Cell:
    return Cell(text, text if status == "shown" and text != "–" else None, status)


def _hidden(many: int) -> str:
    return f"{many} områder har skjulte dele." if many else ""


def path(atlas: Atlas, item: Item) -> Found:
    """Return the path to a job of one area or the country."""
    now = areas(atlas, item)
    if not CHARTS["forloeb"].offered(now.indicator):
        raise UserError(f"{now.indicator.title} har ikke figuren »{CHARTS['forloeb'].label}«.")
    asked = now.request.asked
    _, svg = charted(atlas, "forloeb", asked, now.request.selected)
    area = now.request.selected or LAND
    level = "land" if area == LAND else asked.level
    cells = []
    for name in path_cells.INDICATORS:
        kind = asked.source_kind
        rows = atlas.cells(name, asked.period, level, source_kind=kind).filter(area_id=area)
        cells += rows.to_dicts()
    steps = path_cells.path_steps(cells)
    statuses = ["shown", *(cell["status"] for cell in cells)]
    name = cells[0]["name"]
    made_up = any(cell["kind"] == "synthetic" for cell in cells)
    told = "; ".join(f"{step.name}: {step.label}" for step in steps)
    shown = [step for step in steps if step.share is not None]
    axis = f"{name}: andel af indsatsgruppen, pct."
    facts = tuple(
        of_cell(one, cell) for one, cell in zip(path_cells.INDICATORS, cells, strict=True)
    )
    when = synthetic.period(asked.period, made_up=made_up)
    title = f"Vejen til job: {name}, {when}"
    said = now.found()
    return replace(
        said,
        title=title,
        subtitle=f"{when[:1].upper()}{when[1:]} · {name}",
        sentence=f"{name}: {told}.",
        alt=f"{title}. {told}.",
        svg=svg,
        source_ids=tuple(dict.fromkeys(cell["source_id"] for cell in cells)),
        facts=facts,
        chart=Chart(
            form="bars",
            categories=tuple(step.name for step in shown),
            series=(Series(axis, tuple(step.share for step in shown), made_up=made_up),),
            axis_title=axis,
            decimals=now.decimals,
        ),
        table=Table(
            columns=(Column("Trin"), Column("Andel af indsatsgruppen", "pct.", 1), Column("Tal")),
            rows=tuple(
                (
                    *tables.words(step.name),
                    Cell(_share(step.share), step.share, status),
                    Cell(step.label, step.label if status == "shown" else None, status),
                )
                for step, status in zip(steps, statuses, strict=True)
            ),
        ),
        notes=(CHARTS["forloeb"].note(atlas, asked, now.data),),
    )


def _share(value: float | None) -> str:
    return danish.pct(value, 1) if value is not None else "skjult"


READERS: dict[str, Callable[[Atlas, Item], Found]] = {"stablet": stacked, "forloeb": path}
