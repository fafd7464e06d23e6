"""Small counts written as 'Færre end 3' or '<3', and notes that say what '.' stands for."""

from __future__ import annotations

import pytest

from queries.sources.documents.extract import extract
from queries.sources.documents.tables import tables_in
from queries.sources.kommune_names import KommuneNames
from tests.queries.sources.answer_texts import (
    EXPECTED,
    ORDER,
    ROWS,
    changed,
    document,
    printed,
    read_one,
    refusal,
)
from tests.queries.sources.documents import render
from tests.queries.sources.documents.render import Print, Sheet

MARKS = ["Færre end 3", "færre end 3", "Under 3", "under 3", "mindre end 3", "<3", "< 3"]


def marked(mark: str) -> Sheet:
    """The shipped table of spm. 554, its hidden counts written as `mark`, without a threshold."""
    plain = render.spm_554()
    rows = tuple(
        (name, mark if count == "." else count, share) for name, count, share in plain.rows
    )
    return Sheet(plain.caption, plain.heading, rows, ("Anm.: Fanø og Læsø indgår ikke.",))


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_a_hidden_count_below_its_number(names: KommuneNames, mark: str) -> None:
    table = read_one(names, changed("Dragør .", f"Dragør {mark}"))
    assert printed(table) == EXPECTED
    assert table.rows["count_status"].to_list() == ["shown", "shown", "suppressed"]
    assert table.rows["share_status"].to_list() == ["shown", "shown", "shown"]
    assert table.hidden_below == 3


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_after_the_share(names: KommuneNames, mark: str) -> None:
    rows = f"Morsø 52% 30\nSamsø 33% 5\nDragør 17% {mark}\nI alt 40% 40\n"
    table = read_one(names, document(rows, header="Andel Antal\n"))
    assert printed(table) == EXPECTED
    assert table.hidden_below == 3


def test_what_hidden_counts_are_below(names: KommuneNames) -> None:
    def below(rows: str, note: str = "") -> int | None:
        return read_one(names, document(rows, below=note)).hidden_below

    assert below(ROWS) is None
    assert below("Morsø <5 52%\nDragør <3 17%\n") == 5
    assert below("Morsø . 52%\nDragør <3 17%\n") is None
    under = "Anm.: Antal under 4 personer er skjult.\n"
    assert below("Morsø . 52%\nDragør <3 17%\n", under) == 4
    assert below("Morsø 30 52%\n", under) == 4


def test_a_mark_holds_the_share_and_the_total_to_its_number(names: KommuneNames) -> None:
    message = refusal(names, changed("Dragør . 17%", "Dragør <3 0,01%") + "\n")
    assert "er skrevet anderledes" not in message
    two = "Samsø <3 99%\nMorsø 30 52%\nI alt 31 52%\n"
    assert "linje 5: andelen 99 pct. kan ikke komme af et skjult antal" in refusal(
        names, document(two)
    )
    assert "da mærket siger, at kun mindre antal er skjult" in refusal(names, document(two))
    rest = all_but_samso(names) + "Samsø <3 33%\nI alt 489 20%\n"
    assert "det, der er skjult eller udeladt, kan højst være 2" in refusal(names, document(rest))


def all_but_samso(names: KommuneNames) -> str:
    return "".join(f"{names.name(c)} 5 20%\n" for c in names.codes if names.name(c) != "Samsø")


@pytest.mark.parametrize(
    "mark", ["Færre end 30", "<11", "under 1", "<0", "Færre end 3.000", "<3,5"]
)
def test_a_mark_with_another_number_is_refused(names: KommuneNames, mark: str) -> None:
    assert refusal(names, changed("Dragør .", f"Dragør {mark}")) == (
        f"svar.txt, linje 7: antallet »{mark}« kan ikke læses. Fundet: »Dragør {mark} 17%«. "
        "Forventet: et helt tal som »67« eller »2.790«, ».« for skjult eller »-« for ingen, i "
        f"rækkefølgen {ORDER}. Et mærke som »færre end 3« eller »<3« læses som skjult, når tallet "
        "i det er fra 2 til 10. Ret antallet efter dokumentet."
    )


@pytest.mark.parametrize("words", ["Færre end", "under", "Højst", "Op til", "Over"])
def test_words_before_a_number_are_no_alias(names: KommuneNames, words: str) -> None:
    number = "." if words in ("Færre end", "under") else "3"
    assert refusal(names, changed("Dragør .", f"Dragør {words} {number}")) == (
        f"svar.txt, linje 7: antallet kan ikke læses. Fundet: »Dragør {words} {number} 17%«. "
        f"Forventet: en række i rækkefølgen {ORDER}, og et skjult antal som ».«, »<3« eller "
        "»færre end 3«. Ret antallet efter dokumentet."
    )


def test_a_mark_as_a_share_or_total_is_refused(names: KommuneNames) -> None:
    assert "andelen »<3« kan ikke læses" in refusal(names, changed("17%", "<3"))
    assert "totalens antal »<3« kan ikke læses" in refusal(names, changed("40 40%", "<3 40%"))


@pytest.mark.parametrize(
    ("note", "below"),
    [
        ('"." angiver færre end 3 personer.', 3),
        ("'.' betyder under fem borgere.", 5),
        ("». « = færre end 3 personer", None),
        ("».« dækker over færre end 3 personer.", 3),
        (". angiver færre end 3 personer.", 3),
        ("Færre end 3 personer er markeret med '.'.", 3),
        ("Færre end 3 personer er sjældent. Det er ikke vist.", None),
        ("Opgjort i juni. Der er færre end 3 personer i mange kommuner.", None),
    ],
)
def test_a_note_that_says_what_a_point_stands_for(
    names: KommuneNames, note: str, below: int | None
) -> None:
    table = read_one(names, document(below=f"\nAnm.: {note}\n"))
    assert printed(table) == EXPECTED
    assert table.hidden_below == below


def test_running_text_with_such_words_is_no_row(names: KommuneNames) -> None:
    text = "Det bemærkes, at en kommune med færre end 3 personer ikke er vist her.\n"
    table = read_one(names, document("Morsø 30 52%\nDragør <3 17%\n", below=text))
    assert printed(table) == [EXPECTED[0], EXPECTED[2]]


@pytest.mark.parametrize(
    ("mark", "form"),
    [
        ("Færre end 3", Print()),
        ("Under 3", Print(padded=True)),
        ("<3", Print(lines=True)),
        ("Færre end 3", Print(blocks=2, size=9)),
        ("<3", Print(blocks=2, size=9, letters=True)),
    ],
)
def test_marks_in_a_pdf(mark: str, form: Print) -> None:
    (found,) = tables_in(extract(render.pdf([marked(mark)], form))).tables
    assert_spm_554(found.table.rows.select("printed_name", "count", "share_pct").rows())
    assert found.threshold == 3


def test_marks_after_the_share_in_a_pdf_with_two_blocks() -> None:
    plain = marked("Færre end 3")
    rows = tuple((name, share, count) for name, count, share in plain.rows)
    turned = Sheet(plain.caption, ("Kommune", "Andel", "Antal"), rows, plain.below)
    (found,) = tables_in(extract(render.pdf([turned], Print(blocks=2, size=9)))).tables
    assert_spm_554(found.table.rows.select("printed_name", "count", "share_pct").rows())


def assert_spm_554(rows: list[tuple[object, ...]]) -> None:
    expected = [
        (name, None if count == "." else int(count.replace(".", "")), float(share.rstrip("%")))
        for name, count, share in render.spm_554().rows
        if name != "I alt"
    ]
    assert len(rows) == 96
    assert rows == expected
