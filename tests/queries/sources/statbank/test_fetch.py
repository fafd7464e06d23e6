"""A table fetched whole from the stand-in: the cells are the stand-in's own truth."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest

from queries.errors import UserError
from queries.sources.catalogue import Entry, KnownSeries, load_catalogue
from queries.sources.incoming import Batch
from queries.sources.statbank.client import StatbankClient
from queries.sources.statbank.fetch import fetch_table
from queries.sources.statbank.section import StatbankSection
from tests.queries.sources.statbank.conftest import client_of
from tests.queries.sources.statbank.stand_in import (
    AGE,
    OTHERS,
    SEX,
    Number,
    StandIn,
    Variable,
    areas,
    auk01,
    kommuner,
)

TODAY = dt.date(2025, 10, 1)
TIMES = ["2016K4", "2017K1", "2017K2"]
INDICATOR = "ressourceforloeb_fuldtidsmodtagere"

# Made-up numbers of ressourceforløb. What is not here has no row at the service: it is 0.
ROWS: dict[tuple[str, str], Number] = {
    ("000", "2016K4"): 20_105,
    ("000", "2017K1"): 20_417,
    ("000", "2017K2"): 20_890,
    ("084", "2017K1"): 7_000,  # a region
    ("101", "2016K4"): 1_801,
    ("101", "2017K1"): 1_822,
    ("101", "2017K2"): 1_850,
    ("400", "2017K1"): 88,  # Bornholm, which is a landsdel too
    ("04", "2017K1"): 88,
    ("411", "2017K1"): 1,  # Christiansø
    ("461", "2017K2"): 644,  # Odense: no row in the first two quarters
    ("492", "2017K1"): None,  # Ærø: a row without a number
    ("825", "2017K1"): 2,  # Læsø: printed although it is small
    (kommuner()[-1][0], "2017K2"): 1_207,  # the last row of all
    ("997", "2017K1"): 35,  # abroad
}


def entry(name: str = "statistikbanken_auk01") -> Entry[StatbankSection]:
    return load_catalogue()[name]


def fetch(client: StatbankClient, known: KnownSeries | None = None) -> Batch:
    batch = fetch_table(entry(), client, known, today=TODAY)
    assert batch is not None
    return batch


def shown(batch: Batch, indicator_id: str = INDICATOR) -> dict[tuple[str, str], tuple[str, Number]]:
    rows = batch.cells.filter(pl.col("indicator_id") == indicator_id)
    keys = rows.select("area_id", "period").rows()
    values = rows.select("status", "numerator").rows()
    return dict(zip(keys, values, strict=True))


def truth(
    rows: dict[tuple[str, str], Number], times: dict[str, str]
) -> dict[tuple[str, str], tuple[str, Number]]:
    """What the cells must be, by plain code: every kommune and the country in every period."""
    expected: dict[tuple[str, str], tuple[str, Number]] = {}
    places = {"000": "000"} | {code: "0" + code for code, _ in kommuner()}
    for code, area_id in places.items():
        for time, period in times.items():
            number = rows.get((code, time), 0)
            status = "suppressed" if number is None else "shown"
            expected[area_id, period] = (status, number)
    return expected


QUARTERS = {"2016K4": "2016Q4", "2017K1": "2017Q1", "2017K2": "2017Q2"}


def test_cells_are_the_rows_of_the_table(service: StandIn, client: StatbankClient) -> None:
    service.add(auk01(TIMES, ROWS))

    batch = fetch(client)

    found = shown(batch)
    assert found == truth(ROWS, QUARTERS)
    assert len(found) == 99 * 3
    assert found["0461", "2016Q4"] == ("shown", 0)
    assert found["0461", "2017Q2"] == ("shown", 644)
    assert found["0492", "2017Q1"] == ("suppressed", None)
    assert found["0825", "2017Q1"] == ("shown", 2)
    assert set(batch.cells["breakdown"]) == {"alle"}
    hidden = batch.cells.filter(pl.col("status") == "suppressed")["note"].to_list()
    assert hidden == [
        "Danmarks Statistik viser ikke tallet (»..«): det mangler, er diskretioneret eller er for "
        "usikkert."
    ]


def test_the_batch_says_whence(service: StandIn, client: StatbankClient) -> None:
    cube = service.add(auk01(TIMES, ROWS))
    cube.footnote = {"text": "Revideret den 12. september.", "mandatory": True}

    batch = fetch(client)

    about = batch.provenance
    assert (about.kind, about.publisher) == ("api", "Danmarks Statistik")
    assert about.document_id == "Statistikbanken, tabel AUK01"
    assert about.series == "statistikbanken:AUK01"
    assert about.updated_on == about.published_on == dt.date(2025, 9, 12)
    assert about.retrieved_on == TODAY
    assert about.note.endswith("Revideret den 12. september.")
    assert batch.is_published
    assert batch.recorded_at == dt.date(2025, 9, 12)


def test_areas_that_are_no_kommuner_are_left_out_and_told(
    service: StandIn, client: StatbankClient
) -> None:
    service.add(auk01(TIMES, ROWS))

    batch = fetch(client)

    (told,) = batch.findings
    assert (told.level, told.code) == ("note", "areas_left_out")
    # 5 regioner, 3 landsdele, Christiansø, udlandet, uoplyst
    assert told.text.startswith("11 områder i tabel AUK01 er ikke kommuner")
    assert "084 Region Hovedstaden" in told.text
    asked = [request["variables"] for name, request in service.asked if name == "data"]
    wanted = [{one["code"]: one["values"] for one in variables} for variables in asked]
    for one in wanted:
        assert not {"084", "01", "04", "411", "997", "998"} & set(one["OMRÅDE"])
        assert (one["YDELSESTYPE"], one["KØN"], one["ALDER"]) == (["RES"], ["TOT"], ["TOT"])


def test_bulk_is_asked_for_with_codes_and_every_variable(
    service: StandIn, client: StatbankClient
) -> None:
    service.add(auk01(TIMES, ROWS))

    fetch(client)

    kinds = [(name, asked.get("format")) for name, asked in service.asked]
    assert kinds == [("tableinfo", "JSON"), ("data", "BULK"), ("data", "JSONSTAT")]
    bulk = service.asked[1][1]
    assert bulk["valuePresentation"] == "Code"
    assert [one["code"] for one in bulk["variables"]] == [
        "OMRÅDE",
        "YDELSESTYPE",
        "KØN",
        "ALDER",
        "Tid",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"bom": True},
        {"newline": "\n"},
        {"columns": lambda order: order[::-1]},
        {"rows": lambda rows: rows[::-1]},
        {"dimensions": lambda order: order[::-1]},
        {"dimensions": lambda order: [order[-1], *order[:-1]]},
        {"sparse": True},
        {"hidden_status": True},
        {"slow": 0.01},
    ],
)
def test_the_same_cells_in_every_form_the_service_may_choose(
    service: StandIn, client: StatbankClient, change: dict[str, object]
) -> None:
    service.add(auk01(TIMES, ROWS))
    for name, value in change.items():
        setattr(service, name, value)

    assert shown(fetch(client)) == truth(ROWS, QUARTERS)


def test_variables_in_another_order_and_the_country_as_0(
    service: StandIn, client: StatbankClient
) -> None:
    cube = auk01(TIMES, ROWS)
    order = [4, 2, 0, 3, 1]
    cube.variables = [cube.variables[place] for place in order]
    cube.rows = {tuple(key[place] for place in order): one for key, one in cube.rows.items()}
    cube.variables[2].values = [
        ("0" if code == "000" else code, text) for code, text in cube.variables[2].values
    ]
    cube.rows = {
        tuple("0" if part == "000" else part for part in key): one for key, one in cube.rows.items()
    }
    service.add(cube)

    assert shown(fetch(client)) == truth(ROWS, QUARTERS)


def test_a_kommune_the_table_does_not_have_is_left_out(
    service: StandIn, client: StatbankClient
) -> None:
    cube = service.add(auk01(TIMES, ROWS))
    cube.variables[0].values = [one for one in cube.variables[0].values if one[0] != "563"]

    batch = fetch(client)

    expected = truth(ROWS, QUARTERS)
    for period in QUARTERS.values():
        expected["0563", period] = ("left_out", None)
    assert shown(batch) == expected
    (told,) = [one for one in batch.findings if one.level == "warning"]
    assert told.code == "kommuner_missing"
    assert told.text.startswith("Tabel AUK01 har ikke 1 af kommunerne: 0563 Fanø. ")


def test_a_new_name_on_a_known_code_is_a_warning(service: StandIn, client: StatbankClient) -> None:
    cube = service.add(auk01(TIMES, ROWS))
    cube.variables[0].values = [
        (code, "Storkøbenhavn" if code == "101" else text)
        for code, text in cube.variables[0].values
    ]

    batch = fetch(client)

    assert shown(batch) == truth(ROWS, QUARTERS)
    (told,) = [one for one in batch.findings if one.level == "warning"]
    assert told.code == "kommuner_renamed"
    assert "101 Storkøbenhavn" in told.text


def test_a_closed_table_is_told(service: StandIn, client: StatbankClient) -> None:
    service.add(auk01(TIMES, ROWS)).active = False

    assert "table_closed" in [one.code for one in fetch(client).findings]


def test_two_indicators_of_one_table(service: StandIn, client: StatbankClient) -> None:
    cube = auk01(TIMES, {})
    cube.table = "AUK03"
    cube.variables[1].values = [
        ("AKTOT", "Aktivering i alt"),
        ("VPK", "Virksomhedspraktik (kontanthjælpsberettigede)"),
        ("MEK", "Mentorstøtte (kontanthjælpsberettigede)"),
    ]
    practice: dict[tuple[str, str], Number] = {("101", "2017K1"): 310, ("751", "2017K2"): 95}
    mentor: dict[tuple[str, str], Number] = {("101", "2017K1"): 41, ("825", "2017K1"): None}
    cube.rows = {
        (area, kind, "TOT", "TOT", time): number
        for kind, rows in (("VPK", practice), ("MEK", mentor))
        for (area, time), number in rows.items()
    }
    service.add(cube)

    batch = fetch_table(entry("statistikbanken_auk03"), client, today=TODAY)

    assert batch is not None
    assert shown(batch, "kontanthjaelp_virksomhedspraktik") == truth(practice, QUARTERS)
    assert shown(batch, "kontanthjaelp_mentorstoette") == truth(mentor, QUARTERS)
    assert batch.cells.height == 2 * 99 * 3
    assert [one.code for one in batch.findings] == ["areas_left_out"]


def test_a_monthly_table_with_one_more_variable(service: StandIn, client: StatbankClient) -> None:
    months = ["2017M07", "2017M08"]
    cube = auk01(months, {})
    cube.table = "AUF01"
    cube.variables = [
        Variable("OMRÅDE", "område", areas()),
        Variable("YDELSESTYPE", "ydelsestype", [("TOT", "Bruttoledige"), ("LDP", "Nettoledige")]),
        Variable("AKASSE", "a-kasse", [("TOT", "I alt"), ("45", "Ikke forsikrede")]),
        Variable("ALDER", "alder", AGE),
        Variable("KØN", "køn", SEX),
        Variable("Tid", "tid", [(code, code) for code in months], is_time=True),
    ]
    rows: dict[tuple[str, str], Number] = {("000", "2017M07"): 118_000, ("101", "2017M08"): 14_021}
    cube.rows = {
        (area, "TOT", "TOT", "TOT", "TOT", time): number for (area, time), number in rows.items()
    }
    service.add(cube)

    batch = fetch_table(entry("statistikbanken_auf01"), client, today=TODAY)

    assert batch is not None
    expected = truth(rows, {"2017M07": "2017M07", "2017M08": "2017M08"})
    assert shown(batch, "bruttoledige") == expected


class TestOnlyWhatIsNew:
    """By the day of the publisher's update and the periods that are known."""

    ALL = frozenset(QUARTERS.values())

    def fetched(self, service: StandIn, known: KnownSeries, today: dt.date = TODAY) -> bool:
        service.add(auk01(TIMES, ROWS))
        return fetch_table(entry(), client_of(service), known, today=today) is not None

    def test_the_same_update_and_all_periods(self, service: StandIn) -> None:
        assert not self.fetched(service, KnownSeries(dt.date(2025, 9, 12), self.ALL))
        assert [name for name, _ in service.asked] == ["tableinfo"]

    def test_an_older_update(self, service: StandIn) -> None:
        assert self.fetched(service, KnownSeries(dt.date(2025, 9, 11), self.ALL))

    def test_a_period_that_is_not_known(self, service: StandIn) -> None:
        assert self.fetched(service, KnownSeries(dt.date(2025, 9, 12), self.ALL - {"2017Q1"}))

    def test_nothing_known(self, service: StandIn) -> None:
        assert self.fetched(service, KnownSeries())

    def test_the_day_of_the_update(self, service: StandIn) -> None:
        known = KnownSeries(dt.date(2025, 9, 12), self.ALL)
        assert self.fetched(service, known, dt.date(2025, 9, 12))


class TestTheLimitOnCells:
    """Cells are rows times columns; 99 areas and 3 quarters with 6 columns are 1782."""

    @pytest.mark.parametrize(("limit", "requests"), [(1782, 1), (1781, 2), (594, 3), (593, 6)])
    def test_requests_are_made_within_the_limit(
        self, service: StandIn, limit: int, requests: int
    ) -> None:
        service.add(auk01(TIMES, ROWS))
        service.limit = limit

        batch = fetch_table(entry(), client_of(service, limit), today=TODAY)

        assert batch is not None
        assert shown(batch) == truth(ROWS, QUARTERS)
        forms = [asked["format"] for name, asked in service.asked if name == "data"]
        assert forms == ["BULK", *["JSONSTAT"] * requests]

    def test_a_limit_that_the_service_has_lowered(self, service: StandIn) -> None:
        service.add(auk01(TIMES, ROWS))
        service.limit = 600

        batch = fetch_table(entry(), client_of(service), today=TODAY)

        assert batch is not None
        assert shown(batch) == truth(ROWS, QUARTERS)

    def test_a_limit_below_a_single_cell(self, service: StandIn) -> None:
        service.add(auk01(TIMES, ROWS))
        service.limit = 5

        with pytest.raises(UserError, match="celler er over begrænsningen på 5"):
            fetch_table(entry(), client_of(service), today=TODAY)


class TestRefused:
    """What stops the fetch, in one Danish message; there is never a part of a batch."""

    def refusal(self, client: StatbankClient) -> str:
        with pytest.raises(UserError) as caught:
            fetch_table(entry(), client, today=TODAY)
        return str(caught.value)

    def test_a_table_that_is_gone(self, client: StatbankClient) -> None:
        told = self.refusal(client)
        assert told.startswith("Statistikbanken, beskrivelse af tabel AUK01: ")
        assert "Tjenesten skriver: »Tabel findes ikke: AUK01«." in told

    def test_a_variable_with_a_new_name(self, service: StandIn, client: StatbankClient) -> None:
        service.add(auk01(TIMES, ROWS)).variables[1].text = "ydelse"
        assert "variablen »ydelsestype« findes ikke (»ydelse«, »køn«, »alder«)" in self.refusal(
            client
        )

    def test_a_value_with_a_new_name(self, service: StandIn, client: StatbankClient) -> None:
        cube = service.add(auk01(TIMES, ROWS))
        cube.variables[1].values[2] = ("RES", "Ressource- og jobafklaringsforløb")
        assert "»Ressourceforløb« findes ikke i variablen »ydelsestype«" in self.refusal(client)

    def test_a_value_that_is_there_twice(self, service: StandIn, client: StatbankClient) -> None:
        service.add(auk01(TIMES, ROWS)).variables[1].values.append(("RE2", "ressourceforløb"))
        assert "findes to eller flere gange" in self.refusal(client)

    def test_one_more_variable(self, service: StandIn, client: StatbankClient) -> None:
        cube = service.add(auk01(TIMES, ROWS))
        cube.variables.insert(1, Variable("HERKOMST", "herkomst", [("TOT", "I alt")]))
        told = self.refusal(client)
        assert "ikke valgt en værdi af variablen »herkomst«" in told
        assert [name for name, _ in service.asked] == ["tableinfo"]

    def test_another_unit(self, service: StandIn, client: StatbankClient) -> None:
        service.add(auk01(TIMES, ROWS)).unit = "1.000 personer"
        assert "enheden »1.000 personer« og ikke »Antal«" in self.refusal(client)

    def test_a_period_of_another_form(self, service: StandIn, client: StatbankClient) -> None:
        cube = service.add(auk01(TIMES, ROWS))
        cube.variables[4].values.append(("2017H1", "2017H1"))
        assert "perioden »2017H1« kan ikke læses" in self.refusal(client)

    def test_a_code_of_another_kommune(self, service: StandIn, client: StatbankClient) -> None:
        values = service.add(auk01(TIMES, ROWS)).variables[0].values
        values[values.index(("101", "København"))] = ("101", "Aarhus")
        assert "koden 101 hedder »Aarhus«" in self.refusal(client)

    def test_no_kommuner(self, service: StandIn, client: StatbankClient) -> None:
        cube = service.add(auk01(TIMES, ROWS))
        cube.variables[0].values = [("000", "Hele landet"), *OTHERS]
        assert "Områderne kunne ikke findes" in self.refusal(client)

    def test_two_variables_with_kommuner(self, service: StandIn, client: StatbankClient) -> None:
        cube = service.add(auk01(TIMES, ROWS))
        cube.variables.insert(1, Variable("ARBSTED", "arbejdssted", areas()))
        assert "mere end én variabel har kommunerne" in self.refusal(client)

    @pytest.mark.parametrize(("number", "told"), [("12,5", "12,5"), (-3, "-3")])
    def test_a_number_that_is_no_count(
        self, service: StandIn, client: StatbankClient, number: Number, told: str
    ) -> None:
        service.add(auk01(TIMES, ROWS | {("751", "2017K1"): number}))
        assert f"tallet for område 751 i 2017K1 er {told} og ikke et helt antal" in self.refusal(
            client
        )

    def test_a_bulk_answer_without_its_last_rows(
        self, service: StandIn, client: StatbankClient
    ) -> None:
        service.add(auk01(TIMES, ROWS))
        service.rows = lambda rows: rows[:-1]
        assert "de to hentede former er ikke enige" in self.refusal(client)

    def test_a_bulk_answer_cut_within_a_number(
        self, service: StandIn, client: StatbankClient
    ) -> None:
        service.add(auk01(TIMES, ROWS))
        service.spoil = lambda form, body: body[:-3] if form == "BULK" else body
        assert "de to hentede former er ikke enige" in self.refusal(client)

    def test_a_number_that_is_not_the_same_in_both(
        self, service: StandIn, client: StatbankClient
    ) -> None:
        service.add(auk01(TIMES, ROWS))
        service.spoil = lambda form, body: (
            body.replace(b"1822", b"1823") if form == "JSONSTAT" else body
        )
        told = self.refusal(client)
        assert "ikke enige om område 101 i 2017K1" in told
        assert told.endswith("Intet er læst, og intet er ændret.")

    def test_texts_where_codes_were_asked_for(
        self, service: StandIn, client: StatbankClient
    ) -> None:
        service.add(auk01(TIMES, ROWS))
        service.spoil = lambda _form, body: body.replace(b";RES;", b";Ressourceforl\xc3\xb8b;")
        assert "YDELSESTYPE=»Ressourceforløb«, som ikke er bedt om" in self.refusal(client)

    def test_a_body_that_never_ends(self, service: StandIn, client: StatbankClient) -> None:
        service.add(auk01(TIMES, ROWS))
        service.cut = 99
        assert "svaret blev afbrudt 2 gange" in self.refusal(client)

    def test_a_body_that_is_cut_once_is_asked_for_again(
        self, service: StandIn, client: StatbankClient
    ) -> None:
        service.add(auk01(TIMES, ROWS))
        service.cut = 1
        assert shown(fetch(client)) == truth(ROWS, QUARTERS)

    @pytest.mark.parametrize(
        ("body", "told"),
        [
            (b"<!DOCTYPE html><html><body>Vedligehold</body></html>", "er en webside (HTML)"),
            (b"", "er tomt"),
            (b'{"id": "AUK01"', "ikke gyldig JSON"),
            (b'{"id": "AUK02"}', "ikke af den tabel"),
            (b'["AUK01"]', "ikke af den tabel"),
        ],
    )
    def test_a_description_that_is_none(
        self, service: StandIn, client: StatbankClient, body: bytes, told: str
    ) -> None:
        service.answers = [(200, {"Content-Type": "application/json"}, body)] * 2
        assert told in self.refusal(client)

    def test_the_publishers_words(self, service: StandIn, client: StatbankClient) -> None:
        words = {"errorTypeCode": "EXTRACT-NOTALLOWED", "message": "Der skal vælges værdier"}
        service.add(auk01(TIMES, ROWS))
        info = json.dumps(service.cubes["auk01"].info()).encode()
        service.answers = [
            (200, {"Content-Type": "application/json"}, info),
            (400, {"Content-Type": "application/json"}, json.dumps(words).encode()),
        ]
        told = self.refusal(client)
        assert told.startswith("Statistikbanken, tabel AUK01: ")
        assert "Tjenesten skriver: »Der skal vælges værdier«." in told

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_a_service_that_stays_down(
        self, service: StandIn, client: StatbankClient, status: int
    ) -> None:
        service.answers = [(status, {}, b"")] * 2
        assert f"HTTP {status}" in self.refusal(client)

    def test_a_service_that_comes_back(self, service: StandIn, client: StatbankClient) -> None:
        service.add(auk01(TIMES, ROWS))
        service.answers = [(503, {"Retry-After": "1"}, b"")]
        assert shown(fetch(client)) == truth(ROWS, QUARTERS)


class TestZeroOrMissing:
    """A row that BULK leaves out is 0 only when the table and the other form say so."""

    def test_a_left_out_row_that_the_other_form_calls_missing(
        self, service: StandIn, client: StatbankClient
    ) -> None:
        cube = service.add(auk01(TIMES, ROWS))
        hidden = ("461", "RES", "TOT", "TOT", "2016K4")

        def spoil(form: str, body: bytes) -> bytes:
            if form == "BULK":
                return body.replace(b"461;RES;TOT;TOT;2016K4;..\r\n", b"")
            return body

        cube.rows[hidden] = None
        service.spoil = spoil
        batch = fetch(client)

        assert shown(batch)["0461", "2016Q4"] == ("suppressed", None)
        (told,) = [one for one in batch.findings if one.level == "warning"]
        assert told.code == "zero_or_missing"

    @pytest.mark.parametrize("absent", [None, "..", ""])
    def test_a_table_that_does_not_say_what_a_left_out_row_is(
        self, service: StandIn, client: StatbankClient, absent: str | None
    ) -> None:
        service.add(auk01(TIMES, ROWS)).suppressed_data_value = absent

        found = shown(fetch(client))

        assert found["0461", "2016Q4"] == ("suppressed", None)
        assert found["0461", "2017Q2"] == ("shown", 644)

    def test_a_table_of_nothing_but_zeros_is_a_warning(
        self, service: StandIn, client: StatbankClient
    ) -> None:
        service.add(auk01(TIMES, {}))

        batch = fetch(client)

        assert shown(batch) == truth({}, QUARTERS)
        assert [one.code for one in batch.findings if one.level == "warning"] == [
            "nothing_but_zero"
        ]
