"""LibreOffice: where it is looked for, what counts as one, and how it is brought to the machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import office
import pytest
from office import Office, ensure_office, find_office, missing_office, starts
from terminal import SetupError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")

ANSWERS = "#!/bin/sh\necho LibreOffice 7.4.7.2\n"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without LibreOffice; returns the folder that is its PATH."""
    place = tmp_path / "bin"
    place.mkdir()
    monkeypatch.setenv("PATH", str(place))
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("SOFFICE", "PDFTOPPM", "PROGRAMFILES", "PROGRAMFILES(X86)"):
        monkeypatch.delenv(name, raising=False)
    return place


def program(path: Path, script: str = ANSWERS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return path


def test_both_programs_are_needed(machine: Path) -> None:
    assert find_office() is None
    soffice = program(machine / "soffice")
    assert find_office() is None
    painter = program(machine / "pdftoppm")
    assert find_office() == Office(soffice, painter)
    soffice.unlink()
    assert find_office() is None


def test_a_program_that_does_not_start_is_passed_over(machine: Path) -> None:
    program(machine / "soffice", "#!/bin/sh\necho 'no libraries' >&2\nexit 1\n")
    other = program(machine / "libreoffice")
    painter = program(machine / "pdftoppm")
    assert not starts(machine / "soffice")
    assert find_office() == Office(other, painter)


def test_the_variables_go_before_everything(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(machine / "soffice")
    program(machine / "pdftoppm")
    own = program(tmp_path / "mit program" / "kontor")
    monkeypatch.setenv("SOFFICE", str(own))
    found = find_office()
    assert found == Office(own, machine / "pdftoppm")
    assert found.environment() == {"SOFFICE": str(own), "PDFTOPPM": str(machine / "pdftoppm")}
    monkeypatch.setenv("PDFTOPPM", "/findes/ikke")
    with pytest.raises(SetupError, match="PDFTOPPM peger på »/findes/ikke«"):
        find_office()


APT = """#!/bin/sh
echo "$DEBIAN_FRONTEND: $*"
[ "$1" = install ] || exit 0
for name in soffice pdftoppm; do
  printf '#!/bin/sh\\necho LibreOffice 7\\n' > "{place}/$name"
  /bin/chmod +x "{place}/$name"
done
"""


def test_root_gets_them_from_the_package_manager(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "is_root", lambda: True)
    program(machine / "apt-get", APT.format(place=machine))
    log = tmp_path / "log" / "office.log"
    assert ensure_office(log) == Office(machine / "soffice", machine / "pdftoppm")
    assert log.read_text(encoding="utf-8").splitlines() == [
        "noninteractive: update -q",
        "noninteractive: install -q -y --no-install-recommends libreoffice-writer "
        "libreoffice-calc libreoffice-impress poppler-utils fonts-liberation",
    ]


def test_others_are_told_the_line_that_installs_them(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "is_root", lambda: False)
    program(machine / "apt-get", APT.format(place=machine))
    log = tmp_path / "office.log"
    with pytest.raises(SetupError) as error:
        ensure_office(log)
    assert str(error.value) == missing_office()
    assert "sudo apt-get install -q -y --no-install-recommends libreoffice-writer" in str(
        error.value
    )
    assert "SOFFICE og PDFTOPPM" in str(error.value)
    assert not log.exists()
