"""The page 'Flere skal med: virksomhedspraktik': from a placement to a wage, step by step."""

from __future__ import annotations

from pages.flere_skal_med.offers import offers
from pages.flere_skal_med.path import path
from pages.indicator.page import show_page
from pages.indicator.spec import IndicatorPage, Measure
from queries import Atlas

GROUP = "af indsatsgruppen"
PAGE = IndicatorPage(
    path="virksomhedspraktik",
    title="Virksomhedspraktik",
    measures=(
        Measure(
            "praktik",
            "virksomhedspraktik",
            "Praktik eller løntilskud",
            GROUP,
            "være i praktik eller løntilskud",
        ),
        Measure("timer", "ordinaere_timer", "Ordinære timer", GROUP, "have ordinære timer"),
        Measure("job", "fuld_afgang", "Helt i job", GROUP, "være helt i job"),
    ),
    subject="virksomhedspraktik",
    why_made_up="Brevet af 7. maj 2019 har kun tal for hele landet; tal for kommuner og jobcentre "
    "er ikke fundet.",
)


def show(atlas: Atlas) -> None:
    """Draw the page for the view in the address."""
    show_page(atlas, PAGE, (path, offers))
