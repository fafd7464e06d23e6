"""Known events beside a series: which ones concern it, as marks on the chart and as a list."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from html import escape
from typing import Any

from pages.figures.time_lines import Event
from pages.language.time import event
from queries import Atlas

OF_MADE_UP = (
    "Hændelserne er virkelige, men de syntetiske tal kender dem ikke: Et udsving ved en hændelse "
    "siger intet."
)


@lru_cache(maxsize=64)
def events(
    atlas: Atlas, _version: str, subjects: frozenset[str], areas: frozenset[str]
) -> tuple[dict[str, Any], ...]:
    """Return the known events of any of `subjects`, oldest first.

    Events that concern some kommuner only are left out where `areas`, the kommuner on the chart,
    has others only; without any, all are there.
    """
    return tuple(
        row
        for row in atlas.annotations().sort("starts_on").iter_rows(named=True)
        if subjects & set(row["subjects"]) and _concerns(row["area_ids"], areas)
    )


def _concerns(area_ids: Collection[str], areas: frozenset[str]) -> bool:
    return not area_ids or not areas or bool(areas & set(area_ids))


def marks(found: tuple[dict[str, Any], ...]) -> tuple[Event, ...]:
    """Return the events as the chart draws them, numbered as in the list."""
    return tuple(Event(n, row["starts_on"], row["ends_on"]) for n, row in enumerate(found, 1))


def listed(atlas: Atlas, found: tuple[dict[str, Any], ...], *, made_up: bool) -> str:
    """Return the events as a numbered list with their documents, folded under the chart."""
    if not found:
        return ""
    sources = atlas.sources()
    items = "".join(
        f"<li>{escape(event(row))} Kilde: {escape(sources[row['source_id']].document_id)}.</li>"
        for row in found
    )
    warning = f" {OF_MADE_UP}" if made_up else ""
    return (
        "<details class='haendelser' open><summary>Hændelser på figuren</summary>"
        f"<ol>{items}</ol><p class='note'>Sammenfald i tid er ikke årsag.{warning}</p></details>"
    )
