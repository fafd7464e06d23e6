"""Check one table: read, understand, judge, propose. Pure: bytes in, a report out."""

from __future__ import annotations

from dataclasses import replace

from queries.disclosure.publication import Criterion
from queries.disclosure.solver import SolverError
from queries.errors import UserError
from queries.tables.examine import examine, undecided_sentence
from queries.tables.hiding import hide, impossible
from queries.tables.layout import lay_out
from queries.tables.merging import TITLE as MERGE
from queries.tables.merging import merge
from queries.tables.model import Version, original
from queries.tables.options import Options
from queries.tables.read import read
from queries.tables.report import Method, Proposal, Summary, TableReport
from queries.tables.rounding import round_all
from queries.tables.understand import Understanding, understand

_TITLES = {"hide": "Skjul flere tal", "round": "Afrund", "merge": MERGE}
_KEPT = (
    "Tabellen siger selv, at de skjulte tal er små. Det strenge kriterium kan den så ikke opfylde; "
    "den er undersøgt efter kravet »Efter reglen«. Forslagene bruger et mærke, der ikke siger "
    "det, og er undersøgt efter det strenge."
)
_ROUNDED = (
    "Tabellen er allerede afrundet. Undersøg den tabel, som tallene er afrundet fra, for at få et "
    "forslag, eller sig, at den ikke er afrundet."
)
_MOST_COUNTS = 6_000
_TOO_MANY = (
    "Der laves kun forslag til tabeller med højst 6.000 tal. Selve undersøgelsen er lavet; del "
    "tabellen for at få forslag."
)


def check(content: bytes, options: Options) -> TableReport:
    """Return the report on a table; raises UserError where it cannot be read or judged."""
    understanding = understand(lay_out(read(content, sheet=options.sheet)), options)
    version = original(understanding)
    judged, remarks = _criterion_of(version, options)
    try:
        found = examine(version, judged)
    except SolverError:
        raise UserError(
            "Tabellen er for indviklet til, at det kan afgøres, hvad der kan regnes ud. Del den i "
            "mindre tabeller, eller se bort fra nogle af sumforholdene."
        ) from None
    version = found.version
    proposals = tuple(
        _proposal(method, understanding, version, options) for method in options.proposals
    )
    return TableReport(
        table=understanding.layout.table,
        understood=understanding.understood,
        problems=(*understanding.problems, *found.problems),
        remarks=(*understanding.remarks, *remarks),
        criterion=judged.criterion,
        threshold=options.threshold,
        zeros_are_shown=options.zeros_are_shown,
        verdicts=found.verdicts,
        summary=_of_the_file(found.summary, understanding.file_reasons),
        proposals=proposals,
    )


def _of_the_file(summary: Summary, reasons: tuple[str, ...]) -> Summary:
    """Return the summary with what was not read of the file; a proposal is a file of its own."""
    if not reasons:
        return summary
    reasons = (*summary.reasons, *reasons)
    if summary.verdict == "leaks":
        return replace(summary, reasons=reasons)
    return replace(
        summary, verdict="undecided", sentence=undecided_sentence(reasons), reasons=reasons
    )


def _criterion_of(version: Version, options: Options) -> tuple[Options, tuple[str, ...]]:
    """Judge by the rule where the marks themselves say that hidden numbers are below it."""
    demand = Criterion(options.criterion).demand(
        options.threshold, zeros_are_shown=options.zeros_are_shown
    )
    highs = [high for _, high in version.bounds.values() if high is not None]
    if options.criterion != "strict" or demand is None or not highs or min(highs) >= demand[1]:
        return options, ()
    return replace(options, criterion="rule"), (_KEPT,)


def _proposal(
    method: Method, understanding: Understanding, version: Version, options: Options
) -> Proposal:
    title = _TITLES[method]
    if understanding.is_rounded:
        return impossible(method, title, _ROUNDED)
    counts = sum(cell.kind == "count" and cell.value is not None for cell in version.cells.values())
    if counts > _MOST_COUNTS:
        return impossible(method, title, _TOO_MANY)
    try:
        if method == "hide":
            return hide(version, options)
        if method == "round":
            return round_all(version, options)
        return merge(understanding, version, options)
    except SolverError:
        why = "Det kunne ikke afgøres inden for tiden, om forslaget er sikkert."
    except ValueError:
        why = "Tallene i tabellen passer ikke sammen, så der kan ikke laves et forslag. Ret dem."
    return impossible(method, title, why)
