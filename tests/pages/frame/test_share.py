"""Sharing: the citation, the link that remembers its data, and what is said when they changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import data, embed, share
from pages.frame.share import Shown
from pages.samraad.references import NO_CITATION
from queries import Atlas

TODAY = dt.date(2026, 11, 26)
SCRIPT = """
import streamlit as st
from pages.frame import share
from pages.frame.data import atlas
share.notice(atlas())
st.write("siden")
"""


@pytest.fixture
def shown(atlas: Atlas) -> Shown:
    return Shown(
        indicator=atlas.indicator("passive_ressourceforloeb"),
        source=atlas.sources()["beu-spm-554-berigtigelse"],
        period="2017M06",
        title="Passive, juni 2017",
        sentence="Holbæk: 52 pct. (117 af ca. 225).",
        rows="tabel 1",
        made_up=False,
        files={"periode": "2017M06", "kommune": "0316"},
    )


def test_the_citation_holds_all_that_is_needed_to_find_the_number_again(shown: Shown) -> None:
    said = share.citation("abc123", shown, "https://atlas.dk/passive?data=abc123", TODAY)
    for part in (
        "Beskæftigelsesministeren: BEU alm. del, berigtigelse af svar på spm. 554, tabel 1",
        "(berigtiget svar;",
        "Juni 2017. Holbæk: 52 pct. (117 af ca. 225).",
        "Hentet 26. november 2026 fra Indsatsatlas, dataversion abc123: https://atlas.dk/passive",
    ):
        assert part in said


def test_a_corrected_answer_is_cited_as_such(shown: Shown, atlas: Atlas) -> None:
    old = replace(shown, source=atlas.sources()["beu-spm-554-oprindelig"])
    assert "(erstattet af en berigtigelse;" in share.citation("a", old, "", TODAY)


def test_made_up_numbers_have_no_citation(shown: Shown) -> None:
    html = share.content("abc123", replace(shown, made_up=True), TODAY)
    assert NO_CITATION in html
    assert "Hentet 26." not in html
    assert "Tallenes adresse (syntetisk)" in html


def test_the_box_offers_link_data_and_code_for_each_figure(shown: Shown) -> None:
    html = share.content("abc123", shown, TODAY)
    assert html.count("&lt;iframe") == len(embed.FIGURES)
    assert "/data/passive_ressourceforloeb.csv?periode=2017M06&amp;kommune=0316" in html
    assert "data=abc123" in html
    fixed = (
        "/henvisning?slags=saetning&amp;indikator=passive_ressourceforloeb&amp;kommune=0316"
        "&amp;periode=2017M06&amp;data=abc123"
    )
    # As a link, and in the citation that is copied with its source.
    assert html.count(fixed) == 3
    assert "Kopiér med kilde</button>" in html


class Changed:
    """The façade as it answers after a change: one published table and one made-up series."""

    def __init__(self, atlas: Atlas, rows: list[dict[str, object]] | None) -> None:
        self.indicators, self.sources, self.version = atlas.indicators, atlas.sources, "ny"
        self.rows = rows

    def changes(self, since: str) -> pl.DataFrame | None:
        assert since == "gammel"
        return None if self.rows is None else pl.DataFrame(self.rows)


def row(**more: object) -> dict[str, object]:
    found = {
        "indicator_id": "passive_ressourceforloeb",
        "source_id": "beu-spm-554-berigtigelse",
        "kind": "published",
        "periods": ["2017M06"],
        "added": 0,
        "changed": 2,
        "withdrawn": 1,
    }
    return found | more


def test_what_changed_is_told_by_indicator_and_made_up_ones_are_marked(atlas: Atlas) -> None:
    made_up = row(
        source_id="syntetisk-register",
        kind="synthetic",
        periods=["2016M01", "2016M02"],
        added=4000,
        changed=0,
        withdrawn=0,
    )
    told = share.told(Changed(atlas, [row(), made_up]), "gammel")  # type: ignore[arg-type]
    assert "Data er ændret, siden linket blev lavet." in told
    assert "tal 2 ændrede og 1 trukket tilbage i juni 2017" in told
    assert "<li>SYNTETISKE TAL: " in told
    assert "tal 4.000 nye i 2 perioder fra januar 2016 til februar 2016" in told


def test_an_unknown_version_and_one_without_other_numbers_are_told_apart(atlas: Atlas) -> None:
    assert "kendes ikke her" in share.told(Changed(atlas, None), "gammel")  # type: ignore[arg-type]
    nothing = Changed(atlas, [row()])
    nothing.rows = []
    assert "Ingen tal" in share.told(nothing, "gammel")  # type: ignore[arg-type]


@pytest.fixture
def served(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Atlas:
    monkeypatch.setattr(data, "atlas", lambda: atlas)
    return atlas


def page(**address: str) -> AppTest:
    test = AppTest.from_string(SCRIPT)
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def notice(test: AppTest) -> bool:
    return bool(test.button)


def test_a_link_of_this_version_says_nothing(served: Atlas) -> None:
    assert not notice(page(data=served.version, kommune="0316"))
    assert not notice(page(kommune="0316"))


def test_a_link_of_another_version_says_so_until_it_is_dismissed(served: Atlas) -> None:
    test = page(data="gammel", kommune="0316")
    assert notice(test)
    test.run()
    assert notice(test), "the same view still says so"
    test.button[0].click().run()
    assert not notice(test)
    assert "data" not in test.query_params
    assert test.query_params["kommune"] == "0316"


def test_another_view_has_a_link_of_its_own(served: Atlas) -> None:
    test = page(data="gammel", kommune="0316")
    test.query_params["kommune"] = "0330"
    test.run()
    assert not notice(test)
    assert "data" not in test.query_params


def test_another_link_opened_in_the_same_window_is_told_of_too(served: Atlas) -> None:
    test = page(data="gammel", kommune="0316")
    test.query_params["kommune"], test.query_params["data"] = "0330", "aeldre"
    test.run()
    assert notice(test)
    assert test.query_params["data"] == "aeldre"
