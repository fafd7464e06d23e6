"""Data versions that were in force before: each is kept as a file, and can be asked as then.

`versions/<version>.duckdb` beside the warehouse is the file of a version as it was built (a hard
link to it where the disk has them). `keep` is called by every build that replaces a warehouse: the
old one is kept before it is replaced, the new one after. Each file is made aside and renamed, so a
kill at any moment leaves whole files only; what it left aside the next build removes.

Kept is what may still be shown. What is decided of that:

- A version that holds a source that is not shipped and that the version in force lacks (an import
  that was undone, a register run that was taken away) is removed altogether: a number that was
  withdrawn because it should not have been shown must leave nothing behind (see `history`).
- A cell that the version in force hides or leaves out, of the same source, indicator, area, period
  and breakdown, is so in every kept version too: the file is written anew without it (an update
  would leave it in the file's free blocks). So is a cell of numbers that nobody has published,
  where the version in force no longer has it. Ranks and sums are then those of what is left, and
  what is told instead of hidden numbers in such a month goes as well.
- What was told instead of a hidden number, and is not told by the version in force of the same
  source, goes: an older and a newer sum around the same number may give it away together.
- A file that is damaged, or that holds another version than its name, is removed. Where the
  version in force itself cannot be read, nothing can be held against it, and all of them stay.
- A file that cannot be written anew without what is hidden (a full disk) is removed.

A reader never trusts that this was done: `clean` is asked of every file before it is read, so that
a build that was killed between replacing the warehouse and cleaning the kept ones shows nothing.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from queries.errors import UserError
from queries.warehouse.connection import Warehouse
from queries.warehouse.disk import sync
from queries.warehouse.history import HISTORY

_LOG = logging.getLogger(__name__)
MOST_KEPT = 240
"""Files; the oldest go first. One of what is shipped is 8 MB, and a month's import makes one."""
SCHEMA = Path(__file__).parent / "schema.sql"
SUFFIX = ".duckdb"
_VERSION = re.compile("[0-9a-f]{12}")
_KEY = "indicator_id, area_id, period, breakdown, source_id"
_TOLD = f"{_KEY}, status, numerator, denominator"

_WITHDRAWN_SOURCE = """
    SELECT 1 FROM kept.source WHERE (import_id IS NOT NULL OR (choices IS NOT NULL AND
      kind <> 'synthetic')) AND source_id NOT IN (SELECT source_id FROM now.source)
    UNION ALL
    SELECT 1 FROM kept.import WHERE import_id NOT IN (SELECT import_id FROM now.import) LIMIT 1
"""
_HIDDEN = f"""
    SELECT {_KEY}, n.status, n.note FROM kept.observation k
    JOIN now.observation n USING ({_KEY})
    WHERE n.status <> 'shown' AND (
      (k.numerator IS NOT NULL AND n.numerator IS NULL)
      OR (k.share_pct IS NOT NULL AND n.share_pct IS NULL)
      OR (k.denominator_low IS NOT NULL AND n.denominator_low IS NULL))
"""  # noqa: S608  # our own columns
_GONE = f"""
    SELECT {_KEY} FROM kept.observation k
    SEMI JOIN (SELECT source_id FROM kept.source JOIN now.source n USING (source_id)
      WHERE n.choices IS NOT NULL) USING (source_id)
    ANTI JOIN now.observation USING ({_KEY})
    WHERE k.status = 'shown' OR k.share_pct IS NOT NULL
"""  # noqa: S608  # our own columns
_UNTOLD = f"""
    SELECT {_TOLD} FROM kept.alternative SEMI JOIN now.source USING (source_id)
    EXCEPT SELECT {_TOLD} FROM now.alternative
"""  # noqa: S608  # our own columns


def folder_of(target: Path) -> Path:
    """Return the folder of the kept versions of a warehouse file."""
    return target.with_name("versions" if target.stem == "atlas" else f"{target.stem}.versions")


def path_of(target: Path, version: str) -> Path | None:
    """Return where a version of the warehouse `target` is kept, None for what is no version."""
    if not _VERSION.fullmatch(version):
        return None
    return folder_of(target) / f"{version}{SUFFIX}"


def kept(target: Path) -> list[str]:
    """Return the versions that are kept, the one that was kept last first."""
    files = [path for path in folder_of(target).glob(f"*{SUFFIX}") if _VERSION.fullmatch(path.stem)]
    return [path.stem for path in sorted(files, key=_age, reverse=True)]


def keep(target: Path) -> None:
    """Keep the version that is in force, unless it is kept already or cannot be read.

    The warehouse takes the place of a file that is damaged, or that lacks what was hidden for a
    while. The caller holds the right to make `target`. Raises OSError where the folder cannot be
    written.
    """
    path = path_of(target, _version(target))
    if path is None or _is_kept(path, target):
        return
    path.parent.mkdir(exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}.new")
    try:
        _link(target, aside)
        sync(aside)
        aside.replace(path)
        sync(path.parent)
    finally:
        aside.unlink(missing_ok=True)


def clear(target: Path) -> None:
    """Remove from the kept versions what the one in force does not show; see the module.

    The caller holds the right to make `target`. Raises OSError where one could not be removed, when
    all others are done.
    """
    folder = folder_of(target)
    problems: list[OSError] = []

    def remove(path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:  # a folder of that name, say: the others go all the same
            problems.append(error)

    for left in folder.glob("*.new*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            remove(left)
    in_force = _in_force(target)
    stay = 1
    for version in kept(target) if in_force else []:
        path = folder / f"{version}{SUFFIX}"
        if version == in_force:
            continue
        try:
            stays = stay < MOST_KEPT and _can_stay(path, target)
        except OSError as error:
            problems.append(error)
            stays = False
        stay += stays
        if not stays:
            remove(path)
    if folder.exists():
        sync(folder)
    if problems:
        raise problems[0]


def clean(path: Path, target: Path) -> bool:
    """Return whether a kept file is whole and shows nothing that the version in force withholds.

    False too where either cannot be read.
    """
    return _withholds(path, target) and _is_whole(path)


def _withholds(path: Path, target: Path) -> bool:
    try:
        with _both(path, target) as connection:
            return not any(
                connection.execute(f"SELECT 1 FROM ({asked}) LIMIT 1").fetchall()  # noqa: S608
                for asked in (_WITHDRAWN_SOURCE, _HIDDEN, _GONE, _UNTOLD)
            )
    except (duckdb.Error, OSError):
        return False


def _can_stay(path: Path, target: Path) -> bool:
    """Write a kept file anew where it needs to be; return whether it can stay.

    One of another form cannot be asked anyway, nor be held against what is shown now. Raises
    OSError where it could not be written.
    """
    if _version(path) == path.stem and _withholds(path, target):  # to read all of it takes long
        return True
    if not _is_whole(target):  # no fault of the kept one, which nobody reads before it is judged
        return True
    if _version(path) != path.stem or not _is_whole(path):
        return False
    aside = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}.new")
    try:
        with _both(path, target) as connection:
            if connection.execute(_WITHDRAWN_SOURCE).fetchall():
                return False
            _written_anew(connection, aside)
        sync(aside)
        stat = path.stat()
        os.utime(aside, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        aside.replace(path)
    except duckdb.Error as error:
        _LOG.warning("a data version is given up: it cannot be written anew: %s", error)
        return False
    finally:
        for left in (aside, aside.with_name(f"{aside.name}.wal")):
            left.unlink(missing_ok=True)
    return clean(path, target)


def _written_anew(connection: duckdb.DuckDBPyConnection, aside: Path) -> None:
    connection.execute(f"CREATE TEMP TABLE hidden AS {_HIDDEN}")
    connection.execute(f"CREATE TEMP TABLE gone AS {_GONE}")
    connection.execute(f"CREATE TEMP TABLE untold AS {_UNTOLD}")
    connection.execute(f"ATTACH {_literal(aside)} AS made (BLOCK_SIZE 16384)")
    connection.execute("USE made")
    connection.execute(SCHEMA.read_text("utf-8"))
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'made' ORDER BY table_oid"
        ).fetchall()
    ]
    less = {
        "observation": f"""
            SELECT k.* REPLACE (
                CASE WHEN h.status IS NULL THEN k.status ELSE h.status END AS status,
                CASE WHEN h.status IS NULL THEN k.numerator END AS numerator,
                CASE WHEN h.status IS NULL THEN k.denominator_low END AS denominator_low,
                CASE WHEN h.status IS NULL THEN k.denominator_high END AS denominator_high,
                CASE WHEN h.status IS NULL THEN k.share_pct END AS share_pct,
                CASE WHEN h.status IS NULL THEN k.share_decimals END AS share_decimals,
                CASE WHEN h.status IS NULL THEN k.note ELSE h.note END AS note)
            FROM kept.observation k LEFT JOIN hidden h USING ({_KEY}) ANTI JOIN gone USING ({_KEY})
            ORDER BY k.rowid""",  # noqa: S608  # our own columns
        "alternative": """
            SELECT a.* FROM kept.alternative a ANTI JOIN (
              SELECT source_id, indicator_id, period FROM hidden
              UNION SELECT source_id, indicator_id, period FROM gone
              UNION SELECT source_id, indicator_id, period FROM untold
            ) USING (source_id, indicator_id, period) ORDER BY a.rowid""",
        "area_characteristic": """
            SELECT k.* FROM kept.area_characteristic k SEMI JOIN now.area_characteristic
              USING (area_id, characteristic_id) ORDER BY k.rowid""",
        # Of what was hidden then, not of what is hidden now.
        "protection": "SELECT * FROM kept.protection LIMIT 0",
    }
    for table in tables:
        rows = less.get(table, f"SELECT * FROM kept.{table} ORDER BY rowid")  # noqa: S608
        # A source may refer to an earlier one, which must then be there already.
        several = connection.execute(f"SELECT count(*) FROM kept.{table}").fetchone()  # noqa: S608
        parts = several[0] if table == "source" and several else 1
        for part in range(parts):
            some = f" LIMIT 1 OFFSET {part}" if table == "source" else ""
            connection.execute(f"INSERT INTO made.{table} BY NAME {rows}{some}")
    connection.execute("CHECKPOINT made")
    connection.execute("USE memory")
    connection.execute("DETACH made")


@contextlib.contextmanager
def _both(path: Path, target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        for name, file in (("kept", path), ("now", target)):
            connection.execute(f"ATTACH {_literal(file)} AS {name} (READ_ONLY)")
        yield connection


def _rows(path: Path) -> dict[str, object] | None:
    """Return a sum over the rows of each table of a file, None where it is damaged.

    Every block is read for it, which tells of a damaged one.
    """
    tables = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'one'"
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"ATTACH {_literal(path)} AS one (READ_ONLY)")
            return {
                table: connection.execute(
                    f'SELECT count(*), bit_xor(hash(t)) FROM one."{table}" t'  # noqa: S608
                ).fetchone()
                for (table,) in connection.execute(tables).fetchall()
            }
    except duckdb.Error:
        return None


def _is_whole(path: Path) -> bool:
    return _rows(path) is not None


def _is_kept(path: Path, target: Path) -> bool:
    """Return whether a kept file holds all that the warehouse does, beside its history."""
    try:
        if not path.is_file() or path.is_symlink():
            return False
        if path.samefile(target):
            return True
    except OSError:
        return False
    there, now = _rows(path), _rows(target)
    if there is None or now is None or _version(path) != path.stem:
        return now is None  # a damaged warehouse takes no place
    return all(there.get(table) == now[table] for table in now if table not in HISTORY)


def _literal(path: Path) -> str:
    escaped = str(path).replace("'", "''")  # ATTACH takes no parameters
    return f"'{escaped}'"


def _link(target: Path, aside: Path) -> None:
    """Make a hard link, or a copy where the disk has none."""
    try:
        os.link(target.resolve(), aside)
    except OSError:
        aside.write_bytes(target.read_bytes())


def _version(target: Path) -> str:
    """Return the version of a warehouse file, '' where it cannot be read."""
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"ATTACH {_literal(target)} AS made (READ_ONLY)")
            row = connection.execute("SELECT version FROM made.build").fetchone()
    except duckdb.Error:
        return ""
    return str(row[0]) if row else ""


def _in_force(target: Path) -> str:
    """Return the version that others can be held against, '' where it has another form, say."""
    try:
        return Warehouse(target).version if _is_whole(target) else ""
    except UserError:
        return ""


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.stem
    except OSError:
        return 0, path.stem
