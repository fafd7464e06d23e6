"""What a samrådsmappe is made of: what a reader puts in it, and what that turns out to hold.

Nothing here knows Streamlit, the warehouse or a file format: pages make items, `content` looks them
up, and `documents` write what was found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from queries import Source

Value = str | int | float | None
NO_NUMBER = "intet tal"
"""Said of a category that a series has no cell for."""
COUNTRY = "Hele landet"
"""What values are held against, by the name it has in charts."""


@dataclass(frozen=True)
class Item:
    """One figure, table, sentence or profile, and the data version that it was seen in.

    `kind` is a key of `content.KINDS`; `parameters` are pairs as in the addresses of `/data/` (with
    `indikator`), in the order of their names, without empty ones. Two items that are equal show the
    same thing.
    """

    kind: str
    parameters: tuple[tuple[str, str], ...]
    version: str

    def __getitem__(self, name: str) -> str:
        """Return a parameter, or '' where the item has none of that name."""
        return dict(self.parameters).get(name, "")


@dataclass(frozen=True)
class Entry:
    """An item in a folder: when it was put there, and the reader's own heading and comment.

    `fingerprint` is that of the numbers as they were, '' until they were first looked up.
    """

    item: Item
    added_on: dt.date
    heading: str = ""
    comment: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class Folder:
    """A samrådsmappe: the question, the draft answer, and the evidence in the reader's order."""

    title: str = ""
    reference: str = ""
    """What the question is called, such as 'BEU alm. del, samrådsspørgsmål CI'."""
    question: str = ""
    answer: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One cell of a table: `text` is what the screen says, `value` the number behind it.

    `status` is 'shown', 'suppressed', 'left_out' or 'not_collected'; only a shown one has a value.
    """

    text: str
    value: Value = None
    status: str = "shown"


@dataclass(frozen=True)
class Column:
    """A column: its heading, the unit of its numbers ('' for texts), and their decimals."""

    name: str
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Table:
    """A table as it is printed: every row has one cell per column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    marked: int | None = None
    """The row that is the reader's own area, if any."""


@dataclass(frozen=True)
class Span:
    """How far chance can move a value, from `low` to `high` in its unit.

    `apart` says that the area can be told from the country.
    """

    low: float
    high: float
    apart: bool


@dataclass(frozen=True)
class Series:
    """The values of one line, or one set of bars, by category; None where there is no number."""

    name: str
    values: tuple[float | None, ...]
    made_up: bool = False
    words: tuple[str, ...] = ()
    """Per category why there is no number ('skjult'), '' where there is one; () where unknown."""
    spans: tuple[Span | None, ...] = ()
    """Per category how sure its value is; () where nothing is said of that."""


@dataclass(frozen=True)
class Limit:
    """Two lines around the country's share: `low` and `high` at each of `across`, in its unit."""

    name: str
    across: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Points:
    """What a chart of points has beside its categories' values.

    `across` is where each lies on a logarithmic axis called `title`; `groups` are keys of
    `VERDICTS`; `outside` says which are outside the reader's filter, and drawn faintly.
    """

    title: str
    across: tuple[float, ...]
    groups: tuple[str, ...]
    outside: tuple[bool, ...]
    limits: tuple[Limit, ...]


VERDICTS = {"over": "over landet", "under": "under landet", "alike": "ikke til at skelne"}
"""The groups of points: what is said of each."""


@dataclass(frozen=True)
class Bins:
    """What the categories of a chart of columns are: bins of `step` from `first` upwards.

    `title` is what is counted in bins, with its unit; `marks` are names and values within them:
    'Hele landet' and the reader's own area; `decimals` are those of the values.
    """

    title: str
    first: float
    step: float
    marks: tuple[tuple[str, float], ...]
    decimals: int


@dataclass(frozen=True)
class Chart:
    """A chart as numbers, for programs that draw and edit their own.

    `form` is 'bars' (horizontal, first category on top), 'stacked' (horizontal), 'lines', 'points'
    (which has `points`), or 'columns' (upright, which has `bins`).
    """

    form: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis_title: str
    decimals: int = 0
    marked: str | None = None
    """The category, or in a chart of lines the series, that is the reader's own area."""
    reference: tuple[str, float] | None = None
    """A value that bars or points are held against, such as ('Hele landet', 21.0)."""
    note: str = ""
    """How the chart is read, where that does not say itself."""
    points: Points | None = None
    bins: Bins | None = None


@dataclass(frozen=True)
class Standing:
    """How an item stands against the newest data; `text` says it in a Danish sentence.

    `state` is 'current' (seen in the newest version), 'unchanged' (newer data, the same numbers),
    'changed' (corrected), 'superseded' (a newer vintage or period is there), 'withdrawn', or
    'unknown' (the version is not on this machine, and nothing tells what the numbers were).
    """

    state: str
    text: str
    now: str = ""
    """The sentence of the newest data, where it is another."""


@dataclass(frozen=True)
class Content:
    """An item that has been looked up in its own data version: all that a document says of it.

    `svg` is the drawing of a map or chart, with the fonts of the repository; `chart` the same as
    numbers. `alt` says in words what the drawing shows. `definition` are pairs of a term and its
    text, `notes` what must be known of the numbers (hidden ones, few people, caveats). `period` is
    in words. `address` is the permanent address, without a host
    until a briefing puts the reader's in front.
    """

    item: Item
    title: str
    subtitle: str
    sentence: str
    alt: str
    sources: tuple[Source, ...]
    version: str
    fingerprint: str
    standing: Standing
    period: str = ""
    table: Table | None = None
    chart: Chart | None = None
    svg: str | None = None
    definition: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    made_up: bool = False
    """Whether any number is synthetic: then `label` says so, and every document shows it."""
    label: str = ""
    address: str = ""
    citation: str = ""
    further: Mapping[str, str] = field(default_factory=dict)
    """Other texts that a kind has, by name."""


@dataclass(frozen=True)
class Chapter:
    """An entry and what it holds: what documents are written from."""

    entry: Entry
    content: Content
    kind_told: str = ""
    """What tells it from others that are called the same: ' (kort)', see `documents.headings`."""

    @property
    def heading(self) -> str:
        """The reader's own heading, or the content's title, and its kind where that is told."""
        return f"{self.entry.heading or self.content.title}{self.kind_told}"


@dataclass(frozen=True)
class Briefing:
    """A folder that has been looked up. The same briefing gives the same bytes of any document."""

    folder: Folder
    chapters: tuple[Chapter, ...]
    version: str
    """The newest data version when it was looked up."""

    @property
    def made_up(self) -> bool:
        """Whether anything in it is synthetic; then the documents' names say so too."""
        return any(chapter.content.made_up for chapter in self.chapters)
