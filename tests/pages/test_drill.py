"""From the country to a jobcenter: levels, breadcrumbs, numbers of places, and months without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from queries import Atlas, statistics
from tests.pages.conftest import ServeFile
from tests.pages.running import components, figure, run, text

PASSIVE, MADE_UP = "ressourceforloeb.passive", "2018M03"
INDICATOR = "passive_ressourceforloeb"


@pytest.fixture(autouse=True)
def _serve_the_warehouse(warehouse_file: Path, serve_file: ServeFile) -> None:
    serve_file(warehouse_file)


def crumbs(test: AppTest) -> str:
    bodies = [str(getattr(element.proto, "body", "")) for element in test.main]
    (found,) = [body for body in bodies if 'class="sti' in body]
    return found


@pytest.mark.parametrize("level", ["region", "landsdel"])
def test_a_place_is_a_row_a_bar_and_the_colour_of_its_kommuner(atlas: Atlas, level: str) -> None:
    cells = atlas.cells(INDICATOR, MADE_UP, level)  # type: ignore[arg-type]  # known words
    test = run(PASSIVE, periode=MADE_UP, niveau=level)
    told = components(test)
    assert sorted(told["area_table"]["i"].split()) == sorted(cells["area_id"])
    bars = figure(test)["data"][0]
    shown = cells.filter(status="shown")
    assert sorted(bars["customdata"]) == sorted(shown["area_id"])
    assert len(told["area_map"]["i"].split()) == 98
    kommuner = atlas.areas().filter(level="kommune")
    names = dict(zip(told["area_map"]["i"].split(), told["area_map"]["n"].split("|"), strict=True))
    for area_id, place in kommuner.select("area_id", level).rows():
        assert names[area_id].endswith(f", {place}")


def test_the_way_back_names_every_step_and_keeps_the_month() -> None:
    html = crumbs(run(PASSIVE, periode=MADE_UP, kommune="0316", udvikling="vis"))
    steps = re.findall(r"<li[^>]*>(?:<a [^>]*>)?([^<]+)", html)
    assert steps == [
        "Hele landet",
        "Region Sjælland",
        "Vest- og Sydsjælland",
        "Holbæk",
        "Jobcenter Holbæk",
    ]
    assert '<li aria-current="page">Holbæk</li>' in html
    links = re.findall(r'href="([^"]+)"', html.replace("&amp;", "&"))
    assert links[1] == f"/passive?periode={MADE_UP}&udvikling=vis&omraade=1085"
    assert "kommune=0316" in links[3]
    assert "niveau=jobcenter" in links[3]
    assert links[4:] == ["/kommune?kommune=0316", "/sammenlign?sammenlign=0316"]


def test_a_month_without_places_says_why_and_leads_out() -> None:
    test = run(PASSIVE, niveau="region", kommune="0316")
    page = text(test)
    assert "Ingen tal for regioner i juni 2017." in page
    assert "ville afsløre de kommuner, hvis tal er skjult" in page
    assert "Se regioner for juli 2017 (syntetisk)" in page
    assert len(test.get("plotly_chart")) == 0


@pytest.mark.parametrize("area_id", ["1081", "1083", "1085", "DK011", "DK022", "DK050"])
def test_a_place_in_the_filter_is_told_on_its_own_level(atlas: Atlas, area_id: str) -> None:
    level = "region" if area_id.isdigit() else "landsdel"
    cells = atlas.cells(INDICATOR, MADE_UP, level)  # type: ignore[arg-type]  # known words
    judged = statistics.judged(cells, atlas.national(INDICATOR, MADE_UP))
    cell = judged.filter(area_id=area_id).row(0, named=True)
    page = text(run(PASSIVE, periode=MADE_UP, niveau=level, omraade=area_id))
    assert f"{cell['name']}: {cell['numerator']:,} af ".replace(",", ".") in page
    assert {"alike": "kan ikke skelnes fra landets"}.get(
        cell["verdict"], f"ligger {cell['verdict']} landets"
    ) in page


@pytest.mark.parametrize("kommune", ["0101", "0155", "0316", "0563", "0751"])
def test_potential_and_chance_are_the_facades_answers(atlas: Atlas, kommune: str) -> None:
    cells, national = atlas.cells(INDICATOR, "2017M06"), atlas.national(INDICATOR, "2017M06")
    page = text(run(PASSIVE, kommune=kommune, usikkerhed="vis", potentiale="vis"))
    found = statistics.potential(cells, national, lower_is_better=True)
    assert found is not None
    assert f"ville {found.people_low}–{found.people_high} færre borgere være passive" in page
    judged = statistics.judged(cells, national)
    over = judged.filter(verdict="over").height
    assert f"ligger {over} over landet" in page
    cell = judged.filter(area_id=kommune).row(0, named=True)
    told = f"mellem nr. {cell['rank_low']} og {cell['rank_high']} af 92 kommuner"
    assert (told in page) == (cell["rank_low"] is not None)
