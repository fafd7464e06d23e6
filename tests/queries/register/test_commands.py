"""`python -m queries register`: what each command writes, says and ends with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from queries.__main__ import main
from queries.cells import is_instead
from queries.register.cell_file import read_cells
from queries.warehouse.content import SYNTHETIC_REGISTER
from queries.warehouse.paths import ROOT

VERBS = ("check", "compute", "generate", "choices", "formats", "benchmark")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic register as the command makes it."""
    folder = tmp_path_factory.mktemp("register") / "syntetisk register"
    assert main(["register", "generate", str(folder)]) == 0
    return folder


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path / "data"))
    yield
    work = tmp_path / "data" / "work" / "register"
    left = {path.name for path in work.iterdir()} if work.exists() else set()
    assert left <= {"run.lock"}


def test_an_earlier_version_and_a_criterion_stand_in_the_report(
    register: Path, tmp_path: Path
) -> None:
    call = ["register", "compute", str(register), "--to", str(tmp_path), "--months"]
    call += ["2017M07", "2017M07"]
    assert main([*call, "--name", "første"]) == 0
    earlier = tmp_path / "første.parquet"
    again = [*call, "--name", "anden", "--tidligere", str(earlier), "--kriterium", "rule"]
    assert main(again) == 0
    report = json.loads((tmp_path / "anden.json").read_text("utf-8"))
    assert report["disclosure"]["criterion"] == "rule"
    assert [entry["file"] for entry in report["disclosure"]["earlier"]] == [str(earlier)]
    first, second = (read_cells(tmp_path / f"{name}.parquet") for name in ("første", "anden"))
    assert second[1].criterion == "rule"
    # Nothing was corrected, so what was hidden is hidden still, and nothing else is.
    cells = [one.drop("source_id").filter(~is_instead()) for one, _ in (first, second)]
    assert cells[0].equals(cells[1])
    told = [set(one.filter(is_instead())["area_id"]) for one, _ in (first, second)]
    assert told[1] > set()


def test_exact_counts_are_marked(register: Path, tmp_path: Path) -> None:
    exact = tmp_path / "præcise.csv"
    call = ["register", "compute", str(register), "--to", str(tmp_path), "--restricted", str(exact)]
    assert main([*call, "--months", "2017M06", "2017M06"]) == 0
    rows = pl.read_csv(exact, separator=";", schema_overrides={"kommune": pl.String})
    assert set(rows["status"]) == {"UDISKRETIONERET SYNTETISK"}
    assert exact.stat().st_mode & 0o077 == 0
    passive = rows.filter(
        (pl.col("measure") == "passive") & (pl.col("breakdown") == "ressourceforloeb")
    )
    assert passive["numerator"].sum() == 2790


def test_check_writes_nothing(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["register", "check", str(register), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["written"] == []
    assert not list(tmp_path.rglob("*.parquet"))


def test_choices_change_the_answer_and_stand_in_the_source(register: Path, tmp_path: Path) -> None:
    call = ["register", "compute", str(register), "--to", str(tmp_path), "--name", "valg"]
    assert main([*call, "--months", "2017M07", "2017M07", "--choice", "seniority=elapsed"]) == 0
    cells, source = read_cells(tmp_path / "valg.parquet")
    assert source.choices["seniority"] == "elapsed"
    land = cells.filter(
        (pl.col("area_id") == "000") & (pl.col("indicator_id") == "passive_ressourceforloeb")
    )
    shipped = read_cells(SYNTHETIC_REGISTER)[0].filter(
        (pl.col("area_id") == "000")
        & (pl.col("period") == "2017M07")
        & (pl.col("indicator_id") == "passive_ressourceforloeb")
    )
    assert land["denominator_low"].item() > shipped["denominator_low"].item()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "/findes/ikke"], "Fejl: Mappen /findes/ikke findes ikke."),
        (
            ["compute", "REGISTER", "--months", "2017M07", "2017M06"],
            "Fejl: Perioden slutter (2017M06)",
        ),
        (
            ["compute", "REGISTER", "--months", "2017M06", "2020M06"],
            "registret er kun kendt til 2019-12-31",
        ),
        (["compute", "REGISTER", "--as-of", "i går"], "--as-of skal være en dato"),
        (["compute", "REGISTER", "--choice", "seniority"], "Et valg skrives NAVN=VÆRDI"),
        (["compute", "REGISTER", "--choice", "år=1"], "Ukendt valg: 'år'"),
        (["generate", "REGISTER"], "er ikke tom. Vælg en ny mappe"),
        (["generate", "NY", "--copies", "0"], "--copies skal være mindst 1"),
        (["choices", "REGISTER", "--month", "juni"], "En måned skrives som 2017M06"),
    ],
)
def test_what_cannot_be_done_is_told(
    register: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    told: str,
) -> None:
    paths = {"REGISTER": str(register), "NY": str(tmp_path / "ny")}
    assert main(["register", *(paths.get(word, word) for word in arguments)]) == 1
    assert told in capsys.readouterr().err
    assert not list(tmp_path.rglob("*.parquet*"))


def test_choices_that_the_indicators_are_not_defined_by_are_refused_before_writing(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["register", "compute", str(register), "--to", str(tmp_path / "ud")]
    assert (
        main([*call, "--choice", "group_2_boundaries=2,4", "--months", "2018M12", "2018M12"]) == 1
    )
    assert "Kør optællingen med de valg, indikatoren er defineret ved" in capsys.readouterr().err
    settled = ["--choice", "seniority_weeks=26", "--months", "2018M12", "2018M12"]
    assert main([*call, *settled]) == 1
    assert "er defineret ved seniority_weeks=52, men kørslen brugte 26" in capsys.readouterr().err
    assert not (tmp_path / "ud").exists() or not list((tmp_path / "ud").iterdir())
    for state in (tmp_path / "data" / "work" / "register").glob("*/*"):
        state.unlink()
    for place in (tmp_path / "data" / "work" / "register").glob("*/"):
        place.rmdir()


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_danish_with_examples_and_exit_codes(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["register", *([verb] if verb else []), "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith("Brug: python -m queries register")
    assert "Eksemp" in said
    assert "Afslutningskoder: 0 lykkedes" in said
    assert not any(word in said for word in ("usage", "options:", "positional", "show this help"))


def test_a_wrong_call_is_told_in_danish(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["register", "compute"])
    assert ended.value.code == 2
    assert "Fejl: der mangler: MAPPE. Se: python -m queries register compute --help" in (
        capsys.readouterr().err
    )


def test_choices_lists_every_choice(capsys: pytest.CaptureFixture[str]) -> None:
    from queries.register.choices import CHOICES

    assert main(["register", "choices"]) == 0
    said = capsys.readouterr().out
    for name, choice in CHOICES.items():
        assert f"{name}: {choice.question}" in said
        assert all(text in said for text in choice.options.values())
    assert said.count("  * ") == len(CHOICES)


def test_formats_documents_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    from queries.register.reading.formats import FORMATS
    from queries.register.rules import BY_INPUT

    assert main(["register", "formats"]) == 0
    said = capsys.readouterr().out
    for form in FORMATS:
        assert form.stem in said
        assert all(f"  {name}: {column.text}" in said for name, column in form.columns.items())
    for rules in BY_INPUT.values():
        assert all(rule.text in said for rule in rules)


def test_choices_of_a_register_shows_what_each_would_change(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["register", "choices", str(register), "--month", "2017M06"]) == 0
    said = capsys.readouterr().out
    assert "SYNTETISKE TAL" in said
    assert "Passive i ressourceforløb: 2.790 af 13.484, 20,7 pct." in said
    assert "seniority=elapsed: " in said
    assert "Ændrer intet: " in said


def test_killed_at_any_moment_it_leaves_old_or_new_results_whole(
    register: Path, tmp_path: Path
) -> None:
    """Interrupted again and again in a process of its own, it still ends with the right file."""
    environment = os.environ | {"INDSATSATLAS_DATA": str(tmp_path / "data")}
    call = [sys.executable, "-m", "queries", "register", "compute", str(register)]
    # Months of many indicators, so that processes share the work, and quick ones to hide.
    call += ["--name", "nu", "--months", "2018M05", "2018M06"]
    whole = [*call, "--to", str(tmp_path / "uden afbrydelse")]
    assert subprocess.run(whole, cwd=ROOT, env=environment, check=False, stdout=-3).returncode == 0
    call += ["--to", str(tmp_path / "ud")]
    codes = []
    for wait in (0.8, 1.6, 2.4, 3.2):
        process = subprocess.Popen(call, cwd=ROOT, env=environment, stdout=-3, stderr=-3)
        time.sleep(wait)
        process.send_signal(signal.SIGINT)
        codes.append(process.wait(timeout=600))
        written = sorted(path.name for path in (tmp_path / "ud").glob("*"))
        assert not any(name.endswith(".new") for name in written)
        if "nu.parquet" in written:
            assert read_cells(tmp_path / "ud" / "nu.parquet")[0].height > 0
    assert subprocess.run(call, cwd=ROOT, env=environment, check=False, stdout=-3).returncode == 0
    made = [(tmp_path / folder / "nu.parquet").read_bytes() for folder in ("ud", "uden afbrydelse")]
    assert made[0] == made[1]
    assert set(codes) <= {0, 130, -signal.SIGINT, 1}
