"""What a download holds, whatever its format: rows, their source, and the file's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from pages.language import danish
from queries import LAND, Atlas, Indicator, Level, Source, UserError

STATUS_WORDS = {
    "shown": "vist",
    "suppressed": "skjult",
    "left_out": "udeladt af kilden",
    "not_collected": "ikke opgjort",
}
ORIGIN_WORDS = {
    "source": "som i kilden",
    "same_area": "jobcentret er én kommune",
    "sum_of_kommuner": "lagt sammen af kommunerne",
}
PERCENT_COLUMNS = ("andel_pct",)


@dataclass(frozen=True)
class Dataset:
    """One indicator, period and level, ready to be written.

    `rows` has Danish column names and the areas inside the filter; `everywhere` the façade's cells
    of all areas of the level, which a map needs around them.
    """

    indicator: Indicator
    period: str
    level: Level
    within: str
    within_name: str
    rows: pl.DataFrame
    everywhere: pl.DataFrame
    sources: tuple[Source, ...]
    version: str

    @property
    def synthetic(self) -> bool:
        """Whether any row is made up; then the file says so in its name and in every row."""
        return any(source.is_synthetic for source in self.sources)

    @property
    def file_stem(self) -> str:
        """The file's name without its ending."""
        area = "" if self.within == LAND else f"_{self.within}"
        label = "_SYNTETISK" if self.synthetic else ""
        return f"{self.indicator.indicator_id}_{self.period}_{self.level}{area}{label}"

    @property
    def title(self) -> str:
        """What the numbers are, for the head of a file."""
        return f"{self.indicator.title}, {danish.period(self.period)}, {self.within_name}"

    def about(self) -> list[tuple[str, str]]:
        """Return what a reader must know beside the numbers, as label and text."""
        lines = [
            ("Indikator", self.indicator.title),
            ("Periode", danish.period(self.period)),
            ("Tæller", self.indicator.numerator),
            ("Nævner", self.indicator.denominator),
            ("Definition", self.indicator.definition),
            *(("Forbehold", caveat) for caveat in self.indicator.caveats),
            ("Diskretion", self.indicator.disclosure.rule),
            ("Dataversion", self.version),
        ]
        if self.synthetic:
            lines.insert(0, ("OBS", "SYNTETISKE TAL: opdigtede, kun til afprøvning"))
        for source in self.sources:
            lines += source_lines(source)
        return lines


def source_lines(source: Source) -> list[tuple[str, str]]:
    """Return a source as label and text: document, status, dates."""
    status = "Berigtiget svar" if source.is_correction else "Ikke berigtiget"
    if source.corrected_by:
        status = "Erstattet af en berigtigelse"
    published = danish.date(source.published_on) if source.published_on else source.published_note
    retrieved = danish.date(source.retrieved_on) if source.retrieved_on else "ikke aflæst"
    return [
        ("Kilde", f"{source.publisher}: {source.title}"),
        ("Dokument", source.document_id),
        ("Status", "Syntetisk" if source.is_synthetic else status),
        ("Offentliggjort", published),
        ("Aflæst", retrieved),
    ]


def dataset(
    atlas: Atlas, indicator_id: str, period: str, level: Level, within: str = LAND
) -> Dataset:
    """Ask the façade for one table and put it in words; raises UserError as the façade does."""
    while True:
        version = atlas.version
        data = _dataset(atlas, version, indicator_id, period, level, within)
        # A new warehouse may come between two questions: one file holds one version.
        if atlas.version == version:
            return data


def _dataset(  # noqa: PLR0917  # private, called once
    atlas: Atlas, version: str, indicator_id: str, period: str, level: Level, within: str
) -> Dataset:
    indicator = atlas.indicator(indicator_id)
    cells = atlas.cells(indicator_id, period, level, within)
    if cells.is_empty():
        raise UserError(
            f"Der er ingen tal for niveauet {level!r} i området {within!r}. Tallene findes for "
            "kommuner og jobcentre (og for hele landet); summer for regioner og landsdele vises "
            "ikke, fordi de ville afsløre skjulte kommuner."
        )
    sources = atlas.sources()
    used = cells["source_id"].unique(maintain_order=True).to_list()
    areas = atlas.areas()
    return Dataset(
        indicator=indicator,
        period=period,
        level=level,
        within=within,
        within_name=areas.filter(pl.col("area_id") == within)["name"].item(),
        rows=_rows(cells, {source_id: sources[source_id] for source_id in used}),
        everywhere=atlas.cells(indicator_id, period, level),
        sources=tuple(sources[source_id] for source_id in used),
        version=version,
    )


def _rows(cells: pl.DataFrame, sources: dict[str, Source]) -> pl.DataFrame:
    def word(column: str, words: dict[str, Any]) -> pl.Expr:
        return pl.col(column).replace_strict(words, return_dtype=pl.String)

    rows = cells.select(
        omraadekode="area_id",
        omraade="name",
        niveau="level",
        region="region",
        landsdel="landsdel",
        periode="period",
        antal="numerator",
        naevner_mindst="denominator_low",
        naevner_hoejst="denominator_high",
        andel_pct="share_pct",
        status=word("status", STATUS_WORDS),
        note="note",
        grundlag=pl.when((pl.col("origin") == "sum_of_kommuner") & (pl.col("status") != "shown"))
        .then(pl.lit("flere kommuner, ikke lagt sammen"))
        .otherwise(word("origin", ORIGIN_WORDS)),
        kilde=word("source_id", {key: source.document_id for key, source in sources.items()}),
        raekke_i_kilden="source_row",
        linje_i_kilden="source_line",
    )
    if any(source.is_synthetic for source in sources.values()):
        label = word(
            "source_id", {k: "ja" if s.is_synthetic else "nej" for k, s in sources.items()}
        )
        rows = rows.with_columns(cells.select(syntetisk=label).to_series())
    return rows
