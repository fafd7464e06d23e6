"""Days as the page says them."""

from __future__ import annotations

import datetime as dt

from pages.language import danish


def told_date(day: object) -> str:
    """Return a date, or the ISO text of one, in Danish; '' for None."""
    if isinstance(day, str) and day:
        day = dt.date.fromisoformat(day[:10])
    return danish.date(day) if isinstance(day, dt.date) else ""


def today() -> dt.date:
    """Return the day it is."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def expected(day: dt.date | None) -> str:
    """Return when numbers are expected to be renewed, as HTML: late ones are marked."""
    if day is None:
        return ""
    if day < today():
        return f'<strong class="forsinket">skulle være kommet {danish.date(day)}</strong>'
    return f"forventes {danish.date(day)}"
