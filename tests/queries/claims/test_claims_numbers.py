"""Danish number language: what each figure counts, how much, and with which hedge."""

from __future__ import annotations

from fractions import Fraction

import pytest

from queries.claims.hedges import HEDGES, Bounds
from queries.claims.number_words import value_of
from queries.claims.numbers import Figure, figures


def only(text: str) -> Figure:
    found = figures(text.lower())
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "hedge"),
    [
        ("2.790 borgere", "count", 2790, 2790, "exact"),
        ("2 790 borgere", "count", 2790, 2790, "exact"),
        ("godt 8.000 borgere", "count", 8000, 8000, "a_little_over"),
        ("knap 52 pct.", "share", 52, 52, "a_little_under"),
        ("ca. 2.400 personer", "count", 2400, 2400, "about"),
        ("over 90.000 nye private job", "jobs", 90000, 90000, "more_than"),
        ("mere end 24.000 borgere", "count", 24000, 24000, "more_than"),
        ("mindst 20 borgere", "count", 20, 20, "at_least"),
        ("20 borgere eller flere", "count", 20, 20, "at_least"),
        ("højst 5 procent", "share", 5, 5, "at_most"),
        ("under 3 borgere", "count", 3, 3, "less_than"),
        ("næsten 3.000 borgere", "count", 3000, 3000, "a_little_under"),
        ("omkring 21,5 %", "share", Fraction(43, 2), Fraction(43, 2), "about"),
        ("21.5 pct.", "share", Fraction(43, 2), Fraction(43, 2), "exact"),
        ("flere end ni ud af ti", "share", 90, 90, "more_than"),
        ("syv ud af ti", "share", 70, 70, "exact"),
        ("hver femte borger", "share", 20, 20, "exact"),
        ("mere end hver femte", "share", 20, 20, "more_than"),
        ("to tredjedele", "share", Fraction(200, 3), Fraction(200, 3), "exact"),
        ("en fjerdedel", "share", 25, 25, "exact"),
        ("over halvdelen", "share", 50, 50, "more_than"),
        ("et flertal", "share", 50, 50, "more_than"),
        ("mellem 20 og 25 pct.", "share", 20, 25, "between"),
        ("20-25 pct.", "share", 20, 25, "between"),
        ("mellem 20 pct. og 25 pct.", "share", 20, 25, "between"),
        ("4 procentpoint", "points", 4, 4, "exact"),
        ("4 pct.-point", "points", 4, 4, "exact"),
        ("262,5 mio. kr.", "money", Fraction(525, 2), Fraction(525, 2), "exact"),
        ("1,2 mia. kroner", "money", 1200, 1200, "exact"),
        ("40 millioner", "money", 40, 40, "exact"),
        ("sytten kommuner", "kommuner", 17, 17, "exact"),
        ("12 af landets kommuner", "kommuner", 12, 12, "exact"),
        ("tolv centrale pointer", "messages", 12, 12, "exact"),
        ("mere end fem år", "duration", 5, 5, "more_than"),
        ("dobbelt så mange", "ratio", 2, 2, "exact"),
        ("tre gange så mange", "ratio", 3, 3, "exact"),
        ("halvt så mange", "ratio", Fraction(1, 2), Fraction(1, 2), "exact"),
        ("117 ud af 225 borgere", "count", 117, 117, "exact"),
        ("to tusind syv hundrede og halvfems borgere", "count", 2790, 2790, "exact"),
        ("hundrede og sytten borgere", "count", 117, 117, "exact"),
        ("117", "bare", 117, 117, "exact"),
    ],
)
def test_a_figure(text: str, kind: str, low: Fraction, high: Fraction, hedge: str) -> None:
    one = only(text)
    assert (one.kind, one.low, one.high, one.hedge.hedge_id) == (kind, low, high, hedge)


def test_the_whole_of_one_number_out_of_another() -> None:
    assert only("117 ud af 225 borgere").whole == 225


@pytest.mark.parametrize(
    "text", ["§ 12", "en mentor og et tilbud", "A12b", "12/34567", "fremtiden"]
)
def test_what_is_no_figure(text: str) -> None:
    assert figures(text.lower()) == []


def test_a_figure_knows_its_place() -> None:
    text = "i holbæk er knap 52 pct. passive"
    one = only(text)
    assert text[one.start : one.end] == "knap 52 pct."
    assert text[one.number_start : one.unit_end] == "52 pct."


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("nul", 0),
        ("sytten", 17),
        ("enogtyve", 21),
        ("halvfems", 90),
        ("hundrede", 100),
        ("tohundrede", 200),
        ("tusind", 1000),
        ("fireogtyve tusinde", 24000),
        ("fem tre", None),
    ],
)
def test_number_words(words: str, value: int | None) -> None:
    assert value_of(words) == value


@pytest.mark.parametrize(
    ("hedge", "value", "inside", "outside"),
    [
        ("exact", 2790, [2790], [2789, 2791]),
        ("about", 2800, [2660, 2790, 2940], [2659, 2941]),
        ("a_little_over", 8000, [8001, 8400], [8000, 8401, 7999]),
        ("a_little_under", 2800, [2660, 2799], [2800, 2659]),
        ("more_than", 24000, [24001, 99999], [24000]),
        ("less_than", 3000, [0, 2999], [3000]),
        ("at_least", 20, [20, 21], [19]),
        ("at_most", 20, [20, 0], [21]),
    ],
)
def test_the_written_rule_of_each_hedge(
    hedge: str, value: int, inside: list[int], outside: list[int]
) -> None:
    one = next(one for one in HEDGES if one.hedge_id == hedge)
    bounds = one.bounds(Fraction(value), Fraction(value) * Fraction(5, 100))
    assert [number for number in inside if not Bounds.of(number, number).within(bounds)] == []
    assert [number for number in outside if Bounds.of(number, number).within(bounds)] == []
    assert one.rule
    assert one.example
