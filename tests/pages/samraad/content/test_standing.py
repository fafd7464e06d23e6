"""How an item stands against the newest data: current, the same, corrected, outdated, withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from pages.samraad.content import look_up, made, standing
from pages.samraad.content.facts import Fact
from pages.samraad.content.found import Found
from pages.samraad.model import Content
from queries import Atlas, UserError
from queries.imports.run import Importer
from queries.sources import facts
from queries.sources.incoming import Batch
from queries.warehouse.build import build
from tests.queries.imports.small import PASSIVE, batch

LATER = dt.date(2020, 2, 29)
MONTH = "2018M01"
NBSP = "\N{NO-BREAK SPACE}"
KOEBENHAVN = {"indikator": PASSIVE, "periode": MONTH, "kommune": "0101"}


def with_country(given: Batch) -> Batch:
    """The batch with a row for the country, which sentences compare with."""
    cells = given.cells
    people = cells.height * 1000
    country = cells.head(1).with_columns(
        area_id=pl.lit("000"),
        numerator=pl.lit(int(cells["numerator"].sum()), cells.schema["numerator"]),
        denominator_low=pl.lit(people, cells.schema["denominator_low"]),
        denominator_high=pl.lit(people, cells.schema["denominator_high"]),
        source_row=pl.lit(cells.height + 1, cells.schema["source_row"]),
    )
    return Batch(**{**vars(given), "cells": pl.concat([cells, country])})


def told(atlas: Atlas, kind: str, version: str, **more: str) -> Content:
    return look_up(atlas, made(kind, {**KOEBENHAVN, **more}, version))


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def source_of(atlas: Atlas, period: str = MONTH) -> str:
    return str(atlas.cells(PASSIVE, period)["source_id"][0])


@pytest.fixture
def first(into: Importer) -> str:
    """The version in which the first of the kommuner, København, has 100 of 1000 people."""
    return into.import_batches([with_country(batch(first=100))]).version


def corrected(into: Importer, **more: Any) -> str:
    wrong = source_of(Atlas(into.target))
    again = batch(first=101, corrects=wrong, document_id="Svar 999", recorded_at=LATER, **more)
    return into.import_batches([with_country(again)]).import_ids[0]


def test_what_was_seen_in_the_newest_version_is_current(into: Importer, first: str) -> None:
    content = told(Atlas(into.target), "saetning", first)
    assert content.standing.state == "current"
    assert plain(content.sentence).startswith("København: 100 af 1.000 borgere, 10 pct.")


def test_a_corrected_number_is_shown_as_it_was_and_what_corrected_it_is_named(
    into: Importer, first: str
) -> None:
    corrected(into)
    atlas = Atlas(into.target)
    content = told(atlas, "saetning", first)
    assert content.version == first
    assert plain(content.sentence).startswith("København: 100 af 1.000 borgere, 10 pct.")
    assert content.table is not None
    assert content.table.rows[0][1].value == 100
    assert content.standing.state == "changed"
    assert plain(content.standing.text).startswith(
        "Rettet: København: 10 pct. (100 af 1.000) er nu 10 pct. (101 af 1.000)"
    )
    assert content.standing.text.endswith(", efter Svar 999 (berigtiget svar).")
    assert plain(content.standing.now).startswith("København: 101 af 1.000 borgere, 10 pct.")
    newest = told(atlas, "saetning", atlas.version)
    assert newest.standing.state == "current"
    assert newest.fingerprint != content.fingerprint
    assert newest.sentence == content.standing.now


def test_every_kind_shows_its_own_version(into: Importer, first: str) -> None:
    corrected(into)
    atlas = Atlas(into.target)
    for kind in ("kort", "soejler", "tabel", "tragt", "serie", "serietabel"):
        over_time = kind.startswith("serie")
        content = told(atlas, kind, first, **({"periode": ""} if over_time else {}))
        assert content.version == first
        assert content.standing.state == "changed"
        assert plain(content.standing.text).startswith(
            "Rettet: København: 10 pct. (100 af 1.000) er nu 10 pct. (101 af 1.000); Hele landet"
        )
        assert ("andre tal" in content.standing.text) == (not over_time)
        assert content.standing.text.endswith(", efter Svar 999 (berigtiget svar).")
        assert content.table is not None
        values = {cell.value for row in content.table.rows for cell in row}
        assert 100 in values
        assert (101 in values) == (not over_time)


def test_newer_data_of_something_else_leave_the_numbers_unchanged(
    into: Importer, first: str
) -> None:
    into.import_batches([with_country(batch("2017M12", first=300))])
    content = told(Atlas(into.target), "saetning", first)
    assert content.standing.state == "unchanged"
    assert content.standing.now == ""


def test_a_newer_period_of_the_series_is_told(into: Importer, first: str) -> None:
    into.import_batches([with_country(batch("2018M02", first=300))])
    content = told(Atlas(into.target), "saetning", first)
    assert content.standing.state == "superseded"
    assert content.standing.text == (
        "Tallene er uændrede, men der er kommet nyere tal: februar 2018."
    )


def test_a_newer_vintage_supersedes(into: Importer) -> None:
    old = with_country(batch(first=100, series="serie", updated_on=dt.date(2020, 1, 31)))
    first = into.import_batches([old]).version
    new = batch(
        first=110,
        series="serie",
        updated_on=LATER,
        recorded_at=LATER,
        document_id="Udgave 2",
        title="Anden udgave",
    )
    into.import_batches([with_country(new)])
    content = told(Atlas(into.target), "saetning", first)
    assert content.standing.state == "superseded"
    assert content.standing.text.startswith("Erstattet af en nyere udgave, Udgave 2: København")
    assert "er nu 11 pct. (110 af 1.000)" in plain(content.standing.text)


def test_what_is_left_out_now_was_withdrawn(into: Importer, first: str) -> None:
    wrong = source_of(Atlas(into.target))
    less = batch(
        first=100, missing=["0101"], corrects=wrong, document_id="Svar 999", recorded_at=LATER
    )
    kommuner = facts.areas().filter(level="kommune").height
    given = with_country(less)
    assert given.cells.height == kommuner
    into.import_batches([given])
    content = told(Atlas(into.target), "saetning", first)
    assert content.standing.state == "withdrawn"
    assert plain(content.standing.text).startswith(
        "Trukket tilbage: København: 10 pct. (100 af 1.000) er nu udeladt af kilden"
    )


def test_an_undone_correction_leaves_nothing_of_itself(into: Importer, first: str) -> None:
    import_id = corrected(into)
    second = Atlas(into.target).version
    into.undo(import_id)
    atlas = Atlas(into.target)
    content = told(atlas, "saetning", second)
    assert content.standing.state == "unknown"
    assert content.version == first == atlas.version
    assert plain(content.sentence).startswith("København: 100 af")
    assert "101" not in content.sentence + content.standing.text + content.standing.now


def test_undone_numbers_are_gone_for_those_who_saw_them(into: Importer) -> None:
    before = into.import_batches([with_country(batch("2017M12"))]).version
    gone = into.import_batches([with_country(batch(first=100))])
    seen = told(Atlas(into.target), "saetning", gone.version).fingerprint
    into.undo(gone.import_ids[0])
    atlas = Atlas(into.target)
    assert atlas.version == before
    item = made("saetning", KOEBENHAVN, gone.version)
    with pytest.raises(UserError, match="er ikke gemt her, og de nyeste data har ikke de tal"):
        look_up(atlas, item, seen)


def test_a_definition_that_was_changed_since_is_told(into: Importer, first: str) -> None:
    atlas = Atlas(into.target)
    content = into.around.content(into.store.active())
    changed = content.tables["indicator"].with_columns(sha256=pl.lit("a" * 64))
    build(replace(content, tables={**content.tables, "indicator": changed}), into.target)
    told_now = told(atlas, "saetning", first)
    assert told_now.standing.state == "unchanged"
    assert told_now.notes[-1] == (
        f"Beskrivelsen af indikatoren er ændret siden dataversion {first}; den, der står her, er "
        "dagens."
    )
    assert "Beskrivelsen" not in str(told(atlas, "saetning", atlas.version).notes)


def test_an_item_without_a_month_keeps_the_one_it_was_seen_with(into: Importer, first: str) -> None:
    into.import_batches([with_country(batch("2018M02", first=300))])
    content = told(Atlas(into.target), "tabel", first, periode="")
    assert content.period == "januar 2018"
    assert content.standing.state == "superseded"
    assert content.standing.text.startswith("Tallene er uændrede")


def fact(period: str, count: int) -> Fact:
    numbers = ("shown", count, 1000, 1000, count / 10, 1)
    return Fact((PASSIVE, "0101", period, "alle"), "København", str(count), numbers, "kilde")


@pytest.mark.parametrize(
    ("before", "after", "rest", "newer"),
    [
        # A profile has the month that the indicator's page opens with.
        ([fact("2018M01", 1)], [fact("2018M02", 2)], 0, "februar 2018"),
        ([fact("2018M01", 1)], [fact("2018M01", 2)], 1, ""),
        ([fact("2018M02", 1)], [fact("2018M01", 2)], 2, ""),
        ([fact("2018M01", 1)], [], 1, ""),
        ([fact("2018M01", 1)], [fact("2018M01", 1), fact("2018M02", 2)], 1, ""),
    ],
)
def test_a_later_month_of_the_same_is_no_correction(
    before: list[Fact], after: list[Fact], rest: int, newer: str
) -> None:
    changes = standing._changes(found(before), found(after))
    left, month = standing._apart(changes)
    assert (len(left), month) == (rest, newer)


def found(facts: list[Fact]) -> Found:
    return Found("", "", "", "", (), tuple(facts))
