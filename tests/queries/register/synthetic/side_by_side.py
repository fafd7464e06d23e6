"""Published beside made: a table of claims, printed whole when any of them fails."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Line:
    """One claim: its id or name, as published, as made, and whether they agree."""

    what: str
    published: str
    made: str
    fits: bool


def check(title: str, lines: list[Line]) -> None:
    wide = max(len(line.what) for line in lines)
    rows = [
        f"{'  ' if line.fits else '! '}{line.what:<{wide}}  {line.published:>18}  {line.made:>24}"
        for line in lines
    ]
    assert all(line.fits for line in lines), "\n".join(["", title, *rows])


def rounded(numerator: int, denominator: int) -> int:
    """A share in whole percent; a half, which rules round differently, is not allowed."""
    share = Decimal(100 * numerator) / Decimal(denominator)
    up = share.quantize(Decimal(1), ROUND_HALF_UP)
    assert up == share.quantize(Decimal(1), ROUND_HALF_EVEN), f"{numerator} of {denominator}"
    return int(up)


def share_line(what: str, counts: tuple[int, int], percent: int) -> Line:
    made = rounded(*counts)
    return Line(what, f"{percent} pct.", f"{counts[0]}/{counts[1]} = {made}", made == percent)


def between_line(what: str, published: str, value: float, low: float, high: float) -> Line:
    return Line(what, published, f"{value:g}", low <= value <= high)
