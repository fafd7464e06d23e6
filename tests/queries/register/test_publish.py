"""From exact counts to what may be shown: boundaries, levels, and an audit by linear algebra."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import polars as pl
import pytest

from queries import UserError
from queries.cells import CELL_SCHEMA, is_instead
from queries.disclosure.audit import audit
from queries.disclosure.publication import Criterion
from queries.indicators.definition import Indicator, load_indicators
from queries.register.choices import Choices
from queries.register.levels import all_levels
from queries.register.publish import disclosed_cells
from queries.register.published import as_read, together
from queries.sources import facts
from queries.warehouse.content import published_cells
from tests.queries.register.disclosure_audit import leaks
from tests.queries.register.made_counts import made_counts

PASSIVE, JUNE = "passive_ressourceforloeb", "2017M06"
TIMES = ("tid_under_3", "tid_3_til_6", "tid_6_til_9", "tid_over_9")
PLENTY = {code: (20, 60) for code in all_levels(made_counts((JUNE,)))["area_id"] if code[0] == "0"}
KOMMUNER = {code: numbers for code, numbers in PLENTY.items() if len(code) == 4}


def disclosed(counts: pl.DataFrame, **more: object) -> pl.DataFrame:
    return disclosed_cells(
        counts,
        source_id="syntetisk-register",
        recorded_at=dt.date(2026, 1, 1),
        **more,  # type: ignore[arg-type]  # passed on
    )


def passive(numbers: Mapping[str, tuple[int, int]]) -> pl.DataFrame:
    rows = [
        ("passive", "ressourceforloeb", JUNE, kommune, n, of)
        for kommune, (n, of) in numbers.items()
        if of
    ]
    columns = ["measure", "breakdown", "period", "kommune", "numerator", "denominator"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def by_area(cells: pl.DataFrame) -> dict[str, dict[str, object]]:
    return {row["area_id"]: row for row in cells.to_dicts()}


def hidden(cells: pl.DataFrame) -> set[str]:
    return set(cells.filter(pl.col("status") == "suppressed")["area_id"])


def test_an_exact_cell() -> None:
    cells = disclosed(passive(KOMMUNER | {"0316": (117, 225)}))
    assert cells.schema == CELL_SCHEMA
    assert cells.height == 1 + 5 + 11 + 98 + 94
    cell = by_area(cells)["0316"]
    assert (cell["status"], cell["numerator"]) == ("shown", 117)
    assert cell["denominator_low"] == cell["denominator_high"] == 225
    assert (cell["share_pct"], cell["share_decimals"]) == (52, 0)  # 117 / 225 is exactly 52 pct.
    assert cell["source_id"] == "syntetisk-register"


def test_a_half_is_rounded_up() -> None:
    cells = by_area(disclosed(passive(KOMMUNER | {"0316": (21, 200)})))
    assert cells["0316"]["share_pct"] == 11  # 10,5


@pytest.mark.parametrize(
    ("numbers", "status"),
    [
        ((3, 60), "shown"),  # the threshold itself
        ((2, 60), "suppressed"),
        ((0, 60), "suppressed"),  # zero is small here
        ((57, 60), "shown"),  # three are not passive
        ((58, 60), "suppressed"),  # two are not
        ((60, 60), "suppressed"),
        ((0, 2), "suppressed"),
        ((0, 0), "suppressed"),  # every kommune has the scheme: nobody is a small number too
    ],
)
def test_boundaries(numbers: tuple[int, int], status: str) -> None:
    cells = by_area(disclosed(passive(KOMMUNER | {"0316": numbers})))
    assert cells["0316"]["status"] == status
    assert cells["J0316"]["status"] == status
    if status == "suppressed":
        names = ("numerator", "denominator_low", "denominator_high", "share_pct", "share_decimals")
        assert [cells["0316"][name] for name in names] == [None] * 5


def test_one_hidden_kommune_takes_the_smallest_of_its_landsdel_with_it() -> None:
    cells = disclosed(passive(KOMMUNER | {"0316": (2, 60), "0340": (9, 30)}))
    assert hidden(cells) == {"0316", "J0316", "0340", "J0340"}
    notes = set(cells.filter(pl.col("status") == "suppressed")["note"])
    assert len(notes) == 1  # the note does not tell which of them is small


def test_equal_areas_are_hidden_together() -> None:
    areas = by_area(disclosed(passive(KOMMUNER | {"0400": (1, 60)})))
    assert {areas[a]["status"] for a in ("0400", "J0400", "DK014")} == {"suppressed"}
    assert areas["1084"]["status"] == areas["000"]["status"] == "shown"


def test_a_shared_jobcenter_never_gives_a_kommune_away() -> None:
    areas = by_area(disclosed(passive(KOMMUNER | {"0155": (2, 60), "0185": (9, 30)})))
    # Dragør hides behind Tårnby, so what they are together can be shown.
    assert (areas["0185"]["status"], areas["J0185"]["numerator"]) == ("suppressed", 2 + 9)
    assert areas["J0187"]["numerator"] == 20 + 20


def test_people_without_a_kommune_are_not_given_away_by_the_regions() -> None:
    few = disclosed(passive(KOMMUNER | {"uoplyst": (1, 2)}))
    assert by_area(few)["000"]["denominator_low"] == 98 * 60 + 2
    assert (
        few.join(all_levels(passive(KOMMUNER)), on="area_id")
        .filter(pl.col("level") == "region", pl.col("status") == "suppressed")
        .height
    )
    assert hidden(disclosed(passive(KOMMUNER | {"uoplyst": (10, 20)}))) == set()


def test_many_people_without_a_kommune_protect_a_hidden_region() -> None:
    nordjylland = facts.read_facts("kommuner").filter(pl.col("regionkode") == "1081")["kommunekode"]
    few = dict.fromkeys(nordjylland, (0, 60)) | {"0851": (1, 60)}
    level = dict(facts.areas().select("area_id", "level").rows())

    def regions(counts: Mapping[str, tuple[int, int]]) -> set[str]:
        return {area for area in hidden(disclosed(passive(counts))) if level[area] == "region"}

    assert regions(KOMMUNER | few | {"uoplyst": (10, 20)}) == {"1081"}
    assert len(regions(KOMMUNER | few)) == 2


def test_a_month_whose_country_is_small_is_left_out() -> None:
    assert disclosed(passive({"0316": (2, 60)})).is_empty()


def hiding_zeros() -> dict[str, Indicator]:
    """The indicators with a rule under which nobody is a small number too."""
    return {
        name: replace(one, disclosure=replace(one.disclosure, zeros_are_shown=False))
        for name, one in load_indicators().items()
    }


def test_areas_the_matter_does_not_concern_are_not_collected() -> None:
    counts = made_counts(("2018M11", "2018M12"))
    # Holbæk has people in November only, Dragør never: one is a small number, one is no number.
    counts = counts.filter((pl.col("kommune") != "0316") | (pl.col("period") == "2018M11"))
    cells = disclosed(counts, indicators=hiding_zeros()).filter(
        pl.col("indicator_id") == "virksomhedspraktik",
        pl.col("period") == "2018M12",
        pl.col("breakdown") == "alle",
    )
    assert by_area(cells)["0155"]["status"] == "not_collected"
    assert by_area(cells)["0155"]["note"] == "Ingen borgere i nævneren i nogen måned"
    assert by_area(cells)["0316"]["status"] == "suppressed"


def test_zeros_may_be_shown_where_the_rule_says_so() -> None:
    indicator = load_indicators()[PASSIVE]
    rule = replace(indicator.disclosure, zeros_are_shown=True)
    counts = passive(KOMMUNER | {"0316": (0, 60), "0326": (0, 0), "0340": (1, 60)})
    cells = by_area(disclosed(counts, indicators={PASSIVE: replace(indicator, disclosure=rule)}))
    assert (cells["0316"]["status"], cells["0316"]["share_pct"]) == ("shown", 0)
    assert (cells["0326"]["numerator"], cells["0326"]["denominator_low"]) == (0, None)
    assert cells["0340"]["status"] == "suppressed"


def test_each_benefit_is_an_indicator_of_its_own_where_the_register_has_it() -> None:
    cells = disclosed(made_counts((JUNE,)))
    family = {one.indicator_id for one in load_indicators().values() if one.family == "passive"}
    assert set(cells["indicator_id"]) & family == {PASSIVE, "passive_kontanthjaelp"}
    assert set(cells.filter(pl.col("indicator_id").is_in(family))["breakdown"]) == {"alle"}


def test_time_in_group_2_has_the_indicator_as_one_of_its_classes() -> None:
    cells = disclosed(made_counts(("2018M12",))).filter(
        pl.col("indicator_id") == "gruppe_2_over_9_maaneder", ~is_instead()
    )
    assert set(cells["breakdown"]) == {"alle", *TIMES}
    same = ["area_id", "status", "numerator", "denominator_low", "share_pct"]
    alle, over_9 = (
        cells.filter(pl.col("breakdown") == name).select(same) for name in ("alle", "tid_over_9")
    )
    assert alle.equals(over_9)


def test_classes_are_left_out_where_the_country_cannot_show_one() -> None:
    counts = made_counts(("2018M12",)).with_columns(
        numerator=pl.when(pl.col("breakdown") == "under_3").then(0).otherwise("numerator")
    )
    key = ["measure", "period", "kommune"]
    times = counts.filter(pl.col("measure") == "gruppe_2_tid")
    missing = times.group_by(key).agg(
        numerator=pl.col("denominator").first() - pl.col("numerator").sum()
    )
    # Whoever was in the first class is in the last one instead.
    more = times.join(missing, on=key, suffix="_more").with_columns(
        numerator=pl.when(pl.col("breakdown") == "over_9")
        .then(pl.col("numerator") + pl.col("numerator_more"))
        .otherwise("numerator")
    )
    cells = disclosed(more.select(counts.columns), indicators=hiding_zeros())
    assert set(cells["breakdown"]) == {"alle"}


def test_counts_made_with_other_boundaries_are_refused() -> None:
    counts = made_counts((JUNE,)).filter(pl.col("breakdown") != "over_9")
    with pytest.raises(UserError, match="har ikke over_9 for 'Mere end 9 måneder i gruppe 2'"):
        disclosed(counts)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("size", [0.15, 1.0])
def test_linear_algebra_finds_nothing_hidden(seed: int, size: float) -> None:
    counts = made_counts(("2018M12",), seed=seed, size=size, unknown=seed % 2 == 0)
    cells = disclosed(counts)
    exact = all_levels(counts)
    for (indicator_id,), month in cells.partition_by("indicator_id", as_dict=True).items():
        register = load_indicators()[str(indicator_id)].register
        assert register
        people = exact.filter(
            pl.col("measure") == register.measure, pl.col("breakdown") == register.breakdown
        )
        adding_up = TIMES if register.breakdowns_add_up and TIMES[0] in month["breakdown"] else ()
        assert leaks(month, people, adding_up=adding_up) == set(), indicator_id
        assert month.filter(pl.col("area_id") == "000", pl.col("status") != "shown").is_empty()


@pytest.mark.parametrize("seed", range(2))
def test_nor_does_it_across_indicators_over_the_same_people(seed: int) -> None:
    counts = made_counts(("2018M12",), seed=seed, size=0.3)
    cells = disclosed(counts)
    exact = all_levels(counts).filter(pl.col("measure") == "ordinaere_timer")
    together = cells.filter(
        pl.col("indicator_id").is_in(["virksomhedspraktik", "ordinaere_timer", "fuld_afgang"])
    ).with_columns(breakdown=pl.col("indicator_id") + " " + pl.col("breakdown"))
    assert leaks(together, exact) == set()


def project(
    measure: str, breakdowns: Mapping[str, int], special: Mapping[str, tuple[dict[str, int], int]]
) -> list[tuple[str, str, str, str, int, int]]:
    """Rows of one measure: 60 people in every kommune but the special ones."""
    rows = []
    for kommune in KOMMUNER:
        numbers, people = special.get(kommune, (breakdowns, 60))
        rows += [(measure, name, "2018M12", kommune, numbers[name], people) for name in breakdowns]
    return rows


def test_two_indicators_over_the_same_people_do_not_give_a_small_denominator_away() -> None:
    # Holbæk has two people. Alone, one indicator would hide it behind Slagelse (the smallest), the
    # other behind Kalundborg (small there anyway), and each would show the other's cover.
    hours = project(
        "ordinaere_timer", {"alle": 20}, {"0316": ({"alle": 1}, 2), "0330": ({"alle": 9}, 30)}
    )
    exits = project(
        "fuld_afgang",
        {"alle": 10},
        {"0316": ({"alle": 0}, 2), "0330": ({"alle": 9}, 30), "0326": ({"alle": 1}, 60)},
    )
    columns = ["measure", "breakdown", "period", "kommune", "numerator", "denominator"]
    counts = pl.DataFrame(hours + exits, schema=columns, orient="row")
    cells = disclosed(counts)
    exact = all_levels(counts).filter(pl.col("measure") == "fuld_afgang")
    named = cells.with_columns(breakdown="indicator_id")
    assert leaks(named, exact) == set()
    people_known = cells.filter(pl.col("denominator_low").is_not_null())["area_id"]
    assert not {"0316", "0330"} & set(people_known)


def test_nor_do_classes_and_an_indicator_over_the_same_people() -> None:
    classes = dict.fromkeys(("under_3", "3_til_6", "6_til_9", "over_9"), 15)
    two = {"under_3": 0, "3_til_6": 0, "6_til_9": 1, "over_9": 1}
    thirty = {"under_3": 7, "3_til_6": 7, "6_til_9": 8, "over_9": 8}
    # Kalundborg is hidden in every class, so that Slagelse would not be needed there.
    nearly_all = {"under_3": 1, "3_til_6": 1, "6_til_9": 0, "over_9": 58}
    times = project(
        "gruppe_2_tid",
        classes,
        {"0316": (two, 2), "0330": (thirty, 30), "0326": (nearly_all, 60)},
    )
    without = project(
        "gruppe_2_uden_tilbud", {"alle": 20}, {"0316": ({"alle": 1}, 2), "0330": ({"alle": 9}, 30)}
    )
    columns = ["measure", "breakdown", "period", "kommune", "numerator", "denominator"]
    counts = pl.DataFrame(times + without, schema=columns, orient="row")
    cells = disclosed(counts)
    exact = all_levels(counts).filter(pl.col("measure") == "gruppe_2_uden_tilbud")
    mine = pl.col("indicator_id") == "gruppe_2_uden_tilbud"
    named = cells.with_columns(breakdown=pl.when(mine).then(pl.lit("uden")).otherwise("breakdown"))
    assert leaks(named, exact, adding_up=TIMES) == set()
    assert not {"0316", "0330"} & set(cells.filter(pl.col("status") == "shown")["area_id"])


def test_a_kommune_without_anyone_this_month_does_not_take_everything_with_it() -> None:
    classes = dict.fromkeys(("under_3", "3_til_6", "6_til_9", "over_9"), 15)
    nobody = dict.fromkeys(classes, 0)
    rows = project("gruppe_2_tid", classes, {"0316": (nobody, 0)})
    earlier = [(*row[:2], "2018M11", *row[3:]) for row in project("gruppe_2_tid", classes, {})]
    columns = ["measure", "breakdown", "period", "kommune", "numerator", "denominator"]
    counts = pl.DataFrame(rows + earlier, schema=columns, orient="row")
    cells = disclosed(counts.filter(pl.col("denominator") > 0), indicators=hiding_zeros())
    found = hidden(cells.filter(pl.col("period") == "2018M12"))
    kommuner = {area for area in found if len(area) == 4 and area[0] == "0"}
    assert len(kommuner) == 2, kommuner
    assert "0316" in kommuner


def test_parts_that_overlap_are_not_published_below_the_regions() -> None:
    """Praktik <= alle <= praktik + løntilskud: three such numbers told hidden ones and twos."""
    part = {"alle": 30, "virksomhedspraktik": 25, "loentilskud": 10}
    nearly_all = {"alle": 58, "virksomhedspraktik": 40, "loentilskud": 30}
    columns = ["measure", "breakdown", "period", "kommune", "numerator", "denominator"]
    rows = project("virksomhedspraktik", part, {"0316": (nearly_all, 60)})
    cells = disclosed(pl.DataFrame(rows, schema=columns, orient="row"))
    below = cells.join(
        facts.areas().filter(~pl.col("level").is_in(["land", "region"])), on="area_id"
    )
    assert set(cells["breakdown"]) == {"alle", "praktik", "loentilskud"}
    assert set(below["breakdown"]) == {"alle"}
    assert by_area(below)["0316"]["status"] == "suppressed"  # two of 60 are outside


def test_no_zero_is_shown_of_hours_since_nobody_has_left_without_them() -> None:
    """A shown zero of those with hours would be one of those fully gone, which may be hidden."""
    indicators = load_indicators()
    assert not indicators["ordinaere_timer"].disclosure.zeros_are_shown


def test_the_audit_itself_finds_a_leak() -> None:
    counts = passive(KOMMUNER | {"0316": (2, 60), "0340": (9, 30)})
    cells, exact = disclosed(counts), all_levels(counts)
    one_shown = cells.with_columns(
        status=pl.when(pl.col("area_id") == "0340").then(pl.lit("shown")).otherwise("status")
    )
    # The hidden twin of what is shown, and what is left of the landsdel, each with its twin.
    found = {area for area, _, _ in leaks(one_shown, exact)}
    assert found == {"J0340", "0316", "J0316"}


def test_beside_a_published_table_no_new_totals_are_made() -> None:
    counts = made_counts(("2017M05", JUNE))
    cells = disclosed(counts, published_elsewhere=published_cells()).filter(
        pl.col("indicator_id") == PASSIVE
    )
    levels = all_levels(counts).select("area_id", "level").unique()
    found = dict(
        cells.join(levels, on="area_id")
        .group_by("period")
        .agg(pl.col("level").unique().sort())
        .rows()
    )
    assert found["2017M05"] == ["jobcenter", "kommune", "land", "landsdel", "region"]
    assert found[JUNE] == ["jobcenter", "kommune"]


def test_nothing_hides_behind_a_number_that_is_published() -> None:
    counts = passive(KOMMUNER | {"0155": (2, 60), "0326": (9, 30)})
    cells = disclosed(counts, published_elsewhere=published_cells())
    # Kalundborg is smallest but published, so it cannot be the one.
    assert "0326" not in hidden(cells)
    # What is hidden there is hidden here too, whatever is counted, and no sum tells of it.
    there = {"0155", "0201", "0563", "0730", "0740", "0825"}
    assert hidden(cells) == there | {"J0185", "J0201", "J0561", "J0730", "J0740", "J0813"}


def test_nothing_counted_gives_no_cells() -> None:
    assert disclosed(passive({})).schema == CELL_SCHEMA


def test_those_who_wait_are_protected_with_those_who_have_not_changed() -> None:
    """Everyone in gruppe 2 on the benefits is outside 'skiftet ydelse': one told of the other."""
    counts = made_counts(("2018M12",), size=1.0)
    mine = counts.filter(
        pl.col("measure").is_in(["gruppe_2_uden_tilbud", "gruppe_2_skiftet_ydelse"])
    )
    people = mine.filter(measure="gruppe_2_uden_tilbud").select("kommune", waiting="denominator")
    changed = pl.col("measure") == "gruppe_2_skiftet_ydelse"
    same = (  # nobody who has left still draws the benefits
        mine.join(people, on="kommune")
        .with_columns(
            denominator=pl.when(changed)
            .then(pl.col("numerator") + pl.col("waiting"))
            .otherwise("denominator")
        )
        .drop("waiting")
    )
    cells = disclosed(same)
    (told,) = together(cells, Choices().as_dict())
    assert told.indicators == ("gruppe_2_skiftet_ydelse", "gruppe_2_uden_tilbud")
    made = as_read(told)
    bound = [one for one in made.relations if len({name[:2] for name, _ in one.terms}) > 1]
    assert bound
    assert audit(made, Criterion.STRICT, insiders=False).findings == ()
