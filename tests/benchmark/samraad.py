"""Samråd: a long draft checked, a note for every kommune, and a folder as each of its documents.

Each is measured in a process of its own, as the application makes them, so that its memory is its
own and nothing is remembered from the one before.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tests.benchmark.imports import megabytes
from tests.benchmark.report import Row

if TYPE_CHECKING:
    from pages.samraad.model import Folder

Made = TypeVar("Made")
ROOT = Path(__file__).resolve().parents[2]
CHECK_SECONDS, NOTES_SECONDS = 2.0, 60.0
LETTERS = 60_000
"""Of some 20 pages with 3.000 letters each."""
SENTENCES = 5
"""In a paragraph of the draft."""

DOCUMENTS = {"word": "Word", "pdf": "PDF", "powerpoint": "PowerPoint", "excel": "Excel"}
_PASSIVE = {"indikator": "passive_ressourceforloeb", "periode": "2017M06", "kommune": "0316"}
_GROUP_2 = {"indikator": "gruppe_2_over_9_maaneder", "niveau": "jobcenter", "kommune": "0316"}
ITEMS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("kort", _PASSIVE),
    ("soejler", _PASSIVE),
    ("tragt", _PASSIVE),
    ("intervaller", _PASSIVE),
    ("fordeling", _PASSIVE),
    ("tabel", _PASSIVE),
    ("saetning", _PASSIVE),
    ("serie", {"indikator": "passive_ressourceforloeb", "kommune": "0316"}),
    ("stablet", _GROUP_2),
    ("forloeb", _GROUP_2 | {"indikator": "virksomhedspraktik"}),
    ("profil", {"kommune": "0316"}),
    ("sammenligning", {"sammenlign": "0316,0330,0360,0376,0390"}),
)


def measure_rows(folder: Path) -> list[Row]:
    """Measure on the warehouse in `folder`."""
    checked = _in_own_process("check", folder)
    rows = [
        Row(
            f"Udkast på {checked['letters'] / 3000:.0f} sider, påstandstjek",
            checked["seconds"],
            "s",
            budget=CHECK_SECONDS,
            note=f"{checked['sentences']:.0f} sætninger fra korpusset, {checked['claims']:.0f} "
            f"påstande; anden gang {_seconds(checked['again'])} s; {_cpu(checked)}",
        ),
        Row("  hukommelse, hele processen", checked["mb"], "MB"),
    ]
    notes, bare = (_in_own_process(what, folder) for what in ("notes", "note-data"))
    rows += [
        Row(
            f"{notes['count']:.0f} kommunenotater, hver for sig, i en zip og i én PDF",
            notes["seconds"],
            "s",
            budget=NOTES_SECONDS,
            note=f"tallene slået op alene: {_seconds(bare['seconds'])} s; {_cpu(notes)}",
        ),
        Row("  hukommelse", notes["mb"], "MB"),
    ]
    for name, label in DOCUMENTS.items():
        one = _in_own_process(name, folder)
        rows += [
            Row(
                f"En mappe med {len(ITEMS)} poster som {label}",
                one["seconds"],
                "s",
                baseline=one["look_up"],
                note=f"over opslaget alene, {_seconds(one['look_up'])} s; filen fylder "
                f"{one['kb']:.0f} kB; {_cpu(one)}",
            ),
            Row("  hukommelse", one["mb"], "MB"),
        ]
    return rows


def _cpu(one: Mapping[str, float]) -> str:
    """Say what the processors took, which other work on the machine changes little."""
    return f"{_seconds(one['cpu'])} s processortid"


def _seconds(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _in_own_process(what: str, folder: Path) -> dict[str, float]:
    said = subprocess.run(
        [sys.executable, "-m", "tests.benchmark.samraad", what],
        cwd=ROOT,
        env=os.environ | {"INDSATSATLAS_DATA": str(folder)},
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    found: dict[str, float] = json.loads(said)
    return found


def draft() -> str:
    """Return a draft of the corpus' sentences in a fixed disorder, some said again to fill it."""
    from tests.queries.claims.corpus import sentences

    texts = [one.text for one in sentences()]
    random.Random(554).shuffle(texts)
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < LETTERS:
        start = len(paragraphs) * SENTENCES
        paragraphs.append(" ".join(texts[n % len(texts)] for n in range(start, start + SENTENCES)))
    return "\n\n".join(paragraphs)


def folder_of(version: str) -> Folder:
    """Return a folder with an item of most kinds."""
    from pages.samraad import content
    from pages.samraad.model import Entry, Folder

    return Folder(
        title="Passive i ressourceforløb",
        reference="BEU alm. del, spørgsmål 554",
        question="Hvor mange er passive?",
        answer="Det er der tal for.",
        entries=tuple(
            Entry(content.made(kind, parameters, version), dt.date(2026, 11, 27))
            for kind, parameters in ITEMS
        ),
    )


def _check() -> dict[str, float]:
    from queries import Atlas, check_claims

    atlas, text = Atlas(), draft()
    first, cpu, report = _timed(lambda: check_claims(atlas, text))
    again, _, _ = _timed(lambda: check_claims(atlas, text))
    return {
        "seconds": first,
        "cpu": cpu,
        "again": again,
        "letters": len(text),
        "sentences": report.sentences,
        "claims": len(report.claims),
    }


def _notes() -> dict[str, float]:
    from pages.samraad.documents import note
    from queries import Atlas

    atlas = Atlas()
    codes = atlas.areas().filter(level="kommune")["area_id"].to_list()
    seconds, cpu, made = _timed(lambda: note.write(atlas, codes))
    return {"seconds": seconds, "cpu": cpu, "count": len(made)}


def _note_data() -> dict[str, float]:
    from pages.sammenligning.profile_rows import profile_rows
    from pages.samraad.documents.note.contents import RULE
    from queries import Atlas

    atlas = Atlas()
    codes = atlas.areas().filter(level="kommune")["area_id"].to_list()
    seconds, _, _ = _timed(lambda: [profile_rows(atlas, c, RULE, over_time=False) for c in codes])
    return {"seconds": seconds}


def _document(what: str) -> dict[str, float]:
    from pages.samraad import shown, writers
    from queries import Atlas

    atlas, write = Atlas(), writers.writer(what)
    folder = folder_of(atlas.version)
    look_up, _, (briefing, left_out) = _timed(lambda: shown.briefing(atlas, folder))
    if left_out:
        raise RuntimeError("; ".join(left_out))
    seconds, cpu, made = _timed(lambda: write(briefing))
    return {"look_up": look_up, "seconds": seconds, "cpu": cpu, "kb": len(made) / 1e3}


def _timed(work: Callable[[], Made]) -> tuple[float, float, Made]:
    """Return seconds, seconds of processors (also of processes that ended), and what was made."""
    start, before = time.perf_counter(), _processors()
    found = work()
    return time.perf_counter() - start, _processors() - before, found


def _processors() -> float:
    return sum(os.times()[:4])


def _measure(what: str) -> dict[str, float]:
    tasks = {"check": _check, "notes": _notes, "note-data": _note_data}
    found = tasks[what]() if what in tasks else _document(what)
    return found | {"mb": megabytes()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(sys.argv[1])))
