"""The page 'Data' from a file to a job, by Streamlit's test runner over a made-up machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.indlaes import findings, progress
from queries import UserError, importing
from queries.imports.told import About, Progress, Question, Told
from tests.pages.conftest import ServeFile
from tests.pages.indlaes.conftest import MACHINE, READY, SAID, SEEN, WARNED, WRONG, Machine
from tests.pages.running import run, text

PAGE = "indlaes.indlaes"
FILE = "Kommune;Antal\nQvistbjerg;4711\n"
MARKERS = ("Qvistbjerg", "4711")


@pytest.fixture(autouse=True)
def _serve_the_warehouse(warehouse_file: Path, serve_file: ServeFile) -> None:
    serve_file(warehouse_file)


def clean(test: AppTest) -> AppTest:
    assert [error.value for error in test.error] == []
    assert [error.value for error in test.exception] == []
    return test


def given(name: str = "tal.csv", content: bytes = FILE.encode()) -> AppTest:
    test = run(PAGE, vis="ny")
    test.file_uploader[0].set_value((name, content, "text/csv"))
    return clean(test.run())


def say(test: AppTest, said: About = SAID) -> AppTest:
    fields = {"Udgiver": said.publisher, "Titel": said.title, "Vilkår for brug": said.licence}
    fields |= {"Dokument eller journalnummer": said.document_id}
    fields |= {"Offentliggjort den (dd-mm-åååå)": "1.10.2026"}
    for label, value in fields.items():
        next(one for one in test.text_input if one.label == label).set_value(value)
        clean(test.run())
    next(one for one in test.radio if "offentliggjort" in one.label).set_value("ja")
    return clean(test.run())


def button(test: AppTest, label: str) -> Any:
    return next(one for one in test.button if one.label == label)


@pytest.mark.parametrize(
    ("kind", "endings"),
    [
        ("fil", "csv txt tsv xlsx xlsm xlsb xls ods html htm"),
        ("svar", "pdf docx html htm txt"),
        ("register", "parquet"),
    ],
)
def test_a_file_may_have_every_ending_that_can_be_read(
    machine: Machine, kind: str, endings: str
) -> None:
    test = run(PAGE, vis="ny")
    next(one for one in test.radio if one.label == "Hvad vil du indlæse?").set_value(kind)
    (field,) = clean(test.run()).file_uploader
    assert list(field.proto.type) == [f".{one}" for one in endings.split()]
    shown = ", ".join(one.upper() for one in endings.split() if one != "htm")
    assert field.label.startswith(f"Vælg en fil ({shown}, højst")


def test_what_is_loaded_stands_first(machine: Machine) -> None:
    assert machine
    page = text(run(PAGE))
    assert "Berigtiget svar på BEU alm. del spm. 554" in page
    assert "juni 2017" in page
    assert "Der er ikke indlæst noget endnu" in page
    # The answer has no date of its own. Its cells: 96 rows, the two it leaves out, and the country.
    followed = "offentliggjort juni 2017 ikke oplyst fulgte med (22. november 2026) ikke oplyst"
    assert f"{followed} 99 0" in page


def test_a_file_is_read_and_shown_with_what_its_columns_are(machine: Machine) -> None:
    test = given()
    page = text(test)
    asked = machine.last("inspect")
    assert (asked["content"], asked["name"], asked["kind"]) == (FILE.encode(), "tal.csv", "fil")
    assert "Læst som: tekst med semikolon." in page
    assert "Er Område Antal" in page
    assert "2 overskrift Kommune Antal" in page
    assert "1 over tabellen Passive, juni 2017" in page
    assert "98 90 3 4 1" in page
    assert "I alt 90 nye celler og 3 ændrede. I 1 celle siger en anden kilde noget andet" in page


def test_it_is_read_once_until_something_is_answered(machine: Machine) -> None:
    machine.seen = SEEN
    test = given()
    clean(test.run())
    assert len(machine.asked) == 1
    box = next(one for one in test.selectbox if one.label == "Hvad er tallene?")
    assert box.value is None
    box.set_value("b")
    clean(test.run())
    assert machine.last("inspect")["answers"] == {"indicator": "b"}
    labels = [one.label for one in test.selectbox]
    machine.seen = READY
    next(one for one in test.text_input if one.label == "Første række").set_value("4")
    clean(test.run())
    assert machine.last("inspect")["answers"] == {"indicator": "b", "first_row": "4"}
    # What was asked keeps its place when it is answered: whoever answers keeps the focus.
    assert [one.label for one in test.selectbox] == labels


def test_another_sheet_forgets_the_answers_to_the_first(machine: Machine) -> None:
    test = given()
    next(one for one in test.selectbox if one.label == "Hvad er tallene?").set_value("b")
    clean(test.run())
    next(one for one in test.selectbox if one.label == "Ark").set_value("Ark2")
    clean(test.run())
    asked = machine.last("inspect")
    assert (asked["sheet"], asked["answers"]) == ("Ark2", {})


def test_nothing_is_imported_before_all_is_said(machine: Machine) -> None:
    machine.seen = SEEN
    test = given()
    page = text(test)
    assert "Svar på: Hvad er tallene?." in page
    assert "Svar på, om andre har offentliggjort tallene." in page
    assert "Udfyld under »Kilden«: udgiver, titel, dokument eller journalnummer, vilkår" in page
    assert button(test, "Indlæs tallene").disabled


def test_the_import_is_begun_with_all_that_was_said(machine: Machine) -> None:
    test = say(given())
    assert machine.last("inspect")["about"] == SAID
    next(one for one in test.checkbox if "Husk" in one.label).check()
    clean(test.run())
    button(test, "Indlæs tallene").click()
    clean(test.run())
    (content, name, kind), more = machine.last("begin_import")
    assert (content, name, kind) == (FILE.encode(), "tal.csv", "fil")
    assert more == {"about": SAID, "answers": {}, "sheet": "", "accept": [], "remember": True}
    assert "Indlæsningen er i gang: trin 1 af 6, læser." in text(test)
    assert not test.file_uploader


def test_warnings_are_accepted_one_by_one(machine: Machine) -> None:
    machine.seen = WARNED
    test = say(given())
    page = text(test)
    assert "Fundet: 3 advarsler og 1 oplysning." in page
    assert "Der mangler <b>en</b> kommune." in page  # as text, not as markup
    assert "Sæt kryds ved de advarsler" in page
    boxes = [one for one in test.checkbox if findings.ACCEPT in one.label]
    assert ["1 til af samme slags" in one.label for one in boxes] == [True, False]
    for n in range(2):
        assert button(test, "Indlæs tallene").disabled
        [one for one in test.checkbox if findings.ACCEPT in one.label][n].check()
        clean(test.run())
    button(test, "Indlæs tallene").click()
    clean(test.run())
    assert machine.last("begin_import")[1]["accept"] == ["gap", "jump"]


def test_errors_stop_it_and_the_rows_can_be_fetched(machine: Machine) -> None:
    machine.seen = WRONG
    test = say(given())
    page = text(test)
    assert "Fundet: 1 fejl, 3 advarsler og 1 oplysning." in page
    assert page.index("Ukendt kommune.") < page.index("Tallet springer.")
    assert "række 5 Arhus" in page
    assert "Ret fejlene i rapporten" in page
    assert button(test, "Indlæs tallene").disabled
    sent = [
        e.proto.json
        for e in test.main
        if getattr(e, "proto", None) is not None
        and getattr(e.proto, "component_name", "") == "save_files"
    ]
    assert "afvist.csv" in sent[0]
    assert "afvist.xlsx" in sent[0]


def test_runs_that_every_build_reads_are_named_and_another_is_a_file(machine: Machine) -> None:
    test = run(PAGE, vis="ny")
    test.radio[0].set_value("register")
    clean(test.run())
    page = text(test)
    assert "Med uden at blive indlæst her: koersel.parquet" in page
    assert [one.label for one in test.button if "kørsel" in one.label] == []
    assert "inspect" not in [what for what, _ in machine.asked]


def test_a_pasted_answer_is_read(machine: Machine) -> None:
    test = run(PAGE, vis="ny")
    test.radio[0].set_value("svar")
    clean(test.run())
    test.text_area[0].set_value("Tabel 1. Passive")
    button(test, "Læs teksten").click()
    clean(test.run())
    asked = machine.last("inspect")
    assert (asked["content"], asked["kind"]) == (b"Tabel 1. Passive", "svar")


def test_forgetting_leaves_nothing_in_the_session(machine: Machine) -> None:
    test = given()
    assert machine.asked
    button(test, "Fjern filen igen").click()
    clean(test.run())
    assert "Sådan er filen læst" not in text(test)
    assert not any(marker in str(test.session_state) for marker in MARKERS)
    assert "indlaes_husk_set" not in test.session_state
    assert "indlaes_givet" not in test.session_state


def test_a_file_that_cannot_be_read_is_told_and_can_be_replaced(machine: Machine) -> None:
    machine.seen = UserError("Filen er låst.")
    test = run(PAGE, vis="ny")
    test.file_uploader[0].set_value(("tal.csv", b"x", "text/csv"))
    test.run()
    assert [error.value for error in test.error] == ["Filen er låst."]
    machine.seen = READY
    test.file_uploader[0].set_value(("tal.csv", b"y", "text/csv"))
    assert "Læst som" in text(clean(test.run()))


def test_a_fault_of_ours_is_logged_without_what_it_met(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    machine.seen = ValueError("Qvistbjerg 4711")
    test = run(PAGE, vis="ny")
    test.file_uploader[0].set_value(("tal.csv", b"x", "text/csv"))
    test.run()
    assert "hændelsesnummer" in test.error[0].value
    assert "ValueError" in caplog.text
    assert not any(marker in caplog.text + test.error[0].value for marker in MARKERS)


def test_nothing_of_a_file_is_in_the_address(machine: Machine) -> None:
    assert machine
    assert dict(say(given()).query_params) == {"vis": "ny"}


RUNNING = Progress("0" * 16, "fil", "running", "gate", 0.4, "2026-01-01T10:00:00+00:00")


def test_a_running_job_is_shown_to_whoever_opens_the_page(machine: Machine) -> None:
    machine.progress = RUNNING
    test = run(PAGE, vis="ny")
    page = text(test)
    assert "Indlæsningen er i gang: trin 3 af 6, fortrolighed." in page
    assert "Når det, der er i gang, er færdigt" in page
    button(test, "Afbryd").click()
    clean(test.run())
    assert machine.last("cancel") == "0" * 16


def test_what_is_being_taken_into_use_cannot_be_stopped(machine: Machine) -> None:
    machine.progress = replace(RUNNING, step="use")
    assert button(run(PAGE), "Afbryd").disabled


def test_the_end_tells_what_changed_and_lets_go_of_the_file(machine: Machine) -> None:
    test = say(given())
    button(test, "Indlæs tallene").click()
    clean(test.run())
    outcome = {"status": "imported", "added": 1192, "changed": 3, "withdrawn": 0, "conflicts": 1}
    machine.progress = replace(RUNNING, state="done", outcome=outcome | {"version": "abc123"})
    clean(test.run())
    page = text(test)
    assert "Tallene er taget i brug. nye celler 1.192 ændrede celler 3" in page
    assert "Dataversion abc123 vises nu på alle sider." in page
    assert "indlaes_givet" not in test.session_state
    test.file_uploader[0].set_value(("to.csv", b"z", "text/csv"))
    assert "Læst som" in text(clean(test.run()))  # the next file is not let go of
    button(test, "Luk beskeden").click()
    assert "Tallene er taget i brug" not in text(clean(test.run()))


def test_the_end_tells_how_many_own_cells_are_hidden_and_which_months_are_not_shown(
    machine: Machine,
) -> None:
    told = {"level": "note", "code": "month_not_shown", "text": "Maj kan ikke vises."}
    other = {"level": "warning", "code": "unusual_jump", "text": "Holbæk er 12."}
    outcome = {"status": "imported", "hidden": 14, "findings": [told, other]}
    machine.progress = replace(RUNNING, state="done", outcome=outcome)
    page = text(clean(running_job().run()))
    assert "egne celler skjult af fortrolighedskontrollen 14" in page
    assert "Maj kan ikke vises." in page
    assert "Holbæk er 12." not in page


def test_a_label_has_nothing_that_is_markup_and_no_backslash(machine: Machine) -> None:
    """Screen readers are given a checkbox's label as it was written."""
    text = "»a_b*c« [1] er 1.234,5 (2018-19): se :red[dette], <b>, C:\\x og `y` #1 ~2~ $3$."
    machine.seen = replace(READY, findings=(Told("warning", "w", text),))
    test = say(given())
    (box,) = [one for one in test.checkbox if findings.ACCEPT in one.label]
    assert not set(box.label) & set("\\`*_[]<>#~$")
    assert "er 1.234,5 (2018-19): se" in box.label
    assert ":red" not in box.label


def test_a_period_is_asked_in_words(machine: Machine) -> None:
    period = Question("period", "Periode", (("2026M04", "april 2026"),), "2026M04", free=True)
    machine.seen = replace(READY, questions=(period,))
    (field,) = [one for one in given().text_input if one.label == "Periode"]
    assert field.value == "april 2026"


def running_job() -> AppTest:
    return AppTest.from_string(
        "from pages.frame.data import atlas\nfrom pages.indlaes.indlaes import show\n"
        "import streamlit as st\nst.session_state.setdefault('indlaes_job', '0' * 16)\n"
        "show(atlas())\n",
        default_timeout=60,
    )


@pytest.mark.parametrize("state", ["refused", "failed", "cancelled", "timeout", "stopped"])
def test_an_end_without_a_result_is_told(machine: Machine, state: Any) -> None:
    found = (Told("error", "gate", "Et skjult tal kan regnes ud."),)
    machine.progress = replace(RUNNING, state=state, message="Intet er ændret.", findings=found)
    page = text(clean(running_job().run()))
    assert "Intet er ændret." in page
    assert "Et skjult tal kan regnes ud." in page


def test_a_refusal_of_an_earlier_server_has_a_reason_all_the_same() -> None:
    assert "giv filen igen" in progress.REFUSED


def test_a_key_that_is_missing_is_told_and_never_asked_for(machine: Machine) -> None:
    test = run(PAGE, vis="ny")
    test.radio[0].set_value("jobindsats")
    clean(test.run())
    page = text(test)
    assert "Adgangsnøglen mangler, så der kan ikke hentes." in page
    assert "Sæt nøglen i NOEGLE." in page
    assert button(test, "Hent fra Jobindsats").disabled
    assert not test.text_input
    machine.overview = {**MACHINE, "keys": {"jobindsats": {"is_set": True, "how": "Sådan."}}}
    test = run(PAGE, vis="ny")
    test.radio[0].set_value("jobindsats")
    clean(test.run())
    assert "Adgangsnøglen er sat" in text(test)
    assert not button(test, "Hent fra Jobindsats").disabled


def test_chosen_tables_are_fetched_and_all_where_none_is_chosen(machine: Machine) -> None:
    test = run(PAGE, vis="ny")
    test.radio[0].set_value("statistikbanken")
    clean(test.run())
    assert "Tabel 3 <statistikbanken>" in text(test)
    assert test.multiselect[0].options == ["Tabel 1 <statistikbanken>", "Tabel 2 <statistikbanken>"]
    button(test, "Hent fra Statistikbanken").click()
    clean(test.run())
    assert machine.last("begin_fetch")[0] == (["statistikbanken_1", "statistikbanken_2"],)
    machine.progress = None
    clean(test.run())
    test.multiselect[0].set_value(["statistikbanken_2"])
    button(test, "Hent fra Statistikbanken").click()
    clean(test.run())
    assert machine.last("begin_fetch")[0] == (["statistikbanken_2"],)


def test_what_was_fetched_with_a_warning_is_fetched_again_with_a_yes(machine: Machine) -> None:
    test = run(PAGE, vis="ny")
    test.radio[0].set_value("statistikbanken")
    clean(test.run())
    button(test, "Hent fra Statistikbanken").click()
    clean(test.run())
    machine.progress = Progress(
        "0" * 16, "hent", "refused", message="Venter.", findings=WARNED.findings
    )
    clean(test.run())
    assert button(test, "Hent igen").disabled
    for n in range(2):
        [one for one in test.checkbox if findings.ACCEPT in one.label][n].check()
        clean(test.run())
    button(test, "Hent igen").click()
    clean(test.run())
    assert machine.last("begin_fetch")[1] == {"accept": ["gap", "jump"]}


def test_the_calendar_marks_what_is_late(machine: Machine) -> None:
    assert machine
    page = text(run(PAGE, vis="kalender"))
    assert "1 tabel er forsinket." in page
    assert "Sent <b> (STAR) : skulle være kommet 20. september 2026 (oplyst af kilden" in page
    assert "Ventet (DST) : forventes 1. december 2126 (anslået)" in page
    assert "Uden dag Aldrig (DST) : ikke hentet endnu" in page


def test_sources_that_agree_are_told(machine: Machine) -> None:
    assert machine
    assert "Ingen kilder siger noget forskelligt" in text(run(PAGE, vis="uenighed"))


def test_a_job_that_cannot_begin_says_why(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = say(given())
    assert machine.progress is None

    def fails(*_: Any, **__: Any) -> str:
        raise UserError("Der er allerede en import i gang.")

    monkeypatch.setattr(importing, "begin_import", fails)
    button(test, "Indlæs tallene").click()
    test.run()
    assert [error.value for error in test.error] == ["Der er allerede en import i gang."]
