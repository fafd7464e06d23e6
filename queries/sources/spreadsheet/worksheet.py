"""One sheet of an XLSX, as a stream of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import damaged
from queries.sources.spreadsheet.book import Rect, Sheet
from queries.sources.spreadsheet.cell_values import MOST_COLUMNS, MOST_ROWS, Values
from queries.sources.spreadsheet.formats import Shown, number_text
from queries.sources.spreadsheet.grid import Grid, Size, run_of
from queries.sources.spreadsheet.tidying import tidy
from queries.sources.spreadsheet.xml import Budget, read_xml, unescaped

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?", re.ASCII)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.ASCII)
_YES = frozenset({"1", "true"})


class Formulas:
    """How many formulas with a stored value were read."""

    computed = 0


def read_worksheet(
    pieces: Iterable[bytes],
    *,
    name: str,
    hidden: bool,
    strings: Sequence[str],
    shown: Sequence[Shown],
    from_1904: bool,
    formulas: Formulas,
    size: Size,
    budget: Budget,
) -> Sheet:
    """Return a sheet with its stored values. Raises UserError for what is broken or too large."""
    reader = _Worksheet(Grid(name, size), strings, shown, from_1904=from_1904)
    read_xml(pieces, reader, budget)
    formulas.computed += reader.computed
    return reader.grid.sheet(
        hidden=hidden,
        merged=reader.merged,
        hidden_rows=run_of(reader.hidden_rows),
        hidden_columns=run_of(sorted(reader.hidden_columns)),
    )


class _Worksheet:
    """Follows the elements of a sheet; `row` and `column` are from 0."""

    def __init__(
        self, grid: Grid, strings: Sequence[str], shown: Sequence[Shown], *, from_1904: bool
    ) -> None:
        self.grid = grid
        self.merged: list[Rect] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: set[int] = set()
        self.computed = self._said_hidden = 0
        self._strings, self._shown = strings, shown
        self._values = Values(grid, shown, from_1904)
        self._columns: dict[str, int] = {}
        self._row, self._column = -1, -1
        self._type, self._style = "n", 0
        self._formula = self._phonetic = self._listening = False
        self._value: str | None = None
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._begin_cell(attributes)
        elif name in {"v", "t"}:
            self._listening = not self._phonetic
            self._parts = []
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in _YES:
            self._hide_columns(attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "c":
            self._end_cell()
        elif name in {"v", "t"} and self._listening:
            self._listening = False
            self._value = (self._value or "") + "".join(self._parts)
        elif name == "rPh":
            self._phonetic = False

    def text(self, text: str) -> None:
        """Text stands here."""
        if self._listening:
            self._parts.append(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r")
        row = self._row + 1 if said is None else _number(said) - 1
        if row <= self._row:
            raise damaged("rækkerne står ikke i orden")
        if row >= MOST_ROWS:
            raise damaged("der er flere rækker, end et regneark kan have")
        self._row, self._column = row, -1
        if attributes.get("hidden") in _YES or attributes.get("ht") == "0":
            self.hidden_rows.append(row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            column = self._column + 1
        else:
            name = reference.rstrip("0123456789")
            known = self._columns.get(name)
            column = self._place(name) if known is None else known
            if reference[len(name) :] != str(self._row + 1):
                raise damaged("en celle står i en anden række, end den siger")
        if column <= self._column or column >= MOST_COLUMNS:
            raise damaged("cellerne i en række står ikke i orden")
        self._column = column
        self._type = attributes.get("t", "n")
        self._style = _number(attributes["s"]) if "s" in attributes else 0
        self._formula, self._value = False, None

    def _place(self, name: str) -> int:
        found = _REFERENCE.fullmatch(f"{name}1")
        if not found:
            raise damaged("en celle har en ugyldig adresse")
        at = 0
        for letter in found[1]:
            at = at * 26 + ord(letter) - 64
        self._columns[name] = at - 1
        return at - 1

    def _end_cell(self) -> None:
        value, kind, row, column = self._value, self._type, self._row, self._column
        if value is None or (value == "" and kind in {"n", "b", "e", "d"}):
            if self._formula and kind != "inlineStr":
                self._values.nothing(row, column)
            return
        self.computed += self._formula
        if kind == "n":
            self._number(value)
        elif kind == "s":
            at = _number(value)
            if at >= len(self._strings):
                raise damaged("en celle henviser til en tekst, der ikke findes")
            self._values.text(row, column, self._strings[at])
        elif kind in {"str", "inlineStr"}:
            self._values.text(row, column, tidy(unescaped(value)))
        elif kind == "b":
            self._values.truth(row, column, value=value in _YES)
        elif kind == "d":
            self._date(value)
        else:
            self._values.error(row, column, tidy(value))

    def _date(self, value: str) -> None:
        day = value.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        if not _ISO.fullmatch(day):
            raise damaged("en dato er ugyldig")
        self.grid.add(self._row, self._column, day)

    def _number(self, value: str) -> None:
        style = self._style
        is_plain = style >= len(self._shown) or self._shown[style] == "number"
        if is_plain and value.isdecimal() and value.isascii() and len(value) <= 15:
            self.grid.add(self._row, self._column, value.lstrip("0") or "0")
            return
        number = number_text(value.strip())
        if number is None:
            self._values.error(self._row, self._column, tidy(value))
        else:
            self._values.number(self._row, self._column, number, style)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = [_REFERENCE.fullmatch(corner) for corner in (first, last or first)]
        if not corners[0] or not corners[1]:
            raise damaged("et flettet område har en ugyldig adresse")
        (r0, c0), (r1, c1) = (
            (int(found[2]) - 1, self._place(found[1])) for found in corners if found
        )
        if r0 < 0 or r1 < r0 or c1 < c0:
            raise damaged("et flettet område har en ugyldig adresse")
        self.merged.append((r0, c0, r1, c1))
        if len(self.merged) > limits.MERGED:
            raise limits.too_large("flettede områder", limits.MERGED, " i et regneark")

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        self._said_hidden += 1
        if self._said_hidden > MOST_COLUMNS:
            raise damaged("for mange beskrivelser af kolonner")
        first, last = _number(attributes.get("min", "")), _number(attributes.get("max", ""))
        self.hidden_columns.update(range(max(0, first - 1), min(last, MOST_COLUMNS)))


def _number(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) <= 9):
        raise damaged("et tal i opbygningen er ugyldigt")
    return int(text)
