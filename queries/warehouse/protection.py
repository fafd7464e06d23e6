"""The audit of the build: is every hidden number kept, in all that is published together?

Our own numbers must be, or the build refuses. What others have published leaks as it does; it is
said so, and nothing else may narrow it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import polars as pl

from queries.cells import is_instead
from queries.disclosure.attack import solutions
from queries.disclosure.audit import Audit, audit
from queries.disclosure.publication import Criterion
from queries.disclosure.solver import SolverError
from queries.errors import UserError
from queries.indicators.definition import load_indicators
from queries.register.cell_checks import ABSENT, people_of
from queries.register.published import Together, as_read, together
from queries.warehouse.documents import (
    Sums,
    check_published,
    document,
    documents,
    sums_of,
    title_of,
)
from queries.warehouse.paths import data_folder
from queries.warehouse.versions import Run, check_versions

PROTECTION_SCHEMA = pl.Schema(
    {
        "source_id": pl.String,
        "indicator_id": pl.String,
        "period": pl.String,
        "breakdown": pl.String,
        "together": pl.String,
        "criterion": pl.String,
        "cells": pl.Int32,
        "hidden": pl.Int32,
        "exposed": pl.Int32,
        "fewest": pl.Int32,
        "insiders": pl.Int32,
        "solutions": pl.Int32,
        "status": pl.String,
        "note": pl.String,
    }
)
MOST_SOLUTIONS = 1000
"""Ways to fill in all hidden numbers are counted up to so many."""
PROTECTED = "Hvert skjult tal kan stadig være alle de tal, kriteriet kræver"
NOTHING_HIDDEN = "Intet tal er skjult"
AS_PUBLISHED = (
    "Andre har offentliggjort tabellen, og den vises, som den er: de skjulte tal kan indsnævres. "
    "Intet her indsnævrer dem yderligere"
)
STANDS = (
    "Andre har offentliggjort tabellen, og den vises, som den er. Med dens egne summer kan de "
    "skjulte tal ikke indsnævres til færre, end kriteriet kræver"
)
NO_SUMS = (
    "Andre har offentliggjort tabellen, og den vises, som den er. Dens summer stemmer ikke på "
    "personen (tallene kan være afrundet, eller borgere tælle med flere steder), så de skjulte tal "
    "kan ikke regnes ud ved at trække fra"
)
WEAKER = (
    "Lavet efter kriteriet »{criterion}«, som er svagere end »strict«: hvert skjult tal holder til "
    "det, men ikke nødvendigvis til mere"
)
CODE = (
    "cells.py",
    "disclosure",
    "register",
    "indicators",
    "facts",
    "sources/facts.py",
    "warehouse",
)
SOLVER = "highspy"
_KNOWN: dict[str, list[dict[str, object]]] = {}
"""What this process has audited: the same cells by the same code."""
_HIDDEN = pl.col("status").is_in(["suppressed", "left_out"])
_TABLE = ["source_id", "indicator_id", "period", "breakdown"]
"""What one published table is of."""


def protection(
    published: pl.DataFrame,
    runs: Sequence[Run],
    *,
    imported: pl.DataFrame | None = None,
    kinds: Mapping[str, str] | None = None,
    criterion: Criterion | None = None,
) -> pl.DataFrame:
    """Return table `protection`: what the audit finds of all sources.

    `published` are the shipped documents, `imported` those that a data owner has brought in, and
    `kinds` the kinds of these by source. `criterion` replaces that of each run. Raises UserError
    naming the cell and the sums where a hidden number of a run is not kept, where two versions of
    the same numbers are not together, or where a run narrows what a published document hides.
    """
    check_versions(runs)
    check_published(published, runs, imported)
    parts = [pl.DataFrame(_published_rows(published, criterion), PROTECTION_SCHEMA)]
    if imported is not None:
        rows = _imported_rows(imported, kinds or {}, criterion)
        parts.append(pl.DataFrame(rows, PROTECTION_SCHEMA))
    parts += [pl.DataFrame(_remembered(run, criterion), PROTECTION_SCHEMA) for run in runs]
    return pl.concat(parts).sort("source_id", "indicator_id", "period", "breakdown")


# Our own runs


def audits(
    run: Run, criterion: Criterion | None = None, *, insiders: bool = False
) -> Iterator[tuple[Together, Audit]]:
    """Yield what a run publishes together, month by month, and the judgement of it.

    What insiders can compute is only measured when asked for: it takes minutes.
    """
    kept = criterion or Criterion(run.source.criterion)
    for told in together(run.cells, run.source.choices):
        _check_nobody(run, told)
        try:
            judged = audit(as_read(told), kept, insiders=insiders)
        except SolverError as error:
            raise _stopped(run, told, "det kunne ikke afgøres, om de skjulte tal holder") from error
        except ValueError as error:  # a Contradiction is one
            raise _stopped(run, told, "tallene passer ikke sammen: en sum stemmer ikke") from error
        yield told, judged


def _check_nobody(run: Run, told: Together) -> None:
    """Refuse an area that is said to have nobody in one series and is told of in another."""
    known = load_indicators()
    people = {name: people_of(known[name], run.source.choices) for name in told.indicators}
    said = told.cells.group_by(pl.col("indicator_id").replace_strict(people), "area_id").agg(
        absent=(pl.col("status") == ABSENT).sum(), cells=pl.len()
    )
    if said.filter(pl.col("absent").is_between(1, pl.col("cells") - 1)).height:
        raise _stopped(run, told, "et område uden borgere i én opgørelse har borgere i en anden")


def _stopped(run: Run, told: Together, why: str) -> UserError:
    known = load_indicators()
    titles = " og ".join(known[name].title for name in told.indicators)
    return UserError(
        f"Fortrolighedskontrollen stopper {run.name}. {titles}, {told.period}: {why}. "
        "Lav filen igen med atlassets optælling, eller fjern den."
    )


def _remembered(run: Run, criterion: Criterion | None) -> list[dict[str, object]]:
    """Return the rows of a run; the same cells are audited once by the same code."""
    kept = criterion or Criterion(run.source.criterion)
    digest = hashlib.sha256(f"{_code()} {kept.value} {run.source.choices}".encode())
    digest.update(run.cells.hash_rows(1).to_numpy().tobytes())
    digest.update(str(run.cells.height).encode())
    name = digest.hexdigest()[:32]
    found = _KNOWN.get(name)
    if found is None:
        place = data_folder() / "audit" / f"{name}.json"
        found = _found_before(place, run, kept) if run.shipped else None
        if found is None:
            found = [row for told, judged in audits(run, kept) for row in _rows(run, told, judged)]
            if run.shipped:
                _remember(place, found)
        _KNOWN[name] = found
    return [row | {"source_id": run.source.source_id} for row in found]


def _found_before(place: Path, run: Run, kept: Criterion) -> list[dict[str, object]] | None:
    """Return what an earlier build found, where it is whole and of these cells; else None."""
    try:
        rows = json.loads(place.read_text("utf-8"))
        schema = {name: kind for name, kind in PROTECTION_SCHEMA.items() if name != "source_id"}
        if not all(set(row) == set(schema) for row in rows):
            return None
        found = pl.DataFrame(rows, schema)
    except (OSError, ValueError, TypeError, pl.exceptions.PolarsError):
        return None
    key = ["indicator_id", "period", "breakdown"]
    told = _counted(run.cells, key)
    there = found.select(told.columns).sort(key)
    fine = (
        there.equals(told.cast(there.schema))
        and found["status"].eq("protected").all()
        and found["criterion"].eq(kept.value).all()
        and found["exposed"].eq(0).all()
    )
    return rows if fine else None


def _remember(place: Path, rows: list[dict[str, object]]) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_suffix(".new")
        new.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        new.replace(place)
    except OSError:
        return  # it is only slower next time


def _code() -> str:
    """Return a hash of all that decides what an audit finds: code, rules, areas, solver."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256(version(SOLVER).encode())
    for name in CODE:
        place = package / name
        kinds = ("*.py", "*.toml", "*.csv")
        files = [place] if place.is_file() else [one for kind in kinds for one in place.glob(kind)]
        for path in sorted(files):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _rows(run: Run, told: Together, judged: Audit) -> Iterator[dict[str, object]]:
    if judged.findings:
        first = judged.findings[0]
        raise UserError(
            f"Fortrolighedskontrollen stopper {run.name}. {judged.title}: {first.text} "
            f"I alt {len(judged.findings)} skjulte tal holder ikke til kriteriet "
            f"»{judged.criterion.value}«. Lav filen igen med atlassets optælling, eller fjern den."
        )
    by = ["indicator_id", "breakdown"]
    for row in _counted(told.cells, by).iter_rows(named=True):
        hidden = row["hidden"]
        yield row | {
            "period": told.period,
            "together": judged.title,
            "criterion": judged.criterion.value,
            "exposed": 0,
            "fewest": judged.fewest if hidden else None,
            "insiders": judged.insiders if hidden else 0,
            "solutions": None,
            "status": "protected",
            "note": _note(judged.criterion) if hidden else NOTHING_HIDDEN,
        }


def weaker(found: pl.DataFrame) -> list[tuple[str, str]]:
    """Return sources of table `protection` kept to less than the strict criterion, with theirs."""
    ours = found.filter(
        pl.col("status") == "protected", pl.col("criterion") != Criterion.STRICT.value
    )
    return ours.select("source_id", "criterion").unique().sort(pl.all()).rows()


def _note(criterion: Criterion) -> str:
    if criterion is Criterion.STRICT:
        return PROTECTED
    return WEAKER.format(criterion=criterion.value)


def _counted(cells: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    told = cells.filter(pl.col("status") != "not_collected", ~is_instead())
    return told.group_by(by).agg(cells=pl.len(), hidden=_HIDDEN.sum()).sort(by)


# What others have published


def _published_rows(
    published: pl.DataFrame, criterion: Criterion | None
) -> Iterator[dict[str, object]]:
    kept = criterion or Criterion.STRICT
    for printed in documents(published):
        # A jobcenter's number is our sum of what is printed: the document hides none.
        cells = printed.filter(~pl.col("area_id").str.starts_with("J"))
        made = document(cells)
        judged = audit(made, kept)
        (row,) = _counted(cells, _TABLE).iter_rows(named=True)
        exposed = {finding.name.rpartition("/")[2] for finding in judged.findings}
        yield row | {
            "together": judged.title,
            "criterion": kept.value,
            "exposed": cells.filter(_HIDDEN & pl.col("area_id").is_in(list(exposed))).height,
            "fewest": judged.fewest,
            "insiders": judged.insiders,
            "solutions": solutions(made, at_most=MOST_SOLUTIONS),
            "status": "as_published",
            "note": AS_PUBLISHED if judged.findings else NOTHING_HIDDEN,
        }


def _imported_rows(
    imported: pl.DataFrame, kinds: Mapping[str, str], criterion: Criterion | None
) -> Iterator[dict[str, object]]:
    kept = criterion or Criterion.STRICT
    told = _counted(imported.filter(~pl.col("area_id").str.starts_with("J")), _TABLE)
    counted = {tuple(row[name] for name in _TABLE): row for row in told.iter_rows(named=True)}
    for table, exposed, judged, note in imported_audits(imported, kinds, kept):
        row = counted[table]
        yield row | {
            "together": judged.title,
            "criterion": kept.value,
            "exposed": exposed,
            "fewest": judged.fewest,
            "insiders": judged.insiders,
            "solutions": None if row["hidden"] else 1,
            "status": "as_published",
            "note": note,
        }


def imported_audits(
    imported: pl.DataFrame, kinds: Mapping[str, str], criterion: Criterion
) -> Iterator[tuple[tuple[str, ...], int, Audit, str]]:
    """Yield each imported table (source, indicator, period, breakdown) with what it gives away.

    That is: how many of its hidden cells can be narrowed, what can be computed of them, and a note.
    An answer (kind published) hides what is below the rule's threshold, if that fits its sums; what
    others hide is not known. Where rounded numbers contradict each other, their sums are not used.
    What insiders know is not asked: the numbers of others are as they are.
    """
    known = load_indicators()
    for (source_id, indicator_id), cells in sorted(
        imported.partition_by("source_id", "indicator_id", as_dict=True).items()
    ):
        told = cells.filter(~pl.col("area_id").str.starts_with("J"))
        sums, answer = sums_of(told), kinds.get(str(source_id)) == "published"
        indicator = known[str(indicator_id)]
        # A table that is told of jobcentres alone has no cells here.
        there = told.filter(pl.col("status") != "not_collected")
        hiding = there.filter(_HIDDEN).select(_TABLE).unique()
        closed = there.join(hiding, on=_TABLE, how="semi").partition_by(_TABLE, as_dict=True)
        for table in there.select(_TABLE).unique().sort(_TABLE).rows():
            printed = closed.get(table)
            if printed is None:
                title = title_of(indicator, table[2])
                judged = Audit(title, criterion, 0, (), 0, protected=True, fewest=None)
                yield table, 0, judged, NOTHING_HIDDEN
                continue
            ways: list[tuple[Sums, bool]] = [(sums, answer), (sums, False), ("none", False)]
            for used, below in ways:
                made = document(printed, sums=used, below_threshold=below, indicator=indicator)
                with contextlib.suppress(SolverError, ValueError):  # a Contradiction is one
                    judged = audit(made, criterion, insiders=False)
                    break
            note = NO_SUMS if used == "none" else STANDS
            names = [finding.name.rpartition("/")[2] for finding in judged.findings]
            exposed = printed.filter(_HIDDEN & pl.col("area_id").is_in(names)).height
            yield table, exposed, judged, AS_PUBLISHED if judged.findings else note
