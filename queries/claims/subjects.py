"""What a sentence is about: families of numbers, and what of them is said.

A family is a group of people or a programme; an aspect is what is said of it. Both are found by
words (`CUES`); together with the kind of a figure they name one published number (`TARGETS`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from queries.claims import numbers

RF, G2, IG = "ressourceforloeb", "gruppe_2", "indsatsgruppen"
FSM, FSM2, BR, BI, IP = (
    "flere_skal_med",
    "flere_skal_med_2",
    "bedre_ressourceforloeb",
    "bedre_indsats",
    "initiativpakke",
)
JOBS, OTHER = "private_job", "andre_ydelser"
PROGRAMMES = (FSM2, FSM, BR, BI, IP)
PEOPLE = (RF, G2, IG, FSM, OTHER)
PASSIVE, POPULATION, TABLE, ACTIVE = "passive", "population", "table", "active"
VISITED, CHANGED, STILL, OVER_9, NO_OFFER, OFFER = (
    "visited",
    "changed",
    "still",
    "over_9",
    "no_offer",
    "offer",
)
PRACTICE, ORDINARY, EXIT, SIZE, EXIT_OF_ORDINARY = (
    "practice",
    "ordinary",
    "exit",
    "size",
    "exit_of_ordinary",
)
TARGETED, APPLIED, REFUSED, WHOLE = "targeted", "applied", "refused", ""
CALLED = {"not_passive", "called_active", "not_called_active"}
COMPLEMENT = "complement"
"""The mark of a claim of all who are not passive, whatever they are called."""
BOTH = re.compile(r"(?:tilbud|indsats).*mentor|mentor.*(?:tilbud|indsats)")
OTHER_TIME, NOT_CHANGED = "other_time", "not_changed"

_OFFER = r"(?:tilbud|indsats(?!gruppe)|mentor\w*|aktivering|hjælp)"
_ACTIVE = (
    r"(?:\s+(?:et|en|et\s+eneste|noget|nogen|den|aktivt?|aktive|jobrettet|virksomhedsrettet|"
    r"beskæftigelsesrettet|egentlig))*"
)
_PASSIVE = (
    r"passiv\w*(?!\s+forsørgelse)|"
    rf"hverken\s(?:[\w,-]+\s){{0,9}}?{_OFFER}|"
    rf"uden(?:\s+at\s+(?:have\s+)?(?:fået|få|haft|modtage\w*|deltage\w*|været))?(?:\s+(?:i|enten|"
    rf"hverken|både))?{_ACTIVE}\s+{_OFFER}|"
    rf"(?:ikke|aldrig)\s(?:[\w-]+\s){{0,5}}?{_OFFER}|"
    rf"(?:intet|ingen|manglende|mangl(?:er|ede|et)){_ACTIVE}\s+{_OFFER}|uvirksomme"
)
_NOT = r"(?:ikke|aldrig)\s+(?:(?:er|var|været|har|længere|blevet)\s+){0,3}"
_NO_NOUN = (
    r"(?!\s+(?:\w+\s+)?(?:tilbud|indsats\w*|forløb|foranstaltning\w*|tiltag|redskab\w*|"
    r"\w*politik\w*|støtte|hjælp\w*|ledige|job\w*|medborgere|kommuner\w*|virksomheder\w*)(?!\w))"
)
_BENEFIT = r"(?:kontanthjælp|uddannelseshjælp|integrationsydelse)"
_N = r"(?:\d+|en|et|én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|halvandet|halvanden)"
CUES = {
    "rf": r"ressourceforløb\w*",
    "passive": _PASSIVE,
    "active": rf"(?:fået|haft|modtaget|deltaget|får|fik|er\s+i|"
    rf"var\s+i|i\s+gang\s+med)(?:\s+enten|\s+mindst)?{_ACTIVE}\s+{_OFFER}",
    "not_passive": rf"{_NOT}passive?(?!\s+forsørgelse)",
    "called_active": rf"(?:aktive|(?<=er )aktiv|(?<=var )aktiv){_NO_NOUN}",
    "not_called_active": rf"{_NOT}aktive?{_NO_NOUN}",
    "seniority": r"(?:(?:1|et|ét|én|en)\s+års?(?:\s+anciennitet)?|12\s+måneders?|"
    r"52\s+(?:sammenhængende\s+)?(?:ydelses)?uger)",
    "other_seniority": rf"(?:(?!1\s|et\s|ét\s|én\s|en\s|12\s|52\s){_N}\s+(?:års?|måneders?|"
    rf"ugers?)\s+anciennitet|halvt?\s+års\s+anciennitet|uanset\s+anciennitet)",
    "other_lookback": rf"(?:seneste|sidste)\s+(?:halve\s+år|halvår|måned|kvartal|(?!12\s|52\s|"
    rf"1\s|et\s){_N}\s+(?:måneder|år|uger))|halvandet\s+år|(?:i|gennem)\s+(?:mere\s+end\s+|"
    rf"over\s+|mindst\s+)?(?:to|tre|fire|fem|[2-9])\s+år(?!s?\s+anc)|(?:to|2|tre|3)\s+år\s+uden",
    "everyone": r"(?:alle|samtlige|hele)(?:\s+(?:\w+))?(?:\s+i)?\s+(?:ressourceforløb\w*|"
    r"gruppe\s+2|flere\s+skal\s+med|projektet)|(?:alle|samtlige)\s+(?:borgere|personer|"
    r"deltagere|modtagere)(?=\s|$)",
    "table": r"tabel(?:len)?|opgørelse(?:n)?",
    "g2": r"gruppe[\s-]*(?:2|to)(?!\w)|gr\.\s*2(?!\w)",
    "ig": r"indsatsgrupp\w+|virksomhedsrettede\s+indsats\w*gruppe|"
    r"deltagerne\s+i\s+den\s+virksomhedsrettede\s+indsats",
    "fsm": r"flere\s+skal\s+med(?!\s+(?:2|to)(?!\w))|fsm(?!\w)",
    "fsm2": r"flere\s+skal\s+med\s+(?:2|to)(?!\w)|pilotprojekt\w*|pilotkommune\w*",
    "br": r"bedre\s+ressourceforløb(?!\w)",
    "bi": r"bedre\s+indsats(?:\s+for\s+borgere(?:\s+i\s+ressourceforløb)?)?",
    "ip": r"initiativpakke\w*|skrivelse\w*",
    "jobs": r"privat\w*\s+(?:job|jobs|arbejdspladser|stillinger)(?!\w)|private\s*ansatte",
    "programme": r"(?:projektperioden|projektet|projekt|indsatsen|initiativet|puljen|satspuljen|"
    r"ordningen|forsøget|programmet|satspuljeinitiativet)s?",
    "package": r"pakken(?:s)?",
    "other_whole": r"offentlig\w*\s+(?:forsørgelse|ydelse\w*)|overførselsindkomst\w*|"
    r"befolkningen|arbejdsstyrken|(?:alle|samtlige)\s+(?:ledige|arbejdsløse|danskere|indbyggere)",
    "over_9": r"(?:9|ni)\s+måneder",
    "other_time": rf"(?!9\s|ni\s){_N}\s+måneder|(?:et\s+)?(?:halvt|halve)\s+år|{_N}\s+år",
    "changed": r"skift\w*\s+(?:[\w-]+\s+){0,4}?ydelse\w*|skiftet\s+fra|ydelsesskift\w*|(?:ny|"
    r"anden|nye)\s+ydelse|ikke\s+længere\s+(?:på|modtager|får)|"
    r"forladt\s+(?:de\s+)?\w*(?:ydelse|hjælp)\w*|kommet\s+videre|"
    r"lagt\s+(?:[\w,]+\s+){1,6}bag\s+sig",
    "not_changed": r"(?:ikke|aldrig)\s+(?:\w+\s+)?(?:skiftet|fået\s+(?:en\s+)?ny|kommet\s+videre)",
    "still": r"fortsat|stadig(?:væk)?|endnu|venter|ventende|tilbage",
    "benefit": rf"{_BENEFIT}\w*",
    "system": r"kontanthjælp(?:s)?system\w*",
    "recipients": r"kontanthjælpsmodtager\w*|modtager\w*\s+af\s+kontanthjælp|på\s+kontanthjælp",
    "visited": r"visiter\w*|henvis\w*|placere\w*",
    "practice": r"(?:virksomheds)?praktik\w*|løntilskud\w*",
    "wage_subsidy": r"løntilskud\w*",
    "ordinary": r"ordinær\w*\s+(?:løn)?timer|løntimer|ordinær\w*\s+(?:arbejde|beskæftigelse)",
    "exit": r"(?:helt|fuld\w*|endeligt)\s+(?:\w+\s+){0,6}?(?:afgang|afgået|beskæftigelse|job|"
    r"arbejde|selvforsør\w*)|afgang\w*\s+til\s+\w*beskæftigelse|"
    r"afgået\s+til\s+\w*\s?beskæftigelse|i\s+fuld\s+beskæftigelse",
    "got_job": r"(?:fået|fik|får|kommet\s+i|kom\s+i|er\s+i|var\s+i|gået\s+i)(?:\s+(?:et|nyt))*\s+"
    r"(?:job|arbejde|beskæftigelse)",
    "effort_whole": r"indsatsgruppen",
    "of_these": r"heraf|hvoraf|af\s+disse|af\s+dem|deraf|af\s+de\s+[\d.]+\s+(?:personer\s+|"
    r"borgere\s+)?i\s+ordinære",
    "targeted": r"målret\w*|borgerinddragelse\w*|sagsbehandlingstid\w*|match\w*|øremærk\w*",
    "applied": r"ansøg\w*|søgt|søgte|ønskede\s+at\s+deltage|interesse\w*",
    "refused": r"afslag\w*|afvist\w*|fravalgt",
    "granted": r"tilsagn\w*|(?<=\d\s)fik(?=\s*(?:[.,;]|$))",
    "subgroup": r"(?:kvinder|mænd|kvindelige|mandlige|unge|ældre|indvandrere|flygtninge|"
    r"efterkommere|ufaglærte|"
    r"akademikere|enlige|forældre|nydanskere|etniske)\w*|(?:under|over|"
    r"mellem)\s+\d+(?:\s+og\s+\d+)?\s+år(?!\s+i)|"
    r"\d+\s*-?\s*årige",
    "other_benefit": r"sygedagpenge\w*|dagpenge\w*|jobafklaring\w*|ledighedsydelse\w*|"
    r"førtidspension(?:ister)?\b",
    "this": r"(?:dette|det)\s+(?:svarer\s+til|er|var|udgør|svarede\s+til)|svarende\s+til|heraf|"
    r"hvoraf|af\s+disse|af\s+dem|tallet|andelen|antallet|tilsvarende",
}
_CUES = {name: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for name, pattern in CUES.items()}
_NAMES = ("fsm2", "fsm", "bi", "br")
_DENIED = {"passive": "not_passive", "called_active": "not_called_active"}
_FAMILIES = (
    ("ig", IG),
    ("g2", G2),
    ("jobs", JOBS),
    ("fsm2", FSM2),
    ("bi", BI),
    ("ip", IP),
    ("br", BR),
    ("fsm", FSM),
    ("rf", RF),
)


@dataclass(frozen=True)
class Cue:
    """A word or phrase that says what a sentence is about."""

    name: str
    start: int
    end: int


def cues(lower: str) -> list[Cue]:
    """Return the cues of a sentence in small letters; names of programmes hide their words."""
    found: list[Cue] = []
    rest = lower
    for name in _NAMES:
        for one in _CUES[name].finditer(rest):
            found.append(Cue(name, *one.span()))
            rest = rest[: one.start()] + "x" * (one.end() - one.start()) + rest[one.end() :]
    for name, pattern in _CUES.items():
        if name not in _NAMES:
            found += [Cue(name, *one.span()) for one in pattern.finditer(rest)]
    denied = [one for one in found if one.name in _DENIED.values()]
    found = [one for one in found if not _is_within(one, denied)]
    return sorted(found, key=lambda cue: (cue.start, cue.end))


def _is_within(cue: Cue, denied: list[Cue]) -> bool:
    """Tell whether a word is only a part of its denial: the 'passive' of 'ikke passive'."""
    name = _DENIED.get(cue.name)
    return any(one.name == name and one.start <= cue.start < one.end for one in denied)


def families(names: set[str]) -> list[str]:
    """Return the families that cues speak of, the most particular first."""
    found = [family for cue, family in _FAMILIES if cue in names]
    if not found and {"ordinary", "exit"} <= names:
        found.append(IG)
    if not found and "passive" in names and names & {"benefit", "other_benefit"}:
        found.append(OTHER)
    return found


def aspects(family: str, names: set[str], kind: str = "") -> list[str]:  # noqa: PLR0911, PLR0912
    """Return what is said of a family by cues, the most particular first."""
    if family == RF:
        if "passive" in names and names & CALLED:
            return [PASSIVE, ACTIVE]
        return (
            [PASSIVE]
            if "passive" in names
            else [ACTIVE]
            if names & CALLED
            else [ACTIVE]
            if "active" in names
            else [TABLE]
            if "table" in names
            else []
        )
    if family == OTHER:
        return [PASSIVE] if "passive" in names else []
    if family == G2:
        found = []
        if "passive" in names:
            found.append(NO_OFFER)
        elif "active" in names:
            found.append(OFFER)
        for cue, aspect in (
            ("over_9", OVER_9),
            ("other_time", OTHER_TIME),
            ("not_changed", NOT_CHANGED),
            ("changed", CHANGED),
        ):
            if cue in names:
                found.append(aspect)
        if "still" in names or (names & {"benefit", "system"} and "changed" not in names):
            found.append(STILL)
        if "visited" in names:
            found.append(VISITED)
        return found
    if family in {IG, FSM}:
        found = [
            aspect
            for cue, aspect in (("exit", EXIT), ("ordinary", ORDINARY), ("practice", PRACTICE))
            if cue in names
        ]
        if (
            EXIT in found
            and "of_these" in names
            and ("ordinary" in names)
            and "effort_whole" not in names
        ):
            found.insert(0, EXIT_OF_ORDINARY)
        return found or ([EXIT] if "got_job" in names else [])
    if family == BR:
        return [TARGETED] if "targeted" in names and kind == numbers.MONEY else []
    if family == BI:
        found = [
            aspect for cue, aspect in (("refused", REFUSED), ("applied", APPLIED)) if cue in names
        ]
        return [*found, WHOLE] if "granted" in names else found
    return []


TARGETS: Mapping[tuple[str, str, str], str] = {
    (RF, TABLE, numbers.KOMMUNER): "P3",
    (JOBS, WHOLE, numbers.JOBS): "P4",
    (G2, VISITED, numbers.COUNT): "F4",
    (G2, CHANGED, numbers.SHARE): "F5",
    (G2, STILL, numbers.COUNT): "F6",
    (G2, OVER_9, numbers.SHARE): "F7",
    (G2, NO_OFFER, numbers.SHARE): "F9",
    (IG, PRACTICE, numbers.SHARE): "F10",
    (IG, PRACTICE, numbers.COUNT): "F10",
    (IG, ORDINARY, numbers.SHARE): "F11",
    (IG, ORDINARY, numbers.COUNT): "F11",
    (IG, EXIT, numbers.SHARE): "F12",
    (IG, EXIT, numbers.COUNT): "F12",
    (FSM, WHOLE, numbers.MONEY): "F1",
    (FSM, WHOLE, numbers.KOMMUNER): "F2",
    (FSM, WHOLE, numbers.COUNT): "F3",
    (FSM, WHOLE, numbers.DURATION): "F13",
    (FSM2, WHOLE, numbers.KOMMUNER): "F14",
    (BR, WHOLE, numbers.MONEY): "B1",
    (BR, TARGETED, numbers.MONEY): "I2",
    (BR, WHOLE, numbers.KOMMUNER): "B2",
    (BR, WHOLE, numbers.COUNT): "B3",
    (IP, WHOLE, numbers.MEASURES): "I1",
    (IP, WHOLE, numbers.MONEY): "I2",
    (IP, WHOLE, numbers.MESSAGES): "I3",
    (BI, WHOLE, numbers.KOMMUNER): "S1",
    (BI, APPLIED, numbers.KOMMUNER): "S2",
    (BI, WHOLE, numbers.MONEY): "S3",
}
"""The published statement behind family, aspect and kind of figure."""

SPANS = {FSM: "flere_skal_med", BR: "bedre_ressourceforloeb", BI: "bedre_indsats"}
"""The programmes with a period of their own, and the initiative that has it."""
INITIATIVES = {**SPANS, FSM2: "flere_skal_med_2_pilot", IP: "initiativpakke_2017"}
INDICATORS: Mapping[tuple[str, str], str] = {
    (RF, PASSIVE): "passive_ressourceforloeb",
    (RF, ACTIVE): "passive_ressourceforloeb",
    (RF, POPULATION): "passive_ressourceforloeb",
    (G2, CHANGED): "gruppe_2_skiftet_ydelse",
    (G2, OVER_9): "gruppe_2_over_9_maaneder",
    (G2, NO_OFFER): "gruppe_2_uden_tilbud",
    (G2, OFFER): "gruppe_2_uden_tilbud",
    (G2, STILL): "gruppe_2_uden_tilbud",
    (G2, VISITED): "gruppe_2_skiftet_ydelse",
    (IG, PRACTICE): "virksomhedspraktik",
    (IG, ORDINARY): "ordinaere_timer",
    (IG, EXIT): "fuld_afgang",
    (IG, SIZE): "virksomhedspraktik",
}
"""The indicator whose cells answer for kommuner."""
BENEFITS = {
    "kontanthjælp": "passive_kontanthjaelp",
    "uddannelseshjælp": "passive_uddannelseshjaelp",
    "integrationsydelse": "passive_integrationsydelse",
    "sygedagpenge": "passive_sygedagpenge",
    "dagpenge": "passive_dagpenge",
    "jobafklaring": "passive_jobafklaringsforloeb",
    "ledighedsydelse": "passive_ledighedsydelse",
}

SUBJECT_WORDS = {
    RF: "borgere i ressourceforløb",
    G2: "gruppe 2 i Flere skal med",
    IG: "indsatsgruppen i Flere skal med",
    FSM: "Flere skal med",
    FSM2: "pilotprojektet for Flere skal med 2",
    BR: "Bedre Ressourceforløb",
    BI: "Bedre indsats for borgere i ressourceforløb",
    IP: "initiativpakken fra marts 2017",
    JOBS: "nye private job siden sommeren 2015",
    OTHER: "passive på en anden ydelse",
}
ASPECT_WORDS = {
    PASSIVE: "hverken aktivt tilbud eller mentor det seneste år, mindst 1 års anciennitet",
    ACTIVE: "aktivt tilbud eller mentor det seneste år, mindst 1 års anciennitet",
    POPULATION: "alle med mindst 1 års anciennitet",
    TABLE: "kommuner i tabellen",
    VISITED: "visiteret til gruppen",
    CHANGED: "har skiftet ydelse",
    NOT_CHANGED: "har ikke skiftet ydelse",
    STILL: "fortsat på kontanthjælp, uddannelseshjælp eller integrationsydelse",
    OVER_9: "mere end 9 måneder i gruppen",
    OTHER_TIME: "tid i gruppen",
    NO_OFFER: "uden aktivt tilbud",
    OFFER: "i aktivt tilbud",
    PRACTICE: "i virksomhedspraktik eller løntilskud",
    ORDINARY: "i ordinære timer",
    EXIT: "helt afgået til beskæftigelse",
    EXIT_OF_ORDINARY: "helt afgået til beskæftigelse, af dem i ordinære timer",
    SIZE: "alle i gruppen",
    TARGETED: "målrettet borgerinddragelse, sagsbehandlingstid og match",
    APPLIED: "ansøgere",
    REFUSED: "afslag",
    WHOLE: "",
}
