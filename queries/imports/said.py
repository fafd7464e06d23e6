"""What the command `indlaes` says: lines for a reader, and the same as a report for a program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from queries.imports.told import Inspection
from queries.sources.incoming import Finding

MOST_FINDINGS = 40
MOST_CONFLICTS = 200
LEVELS = {"error": "Fejl", "warning": "Advarsel", "note": "Bemærk"}


@dataclass(frozen=True)
class Said:
    """Danish lines, and the report of the same as JSON can hold it."""

    lines: list[str]
    report: dict[str, Any]

    @staticmethod
    def of_outcome(done: Mapping[str, Any]) -> str:
        """Return an import's or an undo's outcome in one line."""
        if done.get("status") == "unchanged":
            version = f"dataversion {done['version']}" if done.get("version") else "datalageret"
            return f"Intet nyt: {version} er uændret."
        ids = ", ".join(done["import_ids"])
        what = "Fortrudt" if done["status"] == "undone" else "Indlæst"
        counts = (
            (done["added"], "celler nye"),
            (done["changed"], "ændret"),
            (done["withdrawn"], "trukket tilbage"),
            (done["conflicts"], "i konflikt mellem kilder"),
        )
        told = ", ".join(f"{number} {text}" for number, text in counts if number) or "ingen ændret"
        if (hidden := done.get("hidden")) is not None:
            told += f"; af de egne tal er {hidden} celler skjult af fortrolighedskontrollen"
        return f"{what} som {ids}: dataversion {done['version']} ({told})."


def changes(seen: Inspection) -> list[str]:
    """Return what was read and how, with the keys to --svar, and what importing it changes."""
    lines = [f"Læst som {seen.form}." if seen.form else "Læst."]
    lines += [f"Bemærk: {remark}" for remark in seen.remarks]
    lines += [
        f"{one.title} {dict(one.choices).get(one.chosen, one.chosen)} [{one.key}]"
        for one in seen.questions
        if one.chosen and not one.asked
    ]
    lines += [
        f"{_what(one.indicator, one.period, one.breakdown)}: {one.cells} celler "
        f"({one.added} nye, {one.changed} ændret, {one.hidden} skjult, {one.conflicts} i konflikt)"
        for one in seen.series
    ]
    return lines


def _what(indicator_id: str, period: str, breakdown: str) -> str:
    """Return an indicator, period and breakdown in words."""
    from queries.indicators.definition import load_indicators
    from queries.sources.spreadsheet.periods import in_words

    one = load_indicators().get(indicator_id)
    title = one.title if one else indicator_id
    part = "" if breakdown == "alle" else (one.breakdowns if one else {}).get(breakdown, breakdown)
    return f"{title}, {in_words(period)}{f', {part}' if part else ''}"


def found(findings: Iterable[Any]) -> list[str]:
    """Return findings as lines, errors first; a code stands where a warning can be accepted."""
    order = list(LEVELS)
    each = (Finding(**_fields(one)) if isinstance(one, Mapping) else one for one in findings)
    told = sorted(each, key=lambda one: order.index(one.level))
    lines = [
        f"{LEVELS[one.level]}: {one.text}"
        + (f" ({one.where})" if one.where else "")
        + (f" [{one.code}]" if one.level == "warning" else "")
        for one in told[:MOST_FINDINGS]
    ]
    if (more := len(told) - MOST_FINDINGS) > 0:
        lines.append(f"… og {more} fund til; de står alle i --json.")
    return lines


def _fields(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "where"}


def questions(seen: Inspection) -> list[str]:
    """Return what must be answered, with the choices as they are written after --svar."""
    lines = []
    if seen.about.is_published is None and seen.columns:
        lines.append(
            "Spørgsmål: Har andre offentliggjort tallene? Skriv --offentliggjort, eller skriv "
            "--ikke-offentliggjort, hvis det er egne tal, der først skal gennem "
            "fortrolighedskontrollen."
        )
    for one in seen.questions:
        if one.asked:
            choices = "; ".join(f"{one.key}={value} ({label})" for value, label in one.choices[:12])
            lines.append(f"Spørgsmål: {one.title} {choices}")
    return lines


def listed(verb: str) -> Said:
    """Return the answer of a command that changes nothing; raises UserError."""
    return {
        "liste": _imports,
        "kalender": _calendar,
        "konflikter": _conflicts,
        "afviste": _refused,
    }[verb]()


def _imports() -> Said:
    from queries.atlas import Atlas

    rows = Atlas().imports().to_dicts()
    lines = [
        f"{row['import_id']}  {row['imported_at']:%d-%m-%Y}  {row['title']}: "
        f"{row['cells']} celler fra kilden {row['source_id']}"
        for row in rows
    ]
    return Said(
        lines or ["Intet er indlæst: atlasset har kun det, der følger med."], {"imports": rows}
    )


def _calendar() -> Said:
    from queries.imports.calendar import BASIS
    from queries.imports.overview import overview

    rows = overview()["calendar"]
    lines = []
    for row in rows:
        day = dt.date.fromisoformat(row["on"]).strftime("%d-%m-%Y") if row["on"] else "ukendt dag"
        late = ", overskredet" if row["overdue"] else ""
        lines.append(f"{day}  {row['title']} ({BASIS[row['basis']]}{late})")
    return Said(lines, {"calendar": rows})


def _conflicts() -> Said:
    from queries.atlas import Atlas

    atlas = Atlas()
    rows = atlas.conflicts().to_dicts()
    names = dict(atlas.areas().select("area_id", "name").iter_rows())
    lines = [
        f"{_what(row['indicator_id'], row['period'], row['breakdown'])}, "
        f"{names[row['area_id']]}: {_number(row)} mod {_number(row, 'other_')}"
        for row in rows[:MOST_CONFLICTS]
    ]
    if (more := len(rows) - MOST_CONFLICTS) > 0:
        lines.append(f"… og {more} til; de står alle i --json.")
    said = lines or ["Ingen kilder siger noget forskelligt om det samme."]
    return Said(said, {"conflicts": rows})


def _number(row: Mapping[str, Any], which: str = "") -> str:
    """Return one side of a conflict: count, share, and the source that says so."""
    count, share = row[f"{which}numerator"], row[f"{which}share_pct"]
    told = [] if count is None else [f"{count}"]
    if share is not None:
        written = f"{float(share):.{row[f'{which}share_decimals']}f}".replace(".", ",")
        told.append(f"{written} pct.")
    return f"{' = '.join(told)} ({row[f'{which}source_id']})"


def _refused() -> Said:
    from queries.imports.store import Store

    found_here = Store().refused()
    rows = [
        {"at": one.at.isoformat(), "name": one.name, "why": one.message, "folder": str(one.folder)}
        for one in found_here
    ]
    lines = [f"{row['at'][:16]}  {row['name']}: {row['why']} Se {row['folder']}" for row in rows]
    return Said(lines or ["Intet er afvist."], {"refused": rows})
