"""How a file was read: its first rows, with what each column and row was taken for."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.indlaes import given
from pages.indlaes.access import only_owner
from pages.language import danish
from queries import importing

ROLES = {
    "area": ("Område", "omraade"),
    "area_code": ("Områdets kode", "omraade"),
    "period": ("Periode", "periode"),
    "year": ("Årstal", "periode"),
    "part": ("Måned, kvartal eller uge", "periode"),
    "breakdown": ("Opdeling", "opdeling"),
    "measure": ("Hvad tallet er", "opdeling"),
    "value": ("Tal", "antal"),
    "numerator": ("Antal", "antal"),
    "denominator": ("Af i alt", "naevner"),
    "share": ("Andel", "andel"),
    "ignore": ("Læses ikke", "ubrugt"),
}
"""What a column is taken for: the word on it, and its class."""
SHEET = "ark"
MOST_SHOWN = 15


def draw(seen: importing.Inspection) -> None:
    """Draw the choice of a sheet, what was read, and the first rows."""
    remarks = "".join(f"<li>{escape(one)}</li>" for one in seen.remarks)
    form = f"<p>Læst som: {escape(seen.form)}.</p>" if seen.form else ""
    st.html(f"<h2>Sådan er filen læst</h2>{form}{f'<ul>{remarks}</ul>' if remarks else ''}")
    if len(seen.sheets) > 1:
        key = given.widget(SHEET)
        st.session_state[key] = seen.sheet
        st.selectbox("Ark", seen.sheets, key=key, on_change=_sheet, args=(key,))
    if seen.preview:
        st.html(table(seen))


def table(seen: importing.Inspection) -> str:
    """Return the first rows as an HTML table with the roles above the columns."""
    rows = seen.preview[:MOST_SHOWN]
    width = max(len(row) for row in rows)
    letters = "".join(f"<th scope='col'>{_letter(n)}</th>" for n in range(width))
    roles = {one.letter: one.role for one in seen.columns}
    marks = "".join(f"<td>{_mark(roles.get(_letter(n), ''))}</td>" for n in range(width))
    body = "".join(_row(seen, n, width) for n in range(len(rows)))
    caption = f"De første {danish.number(len(rows))} af {danish.number(seen.rows)} rækker"
    return (
        f'<div class="rul arkvisning" tabindex="0" role="region" aria-label="{caption}"><table>'
        f"<caption>{caption}</caption><thead><tr><td></td>{letters}</tr>"
        f"<tr><th scope='row'>Er</th>{marks}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(seen: importing.Inspection, n: int, width: int) -> str:
    number = seen.first_row + n
    row = (*seen.preview[n], *[""] * (width - len(seen.preview[n])))
    kind, word = "", ""
    if number in seen.header_rows:
        kind, word = "overskrift", "overskrift"
    elif seen.header_rows and number < min(seen.header_rows):
        kind, word = "over", "over tabellen"
    elif number in seen.left_out or (seen.data_rows and number not in seen.data_rows):
        kind, word = "udeladt", "læses ikke"
    said = f" <small>{word}</small>" if word else ""
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in row)
    return f"<tr class='{kind}'><th scope='row'>{number}{said}</th>{cells}</tr>"


def _mark(role: str) -> str:
    word, kind = ROLES.get(role, ROLES["ignore"])
    return f'<span class="rolle {kind}">{word}</span>'


def _letter(column: int) -> str:
    name, left = "", column + 1
    while left:
        left, at = divmod(left - 1, 26)
        name = chr(65 + at) + name
    return name


@only_owner
def _sheet(key: str) -> None:
    given.say_sheet(str(st.session_state.get(key) or ""))
