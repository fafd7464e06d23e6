"""Which sums, shares and parts are found in a table, and what does not fit."""

from __future__ import annotations

import pytest

from queries.tables.examples import examples
from queries.tables.layout import lay_out
from queries.tables.options import Options
from queries.tables.read import read
from queries.tables.understand import Understanding, understand
from tests.queries.tables.files import xlsx

PUBLISHED = next(each.text for each in examples() if each.key == "spm-554")


def understood(text: str | bytes, **options: object) -> Understanding:
    content = text.encode() if isinstance(text, str) else text
    return understand(lay_out(read(content)), Options.from_fields(dict(options)))


def titles(text: str | bytes, **options: object) -> dict[str, str]:
    return {each.id: each.title for each in understood(text, **options).understood}


def test_named_totals_of_rows_and_columns() -> None:
    assert titles("""\
Gruppe;Mænd;Kvinder;I alt
A;10;20;30
B;4;.;16
Total;14;32;46
""") == {
        "S1": "Rækken 'Total' er summen af 'A' og 'B'",
        "S2": "Kolonnen 'I alt' er summen af 'Mænd' og 'Kvinder'",
    }


def test_the_total_may_come_first() -> None:
    assert titles("Gruppe;Antal;Andre\nI alt;7;9\nA;3;4\nB;4;5\n") == {
        "S1": "Rækken 'I alt' er summen af 'A' og 'B'"
    }


def test_kommuner_regions_and_the_country() -> None:
    found = titles("""\
Område;Antal;Andre
Hele landet;52;70
Region Sjælland;36;50
Holbæk;16;20
Slagelse;20;30
Region Nordjylland;16;20
Morsø;8;9
Århus Kommune;5;5
Thisted;8;11
""")
    assert found["S2"] == "Rækken 'Region Sjælland' er summen af tabellens 2 kommuner"
    assert found["S3"] == "Rækken 'Region Nordjylland' er summen af tabellens 2 kommuner"


def test_a_pair_of_kommuner_is_their_jobcenter() -> None:
    found = titles("Jobcenter;Antal;Andre\nTårnby;5;6\nDragør;3;4\nTårnby/Dragør;8;10\n")
    assert found == {"S1": "Rækken 'Tårnby/Dragør' er summen af tabellens 2 kommuner"}


def test_indented_rows_are_parts_of_the_row_above() -> None:
    assert titles("""\
Tilbud;2017;2018
Alle tilbud;30;40
  Praktik;10;15
  Løntilskud;20;25
Uden tilbud;5;6
""") == {"S1": "Rækken 'Alle tilbud' er summen af 'Praktik' og 'Løntilskud'"}


def test_names_in_columns_by_depth_are_indented_too() -> None:
    assert titles("""\
Niveau;;2017;2018
Alle tilbud;;30;40
;Praktik;10;15
;Løntilskud;20;25
""") == {"S1": "Rækken 'Alle tilbud' er summen af 'Praktik' og 'Løntilskud'"}


def test_subtotals_before_a_grand_total() -> None:
    assert titles("""\
Ydelse;2017;2018
a;1;2
b;3;4
Subtotal;4;6
c;10;20
d;30;40
Subtotal, anden del i alt;40;60
I alt;44;66
""") == {
        "S1": "Rækken 'Subtotal' er summen af 'a' og 'b'",
        "S2": "Rækken 'Subtotal, anden del i alt' er summen af 'c' og 'd'",
        "S3": "Rækken 'I alt' er summen af 'Subtotal' og 'Subtotal, anden del i alt'",
    }


def test_sums_without_a_name_are_found_by_the_numbers() -> None:
    found = understood("a;1;2;30\nb;30;40;70\nc;31;42;100\nd;5;6;7\n").understood
    assert [(each.title, each.basis) for each in found] == [
        ("Rækken 'c' er summen af 'a' og 'b'", "tal")
    ]


def test_one_small_number_that_adds_up_is_chance() -> None:
    assert titles("x;Antal\na;2\nb;3\nc;5\nd;9\n") == {}


def test_two_label_columns_are_added_up_one_at_a_time() -> None:
    found = titles("""\
Område;Køn;2017;2018
Holbæk;Mænd;10;11
;Kvinder;20;21
;I alt;30;32
Sorø;Mænd;5;6
;Kvinder;7;8
;I alt;12;14
""")
    assert list(found.values()) == [
        "Rækken 'Holbæk, I alt' er summen af 'Holbæk, Mænd' og 'Holbæk, Kvinder'",
        "Rækken 'Sorø, I alt' er summen af 'Sorø, Mænd' og 'Sorø, Kvinder'",
    ]


def test_headings_in_two_lines() -> None:
    found = understood("""\
;2017;;;2018;;
Kommune;Antal;Uden tilbud;Pct.;Antal;Uden tilbud;Pct.
A;10;4;40;20;7;35
B;12;5;42;30;6;20
Total;22;9;41;50;13;26
""")
    assert {each.id: each.title for each in found.understood} == {
        "S1": "Rækken 'Total' er summen af 'A' og 'B'",
        "A1": "Kolonnen '2017, Pct.' er '2017, Uden tilbud' i pct. af '2017, Antal'",
        "A2": "Kolonnen '2018, Pct.' er '2018, Uden tilbud' i pct. af '2018, Antal'",
    }
    assert found.layout.table.header_rows == 2


def test_of_which_and_shares_of_the_columns_total() -> None:
    assert titles("""\
Gruppe;Antal;Heraf kvinder;Fordeling, pct.
A;10;4;25
B;12;5;30
C;18;.;45
I alt;40;15;100
""") == {
        "S1": "Rækken 'I alt' er summen af 'A', 'B' og 'C'",
        "H1": "Kolonnen 'Heraf kvinder' er en del af 'Antal'",
        "A1": "Kolonnen 'Fordeling, pct.' er 'Antal' i pct. af 'I alt'",
    }


def test_the_published_table_has_left_out_kommuner_and_unknown_wholes() -> None:
    found = understood(PUBLISHED)
    assert {each.id: (each.title, each.broken) for each in found.understood} == {
        "S1": (
            "Rækken 'I alt' er summen af tabellens 96 kommuner og de 2, der er udeladt "
            "(Fanø, Læsø)",
            0,
        ),
        "A1": ("Kolonnen 'Andel, pct.' er 'Antal' i pct. af et antal, der ikke står i tabellen", 0),
    }
    assert found.default == (0, 2)
    total = next(each for each in found.equations if each.kind == "sum")
    assert len(total.parts) == 96
    assert len(total.unseen) == 2


def test_a_sum_that_does_not_fit_is_a_problem_and_not_used_there() -> None:
    found = understood("""\
Gruppe;Mænd;Kvinder;Andre
A;10;20;3
B;4;12;5
Total;14;33;8
""")
    (bond,) = found.understood
    assert (bond.used, bond.equations, bond.broken, bond.fits) == (True, 3, 1, False)
    (problem,) = found.problems
    assert (problem.relation, problem.cell, problem.off) == ("S1", "C4", 1)
    assert problem.text == (
        "Kolonnen 'Kvinder': rækken 'Total' er summen af 'A' og 'B', men tallet er 1 større end "
        "summen af de viste dele."
    )
    assert [each.whole for each in found.equations] == ["B4", "D4"]


def test_what_mostly_does_not_fit_is_not_used() -> None:
    found = understood("Gruppe;Mænd;Kvinder\nA;10;20\nB;4;12\nAlle;99;98\n")
    assert [each.used for each in found.understood] == [False]
    assert found.equations == []
    assert len(found.problems) == 2


def test_marks_that_cannot_hold_what_is_left_are_a_problem() -> None:
    found = understood("Gruppe;Mænd;Kvinder;Andre\nA;10;<3;3\nB;4;12;5\nTotal;14;22;8\n")
    assert [(each.cell, each.off) for each in found.problems] == [("C4", 10)]


def test_a_relation_is_switched_off_by_its_id_and_keeps_it() -> None:
    text = "Gruppe;Mænd;Kvinder;I alt\nA;10;20;30\nB;4;12;16\nTotal;14;32;46\n"
    found = understood(text, without=["S1", "S9"])
    assert [(each.id, each.used, each.switched_off) for each in found.understood] == [
        ("S1", False, True),
        ("S2", True, False),
    ]
    assert "Der er intet sumforhold S9 at se bort fra." in found.remarks


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        ("sidste-raekke", "Rækken 'b' er summen af 'c' og 'a'"),
        ("forste-raekke", "Rækken 'c' er summen af 'a' og 'b'"),
        ("sidste-kolonne", "Kolonnen 'r' er summen af 'p' og 'q'"),
        ("forste-kolonne", "Kolonnen 'p' er summen af 'q' og 'r'"),
    ],
)
def test_the_user_may_say_which_line_is_a_total(chosen: str, title: str) -> None:
    found = understood("n;p;q;r\nc;.;.;.\na;1;.;4\nb;.;7;9\n", totals=[chosen]).understood
    assert [each.title for each in found if each.basis == "valgt"] == [title]


@pytest.mark.parametrize(
    ("text", "options", "zero"),
    [
        ("n;p;q\na;-;5\nb;.;6\n", {}, True),
        ("n;p;q\na;-;5\nb;4;6\n", {}, False),
        ("n;p;q\na;-;5\nb;0;.\n", {}, False),
        ("n;p;q\na;-;5\nb;0;.\nAnm.: '-' betyder nul.\n", {}, True),
        ("n;p;q\na;-;5\nb;.;6\n", {"dash_is_zero": False}, False),
        ("n;p;q\na;-;5\nb;4;6\n", {"dash_is_zero": True}, True),
    ],
)
def test_a_dash_is_settled_by_the_table_and_said(
    text: str, options: dict[str, object], zero: bool
) -> None:
    found = understood(text, **options)
    cell = found.layout.cell(1, 1)
    assert (cell.status, cell.value) == (("zero", 0) if zero else ("hidden", None))
    assert f"'-' er læst som {'nul' if zero else 'et skjult tal'}." in found.remarks


@pytest.mark.parametrize(
    ("note", "options", "default"),
    [
        ("Færre end 3 personer er skjult", {}, (0, 2)),
        ("Antal under fem er erstattet af '.'", {}, (0, 4)),
        ("Personer under 3 mdr. er med", {}, (0, None)),
        ("", {}, (0, None)),
        ("", {"hidden_is_small": True}, (0, 2)),
        ("", {"hidden_is_small": True, "zeros_are_shown": True}, (1, 2)),
        ("", {"hidden_is_small": True, "threshold": 5}, (0, 4)),
        ("Færre end 3 personer er skjult", {"hidden_is_small": False}, (0, None)),
    ],
)
def test_what_a_reader_knows_of_a_mark(
    note: str, options: dict[str, object], default: tuple[int, int | None]
) -> None:
    found = understood(f"n;p;q\na;.;5\nb;7;6\n{note}\n", **options)
    assert found.default == default
    assert found.bounds["B2"] == default


def test_unrounded_shares_of_a_workbook_are_read_as_they_are() -> None:
    found = understood(
        xlsx(
            {
                "Ark": [
                    ["Kommune", "Antal", "Uden tilbud", "Andel"],
                    ["Faxe", 12, 5, 5 / 12],
                    ["Sorø", 30, 7, 7 / 30],
                    ["Stevns", 8, 2, 0.25],
                ]
            }
        )
    )
    assert found.layout.cell(1, 3).share == "41.6667"
    assert "alle decimaler" in found.remarks[0]
    assert found.understood[0].title == "Kolonnen 'Andel' er 'Uden tilbud' i pct. af 'Antal'"


def test_codes_and_years_name_lines_and_averages_are_left_alone() -> None:
    found = understood("""\
År;Kode;Kommune;Antal;Gennemsnit
2017;316;Holbæk;12;3,5
2017;330;Slagelse;15;4,5
2018;316;Holbæk;13;2,5
""")
    assert found.layout.table.label_columns == 3
    assert found.layout.columns == (3,)
    assert "Gennemsnit" in found.reasons[0]


def test_the_larger_of_two_tables_is_taken_and_it_is_said() -> None:
    found = understood("a;p;q\nb;1;2\n\nc;p;q\nd;3;4\ne;5;6\n")
    assert [found.layout.row_names[r] for r in found.layout.rows] == ["d", "e"]
    assert "2 tabeller" in found.reasons[0]


def test_rounded_tables_are_said_to_be() -> None:
    found = understood("n;p;q\na;10;20\nb;30;15\nc;5;10\nd;45;55\n")
    assert found.rounded_to == 5
    assert any("afrundet" in remark for remark in found.remarks)


def test_blanks_are_hidden_numbers_where_the_sums_say_so() -> None:
    found = understood("n;p;q;I alt\na;4;;9\nb;;6;8\nI alt;6;11;17\n")
    assert set(found.bounds) == {"C2", "B3"}
    assert found.problems == ()
    assert any("Tomme celler" in remark for remark in found.remarks)


def test_blanks_are_nothing_where_the_sums_fit_without() -> None:
    found = understood("n;p;q;I alt\na;4;;4\nb;;6;6\nI alt;4;6;10\n")
    assert found.bounds == {}
    assert found.problems == ()
