"""Look an item up in its own data version, and say how it stands against the newest."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pages.language import synthetic
from pages.samraad import references
from pages.samraad.addresses import address, item_of
from pages.samraad.content import areas, documents, kommuner, over_time, parts, standing
from pages.samraad.content.facts import fingerprint
from pages.samraad.content.found import Found
from pages.samraad.content.items import checked
from pages.samraad.content.kinds import KINDS
from pages.samraad.model import Content, Item, Standing
from queries import Atlas, UserError

_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")

READERS: dict[str, Callable[[Atlas, Item], Found]] = {
    **areas.READERS,
    **parts.READERS,
    **over_time.READERS,
    **kommuner.READERS,
    **documents.READERS,
}


def look_up(atlas: Atlas, item: Item, seen: str = "") -> Content:
    """Return what an item holds in its own data version.

    Where the version is not kept here, it is what the newest data hold, `Content.version` says so,
    and `seen`, the fingerprint of the numbers as they were (`Entry.fingerprint`), tells whether
    they are the same. Raises UserError for an item that is none, and where its version has no such
    numbers.
    """
    item = checked(item)
    while True:  # until no new warehouse came between two questions
        version = atlas.version
        content = _looked_up(atlas, item, seen)
        if atlas.version == version:
            return content


def _looked_up(atlas: Atlas, item: Item, seen: str) -> Content:
    read = READERS[item.kind]
    frozen = atlas.at(item.version)
    if frozen is None:
        now = _now(atlas, item)
        return _content(atlas, item, now, standing.unknown(item.version, now, seen, atlas))
    checked(item, frozen)
    then = read(frozen, item)
    if frozen is atlas or item.version == atlas.version:
        return _content(frozen, item, then, standing.newest_version(atlas))
    then = _defined_then(then, item, frozen, atlas)
    return _content(frozen, item, then, _compared(then, frozen, atlas, item))


def _defined_then(then: Found, item: Item, frozen: Atlas, atlas: Atlas) -> Found:
    """Say where the definition told, which is today's, is not the one of the numbers."""
    indicator = item["indikator"]
    if not then.definition or frozen.definition_hash(indicator) == atlas.definition_hash(indicator):
        return then
    note = (
        f"Beskrivelsen af indikatoren er ændret siden dataversion {item.version}; den, der står "
        "her, er dagens."
    )
    return replace(then, notes=(*then.notes, note))


def _now(atlas: Atlas, item: Item) -> Found:
    """Return what the newest data hold in place of a version that is not kept here."""
    try:
        return READERS[item.kind](atlas, checked(item, atlas))
    except UserError as error:
        raise UserError(
            f"Dataversion {item.version} er ikke gemt her, og de nyeste data har ikke de tal. "
            f"{error}"
        ) from error


def _compared(then: Found, frozen: Atlas, atlas: Atlas, item: Item) -> Standing:
    try:
        now = READERS[item.kind](atlas, _of_the_same_month(item, then))
    except UserError:
        return standing.withdrawn()
    return standing.compared(then, now, frozen, atlas)


def _of_the_same_month(item: Item, then: Found) -> Item:
    """Return the item with its month: the one that is usual may be another in newer data."""
    if item["periode"] or then.follows is None or "periode" not in KINDS[item.kind].parameters:
        return item
    return item_of(item.kind, {**dict(item.parameters), "periode": then.follows[1]}, item.version)


def _content(atlas: Atlas, item: Item, found: Found, stands: Standing) -> Content:
    """Return the content: the one place where made-up numbers get their label."""
    known = atlas.sources()
    used = tuple(known[one] for one in found.source_ids)
    made_up = any(source.is_synthetic for source in used)
    whole = made_up and all(source.is_synthetic for source in used)
    here = address(item)
    sentence = _one_stop(found.sentence)
    if whole and sentence and not sentence.startswith(synthetic.BADGE):
        sentence = synthetic.marked(sentence, made_up=True)
    notes = tuple(map(_one_stop, found.notes))
    if made_up:
        notes = (f"{synthetic.WARNING}.", *notes)
        stands = Standing(
            stands.state,
            synthetic.marked(stands.text, made_up=True),
            synthetic.marked(stands.now, made_up=True) if stands.now else "",
        )
    return Content(
        item=item,
        title=_titled(found.title, made_up=made_up, whole=whole),
        subtitle=found.subtitle,
        sentence=sentence,
        alt=synthetic.marked(_one_stop(found.alt), made_up=made_up) if found.alt else "",
        sources=used,
        version=atlas.version,
        fingerprint=fingerprint(found.facts),
        standing=stands,
        period=found.period,
        table=found.table,
        chart=found.chart,
        svg=found.svg,
        definition=found.definition,
        notes=notes,
        made_up=made_up,
        label=synthetic.WARNING if made_up else "",
        address=here,
        citation=references.citation(
            used,
            period=found.period,
            sentence=sentence,
            version=atlas.version,
            address=here,
            made_up=made_up,
        ),
        further=found.further,
    )


def _one_stop(text: str) -> str:
    """Return a text whose sentences end once, also after 'pct.'."""
    return _STOPS.sub(".", text)


def _titled(title: str, *, made_up: bool, whole: bool) -> str:
    if made_up and not whole:
        return f"{title} (delvis syntetiske tal)"
    return synthetic.marked(title, made_up=made_up)
