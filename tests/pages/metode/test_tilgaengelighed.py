"""The accessibility statement says what is known, and who is not filled in."""

from __future__ import annotations

import pytest

from pages.metode.tilgaengelighed import CONTACT, statement
from tests.pages.running import run, text


def test_what_the_law_asks_for() -> None:
    told = statement("")
    for part in (
        "lov nr. 692 af 8. juni 2018",
        "overholder delvist",
        "EN 301 549",
        "Ikke-tilgængeligt indhold",
        "Vurderet 26. november 2026",
        "Digitaliseringsstyrelsen fører tilsyn",
        "ikke afprøvet med skærmlæser",
        "kun afprøvet i Chromium",
    ):
        assert part in told


def test_an_empty_contact_is_said_to_be_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CONTACT, raising=False)
    page = text(run("metode.tilgaengelighed"))
    assert "Kontakt er ikke oplyst" in page
    assert "ikke fuldstændig efter loven" in page


def test_a_contact_is_shown_as_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONTACT, "Kontoret <b>, web@kommune.dk, telefon 12 34 56 78")
    page = text(run("metode.tilgaengelighed"))
    assert "web@kommune.dk , telefon 12 34 56 78" in page
    assert "ikke udfyldt" not in page


def test_a_contact_is_no_markup() -> None:
    told = statement('<script>alert(1)</script> a@b.dk"onclick="x')
    assert "<script>" not in told
    assert '<a href="mailto:a@b.dk">a@b.dk</a>&quot;onclick' in told
