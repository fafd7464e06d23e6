"""One printed row, interpreted by the header: which kommune, which count, which share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from queries.sources.answer import cells
from queries.sources.answer.header import COUNT, Header
from queries.sources.answer.lines import Line
from queries.sources.answer.model import Row
from queries.sources.answer.refusal import Refusals, danish_list, shown
from queries.sources.kommune_names import KommuneNames, fold

TOTAL_CODE = "000"
TOTAL_NAMES = frozenset(
    fold(name)
    for name in ("I alt", "Ialt", "Hele landet", "Landet i alt", "Total", "Alle kommuner")
)

_MOST_NAME_WORDS = 4
_CUT_NAME = re.compile(r"[^\W\d_][^\d%]*[^\W\d_] ?-")


@dataclass(frozen=True)
class RowReader:
    """Reads rows under one header."""

    header: Header
    names: KommuneNames
    refusals: Refusals

    def read(self, lines: Sequence[Line], index: int) -> tuple[Row, int] | None:
        """Return the row (or total) that begins at `index`, and the index after it.

        None when no row begins there; AnswerError for a row with an unreadable part. A name cut
        by a hyphen goes on in the next line of text: the hyphen stays if that gives a kommune
        ('Ringkøbing-' 'Skjern'), else it goes ('Frederiks-' 'sund').
        """
        line = lines[index]
        if not _CUT_NAME.fullmatch(line.text):
            text = cells.row_text(line.text)
            if text is None:
                return None
            self._refuse_cut_text(line, last=index == len(lines) - 1)
            return self._row(line, line.text, text), index + 1
        following = index + 1
        while following < len(lines) and lines[following].noise_in_table:
            following += 1
        rest = lines[following].text if following < len(lines) else ""
        candidates = [line.text + rest, line.text[:-1] + rest]
        if line.text.endswith(" -"):
            candidates = [f"{line.text} {rest}"]
        rows = [(printed, cells.row_text(printed)) for printed in candidates]
        known = [(p, t) for p, t in rows if t is not None and self.names.code(t.name) is not None]
        for printed, text in known or rows:
            if text is not None:
                return self._row(line, printed, text), following + 1
        return None

    def _refuse_cut_text(self, line: Line, *, last: bool) -> None:
        """Refuse a figure at the very end of a text: the text may have been cut inside it."""
        if last and line.text[-1].isdigit():
            self.refusals.refuse(
                line.number,
                "teksten slutter midt i tabellen, måske midt i et tal.",
                found=line.text,
                expected="et linjeskift efter tabellens sidste række.",
                action="Tjek, at hele dokumentets tekst er med, og slut den med et linjeskift.",
            )

    def order(self) -> str:
        """Say in Danish which order the columns have, and which line says so."""
        columns = ["antal", "andel"] if self.header.columns[0] == COUNT else ["andel", "antal"]
        where = self.refusals.at(self.header.line)
        return f"»kommune {' '.join(columns)}« (kolonneoverskriften {where})"

    def _row(self, line: Line, printed: str, text: cells.RowText) -> Row:
        pair = (text.first, text.second)
        count_first = self.header.columns[0] == COUNT
        count_cell, share_cell = pair if count_first else pair[::-1]
        for cell in pair:
            if cells.is_negative(cell):
                self.refusals.refuse(
                    line.number,
                    f"tallet »{shown(cell)}« er negativt.",
                    found=printed,
                    expected="et antal eller en andel på nul eller derover, »-« for ingen.",
                    action="Ret tallet efter dokumentet.",
                )
        code = self._code(line, printed, text.name)
        count = cells.read_count(count_cell)
        if count is None or (code == TOTAL_CODE and count.value is None):
            self._refuse_count(line, printed, count_cell, total=code == TOTAL_CODE)
        share = cells.read_share(share_cell)
        if share is None:
            self.refusals.refuse(
                line.number,
                f"andelen »{shown(share_cell)}« kan ikke læses.",
                found=printed,
                expected="en andel i procent som »21%«, »21 pct.« eller »21,4«, ».« for skjult "
                f"eller »-« for ingen, i rækkefølgen {self.order()}.",
                action="Ret andelen, eller tjek, at kolonnerne ikke er byttet om.",
            )
        return Row(
            line=line.number,
            text=printed,
            printed_name=text.name,
            kommunekode=code,
            count=count.value,
            count_status=count.status,
            share=share.value,
            share_status=share.status,
            share_cell=share_cell,
            hidden_below=count.below,
        )

    def _code(self, line: Line, printed: str, name: str) -> str:
        if fold(name) in TOTAL_NAMES:
            return TOTAL_CODE
        code = self.names.code(name) if cells.is_name(name) else None
        if code is None and cells.ends_in_limit(name):
            self.refusals.refuse(
                line.number,
                "antallet kan ikke læses.",
                found=printed,
                expected=f"en række i rækkefølgen {self.order()}, og et skjult antal som ».«, "
                "»<3« eller »færre end 3«.",
                action="Ret antallet efter dokumentet.",
            )
        if code is None:
            self.refusals.refuse(
                line.number,
                f"kommunen »{shown(name)}« er ukendt.",
                found=printed,
                expected="navnet på en af landets 98 kommuner; navne, der ligner: "
                f"{danish_list(self.names.nearest(name))}.",
                action="Ret navnet i teksten, eller føj det til som alias i kommuner.csv.",
            )
        return code

    def _refuse_count(self, line: Line, printed: str, cell: str, *, total: bool) -> NoReturn:
        what = "totalens antal" if total else "antallet"
        hidden = "." if total else ", ».« for skjult eller »-« for ingen,"
        self.refusals.refuse(
            line.number,
            f"{what} »{shown(cell)}« kan ikke læses.",
            found=printed,
            expected=f"et helt tal som »67« eller »2.790«{hidden}"
            + ("" if total else f" i rækkefølgen {self.order()}."),
            action="Ret antallet, eller tjek, at kolonnerne ikke er byttet om."
            if total or not cells.is_small_mark(cell)
            else "Et mærke som »færre end 3« eller »<3« læses som skjult, når tallet i det er fra "
            "2 til 10. Ret antallet efter dokumentet.",
        )


def seems_row(text: str, names: KommuneNames) -> bool:
    """Tell whether a line, wherever it stands, seems to be a row of a table by kommune.

    A name of a kommune or total with nothing but cells is one, and so are several side by side;
    with another name only when the name is short and begins in a capital, and one of the two
    cells is a percentage.
    """
    parts = cells.row_text(text)
    # Before anything that takes the hyphen of 'Faaborg - Midtfyn' for a cell.
    if parts is not None and _is_known(parts.name, names):
        return True
    side_by_side = cells.rows_side_by_side(text)
    if side_by_side and all(_is_known(part.name, names) for part in side_by_side):
        return True
    if not cells.is_name_and_cells(text):
        return False
    name = cells.name_before_cells(text)
    if _is_known(name, names):
        return True
    if parts is None or not cells.has_unit(parts.first + parts.second):
        return False
    return name[0].isupper() and len(name.split()) <= _MOST_NAME_WORDS


def _is_known(name: str, names: KommuneNames) -> bool:
    return names.code(name) is not None or fold(name) in TOTAL_NAMES
