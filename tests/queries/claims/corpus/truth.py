"""What the shipped facts say, worked out anew: the corpus is checked against this.

Plain loops over the CSV files, so that neither the warehouse nor the claim checker judges itself.
A formula is an arithmetic expression over the functions in `FUNCTIONS`, such as
`count("0316") + count("0330")` or `kommuner_share_over(50)`.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FACTS = Path(__file__).parents[4] / "queries" / "facts"
LAND = "000"


@dataclass(frozen=True)
class Truth:
    """A number and how far the source itself leaves it open.

    `low` and `high` are the smallest and largest value that agree with the source; `printed` is
    the figure as it stands there, and None where the source gives an interval only.
    """

    low: float
    high: float
    printed: float | None
    is_share: bool = False

    @property
    def is_exact(self) -> bool:
        """Say whether the source gives one number and no hedge."""
        return self.low == self.high


def _rows(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def table() -> dict[str, tuple[int | None, int]]:
    """Give count (None where hidden) and whole-percent share per area code, land as '000'."""
    return {
        row["kommunekode"]: (int(row["count"]) if row["count"] else None, int(row["share_pct"]))
        for row in _rows("beu_spm_554_tabel_1.csv")
    }


@cache
def area_codes() -> frozenset[str]:
    """Give the 98 codes, and '000' for the land."""
    return frozenset({row["kommunekode"] for row in _rows("kommuner.csv")} | {LAND})


@cache
def kommuner() -> dict[str, tuple[int | None, int]]:
    """Give the table without its total."""
    return {code: cells for code, cells in table().items() if code != LAND}


def exactly(value: float) -> Truth:
    """Make a truth of one number."""
    return Truth(value, value, value)


def count(code: str) -> float:
    """Give the shown count; a hidden one is an error of the corpus."""
    found = table()[code][0]
    if found is None:
        raise ValueError(f"{code} is hidden: no formula may use it")
    return found


def share(code: str) -> float:
    """Give the printed share in percent."""
    return table()[code][1]


def denominator(code: str) -> Truth:
    """Give the smallest and largest denominator that agree with count and printed share."""
    numerator, printed = count(code), share(code)
    low = math.ceil(100 * numerator / (printed + 0.5))
    high = math.floor(100 * numerator / (printed - 0.5))
    return Truth(low, high, None)


def _shown() -> list[int]:
    return [number for number, _ in kommuner().values() if number is not None]


def kommuner_count_over(threshold: float) -> float:
    """Count the kommuner whose count is above; hidden ones are under 3 and never are."""
    return sum(number > threshold for number in _shown())


def kommuner_count_equal(threshold: float) -> float:
    """Count the kommuner whose shown count is this."""
    return sum(number == threshold for number in _shown())


def kommuner_share_over(threshold: float) -> float:
    """Count the kommuner of the 96 whose printed share is above."""
    return sum(printed > threshold for _, printed in kommuner().values())


def kommuner_share_under(threshold: float) -> float:
    """Count the kommuner of the 96 whose printed share is below."""
    return sum(printed < threshold for _, printed in kommuner().values())


def kommuner_share_equal(threshold: float) -> float:
    """Count the kommuner of the 96 whose printed share is this."""
    return sum(printed == threshold for _, printed in kommuner().values())


def rank_count(code: str) -> float:
    """Give the place by count, largest first; equal counts share the best place."""
    return 1 + kommuner_count_over(count(code))


def rank_share(code: str) -> float:
    """Give the place by printed share, largest first; equal shares share the best place."""
    return 1 + kommuner_share_over(share(code))


def tied_share(code: str) -> float:
    """Count the kommuner with the same printed share, itself included."""
    return kommuner_share_equal(share(code))


def named(initiative: str) -> float:
    """Count the kommuner that the sources name for an initiative."""
    return sum(row["initiative_id"] == initiative for row in _rows("initiative_kommuner.csv"))


def takes_part(initiative: str, code: str) -> float:
    """Give 1 if the sources name the kommune for the initiative, otherwise 0."""
    return sum(
        row["initiative_id"] == initiative and row["kommunekode"] == code
        for row in _rows("initiative_kommuner.csv")
    )


def statement(statement_id: str, part: str = "value") -> Truth:
    """Give a published statement; `part` 'count' is the number beside a share."""
    (row,) = [row for row in _rows("statements.csv") if row["statement_id"] == statement_id]
    value = float(row[part])
    hedge = row["hedge"] if part == "value" else row["count_hedge"]
    low, high = {
        "exact": (value, value),
        "rounded": (value - 0.5, value + 0.5),
        "about": (0.95 * value, 1.05 * value),
        "more_than": (math.nextafter(value, math.inf), 1.5 * value),
        "a_little_over": (value, 1.1 * value),
        "at_least": (value, math.inf),
    }[hedge]
    return Truth(low, high, value, is_share=hedge == "rounded")


FUNCTIONS = {
    function.__name__: function
    for function in (
        count,
        share,
        denominator,
        kommuner_count_over,
        kommuner_count_equal,
        kommuner_share_over,
        kommuner_share_under,
        kommuner_share_equal,
        rank_count,
        rank_share,
        tied_share,
        named,
        takes_part,
        statement,
    )
}


def truth_of(formula: str) -> Truth:
    """Evaluate a formula of the corpus; a lone share is open by half a percent either way."""
    found = eval(formula, {"__builtins__": {}}, FUNCTIONS)
    if isinstance(found, Truth):
        return found
    value = float(found)
    if formula.startswith("share(") and formula.count("(") == 1:
        return Truth(value - 0.5, value + 0.5, value, is_share=True)
    return exactly(value)


def judge(figure: float, hedge: str, truth: Truth) -> str:
    """Apply the written conventions of the corpus to one figure."""
    verdict = "does_not_hold"
    if hedge == "exact":
        verdict = _unhedged(figure, truth)
    elif truth.printed is None:
        if _agrees(figure, hedge, truth.low) or _agrees(figure, hedge, truth.high):
            verdict = "holds_with_caveat"
    elif truth.is_exact or truth.is_share:
        if _agrees(figure, hedge, truth.printed):
            far = hedge == "more_than" and truth.printed > 1.5 * figure
            verdict = "holds_with_caveat" if far else "holds"
    else:
        verdict = _of_a_hedged_source(figure, hedge, truth)
    return verdict


def _unhedged(figure: float, truth: Truth) -> str:
    if figure == truth.printed:
        return "holds" if truth.is_exact or truth.is_share else "holds_with_caveat"
    inside = truth.low <= figure < truth.high or (truth.printed is None and figure == truth.high)
    precise = truth.is_share or truth.printed is None
    return "holds_with_caveat" if inside and precise else "does_not_hold"


def _agrees(figure: float, hedge: str, value: float) -> bool:
    return {
        "about": abs(value - figure) <= 0.05 * figure,
        "a_little_over": figure <= value <= 1.1 * figure,
        "a_little_under": 0.9 * figure <= value < figure,
        "more_than": value > figure,
        "at_least": value >= figure,
        "less_than": value < figure,
        "at_most": value <= figure,
    }[hedge]


def _of_a_hedged_source(figure: float, hedge: str, truth: Truth) -> str:
    ends = (_agrees(figure, hedge, truth.low), _agrees(figure, hedge, truth.high))
    if all(ends):
        return "holds"
    return "holds_with_caveat" if any(ends) else "does_not_hold"
