"""The oracle of the register against counts worked out by hand, and its plainest properties.

The production computation is compared with the oracle elsewhere; here the oracle itself is tried.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from random import Random

import pytest

from queries.register.choices import Choices
from tests.oracles.register import BenefitRow, Counts, Register, oracle_counts, parse_week, week_of
from tests.oracles.register_scenarios import SCENARIOS, Case, Scenario
from tests.oracles.registers import CODES, KOMMUNER, random_choices, random_register, yyyyww

FIRST, LAST, AS_OF = "2015M01", "2017M12", date(2017, 12, 13)
SEEDS = range(60)


CASES = [
    pytest.param(scenario, case, id=f"{scenario.name}-{case.changed}")
    for scenario in SCENARIOS
    for case in scenario.cases
]


@pytest.mark.parametrize(("scenario", "case"), CASES)
def test_counts_worked_out_by_hand(scenario: Scenario, case: Case) -> None:
    counted = oracle_counts(
        scenario.register,
        CODES,
        case.choices,
        case.first_month or scenario.first_month,
        case.last_month or scenario.last_month,
        scenario.as_of,
        KOMMUNER,
    )
    measures = scenario.measures or {key[0] for key in counted}
    assert {k: v for k, v in counted.items() if k[0] in measures} == case.expected, (
        scenario.boundary
    )


def test_scenarios_are_many_and_have_names_of_their_own() -> None:
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS) >= 25


def _random(seed: int) -> tuple[Register, Choices]:
    rng = Random(seed)
    register = random_register(rng, first_month=FIRST, last_month=LAST, as_of=AS_OF)
    return register, random_choices(rng)


def _count(register: Register, choices: Choices) -> Counts:
    return oracle_counts(register, CODES, choices, FIRST, LAST, AS_OF, KOMMUNER)


@pytest.mark.parametrize("seed", SEEDS)
def test_numerators_are_parts_and_time_classes_make_a_whole(seed: int) -> None:
    counted = _count(*_random(seed))
    in_classes: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for (measure, _, period, kommune), (numerator, denominator) in counted.items():
        assert 0 <= numerator <= denominator
        assert denominator > 0
        if measure == "gruppe_2_tid":
            in_classes[period, kommune].append((numerator, denominator))
    for shares in in_classes.values():
        assert {sum(numerator for numerator, _ in shares)} == {total for _, total in shares}


@pytest.mark.parametrize("seed", SEEDS)
def test_order_and_repetition_of_rows_do_not_matter(seed: int) -> None:
    register, choices = _random(seed)
    shuffled = Register(
        [*register.benefits[::-1], *register.benefits],
        [*register.offers[::-1], *register.offers],
        [*register.mentors[::-1], *register.mentors],
        [*register.flere_skal_med[::-1], *register.flere_skal_med],
        register.hours[::-1],
    )
    assert _count(shuffled, choices) == _count(register, choices)


@pytest.mark.parametrize("seed", SEEDS)
def test_persons_are_counted_one_by_one(seed: int) -> None:
    register, choices = _random(seed)
    total: dict[tuple[str, str, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for person in range(1, 6):
        alone = Register(
            [row for row in register.benefits if row.person == person],
            [row for row in register.offers if row.person == person],
            [row for row in register.mentors if row.person == person],
            [row for row in register.flere_skal_med if row.person == person],
            [row for row in register.hours if row.person == person],
        )
        for key, (numerator, denominator) in _count(alone, choices).items():
            total[key] = (total[key][0] + numerator, total[key][1] + denominator)
    assert _count(register, choices) == total


def test_random_registers_are_the_same_for_the_same_seed() -> None:
    assert [_random(seed) for seed in SEEDS] == [_random(seed) for seed in SEEDS]


def test_random_registers_reach_every_measure_and_both_outcomes() -> None:
    reached = set()
    for seed in range(200):
        for (measure, _, _, _), (numerator, denominator) in _count(*_random(seed)).items():
            reached |= {(measure, "in")} if numerator else set()
            reached |= {(measure, "out")} if numerator < denominator else set()
    measures = {
        *("passive", "gruppe_2_tid", "gruppe_2_uden_tilbud", "gruppe_2_skiftet_ydelse"),
        *("virksomhedspraktik", "ordinaere_timer", "fuld_afgang"),
    }
    assert reached == {(measure, side) for measure in measures for side in ("in", "out")}


@pytest.mark.parametrize("week", [201700, 201653, 201754])
def test_a_week_that_does_not_exist_is_an_error(week: int) -> None:
    with pytest.raises(ValueError, match="week"):
        _count(Register([BenefitRow(1, 101, "811", week, None)]), Choices())


def test_weeks_are_consecutive_over_week_53() -> None:
    after = [201552, 201553, 201601, 201602]
    assert [parse_week(week) - parse_week(201551) for week in after] == [1, 2, 3, 4]
    assert [yyyyww(week_of(date(2016, 1, day))) for day in (3, 4)] == [201553, 201601]
