"""What the pages may say, worked out anew from the façade's cells in plain code.

Nothing of `pages` is used, and of `queries.statistics` only the test of trends: numbers are
written, added up, ranked and judged here by loops, fractions and the standard library.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from queries import LAND, Atlas, Level, SourceKind, statistics
from tests.oracles.statistics import benjamini_hochberg, holm

Cell = Mapping[str, Any]
MONTHS = "januar februar marts april maj juni juli august september oktober november december"
HIDDEN_WORDS = {"suppressed": "skjult", "left_out": "udeladt", "not_collected": "ikke opgjort"}
LONG_WORDS = HIDDEN_WORDS | {"left_out": "udeladt af kilden"}
NOUNS = {
    "region": ("region", "regioner"),
    "landsdel": ("landsdel", "landsdele"),
    "kommune": ("kommune", "kommuner"),
    "jobcenter": ("jobcenter", "jobcentre"),
}
Z_95 = 1.959963984540054
DASH = "–"


def written(value: float | Fraction, decimals: int = 0) -> str:
    """A number as Danes write it, a half rounded up (away from zero)."""
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    whole = math.floor(abs(exact) * 10**decimals + Fraction(1, 2))
    digits = str(whole).rjust(decimals + 1, "0")
    head, tail = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    groups: list[str] = []
    while head:
        head, group = head[:-3], head[-3:]
        groups.insert(0, group)
    sign = "-" if exact < 0 and whole else ""
    return sign + ".".join(groups) + (f",{tail}" if tail else "")


def pct(value: float, decimals: int) -> str:
    return f"{written(value, decimals)} pct."


def span(low: float, high: float, decimals: int = 0) -> str:
    first, last = written(low, decimals), written(high, decimals)
    return first if first == last else f"{first}{DASH}{last}"


def around(low: int, high: int) -> set[str]:
    """The ways to write people known as an interval: its middle, as fine as it is wide."""
    if low == high:
        return {written(low)}
    step = 100 if high - low >= 100 else 10 if high - low >= 10 else 1
    middle = Fraction(low + high, 2)
    near = {math.floor(middle / step) * step, math.ceil(middle / step) * step}
    return {f"ca. {written(n)}" for n in near if abs(n - middle) <= Fraction(step, 2)}


HEDGES = {
    "more_than": "mere end ",
    "about": "ca. ",
    "a_little_over": "godt ",
    "at_least": "mindst ",
}


def short(value: Any) -> str:
    """A published amount: whole, or with one decimal where it has one."""
    exact = Fraction(str(value))
    return written(exact, 0 if exact.denominator == 1 else 1)


def figure(statement: Cell) -> str:
    """A statement's number with its hedge, or the document's own words."""
    if statement["value"] is None:
        return str(statement["unit"])
    if "ud af" in statement["hedge_word"]:
        return str(statement["hedge_word"])
    hedge = HEDGES.get(statement["hedge"], "")
    return f"{hedge}{short(statement['value'])} {statement['unit']}"


def month(period: str) -> str:
    if "M" in period:
        return f"{MONTHS.split()[int(period[5:]) - 1]} {period[:4]}"
    return period


def has_people(cell: Cell) -> bool:
    return cell["status"] == "shown" and None not in (
        cell["numerator"],
        cell["denominator_low"],
        cell["denominator_high"],
    )


def values(cell: Cell) -> set[str]:
    """The ways to say a cell in a few words: '52 pct. (117 af ca. 225)', 'skjult', ..."""
    share = "" if cell["share_pct"] is None else pct(cell["share_pct"], cell["share_decimals"])
    if cell["status"] != "shown":
        return {f"{share}, antal skjult" if share else LONG_WORDS[cell["status"]]}
    count = written(cell["numerator"])
    if cell["denominator_low"] is None:
        return {f"{share} ({count})" if share else f"{count} borgere"}
    bases = around(cell["denominator_low"], cell["denominator_high"])
    return {f"{share} ({count} af {base})" for base in bases}


def once(note: str) -> str:
    """A note after the word for a hidden cell, which it does not say again."""
    return note.replace("Skjult: t", "T")


def row(cell: Cell) -> tuple[str, str, str]:
    """Count, share and denominator as a table has them."""
    word = HIDDEN_WORDS.get(cell["status"], "")
    count = word if cell["numerator"] is None else written(cell["numerator"])
    share = word
    if cell["share_pct"] is not None:
        share = pct(cell["share_pct"], cell["share_decimals"])
    base = DASH
    if cell["denominator_low"] is not None:
        base = span(cell["denominator_low"], cell["denominator_high"])
    return count, share, base


def wilson(count: int, people: int) -> tuple[float, float]:
    """The shares in pct. that solve the score equation, as roots of its polynomial."""
    share, square = count / people, Z_95 * Z_95 / people
    middle, half = (
        2 * share + square,
        math.sqrt(square * square + 4 * square * share * (1 - share)),
    )
    low, high = ((middle + side * half) / (2 * (1 + square)) for side in (-1, 1))
    return (0.0 if count == 0 else 100 * low), (100.0 if count == people else 100 * high)


def tail_above(count: int, people: int, share: float) -> float:
    """The chance of so many or more; 1 where the count is not above what is expected."""
    if count <= people * share:
        return 1.0
    if share <= 0:
        return 0.0
    term = math.exp(
        math.lgamma(people + 1)
        - math.lgamma(count + 1)
        - math.lgamma(people - count + 1)
        + count * math.log(share)
        + (people - count) * (math.log1p(-share) if people > count else 0.0)
    )
    total, k = 0.0, count
    while term > total * 1e-17 and k <= people:
        total += term
        term *= (people - k) / (k + 1) * share / (1 - share) if share < 1 else 0.0
        k += 1
    return total


def shares_of(cell: Cell) -> tuple[Fraction, Fraction]:
    if cell.get("denominator_low") is not None and cell["numerator"] is not None:
        count = Fraction(cell["numerator"])
        return count / cell["denominator_high"], count / cell["denominator_low"]
    share = Fraction(str(cell["share_pct"])) / 100
    return share, share


def tails(cell: Cell, other: Cell) -> tuple[float, float]:
    """The chances of lying so far above and so far below the other, where each is likeliest."""
    low, high = (float(share) for share in shares_of(other))
    above = tail_above(cell["numerator"], cell["denominator_high"], high)
    rest = cell["denominator_low"] - cell["numerator"]
    return above, tail_above(rest, cell["denominator_low"], 1 - low)


def verdict(cell: Cell, other: Cell, risk: float = 0.025) -> str | None:
    if not has_people(cell) or other["share_pct"] is None or other["status"] != "shown":
        return None
    above, below = tails(cell, other)
    return "over" if above < risk else "under" if below < risk else "alike"


def verdict_beside_few(cell: Cell, other: Cell) -> str | None:
    """The same beside others who may be few: their chance counts as well."""
    word = verdict(cell, other)
    if word in ("over", "under"):
        over, under = chance_above(cell, other), chance_above(other, cell)
        return word if min(over, under) <= 0.05 else "alike"
    return word


def chance_above(one: Cell, two: Cell) -> float:
    """The two-sided chance of one lying so far above two, at the least favourable denominators."""
    x, n = one["numerator"], one["denominator_high"]
    y, m = two["numerator"], two["denominator_low"]
    step = 1 / n + 1 / m
    apart, joint = x / n - y / m - step / 2, (x + y) / (n + m)
    if apart <= 0:
        return 1.0
    return math.erfc(apart / math.sqrt(joint * (1 - joint) * step) / math.sqrt(2))


def rank_ranges(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """Places left open by tests against all others, at the least favourable denominators."""
    count = len(cells)
    found = []
    for i in range(count):
        others = [j for j in range(count) if j != i]
        pairs_of = [(cells[j], cells[i]) for j in others]
        both = [(chance_above(one, two), chance_above(two, one)) for one, two in pairs_of]
        clear = [value <= 0.05 for value in holm([min(pair) for pair in both])]
        pairs = list(zip(clear, both, strict=True))
        above = sum(known and over < under for known, (over, under) in pairs)
        below = sum(known and under < over for known, (over, under) in pairs)
        found.append((1 + above, count - below))
    return found


def people_to(cell: Cell, other: Cell) -> tuple[int, int]:
    """How many people fewer bring the cell to the other; below zero: more."""

    def away(people: Fraction) -> int:
        return math.ceil(people) if people > 0 else math.floor(people)

    low, high = shares_of(other)
    x = cell["numerator"]
    return away(x - cell["denominator_high"] * high), away(x - cell["denominator_low"] * low)


@dataclass(frozen=True)
class Judgement:
    low_pct: float
    high_pct: float
    verdict: str | None
    clearly: str | None
    adjusted: str | None
    rank_low: int
    rank_high: int

    @property
    def word(self) -> str:
        clear = {"over": "klart over", "under": "klart under"}.get(self.clearly or "")
        return clear or {"alike": "ikke til at skelne"}.get(self.verdict or "", self.verdict or "–")


@dataclass(frozen=True)
class Sum:
    """Shown cells added up, as a cell; `areas` of `asked` had numbers."""

    numerator: int
    low: int
    high: int
    areas: int
    asked: int
    without: tuple[str, ...]

    @property
    def shares(self) -> tuple[float, float]:
        return 100 * self.numerator / self.high, 100 * self.numerator / self.low

    def cell(self, decimals: int) -> dict[str, Any]:
        middle = sum(self.shares) / 2
        return {
            "status": "shown",
            "numerator": self.numerator,
            "denominator_low": self.low,
            "denominator_high": self.high,
            "share_pct": round(middle, decimals),
        }


def added(cells: Iterable[Cell]) -> Sum | None:
    every = list(cells)
    shown = [cell for cell in every if has_people(cell)]
    if not shown:
        return None
    return Sum(
        sum(cell["numerator"] for cell in shown),
        sum(cell["denominator_low"] for cell in shown),
        sum(cell["denominator_high"] for cell in shown),
        len(shown),
        len(every),
        tuple(cell["name"] for cell in every if not has_people(cell)),
    )


class Truth:
    """The façade's answers as plain dictionaries, and what follows from them."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.areas = {area["area_id"]: area for area in atlas.areas().to_dicts()}
        self.indicators = atlas.indicators
        self.by_title = {one.title: key for key, one in self.indicators.items()}
        self.cells = cache(self._cells)
        self.judged = cache(self._judged)
        self.national = cache(self._national)
        self.series = cache(self._series)
        self.trends = cache(self._trends)

    def ids(self, level: str) -> list[str]:
        return [key for key, area in self.areas.items() if area["level"] == level]

    def _cells(
        self,
        indicator_id: str,
        period: str,
        level: Level,
        breakdown: str = "alle",
        kind: SourceKind | None = None,
    ) -> dict[str, Cell]:
        found = self.atlas.cells(indicator_id, period, level, breakdown=breakdown, source_kind=kind)
        return {cell["area_id"]: cell for cell in found.to_dicts()}

    def _national(self, indicator_id: str, period: str, breakdown: str = "alle") -> Cell:
        return self.atlas.national(indicator_id, period, breakdown=breakdown)

    def _judged(self, indicator_id: str, period: str, level: Level) -> dict[str, Judgement]:
        cells = [c for c in self.cells(indicator_id, period, level).values() if has_people(c)]
        country = self.national(indicator_id, period)
        both = [tails(cell, country) for cell in cells]
        adjusted = benjamini_hochberg([min(1.0, 2 * min(pair)) for pair in both])
        found = {}
        for cell, (above, below), chance, places in zip(
            cells, both, adjusted, rank_ranges(cells), strict=True
        ):
            side = "over" if above < below else "under"
            found[cell["area_id"]] = Judgement(
                wilson(cell["numerator"], cell["denominator_high"])[0],
                wilson(cell["numerator"], cell["denominator_low"])[1],
                verdict(cell, country),
                verdict(cell, country, 0.001),
                side if chance <= 0.05 else "alike",
                *places,
            )
        return found

    def _series(self, indicator_id: str, area_id: str, breakdown: str = "alle") -> Sequence[Cell]:
        return self.atlas.series(indicator_id, [area_id], breakdown=breakdown).to_dicts()

    def _trends(self, indicator_id: str, area_id: str) -> list[statistics.Trend]:
        """The façade's own test of each source's months; it has an oracle of its own."""
        parts = self.atlas.series(indicator_id, [area_id]).partition_by("source_id")
        found = [statistics.trend(part) for part in parts]
        return [one for one in found if one is not None]

    def peers(self, area_id: str) -> list[str]:
        """The others of an area's region on its level, as the pages liken by default."""
        own = self.areas[area_id]
        return [
            key
            for key, area in self.areas.items()
            if area["level"] == own["level"] and area["region"] == own["region"] and key != area_id
        ]

    def region_of(self, area_id: str) -> str:
        name = self.areas[area_id]["region"]
        regions = (key for key in self.ids("region") if self.areas[key]["name"] == name)
        return next(regions)

    def place(self, indicator_id: str, period: str, level: Level, area_id: str) -> tuple[int, int]:
        """First and last of the places that a rounded share leaves an area."""
        shown = [
            c["share_pct"]
            for c in self.cells(indicator_id, period, level).values()
            if c["status"] == "shown" and c["share_pct"] is not None
        ]
        own = self.cells(indicator_id, period, level)[area_id]["share_pct"]
        first = 1 + sum(share > own for share in shown)
        return first, first + sum(share == own for share in shown) - 1

    def land(self) -> str:
        return LAND
