"""No made-up number without its label on the pages that compare; see test_synthetic_labels."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from queries import Atlas
from tests.pages.conftest import ServeFile
from tests.pages.running import run
from tests.pages.test_synthetic_labels import COMPARING, LABELS, elements, made_up_numbers

COMPARE, PROFILE = COMPARING
BADGE = '<strong class="maerke">SYNTETISKE TAL</strong>'


@pytest.fixture
def marked(marked_file: Path, serve_file: ServeFile) -> Atlas:
    return serve_file(marked_file)


def parts(sent: str) -> list[str]:
    """A page's sections, tables and lists: each is to carry its own label."""
    found = re.split(
        r"(?=<section|<h2|<div class=\"syntetisk\"|<li>|<table>|<p class=\"note\")", sent
    )
    return [unescape(part) for part in found]


@pytest.mark.parametrize("level", ["kommune", "jobcenter"])
@pytest.mark.parametrize("measure", ["passive_ressourceforloeb", "virksomhedspraktik"])
def test_a_comparison_labels_every_made_up_number(marked: Atlas, measure: str, level: str) -> None:
    address = {"maal": measure, "niveau": level, "udvikling": "vis", "fagfaelle_valg": "vis"}
    test = run(COMPARE, sammenlign="0316,0330,0101", **address)
    sent = [text for _, text in elements(test)]
    found = [part for text in sent for part in parts(text) if made_up_numbers(part)]
    assert bool(found) == (measure == "virksomhedspraktik")
    assert [part for part in found if not any(label in part for label in LABELS)] == []
    for text in sent:
        dashed = text.find('class="linje" stroke-dasharray')
        assert dashed < 0 or 0 <= text.find(BADGE) < dashed


def test_a_profile_has_them_in_its_own_block(marked: Atlas) -> None:
    test = run(PROFILE, kommune="0316")
    (html,) = [unescape(text) for _, text in elements(test) if "profilark" in text]
    real, _, made_up = html.partition('<div class="syntetisk"')
    assert made_up_numbers(re.sub(r'd="[^"]*"', "", real)) == []
    assert made_up_numbers(made_up)
    assert made_up.index(BADGE) < made_up.index("<tbody>")
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>', made_up)
    assert len(rows) == len(marked.indicators) - 1
    assert [row for row in rows if "(syntetisk)" not in row] == []


def test_every_strip_of_made_up_numbers_says_so(marked: Atlas) -> None:
    test = run(COMPARE, sammenlign="0316,0330")
    (html,) = [unescape(text) for _, text in elements(test) if 'class="profil"' in text]
    notes = re.findall(r'<section><h3>.*?</h3><p class="note">(.*?)</p>', html)
    assert len(notes) == len(marked.indicators)
    assert [note for note in notes[1:] if "(syntetisk)" not in note] == []
    assert "(syntetisk)" not in notes[0]
