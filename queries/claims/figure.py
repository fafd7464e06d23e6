"""A figure of a sentence: what it counts, how much, with which hedge, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from queries.claims import hedges
from queries.claims.hedges import Bounds, Hedge

SHARE, POINTS, COUNT, MONEY = "share", "points", "count", "money"
KOMMUNER, JOBCENTRE, DURATION, RATIO = "kommuner", "jobcentre", "duration", "ratio"
JOBS, MEASURES, MESSAGES, BARE = "jobs", "measures", "messages", "bare"
Span = tuple[int, int]


@dataclass(frozen=True)
class Figure:
    """A figure: `low` and `high` are one number, or the ends of a range that the writer gives.

    `start` and `end` hold hedge, number and unit; `number_start` and `number_end` only the number
    (with 'ud af ti'), `unit_end` goes to the end of pct. or kr. `decimals` are those written, or
    None for words. `whole` is the second number of '117 ud af 225', in months for a duration.
    """

    kind: str
    low: Fraction
    high: Fraction
    hedge: Hedge
    hedge_word: str
    start: int
    end: int
    number_start: int
    number_end: int
    unit_end: int
    decimals: int | None = 0
    slack: Fraction = Fraction(0)
    """How far a fraction in words ('hver femte') may be from the number."""
    whole: int | None = None
    noun: str = ""
    is_words: bool = False

    @property
    def value(self) -> Fraction:
        """The number; of a range its low end."""
        return self.low

    @property
    def is_share(self) -> bool:
        """Whether it is measured in pct. or procentpoint."""
        return self.kind in {SHARE, POINTS}

    def bounds(self) -> Bounds:
        """Return the numbers that the figure stands for by its hedge."""
        if self.low != self.high:
            return Bounds(self.low, self.high)
        exact = self.hedge is hedges.EXACT
        if exact and self.is_share:
            if self.slack:
                return Bounds(self.low - self.slack, self.low + self.slack)
            return hedges.rounded(self.low, self.decimals or 0)
        if exact and self.kind == RATIO:
            return Bounds(self.low * Fraction(9, 10), self.low * Fraction(11, 10))
        most = hedges.tolerance(self.hedge, self.low, is_share=self.is_share)
        if self.kind == RATIO:
            most = self.low / 10
        return self.hedge.bounds(self.low, most)
