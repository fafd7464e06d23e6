"""Buttons that put what they stand by into the samrådsmappe, see `assets/mappe.js`.

They are HTML and nothing more: the folder is the browser's, and a press never reaches the server.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from textwrap import shorten

TEXT = "Læg i mappe"
MORE = " \N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True)
class Choice:
    """One button of a row: the kind, what it is called there, and parameters of its own."""

    kind: str
    label: str
    more: Mapping[str, str] = field(default_factory=dict)


def button(kind: str, parameters: Mapping[str, str], version: str, label: str) -> str:
    """Return the button for one item; `label` says what it is, to those who cannot see."""
    item = {"slags": kind, "parametre": _some(parameters), "data": version}
    return _button(_compact(item), f"{TEXT}: {label}", TEXT)


def row(
    parameters: Mapping[str, str], version: str, choices: Sequence[Choice], *, what: str = ""
) -> str:
    """Return one button per choice, all with `parameters`; `what` names the row."""
    shared = _compact({"parametre": _some(parameters), "data": version})
    name = f"Læg i samrådsmappe{f': {what}' if what else ''}"
    buttons = "".join(
        _button(_partly(one), f"{one.label}: læg i mappe", one.label, named=True) for one in choices
    )
    return (
        f'<div class="mapperaekke" role="group" aria-label="{escape(name)}" '
        f'data-mappefaelles="{escape(shared)}"><span>{TEXT}</span>{buttons}</div>'
    )


def shared(version: str) -> str:
    """Return the attribute of an element whose buttons (see `statement`) have one data version."""
    return f'data-mappefaelles="{escape(_compact({"data": version}))}"'


def statement(statement_id: str, text: str) -> str:
    """Return the icon of a published statement; HTML around it names the version (`shared`)."""
    item = _compact({"slags": "udsagn", "parametre": {"id": statement_id}})
    return _button(item, f"{TEXT}: {shorten(text, 60, placeholder=MORE)}", TEXT, icon=True)


def _partly(one: Choice) -> str:
    if not one.more:
        return one.kind
    return _compact({"slags": one.kind, "parametre": _some(one.more)})


def _button(item: str, name: str, text: str, *, named: bool = False, icon: bool = False) -> str:
    own, look = " data-hvad" if named else "", " ikon" if icon else ""
    return (
        f'<button type="button" class="mappe{look}" data-mappe="{escape(item)}"{own} '
        f'aria-label="{escape(name)}">{escape(text)}</button>'
    )


def _some(parameters: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in sorted(parameters.items()) if value}


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
