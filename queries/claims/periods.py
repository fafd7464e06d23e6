"""Which time a sentence speaks of: months, quarters, years, days, spans, 'i fjor'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from queries.month_names import MONTHS

_MONTH = "|".join(MONTHS)
_SHORT = "jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec"
_YEAR = r"(?:19|20)\d\d"
_SEASONS = {"foråret": (3, 5), "sommeren": (6, 8), "efteråret": (9, 11), "vinteren": (12, 12)}
_SEASONS |= {"første halvår": (1, 6), "andet halvår": (7, 12), "midten af": (5, 8)}
_SEASONS |= {"1. halvår": (1, 6), "2. halvår": (7, 12), "begyndelsen af": (1, 3)}
_SEASONS |= {"starten af": (1, 3), "slutningen af": (10, 12), "udgangen af": (12, 12)}
_QUARTERS = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4}


@dataclass(frozen=True)
class Time:
    """A time in a sentence, as months counted from year 0; both ends are in it.

    `relative` is a word such as 'i fjor' that only the writer can place; then first is 0.
    `since` is the beginning of something ('siden 2015'), `is_span` one with two written ends,
    `is_day` a date, `yearless` a month whose year is not said (1 to 12 in `first`).
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    relative: bool = False
    since: bool = False
    is_span: bool = False
    is_day: bool = False
    yearless: bool = False

    def covers(self, period: str) -> bool:
        """Tell whether a period such as '2017M06' lies within this time."""
        first, last = months_of(period)
        return self.first <= first and last <= self.last

    def is_exactly(self, period: str) -> bool:
        """Tell whether this is that period, to the month."""
        return (self.first, self.last) == months_of(period)


_PATTERN = re.compile(
    r"(?<![\w./,])(?:"
    rf"(?:(?P<pr>pr\.|per|den|af)\s+)?(?P<day>\d{{1,2}})\.\s*(?P<dm>{_MONTH}|"
    rf"(?:{_SHORT})\.?)(?:\s+(?P<dy>{_YEAR}))?"
    rf"|(?P<d2>\d{{1,2}})[./-](?P<m2>\d{{1,2}})[./-](?P<y2>{_YEAR})"
    rf"|(?P<q>[1-4])\.\s*(?:kvartal|kvt\.?)\s*(?:af\s+)?(?P<qy>{_YEAR}|i\s+år)"
    rf"|(?P<qw>første|andet|tredje|fjerde)\s+kvartal\s+(?:af\s+|i\s+)?(?P<qwy>{_YEAR})"
    rf"|(?P<q2>[1-4])\.\s*kvartal(?!\s*{_YEAR})"
    rf"|(?P<season>{'|'.join(_SEASONS)})\s+(?:af\s+)?(?P<sy>{_YEAR})"
    rf"|(?P<point>ultimo|primo|medio)\s+(?:(?P<pm>{_MONTH})\s+)?(?P<py>{_YEAR})"
    rf"|uge\s+(?P<week>\d{{1,2}})(?:\s*[,i]?\s*(?P<wy>{_YEAR}))?"
    rf"|(?P<month>{_MONTH})\s+(?:måned\s+)?(?P<my>{_YEAR})"
    rf"|(?P<ym>{_YEAR})m(?P<mm>[01]\d)"
    rf"|(?P<y1>{_YEAR})\s*(?:-|–|—|til(?:\s+og\s+med)?|/)\s*(?P<yy>{_YEAR})"
    rf"|(?P<relative>(?:(?:{_MONTH})\s+)?(?:i\s+fjor|sidste\s+år|sidste\s+måned|i\s+år|"
    rf"denne\s+måned"
    r"|seneste\s+måned|sidste\s+kvartal|året\s+før|måneden\s+før|forrige\s+år|forrige\s+måned"
    r"|dette\s+år|for\s+et\s+år\s+siden|i\s+forfjor|næste\s+år))"
    rf"|(?P<bare>{_MONTH})(?!\s*{_YEAR})(?=\s|$|[,.;:)])"
    rf"|(?P<year>{_YEAR})(?![\d.,]*\d)(?!\s*(?:borgere|personer|kommuner|mio|pct|kr|mennesker|"
    rf"job|procent|%))"
    r")(?!\w)"
)
_SINCE = re.compile(
    r"(?<!\w)(?:siden|fra\s+og\s+med|efter|før|inden|til\s+og\s+med)\s+(?:d\.\s+|den\s+)?$"
)
_MUST_BE_MONTH = re.compile(
    r"(?<!\w)(?:i|fra|til|pr\.|per|ultimo|primo|medio|siden|for|og|,|-|–)\s*$"
)
_LINK = re.compile(r"\s*(?:-|–|—|til(?:\s+og\s+med)?|og\s+frem\s+til|frem\s+til|-\s*)\s*")
_FROM_TO = re.compile(r"\s+(?:og\s+(?:\w+\s+){1,2}i)\s+")


def months_of(period: str) -> tuple[int, int]:
    """Return the first and last month of a period, counted from year 0."""
    year, kind, part = int(period[:4]) * 12, period[4:5], period[5:]
    if kind == "M":
        return year + int(part) - 1, year + int(part) - 1
    if kind == "Q":
        return year + 3 * (int(part) - 1), year + 3 * int(part) - 1
    return year, year + 11


def times(text: str) -> list[Time]:
    """Return the times of a sentence in small letters, in order; spans are one time."""
    found = [one for match in _PATTERN.finditer(text) if (one := _time(text, match)) is not None]
    joined: list[Time] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and (span := _span(text, last, one)):
            joined[-1] = span
        else:
            joined.append(one)
    return joined


def _span(text: str, last: Time, one: Time) -> Time | None:
    if last.relative or one.relative or last.is_span or last.end > one.start:
        return None
    between = text[last.end : one.start]
    if _LINK.fullmatch(between) is None:
        return None
    first, end = last.first, one.last
    if last.yearless and not one.yearless:
        first = one.last // 12 * 12 + last.first - 1
    if one.yearless or first > end:
        return None
    return Time(first, end, last.start, one.end, text[last.start : one.end], is_span=True)


def _time(text: str, found: re.Match[str]) -> Time | None:
    start, end = found.span()
    if found["pr"]:
        start = found.start("pr") if found["pr"] in {"pr.", "per"} else found.start("day")
    said = text[start:end]
    since = _SINCE.search(text, max(0, start - 24), start) is not None
    if found["relative"]:
        return Time(0, 0, start, end, said, relative=True)
    if found["bare"]:
        if not _MUST_BE_MONTH.search(text, max(0, start - 10), start):
            return None
        month = MONTHS.index(found["bare"]) + 1
        return Time(month, month, start, end, said, since=since, yearless=True)
    months = _months(found)
    if months is None:
        return None
    first, last, is_day, yearless = months
    is_span = found["yy"] is not None
    return Time(first, last, start, end, said, False, since, is_span, is_day, yearless)


def _months(found: re.Match[str]) -> tuple[int, int, bool, bool] | None:  # noqa: PLR0911
    if found["day"]:
        month = _month(found["dm"])
        if not found["dy"]:
            return month, month, True, True
        at = int(found["dy"]) * 12 + month - 1
        return at, at, True, False
    if found["d2"]:
        at = int(found["y2"]) * 12 + min(12, max(1, int(found["m2"]))) - 1
        return at, at, True, False
    if quarter := found["q"] or found["qw"]:
        number = int(quarter) if quarter.isdigit() else _QUARTERS[quarter]
        said = found["qy"] or found["qwy"]
        if not said.isdigit():
            return 3 * number - 2, 3 * number, False, True
        year = int(said) * 12
        return year + 3 * (number - 1), year + 3 * number - 1, False, False
    if found["q2"]:
        number = int(found["q2"])
        return 3 * number - 2, 3 * number, False, True
    if found["season"]:
        first, last = _SEASONS[found["season"]]
        year = int(found["sy"]) * 12
        return year + first - 1, year + last - 1, False, False
    if found["point"]:
        month = {"ultimo": 12, "primo": 1, "medio": 6}[found["point"]]
        month = _month(found["pm"]) if found["pm"] else month
        at = int(found["py"]) * 12 + month - 1
        return at, at, False, False
    if found["week"]:
        return None if not found["wy"] else _week(int(found["week"]), int(found["wy"]))
    if found["month"]:
        at = int(found["my"]) * 12 + _month(found["month"]) - 1
        return at, at, False, False
    if found["ym"]:
        at = int(found["ym"]) * 12 + min(12, max(1, int(found["mm"]))) - 1
        return at, at, False, False
    if found["yy"]:
        return int(found["y1"]) * 12, int(found["yy"]) * 12 + 11, False, False
    year = int(found["year"]) * 12
    return year, year + 11, False, False


def _week(week: int, year: int) -> tuple[int, int, bool, bool]:
    month = min(11, max(0, week * 12 // 53))
    return year * 12 + month, year * 12 + month, True, False


def _month(word: str) -> int:
    return next(at for at, month in enumerate(MONTHS, 1) if month.startswith(word.rstrip(".")[:3]))


def in_words(first: int, last: int) -> str:
    """Return months in Danish: 'juni 2017', '2017', '2. kvartal 2017', 'juni 2017 – maj 2018'."""
    if first == last:
        return f"{MONTHS[first % 12]} {first // 12}"
    if first % 12 == 0 and last == first + 11:
        return str(first // 12)
    if first % 3 == 0 and last == first + 2:
        return f"{first % 12 // 3 + 1}. kvartal {first // 12}"
    if first % 12 == 0 and last % 12 == 11:
        return f"{first // 12}-{last // 12}"
    return f"{in_words(first, first)} – {in_words(last, last)}"


def period_in_words(period: str) -> str:
    """Return a period of the warehouse in Danish: '2017M06' -> 'juni 2017'."""
    return in_words(*months_of(period))
