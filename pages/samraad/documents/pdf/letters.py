"""Which letters the document's font has, and what is said of those it has not."""

from __future__ import annotations

import unicodedata
from collections import Counter

from pages.figures.text_metrics import has_letter

STAND_IN = "¤"
"""Stands where a letter cannot be set."""
MOST_NAMED = 8
NBSP = "\N{NO-BREAK SPACE}"
ALIKE = {
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{FIGURE DASH}": "–",
    "\N{HORIZONTAL BAR}": "—",
    "\N{NARROW NO-BREAK SPACE}": NBSP,
    "\N{FIGURE SPACE}": NBSP,
    "\N{NORTH EAST ARROW}": "↑",
    "\N{SOUTH EAST ARROW}": "↓",
    "\N{ZERO WIDTH SPACE}": "",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "",
    "\N{SOFT HYPHEN}": "",
    "\t": " ",
    "\r": "",
}
"""Letters that mean the same as one that the font has, or that nobody sees."""
VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Signs that choose how the letter before them is drawn."""


class Letters:
    """Makes texts settable and remembers what could not be; one for each document."""

    def __init__(self) -> None:
        self._missing: Counter[str] = Counter()
        self._unseen = 0

    def set(self, text: str) -> str:
        """Return a text in letters that the font has; '¤' stands where it has none.

        Invisible control signs, such as those that turn the direction of writing, are left out.
        """
        return "".join(self._letter(letter) for letter in unicodedata.normalize("NFC", text))

    def paragraphs(self, text: str) -> list[str]:
        """Return the paragraphs of a text, one for each line with anything in it."""
        return [self.set(line.strip()) for line in text.splitlines() if line.strip()]

    @property
    def told(self) -> str:
        """What could not be set, as Danish sentences; '' where everything could."""
        parts = []
        if self._missing:
            named = [_named(*one) for one in self._missing.most_common(MOST_NAMED)]
            more = len(self._missing) - len(named)
            rest = f" og {more} andre" if more else ""
            parts.append(
                f"Dokumentets skrift mangler nogle tegn. De står som »{STAND_IN}«: "
                f"{'; '.join(named)}{rest}. Skriv dem om med danske bogstaver."
            )
        if self._unseen:
            word = "tegn" if self._unseen > 1 else "et tegn"
            number = f"{self._unseen} " if self._unseen > 1 else ""
            parts.append(f"{number}{word}, der ikke kan ses, er udeladt.".capitalize())
        return " ".join(parts)

    def _letter(self, letter: str) -> str:
        if letter in ALIKE:
            return ALIKE[letter]
        if has_letter(letter) or letter == "\n":
            return letter
        if unicodedata.category(letter) in ("Zs", "Zl", "Zp"):
            return " "
        plain = unicodedata.normalize("NFKC", letter)
        if all(has_letter(one) for one in plain):
            return plain
        if letter in VARIANTS or unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Cn"):
            self._unseen += 1
            return ""
        self._missing[letter] += 1
        return STAND_IN


def _named(letter: str, times: int) -> str:
    name = unicodedata.name(letter, "")
    described = f" {name}" if name else ""
    return f"U+{ord(letter):04X}{described} ({times} {'gang' if times == 1 else 'gange'})"
