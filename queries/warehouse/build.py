"""Build the warehouse: a new file beside the old one, verified, then one rename.

Whatever happens before the rename, the old file stays as it was; after it, the new one is whole.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import polars as pl

from queries.errors import UserError
from queries.warehouse import archive
from queries.warehouse.content import Content
from queries.warehouse.disk import locked, sync
from queries.warehouse.history import carry_history
from queries.warehouse.verify import verify

_LOG = logging.getLogger(__name__)
SCHEMA = Path(__file__).parent / "schema.sql"
ROW_GROUP = 16_384
"""Rows that a reader of one month must look through: the smallest parts that cost nothing else."""
HASHED_ROWS = 20_000
"""Rows that are written out at once for the version: all of them would be half of the memory."""
BLOCK = 16_384
"""Bytes that the smallest table takes; sixteen times as many, as is usual, double the file."""


def build(
    content: Content,
    target: Path,
    map_codes: dict[str, set[str]] | None = None,
    commit: Callable[[], None] | None = None,
    verifying: Callable[[], None] | None = None,
) -> str:
    """Write `content` to `target` and return the new version.

    The history of the file that it replaces is carried over, see `history`, and both versions are
    kept, see `archive`.
    `map_codes` holds the area ids of the map by level; they must equal the warehouse's. `commit`
    is called when the new file is whole, verified and on the disk, right before it takes the old
    one's place: what it makes true is true of the new file. `verifying` is called when the new
    file is written and about to be verified. Raises UserError with what is wrong when the folder
    cannot be written or the content does not verify; the old file is then untouched.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with only_one(target):
            _remove_leftovers(target)
            aside = target.with_name(f"{target.name}.{os.getpid()}-{secrets.token_hex(4)}.new")
            try:
                version = _write(content, aside)
                carry_history(aside, target)
                if verifying is not None:
                    verifying()
                verify(aside, content, map_codes)
                sync(aside)
                archive.keep(target)
                if commit is not None:
                    commit()
                aside.replace(target)
            finally:
                for left in (aside, aside.with_name(f"{aside.name}.wal")):
                    with contextlib.suppress(OSError):  # the next build removes it
                        left.unlink(missing_ok=True)
            _archive(target)
    except (OSError, duckdb.OperationalError) as error:  # DuckDB's own, of a full disk and others
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise UserError(
            f"Datalageret kunne ikke skrives i {target.parent}: {reason}. "
            "Det gamle datalager er uændret. Kontrollér plads og rettigheder, og prøv igen."
        ) from error
    return version


def keep_in_force(target: Path) -> None:
    """Keep the version that is in force, where a warehouse is older than the kept versions."""
    with contextlib.suppress(OSError), only_one(target):
        _archive(target)


def _archive(target: Path) -> None:
    """Keep the version in force, and clear the earlier ones of what it does not show.

    The warehouse is whole already, so it is no fault of it where this cannot be done: what is not
    kept is not known here, and a kept file that was not cleared is not read.
    """
    try:
        sync(target.parent)
        archive.keep(target)
        archive.clear(target)
    except OSError as error:
        _LOG.warning("the data versions could not be kept: %s", error)


def _write(content: Content, path: Path) -> str:
    version = _version(content)
    with duckdb.connect(":memory:") as connection:
        escaped = str(path).replace("'", "''")  # ATTACH takes no parameters
        connection.execute(
            f"ATTACH '{escaped}' AS made (ROW_GROUP_SIZE {ROW_GROUP}, BLOCK_SIZE {BLOCK})"
        )
        connection.execute("USE made")
        connection.execute(SCHEMA.read_text("utf-8"))
        for table, frame in content.tables.items():
            # A source may refer to an earlier one, which must then be there already.
            for part in frame.iter_slices(1) if table == "source" else [frame]:
                _insert(connection, table, part)
        connection.execute(
            "INSERT INTO build VALUES (?, ?, ?, ?)",
            [
                version,
                content.inputs_hash,
                dt.datetime.now(dt.UTC).replace(microsecond=0),
                content.tables["observation"].height,
            ],
        )
        connection.execute("CHECKPOINT")
    return version


def _insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    if not table.isidentifier() or not all(name.isidentifier() for name in frame.columns):
        raise ValueError(f"not a table or column name: {table}, {frame.columns}")
    connection.register("incoming", frame.to_arrow())
    names = ", ".join(f'"{name}"' for name in frame.columns)
    connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming")  # noqa: S608
    connection.unregister("incoming")


def _version(content: Content) -> str:
    """Return twelve hex digits that change exactly when something published changes."""
    digest = hashlib.sha256(SCHEMA.read_bytes())
    for table, frame in content.tables.items():
        digest.update(table.encode())
        for part in frame.iter_slices(HASHED_ROWS):
            digest.update(part.write_json().encode())
    return digest.hexdigest()[:12]


def _remove_leftovers(target: Path) -> None:
    """Remove what a killed build left beside the target."""
    for path in target.parent.glob(f"{target.name}.*.new*"):
        if path.is_dir() and not path.is_symlink():  # of a database that had to spill
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def only_one(target: Path) -> Iterator[None]:
    """Hold the right to make `target`; a second process waits until the first has finished."""
    with locked(target.with_name(f"{target.name}.lock")):
        yield
