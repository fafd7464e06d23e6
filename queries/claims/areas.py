"""Which places a sentence names: kommuner by name, alias and genitive, jobcentre, larger areas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from queries.month_names import MONTHS
from queries.sources.kommune_names import fold

LAND, KOMMUNE, JOBCENTER, LARGER, UNKNOWN = "land", "kommune", "jobcenter", "larger", "unknown"
REST = "rest"


@dataclass(frozen=True)
class Place:
    """A place in a sentence. `area_ids` has several where jobcenter or name stand for more.

    `level` is 'land', 'kommune', 'jobcenter', 'larger' (region, landsdel, part of the country),
    'rest' (all but some), or 'unknown' ('din kommune').
    """

    level: str
    area_ids: tuple[str, ...]
    name: str
    start: int
    end: int
    is_reference: bool = False
    """Whether the place is what others are held against ('landsgennemsnittet')."""


@dataclass(frozen=True)
class Gazetteer:
    """All names of kommuner and larger areas, as one expression, and what each stands for."""

    pattern: re.Pattern[str]
    kommuner: Mapping[str, str]
    names: Mapping[str, str]
    jobcentre: Mapping[str, str]
    larger: Mapping[str, str]


_AMBIGUOUS = frozenset(
    ("vejen", "skive", "greve", "struer", "odder", "faxe", "assens", "mors", "lejre")
)
_LARGER_SHORT = (
    *("sjælland", "jylland", "hovedstadsområdet", "hovedstaden", "midtjylland", "syddanmark"),
    *("provinsen", "storkøbenhavn", "lolland-falster", "sønderjylland", "hovedstadsregionen"),
    *(
        "regionerne",
        "landsdelene",
        "regionen",
        "landsdelen",
        "øerne",
        "ø-kommunerne",
        "københavnsområdet",
        *("amager", "vendsyssel", "himmerland", "djursland", "trekantområdet", "midtsjælland"),
        *("salling", "thy", "als", "vestegnen", "omegnen"),
    ),
    *(
        "yderkommunerne",
        "landkommunerne",
        "storbyerne",
        "de store byer",
        "6-byerne",
        "omegnskommunerne",
    ),
)
_LAND = re.compile(
    r"(?<!\w)(?:(?P<ref>lands(?:gennemsnit|snit|andel|tal|resultat)\w*|"
    r"gennemsnittet(?:\s+for\s+(?:hele\s+)?landet)?"
    r"|det\s+nationale\s+gennemsnit|landet\s+som\s+helhed|landets(?=\s*(?:[.,;)]|$)|\s+(?:andel|"
    r"gennemsnit)))"
    r"|(?:i\s+|for\s+|på\s+)?(?:hele\s+landet|landet(?!s)|landets(?=\s+\d)|danmark|landsplan|"
    r"landsdækkende|nationalt"
    r"|på\s+nationalt\s+plan|samtlige\s+kommuner|alle\s+kommuner|alle\s+landets\s+kommuner))(?!\w)"
)
_UNKNOWN = re.compile(
    r"(?<!\w)(?:(?:din|jeres|vores|min|deres|denne|egen|pågældende)\s+(?:egen\s+)?kommune|"
    r"hver(?:t)?\s+(?:enkelt\s+)?(?:kommune|jobcenter)|hver\s+af\s+(?:(?!landets)\w+\s+)?kommuner(?:ne)?|"
    r"(?:kommunen|byen)(?=\s+(?:har|havde|er|var|ligger|lå))|(?<=i\s)kommunen|(?:en|"
    r"én)\s+af\s+(?:landets\s+)?kommuner(?:ne)?|"
    r"den\s+(?:ene|anden)\s+kommune|(?<=i\s)den\s+anden(?=\s+\d)|én\s+kommune|"
    r"en\s+anden\s+kommune)(?!\w)"
)
_STRANGE = re.compile(
    r"(?<!\w)[IiPp]å?\s+(?P<name>(?!(?i:flere|bedre|ny|fælles|folketing|beskæftigelse|styrelse|"
    r"initiativ|projekt|indsats|gruppe|ressource|kommune|jobcent|region|landsdel|regering|"
    r"christiansborg|satspulje|kontanthjælp|uddannelse|integration|rehabilitering|samråd|svar|"
    r"tabel|figur|bilag|spørgsmål|empower|brobygning|virksomhed|kvartal|minister|udvalg|dag|"
    rf"{'|'.join(MONTHS)}))"
    r"[A-ZÆØÅ][a-zæøåé]{2,}(?:[ -][A-ZÆØÅ][a-zæøåé]{2,})*)(?![\w])"
)
"""A name after 'i' or 'på' that is no place the atlas knows: a town, another country, a mistake."""
_REST = re.compile(
    r"(?<!\w)(?:(?i:resten\s+af\s+(?:landet|kommunerne|danmark|landets\s+kommuner)|"
    r"(?:de\s+|landets\s+)?(?:øvrige|resterende|andre)\s+(?:\w+\s+)?\w*kommuner(?:ne)?|"
    r"det\s+øvrige\s+(?:land|danmark)|"
    r"(?:bortset|undtagen|undtaget|fraregnet|ekskl\.?|eksklusive|fratrukket|minus|"
    r"når\s+man\s+ser\s+bort)(?:\s+fra)?)|"
    r"(?i:uden\s+for)(?=\s+(?:[A-ZÆØÅ]|hovedstad|region|landsdel|de\s+store\s+byer)))(?!\w)"
)
_GENITIVE = r"(?:['´]?s|['´]|es)?"
_KOMMUNE = r"(?:\s+(?:kommune|kommunes|by|bys|jobcenter|jobcenters))?"
_BEFORE_JOBCENTER = re.compile(r"jobcent(?:er|ret|re|rene)\s+(?:i\s+)?$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s*(?:kommune|har|er|var|havde|ligger|lå|,|og\s+[A-ZÆØÅ]|\(|:)", re.IGNORECASE
)


def gazetteer(
    kommuner: Iterable[tuple[str, str, Iterable[str], str | None]],
    larger: Iterable[tuple[str, str]],
    jobcentre: Mapping[str, str],
) -> Gazetteer:
    """Make it of kommuner (id, name, aliases, jobcenter), larger areas and jobcenter names."""
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    offices: dict[str, str] = {}
    for code, name, aliases, office in kommuner:
        names[code] = name
        for one in (name, *aliases):
            codes[fold(one)] = code
        if office:
            offices[code] = office
    bigger = {fold(name): key for key, name in larger if fold(name) not in codes}
    bigger |= {
        fold(name.removeprefix("Region ")): key
        for key, name in larger
        if name.startswith("Region ")
    }
    bigger |= {
        fold(name): ""
        for name in _LARGER_SHORT
        if fold(name) not in bigger and fold(name) not in codes
    }
    texts = sorted({*codes, *bigger}, key=len, reverse=True)
    pattern = re.compile(
        rf"(?<![\w])(?:region\s+|landsdelen?\s+)?(?P<name>{'|'.join(map(_flexible, texts))})"
        rf"(?P<genitive>{_GENITIVE})(?P<kommune>{_KOMMUNE})(?![\w])",
        re.IGNORECASE,
    )
    return Gazetteer(pattern, codes, names | dict(jobcentre), offices, bigger)


def _flexible(folded: str) -> str:
    """Return an expression for a name however å, hyphens and spaces are written."""
    parts = [re.escape(part).replace("å", "(?:å|aa)") for part in folded.split(" ")]
    return r"(?:\s*[-–/]\s*|\s+)".join(parts)


def places(text: str, lower: str, known: Gazetteer) -> list[Place]:
    """Return the places of a sentence, in order; `lower` is the sentence in small letters."""
    found: list[Place] = []
    for pattern, level in ((_REST, REST), (_UNKNOWN, UNKNOWN), (_LAND, LAND)):
        for one in pattern.finditer(text if level == REST else lower):
            ref = level == LAND and one["ref"] is not None
            ids = ("000",) if level == LAND else ()
            found.append(Place(level, ids, one.group().strip(), *one.span(), ref))
    taken = [(one.start, one.end) for one in found if one.level != REST]
    for one in known.pattern.finditer(text):
        inside = any(start < one.end() and one.start() < end for start, end in taken)
        place = None if inside else _named(text, one, known)
        if place is not None:
            found.append(place)
    named = [(one.start, one.end) for one in found]
    for one in _STRANGE.finditer(text):
        start, end = one.span("name")
        if not any(first < end and start < last for first, last in named):
            found.append(Place(UNKNOWN, (), one["name"], start, end))
    return sorted(found, key=lambda place: place.start)


def _named(text: str, one: re.Match[str], known: Gazetteer) -> Place | None:
    start, end = one.span()
    said, name = one.group(), one["name"]
    if (
        name.islower()
        and not said[:1].isupper()
        and fold(name) not in {fold(n) for n in _LARGER_SHORT}
    ):
        return None
    folded = fold(name)
    code = known.kommuner.get(folded)
    prefixed = said.lower().startswith(("region", "landsdel"))
    if code is None or prefixed:
        key = known.larger.get(folded, "")
        if name.islower() and key and not prefixed:
            return None
        return Place(LARGER, (key,) if key else (), said, start, end)
    if folded in _AMBIGUOUS and start == 0 and not (one["kommune"] or _GOES_ON.match(text, end)):
        return None
    office = known.jobcentre.get(code)
    is_office = "jobcenter" in one["kommune"].lower() or _BEFORE_JOBCENTER.search(text[:start])
    if is_office and office:
        return Place(JOBCENTER, (office,), known.names.get(office, said), start, end)
    return Place(KOMMUNE, (code,), known.names[code], start, end)
