"""Praktik and løntilskud apart: at the upper levels only, and nothing below is narrowed by them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.indicators.definition import Indicator, load_indicators
from queries.register.cell_file import read_cells
from queries.register.levels import all_levels
from queries.register.publish import disclosed_cells
from queries.sources import facts
from queries.warehouse.content import SYNTHETIC_REGISTER
from tests.queries.register.made_counts import made_counts

PLACED, DECEMBER = "virksomhedspraktik", "2018M12"
KINDS = ("praktik", "loentilskud")
COLUMNS = ["measure", "breakdown", "period", "kommune", "numerator", "denominator"]
KOMMUNER = facts.read_facts("kommuner")
LEVEL = dict(facts.areas().select("area_id", "level").rows())
Parts = tuple[int, int, int]  # only praktik, only løntilskud, both


def counts(parts: dict[str, Parts], people: int = 60) -> pl.DataFrame:
    """Counts of one month in which every kommune has the same parts but those given."""
    rows = []
    for kommune in KOMMUNER["kommunekode"]:
        one, two, both = parts.get(kommune, (10, 5, 4))
        numbers = {"alle": one + two + both, PLACED: one + both, "loentilskud": two + both}
        rows += [(PLACED, name, DECEMBER, kommune, n, people) for name, n in numbers.items()]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def disclosed(frame: pl.DataFrame, indicators: dict[str, Indicator] | None = None) -> pl.DataFrame:
    cells = disclosed_cells(
        frame,
        source_id="x",
        recorded_at=dt.date(2026, 1, 1),
        indicators=indicators or load_indicators(),
    )
    return cells.filter(pl.col("indicator_id") == PLACED)


def levels(cells: pl.DataFrame) -> set[str]:
    return {LEVEL[area] for area in cells.filter(pl.col("breakdown").is_in(KINDS))["area_id"]}


def test_they_are_exact_where_they_are_shown() -> None:
    cells = disclosed(counts({}))
    found = {
        (row["breakdown"], row["area_id"]): (row["numerator"], row["denominator_low"])
        for row in cells.filter(pl.col("breakdown").is_in(KINDS)).to_dicts()
    }
    assert found["praktik", "000"] == (98 * 14, 98 * 60)
    assert found["loentilskud", "1081"] == (11 * 9, 11 * 60)
    assert levels(cells) == {"land", "region"}
    assert set(cells.filter(pl.col("breakdown") == "praktik")["status"]) == {"shown"}


NOBODY_HAS_BOTH: dict[str, Parts] = dict.fromkeys(KOMMUNER["kommunekode"], (10, 5, 0))
SJAELLAND = KOMMUNER.filter(pl.col("regionkode") == "1085")["kommunekode"].to_list()


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (NOBODY_HAS_BOTH, {"land", "region"}),  # nobody has both: a zero is shown here
        (NOBODY_HAS_BOTH | {"0101": (10, 5, 1)}, set()),  # one person in the country has both
        (NOBODY_HAS_BOTH | {"0101": (10, 5, 2)}, set()),
        (NOBODY_HAS_BOTH | {"0101": (10, 5, 3)}, {"land", "region"}),
        # two in the one region and one in the other: the country's three are all it may tell
        (NOBODY_HAS_BOTH | {"0101": (10, 5, 2), "0316": (10, 5, 1)}, {"land"}),
        # in one region two are in løntilskud, which all and praktik would tell as well
        (NOBODY_HAS_BOTH | dict.fromkeys(SJAELLAND, (15, 0, 0)) | {"0316": (13, 2, 0)}, {"land"}),
        # all but two of a region's people have one
        (NOBODY_HAS_BOTH | dict.fromkeys(SJAELLAND, (60, 0, 0)) | {"0316": (58, 0, 0)}, {"land"}),
    ],
)
def test_a_level_is_shown_whole_or_not_at_all(parts: dict[str, Parts], shown: set[str]) -> None:
    assert levels(disclosed(counts(parts))) == shown


def test_a_region_whose_own_number_is_hidden_hides_the_kinds_of_all_regions() -> None:
    region = dict.fromkeys(SJAELLAND, (0, 0, 0)) | {"0316": (1, 0, 1)}
    cells = disclosed(counts(region))
    whole = cells.filter(breakdown="alle", area_id="1085")
    assert whole["status"].item() == "suppressed"
    assert levels(cells) == {"land"}


def test_people_without_a_kommune_follow_from_the_regions() -> None:
    lost = pl.DataFrame(
        [
            (PLACED, name, DECEMBER, "uoplyst", n, 60)
            for name, n in {"alle": 19, PLACED: 14, "loentilskud": 6}.items()
        ],
        schema=COLUMNS,
        orient="row",
    )  # 13 + 5 + 1: one person has both
    assert levels(disclosed(pl.concat([counts({}), lost]))) == {"land"}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("size", [0.1, 1.0])
def test_no_other_cell_depends_on_them(seed: int, size: float) -> None:
    made = made_counts(("2018M11", DECEMBER), seed=seed, size=size, unknown=seed % 2 == 0)
    # Those told of the same people; to protect the others' numbers too would take minutes.
    frame = made.filter(pl.col("measure").is_in([PLACED, "ordinaere_timer", "fuld_afgang"]))
    known = load_indicators()
    register = known[PLACED].register
    assert register
    without = known | {PLACED: replace(known[PLACED], register=replace(register, breakdowns=()))}
    cells = disclosed(frame)
    assert cells.filter(pl.col("breakdown") == "alle").equals(disclosed(frame, without))
    assert levels(cells) <= {"land", "region"}
    told = all_levels(frame.filter(pl.col("measure") == PLACED)).pivot(
        "breakdown", index=["period", "area_id"], values="numerator"
    )
    shown = cells.filter(pl.col("breakdown") == "praktik").select("period", "area_id")
    parts = told.join(shown, on=["period", "area_id"]).select(
        a=pl.col("alle") - pl.col("loentilskud"),
        b=pl.col("alle") - pl.col(PLACED),
        c=pl.col(PLACED) + pl.col("loentilskud") - pl.col("alle"),
    )
    assert not {1, 2} & {n for column in parts.get_columns() for n in column.to_list()}


def worlds(areas: int, most: int, total: int) -> Iterator[tuple[int, ...]]:
    """Every way that a sum may lie on some areas, none above `most`."""
    for numbers in itertools.product(range(most + 1), repeat=areas):
        if sum(numbers) == total:
            yield numbers


def fits(alle: tuple[int, ...], one: int, two: int) -> bool:
    """Whether some praktik and løntilskud of each area fit these numbers of all: try everything."""
    return any(
        all(p <= a and q <= a <= p + q for a, p, q in zip(alle, ones, twos, strict=True))
        for ones in worlds(len(alle), max(alle), one)
        for twos in worlds(len(alle), max(alle), two)
    )


@settings(max_examples=40, deadline=None)
@given(
    parts=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 1)), min_size=2, max_size=3
    ),
    shown=st.sets(st.integers(0, 2)),
)
def test_every_world_below_that_was_possible_still_is(parts: list[Parts], shown: set[int]) -> None:
    """Areas whose sum of all is shown, some of them themselves; then the two kinds' sums too."""
    alle = tuple(sum(part) for part in parts)
    one = sum(a + c for a, _, c in parts)
    two = sum(b + c for _, b, c in parts)
    possible = [
        world
        for world in worlds(len(alle), 5, sum(alle))
        if all(world[place] == alle[place] for place in shown if place < len(alle))
    ]
    assert alle in possible
    assert [world for world in possible if fits(world, one, two)] == possible


def test_the_same_sums_beside_a_hidden_sum_would_narrow_it() -> None:
    """Why a region's kinds wait for the region's own number: the test above would fail."""
    possible = [world for total in range(6) for world in worlds(2, 5, total)]
    assert [world for world in possible if fits(world, 2, 1)] != possible


def test_shipped_cells_stand_at_the_upper_levels() -> None:
    cells, _ = read_cells(SYNTHETIC_REGISTER)
    cells = cells.filter(pl.col("indicator_id") == PLACED)
    assert levels(cells) == {"land", "region"}
    land = cells.filter(area_id="000").pivot("breakdown", index="period", values="numerator")
    assert land.height == 25
    assert land["praktik"].null_count() == land["loentilskud"].null_count() == 4
    assert land.filter(period=DECEMBER).select("alle", *KINDS).row(0) == (3001, 2584, 456)
