"""Find which lines of a table are sums of others: by name, by area, by indentation, by number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from queries.sources.kommune_names import fold
from queries.tables.areas import LAND, areas
from queries.tables.bonds import Axis, Bond, sum_bond
from queries.tables.report import RelationKind

TOTAL = re.compile(
    r"(?:i ?alt|ialt|tot(?:al(?:t|en)?)?|sum|samlet|samlede|tilsammen|sammenlagt|hovedtotal"
    r"|subtotal|delsum|deltotal|mellemsum|mellemtotal|totalsum|hovedsum|alle|i alle|samtlige|hele"
    r"|begge|mænd og kvinder|kvinder og mænd|landet|danmark|all|both|grand total|subtotals?)\b.*"
    r"|kommunen|regionen|Σ.*|∑.*"
    r"|.*[\s,(:/](?:i ?alt|ialt|tot\.?|total|tilsammen|samlet|sammenlagt)\)?",
    re.IGNORECASE,
)
POSSIBLY = " kan være "
"""What the title of a sum says that is no more than possible."""
OF_WHICH = re.compile(r"\W*(?:heraf|deraf|hvoraf|af disse|af dem)\b", re.IGNORECASE)
_MOST_SEARCHED = 200  # lines among which sums without a name are looked for
_FEWEST_CHECKS = 3
_SMALLEST_SUM = 20  # people, over all checks: fewer add up by chance


@dataclass(frozen=True)
class _Candidate:
    parts: tuple[int, ...]
    kind: RelationKind = "sum"
    missing: tuple[str, ...] = ()
    said: str = ""
    must_fit: bool = False


def find_sums(
    axis: Axis, *, chosen: tuple[int, ...] = (), left_out: str = "", guess: bool = True
) -> list[Bond]:
    """Return the sums along one axis.

    `chosen` are lines that the user says are totals. `left_out` is the text around the table, which
    may name kommuner that are part of the total but not of the table. `guess`: whether the first or
    last line is taken for a total where nothing speaks against it and something is hidden.
    """
    lines = [line for line in axis.lines if not OF_WHICH.match(axis.parts[line][-1])]
    found: dict[int, Bond] = {}
    for whole, candidates in _by_area(axis, lines, left_out).items():
        if bond := _best(axis, whole, candidates, "navn"):
            found[whole] = bond
    for whole, parts in _by_indent(axis, lines).items():
        if whole not in found and (bond := _best(axis, whole, [_Candidate(parts)], "navn")):
            found[whole] = bond
    named = [line for line in lines if any(TOTAL.fullmatch(part) for part in axis.parts[line])]
    named = [line for line in named if line not in chosen]
    unnamed = [line for line in lines if line not in named and line not in chosen]
    for whole, parts in _by_number(axis, unnamed, set(found)).items():
        found[whole] = sum_bond(axis, whole, list(parts), "tal")
    # Small sums first: a grand total may be the sum of them.
    for whole in sorted(named, key=lambda line: (len(_siblings(axis, lines, line)), line)):
        if whole not in found:
            candidates = _by_name(axis, lines, whole, named, found)
            if bond := _best(axis, whole, candidates, "navn"):
                found[whole] = bond
    for whole in chosen:
        roots = _roots([line for line in lines if line != whole], found)
        if whole in lines and whole not in found and roots:
            found[whole] = sum_bond(axis, whole, roots, "valgt")
    if guess and (bond := _possible(axis, lines, set(named) | set(chosen), found)):
        found[int(bond.key.split(":")[1])] = bond
    return [found[whole] for whole in sorted(found)]


def _possible(axis: Axis, lines: list[int], known: set[int], found: dict[int, Bond]) -> Bond | None:
    """Return an outer line as the sum of the others where every number allows it.

    The worst case: a reader may know that it is a total, whatever it is called. It must tell
    something of a hidden number, and be no kommune among others.
    """
    roots = [line for line in _roots(lines, found) if line not in known or line in found]
    best: tuple[int, Bond] | None = None
    for whole in dict.fromkeys((lines[-1], lines[0])) if lines else ():
        parts = [line for line in roots if line != whole]
        if whole not in roots or whole in found or whole in known or len(parts) < 2:
            continue
        fits = [(axis.remainder(whole, parts, at)[0], axis.cell(whole, at)) for at in axis.across]
        tells = any(fit == "open" and cell.value is not None for fit, cell in fits)
        if not tells or any(fit == "broken" for fit, _ in fits) or _is_kommune(axis, whole, parts):
            continue
        exact = sum(fit == "exact" for fit, _ in fits)
        if best is None or exact > best[0]:
            best = exact, sum_bond(axis, whole, parts, "muligt", verb=POSSIBLY.strip())
    return best[1] if best else None


def _is_kommune(axis: Axis, whole: int, parts: list[int]) -> bool:
    """Whether a line is one kommune in a list of them: never a total."""
    names = {line: axis.names[line].strip() for line in (whole, *parts)}
    known = areas()
    ids = known.find(list(dict.fromkeys(names.values())))
    kommuner = [
        line for line in names if names[line] in ids and known.level[ids[names[line]]] == "kommune"
    ]
    return whole in kommuner and 2 * len(kommuner) > len(names)


def _best(axis: Axis, whole: int, candidates: list[_Candidate], basis: str) -> Bond | None:
    """Return the first candidate that fits in most equations, those checked in full first."""
    best: tuple[tuple[int, int, int], Bond] | None = None
    for order, each in enumerate(candidates):
        parts = [part for part in each.parts if part != whole]
        if not parts:
            continue
        bond = sum_bond(
            axis, whole, parts, basis, kind=each.kind, missing=each.missing, said=each.said
        )
        if not bond.equations:
            continue
        exact = sum(
            axis.remainder(whole, parts, at, len(each.missing))[0] == "exact" for at in axis.across
        )
        if len(parts) == 1 and not exact and each.kind != "hierarchy":
            continue
        if each.must_fit and (bond.off or not exact):
            continue
        score = (len(bond.off), -exact, order)
        if best is None or score < best[0]:
            best = (score, bond)
    return best[1] if best else None


def _siblings(axis: Axis, lines: list[int], whole: int) -> list[int]:
    """Return the lines that differ from a total only where its name says that it is one."""
    parts = axis.parts[whole]
    at = next((i for i, part in enumerate(parts) if TOTAL.fullmatch(part)), 0)
    if len(parts) == 1:
        return [line for line in lines if line != whole]
    same = [
        line
        for line in lines
        if line != whole
        and len(axis.parts[line]) == len(parts)
        and all(
            i == at or fold(one) == fold(other)
            for i, (one, other) in enumerate(zip(axis.parts[line], parts, strict=True))
        )
    ]
    if same:
        return same
    # 'I alt' with nothing else said: over everything.
    blank = all(not part or TOTAL.fullmatch(part) for part in parts)
    return [line for line in lines if line != whole] if blank else []


def _by_name(
    axis: Axis, lines: list[int], whole: int, named: list[int], found: dict[int, Bond]
) -> list[_Candidate]:
    siblings = _siblings(axis, lines, whole)
    others = [line for line in siblings if line in named or line in found]
    plain = [line for line in siblings if line not in others]
    before = [line for line in others if line < whole]
    after = [line for line in others if line > whole]
    above = [line for line in plain if max(before, default=-1) < line < whole]
    below = [line for line in plain if whole < line < min(after, default=10**9)]
    roots = _roots(siblings, found)
    options = [
        *([roots] if others else []),
        *([above, below] if others else []),
        plain,
        *([[line for line in others if line in found]] if others else []),
    ]
    unique = dict.fromkeys(tuple(option) for option in options if option)
    return [_Candidate(option) for option in unique]


def _roots(lines: list[int], found: dict[int, Bond]) -> list[int]:
    """Return the lines that are part of no sum found so far."""
    inside = {
        int(part) for bond in found.values() for part in bond.key.rpartition(":")[2].split(",")
    }
    return [line for line in lines if line not in inside]


def _by_indent(axis: Axis, lines: list[int]) -> dict[int, tuple[int, ...]]:
    """Return the lines that have deeper lines below them, with the next level of those."""
    indents = axis.layout.indents if axis.down else {}
    depths = [indents.get(line, 0) for line in lines]
    if len(set(depths)) < 2:
        return {}
    found: dict[int, tuple[int, ...]] = {}
    for at, line in enumerate(lines):
        deeper = []
        for later in range(at + 1, len(lines)):
            if depths[later] <= depths[at]:
                break
            deeper.append(later)
        if len(deeper) > 1:
            level = min(depths[each] for each in deeper)
            found[line] = tuple(lines[each] for each in deeper if depths[each] == level)
    return found


def _by_area(axis: Axis, lines: list[int], left_out: str) -> dict[int, list[_Candidate]]:
    """Return the lines that are areas made of other areas of the table."""
    known = areas()
    found: dict[int, list[_Candidate]] = {}
    width = max((len(axis.parts[line]) for line in lines), default=0)
    for at in range(width):
        groups: dict[tuple[str, ...], list[int]] = {}
        for line in lines:
            parts = axis.parts[line]
            if at < len(parts):
                rest = tuple(fold(part) for i, part in enumerate(parts) if i != at)
                groups.setdefault(rest, []).append(line)
        for group in groups.values():
            names = {line: axis.parts[line][at] for line in group}
            ids = known.find(list(dict.fromkeys(names.values())))
            by_area = {ids[name]: line for line, name in names.items() if name in ids}
            if len(by_area) < 2 or 2 * len(by_area) < len(group) - 1:
                continue
            totals = [line for line, name in names.items() if TOTAL.fullmatch(name)]
            if LAND not in by_area and len(totals) == 1:
                by_area[LAND] = totals[0]
            for area, line in by_area.items():
                if known.level[area] == "kommune":
                    continue
                if candidates := _area_candidates(area, by_area, left_out):
                    found.setdefault(line, []).extend(candidates)
    return found


def _area_candidates(area: str, by_area: dict[str, int], left_out: str) -> list[_Candidate]:
    known = areas()
    parts, missing = known.made_of(area, list(by_area))
    if not parts:
        return []
    lines = tuple(sorted(by_area[each] for each in parts))
    noun = {
        "kommune": "kommuner",
        "landsdel": "landsdele",
        "region": "regioner",
        "jobcenter": "jobcentre",
    }[known.level[parts[0]]]
    if len(parts) == 1:
        return [_Candidate(lines, "hierarchy")] if not missing else []
    few = len(missing) <= max(2, len(parts) // 10)
    said = f"summen af tabellens {len(lines)} {noun}"
    whole = _Candidate(lines, "hierarchy", (), said, must_fit=not few)
    if not missing:
        return [whole]
    names = [known.name[each] for each in missing]
    with_missing = _Candidate(
        lines,
        "hierarchy",
        tuple(missing),
        f"summen af tabellens {len(lines)} {noun} og de {len(missing)}, der er udeladt "
        f"({', '.join(names)})"
        if len(missing) > 1
        else f"summen af tabellens {len(lines)} {noun} og {names[0]}, der er udeladt",
    )
    told = any(re.search(rf"\b{re.escape(name)}\b", left_out) for name in names)
    if told:
        return [with_missing, whole]
    return [whole, with_missing] if few else [whole]


def _by_number(axis: Axis, lines: list[int], already: set[int]) -> dict[int, tuple[int, ...]]:
    """Return the lines that are the sum of the lines just before or after them in every number."""
    if not 3 <= len(lines) <= _MOST_SEARCHED:
        return {}
    values = {line: [axis.cell(line, at).value for at in axis.across] for line in lines}
    found: dict[int, tuple[int, ...]] = {}
    taken: set[int] = set()
    for at, whole in enumerate(lines):
        if whole in already or whole in taken:
            continue
        for way in (lines[:at][::-1], lines[at + 1 :]):
            if parts := _window(values, whole, way):
                found[whole] = tuple(sorted(parts))
                taken |= set(parts)
                break
    return found


def _window(
    values: dict[int, list[int | None]], whole: int, way: list[int]
) -> tuple[int, ...] | None:
    checks = [at for at, value in enumerate(values[whole]) if value is not None]
    over = {at: values[whole][at] or 0 for at in checks}
    if len([at for at in checks if over[at]]) < _FEWEST_CHECKS:
        return None
    if sum(over.values()) < _SMALLEST_SUM:
        return None
    parts: list[int] = []
    for line in way:
        for at in list(over):
            value = values[line][at]
            if value is None:
                del over[at]
            else:
                over[at] -= value
        parts.append(line)
        if len(over) < _FEWEST_CHECKS or any(rest < 0 for rest in over.values()):
            return None
        if not any(over.values()):
            counted = [part for part in parts if any(values[part])]
            return tuple(parts) if len(counted) >= 2 else None
    return None


def equal_lines(axis: Axis) -> list[tuple[int, int]]:
    """Return pairs of lines that hold the same numbers wherever both are printed."""
    if len(axis.lines) > _MOST_SEARCHED:
        return []
    values = {line: [axis.cell(line, at).value for at in axis.across] for line in axis.lines}
    same: dict[int, int] = {}
    for place, one in enumerate(axis.lines):
        for other in axis.lines[place + 1 :]:
            both = [
                (a, b)
                for a, b in zip(values[one], values[other], strict=True)
                if a is not None and b is not None
            ]
            distinct = {a for a, _ in both if a > 0}
            if len(distinct) >= 4 and all(a == b for a, b in both) and other not in same:
                same[other] = one
    return [(one, other) for other, one in same.items()]
