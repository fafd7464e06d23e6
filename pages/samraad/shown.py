"""What the page says of each entry of a folder: looked up one at a time, never all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from pages.frame import evidence
from pages.frame.errors import incident
from pages.samraad import content
from pages.samraad.documents.headings import kinds_told
from pages.samraad.documents.packing import one_line
from pages.samraad.folder import Refused
from pages.samraad.model import Briefing, Chapter, Content, Entry, Folder, Item
from queries import Atlas, UserError

DRAWING = "/samraad/tegning.svg"
FAILED = (
    "Posten kunne ikke slås op på grund af en fejl i programmet. Resten af mappen virker. Hvis "
    "fejlen bliver ved, så oplys hændelsesnummer {} til den, der driver løsningen."
)


@lru_cache(maxsize=512)
def looked_up(atlas: Atlas, _version: str, item: Item, seen: str) -> Content:
    """Return what an item holds; remembered, since each key press of the reader's may ask again."""
    return content.look_up(atlas, item, seen)


def shown(atlas: Atlas, slot: Entry | Refused) -> dict[str, Any]:
    """Return what the component is told of an entry; of one that cannot be had, why (`e`)."""
    if isinstance(slot, Refused):
        return {"e": slot.why}
    kind = content.KINDS[slot.item.kind].title
    try:
        found = looked_up(atlas, atlas.version, slot.item, slot.fingerprint)
    except UserError as error:
        return {"t": kind, "e": str(error)}
    except Exception as error:  # one bad entry never takes the page down
        return {"t": kind, "e": FAILED.format(incident(error))}
    told = {
        "t": found.title,
        "u": f"{kind}. {found.subtitle}" if found.subtitle else kind,
        "s": found.sentence,
        "l": found.label,
        "g": [found.standing.state, found.standing.text, found.standing.now],
        "q": sources_line(found),
        "v": found.version,
        "a": found.address,
        "k": found.fingerprint,
    }
    if found.svg is not None:
        told |= {"d": content.address(slot.item, DRAWING), "b": found.alt}
    return told


def sources_line(found: Content) -> str:
    """Return the documents behind an entry, the made-up ones named as such."""
    names = "; ".join(evidence.reference(source) for source in found.sources)
    return f"Kilde: {names}." if names else ""


def briefing(
    atlas: Atlas,
    folder: Folder,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    *,
    host: str = "",
) -> tuple[Briefing, list[str]]:
    """Return the folder looked up, and a Danish sentence for each entry that was left out.

    `host` goes in front of the permanent addresses: on paper they have no page that they are of.
    """
    chapters: list[Chapter] = []
    left_out: list[str] = []
    for at, entry in enumerate(folder.entries, 1):
        found = shown(atlas, entry)
        if "e" in found:
            left_out.append(f"Post {at} er ikke med: {found['e']}")
        else:
            looked = looked_up(atlas, atlas.version, entry.item, entry.fingerprint)
            chapters.append(Chapter(entry, _reachable(looked, host)))
        progress(at, len(folder.entries))
    return Briefing(folder, tuple(chapters), atlas.version), left_out


def _reachable(found: Content, host: str) -> Content:
    if not (host and found.address):
        return found
    whole = f"{host}{found.address}"
    cited = found.citation.replace(found.address, whole)
    return replace(found, address=whole, citation=cited)


def all_shown(atlas: Atlas, slots: Sequence[Entry | Refused]) -> list[dict[str, Any]]:
    """Return what the component is told of all entries, in their order.

    `n` follows the heading of those that are called the same.
    """
    told = [shown(atlas, slot) for slot in slots]
    there = [
        (one, slot)
        for one, slot in zip(told, slots, strict=True)
        if isinstance(slot, Entry) and "t" in one
    ]
    named = [(one_line(slot.heading) or one["t"], slot.item.kind) for one, slot in there]
    for (one, _), kind in zip(there, kinds_told(named), strict=True):
        one["n"] = kind
    return told
