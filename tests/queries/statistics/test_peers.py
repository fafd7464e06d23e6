"""Peers: the rules, their distances and how they stand in an address."""

from __future__ import annotations

import contextlib
import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import UserError, statistics
from queries.statistics.peers import standardised
from tests.queries.statistics import made

Peers = statistics.Peers

AREAS = pl.DataFrame(
    [
        ("0101", "kommune", "Hovedstaden", "Byen"),
        ("0147", "kommune", "Hovedstaden", "Byen"),
        ("0151", "kommune", "Hovedstaden", "Omegn"),
        ("0316", "kommune", "Sjælland", "Vest"),
        ("0330", "kommune", "Sjælland", "Vest"),
        ("J0101", "jobcenter", "Hovedstaden", "Byen"),
        ("000", "land", None, None),
    ],
    schema=["area_id", "level", "region", "landsdel"],
    orient="row",
)
VALUES = {  # people, km²: 0147 and 0151 are alike, so that they tie
    "0101": (1000.0, 90.0),
    "0147": (200.0, 30.0),
    "0151": (200.0, 30.0),
    "0316": (220.0, 580.0),
    "0330": (300.0, 560.0),
}
TRAITS = pl.DataFrame(
    [
        {"area_id": area, "characteristic_id": name, "value": value}
        for area, pair in VALUES.items()
        for name, value in zip(("borgere", "area_km2"), pair, strict=True)
    ]
)


def found(text: str, area: str = "0316", traits: pl.DataFrame = TRAITS) -> list[str]:
    return statistics.peer_group(AREAS, traits, area, Peers.parse(text))["area_id"].to_list()


def test_rules_of_place_take_areas_of_the_level_but_not_the_area() -> None:
    assert found("region", "0101") == ["0147", "0151"]
    assert found("landsdel", "0101") == ["0147"]
    assert found("region", "000") == []
    assert found("egen:0330,0101,0316,J0101,9999") == ["0101", "0330"]


def test_size_takes_one_characteristic() -> None:
    assert found("stoerrelse:borgere=1,area_km2=9") == ["0147", "0151", "0330", "0101"]
    assert found("stoerrelse:borgere=1,antal=1") == ["0147"]


def test_nearest_weighs() -> None:
    assert found("naermeste:area_km2=1")[0] == "0330"
    assert found("naermeste:area_km2=1,borgere=99")[:2] == ["0147", "0151"]
    assert found("naermeste:area_km2=0,borgere=1") == found("naermeste:borgere=3")


def test_distances_are_those_of_the_formula() -> None:
    group = statistics.peer_group(
        AREAS, TRAITS, "0316", Peers.parse("naermeste:borgere=2,area_km2=1")
    )
    logs = {area: math.log(pair[0]) for area, pair in VALUES.items()}
    km2 = {area: pair[1] for area, pair in VALUES.items()}
    spread = float(np.std(list(logs.values()))), float(np.std(list(km2.values())))
    for area, distance in group.iter_rows():
        people = (logs[area] - logs["0316"]) / spread[0]
        place = (km2[area] - km2["0316"]) / spread[1]
        assert distance == pytest.approx(math.sqrt((2 * people**2 + place**2) / 3), abs=1e-8)


def test_ties_are_in_order_of_area_whatever_the_order_of_rows() -> None:
    for seed in range(5):
        shuffled = TRAITS.sample(fraction=1.0, shuffle=True, seed=seed)
        assert found("naermeste", traits=shuffled) == found("naermeste")
    assert found("naermeste", "0101")[-2:] != ["0151", "0147"]


def test_areas_without_a_number_are_left_out() -> None:
    gap = TRAITS.filter((pl.col("area_id") != "0330") | (pl.col("characteristic_id") != "borgere"))
    assert "0330" not in found("naermeste:borgere=1,area_km2=1", traits=gap)
    assert found("naermeste", "0330", gap)[0] == "0316"  # on what it has
    with pytest.raises(UserError, match="mangler"):
        found("naermeste:borgere=1", "0330", gap)
    with pytest.raises(UserError, match="mangler"):
        found("naermeste", traits=TRAITS.head(0))


def test_sizes_are_the_shown_denominators() -> None:
    cells = made.cells([(3, 10, 12), None, (5, 20, 20)])
    made_sizes = statistics.sizes(cells)
    assert made_sizes.rows() == [("0100", "naevner", 11.0), ("0102", "naevner", 20.0)]


def test_skewed_values_are_taken_as_logarithms() -> None:
    skewed = np.array([1.0, 1, 1, 1, 1, 1, 1, 1, 100])
    assert skewed.size * 1.0 == pytest.approx((standardised(skewed) ** 2).sum())
    even = np.array([1.0, 2, 3, 4, 5])
    assert standardised(even) == pytest.approx((even - 3) / even.std())
    assert standardised(np.array([-1.0, 0, 0, 0, 0, 0, 50])).max() < 3
    doubled = standardised(np.array([1.0, 10, 100, 1000, 100000]))
    assert doubled[1] - doubled[0] == pytest.approx(doubled[2] - doubled[1])
    assert standardised(np.array([4.0, 4, 4])).tolist() == [0, 0, 0]


def test_unknown_things_are_named() -> None:
    with pytest.raises(UserError, match="Ukendt område"):
        found("region", "9999")
    with pytest.raises(UserError, match="hoejde"):
        found("naermeste:hoejde=1")


names = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True).filter(lambda name: name != "antal")
weights = st.integers(0, 999_999).map(lambda n: n / 1000)
by_weights = st.builds(
    Peers,
    st.sampled_from(["region", "landsdel", "stoerrelse", "naermeste"]),
    st.dictionaries(names, weights, max_size=4),
    st.integers(1, 98),
)
own = st.builds(
    lambda members: Peers("egen", members=tuple(members)),
    st.lists(st.sampled_from(["0101", "0316", "J0101"]), unique=True),
)


@given(st.one_of(by_weights, own))
@settings(deadline=None)
def test_an_address_gives_back_the_rule(peers: statistics.Peers) -> None:
    assert Peers.parse(peers.text()) == peers


def test_the_address_of_the_brief() -> None:
    peers = Peers.parse("naermeste:area_km2=2,borgere=1")
    assert peers == Peers("naermeste", {"area_km2": 2, "borgere": 1}, 10)
    assert peers.text() == "naermeste:area_km2=2,borgere=1"
    assert Peers().text() == "region"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nærmeste",
        "naermeste:area_km2",
        "naermeste:area_km2=",
        "naermeste:area_km2=-1",
        "naermeste:area_km2=nan",
        "naermeste:area_km2=1e9",
        "naermeste:area_km2=1,5=2",
        "naermeste:<b>=1",
        "naermeste:antal=0",
        "naermeste:antal=2.5",
        "naermeste:antal=99",
        "egen:0316;drop",
        "egen:../../x",
    ],
)
def test_other_addresses_are_refused_in_danish(text: str) -> None:
    with pytest.raises(UserError):
        Peers.parse(text)


@given(st.text(max_size=40))
@settings(deadline=None)
def test_no_address_breaks_the_parser(text: str) -> None:
    with contextlib.suppress(UserError):
        assert Peers.parse(text).rule in statistics.RULES
