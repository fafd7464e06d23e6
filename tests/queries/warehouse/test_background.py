"""What stands around the numbers: known events, and what kommuner are likened by."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import polars as pl
import pytest

from queries import Atlas, UserError
from queries.sources import facts

ROOT = Path(__file__).parents[3]
PASSIVE = "passive_ressourceforloeb"


def events(atlas: Atlas) -> dict[str, dict[str, object]]:
    return {row["annotation_id"]: row for row in atlas.annotations().to_dicts()}


def test_events_are_dated_as_their_documents_say(atlas: Atlas) -> None:
    dated = {key: (row["starts_on"], row["ends_on"]) for key, row in events(atlas).items()}
    assert dated["initiativpakke_2017"] == (dt.date(2017, 3, 28), None)
    assert dated["svar_spm_554"] == (dt.date(2017, 9, 27), None)
    assert dated["brev_2019"] == (dt.date(2019, 5, 7), None)
    assert dated["flere_skal_med"] == (dt.date(2017, 8, 1), dt.date(2019, 8, 31))
    assert atlas.annotations()["starts_on"].is_sorted()


def test_an_event_whose_day_is_not_in_the_document_says_so(atlas: Atlas) -> None:
    exact = {key for key, row in events(atlas).items() if not row["date_note"]}
    assert exact == {"initiativpakke_2017", "svar_spm_554", "brev_2019"}
    assert str(events(atlas)["berigtigelse_spm_554"]["date_note"]).startswith("Udateret")


def test_an_event_of_a_programme_agrees_with_it(atlas: Atlas) -> None:
    programmes = {row["initiative_id"]: row for row in atlas.initiatives().to_dicts()}
    links = facts.read_facts("annotations").select("annotation_id", "initiative_id").drop_nulls()
    assert set(links["initiative_id"]) == set(programmes)
    for annotation_id, initiative_id in links.rows():
        event, programme = events(atlas)[annotation_id], programmes[initiative_id]
        for name in ("starts_on", "ends_on", "source_id"):
            assert event[name] == programme[name], (annotation_id, name)
        assert event["area_ids"] == programme["members"]


def test_events_come_from_documents_and_concern_what_there_is(atlas: Atlas) -> None:
    sources = atlas.sources()
    subjects = set(atlas.indicators) | {one.family for one in atlas.indicators.values()}
    for row in events(atlas).values():
        assert sources[str(row["source_id"])].kind == "published"
        assert set(row["subjects"]) <= subjects  # type: ignore[call-overload]  # a list of text


def test_events_of_one_indicator(atlas: Atlas) -> None:
    assert set(atlas.annotations(PASSIVE)["annotation_id"]) == {
        "bedre_ressourceforloeb",
        "initiativpakke_2017",
        "svar_spm_554",
        "berigtigelse_spm_554",
        "bedre_indsats",
    }
    both = [set(atlas.annotations(one)["annotation_id"]) for one in ("ordinaere_timer", PASSIVE)]
    assert both[0] | both[1] == set(events(atlas))
    assert not both[0] & both[1]
    with pytest.raises(UserError, match="Ukendt indikator: 'x'"):
        atlas.annotations("x")


def test_shipped_facts_about_kommuner_are_the_maps(atlas: Atlas) -> None:
    shipped = (facts.FOLDER / "characteristics.csv").read_bytes()
    assert shipped == (ROOT / "geodata" / "kommune_centroider.csv").read_bytes()
    assert atlas.sources()["dagi-kommuner-2014"].sha256 == hashlib.sha256(shipped).hexdigest()


def wide(atlas: Atlas, column: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in atlas.characteristics().to_dicts():
        found.setdefault(row["characteristic_id"], {})[row["area_id"]] = row[column]
    return found


def test_characteristics(atlas: Atlas) -> None:
    value, low, high = (wide(atlas, column) for column in ("value", "low", "high"))
    assert value["area_km2"]["0101"] == low["area_km2"]["0101"] == 90.1
    assert (value["centroid_lon"]["0101"], value["centroid_lat"]["0101"]) == (12.5523, 55.6753)
    people = "ressourceforloeb_people"
    assert (low[people]["0316"], value[people]["0316"], high[people]["0316"]) == (223, 225, 227)
    assert value[f"{people}_per_km2"]["0101"] == pytest.approx((1635 + 1755) / 2 / 90.1)
    assert {key: len(areas) for key, areas in value.items()} == {
        "area_km2": 98,
        "centroid_lon": 98,
        "centroid_lat": 98,
        people: 92,
        f"{people}_per_km2": 92,
    }
    assert set(atlas.characteristics()["kind"]) == {"file", "published"}


def test_nothing_is_said_of_a_hidden_number(atlas: Atlas) -> None:
    cells = atlas.cells(PASSIVE, "2017M06")
    hidden = set(cells.filter(pl.col("status") != "shown")["area_id"])
    told = atlas.characteristics().filter(pl.col("source_id") == "beu-spm-554-berigtigelse")
    assert not hidden & set(told["area_id"])
