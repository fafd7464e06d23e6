"""Both pages run by Streamlit's own test runner: addresses, refusals, and what is written back."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from queries import Atlas
from tests.pages.conftest import ServeFile
from tests.pages.running import run, text

COMPARE, PROFILE = "sammenligning.sammenlign", "sammenligning.kommune"


@pytest.fixture(autouse=True)
def _serve_the_warehouse(warehouse_file: Path, serve_file: ServeFile) -> None:
    serve_file(warehouse_file)


def bodies(test: AppTest) -> str:
    parts = [str(getattr(e, "value", "") or getattr(e.proto, "body", "")) for e in test.main]
    return unescape(" ".join(parts)).replace("\N{NO-BREAK SPACE}", " ")


def widget(found: Any, label: str) -> Any:
    (one,) = [w for w in found if w.label.startswith(label)]
    return one


def test_an_empty_comparison_explains_and_gives_examples() -> None:
    page = bodies(run(COMPARE))
    assert "Vælg op til ti kommuner ovenfor" in page
    assert 'href="/sammenlign?sammenlign=0316,0330,0370,0259"' in page


def test_the_issues_sentence_about_holbaek() -> None:
    page = text(run(COMPARE, sammenlign="0316,0330"))
    assert "69–72 borgere færre ville bringe Holbæk på landsgennemsnittet (21 pct.)" in page
    assert "Slagelse kan ikke skelnes fra landsgennemsnittet (21 pct.)" in page


def test_the_total_is_recomputed_and_said_to_be_of_the_shown(atlas: Atlas) -> None:
    page = bodies(run(COMPARE, sammenlign="0316,0330,0563"))
    cells = atlas.cells("passive_ressourceforloeb", "2017M06")
    shown = [cells.filter(area_id=code).row(0, named=True) for code in ("0316", "0330")]
    low, high = (sum(c[f"denominator_{end}"] for c in shown) for end in ("low", "high"))
    count = sum(c["numerator"] for c in shown)
    row = re.sub(r"<[^>]+>", "|", page.partition("ialt-raekke")[2].partition("</tr>")[0])
    assert "I alt for de 2 viste" in row
    assert f"|{count}|" in row
    assert f"|{low}–{high}|" in row
    share_low, share_high = round(100 * count / high), round(100 * count / low)
    assert f"|{share_low if share_low == share_high else f'{share_low}–{share_high}'} pct.|" in row
    assert "Fanø har intet vist antal og er ikke med i summen" in page


def test_a_regions_missing_number_is_explained() -> None:
    page = text(run(COMPARE, sammenlign="0316,0330"))
    assert "Kilden har ikke tal for regioner i denne måned" in page
    assert "Kilden har ikke tal" not in text(
        run(COMPARE, sammenlign="0316,0330", maal="virksomhedspraktik")
    )


def test_published_and_synthetic_are_two_figures() -> None:
    page = bodies(run(COMPARE, sammenlign="0316,0330"))
    profile = page.partition("<h2>Profil</h2>")[2].partition("Hver prik")[0]
    real, _, made_up = profile.partition('<div class="syntetisk"')
    assert real.count("<section>") == 1
    assert "SYNTETISK" not in real
    assert '<strong class="maerke">SYNTETISKE TAL</strong>' in made_up


def test_wrong_addresses_are_told_in_danish() -> None:
    warnings = [w.value for w in run(COMPARE, sammenlign="9999", fagfaeller="venner").warning]
    assert "kommunekoden »9999« findes ikke" in warnings[0]
    assert "De sammenlignelige i adressen kunne ikke læses" in warnings[1]
    test = run(PROFILE, kommune="9999")
    assert "kommunekoden »9999« findes ikke" in test.warning[0].value
    assert bodies(test).count("/kommune?kommune=") == 98


def test_choosing_writes_the_address_and_an_eleventh_is_refused(atlas: Atlas) -> None:
    test = run(COMPARE, sammenlign="0316")
    codes = atlas.areas().filter(level="kommune")["area_id"].to_list()[:11]
    widget(test.multiselect, "Kommuner").set_value(codes[:2]).run()
    assert test.query_params["sammenlign"] == ",".join(codes[:2])
    widget(test.multiselect, "Kommuner").set_value(codes).run()
    assert "Hvidovre er ikke med" in test.warning[0].value
    assert widget(test.multiselect, "Kommuner").value == codes[:10]


def test_peers_are_weighed_filled_in_and_kept_in_the_address() -> None:
    test = run(COMPARE, sammenlign="0316", fagfaelle_valg="vis")
    widget(test.selectbox, "Regel").set_value("naermeste").run()
    rule = "naermeste:ressourceforloeb_people=1,ressourceforloeb_people_per_km2=1"
    assert test.query_params["fagfaeller"] == rule
    widget(test.number_input, "Vægt: Beliggenhed").set_value(3).run()
    assert test.query_params["fagfaeller"] == rule + ",centroid_lat=3,centroid_lon=3"
    assert "Beliggenhed vægt 3" in text(test)
    test.button[0].click().run()
    codes = test.query_params["sammenlign"].split(",")
    assert codes[0] == "0316"
    assert len(set(codes)) == 10


def test_an_own_group_is_kept_in_the_address() -> None:
    test = run(COMPARE, sammenlign="0316", fagfaelle_valg="vis", fagfaeller="egen:0330")
    widget(test.multiselect, "Kommuner i gruppen").set_value(["0330", "0101"]).run()
    assert test.query_params["fagfaeller"] == "egen:0330,0101"


def test_jobcentres_are_compared_as_areas() -> None:
    page = text(run(COMPARE, sammenlign="0185,0155,0316", niveau="jobcenter"))
    assert "Jobcenter Holbæk" in page
    assert page.count("Jobcenter Tårnby/Dragør") >= 1


def test_small_multiples_wait_beside_published_numbers() -> None:
    assert 'class="smaa"' not in bodies(run(COMPARE, sammenlign="0316"))
    page = bodies(run(COMPARE, sammenlign="0316", udvikling="vis"))
    assert '<strong class="maerke">SYNTETISKE TAL</strong><div class="gitter">' in page
    assert "Hændelser med nummer i figurerne" in page
    assert 'class="smaa"' in bodies(run(COMPARE, sammenlign="0316", maal="ordinaere_timer"))


def test_a_profile_leads_on() -> None:
    page = bodies(run(PROFILE, kommune="0316"))
    for address in (
        "/passive?kommune=0316",
        "/gruppe-2?niveau=kommune&kommune=0316",
        "/virksomhedspraktik?maal=timer&kommune=0316",
        "/sammenlign?sammenlign=0316,",
    ):
        assert f'href="{address}' in page, address
    assert 'href="/kommune"' in page


@pytest.mark.parametrize("module", [COMPARE, PROFILE])
def test_without_the_register_only_published_numbers_stand(
    published_file: Path, serve_file: ServeFile, module: str
) -> None:
    serve_file(published_file)
    page = bodies(run(module, sammenlign="0316,0330", kommune="0316", udvikling="vis"))
    assert "52 pct." in page
    assert "SYNTETISK" not in page.upper()


@pytest.mark.parametrize("module", [COMPARE, PROFILE])
def test_made_up_numbers_can_be_left_out(module: str) -> None:
    address = {"sammenlign": "0316,0330", "kommune": "0316", "udvikling": "vis"}
    test = run(module, tal="offentliggjorte", **address)
    page = bodies(test)
    assert "52 pct." in page
    assert "SYNTETISK" not in page.upper()
    assert "kilde=offentliggjort" in page
    assert widget(test.selectbox, "Tal").value == "offentliggjorte"
    widget(test.selectbox, "Tal").set_value("alle").run()
    assert "tal" not in test.query_params
    assert "SYNTETISKE TAL" in bodies(test)


def test_the_room_of_made_up_numbers_shows_the_place_among_all() -> None:
    page = bodies(run(PROFILE, kommune="0316", tal="offentliggjorte", fagfaeller="landsdel"))
    figure = page.partition('<div class="profil"')[2]
    assert "<span>Holbæk</span><b>52 pct.</b>" in figure
    assert "I alt" not in figure.partition("</section>")[0]
    assert 'class="profil"' not in bodies(run(PROFILE, kommune="0316"))


def test_a_measure_without_published_numbers_is_told() -> None:
    test = run(COMPARE, sammenlign="0316", tal="offentliggjorte", maal="virksomhedspraktik")
    assert "har ingen offentliggjorte tal" in test.warning[0].value
    assert "52 pct." in bodies(test)
    assert "valget af tal »x« findes ikke" in run(PROFILE, kommune="0316", tal="x").warning[0].value


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("landsdel", "ligner Holbæk efter reglen: Odsherred, "),
        ("stoerrelse:ressourceforloeb_people=1", "de nærmeste først: Holstebro (219–232 borgere)"),
        ("naermeste:ressourceforloeb_people=1,antal=12", "(afstand 0,"),
    ],
)
def test_peers_are_named_before_they_are_added(rule: str, told: str) -> None:
    page = text(run(COMPARE, sammenlign="0316", fagfaelle_valg="vis", fagfaeller=rule))
    assert told in page
    assert "så knappen tilføjer de første 9." in page


def test_a_potential_says_what_its_numbers_of_kommuner_are() -> None:
    page = text(run(COMPARE, sammenlign="0330"))
    assert "(48–53 kommuner)" in page
    assert "Efter de afrundede andele ligger 48 kommuner over landets 21" in page
    assert "kan være 20,5–21,5 pct." in page.replace("\xa0", " ")
    assert "Ingen af de valgte kan skelnes fra landet (95 pct.)" in page
    assert "Ingen af de valgte" not in text(run(COMPARE, sammenlign="0316,0330"))
