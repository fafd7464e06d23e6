"""The synthetic register as a whole: made-up persons behind the published numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from queries.register.synthetic.background import background
from queries.register.synthetic.codes import mapping_text
from queries.register.synthetic.columns import together
from queries.register.synthetic.frames import Frames, frames, shifted
from queries.register.synthetic.gruppe_2 import gruppe_2
from queries.register.synthetic.indsatsgruppe import indsatsgruppe
from queries.register.synthetic.passive_plan import PassivePlan, draw_passive_plan
from queries.register.synthetic.passive_rates import draw_rates
from queries.register.synthetic.project_plan import ProjectPlan, draw_project_plan
from queries.register.synthetic.ressourceforloeb import ressourceforloeb
from queries.register.synthetic.unclean import with_unclean_rows

SEED = 554


@dataclass(frozen=True)
class SyntheticRegister(Frames):
    """The frames, the code list that reads them, and the plan behind them.

    mapping: the text of `mapping.toml`. people: how many persons one copy has, numbered from 1.
    passive, project: what June 2017 and December 2018 were made to give, per copy.
    """

    mapping: str
    seed: int
    people: int
    passive: PassivePlan
    project: ProjectPlan


def generate(seed: int = SEED, copies: int = 1) -> SyntheticRegister:
    """Return the register that a seed gives; the same seed gives the same register.

    copies: how many times every person occurs, under a number of their own each time; all counts
    are that many times higher. For very many copies see `files.write`.
    """
    if copies < 1:
        raise ValueError(f"at least one copy, not {copies}")
    base = _base(seed)
    if copies == 1:
        return base

    def many(frame: pl.DataFrame) -> pl.DataFrame:
        return pl.concat([shifted(frame, copy * base.people) for copy in range(copies)])

    return replace(
        base,
        benefits=many(base.benefits),
        offers=many(base.offers),
        mentors=many(base.mentors),
        flere_skal_med=many(base.flere_skal_med),
        hours=many(base.hours),
    )


def _base(seed: int) -> SyntheticRegister:
    # Each part has random numbers of its own, so that a change to one leaves the others alone.
    streams = [np.random.Generator(np.random.PCG64([seed, part])) for part in range(7)]
    passive = draw_passive_plan(streams[0])
    project = draw_project_plan(streams[1], passive)
    rates = draw_rates(streams[2], passive)
    people = together(
        [
            ressourceforloeb(streams[3], passive, rates),
            gruppe_2(streams[4], project, passive, rates),
            indsatsgruppe(streams[5], project),
            background(streams[6], passive),
        ]
    )
    last = np.random.Generator(np.random.PCG64([seed, len(streams)]))
    people = with_unclean_rows(last, people)
    ids = 1 + last.permutation(people.number)
    made = frames(people, ids)
    return SyntheticRegister(
        benefits=made.benefits,
        offers=made.offers,
        mentors=made.mentors,
        flere_skal_med=made.flere_skal_med,
        hours=made.hours,
        mapping=mapping_text(seed),
        seed=seed,
        people=people.number,
        passive=passive,
        project=project,
    )
