"""The glossary: marks the words of a text that it explains, and lists them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape

from pages.language import danish
from pages.language.terms import TERMS, Term

SKIPPED = {"a", "button", "label", "option", "summary", "code", "script", "style", "svg"}
SKIPPED |= {"caption", "figure", "h1", "h2", "h3", "h4", "th"}
"""Elements whose text stays as it is: headings, links, other controls, figures, table heads."""

MARK = 'class="ord"'
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>|<!--.*?-->", re.DOTALL)


@lru_cache(maxsize=64)
def explain(html: str) -> str:
    """Return a section of HTML in which the first of each known word can be asked about.

    A word becomes a button that opens its explanation; a screen reader reads it as the button's
    description, and it is printed at the end (see `pages/components/words`). Text in headings,
    links, buttons and captions is left alone, and so is a section that was explained before. `html`
    must be well-formed. Each word adds about 100 bytes.
    """
    if MARK in html:
        return html
    used: set[str] = set()
    parts: list[str] = []
    skipping: list[str] = []
    for text, tag in _pieces(html):
        parts.append(text if skipping else _marked(text, used))
        parts.append(tag)
        _follow(tag, skipping)
    return "".join(parts)


def glossary_words() -> dict[str, tuple[str, str]]:
    """Return every word and its explanation by its name in addresses."""
    return {term.slug: (_capital(term.word), term.text) for term in TERMS}


def glossary_section() -> str:
    """Return every word with its explanation, in Danish order, as HTML.

    Each has an address of its own: `#ord-<slug>`, see `address`.
    """
    items = "".join(
        f'<div id="ord-{term.slug}"><dt>{escape(_capital(term.word))}</dt>'
        f"<dd>{escape(term.text)}</dd></div>"
        for term in sorted(TERMS, key=lambda term: danish.sort_key(term.word))
    )
    return (
        '<section class="ordliste" id="ordliste"><h2>Ordliste</h2><p>Ordene, som atlasset bruger '
        "dem. Forklaringerne er atlassets egne og ikke lovens.</p>"
        f"<dl>{items}</dl></section>"
    )


def address(term: Term) -> str:
    """Return the address of a word in the list on the page 'Kilder og metode'."""
    return f"/kilder#ord-{term.slug}"


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """Yield the text before each tag, and the tag; last the text after all of them."""
    at = 0
    for found in _TAG.finditer(html):
        yield html[at : found.start()], found.group()
        at = found.end()
    yield html[at:], ""


def _follow(tag: str, skipping: list[str]) -> None:
    """Keep account of the elements around the next text that are to be left alone."""
    found = _TAG.fullmatch(tag)
    name = (found.group(2) or "").lower() if found else ""
    if not found or name not in SKIPPED or found.group(3):
        return
    if not found.group(1):
        skipping.append(name)
    elif name in skipping:
        del skipping[len(skipping) - 1 - skipping[::-1].index(name) :]


def _marked(text: str, used: set[str]) -> str:
    def mark(found: re.Match[str]) -> str:
        slug = _by_form()[found.group().casefold()].slug
        if slug in used:
            return found.group()
        used.add(slug)
        return (
            f'<button type="button" {MARK} data-ord="{slug}" '
            f'aria-describedby="ord-tekst-{slug}">{found.group()}</button>'
        )

    return _pattern().sub(mark, text)


@cache
def _by_form() -> dict[str, Term]:
    return {form.casefold(): term for term in TERMS for form in term.all_forms}


@cache
def _pattern() -> re.Pattern[str]:
    """Match any form as a word of its own that is not quoted, the longest first."""
    forms = sorted((form for term in TERMS for form in term.all_forms), key=len, reverse=True)
    written = [re.escape(form) if form.lower() != form else f"(?i:{form})" for form in forms]
    return re.compile(rf"(?<![\w&»-])(?:{'|'.join(written)})(?![\w-])")


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
