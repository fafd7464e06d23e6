"""What every check of a view needs: its subject, its faults, its texts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from queries import LAND
from tests.oracles import page_numbers as oracle
from tests.oracles.page_numbers import Truth, has_people, written
from tests.pages.numbers.accounting import Ledger, View, month_in
from tests.pages.numbers.reading import Seen, flat


class Basis:
    """One view beside the oracle; `faults` says what is wrong, `checked` what was compared."""

    def __init__(self, ledger: Ledger, view: View, seen: Seen) -> None:
        self.ledger, self.view, self.seen = ledger, view, seen
        self.truth: Truth = ledger.truth
        self.faults: list[str] = []
        self.checked: dict[str, int] = {}
        self.areas: dict[str, set[str]] = {}
        self.extra = self._steps_between()
        self.months = self._months()

    def _months(self) -> dict[str, str]:
        """The month that stands under an indicator's own heading, where there are several."""
        found = {}
        rows = [block for block in self.seen.blocks if block.heading in self.truth.by_title]
        for block in rows:
            indicator = self.truth.by_title[block.heading]
            short = self.truth.indicators[indicator].short_title
            if block.text.startswith(f"{short}, ") and (period := month_in(block.text)):
                found[indicator] = period
        for table in self.seen.tables:
            for row in table.rows:
                titles = self.ledger.titles(row[0]) if table.heads[:1] == ["Mål"] else []
                if titles and (period := month_in(row[0])):
                    found[titles[0]] = period
        for indicator, period in found.items():
            if period not in self.truth.atlas.periods(indicator):
                self.fault("month", f"{indicator} has no {period}")
        return found

    def _steps_between(self) -> set[str]:
        """On the path to a job: those in a job, as a share of those with hours."""
        months = dict(self.view.months)
        known = ("ordinaere_timer", "fuld_afgang")
        if not set(known) <= set(months) or self.view.page != "virksomhedspraktik":
            return set()
        area = self.view.selected[0] if self.view.selected else LAND
        hours, job = (self.cell((key, months[key]), area) for key in known)
        if not hours or not job or not has_people(hours) or not has_people(job):
            return set()
        if not hours["numerator"]:
            return set()
        return {written(Fraction(100 * job["numerator"], hours["numerator"]))}

    def fault(self, where: str, text: object) -> None:
        self.faults.append(f"{self.view}: {where}: {text}")

    def same(self, where: str, said: object, right: object) -> None:
        self.checked[where] = self.checked.get(where, 0) + 1
        allowed = right if isinstance(right, set | frozenset) else {right}
        if said not in allowed:
            self.fault(where, f"{said!r} is not {sorted(map(str, allowed))}")

    def more(self, text: str) -> set[str]:
        """The numbers that a text of a form of its own may hold."""
        return set()

    def met(self, where: str, area_id: str) -> None:
        self.areas.setdefault(where, set()).add(area_id)

    def text(
        self,
        where: str,
        text: str,
        about: tuple[str, ...] = (),
        also: Any = (),
        heading: str = "",
    ) -> None:
        self.checked["texts"] = self.checked.get("texts", 0) + 1
        about += tuple(self.view.selected) if "navngivne" not in text else ()
        found = self.ledger.unaccounted(
            text,
            self.view,
            about=about,
            also={*also, *self.extra, *self.more(text)},
            heading=heading,
            when=self.months,
        )
        if found:
            self.fault(where, f"nothing explains {found} in {flat(text)[:400]!r}")

    # The indicator and month of a figure are read from its own title.

    def subject(self, title: str) -> tuple[str, str]:
        titles = self.ledger.titles(title)
        if not titles:
            return self.view.months[0]
        months = dict(self.view.months) | self.months
        return titles[0], month_in(title) or months[titles[0]]  # a title without a month

    def cell(self, subject: tuple[str, str], area_id: str) -> oracle.Cell | None:
        if area_id == LAND:
            return self.truth.national(*subject)
        level = self.truth.areas[area_id]["level"]
        return self.truth.cells(*subject, level).get(area_id)


class Equal(frozenset[Any]):
    """One answer that cannot be hashed, compared as it is."""

    def __new__(cls, answer: object) -> Equal:
        made = super().__new__(cls)
        made.answer = answer  # type: ignore[attr-defined]
        return made

    def __contains__(self, said: object) -> bool:
        return bool(said == self.answer)  # type: ignore[attr-defined]

    def __iter__(self) -> Iterator[Any]:
        return iter([self.answer])  # type: ignore[attr-defined]


def strings(value: Any) -> Iterator[str]:
    """All texts inside; addresses and selectors are read by no one."""
    if isinstance(value, str):
        if not value.startswith(("/", ".")):
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def legend_numbers(indicator: Any) -> set[str]:
    """The ends of the classes: a break, and the last number before it."""
    step = 10.0**-indicator.format.share_decimals
    found = {"0"}
    for value in indicator.format.class_breaks:
        found |= {written(value), written(value, 1), written(value - 1)}
        found |= {written(value - step, indicator.format.share_decimals)}
    return found | {"100", *(f"{written(b)}" for b in indicator.format.class_breaks)}
