"""The code list: which codes mean which benefit, offer and group. A file, never a constant here."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queries.errors import UserError

KONTANTHJAELP = "kontanthjaelp"
THE_THREE = (KONTANTHJAELP, "uddannelseshjaelp", "integrationsydelse")
RESSOURCEFORLOEB = "ressourceforloeb"
PRAKTIK, LOENTILSKUD = "virksomhedspraktik", "loentilskud"
ACTIVE_OFFERS = (PRAKTIK, LOENTILSKUD, "nytteindsats", "vejledning_og_opkvalificering")
NOT_ACTIVE = "ikke_aktivt"
OFFERS = (*ACTIVE_OFFERS, NOT_ACTIVE)
INDSATSGRUPPE, GRUPPE_2 = "indsatsgruppe", "gruppe_2"
SIMPLE: Mapping[str, tuple[type, str]] = {
    "synthetic": (bool, "true eller false"),
    "seed": (int, "et helt tal"),
    "as_of": (dt.date, "en dato, fx 2019-12-31"),
    "made_on": (dt.date, "en dato, fx 2026-11-26"),
}
MOST_BENEFITS = 30
MOST_CODES = 1000

Codes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class CodeList:
    """Codes as text by what they mean; benefits stand in order of precedence.

    `synthetic` says that the list belongs to made-up persons, and so does what is computed; `seed`
    is then the generator's. `as_of` is the day up to which the register is known, `made_on` the day
    its files were made, where it says so.
    """

    benefits: Codes
    offers: Codes
    groups: Codes
    synthetic: bool = False
    seed: int | None = None
    as_of: dt.date | None = None
    made_on: dt.date | None = None

    def numbered(self, section: Codes) -> dict[str, int]:
        """Return each code of one section with the place of its meaning in the list."""
        return {code: place for place, codes in enumerate(section.values()) for code in codes}

    def benefit_ids(self, *names: str) -> list[int]:
        """Return the places of benefits by id; one that the list lacks has none."""
        places = {name: place for place, name in enumerate(self.benefits)}
        return [places[name] for name in names if name in places]


def read_code_list(path: Path) -> CodeList:
    """Read and check `mapping.toml`; raises UserError that names section, key and code."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UserError(
            f"Kodelisten {path} findes ikke. Den siger, hvilke koder der er ressourceforløb, "
            "kontanthjælp osv. Lav den med afsnittene [benefits], [offers] og [groups]; "
            "se: python -m queries register formats"
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(
            f"Kodelisten {path} kan ikke læses som TOML: {error}. Navne skrives uden æ, ø og å "
            "(fx kontanthjaelp), og koder i anførselstegn."
        ) from error
    return parse_code_list(data, str(path))


def parse_code_list(data: Mapping[str, object], where: str) -> CodeList:
    """Return the code list in a parsed TOML document; see `read_code_list`."""
    if unknown := set(data) - {"benefits", "offers", "groups", *SIMPLE}:
        raise UserError(f"{where}: ukendt afsnit {', '.join(sorted(unknown))}.")
    benefits = _section(data, "benefits", where)
    if not benefits or len(benefits) > MOST_BENEFITS:
        raise UserError(f"{where}: [benefits] skal have fra 1 til {MOST_BENEFITS} ydelser.")
    offers = _section(data, "offers", where, OFFERS)
    groups = _section(data, "groups", where, (INDSATSGRUPPE, GRUPPE_2))
    simple: dict[str, Any] = {}
    for key, (kind, text) in SIMPLE.items():
        if key in data:
            simple[key] = data[key]
            if type(data[key]) is not kind:
                raise UserError(f"{where}: {key} skal være {text}.")
    return CodeList(benefits, offers, groups, **simple)


def _section(
    data: Mapping[str, object], name: str, where: str, known: tuple[str, ...] | None = None
) -> dict[str, tuple[str, ...]]:
    section = data.get(name, {})
    if not isinstance(section, dict):
        raise UserError(f"{where}: [{name}] skal være et afsnit med en liste af koder pr. navn.")
    if known is not None and (unknown := set(section) - set(known)):
        raise UserError(
            f"{where}: [{name}] kender ikke {', '.join(sorted(unknown))}. "
            f"Vælg mellem: {', '.join(known)}."
        )
    found: dict[str, tuple[str, ...]] = {}
    taken: dict[str, str] = {}
    for meaning, codes in section.items():
        if not isinstance(codes, list) or not all(
            isinstance(code, str | int) and not isinstance(code, bool) for code in codes
        ):
            raise UserError(f"{where}: [{name}] {meaning} skal være en liste af koder.")
        found[meaning] = tuple(str(code) for code in codes)
        for code in found[meaning]:
            if taken.setdefault(code, meaning) != meaning or found[meaning].count(code) > 1:
                raise UserError(
                    f"{where}: [{name}] koden {code!r} står to gange "
                    f"({taken[code]} og {meaning}). Hver kode kan kun betyde én ting."
                )
    if len(taken) > MOST_CODES:
        raise UserError(f"{where}: [{name}] har {len(taken)} koder; der er plads til {MOST_CODES}.")
    return found
