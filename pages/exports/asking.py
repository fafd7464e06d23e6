"""What the parameters of an address ask for: one reading for files, figures and a samrådsmappe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from pages.exports.dataset import WHOLE, Asked
from pages.exports.kinds import KINDS
from pages.frame.address import SORTS, selected_area
from queries import LAND, LEVELS, Atlas, Level, SourceKind, UserError


@dataclass(frozen=True)
class Request:
    """What is asked for, and the area that stands out in it (its id on the level), if any."""

    asked: Asked
    selected: str | None


def read_request(
    atlas: Atlas,
    indicator_id: str,
    query: Mapping[str, str],
    *,
    over_time: bool = False,
    as_of: dt.date | None = None,
) -> Request:
    """Return what parameters as in `/data/` ask for; raises UserError for the first wrong one.

    `over_time` is of a series, which has no period and is the country's where nothing else is said.
    """
    areas = atlas.areas()
    kommune = query.get("kommune") or None
    if kommune:
        check_kommuner([kommune], areas)
    kind = source_kind(query.get("kilde"))
    # A whole series is long: without a level or a kommune it is that of the country.
    level = level_of(query.get("niveau") or ("land" if over_time and not kommune else "kommune"))
    among = among_areas(query.get("sammenlign") or "", areas, level)
    sort = query.get("sortering") or ("andel" if among else "svaret")
    if sort not in SORTS:
        raise UserError(f"Ukendt sortering: {sort[:40]!r}. Vælg mellem: {', '.join(SORTS)}.")
    asked = Asked(
        indicator_id,
        "" if over_time else query.get("periode") or usual_period(atlas, indicator_id, kind, as_of),
        level,
        query.get("omraade") or LAND,
        query.get("opdeling") or WHOLE,
        kind,
        sort,
        among,
        as_of,
    )
    return Request(asked, selected_area(areas, level, kommune))


def usual_period(
    atlas: Atlas, indicator_id: str, kind: SourceKind | None, as_of: dt.date | None = None
) -> str:
    """Return the period where none is asked for: a published one where there is any."""
    usual = atlas.default_period(indicator_id, as_of=as_of)
    periods = atlas.periods(indicator_id, kind, as_of=as_of)
    if not periods and kind is not None:
        raise UserError(f"Der er ingen tal for {indicator_id} af den slags.")
    return usual if usual in periods or not periods else periods[0]


def source_kind(given: str | None) -> SourceKind | None:
    """Return the kind of source that a word of `KINDS` is, None for none."""
    if given and given not in KINDS:
        raise UserError(f"Ukendt kilde: {given[:40]!r}. Vælg mellem: {', '.join(KINDS)}.")
    return KINDS[given] if given else None


def level_of(given: str) -> Level:
    """Return a level by its name."""
    for level in LEVELS:
        if given == level:
            return level
    raise UserError(f"Ukendt niveau: {given[:40]!r}. Vælg mellem: {', '.join(LEVELS)}.")


def among_areas(given: str, areas: pl.DataFrame, level: Level) -> tuple[str, ...]:
    """Return the areas of a level that some kommuner are ('0316,0330'), each once."""
    codes = codes_of(given)
    check_kommuner(codes, areas)
    return tuple(dict.fromkeys(selected_area(areas, level, code) or code for code in codes))


def codes_of(given: str) -> list[str]:
    """Return the codes of a list with commas, each once."""
    return list(dict.fromkeys(code.strip() for code in given.split(",") if code.strip()))


def check_kommuner(codes: list[str], areas: pl.DataFrame) -> None:
    """Raise UserError for the first code that is no kommune's."""
    known = areas.filter(level="kommune")["area_id"]
    if unknown := [code for code in codes if code not in known]:
        raise UserError(f"Ukendt kommune: {unknown[0][:20]!r}. Brug de fire cifre, fx 0316.")
