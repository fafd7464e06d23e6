"""What the documents say, and the atlas's caveats, found by their own words, figures and units."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pages.frame import statements
from pages.language import danish, glossary
from pages.language.folding import loose, one_edit_apart, tokens
from pages.language.terms import TERMS
from pages.oversigt import search_words as words
from queries import Atlas

Figure = tuple[tuple[str, ...], str]
"""A figure as it is asked for: the words of its number, and its unit."""

LONG_ENOUGH_TO_GUESS = 7


@dataclass(frozen=True)
class Text:
    """One text with an address: how it is shown, its words, its figures and its period ('': none).

    A text without a `name` is no published statement but a caveat, a definition or an explanation.
    """

    name: str
    title: str
    kind: str
    address: str
    why: str
    words: frozenset[str]
    figures: frozenset[Figure] = frozenset()
    period: str = ""


def statement_texts(atlas: Atlas) -> tuple[Text, ...]:
    """Return the published statements, in the documents' order."""
    sources = atlas.sources()
    return tuple(
        Text(
            name=row["statement_id"],
            title=_title(f"{statements.figure(row)}: {row['text']}{statements.when(row)}"),
            kind="Offentliggjort tal",
            address=f"/kilder#kilde-{row['source_id']}",
            why=f"Står i {sources[row['source_id']].document_id}.",
            words=_words(row),
            figures=frozenset((*_figures(row), *_asked_figures(tokens(row["text"])))),
            period=row["period"] or "",
        )
        for row in atlas.statements().iter_rows(named=True)
    )


def _words(row: dict[str, object]) -> frozenset[str]:
    texts = (
        str(row["text"]),
        str(row["hedge_word"]),
        str(row["unit"]),
        words.HEDGES.get(str(row["hedge"]), ""),
        words.SUBJECTS.get(str(row["subject"]), ""),
        words.STATEMENTS.get(str(row["statement_id"]), ""),
    )
    numbers = (word for number, _ in _figures(row) for word in number)
    return frozenset((*tokens(" ".join(texts)), *numbers))


def _figures(row: dict[str, object]) -> Iterator[Figure]:
    for value, unit in ((row["value"], row["unit"]), (row["count"], "personer")):
        if isinstance(value, int | float):
            amount = danish.number(value, 0 if value == int(value) else 1)
            yield tokens(amount), _unit(tokens(str(unit))[0])


def other_texts(atlas: Atlas, shown: Collection[str]) -> tuple[Text, ...]:
    """Return caveats, definitions and explanations; one that several share only once.

    It is then of an indicator among those `shown` on a page, where there is one.
    """
    found: dict[str, Text] = {}
    for indicator in sorted(
        atlas.indicators.values(), key=lambda one: one.indicator_id not in shown
    ):
        there = f"/kilder#indikator-{indicator.indicator_id}"
        told = [("Forbehold", one) for one in indicator.caveats]
        for kind, text in (*told, ("Definition", indicator.definition)):
            one = Text("", indicator.title, kind, there, text, frozenset(tokens(text)))
            found.setdefault(text, one)
    for term in TERMS:
        there, held = glossary.address(term), frozenset(tokens(term.text))
        found[term.text] = Text("", _title(term.word), "Ord", there, term.text, held)
    return tuple(found.values())


def _title(text: str) -> str:
    return text[:1].upper() + text[1:]


def matching(
    texts: Sequence[Text], asked: Sequence[str], may_miss: Collection[str]
) -> list[tuple[Text, frozenset[str]]]:
    """Return the statements that hold every word and figure asked for, each with those words.

    A statement may miss the words `may_miss`. Words that stand in most texts, or a small number
    without its unit, are not enough to find one by.
    """
    figures = list(_asked_figures(asked))
    of_figures = {word for number, _ in figures for word in number}
    plain = [word for word in asked if word not in words.NOISE_WORDS and word not in of_figures]
    found = []
    for text in texts:
        held = frozenset(word for word in plain if _holds(text.words, word))
        told = bool(figures) or any(map(_tells, held))
        if told and text.figures.issuperset(figures) and set(plain) - held <= set(may_miss):
            found.append((text, held | of_figures))
    most = max((len(held) for _, held in found), default=0)
    return [(text, held) for text, held in found if len(held) == most]


def holding(texts: Sequence[Text], asked: Collection[str]) -> list[Text]:
    """Return the texts in which each of some words stands, whole or as a beginning."""
    return [
        text
        for text in texts
        if asked and all(any(one.startswith(word) for one in text.words) for word in asked)
    ]


def _asked_figures(asked: Sequence[str]) -> Iterator[Figure]:
    """Yield the numbers with a unit after them: '48,8 mio. kr.' is (('48', '8'), 'mio')."""
    number: list[str] = []
    for word in asked:
        if word.isdigit():
            number.append(word)
        else:
            if number and _unit(word) in words.UNITS:
                yield tuple(number), _unit(word)
            number = []


def _unit(word: str) -> str:
    return words.SAME_UNITS.get(word, word)


def _tells(word: str) -> bool:
    return int(word) >= 100 if word.isdigit() else word not in words.WEAK


def _holds(known: frozenset[str], word: str) -> bool:
    if word in known:
        return True
    if word.isdigit():
        return False
    bare = loose(word)
    return any(
        bare == loose(one)
        or (len(word) >= 4 and one.startswith(word))
        or (len(word) >= 5 and one.endswith(word))
        or (min(len(word), len(one)) >= LONG_ENOUGH_TO_GUESS and one_edit_apart(word, one))
        for one in known
    )
