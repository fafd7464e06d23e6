"""Counts per kommune become every area at every level."""

from __future__ import annotations

import polars as pl
import pytest

from queries.register.levels import all_levels


def counts(*rows: tuple[str, int, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [("passive", "ressourceforloeb", "2017M06", *row) for row in rows],
        schema=dict.fromkeys(["measure", "breakdown", "period", "kommune"], pl.String)
        | dict.fromkeys(["numerator", "denominator"], pl.Int64),
        orient="row",
    )


def test_kommuner_add_up_at_every_level() -> None:
    levels = all_levels(
        counts(
            ("0155", 2, 12),  # Dragør, and
            ("0185", 16, 90),  # Tårnby: one jobcenter, landsdel Byen København
            ("0400", 9, 50),  # Bornholm: kommune, jobcenter and landsdel in one
            ("0316", 117, 225),  # Holbæk, another region
            ("uoplyst", 1, 4),  # in the country only
        )
    )
    found = {row[0]: row[1:] for row in levels.select("area_id", "numerator", "denominator").rows()}
    assert len(found) == 1 + 5 + 11 + 98 + 94
    assert found["J0185"] == found["DK011"] == (2 + 16, 12 + 90)
    assert found["0400"] == found["J0400"] == found["DK014"] == (9, 50)
    assert found["1084"] == (2 + 16 + 9, 12 + 90 + 50)
    assert found["1085"] == found["DK022"] == (117, 225)
    assert found["000"] == (2 + 16 + 9 + 117 + 1, 12 + 90 + 50 + 225 + 4)
    assert found["0101"] == (0, 0)
    assert set(levels.group_by("level").len().rows()) == {
        ("land", 1),
        ("region", 5),
        ("landsdel", 11),
        ("kommune", 98),
        ("jobcenter", 94),
    }


def test_a_series_without_people_has_no_rows() -> None:
    assert all_levels(counts()).is_empty()
    assert all_levels(counts(("0155", 0, 0))).is_empty()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("0411", 1, 2)], "do not exist: \\['0411'\\]"),  # Christiansø is no kommune
        ([("0155", 1, 2), ("0155", 1, 2)], "twice"),
    ],
)
def test_faulty_counts_are_refused(rows: list[tuple[str, int, int]], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        all_levels(counts(*rows))
