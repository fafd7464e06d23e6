"""Whom to compare with: rules for an area's peers, kept in the address."""

from __future__ import annotations

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
MOST_WEIGHTS = 30
"""More than there are characteristics: what an address says is remembered."""
_NUMBER_KEY = "antal"
SIZE = "naevner"
_SIZES = (SIZE, "ressourceforloeb_people")
_SKEWED = 1.0
_PAIR = re.compile(r"([a-z][a-z0-9_]{0,40})=([0-9]{1,3}(?:\.[0-9]{1,3})?)")
_AREA = re.compile(r"[A-Za-z0-9]{1,8}")


@dataclass(frozen=True)
class Peers:
    """A rule for peers: `weights` by characteristic_id, `number` of peers, `members` of one's own.

    `region` and `landsdel` take all areas of the same one. `stoerrelse` takes the `number` nearest
    in size (the first characteristic in `weights`; without any the denominator, see `sizes`, or the
    people in ressourceforløb), `naermeste` those nearest on all in `weights` (without any, on all
    that the area has), `egen` the area_ids of `members`. Weights have up to three decimals.
    """

    rule: Rule = "region"
    weights: Mapping[str, float] = field(default_factory=dict)
    number: int = NUMBER
    members: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Peers:
        """Return the rule of an address, such as `naermeste:area_km2=2,centroid_lon=1,antal=12`.

        `egen:0316,0330` is a group of one's own. Raises UserError for anything else.
        """
        name, _, rest = text.strip().partition(":")
        rule = next((known for known in RULES if known == name), None)
        if rule is None:
            raise UserError(f"Ukendt regel{_quoted(name)}. Vælg mellem: {', '.join(RULES)}.")
        parts = [part for part in rest.split(",") if part]
        if rule == "egen":
            if bad := [part for part in parts if not _AREA.fullmatch(part)]:
                raise UserError(f"Ukendt område i egen gruppe{_quoted(bad[0])}.")
            return cls(rule, members=tuple(dict.fromkeys(parts)))
        if len(parts) > MOST_WEIGHTS:
            raise UserError(f"Der kan højst være {MOST_WEIGHTS} vægte.")
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
            parts = [f"{name}={_short(weight)}" for name, weight in self.weights.items()]
            parts += [f"{_NUMBER_KEY}={self.number}"] if self.number != NUMBER else []
        return f"{self.rule}:{','.join(parts)}" if parts else self.rule


def _pair(part: str) -> tuple[str, float]:
    found = _PAIR.fullmatch(part)
    if found is None:
        raise UserError(f"En vægt skrives som area_km2=2, et tal fra 0 til 999{_quoted(part)}.")
    return found[1], float(found[2])


def _quoted(text: str) -> str:
    """Return what an address holds, where it is plain: elsewhere it could be a link to click on."""
    return f": »{text}«" if re.fullmatch(r"[\w=-]{1,60}", text) else ""


def _short(weight: float) -> str:
    return f"{weight:.3f}".rstrip("0").rstrip(".")


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
        inside = pl.col(peers.rule) == pl.lit(own[peers.rule], pl.String)
    members = others.filter(inside).sort("area_id")
    return members.select("area_id", distance=pl.lit(None, pl.Float64))


def _nearest(
    characteristics: pl.DataFrame, alike: pl.Series, area_id: str, peers: Peers
) -> pl.DataFrame:
    values = characteristics.filter(
        pl.col("area_id").is_in(alike.to_list()) & pl.col("value").is_not_null()
    )
    weights = _weights(values, area_id, peers)
    scaled = (
        values.filter(pl.col("characteristic_id").is_in(list(weights)))
        .with_columns(pl.col("value").map_batches(_scaled).over("characteristic_id"))
        .pivot("characteristic_id", index="area_id", values="value", aggregate_function="first")
        .drop_nulls()
        .sort("area_id")
    )
    ids = scaled["area_id"].to_list()
    table = scaled.select(weights.keys()).to_numpy()
    share = np.array(list(weights.values())) / sum(weights.values())
    squared = (table - table[ids.index(area_id)]) ** 2 @ share
    # Rounded, so that areas that are alike tie whatever the order of the sum.
    found = pl.DataFrame({"area_id": ids, "distance": np.sqrt(squared).round(9)})
    found = found.filter(pl.col("area_id") != area_id)
    return found.sort("distance", "area_id").head(peers.number)


def _weights(values: pl.DataFrame, area_id: str, peers: Peers) -> dict[str, float]:
    known = sorted(set(values["characteristic_id"]))
    own = sorted(set(values.filter(pl.col("area_id") == area_id)["characteristic_id"]))
    weights = {name: weight for name, weight in peers.weights.items() if weight > 0}
    if unknown := [name for name in weights if name not in known]:
        raise UserError(
            f"Ukendt tal at sammenligne på: {unknown[0]}. Vælg mellem: {', '.join(known)}."
        )
    if not weights:
        wanted = [name for name in _SIZES if name in known][:1]
        weights = dict.fromkeys(wanted if peers.rule == "stoerrelse" else own, 1.0)
    if peers.rule == "stoerrelse":
        weights = dict(list(weights.items())[:1])
    if not weights or set(weights) - set(own):
        raise UserError(
            "Området mangler et af de tal, der skal sammenlignes på: "
            f"{', '.join(sorted(set(weights) - set(own))) or 'alle'}. Vælg en anden regel."
        )
    return weights


def _scaled(values: pl.Series) -> pl.Series:
    return pl.Series(standardised(values.cast(pl.Float64).to_numpy()))


def standardised(values: Floats) -> Floats:
    """Return values in standard deviations from their mean; of logarithms where they are skewed."""
    spread = values.std()
    if spread == 0:
        return np.zeros_like(values)
    skewness = float(np.mean((values - values.mean()) ** 3) / spread**3)
    if values.min() > 0 and skewness > _SKEWED:
        values = np.log(values)
    return np.asarray((values - values.mean()) / values.std(), np.float64)
