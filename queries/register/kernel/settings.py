"""The choices of a run as the compiled loops take them."""

from __future__ import annotations

from typing import NamedTuple

from queries.register.choices import Choices
from queries.register.kernel.timeline import OWN_CODE, OWN_KOMMUNE


class Settings(NamedTuple):
    """Whole numbers and flags; `benefits` listed ones, `kommuner` with the unknown one last.

    `steps` is one more than the months.
    """

    benefits: int
    kommuner: int
    steps: int
    needed: int
    gap: int
    elapsed: bool
    own: int
    precedence: bool
    last_week: bool
    year_by_week: bool


def settings(choices: Choices, *, benefits: int, kommuner: int, months: int) -> Settings:
    """Return the settings that follow from the choices."""
    own = OWN_KOMMUNE * (choices.kommune_course == "restarts")
    own |= OWN_CODE * (choices.codes == "separate")
    return Settings(
        benefits=benefits,
        kommuner=kommuner,
        steps=months + 1,
        needed=choices.seniority_weeks,
        gap=max(choices.longest_gap, 0),
        elapsed=choices.seniority == "elapsed",
        own=own,
        precedence=choices.overlap == "precedence",
        last_week=choices.snapshot_week == "last",
        year_by_week=choices.year_anchor == "snapshot_week",
    )
