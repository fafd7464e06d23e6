"""Plain Danish sentences, computed from the frames that the figures show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.language import danish
from queries import Indicator

Cell = Mapping[str, Any]

HIDDEN = "Skjult: "
LEVEL_NOUNS = {
    "land": ("land", "lande"),
    "region": ("region", "regioner"),
    "landsdel": ("landsdel", "landsdele"),
    "kommune": ("kommune", "kommuner"),
    "jobcenter": ("jobcenter", "jobcentre"),
}


def national(indicator: Indicator, cell: Cell) -> str:
    """Return the sentence for the whole country, as the indicator's file words it."""
    return indicator.sentence.format(
        period=danish.period(cell["period"]),
        count=danish.number(cell["numerator"]),
        share=danish.pct(cell["share_pct"], cell["share_decimals"]),
    )


def value(cell: Cell) -> str:
    """Return a cell's value in a few words: '52 pct. (117 af ca. 225)', 'skjult', 'udeladt'."""
    share = ""
    if cell["share_pct"] is not None:
        share = danish.pct(cell["share_pct"], cell["share_decimals"])
    if cell["status"] == "shown":
        count = danish.number(cell["numerator"])
        if cell["denominator_low"] is not None:
            count += f" af {danish.people(cell['denominator_low'], cell['denominator_high'])}"
        return f"{share} ({count})" if share else f"{count} borgere"
    if cell["status"] == "suppressed":
        return f"{share}, antal skjult" if share else "skjult"
    return "udeladt af kilden" if cell["status"] == "left_out" else "ikke opgjort"


def reason(note: str) -> str:
    """Return a cell's note to stand after the word for its status, which is not said again."""
    told = note.removeprefix(HIDDEN).rstrip(".")
    return f"{told[:1].upper()}{told[1:]}"


def area(cell: Cell, national_cell: Cell, indicator: Indicator, everywhere: pl.DataFrame) -> str:
    """Return the sentence of one area: its number, its place in `everywhere`, its caveats."""
    name = cell["name"]
    if cell["status"] == "suppressed":
        shown = ""
        if cell["share_pct"] is not None:
            share = danish.pct(cell["share_pct"], cell["share_decimals"])
            shown = f" Andelen er offentliggjort som {share}"
        return f"{name}: skjult. {reason(cell['note'])}.{shown}"
    if cell["status"] != "shown":
        word = "udeladt" if cell["status"] == "left_out" else "ikke opgjort"
        return f"{name}: {word}. {reason(cell['note'])}."
    count = danish.number(cell["numerator"])
    if cell["share_pct"] is None or cell["denominator_low"] is None:
        return f"{name}: {count} borgere."
    base = danish.people(cell["denominator_low"], cell["denominator_high"])
    share = danish.pct(cell["share_pct"], cell["share_decimals"])
    text = f"{name}: {count} af {base} borgere, {share} {_against(cell, national_cell)}"
    text += f" {_place(cell, everywhere)}."
    if cell["denominator_high"] < indicator.format.few_people_below:
        text += " Tallet bygger på få borgere, så det svinger meget ved tilfældigheder."
    return text


def _against(cell: Cell, national_cell: Cell) -> str:
    gap = cell["share_pct"] - national_cell["share_pct"]
    share = danish.pct(national_cell["share_pct"], national_cell["share_decimals"])
    decimals = cell["share_decimals"]
    step = 10.0**-decimals
    if abs(gap) < step - step / 1000:
        return f"Det er på niveau med hele landet ({share})"
    side = "over" if gap > 0 else "under"
    # Both shares are rounded, so their difference is too.
    points = danish.number(round(abs(gap), 6), decimals)
    return f"Det er ca. {points} procentpoint {side} hele landet ({share})"


def _place(cell: Cell, everywhere: pl.DataFrame) -> str:
    """Say where an area stands; rounded shares cannot part ties, so these share their places."""
    ranks = everywhere["rank"].drop_nulls()
    first, last = cell["rank"], cell["rank"] + int((ranks == cell["rank"]).sum()) - 1
    place = f"nr. {first}" if first == last else f"delt nr. {first}–{last}"
    return f"og {place} af {ranks.len()} {LEVEL_NOUNS[cell['level']][1]} regnet fra højeste andel"


def trace(cell: Cell, source: str) -> str:
    """Say where a cell is read, or how it came about, and what is our arithmetic in it."""
    if cell["kind"] == "synthetic":
        return f"Tallene er opdigtede. Kilde: {source}."
    if cell["kind"] == "register":
        return f"Tallene er talt op af {source}."
    if cell["origin"] == "sum_of_kommuner":
        place = f"Jobcentret dækker flere kommuner og står ikke selv i kilden, {source}."
    elif cell["source_row"] is None:
        place = f"Kilde: {source}."
    else:
        place = f"Kilde: {source}, række {cell['source_row']} i tabellen."
    if cell["denominator_low"] is None:
        return place
    known = danish.interval(cell["denominator_low"], cell["denominator_high"])
    if cell["kind"] in ("api", "file") and cell["denominator_low"] == cell["denominator_high"]:
        return f"{place} Nævneren er {known}."  # given there, or the only one that fits
    return f"{place} Nævneren ({known}) er ikke offentliggjort; den er regnet af andelen."


def place(name: str, cell: Cell | None, *, printed: bool) -> str:
    """Say what is known of the region or landsdel in the filter as a whole."""
    if cell is not None:
        return f"{name} som helhed: {value(cell)}."
    if printed:
        return (
            "Kilden har ikke tal for regioner og landsdele, og atlasset viser ikke nogen af dem "
            "som helhed: Sammen med landets tal kunne summerne røbe de skjulte kommuner i andre."
        )
    return f"Der vises ikke et tal for {name} som helhed."


def spread(cells: pl.DataFrame, national_cell: Cell, where: str) -> str:
    """Return how many areas lie above, below and level with the country; also the alt text."""
    counts = above_and_below(cells, national_cell)
    share = danish.pct(national_cell["share_pct"], national_cell["share_decimals"])
    above, below = counts["above"], counts["below"]
    noun = LEVEL_NOUNS[cells["level"][0]][above != 1] if cells.height else "områder"
    text = f"{where}: {above} {noun} ligger over landets {share} og {below} under."
    return text + (f" {counts['level']} ligger på niveau." if counts["level"] else "")


def above_and_below(cells: pl.DataFrame, national_cell: Cell) -> dict[str, int]:
    """Count the areas whose published share is above, below or equal to the country's."""
    share, country = cells["share_pct"], national_cell["share_pct"]
    return {
        "above": int((share > country).sum()),
        "below": int((share < country).sum()),
        "level": int((share == country).sum()),
        "without": int(share.is_null().sum()),
    }
