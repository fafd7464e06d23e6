"""Data by address: `/data/` lists it, `/data/<indicator>.<format>` is it."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import threading
from collections.abc import Callable, Mapping
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

import geodata
from pages.exports.asking import level_of, read_request
from pages.exports.charts import CHARTS, as_png, charted
from pages.exports.dataset import Asked, dataset
from pages.exports.files import Sheet, as_csv, as_json
from pages.exports.map_file import map_document
from pages.exports.series import areas_of, series
from pages.exports.workbook import as_xlsx
from pages.figures.map_choices import PARAMETERS as MAP_PARAMETERS
from pages.figures.map_choices import MapChoices, map_choices
from pages.frame import data_list
from pages.frame.compression import etag_matches
from pages.frame.data import atlas
from pages.frame.data_list import (
    AS_OF,
    SERIES,
    TABLE_FORMATS,
    TABLES,
    formats_of,
    parameters_of,
)
from pages.frame.data_tables import table
from queries import Atlas, UserError, WarehouseUnavailableError

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
}
WRITERS: dict[str, Callable[[Sheet], bytes]] = {"csv": as_csv, "json": as_json, "xlsx": as_xlsx}
NEVER = {"Cache-Control": "no-store"}
# Files being made at once; beyond that a client is asked to come back, so that waiting files
# never take the threads that readers need.
_MAKING = threading.BoundedSemaphore(6)
_LOG = logging.getLogger(__name__)

File = tuple[str, str, bytes]
"""A file's name, data version and content."""


class BusyError(Exception):
    """Too many files are being made at this moment."""


async def data_file(request: Request) -> Response:
    """Serve one file; unknown ones are 404, wrong parameters 400, no warehouse or no time 503."""
    name, _, extension = request.path_params["file"].rpartition(".")
    try:
        indicator_id, figure = await run_in_threadpool(lambda: _parts(atlas(), name))
        formats = formats_of(name if name in TABLES else figure)
        if indicator_id in atlas().further:
            formats = TABLE_FORMATS
        if extension not in formats or not (indicator_id or name in TABLES):
            message = (
                f"Der er ingen data på {request.url.path[:80]}. Se listen over data på /data/. "
                f"Formater: {', '.join(formats)}."
            )
            return _problem(extension, 404, message)
        if name in TABLES:
            return await run_in_threadpool(_serve_table, request, name, extension)
        return await run_in_threadpool(_serve, request, indicator_id, figure, extension)
    except WarehouseUnavailableError as error:
        return _unavailable(extension, error)
    except UserError as error:
        return _problem(extension, 400, str(error))
    except BusyError:
        return _problem(extension, 503, "Der laves mange filer lige nu. Prøv igen om lidt.")


def _parts(facade: Atlas, name: str) -> tuple[str, str]:
    """Return the indicator that a file's name begins with, and the figure after it, if any.

    An indicator may itself end as a figure does: the whole name is tried first.
    """
    known = {**facade.indicators, **facade.further}
    if name in known:
        return name, ""
    for figure in CHARTS:
        rest = name.removesuffix(f"_{figure}")
        if rest in (facade.indicators if figure != SERIES else known) and rest != name:
            return rest, figure
    return "", SERIES if name.endswith(f"_{SERIES}") else ""


def _serve(request: Request, indicator_id: str, figure: str, extension: str) -> Response:
    query = request.query_params
    drawn = extension in ("svg", "png")
    mapped = drawn and not figure
    _check(query, parameters_of(figure) + (MAP_PARAMETERS if mapped else ()))
    over_time = figure in CHARTS and CHARTS[figure].over_time
    as_of = _day(query.get(AS_OF), drawn=drawn)
    found = read_request(atlas(), indicator_id, query, over_time=over_time, as_of=as_of)
    asked = found.asked
    selected = found.selected if drawn or over_time else None
    versions = (atlas().version, geodata.map_hash())
    choices = map_choices(query) if mapped else MapChoices()
    file = _made(atlas(), versions, asked, selected, figure, extension, choices=choices)
    return _answer(request, extension, file)


def _serve_table(request: Request, name: str, extension: str) -> Response:
    query = request.query_params
    _check(query, parameters_of(name))
    if niveau := query.get("niveau"):
        level_of(niveau)
    given = tuple(sorted((key, value) for key, value in query.items() if value))
    return _answer(request, extension, _tabled(atlas(), atlas().version, name, given, extension))


def _check(query: Mapping[str, str], offered: tuple[str, ...]) -> None:
    if unknown := sorted(set(query) - set(offered)):
        known = f"Vælg mellem: {', '.join(offered)}." if offered else "Filen har ingen."
        raise UserError(f"Ukendt parameter: {unknown[0][:40]!r}. {known}")


def _answer(request: Request, extension: str, file: File) -> Response:
    name, version, body = file
    headers = {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Dataversion": version,
    }
    if etag_matches(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=MEDIA_TYPES[extension], headers=headers)


@lru_cache(maxsize=64)
def _made(  # the cache's key
    facade: Atlas,
    _versions: tuple[str, str],
    asked: Asked,
    selected: str | None,
    figure: str,
    extension: str,
    *,
    choices: MapChoices,
) -> File:
    """Make one file of an indicator. Remembered: a PNG takes a second.

    Of a series, `selected` is the area beside the country.
    """
    if not _MAKING.acquire(blocking=False):
        raise BusyError
    try:
        if figure and extension not in WRITERS:
            data, svg = charted(facade, figure, asked, selected)
            stem = data.file_stem.replace(asked.indicator_id, f"{asked.indicator_id}_{figure}", 1)
            stem = data.file_stem if figure == SERIES else stem
            stem += "_udvalgte" if asked.among else ""
            body = as_png(svg) if extension == "png" else svg.encode()
            return f"{stem}.{extension}", data.version, body
        if figure == SERIES:
            data = series(facade, asked, areas_of(facade, asked.level, asked.within, selected))
        else:
            data = dataset(facade, asked)
        if extension in WRITERS:
            body = WRITERS[extension](data)
        else:
            drawing = map_document(facade, data, selected, choices, asked.source_kind)
            body = as_png(drawing.svg) if extension == "png" else drawing.svg.encode()
            return f"{drawing.stem}.{extension}", data.version, body
        return f"{data.file_stem}.{extension}", data.version, body
    finally:
        _MAKING.release()


@lru_cache(maxsize=16)
def _tabled(
    facade: Atlas, _version: str, name: str, given: tuple[tuple[str, str], ...], extension: str
) -> File:
    """Make one file across indicators."""
    if not _MAKING.acquire(blocking=False):
        raise BusyError
    try:
        data = table(facade, name, dict(given))
        return f"{data.file_stem}.{extension}", data.version, WRITERS[extension](data)
    finally:
        _MAKING.release()


def _day(given: str | None, *, drawn: bool) -> dt.date | None:
    if not given:
        return None
    if drawn:
        raise UserError(
            f"{AS_OF} findes for filer med tal: {', '.join(TABLE_FORMATS)}. Et billede viser det, "
            "der er kendt nu."
        )
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise UserError(f"{AS_OF} skal være en dag som 2026-08-22, ikke {given[:20]!r}.") from None


def _problem(extension: str, status: int, message: str) -> Response:
    headers = NEVER | ({"Retry-After": "5"} if status == 503 else {})
    if extension == "json":
        return JSONResponse({"fejl": message}, status_code=status, headers=headers)
    return PlainTextResponse(message + "\n", status_code=status, headers=headers)


def _unavailable(extension: str, error: WarehouseUnavailableError) -> Response:
    """Tell the visitor to come back, and the log where the warehouse should be."""
    _LOG.error("%s", error)
    return _problem(extension, 503, error.PUBLIC)


async def data_index(request: Request) -> Response:
    """List the indicators with periods and addresses, as JSON or, for a browser, as a page."""
    try:
        version = await run_in_threadpool(lambda: atlas().version)
        listed = await run_in_threadpool(data_list.entries, atlas())
    except WarehouseUnavailableError as error:
        return _unavailable("", error)
    if "text/html" not in request.headers.get("accept", ""):
        body = {"dataversion": version, "indikatorer": listed, "tabeller": data_list.tables()}
        return JSONResponse(body, headers=NEVER)
    return HTMLResponse(data_list.as_page(listed), headers=NEVER)


async def to_index(_: Request) -> Response:
    """Send `/data` to `/data/`."""
    return RedirectResponse("/data/")


DATA_ROUTES = [
    Route("/data", to_index),
    Route("/data/", data_index),
    Route("/data/{file}", data_file),
]
