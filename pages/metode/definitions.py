"""The part 'Indikatorer': what each means, which numbers there are of it, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pages.exports.kinds import KINDS
from pages.frame.links import link
from pages.language import danish
from pages.metode.sections import Section, folded, table, terms
from queries import Atlas, Indicator

POLARITIES = {
    "lower_is_better": "Lavere er bedre",
    "higher_is_better": "Højere er bedre",
    "neutral": "Hverken højt eller lavt er bedst",
}
DISCLOSURE = (
    "Et skjult tal har hverken tæller eller nævner i datalageret: Det kan ikke ses i figurer, "
    "filer, beskrivelser eller fejl.",
    "Et tal, der sammen med andre viste tal ville afsløre et skjult, er også skjult. For tal talt "
    "op af et register er det regnet efter for alle summer, der vises i samme måned.",
    "En sum over områder, hvor nogle er skjult, er kun en sum af de viste, og det står der. Der "
    "regnes aldrig en forskel mellem et offentliggjort tal i alt og summen af de viste dele.",
    "Offentliggjorte tal vises, som de er trykt. Vises en andel ved siden af et skjult antal i "
    "kilden, vises den også her, men der regnes ikke videre på den.",
    "Ved hver bygning prøver en indbygget angriber at regne de skjulte tal ud af alt det, der "
    "vises. Hvad den ved, og hvad den fandt, står på siden Fortrolighed.",
)


def sections(atlas: Atlas) -> list[Section]:
    """Return the sections on indicators, disclosure and synthetic series."""
    indicators = list(atlas.indicators.values())
    return [
        Section("indikatorer", "Indikatorer", "".join(definition(atlas, i) for i in indicators)),
        Section("diskretion", "Diskretion: hvad der skjules", disclosure(indicators)),
        Section("syntetiske", "Syntetiske serier", synthetic_series(atlas, indicators)),
    ]


def definition(atlas: Atlas, indicator: Indicator) -> str:
    """Return one indicator as a folded part: meaning, caveats, what is left open, its numbers."""
    form = indicator.format
    breaks = danish.listing([danish.number(edge) for edge in form.class_breaks])
    lines = [
        ("Kort navn", indicator.short_title),
        ("Enhed", indicator.unit),
        ("Tæller", indicator.numerator),
        ("Nævner", indicator.denominator),
        ("Definition", indicator.definition),
        ("Retning", POLARITIES[indicator.polarity]),
        ("Diskretion", indicator.disclosure.rule),
        ("Få borgere", f"Bygger en andel på under {form.few_people_below} borgere, står det ved"),
        ("Grænser på kortet", f"{breaks} pct."),
        ("Perioder", "; ".join(_periods(atlas, indicator))),
    ]
    if indicator.breakdowns:
        lines.append(("Opdelinger", danish.listing(list(indicator.breakdowns.values()))))
    body = (
        f'<div class="definition"><p>{escape(indicator.question)}</p>{terms(lines)}'
        f"<h3>Forbehold</h3>{_items(indicator.caveats)}"
        + (
            f"<h3>Det siger kilden ikke</h3>{_items(indicator.open_choices)}"
            if indicator.open_choices
            else ""
        )
        + "</div>"
    )
    return folded(indicator.title, body, anchor=f"indikator-{indicator.indicator_id}")


def _periods(atlas: Atlas, indicator: Indicator) -> Iterable[str]:
    """Return each kind of numbers with its first and last period."""
    for word, kind in KINDS.items():
        periods = atlas.periods(indicator.indicator_id, kind)
        if periods:
            span = danish.period(periods[-1])
            if len(periods) > 1:
                span += f" til {danish.period(periods[0])} ({len(periods)} perioder)"
            yield f"{word} {span}"


def _items(texts: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def disclosure(indicators: Sequence[Indicator]) -> str:
    """Return the rules for all numbers, and each indicator's own."""
    rows = [
        [
            escape(one.title),
            escape(one.disclosure.rule),
            str(one.disclosure.threshold),
            "ja" if one.disclosure.zeros_are_shown else "nej",
        ]
        for one in indicators
    ]
    report = f"<p>{link('Se rapporten Fortrolighed', 'fortrolighed')}.</p>"
    return (
        _items(DISCLOSURE)
        + report
        + table(
            "Regel for hver indikator",
            ["Indikator", "Regel", "Vises fra og med", "Nul vises"],
            rows,
            numbers=(2,),
        )
    )


def synthetic_series(atlas: Atlas, indicators: Sequence[Indicator]) -> str:
    """Return which periods of each indicator are made up, and whether any is published."""
    rows = []
    for one in indicators:
        made_up = atlas.periods(one.indicator_id, "synthetic")
        if made_up:
            real = atlas.periods(one.indicator_id, "published")
            rows.append(
                [
                    escape(one.title),
                    f"{danish.period(made_up[-1])} – {danish.period(made_up[0])}",
                    str(len(made_up)),
                    escape(danish.listing([danish.period(p) for p in real]) if real else "ingen"),
                ]
            )
    if not rows:
        return "<p>Der er ingen syntetiske tal i denne version.</p>"
    return (
        '<p class="syntetisk">Syntetiske tal er opdigtede, kun til afprøvning. De står aldrig uden '
        "mærket SYNTETISKE TAL og må ikke citeres.</p>"
        + table(
            "Syntetiske serier og de offentliggjorte perioder ved siden af",
            ["Indikator", "Syntetiske perioder", "Antal", "Offentliggjort for kommuner"],
            rows,
            numbers=(2,),
        )
    )
