"""A server that is started by hand on the warehouse of an earlier edition says what to do."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from pages.frame import data, routes, warm_up
from tests.pages.frame.asgi import ask

TOLD = (
    "Tallene kan ikke vises: datalageret er lavet af en anden, som regel ældre, udgave af "
    "atlasset end den, der kører. Stop serveren, og start den igen med python3 dashboard.py, "
    "som bygger datalageret på ny."
)


@pytest.fixture
def old(warehouse_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The atlas's own warehouse, as an edition without table `protection` would have made it."""
    path = tmp_path / "atlas.duckdb"
    shutil.copy(warehouse_file, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE protection")
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    data.atlas.cache_clear()
    yield path
    data.atlas.cache_clear()


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize(
    ("address", "field"), [("/healthz", "besked"), ("/data/passive_ressourceforloeb.json", "fejl")]
)
def test_an_address_tells_it(address: str, field: str) -> None:
    answer = ask(Starlette(routes=routes.ROUTES), address)
    assert (answer.status, json.loads(answer.body)[field]) == (503, TOLD)


def _script() -> None:
    from pages.frame.data import atlas
    from pages.frame.errors import on_script_error

    try:
        atlas().built()
    except Exception as error:
        on_script_error(error)


@pytest.mark.usefixtures("old")
def test_a_page_tells_it() -> None:
    page = AppTest.from_function(_script).run()
    assert [box.value for box in page.error] == [TOLD]
    assert not page.exception


def test_the_server_says_it_as_it_starts(old: Path, caplog: pytest.LogCaptureFixture) -> None:
    vars(warm_up)["_import_and_query"]()
    [said] = [r for r in caplog.records if r.name == "pages.frame.warm_up"]
    assert (said.levelno, said.exc_info) == (logging.ERROR, None)
    assert said.getMessage().startswith(f"Datalageret {old} er lavet af en anden, som regel ældre,")
