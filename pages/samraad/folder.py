"""A samrådsmappe as text: read from a browser or a file that nobody vouches for, and written.

The folder's only home is the reader's browser. What comes from there, or from a file that a
colleague sent, is judged here before it counts: types, lengths and sizes, unknown keys, characters
that no document can hold. Texts are plain: whatever looks like HTML is just text.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pages.language import synthetic
from pages.language.folding import tokens
from pages.samraad.content import checked
from pages.samraad.model import Entry, Folder, Item
from queries import UserError

FORMAT, EDITION = "indsatsatlas-samraad", 1
SUFFIX = ".samraad.json"
MOST_BYTES = 200_000
MOST_ENTRIES = 100
MOST_PARAMETERS = 20
LINE, PARAGRAPHS, COMMENT, ANSWER, VALUE = 200, 10_000, 5_000, 60_000, 600
"""The longest texts, in characters: headings, the question, a comment, the answer, a parameter."""

TEXTS = {
    "titel": ("title", LINE),
    "betegnelse": ("reference", LINE),
    "spoergsmaal": ("question", PARAGRAPHS),
    "svar": ("answer", ANSWER),
}
"""The folder's own texts: their names here and in the model, and how long they may be."""

OWN = ("format", "udgave", *TEXTS, "poster")
OF_AN_ENTRY = (
    "slags",
    "parametre",
    "data",
    "lagt_i",
    "overskrift",
    "kommentar",
    "fingeraftryk",
)
NAMED = {
    "titel": "titlen",
    "betegnelse": "betegnelsen",
    "spoergsmaal": "spørgsmålet",
    "svar": "svaret",
    "overskrift": "overskriften",
    "kommentar": "kommentaren",
}
MANY_LINES = {"spoergsmaal", "svar", "kommentar"}

_NAME = re.compile(r"[a-z_]{1,40}")
_FINGERPRINT = re.compile(r"[0-9A-Za-z:._-]{0,128}")
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, halves of characters and those that XML, and so no document, can hold."""
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Refused:
    """An entry that cannot be read, and why in a Danish sentence."""

    why: str


@dataclass(frozen=True)
class Reading:
    """What could be read of a folder: `slots` are its entries in order, the refused among them.

    `problems` are Danish sentences about the folder as a whole.
    """

    folder: Folder
    slots: tuple[Entry | Refused, ...] = ()
    problems: tuple[str, ...] = ()


def parse(text: str | bytes) -> Folder:
    """Return the folder that `text` holds, all of it.

    Raises UserError, which says what is wrong, where, and what was expected.
    """
    given = _loaded(text)
    texts = {ours: _text(given, name, most, "Mappen") for name, (ours, most) in TEXTS.items()}
    rows = _rows(given)
    entries = [_entry(row, _place(at)) for at, row in enumerate(rows, 1)]
    return Folder(**texts, entries=tuple(entries))


def read(text: str | bytes) -> Reading:
    """Return what can be read of `text`: one bad entry or text hides no other."""
    problems: list[str] = []

    def attempt(make: Callable[[], Any], instead: Any) -> Any:
        try:
            return make()
        except UserError as error:
            problems.append(str(error))
            return instead

    given = attempt(lambda: _loaded(text), None)
    if given is None:
        return Reading(Folder(), problems=tuple(problems))
    texts = {
        ours: attempt(lambda name=name, most=most: _text(given, name, most, "Mappen"), "")  # type: ignore[misc]
        for name, (ours, most) in TEXTS.items()
    }
    slots: list[Entry | Refused] = []
    for at, row in enumerate(attempt(lambda: _rows(given), []), 1):
        try:
            slots.append(_entry(row, _place(at)))
        except UserError as error:
            slots.append(Refused(str(error)))
    entries = tuple(slot for slot in slots if isinstance(slot, Entry))
    return Reading(Folder(**texts, entries=entries), tuple(slots), tuple(problems))


def as_json(folder: Folder) -> str:
    """Return the folder as text; `parse` gives it back."""
    return json.dumps(as_record(folder), ensure_ascii=False)


def as_record(folder: Folder) -> dict[str, Any]:
    """Return the folder as the object that its text holds."""
    own = {name: getattr(folder, ours) for name, (ours, _) in TEXTS.items()}
    entries = [entry_record(entry) for entry in folder.entries]
    return {"format": FORMAT, "udgave": EDITION, **own, "poster": entries}


def entry_record(entry: Entry) -> dict[str, Any]:
    """Return one entry as it stands in the text."""
    return {
        "slags": entry.item.kind,
        "parametre": dict(entry.item.parameters),
        "data": entry.item.version,
        "lagt_i": entry.added_on.isoformat(),
        "overskrift": entry.heading,
        "kommentar": entry.comment,
        "fingeraftryk": entry.fingerprint,
    }


def file_name(folder: Folder, extension: str, *, made_up: bool, more: str = "") -> str:
    """Return what a file made of a folder is called: 'samraad_<title>_SYNTETISK.docx'."""
    slug = "-".join(tokens(folder.title or folder.reference))[:60].strip("-") or "mappe"
    return f"samraad_{slug}{more}{synthetic.FILE_LABEL if made_up else ''}.{extension}"


def _loaded(text: str | bytes) -> Mapping[str, Any]:
    """Return the object that a text holds, with our format and only keys of ours."""
    octets = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(octets) > MOST_BYTES:
        raise UserError(
            f"Mappen fylder {len(octets) // 1000} kB, men må højst fylde {MOST_BYTES // 1000} kB. "
            "Fjern nogle poster, eller forkort teksterne."
        )
    what = f"Filen er ikke en samrådsmappe: Der ventes en fil, der ender på {SUFFIX}"
    given: Any = None
    try:
        given = json.loads(octets.decode("utf-8-sig"), parse_constant=_never)
    except (ValueError, RecursionError):
        raise UserError(f"{what} og er gemt fra siden Samråd.") from None
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise UserError(f"{what}, med »format«: »{FORMAT}«.")
    if type(given.get("udgave")) is not int or given["udgave"] != EDITION:
        raise UserError(
            f"Mappen er af en anden udgave end {EDITION}, som er den, siden kan læse. Åbn den i "
            "det atlas, den er gemt fra."
        )
    _only(given, OWN, "Mappen")
    return given


def _never(_: str) -> None:
    raise ValueError


def _rows(given: Mapping[str, Any]) -> list[Any]:
    rows = given.get("poster", [])
    if not isinstance(rows, list):
        raise UserError("Mappens poster (»poster«) skal være en liste.")
    if len(rows) > MOST_ENTRIES:
        raise UserError(
            f"Mappen har {len(rows)} poster, men må højst have {MOST_ENTRIES}. Fjern nogle, eller "
            "del den i to."
        )
    return rows


def _place(at: int) -> str:
    return f"Post {at}"


def _entry(given: Any, place: str) -> Entry:
    if not isinstance(given, dict):
        raise UserError(f"{place} kan ikke læses: Der ventes slags, parametre og dataversion.")
    _only(given, OF_AN_ENTRY, place)
    kind = given.get("slags")
    version = given.get("data")
    if not isinstance(kind, str) or not isinstance(version, str):
        raise UserError(f"{place} mangler slags (»slags«) eller dataversion (»data«).")
    fingerprint = given.get("fingeraftryk", "")
    if not isinstance(fingerprint, str) or not _FINGERPRINT.fullmatch(fingerprint):
        raise UserError(f"{place} har et fingeraftryk, der ikke er en kode.")
    try:
        item = checked(Item(kind, _parameters(given.get("parametre"), place), version))
    except UserError as error:
        raise UserError(
            str(error) if str(error).startswith(place) else f"{place}: {error}"
        ) from None
    return Entry(
        item=item,
        added_on=_day(given.get("lagt_i"), place),
        heading=_text(given, "overskrift", LINE, place),
        comment=_text(given, "kommentar", COMMENT, place),
        fingerprint=fingerprint,
    )


def _parameters(given: Any, place: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(given, dict) or len(given) > MOST_PARAMETERS:
        raise UserError(
            f"{place} har ikke læselige parametre: Der ventes højst {MOST_PARAMETERS} navne med "
            "hver sin tekst, fx indikator og periode."
        )
    for name, value in given.items():
        plain = isinstance(value, str) and len(value) <= VALUE and value == _clean(value)
        if not _NAME.fullmatch(name) or not plain or "\n" in value or "\t" in value:
            raise UserError(
                f"{place} har en parameter, der ikke kan læses ({_shown(name)}): Der ventes et "
                f"navn med små bogstaver og en tekst på højst {VALUE} tegn."
            )
    return _pairs(given)


def _pairs(parameters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in parameters.items() if value))


def _day(given: Any, place: str) -> dt.date:
    if isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
        try:
            return dt.date.fromisoformat(given)
        except ValueError:
            pass
    raise UserError(f"{place} har ingen dag for, hvornår den blev lagt i (»lagt_i«: ÅÅÅÅ-MM-DD).")


def _text(given: Mapping[str, Any], name: str, most: int, place: str) -> str:
    """Return one text, cleaned of what no document can hold."""
    text = given.get(name, "")
    if not isinstance(text, str):
        raise UserError(f"{place}: {NAMED[name]} (»{name}«) skal være en tekst.")
    cleaned = _clean(text)
    if name not in MANY_LINES:
        cleaned = re.sub(r"[\n\t]", " ", cleaned)
    if len(cleaned) > most:
        raise UserError(
            f"{place}: {NAMED[name]} er på {len(cleaned)} tegn, men må højst være på {most}. "
            "Forkort teksten."
        )
    return cleaned


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", _BREAKS.sub("\n", text))


def _only(given: Mapping[str, Any], known: Collection[str], place: str) -> None:
    if unknown := [name for name in given if name not in known]:
        raise UserError(
            f"{place} indeholder noget, siden ikke kender ({_shown(unknown[0])}). Kendt er "
            f"{', '.join(known)}."
        )


def _shown(value: object) -> str:
    """Return what was met as far as it is a plain word: it is repeated on the page."""
    plain = isinstance(value, str) and re.fullmatch(r"[\w-]{1,30}", value)
    return f"»{value}«" if plain else "ikke et ord"
