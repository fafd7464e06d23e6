"""The audit of the build: what it finds, what it refuses, and what it never says."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from queries import UserError
from queries.__main__ import main
from queries.disclosure.publication import Criterion
from queries.register.cell_file import RunSource
from queries.register.choices import Choices
from queries.register.publish import disclosed_cells
from queries.sources import facts
from queries.warehouse.content import SPM_554, published_cells
from queries.warehouse.protection import protection
from queries.warehouse.versions import Run

PASSIVE, MAY, JUNE = "passive_ressourceforloeb", "2017M05", "2017M06"
KOMMUNER = facts.read_facts("kommuner")["kommunekode"].to_list()
COLUMNS = ["measure", "breakdown", "period", "kommune", "numerator", "denominator"]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))


def counted(special: dict[str, tuple[int, int]], period: str = MAY) -> pl.DataFrame:
    numbers = dict.fromkeys(KOMMUNER, (20, 60)) | special
    rows = [("passive", "ressourceforloeb", period, k, *n) for k, n in numbers.items()]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def run(counts: pl.DataFrame, name: str = "a", day: int = 1, **more: object) -> Run:
    recorded = dt.date(2026, 1, day)
    source = RunSource(f"register-{name}", "register", name, name, recorded, Choices().as_dict())
    cells = disclosed_cells(
        counts,
        source_id=source.source_id,
        recorded_at=recorded,
        **more,  # type: ignore[arg-type]  # passed on
    )
    return Run(f"{name}.parquet", cells, source)


def showing(one: Run, area: str, numerator: int, people: int) -> Run:
    here = pl.col("area_id") == area
    return replace(
        one,
        cells=one.cells.with_columns(
            status=pl.when(here).then(pl.lit("shown")).otherwise("status"),
            numerator=pl.when(here).then(numerator).otherwise("numerator"),
            denominator_low=pl.when(here).then(people).otherwise("denominator_low"),
            denominator_high=pl.when(here).then(people).otherwise("denominator_high"),
        ),
    )


FEW = {"0316": (2, 60), "0340": (9, 30)}


def test_our_own_numbers_are_kept_and_those_of_others_stand_as_published() -> None:
    found = protection(published_cells(), [run(counted(FEW))])
    ours = found.filter(pl.col("source_id") == "register-a").to_dicts()
    assert len(ours) == 1
    assert (ours[0]["status"], ours[0]["exposed"], ours[0]["criterion"]) == (
        "protected",
        0,
        "strict",
    )
    assert (ours[0]["cells"], ours[0]["hidden"]) == (209, 4)
    (theirs,) = found.filter(pl.col("source_id") == SPM_554.source_id).to_dicts()
    assert (theirs["status"], theirs["solutions"], theirs["fewest"]) == ("as_published", 40, 2)
    # Four dots and two kommuner left out; that a jobcenter is hidden too is our doing.
    assert (theirs["hidden"], theirs["cells"]) == (6, 98 + 1)
    assert theirs["exposed"] == 6


def test_a_number_that_can_be_computed_stops_the_build_without_being_said() -> None:
    leaking = showing(run(counted(FEW)), "0340", 9, 30)
    with pytest.raises(UserError, match=r"Fortrolighedskontrollen stopper a\.parquet") as error:
        protection(published_cells(), [leaking])
    text = str(error.value)
    assert "Holbæk" in text or "Sorø" in text or "Slagelse" in text
    assert "tilsammen er oplyst" in text or "er summen af sine" in text
    assert "kan regnes ud" in text
    assert "2 borgere" not in text


def test_another_criterion_asks_for_less() -> None:
    exact = run(counted(FEW), criterion=Criterion.EXACT)
    assert protection(published_cells(), [exact], criterion=Criterion.EXACT).height == 2


def test_two_versions_that_hide_the_same_stand_beside_each_other() -> None:
    older = run(counted(FEW))
    corrected = counted(FEW | {"0400": (33, 80)})
    newer = run(corrected, "b", 2, earlier=[older.cells])
    found = protection(published_cells(), [older, newer])
    assert set(found["source_id"]) >= {"register-a", "register-b"}


def test_two_versions_that_tell_of_each_other_are_refused() -> None:
    older = run(counted(FEW))
    # Another kommune is the smallest now, so another one hides the same number.
    newer = run(counted(FEW | {"0340": (20, 60), "0330": (9, 30)}), "b", 2)
    hidden = [set(one.cells.filter(status="suppressed")["area_id"]) for one in (older, newer)]
    assert hidden[0] != hidden[1]
    with pytest.raises(UserError, match="register compute --tidligere"):
        protection(published_cells(), [older, newer])


@pytest.mark.parametrize("area", ["0155", "0825"])
def test_nothing_narrows_what_a_published_table_hides(area: str) -> None:
    june = run(counted({}, JUNE), published_elsewhere=published_cells())
    assert protection(published_cells(), [june]).height == 2
    with pytest.raises(UserError, match="indsnævrer, hvad den offentliggjorte tabel skjuler"):
        protection(published_cells(), [showing(june, area, 1, 20)])


def test_a_total_over_the_hidden_kommuner_of_a_published_table_is_refused() -> None:
    shown = published_cells().filter(status="shown")
    numbers = dict(shown.select("area_id", "numerator").iter_rows())
    same = counted({k: (numbers.get(k, 1), 9999) for k in KOMMUNER}, JUNE)
    june = run(same, published_elsewhere=published_cells())
    assert protection(published_cells(), [june]).height == 2
    jobcenter = showing(june, "J0185", numbers["0185"] + 1, 9999)
    with pytest.raises(UserError, match="indsnævrer"):
        protection(published_cells(), [jobcenter])


def test_the_command_writes_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.warehouse.content.SYNTHETIC_REGISTER", tmp_path / "nothing")
    built, report = tmp_path / "atlas.duckdb", tmp_path / "report.json"
    assert main(["build", "--to", str(built)]) == 0
    assert main(["audit", "--fra", str(built), "--json", str(report)]) == 0
    said = capsys.readouterr().out
    assert "Måder at udfylde alle de skjulte tal på: 40" in said
    assert "Offentliggjort af andre" in said
    (source,) = json.loads(report.read_text("utf-8"))["kilder"]
    assert (source["loesninger"], source["offentliggjort_af_andre"]) == ([40], True)
