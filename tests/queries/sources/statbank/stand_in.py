"""A stand-in for api.statbank.dk on the loopback address.

Written from the publisher's documentation (dst.dk, 'Statistikbank API') and public copies of its
answers. Codes and texts of AUK01, AUK03 and AUF01 are as public descriptions of the tables give
them, shortened. EVERY NUMBER IS MADE UP. What the service does beyond the documentation is not
known here.
"""

from __future__ import annotations

import csv
import json
import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

FACTS = Path(__file__).parents[4] / "queries" / "facts" / "kommuner.csv"

Values = list[tuple[str, str]]
Number = int | str | None  # a count, a text as printed ('12,5'), or None for '..'


def kommuner() -> Values:
    """The 98 kommuner as the service has them: three digits and the official name."""
    with FACTS.open(encoding="utf-8") as file:
        return [(row["kommunekode"][1:], row["navn"]) for row in csv.DictReader(file)]


REGIONS = [
    ("084", "Region Hovedstaden"),
    ("085", "Region Sjælland"),
    ("083", "Region Syddanmark"),
    ("082", "Region Midtjylland"),
    ("081", "Region Nordjylland"),
]
LANDSDELE = [("01", "Landsdel Byen København"), ("04", "Landsdel Bornholm"), ("07", "Landsdel Fyn")]
OTHERS = [("411", "Christiansø"), ("997", "Udlandet"), ("998", "Uoplyst kommune")]
SEX = [("TOT", "I alt"), ("M", "Mænd"), ("K", "Kvinder")]
AGE = [("TOT", "Alder i alt"), ("16-24", "16-24 år"), ("6099", "60 år og derover")]


def areas() -> Values:
    """All values of OMRÅDE: the country, regions, landsdele, kommuner and what is none of them."""
    return [("000", "Hele landet"), *REGIONS, *LANDSDELE, *kommuner(), *OTHERS]


@dataclass
class Variable:
    """One variable; `values` are (code, text)."""

    code: str
    text: str
    values: Values
    is_time: bool = False
    elimination: bool = True


@dataclass
class Cube:
    """A table and its truth: the rows it has, by codes in the order of `variables`.

    A combination without a row is 0; a row with None is a missing number ('..').
    """

    table: str
    variables: list[Variable]
    rows: dict[tuple[str, ...], Number]
    text: str = "Offentligt forsørgede"
    unit: str = "Antal"
    updated: str = "2025-09-12T08:00:00"
    active: bool = True
    suppressed_data_value: str | None = "0"
    footnote: dict[str, Any] | None = None

    def variable(self, code: str) -> Variable:
        """The variable of a code, whatever its case."""
        return next(one for one in self.variables if one.code.casefold() == code.casefold())

    def info(self) -> dict[str, Any]:
        """The body of /tableinfo."""
        found = {
            "id": self.table,
            "text": self.text,
            "description": f"{self.text} efter område m.m.",
            "unit": self.unit,
            "updated": self.updated,
            "active": self.active,
            "contacts": [{"name": "N. N.", "phone": "", "mail": ""}],
            "documentation": None,
            "footnote": self.footnote,
            "variables": [
                {
                    "id": one.code,
                    "text": one.text,
                    "elimination": one.elimination,
                    "time": one.is_time,
                    "values": [{"id": code, "text": text} for code, text in one.values],
                }
                for one in self.variables
            ],
        }
        if self.suppressed_data_value is not None:
            found["suppressedDataValue"] = self.suppressed_data_value
        return found


def auk01(times: list[str], rows: Mapping[tuple[str, str], Number]) -> Cube:
    """AUK01 with the rows of ressourceforløb, both sexes, all ages, given as (area, time).

    Every total that overlaps them has numbers of its own, so that a wrong choice is seen.
    """
    benefits = [("TOT", "I alt"), ("TOTTB", "Tilbagetrækning i alt"), ("RES", "Ressourceforløb")]
    variables = [
        Variable("OMRÅDE", "område", areas()),
        Variable("YDELSESTYPE", "ydelsestype", benefits),
        Variable("KØN", "køn", SEX),
        Variable("ALDER", "alder", AGE),
        Variable("Tid", "tid", [(code, code) for code in times], is_time=True, elimination=False),
    ]
    truth: dict[tuple[str, ...], Number] = {}
    codes = [[code for code, _ in one.values] for one in variables]
    for place, key in enumerate(product(*codes)):
        area, benefit, sex, age, period = key
        if (benefit, sex, age) == ("RES", "TOT", "TOT"):
            if (area, period) in rows:
                truth[key] = rows[area, period]
        else:
            truth[key] = 900_000 + place
    return Cube("AUK01", variables, truth)


@dataclass
class StandIn:
    """The service: its tables, its faults, and the requests it got.

    `spoil` changes a data body before it is sent; `answers` are sent first, one per request.
    """

    cubes: dict[str, Cube] = field(default_factory=dict)
    limit: int = 1_000_000
    bom: bool = False
    newline: str = "\r\n"
    columns: Callable[[list[str]], list[str]] = lambda order: order
    rows: Callable[[list[str]], list[str]] = lambda rows: rows
    dimensions: Callable[[list[str]], list[str]] = lambda order: order
    sparse: bool = False
    hidden_status: bool = False
    spoil: Callable[[str, bytes], bytes] = lambda _form, body: body
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    cut: int = 0  # this many data bodies stop in the middle, without an end
    slow: float = 0.0
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    address: str = ""

    def add(self, cube: Cube) -> Cube:
        """Publish a table."""
        self.cubes[cube.table.casefold()] = cube
        return cube

    def data(self, asked: dict[str, Any]) -> tuple[int, str, bytes]:
        """Answer /data: status, content type and body."""
        cube = self.cubes.get(str(asked.get("table", "")).casefold())
        if cube is None:
            return _error("EXTRACT-NOTFOUND", f"Tabel findes ikke: {asked.get('table')}")
        wanted = {one["code"].casefold(): one["values"] for one in asked.get("variables", [])}
        for variable in cube.variables:
            values = wanted.get(variable.code.casefold())
            if not values:
                told = f"Der skal vælges værdier for variabel: {variable.code}"
                return _error("EXTRACT-NOTALLOWED", told)
            for value in values:
                if value not in dict(variable.values):
                    told = f"Kan ikke finde værdien: {value} ({variable.code})"
                    return _error("EXTRACT-NOTFOUND", told)
        selection = {
            one.code: [code for code, _ in one.values if code in wanted[one.code.casefold()]]
            for one in cube.variables
        }
        if asked["format"] == "BULK":
            codes = asked.get("valuePresentation") == "Code"
            return 200, "text/csv; charset=utf-8", self.bulk(cube, selection, codes=codes)
        cells = math.prod(map(len, selection.values())) * (len(selection) + 1)
        if cells > self.limit:
            told = (
                f"Forespørgslen på op mod {cells} celler er over begrænsningen på {self.limit} "
                "celler for denne filtype. Anvend BULK eller andet streaming format i stedet."
            )
            return _error("REQUEST-LIMIT", told)
        return 200, "text/json; charset=utf-8", self.jsonstat(cube, selection)

    def bulk(self, cube: Cube, selection: dict[str, list[str]], *, codes: bool) -> bytes:
        """The streamed form: only the rows there are; texts unless codes are asked for."""
        order = self.columns(list(selection))
        lines = [";".join([*(one.upper() for one in order), "INDHOLD"])]
        for key in product(*selection.values()):
            if key not in cube.rows or cube.rows[key] == 0:
                continue
            number = cube.rows[key]
            place = dict(zip(selection, key, strict=True))
            texts = [
                place[one] if codes else dict(cube.variable(one).values)[place[one]]
                for one in order
            ]
            lines.append(";".join([*texts, ".." if number is None else str(number)]))
        lines[1:] = self.rows(lines[1:])
        mark = "\ufeff" if self.bom else ""
        return (mark + self.newline.join(lines) + self.newline).encode()

    def jsonstat(self, cube: Cube, selection: dict[str, list[str]]) -> bytes:
        """The form with every combination: 0 where there is no row, null where a number misses."""
        order = self.dimensions([*selection, "ContentsCode"])
        axes = [selection.get(one, [cube.table]) for one in order]
        values: list[int | float | None] = []
        for key in product(*axes):
            place = dict(zip(order, key, strict=True))
            number = cube.rows.get(tuple(place[one.code] for one in cube.variables), 0)
            if isinstance(number, str):
                values.append(float(number.replace(",", ".")))
            else:
                values.append(number)
        dimension: dict[str, Any] = {}
        for one, axis in zip(order, axes, strict=True):
            texts = {cube.table: cube.text}
            if one in selection:
                texts = dict(cube.variable(one).values)
            dimension[one] = {
                "label": one,
                "category": {
                    "index": {code: place for place, code in enumerate(axis)},
                    "label": {code: texts[code] for code in axis},
                },
            }
        dimension |= {"id": order, "size": [len(axis) for axis in axes]}
        dimension["role"] = {"metric": ["ContentsCode"], "time": ["Tid"]}
        found: dict[str, Any] = {"dimension": dimension, "label": cube.text}
        found |= {"source": "Danmarks Statistik", "updated": "2025-09-12T06:00:00Z"}
        found["value"] = (
            {str(place): one for place, one in enumerate(values) if one is not None}
            if self.sparse
            else values
        )
        if self.hidden_status:
            found["status"] = {str(at): ".." for at, one in enumerate(values) if one is None}
        mark = "\ufeff" if self.bom else ""
        return (mark + json.dumps({"dataset": found}, ensure_ascii=False)).encode()

    @contextmanager
    def running(self) -> Iterator[StandIn]:
        """Serve on a free port of the loopback address until the block ends."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        self.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _error(code: str, message: str) -> tuple[int, str, bytes]:
    body = json.dumps({"errorTypeCode": code, "message": message}, ensure_ascii=False)
    return 400, "application/json; charset=utf-8", body.encode()


def _handler(service: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            asked = json.loads(self.rfile.read(length))
            name = self.path.rstrip("/").rsplit("/", 1)[-1]
            service.asked.append((name, asked))
            if service.answers:
                status, headers, body = service.answers.pop(0)
                self.answer(status, headers, body)
            elif name == "tableinfo":
                cube = service.cubes.get(str(asked.get("table", "")).casefold())
                if cube is None:
                    told = f"Tabel findes ikke: {asked.get('table')}"
                    status, kind, body = _error("EXTRACT-NOTFOUND", told)
                else:
                    status, kind = 200, "application/json; charset=utf-8"
                    body = json.dumps(cube.info(), ensure_ascii=False).encode()
                self.answer(status, {"Content-Type": kind}, body)
            else:
                status, kind, body = service.data(asked)
                if status == 200:
                    body = service.spoil(asked["format"], body)
                if status == 200 and (asked["format"] == "BULK" or service.cut):
                    self.stream(kind, body)
                else:
                    self.answer(status, {"Content-Type": kind}, body)

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def stream(self, kind: str, body: bytes) -> None:
            """Send in chunks; when cut, the end never comes."""
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            cut = service.cut > 0
            service.cut -= cut
            sent = body[: len(body) // 2] if cut else body
            for start in range(0, len(sent), 4096):
                chunk = sent[start : start + 4096]
                self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
                time.sleep(service.slow)
            if cut:
                self.close_connection = True
            else:
                self.wfile.write(b"0\r\n\r\n")

    return Handler
