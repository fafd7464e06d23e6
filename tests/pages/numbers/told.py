"""Sentences and labels with a form of their own: profiles, potentials, groups."""

from __future__ import annotations

import re

from queries import LAND
from tests.oracles import page_numbers as oracle
from tests.oracles.page_numbers import has_people, span, written
from tests.pages.numbers.accounting import periods_in, tokens
from tests.pages.numbers.basis import Basis, legend_numbers
from tests.pages.numbers.reading import flat


class Told(Basis):
    """What is said of several areas at once."""

    def _legends(self) -> set[str]:
        return {number for one in self.truth.indicators.values() for number in legend_numbers(one)}

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
        if "sammenlignelige" in text:
            targets = [self._best_of_peers(subject, cell, lower=lower) for cell in chosen]
        else:
            chosen = list(cells.values()) if "alle " in text else chosen
            targets = [country] * len(chosen)
        spans = [
            oracle.people_to(cell, target)
            for cell, target in zip(chosen, targets, strict=True)
            if target is not None and has_people(cell)
        ]
        spans = spans if lower else [(-high, -low) for low, high in spans]
        people = span(sum(max(0, low) for low, _ in spans), sum(max(0, high) for _, high in spans))
        areas = sum(high > 0 for _, high in spans)
        moved = span(sum(low > 0 for low, _ in spans), areas)
        noun = "borger" if people == "1" else "borgere"
        places = {"kommune": "kommuner", "jobcenter": "jobcentre"}[self.view.level]
        places = self.view.level if areas == 1 else places
        ending = f": {people} {noun} {'færre' if lower else 'flere'} ({moved} {places})."
        right = ": ingen forskel." if not areas else ending
        self.same(f"potential {text}", text.endswith(right), True)
        share = oracle.pct(country["share_pct"], country["share_decimals"])
        self.same("potential", "landets" not in text or f"landets {share} " in text, True)

    def _best_of_peers(
        self, subject: tuple[str, str], cell: oracle.Cell, *, lower: bool
    ) -> oracle.Cell | None:
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

    def more(self, text: str) -> set[str]:
        return self._groups(text) | self._without(text)

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
            if f"{oracle.HIDDEN_WORDS[status]}. {oracle.once(note)}" in text
            and made_up == ("SYNT" in text)
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
