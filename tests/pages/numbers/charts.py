"""Charts: where every mark stands, what it says, what a line is at each month."""

from __future__ import annotations

import re
from typing import Any

from queries import LAND, statistics
from tests.oracles import page_numbers as oracle
from tests.oracles.page_numbers import has_people, written
from tests.pages.numbers.basis import Equal, strings
from tests.pages.numbers.reading import flat
from tests.pages.numbers.tables import Tables

NO_TAGS = re.compile(r"<[^>]+>")


class Charts(Tables):
    """Every trace of a chart; one that nobody reads is a fault."""

    def chart(self, chart: dict[str, Any]) -> None:
        for trace in chart["data"]:
            self.trace(trace)
        self.text("alt", chart["alt"])
        events = {str(n + 1) for n in range(self.truth.atlas.annotations().height)}
        for note in chart["layout"].get("annotations", []):
            text = flat(NO_TAGS.sub(" ", note.get("text", "")))
            self.text("note", text, also=events if text in events else ())
        for axis in ("xaxis", "yaxis"):
            title = chart["layout"].get(axis, {}).get("title", {}).get("text", "")
            self.text("axis", NO_TAGS.sub(" ", title))

    def trace(self, trace: dict[str, Any]) -> None:
        name = flat(NO_TAGS.sub("", trace.get("name", "")))
        self.text("trace", name)
        if "x0" in trace:
            self.line(trace, name)
            return
        ids = trace.get("customdata")
        if ids is None or not set(ids) <= set(self.truth.areas):
            spread = trace["type"] == "bar" and trace.get("orientation") != "h"
            for part in strings([] if spread else [trace.get("text"), trace.get("hovertext")]):
                self.text("chart", NO_TAGS.sub(" ", part))
            self.bare(trace, name)
            return
        subject = self.view.months[0]
        sideways = trace.get("orientation") == "h" or "error_x" in trace or trace["mode"] == "text"
        values = trace["x"] if sideways else trace["y"]
        texts = [trace.get(key) for key in ("text", "hovertext")]
        if sideways:
            texts.append(trace["y"])
        breakdown = self._breakdowns(subject[0]).get(name)
        for n, area_id in enumerate(ids):
            self.met(f"chart {trace['type']} {name}", area_id)
            cell = self.cell(subject, area_id)
            if breakdown is not None:
                level = self.truth.areas[area_id]["level"]
                cell = self.truth.cells(*subject, level, breakdown)[area_id]
            if cell is None:
                self.fault("chart", f"no cell for {area_id}")
                continue
            if "skjult" in name.lower():
                self.rest(subject, area_id, values[n], flat(trace["hovertext"][n]))
                continue
            if trace.get("mode") != "text":
                self.point(trace, n, values[n], cell, subject, whole=breakdown is None)
            for column in texts:
                if column is None:
                    continue
                said = flat(NO_TAGS.sub(" ", column[n] if isinstance(column, list) else column))
                where = f"chart {trace['type']} {cell['name']}"
                self.text(where, said, about=(area_id,), also=self._part(subject, cell))
                if column is trace.get("hovertext") and said:
                    value = re.sub(r"^[^:]*: ", "", said)
                    known = any(value.startswith(one) for one in oracle.values(cell))
                    self.same(where, known, True)

    def rest(self, subject: tuple[str, str], area_id: str, value: float, said: str) -> None:
        """What several hidden parts fill together; one alone must not be drawn."""
        level = self.truth.areas[area_id]["level"]
        parts = [
            self.truth.cells(*subject, level, part)[area_id]
            for part in self.truth.indicators[subject[0]].breakdowns
        ]
        shown = [c for c in parts if c["status"] == "shown"]
        known = sum(100 * c["numerator"] / c["denominator_low"] for c in shown)
        self.same(f"hidden parts {area_id}", len(parts) - len(shown) >= 2, True)
        self.same(f"hidden parts {area_id}", abs(value - (100 - known)) < 0.006, True)
        self.same(f"hidden parts {area_id}", bool(re.search(r"\d", said)), False)

    def _part(self, subject: tuple[str, str], cell: oracle.Cell) -> set[str]:
        numbers = {self._whole(subject, cell["area_id"])}
        if cell["numerator"] is not None:
            numbers.add(written(cell["numerator"]))
        if has_people(cell):
            numbers |= {written(cell["denominator_low"])}
            numbers |= {written(cell["share_pct"], cell["share_decimals"])}
        return numbers

    def point(
        self,
        trace: dict[str, Any],
        n: int,
        value: float,
        cell: oracle.Cell,
        subject: tuple[str, str],
        *,
        whole: bool,
    ) -> None:
        """Where a mark stands: the share, or the count over a possible denominator (a funnel)."""
        where = f"mark {trace['type']} {cell['name']}"
        if cell["share_pct"] is None:
            self.fault(where, f"{value} is drawn for {cell['status']}")
        elif trace["type"] == "bar" and whole:
            self.same(where, float(value), float(cell["share_pct"]))
        elif not has_people(cell):
            self.fault(where, f"{value} is drawn for {cell['status']}")
        elif trace["type"] == "bar":
            exact = round(100 * cell["numerator"] / cell["denominator_low"], 2)
            self.same(where, round(value, 2), exact)
        elif "error_x" in trace:
            judged = self.truth.judged(*subject, self.truth.areas[cell["area_id"]]["level"])
            one = judged[cell["area_id"]]
            drawn = min(max(cell["share_pct"], one.low_pct), one.high_pct)
            errors = trace["error_x"]
            self.same(where, abs(value - drawn) < 0.006, True)
            self.same(where, abs(errors["array"][n] - (one.high_pct - drawn)) < 0.006, True)
            self.same(where, abs(errors["arrayminus"][n] - (drawn - one.low_pct)) < 0.006, True)
        else:
            people = trace["x"][n]
            possible = cell["denominator_low"] <= people <= cell["denominator_high"]
            self.same(where, possible, True)
            self.same(where, abs(value - 100 * cell["numerator"] / people) < 0.002, True)
            level = self.truth.areas[cell["area_id"]]["level"]
            word = self.truth.judged(*subject, level)[cell["area_id"]].verdict
            said = flat(trace["name"]).split()[0]
            self.same(where, said, {"alike": "ikke"}.get(word or "", word))

    def line(self, trace: dict[str, Any], name: str) -> None:
        """A line in time: every month's share, and a gap where none is shown."""
        indicator = self.view.months[0][0]
        breakdowns = self._breakdowns(indicator) | {"Praktik eller løntilskud": "alle"}
        plain = re.sub(r" \((syntetisk|talt op|offentliggjort)\)| [↗↘]$", "", name)
        plain = re.sub(r" \((syntetisk|talt op|offentliggjort)\)| [↗↘]$", "", plain)
        kind = "synthetic" if "(syntetisk)" in name else "published"
        if "navngivne" in plain or "øvrige" in plain:
            self._group_line(trace, plain)
            return
        if plain in breakdowns:
            area = self._region_around()
        else:
            candidates = self.ledger.named(plain, self.view.level)
            if self.view.level == "jobcenter":
                candidates = [a for a in candidates if a.startswith("J")] or candidates
            if not candidates:
                self.fault("line", f"nobody knows the line {name!r}")
                return
            area = candidates[0]
        months = {
            cell["period"]: cell["share_pct"]
            for cell in reversed(self.truth.series(indicator, area, breakdowns.get(plain, "alle")))
            if cell["kind"] == kind and "M" in cell["period"]
        }
        drawn = self._drawn(trace)
        first, last = min(drawn), max(drawn)
        right = {p: v for p, v in months.items() if v is not None}
        self.same(f"line {name}", {p: v for p, v in drawn.items() if v is not None}, Equal(right))
        self.same(f"line {name} ends", (first, last), (min(right), max(right)))

    def _region_around(self) -> str:
        """The region of what is chosen, else the country."""
        for area_id in self.view.selected:
            area = self.truth.areas[area_id]
            return area_id if area["level"] == "region" else self.truth.region_of(area_id)
        return LAND

    def _drawn(self, trace: dict[str, Any]) -> dict[str, float | None]:
        start = int(trace["x0"][:4]) * 12 + int(trace["x0"][5:7]) - 1
        return {
            f"{(start + n) // 12}M{(start + n) % 12 + 1:02}": value
            for n, value in enumerate(trace["y"])
        }

    def _group_line(self, trace: dict[str, Any], name: str) -> None:
        indicator = self.view.months[0][0]
        own, members = "navngivne" in name, set(self.view.selected)
        for period, value in self._drawn(trace).items():
            cells = self.truth.cells(indicator, period, "kommune", kind="synthetic").values()
            total = oracle.added(c for c in cells if (c["area_id"] in members) == own)
            right = None if total is None else round(sum(total.shares) / 2, 1)
            self.same(f"line {name} {period}", value, right)

    def bare(self, trace: dict[str, Any], name: str) -> None:
        """Marks without an area: limits, a distribution, steps of a path, programmes in time."""
        if name.endswith("pct. grænse"):
            self._limits(trace, name)
        elif trace["type"] == "bar" and "base" in trace:
            for row in self.truth.atlas.initiatives().iter_rows(named=True):
                self.same("programme", row["initiative_id"] in trace["customdata"], True)
        elif trace["type"] == "bar" and trace.get("orientation") != "h":
            self._distribution(trace)
        elif trace["type"] == "bar":
            self._steps(trace)
        elif trace.get("mode") == "text":
            return
        else:
            self.fault("chart", f"nobody reads the trace {name!r} of {trace['type']}")

    def _limits(self, trace: dict[str, Any], name: str) -> None:
        country = self.truth.national(*self.view.months[0])
        people = [n for n in trace["x"] if n]
        right = statistics.funnel(
            country, max(people), smallest=min(people), also=people
        ).to_dicts()
        ends = "998" if name.startswith("99,8") else "95"
        known = {
            row["denominator"]: {round(row[f"{end}_{ends}"], 2) for end in ("low", "high")}
            for row in right
        }
        for n, value in zip(trace["x"], trace["y"], strict=True):
            if n is not None and value is not None:
                self.same(f"limit {name} {n}", round(value, 2), known[n])

    def _distribution(self, trace: dict[str, Any]) -> None:
        subject = self.view.months[0]
        cells = self.truth.cells(*subject, self.view.level).values()
        shares = [c["share_pct"] for c in cells if c["share_pct"] is not None]
        step = trace["width"]
        for middle, count in zip(trace["x"], trace["y"], strict=True):
            low, high = middle - step / 2, middle + step / 2
            inside = sum(low <= s < high or (s == high == 100) for s in shares)
            self.same(f"distribution at {middle}", count, inside)
            hover = f"{low:g} til {high:g} pct.: {inside}"
            self.same("distribution text", hover in trace["hovertext"], True)
        self.same("distribution", sum(trace["y"]), len(shares))

    def _steps(self, trace: dict[str, Any]) -> None:
        """A path: shares of the letter, or of the area chosen, in the order of its measures."""
        area = self.view.selected[0] if self.view.selected else LAND
        letter = {float(v) for v in self.truth.atlas.statements()["value"] if v is not None}
        own = {
            float(cell["share_pct"])
            for subject in self.view.months
            if (cell := self.cell(subject, area)) and cell["share_pct"] is not None
        }
        for value in trace["x"]:
            self.same("step", float(value), letter | own | {100.0})
