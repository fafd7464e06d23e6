"""What may be said of shares: intervals, verdicts, ranks, trends, gaps and peers.

Pure functions on the frames of the façade. A cell whose status is not 'shown' gives nothing, also
where a share is published beside a hidden count. Counts of people are taken as binomial: the
methods say what chance alone could do, not what the cause is.
"""

from __future__ import annotations

from queries.statistics.limits import funnel
from queries.statistics.peers import RULES, Peers, peer_group, sizes
from queries.statistics.ranks import apart
from queries.statistics.shares import Reference, wilson
from queries.statistics.totals import (
    Gap,
    Potential,
    Total,
    best_quarter,
    gap,
    potential,
    total,
)
from queries.statistics.trends import Trend, trend
from queries.statistics.verdicts import Dispersion, dispersion, judged

__all__ = [
    "RULES",
    "Dispersion",
    "Gap",
    "Peers",
    "Potential",
    "Reference",
    "Total",
    "Trend",
    "apart",
    "best_quarter",
    "dispersion",
    "funnel",
    "gap",
    "judged",
    "peer_group",
    "potential",
    "sizes",
    "total",
    "trend",
    "wilson",
]
