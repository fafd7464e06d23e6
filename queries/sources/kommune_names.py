"""From a printed kommune name to its official four-digit code."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

KOMMUNER_CSV = Path(__file__).resolve().parent.parent / "facts" / "kommuner.csv"

_HYPHENS_AND_SPACES = re.compile(r"[\s\-\u2010-\u2015]+")
_SOFT_HYPHEN = "\u00ad"
_SHORTEST_PART = 3


@dataclass(frozen=True, eq=False)
class KommuneNames:
    """The official names and aliases of the 98 kommuner.

    `variants` holds, per kommunekode, the official name first and then its aliases. Two kommuner
    that share a name (after the tolerances of `code`) are a fault in the facts: ValueError.
    """

    variants: Mapping[str, tuple[str, ...]]
    _codes: Mapping[str, str]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> KommuneNames:
        """Build from rows with kommunekode, navn and alias ('|' between aliases)."""
        variants: dict[str, tuple[str, ...]] = {}
        codes: dict[str, str] = {}
        for row in rows:
            code = row["kommunekode"]
            aliases = (alias for alias in row["alias"].split("|") if alias)
            variants[code] = (row["navn"], *aliases)
            for variant in variants[code]:
                if codes.setdefault(fold(variant), code) != code:
                    raise ValueError(f"{variant!r} names both {codes[fold(variant)]} and {code}")
        return cls(variants, codes)

    @classmethod
    def from_csv(cls, path: Path = KOMMUNER_CSV) -> KommuneNames:
        """Build from a file with the columns of `queries/facts/kommuner.csv`."""
        with path.open(encoding="utf-8", newline="") as file:
            return cls.from_rows(csv.DictReader(file))

    @property
    def codes(self) -> tuple[str, ...]:
        """All kommunekoder, in the order of the facts."""
        return tuple(self.variants)

    def code(self, name: str) -> str | None:
        """Return the kommunekode of an official name or alias, or None when it is neither.

        Tolerates case, hyphen or space, å or aa, and a trailing ' Kommune'. A genitive is only
        accepted where the facts list it ('Københavns').
        """
        return self._codes.get(fold(name))

    def name(self, code: str) -> str:
        """Return the official name of a kommunekode; KeyError when there is no such kommune."""
        return self.variants[code][0]

    def nearest(self, name: str, n: int = 3) -> list[str]:
        """Return the `n` official names most like `name`, the most similar first."""
        likeness = self._likeness(name)
        best = sorted(likeness, key=lambda code: (-likeness[code], code))
        return [self.name(code) for code in best[:n]]

    def likeness(self, name: str) -> float:
        """Return how much `name` is like the kommune it is most like, from 0 to 1 (the same)."""
        return max(self._likeness(name).values())

    def has_part(self, text: str) -> bool:
        """Tell whether a text of three letters or more stands inside a name ('Skjern')."""
        part = fold(text)
        return len(part) >= _SHORTEST_PART and any(part in key for key in self._codes)

    def _likeness(self, name: str) -> dict[str, float]:
        wanted = fold(name)
        likeness = dict.fromkeys(self.variants, 0.0)
        for key, code in self._codes.items():
            ratio = SequenceMatcher(None, key, wanted, autojunk=False).ratio()
            likeness[code] = max(likeness[code], ratio)
        return likeness


def fold(name: str) -> str:
    """Reduce a name to what two spellings of the same kommune have in common."""
    text = unicodedata.normalize("NFC", name).replace(_SOFT_HYPHEN, "").casefold()
    text = _HYPHENS_AND_SPACES.sub(" ", text).strip()
    return text.removesuffix(" kommune").replace("aa", "å")
