"""Exact numbers that nobody has published: only what may be shown is stored, shown or hashed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries import Atlas, UserError
from queries.imports.run import Importer
from queries.imports.store import Store
from queries.register.cell_file import read_cells
from queries.sources.incoming import Batch, Finding, ImportRefusedError
from queries.warehouse import content
from tests.queries.imports.small import PASSIVE, ask, batch, everything, total

SECRET = 2
"""What København has: fewer than the indicator's 3."""


@pytest.fixture
def into(data: Path, monkeypatch: pytest.MonkeyPatch) -> Importer:
    """The real surroundings, gate and audit, without what is made up."""
    monkeypatch.setattr(content, "SYNTHETIC_REGISTER", data / "none")
    return Importer()


def unpublished(period: str = "2018M01", **about: Any) -> Batch:
    given = batch(period, is_published=False, series="udtraek", **about)
    small = pl.when(pl.col("area_id") == "0101").then(SECRET).otherwise("numerator")
    return replace(given, cells=given.cells.with_columns(numerator=small.cast(pl.Int64)))


def shown(target: Path) -> dict[str, int | None]:
    sql = "SELECT area_id, numerator FROM observation WHERE period = '2018M01'"
    return dict(ask(target, sql))


def test_a_small_number_is_hidden_and_nowhere(into: Importer, data: Path) -> None:
    note = Finding("note", "n", "København har 2", row=7, value="2")
    outcome = into.import_batches([replace(unpublished(), findings=(note,))])
    (one,) = into.store.active()
    assert (one.form, one.cells.name) == ("run", "disclosed.parquet")
    assert sorted(path.name for path in one.folder.iterdir()) == [
        "disclosed.parquet",
        "import.json",
    ]
    cells, source = read_cells(one.cells)
    assert (source.kind, source.source_id) == ("file", f"udtraek-{outcome.import_ids[0]}")
    there = shown(into.target)
    assert there["0101"] is None
    # Frederiksberg too, or the country less all others would tell it.
    assert {area for area, number in there.items() if number is None} == {
        *("0101", "0147"),
        *("J0101", "J0147"),
    }
    assert there["0151"] == 102
    assert there["000"] == total(100) - 100 + SECRET
    assert set(cells.filter(pl.col("area_id") == "0101")["numerator"]) == {None}
    (told,) = one.manifest["findings"]
    assert (told["code"], told["row"], told["text"], told["value"]) == ("n", 7, "", "")
    assert one.manifest["counts"]["cells"] == cells.height
    assert ask(into.target, "SELECT kind::VARCHAR, licence FROM source WHERE import_id <> ''") == [
        ("file", "Offentligt dokument")
    ]
    assert into.import_batches([unpublished()]).status == "unchanged"


def test_an_id_says_nothing_of_the_numbers(data: Path, into: Importer) -> None:
    first = into.import_batches([unpublished()])
    other = replace(into, store=Store(data / "other"))
    assert other.import_batches([unpublished()]).import_ids != first.import_ids
    assert (data / "import" / "key").read_bytes() != (data / "other" / "key").read_bytes()


def test_a_later_version_does_not_undo_the_hiding_of_an_earlier(into: Importer) -> None:
    into.import_batches([unpublished()])
    # With a small number in Dragør too, København hides behind others than before ...
    given = unpublished(recorded_at=dt.date(2020, 2, 29))
    dragoer = replace(given, cells=where("0155", numerator=1)(given.cells))
    # ... which were shown in the version before.
    first = into.store.active()[0].import_id
    with pytest.raises(ImportRefusedError, match="andre kommuner skjules end i dem") as refused:
        into.import_batches([dragoer])
    assert [one.code for one in refused.value.findings] == ["earlier_shows_more"]
    assert f"fortryd først »Tabel for 2018M01« (nummer {first})" in str(refused.value)
    into.undo(first)
    assert into.import_batches([dragoer]).status == "imported"
    cells, _ = read_cells(into.store.active()[0].cells)
    hidden = set(cells.filter(pl.col("numerator").is_null())["area_id"])
    assert {area for area in hidden if area.startswith("0")} == {"0101", "0147", "0155", "0185"}


def test_own_numbers_are_corrected_or_it_is_said_what_to_do(into: Importer) -> None:
    """A correction that hides the same is shown; another wants the first one to be undone."""
    into.import_batches([unpublished()])
    (first,) = into.store.active()

    def corrected(area: str, number: int) -> Batch:
        given = unpublished(corrects=first.source_id, document_id="rettet")
        return replace(given, cells=where(area, numerator=number)(given.cells))

    # Frederiksberg hides København, and would itself be told by the difference.
    with pytest.raises(ImportRefusedError, match="Sammen kan de afsløre") as refused:
        into.import_batches([corrected("0147", 50)])
    told = str(refused.value)
    assert f"fortryd først »Tabel for 2018M01« (nummer {first.import_id})" in told
    assert "og indlæs så de nye uden at skrive, at de retter noget." in told
    outcome = into.import_batches([corrected("0151", 105)])
    assert outcome.hidden == 4
    assert outcome.as_json()["hidden"] == 4
    assert Atlas(into.target).cells(PASSIVE, "2018M01").filter(area_id="0151")[
        "numerator"
    ].to_list() == [105]
    assert into.import_batches([batch("2018M03")]).hidden is None


def test_a_month_that_cannot_be_shown_is_told(into: Importer) -> None:
    few = batch("2018M02", is_published=False).cells.with_columns(numerator=pl.lit(0, pl.Int64))
    both = replace(unpublished(), cells=pl.concat([unpublished().cells, few]))
    outcome = into.import_batches([both])
    assert [(one.level, one.code) for one in outcome.findings] == [("note", "month_not_shown")]
    assert "februar 2018, kan ikke vises" in outcome.findings[0].text
    assert ask(
        into.target, "SELECT DISTINCT period FROM observation WHERE source_id LIKE 'ud%'"
    ) == [("2018M01",)]


def where(area: str, **values: Any) -> Callable[[pl.DataFrame], pl.DataFrame]:
    return lambda cells: cells.with_columns(
        pl.when(pl.col("area_id") == area)
        .then(pl.lit(value, cells.schema[name]))
        .otherwise(pl.col(name))
        .alias(name)
        for name, value in values.items()
    )


def with_total(people: int, of: int) -> Callable[[pl.DataFrame], pl.DataFrame]:
    def added(cells: pl.DataFrame) -> pl.DataFrame:
        row = where(
            "0101", area_id="000", numerator=people, denominator_low=of, denominator_high=of
        )
        return pl.concat([cells, row(cells.filter(pl.col("area_id") == "0101"))])

    return added


HIDDEN = {"status": "suppressed", "numerator": None, "note": "skjult"}
NO_PEOPLE = {"denominator_low": None, "denominator_high": None}


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        (
            where("0147", **HIDDEN, **NO_PEOPLE),
            "hidden_unpublished",
            "januar 2018 har",
        ),
        (
            where("0147", **NO_PEOPLE),
            "inexact_unpublished",
            "januar 2018 mangler antal",
        ),
        (where("0147", denominator_low=999), "inexact_unpublished", "mangler antal eller nævner"),
        (
            lambda cells: cells.filter(~pl.col("area_id").is_in(["0147", "0151"])),
            "kommune_missing",
            "Frederiksberg, januar 2018 og 1 andre mangler i kilden",
        ),
        (
            lambda cells: cells.head(1).with_columns(area_id=pl.lit("J0101")),
            "no_kommuner",
            "ingen kommuner",
        ),
        (
            lambda cells: cells.with_columns(period=pl.lit("2018Q1")),
            "not_monthly",
            "2018Q1 er ikke en måned",
        ),
        (
            with_total(total(100) - 1, 98_000),
            "total_differs",
            "Hele landet, januar 2018 er ikke summen",
        ),
        (
            with_total(total(100), 97_999),
            "total_differs",
            "Hele landet, januar 2018 er ikke summen",
        ),
    ],
)
def test_what_is_not_exact_is_refused(
    change: Callable[[pl.DataFrame], pl.DataFrame],
    code: str,
    told: str,
    into: Importer,
    data: Path,
) -> None:
    before = everything(data)
    given = batch("2018M01", is_published=False)
    with pytest.raises(ImportRefusedError, match=told) as refused:
        into.import_batches([replace(given, cells=change(given.cells))])
    assert [one.code for one in refused.value.findings] == [code]
    assert {k: v for k, v in everything(data).items() if k != "import/key"} == before


def test_people_without_a_kommune_count_in_the_country_alone(into: Importer) -> None:
    given = batch("2018M01", is_published=False)
    into.import_batches([replace(given, cells=with_total(total(100) + 50, 98_200)(given.cells))])
    there = shown(into.target)
    assert there["000"] == total(100) + 50
    assert sum(n or 0 for area, n in there.items() if area.startswith("0") and area != "000") == (
        total(100)
    )


def test_a_register_file_is_imported_once_and_a_later_run_beside_it(
    into: Importer, data: Path
) -> None:
    into.import_batches([unpublished()])
    (one,) = into.store.active()
    file = data / "min.parquet"
    file.write_bytes(one.cells.read_bytes())
    into.undo(one.import_id)
    outcome = into.import_register_file(file)
    assert (outcome.status, outcome.added) == ("imported", 98 + 94 + 11 + 5 + 1)
    (run,) = into.store.active()
    assert run.source_id == one.source_id
    assert run.manifest["provenance"]["series"] == f"register:{one.source_id}"
    assert into.import_register_file(file).status == "unchanged"
    (data / "register").mkdir()
    file.rename(data / "register" / "min.parquet")
    with pytest.raises(UserError, match="allerede med i datalageret"):
        into.import_register_file(data / "register" / "min.parquet")


def test_a_document_beside_a_run_that_tells_more_is_stopped_by_the_gate(into: Importer) -> None:
    into.import_batches([unpublished()])
    document = batch("2018M01")
    hidden = replace(document, cells=where("0147", **HIDDEN, **NO_PEOPLE)(document.cells))
    with pytest.raises(ImportRefusedError) as refused:
        into.import_batches([hidden])
    assert refused.value.findings[-1].code == "gate"
    assert [one.form for one in into.store.active()] == ["run"]
    assert ask(into.target, "SELECT count(DISTINCT indicator_id) FROM observation") == [(1,)]
    assert ask(into.target, "SELECT indicator_id FROM indicator") == [(PASSIVE,)]
