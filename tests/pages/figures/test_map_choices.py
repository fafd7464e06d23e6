"""A reader's choices for the map: what an address may say, classes, and differences."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest

from pages.figures.classes import breaks_of, classify_difference, step_of
from pages.figures.differences import NONE, between_periods, from_area, points_between, signed
from pages.figures.legend import difference_legend
from pages.figures.map_choices import MapChoices, breaks_text, map_choices, read_choices
from queries import Atlas, UserError


def test_an_address_without_choices_is_the_usual_map() -> None:
    assert read_choices({"periode": "2017M06"}) == (MapChoices(), [])


def test_all_choices_are_read() -> None:
    query = {"kort": "fliser", "klasser": "2,5-5-10", "mod": "2016M12"}
    assert map_choices(query) == MapChoices("fliser", "egne", (2.5, 5, 10), "2016M12")
    assert map_choices({"klasser": "egne"}) == MapChoices(rule="egne")
    assert breaks_text((2.5, 5, 10)) == "2,5-5-10"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"kort": "globus"}, "»globus« findes ikke"),
        ({"klasser": "mange"}, "Klasserne »mange« kan ikke læses"),
        ({"klasser": "<b>"}, "Klasserne i adressen kan ikke læses"),
        ({"klasser": "10-5"}, "skal stige"),
        ({"klasser": "5-5"}, "skal stige"),
        ({"klasser": "0-5"}, "ligge over 0"),
        ({"klasser": "5-101"}, "højst på 100"),
        ({"klasser": "1-2-3-4-5"}, "højst være 4 grænser"),
        ({"mod": "igår"}, "sammenlignes med »igår«"),
    ],
)
def test_a_wrong_choice_falls_back_and_is_told(query: dict[str, str], says: str) -> None:
    choices, problems = read_choices(query)
    assert choices == MapChoices()
    assert len(problems) == 1
    assert says in problems[0]
    with pytest.raises(UserError, match=r"."):
        map_choices(query)


def test_quantiles_hold_as_many_values_each(atlas: Atlas) -> None:
    shares = pl.Series([float(n) for n in range(1, 101)])
    indicator = atlas.indicator("passive_ressourceforloeb")
    breaks = breaks_of(MapChoices(rule="kvantiler"), indicator, shares)
    edges = [0.0, *breaks, 1000.0]
    counts = [int(shares.is_between(a, b, closed="left").sum()) for a, b in pairwise(edges)]
    assert sum(counts) == 100
    assert max(counts) - min(counts) <= 2


def test_equal_steps_and_own_and_fixed_boundaries(atlas: Atlas) -> None:
    indicator = atlas.indicator("passive_ressourceforloeb")
    shares = pl.Series([0.0, 50.0, None])
    assert breaks_of(MapChoices(rule="lige"), indicator, shares) == (10, 20, 30, 40)
    assert breaks_of(MapChoices(rule="egne", breaks=(3, 4)), indicator, shares) == (3, 4)
    assert breaks_of(MapChoices(), indicator, shares) == tuple(indicator.format.class_breaks)
    # Where all are alike there is nothing to part, and the fixed classes say what they are.
    alike = pl.Series([7.0] * 9)
    assert breaks_of(MapChoices(rule="kvantiler"), indicator, alike) == (10, 20, 30, 40)


def test_differences_fall_in_symmetric_classes(atlas: Atlas) -> None:
    bounds = step_of(atlas.indicator("passive_ressourceforloeb"))
    assert list(bounds) == [2, 5, 10]
    wanted = {-10: 0, -9.9: 1, -5: 1, -2: 2, -1.9: 3, 0: 3, 1.9: 3, 2: 4, 5: 5, 9.9: 5, 10: 6}
    assert {points: classify_difference(points, bounds) for points in wanted} == wanted
    assert len(difference_legend("Forskel", [], bounds).classes) == 7


def test_no_difference_is_made_from_a_hidden_number() -> None:
    shown = {"status": "shown", "share_pct": 52.0, "share_decimals": 0}
    hidden = {"status": "suppressed", "share_pct": None, "share_decimals": None}
    # The share is published, but the source hides the number behind it.
    half = {"status": "suppressed", "share_pct": 14.0, "share_decimals": 0}
    assert points_between(shown, shown | {"share_pct": 49.0}) == 3
    for other in (hidden, half, None):
        assert points_between(shown, other) is None
        assert points_between(other, shown) is None


def test_signs_are_danish() -> None:
    assert [signed(x, 1) for x in (2.5, -2.5, 0.0, -0.04)] == [
        "+2,5",
        "\N{MINUS SIGN}2,5",
        "0,0",
        "0,0",
    ]


def test_cells_tell_both_values(atlas: Atlas) -> None:
    indicator = atlas.indicator("passive_ressourceforloeb")
    frame = pl.DataFrame(
        {
            "area_id": ["0316", "0155"],
            "name": ["Holbæk", "Dragør"],
            "status": ["shown", "suppressed"],
            "share_pct": [52.0, None],
            "share_decimals": [0, None],
        }
    )
    earlier = frame.with_columns(share_pct=pl.Series([40.0, None]))
    told = between_periods(frame, earlier, indicator, {"0316", "0155"}, ("nu", "før"))
    assert [cell.fill for cell in told] == [6, "no_difference"]
    assert told[0].value_text.replace("\N{NO-BREAK SPACE}", " ") == (
        "+12 procentpoint (nu 52 pct., før 40 pct.)"
    )
    assert told[1].value_text == f"{NONE} (nu skjult, før skjult)"
    beside = from_area(frame, frame.row(0, named=True), indicator, {"0316"})
    assert [cell.fill for cell in beside] == [3, "outside"]
    assert beside[0].value_text.endswith("det valgte område")
