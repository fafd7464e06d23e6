"""From tables of a document to a batch: what is kept, what is asked, what stops the import."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib

import polars as pl
import pytest

from queries.errors import UserError
from queries.sources.documents import Chosen, answer_batches
from queries.sources.documents.suggest import is_clear, subjects, suggestions
from queries.sources.incoming import Batch, ImportRefusedError
from queries.sources.kommune_names import KommuneNames
from tests.queries.sources.documents import render
from tests.queries.sources.documents.render import Sheet

NAMES = KommuneNames.from_csv()
TODAY = dt.date(2026, 11, 27)
PASSIVE = "passive_ressourceforloeb"


def sheet(
    number: int = 1,
    *,
    who: str = "ressourceforløbsmodtagere, der hverken har fået aktiv indsats eller mentor",
    period: str = "juni 2017",
    without: tuple[str, ...] = ("Fanø",),
    note: str = "Anm.: Ved færre end 3 borgere er antallet erstattet med '.'. Fanø er udeladt.",
    total: bool = True,
) -> Sheet:
    """Every kommune has 5 of 22 to 25 people, Dragør hidden with 17 pct. (1 of 6, 2 of 12)."""
    names = [NAMES.name(code) for code in NAMES.codes if NAMES.name(code) not in without]
    rows = [(name, *((".", "17%") if name == "Dragør" else ("5", "20%"))) for name in names]
    if total:
        rows.append(("I alt", str(5 * (len(names) - 1) + 2), "20%"))
    caption = f"Tabel {number}. Antal og andel {who}, {period}"
    below = tuple(text for text in (note, "Kilde: DREAM") if text)
    return Sheet(caption, ("Kommune", "Antal", "Andel"), tuple(rows), below)


def batches(*sheets: Sheet, about: list[Chosen], **more: object) -> list[Batch]:
    fields: dict[str, object] = {
        "publisher": "Beskæftigelsesministeriet",
        "title": "Svar",
        "document_id": "beu-1",
        "published_on": dt.date(2017, 9, 27),
        "retrieved_on": TODAY,
    }
    content = render.text(sheets).encode()
    return answer_batches(content, "svar", about=about, **(fields | more))  # type: ignore[arg-type]


def refused(*sheets: Sheet, about: list[Chosen]) -> ImportRefusedError:
    with pytest.raises(ImportRefusedError) as caught:
        batches(*sheets, about=about)
    return caught.value


def codes(batch: Batch) -> list[tuple[str, str]]:
    return [(finding.level, finding.code) for finding in batch.findings]


def cell(batch: Batch, area: str) -> dict[str, object]:
    return batch.cells.filter(pl.col("area_id") == area).row(0, named=True)


def test_cells_and_provenance() -> None:
    (made,) = batches(sheet(), about=[Chosen(1, PASSIVE)])
    assert made.cells.height == 99
    assert codes(made) == []
    shown = cell(made, NAMES.code("Morsø") or "")
    assert (shown["numerator"], shown["share_pct"], shown["share_decimals"]) == (5, 20.0, 0)
    assert (shown["denominator_low"], shown["denominator_high"]) == (25, 25)
    hidden = cell(made, NAMES.code("Dragør") or "")
    assert (hidden["status"], hidden["numerator"], hidden["share_pct"]) == ("suppressed", None, 17)
    assert hidden["note"] == "Færre end 3 borgere: antallet er skjult i kilden"
    out = cell(made, "0563")
    assert (out["status"], out["share_pct"], out["source_row"]) == ("left_out", None, None)
    assert out["note"] == (
        "Kommunen er ikke med i kildens tabel: færre end 3 borgere ifølge anmærkningen"
    )
    assert cell(made, "000")["numerator"] == 5 * 96 + 2
    about = made.provenance
    assert (about.kind, about.publisher, about.title) == (
        *("published", "Beskæftigelsesministeriet", "Svar"),
    )
    assert (about.published_on, about.published_note) == (dt.date(2017, 9, 27), "")
    assert about.sha256 == hashlib.sha256(render.text([sheet()]).encode()).hexdigest()
    assert about.note == "Kilde i dokumentet: DREAM"
    assert made.recorded_at == dt.date(2017, 9, 27)
    assert made.is_published


def test_an_undated_document_was_known_when_it_was_retrieved() -> None:
    (made,) = batches(sheet(), about=[Chosen(1, PASSIVE)], published_on=None)
    assert made.recorded_at == TODAY
    assert made.provenance.published_note == "Dokumentet er ikke dateret"


def test_zeros_and_shares_that_are_hidden_too() -> None:
    rows = list(sheet(total=False).rows)
    rows[0] = ("København", "-", "-")
    rows[1] = ("Frederiksberg", ".", ".")
    made = dataclasses.replace(sheet(total=False), rows=tuple(rows))
    (batch,) = batches(made, about=[Chosen(1, PASSIVE)])
    none, hidden = cell(batch, "0101"), cell(batch, "0147")
    assert (none["status"], none["numerator"], none["share_pct"]) == ("shown", 0, None)
    assert (hidden["status"], hidden["numerator"], hidden["share_pct"]) == (
        *("suppressed", None, None),
    )
    assert codes(batch) == [("note", "no_total")]


def test_several_tables_become_one_batch_of_the_chosen() -> None:
    second = sheet(2, who="kontanthjælpsmodtagere uden aktiv indsats")
    third = sheet(3, who="sygedagpengemodtagere uden aktiv indsats", period="1. kvartal 2018")
    about = [Chosen(1, PASSIVE), Chosen(3, "passive_sygedagpenge"), Chosen(2, None)]
    (made,) = batches(sheet(), second, third, about=about)
    kinds = made.cells.select("indicator_id", "period").unique().sort("indicator_id").rows()
    assert kinds == [(PASSIVE, "2017M06"), ("passive_sygedagpenge", "2018Q1")]
    assert made.cells.height == 2 * 99
    assert codes(made) == [("note", "tables_skipped")]
    assert batches(sheet(), about=[Chosen(1, None)]) == []


def test_every_table_is_chosen_or_skipped() -> None:
    for about in ([], [Chosen(2, PASSIVE)], [Chosen(1, PASSIVE), Chosen(1, PASSIVE)]):
        error = refused(sheet(), about=about)
        assert [finding.code for finding in error.findings] == ["tables_not_chosen"]
        assert "Dokumentet har 1 tabeller (nr. 1)" in str(error)


def test_the_same_table_twice() -> None:
    error = refused(sheet(), sheet(2), about=[Chosen(1, PASSIVE), Chosen(2, PASSIVE)])
    assert [finding.code for finding in error.findings] == ["same_table_twice"]
    (made,) = batches(
        sheet(), sheet(2, period="maj 2017"), about=[Chosen(1, PASSIVE), Chosen(2, PASSIVE)]
    )
    assert made.cells.height == 198


def test_kommuner_that_nothing_is_said_about_stop_the_import() -> None:
    lost = sheet(without=("Fanø", "Morsø", "Samsø"), total=False)
    error = refused(lost, about=[Chosen(1, PASSIVE)])
    assert [(one.level, one.code) for one in error.findings] == [
        *(("error", "kommuner_missing"), ("note", "no_total")),
    ]
    assert "mangler 2 kommuner, som dokumentet ikke siger er udeladt: Samsø, Morsø." in str(error)
    assert "(linje 1)" in str(error)


def test_hidden_numbers_without_a_rule_are_asked_about() -> None:
    (made,) = batches(sheet(note="", without=()), about=[Chosen(1, PASSIVE)])
    assert codes(made) == [("warning", "hiding_unexplained")]
    assert cell(made, NAMES.code("Dragør") or "")["note"] == "Antallet er skjult i kilden"


def test_a_mark_with_a_number_is_a_rule_for_hidden_numbers_not_for_kommuner_left_out() -> None:
    for mark in ("Færre end 3", "<3"):
        made = sheet(note="Anm.: Fanø er udeladt.")
        rows = tuple((name, mark if count == "." else count, pct) for name, count, pct in made.rows)
        (batch,) = batches(dataclasses.replace(made, rows=rows), about=[Chosen(1, PASSIVE)])
        assert codes(batch) == []
        hidden, out = cell(batch, NAMES.code("Dragør") or ""), cell(batch, "0563")
        assert (hidden["status"], hidden["numerator"], hidden["share_pct"]) == (
            *("suppressed", None, 17),
        )
        assert hidden["note"] == "Færre end 3 borgere: antallet er skjult i kilden"
        assert out["note"] == "Kommunen er ikke med i kildens tabel, siger anmærkningen"


def test_a_note_that_says_what_a_point_stands_for_is_a_rule() -> None:
    note = 'Anm.: "." angiver færre end 3 personer.'
    (made,) = batches(sheet(note=note, without=()), about=[Chosen(1, PASSIVE)])
    assert codes(made) == []
    hidden = cell(made, NAMES.code("Dragør") or "")
    assert (hidden["status"], hidden["numerator"]) == ("suppressed", None)
    assert hidden["note"] == "Færre end 3 borgere: antallet er skjult i kilden"


def test_a_choice_that_the_caption_speaks_against_is_asked_about() -> None:
    (made,) = batches(sheet(), about=[Chosen(1, "passive_dagpenge")])
    assert codes(made) == [("warning", "other_indicator_likelier")]
    assert "»Passive i ressourceforløb«" in made.findings[0].text


def test_a_correction_says_what_it_corrects() -> None:
    corrected = sheet()
    corrected = dataclasses.replace(corrected, below=(*corrected.below, "", "Berigtigelse af svar"))
    (made,) = batches(corrected, about=[Chosen(1, PASSIVE)])
    assert codes(made) == [("warning", "says_it_corrects")]
    (made,) = batches(corrected, about=[Chosen(1, PASSIVE)], corrects="beu-0")
    assert codes(made) == []
    assert made.provenance.corrects == "beu-0"


def test_unknown_indicators_and_breakdowns() -> None:
    with pytest.raises(UserError, match="Indikatoren »passive« findes ikke"):
        batches(sheet(), about=[Chosen(1, "passive")])
    with pytest.raises(UserError, match="har ikke opdelingen »mænd«"):
        batches(sheet(), about=[Chosen(1, PASSIVE, "mænd")])


@pytest.mark.parametrize(
    ("caption", "indicator"),
    [
        ("Antal og andel kontanthjælpsmodtagere uden aktiv indsats", "passive_kontanthjaelp"),
        ("Passive på uddannelseshjælp", "passive_uddannelseshjaelp"),
        ("Dagpengemodtagere, der hverken har aktiv indsats eller mentor", "passive_dagpenge"),
        ("Sygedagpengemodtagere uden tilbud", "passive_sygedagpenge"),
        ("Borgere i jobafklaringsforløb uden indsats", "passive_jobafklaringsforloeb"),
        ("Borgere i Flere skal med med ordinære timer", "ordinaere_timer"),
        ("Borgere i gruppe 2 uden aktivt tilbud", "gruppe_2_uden_tilbud"),
        ("Kontant- og uddannelseshjælpsmodtagere uden indsats", ""),  # two at once
        ("Antal og andel kontanthjælpsmodtagere", ""),  # but what of them?
        ("Antal og andel borgere", ""),
        ("Sager om byggetilladelser", ""),
    ],
)
def test_the_indicator_is_proposed_only_where_the_caption_tells(
    caption: str, indicator: str
) -> None:
    found = suggestions(caption)
    assert (found[0].indicator_id if is_clear(found) else "") == indicator
    assert all(0 < one.score <= 1 for one in found)


def test_no_two_indicators_are_the_same_to_captions() -> None:
    """Or a caption would propose the one of them that sorts first."""
    from queries.indicators.definition import load_indicators

    spoken = [frozenset(subjects(one.title)) for one in load_indicators().values()]
    telling = [one for one in spoken if len(one) >= 2]
    assert len(telling) == len(set(telling)) >= 10
