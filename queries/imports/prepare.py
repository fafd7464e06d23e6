"""From what a source gave to what an import stores: its cells, and the manifest about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from queries.imports.files import PRIVATE_FILE, checksum
from queries.imports.identity import content_hash, identity, import_id, same_as, source_id
from queries.imports.store import CELLS, MANIFEST_FORM, Imported
from queries.imports.surroundings import Surroundings
from queries.register.cell_file import RunSource, write_cells
from queries.sources.incoming import Batch, Finding, ImportRefusedError
from queries.warehouse.imported import RUN_TEXTS

NOTHING_SHOWN = "nothing_may_be_shown"


@dataclass(frozen=True, eq=False)
class New:
    """One import that is about to be stored; `source` is None for a document.

    `notes` are what was found when it was disclosed.
    """

    cells: pl.DataFrame
    manifest: Mapping[str, Any]
    source: RunSource | None = None
    notes: tuple[Finding, ...] = ()

    @property
    def import_id(self) -> str:
        """Its id."""
        return str(self.manifest["import_id"])

    @property
    def source_id(self) -> str:
        """The id of its source in the warehouse."""
        return str(self.manifest["source_id"])

    @property
    def hidden(self) -> int:
        """How many of its cells are hidden."""
        return int(self.manifest["counts"].get("suppressed", 0))

    def write(self, folder: Path) -> Path:
        """Write its file of cells to `folder` and return where."""
        path = folder / CELLS[str(self.manifest["form"])]
        if self.source is None:
            self.cells.write_parquet(path, compression="zstd", statistics=False)
        else:
            write_cells(self.cells, path, source=self.source.as_dict())
        path.chmod(PRIVATE_FILE)
        return path


def of_batch(
    batch: Batch,
    cells: pl.DataFrame,
    active: Sequence[Imported],
    before: Sequence[New],
    around: Surroundings,
    *,
    key: bytes,
    accepted: Sequence[str] = (),
    mapping: Mapping[str, Any] | None = None,
) -> New | str:
    """Return the import that a batch makes, or the id of the one that says the same already.

    `cells` are the batch's, checked; `active` are the imports that count, `before` those that are
    made with it, `key` is the store's. An unpublished batch is disclosed here: its exact numbers
    go no further. Raises ImportRefusedError where they may not be shown.
    """
    content = content_hash(cells, identity(batch), b"" if batch.is_published else key)
    about = batch.provenance
    if not batch.is_published:  # a digest of exact numbers gives them away to who tries them all
        about = replace(about, sha256=None)
    recorded = batch.recorded_at.isoformat()
    if same := same_as(content, about.series, recorded, [*active, *before]):
        return same
    made = import_id(content, _taken(active, before))
    source, notes = None, list[Finding]()
    manifest: dict[str, Any] = {
        "form": "document" if batch.is_published else "run",
        "source_id": source_id(about.series or about.document_id, made),
        "content": content,
        "recorded_at": recorded,
        "is_published": batch.is_published,
        "provenance": _plain(asdict(about)),
        "findings": [_finding(one, batch) for one in batch.findings],
        "accepted": sorted(accepted),
        "mapping": None if mapping is None else dict(mapping),
    }
    if not batch.is_published:
        from queries.imports.disclose import disclosed  # a compiler comes with it

        source = RunSource(
            source_id=str(manifest["source_id"]),
            kind="file",
            title=about.title,
            document_id=about.document_id,
            recorded_at=batch.recorded_at,
            choices={},
        )
        indicators = sorted(set(cells["indicator_id"]))
        earlier = around.earlier(active, indicators)
        earlier += [one.cells for one in before if one.source and one.source.kind != "synthetic"]
        published = around.published(active)
        try:
            cells, notes = disclosed(batch, cells, source, published, earlier)
        except ImportRefusedError as error:
            others = _same_months(cells, active)
            if error.findings[-1].code != NOTHING_SHOWN or not others:
                raise
            try:
                disclosed(batch, cells, source, published, [])
            except ImportRefusedError:
                raise error from None
            raise _held_back(batch, others) from error  # alone it could be shown
        manifest["findings"] += [asdict(one) for one in notes]
    return New(cells, _complete(manifest, made, cells), source, tuple(notes))


def _same_months(cells: pl.DataFrame, active: Sequence[Imported]) -> list[Imported]:
    """Return the imports of numbers that nobody has published that tell of the same months."""
    month = ["indicator_id", "period"]
    mine = set(cells.select(month).unique().rows())
    own = [one for one in active if one.form == "run"]
    return [one for one in own if mine & set(pl.read_parquet(one.cells, columns=month).rows())]


def _held_back(batch: Batch, others: Sequence[Imported]) -> ImportRefusedError:
    """Return the refusal of what could be shown, were it not for what is shown already."""
    text = (
        "De nye tal kræver, at andre kommuner skjules end i dem, atlasset viser for de samme "
        "måneder, og de to udgaver ville sammen afsløre, hvad hver af dem skjuler. Intet er "
        f"importeret.{_undo_first(others)}"
    )
    found = Finding("error", "earlier_shows_more", text)
    return ImportRefusedError(text, (*batch.findings, found))


def instead_of_correcting(new: Sequence[New], active: Sequence[Imported]) -> str:
    """Return what to do where own numbers do not stand beside those they correct; else ''."""
    corrected = {one.manifest["provenance"]["corrects"] for one in new if one.source is not None}
    there = [one for one in active if one.form == "run" and one.source_id in corrected]
    return _undo_first(there) if there else ""


def _undo_first(others: Sequence[Imported]) -> str:
    names = " og ".join(f"»{one.manifest['provenance']['title']}«" for one in others)
    ids = " og ".join(one.import_id for one in others)
    return (
        f" Skal de nye tal afløse de gamle, så fortryd først {names} (nummer {ids}) på siden "
        "»Data« eller med »python -m queries indlaes fortryd«, og indlæs så de nye uden at "
        "skrive, at de retter noget."
    )


def of_register_file(
    path: Path,
    cells: pl.DataFrame,
    source: RunSource,
    active: Sequence[Imported],
    around: Surroundings,
) -> New | str:
    """Return the import that a file of a register run makes; as `of_batch`.

    It keeps its source id where nothing else has it; a later run of the same name gets its own.
    """
    told = cells.drop("source_id", "recorded_at", "source_row", "source_line")
    about = {"run": source.source_id, "kind": source.kind, "choices": dict(source.choices)}
    content = content_hash(told.sort(pl.all()), {**about, "criterion": source.criterion})
    series, recorded = f"register:{source.source_id}", source.recorded_at.isoformat()
    if same := same_as(content, series, recorded, active):
        return same
    made = import_id(content, _taken(active, ()))
    name = source.source_id
    shipped = name == "syntetisk-register"  # one's own made-up numbers take its place
    if name in around.source_ids(active) and not shipped:
        name = source_id(name, made)
    publisher, published_note, licence = RUN_TEXTS[source.kind]
    renamed = RunSource(**{**source.as_dict(), "source_id": name})
    manifest = {
        "form": "run",
        "source_id": name,
        "content": content,
        "recorded_at": recorded,
        "is_published": False,
        "provenance": {
            "kind": source.kind,
            "publisher": publisher,
            "title": source.title,
            "document_id": source.document_id,
            "retrieved_on": recorded,
            "licence": licence,
            "published_on": None,
            "published_note": published_note,
            "sha256": checksum(path),
            "note": "",
            "series": series,
            "corrects": None,
            "updated_on": None,
            "next_on": None,
        },
        "findings": [],
        "accepted": [],
        "mapping": None,
    }
    cells = cells.with_columns(source_id=pl.lit(name))
    return New(cells, _complete(manifest, made, cells), renamed)


def _complete(manifest: Mapping[str, Any], made: str, cells: pl.DataFrame) -> dict[str, Any]:
    by_status = dict(cells["status"].value_counts().sort("status").iter_rows())
    counts = {"cells": cells.height, **by_status}
    return {**manifest, "manifest_form": MANIFEST_FORM, "import_id": made, "counts": counts}


def _taken(active: Sequence[Imported], before: Sequence[New]) -> set[str]:
    return {one.import_id for one in active} | {one.import_id for one in before}


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in fields.items()
    }


def _finding(found: Finding, batch: Batch) -> dict[str, Any]:
    """Return a finding as it is stored: of exact numbers without what stood there."""
    kept = asdict(found)
    return kept if batch.is_published else {**kept, "text": "", "value": ""}
