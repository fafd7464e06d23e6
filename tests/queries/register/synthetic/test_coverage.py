"""The register contains what a register contains, also the unclean."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.queries.register.synthetic.made import counted, register

AS_OF_WEEK, AS_OF = 202001, date(2019, 12, 31)


def listed(*benefits: str) -> list[int]:
    sections = counted().mapping["benefits"]
    return [int(code) for name in benefits or sections for code in sections[name]]


def test_columns_and_types() -> None:
    week, day = pl.Int32, pl.Date
    assert {name: dict(frame.schema) for name, frame in register().items()} == {
        "benefits": {
            "person": pl.Int64,
            "kommune": pl.Int32,
            "benefit": pl.Int32,
            "first_week": week,
            "last_week": week,
        },
        "offers": {"person": pl.Int64, "offer_type": pl.String, "starts_on": day, "ends_on": day},
        "mentors": {"person": pl.Int64, "starts_on": day, "ends_on": day},
        "flere_skal_med": {
            "person": pl.Int64,
            "kommune": pl.Int32,
            "group": pl.String,
            "referred_on": day,
            "ended_on": day,
        },
        "hours": {"person": pl.Int64, "month": pl.Int32, "hours": pl.Float64},
    }
    for name, frame in register().items():
        assert frame["person"].is_sorted(), name
        assert frame["person"].min() >= 1, name  # type: ignore[operator]
        assert frame["person"].max() <= register().people, name  # type: ignore[operator]


def test_twice_as_many_spells_as_offers_and_mentors() -> None:
    frames = dict(register().items())
    spells, activities = frames["benefits"].height, frames["offers"].height
    assert 1.8 < spells / (activities + frames["mentors"].height) < 2.2


def test_ten_benefits_and_every_offer_and_group_occur() -> None:
    mapping = counted().mapping
    assert len(mapping["benefits"]) == 10
    benefits = register().benefits["benefit"].unique()
    assert set(listed()) <= set(benefits)
    types = {name for names in mapping["offers"].values() for name in names}
    assert types <= set(register().offers["offer_type"])
    groups = {name for names in mapping["groups"].values() for name in names}
    assert groups <= set(register().flere_skal_med["group"])


def test_about_a_third_of_the_active_have_a_mentor() -> None:
    on = register().benefits.filter(pl.col("benefit").is_in(listed("ressourceforloeb")))
    in_2017 = pl.col("starts_on").le(date(2017, 6, 30)) & pl.col("ends_on").ge(date(2016, 7, 1))
    mentors = register().mentors.filter(in_2017)["person"].unique().implode()
    active = counted().activity.filter(in_2017, pl.col("person").is_in(on["person"].implode()))
    share = active["person"].unique().is_in(mentors).mean()
    assert share == pytest.approx(0.34, abs=0.06)


def test_people_move_and_are_interrupted() -> None:
    spells = (
        counted().benefits.filter(pl.col("benefit") == "ressourceforloeb").sort("person", "first")
    )
    gap = pl.col("first") - pl.col("last").shift().over("person") - 1
    gaps = spells.select(
        gap=gap, moved=pl.col("kommune") != pl.col("kommune").shift().over("person")
    )
    for weeks in range(5):  # 0: touching spells
        assert gaps.filter(pl.col("gap") == weeks).height > 100, weeks
    assert gaps.filter(pl.col("gap") > 4).height > 100
    assert gaps.filter(pl.col("gap") < 0, "moved").height > 50  # paid by two kommuner
    assert gaps.filter("moved").height > 500


def test_some_have_less_than_a_year_and_some_codes_change() -> None:
    spells = counted().benefits.filter(pl.col("benefit") == "ressourceforloeb")
    weeks = spells.group_by("person").agg(weeks=(pl.col("last") - pl.col("first") + 1).sum())
    assert 0.05 < (weeks["weeks"] < 52).mean() < 0.4  # type: ignore[operator]
    codes = register().benefits.filter(pl.col("benefit").is_in(listed("ressourceforloeb")))
    assert (codes.group_by("person").agg(pl.col("benefit").n_unique())["benefit"] > 1).sum() > 500


def test_offers_overlap() -> None:
    offers = counted().active_offers.sort("person", "starts_on")
    overlaps = pl.col("starts_on") <= pl.col("ends_on").shift().over("person")
    assert offers.select(overlaps.sum()).item() > 2_000


def test_weeks_around_new_year_occur() -> None:
    benefits = register().benefits
    for week in (201501, 201552, 201553, 201601, 201652, 201701, 201852, 201901):
        for column in ("first_week", "last_week"):
            assert benefits.filter(pl.col(column) == week).height > 50, (column, week)


def test_spells_and_offers_run_on() -> None:
    for frame, column in (
        (register().benefits, "last_week"),
        (register().offers, "ends_on"),
        (register().mentors, "ends_on"),
    ):
        assert frame[column].null_count() > 200


def test_stays_of_two_records_and_of_both_groups() -> None:
    records = counted().records
    by_stay = records.group_by("person", "group", "stay").agg(
        pl.len(), kommuner=pl.col("kommune").n_unique()
    )
    assert by_stay.filter(pl.col("len") > 1).height > 100
    assert by_stay.filter(pl.col("kommuner") > 1).height > 20
    both = records.group_by("person").agg(pl.col("group").n_unique())
    assert both.filter(pl.col("group") == 2).height > 300


UNCLEAN = {
    "benefits": (
        pl.col("last_week") < pl.col("first_week"),
        pl.col("first_week") > AS_OF_WEEK,
        pl.col("last_week").gt(AS_OF_WEEK) & pl.col("first_week").le(AS_OF_WEEK),
        pl.col("kommune") == 999,
        pl.col("benefit") == 9999,
    ),
    "offers": (
        pl.col("ends_on") < pl.col("starts_on"),
        pl.col("starts_on") > AS_OF,
        pl.col("offer_type") == "ukendt",
    ),
    "mentors": (pl.col("ends_on") < pl.col("starts_on"),),
    "flere_skal_med": (
        pl.col("ended_on") < pl.col("referred_on"),
        pl.col("referred_on") > AS_OF,
        pl.col("group") == "ukendt",
    ),
    "hours": (pl.col("hours") < 0, pl.col("month") > 201912),
}


@pytest.mark.parametrize("name", UNCLEAN)
def test_a_few_rows_are_unclean(name: str) -> None:
    frame = dict(register().items())[name]
    for rule in UNCLEAN[name]:
        assert 5 <= frame.filter(rule).height < 0.02 * frame.height, str(rule)
    if name != "hours":
        assert frame.height - frame.unique().height >= 5


def test_no_unknown_kommune_on_the_benefits_with_published_numbers() -> None:
    unknown = register().benefits.filter(pl.col("kommune") == 999)
    assert not set(unknown["benefit"]) & set(listed("ressourceforloeb"))
