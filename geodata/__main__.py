"""``python -m geodata``: make the generalised map, import the official one, or go back."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from geodata import MAP_PATH, imported_path
from queries.errors import UserError

WHERE_TO_FIND = """\
Officielle kommunegrænser hedder DAGI (Danmarks Administrative Geografiske Inddeling) og
udgives af Klimadatastyrelsen på Datafordeleren: https://datafordeler.dk
Find registret DAGI, og hent fildownload af «Kommuneinddeling» (GeoPackage eller GeoJSON).
Det er gratis, men kræver en bruger; derfor kan kortet ikke hentes herfra uden videre.
Den tidligere åbne adresse (https://api.dataforsyningen.dk/kommuner?format=geojson) er
efter det oplyste lukket 17. august 2026. Adresserne er ikke afprøvet herfra.

Indlæs derefter filen, eller en adresse, der kan hentes uden adgangskode:
  python -m geodata import Kommuneinddeling.gpkg"""


class _Parser(argparse.ArgumentParser):
    """Danish headings and refusals; argparse knows only English ones."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "add_help": False})
        self.add_argument("-h", "--help", action="help", help="vis denne hjælp")
        self._positionals.title = "argumenter"
        self._optionals.title = "valg"

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "brug:")

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "brug:")

    def error(self, message: str) -> NoReturn:
        del message  # English, and the usage says the same
        self.exit(2, f"Kommandoen kan ikke forstås.\n{self.format_usage()}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, or 1 with one Danish message on standard error."""
    given = _parser().parse_args(arguments)
    try:
        if given.command == "build":
            _build(given.paths)
        elif given.command == "import":
            if given.file is None:
                print(WHERE_TO_FIND)  # noqa: T201
                return 2
            _import(given.file)
        else:
            _restore()
    except UserError as error:
        print(f"Fejl: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m geodata", description="Kortet over kommuner og jobcentre.")
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="kommando", title="kommandoer"
    )
    build = commands.add_parser("build", help="dan det generaliserede kort, der følger med")
    build.add_argument(
        "--paths",
        type=Path,
        metavar="FIL",
        help="react-denmark-map-1.0.0.tgz (fra «npm pack react-denmark-map@1.0.0») eller pakkens "
        "index.js; udeladt bruges de stier, der følger med",
    )
    load = commands.add_parser("import", help="indlæs officielle kommunegrænser (DAGI)")
    load.add_argument(
        "file", nargs="?", metavar="FIL_ELLER_ADRESSE", help="udeladt: se, hvor filen findes"
    )
    commands.add_parser("restore", help="gå tilbage til det generaliserede kort")
    return parser


def _build(package: Path | None) -> None:
    from geodata.build import facts, files, generalised, georeference, paths

    kommuner = facts.read_kommuner()
    drawn = files.read_paths()
    if package:
        _say(f"Læser stierne i {package.name} …")
        drawn = paths.extract_paths(package)
        if set(drawn) != set(kommuner):
            raise UserError(
                f"Filen {package.name} har {len(drawn)} tegnede kommuner, men ikke netop de "
                f"{len(kommuner)} i listen. Der skal bruges react-denmark-map i version 1.0.0."
            )
    _say("Samler kommunerne til et sammenhængende kort (op til et minut) …")
    coverage = generalised.make_coverage(drawn, georeference.read_places(files.CENTROIDS_CSV))
    _say("Tegner kortet …")
    content = generalised.make_map(coverage, kommuner, facts.jobcenter_of(kommuner))
    files.replace_file(files.PATHS_JSON, files.paths_bytes(drawn))
    files.replace_file(files.KOMMUNER_GEOJSON, files.coverage_bytes(coverage))
    files.replace_file(MAP_PATH, content)
    _say(f"Færdig: {MAP_PATH.name}, {len(content) // 1000} kB før komprimering.")


def _import(file_or_address: str) -> None:
    from geodata.build import facts, fetch, files, georeference, official

    kommuner = facts.read_kommuner()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(file_or_address)
        if fetch.is_address(file_or_address):
            _say(f"Henter {file_or_address} …")
            file = fetch.fetch(file_or_address, Path(folder), _say_megabytes)
        _say(f"Læser og kontrollerer {file.name} …")
        content = official.official_map(
            file,
            kommuner,
            georeference.read_places(files.CENTROIDS_CSV),
            facts.jobcenter_of(kommuner),
            imported_on=date.today(),
        )
    try:
        files.replace_file(imported_path(), content)
    except OSError as error:
        raise UserError(
            f"Kortet kan ikke gemmes i {imported_path().parent} ({error.strerror}). Kontrollér "
            "pladsen på disken og skriveadgangen; det hidtidige kort er stadig i brug."
        ) from error
    _say(f"Det officielle kort er i brug: {imported_path()}. Gå tilbage med «restore».")


def _restore() -> None:
    path = imported_path()
    if path.exists():
        path.unlink()
        _say("Det generaliserede kort er i brug igen.")
    else:
        _say("Der er intet indlæst kort; det generaliserede kort er i brug.")


def _say_megabytes(count: int) -> None:
    if count % (10 << 20) < (1 << 20):
        _say(f"  {count / 1e6:.0f} MB")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
