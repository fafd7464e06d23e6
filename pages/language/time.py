"""A series in plain Danish: where it begins and ends, what is hidden, and what is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from pages.language import danish, synthetic
from queries import statistics


def over_time(months: pl.DataFrame) -> str:
    """Return the sentences of `series_cells.monthly`, made-up numbers first and marked as such."""
    told = []
    nouns = {
        "syntetisk": synthetic.BADGE,
        "talt op": "Talt op af et register",
        "fra fil": "Læst af en fil",
        "hentet": "Hentet fra en åben kilde",
        "offentliggjort": "Offentliggjort",
    }
    for word, noun in nouns.items():
        rows = months.filter(pl.col("word") == word)
        parts = [
            _area(str(part["name"][0]), part)
            for part in rows.partition_by("area_id", maintain_order=True)
        ]
        if parts:
            told.append(f"{noun}: {'; '.join(parts)}.")
    return " ".join(told)


def _area(name: str, rows: pl.DataFrame) -> str:
    shown = rows.filter(pl.col("share_pct").is_not_null())
    suppressed = pl.col("status") == "suppressed"
    notes = [
        f"{what} i {months} måned{'er' if months != 1 else ''}"
        for what, months in (
            ("skjult", rows.filter(suppressed, pl.col("share_pct").is_null()).height),
            ("antallet skjult", shown.filter(suppressed).height),
        )
        if months
    ]
    if shown.is_empty():
        text = f"{name} har ingen viste andele"
    else:
        points = [shown.row(0, named=True), shown.row(-1, named=True)][: shown.height]
        said = [
            f"{danish.pct(point['share_pct'], point['share_decimals'])} i "
            f"{danish.period(point['period'])}"
            for point in points
        ]
        text = f"{name} {danish.listing(said)}"
    return f"{text} ({', '.join(notes)})" if notes else text


def trends(found: Sequence[tuple[str, str, statistics.Trend | None]]) -> str:
    """Return of each (area's name, word, trend) whether it goes anywhere, as far as a test tells.

    Areas of one word stand together; those with too few months are left out. It follows
    `over_time`, whose label stands for it too.
    """
    told: dict[str, list[str]] = {}
    for name, word, trend in found:
        if trend is not None:
            told.setdefault(word, []).append(f"{name} {_trend(trend)}")
    heads = {"syntetisk": "I de opdigtede tal er retningen"}
    return " ".join(
        f"{heads.get(word, 'Retningen er')}: {'; '.join(texts)}." for word, texts in told.items()
    )


def tests(found: Sequence[tuple[str, str, statistics.Trend | None]]) -> str:
    """Return how the directions of `trends` were tested, with each one's p-value."""
    tested = [(name, word, trend) for name, word, trend in found if trend is not None]
    if not tested:
        return ""
    methods = sorted({trend.method for _, _, trend in tested})
    chances = [f"{name} ({word}) {_chance(trend)}" for name, word, trend in tested]
    return f"Retningen er testet ved {' og '.join(methods)}: {'; '.join(chances)}."


def _chance(trend: statistics.Trend) -> str:
    if trend.p_value < 0.001:
        return "p < 0,001"
    return f"p = {danish.number(trend.p_value, 3)}"


def _trend(trend: statistics.Trend) -> str:
    if trend.direction is None:
        return "uden påviselig retning"
    points = danish.number(abs(trend.per_year), 1)
    return f"{trend.direction}, ca. {points} procentpoint om året"


def event(row: Mapping[str, Any]) -> str:
    """Return when something happened and what, of a row of `Atlas.annotations`."""
    when = danish.date(row["starts_on"])
    if row["ends_on"] is not None:
        when += f" – {danish.date(row['ends_on'])}"
    if row["date_note"]:
        when = str(row["date_note"]).rstrip(".")
    return f"{row['title']} ({when}). {str(row['text']).rstrip('.')}."
