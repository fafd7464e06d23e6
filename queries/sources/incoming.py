"""What every source gives: one typed, validated frame, its provenance, and what was found.

The schema is declared once, here. A reader that cannot give such a frame in full gives nothing:
it raises `ImportRefusedError` with its findings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import dataframely as dy
import polars as pl

from queries.errors import UserError

Level = Literal["error", "warning", "note"]
SourceKind = Literal["published", "api", "file"]
PERIOD = r"[0-9]{4}(M(0[1-9]|1[0-2])|Q[1-4]|W(0[1-9]|[1-4][0-9]|5[0-3]))?"
AREA = r"^(000|0[0-9]{3}|10[0-9]{2}|DK0[0-9]{2}|J0[0-9]{3})$"
STATUSES = ("shown", "suppressed", "left_out", "not_collected")
KEY = ("indicator_id", "period", "breakdown", "area_id")


class IncomingCells(dy.Schema):
    """Cells as a source has them: numerator and denominator in people, share in pct.

    `status` is of the source: suppressed (hidden there), left_out (the source has no row or no
    number for the area), not_collected (the matter does not concern the area). A denominator is a
    point where it is given and an interval where it follows from a rounded share. `source_row` is
    the row in the sheet or printed table, from 1.
    """

    indicator_id = dy.String(primary_key=True, nullable=False)
    area_id = dy.String(primary_key=True, nullable=False, regex=AREA)
    period = dy.String(primary_key=True, nullable=False, regex=rf"^{PERIOD}$")
    breakdown = dy.String(primary_key=True, nullable=False, min_length=1)
    status = dy.String(nullable=False, regex=rf"^({'|'.join(STATUSES)})$")
    numerator = dy.Int64(nullable=True, min=0)
    denominator_low = dy.Int64(nullable=True, min=1)
    denominator_high = dy.Int64(nullable=True, min=1)
    share_pct = dy.Float64(nullable=True, min=0, max=100)
    share_decimals = dy.Int8(nullable=True, min=0, max=4)
    note = dy.String(nullable=False)
    source_row = dy.Int32(nullable=True, min=1)

    @dy.rule()
    def shown_has_a_number(cls) -> pl.Expr:
        """What is shown has a count or a share."""
        number = pl.col("numerator").is_not_null() | pl.col("share_pct").is_not_null()
        return (pl.col("status") != "shown") | number

    @dy.rule()
    def hidden_has_no_count(cls) -> pl.Expr:
        """What is not shown has neither count nor denominator, and says why."""
        nothing = pl.col("numerator").is_null() & pl.col("denominator_low").is_null()
        return (pl.col("status") == "shown") | (nothing & (pl.col("note") != ""))

    @dy.rule()
    def share_of_what_is_absent(cls) -> pl.Expr:
        """A share may stand beside a hidden count, and beside nothing else that is not shown."""
        beside = pl.col("status").is_in(["shown", "suppressed"])
        return beside | pl.col("share_pct").is_null()

    @dy.rule()
    def share_with_decimals(cls) -> pl.Expr:
        """A share says how far it is rounded."""
        return pl.col("share_pct").is_null() == pl.col("share_decimals").is_null()

    @dy.rule()
    def denominator_is_an_interval(cls) -> pl.Expr:
        """Both ends or neither, in order, and not below the count."""
        low, high = pl.col("denominator_low"), pl.col("denominator_high")
        both = low.is_null() == high.is_null()
        fits = (low <= high) & (pl.col("numerator").is_null() | (pl.col("numerator") <= high))
        return both & fits.fill_null(value=True)


@dataclass(frozen=True)
class Finding:
    """One thing found while a source was read; texts are Danish.

    error: the import stops; warning: the data owner must say yes; note: only told. `code` is a
    stable English id in snake_case, which a warning is accepted by. `text` says what is wrong,
    what was expected and what to do. `row` and `column` are as a spreadsheet names them (row from
    1, column a letter or heading); `value` is what stood there.
    """

    level: Level
    code: str
    text: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    @property
    def where(self) -> str:
        """The place in Danish, or ''."""
        parts = [f"ark »{self.sheet}«"] if self.sheet else []
        parts += [f"række {self.row}"] if self.row else []
        parts += [f"kolonne {self.column}"] if self.column else []
        return ", ".join(parts)


class ImportRefusedError(UserError):
    """What was given cannot be imported: at least one error, or a warning that nobody accepted.

    Nothing is imported. `findings` holds all that was found, not only the first.
    """

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Provenance:
    """Where a batch comes from; the fields of table `source`, as far as the reader knows them.

    `series` names what newer batches are vintages of (`jobindsats:y60j01`); '' for a document that
    stands alone. `updated_on` is the day the publisher says the numbers are from, `next_on` the
    day it expects to renew them. `corrects` is the source_id that this one corrects.
    """

    kind: SourceKind
    publisher: str
    title: str
    document_id: str
    retrieved_on: dt.date
    licence: str
    published_on: dt.date | None = None
    published_note: str = ""
    sha256: str | None = None
    note: str = ""
    series: str = ""
    corrects: str | None = None
    updated_on: dt.date | None = None
    next_on: dt.date | None = None


@dataclass(frozen=True, eq=False)
class Batch:
    """All that one read of one source gives: cells of `IncomingCells`, whence, and findings.

    `is_published` says that others have published the numbers: they are then shown as printed.
    What is not published must be exact (count and denominator of every area) and passes the
    disclosure gate. `recorded_at` is the day from which the numbers were known.
    """

    cells: pl.DataFrame
    provenance: Provenance
    recorded_at: dt.date
    is_published: bool
    findings: tuple[Finding, ...] = field(default=())


def incoming(
    rows: pl.DataFrame, findings: Sequence[Finding] = (), *, what: str = "Kilden"
) -> pl.DataFrame:
    """Return `rows` as a validated frame of `IncomingCells`, sorted by `KEY`.

    Raises ImportRefusedError with the findings and one more per broken rule, with the first
    rows it is broken in.
    """
    schema = IncomingCells.create_empty().schema
    typed = rows.select(pl.col(name).cast(kind, strict=True) for name, kind in schema.items())
    good, failure = IncomingCells.filter(typed)
    broken = failure.counts()
    if broken:
        invalid = failure.invalid()
        first = invalid.head(3).select("area_id", "period").rows() if invalid.height else []
        places = "; ".join(f"{area} {period}" for area, period in first)
        more = [
            Finding(
                "error",
                "rule_" + rule.replace("|", "_"),
                f"{what} giver {count} celler, der bryder reglen »{rule}« (fx {places}). "
                "Det skyldes en fejl i kilden eller i dens kolonner. Ret den, og prøv igen.",
            )
            for rule, count in sorted(broken.items())
        ]
        raise ImportRefusedError(more[0].text, (*findings, *more))
    return good.sort(*KEY)
