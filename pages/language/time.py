"""A series in plain Danish: where it begins and ends, what is hidden, and what is published."""

from __future__ import annotations

import polars as pl

from pages.language import danish, synthetic


def over_time(months: pl.DataFrame) -> str:
    """Return the sentences of `series_cells.monthly`, made-up numbers first and marked as such."""
    told = []
    nouns = {
        "syntetisk": synthetic.BADGE,
        "talt op": "Talt op af et register",
        "offentliggjort": "Offentliggjort",
    }
    for word, noun in nouns.items():
        rows = months.filter(pl.col("word") == word)
        parts = [
            _area(str(part["name"][0]), part)
            for part in rows.partition_by("area_id", maintain_order=True)
        ]
        if parts:
            told.append(f"{noun}: {'; '.join(parts)}.")
    return " ".join(told)


def _area(name: str, rows: pl.DataFrame) -> str:
    shown = rows.filter(pl.col("share_pct").is_not_null())
    suppressed = pl.col("status") == "suppressed"
    notes = [
        f"{what} i {months} måned{'er' if months != 1 else ''}"
        for what, months in (
            ("skjult", rows.filter(suppressed, pl.col("share_pct").is_null()).height),
            ("antallet skjult", shown.filter(suppressed).height),
        )
        if months
    ]
    if shown.is_empty():
        text = f"{name} har ingen viste andele"
    else:
        points = [shown.row(0, named=True), shown.row(-1, named=True)][: shown.height]
        said = [
            f"{danish.pct(point['share_pct'], point['share_decimals'])} i "
            f"{danish.period(point['period'])}"
            for point in points
        ]
        text = f"{name} {danish.listing(said)}"
    return f"{text} ({', '.join(notes)})" if notes else text
