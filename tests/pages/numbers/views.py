"""The views that together show every page, every area and every part of a page once."""

from __future__ import annotations

from collections.abc import Iterator

from pages.flere_skal_med import gruppe_2, virksomhedspraktik
from pages.indicator.spec import IndicatorPage
from pages.ressourceforloeb import passive
from queries import Level
from tests.oracles.page_numbers import Truth
from tests.pages.numbers.accounting import View

INDICATOR_PAGES: dict[str, tuple[str, IndicatorPage, str]] = {
    "passive": ("ressourceforloeb.passive", passive.PAGE, "2017M06"),
    "gruppe-2": ("flere_skal_med.gruppe_2", gruppe_2.PAGE, "2018M12"),
    "virksomhedspraktik": (
        "flere_skal_med.virksomhedspraktik",
        virksomhedspraktik.PAGE,
        "2018M12",
    ),
}
MODULES = {name: module for name, (module, _, _) in INDICATOR_PAGES.items()} | {
    "": "oversigt.overblik",
    "sammenlign": "sammenligning.sammenlign",
    "kommune": "sammenligning.kommune",
    "initiativer": "initiativer.initiativer",
    "kilder": "metode.kilder",
}
UNFOLDED = ("usikkerhed", "potentiale", "udvikling", "side_om_side", "tid", "tilbud", "vejen")
HOLBAEK = "0316"


def view(
    page: str, level: Level, months: dict[str, str], chosen: tuple[str, ...], **address: str
) -> View:
    return View(page, tuple(address.items()), level, tuple(months.items()), chosen)


def on_level(code: str, level: str, truth: Truth) -> str:
    """The area that a chosen kommune is on a level."""
    own = truth.areas[code]
    if level == "jobcenter":
        return str(own["jobcenter_id"])
    if level in ("region", "landsdel"):
        above = (key for key in truth.ids(level) if truth.areas[key]["name"] == own[level])
        return next(above)
    return code


def measures(page: str) -> list[tuple[str, str, str]]:
    """Name, indicator and month of each measure of an indicator page."""
    _, spec, usual = INDICATOR_PAGES[page]
    return [(one.name, one.indicator_id, usual) for one in spec.measures]


def of_page(page: str, truth: Truth) -> Iterator[View]:
    """Every measure and level of an indicator page: all areas on map, in bars and in tables."""
    _, spec, _ = INDICATOR_PAGES[page]
    for name, indicator, usual in measures(page):
        month = (
            usual
            if usual in truth.atlas.periods(indicator)
            else truth.atlas.default_period(indicator)
        )
        for level in spec.levels:
            if truth.atlas.cells(indicator, month, level).is_empty():
                month_here = "2018M11"
            else:
                month_here = month
            address = {"maal": name, "niveau": level, "periode": month_here, "kommune": HOLBAEK}
            address |= dict.fromkeys(UNFOLDED[:-1], "vis")
            yield view(
                page,
                level,
                {indicator: month_here},
                (on_level(HOLBAEK, level, truth),),
                **address,
            )


def of_path(truth: Truth) -> Iterator[View]:
    """The path to a job is of three measures at once."""
    months = {indicator: usual for _, indicator, usual in measures("virksomhedspraktik")}
    for code in (HOLBAEK, "0101", "0741"):
        yield view(
            "virksomhedspraktik",
            "kommune",
            months,
            (code,),
            kommune=code,
            vejen="vis",
            udvikling="nej",
        )


def chosen(page: str, truth: Truth) -> Iterator[View]:
    """One area after the other in the sentence of the selection, kommuner and jobcentre."""
    _, indicator, month = measures(page)[0]
    for level in ("kommune", "jobcenter"):
        seen = set()
        for code in truth.ids("kommune"):
            area = on_level(code, level, truth)
            if area in seen:
                continue
            seen.add(area)
            yield view(page, level, {indicator: month}, (area,), niveau=level, kommune=code)


def usual_months(truth: Truth) -> dict[str, str]:
    """The month that each indicator is shown in where several stand side by side."""
    usual = {
        indicator: month
        for page in INDICATOR_PAGES
        for _, indicator, month in measures(page)
        if month in truth.atlas.periods(indicator)
    }
    return usual | {
        one: truth.atlas.default_period(one) for one in truth.indicators if one not in usual
    }


def profiles(truth: Truth) -> Iterator[View]:
    months = usual_months(truth)
    for code in truth.ids("kommune"):
        yield view("kommune", "kommune", months, (code,), kommune=code)
    yield view("kommune", "kommune", months, ())


def comparisons(truth: Truth) -> Iterator[View]:
    """Ten areas at a time, each time in another indicator."""
    months = usual_months(truth)
    indicators = list(months)
    for level in ("kommune", "jobcenter"):
        codes = [area.removeprefix("J") for area in truth.ids(level)]
        for n in range(0, len(codes), 10):
            ten = codes[n : n + 10]
            indicator = indicators[n // 10 % len(indicators)]
            areas = tuple(dict.fromkeys(on_level(code, level, truth) for code in ten))
            first = {indicator: months[indicator]} | months
            yield view(
                "sammenlign",
                level,
                first,
                areas,
                sammenlign=",".join(ten),
                niveau=level,
                maal=indicator,
                udvikling="vis",
            )


def others(truth: Truth) -> Iterator[View]:
    months = usual_months(truth)
    cards = {measures(page)[0][1]: measures(page)[0][2] for page in INDICATOR_PAGES}
    yield view("", "kommune", cards, ())
    yield view("kilder", "kommune", months, ())
    published = {one: months[one] for one in months if one == "passive_ressourceforloeb"}
    yield view("initiativer", "kommune", published, ())
    for row in truth.atlas.initiatives().iter_rows(named=True):
        yield view(
            "initiativer",
            "kommune",
            published,
            tuple(row["members"]),
            initiativ=row["initiative_id"],
            udvikling="vis",
        )
