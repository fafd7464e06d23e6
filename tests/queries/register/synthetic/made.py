"""The registers that the tests share: made once a run."""

from __future__ import annotations

from functools import cache

from queries.register.synthetic import SEED, SyntheticRegister, generate
from tests.queries.register.synthetic.straightforward import Straightforward

SEEDS = (SEED, 7, 2024)
"""The default and two others: what holds must not be luck."""


@cache
def register(seed: int = SEED) -> SyntheticRegister:
    return generate(seed)


@cache
def counted(seed: int = SEED) -> Straightforward:
    return Straightforward(register(seed))
