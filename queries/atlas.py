"""What a page may ask: questions in, typed frames out. Every answer is already disclosed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from queries import questions
from queries.cells import WHOLE
from queries.errors import UserError
from queries.indicators.definition import BOTH, Indicator, load_indicators
from queries.reading import conflicts, voices
from queries.reading.asked import (
    LEVELS,
    Level,
    SourceKind,
    check_breakdown,
    check_kind,
    check_level,
    unknown,
)
from queries.reading.kept import Kept
from queries.reading.places import with_above
from queries.reading.speaking import Asked, Speaking, ranked
from queries.records import Build, Source
from queries.register.instead import described
from queries.warehouse.connection import Warehouse
from queries.warehouse.paths import warehouse_path

__all__ = ["LAND", "LEVELS", "Atlas", "Level", "SourceKind"]

LAND = "000"


class Atlas:
    """The published numbers. One object serves all sessions; see `Warehouse` for new versions."""

    def __init__(self, path: Path | None = None) -> None:
        self._warehouse = Warehouse(path or warehouse_path())
        self._kept = Kept(self._warehouse.path, Atlas)
        self._definitions = lru_cache(maxsize=2)(self._defined)
        self._places = lru_cache(maxsize=2)(self._make_places)
        self._known_areas = lru_cache(maxsize=2)(
            lambda _version: frozenset(self.areas()["area_id"])
        )
        self._speaking = Speaking(self._warehouse, self.areas)

    @property
    def version(self) -> str:
        """The data version: changes exactly when something published changes."""
        return self._warehouse.version

    def at(self, version: str) -> Atlas | None:
        """Return the façade over a data version: this one for the version in force.

        None where the version is not kept on this machine, cannot be read any more, or holds a
        number that the version in force withholds (see `warehouse.archive`).
        """
        return self if version == self.version else self._kept.at(version, self.version)

    def built(self) -> Build:
        """Return the build behind this version."""
        frame = self._warehouse.frame("SELECT version, built_at, observations FROM build")
        return Build(**frame.row(0, named=True))

    @property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators with numbers, as their files were when this version was first read.

        Those of another form (a count or a share alone) are in `further`.
        """
        return self._definitions(self.version)[0]

    @property
    def further(self) -> dict[str, Indicator]:
        """The indicators whose numbers have another form: a count alone, or a share alone.

        `cells`, `months`, `national`, `series` and `periods` answer for them too.
        """
        return self._definitions(self.version)[1]

    def indicator(self, indicator_id: str) -> Indicator:
        """Return one indicator, of whatever form; raises UserError for an unknown id."""
        usual, further = self._definitions(self.version)
        found = usual.get(indicator_id) or further.get(indicator_id)
        if found is None:
            raise unknown("indikator", indicator_id, usual)
        return found

    def definition_hash(self, indicator_id: str) -> str:
        """Return the SHA-256 of an indicator's file as this version's build read it, or ''."""
        asked = "SELECT sha256 FROM indicator WHERE indicator_id = ?"
        found = self._warehouse.frame(asked, [indicator_id])
        return "" if found.is_empty() else str(found.item())

    def areas(self) -> pl.DataFrame:
        """Return every area, in order of level and area_id.

        Columns: area_id, level, name, aliases, valid_from, valid_to, basis (how well it is
        known), region and landsdel (names), jobcenter_id (of a kommune), and within: the ids of
        all areas above it.
        """
        return self._places(self.version).clone()

    def _make_places(self, _version: str) -> pl.DataFrame:
        links = self._warehouse.frame(questions.PARENTS).rows()
        return with_above(self._warehouse.frame(questions.AREAS), links)

    def periods(
        self,
        indicator_id: str,
        source_kind: SourceKind | None = None,
        *,
        as_of: dt.date | None = None,
    ) -> list[str]:
        """Return the periods that have numbers for the indicator, newest first.

        With `source_kind`, only those that a source of that kind speaks for; with `as_of`, only
        those that a source had told of by that day. Without a kind, a period that has no number
        for the country is left out, for there is nothing to compare with: `cells`, `series` and
        `months` have it all the same. Indicators of `further` are not compared.
        """
        asked = self._asked(indicator_id, WHOLE, source_kind, as_of)
        compared = indicator_id in self.indicators
        return list(self._speaking.names(self.version, asked, with_country=compared))

    def default_period(self, indicator_id: str, *, as_of: dt.date | None = None) -> str:
        """Return the newest period with published numbers, else with counted ones, else of all.

        Pages and files begin with it. Where all are made up it is the month that the documents
        tell of (`Indicator.opens_on`), if there is one. It is one of `periods`, as long as there
        is any.
        """
        asked = self._asked(indicator_id, WHOLE, None, as_of)
        every = self._speaking.periods(self.version, asked)
        rows = every.filter("with_country") if every["with_country"].any() else every
        if rows.is_empty():
            raise UserError(f"Der er ingen tal for {indicator_id}.")
        first = self.indicator(indicator_id).opens_on
        made_up = rows["standing"].min() == voices.STANDING["synthetic"]
        if made_up and first in rows["period"]:
            return first
        return str(rows.sort("standing", maintain_order=True)["period"][0])

    def cells(
        self,
        indicator_id: str,
        period: str,
        level: Level = "kommune",
        within: str = LAND,
        *,
        breakdown: str = WHOLE,
        source_kind: SourceKind | None = None,
        as_of: dt.date | None = None,
    ) -> pl.DataFrame:
        """Return one row per area of `level` inside `within`, in order of area_id.

        Columns: area_id, name, level, region, landsdel, period, breakdown, numerator and
        denominator_low/high (people), share_pct (pct.), share_decimals, status, origin, note,
        source_id, kind, source_row, source_line, recorded_at, and rank: 1 for the highest share,
        ties share the best rank, over all shown areas of the level, whatever `within` says.
        `breakdown` is 'alle' or one of the indicator's; a month that lacks it has no rows, nor has
        a level that it is not published at (`Indicator.limited`). Only sources of `source_kind` are
        asked where it is given, and only what was recorded on or before the day `as_of`: what was
        known then, before later corrections and vintages. Raises UserError for an unknown
        indicator, period, level, area, breakdown or kind.
        """
        check_level(level)
        month = self._month(self._asked(indicator_id, breakdown, source_kind, as_of), period)
        self._check_area(within)
        inside = pl.col("within").list.contains(within) | (pl.col("area_id") == within)
        return ranked(month.filter(pl.col("level") == level)).filter(inside).drop("within")

    def months(
        self,
        indicator_id: str,
        level: Level = "kommune",
        *,
        breakdown: str = WHOLE,
        source_kind: SourceKind | None = None,
        as_of: dt.date | None = None,
    ) -> pl.DataFrame:
        """Return every month of a whole level at once, in order of period and area_id.

        The rows of each month are those of `cells` for that month, with the same columns. Raises
        UserError for an unknown indicator, level, breakdown or kind.
        """
        check_level(level)
        asked = self._asked(indicator_id, breakdown, source_kind, as_of)
        return self._speaking.level(self.version, asked, level).clone()

    def national(
        self,
        indicator_id: str,
        period: str,
        *,
        breakdown: str = WHOLE,
        source_kind: SourceKind | None = None,
        as_of: dt.date | None = None,
    ) -> dict[str, Any]:
        """Return the land's cell of one period, with the columns of `cells` (no rank).

        Raises UserError as `cells` does, and where the month lacks the breakdown.
        """
        month = self._month(self._asked(indicator_id, breakdown, source_kind, as_of), period)
        land = month.filter(pl.col("area_id") == LAND).drop("within")
        if land.is_empty():
            raise UserError(f"Der er ingen tal for opdelingen {breakdown!r} i {period}.")
        return land.row(0, named=True)

    def series(
        self,
        indicator_id: str,
        area_ids: Sequence[str],
        *,
        breakdown: str = WHOLE,
        as_of: dt.date | None = None,
    ) -> pl.DataFrame:
        """Return every period of some areas, from every source, in order of area and period.

        Columns: area_id, name, period, breakdown, numerator and denominator_low/high (people),
        share_pct (pct.), share_decimals, status, source_id, kind, note, recorded_at, family (one
        word for all sources that correct or renew one another). Several sources may speak for a
        period: published ones stand first, and made-up ones last; of those that stand alike the
        one that `cells` has, then the newest. The first of a family in a period is what stands of
        it now. With `as_of` only what was recorded by that day. Raises UserError for an unknown
        indicator, area or breakdown.
        """
        check_breakdown(self.indicator(indicator_id), breakdown)
        for area_id in area_ids:
            self._check_area(area_id)
        parameters = [indicator_id, breakdown, tuple(sorted(set(area_ids)))]
        # Joined here: names and kinds are remembered, and the database would join them anew.
        rows = self._warehouse.frame(questions.SERIES, parameters)
        rows = voices.known(rows, self._speaking.sources(self.version), as_of=as_of)
        rows = rows.join(self.areas().select("area_id", "name"), on="area_id")
        speaks = voices.best(rows, ["area_id", "period"]).select("area_id", "period", "source_id")
        rows = rows.join(
            speaks.with_columns(later=pl.lit(value=False)),
            on=["area_id", "period", "source_id"],
            how="left",
        ).with_columns(pl.col("later").fill_null(value=True))
        order = ["area_id", "period", "standing", "later", voices.NOT_ABOUT, *voices.ORDER[1:]]
        descending = [*[False] * 5, *voices.DESCENDING[1:]]
        rows = rows.sort(order, descending=descending).drop("later")
        first = ["area_id", "name", "period", "breakdown"]
        told = voices.without_voices(rows).with_columns(rows["family"])
        return told.select(*first, pl.exclude(*first))

    def _asked(
        self,
        indicator_id: str,
        breakdown: str,
        source_kind: SourceKind | None,
        as_of: dt.date | None,
    ) -> Asked:
        check_breakdown(self.indicator(indicator_id), breakdown)
        return Asked(indicator_id, breakdown, check_kind(source_kind), as_of)

    def _month(self, asked: Asked, period: str) -> pl.DataFrame:
        if period not in (periods := self._speaking.names(self.version, asked)):
            raise unknown("periode", period, periods)
        return self._speaking.month(self.version, asked, period)

    def _check_area(self, area_id: str) -> None:
        if area_id not in self._known_areas(self.version):
            raise unknown("område", area_id, ())

    def _defined(self, _version: str) -> tuple[dict[str, Indicator], dict[str, Indicator]]:
        ids = self._warehouse.frame("SELECT indicator_id FROM indicator")["indicator_id"]
        there = {key: one for key, one in load_indicators().items() if key in ids}
        usual = {key: one for key, one in there.items() if one.form == BOTH}
        return usual, {key: one for key, one in there.items() if key not in usual}

    def sources(self) -> dict[str, Source]:
        """Return every source by id, also those known only because another corrects them."""
        rows = self._warehouse.frame(questions.SOURCES).iter_rows(named=True)
        return {
            row["source_id"]: Source(
                **row
                | {"choices": json.loads(row["choices"] or "{}"), "of_others": not row["choices"]}
            )
            for row in rows
        }

    def imports(self) -> pl.DataFrame:
        """Return what a data owner has imported and not undone, newest first.

        Columns are those of table `import` in schema.sql, whose comments say what they are, with
        kind and publisher of the source. No rows where only what is shipped is there.
        """
        return self._warehouse.frame(questions.IMPORTS)

    def conflicts(self, indicator_id: str | None = None) -> pl.DataFrame:
        """Return where real sources do not agree: the same area, period and breakdown, two numbers.

        Columns: indicator_id, period, breakdown, area_id, name, level; numerator, denominator_low,
        denominator_high, share_pct, share_decimals, source_id, kind and recorded_at of the number
        that `cells` shows (or that stands before the other), and the same with `other_` before the
        name. No pair where one source corrects the other or both are of one series. Raises
        UserError for an unknown indicator.
        """
        asked = indicator_id and self.indicator(indicator_id).indicator_id
        found = self._warehouse.frame(questions.DISPUTED, [asked], remember=False)
        sources = self._speaking.sources(self.version)
        pairs = conflicts.conflicts(voices.known(found, sources))
        first = [*conflicts.KEY, "name", "level"]
        named = pairs.join(self.areas().select("area_id", "name", "level"), on="area_id")
        return named.select(*first, pl.exclude(*first)).sort(*conflicts.KEY, maintain_order=True)

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
