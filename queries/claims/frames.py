"""From a sentence to what it asks: figures, places, times and words put together."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import cached_property

from queries.claims import numbers, relations
from queries.claims import subjects as s
from queries.claims.areas import (
    JOBCENTER,
    KOMMUNE,
    LAND,
    LARGER,
    REST,
    UNKNOWN,
    Gazetteer,
    Place,
    places,
)
from queries.claims.asks import BY_COUNT, BY_SHARE
from queries.claims.context import Context
from queries.claims.numbers import Figure
from queries.claims.periods import Time, times
from queries.claims.subjects import Cue
from queries.claims.text import Sentence

_REFERENCES = re.compile(
    r"(?<!\w)(?:(?:spm|spørgsmål(?:ene)?|nr|bilag|tabel|figur|side|s|kapitel|afsnit|stk|sag|"
    r"journalnr|j\.?\s*nr|"
    r"beu|lov|lbk|cvr|tlf|telefon|t|kl|version|udgave|generation|model|note|punkt|"
    r"samrådsspørgsmål|§+)\.?\s*"
    r"(?:nr\.?\s*)?[\d/\-–., ]*\d|\+\d[\d ]+|\d{1,4}\s*københavn\s+\w|\d+/\d+(?:[-/]\d+)?|"
    r"\d+\s*(?:-|–)\s*årige?"
    r"|www\.\S+|\S+@\S+|https?:\S+|\d{1,2}:\d\d|\d+\s*\.\s*(?:del|plads)"
    r"|(?:over|under|mellem)\s+\d+\s+år(?=\s|$|[,.])(?!\s+i\s+kontant))"
)
_AS_RANK = re.compile(r"(?<!\w)(?:nr\.?|nummer)\s*\d{1,4}(?!\w)")
_ORDINAL = re.compile(
    r"(?<![\w.,])\d{1,4}\s?\.\s?-?(?=højest|lavest|størst|mindst|flest|færrest|plads)|"
    r"(?<![\w.,])\d{1,2}\s?\.(?=\s?-?[a-zæøå])"
)
"""A place in a row, '3. laveste' or '5.-plads', and no number of anything."""
_ALL_KOMMUNER = re.compile(r"(?<!\w)(?:landets|alle|de|danmarks|samtlige)\s+98\s+(?=\w*kommuner)")

_CONDITION = re.compile(r"(?<!\w)(?:kommuner(?:ne)?|jobcentre(?:ne)?)\s+(?:med|der\s+har|hvor)\s+$")
_HERE = re.compile(
    r"(?<!\w)(?:her|heri|kommunen|kommunens|byen|dér|andelen|antallet|den|det)(?!\w)"
)
_SHOWN = re.compile(
    r"(?<!\w)(?:viste|oplyste|offentliggjorte|med\s+(?:vist|oplyst|offentliggjort)\w*)(?!\w)"
)
_SECRET = re.compile(
    r"(?<!\w)(?:skjul(?!\s+på)\w*|diskretion\w*|anonymiser\w*|udelad\w*|prik(?:ke\w*)?|tilbageholdt\w*|"
    r"på\s+nær|ikke\s+(?:er\s+|bliver\s+|var\s+)?med(?:regne\w*|tag\w*|tælle\w*)?(?!\s+\d)|"
    r"ikke\s+(?:tælle\w*|talt|regne\w*)|kan\s+ikke\s+henføres|hverken\s+\d+\s+eller\s+\d+|"
    r"summe[rn]|lægge[rs]\s+(?:\w+\s+){0,2}sammen|rækker(?:ne)?|kommuners\s+tal|"
    r"forskel(?:len)?\s+mellem\s+(?:hele\s+)?landet|"
    r"ikke\s+(?:er\s+|kan\s+|må\s+|var\s+)?(?:vis(?:t|es)|oplys\w*|offentlig\w*)|"
    r"uden\s+(?:et\s+)?(?:offentliggjort|oplyst|vist)\w*|"
    r"kommuner(?:ne)?\s+(?:med|der\s+har)\s+(?:under|færre\s+end|mindre\s+end|højst)|"
    r"trækker\s+man|trækkes|fratræk\w*|foruden|lægger\s+man)(?!\w)"
)
_BUT_NOT = re.compile(r"(?<!\w)men\s+(?:altså\s+)?(?:ikke|uden)\s+(?:i|på|for|hos)(?!\w)")
_OR = re.compile(r",?\s+eller\s+(?:(?:i|på|hos)\s+)?")
_SOME = re.compile(
    r"(?<!\w)(?:de\s+(?:to|fire|seks|92|94|96|2|4|6|hidtil|sidste)\s+(?:\w+\s+){0,2}kommuner)(?!\w)"
)
_MANY = re.compile(
    r"(?<!\w)(?:alle|samtlige|de\s+fleste|mange|flere|enkelte|nogle|få|visse|store|små|mindre|"
    r"større|"
    r"mellemstore|flertallet\s+af)\s+(?:af\s+)?(?:\w+\s+)?kommuner(?:ne)?(?!\w)|"
    r"hver\s+\w+\s+kommune(?!\w)|jobcentre(?:ne)?(?!\w)|median\w*|i\s+en\s+kommune(?!\w)|"
    r"kommune(?:n|r|rne)?\s+med\s+(?:\w+\s+)?(?:færrest|flest|lavest|højest)\w*|"
    r"(?:laveste|højeste|mindste|største)\s+(?:andel|antal|kommune)\w*(?!\w)|"
    r"(?:nord|syd|øst|vest)\s+for\s|(?:to|små|mindre)\s+øer(?!\w)|kommunerne\s+\w+\s+tilsammen|"
    r"af\s+(?:landets\s+|de\s+)?kommuner(?:ne)?(?!\w)|"
    r"(?<!lands)(?<!\w)gennemsnit(?:lig\w*)?(?!\w)"
)


class Frame:
    """One sentence, taken apart."""

    def __init__(self, sentence: Sentence, known: Gazetteer) -> None:
        self.sentence = sentence
        self.text, self.lower = sentence.text, sentence.lower
        self.cues = s.cues(self.lower)
        self.times = times(self.lower)
        self.places = [
            one for one in places(self.text, self.lower, known) if not self._in_name(one)
        ]
        self.figures = self._figures()
        self.segments = relations.segments(self.lower)
        self.groups = relations.groups(self.lower, self.places)
        self.compared = relations.compared(self.lower, self.groups)

    def _in_name(self, place: Place) -> bool:
        return any(
            cue.start <= place.start < cue.end
            for cue in self.cues
            if cue.name in {"br", "bi", "fsm"}
        )

    def _figures(self) -> list[Figure]:
        masked = [(one.start, one.end) for one in self.times]
        named = {
            "g2",
            "fsm",
            "fsm2",
            "over_9",
            "seniority",
            "other_seniority",
            "other_lookback",
            "br",
            "bi",
        }
        if any(cue.name == "system" for cue in self.cues):
            named -= {"other_lookback"}
        masked += [(cue.start, cue.end) for cue in self.cues if cue.name in named]
        every = () if any(cue.name == "table" for cue in self.cues) else (_ALL_KOMMUNER,)
        for pattern in (_REFERENCES, _AS_RANK, numbers.IDIOM, *every):
            masked += [one.span() for one in pattern.finditer(self.lower)]
        masked += [one.span() for one in _ORDINAL.finditer(self.text)]
        return [
            one
            for one in numbers.figures(self.lower, masked)
            if not _CONDITION.search(self.lower, max(0, one.start - 40), one.start)
            or any(other.kind == numbers.KOMMUNER for other in numbers.figures(self.lower, masked))
        ]

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all cues."""
        return frozenset(cue.name for cue in self.cues)

    @cached_property
    def ranks(self) -> list[relations.Ranked]:
        """The ranks that it speaks of."""
        return relations.ranked(self.lower)

    @cached_property
    def secret_words(self) -> bool:
        """Whether it speaks of hidden cells, or of all kommuner but some."""
        wide = any(one.level in {LAND, LARGER} for one in self.places)
        if wide and _BUT_NOT.search(self.lower):
            return True
        if _SECRET.search(self.lower) or any(one.level == REST for one in self.places):
            return True
        named = any(one.level == KOMMUNE for one in self.places)
        return not named and _SOME.search(self.lower) is not None

    @cached_property
    def about_many(self) -> bool:
        """Whether it speaks of kommuner that it neither names nor counts, or of their average."""
        counted = any(one.kind == numbers.KOMMUNER for one in self.figures)
        named = any(one.level in {KOMMUNE, JOBCENTER, UNKNOWN} for one in self.places)
        return not counted and not named and _MANY.search(self.lower) is not None

    @cached_property
    def about_shown(self) -> bool:
        """Whether it speaks only of the kommuner whose numbers are shown."""
        return bool(_SHOWN.search(self.lower))

    def segment(self, at: int) -> tuple[int, int]:
        """Return the part of the sentence that a place is in."""
        return next(((a, b) for a, b in self.segments if a <= at < b), (0, len(self.lower)))

    def local(self, at: int) -> set[str]:
        """Return the names of the cues in the same part."""
        first, last = self.segment(at)
        return {cue.name for cue in self.cues if first <= cue.start < last}

    def taken(self) -> list[tuple[int, int]]:
        """Return the places of all that has been read."""
        parts: list[Figure | Place | Time | Cue] = [
            *self.figures,
            *self.places,
            *self.times,
            *self.cues,
        ]
        return [(one.start, one.end) for one in parts]

    def places_of(
        self, figure: Figure, context: Context, inherited: bool
    ) -> tuple[tuple[Place, ...], bool]:
        """Return the places that a figure is of, and whether they come from an earlier sentence."""
        compared = {group for one in self.compared for group in [one.others]}
        others = [
            group for group in self.groups if group not in compared or self._adjacent(figure, group)
        ]
        others = [group for group in others if group[0].level != REST]
        others = self._nearer(figure, others)
        if len(others) > 1:
            others = [group for group in others if group[0].level != UNKNOWN] or others
        if (
            others
            and all(group[0].level == UNKNOWN for group in others)
            and self.spoken_of(context)
        ):
            return self.spoken_of(context), True
        if len(others) == 1:
            group = others[0]
            return self._share_out(figure, group), False
        same = {figure.kind, numbers.BARE} if figure.kind == numbers.COUNT else {figure.kind}
        figures = [one for one in self.figures if one.kind in same]
        if others:
            return self._paired(figure, others, figures), False
        if far := self.spoken_of(context):
            return far, True
        if (
            context.places
            and context.reaches(self.sentence.paragraph)
            and (inherited or "this" in self.names)
        ):
            return context.places, True
        return (), False

    def _nearer(self, figure: Figure, others: list[tuple[Place, ...]]) -> list[tuple[Place, ...]]:
        """Leave out parts of the country that stand in a clause about something else."""
        first, last = self.segment(figure.number_start)
        own = [group for group in others if first <= group[0].start < last]
        goes_on = re.match(r"(?:men|og|,)\s+(?:ikke|uden|også|kun|især)(?!\w)", self.lower[first:])
        if goes_on or not self.local(figure.number_start) & {"rf", "passive", "g2", "ig"}:
            return others
        if not any(group[0].level in {KOMMUNE, JOBCENTER} for group in own):
            return others
        return [group for group in others if group in own or group[0].level != LARGER]

    def either(self, where: tuple[Place, ...]) -> tuple[Place, ...]:
        """Return the two places of 'Vesthimmerland eller Himmerland', if a figure is of one."""
        if re.search(r"(?<!\w)(?:hverken|uanset)(?!\w)", self.lower):
            return ()
        for one, other in itertools.pairwise(self.places):
            between = self.lower[one.end : other.start]
            named = {one.level, other.level} <= {KOMMUNE, JOBCENTER, LARGER}
            if named and _OR.fullmatch(between) and (one in where or other in where):
                return one, other
        return ()

    def spoken_of(self, context: Context) -> tuple[Place, ...]:
        """Return the kommuner that 'her', 'kommunen' or 'den højeste' stands for."""
        if context.named_in != self.sentence.paragraph or not _HERE.search(self.lower):
            return ()
        return context.named

    def _adjacent(self, figure: Figure, group: tuple[Place, ...]) -> bool:
        """Tell whether a figure stands right beside a place: '21 pct. i hele landet'."""
        after = self.lower[figure.end : group[0].start]
        before = self.lower[group[-1].end : figure.start]
        if figure.end <= group[0].start:
            return re.fullmatch(r"\s*(?:i|for|på|hos)?\s*", after) is not None
        return group[-1].end <= figure.start and (
            re.fullmatch(
                r"\s*(?:på|er|var|,|\(|:|som\s+er|lå\s+på|ligger\s+på)?\s*(?:på\s+)?", before
            )
            is not None
        )

    def _share_out(self, figure: Figure, group: tuple[Place, ...]) -> tuple[Place, ...]:
        """Give the n-th of 'henholdsvis' figures the n-th place of a list."""
        listed = re.search(r"(?<!\w)(?:henholdsvis|hhv)(?!\w)", self.lower) or any(
            numbers.is_listed(self.lower, one, other)
            for one, other in itertools.pairwise(self.figures)
        )
        if len(group) > 1 and listed:
            same = [one for one in self.figures if one.kind in (figure.kind, numbers.BARE)]
            starts = [one.number_start for one in same]
            if len(same) == len(group) and figure.number_start in starts:
                return (group[starts.index(figure.number_start)],)
        return group

    def _paired(
        self, figure: Figure, others: list[tuple[Place, ...]], figures: list[Figure]
    ) -> tuple[Place, ...]:
        for group in others:
            if group[0].start >= figure.end and self._adjacent(figure, group):
                return self._share_out(figure, group)
        before = [group for group in others if group[-1].end <= figure.number_start]
        after = [group for group in others if group[0].start >= figure.number_end]

        def free(first: int, last: int) -> bool:
            return not any(first <= one.number_start < last for one in figures if one is not figure)

        near = before[-1] if before and free(before[-1][-1].end, figure.number_start) else None
        following = after[0] if after and free(figure.number_end, after[0][0].start) else None
        leads = others[0][0].start < min(one.number_start for one in (*figures, figure))
        choice = (near or following) if leads else (following or near)
        chosen = choice or (before[-1] if before else others[0])
        return self._share_out(figure, chosen)

    def time_of(
        self, figure_at: int, context: Context, inherited: bool
    ) -> tuple[Time | None, bool]:
        """Return the time that a figure is of, and whether it comes from an earlier sentence."""
        first, last = self.segment(figure_at)
        own = [one for one in self.times if not one.since and not (one.is_day and one.yearless)]
        local = [one for one in own if first <= one.start < last] or own
        local = [one for one in local if not self._is_reference_time(one)]
        if local:
            near = min(local, key=lambda one: abs(one.start - figure_at))
            return self._with_year(near, context), False
        if context.time is not None and (inherited or context.reaches(self.sentence.paragraph)):
            return context.time, True
        return None, False

    def _is_reference_time(self, time: Time) -> bool:
        """Tell whether a time is that of a document: 'brevet af 7. maj 2019'."""
        before = self.lower[max(0, time.start - 40) : time.start]
        return (
            re.search(
                r"(?:brev\w*|svar\w*|skrivelse\w*|samråd\w*|møde\w*|notat\w*|orientering\w*|"
                r"berigtigelse\w*|reform\w*|"
                r"aftale\w*|satspuljen|satspuljeaftalen|forlig\w*|evaluering\w*)\s+(?:af|fra|den|"
                r"for|dateret|på)\s+(?:den\s+)?(?:d\.\s*)?$|"
                r"(?<!\w)end\s+(?:i\s+|for\s+)?$|(?:kom|sendt|sendte|skrev|oplyste|svarede|"
                r"fremlagt|"
                r"fremlagde)\s+(?:\w+\s+)?(?:i|den)\s+$",
                before,
            )
            is not None
        )

    def _with_year(self, time: Time, context: Context) -> Time:
        """Give a month without a year that of the same month in the same paragraph."""
        known = context.time
        same = known is not None and not known.relative and not known.yearless
        if known is None or not same or not time.yearless or known.first != known.last:
            return time
        if known.first % 12 + 1 == time.first == time.last:
            return replace(time, first=known.first, last=known.last, yearless=False)
        return time

    def sort_of(self, kind: str) -> str:
        """Return whether a kind of figure counts people or is a share of them."""
        return BY_SHARE if kind in {numbers.SHARE, numbers.POINTS} else BY_COUNT

    def has_kommune(self) -> bool:
        """Tell whether a kommune or jobcenter is named."""
        return any(one.level in {KOMMUNE, JOBCENTER, LARGER, UNKNOWN, LAND} for one in self.places)
