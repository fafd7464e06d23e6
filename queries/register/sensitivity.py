"""How much each open choice would change the result: one run per other value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from queries.indicators.definition import load_indicators
from queries.register.choices import CHOICES, Choices
from queries.register.plan import Plan
from queries.register.reading.files import Folder
from queries.register.report import number
from queries.register.run import run

OTHER_NUMBERS: dict[str, tuple[object, ...]] = {
    "seniority_weeks": (51, 53),
    "interruption_weeks": (3, 5),
}
"""Neighbours of the attested numbers; the inner boundaries of gruppe 2 move no published number."""
KEY = ["measure", "breakdown", "period", "kommune"]


@dataclass(frozen=True)
class Effect:
    """What another value of one choice does to one indicator in one month.

    Numerators and denominators of the whole country, and in how many kommuner either changes.
    """

    choice: str
    value: object
    indicator: str
    before: tuple[int, int]
    after: tuple[int, int]
    kommuner: int


def other_choices() -> Iterator[tuple[str, object, Choices]]:
    """Yield every choice with every other value, and the choices with only that one changed."""
    default = Choices()
    for name, choice in CHOICES.items():
        values = tuple(choice.options) if choice.options else OTHER_NUMBERS.get(name, ())
        for value in values:
            if value != getattr(default, name):
                yield name, value, replace(default, **{name: value})  # type: ignore[arg-type]  # known


def effects(
    folder: Folder, plan: Plan, period: str, work: Path, told: Callable[[str], None]
) -> Iterator[Effect]:
    """Run the register once per other value; yield what changes in one month.

    `plan` asks for that month with the default choices. `told` is called before each run.
    """
    shown = {
        (one.register.measure, one.register.breakdown): one.title
        for one in load_indicators().values()
        if one.register
    }
    before = _month(run(folder, plan, work).counts, period)
    for name, value, choices in other_choices():
        told(f"{name}={value}")
        after = _month(run(folder, replace(plan, choices=choices), work).counts, period)
        joined = before.join(after, on=KEY, how="full", coalesce=True, suffix="_after")
        joined = joined.with_columns(pl.col(pl.Int64).fill_null(0))
        for (measure, breakdown), part in joined.group_by("measure", "breakdown"):
            title = shown.get((str(measure), str(breakdown)))
            changed = part.filter(
                (pl.col("numerator") != pl.col("numerator_after"))
                | (pl.col("denominator") != pl.col("denominator_after"))
            )
            if title and changed.height:
                totals = part.select(pl.col(pl.Int64).sum()).row(0, named=True)
                yield Effect(
                    name,
                    value,
                    title,
                    (totals["numerator"], totals["denominator"]),
                    (totals["numerator_after"], totals["denominator_after"]),
                    changed.height,
                )


def _month(counts: pl.DataFrame, period: str) -> pl.DataFrame:
    return counts.filter(pl.col("period") == period)


def effects_text(found: list[Effect], period: str, *, synthetic: bool) -> str:
    """Return the effects as a Danish table, largest change of share first within each indicator."""
    lines = [f"Hvad hvert valg ville ændre i {period}, ét ad gangen, for hele landet"]
    if synthetic:
        lines.append("SYNTETISKE TAL: opdigtede borgere, kun til afprøvning")
    for indicator in sorted({effect.indicator for effect in found}):
        mine = [effect for effect in found if effect.indicator == indicator]
        count, base = mine[0].before
        lines += ["", f"{indicator}: {number(count)} af {number(base)}, {_pct(count, base)}"]
        for effect in sorted(mine, key=lambda e: -abs(_share(*e.after) - _share(*e.before))):
            count, base = effect.after
            change = f"{_share(*effect.after) - _share(*effect.before):+.1f}".replace(".", ",")
            lines.append(
                f"  {effect.choice}={effect.value}: {number(count)} af {number(base)}, "
                f"{_pct(count, base)} ({change} procentpoint; {effect.kommuner} kommuner ændres)"
            )
    unchanged = sorted(
        f"{name}={value}"
        for name, value, _ in other_choices()
        if not any((effect.choice, effect.value) == (name, value) for effect in found)
    )
    if unchanged:
        lines += ["", f"Ændrer intet: {', '.join(unchanged)}"]
    return "\n".join(lines) + "\n"


def _share(count: int, base: int) -> float:
    return 100 * count / base if base else 0.0


def _pct(count: int, base: int) -> str:
    return f"{_share(count, base):.1f} pct.".replace(".", ",", 1)
