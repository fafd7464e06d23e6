"""Reads what was written: which words stand for what, spelt right or nearly so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pages.language.folding import as_written, loose, one_edit_apart
from pages.oversigt.search_index import NOISE, Index, Node, Thing
from pages.oversigt.search_words import MONTHS, QUESTION
from queries import MONTHS as WHOLE_MONTHS

LONGEST = 24
"""Words read of a question; the rest of a longer text is left out."""

EXACT, WITHOUT_LETTERS, GENITIVE, BEGINNING, MISSPELT = 0.0, 0.1, 0.3, 2.0, 3.0
PER_PART, PER_NOISE, UNKNOWN, UNFINISHED = 1.0, 0.3, 12.0, 2.5
MOST_UNFINISHED, SHORTEST = 6, 3
SURE_BELOW = 1.0
_CLOSE = 0.05


class Part(NamedTuple):
    """Some words of the question that belong together, and all that they may stand for."""

    start: int
    end: int
    things: tuple[Thing, ...]
    cost: float


@dataclass(frozen=True)
class Reading:
    """A question as it was read: its words, the parts understood, and the words that were not.

    `written` are the words as the reader spelt them; `unknown` are places among the words.
    """

    words: tuple[str, ...]
    written: tuple[str, ...]
    parts: tuple[Part, ...]
    unknown: tuple[int, ...]

    @property
    def missing_question(self) -> str | None:
        """The number of a question asked for that no document here answers, or None."""
        for at in self.unknown:
            if at and self.words[at - 1] in QUESTION and self.words[at].isdigit():
                return self.words[at]
        return None

    @property
    def guessed(self) -> tuple[Part, ...]:
        """The parts that were taken for something because they are nearly the same."""
        return tuple(part for part in self.parts if part.cost >= MISSPELT)

    @property
    def sure(self) -> bool:
        """Whether every word was understood as it stands."""
        return not self.unknown and all(part.cost < SURE_BELOW for part in self.parts)


def read(index: Index, text: str) -> Reading:
    """Return the cheapest division of a text into parts: few, long and rightly spelt ones."""
    spelt = as_written(text.replace("%", " pct "))[:LONGEST]
    found = tuple(token for token, _ in spelt)
    known = [_candidates(index, word) for word in found]
    best: list[tuple[float, list[Part]]] = [(0.0, [])]
    ways: list[list[Part]] = [[] for _ in range(len(found) + 1)]
    for start in range(len(found)):
        for part in _parts(index, found, known, start):
            ways[part.end].append(part)
    for end in range(1, len(found) + 1):
        unknown = Part(end - 1, end, (), UNKNOWN)
        options = [
            (best[part.start][0] + part.cost + _price(part), best[part.start][1], part)
            for part in (*ways[end], unknown)
        ]
        cost, before, part = min(options, key=lambda option: option[0])
        best.append((cost, [*before, part]))
    parts = best[-1][1]
    return Reading(
        found,
        tuple(word for _, word in spelt),
        tuple(part for part in parts if part.things and not _is_noise(part)),
        tuple(part.start for part in parts if not part.things),
    )


def _price(part: Part) -> float:
    return PER_NOISE if _is_noise(part) else PER_PART


def _is_noise(part: Part) -> bool:
    return bool(part.things) and all(thing.kind == NOISE for thing in part.things)


def _candidates(index: Index, word: str) -> dict[str, float]:
    """Return the words of the index that one word may be, each with what that costs."""
    if word.isdigit():
        return {word: EXACT} if word in index.vocabulary else {}
    bare = loose(word)
    found: dict[str, float] = {}
    for known, known_bare in index.vocabulary.items():
        cost = _difference(word, bare, known, known_bare)
        if cost is not None:
            found[known] = cost
    return found


def _difference(word: str, bare: str, known: str, known_bare: str) -> float | None:
    if word == known:
        return EXACT
    if bare == known_bare:
        return WITHOUT_LETTERS
    if len(bare) > 3 and bare == f"{known_bare}s":
        return GENITIVE
    if len(bare) >= SHORTEST and known_bare.startswith(bare):
        return BEGINNING
    # Short words have many neighbours: there the first letter must be right.
    close = min(len(bare), len(known_bare)) >= 4 and not known.isdigit()
    if close and (bare[0] == known_bare[0] or len(bare) >= 6) and one_edit_apart(bare, known_bare):
        return MISSPELT
    return None


def _parts(
    index: Index, found: Sequence[str], known: Sequence[dict[str, float]], start: int
) -> Iterator[Part]:
    """Yield the parts that begin at one word: the cheapest meanings of each length."""
    yield from _months(found, start)
    by_end: dict[int, list[tuple[float, Thing]]] = {}
    walks = [(index.root, start, 0.0)]
    while walks:
        node, at, cost = walks.pop()
        if at > start:
            told = any(len(word) >= SHORTEST and word.isalpha() for word in found[start:at])
            for thing, price in _meanings(node, cost, unfinished=told):
                by_end.setdefault(at, []).append((price, thing))
        if at < len(found):
            for word, more in known[at].items():
                if word in node.after:
                    walks.append((node.after[word], at + 1, cost + more))
    for end, meanings in by_end.items():
        cheapest = min(price for price, _ in meanings)
        things = {thing: None for price, thing in meanings if price <= cheapest + _CLOSE}
        ordered = sorted(things, key=lambda thing: (thing.kind, thing.ref, thing.said))
        yield Part(start, end, tuple(ordered), cheapest)


def _meanings(node: Node, cost: float, *, unfinished: bool) -> Iterator[tuple[Thing, float]]:
    """Yield what a phrase stands for, or where it is only begun, the few that it may become."""
    yield from ((thing, cost) for thing in node.things)
    if node.things or not unfinished:
        return
    level = [node]
    below: dict[Thing, None] = {}
    while level and not below:
        level = [after for one in level for after in one.after.values()]
        below = {thing: None for one in level for thing in one.things}
    if len(below) <= MOST_UNFINISHED:
        yield from ((thing, cost + UNFINISHED) for thing in below)


def _months(found: Sequence[str], start: int) -> Iterator[Part]:
    """Yield months and years: 'juni 2017', 'jun 2017', '2017 m 06', '06 2017', '2017', 'juni'."""
    here = found[start : start + 3]
    name = next((n for n, month in enumerate(MONTHS, 1) if here[0].startswith(month)), None)
    if name is not None and len(here[0]) > 3 and not _full_month(here[0], name):
        name = None
    if name is not None:
        yield _month(start, 1, f"M{name:02}")
        if len(here) > 1 and _is_year(here[1]):
            yield _month(start, 2, f"{here[1]}M{name:02}")
    if _is_year(here[0]):
        yield _month(start, 1, here[0])
        if len(here) == 3 and here[1] == "m" and _is_month(here[2]):
            yield _month(start, 3, f"{here[0]}M{int(here[2]):02}")
        elif len(here) > 1 and _is_month(here[1]):
            yield _month(start, 2, f"{here[0]}M{int(here[1]):02}")
    elif _is_month(here[0]) and len(here) > 1 and _is_year(here[1]):
        yield _month(start, 2, f"{here[1]}M{int(here[0]):02}")


def _month(start: int, length: int, code: str) -> Part:
    return Part(start, start + length, (Thing("periode", code),), EXACT)


def _full_month(word: str, number: int) -> bool:
    return WHOLE_MONTHS[number - 1].startswith(word)


def _is_year(word: str) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", word))


def _is_month(word: str) -> bool:
    return word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 12
