"""How fast a register is counted, against a bare scan of it and a straightforward version."""

from queries.register.benchmark.command import benchmark

__all__ = ["benchmark"]
