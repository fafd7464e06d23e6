"""What the components send to the browser: complete, compact, or refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from pages.components.area_map import MapCell, map_message
from pages.components.area_table import Column, Row, table_message
from pages.figures.legend import share_legend
from pages.figures.palette import Status

FACTS = Path(__file__).parents[3] / "queries" / "facts" / "kommuner.csv"


def kommuner() -> list[tuple[str, str]]:
    with FACTS.open(encoding="utf-8") as file:
        return [(row["kommunekode"], row["navn"]) for row in csv.DictReader(file)]


def the_map(cells: list[MapCell], **changes: Any) -> dict[str, object]:
    arguments: dict[str, Any] = {
        "asset_url": "/geodata/map-0123456789ab.json",
        "level": "kommune",
        "cells": cells,
        "legend": share_legend("Andel passive", cells),
        "selected": None,
        "title": "Passive i ressourceforløb, juni 2017",
        "description": "",
        "badge": None,
    }
    return map_message(**{**arguments, **changes})


def size(message: dict[str, object]) -> int:
    """Bytes as Streamlit sends them: JSON as UTF-8 with escapes."""
    return len(json.dumps(message).encode())


def test_map_message_names_every_area_and_its_look() -> None:
    statuses: list[Status] = ["suppressed", "left_out", "not_collected", "outside"]
    cells = [
        MapCell("0316", "Holbæk", "52 pct., 117 borgere", 4),
        *(MapCell(f"000{i}", f"Sted {i}", "–", status) for i, status in enumerate(statuses)),
    ]
    message = the_map(cells, selected="0316", badge="SYNTETISKE TAL")
    assert message["i"] == "0316 0000 0001 0002 0003"
    assert message["n"] == "Holbæk|Sted 0|Sted 1|Sted 2|Sted 3"
    assert message["v"] == "52 pct., 117 borgere|–|–|–|–"
    assert message["f"] == "4slno"
    assert message["s"] == "0316"
    assert message["b"] == "SYNTETISKE TAL"
    assert message["g"] == {
        "t": "Andel passive",
        "c": ["0–10 pct.", "10–20 pct.", "20–30 pct.", "30–40 pct.", "40 pct. og derover"],
        "s": statuses,
    }


def test_map_message_of_all_kommuner_is_under_5_kilobytes() -> None:
    cells = [MapCell(code, name, "52 pct., 1.117 borgere", 4) for code, name in kommuner()]
    assert len(cells) == 98
    assert size(the_map(cells, description="En sætning om figuren. " * 12)) < 5_000


def test_map_message_leaves_out_what_the_map_s_file_says() -> None:
    cells = [MapCell(code, name, "–", 0) for code, name in sorted(kommuner())]
    assert not {"i", "n"} & set(the_map(cells))
    assert {"i", "n"} <= set(the_map(cells[1:]))


def test_table_message_holds_columns_rows_and_order() -> None:
    message = table_message(
        columns=[Column("Kommune"), Column("Andel", "right", "Andel af alle.")],
        rows=[
            Row("0316", ("Holbæk", "52 pct.")),
            Row("0155", ("Dragør", "skjult"), "suppressed"),
            Row("0563", ("Fanø", "udeladt"), "left_out"),
        ],
        selected="0155",
        caption="Passive",
        sort=(1, True),
    )
    assert message == {
        "c": [["Kommune", "l", ""], ["Andel", "r", "Andel af alle."]],
        "i": "0316 0155 0563",
        "r": ["Holbæk|Dragør|Fanø", "52 pct.|skjult|udeladt"],
        "f": "-sl",
        "s": "0155",
        "t": "Passive",
        "o": [1, True],
    }


def test_table_message_of_all_kommuner_is_under_6_kilobytes() -> None:
    rows = [Row(code, (name, "52 pct.", "1.117", "ca. 2.150")) for code, name in kommuner()]
    columns = [Column("Kommune"), *(Column(x, "right") for x in ("Andel", "Passive", "I alt"))]
    message = table_message(columns=columns, rows=rows, selected=None, caption="x", sort=None)
    assert size(message) < 6_000


def test_a_text_that_would_be_torn_apart_is_refused() -> None:
    with pytest.raises(ValueError, match=r"contains '\|'"):
        the_map([MapCell("0316", "Hol|bæk", "", 0)])


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="0316: 1 cells in 2 columns"):
        table_message(
            columns=[Column("Kommune"), Column("Andel")],
            rows=[Row("0316", ("Holbæk",))],
            selected=None,
            caption="x",
            sort=None,
        )
