"""What the documents and the atlas's caveats say to a question, and how much of it they answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pages.oversigt.search_index import Index
from pages.oversigt.search_reading import BEGINNING, Part, Reading
from pages.oversigt.search_texts import Text, holding, matching
from pages.oversigt.search_words import NOISE_WORDS, WHAT_IS
from queries import LAND

SHORTEST_IN_TEXTS = 5
MOST_STATEMENTS, MOST_OTHERS = 6, 3
ALL_OF_IT, BESIDE_A_MEASURE, BESIDE_A_WORD, OTHER = 110.0, 79.5, 59.0, 58.5


@dataclass(frozen=True)
class Said:
    """The statements and other texts that a question is about, and the words they answer.

    `rank` is the statements' place among other answers. `defines` says that the question asks
    what a word means.
    """

    statements: tuple[Text, ...]
    others: tuple[Text, ...]
    answered: frozenset[str]
    rank: float
    defines: bool

    def ranked(self) -> Iterator[tuple[Text, float]]:
        """Yield the texts with their ranks, the statements in the documents' order."""
        for n, text in enumerate(self.statements):
            yield text, self.rank - n / 100
        for n, text in enumerate(self.others):
            yield text, OTHER - n / 100


def said(index: Index, reading: Reading) -> Said:
    """Return what is said to a question; nothing is said of a place that is named in it."""
    unknown = {reading.words[at] for at in reading.unknown}
    found = [] if _place(reading) else _statements(index, reading, unknown)
    answered = frozenset(word for _, held in found for word in held)
    left = {word for word in unknown - answered if len(word) >= SHORTEST_IN_TEXTS}
    others = holding(index.others, left) if left == unknown - answered else []
    return Said(
        tuple(text for text, _ in found[:MOST_STATEMENTS]),
        tuple(others[:MOST_OTHERS]),
        answered | (left if others else set()),
        _rank(reading, answered),
        reading.words[:2] in WHAT_IS,
    )


def _statements(
    index: Index, reading: Reading, unknown: set[str]
) -> list[tuple[Text, frozenset[str]]]:
    apart = {at for part in reading.parts if _is_apart(part) for at in range(part.start, part.end)}
    asked = [word for at, word in enumerate(reading.words) if at not in apart]
    things = [thing for part in reading.parts for thing in part.things]
    months = [thing.ref for thing in things if thing.kind == "periode"]
    found = matching(index.statements, asked, unknown)
    return [one for one in found if not months or any(_in(one[0], ref) for ref in months)]


def _in(text: Text, asked: str) -> bool:
    """Whether a text is of the month or year asked for, or names that year."""
    of_it = text.period.startswith(asked) or text.period[4:] == asked
    return (bool(text.period) and of_it) or asked in text.words


def _is_apart(part: Part) -> bool:
    """Whether a part says when, or that the whole country is meant: no word to be found by."""
    return all(thing.kind == "periode" or thing.ref == LAND for thing in part.things)


def _place(reading: Reading) -> bool:
    return any(
        thing.kind == "area" and thing.ref != LAND and part.cost < BEGINNING
        for part in reading.parts
        for thing in part.things
    )


def _rank(reading: Reading, answered: frozenset[str]) -> float:
    if not reading.sure and set(reading.words) <= answered | NOISE_WORDS:
        return ALL_OF_IT
    kinds = {thing.kind for part in reading.parts for thing in part.things}
    return BESIDE_A_WORD if "entry" in kinds and "measure" not in kinds else BESIDE_A_MEASURE
