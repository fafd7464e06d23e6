"""How a figure or a place is related to others: compared, ranked, summed, changed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from queries.claims.areas import JOBCENTER, KOMMUNE, LAND, Place
from queries.claims.asks import BY_COUNT, BY_SHARE
from queries.claims.number_words import WORDS, value_of

SPLIT = re.compile(
    r";|(?<!\w)(?:hvoraf|heraf|mens|men|hvorimod|samt(?=\s+(?:ca|godt|knap|over|\d))|"
    r"imidlertid)(?!\w)|,\s+og\s(?!med)|"
    r"(?<!\w)og(?=\s+(?:(?:ca\.?|godt|knap|mere\s+end|flere\s+end|mindst|omkring)\s+)?\d)"
)
CHANGE = re.compile(
    r"(?<!\w)(?:steg|steget|stige[rnt]?|stigende|stigning\w*|faldt|faldet|falde[rnt]?|faldende|"
    r"(?<!hvert )(?<!alt )fald|vokse\w*|"
    r"øget|øges|øgede|forøg\w*|reduceret|reducere[srt]?|fordobl\w*|halveret|halvering|"
    r"udvikling\w*|vækst|fremgang|"
    r"tilbagegang|sunket|mindsket|nedbragt|forbedre\w*|forværre\w*|gået\s+(?:op|ned|frem|"
    r"tilbage)|kommet\s+ned)(?!\w)"
)
_ASIDE = re.compile(r",\s+(?:som|der|hvor|hvis)(?!\w)[^,;]*,")
_OF_NUMBERS = re.compile(
    r"(?<!\w)(?:andel\w*|antal\w*|tallet|passiv\w*|ressourceforløb\w*|borger\w*|tilbud|mentor|"
    r"kontanthjælp\w*|\d+)(?!\w)"
)
_UP, _DOWN = r"over|højere|større|flere|mere", r"under|lavere|mindre|færre"
_SAME = r"på\s+niveau\s+med|på\s+linje\s+med|samme|lig\s+med|svarer\s+til|lige\s+så|så\s+\w+"
_AS_MANY = re.compile(r"(?:lige\s+)?så\s+(?:mange|få)(?!\w)|samme\s+antal(?!\w)")
_DIRECTION = re.compile(rf"(?<!\w)(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<same>{_SAME}))(?!\w)")
_OVER = re.compile(
    r"(?:ligger|lå|er|var|lidt|langt|klart|noget)\s+(?P<word>over|"
    r"under)\s+(?:i\s+)?$"
)
_END = re.compile(
    r"(?<!\w)(?P<end>end|som|af|dem)\s+(?:(?:i|for|på|hos|hele|den|det|dem)\s+){0,3}$"
)
_SHARE_WORD = re.compile(
    r"(?<!\w)(?:andel\w*|procent\w*|pct\.?|grad|passivandel\w*|høj\w*|lav\w*)(?!\w)"
)
_COUNT_WORD = re.compile(
    r"(?<!\w)(?:antal\w*|flest|færrest|flere|færre|mange|få|borgere|personer)(?!\w)"
)
_ORDINALS = [
    "første",
    "anden",
    "tredje",
    "fjerde",
    "femte",
    "sjette",
    "syvende",
    "ottende",
    "niende",
    "tiende",
    "ellevte",
    "tolvte",
    "trettende",
    "fjortende",
    "femtende",
    "sekstende",
    "syttende",
    "attende",
    "nittende",
    "tyvende",
]
_NEXT = {"næst": 2, "anden": 2} | {word: at for at, word in enumerate(_ORDINALS[2:], 3)}
RANK = re.compile(
    r"(?<!\w)(?:"
    rf"(?:(?P<next>næst|anden(?=\w)|{'|'.join(_ORDINALS[2:])}|\d{{1,4}}\s?\.)[\s-]?)?(?:(?P<top>flest(?!\s+mulig)|højeste|højest|"
    rf"størst(?:e)?)"
    r"|(?P<bottom>færrest(?!\s+mulig)|laveste|lavest|mindst(?:e)?(?=\s+(?:andel|antal))))"
    rf"|(?:nr\.?|nummer)\s*(?P<nr>\d{{1,4}}|{WORDS})"
    rf"|(?P<place>{'|'.join(_ORDINALS)}|\d{{1,4}}\s?\.\s?)-?(?:plads(?:en)?)"
    r"|(?P<first>topper|førstepladsen|ligger\s+øverst|indtager\s+førstepladsen|i\s+toppen|"
    r"ligger\s+i\s+top)"
    r"|(?P<last>bundplacering\w*|sidsteplads\w*|ligger\s+nederst|i\s+bunden|ligger\s+i\s+bund)"
    r")(?!\w)"
)
_AMONG = re.compile(
    rf"(?<!\w)(?:blandt|af)\s+(?:de|landets|top)\s+(?P<n>\d{{1,2}}|"
    rf"{WORDS})(?:\s+\w+){{0,3}}?\s+(?:med\s+(?:den\s+|de\s+|det\s+)?)?(?=flest|færrest|højest|"
    rf"lavest|størst)|"
    r"(?<!\w)top[\s-](?P<top>\d{1,2})(?!\w)"
)
_BOTTOM = re.compile(
    r"(?<!\w)(?:fra\s+neden|nedefra|laveste?|færrest|bunden|mindste\s+(?:andel|antal))(?!\w)"
)
_NOT_A_RANK = re.compile(r"(?:spm|spørgsmål|j|journal|bilag|tabel|figur|side|sag|spg)\.?\s*$")
SUM = re.compile(
    r"(?<!\w)(?:tilsammen|til\s+sammen|sammenlagt|samlet\s+set|i\s+alt|lagt\s+sammen|samlet|"
    r"under\s+[eé]e?t|sammen)(?!\w)"
)
EACH = re.compile(
    r"(?<!\w)(?:hver(?:t|især)?|begge|både|enkeltvis|såvel|samme|lige\s+(?:så\s+)?mange|henholdsvis|hhv)(?!\w)"
)
"""Words by which a number of several kommuner is that of each of them."""
_MUCH_MORE = re.compile(r"\s*(?:flere|færre|højere|lavere|mere|mindre|større)(?!\w)")
_MORE = re.compile(
    r"\s*(?:\w+\s+)?(?:flere|færre|mere|mindre|højere|lavere|større|over|under)(?!\w)"
)


@dataclass(frozen=True)
class Compared:
    """A comparison: the words from `start` to `end`, what is compared with, and the direction."""

    start: int
    end: int
    others: tuple[Place, ...]
    direction: int
    by: str


@dataclass(frozen=True)
class Ranked:
    """A place in a row: from above (1) or below (-1); `among` for 'one of the first n'."""

    start: int
    end: int
    rank: int
    direction: int
    by: str
    among: bool


def change(lower: str) -> re.Match[str] | None:
    """Return the word for a change, unless it stands in an aside about something else.

    'Tårnby, som lever af lufthavnens vækst, …' says nothing of a number that has grown.
    """
    asides = [
        one.span() for one in _ASIDE.finditer(lower) if not _OF_NUMBERS.search(lower, 0, one.end())
    ]
    return next(
        (
            one
            for one in CHANGE.finditer(lower)
            if not any(first < one.start() < last for first, last in asides)
        ),
        None,
    )


def segments(lower: str) -> list[tuple[int, int]]:
    """Return the parts of a sentence that each have their own subject."""
    cuts = [found.start() for found in SPLIT.finditer(lower)]
    edges = [0, *cuts, len(lower)]
    return [(first, last) for first, last in itertools.pairwise(edges) if first < last]


def groups(lower: str, places: Sequence[Place]) -> list[tuple[Place, ...]]:
    """Return places that are listed together: 'Holbæk, Lejre og Morsø'; each once."""
    found: list[list[Place]] = []
    for place in places:
        last = found[-1][-1] if found else None
        between = lower[last.end : place.start] if last else ""
        linked = last and re.fullmatch(
            r"\s*(?:,|/|og|samt|, og|eller|kommuner|(?:(?:har|havde)\s+)?sammen\s+med)?"
            r"\s*(?:i\s+)?",
            between,
        )
        if last and linked and last.level == place.level and not last.is_reference:
            if place.area_ids not in {one.area_ids for one in found[-1]}:
                found[-1].append(place)
            else:
                found[-1][-1] = _wider(found[-1][-1], place)
        else:
            found.append([place])
    return [tuple(group) for group in found]


def _wider(one: Place, other: Place) -> Place:
    return Place(one.level, one.area_ids, one.name, one.start, other.end, one.is_reference)


def compared(lower: str, together: Sequence[tuple[Place, ...]]) -> list[Compared]:
    """Return the comparisons of a sentence, with what stands after 'end', 'over' or 'som'."""
    found = []
    for group in together:
        first = group[0]
        window = max(0, first.start - 90)
        before = lower[window : first.start]
        link = _END.search(before)
        is_reference = first.is_reference or first.level == LAND
        word = None
        if link is not None and link["end"] in {"end", "som"}:
            inside = before[: link.start() + (len(link["end"]) if link["end"] == "som" else 0)]
            words = list(_DIRECTION.finditer(inside))
            word = words[-1] if words else None
            if link["end"] == "som" and word is not None and word["same"] is None:
                word = None
        elif is_reference:
            words = list(_DIRECTION.finditer(before))
            close = words and re.fullmatch(
                r"\s*(?:det\s+|end\s+)?(?:i\s+|for\s+)?", before[words[-1].end() :]
            )
            word = words[-1] if close else None
        if word is None and first.level in {KOMMUNE, JOBCENTER}:
            near = _OVER.search(before)
            word = _DIRECTION.match(before, near.start("word")) if near else None
            link = link or near
        if word is None or (first.level == LAND and not first.is_reference and link is None):
            continue
        direction = 1 if word["up"] else -1 if word["down"] else 0
        start = window + word.start()
        by = (
            BY_COUNT
            if word.group() in {"flere", "færre"} and not _SHARE_WORD.search(before[word.start() :])
            else ""
        )
        if direction == 0 and _AS_MANY.match(before, word.start()):
            by = BY_COUNT
        if not by:
            by = BY_SHARE if _SHARE_WORD.search(lower) or first.is_reference else ""
        found.append(Compared(start, group[-1].end, group, direction, by))
    return found


def ranked(lower: str) -> list[Ranked]:
    """Return the ranks that a sentence speaks of."""
    among = _AMONG.search(lower)
    found = []
    for one in RANK.finditer(lower):
        if one["nr"] and _NOT_A_RANK.search(lower[max(0, one.start() - 12) : one.start()]):
            continue
        rank, direction = _rank(one, lower)
        if rank is None:
            continue
        if among and among.start() <= one.start():
            rank = _number(among["n"] or among["top"]) or 1
        near = lower[max(0, one.start() - 40) : one.end() + 40]
        by = BY_SHARE if _SHARE_WORD.search(near) else BY_COUNT if _COUNT_WORD.search(near) else ""
        by = BY_COUNT if one["top"] == "flest" or one["bottom"] == "færrest" else by
        if one["top"] in {"højest", "højeste"} or one["bottom"] in {"lavest", "laveste"}:
            by = (
                BY_COUNT
                if re.search(r"(?<!\w)antal\w*", near)
                else BY_SHARE
                if "andel" in lower or "pct" in near
                else ""
            )
        start = among.start() if among and among.start() <= one.start() else one.start()
        found.append(Ranked(start, one.end(), rank, direction, by, bool(among)))
    if not found and among and among["top"]:
        found.append(Ranked(among.start(), among.end(), int(among["top"]), 1, "", True))
    return found


def _rank(one: re.Match[str], lower: str) -> tuple[int | None, int]:
    if one["nr"]:
        return _number(one["nr"]), -1 if _BOTTOM.search(lower) else 1
    if one["place"]:
        return _ordinal(one["place"]), -1 if _BOTTOM.search(lower) else 1
    if one["first"] or one["last"]:
        return 1, 1 if one["first"] else -1
    step = _ordinal(one["next"]) if one["next"] else 1
    return step, 1 if one["top"] else -1


def _ordinal(said: str) -> int:
    """Return the place that 'næst', 'tredje' or '3.' stands for."""
    if said[:1].isdigit():
        return int(said.rstrip(" ."))
    return _NEXT.get(said) or _ORDINALS.index(said) + 1


def _number(said: str | None) -> int | None:
    if not said:
        return None
    return int(said) if said.isdigit() else value_of(said)


def is_more(lower: str, end: int) -> bool:
    """Tell whether a figure that ends there says how much more or less, of whatever."""
    return _MUCH_MORE.match(lower, end) is not None


def is_difference(lower: str, end: int) -> bool:
    """Tell whether a figure that ends there is a distance: '94 flere', '31 procentpoint over'."""
    return _MORE.match(lower, end, end + 24) is not None
