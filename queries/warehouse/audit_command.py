"""`python -m queries audit`: audit the numbers of a built warehouse anew, and report it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from queries.cells import CELL_SCHEMA
from queries.disclosure.attack import solutions
from queries.disclosure.audit import CRITERIA, Audit, as_json, audit
from queries.disclosure.publication import Criterion
from queries.indicators.definition import load_indicators
from queries.register.cell_file import RunSource
from queries.register.commands import INTERRUPTED, Verbs
from queries.register.published import Together, together
from queries.warehouse.audit_progress import AuditProgress
from queries.warehouse.connection import Warehouse
from queries.warehouse.documents import document, documents
from queries.warehouse.paths import warehouse_path
from queries.warehouse.protection import MOST_SOLUTIONS, audits, imported_audits
from queries.warehouse.versions import Run

LEAKS = 3
"""The exit code where a hidden number of our own is not kept."""
_SOURCES = """
    SELECT source_id, kind::VARCHAR AS kind, title, document_id, retrieved_on, choices, import_id,
      (SELECT any_value(criterion) FROM protection p WHERE p.source_id = s.source_id) AS criterion
    FROM source s WHERE source_id IN (SELECT source_id FROM observation)
"""
_CELLS = """
    SELECT * REPLACE (status::VARCHAR AS status, origin::VARCHAR AS origin,
      share_pct::DOUBLE AS share_pct) FROM observation WHERE source_id = $1
    UNION ALL BY NAME
    SELECT * EXCLUDE (denominator) REPLACE (status::VARCHAR AS status,
      share_pct::DOUBLE AS share_pct), denominator AS denominator_low,
      denominator AS denominator_high, 'source' AS origin, '' AS note
    FROM alternative WHERE source_id = $1
"""


def add_audit(commands: Verbs) -> None:
    """Add the command to those of `python -m queries`."""
    parser = commands.add_parser(
        "audit",
        help="efterprøv, om skjulte tal i datalageret kan regnes ud",
        description="Efterprøver på ny alle skjulte tal i et bygget datalager: hvad kan en læser "
        "slutte af alt det, der er vist sammen? Skriver aldrig et skjult tal.",
        epilog="Afslutningskoder: 0 hvert skjult tal er beskyttet; 1 datalageret kan ikke læses; "
        "2 kommandoen er skrevet forkert; 3 et skjult tal holder ikke til kriteriet; 130 afbrudt. "
        "Tal, som andre har offentliggjort, vises, som de er, og ændrer ikke koden.",
    )
    parser.add_argument("--json", type=Path, metavar="FIL", help="skriv også rapporten som JSON")
    parser.add_argument(
        "--kriterium",
        choices=[one.value for one in Criterion],
        metavar="KRITERIUM",
        help="exact, rule eller strict (ellers det, hver kilde er lavet efter)",
    )
    parser.add_argument(
        "--fra", type=Path, metavar="FIL", help="datalageret (ellers atlassets eget)"
    )


def run_audit(options: argparse.Namespace) -> int:
    """Carry out the parsed command; return its exit code. Raises UserError."""
    try:
        return _run(options)
    except KeyboardInterrupt:
        sys.stderr.write(
            "\nAfbrudt. Efterprøvningen er ikke færdig, og ingen rapport er skrevet.\n"
        )
        return INTERRUPTED


def _run(options: argparse.Namespace) -> int:
    path = options.fra or warehouse_path()
    criterion = Criterion(options.kriterium) if options.kriterium else None
    warehouse = Warehouse(path)
    report: dict[str, Any] = {"datalager": warehouse.version, "kilder": []}
    kept = True
    sys.stdout.write(f"FORTROLIGHED: alle skjulte tal i datalager {warehouse.version}\n")
    for source in warehouse.frame(_SOURCES).iter_rows(named=True):
        cells = warehouse.frame(_CELLS, [source["source_id"]], remember=False)
        cells = cells.select(pl.col(name).cast(kind) for name, kind in CELL_SCHEMA.items())
        ours = source["choices"] is not None
        found = list((_ours if ours else _others)(cells, source, criterion))
        kept &= not ours or all(judged.protected for judged in found)
        shipped = not ours and source["import_id"] is None
        ways = [_ways(one) for one in documents(cells)] if shipped else None
        report["kilder"].append(
            {
                "kilde": source["source_id"],
                "titel": source["title"],
                "offentliggjort_af_andre": not ours,
                "loesninger": ways,
                **as_json(found),
            }
        )
        sys.stdout.write("\n".join(_lines(source["title"], found, ways, ours=ours)) + "\n")
    if options.json:
        text = json.dumps(report, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", "utf-8")
        sys.stdout.write(f"\nSkrevet: {options.json}\n")
    return 0 if kept else LEAKS


def _ours(
    cells: pl.DataFrame, source: dict[str, Any], criterion: Criterion | None
) -> Iterator[Audit]:
    made = RunSource(
        source_id=source["source_id"],
        kind=source["kind"],
        title=source["title"],
        document_id=source["document_id"],
        recorded_at=source["retrieved_on"],
        choices=json.loads(source["choices"] or "{}"),
        criterion=source["criterion"] or Criterion.STRICT.value,
    )
    run = Run(source["source_id"], cells, made)
    ahead = list(together(cells, made.choices))
    with AuditProgress(sys.stderr, len(ahead)) as progress:
        # The one of which is told is the one that is audited next.
        told = _telling(ahead, progress)
        for _, (_, judged) in zip(told, audits(run, criterion, insiders=True), strict=True):
            yield judged


def _telling(ahead: Sequence[Together], progress: AuditProgress) -> Iterator[Together]:
    known = load_indicators()
    for told in ahead:
        titles = " og ".join(known[name].title for name in told.indicators)
        progress.begin(f"{told.period} {titles}")
        yield told


def _others(
    cells: pl.DataFrame, source: dict[str, Any], criterion: Criterion | None
) -> Iterator[Audit]:
    kept = criterion or Criterion.STRICT
    if source["import_id"] is not None:
        kinds = {source["source_id"]: source["kind"]}
        yield from (judged for _, _, judged, _ in imported_audits(cells, kinds, kept))
        return
    for one in documents(cells):
        yield audit(document(one), kept)


def _ways(cells: pl.DataFrame) -> int | None:
    made = document(cells)
    return solutions(made, at_most=MOST_SOLUTIONS) if made.hidden else None


def _lines(
    title: str, found: list[Audit], ways: list[int | None] | None, *, ours: bool
) -> Iterator[str]:
    yield f"\n{title}"
    if not ours:
        yield "  Offentliggjort af andre; vises, som det er."
    for criterion in dict.fromkeys(judged.criterion for judged in found):
        yield f"  Kriterium »{criterion.value}«: {CRITERIA[criterion]}"
    hidden = sum(judged.hidden for judged in found)
    broken = sum(len(judged.findings) for judged in found)
    yield f"  {_number(len(found))} offentliggørelser, {_number(hidden)} skjulte tal"
    yield f"  {_number(broken)} af dem holder ikke til kriteriet" if broken else "  Alle holder"
    fewest = [judged.fewest for judged in found if judged.fewest is not None]
    if fewest:
        yield f"  Færrest muligheder for et skjult tal: {min(fewest)}"
    for number in ways or []:
        if number is not None:
            yield f"  Måder at udfylde alle de skjulte tal på: {_number(number)}"
    for judged in found:
        for finding in judged.findings:
            yield f"  {judged.title}: {finding.text}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
