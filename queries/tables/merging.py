"""The proposal that merges rows or columns until no small number is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from queries.disclosure.primary import complement_is_small, small
from queries.tables.areas import areas
from queries.tables.bonds import Equation
from queries.tables.columns import letters
from queries.tables.hiding import impossible, proposal, with_hidden
from queries.tables.layout import Layout
from queries.tables.model import Version
from queries.tables.options import Options
from queries.tables.report import Proposal, TableCell
from queries.tables.rounding import change_of, danish, share_of
from queries.tables.understand import Understanding

_MOST_LINES = 400  # rows or columns among which it is tried what to merge
TITLE = "Slå rækker eller kolonner sammen"


@dataclass(frozen=True)
class _Lines:
    """The lines of one direction that may be merged, as blocks, and their count cells by place."""

    blocks: tuple[tuple[int, ...], ...]
    counts: dict[int, dict[int, int]]


def merge(understanding: Understanding, version: Version, options: Options) -> Proposal:
    """Merge lines that are parts of one sum, by the direction that loses fewest numbers.

    Areas are merged with their jobcenter, else with the smallest of their landsdel; other lines
    with a neighbour. Not possible where a number is hidden already: its sum is not known here.
    """
    if any(cell.status == "hidden" and cell.kind == "count" for cell in version.cells.values()):
        return impossible(
            "merge",
            TITLE,
            "Tabellen har skjulte tal, som ikke kan lægges sammen her. Undersøg den tabel, hvor "
            "alle tal står, for at få dette forslag.",
        )
    if any(bond.key.startswith("loebende:") for bond in understanding.bonds.values()):
        return impossible(
            "merge",
            TITLE,
            "Tabellen har kumulerede tal, som ikke kan lægges sammen. Tag dem ud for at få dette "
            "forslag.",
        )
    layout = understanding.layout
    tried = []
    for down in (True, False):
        groups = _groups(layout, version, options, down=down)
        if groups is not None:
            lost = sum(len(group) - 1 for group in groups) * len(
                layout.columns if down else layout.rows
            )
            tried.append((lost, not down, groups))
    if not tried:
        return impossible(
            "merge",
            TITLE,
            "Der er ikke rækker eller kolonner, som kan slås sammen, så alle små tal forsvinder "
            f"(højst {_MOST_LINES} prøves). Skjul eller afrund i stedet.",
        )
    lost, across, groups = min(tried)
    if not lost:
        return impossible("merge", TITLE, "Der er ingen små tal, så intet skal slås sammen.")
    after, came_from = _merged(layout, version, groups, down=not across)
    names = [_joined_name(layout, group, down=not across) for group in groups if len(group) > 1]
    what = "kolonner" if across else "rækker"
    listed = "; ".join(names[:10]).rstrip(".") + (" og flere" if len(names) > 10 else "")
    return proposal(
        "merge",
        f"Slå {what} sammen",
        version,
        after,
        options,
        sentence=f"Slår {what} sammen til {len(names)}, så ingen små tal er tilbage: {listed}.",
        cost=len(version.cells) - len(after.cells),
        came_from=came_from,
    )


def _groups(
    layout: Layout, version: Version, options: Options, *, down: bool
) -> list[tuple[int, ...]] | None:
    """Return which lines to merge so that no number is small; None where that cannot be."""
    place = {cell.id: (r, c) for r, row in enumerate(version.rows) for c, cell in enumerate(row)}
    across = 1 if down else 0
    sums = [
        each
        for each in version.equations
        if each.kind == "sum"
        and {place[part][across] for part in each.parts} == {place[each.whole][across]}
    ]
    inner: dict[tuple[int, ...], None] = {}
    for equation in sums:
        lines = tuple(sorted({place[part][0 if down else 1] for part in equation.parts}))
        if len(lines) > 1 and not equation.unseen:
            inner[lines] = None
    wholes = {place[each.whole][0 if down else 1] for each in sums if len(each.parts) > 1}
    wholes &= {line for lines in inner for line in _wholes_of(lines, sums, place, down)}
    # The lines at the bottom: merged above them, sums would no longer be sums of what is there.
    blocks = [
        tuple(line for line in lines if line not in wholes)
        for lines in inner
        if any(line not in wholes for line in lines)
    ]
    blocks = [block for block in blocks if len(block) > 1]
    free = {line for block in blocks for line in block}
    if not blocks or len(free) > _MOST_LINES:
        return None
    groups: dict[int, tuple[int, ...]] = {line: (line,) for line in free}
    for _ in range(len(free)):
        bad = _small_groups(version, options, set(groups.values()), down=down)
        if not bad:
            found = sorted(set(groups.values()))
            return found if _whole_is_fine(layout, version, options, free, down=down) else None
        group = min(bad, key=lambda each: (len(each), each))
        other = _partner(layout, group, groups, blocks, down=down)
        if other is None:
            return None
        together = tuple(sorted((*group, *other)))
        groups |= dict.fromkeys(together, together)
    return None


def _wholes_of(
    lines: tuple[int, ...],
    sums: list[Equation],
    place: dict[str, tuple[int, int]],
    down: bool,
) -> set[int]:
    way = 0 if down else 1
    return {
        place[each.whole][way]
        for each in sums
        if {place[part][way] for part in each.parts} <= set(lines) and len(each.parts) > 1
    }


def _small_groups(
    version: Version, options: Options, groups: Iterable[tuple[int, ...]], *, down: bool
) -> list[tuple[int, ...]]:
    rule = options.threshold, options.zeros_are_shown
    parts: dict[str, list[str]] = defaultdict(list)
    for equation in version.equations:
        if equation.kind in {"at_most", "share"} and equation.whole:
            parts[equation.parts[0]].append(equation.whole)
    cells = version.cells
    bad = []
    for group in groups:
        lines = [version.rows[i] if down else [row[i] for row in version.rows] for i in group]
        if any(_is_bad(each, cells, parts, rule) for each in zip(*lines, strict=True)):
            bad.append(group)
    return bad


def _is_bad(
    together: tuple[TableCell, ...],
    cells: dict[str, TableCell],
    parts: dict[str, list[str]],
    rule: tuple[int, bool],
) -> bool:
    counts = [cell for cell in together if cell.kind == "count" and cell.value is not None]
    if not counts:
        return False
    value = sum(cell.value or 0 for cell in counts)
    if small(value, threshold=rule[0], zeros_are_shown=rule[1]):
        return True
    for number in range(min(len(parts[cell.id]) for cell in counts)):
        whole = sum(cells[parts[cell.id][number]].value or 0 for cell in counts)
        if whole >= value and complement_is_small(
            value, whole, threshold=rule[0], zeros_are_shown=rule[1]
        ):
            return True
    return False


def _whole_is_fine(
    layout: Layout, version: Version, options: Options, free: set[int], *, down: bool
) -> bool:
    """Whether the lines that are not merged hold no small number themselves."""
    others = layout.rows if down else layout.columns
    rest = [(line,) for line in others if line not in free]
    return not _small_groups(version, options, rest, down=down)


def _partner(
    layout: Layout,
    group: tuple[int, ...],
    groups: dict[int, tuple[int, ...]],
    blocks: list[tuple[int, ...]],
    *,
    down: bool,
) -> tuple[int, ...] | None:
    """Return the group to merge with: only lines that are in all the same sums."""
    mine = [group[0] in block for block in blocks]
    others = sorted(
        {
            groups[line]
            for line in groups
            if line not in group and [line in block for block in blocks] == mine
        }
    )
    if len(others) < 2:
        return None  # One line for all of a sum would only repeat the sum.
    names = layout.row_names if down else layout.column_names
    known = areas()
    ids = known.find([names[line].strip() for line in groups])
    home = {ids.get(names[line].strip(), "") for line in group}

    def near(other: tuple[int, ...]) -> tuple[int, int, int]:
        there = {ids.get(names[line].strip(), "") for line in other}
        both = {code for each in home | there for code in known.kommuner.get(each, frozenset())}
        level = 9
        if "" not in home | there:
            wholes = [area for area, own in known.kommuner.items() if both <= own]
            order = ("jobcenter", "landsdel", "region", "land")
            level = min(order.index(known.level[a]) for a in wholes if known.level[a] in order)
        gap = min(abs(one - two) for one in group for two in other)
        return level, gap if level == 9 else len(other), gap

    return min(others, key=near)


def _joined_name(layout: Layout, group: tuple[int, ...], *, down: bool) -> str:
    names = [(layout.row_names if down else layout.column_names)[line].strip() for line in group]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"


def _merged(
    layout: Layout, version: Version, groups: list[tuple[int, ...]], *, down: bool
) -> tuple[Version, dict[str, tuple[str, ...]]]:
    """Return the version with the groups as one line each, where the first of them stood."""
    first = {group[0]: group for group in groups}
    gone = {line for group in groups for line in group[1:]}
    grid = [list(row) for row in (version.rows if down else zip(*version.rows, strict=True))]
    new: dict[str, str] = {}
    came_from: dict[str, tuple[str, ...]] = {}
    lines = []
    for at in range(len(grid)):
        if at in gone:
            continue
        group = first.get(at, (at,))
        lines.append([_sum(column) for column in zip(*(grid[i] for i in group), strict=True)])
        for column, cell in zip(
            zip(*(grid[i] for i in group), strict=True), lines[-1], strict=True
        ):
            came_from[cell.id] = tuple(each.id for each in column)
            new |= dict.fromkeys((each.id for each in column), cell.id)
        if len(group) > 1:
            lines[-1] = _named(layout, version, lines[-1], group, down=down)
    rows = tuple(map(tuple, lines if down else zip(*lines, strict=True)))
    equations = _rewritten(version.equations, new)
    after = replace(version, rows=rows, equations=equations)
    after = _with_new_shares(after, came_from, down=down)
    return _renumbered(after, came_from, layout)


def _sum(members: tuple[TableCell, ...]) -> TableCell:
    one = members[0]
    if len(members) == 1:
        return one
    counts = [cell for cell in members if cell.kind == "count" and cell.value is not None]
    if not counts:
        return one
    value = sum(cell.value or 0 for cell in counts)
    like = max((cell.text for cell in counts), key=len)
    return replace(
        one,
        text=danish(value, like),
        value=value,
        status="shown" if value else "zero",
        kind="count",
    )


def _named(
    layout: Layout, version: Version, line: list[TableCell], group: tuple[int, ...], *, down: bool
) -> list[TableCell]:
    """Give a merged line its joined name; codes beside names are left empty."""
    texts = [version.rows[i] if down else [row[i] for row in version.rows] for i in group]
    ahead = version.label_columns if down else version.header_rows
    for at in range(ahead):
        here = list(dict.fromkeys(each[at].text.strip() for each in texts if each[at].text.strip()))
        if len(here) > 1 and all(text.isdecimal() for text in here):
            line[at] = replace(line[at], text="", status="empty")
        elif len(here) > 1:
            line[at] = replace(line[at], text=f"{', '.join(here[:-1])} og {here[-1]}")
    return line


def _rewritten(equations: Iterable[Equation], new: dict[str, str]) -> tuple[Equation, ...]:
    found: dict[tuple[object, ...], Equation] = {}
    for each in equations:
        parts = tuple(dict.fromkeys(new[part] for part in each.parts))
        whole = new[each.whole] if each.whole else ""
        key = each.kind, whole, parts, new[each.cell]
        found.setdefault(key, replace(each, parts=parts, whole=whole, cell=new[each.cell]))
    return tuple(found.values())


def _with_new_shares(
    version: Version,
    came_from: dict[str, tuple[str, ...]],
    *,
    down: bool,
) -> Version:
    """Compute the shares and changes of merged lines anew; of columns that are gone, hide them."""
    cells = version.cells
    touched = {name for name, members in came_from.items() if len(members) > 1}
    new: dict[str, TableCell] = {}
    gone: list[str] = []
    for each in version.equations:
        if (
            each.kind not in {"share", "change"}
            or not {each.cell, each.whole, *each.parts} & touched
        ):
            continue
        if each.cell not in touched and not down:
            gone.append(each.cell)
        elif each.kind == "change":
            new[each.cell] = change_of(cells, each) or cells[each.cell]
        elif each.whole and (text := share_of(cells, each)):
            new[each.cell] = replace(cells[each.cell], text=text[0], share=text[1])
    hide = [
        name
        for name in touched
        if cells[name].kind in {"share", "change"}
        and cells[name].status != "empty"
        and name not in new
    ]
    rows = tuple(tuple(new.get(cell.id, cell) for cell in row) for row in version.rows)
    equations = tuple(
        replace(each, share=_printed(new[each.cell])) if each.cell in new else each
        for each in version.equations
    )
    return with_hidden(replace(version, rows=rows, equations=equations), [*hide, *gone])


def _printed(cell: TableCell) -> str:
    return cell.share if cell.kind == "share" else str(cell.value)


def _renumbered(
    version: Version, came_from: dict[str, tuple[str, ...]], layout: Layout
) -> tuple[Version, dict[str, tuple[str, ...]]]:
    """Give the cells their addresses in the proposal."""
    new = {
        cell.id: f"{letters(c)}{r + 1}"
        for r, row in enumerate(version.rows)
        for c, cell in enumerate(row)
    }
    rows = tuple(tuple(replace(cell, id=new[cell.id]) for cell in row) for row in version.rows)
    titles = {}
    for r, row in enumerate(rows[version.header_rows :]):
        for c, cell in enumerate(row):
            name = ", ".join(
                filter(None, (each.text.strip() for each in row[: version.label_columns]))
            )
            heads = [line[c].text.strip() for line in rows[: version.header_rows]]
            titles[cell.id] = ", ".join(filter(None, [name or f"Linje {r + 1}", *heads]))
    titles = {name: titles.get(name, "") for cell_row in rows for name in (c.id for c in cell_row)}
    equations = tuple(
        replace(
            each,
            whole=new[each.whole] if each.whole else "",
            parts=tuple(new[part] for part in each.parts),
            cell=new[each.cell],
        )
        for each in version.equations
    )
    after = replace(
        version,
        rows=rows,
        titles=titles,
        equations=equations,
        bounds={},
        true={new[name]: value for name, value in version.true.items() if name in new},
    )
    return after, {new[name]: members for name, members in came_from.items()}
