"""Data by address: right rows, honest errors, and answers that need not be sent twice."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from starlette.applications import Starlette

import geodata
from pages.frame import data_routes, routes
from pages.frame.map_paths import map_address
from queries import Atlas
from tests.pages.frame.asgi import Answer, ask

CSV = "/data/passive_ressourceforloeb.csv"
SERIES = "/data/passive_ressourceforloeb_serie.csv"
JSON = "/data/passive_ressourceforloeb.json"


@pytest.fixture
def app(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    for module in (routes, data_routes):
        monkeypatch.setattr(module, "atlas", lambda: atlas)
    return Starlette(routes=routes.ROUTES)


def rows(answer: Answer) -> dict[str, dict[str, object]]:
    return {row["omraadekode"]: row for row in json.loads(answer.body)["raekker"]}


def test_all_kommuner(app: Starlette) -> None:
    answer = ask(app, JSON)
    assert (answer.status, len(rows(answer))) == (200, 98)
    assert rows(answer)["0316"]["antal"] == 117
    assert answer.headers["content-disposition"] == (
        'attachment; filename="passive_ressourceforloeb_2017M06_kommune.json"'
    )


def test_parameters_choose(app: Starlette) -> None:
    answer = ask(app, f"{JSON}?periode=2017M06&niveau=jobcenter&omraade=1084&kommune=")
    assert answer.status == 200
    assert len(rows(answer)) == 27  # 29 kommuner, two pairs share
    assert rows(answer)["J0187"]["antal"] == 19


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/data/ukendt.csv", 404, "Der er ingen data på /data/ukendt.csv."),
        ("/data/passive_ressourceforloeb.pdf", 404, "Formater: csv, json, xlsx, svg, png."),
        (f"{CSV}?periode=2017M13", 400, "Ukendt periode: '2017M13'. Vælg mellem: 2019M12,"),
        (f"{CSV}?niveau=by", 400, "Ukendt niveau: 'by'. Vælg mellem: land, region,"),
        (f"{CSV}?omraade=9999", 400, "Ukendt område: '9999'."),
        (f"{CSV}?aar=2017", 400, "Ukendt parameter: 'aar'. Vælg mellem: periode, niveau,"),
        (f"{CSV}?kommune=0999", 400, "Ukendt kommune: '0999'. Brug de fire cifre, fx 0316."),
        (f"{CSV}?niveau=region", 400, "Tallene findes for kommuner og jobcentre"),
        (f"{CSV}?omraade=0316&niveau=jobcenter", 400, "Der er ingen tal for niveauet 'jobcenter'"),
        ("/data/passive_ressourceforloeb.svg?niveau=land", 400, "intet kort for niveauet land"),
        (f"{CSV}?opdeling=alder", 400, "Ukendt opdeling: 'alder'. Vælg mellem: alle."),
        (
            f"{CSV}?kilde=andet",
            400,
            "Ukendt kilde: 'andet'. Vælg mellem: offentliggjort, register,",
        ),
        (f"{CSV}?kilde=register", 400, "Der er ingen tal for passive_ressourceforloeb af den"),
        (f"{CSV}?kilde=offentliggjort&periode=2018M01", 400, "Ukendt periode: '2018M01'. Vælg me"),
        (f"{SERIES}?periode=2017M06", 400, "Ukendt parameter: 'periode'. Vælg mellem: niveau,"),
        ("/data/passive_ressourceforloeb_serie.pdf", 404, "Formater: csv, json, xlsx, svg, png."),
        ("/data/passive_ressourceforloeb_soejler.csv", 404, "Formater: svg, png."),
        ("/data/_serie.csv", 404, "Der er ingen data på /data/_serie.csv."),
    ],
)
def test_wrong_addresses_are_told_in_danish(
    app: Starlette, address: str, status: int, told: str
) -> None:
    answer = ask(app, address)
    assert answer.status == status
    assert told in answer.body.decode()
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_json_errors_are_json(app: Starlette) -> None:
    answer = ask(app, f"{JSON}?niveau=by")
    assert answer.status == 400
    assert json.loads(answer.body)["fejl"].startswith("Ukendt niveau: 'by'.")


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "svg", "png"])
def test_what_a_client_has_is_not_sent_again(app: Starlette, kind: str) -> None:
    address = f"/data/passive_ressourceforloeb.{kind}"
    first = ask(app, address)
    again = ask(app, address, if_none_match=f'"other", W/{first.headers["etag"]}')
    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = ask(app, f"{address}?omraade=1084", if_none_match=first.headers["etag"])
    assert other.status == 200


def test_index_for_programs_and_for_people(app: Starlette, atlas: Atlas) -> None:
    listed = json.loads(ask(app, "/data/").body)
    assert listed["dataversion"] == atlas.version
    entries = {entry["id"]: entry for entry in listed["indikatorer"]}
    assert set(entries) == set(atlas.indicators)
    entry = entries["passive_ressourceforloeb"]
    assert entry["standardperiode"] == "2017M06"
    assert entry["perioder_efter_kilde"]["offentliggjort"] == ["2017M06"]
    assert "2017M06" not in entry["kun_syntetiske_perioder"]
    assert ask(app, entry["adresser"]["csv"]).status == 200
    assert ask(app, entry["serie"]["csv"]).status == 200
    page = ask(app, "/data/", accept="text/html")
    assert '<html lang="da">' in page.body.decode()


def test_map_paths_are_cached_for_good(app: Starlette) -> None:
    answer = ask(app, map_address(), accept_encoding="gzip, br")
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert len(answer.body) <= 250_000
    plain = ask(app, map_address())
    assert plain.body == geodata.map_bytes()
    assert ask(app, "/geo/0123.json").status == 404


def test_health(app: Starlette, atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    healthy = ask(app, "/healthz")
    assert (healthy.status, json.loads(healthy.body)) == (
        200,
        {"status": "ok", "dataversion": atlas.version},
    )
    monkeypatch.setattr(routes, "atlas", lambda: Atlas(Path("findes-ikke.duckdb")))
    ill = ask(app, "/healthz")
    assert ill.status == 503
    assert json.loads(ill.body)["besked"] == "Tallene kan ikke vises lige nu. Prøv igen om lidt."


@pytest.mark.parametrize("address", ["/data/", CSV, JSON])
def test_no_warehouse_is_not_the_clients_fault_and_gives_no_path_away(
    app: Starlette, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    missing = Atlas(Path("/et/sted/findes-ikke.duckdb"))
    monkeypatch.setattr(data_routes, "atlas", lambda: missing)
    answer = ask(app, address)
    assert answer.status == 503
    assert "Tallene kan ikke vises lige nu." in answer.body.decode()
    assert "/et/sted" not in answer.body.decode()
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "svg", "png"])
@pytest.mark.parametrize(
    "choice",
    [
        "niveau=jobcenter&kommune=0155",  # the selected kommune is not an area of the level
        "kommune=0316&omraade=1084",  # the selected kommune lies outside the filter
        "niveau=jobcenter&kommune=0563&omraade=DK032",
    ],
)
def test_every_view_of_the_page_can_be_fetched(app: Starlette, kind: str, choice: str) -> None:
    assert ask(app, f"/data/passive_ressourceforloeb.{kind}?{choice}").status == 200


def test_too_many_files_at_once_are_asked_to_wait(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_routes._made.cache_clear()
    monkeypatch.setattr(data_routes, "_MAKING", threading.BoundedSemaphore(1))
    data_routes._MAKING.acquire()
    answer = ask(app, CSV)
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    data_routes._MAKING.release()
    assert ask(app, CSV).status == 200


def name(answer: Answer) -> str:
    return answer.headers["content-disposition"].partition("filename=")[2].strip('"')


@pytest.mark.parametrize(
    ("address", "file"),
    [
        (f"{JSON}?kilde=offentliggjort", "passive_ressourceforloeb_2017M06_kommune.json"),
        (f"{JSON}?kilde=syntetisk", "passive_ressourceforloeb_2017M06_kommune_SYNTETISK.json"),
        (f"{JSON}?periode=2018M01", "passive_ressourceforloeb_2018M01_kommune_SYNTETISK.json"),
        (
            "/data/gruppe_2_over_9_maaneder.csv?periode=2018M12&opdeling=tid_under_3&niveau=jobcenter",
            "gruppe_2_over_9_maaneder_tid_under_3_2018M12_jobcenter_SYNTETISK.csv",
        ),
        (
            SERIES.replace("csv", "json"),
            "passive_ressourceforloeb_serie_2016M01-2019M12_land_SYNTETISK.json",
        ),
        (
            f"{SERIES}?kommune=0316&niveau=jobcenter",
            "passive_ressourceforloeb_serie_2016M01-2019M12_jobcenter_J0316_SYNTETISK.csv",
        ),
        (
            f"{SERIES}?niveau=kommune&omraade=1085&kilde=offentliggjort",
            "passive_ressourceforloeb_serie_2017M06-2017M06_kommune_1085.csv",
        ),
    ],
)
def test_files_say_what_they_hold(app: Starlette, address: str, file: str) -> None:
    answer = ask(app, address)
    assert (answer.status, name(answer)) == (200, file)


def test_the_list_says_what_is_made_up(app: Starlette) -> None:
    page = ask(app, "/data/", accept="text/html").body.decode()
    assert "offentliggjort juni 2017; syntetisk januar 2016 til december 2019" in page
    assert "Udvikling over tid (syntetisk)" in page
    assert "december 2018 (syntetisk): <a href" in page
