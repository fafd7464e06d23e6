"""The values that the named choices can take; their meaning is in `choices.py`."""

from __future__ import annotations

from typing import Literal

Seniority = Literal["benefit_weeks", "elapsed"]
InterruptionLimit = Literal["joins", "breaks"]
Snapshot = Literal["any_week", "first_day"]
WeekMonth = Literal["overlap", "monday", "thursday", "within"]
SnapshotWeek = Literal["last", "first"]
YearBack = Literal["12_months", "52_weeks", "53_weeks"]
FarEnd = Literal["open", "closed"]
YearAnchor = Literal["month_end", "month_start", "snapshot_week"]
KommuneCourse = Literal["follows", "restarts"]
Codes = Literal["joined", "separate"]
Overlap = Literal["both", "precedence"]
GroupTime = Literal["calendar", "days"]
GroupLimit = Literal["more_than", "at_least"]
WithoutOfferOver = Literal["all_three", "kontanthjaelp"]
ChangedOver = Literal["ever_referred", "in_project"]
EffortGroup = Literal["in_force", "ever"]
ExitRulesOut = Literal["all_benefits", "listed", "three"]
