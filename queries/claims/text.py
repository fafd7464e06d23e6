"""A draft as sentences, with the place of every letter in the writer's own text.

What a word processor or a PDF leaves behind (soft hyphens, words broken over two lines, spaces that
do not break, Markdown) is taken out before anything is read, and put back by the offsets.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from queries.month_names import MONTHS

LONGEST = 1500
"""Letters in a sentence; a longer one is cut at a space, so that time grows as the text does."""

_MONTHS = "|".join(MONTHS)
_BULLET = r"[ \t]*(?:[-–—•·▪◦‣][ \t]+|\*[ \t]+|\d{1,2}[.)][ \t]+(?=[A-ZÆØÅ])|[a-z]\)[ \t]+)"
_SPECIAL = re.compile(
    "(?P<nothing>[\u00ad\u200b-\u200d\u2060\ufeff])"
    r"|(?P<broken>(?<=[a-zæøå])-[ \t]*\r?\n\s*(?=[a-zæøå])(?!(?:og|eller|samt)\b))"
    r"|(?P<joined>(?<=\w)-[ \t]*\r?\n\s*(?=[A-ZÆØÅ]))"
    rf"|(?P<bullet>[ \t]*\r?\n[ \t\r\n]*(?={_BULLET}))"
    r"|(?P<blank>[ \t]*\r?\n[ \t]*\r?\n[ \t\r\n]*)"
    r"|(?P<line>[ \t]*\r?\n[ \t]*)"
    "|(?P<space>[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000\v\f\x1c-\x1f\x85]+)"
    r"|(?P<mark>\*+|__+|`+|^\#+)"
    "|(?P<half>\u00bd)|(?P<quarter>\u00bc)|(?P<three>\u00be)"
    "|(?P<minus>[\u2212\u2010\u2011\u2012\ufe63\uff0d])"
    "|(?P<quote>[\u201c\u201d\u201e\u201f\u00bb\u00ab\u2033])"
    "|(?P<apostrophe>[\u2018\u2019\u201a\u00b4`])",
    re.MULTILINE,
)
_PLAIN = {
    "nothing": "",
    "broken": "",
    "joined": "-",
    "bullet": "\n",
    "blank": "\n",
    "space": " ",
    "mark": "",
    "minus": "-",
    "quote": '"',
    "apostrophe": "'",
}
_SHORT_LINE = 60
_NEVER_LAST = (
    "ca|jf|nr|mio|mia|bl|bl.a|f.eks|fx|dvs|pr|spm|kl|inkl|ekskl|hhv|alm|evt|st|tlf|hr|fr|min|dr|ift"
    "|ifm|pga|mht|vedr|kap|stk|sml|cirka|afsn|gns|gnsn|maks|p.t|red|a|b|c|d|i.e|m.fl|s"
)
_AT_NUMBER = re.compile(r"(?:^|[^\w])\d{1,2}$")
_STOP = re.compile(r"[.!?:;]+[\"')\]]*(?=\s|$)|\n")
_LAST_WORD = re.compile(r"[\w.]+$")
_ABBREVIATIONS = frozenset(_NEVER_LAST.split("|"))
_AFTER_NUMBER = re.compile(rf"\s+(?:{_MONTHS}|kvartal|halvår)", re.IGNORECASE)
_SAYS = re.compile(r"[^\W_]")
_OPENING = re.compile(r"\s+[\"'(\[]*([^\s])")


@dataclass(frozen=True)
class Text:
    """A text without what only typesetting put there; `offsets` say where each letter stood."""

    plain: str
    offsets: array[int]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where letters `start` to `end` of the plain text stand in the writer's text."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else self.length
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True)
class Sentence:
    """A sentence: its number, its paragraph, and where it begins in the plain text."""

    index: int
    paragraph: int
    start: int
    text: str
    bullet: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the plain text."""
        return self.start + len(self.text)

    @cached_property
    def lower(self) -> str:
        """The sentence in small letters, as long as the sentence."""
        small = self.text.lower()
        if len(small) == len(self.text):
            return small
        return "".join(one.lower() if len(one.lower()) == 1 else one for one in self.text)


def plain(text: str) -> Text:
    """Return a text without soft hyphens, broken words, odd spaces, quotes and Markdown marks."""
    parts: list[str] = []
    offsets = array("l")
    at = 0
    for found in _SPECIAL.finditer(text):
        start, end = found.span()
        if start > at:
            parts.append(text[at:start])
            offsets.extend(range(at, start))
        put = _replacement(found, text)
        parts.append(put)
        offsets.extend([start] * len(put))
        at = end
    parts.append(text[at:])
    offsets.extend(range(at, len(text)))
    return Text("".join(parts), offsets, len(text))


def _replacement(found: re.Match[str], text: str) -> str:
    kind = found.lastgroup or ""
    if kind == "line":
        return _line_end(found, text)
    if kind in {"half", "quarter", "three"}:
        fraction = {"half": ",5", "quarter": ",25", "three": ",75"}[kind]
        before = text[found.start() - 1 : found.start()]
        return fraction if before.isdigit() else "0" + fraction
    return _PLAIN[kind]


def _line_end(found: re.Match[str], text: str) -> str:
    """A line that is wrapped goes on; a short one before a capital is a heading or an item."""
    start, after = found.start(), text[found.end() : found.end() + 1]
    begin = text.rfind("\n", max(0, start - _SHORT_LINE - 1), start) + 1
    line = text[max(begin, start - _SHORT_LINE - 1) : start].rstrip()
    if len(line) < _SHORT_LINE and line[-1:] not in {",", "-", "–", ";", ""}:
        return "\n" if after.isupper() or not after else " "
    return " "


def sentences(text: Text) -> Iterator[Sentence]:
    """Yield the sentences of a text, in its order; none is longer than `LONGEST`."""
    index = paragraph = begin = 0
    body = text.plain
    for start, end, ends_paragraph in _pieces(body, begin):
        for first, last in _cut(body, start, end):
            piece = body[first:last]
            left = len(piece) - len(piece.lstrip())
            bare = piece.strip()
            if _SAYS.search(bare):
                bullet = re.match(_BULLET, bare + " ") is not None
                yield Sentence(index, paragraph, first + left, bare, bullet)
                index += 1
        paragraph += ends_paragraph


def _pieces(body: str, begin: int) -> Iterator[tuple[int, int, bool]]:
    for found in _STOP.finditer(body):
        if found.start() < begin:
            continue
        if found.group() == "\n":
            yield begin, found.start(), True
            begin = found.end()
        elif _is_end(body, found):
            yield begin, found.end(), False
            begin = found.end()
    yield begin, len(body), False


def _is_end(body: str, found: re.Match[str]) -> bool:  # noqa: PLR0911
    mark = found.group()[0]
    following = _OPENING.match(body, found.end(), found.end() + 8)
    if mark == ":":
        return body[found.end() : found.end() + 1] == "\n"
    if mark == ";":
        return True
    if mark != "." or len(found.group().rstrip("\"')]")) > 1:
        return True
    if following is None:
        return True
    before = body[max(0, found.start() - 24) : found.start()]
    word = _LAST_WORD.search(before)
    if word is not None and word.group().lower().lstrip(".") in _ABBREVIATIONS:
        return False
    if _AT_NUMBER.search(before) and _AFTER_NUMBER.match(body, found.end(), found.end() + 16):
        return False
    return following.group(1).isupper() or (
        following.group(1).isdigit() and not before[-1:].isdigit()
    )


def _cut(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        at = body.rfind(" ", start + LONGEST // 2, start + LONGEST)
        at = start + LONGEST if at < 0 else at
        yield start, at
        start = at
    yield start, end
