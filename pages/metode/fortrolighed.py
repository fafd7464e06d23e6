"""The page 'Fortrolighed': the audit report for the data owner, from the warehouse itself.

It says that hidden numbers can be narrowed, to how many possibilities and through what; never to
which numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from pages.exports.dataset import WHOLE
from pages.exports.kinds import KINDS
from pages.frame import filters
from pages.language import danish, synthetic
from pages.language.disclosure import (
    CRITERIA,
    INSIDERS,
    INSIDERS_HEAD,
    KNOWN,
    LIMITS,
    UNKNOWN,
    demanded,
)
from pages.metode.alternatives import told_instead
from pages.metode.sections import Section, contents, downloads, drawn, table
from queries import Atlas, Indicator, Source

Rules = Mapping[str, Indicator]
MADE_UP = f"{synthetic.BADGE}: Rækkerne {{}} er opdigtede og kun til afprøvning."
WORDS = {kind: word for word, kind in KINDS.items()}
LEAD = (
    "Til dataejeren: hvilke tal der er skjult, hvor godt de er det, og hvad en læser kan regne ud "
    "af alt det, der vises. Hver gang datalageret bygges, prøver en indbygget angriber at regne de "
    "skjulte tal ud. Lykkes det for et tal, atlasset selv skjuler, bliver der ikke bygget."
)
NOT_AUDITED = (
    "<p class='mangler'><strong>Denne dataversion er ikke efterprøvet.</strong> Der er ingen "
    "resultater at vise.</p>"
)
AS_PUBLISHED = (
    "De tal har andre offentliggjort. De vises, som de er trykt, også hvor de røber noget, for at "
    "skjule dem her beskytter ingen. Der afledes intet nyt af dem: ingen sum, rang eller side "
    "indsnævrer dem yderligere. Her står, hvor mange tal det gælder, aldrig hvilke. Tabeltjek "
    "siger, hvilke celler i en tabel der kan indsnævres, også i en offentliggjort, men aldrig til "
    "hvad."
)
LEFT_OUT = (
    "Talt er både de tal, et dokument skjuler, og dem, det udelader. Tjekkes dets tabel for sig "
    "selv i Tabeltjek, tælles kun de skjulte celler, der står i den, så dér er tallene mindre."
)
USUAL = "som de fleste"
FEWEST = (
    "Færrest muligheder kan være mindre end det, kravet nævner, hvor en læser ved, at tallet ikke "
    "er lille: det kan så ikke regnes ud, og det fortæller ikke noget om få borgere."
)
TWICE = "En periode står flere gange, hvor den både er offentliggjort og regnet af et register."
HEADS = ("Periode", "Opdeling", "Tal", "Skjult", "Ikke beskyttet", "Færrest muligheder")
FILES = downloads("fortrolighed", "Hent rapporten")


def show(atlas: Atlas) -> None:
    """Draw the report, and the months of the indicator that the address asks for."""
    st.title("Fortrolighed", anchor=False)
    rows = atlas.protection()
    st.html(_page(atlas, atlas.version))
    if not rows.is_empty():
        months(atlas, rows)


@lru_cache(maxsize=4)
def _page(atlas: Atlas, _version: str) -> str:
    rows = atlas.protection()
    lead = f'<div class="afsnit rapport"><p>{LEAD}</p></div>'
    if rows.is_empty():
        return NOT_AUDITED + lead + "".join(drawn(part) for part in explained(atlas))
    parts = [
        *results(rows, atlas.sources(), all_indicators(atlas)),
        Section("i-stedet", "Hvad der vises i stedet", told_instead(atlas)),
        *explained(atlas),
        Section("maaneder", MONTHS, ""),
    ]
    head = headline(rows) + lead + FILES + contents(parts)
    return head + "".join(map(drawn, parts[:-1]))


MONTHS = "Måned for måned"


def all_indicators(atlas: Atlas) -> dict[str, Indicator]:
    """Return the indicators of every form: imported ones may have a count or a share alone."""
    return {**atlas.indicators, **atlas.further}


def headline(rows: pl.DataFrame) -> str:
    """Return the report in one sentence and four numbers, as HTML."""
    own, printed = (rows.filter(status=word) for word in ("protected", "as_published"))
    made_up = int(own.filter(kind="synthetic")["hidden"].sum())
    where = "alle" if made_up == own["hidden"].sum() else danish.number(made_up)
    mark = f" ({where} i syntetiske serier)" if made_up else ""
    numbers = [
        (int(own["hidden"].sum()), f"tal, atlasset selv skjuler{mark}"),
        (int(own["exposed"].sum()), "af dem opfylder ikke kravet"),
        (int(printed["hidden"].sum()), "tal, som andre har skjult i det, de har offentliggjort"),
        (int(printed["exposed"].sum()), "af dem kan indsnævres ved at regne"),
    ]
    safe = "opfylder kravet" if not own["exposed"].sum() else "opfylder ikke alle kravet"
    told = f"De tal, atlasset selv skjuler, {safe}."
    if printed["exposed"].sum():
        told += " I dokumenter, som andre har offentliggjort, kan skjulte tal indsnævres."
    items = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{danish.number(count)}</dd></div>"
        for count, label in numbers
    )
    return (
        f'<div class="rapport"><p class="manchet"><strong>{told}</strong></p>'
        f'<dl class="noegletal">{items}</dl></div>'
    )


def results(rows: pl.DataFrame, sources: dict[str, Source], rules: Rules) -> list[Section]:
    """Return what was found: in documents of others, and in the atlas's own numbers."""
    own, printed = (rows.filter(status=word) for word in ("protected", "as_published"))
    return [
        Section("offentliggjorte", "Dokumenter, der røber noget", documents(printed, sources)),
        Section("egne", "Det, atlasset selv skjuler", indicators(own, rules)),
        Section("sammen", "Hvad der er offentliggjort sammen", together(rows)),
    ]


def documents(rows: pl.DataFrame, sources: dict[str, Source]) -> str:
    """Return the published documents with hidden numbers, and what is left of these."""
    if rows.is_empty():
        return "<p>Ingen af dokumenterne har skjulte tal, der kan indsnævres.</p>"
    body = [
        [
            escape(_document(sources, row["source_id"])),
            escape(row["title"]),
            danish.period(row["period"]),
            danish.number(row["hidden"]),
            danish.number(row["exposed"]),
            _count(row["solutions"], "mange"),
            _count(row["fewest"]),
            escape(row["note"]),
        ]
        for row in rows.iter_rows(named=True)
    ]
    heads = ["Dokument", "Indikator", "Periode", "Skjult", "Indsnævres", "Løsninger"]
    heads += ["Færrest muligheder", "Fundet"]
    return f"<p>{AS_PUBLISHED}</p><p>{LEFT_OUT}</p>" + table(
        "Offentliggjorte tal, og hvor mange måder alle de skjulte tal kan udfyldes på",
        heads,
        body,
        numbers=(3, 4, 5, 6),
    )


def _document(sources: dict[str, Source], source_id: str) -> str:
    return sources[source_id].document_id if source_id in sources else source_id


def indicators(rows: pl.DataFrame, rules: Rules) -> str:
    """Return one line per indicator and kind of source, over all its months and breakdowns."""
    found = rows.group_by("indicator_id", "title", "kind", "criterion", maintain_order=True).agg(
        pl.col("period").n_unique().alias("periods"),
        pl.col("cells", "hidden", "exposed").sum(),
        pl.col("fewest").min(),
        # One month that was not measured leaves the whole unknown.
        pl.when(pl.col("insiders").is_not_null().all()).then(pl.col("insiders").max()),
    )
    body = [
        [
            escape(row["title"]),
            WORDS.get(row["kind"], row["kind"]),
            danish.number(row["periods"]),
            danish.number(row["cells"]),
            danish.number(row["hidden"]),
            danish.number(row["exposed"]),
            _count(row["fewest"]),
            _count(row["insiders"], "ikke målt"),
            CRITERIA[row["criterion"]].name,
        ]
        for row in found.iter_rows(named=True)
    ]
    if not body:
        return "<p>Atlasset skjuler ingen tal selv i denne version.</p>"
    heads = ["Indikator", "Slags", "Perioder", "Tal", "Skjult", "Ikke beskyttet"]
    heads += ["Færrest muligheder", INSIDERS_HEAD, "Krav"]
    mark = ""
    if "synthetic" in rows["kind"]:
        mark = f'<p class="syntetisk">{MADE_UP.format("af slagsen »syntetisk«")}</p>'
    return (
        mark
        + table("Alle måneder og opdelinger under ét", heads, body, numbers=range(2, 8))
        + zeros(rows, rules)
        + f'<p class="note">{FEWEST}</p><p class="note">{INSIDERS}</p>'
    )


def zeros(rows: pl.DataFrame, rules: Rules) -> str:
    """Return how many possibilities are enough where zeros are shown, as HTML; '' where nowhere."""
    spans = set()
    for row in rows.select("indicator_id", "criterion").unique().iter_rows(named=True):
        name, rule = row["criterion"], rules[row["indicator_id"]].disclosure
        if rule.zeros_are_shown and name != "exact":
            spans.add((name, *demanded(name, rule.threshold, zeros_are_shown=True)))
    told = "".join(
        f" Efter kravet »{CRITERIA[name].name}« skal det kunne være alt fra {low} til {high}: "
        f"{high - low + 1} muligheder."
        for name, low, high in sorted(spans)
    )
    return f'<p class="note">Hvor nul vises, er et skjult tal ikke 0.{told}</p>' if told else ""


def together(rows: pl.DataFrame) -> str:
    """Return what was audited as one, each text once for all its months."""
    months = [", " + period for period in rows["period"].unique()]
    wholes = rows["together"].unique(maintain_order=True).to_list()
    for month in months:
        wholes = [whole.removesuffix(month) for whole in wholes]
    return (
        "<p>Det, en læser kan holde op mod hinanden i en måned, er også beskyttet og efterprøvet "
        "under ét: alle niveauer og opdelinger af det, der står sammen her.</p>"
        + _items(sorted(set(wholes), key=danish.sort_key))
    )


def explained(atlas: Atlas) -> list[Section]:
    """Return what the report means: the attacker, the criteria, what it cannot say."""
    return [
        Section(
            "angriber",
            "Hvad angriberen ved, og ikke ved",
            f"<h3>Det ved angriberen</h3>{_items(KNOWN)}"
            f"<h3>Det ved angriberen ikke</h3>{_items(UNKNOWN)}",
        ),
        Section("krav", "Kravene", criteria(atlas)),
        Section("graenser", "Det siger rapporten ikke", _items(LIMITS)),
    ]


def criteria(atlas: Atlas) -> str:
    """Return the criteria with the numbers of the indicators' own rules."""
    rules = {
        (one.disclosure.threshold, one.disclosure.zeros_are_shown)
        for one in atlas.indicators.values()
    }
    items = ""
    for name, one in CRITERIA.items():
        spans = sorted({demanded(name, t, zeros_are_shown=zeros) for t, zeros in rules})
        told = [one.meaning.format(low=low, high=high) for low, high in spans]
        more = [f"Hvor nul vises: fra {low} til {high}." for low, high in spans[1:]]
        text = " ".join([told[0], *(more if name != "exact" else [])])
        items += f"<dt>{one.title}</dt><dd>{text}</dd>"
    return (
        "<p>Et krav siger, hvor meget der mindst skal være uvist om et skjult tal, når alt andet "
        f'er regnet efter. Det står ved hver måned, hvilket der gælder.</p><div class="definition">'
        f"<dl>{items}</dl></div>"
    )


@st.fragment
def months(atlas: Atlas, rows: pl.DataFrame) -> None:
    """Draw the choice of an indicator, and what was found in each of its months."""
    st.html(f'<section class="afsnit" id="maaneder"><h2>{MONTHS}</h2></section>')
    titles = dict(rows.select("indicator_id", "title").unique(maintain_order=True).iter_rows())
    asked = st.query_params.get("indikator", "")
    chosen = asked if asked in titles else next(iter(titles))
    with st.container(key="fortrolighed_valg"):
        filters._box("indikator", "Indikator", titles, chosen)
    st.html(monthly(atlas, rows.filter(indicator_id=chosen)))


def monthly(atlas: Atlas, rows: pl.DataFrame) -> str:
    """Return what was found for one indicator: a line per period, breakdown and source."""
    breakdowns = {WHOLE: "i alt"} | all_indicators(atlas)[rows["indicator_id"][0]].breakdowns
    usual, times = Counter(rows["note"].to_list()).most_common(1)[0]
    noted = times < len(rows)
    common = usual if times > 1 or not noted else ""
    body = [_month(row, breakdowns, common, noted=noted) for row in rows.iter_rows(named=True)]
    heads = [*HEADS, INSIDERS_HEAD, "Krav", *(["Fundet"] if noted else [])]
    mark = f'<p class="syntetisk">{MADE_UP.format("mærket (syntetisk)")}</p>'
    where = f"Fundet, hvor der står »{USUAL}«: " if noted else ""
    twice = rows.select("period", "breakdown").is_duplicated().any()
    return (
        (mark if "synthetic" in rows["kind"] else "")
        + (f"<p>{TWICE}</p>" if twice else "")
        + (f"<p>{where}{escape(common)}</p>" if common else "")
        + zeros(rows, all_indicators(atlas))
        + table(f"{rows['title'][0]}, måned for måned", heads, body, numbers=range(2, 7))
    )


def _month(
    row: dict[str, Any], breakdowns: dict[str, str], common: str, *, noted: bool
) -> list[str]:
    made_up = row["kind"] == "synthetic"
    return [
        synthetic.period(row["period"], made_up=made_up),
        escape(breakdowns.get(row["breakdown"], row["breakdown"])),
        *(danish.number(row[name]) for name in ("cells", "hidden", "exposed")),
        _count(row["fewest"]),
        _count(row["insiders"], "ikke målt"),
        CRITERIA[row["criterion"]].name,
        *([USUAL if row["note"] == common else escape(row["note"])] if noted else []),
    ]


def _count(value: int | None, none: str = "–") -> str:
    return none if value is None else danish.number(value)


def _items(texts: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"
