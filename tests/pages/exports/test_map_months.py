"""The file of all months of a map: read back, it says what the page says."""

from __future__ import annotations

import json
from typing import Any

import brotli
import pytest

from pages.exports.dataset import Asked, dataset
from pages.exports.map_drawing import Subject, map_drawing
from pages.exports.map_file import map_document
from pages.exports.map_months import map_months
from pages.figures.map_choices import MapChoices
from pages.language import danish, sentences
from queries import Atlas, Level, UserError

PASSIVE = "passive_ressourceforloeb"


def months(atlas: Atlas, indicator_id: str, level: Level = "kommune") -> dict[str, Any]:
    ids = atlas.areas().filter(level=level)["area_id"]
    return dict(json.loads(map_months(atlas, indicator_id, level, {one: one for one in ids})))


def texts(file: dict[str, Any], row: int) -> list[str]:
    """The value texts of one area, put together as the browser does."""
    told, n, d = [], 0, 0
    columns = (file[name][row].split(",") for name in "snd")
    for share, more, base in zip(*columns, strict=True):
        if ":" in share:
            told.append(file["x"][int(share.partition(":")[2])])
        elif share:
            n, d = n + int(more), d + int(base)
            pct = danish.pct(float(share), file["e"])
            told.append(f"{pct} ({danish.number(n)} af {danish.number(d)})")
        else:
            told.append("")
    return told


@pytest.mark.parametrize("indicator_id", [PASSIVE, "virksomhedspraktik"])
@pytest.mark.parametrize("level", ["kommune", "jobcenter"])
def test_every_text_is_the_page_s(atlas: Atlas, indicator_id: str, level: Level) -> None:
    file = months(atlas, indicator_id, level)
    assert file["p"] == sorted(atlas.periods(indicator_id))
    ids = file["i"].split(" ")
    read = {area_id: texts(file, row) for area_id, row in zip(ids, file["r"], strict=True)}
    for place, period in enumerate(file["p"]):
        for cell in atlas.cells(indicator_id, period, level).iter_rows(named=True):
            assert read[cell["area_id"]][place] == sentences.value(cell)


def test_a_hidden_number_is_not_in_the_file(atlas: Atlas) -> None:
    file = months(atlas, PASSIVE)
    row = file["i"].split(" ").index("0155")  # Dragør is hidden in June 2017
    place = file["p"].index("2017M06")
    share, count, base = (file[name][row].split(",")[place] for name in "snd")
    assert share.startswith("s:")
    assert (count, base) == ("", "")


def test_kinds_are_told_per_month(atlas: Atlas) -> None:
    file = months(atlas, PASSIVE)
    kinds = dict(zip(file["p"], file["k"], strict=True))
    words = dict(zip(file["p"], file["w"], strict=True))
    assert kinds["2017M06"] == "p"
    assert words["2017M06"] == "juni 2017"
    assert kinds["2017M07"] == "s"
    assert words["2017M07"] == "juli 2017 (syntetisk)"
    assert file["b"] == "SYNTETISKE TAL"


def test_regions_are_drawn_as_their_kommuner(atlas: Atlas) -> None:
    drawn = {"0316": "1085", "0101": "1084", "0147": "1084"}
    file = json.loads(map_months(atlas, "virksomhedspraktik", "region", drawn))
    assert file["i"] == "0101 0147 0316"
    assert file["r"][0] == file["r"][1] != file["r"][2]


def test_size_as_served(atlas: Atlas) -> None:
    file = map_months(atlas, PASSIVE, "kommune", {a: a for a in atlas.areas()["area_id"]})
    per_month = len(brotli.compress(file, quality=6)) / 48
    assert per_month * 240 < 100_000  # 98 kommuner in 240 months


# --- what the map draws -------------------------------------------------------------------------


def subject(atlas: Atlas, period: str = "2017M06", selected: str | None = "0316") -> Subject:
    cells = atlas.cells(PASSIVE, period)
    return Subject(
        indicator=atlas.indicator(PASSIVE),
        heading="Passive",
        short="Passive",
        mapped=cells,
        inside=set(cells["area_id"]),
        selected=selected,
        level="kommune",
        period=period,
    )


def test_published_beside_synthetic_is_labelled(atlas: Atlas) -> None:
    drawn = map_drawing(atlas, MapChoices(against="2016M12"), subject(atlas))
    assert drawn.badge == "SYNTETISKE TAL"
    assert drawn.title == "Passive, forskel fra december 2016 (syntetisk) til juni 2017"
    assert "To slags tal er trukket fra hinanden" in drawn.note
    assert drawn.scales == {}


def test_every_difference_is_the_facade_s(atlas: Atlas) -> None:
    here, there = (atlas.cells(PASSIVE, period) for period in ("2018M12", "2017M12"))
    drawn = map_drawing(atlas, MapChoices(against="2017M12"), subject(atlas, "2018M12"))
    earlier = {cell["area_id"]: cell for cell in there.iter_rows(named=True)}
    assert len(drawn.cells) == 98
    for cell, area in zip(here.iter_rows(named=True), drawn.cells, strict=True):
        other = earlier[cell["area_id"]]
        if "shown" == cell["status"] == other["status"]:
            points = round(cell["share_pct"] - other["share_pct"])
            assert area.value_text.split(" ")[0].lstrip("+").replace("−", "-") == str(points)
        else:
            assert area.fill == "no_difference"


def test_beside_the_selected_kommune(atlas: Atlas) -> None:
    drawn = map_drawing(atlas, MapChoices(against="kommune"), subject(atlas))
    assert drawn.badge is None
    assert drawn.title == "Passive, forskel til Holbæk, juni 2017"
    hidden = map_drawing(atlas, MapChoices(against="kommune"), subject(atlas, selected="0155"))
    assert {cell.fill for cell in hidden.cells} == {"no_difference"}
    assert hidden.note.startswith("Dragør har ingen vist andel")
    none = map_drawing(atlas, MapChoices(against="kommune"), subject(atlas, selected=None))
    assert none.problems == ("Vælg en kommune for at sammenligne de andre med den på kortet.",)


def test_classes_by_the_series_are_the_same_in_every_month(atlas: Atlas) -> None:
    choices = MapChoices(rule="kvantiler")
    one, other = (map_drawing(atlas, choices, subject(atlas, p)) for p in ("2018M12", "2016M03"))
    assert one.legend.classes == other.legend.classes
    assert one.scales == other.scales
    assert one.scales["s"] != one.scales["p"]
    assert "syntetiske tal" in one.legend.note


# --- and its file -------------------------------------------------------------------------------


def test_a_file_of_a_difference_says_that_it_is_made_up(atlas: Atlas) -> None:
    published = dataset(atlas, Asked(PASSIVE, "2017M06"))
    usual = map_document(atlas, published, None)
    assert usual.stem == "passive_ressourceforloeb_2017M06_kommune"
    assert "SYNTETISKE TAL" not in usual.svg
    choices = MapChoices(form="fliser", against="2016M12")
    mixed = map_document(atlas, published, None, choices)
    assert mixed.stem == ("passive_ressourceforloeb_2017M06_kommune_mod_2016M12_fliser_SYNTETISK")
    assert "SYNTETISKE TAL" in mixed.svg
    assert "To slags tal er trukket fra hinanden" in mixed.svg
    assert "Syntetisk register" in mixed.svg  # both sources are named
    with pytest.raises(UserError, match="Vælg en kommune"):
        map_document(atlas, published, None, MapChoices(against="kommune"))
