"""`python -m queries tabeltjek`: texts, files and exit codes."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from queries.__main__ import main
from queries.tables.examples import examples
from queries.tables.read import read
from queries.tables.report import TableReport

EXAMPLES = {each.key: each.text for each in examples()}


@pytest.fixture
def leaky(tmp_path: Path) -> Path:
    path = tmp_path / "svar.csv"
    path.write_text(EXAMPLES["opdigtet"], "utf-8")
    return path


@pytest.fixture
def full(tmp_path: Path) -> Path:
    path = tmp_path / "alle.csv"
    path.write_text(EXAMPLES["opdigtet-alle-tal"], "utf-8")
    return path


def test_a_table_that_leaks_ends_with_2(leaky: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tabeltjek", str(leaky)]) == 2
    out = capsys.readouterr().out
    assert "Tabellen røber for meget: 3 skjulte tal kan regnes ud." in out
    assert "  B4: Slagelse, Under 3 mdr." in out
    assert "  S1  Rækken 'Hele landet' er summen af tabellens 5 kommuner" in out
    assert "Forslag, skjul flere tal: Skjuler" in out


def test_what_is_proposed_is_safe_when_it_is_read_back(
    full: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, method in (("a.csv", "skjul"), ("b.xlsx", "skjul"), ("c.csv", "slaa-sammen")):
        out = tmp_path / name
        assert main(["tabeltjek", str(full), "--forslag", method, "--ud", str(out)]) == 2
        assert f"Skrevet: {out}" in capsys.readouterr().out
        assert main(["tabeltjek", str(out)]) == 0
        assert "røber" not in capsys.readouterr().out


def test_what_is_undecided_ends_with_3_and_its_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "uden_total.csv"
    path.write_text("n;x;y\na;20;31\nb;.;44\n", "utf-8")
    assert main(["tabeltjek", str(path)]) == 3
    out = capsys.readouterr().out
    assert "Ikke afgjort: " in out
    assert "✓" not in out
    assert main(["tabeltjek", str(path), "--total", "ingen"]) == 0


def test_the_csv_is_for_danish_spreadsheets(full: Path, tmp_path: Path) -> None:
    out = tmp_path / "sikker.csv"
    main(["tabeltjek", str(full), "--forslag", "skjul", "--ud", str(out)])
    content = out.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfOpdigtede tal: ")
    assert b"Hele landet;34;31;29;70;164;43\r\n" in content
    assert read(content).lines[1][0] == "Kommune"


def test_the_table_may_come_on_stdin_and_the_report_leave_on_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = io.TextIOWrapper(io.BytesIO(EXAMPLES["opdigtet"].encode()))
    monkeypatch.setattr(sys, "stdin", given)
    assert main(["tabeltjek", "-", "--json", "-"]) == 2
    out = capsys.readouterr().out
    assert TableReport.from_json(out).summary.computable == 3
    assert json.loads(out)["criterion"] == "strict"


def test_a_sum_that_is_none_is_left_out(leaky: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--uden-sum", "S1,S2", "--json", str(leaky.with_suffix(".json"))]
    assert main(["tabeltjek", str(leaky), *given]) == 0
    assert "(ikke brugt)" in capsys.readouterr().out
    report = TableReport.from_json(leaky.with_suffix(".json").read_text("utf-8"))
    assert [each.used for each in report.understood] == [False, False, True]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["findes-ikke.csv"], "findes ikke"),
        (["{table}", "--kriterium", "blødt"], "ukendt valg"),
        (["{table}", "--taerskel", "0"], "Tærsklen"),
        (["{table}", "--taerskel", "99"], "fra 2 til 20"),
        (["{table}", "--taerskel", "tre"], "fra 2 til 20"),
        (["{table}", "--uden-sum", "Z9"], "intet sumforhold"),
        (["{table}", "--forslag", "gæt"], "--forslag skal være"),
        (["{table}", "--forslag", "afrund:7"], "afrundes til"),
        (["{table}", "--ud", "x.csv"], "--ud kræver --forslag"),
        (["{table}", "--forslag", "skjul", "--ud", "x.pdf"], ".xlsx"),
        (["{table}", "--forslag", "skjul", "--ud", "{table}"], "ikke bliver overskrevet"),
        (["{table}", "--ark", "2"], "regneark"),
        (["{table}", "--forslag", "slaa-sammen", "--ud", "{table}.xlsx"], "kan ikke laves"),
        (["{table}", "--hvad"], "ukendt"),
        ([], "der mangler"),
    ],
)
def test_what_cannot_be_done_ends_with_1_and_a_reason(
    arguments: list[str], said: str, leaky: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [each.replace("{table}", str(leaky)) for each in arguments]
    try:
        code: object = main(["tabeltjek", *given])
    except SystemExit as exit_:
        code = exit_.code
    assert code == 1
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


def test_help_is_danish(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["tabeltjek", "--hjælp"])
    out = capsys.readouterr().out
    assert "Afslutningskoder: 0 tabellen er sikker" in out
    assert "Brug: " in out
