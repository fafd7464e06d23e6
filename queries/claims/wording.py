"""Numbers, periods and names in the Danish sentences of the report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from queries.claims.evidence import Cell


def number(value: Fraction | int, decimals: int | None = None) -> str:
    """Return a number as Danes write it: 2790 -> '2.790', 61.8 -> '61,8'."""
    exact = Fraction(value)
    if decimals is None:
        decimals = next((n for n in range(3) if (exact * 10**n).denominator == 1), 2)
    step = Decimal(1).scaleb(-decimals)
    amount = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(step, ROUND_HALF_UP)
    return f"{amount:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def pct(value: Fraction, decimals: int | None = None) -> str:
    """Return a share: '21 pct.'."""
    return f"{number(value, decimals)} pct."


def interval(low: Fraction | int, high: Fraction | int, decimals: int | None = None) -> str:
    """Return a range: '223–227', or one number."""
    first, last = number(low, decimals), number(high, decimals)
    return first if first == last else f"{first}–{last}"


def listing(names: Sequence[str]) -> str:
    """Return names in a sentence: 'Fanø og Læsø'."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"


def held_against(said: str, who: str, truth: str) -> str:
    """Return a figure beside the published one: 'Udkastet siger 117; datalageret har 93.'."""
    return f"Udkastet siger {said.strip()}; {who} {truth.rstrip('.')}."


def of_cell(cell: Cell) -> str:
    """Return a cell in words: 'Holbæk: 117 af 223–227 borgere, 52 pct.'."""
    parts = []
    if cell.is_shown and cell.numerator is not None and cell.low and cell.high:
        parts.append(f"{number(cell.numerator)} af {interval(cell.low, cell.high)} borgere")
    if cell.share is not None:
        parts.append(pct(cell.share, cell.decimals))
    return f"{cell.name}: {', '.join(parts)}"


def capital(text: str) -> str:
    """Return a text with a capital first."""
    return text[:1].upper() + text[1:]
