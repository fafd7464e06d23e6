"""The profile of every kommune: each number is the façade's, each missing one says why."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from pages.language import danish
from pages.sammenligning.measures import subjects
from pages.sammenligning.place import in_order, neighbours
from pages.sammenligning.profile_rows import profile_rows
from pages.sammenligning.sheet import sheet
from queries import Atlas, statistics

WORDS = {"suppressed": "skjult", "left_out": "udeladt", "not_collected": "ikke opgjort"}


def cells_of(html: str) -> list[list[str]]:
    """The texts of every table row with numbers; `|` parts a cell's small print from the rest."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', html)
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell.replace("<small>", "|"))).replace("\xa0", " ")
            for cell in re.split(r"</t[hd]><td>", row.removesuffix("</td>"))
        ]
        for row in rows
    ]


def expected(cell: dict[str, Any]) -> tuple[str, str]:
    """The share and the people of a cell, written independently."""
    share = WORDS.get(cell["status"], "–")
    if cell["share_pct"] is not None:
        share = f"{danish.number(cell['share_pct'], cell['share_decimals'])} pct."
    if cell["status"] != "shown":
        return share, WORDS[cell["status"]]
    low, high = cell["denominator_low"], cell["denominator_high"]
    base = danish.number(low) if low == high else f"{danish.number(low)}–{danish.number(high)}"
    return share, f"{danish.number(cell['numerator'])} af {base}"


def codes(atlas: Atlas) -> list[str]:
    return [code for code, _ in in_order(atlas, atlas.version)]


def test_all_98_profiles_show_the_facades_numbers(atlas: Atlas) -> None:
    found = subjects(atlas, atlas.version)
    everywhere = {
        key: {c["area_id"]: c for c in atlas.cells(key, one.period).rows(named=True)}
        for key, one in found.items()
    }
    national = {key: atlas.national(key, one.period) for key, one in found.items()}
    assert len(codes(atlas)) == 98
    for code in codes(atlas):
        rows = cells_of(sheet(atlas, atlas.version, code, "region"))
        assert len(rows) == len(found), code
        for (key, one), row in zip(found.items(), rows, strict=True):
            title, _, month = row[0].partition("|")
            assert title == one.label
            share, people = expected(everywhere[key][code])
            assert (row[1], row[2]) == (share, people), (code, key)
            country = national[key]
            assert (
                row[3] == f"{danish.number(country['share_pct'], country['share_decimals'])} pct."
            )
            made_up = everywhere[key][code]["kind"] == "synthetic"
            assert month == danish.period(one.period) + (" (syntetisk)" if made_up else "")


def test_verdicts_ranks_and_peers_are_those_of_the_statistics(atlas: Atlas) -> None:
    for code in codes(atlas)[::9]:
        for row in profile_rows(atlas, code, "landsdel"):
            one = row.one
            cells = atlas.cells(one.subject.indicator.indicator_id, one.subject.period)
            judged = statistics.judged(cells, one.national).filter(area_id=code).row(0, named=True)
            for name in ("verdict", "rank_low", "rank_high", "low_pct", "high_pct"):
                assert row.cell[name] == judged[name]
            mine = judged["landsdel"]
            others = cells.filter(landsdel=mine).remove(area_id=code)
            assert row.peers == statistics.total(others)


def test_hidden_cells_say_why_and_have_no_place(atlas: Atlas) -> None:
    text = unescape(sheet(atlas, atlas.version, "0825", "region"))  # Læsø is left out of the table
    note = atlas.cells("passive_ressourceforloeb", "2017M06").filter(area_id="0825")["note"][0]
    assert f"Passive i ressourceforløb: udeladt. {note}." in text
    row = cells_of(text)[0]
    assert row[1:6] == ["udeladt", "udeladt", "21 pct.", "–", "–"]


def test_synthetic_numbers_stand_in_their_own_labelled_block(atlas: Atlas) -> None:
    html = sheet(atlas, atlas.version, "0316", "region")
    real, _, made_up = html.partition('<div class="syntetisk"')
    assert "SYNTETISKE TAL" not in real
    assert len(cells_of(real)) == 1
    assert '<strong class="maerke">SYNTETISKE TAL</strong>' in made_up
    assert len(cells_of(made_up)) == len(atlas.indicators) - 1
    assert "stroke-dasharray" not in real
    assert "stroke-dasharray" in made_up


def test_neighbours_go_round_in_danish_order(atlas: Atlas) -> None:
    names = [name for _, name in in_order(atlas, atlas.version)]
    assert (names[0], names[-1]) == ("Albertslund", "Aarhus")
    row = neighbours(atlas, atlas.version)
    assert row["0316"][1][1] == "Holstebro"
    assert row[codes(atlas)[0]][0][1] == names[-1]
    seen, here = set(), "0316"
    while here not in seen:
        seen.add(here)
        here = row[here][1][0]
    assert len(seen) == 98


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("0155", "Jobcenter Tårnby/Dragør, fælles med Tårnby"),
        ("0316", "Bedre Ressourceforløb (ultimo 2016 – ultimo 2018)"),
        ("0101", "Dokumenterne nævner ikke, hvem der er med i Flere skal med"),
        ("0330", "Kommunen er ikke nævnt på de deltagerlister, der findes."),
    ],
)
def test_place_and_initiatives(atlas: Atlas, code: str, told: str) -> None:
    text = unescape(re.sub(r"<[^>]+>", "", sheet(atlas, atlas.version, code, "region")))
    assert told in text


def test_trends_are_named_only_where_a_test_supports_them(atlas: Atlas) -> None:
    for code in codes(atlas)[::20]:
        html = sheet(atlas, atlas.version, code, "region")
        for row, cells in zip(profile_rows(atlas, code, "region"), cells_of(html), strict=True):
            supported = row.trend is not None and row.trend.direction is not None
            assert ("↗" in cells[-1] or "↘" in cells[-1]) == supported
