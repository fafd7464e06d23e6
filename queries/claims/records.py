"""What a checked draft looks like. All texts are Danish, plain and meant for the writer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from queries.records import Source


class Verdict(Enum):
    """What came of a claim; `title` is what the page calls it."""

    HOLDS = "holds"
    HOLDS_WITH_CAVEAT = "holds_with_caveat"
    DOES_NOT_HOLD = "does_not_hold"
    CANNOT_BE_CHECKED = "cannot_be_checked"
    AMBIGUOUS = "ambiguous"

    @property
    def title(self) -> str:
        """The verdict in Danish, such as 'holder med forbehold'."""
        return TITLES[self]


TITLES = {
    Verdict.HOLDS: "holder",
    Verdict.HOLDS_WITH_CAVEAT: "holder med forbehold",
    Verdict.DOES_NOT_HOLD: "holder ikke",
    Verdict.CANNOT_BE_CHECKED: "kan ikke tjekkes",
    Verdict.AMBIGUOUS: "skal afklares",
}


@dataclass(frozen=True)
class Reading:
    """What a claim is taken to say, part by part; '' where the sentence does not say it.

    `reading_id` is what `choices` takes; the same sentence has the same ids in every run.
    """

    reading_id: str
    subject: str
    measure: str
    area: str
    period: str
    figure: str
    hedge: str
    relation: str
    text: str


@dataclass(frozen=True)
class Finding:
    """What the warehouse says of one reading.

    `number` is the published number in words ('' where there is none, or none that may be told),
    `arithmetic` how it was reached or compared, `suggestion` what to do, `corrected` the whole
    sentence with only the wrong part replaced, `newer` the same where newer published data exist.
    """

    verdict: Verdict
    explanation: str
    number: str = ""
    arithmetic: str = ""
    suggestion: str = ""
    corrected: str = ""
    newer: str = ""
    sources: tuple[Source, ...] = ()
    statement_id: str = ""
    """The published statement that was asked, such as 'F6'; '' where cells were."""


@dataclass(frozen=True)
class Claim:
    """A claim of the draft, and what came of it.

    `start` and `end` are places in the draft as it was given: of the words that make the claim.
    `sentence_start` and `sentence_end` are those of its sentence. `readings` has one reading, or
    the several that the writer must choose between (verdict 'ambiguous'; `question` asks).
    """

    claim_id: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    text: str
    sentence: str
    verdict: Verdict
    readings: tuple[Reading, ...]
    finding: Finding
    question: str = ""
    chosen: str = ""

    @property
    def reading(self) -> Reading:
        """The reading that was judged, the first one while it has not been chosen."""
        return next(
            (one for one in self.readings if one.reading_id == self.chosen), self.readings[0]
        )


@dataclass(frozen=True)
class Report:
    """All claims of a draft in its order, and what was not read.

    `unread` are places of sentences with a number whose subject the atlas does not know: nothing
    is said of them. `version` is the data version that was asked.
    """

    claims: tuple[Claim, ...]
    unread: tuple[tuple[int, int], ...]
    sentences: int
    version: str

    def count(self, verdict: Verdict) -> int:
        """Return how many claims came out so."""
        return sum(claim.verdict is verdict for claim in self.claims)

    def of(self, verdict: Verdict) -> Sequence[Claim]:
        """Return the claims that came out so."""
        return [claim for claim in self.claims if claim.verdict is verdict]
