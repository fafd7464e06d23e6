"""The permanent addresses of items: what is shown, and the data version that it was seen in."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from pages.samraad.model import Item

PATH = "/henvisning"
KIND, VERSION = "slags", "data"
"""The parameters beside those of the item itself."""


def address(item: Item, path: str = PATH) -> str:
    """Return the permanent address of an item, without a host; `path` is of another form of it."""
    query = {KIND: item.kind, **dict(item.parameters), VERSION: item.version}
    return f"{path}?{urlencode(query, safe=',')}"


def item_of(kind: str, parameters: Mapping[str, str], version: str) -> Item:
    """Return the item of known parts; what somebody has written is for `content.made`."""
    return Item(kind, tuple(sorted((k, v) for k, v in parameters.items() if v)), version)
