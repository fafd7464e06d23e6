"""The reader on the published document, on variants of layout, and on all it must refuse."""

from __future__ import annotations

import unicodedata
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

FACTS = Path(__file__).resolve().parents[3] / "queries" / "facts"
TABLE_1 = FACTS / "beu_spm_554_tabel_1.csv"

CAPTION = "Tabel 1. Antal og andel passive borgere fordelt på\nkommuner, juni 2017\n\n"
ROWS = (
    "Morsø 30 52%\n"  # denominator 58 only
    "Samsø 5 33%\n"  # denominator 15 only
    "Dragør . 17%\n"  # 1 of 6 or 2 of 12
    "I alt 40 40%\n"  # 99 to 101 people; at most 4 outside the three rows
)
NOTE = "Anm.: Ved færre end 3 borgere er antallet erstattet med '.'. Fanø indgår derfor ikke.\n"
ORDER = "»kommune antal andel« (kolonneoverskriften i linje 4)"
HEADERS = "»Antal Andel«, »Andel (pct.) Antal personer« eller »Kommune Antal Pct.«"
COMPARE = "Sammenlign linjen med dokumentet; et ciffer kan mangle eller være byttet om."


def document(
    rows: str = ROWS, *, caption: str = CAPTION, header: str = "Antal Andel\n", below: str = ""
) -> str:
    """A small answer: caption on lines 1-3, header on line 4, rows from line 5."""
    return caption + header + rows + below


def read(names: KommuneNames, text: str) -> tuple[AnswerTable, ...]:
    return read_answer(text, document="svar.txt", names=names).tables


def read_one(names: KommuneNames, text: str) -> AnswerTable:
    (table,) = read(names, text)
    return table


def printed(table: AnswerTable) -> list[tuple[object, ...]]:
    """Name, count and share per row: what a reader of the page would compare."""
    return table.rows.select("printed_name", "count", "share_pct").rows()


def all_kommuner(names: KommuneNames, *but: str) -> str:
    """A row '5 20%' (22 to 25 people) for every kommune but those with these codes."""
    return "".join(f"{names.name(code)} 5 20%\n" for code in names.codes if code not in but)


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


# --- Variants of layout: the same rows come out -----------------------------------------------

EXPECTED = [("Morsø", 30, 52.0), ("Samsø", 5, 33.0), ("Dragør", None, 17.0)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(document(), id="plain"),
        pytest.param(document(ROWS.replace("\n", "\n\n")), id="blank lines between rows"),
        pytest.param(document(ROWS.replace("\n", "\r\n")), id="Windows line ends"),
        pytest.param("\ufeff" + document(), id="byte-order mark"),
        pytest.param(document(ROWS.replace(" ", "\u00a0")), id="no-break spaces"),
        pytest.param(document(ROWS.replace(" ", "\t")), id="tabs"),
        pytest.param(unicodedata.normalize("NFD", document()), id="decomposed letters"),
        pytest.param(document(ROWS.replace("%", " %")), id="space before the percent sign"),
        pytest.param(document(ROWS.replace("%", " pct.")), id="pct."),
        pytest.param(document(ROWS.replace("%", " procent")), id="procent"),
        pytest.param(document(ROWS.replace("%", "")), id="no unit"),
        pytest.param(document(ROWS.replace("Samsø", "\fSamsø")), id="form feed"),
        pytest.param(document(ROWS.replace("Samsø", " Samsø")), id="space at a page start"),
        pytest.param(document(ROWS.replace("Samsø", "2\n\fSamsø")), id="page number at a page end"),
        pytest.param(document(ROWS.replace("Samsø", "\f2\nSamsø")), id="page number at its start"),
        pytest.param(document(ROWS.replace("Samsø", "\n2\nSamsø")), id="page number on its own"),
        pytest.param(document(ROWS.replace("Samsø", "2\nSamsø")), id="page number under a '%'"),
        pytest.param(document(ROWS.replace("Samsø", "Side 2 af 5\nSamsø")), id="Side 2 af 5"),
        pytest.param(document(ROWS.replace("Samsø", "- 2 -\n3\nSamsø")), id="two page numbers"),
        pytest.param(document(ROWS.replace("Samsø", "Antal Andel\nSamsø")), id="header again"),
        pytest.param(document(header="Kommune Antal Andel\n"), id="column of names"),
        pytest.param(document(header="KOMMUNE ANTAL ANDEL\n"), id="capitals"),
        pytest.param(document(header="antal andel\n"), id="lower case"),
        pytest.param(document(header="Antal personer Andel (pct.)\n"), id="synonyms"),
        pytest.param(document(header="Antal, Andel i pct.\n"), id="commas"),
        pytest.param(document(header="Antal Pct.\n"), id="Pct."),
        pytest.param(document(header="Personer Procent\n"), id="Personer, Procent"),
        pytest.param(document(header="Kommune\nAntal Andel\n"), id="header in two lines"),
        pytest.param(document(header="Antal\n\nAndel\n"), id="header with a blank line inside"),
        pytest.param(document(header="Antal Andel\npersoner (pct.)\n"), id="stacked header"),
        pytest.param(document(header="Antal\nborgere\nAndel\n"), id="header in three lines"),
        pytest.param(document("I alt 40 40%\n" + ROWS[: ROWS.index("I alt")]), id="total on top"),
        pytest.param(document(ROWS.replace("I alt", "Hele landet")), id="Hele landet"),
        pytest.param(document(ROWS.replace("I alt", "TOTAL")), id="TOTAL"),
        pytest.param(
            document(caption=CAPTION.replace("juni 2017", "juni 2017.\n\nOpgjort for kommuner")),
            id="blank line inside the caption",
        ),
        pytest.param(
            document(caption="Tabel 1 viser antal.\n\nSom anført i \nTabel 1.\n" + CAPTION),
            id="sentences that mention the table",
        ),
        pytest.param(
            document(below="\nVed Stranden 8\n1061 København K\nT +45 72 20 50 00\n11. maj 2017\n"),
            id="an address below",
        ),
    ],
)
def test_layout_does_not_change_the_rows(names: KommuneNames, text: str) -> None:
    table = read_one(names, text)
    assert printed(table) == EXPECTED
    assert table.rows["kommunekode"].to_list() == ["0773", "0741", "0155"]
    assert table.rows["count_status"].to_list() == ["shown", "shown", "suppressed"]
    assert table.total is not None
    assert (table.total.count, table.total.share_pct) == (40, 40.0)


def test_columns_in_the_other_order(names: KommuneNames) -> None:
    rows = "Morsø 51,7% 30\nFanø 0 0\nDragør 16,7% .\n".replace("0 0", "- -")
    table = read_one(names, document(rows, header="Andel (pct.) Antal\n"))
    assert printed(table) == [("Morsø", 30, 51.7), ("Fanø", None, None), ("Dragør", None, 16.7)]
    assert table.rows["count_status"].to_list() == ["shown", "none", "suppressed"]
    assert table.rows["share_status"].to_list() == ["shown", "none", "shown"]
    assert table.rows["share_decimals"].to_list() == [1, None, 1]


def test_thousands_points(names: KommuneNames) -> None:
    table = read_one(names, document("København 1.234 14%\nAarhus 1234 14%\nI alt 12.345 14%\n"))
    assert table.rows["count"].to_list() == [1234, 1234]
    assert table.total is not None
    assert table.total.count == 12345


def test_names_hyphenated_at_a_line_end(names: KommuneNames) -> None:
    rows = (
        "Ringkøbing-\nSkjern 42 28%\n"  # the hyphen is the name's
        "Frederiks-\n\n2\n\n\fsund 45 52%\n"  # the hyphen is the line's, over a page break
        "Faaborg -\nMidtfyn 41 14%\n"
        "Lyngby\u00ad\nTaarbæk 8 11%\n"  # a soft hyphen is a hyphen at a line end
    )
    table = read_one(names, document(rows))
    assert table.rows.select("line", "kommunekode", "printed_name", "count").rows() == [
        (5, "0760", "Ringkøbing-Skjern", 42),
        (7, "0250", "Frederikssund", 45),
        (12, "0430", "Faaborg - Midtfyn", 41),
        (14, "0173", "Lyngby-Taarbæk", 8),
    ]


def test_zero_is_a_count_and_no_dash(names: KommuneNames) -> None:
    table = read_one(names, document("Morsø 0 0%\nSamsø - 0%\nFanø 0 -\nI alt 1 1%\n"))
    assert table.rows.select("count", "count_status", "share_status").rows() == [
        (0, "shown", "shown"),
        (None, "none", "shown"),
        (0, "shown", "none"),
    ]


def test_two_tables(names: KommuneNames) -> None:
    second = document(
        "Morsø 51,7 30\nI alt 51,7 30\n",
        caption="\nTabel 2a: Andel og antal, 4. kvartal 2018\n",
        header="Andel Antal\n",
        below="Kilde: Andet\nregister\n\nVenlig hilsen\n",
    )
    first, then = read(names, document(below=NOTE + "\nKilde: DREAM\n") + second)
    assert (first.number, first.period, first.source_note) == ("1", "2017M06", "DREAM")
    assert first.notes == (NOTE.strip(),)
    assert first.left_out_named == ("0563",)
    assert printed(first) == EXPECTED
    assert (then.number, then.period, then.source_note) == ("2a", "2018Q4", "Andet register")
    assert then.notes == ()
    assert printed(then) == [("Morsø", 30, 51.7)]
    assert then.caption == "Tabel 2a: Andel og antal, 4. kvartal 2018"


def test_two_tables_without_totals(names: KommuneNames) -> None:
    text = document("Morsø 30 52%\n") + document("Samsø 5 33%\n", below="\nVenlig hilsen\n")
    first, then = read(names, text)
    assert (printed(first), printed(then)) == ([("Morsø", 30, 52.0)], [("Samsø", 5, 33.0)])


def test_notes_in_paragraphs_and_source_first(names: KommuneNames) -> None:
    below = (
        "Kilde: DREAM\nAnm.: Kontant-\nog uddannelseshjælp er med, ud-\nover fleksjob.\n"
        "* foreløbige tal\n\nVenlig hilsen\nFanø og Vejen\n"
    )
    table = read_one(names, document(below=below))
    assert table.source_note == "DREAM"
    assert table.notes == (
        "Anm.: Kontant- og uddannelseshjælp er med, udover fleksjob.",
        "* foreløbige tal",
    )
    assert table.left_out_named == ()  # Fanø stands below the notes


def test_a_note_goes_on_over_blank_lines_until_its_source(names: KommuneNames) -> None:
    below = "Anm.: Første del.\n\nLæsøs tal er med. Vejen dertil er lang.\n\nKilde: DREAM\n\nSlut\n"
    table = read_one(names, document(below=below))
    assert table.notes == ("Anm.: Første del.", "Læsøs tal er med. Vejen dertil er lang.")
    assert table.left_out_named == ("0575", "0825")  # a capital 'Vejen' is taken for the kommune


@pytest.mark.parametrize(
    ("below", "ends"),
    [
        ("", "at the end of the text"),
        (NOTE, "at its note"),
        ("Kilde: DREAM\n", "at its source"),
        ("\nVenlig hilsen\n\nTroels Lund Poulsen\n", "at a greeting"),
        ("\nDet svarer til 21 pct. af alle borgere i målgruppen.\n", "at a sentence"),
    ],
)
def test_a_table_without_total_ends(names: KommuneNames, below: str, ends: str) -> None:
    table = read_one(names, document(ROWS[: ROWS.index("I alt")] + below))
    assert printed(table) == EXPECTED, ends
    assert table.total is None


@pytest.mark.parametrize(
    ("printed_period", "period"),
    [
        ("juni 2017", "2017M06"),
        ("Juni 2017", "2017M06"),
        ("pr. 1. juni 2017", "2017M06"),
        ("i juni måned 2017", "2017M06"),
        ("juni, 2017", "2017M06"),
        ("de-\ncember 2018", "2018M12"),
        ("december\n2018", "2018M12"),
        ("1. juni - 30. juni 2017 (juni 2017)", None),  # more than a reader should guess
        ("4. kvartal 2018", "2018Q4"),
        ("1. kvartal, 2019", "2019Q1"),
        ("5. kvartal 2018", None),
        ("uge 52 2016", "2016W52"),
        ("uge 52, 2016", "2016W52"),
        ("uge 1 i 2017", "2017W01"),
        ("uge 53 2020", "2020W53"),
        ("uge 53 2016", None),  # 2016 had 52 weeks
        ("uge 0 2016", None),
        ("uge 50-52 2016", None),
        ("juni-august 2017", None),
        ("juni 2016 til juni 2017", None),
        ("juni 2016-2017", None),
        ("1.-4. kvartal 2018", None),
        ("2. og 3. kvartal 2018", None),
        ("2017", None),
        ("juni 20171", None),
    ],
)
def test_periods(names: KommuneNames, printed_period: str, period: str | None) -> None:
    text = document(caption=f"Tabel 1. Antal og andel, mindst 4 uger, {printed_period}\n")
    if period is not None:
        assert read_one(names, text).period == period
        return
    with pytest.raises(AnswerError, match=r"^svar\.txt, linje 1: tabelteksten .* periode"):
        read(names, text)


@pytest.mark.parametrize(
    ("start", "number"),
    [
        ("Tabel 12: A", "12"),
        ("Tabel 1.2. A", "1.2"),
        ("Tabel 3 Antal", "3"),
        ("Tabel B1 – Antal", "B1"),
        ("TABEL 2. A", "2"),
        ("Tabel. A", ""),
        ("Tabel: Antal", ""),
        ("Tabel Antal", ""),
    ],
)
def test_caption_numbers(names: KommuneNames, start: str, number: str) -> None:
    table = read_one(names, document(caption=f"{start} og andel, juni 2017\n"))
    assert table.number == number
    assert table.caption == f"{start} og andel, juni 2017"


# --- Refusals: the whole message, since it is all a user gets ------------------------------------


def refusal(names: KommuneNames, text: str) -> str:
    with pytest.raises(AnswerError) as refused:
        read(names, text)
    return str(refused.value)


def changed(old: str, new: str, below: str = "") -> str:
    assert ROWS.count(old) == 1
    return document(ROWS.replace(old, new), below=below)


CAPTION_MISSING = (
    "svar.txt, linje 3: der er ingen tabeltekst over kolonneoverskriften. Fundet: »Antal Andel«. "
    "Forventet: en tabeltekst som »Tabel 1. … fordelt på kommuner, juni 2017«. "
    "Tag linjerne over tabellen med."
)
PERIOD = (
    "Forventet: præcis én periode, skrevet som »juni 2017«, »1. juni 2017«, »4. kvartal 2018« "
    "eller »uge 52 2016«. Skriv perioden i tabelteksten, som den fremgår af dokumentet."
)
UNREADABLE = (
    f"Forventet: en række i rækkefølgen {ORDER}, en total eller en note (»Anm.:«). "
    "Ret linjen efter dokumentet, eller slet den, hvis den ikke hører til tabellen."
)
TOTAL_AGAINST_ROWS = (
    "Sammenlign rækkerne og totalen med dokumentet; et ciffer kan mangle, eller en række kan være "
    "faldet ud."
)
NO_HEADER = (
    f"Forventet: en kolonneoverskrift under tabelteksten som {HEADERS}. "
    "Ret kolonneoverskriften, eller slet tabellen, hvis den ikke skal læses."
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            " \n\f\n",
            "svar.txt, linje 1: teksten er tom. Fundet: »0 tegn«. Forventet: teksten af et "
            "ministersvar med mindst én tabel fordelt på kommuner. Tjek, at det er den rigtige "
            "fil, og at den ikke kun rummer et billede.",
            id="empty",
        ),
        pytest.param(
            "Kære udvalg\n\nJeg kan oplyse, at 52 pct. er passive.",
            "svar.txt, linje 1–3: der er ingen tabel fordelt på kommuner i teksten. Fundet: »Kære "
            "udvalg«. Forventet: en tabeltekst (»Tabel 1. …, juni 2017«), en kolonneoverskrift "
            f"som {HEADERS} og en række for hver kommune. Tjek, at det er det rigtige dokument, "
            "og at tabellen ikke er et billede.",
            id="no table",
        ),
        pytest.param(
            document(caption="Antal og andel, juni 2017\n\n"), CAPTION_MISSING, id="no caption"
        ),
        pytest.param(
            document(caption="Tabel\n1. Antal, juni 2017\n"), CAPTION_MISSING, id="half a caption"
        ),
        pytest.param(
            document(caption="Tabel 1. Antal og andel, juni\n"),
            "svar.txt, linje 1: tabelteksten siger ikke, hvilken periode tallene gælder. Fundet: "
            f"»Tabel 1. Antal og andel, juni«. {PERIOD}",
            id="no period",
        ),
        pytest.param(
            document(caption="Tabel 1. Antal og andel, juni 2016 og juni 2017\n"),
            "svar.txt, linje 1: tabelteksten nævner flere perioder. Fundet: »Tabel 1. Antal og "
            f"andel, juni 2016 og juni 2017«. {PERIOD}",
            id="two periods",
        ),
        pytest.param(
            document("\n", header="Antal Andel Ændring\n"),
            "svar.txt, linje 1: tabel 1 har ingen kolonneoverskrift, der kan læses. "
            "Kolonneoverskriften i linje 4 kan ikke bruges (ukendt: »Ændring«). Fundet: »Tabel 1. "
            f"Antal og andel passive borgere fordelt på«. {NO_HEADER}",
            id="unknown column",
        ),
        pytest.param(
            document(header="Antal Andel Antal Andel\n"),
            "svar.txt, linje 1: tabel 1 har ingen kolonneoverskrift, der kan læses. "
            "Kolonneoverskriften i linje 4 kan ikke bruges (kolonnerne er ikke entydige). Fundet: "
            f"»Tabel 1. Antal og andel passive borgere fordelt på«. {NO_HEADER}",
            id="columns twice",
        ),
        pytest.param(
            document(below="\nTabel 2. Ydelser, juni 2017\nFørste Anden\n"),
            "svar.txt, linje 10: tabel 2 har ingen kolonneoverskrift, der kan læses. Fundet: "
            f"»Tabel 2. Ydelser, juni 2017«. {NO_HEADER}",
            id="a second table that cannot be read",
        ),
        pytest.param(
            document("\nVenlig hilsen\n"),
            "svar.txt, linje 4: tabellen har ingen rækker. Fundet: »Antal Andel«. Forventet: "
            "mindst én række med kommune, antal og andel under kolonneoverskriften. Tjek, at hele "
            "tabellen er med i teksten.",
            id="no rows",
        ),
        pytest.param(
            document("I alt 40 40%\n"),
            "svar.txt, linje 4: tabellen har ingen rækker. Fundet: »Antal Andel«. Forventet: "
            "mindst én række med kommune, antal og andel under kolonneoverskriften. Tjek, at hele "
            "tabellen er med i teksten.",
            id="only a total",
        ),
        pytest.param(
            changed("Samsø", "Samsøs"),
            "svar.txt, linje 6: kommunen »Samsøs« er ukendt. Fundet: »Samsøs 5 33%«. Forventet: "
            "navnet på en af landets 98 kommuner; navne, der ligner: Samsø, Morsø og Assens. Ret "
            "navnet i teksten, eller føj det til som alias i kommuner.csv.",
            id="unknown kommune",
        ),
        pytest.param(
            changed("Samsø", "Ringkøbing-\nSkern"),
            "svar.txt, linje 6: kommunen »Ringkøbing-Skern« er ukendt. Fundet: »Ringkøbing-Skern "
            "5 33%«. Forventet: navnet på en af landets 98 kommuner; navne, der ligner: "
            "Ringkøbing-Skjern, Ringsted og Vordingborg. Ret navnet i teksten, eller føj det til "
            "som alias i kommuner.csv.",
            id="unknown kommune over two lines",
        ),
        pytest.param(
            document("Aarhus 46 7%\nSamsø 5 33%\nÅrhus 46 7%\n"),
            "svar.txt, linje 7: Aarhus står to gange i tabellen (første gang i linje 5: »Aarhus "
            "46 7%«). Fundet: »Århus 46 7%«. Forventet: hver kommune højst én gang. Ret navnet på "
            "den ene række, eller slet den, der ikke står i dokumentet.",
            id="a kommune twice, by name and alias",
        ),
        pytest.param(
            changed("Dragør . 17%\n", "-\n"),
            "svar.txt, linje 7: linjen står inde i tabellen og kan ikke læses som en række. "
            f"Fundet: »-«. {UNREADABLE}",
            id="a hyphen alone is a lost cell, not a name that goes on",
        ),
        pytest.param(
            document("Morsø 30 52\nSamsø 5 3"),
            "svar.txt, linje 6: teksten slutter midt i tabellen, måske midt i et tal. Fundet: "
            "»Samsø 5 3«. Forventet: et linjeskift efter tabellens sidste række. Tjek, at hele "
            "dokumentets tekst er med, og slut den med et linjeskift.",
            id="a text cut inside a share",
        ),
        pytest.param(
            changed("Samsø 5 33%", "Ringkøbing-"),
            "svar.txt, linje 6: kommunen »Ringkøbing-Dragør« er ukendt. Fundet: »Ringkøbing-Dragør "
            ". 17%«. Forventet: navnet på en af landets 98 kommuner; navne, der ligner: "
            "Ringkøbing-Skjern, Dragør og Vordingborg. Ret navnet i teksten, eller føj det til "
            "som alias i kommuner.csv.",
            id="half a name that does not go on",
        ),
        pytest.param(
            document("Morsø 30 52%\nRingkøbing-\n"),
            "svar.txt, linje 6: linjen står inde i tabellen og kan ikke læses som en række. "
            f"Fundet: »Ringkøbing-«. Forventet: en række i rækkefølgen {ORDER}, en total eller en "
            "note (»Anm.:«). Kommuner, der ligner: Ringkøbing-Skjern, Vordingborg og Herning. Ret "
            "linjen efter dokumentet, eller slet den, hvis den ikke hører til tabellen.",
            id="half a name at the end",
        ),
        pytest.param(
            document(header="Antal Andel\nAntal\n"),
            "svar.txt, linje 5: linjen står inde i tabellen (der er flere rækker fra linje 6). "
            f"Fundet: »Antal«. {UNREADABLE}",
            id="a column too many on the header's second line",
        ),
        pytest.param(
            changed("30 52%", "10.000.000 52%"),
            "svar.txt, linje 5: antallet »10.000.000« kan ikke læses. Fundet: »Morsø 10.000.000 "
            "52%«. Forventet: et helt tal som »67« eller »2.790«, ».« for skjult eller »-« for "
            f"ingen, i rækkefølgen {ORDER}. Ret antallet, eller tjek, at kolonnerne ikke er byttet "
            "om.",
            id="more people than there are",
        ),
        pytest.param(
            document(header="Antal Andel\n\n%\n"),
            "svar.txt, linje 6: linjen står inde i tabellen og kan ikke læses som en række. "
            f"Fundet: »%«. {UNREADABLE}",
            id="a sign that belongs to no column",
        ),
        pytest.param(
            changed("Samsø 5 33%", "Samsø 5"),
            "svar.txt, linje 6: linjen står inde i tabellen og kan ikke læses som en række. "
            f"Fundet: »Samsø 5«. {UNREADABLE}",
            id="a cell missing",
        ),
        pytest.param(
            changed("Samsø 5 33%", "Samsø 5 3 33%"),
            "svar.txt, linje 6: linjen står inde i tabellen og kan ikke læses som en række. "
            f"Fundet: »Samsø 5 3 33%«. {UNREADABLE}",
            id="a cell too many",
        ),
        pytest.param(
            document("Morsø 30 5\n2\nSamsø 5 33\n"),
            "svar.txt, linje 6: linjen står inde i tabellen og kan ikke læses som en række. "
            f"Fundet: »2«. {UNREADABLE}",
            id="a figure on the next line, which could be a page number",
        ),
        pytest.param(
            changed("Dragør . 17%\nI alt", "Dragør . 17% I alt"),
            "svar.txt, linje 7: linjen står inde i tabellen og kan ikke læses som en række. "
            f"Fundet: »Dragør . 17% I alt 40 40%«. {UNREADABLE}",
            id="two lines in one",
        ),
        pytest.param(
            document(ROWS[: ROWS.index("Dragør")] + "Dragor . l7%\nKilde: DREAM\n"),
            "svar.txt, linje 7: linjen står inde i tabellen og kan ikke læses som en række. "
            f"Fundet: »Dragor . l7%«. Forventet: en række i rækkefølgen {ORDER}, en total eller en "
            "note (»Anm.:«). Kommuner, der ligner: Dragør, Mariagerfjord og Sønderborg. Ret "
            "linjen efter dokumentet, eller slet den, hvis den ikke hører til tabellen.",
            id="a damaged last row without a total",
        ),
        pytest.param(
            changed("Samsø", "Tallene er opgjort af styrelsen og er foreløbige\nSamsø"),
            "svar.txt, linje 6: linjen står inde i tabellen (der er flere rækker fra linje 7). "
            f"Fundet: »Tallene er opgjort af styrelsen og er foreløbige«. {UNREADABLE}",
            id="a sentence between rows",
        ),
        pytest.param(
            changed("Samsø", "Anm.: foreløbige tal\nSamsø"),
            "svar.txt, linje 6: linjen står inde i tabellen (der er flere rækker fra linje 7). "
            f"Fundet: »Anm.: foreløbige tal«. {UNREADABLE}",
            id="a note between rows",
        ),
        pytest.param(
            changed("30 52%", "2.79 52%"),
            "svar.txt, linje 5: antallet »2.79« kan ikke læses. Fundet: »Morsø 2.79 52%«. "
            "Forventet: et helt tal som »67« eller »2.790«, ».« for skjult eller »-« for ingen, i "
            f"rækkefølgen {ORDER}. Ret antallet, eller tjek, at kolonnerne ikke er byttet om.",
            id="a digit lost after the thousands point",
        ),
        pytest.param(
            changed("5 33%", "33% 5"),
            "svar.txt, linje 6: antallet »33%« kan ikke læses. Fundet: »Samsø 33% 5«. Forventet: "
            "et helt tal som »67« eller »2.790«, ».« for skjult eller »-« for ingen, i "
            f"rækkefølgen {ORDER}. Ret antallet, eller tjek, at kolonnerne ikke er byttet om.",
            id="columns swapped in one row",
        ),
        pytest.param(
            changed("33%", "33.3%"),
            "svar.txt, linje 6: andelen »33.3%« kan ikke læses. Fundet: »Samsø 5 33.3%«. "
            "Forventet: en andel i procent som »21%«, »21 pct.« eller »21,4«, ».« for skjult "
            f"eller »-« for ingen, i rækkefølgen {ORDER}. Ret andelen, eller tjek, at kolonnerne "
            "ikke er byttet om.",
            id="a decimal point",
        ),
        pytest.param(
            changed("33%", "03%"),
            "svar.txt, linje 6: andelen »03%« kan ikke læses. Fundet: »Samsø 5 03%«. Forventet: "
            "en andel i procent som »21%«, »21 pct.« eller »21,4«, ».« for skjult eller »-« for "
            f"ingen, i rækkefølgen {ORDER}. Ret andelen, eller tjek, at kolonnerne ikke er byttet "
            "om.",
            id="a leading zero",
        ),
        pytest.param(
            changed("33%", "33"),
            "svar.txt, linje 6: andelen »33« er skrevet anderledes end de andre. Fundet: »Samsø 5 "
            "33«. Forventet: en andel skrevet som i linje 5 (»52%«). Sammenlign linjen med "
            "dokumentet; slutningen kan være klippet af.",
            id="one share without its unit",
        ),
        pytest.param(
            changed("Samsø 5", "Samsø -5"),
            "svar.txt, linje 6: tallet »-5« er negativt. Fundet: »Samsø -5 33%«. Forventet: et "
            "antal eller en andel på nul eller derover, »-« for ingen. Ret tallet efter "
            "dokumentet.",
            id="a negative count",
        ),
        pytest.param(
            changed("33%", "\u221233%"),
            "svar.txt, linje 6: tallet »\u221233%« er negativt. Fundet: »Samsø 5 \u221233%«. "
            "Forventet: et antal eller en andel på nul eller derover, »-« for ingen. Ret tallet "
            "efter dokumentet.",
            id="a negative share with a real minus",
        ),
        pytest.param(
            changed("30 52%", "1.030 98,55%"),
            "svar.txt, linje 5: antallet 1.030 og andelen 98,55 pct. passer ikke sammen. Fundet: "
            "»Morsø 1.030 98,55%«. Forventet: et antal og en andel, som mindst ét helt antal "
            f"borgere i alt (nævneren) kan give. {COMPARE}",
            id="no denominator fits: 1.030 of 1.045 is 98,56 and of 1.046 is 98,47",
        ),
        pytest.param(
            changed("52%", "152%"),
            "svar.txt, linje 5: andelen 152 pct. er over 100 pct. Fundet: »Morsø 30 152%«. "
            "Forventet: en andel fra 0 til 100 pct. Ret andelen, eller tjek, at kolonnerne ikke "
            "er byttet om.",
            id="a share above 100",
        ),
        pytest.param(
            changed("Dragør .", "Dragør -"),
            "svar.txt, linje 7: »-« (ingen) står ved siden af et tal over nul. Fundet: »Dragør - "
            "17%«. Forventet: »-« i begge kolonner eller sammen med 0, ».« hvis tallet er skjult. "
            f"{COMPARE}",
            id="nobody, but 17 pct.",
        ),
        pytest.param(
            changed("5 33%", "5 -"),
            "svar.txt, linje 6: »-« (ingen) står ved siden af et tal over nul. Fundet: »Samsø 5 "
            "-«. Forventet: »-« i begge kolonner eller sammen med 0, ».« hvis tallet er skjult. "
            f"{COMPARE}",
            id="five people, but no share",
        ),
        pytest.param(
            changed("I alt 40", "I alt ."),
            "svar.txt, linje 8: totalens antal ».« kan ikke læses. Fundet: »I alt . 40%«. "
            "Forventet: et helt tal som »67« eller »2.790«. Ret antallet, eller tjek, at "
            "kolonnerne ikke er byttet om.",
            id="a hidden total",
        ),
        pytest.param(
            changed("I alt 40 40%", "I alt 40%"),
            "svar.txt, linje 8: totalen kan ikke læses; den skal have både antal og andel. "
            f"Fundet: »I alt 40%«. {UNREADABLE}",
            id="a total without a count",
        ),
        pytest.param(
            changed("40 40%", "40 99%"),
            "svar.txt, linje 8: antallet 40 og andelen 99 pct. passer ikke sammen. Fundet: »I alt "
            "40 99%«. Forventet: et antal og en andel, som mindst ét helt antal borgere i alt "
            f"(nævneren) kan give. {COMPARE}",
            id="a total whose share does not fit",
        ),
        pytest.param(
            document("Hele landet 40 40%\n" + ROWS),
            "svar.txt, linje 9: tabellen har to totaler (den første i linje 5). Fundet: »I alt 40 "
            "40%«. Forventet: højst én række med »I alt«, »Hele landet« eller »Total«. Slet den "
            "ene, eller sæt tabeltekst og kolonneoverskrift over den nye tabel.",
            id="two totals",
        ),
        pytest.param(
            changed("I alt 40", "I alt 35"),
            "svar.txt, linje 8: rækkerne passer ikke med totalen: rækkerne giver 35 og de skjulte "
            "mindst 1, og det er flere end totalen. Fundet: »I alt 35 40%«. Forventet: en total "
            f"på mindst 36. {TOTAL_AGAINST_ROWS}",
            id="no room for the one hidden beside 17 pct.",
        ),
        pytest.param(
            document("Morsø 30 52%\nI alt 29 52%\n"),
            "svar.txt, linje 6: rækkerne passer ikke med totalen: rækkerne giver 30, og det er "
            "flere end totalen. Fundet: »I alt 29 52%«. Forventet: en total på mindst 30. "
            f"{TOTAL_AGAINST_ROWS}",
            id="rows above the total",
        ),
        pytest.param(
            changed("17%", "60%", below=NOTE),
            "svar.txt, linje 7: andelen 60 pct. kan ikke komme af et skjult antal. Fundet: "
            "»Dragør . 60%«. Forventet: en andel, som færre end 3 borgere kan give, da noten "
            f"siger, at kun mindre antal er skjult. {COMPARE}",
            id="neither 1 nor 2 people can be 60 pct.",
        ),
        pytest.param(
            changed("40 40%", "40 100%"),
            "svar.txt, linje 8: rækkerne passer ikke med totalen: rækkernes nævnere er tilsammen "
            "mindst 79, og det er flere, end totalen kan dække. Fundet: »I alt 40 100%«. "
            "Forventet: andele af kommunens egne borgere, tilsammen højst 40. "
            f"{TOTAL_AGAINST_ROWS}",
            id="58 + 15 + 6 people are more than 40, as in shares of the country's total",
        ),
        pytest.param(
            document(below="\nKolding 72 36%\n"),
            "svar.txt, linje 10: linjen ligner en række, men står uden for de tabeller, der kan "
            "læses. Fundet: »Kolding 72 36%«. Forventet: alle rækker under en tabeltekst og en "
            f"kolonneoverskrift som {HEADERS}, og ingen efter totalen. Ret kolonneoverskriften, "
            "eller flyt eller slet linjen.",
            id="a row below the total",
        ),
        pytest.param(
            document(below="Anm.: Ved færre end 3 er antallet\nKolding 72 36%\nerstattet.\n"),
            "svar.txt, linje 10: linjen ligner en række, men står uden for de tabeller, der kan "
            "læses. Fundet: »Kolding 72 36%«. Forventet: alle rækker under en tabeltekst og en "
            f"kolonneoverskrift som {HEADERS}, og ingen efter totalen. Ret kolonneoverskriften, "
            "eller flyt eller slet linjen.",
            id="a row among the notes",
        ),
        pytest.param(
            document(caption=CAPTION + "Kolding 72 36%\n"),
            "svar.txt, linje 4: linjen ligner en række, men står over tabellens kolonneoverskrift. "
            "Fundet: »Kolding 72 36%«. Forventet: rækker under kolonneoverskriften i linje 5 "
            "(»Antal Andel«). Flyt linjen ned under kolonneoverskriften, eller giv dens egen tabel "
            "en.",
            id="a row above the header",
        ),
        pytest.param(
            document(
                "Morsø 30 52%\nSamsø 5 33%\nÆrø 3 16%\nNyborg 36 32%\n",
                caption="Svaret er sorteret efter andelens\nstørrelse.\n" + CAPTION,
            ),
            "svar.txt, linje 10: andelen bryder rækkefølgen efter linje 9 (»Ærø 3 16%«). Fundet: "
            "»Nyborg 36 32%«. Forventet: rækker efter andelens størrelse, da dokumentet siger, at "
            "tabellen er sorteret efter den. Sammenlign begge linjer med dokumentet; et ciffer "
            "kan mangle eller være byttet om.",
            id="out of the order that the document claims",
        ),
    ],
)
def test_refusals(names: KommuneNames, text: str, message: str) -> None:
    assert refusal(names, text) == message


@pytest.mark.parametrize(
    "line",
    [
        "Kolding 72 36",  # a kommune, without a unit
        "Koldng 72 36%",  # with a unit, but no kommune
        "Kolding 72 36% 5 8%",  # more columns
        "Region Sjælland 900 20 pct.",
        "I alt 5 8",
    ],
)
def test_a_row_outside_the_table(names: KommuneNames, line: str) -> None:
    message = refusal(names, document(below=f"\nVenlig hilsen\n{line}\n"))
    assert message.startswith("svar.txt, linje 11: linjen ligner en række, men står uden for ")
    assert f"Fundet: »{line}«" in message


@pytest.mark.parametrize(
    "line",
    [
        "Kolding 72",
        "i perioden 2016 - 2017",
        "Perioden 2016 - 2017",
        "og det svarer - 21 pct.",
        "Andelen i alle de kommuner er 52 21%",  # too long for a name
        "Kolding 72 36% af borgerne",
        "31. 12. 2017",
    ],
)
def test_running_text_with_figures(names: KommuneNames, line: str) -> None:
    assert printed(read_one(names, document(below=f"\nVenlig hilsen\n{line}\n"))) == EXPECTED


@pytest.mark.parametrize("row", ["Samsø 5 33", "alt 40 40%"])
def test_running_text_with_a_row_below_does_not_end_a_table(names: KommuneNames, row: str) -> None:
    unit = "%" if row.endswith("%") else ""
    message = refusal(names, document(f"Morsø 30 52{unit}\nIngen bemærkninger\n{row}\n"))
    assert message.startswith(
        "svar.txt, linje 6: linjen står inde i tabellen (der er flere rækker fra linje 7). "
        "Fundet: »Ingen bemærkninger«. "
    )


@pytest.mark.parametrize(
    "page_break", ["\n2\n", "2\n\f", "\f2\n", "2\f\n", "\f\n2\n", "- 2 -\n3\n"]
)
def test_page_numbers_between_rows_that_end_in_figures(
    names: KommuneNames, page_break: str
) -> None:
    table = read_one(names, document(f"Morsø 30 52\n{page_break}Samsø 5 33\n"))
    assert printed(table) == EXPECTED[:2]


def test_equal_shares_keep_the_order_that_the_document_claims(names: KommuneNames) -> None:
    rows = "Morsø 30 52%\nHolbæk 117 52%\nDragør . .\nSamsø 5 33%\n"
    caption = CAPTION.replace("fordelt", "sorteret faldende efter andel, fordelt")
    assert read_one(names, document(rows, caption=caption)).rows.height == 4
    rising = "".join(reversed(rows.splitlines(keepends=True)))
    assert read_one(names, document(rising, caption=caption)).rows.height == 4


def test_the_claimed_order_binds_only_a_single_table(names: KommuneNames) -> None:
    rows = "Samsø 5 33%\nMorsø 30 52%\nÆrø 3 16%\n"
    caption = CAPTION.replace("fordelt", "sorteret efter andel, fordelt")
    assert "bryder rækkefølgen" in refusal(names, document(rows, caption=caption))
    assert len(read(names, document(rows, caption=caption) + document())) == 2


def test_all_shown_must_equal_the_total(names: KommuneNames) -> None:
    complete = all_kommuner(names)
    assert read_one(names, document(complete + "I alt 490 20%\n")).left_out == ()
    assert refusal(names, document(complete + "I alt 491 20%\n")) == (
        "svar.txt, linje 103: rækkerne passer ikke med totalen: rækkerne giver 490, og intet er "
        "skjult eller udeladt. Fundet: »I alt 491 20%«. Forventet: en total på 490. "
        + TOTAL_AGAINST_ROWS
    )


def test_all_shown_must_have_the_totals_denominators(names: KommuneNames) -> None:
    # 98 kommuner of at most 25 people are at most 2.450; 490 of them are not 10 pct.
    assert refusal(names, document(all_kommuner(names) + "I alt 490 10%\n")) == (
        "svar.txt, linje 103: rækkerne passer ikke med totalen: rækkernes nævnere er tilsammen "
        "højst 2.450, og det er færre, end totalen kræver. Fundet: »I alt 490 10%«. Forventet: "
        f"nævnere på tilsammen mindst 4.667. {TOTAL_AGAINST_ROWS}"
    )


@pytest.mark.parametrize(("total", "fits"), [(481, True), (484, True), (485, False)])
def test_what_is_hidden_has_room_for_two_each(names: KommuneNames, total: int, fits: bool) -> None:
    # Dragør hidden and Fanø left out: 1 to 2 and 0 to 2 people, so 481 to 484 in all.
    rows = all_kommuner(names, "0155", "0563") + f"Dragør . 17%\nI alt {total} 20%\n"
    text = document(rows, below=NOTE)
    if fits:
        assert read_one(names, text).left_out == ("0563",)
        return
    assert refusal(names, text) == (
        "svar.txt, linje 102: rækkerne passer ikke med totalen: rækkerne giver 480, og det, der er "
        "skjult eller udeladt, kan højst være 4. Fundet: »I alt 485 20%«. Forventet: en total på "
        f"højst 484. {TOTAL_AGAINST_ROWS}"
    )


@pytest.mark.parametrize(("total", "fits"), [(485, True), (700, True), (484, False)])
def test_a_hidden_count_without_a_rule_has_no_upper_end(
    names: KommuneNames, total: int, fits: bool
) -> None:
    # 97 · 5 and at least one in Dragør; nobody says how many a dot may hide.
    text = document(all_kommuner(names, "0155") + f"Dragør . 17%\nI alt {total + 1} 20%\n")
    if fits:
        assert read_one(names, text).left_out == ()
    else:
        assert "Forventet: en total på mindst 486." in refusal(names, text)


@pytest.mark.parametrize("share", [".", "0%"])
def test_a_total_whose_share_says_nothing_of_its_denominator(
    names: KommuneNames, share: str
) -> None:
    table = read_one(names, document(f"Morsø 1 1%\nI alt 1 {share}\n"))
    assert table.total is not None
    assert table.total.share_status == {".": "suppressed", "0%": "shown"}[share]


@pytest.mark.parametrize("note", ["", "Anm.: Fanø er ikke med.\n", NOTE.replace("Fanø", "Ingen")])
def test_room_is_unknown_without_a_rule_or_an_explanation(names: KommuneNames, note: str) -> None:
    rows = all_kommuner(names, "0155", "0563") + "Dragør . 17%\nI alt 600 20%\n"
    total = read_one(names, document(rows, below=note)).total
    assert total is not None
    assert total.count == 600


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
