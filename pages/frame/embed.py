"""Embedding (`?embed=1`): one figure with title and source line inside somebody else's page.

`assets/start.js` tells Streamlit before it starts (it knows `embed=true` only), and
`headers.SecurityHeaders` lets other sites frame such an address and no other. The page runs as
always; a style sheet hides what is not the figure, so that every page can be embedded.
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

PARAMETERS = ("embed", "figur")
FIGURES: dict[str, tuple[str, str, str]] = {
    "kort": ("Kort", "kort_", ""),
    "soejler": ("Søjler", "soejler_", ""),
    "tabel": ("Tabel", "tabel_", ""),
    "serie": ("Udvikling over tid", "udvikling", "udvikling"),
}
"""What can be embedded of an indicator: label, how its key begins, the part that is unfolded."""

USUAL = "kort"
HEIGHT, NOTICE_HEIGHT = 800, 160
"""Pixels that hold a map with its key and source line at a width of 700."""

TITLED = ("soejler", "serie")
"""Figures without a title of their own: the page's heading stands over them."""

HEADING = (
    'html[data-embed] [data-testid="stHeading"]'
    "{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
)
"""Where the figure has its own title, the heading is for screen readers."""


def embedded() -> bool:
    """Whether this page is shown inside another, as the browser says."""
    return bool(st.context.is_embedded)


def chosen() -> str:
    """Return the figure that the address asks for, else the map."""
    asked = st.query_params.get("figur", USUAL)
    return asked if asked in FIGURES else USUAL


def prepare() -> None:
    """Unfold the part of the page that holds the figure, and hide all else; before the page."""
    if not embedded():
        return
    _, key, part = FIGURES[chosen()]
    if part and st.query_params.get(part) != "vis":
        st.query_params[part] = "vis"
    titled = "" if chosen() in TITLED else HEADING
    st.html(f"<style>{style(key)}{titled}</style>")


def style(key: str) -> str:
    """Return the rules that leave a page with the figure whose key begins so, if it has it."""
    mark = f'[class*="st-key-{key}"]'
    page = f'[data-testid="stMainBlockContainer"]:has({mark})'
    top = f'{page} > [data-testid="stVerticalBlock"] > *'
    others = (mark, ".indlejret", ".syntetisk", "style", '[data-testid="stHeading"]')
    kept = "".join(f":not(:has({one}))" for one in others)
    column = f'{page} [data-testid="stColumn"]'
    inner = f'{column} > [data-testid="stVerticalBlock"] > *'
    unmarked = f":not(:has({mark})):not({mark})"
    # Of a part that is unfolded only the figure is left, without the frame and its label.
    part = f'{page} [data-testid="stExpander"]:has({mark})'
    within = f'{part} [data-testid="stVerticalBlock"] > *'
    notice = f'{page} [data-testid="stHtml"]:has(.syntetisk) > :not(.syntetisk)'
    return (
        f"{top}{kept}{unmarked},{column}{unmarked},{inner}{unmarked},{notice},"
        f"{within}{unmarked},{part} summary{{display:none}}{part} details{{border:0}}"
        f"{column}:has({mark}){{width:100%;flex:1 1 100%;min-width:100%}}"
    )


def line(text: str, address: str) -> None:
    """Draw the source line of an embedded figure, with the way to the whole view."""
    st.html(
        f'<p class="indlejret">{escape(text)} <a href="{escape(address)}" target="_blank" '
        'rel="noopener">Se hele visningen i Indsatsatlas</a></p>'
    )


def code(address: str, figure: str, title: str, *, made_up: bool = False) -> str:
    """Return the HTML that another page embeds a figure with; `address` is the view's own.

    Made-up numbers have a notice over the figure, for which there is room.
    """
    _, _, part = FIGURES[figure]
    path, _, query = address.partition("?")
    more = {"embed": "1"} | ({"figur": figure} if figure != USUAL else {})
    if part and f"{part}=vis" not in query:
        more[part] = "vis"
    source = f"{path}?{query}{'&' if query else ''}{urlencode(more)}"
    return (
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="100%" '
        f'height="{HEIGHT + NOTICE_HEIGHT * made_up}" '
        'style="border:0" loading="lazy"></iframe>'
    )
