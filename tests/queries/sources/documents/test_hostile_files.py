"""Files made to harm, and files that are broken: text or one Danish message, in bounded time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries.errors import UserError
from queries.sources.documents import boundary
from queries.sources.documents.boundary import document_lines
from queries.sources.documents.extract import extract
from queries.sources.documents.model import DocumentError, DocumentText
from queries.sources.documents.tables import tables_in
from tests.queries.sources.documents import render
from tests.queries.sources.documents.render import ROOT, Print, Sheet

SMALL = Sheet(
    "Tabel 1. Antal og andel borgere fordelt på kommuner, juni 2017",
    ("Kommune", "Antal", "Andel"),
    (("Morsø", "30", "52%"), ("Samsø", "5", "33%"), ("Dragør", ".", "17%")),
    ("Anm.: Ved færre end 3 borgere er antallet skjult.", "Kilde: DREAM"),
)
FILES = {
    "pdf": render.pdf([SMALL], Print(compress=False)),
    "packed pdf": render.pdf([SMALL], Print(blocks=2, size=9)),
    "word": render.word([SMALL]),
    "web": render.web([SMALL]),
    "text": render.text([SMALL]).encode(),
}


def pdf_of(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    trailer = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + head + trailer % (count, root, len(out))


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), more, content)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X 5 0 R>>>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources %s>>" % FONT
TEXT = b"BT /F 10 Tf 50 700 Td (Hej) Tj ET"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources %s" % FONT


def bomb(size: int, rounds: int = 1) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000))
    packed += packer.flush()
    for _ in range(rounds - 1):
        packed = zlib.compress(packed, 9)
    return stream(packed, b"/Filter[%s]" % (b"/FlateDecode " * rounds))


DAMAGED = "PDF-filen er beskadiget"
TOO_MUCH = "PDF-filen pakker ud til mere"
UNREADABLE = "skrifttype, som ikke kan oversættes"
LAYERS = "tegner sider inden i sider"
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a stream that grows to 200 MB": (
        lambda: pdf_of(CATALOG, PAGES, PAGE, bomb(200_000_000)),
        TOO_MUCH,
    ),
    "packed twice": (lambda: pdf_of(CATALOG, PAGES, PAGE, bomb(200_000_000, 2)), TOO_MUCH),
    "pages that hold themselves": (
        lambda: pdf_of(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"),
        DAMAGED,
    ),
    "a form that draws itself": (
        lambda: pdf_of(CATALOG, PAGES, PAGE, stream(b"/X Do"), stream(b"/X Do " * 9, FORM)),
        LAYERS,
    ),
    "too many operators": (
        lambda: pdf_of(CATALOG, PAGES, PAGE, stream(b"q " * 1_100_000)),
        TOO_MUCH,
    ),
    "a page of too many words": (
        lambda: pdf_of(
            CATALOG, PAGES, PAGE, stream(b"BT /F 1 Tf " + b"(a b c d e f) Tj " * 11_000 + b"ET")
        ),
        "flere end 60.000 ord",
    ),
    "arrays in arrays": (
        lambda: pdf_of(CATALOG, PAGES, PAGE, stream(b"BT " + b"[" * 200_000 + b"] TJ ET")),
        DAMAGED,
    ),
    "dictionaries in dictionaries": (
        lambda: pdf_of(b"<</A " * 100_000 + b">>" * 100_000, PAGES),
        DAMAGED,
    ),
    "a catalogue that is itself": (lambda: pdf_of(b"1 0 R"), DAMAGED),
    "no objects": (pdf_of, DAMAGED),
    "an endless reference": (lambda: pdf_of(CATALOG, b"3 0 R", b"2 0 R"), DAMAGED),
    "contents that are themselves": (
        lambda: pdf_of(CATALOG, PAGES, PAGE.replace(b"4 0 R", b"[4 0 R 4 0 R]"), b"[4 0 R 4 0 R]"),
        "scannet|ingen tekst|beskadiget",
    ),
    "a font that is a stream": (
        lambda: pdf_of(
            CATALOG, PAGES, PAGE.replace(b"/F<<", b"/F 4 0 R/G<<"), stream(TEXT), stream(b"")
        ),
        UNREADABLE,
    ),
    "numbers beyond all": (
        lambda: pdf_of(
            CATALOG, PAGES, PAGE, stream(b"BT /F 9e99 Tf 9e99 0 0 9e99 99e99 0 Tm (a) Tj ET")
        ),
        "ingen tekst|scannet|skrifttype",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    made, message = HOSTILE[name]
    content = made()
    began = time.process_time()
    with pytest.raises(DocumentError, match=message) as refused:
        extract(content)
    assert str(refused.value).isprintable()
    assert time.process_time() - began < 20


def test_web_pages_that_grow_are_read_as_far_as_they_reach() -> None:
    deep = extract(b"<table><tr><td>" * 100_000 + b"x")
    wide = extract(b"<table><tr>" + b"<td colspan=99999 rowspan=99999>1" * 20_000 + b"</table>")
    for text in (deep, wide):
        assert len(text.lines) < 100
        assert sum(map(len, text.lines)) < 1000


@pytest.mark.parametrize("name", ["a stream that grows to 200 MB", "a form that draws itself"])
def test_hostile_through_the_process(name: str) -> None:
    made, message = HOSTILE[name]
    with pytest.raises(DocumentError, match=message):
        document_lines(made())


def test_what_hostile_parts_hide_is_not_needed() -> None:
    """The page of these tests is read when nothing is wrong with it."""
    text = extract(pdf_of(CATALOG, PAGES, PAGE, stream(TEXT), stream(b"", FORM)))
    assert text.lines[0] == "Hej"


def test_the_process_ends_at_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary, "SECONDS", 0.01)
    with pytest.raises(DocumentError, match="tog for lang tid eller krævede for meget"):
        document_lines(FILES["pdf"])


def test_the_process_may_take_no_more_memory() -> None:
    code = (
        "from queries.sources.documents import worker; worker.limit()\n"
        "try: bytearray(worker.MORE_MEMORY + 200_000_000)\n"
        "except MemoryError: print('bounded')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "bounded\n"


def test_the_process_says_one_object_and_nothing_else() -> None:
    for content, key in ((FILES["pdf"], "text"), (b"%PDF-1.7", "error")):
        done = subprocess.run(
            [sys.executable, "-m", "queries.sources.documents.worker"],
            input=content,
            cwd=ROOT,
            env=os.environ,
            capture_output=True,
            check=True,
        )
        assert list(json.loads(done.stdout)) == [key]
        assert done.stderr == b""


def mutated(content: bytes, random: Random) -> bytes:
    """The file with a few things wrong with it."""
    data = bytearray(content)
    for _ in range(random.randint(1, 8)):
        if not data:
            break
        at = random.randrange(len(data))
        match random.randrange(7):
            case 0:
                data[at] = random.randrange(256)
            case 1:
                del data[at : at + random.choice((1, 10, 1000))]
            case 2:
                data[at:at] = data[at : at + random.choice((1, 30, 500))]
            case 3:
                data[at:at] = random.randbytes(random.choice((1, 4, 50)))
            case 4:
                data = data[:at]
            case 5:
                data[at] ^= 1 << random.randrange(8)
            case _:
                digits = [i for i, byte in enumerate(data) if 48 <= byte <= 57]
                for place in random.sample(digits, min(len(digits), 4)):
                    data[place] = random.randrange(48, 58)
    return bytes(data)


@given(st.sampled_from(sorted(FILES)), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_broken_files(form: str, seed: int) -> None:
    content = mutated(FILES[form], Random(seed))
    began = time.process_time()
    said = ""
    try:
        text = extract(content)
        assert isinstance(text, DocumentText)
        tables_in(text, "fil")
    except UserError as error:
        said = str(error)
    assert said.isprintable()
    assert len(said) < 3000
    assert time.process_time() - began < 20


@pytest.mark.parametrize("form", FILES)
def test_every_beginning_of_a_file(form: str) -> None:
    """A download that broke off: refused, or no more than what stands there."""
    content = FILES[form]
    for cut in range(0, len(content), max(len(content) // 25, 1)):
        try:
            text = extract(content[:cut])
        except DocumentError:
            continue
        assert form in {"web", "text", "pdf", "packed pdf"}
        assert len(text.text) <= len(extract(content).text) + 5
