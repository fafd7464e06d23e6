"""The page behind a permanent address: an item as it was, and how it stands today."""

from __future__ import annotations

import datetime as dt
from html import escape

import streamlit as st

from pages.exports.dataset import source_lines
from pages.frame.share import copy_with_source
from pages.language import danish, synthetic
from pages.samraad import content, references, shown, today
from pages.samraad.addresses import KIND, address, host_of, item_of
from pages.samraad.citation_routes import BIBTEX, RIS
from pages.samraad.model import Cell, Content, Table
from queries import Atlas, UserError

TITLE = "Henvisning"
EMPTY = (
    "En fast adresse viser et kort, en figur, en tabel eller en sætning, som tallene var i en "
    "bestemt dataversion, og siger, om de er rettet siden. Du finder den under »Del og henvis« på "
    "siderne med tal."
)
WORDS = {
    "current": "Nyeste tal",
    "unchanged": "Uændret",
    "changed": "Ændret siden",
    "superseded": "Nyere tal findes",
    "withdrawn": "Trukket tilbage",
    "unknown": "Ukendt dataversion",
}
MARKS = {"suppressed": "skjult", "left_out": "udeladt", "not_collected": "ikke-opgjort"}


def show(atlas: Atlas) -> None:
    """Draw the item of the address."""
    query = dict(st.query_params)
    if KIND not in query:
        st.title(TITLE, anchor=False)
        st.html(f'<p class="manchet">{EMPTY}</p>')
        return
    try:
        item = content.from_query(_own(query), atlas.version)
        found = content.look_up(atlas, item)
    except UserError as error:
        st.title(TITLE, anchor=False)
        st.warning(f"Henvisningen kan ikke vises. {error}")
        st.html(f"<p>{EMPTY}</p>")
        return
    st.title(found.title, anchor=False)
    st.html(
        f'<article class="henvisning">{_standing(atlas, found)}'
        f'<p class="manchet">{escape(found.sentence)}</p>{_drawing(found)}{_table(found)}'
        f"{_notes(found)}{_cite(found)}{_facts(atlas, found)}</article>"
    )


def _own(query: dict[str, str]) -> dict[str, str]:
    """Return the parameters without those of a frame around the page."""
    return {name: value for name, value in query.items() if name not in ("embed", "figur", "del")}


def _standing(atlas: Atlas, found: Content) -> str:
    stands, item = found.standing, found.item
    badge = ""
    if found.made_up:
        badge = (
            f'<div class="syntetisk" role="note"><strong>{synthetic.BADGE}.</strong> Opdigtede, '
            "kun til afprøvning. De siger intet om virkeligheden og må ikke citeres.</div>"
        )
    onwards = []
    if item.version != atlas.version:
        newest = address(item_of(item.kind, dict(item.parameters), atlas.version))
        onwards.append(_link(newest, f"Vis det i de nyeste data ({atlas.version})"))
    if there := today.page(atlas, item):
        onwards.append(_link(there, "Åbn siden, det kommer fra"))
    now = f"<p>Nu: {escape(stands.now)}</p>" if stands.now else ""
    return (
        f'{badge}<div class="stand stand-{stands.state}" role="note"><strong>'
        f"{WORDS[stands.state]}.</strong> {escape(stands.text)}{now}"
        f"<p>{' · '.join(onwards)}</p></div>"
    )


def _link(there: str, text: str) -> str:
    return f'<a href="{escape(there)}" target="_self">{escape(text)}</a>'


def _drawing(found: Content) -> str:
    if found.svg is None:
        return ""
    # What is kept may be another than what was asked for: the drawing is of what is shown.
    item = item_of(found.item.kind, dict(found.item.parameters), found.version)
    source = address(item, shown.DRAWING)
    return (
        f'<figure><img src="{escape(source)}" alt="{escape(found.alt)}" loading="lazy">'
        f"<figcaption>{escape(found.title)}. {escape(found.subtitle)}</figcaption></figure>"
    )


def _table(found: Content) -> str:
    if found.table is None:
        return ""
    made = html_table(found.table, found.title)
    if found.svg is None:
        return made
    return f'<details class="tabel"><summary>Tallene som tabel</summary>{made}</details>'


def html_table(table: Table, title: str) -> str:
    """Return a table as HTML; cells without a number carry the mark of why."""
    heads = "".join(
        f'<th scope="col">{escape(one.name)}'
        f"{f' <small>{escape(one.unit)}</small>' if one.unit else ''}</th>"
        for one in table.columns
    )
    numeric = [bool(column.unit) for column in table.columns]
    body = "".join(
        f"<tr{_marked(at, table)}>"
        + "".join(_cell(n, cell, number=numeric[n]) for n, cell in enumerate(row))
        + "</tr>"
        for at, row in enumerate(table.rows)
    )
    return (
        f'<div class="rul" tabindex="0" role="region" aria-label="Tabel: {escape(title)}"><table>'
        f"<caption>{escape(title)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _marked(at: int, table: Table) -> str:
    return ' class="valgt" aria-current="true"' if at == table.marked else ""


def _cell(column: int, cell: Cell, *, number: bool) -> str:
    if column == 0:
        return f'<th scope="row">{escape(cell.text)}</th>'
    mark = MARKS.get(cell.status, "")
    kinds = " ".join(kind for kind in ("tal" if number else "", mark) if kind)
    return f"<td{f' class={chr(34)}{kinds}{chr(34)}' if kinds else ''}>{escape(cell.text)}</td>"


def _notes(found: Content) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in found.notes)
    return f"<h2>Det skal man vide</h2><ul>{items}</ul>" if items else ""


def _cite(found: Content) -> str:
    here = f"{_host()}{found.address}"
    if found.made_up:
        cited = f"<dt>Henvisning</dt><dd>{references.NO_CITATION}</dd>"
    else:
        said = references.of_content(found, _host(), dt.datetime.now(tz=dt.UTC).date())
        files = " · ".join(
            f'<a href="{escape(address(found.item, path))}" download>{name}</a>'
            for name, path in (("BibTeX", BIBTEX), ("RIS", RIS))
        )
        cited = (
            f"<dt>Henvisning</dt><dd><span>{escape(said)}</span>{copy_with_source()}</dd>"
            f"<dt>Til litteraturprogrammer</dt><dd>{files}</dd>"
        )
    return (
        '<section class="del"><h2>Henvis</h2><dl>'
        f'<dt>Fast adresse</dt><dd><a class="adresse" href="{escape(here)}" target="_self">'
        f"{escape(here)}</a>"
        '<button type="button" data-kopier aria-label="Kopiér den faste adresse">Kopiér</button>'
        f"</dd>{cited}</dl></section>"
    )


def _host() -> str:
    return host_of(st.context.url)


def _facts(atlas: Atlas, found: Content) -> str:
    frozen = atlas.at(found.version) or atlas
    built = danish.date(frozen.built().built_at)
    facts = [("Dataversion", f"{found.version} fra {built}")]
    if found.item.version != found.version:
        facts.append(("Adressens dataversion", f"{found.item.version}, som ikke er gemt her"))
    if found.period:
        facts.append(("Periode", found.period))
    sources = "".join(
        f'<section class="kilde"><h2>Kilde</h2><dl>{_pairs(source_lines(source))}</dl></section>'
        for source in found.sources
    )
    defined = ""
    if found.definition:
        defined = (
            '<section class="definition"><h2>Sådan er det opgjort</h2><dl>'
            f"{_pairs(found.definition)}</dl></section>"
        )
    about = f'<section class="kilde"><h2>Tallene</h2><dl>{_pairs(facts)}</dl></section>'
    return f"{about}{sources}{defined}"


def _pairs(pairs: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str:
    """Return pairs as a list of terms; texts that follow each other under one term share it."""
    terms = ["", *(term for term, _ in pairs)]
    return "".join(
        f"{f'<dt>{escape(term)}</dt>' if term != before else ''}<dd>{escape(text)}</dd>"
        for before, (term, text) in zip(terms, pairs, strict=False)
    )
