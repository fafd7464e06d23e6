"""The part 'Vejen til job': what is part of what, published for the country and for the choice."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from pages.figures.bars import Ink
from pages.figures.flow import Step, flow
from pages.figures.path_cells import GROUP, HOURS, INDICATORS, JOB, PRACTICE, label, path_steps
from pages.frame import statements
from pages.frame.chart import chart
from pages.frame.filters import panel
from pages.indicator.chart_files import chart_files
from pages.indicator.scene import Scene
from pages.language import danish, synthetic
from queries import Atlas, UserError

PUBLISHED = ("F10", "F11", "F12")
"""The letter's numbers of December 2018: praktik or løntilskud, ordinary hours, fully in a job."""
AXIS = "Andel af indsatsgruppen, pct."
HOW = (
    "Båndet viser, hvad der er en del af hvad: De, der er helt i job, er nogle af dem med ordinære "
    "timer, og de er nogle af indsatsgruppen. Praktik og løntilskud står ved siden af, prikket: En "
    "borger kan have begge dele i samme måned, så tallene kan ikke lægges sammen. Alle er "
    "øjebliksbilleder af en måned; ingen af dem siger, hvor mange der er gået fra et trin til det "
    "næste."
)


def path(atlas: Atlas, now: Scene, ink: Ink) -> None:
    """Draw the part, folded until asked for (`vejen=vis`)."""
    part = panel("vejen", "Vejen fra indsatsgruppe til job")
    if not part.open:
        return
    with part:
        st.html(f'<p class="note">{escape(HOW)}</p>')
        left, right = st.columns(2, gap="medium")
        with left:
            _published(atlas, ink)
        with right:
            _of_area(atlas, now, ink)


def _published(atlas: Atlas, ink: Ink) -> None:
    known = atlas.statements().filter(pl.col("statement_id").is_in(PUBLISHED))
    rows = {row["statement_id"]: row for row in known.iter_rows(named=True)}
    if set(rows) != set(PUBLISHED):
        return
    practice, hours, job = (rows[name] for name in PUBLISHED)
    steps = [
        Step(GROUP, 100.0, "antallet er ikke oplyst"),
        Step(PRACTICE, practice["value"], _printed(practice), beside=True),
        Step(HOURS, hours["value"], _printed(hours)),
        Step(JOB, job["value"], _printed(job)),
    ]
    title = f"Offentliggjort, hele landet, {danish.period(hours['period'])}"
    text = (
        f"{title}: {_printed(hours)} af indsatsgruppen havde ordinære timer. "
        f"{danish.number(job['count'])} af de {danish.number(hours['count'])} var helt i job "
        f"({danish.pct(job['value'])} af indsatsgruppen). Ved siden af var "
        f"{_printed(practice)} i praktik eller løntilskud."
    )
    st.html(f"<h3 class='trin'>{escape(title)}</h3><p>{escape(text)}</p>")
    chart(
        flow(steps, axis_title=AXIS, badge=None, ink=ink),
        key="vejen_offentliggjort",
        alt=text,
    )
    st.html(_table(title, steps) + statements.documents(known, atlas.sources()))


def _printed(row: dict[str, Any]) -> str:
    """Return a statement's count and share as it is hedged: 'ca. 3.000 (23 pct.)'."""
    hedge = "ca. " if row["count_hedge"] == "about" else ""
    return f"{hedge}{danish.number(row['count'])} ({danish.pct(row['value'])})"


def _of_area(atlas: Atlas, now: Scene, ink: Ink) -> None:
    cells = _cells(atlas, atlas.version, now)
    if cells is None:
        st.html("<p>Der er ikke tal for alle tre trin i den valgte måned.</p>")
        return
    made_up = any(cell["kind"] == "synthetic" for cell in cells)
    steps = path_steps(cells)
    title = f"{cells[0]['name']}, {synthetic.period(now.view.period, made_up=made_up)}"
    text = synthetic.marked(f"{title}: {path_sentence(cells)}", made_up=made_up)
    st.html(f"<h3 class='trin'>{escape(title)}</h3><p>{escape(text)}</p>")
    chart(
        flow(steps, axis_title=AXIS, badge=synthetic.BADGE if made_up else None, ink=ink),
        key="vejen_valgt",
        alt=text,
    )
    files = chart_files(atlas, now, {"forloeb": "Vejen til job"}, indicator_id=INDICATORS[0])
    st.html(_table(synthetic.marked(title, made_up=made_up), steps) + files)


@lru_cache(maxsize=64)
def _cells(atlas: Atlas, _version: str, now: Scene) -> tuple[dict[str, Any], ...] | None:
    """Return the cells of praktik, hours and job of the area chosen, else of the country."""
    found = []
    for measure in now.page.measures:
        try:
            if now.selected is None:
                found.append(atlas.national(measure.indicator_id, now.view.period))
                continue
            cells = atlas.cells(measure.indicator_id, now.view.period, now.view.level)
            found.append(cells.row(by_predicate=pl.col("area_id") == now.selected, named=True))
        except (UserError, pl.exceptions.NoRowsReturnedError):
            return None
    return tuple(found)


def path_sentence(cells: tuple[dict[str, Any], ...]) -> str:
    """Return the steps in words; what is hidden is said to be, and nothing is computed of it."""
    practice, hours, job = cells
    told = [f"{HOURS}: {label(hours)}."]
    if all(cell["status"] == "shown" for cell in (hours, job)) and hours["numerator"]:
        share = danish.pct(100 * job["numerator"] / hours["numerator"])
        told.append(f"Af dem {share} helt i job: {label(job)}.")
    else:
        told.append(f"{JOB}: {label(job)}.")
    told.append(f"Ved siden af {PRACTICE.lower()}: {label(practice)}.")
    return " ".join(told)


def _table(title: str, steps: list[Step]) -> str:
    relation = {GROUP: "–", PRACTICE: GROUP.lower(), HOURS: GROUP.lower(), JOB: HOURS.lower()}
    body = "".join(
        f"<tr><th scope='row'>{escape(step.name)}</th><td class='tal'>{escape(step.label)}</td>"
        f"<td>{escape(relation[step.name])}{' (ved siden af)' if step.beside else ''}</td></tr>"
        for step in steps
    )
    return (
        f"<details class='tabel'><summary>Vis tallene som tabel</summary><table>"
        f"<caption>{escape(title)}</caption><thead><tr><th scope='col'>Trin</th>"
        "<th scope='col'>Borgere (andel af indsatsgruppen)</th><th scope='col'>Del af</th></tr>"
        f"</thead><tbody>{body}</tbody></table></details>"
    )
