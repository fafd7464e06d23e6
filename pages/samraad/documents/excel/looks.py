"""How cells look: heads, numbers by unit, dates, and the words of what is not shown."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from pages.figures.palette import CLASS_FILLS, TEXT, TONES

ACCENT = CLASS_FILLS[3]
FONT_SIZE = 10
FONT = {"font_name": "Arial", "font_size": FONT_SIZE, "font_color": TEXT, "font_scheme": "none"}
STATUS_PATTERNS = {"suppressed": 14, "left_out": 17, "not_collected": 1}
"""Hatched, dotted and plain grey, as on the map: the numbers of Excel's patterns."""

DATE = "dd-mm-yyyy"
MONTH = "[$-406]mmmm yyyy"


class Looks:
    """Formats of a workbook, each made once however often it is asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **wanted: Any) -> Format:
        """Return a format with these properties besides font and colour."""
        properties = FONT | {"valign": "top"} | wanted
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]

    @property
    def title(self) -> Format:
        """A sheet's first line."""
        return self.of(bold=True, font_size=14, text_wrap=True)

    @property
    def head(self) -> Format:
        """The head of a column."""
        return self.of(bold=True, text_wrap=True, bottom=2, bottom_color=ACCENT, valign="bottom")

    @property
    def head_of_numbers(self) -> Format:
        """The head of a column of numbers, which stand to the right."""
        return self.of(
            bold=True,
            text_wrap=True,
            bottom=2,
            bottom_color=ACCENT,
            valign="bottom",
            align="right",
        )

    @property
    def term(self) -> Format:
        """What stands before a text."""
        return self.of(bold=True, text_wrap=True)

    @property
    def text(self) -> Format:
        """Running text."""
        return self.of(text_wrap=True)

    @property
    def warning(self) -> Format:
        """The label of made-up numbers."""
        return self.of(bold=True, font_color="#ffffff", bg_color=ACCENT)

    @property
    def link(self) -> Format:
        """A link within the workbook."""
        return self.of(font_color="#1f4e8c", underline=1, text_wrap=True)

    def number(self, look: str, *, marked: bool = False) -> Format:
        """Return how a number of a format is written; the reader's own row stands out."""
        return self.of(num_format=look, align="right", **_marked(marked))

    def word(self, *, marked: bool = False, right: bool = False) -> Format:
        """Return how a name is written; to the right where it stands among numbers."""
        side = {"align": "right"} if right else {}
        return self.of(text_wrap=True, **side, **_marked(marked))

    def missing(self, status: str) -> Format:
        """Return how the word for a number that is not shown is written: grey, by its reason."""
        pattern = STATUS_PATTERNS.get(status, 1)
        ground = {"bg_color": TONES["ground"].hex()}
        if pattern != 1:
            ground = {"fg_color": TONES["grey"].hex(), "bg_color": "#ffffff"}
        return self.of(
            italic=True, align="right", font_color=TONES["muted"].hex(), pattern=pattern, **ground
        )


def _marked(marked: bool) -> dict[str, Any]:
    return {"bold": True, "bg_color": "#f9e9eb"} if marked else {}
