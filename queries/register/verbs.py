"""What each of the register's commands does; the exit code is 0 unless something is raised."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from queries.errors import UserError
from queries.register.calendar import parse_month
from queries.register.choices import CHOICES, Choices, parse_choices
from queries.register.in_memory import warm_up
from queries.register.kernel.cache import is_compiled
from queries.register.mapping import read_code_list
from queries.register.outputs import source_of, write_outputs
from queries.register.plan import Plan, all_kommuner
from queries.register.progress import Bar
from queries.register.reading.files import CODE_LIST, Folder, open_folder
from queries.register.reading.formats import formats_text
from queries.register.rules import rules_text
from queries.register.run import Outcome, run
from queries.register.sensitivity import effects, effects_text
from queries.register.synthetic import SEED, write
from queries.warehouse.paths import data_folder


def _plan(
    options: argparse.Namespace, months: Sequence[str], choices: Choices
) -> tuple[Folder, Plan]:

    folder = open_folder(options.folder)
    code_list = read_code_list(options.folder / CODE_LIST)
    as_of = code_list.as_of or dt.date.today()
    if options.as_of:
        try:
            as_of = dt.date.fromisoformat(options.as_of)
        except ValueError:
            raise UserError(
                f"--as-of skal være en dato som 2019-12-31, men er {options.as_of!r}."
            ) from None
    first, last = (parse_month(month) for month in months)
    return folder, Plan(code_list, choices, first, last, as_of, all_kommuner())


def _given_choices(options: argparse.Namespace) -> Choices:
    given = {}
    for text in options.choice:
        name, equals, value = text.partition("=")
        if not equals:
            raise UserError(f"Et valg skrives NAVN=VÆRDI, men her stod {text!r}.")
        given[name.strip()] = value.strip()
    return parse_choices(given)


def _run(options: argparse.Namespace) -> tuple[Folder, Plan, Outcome]:

    folder, plan = _plan(options, options.months, _given_choices(options))
    work = data_folder() / "work" / "register"
    if not is_compiled():
        _say("Oversætter optællingen til maskinkode, kun første gang (et halvt minuts tid) …")
        warm_up(plan)
    with Bar(sys.stderr) as bar:
        outcome = run(folder, plan, work, bar.show)
    return folder, plan, outcome


def _name(options: argparse.Namespace) -> str:
    """Return the name of the result: plain, so that it can stand in file names and in a source."""
    if options.name is None:
        return re.sub(r"[^\w-]+", "-", options.folder.resolve().name).strip("-") or "register"
    if not re.fullmatch(r"[\w-]+", options.name):
        raise UserError(
            f"--name må kun have bogstaver, tal, _ og bindestreg, men er {options.name!r}."
        )
    return str(options.name)


def _do_check(options: argparse.Namespace) -> int:
    _, _, outcome = _run(options)
    outcome.forget()
    report = outcome.report
    sys.stdout.write(report.as_json() if options.json else report.as_text())
    return 0


def _do_compute(options: argparse.Namespace) -> int:

    target = options.to or data_folder() / "register"
    name = _name(options)
    folder, plan, outcome = _run(options)
    write_outputs(
        outcome,
        target,
        name,
        source_of(plan, name, options.kriterium),
        options.restricted,
        folder.files(),
        options.tidligere,
    )
    outcome.forget()
    sys.stdout.write(outcome.report.as_text())
    if not options.to:
        sys.stdout.write("\nByg datalageret, så siderne viser tallene: python -m queries build\n")
    return 0


def _do_generate(options: argparse.Namespace) -> int:

    if options.copies < 1:
        raise UserError(f"--copies skal være mindst 1, men er {options.copies}.")
    if options.folder.exists() and any(options.folder.iterdir()):
        raise UserError(f"{options.folder} er ikke tom. Vælg en ny mappe, så intet overskrives.")
    seed = SEED if options.seed is None else options.seed
    done = False
    try:
        with Bar(sys.stderr) as bar:
            register = write(options.folder, seed, options.copies, bar.show)
        done = True
    finally:
        if not done:  # half a register would pass for a whole one
            shutil.rmtree(options.folder, ignore_errors=True)
    people = f"{register.people * options.copies:,}".replace(",", ".")
    sys.stdout.write(
        f"SYNTETISK register med {people} opdigtede borgere (frø {seed}) i {options.folder}\n"
    )
    return 0


def _do_choices(options: argparse.Namespace) -> int:
    if options.folder is None:
        default = Choices()
        for name, choice in CHOICES.items():
            value = getattr(default, name)
            sys.stdout.write(f"{name}: {choice.question}\n")
            if choice.options:
                for option, text in choice.options.items():
                    mark = "*" if option == value else " "
                    sys.stdout.write(f"  {mark} {option}: {text}\n")
            else:
                shown = ",".join(map(str, value)) if isinstance(value, tuple) else value
                sys.stdout.write(f"  * {shown} (hele tal fra {choice.low} til {choice.high})\n")
        sys.stdout.write("\n* er standardvalget.\n")
        return 0

    month = options.month or "2017M06"
    folder, plan = _plan(options, (month, month), Choices())
    work = data_folder() / "work"
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="choices-", dir=work) as name:
        found = list(effects(folder, plan, month, Path(name), _say))
    sys.stdout.write("UDISKRETIONERET: må ikke forlade dataejerens maskine\n")
    sys.stdout.write(effects_text(found, month, synthetic=plan.code_list.synthetic))
    return 0


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _do_formats(_: argparse.Namespace) -> int:

    sys.stdout.write(f"{formats_text()}\n{rules_text()}")
    return 0


def _do_benchmark(options: argparse.Namespace) -> int:
    from queries.register.benchmark import benchmark

    return benchmark(options.spells, options.work, options.json)


VERBS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "check": _do_check,
    "compute": _do_compute,
    "generate": _do_generate,
    "choices": _do_choices,
    "formats": _do_formats,
    "benchmark": _do_benchmark,
}
