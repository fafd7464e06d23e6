"""`python -m tests.benchmark`: measure the budgets of the design and print them as a table."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from tests.benchmark import (
    disclosure,
    every_page,
    imports,
    load,
    register,
    response,
    samraad,
    stretched,
    warehouse,
    wire,
)
from tests.benchmark.browser import chromium
from tests.benchmark.report import Row, Section, machine, number, table, write_json
from tests.benchmark.servers import Server, atlas_server, build_data, plain_server
from tests.benchmark.views import Views, views

PARTS = {
    "bytes": "Bytes på ledningen",
    "svartid": "Svartid i Chromium uden grafikkort",
    "server": "Serverens arbejde",
    "sider": "Hver side med 240 måneder af alle indikatorer, de dyreste først",
    "lager": "Datalager: 98 kommuner × 240 måneder × 30 indikatorer",
    "register": "Register: optælling mod en ren gennemlæsning af de samme filer",
    "indlaesning": "Indlæsning: en lang CSV læst, kontrolleret og taget i brug",
    "samraad": "Samråd: et udkast tjekket, kommunenotater, og en mappe som dokumenter",
    "fortrolighed": "Fortrolighed: beskyttelse og revision af 5 niveauer × 6 klasser",
}


@dataclass(frozen=True)
class Stage:
    """What the parts share: a folder with the warehouse, and how often to repeat."""

    folder: Path
    seen: Views
    rounds: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 unless something could not be measured."""
    options = _options(arguments)
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    before, sections = machine(), []
    with tempfile.TemporaryDirectory(prefix="indsatsatlas-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        build_data(folder)
        stage = Stage(folder, views(folder), options.runder)
        for part in options.kun or PARTS:
            sys.stderr.write(f"Måler: {PARTS[part]} …\n")
            sections.append(Section(PARTS[part], tuple(_measured(part, stage))))
    _print(before, sections)
    if options.json:
        write_json(options.json, before, sections)
    return int(any(row.failed for section in sections for row in section.rows))


class _DanishHelp(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "Brug: ")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark",
        description="Måler, om Indsatsatlas holder sine budgetter: bytes, svartid, serverens "
        "arbejde og forespørgsler. Svartiden sammenlignes med en enkel Streamlit-side med samme "
        "indhold i samme kørsel. Alt foregår på denne maskine. En overskredet tid er ikke en fejl; "
        "afslutningskoden er kun 1, hvis noget ikke kunne måles.",
        epilog="Afsnit: " + "; ".join(f"{key} = {title}" for key, title in PARTS.items()) + ".",
        add_help=False,
        formatter_class=_DanishHelp,
    )
    choices = parser.add_argument_group("Tilvalg")
    choices.add_argument("-h", "--help", "--hjælp", action="help", help="vis denne hjælp")
    choices.add_argument(
        "--kun", nargs="+", choices=list(PARTS), metavar="AFSNIT", help="mål kun disse afsnit"
    )
    choices.add_argument(
        "--runder", type=int, default=8, metavar="ANTAL", help="runder i svartiden (ellers 8)"
    )
    choices.add_argument("--json", type=Path, metavar="FIL", help="skriv også alle tal i en fil")
    return parser.parse_args(arguments)


def _measured(part: str, stage: Stage) -> list[Row]:
    try:
        return MEASURES[part](stage)
    except Exception as error:  # one part's fault, of whatever kind, must not hide the others
        traceback.print_exc()
        reason = (str(error) or type(error).__name__).partition("\n")[0]
        return [Row(PARTS[part], None, "", note=reason, failed=True)]


@contextlib.contextmanager
def _both(stage: Stage) -> Iterator[tuple[Browser, Server, Server]]:
    with (
        atlas_server(stage.folder) as atlas,
        plain_server(stage.folder) as plain,
        chromium() as browser,
    ):
        yield browser, atlas, plain


def _bytes(stage: Stage) -> list[Row]:
    with _both(stage) as (browser, atlas, plain):
        return wire.measure(browser, atlas, plain, stage.seen)


def _response(stage: Stage) -> list[Row]:
    with _both(stage) as (browser, atlas, plain):
        return response.measure(browser, atlas, plain, stage.seen, stage.rounds)


def _server(stage: Stage) -> list[Row]:
    with atlas_server(stage.folder) as atlas, plain_server(stage.folder) as plain:
        return load.measure(atlas, plain)


def _pages(stage: Stage) -> list[Row]:
    """Serve the long warehouse, and measure every page on it."""
    long = stage.folder / "langt"
    long.mkdir()
    stretched.build_stretched(long)
    with atlas_server(long) as atlas, plain_server(long) as plain:
        rows = every_page.measure(atlas, plain)
        with chromium() as browser:
            rows += every_page.first_visits(browser, atlas)
        return [*rows, *every_page.month_files(atlas, long), *every_page.questions(long)]


MEASURES: dict[str, Callable[[Stage], list[Row]]] = {
    "bytes": _bytes,
    "svartid": _response,
    "server": _server,
    "sider": _pages,
    "lager": lambda stage: warehouse.measure(stage.folder),
    "register": lambda stage: register.measure_rows(stage.folder / "registre"),
    "indlaesning": lambda stage: imports.measure_rows(stage.folder),
    "samraad": lambda stage: samraad.measure_rows(stage.folder),
    "fortrolighed": lambda stage: disclosure.measure(),
}


def _print(before: dict[str, object], sections: Sequence[Section]) -> None:
    cores, load_ = before["kerner"], before["belastning"]
    busy = f", belastning ved start {number(load_)}" if isinstance(load_, float) else ""
    versions = ", ".join(f"{name} {before[name]}" for name in ("streamlit", "plotly", "duckdb"))
    sys.stdout.write(
        f"{before['system']}, Python {before['python']}, {cores} kerner{busy}; {versions}\n"
        "Forhold er målt/budget; hvor der sammenlignes med den enkle side: målt/enkel side.\n\n"
        f"{table(sections)}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
