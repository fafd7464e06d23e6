"""What an attacker of ours found in comparisons: each was wrong once."""

from __future__ import annotations

import pytest

from queries import UserError, statistics


def cell(numerator: int, low: int, high: int | None = None) -> dict[str, object]:
    return {
        "status": "shown",
        "numerator": numerator,
        "denominator_low": low,
        "denominator_high": high or low,
    }


def test_two_groups_are_apart_only_by_more_than_the_chance_of_both() -> None:
    """R's prop.test of 237 of 1.755 and 5 of 15 has p = 0,0645; 70 and 30 of 100 have 3,5e-08."""
    assert not statistics.apart(cell(237, 1635, 1755), cell(5, 15))
    assert not statistics.apart(cell(5, 15), cell(237, 1635, 1755))
    assert statistics.apart(cell(70, 100), cell(30, 100))
    assert statistics.apart(cell(30, 100), cell(70, 100))
    assert not statistics.apart(cell(30, 100), cell(30, 100))


def test_the_worst_denominators_decide() -> None:
    """60 of 100 and 40 of 100 differ (p = 0,0072); 60 of up to 130 may not."""
    assert statistics.apart(cell(60, 100), cell(40, 100))
    assert not statistics.apart(cell(60, 100, 130), cell(40, 100))


def test_nothing_is_apart_from_a_hidden_number() -> None:
    hidden = cell(60, 100) | {"status": "suppressed"}
    assert not statistics.apart(hidden, cell(4, 100))
    assert not statistics.apart(cell(4, 100), hidden | {"numerator": None})


@pytest.mark.parametrize("text", ["[Klik](//e.dk)", "www.e.dk", "egen:a.b", "naermeste:`a`=1"])
def test_a_wrong_rule_repeats_only_plain_words(text: str) -> None:
    with pytest.raises(UserError) as caught:
        statistics.Peers.parse(text)
    assert text.rpartition(":")[2] not in str(caught.value)


def test_a_rule_has_few_weights() -> None:
    """Rules are remembered as they stand in the address: one of a megabyte shall not be."""
    with pytest.raises(UserError, match="højst være 30 vægte"):
        statistics.Peers.parse("naermeste:" + ",".join(f"a{n}=1" for n in range(31)))
    assert len(statistics.Peers.parse("naermeste:area_km2=1,centroid_lat=2").weights) == 2
