"""A register run that has been counted and disclosed: a file of cells."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from queries.imports.reading import Reading
from queries.imports.told import About, Inspection, Series
from queries.register.cell_file import read_cells


def read(request: Mapping[str, Any], content: bytes) -> Reading:
    """Return what a run's file holds; raises UserError where it is none."""
    with run_file(content) as path:
        cells, source = read_cells(path)
    groups = cells.group_by("indicator_id", "period", "breakdown", maintain_order=True)
    shown = pl.col("status") == "shown"
    counted = groups.agg(cells=pl.len(), hidden=(~shown).sum()).sort(pl.all())
    told = Inspection(
        form="En kørsel på registerdata, optalt og diskretioneret af atlasset",
        remarks=(f"{source.title}, optalt {source.recorded_at:%d-%m-%Y}",),
        rows=cells.height,
        about=About("Dataejeren", source.title, source.document_id, licence="Ikke oplyst"),
        series=tuple(
            Series(
                indicator=row["indicator_id"],
                period=row["period"],
                breakdown=row["breakdown"],
                cells=row["cells"],
                added=row["cells"] - row["hidden"],
                changed=0,
                hidden=row["hidden"],
                conflicts=0,
            )
            for row in counted.to_dicts()
        ),
    )
    return Reading(told, is_run=True)


@contextmanager
def run_file(content: bytes) -> Iterator[Path]:
    """Give the path of a run's file that was uploaded: it is held in memory only."""
    held = os.memfd_create("run", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(held), "wb") as file:
            file.write(content)
        yield Path(f"/proc/self/fd/{held}")
    finally:
        os.close(held)
