"""The corpus itself: well formed, in its own words, and true to the shipped facts."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.queries.claims.corpus import HEDGES, VERDICTS, Claim, Sentence, sentences, truth

PERIOD = re.compile(r"|20\d\d(M(0[1-9]|1[0-2])|Q[1-4])?")
HIDDEN = {code for code in truth.area_codes() if truth.table().get(code, (None, 0))[0] is None}


def claims() -> list[tuple[Sentence, Claim]]:
    return [(sentence, claim) for sentence in sentences() for claim in sentence.claims]


def test_sentences_are_many_and_each_stands_once() -> None:
    found = sentences()
    assert len(found) >= 340
    assert len({sentence.id for sentence in found}) == len(found)
    assert len({sentence.text for sentence in found}) == len(found)
    assert all(re.fullmatch(r"(hb|ny|se)-\d{3}", sentence.id) for sentence in found)


def test_every_kind_of_verdict_is_well_represented() -> None:
    number = Counter(claim.verdict for _, claim in claims())
    true = number["holds"] + number["holds_with_caveat"]
    assert 0.4 <= true / sum(number.values()) <= 0.6
    assert number["does_not_hold"] >= 150
    assert number["cannot_be_checked"] >= 40
    assert number["ambiguous"] >= 15
    assert sum(not sentence.claims for sentence in sentences()) >= 40
    assert sum(bool(claim.also) for _, claim in claims()) < 0.15 * len(claims())


def test_claims_are_well_formed() -> None:
    for sentence, claim in claims():
        at = (sentence.id, claim.quote)
        assert sentence.text.count(claim.quote) == 1, at
        assert claim.verdict in VERDICTS, at
        assert set(claim.also) <= set(VERDICTS) - {claim.verdict}, at
        assert claim.hedge in HEDGES, at
        assert set(claim.areas) <= truth.area_codes(), at
        assert PERIOD.fullmatch(claim.period), at
        assert claim.why, at
        assert not (claim.verdict == "does_not_hold" and "holds" in claim.also), at


def test_claims_of_one_sentence_do_not_overlap() -> None:
    for sentence in sentences():
        spans = sorted(sentence.span(claim) for claim in sentence.claims)
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start, sentence.id


def test_the_numbers_are_those_of_the_facts() -> None:
    judged = 0
    for sentence, claim in claims():
        if claim.formula is None or claim.figure is None:
            continue
        verdict = truth.judge(claim.figure, claim.hedge, truth.truth_of(claim.formula))
        assert verdict in sentence.right(claim, strict=True), (sentence.id, claim, verdict)
        judged += 1
    assert judged > 400


def test_figures_of_one_area_are_always_recomputed() -> None:
    for sentence, claim in claims():
        simple = claim.subject in {"passive_count", "passive_share"} and len(claim.areas) == 1
        known = claim.verdict not in {"cannot_be_checked", "ambiguous"}
        if simple and known and claim.hedge != "between":
            assert claim.formula is not None, sentence.id


def test_the_quote_says_the_figure() -> None:
    for sentence, claim in claims():
        digits = re.search(r"\d[\d.\s]*(,\d+)?", claim.quote)
        if digits is None or claim.figure is None:
            continue
        said = float(re.sub(r"[.\s]", "", digits.group()).replace(",", "."))
        said *= 1000 if re.search("mia|tusinde", claim.quote) else 1
        in_kroner = claim.subject.startswith("money") and not re.search("mi[oal]", claim.quote)
        said /= 1_000_000 if in_kroner else 1
        assert abs(claim.figure) == said, (sentence.id, claim.quote, claim.figure)


def names_of(code: str) -> list[str]:
    with (truth.FACTS / "kommuner.csv").open(encoding="utf-8", newline="") as lines:
        (row,) = [row for row in csv.DictReader(lines) if row["kommunekode"] == code]
    return [row["navn"], *filter(None, row["alias"].split("|"))]


def test_the_kommune_of_a_claim_is_named_in_the_sentence() -> None:
    for sentence, claim in claims():
        if claim.subject == "hidden_sum" and len(claim.areas) > 4:
            continue  # 'kommunerne uden offentliggjort antal' names none of them
        text = sentence.text.replace("-\n", "").casefold()
        for code in set(claim.areas) - {truth.LAND}:
            assert any(name.casefold() in text for name in names_of(code)), (sentence.id, code)


def test_ranges_are_judged_as_the_facts_say() -> None:
    ranges = [(s, c) for s, c in claims() if c.hedge == "between"]
    assert len(ranges) >= 5
    for sentence, claim in ranges:
        (code,) = claim.areas
        low, high = map(int, re.findall(r"\d+", claim.quote))
        number = (truth.count if claim.subject == "passive_count" else truth.share)(code)
        assert (claim.verdict == "holds") == (low <= number <= high), sentence.id


def test_comparisons_are_judged_as_the_facts_say() -> None:
    compared = 0
    for sentence, claim in claims():
        if claim.subject in {"greater_count", "greater_share"}:
            more, less = map(truth.count if "count" in claim.subject else truth.share, claim.areas)
            true = more > less
        elif claim.subject == "share_vs_land":
            (own,) = map(truth.share, claim.areas)
            land = truth.share(truth.LAND)
            under = re.search("under|lavere", claim.quote)
            same = "samme" in claim.quote
            true = own == land if same else own < land if under else own > land
        else:
            continue
        assert (claim.verdict == "holds") == true, sentence.id
        compared += 1
    assert compared >= 12


def test_one_share_of_several_kommuner_is_judged_by_each() -> None:
    lists = [(s, c) for s, c in claims() if c.subject == "passive_share" and len(c.areas) > 1]
    assert len(lists) >= 6
    for sentence, claim in lists:
        assert claim.figure is not None
        each = {
            truth.judge(claim.figure, claim.hedge, truth.truth_of(f'share("{code}")'))
            for code in claim.areas
        }
        assert (claim.verdict == "holds") == (each == {"holds"}), (sentence.id, each)


def test_participation_is_as_the_sources_name_it() -> None:
    taking = [(s, c) for s, c in claims() if c.subject == "bedre_ressourceforloeb_participation"]
    assert len(taking) >= 10
    for sentence, claim in taking:
        named = all(truth.takes_part("bedre_ressourceforloeb", code) for code in claim.areas)
        denied = re.search(r"(?<!\w)ikke(?!\w)", claim.quote) is not None
        assert (claim.verdict == "holds") == (named != denied), sentence.id


def test_what_is_hidden_is_never_confirmed() -> None:
    for sentence, claim in claims():
        if claim.is_unsaid:
            assert claim.verdict == "cannot_be_checked", sentence.id
            assert claim.formula is None, sentence.id
        elif claim.subject in {"passive_count", "passive_sum", "passive_denominator"}:
            assert not HIDDEN & set(claim.areas), sentence.id


@pytest.mark.parametrize("code", sorted(HIDDEN - {"0563", "0825"}))
def test_no_formula_can_use_a_hidden_count(code: str) -> None:
    with pytest.raises(ValueError, match="hidden"):
        truth.truth_of(f'count("{code}")')


def test_the_sentences_are_not_the_documents_own(shared: Path) -> None:
    documents = [
        " ".join(path.read_text("utf-8").split()) for path in (shared / "seeds").glob("*.txt")
    ]
    for sentence in sentences():
        assert not any(sentence.text in document for document in documents), sentence.id


@pytest.mark.parametrize(
    ("figure", "hedge", "formula", "verdict"),
    [
        (117, "exact", 'count("0316")', "holds"),
        (118, "exact", 'count("0316")', "does_not_hold"),
        (51.5, "exact", 'share("0316")', "holds_with_caveat"),  # the lower end rounds to 52
        (52.5, "exact", 'share("0316")', "does_not_hold"),  # the upper end rounds to 53
        (2800, "a_little_under", 'count("000")', "holds"),
        (2790, "a_little_under", 'count("000")', "does_not_hold"),  # equal is not below
        (2790, "more_than", 'count("000")', "does_not_hold"),  # equal is not above
        (1860, "more_than", 'count("000")', "holds"),  # 1,5 times away
        (1859, "more_than", 'count("000")', "holds_with_caveat"),  # a little further
        (8000, "a_little_over", 'statement("F4")', "holds"),
        (8000, "a_little_under", 'statement("F4")', "does_not_hold"),
        (24000, "exact", 'statement("F3")', "holds_with_caveat"),  # published as more than
        (223, "exact", 'denominator("0316")', "holds_with_caveat"),
        (227, "exact", 'denominator("0316")', "holds_with_caveat"),
        (228, "exact", 'denominator("0316")', "does_not_hold"),
    ],
)
def test_the_conventions_at_their_boundaries(
    figure: float, hedge: str, formula: str, verdict: str
) -> None:
    assert truth.judge(figure, hedge, truth.truth_of(formula)) == verdict
