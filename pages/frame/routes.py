"""Addresses beside the pages: data, map paths, scripts, and whether the service is ready."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.components.browser_modules import component_routes
from pages.frame.data import atlas
from pages.frame.data_routes import DATA_ROUTES, NEVER
from pages.frame.map_months import MONTH_ROUTES
from pages.frame.map_paths import MAP_ROUTES
from pages.samraad.citation_routes import CITATION_ROUTES
from pages.samraad.drawing_route import DRAWING_ROUTES
from queries import UserError, WarehouseUnavailableError


async def healthz(_: Request) -> Response:
    """Say whether the warehouse can be read, and which version it is."""
    try:
        version = await run_in_threadpool(lambda: atlas().version)
    except UserError as error:
        told = error.PUBLIC if isinstance(error, WarehouseUnavailableError) else str(error)
        return JSONResponse({"status": "fejl", "besked": told}, status_code=503, headers=NEVER)
    return JSONResponse({"status": "ok", "dataversion": version}, headers=NEVER)


ROUTES = [
    *CITATION_ROUTES,
    *DATA_ROUTES,
    *MAP_ROUTES,
    *MONTH_ROUTES,
    *DRAWING_ROUTES,
    Route("/healthz", healthz),
    *component_routes(),
]
