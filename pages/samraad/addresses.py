"""The permanent addresses of items: what is shown, and the data version that it was seen in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from pages.samraad.model import Item

PATH = "/henvisning"
KIND, VERSION = "slags", "data"
"""The parameters beside those of the item itself."""


_HOST = re.compile(r"[A-Za-z0-9._-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


def host_of(url: str | None) -> str:
    """Return what the addresses of a reader's page begin with ('https://atlas.dk'), else ''."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def address(item: Item, path: str = PATH) -> str:
    """Return the permanent address of an item, without a host; `path` is of another form of it."""
    query = {KIND: item.kind, **dict(item.parameters), VERSION: item.version}
    return f"{path}?{urlencode(query, safe=',')}"


def item_of(kind: str, parameters: Mapping[str, str], version: str) -> Item:
    """Return the item of known parts; what somebody has written is for `content.made`."""
    return Item(kind, tuple(sorted((k, v) for k, v in parameters.items() if v)), version)
