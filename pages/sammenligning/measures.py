"""What can be compared: each indicator with its page, its words and the month shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pages.flere_skal_med import gruppe_2, virksomhedspraktik
from pages.frame import links
from pages.indicator.spec import IndicatorPage, Measure
from pages.ressourceforloeb import passive
from queries import Atlas, Indicator

PAGES: tuple[IndicatorPage, ...] = (passive.PAGE, gruppe_2.PAGE, virksomhedspraktik.PAGE)


@dataclass(frozen=True)
class Subject:
    """One indicator to compare by: the month shown of it, and its own page where it has one."""

    indicator: Indicator
    period: str
    page: IndicatorPage | None
    measure: Measure | None

    @property
    def label(self) -> str:
        """The indicator's title."""
        return self.indicator.title

    def address(self, area_id: str | None = None, level: str = "kommune") -> str | None:
        """Return the address of the indicator's page with an area selected, as this month."""
        if self.page is None or self.measure is None:
            return None
        kommune = area_id.removeprefix("J") if area_id else None
        chosen = self.measure.name if self.measure.name != self.page.measures[0].name else None
        return links.address(
            self.page.path,
            maal=chosen,
            niveau=level if level != self.page.levels[0] else None,
            kommune=kommune,
        )


@lru_cache(maxsize=4)
def subjects(atlas: Atlas, _version: str) -> dict[str, Subject]:
    """Return every indicator with numbers by id: those with a page first, in the menu's order.

    The month is the one that the indicator's own page opens with, so that both say the same.
    """
    found = {
        measure.indicator_id: (page, measure)
        for page in PAGES
        for measure in page.all_measures(atlas.indicators).values()
    }
    homes: dict[str, tuple[IndicatorPage | None, Measure | None]] = {
        **found,
        **{one: (None, None) for one in atlas.indicators if one not in found},
    }
    return {
        indicator_id: Subject(
            atlas.indicator(indicator_id), atlas.default_period(indicator_id), page, measure
        )
        for indicator_id, (page, measure) in homes.items()
    }
