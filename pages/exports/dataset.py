"""What a download holds, whatever its format: rows, their source, and the file's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from pages.exports.definitions import are_exact, caveats
from pages.language import danish, synthetic
from queries import (
    LAND,
    REGISTER_CHOICES,
    REGISTER_DEFAULTS,
    Atlas,
    Indicator,
    Level,
    Source,
    SourceKind,
    UserError,
    statistics,
)

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
STATUS_OF_KIND = {
    "synthetic": "Syntetisk: opdigtede tal",
    "register": "Talt op af et register",
    "api": "Hentet fra en åben kilde",
    "file": "Læst af en fil",
}
READ_WORDS = {"synthetic": "Dateret", "register": "Talt op"}
"""What was done on the day `retrieved_on`, by kind of source."""

VERDICT_WORDS = {
    "over": "over landet",
    "under": "under landet",
    "alike": "ikke til at skelne fra landet",
}
"""Beside the country, by the 95 pct. limits; 'klart' is said beyond the 99,8 pct. ones as well.

About one in twenty stands out by chance alone.
"""

PERCENT_COLUMNS = ("andel_pct", "andel_lav_pct", "andel_hoej_pct")
INTERVAL_DECIMALS = 2
WHOLE = "alle"
UNITS = {"antal": "personer", "naevner": "personer", "andel_pct": "pct."}
UNCERTAIN = (
    "andel_lav_pct til andel_hoej_pct er Wilsons 95 pct.-interval for andelen, med den nævner i "
    "intervallet, der giver den største usikkerhed"
)
RANKED = (
    ". vurdering sammenligner med hele landet ved 95 pct.-grænserne: cirka hver tyvende falder "
    "uden for ved et tilfælde. placering_fra til placering_til er de pladser regnet fra højeste "
    "andel, som området kan have"
)


KNOWN_THEN = "kun tal, der var kendt den dag, før senere rettelser og nye udgaver"


@dataclass(frozen=True)
class Asked:
    """What a file is asked to hold; `breakdown` and `source_kind` as the façade takes them."""

    indicator_id: str
    period: str
    level: Level = "kommune"
    within: str = LAND
    breakdown: str = WHOLE
    source_kind: SourceKind | None = None
    sort: str = "svaret"
    """Order of the bars of a picture, by `pages.frame.address.SORTS`."""
    among: tuple[str, ...] = ()
    """The areas that the bars of a picture are of, by id; empty for all."""
    as_of: dt.date | None = None
    """Only what was recorded by that day is told; None for what is known now."""


@dataclass(frozen=True)
class Dataset:
    """One indicator, period and level, ready to be written.

    `rows` has Danish column names and the areas inside the filter; `everywhere` the façade's cells
    of all areas of the level, which a map needs around them, or those of the series. `when` is the
    period in words.
    """

    indicator: Indicator
    breakdown: str
    period: str
    when: str
    level: Level
    within: str
    within_name: str
    rows: pl.DataFrame
    everywhere: pl.DataFrame
    sources: tuple[Source, ...]
    version: str
    series: bool = False
    as_of: dt.date | None = None

    @property
    def synthetic(self) -> bool:
        """Whether any row is made up; then the file says so in its name and in every row."""
        return any(source.is_synthetic for source in self.sources)

    @property
    def file_stem(self) -> str:
        """The file's name without its ending."""
        part = "" if self.breakdown == WHOLE else f"_{self.breakdown}"
        area = "" if self.within == LAND else f"_{self.within}"
        label = synthetic.FILE_LABEL if self.synthetic else ""
        name = f"{self.indicator.indicator_id}{'_serie' if self.series else ''}"
        known = f"_vist_{self.as_of:%Y-%m-%d}" if self.as_of else ""
        return f"{name}{part}_{self.period}_{self.level}{area}{known}{label}"

    @property
    def breakdown_title(self) -> str:
        """The breakdown in words, empty for the indicator as a whole."""
        return self.indicator.breakdowns.get(self.breakdown, "")

    @property
    def heading(self) -> str:
        """The indicator's title and the breakdown."""
        part = f", opdeling: {self.breakdown_title}" if self.breakdown_title else ""
        return f"{self.indicator.title}{part}"

    @property
    def title(self) -> str:
        """What the numbers are, for the head of a file."""
        known = f", som vist den {danish.date(self.as_of)}" if self.as_of else ""
        title = f"{self.heading}, {self.when}, {self.within_name}{known}"
        return synthetic.marked(title, made_up=self.synthetic)

    @property
    def caveats(self) -> tuple[str, ...]:
        """The indicator's caveats, but not those of rounded shares where no row has one."""
        return caveats(self.indicator, exact=are_exact(inside(self)))

    @property
    def numerator(self) -> str:
        """Who is counted; of a breakdown its title, beside whom the indicator counts."""
        if not self.breakdown_title:
            return self.indicator.numerator
        return (
            f"Borgere i opdelingen »{self.breakdown_title}« (indikatoren som helhed: "
            f"{self.indicator.numerator})"
        )

    def about(self) -> list[tuple[str, str]]:
        """Return what a reader must know beside the numbers, as label and text."""
        lines = [
            ("Indikator", self.heading),
            ("Periode", self.when),
            ("Tæller", self.numerator),
            ("Nævner", self.indicator.denominator),
            ("Definition", self.indicator.definition),
            ("Usikkerhed", f"{UNCERTAIN}{'' if self.series else RANKED}."),
            *(("Forbehold", caveat) for caveat in self.caveats),
            ("Diskretion", self.indicator.disclosure.rule),
            ("Dataversion", self.version),
        ]
        if self.as_of:
            lines.insert(2, ("Som vist den", f"{danish.date(self.as_of)}: {KNOWN_THEN}"))
        if self.synthetic:
            lines.insert(0, ("OBS", synthetic.WARNING))
        for source in self.sources:
            lines += source_lines(source)
        return lines

    def head(self) -> dict[str, Any]:
        """Return what a program must know beside the rows."""
        return {
            "titel": self.title,
            "indikator": self.indicator.indicator_id,
            "opdeling": self.breakdown,
            "periode": self.period,
            "niveau": self.level,
            "omraade": self.within,
            "dataversion": self.version,
            **({"som_vist_den": self.as_of.isoformat()} if self.as_of else {}),
            "syntetisk": self.synthetic,
            "enhed": UNITS,
            "definition": {
                "taeller": self.numerator,
                "naevner": self.indicator.denominator,
                "tekst": self.indicator.definition,
                "usikkerhed": f"{UNCERTAIN}{'' if self.series else RANKED}.",
                "forbehold": list(self.caveats),
                "diskretion": self.indicator.disclosure.rule,
            },
        }


def measured(indicator: Indicator) -> dict[str, pl.Expr]:
    """Return the columns of a file that hold a number, its month and its status.

    They are made from the façade's cells as `statistics.judged` returns them.
    """
    return {
        "periode": pl.col("period"),
        "opdeling": word("breakdown", {WHOLE: "i alt"} | indicator.breakdowns),
        "antal": pl.col("numerator"),
        "naevner_mindst": pl.col("denominator_low"),
        "naevner_hoejst": pl.col("denominator_high"),
        "andel_pct": pl.col("share_pct"),
        **{
            name: pl.col(column).round(INTERVAL_DECIMALS)
            for name, column in (("andel_lav_pct", "low_pct"), ("andel_hoej_pct", "high_pct"))
        },
        "status": word("status", STATUS_WORDS),
        "note": pl.col("note"),
    }


def source_lines(source: Source) -> list[tuple[str, str]]:
    """Return a source as label and text: document, status, dates."""
    status = "Berigtiget svar" if source.is_correction else "Ikke berigtiget"
    if source.corrected_by:
        status = "Erstattet af en berigtigelse"
    published = danish.date(source.published_on) if source.published_on else source.published_note
    retrieved = danish.date(source.retrieved_on) if source.retrieved_on else "ikke aflæst"
    status = STATUS_OF_KIND.get(source.kind, status)
    return [
        ("Kilde", f"{source.publisher}: {source.title}"),
        ("Dokument", source.document_id),
        ("Status", status),
        ("Offentliggjort", published),
        (READ_WORDS.get(source.kind, "Aflæst"), retrieved),
        *(("Valg", line) for line in other_choices(source)),
    ]


def other_choices(source: Source) -> list[str]:
    """Return each choice by which a register was counted otherwise than by default, in words."""
    found = []
    for name, value in source.choices.items():
        default = REGISTER_DEFAULTS.get(name)
        plain = tuple(value) if isinstance(value, list) else value
        if name in REGISTER_CHOICES and plain != default:
            choice = REGISTER_CHOICES[name]
            found.append(f"{choice.question} Her: {choice.options.get(str(plain), plain)}")
    return found


def dataset(atlas: Atlas, asked: Asked) -> Dataset:
    """Ask the façade for one table and put it in words; raises UserError as the façade does."""
    return one_version(atlas, lambda version: _dataset(atlas, version, asked))


def one_version(atlas: Atlas, make: Callable[[str], Dataset]) -> Dataset:
    """Make a dataset until no new warehouse came between two questions: it holds one version."""
    while True:
        version = atlas.version
        data = make(version)
        if atlas.version == version:
            return data


def _dataset(atlas: Atlas, version: str, asked: Asked) -> Dataset:
    indicator = atlas.indicator(asked.indicator_id)
    how = _how(asked)
    everywhere = atlas.cells(asked.indicator_id, asked.period, asked.level, **how)
    cells = atlas.cells(asked.indicator_id, asked.period, asked.level, asked.within, **how)
    if cells.is_empty():
        raise UserError(
            f"Der er ingen tal for niveauet {asked.level!r} i området {asked.within!r}. Tallene "
            "findes for kommuner og jobcentre (og for hele landet); summer for regioner og "
            "landsdele vises ikke, fordi de ville afsløre skjulte kommuner."
            if asked.breakdown == WHOLE
            else f"Der er ingen tal for opdelingen {asked.breakdown!r} med de valg."
        )
    used = used_sources(atlas, cells)
    areas = atlas.areas()
    return Dataset(
        indicator=indicator,
        breakdown=asked.breakdown,
        period=asked.period,
        when=danish.period(asked.period),
        level=asked.level,
        within=asked.within,
        within_name=areas.filter(pl.col("area_id") == asked.within)["name"].item(),
        rows=_rows(indicator, _judged(atlas, asked, everywhere, cells), used),
        everywhere=everywhere,
        sources=tuple(used.values()),
        version=version,
        as_of=asked.as_of,
    )


def _how(asked: Asked) -> dict[str, Any]:
    return {
        "breakdown": asked.breakdown,
        "source_kind": asked.source_kind,
        "as_of": asked.as_of,
    }


def inside(data: Dataset) -> pl.DataFrame:
    """Return the façade's cells of the areas that a dataset has rows of."""
    return data.everywhere.filter(pl.col("area_id").is_in(data.rows["omraadekode"].implode()))


def used_sources(atlas: Atlas, cells: pl.DataFrame) -> dict[str, Source]:
    """Return the sources of some cells by id, in their order."""
    sources = atlas.sources()
    return {key: sources[key] for key in cells["source_id"].unique(maintain_order=True)}


def word(column: str, words: Mapping[str, str]) -> pl.Expr:
    """Return a column's codes in Danish; every code must be known."""
    return pl.col(column).replace_strict(dict(words), return_dtype=pl.String)


def with_label(
    rows: pl.DataFrame, source_ids: pl.Series, sources: Mapping[str, Source]
) -> pl.DataFrame:
    """Return rows that each say whether they are made up, where any of them is."""
    if not any(source.is_synthetic for source in sources.values()):
        return rows
    words = {key: "ja" if source.is_synthetic else "nej" for key, source in sources.items()}
    said = source_ids.replace_strict(words, return_dtype=pl.String)
    return rows.with_columns(said.alias("syntetisk"))


def _judged(
    atlas: Atlas, asked: Asked, everywhere: pl.DataFrame, cells: pl.DataFrame
) -> pl.DataFrame:
    """Return `cells` with what may be said of each beside the country and the whole level."""
    how = _how(asked)
    try:
        national = atlas.national(asked.indicator_id, asked.period, **how)
    except UserError:
        national = None  # a month without a number for the country
    judged = statistics.judged(everywhere, national)
    return judged.filter(pl.col("area_id").is_in(cells["area_id"].implode()))


def _rows(indicator: Indicator, cells: pl.DataFrame, sources: dict[str, Source]) -> pl.DataFrame:
    documents = {key: source.document_id for key, source in sources.items()}
    rows = cells.select(
        omraadekode="area_id",
        omraade="name",
        niveau="level",
        region="region",
        landsdel="landsdel",
        **measured(indicator),
        vurdering=pl.when(pl.col("verdict_998").is_in(["over", "under"]))
        .then(pl.lit("klart ") + word("verdict_998", VERDICT_WORDS))
        .otherwise(word("verdict", VERDICT_WORDS)),
        placering_fra="rank_low",
        placering_til="rank_high",
        grundlag=pl.when(pl.col("kind").is_in(["synthetic", "register"]))
        .then(pl.lit("talt op"))
        .when((pl.col("origin") == "sum_of_kommuner") & (pl.col("status") != "shown"))
        .then(pl.lit("flere kommuner, ikke lagt sammen"))
        .otherwise(word("origin", ORIGIN_WORDS)),
        kilde=word("source_id", documents),
        raekke_i_kilden="source_row",
        linje_i_kilden="source_line",
    )
    return with_label(rows, cells["source_id"], sources)
