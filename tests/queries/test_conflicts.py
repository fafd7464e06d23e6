"""When two numbers cannot both be right, and whose numbers are compared at all."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from queries.reading.conflicts import conflicts
from queries.reading.voices import best, known, voices

Row = dict[str, object]


def sources(*rows: tuple[str, str, str | None, str], undated: str = "") -> pl.DataFrame:
    names = ["source_id", "kind", "corrects", "series"]
    frame = pl.DataFrame(rows, dict.fromkeys(names, pl.String), orient="row")
    more = {"sequence": pl.int_range(pl.len()), "of_others": pl.lit(value=True)}
    dated = ~pl.col("source_id").is_in(undated.split())
    return voices(frame.with_columns(**more, dated=dated))


def pairs(of: pl.DataFrame, *rows: Row) -> list[tuple[str, str]]:
    schema = {
        "numerator": pl.Int64,
        "denominator_low": pl.Int64,
        "denominator_high": pl.Int64,
        "share_pct": pl.Float64,
        "share_decimals": pl.Int8,
        "source_id": pl.String,
        "recorded_at": pl.Date,
    }
    day = {"recorded_at": dt.date(2024, 1, 1)}
    cells = pl.DataFrame([day | row for row in rows], schema).with_columns(
        indicator_id=pl.lit("i"),
        period=pl.lit("2024"),
        breakdown=pl.lit("alle"),
        status=pl.when(pl.col("numerator").is_null() & pl.col("share_pct").is_null())
        .then(pl.lit("left_out"))
        .otherwise(pl.lit("shown")),
        area_id=pl.lit("0101"),
    )
    found = conflicts(known(cells, of))
    return found.select("source_id", "other_source_id").rows()


TWO = sources(("a", "published", None, ""), ("b", "api", None, ""))


@pytest.mark.parametrize(
    ("mine", "other", "differ"),
    [
        ({"numerator": 5}, {"numerator": 5}, False),
        ({"numerator": 5}, {"numerator": 6}, True),
        ({"numerator": 5}, {"share_pct": 20.0, "share_decimals": 0}, False),
        ({"share_pct": 20.0, "share_decimals": 0}, {"share_pct": 20.5, "share_decimals": 1}, False),
        ({"share_pct": 20.0, "share_decimals": 0}, {"share_pct": 20.6, "share_decimals": 1}, True),
        ({"share_pct": 20.0, "share_decimals": 1}, {"share_pct": 20.2, "share_decimals": 1}, True),
        (
            {"numerator": 5, "denominator_low": 10, "denominator_high": 12},
            {"numerator": 5, "denominator_low": 12, "denominator_high": 12},
            False,
        ),
        (
            {"numerator": 5, "denominator_low": 10, "denominator_high": 12},
            {"numerator": 5, "denominator_low": 13, "denominator_high": 13},
            True,
        ),
    ],
)
def test_what_no_rounding_explains(mine: Row, other: Row, differ: bool) -> None:
    for one, two in ((mine, other), (other, mine)):
        found = pairs(TWO, {"source_id": "a"} | one, {"source_id": "b"} | two)
        assert found == ([("a", "b")] if differ else [])  # published stands first


def test_corrections_and_vintages_are_one_family() -> None:
    of = sources(
        ("a", "published", None, ""),
        ("b", "published", "a", ""),
        ("c", "published", "b", ""),
        ("d", "api", None, "x"),
        ("e", "api", None, "x"),
        ("f", "file", None, ""),
    )
    groups = of.group_by("family").agg(pl.col("source_id").sort())["source_id"].to_list()
    assert sorted(groups) == [["a", "b", "c"], ["d", "e"], ["f"]]
    standing = dict(of.select("source_id", "standing").iter_rows())
    assert standing == {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1, "f": 1}
    assert of["depth"].to_list() == [0, 1, 2, 0, 0, 0]
    counts = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 3, "f": 5}
    rows: list[Row] = [{"source_id": name, "numerator": n} for name, n in counts.items()]
    # Of each family what stands last: c and e agree, f agrees with none.
    assert pairs(of, *rows) == [("c", "f"), ("f", "e")]
    # What e has withdrawn is not told by d in its place.
    assert pairs(of, *rows[:4], {"source_id": "e"}, rows[5]) == [("c", "f")]


def test_a_correction_of_a_published_answer_stands_where_the_answer_does() -> None:
    of = sources(("svar", "published", None, ""), ("rettet", "file", "svar", ""))
    assert of["standing"].to_list() == [0, 0]
    circle = sources(("a", "api", "b", ""), ("b", "published", "a", ""))
    assert circle["standing"].to_list() == [0, 0]


def test_what_others_have_published_stands_before_what_is_ours() -> None:
    told = [("a", "published"), ("b", "api"), ("c", "file"), ("d", "file"), ("e", "register")]
    of = pl.DataFrame([*told, ("f", "synthetic")], ["source_id", "kind"], orient="row")
    frame = of.with_columns(
        corrects=pl.lit(None, pl.String),
        series=pl.lit(""),
        sequence=pl.lit(0),
        of_others=pl.col("source_id").is_in(["a", "b", "c"]),
        dated=pl.lit(value=True),
    )
    assert voices(frame)["standing"].to_list() == [0, 1, 1, 2, 2, 3]


def speaks(of: pl.DataFrame, *rows: tuple[str, dt.date]) -> str:
    cells = pl.DataFrame(rows, ["source_id", "recorded_at"], orient="row").with_columns(
        period=pl.lit("2024"), area_id=pl.lit("0101"), status=pl.lit("shown")
    )
    return str(best(known(cells, of), ["area_id"])["source_id"][0])


def test_what_has_no_day_never_wins_over_what_has_one() -> None:
    """It is recorded the day it was read, which says nothing of its age."""
    told = ("old", dt.date(2024, 1, 1)), ("new", dt.date(2024, 6, 1)), ("none", dt.date(2026, 1, 1))
    three = tuple((name, "published", None, "") for name, _ in told)
    assert speaks(sources(*three, undated="none"), *told) == "new"
    assert speaks(sources(*three, undated="none"), told[0], told[2]) == "old"
    assert speaks(sources(*three), *told) == "none"
    # Of two without a day the last one read; before what stands lower in any case.
    assert speaks(sources(*three, undated="new none"), *told[1:]) == "none"
    of = sources(three[2], ("counted", "api", None, ""), undated="none")
    assert speaks(of, told[2], ("counted", dt.date(2026, 2, 1))) == "none"


def test_a_correction_without_a_day_wins_over_what_it_corrects() -> None:
    rows = ("answer", "published", None, ""), ("mended", "published", "answer", "")
    of = sources(*rows, ("other", "published", None, ""), undated="mended")
    told = ("answer", dt.date(2024, 1, 1)), ("mended", dt.date(2024, 3, 1))
    assert speaks(of, *told) == "mended"
    assert speaks(of, *told, ("other", dt.date(2024, 2, 1))) == "mended"
    assert speaks(of, *told, ("other", dt.date(2024, 4, 1))) == "other"
