"""The reader and its CSV on the published document."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from queries.sources.kommune_names import KommuneNames
from queries.sources.ministerial_answer import (
    ROWS_SCHEMA,
    AnswerError,
    AnswerTable,
    AnswerTotal,
    read_answer,
)
from queries.sources.rounding import denominator_interval
from queries.sources.transcribe import read_table_csv, table_to_csv
from tests.queries.sources.answer_texts import document, read, read_one

FACTS = Path(__file__).resolve().parents[3] / "queries" / "facts"
TABLE_1 = FACTS / "beu_spm_554_tabel_1.csv"

# --- The published document -----------------------------------------------------------------


@pytest.fixture(scope="module")
def table_1(spm_554: str, names: KommuneNames) -> AnswerTable:
    answer = read_answer(spm_554, document="BEU alm. del spm. 554", names=names)
    assert answer.document == "BEU alm. del spm. 554"
    (table,) = answer.tables
    return table


def test_the_document_gives_exactly_the_shipped_csv(table_1: AnswerTable) -> None:
    assert table_to_csv(table_1) == TABLE_1.read_text(encoding="utf-8")


def test_published_rows_and_total(table_1: AnswerTable) -> None:
    rows = table_1.rows
    assert rows.schema == ROWS_SCHEMA
    assert rows.height == 96
    assert rows["count"].sum() == 2781
    assert rows["order"].to_list() == list(range(1, 97))
    assert table_1.total == AnswerTotal(2790, 21.0, 0, 274, "shown")


def test_published_caption_period_and_notes(table_1: AnswerTable) -> None:
    assert (table_1.number, table_1.period) == ("1", "2017M06")
    assert table_1.caption.startswith("Tabel 1. Antal og andel ressourceforløbsmodtagere med ")
    assert table_1.caption.endswith(" det seneste år fordelt på kommuner, juni 2017")
    assert "hverken har deltaget" in table_1.caption  # across a line end
    (note,) = table_1.notes
    assert note.startswith("Anm.: ")
    assert "52 ydelsesuger sammenhængende i" in note  # 'sam-' and 'menhængende' in print
    assert note.endswith("Fanø og Læsø indgår derfor ikke i tabellen")
    assert table_1.source_note == "DREAM samt mentordata"


def test_published_hidden_and_left_out(table_1: AnswerTable) -> None:
    hidden = table_1.rows.filter(pl.col("count_status") == "suppressed")
    assert sorted(hidden["kommunekode"]) == ["0155", "0201", "0730", "0740"]
    assert hidden.select("printed_name", "share_pct").rows() == [
        ("Dragør", 17.0),
        ("Allerød", 10.0),
        ("Randers", 0.0),
        ("Silkeborg", 0.0),
    ]
    assert table_1.left_out == table_1.left_out_named == ("0563", "0825")


def test_published_rows_are_sorted_by_share_then_kommunekode(table_1: AnswerTable) -> None:
    by_share = table_1.rows.sort("share_pct", "kommunekode", descending=[True, False])
    assert by_share["kommunekode"].to_list() == table_1.rows["kommunekode"].to_list()


def test_each_published_row_stands_on_the_line_it_names(table_1: AnswerTable, spm_554: str) -> None:
    lines = spm_554.split("\n")
    for row in table_1.rows.iter_rows(named=True):
        count = "." if row["count"] is None else str(row["count"])
        words = lines[row["line"] - 1].strip().rsplit(maxsplit=2)
        assert words == [row["printed_name"], count, f"{row['share_pct']:.0f}%"]


def test_published_names_that_only_aliases_know(table_1: AnswerTable, names: KommuneNames) -> None:
    aliases = {
        row["printed_name"]: row["kommunekode"]
        for row in table_1.rows.iter_rows(named=True)
        if row["printed_name"] != names.name(row["kommunekode"])
    }
    assert aliases == {
        "Nordfyn": "0480",
        "Høje Tåstrup": "0169",
        "Vesthimmerland": "0820",
        "Århus": "0751",
    }


def test_published_denominators(table_1: AnswerTable, names: KommuneNames) -> None:
    shown = table_1.rows.filter(pl.col("count_status") == "shown")
    intervals = {}
    for row in shown.iter_rows(named=True):
        interval = denominator_interval(row["count"], f"{row['share_pct']:.0f}")
        assert interval is not None
        intervals[names.name(row["kommunekode"])] = interval
    assert sum(low for low, _ in intervals.values()) == 12910
    assert sum(high for _, high in intervals.values()) == 13715
    assert {name: low for name, (low, high) in intervals.items() if low == high} == {
        "Morsø": 58,
        "Nordfyns": 64,
        "Furesø": 23,
        "Lemvig": 32,
        "Hørsholm": 12,
        "Samsø": 15,
        "Vesthimmerlands": 32,
        "Rudersdal": 33,
        "Egedal": 17,
        "Langeland": 36,
        "Vallensbæk": 14,
        "Ærø": 19,
    }


# --- The shipped CSV ------------------------------------------------------------------------


def test_the_csv_read_back_is_the_rows_and_the_total(table_1: AnswerTable) -> None:
    frame = read_table_csv(TABLE_1)
    assert frame.schema == ROWS_SCHEMA
    assert frame.head(96).equals(table_1.rows)
    assert frame.tail(1).rows() == [(97, 274, "000", "I alt", 2790, "shown", 21.0, 0, "shown")]


def test_csv_of_nulls_decimals_and_commas(names: KommuneNames, tmp_path: Path) -> None:
    rows = "Morsø 30 60,00\nDragør . .\nFanø - -\nI alt 31 .\n"  # 60,00 keeps its zeros
    table = read_one(names, document(rows))
    text = table_to_csv(table)
    assert text.splitlines()[1:] == [
        "1,5,0773,Morsø,30,shown,60.00,2,shown",
        "2,6,0155,Dragør,,suppressed,,,suppressed",
        "3,7,0563,Fanø,,none,,,none",
        "4,8,000,I alt,31,shown,,,suppressed",
    ]
    path = tmp_path / "tabel.csv"
    path.write_text(text, encoding="utf-8")
    assert read_table_csv(path).head(3).equals(table.rows)


def test_csv_without_a_total_ends_in_its_last_row(names: KommuneNames) -> None:
    table = read_one(names, document("Morsø 30 52%\n"))
    assert table.total is None
    assert table_to_csv(table).splitlines()[1:] == ["1,5,0773,Morsø,30,shown,52,0,shown"]


def test_csv_with_other_columns_is_a_programming_error(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("kommunekode,count\n0773,30\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"tabel\.csv: the columns are \['kommunekode', 'count'\]"):
        read_table_csv(path)


# --- Damage ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Aalborg 191 37%", "Aalborg 19 37%", id="191 lost a digit: 181 unexplained"),
        pytest.param("København 237 14%", "København 237 4%", id="14 lost a digit: order"),
        pytest.param("Morsø 30 52%", "Morsø 52 30%", id="swapped figures: order"),
        pytest.param("I alt 2.790", "I alt 2.970", id="swapped digits in the total"),
        pytest.param("Kolding 72 36% \n", "", id="a row lost"),
        pytest.param("Dragør . 17%", "Dragør . 71%", id="swapped digits beside a dot"),
        pytest.param("Randers . 0%", "Randers 0%", id="a dot lost"),
        pytest.param("I alt", "I\nalt", id="a total cut in two"),
    ],
)
def test_damage_to_the_document_that_only_checks_can_see(
    names: KommuneNames, spm_554: str, old: str, new: str
) -> None:
    assert spm_554.count(old) == 1
    damaged = spm_554.replace(old, new)
    with pytest.raises(AnswerError, match=r"^svar\.txt, linje \d+: .* Fundet: ».*«\. Forventet: "):
        read(names, damaged)
