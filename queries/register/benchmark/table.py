"""The benchmark's outcome as a Danish table and as JSON."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict
from pathlib import Path

from queries.register.benchmark.measure import THREADS
from queries.register.benchmark.outcome import BUDGET_MB, BUDGET_RATIO, Line, Outcome
from queries.register.benchmark.worker import MONTHS

HEADINGS = (
    "mio. forløb",
    "scan s",
    "denne s",
    "forhold",
    "(fra-til)",
    "CPU",
    "m. kontrolsum",
    "MB",
    "ns/forløb",
    "vækst",
    "ligefrem s",
    "× denne",
)


def as_text(outcome: Outcome) -> str:
    """Return the table, what it means, and whether all agreed."""
    seen = outcome.machine
    busy = seen["belastning"]
    load = f", belastning ved start {number(busy, 1)}" if isinstance(busy, float) else ""
    versions = ", ".join(f"{name} {seen[name]}" for name in ("polars", "numba", "duckdb"))
    text = [
        f"{seen['system']}, Python {seen['python']}, {seen['kerner']} kerner{load}; {versions}",
        f"SYNTETISKE registre ordnet efter person; {MONTHS[0]}-{MONTHS[1]}, alle kommuner og "
        f"ydelser; {THREADS} tråde.",
        "Forhold er til en ren gennemlæsning (sum af hver kolonne i de samme filer), uden filernes",
        f"kontrolsummer; ved siden af står det med. Budget: {number(BUDGET_RATIO)} og "
        f"{number(BUDGET_MB)} MB.",
        "Hver måling har sin egen proces, varmet op på et lille register: import og oversættelse",
        "tæller ikke med. Gennemlæsning og optælling skiftes; vist er det midterste. CPU er",
        "forholdet i processortid. Vækst er tid pr. forløb mod det mindste register.",
        "Flere skal med vokser her med registret, hver kopi med 26.000 rækker; i virkeligheden er",
        "de nogle titusinder i alt.",
        "",
        *_table(outcome),
    ]
    if outcome.disagreements:
        text += outcome.disagreements
    else:
        times = outcome.comparisons
        text.append(f"Alle er enige: {times} sammenligning{'er' * (times != 1)} celle for celle.")
    return "\n".join(text) + "\n"


def write_json(outcome: Outcome, path: Path) -> None:
    """Write everything that was measured, numbers in full."""
    content = {
        "maskine": outcome.machine,
        "budget": {"forhold": BUDGET_RATIO, "mb": BUDGET_MB},
        "maalinger": [_as_dict(line, outcome) for line in outcome.lines],
        "sammenligninger": outcome.comparisons,
        "uenigheder": outcome.disagreements,
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def number(value: float, decimals: int = 0) -> str:
    """Return a number with decimal comma and thousands points."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def _table(outcome: Outcome) -> list[str]:
    rows = [(line.title, _cells(line, outcome)) for line in outcome.lines]
    widths = [
        max(len(cells[column]) for cells in (HEADINGS, *(cells for _, cells in rows)))
        for column in range(len(HEADINGS))
    ]

    def written(cells: tuple[str, ...]) -> str:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
        return "  " + "  ".join(padded).rstrip()

    text = [written(HEADINGS), "  " + "  ".join("-" * width for width in widths)]
    for title in dict.fromkeys(title for title, _ in rows):
        text += [title, *(written(cells) for other, cells in rows if other == title), ""]
    return text


def _cells(line: Line, outcome: Outcome) -> tuple[str, ...]:
    turns = line.turns
    ratios = turns.ratios()
    ratio = statistics.median(ratios)
    slow = ("", "")
    if line.slow is not None:
        slow = number(line.slow.seconds, 1), number(line.slow.seconds / turns.seconds)
    return (
        number(line.made.spells / 1e6, 1),
        number(turns.scan_seconds, 3),
        number(turns.seconds, 3),
        number(ratio, 2) + _over(ratio, BUDGET_RATIO),
        f"{number(ratios[0], 2)}-{number(ratios[-1], 2)}",
        number(turns.cpu_ratio, 2),
        number(statistics.median(turns.ratios(checksums=True)), 2),
        number(turns.memory_mb) + _over(turns.memory_mb, BUDGET_MB),
        number(line.nanoseconds, 1),
        number(outcome.growth(line), 2),
        *slow,
    )


def _over(value: float, budget: float) -> str:
    return " OVER" if value > budget else " OK"


def _as_dict(line: Line, outcome: Outcome) -> dict[str, object]:
    turns = line.turns
    return {
        "hvad": line.title,
        "forloeb": line.made.spells,
        "kopier": line.made.copies,
        "scan_s": turns.scan_seconds,
        "denne_s": turns.seconds,
        "forhold": statistics.median(turns.ratios()),
        "forhold_alle": turns.ratios(),
        "forhold_med_kontrolsummer": statistics.median(turns.ratios(checksums=True)),
        "forhold_cpu": turns.cpu_ratio,
        "hukommelse_mb": turns.memory_mb,
        "ns_pr_forloeb": line.nanoseconds,
        "vaekst": outcome.growth(line),
        "ligefrem_s": line.slow.seconds if line.slow else None,
        "ligefrem_mb": line.slow.memory_mb if line.slow else None,
        "koersler": asdict(turns),
    }
