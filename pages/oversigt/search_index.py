"""Everything that can be searched for, by the words for it; made once per data version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pages.exports.kinds import only_made_up
from pages.frame.links import address
from pages.indicator.spec import IndicatorPage, Measure
from pages.language import glossary
from pages.language.folding import loose, tokens
from pages.language.terms import TERMS
from pages.oversigt import search_words as words
from pages.oversigt.search_texts import Text, other_texts, statement_texts
from queries import LAND, Atlas, Indicator, Source

Phrase = tuple[str, ...]
NOISE, COMPARE = "støj", "sammenlign"
MADE_UP_FILE = 57


class Thing(NamedTuple):
    """What a phrase stands for: an entry, an area, a measure, or a word without meaning.

    `said` is the kommune that a jobcenter was named by, or 'kommune' where that was added.
    """

    kind: str
    ref: str
    said: str = ""


@dataclass(frozen=True)
class Entry:
    """Something with an address of its own: a document, a word, an initiative, a page, a number."""

    title: str
    kind: str
    address: str
    why: str
    rank: int
    also: tuple[str, ...] = ()
    """Other entries that belong with it."""

    members: frozenset[str] = frozenset()
    """The kommuner that a document names as taking part in it."""


@dataclass(frozen=True)
class Area:
    """One area: its id, name and level, and for a kommune its jobcenter."""

    area_id: str
    name: str
    level: str
    jobcenter_id: str | None


@dataclass(frozen=True)
class MeasureOfPage:
    """One indicator on its page: where it is shown, its months and which of them are made up."""

    page: IndicatorPage
    measure: Measure
    title: str
    periods: tuple[str, ...]
    made_up: frozenset[str]
    usual: str


@dataclass
class Node:
    """A place in the tree of phrases: what stands here, and the words that may follow."""

    things: list[Thing] = field(default_factory=list)
    after: dict[str, Node] = field(default_factory=dict)


@dataclass(eq=False)
class Index:
    """All phrases as a tree of words, and what they stand for."""

    areas: dict[str, Area]
    measures: dict[str, MeasureOfPage]
    entries: dict[str, Entry] = field(default_factory=dict)
    root: Node = field(default_factory=Node)
    statements: tuple[Text, ...] = ()
    others: tuple[Text, ...] = ()

    def add(self, text: str, thing: Thing) -> None:
        """Let a text stand for a thing, beside others it may stand for."""
        phrase, node = tokens(text), self.root
        if not phrase:
            return
        for word in phrase:
            node = node.after.setdefault(word, Node())
        if thing not in node.things:
            node.things.append(thing)

    def enter(self, ref: str, entry: Entry, texts: Iterable[str]) -> None:
        """Add an entry by all the texts that stand for it."""
        self.entries[ref] = entry
        for text in texts:
            self.add(text, Thing("entry", ref))

    @cached_property
    def vocabulary(self) -> dict[str, str]:
        """Every word of every phrase, and how it is written without Danish letters."""
        found: dict[str, str] = {}

        def walk(node: Node) -> None:
            for word, below in node.after.items():
                found.setdefault(word, loose(word))
                walk(below)

        walk(self.root)
        return found


def make_index(atlas: Atlas, pages: Sequence[IndicatorPage]) -> Index:
    """Return the index of what the atlas has, with the measures of the pages given."""
    measures = {one.measure.indicator_id: one for page in pages for one in _measures(atlas, page)}
    columns = ("area_id", "name", "level", "jobcenter_id")
    areas = [Area(*row) for row in atlas.areas().select(columns).iter_rows()]
    index = Index({one.area_id: one for one in areas}, measures)
    for step in (_noise, _areas, _indicators, _documents, _initiatives, _rest):
        step(index, atlas)
    index.statements, index.others = statement_texts(atlas), other_texts(atlas, measures)
    return index


def _measures(atlas: Atlas, page: IndicatorPage) -> Iterator[MeasureOfPage]:
    for measure in page.measures:
        indicator = atlas.indicators.get(measure.indicator_id)
        if indicator is None:
            continue
        periods = tuple(atlas.periods(indicator.indicator_id))
        yield MeasureOfPage(
            page=page,
            measure=measure,
            title=indicator.title,
            periods=periods,
            made_up=frozenset(only_made_up(atlas, indicator.indicator_id)),
            usual=atlas.default_period(indicator.indicator_id),
        )


def _noise(index: Index, _: Atlas) -> None:
    for word in " ".join(words.NOISE).split():
        index.add(word, Thing(NOISE, word))
    for word in words.COMPARE:
        index.add(word, Thing(COMPARE, word))
    for name in words.LAND_NAMES:
        index.add(name, Thing("area", LAND))


def _areas(index: Index, atlas: Atlas) -> None:
    columns = ("area_id", "name", "level", "aliases", "jobcenter_id")
    for area_id, name, level, aliases, jobcenter in atlas.areas().select(columns).iter_rows():
        if level == "land":
            continue
        names = (name, *(aliases or ()), *words.AREAS.get(area_id, ()))
        for one in names:
            said = area_id.removeprefix("J") if level == "jobcenter" else ""
            index.add(one, Thing("area", area_id, said))
            if level == "kommune":
                _kommune(index, area_id, one, jobcenter)
            elif level == "landsdel":
                index.add(f"landsdel {one}", Thing("area", area_id))
        index.add(area_id, Thing("area", area_id, area_id.removeprefix("J")))


def _kommune(index: Index, area_id: str, name: str, jobcenter: str | None) -> None:
    for text in (f"{name} kommune", f"kommune {name}", f"kommunen {name}"):
        index.add(text, Thing("area", area_id, "kommune"))
    for text in (f"jobcenter {name}", f"{name} jobcenter", f"jobcentret {name}"):
        if jobcenter:
            index.add(text, Thing("area", jobcenter, area_id))


def _indicators(index: Index, atlas: Atlas) -> None:
    for indicator_id, one in index.measures.items():
        indicator = atlas.indicator(indicator_id)
        own = (indicator.title, indicator.short_title, one.measure.label, indicator.question)
        for text in (*own, indicator_id, *words.MEASURES.get(indicator_id, ())):
            index.add(text, Thing("measure", indicator_id))
        if one.measure is one.page.measures[0]:
            index.add(one.page.title, Thing("measure", indicator_id))
    for indicator in atlas.indicators.values():
        if indicator.indicator_id not in index.measures:
            _file(index, atlas, indicator)


def _file(index: Index, atlas: Atlas, indicator: Indicator) -> None:
    """Enter an indicator that no page shows: its numbers are a file."""
    name = indicator.indicator_id
    made_up = atlas.default_period(name) in only_made_up(atlas, name)
    title = indicator.title + (" (syntetisk)" if made_up else "")
    rank = MADE_UP_FILE if made_up else 79
    entry = Entry(title, "Tal som fil", f"/data/{name}.csv", indicator.question, rank)
    index.enter(f"fil {name}", entry, (indicator.title, indicator.short_title, name))


def _documents(index: Index, atlas: Atlas) -> None:
    for page in {one.page.path: one.page for one in index.measures.values()}.values():
        why = "Her står dokumentets tal."
        index.enter(f"tal {page.path}", Entry(page.title, "Side", f"/{page.path}", why, 50), ())
    for source in atlas.sources().values():
        if source.kind == "published":
            also = tuple(_belonging(index, atlas, source))
            index.enter(f"kilde {source.source_id}", _document(source, also), _names(source))


def _belonging(index: Index, atlas: Atlas, source: Source) -> Iterator[str]:
    """Yield the correction of a document, and the pages where its numbers stand."""
    if source.corrected_by:
        yield f"kilde {source.corrected_by}"
    subjects = set(atlas.statements().filter(source_id=source.source_id)["subject"])
    for indicator_id, one in index.measures.items():
        if {one.page.subject, indicator_id} & subjects and one.measure is one.page.measures[0]:
            yield f"tal {one.page.path}"


def _document(source: Source, also: tuple[str, ...]) -> Entry:
    status, rank = (" Berigtiget svar." if source.is_correction else ""), 95
    if source.corrected_by:
        status, rank = " Svaret er erstattet af en berigtigelse.", 94
    there = f"/kilder#kilde-{source.source_id}"
    why = f"{source.document_id}.{status}"
    return Entry(source.title, "Dokument", there, why, rank, also)


def _names(source: Source) -> Iterator[str]:
    yield from (source.title, source.document_id, source.source_id)
    yield from words.DOCUMENTS.get(source.source_id, ())
    for number in re.findall(r"spm\. (\d+)", source.document_id):
        yield number
        yield from (f"{word} {number}" for word in words.QUESTION)
        yield from (f"beu {word} {number}" for word in words.QUESTION)
        yield f"beu alm del spm {number}"
    yield from re.findall(r"j\.nr\. ([\d/-]+)", source.document_id)
    for date in re.findall(r"\d+\. [a-zæøå]+ \d{4}", source.document_id):
        yield from (date, f"brev {date}", f"brevet af {date}")


def _initiatives(index: Index, atlas: Atlas) -> None:
    for row in atlas.initiatives().iter_rows(named=True):
        there = address("initiativer", initiativ=row["initiative_id"])
        members = frozenset(row["members"] or ())
        entry = Entry(row["title"], "Initiativ", there, row["period_text"], 96, members=members)
        names = (row["title"], *words.INITIATIVES.get(row["initiative_id"], ()))
        index.enter(f"initiativ {row['initiative_id']}", entry, names)


def _rest(index: Index, _: Atlas) -> None:
    for title, there, what, names in words.SIDES:
        index.enter(f"side {there}", Entry(title, "Side", there, what, 90), names)
    for term in TERMS:
        there = glossary.address(term)
        entry = Entry(term.word[:1].upper() + term.word[1:], "Ord", there, term.text, 60)
        index.enter(f"ord {term.slug}", entry, term.all_forms)
