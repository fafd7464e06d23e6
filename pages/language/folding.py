"""Words as a reader may write them: without capitals, Danish letters or accents, nearly right."""

from __future__ import annotations

import re
import unicodedata

_SPELT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})
_LOOSE = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_RUNS = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+|\\d+")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")


def tokens(text: str) -> tuple[str, ...]:
    """Return the words and whole numbers of a text: 'Høje-Taastrup' -> ('hoeje', 'taastrup').

    Letters are a-z with 'æ', 'ø' and 'å' spelt 'ae', 'oe' and 'aa'; a thousands point is left out.
    """
    return tuple(token for token, _ in as_written(text))


def as_written(text: str) -> tuple[tuple[str, str], ...]:
    """Return the same words and numbers, each with how the text has it: ('hoeje', 'Høje')."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFC", text))
    return tuple((token, word) for word in _RUNS.findall(plain) for token in _folded(word))


def _folded(word: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_SPELT))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"[a-z]+|[0-9]+", plain)


def loose(token: str) -> str:
    """Return a token as it is when Danish letters are written without their marks: 'samso'."""
    for spelt, bare in _LOOSE:
        token = token.replace(spelt, bare)
    return token


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two swapped, turn one word into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    same = next(
        (n for n, pair in enumerate(zip(short, long, strict=False)) if len(set(pair)) > 1),
        len(short),
    )
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = long[same + 1 : same + 2] + long[same : same + 1]
    return short[same + 1 :] == long[same + 1 :] or (
        short[same : same + 2] == swapped and short[same + 2 :] == long[same + 2 :]
    )
