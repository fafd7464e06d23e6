"""The drawn map, checked by its content: which area has which look, and what is written on it."""

from __future__ import annotations

import csv
import json
import re
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from geodata import MAP_PATH
from geodata.asset import parse_map
from pages.figures.legend import MapCell, difference_legend, share_legend
from pages.figures.map_svg import map_svg
from pages.figures.palette import CLASS_FILLS, DIVERGING_FILLS, STATUS_LABELS, TONES, classify
from pages.figures.png import svg_to_png
from pages.figures.text_metrics import text_width, wrapped

REPOSITORY = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"

# Two squares and one area without a cell; the second is drawn twice, as an inset does.
SMALL = {
    "view_box": [0, 0, 100, 60],
    "source": {"id": "x", "title": "x", "licence": "x", "attribution": "x", "generalised": True},
    "tiles": {
        "view_box": [0, 0, 90, 40],
        "width": 18,
        "side": 10,
        "hexagon": "l9 5v10l-9 5-9-5v-10z",
    },
    "frames": [{"id": "hovedstaden", "label": "Hovedstadsområdet", "rect": [60, 20, 30, 30]}],
    "levels": {
        "kommune": [
            {
                "id": "0155",
                "name": "Dragør",
                "d": "M40 10h4v4h-4zM65 25h20v20h-20z",
                "label": [75, 35],
                "neighbours": [],
                "tile": [10, 10],
                "short": "Dragør",
            },
            {
                "id": "0316",
                "name": "Holbæk",
                "d": "m10 10h20v20h-20z",
                "label": [20, 20],
                "neighbours": [],
                "tile": [30, 10],
                "short": "Hol-|bæk",
            },
            {
                "id": "0563",
                "name": "Fanø",
                "d": "M10 35h20v10h-20z",
                "label": [20, 40],
                "neighbours": [],
                "tile": [50, 10],
                "short": "Fanø",
            },
        ],
        "jobcenter": [],
    },
}
CELLS = [
    MapCell("0155", "Dragør", "Skjult (diskretion)", "suppressed"),
    MapCell("0316", "Holbæk", "52 pct., 117 borgere", classify(52)),
]


def draw(**changes: Any) -> str:
    arguments: dict[str, Any] = {
        "level": "kommune",
        "cells": CELLS,
        "legend": share_legend("Andel passive", CELLS),
        "selected": None,
        "title": "Passive <juni> & 2017",
        "subtitle": "Andel af borgere",
        "source": "Kilde: BEU alm. del, spm. 554",
        "note": "Fanø er udeladt.",
        "badge": None,
    }
    asset = changes.pop("asset", parse_map(json.dumps(SMALL).encode()))
    return map_svg(asset, **{**arguments, **changes})


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def area(root: ElementTree.Element, area_id: str) -> ElementTree.Element:
    found = root.find(f".//{SVG}path[@id='a{area_id}']")
    assert found is not None, area_id
    return found


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_every_kommune_is_drawn_with_the_fill_of_its_cell() -> None:
    asset = parse_map(MAP_PATH.read_bytes())
    with (REPOSITORY / "queries" / "facts" / "kommuner.csv").open(encoding="utf-8") as file:
        names = {row["kommunekode"]: row["navn"] for row in csv.DictReader(file)}
    hidden = {"0155": "suppressed", "0563": "left_out", "0376": "not_collected"}
    cells = [
        MapCell(code, name, "", hidden.get(code) or place % 5)  # type: ignore[arg-type]  # statuses
        for place, (code, name) in enumerate(sorted(names.items()))
    ]
    root = parse(draw(asset=asset, cells=cells))
    drawn = root.findall(f".//{SVG}path[@class]")
    assert len(drawn) == 98
    assert {path.get("id"): path.get("class") for path in drawn} == {
        f"a{cell.area_id}": f"area fill-{cell.fill}" for cell in cells
    }
    assert area(root, "0101").get("fill") == CLASS_FILLS[0]
    assert area(root, "0155").get("fill") == "url(#pattern-suppressed)"
    assert area(root, "0563").get("fill") == "url(#pattern-left_out)"
    assert area(root, "0376").get("fill") == TONES["grey"].hex()
    assert texts(root).count("Bornholm") == 1  # the inset's label


def test_an_area_without_a_cell_is_dimmed_and_unnamed() -> None:
    root = parse(draw())
    assert area(root, "0563").get("fill") == TONES["outside"].hex()
    assert list(area(root, "0563")) == []
    named = area(root, "0316").find(f"{SVG}title")
    assert named is not None
    assert named.text == "Holbæk: 52 pct., 117 borgere"


def test_what_is_written_on_the_map() -> None:
    root = parse(draw(selected="0316", badge="SYNTETISKE TAL"))
    assert texts(root) == [
        "Passive <juni> & 2017",
        "Andel af borgere",
        "Hovedstadsområdet",
        "SYNTETISKE TAL",
        "Andel passive",
        "0–10 pct.",
        "10–20 pct.",
        "20–30 pct.",
        "30–40 pct.",
        "40 pct. og derover",
        STATUS_LABELS["suppressed"],
        "Valgt: Holbæk, 52 pct., 117 borgere",
        "Fanø er udeladt.",
        "Kilde: BEU alm. del, spm. 554",
    ]
    assert root.findtext(f"{SVG}title") == "Passive <juni> & 2017"
    assert root.findtext(f"{SVG}desc") == "Andel af borgere Fanø er udeladt."
    assert root.get("aria-labelledby") == "t d"


def test_the_selected_area_is_outlined_on_top_of_all_others() -> None:
    shapes = [
        e.get("id") or e.get("stroke") for e in parse(draw(selected="0316")).iter(f"{SVG}path")
    ]
    assert shapes[-2:] == ["#ffffff", "valgt"]  # the halo, then the outline
    assert parse(draw()).find(f".//{SVG}path[@id='valgt']") is None


def test_no_badge_unless_asked_for() -> None:
    assert "SYNTETISKE" not in draw()


def test_the_asset_may_be_the_parsed_file() -> None:
    assert draw(asset=SMALL) == draw()


def test_same_input_same_bytes() -> None:
    assert draw(selected="0316") == draw(selected="0316")
    assert draw() != draw(selected="0316")


def test_nothing_is_fetched_and_nothing_follows_the_reader_s_theme() -> None:
    svg = draw(selected="0316", badge="SYNTETISKE TAL")
    assert re.findall(r'(?:href|src)="[^#]', svg) == []
    assert "var(" not in svg
    assert "color-mix" not in svg


def test_width_scales_the_document_and_not_the_drawing() -> None:
    normal, double = parse(draw()), parse(draw(width=1800))
    assert (double.get("width"), double.get("viewBox")) == ("1800", normal.get("viewBox"))
    _, _, wide, high = map(float, (normal.get("viewBox") or "").split())
    assert int(double.get("height") or 0) == round(1800 * high / wide)


def test_long_titles_are_wrapped_inside_the_page() -> None:
    lines = wrapped("Passive i ressourceforløb " * 6, 27, 836, semibold=True)
    assert " ".join(lines) == ("Passive i ressourceforløb " * 6).strip()
    assert len(lines) > 1
    assert all(text_width(line, 27, semibold=True) <= 836 for line in lines)


def png_size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_png_has_the_width_asked_for_and_keeps_the_shape() -> None:
    svg = draw()
    _, _, wide, high = map(float, (parse(svg).get("viewBox") or "").split())
    width, height = png_size(svg_to_png(svg, width=450))
    assert width == 450
    assert height == pytest.approx(450 * high / wide, abs=1)


def test_png_shows_letters_without_system_fonts() -> None:
    with_text = svg_to_png(draw(title="Ærø, Ålborg og Øer"), width=450)
    without = svg_to_png(draw(title=" "), width=450)
    assert len(with_text) > len(without) + 500


def test_tiles_are_hexagons_with_their_names() -> None:
    root = parse(draw(tiles=True))
    holbaek = area(root, "0316")
    assert holbaek.get("d") == "M30 0l9 5v10l-9 5-9-5v-10z"
    assert holbaek.get("fill") == CLASS_FILLS[classify(52)]
    written = [text.text for text in root.iter(f"{SVG}text")]
    assert [line for line in written if line in {"Hol-", "bæk"}] == ["Hol-", "bæk"]
    assert "Hovedstadsområdet" not in written


def test_differences_have_the_diverging_colours_and_their_key() -> None:
    cells = [
        MapCell("0155", "Dragør", "ingen forskel kan beregnes", "no_difference"),
        MapCell("0316", "Holbæk", "+12 procentpoint", 6),
    ]
    legend = difference_legend("Forskel", cells, (2, 5, 10))
    root = parse(draw(cells=cells, legend=legend))
    assert area(root, "0316").get("fill") == DIVERGING_FILLS[6]
    assert area(root, "0155").get("fill") == "url(#pattern-no_difference)"
    written = [text.text for text in root.iter(f"{SVG}text")]
    assert "10 og derover lavere" in written
    assert "under 2 fra eller til" in written
    assert "Ingen forskel kan beregnes" in written
