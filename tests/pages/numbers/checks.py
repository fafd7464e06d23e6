"""Each part of a page beside the oracle: map, tables, charts, texts. A fault is a sentence."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from queries import LAND, statistics
from tests.oracles import page_numbers as oracle
from tests.oracles.page_numbers import DASH, Truth, has_people, span, written
from tests.pages.numbers.accounting import Ledger, View, month_in, periods_in, potential, tokens
from tests.pages.numbers.reading import Seen, Table, flat

MAP = json.loads((Path(__file__).parents[3] / "geodata" / "map.json").read_text("utf-8"))
TILE = re.compile(r'<i[^>]* title="([^"]*)"')
NO_TAGS = re.compile(r"<[^>]+>")
CODES = {"s": "suppressed", "l": "left_out", "n": "not_collected"}


class Audit:
    """One view beside the oracle; `faults` says what is wrong, `checked` what was compared."""

    def __init__(self, ledger: Ledger, view: View, seen: Seen) -> None:
        self.ledger, self.view, self.seen = ledger, view, seen
        self.truth: Truth = ledger.truth
        self.faults: list[str] = []
        self.checked: dict[str, int] = {}
        self.areas: dict[str, set[str]] = {}
        self.extra = self._steps_between()
        self.months = self._months()

    def _months(self) -> dict[str, str]:
        """The month that stands under an indicator's own heading, where there are several."""
        found = {}
        rows = [block for block in self.seen.blocks if block.heading in self.truth.by_title]
        for block in rows:
            indicator = self.truth.by_title[block.heading]
            short = self.truth.indicators[indicator].short_title
            if block.text.startswith(f"{short}, ") and (period := month_in(block.text)):
                found[indicator] = period
        for table in self.seen.tables:
            for row in table.rows:
                titles = self.ledger.titles(row[0]) if table.heads[:1] == ["Mål"] else []
                if titles and (period := month_in(row[0])):
                    found[titles[0]] = period
        for indicator, period in found.items():
            if period not in self.truth.atlas.periods(indicator):
                self.fault("month", f"{indicator} has no {period}")
        return found

    def _steps_between(self) -> set[str]:
        """On the path to a job: those in a job, as a share of those with hours."""
        months = dict(self.view.months)
        known = ("ordinaere_timer", "fuld_afgang")
        if not set(known) <= set(months) or self.view.page != "virksomhedspraktik":
            return set()
        area = self.view.selected[0] if self.view.selected else LAND
        hours, job = (self.cell((key, months[key]), area) for key in known)
        if not hours or not job or not has_people(hours) or not has_people(job):
            return set()
        if not hours["numerator"]:
            return set()
        return {written(oracle.Fraction(100 * job["numerator"], hours["numerator"]))}

    def fault(self, where: str, text: object) -> None:
        self.faults.append(f"{self.view}: {where}: {text}")

    def same(self, where: str, said: object, right: object) -> None:
        self.checked[where] = self.checked.get(where, 0) + 1
        allowed = right if isinstance(right, set | frozenset) else {right}
        if said not in allowed:
            self.fault(where, f"{said!r} is not {sorted(map(str, allowed))}")

    def met(self, where: str, area_id: str) -> None:
        self.areas.setdefault(where, set()).add(area_id)

    def text(
        self,
        where: str,
        text: str,
        about: tuple[str, ...] = (),
        also: Any = (),
        heading: str = "",
    ) -> None:
        self.checked["texts"] = self.checked.get("texts", 0) + 1
        about += tuple(self.view.selected) if "navngivne" not in text else ()
        found = self.ledger.unaccounted(
            text,
            self.view,
            about=about,
            also={*also, *self.extra, *self._groups(text), *self._without(text)},
            heading=heading,
            when=self.months,
        )
        if found:
            self.fault(where, f"nothing explains {found} in {flat(text)[:400]!r}")

    # The indicator and month of a figure are read from its own title.

    def subject(self, title: str) -> tuple[str, str]:
        titles = self.ledger.titles(title)
        if not titles:
            return self.view.months[0]
        months = dict(self.view.months) | self.months
        return titles[0], month_in(title) or months[titles[0]]  # a title without a month

    def cell(self, subject: tuple[str, str], area_id: str) -> oracle.Cell | None:
        if area_id == LAND:
            return self.truth.national(*subject)
        level = self.truth.areas[area_id]["level"]
        return self.truth.cells(*subject, level).get(area_id)

    def everything(self) -> list[str]:
        """Compare all that was sent; return the faults."""
        for name, message in self.seen.components:
            if name == "area_map":
                self.map(message)
            elif name == "area_table":
                self.component_table(message)
            elif name in ("rundvisning", "ord", "open_page", "words", "tour"):
                self.text(name, " ".join(_strings(message)))
            else:
                self.fault("component", f"nobody reads {name}")
        for table in self.seen.tables:
            self.table(table)
        for chart in self.seen.charts:
            self.chart(chart)
        for figure in self.seen.figures:
            self.tiles(figure)
        figures = self._figures()
        for block in self.seen.blocks:
            said = [text for text in figures if block.text.startswith(text)]
            if block.heading in self.truth.by_title and self.view.page == "sammenlign":
                self.lane(block.text, self.truth.by_title[block.heading])
            elif re.fullmatch(r"(0–.*|\d+) pct\.", block.text) and self.view.page == "":
                self.text("legend", block.text, also=self._legends())
            elif self.view.page == "sammenlign" and re.fullmatch(r"\d+", block.text):
                self.axis(int(block.text))
            elif block.heading == "Potentiale" and "Hvis " in block.text:
                self.potential(block.text)
            elif said and self.view.page != "kilder":
                self.same("published", flat(block.text), figures[max(said, key=len)])
            else:
                codes = self.view.selected if "kode" in block.text else ()
                self.text("text", block.text, also=codes, heading=block.heading)
        for label in self.seen.labels:
            self.text("tiles", label)
        tiles = {title for figure in self.seen.figures for title in TILE.findall(figure)}
        for title in self.seen.titles:
            if "Profil. " in title:
                self.profile_label(title)
            elif title not in {flat(unescape(tile)) for tile in tiles}:
                self.text("attribute", title)
        return self.faults

    def _legends(self) -> set[str]:
        return {number for one in self.truth.indicators.values() for number in _legend_numbers(one)}

    def lane(self, text: str, indicator: str) -> None:
        """A chosen area on the scale of all, their total, or an end of that scale."""
        period = self.months[indicator]
        level = self.view.level
        cells = self.truth.cells(indicator, period, level)
        chosen = [cells[key] for key in self.view.selected if key in cells]
        decimals = self.truth.national(indicator, period)["share_decimals"]
        shares = [c["share_pct"] for c in cells.values() if c["share_pct"] is not None]
        own = next((c for c in chosen if text.startswith(f"{c['name']} ")), None)
        if own is not None:
            self.met(f"profile of {indicator}", own["area_id"])
            label = oracle.row(own)[1]
            if own["status"] != "shown":
                label = next(iter(oracle.values(own)))
            self.same(f"lane {own['name']}", text, f"{own['name']} {label}")
        elif text.startswith("I alt"):
            total = oracle.added(chosen)
            if total is None:
                self.fault("lane", f"a total of nothing: {text}")
                return
            whole = total.areas == len(chosen)
            name = "I alt" if whole else f"I alt for de {total.areas} viste"
            self.same("lane", text, f"{name} {span(*total.shares, decimals)} pct.")
        elif re.fullmatch(r"[\d,]+( pct\.)?", text):
            end = float(text.removesuffix(" pct.").replace(",", "."))
            self.same("scale", end <= min(shares) or end >= max(shares), True)
        else:
            self.text("profile", text, heading=self.truth.indicators[indicator].title)

    def axis(self, number: int) -> None:
        """Beside small drawings: the number of an event, zero, half or all of the scale."""
        shares = [
            cell["share_pct"]
            for area_id in (LAND, *self.view.selected)
            for cell in self.truth.series(self.view.months[0][0], area_id)
            if cell["share_pct"] is not None
        ]
        known = number <= self.truth.atlas.annotations().height or 2 * number >= max(shares)
        self.same("axis", known, True)

    def potential(self, text: str) -> None:
        """What it would take if some areas came to the country, or to their peers' best quarter."""
        indicator, usual = self.view.months[0]
        subject = indicator, self.months.get(indicator, usual)
        lower = self.truth.indicators[indicator].polarity == "lower_is_better"
        cells = self.truth.cells(*subject, self.view.level)
        country = self.truth.national(*subject)
        chosen = [cells[key] for key in self.view.selected if key in cells]
        if "fagfæller" in text:
            pairs = [(cell, self._best_of_peers(subject, cell, lower=lower)) for cell in chosen]
        else:
            pairs = [(cell, country) for cell in (cells.values() if "alle " in text else chosen)]
        spans = [
            oracle.people_to(cell, target)
            for cell, target in pairs
            if target is not None and has_people(cell)
        ]
        spans = spans if lower else [(-high, -low) for low, high in spans]
        people = span(sum(max(0, low) for low, _ in spans), sum(max(0, high) for _, high in spans))
        areas = sum(high > 0 for _, high in spans)
        ending = f": {people} borgere {'færre' if lower else 'flere'} ({areas} steder)."
        right = ": ingen forskel." if not areas else ending
        self.same(f"potential {text}", text.endswith(right), True)
        share = oracle.pct(country["share_pct"], country["share_decimals"])
        self.same("potential", "landets" not in text or f"landets {share} " in text, True)

    def _best_of_peers(
        self, subject: tuple[str, str], cell: oracle.Cell, *, lower: bool
    ) -> dict[str, Any] | None:
        cells = self.truth.cells(*subject, self.view.level)
        shares = sorted(
            (
                cells[key]["share_pct"]
                for key in self.truth.peers(cell["area_id"])
                if key in cells and has_people(cells[key])
            ),
            reverse=not lower,
        )
        best = shares[-(-len(shares) // 4) - 1] if shares else None
        return None if best is None else {"share_pct": best, "numerator": None}

    def _groups(self, text: str) -> set[str]:
        """Both groups of a programme, added up, in each month that a text names."""
        if "navngivne" not in text or self.view.page != "initiativer":
            return set()
        indicator, usual = self.view.months[0]
        members = set(self.view.selected)
        found: set[str] = set()
        for period in {usual, *periods_in(text)}:
            kind = "published" if period == usual and "SYNTETISKE" not in text else "synthetic"
            cells = self.truth.cells(indicator, period, "kommune", kind=kind)
            for own in (True, False):
                part = [c for c in cells.values() if (c["area_id"] in members) == own]
                total = oracle.added(part)
                if total is not None:
                    found |= tokens(*oracle.around(total.low, total.high), total.areas)
                    found |= tokens(written(total.numerator), span(*total.shares, 1), len(part))
            judged = self.truth.judged(indicator, period, "kommune")
            words = [judged[key] for key in members if key in judged]
            for word in ("over", "under", "alike"):
                found.add(str(sum(one.verdict == word for one in words)))
                found.add(str(sum(one.adjusted == word for one in words)))
            found.add(str(max(1, round(0.05 * len(words)))))
        return found

    def _without(self, text: str) -> set[str]:
        """How many indicators of a profile have no number, by the reason that a text gives."""
        if " mål i tabellen: " not in text:
            return set()
        (area_id,) = self.view.selected
        found: dict[tuple[str, str, bool], int] = {}
        for indicator, period in (dict(self.view.months) | self.months).items():
            cell = self.truth.cells(indicator, period, "kommune").get(area_id)
            if cell is not None and cell["status"] != "shown":
                reason = (cell["status"], cell["note"], cell["kind"] == "synthetic")
                found[reason] = found.get(reason, 0) + 1
        return {
            str(count)
            for (status, note, made_up), count in found.items()
            if f"{oracle.HIDDEN_WORDS[status]}. {note}" in text and made_up == ("SYNT" in text)
        }

    def profile_label(self, label: str) -> None:
        """What a screen reader is told of a profile: every lane of it, perhaps cut at the end."""
        parts = re.split("|".join(map(re.escape, self.truth.by_title)), label)
        titles = self.ledger.titles(label)
        for indicator, part in zip(titles, parts[1:], strict=True):
            lanes = part.removeprefix(": ").rstrip("; ")
            right = self._lanes(indicator)
            if indicator == titles[-1] and lanes.endswith("…"):
                cut = lanes.removesuffix("…").removeprefix(":").strip()
                whole = right.startswith(cut) and not re.match(r"\d", right[len(cut) :])
                self.same(f"label of {indicator}", whole, True)
            else:
                self.same(f"label of {indicator}", lanes, right)

    def _lanes(self, indicator: str) -> str:
        cells = self.truth.cells(indicator, self.months[indicator], self.view.level)
        chosen = [cells[key] for key in self.view.selected if key in cells]
        told = []
        for cell in chosen:
            shown = cell["status"] == "shown"
            said = oracle.row(cell)[1] if shown else next(iter(oracle.values(cell)))
            told.append(f"{cell['name']} {said}")
        total = oracle.added(chosen)
        if total and len(chosen) > 1 and total.areas > 1:
            whole = total.areas == len(chosen)
            decimals = self.truth.national(indicator, self.months[indicator])["share_decimals"]
            name = "I alt" if whole else f"I alt for de {total.areas} viste"
            told.append(f"{name} {span(*total.shares, decimals)} pct.")
        return ", ".join(told)

    def _figures(self) -> dict[str, str]:
        """Each statement's words, and how they stand in a list with month and figure."""
        found = {}
        for one in self.truth.atlas.statements().iter_rows(named=True):
            when = f" ({oracle.month(one['period'])})" if one["period"] else ""
            text = flat(one["text"])
            found[text] = flat(f"{text}{when} {oracle.figure(one)}")
        return found

    def map(self, sent: dict[str, Any]) -> None:
        subject = self.subject(sent["t"])
        indicator = self.truth.indicators[subject[0]]
        asset = MAP["levels"][sent["l"]]
        ids = sent["i"].split() if "i" in sent else [area["id"] for area in asset]
        names = sent["n"].split("|") if "n" in sent else [area["name"] for area in asset]
        said = sent["v"].split("|")
        for area_id, name, value, code in zip(ids, names, said, sent["f"], strict=True):
            self.met("map", area_id)
            shown = self._drawn_as(area_id)
            cell = self.cell(subject, shown)
            if cell is None:
                self.fault("map", f"{name} has no cell but says {value!r}")
                continue
            own = self.truth.areas[area_id]["name"]
            right = own if shown == area_id else f"{own}, {cell['name']}"
            self.same("map name", name, right)
            self.same(f"map {name}", flat(value), oracle.values(cell))
            if code == "o":
                continue
            breaks = list(indicator.format.class_breaks)
            status = {v: k for k, v in CODES.items()}.get(cell["status"])
            fill = status or str(bisect_right(breaks, cell["share_pct"]))
            self.same(f"map class {name}", code, fill)
        for part in (sent["t"], sent["d"], sent.get("o", ""), *_strings(sent["g"])):
            breaks = [*map(str, _legend_numbers(indicator))]
            self.text("map", part, also=breaks)
        for part in _strings({k: v for k, v in sent.get("p", {}).items() if k == "t"}):
            self.text("map months", part)

    def _drawn_as(self, area_id: str) -> str:
        """On the levels above, a map draws kommuner and says their region's number."""
        level = self.view.level
        if level not in ("region", "landsdel"):
            return area_id
        own = self.truth.areas[area_id]
        return next(
            key
            for key, area in self.truth.areas.items()
            if area["level"] == level and area["name"] == own[level]
        )

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
        for part in (sent["t"], *_strings(sent["c"])):
            self.text("table", part)

    def entry(
        self, where: str, head: str, said: str, cell: oracle.Cell, subject: tuple[str, str]
    ) -> None:
        """One entry under a known heading; a heading that nobody knows is a fault."""
        said = flat(said)
        count, share, base = oracle.row(cell)
        level = self.truth.areas[cell["area_id"]]["level"]
        judged = (
            None if level == "land" else self.truth.judged(*subject, level).get(cell["area_id"])
        )
        decimals = cell["share_decimals"] or 0
        interval = places = DASH
        if judged is not None:
            interval = (
                f"{written(judged.low_pct, decimals)}{DASH}{written(judged.high_pct, decimals)}"
            )
            places = span(judged.rank_low, judged.rank_high)
        all_ranked = 0 if level == "land" else len(self.truth.judged(*subject, level))
        country = self.truth.national(*subject)
        right: dict[str, object] = {
            "Antal": count,
            "Andel": share,
            "Nævner": base,
            "Nævner (beregnet)": base,
            "Borgere": count if base == DASH else f"{count} af {base}",
            "Hele landet": oracle.pct(country["share_pct"], country["share_decimals"]),
            "Andel (interval)": f"{share} ({interval})" if judged else oracle.values(cell),
            "Usikkerhed, 95 pct.": interval,
            "Interval": interval,
            "95 pct.-interval": f"{interval} pct." if judged else DASH,
            "Plads": places,
            "Plads fra højeste": f"nr. {places} af {all_ranked}" if judged else DASH,
        }
        beside = {
            "Mod hele landet": country,
            "Mod regionen": self._region(subject, cell),
            "Mod fagfællerne": self._peers(subject, cell),
        }
        if head in beside:
            self.same(where, said, self._beside(cell, beside[head], against=head))
        elif head == "Mod landet":
            word = judged.word if judged else DASH
            self.same(where, said, {word, self._against(cell, country)})
        elif head == "Fagfæller":
            self.same(where, said, self._peer_share(subject, cell))
        elif head in right:
            self.same(where, said, right[head])
        elif head in (titles := self._breakdowns(subject[0])):
            part = self.truth.cells(*subject, level, titles[head])[cell["area_id"]]
            words = oracle.values(part)
            if has_people(part):
                words = {f"{oracle.row(part)[1]} ({written(part['numerator'])})"}
            self.same(where, said, words)
        elif head in ("Offentliggjort antal", "Offentliggjort andel"):
            printed = self.truth.cells(*subject, level, kind="published")[cell["area_id"]]
            self.same(where, said, oracle.row(printed)[head.endswith("andel")])
        elif head.startswith("Syntetisk"):
            made_up = self.truth.cells(*subject, level, kind="synthetic")[cell["area_id"]]
            part = ("antal", "andel", "nævner").index(head.split()[1])
            self.same(where, said, oracle.row(made_up)[part])
        elif head == "Forskel i antal":
            self.same(where, said, self._difference(subject, cell))
        elif head in ("Udvikling", "Slags"):
            numbers = self._trends(subject[0], cell) if re.search(r"\d", said) else set()
            self.text(where, said, about=(cell["area_id"],), also=numbers)
        else:
            self.fault(where, f"nobody knows the heading {head!r}: {said!r}")

    def _breakdowns(self, indicator: str) -> dict[str, str]:
        return {title: key for key, title in self.truth.indicators[indicator].breakdowns.items()}

    def _whole(self, subject: tuple[str, str], area_id: str) -> str:
        """The people in all parts, where a part that is shown says it."""
        level = self.truth.areas[area_id]["level"]
        parts = (
            self.truth.cells(*subject, level, part)
            for part in self.truth.indicators[subject[0]].breakdowns
        )
        cells = [part[area_id] for part in parts if area_id in part]
        known = {span(c["denominator_low"], c["denominator_high"]) for c in cells if has_people(c)}
        return known.pop() if len(known) == 1 else DASH

    def _difference(self, subject: tuple[str, str], cell: oracle.Cell) -> set[str]:
        level = self.truth.areas[cell["area_id"]]["level"]
        printed, made_up = (
            self.truth.cells(*subject, level, kind=kind)[cell["area_id"]]["numerator"]
            for kind in ("published", "synthetic")
        )
        if printed is None or made_up is None:
            return {DASH}
        apart = made_up - printed
        sign = "+" if apart > 0 else "−" if apart < 0 else ""
        return (
            {sign + written(abs(apart)), f"±{written(abs(apart))}"}
            if apart == 0
            else {sign + written(abs(apart))}
        )

    def _region(self, subject: tuple[str, str], cell: oracle.Cell) -> oracle.Cell | None:
        own = self.truth.areas[cell["area_id"]]
        if own["level"] not in ("kommune", "jobcenter"):
            return None
        found = self.truth.cells(*subject, "region").get(self.truth.region_of(cell["area_id"]))
        return found if found and found["kind"] == cell["kind"] else None

    def _sum(self, subject: tuple[str, str], cell: oracle.Cell) -> tuple[oracle.Sum | None, int]:
        level = self.truth.areas[cell["area_id"]]["level"]
        cells = self.truth.cells(*subject, level)
        peers = self.truth.peers(cell["area_id"])
        return oracle.added(cells[key] for key in peers if key in cells), len(peers)

    def _peers(self, subject: tuple[str, str], cell: oracle.Cell) -> oracle.Cell | None:
        total, _ = self._sum(subject, cell)
        return total.cell(self.truth.national(*subject)["share_decimals"]) if total else None

    def _points(self, cell: oracle.Cell, other: oracle.Cell) -> str:
        decimals = cell["share_decimals"]
        apart = oracle.Fraction(str(cell["share_pct"])) - oracle.Fraction(str(other["share_pct"]))
        sign = "±" if not apart else "+" if apart > 0 else "−"
        return f"{sign}{written(abs(apart), decimals)} pct.point"

    def _people(self, cell: oracle.Cell, other: oracle.Cell) -> str:
        low, high = oracle.people_to(cell, other)
        least, most = sorted((abs(low), abs(high)))
        if low < 0 < high:
            return f"højst {written(most)} borgere"
        return f"{span(least, most)} {'borger' if most == 1 else 'borgere'}"

    def _beside(self, cell: oracle.Cell, other: oracle.Cell | None, against: str) -> set[str]:
        bare = {
            DASH,
            f"{DASH} Kilden har ingen tal for regioner",
            f"{DASH} Tallet er skjult",
            f"{DASH} Ingen viste tal",
            f"{DASH} Reglen giver ingen fagfæller.",
        }
        if other is None or not has_people(cell) or other["status"] != "shown":
            return bare
        word = oracle.verdict(cell, other)
        second = "kan ikke skelnes" if word == "alike" else self._people(cell, other)
        share = oracle.pct(other["share_pct"], cell["share_decimals"])
        more = "" if against == "Mod hele landet" else f" (af {share})"
        return {f"{self._points(cell, other)} {second}{more}"}

    def _against(self, cell: oracle.Cell, country: oracle.Cell) -> str:
        if not has_people(cell):
            return DASH
        word = oracle.verdict(cell, country)
        if word == "alike":
            return f"kan ikke skelnes {self._points(cell, country)}"
        return f"{word} landet {self._points(cell, country)} · {self._people(cell, country)}"

    def _peer_share(self, subject: tuple[str, str], cell: oracle.Cell) -> set[str]:
        total, asked = self._sum(subject, cell)
        if total is None:
            return {f"{DASH} Ingen viste tal", f"{DASH} Reglen giver ingen fagfæller."}
        decimals = self.truth.national(*subject)["share_decimals"]
        shown = f"{span(*total.shares, decimals)} pct. {total.areas} af {asked} viste"
        if not has_people(cell):
            return {shown}
        word = oracle.verdict(cell, total.cell(decimals))
        told = "kan ikke skelnes" if word == "alike" else f"{word} dem"
        return {f"{shown} · {told}"}

    def _trends(self, indicator: str, cell: oracle.Cell) -> set[str]:
        return {written(abs(t.per_year), 1) for t in self.truth.trends(indicator, cell["area_id"])}

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
        self.same(f"what if {row[0]}", row[1:], _Equal([people, areas, f"{before} → {after}"]))

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
            right = {oracle.row(cell)[("Antal", "Andel", "Nævner").index(part)] for cell in cells}
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
            self.same("group", row[-5:], _Equal([DASH] * 5))
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

    def tiles(self, figure: str) -> None:
        """A small map: a title per tile, the indicator and month in its label."""
        label = flat(re.findall(r'aria-label="([^"]*)"', figure)[0])
        subject = self.subject(label)
        level = "jobcenter" if "jobcentre" in figure else "kommune"
        for title in map(unescape, TILE.findall(figure)):
            name, _, value = flat(title).partition(": ")
            area_id = self.ledger.names.get(name, "")
            if level == "jobcenter" and not area_id.startswith("J"):
                area_id = f"J{area_id}"
            cell = self.truth.cells(*subject, level).get(area_id)
            self.met(f"tiles {subject[0]} {level}", area_id)
            right = set() if cell is None else oracle.values(cell)
            self.same(f"tile {name}", value, right)

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
            for part in _strings([] if spread else [trace.get("text"), trace.get("hovertext")]):
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
        self.same(f"line {name}", {p: v for p, v in drawn.items() if v is not None}, _Equal(right))
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


class _Equal(frozenset[Any]):
    """One answer that cannot be hashed, compared as it is."""

    def __new__(cls, answer: object) -> _Equal:
        made = super().__new__(cls)
        made.answer = answer  # type: ignore[attr-defined]
        return made

    def __contains__(self, said: object) -> bool:
        return bool(said == self.answer)  # type: ignore[attr-defined]

    def __iter__(self) -> Iterator[Any]:
        return iter([self.answer])  # type: ignore[attr-defined]


def _strings(value: Any) -> Iterator[str]:
    """All texts inside; addresses and selectors are read by no one."""
    if isinstance(value, str):
        if not value.startswith(("/", ".")):
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _legend_numbers(indicator: Any) -> set[str]:
    """The ends of the classes: a break, and the last number before it."""
    step = 10.0**-indicator.format.share_decimals
    found = {"0"}
    for value in indicator.format.class_breaks:
        found |= {written(value), written(value, 1), written(value - 1)}
        found |= {written(value - step, indicator.format.share_decimals)}
    return found | {"100", *(f"{written(b)}" for b in indicator.format.class_breaks)}
