"""The buttons on the pages: each of them stands for an item that can be looked up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import mappe
from pages.samraad import content
from pages.samraad.model import Item
from queries import Atlas
from tests.pages.conftest import ServeFile
from tests.pages.running import run

PASSIVE = "passive_ressourceforloeb"
PAGES: dict[str, tuple[str, dict[str, str], set[str]]] = {
    "overblik": ("oversigt.overblik", {}, {"udsagn", "kort"}),
    "passive": (
        "ressourceforloeb.passive",
        {"kommune": "0316", "usikkerhed": "vis", "udvikling": "vis", "kort": "fliser"},
        {
            *("kort", "soejler", "tabel", "saetning", "tragt", "intervaller", "serie"),
            "serietabel",
        },
    ),
    "passive_without_choice": (
        "ressourceforloeb.passive",
        {"niveau": "jobcenter", "sortering": "navn", "klasser": "vrøvl"},
        {"kort", "soejler", "tabel", "saetning"},
    ),
    "region": (
        "ressourceforloeb.passive",
        {"niveau": "region", "periode": "2018M11", "omraade": "1084"},
        {"kort", "soejler", "tabel", "saetning", "serie", "serietabel"},
    ),
    "gruppe_2": (
        "flere_skal_med.gruppe_2",
        {"tid": "vis", "kommune": "0751"},
        {"kort", "stablet", "fordeling", "tabel", "saetning", "serie", "serietabel", "udsagn"},
    ),
    "virksomhedspraktik": (
        "flere_skal_med.virksomhedspraktik",
        {"vejen": "vis"},
        {"kort", "soejler", "forloeb", "tabel", "saetning", "serie", "serietabel", "udsagn"},
    ),
    "sammenlign": (
        "sammenligning.sammenlign",
        {"sammenlign": "0316,0330,0370"},
        {"sammenligning", "soejler"},
    ),
    "kommune": ("sammenligning.kommune", {"kommune": "0316", "fagfaeller": "region"}, {"profil"}),
    "initiativer": (
        "initiativer.initiativer",
        {"initiativ": "flere_skal_med"},
        {"initiativer", "udsagn"},
    ),
    "kilder": ("metode.kilder", {}, {"kilder", "udsagnstabel"}),
}


@pytest.fixture(autouse=True)
def _serve_the_warehouse(warehouse_file: Path, serve_file: ServeFile) -> None:
    serve_file(warehouse_file)


def put(test: AppTest) -> list[tuple[Item, str]]:
    """The items of a page's buttons as the browser makes them, with the buttons' names."""
    html = " ".join(str(getattr(e, "value", "") or getattr(e.proto, "body", "")) for e in test.main)
    return [
        (item_of(button), button.get("aria-label"))
        for button in lxml.html.fromstring(f"<div>{html}</div>").xpath("//*[@data-mappe]")
    ]


def item_of(button: Any) -> Item:
    """What a button stands for: its own words over those around it."""
    own = button.get("data-mappe")
    given = json.loads(own) if own.startswith("{") else {"slags": own}
    around = button.xpath("ancestor::*[@data-mappefaelles][1]")
    shared = json.loads(around[0].get("data-mappefaelles")) if around else {}
    pairs = {**shared.get("parametre", {}), **given.get("parametre", {})}
    version = given.get("data") or shared["data"]
    return Item(given["slags"], tuple(sorted(pairs.items())), version)


@pytest.mark.parametrize("name", PAGES)
def test_every_button_is_an_item_that_can_be_looked_up(name: str, atlas: Atlas) -> None:
    module, address, kinds = PAGES[name]
    found = put(run(module, **address))
    assert {item.kind for item, _ in found} == kinds
    for item, label in found:
        assert content.checked(item, atlas) == item, label
        assert item.version == atlas.version
        assert label
    for item in {item for item, _ in found if item.kind != "udsagn"}:
        looked = content.look_up(atlas, item)
        assert looked.sentence, item
        assert looked.standing.state == "current"


def test_a_button_says_which_bars_it_puts_in() -> None:
    """On Gruppe 2 the bars are stacked by time, which is another item than bars of the share."""
    stacked = {
        label
        for item, label in put(run("flere_skal_med.gruppe_2", tid="vis"))
        if item.kind == "stablet"
    }
    assert stacked == {"Søjlerne efter tid: læg i mappe"}
    bars = {label for item, label in put(run("ressourceforloeb.passive")) if item.kind == "soejler"}
    assert bars == {"Søjlerne: læg i mappe"}


def test_the_buttons_follow_what_is_chosen(atlas: Atlas) -> None:
    address = {"kommune": "0316", "sortering": "navn", "kort": "fliser", "klasser": "lige"}
    items = [item for item, _ in put(run("ressourceforloeb.passive", **address))]
    month = (("indikator", PASSIVE), ("kommune", "0316"))
    period = ("periode", "2017M06")
    version = atlas.version
    assert {item for item in items if item.kind not in ("udsagn", "saetning")} == {
        Item(
            "kort",
            (month[0], ("klasser", "lige"), month[1], ("kort", "fliser"), period),
            version,
        ),
        Item("soejler", (*month, period, ("sortering", "navn")), version),
        Item("tabel", (*month, period, ("sortering", "navn")), version),
    }
    assert [item for item in items if item.kind == "saetning"] == [
        Item("saetning", (month[0], period), version),
        Item("saetning", (*month, period), version),
    ]


def test_what_is_written_in_a_button_is_text() -> None:
    html = mappe.button("saetning", {"indikator": '"><script>'}, "abc", "<b>Holbæk</b>")
    assert "<script>" not in html
    assert "<b>" not in html
    button = lxml.html.fromstring(html)
    assert button.get("aria-label") == "Læg i mappe: <b>Holbæk</b>"
    assert button.get("type") == "button"
    assert item_of(button) == Item("saetning", (("indikator", '"><script>'),), "abc")


def test_a_row_says_once_what_its_buttons_share() -> None:
    html = mappe.row(
        {"indikator": "x", "omraade": ""},
        "v1",
        [
            mappe.Choice("kort", "Kortet", {"mod": ""}),
            mappe.Choice("tabel", "Tabellen", {"a": "b"}),
        ],
        what="juni",
    )
    row = lxml.html.fromstring(html)
    assert row.get("aria-label") == "Læg i samrådsmappe: juni"
    assert row.get("data-mappefaelles") == '{"parametre":{"indikator":"x"},"data":"v1"}'
    assert [item_of(one) for one in row.iter("button")] == [
        Item("kort", (("indikator", "x"),), "v1"),
        Item("tabel", (("a", "b"), ("indikator", "x")), "v1"),
    ]


def test_the_map_page_sends_few_bytes_for_its_buttons() -> None:
    """A change of filters may cost 15 kB, and the buttons are sent anew with it."""
    test = run("ressourceforloeb.passive", kommune="0316")
    bodies = [str(getattr(e.proto, "body", "")) for e in test.main]
    rows = [body for body in bodies if "mapperaekke" in body]
    assert len(rows) == 1
    assert len(rows[0].encode()) < 1_200
