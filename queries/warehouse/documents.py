"""Tables that others have published: what they hide, and that no run may tell more of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from queries.cells import WHOLE
from queries.disclosure.places import places
from queries.disclosure.publication import Cell, Publication, total
from queries.errors import UserError
from queries.indicators.definition import load_indicators
from queries.sources import facts
from queries.warehouse.versions import Run


def document(cells: pl.DataFrame) -> Publication:
    """Return a published table of one indicator and month: kommuner, country, and what it hides.

    A hidden number is below the rule's threshold, as the document says, and at least 1 where a
    share above 0 pct. is printed beside it.
    """
    indicator = load_indicators()[cells["indicator_id"][0]]
    period = cells["period"][0]
    threshold = indicator.disclosure.threshold
    made, titles = [], {}
    kommuner = [area for area in places().kommuner if area in set(cells["area_id"])]
    columns = ("area_id", "status", "numerator", "share_pct")
    for area, status, numerator, share in cells.select(columns).iter_rows():
        if area != facts.LAND and area not in kommuner:
            continue
        name = f"n/{indicator.indicator_id}|{WHOLE}/{area}"
        titles[name] = f"{places().names[area]}: {indicator.title}"
        shown = status == "shown"
        made.append(
            Cell(
                name,
                numerator,
                low=0 if shown or not share else 1,
                high=None if shown else threshold - 1,
                hidden=not shown,
                threshold=threshold,
                zeros_are_shown=indicator.disclosure.zeros_are_shown,
            )
        )
    prefix = f"n/{indicator.indicator_id}|{WHOLE}/"
    parts = [prefix + area for area in kommuner]
    return Publication(
        tuple(made),
        (total(prefix + facts.LAND, parts, "Hele landet er summen af sine kommuner"),),
        title=f"{indicator.title}, {period}",
        titles=titles,
    )


def documents(published: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the cells of each published table: one source, indicator, period and breakdown."""
    by = ["source_id", "indicator_id", "period", "breakdown"]
    for _, cells in sorted(published.partition_by(by, as_dict=True).items()):
        yield cells


def check_published(published: pl.DataFrame, runs: Sequence[Run]) -> None:
    """Refuse a run that tells of what a published document hides.

    No number of its own for what is hidden there, for a jobcenter in which that lies, or for any
    area above the kommuner: each of them narrows what the document hides, whether or not the two
    have counted alike. Raises UserError.
    """
    for cells in documents(published):
        hidden = document(cells).hidden
        if not hidden:
            continue
        kommuner = {name.rpartition("/")[2] for name in hidden}
        above = {area for area in places().children if not area.startswith("J")}
        jobcentres = {
            area for area, parts in places().children.items() if kommuner.intersection(parts)
        } | {area for area, kommune in places().same.items() if kommune in kommuner}
        here = [pl.col(key) == cells[key][0] for key in ("indicator_id", "period")]
        shown = pl.col("status") == "shown"
        tells = (shown & pl.col("area_id").is_in([*kommuner, *jobcentres])) | (
            pl.col("area_id").is_in(list(above))
        )
        for run in runs:
            if run.cells.filter(*here, tells).height:
                title = load_indicators()[cells["indicator_id"][0]].title
                raise UserError(
                    f"{run.name} viser tal for {title}, {cells['period'][0]}, som indsnævrer, hvad "
                    "den offentliggjorte tabel skjuler: der må intet stå om det skjulte og om "
                    "landet, regioner og landsdele. Lav filen igen med atlassets optælling, eller "
                    "fjern den."
                )
