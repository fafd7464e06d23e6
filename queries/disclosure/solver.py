"""Linear and integer programs by HiGHS, with nothing believed that it does not vouch for.

The one place that speaks to the solver. An answer counts only with the model status 'optimal', or
'infeasible' and 'unbounded' where that is what was asked; anything else raises `SolverError`, so
that a solver that gave up is never taken for protection. HiGHS shares its threads within a
process and fails silently when two thread counts are used: there is one, everywhere, always.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import highspy
import numpy as np
from highspy._core import _Highs  # the class above it prints a banner when first made
from numpy.typing import NDArray

THREADS = 1
INFINITY = float(highspy.kHighsInf)


class SolverError(Exception):
    """The solver gave no answer that counts (time, numbers, memory): nothing is known."""


class Status(Enum):
    """What is known after a solve."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    STOPPED = "stopped"
    """Time ran out in an integer program that was allowed to stop: best point so far, if any."""


@dataclass(frozen=True)
class Answer:
    """One solve.

    `objective`, `values` (per column) and `column_duals` (reduced costs; empty for integer
    programs) where there is a point, else None and empty. `bound` is a proven lower bound of the
    objective.
    """

    status: Status
    objective: float | None
    bound: float
    values: NDArray[np.float64]
    column_duals: NDArray[np.float64]


_NONE: NDArray[np.float64] = np.empty(0)
_ENDS = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
}
_LOST = (highspy.HighsModelStatus.kUnknown, highspy.HighsModelStatus.kSolveError)
"""The solver gave up on numbers, not for want of time."""
_OTHER_WAYS: tuple[dict[str, str | int], ...] = (
    {"presolve": "off"},
    {"presolve": "off", "simplex_strategy": 4},  # the primal simplex
    {"presolve": "on"},
)
"""What is tried from the beginning before a program counts as undecided."""


class Program:
    """Minimise cost x values, low <= values <= high, under rows that are added as needed.

    Bounds None are infinite. The model stays in the solver between solves, so that the next one
    starts where the last ended. `whole` makes all columns integer (or those named by a sequence of
    truth values). `seconds` bounds each solve. `gap` is the relative gap at which an integer
    program counts as solved.
    """

    def __init__(
        self,
        lows: Sequence[float | None],
        highs: Sequence[float | None],
        costs: Sequence[float] | None = None,
        *,
        whole: bool | Sequence[bool] = False,
        seconds: float = 60.0,
        gap: float = 0.0,
    ) -> None:
        self._solver = solver = _Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", THREADS),
            ("parallel", "off"),
            ("mip_rel_gap", gap),
            ("mip_abs_gap", 1e-6),
            ("mip_feasibility_tolerance", 1e-6),
        ):
            self._must(solver.setOptionValue(option, value), option)
        self.columns = len(lows)
        self._all = np.arange(self.columns, dtype=np.int32)
        self.seconds = seconds
        flags = [whole] * self.columns if isinstance(whole, bool) else list(whole)
        self.whole = any(flags)
        if not self.whole:
            # Presolve would throw the last basis away; small programs are faster from there.
            self._must(solver.setOptionValue("presolve", "off"), "presolve")
        empty_int: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        status = solver.addCols(
            self.columns,
            np.zeros(self.columns) if costs is None else np.asarray(costs, dtype=np.float64),
            np.array([-INFINITY if low is None else low for low in lows], dtype=np.float64),
            np.array([INFINITY if high is None else high for high in highs], dtype=np.float64),
            0,
            empty_int,
            empty_int,
            _NONE,
        )
        self._must(status, "columns")
        whole_columns = np.flatnonzero(flags).astype(np.int32)
        if self.whole:
            kinds = np.full(len(whole_columns), 1, dtype=np.uint8)
            status = solver.changeColsIntegrality(len(whole_columns), whole_columns, kinds)
            self._must(status, "integrality")

    @staticmethod
    def _must(status: highspy.HighsStatus, what: str) -> None:
        if status != highspy.HighsStatus.kOk:
            raise SolverError(f"{what}: {status}")

    def add_row(
        self, terms: Iterable[tuple[int, float]], low: float | None, high: float | None
    ) -> None:
        """Add low <= sum of factor x column <= high; `terms` are (column, factor)."""
        pairs = list(terms)
        status = self._solver.addRow(
            -INFINITY if low is None else float(low),
            INFINITY if high is None else float(high),
            len(pairs),
            np.array([column for column, _ in pairs], dtype=np.int32),
            np.array([factor for _, factor in pairs], dtype=np.float64),
        )
        self._must(status, "row")

    def bound(self, column: int, low: float | None, high: float | None) -> None:
        """Give a column new bounds."""
        status = self._solver.changeColBounds(
            column,
            -INFINITY if low is None else float(low),
            INFINITY if high is None else float(high),
        )
        self._must(status, "bounds")

    def bound_row(self, row: int, low: float | None, high: float | None) -> None:
        """Give a row new bounds."""
        status = self._solver.changeRowBounds(
            row,
            -INFINITY if low is None else float(low),
            INFINITY if high is None else float(high),
        )
        self._must(status, "row bounds")

    def cost(self, costs: Sequence[float] | NDArray[np.float64]) -> None:
        """Replace the whole objective."""
        status = self._solver.changeColsCost(
            self.columns, self._all, np.asarray(costs, dtype=np.float64)
        )
        self._must(status, "costs")

    def start(self, values: Sequence[float]) -> None:
        """Offer an integer program a point to start from."""
        point = np.asarray(values, dtype=np.float64)
        self._must(self._solver.setSolution(self.columns, self._all, point), "start")

    def solve(self, *, seconds: float | None = None, may_stop: bool = False) -> Answer:
        """Solve.

        `seconds` replaces the program's own limit for this solve. With `may_stop` an integer
        program whose time ran out answers STOPPED instead of raising. Raises SolverError where the
        solver vouches for nothing.
        """
        solver = self._solver
        limit = self.seconds if seconds is None else seconds
        # The limit counts all runs of one solver together.
        self._must(solver.setOptionValue("time_limit", solver.getRunTime() + limit), "time")
        ran = solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            # Presolve leaves the two undecided; without it they are told apart.
            ran, status = self._again(presolve="off")
        for other in _OTHER_WAYS:
            # From a corner of another objective the simplex may lose its way in tiny programs.
            if status not in _LOST:
                break
            self._must(solver.clearSolver(), "start afresh")
            ran, status = self._again(**other)
        if (
            may_stop
            and self.whole
            and status in (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)
        ):
            return self._stopped()
        end = _ENDS.get(status)
        if ran == highspy.HighsStatus.kError or end is None:
            raise SolverError(f"{solver.modelStatusToString(status)}")
        if end is not Status.OPTIMAL:
            return Answer(end, None, -INFINITY, _NONE, _NONE)
        return self._answer(end)

    def _again(self, **options: str | int) -> tuple[highspy.HighsStatus, highspy.HighsModelStatus]:
        """Run once more with other options, which hold for this run only."""
        solver = self._solver
        before = {name: solver.getOptionValue(name)[1] for name in options}
        for name, value in options.items():
            self._must(solver.setOptionValue(name, value), name)
        ran = solver.run()
        status = solver.getModelStatus()
        for name, old in before.items():
            self._must(solver.setOptionValue(name, old), name)
        return ran, status

    def _answer(self, end: Status) -> Answer:
        solution, info = self._solver.getSolution(), self._solver.getInfo()
        objective = info.objective_function_value
        values = np.array(solution.col_value, dtype=np.float64)
        if len(values) != self.columns or not np.isfinite(values).all():
            raise SolverError("optimal, but without a point")
        if self.whole:
            return Answer(end, objective, info.mip_dual_bound, values, _NONE)
        duals = np.array(solution.col_dual, dtype=np.float64)
        return Answer(end, objective, objective, values, duals)

    def _stopped(self) -> Answer:
        info = self._solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Answer(Status.STOPPED, None, info.mip_dual_bound, _NONE, _NONE)
        return self._answer(Status.STOPPED)
