"""Imports as transactions: what is added, what is not, and that nothing else is touched."""

from __future__ import annotations

import datetime as dt
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries import UserError
from queries.imports.run import Importer
from queries.imports.store import Store
from queries.sources.incoming import Batch, Finding, ImportRefusedError
from queries.warehouse.content import Content
from tests.queries.imports.small import (
    DAY,
    PASSIVE,
    PUBLISHED,
    Small,
    ask,
    batch,
    everything,
    importer,
    numbers,
    total,
)

LATER = dt.date(2020, 2, 29)


@pytest.fixture
def into(data: Path, base: Content) -> Importer:
    return importer(data, base)


def ids(made: Importer) -> list[str]:
    return [one.import_id for one in made.store.active()]


def test_an_import_is_in_the_warehouse_with_its_source(into: Importer) -> None:
    steps: list[str] = []
    told = replace(into, progress=lambda step, _: steps.append(step))
    outcome = told.import_batches([batch(first=100)])
    assert numbers(into.target) == {("2018M01", DAY): total(100)}
    (import_id,) = outcome.import_ids
    assert len(import_id) == 12
    assert ask(
        into.target,
        "SELECT source_id, publisher, title, document_id, import_id FROM source"
        " WHERE import_id IS NOT NULL",
    ) == [
        (
            f"dokument-2018m01-{import_id}",
            "Styrelsen",
            "Tabel for 2018M01",
            "dokument 2018M01",
            import_id,
        )
    ]
    assert ask(into.target, "SELECT version FROM build") == [(outcome.version,)]
    assert (outcome.status, outcome.before) == ("imported", "")
    assert list(dict.fromkeys(steps)) == ["check", "gate", "build", "verify", "use"]
    assert outcome.as_json()["import_ids"] == (import_id,)


def test_counts_of_a_step(into: Importer) -> None:
    before = into.import_batches([batch("2018M01")]).version
    outcome = into.import_batches([batch("2018M02")])
    # 98 kommuner and 94 jobcentre
    assert (outcome.before, outcome.added) == (before, 192)
    assert (outcome.changed, outcome.withdrawn) == (0, 0)


def test_the_same_again_changes_nothing(into: Importer, data: Path) -> None:
    first = into.import_batches([batch()])
    before = everything(data)
    shuffled = replace(batch(), cells=batch().cells.reverse())
    for again in (batch(), shuffled, replace(batch(), recorded_at=LATER)):
        outcome = into.import_batches([again])
        assert (outcome.status, outcome.import_ids) == ("unchanged", first.import_ids)
        assert (outcome.version, outcome.added) == (first.version, 0)
    assert everything(data) == before


def test_one_number_or_another_document_is_another_import(into: Importer) -> None:
    changed = batch().cells.with_columns(
        numerator=pl.when(pl.col("area_id") == "0101").then(99).otherwise("numerator")
    )
    given = [batch(), replace(batch(), cells=changed), batch(document_id="et andet")]
    outcome = into.import_batches(given)
    assert len(set(outcome.import_ids)) == 3


def test_unchanged_brings_a_warehouse_that_is_behind_up_to_the_journal(into: Importer) -> None:
    first = into.import_batches([batch()])
    old = into.target.read_bytes()
    second = into.import_batches([batch("2018M02")])
    into.target.write_bytes(old)  # as when it was killed right after the journal
    again = into.import_batches([batch("2018M02")])
    assert (again.status, again.before, again.version) == (
        "unchanged",
        first.version,
        second.version,
    )
    assert set(numbers(into.target)) == {("2018M01", DAY), ("2018M02", DAY)}


def test_a_newer_vintage_is_added_and_the_older_stays(into: Importer) -> None:
    name = "jobindsats:x"
    into.import_batches([batch(first=100, series=name)])
    outcome = into.import_batches([batch(first=200, recorded_at=LATER, series=name)])
    assert numbers(into.target) == {("2018M01", DAY): total(100), ("2018M01", LATER): total(200)}
    assert (outcome.status, outcome.added, outcome.changed) == ("imported", 192, 0)
    assert ask(into.target, "SELECT DISTINCT series FROM source WHERE import_id IS NOT NULL") == [
        ("jobindsats:x",)
    ]


def test_numbers_that_come_back_in_a_series_are_a_vintage_too(into: Importer) -> None:
    days = [DAY, LATER, dt.date(2020, 3, 31)]
    for first, day in zip((100, 200, 100), days, strict=True):
        outcome = into.import_batches([batch(first=first, recorded_at=day, series="x")])
        assert outcome.status == "imported"
        again = into.import_batches([batch(first=first, recorded_at=day, series="x")])
        assert (again.status, again.import_ids) == ("unchanged", outcome.import_ids)
    assert len(set(ids(into))) == 3
    assert numbers(into.target)["2018M01", days[2]] == total(100)
    # an older vintage that is brought in late once more
    assert into.import_batches([batch(first=200, recorded_at=LATER, series="x")]).status == (
        "unchanged"
    )


def test_a_correction_says_what_it_corrects(into: Importer) -> None:
    first = into.import_batches([batch()]).import_ids[0]
    wrong = f"dokument-2018m01-{first}"
    into.import_batches([batch(first=101, corrects=wrong, document_id="berigtigelse")])
    assert ask(into.target, "SELECT corrects FROM source WHERE document_id = 'berigtigelse'") == [
        (wrong,)
    ]
    assert numbers(into.target) == {("2018M01", DAY): total(100) + total(101)}
    with pytest.raises(UserError, match="berigtiger den") as refused:
        into.undo(first)
    assert ids(into)[1] in str(refused.value)
    both = into.import_batches([batch("2018M02", corrects=PUBLISHED)])
    assert both.status == "imported"


def test_a_correction_of_something_unknown_is_refused(into: Importer, data: Path) -> None:
    before = everything(data)
    with pytest.raises(ImportRefusedError, match="berigtige 'ukendt'") as refused:
        into.import_batches([batch(corrects="ukendt")])
    assert [one.code for one in refused.value.findings] == ["corrects_unknown"]
    assert everything(data) == before


def test_undo_is_a_new_version_without_it(into: Importer) -> None:
    one = into.import_batches([batch("2018M01", first=100)])
    two = into.import_batches([batch("2018M02", first=200)])
    outcome = into.undo(one.import_ids[0])
    assert numbers(into.target) == {("2018M02", DAY): total(200)}
    assert (outcome.status, outcome.import_ids) == ("undone", one.import_ids)
    assert (outcome.before, outcome.withdrawn, outcome.added) == (two.version, 192, 0)
    assert outcome.version not in {one.version, two.version}
    assert ids(into) == list(two.import_ids)
    assert [event["event"] for event in into.store.history()] == ["import", "import", "undo"]
    with pytest.raises(UserError, match="allerede fortrudt"):
        into.undo(one.import_ids[0])
    with pytest.raises(UserError, match=f"ingen import 'nej'.*{two.import_ids[0]}"):
        into.undo("nej")


def test_what_was_undone_can_be_imported_again(into: Importer) -> None:
    one = into.import_batches([batch()]).import_ids
    into.undo(*one)
    again = into.import_batches([replace(batch(), recorded_at=LATER)])
    assert (again.status, again.import_ids) == ("imported", one)
    assert numbers(into.target) == {("2018M01", LATER): total(100)}
    folders = sorted(path.name for path in into.store.batches.iterdir())
    assert folders == [one[0], f"{one[0]}-2"]


def test_several_batches_are_one_transaction(into: Importer, data: Path) -> None:
    into.import_batches([batch("2018M01")])
    before = everything(data)
    negative = batch("2018M03").cells.with_columns(numerator=pl.lit(-1, pl.Int64))
    bad = replace(batch("2018M03"), cells=negative)
    with pytest.raises(ImportRefusedError):
        into.import_batches([batch("2018M02"), bad])
    assert everything(data) == before
    outcome = into.import_batches([batch("2018M02"), batch("2018M01"), batch("2018M03")])
    assert (outcome.status, len(outcome.import_ids), outcome.added) == ("imported", 3, 2 * 192)
    events = into.store.history()
    assert events[1]["run"] == events[2]["run"] != events[0]["run"]


Changes = dict[str, Any]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"provenance": {"publisher": " "}}, "no_provenance"),
        ({"provenance": {"published_on": None}}, "no_published_on"),
        ({"is_published": False}, "published_and_not"),
        ({"recorded_at": dt.date(2999, 1, 1)}, "recorded_in_future"),
        ({"cells": {"indicator_id": "nej"}}, "unknown_indicator"),
        ({"cells": {"breakdown": "nej"}}, "unknown_breakdown"),
        ({"cells": {"area_id": "0999"}}, "unknown_area"),
        ({"cells": {"numerator": -1}}, "rule_numerator_min"),
        ({"cells": None}, "no_cells"),
    ],
)
def test_what_is_wrong_is_refused_before_anything_is_written(
    changes: Changes, code: str, into: Importer, data: Path
) -> None:
    into.import_batches([batch("2018M01")])
    before = everything(data)
    with pytest.raises(ImportRefusedError) as refused:
        into.import_batches([changed(batch("2018M02"), changes)])
    assert code in {one.code for one in refused.value.findings}
    assert everything(data) == before


def changed(given: Batch, changes: Changes) -> Batch:
    made = dict(changes)
    if "provenance" in made:
        made["provenance"] = replace(given.provenance, **made["provenance"])
    if "cells" in made and made["cells"] is None:
        made["cells"] = given.cells.clear()
    elif "cells" in made:
        ((name, value),) = made["cells"].items()
        first = pl.int_range(pl.len()) == 0
        made["cells"] = given.cells.with_columns(
            pl.when(first).then(pl.lit(value)).otherwise(pl.col(name)).alias(name)
        )
    return replace(given, **made)


def test_errors_stop_warnings_ask_and_notes_pass(into: Importer, data: Path) -> None:
    note = Finding("note", "n", "En bemærkning.")
    warning = Finding("warning", "total_differs", "Totalen passer ikke.", row=7)
    error = Finding("error", "twice", "Aarhus står der to gange.", sheet="Ark1", row=9, column="B")
    before = everything(data)
    with pytest.raises(ImportRefusedError, match="to gange") as refused:
        into.import_batches([batch(findings=[note, warning, error])], accept=["total_differs"])
    assert "ark »Ark1«, række 9, kolonne B" in str(refused.value)
    assert refused.value.findings == (note, warning, error)
    with pytest.raises(ImportRefusedError, match=r"venter på et ja.*sig ja til: total_differs"):
        into.import_batches([batch(findings=[note, warning])])
    assert everything(data) == before
    outcome = into.import_batches([batch(findings=[note, warning])], accept=["total_differs", "x"])
    assert outcome.findings == (note, warning)
    manifest = into.store.active()[0].manifest
    assert manifest["accepted"] == ["total_differs"]
    assert [one["code"] for one in manifest["findings"]] == ["n", "total_differs"]


def test_all_that_is_wrong_in_all_batches_is_told_at_once(into: Importer) -> None:
    both = [changed(batch(), {"cells": {"area_id": "0999"}}), batch("2018M02", corrects="x")]
    with pytest.raises(ImportRefusedError) as refused:
        into.import_batches(both)
    assert [one.code for one in refused.value.findings] == ["unknown_area", "corrects_unknown"]


class Strict(Small):
    """Surroundings whose gate stops everything that is imported after the first."""

    def content(self, imports: Any) -> Content:
        if len(imports) > 1:
            raise UserError("Fortrolighedskontrollen stopper den.")
        return super().content(imports)


def test_what_the_gate_stops_leaves_everything_as_it_was(into: Importer, data: Path) -> None:
    strict = replace(into, around=Strict(into.around.base))  # type: ignore[attr-defined]  # Small
    strict.import_batches([batch()])
    before = everything(data)
    note = Finding("note", "n", "En bemærkning.")
    with pytest.raises(ImportRefusedError, match="stopper den") as refused:
        strict.import_batches([batch("2018M02", findings=[note])])
    assert [one.code for one in refused.value.findings] == ["n", "gate"]
    assert everything(data) == before
    assert not list((data / "import" / "staging").iterdir())


def test_what_does_not_verify_leaves_everything_as_it_was(into: Importer, data: Path) -> None:
    into.import_batches([batch()])
    before = everything(data)
    less = batch("2018M02").cells.with_columns(area_id=pl.lit("000")).head(1)
    wrong = pl.concat([batch("2018M02").cells, less])  # the country has fewer than its kommuner
    with pytest.raises(ImportRefusedError, match="overstiger landets tal") as refused:
        into.import_batches([replace(batch("2018M02"), cells=wrong)])
    assert refused.value.findings[-1].code == "gate"
    assert everything(data) == before


def test_a_disk_that_fails_when_the_new_file_takes_over_is_as_if_nothing_happened(
    into: Importer, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into.import_batches([batch()])
    before = everything(data)
    real = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if Path(target).name == "atlas.duckdb":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(UserError, match="kunne ikke skrives") as refused:
        into.import_batches([batch("2018M02")])
    assert not isinstance(refused.value, ImportRefusedError)
    assert everything(data) == before
    monkeypatch.undo()
    monkeypatch.setenv("INDSATSATLAS_DATA", str(data))
    assert into.import_batches([batch("2018M02")]).status == "imported"


def test_everything_is_for_the_owner_alone(into: Importer) -> None:
    into.import_batches([batch()])
    into.store.keep_mapping("0" * 16, {"sheet": "Ark1"})
    into.store.keep_refusal("fil.csv", "nej", [])
    modes = {
        stat.S_IMODE(path.stat().st_mode) & 0o077
        for path in [into.store.folder, *into.store.folder.rglob("*")]
        if path.name != "lock"
    }
    assert modes == {0}


def test_the_manifest_says_whence_and_how(into: Importer) -> None:
    mapping = {"sheet": "Ark1", "header_rows": [1, 2]}
    given = batch(
        series="jobindsats:y60j01",
        updated_on=dt.date(2020, 1, 30),
        next_on=dt.date(2020, 2, 28),
        sha256="0" * 64,
    )
    into.import_batches([given], mapping=mapping)
    (one,) = Store(into.store.folder).active()
    told = one.manifest
    assert told["mapping"] == mapping
    assert told["counts"] == {"cells": 98, "shown": 98}
    assert told["recorded_at"] == "2020-01-31"
    assert told["provenance"]["updated_on"] == "2020-01-30"
    assert told["provenance"]["next_on"] == "2020-02-28"
    assert told["provenance"]["sha256"] == "0" * 64
    assert one.source_id == f"jobindsats-y60j01-{one.import_id}"
    assert pl.read_parquet(one.cells).equals(given.cells.sort("area_id"))
    assert set(pl.read_parquet(one.cells)["indicator_id"]) == {PASSIVE}
