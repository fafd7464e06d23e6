"""`python -m queries indlaes <kommando>`: what the page does, for a terminal or a nightly job."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from queries.errors import UserError
from queries.imports.said import Said, changes, found, listed, questions
from queries.register.commands import Verbs
from queries.sources.incoming import ImportRefusedError

DONE, REFUSED, ASKS = 0, 1, 3
_EXAMPLE = ".venv/bin/python -m queries indlaes"
EXIT_CODES = (
    "Afslutningskoder: 0 indlæst, eller intet nyt; 1 afvist, eller noget kunne ikke læses eller "
    "hentes (intet af det er indlæst); 2 kommandoen er skrevet forkert; 3 noget skal besvares "
    "først, og intet er ændret. »alt« ender med 1, hvis én af kilderne blev afvist; de andre er da "
    "indlæst."
)
KEYS = (
    "Nøgler: Det, der er forstået eller spurgt om, står med en nøgle i [kantet parentes], og "
    "rettes med --svar NØGLE=SVAR. I regneark er de faste: [indicator] hvad tallene er; [period] "
    "perioden (2017M06 eller »juni 2017«); [header_rows] rækkerne med overskrifter (3 eller 3-4); "
    "[first_row] og [last_row] første og sidste række med tal; [excluded] rækker, der springes "
    "over (7, 12-14); [level] om rækkerne er kommuner eller jobcentre; [numbers] hvordan tal er "
    "skrevet; [column:0] hvad den første kolonne er ([column:1] den næste), og [period:1] dens "
    "periode. Kør med --proev for at se dem alle og deres svar."
)
SERVICES = ("jobindsats", "statistikbanken")


def add_import(commands: Verbs) -> None:
    """Add the commands to those of `python -m queries`."""
    top = commands.add_parser(
        "indlaes",
        help="læs rigtige tal ind: filer, svar, Jobindsats, Statistikbanken, registerkørsler",
        description="Læser tal ind i datalageret: alt eller intet, efter fortrolighedskontrollen, "
        "og uden at noget overskrives. Det samme kan gøres på siden »Data«.",
        epilog=f"Eksempler:\n  {_EXAMPLE} fil saertraek.xlsx --proev\n"
        f"  {_EXAMPLE} fil saertraek.xlsx --offentliggjort --udgiver STAR --titel Særtræk "
        f"--dokument 2026-17\n  {_EXAMPLE} jobindsats\n  {_EXAMPLE} alt --json -\n"
        f"  {_EXAMPLE} liste\n  {_EXAMPLE} fortryd 3f2a91c04b7d\n\n{EXIT_CODES}",
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="kommando")
    _file(verbs, "fil", "et regneark eller en CSV-fil")
    _file(verbs, "svar", "et svar eller brev: PDF, DOCX, HTML eller tekst")
    run = verbs.add_parser("register", help="en fil fra register compute")
    run.add_argument("file", metavar="FIL", type=Path)
    for service in SERVICES:
        some = verbs.add_parser(service, help=f"hent nye tal fra {service.capitalize()}")
        some.add_argument("tables", metavar="TABEL", nargs="*", help="kun disse tabeller")
    about = verbs.add_parser(
        "beskriv", help="vis, hvad en tabel i Jobindsats har: til den, der udfylder kataloget"
    )
    about.add_argument("table", metavar="TABEL", help="tabellens id, fx y11a02")
    verbs.add_parser("alt", help="hent alt nyt i kataloget: til et natligt job")
    verbs.add_parser("liste", help="hvad der er indlæst")
    undo = verbs.add_parser("fortryd", help="lav en ny version uden en import")
    undo.add_argument("import_id", metavar="IMPORT")
    verbs.add_parser("kalender", help="hvornår kilderne ventes at have nye tal")
    verbs.add_parser("konflikter", help="hvor kilder siger noget forskelligt om det samme")
    verbs.add_parser("afviste", help="hvad der er afvist, og hvor filerne til rettelse ligger")
    for one in verbs.choices.values():
        one.add_argument("--json", metavar="FIL", help="skriv rapporten som JSON (- er stdout)")
        if one.prog.rpartition(" ")[2] in {"fil", "svar", "alt", *SERVICES}:
            one.add_argument(
                "--accepter",
                action="append",
                default=[],
                metavar="KODE",
                help="sig ja til en advarsel; må gentages",
            )


def _file(verbs: Verbs, name: str, what: str) -> None:
    one = verbs.add_parser(name, help=what, epilog=f"{KEYS}\n\n{EXIT_CODES}")
    one.add_argument("file", metavar="FIL", help="filen, eller - for at læse fra stdin")
    one.add_argument("--proev", action="store_true", help="vis kun, hvad der ville ske")
    one.add_argument("--ark", default="", metavar="NAVN", help="arkets navn eller nummer")
    one.add_argument(
        "--svar",
        action="append",
        default=[],
        metavar="SPØRGSMÅL=SVAR",
        help="besvar et af de spørgsmål, --proev viser; må gentages",
    )
    said = one.add_mutually_exclusive_group()
    said.add_argument("--offentliggjort", action="store_true", help="andre har offentliggjort dem")
    said.add_argument(
        "--ikke-offentliggjort",
        action="store_true",
        help="egne tal: de går gennem fortrolighedskontrollen, før noget vises",
    )
    for option, meaning in (
        ("udgiver", "hvem der har udgivet tallene"),
        ("titel", "dokumentets titel"),
        ("dokument", "dokumentets nummer"),
        ("udgivet", "dagen, som 2017-09-27"),
        ("licens", "vilkår for brug"),
        ("retter", "kilde-id for den kilde, der berigtiges"),
    ):
        one.add_argument(f"--{option}", default="", metavar=option.upper(), help=meaning)
    one.add_argument("--afviste-til", metavar="MAPPE", help="skriv afviste rækker med årsager her")
    one.add_argument("--husk", action="store_true", help="husk opsætningen til næste gang")


def run_import(asked: argparse.Namespace) -> int:
    """Carry out the command and return its exit code; raises UserError and OSError."""
    verbs: dict[str, Callable[[argparse.Namespace], tuple[int, Said]]] = {
        "fil": _given,
        "svar": _given,
        "register": _register,
        "alt": _fetch,
        "fortryd": _undo,
        "beskriv": _describe,
        **dict.fromkeys(SERVICES, _fetch),
    }
    code, said = verbs[asked.verb](asked) if asked.verb in verbs else (DONE, listed(asked.verb))
    text = json.dumps(said.report | {"exit_code": code}, ensure_ascii=False, indent=2, default=str)
    if asked.json == "-":
        sys.stdout.write(text + "\n")
        return code
    if asked.json:
        Path(asked.json).write_text(text + "\n", "utf-8")
    (sys.stdout if code == DONE else sys.stderr).write("\n".join(said.lines) + "\n")
    return code


def _given(asked: argparse.Namespace) -> tuple[int, Said]:
    from queries.imports.inspect import carry_out, inspect
    from queries.imports.told import plain

    content, name = _content(asked.file)
    request = {
        "kind": asked.verb,
        "name": name,
        "sheet": asked.ark,
        "about": _about(asked),
        "answers": dict(_pair(one) for one in asked.svar),
        "accept": asked.accepter,
        "remember": asked.husk,
    }
    seen = inspect(request, content)
    report: dict[str, Any] = {"inspection": plain(seen)}
    lines = [*changes(seen), *found(seen.findings), *questions(seen)]
    open_questions = [one for one in seen.questions if one.asked]
    warnings = {one.code for one in seen.of_level("warning")} - set(asked.accepter)
    if seen.of_level("error"):
        kept = _keep(asked, name, seen)
        return REFUSED, Said([*lines, kept], report | {"refused": kept})
    if missing := [f"--{name}" for name in _lacks(asked, seen)]:
        lines.append(f"Spørgsmål: Hvor er tallene fra? Skriv {', '.join(missing)}.")
    if open_questions or warnings or missing or not seen.can_import:
        how = "Intet er indlæst. Besvar spørgsmålene med --svar, og sig ja til advarsler med "
        codes = " ".join(f"--accepter {code}" for code in sorted(warnings)) or "--accepter KODE"
        return ASKS, Said([*lines, f"{how}{codes}."], report)
    if asked.proev:
        return DONE, Said([*lines, "Prøve: intet er indlæst."], report)
    return _outcome(lambda: carry_out(request, content, _step), lines, report)


def _lacks(asked: argparse.Namespace, seen: Any) -> list[str]:
    """Return what must be said of the source, as the page demands it too."""
    said = {
        "udgiver": seen.about.publisher,
        "titel": seen.about.title,
        "dokument": seen.about.document_id,
        "licens": seen.about.licence,
    }
    return [name for name, text in said.items() if not text.strip() and not getattr(asked, name)]


def _keep(asked: argparse.Namespace, name: str, seen: Any) -> str:
    """Keep what was refused, to be mended and sent back; return where it lies, in Danish.

    Nothing is kept of a trial. Of numbers that nobody has published, or of which that is not said,
    no row is written unless a folder is named: exact numbers stay in the data owner's own file.
    """
    from queries.imports.store import Store
    from queries.sources.incoming import Finding

    files = {"afvist.csv": seen.refused, "afvist.xlsx": seen.refused_xlsx}
    if asked.afviste_til:
        folder = Path(asked.afviste_til)
        folder.mkdir(parents=True, exist_ok=True)
        for one, content in files.items():
            if content:
                (folder / one).write_bytes(content)
        return f"Afvist. Rækkerne med årsager ligger til rettelse i {folder}"
    if asked.proev:
        return "Afvist. Dette var en prøve: intet er skrevet."
    if not seen.about.is_published:
        return (
            "Afvist. Tallene er ikke offentliggjort, så rækkerne er ikke gemt. Ret dem i din egen "
            "fil, eller skriv dem med årsager i en mappe, du selv vælger: --afviste-til MAPPE"
        )
    findings = [Finding(one.level, one.code, one.text, value=one.value) for one in seen.findings]
    kept = Store().keep_refusal(name, seen.of_level("error")[0].text, findings)
    for one, content in files.items():
        if content:
            (kept.folder / one).write_bytes(content)
    return f"Afvist. Rækkerne med årsager ligger til rettelse i {kept.folder}"


def _register(asked: argparse.Namespace) -> tuple[int, Said]:
    from queries.imports.run import import_register_file

    return _outcome(lambda: import_register_file(asked.file, progress=_step).as_json())


def _undo(asked: argparse.Namespace) -> tuple[int, Said]:
    from queries.imports.run import undo

    return _outcome(lambda: undo(asked.import_id, progress=_step).as_json())


def _describe(asked: argparse.Namespace) -> tuple[int, Said]:
    """Say what a table of the catalogue is made of at Jobindsats; nothing is imported."""
    from queries.sources.catalogue import load_catalogue
    from queries.sources.jobindsats.describe import describe_table
    from queries.sources.jobindsats.settings import jobindsats_client

    known = {
        one.table.casefold(): one for one in load_catalogue().values() if one.source == "jobindsats"
    }
    entry = known.get(asked.table.casefold())
    if entry is None:
        raise UserError(
            f"Kataloget har ingen tabel {asked.table!r} fra jobindsats. "
            f"Vælg mellem: {', '.join(sorted(known))}."
        )
    told = describe_table(entry, jobindsats_client())
    return DONE, Said(told.splitlines(), {"described": told})


def _fetch(asked: argparse.Namespace) -> tuple[int, Said]:
    """Fetch entries in one transaction; what one source refuses does not keep the others out."""
    from queries.imports.inspect import carry_out
    from queries.sources.catalogue import load_catalogue

    entries = {
        entry.table.casefold(): entry.entry_id
        for entry in load_catalogue().values()
        if entry.indicator_ids and asked.verb in {"alt", entry.source}
    }
    wanted = [one.casefold() for one in getattr(asked, "tables", [])] or list(entries)
    if strange := sorted(set(wanted) - set(entries)):
        raise UserError(
            f"Kataloget har ingen tabel {strange[0]!r} fra {asked.verb}. "
            f"Vælg mellem: {', '.join(sorted(entries))}."
        )
    names = [entries[one] for one in dict.fromkeys(wanted)]
    request = {"kind": "hent", "entries": names, "accept": asked.accepter}
    code, said = _outcome(lambda: carry_out(request, b"", _step))
    errors = [
        one
        for one in said.report.get("outcome", {}).get("findings", ())
        if (one["level"] if isinstance(one, dict) else one.level) == "error"
    ]
    return (REFUSED if errors else code), said


def _outcome(
    act: Callable[[], Mapping[str, Any]],
    lines: list[str] | None = None,
    report: Mapping[str, Any] | None = None,
) -> tuple[int, Said]:
    """Do something that ends in an outcome, or in a refusal that is told like one."""
    before, kept = lines or [], dict(report or {})
    try:
        done = dict(act())
    except ImportRefusedError as error:
        asks = not any(one.level == "error" for one in error.findings) and error.findings
        kept |= {"refused": str(error), "findings": [vars(one) for one in error.findings]}
        lines = _once([*before, *found(error.findings)])
        if asks:
            codes = sorted({one.code for one in error.findings if one.level == "warning"})
            how = " ".join(f"--accepter {code}" for code in codes)
            return ASKS, Said([*lines, f"Intet er indlæst. Sig ja til advarsler med {how}."], kept)
        if not any(one.text and one.text in str(error) for one in error.findings):
            lines.append(f"Fejl: {error}")
        return REFUSED, Said(lines, kept)
    except UserError as error:
        return REFUSED, Said([*before, f"Fejl: {error}"], kept | {"refused": str(error)})
    told = _once([*before, *found(done.get("findings", ()))])
    return DONE, Said([*told, Said.of_outcome(done)], kept | {"outcome": done})


def _once(lines: list[str]) -> list[str]:
    """Return lines without those that stand before: what a look has found, an import finds too."""
    return list(dict.fromkeys(lines))


def _content(given: str) -> tuple[bytes, str]:
    if given == "-":
        return sys.stdin.buffer.read(), "stdin"
    return Path(given).read_bytes(), Path(given).name


def _about(asked: argparse.Namespace) -> dict[str, Any]:
    published = True if asked.offentliggjort else False if asked.ikke_offentliggjort else None
    return {
        "publisher": asked.udgiver,
        "title": asked.titel,
        "document_id": asked.dokument,
        "published_on": asked.udgivet,
        "licence": asked.licens,
        "corrects": asked.retter,
        "is_published": published,
    }


def _pair(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign:
        raise UserError(f"--svar {given[:40]!r} mangler et lighedstegn: skriv SPØRGSMÅL=SVAR.")
    return name, value


def _step(step: str, fraction: float) -> None:
    """Say how far it is, on a terminal alone."""
    from queries.imports.told import STEPS, WAITS

    if sys.stderr.isatty():
        end = "\n" if fraction >= 1 else ""
        sys.stderr.write(f"\r\x1b[K{(STEPS | WAITS)[step]} …{end}")
        sys.stderr.flush()
