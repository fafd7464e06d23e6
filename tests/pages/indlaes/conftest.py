"""The page 'Data' as the data owner sees it, over processes that are made up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pages.indlaes import access
from pages.indlaes.access import Request
from queries import UserError, importing
from queries.imports.told import About, Column, Inspection, Progress, Question, Series, Told

HERE = Request("127.0.0.1", {"host": "localhost:8501", "origin": "http://localhost:8501"})
SEEN = Inspection(
    form="tekst med semikolon",
    sheets=("Ark1", "Ark2"),
    sheet="Ark1",
    preview=(("Passive, juni 2017", ""), ("Kommune", "Antal"), ("Qvistbjerg", "4711")),
    header_rows=(2,),
    data_rows=(3,),
    rows=3,
    columns=(Column("A", "Kommune", "area", "column:0"), Column("B", "Antal", "numerator", "b")),
    questions=(
        Question("indicator", "Hvad er tallene?", (("a", "Alfa"), ("b", "Beta")), "", asked=True),
        Question("numbers", "Hvordan er tal skrevet?", (("d", "dansk"), ("e", "engelsk")), "d"),
        Question("column:0", "Hvad er kolonne A?", (("area", "område"), ("ignore", "-")), "area"),
        Question("first_row", "Første række", (("3", "3"),), "3", free=True),
    ),
)
READY = replace(
    SEEN,
    questions=(replace(SEEN.questions[0], chosen="a", asked=False), *SEEN.questions[1:]),
    series=(Series("passive_ressourceforloeb", "2017M09", "alle", 98, 90, 3, 4, 1),),
    can_import=True,
)
WARNED = replace(
    READY,
    findings=(
        Told("note", "n", "Arket er læst som sidst."),
        Told("warning", "jump", "Tallet springer.", "række 3", "4711"),
        Told("warning", "jump", "Tallet springer igen.", "række 4", "4712"),
        Told("warning", "gap", "Der mangler <b>en</b> kommune."),
    ),
)
WRONG = replace(
    SEEN,
    findings=(*WARNED.findings, Told("error", "unknown", "Ukendt kommune.", "række 5", "Arhus")),
    refused=b"rows",
    refused_xlsx=b"PK",
)
SAID = About("STAR", "Særtræk", "2026-17", "2026-10-01", "Frit", "", is_published=True)
MACHINE: dict[str, Any] = {
    "catalogue": [
        {
            "entry_id": f"{source}_{n}",
            "source": source,
            "table": f"t{n}",
            "title": f"Tabel {n} <{source}>",
            "frequency": "Månedligt",
            "meaning": "Måler noget.",
            "verified": "Ikke prøvet.",
            "indicators": ["Indikator"] if n < 3 else [],
            "fetched_on": "2026-10-02",
            "updated_on": "2026-09-20",
            "next_on": None,
        }
        for source in ("jobindsats", "statistikbanken")
        for n in (1, 2, 3)
    ],
    "calendar": [
        {
            "on": "2026-09-20",
            "title": "Sent <b>",
            "source": "STAR",
            "basis": "publisher",
            "overdue": True,
            "updated_on": "2026-08-20",
        },
        {
            "on": "2126-12-01",
            "title": "Ventet",
            "source": "DST",
            "basis": "frequency",
            "overdue": False,
            "updated_on": None,
        },
        {
            "on": None,
            "title": "Aldrig",
            "source": "DST",
            "basis": "unknown",
            "overdue": False,
            "updated_on": None,
        },
    ],
    "keys": {"jobindsats": {"is_set": False, "how": "Sæt nøglen i NOEGLE."}},
    "register": ["koersel.parquet"],
}


@dataclass
class Machine:
    """What the page asked for, and what it is told."""

    seen: Inspection | Exception = READY
    overview: dict[str, Any] = field(default_factory=lambda: dict(MACHINE))
    progress: Progress | None = None
    asked: list[tuple[str, Any]] = field(default_factory=list)

    def last(self, name: str) -> Any:
        return [given for one, given in self.asked if one == name][-1]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """The data owner's machine: everything behind the page is made up."""
    monkeypatch.delenv(access.SETTING, raising=False)
    monkeypatch.setattr(access, "_request", lambda: HERE)
    monkeypatch.setattr(access, "_server_address", lambda: "localhost")
    made = Machine()

    def inspect(content: bytes, name: str, kind: str, **more: Any) -> Inspection:
        made.asked.append(("inspect", {"content": content, "name": name, "kind": kind, **more}))
        if isinstance(made.seen, Exception):
            raise made.seen
        return replace(made.seen, about=more.get("about") or About())

    def begin(name: str) -> Any:
        def begun(*given: Any, **more: Any) -> str:
            made.asked.append((name, (given, more)))
            if made.progress is not None and not made.progress.over:
                raise UserError("Der er allerede en import i gang.")
            made.progress = Progress("0" * 16, "fil", "running")
            return "0" * 16

        return begun

    def cancel(name: str) -> None:
        made.asked.append(("cancel", name))

    monkeypatch.setattr(importing, "inspect", inspect)
    monkeypatch.setattr(importing, "overview", lambda: made.overview)
    for name in ("begin_import", "begin_fetch", "begin_undo"):
        monkeypatch.setattr(importing, name, begin(name))
    monkeypatch.setattr(importing, "cancel", cancel)
    monkeypatch.setattr(importing, "job", lambda _: made.progress)
    monkeypatch.setattr(
        importing,
        "running",
        lambda: made.progress if made.progress and not made.progress.over else None,
    )
    return made
