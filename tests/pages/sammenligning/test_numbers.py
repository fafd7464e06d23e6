"""Totals, gaps and potential of a comparison against plain arithmetic on the façade's cells."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.sammenligning.comparison import by_kind, comparison_rows, everything, judged
from pages.sammenligning.gaps import gaps, potentials
from pages.sammenligning.measures import subjects
from queries import Atlas, statistics

PASSIVE = "passive_ressourceforloeb"


def plain(atlas: Atlas, indicator_id: str, level: Any = "kommune") -> list[dict[str, Any]]:
    period = subjects(atlas, atlas.version)[indicator_id].period
    return atlas.cells(indicator_id, period, level).rows(named=True)


@pytest.fixture(scope="module")
def cells(atlas: Atlas) -> pl.DataFrame:
    found = judged(atlas, atlas.version, PASSIVE, "kommune")
    assert found is not None
    return found.cells


def test_holbaek_by_hand(atlas: Atlas) -> None:
    one = judged(atlas, atlas.version, PASSIVE, "kommune")
    assert one is not None
    (row,) = gaps(atlas, one, ("0316",), "region")
    assert row.country.gap is not None
    # 117 of 223-227; the country's 2.790 of 12.977-13.609 is 21 pct., rounded.
    low = math.ceil(117 - 227 * Fraction(2790, 12977))
    high = math.ceil(117 - 223 * Fraction(2790, 13609))
    assert (row.country.gap.people_low, row.country.gap.people_high) == (low, high)
    assert low <= 70 <= high
    assert row.country.verdict == "over"
    assert row.region.gap is None
    assert row.region.why_not == "Kilden har ingen tal for regioner"


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_a_total_is_of_the_shown_and_never_an_average(
    atlas: Atlas, cells: pl.DataFrame, data: st.DataObject
) -> None:
    codes = data.draw(
        st.lists(st.sampled_from(cells["area_id"].to_list()), min_size=1, unique=True)
    )
    total = statistics.total(cells.filter(pl.col("area_id").is_in(codes)))
    rows = [row for row in plain(atlas, PASSIVE) if row["area_id"] in codes]
    shown = [row for row in rows if row["status"] == "shown"]
    if not shown:
        assert total is None
        return
    assert total is not None
    count = sum(row["numerator"] for row in shown)
    low = sum(row["denominator_low"] for row in shown)
    high = sum(row["denominator_high"] for row in shown)
    assert (total.numerator, total.denominator_low, total.denominator_high) == (count, low, high)
    assert total.share_low_pct == pytest.approx(100 * count / high)
    assert total.share_high_pct == pytest.approx(100 * count / low)
    assert set(total.without) == {row["name"] for row in rows if row["status"] != "shown"}
    least = min(Fraction(row["numerator"], row["denominator_high"]) for row in shown)
    most = max(Fraction(row["numerator"], row["denominator_low"]) for row in shown)
    assert 100 * float(least) - 1e-9 <= total.share_low_pct <= total.share_high_pct
    assert total.share_high_pct <= 100 * float(most) + 1e-9


def test_kinds_are_never_mixed(atlas: Atlas) -> None:
    for level in ("kommune", "jobcenter"):
        real, made_up = by_kind(everything(atlas, level))
        assert [one.subject.indicator.indicator_id for one in real] == [PASSIVE]
        assert {one.kind for one in made_up} == {"synthetic"}
        assert len(real) + len(made_up) == len(atlas.indicators)


def test_the_months_are_those_of_the_indicators_own_pages(atlas: Atlas) -> None:
    found = subjects(atlas, atlas.version)
    assert next(iter(found)) == PASSIVE
    assert set(found) == set(atlas.indicators)
    for key, one in found.items():
        assert one.period == atlas.default_period(key)
    assert found["virksomhedspraktik"].period == "2018M12"
    assert subjects(atlas, atlas.version)["ordinaere_timer"].address("0316") == (
        "/virksomhedspraktik?maal=timer&kommune=0316"
    )


def test_potential_by_plain_sums(atlas: Atlas) -> None:
    """'virksomhedspraktik' is counted, so every number is a point."""
    one = judged(atlas, atlas.version, "virksomhedspraktik", "kommune")
    assert one is not None
    rows = gaps(atlas, one, ("0316", "0330", "0101"), "region")
    found = potentials(one, rows)
    assert found is not None
    country = Fraction(one.national["numerator"], one.national["denominator_low"])

    def missing(cell: dict[str, Any]) -> int:
        return max(0, math.ceil(int(cell["denominator_low"]) * country - int(cell["numerator"])))

    everywhere = [c for c in plain(atlas, "virksomhedspraktik") if c["numerator"] is not None]
    expected = sum(map(missing, everywhere))
    assert (found["alle"].people_low, found["alle"].people_high) == (expected, expected)
    chosen = sum(missing(c) for c in everywhere if c["area_id"] in {"0316", "0330", "0101"})
    assert found["land"].people_low == chosen
    best = 0
    for row in rows:
        cells = [c for c in everywhere if c["area_id"] in row.peer_ids]
        shares = sorted((c["share_pct"] for c in cells), reverse=True)
        target = Fraction(str(shares[math.ceil(len(shares) / 4) - 1])) / 100
        best += max(0, math.ceil(row.cell["denominator_low"] * target - row.cell["numerator"]))
    assert found["fagfaeller"].people_low == best


def test_the_region_is_compared_with_where_it_has_a_number(atlas: Atlas) -> None:
    one = judged(atlas, atlas.version, "virksomhedspraktik", "kommune")
    assert one is not None
    (row,) = gaps(atlas, one, ("0316",), "region")
    region = next(r for r in plain(atlas, "virksomhedspraktik", "region") if r["area_id"] == "1085")
    assert row.region.gap is not None
    assert row.region.share == region["share_pct"]
    assert row.region.gap.points == pytest.approx(row.cell["share_pct"] - region["share_pct"])


def test_the_file_has_every_chosen_cell_with_its_kind(atlas: Atlas) -> None:
    codes = ["0316", "0563"]
    frame = comparison_rows(atlas, codes, "kommune")
    assert frame.height == len(codes) * len(atlas.indicators)
    assert set(frame.filter(indicator_id=PASSIVE)["kind"]) == {"published"}
    assert set(frame.filter(pl.col("indicator_id") != PASSIVE)["kind"]) == {"synthetic"}
    hidden = frame.filter(pl.col("status") != "shown")
    assert hidden["numerator"].null_count() == hidden.height
    assert hidden["rank_low"].null_count() == hidden.height
