"""A small made-up table, as the service would send it, for tests to spoil."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from queries.sources.catalogue import Entry, parse
from queries.sources.http import Body, Client

FACTS = Path(__file__).parents[4] / "queries" / "facts" / "kommuner.csv"
PERIODS = ("2023M11", "2023M12", "2024M01")
COUNT, SHARE = "Antal personer med noget", "Andel personer med noget (pct.)"
ALL, MORE = "Antal personer", "Andel af flere (pct.)"
COLUMNS = ["Periode", "Område", ALL, COUNT, SHARE, MORE]

TEXT = f"""
source = "jobindsats"
table = "y99x01"
title = "Opdigtet"
publisher = "STAR"
licence = "Ingen"
frequency = "Månedligt"
meaning = "Opdigtet tabel til afprøvning."
caveats = ["Opdigtet."]
verified = "Intet."

[jobindsats]
hierarchy = "_nykom"
period_type = "M"
not_above = [["{COUNT}", "{ALL}"], ["{SHARE}", "{MORE}"]]

[[jobindsats.indicators]]
indicator_id = "opdigtet"
numerator = "{COUNT}"
share = "{SHARE}"
share_decimals = 1
"""
ENTRY: Entry[Any] = parse("jobindsats_y99x01", TEXT)


def kommuner() -> list[tuple[str, str]]:
    """Code and name of the 98 kommuner."""
    with FACTS.open(encoding="utf-8") as file:
        return [(row["kommunekode"], row["navn"]) for row in csv.DictReader(file)]


def areas() -> list[tuple[str, str]]:
    """The country and the kommuner."""
    return [("000", "Hele landet"), *kommuner()]


def numbers(period: str, code: str) -> tuple[int, int, float, float]:
    """All, count, share and more of one cell; count / all is the share, to one decimal."""
    place = PERIODS.index(period) if period in PERIODS else 7
    everybody = 200 + int(code) % 97 + 10 * place
    count = 11 + int(code) % 13
    return everybody, count, round(100 * count / everybody, 1), 60.5 + int(code) % 5


@dataclass
class Table:
    """What the service has; spoil any of it before it is asked for."""

    tables: Any
    metadata: Any
    columns: list[Any] = field(default_factory=lambda: list(COLUMNS))
    rows: list[list[Any]] = field(default_factory=list)


def made(periods: tuple[str, ...] = PERIODS) -> Table:
    """Return a table without faults."""
    info = {
        "table_id": "y99x01",
        "table_name": "Opdigtet tabel",
        "update_latest": "2024-02-15",
        "update_next": "2024-03-15",
        "update_freq": "Måned",
    }
    kommune_values = [
        {"value_id": f"/{int(code)}/", "value_name": name} for code, name in kommuner()
    ]
    metadata = {
        "table_id": "y99x01",
        "table_name": "Opdigtet tabel",
        "periods": [
            {"periodtype_id": "Q", "values": [{"period_id": "2023Q4"}]},
            {"periodtype_id": "M", "values": [{"period_id": one} for one in periods]},
        ],
        "dimensions": [
            {
                "dimension_id": "_omrade",
                "hierarchies": [
                    {
                        "hierarchy_id": "_nykom",
                        "levels": [
                            {
                                "level_id": "land",
                                "values": [{"value_id": "/", "value_name": "Hele landet"}],
                            },
                            {"level_id": "kommune", "values": kommune_values},
                        ],
                    },
                    {
                        "hierarchy_id": "_region",
                        "levels": [
                            {
                                "level_id": "region",
                                "values": [{"value_id": "/1/", "value_name": "Region Nordjylland"}],
                            }
                        ],
                    },
                ],
            }
        ],
        "mgroups": [
            {
                "mgroup_id": "mgrp_1",
                "measures": [
                    {"measure_id": f"meas_{place}", "measure_name": name}
                    for place, name in enumerate(COLUMNS[2:])
                ],
            }
        ],
    }
    rows = [[period, name, *numbers(period, code)] for period in periods for code, name in areas()]
    subjects = [{"subject_name": "Alt", "table_groups": [{"tables": [info]}]}]
    return Table(subjects, metadata, rows=rows)


class Canned(Client):
    """A client that is given its answers; `asked` are the paths and selectors asked for."""

    def __init__(
        self, table: Table, form: str = "json", before: Callable[[int], None] | None = None
    ):
        super().__init__("https://127.0.0.1/v3", service="Jobindsats")
        self.table, self.form, self.before = table, form, before
        self.asked: list[tuple[str, dict[str, str]]] = []

    def get(self, path: str, params: Mapping[str, str] | None = None, *, what: str = "") -> Body:
        """Answer as the service would, from the table as it is now."""
        self.asked.append((path, dict(params or {})))
        if self.before:
            self.before(len(self.asked))
        if path == "tables":
            return self._body(json.dumps(self.table.tables), what)
        if path.startswith("table/"):
            return self._body(json.dumps(self.table.metadata), what)
        rows = self._rows(set((params or {})["period.M"].split(",")))
        if self.form == "csv":
            return self._body(as_csv(self.table.columns, rows), what, "text/csv; charset=utf-8")
        return self._body(json.dumps({"columns": self.table.columns, "rows": rows}), what)

    def _rows(self, wanted: set[str]) -> list[list[Any]]:
        """The rows of the periods asked for, and those that tests have spoilt."""
        whole = [period for period in PERIODS if period not in wanted]
        return [row for row in self.table.rows if not isinstance(row, list) or row[0] not in whole]

    def _body(self, text: str, what: str, kind: str = "application/json") -> Body:
        return Body(text.encode(), f"{self.base}/x", kind, f"Jobindsats, {what}")


def as_csv(columns: list[Any], rows: list[list[Any]]) -> str:
    """Write rows as the service does: semicolons, decimal commas, a byte-order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([str(c).replace(".", ",") if isinstance(c, float) else c for c in row])
    return "\ufeff" + out.getvalue()


def copied(table: Table) -> Table:
    """Return a table that can be spoilt without the other."""
    return copy.deepcopy(table)
