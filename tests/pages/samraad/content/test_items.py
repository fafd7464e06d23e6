"""Items of somebody's text: what is one, and one Danish sentence where it is not."""

from __future__ import annotations

import pytest

from pages.samraad.content import KINDS, address, checked, from_query, made
from pages.samraad.model import Item
from queries import Atlas, UserError

VERSION = "0123456789ab"
PASSIVE = {"indikator": "passive_ressourceforloeb"}


def test_an_item_is_in_one_form() -> None:
    given = {"periode": "2017M06", **PASSIVE, "kommune": "0316", "omraade": ""}
    item = made("kort", given, VERSION)
    assert item == Item(
        "kort",
        (
            ("indikator", "passive_ressourceforloeb"),
            ("kommune", "0316"),
            ("periode", "2017M06"),
        ),
        VERSION,
    )
    assert item["kommune"] == "0316"
    assert item["omraade"] == ""
    assert checked(item) == item


def test_an_address_is_read_as_it_was_written() -> None:
    item = made("sammenligning", {"sammenlign": "0316,0330"}, VERSION)
    there = address(item)
    assert there == f"/henvisning?slags=sammenligning&sammenlign=0316,0330&data={VERSION}"
    query = dict(pair.split("=") for pair in there.partition("?")[2].split("&"))
    assert from_query(query, "f" * 12) == item


def test_an_address_without_a_version_is_of_the_one_given() -> None:
    assert from_query({"slags": "kilder"}, VERSION) == Item("kilder", (), VERSION)


@pytest.mark.parametrize(
    ("kind", "parameters", "version", "told"),
    [
        ("lagkage", {}, VERSION, "Ukendt slags: 'lagkage'. Vælg mellem: kort, soejler,"),
        ("", {}, VERSION, "Ukendt slags"),
        ("kort", PASSIVE, "ny", "Ukendt dataversion: 'ny'"),
        ("kort", PASSIVE, "0123456789AB", "Ukendt dataversion"),
        ("kort", {**PASSIVE, "farve": "roed"}, VERSION, "Ukendt parameter: 'farve'. Vælg mellem"),
        ("kilder", {"kommune": "0316"}, VERSION, "»Kilder« har ingen"),
        ("kort", {}, VERSION, "»Kort« mangler indikator"),
        ("profil", {}, VERSION, "»Kommuneprofil« mangler kommune"),
        ("kort", {**PASSIVE, "kommune": "0\n316"}, VERSION, "Parameteren kommune kan ikke læses"),
        ("kort", {**PASSIVE, "kommune": "1" * 601}, VERSION, "højst have|højst har|må højst"),
    ],
)
def test_what_is_no_item_is_told(
    kind: str, parameters: dict[str, str], version: str, told: str
) -> None:
    with pytest.raises(UserError, match=told):
        made(kind, parameters, version)


@pytest.mark.parametrize(
    ("kind", "parameters", "told"),
    [
        ("kort", {"indikator": "findes_ikke"}, "Ukendt indikator"),
        ("kort", {**PASSIVE, "periode": "1999M01"}, "Ukendt periode: '1999M01'"),
        ("kort", {**PASSIVE, "kommune": "9999"}, "Ukendt kommune: '9999'"),
        ("kort", {**PASSIVE, "omraade": "XX"}, "Ukendt område: 'XX'"),
        ("kort", {**PASSIVE, "niveau": "sogn"}, "Ukendt niveau: 'sogn'"),
        ("kort", {**PASSIVE, "opdeling": "koen"}, "Ukendt opdeling: 'koen'"),
        ("kort", {**PASSIVE, "kilde": "rygte"}, "Ukendt kilde: 'rygte'"),
        ("kort", {**PASSIVE, "klasser": "20-10"}, "skal stige"),
        ("soejler", {**PASSIVE, "sortering": "tilfældig"}, "Ukendt sortering"),
        ("sammenligning", {"sammenlign": "0316,9999"}, "Ukendt kommune: '9999'"),
        ("udsagn", {"id": "X1"}, "Ukendt udsagn: 'X1'"),
    ],
)
def test_a_facade_knows_what_there_is(
    atlas: Atlas, kind: str, parameters: dict[str, str], told: str
) -> None:
    with pytest.raises(UserError, match=told):
        made(kind, parameters, VERSION, atlas)


def test_every_kind_has_what_it_needs_among_its_parameters() -> None:
    for kind in KINDS.values():
        assert set(kind.needed) <= set(kind.parameters)
        assert kind.title
