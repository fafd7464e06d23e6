"""Items looked up in the data version that they were seen in: `look_up` is what all else asks.

`KINDS` says what there is, `made` and `checked` make items of somebody's text, and `address` gives
the permanent address of one.
"""

from __future__ import annotations

from pages.samraad.addresses import PATH, address
from pages.samraad.content.items import checked, from_query, made
from pages.samraad.content.kinds import KINDS, Kind
from pages.samraad.content.look_up import look_up

__all__ = ["KINDS", "PATH", "Kind", "address", "checked", "from_query", "look_up", "made"]
