"""The map's paths by address: fetched once, and kept by the browser for good."""

from __future__ import annotations

from functools import lru_cache

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import geodata
from pages.frame.compression import FOREVER, accepted_codings, etag_matches

NEVER = {"Cache-Control": "no-store"}


def map_address() -> str:
    """Return the address of the map's paths; it changes with their content."""
    return f"/geo/{geodata.map_hash()}.json"


async def map_paths(request: Request) -> Response:
    """Serve the map's paths: compressed once, and cached by the browser for good."""
    version = geodata.map_hash()
    if request.path_params["hash"] != version:
        message = "Kortet findes i en nyere udgave. Genindlæs siden.\n"
        return PlainTextResponse(message, 404, headers=NEVER)
    # Streamlit's own middleware compresses with gzip where a client has no brotli.
    coding = "br" if "br" in accepted_codings(request.headers.get("accept-encoding", "")) else ""
    headers = {"ETag": f'"{version}{coding}"', "Cache-Control": FOREVER}
    if coding:
        headers |= {"Content-Encoding": coding, "Vary": "Accept-Encoding"}
    if etag_matches(request.headers.get("if-none-match", ""), headers["ETag"]):
        headers.pop("Content-Encoding", None)
        return Response(status_code=304, headers=headers)
    body = await run_in_threadpool(_map_body, version, coding)
    return Response(body, media_type="application/json", headers=headers)


@lru_cache(maxsize=4)
def _map_body(_version: str, coding: str) -> bytes:
    body = geodata.map_bytes()
    return bytes(brotli.compress(body, quality=9)) if coding else body


MAP_ROUTES = [Route("/geo/{hash}.json", map_paths)]
