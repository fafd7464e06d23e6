"""Table 1 of spm. 554, June 2017: what is said of the kommuner. Change no number by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from queries import Atlas, statistics
from tests.oracles import statistics as oracle

ASKED = ("passive_ressourceforloeb", "2017M06")


@pytest.fixture(scope="module")
def judged(atlas: Atlas) -> pl.DataFrame:
    return statistics.judged(atlas.cells(*ASKED), atlas.national(*ASKED))


@pytest.mark.parametrize(
    ("column", "over", "under"),
    [("verdict", 19, 18), ("verdict_998", 12, 9), ("verdict_adjusted", 15, 13)],
)
def test_how_many_stand_out(judged: pl.DataFrame, column: str, over: int, under: int) -> None:
    counts = dict(judged[column].value_counts().rows())
    assert counts == {"over": over, "under": under, "alike": 92 - over - under, None: 6}


def test_what_is_hidden_gets_nothing(judged: pl.DataFrame) -> None:
    """Dragør, Allerød, Randers and Silkeborg have a published share, and no number of people."""
    hidden = judged.filter(pl.col("status") != "shown")
    added = [name for name in judged.columns if name not in ("rank",)][-14:]
    assert hidden["share_pct"].drop_nulls().len() == 4
    assert hidden.select(added).null_count().row(0) == (6,) * 14


def test_the_rank_of_the_published_shares_is_in_its_range(judged: pl.DataFrame) -> None:
    shown = judged.filter(pl.col("status") == "shown")
    inside = shown["rank"].is_between(shown["rank_low"], shown["rank_high"])
    assert inside.all()
    assert shown["rank_high"].max() == 92
    holbaek = shown.row(by_predicate=pl.col("area_id") == "0316", named=True)
    assert (holbaek["rank"], holbaek["rank_low"], holbaek["rank_high"]) == (2, 1, 25)


def test_ranges_are_those_of_plain_loops(judged: pl.DataFrame) -> None:
    shown = judged.filter(pl.col("status") == "shown").head(40)
    again = statistics.judged(shown.select("status", "numerator", "^denominator_.*$"), None)
    rows = shown.select("numerator", "denominator_low", "denominator_high").rows()
    ends = [(x, low, min(high, low + 1)) for x, low, high in rows]
    short = shown.with_columns(denominator_high=pl.Series([end[2] for end in ends]))
    found = statistics.judged(short.select("status", "numerator", "^denominator_.*$"), None)
    assert found.select("rank_low", "rank_high").rows() == oracle.rank_ranges(ends)
    wider = again["rank_high"] - again["rank_low"] >= found["rank_high"] - found["rank_low"]
    assert wider.all()


def test_an_interval_off_the_country_and_a_verdict_go_together(judged: pl.DataFrame) -> None:
    """Not so by necessity (one is approximate, the other exact), but so in this table."""
    low, high = 100 * 2790 / 13609, 100 * 2790 / 12977
    off = (judged["low_pct"] > high) | (judged["high_pct"] < low)
    assert off.equals(judged["verdict"] != "alike", null_equal=True)


def test_a_funnel_with_the_areas_denominators_agrees_with_the_verdicts(
    atlas: Atlas, judged: pl.DataFrame
) -> None:
    shown = judged.filter(pl.col("status") == "shown")
    people = shown["funnel_denominator"].to_numpy()
    drawn = statistics.funnel(atlas.national(*ASKED), 2000, smallest=12, also=people.tolist())
    limits = {name: np.interp(people, drawn["denominator"], drawn[name]) for name in drawn.columns}
    share = shown["funnel_share_pct"].to_numpy()
    words = np.select(
        [share > limits["high_95"], share < limits["low_95"]], ["over", "under"], "alike"
    )
    assert words.tolist() == shown["verdict"].to_list()


def test_the_spread_is_more_than_chance(atlas: Atlas) -> None:
    found = statistics.dispersion(atlas.cells(*ASKED), atlas.national(*ASKED))
    assert found is not None
    assert found.phi == pytest.approx(4.761341, abs=1e-6)
    assert found.more_than_chance


def test_the_total_of_the_shown_is_not_the_country(atlas: Atlas) -> None:
    found = statistics.total(atlas.cells(*ASKED))
    assert found is not None
    assert (found.numerator, found.denominator_low, found.denominator_high) == (2781, 12910, 13715)
    assert set(found.without) == {"Dragør", "Allerød", "Randers", "Silkeborg", "Fanø", "Læsø"}
