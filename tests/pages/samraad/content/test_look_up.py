"""What items hold: numbers, words, marks and ranks of the screen, and the label of synthetic."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
import pytest
from lxml import etree

from pages.exports.charts import parts
from pages.figures.area_cells import table_row
from pages.language import danish
from pages.samraad.content import KINDS, look_up, made
from pages.samraad.content.look_up import READERS
from pages.samraad.documents.powerpoint.selection import shown
from pages.samraad.model import Content
from queries import Atlas, UserError

PASSIVE = "passive_ressourceforloeb"
HOLBAEK = {"indikator": PASSIVE, "periode": "2017M06", "kommune": "0316"}
MADE_UP = "gruppe_2_over_9_maaneder"
NBSP = "\N{NO-BREAK SPACE}"
EVERY: dict[str, dict[str, str]] = {
    "kort": HOLBAEK,
    "soejler": HOLBAEK,
    "tragt": HOLBAEK,
    "intervaller": HOLBAEK,
    "stablet": {"indikator": MADE_UP, "niveau": "jobcenter"},
    "fordeling": HOLBAEK,
    "forloeb": {"indikator": "virksomhedspraktik", "niveau": "jobcenter", "kommune": "0316"},
    "serie": {"indikator": PASSIVE, "kommune": "0316"},
    "tabel": HOLBAEK,
    "serietabel": {"indikator": PASSIVE, "kommune": "0316"},
    "saetning": HOLBAEK,
    "profil": {"kommune": "0316"},
    "sammenligning": {"sammenlign": "0316,0330"},
    "udsagn": {"id": "P1"},
    "udsagnstabel": {},
    "kilder": {},
    "initiativer": {},
}


def found(atlas: Atlas, kind: str, **more: str) -> Content:
    return look_up(atlas, made(kind, {**EVERY[kind], **more}, atlas.version))


def texts(content: Content, row: int) -> list[str]:
    assert content.table is not None
    return [cell.text.replace(NBSP, " ") for cell in content.table.rows[row]]


def test_every_kind_can_be_looked_up() -> None:
    assert set(EVERY) == set(KINDS) == set(READERS)


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_is_whole(atlas: Atlas, kind: str) -> None:
    content = found(atlas, kind)
    assert content.title
    assert content.sentence
    assert content.version == atlas.version
    assert content.standing.state == "current"
    assert re.fullmatch("[0-9a-f]{16}", content.fingerprint)
    assert content.address.startswith(f"/henvisning?slags={kind}&")
    assert content.address.endswith(f"data={atlas.version}")
    assert content.sources
    assert content.table is not None
    assert {len(row) for row in content.table.rows} == {len(content.table.columns)}
    for row in content.table.rows:
        for cell in row:
            assert cell.text
            assert cell.status == "shown" or cell.value is None
    if content.svg is not None:
        assert etree.fromstring(content.svg.encode()).tag.endswith("svg")
        assert content.alt
    if content.chart is not None:
        categories = content.chart.categories
        assert len(set(categories)) == len(categories) > 0
        assert {len(one.values) for one in content.chart.series} == {len(categories)}


@pytest.mark.parametrize("kind", EVERY)
def test_the_same_item_is_the_same_content(atlas: Atlas, kind: str) -> None:
    assert found(atlas, kind) == found(atlas, kind)


def test_a_sentence_is_that_of_the_page(atlas: Atlas) -> None:
    content = found(atlas, "saetning")
    assert content.title == "Passive i ressourceforløb, Holbæk, juni 2017"
    assert content.sentence.replace(NBSP, " ") == (
        "Holbæk: 117 af ca. 225 borgere, 52 pct. Det er ca. 31 procentpoint over hele landet "
        "(21 pct.) og delt nr. 2–4 af 92 kommuner regnet fra højeste andel."
    )
    assert texts(content, 0) == ["Holbæk", "117", "52 pct.", "223–227"]
    assert texts(content, 1) == ["Hele landet", "2.790", "21 pct.", "12.977–13.609"]
    assert "række 3 i tabellen" in " ".join(content.notes)
    assert [source.source_id for source in content.sources] == ["beu-spm-554-berigtigelse"]
    assert not content.made_up
    assert content.label == ""


def test_tables_keep_the_hedges_of_the_documents(atlas: Atlas) -> None:
    table = found(atlas, "initiativer").table
    assert table is not None
    at = [column.name for column in table.columns].index("Borgere")
    people = {row[0].text: (row[at].text, row[at].value) for row in table.rows}
    assert people["Bedre Ressourceforløb"] == ("ca. 2.700", 2700)
    assert people["Flere skal med"] == ("mere end 24.000", 24000)
    assert people["Flere skal med 2: pilotprojekt"] == ("–", None)
    said = found(atlas, "udsagnstabel").table
    assert said is not None
    figures = [row[1].text.replace(NBSP, " ") for row in said.rows]
    assert "mere end 90 pct." in figures
    assert "godt 8.000 personer" in figures
    assert not any("ud af" in figure for figure in figures)


@pytest.mark.parametrize("kind", EVERY)
def test_no_sentence_ends_twice(atlas: Atlas, kind: str) -> None:
    content = found(atlas, kind)
    for text in (content.sentence, content.alt, content.citation, *content.notes):
        assert ".." not in text.replace("...", "")


def test_ni_ud_af_ti_says_its_number_with_its_hedge(atlas: Atlas) -> None:
    content = look_up(atlas, made("udsagn", {"id": "F7"}, atlas.version))
    said = "flere end ni ud af ti (mere end 90 pct.)."
    assert content.sentence.replace(NBSP, " ").endswith(said)


def test_the_country_has_a_sentence_too(atlas: Atlas) -> None:
    item = made("saetning", {"indikator": PASSIVE, "periode": "2017M06"}, atlas.version)
    assert look_up(atlas, item).sentence.startswith("I juni 2017 havde 2.790 borgere")


def test_a_table_has_every_area_with_its_mark(atlas: Atlas) -> None:
    content = found(atlas, "tabel")
    assert content.table is not None
    cells = {row["name"]: row for row in atlas.cells(PASSIVE, "2017M06").iter_rows(named=True)}
    assert len(content.table.rows) == 98
    for name, *numbers in content.table.rows:
        assert tuple(cell.text for cell in numbers) == table_row(cells[name.text])
        if cells[name.text]["status"] != "shown":
            assert numbers[0].status == numbers[2].status == cells[name.text]["status"]
    assert content.table.marked == 2
    assert texts(content, 2)[0] == "Holbæk"
    hidden = {row[0].text: row[1].status for row in content.table.rows if row[1].status != "shown"}
    assert hidden == {
        "Dragør": "suppressed",
        "Fanø": "left_out",
        "Læsø": "left_out",
        **{name: "suppressed" for name, row in cells.items() if row["status"] == "suppressed"},
    }
    assert any(note.startswith("4 kommuner skjult") for note in content.notes)


@pytest.mark.parametrize("kind", ["kort", "soejler"])
def test_a_chart_has_the_published_shares_alone(atlas: Atlas, kind: str) -> None:
    content = found(atlas, kind)
    assert content.chart is not None
    shown = atlas.cells(PASSIVE, "2017M06").drop_nulls("share_pct")
    assert dict(zip(content.chart.categories, content.chart.series[0].values, strict=True)) == dict(
        shown.select("name", "share_pct").rows()
    )
    assert content.chart.form == "bars"
    assert content.chart.marked == "Holbæk"
    assert content.chart.reference == ("Hele landet", 21.0)
    assert list(content.chart.series[0].values) == sorted(
        content.chart.series[0].values, key=lambda v: -(v or 0)
    )


def test_a_map_can_be_a_difference(atlas: Atlas) -> None:
    content = found(atlas, "kort", mod="kommune")
    assert content.title == "Passive i ressourceforløb, forskel til Holbæk, juni 2017"
    assert content.chart is None
    assert content.table is not None
    assert [column.name for column in content.table.columns] == ["Kommune", "Forskel"]


def test_a_difference_from_a_made_up_month_is_labelled(atlas: Atlas) -> None:
    content = found(atlas, "kort", mod="2018M12")
    assert content.made_up
    assert content.label == "SYNTETISKE TAL: opdigtede, kun til afprøvning"
    assert "SYNTETISKE TAL" in str(content.svg)
    assert "må ikke citeres" in content.citation


@pytest.mark.parametrize("level", ["region", "landsdel"])
def test_a_map_of_regions_is_drawn_as_their_kommuner(atlas: Atlas, level: str) -> None:
    item = made("kort", {"indikator": MADE_UP, "niveau": level}, atlas.version)
    content = look_up(atlas, item)
    assert content.svg is not None
    assert "SYNTETISKE TAL" in content.svg
    assert content.table is not None
    assert len(content.table.rows) == {"region": 5, "landsdel": 11}[level]


def test_judged_tables_say_what_chance_could_do(atlas: Atlas) -> None:
    content = found(atlas, "tragt")
    assert texts(content, 2) == [
        "Holbæk",
        "117",
        "52 pct.",
        "223–227",
        "45–59",
        "klart over",
        "1–25",
    ]
    assert "Af 92 kommuner med viste tal ligger" in content.alt


def test_a_series_is_lines_by_month_the_made_up_ones_marked(atlas: Atlas) -> None:
    content = found(atlas, "serie")
    assert content.chart is not None
    assert content.chart.form == "lines"
    by_name = {one.name: one for one in content.chart.series}
    at = content.chart.categories.index("juni 2017")
    published = by_name["Holbæk (offentliggjort)"]
    assert published.values[at] == 52.0
    assert not published.made_up
    assert [value for value in published.values if value is not None] == [52.0]
    assert by_name["Holbæk (syntetisk)"].made_up
    assert content.made_up
    assert content.table is not None
    words = {row[1].text for row in content.table.rows}
    assert words == {"offentliggjort", "SYNTETISK"}


def test_a_profile_says_of_each_row_what_its_numbers_are(atlas: Atlas) -> None:
    content = found(atlas, "profil")
    assert content.table is not None
    assert texts(content, 0)[:7] == [
        "Passive i ressourceforløb",
        "juni 2017",
        "offentliggjort",
        "117",
        "52 pct.",
        "223–227",
        "21 pct.",
    ]
    kinds = [row[2].text for row in content.table.rows]
    assert set(kinds[1:]) == {"SYNTETISK"}
    assert content.title.endswith("(delvis syntetiske tal)")
    real = found(atlas, "profil", kilde="offentliggjort")
    assert real.table is not None
    assert len(real.table.rows) == 1
    assert not real.made_up


def test_a_statement_keeps_its_hedge_and_document(atlas: Atlas) -> None:
    content = found(atlas, "udsagn")
    assert content.sentence.replace(NBSP, " ").endswith("(juni 2017): 2.790 personer.")
    rows = atlas.statements().filter(hedge="more_than").row(0, named=True)
    item = made("udsagn", {"id": rows["statement_id"]}, atlas.version)
    assert "mere end " in look_up(atlas, item).sentence


@pytest.mark.parametrize("kind", EVERY)
def test_made_up_numbers_are_always_labelled(atlas: Atlas, kind: str) -> None:
    """The label is made in one place, from the sources of what is shown."""
    content = found(atlas, kind)
    if kind in ("kilder", "udsagn", "udsagnstabel", "initiativer"):
        assert not content.made_up
        return
    assert content.made_up == any(source.is_synthetic for source in content.sources)
    if content.made_up:
        assert content.label.startswith("SYNTETISKE TAL")
        assert re.search("SYNTETISKE TAL|syntetiske tal", content.title)
        assert content.notes[0].startswith("SYNTETISKE TAL")
        assert "må ikke citeres" in content.citation
        assert content.svg is None or "SYNTETISKE TAL" in content.svg
        assert content.chart is None or any(one.made_up for one in content.chart.series)
    else:
        assert "SYNTETISK" not in str(content)


def test_a_fingerprint_is_of_numbers_not_of_words(atlas: Atlas) -> None:
    assert found(atlas, "kort").fingerprint == found(atlas, "soejler").fingerprint
    other = found(atlas, "kort", omraade="1085").fingerprint
    assert other != found(atlas, "kort").fingerprint


@pytest.mark.parametrize(
    ("kind", "parameters", "told"),
    [
        ("stablet", {"indikator": PASSIVE}, "ikke delt op i tid"),
        ("forloeb", {"indikator": PASSIVE}, "har ikke figuren »Vejen til job«"),
        ("kort", {"indikator": "nej"}, "Ukendt indikator"),
        ("sammenligning", {"sammenlign": "0316", "niveau": "region"}, "kommuner eller jobcentre"),
        ("profil", {"kommune": "0316", "fagfaeller": "vrøvl"}, "kunne ikke læses"),
    ],
)
def test_what_cannot_be_had_is_told(
    atlas: Atlas, kind: str, parameters: dict[str, str], told: str
) -> None:
    with pytest.raises(UserError, match=told):
        look_up(atlas, made(kind, parameters, atlas.version))


def test_a_version_that_is_not_kept_is_unknown_unless_its_numbers_were(atlas: Atlas) -> None:
    item = made("tabel", HOLBAEK, "f" * 12)
    unknown = look_up(atlas, item)
    assert unknown.version == atlas.version
    assert unknown.standing.state == "unknown"
    assert "Dataversion ffffffffffff er ikke gemt her" in unknown.standing.text
    same = look_up(atlas, item, unknown.fingerprint)
    assert same.standing.state == "unchanged"
    other: Any = look_up(atlas, item, "0" * 16)
    assert other.standing.state == "changed"


def test_nothing_is_said_to_be_hidden_twice(atlas: Atlas) -> None:
    month = atlas.default_period(MADE_UP)
    cells = atlas.cells(MADE_UP, month)
    hidden = cells.filter(status="suppressed")["area_id"][0]
    of_hidden = {"indikator": MADE_UP, "periode": month, "kommune": hidden}
    asked = {
        **dict.fromkeys(("kort", "soejler", "tragt", "stablet", "tabel", "saetning"), of_hidden),
        "serie": {"indikator": MADE_UP, "kommune": hidden},
        "profil": {"kommune": hidden},
        "sammenligning": {"sammenlign": f"{hidden},0316"},
    }
    told = 0
    for kind, parameters in asked.items():
        content = look_up(atlas, made(kind, parameters, atlas.version))
        for text in (content.sentence, content.alt, *content.notes):
            assert not re.search(r"skjult\W+skjult", text, re.IGNORECASE), (kind, text)
            told += "Tallet er på" in text
    assert told > 5


def test_a_stack_keeps_the_readers_own_area_in_the_words_of_the_table(atlas: Atlas) -> None:
    month = atlas.default_period(MADE_UP)
    names = parts(atlas.indicator(MADE_UP))
    every = [atlas.cells(MADE_UP, month, "jobcenter", breakdown=name) for name in names]
    hidden = set.intersection(
        *(set(one.filter(status="suppressed")["area_id"].to_list()) for one in every)
    )
    own = min(hidden)
    full_name = dict(every[0].select("area_id", "name").rows())[own]
    content = found(atlas, "stablet", periode=month, kommune=own.removeprefix("J"))
    chart, table = content.chart, content.table
    assert chart is not None
    assert table is not None
    name = full_name.removeprefix("Jobcenter ")
    assert chart.marked == name
    assert table.marked is not None
    assert table.rows[table.marked][0].text == full_name
    at = chart.categories.index(name)
    assert {(one.values[at], one.words[at]) for one in chart.series} == {(None, "skjult")}
    slide = shown(content, chart)
    assert slide.chart.marked is not None
    assert slide.chart.marked in slide.chart.categories
    assert slide.chart.marked == f"{name} (skjult)"
    by_name = {row[0].text.removeprefix("Jobcenter "): row for row in table.rows}
    heads = [column.name for column in table.columns]
    for one in chart.series:
        column = heads.index(one.name)
        for category, value, word in zip(chart.categories, one.values, one.words, strict=True):
            cell = by_name[category][column]
            assert (value is None) == bool(word)
            if value is not None:
                assert cell.text.startswith(f"{value:.0f}{NBSP}pct. (")
            elif cell.status != "shown":
                assert word == cell.text


def test_bars_keep_the_readers_own_area_also_where_it_is_hidden(atlas: Atlas) -> None:
    for code, value, word in (("0155", 17.0, ""), ("0563", None, "udeladt")):
        chart = found(atlas, "soejler", kommune=code).chart
        assert chart is not None
        assert chart.marked in chart.categories
        at = chart.categories.index(str(chart.marked))
        assert (chart.series[0].values[at], chart.series[0].words[at]) == (value, word)
    others = found(atlas, "soejler").chart
    assert others is not None
    assert "Fanø" not in others.categories


def test_a_published_share_is_a_bar_also_where_the_count_is_hidden(atlas: Atlas) -> None:
    for kind in ("soejler", "kort"):
        content = found(atlas, kind)
        assert content.chart is not None
        (series,) = content.chart.series
        lowest = dict(zip(content.chart.categories, series.values, strict=True))
        assert [lowest[name] for name in ("Dragør", "Randers", "Silkeborg")] == [17, 0, 0]
        slide = shown(content, content.chart).chart
        assert {"Randers", "Silkeborg"} <= set(slide.categories)
        assert min(value for value in slide.series[0].values if value is not None) == 0


def test_a_hole_in_a_line_has_the_word_of_its_own_line(atlas: Atlas) -> None:
    everywhere = atlas.series(MADE_UP, atlas.cells(MADE_UP, "2018M12")["area_id"].to_list())
    sorts = everywhere.group_by("area_id").agg(pl.col("status").unique())
    (own, *_) = sorted(
        area for area, kinds in sorts.rows() if set(kinds) == {"shown", "suppressed"}
    )
    series = everywhere.filter(area_id=own)
    content = found(atlas, "serie", indikator=MADE_UP, kommune=own)
    chart = content.chart
    assert chart is not None
    words = {row["period"]: row["status"] for row in series.iter_rows(named=True)}
    (line,) = [one for one in chart.series if one.name.startswith(series["name"][0])]
    assert chart.marked == line.name
    told = dict(zip(chart.categories, line.words, strict=True))
    assert set(words.values()) == {"shown", "suppressed"}
    shown_months = [month for month, status in words.items() if status == "shown"]
    for month, status in words.items():
        if min(shown_months) < month < max(shown_months):
            assert (told[danish.period(month)] == "skjult") == (status == "suppressed")
    country = next(one for one in chart.series if one is not line)
    assert not any(country.words)
    assert "Hul i en linje: skjult." in shown(content, chart).told


def test_a_series_marks_the_published_line_of_the_readers_area(atlas: Atlas) -> None:
    chart = found(atlas, "serie").chart
    assert chart is not None
    assert chart.marked == "Holbæk (offentliggjort)"
    alone = look_up(atlas, made("serie", {"indikator": PASSIVE}, atlas.version)).chart
    assert alone is not None
    assert alone.marked is None
