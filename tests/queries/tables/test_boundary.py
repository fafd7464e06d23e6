"""Nothing of a table that is checked is stored, logged or quoted: searched for, not assumed."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import secrets
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import queries
from queries.errors import UserError
from queries.tables import boundary, worker
from queries.tables.examples import examples
from queries.tables.options import Options
from tests.queries.tables.files import xlsx

ROOT = Path(__file__).parent.parent.parent.parent
# Made anew each time: what is found was left by this run, and no file of code holds it.
BIG = 900_000 + secrets.randbelow(90_000)
NUMBER, WORD, NAME = str(BIG), f"By{secrets.token_hex(6)}", f"svar-{secrets.token_hex(6)}"
MARKERS = (NUMBER, WORD, NAME, f"{NUMBER[:3]}.{NUMBER[3:]}")
TABLE = f"""\
{WORD} i alt;Mænd;Kvinder;I alt
{WORD};.;{BIG};{BIG + 2}
Sorø;4;12;16
I alt;6;{BIG + 12};{BIG + 18}
"""


def holds(content: bytes) -> bool:
    """Whether a marker stands in some bytes, in any encoding that is likely."""
    return any(
        marker.encode(encoding) in content
        for marker in MARKERS
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    )


def changed_since(moment: float, folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        for place, names, files in os.walk(folder):
            names[:] = [name for name in names if name not in {".git", "node_modules"}]
            for file in files:
                path = Path(place, file)
                try:
                    if path.is_file() and path.stat().st_mtime >= moment - 1:
                        yield path
                except OSError:
                    continue


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A home, a folder for temporary files and one for data, all of them empty; and the rest."""
    found = []
    for variable in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "INDSATSATLAS_DATA"):
        folder = tmp_path / variable
        folder.mkdir()
        monkeypatch.setenv(variable, str(folder))
        found.append(folder)
    monkeypatch.chdir(tmp_path)
    return [tmp_path, ROOT]


def test_nothing_of_a_table_is_left_anywhere(
    places: list[Path], capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    began = time.time()
    for content in (TABLE.encode(), xlsx({WORD: [[*row.split(";")] for row in TABLE.split("\n")]})):
        report = queries.check_table(content, f"{NAME}.xlsx")
        assert holds(report.as_json().encode())  # It was read: the report is the user's own.
        for proposal in report.proposals:
            if proposal.possible:
                proposal.as_csv()
                proposal.as_xlsx()
    left = list(changed_since(began, places))
    assert [path for path in left if holds(path.read_bytes())] == []
    assert [path for path in left if NAME in path.name or WORD in path.name] == []
    assert list(places[0].rglob("*")) == list(places[0].iterdir())  # The folders are still empty.
    out, err = capfd.readouterr()
    assert not holds((out + err + caplog.text).encode())


def test_the_search_would_find_what_is_left(tmp_path: Path) -> None:
    began = time.time()
    for number, encoding in enumerate(("utf-8", "utf-16-le")):
        (tmp_path / f"rest{number}").write_bytes(f"x{WORD}y".encode(encoding))
    found = [path for path in changed_since(began, [tmp_path]) if holds(path.read_bytes())]
    assert len(found) == 2


def test_the_process_opens_no_file_for_writing() -> None:
    code = (
        "import os, sys\n"
        "opened = []\n"
        "def hook(event, given):\n"
        "    if event == 'open' and isinstance(given[2], int):\n"
        "        if given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):\n"
        "            opened.append(str(given[0]))\n"
        "    if event in {'os.mkdir', 'os.rename', 'tempfile.mkstemp', 'socket.connect'}:\n"
        "        opened.append(event)\n"
        "sys.addaudithook(hook)\n"
        "from queries.tables import worker\n"
        "worker.main()\n"
        "import json; sys.stderr.write(json.dumps(opened))\n"
    )
    request = json.dumps(dataclasses.asdict(Options())).encode() + b"\n" + TABLE.encode()
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=request,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
    )
    assert "report" in json.loads(done.stdout)
    assert [each for each in json.loads(done.stderr) if each != "/dev/null"] == []


def test_neither_arguments_nor_environment_nor_errors_hold_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[tuple[Any, dict[str, Any]]] = []
    run = subprocess.run

    def spied(arguments: Any, **more: Any) -> Any:
        calls.append((arguments, more))
        return run(arguments, **more)

    monkeypatch.setattr(subprocess, "run", spied)
    queries.check_table(xlsx({WORD: [["a", "b"], ["c", 1]]}), NAME, sheet=WORD)
    ((arguments, more),) = calls
    assert not holds(repr(arguments).encode())
    assert not holds(repr(more["env"]).encode())
    assert more["stderr"] == subprocess.DEVNULL


def raised(call: Callable[[], object]) -> str:
    """What is left of an error where somebody logs all of it."""
    with pytest.raises(UserError) as refused:
        call()
    error: BaseException | None = refused.value
    said = []
    while error is not None:
        said += [*traceback.format_exception(error), repr(error), repr(vars(error))]
        error = error.__cause__ or error.__context__
    return "".join(said)


@pytest.mark.parametrize(
    ("content", "options"),
    [
        (f"{WORD}\n{NUMBER}\n".encode(), {}),
        (f"{WORD};{WORD}\n".encode(), {}),
        (f"%PDF {WORD}".encode(), {}),
        (b"PK\x03\x04" + WORD.encode(), {}),
        (f"{WORD};{NUMBER}\n".encode() * 90_000, {}),
        (xlsx({WORD: [["a", 1]]}), {"sheet": NAME}),
    ],
    ids=["one column", "no numbers", "pdf", "broken archive", "too large", "unknown sheet"],
)
def test_an_error_quotes_nothing(content: bytes, options: dict[str, Any]) -> None:
    assert not holds(raised(lambda: queries.check_table(content, NAME, **options)).encode())


def test_an_error_of_our_own_says_where_and_not_what(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(content: bytes, options: Options) -> None:
        raise KeyError(content.decode())

    monkeypatch.setattr("queries.tables.check.check", broken)
    request = json.dumps(dataclasses.asdict(Options())).encode() + b"\n" + TABLE.encode()
    said = worker.answer(request)["error"]
    assert said.startswith("Tabellen kunne ikke undersøges (KeyError, ")
    assert not holds(said.encode())
    assert "error" in worker.answer(b'{"' + WORD.encode() + b'": 1}\n')
    assert not holds(worker.answer(b'{"' + WORD.encode() + b'": 1}\n')["error"].encode())


def test_a_table_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary, "SECONDS", 0.01)
    said = raised(lambda: queries.check_table(TABLE.encode(), NAME))
    assert "Det tog mere end" in said
    assert not holds(said.encode())


def test_a_process_that_dies_is_an_error_in_danish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert "processen stoppede" in raised(lambda: queries.check_table(TABLE.encode()))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"criterion": "blød"}, "Kriteriet"),
        ({"threshold": 0}, "Tærsklen"),
        ({"threshold": 101}, "Tærsklen"),
        ({"totals": ("midten",)}, "total"),
        ({"proposals": ("gætte",)}, "Forslag"),
        ({"base": 7}, "afrundes til 3, 5"),
    ],
)
def test_options_that_are_not_allowed(options: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        queries.check_table(TABLE.encode(), **options)


def test_the_report_is_the_same_as_without_the_process() -> None:
    from queries.tables.check import check

    # Hiding searches for as long as there is time for; the others compute one answer.
    options: dict[str, Any] = {"criterion": "rule", "proposals": ("round", "merge")}
    for example in examples()[:2]:
        content = example.text.encode()
        assert queries.check_table(content, **options) == check(
            content, Options.from_fields(options)
        )
