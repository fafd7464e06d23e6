"""The claim checker against the hand-written corpus: what it finds, and how it judges it.

The table of precision and recall is printed, also when all is well. On its first run it said:
precision 0.995 and recall 0.961 of what is found, 0.742 of the verdicts right, and 0.938 once the
corpus took a caveat for what a sentence leaves out as right too (and six other verdicts).
Later scores are of a checker that was corrected by this corpus: fresh sentences tell more. Those
whose ids begin with `ny-` were written afterwards, unseen by the checker's writer, and their table
is printed apart: at first sight it said precision 0.988, recall 0.977 and 0.988 of the verdicts
right. What they showed is mended since, so the floors hold for them too. A third part, `se-`, was
written for what was known to be weak (ranks, the active, goals beside facts, lists, denials): at
first sight precision 0.950, recall 0.905 and 0.921 of the verdicts right, and mended since; then
0.958, 0.939 and 0.891 on the last 38 of them (from `se-066`; two are left out again).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from queries import Atlas
from tests.queries.claims.corpus import VERDICTS, Claim, Sentence, sentences

FOUND_FLOOR = 0.97
"""Least precision and recall of what is found to be a claim."""
VERDICT_FLOOR = 0.97
"""Least share of the found claims whose verdict is right."""

FRESH, LATER = "ny-", "se-"
"""How the ids of the fresh sentences begin, and of those that came after them."""

DANISH = {
    "holder": "holds",
    "holder_med_forbehold": "holds_with_caveat",
    "holder_ikke": "does_not_hold",
    "kan_ikke_tjekkes": "cannot_be_checked",
    "tvetydig": "ambiguous",
}
WORST_FIRST = ("does_not_hold", "cannot_be_checked", "ambiguous", "holds_with_caveat", "holds")
"""A claim about a list of kommuner may be found as one claim each: the worst one counts."""


def verdict_of(found: Any) -> str:
    """Give a found claim's verdict in the corpus's words, whether it is an enum or a string."""
    verdict = found.verdict
    for word in (getattr(verdict, "value", verdict), getattr(verdict, "name", verdict)):
        plain = str(word).lower().replace(" ", "_")
        plain = DANISH.get(plain, plain)
        if plain in VERDICTS:
            return plain
    raise AssertionError(f"Unknown verdict: {verdict!r}")


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Give the common part of two spans as a share of both together; 0 if they are apart."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0.0, common / (max(one[1], other[1]) - min(one[0], other[0])))


def matched(sentence: Sentence, found: Sequence[Any]) -> tuple[dict[Claim, list[Any]], list[Any]]:
    """Pair the expected claims with the found ones, best overlap first; give the rest too."""
    spans = [(one.start, one.end) for one in found]
    pairs = sorted(
        (
            (-overlap(sentence.span(claim), span), order, at)
            for order, claim in enumerate(sentence.claims)
            for at, span in enumerate(spans)
            if overlap(sentence.span(claim), span) > 0
        ),
    )
    owner: dict[int, int] = {}
    for _, order, at in pairs:
        if at not in owner and order not in owner.values():
            owner[at] = order
    for _, order, at in pairs:
        if at not in owner and len(sentence.claims[order].areas) > 1:
            owner[at] = order
    groups = {
        claim: [found[at] for at in sorted(owner) if owner[at] == order]
        for order, claim in enumerate(sentence.claims)
    }
    return groups, [one for at, one in enumerate(found) if at not in owner]


@dataclass
class Score:
    """What was expected and what came, over the whole corpus."""

    of: Sequence[Sentence]
    pairs: list[tuple[Sentence, Claim, str]] = field(default_factory=list)
    missed: list[tuple[Sentence, Claim]] = field(default_factory=list)
    spurious: list[tuple[Sentence, str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Give the share of the found claims that are claims."""
        return len(self.pairs) / max(1, len(self.pairs) + len(self.spurious))

    @property
    def recall(self) -> float:
        """Give the share of the claims that are found."""
        return len(self.pairs) / max(1, len(self.pairs) + len(self.missed))

    def wrong(self, *, strict: bool = False) -> list[tuple[Sentence, Claim, str]]:
        """Give the found claims whose verdict is not right."""
        return [
            (sentence, claim, verdict)
            for sentence, claim, verdict in self.pairs
            if verdict not in sentence.right(claim, strict=strict)
        ]

    def share_right(self, *, strict: bool = False) -> float:
        """Give the share of the found claims whose verdict is right."""
        return 1 - len(self.wrong(strict=strict)) / max(1, len(self.pairs))

    def table(self) -> str:
        """Give the numbers as lines of text."""
        lines = [
            "",
            f"sentences {len(self.of)}, claims {len(self.pairs) + len(self.missed)}",
            f"found {len(self.pairs)}, missed {len(self.missed)}, spurious {len(self.spurious)}",
            f"claims found: precision {self.precision:.3f}, recall {self.recall:.3f}",
            f"verdict right: {self.share_right():.3f}, "
            f"and {self.share_right(strict=True):.3f} without caveats for what is left out",
            f"{'verdict':<20}{'expected':>9}{'given':>7}{'precision':>11}{'recall':>8}",
        ]
        # A verdict that is right too is counted under the one that was expected.
        told = [(c.verdict, c.verdict if v in s.right(c) else v) for s, c, v in self.pairs]
        expected = Counter(claim.verdict for _, claim in self.missed)
        expected.update(one for one, _ in told)
        given = Counter(other for _, other in told)
        right = Counter(one for one, other in told if one == other)
        lines += [
            f"{one:<20}{expected[one]:>9}{given[one]:>7}"
            f"{right[one] / max(1, given[one]):>11.3f}{right[one] / max(1, expected[one]):>8.3f}"
            for one in VERDICTS
        ]
        return "\n".join([*lines, ""])

    def faults(self) -> str:
        """Give every difference as a line of text."""
        return "\n".join(
            [
                *(f"missed   {s.id} {c.quote!r} in {s.text!r}" for s, c in self.missed),
                *(f"spurious {s.id} {q!r} ({v}) in {s.text!r}" for s, q, v in self.spurious),
                *(
                    f"wrong    {s.id} {c.quote!r}: {v}, not {c.verdict} ({c.why}) in {s.text!r}"
                    for s, c, v in self.wrong()
                ),
            ]
        )


Check = Callable[[str], Sequence[Any]]


@pytest.fixture(scope="module")
def check(atlas: Atlas) -> Check:
    """Give the façade's checker as a function from text to found claims."""
    import queries

    checker: Any = getattr(queries, "check_claims", None)
    if checker is None:
        pytest.fail("The façade has no check_claims")
    return lambda text: list(checker(atlas, text).claims)


def scored(check: Check, of: Sequence[Sentence]) -> Score:
    """Check every sentence on its own."""
    result = Score(of)
    for sentence in of:
        groups, rest = matched(sentence, check(sentence.text))
        for claim, found in groups.items():
            if found:
                given = min((verdict_of(one) for one in found), key=WORST_FIRST.index)
                result.pairs.append((sentence, claim, given))
            else:
                result.missed.append((sentence, claim))
        result.spurious += [
            (sentence, sentence.text[one.start : one.end], verdict_of(one)) for one in rest
        ]
    return result


@pytest.fixture(scope="module")
def old(check: Check) -> Score:
    """Check the sentences that the checker was first corrected by."""
    return scored(check, [one for one in sentences() if not one.id.startswith((FRESH, LATER))])


@pytest.fixture(params=["old", "fresh", "later"])
def score(request: pytest.FixtureRequest) -> Score:
    """Check each of the three parts of the corpus; the floors hold for all."""
    found: Score = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def fresh(check: Check) -> Score:
    """Check the sentences that were written afterwards."""
    return scored(check, [one for one in sentences() if one.id.startswith(FRESH)])


@pytest.fixture(scope="module")
def later(check: Check) -> Score:
    """Check the sentences that were written last, for what was known to be weak."""
    return scored(check, [one for one in sentences() if one.id.startswith(LATER)])


def test_the_table_is_printed(score: Score, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(score.table())
    assert len(score.of) >= 60
    assert len(score.pairs) + len(score.missed) == sum(len(s.claims) for s in score.of)


def test_claims_are_found(score: Score) -> None:
    assert score.recall >= FOUND_FLOOR, score.faults()
    assert score.precision >= FOUND_FLOOR, score.faults()


def test_verdicts_are_right(score: Score) -> None:
    assert score.share_right() >= VERDICT_FLOOR, score.faults()


def test_no_wrong_or_hidden_claim_is_confirmed(score: Score) -> None:
    confirmed = [
        (sentence.text, claim.quote, given)
        for sentence, claim, given in score.pairs
        if given == "holds" and "holds" not in claim.also
        if claim.verdict in {"does_not_hold", "cannot_be_checked"}
    ]
    assert confirmed == []
    hidden = {s.id: (s.text, c.quote, v) for s, c, v in score.wrong() if c.is_unsaid}
    assert hidden == {}


def test_a_sentence_without_a_claim_never_holds(score: Score) -> None:
    held = {
        sentence.id: (sentence.text, quote)
        for sentence, quote, verdict in score.spurious
        if verdict in {"holds", "holds_with_caveat"} and not sentence.claims
    }
    assert held == {}


def unsaid() -> list[tuple[Sentence, Claim]]:
    """Give the claims with digits about what is hidden."""
    return [
        (sentence, claim)
        for sentence in sentences()
        for claim in sentence.claims
        if claim.is_unsaid and re.search(r"\d", claim.quote)
        if len(sentence.claims) == 1
    ]


@pytest.mark.parametrize("guess", ["0", "1", "2", "3", "7", "500"])
def test_guessing_at_what_is_hidden_tells_nothing(check: Check, guess: str) -> None:
    assert len(unsaid()) >= 25
    told = {}
    for sentence, claim in unsaid():
        quote = re.sub(r"\d[\d.]*", guess, claim.quote, count=1)
        answers = {verdict_of(one) for one in check(sentence.text.replace(claim.quote, quote))}
        if answers - {"cannot_be_checked"}:
            told[sentence.id] = (sentence.text.replace(claim.quote, quote), answers)
    assert told == {}
