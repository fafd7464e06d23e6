"""The run report: what was read, which rules were applied and how often, what was written."""

from __future__ import annotations

import datetime as dt
import json
import platform
import resource
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from queries.disclosure.audit import CRITERIA
from queries.disclosure.publication import Criterion
from queries.register.choices import CHOICES
from queries.register.counting import Counts
from queries.register.plan import Plan
from queries.register.project import Project

LIBRARIES = ("polars", "numpy", "numba", "pyarrow")


@dataclass
class Report:
    """Everything that a reader needs to repeat and defend a run; `as_json` is its machine form."""

    started_at: dt.datetime
    folder: str
    synthetic: bool
    plan: Plan
    inputs: list[dict[str, Any]]
    rules: dict[str, list[dict[str, object]]]
    ordered: bool
    resumed: bool
    notes: list[str] = field(default_factory=list)
    written: list[dict[str, Any]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    disclosure: dict[str, Any] = field(default_factory=dict)
    """The criterion that hidden numbers are kept to, and the earlier files readers have."""

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values."""
        plan = self.plan
        return {
            "started_at": self.started_at.isoformat(timespec="seconds"),
            "folder": self.folder,
            "synthetic": self.synthetic,
            "months": {"first": str(plan.first), "last": str(plan.last)},
            "as_of": plan.as_of.isoformat(),
            "choices": {
                name: {
                    "value": value,
                    "question": CHOICES[name].question,
                    "meaning": CHOICES[name].options.get(str(value), ""),
                }
                for name, value in plan.choices.as_dict().items()
            },
            "code_list": {
                "benefits": {k: list(v) for k, v in plan.code_list.benefits.items()},
                "offers": {k: list(v) for k, v in plan.code_list.offers.items()},
                "groups": {k: list(v) for k, v in plan.code_list.groups.items()},
            },
            "inputs": self.inputs,
            "ordered_by_person": self.ordered,
            "resumed": self.resumed,
            "rules": self.rules,
            "disclosure": self.disclosure,
            "notes": self.notes,
            "written": self.written,
            "seconds": {name: round(value, 2) for name, value in self.seconds.items()},
            "peak_memory_mb": peak_memory_mb(),
            "versions": {
                "python": platform.python_version(),
                **{name: version(name) for name in LIBRARIES},
            },
        }

    def as_json(self) -> str:
        """Return the report as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1, default=list) + "\n"

    def as_text(self) -> str:
        """Return the report as Danish text."""
        plan = self.plan
        lines = ["KØRSELSRAPPORT: registret til indikatorer", ""]
        if self.synthetic:
            lines += ["SYNTETISKE TAL: opdigtede borgere, kun til afprøvning", ""]
        lines += [
            f"Begyndt: {self.started_at:%d-%m-%Y %H:%M:%S}",
            f"Mappe: {self.folder}",
            f"Måneder: {plan.first} til {plan.last}; opgjort pr. {plan.as_of:%d-%m-%Y}",
            f"Rækkefølge: {'ordnet' if self.ordered else 'ikke ordnet'} efter person"
            + ("; genoptaget efter afbrydelse" if self.resumed else ""),
            "",
            "Læst",
            *(
                f"  {entry['file']}: {number(entry['rows'])} rækker, sha256 {entry['sha256']}"
                if entry["rows"] is not None
                else f"  {entry['file']}: sha256 {entry['sha256']}"
                for entry in self.inputs
            ),
            "",
            "Valg, som definitionerne lader stå åbne",
            *(_choice_line(name, value) for name, value in plan.choices.as_dict().items()),
            "",
            "Regler, der blev anvendt",
            *(self._rule_lines() or ["  ingen"]),
        ]
        if self.disclosure:
            lines += ["", "Fortrolighed", *self._disclosure_lines()]
        if self.notes:
            lines += ["", "Bemærk", *(f"  {note}" for note in self.notes)]
        lines += ["", "Skrevet"]
        lines += [f"  {entry['file']}: {entry['what']}" for entry in self.written] or ["  intet"]
        took = ", ".join(f"{name} {value:.1f} s" for name, value in self.seconds.items())
        lines += ["", f"Tid: {took.replace('.', ',')}. Hukommelse: højst {peak_memory_mb()} MB"]
        used = self.as_dict()["versions"].items()
        lines.append("Versioner: " + ", ".join(f"{name} {number_}" for name, number_ in used))
        return "\n".join(lines) + "\n"

    def _disclosure_lines(self) -> list[str]:
        criterion = Criterion(self.disclosure["criterion"])
        lines = [f"  Kriterium »{criterion.value}«: {CRITERIA[criterion]}"]
        lines += [
            f"  Tidligere udgave: {entry['file']}, sha256 {entry['sha256']}"
            for entry in self.disclosure["earlier"]
        ]
        return lines

    def _rule_lines(self) -> list[str]:
        lines = []
        for stem, rules in self.rules.items():
            for rule in rules:
                rows = ", ".join(str(row) for row in rule["example_rows"])  # type: ignore[attr-defined]
                where = f" (fx række {rows})" if rows else ""
                lines.append(
                    f"  {stem}: {rule['text']}: {number(rule['count'])} {rule['unit']}{where}"
                )
        return lines


def _choice_line(name: str, value: object) -> str:
    meaning = CHOICES[name].options.get(str(value))
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"  {CHOICES[name].question} {meaning or shown} [{name}={shown.replace(' ', '')}]"


def applied_rules(counts: Counts, project: Project) -> dict[str, list[dict[str, object]]]:
    """Return the rules that were applied, by input."""
    found: Mapping[str, list[dict[str, object]]] = {
        "benefits": counts.spells.lines(),
        "offers": counts.offers.lines(),
        "mentors": counts.mentors.lines(),
        "flere_skal_med": project.members.lines(),
        "hours": project.hours_tally.lines(),
    }
    return {stem: lines for stem, lines in found.items() if lines}


def number(value: object) -> str:
    """Return a whole number with thousands points."""
    return f"{value:,}".replace(",", ".")


def peak_memory_mb() -> int:
    """Return the most memory this process has held so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1_000_000
