"""What an attacker of ours found on pages and in files: each was wrong once."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from pages.exports.dataset import Asked, dataset
from pages.exports.map_file import map_document
from pages.figures.map_choices import MapChoices
from pages.frame import data_routes, embed, routes
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


def test_the_title_in_a_workbooks_properties_says_that_numbers_are_made_up(app: Starlette) -> None:
    """File managers and search show it without the sheet; files of several indicators lacked it."""
    titles = {}
    for name in ("kommune.xlsx?kommune=0316", f"{PASSIVE}.xlsx?periode=2018M12", f"{PASSIVE}.xlsx"):
        with zipfile.ZipFile(io.BytesIO(ask(app, f"/data/{name}").body)) as book:
            core = book.read("docProps/core.xml").decode()
        titles[name] = core.partition("<dc:title>")[2].partition("</dc:title>")[0]
    assert list(titles.values()) == [
        "SYNTETISKE TAL: Alle indikatorer: Holbæk",
        "SYNTETISKE TAL: Passive i ressourceforløb, december 2018, Hele landet",
        "Passive i ressourceforløb, juni 2017, Hele landet",
    ]


def test_a_difference_of_two_kinds_names_the_source_of_the_made_up_month(atlas: Atlas) -> None:
    """Embedded, the map stood above the minister's answer as its only source."""
    data = dataset(atlas, Asked(PASSIVE, "2017M06"))
    drawn = map_document(atlas, data, None, MapChoices(against="2018M12"))
    assert "Kilde til december 2018: Indsatsatlas, Syntetisk register" in drawn.svg


def test_only_figures_of_indicator_pages_are_cut_out(
    warehouse_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Embedded, 'Initiativer' was its map alone: without source, and without 'ikke en effekt'."""
    monkeypatch.setenv("INDSATSATLAS_DATA", str(warehouse_file.parent))
    monkeypatch.setattr(embed, "embedded", lambda: True)
    cut: list[str] = []

    def style(key: str) -> str:
        cut.append(key)
        return ""

    monkeypatch.setattr(embed, "style", style)
    frame = Path(embed.__file__).with_name("frame.py")
    drawn = AppTest.from_file(frame, default_timeout=60).run()
    assert not drawn.exception
    bodies = [str(getattr(one.proto, "body", "")) for one in drawn.main]
    assert any("Se hele visningen i Indsatsatlas" in body for body in bodies)
    assert cut == []


HIDDEN = ("0155", "0201", "0563", "0730", "0740", "0825")
TOLD = ("antal", "naevner_mindst", "naevner_hoejst", "andel_lav_pct", "andel_hoej_pct")
JUDGED = ("vurdering", "placering_fra", "placering_til")


@pytest.mark.parametrize("level", ["kommune", "jobcenter"])
def test_nothing_is_derived_from_a_hidden_number_in_a_file(app: Starlette, level: str) -> None:
    """Interval, verdict and rank would give the count, or narrow it, without printing it."""
    answer = ask(app, f"/data/sammenlign.csv?niveau={level}&sammenlign={','.join(HIDDEN)}")
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))
    hidden = [row for row in rows if row["status"] != "vist"]
    published = [row for row in hidden if row["syntetisk"] == "nej"]
    assert len(published) == 6
    assert {row[name] for row in hidden for name in (*TOLD, *JUDGED)} == {""}
    shares = {row["omraadekode"].removeprefix("J"): row["andel_pct"] for row in published}
    assert {shares[code] for code in ("0201", "0730", "0740")} == {"10", "0"}  # as printed
    assert {row["andel_pct"] for row in hidden if row["syntetisk"] == "ja"} == {""}
