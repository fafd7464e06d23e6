"""Files by address: what was known on a day, and indicators that hold one number."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from starlette.applications import Starlette

from pages.exports.dataset import Asked, dataset
from pages.frame import data_routes, routes
from pages.metode import fortrolighed
from queries import Atlas
from tests.pages.frame.asgi import ask
from tests.queries.made_history import GROWTH, built
from tests.queries.warehouse.made_imports import HOURS

FILE, SERIES = f"/data/{HOURS}", f"/data/{HOURS}_serie"
JANUARY = "periode=2024M01"
DAY = dt.date(2024, 6, 14)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return built(tmp_path_factory.mktemp("imports"))


@pytest.fixture
def app(history: Atlas, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    for module in (routes, data_routes):
        monkeypatch.setattr(module, "atlas", lambda: history)
    return Starlette(routes=routes.ROUTES)


def told(app: Starlette, address: str) -> dict[str, Any]:
    answer = ask(app, address)
    assert answer.status == 200, answer.body
    found: dict[str, Any] = json.loads(answer.body)
    return found


def holbaek(app: Starlette, query: str) -> tuple[object, object]:
    rows = told(app, f"{FILE}.json?{JANUARY}{query}")["raekker"]
    (row,) = [row for row in rows if row["omraadekode"] == "0316"]
    return row["antal"], row["status"]


def test_a_file_holds_what_was_known_on_a_day(app: Starlette, history: Atlas) -> None:
    assert holbaek(app, "") == (12, "vist")
    assert holbaek(app, "&vist=2024-06-30") == (12, "vist")  # the answer
    assert holbaek(app, "&vist=2024-06-14") == (None, "skjult")  # the first vintage
    now, then = (told(app, f"{FILE}.json?{JANUARY}{q}") for q in ("", "&vist=2024-06-14"))
    assert "som_vist_den" not in now
    assert then["som_vist_den"] == "2024-06-14"
    assert then["titel"].endswith(", som vist den 14. juni 2024")
    answer = ask(app, f"{FILE}.csv?{JANUARY}&vist=2024-06-14")
    name = answer.headers["content-disposition"]
    assert name == f'attachment; filename="{HOURS}_2024M01_kommune_vist_2024-06-14.csv"'
    about = dict(dataset(history, Asked(HOURS, "2024M01", as_of=DAY)).about())
    assert about["Som vist den"].startswith("14. juni 2024: kun tal, der var kendt den dag")


def test_before_anything_real_was_known_the_made_up_numbers_say_so(app: Starlette) -> None:
    found = told(app, f"{FILE}.json?{JANUARY}&vist=2024-05-31")
    assert found["syntetisk"] is True
    assert {row["syntetisk"] for row in found["raekker"]} == {"ja"}
    assert told(app, f"{FILE}.json?{JANUARY}")["syntetisk"] is False


def test_a_series_of_a_day(app: Starlette) -> None:
    def known(query: str) -> int:
        rows = told(app, f"{SERIES}.json?kommune=0316&kilde=hentet{query}")["raekker"]
        return sum(row["omraadekode"] == "0316" for row in rows)

    assert (known(""), known("&vist=2024-06-30")) == (3, 2)


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (f"{FILE}.csv?vist=i%20dag", "vist skal være en dag som 2026-08-22, ikke 'i dag'."),
        (f"{FILE}.csv?vist=2024-01-01", f"Der er ingen tal for {HOURS}."),
        (f"{FILE}.csv?{JANUARY}&vist=2024-01-01", "Ukendt periode: '2024M01'."),
        (f"{FILE}.svg?vist=2024-06-14", "vist findes for filer med tal: csv, json, xlsx."),
        (f"{FILE}.csv?vist=2024-05-31&kilde=hentet", "ingen tal for ordinaere_timer af den slags"),
    ],
)
def test_wrong_days_are_told_in_danish(app: Starlette, address: str, text: str) -> None:
    answer = ask(app, address)
    assert answer.status == 400
    assert text in answer.body.decode()


def test_an_indicator_of_shares_alone_is_a_file(app: Starlette) -> None:
    rows = told(app, f"/data/{GROWTH}.json?periode=2024M01")["raekker"]
    assert {(row["antal"], row["andel_pct"], row["status"]) for row in rows} == {
        (None, 14.5, "vist")
    }
    for kind in ("csv", "xlsx"):
        assert ask(app, f"/data/{GROWTH}.{kind}").status == 200
        assert ask(app, f"/data/{GROWTH}_serie.{kind}?kommune=0316").status == 200
    for name in (f"{GROWTH}.svg", f"{GROWTH}_soejler.png", f"{GROWTH}_serie.svg"):
        answer = ask(app, f"/data/{name}")
        assert (answer.status, "Formater: " in answer.body.decode()) == (404, True)


def test_the_reports_on_hiding_and_on_versions_know_it(history: Atlas) -> None:
    rows = history.protection().filter(indicator_id=GROWTH)
    found = fortrolighed.monthly(history, rows)
    assert "januar 2024" in found
    assert "i alt" in found
    (title,) = rows["title"].unique()
    sections = fortrolighed.results(
        history.protection(), history.sources(), fortrolighed.all_indicators(history)
    )
    assert any(str(title) in section.body for section in sections)


def test_the_list_of_data_has_it_as_tables(app: Starlette) -> None:
    entries = {entry["id"]: entry for entry in told(app, "/data/")["indikatorer"]}
    assert set(entries) == {"passive_ressourceforloeb", HOURS, GROWTH}
    assert set(entries[GROWTH]["adresser"]) == {"csv", "json", "xlsx"}
    assert set(entries[GROWTH]["serie"]) == {"csv", "json", "xlsx"}
    assert "soejler" not in entries[GROWTH]
    assert entries[HOURS]["perioder_efter_kilde"]["hentet"] == ["2024M02", "2024M01"]
    page = ask(app, "/data/", accept="text/html").body.decode()
    assert f"/data/{GROWTH}.csv" in page
    assert f"/data/{GROWTH}.svg" not in page
