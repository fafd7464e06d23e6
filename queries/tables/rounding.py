"""The proposal that rounds every number to a base, totals on their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil

from queries.disclosure.alternatives import least_base, round_to, rounded_bounds
from queries.disclosure.publication import Criterion
from queries.sources.rounding import as_decimal, decimals_of, denominator_bounds
from queries.tables.bonds import Bounds, Equation
from queries.tables.changes import PRINTED
from queries.tables.examine import examine
from queries.tables.hiding import proposal, with_hidden
from queries.tables.model import Version
from queries.tables.options import Options
from queries.tables.report import Proposal, TableCell

MOST_OFF = 10
"""Percentage points from which on a share of rounded numbers is not worth printing."""


@dataclass(frozen=True)
class _Recomputed:
    """A rounded version with its shares computed anew.

    `most` is how many percentage points those printed may be off, `hidden` how many shares are
    hidden because they could be off by MOST_OFF or more. Both follow from what is printed, so that
    neither tells a reader of the true numbers. `changes` says that changes were computed anew too.
    """

    version: Version
    most: int
    hidden: int
    changes: bool

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said of the shares and changes."""
        said = []
        if self.most:
            said.append(
                "Andele er regnet af de afrundede antal og kan afvige op til "
                f"{self.most} procentpoint fra de rigtige."
            )
        if self.hidden:
            some = "1 andel" if self.hidden == 1 else f"{self.hidden} andele"
            said.append(
                f"{some} vises ikke: af så små antal kan afrundingen flytte en andel {MOST_OFF} "
                "procentpoint eller mere."
            )
        if self.changes:
            said.append("Ændringer er forskellen på de afrundede antal.")
        return tuple(said)


def round_all(version: Version, options: Options) -> Proposal:
    """Round every printed count; shares are computed anew from what is printed, or hidden.

    A share of so small a number that rounding may move it by MOST_OFF is hidden too.
    """
    criterion = Criterion(options.criterion)
    least = least_base(criterion, options.threshold, zeros_are_shown=options.zeros_are_shown)
    base = options.base or max(least, 5)
    hidden = [cell.id for cell in version.cells.values() if cell.status == "hidden"]
    bare = with_hidden(version, hidden)
    spread: dict[str, Bounds] = {}
    true = dict(bare.true)

    def rounded(cell: TableCell) -> TableCell:
        if cell.kind != "count" or cell.value is None:
            return cell
        printed = round_to(cell.value, base)
        spread[cell.id] = rounded_bounds(printed, base)
        true[cell.id] = cell.value
        text = danish(printed, like=cell.text)
        return replace(cell, text=text, value=printed, status="shown" if printed else "zero")

    rows = tuple(tuple(rounded(cell) for cell in row) for row in bare.rows)
    made = _with_shares(replace(bare, rows=rows, spread=spread, true=true))
    sums = "totaler er rundet hver for sig, så summen af delene kan afvige"
    if not hidden and examine(made.version, options).summary.verdict == "leaks":
        made = _with_shares(_added_up(replace(bare, rows=rows, spread=spread, true=true)))
        sums = "totaler er summen af de afrundede dele og kan afvige mere fra de rigtige"
    after = made.version
    changed = sum(
        cell.text != version.cells[cell.id].text
        for cell in after.cells.values()
        if cell.kind != "label"
    )
    sentence = f"Runder hvert antal til nærmeste {base}; {sums}."
    if base < least:
        sentence += f" Kriteriet kræver mindst afrunding til {least}."
    if hidden:
        sentence += " Tal, der allerede er skjult, forbliver skjult."
    sentence = " ".join((sentence, *made.notes))
    return proposal(
        "round",
        f"Afrund til {base}",
        version,
        after,
        sentence=sentence,
        options=options,
        cost=changed,
        base=base,
        more_notes=(f"Antal er afrundet til nærmeste {base}; {sums}.", *made.notes),
    )


def _added_up(version: Version) -> Version:
    """Return the version with each total as the sum of its rounded parts: it tells nothing more."""
    sums = {each.whole: each for each in version.equations if each.kind == "sum"}
    cells = version.cells
    done: dict[str, int] = {}

    def value(name: str, above: tuple[str, ...] = ()) -> int:
        if name not in done:
            parts = sums[name].parts if name in sums and name not in above else ()
            done[name] = (
                sum(value(part, (*above, name)) for part in parts)
                if parts
                else cells[name].value or 0
            )
        return done[name]

    new = {
        name: replace(
            cells[name],
            text=danish(value(name), like=cells[name].text),
            value=value(name),
            status="shown" if value(name) else "zero",
        )
        for name in sums
        if cells[name].value is not None
    }
    rows = tuple(tuple(new.get(cell.id, cell) for cell in row) for row in version.rows)
    spread = {name: (0, None) if name in new else each for name, each in version.spread.items()}
    return replace(version, rows=rows, spread=spread)


def danish(number: int, like: str = "") -> str:
    """Return a count as text, with the thousands sign that another text uses."""
    if number < 1000 or (like.strip().isdecimal() and len(like.strip()) > 3):
        return str(number)
    sign = next((each for each in ".\u00a0\u202f ," if each in like.strip()), ".")
    return f"{number:,}".replace(",", sign if like else ".")


def _with_shares(version: Version) -> _Recomputed:
    """Compute shares and changes anew where both numbers are printed; hide what would tell more."""
    cells = version.cells
    new: dict[str, TableCell] = {}
    hide = []
    reach = _reach(version)
    off: list[Fraction] = []
    understood = {each.cell for each in version.equations if each.kind == "share"}
    for equation in version.equations:
        cell = cells[equation.cell]
        if equation.kind == "change" and cell.status in PRINTED:
            if change := change_of(cells, equation):
                new[cell.id] = change
            else:
                hide.append(cell.id)
        if equation.kind != "share" or cell.status != "share":
            continue
        if equation.whole and (text := share_of(cells, equation)):
            new[cell.id] = replace(cell, text=text[0], share=text[1])
            off.append(_off(reach[equation.parts[0]], reach[equation.whole], text[1]))
            if off[-1] >= MOST_OFF:
                hide.append(cell.id)
        elif equation.whole or not _tells_nothing(version, equation):
            hide.append(cell.id)
    # A share of something unknown cannot be judged.
    hide += [c.id for c in cells.values() if c.status == "share" and c.id not in understood]
    rows = tuple(tuple(new.get(cell.id, cell) for cell in row) for row in version.rows)
    # A share of printed numbers tells nothing of its own; that a part is at most its whole does.
    equations = tuple(
        replace(each, kind="at_most") if each.kind == "share" and each.whole else each
        for each in version.equations
        if each.kind != "change"
    )
    kept = [each for each in off if each < MOST_OFF]
    return _Recomputed(
        with_hidden(replace(version, rows=rows, equations=equations), hide),
        most=ceil(max(kept, default=0)),
        hidden=len(off) - len(kept),
        changes=any(cell.kind == "change" for cell in new.values()),
    )


def _reach(version: Version) -> dict[str, Bounds]:
    """Return what each true count lies between, as a reader of the rounded ones sees it."""
    sums = {each.whole: each.parts for each in version.equations if each.kind == "sum"}
    found: dict[str, Bounds] = {}

    def reach(name: str, above: tuple[str, ...] = ()) -> Bounds:
        if name not in found:
            low, high = version.spread.get(name, (0, None))
            if high is None and name in sums and name not in above:
                inside = [reach(part, (*above, name)) for part in sums[name]]
                low = sum(each for each, _ in inside)
                highs = [each for _, each in inside if each is not None]
                high = sum(highs) if len(highs) == len(inside) else None
            found[name] = (low, high)
        return found[name]

    for name in version.cells:
        reach(name)
    return found


def _off(part: Bounds, whole: Bounds, share: str) -> Fraction:
    """Return how many percentage points a share of rounded numbers may be from the true one."""
    printed = Fraction(share)
    if part[1] is None or whole[1] is None:
        return Fraction(100)
    most = Fraction(100 * part[1], max(1, whole[0], part[1]))
    least = Fraction(100 * part[0], max(1, whole[1]))
    return max(most - printed, printed - least)


def change_of(cells: dict[str, TableCell], equation: Equation) -> TableCell | None:
    """Return the cell of a change with that between the numbers printed now; None if unknown."""
    before, after = cells[equation.parts[0]].value, cells[equation.whole].value
    if before is None or after is None:
        return None
    cell, value = cells[equation.cell], after - before
    sign = "+" if value > 0 and cell.text.strip().startswith("+") else "-" if value < 0 else ""
    text = sign + danish(abs(value), like=cell.text.strip().lstrip("+-−"))
    return replace(cell, text=text, value=value, status="shown" if value else "zero")


def share_of(cells: dict[str, TableCell], equation: Equation) -> tuple[str, str] | None:
    """Return a share's text and percentage from the numbers printed now; None where it has none."""
    part, whole = cells[equation.parts[0]].value, cells[equation.whole].value
    if part is None or not whole or part > whole:
        return None
    decimals = min(2, decimals_of(as_decimal(equation.share)))
    percent = (Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    old = cells[equation.cell].text
    after = old[len(old.rstrip("%pctPCT. \u00a0")) :] if any(map(str.isalpha, old)) else ""
    after = after or (" %" if "%" in old else "")
    return f"{percent:f}".replace(".", ",") + after, f"{percent:f}"


def _tells_nothing(version: Version, equation: Equation) -> bool:
    """Whether every count that a rounded number may stand for fits the printed share."""
    part = version.cells[equation.parts[0]]
    low, high = version.spread.get(part.id, (0, None))
    if part.status == "hidden" or high is None or high - low > 1000:
        return False
    return all(
        denominator_bounds(count, equation.share) is not None for count in range(low, high + 1)
    )
