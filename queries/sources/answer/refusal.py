"""The one error of the reader, and the Danish of its numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from queries.errors import UserError

_SHOWN_LENGTH = 120
# Control, format (also those that turn the writing direction), surrogates and line separators:
# in a terminal or page they could change what the message seems to say.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class AnswerError(UserError):
    """A ministerial answer that cannot be read in full; nothing of it is returned."""


@dataclass(frozen=True)
class Refusals:
    """Refuses on behalf of one document, so that every message says which.

    `places` are the lines' places in the document ('side 2, linje 14'), where it is no plain text.
    A message is one printable line: U+FFFD stands for every other character.
    """

    document: str
    places: Sequence[str] = ()

    def at(self, line: int) -> str:
        """Say where a line is: 'i linje 14', 'på side 2, linje 14', 'i tabel 1, række 5'."""
        place = self.place(line)
        return f"{'på' if place.startswith('side') else 'i'} {place}"

    def place(self, line: int | str) -> str:
        """Name a line, or lines, as the document has them."""
        if isinstance(line, int) and 0 < line <= len(self.places):
            return self.places[line - 1]
        return f"linje {line}"

    def refuse(
        self, line: int | str, problem: str, *, found: str, expected: str, action: str
    ) -> NoReturn:
        """Raise AnswerError: where, what is wrong, what was found and expected, what to do."""
        message = (
            f"{self.document}, {self.place(line)}: {problem} "
            f"Fundet: »{shown(found)}«. Forventet: {expected} {action}"
        )
        raise AnswerError("".join(_printable(character) for character in message))


def shown(text: str) -> str:
    """Cut text of the document to what a message has room for."""
    return text if len(text) <= _SHOWN_LENGTH else text[:_SHOWN_LENGTH].rstrip() + " …"


def _printable(character: str) -> str:
    unprintable = unicodedata.category(character) in _UNPRINTABLE
    return "\N{REPLACEMENT CHARACTER}" if unprintable else character


def danish_integer(value: int) -> str:
    """Write a whole number with thousands points: '2.790'."""
    return f"{value:,}".replace(",", ".")


def danish_share(share: Decimal) -> str:
    """Write a share with its decimals, a decimal comma and unit: '21,4 pct.'."""
    return f"{share:f}".replace(".", ",") + " pct."


def danish_list(items: Sequence[str]) -> str:
    """Join as a Danish enumeration: 'Fanø, Læsø og Samsø'."""
    return " og ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)
