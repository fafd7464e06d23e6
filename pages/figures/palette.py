"""How a value looks: class colours, tones, status patterns and their Danish names.

The one definition behind the map on screen (handed to the browser as CSS by
`pages.components`), the drawn SVG (`map_svg`) and the bars. Greys are not colours of their own but
shares of the text colour in the background, so that they follow any theme.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Status = Literal["suppressed", "left_out", "not_collected", "no_difference", "outside"]

TEXT = "#1b1f24"
"""Text colour of the light theme, which paper and exported files use."""

BACKGROUND = "#ffffff"

CLASS_FILLS = ("#fbe3c4", "#f5b78a", "#e2795b", "#b63a4b", "#6d1237")
"""Sequential, light to dark, told apart with every common colour blindness, in both themes."""

DIVERGING_FILLS = (
    "#1f4e8c", "#6a97c9", "#bcd3ea", "#f3f0ea", "#f6c89a", "#dd8a3d", "#8f4700"
)  # fmt: skip
"""For differences, lower to higher: blue and orange, told apart with every colour blindness.

Neither is good or bad: that depends on the indicator."""

SHARE_BREAKS = (10.0, 20.0, 30.0, 40.0)
"""Boundaries in percent, fixed across periods so that two maps can be compared."""

STATUS_LABELS: dict[Status, str] = {
    "suppressed": "Skjult (diskretion)",
    "left_out": "Udeladt af kilden",
    "not_collected": "Ikke opgjort",
    "no_difference": "Ingen forskel kan beregnes",
    "outside": "Uden for udvalget",
}


@dataclass(frozen=True)
class Tone:
    """A grey: `percent` of the text colour mixed into the background."""

    percent: int

    def hex(self, text: str = TEXT, background: str = BACKGROUND) -> str:
        """The mixed colour as #rrggbb, for files that know their theme."""
        pairs = zip(_channels(text), _channels(background), strict=True)
        mixed = (round((a * self.percent + b * (100 - self.percent)) / 100) for a, b in pairs)
        return "#" + "".join(f"{channel:02x}" for channel in mixed)

    def css(self) -> str:
        """The same mix for the browser, which takes both colours from the reader's theme."""
        return f"color-mix(in srgb, var(--figure-text) {self.percent}%, var(--figure-background))"


TONES: dict[str, Tone] = {
    "ground": Tone(7),  # under hatch and dots
    "ink": Tone(66),  # hatch and dots: at least 4.5:1 against the ground in both themes
    "grey": Tone(34),  # not collected
    "outside": Tone(6),  # filtered away
    "coast": Tone(58),  # where land meets water: 3:1 against the background
    "border": Tone(88),  # between areas of light classes
    "frame": Tone(40),  # boxes around insets
    "muted": Tone(76),  # secondary text
}


VERDICTS = {"good": "#17805f", "bad": "#d0354c", "open": "#d98310"}
"""Edges of boxes that judge something: never alone, a word says the same."""
LINES: dict[str, float] = {
    "coast": 2.2,  # drawn beneath the areas, so that half of it is seen
    "area": 0.6,
    "frame": 1.0,
    "selection": 3.0,
    "halo": 7.0,
}
"""Widths in pixels, however large the map is drawn."""

LIGHT_BORDER = "#c9a7b3"
LIGHT_BORDER_FROM = 3
"""Areas from this class on have the light border: a dark line would not be seen on them."""


def light_border(fill: int, *, diverging: bool = False) -> bool:
    """Whether the class is so dark that its areas have the light border, and text white."""
    if diverging:
        return fill in (0, len(DIVERGING_FILLS) - 1)
    return fill >= LIGHT_BORDER_FROM


@dataclass(frozen=True)
class Pattern:
    """A repeated mark: `size` in pixels at normal scale, `mark` as SVG drawn in the ink colour."""

    size: int
    mark: str


PATTERNS: dict[Status, Pattern] = {
    "suppressed": Pattern(
        6, '<path d="M-1.5 1.5l3-3M-1.5 7.5l9-9M4.5 7.5l3-3" stroke-width="1.5" fill="none"/>'
    ),
    "left_out": Pattern(
        7,
        '<circle cx="1.75" cy="1.75" r="1.15" stroke="none"/>'
        '<circle cx="5.25" cy="5.25" r="1.15" stroke="none"/>',
    ),
    "no_difference": Pattern(6, '<path d="M0 3h6M3 0v6" stroke-width="1" fill="none"/>'),
}
"""Statuses that are hatched; the others are plain (`SOLID_TONES`)."""

SOLID_TONES: dict[Status, str] = {"not_collected": "grey", "outside": "outside"}


def classify(share_pct: float, breaks: Sequence[float] = SHARE_BREAKS) -> int:
    """The class of a share: the number of boundaries it has reached.

    A class includes its lower boundary and not its upper one: with boundaries 10, 20, … exactly
    10 is in the second class (1) and 9.99 in the first (0). Zero is a value and falls in class 0.

    Raises `ValueError` for a negative or undefined share and for boundaries that do not ascend.
    """
    if not share_pct >= 0:
        raise ValueError(f"a share is 0 or more, not {share_pct}")
    if list(breaks) != sorted(set(breaks)):
        raise ValueError(f"boundaries must ascend: {breaks}")
    return bisect_right(breaks, share_pct)


def _channels(colour: str) -> tuple[int, int, int]:
    value = int(colour.removeprefix("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255
