"""Disclosure control: protect and audit what a national statistic publishes, on two processes.

98 kommuner on five levels (land, region, landsdel, kommune, jobcenter; most jobcentre are one
kommune) x six classes and their sum x months, with made-up counts of which many are small.
"""

from __future__ import annotations

import itertools
import multiprocessing
import random
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from queries.disclosure.audit import audit
from queries.disclosure.protect import protect
from queries.disclosure.publication import Cell, Criterion, Publication, Relation, total
from queries.disclosure.solver import Program, Status
from queries.sources import facts
from tests.benchmark.report import Row

BUDGET_SECONDS = 60.0
BUDGET_LOSS = 1.10
"""Loss over its proven lower bound."""

MONTHS = 48
CLASSES = 6
PROCESSES = 2
SECONDS_A_MONTH = 1.0
"""How long one month may be searched; what is found by then is valid, and its gap stated."""
SECONDS_BY_NUMBER = 60.0
"""How long one month may be where each cell counts as one; the gap normally ends it before."""

MEAN = 30.0
SHARES = (0.40, 0.25, 0.15, 0.10, 0.06, 0.04)


@dataclass(frozen=True)
class Done:
    """One month: cells, hidden from the start and further; loss, bound; broken; seconds."""

    cells: int
    hidden: int
    further: int
    cost: int
    bound: float
    broken: int
    seconds_protect: float
    seconds_audit: float


def month(seed: int, kommuner: int = 98) -> Publication:
    """Return one month's counts for the first `kommuner` and all areas above them."""
    chance = random.Random(seed)
    rows = facts.read_facts("kommuner").head(kommuner)
    columns = ("kommunekode", "jobcenterkode", "nuts3", "regionkode")
    steps: dict[str, set[str]] = {}
    values: dict[tuple[str, str], int] = {}
    classes = [f"klasse{number}" for number in range(CLASSES)]
    for codes in rows.select(columns).rows():
        names = [f"{column} {code}" for column, code in zip(columns, codes, strict=True)]
        names.append("land")
        size = chance.lognormvariate(0, 1) * MEAN
        for name, share in zip(classes, SHARES, strict=True):
            mean = size * share
            number = max(0, round(chance.gauss(mean, mean**0.5)))
            for area in names:
                for column in (name, "alle"):
                    values[area, column] = values.get((area, column), 0) + number
        for one, above in itertools.pairwise(names):
            steps.setdefault(above, set()).add(one)
    relations: list[Relation] = []
    for above, below in steps.items():
        relations += [
            total(f"{above} {name}", [f"{one} {name}" for one in sorted(below)])
            for name in (*classes, "alle")
        ]
    for area in dict.fromkeys(area for area, _ in values):
        relations.append(total(f"{area} alle", [f"{area} {name}" for name in classes]))
    cells = tuple(
        Cell(
            f"{area} {name}",
            value,
            hidden=value < 3 and area != "land",
            secret=value < 3 and area != "land",
            fixed=area == "land",
            weight=max(1, value),
        )
        for (area, name), value in values.items()
    )
    return Publication(cells, tuple(relations), title=f"Måned {seed}")


def work(task: tuple[int, int]) -> Done:
    """Protect and audit one month."""
    publication = month(*task)
    start = time.perf_counter()
    found = protect(publication, Criterion.STRICT, seconds=SECONDS_A_MONTH)
    between = time.perf_counter()
    report = audit(found.publication, Criterion.STRICT, counts=False)
    broken = len(report.findings) - len(found.exposed)
    end = time.perf_counter()
    return Done(
        cells=len(publication.cells),
        hidden=len(publication.hidden),
        further=len(found.further),
        cost=found.cost,
        bound=found.bound,
        broken=max(0, broken),
        seconds_protect=between - start,
        seconds_audit=end - between,
    )


def measure() -> list[Row]:
    """Protect and audit growing publications; compare with one bare solve per hidden cell."""
    rows: list[Row] = []
    # Spawned: a forked process would inherit the solver's threads, which it must not share.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        list(pool.map(work, [(0, 5)] * PROCESSES))  # imports are no part of it
        for months in (12, 24, MONTHS):
            rows += _timed(pool, [(seed, 98) for seed in range(months)])
        for kommuner in (25, 50):
            rows += _timed(pool, [(seed, kommuner) for seed in range(12)])
    return [*rows, *_by_number(), _against_bare()]


def _by_number() -> list[Row]:
    """Protect one month where the loss is the number of further cells."""
    publication = month(0)
    rows: list[Row] = []
    for insiders in (False, True):
        start = time.perf_counter()
        found = protect(
            publication,
            Criterion.STRICT,
            insiders=insiders,
            objective_by="number",
            seconds=SECONDS_BY_NUMBER,
        )
        seconds = time.perf_counter() - start
        people = "med" if insiders else "uden"
        rows += [
            Row(
                f"98 kommuner, færrest celler, {people} personer bag 1 og 2",
                seconds,
                "s",
                note=f"{len(publication.cells)} celler; tab {found.cost}, mindst {found.bound:.0f}",
            ),
            Row(
                "  tab over bevist nedre grænse",
                found.cost / max(found.bound, 1),
                "×",
                budget=BUDGET_LOSS,
            ),
        ]
    return rows


def _timed(pool: ProcessPoolExecutor, tasks: Sequence[tuple[int, int]]) -> list[Row]:
    start = time.perf_counter()
    done = list(pool.map(work, tasks))
    seconds = time.perf_counter() - start
    months, kommuner = len(tasks), tasks[0][1]
    full = months == MONTHS and kommuner == 98
    cost, bound = sum(one.cost for one in done), sum(one.bound for one in done)
    broken = sum(one.broken for one in done)
    what = f"{kommuner} kommuner × {months} måneder: beskyttet og revideret"
    note = (
        f"{_sum(done, 'cells')} celler, {_sum(done, 'hidden')} skjult, {_sum(done, 'further')} "
        f"yderligere; tab {cost}, mindst {bound:.0f}; {broken} brudt; beskyttelse "
        f"{sum(one.seconds_protect for one in done):.0f} s og revision "
        f"{sum(one.seconds_audit for one in done):.0f} s på {PROCESSES} processer"
    )
    rows = [
        Row(what, seconds, "s", budget=BUDGET_SECONDS if full else None, note=note),
        Row("  tab over bevist nedre grænse", cost / max(bound, 1), "×", budget=BUDGET_LOSS),
    ]
    if broken:
        rows.append(Row("  brudte celler", None, "", note=str(broken), failed=True))
    return rows


def _sum(done: Iterable[Done], what: str) -> str:
    return f"{sum(getattr(one, what) for one in done):,}".replace(",", ".")


def _against_bare() -> Row:
    """Compare one month with what two bare linear programs per hidden cell take to judge it."""
    publication = month(0)
    found = protect(publication, Criterion.STRICT, seconds=SECONDS_A_MONTH)
    start = time.perf_counter()
    solves = _bare(found.publication)
    bare = time.perf_counter() - start
    done = work((0, 98))
    return Row(
        "En måned beskyttet og revideret",
        done.seconds_protect + done.seconds_audit,
        "s",
        baseline=bare,
        note=f"over {solves} løste lineære programmer, to for hver skjult celle",
    )


def _bare(publication: Publication) -> int:
    hidden = [cell for cell in publication.cells if cell.hidden]
    column = {cell.name: number for number, cell in enumerate(hidden)}
    program = Program([0.0] * len(hidden), [None] * len(hidden))
    for relation in publication.relations:
        terms = [(column[name], factor) for name, factor in relation.terms if name in column]
        shown = sum(
            factor * (publication.by_name[name].value or 0)
            for name, factor in relation.terms
            if name not in column
        )
        if terms:
            program.add_row(terms, (relation.low or 0) - shown, (relation.high or 0) - shown)
    for number in range(len(hidden)):
        for sign in (1.0, -1.0):
            program.cost([sign if one == number else 0.0 for one in range(len(hidden))])
            assert program.solve().status is not Status.INFEASIBLE
    return 2 * len(hidden)
