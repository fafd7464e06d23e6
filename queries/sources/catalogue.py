"""The tables behind our indicators at services that have an API: one TOML file each, checked here.

`queries/sources/catalogue/<source>_<table>.toml`. What all have in common are the fields of
`Entry`; the section `[<source>]` is read by the source's own package, which knows its measures.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from queries.indicators.faults import DefinitionError, check_keys
from queries.sources.jobindsats.section import parse_jobindsats
from queries.sources.statbank.section import parse_statbank

FOLDER = Path(__file__).parent / "catalogue"


class Section(Protocol):
    """What a source's own section of an entry tells everybody."""

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """The indicators that the table feeds; () while its measures are not mapped."""


SectionType_co = TypeVar("SectionType_co", bound=Section, covariant=True)


@dataclass(frozen=True)
class Entry(Generic[SectionType_co]):
    """One table of one service; texts are Danish.

    `meaning` says what is measured, `verified` what of the entry has been seen in use and what is
    not known. `frequency` is how often the publisher renews it. `section` is the source's own.
    """

    entry_id: str
    source: str
    table: str
    title: str
    publisher: str
    licence: str
    frequency: str
    meaning: str
    caveats: tuple[str, ...]
    verified: str
    section: SectionType_co

    @property
    def series(self) -> str:
        """What newer fetches are vintages of."""
        return f"{self.source}:{self.table}"

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """The indicators that the table feeds; () while its measures are not mapped."""
        return self.section.indicator_ids


@dataclass(frozen=True)
class KnownSeries:
    """What the warehouse has of a series: its newest update date, and the periods it holds.

    A period counts as held only when every indicator of the entry has it.
    """

    updated_on: dt.date | None = None
    periods: frozenset[str] = frozenset()


SECTIONS: dict[str, Callable[[str, dict[str, Any]], Section]] = {
    "jobindsats": parse_jobindsats,
    "statistikbanken": parse_statbank,
}
"""The reader of each source's own section, by the name of the source."""


def load_catalogue(folder: Path = FOLDER) -> dict[str, Entry[Any]]:
    """Return all entries by id (the file's stem), in the order of their file names.

    Raises DefinitionError for a missing, empty or unknown key, and for two files of one table.
    """
    found = {path.stem: parse(path.stem, path.read_text("utf-8")) for path in _files(folder)}
    series = [entry.series for entry in found.values()]
    if twice := sorted({one for one in series if series.count(one) > 1}):
        raise DefinitionError(f"more than one file for {twice}")
    return found


def parse(entry_id: str, text: str) -> Entry[Any]:
    """Read one entry's text; see `load_catalogue`."""
    data = tomllib.loads(text)
    source = data.get("source")
    if source not in SECTIONS:
        raise DefinitionError(f"{entry_id}: source must be one of {sorted(SECTIONS)}")
    section = data.pop(source, None)
    if not isinstance(section, dict):
        raise DefinitionError(f"{entry_id}: missing section [{source}]")
    data["caveats"] = tuple(data.get("caveats", ()))
    data |= {"entry_id": entry_id, "section": section}
    check_keys(entry_id, data, Entry)
    if not re.fullmatch(r"[A-Za-z0-9_]{2,40}", data["table"]):
        raise DefinitionError(f"{entry_id}: {data['table']!r} is no table id")
    if entry_id != f"{source}_{data['table'].lower()}":
        raise DefinitionError(
            f"{entry_id}: the file must be named {source}_{data['table'].lower()}"
        )
    data["section"] = SECTIONS[source](f"{entry_id}.{source}", section)
    return Entry(**data)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))
