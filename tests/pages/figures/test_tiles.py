"""The small equal-area map: every area once, named, labelled and small."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import geodata
from pages.figures.legend import MapCell
from pages.figures.palette import CLASS_FILLS
from pages.figures.tiles import status_words, tile_map_html

IDS = [area.id for area in geodata.load_map().levels["kommune"]]
CELLS = [
    MapCell("0316", "Holbæk", "52 pct. (117 af ca. 225)", 4),
    MapCell("0155", "Dragør", "skjult", "suppressed"),
    MapCell("0665", "Lemvig", "udeladt af kilden", "left_out"),
    MapCell("0376", "Guldborgsund", "ikke opgjort", "not_collected"),
    *(
        MapCell(code, f"Sted {code}", "12 pct. (34 af 280)", 1)
        for code in IDS
        if code not in {"0316", "0155", "0665", "0376", "0400"}
    ),
]
STATUSES = ("suppressed", "left_out", "not_collected")


def drawn(**changes: Any) -> ET.Element:
    given: dict[str, Any] = {
        "selected": None,
        "title": "Passive & ressourceforløb",
        "description": "12 kommuner ligger over landet.",
        "badge": None,
    }
    return ET.fromstring(tile_map_html(CELLS, **{**given, **changes}))


def test_every_area_is_one_tile_with_its_name_and_value() -> None:
    root = drawn()
    groups = {group.get("class"): group.findall("i") for group in root.findall("span")}
    assert sum(len(tiles) for tiles in groups.values()) == 98
    places = [tile.get("style") for tiles in groups.values() for tile in tiles]
    assert len(set(places)) == 98
    assert [tile.get("title") for tile in groups["flise-4"]] == ["Holbæk: 52 pct. (117 af ca. 225)"]
    assert [len(groups[f"flise-{status}"]) for status in STATUSES] == [1, 1, 1]
    assert [tile.get("title") for tile in groups["flise-outside"]] == [None]  # Bornholm: no cell
    assert len(ET.tostring(root, encoding="utf-8")) < 12_000


def test_a_class_has_the_colour_of_the_large_map_and_a_status_none() -> None:
    colours = {group.get("class"): group.get("style") for group in drawn().findall("span")}
    assert colours["flise-4"] == f"--farve:{CLASS_FILLS[4]}"
    assert colours["flise-suppressed"] is None


def test_name_badge_and_rings() -> None:
    root = drawn(badge="SYNTETISKE TAL", selected="0316", highlight={"0316", "0155"})
    assert root.get("role") == "img"
    assert root.get("aria-label") == (
        "Passive & ressourceforløb. SYNTETISKE TAL. 12 kommuner ligger over landet."
    )
    assert root.findtext("b") == "SYNTETISKE TAL"
    rings = {tile.get("class"): tile.get("title", "") for tile in root.iter("i")}
    assert rings["valgt"].startswith("Holbæk")
    assert rings["med"].startswith("Dragør")
    assert "SYNTETISKE" not in ET.tostring(drawn(), encoding="unicode")


def test_names_are_escaped() -> None:
    html = tile_map_html(
        [MapCell("0316", '<b>"', "&", 0)],
        selected=None,
        title="<script>",
        description="",
        badge=None,
    )
    assert not re.search("<script|<b>", html)


def test_words_for_greys_and_hatches() -> None:
    words = status_words(CELLS)
    assert words == "1 skjult (diskretion), 1 udeladt af kilden, 1 ikke opgjort"
    assert status_words([CELLS[0]]) == ""
