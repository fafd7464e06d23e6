"""Variants of layout: the same rows come out."""

from __future__ import annotations

import unicodedata

import pytest

from queries.sources.kommune_names import KommuneNames
from queries.sources.ministerial_answer import AnswerError
from tests.queries.sources.answer_texts import (
    CAPTION,
    EXPECTED,
    NOTE,
    ROWS,
    document,
    printed,
    read,
    read_one,
    refusal,
)


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


@pytest.mark.parametrize("line", ["I", "Vejen l2l3%", "Bilag3", "Skjern", "Holbek", "Samsø -"])
def test_a_short_line_that_may_be_a_damaged_row_ends_no_table(
    names: KommuneNames, line: str
) -> None:
    message = refusal(names, document(f"Morsø 30 52%\n{line}\nKilde: DREAM\n"))
    assert message.startswith(
        "svar.txt, linje 6: linjen står inde i tabellen og kan ikke læses som en række. "
        f"Fundet: »{line}«. "
    )


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


@pytest.mark.parametrize(
    "page_break", ["\n2\n", "2\n\f", "\f2\n", "2\f\n", "\f\n2\n", "- 2 -\n3\n"]
)
def test_page_numbers_between_rows_that_end_in_figures(
    names: KommuneNames, page_break: str
) -> None:
    table = read_one(names, document(f"Morsø 30 52\n{page_break}Samsø 5 33\n"))
    assert printed(table) == EXPECTED[:2]


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
