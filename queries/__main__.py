"""The commands: `python -m queries <kommando>`. Texts are Danish; exit code 1 is a user's error."""

from __future__ import annotations

import errno
import sys
import time
from pathlib import Path

from queries.errors import UserError
from queries.imports.command import add_import, run_import
from queries.register.commands import WRONG_CALL, Parser, add_register, run_register
from queries.tables.command import ERROR, add_table_check, run_table_check
from queries.warehouse.audit_command import add_audit, run_audit
from queries.warehouse.build import build, keep_in_force
from queries.warehouse.connection import Warehouse
from queries.warehouse.content import full_content, inputs_hash
from queries.warehouse.history import FIRST
from queries.warehouse.map_codes import map_codes
from queries.warehouse.paths import warehouse_path
from queries.warehouse.protection import weaker

REASONS = {
    errno.ENOENT: "den findes ikke",
    errno.EACCES: "der er ikke adgang til den",
    errno.EISDIR: "det er en mappe",
    errno.ENOTDIR: "en del af stien er ikke en mappe",
    errno.ENOSPC: "der er ikke mere plads",
}
"""Why a file cannot be used, in Danish, by the system's number of the error."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = Parser(
        prog="python -m queries", description="Byg og undersøg Indsatsatlassets datalager."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="kommando")
    build_command = commands.add_parser(
        "build",
        help="byg datalageret af det, der følger med",
        description="Bygger et nyt datalager ved siden af det gamle, bekræfter det og bytter om.",
    )
    build_command.add_argument(
        "--if-needed", action="store_true", help="gør intet, hvis datalageret allerede passer"
    )
    build_command.add_argument("--to", type=Path, default=None, help="filen, der skal skrives")
    add_register(commands)
    add_table_check(commands)
    add_audit(commands)
    add_import(commands)
    given = sys.argv[1:] if arguments is None else arguments
    # 2 is an answer of this command: the table leaks.
    parser.wrong_call = ERROR if given[:1] == ["tabeltjek"] else WRONG_CALL
    options = parser.parse_args(given)
    run = {
        "register": run_register,
        "tabeltjek": run_table_check,
        "audit": run_audit,
        "indlaes": run_import,
    }
    try:
        if options.command in run:
            return run[options.command](options)
        return _build(options.to or warehouse_path(), if_needed=options.if_needed)
    except UserError as error:
        sys.stderr.write(f"Fejl: {error}\n")
        return 1
    except OSError as error:
        reason = REASONS.get(error.errno or 0) or error.strerror or str(error)
        sys.stderr.write(f"Fejl: {error.filename or 'en fil'} kan ikke bruges: {reason}.\n")
        return 1


def _build(target: Path, *, if_needed: bool) -> int:
    if if_needed and _built_from(target) == inputs_hash():
        keep_in_force(target)
        return 0
    from queries.imports.run import nobody_imports  # a start that builds nothing is quick

    began = time.monotonic()
    with nobody_imports(lambda: sys.stderr.write("Venter på en import, der er i gang.\n")):
        if if_needed and _built_from(target) == inputs_hash():
            return 0  # the import that was waited for has built it
        content = full_content()
        version = build(content, target, map_codes())
    cells = content.tables["observation"].height
    seconds = f"{time.monotonic() - began:.1f}".replace(".", ",")
    sys.stdout.write(f"Datalager {version}: {cells} celler på {seconds} s i {target}\n")
    if (note := _history_note(target)) not in {"", FIRST}:
        sys.stdout.write(f"{note}.\n")
    for source_id, criterion in weaker(content.tables["protection"]):
        sys.stdout.write(
            f"Bemærk: {source_id} er lavet efter kriteriet »{criterion}«, som er svagere end "
            "»strict«.\n"
        )
    return 0


def _history_note(target: Path) -> str:
    newest = "SELECT note FROM version ORDER BY step DESC LIMIT 1"
    return str(Warehouse(target).frame(newest).item())


def _built_from(target: Path) -> str | None:
    try:
        return str(Warehouse(target).frame("SELECT inputs_hash FROM build").item())
    except UserError:
        return None


if __name__ == "__main__":
    raise SystemExit(main())
