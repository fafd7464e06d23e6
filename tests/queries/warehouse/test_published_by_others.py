"""Tables of others: what they hide is not narrowed by ours, and never stops a build by itself."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries import UserError
from queries.indicators.definition import load_indicators
from queries.register.cell_file import RunSource, read_cells
from queries.register.choices import Choices
from queries.register.publish import disclosed_cells
from queries.warehouse import content
from queries.warehouse.documents import check_published, hidden_kommuner, sums_of, told_by_others
from queries.warehouse.imported import document_cells, imported_documents
from queries.warehouse.protection import (
    AS_PUBLISHED,
    NO_SUMS,
    NOTHING_HIDDEN,
    STANDS,
    protection,
)
from queries.warehouse.versions import Run
from tests.queries.register.made_counts import made_counts
from tests.queries.warehouse.made_imports import (
    FEBRUARY,
    HOURS,
    JANUARY,
    KOMMUNER,
    cells,
    everywhere,
    imported,
)

PUBLISHED, JUNE = "passive_ressourceforloeb", "2017M06"
FULL = {"000": (98 * 40, 98 * 160)}


def disclosed(source_id: str, **how: Any) -> pl.DataFrame:
    counts = made_counts((JANUARY,)).filter(pl.col("measure") == HOURS)
    asked = {HOURS: load_indicators()[HOURS]}
    day = dt.date(2026, 1, 1)
    return disclosed_cells(counts, source_id=source_id, recorded_at=day, indicators=asked, **how)


@pytest.fixture(scope="module")
def run() -> dict[str, Run]:
    """One run of January, told as a register's and as made up."""
    found = {}
    for kind in ("register", "synthetic", "file"):
        source = RunSource(kind, kind, kind, kind, dt.date(2026, 1, 1), Choices().as_dict())
        found[kind] = Run(kind, disclosed(kind), source)
    return found


def documents(folder: Path, *tables: dict[str, Any], **how: Any) -> pl.DataFrame:
    one = [imported(folder, f"t{n}", cells(told), **how) for n, told in enumerate(tables)]
    return imported_documents(one)


def test_a_register_may_not_tell_what_others_hide_and_made_up_numbers_may(
    tmp_path: Path, run: dict[str, Run]
) -> None:
    hides = documents(tmp_path, everywhere((40, 160), k0101=None) | FULL)
    nothing = pl.DataFrame(schema=hides.schema)
    check_published(nothing, [run["synthetic"]], hides)
    for kind in ("register", "file"):
        with pytest.raises(UserError, match=f"{kind} viser tal for .*2024M01, som indsnævrer"):
            check_published(nothing, [run["synthetic"], run[kind]], hides)
    with pytest.raises(UserError, match="synthetic viser tal for"):
        check_published(hides, [run["synthetic"]])  # what is shipped is made to fit


def test_what_another_table_shows_is_not_hidden(tmp_path: Path, run: dict[str, Run]) -> None:
    tables = [everywhere((40, 160), k0101=None), {"0101": (41, 160)}]
    both = documents(tmp_path, *tables)
    assert hidden_kommuner(both).is_empty()
    check_published(both.clear(), [run["register"]], both)
    (first,) = hidden_kommuner(both.filter(source_id="t0")).rows()
    assert first == (HOURS, JANUARY, "0101")


def test_a_table_of_some_kommuner_hides_none_of_the_others(tmp_path: Path) -> None:
    few = documents(tmp_path / "few", dict.fromkeys(KOMMUNER[:49], (40, 160)) | FULL)
    most = documents(tmp_path / "most", dict.fromkeys(KOMMUNER[:50], (40, 160)) | FULL)
    land = documents(tmp_path / "land", dict(FULL))
    assert hidden_kommuner(few).is_empty()
    assert hidden_kommuner(land).is_empty()
    assert hidden_kommuner(most)["area_id"].to_list() == sorted(KOMMUNER[50:])
    assert told_by_others(land).select("area_id", "status").rows() == [("000", "shown")]
    found = protection(most.clear(), [], imported=few).row(0, named=True)
    assert (found["cells"], found["hidden"], found["note"]) == (50, 0, NOTHING_HIDDEN)


def test_what_all_tables_tell_together(tmp_path: Path) -> None:
    tables = [everywhere((40, 160), k0101=None, k0147=None), {"0101": (41, 160)}]
    told = told_by_others(documents(tmp_path, *tables))
    assert not told.select("indicator_id", "period", "area_id").is_duplicated().any()
    state = dict(told.select("area_id", "status").iter_rows())
    assert (state["0101"], state["0147"], state["0316"]) == ("shown", "suppressed", "shown")


def test_a_run_beside_a_table_of_others_keeps_what_that_hides(
    tmp_path: Path, run: dict[str, Run]
) -> None:
    hides = documents(tmp_path, everywhere((40, 160), k0101=None) | FULL)
    cells_ = disclosed("x", published_elsewhere=told_by_others(hides))
    own = Run("x", cells_, run["register"].source)
    check_published(hides.clear(), [own], hides)
    assert cells_.filter(area_id="0101")["status"].item() == "suppressed"
    assert cells_.filter(area_id="000").is_empty()


@pytest.mark.parametrize(
    ("land", "hidden", "sums", "note", "exposed"),
    [
        (97 * 40 + 2, 1, "exact", AS_PUBLISHED, 1),
        (96 * 40 + 2, 2, "exact", AS_PUBLISHED, 2),  # together two: neither is three
        (96 * 40 + 30, 2, "exact", STANDS, 0),
        (96 * 40 - 1, 2, "none", NO_SUMS, 0),  # rounded: nothing can be taken from anything
    ],
)
def test_only_sums_that_can_hold_are_counted_with(
    tmp_path: Path, land: int, hidden: int, sums: str, note: str, exposed: int
) -> None:
    told: dict[str, Any] = dict.fromkeys(KOMMUNER, 40) | dict.fromkeys(KOMMUNER[:hidden], None)
    found = documents(tmp_path, told | {"000": land})
    assert sums_of(found) == sums
    (row,) = protection(found.clear(), [], imported=found).to_dicts()
    assert (row["hidden"], row["exposed"], row["note"]) == (hidden, exposed, note)
    assert row["status"] == "as_published"


def test_another_month_tells_that_the_country_holds_more_than_its_kommuner(tmp_path: Path) -> None:
    hides: dict[str, Any] = dict.fromkeys(KOMMUNER, 40) | {"0101": None, "000": 97 * 40 + 2}
    whole: dict[str, Any] = dict.fromkeys(KOMMUNER, 40) | {"000": 98 * 40 + 5}
    of = pl.concat([cells(hides), cells(whole, period=FEBRUARY)])
    found = document_cells(imported(tmp_path, "a", of))
    assert sums_of(found) == "at_most"
    january, _ = protection(found.clear(), [], imported=found).sort("period").to_dicts()
    # The hidden one is 0, 1 or 2: at most what is left, and not known.
    assert (january["exposed"], january["fewest"], january["note"]) == (1, 3, AS_PUBLISHED)


def test_sums_that_contradict_each_other_stop_nothing(tmp_path: Path) -> None:
    """Each total could hold alone: the landsdel says at least 90 are hidden, the country 3."""
    told: dict[str, Any] = dict.fromkeys(KOMMUNER, 40) | {"0101": None, "0147": None}
    told |= {"000": 96 * 40 + 3, "DK011": 4 * 40 - 80 + 90}
    found = documents(tmp_path, told)
    assert sums_of(found) == "exact"
    (row,) = protection(found.clear(), [], imported=found).to_dicts()
    assert (row["exposed"], row["note"]) == (0, NO_SUMS)


def test_three_tables_of_many_months_are_audited_in_a_moment(tmp_path: Path) -> None:
    months = [f"{year}M{month:02}" for year in range(2021, 2025) for month in range(1, 13)][:41]
    told = everywhere((40, 160), k0101=None, k0147=None) | {"000": (96 * 40 + 9, 15700)}
    of = pl.concat([cells(told, period=one) for one in months])
    found = imported_documents([imported(tmp_path, f"t{n}", of) for n in range(3)])
    began = time.process_time()
    rows = protection(found.clear(), [], imported=found)
    assert time.process_time() - began < 10  # some tenths of a second, but machines are busy
    assert rows.height == 3 * 41
    assert set(rows["hidden"]) == {2}


def test_the_shipped_made_up_numbers_stand_beside_a_table_that_hides(tmp_path: Path) -> None:
    hides = everywhere((40, 160), k0101=None) | {"000": (97 * 40 + 1, 98 * 160)}
    one = imported(tmp_path, "a", cells(hides, period="2018M01"))
    frame, source = read_cells(content.SYNTHETIC_REGISTER)
    month = frame.filter(pl.col("period") == "2018M01", pl.col("indicator_id") == HOURS)
    assert month.filter(area_id="000", status="shown").height == 1
    made_up = Run("synthetic_register.parquet", month, source)
    check_published(content.published_cells(), [made_up], imported_documents([one]))
