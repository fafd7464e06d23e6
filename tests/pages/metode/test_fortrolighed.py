"""The audit report says what the build found, to the last number, and nothing of what is hidden."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from starlette.applications import Starlette

from pages.frame import data, data_routes, routes
from pages.language import danish, synthetic
from pages.language.disclosure import CRITERIA, KNOWN, LIMITS, UNKNOWN
from pages.metode import fortrolighed
from queries import Atlas
from tests.pages.frame.asgi import ask
from tests.pages.numbers.reading import Html, Seen, flat, seen
from tests.pages.running import run

SOURCE = "beu-spm-554"
NOTE = "De skjulte tal kan indsnævres til 40 løsninger."
KEPT = "Intet skjult tal kan regnes ud eller indsnævres ud over kravet."
COLUMNS = [
    *("source_id", "kind", "indicator_id", "title", "period", "breakdown", "together"),
    *("criterion", "cells", "hidden", "exposed", "fewest", "insiders", "solutions"),
    *("status", "note"),
]


def a_row(**given: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "kind": "synthetic",
        "indicator_id": "passive_ressourceforloeb",
        "title": "Passive i ressourceforløb",
        "period": "2018M11",
        "breakdown": "alle",
        "together": "Passive i ressourceforløb, 2018M11",
        "criterion": "strict",
        "cells": 209,
        "hidden": 31,
        "exposed": 0,
        "fewest": 4,
        "insiders": 2,
        "solutions": None,
        "status": "protected",
        "note": KEPT,
    }
    return {name: (usual | given)[name] for name in COLUMNS}


def rows_of(atlas: Atlas) -> pl.DataFrame:
    sources = atlas.sources().values()
    printed = next(s.source_id for s in sources if s.kind == "published" and s.corrects)
    made_up = next(s.source_id for s in sources if s.is_synthetic)
    gruppe = {"indicator_id": "gruppe_2_over_9_maaneder", "title": "Mere end 9 måneder i gruppe 2"}
    return pl.DataFrame(
        [
            a_row(
                source_id=printed,
                kind="published",
                period="2017M06",
                criterion="rule",
                cells=192,
                hidden=10,
                exposed=6,
                fewest=3,
                insiders=0,
                solutions=40,
                status="as_published",
                note=NOTE,
            ),
            a_row(source_id=made_up),
            a_row(source_id=made_up, period="2018M10", hidden=1204, cells=2090, fewest=17)
            | {"together": "Passive i ressourceforløb, 2018M10"},
            a_row(source_id=made_up, breakdown="tid_over_9", hidden=57, insiders=11, **gruppe),
            a_row(source_id=made_up, hidden=0, fewest=None, insiders=0, note="Intet.", **gruppe),
        ]
    )


class Audited(Atlas):
    """The façade over the shipped warehouse, whose build found what the test says."""

    added = 0

    def protection(self) -> pl.DataFrame:
        return rows_of(self).with_columns(pl.col("hidden") + self.added)


class WrongByOne(Audited):
    added = 1


class PartlyMeasured(Audited):
    """What insiders compute is known where nothing is hidden, and not measured elsewhere."""

    def protection(self) -> pl.DataFrame:
        some = pl.col("hidden") == 0
        return super().protection().with_columns(pl.when(some).then("insiders").alias("insiders"))


class NotAudited(Atlas):
    def protection(self) -> pl.DataFrame:
        return super().protection().clear()


@pytest.fixture
def asked(
    warehouse_file: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Atlas:
    facade: Atlas = getattr(request, "param", Audited)(warehouse_file)
    for module in (data, routes, data_routes):
        monkeypatch.setattr(module, "atlas", lambda: facade)
    fortrolighed._page.cache_clear()
    return facade


def everything(page: Seen) -> str:
    return " | ".join(block.text for block in page.blocks)


def faults(page: Seen, rows: list[dict[str, Any]]) -> list[str]:
    """Compare each table and key number with the rows, added up in plain code."""
    found: list[str] = []

    def same(where: str, said: object, right: object) -> None:
        if said != right:
            found.append(f"{where}: {said!r}, not {right!r}")

    own = [row for row in rows if row["status"] == "protected"]
    printed = [row for row in rows if row["status"] == "as_published"]

    def total(some: list[dict[str, Any]], name: str) -> str:
        return danish.number(sum(row[name] for row in some))

    told = everything(page)
    for part, name, label in (
        (own, "hidden", "tal, atlasset selv skjuler"),
        (own, "exposed", "af dem opfylder ikke kravet"),
        (printed, "hidden", "tal, som andre har skjult"),
        (printed, "exposed", "af dem kan indsnævres"),
    ):
        said = re.search(rf"{re.escape(label)}[^|]*? ([\d.]+)( \||$)", told)
        same(label, said and said[1], total(part, name))
    tables = {table.caption: table for table in page.tables}
    leaking = tables["Offentliggjorte tal, og hvor mange måder alle de skjulte tal kan udfyldes på"]
    for line, row in zip(leaking.rows, printed, strict=True):
        counts = [row[name] for name in ("hidden", "exposed", "solutions", "fewest")]
        same("document", line[3:], [*map(str, counts), row["note"]])
    summary = tables["Alle måneder og opdelinger under ét"]
    for line in summary.rows:
        mine = [row for row in own if row["title"] == line[0]]
        fewest = min(row["fewest"] for row in mine if row["fewest"] is not None)
        right = [
            *("syntetisk", str(len({row["period"] for row in mine}))),
            *(total(mine, name) for name in ("cells", "hidden", "exposed")),
            *(str(fewest), str(max(row["insiders"] for row in mine)), "streng"),
        ]
        same(line[0], line[1:], right)
    same("indicators", {line[0] for line in summary.rows}, {row["title"] for row in own})
    (months,) = [table for name, table in tables.items() if name.endswith("måned for måned")]
    mine = [row for row in rows if months.caption.startswith(row["title"])]
    for line, row in zip(months.rows, mine, strict=True):
        made_up = row["kind"] == "synthetic"
        right = [
            synthetic.period(row["period"], made_up=made_up),
            *(danish.number(row[name]) for name in ("cells", "hidden", "exposed")),
            *("–" if row["fewest"] is None else str(row["fewest"]), str(row["insiders"])),
        ]
        same("month", [line[0], *line[2:7]], right)
    return found


def page_of(**address: str) -> Seen:
    return seen(run("metode.fortrolighed", **address))


@pytest.mark.parametrize("indicator", ["passive_ressourceforloeb", "gruppe_2_over_9_maaneder"])
def test_every_number_is_the_build_s(asked: Atlas, indicator: str) -> None:
    rows = asked.protection().to_dicts()
    assert faults(page_of(indikator=indicator), rows) == []


@pytest.mark.parametrize("asked", [WrongByOne], indirect=True)
def test_a_number_wrong_by_one_is_noticed(asked: Atlas) -> None:
    right = rows_of(asked).to_dicts()
    assert len(faults(page_of(), right)) >= 5


@pytest.mark.parametrize("asked", [PartlyMeasured], indirect=True)
def test_one_month_not_measured_leaves_the_whole_unknown(asked: Atlas) -> None:
    (summary,) = [t for t in page_of().tables if t.caption == "Alle måneder og opdelinger under ét"]
    assert [line[-2] for line in summary.rows] == ["ikke målt"] * len(summary.rows)


def test_no_other_number_stands_on_the_page(asked: Atlas) -> None:
    """Texts hold the thresholds of the rules and what the rows say; nothing else."""
    known = {str(n) for n in range(4)} | {"554", "2017", "2018", "40", "9"}
    for block in page_of().blocks:
        if block.heading in ("Fortrolighed", "") or "tal, " in block.text:
            continue  # the key numbers, compared one by one
        loose = set(re.findall(r"\d[\d.]*\d|\d", block.text)) - known
        assert loose == set(), block


def test_it_says_what_the_attacker_knew_and_what_cannot_be_said(asked: Atlas) -> None:
    told = everything(page_of())
    assert all(flat(text) in told for text in (*KNOWN, *UNKNOWN, *LIMITS))
    assert all(criterion.title in told for criterion in CRITERIA.values())
    assert "I dokumenter, som andre har offentliggjort, kan skjulte tal indsnævres." in told
    assert "Streng (anbefalet) Hvert skjult tal skal stadig kunne være alt fra 0 til 3." in told
    assert "Hvor nul vises: fra 1 til 3." in told


def test_made_up_series_are_labelled(asked: Atlas) -> None:
    page = page_of()
    assert everything(page).count(synthetic.BADGE) == 3
    (months,) = [t for t in page.tables if t.caption.endswith("måned for måned")]
    assert [("(syntetisk)" in row[0]) for row in months.rows] == [False, True, True]


@pytest.mark.parametrize("asked", [NotAudited], indirect=True)
def test_a_version_that_was_not_audited_says_so(asked: Atlas) -> None:
    page = page_of()
    assert "Denne dataversion er ikke efterprøvet." in everything(page)
    assert page.tables == []


@pytest.fixture
def app(asked: Atlas) -> Iterator[Starlette]:
    data_routes._tabled.cache_clear()
    yield Starlette(routes=routes.ROUTES)
    data_routes._tabled.cache_clear()


def test_the_report_is_a_file_too(asked: Atlas, app: Starlette) -> None:
    answer = ask(app, "/data/fortrolighed.json")
    body = json.loads(answer.body)
    rows = asked.protection().to_dicts()
    assert [
        (row["skjult"], row["ikke_beskyttet"], row["faerrest_muligheder"], row["loesninger"])
        for row in body["raekker"]
    ] == [(row["hidden"], row["exposed"], row["fewest"], row["solutions"]) for row in rows]
    assert body["raekker"][0]["status"] == "vist som offentliggjort"
    assert {row["syntetisk"] for row in body["raekker"][1:]} == {"ja"}
    assert "_SYNTETISK." in answer.headers["content-disposition"]
    notes = " ".join(body["noter"])
    assert all(text in notes for text in (*KNOWN, *UNKNOWN, *LIMITS))
    for kind in ("csv", "xlsx"):
        assert ask(app, f"/data/fortrolighed.{kind}").status == 200


@pytest.mark.parametrize("asked", [NotAudited], indirect=True)
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_an_empty_report_is_a_file_with_its_columns(
    asked: Atlas, app: Starlette, kind: str
) -> None:
    answer = ask(app, f"/data/fortrolighed.{kind}")
    assert answer.status == 200
    if kind == "csv":
        assert answer.body.decode("utf-8-sig").startswith(
            "indikator;titel;periode;opdeling;krav;tal"
        )


def test_the_page_and_the_file_are_linked(asked: Atlas) -> None:
    html = " ".join(
        e.proto.body for e in run("metode.fortrolighed").main if hasattr(e.proto, "body")
    )
    assert 'href="/data/fortrolighed.json" download' in html
    told = Html()
    told.feed(html)
    links = re.findall(r'href="#([^"]+)"', html)
    assert set(links) <= set(re.findall(r'id="([^"]+)"', html))


def test_what_is_published_together_is_said_once_for_all_months(asked: Atlas) -> None:
    part = everything(page_of()).split("står sammen her. | ")[1]
    assert part.startswith("Passive i ressourceforløb | Til indhold")
