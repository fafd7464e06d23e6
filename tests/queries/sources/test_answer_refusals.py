"""Texts that cannot be read: the whole message, since it is all a user gets."""

from __future__ import annotations

import pytest

from queries.sources.kommune_names import KommuneNames
from tests.queries.sources.answer_texts import (
    CAPTION_MISSING,
    HEADERS,
    NO_HEADER,
    ORDER,
    PERIOD,
    ROWS,
    UNREADABLE,
    changed,
    document,
    refusal,
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
