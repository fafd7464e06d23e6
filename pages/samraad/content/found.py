"""What a kind of item finds in one data version, before it is held against another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pages.samraad.content.facts import Fact
from pages.samraad.model import Chart, Table


@dataclass(frozen=True)
class Found:
    """An item's content in one data version; the fields are those of `model.Content`.

    `source_ids` are of every number in it, the most important first. `sentence` and `notes` are
    without the label of made-up numbers: `look_up` puts it there. `follows` are (indicator, period,
    kind of source): what a newer period would supersede, None where that makes no sense.
    """

    title: str
    subtitle: str
    sentence: str
    alt: str
    source_ids: tuple[str, ...]
    facts: tuple[Fact, ...]
    period: str = ""
    table: Table | None = None
    chart: Chart | None = None
    svg: str | None = None
    definition: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    marked: str = ""
    """The area that is the reader's own: its change is told first."""
    follows: tuple[str, str, str] | None = None
    further: Mapping[str, str] = field(default_factory=dict)
