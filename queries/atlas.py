"""What a page may ask: questions in, typed frames out. Every answer is already disclosed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl

from queries import questions
from queries.errors import UserError
from queries.indicators.definition import Indicator, load_indicators
from queries.records import Build, Source
from queries.register.instead import described
from queries.warehouse.connection import Warehouse
from queries.warehouse.paths import warehouse_path

Level = Literal["land", "region", "landsdel", "kommune", "jobcenter"]
LEVELS: tuple[Level, ...] = get_args(Level)
SourceKind = Literal["published", "api", "file", "register", "synthetic"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
WHOLE = "alle"
LAND = "000"
REMEMBERED_MONTHS = 64
"""Months kept joined and ready; one of all levels is about 60 kB."""
REMEMBERED_LEVELS = 4
"""Answers to `months` kept ready; one of 98 kommuner and 240 months is about 5 MB."""

_STANDING = {"published": 0, "api": 1, "file": 1, "register": 1, "synthetic": 2}
_STANDING_OF_KIND = pl.col("kind").replace_strict(_STANDING, return_dtype=pl.Int8)
_DEPTH = {level: depth for depth, level in enumerate(("land", "region", "landsdel"))}
_DEPTH |= {"jobcenter": len(_DEPTH), "kommune": len(_DEPTH) + 1}
_RANK = pl.when(pl.col("status") == "shown").then("share_pct").rank("min", descending=True)


class Atlas:
    """The published numbers. One object serves all sessions; see `Warehouse` for new versions."""

    def __init__(self, path: Path | None = None) -> None:
        self._warehouse = Warehouse(path or warehouse_path())
        self._definitions = lru_cache(maxsize=2)(self._defined)
        self._months = lru_cache(maxsize=REMEMBERED_MONTHS)(self._make_month)
        self._spoken = lru_cache(maxsize=REMEMBERED_MONTHS)(self._make_periods)
        self._spoken_by = lru_cache(maxsize=2 * REMEMBERED_MONTHS)(self._list_periods)
        self._places = lru_cache(maxsize=2)(self._make_places)
        self._known_areas = lru_cache(maxsize=2)(
            lambda _version: frozenset(self.areas()["area_id"])
        )
        self._levels = lru_cache(maxsize=REMEMBERED_LEVELS)(self._make_level)

    @property
    def version(self) -> str:
        """The data version: changes exactly when something published changes."""
        return self._warehouse.version

    def built(self) -> Build:
        """Return the build behind this version."""
        frame = self._warehouse.frame("SELECT version, built_at, observations FROM build")
        return Build(**frame.row(0, named=True))

    @property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators with numbers, as their files were when this version was first read."""
        return self._definitions(self.version)

    def indicator(self, indicator_id: str) -> Indicator:
        """Return one indicator; raises UserError for an unknown id."""
        try:
            return self.indicators[indicator_id]
        except KeyError:
            raise _unknown("indikator", indicator_id, self.indicators) from None

    def areas(self) -> pl.DataFrame:
        """Return every area, in order of level and area_id.

        Columns: area_id, level, name, aliases, valid_from, valid_to, basis (how well it is
        known), region and landsdel (names), jobcenter_id (of a kommune), and within: the ids of
        all areas above it.
        """
        return self._places(self.version).clone()

    def _make_places(self, _version: str) -> pl.DataFrame:
        """Walk up the tree here: a recursive query costs more than all others of a page."""
        areas = self._warehouse.frame(questions.AREAS)
        above: dict[str, set[str]] = {area: set() for area in areas["area_id"]}
        level, name = (dict(areas.select("area_id", key).iter_rows()) for key in ("level", "name"))
        # Parents of the upper levels first, so that what is above them is known already.
        links = self._warehouse.frame(questions.PARENTS).rows()
        for area, parent in sorted(links, key=lambda link: _DEPTH[level[link[0]]]):
            above[area] |= {parent} | above[parent]

        def one(wanted: str, texts: Mapping[str, str]) -> pl.Series:
            found = ([up for up in above[area] if level[up] == wanted] for area in above)
            ids = [min(found_here, default=None) for found_here in found]
            return pl.Series([texts.get(up) if up else None for up in ids], dtype=pl.String)

        return areas.with_columns(
            region=one("region", name),
            landsdel=one("landsdel", name),
            jobcenter_id=one("jobcenter", {area: area for area in above}),
            within=pl.Series([sorted(above[area]) for area in above], dtype=pl.List(pl.String)),
        )

    def periods(self, indicator_id: str, source_kind: SourceKind | None = None) -> list[str]:
        """Return the periods that have numbers for the indicator, newest first.

        With `source_kind`, only those that a source of that kind speaks for.
        """
        kind = None if source_kind is None else _kind(source_kind)
        return list(self._spoken_by(self.version, indicator_id, kind))

    def _list_periods(
        self, _version: str, indicator_id: str, source_kind: SourceKind | None
    ) -> tuple[str, ...]:
        rows = self._periods(indicator_id)
        if source_kind is not None:
            rows = rows.filter(pl.col("kinds").list.contains(source_kind))
        return tuple(rows["period"])

    def default_period(self, indicator_id: str) -> str:
        """Return the newest period with published numbers, else with counted ones, else of all."""
        rows = self._periods(indicator_id)
        if rows.is_empty():
            raise UserError(f"Der er ingen tal for {indicator_id}.")
        return str(rows.sort("standing", maintain_order=True)["period"][0])

    def _periods(self, indicator_id: str) -> pl.DataFrame:
        return self._spoken(self.version, self.indicator(indicator_id).indicator_id)

    def _make_periods(self, _version: str, indicator_id: str) -> pl.DataFrame:
        spoken = self._with_kinds(self._warehouse.frame(questions.PERIODS, [indicator_id]))
        by_period = spoken.group_by("period")
        found = by_period.agg(kinds="kind", standing=_STANDING_OF_KIND.min())
        return found.sort("period", descending=True)

    def cells(
        self,
        indicator_id: str,
        period: str,
        level: Level = "kommune",
        within: str = LAND,
        *,
        breakdown: str = WHOLE,
        source_kind: SourceKind | None = None,
    ) -> pl.DataFrame:
        """Return one row per area of `level` inside `within`, in order of area_id.

        Columns: area_id, name, level, region, landsdel, period, breakdown, numerator and
        denominator_low/high (people), share_pct (pct.), share_decimals, status, origin, note,
        source_id, kind, source_row, source_line, recorded_at, and rank: 1 for the highest share,
        ties share the best rank, over all shown areas of the level, whatever `within` says.
        `breakdown` is 'alle' or one of the indicator's; a month that lacks it has no rows, nor has
        a level that it is not published at (`Indicator.limited`). Only sources of `source_kind` are
        asked where it is given. Raises UserError for an unknown
        indicator, period, level, area, breakdown or kind.
        """
        _check_level(level)
        month = self._month(indicator_id, period, breakdown, source_kind)
        self._check_area(within)
        inside = pl.col("within").list.contains(within) | (pl.col("area_id") == within)
        return (
            month.filter(pl.col("level") == level)
            .with_columns(rank=_RANK)
            .filter(inside)
            .drop("within")
        )

    def months(
        self,
        indicator_id: str,
        level: Level = "kommune",
        *,
        breakdown: str = WHOLE,
        source_kind: SourceKind | None = None,
    ) -> pl.DataFrame:
        """Return every month of a whole level at once, in order of period and area_id.

        The rows of each month are those of `cells` for that month, with the same columns. Raises
        UserError for an unknown indicator, level, breakdown or kind.
        """
        _check_level(level)
        self._check_breakdown(self.indicator(indicator_id), breakdown)
        kind = None if source_kind is None else _kind(source_kind)
        return self._levels(self.version, indicator_id, level, breakdown, kind).clone()

    def national(
        self,
        indicator_id: str,
        period: str,
        *,
        breakdown: str = WHOLE,
        source_kind: SourceKind | None = None,
    ) -> dict[str, Any]:
        """Return the land's cell of one period, with the columns of `cells` (no rank).

        Raises UserError as `cells` does, and where the month lacks the breakdown.
        """
        month = self._month(indicator_id, period, breakdown, source_kind)
        land = month.filter(pl.col("area_id") == LAND).drop("within")
        if land.is_empty():
            raise UserError(f"Der er ingen tal for opdelingen {breakdown!r} i {period}.")
        return land.row(0, named=True)

    def series(
        self, indicator_id: str, area_ids: Sequence[str], *, breakdown: str = WHOLE
    ) -> pl.DataFrame:
        """Return every period of some areas, from every source, in order of area and period.

        Columns: area_id, name, period, breakdown, numerator and denominator_low/high (people),
        share_pct (pct.), share_decimals, status, source_id, kind, note, recorded_at. Several
        sources may speak for a period: published ones stand first, and made-up ones last. Raises
        UserError for an unknown indicator, area or breakdown.
        """
        self._check_breakdown(self.indicator(indicator_id), breakdown)
        for area_id in area_ids:
            self._check_area(area_id)
        parameters = [indicator_id, breakdown, tuple(sorted(set(area_ids)))]
        # Joined here: names and kinds are remembered, and the database would join them anew.
        rows = self._with_kinds(self._warehouse.frame(questions.SERIES, parameters))
        rows = rows.join(self.areas().select("area_id", "name"), on="area_id")
        order = ["area_id", "period", _STANDING_OF_KIND, "recorded_at", "source_id"]
        rows = rows.sort(order, descending=[False, False, False, True, False])
        first = ["area_id", "name", "period", "breakdown"]
        return rows.select(*first, pl.exclude(*first))

    def _with_kinds(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.join(self._warehouse.frame(questions.KINDS), on="source_id")

    def _month(
        self, indicator_id: str, period: str, breakdown: str, source_kind: SourceKind | None
    ) -> pl.DataFrame:
        """Return the cells of every level, one per area, in order of area_id.

        Where several sources speak for a cell, published numbers win over counted ones, and those
        over synthetic ones; then what was recorded last wins over what it corrects.
        """
        self._check_breakdown(self.indicator(indicator_id), breakdown)
        if period not in (periods := self.periods(indicator_id, source_kind)):
            raise _unknown("periode", period, periods)
        return self._months(self.version, indicator_id, period, breakdown, source_kind)

    def _make_month(
        self,
        _version: str,
        indicator_id: str,
        period: str,
        breakdown: str,
        source_kind: SourceKind | None,
    ) -> pl.DataFrame:
        cells = self._warehouse.frame(questions.CELLS, [indicator_id, period, breakdown])
        return self._best(cells, source_kind, ["area_id"])

    def _make_level(
        self,
        _version: str,
        indicator_id: str,
        level: Level,
        breakdown: str,
        source_kind: SourceKind | None,
    ) -> pl.DataFrame:
        parameters = [indicator_id, breakdown, level]
        cells = self._warehouse.frame(questions.MONTHS, parameters, remember=False)
        best = self._best(cells, source_kind, ["period", "area_id"])
        return best.with_columns(rank=_RANK.over("period")).drop("within")

    def _best(
        self, cells: pl.DataFrame, source_kind: SourceKind | None, key: list[str]
    ) -> pl.DataFrame:
        """Return one cell per `key` with its area, in order of `key`."""
        cells = self._with_kinds(cells)
        if source_kind is not None:
            cells = cells.filter(pl.col("kind") == source_kind)
        if cells["source_id"].n_unique() > 1:
            # A source speaks for whole levels, so a level is hardly ever pieced together.
            order = [_STANDING_OF_KIND, pl.col("recorded_at"), pl.col("source_id")]
            cells = cells.sort(order, descending=[False, True, False])
            cells = cells.unique(key, keep="first", maintain_order=True)
        areas = self.areas().select("area_id", "name", "level", "region", "landsdel", "within")
        return cells.join(areas, on="area_id").sort(key)

    def _check_area(self, area_id: str) -> None:
        if area_id not in self._known_areas(self.version):
            raise _unknown("område", area_id, ())

    @staticmethod
    def _check_breakdown(indicator: Indicator, breakdown: str) -> None:
        if breakdown != WHOLE and breakdown not in indicator.breakdowns:
            raise _unknown("opdeling", breakdown, (WHOLE, *indicator.breakdowns))

    def _defined(self, _version: str) -> dict[str, Indicator]:
        ids = self._warehouse.frame("SELECT indicator_id FROM indicator")["indicator_id"]
        return {key: one for key, one in load_indicators().items() if key in ids}

    def sources(self) -> dict[str, Source]:
        """Return every source by id, also those known only because another corrects them."""
        rows = self._warehouse.frame(questions.SOURCES).iter_rows(named=True)
        return {
            row["source_id"]: Source(**row | {"choices": json.loads(row["choices"] or "{}")})
            for row in rows
        }

    def statements(self) -> pl.DataFrame:
        """Return the published statements, in the documents' order; see table `statement`."""
        return self._warehouse.frame(questions.STATEMENTS)

    def initiatives(self) -> pl.DataFrame:
        """Return the programmes with the ids of the kommuner that a document names (`members`)."""
        return self._warehouse.frame(questions.INITIATIVES)

    def protection(self) -> pl.DataFrame:
        """Return what the build's audit found: how well the hidden numbers of each month are kept.

        One row per source, indicator, period and breakdown; by kind of source and indicator, newest
        period first. Columns are those of table `protection` in schema.sql, whose comments say what
        they are, with `kind` of the source and `title` of the indicator. Never a hidden number.
        """
        return self._warehouse.frame(questions.PROTECTION)

    def alternatives(
        self, indicator_id: str, period: str | None = None, area_id: str | None = None
    ) -> pl.DataFrame:
        """Return what is told instead of hidden numbers, see `described`: none of it is a cell."""
        rows = self._warehouse.frame(questions.ALTERNATIVES, [indicator_id, period])
        return described(rows, self.indicator(indicator_id), area_id)

    def versions(self) -> pl.DataFrame:
        """Return the data versions known here, newest first; the first row is this one.

        Columns: step (rises by one per version), version, built_at (UTC), observations, touched
        (tables that differ from the version before in anything at all), note (why the history
        begins there, else ''). A version that came back stands once for each time.
        """
        return self._warehouse.frame(questions.VERSIONS)

    def changes(self, since: str, until: str | None = None) -> pl.DataFrame | None:
        """Return the cells that differ between two known versions; `until` is this one by default.

        Columns: indicator_id, source_id, kind, periods (list, oldest first), added, changed,
        withdrawn (cells); one row per indicator and source with a difference. The steps between
        the versions are chained cell by cell: a cell that came and went again is no difference,
        and one that went and came back has changed. Earlier numbers are not kept, so a cell that
        was changed and then got its old number back counts as changed too; between neighbouring
        versions the comparison is exact. None where a version is not known here.
        """
        steps = dict(self.versions().sort("step").select("version", "step").iter_rows())
        first, last = steps.get(since), steps.get(self.version if until is None else until)
        if first is None or last is None:
            return None
        found = self._warehouse.frame(questions.CHANGES, [min(first, last), max(first, last)])
        if first > last:
            found = found.with_columns(added="withdrawn", withdrawn="added")
        return found

    def annotations(self, indicator_id: str | None = None) -> pl.DataFrame:
        """Return known events for time series, the earliest first.

        Columns: annotation_id, starts_on, ends_on (last day; null for a moment), date_note (why a
        day is not exact, or ''), title, text, subjects (ids and families of the indicators that
        the event concerns), source_id, area_ids (kommuner; empty for all). With `indicator_id`,
        only the events that concern it. Raises UserError for an unknown indicator.
        """
        events = self._warehouse.frame(questions.ANNOTATIONS)
        if indicator_id is None:
            return events
        indicator = self.indicator(indicator_id)
        concerned = pl.col("subjects").list.contains(indicator.indicator_id) | pl.col(
            "subjects"
        ).list.contains(indicator.family)
        return events.filter(concerned)

    def characteristics(self) -> pl.DataFrame:
        """Return what kommuner are likened by, in order of characteristic and area_id.

        Columns: area_id, characteristic_id, title, unit, definition, value, low, high (equal
        where the value is exact, else the ends of an interval whose middle the value is),
        source_id, kind. A kommune whose value would rest on a hidden number has no row.
        """
        return self._warehouse.frame(questions.CHARACTERISTICS)


def _check_level(given: Level) -> None:
    if given not in LEVELS:
        raise _unknown("niveau", given, LEVELS)


def _kind(given: SourceKind) -> SourceKind:
    if given not in SOURCE_KINDS:
        raise _unknown("kildeart", given, SOURCE_KINDS)
    return given


def _unknown(what: str, given: str, known: Iterable[str]) -> UserError:
    choices = ", ".join(known)
    return UserError(
        f"Ukendt {what}: {given[:40]!r}." + (f" Vælg mellem: {choices}." if choices else "")
    )
