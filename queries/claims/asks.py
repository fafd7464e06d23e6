"""What a sentence asks the warehouse: one record per claim, in terms that the judges know."""

from __future__ import annotations

from dataclasses import dataclass, field

from queries.claims.areas import Place
from queries.claims.numbers import Figure
from queries.claims.periods import Time

LEVEL, SUM, COMPARE, RANK, KOMMUNER, CHANGE, MEMBER, SPAN = (
    *("level", "sum", "compare", "rank", "kommuner", "change", "member", "span"),
)
LIMIT = "limit"
"""The mark of a figure that also is the limit by which kommuner are counted."""
BY_COUNT, BY_SHARE = "count", "share"


@dataclass(frozen=True)
class Ask:
    """One claim, read. `start` and `end` are places in its sentence.

    `others` are what `places` are compared with, `direction` is 1 for above, -1 for below and 0
    for the same; `by` is what is compared or ranked (people or share, '' where it is not said).
    `predicate` is the limit in 'i 12 kommuner er mere end halvdelen …'. `cues` are the names of the
    cues of the sentence and of what it inherits.
    """

    relation: str
    family: str
    aspect: str
    start: int
    end: int
    figure: Figure | None = None
    places: tuple[Place, ...] = ()
    others: tuple[Place, ...] = ()
    time: Time | None = None
    time_inherited: bool = False
    direction: int = 0
    by: str = ""
    rank: int = 1
    blandt: bool = False
    """Whether the rank is 'among the first n'."""
    predicate: Figure | None = None
    cues: frozenset[str] = frozenset()
    own_cues: frozenset[str] = frozenset()
    indicator_id: str = ""
    negated: bool = False
    edge: str = ""
    """Of a span: '' for both ends, else 'first' or 'last'."""
    inherited: tuple[str, ...] = ()
    """What comes from an earlier sentence: 'subject', 'area', 'period'."""
    about_shown: bool = False
    secret_words: bool = False
    about_many: bool = False
    """Whether kommuner are meant that are neither named nor counted."""
    times: tuple[Time, ...] = field(default=())
    possible: tuple[str, ...] = ()
    """Aspects that the words leave open."""
    is_shared: bool = False
    """Whether one number is said of several kommuner, for each or for all of them."""
    either: tuple[Place, ...] = ()
    """Places of which one is meant: 'i Holbæk eller Lejre'."""
