"""Hedges, and the written rule that each is held to: the table that the page shows.

A figure with its hedge is a range of numbers: 'godt 8.000' is more than 8.000 and at most 8.800.
What a source says is a range by the same rules, and so is a share that was rounded. A claim holds
where all that the source can mean lies within what the claim can mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

SHARE_TOLERANCE = 2
ABOUT_PEOPLE, LITTLE_PEOPLE = Fraction(5, 100), Fraction(10, 100)


@dataclass(frozen=True)
class Bounds:
    """A range of numbers; an end that is None has no limit, and an open end is not in the range."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def of(cls, low: Fraction | int | None, high: Fraction | int | None) -> Bounds:
        """Return the range with both ends in it."""
        return cls(None if low is None else Fraction(low), None if high is None else Fraction(high))

    def within(self, other: Bounds) -> bool:
        """Tell whether every number of this range is in the other."""
        return not (_lower(self, other) or _higher(self, other))

    def meets(self, other: Bounds) -> bool:
        """Tell whether any number is in both ranges."""
        return not (_apart(self, other) or _apart(other, self))

    @property
    def is_point(self) -> bool:
        """Whether only one number is in the range."""
        return self.low is not None and self.low == self.high


def _lower(one: Bounds, other: Bounds) -> bool:
    """Whether one range reaches below the other."""
    if other.low is None:
        return False
    if one.low is None or one.low < other.low:
        return True
    return one.low == other.low and other.low_open and not one.low_open


def _higher(one: Bounds, other: Bounds) -> bool:
    if other.high is None:
        return False
    if one.high is None or one.high > other.high:
        return True
    return one.high == other.high and other.high_open and not one.high_open


def _apart(below: Bounds, above: Bounds) -> bool:
    """Whether one range lies wholly below the other."""
    if below.high is None or above.low is None:
        return False
    if below.high < above.low:
        return True
    return below.high == above.low and (below.high_open or above.low_open)


Rule = Callable[[Fraction, Fraction], tuple[Fraction | None, Fraction | None, bool, bool]]
"""From a figure and its tolerance to the ends of its range, and whether they are open."""


@dataclass(frozen=True)
class Hedge:
    """One kind of hedge: the words for it, the rule in Danish, and the rule as a function."""

    hedge_id: str
    title: str
    words: tuple[str, ...]
    rule: str
    example: str
    function: Rule
    reach: Fraction = ABOUT_PEOPLE
    """How far it may reach in a number of people, as a part of the number."""

    def bounds(self, value: Fraction, tolerance: Fraction) -> Bounds:
        """Return the numbers that a figure with this hedge stands for."""
        return Bounds(*self.function(value, tolerance))


EXACT = Hedge(
    "exact",
    "uden forbehold",
    ("præcis", "præcist", "nøjagtig", "nøjagtigt", "eksakt", "lige præcis"),
    "Antal skal passe på enheden. En andel skal give det samme, når det offentliggjorte tal "
    "afrundes til lige så mange decimaler.",
    "2.790 borgere; 21 pct.",
    lambda v, t: (v, v, False, False),
)
ABOUT = Hedge(
    "about",
    "ca.",
    (
        *("ca.", "ca", "cirka", "omkring", "omtrent", "rundt regnet", "i omegnen af", "små"),
        *("i størrelsesordenen", "tilnærmelsesvis", "godt og vel omkring", "skønsmæssigt"),
        *("anslået", "på omkring", "noget nær"),
    ),
    "Antal: højst 5 pct. fra. Andele: højst 2 procentpoint fra.",
    "ca. 2.800 borgere, når tallet er 2.790",
    lambda v, t: (v - t, v + t, False, False),
)
A_LITTLE_OVER = Hedge(
    "a_little_over",
    "godt",
    ("godt", "godt og vel", "lidt over", "lidt mere end", "lidt flere end", "lige over", "små"),
    "Mere end tallet, og højst 10 pct. (andele: 2 procentpoint) over.",
    "godt 2.700 borgere, når tallet er 2.790",
    lambda v, t: (v, v + t, True, False),
    LITTLE_PEOPLE,
)
A_LITTLE_UNDER = Hedge(
    "a_little_under",
    "knap",
    (
        *("knap", "knapt", "næsten", "lidt under", "lidt mindre end", "lidt færre end", "op mod"),
        *("lige under", "tæt på", "henved", "hen ved", "op imod", "nær ved", "snart"),
    ),
    "Mindre end tallet, og højst 10 pct. (andele: 2 procentpoint) under.",
    "knap 2.800 borgere, når tallet er 2.790",
    lambda v, t: (v - t, v, False, True),
    LITTLE_PEOPLE,
)
MORE_THAN = Hedge(
    "more_than",
    "mere end",
    ("mere end", "flere end", "over", "større end", "højere end", "i overkant af", "langt over"),
    "Mere end tallet; tallet selv er ikke nok.",
    "mere end 2.700 borgere, når tallet er 2.790",
    lambda v, t: (v, None, True, False),
)
LESS_THAN = Hedge(
    "less_than",
    "under",
    ("under", "mindre end", "færre end", "lavere end", "ikke engang"),
    "Mindre end tallet; tallet selv er for meget.",
    "under 3.000 borgere, når tallet er 2.790",
    lambda v, t: (None, v, False, True),
)
AT_LEAST = Hedge(
    "at_least",
    "mindst",
    ("mindst", "minimum", "ikke under", "ikke færre end", "ikke mindre end", "i hvert fald"),
    "Tallet eller mere.",
    "mindst 2.790 borgere, når tallet er 2.790",
    lambda v, t: (v, None, False, False),
)
AT_MOST = Hedge(
    "at_most",
    "højst",
    (
        *("højst", "maksimalt", "maks.", "op til", "ikke over", "ikke mere end", "ikke flere end"),
        *("allerhøjst", "højest"),
    ),
    "Tallet eller mindre.",
    "højst 2.790 borgere, når tallet er 2.790",
    lambda v, t: (None, v, False, False),
)
BETWEEN = Hedge(
    "between",
    "mellem … og …",
    ("mellem", "imellem", "fra … til", "20-25"),
    "Mellem de to tal, begge medregnet.",
    "mellem 20 og 25 pct., når andelen er 21 pct.",
    lambda v, t: (v, v, False, False),
)
HEDGES = (
    *(EXACT, ABOUT, A_LITTLE_OVER, A_LITTLE_UNDER, MORE_THAN, LESS_THAN, AT_LEAST, AT_MOST),
    BETWEEN,
)
BY_ID = {one.hedge_id: one for one in HEDGES} | {"rounded": EXACT}
_WORDS = {word: one for one in HEDGES if one is not BETWEEN for word in one.words} | {"små": ABOUT}
_BEFORE = re.compile(
    r"(?<![\w])(?:(?:"
    + "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
    + r")\s*)$"
)
_MODIFIERS = re.compile(
    r"(?<!\w)(?:kun|blot|hele|alene|fortsat|stadig|i alt|samlet|de|allerede)\s*$"
)
_LONGEST = 28
AFTER = (
    (re.compile(r"\s+(?:eller|og)\s+(?:derover|flere|mere|opefter)(?!\w)"), AT_LEAST),
    (re.compile(r"\s+(?:eller|og)\s+(?:derunder|færre|mindre)(?!\w)"), AT_MOST),
)


def before(text: str, at: int) -> tuple[Hedge, int]:
    """Return the hedge that stands before place `at` of a text in small letters, and its start."""
    first = max(0, at - _LONGEST)
    found = _BEFORE.search(text, first, at)
    if found is None:
        skip = _MODIFIERS.search(text, first, at)
        found = skip and _BEFORE.search(text, max(0, skip.start() - _LONGEST), skip.start())
    if not found:
        return EXACT, at
    return _WORDS[found.group().strip()], found.start()


def tolerance(hedge: Hedge, value: Fraction, *, is_share: bool) -> Fraction:
    """Return how far from a figure its hedge may reach: in pct. points, or in what it counts."""
    return Fraction(SHARE_TOLERANCE) if is_share else abs(value) * hedge.reach


def rounded(value: Fraction, decimals: int) -> Bounds:
    """Return what a share written with some decimals can have been before it was rounded."""
    half = Fraction(1, 2 * 10**decimals)
    return Bounds(value - half, value + half)


def said_by_source(hedge_id: str, value: Fraction, *, is_share: bool) -> Bounds:
    """Return what a published figure can mean, by the same rules.

    One that says 'mere end 24.000' is taken to lie below the next round number, 25.000: the writer
    would else have said that.
    """
    if hedge_id == "rounded":
        return rounded(value, _decimals(value))
    hedge = BY_ID[hedge_id]
    bounds = hedge.bounds(value, tolerance(hedge, value, is_share=is_share))
    step = round_step(value)
    if hedge_id in {"more_than", "at_least"}:
        high = value + step
        return Bounds(value, min(high, Fraction(100)) if is_share else high, bounds.low_open, False)
    return bounds


def round_step(value: Fraction) -> Fraction:
    """Return the last place that a round number is written to: 24.000 -> 1.000, 20 -> 10."""
    step = Fraction(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def _decimals(value: Fraction) -> int:
    return next((places for places in range(4) if (value * 10**places).denominator == 1), 4)
