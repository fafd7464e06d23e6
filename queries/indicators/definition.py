"""What an indicator means: one TOML file each, read and checked here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
POLARITIES = ("lower_is_better", "higher_is_better", "neutral")


class DefinitionError(ValueError):
    """An indicator file is incomplete or has a key nobody reads; a fault of ours, not a user's."""


@dataclass(frozen=True)
class Format:
    """How the indicator's numbers are written and classed on maps (`class_breaks` in pct.)."""

    share_decimals: int
    few_people_below: int
    class_breaks: tuple[float, ...]


@dataclass(frozen=True)
class DisclosureRule:
    """The primary rule: counts below `threshold` are hidden, zero too unless `zeros_are_shown`."""

    threshold: int
    zeros_are_shown: bool
    rule: str


@dataclass(frozen=True)
class Indicator:
    """One indicator as its file defines it; texts are Danish and meant for users."""

    indicator_id: str
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
    open_choices: tuple[str, ...]
    format: Format
    disclosure: DisclosureRule


def load_indicators() -> dict[str, Indicator]:
    """Return all indicators by id, in the order of their file names.

    Raises DefinitionError for a missing, empty or unknown key.
    """
    return {path.stem: parse(path.stem, path.read_text("utf-8")) for path in files()}


def files() -> list[Path]:
    """Return the indicator files, sorted."""
    return sorted(FOLDER.glob("*.toml"))


def parse(indicator_id: str, text: str) -> Indicator:
    """Read one indicator file's text; see `load_indicators`."""
    data = tomllib.loads(text)
    form = _section(indicator_id, data, "format", Format)
    form["class_breaks"] = tuple(form["class_breaks"])
    rule = _section(indicator_id, data, "disclosure", DisclosureRule)
    for name in ("caveats", "open_choices"):
        data[name] = tuple(data.get(name, ()))
    data |= {
        "indicator_id": indicator_id,
        "format": Format(**form),
        "disclosure": DisclosureRule(**rule),
    }
    _check_keys(indicator_id, data, Indicator)
    if data["polarity"] not in POLARITIES:
        raise DefinitionError(f"{indicator_id}: polarity must be one of {POLARITIES}")
    if list(data["format"].class_breaks) != sorted(set(data["format"].class_breaks)):
        raise DefinitionError(f"{indicator_id}: class_breaks must rise")
    return Indicator(**data)


def _section(indicator_id: str, data: dict[str, Any], name: str, shape: type) -> dict[str, Any]:
    section = dict(data.get(name, {}))
    _check_keys(f"{indicator_id}.{name}", section, shape)
    return section


def _check_keys(where: str, data: dict[str, Any], shape: type) -> None:
    wanted = set(shape.__dataclass_fields__)  # type: ignore[attr-defined]  # all are dataclasses
    if missing := wanted - set(data):
        raise DefinitionError(f"{where}: missing {sorted(missing)}")
    if unknown := set(data) - wanted:
        raise DefinitionError(f"{where}: unknown {sorted(unknown)}")
    if empty := [key for key in wanted if data[key] in ("", (), [])]:
        raise DefinitionError(f"{where}: empty {sorted(empty)}")
