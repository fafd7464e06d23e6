"""No made-up number without its label: on any page, chart, map, table, link or file.

In the warehouse used here every made-up count has six digits and more, and no published number
has. So a made-up number is found wherever it turns up, without asking the page what it meant to
show.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.text_format import (  # type: ignore[import-untyped]  # has no stubs
    MessageToString,
)
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from pages.exports.charts import CHARTS
from pages.flere_skal_med import gruppe_2, virksomhedspraktik
from pages.frame import data_routes, routes
from pages.indicator.spec import IndicatorPage
from pages.language import danish
from pages.ressourceforloeb import passive
from queries import Atlas
from tests.pages.conftest import ServeFile
from tests.pages.frame.asgi import ask
from tests.pages.running import components, run

ROOT = Path(__file__).parents[2]
PAGES: dict[str, IndicatorPage] = {
    "ressourceforloeb.passive": passive.PAGE,
    "flere_skal_med.gruppe_2": gruppe_2.PAGE,
    "flere_skal_med.virksomhedspraktik": virksomhedspraktik.PAGE,
}
OTHERS = (
    "metode.kilder",
    "metode.fortrolighed",
    "metode.om",
    "metode.tilgaengelighed",
    "initiativer.initiativer",
    "samraad.henvisning",
)
MIXED = ("oversigt.overblik",)
"""Pages that show published numbers and made-up ones at once, each of the latter in a figure."""

COMPARING = ("sammenligning.sammenlign", "sammenligning.kommune")
"""Walked in tests/pages/sammenligning/test_labels.py: made-up numbers in blocks of their own."""

OWN = ("tabeltjek.tabeltjek", "indlaes.indlaes", "samraad.samraad", "samraad.paastandstjek")
"""Show a reader's table, a data owner's file or a folder: see tests/pages/ of the same names."""

UNFOLDED = [
    ("initiativer.initiativer", {"initiativ": "bedre_ressourceforloeb", "udvikling": "vis"}),
    *(
        ("samraad.henvisning", {"slags": kind, "indikator": "passive_ressourceforloeb", **more})
        for kind in ("kort", "soejler", "tabel", "tragt", "saetning", "serie", "serietabel")
        for more in (
            [{}, {"kommune": "0316"}]
            if kind.startswith("serie")
            else [{"periode": "2018M11"}, {"periode": "2018M11", "kommune": "0316"}]
        )
    ),
    ("samraad.henvisning", {"slags": "profil", "kommune": "0316"}),
    ("samraad.henvisning", {"slags": "sammenligning", "sammenlign": "0316,0101"}),
]
"""Pages of published numbers, with the parts unfolded that hold made-up ones, and what a permanent
address shows."""

MADE_UP_MONTH = "2018M11"
LABELS = ("SYNTETISKE TAL", "(syntetisk)", "Syntetiske tal")
# A number as Danish text or as a program writes it; digits inside a word are a hash, and so may
# twelve of them alone be.
NUMBER = re.compile(r"(?<![\w.,#])\d{1,3}(?:\.\d{3})+(?!\w)|(?<![\w.,#])\d{6,11}(?![\w.])")
SMALLEST = 100_000
NO_COUNTS = ('"dx":2629746000', "1:500.000")
"""The length of a month on an axis, and the scale of a map."""


def made_up_numbers(text: str) -> list[str]:
    """The numbers in a text that only a synthetic source can have given."""
    for known in NO_COUNTS:
        text = text.replace(known, "")
    found = NUMBER.findall(text)
    return [number for number in found if int(number.replace(".", "")) >= SMALLEST]


def elements(test: AppTest) -> Iterator[tuple[str, str]]:
    """Every element of a page: its kind, and all that is sent to the browser for it."""
    for element in test.main:
        proto = getattr(element, "proto", None)
        if proto is not None:
            sent = MessageToString(proto, as_utf8=True).replace("\N{NO-BREAK SPACE}", " ")
            yield element.type, sent.replace('\\"', '"')


@pytest.fixture
def marked(marked_file: Path, serve_file: ServeFile) -> Atlas:
    return serve_file(marked_file)


def views() -> list[tuple[str, dict[str, str]]]:
    """Every indicator page: its own month and a made-up one, each level, all parts unfolded."""
    return [
        (
            module,
            {
                "maal": measure.name,
                "niveau": level,
                "udvikling": "vis",
                "side_om_side": "vis",
                "usikkerhed": "vis",
                "potentiale": "vis",
                "tid": "vis",
                "vejen": "vis",
                "tilbud": "vis",
                "kommune": "0316",
            }
            | ({"periode": period} if period else {}),
        )
        for module, page in PAGES.items()
        for measure in page.measures
        for level, period in product(page.levels, ("", MADE_UP_MONTH))
        if period or page is not passive.PAGE or level not in ("region", "landsdel")  # no numbers
    ]


def test_another_benefit_is_labelled_though_its_month_has_published_numbers_for_one(
    marked: Atlas,
) -> None:
    module = "ressourceforloeb.passive"
    address = {"maal": "kontanthjaelp", "kommune": "0316", "udvikling": "vis", "usikkerhed": "vis"}
    test_no_page_shows_a_made_up_number_without_its_label(marked, module, address)
    page = run(module, **address)
    assert page.title[0].value == "Passive på kontanthjælp"
    assert components(page)["area_map"]["b"] == "SYNTETISKE TAL"
    (notice,) = [t for _, t in elements(page) if 'class="syntetisk"' in t]
    assert "ikke fundet offentliggjorte tal for kommunerne for denne ydelse" in notice
    assert "Se de offentliggjorte" not in notice


def test_every_page_is_walked() -> None:
    with_show = {
        ".".join(path.relative_to(ROOT / "pages").with_suffix("").parts)
        for path in (ROOT / "pages").glob("*/*.py")
        if "\ndef show(" in path.read_text("utf-8")
    }
    assert with_show == {*PAGES, *OTHERS, *MIXED, *COMPARING, *OWN}


def test_the_marks_are_found() -> None:
    text = "28.012 borgere, 1.234.567 af 2.000.000, 300009 og a1234567b, 2.790"
    assert made_up_numbers(text) == ["1.234.567", "2.000.000", "300009"]


@pytest.mark.parametrize(("module", "address"), [*views(), *UNFOLDED])
def test_no_page_shows_a_made_up_number_without_its_label(
    marked: Atlas, module: str, address: dict[str, str]
) -> None:
    test = run(module, **address)
    assert any(made_up_numbers(sent) for _, sent in elements(test)), (
        "the page was to show made-up numbers"
    )
    unlabelled = {
        kind: made_up_numbers(sent)
        for kind, sent in elements(test)
        if made_up_numbers(sent) and not any(label in sent for label in LABELS)
    }
    assert unlabelled == {}
    for chart in test.get("plotly_chart"):
        drawn = json.loads(chart.proto.spec)
        dashed = any(trace.get("line", {}).get("dash") == "dash" for trace in drawn["data"])
        if dashed or made_up_numbers(chart.proto.spec):
            notes = [note["text"] for note in drawn["layout"]["annotations"]]
            assert "<b>SYNTETISKE TAL</b>" in notes


@pytest.mark.parametrize(("module", "address"), views())
def test_a_made_up_view_says_so_above_its_figures_and_in_every_link(
    marked: Atlas, module: str, address: dict[str, str]
) -> None:
    test = run(module, **address)
    page = next(page for name, page in PAGES.items() if name == module)
    if page is passive.PAGE and "periode" not in address:
        # Published numbers: made-up ones stand in the unfolded parts only.
        assert components(test)["area_map"]["b"] is None
        return
    sent = list(elements(test))
    kinds = [kind for kind, _ in sent]
    notice = next(n for n, (_, text) in enumerate(sent) if 'class="syntetisk"' in text)
    assert notice < kinds.index("plotly_chart")
    told = components(test)
    assert told["area_map"]["b"] == "SYNTETISKE TAL"
    assert told["area_map"]["t"].endswith("(syntetisk)")
    assert told["area_table"]["t"].endswith("(syntetisk)")
    assert test.caption[0].value.startswith("SYNTETISKE TAL: opdigtede, kun til afprøvning. ")
    (period,) = [box for box in test.selectbox if box.label == "Periode"]
    chosen = dict(zip(period.proto.options, period.options, strict=True))
    assert any(str(label).endswith("(syntetisk)") for label in chosen.values())
    links = re.findall(
        r"<a href=\"(/data/[^\"]+)\" download>([^<]+)</a>", " ".join(t for _, t in sent)
    )
    drawn = address["niveau"] in ("kommune", "jobcenter")
    assert len(links) >= (8 if drawn else 6)  # regions have no map of their own
    assert [label for _, label in links if not label.endswith("(syntetisk)")] == []


@pytest.mark.parametrize("module", MIXED)
def test_a_mixed_page_keeps_made_up_numbers_in_labelled_figures(marked: Atlas, module: str) -> None:
    sent = " ".join(text for _, text in elements(run(module)))
    figures = re.findall(r"<figure.*?</figure>", sent, flags=re.DOTALL)
    made_up = [one for one in figures if made_up_numbers(one)]
    assert len(made_up) == 2
    for one in made_up:
        assert ">SYNTETISKE TAL</b>" in one
        assert "<figcaption>SYNTETISKE TAL: " in one
    assert made_up_numbers(re.sub(r"<figure.*?</figure>", "", sent, flags=re.DOTALL)) == []
    found = " ".join(text for _, text in elements(run(module, soeg="gruppe 2 aarhus")))
    answers = [one for one in found.split("<li>") if made_up_numbers(re.sub("<figure.*", "", one))]
    assert answers
    assert [one for one in answers if "SYNTETISKE TAL: " not in one] == []


@pytest.mark.parametrize("module", OTHERS)
def test_other_pages_show_none(marked: Atlas, module: str) -> None:
    test = run(module)
    cells = danish.number(marked.built().observations)  # how many there are, of each version
    assert [
        (kind, found)
        for kind, sent in elements(test)
        if (found := made_up_numbers(sent.replace(cells, "")))
    ] == []


@pytest.mark.parametrize("module", PAGES)
def test_published_numbers_carry_no_such_label(
    published_file: Path, serve_file: ServeFile, module: str
) -> None:
    """Without the synthetic register the same pages stand, with what is published."""
    serve_file(published_file)
    test = run(module)
    sent = " ".join(text for _, text in elements(test))
    assert "SYNTETISK" not in sent
    assert made_up_numbers(sent) == []
    assert [box for box in test.selectbox if box.label == "Periode"] == []


@pytest.fixture
def app(marked: Atlas, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    for module in (routes, data_routes):
        monkeypatch.setattr(module, "atlas", lambda: marked)
    return Starlette(routes=routes.ROUTES)


def files(atlas: Atlas) -> Iterator[str]:
    """The address of every table and series, with the choices that change what stands in it."""
    for indicator in atlas.indicators.values():
        name = indicator.indicator_id
        choices = ["", f"periode={MADE_UP_MONTH}", "kilde=syntetisk", "niveau=jobcenter"]
        choices += [
            f"periode={MADE_UP_MONTH}&opdeling={part}"
            for part in indicator.breakdowns
            if part not in indicator.limited
        ]
        for choice, kind in product(choices, ("csv", "json", "xlsx", "svg")):
            yield f"/data/{name}.{kind}?{choice}"
        yield f"/data/{name}.csv?periode={MADE_UP_MONTH}&niveau=land"
        for part in indicator.limited:
            yield f"/data/{name}.csv?periode={MADE_UP_MONTH}&niveau=region&opdeling={part}"
        series = ["", "kommune=0316", "niveau=region", "kilde=syntetisk"]
        series += [f"opdeling={part}" for part in indicator.breakdowns]
        for choice, kind in product(series, ("csv", "json", "xlsx")):
            yield f"/data/{name}_serie.{kind}?{choice}"
        yield f"/data/{name}_serie.svg?kommune=0316"
        for figure, chart in CHARTS.items():
            if chart.offered(indicator) and not chart.over_time:
                yield f"/data/{name}_{figure}.svg?periode={MADE_UP_MONTH}&kommune=0316"
    for kind in ("csv", "json", "xlsx"):
        yield f"/data/sammenlign.{kind}?sammenlign=0316,0330"
        yield f"/data/kommune.{kind}?kommune=0316"


def test_no_file_holds_a_made_up_number_without_its_label(app: Starlette, marked: Atlas) -> None:
    seen = 0
    for address in files(marked):
        answer = ask(app, address)
        assert answer.status == 200, (address, answer.body)
        kind = address.partition("?")[0].rpartition(".")[2]
        name = answer.headers["content-disposition"]
        unlabelled, found = READERS[kind](answer.body)
        seen += found
        assert unlabelled == [], address
        if found:
            assert f"_SYNTETISK.{kind}" in name, address
    assert seen > 10_000


def test_the_picture_is_the_labelled_drawing(app: Starlette) -> None:
    answer = ask(app, f"/data/passive_ressourceforloeb.png?periode={MADE_UP_MONTH}")
    assert (answer.status, answer.body[:4]) == (200, b"\x89PNG")
    assert "_SYNTETISK.png" in answer.headers["content-disposition"]


def _rows(rows: list[dict[str, Any]], labels: set[object]) -> tuple[list[Any], int]:
    """The rows with a made-up number that do not say so, and how many rows had one."""
    marked = [row for row in rows if any(made_up_numbers(str(value)) for value in row.values())]
    return [row for row in marked if row.get("syntetisk") not in labels], len(marked)


def _csv(body: bytes) -> tuple[list[Any], int]:
    head, *lines = [line.split(";") for line in body.decode("utf-8-sig").splitlines()]
    return _rows([dict(zip(head, line, strict=False)) for line in lines], {"ja"})


def _json(body: bytes) -> tuple[list[Any], int]:
    data = json.loads(body)
    unlabelled, found = _rows(data["raekker"], {"ja"})
    if found and not (data["syntetisk"] is True and data["titel"].startswith("SYNTETISKE TAL")):
        unlabelled.append(data["titel"])
    return unlabelled, found


def _xlsx(body: bytes) -> tuple[list[Any], int]:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
        names = book.read("xl/workbook.xml").decode()
    unlabelled, found = [], 0
    for row in re.findall(r"<row .*?</row>", sheet):
        numbers = re.findall(r'<c r="\w+"(?: s="\d+")?><v>(\d{6,})</v>', row)
        if numbers:
            found += 1
            words = [texts[int(n)] for n in re.findall(r't="s"><v>(\d+)</v>', row)]
            unlabelled += [] if words[-1] == "ja" else [numbers]
    if found and not ('name="Syntetiske tal"' in names and "SYNTETISKE TAL" in " ".join(texts)):
        unlabelled.append(["names"])
    return unlabelled, found


def _svg(body: bytes) -> tuple[list[Any], int]:
    text = re.sub("</?tspan[^>]*>", "", body.decode().replace("\N{NO-BREAK SPACE}", " "))
    titles = re.findall(r"<title>([^<]*)</title>", text)
    found = sum(bool(made_up_numbers(title)) for title in titles)
    badge = 'class="badge">SYNTETISKE TAL</text>' in text and "(syntetisk)" in text
    return ([] if badge or not found else ["no badge"]), found


READERS = {"csv": _csv, "json": _json, "xlsx": _xlsx, "svg": _svg}
