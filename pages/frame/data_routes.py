"""Data by address: `/data/` lists it, `/data/<indicator>.<format>` is it."""

from __future__ import annotations

import hashlib
import html
import logging
import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any

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
from pages.exports.dataset import Dataset, dataset
from pages.exports.files import as_csv, as_json, as_xlsx
from pages.exports.map_file import as_png, as_svg
from pages.frame.address import selected_area
from pages.frame.compression import etag_matches
from pages.frame.data import atlas
from pages.language import danish
from queries import LAND, LEVELS, Atlas, Level, UserError, WarehouseUnavailableError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, tuple[str, Callable[[Dataset, str | None], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", lambda data, _: as_csv(data)),
    "json": ("application/json; charset=utf-8", lambda data, _: as_json(data)),
    "xlsx": (XLSX, lambda data, _: as_xlsx(data)),
    "svg": ("image/svg+xml; charset=utf-8", as_svg),
    "png": ("image/png", as_png),
}
PARAMETERS = ("periode", "niveau", "omraade", "kommune")
NEVER = {"Cache-Control": "no-store"}
# Files being made at once; beyond that a client is asked to come back, so that waiting files
# never take the threads that readers need.
_MAKING = threading.BoundedSemaphore(6)
_LOG = logging.getLogger(__name__)


class BusyError(Exception):
    """Too many files are being made at this moment."""


async def data_file(request: Request) -> Response:
    """Serve one file; unknown ones are 404, wrong parameters 400, no warehouse or no time 503."""
    indicator_id, _, extension = request.path_params["file"].rpartition(".")
    try:
        known = await run_in_threadpool(lambda: indicator_id in atlas().indicators)
        if extension not in FORMATS or not known:
            message = (
                f"Der er ingen data på {request.url.path[:80]}. Se listen over data på /data/. "
                f"Formater: {', '.join(FORMATS)}."
            )
            return _problem(extension, 404, message)
        return await run_in_threadpool(_serve, request, indicator_id, extension)
    except WarehouseUnavailableError as error:
        return _unavailable(extension, error)
    except UserError as error:
        return _problem(extension, 400, str(error))
    except BusyError:
        return _problem(extension, 503, "Der laves mange filer lige nu. Prøv igen om lidt.")


def _serve(request: Request, indicator_id: str, extension: str) -> Response:
    query = request.query_params
    if unknown := sorted(set(query) - set(PARAMETERS)):
        raise UserError(
            f"Ukendt parameter: {unknown[0][:40]!r}. Vælg mellem: {', '.join(PARAMETERS)}."
        )
    level = _level(query.get("niveau") or "kommune")
    areas = atlas().areas()
    kommune = query.get("kommune") or None
    if kommune and kommune not in areas.filter(level="kommune")["area_id"]:
        raise UserError(f"Ukendt kommune: {kommune[:20]!r}. Brug de fire cifre, fx 0316.")
    name, version, body = _made(
        atlas(),
        (atlas().version, geodata.map_hash()),
        indicator_id,
        query.get("periode") or _newest(indicator_id),
        level,
        query.get("omraade") or LAND,
        selected_area(areas, level, kommune) if extension in ("svg", "png") else None,
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
def _made(  # noqa: PLR0917  # the arguments are the key under which the file is remembered
    facade: Atlas,
    _versions: tuple[str, str],
    indicator_id: str,
    period: str,
    level: Level,
    within: str,
    selected: str | None,
    extension: str,
) -> tuple[str, str, bytes]:
    """Make one file: its name, data version and bytes. Remembered: a PNG takes a second."""
    if not _MAKING.acquire(blocking=False):
        raise BusyError
    try:
        data = dataset(facade, indicator_id, period, level, within)
        body = FORMATS[extension][1](data, selected)
        return f"{data.file_stem}.{extension}", data.version, body
    finally:
        _MAKING.release()


def _newest(indicator_id: str) -> str:
    periods = atlas().periods(indicator_id)
    if not periods:
        raise UserError(f"Der er ingen tal for {indicator_id}.")
    return periods[0]


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
        entries = await run_in_threadpool(_entries)
    except WarehouseUnavailableError as error:
        return _unavailable("", error)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"dataversion": version, "indikatorer": entries}, headers=NEVER)
    rows = "".join(
        f"<li><strong>{html.escape(entry['titel'])}</strong>: "
        + ", ".join(f'<a href="{href}">{kind}</a>' for kind, href in entry["adresser"].items())
        + f"<br>Perioder: {', '.join(map(danish.period, entry['perioder']))}. "
        f"Parametre: {', '.join(PARAMETERS)}.</li>"
        for entry in entries
    )
    return HTMLResponse(
        '<!DOCTYPE html><html lang="da"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Data – Indsatsatlas</title>'
        "<style>body{font:1.05rem/1.5 system-ui;max-width:45rem;margin:2rem auto;padding:0 1rem}"
        "</style><main><h1>Data fra Indsatsatlas</h1>"
        f'<ul>{rows}</ul><p><a href="/">Til atlasset</a></p></main></html>',
        headers=NEVER,
    )


def _entries() -> list[dict[str, Any]]:
    return [
        {
            "id": indicator.indicator_id,
            "titel": indicator.title,
            "perioder": atlas().periods(indicator.indicator_id),
            "adresser": {kind: f"/data/{indicator.indicator_id}.{kind}" for kind in FORMATS},
        }
        for indicator in atlas().indicators.values()
    ]


async def to_index(_: Request) -> Response:
    """Send `/data` to `/data/`."""
    return RedirectResponse("/data/")


DATA_ROUTES = [
    Route("/data", to_index),
    Route("/data/", data_index),
    Route("/data/{file}", data_file),
]
