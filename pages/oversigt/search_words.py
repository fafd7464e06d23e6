"""Other words for what can be searched for, and words of a question that mean nothing."""

from __future__ import annotations

from pages.language.folding import tokens

NOISE = (
    "af alle andel andelen antal antallet at borger borgere de del den der det dem en er et",
    "for fra gennemsnit har hvad hvilke hvilken hvor hvordan i idag kan kommuner kommunerne",
    "kommunernes lige mange me med mellem mig min mit nr nu og om os pa på pct per personer",
    "procent regnet samt se side siden skal som svar svaret tal tallene tallet til ud ved vi",
    "vis vise viser vil find finde alm kommune kommunen betyder hvem høj højt lav lavt stor stort",
    "var blev blevet være været",
)
NOISE_WORDS = frozenset(tokens(" ".join(NOISE)))
WEAK = frozenset(("over", "mere", "end", "flere", "mindst", "godt", "ca", "cirka", "omkring"))
"""Words that say how exact a number is, not what it is about."""

HIDING = (
    *("skjulte tal", "diskretionering", "anonymisering", "anonymitet", "gdpr"),
    *("kan tallene regnes ud", "regnes ud"),
)
"""What is asked of hidden numbers: of the atlas's own and of a reader's table alike."""

WHAT_IS = (("hvad", "er"), ("hvad", "betyder"), ("hvem", "er"))
UNITS = frozenset(("pct", "personer", "kommuner", "mio", "job", "aar", "tiltag", "pointer"))
SAME_UNITS = {
    "procent": "pct",
    "borgere": "personer",
    "mennesker": "personer",
    "deltagere": "personer",
    "kommune": "kommuner",
    "million": "mio",
    "millioner": "mio",
}
HEDGES = {
    "more_than": "over mere end flere",
    "about": "ca cirka omkring",
    "a_little_over": "godt lidt over",
    "at_least": "mindst",
}
SUBJECTS = {
    "passive_ressourceforloeb": "passive passiv passivitet passivandel uden",
    "gruppe_2": "gruppe 2 to flere skal med fsm",
    "virksomhedspraktik": "flere skal med fsm",
    "flere_skal_med": "flere skal med fsm",
    "bedre_ressourceforloeb": "bedre ressourceforløb puljen",
    "initiativpakke_2017": "initiativpakke initiativpakken",
    "bedre_indsats": "bedre indsats ressourceforløb",
}
STATEMENTS = {
    "F5": "syv skift skifter ny ydelse 7 10",
    "F7": "venter ventet ventetid over ni tid 9 10",
    "F8": "venter ventet ventetid over ni tid",
    "F9": "uden",
    "F10": "praktikker",
    "F11": "løntimer",
    "F12": "job arbejde fuld afgang",
    "F13": "fem",
}
"""Other words for statements, by hedge, subject and number."""

QUESTION = ("spm", "spoergsmaal", "spoergsmaalet", "sp", "sprgsm", "spgm", "beu")
COMPARE = ("sammenlign", "sammenligne", "sammenligning", "mod", "vs", "versus", "kontra")
LAND_NAMES = ("hele landet", "landet", "land", "danmark", "nationalt", "landsplan")
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

AREAS = {
    "0101": ("kbh", "koebenhavn by", "copenhagen"),
    "0147": ("frb",),
    "1081": ("nordjylland",),
    "1082": ("midtjylland",),
    "1083": ("syddanmark",),
    "1084": ("hovedstaden", "hovedstadsregionen"),
    "1085": ("sjælland",),
    "DK022": ("vestsjælland", "sydsjælland"),
}
PASSIVE = ("passive", "passiv", "passivitet", "passivandel", "passive forløb")
GROUP_2 = ("gruppe 2", "gruppe to", "gr 2", "flere skal med", "fsm")
EFFORT = ("flere skal med", "fsm", "indsatsgruppe", "indsatsgruppen")
MEASURES = {
    "passive_ressourceforloeb": (*PASSIVE, "ressourceforløb", "uden indsats", "et år uden tilbud"),
    "gruppe_2_over_9_maaneder": (
        *GROUP_2,
        "over 9",
        "over 9 måneder",
        "over ni måneder",
        "mere end 9 måneder",
        "9 måneder",
        "ventetid",
        "tid i gruppe 2",
        "gruppe 2 over 9",
    ),
    "gruppe_2_uden_tilbud": (*GROUP_2, "uden tilbud", "uden aktivt tilbud", "ikke i tilbud"),
    "gruppe_2_skiftet_ydelse": (
        *GROUP_2,
        "skiftet ydelse",
        "skift af ydelse",
        "skifter ydelse",
        "ny ydelse",
    ),
    "virksomhedspraktik": (
        *EFFORT,
        "virksomhedspraktik",
        "praktik",
        "praktikker",
        "løntilskud",
        "praktik eller løntilskud",
    ),
    "ordinaere_timer": (*EFFORT, "ordinære timer", "løntimer", "timer"),
    "fuld_afgang": (*EFFORT, "helt i job", "i job", "fuld afgang", "i arbejde", "beskæftigelse"),
}
DOCUMENTS = {
    "fsm-borgmesterbrev-2019": (
        "borgmesterbrev",
        "borgmesterbrevet",
        "brev til borgmestrene",
        "midtvejsevaluering",
        "midtvejsevalueringen",
        "ministerens brev",
    ),
    "initiativpakke-2017": ("brev til alle kommuner", "initiativpakke", "initiativpakken"),
    "bedre-indsats-2019": ("orientering", "tilsagn", "bedre indsats"),
    "beu-spm-554-berigtigelse": ("berigtiget svar", "tabel 1"),
}
INITIATIVES = {
    "initiativpakke_2017": ("initiativpakke", "initiativpakken"),
    "bedre_ressourceforloeb": ("puljen bedre ressourceforløb",),
    "bedre_indsats": ("bedre indsats",),
    "flere_skal_med": ("fsm",),
}
SIDES = (
    ("Overblik", "/", "De landsdækkende tal", ("overblik", "forside", "forsiden")),
    (
        "Sammenlign kommuner",
        "/sammenlign",
        "Op til ti kommuner side om side",
        ("sammenlign kommuner", "sammenlign", "sammenligning"),
    ),
    (
        "Kommuneprofil",
        "/kommune",
        "Alle mål for én kommune på én side",
        ("kommuneprofil", "profil", "min kommune"),
    ),
    (
        "Initiativer",
        "/initiativer",
        "Satspuljeinitiativerne med midler, kommuner og dokumenter",
        ("initiativer", "initiativ", "puljer", "satspuljemidler", "penge"),
    ),
    (
        "Kilder og metode",
        "/kilder",
        "Dokumenter, definitioner, forbehold og diskretion",
        ("kilder", "kilde", "metode", "kilder og metode", "dokumenter", "definitioner"),
    ),
    (
        "Tabeltjek",
        "/tabeltjek",
        "Røber din egen tabel de tal, den skjuler? Se det, før den sendes",
        ("tabeltjek", "tjek tabel", "tjek en tabel", "små tal", *HIDING),
    ),
    (
        "Samråd",
        "/samraad",
        "Saml grundlaget for et svar, og få det som Word, PDF, PowerPoint og Excel",
        ("samråd", "samrådsmappe", "mappe", "briefing", "word", "powerpoint", "kommunenotat"),
    ),
    (
        "Fortrolighed",
        "/fortrolighed",
        "Hvad der er skjult, hvor godt, og hvad en angriber kan regne ud",
        ("fortrolighed", "diskretion", "angriber", *HIDING),
    ),
    ("Ordliste", "/kilder#ordliste", "Ordene, som atlasset bruger dem", ("ordliste", "ordbog")),
    ("Om atlasset", "/om", "Hvad atlasset kan og ikke kan", ("om atlasset", "hjælp")),
    (
        "Tilgængelighed",
        "/tilgaengelighed",
        "Hvor tilgængeligt atlasset er, og hvad der mangler",
        ("tilgængelighed", "tilgængelighedserklæring", "wcag"),
    ),
    (
        "Alle data",
        "/data/",
        "Tal som CSV, Excel og JSON",
        ("data", "alle data", "hent data", "hent", "csv", "excel", "xlsx", "json", "download"),
    ),
    (
        "Rundvisning",
        "/?rundvisning=vis",
        "Atlasset på seks trin",
        ("rundvisning", "rundvisningen", "introduktion", "tour"),
    ),
)
"""Pages of the atlas: title, address, what is there, and words for it."""
