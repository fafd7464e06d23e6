"""Whether what is published together keeps its hidden cells, judged by what a reader can see.

A hidden cell is protected when more than one value is possible, and either none of them is small
(its smallest is the threshold or more) or all values of the criterion's demand are possible. That
binds every hidden cell, also one that is hidden for the others' sake: a reader cannot tell them
apart. The report says that a cell can be computed or narrowed, to how many possibilities and
through which relations, never what its value is.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from queries.disclosure.attack import Attack
from queries.disclosure.insiders import EFFORT, NUMBERS, Insiders, OutOfEffort
from queries.disclosure.part import Part
from queries.disclosure.publication import Cell, Criterion, Publication
from queries.disclosure.solver import SolverError

Verdict = Literal["computable", "narrowed"]

MOST_NAMED = 20
"""Up to so many possibilities are said as a number in a sentence."""
CRITERIA = {
    Criterion.EXACT: "Intet skjult tal kan regnes ud.",
    Criterion.RULE: "Alle tal under grænsen er stadig mulige for hvert skjult tal, der kan være "
    "under den.",
    Criterion.STRICT: "Alle tal til og med grænsen er stadig mulige for hvert skjult tal, der kan "
    "være under den.",
}
"""What each criterion asks, in Danish."""
NOT_MEASURED = "Hvad personerne bag et skjult 1- eller 2-tal kan regne ud, er ikke målt."
"""What a report says where `Audit.insiders` is None."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A hidden cell that is not protected.

    `title` is its Danish name. `possibilities` is the number of values it can have: 1 where it is
    computable, None where it was not asked for or has no end. `through` are the titles of a
    smallest set of relations that gives it away as much. `text` is a Danish sentence, no value.
    """

    name: str
    title: str
    verdict: Verdict
    possibilities: int | None
    through: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The judgement of one publication.

    `hidden` counts cells. `insiders` counts the hidden cells that, were they 1 or 2, would let the
    person or two behind them compute another that not everybody can; None where that was not
    measured: not asked for, or it would have taken too long. `fewest` is the smallest number of
    possibilities of a hidden cell; None where nothing is hidden, all have no end, or it was not
    asked for. `protected` says that every hidden cell is, and that no person or pair that is truly
    behind a hidden 1 or 2 can compute another cell that is secret or small (where that was asked
    for and the values are known; a large number that is hidden for others' sake tells nothing of
    anyone).
    """

    title: str
    criterion: Criterion
    hidden: int
    findings: tuple[Finding, ...]
    insiders: int | None
    protected: bool
    fewest: int | None

    @property
    def computable(self) -> int:
        """How many hidden cells can be computed."""
        return sum(finding.verdict == "computable" for finding in self.findings)

    @property
    def narrowed(self) -> int:
        """How many hidden cells can be narrowed further than the criterion allows."""
        return len(self.findings) - self.computable


def audit(
    publication: Publication,
    criterion: Criterion,
    *,
    insiders: bool = True,
    counts: bool = True,
    judged: Collection[str] | None = None,
) -> Audit:
    """Judge a publication, or of its hidden cells only those in `judged`.

    Without `insiders` that question is left out (None), without `counts` the numbers of
    possibilities are. Raises Contradiction where no whole numbers fit what is published,
    SolverError where something cannot be decided: neither is protection.
    """
    attack = Attack(publication)
    asked = publication.hidden if judged is None else publication.hidden & set(judged)
    hidden = [cell for cell in publication.cells if cell.name in asked and not cell.free]
    verdicts: dict[tuple[int, int, bool], Verdict | None] = {}
    findings: list[Finding] = []
    for cell in hidden:
        key = attack.system.variable[cell.name], cell.threshold, cell.zeros_are_shown
        if key not in verdicts:
            verdicts[key] = what_is_wrong(attack, cell, criterion)
        verdict = verdicts[key]
        if verdict is not None:
            findings.append(_finding(attack, cell.name, verdict, counts=counts))
    people = [Insiders(part) for part in attack.parts] if insiders else []
    # Which of the hidden cells are truly 1 or 2 is no part of any report.
    really = _really_told(attack, hidden, people)
    return Audit(
        publication.title,
        criterion,
        len(hidden),
        tuple(findings),
        _telling(attack, hidden, people) if insiders else None,
        not findings and not really,
        _fewest(attack, hidden) if counts else None,
    )


Nested = Callable[[str, str], bool]
"""Says of two cells' names that the persons of one are among those of the other."""


def holds(publication: Publication, criterion: Criterion, nested: Nested | None = None) -> bool:
    """Return whether a publication with its true numbers is protected, see `Audit.protected`.

    Nothing is counted or measured, which is faster. What everybody sees to be the very same persons
    by `nested` and their number is nothing that these are told. Raises as `audit` does.
    """
    return is_held(Attack(publication), criterion, nested)


def is_held(attack: Attack, criterion: Criterion, nested: Nested | None = None) -> bool:
    """Return whether what is attacked is protected, see `holds`."""
    hidden = [cell for cell in attack.publication.cells if cell.hidden and not cell.free]
    if any(what_is_wrong(attack, cell, criterion) for cell in hidden):
        return False
    people = [Insiders(part, _numbered(attack, part, nested)) for part in attack.parts]
    return not _really_told(attack, hidden, people)


def _numbered(
    attack: Attack, part: Part, nested: Nested | None
) -> Callable[[int, int], bool] | None:
    """Return `nested` of the unknowns of a part, each under all its names."""
    if nested is None:
        return None
    names: dict[int, list[str]] = {}
    for name, variable in attack.system.variable.items():
        names.setdefault(variable, []).append(name)
    told = [names[variable] for variable in part.variables]
    return lambda one, other: any(nested(a, b) for a in told[one] for b in told[other])


def what_is_wrong(attack: Attack, cell: Cell, criterion: Criterion) -> Verdict | None:
    """Return what is wrong with a hidden cell; None where it is protected."""
    name = cell.name
    demand = criterion.demand(cell.threshold, zeros_are_shown=cell.zeros_are_shown)
    low, _ = attack.bounds(name)
    if demand is None or low >= cell.threshold:
        return None if attack.varies(name) else "computable"
    if all(attack.possible(name, value) for value in range(demand[0], demand[1] + 1)):
        return None if attack.varies(name) else "computable"
    if not attack.varies(name):
        return "computable"
    return None if attack.interval(name)[0] >= cell.threshold else "narrowed"


def _finding(attack: Attack, name: str, verdict: Verdict, *, counts: bool) -> Finding:
    title = attack.publication.title_of(name)
    number = 1 if verdict == "computable" else attack.possibilities(name) if counts else None
    through = attack.through(name)
    return Finding(
        name, title, verdict, number, through, _sentence(title, verdict, number, through)
    )


def _sentence(title: str, verdict: Verdict, number: int | None, through: tuple[str, ...]) -> str:
    # A name with a comma in it is closed by one.
    name = f"{title}," if "," in title else title
    if verdict == "computable":
        what = f"{name} kan regnes ud"
    elif number is not None and number <= MOST_NAMED:
        what = f"{name} kan kun være et af {number} tal"
    else:
        what = f"{name} kan indsnævres, så ikke alle små tal er mulige"
    if not through:
        return f"{what}. Det følger af det, der i forvejen er kendt om tallet."
    return f"{what}. Det følger af: {'; '.join(through)}."


def _telling(attack: Attack, hidden: Iterable[Cell], people: Iterable[Insiders]) -> int | None:
    """Return how many cells would tell the one or two people behind them another.

    None where that takes too long.
    """
    left = EFFORT
    revealing: set[int] = set()
    try:
        for each in people:
            each.allow(left)
            for index, variable in enumerate(each.part.variables):
                if each.open[index] and any(each.reveals(index, value) for value in NUMBERS):
                    revealing.add(variable)
            left = each.left()
    except (OutOfEffort, SolverError):
        return None
    return sum(attack.system.variable[cell.name] in revealing for cell in hidden)


def _really_told(attack: Attack, hidden: Iterable[Cell], people: Iterable[Insiders]) -> bool:
    """Return whether a true 1 or 2 tells the people behind it a secret or small number."""
    variable = attack.system.variable
    worth = {
        variable[cell.name]
        for cell in attack.publication.cells
        if cell.hidden and _is_worth_telling(cell)
    }
    true = {variable[cell.name]: cell.value for cell in hidden if cell.value in NUMBERS}
    for each in people:
        variables = each.part.variables
        others = np.array([number in worth for number in variables], dtype=np.bool_)
        for index, number in enumerate(variables):
            value = true.get(number)
            if value is not None and each.open[index] and each.reveals(index, value, others):
                return True
    return False


def _is_worth_telling(cell: Cell) -> bool:
    """Return whether a cell is somebody's number: secret, or small by its own rule."""
    small = cell.value is not None and cell.value < cell.threshold
    return cell.secret or (small and (cell.value != 0 or not cell.zeros_are_shown))


def _fewest(attack: Attack, hidden: Iterable[Cell]) -> int | None:
    """Return the smallest number of possibilities; the least promising cells are counted first."""
    names = {attack.system.variable[cell.name]: cell.name for cell in hidden}
    waiting = [(attack.at_least(name), name, False) for name in names.values()]
    heapq.heapify(waiting)
    while waiting:
        number, name, exact = heapq.heappop(waiting)
        if exact:
            return number
        found = attack.possibilities(name)
        if found is not None:
            heapq.heappush(waiting, (found, name, True))
    return None


def as_json(audits: Iterable[Audit]) -> dict[str, Any]:
    """Return audits as an object for JSON, with Danish keys and texts and no hidden value.

    `beskyttet` (all of them); `revisioner`, each with `titel`, `kriterium` (exact, rule, strict),
    `kravet` (what that asks), `skjulte`, `kan_regnes_ud`, `kan_indsnaevres`, `personer_bag`
    (hidden cells that, were they 1 or 2, would let those behind them compute another; null:
    not measured), `bemaerkning` (Danish; empty, or that it was not measured),
    `faerrest_muligheder` (null: not counted or no end), `beskyttet`, and `fund`, each with
    `celle`, `navn`, `dom` (computable, narrowed), `muligheder`, `ud_fra` and `tekst`.
    """
    listed = list(audits)
    return {
        "beskyttet": all(each.protected for each in listed),
        "revisioner": [
            {
                "titel": each.title,
                "kriterium": each.criterion.value,
                "kravet": CRITERIA[each.criterion],
                "skjulte": each.hidden,
                "kan_regnes_ud": each.computable,
                "kan_indsnaevres": each.narrowed,
                "personer_bag": each.insiders,
                "bemaerkning": NOT_MEASURED if each.insiders is None else "",
                "faerrest_muligheder": each.fewest,
                "beskyttet": each.protected,
                "fund": [
                    {
                        "celle": finding.name,
                        "navn": finding.title,
                        "dom": finding.verdict,
                        "muligheder": finding.possibilities,
                        "ud_fra": list(finding.through),
                        "tekst": finding.text,
                    }
                    for finding in each.findings
                ],
            }
            for each in listed
        ],
    }
