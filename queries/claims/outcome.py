"""What a judge hands on: a verdict, its reasons, and what to replace in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from queries.claims import hedges, numbers
from queries.claims.hedges import Bounds
from queries.claims.numbers import Figure
from queries.claims.records import Verdict
from queries.claims.wording import capital, number

YES, MAYBE, NO = "yes", "maybe", "no"
_WORST_FIRST = (
    Verdict.DOES_NOT_HOLD,
    Verdict.CANNOT_BE_CHECKED,
    Verdict.HOLDS_WITH_CAVEAT,
    Verdict.HOLDS,
)


@dataclass(frozen=True)
class Fix:
    """Words of the sentence, from `start` to `end`, and what should stand there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Outcome:
    """A verdict before it is put in the report; `fixes` mend the sentence."""

    verdict: Verdict
    explanation: str
    number: str = ""
    arithmetic: str = ""
    suggestion: str = ""
    fixes: tuple[Fix, ...] = ()
    newer: tuple[Fix, ...] = ()
    source_ids: tuple[str, ...] = ()
    statement_id: str = ""

    @property
    def stands(self) -> bool:
        """Whether the figure agrees with the warehouse."""
        return self.verdict in {Verdict.HOLDS, Verdict.HOLDS_WITH_CAVEAT}

    def with_caveats(self, caveats: Iterable[str]) -> Outcome:
        """Return it with what must be known: one that holds then holds with a caveat."""
        said = [one for one in caveats if one]
        if not said:
            return self
        verdict = Verdict.HOLDS_WITH_CAVEAT if self.verdict is Verdict.HOLDS else self.verdict
        return replace(self, verdict=verdict, explanation=" ".join((self.explanation, *said)))


def cannot(explanation: str, **rest: object) -> Outcome:
    """Return that a claim cannot be checked."""
    return replace(Outcome(Verdict.CANNOT_BE_CHECKED, explanation), **rest)  # type: ignore[arg-type]


def worst_of(judged: Iterable[Outcome]) -> Outcome:
    """Return what is said of several that a claim holds of: the worst, the first of those."""
    return min(judged, key=lambda one: _WORST_FIRST.index(one.verdict))


def least_denied(judged: Iterable[Outcome]) -> Outcome:
    """Return what is said of several that a claim is denied of: one that it holds of, if any."""
    return max(judged, key=lambda one: _WORST_FIRST.index(one.verdict))


def agrees(claimed: Bounds, truth: Bounds) -> str:
    """Return whether what is published lies within what is claimed, may do so, or does not."""
    if truth.within(claimed):
        return YES
    return MAYBE if truth.meets(claimed) else NO


_ONE_OF_THEM = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:borger|person|deltager|modtager|passiv)(?!\w)(?!\s+\w+e\s+borgere)"
)


def is_of_one(figure: Figure, lower: str) -> bool:
    """Tell whether the words after a figure only fit one: 'ingen passiv borger'."""
    return figure.low <= 1 and _ONE_OF_THEM.match(lower, figure.number_end) is not None


def mended(figure: Figure, truth: Bounds, printed: Fraction, lower: str) -> Fix:
    """Return what should stand instead of a wrong figure, in the writer's own way where it can."""
    value, keeps = _in_style(figure, truth, printed)
    start = figure.number_start if keeps else figure.start
    words = number(value)
    unit = ""
    if figure.low != figure.high:
        start = figure.start
    if figure.is_words and figure.kind == numbers.SHARE:
        return Fix(start, figure.end, f"{words} pct.")
    if (
        figure.kind == numbers.MONEY
        and "mio" not in lower[figure.number_end : figure.unit_end]
        and ("mill" not in lower[figure.number_end : figure.unit_end])
    ):
        return Fix(start, figure.unit_end, f"{words} mio. kr.")
    if figure.kind == numbers.POINTS:
        return Fix(start, figure.unit_end, f"{words} pct.")
    text = words + unit
    return Fix(start, figure.number_end, capital(text) if start == 0 else text)


_BEFORE_NONE = re.compile(
    r"(?<!\w)(?:kun|blot|hele|alene|præcist?|nøjagtigt?|eksakt|de|disse|alle|samtlige|ikke)\s+$"
)
_BEFORE_ONE = re.compile(r"(?<!\w)(?:hele|de|disse|alle|samtlige)\s+$")
_KOMMUNE = re.compile(r"\s+(?P<between>(?!af\s)\w+\s+)?kommune(?P<many>r)?(?!\w)")


def mended_kommuner(figure: Figure, value: int, lower: str) -> tuple[Fix, ...]:
    """Return the right number of kommuner, with the noun bent to it: 'ingen', 'én kommune'.

    Nothing where the words before or after it would not be Danish with that number.
    """
    start, end = figure.start, figure.number_end
    if lower.startswith("den eneste", start):
        return ()
    before = {0: _BEFORE_NONE, 1: _BEFORE_ONE}.get(value)
    if before is not None and (
        figure.whole is not None or before.search(lower, max(0, start - 16), start)
    ):
        return ()
    words = {0: "ingen", 1: "én"}.get(value, number(value))
    noun = _KOMMUNE.match(lower, end)
    if noun is not None and (value == 1) == bool(noun["many"]):
        if noun["between"]:
            return ()
        end, words = noun.end(), f"{words} {'kommune' if value == 1 else 'kommuner'}"
    if noun is None and figure.low <= 1 and value > 1:
        return ()
    keeps = start if value <= 1 else figure.number_start
    return (Fix(keeps, end, capital(words) if keeps == 0 else words),)


_EACH = re.compile(r"(?<!\w)hver\s")
_ONE = re.compile(r"\s+(borger|person|deltager|modtager)(?!\w)")
_MANY = {"borger": "borgerne", "person": "personerne", "deltager": "deltagerne"}
_MANY |= {"modtager": "modtagerne"}
_SINGULAR = re.compile(
    r"(?<!\w)(?:aktiv|ledig|syg|han|hun|sin|visiteret|placeret|henvist|uvirksom|skiftet|den)(?!\w)"
)
_PASSIVE = re.compile(r"(?<!\w)passiv(?!\w)")


def mended_share(figure: Figure, truth: Bounds, printed: Fraction, lower: str) -> tuple[Fix, ...]:
    """Return the mended share; 'hver fjerde borger er passiv' also becomes many.

    Nothing where the rest of the sentence would have to be bent in ways that are not known.
    """
    fix = mended(figure, truth, printed, lower)
    if not figure.is_words or not _EACH.search(lower, figure.start, figure.end):
        return (fix,)
    if _SINGULAR.search(lower, figure.end):
        return ()
    noun = _ONE.match(lower, figure.unit_end)
    if noun is not None:
        fix = Fix(fix.start, noun.end(), f"{fix.text} af {_MANY[noun.group(1)]}")
    rest = [Fix(*one.span(), "passive") for one in _PASSIVE.finditer(lower, fix.end)]
    return (fix, *rest)


def _in_style(figure: Figure, truth: Bounds, printed: Fraction) -> tuple[Fraction, bool]:
    hedge = figure.hedge
    if hedge in {hedges.EXACT, hedges.BETWEEN}:
        return printed, hedge is hedges.EXACT
    candidates = [printed - 1, printed, printed + 1] if figure.is_share else _round_ones(printed)
    if figure.is_share and hedge in {hedges.A_LITTLE_OVER, hedges.A_LITTLE_UNDER, hedges.ABOUT}:
        candidates = [printed]
    for value in candidates:
        most = hedges.tolerance(hedge, value, is_share=figure.is_share)
        if value > 0 and truth.within(hedge.bounds(value, most)):
            return value, True
    return printed, False


def _round_ones(printed: Fraction) -> list[Fraction]:
    """Return the round numbers beside a count, and itself: 2.790 -> 2.800, 2.700."""
    step = Fraction(1)
    while abs(printed) >= step * 100:
        step *= 10
    below = printed // step * step
    near = sorted((below, below + step), key=lambda value: abs(value - printed))
    return [*near, printed]
