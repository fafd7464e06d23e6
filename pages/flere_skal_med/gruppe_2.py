"""The page 'Flere skal med: gruppe 2': the letter's numbers, and what its figure 1 looked like."""

from __future__ import annotations

from pages.flere_skal_med.time_in_group import PARTS, time_in_group
from pages.indicator.page import show_page
from pages.indicator.spec import IndicatorPage, Measure
from queries import Atlas

IN_GROUP = "af alle i gruppe 2, som fortsat får en af de tre ydelser"
PAGE = IndicatorPage(
    path="gruppe-2",
    title="Flere skal med: gruppe 2",
    measures=(
        Measure(
            "over_9_maaneder",
            "gruppe_2_over_9_maaneder",
            "Over 9 måneder",
            IN_GROUP,
            "være over 9 måneder i gruppe 2",
            stacked=PARTS,
        ),
        Measure(
            "uden_tilbud",
            "gruppe_2_uden_tilbud",
            "Uden aktivt tilbud",
            IN_GROUP,
            "være uden aktivt tilbud",
        ),
        Measure(
            "skiftet_ydelse",
            "gruppe_2_skiftet_ydelse",
            "Skiftet ydelse",
            "af alle, der er visiteret til gruppe 2",
            "have skiftet ydelse",
        ),
    ),
    levels=("jobcenter", "kommune", "region", "landsdel"),
    subject="gruppe_2",
    why_made_up="Brevet af 7. maj 2019 har jobcentrenes tal i figur 1, men figuren er ikke "
    "tilgængelig, og andre tal for kommuner og jobcentre er ikke fundet.",
    people_in_names="I parentes efter navnet: antal borgere i nævneren. Grænserne ved 3 og 6 "
    "måneder er atlassets egne; ministerens brev nævner kun 9.",
)


def show(atlas: Atlas) -> None:
    """Draw the page for the view in the address."""
    show_page(atlas, PAGE, (time_in_group,))
