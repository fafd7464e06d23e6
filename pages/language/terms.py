"""The words that the atlas explains in its own words, each with the forms it is found by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """One word: its name in addresses, as it is listed, its explanation, and its other forms.

    A form with a capital letter is only found as it is written; the others also at the start of a
    sentence. ('tæller' is mostly a verb, so only 'Tæller' and 'tælleren' are the word meant.)
    """

    slug: str
    word: str
    text: str
    forms: tuple[str, ...] = ()

    @property
    def all_forms(self) -> tuple[str, ...]:
        """Every form the word is found by in a text, the listed one first."""
        return (self.word, *self.forms)


BENEFITS = (
    Term(
        "ressourceforloeb",
        "ressourceforløb",
        "Ydelse og sammenhængende indsats i 1-5 år til borgere, der er i risiko for at ende på "
        "førtidspension. Indført med reformen i 2013 og afskaffet fra 1. februar 2026.",
        ("ressourceforløbet", "ressourceforløbene"),
    ),
    Term(
        "kontanthjaelp",
        "kontanthjælp",
        "Ydelse til borgere, der ikke kan forsørge sig selv og ikke har ret til andre ydelser. "
        "De kategorier, tallene her bruger, ophørte 1. juli 2025.",
        ("kontanthjælpen", "kontanthjælpsmodtagere", "kontanthjælpssystemet"),
    ),
    Term(
        "uddannelseshjaelp",
        "uddannelseshjælp",
        "Ydelsen på kontanthjælpsområdet for unge uden en erhvervskompetencegivende uddannelse.",
    ),
    Term(
        "integrationsydelse",
        "integrationsydelse",
        "Ydelse i tallenes periode til borgere, der ikke havde opholdt sig længe nok i landet til "
        "at få kontanthjælp.",
    ),
    Term(
        "foertidspension",
        "førtidspension",
        "Varig ydelse til borgere, hvis arbejdsevne er nedsat så meget, at de ikke kan forsørge "
        "sig selv ved arbejde.",
    ),
    Term(
        "fleksjob",
        "fleksjob",
        "Job på særlige vilkår for borgere med varigt nedsat arbejdsevne; det offentlige betaler "
        "et tilskud oven i lønnen.",
    ),
)
EFFORTS = (
    Term(
        "aktivt-tilbud",
        "aktivt tilbud",
        "Virksomhedspraktik, løntilskud, nytteindsats eller vejledning og opkvalificering. "
        "Mentorstøtte er ikke et aktivt tilbud.",
        ("aktive tilbud", "aktiv indsats"),
    ),
    Term(
        "virksomhedspraktik",
        "virksomhedspraktik",
        "Ophold på en arbejdsplads, hvor borgeren prøver arbejdet af og beholder sin ydelse.",
        ("virksomhedspraktikken",),
    ),
    Term(
        "loentilskud",
        "løntilskud",
        "Ansættelse, hvor arbejdsgiveren betaler løn og får en del af den dækket af det "
        "offentlige.",
    ),
    Term(
        "nytteindsats",
        "nytteindsats",
        "Arbejde på en offentlig arbejdsplads, som borgeren udfører for sin ydelse.",
    ),
    Term(
        "mentor",
        "mentor",
        "En person, der støtter borgeren i at komme i eller holde fast i tilbud, uddannelse eller "
        "job. I målet for passive tæller kun mentorer i beskæftigelsessystemet.",
        ("mentorstøtte", "mentorer"),
    ),
    Term(
        "ordinaere-timer",
        "ordinære timer",
        "Løntimer i almindeligt arbejde uden tilskud. Borgeren kan samtidig få en ydelse.",
        ("ordinære løntimer", "ordinær løntime"),
    ),
    Term(
        "rehabiliteringsteam",
        "rehabiliteringsteam",
        "Kommunens team på tværs af forvaltninger. Det ser på sagen, før kommunen afgør, om en "
        "borger skal have førtidspension, fleksjob eller ressourceforløb.",
        ("rehabiliteringsteamet", "rehabiliteringsteams"),
    ),
    Term(
        "anciennitet",
        "anciennitet",
        "Sammenhængende tid på ydelsen. I målet for passive er det mindst 52 ydelsesuger, og en "
        "afbrydelse på op til 4 uger bryder ikke forløbet.",
        ("ancienniteten",),
    ),
    Term(
        "passiv",
        "passiv",
        "Her: en borger, der hverken har haft et aktivt tilbud eller en mentor i "
        "beskæftigelsessystemet det seneste år. Støtte fra andre forvaltninger tæller ikke med.",
        ("passive", "passivt", "passivitet"),
    ),
)
PROJECTS = (
    Term(
        "flere-skal-med",
        "Flere skal med",
        "Projekt i 88 kommuner fra august 2017 til august 2019 for borgere med mere end fem år i "
        "kontanthjælpssystemet.",
        ("FSM",),
    ),
    Term(
        "gruppe-2",
        "gruppe 2",
        "De deltagere i Flere skal med, som kommunen vurderer hører til førtidspension, fleksjob "
        "eller ressourceforløb. Deres sag skal for rehabiliteringsteamet.",
    ),
    Term(
        "indsatsgruppe",
        "indsatsgruppe",
        "De deltagere i Flere skal med, som er i den virksomhedsrettede indsats.",
        ("indsatsgruppen",),
    ),
    Term(
        "visiteret",
        "visiteret",
        "Anvist til en gruppe eller en indsats efter kommunens vurdering.",
        ("visiterede", "visitation", "visitationen"),
    ),
    Term(
        "satspulje",
        "satspulje",
        "Midler, som partier i Folketinget aftalte fordelingen af til indsatser på social-, "
        "sundheds- og arbejdsmarkedsområdet. Ordningen er ophørt.",
        ("satspuljen", "satspuljemidler", "satspuljeinitiativer"),
    ),
)
AUTHORITIES = (
    Term(
        "jobcenter",
        "jobcenter",
        "Kommunens sted for beskæftigelsesindsats. I 2017-2019 var der 94: fire par af kommuner "
        "deltes om ét.",
        ("jobcentre", "jobcentret", "jobcentrene", "jobcentres"),
    ),
    Term(
        "landsdel",
        "landsdel",
        "En af de 11 dele, statistikken inddeler landet i. Hver region består af en eller flere.",
        ("landsdele", "landsdelen"),
    ),
    Term(
        "star",
        "STAR",
        "Styrelsen for Arbejdsmarked og Rekruttering. Udgiver tal på jobindsats.dk.",
    ),
    Term(
        "dream",
        "DREAM",
        "Register over offentlige ydelser med én kode for hver person og uge. Det er ikke "
        "offentligt.",
    ),
    Term(
        "beu",
        "BEU",
        "Folketingets Beskæftigelsesudvalg. BEU alm. del er spørgsmål, der ikke hører til et "
        "lovforslag; spm. står for spørgsmål.",
        ("Beskæftigelsesudvalget",),
    ),
    Term(
        "samraad",
        "samråd",
        "Møde, hvor en minister svarer på spørgsmål fra et af Folketingets udvalg.",
        ("samrådet", "samrådsspørgsmål"),
    ),
    Term(
        "berigtigelse",
        "berigtigelse",
        "Offentliggjort rettelse af et tidligere svar. Atlasset viser det rettede tal og siger, at "
        "det er rettet.",
        ("berigtigelsen", "berigtiget", "berigtigede"),
    ),
)
NUMBERS = (
    Term(
        "taeller",
        "Tæller",
        "Det antal borgere, en andel handler om: 117 i »117 af 225«.",
        ("tælleren",),
    ),
    Term(
        "naevner",
        "nævner",
        "Alle dem, en andel er regnet af: 225 i »117 af 225«. Er nævneren ikke offentliggjort, "
        "kendes den kun som et interval.",
        ("nævneren", "nævnere"),
    ),
    Term(
        "procentpoint",
        "procentpoint",
        "Forskellen mellem to andele: Fra 20 til 25 pct. er der 5 procentpoint (og 25 pct.).",
        ("procentpoints",),
    ),
    Term(
        "nedslag",
        "nedslag",
        "Opgørelse på ét tidspunkt, fx i juni 2017. Ét nedslag viser ingen udvikling.",
        ("nedslaget",),
    ),
    Term(
        "diskretionering",
        "diskretionering",
        "Små antal vises ikke, så ingen kan genkendes. Også tal, der sammen med andre ville "
        "afsløre et skjult tal, skjules.",
        ("diskretion", "diskretioneret", "diskretionerede"),
    ),
    Term(
        "skjult",
        "skjult",
        "Tallet findes, men vises ikke af hensyn til diskretion. Det er hverken nul eller ukendt.",
        ("skjulte", "skjules"),
    ),
    Term(
        "udeladt",
        "udeladt",
        "Området er ikke med i kildens tabel. Det er noget andet end skjult og end nul.",
        ("udeladte", "udelades"),
    ),
    Term(
        "syntetiske-tal",
        "syntetiske tal",
        "Opdigtede tal, kun til afprøvning. De siger intet om virkeligheden og må ikke citeres.",
        ("syntetisk register", "syntetiske register", "syntetiske", "syntetisk"),
    ),
    Term(
        "konfidensinterval",
        "konfidensinterval",
        "Det spænd, tilfældigheder gør det rimeligt at regne med omkring en andel. Jo færre "
        "borgere, jo bredere. 95 pct. siger, hvor tit metoden rammer.",
        ("konfidensintervaller", "konfidensintervallet", "usikkerhedsinterval"),
    ),
    Term(
        "tragtdiagram",
        "tragtdiagram",
        "Viser områders andele efter deres størrelse. Inden for tragten kan forskellen til landet "
        "være tilfældig; tragten er bredest, hvor der er få borgere.",
        ("tragtdiagrammet", "funnelplot", "funnel plot"),
    ),
)
TERMS: tuple[Term, ...] = (*BENEFITS, *EFFORTS, *PROJECTS, *AUTHORITIES, *NUMBERS)
