"""A seeded register of made-up persons that gives every published number exactly."""

from queries.register.synthetic.files import write
from queries.register.synthetic.register import SEED, SyntheticRegister, generate

__all__ = ["SEED", "SyntheticRegister", "generate", "write"]
