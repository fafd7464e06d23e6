"""How an indicator is counted from a register: the section [register] of its file, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from queries.indicators.faults import DefinitionError, check_keys
from queries.register.choices import CHOICES, Choices

PARTICIPATION = ("every_kommune", "some_kommuner")
LIMITED_TO = (("land",), ("land", "region"))
"""The levels that a breakdown may be limited to, see `queries.register.limited`."""


@dataclass(frozen=True)
class Breakdown:
    """A part of the indicator that is published too: its id, Danish title and counted name.

    `levels` are the only levels it is published at; empty for all of them.
    """

    breakdown_id: str
    title: str
    counted_as: str
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """What of the register's counts the indicator is, and which choices it depends on.

    `breakdown` is the one published as 'alle'; `breakdowns` are published beside it.
    `breakdowns_add_up` says that they divide the denominator between them. Those with `levels` are
    two, overlap, and are the whole indicator together. `participation` says
    whether an area without a single person in any month is one that the matter does not concern.
    `parameters` are the choices that a document settles, with the value the numbers are made with.
    `optional` says that a register may hold nobody of the kind, and then has no such indicator.
    Indicators with the same `people` are shares of the same persons, if the choices are those of
    `people_where`, else of some of them; `within` is the indicator whose persons all of this one's
    are among. `rest_holds` names `people` of others who are all outside this one's numerator, and
    with the choices of `rest_is_where` are all who are outside.
    """

    measure: str
    breakdown: str
    participation: str
    choices: tuple[str, ...]
    parameters: tuple[tuple[str, object], ...]
    breakdowns: tuple[Breakdown, ...] = ()
    breakdowns_add_up: bool = False
    optional: bool = False
    people: str = ""
    people_where: tuple[tuple[str, object], ...] = ()
    within: str = ""
    rest_holds: str = ""
    rest_is_where: tuple[tuple[str, object], ...] = ()

    @property
    def told_with(self) -> str:
        """The name of the persons whose numbers bind this one's; '' for only its own."""
        return self.people or self.rest_holds

    def role(self, choices: Mapping[str, object]) -> str:
        """Return how the indicator's persons are related to those of `told_with`.

        'people': the same; 'among': some of them; 'rest': those outside the numerator hold them
        all; 'rest_is': those outside the numerator are they.
        """
        made = dict(choices).items()
        if self.rest_holds:
            same = self.rest_is_where and made >= dict(self.rest_is_where).items()
            return "rest_is" if same else "rest"
        return "people" if made >= dict(self.people_where).items() else "among"

    @property
    def itself(self) -> Breakdown | None:
        """The breakdown that is the whole indicator under another name."""
        return next((b for b in self.breakdowns if b.counted_as == self.breakdown), None)

    @property
    def settled(self) -> dict[str, object]:
        """The numbers that the documents settle: with others it is another indicator."""
        return {name: value for name, value in self.parameters if not CHOICES[name].options}

    @property
    def open_choices(self) -> tuple[str, ...]:
        """What the documents leave open: each question with the answer that is the default."""
        return tuple(_answered(name) for name in self.choices if name not in self.settled)


def parse_register(where: str, given: Mapping[str, Any]) -> Register:
    """Read the section; raises DefinitionError for a key, choice or default that does not fit."""
    data = dict(given)
    data["choices"] = tuple(data.get("choices", ()))
    data["parameters"] = tuple(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in data.get("parameters", {}).items()
    )
    data["breakdowns"] = tuple(
        _breakdown(f"{where}.breakdowns.{name}", name, part)
        for name, part in data.get("breakdowns", {}).items()
    )
    for name in ("people_where", "rest_is_where"):
        data[name] = tuple(data.get(name, {}).items())
    more = ("parameters", "breakdowns", "breakdowns_add_up", "optional")
    people = ("people", "people_where", "within", "rest_holds", "rest_is_where")
    check_keys(where, data, Register, optional=(*more, *people))
    if unknown := sorted(set(data["choices"]) - set(CHOICES)):
        raise DefinitionError(f"{where}: unknown choices {unknown}")
    if data["participation"] not in PARTICIPATION:
        raise DefinitionError(f"{where}: participation must be one of {PARTICIPATION}")
    defaults = Choices().as_dict()
    for name, value in data["parameters"]:
        if name not in data["choices"]:
            raise DefinitionError(f"{where}.parameters: {name} is not among its choices")
        if value != defaults[name]:
            raise DefinitionError(
                f"{where}.parameters: {name} is {value!r}, but the default is {defaults[name]!r}"
            )
    for name, of in (("people_where", "people"), ("rest_is_where", "rest_holds")):
        if unknown := sorted(set(dict(data[name])) - set(data["choices"])):
            raise DefinitionError(f"{where}.{name}: {unknown} are not among its choices")
        if data[name] and not data.get(of):
            raise DefinitionError(f"{where}.{name} needs {of}")
    if data.get("people") and data.get("rest_holds"):
        raise DefinitionError(f"{where}: either people or rest_holds, not both")
    _check_limits(where, data)
    return Register(**data)


def _check_limits(where: str, data: Mapping[str, Any]) -> None:
    limits = [part.levels for part in data["breakdowns"] if part.levels]
    if limits and (
        len(limits) != 2
        or limits[0] != limits[1]
        or limits[0] not in LIMITED_TO
        or data.get("breakdowns_add_up")
    ):
        raise DefinitionError(
            f"{where}: breakdowns with levels are two that overlap, both limited to one of "
            f"{LIMITED_TO}"
        )


def _breakdown(where: str, breakdown_id: str, given: Mapping[str, Any]) -> Breakdown:
    data = {"breakdown_id": breakdown_id} | dict(given)
    check_keys(where, data, Breakdown, optional=("levels",))
    data["levels"] = tuple(data.get("levels", ()))
    if breakdown_id == "alle":
        raise DefinitionError(f"{where}: 'alle' is the indicator itself")
    return Breakdown(**data)


def _answered(name: str) -> str:
    choice, default = CHOICES[name], getattr(Choices(), name)
    if choice.options:
        answer = choice.options[default]
    else:
        answer = ", ".join(map(str, default if isinstance(default, tuple) else (default,)))
    stop = "" if choice.question.endswith("?") else "."
    return f"{choice.question}{stop} Her: {answer[:1].lower()}{answer[1:]}"
