"""Small answers to read, and the parts that their error messages share."""

from __future__ import annotations

import pytest

from queries.sources.kommune_names import KommuneNames
from queries.sources.ministerial_answer import AnswerError, AnswerTable, read_answer

CAPTION = "Tabel 1. Antal og andel passive borgere fordelt på\nkommuner, juni 2017\n\n"
ROWS = (
    "Morsø 30 52%\n"  # denominator 58 only
    "Samsø 5 33%\n"  # denominator 15 only
    "Dragør . 17%\n"  # 1 of 6 or 2 of 12
    "I alt 40 40%\n"  # 99 to 101 people; at most 4 outside the three rows
)
NOTE = "Anm.: Ved færre end 3 borgere er antallet erstattet med '.'. Fanø indgår derfor ikke.\n"
ORDER = "»kommune antal andel« (kolonneoverskriften i linje 4)"
HEADERS = "»Antal Andel«, »Andel (pct.) Antal personer« eller »Kommune Antal Pct.«"
COMPARE = "Sammenlign linjen med dokumentet; et ciffer kan mangle eller være byttet om."

EXPECTED = [("Morsø", 30, 52.0), ("Samsø", 5, 33.0), ("Dragør", None, 17.0)]
CAPTION_MISSING = (
    "svar.txt, linje 3: der er ingen tabeltekst over kolonneoverskriften. Fundet: »Antal Andel«. "
    "Forventet: en tabeltekst som »Tabel 1. … fordelt på kommuner, juni 2017«. "
    "Tag linjerne over tabellen med."
)
PERIOD = (
    "Forventet: præcis én periode, skrevet som »juni 2017«, »1. juni 2017«, »4. kvartal 2018« "
    "eller »uge 52 2016«. Skriv perioden i tabelteksten, som den fremgår af dokumentet."
)
UNREADABLE = (
    f"Forventet: en række i rækkefølgen {ORDER}, en total eller en note (»Anm.:«). "
    "Ret linjen efter dokumentet, eller slet den, hvis den ikke hører til tabellen."
)
TOTAL_AGAINST_ROWS = (
    "Sammenlign rækkerne og totalen med dokumentet; et ciffer kan mangle, eller en række kan være "
    "faldet ud."
)
NO_HEADER = (
    f"Forventet: en kolonneoverskrift under tabelteksten som {HEADERS}. "
    "Ret kolonneoverskriften, eller slet tabellen, hvis den ikke skal læses."
)


def document(
    rows: str = ROWS, *, caption: str = CAPTION, header: str = "Antal Andel\n", below: str = ""
) -> str:
    """A small answer: caption on lines 1-3, header on line 4, rows from line 5."""
    return caption + header + rows + below


def read(names: KommuneNames, text: str) -> tuple[AnswerTable, ...]:
    return read_answer(text, document="svar.txt", names=names).tables


def read_one(names: KommuneNames, text: str) -> AnswerTable:
    (table,) = read(names, text)
    return table


def printed(table: AnswerTable) -> list[tuple[object, ...]]:
    """Name, count and share per row: what a reader of the page would compare."""
    return table.rows.select("printed_name", "count", "share_pct").rows()


def all_kommuner(names: KommuneNames, *but: str) -> str:
    """A row '5 20%' (22 to 25 people) for every kommune but those with these codes."""
    return "".join(f"{names.name(code)} 5 20%\n" for code in names.codes if code not in but)


def refusal(names: KommuneNames, text: str) -> str:
    with pytest.raises(AnswerError) as refused:
        read(names, text)
    return str(refused.value)


def changed(old: str, new: str, below: str = "") -> str:
    assert ROWS.count(old) == 1
    return document(ROWS.replace(old, new), below=below)
