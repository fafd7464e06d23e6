"""What a sentence takes over from those before it, and where Danish lets it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from queries.claims.areas import Place
from queries.claims.periods import Time

_SMALL_WORDS = (
    "af alle alene allerede siden inden efter før omfattet afsat oppe nede brugt givet bevilget "
    "sammenligning deltaget deltager deltog omfatter hertil kommer kom får fået projektet puljen "
    "initiativet indsatsen ordningen alt altså andel andelen antal antallet at blandt blev "
    "bliver borger borgere borgerne både da de dem den der deraf derfor dermed derimod det "
    "dette disse dog efter ej eller en end er et flere for fra få færre gælder har havde "
    "heraf herfra hos hver hvor hvoraf hvilket høj højere højest højeste i igen ikke imens ja "
    "kommune kommunen kommuner kommunerne kun lav lavere lavest laveste ligeledes ligger lige "
    "lidt lå man mange med medens mellem men mens mere mindre mindst modsat mod måneder "
    "nemlig nogle nu når og også om omvendt op os over person personer personerne på pct "
    "procent procentpoint samlet samme samt sammen senere side sig sin skal som stadig steder "
    "større størst svarede svarende svarer så tal tallene tallet til tilsammen tilsvarende "
    "tilfælde tre under ud udgjorde udgør var ved vi være været andele blot fik får faktisk "
    "her således dels selv ligesom fordelt altid endnu fortsat desuden yderligere endvidere "
    "bare hele hvis hvad hvem når mens næsten ca cirka godt knap omkring kr mio drejer "
    "drejede handler handlede taler talte finder fandt lyder lød nåede når tæller talte "
    "opgjort opgørelse oplyst tilsvarende samtidig henholdsvis hhv topper flest færrest nr "
    "nummer dobbelt gange gang landets landet landsgennemsnittet gennemsnittet vores jeres "
    "din min egen begge ingen nogen"
)
FUNCTION = frozenset(_SMALL_WORDS.split())
_WORD = re.compile(r"[a-zæøåéA-ZÆØÅ]{2,}")


@dataclass(frozen=True)
class Topic:
    """What a text has numbers of: a family and what is said of it, and where it was last named."""

    family: str
    aspect: str
    cues: frozenset[str]
    sentence: int
    paragraph: int


@dataclass
class Context:
    """What the draft has spoken of so far."""

    family: str = ""
    aspect: str = ""
    places: tuple[Place, ...] = ()
    time: Time | None = None
    cues: frozenset[str] = frozenset()
    indicator_id: str = ""
    paragraph: int = -1
    programme: str = ""
    """The programme that was named last, anywhere before."""
    programme_in: int = -1
    named: tuple[Place, ...] = ()
    named_in: int = -1
    """The kommuner that were named last, and in which paragraph."""
    times: list[Time] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    """What the text has been about so far, the newest last."""

    def speaks_of(self, topic: Topic) -> None:
        """Let a topic be the newest one; one that says less of the same family gives way."""
        same = [one for one in self.topics if one.family == topic.family]
        if same and not topic.aspect:
            topic = replace(same[-1], sentence=topic.sentence, paragraph=topic.paragraph)
        alike = {(topic.family, topic.aspect), (topic.family, "")}
        kept = [one for one in self.topics if (one.family, one.aspect) not in alike]
        self.topics = [*kept, topic]

    def reaches(self, paragraph: int) -> bool:
        """Tell whether a sentence of that paragraph may take over subject, place and time."""
        return self.family != "" and self.paragraph == paragraph


def is_elliptic(lower: str, taken: list[tuple[int, int]]) -> bool:
    """Tell whether a sentence says nothing but figures, places and times of what was spoken of.

    `taken` are the places of its figures, places, times and cues. A word that is not one of the
    small ones may be another subject, and then nothing is taken over.
    """
    for word in _WORD.finditer(lower):
        if any(start <= word.start() < end for start, end in taken):
            continue
        if word.group() not in FUNCTION:
            return False
    return True
