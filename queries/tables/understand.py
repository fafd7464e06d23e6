"""Everything that binds the numbers of a table, what does not fit, and how marks were read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from queries.tables.addition import Added, find_added
from queries.tables.bonds import Axis, Bond, Bounds, Equation, axis
from queries.tables.changes import change_bonds, settle_changes, without_changes
from queries.tables.doubts import not_fitting, other_threshold, unexplained, unsure
from queries.tables.layout import Layout
from queries.tables.marks import with_hidden_blanks, with_zeros
from queries.tables.options import NO_TOTALS, Options
from queries.tables.report import Problem, Understood
from queries.tables.shares import equal_bond, find_parts, find_shares
from queries.tables.sums import equal_lines

_WORDS = {"to": 2, "tre": 3, "fire": 4, "fem": 5, "ti": 10}
_SMALL = re.compile(
    r"(?:færre end|mindre end|under|<)\s*(?P<open>\d{1,3}|to|tre|fire|fem|ti)\b"
    r"(?!\s*(?:mdr|måned|år|uge|dage|pct|procent|%))|"
    r"(?:højst|≤)\s*(?P<closed>\d{1,3})\s+(?:personer|borgere)",
    re.IGNORECASE,
)
_DASH_IS_ZERO = re.compile(r"[-–]['\"»«]?\s*(?:=|:|betyder|er|angiver)?\s*(?:nul|ingen|0)\b", re.I)
_LETTER = {"sum": "S", "hierarchy": "S", "equal": "L", "at_most": "H", "share": "A", "change": "F"}
_MOST_PROBLEMS = 50
_HIDDEN_ZEROS = (
    "Tallene passer kun sammen, hvis der også er skjulte nuller, selv om nul skulle vises."
)
_FEWEST_ROUNDED = 8
_ROUNDED = re.compile(r"afrundet til nærmeste (\d{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Understanding:
    """A layout (marks settled) with its bonds by id, and what the report says of them.

    `bounds` is what is known beforehand of each hidden cell by id, `default` of a number that is
    no part of the table. `switched_off` are ids. `rounded_to` is what the counts of the table are
    taken to be rounded to, 1 where they are exact; sums then fit as far as rounding lets them.
    `reasons` say (in Danish) why the table may give away more than is found, `unsure` the same of a
    table that hides something, `file_reasons` of the rest of the file.
    """

    layout: Layout
    bonds: dict[str, Bond]
    switched_off: frozenset[str]
    bounds: dict[str, Bounds]
    default: Bounds
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]
    rounded_to: int
    reasons: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    file_reasons: tuple[str, ...] = ()

    @property
    def equations(self) -> list[Equation]:
        """The equations that are used: switched on, and not contradicted by the numbers."""
        return [
            equation
            for name, bond in self.bonds.items()
            if name not in self.switched_off and bond.is_believed
            for equation in bond.equations
            if equation not in {each for each, _ in bond.off}
        ]

    @property
    def is_rounded(self) -> bool:
        """Whether the counts are taken to be rounded."""
        return self.rounded_to > 1

    @property
    def understood(self) -> tuple[Understood, ...]:
        """The bonds as the report shows them."""
        return tuple(
            Understood(
                id=name,
                title=bond.title,
                kind=bond.kind,
                basis=bond.basis,
                used=name not in self.switched_off and bond.is_believed,
                switched_off=name in self.switched_off,
                equations=len(bond.equations),
                broken=len(bond.off),
                cells=tuple(
                    dict.fromkeys(
                        cell
                        for each in bond.equations
                        for cell in (each.whole, each.cell, *each.parts)
                        if cell
                    )
                ),
            )
            for name, bond in self.bonds.items()
        )


def understand(layout: Layout, options: Options) -> Understanding:
    """Settle what the marks mean and find what binds the numbers; pure.

    Empty cells are nothing, unless sums fit better when something is hidden there.
    """
    found = _understood(layout, options)
    if found.problems and options.zeros_are_shown:
        # Whatever the rule says, zeros may be hidden in this table.
        other = _understood(layout, options, least=0)
        if len(other.problems) < len(found.problems):
            found = replace(other, reasons=(*other.reasons, _HIDDEN_ZEROS))
    blank = _blanks(layout)
    short = [each for each in found.problems if each.off is not None and each.off > 0]
    if not blank or not short:
        return found
    other = _understood(with_hidden_blanks(layout, blank), options)
    if len(other.problems) >= len(found.problems):
        return found
    said = "Tomme celler er læst som skjulte tal: uden dem er totalerne større end summen."
    return replace(other, remarks=(*other.remarks, said))


def _blanks(layout: Layout) -> frozenset[str]:
    """Return the empty cells in lines that hold counts both ways."""
    down = axis(layout, down=True, bounds={}, default=(0, None))
    cells = [layout.cell(r, c) for r in down.lines for c in down.across]
    return frozenset(cell.id for cell in cells if cell.status == "empty" and cell.kind == "count")


def _understood(layout: Layout, options: Options, least: int | None = None) -> Understanding:
    layout, remarks = _settle_dashes(layout, options)
    layout, changing, undiffering, more = settle_changes(layout)
    remarks += more
    least = int(options.zeros_are_shown) if least is None else least
    default, more = _default_bounds(layout, options, least)
    remarks += more
    bounds = {name: _narrower(bound, default) for name, bound in layout.bounds.items()}
    down = axis(layout, down=True, bounds=bounds, default=default)
    along = axis(layout, down=False, bounds=bounds, default=default)
    remarks += other_threshold(layout, bounds, options.threshold)
    around = " ".join((*layout.table.above, *layout.table.below))
    rounded = options.rounded_to or _rounded_to(layout)
    added = find_added(
        down,
        along,
        chosen=(_chosen(down, options, "raekke"), _chosen(along, options, "kolonne")),
        left_out=around,
        guess=NO_TOTALS not in options.totals,
        rounded=rounded,
    )
    shares, unclear = _shares(layout, down, along, added)
    known = [*added.rows, *added.columns, *added.running]
    changes, increases = change_bonds((down, along), changing, known)
    reasons = [*layout.reasons, *undiffering, *added.reasons]
    if rounded > 1:
        reasons += without_changes(changes, layout)
        changes = []
    equal = [equal_bond(each, *pair) for each in (down, along) for pair in equal_lines(each)]
    bonds: dict[str, Bond] = {}
    count: dict[str, int] = {}
    sums = (*known, *increases)
    parts = (*find_parts(down), *find_parts(along))
    for bond in (*sums, *equal, *parts, *shares, *changes):
        letter = _LETTER[bond.kind]
        count[letter] = count.get(letter, 0) + 1
        bonds[f"{letter}{count[letter]}"] = bond
    for name in unclear:
        reasons.append(f"Det er ikke klart, hvad '{name}' er en andel af; den er ikke undersøgt.")
    if rounded > 1:
        bonds = {name: _as_rounded(bond, rounded) for name, bond in bonds.items()}
        remarks.append(
            f"Alle antal går op i {rounded}: tabellen er læst som afrundet til nærmeste {rounded}, "
            "totaler hver for sig."
        )
    off = frozenset(options.without)
    reasons += [*not_fitting(bonds, off), *unexplained((down, along), bonds, options)]
    for name in sorted(off - set(bonds)):
        if re.fullmatch(r"[A-Z]\d{1,4}", name):
            remarks.append(f"Der er intet sumforhold {name} at se bort fra.")
    return Understanding(
        layout=layout,
        bonds=bonds,
        switched_off=off & set(bonds),
        bounds=bounds,
        default=default,
        problems=_problems(bonds, off),
        remarks=(*layout.remarks, *remarks),
        rounded_to=rounded,
        reasons=tuple(reasons),
        unsure=tuple(unsure(layout, bonds, options)),
        file_reasons=layout.file_reasons,
    )


def _shares(layout: Layout, down: Axis, along: Axis, added: Added) -> tuple[list[Bond], list[str]]:
    share_columns = [
        c
        for c in layout.columns
        if c not in along.lines and any(layout.cell(r, c).kind == "share" for r in layout.rows)
    ]
    share_rows = [
        r
        for r in layout.rows
        if r not in down.lines
        and any(
            layout.cell(r, c).kind == "share" and layout.cell(r, c).status != "empty"
            for c in along.lines
        )
    ]
    across, unclear = find_shares(along, share_columns, [_whole(bond) for bond in added.rows])
    below, more = find_shares(down, share_rows, [_whole(bond) for bond in added.columns])
    return across + below, unclear + more


def _whole(bond: Bond) -> int:
    return int(bond.key.split(":")[1])


def _chosen(axis: Axis, options: Options, noun: str) -> tuple[int, ...]:
    found = []
    if not axis.lines:
        return ()
    if f"forste-{noun}" in options.totals:
        found.append(axis.lines[0])
    if f"sidste-{noun}" in options.totals:
        found.append(axis.lines[-1])
    return tuple(found)


def _settle_dashes(layout: Layout, options: Options) -> tuple[Layout, list[str]]:
    """Read a dash as zero or as hidden, and say which."""
    if not layout.dashes:
        return layout, []
    cells = [cell for row in layout.table.rows for cell in row]
    around = " ".join((*layout.table.above, *layout.table.below))
    printed_zero = any(cell.status == "zero" for cell in cells)
    other_marks = any(cell.status == "hidden" and cell.id not in layout.dashes for cell in cells)
    is_zero = options.dash_is_zero
    if is_zero is None:
        is_zero = bool(_DASH_IS_ZERO.search(around)) or (other_marks and not printed_zero)
    if is_zero:
        return with_zeros(layout, layout.dashes), ["'-' er læst som nul."]
    return layout, ["'-' er læst som et skjult tal."]


def _default_bounds(layout: Layout, options: Options, low: int) -> tuple[Bounds, list[str]]:
    """Return what a reader knows of a hidden number whose mark says nothing."""
    if not layout.bounds or options.hidden_is_small is False:
        return (0, None), []
    if options.hidden_is_small:
        return (low, max(low, options.threshold - 1)), []
    for line in (*layout.table.below, *layout.table.above):
        if found := _SMALL.search(line):
            word = found["open"] or found["closed"]
            number = _WORDS.get(word.lower()) or int(word)
            most = number - 1 if found["open"] else number
            if most >= 1:
                return (low, most), [
                    f"Teksten ved tabellen siger, at skjulte tal er højst {most}. Det er regnet "
                    "med: en læser ved det også."
                ]
    if all(high is not None for _, high in layout.bounds.values()):
        return (low, None), []
    return (low, None), [
        "Tabellen siger ikke, hvor store de skjulte tal kan være. Ved modtageren, at de alle er "
        f"under {options.threshold}, kan der regnes mere ud: vælg »At skjulte tal er små« under "
        "»Hvad læseren ved om et skjult tal« (i kommandoen: --skjulte smaa)."
    ]


def says_small(line: str) -> bool:
    """Return whether a line of text says how small hidden numbers are."""
    return bool(_SMALL.search(line))


def _narrower(one: Bounds, other: Bounds) -> Bounds:
    if one[1] is not None:
        return max(one[0], min(other[0], one[1])), one[1]
    return max(one[0], other[0]), other[1]


def _as_rounded(bond: Bond, base: int) -> Bond:
    """Return the bond without what rounding explains: half a base for each number."""
    off = tuple(
        (equation, over)
        for equation, over in bond.off
        if over is None
        or equation.kind not in {"sum", "at_most"}
        or 2 * abs(over) > base * (len(equation.parts) + 1)
    )
    return replace(bond, off=off)


def _rounded_to(layout: Layout) -> int:
    counts = [
        cell.value for row in layout.table.rows for cell in row if cell.value and cell.value > 0
    ]
    around = " ".join((*layout.table.above, *layout.table.below))
    said = int(found[1]) if (found := _ROUNDED.search(around)) else 1
    if said > 1 and not any(each % said for each in counts):
        return said
    if len(counts) < _FEWEST_ROUNDED:
        return 1
    return next((base for base in (100, 50, 10, 5) if not any(each % base for each in counts)), 1)


def _problems(bonds: dict[str, Bond], off: frozenset[str]) -> tuple[Problem, ...]:
    found = [
        Problem(name, equation.cell, over, _problem_text(equation, over))
        for name, bond in bonds.items()
        if name not in off
        for equation, over in bond.off
    ]
    return tuple(found[:_MOST_PROBLEMS])


def _problem_text(equation: Equation, over: int | None) -> str:
    if equation.kind == "change":
        return f"{equation.title}, men forskellen passer ikke med antallene."
    if equation.kind == "share":
        return f"{equation.title}, men andelen passer ikke med antallene."
    if equation.kind == "at_most":
        return f"{equation.title}, men delen er større end det, den er en del af."
    if over is None or over == 0:
        return f"{equation.title}, men tallene passer ikke sammen."
    more = "større" if over > 0 else "mindre"
    return f"{equation.title}, men tallet er {abs(over)} {more} end summen af de viste dele."
