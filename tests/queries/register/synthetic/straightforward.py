"""The indicators with default choices, one month at a time, by plain joins: to check the generator.

Written against the contract's text and sharing nothing with the generator. Every function returns
kommune (four digits), numerator and denominator, a row where the denominator is above 0.
"""

from __future__ import annotations

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from queries.register.synthetic import SyntheticRegister
from queries.sources.facts import read_facts

AS_OF = date(2019, 12, 31)
THE_THREE = ("kontanthjaelp", "uddannelseshjaelp", "integrationsydelse")
ACTIVE = ("virksomhedspraktik", "loentilskud", "nytteindsats", "vejledning_og_opkvalificering")
YEAR_WEEKS, LONGEST_GAP = 52, 4
UNKNOWN = "uoplyst"


@dataclass(frozen=True)
class Month:
    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def earlier(self, months: int) -> Month:
        year, number = divmod(12 * self.year + self.number - 1 - months, 12)
        return Month(year, number + 1)

    def __str__(self) -> str:
        return f"{self.year}M{self.number:02d}"


MONTHS = [Month(year, number) for year in range(2016, 2020) for number in range(1, 13)]


def week_number(day: date) -> int:
    """Weeks since the one that holds 1 January of year 1."""
    return (day.toordinal() - 1) // 7


def _week_codes() -> pl.DataFrame:
    mondays = [date(1990, 1, 1) + timedelta(weeks=n) for n in range(52 * 35)]
    iso = [day.isocalendar() for day in mondays]
    return pl.DataFrame(
        {
            "code": [100 * year + week for year, week, _ in iso],
            "week": [week_number(day) for day in mondays],
        },
        schema={"code": pl.Int32, "week": pl.Int64},
    )


def _kommune_text(column: str) -> pl.Expr:
    text = pl.col(column).cast(pl.String).str.zfill(4)
    return pl.when(text.is_in(read_facts("kommuner")["kommunekode"].to_list())).then(text)


def _by_kommune(persons: pl.DataFrame, counted: pl.Expr) -> pl.DataFrame:
    return (
        persons.group_by("kommune")
        .agg(numerator=counted.sum().cast(pl.Int64), denominator=pl.len().cast(pl.Int64))
        .sort("kommune")
    )


class Straightforward:
    """The cleaned register, and the counts of any month."""

    def __init__(self, register: SyntheticRegister) -> None:
        self.mapping = tomllib.loads(register.mapping)
        self.register = register

    @cached_property
    def benefits(self) -> pl.DataFrame:
        """person, kommune, benefit id ('other' if unlisted), first, last: week numbers."""
        codes = {
            int(code): name for name, listed in self.mapping["benefits"].items() for code in listed
        }
        weeks = _week_codes()
        as_of = week_number(AS_OF)
        frame = self.register.benefits.unique()
        frame = frame.join(weeks.rename({"week": "first"}), left_on="first_week", right_on="code")
        frame = frame.join(
            weeks.rename({"week": "last"}), left_on="last_week", right_on="code", how="left"
        )
        assert frame.filter(pl.col("last").is_null() & pl.col("last_week").is_not_null()).is_empty()
        return (
            frame.with_columns(pl.col("last").fill_null(as_of))
            .filter(pl.col("last") >= pl.col("first"), pl.col("first") <= as_of)
            .select(
                "person",
                _kommune_text("kommune").fill_null(UNKNOWN),
                pl.col("benefit").replace_strict(codes, default="other", return_dtype=pl.String),
                "first",
                pl.col("last").clip(upper_bound=as_of),
            )
        )

    @cached_property
    def active_offers(self) -> pl.DataFrame:
        """person, kind, starts_on, ends_on of active offers."""
        kinds = {name: kind for kind in ACTIVE for name in self.mapping["offers"][kind]}
        return _days(
            self.register.offers.with_columns(
                kind=pl.col("offer_type").replace_strict(
                    kinds, default=None, return_dtype=pl.String
                )
            ).filter(pl.col("kind").is_not_null())
        ).select("person", "kind", "starts_on", "ends_on")

    @cached_property
    def activity(self) -> pl.DataFrame:
        """person, starts_on, ends_on of active offers and mentors."""
        columns = ("person", "starts_on", "ends_on")
        mentors = _days(self.register.mentors).select(columns)
        return pl.concat([self.active_offers.select(columns), mentors])

    @cached_property
    def records(self) -> pl.DataFrame:
        """person, kommune, group, referred_on, ended_on, and stay_from: when the stay began."""
        groups = {text: name for name, texts in self.mapping["groups"].items() for text in texts}
        frame = (
            self.register.flere_skal_med.unique()
            .with_columns(
                pl.col("group").replace_strict(groups, default=None, return_dtype=pl.String),
                pl.col("ended_on").fill_null(date(9999, 12, 31)),
                _kommune_text("kommune").fill_null(UNKNOWN),
            )
            .filter(
                pl.col("group").is_not_null(),
                pl.col("ended_on") >= pl.col("referred_on"),
                pl.col("referred_on") <= AS_OF,
            )
            .sort("person", "group", "referred_on", "ended_on")
        )
        so_far = pl.col("ended_on").cum_max().shift().over("person", "group")
        begins = so_far.is_null() | (pl.col("referred_on") > so_far.dt.offset_by("1d"))
        stay = begins.cast(pl.Int64).cum_sum().over("person", "group")
        return frame.with_columns(stay=stay).with_columns(
            stay_from=pl.col("referred_on").min().over("person", "group", "stay")
        )

    @cached_property
    def hours(self) -> pl.DataFrame:
        """person, month (YYYYMM) with hours."""
        return (
            self.register.hours.filter(pl.col("hours") >= 0)
            .group_by("person", "month")
            .agg(pl.col("hours").sum())
            .filter(pl.col("hours") > 0)
        )

    def courses(self, benefits: tuple[str, ...]) -> pl.DataFrame:
        """person, course, first, last: runs of weeks on any of the benefits, courses numbered."""
        spells = self.benefits.filter(pl.col("benefit").is_in(benefits)).sort("person", "first")
        spells = spells.with_columns(so_far=pl.col("last").cum_max().shift().over("person"))
        gap = pl.col("first") - pl.col("so_far") - 1
        runs = (
            spells.with_columns(
                run=(gap.is_null() | (gap > 0)).cast(pl.Int64).cum_sum().over("person"),
                course=(gap.is_null() | (gap > LONGEST_GAP))
                .cast(pl.Int64)
                .cum_sum()
                .over("person"),
            )
            .group_by("person", "course", "run")
            .agg(pl.col("first").min(), pl.col("last").max())
        )
        return runs.sort("person", "run")

    @cached_property
    def _ressourceforloeb(self) -> pl.DataFrame:
        return self.courses(("ressourceforloeb",))

    def passive(self, month: Month) -> pl.DataFrame:
        """Passive in ressourceforløb: no activity in the year that ends with the month."""
        opens, closes = week_number(month.first), week_number(month.last)
        runs = self._ressourceforloeb.filter(pl.col("first") <= closes)
        read = (
            runs.filter(pl.col("last") >= opens)
            .group_by("person")
            .agg(read=pl.min_horizontal(pl.col("last"), closes).max())
        )
        before = runs.join(read, on="person").filter(pl.col("first") <= pl.col("read"))
        current = pl.col("course") == pl.col("course").max().over("person")
        weeks = pl.min_horizontal("last", "read") - pl.col("first") + 1
        long = (
            before.filter(current)
            .group_by("person", "read")
            .agg(weeks=weeks.sum())
            .filter(pl.col("weeks") >= YEAR_WEEKS)
        )
        spells = self.benefits.filter(pl.col("benefit") == "ressourceforloeb")
        owners = (
            spells.join(long, on="person")
            .filter(pl.col("first") <= pl.col("read"), pl.col("last") >= pl.col("read"))
            .sort("first", "last", "kommune", descending=[True, True, False])
            .unique("person", keep="first", maintain_order=True)
        )
        year = self.activity.filter(
            pl.col("starts_on") <= month.last, pl.col("ends_on") > month.earlier(12).last
        )
        return _by_kommune(owners, ~pl.col("person").is_in(year["person"].implode()))

    def in_force(self, month: Month) -> pl.DataFrame:
        """One record a person: the latest in force on the month's last day."""
        return _latest(
            self.records.filter(
                pl.col("referred_on") <= month.last, pl.col("ended_on") >= month.last
            )
        )

    def on(self, month: Month, *benefits: str) -> pl.Series:
        """The persons with a week of the month on any of the benefits (none named: on anything)."""
        spells = self.benefits.filter(
            pl.col("first") <= week_number(month.last), pl.col("last") >= week_number(month.first)
        )
        if benefits:
            spells = spells.filter(pl.col("benefit").is_in(benefits))
        return spells["person"].unique()

    def _group_2(self, month: Month) -> pl.DataFrame:
        owners = self.in_force(month).filter(pl.col("group") == "gruppe_2")
        return owners.filter(pl.col("person").is_in(self.on(month, *THE_THREE).implode()))

    def over_9_months(self, month: Month) -> pl.DataFrame:
        """Gruppe 2 on the three: more than 9 months in the group."""
        over = pl.col("stay_from").dt.offset_by("9mo") < month.last
        return _by_kommune(self._group_2(month), over)

    def without_offer(self, month: Month, *, only_kontanthjaelp: bool = False) -> pl.DataFrame:
        """Gruppe 2 on the three (or on kontanthjælp): no active offer in the month."""
        persons = self._group_2(month)
        if only_kontanthjaelp:
            on = self.on(month, "kontanthjaelp")
            persons = persons.filter(pl.col("person").is_in(on.implode()))
        return _by_kommune(persons, ~pl.col("person").is_in(self._offered(month).implode()))

    def changed_benefit(self, month: Month) -> pl.DataFrame:
        """Ever referred to gruppe 2: on none of the three."""
        ever = self.records.filter(
            pl.col("group") == "gruppe_2", pl.col("referred_on") <= month.last
        )
        on = self.on(month, *THE_THREE)
        return _by_kommune(_latest(ever), ~pl.col("person").is_in(on.implode()))

    def _effort(self, month: Month) -> pl.DataFrame:
        return self.in_force(month).filter(pl.col("group") == "indsatsgruppe")

    def placements(self, month: Month) -> pl.DataFrame:
        """The indsatsgruppe in virksomhedspraktik or løntilskud."""
        placed = self._offered(month, "virksomhedspraktik", "loentilskud")
        return _by_kommune(self._effort(month), pl.col("person").is_in(placed.implode()))

    def ordinary_hours(self, month: Month) -> pl.DataFrame:
        """The indsatsgruppe with ordinary hours."""
        return _by_kommune(
            self._effort(month), pl.col("person").is_in(self._with_hours(month).implode())
        )

    def full_exit(self, month: Month) -> pl.DataFrame:
        """The indsatsgruppe with ordinary hours and no benefit at all."""
        working = pl.col("person").is_in(self._with_hours(month).implode())
        return _by_kommune(
            self._effort(month), working & ~pl.col("person").is_in(self.on(month).implode())
        )

    def ever_in_project(self, month: Month) -> int:
        """Persons with any record that began by the month's end."""
        return self.records.filter(pl.col("referred_on") <= month.last)["person"].n_unique()

    def years_in_system(self) -> pl.DataFrame:
        """person, weeks: unbroken time on the three up to and with the week of referral.

        Weeks is null for a person who was not on any of them that week.
        """
        first = self.records.group_by("person").agg(pl.col("referred_on").min())
        week = (pl.col("referred_on") - date(1, 1, 1)).dt.total_days() // 7
        first = first.with_columns(week=week)
        runs = self.courses(THE_THREE).join(first, on="person")
        there = runs.filter(pl.col("first") <= pl.col("week"), pl.col("last") >= pl.col("week"))
        here = there.select("person", "course")
        weeks = pl.min_horizontal("last", "week") - pl.col("first") + 1
        counted = (
            runs.join(here, on=["person", "course"])
            .filter(pl.col("first") <= pl.col("week"))
            .group_by("person")
            .agg(weeks=weeks.sum())
        )
        return first.select("person").join(counted, on="person", how="left")

    def _offered(self, month: Month, *kinds: str) -> pl.Series:
        offers = self.active_offers.filter(
            pl.col("starts_on") <= month.last, pl.col("ends_on") >= month.first
        )
        return offers.filter(pl.col("kind").is_in(kinds or ACTIVE))["person"].unique()

    def _with_hours(self, month: Month) -> pl.Series:
        return self.hours.filter(pl.col("month") == 100 * month.year + month.number)["person"]


def _days(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col("ends_on").fill_null(AS_OF)).filter(
        pl.col("ends_on") >= pl.col("starts_on"), pl.col("starts_on") <= AS_OF
    )


def _latest(records: pl.DataFrame) -> pl.DataFrame:
    return records.sort(
        "referred_on", "ended_on", "kommune", "group", descending=[True, True, False, False]
    ).unique("person", keep="first", maintain_order=True)


def totals(counts: pl.DataFrame) -> tuple[int, int]:
    """Numerator and denominator of the whole country."""
    return int(counts["numerator"].sum()), int(counts["denominator"].sum())
