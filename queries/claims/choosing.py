"""What a sentence leaves open: the question, and the readings that the writer chooses between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from queries.claims import asks, numbers
from queries.claims import subjects as s
from queries.claims.areas import JOBCENTER, KOMMUNE, UNKNOWN, Place
from queries.claims.asks import BY_COUNT, BY_SHARE, Ask
from queries.claims.carrying import CARRIED, TOPIC, topic_in
from queries.claims.evidence import Evidence
from queries.claims.periods import Time, months_of, period_in_words
from queries.claims.secrecy import guard

OTHER_PERIOD, NOT_COVERED = "anden", "not_covered"


@dataclass(frozen=True)
class Open:
    """A question with its answers: id, words and the claim as it is then read."""

    question: str
    options: tuple[tuple[str, str, Ask], ...]


def left_open(ask: Ask, known: Evidence) -> Open | None:
    """Return what must be asked first, or None where the claim has one reading."""
    for step in (_subject, _benefit, _active, _aspect, _time, _by, _area, _together):
        found = step(ask, known)
        if found is not None:
            return found
    return None


def which_place(ask: Ask, known: Evidence) -> Open | None:
    """Ask which of two places is meant, unless numbers of one of them are hidden.

    This comes before the refusals: the other place may be a part of the country without a number.
    """
    kommuner = tuple(one for one in ask.either if one.level in {KOMMUNE, JOBCENTER})
    if ask.relation != asks.LEVEL or not kommuner:
        return None
    if guard(replace(ask, places=kommuner, others=()), known) is not None:
        return None
    options = tuple(
        (f"sted-{at}", one.name, replace(ask, places=(one,), either=()))
        for at, one in enumerate(ask.either, 1)
    )
    return Open("Hvilket af de to steder er tallet fra?", options)


def _subject(ask: Ask, known: Evidence) -> Open | None:
    """Ask what a number without a subject is of: everything published that is counted so."""
    if ask.possible[:1] == (TOPIC,):
        return _topic(ask, known)
    if ask.possible != ("subject",) or ask.figure is None:
        return None
    kind = ask.figure.kind
    options = []
    if s.CALLED & ask.own_cues and "passive" not in ask.own_cues:
        return _called_active(ask)
    if kind in {numbers.COUNT, numbers.SHARE}:
        here = replace(
            ask, family=s.RF, aspect=s.PASSIVE, indicator_id=s.INDICATORS[s.RF, s.PASSIVE]
        )
        options.append(("emne-P", "Passive i ressourceforløb", replace(here, possible=())))
    for (family, aspect, own), target in s.TARGETS.items():
        if own == kind and target in known.statements and family != s.IP:
            there = replace(ask, family=family, aspect=aspect, possible=())
            options.append((f"emne-{target}", known.statements[target].text, there))
    return Open("Hvad er tallet af?", tuple(options))


def _called_active(ask: Ask) -> Open:
    """Ask of what benefit people are called active, or said not to be passive."""
    indicator = s.INDICATORS[s.RF, s.ACTIVE]
    here = replace(ask, family=s.RF, aspect=s.ACTIVE, indicator_id=indicator, possible=(s.ACTIVE,))
    who = "er aktive"
    if "not_passive" in ask.own_cues:
        who, cues = "ikke er passive", ask.own_cues | {s.COMPLEMENT}
        here = replace(here, possible=(), own_cues=cues)
    elif "not_called_active" in ask.own_cues:
        who, here = "ikke er aktive", replace(here, aspect=s.PASSIVE)
    options = (
        ("emne-aktive", f"Borgere i ressourceforløb, der {who}", here),
        ("emne-andet", "Noget andet end det, atlasset har tal om", replace(ask, possible=())),
    )
    return Open("Hvad er tallet af? Sætningen siger det ikke selv.", options)


def _topic(ask: Ask, known: Evidence) -> Open:
    """Ask which of the topics of the text a number is of, or whether it is of something else."""
    choices = ask.possible[1:]
    ask = replace(ask, possible=(), cues=ask.cues - {CARRIED})
    kind = ask.figure.kind if ask.figure else ""
    options = []
    for choice in choices:
        family, aspect = topic_in(choice)
        target = known.statements.get(s.TARGETS.get((family, aspect, kind), ""))
        words = target.text if target else f"{s.SUBJECT_WORDS[family]}: {s.ASPECT_WORDS[aspect]}"
        here = replace(
            ask, family=family, aspect=aspect, indicator_id=s.INDICATORS.get((family, aspect), "")
        )
        if aspect == s.ACTIVE and s.CALLED & ask.own_cues:
            here = replace(here, possible=(s.ACTIVE,))
        options.append((f"emne-{choice.replace('/', '-').rstrip('-')}", words, here))
    other = replace(ask, family="", aspect="", indicator_id="", cues=frozenset())
    options.append(("emne-andet", "Noget andet end det, atlasset har tal om", other))
    return Open("Hvad er tallet af? Sætningen siger det ikke selv.", tuple(options))


def _benefit(ask: Ask, known: Evidence) -> Open | None:
    if ask.possible != ("benefit",):
        return None
    here = replace(ask, possible=())
    options = [("ydelse-ressourceforloeb", "Passive i ressourceforløb (offentliggjort)", here)]
    options.append(
        (
            "ydelse-anden",
            "Passive på en anden ydelse, fx kontanthjælp (ikke offentliggjort)",
            replace(here, family=s.OTHER, indicator_id="passive_kontanthjaelp"),
        )
    )
    return Open("Hvilken ydelse handler sætningen om?", tuple(options))


def _active(ask: Ask, known: Evidence) -> Open | None:
    """Ask what 'aktive' are: no source says it of those who are not passive."""
    if ask.possible != (s.ACTIVE,) or ask.relation != asks.LEVEL:
        return None
    here = replace(ask, possible=())
    offer = replace(here, aspect=s.ACTIVE)
    if ask.aspect == s.PASSIVE:
        options = (
            ("ikke-aktive-passive", "De passive: hverken aktivt tilbud eller mentor", here),
            ("ikke-aktive-tilbud", "Alle uden et aktivt tilbud (ikke offentliggjort)", offer),
        )
        return Open("Hvem er det, der ikke er aktive?", options)
    rest = replace(here, own_cues=ask.own_cues | {s.COMPLEMENT})
    options = (
        ("aktive-ikke-passive", "Alle, der ikke er passive: 100 pct. minus de passive", rest),
        ("aktive-tilbud", "Kun dem i et aktivt tilbud (ikke offentliggjort for sig)", offer),
    )
    return Open("Hvem er de aktive?", options)


def _aspect(ask: Ask, known: Evidence) -> Open | None:
    if len(ask.possible) < 2 or any(one.level == KOMMUNE for one in ask.places):
        return None
    options = tuple(
        (
            f"maal-{aspect}",
            f"{s.SUBJECT_WORDS[ask.family]}: {s.ASPECT_WORDS[aspect]}",
            replace(ask, aspect=aspect, possible=()),
        )
        for aspect in ask.possible
    )
    return Open("Hvem er det, der tælles?", options)


def _periods(ask: Ask, known: Evidence) -> Sequence[str]:
    if found := known.periods.get(ask.indicator_id):
        return found
    if ask.family in {s.G2, s.IG}:
        return ["2018M12"]
    return []


def _time(ask: Ask, known: Evidence) -> Open | None:
    time = ask.time
    if (
        time is None
        or not (time.relative or time.yearless)
        or ask.relation in {asks.MEMBER, asks.SPAN}
    ):
        return None
    periods = [
        period
        for period in _periods(ask, known)
        if time.relative or time.first <= months_of(period)[0] % 12 + 1 <= time.last
    ]
    if not periods and not _periods(ask, known):
        return None
    options = [
        (f"periode-{period}", period_in_words(period), replace(ask, time=_at(time, period)))
        for period in periods
    ]
    elsewhere = replace(time, first=1, last=1, relative=False, yearless=False)
    options.append((f"periode-{OTHER_PERIOD}", "En anden periode", replace(ask, time=elsewhere)))
    return Open(f"Hvilken periode er »{time.text}«?", tuple(options))


def _at(time: Time, period: str) -> Time:
    first, last = months_of(period)
    return replace(time, first=first, last=last, relative=False, yearless=False)


def _by(ask: Ask, known: Evidence) -> Open | None:
    if (
        ask.relation not in {asks.COMPARE, asks.RANK}
        or ask.by
        or not known.periods.get(ask.indicator_id)
    ):
        return None
    options = (
        ("efter-andel", "Efter andel (pct.)", replace(ask, by=BY_SHARE)),
        ("efter-antal", "Efter antal borgere", replace(ask, by=BY_COUNT)),
    )
    return Open("Er det andelen eller antallet, der sammenlignes?", options)


def _area(ask: Ask, known: Evidence) -> Open | None:
    unknown = next((one for one in ask.places if one.level == UNKNOWN), None)
    if unknown is None or ask.family != s.RF or not known.periods.get(ask.indicator_id):
        return None
    if ask.figure is not None and ask.figure.kind == numbers.KOMMUNER:
        return None
    options = tuple(
        (
            f"kommune-{code}",
            known.known.names[code],
            replace(ask, places=(_place(unknown, code, known),)),
        )
        for code in sorted(known.known.jobcentre)
    )
    return Open(f"Hvilken kommune er »{unknown.name}«?", options)


def _together(ask: Ask, known: Evidence) -> Open | None:
    """Ask whether a number of several kommuner is their sum, where it can be either."""
    if not ask.is_shared or not known.periods.get(ask.indicator_id):
        return None
    options = (
        ("tal-sum", "For dem alle tilsammen", replace(ask, relation=asks.SUM, is_shared=False)),
        ("tal-hver", "For hver af dem", replace(ask, is_shared=False)),
    )
    return Open("Er tallet for dem tilsammen eller for hver?", options)


def _place(unknown: Place, code: str, known: Evidence) -> Place:
    return Place(KOMMUNE, (code,), known.known.names[code], unknown.start, unknown.end)
