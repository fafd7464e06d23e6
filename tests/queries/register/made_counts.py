"""A small made-up result of a register run: the frame that the computation hands over.

Every kommune has its own size, so that months hold small, zero and large numbers; ten kommuner
take no part in Flere skal med. Numbers are drawn, and mean nothing.
"""

from __future__ import annotations

import random

import polars as pl

from queries.sources import facts

CLASSES = ("under_3", "3_til_6", "6_til_9", "over_9")
WITHOUT_PROJECT = ("0155", "0563", "0825", "0741", "0492", "0482", "0411", "0665", "0151", "0400")


def made_counts(
    periods: tuple[str, ...], *, seed: int = 554, unknown: bool = True, size: float = 1.0
) -> pl.DataFrame:
    """Return counts of every measure for `periods`; `size` scales the kommuner."""
    draw = random.Random(seed)
    kommuner = facts.read_facts("kommuner")["kommunekode"].to_list()
    sizes = {code: size * draw.paretovariate(1.3) for code in kommuner}
    if unknown:
        sizes["uoplyst"] = 0.2 * size
    rows: list[tuple[str, str, str, str, int, int]] = []
    for period in periods:
        for kommune, people in sizes.items():
            rows += _of_kommune(draw, period, kommune, people)
    columns = ("measure", "breakdown", "period", "kommune", "numerator", "denominator")
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    return frame.filter(pl.col("denominator") > 0)


def _of_kommune(
    draw: random.Random, period: str, kommune: str, people: float
) -> list[tuple[str, str, str, str, int, int]]:
    def some(of: int, share: float) -> int:
        return sum(draw.random() < share for _ in range(of))

    passive = int(draw.gauss(40, 4) * people)
    rows = [
        ("passive", "ressourceforloeb", some(passive, 0.21), passive),
        ("passive", "kontanthjaelp", some(passive, 0.5), passive),
    ]
    if kommune not in WITHOUT_PROJECT:
        group, effort = int(draw.gauss(15, 2) * people), int(draw.gauss(50, 3) * people)
        classes = [some(group, 0.05), some(group, 0.08), some(group, 0.08)]
        while sum(classes) > group:
            classes[classes.index(max(classes))] -= 1
        times = zip(CLASSES, [*classes, group - sum(classes)], strict=True)
        rows += [("gruppe_2_tid", name, n, group) for name, n in times]
        placed, subsidised = some(effort, 0.2), some(effort, 0.03)
        hours = some(effort, 0.11)
        rows += [
            ("gruppe_2_uden_tilbud", "alle", some(group, 0.6), group),
            ("gruppe_2_skiftet_ydelse", "alle", some(2 * group, 0.7), 2 * group),
            ("virksomhedspraktik", "alle", min(effort, placed + some(subsidised, 0.8)), effort),
            ("virksomhedspraktik", "virksomhedspraktik", placed, effort),
            ("virksomhedspraktik", "loentilskud", subsidised, effort),
            ("ordinaere_timer", "alle", hours, effort),
            ("fuld_afgang", "alle", some(hours, 0.5), effort),
        ]
    return [(measure, breakdown, period, kommune, n, of) for measure, breakdown, n, of in rows]
