"""What the gate tells instead of hidden numbers of a made register, and which kommuner are near."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from queries.cells import CELL_SCHEMA, is_instead
from queries.disclosure.audit import audit
from queries.disclosure.places import places
from queries.disclosure.publication import Criterion, Publication
from queries.indicators.alternatives import Alternatives
from queries.indicators.definition import Indicator, load_indicators
from queries.register.choices import Choices
from queries.register.instead import described, neighbouring
from queries.register.levels import all_levels
from queries.register.published import as_read, together
from queries.sources import facts
from queries.warehouse.content import published_cells
from tests.queries.register.made_counts import made_counts
from tests.queries.register.test_publish import (
    JUNE,
    KOMMUNER,
    PASSIVE,
    disclosed,
    hidden,
    passive,
    project,
)

GEOJSON = Path(__file__).parents[3] / "geodata" / "kommuner.geojson"
SICK, GROUP_2 = "passive_sygedagpenge", "gruppe_2_over_9_maaneder"
COLUMNS = ["measure", "breakdown", "period", "kommune", "numerator", "denominator"]
NUMBERS = ("numerator", "denominator_low", "denominator_high", "share_pct", "share_decimals")
Row = tuple[str, str, str, int, int | None]


def told(cells: pl.DataFrame) -> set[Row]:
    columns = ("breakdown", "area_id", "status", "numerator", "denominator_low")
    return set(cells.filter(is_instead()).select(columns).iter_rows())


def sick(numbers: dict[str, tuple[int, int]]) -> pl.DataFrame:
    """Counts of sygedagpenge, of which numbers may be rounded, beside a benefit as usual."""
    mine = passive(KOMMUNER | numbers).with_columns(breakdown=pl.lit("sygedagpenge"))
    return disclosed(pl.concat([passive(KOMMUNER), mine])).filter(indicator_id=SICK)


def times(special: Mapping[str, tuple[dict[str, int], int]]) -> pl.DataFrame:
    usual = dict.fromkeys(("under_3", "3_til_6", "6_til_9", "over_9"), 15)
    return pl.DataFrame(project("gruppe_2_tid", usual, special), schema=COLUMNS, orient="row")


def classes(*numbers: int) -> tuple[dict[str, int], int]:
    names = ("under_3", "3_til_6", "6_til_9", "over_9")
    return dict(zip(names, numbers, strict=True)), sum(numbers)


def publications(cells: pl.DataFrame) -> list[Publication]:
    return [as_read(one) for one in together(cells, Choices().as_dict())]


# --- kommuner together --------------------------------------------------------------------------


def test_two_hidden_neighbours_are_told_together() -> None:
    cells = disclosed(passive(KOMMUNER | {"0155": (2, 60), "0185": (9, 30)}))
    assert cells.schema == CELL_SCHEMA
    (row,) = cells.filter(is_instead()).to_dicts()
    assert (row["indicator_id"], row["breakdown"], row["period"]) == (PASSIVE, "alle", JUNE)
    assert (row["area_id"], row["status"]) == ("0155+0185", "combined")
    assert [row[name] for name in NUMBERS] == [11, 90, 90, 12, 0]  # 12,2 pct.
    assert (row["origin"], row["note"]) == ("source", "")
    # They are hidden all the same.
    assert hidden(cells) == {"0155", "0185"}


def test_the_share_has_as_many_decimals_as_the_indicator() -> None:
    rows = project(
        "ordinaere_timer", {"alle": 20}, {"0155": ({"alle": 2}, 60), "0185": ({"alle": 9}, 30)}
    )
    rows += project(
        "fuld_afgang", {"alle": 10}, {"0155": ({"alle": 0}, 60), "0185": ({"alle": 5}, 30)}
    )
    cells = disclosed(pl.DataFrame(rows, schema=COLUMNS, orient="row"))
    (row,) = cells.filter(is_instead()).to_dicts()
    assert (row["indicator_id"], row["area_id"]) == ("ordinaere_timer", "0155+0185")
    assert [row[name] for name in NUMBERS] == [11, 90, 90, 12.2, 1]


def test_kommuner_with_a_jobcenter_each_are_told_once() -> None:
    cells = disclosed(passive(KOMMUNER | {"0316": (2, 60), "0340": (9, 30)}))
    assert told(cells) == {("alle", "0316+0340", "combined", 11, 90)}
    assert hidden(cells) == {"0316", "0340", "J0316", "J0340"}


@pytest.mark.parametrize("criterion", [Criterion.STRICT, Criterion.RULE])
@pytest.mark.parametrize("pair", [(1, 2), (2, 2), (1, 1), (0, 2)])
def test_two_small_numbers_are_never_told_together(
    pair: tuple[int, int], criterion: Criterion
) -> None:
    """Those behind one would read the other's number off the sum, also where it is not small."""
    dragoer, taarnby = pair
    few = {"0155": (dragoer, 60), "0185": (taarnby, 30)}
    cells = disclosed(passive(KOMMUNER | few), criterion=criterion)
    assert told(cells) == {("alle", "0101+0155+0185", "combined", 20 + sum(pair), 150)}
    # So it is for the two that are not in the numerator.
    many = {"0155": (60 - dragoer, 60), "0185": (30 - taarnby, 30)}
    cells = disclosed(passive(KOMMUNER | many), criterion=criterion)
    assert told(cells) == {("alle", "0101+0155+0185", "combined", 110 - sum(pair), 150)}


def test_three_small_numbers_make_a_group_where_two_would_not_do() -> None:
    # In Vest- og Sydsjælland: the order is that of the codes, and each takes a neighbour.
    counts = {"0316": (2, 60), "0326": (2, 60), "0329": (2, 60)}
    cells = disclosed(passive(KOMMUNER | counts))
    assert told(cells) == {("alle", "0316+0326+0329", "combined", 6, 180)}
    # Six are two groups of three: in pairs they would be given away, and all six be told as one.
    six = dict.fromkeys(("0306", "0316", "0326", "0329", "0330", "0340"), (2, 60))
    assert told(disclosed(passive(KOMMUNER | six))) == {
        ("alle", "0306+0316+0326", "combined", 6, 180),
        ("alle", "0329+0330+0340", "combined", 6, 180),
    }


def test_a_small_sum_is_not_told() -> None:
    """Four kommuner with 4 persons: two of them alone would be 1 or 2."""
    counts = {"0316": (1, 60), "0326": (1, 60), "0329": (0, 60), "0330": (2, 60)}
    cells = disclosed(passive(KOMMUNER | counts))
    assert hidden(cells) >= set(counts)
    (row,) = told(cells)
    assert row[3] >= 3
    assert set(row[1].split("+")) >= set(counts)


def test_a_hidden_landsdel_tells_nothing_of_its_kommuner() -> None:
    nordjylland = facts.read_facts("kommuner").filter(pl.col("regionkode") == "1081")["kommunekode"]
    few = dict.fromkeys(nordjylland, (0, 60)) | {"0851": (1, 60)}
    cells = disclosed(passive(KOMMUNER | few | {"uoplyst": (10, 20)}))
    assert {"1081", "DK050"} <= hidden(cells)
    mentioned = {part for row in told(cells) for part in row[1].split("+")}
    assert not mentioned & set(nordjylland)


def allowing(alternatives: Alternatives) -> dict[str, Indicator]:
    indicator = load_indicators()[PASSIVE]
    rule = replace(indicator.disclosure, alternatives=alternatives)
    return {PASSIVE: replace(indicator, disclosure=rule)}


def test_nothing_is_told_in_a_month_that_a_published_table_covers() -> None:
    counts = passive(KOMMUNER | {"0155": (2, 60), "0185": (9, 30)})
    all_ways = allowing(Alternatives(combined_areas=True, round_to=10))

    def of(period: str) -> pl.DataFrame:
        return disclosed(
            counts.with_columns(period=pl.lit(period)),
            published_elsewhere=published_cells(),
            indicators=all_ways,
        )

    assert hidden(of(JUNE)) >= {"0155", "0201", "0563", "0730"}
    assert told(of(JUNE)) == set()
    assert told(of("2018M01")) == {
        ("alle", "0155+0185", "combined", 11, 90),
        ("alle", "0155", "rounded", 0, None),
        ("alle", "0185", "rounded", 10, None),
    }


def test_what_the_file_does_not_allow_is_not_told() -> None:
    counts = passive(KOMMUNER | {"0155": (2, 60), "0185": (9, 30)})
    cells = disclosed(counts, indicators=allowing(Alternatives()))
    assert told(cells) == set()
    assert cells.equals(disclosed(counts).filter(~is_instead()))


# --- roughly ------------------------------------------------------------------------------------


def test_hidden_numbers_are_told_roughly_without_people() -> None:
    cells = sick({"0316": (2, 60), "0340": (9, 30)})
    assert told(cells) == {
        ("alle", "0316+0340", "combined", 11, 90),
        ("alle", "0316", "rounded", 0, None),
        ("alle", "0340", "rounded", 10, None),
    }
    for row in cells.filter(status="rounded").to_dicts():
        assert [row[name] for name in NUMBERS[1:]] == [None] * 4
        assert (row["origin"], row["note"]) == ("source", "")


def test_a_rounded_number_that_narrows_another_is_not_told() -> None:
    # Together 5, as their jobcenter shows: 4 is printed as 0 and would be at most 4, the other 1.
    assert told(sick({"0155": (1, 60), "0185": (4, 30)})) == set()
    assert told(sick({"0155": (1, 60), "0185": (9, 30)})) == {
        ("alle", "0155+0185", "combined", 10, 90),
        ("alle", "0155", "rounded", 0, None),
        ("alle", "0185", "rounded", 10, None),
    }


def test_rounded_rows_have_the_bounds_that_they_tell() -> None:
    cells = sick({"0316": (2, 60), "0340": (9, 30)})
    rows = cells.filter(is_instead()).select(
        "period", "breakdown", "area_id", "numerator", "share_pct", "source_id", told="status"
    )
    found = described(rows, load_indicators()[SICK])
    columns = ("told", "title", "area_ids", "low", "high", "share_pct")
    assert found.select(columns).rows() == [
        ("combined", "Holbæk og Sorø tilsammen", ["0316", "0340"], 11, 11, 12.0),
        ("rounded", "Holbæk, afrundet til nærmeste 10", ["0316"], 0, 4, None),
        ("rounded", "Sorø, afrundet til nærmeste 10", ["0340"], 5, 14, None),
    ]
    assert not {"area_id", "numerator"} & set(found.columns)


# --- breakdowns together ------------------------------------------------------------------------


def test_hidden_classes_of_an_area_are_told_as_one() -> None:
    cells = disclosed(times({"0316": classes(1, 2, 2, 55), "0330": classes(2, 5, 7, 16)}))
    assert told(cells) == {
        ("tid_under_9", "0316", "coarser", 5, 60),
        ("tid_under_9", "0330", "coarser", 14, 30),
    }
    shares = dict(cells.filter(is_instead()).select("area_id", "share_pct").iter_rows())
    assert shares == {"0316": 8, "0330": 47}  # 8,3 and 46,7 pct.
    for area in ("0316", "0330"):
        of_area = cells.filter(~is_instead(), area_id=area)
        assert set(of_area.filter(status="suppressed")["breakdown"]) == {
            "tid_under_3",
            "tid_3_til_6",
            "tid_6_til_9",
        }


def test_only_groups_of_hidden_classes_are_told() -> None:
    cells = disclosed(times({"0316": classes(2, 9, 19, 30), "0330": classes(9, 2, 19, 30)}))
    state = dict(cells.filter(~is_instead(), area_id="0316").select("breakdown", "status").rows())
    assert state["tid_under_3"] == state["tid_3_til_6"] == "suppressed"
    for breakdown, area, _, number, people in told(cells):
        group = groups_of(breakdown)
        mine = cells.filter(~is_instead(), area_id=area).filter(pl.col("breakdown").is_in(group))
        assert mine["status"].to_list() == ["suppressed"] * len(group)
        assert people is not None
        assert 3 <= number <= people - 3
    assert ("tid_under_6", "0316", "coarser", 11, 60) in told(cells)


def groups_of(group_id: str) -> tuple[str, ...]:
    allowed = load_indicators()[GROUP_2].disclosure.alternatives.coarser_groups
    return next(one.of for one in allowed if one.group_id == group_id)


# --- the whole of a month -----------------------------------------------------------------------


@pytest.fixture(scope="module", params=[554, 3])
def made(request: pytest.FixtureRequest) -> tuple[pl.DataFrame, pl.DataFrame]:
    counts = made_counts(("2018M12",), seed=request.param)
    return disclosed(counts), all_levels(counts)


def test_what_is_told_is_true_and_of_hidden_numbers(
    made: tuple[pl.DataFrame, pl.DataFrame],
) -> None:
    cells, exact = made
    counted = {
        row[:3]: row[3:]
        for row in exact.select(
            "measure", "breakdown", "area_id", "numerator", "denominator"
        ).iter_rows()
    }
    away = set(
        cells.filter(status="suppressed").select("indicator_id", "breakdown", "area_id").rows()
    )
    kinds: set[str] = set()
    seen: set[tuple[str, str]] = set()
    columns = ("indicator_id", "breakdown", "area_id", "status", "numerator", "denominator_low")
    for name, breakdown, area, kind, number, people in (
        cells.filter(is_instead()).select(columns).iter_rows()
    ):
        indicator = load_indicators()[name]
        register = indicator.register
        assert register is not None
        kinds.add(kind)
        if kind == "coarser":
            allowed = indicator.disclosure.alternatives.coarser_groups
            of = next(one.of for one in allowed if one.group_id == breakdown)
            known_as = {part.breakdown_id: part.counted_as for part in register.breakdowns}
            true = [counted[register.measure, known_as[one], area] for one in of]
            assert {(name, one, area) for one in of} <= away
            assert {denominator for _, denominator in true} == {people}
        else:
            parts = area.split("+")
            true = [counted[register.measure, register.breakdown, part] for part in parts]
            assert {(name, "alle", part) for part in parts} <= away
            assert sum(denominator for _, denominator in true) == people
            assert not {(name, part) for part in parts} & seen
            seen |= {(name, part) for part in parts}
            small = [[n for n, _ in true if n < 3], [of - n for n, of in true if of - n < 3]]
            assert len(parts) > 2 or max(map(len, small)) < 2
        assert sum(n for n, _ in true) == number
        assert 3 <= number <= people - 3
    assert "combined" in kinds


def test_the_disclosed_rows_as_read_keep_every_hidden_number(
    made: tuple[pl.DataFrame, pl.DataFrame],
) -> None:
    cells, _ = made
    found = publications(cells)
    assert len(found) >= 3
    for one in found:
        judged = audit(one, Criterion.STRICT, insiders=False, counts=False)
        assert (judged.findings, judged.protected) == ((), True), one.title


def test_a_reader_knows_what_is_told() -> None:
    cells = disclosed(passive(KOMMUNER | {"0316": (2, 60), "0340": (9, 30)}))
    (read,) = publications(cells)
    title = "Holbæk og Sorø tilsammen er oplyst (Passive i ressourceforløb)"
    mine = {one.title: one for one in read.relations if one.title.startswith(title)}
    key = f"{PASSIVE}|alle"
    number, rest = mine[title], mine[f"{title}, de øvrige"]
    assert number.terms == ((f"n/{key}/0316", 1), (f"n/{key}/0340", 1))
    assert (number.low, number.high) == (11, 11)
    assert rest.terms == ((f"r/{key}/0316", 1), (f"r/{key}/0340", 1))
    assert (rest.low, rest.high) == (79, 79)


def test_a_reader_of_rounded_numbers_knows_their_bounds() -> None:
    (read,) = publications(sick({"0316": (2, 60), "0340": (9, 30)}))
    bounds = {one.terms: (one.low, one.high) for one in read.relations if "afrundet" in one.title}
    key = f"n/{SICK}|alle"
    assert bounds == {((f"{key}/0316", 1),): (0, 4), ((f"{key}/0340", 1),): (5, 14)}


def test_a_reader_of_classes_together_knows_the_people_too() -> None:
    cells = disclosed(times({"0316": classes(1, 2, 2, 55), "0330": classes(2, 5, 7, 16)}))
    (read,) = publications(cells)
    title = "Slagelse: under 9 måneder er oplyst (Mere end 9 måneder i gruppe 2)"
    mine = {one.title: one for one in read.relations if one.title.startswith(title)}
    terms = tuple((f"n/{GROUP_2}|{part}/0330", 1) for part in groups_of("tid_under_9"))
    assert mine[title].terms == terms
    assert (mine[title].low, mine[title].high) == (14, 14)
    people = mine[f"{title}, alle"]
    assert (people.terms, people.low, people.high) == ((("p/0330", 1),), 30, 30)


# --- which kommuner are near --------------------------------------------------------------------

DRAGOER, TAARNBY, KOEBENHAVN, SKAGEN, BORNHOLM = "0155", "0185", "0101", "0813", "0400"
KALUNDBORG, HOLBAEK, SORO, LOLLAND = "0326", "0316", "0340", "0360"


@pytest.mark.parametrize(
    ("areas", "size", "groups"),
    [
        ([DRAGOER, TAARNBY], 2, [(DRAGOER, TAARNBY)]),
        # A neighbour is taken though another stands nearer in the list.
        (
            [DRAGOER, HOLBAEK, KALUNDBORG, TAARNBY],
            2,
            [(DRAGOER, TAARNBY), (HOLBAEK, KALUNDBORG)],
        ),
        # Copenhagen is a neighbour of Tårnby, not of Dragør: a group grows from any of its own.
        ([DRAGOER, SKAGEN, KOEBENHAVN, TAARNBY], 3, [(KOEBENHAVN, DRAGOER, TAARNBY, SKAGEN)]),
        # One is left over and joins a group that it touches, though it is not the last.
        (
            [KALUNDBORG, HOLBAEK, DRAGOER, TAARNBY, SORO],
            2,
            [(HOLBAEK, KALUNDBORG, SORO), (DRAGOER, TAARNBY)],
        ),
        # One that touches none joins the last.
        (
            [KALUNDBORG, HOLBAEK, DRAGOER, TAARNBY, BORNHOLM],
            2,
            [(HOLBAEK, KALUNDBORG), (DRAGOER, TAARNBY, BORNHOLM)],
        ),
        ([DRAGOER], 2, [(DRAGOER,)]),
        ([], 2, []),
        ([BORNHOLM, DRAGOER], 1, [(BORNHOLM,), (DRAGOER,)]),
    ],
)
def test_groups_of_neighbours(areas: list[str], size: int, groups: list[tuple[str, ...]]) -> None:
    found = neighbouring(areas, lambda some: len(some) >= size)
    assert found == [tuple(sorted(group)) for group in groups]


@given(
    areas=st.lists(st.sampled_from(places().kommuner), min_size=1, max_size=12, unique=True),
    people=st.lists(st.integers(0, 9), min_size=12, max_size=12),
    least=st.integers(1, 9),
)
def test_every_kommune_is_in_one_group_and_each_group_is_fine(
    areas: list[str], people: list[int], least: int
) -> None:
    number = dict(zip(areas, people, strict=False))

    def fine(some: Sequence[str]) -> bool:
        return len(some) > 1 and sum(number[area] for area in some) >= least

    found = neighbouring(areas, fine)
    assert sorted(area for group in found for area in group) == sorted(areas)
    assert all(list(group) == sorted(group) for group in found)
    if fine(areas):
        assert all(map(fine, found))
    else:
        assert len(found) == 1


def test_the_neighbours_are_those_of_the_map() -> None:
    """All that share a border, and what a bridge, a ferry or a narrow strip links."""
    pairs = facts.read_facts("neighbours").rows()
    features = json.loads(GEOJSON.read_text("utf-8"))["features"]
    lands = {one["properties"]["kommunekode"]: shape(one["geometry"]) for one in features}
    assert set(lands) == set(places().kommuner)
    assert pairs == sorted(set(pairs))  # in order, and each once
    assert all(one < other for one, other in pairs)
    assert {area for pair in pairs for area in pair} == set(lands) - {BORNHOLM}
    borders = {
        (one, other)
        for one, other in combinations(sorted(lands), 2)
        if lands[one].distance(lands[other]) == 0
        and lands[one].intersection(lands[other]).length >= 100  # metres
    }
    assert borders <= set(pairs)
    across = {pair: lands[pair[0]].distance(lands[pair[1]]) for pair in set(pairs) - borders}
    touching = {area for pair in borders for area in pair}
    islands = {pair for pair in across if not touching.issuperset(pair)}
    # Langeland, Ærø, Fanø, Samsø, Morsø and Læsø; Svendborg has a bridge to the first.
    assert {area for pair in islands for area in pair} - touching == {
        "0482", "0492", "0563", "0741", "0773", "0825",
    }  # fmt: skip
    assert max(across[pair] for pair in islands) < 25_000
    assert set(across) - islands == {("0147", "0175"), ("0169", "0187")}
    assert max(across[pair] for pair in set(across) - islands) < 300
