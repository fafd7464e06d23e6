"""How a reader wants the map: its form, its classes, and what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pages.figures.palette import CLASS_FILLS
from queries import UserError

Form = Literal["kort", "fliser"]
Rule = Literal["faste", "kvantiler", "lige", "egne"]
FORMS: dict[Form, str] = {"kort": "Landkort", "fliser": "Fliser"}
RULES: dict[Rule, str] = {
    "faste": "Faste klasser",
    "kvantiler": "Lige mange i hver (kvantiler)",
    "lige": "Lige brede klasser",
    "egne": "Egne grænser",
}
AGAINST_KOMMUNE = "kommune"
PARAMETERS = ("kort", "klasser", "mod")
"""The parameters of an address that choose how the map is drawn."""

MOST_BREAKS = len(CLASS_FILLS) - 1
_PERIOD = re.compile("[0-9]{4}(M(0[1-9]|1[0-2])|Q[1-4]|W[0-5][0-9])?")


@dataclass(frozen=True)
class MapChoices:
    """`breaks` are the reader's own (percent), for the rule 'egne'; none means those usual.

    `against` is a period ('2016M12') or 'kommune' (the selected one), None for no comparison.
    """

    form: Form = "kort"
    rule: Rule = "faste"
    breaks: tuple[float, ...] = ()
    against: str | None = None


def read_choices(query: Mapping[str, str]) -> tuple[MapChoices, list[str]]:
    """Return the choices of an address, and a Danish sentence for each part that is wrong.

    A wrong part falls back to its default.
    """
    problems: list[str] = []
    form, rule, against = "kort", query.get("klasser") or "faste", query.get("mod")
    breaks: tuple[float, ...] = ()
    if (asked := query.get("kort")) and asked not in FORMS:
        problems.append(f"Kortets form {_shown(asked)} findes ikke. Vælg kort eller fliser.")
    elif asked:
        form = asked
    if rule not in RULES:
        breaks, problem = read_breaks(rule)
        rule = "faste" if problem else "egne"
        problems += [problem] if problem else []
    if against and against != AGAINST_KOMMUNE and not _PERIOD.fullmatch(against):
        problems.append(
            f"Kortet kan ikke sammenlignes med {_shown(against)}. Skriv en måned som 2016M12 "
            "eller ordet kommune."
        )
        against = None
    forms = {one: one for one in get_args(Form)}
    rules = {one: one for one in get_args(Rule)}
    return MapChoices(forms[form], rules[rule], breaks, against or None), problems


def map_choices(query: Mapping[str, str]) -> MapChoices:
    """Return the choices of a file's address; raises UserError where a part of them is wrong."""
    choices, problems = read_choices(query)
    if problems:
        raise UserError(problems[0])
    return choices


def read_breaks(text: str) -> tuple[tuple[float, ...], str]:
    """Return own boundaries between classes in percent, or none and what is wrong with them.

    Written as '5-10-20-40', also with spaces or semicolons between; decimals have a comma.
    """
    words = re.split(r"[-–;\s]+", text.strip(" -–;"))
    if not all(re.fullmatch(r"\d{1,3}([.,]\d{1,2})?", word) for word in words):
        return (), (
            f"Klasserne {_shown(text)} kan ikke læses. Skriv kvantiler, lige eller grænser i "
            "procent med bindestreg imellem, fx 5-10-20-40."
        )
    breaks = tuple(float(word.replace(",", ".")) for word in words)
    if len(breaks) > MOST_BREAKS:
        return (), (
            f"Der kan højst være {MOST_BREAKS} grænser mellem klasserne, "
            f"men der står {len(breaks)}."
        )
    if list(breaks) != sorted(set(breaks)) or not 0 < breaks[0] <= breaks[-1] <= 100:
        return (), "Grænserne mellem klasserne skal stige og ligge over 0 og højst på 100 pct."
    return breaks, ""


def breaks_text(breaks: Sequence[float]) -> str:
    """Return boundaries as an address holds them: '2,5-5-10'."""
    return "-".join(f"{one:g}".replace(".", ",") for one in breaks)


def _shown(value: str) -> str:
    # Only plain values are repeated: what is shown passes through Markdown.
    return f"»{value}«" if re.fullmatch(r"[\w,.-]{1,30}", value) else "i adressen"
