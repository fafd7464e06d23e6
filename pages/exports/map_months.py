"""All months of a map in one compact file, so that a browser can move in time by itself.

Every value becomes the text that the page writes for it (`sentences.value`). Where that text is
'52 pct. (117 af 225)' only the three numbers are sent, as steps from the month before; any other
text is sent whole, once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from pages.exports.map_drawing import kind_of
from pages.language import sentences, synthetic
from queries import Atlas, Level

WHOLE = "alle"
_CODES = {"suppressed": "s", "left_out": "l", "not_collected": "n"}


def map_months(
    atlas: Atlas, indicator_id: str, level: Level, drawn: Mapping[str, str], breakdown: str = WHOLE
) -> bytes:
    """Return every month of the indicator on a level as JSON.

    `drawn` is {id of an area on the map: id of the area that it stands for}. Keys of the answer:
    `p` periods, oldest first; `w` these in words, with '(syntetisk)'; `k` a letter per period, see
    `kind_of`, or 'm' where synthetic numbers stand among others; `b` the badge of synthetic months;
    `a` ids of areas; `i` drawn ids and `r` the place of each in `a`; `e` decimals; `x` texts; and
    per area `s`, `n`, `d`: share, numerator and denominator per period, with commas between.
    A share is a number, or a letter for its status ('s', 'l', 'n', or '=' and a share) followed by
    ':' and the place of its text in `x`; empty where there is no cell. Numerators and denominators
    are differences from the one before, empty where there is none.
    """
    months = atlas.months(indicator_id, level, breakdown=breakdown)
    periods = sorted(months["period"].unique())
    decimals = atlas.indicator(indicator_id).format.share_decimals
    texts: dict[str, int] = {}
    by_area = {
        str(area_id): _columns(rows, periods, decimals, texts)
        for (area_id,), rows in months.partition_by("area_id", as_dict=True).items()
    }
    ids = sorted(by_area)
    at = {area_id: place for place, area_id in enumerate(ids)}
    shown = {part: area_id for part, area_id in sorted(drawn.items()) if area_id in at}
    kinds = _kinds(months, periods)
    answer = {
        "p": periods,
        "w": [synthetic.period(p, made_up=k in "sm") for p, k in zip(periods, kinds, strict=True)],
        "k": kinds,
        "b": synthetic.BADGE,
        "i": " ".join(shown),
        "r": [at[area_id] for area_id in shown.values()],
        "e": decimals,
        "x": list(texts),
        **{name: [by_area[one][place] for one in ids] for place, name in enumerate("snd")},
    }
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def _kinds(months: pl.DataFrame, periods: Sequence[str]) -> str:
    by_period = {
        period: rows for (period,), rows in months.partition_by("period", as_dict=True).items()
    }
    return "".join(_kind(by_period[period]) for period in periods)


def _kind(cells: pl.DataFrame) -> str:
    kind = kind_of(cells)
    return "m" if kind == "s" and set(cells["kind"]) != {"synthetic"} else kind


def _columns(
    rows: pl.DataFrame, periods: Sequence[str], decimals: int, texts: dict[str, int]
) -> tuple[str, str, str]:
    cells = {cell["period"]: cell for cell in rows.iter_rows(named=True)}
    columns: tuple[list[str], list[str], list[str]] = ([], [], [])
    count = base = 0
    for period in periods:
        cell = cells.get(period)
        if cell is None:
            written = ("", "", "")
        elif _plain(cell, decimals):
            n, d = cell["numerator"], cell["denominator_low"]
            written = (f"{cell['share_pct']:g}", str(n - count), str(d - base))
            count, base = n, d
        else:
            place = texts.setdefault(sentences.value(cell), len(texts))
            written = (f"{_look(cell)}:{place}", "", "")
        for column, one in zip(columns, written, strict=True):
            column.append(one)
    shares, counts, bases = (",".join(column) for column in columns)
    return shares, counts, bases


def _plain(cell: Mapping[str, Any], decimals: int) -> bool:
    """Whether a cell's text can be put together again from three numbers."""
    if cell["status"] != "shown" or None in (cell["share_pct"], cell["numerator"]):
        return False
    return (
        cell["denominator_low"] is not None
        and cell["denominator_low"] == cell["denominator_high"]
        and cell["share_decimals"] == decimals
        and cell["share_pct"] == round(cell["share_pct"], decimals)
    )


def _look(cell: Mapping[str, Any]) -> str:
    if cell["status"] == "shown":
        return "n" if cell["share_pct"] is None else f"={cell['share_pct']:g}"
    return _CODES[cell["status"]]
