"""The checks that a table must pass as a whole: its rows against its total and its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from queries.sources.answer.checks import CHECK_DOCUMENT
from queries.sources.answer.model import SUPPRESSED, Row
from queries.sources.answer.refusal import Refusals, danish_integer, danish_share
from queries.sources.rounding import denominator_bounds


@dataclass(frozen=True)
class Whole:
    """A table's rows against its total, knowing what the notes say about the rest.

    `threshold`: hidden counts are below it, None when the notes do not say. `left_out` kommuner
    have no row; `explained` says whether the notes name any of them (or none is missing).
    """

    rows: Sequence[Row]
    total: Row
    threshold: int | None
    left_out: Sequence[str]
    explained: bool
    refusals: Refusals

    def check(self) -> None:
        """Refuse hidden cells, counts or denominators that contradict the total or the notes."""
        hidden = [self._hidden_counts(row) for row in self.rows if row.count_status == SUPPRESSED]
        self._check_counts(hidden)
        self._check_denominators()

    def _hidden_counts(self, row: Row) -> tuple[int, int | None]:
        """Return the smallest and largest count that can stand behind a '.' or '<3'."""
        below = row.hidden_below or self.threshold
        smallest = 0 if row.share is None or denominator_bounds(0, row.share) else 1
        if below is None:
            return smallest, None
        possible = [
            count
            for count in range(below)
            if row.share is None or denominator_bounds(count, row.share)
        ]
        if not possible:
            self.refusals.refuse(
                row.line,
                f"andelen {danish_share(row.share or Decimal(0))} kan ikke komme af et skjult "
                "antal.",
                found=row.text,
                expected=f"en andel, som færre end {below} borgere kan give, da "
                + ("mærket" if row.hidden_below else "noten")
                + " siger, at kun mindre antal er skjult.",
                action=CHECK_DOCUMENT,
            )
        return possible[0], possible[-1]

    def _check_counts(self, hidden: Sequence[tuple[int, int | None]]) -> None:
        shown = sum(row.count or 0 for row in self.rows)
        least = shown + sum(low for low, _ in hidden)
        total = self.total.count or 0
        if least > total:
            needed = f" og de skjulte mindst {least - shown}" if least > shown else ""
            self._refuse_total(
                f"rækkerne giver {danish_integer(shown)}{needed}, og det er flere end totalen.",
                f"en total på mindst {danish_integer(least)}.",
            )
        most = self._most(shown, hidden)
        if most is None or most >= total:
            return
        if most == shown:
            self._refuse_total(
                f"rækkerne giver {danish_integer(shown)}, og intet er skjult eller udeladt.",
                f"en total på {danish_integer(shown)}.",
            )
        self._refuse_total(
            f"rækkerne giver {danish_integer(shown)}, og det, der er skjult eller udeladt, kan "
            f"højst være {most - shown}.",
            f"en total på højst {danish_integer(most)}.",
        )

    def _most(self, shown: int, hidden: Sequence[tuple[int, int | None]]) -> int | None:
        """Return the largest total the table allows, None when there is no telling.

        What the notes leave unexplained (kommuner without a row or a word) may be anything.
        """
        if not self.explained or (self.left_out and self.threshold is None):
            return None
        most = shown + len(self.left_out) * ((self.threshold or 1) - 1)
        for _, high in hidden:
            if high is None:
                return None
            most += high
        return most

    def _check_denominators(self) -> None:
        """Refuse shares whose denominators cannot be parts of the total's, or be all of it."""
        if self.total.count is None or self.total.share is None:
            return
        total_low, total_high = denominator_bounds(self.total.count, self.total.share) or (0, None)
        if total_high is None:
            return
        parts = [_row_denominators(row) for row in self.rows]
        low = sum(part[0] for part in parts)
        if low > total_high:
            self._refuse_total(
                f"rækkernes nævnere er tilsammen mindst {danish_integer(low)}, og det er flere, "
                "end totalen kan dække.",
                f"andele af kommunens egne borgere, tilsammen højst {danish_integer(total_high)}.",
            )
        highs = [part[1] for part in parts if part[1] is not None]
        high = sum(highs)
        if not self.left_out and len(highs) == len(parts) and high < total_low:
            self._refuse_total(
                f"rækkernes nævnere er tilsammen højst {danish_integer(high)}, og det er færre, "
                "end totalen kræver.",
                f"nævnere på tilsammen mindst {danish_integer(total_low)}.",
            )

    def _refuse_total(self, problem: str, expected: str) -> None:
        self.refusals.refuse(
            self.total.line,
            f"rækkerne passer ikke med totalen: {problem}",
            found=self.total.text,
            expected=expected,
            action="Sammenlign rækkerne og totalen med dokumentet; et ciffer kan mangle, eller en "
            "række kan være faldet ud.",
        )


def _row_denominators(row: Row) -> tuple[int, int | None]:
    """Return the smallest and largest denominator behind a row; None for no upper bound."""
    if row.count is not None and row.share is not None:
        return denominator_bounds(row.count, row.share) or (row.count, None)
    if row.count is None and row.count_status == SUPPRESSED and row.share:
        return (denominator_bounds(1, row.share) or (1, None))[0], None
    return row.count or 0, None
