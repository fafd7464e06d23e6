"""Chromium: where it is looked for, what counts as one, and how one is brought to the machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import chromium
import pytest
from chromium import ensure_chromium, find_chromium, missing_chromium, starts
from terminal import SetupError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")

ANSWERS = "#!/bin/sh\necho Chromium 1.2.3\n"
STAND_IN = "#!/bin/sh\necho 'Install the snap' >&2\nexit 1\n"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser; returns the folder that is its PATH."""
    place = tmp_path / "bin"
    place.mkdir()
    monkeypatch.setenv("PATH", str(place))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "platform", "linux")
    names = ("CHROMIUM", "PLAYWRIGHT_BROWSERS_PATH", "XDG_CACHE_HOME", "PROGRAMFILES")
    for name in (*names, "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    return place


def program(path: Path, script: str = ANSWERS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return path


def test_no_browser_is_no_path(machine: Path) -> None:
    assert not any(machine.iterdir())
    assert find_chromium() is None


def test_the_first_name_on_the_path_wins(machine: Path) -> None:
    program(machine / "google-chrome")
    assert find_chromium() == machine / "google-chrome"
    program(machine / "chromium")
    assert find_chromium() == machine / "chromium"


def test_the_variable_goes_before_everything(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(machine / "chromium")
    own = program(tmp_path / "mit program" / "krom")
    monkeypatch.setenv("CHROMIUM", str(own))
    assert find_chromium() == own


def test_a_variable_that_names_no_program_is_refused(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(machine / "chromium")
    monkeypatch.setenv("CHROMIUM", "/findes/ikke")
    with pytest.raises(SetupError, match="CHROMIUM peger på »/findes/ikke«"):
        find_chromium()


def test_a_stand_in_is_passed_over(machine: Path) -> None:
    program(machine / "chromium-browser", STAND_IN)
    edge = program(machine / "microsoft-edge")
    assert not starts(machine / "chromium-browser")
    assert find_chromium() == edge


def test_playwrights_newest_is_the_last_resort(machine: Path, tmp_path: Path) -> None:
    cache = tmp_path / "home" / ".cache" / "ms-playwright"
    program(cache / "chromium-1000" / "chrome-linux" / "chrome")
    newest = program(cache / "chromium-1255" / "chrome-linux64" / "chrome")
    assert find_chromium() == newest
    on_path = program(machine / "brave-browser")
    assert find_chromium() == on_path


def test_playwright_may_bring_one(machine: Path, tmp_path: Path) -> None:
    place = tmp_path / "home" / ".cache" / "ms-playwright" / "chromium-1" / "chrome-linux"
    python = program(
        tmp_path / "python",
        f'#!/bin/sh\n[ "$*" = "-m playwright install chromium" ] || exit 9\n'
        f"/bin/mkdir -p '{place}'\n"
        f"printf '#!/bin/sh\\necho 1\\n' > '{place}/chrome'\n/bin/chmod +x '{place}/chrome'\n",
    )
    assert not any(machine.iterdir())
    assert ensure_chromium(python, tmp_path / "log" / "chromium.log") == place / "chrome"


APT = """#!/bin/sh
echo "$DEBIAN_FRONTEND: $*"
[ "$1" = install ] && printf '#!/bin/sh\\necho 1\\n' > "{place}/chromium"
[ "$1" = install ] && /bin/chmod +x "{place}/chromium"
exit 0
"""


def test_root_gets_one_from_the_package_manager(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "is_root", lambda: True)
    program(machine / "apt-get", APT.format(place=machine))
    python = program(tmp_path / "python", "#!/bin/sh\necho no network\nexit 1\n")
    log = tmp_path / "chromium.log"
    assert ensure_chromium(python, log) == machine / "chromium"
    assert log.read_text(encoding="utf-8").splitlines() == [
        "no network",
        "noninteractive: update -q",
        "noninteractive: install -q -y --no-install-recommends chromium fonts-liberation",
    ]


def test_others_are_told_the_line_that_installs_it(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "is_root", lambda: False)
    program(machine / "apt-get", APT.format(place=machine))
    python = tmp_path / "does-not-start"
    log = tmp_path / "chromium.log"
    with pytest.raises(SetupError) as error:
        ensure_chromium(python, log)
    assert (
        "Installér den med: sudo apt-get update -q && sudo apt-get install -q -y "
        "--no-install-recommends chromium fonts-liberation -" in str(error.value)
    )
    assert str(log) in str(error.value)
    assert not (machine / "chromium").exists()


@pytest.mark.parametrize(
    ("platform", "line"),
    [
        ("darwin", "brew install --cask google-chrome"),
        ("win32", "winget install Google.Chrome"),
        ("linux", ".venv/bin/python -m playwright install --with-deps chromium"),
    ],
)
def test_every_system_has_a_line(
    machine: Path, monkeypatch: pytest.MonkeyPatch, platform: str, line: str
) -> None:
    assert not any(machine.iterdir())
    monkeypatch.setattr(sys, "platform", platform)
    assert f"Installér den med: {line} " in missing_chromium()
