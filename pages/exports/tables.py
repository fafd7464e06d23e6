"""Files across indicators: kommuner beside each other, the programmes, the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from pages.exports.dataset import RANKED, UNCERTAIN, UNITS, Asked, Dataset, dataset, source_lines
from pages.exports.files import iso, source_record
from pages.exports.kinds import KINDS
from pages.language import danish, synthetic
from pages.language.disclosure import CRITERIA, INSIDERS, KNOWN, LIMITS, UNKNOWN
from queries import Atlas, Level, Source, SourceKind, UserError

MOST_KOMMUNER = 98
LEVELS: tuple[Level, ...] = ("kommune", "jobcenter")
LABEL = "syntetisk"
WORDS = {kind: word for word, kind in KINDS.items()}
PROTECTION_NUMBERS = (
    "tal",
    "skjult",
    "ikke_beskyttet",
    "faerrest_muligheder",
    "indviede",
    "loesninger",
)
PROTECTION_WORDS = {"protected": "efterprøvet", "as_published": "vist som offentliggjort"}
PROTECTION_COLUMNS: dict[str, type[pl.DataType]] = {
    name: pl.Int64 if name in PROTECTION_NUMBERS else pl.String
    for name in (
        *("indikator", "titel", "periode", "opdeling", "krav"),
        *PROTECTION_NUMBERS,
        *("status", "fundet", "sammen_med", "kilde", LABEL),
    )
}
PROTECTION_NOTES = (
    ("ikke_beskyttet", "skjulte tal, der ikke opfylder kravet"),
    ("faerrest_muligheder", "for et skjult tal i alt det, der er offentliggjort sammen"),
    ("indviede", INSIDERS),
    ("loesninger", "måder, alle de skjulte tal kan udfyldes på; tom: mange eller ikke talt"),
    *(("Angriberen ved", text) for text in KNOWN),
    *(("Angriberen ved ikke", text) for text in UNKNOWN),
    *(("Grænse", text) for text in LIMITS),
)


@dataclass(frozen=True)
class Table:
    """Rows with Danish column names from several sources; see `files.Sheet`."""

    stem: str
    title: str
    rows: pl.DataFrame
    sources: tuple[Source, ...]
    version: str
    notes: tuple[tuple[str, str], ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def synthetic(self) -> bool:
        """Whether any row is made up; then the file says so in its name and in every row."""
        return LABEL in self.rows.columns and bool((self.rows[LABEL] == "ja").any())

    @property
    def file_stem(self) -> str:
        """The file's name without its ending."""
        return self.stem + (synthetic.FILE_LABEL if self.synthetic else "")

    def about(self) -> list[tuple[str, str]]:
        """Return what a reader must know beside the rows, as label and text."""
        lines = [("Indhold", self.title), *self.notes, ("Dataversion", self.version)]
        if self.synthetic:
            lines.insert(0, ("OBS", f"{synthetic.WARNING}, hvor kolonnen {LABEL} siger ja"))
        for source in self.sources:
            lines += source_lines(source)
        return lines

    def head(self) -> dict[str, Any]:
        """Return what a program must know beside the rows."""
        return {
            "titel": synthetic.marked(self.title, made_up=self.synthetic),
            "dataversion": self.version,
            "syntetisk": self.synthetic,
            "noter": [f"{label}: {text}" for label, text in self.notes],
            **self.more,
        }


def of_kommuner(
    atlas: Atlas,
    codes: Sequence[str],
    level: Level | None,
    periods: Mapping[str, str],
    kind: SourceKind | None = None,
) -> Table:
    """Return every indicator of some kommuner, each in the month that `periods` says.

    One row per indicator and area, as the indicator's own file has it: on `level`, or else on
    both of kommune and jobcenter; of one `kind` of source where it is given. Raises UserError for
    an unknown kommune and where there is nothing.
    """
    areas = atlas.areas()
    known = areas.filter(level="kommune")
    names = dict(known.select("area_id", "name").rows())
    if unknown := [code for code in codes if code not in names]:
        raise UserError(f"Ukendt kommune: {unknown[0][:20]!r}. Brug de fire cifre, fx 0316.")
    jobcentres = dict(known.select("area_id", "jobcenter_id").rows())
    version = atlas.version
    found = [
        _some(
            dataset(atlas, Asked(indicator_id, period, one, source_kind=kind)),
            one,
            codes,
            jobcentres,
        )
        for indicator_id, period in periods.items()
        for one in LEVELS
        if level in (None, one)
        and period in atlas.periods(indicator_id, kind)
        and not atlas.cells(indicator_id, period, one, source_kind=kind).is_empty()
    ]
    parts = [rows for rows, _ in found if not rows.is_empty()]
    if not parts:
        raise UserError("Der er ingen tal af den slags for de valgte kommuner.")
    rows = pl.concat(parts, how="diagonal")
    if LABEL in rows.columns:
        rows = rows.with_columns(pl.col(LABEL).fill_null("nej"))
        rows = rows.select(pl.exclude(LABEL), LABEL)
    sources = {s.source_id: s for _, data in found for s in data.sources}
    listed = danish.listing([names[code] for code in codes])
    return Table(
        stem="_".join(["kommune", *codes]) if len(codes) == 1 else "sammenlign",
        title=f"Alle indikatorer: {listed}",
        rows=rows,
        sources=tuple(sources.values()),
        version=version,
        notes=(
            ("Usikkerhed", f"{UNCERTAIN}{RANKED}."),
            *((("Udvalg", f"kun tal fra kilder af slagsen {WORDS[kind]}"),) if kind else ()),
        ),
        more={"enhed": UNITS},
    )


def _some(
    data: Dataset, level: Level, codes: Sequence[str], jobcentres: Mapping[str, str]
) -> tuple[pl.DataFrame, Dataset]:
    wanted = [jobcentres[code] if level == "jobcenter" else code for code in codes]
    rows = data.rows.filter(pl.col("omraadekode").is_in(wanted))
    return (
        rows.select(
            pl.lit(data.indicator.indicator_id).alias("indikator"),
            pl.lit(data.indicator.title).alias("titel"),
            pl.all(),
        ),
        data,
    )


def of_programmes(atlas: Atlas) -> Table:
    """Return the satspulje programmes as the documents give them; kommuner by code and name."""
    version = atlas.version
    names = dict(atlas.areas().select("area_id", "name").rows())
    sources = atlas.sources()
    frame = atlas.initiatives()
    records = [
        {
            "id": one["initiative_id"],
            "titel": one["title"],
            "fra": iso(one["starts_on"]),
            "til": iso(one["ends_on"]),
            "periode_i_kilden": one["period_text"],
            "mio_kr": one["amount_mio_kr"],
            "kommuner": one["kommuner"],
            "borgere": one["people"],
            "borgere_forbehold": one["people_hedge"],
            "kommunekoder": " ".join(one["members"]),
            "kommunenavne": ", ".join(names[code] for code in one["members"]),
            "kilde": sources[one["source_id"]].document_id,
        }
        for one in frame.iter_rows(named=True)
    ]
    used = {key: sources[key] for key in frame["source_id"].unique(maintain_order=True)}
    return Table(
        stem="initiativer",
        title="Satspuljeinitiativer",
        rows=pl.DataFrame(records, infer_schema_length=None),
        sources=tuple(used.values()),
        version=version,
        notes=(
            ("Perioder", "fra og til er tomme, hvor dokumentet ikke nævner en dag"),
            ("Kommuner", "kun de kommuner, som et dokument nævner ved navn, har koder"),
        ),
    )


def of_sources(atlas: Atlas) -> Table:
    """Return every source with terms, dates and corrections, and the published statements."""
    version = atlas.version
    sources = atlas.sources()
    records = [
        source_record(source)
        | {
            "vilkaar": source.licence,
            "berigtiger": source.corrects,
            "berigtiget_af": source.corrected_by,
            "note": source.note,
        }
        for source in sources.values()
    ]
    statements = [
        {
            "id": one["statement_id"],
            "emne": one["subject"],
            "tekst": one["text"],
            "vaerdi": one["value"],
            "enhed": one["unit"],
            "forbehold": one["hedge"],
            "periode": one["period"],
            "kilde": one["source_id"],
        }
        for one in atlas.statements().iter_rows(named=True)
    ]
    return Table(
        stem="kilder",
        title="Kilder og offentliggjorte udsagn",
        rows=pl.DataFrame(records, infer_schema_length=None),
        sources=(),
        version=version,
        more={"udsagn": statements},
    )


def of_protection(atlas: Atlas) -> Table:
    """Return the audit report: one row per source, indicator, period and breakdown.

    No row says what a hidden number is or may be, only to how many possibilities it is known.
    """
    version = atlas.version
    sources = atlas.sources()
    frame = atlas.protection()
    records: list[dict[str, Any]] = [
        {
            "indikator": one["indicator_id"],
            "titel": one["title"],
            "periode": one["period"],
            "opdeling": one["breakdown"],
            "krav": CRITERIA[one["criterion"]].name,
            "tal": one["cells"],
            "skjult": one["hidden"],
            "ikke_beskyttet": one["exposed"],
            "faerrest_muligheder": one["fewest"],
            "indviede": one["insiders"],
            "loesninger": one["solutions"],
            "status": PROTECTION_WORDS[one["status"]],
            "fundet": one["note"],
            "sammen_med": one["together"],
            "kilde": one["source_id"],
            LABEL: "ja" if one["kind"] == "synthetic" else "nej",
        }
        for one in frame.iter_rows(named=True)
    ]
    used = {key: sources[key] for key in frame["source_id"].unique(maintain_order=True)}
    return Table(
        stem="fortrolighed",
        title="Hvad der er skjult, og hvor godt",
        rows=pl.DataFrame(records, schema=PROTECTION_COLUMNS),
        sources=tuple(used.values()),
        version=version,
        notes=(
            *((f"Krav: {one.name}", one.general) for one in CRITERIA.values()),
            *PROTECTION_NOTES,
        ),
    )
