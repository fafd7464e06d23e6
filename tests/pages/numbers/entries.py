"""One entry of a table under its heading, worked out anew."""

from __future__ import annotations

import re
from fractions import Fraction

from tests.oracles import page_numbers as oracle
from tests.oracles.page_numbers import DASH, has_people, span, written
from tests.pages.numbers.basis import Basis
from tests.pages.numbers.reading import flat


class Entries(Basis):
    """The columns that pages have, each with what must stand in it."""

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
            "Mod sammenlignelige": self._peers(subject, cell),
        }
        if head in beside:
            self.same(where, said, self._beside(cell, beside[head], against=head))
        elif head == "Mod landet":
            word = judged.word if judged else DASH
            self.same(where, said, {word, self._against(cell, country)})
        elif head == "Sammenlignelige":
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
            column = ("antal", "andel", "nævner").index(head.split()[1])
            self.same(where, said, oracle.row(made_up)[column])
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
        apart = Fraction(str(cell["share_pct"])) - Fraction(str(other["share_pct"]))
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
            f"{DASH} Reglen giver ingen sammenlignelige kommuner.",
        }
        if other is None or not has_people(cell) or other["status"] != "shown":
            return bare
        beside = oracle.verdict_beside_few if against == "Mod sammenlignelige" else oracle.verdict
        word = beside(cell, other)
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
            return {
                f"{DASH} Ingen viste tal",
                f"{DASH} Reglen giver ingen sammenlignelige kommuner.",
            }
        decimals = self.truth.national(*subject)["share_decimals"]
        shown = f"{span(*total.shares, decimals)} pct. {total.areas} af {asked} viste"
        if not has_people(cell):
            return {shown}
        word = oracle.verdict_beside_few(cell, total.cell(decimals))
        told = "kan ikke skelnes" if word == "alike" else f"{word} dem"
        return {f"{shown} · {told}"}

    def _trends(self, indicator: str, cell: oracle.Cell) -> set[str]:
        return {written(abs(t.per_year), 1) for t in self.truth.trends(indicator, cell["area_id"])}
