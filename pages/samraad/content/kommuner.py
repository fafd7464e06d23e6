"""One kommune on all indicators, and several kommuner beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pages.exports.asking import codes_of, level_of, source_kind
from pages.frame.address import selected_area
from pages.language import comparing, danish, sentences, synthetic
from pages.sammenligning import peers
from pages.sammenligning.comparison import Judged, everything
from pages.sammenligning.place import around
from pages.sammenligning.profile_rows import ProfileRow, profile_rows
from pages.samraad.content import cells as tables
from pages.samraad.content.facts import Fact, of_cell
from pages.samraad.content.found import Found
from pages.samraad.model import Cell, Column, Item, Table
from queries import Atlas, UserError

MOST = 98
KIND_WORDS = {
    "published": "offentliggjort",
    "api": "hentet",
    "file": "fra fil",
    "register": "talt op",
    "synthetic": "SYNTETISK",
}
METHOD = (
    "»Kan ikke skelnes« og spændet i plads er 95 pct. sikkerhed; af tyve kommuner helt som landet "
    "vil omkring én alligevel stå over eller under."
)


def profile(atlas: Atlas, item: Item) -> Found:
    """Return every indicator of a kommune; those that are made up stand last and say so."""
    code = item["kommune"]
    names = dict(atlas.areas().filter(level="kommune").select("area_id", "name").rows())
    rule, problems = peers.read_peers(item["fagfaeller"], names)
    if problems:
        raise UserError(problems[0])
    rows = [
        row
        for row in profile_rows(atlas, code, rule.text())
        if source_kind(item["kilde"]) in (None, row.one.kind)
    ]
    if not rows:
        raise UserError("Der er ingen tal af den slags for kommunen.")
    rows.sort(key=lambda row: row.one.made_up)
    place = around(atlas, code)
    group = peers.described(rule, peers.characteristics(atlas, atlas.version))
    facts = _facts([(row.one, row.cell) for row in rows])
    real = [row for row in rows if not row.one.made_up]
    first = (real or rows)[0]
    sentence = sentences.area(
        first.cell, first.one.national, first.one.subject.indicator, first.one.cells
    )
    sources = dict.fromkeys(fact.source_id for fact in facts)
    title = f"Kommuneprofil: {names[code]}"
    hidden = [row for row in rows if row.cell["status"] != "shown"]
    return Found(
        title=title,
        subtitle=f"{place.region}, {place.landsdel} · {place.jobcenter}",
        sentence=f"{first.one.subject.label}. {sentence}",
        alt="",
        source_ids=tuple(sources),
        facts=facts,
        period=_periods([row.one for row in rows]),
        table=Table(
            columns=(
                Column("Mål"),
                Column("Periode"),
                Column("Slags"),
                Column("Antal", tables.PEOPLE),
                Column("Andel", tables.PERCENT, max(_decimals(row.one) for row in rows)),
                Column("Nævner", tables.PEOPLE),
                Column("Hele landet", tables.PERCENT, max(_decimals(row.one) for row in rows)),
                Column("Mod hele landet"),
                Column("Plads fra højeste"),
                Column("Sammenlignelige"),
                Column("Udvikling"),
            ),
            rows=tuple(_profile_row(row) for row in rows),
        ),
        notes=(
            *(
                f"{row.one.subject.label}: {sentences.value(row.cell)}. "
                f"{sentences.reason(row.cell['note'])}."
                for row in hidden
            ),
            f"Sammenlignelige kommuner: {group}. Deres andel er regnet af summerne for dem med "
            f"vist tal. {METHOD}",
        ),
        marked=code,
        further={"kommune": names[code], "kode": code},
    )


def _profile_row(row: ProfileRow) -> tuple[Cell, ...]:
    gap = row.row.country.gap
    against = "–"
    if gap is not None:
        decimals = row.cell["share_decimals"] or 0
        points = comparing.points(gap.points, decimals)
        against = f"{comparing.verdict(row.cell['verdict'], 'landet')} ({points})"
    beside = "–"
    if row.peers is not None:
        beside = comparing.total_share(row.peers, row.one.national["share_decimals"])
        beside += f" ({row.peers.areas} af {len(row.row.peer_ids)} viste)"
    trend = comparing.trend(row.trend) if row.line is not None else "ingen serie af samme slags"
    return (
        *_head(row.one, row.cell),
        *tables.words(
            against,
            comparing.rank_range(row.cell["rank_low"], row.cell["rank_high"], row.areas),
            beside,
            trend.lstrip("↗↘ "),
        ),
    )


def _head(one: Judged, cell: dict[str, object]) -> tuple[Cell, ...]:
    share = one.national["share_pct"]
    return (
        *tables.words(one.subject.label, _month(one), KIND_WORDS[one.kind]),
        *tables.numbers(cell),
        Cell(danish.pct(share, one.national["share_decimals"]), share),
    )


def comparison(atlas: Atlas, item: Item) -> Found:
    """Return some kommuner, or their jobcentre, on all indicators or on one."""
    areas = atlas.areas()
    level = level_of(item["niveau"] or "kommune")
    if level not in ("kommune", "jobcenter"):
        raise UserError("En sammenligning er af kommuner eller jobcentre.")
    codes = codes_of(item["sammenlign"])
    if len(codes) > MOST:
        raise UserError(f"Der kan højst sammenlignes {MOST} kommuner.")
    area_ids = list(dict.fromkeys(selected_area(areas, level, code) or code for code in codes))
    kind = source_kind(item["kilde"])
    only = item["indikator"]
    found = [
        one
        for one in everything(atlas, level)
        if kind in (None, one.kind) and only in ("", one.subject.indicator.indicator_id)
    ]
    found.sort(key=lambda one: one.made_up)
    pairs = [(one, cell) for one in found for cell in one.rows(area_ids)]
    if not pairs:
        raise UserError("Der er ingen tal af den slags for de valgte kommuner.")
    facts = _facts(pairs)
    names = dict(areas.select("area_id", "name").rows())
    listed = danish.listing([names[area] for area in area_ids])
    subject = f"{found[0].subject.label}, {_month(found[0])}" if only else "Alle mål"
    first = [(one, cell) for one, cell in pairs if one is found[0]]
    said = "; ".join(f"{cell['name']}: {sentences.value(cell)}" for _, cell in first)
    country = danish.pct(found[0].national["share_pct"], found[0].national["share_decimals"])
    decimals = max(_decimals(one) for one in found)
    return Found(
        title=f"{subject}: {listed}" if len(listed) < 90 else f"{subject}: {len(codes)} områder",
        subtitle=f"{_periods(found)} · {listed}",
        sentence=f"{found[0].subject.label}, {_month(found[0])}: {said}; hele landet {country}",
        alt="",
        source_ids=tuple(dict.fromkeys(fact.source_id for fact in facts)),
        facts=facts,
        period=_periods(found),
        table=Table(
            columns=(
                Column(tables.AREA_HEADS[level]),
                Column("Mål"),
                Column("Periode"),
                Column("Slags"),
                Column("Antal", tables.PEOPLE),
                Column("Andel", tables.PERCENT, decimals),
                Column("Nævner", tables.PEOPLE),
                Column("Hele landet", tables.PERCENT, decimals),
                Column("Mod hele landet"),
            ),
            rows=tuple(
                (
                    *tables.words(str(cell["name"])),
                    *_head(one, cell),
                    *tables.words(comparing.verdict(cell["verdict"], "landet")),
                )
                for one, cell in pairs
            ),
        ),
        notes=(METHOD,),
    )


def _facts(pairs: Sequence[tuple[Judged, dict[str, object]]]) -> tuple[Fact, ...]:
    found: dict[tuple[str, ...], Fact] = {}
    for one, cell in pairs:
        for row in (cell, one.national):
            fact = of_cell(one.subject.indicator.indicator_id, row)
            found.setdefault(fact.key, fact)
    return tuple(found.values())


def _month(one: Judged) -> str:
    return synthetic.period(one.subject.period, made_up=one.made_up)


def _periods(found: Sequence[Judged]) -> str:
    months = sorted({one.subject.period for one in found})
    words = [danish.period(month) for month in months]
    mark = " (delvis syntetisk)" if any(one.made_up for one in found) else ""
    return f"{danish.listing(words) if len(words) < 4 else f'{words[0]} til {words[-1]}'}{mark}"


def _decimals(one: Judged) -> int:
    return int(one.national["share_decimals"] or 0)


READERS: dict[str, Callable[[Atlas, Item], Found]] = {
    "profil": profile,
    "sammenligning": comparison,
}
