"""Data by address: `/data/` lists it, `/data/<indicator>.<format>` is it."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
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
from pages.exports.dataset import WHOLE, Asked, Dataset, dataset
from pages.exports.files import as_csv, as_json, as_xlsx
from pages.exports.kinds import KINDS
from pages.exports.map_file import as_png, as_svg
from pages.exports.series import areas_of, series
from pages.frame import data_list
from pages.frame.address import selected_area
from pages.frame.compression import etag_matches
from pages.frame.data import atlas
from pages.frame.data_list import PARAMETERS, SERIES, SERIES_FORMATS, SERIES_PARAMETERS
from queries import (
    LAND,
    LEVELS,
    Atlas,
    Level,
    SourceKind,
    UserError,
    WarehouseUnavailableError,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, tuple[str, Callable[[Dataset, str | None], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", lambda data, _: as_csv(data)),
    "json": ("application/json; charset=utf-8", lambda data, _: as_json(data)),
    "xlsx": (XLSX, lambda data, _: as_xlsx(data)),
    "svg": ("image/svg+xml; charset=utf-8", as_svg),
    "png": ("image/png", as_png),
}
NEVER = {"Cache-Control": "no-store"}
# Files being made at once; beyond that a client is asked to come back, so that waiting files
# never take the threads that readers need.
_MAKING = threading.BoundedSemaphore(6)
_LOG = logging.getLogger(__name__)


class BusyError(Exception):
    """Too many files are being made at this moment."""


async def data_file(request: Request) -> Response:
    """Serve one file; unknown ones are 404, wrong parameters 400, no warehouse or no time 503."""
    name, _, extension = request.path_params["file"].rpartition(".")
    indicator_id = name.removesuffix(SERIES)
    series_asked = name != indicator_id
    formats = SERIES_FORMATS if series_asked else tuple(FORMATS)
    try:
        known = await run_in_threadpool(lambda: indicator_id in atlas().indicators)
        if extension not in formats or not known:
            message = (
                f"Der er ingen data på {request.url.path[:80]}. Se listen over data på /data/. "
                f"Formater: {', '.join(formats)}."
            )
            return _problem(extension, 404, message)
        return await run_in_threadpool(_serve, request, indicator_id, extension, series_asked)
    except WarehouseUnavailableError as error:
        return _unavailable(extension, error)
    except UserError as error:
        return _problem(extension, 400, str(error))
    except BusyError:
        return _problem(extension, 503, "Der laves mange filer lige nu. Prøv igen om lidt.")


def _serve(request: Request, indicator_id: str, extension: str, series_asked: bool) -> Response:
    query = request.query_params
    offered = SERIES_PARAMETERS if series_asked else PARAMETERS
    if unknown := sorted(set(query) - set(offered)):
        raise UserError(
            f"Ukendt parameter: {unknown[0][:40]!r}. Vælg mellem: {', '.join(offered)}."
        )
    areas = atlas().areas()
    kommune = query.get("kommune") or None
    if kommune and kommune not in areas.filter(level="kommune")["area_id"]:
        raise UserError(f"Ukendt kommune: {kommune[:20]!r}. Brug de fire cifre, fx 0316.")
    kind = _kind(query.get("kilde"))
    # A whole series is long: without a level or a kommune it is that of the country.
    level = _level(query.get("niveau") or ("land" if series_asked and not kommune else "kommune"))
    asked = Asked(
        indicator_id,
        "" if series_asked else query.get("periode") or _usual(indicator_id, kind),
        level,
        query.get("omraade") or LAND,
        query.get("opdeling") or WHOLE,
        kind,
    )
    selected = selected_area(areas, level, kommune)
    name, version, body = _made(
        atlas(),
        (atlas().version, geodata.map_hash()),
        asked,
        selected if series_asked or extension in ("svg", "png") else None,
        extension,
    )
    headers = {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Dataversion": version,
    }
    if etag_matches(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=FORMATS[extension][0], headers=headers)


@lru_cache(maxsize=64)
def _made(
    facade: Atlas, _versions: tuple[str, str], asked: Asked, selected: str | None, extension: str
) -> tuple[str, str, bytes]:
    """Make one file: its name, data version and bytes. Remembered: a PNG takes a second.

    Without a period it is a series; `selected` is then the area beside the country.
    """
    if not _MAKING.acquire(blocking=False):
        raise BusyError
    try:
        if asked.period:
            data = dataset(facade, asked)
        else:
            data = series(facade, asked, areas_of(facade, asked.level, asked.within, selected))
        body = FORMATS[extension][1](data, selected)
        return f"{data.file_stem}.{extension}", data.version, body
    finally:
        _MAKING.release()


def _usual(indicator_id: str, kind: SourceKind | None) -> str:
    """Return the period of a file that asks for none: a published one where there is any."""
    usual, periods = atlas().default_period(indicator_id), atlas().periods(indicator_id, kind)
    if not periods:
        raise UserError(f"Der er ingen tal for {indicator_id} af den slags.")
    return usual if usual in periods else periods[0]


def _kind(given: str | None) -> SourceKind | None:
    if given and given not in KINDS:
        raise UserError(f"Ukendt kilde: {given[:40]!r}. Vælg mellem: {', '.join(KINDS)}.")
    return KINDS[given] if given else None


def _level(given: str) -> Level:
    for level in LEVELS:
        if given == level:
            return level
    raise UserError(f"Ukendt niveau: {given[:40]!r}. Vælg mellem: {', '.join(LEVELS)}.")


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
        return JSONResponse({"dataversion": version, "indikatorer": listed}, headers=NEVER)
    return HTMLResponse(data_list.as_page(listed), headers=NEVER)


async def to_index(_: Request) -> Response:
    """Send `/data` to `/data/`."""
    return RedirectResponse("/data/")


DATA_ROUTES = [
    Route("/data", to_index),
    Route("/data/", data_index),
    Route("/data/{file}", data_file),
]
