"""A report written by hand on a small table, for tests of what is drawn of a report."""

from __future__ import annotations

from dataclasses import replace

from queries import CellVerdict, Proposal, TableCell, TableReport, Understood
from queries.tables.report import Difference, Problem, ReadTable, Summary

EXAMPLE = """\
Opdigtede tal
Kommune;Under 3 mdr.;3-6 mdr.;6-9 mdr.;Over 9 mdr.;I alt
Nordby;12;9;<3;14;36
Sønderby;8;<3;<3;7;19
Østerby;21;17;11;26;75
Vesterby;<3;5;4;<3;13
Midtby;15;12;8;19;54
I alt;57;45;27;68;197
"""
LINES = [line.split(";") for line in EXAMPLE.splitlines()[1:]]
LETTERS = "ABCDEF"
ROW = "Rækken er summen af sine dele"
COLUMN = "Kolonnen Under 3 mdr. er summen af kommunerne"


def cell(line: int, column: int, text: str) -> TableCell:
    name = f"{LETTERS[column]}{line + 2}"
    if line == 0 or column == 0:
        return TableCell(name, text, "label", "label")
    if text.startswith("<"):
        return TableCell(name, text, "hidden", "count")
    return TableCell(name, text, "shown", "count", int(text))


ROWS = tuple(
    tuple(cell(line, column, text) for column, text in enumerate(texts))
    for line, texts in enumerate(LINES)
)
TABLE = ReadTable(ROWS, 1, 1, (EXAMPLE.splitlines()[0],), (), "", (), "tekst med semikolon")
VERDICTS = (
    CellVerdict("D3", "Nordby, 6-9 mdr.", "computable", 1, (ROW,), "Nordby, 6-9 mdr.: findes."),
    CellVerdict("C4", "Sønderby, 3-6 mdr.", "narrowed", 2, (ROW, COLUMN), "Kan indsnævres."),
    CellVerdict("D4", "Sønderby, 6-9 mdr.", "protected", None, (), "Holder."),
    CellVerdict("B6", "Vesterby, Under 3 mdr.", "computable", 1, (COLUMN,), "Kan regnes ud."),
    CellVerdict("E6", "Vesterby, Over 9 mdr.", "small_shown", 1, (), "Vises <b>for</b> lille."),
)
SUMMARY = Summary(4, 2, 1, 1, 1, 2, 1, verdict="leaks", sentence="Tabellen røber for meget: 2 tal.")
SAFE = Summary(
    9, 0, 0, 0, 9, 0, 4, verdict="safe", sentence="Ingen af de 9 skjulte tal kan regnes ud."
)


def changed(**texts: str) -> tuple[tuple[TableCell, ...], ...]:
    return tuple(
        tuple(replace(one, text=texts[one.id]) if one.id in texts else one for one in row)
        for row in ROWS
    )


HIDE = Proposal(
    "hide",
    "Skjul flere tal",
    possible=True,
    rows=changed(B3="·", C5="·", D5="·"),
    header_rows=1,
    label_columns=1,
    above=(),
    notes=("·: skjult af hensyn til diskretion",),
    differences=tuple(
        Difference(name, "Et sted", before, "·") for name, before in (("B3", "12"), ("C5", "17"))
    ),
    cost=2,
    bound=2.0,
    gap=0.0,
    optimal=True,
    audit=SAFE,
    sentence="2 tal mere er skjult.",
)
ROUND = replace(
    HIDE,
    method="round",
    title="Afrund til nærmeste 5",
    rows=changed(B3="10", C5="15"),
    differences=(Difference("B3", "Et sted", "12", "10"),),
    cost=1,
    bound=None,
    gap=None,
    optimal=False,
    sentence="1 tal er afrundet.",
    base=5,
)
MERGE = replace(
    HIDE,
    method="merge",
    title="Slå sammen",
    possible=False,
    rows=(),
    differences=(),
    audit=None,
    optimal=False,
    sentence="Der er ingen grupper at slå sammen.",
)
REPORT = TableReport(
    table=TABLE,
    understood=(
        Understood("r1", ROW, "sum", "navn", used=True, switched_off=False, equations=6, broken=0),
        Understood(
            "k1", "3*4_5 [x](y)", "sum", "tal", used=True, switched_off=False, equations=1, broken=0
        ),
        Understood(
            "k2",
            "En, der ikke passer",
            "sum",
            "tal",
            used=False,
            switched_off=False,
            equations=5,
            broken=2,
        ),
    ),
    problems=(Problem("k2", "F3", 2, "I alt for Nordby er 2 for meget."),),
    remarks=("»<3« er læst som et skjult tal.",),
    criterion="strict",
    threshold=3,
    zeros_are_shown=False,
    verdicts=VERDICTS,
    summary=SUMMARY,
    proposals=(HIDE, ROUND, MERGE),
)
