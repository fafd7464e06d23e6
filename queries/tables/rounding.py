"""The proposal that rounds every number to a base, totals on their own."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from queries.disclosure.alternatives import least_base, round_to, rounded_bounds
from queries.disclosure.publication import Criterion
from queries.sources.rounding import as_decimal, decimals_of, denominator_bounds
from queries.tables.bonds import Bounds, Equation
from queries.tables.examine import examine
from queries.tables.hiding import proposal, with_hidden
from queries.tables.model import Version
from queries.tables.options import Options
from queries.tables.report import Proposal, TableCell


def round_all(version: Version, options: Options) -> Proposal:
    """Round every printed count; shares are computed anew from what is printed, or hidden."""
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
    after = _with_shares(replace(bare, rows=rows, spread=spread, true=true))
    sums = "totaler er rundet hver for sig, så summen af delene kan afvige"
    if not hidden and examine(after, options).summary.verdict == "leaks":
        after = _with_shares(_added_up(replace(bare, rows=rows, spread=spread, true=true)))
        sums = "totaler er summen af de afrundede dele og kan afvige mere fra de rigtige"
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
    return proposal(
        "round",
        f"Afrund til {base}",
        version,
        after,
        sentence=sentence,
        options=options,
        cost=changed,
        base=base,
        more_notes=(f"Antal er afrundet til nærmeste {base}; {sums}.",),
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


def _with_shares(version: Version) -> Version:
    """Compute shares anew where both numbers are printed; hide those that would tell more."""
    cells = version.cells
    new: dict[str, TableCell] = {}
    hide = []
    understood = {each.cell for each in version.equations if each.kind == "share"}
    for equation in version.equations:
        cell = cells[equation.cell]
        if equation.kind != "share" or cell.status != "share":
            continue
        if equation.whole and (text := share_of(cells, equation)):
            new[cell.id] = replace(cell, text=text[0], share=text[1])
        elif equation.whole or not _tells_nothing(version, equation):
            hide.append(cell.id)
    # A share of something unknown cannot be judged.
    hide += [c.id for c in cells.values() if c.status == "share" and c.id not in understood]
    rows = tuple(tuple(new.get(cell.id, cell) for cell in row) for row in version.rows)
    # A share of printed numbers tells nothing of its own; that a part is at most its whole does.
    equations = tuple(
        replace(each, kind="at_most") if each.kind == "share" and each.whole else each
        for each in version.equations
    )
    return with_hidden(replace(version, rows=rows, equations=equations), hide)


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
