"""The audit of the build: is every hidden number kept, in all that is published together?

Our own numbers must be, or the build refuses. What others have published leaks as it does; it is
said so, and nothing else may narrow it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from queries.disclosure.attack import Contradiction, solutions
from queries.disclosure.audit import Audit, audit
from queries.disclosure.places import places
from queries.disclosure.publication import Cell, Criterion, Publication, total
from queries.disclosure.solver import SolverError
from queries.disclosure.vintages import with_earlier
from queries.errors import UserError
from queries.indicators.definition import load_indicators
from queries.register.cell_file import RunSource
from queries.register.published import Together, as_read, together
from queries.register.suppression import WHOLE
from queries.sources import facts
from queries.warehouse.paths import data_folder

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
CODE = ("disclosure", "register", "indicators", "warehouse/protection.py")
_KNOWN: dict[str, list[dict[str, object]]] = {}
"""What this process has audited: the same cells by the same code."""
_HIDDEN = pl.col("status").is_in(["suppressed", "left_out"])


@dataclass(frozen=True)
class Run:
    """The disclosed cells of one run, and whose they are; `name` is that of the file."""

    name: str
    cells: pl.DataFrame
    source: RunSource


def protection(
    published: pl.DataFrame, runs: Sequence[Run], *, criterion: Criterion | None = None
) -> pl.DataFrame:
    """Return table `protection`: what the audit finds of all sources.

    `criterion` replaces that of each run. Raises UserError naming the cell and the sums where a
    hidden number of a run is not kept, where two versions of the same numbers are not together, or
    where a run narrows what a published document hides.
    """
    check_versions(runs)
    _check_published(published, runs)
    parts = [pl.DataFrame(_published_rows(published, criterion), PROTECTION_SCHEMA)]
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
        yield told, audit(as_read(told), kept, insiders=insiders)


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
        try:
            found = json.loads(place.read_text("utf-8"))
        except (OSError, ValueError):
            found = [row for told, judged in audits(run, kept) for row in _rows(run, told, judged)]
            _remember(place, found)
        _KNOWN[name] = found
    return [row | {"source_id": run.source.source_id} for row in found]


def _remember(place: Path, rows: list[dict[str, object]]) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_suffix(".new")
        new.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        new.replace(place)
    except OSError:
        return  # it is only slower next time


def _code() -> str:
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for name in CODE:
        place = package / name
        files = [place] if place.is_file() else [*place.glob("*.py"), *place.glob("*.toml")]
        for path in sorted(files):
            digest.update(path.name.encode() + path.read_bytes())
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
            "note": PROTECTED if hidden else NOTHING_HIDDEN,
        }


def _counted(cells: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    told = cells.filter(pl.col("status") != "not_collected")
    return told.group_by(by).agg(cells=pl.len(), hidden=_HIDDEN.sum()).sort(by)


# The same numbers in two versions


def check_versions(runs: Sequence[Run]) -> None:
    """Refuse runs for the same numbers that do not keep each other's hidden ones.

    Made-up numbers say nothing of others' and are compared among themselves. Raises UserError.
    """
    ordered = sorted(runs, key=lambda run: (run.source.recorded_at, run.name))
    for number, newer in enumerate(ordered):
        for older in ordered[:number]:
            if newer.source.kind == older.source.kind:
                _check_pair(older, newer)


def _check_pair(older: Run, newer: Run) -> None:
    key = ["indicator_id", "period"]
    both = set(older.cells.select(key).unique().rows()) & set(newer.cells.select(key).rows())
    if not both:
        return
    before = {(name, one.period): one for one in _told(older) for name in one.indicators}
    for told in _told(newer):
        shared = [name for name in told.indicators if (name, told.period) in both]
        if not shared:
            continue
        earlier = list({id(one): one for n in shared if (one := before[n, told.period])}.values())
        try:
            made = with_earlier(as_read(told), [as_read(one) for one in earlier], choosing=False)
            kept = audit(made, Criterion(newer.source.criterion), insiders=False, counts=False)
            fine = not kept.findings
        except (Contradiction, SolverError):
            fine = False
        if not fine:
            raise UserError(
                f"Både {older.name} og {newer.name} har tal for {shared[0]} i {told.period}. "
                "Sammen kan de afsløre, hvad hver af dem skjuler. Fjern den ene fil, eller lav den "
                "nyeste igen med: register compute --tidligere"
            )


def _told(run: Run) -> Iterable[Together]:
    return together(run.cells, run.source.choices)


# What others have published


def document(cells: pl.DataFrame) -> Publication:
    """Return a published table of one indicator and month: kommuner, country, and what it hides.

    A hidden number is below the rule's threshold, as the document says, and at least 1 where a
    share above 0 pct. is printed beside it.
    """
    indicator = load_indicators()[cells["indicator_id"][0]]
    period = cells["period"][0]
    threshold = indicator.disclosure.threshold
    made, titles = [], {}
    kommuner = [area for area in places().kommuner if area in set(cells["area_id"])]
    columns = ("area_id", "status", "numerator", "share_pct")
    for area, status, numerator, share in cells.select(columns).iter_rows():
        if area != facts.LAND and area not in kommuner:
            continue
        name = f"n/{indicator.indicator_id}|{WHOLE}/{area}"
        titles[name] = f"{places().names[area]}: {indicator.title}"
        shown = status == "shown"
        made.append(
            Cell(
                name,
                numerator,
                low=0 if shown or not share else 1,
                high=None if shown else threshold - 1,
                hidden=not shown,
                threshold=threshold,
                zeros_are_shown=indicator.disclosure.zeros_are_shown,
            )
        )
    prefix = f"n/{indicator.indicator_id}|{WHOLE}/"
    parts = [prefix + area for area in kommuner]
    return Publication(
        tuple(made),
        (total(prefix + facts.LAND, parts, "Hele landet er summen af sine kommuner"),),
        title=f"{indicator.title}, {period}",
        titles=titles,
    )


def documents(published: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the cells of each published table: one source, indicator, period and breakdown."""
    by = ["source_id", "indicator_id", "period", "breakdown"]
    for _, cells in sorted(published.partition_by(by, as_dict=True).items()):
        yield cells


def _published_rows(
    published: pl.DataFrame, criterion: Criterion | None
) -> Iterator[dict[str, object]]:
    kept = criterion or Criterion.STRICT
    for cells in documents(published):
        made = document(cells)
        judged = audit(made, kept)
        by = ["source_id", "indicator_id", "period", "breakdown"]
        (row,) = _counted(cells, by).iter_rows(named=True)
        exposed = {finding.name.rpartition("/")[2] for finding in judged.findings}
        exposed |= {same for same, kommune in places().same.items() if kommune in exposed}
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


def _check_published(published: pl.DataFrame, runs: Sequence[Run]) -> None:
    """Refuse a run that narrows what a published document hides. Raises UserError."""
    for cells in documents(published):
        made = document(cells)
        if not made.hidden:
            continue
        ways = solutions(made, at_most=MOST_SOLUTIONS)
        here = [pl.col(key) == cells[key][0] for key in ("indicator_id", "period", "breakdown")]
        for run in runs:
            beside = _beside(made, run.cells.filter(*here, pl.col("status") == "shown"))
            if beside is None or solutions_beside(beside) == ways:
                continue
            raise UserError(
                f"{run.name} viser tal for {made.title}, som indsnævrer, hvad den "
                "offentliggjorte tabel skjuler. Lav filen igen med atlassets optælling, eller "
                "fjern den."
            )


def solutions_beside(made: Publication) -> int | None:
    """Return the number of ways to fill in a document beside another source; 0 where none fits."""
    try:
        return solutions(made, at_most=MOST_SOLUTIONS)
    except Contradiction:
        return 0


def _beside(made: Publication, shown: pl.DataFrame) -> Publication | None:
    """Return a document with another source's shown numbers taken for the same persons.

    None where that source shows nothing of it, or other numbers than the document: another count.
    """
    numbers: Mapping[str, int] = dict(shown.select("area_id", "numerator").iter_rows())
    if not numbers:
        return None
    prefix = made.cells[0].name.rpartition("/")[0] + "/"
    printed = {cell.name: cell.value for cell in made.cells if not cell.hidden}
    told = {prefix + area: number for area, number in numbers.items()}
    hidden_shown = made.hidden & told.keys()
    other = any(printed[name] != told[name] for name in printed.keys() & told.keys())
    if other and not hidden_shown:
        return None
    cells = [
        Cell(cell.name, told[cell.name]) if cell.name in hidden_shown else cell
        for cell in made.cells
    ]
    names = {cell.name for cell in cells}
    more = [area for area in numbers if prefix + area not in names and area in places().children]
    cells += [Cell(prefix + area, numbers[area]) for area in more]
    sums = tuple(
        total(prefix + area, [prefix + kommune for kommune in _kommuner(area)]) for area in more
    )
    return Publication(tuple(cells), (*made.relations, *sums), title=made.title)


def _kommuner(area: str) -> list[str]:
    parts = places().children.get(area)
    return [area] if parts is None else [k for part in parts for k in _kommuner(part)]
