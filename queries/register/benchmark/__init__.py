"""How fast a register is counted, against a bare scan of it and a straightforward version in SQL."""

from queries.register.benchmark.command import benchmark

__all__ = ["benchmark"]
