"""The page 'Initiativer': its numbers are the façade's, and what is not known is said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pages.initiativer import groups
from pages.language import danish
from queries import Atlas, statistics
from tests.pages.conftest import ServeFile
from tests.pages.running import components, figure, run, text

NAMED = "bedre_ressourceforloeb"


@pytest.fixture(autouse=True)
def _serve_the_warehouse(warehouse_file: Path, serve_file: ServeFile) -> None:
    serve_file(warehouse_file)


def members(atlas: Atlas) -> tuple[str, ...]:
    rows = atlas.initiatives().filter(initiative_id=NAMED)
    return tuple(rows["members"][0])


def test_all_programmes_stand_on_the_line_and_in_the_table(atlas: Atlas) -> None:
    test = run("initiativer.initiativer")
    drawn = figure(test)
    rows = atlas.initiatives().to_dicts()
    assert drawn["data"][0]["customdata"] == [row["initiative_id"] for row in rows]
    notes = " ".join(note["text"].replace("<br>", " ") for note in drawn["layout"]["annotations"])
    page = text(test)
    for row in rows:
        assert f"<b>{row['title']}</b> {row['period_text']}" in notes
        assert f"{row['title']} {row['period_text']}" in page
    assert "slut ikke oplyst" in notes
    for told in ("ca. 2.700 borgere", "mere end 24.000 borgere", "262,5 mio. kr.", "88 kommuner"):
        assert told in notes
    assert "skal ikke lægges til" in page
    assert "navngivne kommuner" not in page


def test_a_click_on_a_bar_chooses_it() -> None:
    test = run("initiativer.initiativer", initiativ=NAMED)
    widths = figure(test)["data"][0]["marker"]["line"]["width"]
    assert [width > 1 for width in widths] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("initiative", "told"),
    [
        ("flere_skal_med", "navngiver ikke de 88 kommuner"),
        ("flere_skal_med_2_pilot", "navngiver ikke de 15 kommuner"),
        ("bedre_indsats", "navngiver ikke de 24 kommuner"),
        ("initiativpakke_2017", "udpeger ikke bestemte kommuner"),
    ],
)
def test_kommuner_that_no_document_names_are_not_invented(initiative: str, told: str) -> None:
    test = run("initiativer.initiativer", initiativ=initiative)
    page = text(test)
    assert told in page
    assert "ved siden af de øvrige" not in page
    assert components(test) == {}


def test_every_statement_of_a_programme_is_shown_with_its_document(atlas: Atlas) -> None:
    sources = atlas.sources()
    for subject in (NAMED, "bedre_indsats", "initiativpakke_2017", "flere_skal_med"):
        page = text(run("initiativer.initiativer", initiativ=subject))
        rows = atlas.statements().filter(subject=subject)
        for row in rows.to_dicts():
            assert row["text"] in page
            assert sources[row["source_id"]].document_id in page


def test_the_named_kommuner_on_map_and_list(atlas: Atlas) -> None:
    named = members(atlas)
    test = run("initiativer.initiativer", initiativ=NAMED)
    told = components(test)["area_map"]
    fills = dict(zip(told["i"].split(" "), told["f"], strict=True))
    assert set(fills) == set(named)  # the map dims all others
    assert "o" not in fills.values()
    assert told["g"]["s"] == ["suppressed", "outside"]
    assert fills["0740"] == "s"
    html = " ".join(e.proto.body for e in test.main if hasattr(e.proto, "body"))
    assert re.findall(r'href="/kommune\?kommune=(\d{4})"', html) == sorted(
        named,
        key=lambda code: danish.sort_key(
            dict(atlas.areas().select("area_id", "name").rows())[code]
        ),
    )
    cells = atlas.cells("passive_ressourceforloeb", "2017M06").filter(status="shown")
    page = text(test)
    for cell in cells.filter(cells["area_id"].is_in(named)).to_dicts():
        assert (
            f"{cell['name']} {danish.number(cell['numerator'])} {cell['share_pct']:.0f} pct."
            in page
        )


def test_both_totals_are_sums_of_what_is_shown(atlas: Atlas) -> None:
    named = members(atlas)
    cells = atlas.cells("passive_ressourceforloeb", "2017M06")
    own = cells["area_id"].is_in(named)
    inside, outside = statistics.total(cells.filter(own)), statistics.total(cells.filter(~own))
    assert inside is not None
    assert outside is not None
    assert (inside.numerator, outside.numerator) == (767, 2781 - 767)
    page = text(run("initiativer.initiativer", initiativ=NAMED))
    for total in (inside, outside):
        base = danish.interval(total.denominator_low, total.denominator_high)
        assert (
            f"{danish.number(total.numerator)} {base} {groups.share(total)}".replace(
                "\N{NO-BREAK SPACE}", " "
            )
            in page
        )
    assert "De 17 navngivne kommuner: Silkeborg er ikke med" in page
    assert "Allerød, Dragør, Fanø, Læsø og Randers er ikke med" in page


def test_no_published_total_stands_beside_the_sums() -> None:
    """2.790 less the two sums would be what the hidden kommuner hold together."""
    page = text(run("initiativer.initiativer", initiativ=NAMED))
    assert "2.790" not in page


def test_the_warning_goes_before_the_numbers() -> None:
    page = text(run("initiativer.initiativer", initiativ=NAMED))
    warning = page.index("Sammenligningen viser ikke en effekt")
    assert warning < page.index("Passive i ressourceforløb i juni 2017")
    assert "ikke trukket ved lod" in page
    assert "midt i projektet" in page
    assert "SYNTETISKE" not in page


def test_before_and_after_is_made_up_and_says_so(atlas: Atlas) -> None:
    test = run("initiativer.initiativer", initiativ=NAMED, udvikling="vis")
    chart = test.get("plotly_chart")[2]
    drawn = json.loads(chart.proto.spec)
    notes = [note["text"] for note in drawn["layout"]["annotations"]]
    assert "<b>SYNTETISKE TAL</b>" in notes
    assert "projektperioden" in notes
    months = groups.monthly(atlas, groups.PUBLISHED_HERE, members(atlas), "synthetic")
    inside = {trace["name"]: trace for trace in drawn["data"]}[
        "De 17 navngivne kommuner (syntetisk)"
    ]
    expected = [round(total.share_low_pct, 1) for total, _ in months.values() if total]
    assert inside["y"] == expected


def test_without_synthetic_numbers_there_is_nothing_to_unfold(
    published_file: Path, serve_file: ServeFile
) -> None:
    serve_file(published_file)
    test = run("initiativer.initiativer", initiativ=NAMED, udvikling="vis")
    assert "yntetisk" not in text(test)
    assert len(test.get("plotly_chart")) == 2


def test_an_unknown_programme_is_told() -> None:
    test = run("initiativer.initiativer", initiativ="findes-ikke")
    assert [warning.value for warning in test.warning] == [
        "Adressen kunne ikke læses helt: initiativet »findes-ikke« findes ikke."
    ]


def test_each_named_kommune_stands_with_its_interval(atlas: Atlas) -> None:
    named = members(atlas)
    national = atlas.national("passive_ressourceforloeb", "2017M06")
    judged = statistics.judged(atlas.cells("passive_ressourceforloeb", "2017M06"), national)
    own = {row["area_id"]: row for row in judged.to_dicts() if row["area_id"] in named}
    test = run("initiativer.initiativer", initiativ=NAMED)
    drawn = json.loads(test.get("plotly_chart")[1].proto.spec)["data"][0]
    assert set(drawn["customdata"]) == set(named) - {"0740"}
    ends = zip(drawn["customdata"], drawn["x"], drawn["error_x"]["array"], strict=True)
    for area_id, share, above in ends:
        assert share + above == pytest.approx(own[area_id]["high_pct"], abs=0.02)
    page = text(test)
    assert "Holbæk 117 52 pct. 223–227 45–59 klart over" in page
    assert "Silkeborg skjult 0 pct. – – –" in page
    over = [row for row in own.values() if row["verdict"] == "over"]
    assert f"ligger {len(over)} over landet" in page
