"""`python -m queries register <kommando>`: the commands, their help and their exit codes."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from queries.disclosure.publication import Criterion

WRONG_CALL, INTERRUPTED = 2, 130
EXIT_CODES = (
    "Afslutningskoder: 0 lykkedes; 1 noget i filerne eller valgene kan ikke bruges (se beskeden); "
    "2 kommandoen er skrevet forkert; 130 afbrudt, og intet er ændret (en ny kørsel af samme "
    "kommando fortsætter, hvor den slap)."
)
EXAMPLE = ".venv/bin/python -m queries register"


Verbs: TypeAlias = "argparse._SubParsersAction[Parser]"


class Help(argparse.RawDescriptionHelpFormatter):
    """Help with Danish headings."""

    def add_usage(  # noqa: D102
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Brug: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose own words are Danish; a wrong call exits with `wrong_call`."""

    wrong_call = WRONG_CALL

    def __init__(self, **more: Any) -> None:
        super().__init__(**(more | {"add_help": False, "formatter_class": Help}))
        self._positionals.title = "Skal angives"
        self._optionals.title = "Kan angives"
        self.add_argument("-h", "--help", "--hjælp", action="help", help="vis denne hjælp")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, and how to see more."""
        self.print_usage(sys.stderr)
        danish = (
            message.replace("the following arguments are required", "der mangler")
            .replace("unrecognized arguments", "ukendt")
            .replace("invalid choice", "ukendt valg")
            .replace("choose from", "vælg mellem")
            .replace("expected one argument", "der skal stå en værdi efter")
            .replace("argument ", "")
        )
        self.exit(self.wrong_call, f"Fejl: {danish}. Se: {self.prog} --help\n")


def add_register(commands: Verbs) -> None:
    """Add the register's commands to those of `python -m queries`."""
    register = commands.add_parser(
        "register",
        help="fra persondata til indikatorer (kun på dataejerens maskine)",
        description="Regner indikatorerne ud af et register efter de offentliggjorte definitioner. "
        "Læser persondata og skriver kun det, der må vises.",
        epilog=f"Eksempel:\n  {EXAMPLE} generate ../mit-register\n"
        f"  {EXAMPLE} check ../mit-register\n  {EXAMPLE} compute ../mit-register\n\n{EXIT_CODES}",
    )
    verbs = register.add_subparsers(dest="verb", required=True, metavar="kommando")
    _check(verbs)
    _compute(verbs)
    _generate(verbs)
    _choices(verbs)
    _formats(verbs)
    _benchmark(verbs)


def run_register(options: argparse.Namespace) -> int:
    """Carry out a parsed command and return its exit code; raises UserError."""
    # The compiled loops are imported only when a command needs them.
    from queries.register import verbs

    # Asked to stop, it stops as by Ctrl-C: the state is saved first.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return verbs.VERBS[options.verb](options)
    except KeyboardInterrupt:
        sys.stderr.write("\nAfbrudt. Intet er ændret; samme kommando fortsætter, hvor den slap.\n")
        return INTERRUPTED


def _verb(
    verbs: Verbs,
    name: str,
    text: str,
    examples: Sequence[str],
) -> Parser:
    lines = "\n".join(f"  {EXAMPLE} {example}" for example in examples)
    return verbs.add_parser(
        name,
        help=text[:1].lower() + text[1:].partition(".")[0],
        description=text,
        epilog=f"Eksempler:\n{lines}\n\n{EXIT_CODES}",
    )


def _question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="MAPPE", help="mappen med registrets filer")
    parser.add_argument(
        "--months",
        nargs=2,
        default=("2016M01", "2019M12"),
        metavar=("FRA", "TIL"),
        help="første og sidste måned (ellers 2016M01 2019M12)",
    )
    parser.add_argument(
        "--as-of",
        metavar="DATO",
        help="dagen, som registret er kendt til (ellers kodelistens as_of, ellers i dag)",
    )
    parser.add_argument(
        "--choice",
        action="append",
        default=[],
        metavar="NAVN=VÆRDI",
        help=f"et valg, definitionerne lader stå åbent; kan gentages (se: {EXAMPLE} choices)",
    )


def _check(verbs: Verbs) -> None:
    parser = _verb(
        verbs,
        "check",
        "Kontrollér et register uden at skrive noget. Læser hver række og viser rapporten.",
        ["check ../mit-register", "check ../mit-register --json"],
    )
    _question(parser)
    parser.add_argument("--json", action="store_true", help="rapporten som JSON")


def _compute(verbs: Verbs) -> None:
    parser = _verb(
        verbs,
        "compute",
        "Regn indikatorerne ud og skriv det, der må vises. Skriver NAVN.parquet, NAVN.json og "
        "NAVN.txt (kørselsrapporten); byg derefter datalageret med: python -m queries build",
        [
            "compute ../mit-register",
            "compute ../mit-register --months 2017M01 2018M12 --choice year_back=52_weeks",
            "compute ../mit-register --tidligere .data/register/mit-register.parquet --name rettet",
        ],
    )
    _question(parser)
    parser.add_argument(
        "--to",
        type=Path,
        metavar="MAPPE",
        help="hvor resultatet skal ligge (ellers .data/register)",
    )
    parser.add_argument("--name", metavar="NAVN", help="resultatets navn (ellers mappens)")
    parser.add_argument(
        "--kriterium",
        choices=[one.value for one in Criterion],
        default=Criterion.STRICT.value,
        metavar="KRITERIUM",
        help="hvor godt skjulte tal skal holdes: exact (intet kan regnes ud), rule (alle tal under "
        "grænsen er mulige) eller strict (også grænsen selv; det er standard)",
    )
    parser.add_argument(
        "--tidligere",
        type=Path,
        action="append",
        default=[],
        metavar="FIL",
        help="en fil med celler, som læsere allerede har: intet nyt må afsløre, hvad den skjuler; "
        "kan gentages, den ældste først",
    )
    parser.add_argument(
        "--restricted",
        type=Path,
        metavar="FIL",
        help="skriv også de præcise, UDISKRETIONEREDE antal som CSV",
    )


def _generate(verbs: Verbs) -> None:
    parser = _verb(
        verbs,
        "generate",
        "Lav et syntetisk register af opdigtede borgere, som giver alle offentliggjorte tal.",
        ["generate ../mit-register", "generate ../stort-register --copies 150"],
    )
    parser.add_argument("folder", type=Path, metavar="MAPPE", help="en ny eller tom mappe")
    parser.add_argument("--seed", type=int, metavar="TAL", help="frø for tilfældet (ellers 554)")
    parser.add_argument(
        "--copies", type=int, default=1, metavar="ANTAL", help="hvor mange gange større (ellers 1)"
    )


def _choices(verbs: Verbs) -> None:
    parser = _verb(
        verbs,
        "choices",
        "Vis de valg, definitionerne lader stå åbne. Med en mappe: hvor meget hvert valg ville "
        "ændre resultatet i én måned.",
        ["choices", "choices ../mit-register --month 2018M12"],
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="MAPPE", help="et register")
    parser.add_argument("--month", default=None, metavar="MÅNED", help="måneden, fx 2017M06")
    parser.add_argument("--as-of", metavar="DATO", help="som i compute")


def _formats(verbs: Verbs) -> None:
    _verb(
        verbs,
        "formats",
        "Vis, hvilke filer et register består af, og reglerne for rækker, der ikke er i orden.",
        ["formats"],
    )


def _benchmark(verbs: Verbs) -> None:
    parser = _verb(
        verbs,
        "benchmark",
        "Mål farten mod en ren gennemlæsning af de samme filer. Laver selv registret, tæller det "
        "på flere måder, kontrollerer, at alle er enige, og viser forhold, hukommelse og vækst.",
        ["benchmark", "benchmark --spells 1 10 100 --work ../maaling"],
    )
    parser.add_argument(
        "--spells",
        nargs="+",
        type=float,
        default=[1, 10],
        metavar="MIO",
        help="størrelser i millioner forløb (ellers 1 10; 100 tager nogle minutter)",
    )
    parser.add_argument("--work", type=Path, metavar="MAPPE", help="hvor registrene skal ligge")
    parser.add_argument("--json", type=Path, metavar="FIL", help="skriv også alle tal i en fil")
