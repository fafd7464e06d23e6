"""What is told instead of a hidden number, in words: never as if it were the number itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.language import danish

LEAD = "I stedet for skjulte tal vises"


def sentence(rows: pl.DataFrame) -> str:
    """Return the sentence of rows of `Atlas.alternatives`; '' where there are none.

    'I stedet for skjulte tal vises: Dragør og Tårnby tilsammen: 21 af 45 borgere (47 pct.).'
    """
    told = listed(rows)
    return f"{LEAD}: {told}" if told else ""


def listed(rows: pl.DataFrame) -> str:
    """Return rows in words: 'Dragør og Tårnby tilsammen: 21 af 45 borgere (47 pct.).'"""
    told = [one(row) for row in rows.iter_rows(named=True)]
    return f"{'; '.join(told)}." if told else ""


def one(row: Mapping[str, Any]) -> str:
    """Return one row in words: whose number it is, and the number or what it lies between."""
    return f"{row['title']}: {number(row)}"


def number(row: Mapping[str, Any]) -> str:
    """Return a row's number: '21 af 45 borgere (47 pct.)', 'mellem 5 og 14 borgere'."""
    low, high = danish.number(row["low"]), danish.number(row["high"])
    if row["denominator"] is None:
        return f"mellem {low} og {high} borgere"
    share = danish.pct(row["share_pct"], row["share_decimals"])
    return f"{low} af {danish.number(row['denominator'])} borgere ({share})"
