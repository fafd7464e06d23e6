"""The file of what is told instead of hidden numbers: across indicators and months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.exports.tables import LABEL, Table
from pages.language import instead
from queries import Atlas, UserError

WORDS = {
    "combined": "kommuner tilsammen",
    "coarser": "opdelinger tilsammen",
    "rounded": "afrundet",
}
NUMBERS = ("antal_mindst", "antal_hoejst", "naevner")
COLUMNS: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("indikator", "titel", "periode", "slags", "opdeling", "omraader"), pl.String),
    "vist": pl.String,
    **dict.fromkeys(NUMBERS, pl.Int64),
    "andel_pct": pl.Float64,
    **dict.fromkeys(("kilde", LABEL), pl.String),
}
NOTES = (
    ("omraader", "koder på de områder, tallet gælder tilsammen, med + imellem"),
    ("antal_mindst, antal_hoejst", "ens, hvor tallet er præcist; ellers er det afrundet"),
    ("naevner", "tom, hvor tallet er afrundet"),
    (
        "Hvad det er",
        "Vist i stedet for tal, der er skjult, hvor indikatorens fil tillader det. Det er "
        "efterprøvet sammen med alt andet, der er vist: hvert skjult tal holder stadig til kravet",
    ),
)


def of_alternatives(atlas: Atlas, indicator_id: str | None = None) -> Table:
    """Return what is told instead of hidden numbers, of one indicator or of all.

    Raises UserError for an unknown indicator.
    """
    if indicator_id is not None and indicator_id not in atlas.indicators:
        raise UserError(f"Ukendt indikator: {indicator_id[:40]!r}. Vælg en fra /data/.")
    wanted = list(atlas.indicators) if indicator_id is None else [indicator_id]
    frames = [atlas.alternatives(one) for one in wanted]
    titles = {key: one.title for key, one in atlas.indicators.items()}
    rows = pl.concat(frames) if frames else pl.DataFrame()
    made_up = pl.when(pl.col("kind") == "synthetic").then(pl.lit("ja")).otherwise(pl.lit("nej"))
    table = rows.select(
        indikator="indicator_id",
        titel=pl.col("indicator_id").replace_strict(titles, return_dtype=pl.String),
        periode="period",
        slags=pl.col("told").replace_strict(WORDS, return_dtype=pl.String),
        opdeling="breakdown",
        omraader=pl.col("area_ids").list.join("+"),
        vist="title",
        antal_mindst="low",
        antal_hoejst="high",
        naevner="denominator",
        andel_pct="share_pct",
        kilde="source_id",
        **{LABEL: made_up},
    )
    sources = atlas.sources()
    used = sorted(set(table["kilde"]))
    return Table(
        stem="alternativer",
        title="Hvad der vises i stedet for skjulte tal",
        rows=table.select(pl.col(name).cast(kind) for name, kind in COLUMNS.items()),
        sources=tuple(sources[key] for key in used),
        version=atlas.version,
        notes=NOTES,
    )


def told_instead(atlas: Atlas, indicator_id: str, cell: Mapping[str, Any]) -> str:
    """Return what is told instead of the hidden numbers of an area's cell, '' where nothing is."""
    rows = atlas.alternatives(indicator_id, cell["period"], cell["area_id"])
    return instead.sentence(rows.filter(kind=cell["kind"]))
