"""Faults in indicator files, which are ours and not a user's, and the check of their keys."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any


class DefinitionError(ValueError):
    """An indicator file is incomplete or has a key nobody reads; a fault of ours, not a user's."""


def check_keys(
    where: str, data: dict[str, Any], shape: type, *, optional: Collection[str] = ()
) -> None:
    """Raise DefinitionError unless `data` has exactly the fields of `shape`, none of them empty."""
    fields = set(shape.__dataclass_fields__)  # type: ignore[attr-defined]  # all are dataclasses
    wanted = fields - set(optional)
    if missing := wanted - set(data):
        raise DefinitionError(f"{where}: missing {sorted(missing)}")
    if unknown := set(data) - fields:
        raise DefinitionError(f"{where}: unknown {sorted(unknown)}")
    if empty := [key for key in wanted if data[key] in ("", (), [])]:
        raise DefinitionError(f"{where}: empty {sorted(empty)}")
