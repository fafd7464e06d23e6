"""What sets one indicator page apart from another: its measures, levels and words."""

from __future__ import annotations

from dataclasses import dataclass

from queries import Level


@dataclass(frozen=True)
class Measure:
    """One indicator of a page: its name in the address (`maal`), its label, and 'af alle …'.

    `people_who` ends the sentence 'ville 70 færre borgere …'.
    """

    name: str
    indicator_id: str
    label: str
    share_of: str
    people_who: str


@dataclass(frozen=True)
class IndicatorPage:
    """A page of map, bars, table and series over one or several indicators.

    The first of `levels` and `measures` is the default. `first_period` is opened where there are
    numbers for it. `printed_as` says where in the published document the areas' numbers stand.
    `subject` names the published statements that are shown first. `why_made_up` tells a reader
    why there are only synthetic numbers for the areas. `people_in_names` puts the denominator in
    parentheses after each name in the bars.
    """

    path: str
    title: str
    measures: tuple[Measure, ...]
    levels: tuple[Level, ...] = ("kommune", "jobcenter", "region", "landsdel")
    first_period: str = ""
    printed_as: str = ""
    subject: str = ""
    why_made_up: str = ""
    people_in_names: str = ""
