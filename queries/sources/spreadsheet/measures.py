"""What the columns of numbers are: counts, denominators and shares, and of which indicator."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from queries.indicators.definition import Indicator
from queries.sources.spreadsheet.amounts import COUNT, DASH, DECIMAL, EMPTY, HIDDEN, TEXT
from queries.sources.spreadsheet.mapping import WHOLE
from queries.tables.columns import CHANGE_WORDS, SHARE_WORDS, is_average

_NUMERATOR = re.compile(r"\btæller\w*|\bheraf\b|\bpassive?\b|\buden\b|\bi tilbud\b|\bhar skiftet\b")
_DENOMINATOR = re.compile(
    r"\bnævner\w*|\bi alt\b|\bialt\b|\balle\b|\bsamtlige\b|\bpopulation\w*|\bmålgruppe\w*"
    r"|\btotal\w*"
    r"|\bsamlet\b|\bmodtagere\b|\bgrundlag\w*|\bi ressourceforløb\b(?! uden)|\banciennitet\b"
)
_COUNT = re.compile(r"\bantal\b|\bpersoner\b|\bborgere\b|\bantallet\b")
_SURE_NUMERATOR = re.compile(r"\btæller\w*")
_SURE_DENOMINATOR = re.compile(r"\bnævner\w*")
_WORD = re.compile(r"[a-zæøå0-9]+")
_PERIOD_WORDS = {"i", "og", "af", "på", "med", "som", "en", "et", "den", "de", "for", "til", "ved"}
_MEASURE_WORDS = re.compile(
    r"\b(?:tæller\w*|nævner\w*|antallet|antal|andelen?|andele|pct\.?|procent|personer|borgere)\b|[%(),.:]"
)
WHOLE_TEXTS = ("i alt", "ialt", "alle", "total", "samlet", "hele", "samtlige", "sum", "begge")


@dataclass(frozen=True, eq=False)
class Amounts:
    """A column of numbers as roles are judged by it: its heading words and a sample of it."""

    heading: str
    read: pl.DataFrame
    fraction: bool = False

    @property
    def numeric(self) -> int:
        """How many cells are numbers."""
        return int(self.read["sort"].is_in([COUNT, DECIMAL]).sum())

    @property
    def shares(self) -> bool:
        """Whether the column looks like shares, by heading or by what stands in it."""
        numbers = self.read.filter(pl.col("sort").is_in([COUNT, DECIMAL]))
        if not numbers.height:
            return bool(SHARE_WORDS.search(self.heading))
        if numbers["marked"].sum() * 2 > numbers.height or self.fraction:
            return True
        low, high = float(numbers["value"].min() or 0), float(numbers["value"].max() or 0)  # type: ignore[arg-type]
        fits = low >= 0 and high <= 100.5
        if SHARE_WORDS.search(self.heading) and not _SURE_NUMERATOR.search(self.heading):
            return True
        decimals = numbers.filter((pl.col("sort") == DECIMAL) & (pl.col("decimals") > 0)).height
        return bool(fits and 2 * decimals > numbers.height and not _COUNT.search(self.heading))


@dataclass(frozen=True)
class Role:
    """A proposed role, whether the sheet itself settles it, and why (Danish)."""

    role: str
    sure: bool
    why: str


def is_numeric(read: pl.DataFrame) -> bool:
    """Whether a column holds numbers or marks, and hardly any other text."""
    counts = dict(read["sort"].value_counts().iter_rows())
    filled = read.height - counts.get(EMPTY, 0)
    numbers = counts.get(COUNT, 0) + counts.get(DECIMAL, 0)
    marks = counts.get(HIDDEN, 0) + counts.get(DASH, 0)
    if not filled or (not numbers and not marks):
        return False
    return bool(counts.get(TEXT, 0) <= 0.4 * filled)


def roles_of(columns: Sequence[Amounts]) -> list[Role]:
    """Return a role for each of the columns that stand side by side for one period and class.

    Arithmetic decides before words: the columns where share = count / denominator.
    """
    shares = [at for at, each in enumerate(columns) if each.shares]
    other = {at for at, each in enumerate(columns) if _is_other(each.heading)}
    counts = [at for at in range(len(columns)) if at not in shares and at not in other]
    shares = [at for at in shares if at not in other]
    found = {
        at: Role("ignore", True, "Kolonnen er hverken tæller, nævner eller andel.") for at in other
    }
    if triple := _fitting(columns, counts, shares):
        n, d, s = triple
        why = "Andelen er tælleren divideret med nævneren i alle rækker."
        found |= {
            n: Role("numerator", True, why),
            d: Role("denominator", True, why),
            s: Role("share", True, why),
        }
    else:
        found |= _by_order(columns, counts)
        found |= _shares(shares)
    rest = Role("ignore", False, "Der er flere kolonner af samme slags; kun én af dem læses.")
    return [found.get(at, rest) for at in range(len(columns))]


def _is_other(heading: str) -> bool:
    return (
        bool(CHANGE_WORDS.search(heading))
        or is_average(heading)
        or bool(
            re.search(
                r"\brang\b|\bplacering\b|\bindeks\b|\bnr\b|\bfolketal\b|\bindbyggere\b|\bkr\b|beløb",
                heading,
            )
        )
    )


def _shares(shares: list[int]) -> dict[int, Role]:
    found = {}
    for position, at in enumerate(shares):
        if position:
            break
        sure = len(shares) == 1
        found[at] = Role("share", sure, "Kolonnen har procenttegn, eller overskriften siger andel.")
    return found


def _fitting(
    columns: Sequence[Amounts], counts: list[int], shares: list[int]
) -> tuple[int, int, int] | None:
    """Return the count, denominator and share that fit in (nearly) all rows, if only one do."""
    if len(counts) < 2 or not shares or len(counts) > 12:
        return None
    fitting = []
    for s in shares:
        for n in counts:
            for d in counts:
                if n != d and (score := _fit(columns[n], columns[d], columns[s])) > 0.9:
                    fitting.append((score, n, d, s))
    if not fitting:
        return None
    return max(fitting)[1:] if len({each[1:3] for each in fitting}) == 1 else None


def _fit(count: Amounts, whole: Amounts, share: Amounts) -> float:
    rows = pl.DataFrame(
        {
            "n": count.read["value"],
            "d": whole.read["value"],
            "s": share.read["value"],
            "k": share.read["decimals"],
        }
    ).drop_nulls()
    rows = rows.filter(pl.col("d") > 0)
    informative = rows.filter((pl.col("n") > 0) & (pl.col("n") != pl.col("d")))
    if informative.height < 2:
        return 0.0
    scale = 100.0 if share.fraction else 1.0
    widest = max(map(int, rows["k"].to_list()), default=0)
    decimals = max(widest - (2 if share.fraction else 0), 0)
    half = 0.5 * 10.0 ** -min(decimals, 4) + 1e-9
    fits = (100 * pl.col("n") / pl.col("d") - scale * pl.col("s")).abs() <= half
    return float(informative.select(fits.mean()).item())


def _by_order(columns: Sequence[Amounts], counts: list[int]) -> dict[int, Role]:
    """Return numerator and denominator by what their headings say and by their sizes."""
    words = {at: _count_words(columns[at].heading) for at in counts}
    numerators, denominators = _named(words, "numerator"), _named(words, "denominator")
    if not counts:
        return {}
    if len(counts) == 1:
        at = counts[0]
        if denominators:
            sure = words[at] == "denominator!"
            return {at: Role("denominator", sure, "Overskriften lyder som nævneren.")}
        return {at: Role("numerator", True, "Det er den eneste kolonne med antal.")}
    if len(counts) == 2:
        return _of_two(columns, counts, numerators, denominators)
    found = {}
    why = "Overskriften passer bedst, men der er flere kolonner med antal."
    if numerators or not denominators:
        found[(numerators or counts)[0]] = Role("numerator", False, why)
    if denominators:
        found[denominators[0]] = Role("denominator", False, why)
    return found


def _named(words: Mapping[int, str], role: str) -> list[int]:
    """Return the columns named as a role: those whose names can mean nothing else, if any."""
    return [at for at, word in words.items() if word == f"{role}!"] or [
        at for at, word in words.items() if word == role
    ]


def _of_two(
    columns: Sequence[Amounts], counts: list[int], numerators: list[int], denominators: list[int]
) -> dict[int, Role]:
    a, b = counts
    if len(denominators) == 1:
        d = denominators[0]
        n = b if d == a else a
        why = "Overskriften siger, hvad der er nævner, og den anden kolonne er aldrig større."
    elif len(numerators) == 1:
        n = numerators[0]
        d = b if n == a else a
        why = "Overskriften siger, hvad der er tæller, og den er aldrig større end den anden."
    else:
        n, d = (b, a) if _at_most(columns[b], columns[a]) else (a, b)
        why = "Overskrifterne siger ikke, hvad de er; den mindste er tælleren."
        return {n: Role("numerator", False, why), d: Role("denominator", False, why)}
    sure = _at_most(columns[n], columns[d])
    if not sure:
        why = "Overskrifterne tyder på det, men tælleren er ikke altid mindre end nævneren."
    return {n: Role("numerator", sure, why), d: Role("denominator", sure, why)}


def _count_words(heading: str) -> str:
    if _SURE_NUMERATOR.search(heading):
        return "numerator!"
    if _SURE_DENOMINATOR.search(heading):
        return "denominator!"
    if _NUMERATOR.search(heading):
        return "numerator"
    return "denominator" if _DENOMINATOR.search(heading) else ""


def _at_most(count: Amounts, whole: Amounts) -> bool:
    """Whether a column is never larger than another, and somewhere smaller."""
    rows = pl.DataFrame({"n": count.read["count"], "d": whole.read["count"]}).drop_nulls()
    return (
        rows.height > 0
        and bool((rows["n"] <= rows["d"]).all())
        and bool((rows["n"] < rows["d"]).any())
    )


def measure_of(text: str) -> str:
    """Return the role that a text in a column of measures names, '' where it names none."""
    folded = text.casefold()
    if SHARE_WORDS.search(folded):
        return "share"
    words = _count_words(folded).rstrip("!")
    return words or ("numerator" if _COUNT.search(folded) else "")


@dataclass(frozen=True)
class Scored:
    """How well what the sheet says fits an indicator; `words` are those that it shares."""

    indicator_id: str
    score: float
    words: tuple[str, ...]


def score_indicators(text: str, indicators: Mapping[str, Indicator]) -> list[Scored]:
    """Return all indicators, the best fitting first. Rare words weigh more than common ones."""
    said = _stems(text)
    texts = {
        key: (_stems(each.title), _stems(f"{each.numerator} {each.family}"))
        for key, each in indicators.items()
    }
    spread = Counter(stem for title, more in texts.values() for stem in title | more)
    weight = {stem: math.log(1 + len(indicators) / count) for stem, count in spread.items()}
    scored = []
    for key, (title, more) in texts.items():
        # Title words that are missing count against it: 'passive i ...' of another benefit.
        total = sum(weight[stem] for stem in title)
        shared = title & said
        score = sum(weight[stem] for stem in shared) / total if total else 0.0
        score += 0.3 * sum(weight[stem] for stem in (more - title) & said) / max(total, 1e-9) / 3
        if indicators[key].title.casefold() in text.casefold():
            score += 1
        scored.append(Scored(key, round(score, 4), tuple(sorted(shared))))
    return sorted(scored, key=lambda each: (-each.score, each.indicator_id))


def _stems(text: str) -> set[str]:
    words = _WORD.findall(text.casefold())
    return {
        word[:7] if len(word) > 7 else word.rstrip("e")
        for word in words
        if word not in _PERIOD_WORDS
    }


def class_key(text: str) -> str:
    """Reduce the name of a class to what two ways of writing it have in common."""
    folded = f" {text.casefold()} "
    folded = re.sub(r"\bmdr?\b\.?|\bmåned\b", "måneder", folded)
    folded = re.sub(r"<|\bmindre end\b|\bfærre end\b", " under ", folded)
    folded = re.sub(r">|\bmere end\b|\bflere end\b", " over ", folded)
    folded = re.sub(r"(\d)\s*(?:\+|år og derover)", r"over \1", folded)
    folded = re.sub(r"(\d)\s*[-–—]\s*(\d)", r"\1 til \2", folded)
    return " ".join(_WORD.findall(folded))


def match_class(text: str, indicator: Indicator | None) -> str | None:
    """Return the breakdown that a text names, WHOLE for all of them, None where none is known."""
    key = class_key(text)
    if not key or key in WHOLE_TEXTS:
        return WHOLE
    if indicator is None:
        return None
    for breakdown, title in indicator.breakdowns.items():
        if key in {class_key(title), class_key(breakdown.replace("_", " "))}:
            return breakdown
    subject = _stems(indicator.title) - {"passiv"}
    if subject and _stems(text) == subject:
        return WHOLE  # 'Ressourceforløb' among benefits is all of 'Passive i ressourceforløb'.
    return None


def without_measure(heading: str) -> str:
    """Return what a heading says beside the kind of number."""
    return " ".join(_MEASURE_WORDS.sub(" ", heading.casefold()).split())
