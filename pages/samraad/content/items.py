"""Items made and checked: what stands in a folder or an address is somebody's text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pages.exports.asking import check_kommuner, codes_of, level_of, read_request, source_kind
from pages.figures.map_choices import map_choices
from pages.samraad.addresses import KIND, VERSION, item_of
from pages.samraad.content.kinds import KINDS, PARAMETER_LENGTH
from pages.samraad.model import Item
from queries import LAND, Atlas, UserError

_VERSION = re.compile("[0-9a-f]{12}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def made(
    kind: str, parameters: Mapping[str, str], version: str, atlas: Atlas | None = None
) -> Item:
    """Return an item of pairs in any order; empty ones are left out.

    Raises UserError as `checked` does.
    """
    pairs = sorted((str(name), str(value)) for name, value in parameters.items() if value)
    return checked(Item(kind, tuple(pairs), version), atlas)


def checked(item: Item, atlas: Atlas | None = None) -> Item:
    """Return the item where it is one, in its own form; raises UserError with what is wrong.

    Without a façade its kind, the names of its parameters and its version are checked, with one
    also indicator, areas, period and the rest, as the data version of the façade has them.
    """
    kind = KINDS.get(item.kind)
    if kind is None:
        raise UserError(f"Ukendt slags: {_told(item.kind)}. Vælg mellem: {', '.join(KINDS)}.")
    if not _VERSION.fullmatch(item.version):
        raise UserError(
            f"Ukendt dataversion: {_told(item.version)}. En dataversion er tolv cifre eller "
            "bogstaver fra a til f, som de står nederst på hver side."
        )
    given = dict(item.parameters)
    if unknown := sorted(set(given) - set(kind.parameters)):
        known = ", ".join(kind.parameters)
        offered = f"Vælg mellem: {known}." if known else f"»{kind.title}« har ingen."
        raise UserError(f"Ukendt parameter: {_told(unknown[0])}. {offered}")
    for name, value in given.items():
        if len(value) > PARAMETER_LENGTH or _CONTROL.search(value):
            raise UserError(
                f"Parameteren {name} kan ikke læses: den må højst have {PARAMETER_LENGTH} tegn, og "
                "ingen linjeskift."
            )
    for name in kind.needed:
        if not given.get(name):
            raise UserError(f"»{kind.title}« mangler {name}. Føj den til som {name}=…")
    whole = item_of(item.kind, given, item.version)
    if atlas is not None:
        _check_values(whole, atlas)
    return whole


def _check_values(item: Item, atlas: Atlas) -> None:
    given = dict(item.parameters)
    areas = atlas.areas()
    if item["kommune"]:
        check_kommuner([item["kommune"]], areas)
    check_kommuner(codes_of(item["sammenlign"]), areas)
    source_kind(item["kilde"])
    if item["niveau"]:
        level_of(item["niveau"])
    if item["omraade"] not in {"", LAND, *areas["area_id"]}:
        raise UserError(f"Ukendt område: {_told(item['omraade'])}. Brug en kode fra atlasset.")
    map_choices(given)
    if item["id"] and item["id"] not in atlas.statements()["statement_id"]:
        raise UserError(f"Ukendt udsagn: {_told(item['id'])}. Udsagnene står på Kilder og metode.")
    if item["indikator"]:
        indicator = atlas.indicator(item["indikator"])
        if "periode" in KINDS[item.kind].parameters:
            read_request(atlas, indicator.indicator_id, given)
        if item["periode"] and item["periode"] not in atlas.periods(indicator.indicator_id):
            raise UserError(
                f"Ukendt periode: {_told(item['periode'])}. {indicator.title} har tal for "
                f"{', '.join(atlas.periods(indicator.indicator_id)[:12])}."
            )
        if item["opdeling"] not in {"", "alle", *indicator.breakdowns}:
            known = ", ".join(("alle", *indicator.breakdowns))
            raise UserError(f"Ukendt opdeling: {_told(item['opdeling'])}. Vælg mellem: {known}.")


def from_query(query: Mapping[str, str], version: str) -> Item:
    """Return the item that an address asks for; one without a version is of `version`."""
    rest = {name: value for name, value in query.items() if name not in (KIND, VERSION)}
    return made(query.get(KIND, ""), rest, query.get(VERSION) or version)


def _told(value: str) -> str:
    return repr(value[:40])
