"""Is a batch one that can be imported at all? Asked before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

import polars as pl

from queries.cells import WHOLE
from queries.indicators.definition import load_indicators
from queries.sources import facts
from queries.sources.incoming import Batch, Finding, ImportRefusedError, incoming

PUBLISHED_KINDS = ("published", "api")


def checked(batch: Batch, sources: Collection[str], accept: Collection[str]) -> pl.DataFrame:
    """Return the cells of a batch, validated and sorted.

    `sources` are the source ids that a correction may name, `accept` the codes of warnings that
    the data owner has said yes to. Raises ImportRefusedError with all that was found.
    """
    cells = incoming(batch.cells, batch.findings)
    faults = [*_unknown(cells), *_provenance(batch, sources)]
    found = (*batch.findings, *faults)
    if errors := [one for one in found if one.level == "error"]:
        raise ImportRefusedError(_told(errors), found)
    if asked := [one for one in found if one.level == "warning" and one.code not in accept]:
        raise ImportRefusedError(
            f"Importen venter på et ja. {_told(asked)} Er det rigtigt alligevel, så sig ja til: "
            f"{', '.join(sorted({one.code for one in asked}))}.",
            found,
        )
    return cells


def _told(findings: list[Finding]) -> str:
    first = findings[0]
    where = f" ({first.where})" if first.where else ""
    others = len({(one.code, one.row, one.text) for one in findings}) - 1
    more = f" Der er {others} fund mere." if others else ""
    return f"{first.text}{where}{more}"


def _unknown(cells: pl.DataFrame) -> Iterator[Finding]:
    """Find indicators, breakdowns and areas that the atlas does not have."""
    known = load_indicators()
    if cells.is_empty():
        yield _error("no_cells", "Kilden giver ingen celler. Vælg et ark eller en tabel med tal.")
    for indicator_id in sorted(set(cells["indicator_id"])):
        if indicator_id not in known:
            yield _error(
                "unknown_indicator",
                f"Atlasset har ingen indikator {indicator_id!r}. Vælg en af: {', '.join(known)}.",
            )
            continue
        breakdowns = {WHOLE, *known[indicator_id].breakdowns}
        mine = cells.filter(pl.col("indicator_id") == indicator_id)
        for strange in sorted(set(mine["breakdown"]) - breakdowns)[:3]:
            yield _error(
                "unknown_breakdown",
                f"»{known[indicator_id].title}« har ingen opdeling {strange!r}. "
                f"Vælg en af: {', '.join(sorted(breakdowns))}.",
            )
    for strange in sorted(set(cells["area_id"]) - set(facts.areas()["area_id"]))[:3]:
        yield _error(
            "unknown_area",
            f"Atlasset kender ikke området {strange}. Ret koden til en kommune, et jobcenter, en "
            "landsdel, en region eller hele landet (000).",
        )


def _provenance(batch: Batch, sources: Collection[str]) -> Iterator[Finding]:
    about = batch.provenance
    wanted = {
        "udgiver": about.publisher,
        "titel": about.title,
        "dokument": about.document_id,
        "vilkår for brug": about.licence,
    }
    if missing := [name for name, text in wanted.items() if not text.strip()]:
        yield _error("no_provenance", f"Kilden mangler {', '.join(missing)}. Udfyld det.")
    if about.published_on is None and not about.published_note.strip():
        yield _error(
            "no_published_on",
            "Kilden siger ikke, hvornår tallene er offentliggjort. Angiv dagen, eller skriv, "
            "hvorfor den ikke kendes.",
        )
    if about.kind in PUBLISHED_KINDS and not batch.is_published:
        yield _error(
            "published_and_not",
            "Kilden er både offentliggjort af andre og ikke offentliggjort. Vælg ét af dem.",
        )
    if batch.recorded_at > dt.date.today() + dt.timedelta(days=1):  # a day: other time zones
        yield _error(
            "recorded_in_future",
            f"Tallene siges at være kendt fra {batch.recorded_at:%d-%m-%Y}, som ikke er kommet "
            "endnu. Ret dagen.",
        )
    if about.corrects is not None and about.corrects not in sources:
        yield _error(
            "corrects_unknown",
            f"Kilden siges at berigtige {about.corrects!r}, som atlasset ikke har. Vælg en af "
            f"atlassets kilder: {', '.join(sorted(sources))}.",
        )


def _error(code: str, text: str) -> Finding:
    return Finding("error", code, text)
