"""What a sentence only wishes, plans or denies: such words are no claim, or the opposite one."""

from __future__ import annotations

import re

_WISHED = re.compile(
    r"(?<!\w)(?:mål(?:et)?\s+er|målsætning\w*|mål\s+om|ambition\w*|fremover|"
    r"(?<!\w,\s)hvis(?!\s+(?:antal|tal|(?:man|vi|du|jeg)\s+(?:ser|kigger|måler|tæller|tager|går|"
    r"lægger|sammenligner|spørger)))|tænk\s+hvis|"
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
_NOT_BEFORE = re.compile(r"(?<!\w)(?:ikke|hverken)\s+(?:hele\s+|den\s+|det\s+|de\s+)?$")


def is_wish(lower: str, at: int) -> bool:
    """Tell whether what stands at a place is wished, planned or supposed, not said to be so."""
    return any(
        _SUPPOSED.match(found.group()) is not None or not _is_over(lower, found.end(), at)
        for found in _WISHED.finditer(lower)
        if found.start() < at and _SAYING.match(lower, found.end(), at) is None
    )


def _is_over(lower: str, start: int, at: int) -> bool:
    """Tell whether a wish has ended: 'vi vil ned på 10 pct., men 21 pct. er passive'."""
    turn = _BUT.search(lower, start)
    return turn is not None and turn.end() <= at


def is_denied(lower: str, at: int) -> bool:
    """Tell whether what stands at a place is denied: 'ikke 117', 'det er ikke rigtigt, at …'."""
    whole = _DENIED.search(lower)
    if whole is not None and whole.end() <= at:
        turn = _TURN.search(lower, whole.end())
        if turn is None or turn.end() > at:
            return True
    return _NOT_BEFORE.search(lower, max(0, at - 16), at) is not None
