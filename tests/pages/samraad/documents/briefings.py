"""Briefings made by hand, for the tests of every document: published numbers and awkward ones.

`real()` is what a folder about spm. 554 holds; `mixed()` has made-up numbers, all four statuses and
each form of chart; `hostile()` has texts that try to be something else; `empty()` has nothing.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path

from pages.figures import svg
from pages.language import synthetic
from pages.samraad.model import (
    Briefing,
    Cell,
    Chapter,
    Chart,
    Column,
    Content,
    Entry,
    Folder,
    Item,
    Series,
    Standing,
    Table,
)
from queries import Source

FACTS = Path(__file__).parents[4] / "queries" / "facts" / "beu_spm_554_tabel_1.csv"
VERSION = "20261122T101500Z-5f2c1d9a"
NEWER = "20270104T090000Z-77aa0b1c"
SEEN = dt.date(2026, 11, 27)
LEFT_OUT = ("Fanø", "Læsø")

ANSWER = Source(
    source_id="beu-spm-554-berigtigelse",
    kind="published",
    publisher="Beskæftigelsesministeren",
    title=(
        "Berigtiget svar på BEU alm. del spm. 554: passive borgere i ressourceforløb fordelt på "
        "kommuner"
    ),
    document_id="BEU alm. del, berigtigelse af svar på spm. 554",
    published_on=None,
    published_note="Udateret berigtigelse; det oprindelige svar er fra 27. september 2017",
    retrieved_on=dt.date(2026, 11, 22),
    sha256="94add9dfa66e275dfab0130385aee9ddfb6d3e1250ae2d587e28388ed4e34674",
    licence="Offentligt dokument",
    corrects="beu-spm-554-oprindelig",
    corrected_by=None,
    note="",
)
LETTER = Source(
    source_id="fsm-borgmesterbrev-2019",
    kind="published",
    publisher="Beskæftigelsesministeren",
    title="Brev til borgmestrene i Flere skal med om gruppe 2 og midtvejsevalueringen",
    document_id="Brev af 7. maj 2019",
    published_on=dt.date(2019, 5, 7),
    published_note="",
    retrieved_on=dt.date(2026, 11, 22),
    sha256="f1eecf6e1182e39f",
    licence="Offentligt dokument",
    corrects=None,
    corrected_by=None,
    note="",
)
MADE_UP = Source(
    source_id="syntetisk-register",
    kind="synthetic",
    publisher="Indsatsatlas",
    title="Syntetisk register: opdigtede personer",
    document_id="Syntetisk register, frø 554",
    published_on=None,
    published_note="",
    retrieved_on=dt.date(2026, 11, 1),
    sha256=None,
    licence="Fri",
    corrects=None,
    corrected_by=None,
    note="Opdigtet",
    of_others=False,
)
CURRENT = Standing("current", "Tallene er fra den nyeste dataversion.")
DEFINITION = (
    (
        "Passiv i ressourceforløb",
        "En borger med mindst et års anciennitet i ressourceforløb, som hverken har haft et "
        "aktivt tilbud eller en mentor det seneste år.",
    ),
    (
        "Nævner",
        "Alle borgere, som har været i ressourceforløb mindst en uge i måneden og på det "
        "tidspunkt har mindst 52 sammenhængende ydelsesuger i ressourceforløb.",
    ),
)


def real() -> Briefing:
    """The folder of a samrådsspørgsmål on spm. 554: a map, all 98 kommuner, and two sentences."""
    return Briefing(
        Folder(
            title="Passive borgere i ressourceforløb",
            reference="BEU alm. del, samrådsspørgsmål CI",
            question=(
                "Hvad er ministerens holdning til, at 21 pct. af borgerne i ressourceforløb "
                "hverken har haft et aktivt tilbud eller en mentor i et år, og hvad vil "
                "ministeren gøre ved forskellene mellem kommunerne?"
            ),
            answer=(
                "Tak for spørgsmålet.\n\nI juni 2017 var 2.790 borgere med mindst et års "
                "anciennitet i ressourceforløb uden tilbud og mentor. Det svarer til 21 pct.\n\n"
                "I Holbæk var det 117 borgere, 52 pct. Det er for mange."
            ),
            entries=tuple(chapter.entry for chapter in _real_chapters()),
        ),
        _real_chapters(),
        VERSION,
    )


def mixed() -> Briefing:
    """Published and made-up numbers, hidden and missing cells, each form of chart, old data."""
    chapters = (*_real_chapters()[:2], _lines(), _stacked(), _statement())
    folder = Folder(
        title="Flere skal med: ordinære timer og gruppe 2",
        reference="BEU alm. del, samrådsspørgsmål CK",
        question="Hvordan er det gået med de borgere, som er visiteret til gruppe 2?",
        answer="Godt 8.000 borgere er visiteret til gruppe 2.\nDet er et udkast.",
        entries=tuple(chapter.entry for chapter in chapters),
    )
    return Briefing(folder, chapters, NEWER)


def hostile() -> Briefing:
    """Texts like formulas, markup, fields, control characters, and very long ones."""
    nasty = (
        '=HYPERLINK("http://example.com";"Klik") +1 -1 @SUM(A1) <b>&amp;</b> ]]> {{samraad}} '
        "\x00\x0b\ufffe\ud800 $x^2$ #let a = 1 \\\\server \u202etfel"
    )
    rows = (
        _row("=1+1", 12, 48),
        _row("+45 70 10 10", 0, 0),
        _row("-cmd|' /C calc'!A0", None, None, "suppressed"),
        _row("@SUM(A1:A9)", None, None, "left_out"),
        _row("\tTabulator\r\nog linjeskift", None, None, "not_collected"),
        _row("<w:p>&lt;Ærø & Øster ‘Å’ “citat”</w:p>" * 3, 7, 50),
        _row("Uafbrudt" + "langtord" * 20, 5, 9),
    )
    base = _passive_table()
    content = replace(
        base.content,
        title=nasty,
        subtitle="@undertitel " + "meget lang " * 30,
        sentence=f"=sætning {nasty}",
        table=Table(_columns(), rows, 2),
        definition=(("=term", nasty), ("Lang", "ord " * 400)),
        notes=("-note", nasty, ""),
        alt=f"+alt {nasty}",
        citation=nasty,
        svg=_drawing("=1+1 & <fed>", [("@a", 12.0), ("<b>", 3.0)]),
        sources=(replace(ANSWER, title=nasty, document_id="=id & <x>", publisher="@udgiver"),),
    )
    entry = replace(
        base.entry, heading="=overskrift " + "lang " * 60, comment=f"@kommentar {nasty}"
    )
    chapters = (Chapter(entry, content), Chapter(replace(entry, heading=""), content))
    folder = Folder(
        title=f"=titel {nasty}",
        reference="+reference",
        question=f"-spørgsmål\n{nasty}\r\n\r\n\tny linje",
        answer=f"@svar\n\n\n\n{nasty}\n" + "Et langt afsnit. " * 200,
        entries=tuple(chapter.entry for chapter in chapters),
    )
    return Briefing(folder, chapters, VERSION)


def empty() -> Briefing:
    """A folder without a title, a question, an answer or an entry."""
    return Briefing(Folder(), (), VERSION)


@cache
def published() -> tuple[tuple[str, int | None, int, bool], ...]:
    """Name, count, share and whether the count is hidden, as the answer's table prints them."""
    with FACTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        (
            row["printed_name"],
            int(row["count"]) if row["count"] else None,
            int(row["share_pct"]),
            row["count_status"] == "suppressed",
        )
        for row in rows
        if row["kommunekode"] != "000"
    )


def _columns() -> tuple[Column, ...]:
    return (Column("Kommune"), Column("Antal", "personer"), Column("Andel", "pct."))


def _row(
    name: str, count: int | None, share: int | None, status: str = "shown"
) -> tuple[Cell, Cell, Cell]:
    words = {
        "suppressed": "skjult",
        "left_out": "udeladt af kilden",
        "not_collected": "ikke opgjort",
    }
    if status != "shown":
        hidden = Cell(words[status], None, status)
        return (
            Cell(name, name),
            hidden,
            hidden if share is None else Cell(f"{share}\N{NO-BREAK SPACE}pct.", share),
        )
    return (
        Cell(name, name),
        Cell(f"{count:,}".replace(",", "."), count),
        Cell(f"{share}\N{NO-BREAK SPACE}pct.", share),
    )


def _real_chapters() -> tuple[Chapter, ...]:
    return (_map(), _passive_table(), _bars(), _sentence())


def _content(kind: str, **given: object) -> Content:
    known: dict[str, object] = {
        "item": Item(
            kind,
            (
                ("indikator", "passive_ressourceforloeb"),
                ("niveau", "kommune"),
                ("periode", "2017M06"),
            ),
            VERSION,
        ),
        "title": "Passive i ressourceforløb",
        "subtitle": "Juni 2017 · hele landet",
        "sentence": (
            "I juni 2017 var 2.790 borgere med mindst et års anciennitet i ressourceforløb uden "
            "aktivt tilbud og uden mentor det seneste år. Det er 21\N{NO-BREAK SPACE}pct."
        ),
        "alt": "",
        "sources": (ANSWER,),
        "version": VERSION,
        "fingerprint": f"{kind}-0a1b2c",
        "standing": CURRENT,
        "period": "juni 2017",
        "definition": DEFINITION,
        "address": f"/henvisning?slags={kind}&indikator=passive_ressourceforloeb"
        f"&periode=2017M06&niveau=kommune&data={VERSION}",
        "citation": (
            "Beskæftigelsesministeren: Berigtiget svar på BEU alm. del spm. 554. "
            f"Indsatsatlas, dataversion {VERSION}, set 27. november 2026."
        ),
    }
    return Content(**{**known, **given})  # type: ignore[arg-type]


def _entry(content: Content, heading: str = "", comment: str = "") -> Chapter:
    entry = Entry(content.item, SEEN, heading, comment, content.fingerprint)
    return Chapter(entry, content)


def _map() -> Chapter:
    content = _content(
        "kort",
        alt=(
            "Danmarkskort over andelen af passive i ressourceforløb i juni 2017. Højest i "
            "Guldborgsund (66 pct.), lavest i Skanderborg (4 pct.)."
        ),
        svg=_drawing(
            "Passive i ressourceforløb", [(n, float(s)) for n, _, s, _ in published()[:8]]
        ),
        notes=("Dragør, Allerød, Randers og Silkeborg: antallet er skjult i kilden.",),
    )
    return _entry(content, comment="Brug kortet, hvis der spørges til de geografiske forskelle.")


def _passive_table() -> Chapter:
    rows = [
        _row(name, count, share, "suppressed" if hidden else "shown")
        for name, count, share, hidden in published()
    ]
    rows += [_row(name, None, None, "left_out") for name in LEFT_OUT]
    names = [name for name, *_ in published()]
    content = _content(
        "tabel",
        table=Table(_columns(), tuple(rows), names.index("Holbæk")),
        sentence=(
            "Holbæk: 117 af ca. 225 borgere, 52\N{NO-BREAK SPACE}pct. Det er ca. 31 procentpoint "
            "over hele landet (21\N{NO-BREAK SPACE}pct.)."
        ),
        notes=(
            "Fire kommuner har et skjult antal. Fanø og Læsø er udeladt af kilden.",
            "Nævneren er ikke offentliggjort; den er regnet af andelen.",
        ),
    )
    return _entry(content, heading="Alle kommuner, juni 2017")


def _bars() -> Chapter:
    top = published()[:6]
    content = _content(
        "soejler",
        alt="Søjler: Guldborgsund 66 pct., derefter Frederikssund, Holbæk og Morsø, alle 52 pct.",
        svg=_drawing("Andel passive, de seks højeste", [(n, float(s)) for n, _, s, _ in top]),
        chart=Chart(
            "bars",
            tuple(name for name, *_ in top),
            (Series("Andel passive", tuple(float(share) for _, _, share, _ in top)),),
            "Andel passive, pct.",
            marked="Holbæk",
            reference=("Hele landet", 21.0),
        ),
        table=Table(
            _columns(), tuple(_row(name, count, share) for name, count, share, _ in top), 2
        ),
    )
    return _entry(content)


def _sentence() -> Chapter:
    content = _content(
        "saetning",
        subtitle="Juni 2017 · Guldborgsund",
        sentence=(
            "Guldborgsund: 67 af ca. 101 borgere, 66\N{NO-BREAK SPACE}pct. Det er ca. 45 "
            "procentpoint over hele landet (21\N{NO-BREAK SPACE}pct.) og nr. 1 af 96 kommuner "
            "regnet fra højeste andel."
        ),
        definition=(),
    )
    return _entry(content, comment="Kommunens eget tal er ikke bekræftet.")


def _lines() -> Chapter:
    months = tuple(f"{name} 2018" for name in ("januar", "februar", "marts", "april"))
    hole = (11.0, 0.0, None, 12.4)
    other = (9.5, 9.9, 10.1, 10.4)
    rows = []
    for month, own, country in zip(months, hole, other, strict=True):
        shown = Cell("skjult", None, "suppressed") if own is None else _percent(own)
        rows.append((Cell(month, month), shown, _percent(country)))
    content = _content(
        "serie",
        title="Ordinære timer",
        subtitle="2018 (syntetisk) · Jobcenter Holbæk",
        sentence="I april 2018 var 12,4\N{NO-BREAK SPACE}pct. i ordinære timer i Jobcenter Holbæk.",
        alt="Linje: Jobcenter Holbæk, 11,0 pct. i januar og 12,4 pct. i april; marts er skjult.",
        svg=_drawing("Ordinære timer", [("jan", 11.0), ("apr", 12.4)], synthetic.BADGE),
        chart=Chart(
            "lines",
            months,
            (
                Series("Jobcenter Holbæk", hole, made_up=True),
                Series("Hele landet", other, made_up=True),
            ),
            "Andel i ordinære timer, pct.",
            decimals=1,
            marked="Jobcenter Holbæk",
        ),
        table=Table(
            (
                Column("Måned"),
                Column("Jobcenter Holbæk", "pct.", 1),
                Column("Hele landet", "pct.", 1),
            ),
            tuple(rows),
        ),
        sources=(MADE_UP,),
        made_up=True,
        label=synthetic.WARNING,
        period="januar–april 2018",
        standing=Standing(
            "changed",
            "Tallene er rettet siden: i nyere data er det 12,6 pct.",
            "I april 2018 var 12,6\N{NO-BREAK SPACE}pct. i ordinære timer i Jobcenter Holbæk.",
        ),
        citation=f"Indsatsatlas: syntetisk register. {synthetic.WARNING}.",
        definition=(("Ordinære timer", "Timer med løn hos en arbejdsgiver, uden tilskud."),),
    )
    return _entry(content, heading="Udviklingen i ordinære timer")


def _stacked() -> Chapter:
    places = ("Jobcenter Holbæk", "Jobcenter Odense", "Jobcenter Vesthimmerland")
    parts = (
        ("Under 3 mdr.", (20.0, 25.5, 0.0)),
        ("3-9 mdr.", (30.0, 24.5, None)),
        ("Over 9 mdr.", (50.0, 50.0, None)),
    )
    rows = []
    for index, place in enumerate(places):
        cells = [
            Cell("ikke opgjort", None, "not_collected") if value is None else _percent(value)
            for value in (values[index] for _, values in parts)
        ]
        rows.append((Cell(place, place), *cells))
    content = _content(
        "stablet",
        title="Tid i gruppe 2",
        subtitle="December 2018 (syntetisk) · udvalgte jobcentre",
        sentence="I Jobcenter Holbæk havde 50\N{NO-BREAK SPACE}pct. været i gruppe 2 i over 9 mdr.",
        alt="Stablede søjler: Holbæk 20, 30 og 50 pct.; Odense 25,5, 24,5 og 50 pct.",
        svg=_drawing("Tid i gruppe 2", [("Holbæk", 50.0), ("Odense", 50.0)], synthetic.BADGE),
        chart=Chart(
            "stacked",
            places,
            tuple(Series(name, values, made_up=True) for name, values in parts),
            "Andel af borgere, pct.",
            decimals=1,
            marked="Jobcenter Holbæk",
        ),
        table=Table(
            (Column("Jobcenter"), *(Column(name, "pct.", 1) for name, _ in parts)), tuple(rows), 0
        ),
        sources=(MADE_UP, LETTER),
        made_up=True,
        label=synthetic.WARNING,
        period="december 2018",
        standing=Standing("superseded", "Der er kommet tal for januar 2019."),
        definition=(),
    )
    return _entry(content)


def _statement() -> Chapter:
    content = _content(
        "udsagn",
        title="Borgere visiteret til gruppe 2",
        subtitle="Brev af 7. maj 2019",
        sentence="Godt 8.000 borgere er visiteret til gruppe 2.",
        sources=(LETTER,),
        period="",
        standing=Standing("unchanged", "Der er nyere data; tallet er det samme."),
        definition=(("Gruppe 2", "Borgere, som ikke er jobklare, og som skal have en indsats."),),
    )
    return _entry(content)


def _percent(value: float) -> Cell:
    return Cell(f"{value:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}pct.", value)


def _drawing(title: str, bars: list[tuple[str, float]], badge: str = "") -> str:
    """Return a small drawing in the fonts of the repository: a bar and a number for each pair."""
    width, top, step = 800, 70, 34
    height = top + step * len(bars) + 30
    parts = [
        svg.element("rect", width=width, height=height, fill="#ffffff"),
        svg.text(title, 20, 34, 22, fill="#1a1a1a", font_weight="600"),
    ]
    if badge:
        parts.append(svg.text(badge, 20, 58, 15, fill="#b00020", font_weight="600"))
    for index, (name, value) in enumerate(bars):
        y = top + step * index
        number = f"{value:g}".replace(".", ",")
        parts += [
            svg.text(name, 20, y + 18, 15, fill="#1a1a1a"),
            svg.element("rect", x=220, y=y, width=5 * value, height=24, fill="#1f5c99"),
            svg.text(f"{number} pct.", 228 + 5 * value, y + 18, 15, fill="#1a1a1a"),
        ]
    return svg.element(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        font_family="Atlas Sans, sans-serif",
    )
