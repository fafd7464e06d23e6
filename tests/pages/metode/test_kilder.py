"""The page 'Kilder og metode' holds every row that it speaks of: nothing can be forgotten."""

from __future__ import annotations

import re
from dataclasses import fields
from html import unescape
from pathlib import Path

import pytest

from pages.frame import statements
from pages.language import danish
from pages.metode import methods
from queries import REGISTER_CHOICES, REGISTER_DEFAULTS, Atlas, Indicator, statistics
from tests.pages.conftest import ServeFile
from tests.pages.running import run, text

STEERING = {"indicator_id", "family", "sentence", "register", "format", "disclosure", "polarity"}
NOT_TOLD = STEERING | {"form", "opens_on"}
"""Keys of an indicator file that steer the pages, or whose parts are checked one by one."""


@pytest.fixture
def page(warehouse_file: Path, serve_file: ServeFile) -> str:
    serve_file(warehouse_file)
    return text(run("metode.kilder"))


@pytest.fixture
def html(warehouse_file: Path, serve_file: ServeFile) -> str:
    serve_file(warehouse_file)
    return " ".join(e.proto.body for e in run("metode.kilder").main if hasattr(e.proto, "body"))


def flat(told: str) -> str:
    return re.sub(r"\s+", " ", told.replace("\N{NO-BREAK SPACE}", " "))


def test_every_source_with_its_correction(page: str, atlas: Atlas) -> None:
    sources = atlas.sources()
    for source in sources.values():
        assert flat(f"Kilde {source.publisher}: {source.title}") in page
        for told in (source.document_id, source.licence, source.note, source.sha256):
            assert not told or flat(told) in page, source.source_id
        if source.corrects:
            assert f"Berigtiger {sources[source.corrects].document_id}" in page
        if source.corrected_by:
            assert f"Berigtiget af {sources[source.corrected_by].document_id}" in page
    assert any(source.corrects for source in sources.values())


def test_every_statement_with_figure_and_hedge(page: str, atlas: Atlas) -> None:
    for row in atlas.statements().to_dicts():
        figure = flat(statements.figure(row))
        assert f"{row['statement_id']} {flat(row['text'])} {figure}" in page
        assert row["hedge_word"] in page


def test_every_initiative_and_named_kommune(page: str, atlas: Atlas) -> None:
    names = dict(atlas.areas().select("area_id", "name").rows())
    for row in atlas.initiatives().to_dicts():
        assert f"{row['title']} {row['period_text']}" in page
        assert all(names[member] in page for member in row["members"])


def test_every_indicator_to_the_last_word(page: str, atlas: Atlas) -> None:
    for indicator in atlas.indicators.values():
        for field in fields(Indicator):
            value = getattr(indicator, field.name)
            if field.name in NOT_TOLD:
                continue
            for told in value if isinstance(value, tuple) else (value,):
                assert flat(told) in page, (indicator.indicator_id, field.name)
        assert flat(f"{indicator.title} {indicator.disclosure.rule}") in page
        assert all(choice in page for choice in map(flat, indicator.open_choices))
        assert all(title in page for title in indicator.breakdowns.values())


def test_every_choice_of_the_register_with_all_options(page: str) -> None:
    for choice in REGISTER_CHOICES.values():
        assert flat(choice.question) in page
        usual = REGISTER_DEFAULTS[choice.name]
        for value, told in choice.options.items():
            mark = " (standard)" if value == usual else ""
            assert flat(told + mark) in page, choice.name


def test_every_event_and_characteristic(page: str, atlas: Atlas) -> None:
    events = atlas.annotations()
    assert events.height > 5
    for row in events.to_dicts():
        assert flat(row["title"]) in page
        assert flat(row["text"]) in page
        assert flat(row["date_note"]) in page
    values = atlas.characteristics()
    for row in values.unique("characteristic_id").to_dicts():
        assert flat(f"{row['title']} {row['unit']} {row['definition']}") in page
    holbaek = values.filter(area_id="0316", characteristic_id="ressourceforloeb_people")
    low, high = holbaek.select("low", "high").row(0)
    assert danish.interval(int(low), int(high)) in page


def test_a_hidden_number_has_no_characteristic(page: str) -> None:
    """Dragør is hidden in the table: only its place and its area are known."""
    after = page.split("Kendetegn for hver kommune")[1].split("Dragør ")[1]
    assert after.split("Egedal")[0].split()[-2:] == ["–", "–"]


def test_every_synthetic_series_is_listed_as_such(page: str, atlas: Atlas) -> None:
    part = page.split("Syntetiske serier og de offentliggjorte perioder ved siden af")[1]
    for indicator in atlas.indicators.values():
        periods = atlas.periods(indicator.indicator_id, "synthetic")
        span = f"{danish.period(periods[-1])} – {danish.period(periods[0])} {len(periods)}"
        assert f"{indicator.title} {span}" in part


def test_every_method_of_the_statistics_is_explained(page: str) -> None:
    assert all(flat(f"{one.how} {one.reference}".strip()) in page for one in methods.METHODS)
    words = {
        "wilson": "Wilson",
        "funnel": "Tragtdiagram",
        "judged": "Benjamini",
        "trend": "Mann-Kendall",
        "potential": "Potentiale",
        "best_quarter": "bedste fjerdedel",
        "peer_group": "egen gruppe",
        "dispersion": "Spredning",
        "gap": "Afstand til landet",
        "total": "Summer",
    }
    assert set(words) <= set(statistics.__all__)
    assert all(word in page for word in words.values())


def test_every_link_of_the_contents_leads_somewhere(html: str) -> None:
    links = re.findall(r'href="#([^"]+)"', html)
    ids = re.findall(r'id="([^"]+)"', unescape(html))
    assert set(links) <= set(ids)
    assert len(ids) == len(set(ids))
    titles = re.findall(r"<section class=\"afsnit\" id=\"([^\"]+)\"", html)
    assert set(titles) <= set(links)
