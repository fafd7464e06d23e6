"""Imported numbers in the warehouse: every area told, nothing repeated, sources and rules held."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries import Atlas, UserError
from queries.disclosure.places import places
from queries.imports.store import Imported
from queries.warehouse import content
from queries.warehouse.build import build
from queries.warehouse.content import Content
from queries.warehouse.imported import document_cells, imported_documents
from queries.warehouse.jobcentres import ONLY_SHARES
from tests.queries.warehouse.made_imports import (
    FEBRUARY,
    HOURS,
    JANUARY,
    KOMMUNER,
    MARCH,
    cells,
    everywhere,
    imported,
)

SHARED = "J0185"  # Tårnby and Dragør
ALONE = "J0316"  # Holbæk


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without made-up numbers, so that a build takes no time."""
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(content, "SYNTHETIC_REGISTER", tmp_path / "none.parquet")
    return tmp_path


def numbers(frame: pl.DataFrame, area: str) -> tuple[Any, ...]:
    columns = ("status", "numerator", "denominator_low", "share_pct", "origin")
    return frame.filter(area_id=area).select(columns).row(0)


def made(data: Path, *imports: Imported) -> Atlas:
    path = data / "atlas.duckdb"
    build(content.full_content(imports), path)
    return Atlas(path)


def test_every_kommune_and_jobcenter_has_a_cell(data: Path) -> None:
    told = everywhere((40, 160), k0155=None)
    del told["0316"], told["0563"]
    one = imported(data, "a", cells(told | {"000": (4000, 20000), "1084": (900, 5000)}))
    found = document_cells(one)
    assert found.height == 98 + 94 + 2
    assert numbers(found, "0185") == ("shown", 40, 160, 25.0, "source")
    assert numbers(found, "000") == ("shown", 4000, 20000, 20.0, "source")
    assert numbers(found, "0155") == ("suppressed", None, None, None, "source")
    assert numbers(found, "0316") == ("left_out", None, None, None, "source")
    assert set(found.filter(area_id="0316")["note"]) == {"Området er ikke med i kilden: Tabel a"}
    assert numbers(found, ALONE) == ("left_out", None, None, None, "same_area")
    # Dragør is hidden: a sum beside Tårnby's number would give it away.
    assert numbers(found, SHARED) == ("suppressed", None, None, None, "sum_of_kommuner")
    assert numbers(found, "J0187") == ("shown", 80, 320, 25.0, "sum_of_kommuner")
    assert found.filter(pl.col("area_id").str.starts_with("DK")).is_empty()


def test_what_a_source_says_of_jobcentres_is_what_is_told(data: Path) -> None:
    told = cells({SHARED: (50, 200), ALONE: (30, 100), "0101": (7, 70), "J0101": (8, 70)})
    found = document_cells(imported(data, "a", told))
    assert numbers(found, SHARED) == ("shown", 50, 200, 25.0, "source")
    assert numbers(found, "0185") == ("not_collected", None, None, None, "source")
    assert (
        found.filter(area_id="0185")["note"].item() == "Kilden er kun for nogle kommuner: Tabel a"
    )
    assert numbers(found, "J0187") == ("not_collected", None, None, None, "sum_of_kommuner")
    assert numbers(found, "0316") == ("shown", 30, 100, 30.0, "same_area")
    assert (numbers(found, "0101")[1], numbers(found, "J0101")[1]) == (7, 8)  # as printed
    assert found.height == 98 + 94


def test_shares_alone_are_not_added_up(data: Path) -> None:
    of = cells(everywhere(14.5), indicator_id="kontanthjaelp_aktiveringsgrad")
    one = imported(data, "a", of)
    found = document_cells(one)
    assert numbers(found, ALONE) == ("shown", None, None, 14.5, "same_area")
    assert numbers(found, SHARED) == ("left_out", None, None, None, "sum_of_kommuner")
    assert found.filter(area_id=SHARED)["note"].item() == ONLY_SHARES
    atlas = made(data, one)
    assert "kontanthjaelp_aktiveringsgrad" not in atlas.indicators
    assert atlas.further["kontanthjaelp_aktiveringsgrad"].form == "share_only"
    assert atlas.periods("kontanthjaelp_aktiveringsgrad") == [JANUARY]
    shown = atlas.cells("kontanthjaelp_aktiveringsgrad", JANUARY)
    assert set(shown.select("numerator", "share_pct", "rank").rows()) == {(None, 14.5, 1)}
    assert atlas.months("kontanthjaelp_aktiveringsgrad").height == 98
    (row,) = atlas.series("kontanthjaelp_aktiveringsgrad", ["0316"]).to_dicts()
    assert (row["share_pct"], row["numerator"], row["status"]) == (14.5, None, "shown")


def test_a_warehouse_with_imports(data: Path) -> None:
    first = cells(everywhere((40, 160)))
    later = pl.concat([first, cells(everywhere((41, 160)), period=FEBRUARY)])
    revised = pl.concat(
        [
            first,
            cells(everywhere((41, 160), k0101=(43, 160)), period=FEBRUARY),
            cells(everywhere((44, 160)), period=MARCH),
        ]
    )
    imports = [
        imported(data, name, of, series="jobindsats:x", day=day)
        for name, of, day in (
            ("v2", later, "2024-07-01"),
            ("v1", first, "2024-06-01"),  # brought in after the newer one: its day decides
            ("v3", revised, "2024-08-01"),
        )
    ]
    atlas = made(data, *imports)
    shipped = content.shipped_content()
    told = {
        (row["source_id"], row["period"]): row["recorded_at"].isoformat()
        for row in atlas.series(HOURS, ["0101"]).iter_rows(named=True)
    }
    assert told == {
        ("v1", JANUARY): "2024-06-01",
        ("v2", FEBRUARY): "2024-07-01",
        ("v3", FEBRUARY): "2024-08-01",
        ("v3", MARCH): "2024-08-01",
    }
    listed = atlas.imports()
    assert listed["import_id"].to_list() == ["v3", "v1", "v2"]
    assert listed["cells"].to_list() == [3 * 98, 98, 2 * 98]
    assert listed["new_cells"].to_list() == [2 * 192, 192, 192]
    row = listed.row(0, named=True)
    assert (row["form"], row["kind"], row["publisher"]) == ("document", "api", "STAR")
    assert (row["updated_on"], row["next_expected_on"]) == (
        dt.date(2024, 8, 1),
        dt.date(2024, 7, 1),
    )
    assert row["imported_at"] == dt.datetime(2024, 6, 2, 12, tzinfo=dt.UTC)
    source = atlas.sources()["v3"]
    assert (source.series, source.import_id, source.kind) == ("jobindsats:x", "v3", "api")
    assert atlas.built().observations == shipped.tables["observation"].height + 4 * 192
    assert shipped.tables["import"].is_empty()
    assert set(shipped.tables["source"]["import_id"]) == {None}


def test_an_import_is_part_of_what_the_build_was_made_from(data: Path) -> None:
    one = imported(data, "a", cells(everywhere((40, 160))))
    before = content.inputs_hash([], [])
    with_it = content.inputs_hash([], [one])
    assert len({before, with_it, content.inputs_hash([], [replace(one, import_id="b")])}) == 3
    (one.folder / "import.json").write_text("{}")
    assert content.inputs_hash([], [one]) not in (before, with_it)
    again = content.inputs_hash([], [one])
    cells(everywhere((41, 160))).write_parquet(one.cells)
    assert content.inputs_hash([], [one]) != again


def test_a_correction_may_come_before_what_it_corrects_or_lack_it(data: Path) -> None:
    late = imported(data, "rettet", cells(everywhere((41, 160))), corrects="svar")
    lost = imported(data, "anden", cells(everywhere((41, 160))), corrects="væk")
    shipped = "beu-spm-554-berigtigelse"
    first = imported(data, "svar", cells(everywhere((40, 160))), corrects=shipped)
    sources = made(data, late, lost, first).sources()
    assert (sources["rettet"].corrects, sources["svar"].corrected_by) == ("svar", "rettet")
    assert sources[shipped].corrected_by == "svar"
    assert sources["anden"].corrects is None


def test_what_the_atlas_does_not_know_is_not_built(data: Path) -> None:
    strange = cells(everywhere((40, 160))).with_columns(indicator_id=pl.lit("andet"))
    with pytest.raises(UserError, match=r"»Tabel a« \(a\) har tal for indikatoren 'andet'"):
        imported_documents([imported(data, "a", strange)])
    part = cells(everywhere((40, 160))).with_columns(breakdown=pl.lit("andet"))
    with pytest.raises(UserError, match="opdelingen 'andet', som »Ordinære"):
        imported_documents([imported(data, "b", part)])


# What a built file must hold


def change(of: Content, source_id: str, area_id: str, **values: object) -> Content:
    observation = of.tables["observation"]
    here = (pl.col("area_id") == area_id) & (pl.col("source_id") == source_id)
    assert observation.filter(here).height
    changed = observation.with_columns(
        pl.when(here).then(pl.lit(value, observation.schema[name])).otherwise(name).alias(name)
        for name, value in values.items()
    )
    return replace(of, tables=of.tables | {"observation": changed})


def test_rounded_numbers_may_exceed_the_country_a_little_and_others_may_not(data: Path) -> None:
    """98 kommuner of 40 are 3.920: at most 2 pct. and half a person each above the country."""
    for number, (land, fine) in enumerate([(3900, True), (3796, True), (3794, False)]):
        told = everywhere((40, 160)) | {"000": (land, 15680)}
        one = imported(data, f"a{number}", cells(told))
        if fine:
            assert made(data, one).national(HOURS, JANUARY)["numerator"] == land
        else:
            with pytest.raises(UserError, match="de viste kommuner overstiger landets tal"):
                made(data, one)


def test_a_published_total_beside_one_hidden_number_is_as_published(data: Path) -> None:
    """Bornholm is a landsdel: the source gives the number away, and the audit says so."""
    for count in (2, 3):  # 3 is not below the threshold: the source has another
        land = (97 * 40 + count, 97 * 160 + 9)
        told = everywhere((40, 160), k0400=None) | {"DK014": (count, 9), "000": land}
        one = imported(data, f"a{count}", cells(told), kind="published")
        full = content.full_content([one])
        (row,) = full.tables["protection"].filter(source_id=f"a{count}").to_dicts()
        found = [row[name] for name in ("status", "hidden", "exposed", "fewest")]
        assert found == ["as_published", 1, 1, 1]
    build(full, data / "atlas.duckdb")
    ours = change(full, "a3", SHARED, status="suppressed", note="x", numerator=None)
    ours = change(ours, "a3", SHARED, denominator_low=None, denominator_high=None)
    ours = change(ours, "a3", SHARED, share_pct=None, share_decimals=None)
    with pytest.raises(UserError, match=r"ét skjult tal kan regnes ud.*J0185"):
        build(ours, data / "atlas.duckdb")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"recorded_at": dt.date(2024, 6, 2)}, "en celle er fra en anden dag end sin import"),
        ({"numerator": None}, "en vist celle har ikke det tal, indikatoren er"),
        ({"numerator": 60}, "antal og andel passer ikke sammen: 0101"),
    ],
)
def test_an_imported_cell_that_is_not_right_is_not_taken(
    values: dict[str, object], told: str, data: Path
) -> None:
    full = content.full_content([imported(data, "a", cells(everywhere((40, 160))))])
    build(full, data / "atlas.duckdb")
    with pytest.raises(UserError, match="ikke taget i brug") as refused:
        build(change(full, "a", "0101", **values), data / "atlas.duckdb")
    assert told in str(refused.value)


def test_a_share_that_has_a_count_is_of_another_indicator(data: Path) -> None:
    of = cells(everywhere(14.5), indicator_id="kontanthjaelp_aktiveringsgrad")
    full = content.full_content([imported(data, "a", of)])
    build(full, data / "atlas.duckdb")
    with pytest.raises(UserError, match="en vist celle har ikke det tal, indikatoren er"):
        build(change(full, "a", "0101", numerator=3), data / "atlas.duckdb")


def test_source_and_import_belong_together(data: Path) -> None:
    full = content.full_content([imported(data, "a", cells(everywhere((40, 160))))])
    for table, wrong in (
        ("source", {"import_id": None}),
        ("source", {"series": "andet"}),
        ("import", {"form": "run"}),
    ):
        frame = full.tables[table]
        here = pl.col("source_id") == "a"
        changed = frame.with_columns(
            pl.when(here).then(pl.lit(value, frame.schema[name])).otherwise(name).alias(name)
            for name, value in wrong.items()
        )
        with pytest.raises(UserError, match="en kilde og dens import hører ikke sammen: a"):
            build(replace(full, tables=full.tables | {table: changed}), data / f"{table}.duckdb")


def test_the_areas_are_those_of_the_atlas() -> None:
    assert (len(KOMMUNER), places().same[ALONE], SHARED in places().same) == (98, "0316", False)
