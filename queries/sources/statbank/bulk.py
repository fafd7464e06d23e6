"""The streamed form: a row per combination, without those that are 0."""

from __future__ import annotations

import re
from decimal import Decimal

from queries.sources.statbank.faults import fault
from queries.sources.statbank.plan import Part

Reading = dict[tuple[str, str], Decimal | None]

MISSING = ".."
_CONTENT = "INDHOLD"
_NUMBER = re.compile(r"-?[0-9]{1,15}(,[0-9]{1,10})?")
TO_DO = "Prøv igen; meld fejlen, hvis den bliver ved."


def read_bulk(part: Part, text: str) -> Reading:
    """Return the rows by (area code, period code): the number, or None for '..'.

    The text is semicolon separated, with a first row of variable codes and INDHOLD in any order
    and, in Danish, a decimal comma. A combination that is not there is not in the result. Raises
    StatbankError for a row with too few or too many columns, a code that was not asked for, a
    combination that is there twice, and a value that is neither a number nor '..'.
    """
    lines = text.removeprefix("\ufeff").rstrip("\r\n").splitlines()
    columns = _columns(part, lines[0] if lines else "")
    found: Reading = {}
    for number, line in enumerate(lines[1:], start=2):
        fields = [field.strip().strip('"') for field in line.split(";")]
        if len(fields) != len(columns):
            raise _wrong(part, number, "har ikke det antal kolonner, der er i overskriften")
        row = dict(zip(columns, fields, strict=True))
        for code in part.order:
            if row[code] not in part.wanted(code):
                raise _wrong(part, number, f"har {code}=»{row[code][:40]}«, som ikke er bedt om")
        key = (row[part.area], row[part.time])
        if key in found:
            raise _wrong(part, number, f"gentager {key[0]} {key[1]}")
        found[key] = _value(part, number, row[_CONTENT])
    return found


def _columns(part: Part, header: str) -> list[str]:
    """The header's columns as the table's own codes: their case differs (Tid, TID)."""
    known = {code.casefold(): code for code in (*part.order, _CONTENT)}
    heading = [field.strip().strip('"').casefold() for field in header.split(";")]
    if sorted(heading) != sorted(known):
        shown = header[:80] or "(tom)"
        raise fault(part.table, f"svarets overskrift er »{shown}«.", TO_DO)
    return [known[field] for field in heading]


def _value(part: Part, number: int, field: str) -> Decimal | None:
    if field == MISSING:
        return None
    if not _NUMBER.fullmatch(field):
        raise _wrong(part, number, f"har »{field[:40]}« som tal")
    return Decimal(field.replace(",", "."))


def _wrong(part: Part, number: int, what: str) -> Exception:
    return fault(part.table, f"svarets linje {number} {what}.", TO_DO)
