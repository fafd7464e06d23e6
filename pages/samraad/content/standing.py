"""How an item's numbers stand against the newest data: the same, corrected, outdated or gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pages.frame import evidence
from pages.language import danish
from pages.samraad.content.facts import Fact, fingerprint
from pages.samraad.content.found import Found
from pages.samraad.model import Standing
from queries import Atlas, Source

MOST_TOLD = 3


def newest_version(atlas: Atlas) -> Standing:
    """Return the standing of what was seen in the version that is in force."""
    return Standing("current", f"Tallene er de nyeste (dataversion {atlas.version}).")


def unknown(version: str, now: Found, entry: str, atlas: Atlas) -> Standing:
    """Return the standing of numbers whose version is not kept here; `entry` is their fingerprint.

    The numbers told are then today's.
    """
    told = f"Dataversion {version} er ikke gemt her, så det er dagens tal, der vises"
    if not entry:
        return Standing(
            "unknown", f"{told} ({atlas.version}); om de er andre, end da de blev set, vides ikke."
        )
    if entry == fingerprint(now.facts):
        return Standing("unchanged", f"{told}; de er de samme, som da de blev set.")
    return Standing(
        "changed", f"{told}; de er ændret, siden de blev set, og hvad de var, er ikke gemt."
    )


def withdrawn() -> Standing:
    """Return the standing of what the newest data no longer have at all."""
    return Standing("withdrawn", "Tallene er trukket tilbage: de nyeste data har dem ikke.")


def compared(then: Found, now: Found, frozen: Atlas, atlas: Atlas) -> Standing:
    """Return how what was found then stands against what is found now."""
    sources = frozen.sources() | atlas.sources()
    said = now.sentence if now.sentence != then.sentence else ""
    changes, moved = _apart(_changes(then, now))
    newer = moved or _newer_period(then, frozen, atlas)
    if not changes:
        if newer:
            text = f"Tallene er uændrede, men der er kommet nyere tal: {newer}."
            return Standing("superseded", text, said)
        return Standing(
            "unchanged",
            f"Tallene er de samme i de nyeste data (dataversion {atlas.version}).",
            said,
        )
    own = [one for one in changes if then.marked and then.marked in (one[0] or _NOBODY).key]
    gone = all(after is None or not _shown(after) for _, after in own or changes)
    was_there = any(before is not None and _shown(before) for before, _ in own or changes)
    more = f" Der er også kommet nyere tal: {newer}." if newer else ""
    if gone and was_there:
        return Standing("withdrawn", f"{_told('Trukket tilbage', changes, sources)}{more}", said)
    vintage = _vintage(changes, sources)
    if vintage is not None:
        told = f"Erstattet af en nyere udgave, {evidence.reference(vintage)}"
        return Standing("superseded", f"{_told(told, changes, sources, named=False)}{more}", said)
    corrected = any(_corrects(sources, before, after) for before, after in changes)
    word = "Rettet" if corrected else "Ændret"
    return Standing("changed", f"{_told(word, changes, sources)}{more}", said)


Change = tuple[Fact | None, Fact | None]


def _changes(then: Found, now: Found) -> list[Change]:
    """Return what differs in number or source, the reader's own area first."""
    before = {fact.key: fact for fact in then.facts}
    after = {fact.key: fact for fact in now.facts}
    found = [
        (before.get(key), after.get(key))
        for key in dict.fromkeys([*before, *after])
        if fingerprint([f for f in (before.get(key),) if f])
        != fingerprint([f for f in (after.get(key),) if f])
    ]
    own = then.marked
    return sorted(found, key=lambda one: own not in (one[0] or one[1] or _NOBODY).key)


def _apart(changes: list[Change]) -> tuple[list[Change], str]:
    """Return the changes without those that are a later month of the same, and that month.

    A profile has the month that each indicator's page opens with, which newer data may move.
    """
    later = {
        (after.key[0], after.key[1]): after.key[2]
        for before, after in changes
        if before is None and after is not None and len(after.key) > 3
    }
    earlier = {
        (before.key[0], before.key[1]): before.key[2]
        for before, after in changes
        if after is None and before is not None and len(before.key) > 3
    }
    moved = {key for key, month in earlier.items() if month < later.get(key, "")}
    rest = [one for one in changes if (one[0] or one[1] or _NOBODY).key[:2] not in moved]
    newest = max((later[key] for key in moved), default="")
    return rest, danish.period(newest) if newest else ""


_NOBODY = Fact((), "", "", (), "")


def _shown(fact: Fact) -> bool:
    return fact.key[0] in ("udsagn", "initiativ", "kilde") or fact.numbers[0] == "shown"


def _told(
    word: str, changes: Sequence[Change], sources: Mapping[str, Source], *, named: bool = True
) -> str:
    different = [one for one in changes if _text(one)]
    told = [_text(one) for one in different[:MOST_TOLD]]
    rest = len(different) - len(told)
    more = f" og {danish.number(rest)} {'andet tal' if rest == 1 else 'andre tal'}" if rest else ""
    by = dict.fromkeys(
        evidence.reference(sources[after.source_id])
        for before, after in changes
        if after is not None and (before is None or before.source_id != after.source_id)
    )
    after = f", efter {danish.listing(list(by))}" if by and named else ""
    if not told:
        return f"{word}: tallene er de samme, men kilden er en anden{after}."
    return f"{word}: {'; '.join(told)}{more}{after}."


def _text(change: Change) -> str:
    """Return a difference in words, '' where only the source is another."""
    before, after = change
    if before is None and after is not None:
        return f"{after.name}: {after.told} er ny"
    if before is None:
        return ""
    if after is None:
        return f"{before.name}: {before.told} er ikke med mere"
    if before.told == after.told:
        return "" if before.numbers == after.numbers else f"{before.name}: {after.told} (afrundet)"
    return f"{before.name}: {before.told} er nu {after.told}"


def _vintage(changes: Sequence[Change], sources: Mapping[str, Source]) -> Source | None:
    """Return the source of which all new numbers are, where it is a newer vintage of the series."""
    found = set()
    for before, after in changes:
        if before is None or after is None or before.source_id == after.source_id:
            return None
        old, new = sources[before.source_id], sources[after.source_id]
        if not old.series or old.series != new.series or new.corrects == old.source_id:
            return None
        found.add(after.source_id)
    return sources[found.pop()] if len(found) == 1 else None


def _corrects(sources: Mapping[str, Source], before: Fact | None, after: Fact | None) -> bool:
    if before is None or after is None:
        return False
    one: str | None = after.source_id
    seen: list[str] = []
    while one is not None and one in sources and one not in seen:
        if one == before.source_id:
            return len(seen) > 0
        seen.append(one)
        one = sources[one].corrects
    return False


def _newer_period(then: Found, frozen: Atlas, atlas: Atlas) -> str:
    """Return a period in words that the series has got since, '' where there is none."""
    if then.follows is None:
        return ""
    indicator_id, period, kind = then.follows
    if kind == "synthetic" or indicator_id not in {**atlas.indicators, **atlas.further}:
        return ""
    real = {
        one
        for of in ("published", "api", "file", "register")
        for one in atlas.periods(indicator_id, of)
    }
    known = set(frozen.periods(indicator_id))
    newer = sorted(one for one in real - known if one > period)
    return danish.period(newer[-1]) if newer else ""
