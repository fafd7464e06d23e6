"""Files made to slip something past the gate: each is refused, in Danish and without a value."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from pathlib import Path

import polars as pl
import pytest

from queries import UserError
from queries.cells import CELL_SCHEMA, exact_share
from queries.disclosure.places import places
from queries.disclosure.solver import SolverError
from queries.indicators.definition import load_indicators
from queries.register.cell_file import (
    FILE_SCHEMA,
    METADATA_KEY,
    RunSource,
    read_cells,
)
from queries.register.choices import Choices
from queries.register.notes import NOBODY, hidden_note
from queries.sources.facts import LAND
from queries.warehouse import protection as gate
from queries.warehouse.content import published_cells
from queries.warehouse.versions import Run

TREE = places().children
JANUARY, JUNE = "2018M01", "2017M06"
PASSIVE, PUBLISHED = "passive_dagpenge", "passive_ressourceforloeb"
HOURS, EXIT, PLACED = "ordinaere_timer", "fuld_afgang", "virksomhedspraktik"
UPPER = [area for area in TREE if not area.startswith("J")]
PAIR = ("0730", "0710")
"""Two kommuner of one landsdel, each a jobcenter of its own."""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(gate, "_KNOWN", {})


def kommuner(area: str) -> list[str]:
    parts = TREE.get(area)
    return [area] if parts is None else [one for part in parts for one in kommuner(part)]


def cells(
    indicator_id: str,
    hidden: Mapping[str, int],
    *,
    usual: int = 20,
    period: str = JANUARY,
    shown: Collection[str] = (),
    absent: Collection[str] = (),
    without: Collection[str] = (),
) -> pl.DataFrame:
    """One month: `usual` of 60 everywhere but `hidden`, whose totals are told of all the same."""
    indicator = load_indicators()[indicator_id]
    rows = []
    for area in (*places().kommuner, *TREE, *places().same):
        mine = kommuner(places().same.get(area, area))
        row: dict[str, object] = {"area_id": area}
        row |= {"origin": "same_area" if area in places().same else "source"}
        row |= {"status": "shown", "note": ""}
        numbers = {
            "numerator": sum(hidden.get(one, usual) for one in mine),
            "denominator": 60 * len(mine),
            "share_decimals": indicator.format.share_decimals,
        }
        low = len(mine) < 3 and not set(mine).isdisjoint(hidden.keys() - set(shown))
        if set(mine) <= set(absent):
            rows.append(row | {"status": "not_collected", "note": NOBODY})
        elif low:
            note = hidden_note(indicator.disclosure)
            rows.append(row | {"status": "suppressed", "note": note})
        else:
            rows.append(row | numbers)
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        indicator_id=pl.lit(indicator_id), breakdown=pl.lit("alle"), period=pl.lit(period)
    )
    frame = frame.select(pl.col(name).cast(kind) for name, kind in FILE_SCHEMA.items())
    return frame.filter(~pl.col("area_id").is_in(list(without)))


def put(frame: pl.DataFrame, area: str, **values: object) -> pl.DataFrame:
    here = pl.col("area_id") == area
    return frame.with_columns(
        pl.when(here).then(pl.lit(value, FILE_SCHEMA[name])).otherwise(name).alias(name)
        for name, value in values.items()
    )


def judge(tmp_path: Path, *frames: pl.DataFrame, criterion: str = "strict") -> pl.DataFrame:
    """Pass each frame through the gate as a file of its own, all of them together."""
    runs = []
    for number, frame in enumerate(frames):
        name = f"fil{number}"
        source = RunSource(
            name, "register", name, name, dt.date(2026, 1, 1), Choices().as_dict(), criterion
        )
        path = tmp_path / f"{name}.parquet"
        about = {METADATA_KEY: json.dumps(asdict(source), default=str)}
        frame.write_parquet(path, metadata=about)
        runs.append(Run(path.name, *read_cells(path)))
    return gate.protection(published_cells(), runs)


def test_what_hides_enough_passes(tmp_path: Path) -> None:
    found = judge(tmp_path, cells(PASSIVE, dict.fromkeys((*PAIR, "0706", "0707"), 3)))
    (row,) = found.filter(status="protected").to_dicts()
    assert (row["hidden"], row["exposed"], row["note"]) == (8, 0, gate.PROTECTED)


LANDSDELE = [area for area in TREE if area.startswith("DK")]


@pytest.mark.parametrize(
    ("without", "told"),
    [
        ([LAND], "mangler hele niveauer i 2018M01: land"),
        (LANDSDELE, "mangler hele niveauer i 2018M01: landsdel"),
        ([area for area in UPPER if area != LAND], "mangler hele niveauer i 2018M01: landsdel, r"),
        (["0706"], "mangler områder på niveauet kommune i 2018M01"),
        (["J0706"], "mangler områder på niveauet jobcenter i 2018M01"),
        (["DK042"], "mangler områder på niveauet landsdel i 2018M01"),
    ],
)
def test_a_file_without_all_sums_is_refused(tmp_path: Path, without: list[str], told: str) -> None:
    """Its two hidden numbers of a landsdel sum to two, as the sums left in the file would tell."""
    with pytest.raises(UserError, match=f"Filen fil0.parquet kan ikke bruges.*{told}"):
        judge(tmp_path, cells(PASSIVE, dict.fromkeys(PAIR, 1), without=without))
    with pytest.raises(UserError, match=r"Fortrolighedskontrollen stopper fil0\.parquet"):
        judge(tmp_path, cells(PASSIVE, dict.fromkeys(PAIR, 1)))


def published(*, off: int = 0, without: Collection[str] = UPPER) -> pl.DataFrame:
    """The published month as a run would tell it; `off` adds to one kommune's number."""
    table = published_cells().filter(indicator_id=PUBLISHED)
    printed = dict(table.filter(status="shown").select("area_id", "numerator").iter_rows())
    unknown = {area: 1 for area in places().kommuner if printed.get(area, 0) < 3}
    known = {area: printed[area] for area in places().kommuner if area not in unknown}
    frame = cells(PUBLISHED, unknown, period=JUNE, without=without)
    people = {area: 20_000 * len(kommuner(area)) for area in TREE}
    numbers = {area: sum(known.get(one, 1) for one in kommuner(area)) for area in TREE} | known
    numbers |= {twin: known[area] for twin, area in places().same.items() if area in known}
    numbers["0316"] = numbers["J0316"] = numbers["0316"] + off
    shown = pl.col("status") == "shown"
    counted = pl.col("area_id").replace_strict(numbers, default=None, return_dtype=pl.Int32)
    return frame.with_columns(
        numerator=pl.when(shown).then(counted),
        denominator=pl.when(shown).then(
            pl.col("area_id").replace_strict(people, default=20_000, return_dtype=pl.Int32)
        ),
    )


@pytest.mark.parametrize("off", [0, 1])
def test_no_sum_stands_beside_a_published_table_that_hides(tmp_path: Path, off: int) -> None:
    judge(tmp_path, published(off=off))
    with pytest.raises(UserError, match="indsnævrer, hvad den offentliggjorte tabel skjuler"):
        judge(tmp_path, published(off=off, without=()))


@pytest.mark.parametrize("area", ["0825", "0730", "J0185"])
@pytest.mark.parametrize("off", [0, 1])
def test_nothing_is_told_of_what_a_published_table_hides(
    tmp_path: Path, area: str, off: int
) -> None:
    numbers = {"status": "shown", "note": "", "numerator": 30, "denominator": 90}
    frame = published(off=off)
    twins = [twin for twin, kommune in places().same.items() if kommune == area]
    for one in (area, *twins):
        frame = put(frame, one, **numbers, share_decimals=0)
    with pytest.raises(UserError, match="indsnævrer, hvad den offentliggjorte tabel skjuler"):
        judge(tmp_path, frame)


def test_two_files_of_the_same_people_are_refused(tmp_path: Path) -> None:
    """One hides two numbers that sum to six; the other says that each is at least three."""
    hours = cells(HOURS, dict.fromkeys(PAIR, 3))
    exits = cells(EXIT, dict.fromkeys(PAIR, 3), usual=12, shown=PAIR)
    for one in (hours, exits):
        judge(tmp_path, one)
    with pytest.raises(UserError, match="Fortrolighedskontrollen stopper fil0"):
        judge(tmp_path, pl.concat([hours, exits]))
    with pytest.raises(UserError, match="er om de samme borgere") as refused:
        judge(tmp_path, hours, exits)
    assert all(name in str(refused.value) for name in ("fil0.parquet", "fil1.parquet", JANUARY))
    later = exits.with_columns(period=pl.lit("2018M02"))
    assert set(judge(tmp_path, hours, later)["source_id"]) >= {"fil0", "fil1"}


def test_nobody_in_one_series_and_somebody_in_another_is_refused(tmp_path: Path) -> None:
    """A kommune that is 'not collected' took the landsdel's sum with it."""
    hours = cells(HOURS, dict.fromkeys(PAIR, 1), absent=["0706"])
    with pytest.raises(UserError, match="et område uden borgere i én opgørelse har borgere"):
        judge(tmp_path, pl.concat([hours, cells(PLACED, {})]))


def test_a_part_of_an_area_with_nobody_has_nobody(tmp_path: Path) -> None:
    region = next(area for area in TREE[LAND] if "0730" in kommuner(area))
    frame = put(
        cells(PASSIVE, {}),
        region,
        status="not_collected",
        note=NOBODY,
        numerator=None,
        denominator=None,
        share_decimals=None,
    )
    with pytest.raises(UserError, match="har tal for en del af et område uden borgere"):
        judge(tmp_path, frame)


@pytest.mark.parametrize(
    ("area", "values", "told"),
    [
        ("0706", {"note": "tallet er 1"}, "har en anmærkning, som atlasset ikke kender"),
        ("0730", {"note": "tallet er 1"}, "har en anmærkning, som atlasset ikke kender"),
        ("0730", {"share_decimals": 1}, "har et antal decimaler, som atlasset ikke kender"),
        ("0706", {"origin": "1"}, "har en oprindelse, som atlasset ikke kender"),
        ("J0706", {"origin": "source"}, "har en oprindelse, som atlasset ikke kender"),
        ("J0706", {"numerator": 21}, "har et jobcenter, som afviger fra sin ene kommune"),
        ("0706", {"period": "2018-01"}, "har perioden '2018-01'"),
        ("0706", {"period": "2018M13"}, "har perioden '2018M13'"),
        ("0706", {"numerator": None}, "vist celle uden antal"),
        ("0706", {"denominator": None, "share_decimals": None}, "vist celle uden antal"),
        (LAND, {"numerator": 5}, r"2018M01: tallene passer ikke sammen"),
        ("DK042", {"numerator": 77}, r"2018M01: tallene passer ikke sammen"),
    ],
)
def test_a_cell_that_the_atlas_does_not_write_is_refused(
    tmp_path: Path, area: str, values: dict[str, object], told: str
) -> None:
    frame = cells(PASSIVE, dict.fromkeys((*PAIR, "0707"), 3))
    with pytest.raises(UserError, match=told) as refused:
        judge(tmp_path, put(frame, area, **values))
    assert "Passive på dagpenge" in str(refused.value)
    assert "fil0.parquet" in str(refused.value)
    assert not {"77", " 5 ", "tallet er 1"} & set(str(refused.value).split())


def test_a_hidden_jobcenter_is_not_shown_by_its_kommune(tmp_path: Path) -> None:
    frame = cells(PASSIVE, dict.fromkeys((*PAIR, "0707"), 3))
    shown = put(
        frame, "J0730", status="shown", note="", numerator=3, denominator=60, share_decimals=0
    )
    with pytest.raises(UserError, match="har et jobcenter, som afviger fra sin ene kommune"):
        judge(tmp_path, shown)


def test_what_cannot_be_decided_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(*_: object, **__: object) -> None:
        raise SolverError("out of time")

    monkeypatch.setattr(gate, "audit", gives_up)
    with pytest.raises(UserError, match="kunne ikke afgøres") as refused:
        list(gate.audits(_run(cells(PASSIVE, {}))))
    assert "Passive på dagpenge, 2018M01" in str(refused.value)


def _run(frame: pl.DataFrame, *, shipped: bool = False) -> Run:
    source = RunSource("x", "register", "x", "x", dt.date(2026, 1, 1), Choices().as_dict())
    whole = frame.with_columns(
        denominator_low="denominator",
        denominator_high="denominator",
        source_id=pl.lit("x"),
        recorded_at=pl.lit(source.recorded_at),
        source_row=None,
        source_line=None,
    ).with_columns(share_pct=exact_share())
    whole = whole.select(pl.col(name).cast(kind) for name, kind in CELL_SCHEMA.items())
    return Run("x.parquet", whole, source, shipped)


def test_what_lies_on_disk_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fine = cells(PASSIVE, dict.fromkeys((*PAIR, "0706", "0707"), 3))
    right = gate.protection(published_cells(), [_run(fine)])
    assert not list(tmp_path.rglob("*.json"))  # nothing is kept of the data owner's own
    monkeypatch.setattr(gate, "_KNOWN", {})
    assert gate.protection(published_cells(), [_run(fine, shipped=True)]).equals(right)
    (kept,) = tmp_path.rglob("*.json")
    rows = json.loads(kept.read_text("utf-8"))
    faults = [[], [5], 5, [rows[0] | {"hidden": 0}], [rows[0] | {"exposed": 1}], [{}]]
    for wrong in faults:
        kept.write_text(json.dumps(wrong), "utf-8")
        monkeypatch.setattr(gate, "_KNOWN", {})
        assert gate.protection(published_cells(), [_run(fine, shipped=True)]).equals(right)
        assert json.loads(kept.read_text("utf-8")) == rows
    monkeypatch.setattr(gate, "_KNOWN", {})
    monkeypatch.setattr(gate, "audits", lambda *_: pytest.fail("audited again"))
    assert gate.protection(published_cells(), [_run(fine, shipped=True)]).equals(right)


@pytest.mark.parametrize("name", ["places.py", "kommuner.csv", "facts.py", "versions.py"])
def test_what_decides_the_audit_decides_what_is_remembered(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = gate._code()
    usual = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: usual(path) + (b"#" if path.name == name else b"")
    )
    assert gate._code() != before


def test_a_weaker_criterion_is_said(tmp_path: Path) -> None:
    found = judge(tmp_path, cells(PASSIVE, dict.fromkeys(PAIR, 2)), criterion="exact")
    (row,) = found.filter(status="protected").to_dicts()
    assert row["note"].startswith("Lavet efter kriteriet »exact«, som er svagere end »strict«")
    assert gate.weaker(found) == [("fil0", "exact")]
    strict = judge(tmp_path, cells(PASSIVE, {}))
    assert gate.weaker(strict) == []
