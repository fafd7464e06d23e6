"""Who may import whom: dashboard -> pages -> queries (façade), geodata."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("queries", "geodata", "pages")
DISPLAY = ("streamlit", "plotly")
GEOMETRY = ("geopandas", "shapely", "scipy", "pyproj", "pyogrio")


def imports(path: Path) -> set[str]:
    """Every module that a file imports, also inside functions and for type checking."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def offenders(paths: list[Path], *forbidden: str) -> dict[str, set[str]]:
    """The files that import a forbidden module or one below it, with what they import."""

    def broken(name: str) -> bool:
        return any(name == f or name.startswith(f"{f}.") for f in forbidden)

    found = {
        path.relative_to(ROOT).as_posix(): {name for name in imports(path) if broken(name)}
        for path in paths
    }
    return {path: names for path, names in found.items() if names}


def test_there_is_something_to_check() -> None:
    assert all(len(modules(package)) >= 3 for package in PACKAGES)
    assert "streamlit" in imports(ROOT / "dashboard.py")


def test_queries_know_neither_display_nor_geometry() -> None:
    geometry = set(GEOMETRY) - {"scipy"}
    assert offenders(modules("queries"), *DISPLAY, *geometry, "geodata", "pages", "dashboard") == {}


def test_of_queries_only_statistics_compute_with_scipy() -> None:
    found = {Path(path).parts[:2] for path in offenders(modules("queries"), "scipy")}
    assert found == {("queries", "statistics")}


def test_geodata_knows_neither_display_nor_pages() -> None:
    assert offenders(modules("geodata"), *DISPLAY, "pages", "dashboard") == {}


def test_geodata_takes_only_errors_from_queries() -> None:
    allowed = {"queries", "queries.errors", "queries.UserError", "queries.errors.UserError"}
    found = offenders(modules("geodata"), "queries")
    assert {name for names in found.values() for name in names} <= allowed


def test_pages_ask_only_the_facade() -> None:
    below = [f"queries.{p.stem}" for p in (ROOT / "queries").iterdir() if p.stem != "__init__"]
    facade = {"queries.statistics"}
    below += [f"queries.statistics.{p.stem}" for p in (ROOT / "queries/statistics").glob("*.py")]
    found = offenders(modules("pages"), *(set(below) - facade))
    assert found == {}
    assert offenders(modules("pages"), "dashboard") == {}


def test_only_the_warehouse_speaks_to_the_database() -> None:
    found = offenders(modules(*PACKAGES), "duckdb")
    places = {Path(path).parent.as_posix() for path in found}
    # The register's benchmark compares with SQL, and only there is the register asked by SQL.
    assert places == {"queries/warehouse", "queries/register/benchmark"}


def test_geometry_libraries_are_used_when_geometry_is_made() -> None:
    found = offenders(modules("geodata", "pages"), *GEOMETRY)
    assert {Path(path).parts[:2] for path in found} == {("geodata", "build")}


def test_compiled_loops_are_the_registers_alone() -> None:
    assert {Path(path).parts[:3] for path in offenders(modules(*PACKAGES), "numba")} == {
        ("queries", "register", "kernel"),
    }


def test_one_module_speaks_to_the_solver() -> None:
    assert set(offenders(modules(*PACKAGES), "highspy")) == {"queries/disclosure/solver.py"}


def test_the_web_process_knows_neither_the_register_nor_the_compiler() -> None:
    """Microdata are read in a process of their own: what serves pages cannot even do it."""
    code = (
        "import sys; import dashboard; import pages.ressourceforloeb.passive; "
        "print(sorted(m for m in sys.modules if m.split('.')[0] == 'numba' or "
        "m.startswith(('queries.register.kernel', 'queries.register.run'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_figures_do_not_know_streamlit() -> None:
    assert offenders(modules("pages/figures", "pages/exports", "pages/language"), "streamlit") == {}


@pytest.mark.parametrize("word", ["SELECT ", "INSERT ", "FROM observation"])
def test_pages_hold_no_sql(word: str) -> None:
    assert [str(p) for p in modules("pages") if word in p.read_text("utf-8")] == []


def test_no_page_lies_flat_in_pages() -> None:
    """A flat page makes Streamlit skip the frame when a deep link is the first request."""
    assert [p.name for p in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


def test_modules_stay_small() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in modules(*PACKAGES)
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}
