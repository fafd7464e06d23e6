"""Every number on every page equals the façade's answer: all pages, all areas, nothing left over.

Each view runs as a reader's would, and what is sent to the browser is read back: maps, tables,
charts, sentences, labels for screen readers. Each part is compared with what an oracle works out of
the façade's cells in plain code, and every other number in a text must be one that the oracle can
account for in that place. See `tests/pages/numbers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pages.frame import data
from queries import Atlas
from tests.oracles.page_numbers import Truth
from tests.pages.numbers import views
from tests.pages.numbers.accounting import Ledger, View
from tests.pages.numbers.checks import Audit
from tests.pages.numbers.reading import Seen, seen
from tests.pages.running import run

KOMMUNER, JOBCENTRE = 98, 94
WRONG = "0316"
"""The kommune whose numbers are made wrong by one, to see that the walk notices."""


@pytest.fixture(scope="module")
def ledger(warehouse_file: Path) -> Iterator[Ledger]:
    """The oracle beside the warehouse that the pages ask until the tests here end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INDSATSATLAS_DATA", str(warehouse_file.parent))
        data.atlas.cache_clear()
        yield Ledger(Truth(Atlas(warehouse_file)))
    data.atlas.cache_clear()


def audited(ledger: Ledger, view: View, only: str = "") -> Audit:
    """Run a view and compare it; `only` the texts with that word in them, where given."""
    sent = seen(run(views.MODULES[view.page], **dict(view.address)))
    if only:
        sent = Seen(blocks=[block for block in sent.blocks if only in block.text])
    audit = Audit(ledger, view, sent)
    audit.everything()
    return audit


def walk(ledger: Ledger, found: Iterable[View], only: str = "") -> dict[str, set[str]]:
    """Compare views one after the other; return the areas met, by the part they stood in."""
    faults: list[str] = []
    met: dict[str, set[str]] = {}
    for view in found:
        audit = audited(ledger, view, only)
        faults += audit.faults
        for part, areas in audit.areas.items():
            met.setdefault(part, set()).update(areas)
    assert faults == [], "\n".join([f"{len(faults)} faults", *faults[:40]])
    return met


@pytest.mark.parametrize("page", views.INDICATOR_PAGES)
def test_indicator_pages_say_what_the_cells_say(ledger: Ledger, page: str) -> None:
    for view in views.of_page(page, ledger.truth):
        met = walk(ledger, [view])
        everyone = set(ledger.truth.ids(view.level))
        drawn = "jobcenter" if view.level == "jobcenter" else "kommune"
        assert met["map"] == set(ledger.truth.ids(drawn))
        assert met["table Antal"] == everyone
        assert met["table Andel (interval)"] == everyone
        bars = met.get("chart bar ", set()) | met.get("chart scatter ", set())
        assert bars == everyone


def test_the_path_to_a_job_says_what_the_cells_say(ledger: Ledger) -> None:
    walk(ledger, views.of_path(ledger.truth))


@pytest.mark.parametrize("page", views.INDICATOR_PAGES)
def test_each_area_has_its_own_sentence(ledger: Ledger, page: str) -> None:
    found = list(views.chosen(page, ledger.truth))
    assert len({view.selected for view in found}) == len(found) == KOMMUNER + JOBCENTRE
    # The sentences are made alike on the three pages: all areas on one, a sample on the others.
    for view in found if page == "passive" else found[::20]:
        walk(ledger, [view], only=ledger.truth.areas[view.selected[0]]["name"])


def test_each_kommune_has_its_own_profile(ledger: Ledger) -> None:
    met = walk(ledger, views.profiles(ledger.truth))
    profiles = {entry.split()[0] for entry in met["profile"]}
    assert profiles == set(ledger.truth.ids("kommune"))
    assert len(met["profile"]) >= KOMMUNER * len(views.INDICATOR_PAGES)


def test_comparisons_say_what_the_cells_say(ledger: Ledger) -> None:
    met = walk(ledger, views.comparisons(ledger.truth))
    everyone = {*ledger.truth.ids("kommune"), *ledger.truth.ids("jobcenter")}
    assert met["areas in tables"] == everyone
    assert met["profile of passive_ressourceforloeb"] == everyone


def test_overview_programmes_and_sources_say_what_the_facade_says(ledger: Ledger) -> None:
    met = walk(ledger, views.others(ledger.truth))
    assert met["tiles passive_ressourceforloeb kommune"] == set(ledger.truth.ids("kommune"))
    assert met["tiles gruppe_2_over_9_maaneder jobcenter"] == set(ledger.truth.ids("jobcenter"))
    assert met["characteristics"] == set(ledger.truth.ids("kommune"))


class WrongByOne(Atlas):
    """A façade that says one person too many of one kommune and its jobcenter, and of one claim."""

    def _wrong(self, cells: pl.DataFrame) -> pl.DataFrame:
        here = pl.col("area_id").is_in([WRONG, f"J{WRONG}"]) & (pl.col("status") == "shown")
        changed = pl.when(here).then(pl.col("numerator") + 1).otherwise("numerator")
        return cells.with_columns(numerator=changed)

    def cells(self, *args: Any, **kwargs: Any) -> pl.DataFrame:
        return self._wrong(super().cells(*args, **kwargs))

    def months(self, *args: Any, **kwargs: Any) -> pl.DataFrame:
        return self._wrong(super().months(*args, **kwargs))

    def statements(self) -> pl.DataFrame:
        return super().statements().with_columns(pl.col("value") + 1)


class Revealing(Atlas):
    """A façade that gives the pages a number for what is hidden."""

    def cells(self, *args: Any, **kwargs: Any) -> pl.DataFrame:
        cells = super().cells(*args, **kwargs)
        hidden = pl.col("status") == "suppressed"
        return cells.with_columns(
            numerator=pl.when(hidden).then(2).otherwise("numerator"),
            denominator_low=pl.when(hidden).then(17).otherwise("denominator_low"),
            denominator_high=pl.when(hidden).then(17).otherwise("denominator_high"),
            status=pl.when(hidden).then(pl.lit("shown")).otherwise("status"),
            share_pct=pl.when(hidden).then(12.0).otherwise("share_pct"),
            share_decimals=pl.when(hidden).then(0).otherwise("share_decimals").cast(pl.Int8),
        )


def first(found: Iterator[View], chosen: str = WRONG) -> View:
    """The first of some views that shows a kommune, or its jobcenter."""
    return next(view for view in found if {chosen, f"J{chosen}"} & set(view.selected))


def of_each_kind(truth: Truth) -> dict[str, View]:
    """One view of each kind of page that shows the kommune whose numbers are made wrong."""
    rest = list(views.others(truth))
    return {
        "passive": first(views.of_page("passive", truth)),
        "gruppe-2": next(v for v in views.of_page("gruppe-2", truth) if v.level == "kommune"),
        "virksomhedspraktik": first(views.of_page("virksomhedspraktik", truth)),
        "sammenlign": first(views.comparisons(truth)),
        "kommune": first(views.profiles(truth)),
        "": next(view for view in rest if view.page == ""),
        "kilder": next(view for view in rest if view.page == "kilder"),
        "initiativer": first(iter(rest)),
    }


@pytest.mark.parametrize("page", views.MODULES)
def test_a_number_wrong_by_one_is_noticed(
    ledger: Ledger, warehouse_file: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    view = of_each_kind(ledger.truth)[page]
    assert audited(ledger, view).faults == []
    monkeypatch.setattr(data, "atlas", partial(_same, WrongByOne(warehouse_file)))
    assert audited(ledger, view).faults != []


@pytest.mark.parametrize("page", ["passive", "kommune", "sammenlign", "initiativer", ""])
def test_a_number_for_what_is_hidden_is_noticed(
    ledger: Ledger, warehouse_file: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    truth = ledger.truth
    hidden = "0740"
    assert truth.cells("passive_ressourceforloeb", "2017M06", "kommune")[hidden]["status"] == (
        "suppressed"
    )
    found = {
        "passive": lambda: first(views.of_page("passive", truth)),
        "kommune": lambda: first(views.profiles(truth), hidden),
        "sammenlign": lambda: first(views.comparisons(truth), hidden),
        "initiativer": lambda: first(views.others(truth), hidden),
        "": lambda: next(views.others(truth)),
    }
    assert audited(ledger, found[page]()).faults == []
    monkeypatch.setattr(data, "atlas", partial(_same, Revealing(warehouse_file)))
    faults = audited(ledger, found[page]()).faults
    if page != "kommune":  # where the page has one area, its name is in the heading
        faults = [fault for fault in faults if truth.areas[hidden]["name"] in fault]
    assert faults != []


def _same(atlas: Atlas) -> Atlas:
    return atlas


def test_a_number_that_nothing_explains_is_found(ledger: Ledger) -> None:
    view = first(views.of_page("passive", ledger.truth))
    assert ledger.unaccounted("Holbæk: 117 af ca. 225 borgere", view) == []
    assert ledger.unaccounted("Holbæk: 118 af ca. 225 borgere", view) == ["118"]
    assert ledger.unaccounted("Opgjort juni 2117", view) == ["2117"]
