"""The parts on areas, their characteristics, the map, the programmes and known events."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

import geodata
from pages.frame import evidence
from pages.frame.links import link
from pages.initiativer import programmes
from pages.language import danish
from pages.metode.sections import Section, folded, table
from queries import Atlas


def sections(atlas: Atlas) -> list[Section]:
    """Return the sections on areas, characteristics, the map, programmes and events."""
    return [
        Section("omraader", "Områder", jobcentres(atlas.areas())),
        Section("kendetegn", "Kendetegn, som kommuner ligner hinanden på", characteristics(atlas)),
        Section("kort", "Kort", the_map()),
        Section("initiativer", "Initiativer", initiatives(atlas)),
        Section("haendelser", "Kendte hændelser", events(atlas)),
    ]


def jobcentres(areas: pl.DataFrame) -> str:
    """Return how many areas there are, and the shared jobcentres and how well each is known."""
    kommuner = areas.filter(pl.col("level") == "kommune")
    shared = (
        areas.filter(pl.col("level") == "jobcenter")
        .join(kommuner.group_by("jobcenter_id").len(), left_on="area_id", right_on="jobcenter_id")
        .filter(pl.col("len") > 1)
        .sort("area_id")
    )
    counts = dict(areas.group_by("level").len().rows())
    return (
        f"<p>{counts['kommune']} kommuner, {counts['landsdel']} landsdele, {counts['region']} "
        f"regioner og {counts['jobcenter']} jobcentre. Fire jobcentre dækkede to kommuner i "
        "2017–2019. De øvrige antages at dække én kommune.</p>"
        + table(
            "Fælles jobcentre og grundlaget for dem",
            ["Jobcenter", "Grundlag"],
            [[escape(row["name"]), escape(row["basis"])] for row in shared.iter_rows(named=True)],
        )
    )


def characteristics(atlas: Atlas) -> str:
    """Return each characteristic with its definition and source, and all values folded."""
    values = atlas.characteristics()
    sources = atlas.sources()
    kinds = values.unique("characteristic_id", maintain_order=True)
    rows = [
        [
            escape(row["title"]),
            escape(row["unit"]),
            escape(row["definition"]),
            str(values.filter(characteristic_id=row["characteristic_id"]).height),
            escape(evidence.reference(sources[row["source_id"]])),
        ]
        for row in kinds.iter_rows(named=True)
    ]
    heads = ["Kendetegn", "Enhed", "Definition", "Kommuner", "Kilde"]
    return (
        "<p>Når atlasset finder kommuner, der ligner hinanden, er det kun på disse kendetegn. "
        "Vægtene vælger læseren.</p>"
        + table("Kendetegn", heads, rows, numbers=(3,))
        + folded("Alle værdier", _values(atlas, values, kinds))
    )


def _values(atlas: Atlas, values: pl.DataFrame, kinds: pl.DataFrame) -> str:
    names = dict(atlas.areas().select("area_id", "name").rows())
    known = {(row["area_id"], row["characteristic_id"]): row for row in values.to_dicts()}
    ids = kinds["characteristic_id"].to_list()
    areas = sorted(values["area_id"].unique(), key=lambda area: danish.sort_key(names[area]))
    rows = [
        [escape(names[area]), *(_value(known.get((area, one))) for one in ids)] for area in areas
    ]
    heads = ["Kommune", *(f"{row['title']} ({row['unit']})" for row in kinds.to_dicts())]
    columns = range(1, len(heads))
    return table(
        "Kendetegn for hver kommune; – betyder, at der intet tal er",
        heads,
        rows,
        numbers=tuple(columns),
    )


def _value(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "–"
    decimals = 0 if row["low"] == int(row["low"]) and row["high"] == int(row["high"]) else 2
    low, high = (danish.number(row[end], decimals) for end in ("low", "high"))
    return low if low == high else f"{low}–{high}"


def the_map() -> str:
    """Return where the map comes from and what it is not for, as HTML."""
    source = geodata.load_map().source
    return (
        f"<p>{escape(source.title)}. {escape(source.attribution)}. "
        f"Licens: {escape(source.licence)}.</p>"
    )


def initiatives(atlas: Atlas) -> str:
    """Return the programmes with money, kommuner and period, and every named kommune."""
    rows = atlas.initiatives()
    names = dict(atlas.areas().select("area_id", "name").rows())
    members = "".join(
        f"<p>{escape(row['title'])}, de {len(row['members'])} navngivne kommuner: "
        + escape(danish.listing(sorted((names[m] for m in row["members"]), key=danish.sort_key)))
        + ".</p>"
        for row in rows.iter_rows(named=True)
        if row["members"]
    )
    more = link("siden Initiativer", "initiativer")
    return f"{programmes.table(rows, atlas.sources(), None)}{members}<p>Mere på {more}.</p>"


def events(atlas: Atlas) -> str:
    """Return the known events that are drawn on series, each with its date and document."""
    sources = atlas.sources()
    names = dict(atlas.areas().select("area_id", "name").rows())
    titles = {one.indicator_id: one.title for one in atlas.indicators.values()}
    families: dict[str, list[str]] = {}
    for one in atlas.indicators.values():
        families.setdefault(one.family, []).append(one.title)
    rows = []
    for row in atlas.annotations().iter_rows(named=True):
        concerned = [
            title
            for subject in row["subjects"]
            for title in ([titles[subject]] if subject in titles else families.get(subject, []))
        ]
        where = (
            danish.listing(sorted((names[a] for a in row["area_ids"]), key=danish.sort_key))
            if row["area_ids"]
            else "hele landet"
        )
        rows.append(
            [
                escape(row["title"]),
                escape(_when(row)),
                escape(row["text"]),
                escape(", ".join(concerned)),
                escape(where),
                escape(evidence.reference(sources[row["source_id"]])),
            ]
        )
    heads = ["Hændelse", "Dato", "Hvad", "Vises ved", "Gælder", "Kilde"]
    return (
        "<p>Hændelser, som dokumenterne nævner. At en linje knækker ved en hændelse, viser ikke, "
        "at hændelsen er årsagen.</p>" + table("Kendte hændelser", heads, rows)
    )


def _when(row: Mapping[str, Any]) -> str:
    if row["date_note"]:
        return str(row["date_note"])
    span = danish.date(row["starts_on"])
    return f"{span} – {danish.date(row['ends_on'])}" if row["ends_on"] else span
