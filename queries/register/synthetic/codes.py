"""The code list of the synthetic register. Every code is made up: none is a code of DREAM."""

from __future__ import annotations

import numpy as np

BENEFITS: dict[str, tuple[int, int]] = {
    "foertidspension": (9110, 9111),
    "fleksjob": (9120, 9121),
    "ledighedsydelse": (9130, 9131),
    "ressourceforloeb": (9140, 9141),
    "jobafklaringsforloeb": (9150, 9151),
    "sygedagpenge": (9160, 9161),
    "kontanthjaelp": (9170, 9171),
    "uddannelseshjaelp": (9180, 9181),
    "integrationsydelse": (9190, 9191),
    "dagpenge": (9200, 9201),
}
"""Listed benefits in order of precedence, each with two codes."""
UNLISTED: dict[str, tuple[int, int]] = {
    "su": (9510, 9511),
    "barselsdagpenge": (9520, 9521),
    "efterloen": (9530, 9531),
}
"""Benefits that the code list does not mention: 'other' to the computation."""

(
    FOERTIDSPENSION,
    FLEKSJOB,
    LEDIGHEDSYDELSE,
    RESSOURCEFORLOEB,
    JOBAFKLARING,
    SYGEDAGPENGE,
    KONTANTHJAELP,
    UDDANNELSESHJAELP,
    INTEGRATIONSYDELSE,
    DAGPENGE,
    SU,
    BARSEL,
    EFTERLOEN,
) = range(len(BENEFITS) + len(UNLISTED))
NO_BENEFIT = -1

CODES = np.array([*BENEFITS.values(), *UNLISTED.values()], np.int32)
"""Code by benefit and variant."""
MEAN_WEEKS = np.array([900, 260, 60, 120, 60, 22, 130, 60, 60, 28, 100, 40, 150], np.float64)
"""How long a spell of each benefit lasts on average."""

OFFERS: dict[str, tuple[str, ...]] = {
    "virksomhedspraktik": ("virksomhedspraktik",),
    "loentilskud": ("loentilskud_privat", "loentilskud_offentlig"),
    "nytteindsats": ("nytteindsats",),
    "vejledning_og_opkvalificering": ("vejledning", "opkvalificering"),
    "ikke_aktivt": ("helhedsvurdering", "sundhedssamtale"),
}
OFFER_TYPES = tuple(name for names in OFFERS.values() for name in names)
PRAKTIK, PRIVAT, OFFENTLIG, NYTTEINDSATS, VEJLEDNING, OPKVALIFICERING, HELHED, SAMTALE = range(
    len(OFFER_TYPES)
)

GROUPS: dict[str, str] = {"indsatsgruppe": "indsatsgruppe", "gruppe_2": "gruppe_2"}
INDSATSGRUPPE, GRUPPE_2 = range(2)


AS_OF = "2019-12-31"
"""The day up to which the register is known."""
MADE_ON = "2026-11-26"
"""The day this generator was made: a fixed one, so that the same seed gives the same files."""


def mapping_text(seed: int) -> str:
    """Return `mapping.toml` of the synthetic register."""
    benefits = [f'{name} = ["{a}", "{b}"]' for name, (a, b) in BENEFITS.items()]
    offers = [f"{name} = [{_quoted(types)}]" for name, types in OFFERS.items()]
    groups = [f'{name} = ["{text}"]' for name, text in GROUPS.items()]
    head = f"# SYNTETISK: opdigtede personer og opdigtede koder (frø {seed})."
    lines = [
        head,
        "synthetic = true",
        f"seed = {seed}",
        f"as_of = {AS_OF}",
        f"made_on = {MADE_ON}",
        "",
        "[benefits]",
        *benefits,
    ]
    return "\n".join([*lines, "", "[offers]", *offers, "", "[groups]", *groups, ""])


def _quoted(texts: tuple[str, ...]) -> str:
    return ", ".join(f'"{text}"' for text in texts)
