"""From judged cells to funnel and intervals: one reading for page and file."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.figures.area_cells import in_order
from pages.figures.bars import Ink
from pages.figures.funnel import Point, funnel_plot
from pages.figures.intervals import Span, interval_plot
from pages.language import chance, danish
from pages.language.sentences import value
from queries import Indicator, statistics


def funnel(
    judged: pl.DataFrame,
    national: Mapping[str, Any],
    indicator: Indicator,
    *,
    inside: Set[str],
    selected: str | None,
    badge: str | None,
    ink: Ink,
) -> go.Figure:
    """Return the funnel of a whole level (`statistics.judged`); areas not `inside` are faint."""
    known = judged.filter(pl.col("verdict").is_not_null())
    people = [int(n) for n in known["funnel_denominator"]] or [1]
    points = [
        Point(
            cell["area_id"],
            cell["name"].removeprefix("Jobcenter "),
            cell["funnel_denominator"],
            cell["funnel_share_pct"],
            cell["verdict"],
            f"{value(cell)}, {chance.verdict(cell)}",
            cell["area_id"] in inside,
        )
        for cell in known.iter_rows(named=True)
    ]
    return funnel_plot(
        points,
        statistics.funnel(national, round(1.2 * max(people)), smallest=min(people), also=people),
        **_beside(national, indicator),
        selected=selected,
        badge=badge,
        ink=ink,
    )


def intervals(
    judged: pl.DataFrame,
    national: Mapping[str, Any],
    indicator: Indicator,
    *,
    inside: Set[str],
    selected: str | None,
    badge: str | None,
    ink: Ink,
) -> go.Figure:
    """Return the areas' shares with their 95 pct. intervals, the highest share first."""
    known = in_order(judged.filter(pl.col("area_id").is_in(list(inside))), "andel")
    spans = [
        Span(
            cell["area_id"],
            cell["name"].removeprefix("Jobcenter "),
            min(max(cell["share_pct"], cell["low_pct"]), cell["high_pct"]),
            cell["low_pct"],
            cell["high_pct"],
            cell["verdict"] in ("over", "under"),
            f"{value(cell)}, interval {chance.interval(cell)} pct.",
        )
        for cell in known.filter(pl.col("rank_low").is_not_null()).iter_rows(named=True)
    ]
    return interval_plot(
        spans, **_beside(national, indicator), selected=selected, badge=badge, ink=ink
    )


def _beside(national: Mapping[str, Any], indicator: Indicator) -> dict[str, Any]:
    share = danish.pct(national["share_pct"], national["share_decimals"])
    return {
        "national": national["share_pct"],
        "national_label": f"Hele landet {share}",
        "axis_title": f"{indicator.short_title}, {indicator.unit}",
    }
