"""`python -m queries audit`: what it tells while it works, and how it ends when interrupted."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from queries.__main__ import main
from queries.warehouse import audit_command
from queries.warehouse.audit_progress import AuditProgress

ROOT = Path(__file__).parents[3]
INTERRUPTED = "\nAfbrudt. Efterprøvningen er ikke færdig, og ingen rapport er skrevet.\n"

# These tests themselves may run in the background, where Ctrl-C is ignored.
HEEDING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from queries.__main__ import main
raise SystemExit(main())
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(out: io.StringIO, moments: list[float]) -> str:
    """What is written when a publication begins at each of the moments."""
    now = iter([0.0, *moments])
    with AuditProgress(out, 12, lambda: next(now)) as progress:
        for number in range(len(moments)):
            progress.begin(f"2018M{number + 1:02} Gruppe 2")
    return out.getvalue()


def test_a_file_hears_of_it_after_some_seconds_and_then_now_and_then() -> None:
    assert told(io.StringIO(), [0, 2.9, 3, 12.9, 13]) == (
        "Efterprøver 3 af 12 (3 s): 2018M03 Gruppe 2\n"
        "Efterprøver 5 af 12 (13 s): 2018M05 Gruppe 2\n"
    )


def test_a_short_audit_says_nothing_in_a_file() -> None:
    assert told(io.StringIO(), [0, 1, 2]) == ""


def test_a_terminal_has_one_line_which_is_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "32")
    assert told(Terminal(), [0, 0.1, 0.3]) == (
        f"\rEfterprøver 1 af 12 (0 s): 2018\rEfterprøver 3 af 12 (0 s): 2018\r{' ' * 31}\r"
    )


def test_a_shorter_line_covers_a_longer_one() -> None:
    out, now = Terminal(), iter([0.0, 0.0, 1.0])
    with AuditProgress(out, 2, lambda: next(now)) as progress:
        progress.begin("en lang titel")
        progress.begin("kort")
    first, second = out.getvalue().split("\r")[1:3]
    assert len(first) == len(second)
    assert second.rstrip() == "Efterprøver 2 af 2 (1 s): kort"


def test_each_publication_is_named_before_it_is_audited(
    warehouse_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The third audit of our own numbers is interrupted: three were begun, in the audit's order."""
    begun: list[str] = []
    audited: list[str] = []

    class Noting(AuditProgress):
        def begin(self, what: str) -> None:
            begun.append(what)

    def interrupted(*given: object, **options: object) -> object:
        for one in audit_command.together(given[0].cells, given[0].source.choices):  # type: ignore[attr-defined]
            audited.append(one.period)
            if len(audited) == 3:
                raise KeyboardInterrupt
            yield one, type("Judged", (), {"protected": True})()

    monkeypatch.setattr(audit_command, "AuditProgress", Noting)
    monkeypatch.setattr(audit_command, "audits", interrupted)
    assert main(["audit", "--fra", str(warehouse_file)]) == 130
    assert [what.split()[0] for what in begun] == audited
    assert all(len(what.split()) > 1 for what in begun)


def test_an_interruption_is_one_line_and_a_code(
    warehouse_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupted(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(audit_command, "audits", interrupted)
    report = tmp_path / "report.json"
    assert main(["audit", "--fra", str(warehouse_file), "--json", str(report)]) == 130
    assert capsys.readouterr().err == INTERRUPTED
    assert not report.exists()


@pytest.mark.skipif(os.name == "nt", reason="interrupts by signal")
def test_ctrl_c_in_the_middle_of_it_is_no_traceback(warehouse_file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HEEDING, "audit", "--fra", str(warehouse_file)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        # It has begun, and has a minute to go.
        assert process.stderr.readline().startswith("Efterprøver ")
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(30) == 130
    assert rest.endswith(INTERRUPTED)
    assert "Traceback" not in rest
