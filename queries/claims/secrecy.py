"""Claims that must not be answered, whatever their number.

The texts of this module depend on the area and on what is published of it, never on a figure of the
draft: a reader who tries one number after the other gets the same words each time.
"""

from __future__ import annotations

from collections.abc import Iterable

from queries.claims import asks, numbers
from queries.claims import subjects as s
from queries.claims.areas import JOBCENTER, KOMMUNE, LARGER, REST, Place
from queries.claims.asks import Ask
from queries.claims.evidence import Cell, Evidence
from queries.claims.hedges import Bounds
from queries.claims.outcome import Outcome, cannot
from queries.claims.period_check import period_of
from queries.claims.wording import listing, pct

_NEVER = (
    "Atlasset svarer ikke på gæt om skjulte tal; svaret er det samme, uanset hvilket tal der står."
)
TOTAL = (
    "Påstanden handler om en sum, hvor skjulte tal er med: en region, en landsdel, resten af "
    "landet eller de "
    f"kommuner, der ikke er vist. En sådan sum ville sammen med de viste tal indkredse de "
    f"skjulte. {_NEVER}"
)
AMONG_HIDDEN = (
    "Svaret afhænger af kommuner, hvis antal er skjult i kilden, fordi det er under 3 eller ville "
    f"røbe et, der er det. {_NEVER}"
)
MANY = (
    "Sætningen handler om flere kommuner uden at nævne eller tælle dem, eller om deres "
    "gennemsnit. Det er der "
    "ikke offentliggjort et tal for."
)
SUGGESTION = "Skriv om et tal, kilden viser, eller skriv, at kilden ikke oplyser tallet."


def guard(ask: Ask, known: Evidence) -> Outcome | None:  # noqa: PLR0911
    """Return the refusal where a claim is about hidden numbers, else None."""
    periods = known.periods.get(ask.indicator_id, ())
    if not periods:
        return None
    # Of the month that the claim is held against: another month hides other kommuner, or none.
    cells = known.cells[ask.indicator_id, period_of(ask, periods).period]
    if not any(_hidden(cell) for cell in cells.values()):
        return _not_added(ask, cells.values())
    source = tuple(sorted({cell.source_id for cell in cells.values()}))
    named = [
        cells[key]
        for key in _ids((*ask.places, *ask.others))
        if key in cells and _hidden(cells[key])
    ]
    if named and ask.relation != asks.CHANGE and not _asks_printed(ask, named):
        return _of_cells(named, source)
    if ask.relation == asks.KOMMUNER:
        return _counted(ask, cells.values(), source)
    of_shown = ask.about_shown and ask.relation in {asks.LEVEL, asks.SUM} and not ask.places
    if of_shown and ask.figure is not None and ask.figure.kind == numbers.COUNT:
        return cannot(TOTAL, source_ids=source, suggestion=SUGGESTION)
    if ask.about_many and ask.relation in {asks.LEVEL, asks.SUM}:
        return cannot(
            MANY, source_ids=source, suggestion="Nævn kommunerne, eller skriv, hvor mange det er."
        )
    if ask.aspect != s.TABLE and (
        ask.secret_words or any(one.level in {LARGER, REST} for one in (*ask.places, *ask.others))
    ):
        return cannot(TOTAL, source_ids=source, suggestion=SUGGESTION)
    return None


def _not_added(ask: Ask, cells: Iterable[Cell]) -> Outcome | None:
    """Refuse a sum that nobody has published, in a month that hides nothing."""
    if ask.aspect == s.TABLE:
        return None
    parts = any(one.level in {LARGER, REST} for one in (*ask.places, *ask.others))
    summed = (ask.about_shown or ask.about_many) and ask.relation in {asks.LEVEL, asks.SUM}
    if not (parts or ask.secret_words or (summed and not ask.places)):
        return None
    return cannot(
        "Der er ikke offentliggjort et tal for de kommuner tilsammen.",
        source_ids=tuple(sorted({cell.source_id for cell in cells})),
    )


def _asks_printed(ask: Ask, cells: list[Cell]) -> bool:
    """Tell whether only shares are asked of that the source prints beside a hidden count.

    What is then answered depends on the printed share alone. '1 ud af 6' asks of people.
    """
    figure = ask.figure
    return (
        ask.relation == asks.LEVEL
        and ask.aspect == s.PASSIVE
        and figure is not None
        and figure.kind == numbers.SHARE
        and not figure.is_words
        and "equated" not in ask.own_cues
        and not figure.decimals
        and all(cell.status == "suppressed" and cell.share is not None for cell in cells)
        and not ask.secret_words
    )


def _hidden(cell: Cell) -> bool:
    return not cell.is_shown


def _ids(places: Iterable[Place]) -> list[str]:
    return [key for one in places if one.level in {KOMMUNE, JOBCENTER} for key in one.area_ids]


def hidden_cells(cells: Iterable[Cell], source: tuple[str, ...]) -> Outcome | None:
    """Return the refusal where any of the cells that an answer would rest on is hidden."""
    hidden = [cell for cell in cells if _hidden(cell)]
    return _of_cells(hidden, source) if hidden else None


def _of_cells(cells: list[Cell], source: tuple[str, ...]) -> Outcome:
    by_id = {cell.area_id: cell for cell in cells}
    names = listing([cell.name for _, cell in sorted(by_id.items())])
    printed = [
        f"{cell.name}: andelen er trykt som {pct(cell.share, cell.decimals)}, antallet er skjult"
        for _, cell in sorted(by_id.items())
        if cell.share is not None
    ]
    return cannot(
        f"{_why(by_id.values(), names)} "
        f"Heller ikke andele, nævnere, pladser, summer og forskelle, der bygger på det, kan "
        f"tjekkes. {_NEVER}",
        number="; ".join(printed),
        source_ids=source,
        suggestion=SUGGESTION,
    )


def _why(cells: Iterable[Cell], names: str) -> str:
    """Say why numbers are not there, by what the source does with them and by nothing else."""
    left_out = {cell.status == "left_out" for cell in cells}
    why = "det er under 3 eller ville røbe et, der er det"
    if left_out == {True}:
        return f"Tallet for {names} er skjult i kilden, som har udeladt kommunen."
    if True in left_out:
        return f"Tallet for {names} er skjult i kilden, fordi {why}, eller fordi det er udeladt."
    return f"Tallet for {names} er skjult i kilden, fordi {why}."


def _counted(ask: Ask, cells: Iterable[Cell], source: tuple[str, ...]) -> Outcome | None:
    """Refuse to count kommuner by a limit that hidden ones may meet."""
    refusal = cannot(AMONG_HIDDEN, source_ids=source, suggestion=SUGGESTION)
    if ask.secret_words:
        return refusal
    if ask.predicate is None:
        return refusal if ask.direction < 0 and not ask.about_shown else None
    if ask.about_shown:
        return None
    limit = ask.predicate.bounds()
    if ask.predicate.kind == numbers.COUNT:
        return refusal if limit.meets(Bounds.of(0, 2)) else None
    printed = [cell.share_bounds for cell in cells if _hidden(cell)]
    return refusal if any(one is not None and one.meets(limit) for one in printed) else None
