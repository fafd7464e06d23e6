from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from queries.sources.rounding import decimals_of, denominator_bounds, denominator_interval


@pytest.mark.parametrize(
    ("count", "share", "expected"),
    [
        pytest.param(30, "52", (58, 58), id="Morsø: only 58"),
        pytest.param(23, "39", (59, 59), id="only 59: 58 gives 39,66 and 60 gives 38,33"),
        pytest.param(2790, "21", (12977, 13609), id="the country"),
        pytest.param(3, "21", (14, 14), id="Vallensbæk: only 14"),
        pytest.param(1, "17", (6, 6), id="one hidden person beside 17 pct."),
        pytest.param(2, "17", (12, 12), id="two hidden people beside 17 pct."),
        pytest.param(1, "12", (8, 8), id="12,5 exactly: a half may be rounded down to even"),
        pytest.param(1, "13", (8, 8), id="12,5 exactly: a half may be rounded up"),
        pytest.param(5, "100", (5, 5), id="never more in the count than in the denominator"),
        pytest.param(300, "100", (300, 301), id="100 pct. may hide one who is not counted"),
        pytest.param(117, "52,0", (225, 225), id="a decimal narrows: 225 gives exactly 52"),
        pytest.param(117, Decimal("52.00"), (225, 225), id="decimals come from the Decimal"),
        pytest.param(117, 52, (223, 227), id="an int has no decimals"),
        pytest.param(1, "0.5", (182, 222), id="a point instead of a comma"),
        pytest.param(1, "1", (67, 200), id="200 gives 0,5, which may be rounded up to 1"),
        pytest.param(0, "0", None, id="nobody: any denominator"),
        pytest.param(2, "0", None, id="two of at least 400: no largest"),
    ],
)
def test_interval(count: int, share: str | Decimal | int, expected: tuple[int, int] | None) -> None:
    assert denominator_interval(count, share) == expected


def test_unbounded_keeps_its_lower_end() -> None:
    assert denominator_bounds(2, "0") == (400, None)
    assert denominator_bounds(0, "0") == (1, None)  # nobody out of nobody has no share


@pytest.mark.parametrize(("count", "share"), [(30, "99"), (0, "17"), (2, "60"), (117, "52,4")])
def test_nothing_fits(count: int, share: str) -> None:
    assert denominator_bounds(count, share) is None
    with pytest.raises(ValueError, match=f"no whole denominator gives {count} a share of {share}"):
        denominator_interval(count, share)


@pytest.mark.parametrize(("count", "share"), [(-1, "5"), (5, "-1")])
def test_negative_is_a_programming_error(count: int, share: str) -> None:
    with pytest.raises(ValueError, match="negative"):
        denominator_bounds(count, share)


@pytest.mark.parametrize("decimals", [0, 1])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 17])
def test_bounds_agree_with_trying_every_denominator(count: int, decimals: int) -> None:
    unit = Decimal(1).scaleb(-decimals)
    half = Fraction(unit) / 2
    tried = range(max(count, 1), 700)
    for steps in range(0, 100 * 10**decimals + 1, 4 + 9 * decimals):
        share = unit * steps
        fits = [n for n in tried if abs(Fraction(100 * count, n) - Fraction(share)) <= half]
        bounds = denominator_bounds(count, share)
        if not fits:  # either nothing fits, or only denominators beyond those tried
            assert bounds is None or bounds[0] > tried[-1]
        else:
            assert bounds is not None
            low, high = bounds
            assert low == fits[0]
            assert high == fits[-1] or (fits[-1] == tried[-1] and (high or 700) >= 699)


def test_decimals_of() -> None:
    assert [decimals_of(Decimal(s)) for s in ("21", "21.4", "21.40", "2E+1")] == [0, 1, 2, 0]
    with pytest.raises(ValueError, match="not a number"):
        decimals_of(Decimal("NaN"))
