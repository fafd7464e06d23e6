"""Is every number in a text one that the oracle can account for, in that place?

Longer than most: one ledger of all that may stand beside an area, read from top to bottom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from queries import LAND, REGISTER_CHOICES, REGISTER_DEFAULTS, Level
from tests.oracles import page_numbers as oracle
from tests.oracles.page_numbers import Truth, has_people, span, written
from tests.pages.numbers.prose import PHRASES
from tests.pages.numbers.reading import flat

NUMBER = re.compile(r"(?<![\w.,])\d+(?:\.\d{3})*(?:,\d+)?(?![\d])")
NAMES = oracle.MONTHS.split()
SHORT = "|".join(f"{name[:3]}[.]?" for name in NAMES)
MONTH = re.compile(rf"\b({'|'.join(NAMES)}|{SHORT}) (\d{{4}})", re.IGNORECASE)
DATE = re.compile(rf"\b(\d{{1,2}})\. ({oracle.MONTHS.replace(' ', '|')}) (\d{{4}})", re.IGNORECASE)
ADDRESSED = 20
"""The letter went to kommuner with at least so many over 9 months (statement F8)."""


@dataclass(frozen=True)
class View:
    """What one run of a page is about: its indicators, each in a month, on one level."""

    page: str
    address: tuple[tuple[str, str], ...]
    level: Level = "kommune"
    months: tuple[tuple[str, str], ...] = ()
    selected: tuple[str, ...] = ()
    around: str = LAND

    def __str__(self) -> str:
        query = "&".join(f"{key}={value}" for key, value in self.address)
        return f"/{self.page}?{query}"


def tokens(*texts: object) -> set[str]:
    return {token for text in texts for token in NUMBER.findall(str(text))}


class Ledger:
    """The numbers that the oracle knows of each area, indicator and month, as they are written."""

    def __init__(self, truth: Truth) -> None:
        self.truth = truth
        self.area = cache(self._area)
        self.level = cache(self._level)
        self.series = cache(self._series)
        self.general = self._general()
        self.published = self._published()
        self.known = self._texts()
        self.days = self._days()
        self.periods = {p for one in truth.indicators for p in truth.atlas.periods(one)} | {
            p for p in truth.atlas.statements()["period"] if p
        }
        names = {area["name"]: key for key, area in truth.areas.items()}
        names |= {f"Jobcenter {n}": k for n, k in names.items() if k.startswith("J")}
        self.names = dict(names)
        longest = sorted(self.names, key=len, reverse=True)
        self._name = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?!\w)")
        titles = sorted(truth.by_title, key=len, reverse=True)
        self._title = re.compile("|".join(map(re.escape, titles)))

    def named(self, text: str, level: str = "") -> list[str]:
        """The areas that a text names; on the level of jobcentre a bare name is one too."""
        found = [self.names[name] for name in self._name.findall(text)]
        if level == "jobcenter":
            jobcentres = self.truth.areas
            found += [f"J{key}" for key in found if f"J{key}" in jobcentres]
        return found

    def titles(self, text: str) -> list[str]:
        return [self.truth.by_title[title] for title in self._title.findall(text)]

    def unaccounted(
        self,
        text: str,
        view: View,
        *,
        about: Iterable[str] = (),
        also: Iterable[str] = (),
        heading: str = "",
        when: dict[str, str] | None = None,
    ) -> list[str]:
        """The numbers of a text that nothing explains: not its areas, country, month or sources."""
        rest = flat(text)
        if not NUMBER.search(rest):
            return []
        for known in self.known:
            if known in rest:
                rest = re.sub(rf"(?<![\d,.]){re.escape(known)}(?!\d)", " ¤ ", rest)
        rest, periods = self._without_days(rest)
        if not (found := NUMBER.findall(rest)):
            return []
        named = [*about, *self.named(text, view.level)]
        titles = self.titles(f"{heading} {text}")
        levels = {view.level} | {
            level for level, nouns in oracle.NOUNS.items() if any(noun in text for noun in nouns)
        }
        months = dict(view.months) | dict(when or {})
        indicators = [one for one in titles if one in months]
        if view.page == "":
            shorts = {k: self.truth.indicators[k].short_title for k in dict(view.months)}
            indicators += [key for key, short in shorts.items() if short in text]
        elif view.page in ("sammenlign", "kommune"):
            indicators = indicators or list(months)[:1]
        elif view.page != "kilder":
            indicators = indicators or list(months)
        allowed = set(also) | self.general
        if view.page in ("", "kilder", "initiativer") or not self.named(text):
            allowed |= self.published
        for indicator in indicators:
            told = tuple(sorted({months[indicator], *periods}))
            for area in {*named, *view.selected, LAND}:
                allowed |= self.area(indicator, months[indicator], area)
                allowed |= self.series(indicator, area, told)
            for level in levels:
                allowed |= self.level(indicator, months[indicator], level)
            if view.page == "kilder" and indicator in titles:
                allowed |= self.defined(indicator)
        return [token for token in found if token not in allowed]

    def _without_days(self, text: str) -> tuple[str, set[str]]:
        """Take out known days and months; return the months met."""
        periods: set[str] = set()

        def day(found: re.Match[str]) -> str:
            number, name, year = found.groups()
            at = month_number(name)
            known = f"{year}-{at:02}-{int(number):02}" in self.days
            return " ¤ " if known else found.group()

        def period(found: re.Match[str]) -> str:
            name, year = found.groups()
            code = f"{year}M{month_number(name):02}"
            periods.add(code)
            return " ¤ " if code in self.periods else found.group()

        return MONTH.sub(period, DATE.sub(day, text)), periods

    def _area(self, indicator: str, period: str, area_id: str) -> set[str]:
        """What can be said of one area in one month: nothing but a published share if hidden."""
        truth = self.truth
        own_level = truth.areas[area_id]["level"]
        country = truth.national(indicator, period)
        cell = country
        if area_id != LAND:
            cell = truth.cells(indicator, period, own_level).get(area_id, {})
        if not cell:
            return set()
        found = tokens(*oracle.values(cell), *oracle.row(cell))
        found |= self._instead(indicator, period, area_id, cell["kind"])
        if cell["source_row"] is not None:
            found.add(str(cell["source_row"]))
        if not has_people(cell):
            return found
        decimals = cell["share_decimals"]
        found |= tokens(
            written(cell["denominator_low"]),
            written(cell["denominator_high"]),
            *oracle.around(cell["denominator_low"], cell["denominator_high"]),
        )
        if own_level == "land":
            ends = (cell["denominator_high"], cell["denominator_low"])
            exact = (Fraction(100 * cell["numerator"], end) for end in ends if end)
            return found | tokens(*(written(share, decimals + 1) for share in exact))
        judged = truth.judged(indicator, period, own_level)[area_id]
        found |= tokens(
            *(written(value, decimals) for value in (judged.low_pct, judged.high_pct)),
            judged.rank_low,
            judged.rank_high,
            *truth.place(indicator, period, own_level, area_id),
            len(truth.judged(indicator, period, own_level)),
        )
        best = self.best_quarter(indicator, period, own_level)
        for other in (country, best, *self._others(indicator, period, area_id)):
            if other is not None:
                found |= self._gap(cell, other)
        return found

    def _instead(self, indicator: str, period: str, area_id: str, kind: str) -> set[str]:
        """What is told of an area instead of hidden numbers: sums they are part of, or roughly."""
        rows = self.truth.atlas.alternatives(indicator, period, area_id).filter(kind=kind)
        found: set[str] = set()
        for row in rows.iter_rows(named=True):
            found |= tokens(row["title"], written(row["low"]), written(row["high"]))
            if row["denominator"] is not None:
                share = Fraction(100 * row["low"], row["denominator"])
                found |= tokens(written(row["denominator"]))
                found |= tokens(written(share, row["share_decimals"]))
        return found

    def _others(self, indicator: str, period: str, area_id: str) -> Iterator[dict[str, Any] | None]:
        truth = self.truth
        level = truth.areas[area_id]["level"]
        regions = truth.cells(indicator, period, "region")
        cells = truth.cells(indicator, period, level)
        if level in ("kommune", "jobcenter"):
            region = regions.get(truth.region_of(area_id))
            if region is not None and region["status"] == "shown":
                yield dict(region)
            peers = oracle.added(cells[key] for key in truth.peers(area_id) if key in cells)
            decimals = truth.national(indicator, period)["share_decimals"]
            yield peers.cell(decimals) if peers else None

    def best_quarter(self, indicator: str, period: str, level: Level) -> dict[str, Any] | None:
        cells = [c for c in self.truth.cells(indicator, period, level).values() if has_people(c)]
        if not cells:
            return None
        lower = self.truth.indicators[indicator].polarity == "lower_is_better"
        shares = sorted((c["share_pct"] for c in cells), reverse=not lower)
        return {
            "share_pct": shares[-(-len(shares) // 4) - 1],
            "numerator": None,
            "denominator_low": None,
            "status": "shown",
        }

    def _gap(self, cell: oracle.Cell, other: dict[str, Any] | oracle.Cell) -> set[str]:
        decimals = cell["share_decimals"]
        low, high = oracle.people_to(cell, other)
        points = Fraction(str(cell["share_pct"])) - Fraction(str(other["share_pct"]))
        return tokens(
            written(abs(points), decimals),
            written(other["share_pct"], decimals),
            written(abs(low)),
            written(abs(high)),
        )

    def _level(self, indicator: str, period: str, level: Level) -> set[str]:
        """How many areas there are, and how many stand where."""
        truth = self.truth
        cells = list(truth.cells(indicator, period, level).values())
        country = truth.national(indicator, period)
        shares = [c["share_pct"] for c in cells if c["share_pct"] is not None]
        judged = list(truth.judged(indicator, period, level).values())
        count = len(judged)
        found = {
            len(truth.ids(level)),
            len(cells),
            len(shares),
            len(cells) - len(shares),
            count,
            max(1, round(0.05 * count)),
            sum(share > country["share_pct"] for share in shares),
            sum(share < country["share_pct"] for share in shares),
            sum(share == country["share_pct"] for share in shares),
        }
        for word in ("suppressed", "left_out", "not_collected"):
            found.add(sum(c["status"] == word for c in cells))
        for word in ("over", "under", "alike"):
            found.add(sum(one.verdict == word for one in judged))
            found.add(sum(one.adjusted == word for one in judged))
        if "tid_over_9" in truth.indicators[indicator].breakdowns:
            found.add(sum((c["numerator"] or 0) >= ADDRESSED for c in cells))
            found.add(sum(c["numerator"] is not None and c["numerator"] < ADDRESSED for c in cells))
            found.add(ADDRESSED)
            found |= self._parts(indicator, period, level)
        texts: list[object] = [*found]
        lower = truth.indicators[indicator].polarity == "lower_is_better"
        best = self.best_quarter(indicator, period, level)
        decimals = truth.indicators[indicator].format.share_decimals
        for target in (country, best):
            if target is not None and truth.indicators[indicator].polarity != "neutral":
                texts += potential(cells, target, lower=lower, decimals=decimals)
        if best is not None:
            texts.append(written(best["share_pct"], decimals))
        for share in (min(shares, default=0.0), max(shares, default=0.0)):
            texts.append(written(share, decimals))
        if shares:
            texts.append(written(sorted(shares)[(len(shares) - 1) // 2], decimals))
        return tokens(*texts)

    def _parts(self, indicator: str, period: str, level: Level) -> set[int]:
        """Areas with people, those with every part shown, and those with a hidden one."""
        truth = self.truth
        parts = [
            truth.cells(indicator, period, level, part)
            for part in truth.indicators[indicator].breakdowns
        ]
        rows = [[part[key] for part in parts if key in part] for key in truth.ids(level)]
        here = [row for row in rows if row and row[0]["status"] != "not_collected"]
        hidden = sum(any(c["status"] == "suppressed" for c in row) for row in here)
        return {len(here), len(here) - hidden, hidden}

    def _series(self, indicator: str, area_id: str, periods: tuple[str, ...]) -> set[str]:
        """Counts and shares of some months, the hidden ones counted, and the trend's numbers."""
        months = self.truth.series(indicator, area_id)
        found: set[str] = set()
        if self.truth.areas[area_id]["level"] in ("land", "region"):
            for part in self.truth.indicators[indicator].breakdowns:
                for cell in self.truth.series(indicator, area_id, part):
                    if cell["period"] in periods:
                        found |= tokens(*oracle.row(cell))
        for cell in months:
            if cell["period"] in periods:
                found |= tokens(*oracle.values(cell), *oracle.row(cell))
        for trend in self.truth.trends(indicator, area_id):
            found |= tokens(written(trend.p_value, 3), written(abs(trend.per_year), 1))
        for kind in {cell["kind"] for cell in months}:
            years = [cell["period"][:4] for cell in months if cell["kind"] == kind]
            found |= {min(years), max(years)}
        for kind in {cell["kind"] for cell in months}:
            hidden = [c for c in months if c["kind"] == kind and c["status"] == "suppressed"]
            bare = sum(c["share_pct"] is None for c in hidden)
            found |= tokens(bare, len(hidden) - bare)
        return found

    def defined(self, indicator: str) -> set[str]:
        """The numbers of a definition: its classes, its limits, its months."""
        one = self.truth.indicators[indicator]
        found = tokens(*map(oracle.short, one.format.class_breaks), one.format.few_people_below)
        found |= tokens(one.disclosure.threshold)
        for kind in ("published", "register", "synthetic"):
            found |= tokens(len(self.truth.atlas.periods(indicator, kind)))
        return found

    def _published(self) -> set[str]:
        """What the documents say of the country and of the programmes, in sentences of no area."""
        found: set[str] = set()
        for row in self.truth.atlas.statements().iter_rows(named=True):
            found |= tokens(oracle.figure(row), written(row["count"] or 0))
        for row in self.truth.atlas.initiatives().iter_rows(named=True):
            amounts = [row[key] for key in ("amount_mio_kr", "kommuner", "people")]
            found |= tokens(*(oracle.short(one) for one in amounts if one is not None))
            found |= tokens(len(row["members"]))
        return found

    def _general(self) -> set[str]:
        """Numbers that stand for themselves anywhere: how many areas, sources' own counts."""
        levels = ("region", "landsdel", "kommune", "jobcenter")
        atlas = self.truth.atlas
        frame = atlas.characteristics()
        counts = frame.group_by("characteristic_id").len()["len"].to_list()
        built = [written(int(one)) for one in atlas.versions()["observations"]]
        return tokens(*(len(self.truth.ids(level)) for level in levels)) | (
            tokens(*counts, *built, atlas.statements().height, atlas.initiatives().height)
        )

    def _texts(self) -> list[str]:
        """Texts of the warehouse and the indicator files with a number, longest first."""
        atlas = self.truth.atlas
        found: set[str] = set(PHRASES)
        for one in atlas.indicators.values():
            found |= {one.title, one.short_title, one.question, one.numerator, one.denominator}
            found |= {one.definition, one.disclosure.rule, *one.caveats, *one.open_choices}
            found |= {*one.breakdowns.values()}
        for source in atlas.sources().values():
            found |= {source.title, source.document_id, source.published_note, source.note}
            found |= {source.licence, source.sha256 or ""}
        for choice in REGISTER_CHOICES.values():
            found |= {choice.question, *choice.options.values()}
            default = str(REGISTER_DEFAULTS[choice.name])
            found |= {
                f"{default.replace(',', ', ')} (standard)",
                f"fra {choice.low} til {choice.high}",
            }
        frames = (atlas.statements(), atlas.initiatives(), atlas.annotations())
        for frame in (*frames, atlas.characteristics(), atlas.areas(), atlas.versions()):
            for row in frame.iter_rows(named=True):
                found |= {value for value in row.values() if isinstance(value, str)}
        for indicator in atlas.indicators:
            for level in ("kommune", "jobcenter"):
                notes = atlas.months(indicator, level)["note"].unique()
                found |= {form for note in notes.drop_nulls() for form in (note, oracle.once(note))}
        texts = {flat(text).rstrip(".") for text in found if re.search(r"\d", text)}
        codes = {text for text in texts if re.fullmatch(r"[\d.,]{1,4}", text)}
        return sorted(texts - codes, key=len, reverse=True)

    def _days(self) -> set[str]:
        atlas = self.truth.atlas
        found = {str(atlas.built().built_at)[:10]}
        for source in atlas.sources().values():
            found |= {str(source.published_on), str(source.retrieved_on)}
        for frame in (atlas.initiatives(), atlas.annotations()):
            found |= {str(day) for name in ("starts_on", "ends_on") for day in frame[name]}
        return found | {str(at)[:10] for at in atlas.versions()["built_at"]}


def pct_span(low: float, high: float, decimals: int) -> str:
    return f"{span(low, high, decimals)} pct."


def potential(
    cells: list[oracle.Cell], target: dict[str, Any] | oracle.Cell, *, lower: bool, decimals: int
) -> list[str]:
    """People, areas and shares if every area on the wrong side came to the target."""
    shown = [cell for cell in cells if has_people(cell)]
    spans = []
    for cell in shown:
        low, high = oracle.people_to(cell, target)
        spans.append((low, high) if lower else (-high, -low))
    people = sum(max(0, low) for low, _ in spans), sum(max(0, high) for _, high in spans)
    areas = sum(low > 0 for low, _ in spans), sum(high > 0 for _, high in spans)
    texts = [span(*people), span(*areas)]
    if total := oracle.added(shown):
        least, most = (-people[1], -people[0]) if lower else people
        texts += [
            pct_span(*total.shares, decimals),
            pct_span(
                100 * (total.numerator + least) / total.high,
                100 * (total.numerator + most) / total.low,
                decimals,
            ),
        ]
    return texts


def month_in(text: str) -> str | None:
    """The first month that a text names, as a period."""
    found = MONTH.search(text)
    if not found:
        return None
    return f"{found[2]}M{month_number(found[1]):02}"


def periods_in(text: str) -> set[str]:
    """Every month that a text names."""
    return {f"{year}M{month_number(name):02}" for name, year in MONTH.findall(text)}


def month_number(name: str) -> int:
    """1 for 'januar', 'Januar' or 'jan.'."""
    return next(n for n, known in enumerate(NAMES, 1) if known[:3] == name.lower()[:3])
