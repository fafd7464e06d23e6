"""One register in every format, order and cut: the same counts; what cannot be read is named."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries.errors import UserError
from queries.register.calendar import monday, week_codes, week_of
from queries.register.choices import Choices
from queries.register.mapping import read_code_list
from queries.register.plan import Plan
from queries.register.reading.files import CODE_LIST, open_folder
from queries.register.report import Report
from queries.register.run import run
from tests.oracles import register as oracle
from tests.oracles.registers import random_register
from tests.queries.register.as_frames import (
    SCHEMAS,
    Key,
    by_person,
    counted,
    fast,
    frame_of,
    joined,
    plan_for,
    write_register,
)

FIRST, LAST, AS_OF = "2015M06", "2017M09", dt.date(2017, 9, 20)
PLAN = plan_for(Choices(), FIRST, LAST, AS_OF)
Counts = dict[Key, tuple[int, int]]


@pytest.fixture(scope="module")
def register() -> oracle.Register:
    """Eighty small registers of different people, ordered by person."""
    rng = random.Random(1)
    return by_person(
        joined(
            [
                random_register(rng, first_month=FIRST, last_month=LAST, as_of=AS_OF)
                for _ in range(80)
            ]
        )
    )


@pytest.fixture
def expected(register: oracle.Register) -> Counts:
    return fast(register, PLAN)


def count(
    folder: Path, work: Path, plan: Plan = PLAN, batch_rows: int = 1000
) -> tuple[Counts, Report]:
    outcome = run(open_folder(folder), plan, work, batch_rows=batch_rows)
    return counted(outcome.counts), outcome.report


@pytest.mark.parametrize("batch_rows", [1, 7, 100, 1_000_000])
def test_parquet_in_any_cut(
    register: oracle.Register, expected: Counts, tmp_path: Path, batch_rows: int
) -> None:
    folder = write_register(register, tmp_path / "r")
    found, report = count(folder, tmp_path / "work", batch_rows=max(batch_rows, 4))
    assert found == expected
    assert report.ordered


def test_csv_of_a_danish_spreadsheet(
    register: oracle.Register, expected: Counts, tmp_path: Path
) -> None:
    folder = write_register(register, tmp_path / "r", "csv")
    assert count(folder, tmp_path / "work")[0] == expected


def test_a_folder_of_parts(register: oracle.Register, expected: Counts, tmp_path: Path) -> None:
    folder = write_register(register, tmp_path / "r")
    whole = pl.read_parquet(folder / "benefits.parquet")
    (folder / "benefits.parquet").unlink()
    (folder / "benefits").mkdir()
    for place, start in enumerate(range(0, whole.height, 50)):
        whole.slice(start, 50).write_parquet(folder / "benefits" / f"del-{place:03d}.parquet")
    found, report = count(folder, tmp_path / "work")
    assert (found, report.ordered) == (expected, True)


@pytest.mark.parametrize("shuffled", [("benefits",), ("offers",), ("mentors",), tuple(SCHEMAS)])
def test_any_order(
    register: oracle.Register, expected: Counts, tmp_path: Path, shuffled: tuple[str, ...]
) -> None:
    folder = write_register(register, tmp_path / "r")
    for stem in shuffled:
        path = folder / f"{stem}.parquet"
        pl.read_parquet(path).sample(fraction=1, shuffle=True, seed=2).write_parquet(path)
    found, report = count(folder, tmp_path / "work")
    assert found == expected
    assert report.ordered is (shuffled == ())
    assert not list((tmp_path / "work").rglob("*.part"))


def test_unordered_in_many_parts(
    register: oracle.Register,
    expected: Counts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("queries.register.unordered.PART_ROWS", 40)
    folder = write_register(register, tmp_path / "r")
    path = folder / "benefits.parquet"
    pl.read_parquet(path).reverse().write_parquet(path)
    found, report = count(folder, tmp_path / "work", batch_rows=100)
    assert (found, report.ordered) == (expected, False)


@pytest.mark.parametrize("ordered", [True, False])
def test_goes_on_after_an_interruption(
    register: oracle.Register,
    expected: Counts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ordered: bool,
) -> None:
    """Stopped after every single chunk once, the run still gives the same numbers and report."""
    monkeypatch.setattr("queries.register.unordered.PART_ROWS", 100)
    folder = write_register(register, tmp_path / "r")
    if not ordered:
        path = folder / "benefits.parquet"
        pl.read_parquet(path).reverse().write_parquet(path)
    whole = run(open_folder(folder), PLAN, tmp_path / "other", batch_rows=100)
    stops = 0
    while True:
        calls = 0

        def stop(done: int, total: int) -> None:
            nonlocal calls
            # What is thrown into parts is not kept before all of it is.
            calls += ordered or 2 * done > total
            if calls == 2 and done < total:
                raise KeyboardInterrupt

        try:
            outcome = run(
                open_folder(folder), PLAN, tmp_path / "work", stop, batch_rows=100, save_seconds=0
            )
        except KeyboardInterrupt:
            stops += 1
            assert len(list((tmp_path / "work").rglob("state.npz"))) == 1
            continue
        break
    assert stops >= 3
    assert outcome.report.resumed
    assert counted(outcome.counts) == expected
    assert outcome.report.rules == whole.report.rules
    outcome.forget()
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["run.lock"]


def test_a_changed_file_begins_anew(register: oracle.Register, tmp_path: Path) -> None:
    folder = write_register(register, tmp_path / "r")

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(open_folder(folder), PLAN, tmp_path / "work", stop, batch_rows=100)
    first = oracle.Register(benefits=register.benefits[:50])
    write_register(first, folder)
    outcome = run(open_folder(folder), PLAN, tmp_path / "work", batch_rows=100)
    assert not outcome.report.resumed
    assert counted(outcome.counts) == fast(first, PLAN)


def test_a_broken_state_begins_anew(
    register: oracle.Register, expected: Counts, tmp_path: Path
) -> None:
    folder = write_register(register, tmp_path / "r")

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(open_folder(folder), PLAN, tmp_path / "work", stop, batch_rows=100)
    (saved,) = (tmp_path / "work").rglob("state.npz")
    saved.write_bytes(saved.read_bytes()[:200])
    outcome = run(open_folder(folder), PLAN, tmp_path / "work", batch_rows=100)
    assert counted(outcome.counts) == expected


# --- DREAM as it is ------------------------------------------------------------------------------


def wide(register: oracle.Register) -> tuple[pl.DataFrame, pl.DataFrame, oracle.Register]:
    """A register with one benefit a week as DREAM holds it, and the long form of the same."""
    begin, end = week_of(dt.date(2014, 1, 1)), week_of(AS_OF)
    table = week_codes()
    at = {code + 197000: int(week) for code, week in enumerate(table) if week >= 0}
    people: dict[int, dict[int, tuple[str, int]]] = {}
    for row in register.benefits:
        weeks = people.setdefault(row.person, {})
        last = at[row.last_week] if row.last_week else end
        for week in range(max(at[row.first_week], begin), min(last, end) + 1):
            weeks.setdefault(week, (row.benefit, row.kommune))
    spells = [
        oracle.BenefitRow(person, kommune, code, _code(week), _code(week))
        for person, weeks in people.items()
        for week, (code, kommune) in weeks.items()
    ]
    names = {week: f"Y_{_code(week) % 10000:04d}" for week in range(begin, end + 1)}
    codes = [
        {"person": p, **{name: weeks.get(w, (None, 0))[0] for w, name in names.items()}}
        for p, weeks in sorted(people.items())
    ]
    places = [
        {"person": p, **{name: weeks.get(w, (None, None))[1] for w, name in names.items()}}
        for p, weeks in sorted(people.items())
    ]
    text = {"person": pl.Int64, **dict.fromkeys(names.values(), pl.String)}
    number = {"person": pl.Int64, **dict.fromkeys(names.values(), pl.Int32)}
    long = oracle.Register(
        spells, register.offers, register.mentors, register.flere_skal_med, register.hours
    )
    return pl.DataFrame(codes, schema=text), pl.DataFrame(places, schema=number), long


def _code(week: int) -> int:
    year, number, _ = monday(week).isocalendar()
    return 100 * year + number


@pytest.mark.parametrize("cells", [2_000, 4_000_000])
def test_dream_with_a_weekly_kommune_file(
    register: oracle.Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cells: int,
) -> None:
    monkeypatch.setattr("queries.register.reading.wide._CELLS", cells)
    codes, kommuner, long = wide(register)
    folder = write_register(register, tmp_path / "r")
    (folder / "benefits.parquet").unlink()
    codes.write_parquet(folder / "benefits_wide.parquet")
    kommuner.write_parquet(folder / "kommune_wide.parquet")
    found, report = count(folder, tmp_path / "work")
    assert found == fast(long, PLAN)
    assert report.ordered


def test_dream_in_any_order_with_a_column_of_kommuner(
    register: oracle.Register, tmp_path: Path
) -> None:
    one_kommune = oracle.Register(
        [
            oracle.BenefitRow(r.person, 316, r.benefit, r.first_week, r.last_week)
            for r in register.benefits
        ],
        register.offers,
        register.mentors,
    )
    codes, _, long = wide(one_kommune)
    folder = write_register(one_kommune, tmp_path / "r", "csv")
    (folder / "benefits.csv").unlink()
    codes = codes.insert_column(1, pl.lit("0316").alias("kommune")).reverse()
    codes.write_csv(folder / "benefits_wide.csv", separator=",")
    found, report = count(folder, tmp_path / "work")
    assert found == fast(long, PLAN)
    assert not report.ordered


def test_dream_columns_of_two_centuries(tmp_path: Path) -> None:
    folder = write_register(oracle.Register(), tmp_path / "r")
    (folder / "benefits.parquet").unlink()
    weeks = range(week_of(dt.date(1999, 1, 4)), week_of(dt.date(2000, 12, 28)) + 1)
    names = {f"Y_{_code(week) % 10000:04d}": ["811"] for week in weeks}
    assert (min(names), max(names)) == ("Y_0001", "Y_9952")
    pl.DataFrame({"person": [1], "kommune": [316], **names}).write_parquet(
        folder / "benefits_wide.parquet"
    )
    plan = plan_for(Choices(), "2000M06", "2000M07", AS_OF)
    found, _ = count(folder, tmp_path / "work", plan)
    passive = {key: value for key, value in found.items() if key[1] == "ressourceforloeb"}
    assert passive == {
        ("passive", "ressourceforloeb", "2000M06", "0316"): (1, 1),
        ("passive", "ressourceforloeb", "2000M07", "0316"): (1, 1),
    }


# --- what cannot be read -------------------------------------------------------------------------


def small(folder: Path) -> Path:
    rows = [oracle.BenefitRow(n, 316, "811", 201601, 201710) for n in range(1, 6)]
    offers = [oracle.OfferRow(2, "praktik", dt.date(2016, 1, 1), None)]
    return write_register(oracle.Register(rows, offers), folder)


def put(stem: str, **columns: list[Any]) -> Callable[[Path], None]:
    """Replace columns of an input by the given values."""

    def change(folder: Path) -> None:
        path = folder / f"{stem}.parquet"
        frame = pl.read_parquet(path)
        for name, values in columns.items():
            frame = frame.with_columns(pl.Series(name, values))
        frame.write_parquet(path)

    return change


def without(stem: str, column: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / f"{stem}.parquet"
        pl.read_parquet(path).drop(column).write_parquet(path)

    return change


FIVE = [201601] * 4


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (without("benefits", "last_week"), "benefits.parquet mangler kolonnen last_week"),
        (without("offers", "offer_type"), "offers.parquet mangler kolonnen offer_type"),
        (
            put("benefits", first_week=[*FIVE, 201653]),
            "benefits: Række 5 har ugerne 201653 til 201710, og en af dem findes ikke",
        ),
        (put("benefits", last_week=[201600, *[201710] * 4]), "benefits: Række 1 har ugerne 201601"),
        (
            put("benefits", person=[1, 2, None, 4, 5]),
            "benefits.parquet, kolonnen person, række 3 (uden overskriften): feltet er tomt",
        ),
        (
            put("benefits", first_week=["201601", "201601", "uge 3", "201601", "201601"]),
            "benefits.parquet, kolonnen first_week, række 3 (uden overskriften): 'uge 3'",
        ),
        (
            put("benefits", person=[1.5, 2.0, 3.0, 4.0, 5.0]),
            "benefits.parquet, kolonnen person: typen er Float64",
        ),
        (
            put("offers", starts_on=["2016-02-30"]),
            "offers.parquet, kolonnen starts_on, række 1 (uden overskriften): '2016",
        ),
        (lambda folder: (folder / "mentors.parquet").unlink(), "mangler mentors.parquet eller"),
        (lambda folder: (folder / "hours.parquet").unlink(), "har flere_skal_med, men mangler"),
        (
            lambda folder: (folder / "benefits.parquet").write_bytes(b"PAR1 ikke rigtig"),
            "benefits.parquet kan ikke læses",
        ),
        (
            lambda folder: (folder / "mentors.csv").write_text("person;starts_on;ends_on\n"),
            "har flere udgaver af mentors",
        ),
    ],
)
def test_a_fault_names_file_column_and_row(
    tmp_path: Path, change: Callable[[Path], None], told: str
) -> None:
    folder = small(tmp_path / "r")
    change(folder)
    with pytest.raises(UserError) as refused:
        count(folder, tmp_path / "work")
    assert told in str(refused.value)


def test_text_that_reads_as_numbers_is_taken(tmp_path: Path) -> None:
    folder = small(tmp_path / "r")
    plain = count(folder, tmp_path / "work")[0]
    put("benefits", kommune=["0316"] * 5, person=["1", " 2", "3", "4", "5"])(folder)
    assert count(folder, tmp_path / "work")[0] == plain


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[benefits]\na = ['1']\nb = ['1']\n", "koden '1' står to gange (a og b)"),
        ("[benefits]\n", "[benefits] skal have fra 1 til 30 ydelser"),
        ("[benefits]\na = '1'\n", "[benefits] a skal være en liste af koder"),
        ("[benefits]\na = ['1']\n[offers]\nkursus = ['2']\n", "[offers] kender ikke kursus"),
        ("[benefits]\na = ['1']\n[ydelser]\n", "ukendt afsnit ydelser"),
        ("synthetic = 1\n[benefits]\na = ['1']\n", "synthetic skal være true eller false"),
        ("[benefits\n", "kan ikke læses som TOML"),
    ],
)
def test_a_wrong_code_list_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / CODE_LIST
    path.write_text(text)
    with pytest.raises(UserError) as refused:
        read_code_list(path)
    assert told in str(refused.value)


def test_frames_hold_what_the_oracle_holds(register: oracle.Register) -> None:
    frame = frame_of(register, "benefits")
    assert frame.height == len(register.benefits)
    assert frame["first_week"].to_list() == [row.first_week for row in register.benefits]
