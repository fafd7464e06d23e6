"""'Del og henvis': a link that remembers its data version, a citation, embed code, addresses.

A link with `data=<version>` says, when it is opened on newer data, that they have changed, and
what did. A reader who goes on from it to another view has a new link, which names no version.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages.frame import embed, evidence
from pages.frame.filters import UNFOLDED
from pages.language import danish, synthetic
from pages.samraad import references
from pages.samraad.addresses import VERSION, item_of
from pages.samraad.addresses import address as permanent_address
from pages.samraad.references import NO_CITATION
from queries import Atlas, Indicator, Source

NOT_SHARED = (VERSION, "del", *embed.PARAMETERS)
WORDS = (("added", "nye"), ("changed", "ændrede"), ("withdrawn", "trukket tilbage"))


@dataclass(frozen=True)
class Shown:
    """What a view says in one sentence, and where it stands; `rows` as in `evidence.caption`."""

    indicator: Indicator
    source: Source
    period: str
    title: str
    sentence: str
    rows: str
    made_up: bool
    files: Mapping[str, str]
    over_time: tuple[Source, ...] = ()
    """The sources of the series, where that is the figure shown."""


def address(version: str = "", *, without: Collection[str] = ()) -> str:
    """Return the absolute address of this view, with its data version where one is given.

    `without` are parameters that are left out of it.
    """
    left_out = (*NOT_SHARED, *without)
    parameters = {k: v for k, v in st.query_params.items() if k not in left_out}
    if version:
        parameters[VERSION] = version
    query = urlencode(parameters, safe=",")
    return f"{_here()}{f'?{query}' if query else ''}"


def _here() -> str:
    return (st.context.url or "/").rstrip("/")


def share(atlas: Atlas, shown: Callable[[], Shown]) -> None:
    """Draw the button whose box is made when it is opened (`shown` is asked for then)."""
    box = st.popover("Del og henvis", key="del", on_change="rerun")
    if box.open:
        with box:
            st.html(content(atlas.version, shown(), dt.datetime.now(tz=dt.UTC).date()))


def source_line(atlas: Atlas, shown: Shown) -> None:
    """Draw the source line under an embedded figure."""
    caption = evidence.caption(shown.source, shown.period, shown.rows)
    if shown.over_time:
        caption = sources_line(shown.over_time)
    embed.line(f"{caption} Dataversion {atlas.version}.", address())


def sources_line(sources: tuple[Source, ...]) -> str:
    """Return the line of a figure with numbers from several sources, the made-up ones marked."""
    if not sources:
        return ""
    made_up = any(source.is_synthetic for source in sources)
    return f"{f'{synthetic.WARNING}. ' if made_up else ''}Kilder: {evidence.references(sources)}."


def content(version: str, shown: Shown, today: dt.date) -> str:
    """Return the box: link, citation, code to embed each figure, and the data's own address."""
    link = address(version)
    item = {"indikator": shown.indicator.indicator_id, **shown.files}
    fixed = permanent("saetning", item, version)
    plain = address(without=UNFOLDED)
    codes = "".join(
        f"<dt>Indlejr: {label.lower()}</dt>"
        f"<dd><code>{escape(embed.code(plain, figure, shown.title, made_up=shown.made_up))}</code>"
        f"{_copy(f'koden til {label.lower()}')}</dd>"
        for figure, (label, _, _) in embed.FIGURES.items()
    )
    cited = NO_CITATION if shown.made_up else citation(version, shown, fixed, today)
    reference = "" if shown.made_up else copy_with_source()
    parts = urlsplit(_here())
    host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    query = f"?{urlencode(shown.files)}" if shown.files else ""
    data = f"{host}/data/{shown.indicator.indicator_id}.csv{query}"
    mark = " (syntetisk)" if shown.made_up else ""
    return (
        '<section class="del"><dl>'
        f'<dt>Link til denne visning</dt><dd><a href="{escape(link)}" target="_self">'
        f"{escape(link)}</a>{_copy('linket')}</dd>"
        f'<dt>Fast adresse: tallet, som det er nu</dt><dd><a href="{escape(fixed)}" '
        f'target="_self">{escape(fixed)}</a>{_copy("den faste adresse")}</dd>'
        f"<dt>Henvisning</dt><dd><span>{escape(cited)}</span>{reference}</dd>"
        f'<dt>Tallenes adresse{mark}</dt><dd><a href="{escape(data)}" download>{escape(data)}</a>'
        f"{_copy('tallenes adresse')}</dd>{codes}</dl>"
        '<p class="note">Linket husker dataversionen: Er tallene ændret, når det åbnes, siger '
        "siden det og viser de nye. Den faste adresse bliver ved med at vise tallet, som det var, "
        "og siger, om det er rettet.</p></section>"
    )


def permanent(kind: str, parameters: Mapping[str, str], version: str) -> str:
    """Return the absolute permanent address of what a view says, see `pages.samraad`."""
    parts = urlsplit(_here())
    host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return f"{host}{permanent_address(item_of(kind, parameters, version))}"


def copy_with_source() -> str:
    """Return the button that copies the sentence before it with its source."""
    return '<button type="button" data-kopier>Kopiér med kilde</button>'


def _copy(what: str) -> str:
    """Return the button that copies what stands before it (see `assets/links.js`)."""
    return f'<button type="button" data-kopier aria-label="Kopiér {what}">Kopiér</button>'


def citation(version: str, shown: Shown, link: str, today: dt.date) -> str:
    """Return a reference in Danish: publisher, document, its status, number, dates, version."""
    return references.citation(
        (shown.source,),
        period=danish.period(shown.period),
        sentence=shown.sentence,
        version=version,
        address=link,
        retrieved=today,
        rows=shown.rows,
    )


def notice(atlas: Atlas) -> None:
    """Say above the page where its link was made on other data; drop the version of a new view.

    Call it when the address is complete, and before the page is drawn.
    """
    asked = st.query_params.get(VERSION)
    view = {k: v for k, v in st.query_params.items() if k not in NOT_SHARED}
    if asked is None:
        st.session_state.pop("delt", None)
        return
    if st.session_state.setdefault("delt", (asked, view)) != (asked, view):
        if st.session_state["delt"][0] == asked:
            _drop()
            return
        st.session_state["delt"] = (asked, view)
    if asked == atlas.version:
        return
    with st.container(border=True, key="dataaendret"):
        st.html(f'<div role="note">{told(atlas, asked)}</div>')
        st.button("Vis ikke igen", on_click=_drop, key="dataaendret_luk")


def _drop() -> None:
    st.query_params.pop(VERSION, None)
    st.session_state.pop("delt", None)


def told(atlas: Atlas, since: str) -> str:
    """Return what has changed since a data version, as HTML."""
    found = atlas.changes(since)
    if found is None:
        return (
            "<strong>Linkets dataversion kendes ikke her.</strong> Siden viser de nyeste tal; om "
            "de er andre, end da linket blev lavet, kan ikke ses."
        )
    head = "<strong>Data er ændret, siden linket blev lavet.</strong> Siden viser de nyeste tal."
    items = []
    sources = atlas.sources()
    for row in found.iter_rows(named=True):
        counts = [f"{danish.number(row[key])} {word}" for key, word in WORDS if row[key]]
        indicator = atlas.indicators.get(row["indicator_id"])
        name = indicator.title if indicator else row["indicator_id"]
        name = synthetic.marked(name, made_up=row["kind"] == "synthetic")
        source = sources.get(row["source_id"])
        document = f" ({source.document_id})" if source else ""
        items.append(
            f"<li>{escape(name)}{escape(document)}: tal {escape(danish.listing(counts))} i "
            f"{escape(_periods(row['periods']))}</li>"
        )
    if not items:
        return f"{head} Ingen tal for indikatorerne er ændret, kun oplysninger om dem."
    return f"{head}<ul>{''.join(items)}</ul>"


def _periods(codes: list[str]) -> str:
    if len(codes) == 1:
        return danish.period(codes[0])
    return f"{len(codes)} perioder fra {danish.period(codes[0])} til {danish.period(codes[-1])}"
