"""The façade where several sources speak: documents, a data owner's register, made-up persons."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from queries import LEVELS, Atlas, UserError
from queries.register.choices import Choices
from queries.register.publish import disclosed_cells, synthetic_source, write_cells
from queries.warehouse import content
from queries.warehouse.build import build
from tests.queries.register.made_counts import made_counts

PASSIVE, GROUP_2, PLACED = (
    "passive_ressourceforloeb",
    "gruppe_2_over_9_maaneder",
    "virksomhedspraktik",
)
MAY, JUNE, JULY = "2017M05", "2017M06", "2017M07"
CHOICES = Choices().as_dict()


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Published June; made-up May to July; a register of July."""
    folder = tmp_path_factory.mktemp("kilder")
    made_up = synthetic_source(seed=1, recorded_at=dt.date(2026, 1, 2), choices=CHOICES)
    own = made_up | {
        "source_id": "eget",
        "kind": "register",
        "recorded_at": dt.date(2026, 1, 1),
    }
    (folder / "register").mkdir()
    for source, path, periods in (
        (made_up, folder / "synthetic.parquet", (MAY, JUNE, JULY)),
        (own, folder / "register" / "egen.parquet", (JULY,)),
    ):
        cells = disclosed_cells(
            made_counts(periods, seed=len(periods)),
            source_id=source["source_id"],
            recorded_at=source["recorded_at"],
            published_elsewhere=content.published_cells(),
        )
        write_cells(cells, path, source=source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INDSATSATLAS_DATA", str(folder))
        patch.setattr(content, "SYNTHETIC_REGISTER", folder / "synthetic.parquet")
        build(content.full_content(), folder / "atlas.duckdb")
    return Atlas(folder / "atlas.duckdb")


def kinds(atlas: Atlas, period: str, level: str = "kommune") -> set[str]:
    return set(atlas.cells(PASSIVE, period, level)["kind"])  # type: ignore[arg-type]  # known words


def test_documents_speak_before_registers_and_those_before_the_made_up(atlas: Atlas) -> None:
    assert kinds(atlas, MAY) == {"synthetic"}
    assert kinds(atlas, JUNE) == kinds(atlas, JUNE, "jobcenter") == {"published"}
    assert kinds(atlas, JULY) == kinds(atlas, JULY, "region") == {"register"}


def test_a_page_can_ask_for_one_kind(atlas: Atlas) -> None:
    made_up = atlas.cells(PASSIVE, JUNE, source_kind="synthetic")
    assert (made_up.height, set(made_up["kind"])) == (98, {"synthetic"})
    assert atlas.national(PASSIVE, JUNE)["numerator"] == 2790
    assert atlas.national(PASSIVE, MAY, source_kind="synthetic")["kind"] == "synthetic"
    with pytest.raises(UserError):  # it would narrow what the published table hides
        atlas.national(PASSIVE, JUNE, source_kind="synthetic")
    assert atlas.periods(PASSIVE, "published") == [JUNE]
    assert atlas.periods(PASSIVE, "register") == [JULY]
    assert atlas.periods(PASSIVE, "api") == []


def test_no_source_gives_totals_beside_the_published_table(atlas: Atlas) -> None:
    for level in ("region", "landsdel"):
        assert atlas.cells(PASSIVE, JUNE, level).is_empty()
        assert not atlas.cells(PASSIVE, MAY, level).is_empty()


def test_made_up_numbers_open_on_the_month_that_documents_tell_of(warehouse_file: Path) -> None:
    fresh = Atlas(warehouse_file)
    assert fresh.default_period(PASSIVE) == "2017M06"
    assert fresh.default_period("virksomhedspraktik") == "2018M12"
    assert fresh.default_period("passive_dagpenge") == "2017M06"
    assert max(fresh.periods("virksomhedspraktik")) > "2018M12"
    early = {one.indicator_id: one.opens_on for one in fresh.indicators.values()}
    assert all(fresh.default_period(name) == month for name, month in early.items() if month)


def test_the_default_period_is_the_newest_published_one_else_the_newest_counted(
    atlas: Atlas,
) -> None:
    assert atlas.periods(PASSIVE) == [JULY, JUNE, MAY]
    assert atlas.default_period(PASSIVE) == JUNE
    assert atlas.default_period(GROUP_2) == JULY


def test_a_series_has_every_source_side_by_side(atlas: Atlas) -> None:
    series = atlas.series(PASSIVE, ["0316", "000"])
    found = series.select("area_id", "period", "kind").rows()
    months = [
        (MAY, "synthetic"),
        (JUNE, "published"),
        (JUNE, "synthetic"),
        (JULY, "register"),
        (JULY, "synthetic"),
    ]
    assert found == [
        (area, *month)
        for area in ("000", "0316")
        for month in months
        if (area, month) != ("000", (JUNE, "synthetic"))
    ]
    june = series.filter(pl.col("period") == JUNE, pl.col("area_id") == "0316")
    assert june["name"].to_list() == ["Holbæk", "Holbæk"]
    assert (june["numerator"][0], june["denominator_low"][0], june["share_pct"][0]) == (
        117,
        223,
        52,
    )
    assert atlas.series(PASSIVE, []).is_empty()


def test_breakdowns(atlas: Atlas) -> None:
    assert set(atlas.indicator(PLACED).breakdowns) == {"praktik", "loentilskud"}
    assert set(atlas.indicator(GROUP_2).breakdowns) == {
        "tid_under_3",
        "tid_3_til_6",
        "tid_6_til_9",
        "tid_over_9",
    }
    whole, part, other = (
        atlas.national(GROUP_2, JULY, breakdown=name)
        for name in ("alle", "tid_over_9", "tid_under_3")
    )
    assert part["breakdown"] == "tid_over_9"
    assert part["numerator"] == whole["numerator"] != other["numerator"]
    assert part["denominator_low"] == whole["denominator_low"] == other["denominator_low"]
    parts = atlas.series(GROUP_2, ["000"], breakdown="tid_under_3")
    assert set(parts["breakdown"]) == {"tid_under_3"}


def test_wrong_questions_are_answered_in_danish(atlas: Atlas) -> None:
    with pytest.raises(UserError, match=r"Ukendt opdeling: 'x'\. Vælg mellem: alle, praktik"):
        atlas.cells(PLACED, JULY, breakdown="x")
    with pytest.raises(UserError, match="Ukendt område: '9999'"):
        atlas.series(PLACED, ["9999"])
    with pytest.raises(UserError, match=r"Ukendt kildeart: 'x'\. Vælg mellem: published, api"):
        atlas.periods(PLACED, "x")  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(UserError, match=r"Ukendt periode: '2017M05'\. Vælg mellem: 2017M07"):
        atlas.cells(PLACED, MAY, source_kind="register")


def assert_months_are_those_of_cells(atlas: Atlas, indicator_id: str, **asked: Any) -> int:
    months = atlas.months(indicator_id, **asked)
    kind = asked.get("source_kind")
    level = asked.pop("level")
    one_by_one = [
        atlas.cells(indicator_id, period, level, **asked)
        for period in reversed(atlas.periods(indicator_id, kind))
    ]
    assert_frame_equal(months, pl.concat([*one_by_one, months.clear()]))
    return months.height


def test_all_months_at_once_are_the_months_one_by_one(atlas: Atlas) -> None:
    asked = [
        (indicator_id, level, breakdown, kind)
        for indicator_id in atlas.indicators
        for level in LEVELS
        for breakdown in ("alle", *atlas.indicator(indicator_id).breakdowns)
        for kind in (None, "synthetic", "register", "published")
    ]
    rows = [
        assert_months_are_those_of_cells(
            atlas, indicator_id, level=level, breakdown=breakdown, source_kind=kind
        )
        for indicator_id, level, breakdown, kind in asked
    ]
    assert sum(rows) > 1000
    assert max(rows) == 3 * 98


def test_months_are_the_readers_own_and_ask_as_cells_does(atlas: Atlas) -> None:
    months = atlas.months(PASSIVE)
    months[0, "name"] = "Ødelagt"
    assert atlas.months(PASSIVE)["name"][0] == "København"
    for wrong in ({"level": "by"}, {"breakdown": "x"}, {"source_kind": "x"}):
        with pytest.raises(UserError, match="Ukendt"):
            atlas.months(PASSIVE, **wrong)  # type: ignore[arg-type]  # wrong on purpose
