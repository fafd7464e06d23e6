"""The indicator pages with the shipped synthetic register: what is default, asked for and said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import filters
from pages.indicator import over_time
from queries import Atlas
from tests.pages.conftest import ServeFile
from tests.pages.running import components, figure, run, text

PASSIVE, GROUP_2 = "ressourceforloeb.passive", "flere_skal_med.gruppe_2"
PRACTICE = "flere_skal_med.virksomhedspraktik"
MADE_UP = "2018M03"


@pytest.fixture(autouse=True)
def _serve_the_warehouse(warehouse_file: Path, serve_file: ServeFile) -> None:
    serve_file(warehouse_file)


def box(test: AppTest, label: str) -> Any:
    (found,) = [box for box in test.selectbox if box.label == label]
    return found


def table(test: AppTest) -> dict[str, Any]:
    return components(test)["area_table"]


def test_published_numbers_are_the_default_and_other_months_are_marked() -> None:
    test = run(PASSIVE)
    period = box(test, "Periode")
    assert period.value == "2017M06"
    assert "juni 2017" in period.options
    assert [label for label in period.options if not label.endswith("(syntetisk)")] == ["juni 2017"]
    assert len(test.get("plotly_chart")) == 1  # the series waits until it is asked for


def test_a_made_up_month_is_told_and_leads_back() -> None:
    test = run(PASSIVE, periode=MADE_UP, kommune="0316", omraade="1085")
    page = text(test)
    assert "Tallene herunder for marts 2018 er opdigtede" in page
    bodies = [getattr(element.proto, "body", "") for element in test.main]
    (notice,) = [body for body in bodies if 'class="syntetisk"' in body]
    assert 'href="/passive?omraade=1085&amp;kommune=0316"' in notice
    assert "Se de offentliggjorte for juni 2017" in page


def test_a_registers_numbers_are_not_described_as_a_printed_table(atlas: Atlas) -> None:
    test = run(PASSIVE, periode=MADE_UP, kommune="0316")
    page = text(test)
    assert "Tallene er opdigtede. Kilde: syntetisk register" in page
    for printed in ("Berigtiget svar", "tabel 1", "række", "er ikke offentliggjort; den er regnet"):
        assert printed not in test.caption[0].value
        assert printed not in page.partition("Hent Tabel")[0]
    assert "I de syntetiske tal er både tæller og nævner talt op." in page
    headings = [label for label, _, _ in table(test)["c"]]
    assert headings == ["Område", "Antal", "Andel", "Nævner"]
    assert "Som i kildens tabel" not in box(test, "Rækkefølge").options
    assert box(test, "Rækkefølge").value == "andel"
    cells = atlas.cells("passive_ressourceforloeb", MADE_UP).filter(area_id="0316")
    ((count, base),) = cells.select("numerator", "denominator_low").rows()
    assert f"{count} af {base} borgere" in page  # exact: no 'ca.'


def test_the_printed_table_keeps_its_order_and_words() -> None:
    test = run(PASSIVE)
    assert box(test, "Rækkefølge").value == "svaret"
    assert table(test)["c"][3][0] == "Nævner (beregnet)"


def test_a_region_has_its_own_number_where_it_is_known(atlas: Atlas) -> None:
    cells = atlas.cells("passive_ressourceforloeb", MADE_UP, "region").filter(area_id="1085")
    ((share, count),) = cells.select("share_pct", "numerator").rows()
    page = text(run(PASSIVE, periode=MADE_UP, omraade="1085"))
    assert f"Region Sjælland som helhed: {share:.0f} pct. ({count} af " in page
    assert "Kilden har ikke tal for regioner" in text(run(PASSIVE, omraade="1085"))


def test_side_by_side_is_asked_for() -> None:
    assert "side om side" not in text(run(PASSIVE)).replace("Offentliggjort og", "")
    test = run(PASSIVE, side_om_side="vis", kommune="0316")
    assert "Af 96 offentliggjorte rækker er " in text(test)
    told = table(test)  # the last table of the page
    assert told["t"] == "Passive i ressourceforløb, juni 2017: offentliggjort og SYNTETISKE TAL"
    columns = [column.split("|") for column in told["r"]]
    row = dict(zip([label for label, _, _ in told["c"]], zip(*columns, strict=True), strict=False))
    assert len(row) == 7
    assert told["s"] == "0316"


def test_there_is_nothing_to_compare_in_other_months() -> None:
    test = run(PASSIVE, side_om_side="vis", periode=MADE_UP)
    assert "Af 96 offentliggjorte rækker" not in text(test)


def test_the_series_is_asked_for_beside_published_numbers_and_folded_by_the_reader() -> None:
    shown = run(PASSIVE, udvikling="vis", kommune="0155")
    assert len(shown.get("plotly_chart")) == 2
    assert "Dragør" in text(shown)
    assert len(run(PASSIVE, periode=MADE_UP).get("plotly_chart")) == 2
    assert len(run(PASSIVE, periode=MADE_UP, udvikling="skjul").get("plotly_chart")) == 1


def test_a_long_series_has_its_table_made_when_it_is_unfolded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "Måned Slags"
    assert name in text(run(PASSIVE, periode=MADE_UP))
    monkeypatch.setattr(over_time, "LONG", 47)
    assert name not in text(run(PASSIVE, periode=MADE_UP))
    assert name in text(run(PASSIVE, periode=MADE_UP, serietabel="vis"))


@pytest.mark.parametrize(
    ("module", "level", "measures"),
    [
        (GROUP_2, "jobcenter", ["Over 9 måneder", "Uden aktivt tilbud", "Skiftet ydelse"]),
        (PRACTICE, "kommune", ["Praktik eller løntilskud", "Ordinære timer", "Helt i job"]),
    ],
)
def test_pages_of_flere_skal_med(module: str, level: str, measures: list[str]) -> None:
    test = run(module)
    assert box(test, "Mål").options == measures
    assert box(test, "Niveau").value == level
    assert box(test, "Periode").value == "2018M12"  # the letter's month
    page = text(test)
    assert page.index("Kilde: Brev af 7. maj 2019") < page.index("Syntetiske tal.")
    assert page.index("Syntetiske tal.") < page.index("SYNTETISKE TAL: I december 2018")


def test_each_measure_has_its_own_sentence(atlas: Atlas) -> None:
    page = text(run(PRACTICE, maal="timer"))
    count = atlas.national("ordinaere_timer", "2018M12")["numerator"]
    assert f"SYNTETISKE TAL: I december 2018 havde {count:,}".replace(",", ".") in page
    assert "af indsatsgruppen" in page
    wrong = run(PRACTICE, maal="loen")
    assert [warning.value for warning in wrong.warning] == [
        "Adressen kunne ikke læses helt: målet »loen« findes ikke, så »Praktik eller løntilskud« "
        "vises."
    ]


def test_the_letters_figure_had_people_in_parentheses(atlas: Atlas) -> None:
    drawn = figure(run(GROUP_2))["data"][0]
    cells = atlas.cells("gruppe_2_over_9_maaneder", "2018M12", "jobcenter")
    people = dict(cells.select("area_id", "denominator_low").rows())
    for name, area_id in zip(drawn["y"], drawn["customdata"], strict=True):
        assert name.endswith(f" ({people[area_id]})")
    assert "I parentes efter navnet" in run(GROUP_2).caption[0].value


def test_every_kommune_can_be_selected_in_every_measure(atlas: Atlas) -> None:
    not_in_project = (
        atlas.cells("virksomhedspraktik", "2018M12").filter(pl.col("status") == "not_collected")
    )["area_id"][0]
    page = text(run(PRACTICE, kommune=not_in_project))
    assert "ikke opgjort. Ingen borgere i nævneren i nogen måned." in page


def test_choosing_a_measure_writes_the_address() -> None:
    test = run(GROUP_2, kommune="0316")
    box(test, "Mål").set_value("uden_tilbud")
    test.run()
    assert (test.query_params["maal"], test.query_params["kommune"]) == ("uden_tilbud", "0316")
    box(test, "Mål").set_value("over_9_maaneder")
    test.run()
    assert "maal" not in test.query_params


def test_without_the_register_the_statements_stand_alone(
    published_file: Path, serve_file: ServeFile
) -> None:
    serve_file(published_file)
    page = text(run(GROUP_2))
    assert "godt 8.000 personer" in page
    assert "figuren er ikke tilgængelig" in page
    assert "Der er ingen syntetiske tal i denne version." in text(run("metode.om"))
    assert len(run(PASSIVE).get("plotly_chart")) == 1


def test_the_methods_list_every_choice_with_every_option() -> None:
    page = text(run("metode.kilder"))
    assert "Hvor mange ugers sammenhængende forløb kræves? 52 (standard); ellers hele tal" in page
    assert "3, 6 og 9 (standard)" in page
    assert "Nej: kun en længere afbrydelse bryder (standard)" in page
    assert "Kun ydelserne i kodelisten" in page
    assert "Alle som standard, se Valg i definitionerne" in page
    assert "SYNTETISKE TAL: opdigtede, kun til afprøvning." in page


def test_about_explains_the_synthetic_register() -> None:
    page = text(run("metode.om"))
    assert "Det syntetiske register Atlasset kan tælle" in page
    assert "ingen syntetiske tal i denne version" not in page


def test_a_page_keeps_its_own_choices_and_shares_the_place() -> None:
    """A made-up month chosen on one page must not turn another to made-up numbers."""

    def script() -> None:
        import streamlit as st

        from pages.frame import filters

        filters.keep_choices(st.session_state["to"], has_filters=st.session_state["to"] != "om")

    test = AppTest.from_function(script)
    visits = [
        ("gruppe-2", {"periode": "2019M01", "kommune": "0316", "niveau": "kommune"}),
        ("om", {}),
        ("passive", {}),
    ]
    for page, address in visits:
        test.query_params.clear()
        for name, value in address.items():
            test.query_params[name] = value
        test.session_state["to"] = page
        test.run()
    assert {name: test.query_params[name] for name in test.query_params} == {"kommune": "0316"}
    test.session_state["to"] = "gruppe-2"
    test.query_params.clear()
    test.run()
    assert test.query_params["periode"] == "2019M01"
    assert set(filters.SHARED) & set(filters.OWN) == set()
