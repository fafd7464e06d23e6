"""What a kommunenotat says: the numbers of the profile, in words, as data for `note.typ`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pages.figures import series_cells
from pages.language import chance, danish, sentences, synthetic
from pages.language.time import over_time
from pages.sammenligning import peers, profile_words
from pages.sammenligning.place import around, participation
from pages.sammenligning.profile_rows import ProfileRow, profile_rows
from pages.samraad.documents.note import drawings
from pages.samraad.documents.packing import plain
from pages.samraad.documents.sources import long
from queries import LAND, Atlas, Source

RULE = peers.USUAL.text()
"""Whom a kommune is likened to, as on its profile: those of the same region."""
HEADS = (
    "Mål",
    "Andel",
    "Borgere",
    "Hele landet",
    "Mod landet",
    "Plads fra højeste",
    "Sammenlignelige",
)
MADE_UP = (
    "Der er ikke fundet offentliggjorte tal for kommunerne for disse mål. Tallene herunder er "
    "opdigtede, siger intet om virkeligheden og må ikke citeres."
)
BROKEN = "Hvor en linje er brudt, er tallet skjult eller ikke med i denne slags tal."
NO_MONTHS = "Ingen måned har et vist tal for kommunen."
NO_NUMBERS = "Der er ingen offentliggjorte tal for kommuner."
KEY = "passive_ressourceforloeb"
"""The indicator that the note begins with; its published month has a made-up series beside it."""
Data = dict[str, Any]


def note(atlas: Atlas, code: str) -> Data:
    """Return all that the note of a kommune says; raises UserError as the façade does."""
    rows = profile_rows(atlas, code, RULE, over_time=False)
    real = [row for row in rows if not row.one.made_up]
    made_up = [row for row in rows if row.one.made_up]
    group = peers.group(atlas, atlas.version, code, "kommune", RULE).area_ids
    name = around(atlas, code).name
    took_part, silent = participation(atlas, code)
    return {
        "code": code,
        "name": name,
        "facts": profile_words.facts(atlas, code)[1:],
        "places": drawings.places(code, group),
        "alt": f"Danmarkskort: {name} er rød, de sammenlignelige kommuner er mørkere grå.",
        "map_key": f"Rød: {name}. Grå: de sammenlignelige.",
        "key": _key(real),
        "real": _part(atlas, code, real, profile_words.kinds(real)) if real else None,
        "made_up": _part(atlas, code, made_up, synthetic.WARNING) if made_up else None,
        "peers": peers.told(atlas, atlas.version, code, "kommune", RULE),
        "initiatives": took_part,
        "silent": silent,
        "without": profile_words.without(rows),
        "instead": profile_words.told_instead(atlas, code, real),
        "caveats": _caveats(real),
        "method": profile_words.method(atlas, RULE),
        "sources": _sources(rows),
        "version": atlas.version,
        "warned": bool(made_up),
        "warning": MADE_UP,
    }


def _key(real: Sequence[ProfileRow]) -> Data:
    """Return the kommune's published number in a sentence, and how sure its place is."""
    if not real:
        return {"sentence": NO_NUMBERS, "sure": "", "period": ""}
    row = real[0]
    one, cell = row.one, row.cell
    told = sentences.area(cell, one.national, one.subject.indicator, one.cells)
    sure = [chance.of_area(cell, one.cells)]
    if cell["low_pct"] is not None:
        sure.append(f"Andelens usikkerhed (95 pct.): {chance.interval(cell)} pct.")
    return {
        "sentence": told,
        "sure": " ".join(filter(None, sure)),
        "period": f"{one.subject.label}, {danish.period(one.subject.period)}",
    }


def _part(atlas: Atlas, code: str, rows: Sequence[ProfileRow], title: str) -> Data:
    """Return rows of one kind: their table, and the first of their series as a drawing."""
    words = [(row, profile_words.row_words(row)) for row in rows]
    return {
        "title": title,
        "heads": HEADS,
        "rows": [
            {
                "status": one.status,
                "cells": [
                    [one.title, danish.period(row.one.subject.period)],
                    [one.share, ""],
                    [one.people, ""],
                    [one.country, ""],
                    list(one.against),
                    [one.place, ""],
                    list(one.peers),
                ],
            }
            for row, one in words
        ],
        "chart": _chart(atlas, code, rows),
    }


def _chart(atlas: Atlas, code: str, rows: Sequence[ProfileRow]) -> Data | None:
    """Return the kommune over time in the numbers of one kind: of what the note begins with."""
    made_up = rows[0].one.made_up
    indicator = atlas.indicators.get(KEY, rows[0].one.subject.indicator)
    series = series_cells.monthly(atlas.series(indicator.indicator_id, [LAND, code]))
    months = series.filter(made_up=made_up)
    if months["period"].n_unique() < 2:
        return None
    axis = f"{indicator.short_title}, {indicator.unit}"
    svg = drawings.over_time(months, axis, made_up=made_up)
    title = synthetic.marked(f"{indicator.title} over tid", made_up=made_up)
    told = over_time(months)
    if svg is None:
        return {"svg": "", "title": title, "told": NO_MONTHS, "alt": ""}
    return {"svg": svg, "title": title, "told": f"{told} {BROKEN}", "alt": f"{title}. {told}"}


def _caveats(rows: Sequence[ProfileRow]) -> list[str]:
    every = [text for row in rows for text in row.one.subject.indicator.caveats]
    return list(dict.fromkeys(every))


def _sources(rows: Sequence[ProfileRow]) -> list[str]:
    found: dict[str, Source] = {row.one.source.source_id: row.one.source for row in rows}
    return [plain(long(source)) for source in found.values()]
