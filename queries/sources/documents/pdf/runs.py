"""The words of a PDF page with their places, as its content stream draws them.

This walks the operators itself because the public text extraction of pypdf gives no widths, and
without widths columns that stand close cannot be told apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject
from pypdf.generic._font import Font

from queries.sources.documents.model import DocumentError
from queries.sources.documents.placed import plain_letters

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

MOST_PIECES = 60_000
"""The most words of one page."""
MOST_FORMS = 500
DEEPEST_FORM = 8
DEEPEST_STATE = 200
_INVISIBLE = 3


@dataclass(frozen=True)
class Piece:
    """A word, or a part of one: where it begins and ends along its baseline.

    Until `turned`, x and y are the page's, y upwards; `angle` is how the text is turned (0, 90,
    180, 270; -1 for aslant). `after_space` tells that a space was drawn before it.
    """

    x0: float
    x1: float
    y: float
    size: float
    text: str
    angle: int = 0
    after_space: bool = False
    invisible: bool = False
    end: tuple[float, float] = (0.0, 0.0)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """Return the transformation that does `first` and then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


@dataclass
class _State:
    """What the operators have set."""

    ctm: Matrix = IDENTITY
    font: Font | None = None
    size: float = 1.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def copy(self) -> _State:
        return _State(**vars(self))


@dataclass
class PageReader:
    """Reads one page; `unreadable` counts characters of fonts that cannot be turned to letters."""

    page: PageObject
    pieces: list[Piece] = field(default_factory=list)
    unreadable: int = 0
    _forms: int = 0

    def read(self) -> list[Piece]:
        """Return the pieces in the order drawn."""
        contents = self.page.get("/Contents")
        contents = contents.get_object() if contents is not None else None
        if isinstance(contents, (ArrayObject, StreamObject)):
            stream = ContentStream(contents, self.page.pdf, "bytes")
            resources = _dictionary(self.page.get("/Resources"))
            _Walk(self, resources, _State(), 0).walk(stream)
        return self.pieces

    def add(self, piece: Piece) -> None:
        """Keep a piece; DocumentError for a page that has far too many."""
        self.pieces.append(piece)
        if len(self.pieces) > MOST_PIECES:
            raise DocumentError(
                "En side i PDF-filen har flere end 60.000 ord og kan ikke være en side i et svar. "
                "Gem siderne med tabellerne som en ny PDF, og prøv igen."
            )


@dataclass
class _Walk:
    """Follows one content stream: the page's, or that of a form drawn on it."""

    reader: PageReader
    resources: DictionaryObject
    state: _State
    depth: int
    tm: Matrix = IDENTITY
    line: Matrix = IDENTITY
    stack: list[_State] = field(default_factory=list)
    space: bool = False
    fonts: dict[str, Font | None] = field(default_factory=dict)

    def walk(self, stream: ContentStream) -> None:
        for operands, operator in stream.operations:
            handler = _HANDLERS.get(operator)
            if handler is not None:
                try:
                    handler(self, operands)
                except (IndexError, TypeError, ValueError, OverflowError):
                    continue  # an operator with operands it cannot have draws nothing

    def save(self, _: list[Any]) -> None:
        if len(self.stack) < DEEPEST_STATE:
            self.stack.append(self.state.copy())

    def restore(self, _: list[Any]) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def transform(self, operands: list[Any]) -> None:
        self.state.ctm = multiply(_matrix(operands), self.state.ctm)

    def begin(self, _: list[Any]) -> None:
        self.tm = self.line = IDENTITY

    def set_font(self, operands: list[Any]) -> None:
        name = str(operands[0])
        if name not in self.fonts:
            self.fonts[name] = self._font(name)
        self.state.font = self.fonts[name]
        self.state.size = float(operands[1])

    def _font(self, name: str) -> Font | None:
        resource = _dictionary(_dictionary(self.resources.get("/Font")).get(name))
        return Font.from_font_resource(resource) if resource else None

    def move(self, operands: list[Any]) -> None:
        x, y = float(operands[0]), float(operands[1])
        self.line = multiply((1.0, 0.0, 0.0, 1.0, x, y), self.line)
        self.tm = self.line

    def move_and_lead(self, operands: list[Any]) -> None:
        self.state.leading = -float(operands[1])
        self.move(operands)

    def next_line(self, _: list[Any]) -> None:
        self.move([0.0, -self.state.leading])

    def place(self, operands: list[Any]) -> None:
        self.tm = self.line = _matrix(operands)

    def show_on_next_line(self, operands: list[Any]) -> None:
        self.next_line([])
        self.show(operands[-1:])

    def show_spaced(self, operands: list[Any]) -> None:
        self.state.word_spacing, self.state.spacing = float(operands[0]), float(operands[1])
        self.show_on_next_line(operands)

    def show_parts(self, operands: list[Any]) -> None:
        for part in operands[0]:
            if isinstance(part, (bytes, str)):
                self.show([part])
            elif isinstance(part, (int, float)):
                self._advance(-float(part) / 1000 * self.state.size * self.state.scale)

    def show(self, operands: list[Any]) -> None:
        word: list[str] = []
        start = self.tm
        for text, width, is_space in self._glyphs(operands[0]):
            state = self.state
            advance = width / 1000 * state.size + state.spacing
            if is_space:
                advance += state.word_spacing
            blank = not text.strip() and text not in ("\u00a0", "\u202f", "\u2009", "\u2007")
            if blank:
                self._keep(word, start)
                word = []
                self.space = True
            elif not word:
                start = self.tm
            self._advance(advance * state.scale)
            if not blank:
                word.append(text)
        self._keep(word, start)

    def _glyphs(self, shown: Any) -> Iterator[tuple[str, float, bool]]:
        """Give text, width in thousandths and whether word spacing applies, per character code."""
        font = self.state.font
        if font is None or not font.interpretable:
            self.reader.unreadable += len(shown)
            return
        if isinstance(shown, str):
            for char in shown:
                yield char, _width(font, char), char == " "
            return
        simple = not isinstance(font.encoding, str)
        if isinstance(font.encoding, str):
            codes = shown.decode(font.encoding, "replace")
        else:
            codes = "".join(map(chr, shown))
        for code in codes:
            char = code
            if not isinstance(font.encoding, str):
                char = font.encoding.get(ord(code), code)
            text = font.character_map.get(char, char)
            if not isinstance(text, str) or "\ufffd" in text or "\ue000" <= text[:1] <= "\uf8ff":
                self.reader.unreadable += 1
                text = "\ufffd"
            yield plain_letters(text), _width(font, code), simple and code == " "

    def _advance(self, x: float) -> None:
        self.tm = multiply((1.0, 0.0, 0.0, 1.0, x, 0.0), self.tm)

    def _keep(self, word: list[str], start: Matrix) -> None:
        """Keep a word that began at the text matrix `start` and ends where the pen is now."""
        if not word:
            return
        state = self.state
        whole = multiply(start, state.ctm)
        x, y = _origin(start, state)
        end = _origin(self.tm, state)
        size = abs(state.size) * math.hypot(whole[2], whole[3])
        numbers = (x, y, size, *end)
        if size > 0 and all(math.isfinite(n) and abs(n) < 1e6 for n in numbers):
            angle = _angle(end[0] - x, end[1] - y)
            invisible = state.mode == _INVISIBLE
            text = "".join(word)
            self.reader.add(Piece(x, x, y, size, text, angle, self.space, invisible, end))
        self.space = False

    def draw(self, operands: list[Any]) -> None:
        """Follow a form; an image has no text."""
        form = _dictionary(self.resources.get("/XObject")).get(str(operands[0]))
        form = form.get_object() if form is not None else None
        if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
            return
        self.reader._forms += 1
        if self.depth >= DEEPEST_FORM or self.reader._forms > MOST_FORMS:
            raise DocumentError(
                "PDF-filen tegner sider inden i sider i for mange lag og kan ikke læses. Udskriv "
                "den til en ny PDF, og prøv igen."
            )
        state = self.state.copy()
        if "/Matrix" in form:
            state.ctm = multiply(_matrix(_items(form["/Matrix"])), state.ctm)
        own = _dictionary(form.get("/Resources")) or self.resources
        inner = _Walk(self.reader, own, state, self.depth + 1)
        inner.walk(ContentStream(form, self.reader.page.pdf, "bytes"))


def _set(name: str, factor: float = 1.0) -> Any:
    def handler(walk: _Walk, operands: list[Any]) -> None:
        setattr(walk.state, name, float(operands[0]) * factor)

    return handler


_HANDLERS: dict[bytes, Any] = {
    b"q": _Walk.save,
    b"Q": _Walk.restore,
    b"cm": _Walk.transform,
    b"BT": _Walk.begin,
    b"Tf": _Walk.set_font,
    b"Td": _Walk.move,
    b"TD": _Walk.move_and_lead,
    b"T*": _Walk.next_line,
    b"Tm": _Walk.place,
    b"Tj": _Walk.show,
    b"TJ": _Walk.show_parts,
    b"'": _Walk.show_on_next_line,
    b'"': _Walk.show_spaced,
    b"Tc": _set("spacing"),
    b"Tw": _set("word_spacing"),
    b"Tz": _set("scale", 0.01),
    b"TL": _set("leading"),
    b"Ts": _set("rise"),
    b"Tr": _set("mode"),
    b"Do": _Walk.draw,
}


def _origin(tm: Matrix, state: _State) -> tuple[float, float]:
    whole = multiply(tm, state.ctm)
    return (state.rise * whole[2] + whole[4], state.rise * whole[3] + whole[5])


def _angle(dx: float, dy: float) -> int:
    if dx == 0 and dy == 0:
        return 0
    degrees = math.degrees(math.atan2(dy, dx)) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) < 3 else -1


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands[:6])
    return (a, b, c, d, e, f)


def _width(font: Font, char: str) -> float:
    if char == font.space_char:
        return float(font.space_width)
    return float(font.get_text_width(char))


def _dictionary(value: Any) -> DictionaryObject:
    value = value.get_object() if value is not None else None
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _items(value: Any) -> list[Any]:
    value = value.get_object()
    return list(value) if isinstance(value, ArrayObject) else []
