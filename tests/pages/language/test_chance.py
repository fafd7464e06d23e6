"""What chance could do, in words: they say what `statistics.judged` says, and no more."""

from __future__ import annotations

import polars as pl
import pytest

from pages.language import chance, what_if
from queries import Atlas, statistics

PASSIVE, MONTH = "passive_ressourceforloeb", "2017M06"


@pytest.fixture(scope="module")
def judged(atlas: Atlas) -> pl.DataFrame:
    cells = atlas.cells(PASSIVE, MONTH)
    return statistics.judged(cells, atlas.national(PASSIVE, MONTH))


def row(judged: pl.DataFrame, area_id: str) -> dict[str, object]:
    return judged.row(by_predicate=pl.col("area_id") == area_id, named=True)


def test_every_area_is_told_its_range_of_ranks_and_its_verdict(judged: pl.DataFrame) -> None:
    known = judged["rank_low"].drop_nulls().len()
    for cell in judged.iter_rows(named=True):
        told = chance.of_area(cell, judged)
        if cell["rank_low"] is None:
            assert told == ""
            continue
        assert f"nr. {cell['rank_low']} og {cell['rank_high']} af {known} kommuner" in told
        assert ("kan ikke skelnes fra landets" in told) == (cell["verdict"] == "alike")
        for side in ("over", "under"):
            assert (f"ligger {side} landets" in told) == (cell["verdict"] == side)


def test_hidden_and_left_out_kommuner_are_given_no_interval(judged: pl.DataFrame) -> None:
    for area_id in ("0155", "0563"):  # a dot with a published share, and one left out
        cell = row(judged, area_id)
        assert (chance.interval(cell), chance.ranks(cell), chance.verdict(cell)) == ("–", "–", "–")


def test_the_counts_are_those_of_the_frame_with_how_many_chance_would_give(
    judged: pl.DataFrame,
) -> None:
    told = chance.counts(judged, "Hele landet")
    over, under, alike = (judged.filter(verdict=v).height for v in ("over", "under", "alike"))
    assert f"ligger {over} over landet, {under} under, og {alike} er ikke til at skelne" in told
    assert "op mod 5 falde udenfor" in told  # 5 pct. of 92
    assert "ingen viste tal" in chance.counts(judged.clear(), "Hele landet")


def test_a_gap_is_told_in_people(atlas: Atlas, judged: pl.DataFrame) -> None:
    national = atlas.national(PASSIVE, MONTH)
    gap = statistics.gap(row(judged, "0316"), national)
    assert gap is not None
    told = what_if.gap_sentence("Holbæk", gap, lower_is_better=True, target="landets gennemsnit")
    assert told == (
        f"{gap.people_low}–{gap.people_high} borgere færre ville bringe Holbæk på "
        "landets gennemsnit."
    )
    aarhus = statistics.gap(row(judged, "0751"), national)
    assert aarhus is not None
    assert "ligger på den gode side" in what_if.gap_sentence(
        "Aarhus", aarhus, lower_is_better=True, target="landets gennemsnit"
    )
