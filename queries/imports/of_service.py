"""Tables of services with an API: fetched one after the other, and imported in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from queries.errors import UserError
from queries.imports.run import import_batches
from queries.imports.store import Imported, Store
from queries.sources.catalogue import Entry, KnownSeries, load_catalogue
from queries.sources.http_faults import SourceUnavailableError
from queries.sources.incoming import Batch, Finding, ImportRefusedError

Step = Callable[[str, float], None]
SHARE = 0.05
"""How much of the whole the fetching counts for; the import begins there."""


def fetch(request: Mapping[str, Any], accept: Sequence[str], step: Step) -> dict[str, Any]:
    """Fetch the entries asked for (`entries`, by id) and import what is new of them.

    What one of them refuses does not keep the others out; it is among the findings. Returns the
    fields of the outcome. Raises what the first has refused where nothing at all could be fetched.
    """
    entries = _entries([str(one) for one in request.get("entries", ())])
    active = Store().active()
    batches: list[Batch] = []
    refused: list[UserError] = []
    away: dict[str, UserError] = {}
    for n, entry in enumerate(entries):
        begun = SHARE * n / len(entries)
        step("read", begun)
        if entry.source in away:  # one that cannot be reached is not asked table by table
            refused.append(away[entry.source])
            continue
        try:
            batch = _fetch(entry, known(entry, active), lambda name, b=begun: step(name, b))  # type: ignore[misc]
        except UserError as error:
            refused.append(error)
            if isinstance(error, SourceUnavailableError) and error.unreached:
                away[entry.source] = error
            continue
        if batch is not None:
            batches.append(batch)
    if refused and (len(refused) == len(entries) or not batches):
        raise ImportRefusedError(str(refused[0]), tuple(_all(refused)))
    if not batches:
        return {"status": "unchanged", "import_ids": [], "findings": []}
    told = [vars(one) for one in _all(refused)]
    done = import_batches(batches, accept=accept, progress=step).as_json()
    return done | {"findings": [*done["findings"], *told]}


def known(entry: Entry[Any], active: Sequence[Imported]) -> KnownSeries:
    """Return what is imported of an entry's series: its newest day, and periods held in full."""
    mine = [one for one in active if one.manifest["provenance"]["series"] == entry.series]
    days = [str(day) for one in mine if (day := one.manifest["provenance"]["updated_on"])]
    held: dict[str, set[str]] = {name: set() for name in entry.indicator_ids}
    for one in mine:
        cells = pl.read_parquet(one.cells, columns=["indicator_id", "period"]).unique()
        for indicator_id, period in cells.iter_rows():
            held.setdefault(indicator_id, set()).add(period)
    wanted = [held[name] for name in entry.indicator_ids]
    return KnownSeries(
        updated_on=dt.date.fromisoformat(max(days)) if days else None,
        periods=frozenset(set.intersection(*wanted)) if wanted else frozenset(),
    )


def _entries(names: Sequence[str]) -> list[Entry[Any]]:
    catalogue = load_catalogue()
    unknown = [name for name in names if name not in catalogue]
    if unknown or not names:
        raise UserError(
            f"Kataloget har ingen tabel {', '.join(unknown)[:60]!r}. Vælg en eller flere af: "
            f"{', '.join(catalogue)}."
        )
    return [catalogue[name] for name in names]


def _fetch(entry: Entry[Any], held: KnownSeries, tell: Callable[[str], None]) -> Batch | None:
    """Fetch one entry through its own service; only that one's libraries are loaded.

    `tell` hears that something came ('read'), and that a call is tried again ('retry').
    """

    def heard(_text: str, _share: float) -> None:
        tell("read")

    def again(_text: str) -> None:
        tell("retry")

    if entry.source == "statistikbanken":
        from queries.sources.statbank.client import statbank_client
        from queries.sources.statbank.fetch import fetch_table as of_statbank

        batch = of_statbank(entry, statbank_client(waiting=again), held, heard)
    else:
        from queries.sources.jobindsats.fetch import fetch_table as of_jobindsats
        from queries.sources.jobindsats.settings import jobindsats_client

        batch = of_jobindsats(entry, jobindsats_client(waiting=again), held, heard)
    return None if batch is None else replace(batch, findings=tuple(_named(entry, batch.findings)))


def _named(entry: Entry[Any], findings: Sequence[Finding]) -> Iterator[Finding]:
    for one in findings:
        named = entry.table.casefold() in one.text.casefold()
        yield one if named else replace(one, text=f"{entry.title} ({entry.table}): {one.text}")


def _all(refused: Sequence[UserError]) -> Iterator[Finding]:
    for error in dict.fromkeys(refused):
        if isinstance(error, ImportRefusedError) and error.findings:
            yield from error.findings
        else:
            yield Finding("error", "not_fetched", str(error))
