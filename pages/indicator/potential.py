"""The part 'Hvad hvis …?': what reaching a target would mean, in people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

import streamlit as st

from pages.frame.filters import panel
from pages.indicator.scene import Scene
from pages.language import danish, synthetic, what_if
from pages.language.sentences import LEVEL_NOUNS
from queries import statistics

HOW = (
    "Et regnestykke, ikke en prognose: Nævneren holdes fast, og intet siger, at en forskel kan "
    "fjernes, eller hvad der skaber den. Der regnes kun med de viste tal."
)


def potential(now: Scene) -> None:
    """Draw the part, folded until asked for (`potentiale=vis`); nothing for a neutral indicator."""
    if now.indicator.polarity == "neutral":
        return
    part = panel("potentiale", "Hvad hvis alle nåede landets gennemsnit?")
    if part.open:
        with part:
            st.html(_html(now))


@lru_cache(maxsize=64)
def _html(now: Scene) -> str:
    lower = now.indicator.polarity == "lower_is_better"
    nouns = LEVEL_NOUNS[now.view.level]
    targets: list[tuple[str, statistics.Reference, str]] = [
        ("Landets gennemsnit", now.national, f"landets gennemsnit ({now.national_share})")
    ]
    best = statistics.best_quarter(now.everywhere, lower_is_better=lower)
    decimals = now.indicator.format.share_decimals
    if best is not None:
        share = danish.pct(best, decimals)
        targets.append(
            (
                f"Den bedste fjerdedel af {nouns[1]}",
                best,
                f"niveauet i den bedste fjerdedel ({share})",
            )
        )
    told, rows = [], []
    for label, target, words in targets:
        found = statistics.potential(now.cells, target, lower_is_better=lower)
        if found is None:
            return "<p>Der er ingen viste tal at regne på.</p>"
        told.append(
            what_if.sentence(
                found,
                lower_is_better=lower,
                level=now.view.level,
                target=words,
                people_who=now.measure.people_who,
            )
        )
        people = danish.interval(found.people_low, found.people_high)
        rows.append((label, people, what_if.moved(found), what_if.change(found, decimals)))
    text = synthetic.marked(f"{now.where}: {' '.join(told)}", made_up=now.made_up)
    own = _own(now, targets, lower=lower)
    heads = ("Mål", "Borgere", f"{nouns[1].capitalize()}, der flytter sig", "De viste tilsammen")
    title = synthetic.marked(f"{now.title}: hvad hvis …?", made_up=now.made_up)
    return (
        f"<p>{escape(text)}</p>{own}{_table(title, heads, rows)}"
        f'<p class="note">{escape(HOW)} {escape(_without(now))}</p>'
    )


def _own(now: Scene, targets: list[tuple[str, statistics.Reference, str]], *, lower: bool) -> str:
    """Return the selected area's own distance to each target, in people."""
    cell = now.cell(now.selected) if now.selected else None
    if cell is None:
        return ""
    told = []
    for _, target, words in targets:
        if (gap := statistics.gap(cell, target)) is not None:
            told.append(
                what_if.gap_sentence(cell["name"], gap, lower_is_better=lower, target=words)
            )
    marked = synthetic.marked(" ".join(told), made_up=now.made_up)
    return f"<p>{escape(marked)}</p>" if told else ""


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    body = "".join(
        f"<tr><th scope='row'>{escape(label)}</th>"
        + "".join(f"<td class='tal'>{escape(text)}</td>" for text in texts)
        + "</tr>"
        for label, *texts in rows
    )
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
    return (
        "<div class='rul' tabindex='0' role='region' aria-label='Hvad hvis, som tabel'><table>"
        f"<caption>{escape(title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _without(now: Scene) -> str:
    total = statistics.total(now.cells)
    if total is None or not total.without:
        return ""
    names = [name.removeprefix("Jobcenter ") for name in total.without]
    return f"Uden: {danish.listing(names)}, som ikke har viste tal."
