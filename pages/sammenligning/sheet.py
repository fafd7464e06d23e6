"""A kommune on one sheet: all indicators in tables, what is hidden, and where to go from there."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from pages.figures.locator import locator
from pages.figures.marks import definitions
from pages.figures.small_multiples import sparkline
from pages.frame import evidence, links
from pages.language import comparing, danish, synthetic
from pages.sammenligning import peers, profile_words, strips
from pages.sammenligning.choice import FILES_PUBLISHED, MOST, PUBLISHED
from pages.sammenligning.place import around, neighbours, participation
from pages.sammenligning.profile_rows import ProfileRow, profile_rows
from pages.sammenligning.profile_words import row_words
from queries import Atlas

HEADS = (
    "Mål",
    "Andel",
    "Borgere",
    "Hele landet",
    "Mod landet",
    "Plads fra højeste",
    "Sammenlignelige",
    "Udvikling",
)
MADE_UP = (
    '<div class="syntetisk" role="note"><strong>Syntetiske tal.</strong> Der er ikke fundet '
    "offentliggjorte tal for kommunerne for disse mål. Tallene herunder er opdigtede, siger intet "
    "om virkeligheden og må ikke citeres.</div>"
)


@lru_cache(maxsize=256)
def sheet(atlas: Atlas, _version: str, code: str, rule: str, *, published: bool = False) -> str:
    """Return the profile of a kommune as HTML on one line, peers by `rule`.

    With `published` it has no made-up number; the room is used for the place among all.
    """
    rows = profile_rows(atlas, code, rule, published=published)
    real = [row for row in rows if not row.one.made_up]
    made_up = [row for row in rows if row.one.made_up]
    parts = [_head(atlas, code, rule, published=published)]
    if real:
        parts.append(f"<h2>{profile_words.kinds(real)}</h2>{_table(real, code, made_up=False)}")
    if made_up:
        parts.append(f"{MADE_UP}{_table(made_up, code, made_up=True)}")
    if published:
        parts.append(_place(atlas, code, rule, rows))
    parts.append(_foot(atlas, code, rows, rule, published=published))
    return f'<div class="profilark stHtml">{"".join(parts)}</div>'


def _place(atlas: Atlas, code: str, rule: str, rows: list[ProfileRow]) -> str:
    """Return the kommune on the scale of all, with as many of its peers as can be told apart."""
    if not rows:
        return "<p>Der er ingen offentliggjorte tal for kommuner.</p>"
    group = peers.group(atlas, atlas.version, code, "kommune", rule).area_ids
    area_ids = [code, *group[: MOST - 1]]
    figure = strips.block([row.one for row in rows], area_ids, made_up=False, total_too=False)
    beside = f" og {len(area_ids) - 1} sammenlignelige" if len(area_ids) > 1 else ""
    return (
        f"{definitions(len(area_ids))}<h2>{escape(around(atlas, code).name)}{beside} blandt alle "
        f'kommuner</h2>{figure}<p class="note">Hver prik er en kommune med vist andel. Linjen om '
        "et mærke er usikkerheden (95 pct.).</p>"
    )


def _head(atlas: Atlas, code: str, rule: str, *, published: bool) -> str:
    kinds = PUBLISHED if published else None
    before, after = neighbours(atlas, atlas.version)[code]
    name = around(atlas, code).name
    group = peers.group(atlas, atlas.version, code, "kommune", rule)
    picture = locator(
        code, group.area_ids, alt=f"{name} på kortet; de sammenlignelige er mørkere grå"
    )
    facts = "".join(
        f"<div><dt>{label}</dt><dd>{escape(text)}</dd></div>"
        for label, text in profile_words.facts(atlas, code)
    )
    steps = (
        f"{links.link(f'‹ {before[1]}', 'kommune', kommune=before[0], tal=kinds)} · "
        f"{links.link('Alle kommuner', 'kommune')} · "
        f"{links.link(f'{after[1]} ›', 'kommune', kommune=after[0], tal=kinds)}"
    )
    return (
        f'<nav class="bladre" aria-label="Andre kommuner">{steps}</nav>'
        f'<div class="hoved"><dl>{facts}</dl>{picture}</div>'
    )


def _table(rows: list[ProfileRow], code: str, *, made_up: bool) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    body = "".join(_row(row, code) for row in rows)
    badge = f'<strong class="maerke">{synthetic.BADGE}</strong> ' if made_up else ""
    words = "Opdigtede tal" if made_up else "Tal"
    told = _sources(rows)
    if made_up:
        told = told.replace(f"{synthetic.BADGE}: opdigtede", "Opdigtede")
    return (
        f'<div class="rul" tabindex="0" role="region" aria-label="{words} for kommunen"><table>'
        f"<caption>{badge}{escape(told)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _sources(rows: list[ProfileRow]) -> str:
    """Return each source once, as it stands under a figure, with all its months."""
    told = []
    for source in {row.one.source.source_id: row.one.source for row in rows}.values():
        months = sorted({row.one.subject.period for row in rows if row.one.source == source})
        words = danish.listing([danish.period(month) for month in months])
        caption = evidence.caption(source, months[0], "")
        told.append(caption.replace(danish.period(months[0]), words, 1))
    named = {row.one.source.source_id for row in rows}
    more = {s.source_id: s for row in rows for s in row.line_sources if s.source_id not in named}
    if more:
        told.append(f"Udviklingen er også fra: {evidence.references(more.values())}.")
    return " ".join(told)


def _row(row: ProfileRow, code: str) -> str:
    words = row_words(row)
    address = row.one.subject.address(code)
    title = escape(words.title)
    if address:
        title = f'<a href="{escape(address)}" target="_self">{title}</a>'
    texts = (
        f"<strong>{escape(words.share)}</strong>",
        escape(words.people),
        escape(words.country),
        _two(words.against),
        escape(words.place),
        _two(words.peers),
        _trend(row),
    )
    cells = "".join(f"<td>{text}</td>" for text in texts)
    return f'<tr><th scope="row">{title}<small>{escape(words.month)}</small></th>{cells}</tr>'


def _two(words: tuple[str, str]) -> str:
    first, second = words
    return f"{escape(first)}<small>{escape(second)}</small>" if second else escape(first)


def _trend(row: ProfileRow) -> str:
    if row.line is None:
        return "<small>Ingen serie af samme slags</small>"
    return f"{sparkline(row.line, row.country)}<small>{escape(comparing.trend(row.trend))}</small>"


def _foot(atlas: Atlas, code: str, rows: list[ProfileRow], rule: str, *, published: bool) -> str:
    took_part, unknown = participation(atlas, code)
    made_up = any(row.one.made_up for row in rows)
    onwards = _onwards(atlas, code, made_up=made_up, published=published)
    told = profile_words.told_instead(atlas, code, rows)
    without = profile_words.without(rows) or ["Intet: alle mål har et vist tal."]
    return (
        '<div class="kolonner">'
        f"{_list('Skjult eller ikke med', without)}"
        f"{_list('I stedet for det skjulte', told, 'i-stedet') if told else ''}"
        f"{_list('Initiativer', [*took_part, unknown])}"
        f'<section class="videre"><h3>Gå videre</h3><ul>{onwards}</ul></section>'
        "</div>"
        f'<p class="note">{escape(profile_words.method(atlas, rule))}</p>'
    )


def _list(title: str, texts: list[str], kind: str = "") -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts if text)
    named = f' class="{kind}"' if kind else ""
    return f"<section{named}><h3>{title}</h3><ul>{items}</ul></section>"


def _onwards(atlas: Atlas, code: str, *, made_up: bool, published: bool) -> str:
    size = peers.STARTS["stoerrelse"].text()
    like = peers.group(atlas, atlas.version, code, "kommune", size).area_ids
    rule = size if like else None
    like = like or peers.group(atlas, atlas.version, code, "kommune", "landsdel").area_ids
    codes = ",".join([code, *like[:9]])
    kinds = PUBLISHED if published else None
    what = (
        "ni med omtrent lige så mange borgere i ressourceforløb" if rule else "andre i landsdelen"
    )
    found = [
        links.link(
            f"Sammenlign med {what}", "sammenlign", sammenlign=codes, fagfaeller=rule, tal=kinds
        ),
        links.link(
            f"{around(atlas, code).jobcenter} ved siden af de andre",
            "sammenlign",
            sammenlign=codes,
            niveau="jobcenter",
            tal=kinds,
        ),
    ]
    files = evidence.download_links(
        "kommune",
        {"kommune": code} | (FILES_PUBLISHED if published else {}),
        {"csv": "Hent profilen som CSV", "xlsx": "Hent profilen som Excel"},
        made_up=made_up,
    )
    return "".join(f"<li>{one}</li>" for one in found) + files
