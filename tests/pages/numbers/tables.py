"""Tables by area, by month, by indicator, by group: each row beside the oracle."""

from __future__ import annotations

from typing import Any

from queries import LAND
from tests.oracles import page_numbers as oracle
from tests.oracles.page_numbers import DASH, span, written
from tests.pages.numbers.accounting import month_in, potential
from tests.pages.numbers.basis import Equal, strings
from tests.pages.numbers.entries import Entries
from tests.pages.numbers.reading import Table, flat

CODES = {"s": "suppressed", "l": "left_out", "n": "not_collected"}


class Tables(Entries):
    """Tables of HTML and of the component."""

    def component_table(self, sent: dict[str, Any]) -> None:
        heads = [column[0] for column in sent["c"]]
        columns = [column.split("|") for column in sent["r"]]
        subject = self.subject(sent["t"])
        for n, area_id in enumerate(sent["i"].split()):
            self.met(f"table {heads[1]}", area_id)
            cell = self.cell(subject, area_id)
            if cell is None:
                self.fault("table", f"no cell for {area_id}")
                continue
            self.same("table name", columns[0][n], cell["name"])
            parts = self._breakdowns(subject[0]).keys() & set(heads)
            for head, column in zip(heads[1:], columns[1:], strict=True):
                if head == "Borgere" and parts:
                    self.same("whole", column[n], self._whole(subject, area_id))
                    continue
                self.entry(f"table {cell['name']} {head}", head, column[n], cell, subject)
            if sent["f"][n] in CODES:
                self.same("table status", cell["status"], CODES[sent["f"][n]])
        for part in (sent["t"], *strings(sent["c"])):
            self.text("table", part)

    def table(self, table: Table) -> None:
        """An HTML table: by area in its rows, by month, or by indicator (a profile)."""
        caption = f"{table.caption} {table.heading}"
        for part in (*table.heads,):
            self.text("heading", part)
        first = table.heads[0] if table.heads else ""
        for row in table.rows:
            named = self.ledger.named(row[0], self.view.level) if row else []
            named = [] if self.view.page == "kilder" else named
            whole = {self.ledger.names.get(row[0]), self.ledger.names.get(f"Jobcenter {row[0]}")}
            if first in ("Kommune", "Jobcenter") and (
                whole & set(named) or row[0].startswith("I alt")
            ):
                self._area_row(table, row, named, caption)
            elif first == "Mål" and "hvad hvis" in table.caption:
                self._target_row(row)
            elif first == "Mål":
                self._measure_row(table, row)
            elif "over tid" in table.caption and first.startswith("Måned"):
                self._month_row(table, row)
            elif first == "Måned" and "Antal, øvrige" in table.heads:
                self._group_month(table, row)
            elif first == "Kommune" and self.view.page == "kilder":
                self._characteristics(table, row)
            elif first == "Nr.":
                self._statement_row(row)
            elif first == "Initiativ":
                self._initiative_row(table, row)
            elif first == "Gruppe" or "Gruppe" in table.heads:
                self._group_row(table, row)
            else:
                self.text("row", " · ".join(row), heading=table.heading)

    def _area_row(self, table: Table, row: list[str], named: list[str], caption: str) -> None:
        subject = self.subject(caption)
        if row[0].startswith("I alt"):
            self._total_row(table, row, subject)
            return
        level = self.view.level if self.view.level == "jobcenter" else "kommune"
        area_id = next(key for key in named if self.truth.areas[key]["level"] == level)
        cell = self.cell(subject, area_id)
        self.met("areas in tables", area_id)
        if cell is None:
            self.fault("table", f"no cell for {row[0]}")
            return
        for head, said in zip(table.heads[1:], row[1:], strict=True):
            self.entry(f"row {row[0]} {head}", head, said, cell, subject)

    def _total_row(self, table: Table, row: list[str], subject: tuple[str, str]) -> None:
        chosen = [self.cell(subject, area_id) for area_id in self.view.selected]
        cells = [cell for cell in chosen if cell is not None]
        total = oracle.added(cells)
        if total is None:
            self.fault("total", f"a total of nothing: {row}")
            return
        name = "I alt" if total.areas == len(cells) else f"I alt for de {total.areas} viste"
        decimals = self.truth.national(*subject)["share_decimals"]
        right = [
            name,
            written(total.numerator),
            span(total.low, total.high),
            f"{span(*total.shares, decimals)} pct.",
        ]
        self.same("total", [*row[:4]] == right and not any(row[4:]), True)

    def _measure_row(self, table: Table, row: list[str]) -> None:
        subject = self.subject(row[0])
        (area_id,) = self.view.selected
        self.met("profile", f"{area_id} {subject[0]}")
        cell = self.cell(subject, area_id)
        if cell is None:
            self.fault("profile", f"no cell for {row[0]}")
            return
        for head, said in zip(table.heads[1:], row[1:], strict=True):
            self.entry(f"{row[0]} {head}", head, said, cell, subject)

    def _target_row(self, row: list[str]) -> None:
        """What reaching the country, or the best quarter, would mean for the areas shown."""
        subject = self.view.months[0]
        indicator = self.truth.indicators[subject[0]]
        best = "fjerdedel" in row[0]
        target = (
            self.ledger.best_quarter(*subject, self.view.level)
            if best
            else self.truth.national(*subject)
        )
        people, areas, before, after = potential(
            list(self.truth.cells(*subject, self.view.level).values()),
            target or {},
            lower=indicator.polarity == "lower_is_better",
            decimals=indicator.format.share_decimals,
        )
        self.same(f"what if {row[0]}", row[1:], Equal([people, areas, f"{before} → {after}"]))

    def _month_row(self, table: Table, row: list[str]) -> None:
        period = month_in(row[0])
        indicator = self.view.months[0][0]
        breakdowns = self._breakdowns(indicator) | {"Praktik eller løntilskud": "alle"}
        known = {"offentliggjort": {"published"}, "syntetisk": {"synthetic"}}
        kinds = known.get(row[1], {"register", "api", "file"})
        for head, said in zip(table.heads[2:], row[2:], strict=True):
            name, _, part = head.rpartition(" ")
            breakdown = breakdowns.get(name, "alle")
            areas = self.ledger.named(table.caption if name in breakdowns else name)
            area = areas[0] if areas else LAND
            if name.startswith("Jobcenter") and not area.startswith("J"):
                area = f"J{area}"
            cells = [
                cell
                for cell in self.truth.series(indicator, area, breakdown)
                if cell["period"] == period and cell["kind"] in kinds
            ]
            column = ("Antal", "Andel", "Nævner").index(part)
            right = {oracle.row(cell)[column] or DASH for cell in cells}
            self.same(f"month {row[0]} {head}", said, right or {DASH})

    def _group_month(self, table: Table, row: list[str]) -> None:
        """One month of the named and of the other kommuner, added up from made-up cells."""
        indicator, period = self.view.months[0][0], month_in(row[0]) or ""
        cells = self.truth.cells(indicator, period, "kommune", kind="synthetic").values()
        members = set(self.view.selected)
        for head, said in zip(table.heads[1:], row[1:], strict=True):
            part, _, who = head.partition(", ")
            own = who != "øvrige"
            total = oracle.added(c for c in cells if (c["area_id"] in members) == own)
            right = DASH
            if total is not None:
                right = {
                    "Antal": written(total.numerator),
                    "Nævner": span(total.low, total.high),
                    "Andel": f"{span(*total.shares, 1)} pct.",
                    "Med tal": str(total.areas),
                }[part]
            self.same(f"group {row[0]} {head}", said, right)

    def _characteristics(self, table: Table, row: list[str]) -> None:
        """What a kommune is likened by; each number must be one of its own."""
        area_id = self.ledger.names[row[0]]
        self.met("characteristics", area_id)
        frame = self.truth.atlas.characteristics()
        own = [one for one in frame.to_dicts() if one["area_id"] == area_id]
        ends = [one.get(key) for one in own for key in ("value", "low", "high")]
        numbers = {written(v, d) for v in ends if v is not None for d in (0, 1, 2)}
        for head, said in zip(table.heads[1:], row[1:], strict=True):
            known = set(said.split(DASH)) - {""}
            self.same(f"{row[0]} {head}", known <= numbers, True)

    def _statement_row(self, row: list[str]) -> None:
        rows = self.truth.atlas.statements().to_dicts()
        statement = next((one for one in rows if one["statement_id"] == row[0]), None)
        if statement is None:
            self.fault("statement", f"nobody said {row}")
            return
        when = oracle.month(statement["period"]) if statement["period"] else DASH
        self.same("statement", flat(row[2]), flat(oracle.figure(statement)))
        self.same("statement month", when in row, True)
        self.text("statement", " · ".join(row[1:2] + row[3:]))

    def _initiative_row(self, table: Table, row: list[str]) -> None:
        rows = {one["title"]: one for one in self.truth.atlas.initiatives().to_dicts()}
        one = rows[row[0]]
        heads = dict(zip(table.heads, row, strict=True))
        hedge = oracle.HEDGES.get(one["people_hedge"] or "", "")
        right = {
            "Mio. kr.": one["amount_mio_kr"],
            "Kommuner": one["kommuner"],
            "Heraf navngivet": len(one["members"]) or None,
        }
        for head, value in right.items():
            said = DASH if value is None else oracle.short(value)
            self.same(f"initiative {row[0]} {head}", heads[head], said)
        people = DASH if one["people"] is None else f"{hedge}{oracle.short(one['people'])}"
        self.same(f"initiative {row[0]} Borgere", heads["Borgere"], people)

    def _group_row(self, table: Table, row: list[str]) -> None:
        """A row of the named or the other kommuner of a programme, added up."""
        heads = dict(zip(table.heads, row, strict=True))
        subject = self.subject(heads.get("Indikator") or table.caption)
        kind = "published" if "Indikator" not in heads else "synthetic"
        cells = list(self.truth.cells(*subject, "kommune", kind=kind).values())
        own = "navngivne" in heads["Gruppe"]
        members = set(self.view.selected)
        total = oracle.added(c for c in cells if (c["area_id"] in members) == own)
        if total is None:
            self.same("group", row[-5:], Equal([DASH] * 5))
            return
        shares = [
            c["share_pct"]
            for c in cells
            if (c["area_id"] in members) == own
            and c["status"] == "shown"
            and c["share_pct"] is not None
        ]
        decimals = max(c["share_decimals"] or 0 for c in cells if c["status"] == "shown")
        low = oracle.wilson(total.numerator, total.high)[0]
        high = oracle.wilson(total.numerator, total.low)[1]
        right = {
            "Kommuner med tal": f"{total.areas} af {total.asked}",
            "Antal": written(total.numerator),
            "Nævner": span(total.low, total.high),
            "Andel": f"{span(*total.shares, 1)} pct.",
            "95 pct.-interval": f"{written(low, 1)}{DASH}{written(high, 1)} pct.",
            "Laveste og højeste": f"{written(min(shares), decimals)}{DASH}"
            f"{written(max(shares), decimals)} pct.",
        }
        for head, answer in right.items():
            self.same(f"group {heads['Gruppe']} {head}", heads[head], answer)
