"""The dependencies: current, pinned, from no particular place, and each of them used."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache

import pytest

from tests.setup.conftest import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME: list[str] = PYPROJECT["project"]["dependencies"]
TESTS: list[str] = PYPROJECT["dependency-groups"]["test"]
LOCKS = ("requirements.lock", "requirements-test.lock")
IMPORTED_AS = {
    "fpdf2": "fpdf",
    "python-docx": "docx",
    "python-pptx": "pptx",
    "resvg-py": "resvg_py",
    "python-calamine": "python_calamine",
    "axe-playwright-python": "axe_playwright_python",
}
NOT_IMPORTED = {
    "mypy": "run as a program",
    "ruff": "run as a program",
    "pytest-cov": "a plugin of pytest",
    "pytest-xdist": "a plugin of pytest",
}


def lock_text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, frozenset[str]]:
    """Map 'package==version ; marker' to its hashes."""
    entries = re.split(r"^(?=[a-z0-9])", lock_text(name), flags=re.MULTILINE)[1:]
    return {
        entry.split("\\")[0].strip(): frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})", entry))
        for entry in entries
    }


@cache
def imported() -> frozenset[str]:
    """The top-level names that any module of ours imports, late imports included."""
    places = [ROOT / "dashboard.py"]
    for folder in ("pages", "queries", "geodata", "tests"):
        places += sorted((ROOT / folder).rglob("*.py"))
    found: set[str] = set()
    for place in places:
        for node in ast.walk(ast.parse(place.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return frozenset(found)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place(name: str) -> None:
    text = lock_text(name)
    assert re.findall(r"://|--(?:extra-)?index|--find-links|file:|@ ", text) == []
    assert re.findall(r"(?<![\w.])/\w+", text) == []
    assert text.splitlines()[1].strip() == "#    python3 .setup/lock.py"


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_version_and_hashes(name: str) -> None:
    found = pins(name)
    assert len(found) > 40
    for pin, hashes in found.items():
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; .+)?$", pin)
        assert hashes, pin


@pytest.mark.parametrize("dependency", RUNTIME)
def test_the_lock_follows_the_project(dependency: str) -> None:
    assert dependency in pins("requirements.lock")


@pytest.mark.parametrize("dependency", TESTS)
def test_the_tests_lock_follows_the_project(dependency: str) -> None:
    assert dependency in pins("requirements-test.lock")


def test_the_tests_run_on_what_is_served() -> None:
    served, tested = pins("requirements.lock"), pins("requirements-test.lock")
    assert {pin: tested.get(pin) for pin in served} == served


@pytest.mark.parametrize("dependency", [*RUNTIME, *TESTS])
def test_no_dependency_is_unused(dependency: str) -> None:
    name = dependency.split("==", maxsplit=1)[0]
    if name in NOT_IMPORTED:
        assert name not in imported()  # then the reason above is no longer needed
    else:
        assert IMPORTED_AS.get(name, name) in imported()


def test_the_setup_needs_the_standard_library_alone() -> None:
    modules = sorted((ROOT / ".setup").glob("*.py"))
    own = {module.stem for module in modules}
    assert {"environment", "serve", "chromium"} <= own
    # msvcrt is part of it on Windows only.
    allowed = own | sys.stdlib_module_names | {"msvcrt"}
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert {name.split(".")[0] for name in names} <= allowed, module.name


def test_python_311_is_admitted() -> None:
    assert PYPROJECT["project"]["requires-python"] == ">=3.11"
