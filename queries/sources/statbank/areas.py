"""Which variable holds the kommuner, and which of its values are kommuner."""

from __future__ import annotations

from dataclasses import dataclass

from queries.sources.kommune_names import KommuneNames
from queries.sources.statbank.faults import fault
from queries.sources.statbank.tableinfo import Table, Value, Variable, fold

COUNTRY = "000"
_LEAST = 0.5
TO_DO = "Se tabellen på statistikbanken.dk, og ret kataloget, hvis områderne er delt op på ny."


@dataclass(frozen=True)
class Areas:
    """The variable with the kommuner, and its codes.

    `area_ids` maps the codes that are asked for to area ids ('101' -> '0101', the country ->
    '000'). `left_out` are the values that are neither: regions, landsdele, Christiansø, abroad and
    unknown. `missing` are the kommuner the table does not have (area id and official name),
    `renamed` those it calls something the atlas does not know.
    """

    variable: Variable
    area_ids: dict[str, str]
    left_out: tuple[Value, ...]
    missing: tuple[Value, ...]
    renamed: tuple[Value, ...]


def find_areas(table: Table, names: KommuneNames) -> Areas:
    """Find the kommuner by code and name together: a code alone may be an age or a trade.

    Raises StatbankError when no variable, or more than one, has at least half of the kommuner, and
    when a code and its text are of two different kommuner.
    """
    found = [one for one in table.variables if _certain(one, names) >= _LEAST * len(names.codes)]
    if len(found) != 1:
        many = " og ".join(f"»{one.text}«" for one in found)
        what = f"mere end én variabel har kommunerne ({many})." if found else "ingen kommuner."
        raise fault(table.table, f"Områderne kunne ikke findes: {what}", TO_DO)
    variable = found[0]
    area_ids: dict[str, str] = {}
    left_out, renamed = [], []
    for value in variable.values:
        area_id, named = _area(value, names), names.code(value.text)
        if named is not None and named != area_id:
            raise fault(table.table, f"koden {value.code} hedder »{value.text}«.", TO_DO)
        if area_id is None:
            left_out.append(value)
            continue
        if area_id in area_ids.values():
            raise fault(table.table, f"»{value.text}« står der to gange.", TO_DO)
        area_ids[value.code] = area_id
        if area_id != COUNTRY and named is None:
            renamed.append(value)
    missing = [Value(one, names.name(one)) for one in names.codes if one not in area_ids.values()]
    return Areas(variable, area_ids, tuple(left_out), tuple(missing), tuple(renamed))


def _area(value: Value, names: KommuneNames) -> str | None:
    if not (value.code.isascii() and value.code.isdigit()):
        return None
    number = int(value.code[:9])
    if number == 0:
        return COUNTRY if fold(value.text) == "hele landet" else None
    code = f"{number:04d}"
    return code if code in names.variants else None


def _certain(variable: Variable, names: KommuneNames) -> int:
    if variable.is_time:
        return 0
    area = [(_area(one, names), names.code(one.text)) for one in variable.values]
    return sum(code is not None and code == named for code, named in area)
