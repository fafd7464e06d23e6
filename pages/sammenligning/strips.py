"""The profile of a comparison: one strip per indicator, real and made-up numbers apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pages.figures.profile import Lane, Strip, profile
from pages.language import comparing, danish, sentences, synthetic
from pages.sammenligning.comparison import Judged
from queries import statistics

STATUS = {"suppressed": "skjult", "left_out": "udeladt af kilden", "not_collected": "ikke opgjort"}


def block(
    found: Sequence[Judged], area_ids: Sequence[str], *, made_up: bool, total_too: bool = True
) -> str:
    """Return the figure of indicators of one kind for the chosen areas, as HTML."""
    strips = [strip(one, area_ids, total_too=total_too) for one in found]
    what = "; ".join(
        f"{s.title}: {', '.join(f'{n.name} {n.label}' for n in s.lanes)}" for s in strips
    )
    alt = synthetic.marked(f"Profil. {what}", made_up=made_up)
    return profile(
        strips, alt=danish.shortened(alt, 400), badge=synthetic.BADGE if made_up else None
    )


def strip(one: Judged, area_ids: Sequence[str], *, total_too: bool = True) -> Strip:
    """Return one indicator's strip: all shown areas behind, the chosen ones marked.

    Their total is the last of them, unless it means nothing.
    """
    rows = one.rows(area_ids)
    lanes = [_lane(row, list(area_ids).index(row["area_id"])) for row in rows]
    total = statistics.total(one.some(area_ids))
    if total_too and total is not None and len(rows) > 1 and total.areas > 1:
        lanes.append(_total_lane(total, len(rows), one.national["share_decimals"]))
    national = danish.pct(one.national["share_pct"], one.national["share_decimals"])
    month = synthetic.period(one.subject.period, made_up=one.made_up)
    noun = sentences.LEVEL_NOUNS[one.level][1]
    shares = one.cells["share_pct"].drop_nulls().to_list()
    return Strip(
        title=one.subject.label,
        note=f"{one.subject.indicator.short_title}, {month}. {len(shares)} {noun} med vist andel",
        others=shares,
        country=one.national["share_pct"],
        country_label=f"Hele landet {national}",
        lanes=lanes,
        address=one.subject.address(),
    )


def _lane(row: dict[str, Any], shape: int) -> Lane:
    label = STATUS.get(row["status"], "")
    if row["share_pct"] is not None:
        share = danish.pct(row["share_pct"], row["share_decimals"])
        label = f"{share}, antal skjult" if label else share
    return Lane(
        name=row["name"],
        value=row["share_pct"],
        label=label or "–",
        low=row["low_pct"],
        high=row["high_pct"],
        shape=shape,
    )


def _total_lane(total: statistics.Total, asked: int, decimals: int) -> Lane:
    return Lane(
        name=comparing.total_name(total.areas, asked),
        value=(total.share_low_pct + total.share_high_pct) / 2,
        label=comparing.total_share(total, decimals),
        low=total.share_low_pct,
        high=total.share_high_pct,
        shape=None,
    )
