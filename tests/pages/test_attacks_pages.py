"""What an attacker of ours found on pages and in files: each was wrong once."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.applications import Starlette

from pages.frame import data_routes, routes
from pages.sammenligning import peers
from pages.sammenligning.comparison import judged
from pages.sammenligning.gaps import gaps
from queries import Atlas
from tests.pages.frame.asgi import ask

PASSIVE = "passive_ressourceforloeb"


@pytest.fixture
def app(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    monkeypatch.setattr(routes, "atlas", lambda: atlas)
    monkeypatch.setattr(data_routes, "atlas", lambda: atlas)
    return Starlette(routes=routes.ROUTES)


def series_of(app: Starlette, query: str) -> tuple[str, set[str]]:
    """The name of a series' file, and the areas that it has rows of."""
    answer = ask(app, f"/data/{PASSIVE}_serie.csv?{query}")
    assert answer.status == 200
    rows = csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";")
    return answer.headers["content-disposition"], {row["omraadekode"] for row in rows}


def test_a_series_named_after_a_region_is_of_the_region(app: Starlette) -> None:
    """The file was called '…_1084' and 'Region Hovedstaden', and held the country alone."""
    name, areas = series_of(app, "omraade=1084")
    assert "_land_1084_SYNTETISK" in name
    assert areas == {"000", "1084"}
    assert series_of(app, "")[1] == {"000"}
    assert series_of(app, "kommune=0316")[1] == {"000", "0316"}
    assert series_of(app, "niveau=region")[1] == {"1081", "1082", "1083", "1084", "1085"}
    assert series_of(app, "niveau=landsdel&omraade=1084")[1] == {"DK011", "DK012", "DK013", "DK014"}


@pytest.mark.parametrize(
    "address",
    [
        f"{PASSIVE}_serie.csv?omraade=9999",
        f"{PASSIVE}_serie.svg?omraade=<script>",
        f"{PASSIVE}.svg?mod=2017M13",
        f"{PASSIVE}.svg?mod=2017M00",
        f"{PASSIVE}.svg?mod=2017Q9",
    ],
)
def test_an_unknown_place_or_month_is_the_askers_fault(app: Starlette, address: str) -> None:
    """These were answered with 500 and an incident number."""
    answer = ask(app, f"/data/{address}")
    assert answer.status == 400
    assert "hændelsesnummer" not in answer.body.decode()


@pytest.mark.parametrize(("area_id", "word"), [("0101", "alike"), ("0316", "alike")])
def test_a_handful_of_peers_sets_nobody_apart(atlas: Atlas, area_id: str, word: str) -> None:
    """Beside Samsø's 5 of 15, København's 14 pct. was called a difference of 308–348 people."""
    one = judged(atlas, atlas.version, PASSIVE, "kommune")
    assert one is not None
    row = gaps(atlas, one, (area_id,), "egen:0741")[0]
    assert row.peers.share == 33
    assert row.peers.verdict == word


def test_many_peers_do(atlas: Atlas) -> None:
    one = judged(atlas, atlas.version, PASSIVE, "kommune")
    assert one is not None
    rows = gaps(atlas, one, ("0101", "0316"), "egen:0330,0370,0751,0851")
    assert [row.peers.verdict for row in rows] == ["under", "over"]


@pytest.mark.parametrize(
    "written",
    [
        "[Klik her](//example.dk)",
        "www.example.dk",
        "naermeste:[Klik](//e.dk)",
        "egen:[Klik](//e.dk)",
    ],
)
def test_an_address_puts_no_link_on_the_page(written: str) -> None:
    """What is said of a wrong rule passes through Markdown."""
    told = peers.read_peers(written)[1]
    assert len(told) == 1
    assert "Klik" not in told[0]
    assert "www" not in told[0]
