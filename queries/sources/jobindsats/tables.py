"""What `/tables` tells of every table: its name, when it was renewed and when it will be."""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from queries.sources.http import Client
from queries.sources.jobindsats.faults import refuse

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})([T ].*)?")
_DANISH = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})( .*)?")


@dataclass(frozen=True)
class TableInfo:
    """One table of the service; `next_on` is None when it is not told."""

    table: str
    name: str
    updated_on: dt.date
    next_on: dt.date | None
    frequency: str


def table_info(client: Client, table: str) -> TableInfo:
    """Ask for one table's name and dates; ImportRefusedError when it or its date is not there."""
    body = client.get("tables", {"format": "json"}, what=f"tabel {table}, opdateringer")
    found = [item for item in items(body.json(), "table_id") if _is(item, table)]
    if len({str(item.get("update_latest")) for item in found}) > 1:
        raise refuse(table, "table_twice", "tabellen står flere gange med hver sin dato.")
    if not found:
        raise refuse(table, "table_unknown", "tabellen findes ikke i tjenestens liste.")
    updated_on = read_date(found[0].get("update_latest"))
    if updated_on is None:
        given = str(found[0].get("update_latest"))[:40]
        text = f"datoen for seneste opdatering kan ikke læses (»{given}«)."
        raise refuse(table, "update_date_unreadable", text, value=given)
    return TableInfo(
        table,
        str(found[0].get("table_name") or table).strip()[:200],
        updated_on,
        read_date(found[0].get("update_next")),
        str(found[0].get("update_freq") or "").strip()[:60],
    )


def items(tree: Any, key: str) -> Iterator[dict[str, Any]]:
    """Yield every object in a JSON tree that has `key`, however deep it lies."""
    waiting = deque([tree])
    while waiting:
        one = waiting.popleft()
        if isinstance(one, dict):
            if key in one:
                yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def read_date(value: object) -> dt.date | None:
    """Read '2026-08-22' (a time may follow) or '22-08-2026'; None for anything else."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        if match := _ISO.fullmatch(text):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DANISH.fullmatch(text):
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        pass
    return None


def _is(item: dict[str, Any], table: str) -> bool:
    return str(item["table_id"]).strip().casefold() == table.casefold()
