"""What the page `/indlaes` shows of this machine: the catalogue, keys and runs that lie ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from queries.imports.calendar import Loaded, expected
from queries.imports.store import Store
from queries.indicators.definition import load_indicators
from queries.sources.catalogue import Entry, load_catalogue
from queries.sources.jobindsats.settings import KEY_HELP, has_key
from queries.warehouse.paths import data_folder

HOW_KEY = f"{KEY_HELP} Det gøres på serverens maskine; start så atlasset igen."


def overview() -> dict[str, Any]:
    """Return what the page shows of this machine, as plain values with dates as ISO texts.

    catalogue: a dict per entry (entry_id, source, table, title, frequency, meaning, verified,
    indicators by title, fetched_on, updated_on, next_on); calendar: the fields of
    `calendar.Expected`; keys: for sources that need one, whether
    it `is_set` and `how` to set it; register: names of files in the folder `register`.
    """
    active = Store().active()
    entries = list(load_catalogue().values())
    newest = {
        str(one.manifest["provenance"].get("series", "")): (one.imported_at, one.manifest)
        for one in active
    }
    return {
        "catalogue": [_entry(one, newest) for one in entries],
        "calendar": [one.as_dict() for one in expected(entries, _loaded(newest), dt.date.today())],
        "keys": {"jobindsats": {"is_set": has_key(), "how": HOW_KEY}},
        "register": sorted(path.name for path in (data_folder() / "register").glob("*.parquet")),
    }


def _loaded(newest: Mapping[str, tuple[Any, Mapping[str, Any]]]) -> dict[str, Loaded]:
    def day(manifest: Mapping[str, Any], name: str) -> dt.date | None:
        text = manifest["provenance"].get(name)
        return dt.date.fromisoformat(text) if text else None

    return {
        series: Loaded(day(manifest, "updated_on"), day(manifest, "next_on"))
        for series, (_, manifest) in newest.items()
    }


def _entry(one: Entry[Any], newest: Mapping[str, tuple[Any, Mapping[str, Any]]]) -> dict[str, Any]:
    known = load_indicators()
    at, manifest = newest.get(one.series, (None, {}))
    about = manifest.get("provenance", {})
    return {
        "entry_id": one.entry_id,
        "source": one.source,
        "table": one.table,
        "title": one.title,
        "frequency": one.frequency,
        "meaning": one.meaning,
        "verified": one.verified,
        "indicators": [known[name].title for name in one.indicator_ids if name in known],
        "fetched_on": at.date().isoformat() if at else None,
        "updated_on": about.get("updated_on"),
        "next_on": about.get("next_on"),
    }
