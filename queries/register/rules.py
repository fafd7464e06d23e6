"""What happens to rows that are not as they should be: every rule by name, with its Danish text.

The compiled loops count each rule by its place in these lists, and keep the first rows as examples.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EXAMPLES = 5
NO_ROW = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Rule:
    """A case and what is done with it; `unit` says what is counted."""

    name: str
    text: str
    unit: str = "rækker"


SPELLS = (
    Rule("open_end", "Slutuge mangler: regnes som løbende til opgørelsesdagen"),
    Rule("ends_before_start", "Slutter før det begynder: rækken udelades"),
    Rule("future", "Begynder efter opgørelsesdagen: rækken udelades"),
    Rule("future_end", "Slutter efter opgørelsesdagen: afkortes til den"),
    Rule("unknown_kommune", "Ukendt kommune: tæller kun med i hele landet"),
    Rule("unlisted_code", "Ydelseskoden står ikke i kodelisten: tæller som anden ydelse"),
    Rule("repeated", "Gentager en anden række helt: tæller én gang"),
    Rule("overlapping", "Overlapper samme ydelse: den, der begyndte sidst, gælder"),
    Rule("touching", "Fortsætter samme ydelse ugen efter: ét forløb"),
    Rule("bridged", "Afbrydelse, der ikke er for lang: ét forløb"),
    Rule("moved", "Ny kommune i samme forløb: ancienniteten følger borgeren"),
    Rule("two_benefits", "Har to ydelser samme uge: tæller med efter valget 'overlap'", "borgere"),
)
ACTIVITIES = (
    Rule("open_end", "Slutdato mangler: regnes som løbende til opgørelsesdagen"),
    Rule("ends_before_start", "Slutter før det begynder: rækken udelades"),
    Rule("future", "Begynder efter opgørelsesdagen: rækken udelades"),
    Rule("future_end", "Slutter efter opgørelsesdagen: afkortes til den"),
    Rule("unlisted_code", "Typen står ikke i kodelisten: tæller ikke som aktivt tilbud"),
    Rule("no_benefit", "Borgeren har ingen ydelse i registret: rækken tæller ikke med"),
)
MEMBERS = (
    Rule("ends_before_start", "Slutter før visitationen: rækken udelades"),
    Rule("future", "Visiteret efter opgørelsesdagen: rækken udelades"),
    Rule("unknown_kommune", "Ukendt kommune: tæller kun med i hele landet"),
    Rule("unlisted_code", "Gruppen står ikke i kodelisten: rækken udelades"),
    Rule("repeated", "Gentager en anden række helt: tæller én gang"),
    Rule("touching", "Fortsætter samme gruppe: tiden regnes fra den første visitation"),
    Rule("two_groups", "I to grupper samtidig: den seneste visitation gælder"),
)
HOURS = (
    Rule("negative", "Negative timer: rækken udelades"),
    Rule("future", "Måned efter opgørelsesdagen: rækken udelades"),
    Rule("repeated", "Flere rækker for samme borger og måned: timerne lægges sammen"),
)


BY_INPUT = {
    "benefits": SPELLS,
    "offers og mentors": ACTIVITIES,
    "flere_skal_med": MEMBERS,
    "hours": HOURS,
}


def rules_text() -> str:
    """Return every rule in Danish, by input."""
    lines = [
        "Rækker, der ikke er, som de skal være, stopper ikke en kørsel. De tælles i rapporten:"
    ]
    for stem, rules in BY_INPUT.items():
        lines += ["", stem, *(f"  {rule.text}" for rule in rules)]
    lines += [
        "",
        "En kørsel stopper, før noget er skrevet, hvis en person, en første uge eller dag mangler,",
        "eller en uge, måned eller dato ikke findes. Beskeden nævner fil, kolonne og række.",
    ]
    return "\n".join(lines) + "\n"


class Tally:
    """How often each rule of one list was applied, and the first rows it was applied to.

    `counts` has one number per rule, `rows` the smallest EXAMPLES row numbers of each, from 1.
    Two tallies of different parts of a file add up to that of the whole.
    """

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self.counts: NDArray[np.int64] = np.zeros(len(rules), np.int64)
        self.rows: NDArray[np.int64] = np.full((len(rules), EXAMPLES), NO_ROW, np.int64)

    def add(self, other: Tally) -> None:
        """Add the tally of another part."""
        self.counts += other.counts
        self.rows = np.sort(np.concatenate([self.rows, other.rows], axis=1))[:, :EXAMPLES]

    def note(self, name: str, rows: list[int], count: int | None = None) -> None:
        """Count rows (from 1) under a rule; `count` where not every row is listed."""
        place = [rule.name for rule in self.rules].index(name)
        self.counts[place] += len(rows) if count is None else count
        both = np.concatenate([self.rows[place], np.array(rows, np.int64)])
        self.rows[place] = np.sort(both)[:EXAMPLES]

    def move_rows(self, row_of: NDArray[np.int64], first_row: int) -> None:
        """Replace example rows, numbers of spells after `first_row`, by the rows they came from."""
        known = self.rows != NO_ROW
        self.rows[known] = row_of[self.rows[known] - first_row - 1]

    def lines(self) -> list[dict[str, object]]:
        """Return the applied rules with name, text, unit, count and example rows."""
        return [
            {
                "name": rule.name,
                "text": rule.text,
                "unit": rule.unit,
                "count": int(count),
                "example_rows": [int(row) for row in rows if row != NO_ROW],
            }
            for rule, count, rows in zip(self.rules, self.counts, self.rows, strict=True)
            if count
        ]
