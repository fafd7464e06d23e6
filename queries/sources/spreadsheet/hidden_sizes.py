"""How large the hidden numbers of a sheet can be, by their marks, its notes and the threshold."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from queries.tables.numbers import read_number, tidy

_WORDS = {"tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9, "ti": 10}
_NUMBER = rf"(?:\d[\d.]*(?!\d)|(?:{'|'.join(_WORDS)})\b)"
_UNDER = re.compile(
    rf"(?:<(?!=)|\b(?:under|færre end|mindre end))\s*(?P<number>{_NUMBER})"
    r"(?!\s*(?:års?|måned|uge|dag|time|kvartal|pct|procent|%|kr))"
)
_ANY_NUMBER = re.compile(rf"\d[\d.]*|\b(?:{'|'.join(_WORDS)})\b")
_HIDES = re.compile(
    r"skjul|diskret|anonym|fortrolig|masker|blænd|sløre|udelad|for få|få personer|vises ikke"
    r"|ikke vis|oplyses ikke|offentliggør|personhenfør|eller færre|højst|≤|<="
)
_SMALL = re.compile(r"skjul|diskret|anonym|fortrolig|for få|få personer|personhenfør")
_FURTHER = re.compile(
    r"sekundær|afled|udled|bereg|regnes|regne sig|også|desuden|yderligere|supplerende|flere tal"
    r"|andre tal|øvrige|samt\b"
)
"""What notes say where larger numbers are hidden too, to keep the small ones."""


def with_largest(table: pl.DataFrame, around: str, threshold: int) -> pl.DataFrame:
    """Add `n_most` and `d_most`, the largest that a number can be, null where nobody knows.

    `n_assumed` and `d_assumed` are true where that is only the indicator's threshold: the mark is
    plain and nothing around the table says what it hides. A denominator beside a hidden count has
    no largest: a mark often stands in the whole row because the count is small.
    """
    lines = [tidy(line).casefold() for line in around.split("\n")]
    hidden = pl.col("n_status") == "suppressed"
    texts = table.filter(hidden)["n_text"].drop_nulls().unique().to_list()
    sizes = _frame({text: _largest(text, texts, lines, threshold) for text in texts})
    table = table.join(sizes, left_on="n_text", right_on="text", how="left", maintain_order="left")
    written = table.filter(pl.col("d_status") == "suppressed")["d_text"].drop_nulls().unique()
    own = _frame({text: (_of_mark(text, lines), False) for text in written.to_list()})
    own = own.select("text", denominator="most")
    table = table.join(own, left_on="d_text", right_on="text", how="left", maintain_order="left")
    return table.with_columns(
        n_most=_shown("n").when(hidden).then("most"),
        n_assumed=hidden & pl.col("assumed").fill_null(value=False),
        d_most=_shown("d").when((pl.col("d_status") == "suppressed") & ~hidden).then("denominator"),
        d_assumed=pl.lit(value=False),
    ).drop("most", "assumed", "denominator")


def _shown(key: str) -> pl.expr.whenthen.ChainedThen:
    status = pl.col(f"{key}_status")
    shown = pl.when(status == "number").then(f"{key}_count")
    return shown.when(status == "zero").then(pl.lit(0, pl.Int64))


def _frame(sizes: dict[str, tuple[int | None, bool]]) -> pl.DataFrame:
    return pl.DataFrame(
        [(text, *size) for text, size in sizes.items()],
        schema={"text": pl.String, "most": pl.Int64, "assumed": pl.Boolean},
        orient="row",
    )


def _of_mark(text: str, lines: Sequence[str]) -> int | None:
    """Return what a mark itself says ('<3' is at most 2), None where notes say that more hides."""
    bare = tidy(text)
    about = [line for line in lines if _is_about_hiding(line) or _names(line, bare.casefold())]
    return None if any(map(_FURTHER.search, about)) else read_number(bare).high


def _largest(
    text: str, marks: Sequence[str], lines: Sequence[str], threshold: int
) -> tuple[int | None, bool]:
    """Return the largest number a mark can stand for, and whether the threshold is all there is."""
    mark = tidy(text).casefold()
    if read_number(tidy(text)).high is not None:
        return _of_mark(text, lines), False
    naming = [line for line in lines if _names(line, mark)]
    others = [tidy(each).casefold() for each in marks if each != text]
    about = naming or [
        line
        for line in lines
        if _is_about_hiding(line) and not any(_names(line, other) for other in others)
    ]
    if any(map(_FURTHER.search, about)):
        return None, False
    said = [most for line in about if (most := _most_said(line)) is not None]
    if said:
        return max(said), False
    if naming and not all(map(_SMALL.search, naming)):
        return None, False
    return max(0, threshold - 1), True


def _is_about_hiding(line: str) -> bool:
    return bool(_HIDES.search(line) or _UNDER.search(line))


def _names(line: str, mark: str) -> bool:
    """Whether a line is about a mark: in quotes, at its start, or before '=' or 'betyder'."""
    if mark not in line:
        return False
    written = r"[-–—−]" if mark in set("-–—−") else re.escape(mark)
    return bool(
        re.search(
            rf"[»«\"'’‘“”(\[]\s*{written}\s*[»«\"'’‘“”)\]]|^{written}(?=[\s=:])"
            rf"|(?:^|[\s:;,.]){written}\s*(?:=|:|betyder|angiver|er|står)(?!\w)",
            line,
        )
    )


def _most_said(line: str) -> int | None:
    """Return the largest number that a line may speak of hiding, None where it names none."""
    under = [_value(match["number"]) - 1 for match in _UNDER.finditer(line)]
    others = [_value(found) for found in _ANY_NUMBER.findall(_UNDER.sub(" ", line))]
    return max([*under, *others], default=None)


def _value(text: str) -> int:
    bare = text.replace(".", "")
    return int(bare) if bare.isdecimal() else _WORDS[bare]
