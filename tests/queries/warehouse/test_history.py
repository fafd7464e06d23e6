"""Versions and what changed between them, also where the earlier file is of no use."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import Atlas
from queries.warehouse import history
from queries.warehouse.build import _write, build
from queries.warehouse.content import Content
from queries.warehouse.history import carry_history

Cells = dict[tuple[str, str, str, str], int | None]
"""Count, or None where it is hidden, by indicator, source, period and area."""


def small(content: Content, cells: Cells) -> Content:
    """Content with these cells alone; areas and sources stay, indicators are made for them."""
    ids = [key[0] for key in cells] or ["ingen"]
    indicator = content.tables["indicator"].head(1)
    rows = [
        {
            "indicator_id": indicator_id,
            "source_id": source_id,
            "period": period,
            "area_id": area_id,
            "breakdown": "alle",
            "recorded_at": date(2026, 1, 1),
            "status": "suppressed" if count is None else "shown",
            "numerator": count,
            "origin": "source",
            "note": "skjult" if count is None else "",
        }
        for (indicator_id, source_id, period, area_id), count in sorted(cells.items())
    ]
    tables = content.tables | {
        "indicator": pl.concat(
            indicator.with_columns(indicator_id=pl.lit(one)) for one in sorted(set(ids))
        ),
        "observation": pl.DataFrame(rows, schema=content.tables["observation"].schema),
        "protection": content.tables["protection"].clear(),  # of other cells than these
        "alternative": content.tables["alternative"].clear(),  # instead of other cells too
    }
    return replace(content, tables=tables)


def put(content: Content, target: Path) -> str:
    """Build without the verification, which small contents would not pass."""
    aside = target.with_suffix(".new")
    version = _write(content, aside)
    carry_history(aside, target)
    aside.replace(target)
    return version


def expected(states: list[Cells], first: int, last: int) -> dict[tuple[str, str], list[object]]:
    """What differs between two states, cell by cell, from the states themselves."""
    passed = states[first : last + 1]
    found: dict[tuple[str, str], list[object]] = {}
    for key in sorted({key for state in passed for key in state}):
        before, after = key in passed[0], key in passed[-1]
        seen = {(key in state, state.get(key)) for state in passed}
        if len(seen) > 1 and (before or after):
            row = found.setdefault(key[:2], [set(), 0, 0, 0])
            row[0].add(key[2])  # type: ignore[attr-defined]  # a set
            row[2 if before and after else 1 if after else 3] += 1  # type: ignore[operator]
    return found


def found(
    atlas: Atlas, since: str, until: str | None = None
) -> dict[tuple[str, str], list[object]]:
    changes = atlas.changes(since, until)
    assert changes is not None
    assert set(changes["kind"]) <= {"published", "synthetic"}
    assert all(periods == sorted(set(periods)) for periods in changes["periods"].to_list())
    columns = ("indicator_id", "source_id", "periods", "added", "changed", "withdrawn")
    return {row[:2]: [set(row[2]), *row[3:]] for row in changes.select(columns).iter_rows()}


keys = st.tuples(
    st.sampled_from(["a", "b"]),
    st.sampled_from(["beu-spm-554-berigtigelse", "syntetisk-register"]),
    st.sampled_from(["2017M06", "2018M12"]),
    st.sampled_from(["0101", "0147", "0151"]),
)
contents = st.dictionaries(keys, st.none() | st.integers(3, 5), min_size=1, max_size=8)


@settings(max_examples=15, deadline=None)
@given(states=st.lists(contents, min_size=2, max_size=5))
def test_any_two_versions_compare_as_their_contents_do(
    states: list[Cells], content: Content
) -> None:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "atlas.duckdb"
        ids = [put(small(content, state), target) for state in states]
        kept = [state for state, _ in itertools.groupby(states)]
        built = [one for one, _ in itertools.groupby(ids)]
        atlas = Atlas(target)
        versions = atlas.versions()
        assert versions["version"].to_list() == built[::-1]
        assert versions["step"].to_list() == list(range(len(built), 0, -1))
        assert [len(state) for state in kept] == versions["observations"].to_list()[::-1]
        places = {version: place for place, version in enumerate(built)}  # the last of each
        for since, until in itertools.product(built, built):
            first, last = places[since], places[until]
            told = found(atlas, since, until)
            if first <= last:
                assert told == expected(kept, first, last)
            else:
                turned = expected(kept, last, first).items()
                assert told == {key: [p, w, c, a] for key, (p, a, c, w) in turned}
        assert found(atlas, built[0]) == found(atlas, built[0], built[-1])


FIRST: Cells = {
    ("a", "syntetisk-register", "2017M06", "0101"): 5,
    ("a", "syntetisk-register", "2017M06", "0147"): 4,
}
SECOND: Cells = {
    ("a", "syntetisk-register", "2017M06", "0101"): None,
    ("a", "syntetisk-register", "2018M12", "0101"): 7,
}


def test_a_step_is_told_cell_by_cell(content: Content, tmp_path: Path) -> None:
    target = tmp_path / "atlas.duckdb"
    old = put(small(content, FIRST), target)
    new = put(small(content, SECOND), target)
    atlas = Atlas(target)
    changes = atlas.changes(old)
    assert changes is not None
    assert changes.rows() == [
        ("a", "syntetisk-register", "synthetic", ["2017M06", "2018M12"], 1, 1, 1)
    ]
    assert atlas.changes(new) is not None
    assert atlas.changes("ukendt") is None
    assert atlas.changes(old, "ukendt") is None
    newest, oldest = atlas.versions().to_dicts()
    assert (newest["version"], newest["note"], newest["touched"]) == (new, "", ["observation"])
    assert (oldest["version"], oldest["note"], oldest["touched"]) == (old, history.FIRST, [])


def test_equal_content_adds_nothing_and_the_version_knows_no_history(
    content: Content, tmp_path: Path
) -> None:
    target, other = tmp_path / "atlas.duckdb", tmp_path / "other.duckdb"
    put(small(content, FIRST), target)
    version = put(small(content, SECOND), target)
    before = Atlas(target).versions()
    assert put(small(content, SECOND), target) == version
    assert Atlas(target).versions().equals(before)
    assert put(small(content, SECOND), other) == version


def test_what_is_no_number_is_told_by_its_table(content: Content, tmp_path: Path) -> None:
    target = tmp_path / "atlas.duckdb"
    old = put(small(content, FIRST), target)
    texts = content.tables["statement"].with_columns(text=pl.lit("En anden tekst"))
    put(small(replace(content, tables=content.tables | {"statement": texts}), FIRST), target)
    atlas = Atlas(target)
    assert found(atlas, old) == {}
    assert atlas.versions()["touched"].to_list() == [["statement"], []]


def broken(path: Path) -> None:
    path.write_bytes(b"ikke en database" * 500)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(12_288, len(data), 97):
        data[place] ^= 0xFF
    path.write_bytes(bytes(data))


def older_form(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("ALTER TABLE change RENAME added TO tilkommet")


def without_history(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE change; DROP TABLE version")


def of_another_version(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE build SET version = 'en anden'")


def folder_instead(path: Path) -> None:
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE andet (a INTEGER)")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (broken, "kunne ikke læses"),
        (truncated, "kunne ikke læses"),
        (garbled, "kunne ikke læses"),
        (older_form, "havde en anden form"),
        (without_history, "havde en anden form"),
        (folder_instead, "havde en anden form"),
        (of_another_version, "kendte ikke sin egen version"),
    ],
)
def test_an_earlier_file_of_no_use_begins_the_history_anew(
    damage: object, told: str, content: Content, tmp_path: Path
) -> None:
    target = tmp_path / "atlas.duckdb"
    put(small(content, FIRST), target)
    damage(target)  # type: ignore[operator]  # one of those above
    version = put(small(content, SECOND), target)
    (row,) = Atlas(target).versions().to_dicts()
    assert (row["version"], row["note"]) == (version, history.ANEW.format(told))


def test_the_history_is_bounded(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "atlas.duckdb"
    key = ("a", "syntetisk-register", "2017M06", "0101")
    monkeypatch.setattr(history, "KEPT_VERSIONS", 4)
    ids = [put(small(content, {key: n}), target) for n in range(3, 10)]
    atlas = Atlas(target)
    assert atlas.versions()["version"].to_list() == ids[:-5:-1]
    assert atlas.changes(ids[2]) is None
    assert found(atlas, ids[3]) == {key[:2]: [{"2017M06"}, 0, 1, 0]}
    with duckdb.connect(str(target), read_only=True) as connection:
        assert connection.execute("SELECT min(step), count(*) FROM change").fetchall() == [(5, 3)]
    monkeypatch.setattr(history, "KEPT_CELLS", 2)
    ids.append(put(small(content, {key: 10}), target))
    assert Atlas(target).versions()["version"].to_list() == ids[:-4:-1]
    monkeypatch.setattr(history, "KEPT_CELLS", 0)
    ids.append(put(small(content, {key: 11}), target))
    assert Atlas(target).versions()["version"].to_list() == ids[:-3:-1]


def test_a_build_of_what_is_shipped_carries_its_history(content: Content, tmp_path: Path) -> None:
    target = tmp_path / "atlas.duckdb"
    first = build(content, target)
    observation = content.tables["observation"]
    fewer = observation.filter(pl.col("period") != "2019M12")
    second = build(replace(content, tables=content.tables | {"observation": fewer}), target)
    assert build(content, target) == first
    atlas = Atlas(target)
    assert atlas.versions()["version"].to_list() == [first, second, first]
    assert found(atlas, first) == {}
    changes = atlas.changes(second)
    assert changes is not None
    assert changes["added"].sum() == observation.height - fewer.height
    assert set(changes["periods"].explode()) == {"2019M12"}
    assert changes["changed"].sum() == changes["withdrawn"].sum() == 0
