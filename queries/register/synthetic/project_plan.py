"""How many of whom in Flere skal med, December 2018: the letter of May 2019, filled in by a seed.

The letter gives national figures only. Which kommuner take part, to whom it was sent and how many
people each has, is made up here so that every sentence of the letter holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queries.register.synthetic.choosing import apportion
from queries.register.synthetic.passive_plan import PassivePlan, rounds_to
from queries.register.synthetic.time_axis import Bools, Floats, Ints
from queries.sources.facts import read_facts

TAKING_PART = 88
IN_HOURS, FULL_EXIT = 1468, 735
AT_LEAST = 20  # over 9 months, in each kommune addressed
_TINY = 4  # jobcentres with fewer than 3 people in the figure
_ADDRESSED = (50, 56)


@dataclass(frozen=True)
class ProjectPlan:
    """December 2018. Arrays are by participating kommune, in the order of `kommuner`.

    kommuner: codes as numbers. addressed: whether the letter was sent there. early: people
    referred to gruppe 2 more than 9 months before; early_still: of them on the three benefits.
    late, late_still: the same for those referred later. size: a kommune's relative size.
    without_offer: by those still on kontanthjælp and the others, as shares in percent.
    people: ever in the project. in_effort: in force in indsatsgruppen; in_placement: of them in
    virksomhedspraktik or løntilskud.
    """

    kommuner: Ints
    addressed: tuple[int, ...]
    early: Ints
    early_still: Ints
    late: Ints
    late_still: Ints
    size: Floats
    without_offer_pct: tuple[float, float]
    people: int
    in_effort: int
    in_placement: int


def draw_project_plan(rng: np.random.Generator, passive: PassivePlan) -> ProjectPlan:
    """Draw what the letter leaves open; a kommune's size follows its ressourceforløb."""
    chosen = _taking_part(rng, passive)
    size = passive.people[chosen] * rng.lognormal(0.0, 0.15, TAKING_PART)
    tiny = _tiny(rng, passive.kommuner[chosen], size)
    referred, still, still_early = _gruppe_2(rng)
    early_still, addressed = _over_nine_months(rng, size, tiny, still_early)
    late_still = _spread(rng, still - still_early, np.where(tiny, 0.0, early_still))
    gone = _spread(rng, round(0.7 * (still - still_early)), late_still.astype(np.float64))
    late: Ints = late_still + gone
    variation = rng.lognormal(0.0, 0.12, TAKING_PART)
    early = apportion(referred - int(late.sum()), early_still * variation, early_still + 1)
    in_effort, in_placement = _effort(rng)
    return ProjectPlan(
        kommuner=passive.kommuner[chosen],
        addressed=tuple(passive.kommuner[chosen][addressed].tolist()),
        early=early,
        early_still=early_still,
        late=late,
        late_still=late_still,
        size=size,
        without_offer_pct=(float(rng.uniform(59.8, 60.2)), float(rng.uniform(59.8, 60.2))),
        people=int(rng.integers(24_100, 24_350)),
        in_effort=in_effort,
        in_placement=in_placement,
    )


def _taking_part(rng: np.random.Generator, passive: PassivePlan) -> Ints:
    """Return the places of the kommuner that take part: more often the larger ones."""
    key = rng.exponential(1.0, len(passive.people)) / np.sqrt(passive.people)
    return np.sort(np.argsort(key, kind="stable")[:TAKING_PART])


def _tiny(
    rng: np.random.Generator, kommuner: Ints, size: Floats
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Choose a few of the smallest kommuner that have a jobcentre of their own."""
    facts = read_facts("kommuner")
    shared = facts.filter(facts["jobcenterkode"].is_duplicated())["kommunekode"].to_list()
    own = ~np.isin(kommuner, [int(code) for code in shared])
    order = np.argsort(np.where(own, size, np.inf), kind="stable")
    tiny = np.zeros(len(kommuner), np.bool_)
    tiny[rng.choice(order[: 2 * _TINY], _TINY, replace=False)] = True
    return tiny


def _gruppe_2(rng: np.random.Generator) -> tuple[int, int, int]:
    """Draw referred ('godt 8.000'), still on the three (ca. 2.400), of them over 9 months."""
    pairs = [
        (n, still)
        for n in range(8_001, 8_201)
        for still in range(2_376, 2_425)
        if rounds_to(n - still, n, 70)
    ]
    referred, still = pairs[int(rng.integers(len(pairs)))]
    return referred, still, round(still * float(rng.uniform(0.915, 0.935)))


def _over_nine_months(
    rng: np.random.Generator,
    size: Floats,
    tiny: Bools,
    total: int,
) -> tuple[Ints, Ints]:
    """Spread those over 9 months: 20 or more where addressed, 3 to 19 elsewhere, tiny 1 or 2."""
    addressed = np.sort(np.argsort(-size, kind="stable")[: int(rng.integers(*_ADDRESSED))])
    found = np.zeros(len(size), np.int64)
    middle = ~tiny
    middle[addressed] = False
    largest = size[middle].max()
    found[middle] = np.clip(np.round(17.0 * size[middle] / largest), 3, AT_LEAST - 1)
    found[tiny] = rng.integers(1, 3, int(tiny.sum()))
    rest = total - int(found.sum())
    found[addressed] = apportion(rest, size[addressed], AT_LEAST)
    return found, addressed


def _spread(rng: np.random.Generator, total: int, weights: Floats) -> Ints:
    """Spread people over kommuner at random in proportion to the weights."""
    return rng.multinomial(total, weights / weights.sum()).astype(np.int64)


def _effort(rng: np.random.Generator) -> tuple[int, int]:
    """Draw the indsatsgruppe and how many are in placement: 23, 11 and 6 pct. must all fit."""
    pairs = [
        (people, placed)
        for people in range(12_766, 13_334)
        if rounds_to(IN_HOURS, people, 11) and rounds_to(FULL_EXIT, people, 6)
        for placed in range(2_976, 3_025)
        if rounds_to(placed, people, 23)
    ]
    return pairs[int(rng.integers(len(pairs)))]
