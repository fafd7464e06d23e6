"""Every published number comes out of the made-up register, by plain joins, for several seeds."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from queries.register.synthetic import SEED, generate
from queries.sources.facts import FOLDER, read_facts
from queries.sources.transcribe import TOTAL_CODE, read_table_csv
from tests.queries.register.synthetic.made import SEEDS, counted, register
from tests.queries.register.synthetic.side_by_side import (
    Line,
    between_line,
    check,
    rounded,
    share_line,
)
from tests.queries.register.synthetic.straightforward import Month, Straightforward, totals

JUNE_2017, DECEMBER_2018, APRIL_2019 = Month(2017, 6), Month(2018, 12), Month(2019, 4)
FANOE, LAESOE = "0563", "0825"
FIVE_YEARS = 261
"""Weeks: a few more than five years."""

seeds = pytest.mark.parametrize("seed", SEEDS)


def by_kommune(counts: pl.DataFrame) -> dict[str, tuple[int, int]]:
    return {row[0]: (row[1], row[2]) for row in counts.iter_rows()}


@seeds
def test_table_1_of_spm_554(seed: int) -> None:
    table = read_table_csv(FOLDER / "beu_spm_554_tabel_1.csv")
    made = by_kommune(counted(seed).passive(JUNE_2017))
    lines = []
    for row in table.filter(pl.col("kommunekode") != TOTAL_CODE).iter_rows(named=True):
        count, people = made[row["kommunekode"]]
        dot = row["count"] is None
        same = count < 3 if dot else count == row["count"]
        printed = f"{'.' if dot else row['count']} ({row['share_pct']:.0f} pct.)"
        share = rounded(count, people)
        fits = same and share == row["share_pct"]
        lines.append(Line(row["printed_name"], printed, f"{count}/{people} = {share}", fits))
    assert len(lines) == 96
    for name, code in (("Fanø", FANOE), ("Læsø", LAESOE)):
        count, people = made[code]
        lines.append(Line(name, "left out", f"{count}/{people}", count < 3 and 2 < people < 20))
    total = table.filter(pl.col("kommunekode") == TOTAL_CODE).row(0, named=True)
    count, people = totals(counted(seed).passive(JUNE_2017))
    lines.append(between_line("I alt", "2790", count, total["count"], total["count"]))
    lines.append(share_line("I alt, andel", (count, people), int(total["share_pct"])))
    lines.append(between_line("at least a year", "about 13.300", people, 13_200, 13_500))
    check("BEU alm. del, spm. 554, tabel 1", lines)
    assert set(made) == set(read_facts("kommuner")["kommunekode"])


@seeds
def test_the_letter_of_may_2019(seed: int) -> None:
    s = counted(seed)
    over_9, still = totals(s.over_9_months(DECEMBER_2018))
    changed = totals(s.changed_benefit(DECEMBER_2018))
    placed, effort = totals(s.placements(DECEMBER_2018))
    hours = totals(s.ordinary_hours(DECEMBER_2018))
    exits = totals(s.full_exit(DECEMBER_2018))
    by_three = totals(s.without_offer(DECEMBER_2018))
    by_kontanthjaelp = totals(s.without_offer(DECEMBER_2018, only_kontanthjaelp=True))
    records = s.records
    weeks = s.years_in_system()["weeks"]
    known = read_facts("kommuner")["kommunekode"].to_list()
    first, last = min(records["referred_on"].to_list()), max(records["ended_on"].to_list())
    check(
        "Letter of 7 May 2019 on Flere skal med",
        [
            between_line("F2 kommuner", "88", records["kommune"].n_unique(), 88, 88),
            Line("F2 known", "", "", set(records["kommune"]) <= set(known)),
            *(
                between_line(
                    f"F3 ever, {month}", "> 24.000", s.ever_in_project(month), 24_001, 24_999
                )
                for month in (DECEMBER_2018, APRIL_2019)
            ),
            between_line("F4 referred", "godt 8.000", changed[1], 8_001, 8_200),
            share_line("F5 changed benefit", changed, 70),
            between_line("F6 still on the three", "ca. 2.400", still, 2_375, 2_425),
            Line("F4-F6 agree", "", f"{changed[0]} + {still}", changed[0] + still == changed[1]),
            between_line("F7 over 9 months", "> 90 pct.", 100 * over_9 / still, 90.001, 94.999),
            share_line("F9 without offer, the three", by_three, 60),
            share_line("F9 without offer, kontanthjælp", by_kontanthjaelp, 60),
            between_line("F10 in placement", "ca. 3.000", placed, 2_975, 3_025),
            share_line("F10 share", (placed, effort), 23),
            between_line("F10 indsatsgruppe", "", effort, 12_766, 13_333),
            between_line("F11 ordinary hours", "1.468", hours[0], 1_468, 1_468),
            share_line("F11 share", hours, 11),
            between_line("F12 full exit", "735", exits[0], 735, 735),
            share_line("F12 share", exits, 6),
            between_line(
                "F13 least weeks", "> 5 years", min(weeks.drop_nulls().to_list()), FIVE_YEARS, 9e9
            ),
            between_line("F13 not in the system", "0", weeks.null_count(), 0, 0),
            Line(
                "project period",
                "2017-08 - 2019-08",
                f"{first} - {last}",
                first >= date(2017, 8, 1) and last <= date(2019, 8, 31),
            ),
        ],
    )


@seeds
def test_twenty_or_more_wait_where_the_letter_went(seed: int) -> None:
    addressed = {f"{code:04d}" for code in register(seed).project.addressed}
    made = by_kommune(counted(seed).over_9_months(DECEMBER_2018))
    assert {kommune for kommune, (over_9, _) in made.items() if over_9 >= 20} == addressed
    assert 45 <= len(addressed) < 88
    jobcentres = (
        counted(seed)
        .over_9_months(DECEMBER_2018)
        .join(
            read_facts("kommuner").select(kommune="kommunekode", jobcenter="jobcenterkode"),
            on="kommune",
        )
    )
    people = jobcentres.group_by("jobcenter").agg(pl.col("denominator").sum())
    assert 2 <= people.filter(pl.col("denominator") < 3).height <= 6


@seeds
def test_the_plan_is_carried_out(seed: int) -> None:
    project, passive = register(seed).project, register(seed).passive
    s = counted(seed)
    made = by_kommune(s.passive(JUNE_2017))
    assert {
        f"{kommune:04d}": (count, people)
        for kommune, count, people in zip(
            passive.kommuner.tolist(),
            passive.passive.tolist(),
            passive.people.tolist(),
            strict=True,
        )
    } == made
    still = project.early_still + project.late_still
    over_9 = {
        f"{kommune:04d}": (early, both)
        for kommune, early, both in zip(
            project.kommuner.tolist(), project.early_still.tolist(), still.tolist(), strict=True
        )
    }
    assert by_kommune(s.over_9_months(DECEMBER_2018)) == over_9
    assert totals(s.placements(DECEMBER_2018)) == (project.in_placement, project.in_effort)
    assert s.ever_in_project(DECEMBER_2018) == project.people


def test_nothing_is_unknown_where_it_would_show() -> None:
    assert "uoplyst" not in by_kommune(counted().passive(JUNE_2017))


def test_three_copies_are_three_times_as_many() -> None:
    three = Straightforward(generate(SEED, copies=3))
    for measure in ("passive", "changed_benefit", "over_9_months", "full_exit"):
        month = JUNE_2017 if measure == "passive" else DECEMBER_2018
        once = by_kommune(getattr(counted(), measure)(month))
        assert by_kommune(getattr(three, measure)(month)) == {
            kommune: (3 * numerator, 3 * denominator)
            for kommune, (numerator, denominator) in once.items()
        }


def test_the_same_seed_gives_the_same_register() -> None:
    again, other = generate(SEED), register(7)
    for (name, frame), (_, same), (_, different) in zip(
        register().items(), again.items(), other.items(), strict=True
    ):
        assert frame.equals(same), name
        assert not frame.equals(different), name
    assert again.mapping == register().mapping
