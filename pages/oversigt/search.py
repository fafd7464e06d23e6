"""From what a reader wrote to where it is answered: pure, ranked and always in the same order."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import product

from pages.frame.links import address
from pages.language import danish, synthetic
from pages.oversigt.search_index import COMPARE, Area, Entry, Index, MeasureOfPage, Thing
from pages.oversigt.search_reading import Reading, read
from pages.oversigt.search_said import Said, said
from queries import LAND

MOST = 12
COMPARED, COMBINED, NAMED_JOBCENTER = 105, 100, 96
PROFILE, PLACE, JOBCENTER, MEASURE, NUMBERS_OF_AREA = 93, 92, 84, 80, 70
DEFINITION, MADE_UP = 92, 58
SHARES_ADDRESS = ("Offentliggjort tal", "Forbehold", "Definition")
MOST_COMPARED = 10
KIND_NAMES = {
    "land": "Tal for hele landet",
    "region": "Region",
    "landsdel": "Landsdel",
    "kommune": "Kommune",
    "jobcenter": "Jobcenter",
}
ASK = (
    "Skriv et navn på en kommune, et jobcenter, et mål, et dokument eller et ord, "
    "fx »passive Holbæk«."
)


@dataclass(frozen=True)
class Hit:
    """One answer: what it is, where it is, and why it is shown.

    `rank` orders the answers, highest first. `sure` says that nothing else can have been meant.
    `cell` is the number that the answer is about: indicator, area and period.
    """

    title: str
    kind: str
    address: str
    why: str
    rank: float = 0
    sure: bool = False
    cell: tuple[str, str, str] | None = None


def search(index: Index, text: str) -> list[Hit]:
    """Return at most twelve answers, the likeliest first; none where nothing was understood."""
    reading = read(index, text)
    if reading.missing_question:
        return []
    texts = said(index, reading)
    told = _remarks(reading, texts.answered)
    found: dict[tuple[str, str], Hit] = {}
    hits = [*_hits(index, reading, texts), *_texts(texts)]
    for hit in sorted(hits, key=lambda hit: (-hit.rank, hit.title, hit.address)):
        one = hit.address, hit.title if hit.kind in SHARES_ADDRESS else ""
        found.setdefault(one, hit if found else replace(hit, why=f"{told}{hit.why}"))
    return list(found.values())[:MOST]


def direct(hits: list[Hit]) -> Hit | None:
    """Return the answer that a reader can be taken to at once, or None where they must choose."""
    return hits[0] if hits and hits[0].sure else None


def why_nothing(index: Index, text: str) -> str:
    """Return what to say where nothing was found: which words, and what can be asked."""
    reading = read(index, text)
    if number := reading.missing_question:
        return (
            f"Spørgsmål {number} er ikke blandt atlassets dokumenter. "
            "Siden »Kilder og metode« har dem alle."
        )
    if not reading.unknown:
        return ASK
    unknown = danish.listing([f"»{reading.written[at][:40]}«" for at in reading.unknown])
    return f"Atlasset kender intet, der hedder {unknown}. {ASK}"


def _remarks(reading: Reading, answered: Collection[str]) -> str:
    """Tell which words were guessed at or not used; not those that a text holds as they are."""
    guessed = [
        " ".join(reading.written[part.start : part.end])
        for part in reading.guessed
        if not set(reading.words[part.start : part.end]) <= set(answered)
    ]
    told = "".join(f"»{written}« er læst som noget, der ligner. " for written in guessed)
    unused = [at for at in reading.unknown if reading.words[at] not in answered]
    if unused:
        unknown = danish.listing([f"»{reading.written[at][:40]}«" for at in unused])
        told += f"{unknown} er ikke brugt. "
    return told


def _texts(texts: Said) -> Iterator[Hit]:
    for text, rank in texts.ranked():
        yield Hit(text.title, text.kind, text.address, text.why, rank)


def _hits(index: Index, reading: Reading, texts: Said) -> Iterator[Hit]:
    areas, measures = _areas(index, reading), _measures(index, reading)
    period = next((thing.ref for thing in _things(reading, "periode")), "")
    yield from _compared(index, reading)
    entries = _entries(index, reading)
    if measures and areas:
        sure = reading.sure and len(measures) == len(areas) == 1
        for (n, one), (area, said) in product(enumerate(measures), areas):
            rank = COMBINED - n / 10 - _depth(area)
            yield replace(_numbers(one, area, said, period), rank=rank, sure=sure)
    elif measures:
        sure = reading.sure and len(measures) == 1 and not entries
        for n, one in enumerate(measures):
            hit = _numbers(one, None, "", period)
            last = bool(texts.statements) and _is_made_up(one, hit)
            rank = (MADE_UP if last else MEASURE) - n / 10
            yield replace(hit, rank=rank, sure=sure)
    for area, said in areas:
        yield from _of_area(index, area, said, period)
    only_one = reading.sure and len(reading.parts) == 1 and len(reading.parts[0].things) == 1
    for entry in entries:
        rank = DEFINITION if texts.defines and entry.kind == "Ord" else entry.rank
        why = entry.why + _took_part(entry, [area for area, _ in areas])
        yield Hit(entry.title, entry.kind, entry.address, why, rank, only_one)
        for ref in entry.also:
            other = index.entries[ref]
            yield Hit(other.title, other.kind, other.address, other.why, other.rank)


def _is_made_up(one: MeasureOfPage, hit: Hit) -> bool:
    return hit.cell is not None and hit.cell[2] in one.made_up


def _took_part(entry: Entry, areas: list[Area]) -> str:
    """Return which of the kommuner asked for took part; '' where no document names them."""
    kommuner = [area for area in areas if area.level == "kommune" and entry.members]
    took_part = [area.name for area in kommuner if area.area_id in entry.members]
    others = [area.name for area in kommuner if area.area_id not in entry.members]
    told = f". {danish.listing(took_part)} deltog" if took_part else ""
    if others:
        told += f". {danish.listing(others)} er ikke blandt dem, dokumentet nævner"
    return f"{told}." if told else ""


def _things(reading: Reading, kind: str) -> Iterator[Thing]:
    yield from (thing for part in reading.parts for thing in part.things if thing.kind == kind)


def _entries(index: Index, reading: Reading) -> list[Entry]:
    return [index.entries[thing.ref] for thing in _things(reading, "entry")]


def _areas(index: Index, reading: Reading) -> list[tuple[Area, str]]:
    named = {thing.ref: thing.said for thing in _things(reading, "area")}
    return [(index.areas[area_id], said) for area_id, said in named.items()]


def _measures(index: Index, reading: Reading) -> list[MeasureOfPage]:
    """Return the measures that all parts of the question agree on, else those of any part."""
    sets = [
        {thing.ref for thing in part.things if thing.kind == "measure"} for part in reading.parts
    ]
    named = [one for one in sets if one]
    meant = (set.intersection(*named) or set.union(*named)) if named else set()
    return [one for indicator_id, one in index.measures.items() if indicator_id in meant]


def _depth(area: Area) -> float:
    """Return how far an area stands behind one of the same name: kommuner come first."""
    return ("kommune", "jobcenter", "region", "landsdel", "land").index(area.level) / 100


def _unique(areas: list[Area]) -> list[Area]:
    return areas if len({area.area_id for area in areas}) == 1 else []


def _compared(index: Index, reading: Reading) -> Iterator[Hit]:
    named = [
        [index.areas[thing.ref] for thing in part.things if thing.kind == "area"]
        for part in reading.parts
    ]
    in_parts = [[one for one in areas if one.level == "kommune"] for areas in named]
    # Several in one part are several meanings of one name, not several kommuner asked for.
    kommuner = list({one[0].area_id: one[0] for one in map(_unique, in_parts) if one}.values())
    asked = any(True for _ in _things(reading, COMPARE))
    if len(kommuner) < (1 if asked else 2) or len(kommuner) > MOST_COMPARED:
        return
    names = danish.listing([one.name for one in kommuner])
    there = address("sammenlign", sammenlign=",".join(one.area_id for one in kommuner))
    yield Hit(f"Sammenlign {names}", "Sammenligning", there, "Alle mål side om side.", COMPARED)


def _of_area(index: Index, area: Area, said: str, period: str) -> Iterator[Hit]:
    """Yield what there is about an area whatever the measure: profile, numbers, jobcenter."""
    if area.level == "land":
        yield Hit("Overblik", "Side", "/", "De landsdækkende tal.", PLACE)
        return
    firsts = [one for one in index.measures.values() if one.measure is one.page.measures[0]]
    if area.level == "kommune":
        profile = address("kommune", kommune=area.area_id)
        yield Hit(area.name, KIND_NAMES["kommune"], profile, "Alle mål for kommunen.", PROFILE)
        shared = index.areas.get(area.jobcenter_id or "")
        if shared is not None:
            yield replace(_place(firsts[0], shared, area.area_id), rank=JOBCENTER)
    else:
        rank = NAMED_JOBCENTER if area.level == "jobcenter" else PLACE - _depth(area)
        yield replace(_place(firsts[0], area, said), rank=rank)
    for n, one in enumerate(firsts):
        yield replace(_numbers(one, area, said, period), rank=NUMBERS_OF_AREA - n)


def _place(one: MeasureOfPage, area: Area, said: str) -> Hit:
    """Return an area's own answer; it stands on the first page that has numbers for kommuner."""
    hit = _numbers(one, area, said, "")
    return replace(
        hit, title=area.name, kind=KIND_NAMES[area.level], why=f"Vises på »{hit.title}«."
    )


def _numbers(one: MeasureOfPage, area: Area | None, said: str, asked: str) -> Hit:
    """Return one measure for one area and month, or for the whole country and the usual month."""
    period = _period(one, asked)
    name = area.name if area is not None and area.area_id != LAND else ""
    shown = period or one.usual
    month = synthetic.period(shown, made_up=shown in one.made_up)
    missing = f"Der er ikke tal for {danish.period(asked)}. " if asked and not period else ""
    return Hit(
        title=one.title + (f": {name}, {month}" if name else f", {month}"),
        kind="Tal",
        address=_address(one, area, said, shown),
        why=f"{missing}Siden »{one.page.title}«.",
        cell=(one.measure.indicator_id, area.area_id if area is not None else LAND, shown),
    )


def _period(one: MeasureOfPage, asked: str) -> str:
    """Return the month meant: itself, the best of a year, or of a month's name; '' for none."""
    if not asked or asked in one.periods:
        return asked or one.usual
    fits = [one.usual, *(p for p in one.periods if p not in one.made_up), *one.periods]
    return next((p for p in fits if p.startswith(asked) or p[4:] == asked), "")


def _address(one: MeasureOfPage, area: Area | None, said: str, period: str) -> str:
    level = area.level if area is not None else "land"
    kommune, within, shown_as = "", "", ""
    if area is not None and level in {"region", "landsdel"}:
        within = area.area_id
    elif area is not None and level == "kommune":
        kommune, shown_as = area.area_id, "kommune" if said == "kommune" else ""
    elif area is not None and level == "jobcenter":
        kommune, shown_as = said or area.area_id.removeprefix("J"), "jobcenter"
    return address(
        one.page.path,
        maal=one.measure.name if one.measure is not one.page.measures[0] else "",
        periode=period if period != one.usual else "",
        niveau=shown_as if shown_as != one.page.levels[0] else "",
        omraade=within,
        kommune=kommune,
    )
