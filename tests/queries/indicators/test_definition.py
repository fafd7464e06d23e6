"""Indicator files: complete, known keys only, and meant."""

from __future__ import annotations

import re

import pytest

from queries.indicators.definition import DefinitionError, files, load_indicators, parse

TEXT = files()[0].read_text("utf-8")


def test_every_file_is_an_indicator() -> None:
    assert list(load_indicators()) == [path.stem for path in files()]


def test_the_published_measure_is_defined_as_its_note_says() -> None:
    indicator = load_indicators()["passive_ressourceforloeb"]
    assert indicator.disclosure.threshold == 3
    assert not indicator.disclosure.zeros_are_shown
    assert "52 sammenhængende ydelsesuger" in indicator.numerator
    assert "op til 4 uger" in indicator.definition
    assert indicator.format.class_breaks == (10, 20, 30, 40)


@pytest.mark.parametrize(
    ("pattern", "replacement", "told"),
    [
        (r"^unit = .*$", "", r"x: missing \['unit'\]"),
        (r"^unit = .*$", 'unit = ""', r"x: empty \['unit'\]"),
        (r"^unit = .*$", 'unit = "pct."\nfarve = "rød"', r"x: unknown \['farve'\]"),
        (r"^polarity = .*$", 'polarity = "god"', "x: polarity must be one of"),
        (r"^threshold = .*$", "", r"x.disclosure: missing \['threshold'\]"),
        (r"^class_breaks = .*$", "class_breaks = [20, 10]", "x: class_breaks must rise"),
        (r"^class_breaks = .*$", "class_breaks = []", r"x.format: empty \['class_breaks'\]"),
    ],
)
def test_a_faulty_file_is_refused(pattern: str, replacement: str, told: str) -> None:
    faulty, count = re.subn(pattern, replacement, TEXT, flags=re.MULTILINE)
    assert count == 1
    with pytest.raises(DefinitionError, match=told):
        parse("x", faulty)
