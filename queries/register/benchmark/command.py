"""The benchmark as a command: measure every size, compare every result, print the table."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import polars as pl

from queries.register.benchmark.compare import differences, lines, repeated
from queries.register.benchmark.measure import (
    ALL_STEMS,
    PASSIVE_STEMS,
    Bench,
    Sample,
)
from queries.register.benchmark.outcome import Line, Outcome, machine
from queries.register.benchmark.registers import Made, Registers
from queries.register.benchmark.table import as_text, write_json
from queries.register.result import PASSIVE

OK, DISAGREE = 0, 1
STRAIGHTFORWARD_UP_TO = 12_000_000
"""Spells that the straightforward version is given; above, copies are compared with one copy."""
SHUFFLED_UP_TO = 12_000_000
"""Spells that are shuffled, which takes the whole register in memory."""
PASSIVE_TITLE = "måned, kommune og ydelse"
ALL_TITLE = "også Flere skal med"
SHUFFLED_TITLE = "måned, kommune og ydelse, rækker i vilkårlig orden"


def benchmark(
    sizes_in_millions: Sequence[float], work: Path | None = None, json: Path | None = None
) -> int:
    """Measure registers of so many million spells; print the table, and write `json`.

    Registers are left in `work` for the next time, or made in a folder that is removed. Returns 0,
    or 1 when two computations disagree; a budget that is exceeded is no error. Raises UserError
    when something cannot be measured.
    """
    with _folder(work) as folder:
        outcome = measure(sizes_in_millions, folder, _say)
    sys.stdout.write(as_text(outcome))
    if json is not None:
        write_json(outcome, json)
    return DISAGREE if outcome.disagreements else OK


def measure(
    sizes_in_millions: Sequence[float], folder: Path, say: Callable[[str], None]
) -> Outcome:
    """Return all measurements; see `benchmark`."""
    outcome = Outcome(machine())
    registers = Registers(folder, say)
    bench = Bench(folder, registers.tiny, say)
    straightforward = bench.straightforward(registers.first)
    sizes = sorted({made.copies: made for made in map(registers.of, sizes_in_millions)}.items())
    for _, made in sizes:
        _measure_size(bench, made, registers.first, straightforward, outcome)
    small = [made for _, made in sizes if made.spells <= SHUFFLED_UP_TO]
    if small:
        _measure_shuffled(bench, registers.shuffled(small[-1]), straightforward[1], outcome)
    return outcome


def _measure_size(
    bench: Bench,
    made: Made,
    first: Made,
    straightforward: tuple[Sample, pl.DataFrame],
    outcome: Outcome,
) -> None:
    slow: Sample | None = None
    expected, who = repeated(straightforward[1], made.copies), "den ligefremme udgave × kopier"
    if made.copies == first.copies:
        slow, who = straightforward[0], "den ligefremme udgave"
    elif made.spells <= STRAIGHTFORWARD_UP_TO:
        slow, counted = bench.straightforward(made)
        outcome.compared(lines(differences(expected, counted), who))
        expected, who = counted, "den ligefremme udgave"
    turns, counted = bench.turns(made, PASSIVE_STEMS, PASSIVE_TITLE)
    outcome.compared(lines(differences(expected, counted), who))
    outcome.lines.append(Line(PASSIVE_TITLE, made, turns, slow))
    turns, counted = bench.turns(made, ALL_STEMS, ALL_TITLE)
    passive = pl.col("measure") == PASSIVE
    outcome.compared(lines(differences(expected, counted.filter(passive)), who))
    others = counted.filter(~passive)
    if outcome.others is None:  # the first size stands for one copy of it
        outcome.others = others, made.copies
    else:
        smallest, copies = outcome.others
        same = differences(repeated(smallest, made.copies), repeated(others, copies))
        outcome.compared(lines(same, "det mindste register × kopier"))
    outcome.lines.append(Line(ALL_TITLE, made, turns))


def _measure_shuffled(bench: Bench, made: Made, one_copy: pl.DataFrame, outcome: Outcome) -> None:
    turns, counted = bench.turns(made, PASSIVE_STEMS, SHUFFLED_TITLE)
    expected = repeated(one_copy, made.copies)
    outcome.compared(lines(differences(expected, counted), "samme rækker ordnet efter person"))
    outcome.lines.append(Line(SHUFFLED_TITLE, made, turns))


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@contextlib.contextmanager
def _folder(work: Path | None) -> Iterator[Path]:
    if work is not None:
        work.mkdir(parents=True, exist_ok=True)
        yield work
        return
    with tempfile.TemporaryDirectory(prefix="indsatsatlas-", ignore_cleanup_errors=True) as name:
        yield Path(name)
