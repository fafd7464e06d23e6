"""The address of a comparison: what it asks for, and what is said of what it cannot have."""

from __future__ import annotations

import pytest

from pages.sammenligning import peers
from pages.sammenligning.choice import MOST, Choice, read_choice
from queries import Atlas, statistics

MEASURES = ["passive_ressourceforloeb", "virksomhedspraktik"]


def read(atlas: Atlas, **address: str) -> tuple[Choice, list[str]]:
    return read_choice(address, atlas.areas(), MEASURES)


def test_an_empty_address_asks_for_nothing(atlas: Atlas) -> None:
    choice, problems = read(atlas)
    assert (choice.kommuner, choice.level, choice.measure) == ((), "kommune", MEASURES[0])
    assert problems == []


def test_codes_keep_their_order_and_count_once(atlas: Atlas) -> None:
    choice, problems = read(atlas, sammenlign="0330,0316, 0330,,0101")
    assert choice.kommuner == choice.area_ids == ("0330", "0316", "0101")
    assert problems == []
    assert choice.parameters() == {"sammenlign": "0330,0316,0101"}


def test_kommuner_of_one_jobcenter_are_one_area(atlas: Atlas) -> None:
    choice, _ = read(atlas, sammenlign="0185,0155,0316", niveau="jobcenter")
    assert choice.kommuner == ("0185", "0155", "0316")
    assert choice.area_ids == ("J0185", "J0316")  # Tårnby and Dragør share theirs


def test_unknown_codes_are_named(atlas: Atlas) -> None:
    choice, problems = read(atlas, sammenlign="9999,0316,<b>")
    assert choice.kommuner == ("0316",)
    assert problems == [
        "Adressen kunne ikke læses helt: kommunekoderne »9999« findes ikke. "
        "En kommunekode har fire cifre, fx 0316."
    ]


def test_an_eleventh_is_refused_with_the_reason(atlas: Atlas) -> None:
    codes = atlas.areas().filter(level="kommune")["area_id"].to_list()[: MOST + 1]
    choice, (problem,) = read(atlas, sammenlign=",".join(codes))
    assert list(choice.kommuner) == codes[:MOST]
    assert "højst ti ad gangen, fordi flere ikke kan kendes fra hinanden" in problem
    assert "Hvidovre er ikke med" in problem


@pytest.mark.parametrize(("name", "value"), [("niveau", "region"), ("maal", "loen")])
def test_other_wrong_parts_fall_back(atlas: Atlas, name: str, value: str) -> None:
    choice, problems = read(atlas, **{name: value})
    assert (choice.level, choice.measure) == ("kommune", MEASURES[0])
    assert len(problems) == 1
    assert f"»{value}«" in problems[0]


def test_peers_of_the_address_are_read_and_written_back() -> None:
    text = "naermeste:ressourceforloeb_people=2,area_km2=1,antal=12"
    assert peers.read_peers(text)[0].text() == text
    assert peers.read_peers("") == (peers.USUAL, [])
    rule, problems = peers.read_peers("venner")
    assert rule == peers.USUAL
    assert problems[0].startswith("De sammenlignelige i adressen kunne ikke læses")


def test_an_own_group_leaves_out_unknown_codes() -> None:
    rule, problems = peers.read_peers("egen:0316,9999", {"0316", "0330"})
    assert rule.members == ("0316",)
    assert problems == ["Den egne gruppe har koder, der ikke findes: 9999."]


def test_the_groups_are_those_of_the_statistics(atlas: Atlas) -> None:
    for text in ("region", "landsdel", peers.STARTS["naermeste"].text(), "egen:0330,0101"):
        rule = statistics.Peers.parse(text)
        found = statistics.peer_group(atlas.areas(), atlas.characteristics(), "0316", rule)
        group = peers.group(atlas, atlas.version, "0316", "kommune", text)
        assert list(group.area_ids) == found["area_id"].to_list()
        assert group.problem == ""


def test_peers_of_a_jobcenter_are_jobcentres(atlas: Atlas) -> None:
    group = peers.group(atlas, atlas.version, "J0185", "jobcenter", "landsdel")
    assert all(area.startswith("J") for area in group.area_ids)
    assert "J0185" not in group.area_ids
    assert len(set(group.area_ids)) == len(group.area_ids)


def test_a_kommune_without_the_number_is_told(atlas: Atlas) -> None:
    group = peers.group(atlas, atlas.version, "0563", "kommune", peers.STARTS["stoerrelse"].text())
    assert group.area_ids == ()
    assert "mangler" in group.problem


def test_weights_are_in_words() -> None:
    rule = statistics.Peers("naermeste", {"centroid_lat": 1.0, "centroid_lon": 1.0, "x": 2.5})
    titles = {"centroid_lat": "Beliggenhed", "centroid_lon": "Beliggenhed", "x": "Areal"}
    assert peers.described(rule, titles) == (
        "ligner på valgte kendetegn: de 10 nærmeste (Beliggenhed vægt 1, Areal vægt 2,5)"
    )
