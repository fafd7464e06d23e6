"""The synthetic register as Parquet files, as many persons as wanted, each file marked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from queries.register.synthetic.frames import shifted
from queries.register.synthetic.register import SEED, SyntheticRegister, generate

ROW_GROUP = 250_000
README = """SYNTETISK: opdigtede personer

Filerne i denne mappe er lavet af en tilfældighedsgenerator (frø {seed}, {copies} kopi(er) af
{people} opdigtede personer). Ingen række handler om et virkeligt menneske, og koderne i
mapping.toml er opdigtede.

De offentliggjorte tal for juni 2017 og december 2018 kommer ud af filerne, fordi de er lagt ind.
Alt andet, herunder de tal, som kilderne skjuler, er tilfældigt og siger intet om virkeligheden.
"""


def write(
    folder: Path,
    seed: int = SEED,
    copies: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> SyntheticRegister:
    """Write the register to `folder` and return one copy of it.

    Files: benefits, offers, mentors, flere_skal_med and hours as .parquet, mapping.toml and
    README.txt. One copy is in memory, however many are written. progress: called after each copy
    with the number written and the number in all.
    """
    if copies < 1:
        raise ValueError(f"at least one copy, not {copies}")
    register = generate(seed)
    folder.mkdir(parents=True, exist_ok=True)
    text = README.format(seed=seed, copies=copies, people=f"{register.people:,}".replace(",", "."))
    (folder / "README.txt").write_text(text, "utf-8")
    (folder / "mapping.toml").write_text(register.mapping, "utf-8")
    mark = {"kind": "synthetic", "synthetic": "true", "seed": str(seed), "copies": str(copies)}
    with ExitStack() as stack:
        writers = []
        for name, frame in register.items():
            schema = _schema(frame).with_metadata(mark)
            writer = pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            writers.append((stack.enter_context(writer), schema, frame))
        for copy in range(copies):
            for writer, schema, frame in writers:
                table = shifted(frame, copy * register.people).to_arrow().cast(schema)
                writer.write_table(table, row_group_size=_group_size(table.num_rows))
            if progress is not None:
                progress(copy + 1, copies)
    return register


def _schema(frame: pl.DataFrame) -> pa.Schema:
    """Return the columns as every reader knows them: text as plain text."""
    fields = frame.head(0).to_arrow().schema
    plain = [
        pa.string() if pa.types.is_large_string(f.type) or f.type == pa.string_view() else f.type
        for f in fields
    ]
    return pa.schema([pa.field(f.name, t) for f, t in zip(fields, plain, strict=True)])


def _group_size(rows: int) -> int:
    """Return an even size near ROW_GROUP, so that no copy ends in a small group."""
    groups = max(1, round(rows / ROW_GROUP))
    return -(-rows // groups)
