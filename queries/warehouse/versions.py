"""The same people or numbers in two files of runs: together they must not tell what one hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from queries.disclosure.audit import audit
from queries.disclosure.publication import Criterion
from queries.disclosure.solver import SolverError
from queries.disclosure.vintages import with_earlier
from queries.errors import UserError
from queries.indicators.definition import load_indicators
from queries.register.cell_file import RunSource
from queries.register.published import Together, as_read, together


@dataclass(frozen=True)
class Run:
    """The disclosed cells of one run, and whose they are; `name` is that of the file.

    What was found of a `shipped` one is kept on disk for the next build; others are audited anew.
    """

    name: str
    cells: pl.DataFrame
    source: RunSource
    shipped: bool = False

    @property
    def is_synthetic(self) -> bool:
        """Whether the numbers are made up."""
        return self.source.kind == "synthetic"


def check_versions(runs: Sequence[Run]) -> None:
    """Refuse runs for the same numbers that do not keep each other's hidden ones.

    Made-up numbers say nothing of others' and are compared among themselves. Raises UserError.
    """
    ordered = sorted(runs, key=lambda run: (run.source.recorded_at, run.name))
    for number, newer in enumerate(ordered):
        for older in ordered[:number]:
            if newer.is_synthetic == older.is_synthetic:
                _check_apart(older, newer)
                _check_pair(older, newer)


def _check_apart(older: Run, newer: Run) -> None:
    """Refuse two files that tell different things of the same people in the same month."""
    key = ["indicator_id", "period"]
    mine, theirs = (one.cells.unique(key, keep="first") for one in (newer, older))
    periods = pl.col("period").is_in(theirs["period"].to_list())
    whole = pl.concat([mine.filter(periods), theirs]).unique(key, keep="first")
    for told in together(whole, newer.source.choices):
        one, other = (
            set(frame.filter(period=told.period)["indicator_id"]) & set(told.indicators)
            for frame in (mine, theirs)
        )
        if one and other and not one & other:
            known = load_indicators()
            titles = [known[min(names)].title for names in (one, other)]
            raise UserError(
                f"{newer.name} har {titles[0]} og {older.name} {titles[1]} i {told.period}. De er "
                "om de samme borgere, og sammen kan de afsløre, hvad hver af dem skjuler. Lav én "
                "fil med begge i én kørsel af atlassets optælling, eller fjern den ene fil "
                "(fortryd den ene import)."
            )


def _check_pair(older: Run, newer: Run) -> None:
    key = ["indicator_id", "period"]
    both = set(older.cells.select(key).unique().rows()) & set(newer.cells.select(key).rows())
    if not both:
        return
    before = {(name, one.period): one for one in _told(older) for name in one.indicators}
    for told in _told(newer):
        shared = [name for name in told.indicators if (name, told.period) in both]
        if not shared:
            continue
        earlier = list({id(one): one for n in shared if (one := before[n, told.period])}.values())
        try:
            made = with_earlier(as_read(told), [as_read(one) for one in earlier], choosing=False)
            kept = audit(made, Criterion(newer.source.criterion), insiders=False, counts=False)
            fine = not kept.findings
        except (SolverError, ValueError):  # a Contradiction is one
            fine = False
        if not fine:
            raise UserError(
                f"Både {older.name} og {newer.name} har tal for {shared[0]} i {told.period}. "
                "Sammen kan de afsløre, hvad hver af dem skjuler. Fjern den ene fil (fortryd den "
                "ene import), eller lav den nyeste igen med: register compute --tidligere"
            )


def _told(run: Run) -> Iterable[Together]:
    return together(run.cells, run.source.choices)
