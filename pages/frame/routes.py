"""Addresses beside the pages: data, map paths, and whether the service is ready."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

import geodata
from pages.components.browser_modules import component_routes
from pages.exports.dataset import Dataset, dataset
from pages.exports.files import as_csv, as_json, as_xlsx
from pages.exports.map_file import as_png, as_svg
from pages.frame.data import atlas
from pages.language import danish
from queries import LAND, LEVELS, Level, UserError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, tuple[str, Callable[[Dataset, str | None], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", lambda data, _: as_csv(data)),
    "json": ("application/json; charset=utf-8", lambda data, _: as_json(data)),
    "xlsx": (XLSX, lambda data, _: as_xlsx(data)),
    "svg": ("image/svg+xml; charset=utf-8", as_svg),
    "png": ("image/png", as_png),
}
PARAMETERS = ("periode", "niveau", "omraade", "kommune")


async def data_file(request: Request) -> Response:
    """Serve `/data/<indicator>.<format>`; unknown indicators are 404, wrong parameters 400."""
    indicator_id, _, extension = request.path_params["file"].rpartition(".")
    try:
        if extension not in FORMATS or indicator_id not in atlas().indicators:
            raise UserError(
                f"Der er ingen data på {request.url.path}. Se listen over data på /data/. "
                f"Formater: {', '.join(FORMATS)}."
            )
    except UserError as error:
        return _problem(extension, 404, str(error))
    try:
        return await run_in_threadpool(_serve, request, indicator_id, extension)
    except UserError as error:
        return _problem(extension, 400, str(error))


def _serve(request: Request, indicator_id: str, extension: str) -> Response:
    query = request.query_params
    if unknown := sorted(set(query) - set(PARAMETERS)):
        raise UserError(
            f"Ukendt parameter: {unknown[0][:40]!r}. Vælg mellem: {', '.join(PARAMETERS)}."
        )
    kind, write = FORMATS[extension]
    level = _level(query.get("niveau", "kommune"))
    period = query.get("periode") or atlas().periods(indicator_id)[0]
    data = dataset(atlas(), indicator_id, period, level, query.get("omraade", LAND))
    selected = query.get("kommune")
    if selected and selected not in data.rows["omraadekode"]:
        raise UserError(f"Kommunen {selected[:20]!r} er ikke blandt de valgte områder.")
    body = write(data, selected)
    headers = {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{data.file_stem}.{extension}"',
        "X-Dataversion": data.version,
    }
    return _unless_known(request, Response(body, media_type=kind, headers=headers))


def _level(given: str) -> Level:
    for level in LEVELS:
        if given == level:
            return level
    raise UserError(f"Ukendt niveau: {given[:40]!r}. Vælg mellem: {', '.join(LEVELS)}.")


def _unless_known(request: Request, response: Response) -> Response:
    """Answer 304 without a body when the client already holds this very representation."""
    known = request.headers.get("if-none-match", "")
    if response.headers["etag"] in [tag.strip().removeprefix("W/") for tag in known.split(",")]:
        kept = ("etag", "cache-control", "vary")
        headers = {name: value for name, value in response.headers.items() if name in kept}
        return Response(status_code=304, headers=headers)
    return response


def _problem(extension: str, status: int, message: str) -> Response:
    if extension == "json":
        return JSONResponse({"fejl": message}, status_code=status)
    return PlainTextResponse(message + "\n", status_code=status)


async def data_index(request: Request) -> Response:
    """List the indicators with periods and addresses, as JSON or, for a browser, as a page."""
    entries = await run_in_threadpool(_entries)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"dataversion": atlas().version, "indikatorer": entries})
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
        f'<ul>{rows}</ul><p><a href="/">Til atlasset</a></p></main></html>'
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


def map_address() -> str:
    """Return the address of the map's paths; it changes with their content."""
    return f"/geo/{geodata.map_hash()}.json"


async def map_paths(request: Request) -> Response:
    """Serve the map's paths: compressed once, and cached by the browser for good."""
    if request.path_params["hash"] != geodata.map_hash():
        return PlainTextResponse("Kortet findes i en nyere udgave. Genindlæs siden.\n", 404)
    accepts = request.headers.get("accept-encoding", "")
    encoding = "br" if "br" in accepts.replace(" ", "").split(",") else "identity"
    headers = {
        "ETag": f'"{geodata.map_hash()}-{encoding}"',
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
    }
    if encoding == "br":
        headers["Content-Encoding"] = "br"
    body = await run_in_threadpool(_map_body, geodata.map_hash(), encoding)
    return _unless_known(request, Response(body, media_type="application/json", headers=headers))


@lru_cache(maxsize=4)
def _map_body(_hash: str, encoding: str) -> bytes:
    body = geodata.map_bytes()
    return bytes(brotli.compress(body, quality=9)) if encoding == "br" else body


async def healthz(_: Request) -> Response:
    """Say whether the warehouse can be read, and which version it is."""
    try:
        version = await run_in_threadpool(lambda: atlas().version)
    except UserError as error:
        return JSONResponse({"status": "fejl", "besked": str(error)}, status_code=503)
    return JSONResponse({"status": "ok", "dataversion": version})


ROUTES = [
    Route("/data/", data_index),
    Route("/data/{file}", data_file),
    Route("/geo/{hash}.json", map_paths),
    Route("/healthz", healthz),
    *component_routes(),
]
