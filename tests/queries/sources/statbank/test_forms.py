"""The two forms over made-up tables: both are the truth, and a damaged body is never a part of it.

Expected numbers are the stand-in's rows, looked up by plain code; the stand-in writes both forms
without any of the code that reads them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.errors import UserError
from queries.sources.statbank.agreement import agree
from queries.sources.statbank.bulk import Reading, read_bulk
from queries.sources.statbank.jsonstat import read_jsonstat
from queries.sources.statbank.periods import period_of
from queries.sources.statbank.plan import Part, split
from tests.queries.sources.statbank.stand_in import Cube, Number, StandIn, Variable


@dataclass(frozen=True)
class Case:
    """A table, the part of it that is asked for, and the service's choices of form."""

    cube: Cube
    part: Part
    service: StandIn

    @property
    def truth(self) -> Reading:
        """Every combination asked for, by plain lookup."""
        found: Reading = {}
        for area in self.part.areas:
            for period in self.part.periods:
                places = {**self.part.fixed, self.part.area: area, self.part.time: period}
                number = self.cube.rows.get(tuple(places[one] for one in self.part.order), 0)
                found[area, period] = (
                    None if number is None else Decimal(str(number).replace(",", "."))
                )
        return found

    def bodies(self, part: Part | None = None) -> tuple[str, str]:
        """What the stand-in answers: BULK and JSON-stat."""
        found = []
        for form in ("BULK", "JSONSTAT"):
            status, _, body = self.service.data((part or self.part).payload(form))
            assert status == 200
            found.append(body.decode())
        return found[0], found[1]


NUMBERS = st.one_of(
    st.integers(0, 3), st.integers(0, 10**6), st.none(), st.sampled_from(["12,5", "0,25"])
)


AREAS = ["000", "101", "147", "400", "461", "825", "860"]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    area_codes = draw(st.lists(st.sampled_from(AREAS), unique=True))
    times = draw(st.lists(st.sampled_from(["2016", "2017K1", "2017M06", "2018U09"]), unique=True))
    sexes = draw(st.lists(st.sampled_from(["TOT", "M", "K"]), min_size=1, unique=True))
    kinds = draw(st.lists(st.sampled_from(["RES", "Ø1", "16-24"]), min_size=1, unique=True))
    variables = [
        Variable("OMRÅDE", "område", [(code, f"sted {code}") for code in [*area_codes, "999"]]),
        Variable("KØN", "køn", [(code, code) for code in sexes]),
        Variable("TYPE", "type", [(code, f"type {code}") for code in kinds]),
        Variable("Tid", "tid", [(code, code) for code in [*times, "1999"]], is_time=True),
    ]
    variables = draw(st.permutations(variables))
    cube = Cube("T01", variables, {})
    places = [[code for code, _ in one.values] for one in variables]
    keys = st.tuples(*map(st.sampled_from, places))
    cube.rows = draw(st.dictionaries(keys, NUMBERS, max_size=30))
    part = Part(
        "T01",
        tuple(one.code for one in variables),
        "OMRÅDE",
        "Tid",
        {"KØN": draw(st.sampled_from(sexes)), "TYPE": draw(st.sampled_from(kinds))},
        tuple(draw(st.permutations([*area_codes, "999"]))),
        tuple(draw(st.permutations([*times, "1999"]))),
    )
    fixed = tuple(part.fixed.get(one.code, "") for one in variables)
    for area in part.areas:
        for time in part.periods:
            names = {"OMRÅDE": area, "Tid": time}
            key = tuple(names.get(one.code, at) for one, at in zip(variables, fixed, strict=True))
            number: Number = draw(NUMBERS)
            if draw(st.booleans()):
                cube.rows[key] = number
    service = StandIn(
        bom=draw(st.booleans()),
        newline=draw(st.sampled_from(["\n", "\r\n"])),
        columns=draw(st.sampled_from([list, lambda one: one[::-1], sorted])),
        rows=draw(st.sampled_from([list, lambda one: one[::-1], sorted])),
        dimensions=draw(st.sampled_from([list, lambda one: one[::-1], sorted])),
        sparse=draw(st.booleans()),
        hidden_status=draw(st.booleans()),
    )
    service.add(cube)
    return Case(cube, part, service)


def numbers(reading: Reading) -> Reading:
    """A reading without the combinations that are 0, which one of the forms leaves out."""
    return {key: number for key, number in reading.items() if number != 0}


@settings(max_examples=120, deadline=None)
@given(cases())
def test_both_forms_are_the_truth(case: Case) -> None:
    bulk, full = case.bodies()

    read = read_bulk(case.part, bulk)
    assert numbers(read) == numbers(case.truth)
    assert read_jsonstat(case.part, full) == case.truth
    agreed = agree(case.part, read, read_jsonstat(case.part, full), "0")
    assert agreed.values == case.truth
    assert agreed.unclear == ()


@settings(max_examples=80, deadline=None)
@given(cases(), st.integers(1, 200))
def test_split_at_any_limit_is_the_same(case: Case, limit: int) -> None:
    parts = list(split(case.part, limit))

    assert all(one.cells <= limit or one.halves() is None for one in parts)
    keys = [(area, period) for one in parts for area in one.areas for period in one.periods]
    assert sorted(keys) == sorted(case.truth)
    found: Reading = {}
    for one in parts:
        bulk, full = case.bodies(one)
        read = read_jsonstat(one, full)
        found |= agree(one, read_bulk(one, bulk), read, "0").values
    assert found == case.truth


DAMAGE: list[Callable[[str, int], str]] = [
    lambda body, at: body[:at],
    lambda body, at: body[at:],
    lambda body, at: body[:at] + body[at + 1 :],
    lambda body, at: body[:at] + body[at : at + 1] * 2 + body[at + 1 :],
    lambda body, at: body[:at] + "7" + body[at + 1 :],
    lambda body, at: body[:at] + "\n" + body[at:],
    lambda body, at: body[:at] + ";" + body[at:],
    lambda body, at: body[:at] + "null" + body[at:],
    lambda body, at: body[:at] + body[at + 20 :],
    lambda body, at: body + body[at:],
    lambda body, at: "\n".join(line for i, line in enumerate(body.splitlines()) if i != at % 9),
    lambda body, _: body.replace("..", "0"),
    lambda body, _: body.replace("null", "0"),
    lambda body, _: "",
]


@settings(max_examples=400, deadline=None)
@given(cases(), st.booleans(), st.sampled_from(DAMAGE), st.integers(0, 2000))
def test_a_damaged_body_gives_the_truth_or_an_error(
    case: Case, is_bulk: bool, damage: Callable[[str, int], str], at: int
) -> None:
    bulk, full = case.bodies()
    if is_bulk:
        bulk = damage(bulk, at % (len(bulk) + 1))
    else:
        full = damage(full, at % (len(full) + 1))
    try:
        read = agree(case.part, read_bulk(case.part, bulk), read_jsonstat(case.part, full), "0")
    except UserError:
        return
    # Where one form has lost a row or a 0, and the other has no number, there is none; no number
    # is wrong.
    for key, number in case.truth.items():
        assert read.values[key] == number or (key in read.unclear and number == 0)
    assert read.values.keys() == case.truth.keys()
    assert all(read.values[key] is None for key in read.unclear)


@settings(max_examples=150, deadline=None)
@given(cases(), st.data())
def test_json_stat_with_one_thing_changed_is_the_truth_or_an_error(
    case: Case, data: st.DataObject
) -> None:
    body = json.loads(case.bodies()[1].removeprefix("\ufeff"))
    places = list(_places(body))
    path = data.draw(st.sampled_from(places))
    holder: Any = body
    for step in path[:-1]:
        holder = holder[step]
    junk = st.sampled_from([None, True, -1, 0, 1, 2.5, "x", [], {}, [1], {"0": 0}, 10**40, "NaN"])
    before = holder[path[-1]]
    holder[path[-1]] = data.draw(junk)
    try:
        read = read_jsonstat(case.part, json.dumps(body))
    except UserError:
        return
    # What is read may differ from the truth only where a number itself was exchanged for another.
    wrong = [key for key, number in case.truth.items() if read[key] != number]
    is_value = "value" in path and len(path) == 3
    assert read.keys() == case.truth.keys()
    assert len(wrong) <= (1 if is_value else 0), (path, before)


def _places(found: Any, path: tuple[Any, ...] = ()) -> Any:
    steps = (
        found if isinstance(found, dict) else range(len(found)) if isinstance(found, list) else ()
    )
    for step in steps:
        yield (*path, step)
        yield from _places(found[step], (*path, step))


PART = Part(
    "T01",
    ("OMRÅDE", "TYPE", "Tid"),
    "OMRÅDE",
    "Tid",
    {"TYPE": "RES"},
    ("000", "101"),
    ("2017K1", "2017K2"),
)


class TestBulk:
    """Rows by hand."""

    def read(self, *lines: str) -> Reading:
        return read_bulk(PART, "\n".join(["OMRÅDE;TYPE;TID;INDHOLD", *lines]))

    def test_numbers_and_missing(self) -> None:
        found = self.read("000;RES;2017K1;1204", "101;RES;2017K1;..", "101;RES;2017K2;0,50")
        assert found == {
            ("000", "2017K1"): Decimal(1204),
            ("101", "2017K1"): None,
            ("101", "2017K2"): Decimal("0.5"),
        }

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("101;RES;2017K1", "har ikke det antal kolonner"),
            ("101;RES;2017K1;5;", "har ikke det antal kolonner"),
            ("\n101;RES;2017K1;5", "har ikke det antal kolonner"),
            ("147;RES;2017K1;5", "har OMRÅDE=»147«, som ikke er bedt om"),
            ("101;TOT;2017K1;5", "har TYPE=»TOT«, som ikke er bedt om"),
            ("101;RES;2017;5", "har Tid=»2017«, som ikke er bedt om"),
            ("101;RES;2017K1;", "har »« som tal"),
            ("101;RES;2017K1;.", "har ».« som tal"),
            ("101;RES;2017K1;1.204", "har »1.204« som tal"),
            ("101;RES;2017K1;1e3", "har »1e3« som tal"),
            ("101;RES;2017K1;٣", "har »٣« som tal"),
            ("101;RES;2017K1;1234567890123456", "som tal"),
        ],
    )
    def test_a_row_that_is_none(self, line: str, told: str) -> None:
        with pytest.raises(UserError, match="svarets linje 3") as caught:
            self.read("000;RES;2017K1;9", line)
        assert told in str(caught.value)

    def test_a_row_twice(self) -> None:
        with pytest.raises(UserError, match="svarets linje 3 gentager 000 2017K1"):
            self.read("000;RES;2017K1;9", "000;RES;2017K1;9")

    @pytest.mark.parametrize(
        "header",
        [
            "",
            "OMRÅDE;TYPE;TID",
            "OMRÅDE;TYPE;INDHOLD",
            "OMRÅDE;TYPE;TID;TID;INDHOLD",
            "OMRÅDE,TYPE,TID,INDHOLD",
            "område;type;tid;enhed;INDHOLD",
            '{"errorTypeCode":"X","message":"Y"}',
        ],
    )
    def test_a_header_that_is_none(self, header: str) -> None:
        with pytest.raises(UserError, match="svarets overskrift er »"):
            read_bulk(PART, f"{header}\n")


class TestJsonStat:
    """A body by hand, as the service writes it, and what is done to it."""

    NUMBERS: ClassVar[Reading] = {
        ("000", "2017K1"): Decimal(11),
        ("000", "2017K2"): Decimal(12),
        ("101", "2017K1"): Decimal(21),
        ("101", "2017K2"): None,
    }

    def body(self) -> dict[str, Any]:
        """Areas, contents, kind and time: 2 x 1 x 1 x 2."""
        index = {
            "OMRÅDE": {"000": 0, "101": 1},
            "ContentsCode": {"T01": 0},
            "TYPE": {"RES": 0},
            "Tid": {"2017K1": 0, "2017K2": 1},
        }
        dimension: dict[str, Any] = {
            name: {"label": name, "category": {"index": codes, "label": dict.fromkeys(codes, "x")}}
            for name, codes in index.items()
        }
        dimension |= {"id": list(index), "size": [2, 1, 1, 2]}
        dimension["role"] = {"metric": ["ContentsCode"], "time": ["Tid"], "geo": ["OMRÅDE"]}
        found = {"dimension": dimension, "label": "x", "source": "Danmarks Statistik"}
        return {"dataset": found | {"value": [11, 12, 21, None]}}

    def read(self, change: Callable[[Any, Any, Any], object]) -> Reading:
        body = self.body()
        data = body["dataset"]
        change(data, data["dimension"], lambda name: data["dimension"][name]["category"])
        return read_jsonstat(PART, json.dumps(body))

    @pytest.mark.parametrize(
        "change",
        [
            lambda _data, _dimension, _of: None,
            # Codes written in another order than their places.
            lambda _data, _dimension, of: of("Tid").update(index={"2017K2": 1, "2017K1": 0}),
            # Places the other way round, and the numbers with them.
            lambda data, _dimension, of: (
                of("OMRÅDE").update(index={"000": 1, "101": 0}),
                data.update(value=[21, None, 11, 12]),
            ),
            lambda _data, _dimension, of: of("Tid").update(index=["2017K1", "2017K2"]),
            lambda _data, _dimension, of: of("TYPE").pop("index"),
            lambda data, _dimension, _of: data.update(value={"0": 11, "1": 12, "2": 21}),
            lambda data, _dimension, _of: data.update(status={"3": ".."}),
            lambda data, _dimension, _of: data.update(status=[None, "*", None, ".."]),
            lambda data, _dimension, _of: data.update(status="*"),
            lambda data, _dimension, _of: data.update(value=[11.0, 12, 21, None]),
            lambda data, dimension, _of: data.update(id=dimension.pop("id")),
            lambda _data, dimension, _of: (
                dimension.update(tid=dimension["Tid"]) or dimension["id"].__setitem__(3, "tid")
            ),
        ],
    )
    def test_what_says_the_same(self, change: Callable[[Any, Any, Any], object]) -> None:
        assert self.read(change) == self.NUMBERS

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda data, _, of: data.update(value=[11, 12, 21, None, 5]), "ikke de 4 tal"),
            (lambda data, _, of: data.update(value=[11, 12, 21]), "ikke de 4 tal"),
            (lambda data, _, of: data.update(value="11"), "ikke de 4 tal"),
            (lambda data, _, of: data.pop("value"), "ikke de 4 tal"),
            (lambda data, _, of: data.update(value={"0": 1, "4": 5}), "tal uden for tabellen"),
            (lambda data, _, of: data.update(value={"00": 1}), "tal uden for tabellen"),
            (lambda data, _, of: data.update(value=[11, 12, 21, True]), "andet end tal"),
            (lambda data, _, of: data.update(value=[11, 12, 21, "5"]), "andet end tal"),
            (lambda data, _, of: data.update(value=[11, 12, 21, [5]]), "andet end tal"),
            (lambda data, _, of: data.update(value=[11, 12, 21, 10**20]), "ikke kan være rigtigt"),
            (lambda data, _, of: data.update(value=[1, 2, 3, math.nan]), "ikke gyldig JSON"),
            (lambda data, _, of: data.update(status={"0": ".."}), "samtidig siger mangler"),
            (lambda data, _, of: data.update(status=["", ""]), "ikke de 4 tal"),
            (lambda data, _, of: data.update(status={"9": ".."}), "tal uden for tabellen"),
            (
                lambda data, _, of: of("OMRÅDE").update(index={"000": 0, "147": 1}),
                "ikke de værdier af OMRÅDE",
            ),
            (lambda data, _, of: of("TYPE").update(index={"TOT": 0}), "ikke de værdier af TYPE"),
            (
                lambda data, _, of: of("Tid").update(index={"2017K1": 0, "2017K2": 2}),
                "pladser i Tid, der ikke følger på hinanden",
            ),
            (
                lambda data, _, of: of("Tid").update(index={"2017K1": 1, "2017K2": 1}),
                "pladser i Tid, der ikke følger på hinanden",
            ),
            (lambda data, _, of: of("Tid").update(index=["2017K1"] * 2), "så mange værdier af Tid"),
            (lambda data, _, of: of("Tid").update(index=["2017K1"]), "så mange værdier af Tid"),
            (lambda data, _, of: of("Tid").pop("index"), "så mange værdier af Tid"),
            (lambda data, dim, of: dim.update(size=[2, 1, 1, 3]), "så mange værdier af Tid"),
            (lambda data, dim, of: dim.update(size=[2, 1, 2]), "hvor store de er"),
            (lambda data, dim, of: dim.update(size=[2, 1, 1, "2"]), "hvor store de er"),
            (lambda data, dim, of: dim.update(size=[2, 1, 1, True]), "hvor store de er"),
            (lambda data, dim, of: dim.pop("id"), "hvor store de er"),
            (
                lambda data, dim, of: dim.update(
                    id=["OMRÅDE", "ContentsCode", "Tid"], size=[2, 1, 2]
                ),
                "ikke de variabler, der er bedt om",
            ),
            (
                lambda data, dim, of: (
                    dim.update(KØN={"category": {"index": ["M", "K"]}}),
                    dim["id"].append("KØN"),
                    dim["size"].append(2),
                    data.update(value=[1] * 8),
                ),
                "dimensionen KØN, der ikke er bedt om",
            ),
            (lambda data, dim, of: data.update(dimension=[]), "ingen dimensioner"),
        ],
    )
    def test_what_is_refused(self, change: Callable[[Any, Any, Any], object], told: str) -> None:
        with pytest.raises(UserError) as caught:
            self.read(change)
        assert told in str(caught.value)

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ('{"dataset": {"value": [1], "value": [2]}}', "ikke gyldig JSON"),
            ('{"dataset": [1]}', "ikke JSON-stat"),
            ("[]", "ikke JSON-stat"),
            ("5", "ikke JSON-stat"),
            ("[" * 100_000, "ikke gyldig JSON"),
            ("OMRÅDE;TYPE;TID;INDHOLD", "ikke gyldig JSON"),
        ],
    )
    def test_a_body_that_is_none(self, text: str, told: str) -> None:
        with pytest.raises(UserError) as caught:
            read_jsonstat(PART, text)
        assert told in str(caught.value)


class TestAgreement:
    """Each way in which the forms may differ, for one combination."""

    ONE = replace(PART, areas=("101",), periods=("2017K1",))
    KEY = ("101", "2017K1")

    @pytest.mark.parametrize(
        ("bulk", "full", "absent", "expected", "unclear"),
        [
            ("5", 5, "0", 5, False),
            ("0", 0, "0", 0, False),
            ("..", None, "0", None, False),
            ("..", 0, "0", None, False),
            ("", 0, "0", 0, False),
            ("", None, "0", None, True),
            ("", 0, None, None, False),
            ("", None, None, None, False),
            ("", None, "..", None, False),
        ],
    )
    def test_what_is_taken(
        self, bulk: str, full: int | None, absent: str | None, expected: int | None, unclear: bool
    ) -> None:
        agreed = agree(self.ONE, self.of(bulk), self.of(full), absent)
        assert agreed.values == {self.KEY: None if expected is None else Decimal(expected)}
        assert agreed.unclear == ((self.KEY,) if unclear else ())

    @pytest.mark.parametrize(
        ("bulk", "full", "absent"),
        [
            ("5", 6, "0"),
            ("5", 0, "0"),
            ("5", None, "0"),
            ("0", None, "0"),
            ("..", 3, "0"),
            ("", 3, "0"),
            ("", 3, None),
            ("", 3, ".."),
        ],
    )
    def test_what_is_refused(self, bulk: str, full: int | None, absent: str | None) -> None:
        with pytest.raises(UserError, match="ikke enige om område 101 i 2017K1"):
            agree(self.ONE, self.of(bulk), self.of(full), absent)

    def of(self, number: str | int | None) -> Reading:
        """A reading of one combination; '' is a row left out, '..' a missing number."""
        if number == "":
            return {}
        return {self.KEY: None if number in (None, "..") else Decimal(number or 0)}


@pytest.mark.parametrize(
    ("code", "period"),
    [
        ("2016", "2016"),
        ("2017K2", "2017Q2"),
        ("2017Q2", "2017Q2"),
        ("2017M06", "2017M06"),
        ("2020U53", "2020W53"),
        ("2017K5", None),
        ("2017M13", None),
        ("2017M6", None),
        ("2020U54", None),
        ("2017H1", None),
        ("2016/2017", None),
        ("2016:2017", None),
        ("2025M03D03", None),
        ("", None),
    ],
)
def test_codes_of_time(code: str, period: str | None) -> None:
    assert period_of(code) == period
