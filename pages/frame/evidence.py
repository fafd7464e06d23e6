"""What stands beside every figure: definition, source, correction status and downloads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.exports.dataset import READ_WORDS, source_lines
from pages.exports.definitions import caveats, open_choices, terms
from pages.language import danish, synthetic
from pages.language.glossary import explain
from queries import Indicator, Source

DOWNLOADS = {
    "csv": "Tabel som CSV",
    "xlsx": "Tabel som Excel",
    "json": "Tabel som JSON",
    "svg": "Kort som SVG",
    "png": "Kort som PNG",
}
CHARTS = {"svg": "Søjler som SVG", "png": "Søjler som PNG"}


def caption(source: Source, period: str, rows: str) -> str:
    """Return the line under a figure: source, document, correction, period and where to look."""
    status = "Berigtiget svar. " if source.is_correction else ""
    made_up = f"{synthetic.WARNING}. " if source.is_synthetic else ""
    read = ""
    if source.retrieved_on:
        read = f" {READ_WORDS.get(source.kind, 'Aflæst')} {danish.date(source.retrieved_on)}."
    place = f", {rows}" if rows else ""
    return (
        f"{made_up}Kilde: {source.publisher}, {source.document_id}{place}. {status}"
        f"Opgjort {danish.period(period)}.{read}"
    )


def reference(source: Source) -> str:
    """Return a source as it is cited in a sentence, with its correction status."""
    if source.is_synthetic:
        return f"syntetisk register ({source.document_id})"
    status = " (berigtiget svar)" if source.is_correction else ""
    return f"{source.document_id}{status}"


def references(sources: Iterable[Source]) -> str:
    """Return sources as they are cited, each once; vintages of one document are counted."""
    each = Counter(map(reference, sources))
    return "; ".join(f"{one} ({n} udgaver)" if n > 1 else one for one, n in each.items())


def download_links(
    name: str, parameters: Mapping[str, str], labels: Mapping[str, str], *, made_up: bool
) -> str:
    """Return links to `/data/<name>.<format>` as list items; the files are made when asked for."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    mark = " (syntetisk)" if made_up else ""
    return "".join(
        f'<li><a href="{escape(f"/data/{name}.{kind}{query}")}" download>{label}{mark}</a></li>'
        for kind, label in labels.items()
    )


def downloads(indicator_id: str, parameters: Mapping[str, str], *, made_up: bool) -> None:
    """Draw the download links of table and map, marked where the numbers are made up."""
    drawn = parameters.get("niveau") not in ("region", "landsdel")  # these have no map of their own
    labels = {kind: label for kind, label in DOWNLOADS.items() if drawn or "Kort" not in label}
    links = download_links(indicator_id, parameters, labels, made_up=made_up)
    links += download_links(f"{indicator_id}_soejler", parameters, CHARTS, made_up=made_up)
    st.html(f'<nav class="hent" aria-label="Hent tal og kort"><h2>Hent</h2><ul>{links}</ul></nav>')


def definition(
    indicator: Indicator, *, counted: bool = False, printed: bool = False, exact: bool = False
) -> None:
    """Draw what the indicator means, with its caveats and the choices the source leaves open.

    `counted` says that the numbers beside it are counted from a register, though others are read
    from a document: what is said of rounded shares is then not true of them. `printed` says that
    they are those of a document: the atlas has chosen nothing, so only the questions are listed.
    `exact` says that every denominator beside it is known.
    """
    said = "".join(f"<dt>{term}</dt><dd>{escape(text)}</dd>" for term, text in terms(indicator))
    known = "".join(
        f"<li>{escape(text)}</li>" for text in caveats(indicator, counted=counted, exact=exact)
    )
    choices = "".join(
        f"<li>{escape(text)}</li>" for text in open_choices(indicator, questions=printed)
    )
    chosen = "" if printed else "<p>Ved optælling af et register vælger atlasset:</p>"
    text = (
        f'<section class="definition"><h2>Sådan er det opgjort</h2><dl>{said}</dl>'
        f"<h3>Forbehold</h3><ul>{known}</ul>"
        f"<h3>Det siger kilden ikke</h3>{chosen}<ul>{choices}</ul></section>"
    )
    st.html(explain(text))


def source_card(source: Source, sources: Mapping[str, Source]) -> None:
    """Draw one source with its dates, what it corrects and its own note."""
    lines = source_lines(source)
    if source.corrects:
        lines.append(("Berigtiger", sources[source.corrects].title))
    if source.note:
        lines.append(("Bemærk", source.note))
    items = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in lines)
    st.html(f'<section class="kilde"><h2>Kilde</h2><dl>{items}</dl></section>')
