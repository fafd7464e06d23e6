"""`python -m queries indlaes`: what it says, answers with and leaves behind."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries import Atlas
from queries.__main__ import main
from queries.sources import facts
from queries.sources.http import TRIES_UNREACHED, Client, SourceUnavailableError
from queries.warehouse import content as contents
from queries.warehouse.paths import warehouse_path

PASSIVE = "passive_ressourceforloeb"
ABOUT = (
    *("--offentliggjort", "--udgiver", "STAR", "--titel", "Særtræk", "--licens", "Fri"),
    *("--dokument", "Særtræk 1", "--udgivet", "1-11-2017"),
)


@pytest.fixture(autouse=True)
def _nothing_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build without the made-up register: its audit takes longer than all of this."""
    monkeypatch.setattr(contents, "SYNTHETIC_REGISTER", Path("there is none"))


def sheet(path: Path, *, off: int = 0, without: str = "", passive: int = 20) -> Path:
    """A table by kommune with 20 of 100 everywhere; the total is `off` by so many."""
    names = [row for row in facts.read_facts("kommuner")["navn"] if row != without]
    rows = [f"{name};{passive};100" for name in names]
    head = ["Passive i ressourceforløb, september 2017", "", "Kommune;Antal passive;Antal i alt"]
    total = f"I alt;{passive * len(names) + off};{100 * len(names)}"
    path.write_text("\r\n".join([*head, *rows, total, ""]), "cp1252")
    return path


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["indlaes", *arguments])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_file_is_read_asked_about_imported_and_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(sheet(tmp_path / "særtræk 1.csv"))
    code, said = run("fil", file, capsys=capsys)
    assert code == 3
    assert "Har andre offentliggjort tallene? Skriv --offentliggjort" in said
    assert "Hvilken periode er tallene fra? september 2017 [period]" in said
    assert not warehouse_path().exists()

    code, said = run("fil", file, "--offentliggjort", "--udgiver", "STAR", capsys=capsys)
    assert code == 3
    assert "Hvor er tallene fra? Skriv --titel, --dokument, --licens." in said

    code, said = run("fil", file, *ABOUT, "--proev", capsys=capsys)
    assert (code, said.splitlines()[-1]) == (0, "Prøve: intet er indlæst.")
    assert "Passive i ressourceforløb, september 2017: 99 celler" in said

    code, said = run("fil", file, *ABOUT, "--json", str(tmp_path / "ud.json"), capsys=capsys)
    assert code == 0
    outcome = json.loads((tmp_path / "ud.json").read_text("utf-8"))["outcome"]
    (import_id,) = outcome["import_ids"]
    assert said.splitlines()[-1].startswith(f"Indlæst som {import_id}: dataversion ")
    cells = Atlas().cells(PASSIVE, "2017M09")
    assert cells["numerator"].to_list() == [20] * 98
    assert set(cells["kind"]) == {"published"}
    # the file has no share: it follows from count and denominator
    assert set(cells["share_pct"]) == {20.0}
    assert "2017M09" in Atlas().periods(PASSIVE)
    assert Atlas().national(PASSIVE, "2017M09")["numerator"] == 20 * 98

    code, said = run("fil", file, *ABOUT, capsys=capsys)
    assert code == 0
    assert f"Intet nyt: dataversion {outcome['version']} er uændret." in said
    code, said = run("liste", capsys=capsys)
    assert code == 0
    assert said.startswith(import_id)
    assert "Særtræk: 99 celler" in said

    code, said = run("fortryd", import_id, capsys=capsys)
    assert code == 0
    assert f"Fortrudt som {import_id}" in said
    assert "2017M09" not in Atlas().periods(PASSIVE)
    code, said = run("fortryd", import_id, capsys=capsys)
    assert code == 1
    assert f"Importen {import_id} er allerede fortrudt" in said


def test_a_warning_wants_a_yes_and_names_its_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(sheet(tmp_path / "a.csv", without="Holbæk"))
    report = tmp_path / "r.json"
    code, said = run("fil", file, *ABOUT, "--json", str(report), capsys=capsys)
    assert code == 3
    assert "Holbæk" in said
    found = json.loads(report.read_text("utf-8"))
    (warning,) = [one for one in found["inspection"]["findings"] if one["level"] == "warning"]
    assert f"--accepter {warning['code']}" in said
    assert found["exit_code"] == 3
    code, _ = run("fil", file, *ABOUT, "--accepter", warning["code"], capsys=capsys)
    assert code == 0
    holbaek = Atlas().cells(PASSIVE, "2017M09").filter(pl.col("area_id") == "0316")
    assert holbaek["status"].to_list() == ["left_out"]


def test_what_is_refused_lies_ready_to_be_mended_and_sent_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path / "a.csv")
    text = file.read_text("cp1252")
    file.write_text(text.replace("Holbæk;20;100", "Holbæk;-20;100"), "cp1252")
    code, said = run("fil", str(file), *ABOUT, capsys=capsys)
    assert code == 1
    row = 4 + facts.read_facts("kommuner")["navn"].to_list().index("Holbæk")
    assert f"(række {row}, kolonne B)" in said
    assert not warehouse_path().exists()
    code, listed = run("afviste", "--json", "-", capsys=capsys)
    (kept,) = json.loads(listed)["refused"]
    folder = Path(kept["folder"])
    mended = (folder / "afvist.csv").read_text("utf-8-sig")
    assert "Årsag" in mended
    assert "-20" in mended
    back = tmp_path / "rettet.csv"
    back.write_text(mended.replace("-20", "20"), "utf-8-sig")
    code, said = run("fil", str(back), *ABOUT, capsys=capsys)
    assert code == 0, said
    assert Atlas().cells(PASSIVE, "2017M09")["numerator"].to_list() == [20] * 98


def test_no_number_that_nobody_has_published_is_written_when_it_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path / "a.csv", passive=17)
    file.write_text(file.read_text("cp1252").replace("Holbæk;17;100", "Holbæk;-9;100"), "cp1252")
    own = [one for one in ABOUT if one != "--offentliggjort"]
    store = tmp_path / "import"
    for more in (["--ikke-offentliggjort"], [], ["--offentliggjort", "--proev"]):
        code, said = run("fil", str(file), *own, *more, capsys=capsys)
        assert code == 1
        assert "Afvist." in said
        assert not list(store.rglob("afvist.*"))
    assert "intet er skrevet" in said
    mine = tmp_path / "mine"
    asked = ["--ikke-offentliggjort", "--afviste-til", str(mine)]
    code, said = run("fil", str(file), *own, *asked, capsys=capsys)
    assert code == 1
    assert "-9" in (mine / "afvist.csv").read_text("utf-8-sig")
    assert not list(store.rglob("afvist.*"))


def test_how_many_own_cells_are_hidden_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path / "eget.csv")
    rows = file.read_text("cp1252").replace("København;20;", "København;2;")
    file.write_text(rows.replace("I alt;1960;", "I alt;1942;"), "cp1252")
    own = ("--ikke-offentliggjort", *ABOUT[1:])
    code, said = run("fil", str(file), *own, capsys=capsys)
    assert code == 0, said
    assert "; af de egne tal er 4 celler skjult af fortrolighedskontrollen)." in said


def test_wrong_calls_and_missing_files_are_told_in_danish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["indlaes", "ukendt"])
    assert ended.value.code == 2
    assert "ukendt valg" in capsys.readouterr().err
    code, said = run("fil", str(tmp_path / "ingen.csv"), capsys=capsys)
    assert code == 1
    assert said == f"Fejl: {tmp_path / 'ingen.csv'} kan ikke bruges: den findes ikke.\n"
    code, said = run("jobindsats", "y99", capsys=capsys)
    assert code == 1
    assert "Kataloget har ingen tabel 'y99' fra jobindsats" in said
    code, said = run("fil", str(sheet(tmp_path / "a.csv")), "--svar", "periode", capsys=capsys)
    assert code == 1
    assert "mangler et lighedstegn" in said


@pytest.mark.parametrize("off", [0, 5])
def test_nothing_is_said_twice_and_periods_are_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], off: int
) -> None:
    wrong = sheet(tmp_path / "a.csv", off=off)
    accept = ("--accepter", "total_mismatch") if off else ()
    code, said = run("fil", str(wrong), *ABOUT, *accept, capsys=capsys)
    assert code == 0
    assert "Passive i ressourceforløb, september 2017: 99 celler (" in said
    assert "2017M09" not in said
    lines = said.splitlines()
    assert len(set(lines)) == len(lines)
    assert sum("»I alt« har for september 2017" in one for one in lines) == (1 if off else 0)


def test_a_refusal_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the check of exact numbers finds is only found when they are imported."""
    file = sheet(tmp_path / "a.csv", without="Holbæk")
    own = ("--ikke-offentliggjort", *ABOUT[1:], "--accepter", "missing_areas")
    code, said = run("fil", str(file), *own, capsys=capsys)
    assert code == 1
    assert said.count("Holbæk, september 2017 mangler i kilden") == 1


def test_the_keys_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["indlaes", "fil", "--help"])
    help_text = " ".join(capsys.readouterr().out.split())
    for key in ("indicator", "period", "header_rows", "first_row", "last_row", "excluded", "level"):
        assert f"[{key}] " in help_text
    assert "--svar NØGLE=SVAR" in help_text


def test_what_sources_disagree_on_is_listed_with_both_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("fil", str(sheet(tmp_path / "a.csv")), *ABOUT, capsys=capsys)[0] == 0
    other = sheet(tmp_path / "b.csv")
    text = other.read_text("cp1252").replace("Holbæk;20;100", "Holbæk;21;100")
    other.write_text(text.replace("I alt;1960", "I alt;1961"), "cp1252")
    about = [one if one != "Særtræk 1" else "Særtræk 2" for one in ABOUT]
    assert run("fil", str(other), *about, capsys=capsys)[0] == 0
    code, said = run("konflikter", "--json", "-", capsys=capsys)
    rows = json.loads(said)["conflicts"]
    assert {(row["area_id"], row["numerator"], row["other_numerator"]) for row in rows} <= {
        *((area, 20, 21) for area in ("0316", "J0316")),
        *((area, 21, 20) for area in ("0316", "J0316")),
        *(("000", a, b) for a, b in ((1960, 1961), (1961, 1960))),
    }
    code, said = run("konflikter", capsys=capsys)
    assert code == 0
    (line,) = [one for one in said.splitlines() if "september 2017, Holbæk: " in one]
    assert "20 = 20 pct. (saertraek-1-" in line
    assert "21 = 21 pct. (saertraek-2-" in line


@pytest.fixture
def jobindsats(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The stand-in of Jobindsats as a process of its own, and its key in the environment."""
    script = shared / "jobindsats" / "replica.py"
    command = [sys.executable, "-u", str(script), "--token", "hemmelig"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        monkeypatch.setenv("INDSATSATLAS_JOBINDSATS_ADRESSE", server.stdout.readline().strip())
        monkeypatch.setenv("INDSATSATLAS_JOBINDSATS_NOEGLE", "hemmelig")
        yield
        server.terminate()


@pytest.mark.usefixtures("jobindsats")
def test_a_nightly_job_fetches_once_and_says_when_there_is_nothing_new(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, said = run("jobindsats", "y60j01", "--json", "-", capsys=capsys)
    assert code == 0
    assert json.loads(said)["outcome"]["status"] == "imported"
    cells = Atlas().cells("kontanthjaelp_ordinaere_timer", "2021M07")
    shown = {row["area_id"]: row["numerator"] for row in cells.to_dicts()}
    assert (shown["0101"], shown["0147"], shown["0151"]) == (1116, 102, 64)
    code, said = run("jobindsats", "Y60J01", capsys=capsys)
    assert code == 0
    assert said.splitlines()[-1].startswith("Intet nyt: ")
    code, said = run("kalender", "--json", "-", capsys=capsys)
    (one,) = [row for row in json.loads(said)["calendar"] if row["series"] == "jobindsats:y60j01"]
    assert (one["on"], one["basis"]) == ("2026-09-20", "publisher")


def test_without_a_network_it_is_told_at_once_and_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def nobody(self: Client, method: str, address: str, *_: Any) -> Any:
        asked.append(address)
        return SourceUnavailableError("Statistikbanken: ingen.", unreached=True), None

    steps: list[str] = []
    monkeypatch.setattr(Client, "_once", nobody)
    monkeypatch.setattr("queries.sources.http.time.sleep", lambda _: None)
    monkeypatch.setattr(Client, "_wait", lambda self, at, *_: self.waiting(at))
    monkeypatch.setattr("queries.imports.command._step", lambda step, _: steps.append(step))
    code, said = run("statistikbanken", capsys=capsys)
    assert code == 1
    assert said == "Fejl: Statistikbanken: ingen.\n"
    assert len(asked) == TRIES_UNREACHED  # of the first table alone
    assert steps.count("retry") == TRIES_UNREACHED - 1


@pytest.mark.usefixtures("jobindsats")
def test_what_a_table_has_is_shown_for_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run("beskriv", "Y60J01", capsys=capsys)
    assert code == 0
    assert said.startswith("Personer med ordinære løntimer (y60j01)\n")
    assert "  * Antal personer med ordinære løntimer\n" in said
    assert not warehouse_path().exists()
    code, said = run("beskriv", "y99", capsys=capsys)
    assert code == 1
    assert "Kataloget har ingen tabel 'y99' fra jobindsats" in said


@pytest.mark.usefixtures("jobindsats")
def test_a_refused_key_is_one_message_without_the_key(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INDSATSATLAS_JOBINDSATS_NOEGLE", "en-anden-noegle")
    code, said = run("jobindsats", "y60j01", capsys=capsys)
    assert code == 1
    assert "nøglen blev afvist (HTTP 401)" in said
    assert "en-anden-noegle" not in said
    assert not warehouse_path().exists()
