"""What an entry of the catalogue says of a table at Jobindsats: its section `[jobindsats]`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from queries.indicators.faults import DefinitionError, check_keys

PERIOD_TYPES = {
    "M": r"[0-9]{4}M(0[1-9]|1[0-2])",
    "Q": r"[0-9]{4}Q[1-4]",
    "Y": r"[0-9]{4}",
}
"""The period types that the atlas can hold, each with the form of its ids."""


@dataclass(frozen=True)
class Roles:
    """Which measures of the table make one indicator, by their labels in the table's metadata.

    `numerator` is '' for an indicator that only has a share. `numerator_is_rounded` says that the
    count is a rounded amount (full-time persons), so that it may be off by a half.
    """

    indicator_id: str
    share: str
    share_decimals: int
    numerator: str = ""
    numerator_is_rounded: bool = False


@dataclass(frozen=True)
class JobindsatsSection:
    """How a table is asked for: area hierarchy, period type, and what it gives.

    `not_above` holds pairs of measures of which the first, summed over all rows, is never above
    the second: a check that values do not stand under each other's labels.
    """

    hierarchy: str
    period_type: str
    indicators: tuple[Roles, ...] = ()
    not_above: tuple[tuple[str, str], ...] = ()

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """The indicators that the table feeds; () while its labels are not known."""
        return tuple(one.indicator_id for one in self.indicators)


def parse_jobindsats(where: str, data: dict[str, Any]) -> JobindsatsSection:
    """Read a section; raises DefinitionError for a missing, empty or unknown key."""
    check_keys(where, data, JobindsatsSection, optional=("indicators", "not_above"))
    if data["period_type"] not in PERIOD_TYPES:
        raise DefinitionError(f"{where}: period_type must be one of {sorted(PERIOD_TYPES)}")
    roles = []
    for item in data.get("indicators", []):
        check_keys(where, item, Roles, optional=("numerator", "numerator_is_rounded"))
        roles.append(Roles(**item))
    pairs = [tuple(pair) for pair in data.get("not_above", [])]
    if any(len(pair) != 2 for pair in pairs):
        raise DefinitionError(f"{where}: not_above holds pairs")
    ids = [one.indicator_id for one in roles]
    if len(ids) != len(set(ids)):
        raise DefinitionError(f"{where}: an indicator twice")
    return JobindsatsSection(
        data["hierarchy"], data["period_type"], tuple(roles), tuple((a, b) for a, b in pairs)
    )
