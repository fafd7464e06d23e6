"""One indicator of a comparison in full: the table with its total, gaps in people, potential."""

from __future__ import annotations

from html import escape

from pages.figures.area_cells import table_row
from pages.frame import evidence, links, mappe
from pages.language import comparing, danish, sentences, synthetic
from pages.sammenligning.choice import FILES_PUBLISHED, Choice
from pages.sammenligning.comparison import Judged, everything
from pages.sammenligning.gaps import NO_REGIONS, Beside, Potential, Row, gaps, potentials
from queries import Atlas, statistics

LOWER = {"lower_is_better": True, "higher_is_better": False, "neutral": None}
HEADS = (
    "Antal",
    "Nævner",
    "Andel",
    "Usikkerhed, 95 pct.",
    "Plads fra højeste",
    "Mod hele landet",
    "Mod regionen",
    "Mod sammenlignelige",
)


def detail(atlas: Atlas, one: Judged, choice: Choice, peers_words: str) -> str:
    """Return the section of the chosen indicator as HTML."""
    rows = gaps(atlas, one, choice.area_ids, choice.peers)
    subject, mark = one.subject, one.made_up
    any_made_up = any(
        other.made_up for other in everything(atlas, choice.level, published=choice.published)
    )
    month = synthetic.period(subject.period, made_up=mark)
    title = f"{subject.label}, {month}"
    badge = f'<strong class="maerke">{synthetic.BADGE}</strong>' if mark else ""
    told = [_sentence(one, row) for row in rows]
    items = "".join(f"<li>{escape(text)}</li>" for text in told)
    return (
        f'<section class="sammenligning"><h2>{escape(title)}</h2>{badge}'
        f"<ul>{items}</ul>{_potential(one, rows)}{_table(one, rows, title)}"
        f"{_notes(one, rows, peers_words)}{_into_folder(atlas, one, choice)}"
        f"{_files(one, choice, any_made_up=any_made_up)}</section>"
    )


def _sentence(one: Judged, row: Row) -> str:
    cell, made_up = row.cell, one.made_up
    if row.country.gap is None:
        return synthetic.marked(f"{cell['name']}: {sentences.value(cell)}.", made_up=made_up)
    share = danish.pct(one.national["share_pct"], one.national["share_decimals"])
    text = comparing.gap_sentence(
        cell["name"],
        row.country.gap,
        row.country.verdict,
        f"landsgennemsnittet ({share})",
        lower_is_better=LOWER[one.subject.indicator.polarity],
    )
    return synthetic.marked(text, made_up=made_up)


def _table(one: Judged, rows: list[Row], title: str) -> str:
    areas = one.cells["rank_low"].drop_nulls().len()
    body = "".join(_table_row(row, areas) for row in rows)
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    noun = sentences.LEVEL_NOUNS[one.level][0].capitalize()
    caption = synthetic.marked(title, made_up=one.made_up)
    return (
        f'<div class="rul" tabindex="0" role="region" aria-label="Tabel: {escape(title)}"><table>'
        f'<caption>{escape(caption)}</caption><thead><tr><th scope="col">{noun}</th>{heads}</tr>'
        f"</thead><tbody>{body}{_total_row(one, rows)}</tbody></table></div>"
    )


def _table_row(row: Row, areas: int) -> str:
    cell = row.cell
    count, share, base = table_row(cell)
    decimals = cell["share_decimals"] or 0
    unsure = "–"
    if cell["low_pct"] is not None:
        low, high = (danish.number(cell[f"{end}_pct"], decimals) for end in ("low", "high"))
        unsure = f"{low}–{high}"
    place = comparing.rank_range(cell["rank_low"], cell["rank_high"], areas)
    numbers = "".join(
        f'<td class="tal">{escape(text)}</td>' for text in (count, base, share, unsure, place)
    )
    beside = "".join(_beside(one, decimals) for one in (row.country, row.region, row.peers))
    name = links.link(cell["name"], "kommune", kommune=cell["area_id"].removeprefix("J"))
    return f'<tr><th scope="row">{name}</th>{numbers}{beside}</tr>'


def _beside(one: Beside, decimals: int) -> str:
    if one.gap is None:
        why_not = "" if one.why_not == NO_REGIONS else one.why_not  # said once, under the table
        return f"<td>–<small>{escape(why_not)}</small></td>"
    people = comparing.people_apart(one.gap.people_low, one.gap.people_high)
    second = "kan ikke skelnes" if one.verdict == "alike" else people
    against = ""
    if one.name != "hele landet" and isinstance(one.share, float):
        against = f" (af {danish.pct(one.share, decimals)})"
    points = comparing.points(one.gap.points, decimals)
    return f'<td class="tal">{points}<small>{escape(second + against)}</small></td>'


def _total_row(one: Judged, rows: list[Row]) -> str:
    total = statistics.total(one.some([row.cell["area_id"] for row in rows]))
    if total is None or len(rows) < 2:
        return ""
    decimals = one.national["share_decimals"]
    texts = (
        danish.number(total.numerator),
        danish.interval(total.denominator_low, total.denominator_high),
        comparing.total_share(total, decimals),
    )
    numbers = "".join(f'<td class="tal">{escape(text)}</td>' for text in texts)
    name = comparing.total_name(total.areas, len(rows))
    return (
        f'<tr class="ialt-raekke"><th scope="row">{escape(name)}</th>{numbers}'
        f"{'<td></td>' * (len(HEADS) - len(texts))}</tr>"
    )


def _potential(one: Judged, rows: list[Row]) -> str:
    found = potentials(one, rows)
    if not found:
        return ""
    lower = one.subject.indicator.polarity == "lower_is_better"
    share = danish.pct(one.national["share_pct"], one.national["share_decimals"])
    nouns = sentences.LEVEL_NOUNS[one.level]
    side, way = ("over", "kom ned på") if lower else ("under", "kom op på")
    told = []
    if "land" in found:
        where = f"de valgte {side} landets {share} {way} det"
        told.append(_people(found["land"], where, lower, nouns))
    if "fagfaeller" in found:
        where = f"de valgte {way} niveauet for den bedste fjerdedel af deres sammenlignelige"
        told.append(_people(found["fagfaeller"], where, lower, nouns))
    if "alle" in found:
        where = f"alle {nouns[1]} med vist tal {side} landets {share} {way} det"
        told.append(_people(found["alle"], where, lower, nouns))
    items = "".join(
        f"<li>{escape(synthetic.marked(text, made_up=one.made_up))}</li>" for text in told
    )
    notes = [*_not_apart(rows), *_rounded(one, found.get("alle"), share, nouns, lower=lower)]
    more = synthetic.marked(" ".join(notes), made_up=one.made_up) if notes else ""
    note = f'<p class="note">{escape(more)}</p>' if more else ""
    return f"<h3>Potentiale</h3><ul>{items}</ul>{note}"


def _not_apart(rows: list[Row]) -> list[str]:
    """Say where the potential of the chosen may be nothing but chance."""
    verdicts = {row.country.verdict for row in rows if row.country.gap is not None}
    if verdicts != {"alike"}:
        return []
    return [
        "Ingen af de valgte kan skelnes fra landet (95 pct.): Deres forskel kan være tilfældig, og "
        "borgerne her er ikke et sikkert potentiale."
    ]


def _rounded(
    one: Judged, found: Potential | None, share: str, nouns: tuple[str, str], *, lower: bool
) -> list[str]:
    """Say why the areas that may move are an interval, where they are."""
    if found is None or found.areas_low == found.areas:
        return []
    country, decimals = one.national, one.national["share_decimals"]
    low, high = (
        danish.number(100 * country["numerator"] / country[f"denominator_{end}"], decimals + 1)
        for end in ("high", "low")
    )
    shown = one.cells["share_pct"].drop_nulls()
    beyond = (shown > country["share_pct"]) if lower else (shown < country["share_pct"])
    side = "over" if lower else "under"
    return [
        f"Efter de afrundede andele ligger {beyond.sum()} {nouns[1]} {side} landets {share} "
        f"Men landets andel er afrundet og kan være {low}–{high} pct., og {nouns[1]} tæt på kan "
        f"ligge på begge sider: derfor {danish.interval(found.areas_low, found.areas)}."
    ]


def _people(found: Potential, where: str, lower: bool, nouns: tuple[str, str]) -> str:
    amount = danish.interval(found.people_low, found.people_high)
    if found.people_high == 0:
        return f"Hvis {where}: ingen forskel."
    direction = "færre" if lower else "flere"
    noun = "borger" if found.people_high == 1 else "borgere"
    places = f"{danish.interval(found.areas_low, found.areas)} {nouns[found.areas != 1]}"
    return f"Hvis {where}: {amount} {noun} {direction} ({places})."


def _notes(one: Judged, rows: list[Row], peers_words: str) -> str:
    told = [
        f"Sammenlignelige kommuner: {peers_words}. Deres andel er regnet af "
        "summerne for dem med vist tal.",
        "»Kan ikke skelnes« betyder, at forskellen kan være tilfældig (95 pct.). Af tyve områder, "
        "der er helt som landet, vil omkring ét alligevel stå over eller under.",
        "Borgere under en forskel er så mange, som den svarer til"
        + (
            ", som spænd fordi nævneren kun kendes som interval."
            if one.kind == "published"
            else "."
        ),
    ]
    without = [row.cell["name"] for row in rows if row.cell["numerator"] is None]
    if without and len(without) < len(rows):
        told.insert(
            0,
            f"{danish.listing(without)} har intet vist antal og er ikke med i summen, som derfor "
            "ikke er for alle de valgte. Summen er kun af viste tal.",
        )
    if any(row.region.gap is None and row.region.why_not == NO_REGIONS for row in rows):
        told.append(
            "Kilden har ikke tal for regioner i denne måned, og atlasset viser ikke nogen region "
            "som helhed: Sammen med landets tal kunne summerne røbe de skjulte kommuner i andre."
        )
    told.append(
        "I alt er tællere og nævnere lagt sammen hver for sig, og andelen regnet af summerne; "
        "den er ikke et gennemsnit af andele."
    )
    told.append(evidence.caption(one.source, one.subject.period, ""))
    return f'<p class="note">{escape(" ".join(told))}</p>'


def _into_folder(atlas: Atlas, one: Judged, choice: Choice) -> str:
    """Return the buttons of the comparison, of all measures and of the one that is chosen."""
    kind = FILES_PUBLISHED if choice.published else {}
    own = {"indikator": one.subject.indicator.indicator_id}
    month = own | {"periode": one.subject.period}
    bars = mappe.Choice("soejler", "Søjler for de valgte", month)
    return mappe.row(
        choice.parameters() | kind,
        atlas.version,
        [
            mappe.Choice("sammenligning", "Dette mål", own),
            mappe.Choice("sammenligning", "Alle mål"),
            *([bars] if one.kind == "published" or not choice.published else []),
        ],
    )


def _files(one: Judged, choice: Choice, *, any_made_up: bool) -> str:
    one_file = {"periode": one.subject.period, "niveau": choice.level}
    found = evidence.download_links(
        "sammenlign",
        choice.parameters() | (FILES_PUBLISHED if choice.published else {}),
        {"csv": "Alle mål som CSV", "xlsx": "Alle mål som Excel"},
        made_up=any_made_up,
    ) + evidence.download_links(
        one.subject.indicator.indicator_id,
        one_file,
        {"csv": "Hele tabellen for dette mål som CSV", "xlsx": "Dette mål som Excel"},
        made_up=one.made_up,
    )
    found += evidence.download_links(
        f"{one.subject.indicator.indicator_id}_soejler",
        one_file | {"sammenlign": ",".join(choice.kommuner)},
        {"svg": "Søjler for de valgte som SVG", "png": "Søjler for de valgte som PNG"},
        made_up=one.made_up,
    )
    return f'<nav class="hent" aria-label="Hent tallene"><ul>{found}</ul></nav>'
