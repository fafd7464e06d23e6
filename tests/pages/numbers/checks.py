"""Each part of a page beside the oracle: map, tables, charts, texts. A fault is a sentence."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from html import unescape
from pathlib import Path
from typing import Any

from tests.oracles import page_numbers as oracle
from tests.pages.numbers.basis import legend_numbers, strings
from tests.pages.numbers.charts import Charts
from tests.pages.numbers.reading import flat
from tests.pages.numbers.told import Told

MAP = json.loads((Path(__file__).parents[3] / "geodata" / "map.json").read_text("utf-8"))
TILE = re.compile(r'<i[^>]* title="([^"]*)"')
CODES = {"s": "suppressed", "l": "left_out", "n": "not_collected"}


class Audit(Charts, Told):
    """One view beside the oracle; `faults` says what is wrong, `areas` who was met where."""

    def everything(self) -> list[str]:
        """Compare all that was sent; return the faults."""
        for name, message in self.seen.components:
            if name == "area_map":
                self.map(message)
            elif name == "area_table":
                self.component_table(message)
            elif name in ("rundvisning", "ord", "open_page", "words", "tour"):
                self.text(name, " ".join(strings(message)))
            else:
                self.fault("component", f"nobody reads {name}")
        for table in self.seen.tables:
            self.table(table)
        for chart in self.seen.charts:
            self.chart(chart)
        for figure in self.seen.figures:
            self.tiles(figure)
        self.blocks()
        self.attributes()
        return self.faults

    def blocks(self) -> None:
        """Every piece of text, by what it is."""
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

    def attributes(self) -> None:
        """What only a pointer or a screen reader finds."""
        for label in self.seen.labels:
            self.text("tiles", label)
        tiles = {title for figure in self.seen.figures for title in TILE.findall(figure)}
        for title in self.seen.titles:
            if "Profil. " in title:
                self.profile_label(title)
            elif title not in {flat(unescape(tile)) for tile in tiles}:
                self.text("attribute", title)

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
        for part in (sent["t"], sent["d"], sent.get("o", ""), *strings(sent["g"])):
            self.text("map", part, also=legend_numbers(indicator))
        for part in strings({k: v for k, v in sent.get("p", {}).items() if k == "t"}):
            self.text("map months", part)

    def _drawn_as(self, area_id: str) -> str:
        """On the levels above, a map draws kommuner and says their region's number."""
        level = self.view.level
        if level not in ("region", "landsdel"):
            return area_id
        name = self.truth.areas[area_id][level]
        above = (key for key in self.truth.ids(level) if self.truth.areas[key]["name"] == name)
        return next(above)

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
