"""A part of 'Fortrolighed': how much is told instead of hidden numbers, by indicator."""

from __future__ import annotations

from html import escape

import polars as pl

from pages.exports.alternatives import WORDS
from pages.exports.kinds import KINDS
from pages.language import danish, synthetic
from pages.metode.sections import downloads, table
from queries import Atlas

LEAD = (
    "Hvor et tal er skjult, kan en læser få noget andet at vide: summen for skjulte nabokommuner, "
    "summen af skjulte opdelinger eller det afrundede tal. Hver indikators fil siger, hvad der er "
    "tilladt. Det vises kun, hvor alle skjulte tal stadig holder til kravet, også over for de "
    "personer, der selv står bag et 1- eller 2-tal; ellers vises der mindre. Det er ikke et tal "
    "for området: det er aldrig på kortet, i en plads eller i en sum."
)
KIND_WORDS: dict[str, str] = {kind: word for word, kind in KINDS.items()}
NONE = "<p>Ingen indikator viser noget i stedet for skjulte tal i denne version.</p>"
FILES = downloads("alternativer", "Hent det, der vises i stedet", "Hent det som")


def told_instead(atlas: Atlas) -> str:
    """Return how many numbers are told instead of hidden ones, as HTML."""
    frames = [atlas.alternatives(one) for one in atlas.indicators]
    rows = pl.concat(frames) if frames else pl.DataFrame()
    if rows.is_empty():
        return f"<p>{LEAD}</p>{NONE}"
    body = []
    for (indicator_id, kind), mine in rows.partition_by(
        "indicator_id", "kind", as_dict=True, maintain_order=True
    ).items():
        counts = [mine.filter(told=told).height for told in WORDS]
        slags = synthetic.BADGE.lower() if kind == "synthetic" else KIND_WORDS[str(kind)]
        title = escape(atlas.indicator(str(indicator_id)).title)
        body.append([title, slags, danish.number(mine["period"].n_unique())])
        body[-1] += [danish.number(count) for count in counts]
    heads = ["Indikator", "Slags", "Perioder", *(word.capitalize() for word in WORDS.values())]
    mark = ""
    if "synthetic" in rows["kind"]:
        mark = (
            f'<p class="syntetisk">{synthetic.BADGE}: Rækkerne af slagsen »syntetiske tal« er '
            "opdigtede og kun til afprøvning.</p>"
        )
    drawn = table("Tal, der vises i stedet for skjulte", heads, body, numbers=range(2, 6))
    return f"<p>{LEAD}</p>{mark}{drawn}{FILES}"
