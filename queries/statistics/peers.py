"""Whom to compare with: rules for an area's peers, kept in the address."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
import polars as pl

from queries.errors import UserError
from queries.statistics.shares import Floats, has_numbers

Rule = Literal["region", "landsdel", "stoerrelse", "naermeste", "egen"]
RULES: tuple[Rule, ...] = get_args(Rule)
NUMBER, MOST = 10, 98
_NUMBER_KEY = "antal"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_AREA = re.compile(r"[A-Za-z0-9]{1,8}")
SIZE = "naevner"
_SKEWED = 1.0


@dataclass(frozen=True)
class Peers:
    """A rule for peers: `weights` by characteristic_id, `number` of peers, `members` of one's own.

    `region` and `landsdel` take all areas of the same one. `stoerrelse` takes the `number` nearest
    in size (the one characteristic in `weights`), `naermeste` those nearest on all in `weights`,
    `egen` the area_ids of `members`.
    """

    rule: Rule = "region"
    weights: Mapping[str, float] = field(default_factory=dict)
    number: int = NUMBER
    members: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Peers:
        """Return the rule of an address, such as `naermeste:areal_km2=2,borgere=1,antal=12`.

        `egen:0316,0330` is a group of one's own. Raises UserError for anything else.
        """
        name, _, rest = text.strip().partition(":")
        rule = next((known for known in RULES if known == name), None)
        if rule is None:
            raise UserError(f"Ukendt regel: {name[:40]!r}. Vælg mellem: {', '.join(RULES)}.")
        parts = [part for part in rest.split(",") if part]
        if rule == "egen":
            if bad := [part for part in parts if not _AREA.fullmatch(part)]:
                raise UserError(f"Ukendt område i egen gruppe: {bad[0][:40]!r}.")
            return cls(rule, members=tuple(dict.fromkeys(parts)))
        pairs = dict(_pair(part) for part in parts)
        number = pairs.pop(_NUMBER_KEY, float(NUMBER))
        if not number.is_integer() or not 1 <= number <= MOST:
            raise UserError(f"Antallet af sammenlignelige skal være fra 1 til {MOST}.")
        return cls(rule, pairs, int(number))

    def text(self) -> str:
        """Return the rule as it stands in an address; `parse` reads it back."""
        if self.rule == "egen":
            parts = list(self.members)
        else:
            parts = [f"{name}={weight:g}" for name, weight in self.weights.items()]
            parts += [f"{_NUMBER_KEY}={self.number}"] if self.number != NUMBER else []
        return f"{self.rule}:{','.join(parts)}" if parts else self.rule


def _pair(part: str) -> tuple[str, float]:
    name, _, given = part.partition("=")
    try:
        weight = float(given)
    except ValueError:
        weight = math.nan
    if not _NAME.fullmatch(name) or not 0 <= weight <= 1000:
        raise UserError(
            f"En vægt skrives som areal_km2=2 med et tal fra 0 til 1000: {part[:40]!r}."
        )
    return name, weight


def sizes(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the denominators of cells (middle of the interval) as characteristic 'naevner'."""
    middle = (pl.col("denominator_low") + pl.col("denominator_high")) / 2
    return cells.filter(has_numbers()).select(
        "area_id", characteristic_id=pl.lit(SIZE), value=middle.cast(pl.Float64)
    )


def peer_group(
    areas: pl.DataFrame, characteristics: pl.DataFrame, area_id: str, peers: Peers
) -> pl.DataFrame:
    """Return the peers of an area: area_id and distance, nearest first, the area itself left out.

    `areas` as `Atlas.areas`, `characteristics` with area_id, characteristic_id and value. Peers are
    of the area's level. Distance is Euclidean over characteristics in units of their standard
    deviation over the level (of the logarithm where values are positive and skewed, moment
    skewness above 1), each squared difference times its weight over the sum of weights; equal
    distances in order of area_id. It is null where the rule has none. Areas that lack one of the
    characteristics are left out. Raises UserError for an unknown area, or a characteristic that
    the area lacks.
    """
    rows = areas.filter(pl.col("area_id") == area_id)
    if rows.is_empty():
        raise UserError(f"Ukendt område: {area_id[:40]!r}.")
    own = rows.row(0, named=True)
    others = areas.filter((pl.col("level") == own["level"]) & (pl.col("area_id") != area_id))
    if peers.rule in ("stoerrelse", "naermeste"):
        alike = areas.filter(pl.col("level") == own["level"])["area_id"]
        return _nearest(characteristics, alike, area_id, peers)
    if peers.rule == "egen":
        inside = pl.col("area_id").is_in(peers.members)
    else:
        inside = pl.col(peers.rule) == own[peers.rule]
    members = others.filter(inside).sort("area_id")
    return members.select("area_id", distance=pl.lit(None, pl.Float64))


def _nearest(
    characteristics: pl.DataFrame, alike: pl.Series, area_id: str, peers: Peers
) -> pl.DataFrame:
    weights = _weights(characteristics, peers)
    wide = (
        characteristics.filter(
            pl.col("characteristic_id").is_in(list(weights))
            & pl.col("area_id").is_in(alike.to_list())
        )
        .pivot("characteristic_id", index="area_id", values="value")
        .drop_nulls()
        .sort("area_id")
    )
    if set(weights) - set(wide.columns) or area_id not in wide["area_id"]:
        raise UserError("Området mangler et af de tal, der skal sammenlignes på.")
    ids = wide["area_id"]
    squared = np.zeros(wide.height)
    own = ids.to_list().index(area_id)
    for name, weight in weights.items():
        scaled = standardised(wide[name].cast(pl.Float64).to_numpy())
        squared += weight / sum(weights.values()) * (scaled - scaled[own]) ** 2
    # Rounded, so that equal areas tie whatever the order of the sum.
    distance = pl.Series(np.sqrt(squared).round(9))
    found = pl.DataFrame({"area_id": ids, "distance": distance}).filter(
        pl.col("area_id") != area_id
    )
    return found.sort("distance", "area_id").head(peers.number)


def _weights(characteristics: pl.DataFrame, peers: Peers) -> dict[str, float]:
    known = sorted(set(characteristics["characteristic_id"]))
    weights = {name: weight for name, weight in peers.weights.items() if weight > 0}
    if not weights:
        default = [SIZE] if peers.rule == "stoerrelse" and SIZE in known else known
        weights = dict.fromkeys(default, 1.0)
    if peers.rule == "stoerrelse":
        weights = dict(list(weights.items())[:1])
    if unknown := [name for name in weights if name not in known] or not weights:
        raise UserError(
            f"Ukendt tal at sammenligne på: {unknown}. Vælg mellem: {', '.join(known)}."
        )
    return weights


def standardised(values: Floats) -> Floats:
    """Return values in standard deviations from their mean; of logarithms where they are skewed."""
    spread = values.std()
    if spread == 0:
        return np.zeros_like(values)
    skewness = float(np.mean((values - values.mean()) ** 3) / spread**3)
    if values.min() > 0 and skewness > _SKEWED:
        values = np.log(values)
    return np.asarray((values - values.mean()) / values.std(), np.float64)
