"""Single records that the façade answers with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Source:
    """Where a number comes from; dates are None where the document does not give them."""

    source_id: str
    kind: str
    publisher: str
    title: str
    document_id: str
    published_on: dt.date | None
    published_note: str
    retrieved_on: dt.date | None
    sha256: str | None
    licence: str
    corrects: str | None
    corrected_by: str | None
    note: str
    choices: Mapping[str, object] = field(default_factory=dict)
    """How a register was counted: choices and their values; empty for a document."""
    series: str = ""
    """What the source is a vintage of; '' for one that stands alone."""
    import_id: str | None = None
    """The import it came with, None for what is shipped."""
    of_others: bool = True
    """Whether others have published the numbers; False for a register and an unpublished file."""

    @property
    def is_correction(self) -> bool:
        """Whether the document is a berigtigelse of an earlier one."""
        return self.corrects is not None

    @property
    def is_synthetic(self) -> bool:
        """Whether the numbers are made up."""
        return self.kind == "synthetic"


@dataclass(frozen=True)
class Build:
    """The build behind a data version; `built_at` in UTC."""

    version: str
    built_at: dt.datetime
    observations: int
