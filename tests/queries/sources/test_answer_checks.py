"""Texts that can be read but do not add up: the whole message of each refusal."""

from __future__ import annotations

import pytest

from queries.sources.kommune_names import KommuneNames
from tests.queries.sources.answer_texts import (
    CAPTION,
    COMPARE,
    HEADERS,
    NOTE,
    ROWS,
    TOTAL_AGAINST_ROWS,
    UNREADABLE,
    all_kommuner,
    changed,
    document,
    read,
    read_one,
    refusal,
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
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
