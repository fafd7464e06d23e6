"""Claims that a published number has risen or fallen between two published periods.

Which two they are must be said: two named times, or 'siden' and the one it counts from. Both cells
must be shown, or nothing is answered: what a change is worth beside one number is the other one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from queries.claims import numbers
from queries.claims import subjects as s
from queries.claims.asks import Ask
from queries.claims.cell_lookup import cells_of
from queries.claims.evidence import Cell, Evidence
from queries.claims.figure import Figure
from queries.claims.hedges import Bounds
from queries.claims.outcome import NO, YES, Fix, Outcome, agrees, cannot, mended
from queries.claims.periods import months_of, period_in_words
from queries.claims.records import Verdict
from queries.claims.relations import CHANGE
from queries.claims.secrecy import hidden_cells
from queries.claims.wording import listing, number, of_cell, pct

_ONE = (
    "En udvikling kræver to offentliggjorte perioder, og der er kun én. Serierne i atlasset er "
    "opdigtede og er ikke belæg."
)
_OWN = "Ændringen er atlassets regning af de to offentliggjorte tal."
_DOWN = re.compile(r"f[ae]ld|reducer|halver|sunket|mindsk|nedbragt|tilbage|ned(?!\w)")
_NEUTRAL = re.compile(r"udvikling|forbedr|forværr|fordobl|halver")
_SHARE_WORDS = re.compile(r"(?<!\w)(?:andel\w*|passivandel\w*)(?!\w)")
_FROM = re.compile(r"(?<!\w)fra\s+(?:\w+\.?\s+)?$")
_TO = re.compile(r"(?<!\w)til\s+(?:\w+\.?\s+)?$")


@dataclass(frozen=True)
class _Between:
    """The cells of one area in two periods."""

    before: Cell
    after: Cell
    caveat: str

    def how(self, *, share: bool) -> str:
        """Return the subtraction in words."""
        first, last = (
            (self.before.share or Fraction(0), self.after.share or Fraction(0))
            if share
            else (Fraction(self.before.numerator or 0), Fraction(self.after.numerator or 0))
        )
        unit = " procentpoint" if share else ""
        sign = "−" if last < first else ""
        return f"{number(last)} − {number(first)} = {sign}{number(abs(last - first))}{unit}"


def judge_change(ask: Ask, known: Evidence, lower: str) -> Outcome:
    """Judge a change of a published number; see above for what is not answered."""
    periods = known.periods[ask.indicator_id]
    sources = {cell.source_id for cell in known.cells[ask.indicator_id, periods[0]].values()}
    source_ids = tuple(sorted(sources))
    if len(periods) < 2:
        return cannot(_ONE, source_ids=source_ids)
    spanned = _spanned(ask, periods)
    if spanned is None:
        there = listing([period_in_words(one) for one in sorted(periods)[:6]])
        return cannot(
            "Det er ikke sagt, hvilke to offentliggjorte perioder ændringen er mellem.",
            source_ids=source_ids,
            suggestion=f"Skriv begge perioder. Der er offentliggjort tal for {there}.",
        )
    first, last, caveat = spanned
    before, after = (cells_of(ask, known, period) for period in (first, last))
    if refused := hidden_cells([*before, *after], source_ids):
        return refused
    word = CHANGE.search(lower)
    if len(before) != 1 or len(after) != 1 or word is None or ask.aspect != s.PASSIVE:
        return cannot(
            "Ændringen kan ikke tjekkes: Skriv om ét område og det antal eller den andel, der er "
            "offentliggjort.",
            source_ids=source_ids,
        )
    between = _Between(before[0], after[0], caveat)
    found = _judged(ask, between, lower, word)
    both = tuple(sorted({before[0].source_id, after[0].source_id}))
    return replace(found, source_ids=both)


def _spanned(ask: Ask, periods: Sequence[str]) -> tuple[str, str, str] | None:
    """Return the two periods of a change, the earlier first, and what must be known of them."""
    times = [time for time in ask.times or (ask.time,) if time is not None]
    if not times or any(time.relative or time.yearless for time in times):
        return None
    one = times[0]
    if len(times) == 2:
        said = sorted({period for time in times for period in periods if time.covers(period)})
        each = all(sum(time.covers(period) for period in periods) == 1 for time in times)
        return (said[0], said[1], "") if each and len(said) == 2 else None
    begun = [period for period in periods if months_of(period)[0] == one.first]
    if len(times) > 2 or len(begun) != 1:
        return None
    ended = [period for period in periods if months_of(period)[1] == one.last]
    if one.is_span and len(ended) == 1 and ended != begun:
        return begun[0], ended[0], ""
    if one.since and begun[0] != periods[0]:
        newest = period_in_words(periods[0])
        return begun[0], periods[0], f"Det nyeste offentliggjorte tal er fra {newest}."
    return None


def _judged(ask: Ask, between: _Between, lower: str, word: re.Match[str]) -> Outcome:
    share = bool(_SHARE_WORDS.search(lower)) or (
        ask.figure is not None and ask.figure.kind == numbers.POINTS
    )
    down = bool(_DOWN.search(word.group()))
    if ask.figure is None:
        return _direction(between, down=down, share=share, word=word)
    told = [one for one in numbers.figures(lower) if ask.start <= one.start and one.end <= ask.end]
    ends = _ends(told, lower)
    if ends is not None:
        return _from_to(ends, between, lower)
    if _NEUTRAL.search(word.group()) or len(told) != 1 or _TO.search(lower, 0, told[0].start):
        return cannot(
            "Ændringen er skrevet på en måde, som ikke kan tjekkes.",
            number=_said(between),
            suggestion="Skriv ændringen i procentpoint eller i borgere, eller fra og til.",
        )
    return _amount(told[0], between, down=down, share=share)


def _ends(told: Sequence[Figure], lower: str) -> tuple[Figure, Figure] | None:
    """Return the figures of 'fra 25 til 21 pct.', or None."""
    if len(told) == 1 and told[0].low != told[0].high and _FROM.search(lower, 0, told[0].start):
        return told[0], told[0]
    starts = [one for one in told if _FROM.search(lower[: one.start])]
    stops = [one for one in told if _TO.search(lower[: one.start])]
    return (starts[0], stops[0]) if len(starts) == len(stops) == 1 else None


def _from_to(ends: tuple[Figure, Figure], between: _Between, lower: str) -> Outcome:
    one, other = ends
    if one is other:
        share = one.kind != numbers.COUNT
        cells = (between.before, between.after)
        truth = [cell.share if share else Fraction(cell.numerator or 0) for cell in cells]
        fits = [one.low, one.high] == truth
        return _told(fits, between, share=share, fixes=())
    fixes, fits = [], True
    for figure, cell in ((one, between.before), (other, between.after)):
        share = other.kind == numbers.SHARE
        printed = cell.share if share else Fraction(cell.numerator or 0)
        if printed is None:
            return cannot("Andelen er ikke offentliggjort.")
        if agrees(figure.bounds(), Bounds(printed, printed)) != YES:
            fits = False
            fixes.append(mended(figure, Bounds(printed, printed), printed, lower))
    return _told(fits, between, share=other.kind == numbers.SHARE, fixes=tuple(fixes))


def _amount(  # noqa: PLR0911  # one kind of figure after the other
    figure: Figure, between: _Between, *, down: bool, share: bool
) -> Outcome:
    """Judge 'steget med 4 procentpoint', 'faldet med 27 borgere', 'vokset med 20 pct.'."""
    before, after = between.before, between.after
    if figure.kind == numbers.COUNT:
        change = Fraction((after.numerator or 0) - (before.numerator or 0))
        return _moved(figure, change, Bounds(change, change), between, down=down)
    first, last = before.share, after.share
    low, high = before.share_bounds, after.share_bounds
    if first is None or last is None or low is None or high is None:
        return cannot("Andelen er ikke offentliggjort for begge perioder.")
    if figure.kind == numbers.POINTS:
        if low.low is None or low.high is None or high.low is None or high.high is None:
            return cannot("Andelen er ikke offentliggjort for begge perioder.")
        room = Bounds.of(high.low - low.high, high.high - low.low)
        return _moved(figure, last - first, room, between, down=down)
    if figure.kind == numbers.SHARE and share:
        points = abs(last - first)
        fits = figure.bounds().meets(Bounds(points, points)) and (last < first) == down
        text = "Forskellen mellem to andele måles i procentpoint, ikke i procent."
        fix = (Fix(figure.number_end, figure.unit_end, " procentpoint"),) if fits else ()
        return Outcome(
            Verdict.DOES_NOT_HOLD, text, _said(between), between.how(share=True),
            "Skriv procentpoint.", fix,
        )  # fmt: skip
    if figure.kind == numbers.SHARE and before.numerator and after.numerator is not None:
        change = Fraction(100 * (after.numerator - before.numerator), before.numerator)
        return _moved(figure, change, Bounds(change, change), between, down=down)
    return cannot("Ændringen er skrevet på en måde, som ikke kan tjekkes.", number=_said(between))


def _moved(
    figure: Figure, change: Fraction, room: Bounds, between: _Between, *, down: bool
) -> Outcome:
    share = figure.kind == numbers.POINTS
    size = abs(change)
    how = between.how(share=share)
    if figure.kind == numbers.SHARE:
        whole = number(between.before.numerator or 0)
        how = f"({between.how(share=False)}) / {whole} = {pct(size, 1)}"
    if change == 0 or (change < 0) != down:
        way = "er det samme" if change == 0 else "er faldet" if change < 0 else "er steget"
        text = f"Det passer ikke: Tallet {way}: {how}."
        return Outcome(Verdict.DOES_NOT_HOLD, text, _said(between), how, "Ret retningen.")
    outcome = agrees(figure.bounds(), Bounds(size, size))
    if outcome == NO and share:
        sides = sorted(abs(end) for end in (room.low, room.high) if end is not None)
        if figure.bounds().meets(Bounds(sides[0], sides[-1])) and figure.decimals:
            return Outcome(
                Verdict.HOLDS_WITH_CAVEAT,
                f"Kan passe: Andelene er kun offentliggjort i hele procent. {_OWN}",
                _said(between),
                how,
            ).with_caveats([between.caveat])
    if outcome == NO:
        decimals = 1 if figure.kind == numbers.SHARE else 0
        printed = Fraction(round(size * 10**decimals), 10**decimals)
        fix = Fix(figure.number_start, figure.number_end, number(printed))
        text = f"Ændringen er en anden: {how}."
        return Outcome(Verdict.DOES_NOT_HOLD, text, _said(between), how, "Ret tallet.", (fix,))
    text = f"Passer: {how}. {_OWN}"
    found = Outcome(Verdict.HOLDS_WITH_CAVEAT, text, _said(between), how)
    return found.with_caveats([between.caveat])


def _direction(between: _Between, *, down: bool, share: bool, word: re.Match[str]) -> Outcome:
    """Judge 'andelen er faldet' without a figure."""
    if _NEUTRAL.search(word.group()):
        return cannot("Sætningen siger ikke, om tallet er steget eller faldet.")
    before, after = between.before, between.after
    first = before.share if share else before.numerator
    last = after.share if share else after.numerator
    if first is None or last is None:
        return cannot("Tallet er ikke offentliggjort for begge perioder.")
    return _told(first != last and (last < first) == down, between, share=share, fixes=())


def _told(fits: bool, between: _Between, *, share: bool, fixes: tuple[Fix, ...]) -> Outcome:
    how = between.how(share=share)
    if fits:
        found = Outcome(Verdict.HOLDS_WITH_CAVEAT, f"Passer: {how}. {_OWN}", _said(between), how)
        return found.with_caveats([between.caveat])
    text = f"Det passer ikke med de to offentliggjorte tal: {how}."
    return Outcome(Verdict.DOES_NOT_HOLD, text, _said(between), how, "Ret tallene.", fixes)


def _said(between: _Between) -> str:
    return "; ".join(
        f"{period_in_words(cell.period)}: {of_cell(cell)}"
        for cell in (between.before, between.after)
    )
