"""Published and synthetic numbers of the same areas, beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pages.figures.area_cells import table_row

Cell = Mapping[str, Any]
PRINTED = ("shown", "suppressed")


@dataclass(frozen=True)
class Pair:
    """One area's published cell and its synthetic one, None where there is none."""

    published: Cell
    made_up: Cell | None

    @property
    def comparable(self) -> bool:
        """Whether both show their numbers, or both hide them."""
        return self.made_up is not None and self.published["status"] == self.made_up["status"]

    @property
    def alike(self) -> bool:
        """Whether count and share are the same, or both are hidden."""
        if self.made_up is None or not self.comparable:
            return False
        if self.published["status"] != "shown":
            return True
        return all(self.published[k] == self.made_up[k] for k in ("numerator", "share_pct"))


def pairs(published: pl.DataFrame, made_up: pl.DataFrame) -> list[Pair]:
    """Return one pair per published cell, in its order."""
    others = {cell["area_id"]: cell for cell in made_up.iter_rows(named=True)}
    return [Pair(cell, others.get(cell["area_id"])) for cell in published.iter_rows(named=True)]


def agreement(rows: Sequence[Pair]) -> str:
    """Say how many of the published rows the synthetic numbers reproduce."""
    printed = [pair for pair in rows if pair.published["status"] in PRINTED]
    alike = sum(pair.alike for pair in printed)
    unlike = sum(pair.comparable and not pair.alike for pair in printed)
    rest = len(printed) - alike - unlike
    return (
        f"Af {len(printed)} offentliggjorte rækker er {alike} ens (samme antal og andel, eller "
        f"skjult begge steder), {unlike} er forskellige, og {rest} kan ikke sammenlignes, fordi "
        "tallet kun er skjult det ene sted."
    )


def texts(pair: Pair) -> tuple[str, ...]:
    """Return a pair as a table writes it: published count, share; synthetic count, share and
    denominator; and the difference in counts, where both are shown."""
    cell, other = pair.published, pair.made_up
    count, share, _ = table_row(cell)
    theirs = table_row(other) if other else ("–", "–", "–")
    gap = "–"
    if other and cell["numerator"] is not None and other["numerator"] is not None:
        gap = f"{other['numerator'] - cell['numerator']:+d}".replace("+0", "0").replace("-", "−")
    return count, share, *theirs, gap
