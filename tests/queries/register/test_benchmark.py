"""The straightforward version agrees with the fast one; the benchmark notices if one does not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from random import Random

import polars as pl
import pytest

from queries.register.benchmark import command
from queries.register.benchmark.compare import differences, lines, repeated
from queries.register.benchmark.measure import Sample, Turns
from queries.register.benchmark.outcome import Line, Outcome
from queries.register.benchmark.registers import Made
from queries.register.benchmark.scan import scan
from queries.register.benchmark.straightforward import passive_counts
from queries.register.benchmark.table import as_text, write_json
from queries.register.choices import Choices
from queries.register.reading.files import Folder, open_folder
from queries.register.result import COUNT_SCHEMA, PASSIVE
from queries.register.run import run
from tests.oracles.registers import random_register
from tests.queries.register.as_frames import by_person, joined, plan_for, write_register

FIRST, LAST, AS_OF = "2015M06", "2017M09", dt.date(2017, 9, 20)  # week 53 of 2015
PLAN = plan_for(Choices(), FIRST, LAST, AS_OF)
CELL = ("passive", "kontanthjaelp", "2017M06")


def counts(*rows: tuple[str, int, int]) -> pl.DataFrame:
    return pl.DataFrame([(*CELL, *row) for row in rows], schema=COUNT_SCHEMA, orient="row")


@pytest.mark.parametrize("seed", range(8))
def test_straightforward_and_fast_agree_on_every_cell(seed: int, tmp_path: Path) -> None:
    """Sixty small registers on every boundary, spells that overlap among them."""
    rng = Random(seed)
    made = [
        random_register(rng, first_month=FIRST, last_month=LAST, as_of=AS_OF) for _ in range(60)
    ]
    folder = open_folder(write_register(by_person(joined(made)), tmp_path / "r"))
    fast = run(folder, PLAN, tmp_path / "work").counts.filter(pl.col("measure") == PASSIVE)
    slow = passive_counts(folder, PLAN, tmp_path / "spill", threads=1)
    assert fast["denominator"].sum() > fast["numerator"].sum() > 100
    assert lines(differences(slow, fast), "SQL") == []
    assert slow.equals(fast)


def test_equal_counts_have_no_differences() -> None:
    some = counts(("0101", 1, 2), ("0147", 3, 4))
    assert differences(some, some.reverse()).is_empty()
    assert lines(differences(some, some), "SQL") == []


@pytest.mark.parametrize(
    ("found", "cell"),
    [
        pytest.param([("0101", 1, 2), ("0147", 2, 4)], "0147: SQL 3 af 4, denne 2 af 4", id="num"),
        pytest.param([("0101", 1, 3), ("0147", 3, 4)], "0101: SQL 1 af 2, denne 1 af 3", id="den"),
        pytest.param([("0101", 1, 2)], "0147: SQL 3 af 4, denne intet", id="missing"),
        pytest.param(
            [("0101", 1, 2), ("0147", 3, 4), ("0316", 0, 1)],
            "0316: SQL intet, denne 0 af 1",
            id="one too many",
        ),
        pytest.param(
            [("0101", 1, 2), ("0147", 3, 4), ("0147", 3, 4)],
            "0147: SQL 3 af 4, denne 3 af 4",
            id="twice",
        ),
    ],
)
def test_one_wrong_cell_is_named(found: list[tuple[str, int, int]], cell: str) -> None:
    expected = counts(("0101", 1, 2), ("0147", 3, 4))
    head, *cells = lines(differences(expected, counts(*found)), "SQL")
    assert head.startswith("UENIGHED med SQL: 1 celle")
    assert cells == [f"  passive, kontanthjaelp, 2017M06, {cell}"]


def test_copies_count_so_many_times() -> None:
    assert repeated(counts(("0101", 1, 2)), 142).equals(counts(("0101", 142, 284)))


def test_scan_sums_every_column(tmp_path: Path) -> None:
    rows = {"person": [1, 2], "offer_type": ["æ", "bc"], "starts_on": [dt.date(1970, 1, 3)] * 2}
    (tmp_path / "mapping.toml").write_text("[benefits]\na = [1]\n", "utf-8")
    for stem in ("benefits", "offers", "mentors"):
        frame = pl.DataFrame(rows).with_columns(
            ends_on=None, kommune=None, benefit=1, first_week=201701, last_week=None
        )
        frame.write_parquet(tmp_path / f"{stem}.parquet")
    sums = scan(open_folder(tmp_path), ["offers"])["offers"]
    assert sums["person"] == 1 + 2
    assert sums["offer_type"] == 2 + 2  # bytes, and æ has two
    assert sums["starts_on"] == 2 + 2  # days since 1 January 1970


def _line(seconds: float, memory: float) -> Line:
    sample = Sample(seconds + 1, 2 * seconds, memory, {"kontrolsummer": 1.0})
    scans = tuple(Sample(wall, 0.2, 50) for wall in (0.1, 0.1, 0.3))
    made = Made(Folder(Path(), {}), 2, 1_000_000)
    return Line("måned", made, Turns(scans, (sample, sample)), Sample(12.0, 24.0, 900))


def test_a_count_is_compared_with_the_scans_around_it() -> None:
    line = _line(0.4, 300)
    assert line.turns.ratios() == pytest.approx([0.4 / ((0.1 + 0.3) / 2), 0.4 / 0.1])
    assert line.turns.ratios(checksums=True) == pytest.approx([1.4 / 0.2, 1.4 / 0.1])
    assert line.nanoseconds == pytest.approx(400)


def test_the_table_says_what_is_over_budget_and_who_disagrees(tmp_path: Path) -> None:
    outcome = Outcome({"system": "x", "python": "3", "kerner": 2, "belastning": 1.5}, [])
    outcome.machine |= dict.fromkeys(("polars", "numba", "duckdb"), "1")
    outcome.lines.append(_line(0.4, 300))
    outcome.compared([])
    text = as_text(outcome)
    assert "3,00 OK" in text
    assert "300 OK" in text
    assert "Alle er enige: 1 sammenligning" in text
    outcome.lines.append(_line(4.0, 1_200))
    outcome.compared(["UENIGHED med SQL: 1 celle"])
    text = as_text(outcome)
    assert "30,00 OVER" in text
    assert "1.200 OVER" in text
    assert "UENIGHED" in text
    assert "Alle er enige" not in text
    write_json(outcome, tmp_path / "b.json")
    content = json.loads((tmp_path / "b.json").read_text("utf-8"))
    assert content["uenigheder"] == ["UENIGHED med SQL: 1 celle"]
    assert content["maalinger"][1]["vaekst"] == pytest.approx(10)


@pytest.mark.parametrize(("disagreements", "code"), [([], 0), (["UENIGHED"], 1)])
def test_only_a_disagreement_is_a_failure(
    disagreements: list[str], code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = _line(4.0, 1_200)  # over both budgets
    names = ("system", "python", "kerner", "belastning", "polars", "numba", "duckdb")
    outcome = Outcome(dict.fromkeys(names, "1"), [line], 1, disagreements)
    monkeypatch.setattr(command, "measure", lambda *_: outcome)
    assert command.benchmark([1], tmp_path) == code
