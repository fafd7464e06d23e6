"""Rows of a file that tell something instead of hidden numbers: refused unless the atlas' own."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest

from queries import UserError
from queries.cells import CELL_SCHEMA, is_instead
from queries.disclosure.audit import audit
from queries.disclosure.publication import Criterion
from queries.indicators.definition import load_indicators
from queries.register.cell_file import FILE_SCHEMA, METADATA_KEY
from queries.register.choices import Choices
from queries.register.instead import Row, as_cells
from queries.register.instead_checks import fault
from queries.register.publish import read_cells, synthetic_source, write_cells
from queries.register.published import as_read, together
from tests.queries.register.test_publish import JUNE, KOMMUNER, PASSIVE, disclosed, passive, project

DAY = dt.date(2026, 1, 1)
SOURCE = synthetic_source(seed=554, recorded_at=DAY, choices=Choices().as_dict())
SICK, GROUP_2, DECEMBER = "passive_sygedagpenge", "gruppe_2_over_9_maaneder", "2018M12"
COLUMNS = ["measure", "breakdown", "period", "kommune", "numerator", "denominator"]
TIMES = ("under_3", "3_til_6", "6_til_9", "over_9")
HIDDEN = {"0316": (2, 60), "0340": (9, 30), "0155": (2, 60), "0185": (9, 30), "0183": (8, 25)}
"""Two kommuner of one landsdel, two of a jobcenter, and one that is hidden with another."""


def classes(*numbers: int) -> tuple[dict[str, int], int]:
    return dict(zip(TIMES, numbers, strict=True)), sum(numbers)


@pytest.fixture(scope="module")
def passives() -> pl.DataFrame:
    """Two benefits with the same hidden numbers; those of sygedagpenge may be rounded."""
    counts = passive(KOMMUNER | HIDDEN)
    return disclosed(pl.concat([counts, counts.with_columns(breakdown=pl.lit("sygedagpenge"))]))


@pytest.fixture(scope="module")
def groups() -> pl.DataFrame:
    special = {"0316": classes(1, 2, 2, 55), "0330": classes(2, 5, 7, 16)}
    rows = project("gruppe_2_tid", dict.fromkeys(TIMES, 15), special)
    return disclosed(pl.DataFrame(rows, schema=COLUMNS, orient="row"))


def with_rows(cells: pl.DataFrame, name: str, period: str, *rows: Row) -> pl.DataFrame:
    """Return cells with these rows instead of what is told of the indicator."""
    kept = cells.filter(~(is_instead() & (pl.col("indicator_id") == name)))
    if not rows:
        return kept
    more = as_cells(load_indicators()[name], period, rows).with_columns(
        source_id=pl.lit(SOURCE["source_id"]), recorded_at=pl.lit(DAY)
    )
    both = pl.concat([kept, more], how="diagonal_relaxed")
    return both.select(pl.col(column).cast(kind) for column, kind in CELL_SCHEMA.items())


def told(cells: pl.DataFrame) -> set[tuple[str, Row]]:
    columns = ("breakdown", "area_id", "status", "numerator", "denominator_low")
    rows = cells.filter(is_instead()).select("indicator_id", *columns).rows()
    return {(name, (breakdown, *row)) for name, breakdown, *row in rows}


def refuse(frame: pl.DataFrame, path: Path, why: str) -> None:
    """Neither written nor read: both ask, and neither says a number of the file."""
    with pytest.raises(UserError, match=why) as refused:
        write_cells(frame, path, source=SOURCE)
    assert str(refused.value).startswith(f"Filen {path.name} kan ikke bruges")
    assert not path.exists()
    forged(frame, path)
    with pytest.raises(UserError, match=why):
        read_cells(path)


def forged(frame: pl.DataFrame, path: Path) -> None:
    """Write a file as another program would, without any check."""
    stored = frame.rename({"denominator_low": "denominator"}).select(
        pl.col(name).cast(kind) for name, kind in FILE_SCHEMA.items()
    )
    about = json.dumps(SOURCE, ensure_ascii=False, default=str)
    stored.write_parquet(path, metadata={METADATA_KEY: about})


def test_what_the_atlas_tells_is_written_and_read(
    passives: pl.DataFrame, groups: pl.DataFrame, tmp_path: Path
) -> None:
    cells = pl.concat([passives, groups])
    path = tmp_path / "celler.parquet"
    write_cells(cells, path, source=SOURCE)
    found, _ = read_cells(path)
    key = ["indicator_id", "period", "breakdown", "area_id", "status"]
    assert found.sort(key).equals(cells.sort(key))
    assert told(found) >= {
        (PASSIVE, ("alle", "0155+0185", "combined", 11, 90)),
        (SICK, ("alle", "0155", "rounded", 0, None)),
        (GROUP_2, ("tid_under_9", "0316", "coarser", 5, 60)),
    }
    for name in (PASSIVE, SICK, GROUP_2):
        assert fault(found.filter(indicator_id=name), load_indicators()[name]) == ""


COMBINED: Row = ("alle", "0155+0185", "combined", 11, 90)
OTHER: Row = ("alle", "0316+0340", "combined", 11, 90)


def test_other_rows_of_a_known_form_are_read(passives: pl.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "celler.parquet"
    for rows in ((), (COMBINED,), (COMBINED, OTHER)):
        write_cells(with_rows(passives, PASSIVE, JUNE, *rows), path, source=SOURCE)
        found, _ = read_cells(path)
        assert {row for name, row in told(found) if name == PASSIVE} == set(rows)


FORBIDDEN = "har i 2017M06 i stedet for skjulte tal et, som ikke er tilladt"
NOT_HIDDEN = "har i 2017M06 i stedet for skjulte tal et af noget, der ikke er skjult"
TOO_SMALL = "har i 2017M06 i stedet for skjulte tal et, som selv er for lille til at vises"
TWICE = "har i 2017M06 i stedet for skjulte tal et område i to samlede områder"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("alle", "0155", "rounded", 0, None), FORBIDDEN),  # the file names no base
        (("tid_under_6", "0155", "coarser", 5, 60), FORBIDDEN),  # nor any group
        (("alle", "0155+0185", "combined", 11, None), FORBIDDEN),
        (("alle", "0185", "combined", 9, 30), FORBIDDEN),  # one alone
        (("alle", "0185+0155", "combined", 11, 90), FORBIDDEN),  # not in order
        (("alle", "0155+0155", "combined", 11, 90), FORBIDDEN),
        (("alle", "0155+0155+0185", "combined", 13, 150), FORBIDDEN),
        (("alle", "0316+J0340", "combined", 11, 90), FORBIDDEN),  # no kommune
        (("alle", "J0316+J0340", "combined", 11, 90), FORBIDDEN),
        (("alle", "0155+0999", "combined", 11, 90), FORBIDDEN),
        (("alle", "0155,0185", "combined", 11, 90), FORBIDDEN),
        (("tid_under_6", "0155+0185", "combined", 11, 90), FORBIDDEN),
        (("alle", "0155+0330", "combined", 22, 120), NOT_HIDDEN),
        (("alle", "0101+0330", "combined", 40, 120), NOT_HIDDEN),
        (("alle", "0155+0185", "combined", 2, 90), TOO_SMALL),
        (("alle", "0155+0185", "combined", 0, 90), TOO_SMALL),
        (("alle", "0155+0185", "combined", 88, 90), TOO_SMALL),  # two are outside
        (("alle", "0155+0185", "combined", 91, 90), TOO_SMALL),
        (("alle", "0155+0185", "combined", -5, 90), TOO_SMALL),
    ],
)
def test_kommuner_together_that_may_not_be_told(
    row: Row, why: str, passives: pl.DataFrame, tmp_path: Path
) -> None:
    faulty = with_rows(passives, PASSIVE, JUNE, OTHER, row)
    refuse(faulty, tmp_path / "celler.parquet", f"Passive i ressourceforløb {why}")


@pytest.mark.parametrize(("number", "people"), [(3, 90), (87, 90)])
def test_the_threshold_itself_is_no_small_sum(
    number: int, people: int, passives: pl.DataFrame
) -> None:
    row: Row = ("alle", "0155+0185", "combined", number, people)
    mine = with_rows(passives, PASSIVE, JUNE, row).filter(indicator_id=PASSIVE)
    assert fault(mine, load_indicators()[PASSIVE]) == ""


def test_a_kommune_is_in_one_group(passives: pl.DataFrame, tmp_path: Path) -> None:
    both = with_rows(
        passives, PASSIVE, JUNE, COMBINED, ("alle", "0155+0185+0316", "combined", 13, 150)
    )
    refuse(both, tmp_path / "celler.parquet", TWICE)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("alle", "0155", "rounded", 5, None), FORBIDDEN),  # to the nearest 10
        (("alle", "0155", "rounded", 20, 60), FORBIDDEN),  # people are not told
        (("alle", "0155+0185", "rounded", 10, None), FORBIDDEN),
        (("alle", "0999", "rounded", 10, None), FORBIDDEN),
        (("tid_under_6", "0155", "rounded", 10, None), FORBIDDEN),
        (("alle", "0330", "rounded", 20, None), NOT_HIDDEN),
        (("alle", "J0185", "rounded", 10, None), NOT_HIDDEN),
    ],
)
def test_rounded_numbers_that_may_not_be_told(
    row: Row, why: str, passives: pl.DataFrame, tmp_path: Path
) -> None:
    faulty = with_rows(passives, SICK, JUNE, row)
    refuse(faulty, tmp_path / "celler.parquet", why)


@pytest.mark.parametrize("number", [0, 10, 20])
def test_a_printed_zero_is_no_small_number(number: int, passives: pl.DataFrame) -> None:
    mine = with_rows(passives, SICK, JUNE, ("alle", "0155", "rounded", number, None))
    assert fault(mine.filter(indicator_id=SICK), load_indicators()[SICK]) == ""


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("tid_over_3", "0316", "coarser", 5, 60), "et, som ikke er tilladt"),  # unknown
        (("alle", "0316", "coarser", 5, 60), "et, som ikke er tilladt"),
        (("tid_under_3", "0316", "coarser", 5, 60), "et, som ikke er tilladt"),
        (("tid_under_9", "0316", "coarser", 5, None), "et, som ikke er tilladt"),
        (("tid_under_9", "J0316", "coarser", 5, 60), "et, som ikke er tilladt"),  # the kommune's
        (("tid_under_9", "0316+0330", "coarser", 19, 90), "et, som ikke er tilladt"),
        (("tid_over_6", "0316", "coarser", 57, 60), "et af noget, der ikke er skjult"),
        (("tid_under_9", "0340", "coarser", 45, 60), "et af noget, der ikke er skjult"),
        (("tid_under_6", "0316", "coarser", 2, 60), "et, som selv er for lille til at vises"),
        (("tid_under_6", "0316", "coarser", 58, 60), "et, som selv er for lille til at vises"),
        (("alle", "0316", "rounded", 0, None), "et, som ikke er tilladt"),
    ],
)
def test_classes_together_that_may_not_be_told(
    row: Row, why: str, groups: pl.DataFrame, tmp_path: Path
) -> None:
    title = "Mere end 9 måneder i gruppe 2 har i 2018M12 i stedet for skjulte tal "
    refuse(with_rows(groups, GROUP_2, DECEMBER, row), tmp_path / "celler.parquet", title + why)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"note": "Dragør har 2"}, "har en anmærkning eller oprindelse, som atlasset ikke kender"),
        ({"note": None}, "har en anmærkning eller oprindelse, som atlasset ikke kender"),
        ({"origin": "same_area"}, "har en anmærkning eller oprindelse"),
        ({"share_decimals": 2}, "har en anmærkning eller oprindelse"),
        ({"share_decimals": None}, "har en anmærkning eller oprindelse"),
        ({"numerator": None}, "mangler et antal i stedet for skjulte tal"),
        ({"denominator_low": None}, "har en anmærkning eller oprindelse"),
        ({"status": "samlet"}, "area_id kan ikke være '0155\\+0185'"),
        ({"status": "shown"}, "area_id kan ikke være '0155\\+0185'"),
        ({"indicator_id": "ukendt"}, "indicator_id kan ikke være 'ukendt'"),
        ({"period": "2017M07"}, "har i 2017M07 i stedet for skjulte tal et af noget, der ikke er"),
    ],
)
def test_rows_of_another_form_are_refused(
    change: dict[str, object], why: str, passives: pl.DataFrame, tmp_path: Path
) -> None:
    cells = with_rows(passives, PASSIVE, JUNE, COMBINED)
    one = pl.col("area_id") == "0155+0185"
    one &= pl.col("indicator_id") == PASSIVE
    faulty = cells.with_columns(
        pl.when(one).then(pl.lit(value, CELL_SCHEMA[name])).otherwise(name).alias(name)
        for name, value in change.items()
    )
    refuse(faulty, tmp_path / "celler.parquet", why)


def test_a_row_is_told_once(passives: pl.DataFrame, tmp_path: Path) -> None:
    twice = with_rows(passives, PASSIVE, JUNE, COMBINED, COMBINED)
    refuse(twice, tmp_path / "celler.parquet", "en celle er der to gange")


def test_a_file_of_nothing_but_such_rows_is_empty(passives: pl.DataFrame, tmp_path: Path) -> None:
    only = passives.filter(is_instead())
    assert only.height > 0
    refuse(only, tmp_path / "celler.parquet", "den er tom")


def test_hidden_people_beside_classes_together_are_found_by_the_audit() -> None:
    """Nothing is shown of Holbæk's 2 and Slagelse's 30: whoever is told one knows the other."""
    special = {
        "0316": classes(0, 0, 1, 1),
        "0330": classes(7, 7, 8, 8),
        "0326": classes(30, 1, 28, 1),
    }
    rows = project("gruppe_2_tid", dict.fromkeys(TIMES, 15), special)
    rows += project(
        "gruppe_2_uden_tilbud", {"alle": 20}, {"0316": ({"alle": 1}, 2), "0330": ({"alle": 9}, 30)}
    )
    cells = disclosed(pl.DataFrame(rows, schema=COLUMNS, orient="row"))
    state = cells.filter(pl.col("area_id").is_in(["0316", "0330"]), ~is_instead())["status"]
    assert set(state) == {"suppressed"}

    def findings(*rows: Row) -> set[str]:
        (told,) = together(with_rows(cells, GROUP_2, DECEMBER, *rows), Choices().as_dict())
        judged = audit(as_read(told), Criterion.STRICT, insiders=False, counts=False)
        return {finding.name for finding in judged.findings}

    assert findings() == set()
    found = findings(("tid_under_6", "0330", "coarser", 14, 30))
    assert {"p/0316", "p/0330"} <= found
