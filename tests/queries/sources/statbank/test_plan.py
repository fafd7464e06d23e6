"""What is asked for: catalogue entries, descriptions of tables, and the plan made of both."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.errors import UserError
from queries.indicators.definition import ONLY_COUNT, load_indicators
from queries.indicators.faults import DefinitionError
from queries.sources.catalogue import load_catalogue
from queries.sources.kommune_names import KommuneNames
from queries.sources.statbank.client import ADDRESS, statbank_client
from queries.sources.statbank.plan import plan
from queries.sources.statbank.section import parse_statbank
from queries.sources.statbank.tableinfo import read_tableinfo
from tests.queries.sources.statbank.stand_in import auk01, kommuner

SELECT = {"Ydelsestype": "ressourceforløb", "køn": "I alt", "alder": "Alder  i alt"}
TIMES = ["2016K4", "2017K1", "2017K2"]


def info() -> dict[str, Any]:
    return copy.deepcopy(auk01(TIMES, {}).info())


class TestCatalogue:
    """The section [statistikbanken] of an entry."""

    SECTION: dict[str, Any] = {  # noqa: RUF012
        "unit": "Antal",
        "totals": {"køn": "I alt"},
        "indicators": [{"indicator_id": "a", "select": {"ydelsestype": "Ressourceforløb"}}],
    }

    def test_totals_are_chosen_for_every_indicator(self) -> None:
        section = parse_statbank("x", copy.deepcopy(self.SECTION))
        assert section.indicator_ids == ("a",)
        assert section.indicators[0].select == {"køn": "I alt", "ydelsestype": "Ressourceforløb"}

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"unit": ""}, r"empty \['unit'\]"),
            ({"farve": "rød"}, r"unknown \['farve'\]"),
            ({"indicators": []}, r"empty \['indicators'\]"),
            ({"indicators": [{"indicator_id": "a"}]}, r"missing \['select'\]"),
            ({"indicators": SECTION["indicators"] * 2}, "an indicator twice"),
            ({"totals": {"køn": 1}}, "select maps the text"),
            ({"first_period": "2016/17"}, "is not a code of Tid"),
        ],
    )
    def test_a_faulty_section_is_refused(self, change: dict[str, Any], told: str) -> None:
        with pytest.raises(DefinitionError, match=told):
            parse_statbank("x", copy.deepcopy(self.SECTION) | change)

    def test_every_entry_feeds_indicators_that_are_counts_and_says_what_was_tried(self) -> None:
        indicators = load_indicators()
        entries = [one for one in load_catalogue().values() if one.source == "statistikbanken"]
        assert [one.table for one in entries] == ["AUF01", "AUK01", "AUK03"]
        for one in entries:
            assert one.indicator_ids
            for indicator_id in one.indicator_ids:
                assert indicators[indicator_id].form == ONLY_COUNT
                assert f"tabel {one.table}" in indicators[indicator_id].definition
            assert "Den levende tjeneste er ikke prøvet" in one.verified


class TestDescription:
    """/tableinfo as the service writes it."""

    def test_what_is_read(self) -> None:
        table = read_tableinfo("auk01", info())
        assert (table.table, table.unit, table.absent) == ("AUK01", "Antal", "0")
        assert table.updated == dt.datetime(2025, 9, 12, 8)
        assert table.is_active
        assert [one.code for one in table.variables][:2] == ["OMRÅDE", "YDELSESTYPE"]
        assert table.time.code == "Tid"

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda found: found.update(id="AUK02"), "ikke af den tabel"),
            (lambda found: found.pop("id"), "ikke af den tabel"),
            (lambda found: found.update(updated="i går"), "hvornår den er opdateret"),
            (lambda found: found.update(variables=None), "ikke netop én tidsvariabel"),
            (lambda found: found["variables"].pop(), "ikke netop én tidsvariabel"),
            (
                lambda found: found["variables"][2].update(time=True),
                "ikke netop én tidsvariabel",
            ),
            (
                lambda found: found["variables"].append(dict(found["variables"][1], id="køn")),
                r"samme variabler to gange",
            ),
            (lambda found: found["variables"][1].update(values=[]), "uden kode eller værdier"),
            (lambda found: found["variables"][1].pop("id"), "uden kode eller værdier"),
            (lambda found: found["variables"].insert(0, 7), "uden kode eller værdier"),
            (
                lambda found: found["variables"][1]["values"].append({"text": "x"}),
                "en værdi uden kode",
            ),
            (
                lambda found: found["variables"][1]["values"].append({"id": "RES", "text": "x"}),
                "samme koder i »ydelsestype« to gange",
            ),
        ],
    )
    def test_what_is_refused(self, change: Callable[[Any], object], told: str) -> None:
        found = info()
        change(found)
        with pytest.raises(UserError, match="Statistikbanken, tabel AUK01: ") as caught:
            read_tableinfo("AUK01", found)
        assert told in str(caught.value)


class TestPlan:
    """By names, from the description."""

    def test_codes_are_found_by_text(self, names: KommuneNames) -> None:
        asked = plan(read_tableinfo("AUK01", info()), SELECT, names)
        assert asked.whole.fixed == {"YDELSESTYPE": "RES", "KØN": "TOT", "ALDER": "TOT"}
        assert asked.periods == dict(zip(TIMES, ["2016Q4", "2017Q1", "2017Q2"], strict=True))
        assert asked.whole.areas == ("000", *(code for code, _ in kommuner()))
        assert asked.areas.area_ids["101"] == "0101"
        assert asked.whole.cells == 99 * 3 * 6

    def test_from_the_first_period_on(self, names: KommuneNames) -> None:
        asked = plan(read_tableinfo("AUK01", info()), SELECT, names, "2017Q1")
        assert asked.whole.periods == ("2017K1", "2017K2")

    def test_no_period_is_late_enough(self, names: KommuneNames) -> None:
        with pytest.raises(UserError, match="ingen perioder fra 2030Q1"):
            plan(read_tableinfo("AUK01", info()), SELECT, names, "2030Q1")

    def test_two_codes_of_one_period(self, names: KommuneNames) -> None:
        found = info()
        found["variables"][4]["values"].append({"id": "2017Q1", "text": "2017Q1"})
        with pytest.raises(UserError, match="perioden »2017Q1« kan ikke læses"):
            plan(read_tableinfo("AUK01", found), SELECT, names)

    def test_ages_are_not_taken_for_kommuner(self, names: KommuneNames) -> None:
        found = info()
        found["variables"][3]["values"] += [
            {"id": code, "text": f"{code} år"} for code, _ in kommuner()
        ]
        assert plan(read_tableinfo("AUK01", found), SELECT, names).whole.area == "OMRÅDE"

    def test_a_kommune_twice(self, names: KommuneNames) -> None:
        found = info()
        found["variables"][0]["values"].append({"id": "0101", "text": "København"})
        with pytest.raises(UserError, match="»København« står der to gange"):
            plan(read_tableinfo("AUK01", found), SELECT, names)

    def test_a_zero_that_is_not_the_country(self, names: KommuneNames) -> None:
        found = info()
        found["variables"][0]["values"][0]["text"] = "Uoplyst"
        asked = plan(read_tableinfo("AUK01", found), SELECT, names)
        assert "000" not in asked.areas.area_ids
        assert asked.areas.left_out[0].text == "Uoplyst"


class TestAddress:
    """The service needs no key; its address may be set for a stand-in or a proxy."""

    def test_the_official_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(ADDRESS, raising=False)
        assert statbank_client().http.base == "https://api.statbank.dk/v1"

    def test_an_address_that_is_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(ADDRESS, "http://127.0.0.1:9/v1/")
        assert statbank_client().http.base == "http://127.0.0.1:9/v1"

    def test_an_address_that_is_not_safe(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(ADDRESS, "http://api.statbank.dk/v1")
        with pytest.raises(UserError, match="https"):
            statbank_client()


JUNK = st.sampled_from([None, True, 0, -1, 2.5, "", "x", [], [None], {}, {"id": "RES"}, 10**40])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_description_with_one_thing_changed_is_planned_or_refused(data: st.DataObject) -> None:
    """No other error, and what is planned is still the one value that is meant."""
    found = info()
    holder: Any = found
    step: Any = data.draw(st.sampled_from(sorted(found)))
    while isinstance(holder[step], dict | list) and holder[step] and data.draw(st.booleans()):
        holder = holder[step]
        steps = sorted(holder) if isinstance(holder, dict) else range(len(holder))
        step = data.draw(st.sampled_from(list(steps)))
    if data.draw(st.booleans()):
        holder[step] = data.draw(JUNK)
    else:
        holder.pop(step)
    try:
        asked = plan(read_tableinfo("AUK01", found), SELECT, KommuneNames.from_csv())
    except UserError:
        return
    assert asked.whole.fixed == {"YDELSESTYPE": "RES", "KØN": "TOT", "ALDER": "TOT"}
    assert all(asked.areas.area_ids[code] in ("000", f"0{code}") for code in asked.whole.areas)
    assert len(asked.areas.area_ids) >= 97
