"""The map of an indicator page: how the reader wants it, and what it is told for one view."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from pages.components.area_map import Months, area_map
from pages.exports.kinds import only_made_up
from pages.exports.map_drawing import MapDrawing, Subject, kind_of, map_drawing
from pages.figures.map_choices import (
    AGAINST_KOMMUNE,
    FORMS,
    RULES,
    MapChoices,
    breaks_text,
    read_breaks,
    read_choices,
)
from pages.frame import filters
from pages.frame.data import atlas
from pages.frame.map_months import months_address
from pages.frame.map_paths import map_address
from pages.indicator.scene import Scene
from pages.language import danish, sentences, synthetic
from queries import Atlas

OWN = "egne"


def map_part(
    now: Scene, summary: str, on_select: Callable[[str], None]
) -> tuple[float, ...] | None:
    """Draw the map of a view; `summary` is its sentence for those who do not see it.

    Return the boundaries of its classes for the figures beside it, None for the indicator's own.
    """
    choices, problems = read_choices(st.query_params)
    drawing = _drawing(atlas(), atlas().version, now, choices)
    controls(now, choices, [*problems, *drawing.problems])
    level = now.map_level
    area_map(
        asset_url=map_address(),
        level=level,
        cells=drawing.cells,
        legend=drawing.legend,
        selected=now.map_selected,
        title=drawing.title,
        description=summary if not drawing.legend.diverging else drawing.title,
        badge=drawing.badge,
        key=f"kort_{level}",
        on_select=on_select,
        note=f"{_chosen(now)} {drawing.note}".strip(),
        tiles=choices.form == "fliser",
        months=_months(atlas(), now, drawing),
        on_period=lambda period: _write("periode", period),
    )
    scale = drawing.scales.get("*") or drawing.scales.get(kind_of(now.mapped))
    return scale.breaks if scale else None


def _chosen(now: Scene) -> str:
    """Return the chosen area's number: its sentence above may have scrolled away."""
    cell = now.cell(now.selected) if now.selected else None
    if cell is None:
        return ""
    told = f"{cell['name']}, {danish.period(now.view.period)}: {sentences.value(cell)}"
    return synthetic.marked(f"{told}; hele landet {now.national_share}", made_up=now.made_up)


def controls(now: Scene, choices: MapChoices, problems: list[str]) -> None:
    """Draw the row over the map: form, classes and comparison, and what is wrong with them."""
    own = breaks_text(choices.breaks) or OWN
    rules = {(own if name == OWN else str(name)): label for name, label in RULES.items()}
    rule = own if choices.rule == OWN else choices.rule
    with st.container(key="kortvalg"):
        for problem in problems:
            st.warning(problem)
        with st.container(horizontal=True, vertical_alignment="bottom", key="kortvalg_raekke"):
            filters._box(
                "kort", "Kortets form", {str(k): v for k, v in FORMS.items()}, choices.form
            )
            filters._box("klasser", "Klasser", rules, rule)
            others = _comparisons(now, choices.against)
            filters._box("mod", "Forskel til", others, choices.against or "", default="")
            if choices.rule == OWN:
                usual = tuple(float(one) for one in now.indicator.format.class_breaks)
                _own_breaks(breaks_text(choices.breaks or usual))


def _own_breaks(text: str) -> None:
    st.session_state["valg_graenser"] = text
    st.text_input(
        "Grænser i pct., fx 5-10-20-40",
        key="valg_graenser",
        on_change=_breaks_written,
        max_chars=40,
    )


def _breaks_written() -> None:
    """Put own boundaries into the address as they are read; wrong ones too, to be told of."""
    written = st.session_state["valg_graenser"]
    breaks, _ = read_breaks(written)
    _write("klasser", breaks_text(breaks) if breaks else written or OWN)


def _write(parameter: str, value: str) -> None:
    st.query_params[parameter] = value


def _comparisons(now: Scene, against: str | None) -> dict[str, str]:
    """Return what the map can be compared with: the chosen kommune, and every other period."""
    offered = _periods(atlas(), atlas().version, now.indicator.indicator_id)
    options = {"": "Ingen", AGAINST_KOMMUNE: "Valgt kommune"}
    options |= {p: words for p, words in offered.items() if p != now.view.period}
    # A period of the address that has no numbers is told of, and stays to be let go of.
    if against and against not in options:
        options[against] = danish.period(against)
    return options


@lru_cache(maxsize=16)
def _periods(facade: Atlas, _version: str, indicator_id: str) -> dict[str, str]:
    made_up = only_made_up(facade, indicator_id)
    return {p: synthetic.period(p, made_up=p in made_up) for p in facade.periods(indicator_id)}


@lru_cache(maxsize=128)
def _drawing(facade: Atlas, _version: str, now: Scene, choices: MapChoices) -> MapDrawing:
    subject = Subject(
        indicator=now.indicator,
        heading=now.indicator.title,
        short=now.indicator.short_title,
        mapped=now.mapped,
        inside=now.map_inside,
        selected=now.map_selected,
        level=now.view.level,
        period=now.view.period,
    )
    return map_drawing(facade, choices, subject)


def _months(facade: Atlas, now: Scene, drawing: MapDrawing) -> Months | None:
    if not drawing.scales:
        return None
    return Months(
        address=months_address(facade, now.indicator.indicator_id, now.view.level),
        period=now.view.period,
        heading=now.indicator.title,
        scales={
            kind: (scale.breaks, scale.labels, scale.note) for kind, scale in drawing.scales.items()
        },
    )
