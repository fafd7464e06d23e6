"""What can be wrong with an answer of Statistikbanken, as one Danish message."""

from __future__ import annotations

from queries.errors import UserError

NOTHING_READ = "Intet er læst, og intet er ændret."


class StatbankError(UserError):
    """An answer that is not what was asked for; nothing of it is used."""


def fault(table: str, what: str, to_do: str) -> StatbankError:
    """Return the error for `table`: what is wrong and what to do, in Danish."""
    return StatbankError(f"Statistikbanken, tabel {table.upper()}: {what} {to_do} {NOTHING_READ}")
