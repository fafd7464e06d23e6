"""The page behind a permanent address, and its references by address."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from starlette.applications import Starlette

from pages.frame import data
from pages.samraad import citation_routes, henvisning, today
from pages.samraad.content import KINDS, look_up, made
from pages.samraad.model import Cell, Column, Table
from queries import Atlas
from tests.pages.conftest import ServeFile
from tests.pages.frame.asgi import ask
from tests.pages.running import run, text

PAGE = "samraad.henvisning"
HOLBAEK = {"indikator": "passive_ressourceforloeb", "periode": "2017M06", "kommune": "0316"}
APP = Starlette(routes=citation_routes.CITATION_ROUTES)


@pytest.fixture(autouse=True)
def served(warehouse_file: Path, serve_file: ServeFile) -> Atlas:
    return serve_file(warehouse_file)


def html(**address: str) -> str:
    test = run(PAGE, **address)
    return " ".join(str(getattr(e.proto, "body", "")) for e in test.main if hasattr(e, "proto"))


def test_it_shows_the_number_its_source_version_and_standing(served: Atlas) -> None:
    page = text(run(PAGE, slags="saetning", data=served.version, **HOLBAEK))
    for part in (
        "Passive i ressourceforløb, Holbæk, juni 2017",
        "Nyeste tal. Tallene er de nyeste",
        "Holbæk: 117 af ca. 225 borgere, 52 pct.",
        "223–227",
        "BEU alm. del, berigtigelse af svar på spm. 554",
        f"{served.version} fra ",
        "Kopiér med kilde",
        "Færre end 3 borgere vises ikke",
    ):
        assert part in page, part


def test_a_drawing_has_its_words_and_the_table_stands_beside(served: Atlas) -> None:
    found = html(slags="kort", data=served.version, **HOLBAEK)
    (drawing,) = re.findall(r"<img [^>]*>", found)
    assert f"data={served.version}" in drawing
    assert 'alt="Passive i ressourceforløb, juni 2017. Hele landet: 48 kommuner' in drawing
    assert '<td class="tal skjult">skjult</td>' in found
    assert '<td class="tal udeladt">udeladt</td>' in found
    assert re.search(r'<tr class="valgt" aria-current="true"><th scope="row">Holbæk</th>', found)


def test_made_up_numbers_are_labelled_and_not_cited(served: Atlas) -> None:
    page = html(slags="tabel", indikator="gruppe_2_over_9_maaneder", data=served.version)
    assert page.count("SYNTETISKE TAL") > 3
    assert "må ikke citeres" in page
    assert "Kopiér med kilde" not in page
    assert "BibTeX" not in page


def test_a_version_that_is_not_kept_says_so(served: Atlas) -> None:
    page = text(run(PAGE, slags="saetning", data="f" * 12, **HOLBAEK))
    assert "Ukendt dataversion. Dataversion ffffffffffff er ikke gemt her" in page
    assert f"Vis det i de nyeste data ({served.version})" in page


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({}, "En fast adresse viser et kort"),
        ({"slags": "lagkage"}, "Henvisningen kan ikke vises. Ukendt slags: 'lagkage'"),
        ({"slags": "kort", "indikator": "<b>x</b>"}, "Ukendt indikator"),
        ({"slags": "kort", "data": "nej"}, "Ukendt dataversion"),
    ],
)
def test_what_cannot_be_shown_is_told(address: dict[str, str], told: str) -> None:
    test = run(PAGE, **address)
    said = text(test) + " ".join(warning.value for warning in test.warning)
    assert told in said


def test_an_address_cannot_bring_markup(served: Atlas) -> None:
    found = html(slags="kort", data=served.version, **{**HOLBAEK, "farve": "<script>x</script>"})
    assert "<script" not in found


def test_cells_are_written_as_text_with_their_mark() -> None:
    table = Table(
        (Column("Kommune"), Column("Antal", "personer")),
        ((Cell("<Ærø>"), Cell("ikke opgjort", None, "not_collected")),),
    )
    assert henvisning.html_table(table, "Tal & sådan").endswith(
        '<caption>Tal &amp; sådan</caption><thead><tr><th scope="col">Kommune</th>'
        '<th scope="col">Antal <small>personer</small></th></tr></thead><tbody><tr>'
        '<th scope="row">&lt;Ærø&gt;</th><td class="tal ikke-opgjort">ikke opgjort</td></tr>'
        "</tbody></table></div>"
    )


def test_every_item_leads_to_its_page(served: Atlas) -> None:
    there = today.page(served, made("kort", {**HOLBAEK, "kort": "fliser"}, served.version))
    assert there == "/passive?periode=2017M06&kommune=0316&kort=fliser"
    profile = made("profil", {"kommune": "0316"}, served.version)
    assert today.page(served, profile) == "/kommune?kommune=0316"
    hours = made("saetning", {"indikator": "ordinaere_timer"}, served.version)
    assert dict(parse_qsl(str(today.page(served, hours)).partition("?")[2])) == {"maal": "timer"}
    for name, kind in KINDS.items():
        if not kind.needed:
            assert today.page(served, made(name, {}, served.version)) == f"/{kind.page}"


@pytest.mark.parametrize("ending", ["bib", "ris"])
def test_references_are_had_by_address(served: Atlas, ending: str) -> None:
    address = look_up(served, made("saetning", HOLBAEK, served.version)).address
    answer = ask(APP, f"/data/henvisning.{ending}?{address.partition('?')[2]}")
    assert answer.status == 200
    said = answer.body.decode()
    assert "Beskæftigelsesministeren" in said
    assert served.version in said
    assert f".{ending}" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("slags=saetning&indikator=gruppe_2_over_9_maaneder", "De må ikke citeres"),
        ("slags=lagkage", "Ukendt slags"),
        ("", "Ukendt slags"),
    ],
)
def test_a_wrong_reference_is_told(query: str, told: str) -> None:
    answer = ask(APP, f"/data/henvisning.bib?{query}")
    assert answer.status == 400
    assert told in answer.body.decode()


def test_no_warehouse_is_no_fault_of_the_asker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = Atlas(tmp_path / "none.duckdb")
    monkeypatch.setattr(citation_routes, "atlas", lambda: nothing)
    assert ask(APP, "/data/henvisning.bib?slags=kilder").status == 503
    assert data.atlas() is not nothing
