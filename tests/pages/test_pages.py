"""Each page run by Streamlit's own test runner, over a real warehouse: the numbers it shows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from geodata import load_map
from pages.frame import data
from queries import Atlas
from queries.warehouse.build import build
from queries.warehouse.content import Content
from tests.pages.conftest import ServeFile
from tests.pages.running import components, figure, run, text


@pytest.fixture(autouse=True)
def _serve_the_warehouse(warehouse_file: Path, serve_file: ServeFile) -> None:
    serve_file(warehouse_file)


def test_headline_numbers() -> None:
    page = text(run("ressourceforloeb.passive"))
    assert "I juni 2017 havde 2.790 borgere i ressourceforløb" in page
    for tile in (
        "borgere i hele landet 2.790",
        "kommuner ligger over landets 21 pct. 48",
        "kommuner ligger under 43",
        "5 på landets niveau, og 2 uden vist andel.",
    ):
        assert tile in page
    assert "Berigtiget svar" in page
    assert "BEU alm. del, berigtigelse af svar på spm. 554" in page


def test_bars_are_the_document_in_its_order() -> None:
    drawn, bare = figure(run("ressourceforloeb.passive"))["data"]
    assert drawn["y"][:4] == ["Guldborgsund", "Frederikssund", "Holbæk", "Morsø"]
    assert drawn["y"][-2:] == ["Randers", "Silkeborg"]
    assert (len(drawn["y"]), bare["y"]) == (96, ["Fanø", "Læsø"])
    shapes = drawn["marker"]["pattern"]["shape"]
    hatched = [name for name, shape in zip(drawn["y"], shapes, strict=True) if shape == "/"]
    assert hatched == ["Dragør", "Allerød", "Randers", "Silkeborg"]
    assert [label.strip() for label in bare["text"]] == ["udeladt af kilden"] * 2


def test_a_selected_kommune_stands_out_everywhere() -> None:
    test = run("ressourceforloeb.passive", kommune="0316")
    assert "Holbæk: 117 af ca. 225 borgere, 52 pct." in text(test)
    drawn = figure(test)["data"][0]
    assert "<b>Holbæk</b>" in drawn["y"]
    widths = dict(zip(drawn["customdata"], drawn["marker"]["line"]["width"], strict=True))
    assert [code for code, width in widths.items() if width > 1] == ["0316"]
    assert {name: message["s"] for name, message in components(test).items()} == {
        "area_map": "0316",
        "area_table": "0316",
    }


def area_codes(told: dict[str, Any]) -> list[str]:
    """The ids of a map's cells: those it names, else those of the map's file in its order."""
    return told["i"].split(" ") if "i" in told else [a.id for a in load_map().levels[told["l"]]]


def test_map_and_table_say_what_the_facade_says(atlas: Atlas) -> None:
    told = components(run("ressourceforloeb.passive"))
    area_map, table = told["area_map"], told["area_table"]
    codes = area_codes(area_map)
    values = dict(zip(codes, area_map["v"].split("|"), strict=True))
    fills = dict(zip(codes, area_map["f"], strict=True))
    assert values["0316"].replace("\N{NO-BREAK SPACE}", " ") == "52 pct. (117 af ca. 225)"
    # suppressed, left out, the lowest class, the highest class
    assert [fills[code] for code in ("0155", "0563", "0746", "0376")] == ["s", "l", "0", "4"]
    counts = dict(zip(table["i"].split(" "), table["r"][1].split("|"), strict=True))
    cells = atlas.cells("passive_ressourceforloeb", "2017M06")
    expected = dict(cells.select("area_id", "numerator").rows())
    assert {code: int(text) for code, text in counts.items() if text.isdigit()} == {
        code: count for code, count in expected.items() if count is not None
    }
    assert {code: text for code, text in counts.items() if not text.isdigit()} == {
        "0155": "skjult",
        "0201": "skjult",
        "0730": "skjult",
        "0740": "skjult",
        "0563": "udeladt",
        "0825": "udeladt",
    }


def test_the_legend_has_the_classes_that_colour(atlas: Atlas) -> None:
    told = components(run("ressourceforloeb.passive"))["area_map"]
    assert told["g"]["c"] == [
        "0–9 pct.",
        "10–19 pct.",
        "20–29 pct.",
        "30–39 pct.",
        "40 pct. og derover",
    ]
    fills = dict(zip(area_codes(told), told["f"], strict=True))
    shares = atlas.cells("passive_ressourceforloeb", "2017M06").filter(status="shown")
    breaks = atlas.indicator("passive_ressourceforloeb").format.class_breaks
    for code, share in shares.select("area_id", "share_pct").rows():
        assert int(fills[code]) == sum(share >= edge for edge in breaks), code


def test_the_caption_tells_of_the_correction() -> None:
    captions = [element.value for element in run("ressourceforloeb.passive").caption]
    assert captions == [
        "Kilde: Beskæftigelsesministeren, BEU alm. del, berigtigelse af svar på spm. 554, tabel 1. "
        "Berigtiget svar. Opgjort juni 2017. Aflæst 22. november 2026."
    ]


def test_made_up_numbers_say_so_on_every_figure(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = content.tables["source"].with_columns(kind=pl.lit("synthetic"))
    build(replace(content, tables=content.tables | {"source": sources}), tmp_path / "atlas.duckdb")
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    data.atlas.cache_clear()
    test = run("ressourceforloeb.passive")
    assert components(test)["area_map"]["b"] == "SYNTETISKE TAL"
    annotations = [note["text"] for note in figure(test)["layout"]["annotations"]]
    assert "<b>SYNTETISKE TAL</b>" in annotations
    assert test.caption[0].value.startswith("SYNTETISKE TAL: opdigtede, kun til afprøvning. ")


def test_real_numbers_carry_no_such_label() -> None:
    test = run("ressourceforloeb.passive")
    assert components(test)["area_map"]["b"] is None
    assert "SYNTETISKE" not in text(test) + json.dumps(figure(test))


def test_a_region_dims_the_rest_and_keeps_the_country() -> None:
    test = run("ressourceforloeb.passive", omraade="1085")
    page = text(test)
    # Guldborgsund, Holbæk, Lejre, Kalundborg, Lolland, Slagelse, Ringsted, Vordingborg, Næstved
    assert "Region Sjælland: kommuner ligger over landets 21 pct. 9" in page
    assert "Region Sjælland: kommuner ligger under 8" in page
    assert "borgere i hele landet 2.790" in page
    assert components(test)["area_map"]["f"].count("o") == 98 - 17
    assert len(components(test)["area_table"]["i"].split(" ")) == 17


def test_jobcentres_hide_what_would_give_a_kommune_away() -> None:
    test = run("ressourceforloeb.passive", niveau="jobcenter", kommune="0155")
    page = text(test)
    assert "Jobcenter Tårnby/Dragør: skjult. Dragør er ikke vist i kilden" in page
    assert "fordi summen ellers ville afsløre tallet" in page
    assert components(test)["area_map"]["s"] == "J0185"
    assert "Læsø og" not in page


@pytest.mark.parametrize(
    ("sort", "first"),
    [("andel_op", "Randers"), ("antal", "København"), ("navn", "Albertslund")],
)
def test_orders(sort: str, first: str) -> None:
    drawn = figure(run("ressourceforloeb.passive", sortering=sort))["data"][0]
    assert drawn["y"][0] == first
    assert sort != "navn" or drawn["y"][-1] == "Aarhus"


def test_a_wrong_address_is_told_and_shown_without_it() -> None:
    test = run("ressourceforloeb.passive", kommune="9999")
    assert [warning.value for warning in test.warning] == [
        "Adressen kunne ikke læses helt: kommunekoden »9999« findes ikke."
    ]


def test_choosing_in_a_filter_writes_the_address() -> None:
    test = run("ressourceforloeb.passive", kommune="0316")
    by_label = {box.label: box for box in test.selectbox}
    by_label["Område"].set_value("DK014")
    test.run()
    assert test.query_params["omraade"] == "DK014"
    assert test.query_params["kommune"] == "0316"
    assert "Bornholm" in figure(test)["data"][0]["y"]
    next(button for button in test.button if button.label == "Fjern valg").click()
    test.run()
    assert "kommune" not in test.query_params


def test_search_knows_other_names() -> None:
    (box,) = [box for box in run("ressourceforloeb.passive").selectbox if "Find" in box.label]
    assert "Aarhus (Århus)" in box.options
    assert "Nordfyns (Nordfyn)" in box.options
    assert box.options[0] == "Albertslund"
    assert box.options[-1].startswith("Aarhus")


def test_sources_lists_every_source_and_indicator(atlas: Atlas) -> None:
    page = text(run("metode.kilder"))
    for source in atlas.sources().values():
        assert source.title in page
        assert source.sha256 is None or source.sha256 in page
    for indicator in atlas.indicators.values():
        assert all(caveat in page for caveat in (*indicator.caveats, *indicator.open_choices))
    assert "Erstattet af en berigtigelse" in page
    assert "Jobcenter Esbjerg/Fanø ubekræftet" in page
    assert "Generaliseret kommunekort" in page
    assert "Gribskov, Hedensted, Holbæk" in page


def test_about_says_what_hidden_means() -> None:
    page = text(run("metode.om"))
    assert "Skjult (skraveret)" in page
    assert "WCAG 2.1 AA" in page
