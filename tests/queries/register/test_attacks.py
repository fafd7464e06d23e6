"""What an attacker found once: registers that were counted wrong, and runs that went astray."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from queries.__main__ import main
from queries.errors import UserError
from queries.register.choices import Choices
from queries.register.mapping import CodeList
from queries.register.project import Project
from queries.register.reading.files import fingerprint, open_folder
from queries.register.run import run
from queries.register.state import run_key
from tests.oracles.register import BenefitRow, MemberRow, OfferRow, Register
from tests.queries.register.as_frames import (
    CODE_LIST,
    KOMMUNER,
    Key,
    counted,
    fast,
    plan_for,
    slow,
    write_register,
)

AS_OF = dt.date(2017, 9, 20)
PLAN = plan_for(Choices(), "2016M01", "2017M09", AS_OF)


def passive(found: dict[Key, tuple[int, int]], period: str) -> tuple[int, int] | None:
    return found.get(("passive", "ressourceforloeb", period, "0316"))


def count(folder: Path, work: Path) -> dict[Key, tuple[int, int]]:
    return counted(run(open_folder(folder), PLAN, work).counts)


def test_a_week_in_two_spells_counts_once() -> None:
    rows = [
        BenefitRow(1, 316, "811", 201602, 201630),
        BenefitRow(1, 316, "811", 201630, 201652),
    ]
    assert passive(fast(Register(rows), PLAN), "2016M12") is None  # 51 weeks
    longer = [rows[0], replace(rows[1], last_week=201701)]
    assert passive(fast(Register(longer), PLAN), "2017M01") == (1, 1)


@pytest.mark.parametrize("count_of_spells", [49, 200])
def test_one_person_with_very_many_spells(count_of_spells: int) -> None:
    rng = random.Random(count_of_spells)
    rows = []
    for _ in range(count_of_spells):
        first = rng.randint(1, 45)
        kommune = int(rng.choice(KOMMUNER))
        code = rng.choice(["811", "810", "730"])
        rows.append(
            BenefitRow(1, kommune, code, 201600 + first, 201600 + first + rng.randint(0, 6))
        )
    for choices in (Choices(), Choices(overlap="precedence", codes="separate")):
        plan = plan_for(replace(choices, seniority_weeks=20), "2016M01", "2017M09", AS_OF)
        assert fast(Register(rows), plan) == slow(Register(rows), plan)


def test_a_code_list_of_very_many_codes() -> None:
    codes = tuple(str(1000 + n) for n in range(985))
    listed = CodeList({"ressourceforloeb": codes}, CODE_LIST.offers, CODE_LIST.groups)
    plan = replace(PLAN, code_list=listed, choices=Choices(codes="separate"))
    rows = [
        BenefitRow(1, 316, codes[5], 201501, 201552),
        BenefitRow(1, 316, codes[5 + 64], 201553, 201652),
    ]
    found = fast(Register(rows), plan)
    assert passive(found, "2016M06") is None  # another code is another course
    assert passive(found, "2016M12") == (1, 1)


@pytest.mark.parametrize(
    ("listed", "in_file", "counts"),
    [
        ("70000", 70000, True),
        ("-5", -5, True),
        ("A1", 65536, False),
        ("811", 8_110_000_000, False),
    ],
)
def test_whole_numbers_of_any_size_are_codes(
    tmp_path: Path, listed: str, in_file: int, counts: bool
) -> None:
    rows = [BenefitRow(1, 316, "811", 201501, 201652)]
    folder = write_register(Register(rows), tmp_path / "r")
    path = folder / "benefits.parquet"
    frame = pl.read_parquet(path).with_columns(benefit=pl.lit(in_file, pl.Int64))
    frame.write_parquet(path)
    codes = CodeList({"ressourceforloeb": (listed,)}, CODE_LIST.offers, CODE_LIST.groups)
    outcome = run(open_folder(folder), replace(PLAN, code_list=codes), tmp_path / "work")
    found = passive(counted(outcome.counts), "2016M06")
    assert found == ((1, 1) if counts else None)


def test_dream_with_floats_as_a_table_with_gaps_is_written(tmp_path: Path) -> None:
    folder = write_register(Register(), tmp_path / "r")
    (folder / "benefits.parquet").unlink()
    weeks = {f"Y_16{week:02d}": [811.0, None] for week in range(1, 53)}
    wide = pl.DataFrame({"person": [1, 2], "kommune": [316, 316], **weeks})
    wide.write_parquet(folder / "benefits_wide.parquet")
    assert passive(count(folder, tmp_path / "work"), "2016M12") == (1, 1)
    wide.with_columns(Y_1601=pl.Series([811.5, None])).write_parquet(
        folder / "benefits_wide.parquet"
    )
    with pytest.raises(UserError, match="Y_1601: koder skal være hele tal"):
        count(folder, tmp_path / "work")


def test_a_folder_with_a_pattern_in_its_name_is_read_itself(tmp_path: Path) -> None:
    write_register(Register([BenefitRow(1, 147, "811", 201501, 201652)]), tmp_path / "g1")
    mine = Register([BenefitRow(1, 316, "811", 201501, 201652)])
    for ending in ("parquet", "csv"):
        folder = write_register(mine, tmp_path / f"{ending} g[1]", ending)
        assert passive(count(folder, tmp_path / "work"), "2016M06") == (1, 1)


def test_a_day_is_the_day_as_it_is_written(tmp_path: Path) -> None:
    rows = [BenefitRow(1, 316, "811", 201501, 201652)]
    offers = [OfferRow(1, "praktik", dt.date(2015, 6, 1), dt.date(2015, 7, 1))]
    register = Register(rows, offers)
    folder = write_register(register, tmp_path / "r")
    path = folder / "offers.parquet"
    pl.read_parquet(path).with_columns(
        pl.col("starts_on", "ends_on")
        .cast(pl.Datetime("us"))
        .dt.replace_time_zone("Europe/Copenhagen")
    ).write_parquet(path)
    assert count(folder, tmp_path / "work") == fast(register, PLAN)


def test_persons_at_the_end_of_all_numbers(tmp_path: Path) -> None:
    last = 2**63 - 1
    register = Register(
        [BenefitRow(last, 316, "730", 201501, 201652)],
        flere_skal_med=[
            MemberRow(last, 316, CODE_LIST.groups["gruppe_2"][0], dt.date(2016, 1, 1), None)
        ],
    )
    folder = write_register(register, tmp_path / "r")
    assert count(folder, tmp_path / "work") == slow(register, PLAN)


def test_a_last_week_below_zero_is_no_open_end(tmp_path: Path) -> None:
    folder = write_register(Register([BenefitRow(1, 316, "811", 201501, -1)]), tmp_path / "r")
    with pytest.raises(UserError, match="Række 1 har ugerne 201501 til -1"):
        count(folder, tmp_path / "work")


@pytest.mark.parametrize("year", [1969, 2100, 2300])
def test_a_day_outside_the_calendar_is_refused(year: int) -> None:
    with pytest.raises(UserError, match="Opgørelsesdagen"):
        plan_for(Choices(), "2016M01", "2016M02", dt.date(year, 1, 1))


def test_a_file_that_changes_while_it_is_read_stops_the_run(tmp_path: Path) -> None:
    rows = [BenefitRow(n, 316, "811", 201501, 201652) for n in range(1, 50)]
    folder = write_register(Register(rows), tmp_path / "r")

    def change(done: int, total: int) -> None:
        if done == total:
            write_register(Register(rows[:9]), folder)

    with pytest.raises(UserError, match="blev ændret, mens den blev læst"):
        run(open_folder(folder), PLAN, tmp_path / "work", change)


def test_interrupted_while_a_part_is_added_nothing_is_counted_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [BenefitRow(n, 316, "811", 201501, 201652) for n in range(1, 60)]
    folder = write_register(Register(rows), tmp_path / "r")
    keep, calls = Project.keep, 0

    def stop_once(self: Project, *parts: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        keep(self, *parts)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(Project, "keep", stop_once)
    with pytest.raises(KeyboardInterrupt):
        run(open_folder(folder), PLAN, tmp_path / "work", batch_rows=8, save_seconds=0)
    outcome = run(open_folder(folder), PLAN, tmp_path / "work", batch_rows=8)
    assert outcome.report.resumed
    assert passive(counted(outcome.counts), "2016M06") == (59, 59)


def test_a_run_goes_on_only_for_the_same_question(tmp_path: Path) -> None:
    folder = open_folder(write_register(Register(), tmp_path / "r"))
    files = fingerprint(folder)
    other_codes = replace(CODE_LIST, benefits={"ressourceforloeb": ("1",)})
    plans = [
        PLAN,
        replace(PLAN, choices=Choices(seniority="elapsed")),
        replace(PLAN, as_of=dt.date(2017, 9, 21)),
        replace(PLAN, first=PLAN.months[1]),
        replace(PLAN, code_list=other_codes),
    ]
    keys = {run_key(plan, files) for plan in plans}
    assert len(keys) == len(plans)
    assert run_key(PLAN, {**files, "offers.parquet": "1-2"}) not in keys
    assert run_key(PLAN, files) in keys


def test_a_register_too_small_to_show_says_so_and_gives_its_exact_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path / "data"))
    folder = write_register(
        Register([BenefitRow(1, 316, "811", 201501, 201652)]), tmp_path / "lille"
    )
    exact = tmp_path / "exact.csv"
    call = ["register", "compute", str(folder), "--as-of", "2017-09-20"]
    call += ["--months", "2016M06", "2016M07", "--restricted", str(exact)]
    assert main(call) == 0
    assert "Intet kan vises" in capsys.readouterr().out
    assert "0316;1;1;UDISKRETIONERET" in exact.read_text("utf-8")
    assert not list((tmp_path / "data" / "register").glob("*.parquet"))


@pytest.mark.parametrize(
    "more",
    [
        ("--restricted", "{folder}/offers.parquet"),
        ("--to", "{folder}", "--name", "benefits"),
        ("--name", "../ude"),
        ("--name", ""),
    ],
)
def test_a_result_never_overwrites_the_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path / "data"))
    rows = [BenefitRow(n, 316, "811", 201501, 201652) for n in range(1, 9)]
    folder = write_register(Register(rows), tmp_path / "r")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    call = ["register", "compute", str(folder), "--as-of", "2017-09-20"]
    call += ["--months", "2016M06", "2016M06", *(word.format(folder=folder) for word in more)]
    assert main(call) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
