"""Read the published warehouse: read-only, no outside access, new versions by themselves."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import duckdb
import polars as pl

from queries.errors import WarehouseUnavailableError

_LOG = logging.getLogger(__name__)

REMEMBERED = 256
"""Answers kept in memory; the largest, all kommuner of one month, is about 30 kB."""


SCHEMA = Path(__file__).parent / "schema.sql"
_FORM = """
    SELECT table_name, column_name, data_type FROM duckdb_columns()
    WHERE database_name = ? AND NOT internal
"""


class OtherFormError(WarehouseUnavailableError):
    """The warehouse was built by another edition of the atlas: to wait does not help."""

    PUBLIC = (
        "Tallene kan ikke vises: datalageret er lavet af en anden, som regel ældre, udgave af "
        "atlasset end den, der kører. Stop serveren, og start den igen med "
        "python3 dashboard.py, som bygger datalageret på ny."
    )


@dataclass(frozen=True, eq=False)
class _Opened:
    identity: tuple[int, int, int]
    connection: duckdb.DuckDBPyConnection
    version: str


class Warehouse:
    """A warehouse file that may be replaced at any time by an atomic rename.

    A connection opened by path would keep serving the replaced file, so an in-memory database
    attaches it; when the path leads to another file, a new one takes over, and the old one lives
    until its last cursor is gone. Safe to share between threads: one cursor per call.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._opened: _Opened | None = None
        self._unreadable: tuple[int, int, int] | None = None
        self._answers = lru_cache(maxsize=REMEMBERED)(_answer)

    @property
    def version(self) -> str:
        """The version of the file that the next query reads: a cache key."""
        return self._current().version

    def frame(
        self, sql: str, parameters: Sequence[object] | None = None, *, remember: bool = True
    ) -> pl.DataFrame:
        """Return the rows of one query; values are bound to `?`, never formatted in.

        An answer is remembered until the file changes, unless a large one is not to be; the caller
        gets a frame of its own.
        Raises WarehouseUnavailableError when there is no readable warehouse.
        """
        ask = self._answers if remember else _answer
        return ask(self._current(), sql, tuple(parameters or ())).clone()

    def _current(self) -> _Opened:
        identity = self._identity()
        opened = self._opened
        if opened is not None and identity in (opened.identity, self._unreadable):
            return opened
        with self._lock:
            opened = self._opened
            if opened is not None and identity in (opened.identity, self._unreadable):
                return opened
            try:
                self._opened = self._open(identity)
            except WarehouseUnavailableError as error:
                if opened is None:
                    raise
                # What is open is whole: better the last good version than none.
                self._unreadable = identity
                _LOG.error("still serving version %s: %s", opened.version, error)
                return opened
            self._answers.cache_clear()
            return self._opened

    def _identity(self) -> tuple[int, int, int]:
        try:
            stat = self.path.stat()
        except OSError as error:
            raise WarehouseUnavailableError(
                f"Der er intet datalager i {self.path}. Byg det med: python -m queries build"
            ) from error
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def _open(self, identity: tuple[int, int, int]) -> _Opened:
        connection = duckdb.connect(":memory:")
        try:
            escaped = str(self.path).replace("'", "''")  # ATTACH takes no parameters
            connection.execute(f"ATTACH '{escaped}' AS atlas (READ_ONLY)")
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            self._check_form(connection)
            # One row, and something in what every page asks.
            row = connection.execute(
                "SELECT version FROM atlas.build SEMI JOIN atlas.observation ON true"
                " SEMI JOIN atlas.area ON true SEMI JOIN atlas.area_parent ON true"
                " SEMI JOIN atlas.source ON true SEMI JOIN atlas.statement ON true"
                " SEMI JOIN atlas.initiative ON true SEMI JOIN atlas.initiative_kommune ON true"
                " SEMI JOIN atlas.annotation ON true SEMI JOIN atlas.area_characteristic ON true"
            ).fetchone()
        except WarehouseUnavailableError:
            connection.close()
            raise
        except duckdb.Error as error:
            connection.close()
            raise WarehouseUnavailableError(
                f"Datalageret {self.path} kan ikke læses. Byg det igen med: python -m queries build"
            ) from error
        if row is None:
            raise WarehouseUnavailableError(
                f"Datalageret {self.path} er tomt. Byg det igen med: python -m queries build"
            )
        return _Opened(identity, connection, str(row[0]))

    def _check_form(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Refuse a file that lacks a table or a column of the schema, or has one of another type.

        What it has beside them disturbs nobody.
        """
        found = set(connection.execute(_FORM, ["atlas"]).fetchall())
        if not found:
            raise duckdb.CatalogException("no tables")
        if missing := sorted(_form() - found):
            table, column, _ = missing[0]
            raise OtherFormError(
                f"Datalageret {self.path} er lavet af en anden, som regel ældre, udgave af "
                f"atlasset: {table}.{column} mangler eller er anderledes. Stop serveren, og start "
                "den igen med python3 dashboard.py, som bygger datalageret på ny. "
                "Eller byg det for sig med: python -m queries build"
            )


@cache
def _form() -> frozenset[tuple[str, str, str]]:
    """Return table, column and type of all that the schema makes."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(SCHEMA.read_text("utf-8"))
        return frozenset(connection.execute(_FORM, ["memory"]).fetchall())


def _answer(opened: _Opened, sql: str, parameters: tuple[object, ...]) -> pl.DataFrame:
    with opened.connection.cursor() as cursor:
        cursor.execute("USE atlas")  # a cursor does not inherit it
        frame: pl.DataFrame = cursor.sql(sql, params=list(parameters)).pl()
        return frame
