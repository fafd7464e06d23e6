"""Streamlit's own words in Danish: fragments of its JavaScript, replaced as it is served.

Streamlit has no setting for its language. `danish.toml` lists, per bundle file, the fragment as
Streamlit ships it, the Danish fragment, and how often it occurs. A fragment is code with its
neighbourhood (`label:`Fullscreen``), never a bare word, so data that happens to hold the same
word is out of reach: only static files are rewritten, never what a session sends.

The list belongs to one version of Streamlit. `check_bundle` says which fragments are gone.
"""

from __future__ import annotations

import logging
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from streamlit import file_util

_LOG = logging.getLogger(__name__)
DICTIONARY_PATH = Path(__file__).with_name("danish.toml")


@dataclass(frozen=True)
class Fragment:
    """One replacement in the file (or files) whose name begins with `stem`.

    `stem` is the file's name without content hash and ending: `Selectbox` for
    `Selectbox.7rsxE6LC.js`. `count` is the number of occurrences over all files of that stem.
    """

    stem: str
    english: str
    danish: str
    count: int


def bundle_dir() -> Path:
    """Folder `static` of the installed Streamlit, with `js`, `css` and `media` in it."""
    return Path(file_util.get_static_dir()) / "static"


def stem_of(file_name: str) -> str:
    """`index.esm.CnlgfcEa.js` → `index.esm`: the part that stays when the content changes."""
    return file_name.rsplit(".", 2)[0]


@cache
def fragments() -> tuple[Fragment, ...]:
    """All replacements, in the order of `danish.toml` (a long one stands before its parts)."""
    table = tomllib.loads(DICTIONARY_PATH.read_text(encoding="utf-8"))
    return tuple(
        Fragment(stem, english, danish, rest[0] if rest else 1)
        for stem, rows in table.items()
        for english, danish, *rest in rows
    )


@cache
def _by_stem() -> dict[str, tuple[Fragment, ...]]:
    stems = dict.fromkeys(fragment.stem for fragment in fragments())
    return {stem: tuple(f for f in fragments() if f.stem == stem) for stem in stems}


def is_translated(file_name: str) -> bool:
    """Whether the bundle file of this name is served with Danish fragments."""
    return file_name.endswith(".js") and stem_of(file_name) in _by_stem()


def translate(file_name: str, content: bytes) -> bytes:
    """Return the bundle file `file_name` with every fragment of its stem in Danish."""
    if not is_translated(file_name):
        return content
    text = content.decode("utf-8")
    for fragment in _by_stem()[stem_of(file_name)]:
        text = text.replace(fragment.english, fragment.danish)
    return text.encode("utf-8")


def check_bundle(directory: Path | None = None) -> list[str]:
    """Say, one line each, which fragments the bundle no longer holds as often as expected.

    An empty list means that the dictionary fits the installed Streamlit. The replacements are
    counted one after the other, as `translate` makes them. Reads about 9 MB; 150 ms of CPU.
    """
    script_dir = (directory or bundle_dir()) / "js"
    names: dict[str, list[str]] = {}
    for path in sorted(script_dir.glob("*.js")):
        names.setdefault(stem_of(path.name), []).append(path.name)
    problems: list[str] = []
    for stem, rows in _by_stem().items():
        texts = [(script_dir / name).read_text(encoding="utf-8") for name in names.get(stem, [])]
        if not texts:
            problems.append(f"{stem}.*.js: no such file in the bundle")
        for fragment in rows if texts else ():
            found = sum(text.count(fragment.english) for text in texts)
            if found != fragment.count:
                problems.append(
                    f"{stem}.*.js: {fragment.english!r} found {found} times, "
                    f"expected {fragment.count}"
                )
            texts = [text.replace(fragment.english, fragment.danish) for text in texts]
    return problems


def log_problems(directory: Path | None = None) -> None:
    """The check at start: log what would show up in English. It does not stop the application."""
    for problem in check_bundle(directory):
        _LOG.error("Streamlit's bundle has changed, some words will be English: %s", problem)
