"""Earlier versions of the warehouse, and which cells each step between them touched.

A build compares what it has made with the file that it is about to replace, and carries that
file's history over. Kept is *that* a cell was added, changed or withdrawn, never what it was: a
number that was withdrawn because it should not have been shown must leave nothing behind.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

KEPT_VERSIONS = 24
KEPT_CELLS = 1_000_000
"""Touched cells remembered in all; the newest step is kept whatever it touched."""
FIRST = "Første kendte version: der var intet datalager før den"
ANEW = "Historikken begynder her: det tidligere datalager {}"
COMPARED = ("build", "observation", "source", "version", "change")
"""The tables whose form must be the same in both files."""
HISTORY = ("build", "version", "change")

_VERSIONS = "SELECT * FROM {}.version ORDER BY step"
_NOW = "SELECT version, built_at, observations FROM {}.build"
_FORM = """
    SELECT table_name, list(column_name || ' ' || data_type ORDER BY column_index)
    FROM duckdb_columns() WHERE database_name = ? GROUP BY ALL
"""
_DIFFERING = """
    (SELECT 1 FROM (SELECT * FROM made.{0} EXCEPT ALL SELECT * FROM before.{0}) LIMIT 1)
    UNION ALL (SELECT 1 FROM (SELECT * FROM before.{0} EXCEPT ALL SELECT * FROM made.{0}) LIMIT 1)
"""
_STEP = """
    WITH now AS (SELECT * REPLACE (status::VARCHAR AS status) FROM made.observation),
    old AS (SELECT * REPLACE (status::VARCHAR AS status) FROM before.observation),
    touched AS (
      SELECT indicator_id, source_id, period, breakdown, area_id,
        CASE WHEN old.status IS NULL THEN 'added' WHEN now.status IS NULL THEN 'withdrawn'
          ELSE 'changed' END AS what
      FROM now FULL JOIN old USING (indicator_id, source_id, period, breakdown, area_id)
      WHERE now.status IS DISTINCT FROM old.status OR now.numerator IS DISTINCT FROM old.numerator
        OR now.denominator_low IS DISTINCT FROM old.denominator_low
        OR now.denominator_high IS DISTINCT FROM old.denominator_high
        OR now.share_pct IS DISTINCT FROM old.share_pct
        OR now.share_decimals IS DISTINCT FROM old.share_decimals)
    SELECT ?::INTEGER AS step, indicator_id, source_id,
      coalesce(any_value(n.kind::VARCHAR), any_value(o.kind::VARCHAR)) AS kind, period, breakdown,
      list_sort(coalesce(list(area_id) FILTER (what = 'added'), [])) AS added,
      list_sort(coalesce(list(area_id) FILTER (what = 'changed'), [])) AS changed,
      list_sort(coalesce(list(area_id) FILTER (what = 'withdrawn'), [])) AS withdrawn
    FROM touched LEFT JOIN made.source n USING (source_id)
      LEFT JOIN before.source o USING (source_id)
    GROUP BY indicator_id, source_id, period, breakdown ORDER BY ALL
"""


class _UnlikeError(Exception):
    """The earlier file cannot be compared; the text says why, in Danish."""


def carry_history(made: Path, before: Path) -> None:
    """Write the history of the new file `made`, continued from `before` where that is possible.

    Where both hold the same version, the history is the same. An earlier file that is missing,
    damaged or of another form is no fault: the history then begins anew and says so.
    """
    try:
        versions, changes = _continued(made, before)
    except _UnlikeError as reason:
        versions, changes = _begun(made, ANEW.format(reason) if before.exists() else FIRST)
    with duckdb.connect(str(made)) as connection:
        for table, frame in (("version", versions), ("change", changes)):
            connection.register("incoming", frame.to_arrow())
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")  # noqa: S608
            connection.unregister("incoming")
        connection.execute("CHECKPOINT")


def _begun(made: Path, note: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    with duckdb.connect(str(made), read_only=True) as connection:
        now = connection.sql(_NOW.format("main")).pl()
        changes = connection.sql("SELECT * REPLACE (kind::VARCHAR AS kind) FROM change").pl()
    nothing = pl.lit([], dtype=pl.List(pl.String))
    return now.with_columns(step=1, touched=nothing, note=pl.lit(note)), changes


def _continued(made: Path, before: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Compare the two files in a database of its own, which a damaged file may break."""
    try:
        with duckdb.connect(":memory:") as connection:
            for name, path in (("made", made), ("before", before)):
                escaped = str(path).replace("'", "''")  # ATTACH takes no parameters
                connection.execute(f"ATTACH '{escaped}' AS {name} (READ_ONLY)")
            return _kept(*_compared(connection))
    except (duckdb.Error, pl.exceptions.PolarsError, ValueError, OSError) as error:
        raise _UnlikeError("kunne ikke læses") from error


def _compared(connection: duckdb.DuckDBPyConnection) -> tuple[pl.DataFrame, pl.DataFrame]:
    forms, old_forms = (
        dict(connection.execute(_FORM, [name]).fetchall()) for name in ("made", "before")
    )
    if any(forms[table] != old_forms.get(table) for table in COMPARED):
        raise _UnlikeError("havde en anden form")
    now = connection.sql(_NOW.format("made")).pl()
    old = connection.sql(_NOW.format("before")).pl()
    versions = connection.sql(_VERSIONS.format("before")).pl()
    changes = connection.sql("SELECT * REPLACE (kind::VARCHAR AS kind) FROM before.change").pl()
    if old.height != 1 or versions["version"].to_list()[-1:] != old["version"].to_list():
        raise _UnlikeError("kendte ikke sin egen version")
    if now["version"].item() == old["version"].item():
        return versions, changes
    step = versions["step"].to_list()[-1] + 1
    more = connection.sql(_STEP, params=[step]).pl()
    differing = [
        table
        for table in sorted(set(forms) | set(old_forms))
        if table not in HISTORY
        and (
            forms.get(table) != old_forms.get(table)
            or (table == "observation" and not more.is_empty())
            or connection.execute(_DIFFERING.format(table)).fetchall()
        )
    ]
    touched = pl.lit(differing, dtype=pl.List(pl.String))
    this = now.with_columns(step=pl.lit(step, pl.Int32), touched=touched, note=pl.lit(""))
    return (
        pl.concat([versions, this.select(versions.columns)], how="vertical_relaxed"),
        pl.concat([changes, more], how="vertical_relaxed"),
    )


def _kept(versions: pl.DataFrame, changes: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Forget the oldest versions, as many as the bounds want."""
    cells = pl.sum_horizontal(pl.col("added", "changed", "withdrawn").list.len())
    touched = dict(changes.group_by("step").agg(cells.sum()).rows())
    steps = versions["step"].to_list()
    first = steps[-1]
    room = KEPT_CELLS
    for step, earlier in zip(steps[:0:-1], steps[-2::-1], strict=True):
        room -= touched.get(step, 0)
        if first != steps[-1] and (room < 0 or steps[-1] - earlier >= KEPT_VERSIONS):
            break
        first = earlier
    return versions.filter(pl.col("step") >= first), changes.filter(pl.col("step") > first)
