"""What sets one indicator page apart from another: its measures, levels and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from queries import Indicator, Level


@dataclass(frozen=True)
class Measure:
    """One indicator of a page: its name in the address (`maal`), its label, and 'af alle …'.

    `people_who` ends the sentence 'ville 70 færre borgere …'. `why_made_up`, where it is given,
    stands instead of the page's. `stacked` are the breakdowns that the areas' bars are made of, the
    one that the share is of first; without them a bar is the share.
    """

    name: str
    indicator_id: str
    label: str
    share_of: str
    people_who: str
    why_made_up: str = ""
    stacked: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndicatorPage:
    """A page of map, bars, table and series over one or several indicators.

    The first of `levels` and `measures` is the default. `printed_as` says where in the published
    document the areas' numbers stand. `subject` names the published statements that are shown
    first. `why_made_up` tells a reader why there are only synthetic numbers for the areas.
    `people_in_names` puts the denominator in parentheses after each name in the bars. `family`
    takes in every other indicator of that family as a measure like the first, `why_family_made_up`
    as the first's; `measure_label` is what the choice between measures is called.
    """

    path: str
    title: str
    measures: tuple[Measure, ...]
    levels: tuple[Level, ...] = ("kommune", "jobcenter", "region", "landsdel")
    printed_as: str = ""
    subject: str = ""
    why_made_up: str = ""
    people_in_names: str = ""
    family: str = ""
    why_family_made_up: str = ""
    measure_label: str = "Mål"

    def all_measures(self, indicators: Mapping[str, Indicator]) -> dict[str, Measure]:
        """Return the measures that have numbers, by name: the page's own, then the family's."""
        found = {m.name: m for m in self.measures if m.indicator_id in indicators}
        if self.family:
            found = {
                name: replace(one, label=short_label(indicators[one.indicator_id].title))
                for name, one in found.items()
            }
        own = {measure.indicator_id for measure in self.measures}
        for indicator_id, indicator in indicators.items():
            if self.family and indicator.family == self.family and indicator_id not in own:
                name = indicator_id.removeprefix(f"{self.family}_")
                found[name] = replace(
                    self.measures[0],
                    name=name,
                    indicator_id=indicator_id,
                    label=short_label(indicator.title),
                    why_made_up=self.why_family_made_up,
                )
        return found


def short_label(title: str) -> str:
    """Return what a family's title is about: 'Passive på dagpenge' -> 'Dagpenge'."""
    words = title.split(" ", 2)
    return words[2].capitalize() if len(words) == 3 else title
