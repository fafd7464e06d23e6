from __future__ import annotations

from itertools import pairwise

import pytest

from pages.figures.legend import Legend, MapCell, share_legend
from pages.figures.palette import CLASS_FILLS, PATTERNS, SOLID_TONES, STATUS_LABELS, TONES, classify


def luminance(colour: str) -> float:
    """WCAG relative luminance of #rrggbb."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LIGHT = {"text": "#1b1f24", "background": "#ffffff"}
DARK = {"text": "#f0f2f4", "background": "#14181d"}


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0, 0),  # zero is a value, not an absence
        (9.99, 0),
        (10, 1),  # a class includes its lower boundary …
        (19.999, 1),  # … and not its upper one
        (20, 2),
        (30, 3),
        (39.9, 3),
        (40, 4),
        (52, 4),
        (100, 4),  # the last class is open
    ],
)
def test_class_of_a_share(share: float, expected: int) -> None:
    assert classify(share) == expected


def test_own_boundaries() -> None:
    assert [classify(x, (5, 7.5)) for x in (0, 4.9, 5, 7.4, 7.5, 60)] == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(("share", "breaks"), [(-1, (10,)), (float("nan"), (10,)), (5, (20, 10))])
def test_what_has_no_class_is_refused(share: float, breaks: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"share|ascend"):
        classify(share, breaks)


def test_classes_darken_in_clear_steps() -> None:
    light = [luminance(colour) for colour in CLASS_FILLS]
    assert light == sorted(light, reverse=True)
    steps = [contrast(a, b) for a, b in pairwise(CLASS_FILLS)]
    assert min(steps) > 1.35


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_are_seen_in_both_themes(theme: dict[str, str]) -> None:
    tone = {name: value.hex(**theme) for name, value in TONES.items()}
    assert contrast(tone["ink"], tone["ground"]) >= 4.5  # hatch and dots
    assert contrast(tone["coast"], theme["background"]) >= 3  # non-text contrast, WCAG 1.4.11
    assert contrast(tone["muted"], theme["background"]) >= 4.5  # text
    assert contrast(tone["grey"], tone["ground"]) >= 1.5  # not collected is not a hatch's ground


def test_each_status_has_a_look_and_a_name_of_its_own() -> None:
    assert set(PATTERNS) | set(SOLID_TONES) == set(STATUS_LABELS)
    assert not set(PATTERNS) & set(SOLID_TONES)
    assert len(set(STATUS_LABELS.values())) == 5
    assert PATTERNS["suppressed"].mark != PATTERNS["left_out"].mark


def test_legend_lists_only_what_occurs_and_names_the_unit_once() -> None:
    cells = [
        MapCell("0563", "Fanø", "Udeladt af kilden", "left_out"),
        MapCell("0155", "Dragør", "Skjult", "suppressed"),
        MapCell("0316", "Holbæk", "52 pct.", 4),
    ]
    legend = share_legend("Andel passive", cells)
    assert legend.statuses_present == ("suppressed", "left_out")
    assert [label for _, _, label in legend.classes] == [
        "0–10 pct.",
        "10–20 pct.",
        "20–30 pct.",
        "30–40 pct.",
        "40 pct. og derover",
    ]
    assert legend.heading == "Andel passive"
    assert Legend("Varighed", "uger", ((0, 10, "0–10"),)).heading == "Varighed (uger)"


def test_legend_follows_the_boundaries_it_is_given() -> None:
    legend = share_legend("Andel", [], (2.5, 5))
    assert legend.classes == (
        (0.0, 2.5, "0–2,5 pct."),
        (2.5, 5, "2,5–5 pct."),
        (5, None, "5 pct. og derover"),
    )


def test_more_classes_than_colours_are_refused() -> None:
    with pytest.raises(ValueError, match="6 classes"):
        Legend("x", "", tuple((i, i + 1, str(i)) for i in range(6)))
