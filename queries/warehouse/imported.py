"""What a data owner has imported, as cells, runs and sources of the warehouse.

Nothing here reads the source itself: `queries.imports` has kept its cells, validated, and what they
are (the manifest). A document's numbers are shown as printed; of a run only what may be shown is
there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from queries.cells import CELL_SCHEMA, cells, exact_share
from queries.disclosure.places import places
from queries.disclosure.primary import already_published
from queries.errors import UserError
from queries.indicators.definition import load_indicators
from queries.register.cell_file import RunSource, read_cells
from queries.sources import facts
from queries.warehouse.jobcentres import jobcentre_cells
from queries.warehouse.versions import Run
from queries.warehouse.vintages import MONTH, folded

DOCUMENT, RUN = "document", "run"
NOT_IN_SOURCE = "Området er ikke med i kilden: {}"
OF_SOME = "Kilden er kun for nogle kommuner: {}"
UNDATED = "Dagen for offentliggørelsen er ikke oplyst"
UNPUBLISHED = "Ikke offentliggjort: dataejerens eget udtræk"
RUN_TEXTS = {
    "synthetic": ("Indsatsatlas", "Opdigtede tal, ikke offentliggjort", "Fri: opdigtede tal"),
    "register": ("Dataejeren", "Dataejerens egen kørsel, ikke offentliggjort", "Ikke oplyst"),
    "file": ("Dataejeren", UNPUBLISHED, "Ikke oplyst"),
}
"""Publisher, published_note and licence of a run's cells, by kind; an imported file has its own."""
IMPORT_SCHEMA = pl.Schema(
    {
        "import_id": pl.String(),
        "source_id": pl.String(),
        "imported_at": pl.Datetime("us", "UTC"),
        "form": pl.String(),
        "title": pl.String(),
        "series": pl.String(),
        "recorded_at": pl.Date(),
        "cells": pl.Int32(),
        "new_cells": pl.Int32(),
        "updated_on": pl.Date(),
        "next_expected_on": pl.Date(),
        "note": pl.String(),
    }
)


class Import(Protocol):
    """An import that counts, as `queries.imports.store.Imported` is: see there for the manifest."""

    @property
    def import_id(self) -> str:
        """Its id."""

    @property
    def form(self) -> str:
        """Document or run."""

    @property
    def source_id(self) -> str:
        """The id of its source in the warehouse."""

    @property
    def folder(self) -> Path:
        """Where the manifest and the cells lie."""

    @property
    def cells(self) -> Path:
        """The file of its cells."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What the cells are."""

    @property
    def imported_at(self) -> dt.datetime:
        """When it was imported."""


def imported_documents(active: Iterable[Import]) -> pl.DataFrame:
    """Return the cells of all documents, of CELL_SCHEMA, every kommune and jobcenter among them.

    An area that the source has no row of is 'left_out', or 'not_collected' where the source tells
    of fewer kommuner than it lacks: it is then no table of all of them. A jobcenter is made of its
    kommuner where the source does not tell of it itself, and a kommune is told by a jobcenter that
    is the same. A month that is as in the vintage before is not repeated, see `vintages.folded`.
    Raises UserError for an indicator or breakdown that is not known (any more).
    """
    series: dict[str, list[Import]] = defaultdict(list)
    for one in active:
        if one.form == DOCUMENT:
            series[_about(one).get("series") or one.source_id].append(one)
    parts = [
        folded([document_cells(one) for one in sorted(of_one, key=recorded_at)])
        for of_one in series.values()
    ]
    return pl.concat([cells([]), *parts])


def document_cells(one: Import) -> pl.DataFrame:
    """Return the cells of one document as `imported_documents` does, whatever came before it."""
    stored = pl.read_parquet(one.cells)
    _check_known(one, stored)
    given = already_published(
        with_shares(stored)
        .with_columns(
            source_id=pl.lit(one.source_id),
            recorded_at=pl.lit(recorded_at(one)),
            origin=pl.lit("source"),
            source_line=None,
        )
        .select(pl.col(name).cast(kind) for name, kind in CELL_SCHEMA.items())
    )
    level = given.join(facts.areas().select("area_id", "level"), on="area_id", how="left")["level"]
    told = given.filter(level == "kommune")
    kommuner = _of_some(
        _every_kommune(told, given, NOT_IN_SOURCE.format(_title(one))), OF_SOME.format(_title(one))
    )
    own = given.filter(level == "jobcenter")
    jobcentres = jobcentre_cells(kommuner, _members()).join(own, on=[*MONTH, "area_id"], how="anti")
    upper = given.filter(level.is_in(["land", "region", "landsdel"]))
    return pl.concat([upper, kommuner, own, jobcentres]).sort(*MONTH, "area_id")


def with_shares(cells: pl.DataFrame) -> pl.DataFrame:
    """Return cells with the share of those that have a count and an exact denominator.

    Of a document that prints both and no share, it is plain division; it is rounded as the
    indicator's shares are. Counts that are no share of anything stay as they are.
    """
    decimals = {
        name: one.format.share_decimals
        for name, one in load_indicators().items()
        if one.form == "count_and_share"
    }
    mine = pl.col("indicator_id").replace_strict(decimals, default=None, return_dtype=pl.Int8)
    without = (
        (pl.col("status") == "shown")
        & pl.col("share_pct").is_null()
        & pl.col("numerator").is_not_null()
        & (pl.col("denominator_low") == pl.col("denominator_high")).fill_null(value=False)
    )
    return cells.with_columns(
        share_decimals=pl.when(without).then(mine).otherwise("share_decimals")
    ).with_columns(share_pct=pl.when(without).then(exact_share()).otherwise("share_pct"))


def imported_runs(active: Iterable[Import]) -> list[Run]:
    """Return the runs, each with what may be shown of it.

    Raises UserError as `read_cells` does.
    """
    return [
        Run(f"importen »{_title(one)}«", *read_cells(one.cells))
        for one in active
        if one.form == RUN
    ]


def source_rows(active: Iterable[Import], runs: Mapping[str, RunSource]) -> list[dict[str, Any]]:
    """Return rows of table `source`, in the order of the imports; `runs` by their source's id.

    What a document corrects is said as the manifest has it, whether or not it is there.
    """
    return [_source_row(one, runs.get(one.source_id)) for one in active]


def import_rows(active: Iterable[Import], observation: pl.DataFrame) -> pl.DataFrame:
    """Return table `import`, in order; `observation` is that table."""
    there = dict(observation.group_by("source_id").len().iter_rows())
    rows = []
    for one in active:
        about, manifest = _about(one), one.manifest
        rows.append(
            {
                "import_id": one.import_id,
                "source_id": one.source_id,
                "imported_at": one.imported_at.astimezone(dt.UTC),
                "form": one.form,
                "title": _title(one),
                "series": about.get("series") or "",
                "recorded_at": recorded_at(one),
                "cells": (manifest.get("counts") or {}).get("cells", 0),
                "new_cells": there.get(one.source_id, 0),
                "updated_on": _day(about.get("updated_on")),
                "next_expected_on": _day(about.get("next_on")),
                "note": about.get("note") or "",
            }
        )
    return pl.DataFrame(rows, IMPORT_SCHEMA)


def recorded_at(one: Import) -> dt.date:
    """Return the day from which an import's numbers were known."""
    return dt.date.fromisoformat(str(one.manifest["recorded_at"])[:10])


def told_before(runs: Sequence[Run]) -> list[pl.DataFrame]:
    """Return the cells of real runs, oldest first: what a new run must not undo the hiding of."""
    real = [run for run in runs if run.source.kind != "synthetic"]
    return [run.cells for run in sorted(real, key=lambda run: (run.source.recorded_at, run.name))]


def _every_kommune(kommuner: pl.DataFrame, given: pl.DataFrame, note: str) -> pl.DataFrame:
    """Return a cell of every kommune in each series that is told of below the regions."""
    below = ~pl.col("area_id").str.contains("^(000|1)") | (pl.col("breakdown") == "alle")
    series = given.filter(below).select(*MONTH, "source_id", "recorded_at").unique()
    names = pl.DataFrame({"area_id": places().kommuner})
    missing = series.join(names, how="cross").join(kommuner, on=[*MONTH, "area_id"], how="anti")
    same = pl.DataFrame(
        list(places().same.items()), schema=["jobcenter", "area_id"], orient="row"
    ).cast(pl.String)
    by_jobcenter = (
        missing.join(same, on="area_id")
        .select(*MONTH, "area_id", "jobcenter")
        .join(given.rename({"area_id": "jobcenter"}), on=[*MONTH, "jobcenter"])
        .with_columns(origin=pl.lit("same_area"))
        .select(CELL_SCHEMA.names())
    )
    left_out = missing.join(by_jobcenter, on=[*MONTH, "area_id"], how="anti").with_columns(
        status=pl.lit("left_out"), note=pl.lit(note), origin=pl.lit("source")
    )
    filled = pl.concat([kommuner, by_jobcenter, left_out], how="diagonal_relaxed")
    return filled.select(pl.col(name).cast(kind) for name, kind in CELL_SCHEMA.items())


def _of_some(kommuner: pl.DataFrame, note: str) -> pl.DataFrame:
    """Say of the kommuner that a table lacks, where they are most, that it is not about them."""
    left_out = pl.col("status") == "left_out"
    told = pl.col("status").is_in(["shown", "suppressed"])
    some = left_out & (left_out.sum().over(MONTH) >= told.sum().over(MONTH))
    return kommuner.with_columns(
        status=pl.when(some).then(pl.lit("not_collected")).otherwise("status"),
        note=pl.when(some).then(pl.lit(note)).otherwise("note"),
    )


def _members() -> pl.DataFrame:
    names = facts.areas().filter(pl.col("level") == "kommune").select("area_id", "name")
    links = facts.area_parents().filter(pl.col("parent_id").str.starts_with("J"))
    return links.join(names, on="area_id")


def _check_known(one: Import, stored: pl.DataFrame) -> None:
    known = load_indicators()
    told = stored.select("indicator_id", "breakdown").unique().sort(pl.all()).rows()
    for indicator_id, breakdown in told:
        indicator = known.get(indicator_id)
        if indicator is None:
            what = f"indikatoren {indicator_id!r}, som atlasset ikke kender"
        elif breakdown != "alle" and breakdown not in indicator.breakdowns:
            what = f"opdelingen {breakdown!r}, som »{indicator.title}« ikke har"
        else:
            continue
        raise UserError(
            f"Importen »{_title(one)}« ({one.import_id}) har tal for {what}. Fortryd importen, "
            "eller læg indikatorens fil tilbage, og byg igen."
        )


def _source_row(one: Import, run: RunSource | None) -> dict[str, Any]:
    about = _about(one)
    published = about.get("published_note") or ""
    if not published and not about.get("published_on"):
        published = UNDATED if run is None else UNPUBLISHED
    publisher, licence = about.get("publisher"), about.get("licence")
    if run is not None and run.kind != "file":
        publisher, published, licence = RUN_TEXTS[run.kind]
    return {
        "source_id": one.source_id,
        "kind": about["kind"] if run is None else run.kind,
        "publisher": publisher or "Ikke oplyst",
        "title": _title(one),
        "document_id": about.get("document_id") or _title(one),
        "published_on": about.get("published_on"),
        "published_note": published,
        "retrieved_on": about.get("retrieved_on"),
        # A digest of exact numbers would give them away: by trying all, they are found again.
        "sha256": about.get("sha256") if run is None else one.manifest["sha256"],
        "licence": licence or "Ikke oplyst",
        "corrects": about.get("corrects"),
        "note": about.get("note") or "",
        "choices": None
        if run is None
        else json.dumps(run.choices, ensure_ascii=False, sort_keys=True),
        "series": about.get("series") or "",
        "import_id": one.import_id,
    }


def _about(one: Import) -> Mapping[str, Any]:
    found: Mapping[str, Any] = one.manifest["provenance"]
    return found


def _title(one: Import) -> str:
    return str(_about(one).get("title") or one.source_id)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
