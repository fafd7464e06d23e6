"""A sheet while it is understood: where its table lies, its headings, and who decides."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cached_property

import polars as pl

from queries.errors import UserError
from queries.indicators.definition import Indicator
from queries.sources.spreadsheet.amounts import COUNT, DECIMAL, read_amounts
from queries.sources.spreadsheet.book import Sheet, quote
from queries.sources.spreadsheet.headers import find_region
from queries.sources.spreadsheet.labels import heading_codes, read_heading
from queries.sources.spreadsheet.periods import find_periods
from queries.sources.spreadsheet.questions import Decider

SAMPLE = 5000
"""How many rows are looked at to see what a column is; reading looks at all of them."""


class Context:
    """A sheet, its table (`region`), what its headings say, and the decisions about it.

    Raises UserError where there is no table, and for rows or columns that are not there.
    """

    def __init__(
        self, sheet: Sheet, answers: Mapping[str, str], indicators: Mapping[str, Indicator]
    ) -> None:
        self.sheet, self.answers, self.indicators = sheet, answers, indicators
        self.decider = Decider(answers)
        self.keys: dict[int, str] = {}
        self._find()

    def _find(self) -> None:
        sheet, offset = self.sheet, self.sheet.first_row
        given = {}
        for key in ("first_row", "last_row"):
            if text := self.answers.get(key, "").strip():
                if not text.isdecimal() or not offset <= int(text) < sheet.height + offset:
                    raise UserError(
                        f"»{text}« er ikke en række i arket. Skriv et tal fra {offset} til "
                        f"{sheet.height + offset - 1}."
                    )
                given[key] = int(text) - offset
        headers = None
        if text := self.answers.get("header_rows", "").strip():
            rows = Decider({"x": text}).rows("x", "Overskrifter", ())
            headers = tuple(row - offset for row in rows if 0 <= row - offset < sheet.height)
        area = next(
            (
                int(key.removeprefix("column:"))
                for key, value in self.answers.items()
                if value == "area" and key.removeprefix("column:").isdecimal()
            ),
            None,
        )
        if area is not None and area >= sheet.width:
            raise UserError(f"Arket har {sheet.width} kolonner; kolonne {area + 1} findes ikke.")
        self.region = find_region(
            sheet.cells,
            sheet.merged,
            header_rows=headers,
            first=given.get("first_row"),
            last=given.get("last_row"),
            area=area,
        )
        if self.region.first > self.region.last:
            raise UserError("Tabellens første række ligger efter den sidste. Ret dem.")
        self._headings()

    def _headings(self) -> None:
        months = heading_codes(self.region.headings, "M")
        weeks = heading_codes(self.region.headings, "W")
        self.codes = months or weeks
        if months and weeks:
            self.codes = weeks if self.kind_of_codes(next(iter(months))) == "W" else months
        self.headings = [read_heading(parts, self.codes) for parts in self.region.headings]

    def kind_of_codes(self, first: str) -> str:
        """Return whether four digits are year and month (M) or year and week (W)."""
        return self.decider.decide(
            "codes",
            f"Hvad er {quote(first)}?",
            {"M": "år og måned", "W": "år og uge"},
            "M",
            asked=True,
            help="Fire cifre kan være år og måned eller år og uge.",
        )

    @cached_property
    def fingerprint(self) -> str:
        """The hash of headings and title without periods and numbers."""
        keys = sorted({heading.key for heading in self.headings if heading.key})
        title = [_without_numbers(line) for line in self.region.above]
        text = "\n".join([*keys, "", *filter(None, title)])
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def amounts(self, at: int) -> pl.DataFrame:
        """Return what the first rows of a column say."""
        first, last = self.region.first, min(self.region.last + 1, self.region.first + SAMPLE)
        column = self.region.cells.to_series(at)[first:last]
        plain = ~self.sheet.text_mask(at)[first:last] if self.sheet.numeric else None
        return read_amounts(column, "danish", plain)

    def is_fraction(self, at: int, read: pl.DataFrame) -> bool:
        """Whether shares are written as fractions: 0,21 for 21 pct."""
        numbers = read.filter(pl.col("sort").is_in([COUNT, DECIMAL]) & ~pl.col("marked"))
        if (
            not numbers.height
            or 2 * numbers.height < read.filter(pl.col("sort").is_in([COUNT, DECIMAL])).height
        ):
            return False
        mask = self.sheet.percent_mask(at)[self.region.first : self.region.last + 1]
        if 2 * int(mask.sum()) > int((self.region.body.to_series(at) != "").sum()):
            return True
        decimals = int((numbers["decimals"] >= 2).sum())
        high, low = float(numbers["value"].max() or 0), float(numbers["value"].min() or 0)  # type: ignore[arg-type]
        return low >= 0 and high <= 1 and 3 * decimals >= numbers.height > 1


def _without_numbers(text: str) -> str:
    rest = find_periods(text)[1]
    return " ".join(re.sub(r"\d+", " ", re.sub(r"[^\w\s]", " ", rest)).split())
