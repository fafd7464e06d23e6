"""Where an item is seen today: the page that it comes from, with the same choices."""

from __future__ import annotations

from pages.frame import links
from pages.sammenligning.measures import subjects
from pages.samraad.content import KINDS
from pages.samraad.model import Item
from queries import Atlas

CHOICES = ("periode", "niveau", "omraade", "kommune", "sortering", "kort", "klasser", "mod")


def page(atlas: Atlas, item: Item) -> str | None:
    """Return the address of the page with the item's own choices, None where it has no page."""
    kind = KINDS[item.kind]
    if kind.page:
        chosen = {name: item[name] or None for name in ("kommune", "fagfaeller", "sammenlign")}
        chosen["niveau"] = item["niveau"] or None
        return links.address(kind.page, **{k: v for k, v in chosen.items() if v})
    subject = subjects(atlas, atlas.version).get(item["indikator"])
    if subject is None or subject.page is None or subject.measure is None:
        return None
    first = subject.page.measures[0].name
    measure = subject.measure.name
    chosen = {name: item[name] or None for name in CHOICES}
    chosen["maal"] = measure if measure != first else None
    return links.address(subject.page.path, **{k: v for k, v in chosen.items() if v})
