"""A series as a file: which areas, which kinds, and what it is called."""

from __future__ import annotations

import pytest

from pages.exports.dataset import Asked, dataset
from pages.exports.series import areas_of, series
from queries import Atlas, UserError

PASSIVE = "passive_ressourceforloeb"
GROUP_2 = "gruppe_2_over_9_maaneder"


def test_the_country_and_one_kommune(atlas: Atlas) -> None:
    data = series(atlas, Asked(PASSIVE, ""), areas_of(atlas, "kommune", "000", "0316"))
    assert data.file_stem == "passive_ressourceforloeb_serie_2016M01-2019M12_kommune_0316_SYNTETISK"
    assert data.title.startswith("SYNTETISKE TAL: Passive i ressourceforløb, januar 2016 til ")
    assert data.title.endswith("december 2019, Holbæk")
    # The country's made-up total is left out in the month whose table it would narrow.
    assert data.rows.height == 2 * (48 + 1) - 1
    june = data.rows.filter(omraadekode="0316", periode="2017M06")
    assert june.select("antal", "syntetisk").rows() == [(117, "nej"), (117, "ja")]


def test_only_what_is_published(atlas: Atlas) -> None:
    asked = Asked(PASSIVE, "", source_kind="published")
    data = series(atlas, asked, areas_of(atlas, "kommune", "000", "0316"))
    assert data.file_stem == "passive_ressourceforloeb_serie_2017M06-2017M06_kommune_0316"
    assert "syntetisk" not in data.rows.columns
    assert data.rows["antal"].to_list() == [2790, 117]


def test_a_whole_level_and_a_part_of_it(atlas: Atlas) -> None:
    assert areas_of(atlas, "land", "000", None) == ["000"]
    assert len(areas_of(atlas, "kommune", "000", None)) == 98
    assert len(areas_of(atlas, "kommune", "1085", None)) == 17
    assert areas_of(atlas, "jobcenter", "000", "J0316") == ["000", "J0316"]


def test_a_breakdown_is_named_and_its_numerator_is_not_the_indicators(atlas: Atlas) -> None:
    data = dataset(atlas, Asked(GROUP_2, "2018M12", breakdown="tid_under_3"))
    assert data.file_stem == "gruppe_2_over_9_maaneder_tid_under_3_2018M12_kommune_SYNTETISK"
    assert "opdeling: Under 3 måneder" in data.title
    assert data.numerator.startswith("Borgere i opdelingen »Under 3 måneder«")
    assert data.rows["opdeling"].unique().to_list() == ["Under 3 måneder"]


def test_nothing_is_an_error_that_says_so(atlas: Atlas) -> None:
    with pytest.raises(UserError, match="ingen tal i serien"):
        series(atlas, Asked(PASSIVE, "", source_kind="register"), ["000"])
