"""'Overblik': its numbers are the façade's, made-up ones are marked, nothing published is lost."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import polars as pl
import pytest

from pages.components.open_page import open_page
from pages.frame import statements
from pages.language import sentences
from pages.oversigt import cards, news, overblik, search_box
from pages.oversigt.tour import STEPS
from queries import Atlas
from tests.pages.conftest import ServeFile
from tests.pages.running import components, run, text

PAGE = "oversigt.overblik"


def flat(html: str) -> str:
    """The text of HTML as a reader sees it, without spaces where buttons stood."""
    without = re.sub(r"</?(?:button|strong)[^>]*>", "", html)
    plain = unescape(re.sub(r"<[^>]+>", " ", without)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", plain)


@pytest.fixture(autouse=True)
def served(warehouse_file: Path, serve_file: ServeFile) -> Atlas:
    return serve_file(warehouse_file)


def figures(atlas: Atlas) -> dict[str, str]:
    rows = atlas.statements().iter_rows(named=True)
    return {row["statement_id"]: flat(statements.figure(row)) for row in rows}


def test_every_published_statement_stands_on_the_page(served: Atlas) -> None:
    page = flat(overblik.every_statement(served))
    for row in served.statements().iter_rows(named=True):
        assert row["text"] in page, row["statement_id"]
        assert flat(statements.figure(row)) in page
    for source in served.statements()["source_id"].unique():
        assert served.sources()[source].document_id in page


def test_the_cards_say_what_is_published_with_hedge_period_and_document(served: Atlas) -> None:
    told = figures(served)
    passive, group, practice = (flat(cards.card(served, one)) for one in overblik.CARDS)
    assert f"{told['P1']} uden aktivt tilbud" in passive
    assert f"Det var {told['P2']} af alle" in passive
    assert "(juni 2017)" in passive
    assert "spm. 554 (berigtiget svar)" in passive
    assert told["F7"] == "flere end ni ud af ti"
    assert f"{told['F7']} på de gamle ydelser" in group
    assert "Godt 8.000 personer er visiteret" in group
    assert told["F6"] in group
    assert f"{told['F10']} = ca. 3.000 personer af indsatsgruppen" in practice
    assert told["F11"] in practice
    assert told["F12"] in practice
    for one in (group, practice):
        assert "(december 2018)" in one
        assert "Kilde: Brev af 7. maj 2019." in one


def test_every_tile_shows_what_the_facade_answers(served: Atlas) -> None:
    for subject in overblik.CARDS:
        indicator_id = subject.page.measures[0].indicator_id
        period = served.default_period(indicator_id)
        drawn = set(re.findall(r'<i[^>]* title="([^"]+)"', cards.card(served, subject)))
        cells = served.cells(indicator_id, period, subject.level)
        shown = {f"{row['name']}: {sentences.value(row)}" for row in cells.iter_rows(named=True)}
        assert {unescape(one) for one in drawn} == shown


def test_made_up_maps_carry_the_badge_and_published_ones_do_not(served: Atlas) -> None:
    passive, group, practice = (cards.card(served, one) for one in overblik.CARDS)
    assert "SYNTETISK" not in passive.upper()
    for one in (group, practice):
        figure = one[one.index("<figure") :]
        assert '<b class="skilt">SYNTETISKE TAL</b>' in figure
        assert "<figcaption>SYNTETISKE TAL: " in figure
        assert "(syntetisk)" in figure
        assert "SYNTETISK" not in one[: one.index("<figure")].upper()


def test_no_published_month_has_a_direction_and_a_made_up_series_says_so(served: Atlas) -> None:
    for subject in overblik.CARDS:
        indicator_id = subject.page.measures[0].indicator_id
        assert (
            cards.direction(served, indicator_id) == "Ét offentliggjort nedslag, ingen udvikling."
        )
        assert cards.made_up_direction(served, indicator_id).startswith("Syntetisk serie: ")


def test_without_made_up_numbers_the_page_stands(
    published_file: Path, serve_file: ServeFile
) -> None:
    serve_file(published_file)
    page = text(run(PAGE))
    assert "SYNTETISK" not in page
    assert "Der er ingen tal for områderne i denne dataversion" in page
    assert "2.790 personer" in page


def test_what_is_new_tells_the_correction_the_version_and_the_newest_documents(
    served: Atlas,
) -> None:
    told = flat(news.news(served))
    assert (
        "Rettet: BEU alm. del, berigtigelse af svar på spm. 554 erstatter BEU alm. del, svar på "
        "spm. 554 fra 27. september 2017" in told
    )
    assert served.built().version in told
    assert "Orientering til BEU af 20. december 2019" in told


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"kind": ["published"], "added": [3], "changed": [2], "withdrawn": [0]},
            "Tal siden den forrige: 3 nye og 2 ændrede.",
        ),
        (
            {"kind": ["synthetic"], "added": [0], "changed": [1], "withdrawn": [0]},
            "Tal siden den forrige: 1 ændrede (syntetiske).",
        ),
        (
            {
                "kind": ["published", "synthetic"],
                "added": [3, 2000],
                "changed": [0, 5],
                "withdrawn": [0, 0],
            },
            "Tal siden den forrige: 3 nye og 2.000 nye og 5 ændrede (syntetiske).",
        ),
        (
            {"kind": [], "added": [], "changed": [], "withdrawn": []},
            "Ingen tal er ændret siden den forrige.",
        ),
    ],
)
def test_changes_between_versions_in_words(changed: dict[str, list[object]], told: str) -> None:
    assert news._told(pl.DataFrame(changed)) == told


def test_an_answer_shows_its_number_as_the_facade_has_it(served: Atlas) -> None:
    index = search_box.the_index(served, served.version)
    shown = flat(search_box.answers(served, index, "passive holbæk"))
    assert "Passive i ressourceforløb: Holbæk, juni 2017 Tal 52 pct. (117 af ca. 225)" in shown
    hidden = flat(search_box.answers(served, index, "passive dragør"))
    assert "Dragør, juni 2017 Tal 17 pct., antal skjult" in hidden
    made_up = flat(search_box.answers(served, index, "gruppe 2 aarhus"))
    assert "december 2018 (syntetisk) Tal SYNTETISKE TAL: " in made_up


def test_what_a_reader_wrote_is_escaped(served: Atlas) -> None:
    index = search_box.the_index(served, served.version)
    for asked in ("<img src=x> holbæk", "<img src=x>"):
        assert "<img" not in search_box.answers(served, index, asked)


def test_the_address_fills_the_field_and_leads_nowhere_by_itself() -> None:
    test = run(PAGE, soeg="passive holbæk")
    assert test.text_input[0].value == "passive holbæk"
    assert "6 steder for »passive holbæk«" in text(test)


def test_a_search_that_may_mean_several_things_stays_and_writes_the_address() -> None:
    test = run(PAGE)
    test.text_input[0].set_value("holbæk")
    test.button[0].click()
    test.run()
    assert test.query_params["soeg"] == "holbæk"
    assert "for »holbæk«" in text(test)


def test_nothing_found_says_why_and_offers_ways_out() -> None:
    page = text(run(PAGE, soeg="spm 999"))
    assert "Intet fundet. Spørgsmål 999 er ikke blandt atlassets dokumenter" in page
    assert "alle dokumenter og ord" in page


@pytest.mark.parametrize(
    ("address", "offered", "asked_for"),
    [
        ({}, True, False),
        ({"rundvisning": "vis"}, True, True),
        ({"soeg": "holbæk"}, False, False),
    ],
)
def test_the_tour_is_offered_on_the_bare_front_page_only(
    address: dict[str, str], offered: bool, asked_for: bool
) -> None:
    told = components(run(PAGE, **address)).get("tour")
    assert (told is not None) == offered
    if told is not None:
        assert told["a"] is asked_for
        assert [step[0] for step in told["s"]] == [step.title for step in STEPS]
    assert 4 <= len(STEPS) <= 6


def test_the_tour_is_not_offered_inside_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.oversigt.tour.embedded", lambda: True)
    assert "tour" not in components(run(PAGE))


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("passive holbæk", "/passive?kommune=0316"),
        ("holbæk", ""),
        ("dream", ""),
        ("xyzzy", ""),
    ],
)
def test_sending_a_clear_question_opens_its_page(asked: str, address: str) -> None:
    test = run(PAGE)
    test.text_input[0].set_value(asked)
    test.button[0].click()
    test.run()
    assert components(test).get("open_page", {"a": ""})["a"] == address
    test.run()
    assert "open_page" not in components(test)


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org", "passive"])
def test_only_pages_of_the_atlas_are_opened(address: str) -> None:
    with pytest.raises(ValueError, match="not an address of the atlas"):
        open_page(address, key="x")
