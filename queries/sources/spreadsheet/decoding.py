"""Which encoding a text is in, told by its bytes; a text in two encodings is refused."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from queries.errors import UserError
from queries.sources.spreadsheet.kinds import HOW

_CHUNK = 1 << 22
_SAMPLE = 8_000_000
_AT_END = b"\x1a"  # what old programs end a text with
_NO_TEXT = bytes((*range(9), *range(14, 26), *range(27, 32), 127))
_HOW = "Gem filen som »CSV UTF-8«, og prøv igen."
# Sequences of Danish letters, dashes and quotes in UTF-8; in no other encoding are they words.
_UTF_8 = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x80-\xbf]")
_LETTERS = {  # æ ø å Æ Ø Å
    "cp1252": b"\xe6\xf8\xe5\xc6\xd8\xc5",
    "mac_roman": b"\xbe\xbf\x8c\xae\xaf\x81",
    "cp850": b"\x91\x9b\x86\x92\x9d\x8f",
}
_NAMES = {
    "utf-8": "utf-8",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "utf-32": "utf-32",
    "cp1252": "Windows-1252",
    "mac_roman": "Macintosh",
    "cp850": "DOS (850)",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a text is decoded: the codec, and how many bytes of a mark stand before the text."""

    codec: str
    mark: int = 0

    @property
    def name(self) -> str:
        """What the encoding is called among users."""
        return _NAMES[self.codec]


def find_encoding(content: bytes) -> Encoding:
    """Return the encoding in which all of `content` is valid.

    A byte order mark decides; else UTF-16 by its NULs, UTF-8 where every byte fits, and of
    Windows-1252 (with ISO 8859-1 and -15), Macintosh and DOS the one whose bytes for æ, ø and å
    stand among letters. Raises UserError with the line where a text is in two encodings or none.
    """
    for start, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(start):
            found = Encoding(codec, 0 if codec == "utf-32" else len(start))
            return _certain(content, found)
    odd, even = content[1:2000:2].count(0), content[0:2000:2].count(0)
    half, few = len(content[:2000]) // 4, len(content[:2000]) // 20
    if odd > half and even <= few:
        return _certain(content, Encoding("utf-16-le"))
    if even > half and odd <= few:
        return _certain(content, Encoding("utf-16-be"))
    _check_signs(content, _NO_TEXT)
    wrong = _first_wrong(content, Encoding("utf-8"))
    if wrong is None:
        return Encoding("utf-8")
    if also := _UTF_8.search(content):
        raise _mixed(line_of(content, wrong), line_of(content, also.start()))
    return _single_byte(content)


def whole_text(content: bytes, encoding: Encoding) -> bytes:
    """Return the text in UTF-8 with '\\n' after each line; raises UserError for what is no text."""
    text = in_utf_8(content, encoding).rstrip(_AT_END)
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    _check_signs(text, _NO_TEXT + _AT_END)
    return text


def _check_signs(text: bytes, signs: bytes) -> None:
    for sign in signs:
        if (at := text.find(sign)) >= 0:
            raise UserError(
                f"Filen er hverken tekst eller regneark: linje {line_of(text, at)} har "
                f"tegn, der ikke er tekst (tegn nummer {sign}). Er filen beskadiget, så hent den "
                f"igen. {HOW}"
            )


def in_utf_8(content: bytes, encoding: Encoding) -> bytes:
    """Return the text in UTF-8 without a mark; the same object where it already is."""
    if encoding == Encoding("utf-8"):
        return content
    if encoding.codec == "utf-8":
        return content[encoding.mark :]
    text = b"".join(piece.encode("utf-8", "replace") for piece in _pieces(content, encoding))
    return text.removeprefix(codecs.BOM_UTF8)


def line_of(content: bytes, at: int) -> int:
    """Return the number, from 1, of the line that holds the byte at `at`."""
    ends = b"\n" if b"\n" in content else b"\r"
    return content.count(ends, 0, at) + 1


def _pieces(content: bytes, encoding: Encoding) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    view = memoryview(content)
    for start in range(encoding.mark, len(content), _CHUNK):
        yield decoder.decode(view[start : start + _CHUNK], start + _CHUNK >= len(content))


def _first_wrong(content: bytes, encoding: Encoding) -> int | None:
    """Return where the first byte is that the encoding has no meaning for."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    for start in range(encoding.mark, len(content), _CHUNK):
        held = len(decoder.getstate()[0])
        piece = content[start : start + _CHUNK]
        try:
            decoder.decode(piece, start + _CHUNK >= len(content))
        except UnicodeDecodeError as error:
            return max(0, start - held + error.start)
    return None


def _certain(content: bytes, encoding: Encoding) -> Encoding:
    wrong = _first_wrong(content, encoding)
    if wrong is None:
        return encoding
    if encoding.codec == "utf-8":
        raise _mixed(line_of(content, wrong), 1)
    raise UserError(
        f"Filens bogstaver kan ikke læses: den er skrevet i {encoding.name}, men er afbrudt eller "
        f"beskadiget omkring tegn {wrong // 2 + 1}. {_HOW}"
    )


def _single_byte(content: bytes) -> Encoding:
    sample = content[:_SAMPLE]
    hits = {
        codec: re.compile(b"[A-Za-z][" + letters + b"]|[" + letters + b"][a-z]")
        for codec, letters in _LETTERS.items()
    }
    scores = {codec: len(pattern.findall(sample)) for codec, pattern in hits.items()}
    best = max(scores, key=lambda codec: scores[codec])
    for other, score in scores.items():
        # A few may be signs that happen to stand by a letter: '®' is the Macintosh's 'Æ'.
        if other != best and score > max(1, scores[best] // 20):
            first = [hits[codec].search(sample) for codec in (other, best)]
            raise _mixed(*(line_of(content, found.start()) for found in first if found))
    wrong = _first_wrong(content, Encoding(best))
    if wrong is not None:
        raise UserError(
            f"Linje {line_of(content, wrong)} har et tegn, der ikke findes i den tegnkodning, "
            f"resten af filen er skrevet i ({_NAMES[best]}). {_HOW}"
        )
    return Encoding(best)


def _mixed(one: int, other: int) -> UserError:
    return UserError(
        f"Filen er skrevet i to forskellige tegnkodninger: linje {one} er i en anden end linje "
        f"{other}. Bogstaver som æ, ø og å kan derfor ikke læses sikkert. Åbn filen i et regneark, "
        f"ret bogstaverne i linje {one}, gem den som »CSV UTF-8«, og prøv igen."
    )
