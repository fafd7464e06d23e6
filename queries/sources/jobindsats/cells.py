"""From an answer to cells: every area in every period that was asked for, exactly once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor

from queries.cells import WHOLE
from queries.sources.incoming import ImportRefusedError
from queries.sources.jobindsats.answer import Answer
from queries.sources.jobindsats.asked import Asked
from queries.sources.jobindsats.checks import check_order
from queries.sources.jobindsats.columns import Layout
from queries.sources.jobindsats.faults import listed, refuse
from queries.sources.jobindsats.found import Found
from queries.sources.jobindsats.labels import normal, read_value
from queries.sources.jobindsats.metadata import COUNTRY, area_code, is_unknown_area
from queries.sources.jobindsats.section import Roles
from queries.sources.rounding import denominator_bounds, share_bounds

FEW = "Ikke offentliggjort af Jobindsats: 0, 1 eller 2."
NO_SHARE = "Andelen er ikke offentliggjort af Jobindsats."
_LARGEST = 100_000_000


def read_cells(
    answer: Answer, layout: Layout, asked: Asked, periods: Collection[str], found: Found
) -> None:
    """Add the cells of all areas in `periods` to `found`.

    Raises ImportRefusedError when a row is wrong, missing or not asked for: then nothing is added.
    """
    reader = _Reader(answer, layout, asked)
    rows = reader.place(periods)
    for roles in asked.section.indicators:
        reader.found.rows += [reader.cell(roles, key, row) for key, row in rows.items()]
    check_order(answer, layout.measures, asked)
    found.add(reader.found)


@dataclass
class _Reader:
    """One answer while it is read."""

    answer: Answer
    layout: Layout
    asked: Asked
    found: Found = field(default_factory=Found)

    def place(self, periods: Collection[str]) -> dict[tuple[str, str], int]:
        """The number of the row of each period and area: all that were asked for, no other."""
        self.found.unknown_columns |= set(self.layout.unknown)
        metadata = self.asked.metadata
        known = {normal(name): code for name, code in metadata.areas.items()}
        rows: dict[tuple[str, str], int] = {}
        for number, row in enumerate(self.answer.rows):
            period = str(row[self.layout.period]).strip()
            name = str(row[self.layout.area]).strip()
            if period not in periods:
                text = f"har perioden »{period[:40]}«, som der ikke blev spurgt om."
                raise self._fault("period_not_asked", number, text, period)
            code = known.get(normal(name)) or area_code(name, self.asked.names)
            if code is None:
                if normal(name) not in known and not is_unknown_area(name):
                    text = f"har området »{name[:60]}«, som ikke kendes."
                    raise self._fault("area_unknown", number, text, name)
                self.found.left_out[name] += 1
                continue
            if (period, code) in rows:
                text = f"er den anden for »{name[:60]}« i {period}."
                raise self._fault("row_twice", number, text, name)
            rows[period, code] = number
        self._check_all(
            {(period, code) for period in periods for code in metadata.area_codes}, rows
        )
        return rows

    def _check_all(
        self, expected: set[tuple[str, str]], rows: Mapping[tuple[str, str], int]
    ) -> None:
        names, table = self.asked.names, self.asked.table
        if missing := sorted(expected - set(rows)):
            places = [f"{'Hele landet' if c == COUNTRY else names.name(c)} {p}" for p, c in missing]
            text = f"{len(missing)} af {len(expected)} rækker mangler: {listed(places, 5)}."
            raise refuse(table, "rows_missing", text)
        if extra := sorted(set(rows) - expected):
            text = f"{len(extra)} rækker har et område, som tabellens metadata ikke har."
            raise refuse(table, "rows_not_in_metadata", text, value=" ".join(extra[0]))

    def cell(self, roles: Roles, key: tuple[str, str], number: int) -> dict[str, object]:
        """The cell of one indicator in one period and area."""
        count = self._number(number, roles.numerator, _count_fault)
        share = self._number(number, roles.share, _share_fault)
        if share is not None:
            unit = Decimal(1).scaleb(-roles.share_decimals)
            printed = share.quantize(unit, rounding=ROUND_HALF_UP)
            self.found.rounded[roles.share] += share != printed
            share = printed
        shown = count is not None if roles.numerator else share is not None
        low, high = None, None
        if count is not None and share is not None:
            low, high, fits = denominators(int(count), share, rounded=roles.numerator_is_rounded)
            if not fits:
                self.found.without_denominator.append(f"{key[1]} {key[0]}")
        return {
            "indicator_id": roles.indicator_id,
            "area_id": key[1],
            "period": key[0],
            "breakdown": WHOLE,
            "status": "shown" if shown else "suppressed",
            "numerator": None if count is None else int(count),
            "denominator_low": low,
            "denominator_high": high,
            "share_pct": None if share is None else float(share),
            "share_decimals": None if share is None else roles.share_decimals,
            "note": _note(roles, shown=shown, has_share=share is not None),
            "source_row": None,
        }

    def _number(self, number: int, label: str, fault: Callable[[Decimal], str]) -> Decimal | None:
        """The number under a label; None when it is not published or the label is ''."""
        if not label:
            return None
        cell = self.answer.rows[number][self.layout.measures[label]]
        value = read_value(cell)
        if value.kind == "not_published":
            return None
        wrong = "er hverken et tal eller et tegn for ikke offentliggjort"
        if value.kind == "number":
            wrong = fault(value.number)
        if wrong:
            text = f"har »{str(cell)[:40]}« i kolonnen »{label}«. Det {wrong}."
            raise self._fault("value_wrong", number, text, str(cell), label)
        return value.number

    def _fault(
        self, code: str, number: int, text: str, value: str, column: str = ""
    ) -> ImportRefusedError:
        told = f"række {number + 1} {text}"
        return refuse(self.asked.table, code, told, column=column, value=value[:60])


def denominators(
    count: int, share: Decimal, *, rounded: bool
) -> tuple[int | None, int | None, bool]:
    """Return the whole denominators that fit, and whether any does; (None, None) when unbounded.

    A `rounded` count may itself be off by a half either way.
    """
    if not rounded:
        bounds = denominator_bounds(count, share)
        low, high = bounds or (None, None)
        return (low, high, True) if high is not None else (None, None, bounds is not None)
    lowest, highest = share_bounds(share)
    if lowest <= 0 or count == 0:
        return None, None, True
    low = max(count, 1, ceil(100 * (count - Fraction(1, 2)) / highest))
    high = floor(100 * (count + Fraction(1, 2)) / lowest)
    return (low, high, True) if low <= high else (None, None, False)


def _count_fault(number: Decimal) -> str:
    if number < 0 or number != number.to_integral_value():
        return "er ikke et helt antal"
    return "er større, end et antal her kan være" if number > _LARGEST else ""


def _share_fault(number: Decimal) -> str:
    return "" if 0 <= number <= 100 else "er ikke en andel fra 0 til 100 pct."


def _note(roles: Roles, *, shown: bool, has_share: bool) -> str:
    if not shown:
        return FEW if roles.numerator else NO_SHARE
    return "" if has_share else NO_SHARE
