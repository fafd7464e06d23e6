"""What the definitions leave open: each choice with all its options and the one that is used."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from pages.language import danish
from pages.metode.sections import Section, folded, table
from queries import REGISTER_CHOICES, REGISTER_DEFAULTS, Atlas, Choice


def section(atlas: Atlas) -> Section:
    """Return every choice that a count from a register makes, with all its options."""
    rows = [
        [escape(one.question), _options(one), escape(", ".join(_users(atlas, one.name)))]
        for one in REGISTER_CHOICES.values()
    ]
    body = (
        "<p>Dokumenterne siger ikke alt om, hvordan der er talt. Tæller man selv op af et "
        "register, skal hvert af disse spørgsmål have et svar. Svaret med fed er atlassets.</p>"
        + folded(
            f"Vis alle {len(rows)} valg",
            table(
                "Åbne valg, deres muligheder og de indikatorer, de gælder",
                ["Spørgsmål", "Muligheder", "Gælder"],
                rows,
            ),
        )
    )
    return Section("valg", "Valg i definitionerne", body)


def chosen_otherwise(given: Mapping[str, object]) -> str:
    """Return the choices of a register's count that are not the default, or that all are."""
    told = [
        f"{choice.question} {_answer(choice, given[name])}"
        for name, choice in REGISTER_CHOICES.items()
        if name in given and _plain(given[name]) != _plain(REGISTER_DEFAULTS[name])
    ]
    return " ".join(told) or "Alle som standard, se Valg i definitionerne på siden Kilder og metode"


def _users(atlas: Atlas, choice: str) -> list[str]:
    return [
        one.title
        for one in atlas.indicators.values()
        if one.register and choice in one.register.choices
    ]


def _options(choice: Choice) -> str:
    usual = REGISTER_DEFAULTS[choice.name]
    if not choice.options:
        return (
            f"<strong>{escape(_answer(choice, usual))}</strong> (standard); ellers hele tal fra "
            f"{choice.low} til {choice.high}"
        )
    return "<br>".join(
        f"<strong>{escape(text)}</strong> (standard)" if value == usual else escape(text)
        for value, text in choice.options.items()
    )


def _answer(choice: Choice, value: object) -> str:
    if choice.options:
        return choice.options.get(str(value), str(value))
    plain = _plain(value)
    return danish.listing([str(one) for one in (plain if isinstance(plain, list) else [plain])])


def _plain(value: object) -> object:
    """Return a value as it is after a journey through JSON."""
    return list(value) if isinstance(value, tuple) else value
