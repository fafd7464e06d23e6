"""How a fault in a table is told: one Danish message, and nothing is imported."""

from __future__ import annotations

from collections.abc import Iterable

from queries.sources.incoming import Finding, ImportRefusedError

NOTHING = "Intet er importeret."
LATEST = "Se på jobindsats.dk, om tabellen er lavet om, og ret kataloget, eller prøv igen senere."


def refuse(
    table: str, code: str, text: str, *, column: str = "", value: str = "", do: str = LATEST
) -> ImportRefusedError:
    """Return the error for a table whose answer cannot be used; `text` says what and where."""
    told = f"Jobindsats, tabel {table}: {text} {NOTHING} {do}"
    return ImportRefusedError(told, [Finding("error", code, told, column=column, value=value)])


def listed(names: Iterable[object], most: int = 12) -> str:
    """Return names in Danish quotes, the first `most` of them."""
    all_of_them = [str(name)[:80] for name in names]
    told = ", ".join(f"»{name}«" for name in all_of_them[:most])
    more = len(all_of_them) - most
    return f"{told} og {more} til" if more > 0 else told or "ingen"
