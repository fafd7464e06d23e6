"""What may be asked for, and what is said of a wrong question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from queries.cells import WHOLE
from queries.errors import UserError
from queries.indicators.definition import Indicator

Level = Literal["land", "region", "landsdel", "kommune", "jobcenter"]
LEVELS: tuple[Level, ...] = get_args(Level)
SourceKind = Literal["published", "api", "file", "register", "synthetic"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


def unknown(what: str, given: str, known: Iterable[str]) -> UserError:
    """Return the error for something that is not known: what it is, and what there is."""
    choices = ", ".join(known)
    return UserError(
        f"Ukendt {what}: {given[:40]!r}." + (f" Vælg mellem: {choices}." if choices else "")
    )


def check_level(given: Level) -> None:
    """Raise UserError for what is no level."""
    if given not in LEVELS:
        raise unknown("niveau", given, LEVELS)


def check_kind(given: SourceKind | None) -> SourceKind | None:
    """Return a kind of source as it is; raises UserError for what is none."""
    if given is not None and given not in SOURCE_KINDS:
        raise unknown("kildeart", given, SOURCE_KINDS)
    return given


def check_breakdown(indicator: Indicator, breakdown: str) -> None:
    """Raise UserError for what is no breakdown of the indicator."""
    if breakdown != WHOLE and breakdown not in indicator.breakdowns:
        raise unknown("opdeling", breakdown, (WHOLE, *indicator.breakdowns))
