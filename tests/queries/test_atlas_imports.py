"""The façade over imported numbers: what was known on a day, what sources disagree on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from queries import LEVELS, Atlas, UserError
from tests.queries.made_history import GROWTH, built
from tests.queries.warehouse.made_imports import FEBRUARY, HOURS, JANUARY, MARCH

MAY, JUNE, JULY = dt.date(2024, 5, 31), dt.date(2024, 6, 30), dt.date(2024, 7, 31)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """January to March made up; two vintages of a series, an answer and its correction."""
    return built(tmp_path_factory.mktemp("imports"))


def one(atlas: Atlas, area: str, **how: Any) -> tuple[Any, ...]:
    frame = atlas.cells(HOURS, JANUARY, **how).filter(area_id=area)
    return frame.select("numerator", "status", "source_id").row(0)


def test_what_was_known_on_a_day(atlas: Atlas) -> None:
    assert one(atlas, "0316") == (12, "shown", "v2")
    assert one(atlas, "0316", as_of=JULY) == (12, "shown", "v2")
    assert one(atlas, "0316", as_of=dt.date(2024, 6, 14)) == (None, "suppressed", "v1")
    assert one(atlas, "0316", as_of=dt.date(2024, 7, 1)) == (12, "shown", "v2")
    assert one(atlas, "0316", as_of=MAY)[2] == "syntetisk-register"
    with pytest.raises(UserError, match="Ukendt periode"):
        one(atlas, "0316", as_of=dt.date(2024, 1, 1))


def test_a_correction_speaks_for_what_it_corrects(atlas: Atlas) -> None:
    assert one(atlas, "0101", source_kind="file", as_of=JUNE) == (41, "shown", "udtraek")
    assert one(atlas, "0101", source_kind="file") == (40, "shown", "rettet")
    # The correction is of two kommuner, and says nothing of Holbæk; nor does either of Gentofte.
    assert one(atlas, "0316", source_kind="file") == (12, "shown", "udtraek")
    assert one(atlas, "0157", source_kind="file") == (None, "not_collected", "rettet")
    assert one(atlas, "0157") == (40, "shown", "v2")


def test_periods_of_a_day_and_a_kind(atlas: Atlas) -> None:
    # Nobody real has told of the country in January: it is not offered, and can be asked for.
    assert atlas.periods(HOURS) == [MARCH, FEBRUARY]
    assert atlas.periods(HOURS, "api") == [FEBRUARY, JANUARY]
    assert atlas.periods(HOURS, "synthetic") == [MARCH, FEBRUARY, JANUARY]
    assert atlas.periods(HOURS, "api", as_of=MAY) == []
    assert atlas.periods(HOURS, as_of=MAY) == [MARCH, FEBRUARY, JANUARY]
    assert atlas.periods(HOURS, as_of=dt.date(2024, 1, 1)) == []
    assert (atlas.default_period(HOURS), atlas.default_period(HOURS, as_of=MAY)) == (
        FEBRUARY,
        MARCH,
    )


def test_months_national_and_series_of_a_day(atlas: Atlas) -> None:
    for as_of in (None, MAY, JUNE, JULY):
        for level in LEVELS:
            months = atlas.months(HOURS, level, as_of=as_of)
            each = [
                atlas.cells(HOURS, period, level, as_of=as_of)
                for period in (JANUARY, FEBRUARY, MARCH)
            ]
            assert_frame_equal(months, pl.concat([*each, months.clear()]))
    national = atlas.national(HOURS, FEBRUARY)
    assert (national["numerator"], national["source_id"]) == (4900, "v1")  # not told again by v2
    assert atlas.national(HOURS, FEBRUARY, as_of=MAY)["kind"] == "synthetic"
    series = atlas.series(HOURS, ["0316"])
    told = series.filter(pl.col("kind") != "synthetic").select("period", "source_id", "numerator")
    assert told.rows() == [
        (JANUARY, "v2", 12),
        (JANUARY, "udtraek", 12),
        (JANUARY, "v1", None),
        (JANUARY, "rettet", None),  # of other kommuner: it says nothing of this one
        (FEBRUARY, "v1", 50),
    ]
    early = atlas.series(HOURS, ["0316"], as_of=JUNE)
    assert set(early["source_id"]) == {"syntetisk-register", "udtraek", "v1"}
    assert not {"standing", "sequence", "depth"} & set(series.columns)


def test_made_up_numbers_are_no_background_for_real_ones(atlas: Atlas) -> None:
    """January has no real country: a made-up one would be compared with real kommuner."""
    assert set(atlas.cells(HOURS, JANUARY, "kommune")["kind"]) <= {"api", "file"}
    for level in ("land", "region", "landsdel"):
        assert atlas.cells(HOURS, JANUARY, level).is_empty()
        assert atlas.cells(HOURS, JANUARY, level, source_kind="synthetic").height > 0
        assert set(atlas.cells(HOURS, MARCH, level)["kind"]) == {"synthetic"}
    with pytest.raises(UserError):
        atlas.national(HOURS, JANUARY)


def test_conflicts_are_shown_with_both_numbers(atlas: Atlas) -> None:
    found = atlas.conflicts()
    columns = ("area_id", "numerator", "source_id", "other_numerator", "other_source_id")
    # København: only the corrected answer differs. Frederiksberg: the correction itself does.
    assert found.select(columns).rows() == [("0147", 44, "rettet", 40, "v2")]
    row = found.row(0, named=True)
    assert (row["indicator_id"], row["period"], row["breakdown"]) == (HOURS, JANUARY, "alle")
    assert (row["name"], row["level"]) == ("Frederiksberg", "kommune")
    assert (row["kind"], row["other_kind"]) == ("file", "api")
    assert (row["share_pct"], row["other_share_pct"]) == (27.5, 25.0)
    assert row["other_recorded_at"] == dt.date(2024, 7, 1)
    assert atlas.conflicts(HOURS).equals(found)
    assert atlas.conflicts(GROWTH).is_empty()
    with pytest.raises(UserError, match="Ukendt indikator"):
        atlas.conflicts("andet")


def test_imports_and_further_indicators(atlas: Atlas) -> None:
    assert atlas.imports()["import_id"].to_list() == ["andel", "rettet", "udtraek", "v2", "v1"]
    assert set(atlas.further) == {GROWTH}
    assert GROWTH not in atlas.indicators
    assert atlas.indicator(GROWTH).title
    assert atlas.cells(GROWTH, JANUARY)["share_pct"].unique().to_list() == [14.5]


def test_what_is_shipped_has_no_imports(warehouse_file: Path) -> None:
    shipped = Atlas(warehouse_file)
    assert shipped.imports().is_empty()
    assert shipped.conflicts().is_empty()
    assert shipped.further == {}
