"""The page from a pasted table, a file or an example to the report, by Streamlit's test runner."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from pages.tabeltjek import tabeltjek
from queries import UserError, check_table, table_examples
from tests.pages.numbers.reading import seen
from tests.pages.running import run, text

EXAMPLE, ALL_SHOWN, PUBLISHED = table_examples()
ADVICE = re.compile(r"vælg »([^»«]*)« under »([^»«]*)«")
MARKER = "Qvistbjerg"
OWN = f"{MARKER};12;8;20\nSønderby;7;.;9\nI alt;19;10;29\n"
PASTED = f"Kommune;Mænd;Kvinder;I alt\n{OWN}"


def pasted(table: str = PASTED, **address: str) -> AppTest:
    test = run("tabeltjek.tabeltjek", **address)
    test.text_area[0].set_value(table)
    return clean(test.button("tabeltjek_tjek").click().run())


def example(key: str, **address: str) -> AppTest:
    test = run("tabeltjek.tabeltjek", **address)
    return clean(test.button(f"tabeltjek_eksempel_{key}").click().run())


def clean(test: AppTest) -> AppTest:
    assert [error.value for error in test.error] == []
    assert [error.value for error in test.exception] == []
    return test


def counts(test: AppTest) -> dict[str, int]:
    words = ("kan regnes ud", "kan indsnævres", "små tal vises", "skjult og beskyttet")
    said = text(test)
    return {word: int(re.findall(rf"{word} (\d+)", said)[0]) for word in words}


def test_it_asks_for_a_table_and_says_that_nothing_is_kept() -> None:
    page = text(run("tabeltjek.tabeltjek"))
    assert "Intet gemmes." in page
    assert "Skal du sende en tabel" in page


def test_a_pasted_table_is_judged() -> None:
    test = pasted()
    assert counts(test) == {
        "kan regnes ud": 1,
        "kan indsnævres": 0,
        "små tal vises": 0,
        "skjult og beskyttet": 0,
    }
    assert "Tabellen røber for meget: 1 skjult tal kan regnes ud." in text(test)
    assert "Sønderby, Kvinder ✕ kan regnes ud Kan regnes ud." in text(test)


def workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name in ("Første", "Anden"):
        sheet = book.add_worksheet(name)
        for line, row in enumerate(PASTED.splitlines()):
            for column, value in enumerate(row.split(";")):
                sheet.write(line, column, int(value) if value.isdecimal() else value)
    book.close()
    return out.getvalue()


def test_a_file_is_judged_as_the_same_table_pasted() -> None:
    test = run("tabeltjek.tabeltjek")
    test.file_uploader[0].set_value((f"{MARKER}.xlsx", workbook(), "application/x"))
    clean(test.run())
    assert counts(test) == counts(pasted())
    assert MARKER in text(test)
    sheets = next(box for box in test.selectbox if box.label == "Ark")
    assert sheets.options == ["Første", "Anden"]
    sheets.set_value("Anden")
    assert counts(clean(test.run())) == counts(pasted())


def test_every_example_is_judged_and_labelled() -> None:
    one = example(EXAMPLE.key)
    assert counts(one)["kan regnes ud"] == 3
    assert "SYNTETISKE TAL" in text(one)
    assert counts(example(ALL_SHOWN.key))["små tal vises"] == 6
    published = example(PUBLISHED.key)
    assert "SYNTETISKE TAL" not in text(published)
    assert counts(published)["kan indsnævres"] == 2


def test_choices_stand_in_the_address_and_the_table_does_not() -> None:
    test = pasted(taerskel="10", kriterium="eksakt")
    assert counts(test)["små tal vises"] > 0
    assert "Intet skjult tal må kunne regnes ud præcist." in text(test)
    test.selectbox("valg_nul").set_value("vises")
    clean(test.run())
    chosen = {"taerskel": "10", "kriterium": "eksakt", "nul": "vises"}
    assert dict(test.query_params) == chosen


def test_what_is_advised_is_named_as_on_the_page() -> None:
    """The remarks of the check send the reader to a choice on the page, word for word."""
    hidden, other = PASTED, PASTED.replace(";.;", ";<5;")
    advised = [each for table in (hidden, other) for each in ADVICE.findall(text(pasted(table)))]
    assert {label for _, label in advised} == {
        "Hvad læseren ved om et skjult tal",
        "Et lille tal er",
    }
    boxes = {box.label: box.options for box in pasted().selectbox}
    for option, label in advised:
        assert option in boxes[label]


def test_an_address_that_asks_for_the_impossible_says_so() -> None:
    test = pasted(taerskel="1000", kriterium="mild")
    assert len(test.warning) == 2
    assert test.selectbox("valg_taerskel").value == "3"


def test_a_sum_that_is_switched_off_gives_nothing_away() -> None:
    test = pasted()
    for n in range(len(test.checkbox)):
        test.checkbox[n].uncheck()
        clean(test.run())
    assert counts(test)["kan regnes ud"] == 0
    first = test.checkbox[0]
    assert not first.value
    first.check()
    clean(test.run())
    assert test.checkbox[0].value


def test_what_is_no_table_is_told_in_danish_and_can_be_mended() -> None:
    test = run("tabeltjek.tabeltjek")
    test.text_area[0].set_value("   ")
    test.button("tabeltjek_tjek").click().run()
    assert "tom" in test.error[0].value
    test.text_area[0].set_value(PASTED)
    assert counts(clean(test.button("tabeltjek_tjek").click().run()))["kan regnes ud"] == 1


def test_forgetting_leaves_nothing_in_the_session() -> None:
    test = pasted()
    clean(test.button("tabeltjek_glem").click().run())
    assert "Skal du sende en tabel" in text(test)
    assert MARKER not in str(test.session_state)
    assert "tabeltjek_givet" not in test.session_state
    assert "tabeltjek_om_svar" not in test.session_state
    assert test.text_area[0].value == ""


def test_the_answer_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    real = check_table

    def counted(*args: Any, **options: Any) -> Any:
        made.append(1)
        return real(*args, **options)

    monkeypatch.setattr(tabeltjek, "check_table", counted)
    test = pasted()
    clean(test.run())
    assert len(made) == 1
    test.selectbox("valg_taerskel").set_value("5")
    clean(test.run())
    assert len(made) == 2


@pytest.mark.parametrize("error", [ValueError(MARKER), KeyError(MARKER), RuntimeError(MARKER)])
def test_a_fault_of_ours_is_logged_without_what_it_met(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr(tabeltjek, "check_table", fails)
    test = run("tabeltjek.tabeltjek")
    test.text_area[0].set_value(PASTED)
    test.button("tabeltjek_tjek").click().run()
    assert len(test.error) == 1
    assert "hændelsesnummer" in test.error[0].value
    assert type(error).__name__ in caplog.text
    assert MARKER not in caplog.text + test.error[0].value


def test_a_fault_while_drawing_is_told_in_the_same_way(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: Any) -> Any:
        raise ValueError(MARKER)

    monkeypatch.setattr("pages.tabeltjek.leaks.told_leaks", fails)
    test = run("tabeltjek.tabeltjek")
    test.text_area[0].set_value(PASTED)
    test.button("tabeltjek_tjek").click().run()
    assert "hændelsesnummer" in test.error[0].value
    assert MARKER not in caplog.text + test.error[0].value


def test_a_user_s_fault_is_told_as_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise UserError("Arket er tomt.")

    monkeypatch.setattr(tabeltjek, "check_table", fails)
    test = run("tabeltjek.tabeltjek")
    test.text_area[0].set_value(PASTED)
    test.button("tabeltjek_tjek").click().run()
    assert [error.value for error in test.error] == ["Arket er tomt."]


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
FIXED = {"utf-8", "2 MB"}


def numbers(texts: Any) -> set[str]:
    return {found for one in texts for found in NUMBER.findall(str(one))}


@pytest.mark.parametrize("key", [one.key for one in table_examples()])
def test_every_number_is_the_table_s_or_the_report_s(key: str) -> None:
    """The texts of the table, the counts of the report, the choices: nothing else is a number."""
    test = example(key)
    report = test.session_state["tabeltjek_om_svar"][1]
    grids = [report.table.rows, *(proposal.rows for proposal in report.proposals)]
    known = numbers(cell.text for grid in grids for row in grid for cell in row)
    known |= numbers(report.table.above + report.table.below)
    summaries = [report.summary, *(one.audit for one in report.proposals if one.audit)]
    for one in summaries:
        known |= numbers([one.computable, one.narrowed, one.small_shown, one.protected])
        known |= numbers([one.insiders, one.sentence])
    for one in report.verdicts:
        known |= numbers([one.text, one.title, one.possibilities, *one.through])
    for one in report.understood:
        known |= numbers([one.title, one.equations, one.broken])
    for one in report.proposals:
        known |= numbers([one.title, one.sentence, *one.notes, len(one.differences), one.cost])
        known |= numbers(f"{change.before} {change.after}" for change in one.differences)
        known |= numbers([f"{100 * (one.gap or 0):.1f}".replace(".", ",")])
    known |= numbers([*report.remarks, *(one.text for one in report.problems), "0 3"])
    known |= numbers(FIXED) | numbers([one.title for one in table_examples()])
    body = report.table.rows[report.table.header_rows :]
    known |= numbers([len(body), len(body[0]) - report.table.label_columns])
    shown = seen(test)
    told = [block.text for block in shown.blocks] + [
        said for table in shown.tables for row in (table.heads, *table.rows) for said in row
    ]
    boxes = {str(option) for box in test.selectbox for option in box.options}
    lines = re.compile(r"Kun \d+ af \d+ linjer")
    loose = {
        number
        for said in told
        if said not in boxes and said != test.text_area[0].value
        for number in numbers([lines.sub("", said)]) - known
    }
    assert loose == set()


def test_another_table_after_the_first_is_judged_by_itself() -> None:
    test = pasted()
    test.checkbox[1].uncheck()
    clean(test.run())
    test.text_area[0].set_value(PASTED.replace("Sønderby;7;.;9", "Sønderby;7;2;9"))
    clean(test.button("tabeltjek_tjek").click().run())
    assert all(box.value for box in test.checkbox)
    test.file_uploader[0].set_value((f"{MARKER}.xlsx", workbook(), "application/x"))
    clean(test.run())
    test.file_uploader[0].set_value((f"{MARKER}.xlsx", b"PK\x03\x04", "application/x"))
    test.run()
    assert len(test.error) == 1
    assert "Gem tabellen som" in test.error[0].value
    test.text_area[0].set_value(PASTED)
    assert counts(clean(test.button("tabeltjek_tjek").click().run()))["kan regnes ud"] == 1
