"""What is said of hidden numbers: criteria, verdicts and marks, in a civil servant's words."""

from __future__ import annotations

from dataclasses import dataclass

from pages.language import danish


@dataclass(frozen=True)
class Criterion:
    """How well a hidden number must be kept: its name in addresses, its title, its meaning.

    `meaning` has places for the smallest and the largest number that must remain possible;
    `general` says the same without numbers.
    """

    name: str
    title: str
    meaning: str
    general: str


CRITERIA: dict[str, Criterion] = {
    "strict": Criterion(
        "streng",
        "Streng (anbefalet)",
        "Hvert skjult tal skal stadig kunne være alt fra {low} til {high}. Så er heller ikke det, "
        "man kan lægge sammen af flere skjulte tal, et lille tal.",
        "Hvert skjult tal kan stadig være alle de tal, reglen skjuler, og det mindste tal, der "
        "vises: heller ikke summer af skjulte tal er små tal",
    ),
    "rule": Criterion(
        "regel",
        "Efter reglen",
        "Hvert skjult tal skal stadig kunne være alt fra {low} til {high}. En læser, der regner, "
        "får ikke mere at vide, end at tallet er lille. Summen af flere skjulte tal kan stadig "
        "være et lille tal, som kendes.",
        "Hvert skjult tal kan stadig være alle de tal, reglen skjuler",
    ),
    "exact": Criterion(
        "eksakt",
        "Kun mod præcis beregning",
        "Intet skjult tal må kunne regnes ud præcist. Det må gerne kunne indsnævres til to "
        "muligheder. Det er den mildeste beskyttelse.",
        "Intet skjult tal kan regnes ud præcist",
    ),
}
"""The criteria of `queries`, the default first."""


def demanded(criterion: str, threshold: int, *, zeros_are_shown: bool) -> tuple[int, int]:
    """Return the smallest and largest number that must remain possible, as the texts say it."""
    return int(zeros_are_shown), threshold if criterion == "strict" else threshold - 1


def meaning(criterion: str, threshold: int, *, zeros_are_shown: bool) -> str:
    """Return what a criterion demands, with its numbers."""
    low, high = demanded(criterion, threshold, zeros_are_shown=zeros_are_shown)
    return CRITERIA[criterion].meaning.format(low=low, high=high)


@dataclass(frozen=True)
class Mark:
    """How a cell is marked: a symbol, a word beside it, what that means; `counted` of several."""

    symbol: str
    word: str
    meaning: str
    counted: str


MARKS = {
    "computable": Mark(
        "✕", "kan regnes ud", "En læser kan regne det skjulte tal ud præcist.", "kan regnes ud"
    ),
    "narrowed": Mark(
        "◐",
        "kan indsnævres",
        "En læser kan udelukke så mange tal, at det skjulte tal ikke er beskyttet efter kravet.",
        "kan indsnævres",
    ),
    "small_shown": Mark(
        "▲", "lille tal vises", "Tallet er trykt, men er under grænsen.", "små tal vises"
    ),
    "protected": Mark("✓", "skjult", "Tallet er skjult og opfylder kravet.", "skjult og beskyttet"),
    "undecided": Mark(
        "?",
        "ikke afgjort",
        "Tallet er skjult. Det er ikke afgjort, om det opfylder kravet.",
        "skjult, ikke afgjort",
    ),
}
"""A symbol and a word each, so that no mark is told by its colour alone."""


def possibilities(count: int | None) -> str:
    """Return how many numbers a hidden one may be: '4 muligheder', or '' where not counted."""
    if count is None:
        return ""
    return "1 mulighed" if count == 1 else f"{danish.number(count)} muligheder"


KNOWN = (
    "alle tal, der vises eller kan hentes: alle niveauer, måneder, opdelinger og indikatorer på én "
    "gang",
    "de afrundede andele, og hvor meget en afrunding kan dække over",
    "hvilke tal der er skjult, og reglen for, hvad der skjules",
    "hvordan områder og opdelinger lægges sammen, og hvilke tal der er ens, fordi et jobcenter og "
    "en kommune er det samme område",
    "tidligere versioner af de samme tal, hvor de er offentliggjort",
)
UNKNOWN = (
    "hvilke af de skjulte tal der er små, og hvilke der kun er skjult for at beskytte dem: mærket "
    "er det samme",
    "oplysninger om enkelte borgere",
    "tal, der er offentliggjort andre steder end i de dokumenter, atlasset kender",
)
LIMITS = (
    "Efterprøvningen gælder det, atlasset viser. Offentliggør andre flere tal om de samme borgere, "
    "skal det prøves igen sammen med dem.",
    "Den siger, hvad der kan regnes ud med sikkerhed. Gæt, der blot er sandsynlige, er ikke regnet "
    "med.",
    "Den regner ikke baglæns fra, hvordan valget af skjulte tal er truffet.",
    "Kommentarer i filer, tidligere udgaver af atlassets egne filer og det, et tal over dem, der "
    "nogensinde har været omfattet, vokser med fra måned til måned, følges ikke.",
    "Færrest muligheder er talt op til en øvre grænse og gælder alt det, der er offentliggjort "
    "sammen, ikke kun rækken selv.",
    "Om noget er en oplysning om en bestemt person, afgør dataejeren. Det kan ingen beregning.",
)
INSIDERS = (
    "Står der kun én eller to personer bag et skjult tal, kender de det selv og kan trække sig fra "
    "en sum. Tallet i kolonnen »Kan røbe et andet« (i filerne: indviede) er, hvor mange skjulte "
    "tal der på den måde ville røbe et andet, hvis de var 1 eller 2. Det måles kun af kommandoen "
    "»python -m queries audit«. Atlassets egen optælling viser kun tal, hvor ingen, der virkelig "
    "står bag et skjult 1- eller 2-tal, kan regne et andet lille tal ud."
)
INSIDERS_HEAD = "Kan røbe et andet"


def insiders(count: int | None) -> str:
    """Return how many hidden cells would tell another to those behind them; '' where none would."""
    if not count:
        return ""
    cells = "Ét skjult tal ville" if count == 1 else f"{danish.number(count)} skjulte tal ville"
    return (
        f"{cells}, hvis der kun står en eller to personer bag, lade dem regne et andet skjult tal "
        "ud: De kender deres eget."
    )
