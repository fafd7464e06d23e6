"""The series in words: made up and published apart, hidden months counted."""

from __future__ import annotations

from typing import Any

import polars as pl

from pages.language.time import over_time


def month(period: str, share: float | None, **more: Any) -> dict[str, Any]:
    return {
        "area_id": "000",
        "name": "Hele landet",
        "period": period,
        "made_up": True,
        "word": "syntetisk",
        "status": "shown" if share is not None else "suppressed",
        "share_pct": share,
        "share_decimals": 0,
    } | more


def said(*rows: dict[str, Any]) -> str:
    return over_time(pl.DataFrame(rows)).replace("\N{NO-BREAK SPACE}", " ")


def test_first_and_last_month_and_what_is_hidden() -> None:
    assert said(month("2016M01", 20.0), month("2016M02", None), month("2016M03", 22.0)) == (
        "SYNTETISKE TAL: Hele landet 20 pct. i januar 2016 og 22 pct. i marts 2016 (skjult i 1 "
        "måned)."
    )


def test_published_months_are_told_apart() -> None:
    assert said(
        month("2016M01", 20.0), month("2017M06", 21.0, made_up=False, word="offentliggjort")
    ) == (
        "SYNTETISKE TAL: Hele landet 20 pct. i januar 2016. "
        "Offentliggjort: Hele landet 21 pct. i juni 2017."
    )


def test_nothing_shown_is_said() -> None:
    assert said(month("2016M01", None), month("2016M02", None)) == (
        "SYNTETISKE TAL: Hele landet har ingen viste andele (skjult i 2 måneder)."
    )


def test_a_published_share_beside_a_hidden_count_is_said() -> None:
    dragoer = month(
        "2017M06", 17.0, made_up=False, word="offentliggjort", status="suppressed", name="Dragør"
    )
    assert said(dragoer) == (
        "Offentliggjort: Dragør 17 pct. i juni 2017 (antallet skjult i 1 måned)."
    )
