"""Texts of cells as they are compared: one plain space for each run of spaces, none around.

Marks without width (soft hyphens, directions, joiners), which come along from web pages, are left
out. `tidy` does it for one text, `tidied` for a whole frame; they give the same.
"""

from __future__ import annotations

import re

import polars as pl

_NO_WIDTH = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_SPACE = "\\s\\x00-\\x1f\\x7f\u0085\u00a0"
_NOTHING = re.compile(f"[{_NO_WIDTH}]+")
_SPACES = re.compile(f"[{_SPACE}]+")
# In UTF-8, what begins a space or a mark of those above, and is not a plain single space.
_ODD = (
    *(b"  ", b"\x0b", b"\x0c", b"\xc2\x85", b"\xc2\xa0", b"\xc2\xad", b"\xe1\x9a\x80"),
    *(b"\xe2\x80", b"\xe2\x81", b"\xe3\x80\x80", b"\xef\xbb\xbf"),
)


def tidy(text: str) -> str:
    """Return one text with plain single spaces and none around it."""
    if text.isascii() and text.isalnum():
        return text
    return _SPACES.sub(" ", _NOTHING.sub("", text)).strip(" ")


def needs_tidying(body: bytes, separator: str) -> bool:
    """Whether any cell of a text may have a space that `tidied` would change."""
    if any(odd in body for odd in _ODD) or (separator != "\t" and b"\t" in body):
        return True
    if b'"' in body:
        return True
    if b" " not in body:
        return False
    sign = separator.encode()
    beside = (b" " + sign, sign + b" ", b" \n", b"\n ")
    return body[:1] == b" " or body[-1:] == b" " or any(pair in body for pair in beside)


def tidied(cells: pl.DataFrame) -> pl.DataFrame:
    """Return a frame of texts with every text tidied."""
    odd = f"[{_NO_WIDTH}]|[{_SPACE}--[ ]]|  |^ | $"
    found = cells.select(pl.all().str.contains(odd).any()).row(0) if cells.height else ()
    columns = [
        pl.col(name)
        .str.replace_all(f"[{_NO_WIDTH}]+", "")
        .str.replace_all(f"[{_SPACE}]+", " ")
        .str.strip_chars(" ")
        for name, is_odd in zip(cells.columns, found, strict=False)
        if is_odd
    ]
    return cells.with_columns(columns) if columns else cells


def trimmed(cells: pl.DataFrame) -> pl.DataFrame:
    """Return a frame without the empty columns and rows at its end."""
    if not cells.height or not cells.width:
        return pl.DataFrame()
    filled = cells.select((pl.all() != "").any()).row(0)
    width = max((at + 1 for at, any_text in enumerate(filled) if any_text), default=0)
    if not width:
        return pl.DataFrame()
    cells = cells.select(cells.columns[:width])
    height, step = cells.height, 64
    while height:  # from the end, in growing steps: nearly always only the last rows are empty
        start = max(0, height - step)
        last = cells.slice(start, height - start)
        rows = last.select(pl.any_horizontal(pl.all() != "")).to_series().arg_true()
        if rows.len():
            height = start + int(rows.item(-1)) + 1
            break
        height, step = start, step * 4
    return cells.head(height)
