"""Hand-written Danish sentences with the reading and the verdict that a claim checker owes them.

The writer had not seen the checker. Each line of a `*.jsonl` file is one sentence; a claim is the
figure, or the statement, that can be held against a published number. Sentences without such a
claim have none, and whatever is found in them is spurious.

A claim
-------
- `quote`: the claim's figure or statement, a substring that occurs once in the text.
- `verdict`: holds, holds_with_caveat, does_not_hold, cannot_be_checked or ambiguous.
- `also`: verdicts that are right too, where the written rules leave room. Never a way out for a
  claim that is wrong or hidden: `holds` is never among them there (one exception, a sum of a
  region's shown kommuner that stands beside the region's own total).
- `subject`, `area` (a code, a list of them, '000' for the land, '' for none or a region),
  `period` ('' where the source gives none), `figure` (shares and fractions in percent, money in
  million kroner), `hedge`: the reading.
- `formula`: how `truth.py` computes the number from the shipped facts; `why`: the verdict's reason.

Subjects
--------
passive_count, passive_share, passive_sum, passive_denominator, passive_change: people in
ressourceforløb for a year or more with neither offer nor mentor. active_share: the rest of
passive_share. share_vs_land, rank_*, ratio_*, greater_*, difference_* (pp: percentage points),
kommuner_number, share_of_land: comparisons of those. hidden_*, left_out_*, region_total: what the
disclosure rules keep unsaid. passive_<benefit>: other benefits. gruppe_2_*, indsatsgruppe_*,
fsm_*, fsm2_*: Flere skal med. bedre_ressourceforloeb_*, initiativpakke_tiltag, skrivelse_pointer,
bedre_indsats_*, money_*: the initiatives. table_kommuner, new_private_jobs: two other statements.
wrong_whole: a published share said of another whole. *_denied: the sentence denies the figure.

Conventions
-----------
- No hedge: the number must be equal. '2.800' for 2.790 does not hold.
- A share is printed in whole percent. The same whole percent holds; a more precise figure inside
  the rounding (51,6 for 52) holds with caveat, outside it does not.
- 'ca.', 'omkring', 'cirka', 'omtrent': within 5 % of the figure said. Fractions and 'x ud af y'
  without a hedge are read so too: two thirds are right for 66 pct.
- 'godt': the truth is 0 to 10 % above. 'knap', 'næsten', 'op mod': up to 10 % below.
- 'over', 'mere end', 'flere end': strictly above, and with caveat when more than 1,5 times away.
  'under', 'færre end': strictly below.
- 'mindst', 'ikke færre end': above or equal. 'højst': below or equal. A range: both ends count.
- A published number that has a hedge itself, said without: holds with caveat ('2.400' for
  'ca. 2.400'). A hedge that follows from the published one holds ('over 20.000' from 'mere end
  24.000'); one that contradicts it does not ('knap 8.000' from 'godt 8.000').
- A denominator that count and rounded share leave open: inside the interval with caveat, outside
  it does not hold. Of a hidden cell it cannot be checked.
- A count of kommuner, a difference or a ratio of rounded shares holds as printed; a caveat is
  right too.
- A place in the order is by the printed figure; a shared place holds with caveat.
- Hidden or left-out counts, sums and totals with one of them, regions' totals: cannot be checked,
  whatever the figure. The printed share beside a hidden count can.
- No published number for the area, the period or the benefit: cannot be checked. Synthetic
  numbers never confirm or deny anything.
- Which kommune, which measure or which year is not said, and more than one is possible: ambiguous.
- A claim about the passive that leaves out the month or the year of seniority holds: there is one
  published measure and one month. A checker may hold the omission against it; then a caveat is
  right too (`Sentence.right`). The table of the test gives the score with and without this.
- A claim that is denied ('ikke 117') has the opposite verdict.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

VERDICTS = ("holds", "holds_with_caveat", "does_not_hold", "cannot_be_checked", "ambiguous")
HEDGES = (
    "exact",
    "about",
    "a_little_over",
    "a_little_under",
    "more_than",
    "less_than",
    "at_least",
    "at_most",
    "between",
)
OF_TABLE = ("passive_", "share_", "rank_", "ratio_", "greater_", "difference_", "kommuner_number")
"""How the subjects begin that are read from table 1 of the answer to question 554."""
UNSAID = ("hidden_", "left_out_", "region_total")
"""How the subjects begin that disclosure control leaves without an answer."""


@dataclass(frozen=True)
class Claim:
    """One claim of a sentence, see the module's docstring."""

    quote: str
    verdict: str
    subject: str
    areas: tuple[str, ...]
    period: str
    figure: float | None
    hedge: str
    why: str
    formula: str | None
    also: tuple[str, ...]

    @property
    def is_unsaid(self) -> bool:
        """Say whether the claim is about something disclosure control keeps back."""
        return self.subject.startswith(UNSAID)


@dataclass(frozen=True)
class Sentence:
    """A text to be checked, the claims it makes, and the file it is written in."""

    id: str
    text: str
    claims: tuple[Claim, ...]
    file: str

    def span(self, claim: Claim) -> tuple[int, int]:
        """Give where the claim's quote starts and ends in the text."""
        start = self.text.index(claim.quote)
        return start, start + len(claim.quote)

    def right(self, claim: Claim, *, strict: bool = False) -> frozenset[str]:
        """Give the verdicts that are right; strictly: without a caveat for what is left out."""
        verdicts = {claim.verdict, *claim.also}
        plain = " ".join(self.text.split())
        leaves_out = "juni 2017" not in plain or not re.search(r"(1|et) års anciennitet", plain)
        of_table = claim.subject.startswith(OF_TABLE) and claim.verdict == "holds"
        if of_table and leaves_out and not strict:
            verdicts.add("holds_with_caveat")
        return frozenset(verdicts)


def _claim(raw: dict[str, Any]) -> Claim:
    area = raw["area"]
    return Claim(
        quote=raw["quote"],
        verdict=raw["verdict"],
        subject=raw["subject"],
        areas=tuple(area) if isinstance(area, list) else (area,) if area else (),
        period=raw["period"],
        figure=raw["figure"],
        hedge=raw["hedge"],
        why=raw["why"],
        formula=raw.get("formula"),
        also=tuple(raw.get("also", ())),
    )


@cache
def sentences() -> list[Sentence]:
    """Read every file of the corpus, in the order of the identifiers."""
    found = [
        Sentence(raw["id"], raw["text"], tuple(map(_claim, raw["claims"])), path.stem)
        for path in sorted(Path(__file__).parent.glob("*.jsonl"))
        for raw in map(json.loads, path.read_text("utf-8").splitlines())
    ]
    return sorted(found, key=lambda sentence: sentence.id)
