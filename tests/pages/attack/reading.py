"""What a stranger reads in files by address: numbers, statuses, and nothing of our own code.

Text with decimal commas, JSON, and workbooks opened as the XML that they are.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

HIDDEN = ("skjult", "udeladt")
"""How a file's status begins where a number is not printed."""
SHOWN, ABSENT = "vist", "ikke opgjort"
_WHERE = ("omraadekode", "omraade", "niveau", "region", "landsdel", "indikator", "titel")
_WHEN = ("periode", "dato", "opdeling")
_HOW = ("status", "note", "kilde", "grundlag", "vurdering", "syntetisk")
WORDS = {*_WHERE, *_WHEN, *_HOW, "raekke_i_kilden", "linje_i_kilden"}
"""Columns that say where a number stands; in all others stands a number or nothing."""
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class Key:
    """A cell as every output names it; `made_up` tells two sources of one month apart."""

    indicator: str
    breakdown: str
    period: str
    area: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What one output tells of a cell: status, numbers by column, and where that was."""

    status: str
    numbers: Mapping[str, float]
    words: Mapping[str, str]
    where: str

    @property
    def hidden(self) -> bool:
        """Whether a number is there and not printed."""
        return self.status.startswith(HIDDEN)

    def whole(self, name: str) -> int | None:
        """Return a number that is a whole one; None where the output has none."""
        number = self.numbers.get(name)
        assert number is None or number == int(number), f"{self.where}: {name} is {number}"
        return None if number is None else int(number)


def csv_rows(body: bytes) -> Iterator[dict[str, str]]:
    """Yield the rows of a file as Danish Excel reads it."""
    return iter(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))


def json_rows(body: bytes) -> Iterator[dict[str, str]]:
    """Yield the rows of a JSON file as the texts that a spreadsheet would have."""
    for row in json.loads(body)["raekker"]:
        yield {name: _written(value) for name, value in row.items()}


def xlsx_rows(body: bytes) -> Iterator[dict[str, str]]:
    """Yield the rows of a workbook's first sheet, from its XML."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(node.itertext()) for node in shared.iter(f"{SHEET}si")]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = [dict(_xlsx_cells(row, texts)) for row in sheet.iter(f"{SHEET}row")]
    heads = rows[0]
    for row in rows[1:]:
        yield {name: row.get(column, "") for column, name in heads.items()}


def _xlsx_cells(row: ElementTree.Element, texts: list[str]) -> Iterator[tuple[str, str]]:
    for cell in row.iter(f"{SHEET}c"):
        value = cell.findtext(f"{SHEET}v")
        if value is not None:
            column = re.sub(r"\d", "", cell.get("r", ""))
            yield column, texts[int(value)] if cell.get("t") == "s" else value


def _written(value: object) -> str:
    return "" if value is None else str(value)


def told(rows: Iterable[Mapping[str, str]], where: str, **known: str) -> Iterator[tuple[Key, Told]]:
    """Yield what some rows tell; `known` is what the address says (indicator, breakdown)."""
    for row in rows:
        numbers = {name: number(text) for name, text in row.items() if text and name not in WORDS}
        key = Key(
            known.get("indicator") or row["indikator"],
            known.get("breakdown") or "alle",
            row["periode"],
            row["omraadekode"],
            row.get("syntetisk") == "ja",
        )
        words = {name: row[name] for name in WORDS if row.get(name)}
        yield key, Told(row["status"], numbers, words, where)


def number(text: str) -> float:
    """Return a number with decimal comma or point; a text that is none is an error."""
    return float(text.replace(",", "."))


def months(body: bytes) -> Iterator[tuple[str, str, str, dict[str, float]]]:
    """Yield area, period, text and numbers of the file that a map plays its months from."""
    file = json.loads(body)
    ids = list(dict.fromkeys(file["i"].split()))
    areas: dict[int, str] = {}
    for drawn, place in zip(ids, file["r"], strict=True):
        areas.setdefault(place, drawn)
    for place, columns in enumerate(zip(file["s"], file["n"], file["d"], strict=True)):
        shares, counts, bases = (column.split(",") for column in columns)
        count = base = 0
        for period, share, n, d in zip(file["p"], shares, counts, bases, strict=True):
            if n:
                count, base = count + int(n), base + int(d)
                found = {"antal": float(count), "naevner_mindst": float(base)}
                yield areas.get(place, ""), period, "", found | {"andel_pct": float(share)}
            elif share:
                look, _, text = share.partition(":")
                kept = {"andel_pct": float(look[1:])} if look.startswith("=") else {}
                yield areas.get(place, ""), period, file["x"][int(text)], kept


def head(body: bytes) -> dict[str, Any]:
    """Return what a JSON file says beside its rows."""
    return {name: value for name, value in json.loads(body).items() if name != "raekker"}
