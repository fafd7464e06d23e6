"""`python -m queries tabeltjek FIL`: the check as a command, with a text for the one who asks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from queries.disclosure.audit import NOT_MEASURED
from queries.errors import UserError
from queries.register.commands import Verbs
from queries.tables.options import TOTALS, Options
from queries.tables.report import METHODS, Method, Proposal, Summary, TableReport

SAFE, ERROR, LEAKS, UNDECIDED = 0, 1, 2, 3
LOWEST, HIGHEST = 2, 20
_CRITERIA = {"streng": "strict", "regel": "rule", "eksakt": "exact"}
_METHODS: dict[str, Method] = {"skjul": "hide", "afrund": "round", "slaa-sammen": "merge"}
_MOST_LINES = 60
_EXAMPLE = ".venv/bin/python -m queries tabeltjek"


def add_table_check(commands: Verbs) -> None:
    """Add the command to those of `python -m queries`."""
    parser = commands.add_parser(
        "tabeltjek",
        help="undersøg, om en tabel røber tal, der er skjult, før den sendes",
        description="Læser en tabel (CSV, XLSX, XLS eller ODS), finder dens sumforhold og regner "
        "ud, hvilke skjulte tal en læser kan regne ud eller indsnævre. Foreslår en sikker version. "
        "Intet gemmes, medmindre der bedes om det med --json eller --ud.",
        epilog=f"Eksempler:\n  {_EXAMPLE} svar.xlsx\n  {_EXAMPLE} svar.csv --forslag skjul "
        f"--ud sikker.csv\n  {_EXAMPLE} - < tabel.txt\n\n"
        "Afslutningskoder: 0 tabellen er sikker; 2 den røber for meget; 3 det er ikke "
        "afgjort (noget kunne ikke læses eller forstås); 1 tabellen kunne ikke undersøges, eller "
        "kommandoen er skrevet forkert.",
    )
    parser.wrong_call = ERROR
    parser.add_argument("table", metavar="FIL", help="tabellen, eller - for at læse fra stdin")
    parser.add_argument("--ark", metavar="N", default="", help="arkets nummer (fra 1) eller navn")
    parser.add_argument(
        "--taerskel",
        default="3",
        metavar="TAL",
        help="antal under det skjules, 2 til 20 (ellers 3)",
    )
    parser.add_argument("--nul-vises", action="store_true", help="reglen skjuler ikke nul")
    parser.add_argument(
        "--kriterium", choices=_CRITERIA, default="streng", help="hvor godt tal skal være skjult"
    )
    parser.add_argument(
        "--uden-sum",
        action="append",
        default=[],
        metavar="ID",
        help="et sumforhold, der ikke gælder",
    )
    parser.add_argument(
        "--total",
        action="append",
        default=[],
        choices=TOTALS,
        help="en linje, der er en total (ingen: der er ingen totaler)",
    )
    parser.add_argument(
        "--skjulte", choices=("smaa", "ukendte"), help="om læseren ved, at skjulte tal er små"
    )
    parser.add_argument("--streg", choices=("nul", "skjult"), help="hvad en streg betyder")
    parser.add_argument(
        "--afrundet", type=int, metavar="N", help="hvad tabellen er afrundet til (1: ikke)"
    )
    parser.add_argument(
        "--forslag", metavar="skjul|afrund[:BASE]|slaa-sammen", help="vis forslaget som tabel"
    )
    parser.add_argument("--json", metavar="FIL", help="skriv rapporten som JSON (- er stdout)")
    parser.add_argument("--ud", type=Path, metavar="FIL.csv|.xlsx", help="skriv forslaget i en fil")


def run_table_check(asked: argparse.Namespace) -> int:
    """Carry out the command and return its exit code; raises UserError and OSError."""
    from queries.tables.check import check

    method, base = _method(asked.forslag)
    if asked.ud and (method is None or asked.ud.suffix not in {".csv", ".xlsx"}):
        raise UserError(
            "--ud kræver --forslag (skjul, afrund eller slaa-sammen) og en fil, der ender på .csv "
            "eller .xlsx."
        )
    from_stdin = asked.table == "-"
    content = sys.stdin.buffer.read() if from_stdin else _content(Path(asked.table))
    if asked.ud and not from_stdin and asked.ud.resolve() == Path(asked.table).resolve():
        raise UserError("--ud er selve tabellen, som ikke bliver overskrevet. Vælg en anden fil.")
    options = Options(
        sheet=asked.ark,
        criterion=_CRITERIA[asked.kriterium],
        threshold=_threshold(asked.taerskel),
        zeros_are_shown=asked.nul_vises,
        without=tuple(name for given in asked.uden_sum for name in given.split(",")),
        totals=tuple(asked.total),
        hidden_is_small=None if asked.skjulte is None else asked.skjulte == "smaa",
        dash_is_zero=None if asked.streg is None else asked.streg == "nul",
        rounded_to=asked.afrundet,
        proposals=METHODS if method is None else (method,),
        base=base,
    )
    report = check(content, options)
    _refuse_unknown(options.without, report)
    if asked.json == "-":
        sys.stdout.write(report.as_json() + "\n")
    else:
        if asked.json:
            Path(asked.json).write_text(report.as_json(), "utf-8")
        sys.stdout.write(
            "\n".join(_lines(report, asked.kriterium, in_full=method is not None)) + "\n"
        )
    if asked.ud:
        _write(report.proposals[0], asked.ud)
    return {"safe": SAFE, "leaks": LEAKS, "undecided": UNDECIDED}[report.summary.verdict]


def _threshold(given: str) -> int:
    if not given.isdecimal() or not LOWEST <= int(given) <= HIGHEST:
        raise UserError(
            f"Tærsklen (--taerskel) skal være et helt tal fra {LOWEST} til {HIGHEST}, for eksempel "
            "--taerskel 3."
        )
    return int(given)


def _refuse_unknown(without: tuple[str, ...], report: TableReport) -> None:
    known = [each.id for each in report.understood]
    if unknown := [name for name in without if name not in known]:
        raise UserError(
            f"--uden-sum {unknown[0]}: der er intet sumforhold med det navn. "
            + (f"Tabellen har {', '.join(known)}." if known else "Der er ingen i tabellen.")
        )


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise UserError(f"{path} findes ikke eller er ingen fil. Skriv stien til tabellen.")
    return path.read_bytes()


def _method(given: str | None) -> tuple[Method | None, int | None]:
    if given is None:
        return None, None
    name, _, base = given.partition(":")
    if name not in _METHODS or (base and not (name == "afrund" and base.isdecimal())):
        raise UserError("--forslag skal være skjul, afrund, afrund:5 (en base) eller slaa-sammen.")
    return _METHODS[name], int(base) if base else None


def _write(proposal: Proposal, path: Path) -> None:
    if not proposal.possible:
        raise UserError(f"Forslaget kan ikke laves, så {path} er ikke skrevet. {proposal.sentence}")
    if path.suffix == ".csv":
        path.write_text(proposal.as_csv(), "utf-8", newline="")
    else:
        path.write_bytes(proposal.as_xlsx())
    sys.stdout.write(f"\nSkrevet: {path}\n")


def _lines(report: TableReport, asked: str, *, in_full: bool) -> Iterator[str]:
    table = report.table
    body = len(table.rows) - table.header_rows
    criterion = next(name for name, own in _CRITERIA.items() if own == report.criterion)
    columns = len(table.rows[0]) - table.label_columns
    yield (
        f"{body} {'række' if body == 1 else 'rækker'}, "
        f"{columns} {'kolonne' if columns == 1 else 'kolonner'} ({table.form})."
    )
    zero = "vises" if report.zeros_are_shown else "skjules"
    yield f"Kriterium: {asked}. Tærskel: {report.threshold}. Nul {zero}."
    if criterion != asked:
        yield f"Undersøgt efter: {criterion}, for tabellen siger selv, at de skjulte tal er små."
    yield ""
    yield report.summary.sentence
    if report.summary.reasons:
        leaks = report.summary.verdict == "leaks"
        yield "Desuden er ikke alt undersøgt:" if leaks else "Det er ikke afgjort, fordi:"
        yield from (f"  - {reason}" for reason in report.summary.reasons)
    faults = [each for each in report.verdicts if each.verdict != "protected"]
    yield from (f"  {each.id}: {each.text}" for each in faults[:_MOST_LINES])
    if len(faults) > _MOST_LINES:
        yield f"  ... og {len(faults) - _MOST_LINES} til (se --json)."
    yield from _insiders(report.summary)
    yield ""
    yield "Sådan er tabellen forstået (se bort fra et sumforhold med --uden-sum ID):"
    for each in report.understood:
        state = "" if each.used else " (ikke brugt)"
        places = "sted" if each.broken == 1 else "steder"
        off = f", passer ikke {each.broken} {places}" if each.broken else ""
        yield f"  {each.id}  {each.title}{off}{state}"
    if not report.understood:
        yield "  Ingen sumforhold fundet. Er en linje en total, så sig det med --total."
    for problem in report.problems:
        yield f"  OBS  {problem.cell}: {problem.text}"
    yield from (f"  Bemærk: {remark}" for remark in report.remarks)
    for proposal in report.proposals:
        yield ""
        yield f"Forslag, {proposal.title.lower()}: {proposal.sentence}"
        if proposal.audit:
            yield f"  Revision af forslaget: {proposal.audit.sentence}"
            yield from (f"  {line}" for line in _insiders(proposal.audit))
        if in_full and proposal.possible:
            yield from _aligned(proposal)


def _insiders(summary: Summary) -> Iterator[str]:
    if summary.insiders is None:
        yield NOT_MEASURED
    elif summary.insiders == 1:
        yield (
            "1 skjult tal ville, hvis det er 1 eller 2, lade personerne bag det regne et andet tal "
            "ud."
        )
    elif summary.insiders:
        yield (
            f"{summary.insiders} skjulte tal ville, hvis de er 1 eller 2, lade personerne bag dem "
            "regne et andet tal ud."
        )


def _aligned(proposal: Proposal) -> Iterator[str]:
    texts = proposal.texts
    widths = [max(len(row[c]) for row in texts) for c in range(len(texts[0]))]
    yield ""
    for line in texts:
        cells = [
            text.ljust(width) if c < proposal.label_columns else text.rjust(width)
            for c, (text, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield "  " + "  ".join(cells).rstrip()
    yield from (f"  {note}" for note in proposal.notes)
