"""What kinds of source there are, and which periods have made-up numbers only."""

from __future__ import annotations

from queries import Atlas, SourceKind

KINDS: dict[str, SourceKind] = {
    "offentliggjort": "published",
    "register": "register",
    "hentet": "api",
    "fil": "file",
    "syntetisk": "synthetic",
}
"""The kinds that an address can ask for (`kilde`)."""

REAL: tuple[SourceKind, ...] = ("published", "api", "file", "register")


def only_made_up(atlas: Atlas, indicator_id: str) -> set[str]:
    """Return the indicator's periods for which nothing but synthetic numbers exists."""
    real = {period for kind in REAL for period in atlas.periods(indicator_id, kind)}
    return set(atlas.periods(indicator_id)) - real
