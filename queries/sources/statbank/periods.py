"""From the period codes of Statistikbanken to the atlas' own."""

from __future__ import annotations

import re

_FORMS = (
    (re.compile(r"([0-9]{4})"), ""),
    (re.compile(r"([0-9]{4})[KQ]([1-4])"), "Q"),
    (re.compile(r"([0-9]{4})M(0[1-9]|1[0-2])"), "M"),
    (re.compile(r"([0-9]{4})U(0[1-9]|[1-4][0-9]|5[0-3])"), "W"),
)


def period_of(code: str) -> str | None:
    """Return '2017', '2017Q2', '2017M06' or '2017W05' of a code of Tid, None for any other form.

    Quarters are written K in Danish and Q in English, weeks U. Days, half-years and spans of
    years ('2016/2017') have no counterpart here.
    """
    for form, letter in _FORMS:
        if found := form.fullmatch(code):
            return letter.join(found.groups())
    return None
