"""What a map shows: its cells and the key a reader needs to understand them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pages.figures.palette import CLASS_FILLS, DIVERGING_FILLS, SHARE_BREAKS, Status

Fill = int | Status
"""A class index (0 is the lightest) or the reason why there is no value to colour."""


@dataclass(frozen=True)
class MapCell:
    """One area: its id, official name, value as Danish text ('52 pct., 117 borgere') and fill."""

    area_id: str
    name: str
    value_text: str
    fill: Fill


@dataclass(frozen=True)
class Legend:
    """The key: `classes` as (lower, upper or None, label), and the statuses that occur.

    `unit` ('pct.') is added to the title unless the labels already carry it. `note` says how the
    classes came about. With `diverging`, classes are those of differences (`DIVERGING_FILLS`).
    """

    title: str
    unit: str
    classes: tuple[tuple[float, float | None, str], ...]
    statuses_present: tuple[Status, ...] = ()
    note: str = ""
    diverging: bool = False

    def __post_init__(self) -> None:
        colours = DIVERGING_FILLS if self.diverging else CLASS_FILLS
        if len(self.classes) > len(colours):
            raise ValueError(f"{len(self.classes)} classes, but only {len(colours)} colours")

    @property
    def heading(self) -> str:
        """The title with its unit, as written above the key."""
        if not self.unit or all(self.unit in label for _, _, label in self.classes):
            return self.title
        return f"{self.title} ({self.unit})"


STATUS_ORDER: tuple[Status, ...] = (
    "suppressed", "left_out", "not_collected", "no_difference", "outside"
)  # fmt: skip


def statuses_in(cells: Sequence[MapCell]) -> tuple[Status, ...]:
    """The statuses that occur among `cells`, in the order a key lists them."""
    found = {cell.fill for cell in cells}
    return tuple(status for status in STATUS_ORDER if status in found)


def share_legend(
    title: str,
    cells: Sequence[MapCell],
    breaks: Sequence[float] = SHARE_BREAKS,
    *,
    whole: bool = False,
    note: str = "",
) -> Legend:
    """The key of a map of percentages in the classes of `breaks` (the same as `classify` was
    given), with the statuses that occur among `cells`.

    `whole` says that shares are whole percents: then a class ends at the number before the next
    one begins ('10–19 pct.'), and no reader wonders where 20 belongs.
    """
    edges = [0.0, *breaks]
    uppers: list[float | None] = [*breaks, None]
    classes = tuple(
        (low, high, _class_label(low, high, whole=whole))
        for low, high in zip(edges, uppers, strict=True)
    )
    return Legend(title, "pct.", classes, statuses_in(cells), note)


def class_labels(breaks: Sequence[float], *, whole: bool = False) -> list[str]:
    """The labels of the classes of `breaks`, as `share_legend` writes them."""
    return [label for _, _, label in share_legend("", (), breaks, whole=whole).classes]


def difference_legend(title: str, cells: Sequence[MapCell], breaks: Sequence[float]) -> Legend:
    """The key of a map of differences: symmetric classes about none, lowest first."""
    least, *_, most = breaks
    between = [f"{_number(low)}–{_number(high)}" for low, high in pairwise(breaks)]
    labels = [
        f"{_number(most)} og derover lavere",
        *(f"{label} lavere" for label in reversed(between)),
        f"under {_number(least)} fra eller til",
        *(f"{label} højere" for label in between),
        f"{_number(most)} og derover højere",
    ]
    edges = [*(-one for one in reversed(breaks)), *breaks, None]
    classes = tuple(
        (low if low is not None else -100.0, high, label)
        for low, high, label in zip([None, *edges[:-1]], edges, labels, strict=True)
    )
    return Legend(title, "procentpoint", classes, statuses_in(cells), diverging=True)


def _class_label(low: float, high: float | None, *, whole: bool) -> str:
    if high is None:
        return f"{_number(low)} pct. og derover"
    return f"{_number(low)}–{_number(high - 1 if whole else high)} pct."


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")
