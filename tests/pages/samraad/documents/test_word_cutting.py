"""Tall drawings in parts: every row once, an axis and a label in each, one number for them all."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pages.figures.png import svg_to_png
from pages.language import synthetic
from pages.samraad.documents import word
from pages.samraad.documents.word import cutting
from pages.samraad.documents.word.cutting import parts
from pages.samraad.documents.word.drawing import proportions
from pages.samraad.model import Chapter
from tests.pages.samraad.documents import briefings
from tests.pages.samraad.documents.word_reading import problems, read

ROWS = 60


def bars(rows: int = ROWS) -> str:
    """A chart as the pages draw them: names to the left of bars, an axis and a source below."""
    drawn = [
        f'<text x="134.5" y="{100 + 20 * n}" font-size="14" text-anchor="end">Række {n:02}</text>'
        f'<rect x="140" y="{90 + 20 * n}" width="50" height="14"/>'
        for n in range(rows)
    ]
    end = 100 + 20 * rows
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 {end + 100}">'
        '<text x="32" y="60" font-size="27">Titel</text>'
        + "".join(drawn)
        + f'<text x="300" y="{end + 10}" font-size="13" text-anchor="middle">50</text>'
        f'<text x="200" y="{end + 40}" font-size="13">Nøgle</text>'
        f'<text x="32" y="{end + 80}" font-size="14">Kilde: svaret</text></svg>'
    )


def visible(part: str) -> list[list[str]]:
    """The texts inside each strip of a part, by their lines."""
    found = []
    for box, content in re.findall(r'<svg [^>]*viewBox="([^"]*)"[^>]*>(.*?)</svg>', part):
        _, top, _, high = map(float, box.split())
        lines = re.findall(r'y="([\d.]+)"[^>]*>([^<]+)</text>', content)
        found.append([text for y, text in lines if top < float(y) < top + high])
    return found


def strips(part: str) -> list[list[str]]:
    return visible(part.split(">", 1)[1])


def test_every_row_is_in_one_part_and_the_axis_in_all() -> None:
    made = parts(bars(), 0.95, "")
    assert len(made) == 2
    (first, first_axis), (second,) = map(strips, made)
    rows = [f"Række {n:02}" for n in range(ROWS)]
    assert first + second[:-3] == ["Titel", *rows]
    assert len(first) - 1 in (29, 30, 31, 32)
    assert first_axis == ["50", "Nøgle"]
    assert second[-3:] == ["50", "Nøgle", "Kilde: svaret"]
    for part in made:
        wide, high = proportions(part)
        assert high / wide <= 0.95
        assert svg_to_png(part, width=300).startswith(b"\x89PNG")


def test_no_row_is_cut_through() -> None:
    for most in (0.3, 0.5, 0.7, 0.9, 1.1):
        for part in parts(bars(), most, ""):
            for box in re.findall(r'viewBox="([^"]*)"', part)[1:]:
                _, top, _, high = map(float, box.split())
                for edge in (top, top + high):
                    # A bar reaches from 90 to 104, and the next one from 110.
                    inside = (edge - 90) % 20
                    assert inside >= 14 or not 90 < edge < 90 + 20 * ROWS


def test_parts_of_made_up_numbers_say_so_each() -> None:
    made = parts(bars(), 0.5, synthetic.BADGE)
    assert len(made) >= 3
    assert [part.count(synthetic.BADGE) for part in made] == [0, *[1] * (len(made) - 1)]


@pytest.mark.parametrize(
    ("drawing", "most"),
    [
        pytest.param(bars(), 1.6, id="not_tall"),
        pytest.param(bars(10), 0.2, id="few_rows"),
        pytest.param(briefings.real().chapters[0].content.svg, 0.1, id="no_rows"),
    ],
)
def test_others_are_left_whole(drawing: str, most: float) -> None:
    assert parts(drawing, most, synthetic.BADGE) == [drawing]


def test_the_parts_of_a_figure_have_one_number() -> None:
    briefing = briefings.real()
    tall, after = briefing.chapters[0], briefing.chapters[2]
    content = replace(tall.content, svg=bars(98), made_up=True, sentence="")
    made_up = replace(briefing, chapters=(Chapter(tall.entry, content), after))
    body = word.write(made_up)
    assert problems(body) == []
    made = read(body)
    figures = [c for c in made.paragraphs("Caption") if c.startswith("Figur")]
    assert [c.split(".")[0] for c in figures] == ["Figur 1", "Figur 1", "Figur 2"]
    assert figures[0].endswith("hele landet (del 1 af 2).")
    assert figures[1].endswith("hele landet (del 2 af 2).")
    told = [" ".join(i.text.split()) for i in made.all("//w:instrText") if "SEQ Figur" in i.text]
    assert told == [r"SEQ Figur \* ARABIC", r"SEQ Figur \c \* ARABIC", r"SEQ Figur \* ARABIC"]
    words = made.all("//wp:docPr/@descr")
    assert words[0] == f"{synthetic.BADGE}: {content.alt} (del 1 af 2)"
    assert words[1] == f"{synthetic.BADGE}: {content.alt} (del 2 af 2)"
    assert len(made.all("//w:footnoteReference")) == 2


def test_a_part_holds_only_what_is_seen_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made = parts(bars(), 0.95, "Mærke")
    monkeypatch.setattr(cutting, "_reaches", lambda *_: True)
    whole = parts(bars(), 0.95, "Mærke")
    for part, with_all in zip(made, whole, strict=True):
        assert part.count("<text") < 0.75 * with_all.count("<text")
        assert strips(part) == strips(with_all)
        assert svg_to_png(part, width=900) == svg_to_png(with_all, width=900)
