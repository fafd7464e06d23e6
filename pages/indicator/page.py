"""The page of an indicator: headline, map, bars and table of one selection, then time and proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pages.exports import alternatives
from pages.exports.definitions import are_exact
from pages.figures.bars import Ink
from pages.figures.map_choices import PARAMETERS as MAP_PARAMETERS
from pages.figures.map_choices import read_choices
from pages.frame import evidence, filters, mappe, statements
from pages.frame.chart import ink
from pages.indicator.chart_files import of_view
from pages.indicator.drill import breadcrumbs, let_go, no_numbers
from pages.indicator.figures import figures
from pages.indicator.over_time import over_time
from pages.indicator.potential import potential
from pages.indicator.scene import Scene, offer, scene
from pages.indicator.share_part import embedded_source, share_box
from pages.indicator.side_by_side import side_by_side
from pages.indicator.spec import IndicatorPage, Measure
from pages.indicator.uncertainty import uncertainty
from pages.language import chance, danish, sentences, synthetic
from queries import Atlas

INVITATIONS = {
    "kommune": "Vælg en kommune på kortet, i søjlerne, i tabellen eller ved at søge.",
    "jobcenter": "Vælg et jobcenter på kortet, i søjlerne, i tabellen eller ved at søge.",
    "region": "Vælg en region på kortet, i søjlerne eller i tabellen for at se dens dele.",
    "landsdel": "Vælg en landsdel på kortet, i søjlerne eller i tabellen for at se dens kommuner.",
}


Part = Callable[[Atlas, Scene, Ink], None]
"""A part of one page only; it draws nothing where the measure chosen is not its own."""


def show_page(atlas: Atlas, page: IndicatorPage, parts: Sequence[Part] = ()) -> None:
    """Draw `page` for the view in the address, its own `parts` after map, table and bars."""
    measures = page.all_measures(atlas.indicators)
    labels = {name: measure.label for name, measure in measures.items()}
    measure = measures[filters.chosen_measure(labels)] if measures else None
    st.title(_title(atlas, page, measure), anchor=False)
    if page.subject:
        st.html(_published(atlas, page, there_are_numbers=bool(measures)))
    if measure is None:
        return
    offered = offer(atlas, atlas.version, page, measure.indicator_id)
    view = filters.area_filters(atlas, atlas.areas(), offered, labels, page.measure_label)
    now = scene(atlas, atlas.version, page, measure, view)
    headline(atlas, now, offered)
    breadcrumbs(atlas, now)
    if now.cells.is_empty():
        no_numbers(atlas, now, offered)
        return
    selection(atlas, now)
    figures(now)
    st.caption(notes(now))
    st.html(into_folder(atlas, now))
    for part in parts:
        part(atlas, now, ink())
    uncertainty(atlas, now, ink())
    potential(now)
    side_by_side(atlas, now)
    over_time(atlas, now, ink())
    proof(atlas, now)


def _title(atlas: Atlas, page: IndicatorPage, measure: Measure | None) -> str:
    """Return the page's title; one of a family is called what the indicator chosen is."""
    if not page.family or measure is None:
        return page.title
    return atlas.indicator(measure.indicator_id).title


def _published(atlas: Atlas, page: IndicatorPage, *, there_are_numbers: bool) -> str:
    """Return the published statements, and a heading that parts them from the areas' numbers."""
    head = "Kommuner og jobcentre"
    rest = "" if there_are_numbers else f"<p>{escape(page.why_made_up)}</p>"
    return f'{statements.published(atlas, page.subject)}<h2 class="omraader">{head}</h2>{rest}'


def headline(atlas: Atlas, now: Scene, offered: filters.Offer) -> None:
    """Draw what the numbers are, their sentence and the key numbers of the selection."""
    counts = sentences.above_and_below(now.cells, now.national)
    empty = now.cells.is_empty()
    nouns = sentences.LEVEL_NOUNS[now.view.level]
    # A place's name with its preposition ('på Fyn') would need a list; a colon needs none.
    here = "" if now.where == "Hele landet" else f"{now.where}: "
    tiles = [
        (danish.number(now.national["numerator"]), "borgere i hele landet"),
        (now.national_share, now.measure.share_of),
        *(
            (str(counts[side]), f"{here}{nouns[counts[side] != 1]} ligger {word}")
            for side, word in (
                ("above", f"over landets {now.national_share}"),
                ("below", "under"),
            )
            if not empty
        ),
    ]
    # A tile is large enough to be cut out alone.
    mark = " (syntetisk)" if now.made_up else ""
    items = "".join(f"<div><dt>{escape(k + mark)}</dt><dd>{escape(v)}</dd></div>" for v, k in tiles)
    rest = f"{counts['level']} på landets niveau"
    if counts["without"]:
        rest += f", og {counts['without']} uden vist andel"
    rest = "" if empty else f"{rest}."
    if here:
        rest += f" {sentences.place(now.where, now.place, printed=now.printed)}"
    sentence = sentences.national(now.indicator, now.national)
    st.html(
        f"{_notice(now, offered)}"
        f'<p class="manchet">{escape(synthetic.marked(sentence, made_up=now.made_up))}</p>'
        f'<dl class="noegletal">{items}</dl>'
        f'<p class="note">{escape(rest)} {_national(atlas, now)}</p>'
    )


def _notice(now: Scene, offered: filters.Offer) -> str:
    """Return what stands above made-up figures, with the way back to published ones."""
    if not now.made_up:
        if now.printed or now.source.of_others:
            return ""
        what = "Talt op af et register", "dataejerens egen optælling og ikke offentliggjort"
        told = "Tallene omfatter kun de borgere, der er i registret."
        if now.source.kind == "file":
            what = "Ikke offentliggjort", "et udtræk, som dataejeren har indlæst"
            told = "Atlasset har skjult de tal, der ikke må vises."
        return (
            f'<div class="syntetisk" role="note"><strong>{what[0]}.</strong> '
            f"{escape(now.source.title)} er {what[1]}. {told}</div>"
        )
    back = ""
    if offered.printed:
        address = now.view.parameters(default_period=now.view.period)
        there = f"/{now.page.path}" + (f"?{urlencode(address)}" if address else "")
        month = danish.period(offered.default_period)
        back = f' <a href="{escape(there)}" target="_self">Se de offentliggjorte for {month}</a>.'
    why = now.measure.why_made_up or now.page.why_made_up
    return (
        '<div class="syntetisk" role="note"><strong>Syntetiske tal.</strong> '
        f"{escape(why)} Tallene herunder for {danish.period(now.view.period)} er "
        "opdigtede: De viser, hvordan atlasset virker, og siger intet om virkeligheden. De må ikke "
        f"citeres.{back}</div>"
    )


def selection(atlas: Atlas, now: Scene) -> None:
    """Draw the sentence of the selected area, with ways to share it and to let go of it.

    The box is always there: an element that comes and goes would move those below it to another
    place in Streamlit's tree, where they are drawn anew and lose the keyboard's focus.
    """
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="valgt"):
        if now.selected is None:
            st.markdown(INVITATIONS[now.view.level])
            share_box(atlas, now)
            return
        cell = now.cell(now.selected)
        if cell is None:
            st.markdown("Der er ingen tal for det valgte område i denne måned.")
        else:
            sentence = sentences.area(cell, now.national, now.indicator, now.everywhere)
            sentence = synthetic.marked(sentence, made_up=now.made_up)
            sentence = f"{sentence} {chance.of_area(cell, now.judged)}".strip()
            outside = ""
            if now.selected not in now.cells["area_id"]:
                outside = f" {cell['name']} ligger uden for {now.where}."
            source = evidence.reference(now.source)
            told = told_instead(atlas, now, cell)
            said = f"{sentence} {told}{sentences.trace(cell, source)}{outside}"
            put = mappe.button(
                "saetning", _item(now), atlas.version, f"sætningen om {cell['name']}"
            )
            st.markdown(f"{escape(said, quote=False)} {put}", unsafe_allow_html=True)
        share_box(atlas, now)
        st.button("Fjern valg", on_click=let_go, args=(now,))


def told_instead(atlas: Atlas, now: Scene, cell: Mapping[str, Any]) -> str:
    """Return what is told instead of the hidden numbers of an area, with a space after it."""
    found = alternatives.told_instead(atlas, now.measure.indicator_id, cell)
    return f"{synthetic.marked(found, made_up=now.made_up)} " if found else ""


def into_folder(atlas: Atlas, now: Scene) -> str:
    """Return the buttons that put map, bars and table of the view into the samrådsmappe."""
    choices = {name: st.query_params.get(name, "") for name in MAP_PARAMETERS}
    if read_choices(st.query_params)[1]:
        choices = {}
    bars = mappe.Choice("soejler", "Søjlerne", {"sortering": now.view.sort})
    if now.stacks:
        bars = mappe.Choice("stablet", "Søjlerne efter tid")
    return mappe.row(
        _item(now),
        atlas.version,
        [
            mappe.Choice("kort", "Kortet", choices),
            bars,
            mappe.Choice("tabel", "Tabellen", {"sortering": now.view.sort}),
        ],
        what=now.title,
    )


def _national(atlas: Atlas, now: Scene) -> str:
    """Return the button of the country's sentence."""
    parameters = {"indikator": now.indicator.indicator_id, "periode": now.view.period}
    return mappe.button("saetning", parameters, atlas.version, "sætningen om hele landet")


def _item(now: Scene) -> dict[str, str]:
    return {"indikator": now.indicator.indicator_id} | of_view(now)


def notes(now: Scene) -> str:
    """Return the line under the figures: source, status, period, and what to know of the areas."""
    rows = now.page.printed_as if now.printed else ""
    note = evidence.caption(now.source, now.view.period, rows)
    if "sum_of_kommuner" in now.origins:
        note += (
            " Jobcentre er lagt sammen af kommuner. Hvor en af kommunerne er skjult eller udeladt "
            "i kilden, er jobcentret skjult, fordi summen ellers ville afsløre tallet."
        )
    if now.page.people_in_names:
        note += f" {now.page.people_in_names}"
    return note


def proof(atlas: Atlas, now: Scene) -> None:
    """Draw downloads, definition and source."""
    parameters = replace(now.view, within=now.around).parameters(default_period="")
    parameters.pop("sortering", None)
    evidence.downloads(now.indicator.indicator_id, parameters, made_up=now.made_up)
    embedded_source(atlas, now)
    printed = atlas.periods(now.indicator.indicator_id, "published")
    left, right = st.columns(2, gap="large")
    with left:
        evidence.definition(
            now.indicator,
            counted=now.made_up and bool(printed),
            printed=now.printed,
            exact=are_exact(now.cells),
        )
    with right:
        evidence.source_card(now.source, atlas.sources())
