"""The box 'Del og henvis' of an indicator page: what it says of the view shown."""

from __future__ import annotations

from functools import partial

from pages.figures import series_cells
from pages.frame import embed
from pages.frame.share import Shown, share, source_line
from pages.indicator.scene import Scene
from pages.language import sentences
from queries import LAND, Atlas, Source


def share_box(atlas: Atlas, now: Scene) -> None:
    """Draw the box for a view: the selected area's number, or else the country's."""
    if not embed.embedded():
        share(atlas, partial(_shown, atlas, now))


def embedded_source(atlas: Atlas, now: Scene) -> None:
    """Draw the source line of the figure where the page is embedded, else nothing."""
    if embed.embedded():
        source_line(atlas, _shown(atlas, now))


def _shown(atlas: Atlas, now: Scene) -> Shown:
    parameters = now.view.parameters(default_period="")
    parameters.pop("sortering", None)
    return Shown(
        indicator=now.indicator,
        source=now.source,
        period=now.view.period,
        title=now.title,
        sentence=_sentence(now),
        rows=now.page.printed_as if now.printed else "",
        made_up=now.made_up,
        files=parameters,
        over_time=_series_sources(atlas, now),
    )


def _series_sources(atlas: Atlas, now: Scene) -> tuple[Source, ...]:
    if not (embed.embedded() and embed.chosen() == "serie"):
        return ()
    areas = [LAND] if now.selected is None else [LAND, now.selected]
    months = series_cells.monthly(atlas.series(now.indicator.indicator_id, areas))
    return series_cells.used_sources(months, atlas.sources())


def _sentence(now: Scene) -> str:
    cell = now.cell(now.selected) if now.selected else None
    if cell is None:
        return sentences.national(now.indicator, now.national)
    country = f"hele landet {now.national_share}"
    return f"{now.indicator.title}, {cell['name']}: {sentences.value(cell)}; {country}"
