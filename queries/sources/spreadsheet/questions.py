"""What is decided while a sheet is understood: each with its choices, and who decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from queries.errors import UserError
from queries.sources.incoming import PERIOD
from queries.sources.spreadsheet.periods import in_words

_PERIOD = re.compile(PERIOD)


@dataclass(frozen=True)
class Question:
    """One thing that was decided: its choices (value, Danish label), and which one stands.

    `asked` says that the file alone does not settle it; with `chosen` '' nothing can be read
    before somebody answers. `help` is Danish and says why this choice is proposed.
    """

    key: str
    title: str
    choices: tuple[tuple[str, str], ...]
    chosen: str
    help: str = ""
    asked: bool = False


@dataclass
class Decider:
    """Takes the data owner's answer, else the one of last time, else the proposal.

    `answers` and `saved` are by the key of the question. `questions` are all that were decided.
    """

    answers: Mapping[str, str]
    saved: Mapping[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def decide(
        self,
        key: str,
        title: str,
        choices: Mapping[str, str],
        proposed: str,
        *,
        asked: bool = False,
        help: str = "",
        read: Callable[[str], str | None] | None = None,
    ) -> str:
        """Return what stands for one question; raises UserError for an answer it cannot have.

        `read` reads an answer that is written freely; None from it is a wrong one.
        """
        chosen, why = proposed, help
        if key in self.answers:
            self.used.add(key)
            given = self.answers[key].strip()
            found = given if given in choices else (read(given) if read else None)
            if found is None:
                raise UserError(_wrong(title, given, choices, free=read is not None))
            chosen, asked, why = found, False, "Det har du selv valgt."
        elif self.saved.get(key, "") and self.saved[key] in choices:
            chosen, asked, why = self.saved[key], False, "Som sidst, filen blev læst."
        offered = dict(choices)
        if chosen and chosen not in offered:
            offered[chosen] = chosen
        for value, label in offered.items():
            if value == label and _PERIOD.fullmatch(value):
                offered[value] = in_words(value)
        self.questions.append(Question(key, title, tuple(offered.items()), chosen, why, asked))
        return chosen

    def rows(self, key: str, title: str, proposed: tuple[int, ...]) -> tuple[int, ...]:
        """Return rows (from 1) that may be answered as '3', '3-4' or '3, 7'."""
        said = rows_as_text(proposed)
        chosen = self.decide(
            key, title, {}, said, read=lambda text: rows_as_text(_rows(title, text))
        )
        return _rows(title, chosen)

    def check_used(self) -> None:
        """Raise UserError for an answer to something that was not asked of this sheet."""
        if unknown := sorted(set(self.answers) - self.used):
            raise UserError(
                f"Svaret »{unknown[0]}« passer ikke til noget i arket. Læs filen igen, og svar på "
                "de spørgsmål, der stilles."
            )


def rows_as_text(rows: tuple[int, ...]) -> str:
    """Return rows as they are answered: '3-4' where they follow each other, else '3, 7'."""
    if len(rows) > 1 and list(rows) == list(range(rows[0], rows[-1] + 1)):
        return f"{rows[0]}-{rows[-1]}"
    return ", ".join(map(str, rows))


def _rows(title: str, text: str) -> tuple[int, ...]:
    found: list[int] = []
    for piece in filter(None, (part.strip() for part in text.split(","))):
        first, _, last = piece.partition("-")
        if not first.strip().isdecimal() or not (last or first).strip().isdecimal():
            raise UserError(
                f"»{text}« er ikke rækkenumre ({title.casefold()}). Skriv for eksempel 3, 3-4 "
                "eller 3, 7."
            )
        low, high = int(first), int(last or first)
        if not 1 <= low <= high or high - low > 1000:
            raise UserError(f"»{piece}« er ikke rækker, der kan vælges. Skriv for eksempel 3-4.")
        found += range(low, high + 1)
    return tuple(sorted(set(found)))


def _wrong(title: str, given: str, choices: Mapping[str, str], *, free: bool) -> str:
    some = [
        f"»{key}« ({label})" if key != label else f"»{key}«"
        for key, label in choices.items()
        if key
    ]
    offered = ", ".join(some[:16]) + (f" og {len(some) - 16} flere" if len(some) > 16 else "")
    if free and not offered:
        return f"»{given}« kan ikke bruges til »{title}«. Skriv det på en anden måde, og prøv igen."
    return f"»{given}« kan ikke bruges til »{title}«. Vælg en af: {offered}."
