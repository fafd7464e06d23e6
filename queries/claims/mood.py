"""What a sentence only wishes, plans or denies: such words are no claim, or the opposite one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WISHED = re.compile(
    r"(?<!\w)(?:mål(?:et)?\s+(?:er|på)|målsætning\w*|mål\s+om|ambition\w*|fremover|"
    r"plan(?:en|er|erne)?\s+(?:er|om)(?=\s+at(?!\w))|planlægger|drøm(?:men|mer|me)?\s+(?:er|om)|"
    r"sigter\s+(?:mod|efter|på)|stræber|stiler|agter|"
    r"(?<!\w,\s)hvis(?!\s+(?:antal|tal|(?:man|vi|du|jeg)\s+(?:ser|kigger|måler|tæller|tager|går|"
    r"lægger|sammenligner|spørger)))|tænk,?\s+hvis|lover|"
    r"forestil\w*|"
    r"(?:vil|ville|kunne|skal|skulle|bør|burde)\s+(?:jeg|vi|gerne|ned|op|nå|bringes?|være|have)|"
    r"ønsker|ønske\s+om|håber|inden\s+20[23]\d|lad\s+os\s+sige|eksempelvis|"
    r"for\s+eksempel\s+hvis)(?!\w)"
)
_SUPPOSED = re.compile(r"(?:hvis|tænk|forestil|lad\s+os|eksempelvis|for\s+eksempel)")
_SAYING = re.compile(
    r"(?:,?\s+(?!kunne(?!\w))\w+){0,4}?\s+(?:sige|siges|nævne|nævnes|understrege|fremhæve|minde|"
    r"pege|henvise|oplyse|erkende|indrømme|konstatere|bemærke|tilføje|gentage|svare|citere|huske|"
    r"vide|usagt|skjul|opmærksom|tankerne|mente|ærlige?|velkendt|bekendt|slå\s+fast|orientere|"
    r"fortælle|takke|referere|noteres|bemærkes|fremgå)(?!\w)"
)
"""What is wished is only to say it: 'jeg vil gerne understrege, at …'."""
_SAYS_SO = r"(?:er|var|har|havde|ligger|lå|udgør|udgjorde|fik|får|blev|deltog|deltager)(?!\w)"
_FOR = rf",\s+for(?!\w)(?!\s+at(?!\w))(?=[^,;]*?(?<!\w){_SAYS_SO})"
"""The word that gives a reason in a clause of its own, not 'for hele landet'."""
_FACT = r"(?:,\s+)?(?<!\w)(?:fordi|eftersom|idet|nu\s+hvor|selv\s+om|selvom)(?!\w)|,\s+da(?!\w)"
"""The words before a clause that is said to be so."""
_BUT = re.compile(rf"(?:;|(?<!\w)men(?!\w)|{_FACT})(?=[^;]*?(?<!\w){_SAYS_SO})|{_FOR}")
_THEN = re.compile(r",?\s+og(?!\w)|:|\s[–—-]\s|,\s+(?:mens|hvor|så)(?!\w)|,(?=\s)")
"""Where a clause may begin that is said to be so, if its own words say that."""
_NOW = re.compile(
    r"(?<!\w)(?:var|havde|fik|lå|udgjorde|blev|deltog|søgte|(?:har|er)\s+(?:\w+\s+)?(?:fået|givet|blevet|haft))(?!\w)|"
    rf"(?<!\w)(?:i\s+dag|aktuelt|lige\s+nu|for\s+tiden|p\.t\.)(?=\s+{_SAYS_SO})|"
    rf"(?<!\w){_SAYS_SO}[^,;]{{0,80}}?(?<!\w)(?:i\s+dag|aktuelt|lige\s+nu|for\s+tiden|p\.t\.)(?!\w)"
)
"""Words of a clause that no goal has: a past tense, or the present day."""
_IS_SO = re.compile(rf"(?<!\w){_SAYS_SO}")
_OPEN_WISH = re.compile(r"(?<!\w)(?:at|hvis|om|når)(?!\w)|\d")
"""A wish that is not told to its end before the next clause."""
_CLAUSE_END = re.compile(r",\s|;|\s[–—-]\s|(?<!\w)(?:og|men|mens)(?=\s+(?:vi|jeg|kommune|målet))")
_DENIED = re.compile(
    r"(?<!\w)(?:(?:det\s+)?(?:er|var|passer)\s+(?:ikke|næppe|aldrig)\s*(?:rigtigt|korrekt|sandt|"
    r"tilfældet)?,?"
    r"\s+at|det\s+(?:er|var|(?:vil|ville)\s+være)\s+(?:forkert|usandt|misvisende|en\s+misforståelse),?"
    r"\s+at|"
    r"det\s+passer\s+ikke,?\s+at)(?!\w)"
)
_TURN = re.compile(
    r"\s[–—-]\s|;|(?<!\w)men(?!\w)|,\s+(?:eftersom|idet|tværtimod|derimod)(?!\w)|"
    rf"{_FOR}"
)
_NEITHER = re.compile(r"(?<!\w)hverken\s+(?:i\s+|på\s+|hos\s+)?$")
_NOT_BEFORE = re.compile(r"(?<!\w)(?:ikke|hverken)\s+(?:hele\s+|den\s+|det\s+|de\s+)?$")


def is_wish(lower: str, at: int, *, was_planned: bool = False) -> bool:
    """Tell whether what stands at a place is wished, planned or supposed, not said to be so.

    `was_planned` where a source tells what a programme was to reach: then 'skulle nå' is no wish.
    """
    return any(end is None for end in _wishes(lower, at, was_planned))


def fact_from(lower: str, at: int) -> int:
    """Return where the clause of a place begins, if a wish stands before it; else 0."""
    return max((end or 0 for end in _wishes(lower, at, was_planned=False)), default=0)


def _wishes(lower: str, at: int, was_planned: bool) -> Iterator[int | None]:
    """Yield for each wish that begins before a place where it has ended, None where it has not."""
    for found in _WISHED.finditer(lower, 0, at):
        if was_planned and found.group().startswith("skulle"):
            continue
        if _SAYING.match(lower, found.end(), at) is None:
            supposed = _SUPPOSED.match(found.group()) is not None
            yield None if supposed else _end_of(lower, found.end(), at)


def _end_of(lower: str, start: int, at: int) -> int | None:
    """Return where a wish has ended: 'vi vil ned på 10 pct., men 21 pct. er passive'."""
    turn = _BUT.search(lower, start)
    if turn is not None and turn.end() <= at:
        return turn.end()
    then = None
    for found in _THEN.finditer(lower, start, at):
        then = found
    if then is None:
        return None
    ends = _CLAUSE_END.search(lower, at)
    last = ends.start() if ends else len(lower)
    if _NOW.search(lower, then.end(), last):
        return then.end()
    is_told = then.group().strip() not in {",", ":"}
    is_told = is_told and _OPEN_WISH.search(lower, start, then.start()) is None
    return then.end() if is_told and _IS_SO.search(lower, then.end(), last) else None


def is_neither(lower: str, starts: Iterable[int]) -> bool:
    """Tell whether one of the places named is 'hverken': 'hverken Holbæk eller Lejre har …'."""
    return any(_NEITHER.search(lower, max(0, at - 16), at) for at in starts)


def is_denied(lower: str, at: int) -> bool:
    """Tell whether what stands at a place is denied: 'ikke 117', 'det er ikke rigtigt, at …'."""
    whole = _DENIED.search(lower)
    if whole is not None and whole.end() <= at:
        turn = _TURN.search(lower, whole.end())
        if turn is None or turn.end() > at:
            return True
    return _NOT_BEFORE.search(lower, max(0, at - 16), at) is not None
