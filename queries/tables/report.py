"""The report on one table: what was read and understood, what it gives away, what is proposed.

Plain frozen records that go through JSON and back unchanged: the table is checked in a process of
its own, and only this report leaves it. Danish texts are meant for users. No text and no number
here says more of a hidden cell than the table itself: only *that* it can be computed or narrowed,
to how many possibilities and through which sums.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

Status = Literal["shown", "zero", "hidden", "share", "label", "empty"]
"""A count that is printed, a printed 0, a number that is hidden (count or share), a printed share,
a text (headings and names), nothing."""

Kind = Literal["count", "change", "share", "label"]
"""What stands in the cell's column (or row): counts, differences of two counts (also negative),
shares in percent, or texts."""

RelationKind = Literal["sum", "hierarchy", "share", "equal", "at_most", "change"]

Verdict = Literal["computable", "narrowed", "small_shown", "protected"]
"""`computable`: a reader finds the hidden number; `narrowed`: fewer possibilities than the
criterion demands; `small_shown`: printed although the primary rule hides it; `protected`."""

Method = Literal["hide", "round", "merge"]

Outcome = Literal["safe", "leaks", "undecided"]
"""`undecided`: nothing was found, but something stood in the way of finding it."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell as it stands in the table.

    `id` is its address in the sheet ('C5': third column, fifth line of the file); in a merged
    proposal the address in the proposal. `text` is what is printed. `value` is the count in
    people or the change in it, None where there is none or it is hidden. `share` is the percentage
    as printed, with a decimal point ('12.5'), else ''.
    """

    id: str
    text: str
    status: Status
    kind: Kind
    value: int | None = None
    share: str = ""


Grid = tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True)
class ReadTable:
    """The table as it was read.

    `rows` are all lines of the table with equally many cells: first `header_rows` lines of
    headings, then the body, whose first `label_columns` cells are names. `above` and `below` are
    the lines of text around it (title, notes). `sheet` is the sheet that was read and `sheets` all
    of the file's (empty for text). `form` says in Danish how it was read: 'CSV med semikolon'.
    """

    rows: Grid
    header_rows: int
    label_columns: int
    above: tuple[str, ...]
    below: tuple[str, ...]
    sheet: str
    sheets: tuple[str, ...]
    form: str


@dataclass(frozen=True, slots=True)
class Understood:
    """Something the numbers are bound by: 'Kolonnen I alt er summen af ...'.

    `id` is stable for one table, also when others are switched off: it is what an option names.
    `equations` is how many lines of the table it says something of, `broken` how many of them the
    printed numbers contradict. `basis` is why it is believed: 'navn', 'tal', 'valgt' or, where
    it only may be so and the worst is assumed, 'muligt'. It is
    `used` when it is switched on and nothing contradicts it; `switched_off` is the user's choice.
    `cells` are the ids of the cells it binds.
    """

    id: str
    title: str
    kind: RelationKind
    basis: str
    used: bool
    switched_off: bool
    equations: int
    broken: int
    cells: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the printed numbers agree with it."""
        return self.broken == 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A sum, share or part that does not fit: which relation, which cell, and by how much.

    `off` is the printed total less the sum of its printed parts, in people; None where the
    difference is no number of people (a share that does not fit). `text` is the Danish sentence.
    """

    relation: str
    cell: str
    off: int | None
    text: str


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """What a reader can find out about one cell.

    `title` names it in Danish ('Holbæk, Under 3 mdr.'). `possibilities` is how many values remain,
    None where that is not counted or there is no end. `through` are the titles of a smallest set
    of relations that is enough. `text` is a Danish sentence without any value.
    """

    id: str
    title: str
    verdict: Verdict
    possibilities: int | None
    through: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The audit in numbers of cells, and in one Danish sentence.

    `insiders` are the hidden cells that would let the one or two people behind them compute
    another (None: not measured); `fewest` is the smallest number of possibilities over the hidden
    cells. `verdict` is 'safe' only where nothing is computable, narrowed or small and shown, nor
    told to people who are counted, and all of the table was read and understood; 'undecided' where
    only the last is missing. `reasons` are Danish sentences on what was not, whatever the verdict.
    """

    hidden: int
    computable: int
    narrowed: int
    small_shown: int
    protected: int
    insiders: int | None
    fewest: int | None
    verdict: Outcome
    sentence: str
    reasons: tuple[str, ...] = ()

    @property
    def safe(self) -> bool:
        """Whether the table may be sent: not where that is undecided."""
        return self.verdict == "safe"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell of a proposal that differs: its id there, its name, and both texts."""

    id: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Proposal:
    """One protected version of the table.

    `rows`, `header_rows` and `label_columns` as in ReadTable. `differences` are against the table
    as read. `cost` is the number of numbers lost: further hidden cells, rounded cells, or cells
    that merging took away; `bound` the proven least cost and `gap` the largest excess over it as a
    fraction, None where the method proves none. `audit` is the audit of this version, made anew
    from its texts and `notes`. `notes` are Danish lines that must stand below the table. `sentence`
    says what was done. Where `possible` is false there is no table, and `sentence` says why;
    `audit` is then that of the version that was tried, where there was one. Every possible
    proposal is safe, or undecided for what is not understood of the table it is made of.
    """

    method: Method
    title: str
    possible: bool
    rows: Grid
    header_rows: int
    label_columns: int
    above: tuple[str, ...]
    notes: tuple[str, ...]
    differences: tuple[Difference, ...]
    cost: int
    bound: float | None
    gap: float | None
    optimal: bool
    audit: Summary | None
    sentence: str
    base: int | None = None

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The table's new texts, line by line."""
        return tuple(tuple(cell.text for cell in row) for row in self.rows)

    def as_csv(self) -> str:
        """Return the table as CSV with ';' and decimal comma; starts with a byte-order mark."""
        from queries.tables.files import as_csv

        return as_csv(self)

    def as_xlsx(self) -> bytes:
        """Return the table as an XLSX workbook, made in memory."""
        from queries.tables.files import as_xlsx

        return as_xlsx(self)


@dataclass(frozen=True)
class TableReport:
    """Everything the check says of one table.

    `criterion` is the one it was judged by, 'strict', 'rule' or 'exact' (see
    `queries.disclosure.publication.Criterion`): 'rule' also where strict was asked for and the
    marks themselves say that hidden numbers are small. `threshold` in people. `remarks` are Danish
    sentences on how the table was understood that the user should know of (rounded totals, what a
    mark was taken to mean). `verdicts` has one entry
    per hidden cell and per cell that is small and shown.
    """

    table: ReadTable
    understood: tuple[Understood, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]
    criterion: str
    threshold: int
    zeros_are_shown: bool
    verdicts: tuple[CellVerdict, ...]
    summary: Summary
    proposals: tuple[Proposal, ...]

    def verdict(self, cell_id: str) -> CellVerdict | None:
        """Return what is said of one cell, None where nothing is."""
        return next((found for found in self.verdicts if found.id == cell_id), None)

    def as_json(self) -> str:
        """Return the report as JSON: the fields of these records, by name."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> TableReport:
        """Read what `as_json` wrote; ValueError, KeyError or TypeError where it is not that."""
        data = json.loads(text)
        table = data["table"]
        return cls(
            table=ReadTable(**_tuples(table, rows=_grid(table["rows"]))),
            understood=tuple(Understood(**_tuples(each)) for each in data["understood"]),
            problems=tuple(Problem(**each) for each in data["problems"]),
            remarks=tuple(data["remarks"]),
            criterion=data["criterion"],
            threshold=data["threshold"],
            zeros_are_shown=data["zeros_are_shown"],
            verdicts=tuple(CellVerdict(**_tuples(each)) for each in data["verdicts"]),
            summary=Summary(**_tuples(data["summary"])),
            proposals=tuple(_proposal(each) for each in data["proposals"]),
        )


CRITERIA: tuple[str, ...] = ("strict", "rule", "exact")
METHODS: tuple[Method, ...] = get_args(Method)


def _proposal(data: dict[str, Any]) -> Proposal:
    return Proposal(
        **_tuples(
            data,
            rows=_grid(data["rows"]),
            differences=tuple(Difference(**each) for each in data["differences"]),
            audit=Summary(**_tuples(data["audit"])) if data["audit"] else None,
        )
    )


def _grid(rows: list[list[dict[str, Any]]]) -> Grid:
    return tuple(tuple(TableCell(**cell) for cell in row) for row in rows)


def _tuples(data: dict[str, Any], **read: object) -> dict[str, Any]:
    """Return the fields with lists of texts as tuples, and with those that are `read` already."""
    plain = {
        name: tuple(cast("list[object]", value)) if isinstance(value, list) else value
        for name, value in data.items()
        if name not in read
    }
    return plain | read
