"""The file that carries disclosed cells: small, the same every time, and refused when not right."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries import UserError
from queries.register.choices import Choices
from queries.register.publish import disclosed_cells, read_cells, synthetic_source, write_cells
from tests.queries.register.made_counts import made_counts

DAY = dt.date(2026, 1, 1)
SOURCE = synthetic_source(seed=554, recorded_at=DAY, choices=Choices().as_dict())


@pytest.fixture(scope="module")
def cells() -> pl.DataFrame:
    return disclosed_cells(
        made_counts(("2018M11", "2018M12")), source_id=SOURCE["source_id"], recorded_at=DAY
    )


def test_what_is_written_is_read(cells: pl.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "celler.parquet"
    write_cells(cells.reverse(), path, source=SOURCE)
    found, source = read_cells(path)
    key = ["indicator_id", "period", "breakdown", "area_id"]
    assert found.sort(key).equals(cells.sort(key))
    assert (source.kind, source.recorded_at) == ("synthetic", DAY)
    assert source.document_id == "Syntetisk register, frø 554"
    assert source.choices["group_2_boundaries"] == [3, 6, 9]
    again = tmp_path / "igen.parquet"
    write_cells(found, again, source=SOURCE)
    assert again.read_bytes() == path.read_bytes()
    assert path.stat().st_size < 5 * cells.height  # bytes


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"numerator": 1}, "viste tal, som er for små"),
        ({"area_id": "0411"}, "area_id kan ikke være '0411'"),
        ({"indicator_id": "ukendt"}, "indicator_id kan ikke være 'ukendt'"),
        ({"breakdown": "loentilskud"}, "har ingen opdeling 'loentilskud'"),
        ({"status": "hemmelig"}, "status kan ikke være 'hemmelig'"),
        ({"status": "suppressed"}, "har tal i celler, der ikke er vist"),
        ({"area_id": "0101"}, "en celle er der to gange"),
    ],
)
def test_cells_that_may_not_be_published_are_refused(
    change: dict[str, object], told: str, cells: pl.DataFrame, tmp_path: Path
) -> None:
    one = (pl.col("indicator_id") == "ordinaere_timer") & (pl.col("area_id") == "000")
    faulty = cells.with_columns(
        pl.when(one).then(pl.lit(value, cells.schema[name])).otherwise(name).alias(name)
        for name, value in change.items()
    )
    path = tmp_path / "celler.parquet"
    with pytest.raises(UserError, match=told) as refused:
        write_cells(faulty, path, source=SOURCE)
    assert str(refused.value).startswith("Filen celler.parquet kan ikke bruges")
    assert not path.exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "published"}, "kildens art skal være register eller synthetic"),
        ({"title": " "}, "kilden mangler id, titel eller dokument"),
        ({"recorded_at": "i går"}, "kildens dato kan ikke læses"),
        ({"seed": 554}, "kilden skal have felterne"),
    ],
)
def test_a_source_that_says_too_little_is_refused(
    change: dict[str, Any], told: str, cells: pl.DataFrame, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=told):
        write_cells(cells, tmp_path / "celler.parquet", source=SOURCE | change)


@pytest.mark.parametrize("kind", ["text", "empty", "folder", "other parquet"])
def test_other_files_are_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "celler.parquet"
    if kind == "folder":
        path.mkdir()
    elif kind == "other parquet":
        pl.DataFrame({"a": [1]}).write_parquet(path)
    else:
        path.write_bytes(b"" if kind == "empty" else b"kommune;antal\n0316;117\n")
    with pytest.raises(UserError, match="ikke skrevet af atlassets egen optælling"):
        read_cells(path)


def test_cells_of_another_source_are_a_fault(cells: pl.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="another source"):
        write_cells(cells, tmp_path / "celler.parquet", source=SOURCE | {"source_id": "anden"})
