"""What one version of a table gives away: verdicts by cell, and the whole in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from queries.disclosure.attack import Contradiction
from queries.disclosure.audit import Finding, audit
from queries.disclosure.primary import complement_is_small, small
from queries.disclosure.publication import Criterion
from queries.sources.rounding import denominator_bounds
from queries.tables.bonds import Equation
from queries.tables.model import REST, SUM_OF_WHOLES, Version, model
from queries.tables.options import Options
from queries.tables.report import CellVerdict, Problem, Summary, TableCell
from queries.tables.sums import POSSIBLY

_MOST_RETRIES = 30
_ONE_AT_A_TIME = 20
_ORDER = ("share", "change", "equal", "at_most", "sum")  # in which relations are left out
_MOST_COUNTED = 400  # hidden cells up to which possibilities are counted


@dataclass(frozen=True)
class Examined:
    """The judgement of one version; `version` has the relations that could hold together."""

    version: Version
    verdicts: tuple[CellVerdict, ...]
    summary: Summary
    problems: tuple[Problem, ...] = ()


def examine(version: Version, options: Options) -> Examined:
    """Judge a version: small numbers that are shown, hidden ones that are not kept.

    Where not everything can hold together, zeros are allowed first, then shares are left out, then
    sums, one at a time; each is said as a problem, and such a table is never safe.
    Raises SolverError where something cannot be decided: that is no protection.
    """
    problems: list[Problem] = []
    for retry in range(_MOST_RETRIES):
        try:
            return _examined(version, options, tuple(problems))
        except Contradiction as contradiction:
            titles = contradiction.relations
            version, problem = _without(version, titles, at_once=retry > _ONE_AT_A_TIME)
            problems.append(problem)
    return _examined(replace(version, equations=()), options, tuple(problems))


def _without(
    version: Version, titles: tuple[str, ...], *, at_once: bool
) -> tuple[Version, Problem]:
    """Leave out a relation that cannot hold with the others, or what the marks say."""
    listed = "; ".join(titles[:4]) or "sumforholdene i tabellen"
    if version.default[0] > 0 or any(low == 1 for low, _ in version.bounds.values()):
        text = f"Der kan være skjulte nuller, selv om nul skulle vises: {listed}."
        bounds = {
            name: (0, high) if low == 1 else (low, high)
            for name, (low, high) in version.bounds.items()
        }
        opened = replace(version, bounds=bounds, default=(0, version.default[1]))
        return opened, Problem("", "", None, text)
    text = f"Tallene og det, der er sagt om de skjulte tal, kan ikke gælde på én gang: {listed}."
    blamed = [each for each in version.equations if each.title in titles]
    blamed += _behind(version, titles)
    if not blamed:
        return replace(version, equations=()), Problem("", "", None, text)
    # What only may be so goes first. Shares are printed in the most doubtful way; a sum is what a
    # reader tries first.
    blamed.sort(
        key=lambda each: (POSSIBLY not in each.title, _ORDER.index(each.kind), len(each.parts))
    )
    gone = blamed if at_once else blamed[:1]
    kept = tuple(each for each in version.equations if each not in gone)
    return replace(version, equations=kept), Problem("", gone[0].cell, None, text)


def _behind(version: Version, titles: tuple[str, ...]) -> list[Equation]:
    """Return the shares by which denominators that are not printed are said to add up."""
    sums = [each for each in version.equations if each.title + SUM_OF_WHOLES in titles]
    counts = {name for each in sums for name in (each.whole, *each.parts)}
    return [
        each
        for each in version.equations
        if each.kind == "share" and each.unseen and each.parts[0] in counts
    ]


def _examined(version: Version, options: Options, problems: tuple[Problem, ...]) -> Examined:
    made = model(version, options)
    shown = small_shown(version, options)
    many = len(made.judged) > _MOST_COUNTED
    found = audit(
        made.publication,
        Criterion(options.criterion),
        # Between rounded numbers every cell is unknown: only whether they are kept is asked.
        insiders=options.insiders and not many and not version.spread,
        counts=not many and not version.spread,
        judged=made.judged,
    )
    by_cell: dict[str, CellVerdict] = dict(shown)
    for finding in found.findings:
        at = made.of[finding.name]
        if at in by_cell and by_cell[at].verdict != "narrowed":
            continue
        by_cell[at] = CellVerdict(
            id=at,
            title=finding.title,
            verdict=finding.verdict,
            possibilities=finding.possibilities,
            through=finding.through,
            text=_text(finding),
        )
    cells = version.cells
    hidden = [
        cell
        for cell in cells.values()
        if cell.kind == "count" and (cell.status == "hidden" or cell.id in version.spread)
    ]
    for cell in hidden:
        if cell.id not in by_cell and cell.id not in version.spread:
            title = version.titles[cell.id]
            text = f"{title}: kan ikke regnes ud og ikke indsnævres mere, end kravet tillader."
            by_cell[cell.id] = CellVerdict(cell.id, title, "protected", None, (), text)
    verdicts = tuple(by_cell[name] for name in [*cells, *made.judged] if name in by_cell)
    verdicts = tuple(dict.fromkeys(verdicts))
    # Not protected without a finding: people who are counted can compute what others cannot.
    told = not found.protected and not found.findings
    rounded = bool(version.spread)
    hides = any(cell.status == "hidden" or cell.id in version.spread for cell in cells.values())
    reasons = (*version.reasons, *(version.unsure if hides else ()))
    reasons += tuple(each.text for each in problems)
    summary = _summary(verdicts, found.insiders, found.fewest, reasons, told=told, rounded=rounded)
    return Examined(version, verdicts, summary, problems)


def _text(finding: Finding) -> str:
    if not finding.name.startswith(REST):
        return finding.text
    return f"{finding.text} Det er en rest, som tabellen giver, selv om den ikke står i den."


def small_shown(version: Version, options: Options) -> dict[str, CellVerdict]:
    """Return the cells that are printed although the primary rule hides them, by id.

    A count below the threshold, a part whose printed whole leaves a small rest, and a part whose
    share tells that the rest is small.
    """
    cells = version.cells
    threshold, zeros = options.threshold, options.zeros_are_shown
    found: dict[str, CellVerdict] = {}

    def add(cell: TableCell, why: str, through: tuple[str, ...] = ()) -> None:
        title = version.titles[cell.id]
        found.setdefault(
            cell.id,
            CellVerdict(cell.id, title, "small_shown", 1, through, f"{title} {why}"),
        )

    for cell in cells.values():
        if cell.kind != "count" or cell.value is None or cell.id in version.spread:
            continue
        if small(cell.value, threshold=threshold, zeros_are_shown=zeros):
            add(cell, f"vises, selv om tallet er under grænsen på {threshold}.")
    for equation in version.equations:
        if equation.kind not in {"at_most", "share"}:
            continue
        part = cells[equation.parts[0]]
        if part.value is None or part.id in version.spread:
            continue
        whole = _smallest_whole(version, equation, part.value)
        if (
            whole is not None
            and whole >= part.value
            and complement_is_small(part.value, whole, threshold=threshold, zeros_are_shown=zeros)
        ):
            add(
                part,
                f"vises, selv om resten (dem, der ikke er med) kan ses at være under grænsen på "
                f"{threshold}.",
                (equation.title,),
            )
    return found


def _smallest_whole(version: Version, equation: Equation, part: int) -> int | None:
    """Return the whole that a part is printed with, the least possible where a share tells it."""
    cells = version.cells
    if equation.whole:
        whole = cells[equation.whole]
        return None if whole.id in version.spread else whole.value
    if cells[equation.cell].status != "share":
        return None
    bounds = denominator_bounds(part, equation.share)
    return bounds[0] if bounds else None


def _summary(
    verdicts: tuple[CellVerdict, ...],
    insiders: int | None,
    fewest: int | None,
    reasons: tuple[str, ...],
    *,
    told: bool,
    rounded: bool,
) -> Summary:
    count = {
        name: sum(each.verdict == name for each in verdicts)
        for name in ("computable", "narrowed", "small_shown", "protected")
    }
    hidden = count["computable"] + count["narrowed"] + count["protected"]
    leaks = bool(count["computable"] or count["narrowed"] or count["small_shown"] or told)
    sentence = _sentence(count, hidden, told=told, rounded=rounded)
    if reasons and not leaks:
        sentence = undecided_sentence(reasons)
    return Summary(
        hidden=hidden,
        computable=count["computable"],
        narrowed=count["narrowed"],
        small_shown=count["small_shown"],
        protected=count["protected"],
        insiders=insiders,
        fewest=fewest,
        verdict="leaks" if leaks else "undecided" if reasons else "safe",
        sentence=sentence,
        reasons=reasons,
    )


def undecided_sentence(reasons: tuple[str, ...]) -> str:
    """Return the headline of a table in which nothing was found but not all was understood."""
    more = len(reasons) - 1
    if not more:
        return f"Ikke afgjort: {reasons[0]}"
    return f"Ikke afgjort: {reasons[0]} Og {more} {'grund' if more == 1 else 'grunde'} mere."


def _sentence(count: dict[str, int], hidden: int, *, told: bool, rounded: bool) -> str:
    faults = []
    kept = "" if rounded else "skjult"
    if number := count["computable"]:
        faults.append(f"{_numbers(number, kept)} kan regnes ud")
    if number := count["narrowed"]:
        faults.append(f"{_numbers(number, kept)} kan indsnævres")
    if number := count["small_shown"]:
        faults.append(f"{_numbers(number, 'lille' if number == 1 else 'små')} vises")
    if faults:
        listed = faults[0] if len(faults) == 1 else f"{', '.join(faults[:-1])} og {faults[-1]}"
        return f"Tabellen røber for meget: {listed}."
    if told:
        return (
            "Ingen kan regne de skjulte tal ud udefra, men en person, der selv er talt med i et "
            "lille skjult tal, kan regne et andet ud."
        )
    if rounded:
        return "Ingen små tal kan regnes ud eller indsnævres af de afrundede."
    if not hidden:
        return "Tabellen viser ingen små tal, og intet i den er skjult."
    if hidden == 1:
        return "Det skjulte tal kan ikke regnes ud og ikke indsnævres mere, end kravet tillader."
    kept = "kan regnes ud eller indsnævres mere, end kravet tillader"
    return f"Ingen af de {hidden} skjulte tal {kept}."


def _numbers(number: int, what: str) -> str:
    ending = "e" if what == "skjult" and number > 1 else ""
    return f"{number} {what}{ending} tal" if what else f"{number} tal"
