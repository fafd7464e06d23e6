"""Påstandstjek: a deterministic checker of Danish drafts against what is published.

text -> sentences -> figures, places, times and words -> claims -> readings -> verdicts. Each stage
is a module; `check.check_claims` runs them. No stage guesses: what is open is asked about.
"""

from __future__ import annotations

from queries.claims.check import check_claims
from queries.claims.hedges import HEDGES, Hedge
from queries.claims.records import Claim, Finding, Reading, Report, Verdict

__all__ = ["HEDGES", "Claim", "Finding", "Hedge", "Reading", "Report", "Verdict", "check_claims"]
