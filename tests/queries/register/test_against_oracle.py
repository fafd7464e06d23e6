"""The compiled computation against the slow one: thousands of small registers, every choice."""

from __future__ import annotations

import datetime as dt
import os
import random

import pytest

from queries.register.choices import CHOICES, Choices
from tests.oracles.register_scenarios import SCENARIOS
from tests.oracles.registers import random_choices, random_register
from tests.queries.register.as_frames import Key, fast, joined, plan_for, slow

# Fixed in CI, so that a landing does not hang on luck; new ones at every other run.
BASE = 0 if os.environ.get("CI") else random.SystemRandom().randrange(1 << 30)
TOGETHER = 25
WINDOWS = (
    ("2015M06", "2017M09", dt.date(2017, 9, 20)),  # week 53 of 2015; read in the last month
    ("2019M11", "2021M02", dt.date(2021, 6, 30)),  # week 53 of 2020, a leap year
)


def differing(
    got: dict[Key, tuple[int, int]], expected: dict[Key, tuple[int, int]]
) -> list[tuple[Key, object, object]]:
    keys = sorted(set(got) | set(expected))
    return [
        (key, got.get(key), expected.get(key)) for key in keys if got.get(key) != expected.get(key)
    ]


def check(seed: int, choices: Choices) -> None:
    """Compare 25 registers counted as one; on a difference, name the first that differs alone."""
    rng = random.Random(seed)
    first, last, as_of = WINDOWS[seed % len(WINDOWS)]
    plan = plan_for(choices, first, last, as_of)
    registers = [
        random_register(rng, first_month=first, last_month=last, as_of=as_of)
        for _ in range(TOGETHER)
    ]
    both = joined(registers)
    if differing(fast(both, plan), slow(both, plan)):
        for place, register in enumerate(registers):
            found = differing(fast(register, plan), slow(register, plan))
            assert not found, f"seed {seed}, register {place}, {choices}: {found[:5]}\n{register}"
        pytest.fail(f"seed {seed}, {choices}: only together do they differ")


@pytest.mark.parametrize("number", range(60))
def test_random_registers_by_random_choices(number: int) -> None:
    seed = BASE + number
    check(seed, random_choices(random.Random(-seed)))


@pytest.mark.parametrize("number", range(30))
def test_random_registers_by_the_default_choices(number: int) -> None:
    check(BASE + 100_000 + number, Choices())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (name, value)
        for name, choice in CHOICES.items()
        for value in choice.options
        if value != getattr(Choices(), name)
    ],
)
def test_random_registers_by_each_other_value(name: str, value: str) -> None:
    """One choice changed alone: what hides behind another choice shows here."""
    check(BASE + 200_000 + len(name), Choices(**{name: value}))  # type: ignore[arg-type]  # known


@pytest.mark.parametrize(
    ("scenario", "case"),
    [
        pytest.param(scenario, case, id=f"{scenario.name}-{place}")
        for scenario in SCENARIOS
        for place, case in enumerate(scenario.cases)
    ],
)
def test_counts_worked_out_by_hand(scenario, case) -> None:  # type: ignore[no-untyped-def]
    first, last = case.first_month or scenario.first_month, case.last_month or scenario.last_month
    plan = plan_for(case.choices, first, last, scenario.as_of)
    found = fast(scenario.register, plan)
    if scenario.measures:
        found = {key: value for key, value in found.items() if key[0] in scenario.measures}
    assert found == dict(case.expected)
