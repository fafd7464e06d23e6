"""The form that holds every combination: JSON-stat, read with all its sizes checked."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

from queries.sources.statbank.bulk import MISSING, Reading
from queries.sources.statbank.faults import StatbankError, fault
from queries.sources.statbank.plan import Part

HIDDEN = (MISSING, ".", "-", "…")
TO_DO = "Prøv igen; meld fejlen, hvis den bliver ved."


def read_jsonstat(part: Part, text: str) -> Reading:
    """Return every combination asked for by (area code, period code): the number, or None.

    Reads JSON-stat 1 as the service writes it ({"dataset": {"dimension": {…, "id", "size"},
    "value"}}) and the flat form of JSON-stat 2. `value` is a list or, sparse, an object by place;
    None is null, a place that a sparse object leaves out, or a status of '..'. Dimensions may come
    in any order; one more of size 1 names the contents. Raises StatbankError when the dimensions
    are not those asked for, or any size does not fit.
    """
    data = _dataset(part, text)
    dimensions = data.get("dimension")
    if not isinstance(dimensions, Mapping):
        raise _wrong(part, "har ingen dimensioner")
    ids = dimensions.get("id", data.get("id"))
    sizes = dimensions.get("size", data.get("size"))
    if not _is_list(ids, str) or not _is_list(sizes, int) or len(ids) != len(sizes):
        raise _wrong(part, "siger ikke, hvilke dimensioner det har, og hvor store de er")
    places = list(zip(ids, sizes, strict=True))
    axes = [_axis(part, name, size, dimensions.get(name)) for name, size in places]
    names = [_name(part, name, axis) for name, axis in zip(ids, axes, strict=True)]
    if sorted(name for name in names if name) != sorted(part.order):
        raise _wrong(part, "har ikke de variabler, der er bedt om")
    for name, axis in zip(names, axes, strict=True):
        if name and sorted(axis) != sorted(part.wanted(name)):
            raise _wrong(part, f"har ikke de værdier af {name}, der er bedt om")
    values = _by_place(part, data.get("value"), math.prod(sizes))
    marks = _by_place(part, _status(data.get("status"), len(values)), len(values))
    area, time = names.index(part.area), names.index(part.time)
    found: Reading = {}
    for place, codes in enumerate(product(*axes)):
        found[codes[area], codes[time]] = _value(part, values[place], marks[place])
    return found


def _dataset(part: Part, text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(
            text.removeprefix("\ufeff"),
            parse_constant=_refuse,
            parse_float=Decimal,
            object_pairs_hook=_once,
        )
    except (ValueError, ArithmeticError, RecursionError):
        raise _wrong(part, "er ikke gyldig JSON") from None
    data = found.get("dataset", found) if isinstance(found, Mapping) else None
    if not isinstance(data, Mapping):
        raise _wrong(part, "er ikke JSON-stat")
    return data


def _axis(part: Part, name: str, size: int, found: Any) -> list[str]:
    """The codes of one dimension in order of place; `index` is an object or a list."""
    category = found.get("category") if isinstance(found, Mapping) else None
    index = category.get("index") if isinstance(category, Mapping) else None
    if index is None and isinstance(category, Mapping) and isinstance(category.get("label"), dict):
        index = list(category["label"]) if size == 1 else None
    if isinstance(index, Mapping) and _is_list(list(index.values()), int):
        if sorted(index.values()) != list(range(len(index))):
            raise _wrong(part, f"har pladser i {name[:40]}, der ikke følger på hinanden")
        index = sorted(index, key=index.__getitem__)
    codes: list[str] = index if isinstance(index, list) else []
    if not _is_list(codes, str) or len(set(codes)) != len(codes) or len(codes) != size:
        raise _wrong(part, f"har ikke så mange værdier af {name[:40]}, som det siger")
    return codes


def _name(part: Part, name: str, axis: Sequence[str]) -> str | None:
    """The table's own code of a dimension; None for the contents, which is one value."""
    known = {code.casefold(): code for code in part.order}
    if name.casefold() in known:
        return known[name.casefold()]
    if len(axis) != 1:
        raise _wrong(part, f"har dimensionen {name[:40]}, der ikke er bedt om")
    return None


def _by_place(part: Part, found: Any, size: int) -> list[Any]:
    """A list with one entry per place, from a list or a sparse object."""
    if isinstance(found, Mapping):
        places = {str(place) for place in range(size)}
        if not set(found) <= places:
            raise _wrong(part, "har tal uden for tabellen")
        return [found.get(str(place)) for place in range(size)]
    if not isinstance(found, list) or len(found) != size:
        raise _wrong(part, f"har ikke de {size} tal, der skal være")
    return found


def _status(found: Any, size: int) -> Any:
    return {} if found is None else [found] * size if isinstance(found, str) else found


def _value(part: Part, value: Any, mark: Any) -> Decimal | None:
    hidden = isinstance(mark, str) and mark.strip() in HIDDEN
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _wrong(part, "har noget andet end tal")
    if hidden:
        raise _wrong(part, "har tal, som det samtidig siger mangler")
    number = Decimal(value)
    if not number.is_finite() or abs(number) >= 10**15:
        raise _wrong(part, "har et tal, der ikke kan være rigtigt")
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _is_list(found: Any, kind: type) -> bool:
    return isinstance(found, list) and all(type(one) is kind for one in found)


def _wrong(part: Part, what: str) -> StatbankError:
    return fault(part.table, f"svaret (JSON-stat) {what}.", TO_DO)
