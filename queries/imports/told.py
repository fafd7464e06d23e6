"""What the process behind the page `/indlaes` tells it: plain records that go through a pipe.

Only the standard library is imported here, for the web process reads these. Content that a data
owner gave is left out of what is printed of a record.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

_DANISH_DAY = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})")
State = Literal["running", "done", "refused", "failed", "cancelled", "timeout", "stopped"]
"""How far a job is. refused: what was given cannot be imported; failed: a fault of ours; timeout:
it took too long; stopped: its process ended without a word, as when the machine was switched off.
"""

STEPS = {
    "read": "læser",
    "check": "kontrollerer",
    "gate": "fortrolighed",
    "build": "bygger",
    "verify": "efterprøver",
    "use": "tages i brug",
}
"""The steps of an import in order, with their Danish names."""
WAITS = {
    "wait": "venter på, at en anden import eller bygning bliver færdig",
    "retry": "får ikke svar og prøver igen",
}
"""What may be told between the steps."""


@dataclass(frozen=True)
class About:
    """Where numbers come from, as the data owner says; dates are ISO or ''.

    `is_published`: others have published them, so they are shown as printed; None: not said yet.
    `corrects` is the source_id of the source that these numbers correct, or ''.
    """

    publisher: str = ""
    title: str = ""
    document_id: str = ""
    published_on: str = ""
    licence: str = ""
    corrects: str = ""
    is_published: bool | None = None


@dataclass(frozen=True)
class Told:
    """A finding for the reader: level (error, warning, note), code, Danish text and place."""

    level: str
    code: str
    text: str = field(repr=False)
    where: str = field(default="", repr=False)
    value: str = field(default="", repr=False)


@dataclass(frozen=True)
class Question:
    """One thing that was decided while a file was read: its choices, and which one stands.

    `choices` are pairs of value and Danish label; `asked` says that the file alone does not say,
    so the data owner must look at it; `free` that it may be answered with what is no choice.
    """

    key: str
    title: str = field(repr=False)
    choices: tuple[tuple[str, str], ...] = field(repr=False)
    chosen: str = field(repr=False)
    help: str = field(default="", repr=False)
    asked: bool = False
    free: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the file: its letter, heading and role, where `key` is that of its question."""

    letter: str
    heading: str = field(repr=False)
    role: str
    key: str


@dataclass(frozen=True)
class Series:
    """Cells of one indicator, period and breakdown: how many, and what they would change."""

    indicator: str
    period: str
    breakdown: str
    cells: int
    added: int
    changed: int
    hidden: int
    conflicts: int


@dataclass(frozen=True)
class Inspection:
    """How a file was read, and what importing it would change.

    `preview` are its first rows, the first of them numbered `first_row`; `header_rows` and
    `data_rows` the numbers of rows in it that hold headings and data, `left_out` those that are
    passed over. `refused` and `refused_xlsx` hold the rows that could not be used, as files to
    mend. `remembered`: the layout was known, and its
    choices are those of last time. `can_import` says that no error stands and nothing is left to
    answer.
    """

    form: str = ""
    remarks: tuple[str, ...] = field(default=(), repr=False)
    sheets: tuple[str, ...] = field(default=(), repr=False)
    sheet: str = field(default="", repr=False)
    first_row: int = 1
    preview: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    header_rows: tuple[int, ...] = ()
    data_rows: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    rows: int = 0
    columns: tuple[Column, ...] = field(default=(), repr=False)
    questions: tuple[Question, ...] = field(default=(), repr=False)
    findings: tuple[Told, ...] = field(default=(), repr=False)
    series: tuple[Series, ...] = ()
    about: About = field(default_factory=About, repr=False)
    refused: bytes = field(default=b"", repr=False)
    refused_xlsx: bytes = field(default=b"", repr=False)
    remembered: bool = False
    can_import: bool = False

    def of_level(self, level: str) -> tuple[Told, ...]:
        """Return the findings of one level."""
        return tuple(one for one in self.findings if one.level == level)


@dataclass(frozen=True)
class Progress:
    """How far a job is: `step` is one of STEPS, `fraction` of the whole from 0 to 1.

    `outcome` holds the fields of the import's outcome once it is done; `message` is Danish.
    """

    job: str
    kind: str
    state: State
    step: str = "read"
    fraction: float = 0.0
    began: str = ""
    message: str = field(default="", repr=False)
    findings: tuple[Told, ...] = field(default=(), repr=False)
    outcome: Mapping[str, Any] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether the job has ended, in whatever way."""
        return self.state != "running"


def inspection(fields: Mapping[str, Any]) -> Inspection:
    """Return an inspection from its JSON."""
    known = dict(fields)
    for name, kind in (("columns", Column), ("findings", Told), ("series", Series)):
        known[name] = tuple(kind(**one) for one in known.get(name, ()))
    known["questions"] = tuple(
        Question(**{**one, "choices": tuple(tuple(pair) for pair in one["choices"])})
        for one in known.get("questions", ())
    )
    known["about"] = About(**known.get("about", {}))
    known["preview"] = tuple(tuple(row) for row in known.get("preview", ()))
    for name in ("remarks", "sheets", "header_rows", "data_rows", "left_out"):
        known[name] = tuple(known.get(name, ()))
    for name in ("refused", "refused_xlsx"):
        known[name] = base64.b64decode(known.get(name, ""))
    return Inspection(**known)


def progress(fields: Mapping[str, Any]) -> Progress:
    """Return a job's progress from its JSON."""
    known = {name: fields[name] for name in Progress.__dataclass_fields__ if name in fields}
    known["findings"] = tuple(
        one if isinstance(one, Told) else Told(**one) for one in known.get("findings", ())
    )
    return Progress(**known)


def plain(record: Any) -> Any:
    """Return a record as JSON can hold it: bytes in base64."""
    if isinstance(record, bytes):
        return base64.b64encode(record).decode()
    if isinstance(record, (tuple, list)):
        return [plain(one) for one in record]
    if isinstance(record, Mapping):
        return {str(name): plain(value) for name, value in record.items()}
    if hasattr(record, "__dataclass_fields__"):
        return {name: plain(getattr(record, name)) for name in record.__dataclass_fields__}
    return record


def day(text: str) -> dt.date | None:
    """Return a date written 27-09-2017, 27.9.2017 or 2017-09-27; None for anything else."""
    given = text.strip()
    danish = _DANISH_DAY.fullmatch(given)
    try:
        if danish:
            return dt.date(int(danish[3]), int(danish[2]), int(danish[1]))
        return dt.date.fromisoformat(given)
    except ValueError:
        return None
