"""From what stands in a column of areas to their ids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from queries.sources.kommune_names import KommuneNames, fold
from queries.tables.areas import LAND, Areas, areas
from queries.tables.numbers import tidy

_TOTAL = re.compile(
    r"(?:i alt|ialt|total|totalt|sum|alle|samtlige|hele landet|landet|danmark|alle kommuner"
    r"|kommuner i alt|alle jobcentre|jobcentre i alt|landstotal|hele danmark)(?:\s*[:.])?"
)
_SUBTOTAL = re.compile(
    r"(?:subtotal|delsum|mellemtotal|mellemsum|i alt for .+|.+[, ]+i alt|.+ total)"
)
_OTHER = re.compile(
    r"(?:uoplyst|ukendt|andre|øvrige|udlandet|uden for danmark|ej oplyst|ikke placerbar\w*"
    r"|christiansø|diverse|restgruppe)(?:[ ,].*)?"
)
_AVERAGE = re.compile(r".*(?:gennemsnit|median|gns\b|spredning|ændring|forskel|udvikling).*")
_CODED = re.compile(
    r"(?P<code>\d{3,4})\s*[-–:._)]*\s*(?P<name>[^\W\d].*)"
    r"|\((?P<code2>\d{3,4})\)\s*(?P<name2>.+)|(?P<name3>.*[^\W\d].*?)\s*[(-]\s*(?P<code3>\d{3,4})\)?"
)
_FOOTNOTE = re.compile(r"(?:\s*\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]+|(?<!\d)\s*\(?[1-9]\))$")
_WHOLE_OF = re.compile(
    r"(?P<name>.+?)[, ]+(?:i alt|ialt|total)|(?:i alt for|i alt i) (?P<name2>.+)", re.I
)
_CODE = re.compile(r"(?:dk\d{3}|j\d{4}|\d{1,4})(?:\.0)?", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """What one text in the column is.

    kind: area, total (of all), subtotal, other (known to lie outside the areas), average, code
    (a number that is no area's), mismatch (its code and its name are different areas) or unknown.
    """

    kind: str
    area_id: str = ""


@lru_cache(maxsize=1)
def _names() -> KommuneNames:
    return KommuneNames.from_csv()


def places(texts: Iterable[str], level: str = "kommune") -> dict[str, Place]:
    """Return what each text is; `level` decides what a name is that several kinds of areas have.

    Names, aliases, genitives, 'Holbæk Kommune', '316 Holbæk', '0316', '316' and jobcentre of two
    kommuner are understood.
    """
    known = areas()
    texts = list(dict.fromkeys(texts))
    bare = {text: _bare(text) for text in texts}
    names = list(dict.fromkeys(name for _, name in bare.values() if name))
    found = known.find(names)
    if level == "jobcenter":
        found |= _jobcentres(known, names)
    places = {}
    for text in texts:
        code, name = bare[text]
        places[text] = _place(known, code, name, found, level)
    return places


def level_of(texts: Iterable[str], heading: str) -> str:
    """Return whether names are of kommuner or of jobcentre, by heading and by the names."""
    folded = [fold(text) for text in texts]
    named = sum(text.startswith(("jobcenter ", "jobcentret ")) for text in folded)
    if 2 * named > len(folded) or (
        "jobcent" in heading.casefold() and "kommune" not in heading.casefold()
    ):
        return "jobcenter"
    return "kommune"


def official(area_id: str) -> str:
    """Return the official name of an area."""
    return areas().name[area_id]


def nearest(text: str, n: int = 3) -> list[str]:
    """Return the names of kommuner most like a text."""
    code, name = _bare(text)
    return _names().nearest(name or code, n)


def members(level: str) -> frozenset[str]:
    """Return the ids of all areas of a level."""
    return frozenset(area for area, of in areas().level.items() if of == level)


def parts_of(area_id: str) -> frozenset[str]:
    """Return the kommuner of an area."""
    return areas().kommuner[area_id]


def level_in_atlas(area_id: str) -> str:
    """Return the level of an area: land, region, landsdel, kommune or jobcenter."""
    return areas().level[area_id]


def _bare(text: str) -> tuple[str, str]:
    """Return the code and the name that stand in a text, '' for what does not."""
    plain = _FOOTNOTE.sub("", tidy(text)).strip()
    if _CODE.fullmatch(plain):
        return plain.removesuffix(".0").upper(), ""
    if match := _CODED.fullmatch(plain):
        parts = match.groupdict()
        code = parts["code"] or parts["code2"] or parts["code3"] or ""
        return code, (parts["name"] or parts["name2"] or parts["name3"] or "").strip(" -–:.")
    return "", plain


def _of_code(known: Areas, code: str, level: str) -> str:
    if not code.isdecimal():
        return code if code in known.level else ""
    if code.strip("0") == "":
        return LAND if len(code) > 1 else ""
    padded = code.zfill(4)
    if level == "jobcenter" and (of := _jobcentre_of(known, padded)):
        return of
    return padded if padded in known.level else ""


def _jobcentre_of(known: Areas, kommune: str) -> str:
    return next(
        (
            area
            for area, kommuner in known.kommuner.items()
            if known.level[area] == "jobcenter" and kommune in kommuner and len(kommuner) == 1
        ),
        f"J{kommune}" if f"J{kommune}" in known.level else "",
    )


def _jobcentres(known: Areas, names: list[str]) -> dict[str, str]:
    """Return the jobcentre that names are, also where they are those of kommuner.

    'Tårnby' alone is the jobcentre Tårnby/Dragør, unless Dragør has a line of its own.
    """
    own = known.find([f"Jobcenter {name}" for name in names])
    found = {name: own[f"Jobcenter {name}"] for name in names if f"Jobcenter {name}" in own}
    kommuner = known.find(names)
    present = set(kommuner.values())
    for name, area in kommuner.items():
        of = _jobcentre_of(known, area) if known.level[area] == "kommune" else ""
        if of and len(known.kommuner[of] & present) > 1:
            found.pop(name, None)  # Each has a line of its own, so neither is the jobcentre.
        elif name not in found and of:
            found[name] = of
    return found


def _place(known: Areas, code: str, name: str, found: dict[str, str], level: str) -> Place:
    by_code = _of_code(known, code, level) if code else ""
    by_name = found.get(name, "") or _genitive(known, name, level) if name else ""
    if code and by_name and by_code != by_name and known.level[by_name] in {"kommune", "jobcenter"}:
        return Place("mismatch")
    if by_name or (by_code and not name):
        return Place("area", by_name or by_code)
    folded = fold(name).strip(" .:")
    if not name:
        return Place("code" if code else "unknown")
    for pattern, kind in (
        (_TOTAL, "total"),
        (_OTHER, "other"),
        (_AVERAGE, "average"),
        (_SUBTOTAL, "subtotal"),
    ):
        if pattern.fullmatch(folded):
            of = _whole_of(known, name) if kind == "subtotal" else ""
            return Place("area", of) if of else Place(kind, LAND if kind == "total" else "")
    return Place("unknown")


def _whole_of(known: Areas, name: str) -> str:
    """Return the area that 'Region Sjælland i alt' is, '' where it is none."""
    match = _WHOLE_OF.fullmatch(name.strip(" .:"))
    inner = match and (match["name"] or match["name2"])
    return next(iter(known.find([inner]).values()), "") if inner else ""


def _genitive(known: Areas, name: str, level: str) -> str:
    folded = fold(name)
    if not folded.endswith("s"):
        return ""
    found = known.find([folded.removesuffix("s").rstrip("'’")])
    area = next(iter(found.values()), "")
    return (_jobcentre_of(known, area) or area) if area and level == "jobcenter" else area
