"""The numbers of a sheet: one column at a time, with what stands in place of a number."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from queries.errors import UserError
from queries.sources.spreadsheet.amounts import (
    COUNT,
    DASH,
    DECIMAL,
    EMPTY,
    HIDDEN,
    read_amounts,
)
from queries.sources.spreadsheet.book import Sheet, letters, quote
from queries.sources.spreadsheet.classes import LEFT_OUT
from queries.sources.spreadsheet.findings import Findings, listed
from queries.sources.spreadsheet.mapping import EVERY, ROLES, Column, SheetMapping
from queries.sources.spreadsheet.marks import dash_said, mixed_forms

MOST_DECIMALS = 4
"""Decimals of a share that are kept; a workbook may hold more."""
ROLE_KEYS = {"numerator": "n", "denominator": "d", "share": "s"}
_SAID = {
    "numerator": "et helt antal personer",
    "denominator": "et helt antal personer",
    "share": "en andel fra 0 til 100 pct.",
    "value": "et tal",
}


@dataclass(frozen=True)
class Slot:
    """The columns of one period and breakdown ('' where the row says)."""

    period: str
    breakdown: str
    numerator: Column | None = None
    denominator: Column | None = None
    share: Column | None = None

    @property
    def columns(self) -> dict[str, Column]:
        """The columns there are, by role."""
        each = {"numerator": self.numerator, "denominator": self.denominator, "share": self.share}
        return {role: column for role, column in each.items() if column is not None}


def slots(mapping: SheetMapping) -> list[Slot]:
    """Return what stands side by side; raises UserError where two columns would be the same."""
    found: dict[tuple[str, str], dict[str, Column]] = {}
    shared: dict[str, Column] = {}
    for column in mapping.of_role("numerator", "denominator", "share"):
        if column.breakdown == LEFT_OUT:
            continue
        if column.role == "denominator" and column.breakdown == EVERY:
            shared[column.period] = column
            continue
        slot = found.setdefault((column.period, column.breakdown), {})
        if other := slot.get(column.role):
            raise UserError(
                f"Kolonne {other.letter} ({quote(other.heading)}) og {column.letter} "
                f"({quote(column.heading)}) er begge læst som {ROLES[column.role]} for det samme. "
                "Vælg, hvilken der er rigtig, og sæt den anden til »læses ikke«."
            )
        slot[column.role] = column
    for (period, _), slot in found.items():
        whole = shared.get(period) or shared.get("")
        if whole is not None:
            slot.setdefault("denominator", whole)
    made = [
        Slot(period, breakdown, slot.get("numerator"), slot.get("denominator"), slot.get("share"))
        for (period, breakdown), slot in found.items()
        if "numerator" in slot or "share" in slot
    ]
    if not made:
        raise UserError(
            "Ingen kolonne er læst som antal eller andel. Vælg, hvilken kolonne der er tælleren "
            "eller andelen."
        )
    return made


class Reader:
    """Reads columns of numbers for the rows that were found; each is read and judged once."""

    def __init__(
        self, sheet: Sheet, mapping: SheetMapping, around: str, findings: Findings
    ) -> None:
        self.sheet, self.mapping, self.findings = sheet, mapping, findings
        self.dash_is_said = dash_said(around) == mapping.dash != ""
        self.errors = {fault.text.casefold() for fault in sheet.faults}
        self._dashes = 0
        self._forms: dict[int, tuple[str, int, int]] = {}
        self._first_dash: tuple[int, int] | None = None
        self._done: dict[tuple[int, str], pl.DataFrame] = {}

    def column(self, column: Column, role: str, rows: pl.DataFrame) -> pl.DataFrame:
        """Return what the column says in each of the rows (`at`, `row`).

        Columns: `status` (number, empty, suppressed, zero, left_out, not_collected, unreadable),
        `count` (Int64, of counts), `value` (Float64, of shares in pct.), `decimals` and `text`
        (what stands there where it is no number).
        """
        if (column.at, role) in self._done and self._done[column.at, role].height == rows.height:
            return self._done[column.at, role]
        read = self._read(column, role, rows)
        self._done = {key: each for key, each in self._done.items() if key[0] != column.at}
        if role == "denominator":
            self._done[column.at, role] = read  # The only one that several classes may share.
        return read

    def _read(self, column: Column, role: str, rows: pl.DataFrame) -> pl.DataFrame:
        at = rows["at"]
        texts = self.sheet.cells.to_series(column.at)[at]
        plain = ~self.sheet.text_mask(column.at)[at] if self.sheet.numeric else None
        read = read_amounts(texts, self.mapping.numbers, plain)
        read = read.with_columns(
            rows["row"],
            text=pl.when(pl.col("sort") >= HIDDEN).then(texts),
        )
        self._note_forms(column, read, texts)
        read = read.with_columns(status=self._status())
        self._report(column, role, read, texts)
        if role == "share":
            return self._shares(column, read, texts, plain, at)
        return read.select("status", "count", "value", pl.lit(0, pl.Int8).alias("decimals"), "text")

    def _status(self) -> pl.Expr:
        meant = dict(self.mapping.marks) | dict.fromkeys(self.errors, "left_out")
        sort = pl.col("sort")
        folded = pl.col("text").str.to_lowercase()
        said = (
            folded.replace_strict(meant, default=None, return_dtype=pl.String)
            if meant
            else pl.lit(None, pl.String)
        )
        return (
            pl.when(sort.is_in([COUNT, DECIMAL]))
            .then(pl.lit("number"))
            .when(sort == EMPTY)
            .then(pl.lit("empty"))
            .when(sort == DASH)
            .then(pl.lit(self.mapping.dash or "undecided"))
            .when(said.is_not_null())
            .then(said)
            .when(sort == HIDDEN)
            .then(pl.lit("suppressed"))
            .otherwise(pl.lit("unreadable"))
        )

    def _report(self, column: Column, role: str, read: pl.DataFrame, texts: pl.Series) -> None:
        read = read.with_columns(column=pl.lit(column.at))
        statuses = set(read["status"].unique().to_list())
        if "unreadable" in statuses:
            self.findings.rows(
                "error",
                "unreadable_number",
                read.filter(pl.col("status") == "unreadable"),
                lambda each: (
                    f"{quote(str(each['text']))} er ikke {_SAID[role]}. Skriv tallet, eller vælg, "
                    "hvad tegnet betyder."
                ),
                at="column",
                value="text",
            )
        if "undecided" in statuses:
            self.findings.rows(
                "error",
                "dash_undecided",
                read.filter(pl.col("status") == "undecided").head(1),
                lambda _: (
                    "Der står »-«, og det er ikke afgjort, om det er nul eller et skjult tal."
                ),
                at="column",
                value="text",
            )
        dashes = read.filter((pl.col("sort") == DASH) & (pl.col("status") == "zero"))
        if dashes.height:
            self._dashes += dashes.height
            self._first_dash = self._first_dash or (dashes["row"][0], column.at)
        whole = read["count"].is_null() & read["value"].is_not_null()
        if role in {"numerator", "denominator"} and whole.any():
            odd = read.with_columns(text=texts).filter(whole)
            self.findings.rows(
                "error",
                "count_with_decimals",
                odd,
                lambda each: (
                    f"{quote(str(each['text']))} er ikke et helt antal personer. Er det en andel, "
                    "eller er punktum et tusindtal? Ret tallet, eller vælg, hvad kolonnen er."
                ),
                at="column",
                value="text",
            )
        if role in {"numerator", "denominator"}:
            self.findings.rows(
                "error",
                "negative_count",
                read.filter(pl.col("count") < 0),
                lambda each: f"Antallet {each['count']} er negativt. Ret det.",
                at="column",
                value="count",
            )

    def _note_forms(self, column: Column, read: pl.DataFrame, texts: pl.Series) -> None:
        for form in read["form"].unique().to_list():
            if form and form not in self._forms:
                place = int((read["form"] == form).arg_max() or 0)
                self._forms[form] = (str(texts[place]), int(read["row"][place]), column.at)

    def report_forms(self) -> None:
        """Warn where numbers may be read in two ways, or are read as English ones."""
        english = self.mapping.numbers == "english"
        both = mixed_forms(set(self._forms))
        if both:
            examples = [
                f"{quote(text)} ({letters(at)}{row})"
                for text, row, at in (self._forms[form] for form in both)
            ]
            text, row, at = self._forms[both[0]]
            self.findings.add(
                "warning",
                "mixed_numbers",
                f"Punktum og komma er brugt på to måder: {listed(examples)}. Tallene er læst på "
                f"{'engelsk (1,234.5)' if english else 'dansk (1.234,5)'}. Kontrollér dem, eller "
                "vælg den anden måde.",
                row=row,
                at=at,
                value=text,
            )
        elif english and self._forms:
            text, row, at = next(iter(self._forms.values()))
            self.findings.add(
                "warning",
                "english_numbers",
                "Tallene er læst på engelsk, hvor punktum er decimaltegn og komma skiller "
                f"tusinder (fx {quote(text)}). Kontrollér dem.",
                row=row,
                at=at,
                value=text,
            )

    def _shares(
        self,
        column: Column,
        read: pl.DataFrame,
        texts: pl.Series,
        plain: pl.Series | None,
        at: pl.Series,
    ) -> pl.DataFrame:
        fraction = self.sheet.percent_mask(column.at)[at]
        if column.scale == 100:
            fraction = fraction | ~read["marked"]
        own = plain if plain is not None else pl.repeat(value=False, n=len(at), eager=True)
        read = read.with_columns(
            decimals=(
                pl.col("decimals").cast(pl.Int16) - pl.when(fraction).then(2).otherwise(0)
            ).clip(0, MOST_DECIMALS),
            value=pl.when(fraction).then(pl.col("value") * 100).otherwise("value"),
        )
        # A workbook drops zeros at the end, so its column says how far all of it is rounded.
        widest = read.filter(own)["decimals"].max()
        read = read.with_columns(
            decimals=pl.when(own & pl.col("decimals").is_not_null())
            .then(pl.lit(widest))
            .otherwise("decimals")
            .cast(pl.Int8)
        )
        rounded = (pl.col("value") * 10.0 ** pl.col("decimals").cast(pl.Float64)).round()
        read = read.with_columns(
            digits=rounded.cast(pl.Int64, strict=False),
            value=rounded / 10.0 ** pl.col("decimals").cast(pl.Float64),
            column=pl.lit(column.at),
        ).with_columns(text=texts)
        wrong = read.filter((pl.col("value") > 100) | (pl.col("value") < 0))
        self.findings.rows(
            "error",
            "share_out_of_range",
            wrong,
            lambda each: (
                f"Andelen {quote(str(each['text']))} er ikke fra 0 til 100 pct. Ret den, eller "
                "vælg, hvad kolonnen er, og hvordan andelene er skrevet."
            ),
            at="column",
            value="text",
        )
        return read.select("status", "count", "value", "decimals", "text")

    def report_dashes(self) -> None:
        """Warn that dashes were read as zero, unless the notes of the sheet say that they are."""
        if self._dashes and self._first_dash and not self.dash_is_said:
            row, at = self._first_dash
            self.findings.add(
                "warning",
                "dash_as_zero",
                f"»-« er læst som nul i {self._dashes} celler, og noterne siger det ikke. Bekræft, "
                "at det er nul og ikke et skjult tal.",
                row=row,
                at=at,
                value="-",
            )
