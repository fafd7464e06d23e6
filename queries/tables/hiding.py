"""The proposal that hides further numbers, and what all proposals share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from queries.disclosure.primary import share_narrows
from queries.disclosure.protect import Protection, protect
from queries.disclosure.publication import Cell, Criterion, Publication
from queries.tables.bonds import Bounds, Equation
from queries.tables.changes import PRINTED
from queries.tables.examine import examine, small_shown
from queries.tables.model import REST, Version, model
from queries.tables.numbers import DASHES, MARKS, tidy
from queries.tables.options import Options
from queries.tables.report import Difference, Grid, Method, Proposal, TableCell
from queries.tables.understand import says_small

_OPEN: Bounds = (0, None)
_MOST_STEPS = 1000  # so many different numbers of people are told apart
_PART_FOR_PEOPLE = 0.3  # of the time for a proposal
_OTHERS = {"share": ("andel", "andele"), "change": ("ændring", "ændringer")}


def hide(version: Version, options: Options) -> Proposal:
    """Hide every small number, and as few others as it takes to keep the hidden ones."""
    bare = _with_one_mark(version)
    publication = _to_protect(bare, options, keep_totals=True)
    found = _protected(publication, options)
    keeps_totals = not found.exposed
    if not keeps_totals:
        publication = _to_protect(bare, options, keep_totals=False)
        found = _protected(publication, options)
    if found.further:
        found = _with_fewer_people(publication, found, options)
    table = bare.cells
    hidden = [name for name in found.publication.hidden if name in table]
    safe = hide_shares(with_hidden(bare, hidden), options)
    counts = [name for name in found.further if name in table]
    small = [name for name in small_shown(version, options) if name in hidden]
    further = [name for name in counts if name not in small]
    others: Counter[str] = Counter(
        cell.kind
        for cell in safe.cells.values()
        if cell.kind in {"share", "change"}
        and cell.status == "hidden"
        and version.cells[cell.id].status != "hidden"
    )
    totals = bool(_tops(version)) and keeps_totals
    sentence = _sentence(len(small), len(further), others, found, keeps_totals=totals)
    return proposal(
        "hide",
        "Skjul flere tal",
        version,
        safe,
        options,
        sentence=sentence,
        cost=len(further) + others.total(),
        bound=found.bound if not others else None,
        gap=found.gap,
        optimal=found.optimal,
    )


def _sentence(
    small: int, further: int, others: Counter[str], found: Protection, *, keeps_totals: bool
) -> str:
    if not (small or further or others):
        return "Intet mere skal skjules."
    parts = []
    if small:
        parts.append(f"{small} {'lille' if small == 1 else 'små'} tal")
    if further:
        more = "tal mere" if not small else "andet tal" if further == 1 else "andre tal"
        parts.append(f"{further} {more}, så de skjulte ikke kan regnes ud,")
    for kind, (one, several) in _OTHERS.items():
        if number := others[kind]:
            noun = one if number == 1 else several
            parts.append(f"{number} {noun}, der ville røbe et skjult tal")
    listed = " og ".join(parts[:2]) + "".join(f" samt {part}" for part in parts[2:])
    listed = listed.removesuffix(",")
    return f"Skjuler {listed}.{_least(found, others, keeps_totals) if further else ''}"


def _least(found: Protection, others: Counter[str], keeps_totals: bool) -> str:
    """Return what is proven of the number of counts hidden further, in exactly those words."""
    what = "Færre tal"
    if others:
        named = [several for kind, (_, several) in _OTHERS.items() if others[kind]]
        what = f"Færre antal ({' og '.join(named)} ikke talt med)"
    on_top = " med de øverste totaler vist" if keeps_totals else ""
    if found.optimal:
        return f" {what} kan ikke gøre det{on_top}."
    over = f"{100 * found.gap:.0f}"
    return f" {what} kunne måske gøre det{on_top}, men højst {over} pct. færre."


def _protected(publication: Publication, options: Options) -> Protection:
    return protect(
        publication,
        Criterion(options.criterion),
        insiders=options.insiders,
        objective_by="weight",
        seconds=options.seconds,
    )


def _with_fewer_people(publication: Publication, found: Protection, options: Options) -> Protection:
    """Return a choice of as few cells with fewer people in them, where one is found soon.

    How few cells it takes is proven by what was found before; this only chooses among equals.
    """
    cells = {cell.name: cell for cell in publication.cells if cell.weight and not cell.hidden}
    largest = max((cell.value or 0 for cell in cells.values()), default=0)
    if not largest:
        return found
    # One cell more costs more than all the people that the others can save.
    steps = min(largest, _MOST_STEPS)
    people = {name: steps * (cell.value or 0) // largest for name, cell in cells.items()}
    each = steps * len(found.further) + 1
    weighed = replace(
        publication,
        cells=tuple(
            replace(cell, weight=each + people[cell.name]) if cell.name in cells else cell
            for cell in publication.cells
        ),
    )
    other = _protected(weighed, replace(options, seconds=options.seconds * _PART_FOR_PEOPLE))
    loss = [sum(cells[n].value or 0 for n in one.further if n in cells) for one in (found, other)]
    counted = [sum(n in cells for n in one.further) for one in (found, other)]
    if other.exposed or counted[1] != counted[0] or loss[1] >= loss[0]:
        return found
    return replace(found, publication=other.publication, further=other.further)


def _to_protect(version: Version, options: Options, *, keep_totals: bool) -> Publication:
    """Return what is to be protected: shares are hidden afterwards, rests are printed by nobody.

    A rest is known where part and whole are printed, so hiding either hides it too.
    """
    counted = tuple(
        each
        for each in version.equations
        if each.kind != "change" and (each.kind != "share" or each.whole)
    )
    must = set(small_shown(version, options))
    everything = replace(
        version,
        equations=tuple(
            replace(each, kind="at_most") if each.kind == "share" else each for each in counted
        ),
    )
    all_hidden = with_hidden(
        everything, [c.id for c in version.cells.values() if c.value is not None]
    )
    made = model(all_hidden, options).publication
    table = version.cells
    tops = _tops(version) if keep_totals else frozenset()
    cells, follows = [], []
    for cell in made.cells:
        if cell.name in table:
            cells.append(_own(cell, table[cell.name], must, tops))
        elif cell.name.startswith(REST):
            part, whole = cell.name.removeprefix(REST).split("@")
            known = table[part].status != "hidden" and table[whole].status != "hidden"
            cells.append(
                replace(cell, hidden=not known or part in must, secret=False, weight=0)
                if cell.value is not None
                else cell
            )
            follows += [(part, cell.name), (whole, cell.name)]
            if part in must and cell.value is not None:
                cells[-1] = replace(cells[-1], secret=_is_small(cell, options))
        else:
            cells.append(cell)
    return Publication(tuple(cells), made.relations, follows=tuple(follows), titles=version.titles)


def _is_small(cell: Cell, options: Options) -> bool:
    value = cell.value or 0
    return value < options.threshold and not (value == 0 and options.zeros_are_shown)


def _own(cell: Cell, printed: TableCell, must: set[str], tops: frozenset[str]) -> Cell:
    hidden = printed.status == "hidden" or cell.name in must
    return replace(
        cell,
        hidden=hidden,
        secret=hidden,
        fixed=not hidden and cell.name in tops,
        weight=1,
    )


def _tops(version: Version) -> frozenset[str]:
    """Return the grand totals: sums that are part of no other sum. They do not move."""
    sums = [each for each in version.equations if each.kind == "sum"]
    parts = {part for each in sums for part in each.parts}
    return frozenset(each.whole for each in sums) - parts


def _with_one_mark(version: Version) -> Version:
    """Return the version with one mark for everything hidden, that says nothing of its size."""
    hidden = [cell.id for cell in version.cells.values() if cell.status == "hidden"]
    return replace(with_hidden(version, hidden), bounds={}, default=_OPEN)


def mark_of(version: Version) -> str:
    """Return the mark to hide with: the one most used in the table that says nothing more."""
    used = Counter(
        tidy(cell.text)
        for row in version.rows
        for cell in row
        if cell.status == "hidden" and tidy(cell.text).casefold() in MARKS - DASHES
    )
    return used.most_common(1)[0][0] if used else "."


def with_hidden(version: Version, names: list[str]) -> Version:
    """Return the version with these cells hidden too; the numbers behind stay known to us."""
    asked = set(names)
    mark = mark_of(version)
    true = dict(version.true)

    def hidden(cell: TableCell) -> TableCell:
        if cell.id not in asked:
            return cell
        if cell.value is not None:
            true[cell.id] = cell.value
        return replace(cell, text=mark, status="hidden", value=None, share="")

    rows: Grid = tuple(tuple(hidden(cell) for cell in row) for row in version.rows)
    return replace(version, rows=rows, true=true, bounds={}, default=_OPEN)


def hide_shares(version: Version, options: Options) -> Version:
    """Hide the shares and changes that tell something of a hidden count beside them."""
    demand = Criterion(options.criterion).demand(
        options.threshold, zeros_are_shown=options.zeros_are_shown
    ) or (0, options.threshold)
    telling = [
        each.cell
        for each in version.equations
        if each.kind in {"share", "change"} and _tells(version, each, demand)
    ]
    return with_hidden(version, telling)


def _tells(version: Version, equation: Equation, demand: tuple[int, int]) -> bool:
    cells = version.cells
    if cells[equation.cell].status not in {"share", *PRINTED}:
        return False
    part = cells[equation.parts[0]]
    if not equation.whole:
        return part.status == "hidden" and share_narrows(equation.share, demand)
    whole = cells[equation.whole]
    return "hidden" in {part.status, whole.status}


def proposal(
    method: Method,
    title: str,
    before: Version,
    after: Version,
    options: Options,
    *,
    sentence: str,
    cost: int,
    bound: float | None = None,
    gap: float | None = None,
    optimal: bool = False,
    base: int | None = None,
    came_from: Mapping[str, tuple[str, ...]] | None = None,
    more_notes: tuple[str, ...] = (),
) -> Proposal:
    """Return a proposal with its own audit and its differences from the table as read.

    `came_from` names, for cells with a new id, the cells of the table that they were made of.
    """
    notes, dropped = _notes(before, after, more_notes)
    after = replace(after, notes=notes)
    found = examine(after, options)
    if dropped:
        sentence += (
            " En note om, hvor små de skjulte tal er, er taget ud: det gælder ikke længere alle."
        )
    if found.summary.verdict != "safe" or found.problems:
        why = f"{title}: det er ikke nok her. {found.summary.sentence}"
        return replace(impossible(method, title, why), audit=found.summary, base=base)
    return Proposal(
        method=method,
        title=title,
        possible=True,
        rows=after.rows,
        header_rows=after.header_rows,
        label_columns=after.label_columns,
        above=after.above,
        notes=notes,
        differences=_differences(before, after, came_from or {}),
        cost=cost,
        bound=bound,
        gap=gap,
        optimal=optimal,
        audit=found.summary,
        sentence=sentence,
        base=base,
    )


def impossible(method: Method, title: str, why: str) -> Proposal:
    """Return a proposal that could not be made, and why."""
    return Proposal(method, title, False, (), 0, 0, (), (), (), 0, None, None, False, None, why)


def _notes(before: Version, after: Version, more: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    hidden = any(cell.status == "hidden" for row in after.rows for cell in row)
    kept = tuple(line for line in before.notes if not says_small(line))
    dropped = len(kept) < len(before.notes)
    if not hidden:
        return (*kept, *more), dropped
    said = (
        f"'{mark_of(after)}' betyder, at tallet ikke vises af hensyn til fortrolighed. Mærket "
        "siger ikke, om tallet er lille."
    )
    return (*kept, *more, said), dropped


def _differences(
    before: Version, after: Version, came_from: Mapping[str, tuple[str, ...]]
) -> tuple[Difference, ...]:
    old = before.cells
    found = []
    for row in after.rows:
        for cell in row:
            members = came_from.get(cell.id, (cell.id,))
            texts = [old[name].text for name in members if name in old]
            was = " + ".join(texts)
            if was != cell.text:
                title = after.titles.get(cell.id, "") or tidy(cell.text)
                found.append(Difference(cell.id, title, was, cell.text))
    return tuple(found)
