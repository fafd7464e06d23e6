"""A long sheet read row by row in plain code, and random tables in random layouts."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from random import Random

from queries.sources.kommune_names import KommuneNames
from queries.sources.rounding import denominator_interval

NAMES = KommuneNames.from_csv()
HIDDEN = (".", "..", "<3", "x", "diskretioneret")
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LONG_MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
Key = tuple[str, str]


@dataclass(frozen=True)
class Cell:
    """What a source says of an area in a period: a count is None where it is hidden."""

    count: int | None
    whole: int | None = None
    share: str | None = None

    def told(self) -> tuple[object, ...]:
        """Status, count, both ends of the denominator, share, its decimals."""
        status = "suppressed" if self.count is None else "shown"
        low = high = None
        if self.count is not None and self.whole is not None:
            low = high = self.whole or None
        elif self.count is not None and self.share is not None:
            low, high = denominator_interval(self.count, self.share) or (None, None)
        share = None if self.share is None else float(self.share)
        decimals = None if self.share is None else len(self.share.partition(".")[2])
        return status, self.count, low, high, share, decimals


def read_long(text: str) -> dict[Key, tuple[object, ...]]:
    """Return the cells of 'Kommune;Periode;Tæller;Nævner' by area and period, row by row.

    Areas are names or codes; numbers have points as thousands; hidden is one of HIDDEN.
    """
    found = {}
    for row in list(csv.reader(io.StringIO(text), delimiter=";"))[1:]:
        area = row[0].zfill(4) if row[0].isdecimal() else NAMES.code(row[0])
        assert area is not None
        count = None if row[2] in HIDDEN else int(row[2].replace(".", ""))
        whole = None if row[3] in HIDDEN else int(row[3].replace(".", ""))
        found[area, row[1]] = Cell(count, whole).told()
    return found


@dataclass(frozen=True)
class Rendered:
    """A random table as a file, with what must be answered, and the cells that are in it."""

    content: bytes
    answers: dict[str, str]
    cells: dict[Key, Cell]
    how: str


def random_table(random: Random) -> dict[Key, Cell]:
    """Return counts, denominators or shares of some kommuner in some months, some hidden."""
    areas = random.sample(NAMES.codes, random.choice([2, 3, 5, 20, 98]))
    start = random.randrange(2013 * 12, 2019 * 12)
    months = [start + at for at in range(random.choice([1, 1, 2, 3, 5]))]
    wholes, shares = random.choice([(True, False), (False, True), (True, True), (False, False)])
    decimals = random.choice([0, 1, 2])
    hidden = random.choice([0.0, 0.1, 0.4])
    cells = {}
    for area in areas:
        for month in months:
            whole = random.choice([random.randint(20, 90), random.randint(1000, 60000)])
            count = random.randint(0, whole)
            share = f"{100 * count / whole:.{decimals}f}"
            if random.random() < hidden:
                cells[area, _period(month)] = Cell(None, None, share if shares else None)
            else:
                cells[area, _period(month)] = Cell(
                    count, whole if wholes else None, share if shares else None
                )
    return cells


def _period(month: int) -> str:
    return f"{month // 12}M{month % 12 + 1:02d}"


def render(cells: dict[Key, Cell], random: Random) -> Rendered:
    """Write the cells in a random layout, encoding, way of writing numbers, with notes around."""
    areas = list(dict.fromkeys(area for area, _ in cells))
    periods = list(dict.fromkeys(period for _, period in cells))
    random.shuffle(areas)
    random.shuffle(periods)
    some = next(iter(cells.values()))
    shares = any(cell.share is not None for cell in cells.values())
    wholes = any(cell.whole is not None for cell in cells.values())
    del some
    measures = ["n", *(["d"] if wholes else []), *(["s"] if shares else [])]
    random.shuffle(measures)
    write = _Writer(random, {"n": random.choice(["Tæller", "Antal"]), "d": "Nævner", "s": "Andel"})
    layout = random.choice(
        ["long", "wide", "measures first", "joined"] + (["fixed"] * 3 if len(periods) == 1 else [])
    )
    rows, title = _body(layout, cells, areas, periods, measures, write, random)
    answers = {"codes": "M"} if write.period_style == "1701" and layout != "fixed" else {}
    if random.random() < 0.4:
        for row in rows:
            row.insert(0, "")  # An empty column in front.
    above = [[f"Passive i ressourceforløb{title}"]]
    above += [
        [random.choice(["Opgjort af STAR", "Særtræk", ""])]
        for _ in range(random.choice([0, 1, 4, 12]))
    ]
    below = [
        [text]
        for text in random.choice(
            [[], ["Kilde: DREAM"], ["", "Note: tal kan ændres", "Kilde: STAR"]]
        )
    ]
    content = _bytes([*above, *rows, *below], random)
    return Rendered(content, answers, cells, f"{layout}, {write.period_style}, {write.area_style}")


def _body(
    layout: str,
    cells: dict[Key, Cell],
    areas: list[str],
    periods: list[str],
    measures: list[str],
    write: _Writer,
    random: Random,
) -> tuple[list[list[str]], str]:
    head = write.area_heading
    name = write.measures
    if layout == "long":
        order = [(area, period) for area in areas for period in periods]
        random.shuffle(order)
        rows = [[head, "Periode", *(name[m] for m in measures)]]
        for area, period in order:
            cell = cells[area, period]
            rows.append(
                [write.area(area), write.period(period), *(write.number(cell, m) for m in measures)]
            )
        return rows, ""
    if layout == "fixed":
        rows = [[head, *(name[m] for m in measures)]]
        rows += [
            [write.area(a), *(write.number(cells[a, periods[0]], m) for m in measures)]
            for a in areas
        ]
        return rows, f", {LONG_MONTHS[int(periods[0][5:]) - 1]} {periods[0][:4]}"
    if layout == "measures first":
        columns = [(period, m) for m in measures for period in periods]
        upper = [name[m] if period == periods[0] else "" for period, m in columns]
        lower = [write.period(period) for period, _ in columns]
    else:
        columns = [(period, m) for period in periods for m in measures]
        upper = [write.period(period) if m == measures[0] else "" for period, m in columns]
        lower = [name[m] for _, m in columns]
    rows = [["", *upper], [head, *lower]]
    if layout == "joined":
        write.period_style = random.choice(["januar 2017", "2017M01", "jan. 2017"])
        rows = [[head, *(f"{name[m]} {write.period(period)}" for period, m in columns)]]
    for area in areas:
        rows.append([write.area(area), *(write.number(cells[area, p], m) for p, m in columns)])
    return rows, ""


class _Writer:
    """One way of writing areas, periods and numbers."""

    def __init__(self, random: Random, measures: dict[str, str]) -> None:
        self.measures = measures
        self.area_style = random.choice(["name", "code", "short code", "both", "kommune", "upper"])
        self.area_heading = "Kommunekode" if "code" in self.area_style else "Kommune"
        self.period_style = random.choice(
            [
                "2017M01",
                "jan. 2017",
                "Januar 2017",
                "2017-01",
                "01-2017",
                "1701",
                "2017-01-01",
                "januar 2017",
            ]
        )
        self.thousands = random.choice(["", ".", " ", "\u00a0"])
        self.percent = random.choice(["", " pct.", "%", " %"])
        self.hidden = random.choice(HIDDEN)

    def area(self, code: str) -> str:
        name = NAMES.name(code)
        return {
            "name": name,
            "code": code,
            "short code": str(int(code)),
            "both": f"{int(code)} {name}",
            "kommune": f"{name} Kommune",
            "upper": name.upper(),
        }[self.area_style]

    def period(self, period: str) -> str:
        year, month = period[:4], int(period[5:])
        return {
            "2017M01": period,
            "jan. 2017": f"{MONTHS[month - 1]}. {year}",
            "Januar 2017": f"{LONG_MONTHS[month - 1].capitalize()} {year}",
            "januar 2017": f"{LONG_MONTHS[month - 1]} {year}",
            "2017-01": f"{year}-{month:02d}",
            "01-2017": f"{month:02d}-{year}",
            "1701": f"{year[2:]}{month:02d}",
            "2017-01-01": f"{year}-{month:02d}-01",
        }[self.period_style]

    def number(self, cell: Cell, measure: str) -> str:
        if measure == "s":
            return "" if cell.share is None else cell.share.replace(".", ",") + self.percent
        value = cell.count if measure == "n" else cell.whole
        if value is None:
            return self.hidden
        return f"{value:,}".replace(",", self.thousands) if self.thousands else str(value)


def _bytes(rows: list[list[str]], random: Random) -> bytes:
    out = io.StringIO()
    separator = random.choice([";", "\t"])
    width = max(map(len, rows))
    padded = [row + [""] * (width - len(row)) for row in rows]
    csv.writer(out, delimiter=separator, lineterminator=random.choice(["\n", "\r\n"])).writerows(
        padded
    )
    encoding = random.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    return out.getvalue().encode(encoding)
