"""The list of data at `/data/`: every indicator with its periods, kinds and addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from pages.exports.charts import CHARTS
from pages.exports.kinds import KINDS, only_made_up
from pages.frame.address import SORTS
from pages.language import danish, synthetic
from queries import Atlas, Indicator

AS_OF = "vist"
PARAMETERS = ("periode", "niveau", "omraade", "kommune", "opdeling", "kilde", AS_OF)
FORMATS = ("csv", "json", "xlsx", "svg", "png")
SERIES = "serie"
SERIES_PARAMETERS = ("niveau", "omraade", "kommune", "opdeling", "kilde", AS_OF)
TABLE_FORMATS = ("csv", "json", "xlsx")
PICTURES = ("svg", "png")
TABLES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "sammenlign": (
        "Kommuner ved siden af hinanden",
        ("sammenlign", "niveau", "kilde"),
        "?sammenlign=0316,0330",
    ),
    "kommune": (
        "Alle indikatorer for en kommune",
        ("kommune", "niveau", "kilde"),
        "?kommune=0316",
    ),
    "initiativer": ("Satspuljeinitiativer", (), ""),
    "kilder": ("Kilder og offentliggjorte udsagn", (), ""),
    "fortrolighed": ("Hvad der er skjult, og hvor godt", (), ""),
    "alternativer": (
        "Hvad der vises i stedet for skjulte tal",
        ("indikator",),
        "?indikator=gruppe_2_over_9_maaneder",
    ),
}
"""Files across indicators by name: title, parameters, and an example of these."""

STYLE = "body{font:1.05rem/1.5 system-ui;max-width:45rem;margin:2rem auto;padding:0 1rem}"


def entries(atlas: Atlas) -> list[dict[str, Any]]:
    """Return what there is, one object per indicator; those of another form as tables only."""
    usual = [_entry(atlas, indicator) for indicator in atlas.indicators.values()]
    return usual + [_further(atlas, indicator) for indicator in atlas.further.values()]


def _further(atlas: Atlas, indicator: Indicator) -> dict[str, Any]:
    entry = _entry(atlas, indicator)
    drawn = [name for name in CHARTS if name in entry and name != SERIES]
    tables = {SERIES: {kind: f"/data/{entry['id']}_{SERIES}.{kind}" for kind in TABLE_FORMATS}}
    tables["adresser"] = {kind: entry["adresser"][kind] for kind in TABLE_FORMATS}
    return {name: one for name, one in entry.items() if name not in drawn} | tables


def _entry(atlas: Atlas, indicator: Indicator) -> dict[str, Any]:
    name = indicator.indicator_id
    by_kind = {word: atlas.periods(name, kind) for word, kind in KINDS.items()}
    return {
        "id": name,
        "titel": indicator.title,
        "perioder": atlas.periods(name),
        "standardperiode": atlas.default_period(name),
        "kun_syntetiske_perioder": sorted(only_made_up(atlas, name), reverse=True),
        "perioder_efter_kilde": {word: periods for word, periods in by_kind.items() if periods},
        "opdelinger": indicator.breakdowns,
        "adresser": {kind: f"/data/{name}.{kind}" for kind in FORMATS},
        **{
            figure: {kind: f"/data/{name}_{figure}.{kind}" for kind in formats_of(figure)}
            for figure, chart in CHARTS.items()
            if chart.offered(indicator)
        },
    }


def formats_of(name: str) -> tuple[str, ...]:
    """Return the formats of a table across indicators, a figure, or of an indicator itself ('')."""
    if name in TABLES:
        return TABLE_FORMATS
    if name == SERIES:
        return (*TABLE_FORMATS, *PICTURES)
    return PICTURES if name in CHARTS else FORMATS


def parameters_of(name: str) -> tuple[str, ...]:
    """Return the parameters of the same."""
    if name in TABLES:
        return TABLES[name][1]
    if name not in CHARTS:
        return PARAMETERS
    usual = SERIES_PARAMETERS if CHARTS[name].over_time else PARAMETERS
    return (*usual, "sortering", "sammenlign") if CHARTS[name].sorted else usual


def tables() -> list[dict[str, Any]]:
    """Return the files across indicators, one object each."""
    return [
        {
            "id": name,
            "titel": title,
            "parametre": list(parameters),
            "adresser": {kind: f"/data/{name}.{kind}{example}" for kind in TABLE_FORMATS},
        }
        for name, (title, parameters, example) in TABLES.items()
    ]


def as_page(listed: Sequence[Mapping[str, Any]]) -> str:
    """Return the list as a page for people."""
    return (
        '<!DOCTYPE html><html lang="da"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Data – Indsatsatlas</title>'
        f"<style>{STYLE}</style><main><h1>Data fra Indsatsatlas</h1>"
        f"<p>Parametre: {', '.join(PARAMETERS)}; for serier {', '.join(SERIES_PARAMETERS)}; "
        f"for søjler også sortering ({', '.join(SORTS)}) og sammenlign (kommunekoder, fx "
        "0316,0330, som søjlerne så kun er for). "
        f"Kilde er {', '.join(KINDS)}. Syntetiske tal er opdigtede, kun til afprøvning: filerne "
        "siger det i navn, titel og hver række. Vist er en dag, fx 2026-08-22: filer med tal "
        "(csv, json og xlsx) holder da kun det, der var kendt den dag.</p>"
        f"<h2>Indikatorer</h2><ul>{''.join(map(_item, listed))}</ul>"
        f"<h2>På tværs</h2><ul>{''.join(map(_table_item, tables()))}</ul>"
        '<p><a href="/">Til atlasset</a></p></main></html>'
    )


def _item(entry: Mapping[str, Any]) -> str:
    usual = entry["standardperiode"]
    month = synthetic.period(usual, made_up=usual in entry["kun_syntetiske_perioder"])
    kinds = "; ".join(
        f"{word} {danish.period(periods[-1])}"
        + (f" til {danish.period(periods[0])}" if len(periods) > 1 else "")
        for word, periods in entry["perioder_efter_kilde"].items()
    )
    mark = " (syntetisk)" if "syntetisk" in entry["perioder_efter_kilde"] else ""
    parts = [
        f"<strong>{escape(entry['titel'])}</strong>",
        f"{month}: {_links(entry['adresser'])}",
        *(
            f"{chart.label}{mark if chart.over_time else ''}: {_links(entry[name])}"
            for name, chart in CHARTS.items()
            if name in entry
        ),
        f"Perioder: {escape(kinds)}",
    ]
    if entry["opdelinger"]:
        parts.append(f"Opdelinger: {', '.join(entry['opdelinger'])}")
    return f"<li>{'<br>'.join(parts)}</li>"


def _table_item(entry: Mapping[str, Any]) -> str:
    return f"<li><strong>{escape(entry['titel'])}</strong><br>{_links(entry['adresser'])}</li>"


def _links(addresses: Mapping[str, str]) -> str:
    return ", ".join(f'<a href="{escape(href)}">{kind}</a>' for kind, href in addresses.items())
