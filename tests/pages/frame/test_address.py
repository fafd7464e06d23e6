"""What an address means, and what a wrong one is answered with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.frame.address import SORTS, View, read_view
from queries import Atlas

PERIODS = ["2018M12", "2017M06"]


def read(atlas: Atlas, address: dict[str, str]) -> tuple[View, list[str]]:
    return read_view(address, periods=PERIODS, default_period="2017M06", areas=atlas.areas())


def test_an_empty_address_is_the_default_view(atlas: Atlas) -> None:
    assert read(atlas, {}) == (View("2017M06"), [])


def test_every_choice_is_read_and_written_back(atlas: Atlas) -> None:
    address = {
        "niveau": "jobcenter",
        "omraade": "DK014",
        "kommune": "0400",
        "sortering": "navn",
    }
    view, problems = read(atlas, address)
    assert (view, problems) == (View("2017M06", "jobcenter", "DK014", "0400", "navn"), [])
    assert view.parameters(default_period="2017M06") == address


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({"kommune": "9999"}, "kommunekoden »9999« findes ikke."),
        ({"kommune": "1084"}, "kommunekoden »1084« findes ikke."),  # a region is not a kommune
        ({"omraade": "0316"}, "området »0316« findes ikke, så hele landet vises."),
        ({"niveau": "region"}, "niveauet »region« kan ikke vises her, så kommuner vises."),
        ({"periode": "2017M05"}, "perioden »2017M05« har ingen tal, så juni 2017 vises."),
        # a link in Markdown must not be repeated as one
        (
            {"sortering": "[klik](//eksempel)"},
            "rækkefølgen i adressen findes ikke, så svarets vises.",
        ),
        ({"sortering": "x" * 50}, "rækkefølgen i adressen findes ikke, så svarets vises."),
    ],
)
def test_a_wrong_part_falls_back_and_says_so(
    atlas: Atlas, address: dict[str, str], told: str
) -> None:
    view, problems = read(atlas, address | {"kommune": address.get("kommune", "0316")})
    assert problems == [f"Adressen kunne ikke læses helt: {told}"]
    assert view == View("2017M06", kommune=None if "kommune" in address else "0316")


@given(
    level=st.sampled_from(["kommune", "jobcenter"]),
    within=st.sampled_from(["000", "1084", "DK014"]),
    kommune=st.sampled_from([None, "0101", "0825"]),
    sort=st.sampled_from(list(SORTS)),
)
def test_any_view_survives_its_address(
    atlas: Atlas, level: str, within: str, kommune: str | None, sort: str
) -> None:
    view = View("2017M06", level, within, kommune, sort)  # type: ignore[arg-type]  # known words
    address = view.parameters(default_period="2017M06")
    assert read(atlas, address) == (view, [])


def test_a_page_has_its_own_defaults(atlas: Atlas) -> None:
    view, problems = read_view(
        {"periode": "2016M01"},
        periods=["2018M12"],
        default_period="2018M12",
        areas=atlas.areas(),
        levels=("jobcenter", "kommune"),
    )
    assert view == View("2018M12", "jobcenter")
    told = "perioden »2016M01« har ingen tal, så december 2018 vises."
    assert problems == [f"Adressen kunne ikke læses helt: {told}"]
    assert view.parameters(default_period="2018M12", default_level="jobcenter") == {}
    assert view.parameters(default_period="") == {"periode": "2018M12", "niveau": "jobcenter"}
