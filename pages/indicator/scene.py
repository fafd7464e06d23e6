"""All that an indicator page shows of one view, asked for once and shared by all readers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast

import polars as pl

from pages.exports.kinds import only_made_up
from pages.exports.map_drawing import drawn_areas
from pages.figures import area_cells, stack_cells
from pages.figures.stack_cells import Cell
from pages.frame.address import View, selected_area, surroundings
from pages.frame.filters import Offer
from pages.indicator.spec import IndicatorPage, Measure
from pages.language import danish, synthetic
from queries import LAND, Atlas, Indicator, Level, Source, statistics


@dataclass(frozen=True, eq=False)
class Scene:
    """One view's numbers: the country, every area, those chosen, and the filter's own place.

    One object per view and data version: nothing in it may be changed. `everywhere` holds every
    area of the level, `cells` those inside `around` in the order chosen; both are empty where the
    month has no numbers on the level. `judged` is `everywhere` beside the country, see
    `statistics.judged`. `mapped` are the cells of `everywhere` by the areas that a map draws: a
    region's stands for each of its kommuner. `place` is the cell of `around`, None for the country
    and where there is no number for it. `region` is the one in which the choice lies. `beside`
    says that the month has synthetic numbers too, which the shown ones can be compared with.
    `stacks` are the parts of each area's bar, in the order of `cells`, where it has any.
    `kinds` and `origins` are those of `everywhere`, the country's own where it is empty: asked for
    once, as looking for a word in a column costs a millisecond.
    """

    page: IndicatorPage
    measure: Measure
    indicator: Indicator
    view: View
    national: dict[str, Any]
    everywhere: pl.DataFrame
    judged: pl.DataFrame
    cells: pl.DataFrame
    mapped: pl.DataFrame
    source: Source
    around: str
    where: str
    place: dict[str, Any] | None
    selected: str | None
    region: str | None
    beside: bool
    kinds: frozenset[str]
    origins: frozenset[str]
    stacks: tuple[tuple[Cell, ...], ...]

    @property
    def made_up(self) -> bool:
        """Whether any number on map, bars and table is synthetic."""
        return "synthetic" in self.kinds

    @property
    def printed(self) -> bool:
        """Whether the numbers are read from a published document, which rounds them."""
        return "published" in self.kinds

    @property
    def map_level(self) -> Level:
        """The level of the areas on the map; regions and landsdele are drawn as their kommuner."""
        return "jobcenter" if self.view.level == "jobcenter" else "kommune"

    @property
    def map_selected(self) -> str | None:
        """The area outlined on the map."""
        return self.selected if self.map_level == self.view.level else self.view.kommune

    @property
    def month(self) -> str:
        """The period in words, marked where it is made up."""
        return synthetic.period(self.view.period, made_up=self.made_up)

    @property
    def title(self) -> str:
        """The title of map, bars and table."""
        return f"{self.indicator.title}, {self.month}"

    @property
    def badge(self) -> str | None:
        """What is written on the figures themselves where numbers are made up."""
        return synthetic.BADGE if self.made_up else None

    @property
    def national_share(self) -> str:
        """The country's share in words."""
        return danish.pct(self.national["share_pct"], self.national["share_decimals"])

    @property
    def map_inside(self) -> set[str]:
        """The areas on the map that lie inside the filter."""
        inside = set(self.cells["area_id"])
        if self.map_level == self.view.level:
            return inside
        return set(self.mapped.filter(pl.col("above").is_in(inside))["area_id"])

    def cell(self, area_id: str) -> dict[str, Any] | None:
        """Return one area's cell of `judged`, or None where it has none."""
        found = self._by_area.get(area_id)
        return dict(found) if found else None

    @cached_property
    def _by_area(self) -> dict[str, dict[str, Any]]:
        return {cell["area_id"]: cell for cell in self.judged.iter_rows(named=True)}


@lru_cache(maxsize=16)
def offer(atlas: Atlas, _version: str, page: IndicatorPage, indicator_id: str) -> Offer:
    """Return the periods of an indicator; those with only synthetic numbers are marked."""
    periods = atlas.periods(indicator_id)
    made_up = only_made_up(atlas, indicator_id)
    return Offer(
        periods={p: synthetic.period(p, made_up=p in made_up) for p in periods},
        default_period=atlas.default_period(indicator_id),
        printed=frozenset(atlas.periods(indicator_id, "published")),
        levels=page.levels,
    )


@lru_cache(maxsize=128)
def scene(atlas: Atlas, _version: str, page: IndicatorPage, measure: Measure, view: View) -> Scene:
    """Ask for a view's numbers; remembered, since most readers open the same few views."""
    indicator_id, period = measure.indicator_id, view.period
    areas = atlas.areas()
    around = surroundings(areas, view.level, view.within)
    everywhere = atlas.cells(indicator_id, period, view.level)
    chosen = atlas.cells(indicator_id, period, view.level, around)
    national = atlas.national(indicator_id, period)
    kinds = frozenset(everywhere["kind"]) or frozenset({national["kind"]})
    printed = "published" in kinds and not chosen.is_empty()
    sort = "andel" if view.sort == "svaret" and not printed else view.sort
    ordered = area_cells.in_order(chosen, sort)
    within = areas.filter(pl.col("area_id") == around).row(0, named=True)
    return Scene(
        kinds=kinds,
        origins=frozenset(everywhere["origin"]),
        stacks=_stacks(atlas, measure, view, around, ordered["area_id"].to_list()),
        page=page,
        measure=measure,
        indicator=atlas.indicator(indicator_id),
        view=view,
        national=national,
        everywhere=everywhere,
        judged=_judged(atlas, atlas.version, indicator_id, period, view.level),
        cells=ordered,
        mapped=drawn_areas(everywhere, areas, view.level),
        source=atlas.sources()[national["source_id"]],
        around=around,
        where=within["name"],
        place=_place(atlas, indicator_id, period, within),
        selected=selected_area(areas, view.level, view.kommune, view.within),
        region=selected_area(areas, "region", view.kommune, view.within),
        beside=(printed and period in atlas.periods(indicator_id, "synthetic")),
    )


def _stacks(
    atlas: Atlas, measure: Measure, view: View, around: str, order: list[str]
) -> tuple[tuple[Cell, ...], ...]:
    parts = [
        atlas.cells(measure.indicator_id, view.period, view.level, around, breakdown=name)
        for name in measure.stacked
    ]
    if not parts or any(set(part["area_id"]) != set(order) for part in parts):
        return ()
    by_area = {row[0]["area_id"]: row for row in stack_cells.joined(parts)}
    return tuple(by_area[area_id] for area_id in order)


@lru_cache(maxsize=64)
def _judged(
    atlas: Atlas, _version: str, indicator_id: str, period: str, level: Level
) -> pl.DataFrame:
    """Judge a whole level once: each selection in it is another view of the same."""
    cells = atlas.cells(indicator_id, period, level)
    return statistics.judged(cells, atlas.national(indicator_id, period))


def _place(
    atlas: Atlas, indicator_id: str, period: str, within: dict[str, Any]
) -> dict[str, Any] | None:
    if within["area_id"] == LAND:
        return None
    found = atlas.cells(indicator_id, period, cast("Level", within["level"]), within["area_id"])
    return None if found.is_empty() else found.row(0, named=True)
