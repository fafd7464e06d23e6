"""The page 'Kilder og metode': every source, indicator and area rule, from the warehouse itself."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import polars as pl
import streamlit as st

import geodata
from pages.exports.dataset import source_lines
from pages.frame import evidence
from pages.language import danish, synthetic
from queries import REGISTER_CHOICES, REGISTER_DEFAULTS, Atlas, Choice, Source


def show(atlas: Atlas) -> None:
    """Draw sources, indicators, areas, map and initiatives, each with what is uncertain."""
    sources = atlas.sources()
    st.title("Kilder og metode", anchor=False)
    st.html(
        "<h2>Dokumenter og kørsler</h2>"
        + "".join(card(source, sources) for source in sources.values())
    )
    st.html(choices(atlas))
    for indicator in atlas.indicators.values():
        st.subheader(f"Indikator: {indicator.title}", anchor=False)
        st.markdown(indicator.question)
        evidence.definition(indicator)
    st.html(jobcentres(atlas.areas()) + the_map() + initiatives(atlas))


def card(source: Source, sources: dict[str, Source]) -> str:
    """Return one source as HTML, with what it corrects or what corrects it."""
    lines = source_lines(source)
    if source.corrects:
        lines.append(("Berigtiger", sources[source.corrects].document_id))
    if source.corrected_by:
        lines.append(("Berigtiget af", sources[source.corrected_by].document_id))
    lines.append(("Licens", source.licence))
    if source.choices:
        lines.append(("Valg", chosen_otherwise(source.choices)))
    if source.sha256:
        lines.append(("SHA-256", source.sha256))
    if source.note:
        lines.append(("Bemærk", source.note))
    items = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in lines)
    name = f"kilde-{source.source_id}"
    title = escape(source.title)
    mark = f'<p class="syntetisk">{synthetic.WARNING}.</p>' if source.is_synthetic else ""
    return f'<section class="kilde" id="{name}"><h3>{title}</h3>{mark}<dl>{items}</dl></section>'


def chosen_otherwise(given: Mapping[str, object]) -> str:
    """Return the choices of a register's count that are not the default, or that all are."""
    told = [
        f"{choice.question} {_answer(choice, given[name])}"
        for name, choice in REGISTER_CHOICES.items()
        if name in given and _plain(given[name]) != _plain(REGISTER_DEFAULTS[name])
    ]
    return " ".join(told) or "Alle som standard, se valgene nedenfor"


def choices(atlas: Atlas) -> str:
    """Return every choice that a count from a register makes, with all its options, as HTML."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(choice.question)}</th><td>{_options(choice)}</td>"
        f"<td>{escape(', '.join(_users(atlas, choice.name)))}</td></tr>"
        for choice in REGISTER_CHOICES.values()
    )
    return (
        "<h2>Valg i definitionerne</h2><p>Dokumenterne siger ikke alt om, hvordan der er talt. "
        "Tæller man selv op af et register, skal hvert af disse spørgsmål have et svar. Svaret med "
        "fed er atlassets.</p>"
        '<div class="rul" tabindex="0" role="region" aria-label="Valg i definitionerne">'
        "<table><caption>Åbne valg, deres muligheder og de indikatorer, de gælder</caption>"
        "<thead><tr><th scope='col'>Spørgsmål</th><th scope='col'>Muligheder</th>"
        f"<th scope='col'>Gælder</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _users(atlas: Atlas, choice: str) -> list[str]:
    return [
        one.short_title
        for one in atlas.indicators.values()
        if one.register and choice in one.register.choices
    ]


def _options(choice: Choice) -> str:
    usual = REGISTER_DEFAULTS[choice.name]
    if not choice.options:
        return (
            f"<strong>{escape(_answer(choice, usual))}</strong> (standard); ellers hele tal fra "
            f"{choice.low} til {choice.high}"
        )
    return "<br>".join(
        f"<strong>{escape(text)}</strong> (standard)" if value == usual else escape(text)
        for value, text in choice.options.items()
    )


def _answer(choice: Choice, value: object) -> str:
    if choice.options:
        return choice.options.get(str(value), str(value))
    plain = _plain(value)
    return danish.listing([str(one) for one in (plain if isinstance(plain, list) else [plain])])


def _plain(value: object) -> object:
    """Return a value as it is after a journey through JSON."""
    return list(value) if isinstance(value, tuple) else value


def jobcentres(areas: pl.DataFrame) -> str:
    """Return the shared jobcentres and how well each is known, as HTML."""
    kommuner = areas.filter(pl.col("level") == "kommune")
    shared = (
        areas.filter(pl.col("level") == "jobcenter")
        .join(kommuner.group_by("jobcenter_id").len(), left_on="area_id", right_on="jobcenter_id")
        .filter(pl.col("len") > 1)
        .sort("area_id")
    )
    rows = "".join(
        f"<tr><th scope='row'>{escape(row['name'])}</th><td>{escape(row['basis'])}</td></tr>"
        for row in shared.iter_rows(named=True)
    )
    return (
        "<h2>Områder</h2><p>98 kommuner, 11 landsdele, 5 regioner og 94 jobcentre. Fire jobcentre "
        "dækkede to kommuner i 2017–2019. De øvrige antages at dække én kommune.</p>"
        '<div class="rul" tabindex="0" role="region" aria-label="Fælles jobcentre">'
        "<table><caption>Fælles jobcentre og grundlaget for dem</caption><thead><tr>"
        "<th scope='col'>Jobcenter</th><th scope='col'>Grundlag</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def the_map() -> str:
    """Return where the map comes from and what it is not for, as HTML."""
    source = geodata.load_map().source
    return (
        f"<h2>Kort</h2><p>{escape(source.title)}. {escape(source.attribution)}. "
        f"Licens: {escape(source.licence)}.</p>"
    )


def initiatives(atlas: Atlas) -> str:
    """Return the programmes with money, kommuner and period, as HTML."""
    documents = atlas.sources()
    rows = "".join(
        f"<tr><th scope='row'>{escape(row['title'])}</th><td>{escape(row['period_text'])}</td>"
        f"<td class='tal'>{_amount(row['amount_mio_kr'])}</td>"
        f"<td class='tal'>{row['kommuner'] or '–'}</td>"
        f"<td>{escape(documents[row['source_id']].document_id)}</td></tr>"
        for row in atlas.initiatives().iter_rows(named=True)
    )
    names = dict(atlas.areas().select("area_id", "name").rows())
    members = "".join(
        f"<p>{escape(row['title'])}, de {len(row['members'])} navngivne kommuner: "
        + escape(danish.listing(sorted((names[m] for m in row["members"]), key=danish.sort_key)))
        + ".</p>"
        for row in atlas.initiatives().iter_rows(named=True)
        if row["members"]
    )
    return (
        '<h2>Initiativer</h2><div class="rul" tabindex="0" role="region" aria-label="Initiativer">'
        "<table><caption>Satspuljeinitiativer i dokumenterne. Midlerne i initiativpakken er fra "
        "puljen Bedre Ressourceforløb og skal ikke lægges til.</caption><thead><tr>"
        "<th scope='col'>Initiativ</th><th scope='col'>Periode</th><th scope='col'>Mio. kr.</th>"
        "<th scope='col'>Kommuner</th><th scope='col'>Dokument</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>{members}"
    )


def _amount(amount: float | None) -> str:
    return "–" if amount is None else danish.number(amount, 0 if amount == int(amount) else 1)
