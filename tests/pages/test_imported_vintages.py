"""A series that is renewed month by month: each month counts once, and its own source is named."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from pages.exports.charts import charted
from pages.exports.dataset import Asked, dataset
from pages.exports.files import as_json
from pages.exports.series import series
from pages.figures import series_cells
from pages.frame import data_list
from pages.oversigt import cards, overblik
from pages.sammenligning.measures import subjects
from pages.sammenligning.over_time import trend_words
from queries import LAND, Atlas, statistics
from queries.warehouse.content import Content
from tests.pages.conftest import ServeFile
from tests.pages.running import run, text
from tests.queries.warehouse.made_imports import KOMMUNER, cells, imported, warehouse_with

PASSIVE = "passive_ressourceforloeb"
MONTHS = [f"{year}M{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)][:30]
NEWER = "2024M07"
PEOPLE = 10_000
AREA = KOMMUNER[10]
RISING = "▲ stigende, 2022–2024"


def months(first: int, counts: list[int]) -> pl.DataFrame:
    """Every kommune, and the country with these counts of PEOPLE, from the month of that place."""
    periods = [*MONTHS, NEWER][first : first + len(counts)]
    return pl.concat(
        cells(
            dict.fromkeys(KOMMUNER, (count // 200, 80)) | {LAND: (count, PEOPLE)},
            indicator_id=PASSIVE,
            period=period,
        )
        for period, count in zip(periods, counts, strict=True)
    )


@pytest.fixture(scope="module")
def file(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty months that rise, then a vintage with the last one renewed and one more."""
    folder = tmp_path_factory.mktemp("vintages")
    rising = [2000 + 60 * at for at in range(30)]
    ones = [
        imported(folder, "first", months(0, rising), series="api:y", day="2024-08-01"),
        imported(folder, "second", months(29, [3800, 3860]), series="api:y", day="2024-09-01"),
    ]
    return warehouse_with(content, ones, folder / "atlas.duckdb")


@pytest.fixture
def atlas(file: Path, serve_file: ServeFile) -> Atlas:
    return serve_file(file)


def test_each_period_counts_once_from_the_newest_vintage(atlas: Atlas) -> None:
    rows = atlas.series(PASSIVE, [LAND]).filter(kind="api")
    assert rows.height == 32  # both vintages of the month that was renewed
    assert rows["family"].n_unique() == 1
    standing = series_cells.monthly(rows)
    assert standing["period"].to_list() == [*MONTHS, NEWER]
    assert standing["numerator"].to_list()[-3:] == [3680, 3800, 3860]
    assert standing["source_id"].to_list()[-3:] == ["first", "second", "second"]
    found = statistics.trend(standing)
    assert found is not None
    assert (found.direction, found.months) == ("stigende", 31)
    assert found.per_year == pytest.approx(7.2, abs=0.05)
    assert series_cells.trends(standing) == {(LAND, "hentet"): found}
    with pytest.raises(ValueError, match="a period occurs twice"):
        statistics.trend(rows)


def test_the_card_names_the_sources_of_its_trend_and_of_its_headline(atlas: Atlas) -> None:
    told = cards.direction(atlas, PASSIVE)
    assert told == f"Udvikling: {RISING} (kilde: SECOND; FIRST)."
    whole = text(run("oversigt.overblik"))
    assert (
        "Kilde: BEU alm. del, berigtigelse af svar på spm. 554 (berigtiget svar). "
        f"Udvikling: {RISING} (kilde: SECOND; FIRST)." in whole
    )
    months = cards._land(atlas, PASSIVE)["api"]
    assert (months.height, months["period"].n_unique()) == (31, 31)


def test_a_map_of_another_source_than_the_headline_says_whose_it_is(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = overblik.CARDS[0]
    shown = cards.card(atlas, subject).partition("<figcaption>")[2].partition("</figcaption>")[0]
    period = atlas.default_period(PASSIVE)
    whose = set(atlas.cells(PASSIVE, period, subject.level)["source_id"])
    assert (period, whose) == ("2017M06", {"beu-spm-554-berigtigelse"})
    assert "Kilde: " not in shown
    monkeypatch.setattr(Atlas, "default_period", lambda *_, **__: NEWER)
    assert "Kilde: SECOND." in cards.card(atlas, subject)


def test_a_series_names_the_sources_that_it_shows(atlas: Atlas) -> None:
    page = text(run("ressourceforloeb.passive", periode=MONTHS[3], udvikling="vis"))
    assert "Kilder: SECOND; FIRST; syntetisk register (" in page
    data, svg = charted(atlas, "serie", Asked(PASSIVE, NEWER, "land"), None)
    assert {source.source_id for source in data.sources} >= {"first", "second"}
    assert "STAR, SECOND; STAR, FIRST" in svg


def test_pages_and_files_open_on_the_same_period(atlas: Atlas) -> None:
    """The newest with published numbers, and not a newer one that was fetched."""
    files = {one["id"]: one["standardperiode"] for one in data_list.entries(atlas)}
    for indicator_id in (PASSIVE, "virksomhedspraktik", "passive_dagpenge"):
        assert files[indicator_id] == atlas.default_period(indicator_id)
        assert subjects(atlas, atlas.version)[indicator_id].period == files[indicator_id]
    assert "I juni 2017 havde" in text(run("ressourceforloeb.passive"))


BACKWARDS = "Nævneren er ikke offentliggjort; den er regnet baglæns"


def test_what_is_true_of_rounded_shares_alone_is_not_said_of_exact_numbers(atlas: Atlas) -> None:
    def files(period: str) -> tuple[str, str]:
        data = dataset(atlas, Asked(PASSIVE, period))
        told = json.dumps(json.loads(as_json(data))["definition"], ensure_ascii=False)
        return told, " ".join(text for _, text in data.about())

    assert all(BACKWARDS not in text for text in files(NEWER))
    assert all(BACKWARDS in text for text in files("2017M06"))
    both = series(atlas, Asked(PASSIVE, NEWER, "land"), [LAND])
    assert any(BACKWARDS in one for one in both.caveats)
    assert BACKWARDS not in text(run("ressourceforloeb.passive", periode=NEWER))
    assert BACKWARDS in text(run("ressourceforloeb.passive", periode="2017M06"))


def test_small_multiples_and_profiles_join_the_vintages(atlas: Atlas) -> None:
    mine = series_cells.monthly(atlas.series(PASSIVE, [AREA]))
    assert trend_words(mine.filter(kind="api")).startswith("↗ stigende")
    page = text(run("sammenligning.sammenlign", sammenlign=AREA, maal=PASSIVE, udvikling="vis"))
    assert "SECOND; FIRST" in page
    assert PASSIVE in subjects(atlas, atlas.version)
