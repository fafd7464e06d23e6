from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from queries.errors import UserError
from queries.sources.incoming import Finding, ImportRefusedError
from queries.sources.kommune_names import KommuneNames
from queries.sources.spreadsheet import open_book
from queries.sources.spreadsheet.findings import MOST, MOST_ALIKE
from queries.sources.spreadsheet.read import read_sheet
from tests.queries.sources.spreadsheet.layouts import (
    INDICATORS,
    PASSIVE,
    PUBLISHED,
    TODAY,
    UNPUBLISHED,
    book_of,
    read,
    told,
    understood,
)

NAMES = KommuneNames.from_csv()
ALL = [(code, NAMES.name(code)) for code in NAMES.codes]


def _refused(text: str, answers: dict[str, str] | None = None, about=PUBLISHED) -> list[Finding]:  # type: ignore[no-untyped-def]
    with pytest.raises(ImportRefusedError) as error:
        read(book_of(text), answers, about)
    return [each for each in error.value.findings if each.level == "error"]


def _warnings(text: str, answers: dict[str, str] | None = None, **more: object) -> list[Finding]:
    batch = read(book_of(text), answers, **more)  # type: ignore[arg-type]
    return [each for each in batch.findings if each.level == "warning"]


def _all_but(missing: set[str], header: str = "Kommune;Tæller;Nævner", total: bool = False) -> str:
    rows = [
        (name, at + 3, 2 * at + 40) for at, (code, name) in enumerate(ALL) if code not in missing
    ]
    lines = [f"{PASSIVE} juni 2017", header, *(f"{a};{n};{d}" for a, n, d in rows)]
    if total:
        lines.append(f"Hele landet;{sum(n for _, n, _ in rows)};{sum(d for _, _, d in rows)}")
    return "\n".join(lines)


def _places(findings: list[Finding]) -> list[tuple[str, int | None, str, str]]:
    return [(each.code, each.row, each.column, each.value) for each in findings]


def test_all_errors_are_told_with_their_place() -> None:
    found = _refused(
        f"""
{PASSIVE}
Kommune;Måned;Tæller;Nævner;Andel
Holbek;2017M01;12;48;25
Roskilde;2017M01;60;54;11
Lejre;2017M01;-4;40;10
Faxe;2017M01;11;40;38
Greve;2017M01;syv;40;10
Solrød;2017M13;5;40;13
Køge;1917M01;5;40;13
Ringsted;2017M01;5,5;40;14
Slagelse;2017M01;5;40;130
Sorø;2017M01;5;40;13
Sorø;2017M01;6;40;15
"""
    )

    assert sorted(_places(found)) == sorted(
        [
            ("unknown_area", 3, "A", "Holbek"),
            ("count_over_denominator", 4, "C", "60"),
            ("negative_count", 5, "C", "-4"),
            ("share_does_not_match", 6, "E", "38.0"),
            ("unreadable_number", 7, "C", "syv"),
            ("unknown_period", 8, "B", "2017M13"),
            ("year_out_of_range", 9, "B", "1917M01"),
            ("count_with_decimals", 10, "C", "5,5"),
            ("share_out_of_range", 11, "E", "130"),
            ("duplicate_area", 13, "A", "Sorø"),
        ]
    )
    texts = {each.code: each.text for each in found}
    assert "Mente du Holbæk" in texts["unknown_area"]
    assert "38 pct. passer ikke til 11 af 40, som er 27,5 pct." in texts["share_does_not_match"]
    assert "første gang i række 12" in texts["duplicate_area"]
    assert "60 er større end nævneren 54" in texts["count_over_denominator"]


def test_97_kommuner_are_named() -> None:
    found = _warnings(_all_but({"0563"}))

    assert [each.code for each in found] == ["missing_areas"]
    assert "97 af 98 kommuner. Der mangler Fanø." in found[0].text


def test_98_kommuner_with_a_right_total_give_no_findings() -> None:
    batch = read(book_of(_all_but(set(), total=True)))

    assert batch.findings == ()
    assert batch.cells.height == 99


def test_a_month_that_lacks_a_kommune_is_named() -> None:
    rows = [f"{name};2017M0{m};{m + 3}" for _, name in ALL for m in (1, 2)]
    rows.remove("Læsø;2017M02;5")

    found = _warnings("\n".join([PASSIVE, "Kommune;Måned;Antal", *rows]))

    assert [each.text for each in found] == [
        "For februar 2017 mangler Læsø, som arket har for andre perioder eller opdelinger. Tilføj "
        "dem, eller bekræft, at kilden ikke har dem."
    ]


def test_a_total_that_is_off_by_one_says_by_how_much_and_where() -> None:
    text = _all_but(set(), total=True)
    total = sum(at + 3 for at in range(98))
    text = text.replace(f"Hele landet;{total};", f"Hele landet;{total + 1};")

    found = _warnings(text)

    assert _places(found) == [("total_mismatch", 101, "B", str(total + 1))]
    assert "5.048, men rækkerne under giver 5.047: 1 for få." in found[0].text


def test_a_total_beside_hidden_numbers_may_be_larger_but_not_smaller() -> None:
    text = _all_but(set(), total=True).replace("Dragør;6;46", "Dragør;.;46")
    larger = text
    smaller = text.replace("Hele landet;5047;", "Hele landet;5040;")

    assert _warnings(larger) == []
    assert _places(_warnings(smaller)) == [("total_mismatch", 101, "B", "5040")]


def test_a_total_of_a_region_between_the_rows_is_checked() -> None:
    text = f"""
{PASSIVE} juni 2017
Område;Antal
Byen København;30
København;20
Frederiksberg;5
Dragør;3
Tårnby;2
Bornholm;9
"""
    found = _warnings(text)

    assert ("total_mismatch", 3, "B", "30") not in _places(found)
    found = _warnings(text.replace("Byen København;30", "Byen København;31"))
    assert ("total_mismatch", 3, "B", "31") in _places(found)


def test_i_alt_between_the_rows_is_checked_against_the_rows_above_it() -> None:
    text = f"""
{PASSIVE} juni 2017
Kommune;Antal
Holbæk;12
Kalundborg;5
I alt;18
Roskilde;7
I alt;7
I alt;24
"""
    found = _warnings(text)

    assert ("total_mismatch", 5, "B", "18") in _places(found)
    assert "»I alt« er 18, men rækkerne over den giver 17: 1 for få." in [f.text for f in found]
    assert ("total_mismatch", 7, "B", "7") not in _places(found)


def test_a_period_to_come_is_asked_about() -> None:
    found = _warnings(f"{PASSIVE}\nKommune;2020M06;2020M07\nHolbæk;4;5\nRoskilde;6;7")

    come = [each for each in found if each.code == "period_to_come"]
    assert _places(come) == [("period_to_come", 3, "C", "2020M07")]


def test_a_year_far_out_is_an_error_at_its_column() -> None:
    found = _refused(f"{PASSIVE}\nKommune;2017M06;1917M07\nHolbæk;4;5\nRoskilde;6;7")

    assert _places(found) == [("year_out_of_range", 3, "C", "1917M07")]


def test_months_beside_years_are_asked_about() -> None:
    found = _warnings(f"{PASSIVE}\nKommune;Periode;Antal\nHolbæk;2017M06;4\nHolbæk;2017;5")

    assert "mixed_periods" in [each.code for each in found]


def test_code_and_name_that_do_not_agree() -> None:
    found = _refused(
        f"{PASSIVE} juni 2017\nKode;Kommune;Antal\n316;Holbæk;12\n265;Roskilde;7\n306;Faxe;3"
    )

    assert _places(found) == [("area_code_mismatch", 5, "B", "Faxe")]
    assert "Odsherred" in found[0].text


def test_a_misspelled_name_is_read_by_its_code_and_asked_about() -> None:
    text = f"{PASSIVE} juni 2017\nKode;Kommune;Antal\n316;Holbæk;12\n265;Roskile;7\n306;Odsherred;3"

    batch = read(book_of(text))

    assert told(batch.cells) == ["0265 2017M06 7/?", "0306 2017M06 3/?", "0316 2017M06 12/?"]
    assert ("area_by_code", 4, "B", "Roskile") in _places(list(batch.findings))


def test_a_code_and_a_name_in_one_cell_that_do_not_agree() -> None:
    found = _refused(f"{PASSIVE} juni 2017\nKommune;Antal\n316 Holbæk;12\n316 Roskilde;7")

    assert _places(found) == [("area_code_mismatch", 4, "A", "316 Roskilde")]


def test_a_row_of_numbers_without_a_name() -> None:
    found = _refused(f"{PASSIVE} juni 2017\nKommune;Antal\nHolbæk;12\n;7\nRoskilde;9")

    assert _places(found) == [("row_without_area", 4, "A", "")]


def test_numbers_in_thousands_are_asked_about() -> None:
    found = _warnings(f"{PASSIVE} juni 2017 (1.000 personer)\nKommune;Antal\nHolbæk;12\nRoskilde;9")

    assert ("units_of_thousands", None, "B", "1.000 personer") in _places(found)


def test_a_share_that_no_denominator_can_give() -> None:
    found = _refused(f"{PASSIVE} juni 2017\nKommune;Antal;Andel\nHolbæk;2;51\nRoskilde;9;10")

    assert _places(found) == [("share_does_not_fit", 3, "C", "51.0")]


def test_a_class_that_was_not_there_when_the_mapping_was_made() -> None:
    text = (
        "Virksomhedspraktik og løntilskud i Flere skal med\nKommune;Måned;Tilbud;Antal\n"
        "Holbæk;2018M12;Virksomhedspraktik;9\nHolbæk;2018M12;I alt;12\n"
    )
    mapping = understood(book_of(text)).mapping
    longer = book_of(text + "Holbæk;2018M12;Mentor;2\n")

    with pytest.raises(ImportRefusedError) as error:
        read_sheet(longer, replace(mapping, last_row=5), PUBLISHED, indicators=INDICATORS)

    assert _places(list(error.value.findings))[0] == ("unknown_class", 5, "C", "Mentor")


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        (
            "Kommune;Tæller;Nævner\nHolbæk;12;48\nDragør;<3;9\nRoskilde;7;54",
            "unpublished_hidden",
            4,
        ),
        ("Kommune;Tæller;Andel\nHolbæk;12;25\nRoskilde;7;13", "unpublished_without_denominator", 3),
        ("Kommune;Andel\nHolbæk;25 pct.\nRoskilde;13 pct.", "unpublished_only_share", 3),
        (
            "Område;Tæller;Nævner\nJobcenter Holbæk;12;48\nJobcenter Roskilde;7;54",
            "unpublished_jobcentre",
            3,
        ),
    ],
)
def test_unpublished_numbers_must_be_exact(text: str, code: str, row: int) -> None:
    found = _refused(f"{PASSIVE} juni 2017\n{text}", about=UNPUBLISHED)

    assert [(each.code, each.row) for each in found] == [(code, row)]


def test_unpublished_exact_numbers_are_read_without_the_country() -> None:
    text = f"{PASSIVE} juni 2017\nKommune;Tæller;Nævner\nHolbæk;12;48\nLæsø;0;0\nHele landet;12;48"

    batch = read(book_of(text), about=UNPUBLISHED)

    assert told(batch.cells) == ["0316 2017M06 12/48", "0825 2017M06 0/?"]
    assert batch.is_published is False


def test_many_findings_are_bounded_and_the_rest_counted() -> None:
    rows = [f"Kommunen {at};{at}" for at in range(1000)]
    rows += [f"{name};-5" for _, name in ALL]
    text = "\n".join([f"{PASSIVE} juni 2017", "Kommune;Antal", "Holbæk;12", *rows])

    with pytest.raises(ImportRefusedError) as error:
        read(book_of(text))

    codes = [each.code for each in error.value.findings]
    assert codes.count("unknown_area") == MOST_ALIKE + 1
    assert codes.count("negative_count") == MOST_ALIKE + 1
    assert len(codes) <= MOST + 20
    assert any("… og 960 flere" in each.text for each in error.value.findings)


def test_an_unusual_jump_against_the_warehouse() -> None:
    known = pl.DataFrame(
        {
            "area_id": ["0316", "0265", "0326"],
            "period": ["2017M05", "2017M05", "2017M05"],
            "breakdown": ["alle"] * 3,
            "numerator": [120, 70, 50],
        }
    )
    text = f"{PASSIVE} juni 2017\nKommune;Antal\nHolbæk;12\nRoskilde;72\nKalundborg;48"

    found = _warnings(text, known=lambda _: known)

    assert ("unusual_jump", 3, "B", "12") in _places(found)
    assert sum(each.code == "unusual_jump" for each in found) == 1


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("2017M05", "juni 2017", True),
        ("2016M06", "juni 2017", True),
        ("2016M05", "juni 2017", True),
        ("2016M04", "juni 2017", False),
        ("2008M06", "juni 2017", False),  # over nine years much may change
        ("2017M07", "juni 2017", False),
        ("2016Q2", "2. kvartal 2017", True),
        ("2016Q1", "2. kvartal 2017", False),
        ("2015", "2017", True),
        ("2014", "2017", False),
    ],
)
def test_only_a_number_from_shortly_before_is_held_against(
    before: str, now: str, told: bool
) -> None:
    known = pl.DataFrame(
        {"area_id": ["0316"], "period": [before], "breakdown": ["alle"], "numerator": [120]}
    )
    found = _warnings(f"{PASSIVE} {now}\nKommune;Antal\nHolbæk;12", known=lambda _: known)

    assert ("unusual_jump" in {each.code for each in found}) is told


def test_the_nearest_earlier_number_is_the_one_held_against() -> None:
    known = pl.DataFrame(
        {
            "area_id": ["0316"] * 3,
            "period": ["2016M12", "2017M05", "2017M07"],
            "breakdown": ["alle"] * 3,
            "numerator": [400, 100, 400],
        }
    )
    text = f"{PASSIVE} juni 2017\nKommune;Antal\nHolbæk;110"

    assert "unusual_jump" not in {each.code for each in _warnings(text, known=lambda _: known)}


def test_all_jumps_of_a_file_are_one_warning_with_the_largest() -> None:
    known = pl.DataFrame(
        {
            "area_id": [code for code, _ in ALL],
            "period": ["2017M05"] * 98,
            "breakdown": ["alle"] * 98,
            "numerator": [at + 3 if at >= 12 else 1000 + at for at in range(98)],
        }
    )
    found = _warnings(_all_but(set()), known=lambda _: known)

    (jump,) = [each for each in found if each.code == "unusual_jump"]
    assert jump.text.startswith(
        "12 tal er langt fra dem, atlasset har fra kort før. De 5 største spring: "
    )
    assert jump.text.count(" juni 2017, men var ") == 5
    assert jump.text.endswith(". Kontrollér dem.")
    assert jump.row is not None
    assert jump.column == "B"


TOTAL = f"{PASSIVE} juni 2017\nKommune;Tæller;Nævner\nHolbæk;12;100\nRoskilde;20;100\n"


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("I alt;32;200\nKilde: STAR, udtræk af 4. juli", False),
        ("I alt;40;200\nKilde: STAR", True),  # more is missing than the end of a line
        ("Kilde: STAR", True),
        ("Kalundborg", True),
        ("I alt;32;200\nKalundborg", True),
    ],
)
def test_a_note_below_a_total_that_fits_is_no_file_that_was_cut_off(end: str, told: bool) -> None:
    book = open_book((TOTAL + end).encode(), "ark.csv")
    assert [each.code for each in book.findings] == ["maybe_cut_off"]
    batch = read(book)
    assert ("maybe_cut_off" in {each.code for each in batch.findings}) is told


def test_another_scale_than_the_warehouse_is_told_once() -> None:
    known = pl.DataFrame(
        {
            "area_id": [code for code, _ in ALL],
            "period": ["2017M05"] * 98,
            "breakdown": ["alle"] * 98,
            "numerator": [1000 * (at + 3) for at in range(98)],
        }
    )
    found = _warnings(_all_but(set()), known=lambda _: known)

    assert [each.code for each in found] == ["other_scale"]


def test_dashes_and_no_decision_are_an_error() -> None:
    book = book_of(f"{PASSIVE} juni 2017\nKommune;Antal\nHolbæk;12\nDragør;-")
    mapping = replace(understood(book).mapping, dash="")

    with pytest.raises(ImportRefusedError) as error:
        read_sheet(book, mapping, PUBLISHED, indicators=INDICATORS, today=TODAY)

    assert _places(list(error.value.findings))[0] == ("dash_undecided", 4, "B", "-")


def test_provenance_and_days_follow_the_numbers() -> None:
    about = replace(
        PUBLISHED, published_on=dt.date(2017, 9, 27), corrects="star-1", series="", licence="CC0"
    )
    batch = read(book_of(_all_but(set())), about=about)

    assert batch.recorded_at == dt.date(2017, 9, 27)
    assert batch.provenance.corrects == "star-1"
    assert batch.provenance.title == "Særtræk"
    assert batch.provenance.kind == "file"
    assert batch.cells["source_row"].min() == 3


def test_two_columns_read_as_the_same_must_be_settled() -> None:
    book = book_of(f"{PASSIVE} juni 2017\nKommune;Tæller;Nævner\nHolbæk;12;48\nRoskilde;7;54")
    answers = {"column:2": "numerator"}

    with pytest.raises(UserError, match=r"Kolonne B .* og C .* er begge læst som tæller"):
        read(book, answers)


def test_a_count_over_its_denominator_by_one() -> None:
    found = _refused(f"{PASSIVE} juni 2017\nKommune;Tæller;Nævner\nHolbæk;49;48\nRoskilde;54;54")

    assert _places(found) == [("count_over_denominator", 3, "B", "49")]


def test_arithmetic_tells_which_of_many_counts_a_share_is_of() -> None:
    text = f"""
{PASSIVE} juni 2017
Kommune;A;B;C;Andel
Holbæk;300;12;48;25
Roskilde;400;7;54;13
Faxe;500;9;90;10
"""
    proposal = understood(book_of(text))

    assert [column.role for column in proposal.mapping.columns] == [
        "area",
        "ignore",
        "numerator",
        "denominator",
        "share",
    ]
    assert {each.key for each in proposal.questions if each.asked} == {"column:1", "published"}
