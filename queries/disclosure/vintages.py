"""The same numbers twice: an earlier version beside a new one, a quarter beside its months.

A reader who keeps what was published before compares. Cells that are the same in both versions are
one cell: what was shown is known, what was hidden must stay so. What changed is two cells, each
bound by the sums of its own version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from queries.disclosure.publication import Cell, Publication, Relation, total

EARLIER = "tidligere"


def with_earlier(
    publication: Publication,
    earlier: Sequence[Publication],
    *,
    only: str = "",
    choosing: bool = True,
) -> Publication:
    """Return the publication as a reader sees it who has kept the `earlier` ones, oldest first.

    Cells of the same name are compared. Shown before and unchanged: it is known, and is shown.
    Hidden before: taken for unchanged (and hidden still) where the earlier sums allow it, else for
    a cell of its own. With `only`, cells of other first letters are left out of the comparison.
    Where what to hide is not to be chosen any more, what is shown now stays known.
    """
    for number, one in enumerate(earlier):
        publication = _joined(publication, one, f"{EARLIER}{number}/", only, choosing=choosing)
    return publication


def _joined(
    new: Publication, old: Publication, prefix: str, only: str, *, choosing: bool
) -> Publication:
    before = {cell.name: cell for cell in old.cells if cell.name.startswith(only)}
    relations = [
        relation for relation in old.relations if all(name in before for name, _ in relation.terms)
    ]
    changed = _changed(new, before, relations)
    cells = {cell.name: cell for cell in new.cells}
    titles = dict(new.titles)
    for name, cell in before.items():
        now = cells.get(name)
        if now is None or name in changed:
            cells[prefix + name] = replace(cell, name=prefix + name, group="", secret=False)
            titles[prefix + name] = f"{old.title_of(name)} (tidligere udgave)"
        elif not cell.hidden:
            cells[name] = replace(now, value=cell.value, hidden=False, secret=False, fixed=True)
        elif choosing:
            cells[name] = replace(now, hidden=True, fixed=False, low=min(now.low, cell.low))
    known = _with_groups(cells, new)
    own = {name: prefix + name for name in before if prefix + name in known}
    moved = [
        Relation(
            tuple((own.get(name, name), factor) for name, factor in relation.terms),
            relation.low,
            relation.high,
            f"{relation.title}, i den tidligere udgave",
        )
        for relation in relations
    ]
    return Publication(
        cells=tuple(known.values()),
        relations=(*new.relations, *moved),
        follows=new.follows,
        title=new.title,
        titles=titles,
    )


def _with_groups(cells: dict[str, Cell], new: Publication) -> dict[str, Cell]:
    """Let what was hidden before take its group with it, and what is known leave its group."""
    groups = {cell.group for cell in cells.values() if cell.group and cell.hidden}
    found = {}
    for name, cell in cells.items():
        with_others = cell.group in groups and not cell.hidden and name in new.by_name
        if cell.fixed:
            found[name] = replace(cell, group="")
        else:
            found[name] = replace(cell, hidden=True) if with_others else cell
    return found


def _changed(
    new: Publication, before: Mapping[str, Cell], relations: Iterable[Relation]
) -> set[str]:
    """Return the cells that cannot be the same in both versions, by what is known here."""
    changed = set()
    for name, cell in before.items():
        now = new.by_name.get(name)
        if now is None or now.value is None:
            if now is not None and not cell.hidden:
                changed.add(name)  # shown before and hidden now: it has become another number
            continue
        if not cell.hidden and cell.value != now.value:
            changed.add(name)
        if cell.hidden and not _fits(now.value, cell.low, cell.high):
            changed.add(name)
    for relation in relations:
        values = []
        for name, factor in relation.terms:
            now = new.by_name.get(name)
            known = before[name].value if name in changed or now is None else now.value
            values.append(None if known is None else factor * known)
        there = [value for value in values if value is not None]
        if len(there) == len(values) and not _fits(sum(there), relation.low, relation.high):
            changed |= {name for name, _ in relation.terms if before[name].hidden}
    return changed


def _fits(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def quarter(whole: str, months: Sequence[str], title: str = "") -> Relation:
    """Return that a quarter's number is the sum of its three months' (names of cells)."""
    if len(months) != 3:
        raise ValueError(f"a quarter has three months, not {len(months)}")
    return total(whole, months, title or "Kvartalet er summen af sine tre måneder")


def rolling(
    sums: Mapping[int, str], parts: Mapping[int, str], length: int, title: str = ""
) -> tuple[Relation, ...]:
    """Return that each rolling sum is that of its own and the `length` - 1 periods before.

    `sums` and `parts` are names of cells by number of period, consecutive periods one apart. A part
    that is nowhere published is a hidden cell all the same: two sums that follow on each other tell
    what came in and what fell out. Raises ValueError where a part of a sum has no name.
    """
    found = []
    for last, whole in sorted(sums.items()):
        wanted = range(last - length + 1, last + 1)
        if missing := [number for number in wanted if number not in parts]:
            raise ValueError(f"the sum of period {last} lacks the parts {missing}")
        said = title or f"Rullende sum er summen af sine {length} perioder"
        found.append(total(whole, [parts[number] for number in wanted], said))
    return tuple(found)
