"""The page 'Passive i ressourceforløb': published for June 2017, other months made up."""

from __future__ import annotations

from pages.indicator.page import show_page
from pages.indicator.spec import IndicatorPage, Measure
from queries import Atlas

PAGE = IndicatorPage(
    path="passive",
    title="Passive i ressourceforløb",
    measures=(
        Measure(
            "passive",
            "passive_ressourceforloeb",
            "Passive i ressourceforløb",
            "af alle med mindst 1 års anciennitet",
            "være passive",
        ),
    ),
    printed_as="tabel 1",
    why_made_up="Der er kun offentliggjort tal for kommunerne for juni 2017.",
    family="passive",
    why_family_made_up="Der er ikke fundet offentliggjorte tal for kommunerne for denne ydelse.",
    measure_label="Ydelse",
)


def show(atlas: Atlas) -> None:
    """Draw the page for the view in the address."""
    show_page(atlas, PAGE)
