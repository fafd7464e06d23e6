"""Pages where a data owner has imported numbers: whose they are is said, and said rightly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries import Atlas
from queries.warehouse.content import Content
from tests.pages.conftest import ServeFile
from tests.pages.running import run, text
from tests.queries.warehouse.made_imports import HOURS, KOMMUNER, cells, imported, warehouse_with

PASSIVE = "passive_ressourceforloeb"
MONTH, PART = "2024M02", "2024M05"
PAGES = [
    ("oversigt.overblik", {}),
    ("ressourceforloeb.passive", {"periode": MONTH, "kommune": "0101", "udvikling": "vis"}),
    ("ressourceforloeb.passive", {"periode": MONTH, "niveau": "jobcenter"}),
    ("ressourceforloeb.passive", {"periode": MONTH, "niveau": "region"}),
    ("ressourceforloeb.passive", {"periode": PART}),
    ("flere_skal_med.virksomhedspraktik", {"maal": HOURS, "periode": MONTH}),
    ("metode.kilder", {}),
    ("metode.fortrolighed", {}),
    ("sammenligning.sammenlign", {"sammenlign": "0316,0101"}),
    ("sammenligning.kommune", {"kommune": "0101"}),
]


@pytest.fixture(scope="module")
def file(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is shipped, and two tables fetched: a month of all kommuner, and one of two of them."""
    folder = tmp_path_factory.mktemp("imported")
    told: dict[str, Any] = {area: (40 + place % 9, 160) for place, area in enumerate(KOMMUNER)}
    told |= {"0101": (12, 17), "0316": None, "000": (4400, 15680)}
    ones = [
        imported(
            folder,
            f"tabel-{name}",
            pl.concat(
                [
                    cells(told, indicator_id=name, period=MONTH),
                    cells({"0101": (5, 20), "0147": (5, 20)}, indicator_id=name, period=PART),
                ]
            ),
        )
        for name in (PASSIVE, HOURS)
    ]
    return warehouse_with(content, ones, folder / "atlas.duckdb")


@pytest.fixture
def atlas(file: Path, serve_file: ServeFile) -> Atlas:
    return serve_file(file)


@pytest.mark.parametrize(("module", "address"), PAGES)
def test_no_page_stumbles(atlas: Atlas, module: str, address: dict[str, str]) -> None:
    assert len(text(run(module, **address))) > 300


def test_what_is_fetched_is_not_called_the_data_owners_own(atlas: Atlas) -> None:
    found = text(run("ressourceforloeb.passive", periode=MONTH, kommune="0101", udvikling="vis"))
    assert "Kilde: TABEL-PASSIVE_RESSOURCEFORLOEB. Nævneren er 17." in found
    assert "Hentet fra en åben kilde: Hele landet 28,1 pct. i februar 2024" in found
    assert "Talt op af et register" not in found
    assert "Ikke offentliggjort." not in found


def test_a_month_of_two_kommuner_is_not_compared_with_a_country(atlas: Atlas) -> None:
    """It is not offered; the page falls back to a month that can be compared."""
    assert PART in atlas.periods(PASSIVE, "api")
    assert PART not in atlas.periods(PASSIVE)
    assert "maj 2024" not in text(run("ressourceforloeb.passive", kommune="0101"))
    assert atlas.default_period(PASSIVE) == "2017M06"


def test_an_unpublished_file_says_so(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Atlas.sources

    def unpublished(self: Atlas) -> dict[str, Any]:
        found = known(self)
        name = f"tabel-{PASSIVE}"
        return found | {name: replace(found[name], kind="file", of_others=False)}

    monkeypatch.setattr(Atlas, "sources", unpublished)
    from pages.indicator.scene import scene

    scene.cache_clear()
    found = text(run("ressourceforloeb.passive", periode=MONTH, kommune="0101"))
    scene.cache_clear()
    told = "Ikke offentliggjort. Tabel tabel-passive_ressourceforloeb er et udtræk, som dataejeren"
    assert told in found
