"""How far a run has come, kept on disk so that it can go on after an interruption."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from queries.register.chunk import Activities, PackedSpells, joined_activities, joined_spells
from queries.register.counting import Counts
from queries.register.plan import Plan
from queries.register.project import Project
from queries.register.rules import ACTIVITIES, SPELLS, Tally

CODE = Path(__file__).parent
NOT_THROWN = -1


@dataclass(frozen=True)
class Position:
    """Rows of each input that are counted and need not be read again.

    For a register in any order instead `part`, the parts that are counted, once all rows have been
    thrown into parts; NOT_THROWN before.
    """

    spells: int = 0
    offers: int = 0
    mentors: int = 0
    part: int = NOT_THROWN


@dataclass(eq=False)
class State:
    """What has been counted up to a position; `project` holds the rows of its persons so far."""

    counts: Counts
    project: Project
    position: Position = Position()
    whole: bool = True
    """False while a part is being added: such a state is not worth saving."""

    @staticmethod
    def begin(plan: Plan, project: Project) -> State:
        """Return the state of a run that has read nothing but the project's own files."""
        return State(Counts.none(plan), project)


def run_key(plan: Plan, fingerprint: Mapping[str, str]) -> str:
    """Return a name for a run: one question, put by this code to these files."""
    question = {
        "choices": plan.choices.as_dict(),
        "months": [str(plan.first), str(plan.last)],
        "as_of": plan.as_of.isoformat(),
        "files": dict(fingerprint),
        "code_list": [plan.code_list.benefits, plan.code_list.offers, plan.code_list.groups],
    }
    digest = hashlib.sha256(json.dumps(question, sort_keys=True, default=list).encode())
    for path in sorted(CODE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def save(state: State, path: Path) -> None:
    """Write the state beside the old one, then rename."""
    spells, offers = joined_spells(state.project.spells), joined_activities(state.project.offers)
    state.project.spells, state.project.offers = [spells], [offers]
    aside = path.with_suffix(".new")
    tallies = {
        f"{name}_{part}": getattr(getattr(state.counts, name), part)
        for name in ("spells", "offers", "mentors")
        for part in ("counts", "rows")
    }
    place = state.position
    with aside.open("wb") as file:
        np.savez(
            file,
            position=np.array([place.spells, place.offers, place.mentors, place.part]),
            steps=state.counts.steps,
            spell_person=spells.person,
            spell_keys=spells.keys,
            offer_person=offers.person,
            offer_kind=offers.kind,
            offer_starts=offers.starts,
            offer_ends=offers.ends,
            **tallies,
        )
    aside.replace(path)


def load(path: Path, project: Project) -> State | None:
    """Return a saved state, or None where there is none that can be read."""
    try:
        with np.load(path) as saved:
            found = {name: saved[name] for name in saved.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    counts = Counts(found["steps"])
    for name, rules in (("spells", SPELLS), ("offers", ACTIVITIES), ("mentors", ACTIVITIES)):
        tally = Tally(rules)
        tally.counts, tally.rows = found[f"{name}_counts"], found[f"{name}_rows"]
        setattr(counts, name, tally)
    project.spells = [PackedSpells(found["spell_person"], found["spell_keys"])]
    project.offers = [
        Activities(
            found["offer_person"], found["offer_kind"], found["offer_starts"], found["offer_ends"]
        )
    ]
    return State(counts, project, Position(*(int(rows) for rows in found["position"])))
