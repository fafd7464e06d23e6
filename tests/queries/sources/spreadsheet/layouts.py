"""Sheets as people make them, with the cells they hold written by hand.

A cell is told as `0316 2017M06 12/48 25%`: area, period, [breakdown], count/denominator (an
interval as 52-56, ? where none is known), share. What is not shown is told by its status.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from queries.indicators.definition import load_indicators
from queries.sources.incoming import Batch
from queries.sources.spreadsheet.about import About
from queries.sources.spreadsheet.book import Book
from queries.sources.spreadsheet.opening import open_book
from queries.sources.spreadsheet.propose import Proposal, propose
from queries.sources.spreadsheet.read import read_sheet

INDICATORS = load_indicators()
TODAY = dt.date(2020, 6, 15)
PUBLISHED = About("STAR", "Særtræk", "STAR 1", is_published=True, retrieved_on=TODAY)
UNPUBLISHED = About("STAR", "Særtræk", "STAR 1", is_published=False, retrieved_on=TODAY)


@dataclass(frozen=True)
class Layout:
    """A text file (columns by ';'), what is answered, which questions are asked, and its cells."""

    name: str
    text: str
    cells: str
    answers: Mapping[str, str] = field(default_factory=dict)
    asked: str = ""
    codes: str = ""
    """The codes of warnings and notes, but for missing areas."""


def book_of(text: str) -> Book:
    """Open a text as a file."""
    return open_book((text.strip("\n") + "\n").encode("utf-8"), "fil.csv")


def read(
    book: Book,
    answers: Mapping[str, str] | None = None,
    about: About = PUBLISHED,
    **more: object,
) -> Batch:
    """Propose and read with the answers given."""
    proposal = understood(book, answers)
    return read_sheet(book, proposal.mapping, about, indicators=INDICATORS, today=TODAY, **more)  # type: ignore[arg-type]


def understood(book: Book, answers: Mapping[str, str] | None = None) -> Proposal:
    """Propose with the known indicators."""
    return propose(book, indicators=INDICATORS, answers=answers)


def asked(proposal: Proposal) -> set[str]:
    """Return the keys that the data owner must look at, but for whether it is published."""
    return {each.key for each in proposal.questions if each.asked} - {"published"}


def told(cells: pl.DataFrame) -> list[str]:
    """Return the cells as lines."""
    return sorted(_told(row) for row in cells.iter_rows(named=True))


def _told(row: dict[str, object]) -> str:
    parts = [str(row["area_id"]), str(row["period"])]
    if row["breakdown"] != "alle":
        parts.append(f"[{row['breakdown']}]")
    if row["status"] != "shown":
        parts.append(str(row["status"]))
    elif row["numerator"] is not None:
        low, high = row["denominator_low"], row["denominator_high"]
        whole = "?" if low is None else f"{low}" if low == high else f"{low}-{high}"
        parts.append(f"{row['numerator']}/{whole}")
    if row["share_pct"] is not None:
        parts.append(f"{row['share_pct']:.{row['share_decimals']}f}%")
    return " ".join(parts)


def lines(text: str) -> list[str]:
    """Return the lines of a text that is written over several, sorted."""
    return sorted(" ".join(line.split()) for line in text.strip().splitlines() if line.strip())


PASSIVE = "Passive i ressourceforløb"
LAYOUTS = [
    Layout(
        "to linjer overskrift med titel, i alt og kilde",
        f"""
{PASSIVE}

Kommune;Juni 2017;;
;Antal;Andel;Nævner
Holbæk;12;25 pct.;48
Dragør;.;;
Roskilde;7;13 pct.;54
I alt;24;21 pct.;114
Kilde: DREAM
""",
        """
0316 2017M06 12/48 25%
0155 2017M06 suppressed
0265 2017M06 7/54 13%
000 2017M06 24/114 21%
""",
    ),
    Layout(
        "lang: én række pr. kommune og måned",
        f"""
{PASSIVE}
Kommune;Måned;Tæller;Nævner
Holbæk;2017M01;12;48
Holbæk;2017M02;13;50
Roskilde;2017M01;7;54
Roskilde;2017M02;8;55
""",
        """
0316 2017M01 12/48
0316 2017M02 13/50
0265 2017M01 7/54
0265 2017M02 8/55
""",
    ),
    Layout(
        "koder gemt som tal",
        f"""
{PASSIVE}
Kommunekode;Periode;Tæller;Nævner
101;jan. 2017;120;480
316;jan. 2017;12;48
""",
        """
0101 2017M01 120/480
0316 2017M01 12/48
""",
    ),
    Layout(
        "fircifrede koder",
        f"""
{PASSIVE}, juni 2017
kode;tæller;nævner
0101;120;480
0316;12;48
0265;7;54
""",
        """
0101 2017M06 120/480
0316 2017M06 12/48
0265 2017M06 7/54
""",
    ),
    Layout(
        "kode og navn i samme celle",
        f"""
{PASSIVE}
Område;2017M06
316 Holbæk;12
0265 - Roskilde;7
(155) Dragør;3
København (101);120
""",
        """
0316 2017M06 12/?
0265 2017M06 7/?
0155 2017M06 3/?
0101 2017M06 120/?
""",
    ),
    Layout(
        "kommune efter navnet, ejefald, alias og Aa",
        f"""
{PASSIVE}
Kommune;Antal juni 2017
Holbæk Kommune;12
Roskildes;7
Høje Tåstrup;9
Aarhus Kommune;70
Vesthimmerland;4
Københavns Kommune;120
""",
        """
0316 2017M06 12/?
0265 2017M06 7/?
0169 2017M06 9/?
0751 2017M06 70/?
0820 2017M06 4/?
0101 2017M06 120/?
""",
    ),
    Layout(
        "jobcenter foran navnet",
        """
I gruppe 2 uden aktivt tilbud, december 2018
Område;Tæller;Nævner
Jobcenter Holbæk;12;48
Jobcenter Tårnby/Dragør;7;54
""",
        """
J0316 2018M12 12/48
J0185 2018M12 7/54
""",
    ),
    Layout(
        "jobcenter i overskriften, par skrevet omvendt og med og",
        """
I gruppe 2 uden aktivt tilbud, december 2018
Jobcenter;Tæller;Nævner
Holbæk;12;48
Dragør/Tårnby;7;54
Vallensbæk og Ishøj;5;20
""",
        """
J0316 2018M12 12/48
J0185 2018M12 7/54
J0187 2018M12 5/20
""",
    ),
    Layout(
        "et par som én linje blandt kommuner",
        f"""
{PASSIVE} 2017M06
Kommune;Antal
Holbæk;12
Tårnby/Dragør;7
Roskilde;9
""",
        """
0316 2017M06 12/?
J0185 2017M06 7/?
0265 2017M06 9/?
""",
    ),
    Layout(
        "måneder som jan. 2017",
        f"""
{PASSIVE}
Kommune;jan. 2017;feb. 2017;mar. 2017
Holbæk;12;13;14
Roskilde;7;8;9
""",
        """
0316 2017M01 12/?
0316 2017M02 13/?
0316 2017M03 14/?
0265 2017M01 7/?
0265 2017M02 8/?
0265 2017M03 9/?
""",
    ),
    Layout(
        "måneder som 2017M01",
        f"""
{PASSIVE}
Kommune;2017M01;2017M02
Holbæk;12;13
Roskilde;7;8
""",
        """
0316 2017M01 12/?
0316 2017M02 13/?
0265 2017M01 7/?
0265 2017M02 8/?
""",
    ),
    Layout(
        "måneder som Januar 2017 og 2017-02",
        f"""
{PASSIVE}
Kommune;Januar 2017;2017-02;03-2017;201704
Holbæk;12;13;14;15
Roskilde;7;8;9;10
""",
        """
0316 2017M01 12/?
0316 2017M02 13/?
0316 2017M03 14/?
0316 2017M04 15/?
0265 2017M01 7/?
0265 2017M02 8/?
0265 2017M03 9/?
0265 2017M04 10/?
""",
    ),
    Layout(
        "1701 er måned eller uge: der spørges",
        f"""
{PASSIVE}
Kommune;1701;1702
Holbæk;12;13
Roskilde;7;8
""",
        """
0316 2017M01 12/?
0316 2017M02 13/?
0265 2017M01 7/?
0265 2017M02 8/?
""",
        asked="codes",
    ),
    Layout(
        "1752 kan kun være en uge",
        f"""
{PASSIVE}
Kommune;1751;1752
Holbæk;12;13
Roskilde;7;8
""",
        """
0316 2017W51 12/?
0316 2017W52 13/?
0265 2017W51 7/?
0265 2017W52 8/?
""",
    ),
    Layout(
        "1701 i rækkerne, læst som uge efter svar",
        f"""
{PASSIVE}
Kommune;Periode;Antal
Holbæk;1701;12
Holbæk;1702;13
Roskilde;1701;7
Roskilde;1702;8
""",
        """
0316 2017W01 12/?
0316 2017W02 13/?
0265 2017W01 7/?
0265 2017W02 8/?
""",
        answers={"codes": "W"},
    ),
    Layout(
        "kvartaler",
        f"""
{PASSIVE}
Kommune;1. kvt. 2017;2. kvartal 2017;2017K3;4. kvt. 2017
Holbæk;12;13;14;15
""",
        """
0316 2017Q1 12/?
0316 2017Q2 13/?
0316 2017Q3 14/?
0316 2017Q4 15/?
""",
    ),
    Layout(
        "uger",
        f"""
{PASSIVE}
Kommune;uge 52 2016;Uge 1, 2017
Holbæk;12;13
Roskilde;7;8
""",
        """
0316 2016W52 12/?
0316 2017W01 13/?
0265 2016W52 7/?
0265 2017W01 8/?
""",
    ),
    Layout(
        "år som kolonner",
        f"""
{PASSIVE}
Kommune;2016;2017
Holbæk;12;13
Roskilde;7;8
""",
        """
0316 2016 12/?
0316 2017 13/?
0265 2016 7/?
0265 2017 8/?
""",
    ),
    Layout(
        "år over måneder",
        f"""
{PASSIVE}
;2016;;2017;
Kommune;nov.;dec.;jan.;feb.
Holbæk;12;13;14;15
Roskilde;7;8;9;10
""",
        """
0316 2016M11 12/?
0316 2016M12 13/?
0316 2017M01 14/?
0316 2017M02 15/?
0265 2016M11 7/?
0265 2016M12 8/?
0265 2017M01 9/?
0265 2017M02 10/?
""",
    ),
    Layout(
        "måned over antal, andel og nævner",
        f"""
{PASSIVE}
;Januar 2017;;;Februar 2017;;
Kommune;Antal;Andel;Nævner;Antal;Andel;Nævner
Holbæk;12;25;48;13;26;50
Roskilde;7;13;54;11;20;55
""",
        """
0316 2017M01 12/48 25%
0316 2017M02 13/50 26%
0265 2017M01 7/54 13%
0265 2017M02 11/55 20%
""",
    ),
    Layout(
        "mål over måneder",
        f"""
{PASSIVE}
;Antal;;Andel i pct.;;Nævner;
Kommune;2017M01;2017M02;2017M01;2017M02;2017M01;2017M02
Holbæk;12;13;25;26;48;50
Roskilde;7;11;13;20;54;55
""",
        """
0316 2017M01 12/48 25%
0316 2017M02 13/50 26%
0265 2017M01 7/54 13%
0265 2017M02 11/55 20%
""",
    ),
    Layout(
        "tre linjer overskrift",
        f"""
{PASSIVE}
;2017;;;
;jan.;;feb.;
Kommune;Tæller;Nævner;Tæller;Nævner
Holbæk;12;48;13;50
Roskilde;7;54;11;55
""",
        """
0316 2017M01 12/48
0316 2017M02 13/50
0265 2017M01 7/54
0265 2017M02 11/55
""",
    ),
    Layout(
        "perioden i selve måloverskriften",
        f"""
{PASSIVE}
Kommune;Antal juni 2017;Nævner juni 2017;Antal juli 2017;Nævner juli 2017
Holbæk;12;48;13;50
Roskilde;7;54;11;55
""",
        """
0316 2017M06 12/48
0316 2017M07 13/50
0265 2017M06 7/54
0265 2017M07 11/55
""",
    ),
    Layout(
        "punktum som tusindtal",
        f"""
{PASSIVE} juni 2017
Kommune;Tæller;Nævner
København;1.234;12.345
Holbæk;12;48
""",
        """
0101 2017M06 1234/12345
0316 2017M06 12/48
""",
    ),
    Layout(
        "mellemrum og hårdt mellemrum som tusindtal",
        f"""
{PASSIVE} juni 2017
Kommune;Tæller;Nævner
København;1 234;12\u00a0345
Holbæk;12;48
""",
        """
0101 2017M06 1234/12345
0316 2017M06 12/48
""",
    ),
    Layout(
        "engelske tal bliver der spurgt om",
        f"""
{PASSIVE} juni 2017
Kommune;Antal;Andel
København;1,234;12.5
Holbæk;12;25.0
""",
        """
0101 2017M06 1234/9833-9911 12.5%
0316 2017M06 12/48 25.0%
""",
        asked="numbers",
        codes="english_numbers",
    ),
    Layout(
        "punktum som tusindtal og som decimaltegn: der spørges",
        f"""
{PASSIVE} juni 2017
Kommune;Antal;Andel
København;1.234;12.5
Holbæk;12;25.0
""",
        """
0101 2017M06 1234/9833-9911 12.5%
0316 2017M06 12/48 25.0%
""",
        asked="numbers",
        codes="mixed_numbers",
    ),
    Layout(
        "andele med komma og pct.",
        f"""
{PASSIVE} juni 2017
Kommune;Antal;Andel
Holbæk;12;25,0 pct.
Roskilde;7;13 %
""",
        """
0316 2017M06 12/48 25.0%
0265 2017M06 7/52-56 13%
""",
    ),
    Layout(
        "andele som brøk, som tæller og nævner bekræfter",
        f"""
{PASSIVE} juni 2017
Kommune;Tæller;Nævner;Andel
Holbæk;12;48;0,25
Roskilde;7;54;0,13
Dragør;3;9;0,33
""",
        """
0316 2017M06 12/48 25%
0265 2017M06 7/54 13%
0155 2017M06 3/9 33%
""",
    ),
    Layout(
        "skjulte tal af mange slags",
        f"""
{PASSIVE} juni 2017
Kommune;Antal;Andel
Holbæk;12;25
Dragør;.;17
Allerød;..;
Randers;<3;
Silkeborg;x;
Roskilde;*;13
Odense;diskretioneret;
Fanø;under 3;
""",
        """
0316 2017M06 12/48 25%
0155 2017M06 suppressed 17%
0201 2017M06 suppressed
0730 2017M06 suppressed
0740 2017M06 suppressed
0265 2017M06 suppressed 13%
0461 2017M06 suppressed
0563 2017M06 suppressed
""",
    ),
    Layout(
        "en streg er nul, når noten siger det",
        f"""
{PASSIVE} juni 2017
Kommune;Antal
Holbæk;12
Dragør;-
Note: - betyder nul
""",
        """
0316 2017M06 12/?
0155 2017M06 0/?
""",
    ),
    Layout(
        "en streg er skjult, når noten siger det",
        f"""
{PASSIVE} juni 2017
Kommune;Antal
Holbæk;12
Dragør;-
»-« angiver færre end 3 personer
""",
        """
0316 2017M06 12/?
0155 2017M06 suppressed
""",
    ),
    Layout(
        "en streg uden forklaring: der spørges, og den regnes for skjult",
        f"""
{PASSIVE} juni 2017
Kommune;Antal
Holbæk;12
Dragør;-
""",
        """
0316 2017M06 12/?
0155 2017M06 suppressed
""",
        asked="dash",
    ),
    Layout(
        "en streg læst som nul efter svar",
        f"""
{PASSIVE} juni 2017
Kommune;Antal;Andel
Holbæk;12;25
Dragør;-;-
""",
        """
0316 2017M06 12/48 25%
0155 2017M06 0/? 0%
""",
        answers={"dash": "zero"},
        codes="dash_as_zero",
    ),
    Layout(
        "summer mellem rækkerne",
        f"""
{PASSIVE} juni 2017
Område;Antal
Hele landet;19
Region Sjælland;19
Holbæk;12
Roskilde;7
""",
        """
000 2017M06 19/?
0316 2017M06 12/?
0265 2017M06 7/?
""",
        codes="row_is_total",
    ),
    Layout(
        "I alt efter hver landsdel og til sidst",
        f"""
{PASSIVE} juni 2017
Kommune;Antal
Vestsjælland

Holbæk;12
Kalundborg;5
I alt;17
Østsjælland
Roskilde;7
I alt;7
I alt;24
""",
        """
0316 2017M06 12/?
0326 2017M06 5/?
0265 2017M06 7/?
000 2017M06 24/?
""",
        codes="row_is_total row_is_total row_left_out",
    ),
    Layout(
        "tomme rækker og kolonner",
        f"""
;;{PASSIVE} juni 2017;;;

;;;;;
;;Kommune;;Tæller;;Nævner
;;;;;

;;Holbæk;;12;;48

;;Roskilde;;7;;54
;;;;;
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
""",
    ),
    Layout(
        "overskriften i række 18",
        "\n".join([PASSIVE, *("Bemærkning om data" for _ in range(15)), "Opgjort for juni 2017"])
        + """
Kommune;Tæller;Nævner
Holbæk;12;48
Roskilde;7;54
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
""",
    ),
    Layout(
        "fodnotetegn ved navne og tal",
        f"""
{PASSIVE} juni 2017
Kommune;Antal
Holbæk*;12
Roskilde 1);7*
Dragør²;3
* Foreløbigt tal
1) Kommunen har rettet
""",
        """
0316 2017M06 12/?
0265 2017M06 7/?
0155 2017M06 3/?
""",
    ),
    Layout(
        "kode og navn i hver sin kolonne",
        f"""
{PASSIVE} juni 2017
Kommunenr.;Kommune;Tæller;Nævner
316;Holbæk;12;48
265;Roskilde;7;54
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
""",
    ),
    Layout(
        "region foran kommunen",
        f"""
{PASSIVE} juni 2017
Region;Kommune;Tæller;Nævner
Region Sjælland;Holbæk;12;48
Region Sjælland;Roskilde;7;54
Region Hovedstaden;Dragør;3;9
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
0155 2017M06 3/9
""",
    ),
    Layout(
        "kommunen til højre for tallene",
        f"""
{PASSIVE} juni 2017
Nævner;Tæller;Kommune
48;12;Holbæk
54;7;Roskilde
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
""",
    ),
    Layout(
        "år og måned i hver sin kolonne",
        f"""
{PASSIVE}
Kommune;År;Måned;Antal
Holbæk;2016;december;12
Holbæk;2017;januar;13
Roskilde;2016;december;7
Roskilde;2017;januar;8
""",
        """
0316 2016M12 12/?
0316 2017M01 13/?
0265 2016M12 7/?
0265 2017M01 8/?
""",
    ),
    Layout(
        "år og månedens nummer",
        f"""
{PASSIVE}
Kommune;År;Måned;Antal
Holbæk;2016;12;22
Holbæk;2017;1;13
""",
        """
0316 2016M12 22/?
0316 2017M01 13/?
""",
    ),
    Layout(
        "år alene i en kolonne",
        f"""
{PASSIVE}
Kommune;År;Antal
Holbæk;2016;22
Holbæk;2017;13
""",
        """
0316 2016 22/?
0316 2017 13/?
""",
    ),
    Layout(
        "datoer i rækkerne",
        f"""
{PASSIVE}
Kommune;Dato;Antal
Holbæk;2016-12-31;22
Holbæk;31-01-2017;13
Roskilde;1. januar 2017;9
""",
        """
0316 2016M12 22/?
0316 2017M01 13/?
0265 2017M01 9/?
""",
    ),
    Layout(
        "en dag midt i måneden bliver der spurgt om",
        f"""
{PASSIVE}
Kommune;Dato;Antal
Holbæk;15-01-2017;13
Roskilde;15-01-2017;9
""",
        """
0316 2017M01 13/?
0265 2017M01 9/?
""",
        codes="period_is_a_day",
    ),
    Layout(
        "ingen periode nogen steder",
        f"""
{PASSIVE}
Kommune;Antal
Holbæk;13
Roskilde;9
""",
        """
0316 2017M06 13/?
0265 2017M06 9/?
""",
        answers={"period": "juni 2017"},
    ),
    Layout(
        "to perioder i titlen: der spørges",
        f"""
{PASSIVE} juni 2017, udsendt 27. september 2017
Kommune;Antal
Holbæk;13
Roskilde;9
""",
        """
0316 2017M06 13/?
0265 2017M06 9/?
""",
        asked="period",
    ),
    Layout(
        "klasser i rækkerne",
        """
Mere end 9 måneder i gruppe 2
Kommune;Måned;Tid;Tæller;Nævner
Holbæk;2018M12;Under 3 mdr.;5;48
Holbæk;2018M12;3-6 måneder;6;48
Holbæk;2018M12;6 - 9 mdr;7;48
Holbæk;2018M12;> 9 måneder;30;48
""",
        """
0316 2018M12 [tid_under_3] 5/48
0316 2018M12 [tid_3_til_6] 6/48
0316 2018M12 [tid_6_til_9] 7/48
0316 2018M12 [tid_over_9] 30/48
0316 2018M12 30/48
""",
        codes="class_is_whole",
    ),
    Layout(
        "klasser som kolonner, hvor I alt er nævneren",
        """
Mere end 9 måneder i gruppe 2, december 2018
Kommune;Under 3 måneder;3-6 måneder;6-9 måneder;Over 9 måneder;I alt
Holbæk;5;6;7;30;48
Roskilde;4;4;4;42;54
""",
        """
0316 2018M12 [tid_under_3] 5/48
0316 2018M12 [tid_3_til_6] 6/48
0316 2018M12 [tid_6_til_9] 7/48
0316 2018M12 [tid_over_9] 30/48
0316 2018M12 30/48
0265 2018M12 [tid_under_3] 4/54
0265 2018M12 [tid_3_til_6] 4/54
0265 2018M12 [tid_6_til_9] 4/54
0265 2018M12 [tid_over_9] 42/54
0265 2018M12 42/54
""",
        codes="class_is_whole",
    ),
    Layout(
        "klasser som kolonner med fælles nævner",
        """
Virksomhedspraktik og løntilskud i Flere skal med, december 2018
Kommune;I alt;Virksomhedspraktik;Løntilskud;Nævner
Holbæk;12;9;3;48
Roskilde;7;5;2;54
""",
        """
0316 2018M12 12/48
0316 2018M12 [praktik] 9/48
0316 2018M12 [loentilskud] 3/48
0265 2018M12 7/54
0265 2018M12 [praktik] 5/54
0265 2018M12 [loentilskud] 2/54
""",
    ),
    Layout(
        "klasser med en ukendt, der udelades efter spørgsmål",
        """
Virksomhedspraktik og løntilskud i Flere skal med
Kommune;Måned;Tilbud;Tæller;Nævner
Holbæk;2018M12;Virksomhedspraktik;9;48
Holbæk;2018M12;Nytteindsats;4;48
Holbæk;2018M12;I alt;12;48
""",
        """
0316 2018M12 [praktik] 9/48
0316 2018M12 12/48
""",
        asked="class:nytteindsats",
        codes="class_left_out",
    ),
    Layout(
        "ydelser i rækkerne: kun indikatorens egen",
        """
Passive i ressourceforløb og på kontanthjælp
Kommune;Måned;Ydelse;Tæller;Nævner
Holbæk;2018M12;Ressourceforløb;9;48
Holbæk;2018M12;Kontanthjælp;40;400
""",
        """
0316 2018M12 9/48
""",
        answers={"indicator": "passive_ressourceforloeb"},
        asked="class:kontanthjælp",
        codes="class_left_out",
    ),
    Layout(
        "køn i rækkerne, hvor kun I alt læses",
        f"""
{PASSIVE}
Kommune;Måned;Køn;Antal
Holbæk;2018M12;Mænd;9
Holbæk;2018M12;Kvinder;8
Holbæk;2018M12;I alt;17
""",
        """
0316 2018M12 17/?
""",
        asked="class:kvinder, class:mænd",
        codes="class_left_out class_left_out",
    ),
    Layout(
        "mål i rækkerne",
        f"""
{PASSIVE}
Kommune;Måned;Mål;Værdi
Holbæk;2017M06;Antal passive;12
Holbæk;2017M06;Andel i pct.;25
Holbæk;2017M06;Nævner;48
Roskilde;2017M06;Antal passive;7
Roskilde;2017M06;Andel i pct.;13
Roskilde;2017M06;Nævner;54
""",
        """
0316 2017M06 12/48 25%
0265 2017M06 7/54 13%
""",
    ),
    Layout(
        "navnet kun i første række af hver kommune",
        f"""
{PASSIVE}
Kommune;Måned;Antal
Holbæk;2017M01;12
;2017M02;13
Roskilde;2017M01;7
;2017M02;8
""",
        """
0316 2017M01 12/?
0316 2017M02 13/?
0265 2017M01 7/?
0265 2017M02 8/?
""",
    ),
    Layout(
        "ingen overskrift",
        """
Holbæk;12;48
Roskilde;7;54
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
""",
        answers={"indicator": "passive_ressourceforloeb", "period": "2017M06"},
        asked="column:1, column:2",
    ),
    Layout(
        "kun andele",
        f"""
{PASSIVE} juni 2017
Kommune;Andel passive i pct.
Holbæk;25,3
Roskilde;13,0
Dragør;..
""",
        """
0316 2017M06 25.3%
0265 2017M06 13.0%
0155 2017M06 suppressed
""",
    ),
    Layout(
        "to antal uden ord: der spørges",
        f"""
{PASSIVE} juni 2017
Kommune;A;B
Holbæk;48;12
Roskilde;54;7
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
""",
        asked="column:1, column:2",
    ),
    Layout(
        "rang, indbyggere og ændring læses ikke",
        f"""
{PASSIVE} juni 2017
Rang;Kommune;Indbyggere;Antal;Nævner;Ændring
1;Holbæk;70000;12;48;-3
2;Roskilde;86000;7;54;2
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
""",
    ),
    Layout(
        "bemærkninger til højre",
        f"""
{PASSIVE} juni 2017
Kommune;Tæller;Nævner;Bemærkning
Holbæk;12;48;
Roskilde;7;54;Tallet er rettet i august
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
""",
    ),
    Layout(
        "uoplyst hører ikke til nogen kommune, men tæller med i summen",
        f"""
{PASSIVE} juni 2017
Kommune;Antal
Holbæk;12
Roskilde;7
Uoplyst;2
Hele landet;21
""",
        """
0316 2017M06 12/?
0265 2017M06 7/?
000 2017M06 21/?
""",
        codes="row_outside",
    ),
    Layout(
        "overskriften gentaget midt i",
        f"""
{PASSIVE} juni 2017
Kommune;Tæller;Nævner
Holbæk;12;48
Kommune;Tæller;Nævner
Roskilde;7;54
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
""",
        codes="row_left_out",
    ),
    Layout(
        "en række udelades efter svar",
        f"""
{PASSIVE} juni 2017
Kommune;Tæller;Nævner
Holbæk;12;48
Roskilde;7;54
Roskilde;8;54
""",
        """
0316 2017M06 12/48
0265 2017M06 7/54
""",
        answers={"excluded": "5"},
    ),
    Layout(
        "ingen borgere i nævneren, og tomme celler",
        f"""
{PASSIVE} juni 2017
Kommune;Tæller;Nævner
Holbæk;12;48
Læsø;0;0
Fanø;;
""",
        """
0316 2017M06 12/48
0825 2017M06 0/?
0563 2017M06 left_out
""",
    ),
    Layout(
        "ikke opgjort: der spørges",
        f"""
{PASSIVE} juni 2017
Kommune;Antal
Holbæk;12
Roskilde;8
Fanø;Ikke opgjort
""",
        """
0316 2017M06 12/?
0265 2017M06 8/?
0563 2017M06 not_collected
""",
        asked="mark:ikke opgjort",
    ),
    Layout(
        "gennemsnit og median er ikke kommuner",
        f"""
{PASSIVE} juni 2017
Kommune;Antal
Holbæk;12
Roskilde;8
Gennemsnit;10
""",
        """
0316 2017M06 12/?
0265 2017M06 8/?
""",
        codes="row_left_out",
    ),
    Layout(
        "en måned, der endnu er tom",
        f"""
{PASSIVE}
Kommune;2017M01;2017M02;2017M03
Holbæk;12;13;
Roskilde;7;8;
""",
        """
0316 2017M01 12/?
0316 2017M02 13/?
0265 2017M01 7/?
0265 2017M02 8/?
""",
    ),
]
