"""What the façade answers, against the document's own numbers."""

from __future__ import annotations

import datetime as dt

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from queries import LAND, Atlas, UserError

PASSIVE = "passive_ressourceforloeb"
JUNE = "2017M06"


def cell(atlas: Atlas, area_id: str, level: str = "kommune") -> dict[str, object]:
    frame = atlas.cells(PASSIVE, JUNE, level)  # type: ignore[arg-type]  # two known words
    return frame.filter(pl.col("area_id") == area_id).row(0, named=True)


def test_the_land(atlas: Atlas) -> None:
    land = atlas.national(PASSIVE, JUNE)
    assert (land["numerator"], land["share_pct"]) == (2790, 21)
    assert (land["denominator_low"], land["denominator_high"]) == (12977, 13609)
    assert land["source_id"] == "beu-spm-554-berigtigelse"
    assert land["recorded_at"] == dt.date(2017, 9, 27)


@pytest.mark.parametrize(
    ("area_id", "count", "share", "low", "high", "rank"),
    [
        ("0376", 67, 66, 101, 102, 1),  # Guldborgsund, highest
        ("0316", 117, 52, 223, 227, 2),  # Holbæk shares places 2 to 4
        ("0773", 30, 52, 58, 58, 2),  # Morsø: exactly one denominator fits
        ("0101", 237, 14, 1635, 1755, 70),  # København: row 71, and Dragør above has no rank
        ("0746", 3, 4, 67, 85, 92),  # Skanderborg, lowest shown
    ],
)
def test_shown_kommuner(
    atlas: Atlas, area_id: str, count: int, share: int, low: int, high: int, rank: int
) -> None:
    row = cell(atlas, area_id)
    assert (row["status"], row["numerator"], row["share_pct"]) == ("shown", count, share)
    assert (row["denominator_low"], row["denominator_high"]) == (low, high)
    assert row["rank"] == rank


@pytest.mark.parametrize(
    ("area_id", "share"), [("0155", 17), ("0201", 10), ("0730", 0), ("0740", 0)]
)
def test_suppressed_kommuner_have_a_share_and_nothing_else(
    atlas: Atlas, area_id: str, share: int
) -> None:
    row = cell(atlas, area_id)
    assert (row["status"], row["share_pct"]) == ("suppressed", share)
    assert (row["numerator"], row["denominator_low"], row["rank"]) == (None, None, None)


@pytest.mark.parametrize("area_id", ["0563", "0825"])
def test_left_out_kommuner_have_nothing(atlas: Atlas, area_id: str) -> None:
    row = cell(atlas, area_id)
    assert (row["status"], row["numerator"], row["share_pct"]) == ("left_out", None, None)


def test_each_number_leads_to_its_line(atlas: Atlas, shared: object) -> None:
    lines = (shared / "seeds" / "002_98f7a85d99b85152.txt").read_text("utf-8").splitlines()  # type: ignore[operator]
    rows = atlas.cells(PASSIVE, JUNE).filter(pl.col("status") == "shown").to_dicts()
    assert len(rows) == 92
    for row in rows:
        line = lines[row["source_line"] - 1]
        assert line.strip().endswith(f"{row['numerator']} {row['share_pct']:.0f}%"), row


def test_jobcentres(atlas: Atlas) -> None:
    frame = atlas.cells(PASSIVE, JUNE, "jobcenter")
    assert frame.height == 94
    hidden = frame.filter(pl.col("status") != "shown")["area_id"].to_list()
    # Allerød, Randers and Silkeborg as their kommuner; the others would give a kommune away
    assert hidden == ["J0185", "J0201", "J0561", "J0730", "J0740", "J0813"]
    shared_one = cell(atlas, "J0187", "jobcenter")
    assert shared_one["numerator"] == 3 + 16


def test_a_filter_keeps_the_rank(atlas: Atlas) -> None:
    frame = atlas.cells(PASSIVE, JUNE, "kommune", "1085")
    assert frame.height == 17
    assert set(frame["region"]) == {"Region Sjælland"}
    assert frame.filter(area_id="0316")["rank"].item() == 2
    # ranked 2 in the whole country, and 1 were the rank made inside the region of Hovedstaden
    hovedstaden = atlas.cells(PASSIVE, JUNE, "kommune", "1084")
    assert hovedstaden.filter(area_id="0250")["rank"].item() == 2
    bornholm = atlas.cells(PASSIVE, JUNE, "jobcenter", "DK014")
    assert bornholm["name"].to_list() == ["Jobcenter Bornholm"]


def test_no_totals_that_the_source_does_not_give(atlas: Atlas) -> None:
    assert atlas.cells(PASSIVE, JUNE, "region").is_empty()
    assert atlas.cells(PASSIVE, JUNE, "landsdel").is_empty()
    assert atlas.cells(PASSIVE, JUNE, "land")["area_id"].to_list() == [LAND]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ukendt", JUNE), "Ukendt indikator: 'ukendt'. Vælg mellem: "),
        ((PASSIVE, "1917M06"), "Ukendt periode: '1917M06'. Vælg mellem: "),
        ((PASSIVE, JUNE, "by"), "Ukendt niveau: 'by'. Vælg mellem: land, region, landsdel"),
        ((PASSIVE, JUNE, "kommune", "9999"), "Ukendt område: '9999'."),
    ],
)
def test_wrong_questions_are_answered_in_danish(
    atlas: Atlas, arguments: tuple[str, ...], told: str
) -> None:
    with pytest.raises(UserError) as refused:
        atlas.cells(*arguments)  # type: ignore[arg-type]  # wrong on purpose
    assert str(refused.value).startswith(told)


def test_sources_tell_of_the_correction(atlas: Atlas) -> None:
    sources = atlas.sources()
    corrected = sources["beu-spm-554-berigtigelse"]
    assert corrected.is_correction
    assert corrected.corrects == "beu-spm-554-oprindelig"
    assert sources["beu-spm-554-oprindelig"].corrected_by == "beu-spm-554-berigtigelse"
    made_up = {source.source_id for source in sources.values() if source.is_synthetic}
    assert made_up <= {"syntetisk-register"}


def test_documents_are_the_ones_that_were_read(atlas: Atlas, shared: object) -> None:
    import hashlib

    seeds = (shared / "seeds").glob("*.txt")  # type: ignore[operator]
    read = {hashlib.sha256(path.read_bytes()).hexdigest() for path in seeds}
    sources = atlas.sources().values()
    assert {s.sha256 for s in sources if s.sha256 and s.kind == "published"} == read


def test_statements_hold_the_published_figures(atlas: Atlas) -> None:
    rows = {row["statement_id"]: row for row in atlas.statements().to_dicts()}
    assert len(rows) == 29
    figures = {key: (row["value"], row["hedge"]) for key, row in rows.items()}
    assert figures["P1"] == (2790, "exact")
    assert figures["F3"] == (24000, "more_than")
    assert figures["F4"] == (8000, "a_little_over")
    assert figures["F8"] == (20, "at_least")
    assert (rows["F10"]["count"], rows["F10"]["count_hedge"]) == (3000, "about")
    assert (rows["F11"]["count"], rows["F12"]["count"]) == (1468, 735)
    assert figures["S3"] == (61.8, "exact")


def test_initiatives_name_their_kommuner_only_where_a_document_does(atlas: Atlas) -> None:
    members = {row["initiative_id"]: row["members"] for row in atlas.initiatives().to_dicts()}
    assert len(members["bedre_ressourceforloeb"]) == 17
    assert "0316" in members["bedre_ressourceforloeb"]
    assert [key for key, codes in members.items() if codes] == ["bedre_ressourceforloeb"]


AREAS = """
    WITH RECURSIVE up AS (
      SELECT area_id, parent_id FROM area_parent
      UNION SELECT up.area_id, p.parent_id FROM up JOIN area_parent p ON p.area_id = up.parent_id)
    SELECT a.area_id, a.level::VARCHAR AS level, a.name, a.aliases, a.valid_from, a.valid_to,
           a.basis,
           any_value(above.name) FILTER (above.level = 'region') AS region,
           any_value(above.name) FILTER (above.level = 'landsdel') AS landsdel,
           any_value(above.area_id) FILTER (above.level = 'jobcenter') AS jobcenter_id,
           coalesce(list(above.area_id ORDER BY above.area_id)
             FILTER (above.area_id IS NOT NULL), []) AS within
    FROM area a LEFT JOIN up USING (area_id) LEFT JOIN area above ON above.area_id = up.parent_id
    GROUP BY ALL ORDER BY min(a.level), a.area_id
"""


def test_areas_are_what_a_recursive_query_finds(atlas: Atlas) -> None:
    with duckdb.connect(str(atlas._warehouse.path), read_only=True) as connection:
        assert_frame_equal(atlas.areas(), connection.sql(AREAS).pl())
