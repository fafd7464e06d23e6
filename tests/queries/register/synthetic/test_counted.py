"""The register's own computation gives the numbers that the plain joins give, kommune by kommune.

Together with `test_published_numbers.py`: every published number comes out of `register compute`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import lru_cache

import polars as pl
import pytest

from queries.register.calendar import parse_month
from queries.register.choices import Choices
from queries.register.in_memory import Counted, Register, count_register
from queries.register.mapping import parse_code_list
from queries.register.plan import Plan, all_kommuner
from queries.register.synthetic import SEED
from tests.queries.register.synthetic.made import counted, register
from tests.queries.register.synthetic.straightforward import Month, Straightforward

SERIES: dict[tuple[str, str], Callable[[Straightforward, Month], pl.DataFrame]] = {
    ("passive", "ressourceforloeb"): Straightforward.passive,
    ("gruppe_2_tid", "over_9"): Straightforward.over_9_months,
    ("gruppe_2_uden_tilbud", "alle"): Straightforward.without_offer,
    ("gruppe_2_skiftet_ydelse", "alle"): Straightforward.changed_benefit,
    ("virksomhedspraktik", "alle"): Straightforward.placements,
    ("ordinaere_timer", "alle"): Straightforward.ordinary_hours,
    ("fuld_afgang", "alle"): Straightforward.full_exit,
}


@lru_cache(maxsize=1)
def counts() -> Counted:
    """Everything, counted by default choices as the command does."""
    made = register(SEED)
    code_list = parse_code_list(tomllib.loads(made.mapping), "mapping.toml")
    assert code_list.as_of is not None
    first, last = parse_month("2016M01"), parse_month("2019M12")
    plan = Plan(code_list, Choices(), first, last, code_list.as_of, all_kommuner())
    frames = Register(made.benefits, made.offers, made.mentors, made.flere_skal_med, made.hours)
    return count_register(frames, plan)


@pytest.mark.parametrize("month", [Month(2017, 6), Month(2018, 12), Month(2019, 4)])
@pytest.mark.parametrize("series", SERIES)
def test_every_kommune_of_an_attested_month(series: tuple[str, str], month: Month) -> None:
    measure, breakdown = series
    if measure != "passive" and month.year == 2017:
        month = Month(2018, 6)
    expected = {
        row[0]: (row[1], row[2]) for row in SERIES[series](counted(SEED), month).iter_rows()
    }
    found = counts().frame.filter(
        measure=measure, breakdown=breakdown, period=f"{month.year}M{month.number:02d}"
    )
    assert found.height > 80
    assert {
        row[0]: (row[1], row[2])
        for row in found.select("kommune", "numerator", "denominator").iter_rows()
    } == {kommune: pair for kommune, pair in expected.items() if pair[1] > 0}
