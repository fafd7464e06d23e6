"""What an indicator means: one TOML file each, read and checked here."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queries.indicators.alternatives import Alternatives, CoarserGroup, parse_alternatives
from queries.indicators.faults import DefinitionError, check_keys
from queries.indicators.register import Breakdown, Register, parse_register
from queries.register.choices import CHOICES

__all__ = [
    "Alternatives",
    "Breakdown",
    "CoarserGroup",
    "DefinitionError",
    "DisclosureRule",
    "Format",
    "Indicator",
    "Register",
    "files",
    "load_indicators",
    "parse",
]

ONLY_HIDING = Alternatives()
FOLDER = Path(__file__).parent
POLARITIES = ("lower_is_better", "higher_is_better", "neutral")
BOTH, ONLY_SHARE, ONLY_COUNT = FORMS = ("count_and_share", "share_only", "count_only")
"""What an indicator's cells hold: a number of people and its share, or one of the two alone."""


@dataclass(frozen=True)
class Format:
    """How the indicator's numbers are written and classed on maps (`class_breaks` in pct.)."""

    share_decimals: int
    few_people_below: int
    class_breaks: tuple[float, ...]


@dataclass(frozen=True)
class DisclosureRule:
    """The primary rule: counts below `threshold` are hidden, zero too unless `zeros_are_shown`.

    `alternatives` are what the data owner allows beside hiding.
    """

    threshold: int
    zeros_are_shown: bool
    rule: str
    alternatives: Alternatives = ONLY_HIDING


@dataclass(frozen=True)
class Indicator:
    """One indicator as its file defines it; texts are Danish and meant for users.

    Indicators of one `family` stand on one page and are chosen between there. `register` is
    None for an indicator that is only ever published by others. `form` is one of FORMS.
    """

    indicator_id: str
    family: str
    title: str
    short_title: str
    question: str
    unit: str
    sentence: str
    polarity: str
    numerator: str
    denominator: str
    definition: str
    caveats: tuple[str, ...]
    format: Format
    disclosure: DisclosureRule
    register: Register | None = None
    form: str = BOTH
    opens_on: str = ""
    """The month shown first while all numbers are made up: the one that documents tell of."""
    rounded_caveats: tuple[str, ...] = ()
    """Those of `caveats` that are true of rounded shares alone, and not where people are counted:
    what a table of whole per cent leaves unknown."""

    @property
    def open_choices(self) -> tuple[str, ...]:
        """What the definition leaves open, each with the answer used here; Danish sentences."""
        return self.register.open_choices if self.register else ()

    @property
    def breakdowns(self) -> dict[str, str]:
        """The breakdowns published beside 'alle', with their Danish titles."""
        parts = self.register.breakdowns if self.register else ()
        return {part.breakdown_id: part.title for part in parts}

    @property
    def limited(self) -> dict[str, tuple[str, ...]]:
        """The breakdowns that are published at some levels only, with these levels."""
        parts = self.register.breakdowns if self.register else ()
        return {part.breakdown_id: part.levels for part in parts if part.levels}


def load_indicators() -> dict[str, Indicator]:
    """Return all indicators by id, in the order of their file names.

    Raises DefinitionError for a missing, empty or unknown key, and for a choice of the register
    that no indicator says it depends on.
    """
    found = {path.stem: parse(path.stem, path.read_text("utf-8")) for path in files()}
    used = {name for one in found.values() if one.register for name in one.register.choices}
    if forgotten := sorted(set(CHOICES) - used):
        raise DefinitionError(f"no indicator depends on the choices {forgotten}")
    return found


def files() -> list[Path]:
    """Return the indicator files, sorted."""
    return sorted(FOLDER.glob("*.toml"))


def parse(indicator_id: str, text: str) -> Indicator:
    """Read one indicator file's text; see `load_indicators`."""
    data = tomllib.loads(text)
    form = _section(indicator_id, data, "format", Format)
    form["class_breaks"] = tuple(form["class_breaks"])
    rule = _section(indicator_id, data, "disclosure", DisclosureRule, optional=("alternatives",))
    data["rounded_caveats"] = tuple(data.get("rounded_caveats", ()))
    data["caveats"] = (*data.get("caveats", ()), *data["rounded_caveats"])
    data |= {
        "indicator_id": indicator_id,
        "format": Format(**form),
    }
    if "register" in data:
        data["register"] = parse_register(f"{indicator_id}.register", data["register"])
    register = data.get("register")
    adding_up = register.breakdowns if register and register.breakdowns_add_up else ()
    rule["alternatives"] = parse_alternatives(
        f"{indicator_id}.disclosure.alternatives",
        rule.get("alternatives", {}),
        [part.breakdown_id for part in adding_up],
        threshold=rule["threshold"],
        zeros_are_shown=rule["zeros_are_shown"],
    )
    data["disclosure"] = DisclosureRule(**rule)
    optional = ("register", "form", "opens_on", "rounded_caveats")
    check_keys(indicator_id, data, Indicator, optional=optional)
    if data["polarity"] not in POLARITIES:
        raise DefinitionError(f"{indicator_id}: polarity must be one of {POLARITIES}")
    if data.get("form", BOTH) not in FORMS:
        raise DefinitionError(f"{indicator_id}: form must be one of {FORMS}")
    if register and data.get("form", BOTH) != BOTH:
        raise DefinitionError(f"{indicator_id}: what is counted from a register has both numbers")
    if list(data["format"].class_breaks) != sorted(set(data["format"].class_breaks)):
        raise DefinitionError(f"{indicator_id}: class_breaks must rise")
    return Indicator(**data)


def _section(
    indicator_id: str,
    data: dict[str, Any],
    name: str,
    shape: type,
    optional: Collection[str] = (),
) -> dict[str, Any]:
    section = dict(data.get(name, {}))
    check_keys(f"{indicator_id}.{name}", section, shape, optional=optional)
    return section
