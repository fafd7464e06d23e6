"""The calls of api.statbank.dk that are used: /tableinfo and /data, by POST of JSON."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from queries.sources.http import Body, Client, SourceUnavailableError
from queries.sources.statbank.bulk import Reading, read_bulk
from queries.sources.statbank.jsonstat import read_jsonstat
from queries.sources.statbank.plan import CELL_LIMIT, Part, split
from queries.sources.statbank.tableinfo import Table, read_tableinfo

ADDRESS = "INDSATSATLAS_STATISTIKBANKEN_ADRESSE"
OFFICIAL = "https://api.statbank.dk/v1"
SERVICE = "Statistikbanken"


@dataclass(frozen=True)
class StatbankClient:
    """Asks through `http`; `limit` is the most cells of a form that is not streamed.

    The service needs no key.
    """

    http: Client
    limit: int = CELL_LIMIT

    def tableinfo(self, table: str) -> Table:
        """Return the description of `table`."""
        asked = {"table": table, "lang": "da", "format": "JSON"}
        body = self.http.post("tableinfo", asked, what=f"beskrivelse af tabel {table}")
        return read_tableinfo(table, body.json())

    def bulk(self, part: Part) -> Reading:
        """Return the rows of the streamed form, which has no limit."""
        return read_bulk(part, self._data(part, "BULK").text())

    def full(self, part: Part, progress: Callable[[float], None] | None = None) -> Reading:
        """Return every combination, in as many requests as the limit on cells takes.

        The limit is the service's to change: an answer that names it makes the requests smaller.
        """
        waiting, found = list(split(part, self.limit)), Reading()
        while waiting:
            one = waiting.pop(0)
            try:
                body = self._data(one, "JSONSTAT")
            except SourceUnavailableError as error:
                halves = one.halves() if _is_too_much(error) else None
                if halves is None:
                    raise
                waiting = [*halves, *waiting]
                continue
            found |= read_jsonstat(one, body.text())
            if progress:
                progress(len(found) / (len(part.areas) * len(part.periods)))
        return found

    def _data(self, part: Part, form: str) -> Body:
        return self.http.post("data", part.payload(form), what=f"tabel {part.table}")


def statbank_client(
    *, waiting: Callable[[str], None] | None = None, **options: Any
) -> StatbankClient:
    """Return a client of the address that is set, else the official; `options` go to `Client`.

    `waiting` is told in Danish when a call is tried again. Raises UserError when the address that
    is set is not https (or http on this machine).
    """
    base = os.environ.get(ADDRESS, "").strip() or OFFICIAL
    return StatbankClient(Client(base, service=SERVICE, waiting=waiting, **options))


def _is_too_much(error: SourceUnavailableError) -> bool:
    """Tell a refusal for too many cells (HTTP 400, '… celler er over begrænsningen på …')."""
    told = str(error)
    return error.status == 400 and "celler" in told and "begrænsning" in told
