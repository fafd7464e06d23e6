"""What chance could do, in plain Danish: verdicts, ranks as ranges, and how many stand out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.language import danish
from pages.language.sentences import LEVEL_NOUNS

Cell = Mapping[str, Any]
RISK = 0.05
CLEARLY = {"over": "klart over", "under": "klart under"}


def verdict(cell: Cell) -> str:
    """Return the verdict in a few words: 'klart over' beyond 99,8 pct., 'over' beyond 95 pct."""
    if cell["verdict"] is None:
        return "–"
    if cell["verdict_998"] in CLEARLY:
        return CLEARLY[cell["verdict_998"]]
    return str(cell["verdict"]) if cell["verdict"] != "alike" else "ikke til at skelne"


def ranks(cell: Cell) -> str:
    """Return the places that an area can have: '3–11', or '2' where only one is left."""
    if cell["rank_low"] is None:
        return "–"
    return danish.interval(cell["rank_low"], cell["rank_high"])


def interval(cell: Cell) -> str:
    """Return Wilson's interval in pct. as a table has it: '45–59'."""
    if cell["low_pct"] is None:
        return "–"
    decimals = cell["share_decimals"] or 0
    low, high = (danish.number(cell[name], decimals) for name in ("low_pct", "high_pct"))
    return f"{low}–{high}"


def of_area(cell: Cell, judged: pl.DataFrame) -> str:
    """Return what may be said of an area beside the country and the others of its level.

    `cell` is a row of `statistics.judged`, and `judged` all of its level. Empty without numbers.
    """
    if cell["rank_low"] is None:
        return ""
    count = judged["rank_low"].drop_nulls().len()
    nouns = LEVEL_NOUNS[cell["level"]]
    if cell["rank_low"] == cell["rank_high"]:
        place = f"Også med tilfældige udsving er pladsen nr. {cell['rank_low']} af {count}."
    else:
        place = (
            f"Med tilfældige udsving ligger pladsen mellem nr. {cell['rank_low']} og "
            f"{cell['rank_high']} af {count} {nouns[1]}."
        )
    if cell["verdict"] is None:
        return place
    if cell["verdict"] == "alike":
        return f"Andelen kan ikke skelnes fra landets; forskellen kan være tilfældig. {place}"
    sure = "99,8" if cell["verdict_998"] != "alike" else "95"
    return (
        f"Andelen ligger {cell['verdict']} landets med mere, end tilfældigheder kan forklare "
        f"({sure} pct. grænse). {place}"
    )


def counts(judged: pl.DataFrame, where: str) -> str:
    """Return how many areas stand out from the country, and how many would do so by chance."""
    known = judged.filter(pl.col("verdict").is_not_null())
    if known.is_empty():
        return "Der er ingen viste tal at sammenligne med landet."
    noun = LEVEL_NOUNS[known["level"][0]][known.height != 1]
    over, under, alike = (known.filter(verdict=v).height for v in ("over", "under", "alike"))
    text = (
        f"{where}: Af {known.height} {noun} med viste tal ligger {over} over landet, {under} "
        f"under, og {alike} er ikke til at skelne fra landet (95 pct. grænser)."
    )
    expected = max(1, round(RISK * known.height))
    over, under = (known.filter(verdict_adjusted=v).height for v in ("over", "under"))
    return (
        f"{text} Selv om alle var helt som landet, ville op mod {expected} falde udenfor ved et "
        f"tilfælde, når så mange sammenlignes. Tages der højde for det, ligger {over} over og "
        f"{under} under."
    )
